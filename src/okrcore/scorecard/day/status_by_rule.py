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

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
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
    NotStarted,
    Outcome,
    Overdue,
    OverrideDuration,
    Stale,
    Status,
    StatusCombination,
    StatusRule,
)
from okrcore.rulebook.bands import band_edges, names_of
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard.day.pace import gaps_of, ratios_of
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.stages import Stages, StatusStages
from okrcore.scorecard.day.staleness import stale_by, why_stale
from okrcore.words.reason import Reason, Term

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


def _from_parts(rule: FromParts, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    idle, found = stages.facts.idle_items, dict[int, str]()
    for at in items:
        counts = _counts(rule, stages, at)
        status = _combined(rule, counts) if counts and at not in idle else None
        if status is not None:
            found[at] = status
    return found


def _counts(rule: FromParts, stages: StatusStages, index: int) -> Mapping[str, int]:
    """Return the number of parts in each status of a rule, worst first."""
    if index not in stages.facts.compiled.of_objectives:
        return {}
    statuses, parts = stages.part_statuses, stages.inputs.of(index).counted
    counts = Counter(statuses[at] for at in parts if at in statuses)
    return {name: counts[name] for name, _ in rule.codes if name in counts}


def _combined(rule: FromParts, counts: Mapping[str, int]) -> str | None:
    """Return the combined status of parts; None if no band has it."""
    if rule.how is StatusCombination.WORST:
        return next(iter(counts))
    if rule.how is StatusCombination.SAME:
        return next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]
    average = _average(rule, counts)
    if rule.bands is not None:
        return rule.bands.name(average)
    whole = round_to(average, 0, rule.rounding)
    return min(rule.codes, key=lambda code: abs(code[1] - whole))[0]


def _average(rule: FromParts, counts: Mapping[str, int]) -> float:
    codes = dict(rule.codes)
    return mean([codes[name] for name in counts], counts.values())


def _average_words(rule: FromParts, average: float) -> str:
    # A mean is rounded at a half, or cut off at a whole number.
    halves = [count / 2 for count in range(floor(average) * 2, floor(average) * 2 + 3)]
    return written_beside(average, *(halves if rule.bands is None else band_edges(rule.bands)))


def _why_from_parts(rule: FromParts, stages: Stages, index: int) -> str:
    counts = _counts(rule, stages, index)
    parts = [
        Reason("status/parts", count=count, status=Term("status", name))
        for name, count in counts.items()
    ]
    if rule.how is StatusCombination.MEAN:
        average = _average_words(rule, _average(rule, counts))
        return Reason("status/mean-of", mean=average, parts=parts)
    is_worst = rule.how is StatusCombination.WORST
    return Reason("status/worst-of" if is_worst else "status/of", parts=parts)


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
        Stale: (stale_by, why_stale),
        Overdue: (_overdue, _why_overdue),
        Declared: (_declared, _why_declared),
        ByBands: (_by_bands, _why_by_bands),
        FromParts: (_from_parts, _why_from_parts),
        Always: (_always, _why_always),
    }
)
