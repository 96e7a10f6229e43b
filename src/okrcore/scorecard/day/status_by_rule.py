"""Status by each class of status rule.

Rules of this file:

1. The rules of a rulebook are tried in order, and the first status wins. A rule is a row in `RULES`: a
   function to the statuses of the items that it applies to, by index; and one to the reason for one item, in
   a sentence with its numbers.
2. Bands and parts give no status to an item that is not pursued, even if it has a confidence.
3. Statuses are read of all items, and sentences of a few: a rule is one pass over the columns of all items that
   wait for a status, without a call for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isnan
from types import MappingProxyType
from typing import Any, Final

from okrcore._arith import (
    ABSENT,
    Rounding,
    at_least,
    percent_beside,
    round_to,
    snap,
    written_beside,
)
from okrcore._figures import Figure
from okrcore.plan.unit import plain
from okrcore.rulebook import (
    Always,
    Axis,
    ByBands,
    Closed,
    Declared,
    Done,
    FromParts,
    NotStarted,
    Outcome,
    Overdue,
    OverrideDuration,
    Stale,
    Status,
    StatusRule,
)
from okrcore.rulebook.bands import names_of
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard.day.combined_statuses import from_parts, why_from_parts
from okrcore.scorecard.day.expected_progress import days_between
from okrcore.scorecard.day.pace import gaps_of, ratios_of
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.signals import steps_of
from okrcore.scorecard.day.stages import Stages, StatusStages
from okrcore.words.reason import Reason, noted

__all__ = ["number_on", "numbers_on", "statuses_by", "why_status_by"]


#: Numbers of key results and objectives, by axis.
_AXES: Final[Mapping[Axis, Callable[[StatusStages, Sequence[int]], list[float]]]] = {
    Axis.SCORE: lambda stages, items: [*map(stages.scores.values.__getitem__, items)],
    Axis.PROGRESS: lambda stages, items: [*map(stages.scores.progress.__getitem__, items)],
    Axis.CONFIDENCE: lambda stages, items: [*map(stages.confidence.__getitem__, items)],
    Axis.GAP: lambda stages, items: gaps_of(stages.pace, items),
    Axis.RATIO: lambda stages, items: ratios_of(stages.pace, items),
    Axis.HEALTH: lambda _, items: [ABSENT] * len(items),  # an axis of metrics alone
}


def numbers_on(axis: Axis, stages: StatusStages, items: Sequence[int]) -> list[float]:
    """Return the number of each of some key results and objectives on an axis."""
    return _AXES[axis](stages, items)


def number_on(axis: Axis, stages: StatusStages, index: int) -> float:
    """Return the number of a key result or an objective on an axis."""
    return numbers_on(axis, stages, [index])[0]


def statuses_by(
    rules: Sequence[StatusRule], stages: StatusStages, items: Sequence[int]
) -> Mapping[int, str]:
    """Return the status of each item, by index: the first that a rule gives; unknown if none does."""
    found = dict[int, str]()
    for rule in rules:
        if not items:
            break
        status_by, _ = RULES[type(rule)]
        statuses = status_by(rule, stages, items)
        if statuses:
            found.update(statuses)
            items = [at for at in items if at not in statuses]
    found.update(dict.fromkeys(items, Status.UNKNOWN))
    return found


def why_status_by(rules: Sequence[StatusRule], stages: Stages, index: int) -> str:
    """Return the reason for the status that some rules give an item."""
    for rule in rules:
        status_by, why = RULES[type(rule)]
        if status_by(rule, stages, [index]):
            return why(rule, stages, index)
    return _why_unknown(rules, stages, index)


def _why_unknown(rules: Iterable[StatusRule], stages: Stages, index: int) -> str:
    if isnan(stages.scores.values[index]):
        return why_score(stages, index)
    over = stages.elapsed[index]
    if isnan(over):
        return Reason("status/no-cycle")
    if isnan(number_on(Axis.RATIO, stages, index)):
        return Reason("status/no-expected")
    starts = [rule.silent_until for rule in rules if isinstance(rule, ByBands)]
    if any(over < start for start in starts):
        share = percent_beside(over, 0.0, 1.0, *starts)
        return Reason("status/too-early", share=share)
    return Reason("status/no-rule", why=_words(Axis.RATIO, stages, index))


# --- the cycle ---------------------------------------------------------------------------------


def _closed(rule: Closed, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    verdicts = stages.verdicts
    if 1 not in verdicts.over:
        return {}
    over = [at for at in items if verdicts.is_over(at)]
    words: Mapping[bool | None, str | None] = {True: rule.success, False: rule.failure}
    if rule.success is None and rule.failure is None:
        return {at: verdicts.end_word(at) for at in over}
    found = ((at, words.get(_is_success(stages, at))) for at in over)
    return {at: verdicts.end_word(at) if word is None else word for at, word in found}


def _is_success(stages: StatusStages, index: int) -> bool | None:
    """Return whether an item that is over came as far as its ambition expects; None if that is open."""
    verdicts = stages.verdicts
    if index in stages.facts.compiled.of_objectives:
        return verdicts.of(index).is_success
    if verdicts.basis.excluded[index]:
        return None
    outcome = verdicts.of_key_result(index).outcome
    return None if outcome is None else outcome is not Outcome.SHORT


def _why_closed(_: Closed, stages: Stages, index: int) -> str:
    verdicts = stages.verdicts
    if index in stages.facts.compiled.of_objectives:
        return verdicts.of(index).why
    return why_score(stages, index) if stages.excluded[index] else verdicts.of_key_result(index).why


def _not_started(rule: NotStarted, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    compiled, last, is_due = stages.facts.compiled, stages.check_ins.last, stages.check_ins.is_due
    elapsed, until, today = stages.elapsed, rule.silent_until, stages.facts.today
    starts, home = compiled.starts, compiled.home
    # Nothing is due before its cycle starts. Without one the share that is over is ABSENT, and below nothing.
    return {
        at: Status.NOT_STARTED
        for at in items
        if (not last[at] and elapsed[at] < until if is_due[at] else starts[home[at]] > today)
    }


def _why_not_started(_: NotStarted, stages: Stages, index: int) -> str:
    compiled = stages.facts.compiled
    start = compiled.starts[compiled.home[index]]
    if start > stages.facts.today:
        return Reason("no-score/starts-on", day=date.fromordinal(start))
    return Reason("status/nothing-read")


def _overdue(rule: Overdue, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    scores, today = stages.scores.values, stages.facts.today
    deadlines = stages.check_ins.deadlines
    # A score that is ABSENT is not at least 1.
    return {
        at: rule.name for at in items if today > deadlines[at] and not at_least(scores[at], 1.0)
    }


def _why_overdue(_: Overdue, stages: Stages, index: int) -> str:
    return Reason("status/overdue", day=date.fromordinal(stages.check_ins.deadlines[index]))


def _done(_: Done, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    done = stages.done
    return {at: Status.AHEAD for at in items if done[at]} if 1 in done else {}


def _why_done(_: Done, stages: Stages, index: int) -> str:
    return Reason("status/done", why=why_score(stages, index))


# --- staleness and stalls ------------------------------------------------------------------------


def _stale(rule: Stale, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    check_ins, name = stages.check_ins, rule.name
    awaited, last, is_due = check_ins.awaited, check_ins.last, check_ins.is_due
    until, every = check_ins.until, check_ins.every
    intervals, grace = rule.intervals, rule.grace_days
    has_stalls = rule.still_intervals is not None or rule.shrinking_steps is not None
    if not has_stalls and not stages.facts.history.lives:
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
            _days_since(last[at] or awaited[at], stages, at) > intervals * every[at] + grace
            or (has_stalls and _is_stalled(rule, stages, at))
        )
    }


def _is_stalled(rule: Stale, stages: StatusStages, index: int) -> bool:
    score = stages.scores.values[index]
    if isnan(score) or at_least(score, 1):
        return False
    return _is_still(rule, stages, index) or bool(_shrinking_steps(rule, stages, index))


def _is_still(rule: Stale, stages: StatusStages, index: int) -> bool:
    moved_on = 0 if rule.still_intervals is None else stages.last_moves[index]
    if rule.still_intervals is None or not moved_on:
        return False
    limit = rule.still_intervals * stages.check_ins.every[index]
    return _days_since(moved_on, stages, index) > limit


def _shrinking_steps(rule: Stale, stages: StatusStages, index: int) -> Sequence[float]:
    """Return the last steps of a key result if each was smaller than the one before; else none."""
    count = rule.shrinking_steps
    if count is None or index not in stages.facts.compiled.of_key_results:
        return ()
    last = steps_of(stages.facts, index)[-count:]
    if len(last) != count or last[-1] < 0:
        return ()
    return last if all(step < before for before, step in pairwise(last)) else ()


def _why_stale(rule: Stale, stages: Stages, index: int) -> str:
    check_ins = stages.check_ins
    last = check_ins.last[index]
    since = last or check_ins.awaited[index]
    days = _days_since(since, stages, index)
    if days > rule.intervals * check_ins.every[index] + rule.grace_days:
        paused = _paused_words(days, since, stages, index)
        if not last:
            return noted((Reason("status/nothing-read-in", count=days), paused))
        return _days_words("status/last-check-in", days, paused, last)
    if _is_still(rule, stages, index):
        moved_on = stages.last_moves[index]
        days = _days_since(moved_on, stages, index)
        paused = _paused_words(days, moved_on, stages, index)
        return _days_words("status/no-movement", days, paused, moved_on)
    steps = _shrinking_steps(rule, stages, index)
    shown = [Figure(f"+{written_beside(step, 0.0, *steps)}") for step in steps]
    return Reason("status/steps-shrink", steps=shown)


def _days_words(code: str, days: int, paused: str, since: int) -> str:
    """Return a sentence on the days since one, with a note on those that were paused."""
    on = date.fromordinal(since)
    if not paused:
        return Reason(code, count=days, day=on)
    return Reason(f"{code}-paused", count=days, paused=paused, day=on)


def _days_since(since: int, stages: StatusStages, index: int) -> int:
    """Return the number of days after one that count, up to the day or to a deadline that is over."""
    compiled = stages.facts.compiled
    pauses = pauses_in(stages.facts, compiled.home_of(index).id, compiled.ids[index])
    last = date.fromordinal(stages.check_ins.until[index])
    return days_between(date.fromordinal(since), last, pauses)


def _paused_words(counted: int, since: int, stages: Stages, index: int) -> str:
    """Return a note on the days after one that do not count; empty without any."""
    paused = stages.check_ins.until[index] - since - counted
    return Reason("status/paused-days", count=paused) if paused else ""


# --- declarations ------------------------------------------------------------------------------


def _declared(rule: Declared, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    ids, declarations = stages.facts.compiled.ids, stages.declarations
    statuses, moments, is_kept = (
        declarations.statuses,
        declarations.moments,
        rule.keep is OverrideDuration.ALWAYS,
    )
    if not statuses:
        return {}
    return {
        at: statuses[ids[at]].status
        for at in items
        if ids[at] in statuses and (is_kept or stages.read_moments[at] <= moments[ids[at]])
    }


def _why_declared(_: Declared, stages: Stages, index: int) -> str:
    return stages.declarations.statuses[stages.facts.compiled.ids[index]].why


def _always(rule: Always, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:  # noqa: ARG001
    return dict.fromkeys(items, rule.name)


def _why_always(rule: Always, stages: Stages, index: int) -> str:  # noqa: ARG001
    return Reason("status/always")


# --- numbers and parts -------------------------------------------------------------------------

#: Axes on which progress is compared with expected progress.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)


def _by_bands(rule: ByBands, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    elapsed, until, idle = stages.elapsed, rule.silent_until, stages.facts.idle_items
    if until > 0:
        # Without a cycle the share of it that is over is ABSENT, and below nothing.
        items = [at for at in items if not elapsed[at] < until]
    if idle:
        items = [at for at in items if at not in idle]
    names = names_of(rule.bands, numbers_on(rule.axis, stages, items))
    return {at: name for at, name in zip(items, names, strict=True) if name is not None}


def _why_by_bands(rule: ByBands, stages: Stages, index: int) -> str:
    words, digits = _words(rule.axis, stages, index), rule.bands.digits
    if digits is None:
        return words
    number = number_on(rule.axis, stages, index)
    rounded = round_to(number, digits, Rounding.HALF_UP)
    if rounded == snap(number):
        return words
    return Reason("status/rounded", why=words, number=plain(rounded))


def _words(axis: Axis, stages: Stages, index: int) -> str:
    number, pace = number_on(axis, stages, index), stages.pace
    book, ambition = stages.facts.books[index], stages.facts.compiled.home_of(index).ambition
    edges = (0.0, 1.0, *axis_edges(book, axis, ambition))
    if axis is Axis.SCORE or axis is Axis.PROGRESS:
        edges = book.edges(ambition)
    shown = written_beside(number, *edges)
    if axis not in _OF_PACE:
        return Reason("status/number", axis=axis, number=shown)
    compared = (pace.scored[index], pace.expected[index])
    if compared[1] == 0 <= compared[0]:
        return Reason("status/nothing-expected")
    paced, expected = (written_beside(each, 0.0, 1.0, *compared) for each in compared)
    # The score has more parts if some have no line.
    is_partial = stages.scores.values[index] != compared[0]
    code = "status/pace-of-lines" if is_partial else "status/pace"
    words = Reason(code, progress=paced, expected=expected)
    if axis is Axis.GAP:
        return Reason("status/pace-gap", pace=words, gap=shown)
    # There is no share of a number that is not above 0.
    return Reason("status/pace-ratio", pace=words, ratio=shown) if compared[1] > 0 else words


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
        FromParts: (from_parts, why_from_parts),
        Always: (_always, _why_always),
    }
)
