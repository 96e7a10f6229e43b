"""Modules and moves on the way of one answer: `python -m benchmarks.trace`.

A module counts once, a move is a call that leads from one module into another. The ground floor is left
out: every module calls it. The first score compiles the plan and indexes the journal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import FrameType
from typing import Any

import okrcore as okr

__all__ = ["Way", "trace", "ways"]


@dataclass(frozen=True)
class Way:
    """The modules that a call enters, in order.

    Args:
        name: The answer.
        entered: The module of each call into the library, relative to its root.
    """

    name: str
    entered: tuple[str, ...]

    @property
    def modules(self) -> int:
        """Modules, each counted once."""
        return len(set(self.entered))

    @property
    def moves(self) -> int:
        """Runs of calls within one module."""
        return sum(1 for _ in groupby(self.entered))


def trace(name: str, act: Callable[[], object]) -> Way:
    """Run a call and return the way it takes."""
    entered: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        _, inside, module = frame.f_code.co_filename.partition("/okrcore/")
        if event == "call" and inside and not module.startswith("_"):
            entered.append(module)

    sys.setprofile(note)
    act()
    sys.setprofile(None)
    return Way(name, tuple(entered))


def ways() -> Iterator[Way]:
    """Yield the ways of the README's kind of score, and of its status."""
    day, cycle = date(2026, 8, 15), okr.FiscalCalendar().quarter(2026, 3)
    key_results = [okr.KeyResult(id, id, okr.Increase(1, 2)) for id in "ab"]
    plan = okr.Plan([okr.Objective("o", "Grow", cycle=cycle, key_results=key_results)])
    journal = okr.Journal(okr.check_ins(day, {"a": 1.5}))
    for name in ("first score", "next score"):
        yield trace(name, lambda: okr.evaluate(plan, journal, as_of=day).objective("o").score)
    result = okr.evaluate(plan, journal, as_of=day).objective("o")
    yield trace("status", lambda: result.status)


if __name__ == "__main__":
    for way in ways():
        print(f"{way.name}: {way.modules} modules, {way.moves} moves")
