"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

A rule is a row in `ANSWERS`. Each takes the rule's data and what is known of the item, and returns a
status with its reason, or None to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import as_percent, snap, written
from okrcore.calendar import Cycle
from okrcore.rulebook import ByBands, Closed, NotStarted, Stale, Status, StatusRule
from okrcore.rulebook.bands import Axis
from okrcore.rulebook.standing import Done
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
        elapsed: The share of the cycle that is over.
        score: Its score.
        progress: Its progress, raw.
        expected: The progress expected by now.
        paced: The progress of the parts that have an expected one.
        asked: What the ambition asks for at the end; None without an ambition.
        confidence: What people believe.
        read_on: The day of the last reading.
        check_in_days: Days from one check-in to the next.
        is_delivered: Whether it is delivered once and cannot fall back.
        close: What the close says of it; None before the end.
    """

    cycle: Cycle | None
    day: date
    elapsed: float | None
    score: float | None
    progress: float | None
    expected: float | None
    paced: float | None
    asked: float | None
    confidence: float | None
    read_on: date | None
    check_in_days: int
    is_delivered: bool
    close: Close | None

    @property
    def ratio(self) -> float | None:
        """Progress by what is expected of it under the ambition."""
        if self.paced is None or self.expected is None:
            return None
        line = self.expected * (1.0 if self.asked is None else self.asked)
        return self.paced / line if line > 0 else None

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
    if known.cycle is None:
        return Status.UNKNOWN, "no cycle, so no pace"
    if known.score is None:
        return Status.UNKNOWN, "nothing measured yet"
    return (
        Status.UNKNOWN,
        "too early to say" if known.ratio is not None else "no line, no confidence",
    )


def _closed(rule: Closed, known: Known) -> Answer | None:  # noqa: ARG001  # one face for all rows
    if known.close is None:
        return None
    return known.close.status, known.close.why


def _not_started(rule: NotStarted, known: Known) -> Answer | None:
    if known.cycle is not None and known.day < known.cycle.start:
        return Status.NOT_STARTED, f"starts on {known.cycle.start}"
    if known.read_on is None and known.elapsed is not None and known.elapsed < rule.silent_until:
        return Status.NOT_STARTED, "nothing read yet"
    return None


def _done(rule: Done, known: Known) -> Answer | None:  # noqa: ARG001
    if known.is_delivered and known.score is not None and snap(known.score) >= 1:
        return Status.ACHIEVED, "delivered in full"
    return None


def _stale(rule: Stale, known: Known) -> Answer | None:
    if known.cycle is None:
        return None
    patience = rule.intervals * known.check_in_days
    since = known.read_on or known.cycle.start
    days = (known.day - since).days
    if days <= patience:
        return None
    if known.read_on is None:
        return Status.STALE, f"nothing read in {days} days"
    return Status.STALE, f"last read {days} days ago, on {known.read_on}"


def _by_bands(rule: ByBands, known: Known) -> Answer | None:
    value = _AXES[rule.axis](known)
    if value is None or (known.elapsed is not None and known.elapsed < rule.silent_until):
        return None
    name = rule.bands.name(value)
    return None if name is None else (name, _words(rule.axis, value, known))


def _words(axis: Axis, value: float, known: Known) -> str:
    if axis in (Axis.RATIO, Axis.GAP) and known.paced is not None and known.expected is not None:
        asked = (
            "" if known.asked in (None, 1.0) else f", of which {as_percent(known.asked)} is asked"
        )
        pace = f" ({written(value)} of it)" if axis is Axis.RATIO else f" (gap {written(value)})"
        return f"progress {written(known.paced)}, expected {written(known.expected)} by now{asked}{pace}"
    return f"{axis} {written(value)}"


_AXES: Final[Mapping[Axis, Callable[[Known], float | None]]] = MappingProxyType(
    {
        Axis.SCORE: lambda known: known.score,
        Axis.PROGRESS: lambda known: known.progress,
        Axis.CONFIDENCE: lambda known: known.confidence,
        Axis.GAP: lambda known: known.gap,
        Axis.RATIO: lambda known: known.ratio,
    }
)

#: What answers for each class of rule.
ANSWERS: Final[Mapping[type[Any], Callable[[Any, Known], Answer | None]]] = MappingProxyType(
    {
        Closed: _closed,
        NotStarted: _not_started,
        Done: _done,
        Stale: _stale,
        ByBands: _by_bands,
    }
)
