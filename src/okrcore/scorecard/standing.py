"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

A rule is a row in `ANSWERS`. Each takes the rule's data and what is known of the item, and returns a
status with its reason, or None to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import fsum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import round_to, snap, written
from okrcore.calendar import Cycle
from okrcore.rulebook import (
    Always,
    Axis,
    ByBands,
    Closed,
    Declared,
    Done,
    FromParts,
    Keep,
    NotStarted,
    Overdue,
    PartStatus,
    Stale,
    Status,
    StatusRule,
)
from okrcore.scorecard.closing import Close

__all__ = ["Answer", "Known", "standing"]

#: A status and, in a sentence, why.
Answer: TypeAlias = tuple[str, str]


@final
@frozen(kw_only=True)
class Known:
    """What the rules may ask of an item.

    Args:
        cycle: When it is pursued.
        day: The day it is looked at.
        deadline: The last day for it.
        elapsed: The share of the cycle that is over.
        score: Its score.
        progress: Its progress, before the result was clipped.
        expected: The progress expected by now.
        asked: What the ambition asks of that.
        paced: The progress of the parts that have an expected one.
        confidence: What people believe.
        heard_on: The day of the last check-in.
        read_on: The day of the last reading.
        moved_on: The day on which the reading last changed.
        check_in_days: Days from one check-in to the next.
        is_read: Whether there is anything that can be read.
        is_done: Whether nothing is left to do.
        declared: The status that was declared last, and its day.
        parts: The statuses of its parts.
        close: What the close says of it; None before the end.
        why: Where its score comes from, or why there is none.
    """

    cycle: Cycle | None
    day: date
    deadline: date | None
    elapsed: float | None
    score: float | None
    progress: float | None
    expected: float | None
    asked: float | None
    paced: float | None
    confidence: float | None
    heard_on: date | None
    read_on: date | None
    moved_on: date | None
    check_in_days: int
    is_read: bool
    is_done: bool
    declared: tuple[str, date] | None
    parts: Sequence[str]
    close: Close | None
    why: str

    def on_axis(self, axis: Axis) -> float | None:
        """Return the number that bands over an axis name; None where there is none."""
        return _AXES[axis](self)

    @property
    def ratio(self) -> float | None:
        """Progress by what the ambition asks of it by now; 1 while nothing is asked yet."""
        if self.paced is None or self.asked is None:
            return None
        return self.paced / self.asked if self.asked > 0 else 1.0

    @property
    def gap(self) -> float | None:
        """Expected minus actual progress."""
        if self.paced is None or self.expected is None:
            return None
        return self.expected - self.paced


def standing(rules: Sequence[StatusRule], known: Known) -> Answer:
    """Return the first answer of the rules; unknown, with a reason, if none speaks."""
    for rule in rules:
        answer = ANSWERS[type(rule)](rule, known)
        if answer is not None:
            return answer
    if known.score is None:
        return Status.UNKNOWN, known.why
    if known.cycle is None:
        return Status.UNKNOWN, "no cycle, so no pace"
    return (
        Status.UNKNOWN,
        "too early to say" if known.ratio is not None else "no line, no confidence",
    )


def _closed(rule: Closed, known: Known) -> Answer | None:  # noqa: ARG001  # one face for all rows
    return None if known.close is None else (known.close.status, known.close.why)


def _not_started(rule: NotStarted, known: Known) -> Answer | None:
    if known.cycle is not None and known.day < known.cycle.start:
        return Status.NOT_STARTED, f"starts on {known.cycle.start}"
    is_young = known.elapsed is not None and known.elapsed < rule.silent_until
    if known.is_read and known.heard_on is None and is_young:
        return Status.NOT_STARTED, "nothing read yet"
    return None


def _done(rule: Done, known: Known) -> Answer | None:  # noqa: ARG001
    return (Status.ACHIEVED, f"done: {known.why}") if known.is_done else None


