"""Inputs of the steps of an explanation, the rules applied to them again, and clips in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from math import isnan
from typing import Any, Final, cast, final

from attrs import field, frozen

from okrcore._arith import bounded, or_none, short_beside
from okrcore.plan import BoundState, Derived, Measure, Reading, Unit
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import AttainmentRule, Clip, RollUpRule
from okrcore.scorecard.day.means import Items, combine, default_if_no_parts, mean_of
from okrcore.scorecard.day.measure_progress import line_progress, measured_progress
from okrcore.scorecard.day.readings import Seen, derive
from okrcore.words.reason import Reason, Term, noted

__all__ = [
    "READING",
    "SUPPOSED",
    "Input",
    "clip_words",
    "clipped_words",
    "reattain",
    "recombine",
    "rederive",
]


def clipped_words(name: str, value: float, clip: Clip) -> str:
    """Return a number before it was clipped, and the limits of the clip, in words."""
    number = short_beside(value, *_limits_in(clip))
    figure, limits = Term("figure", name), clip_words(clip, value)
    return Reason("step/clipped", figure=figure, number=number, limits=limits)


def _limits_in(clip: Clip) -> tuple[float, ...]:
    limits = (clip.floor, clip.ceiling, clip.full_from)
    return tuple([limit for limit in limits if limit is not None])


def clip_words(clip: Clip, value: float) -> str:
    """Return the limits of a clip in words, with as many digits as set them apart from a number."""
    words: list[str] = []
    beside = _limits_in(clip) if isnan(value) else (value, *_limits_in(clip))
    if clip.floor is not None:
        words.append(Reason("bound/at-least", limit=plain(clip.floor, *beside)))
    if clip.ceiling is not None:
        words.append(Reason("bound/at-most", limit=plain(clip.ceiling, *beside)))
    if clip.full_from is not None:
        words.append(Reason("step/full-from", edge=plain(clip.full_from, *beside)))
    if clip.digits is not None:
        words.append(Reason("step/rounded", count=clip.digits, rounding=clip.rounding))
    return noted(words)


#: Names of inputs from which progress is recomputed.
SUPPOSED: Final = "supposed score"
READING: Final = "reading"


@final
@frozen
class Input:
    """An input of a step.

    Args:
        name: The id of a part, or a word for the value.
        value: A number, a reading, a measure, a state, a day, or all readings; None if a part is missing.
        weight: Its weight in a mean.
        block: Number of the block with which it enters as one item; None if it enters alone.
        on: Date of a reading or judgement.
    """

    name: str
    value: Reading | Measure | BoundState | date | Seen | None
    weight: float = 1.0  # library default
    block: int | None = None
    on: date | None = field(default=None, kw_only=True)


def recombine(rule: RollUpRule, inputs: Sequence[Input]) -> float | None:
    """Return the roll-up of the parts of an objective; None if none counts."""
    items: Items = []
    for block, entering in groupby(inputs, key=lambda entered: entered.block):
        present = [
            (cast("float", entered.value), entered.weight)
            for entered in entering
            if entered.value is not None and entered.weight
        ]
        if block is not None and present:
            items.append((mean_of(present), 1.0))
        else:
            items += present
    has_weight = any(entered.weight for entered in inputs)
    value = default_if_no_parts(
        rule, combine(rule, items), has_parts=bool(inputs), has_weight=has_weight
    )
    return or_none(value)


def rederive(rule: Derived, inputs: Sequence[Input], unit: Unit | None) -> float | None:
    """Return the reading that is derived from others; None if a source is unread."""
    reads = [
        None
        if entered.value is None or entered.on is None
        else (cast("Reading", entered.value), entered.on.toordinal())
        for entered in inputs
    ]
    read = derive(rule, reads, unit)
    return None if read is None else number_of(read[0])


def reattain(rule: AttainmentRule, given: dict[str, Any]) -> float | None:
    """Return the progress of a key result, by the names of its inputs; None if there is none."""
    progress = _remeasure(rule, given)
    if progress is None:
        return None
    return or_none(bounded(bounded(progress) * given.get("rescaled by", 1.0)))


def _remeasure(rule: AttainmentRule, given: dict[str, Any]) -> float | None:
    if SUPPOSED in given:
        supposed: float = given[SUPPOSED]
        return supposed
    reading, measure = given[READING], given.get("measure")
    if reading is None:
        return rule.missing
    if measure is not None:
        return or_none(measured_progress(rule, measure, given["evidence"]))
    baseline, target = given["baseline"], given["target"]
    if baseline is None or target is None:
        return rule.missing
    return or_none(line_progress(rule, reading, baseline, target, given.get("change")))
