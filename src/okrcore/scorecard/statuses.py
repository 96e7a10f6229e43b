"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

Rules of this file:

1. A rule is a row in `ANSWERS`. Each takes the rule's data, how everything stands, and which item is asked
   about; it returns a status with what says its reason, or None to pass.
2. Statuses are asked for more often than sentences, and of everything at once: numbers are looked up where
   they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isnan
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
from okrcore.scorecard.axes import on_axis, ratio
from okrcore.scorecard.movement import steps_of
from okrcore.scorecard.pace import pauses_in
from okrcore.scorecard.pacing import days_between
from okrcore.scorecard.wording import why_score

if TYPE_CHECKING:
    from okrcore.scorecard.standings import Standings

__all__ = ["Answer", "answer_of"]

#: A status and what says, in a sentence, why.
Answer: TypeAlias = tuple[str, Callable[[], str]]


def answer_of(rules: Sequence[StatusRule], known: Standings, place: int, row: int) -> Answer:
    """Return the first answer of some rules; unknown, with a reason, if none speaks.

    Args:
        rules: The rules.
        known: How everything stands.
        place: The place of a key result or an objective.
        row: The objective it is, or is at home in.
    """
    for rule in rules:
        answer = ANSWERS[type(rule)](rule, known, place, row)
        if answer is not None:
            return answer
    return Status.UNKNOWN, lambda: _why_unknown(rules, known, place, row)


def _why_unknown(rules: Iterable[StatusRule], known: Standings, place: int, row: int) -> str:
    if isnan(known.figures.scores[place]):
        return why_score(known.figures, place)
    over, of_pace = known.bearings.elapsed[row], ratio(known.bearings, place)
    if isnan(over):
        return "no cycle, so no pace"
    if of_pace is None:
        return "no line, no confidence"
    if any(isinstance(rule, ByBands) and over < rule.silent_until for rule in rules):
        return f"too early to say: {as_percent(over)} of the cycle is over"
    return f"no rule of the rulebook answers: {_words(Axis.RATIO, of_pace, known, place)}"


def _closed(_: Closed, known: Standings, place: int, row: int) -> Answer | None:
    close = known.close(place, row)
    return None if close is None else (close.status, lambda: close.why)


def _not_started(rule: NotStarted, known: Standings, place: int, row: int) -> Answer | None:
    figures, bearings = known.figures, known.bearings
    starts = figures.program.starts[row]
    if starts > figures.today:
        return Status.NOT_STARTED, lambda: f"starts on {date.fromordinal(starts)}"
    # Without a cycle the share of it that is over is ABSENT, and below nothing.
    is_young = bearings.elapsed[row] < rule.silent_until
    if is_young and not bearings.last_heard[place] and bearings.is_read[place]:
        return Status.NOT_STARTED, lambda: "nothing read yet"
    return None


def _done(_: Done, known: Standings, place: int, row: int) -> Answer | None:  # noqa: ARG001
    if not known.bearings.done[place]:
        return None
    return Status.ACHIEVED, lambda: f"done: {why_score(known.figures, place)}"


def _stale(rule: Stale, known: Standings, place: int, row: int) -> Answer | None:
    bearings = known.bearings
    awaited_from, heard_on = bearings.awaited[place], bearings.last_heard[place]
    if not awaited_from or not bearings.is_read[place]:
        return None
    silent = _silence(heard_on or awaited_from, known, place, row)
    if silent > rule.intervals * bearings.check_in_days[place] + rule.grace_days:
        return rule.name, lambda: _why_stale(silent, known, place, row)
    if rule.still_intervals is None and rule.shrinking_steps is None:
        return None
    score = known.figures.scores[place]
    return None if isnan(score) or at_least(score, 1) else _stalled(rule, known, place, row)


def _why_stale(silent: int, known: Standings, place: int, row: int) -> str:
    heard_on = known.bearings.last_heard[place]
    paused = _paused_aside(silent, heard_on or known.bearings.awaited[place], known, place, row)
    if not heard_on:
        return f"nothing read in {silent} days{paused}"
    return f"last check-in {silent} days ago{paused}, on {date.fromordinal(heard_on)}"


