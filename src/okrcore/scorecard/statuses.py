"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

A rule is a row in `ANSWERS`. Each takes the rule's data and how an item stands, and returns a status with what
says its reason, or None to pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from okrcore._arith import as_percent, at_least, mean, round_to, written
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
from okrcore.scorecard.pacing import days_between

if TYPE_CHECKING:
    from okrcore.scorecard.standing import Standing

__all__ = ["answer_of"]

#: A status and what says, in a sentence, why: statuses are asked for more often than sentences.
Answer: TypeAlias = tuple[str, Callable[[], str]]


def answer_of(rules: Sequence[StatusRule], known: Standing) -> Answer:
    """Return the first answer of the rules; unknown, with a reason, if none speaks."""
    for rule in rules:
        answer = ANSWERS[type(rule)](rule, known)
        if answer is not None:
            return answer
    return Status.UNKNOWN, lambda: _why_unknown(rules, known)


def _why_unknown(rules: Sequence[StatusRule], known: Standing) -> str:
    if known.score is None:
        return known.why
    if known.cycle is None:
        return "no cycle, so no pace"
    ratio, over = known.ratio, known.elapsed
    if ratio is None or over is None:
        return "no line, no confidence"
    if any(isinstance(rule, ByBands) and over < rule.silent_until for rule in rules):
        return f"too early to say: {as_percent(over)} of the cycle is over"
    return f"no rule of the rulebook answers: {_words(Axis.RATIO, ratio, known)}"


def _closed(rule: Closed, known: Standing) -> Answer | None:  # noqa: ARG001  # one face for all rows
    close = known.close
    return None if close is None else (close.status, lambda: close.why)


def _not_started(rule: NotStarted, known: Standing) -> Answer | None:
    cycle = known.cycle
    if cycle is not None and known.day < cycle.start:
        return Status.NOT_STARTED, lambda: f"starts on {cycle.start}"
    over = known.elapsed
    if over is None or over >= rule.silent_until or known.heard_on:
        return None
    return (Status.NOT_STARTED, lambda: "nothing read yet") if known.is_read else None


def _done(rule: Done, known: Standing) -> Answer | None:  # noqa: ARG001
    return (Status.ACHIEVED, lambda: f"done: {known.why}") if known.is_done else None


def _stale(rule: Stale, known: Standing) -> Answer | None:
    awaited_from, heard_on = known.awaited_from, known.heard_on
    if not awaited_from or not known.is_read:
        return None
    silent = _silence(heard_on or awaited_from, known)
    if silent > rule.intervals * known.check_in_days + rule.grace_days:
        return rule.name, lambda: _why_stale(silent, heard_on, known)
    score = known.score
    return None if score is None or at_least(score, 1) else _stalled(rule, known)


def _why_stale(silent: int, heard_on: int, known: Standing) -> str:
    paused = _paused_aside(silent, heard_on or known.awaited_from, known)
    if not heard_on:
        return f"nothing read in {silent} days{paused}"
    return f"last check-in {silent} days ago{paused}, on {date.fromordinal(heard_on)}"


def _stalled(rule: Stale, known: Standing) -> Answer | None:
    if rule.still_intervals is not None and known.moved_on:
        still = _silence(known.moved_on, known)
        if still > rule.still_intervals * known.check_in_days:
            return rule.name, lambda: _why_still(still, known)
    count = rule.shrinking_steps
    last = () if count is None else known.steps[-count:]
    if not last or len(last) != count:
        return None
    if last[-1] < 0 or any(step >= before for before, step in pairwise(last)):
        return None
    return rule.name, lambda: f"steps shrink: {', '.join(f'+{written(step)}' for step in last)}"


def _why_still(still: int, known: Standing) -> str:
    paused = _paused_aside(still, known.moved_on, known)
    return f"no movement in {still} days{paused}, since {date.fromordinal(known.moved_on)}"


def _silence(since: int, known: Standing) -> int:
    """Return the days since one that count."""
    if not known.pauses:
        return known.until - since
    first, last = date.fromordinal(since), date.fromordinal(known.until)
    return days_between(first, last, known.pauses)


def _paused_aside(counted: int, since: int, known: Standing) -> str:
    """Return a word on the days since one that do not count."""
    paused = known.until - since - counted
    return f", {paused} paused ones aside" if paused else ""


def _overdue(rule: Overdue, known: Standing) -> Answer | None:
    if known.deadline is None or known.day <= known.deadline:
        return None
    if known.score is not None and at_least(known.score, 1):
        return None
    return rule.name, lambda: f"was due on {known.deadline}"


def _declared(rule: Declared, known: Standing) -> Answer | None:
    said = known.declared
    if said is None:
        return None
    if rule.keep is Keep.UNTIL_READ and known.read_on > said.on.toordinal():
        return None
    return said.status, lambda: said.why


def _by_bands(rule: ByBands, known: Standing) -> Answer | None:
    value, over = known.on_axis(rule.axis), known.elapsed
    if value is None or (over is not None and over < rule.silent_until):
        return None
    name = rule.bands.name(value)
    return None if name is None else (name, lambda: _words(rule.axis, value, known))


def _words(axis: Axis, value: float, known: Standing) -> str:
    paced, expected, asked = known.paced, known.expected, known.asked
    if axis not in _OF_PACE or paced is None or expected is None:
        return f"{axis} {written(value)}"
    if asked == 0:
        return "nothing is expected yet"
    share = "" if asked is None or asked == expected else f", {written(asked)} asked for"
    pace = f" ({written(value)} of it)" if axis is Axis.RATIO else f" (gap {written(value)})"
    return f"progress {written(paced)}, expected {written(expected)} by now{share}{pace}"


def _from_parts(rule: FromParts, known: Standing) -> Answer | None:
    codes = dict(rule.codes)
    counts = Counter(status for status in known.parts if status in codes)
    if not counts:
        return None
    found = ", ".join(f"{counts[name]} {name}" for name in codes if name in counts)
    if rule.how is PartStatus.WORST:
        return next(name for name in codes if name in counts), lambda: f"the worst of {found}"
    if rule.how is PartStatus.SAME:
        name = next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]
        return name, lambda: f"of {found}"
    average = mean([codes[name] for name in counts], counts.values())
    words = f"mean {written(average)} of {found}"
    if rule.bands is not None:
        named = rule.bands.name(average)
        return None if named is None else (named, lambda: words)
    whole = round_to(average, 0, rule.rounding)
    return min(codes, key=lambda name: abs(codes[name] - whole)), lambda: words


def _always(rule: Always, known: Standing) -> Answer:  # noqa: ARG001
    return rule.name, lambda: "the rulebook says so of everything"


#: Axes that hold progress against what is expected.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)

#: What answers for each class of rule.
ANSWERS: Final[Mapping[type[Any], Callable[[Any, Standing], Answer | None]]] = MappingProxyType(
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
