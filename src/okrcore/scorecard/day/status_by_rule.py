"""Status by each class of status rule.

Rules of this file:

1. The rules of a rulebook are tried in order, and the first status wins. A rule is a row in `RULES`: a
   function to the statuses of the items that it applies to, by index; and one to the reason for one item, in
   a sentence with its numbers.
2. Bands and parts give no status to an item that is not pursued: a confidence in it is no status.
3. Statuses are for everything, and sentences for a few: a rule is one pass over the columns of all items that
   wait for a status, without a call for each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import floor, isnan
from types import MappingProxyType
from typing import Any, Final

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
from okrcore.rulebook.bands import band_edges, names_of
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard.day.expected_progress import days_between
from okrcore.scorecard.day.movements import steps_of
from okrcore.scorecard.day.pace import pauses_in
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.stages import Stages, StatusStages

__all__ = ["number_on", "numbers_on", "statuses_by", "why_status_by"]


#: The largest number that is 0 at 12 decimals; a call for each item costs more than the look (library
#: default).
_NOTHING: Final = 5e-13


def _ratios(stages: StatusStages, items: Sequence[int]) -> list[float]:
    """Return progress by the progress that the ambition requires by now, of each of some items.

    While nothing above 0 is required there is no quotient: it is 1 if progress is at least as required, 0
    if not.
    """
    scored, required = stages.pace.scored, stages.pace.required
    # ABSENT is not 0 or less, and makes the quotient ABSENT.
    return [
        scored[at] / due
        if not (due := required[at]) <= _NOTHING
        else float(at_least(scored[at], due))
        for at in items
    ]


def _gaps(stages: StatusStages, items: Sequence[int]) -> list[float]:
    expected, scored = stages.pace.expected, stages.pace.scored
    return [expected[at] - scored[at] for at in items]


#: Numbers of key results and objectives, by axis.
_AXES: Final[Mapping[Axis, Callable[[StatusStages, Sequence[int]], list[float]]]] = {
    Axis.SCORE: lambda stages, items: [*map(stages.scores.values.__getitem__, items)],
    Axis.PROGRESS: lambda stages, items: [*map(stages.scores.progress.__getitem__, items)],
    Axis.CONFIDENCE: lambda stages, items: [*map(stages.confidence.__getitem__, items)],
    Axis.GAP: _gaps,
    Axis.RATIO: _ratios,
    Axis.HEALTH: lambda _, items: [ABSENT] * len(items),  # an axis of metrics alone
}


def numbers_on(axis: Axis, stages: StatusStages, items: Sequence[int]) -> list[float]:
    """Return the number of each of some key results and objectives on an axis."""
    return _AXES[axis](stages, items)


def number_on(axis: Axis, stages: StatusStages, index: int) -> float:
    """Return the number of a key result or an objective on an axis."""
    return numbers_on(axis, stages, [index])[0]


def statuses_by(
    rules: Sequence[StatusRule], known: StatusStages, items: Sequence[int]
) -> Mapping[int, str]:
    """Return the status of each item, by index: the first that a rule gives; unknown if none does.

    Args:
        rules: The rules.
        known: The stages before statuses.
        items: Indexes of the items.
    """
    found = dict[int, str]()
    for rule in rules:
        if not items:
            break
        status_by, _ = RULES[type(rule)]
        statuses = status_by(rule, known, items)
        if statuses:
            found.update(statuses)
            items = [at for at in items if at not in statuses]
    found.update(dict.fromkeys(items, Status.UNKNOWN))
    return found


def why_status_by(rules: Sequence[StatusRule], known: Stages, index: int) -> str:
    """Return the reason for the status that some rules give an item."""
    for rule in rules:
        status_by, why = RULES[type(rule)]
        if status_by(rule, known, [index]):
            return why(rule, known, index)
    return _why_unknown(rules, known, index)


def _why_unknown(rules: Iterable[StatusRule], known: Stages, index: int) -> str:
    if isnan(known.scores.values[index]):
        return why_score(known, index)
    over = known.elapsed[index]
    if isnan(over):
        return "no cycle, so no pace"
    if isnan(number_on(Axis.RATIO, known, index)):
        return "no line, no confidence"
    silent = [rule.silent_until for rule in rules if isinstance(rule, ByBands)]
    if any(over < until for until in silent):
        share = percent_beside(over, 0.0, 1.0, *silent)
        return f"too early to say: {share} of the cycle is over"
    return f"no rule of the rulebook answers: {_words(Axis.RATIO, known, index)}"


# --- the cycle ---------------------------------------------------------------------------------


def _closed(_: Closed, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    verdicts = known.verdicts
    if 1 not in verdicts.over:
        return {}
    return {at: verdicts.of(at).status for at in items if verdicts.is_over(at)}


def _why_closed(_: Closed, known: Stages, index: int) -> str:
    return known.verdicts.of(index).why


def _not_started(rule: NotStarted, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    compiled, last, is_due = known.facts.compiled, known.check_ins.last, known.check_ins.is_due
    elapsed, until, today = known.elapsed, rule.silent_until, known.facts.today
    starts, home = compiled.starts, compiled.home
    # Nothing is due before its cycle starts. Without one the share that is over is ABSENT, and below nothing.
    return {
        at: Status.NOT_STARTED
        for at in items
        if (not last[at] and elapsed[at] < until if is_due[at] else starts[home[at]] > today)
    }


def _why_not_started(_: NotStarted, known: Stages, index: int) -> str:
    compiled = known.facts.compiled
    start = compiled.starts[compiled.home[index]]
    is_to_come = start > known.facts.today
    return f"starts on {date.fromordinal(start)}" if is_to_come else "nothing read yet"


def _overdue(rule: Overdue, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    scores, today = known.scores.values, known.facts.today
    deadlines = known.check_ins.deadlines
    # A score that is ABSENT is not at least anything.
    return {
        at: rule.name for at in items if today > deadlines[at] and not at_least(scores[at], 1.0)
    }


def _why_overdue(_: Overdue, known: Stages, index: int) -> str:
    return f"was due on {date.fromordinal(known.check_ins.deadlines[index])}"


def _done(_: Done, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    done = known.done
    return {at: Status.ACHIEVED for at in items if done[at]} if 1 in done else {}


def _why_done(_: Done, known: Stages, index: int) -> str:
    return f"done: {why_score(known, index)}"


# --- silence and stalls ------------------------------------------------------------------------


def _stale(rule: Stale, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    check_ins, name = known.check_ins, rule.name
    awaited, last, is_due = check_ins.awaited, check_ins.last, check_ins.is_due
    until, every = check_ins.until, check_ins.every
    intervals, grace = rule.intervals, rule.grace_days
    has_stalls = rule.still_intervals is not None or rule.shrinking_steps is not None
    if not has_stalls and not known.facts.history.lives:
        # Every day counts.
        return {
            at: name
            for at in items
            if until[at] - (last[at] or awaited[at]) > intervals * every[at] + grace
            and awaited[at]
            and is_due[at]
        }
    return {
        at: name
        for at in items
        if awaited[at]
        and is_due[at]
        and (
            _silence(last[at] or awaited[at], known, at) > intervals * every[at] + grace
            or (has_stalls and _is_stalled(rule, known, at))
        )
    }


def _is_stalled(rule: Stale, known: StatusStages, index: int) -> bool:
    score = known.scores.values[index]
    if isnan(score) or at_least(score, 1):
        return False
    return _is_still(rule, known, index) or bool(_shrinking_steps(rule, known, index))


def _is_still(rule: Stale, known: StatusStages, index: int) -> bool:
    moved_on = 0 if rule.still_intervals is None else known.last_moves[index]
    if rule.still_intervals is None or not moved_on:
        return False
    patience = rule.still_intervals * known.check_ins.every[index]
    return _silence(moved_on, known, index) > patience


def _shrinking_steps(rule: Stale, known: StatusStages, index: int) -> Sequence[float]:
    """Return the last steps of a key result if each was smaller than the one before; else none."""
    count = rule.shrinking_steps
    if count is None or index not in known.facts.compiled.of_key_results:
        return ()
    last = steps_of(known.facts, index)[-count:]
    if len(last) != count or last[-1] < 0:
        return ()
    return last if all(step < before for before, step in pairwise(last)) else ()


def _why_stale(rule: Stale, known: Stages, index: int) -> str:
    check_ins = known.check_ins
    last = check_ins.last[index]
    since = last or check_ins.awaited[index]
    silent = _silence(since, known, index)
    if silent > rule.intervals * check_ins.every[index] + rule.grace_days:
        paused = _paused_aside(silent, since, known, index)
        if not last:
            return f"nothing read in {silent} days{paused}"
        return f"last check-in {silent} days ago{paused}, on {date.fromordinal(last)}"
    if _is_still(rule, known, index):
        moved_on = known.last_moves[index]
        still = _silence(moved_on, known, index)
        paused = _paused_aside(still, moved_on, known, index)
        return f"no movement in {still} days{paused}, since {date.fromordinal(moved_on)}"
    steps = _shrinking_steps(rule, known, index)
    return f"steps shrink: {', '.join(f'+{written_beside(step, 0.0, *steps)}' for step in steps)}"


def _silence(since: int, known: StatusStages, index: int) -> int:
    """Return the days after one that count, up to the day or to a deadline that is over."""
    compiled = known.facts.compiled
    pauses = pauses_in(known.facts, compiled.home_of(index).id, compiled.ids[index])
    last = date.fromordinal(known.check_ins.until[index])
    return days_between(date.fromordinal(since), last, pauses)


def _paused_aside(counted: int, since: int, known: Stages, index: int) -> str:
    """Return a word on the days after one that do not count."""
    paused = known.check_ins.until[index] - since - counted
    return f", {paused} paused ones aside" if paused else ""


# --- declarations ------------------------------------------------------------------------------


def _declared(rule: Declared, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    ids, declarations = known.facts.compiled.ids, known.declarations
    statuses, moments, is_kept = (
        declarations.statuses,
        declarations.moments,
        rule.keep is Keep.ALWAYS,
    )
    if not statuses:
        return {}
    return {
        at: statuses[ids[at]].status
        for at in items
        if ids[at] in statuses and (is_kept or known.read_moments[at] <= moments[ids[at]])
    }


def _why_declared(_: Declared, known: Stages, index: int) -> str:
    return known.declarations.statuses[known.facts.compiled.ids[index]].why


def _always(rule: Always, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:  # noqa: ARG001
    return dict.fromkeys(items, rule.name)


def _why_always(rule: Always, known: Stages, index: int) -> str:  # noqa: ARG001
    return "the rulebook says so of everything"


# --- numbers and parts -------------------------------------------------------------------------

#: Axes on which progress is compared with expected progress.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)


def _by_bands(rule: ByBands, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    elapsed, until, idle = known.elapsed, rule.silent_until, known.facts.idle_items
    if until > 0:
        # Without a cycle the share of it that is over is ABSENT, and below nothing.
        items = [at for at in items if not elapsed[at] < until]
    if idle:
        items = [at for at in items if at not in idle]
    names = names_of(rule.bands, numbers_on(rule.axis, known, items))
    return {at: name for at, name in zip(items, names, strict=True) if name is not None}


def _why_by_bands(rule: ByBands, known: Stages, index: int) -> str:
    words, digits = _words(rule.axis, known, index), rule.bands.digits
    if digits is None:
        return words
    number = number_on(rule.axis, known, index)
    rounded = round_to(number, digits, Rounding.HALF_UP)
    return words if rounded == snap(number) else f"{words}, rounded to {plain(rounded)}"


def _words(axis: Axis, known: Stages, index: int) -> str:
    number, pace = number_on(axis, known, index), known.pace
    book, ambition = known.facts.books[index], known.facts.compiled.home_of(index).ambition
    edges = (0.0, 1.0, *axis_edges(book, axis, ambition))
    if axis is Axis.SCORE or axis is Axis.PROGRESS:
        edges = book.edges(ambition)
    shown = written_beside(number, *edges)
    if axis not in _OF_PACE:
        return f"{axis} {shown}"
    compared = (pace.scored[index], pace.expected[index], pace.required[index])
    if compared[2] == 0 <= compared[0]:
        return "nothing is expected yet"
    paced, expected, required = (written_beside(each, 0.0, 1.0, *compared) for each in compared)
    share = "" if required == expected else f", {required} asked for"
    held = f" (gap {shown})"
    if axis is Axis.RATIO:
        # Of a number that is not above 0 there is no part.
        held = f" ({shown} of it)" if compared[2] > 0 else ""
    return f"progress {paced}, expected {expected} by now{share}{held}"


def _from_parts(rule: FromParts, known: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    idle, found = known.facts.idle_items, dict[int, str]()
    for at in items:
        counts = _counts(rule, known, at)
        status = _whole(rule, counts) if counts and at not in idle else None
        if status is not None:
            found[at] = status
    return found


def _counts(rule: FromParts, known: StatusStages, index: int) -> Mapping[str, int]:
    """Return how many parts have each status that takes part, worst first."""
    if index not in known.facts.compiled.of_objectives:
        return {}
    statuses, parts = known.part_statuses, known.inputs.of(index).counted
    counts = Counter(statuses[at] for at in parts if at in statuses)
    return {name: counts[name] for name, _ in rule.codes if name in counts}


def _whole(rule: FromParts, counts: Mapping[str, int]) -> str | None:
    """Return the status made of those of the parts."""
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


def _why_from_parts(rule: FromParts, known: Stages, index: int) -> str:
    counts = _counts(rule, known, index)
    found = ", ".join(f"{count} {name}" for name, count in counts.items())
    if rule.how is PartStatus.MEAN:
        return f"mean {_shown_average(rule, _average(rule, counts))} of {found}"
    return f"the worst of {found}" if rule.how is PartStatus.WORST else f"of {found}"


#: Statuses by each class of rule, and the reason for one.
RULES: Final[
    Mapping[
        type[Any],
        tuple[
            Callable[[Any, StatusStages, Sequence[int]], Mapping[int, str]],
            Callable[[Any, Stages, int], str],
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