def _stale(rule: Stale, known: Known) -> Answer | None:
    if known.cycle is None or not known.is_read:
        return None
    silent = (known.day - (known.heard_on or known.cycle.start)).days
    if silent > rule.intervals * known.check_in_days + rule.grace_days:
        if known.heard_on is None:
            return rule.name, f"nothing read in {silent} days"
        return rule.name, f"last check-in {silent} days ago, on {known.heard_on}"
    if rule.still_intervals is not None and known.moved_on is not None:
        still = (known.day - known.moved_on).days
        if still > rule.still_intervals * known.check_in_days:
            return rule.name, f"no movement in {still} days, since {known.moved_on}"
    return None


def _overdue(rule: Overdue, known: Known) -> Answer | None:
    if known.deadline is None or known.day <= known.deadline:
        return None
    if known.score is not None and snap(known.score) >= 1:
        return None
    return rule.name, f"was due on {known.deadline}"


def _declared(rule: Declared, known: Known) -> Answer | None:
    if known.declared is None:
        return None
    name, on = known.declared
    if rule.keep is Keep.UNTIL_READ and known.read_on is not None and known.read_on > on:
        return None
    return name, f"declared on {on}"


def _by_bands(rule: ByBands, known: Known) -> Answer | None:
    value = known.on_axis(rule.axis)
    if value is None or (known.elapsed is not None and known.elapsed < rule.silent_until):
        return None
    name = rule.bands.name(value)
    return None if name is None else (name, _words(rule.axis, value, known))


def _words(axis: Axis, value: float, known: Known) -> str:
    if axis in (Axis.RATIO, Axis.GAP) and known.paced is not None and known.expected is not None:
        if known.asked == 0:
            return "nothing is expected yet"
        asked = ""
        if known.asked is not None and known.asked != known.expected:
            asked = f", {written(known.asked)} asked for"
        pace = f" ({written(value)} of it)" if axis is Axis.RATIO else f" (gap {written(value)})"
        return f"progress {written(known.paced)}, expected {written(known.expected)} by now{asked}{pace}"
    return f"{axis} {written(value)}"


def _from_parts(rule: FromParts, known: Known) -> Answer | None:
    codes = dict(rule.codes)
    taking_part = [status for status in known.parts if status in codes]
    if not taking_part:
        return None
    found = ", ".join(taking_part)
    if rule.how is PartStatus.WORST:
        return next(name for name in codes if name in taking_part), f"the worst of {found}"
    if rule.how is PartStatus.SAME:
        same = len(set(taking_part)) == 1
        return (taking_part[0] if same else rule.codes[-1][0]), f"of {found}"
    average = fsum(codes[status] for status in taking_part) / len(taking_part)
    words = f"mean {written(average)} of {found}"
    if rule.bands is not None:
        name = rule.bands.name(average)
        return None if name is None else (name, words)
    whole = round_to(average, 0, rule.rounding)
    return min(codes, key=lambda name: abs(codes[name] - whole)), words


def _always(rule: Always, known: Known) -> Answer:  # noqa: ARG001
    return rule.name, "always"


_AXES: Final[Mapping[Axis, Callable[[Known], float | None]]] = MappingProxyType(
    {
        Axis.SCORE: lambda known: known.score,
        Axis.PROGRESS: lambda known: known.progress,
        Axis.CONFIDENCE: lambda known: known.confidence,
        Axis.GAP: lambda known: known.gap,
        Axis.RATIO: lambda known: known.ratio,
        Axis.HEALTH: lambda known: None,  # noqa: ARG005  # an axis of metrics alone
    }
)

#: What answers for each class of rule.
ANSWERS: Final[Mapping[type[Any], Callable[[Any, Known], Answer | None]]] = MappingProxyType(
    {
        Closed: _closed,
        NotStarted: _not_started,
        Done: _done,
        Stale: _stale,
        Overdue: _overdue,
        Declared: _declared,
        ByBands: _by_bands,
        FromParts: _from_parts,
        Always: _always,
    }
)
