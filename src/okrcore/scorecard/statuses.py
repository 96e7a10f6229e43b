"""The status of items: the rules of a rulebook, tried in order; the first that answers wins.

Rules of this file:

1. A rule is a row in `RULES`: what it answers of each of some items, None to pass; and what says, in a
   sentence with its numbers, why it answered so of one.
2. Bands and parts answer for nothing that is not pursued: a confidence in what is paused is no status.
3. Statuses are asked for of everything, and sentences of a few: what answers looks numbers up where they
   stand, and makes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress, pairwise, repeat
from math import floor, isnan
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from okrcore._arith import (
    ABSENT,
    Rounding,
    at_least,
    mean,
    percent_beside,
    round_to,
    snap,
    written_beside,
)
from okrcore.plan.unit import plain
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
from okrcore.rulebook.bands import band_edges
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard.axes import AXES, ratio
from okrcore.scorecard.movement import steps_of
from okrcore.scorecard.pace import pauses_in
from okrcore.scorecard.pacing import days_between
from okrcore.scorecard.wording import why_score

if TYPE_CHECKING:
    from okrcore.scorecard.standings import Standings

__all__ = ["Items", "statuses_by", "why_status_by"]

#: The places of some items and, beside them, the row of the objective that each is, or is at home in.
Items: TypeAlias = tuple[Sequence[int], Sequence[int]]


def statuses_by(rules: Sequence[StatusRule], known: Standings, items: Items) -> list[str]:
    """Return, of each item, the first answer of some rules; unknown where none speaks.

    Args:
        rules: The rules.
        known: How everything stands.
        items: What is asked about.
    """
    places, rows = items
    found: list[str] = [Status.UNKNOWN] * len(places)
    waiting: Sequence[int] = range(len(places))
    for rule in rules:
        answer, _ = RULES[type(rule)]
        answers = list(answer(rule, known, (places, rows)))
        if answers.count(None) == len(answers):
            continue
        for n, status in zip(waiting, answers, strict=True):
            if status is not None:
                found[n] = status
        are_open = [status is None for status in answers]
        waiting, places, rows = (_only(each, are_open) for each in (waiting, places, rows))
    return found


def _only(column: Sequence[int], wanted: Sequence[bool]) -> Sequence[int]:
    return list(compress(column, wanted))


def why_status_by(rules: Sequence[StatusRule], known: Standings, place: int, row: int) -> str:
    """Say why the rules answer of an item what they answer."""
    for rule in rules:
        answer, why = RULES[type(rule)]
        if None not in answer(rule, known, ([place], [row])):
            return why(rule, known, place, row)
    return _why_unknown(rules, known, place, row)


def _why_unknown(rules: Iterable[StatusRule], known: Standings, place: int, row: int) -> str:
    if isnan(known.figures.scores[place]):
        return why_score(known.figures, place)
    over = known.bearings.elapsed[row]
    if isnan(over):
        return "no cycle, so no pace"
    if isnan(ratio(known.bearings, place)):
        return "no line, no confidence"
    silent = [rule.silent_until for rule in rules if isinstance(rule, ByBands)]
    if any(over < until for until in silent):
        share = percent_beside(over, 0.0, 1.0, *silent)
        return f"too early to say: {share} of the cycle is over"
    return f"no rule of the rulebook answers: {_words(Axis.RATIO, known, place, row)}"


# --- the cycle ---------------------------------------------------------------------------------


def _closed(_: Closed, known: Standings, items: Items) -> Iterator[str | None]:
    for place, row in zip(*items, strict=True):
        yield known.close(place, row).status if known.is_closed(place, row) else None


def _why_closed(_: Closed, known: Standings, place: int, row: int) -> str:
    return known.close(place, row).why


def _not_started(rule: NotStarted, known: Standings, items: Items) -> Iterator[str | None]:
    starts, today, bearings = known.figures.program.starts, known.figures.today, known.bearings
    elapsed, heard, is_read = bearings.elapsed, bearings.last_heard, bearings.is_read
    for place, row in zip(*items, strict=True):
        # Without a cycle the share of it that is over is ABSENT, and below nothing.
        is_silent = elapsed[row] < rule.silent_until and not heard[place] and is_read[place]
        yield Status.NOT_STARTED if is_silent or starts[row] > today else None


def _why_not_started(_: NotStarted, known: Standings, place: int, row: int) -> str:  # noqa: ARG001
    start = known.figures.program.starts[row]
    is_to_come = start > known.figures.today
    return f"starts on {date.fromordinal(start)}" if is_to_come else "nothing read yet"


def _overdue(rule: Overdue, known: Standings, items: Items) -> Iterator[str | None]:
    scores, today = known.figures.scores, known.figures.today
    deadlines = known.bearings.deadlines
    for place in items[0]:
        # A score that is ABSENT is not at least anything.
        is_late = today > deadlines[place] and not at_least(scores[place], 1.0)
        yield rule.name if is_late else None


def _why_overdue(_: Overdue, known: Standings, place: int, row: int) -> str:  # noqa: ARG001
    return f"was due on {date.fromordinal(known.bearings.deadlines[place])}"


def _done(_: Done, known: Standings, items: Items) -> Iterator[str | None]:
    done = known.bearings.done
    for place in items[0]:
        yield Status.ACHIEVED if done[place] else None


def _why_done(_: Done, known: Standings, place: int, row: int) -> str:  # noqa: ARG001
    return f"done: {why_score(known.figures, place)}"


# --- silence and stalls ------------------------------------------------------------------------


def _stale(rule: Stale, known: Standings, items: Items) -> Iterator[str | None]:
    bearings, lives = known.bearings, known.figures.history.lives
    awaited, heard, is_read = bearings.awaited, bearings.last_heard, bearings.is_read
    until, days = bearings.until, bearings.check_in_days
    for place, row in zip(*items, strict=True):
        if not awaited[place] or not is_read[place]:
            yield None
            continue
        since = heard[place] or awaited[place]
        silent = _silence(since, known, place, row) if lives else until[place] - since
        is_stale = silent > rule.intervals * days[place] + rule.grace_days
        yield rule.name if is_stale or _is_stalled(rule, known, place, row) else None


def _is_stalled(rule: Stale, known: Standings, place: int, row: int) -> bool:
    if rule.still_intervals is None and rule.shrinking_steps is None:
        return False
    score = known.figures.scores[place]
    if isnan(score) or at_least(score, 1):
        return False
    return _is_still(rule, known, place, row) or bool(_shrinking_steps(rule, known, place))


def _is_still(rule: Stale, known: Standings, place: int, row: int) -> bool:
    moved_on = 0 if rule.still_intervals is None else known.bearings.last_moved[place]
    if rule.still_intervals is None or not moved_on:
        return False
    patience = rule.still_intervals * known.bearings.check_in_days[place]
    return _silence(moved_on, known, place, row) > patience


def _shrinking_steps(rule: Stale, known: Standings, place: int) -> Sequence[float]:
    """Return the last steps of a key result if each was smaller than the one before; else none."""
    count = rule.shrinking_steps
    if count is None or place >= known.figures.offset:
        return ()
    last = steps_of(known.figures, place)[-count:]
    if len(last) != count or last[-1] < 0:
        return ()
    return last if all(step < before for before, step in pairwise(last)) else ()


def _why_stale(rule: Stale, known: Standings, place: int, row: int) -> str:
    bearings = known.bearings
    heard_on = bearings.last_heard[place]
    since = heard_on or bearings.awaited[place]
    silent = _silence(since, known, place, row)
    if silent > rule.intervals * bearings.check_in_days[place] + rule.grace_days:
        paused = _paused_aside(silent, since, known, place)
        if not heard_on:
            return f"nothing read in {silent} days{paused}"
        return f"last check-in {silent} days ago{paused}, on {date.fromordinal(heard_on)}"
    if _is_still(rule, known, place, row):
        moved_on = bearings.last_moved[place]
        still = _silence(moved_on, known, place, row)
        paused = _paused_aside(still, moved_on, known, place)
        return f"no movement in {still} days{paused}, since {date.fromordinal(moved_on)}"
    steps = _shrinking_steps(rule, known, place)
    return f"steps shrink: {', '.join(f'+{written_beside(step, 0.0, *steps)}' for step in steps)}"


def _silence(since: int, known: Standings, place: int, row: int) -> int:
    """Return the days since one that count, up to the day or to a deadline that is over."""
    program = known.figures.program
    pauses = pauses_in(known.figures, program.objectives[row].id, program.ids[place])
    last = date.fromordinal(known.bearings.until[place])
    return days_between(date.fromordinal(since), last, pauses)


def _paused_aside(counted: int, since: int, known: Standings, place: int) -> str:
    """Return a word on the days since one that do not count."""
    paused = known.bearings.until[place] - since - counted
    return f", {paused} paused ones aside" if paused else ""


# --- what was said -----------------------------------------------------------------------------


def _declared(rule: Declared, known: Standings, items: Items) -> Iterator[str | None]:
    ids, said = known.figures.program.ids, known.bearings.declared
    for place in items[0]:
        last = said.get(ids[place])
        if last is None or (
            rule.keep is Keep.UNTIL_READ
            and known.bearings.last_read_at[place] > known.bearings.declared_at[ids[place]]
        ):
            yield None
        else:
            yield last.status


def _why_declared(_: Declared, known: Standings, place: int, row: int) -> str:  # noqa: ARG001
    return known.bearings.declared[known.figures.program.ids[place]].why


def _always(rule: Always, known: Standings, items: Items) -> Iterable[str]:  # noqa: ARG001
    return repeat(rule.name, len(items[0]))


def _why_always(rule: Always, known: Standings, place: int, row: int) -> str:  # noqa: ARG001
    return "the rulebook says so of everything"


# --- numbers and parts -------------------------------------------------------------------------

#: Axes that hold progress against what is expected.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)


def _by_bands(rule: ByBands, known: Standings, items: Items) -> Iterator[str | None]:
    elapsed, number_of, bearings = known.bearings.elapsed, AXES[rule.axis], known.bearings
    idle = bearings.idle
    for place, row in zip(*items, strict=True):
        is_silent = elapsed[row] < rule.silent_until or place in idle
        number = ABSENT if is_silent else number_of(bearings, place)
        yield None if isnan(number) else rule.bands.name(number)


def _why_by_bands(rule: ByBands, known: Standings, place: int, row: int) -> str:
    words, digits = _words(rule.axis, known, place, row), rule.bands.digits
    if digits is None:
        return words
    number = AXES[rule.axis](known.bearings, place)
    rounded = round_to(number, digits, Rounding.HALF_UP)
    return words if rounded == snap(number) else f"{words}, rounded to {plain(rounded)}"


def _words(axis: Axis, known: Standings, place: int, row: int) -> str:
    number, pace = AXES[axis](known.bearings, place), known.bearings.pace
    book, ambition = known.figures.books[row], known.figures.program.objectives[row].ambition
    edges = (0.0, 1.0, *axis_edges(book, axis, ambition))
    if axis is Axis.SCORE or axis is Axis.PROGRESS:
        edges = book.edges(ambition)
    shown = written_beside(number, *edges)
    if axis not in _OF_PACE:
        return f"{axis} {shown}"
    held_against = (pace.scored[place], pace.expected[place], pace.asked[place])
    if held_against[2] == 0 <= held_against[0]:
        return "nothing is expected yet"
    paced, expected, asked = (
        written_beside(each, 0.0, 1.0, *held_against) for each in held_against
    )
    share = "" if asked == expected else f", {asked} asked for"
    held = f" (gap {shown})"
    if axis is Axis.RATIO:
        # Of what is not above 0 there is no part.
        held = f" ({shown} of it)" if held_against[2] > 0 else ""
    return f"progress {paced}, expected {expected} by now{share}{held}"


def _from_parts(rule: FromParts, known: Standings, items: Items) -> Iterator[str | None]:
    idle = known.bearings.idle
    for place, row in zip(*items, strict=True):
        counts = _counts(rule, known, place, row)
        yield _whole(rule, counts) if counts and place not in idle else None


def _counts(rule: FromParts, known: Standings, place: int, row: int) -> Mapping[str, int]:
    """Return how many parts have each status that takes part, worst first."""
    counts = Counter(known.of_parts(place, row))
    return {name: counts[name] for name, _ in rule.codes if name in counts}


def _whole(rule: FromParts, counts: Mapping[str, int]) -> str | None:
    """Return the status that those of parts make."""
    if rule.how is PartStatus.WORST:
        return next(iter(counts))
    if rule.how is PartStatus.SAME:
        return next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]
    average = _average(rule, counts)
    if rule.bands is not None:
        return rule.bands.name(average)
    whole = round_to(average, 0, rule.rounding)
    return min(rule.codes, key=lambda code: abs(code[1] - whole))[0]


def _average(rule: FromParts, counts: Mapping[str, int]) -> float:
    codes = dict(rule.codes)
    return mean([codes[name] for name in counts], counts.values())


def _shown_average(rule: FromParts, average: float) -> str:
    # A mean is rounded at a half, or cut off at a whole number.
    halves = [count / 2 for count in range(floor(average) * 2, floor(average) * 2 + 3)]
    return written_beside(average, *(halves if rule.bands is None else band_edges(rule.bands)))


def _why_from_parts(rule: FromParts, known: Standings, place: int, row: int) -> str:
    counts = _counts(rule, known, place, row)
    found = ", ".join(f"{count} {name}" for name, count in counts.items())
    if rule.how is PartStatus.MEAN:
        return f"mean {_shown_average(rule, _average(rule, counts))} of {found}"
    return f"the worst of {found}" if rule.how is PartStatus.WORST else f"of {found}"


#: What answers for each class of rule, and what says why.
RULES: Final[
    Mapping[
        type[Any],
        tuple[
            Callable[[Any, Standings, Items], Iterable[str | None]],
            Callable[[Any, Standings, int, int], str],
        ],
    ]
] = MappingProxyType(
    {
        Closed: (_closed, _why_closed),
        NotStarted: (_not_started, _why_not_started),
        Done: (_done, _why_done),
        Stale: (_stale, _why_stale),
        Overdue: (_overdue, _why_overdue),
        Declared: (_declared, _why_declared),
        ByBands: (_by_bands, _why_by_bands),
        FromParts: (_from_parts, _why_from_parts),
        Always: (_always, _why_always),
    }
)
