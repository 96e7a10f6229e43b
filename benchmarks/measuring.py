"""Races in one run: the sides take turns, and the best round of each counts.

Ratios of two sides of one run survive a change of machine; seconds do not. Time is that of the process,
so that what else the machine does counts as little as may be.
"""

from __future__ import annotations

import gc
import time  # noqa: TID251  # the library has no clock, a stop watch needs one
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

Side = Callable[[], Any]


@dataclass(frozen=True)
class Prepared:
    """A side that works on what is made afresh, untimed, before each of its rounds.

    Args:
        prepare: Makes it.
        work: What takes time.
    """

    prepare: Side
    work: Callable[[Any], Any]


def race(sides: Mapping[str, Side | Prepared], rounds: int) -> dict[str, float]:
    """Return the best time of each side, in seconds."""
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for name, side in sides.items():
            ready = partial(side.work, side.prepare()) if isinstance(side, Prepared) else side
            best[name] = min(best[name], seconds(ready))
    return best


def seconds(side: Side) -> float:
    """Return how long one round takes.

    What stands in memory beside the race is put out of the collector's sight: it would tax whoever makes
    more objects by what the others have made.
    """
    gc.collect()
    gc.freeze()
    gc.collect()  # forgets how much there was, which would make it look too seldom
    try:
        begin = time.process_time()
        kept = side()
        spent = time.process_time() - begin
        del kept
    finally:
        gc.unfreeze()
    return spent


def memory(make: Side) -> int:
    """Return how many bytes something keeps once it is made."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
        del kept
