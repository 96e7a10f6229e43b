"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

A rule is a row in `ANSWERS`. Each takes the rule's data and what is known of the item, and returns a
status with its reason, or None to pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import as_percent, mean, round_to, snap, written
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
from okrcore.scorecard.pacing import Pauses, days_between

__all__ = ["Answer", "DeclaredStatus", "Known", "standing"]

#: A status and, in a sentence, why.
Answer: TypeAlias = tuple[str, str]


@final
@frozen
class DeclaredStatus:
    """A status that people gave beside the computed one: the owner's in a check-in, or a judged one.

    Args:
        status: The status.
        on: The day from which it holds.
        because: Why it was judged so; empty for one that was declared in a check-in.
    """

    status: str
    on: date
    because: str

    @property
    def why(self) -> str:
        """In a sentence, where it comes from."""
        return f"judged on {self.on}: {self.because}" if self.because else f"declared on {self.on}"


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
        awaited_from: The first day on which a reading counts.
        heard_on: The day of the last check-in.
        read_on: The day of the last reading.
        moved_on: The day on which the value of what moves last changed.
        steps: Of what moves, how far its progress went from one reading to the next, oldest first.
        pauses: The days on which it was paused.
        check_in_days: Days from one check-in to the next.
        is_read: Whether there is anything that can be read by now.
        is_done: Whether nothing is left to do.
        declared: The status that was declared or judged last.
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
    awaited_from: date | None
    heard_on: date | None
    read_on: date | None
    moved_on: date | None
    steps: Sequence[float]
    pauses: Pauses
    check_in_days: int
    is_read: bool
    is_done: bool
    declared: DeclaredStatus | None
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
    if known.ratio is None or known.elapsed is None:
        return Status.UNKNOWN, "no line, no confidence"
    over = known.elapsed
    if any(isinstance(rule, ByBands) and over < rule.silent_until for rule in rules):
        return Status.UNKNOWN, f"too early to say: {as_percent(over)} of the cycle is over"
    pace = _words(Axis.RATIO, known.ratio, known)
    return Status.UNKNOWN, f"no rule of the rulebook answers: {pace}"


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
    if known.awaited_from is None or not known.is_read:
        return None
    since = known.heard_on or known.awaited_from
    silent, paused = _silence(since, known)
    if silent > rule.intervals * known.check_in_days + rule.grace_days:
        if known.heard_on is None:
            return rule.name, f"nothing read in {silent} days{paused}"
        return rule.name, f"last check-in {silent} days ago{paused}, on {known.heard_on}"
    if known.score is None or snap(known.score) >= 1:
        return None
    return _stalled(rule, known)


def _stalled(rule: Stale, known: Known) -> Answer | None:
    if rule.still_intervals is not None and known.moved_on is not None:
        still, paused = _silence(known.moved_on, known)
        if still > rule.still_intervals * known.check_in_days:
            return rule.name, f"no movement in {still} days{paused}, since {known.moved_on}"
    count = rule.shrinking_steps
    if count is None or len(known.steps) < count:
        return None
    last = known.steps[-count:]
    if last[-1] < 0 or any(step >= before for before, step in pairwise(last)):
        return None
    return rule.name, f"steps shrink: {', '.join(f'+{written(step)}' for step in last)}"


def _silence(since: date, known: Known) -> tuple[int, str]:
    """Return the days since one that count, with a word on those that do not."""
    until = known.day if known.deadline is None else min(known.day, known.deadline)
    days = days_between(since, until, known.pauses)
    paused = (until - since).days - days
    return days, f", {paused} paused ones aside" if paused else ""


def _overdue(rule: Overdue, known: Known) -> Answer | None:
    if known.deadline is None or known.day <= known.deadline:
        return None
    if known.score is not None and snap(known.score) >= 1:
        return None
    return rule.name, f"was due on {known.deadline}"


def _declared(rule: Declared, known: Known) -> Answer | None:
    said = known.declared
    if said is None:
        return None
    if rule.keep is Keep.UNTIL_READ and known.read_on is not None and known.read_on > said.on:
        return None
    return said.status, said.why


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
    counts = Counter(status for status in known.parts if status in codes)
    if not counts:
        return None
    found = ", ".join(f"{counts[name]} {name}" for name in codes if name in counts)
    if rule.how is PartStatus.WORST:
        return next(name for name in codes if name in counts), f"the worst of {found}"
    if rule.how is PartStatus.SAME:
        return (next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]), f"of {found}"
    average = mean([codes[name] for name in counts], counts.values())
    words = f"mean {written(average)} of {found}"
    if rule.bands is not None:
        name = rule.bands.name(average)
        return None if name is None else (name, words)
    whole = round_to(average, 0, rule.rounding)
    return min(codes, key=lambda name: abs(codes[name] - whole)), words


def _always(rule: Always, known: Known) -> Answer:  # noqa: ARG001
    return rule.name, "the rulebook says so of everything"


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