def _stalled(rule: Stale, known: Standings, place: int, row: int) -> Answer | None:
    bearings = known.bearings
    if rule.still_intervals is not None and bearings.last_moved[place]:
        still = _silence(bearings.last_moved[place], known, place, row)
        if still > rule.still_intervals * bearings.check_in_days[place]:
            return rule.name, lambda: _why_still(still, known, place, row)
    count, is_key_result = rule.shrinking_steps, place < known.figures.offset
    last = steps_of(known.figures, place)[-count:] if count and is_key_result else ()
    if not last or len(last) != count:
        return None
    if last[-1] < 0 or any(step >= before for before, step in pairwise(last)):
        return None
    return rule.name, lambda: f"steps shrink: {', '.join(f'+{written(step)}' for step in last)}"


def _why_still(still: int, known: Standings, place: int, row: int) -> str:
    moved_on = known.bearings.last_moved[place]
    paused = _paused_aside(still, moved_on, known, place, row)
    return f"no movement in {still} days{paused}, since {date.fromordinal(moved_on)}"


def _silence(since: int, known: Standings, place: int, row: int) -> int:
    """Return the days since one that count, up to the day or to a deadline that is over."""
    figures, program = known.figures, known.figures.program
    until = min(figures.today, _deadline(known, place, row))
    if not figures.history.lives:
        return until - since
    pauses = pauses_in(figures, program.objectives[row].id, program.ids[place])
    return days_between(date.fromordinal(since), date.fromordinal(until), pauses)


def _paused_aside(counted: int, since: int, known: Standings, place: int, row: int) -> str:
    """Return a word on the days since one that do not count."""
    until = min(known.figures.today, _deadline(known, place, row))
    paused = until - since - counted
    return f", {paused} paused ones aside" if paused else ""


def _deadline(known: Standings, place: int, row: int) -> int:
    """Return the ordinal of the last day for an item."""
    program = known.figures.program
    return program.ends[row] if place >= known.figures.offset else program.last[place]


def _overdue(rule: Overdue, known: Standings, place: int, row: int) -> Answer | None:
    figures, deadline = known.figures, _deadline(known, place, row)
    # A score that is ABSENT is not at least anything.
    if figures.today <= deadline or at_least(figures.scores[place], 1):
        return None
    return rule.name, lambda: f"was due on {date.fromordinal(deadline)}"


def _declared(rule: Declared, known: Standings, place: int, row: int) -> Answer | None:  # noqa: ARG001
    said = known.declared(place)
    if said is None:
        return None
    if rule.keep is Keep.UNTIL_READ and known.bearings.last_read[place] > said.on.toordinal():
        return None
    return said.status, lambda: said.why


def _by_bands(rule: ByBands, known: Standings, place: int, row: int) -> Answer | None:
    if known.bearings.elapsed[row] < rule.silent_until:
        return None
    value = on_axis(rule.axis, known.bearings, place)
    name = None if value is None else rule.bands.name(value)
    if value is None or name is None:
        return None
    return name, lambda: _words(rule.axis, value, known, place)


def _words(axis: Axis, value: float, known: Standings, place: int) -> str:
    pace = known.bearings.pace
    paced, expected, asked = pace.scored[place], pace.expected[place], pace.asked[place]
    if axis not in _OF_PACE:
        return f"{axis} {written(value)}"
    if asked == 0:
        return "nothing is expected yet"
    share = "" if asked == expected else f", {written(asked)} asked for"
    held = f" ({written(value)} of it)" if axis is Axis.RATIO else f" (gap {written(value)})"
    return f"progress {written(paced)}, expected {written(expected)} by now{share}{held}"


def _from_parts(rule: FromParts, known: Standings, place: int, row: int) -> Answer | None:
    codes = dict(rule.codes)
    counts = Counter(status for status in known.of_parts(place, row) if status in codes)
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


def _always(rule: Always, known: Standings, place: int, row: int) -> Answer:  # noqa: ARG001
    return rule.name, lambda: "the rulebook says so of everything"


#: Axes that hold progress against what is expected.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)

#: What answers for each class of rule.
ANSWERS: Final[Mapping[type[Any], Callable[[Any, Standings, int, int], Answer | None]]] = (
    MappingProxyType(
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
)
