"""Pace: progress of items with a line, against the progress expected by now.

Rules of this file:

1. Expected progress follows from plan and day, with or without a reading: the line of a key result, times the
   share that the ambition of its objective asks for.
2. That of an objective is a mean over the parts of its progress; while none of them is read, over all parts
   with a line.
3. `expected_progress` is the plain definition of the line of a key result. A share of a cycle is computed
   once for all items paced alike, and even progress along it is the line of most of them.

Laws: test_lines_in_one_pass_are_those_of_each, test_expected_follows_from_plan_and_day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isnan
from typing import Final, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, at_least
from okrcore._columns import spread
from okrcore.calendar import Cycle
from okrcore.plan import Measure, Milestones
from okrcore.rulebook import ExpectedFrom, PacingRule, Rulebook
from okrcore.scorecard.day.batches import put
from okrcore.scorecard.day.expected_progress import (
    HELD,
    LINED,
    MOVING,
    NO_PAUSES,
    Pauses,
    due_by,
    elapsed_share,
    even_progress,
    expected_progress,
)
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.means import items_of, mean_of
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.scores import Scores

__all__ = [
    "Pace",
    "elapsed_of",
    "gaps_of",
    "pace_of",
    "pace_of_parts",
    "ratios_of",
    "read_alone",
]

_T = TypeVar("_T")


@final
@frozen(eq=False)
class Pace:
    """Columns by index.

    Args:
        expected: Progress expected by now, of items with a line.
        scored: The score that is compared with it, of items with a line and a reading.
    """

    expected: list[float]
    scored: list[float]


def pace_of(
    facts: Facts,
    inputs: RollUpInputs,
    excluded: Sequence[int],
    scores: Scores,
    closed: Mapping[int, tuple[Pace, int]],
) -> Pace:
    """Return actual and expected progress of every item."""
    held = scores.values[: len(facts.compiled.key_results)]
    expected = _expected(facts, _lines(facts, excluded, held))
    lines = zip(held, expected, strict=True)
    scored = [score if line == line else ABSENT for score, line in lines]  # noqa: PLR0124
    for values in (expected, scored):
        values.extend([ABSENT] * (inputs.count - len(values)))
    kept = {index: _kept(facts, excluded, index, then, at) for index, (then, at) in closed.items()}
    pace = Pace(expected, scored)
    _roll_means(inputs, pace, kept, excluded, scores.values, _thin(facts, scores))
    by_dates = facts.by_book(lambda book: book.pacing.objectives_from is ExpectedFrom.DATES)
    if True in by_dates:
        objectives = facts.compiled.of_objectives
        _pace_by_dates(
            facts,
            scores,
            excluded,
            [at for at in objectives if by_dates[at] and at not in closed],
            pace,
        )
    return pace


def _thin(facts: Facts, scores: Scores) -> frozenset[int]:
    """Return the indexes of objectives without a score under a least coverage."""
    if all(book.roll_up.least_coverage == 0 for book in facts.distinct_books):
        return frozenset()
    return frozenset(at for at in facts.compiled.of_objectives if isnan(scores.values[at]))


def _kept(
    facts: Facts, excluded: Sequence[int], index: int, then: Pace, at: int
) -> tuple[float, float]:
    """Return the pace of a closed item; ABSENT of an excluded key result."""
    if index not in facts.compiled.of_objectives and excluded[index]:
        return ABSENT, ABSENT
    return then.expected[at], then.scored[at]


def _lines(facts: Facts, excluded: Sequence[int], scores: Sequence[float]) -> list[float]:
    """Return the line by now of each key result; ABSENT of an excluded one without a score."""
    compiled, lives = facts.compiled, facts.history.lives
    lines = list(_even(facts)[: len(scores)])
    if 1 in excluded:
        for index, score in enumerate(scores):
            if excluded[index] and isnan(score):
                lines[index] = ABSENT
    # Linear measures are done; now the others.
    for kind, indexes in compiled.nonlinear.items():
        if kind not in MOVING:
            _expect_kind(facts, kind, indexes, lines)
    _expect(facts, compiled.rare, lines)
    if lives:
        ids = compiled.ids[: len(lines)]
        _expect(facts, [index for index, id in enumerate(ids) if id in lives], lines)
    return lines


def _expect_kind(
    facts: Facts, kind: type[Measure], indexes: Sequence[int], lines: list[float]
) -> None:
    """Put the lines of measures of a class that does not move evenly into the column."""
    compiled = facts.compiled
    if kind in HELD:
        for index in indexes:
            if not isnan(lines[index]):
                lines[index] = 1.0
    elif kind is Milestones:
        for index in indexes:
            steps = compiled.measures[index]
            if isinstance(steps, Milestones) and not isnan(lines[index]):
                lines[index] = due_by(steps, compiled.ends[compiled.home[index]], facts.today)
    elif kind in LINED:
        _expect(facts, indexes, lines)
    else:
        for index in indexes:
            lines[index] = ABSENT


def _expect(facts: Facts, indexes: Sequence[int], lines: list[float]) -> None:
    """Put the lines of some key results that have one into the column."""
    for index in indexes:
        if not isnan(lines[index]):
            lines[index] = _line_of(facts, index)


def _line_of(facts: Facts, index: int) -> float:
    """Return the line by now of one key result that has a line."""
    kr, home = facts.compiled.key_results[index], facts.compiled.home_of(index)
    ends = facts.baselines[index], facts.targets[index]
    pauses = pauses_in(facts, home.id, kr.id)
    return expected_progress(kr, home, facts.day, facts.books[index].pacing, ends, pauses)


def _even(facts: Facts) -> Sequence[float]:
    """Return, by index, even progress along the cycle; ABSENT before and without one."""
    day = facts.day
    return _of_cycles(facts, lambda cycle, rule, pauses: even_progress(cycle, day, rule, pauses))


def elapsed_of(facts: Facts) -> Sequence[float]:
    """Return, by index, the share of an item's cycle that is over; ABSENT without a cycle."""
    day = facts.day
    return _of_cycles(
        facts,
        lambda cycle, rule, pauses: (
            ABSENT if cycle is None else elapsed_share(cycle.start, cycle.end, day, rule, pauses)
        ),
    )


def _of_cycles(
    facts: Facts, share: Callable[[Cycle | None, PacingRule, Pauses], float]
) -> Sequence[float]:
    """Return, by index, a share of the cycle of an item, computed once for all that are paced alike."""
    compiled = facts.compiled
    shares = _once_each(
        facts,
        [each.cycle for each in compiled.objectives],
        lambda cycle, book: share(cycle, book.pacing, NO_PAUSES),
    )
    for index in facts.lives:
        if index in compiled.of_objectives:
            cycle, pacing = compiled.objective(index).cycle, facts.books[index].pacing
            shares[index - compiled.of_objectives.start] = share(
                cycle, pacing, pauses_in(facts, compiled.ids[index])
            )
    return spread(shares, compiled.home, compiled.of_objectives.start)


def _once_each(
    facts: Facts, given: Sequence[_T], compute: Callable[[_T, Rulebook], float]
) -> list[float]:
    """Return a number for a value of each objective, computed once for equal ones.

    Equal by identity: hashing a cycle, or a rulebook, walks through all of it.
    """
    books = facts.books[facts.compiled.of_objectives.start :]
    keys: list[object] = list(map(id, given))
    if len(facts.distinct_books) > 1:
        keys = list(zip(keys, map(id, books), strict=True))
    distinct = dict(zip(keys, range(len(keys)), strict=True))
    numbers = {key: compute(given[at], books[at]) for key, at in distinct.items()}
    return list(map(numbers.__getitem__, keys))


def _expected(facts: Facts, lines: list[float]) -> list[float]:
    """Return the progress expected by now: of a bound all of its line, else the share by ambition."""
    compiled, shares = facts.compiled, _shares(facts)
    if set(shares) <= {1.0}:
        return lines
    by_index = spread(shares, compiled.home, compiled.of_objectives.start)
    return [
        line if type(measure) in HELD else line * share
        for line, measure, share in zip(lines, compiled.measures, by_index, strict=False)
    ]


def _shares(facts: Facts) -> Sequence[float]:
    """Return the share that the ambition of each objective requires at the end, in order."""
    return _once_each(
        facts,
        [each.ambition for each in facts.compiled.objectives],
        lambda ambition, book: book.pacing.share_for(ambition),
    )


def _pace_by_dates(
    facts: Facts, scores: Scores, excluded: Sequence[int], objectives: Sequence[int], pace: Pace
) -> None:
    """Put the share of the cycle that is over, by ambition, and the whole score, as pace of some objectives."""
    first, shares, over = facts.compiled.of_objectives.start, _shares(facts), elapsed_of(facts)
    starts, today = facts.compiled.starts, facts.today
    for index in objectives:
        line, score = over[index] * shares[index - first], scores.values[index]
        if starts[index] > today or (excluded[index] and isnan(score)):
            line = ABSENT
        pace.expected[index] = line
        pace.scored[index] = ABSENT if isnan(line) else score


#: The largest number that is 0 at 12 decimals (library default).
_NOTHING: Final = 5e-13


def ratios_of(pace: Pace, items: Iterable[int]) -> list[float]:
    """Return progress by expected progress, of each of some items.

    While nothing above 0 is expected there is no quotient: it is 1 if progress is at least as expected, 0
    if not.
    """
    # ABSENT is not 0 or less, and makes the quotient ABSENT.
    return [
        pace.scored[at] / due
        if not (due := pace.expected[at]) <= _NOTHING
        else pace.scored[at]
        if isnan(pace.scored[at])
        else float(at_least(pace.scored[at], due))
        for at in items
    ]


def gaps_of(pace: Pace, items: Iterable[int]) -> list[float]:
    """Return expected progress without progress, of each of some items."""
    return [pace.expected[at] - pace.scored[at] for at in items]


# --- means of both columns ----------------------------------------------------------------------


def _roll_means(
    inputs: RollUpInputs,
    pace: Pace,
    closed: Mapping[int, tuple[float, float]],
    excluded: Sequence[int],
    values: Sequence[float],
    thin: frozenset[int],
) -> None:
    """Fill in the means of objectives.

    Args:
        inputs: The parts of each objective.
        pace: Columns by index, with those of key results.
        closed: By index of closed items, their pace, which stays.
        excluded: By index, whether an item does not enter objectives above; it keeps its own pace.
        values: Scores by index.
        thin: Indexes of objectives without a score under a least coverage; they are missing above.
    """
    expected, scored = pace.expected, pace.scored
    for index, kept in closed.items():
        expected[index], scored[index] = kept
    entering = read_alone(pace)
    own: dict[int, tuple[float, float]] = {}
    one_by_one = bool(closed) or 1 in excluded or bool(thin)

    def put_one(index: int, line: float, score: float) -> None:
        line, score = closed.get(index, (line, score))
        if excluded[index] or index in thin:
            own[index] = line, score
            # A thin one is missing above, and expected there all the same.
            line, score = ABSENT if excluded[index] else line, ABSENT
        expected[index], scored[index] = line, score
        entering[index] = ABSENT if isnan(score) else line

    for batches, others in inputs.levels:
        for batch in batches:
            lines, scores = batch.means_of([entering, scored])
            put(entering, batch.objectives, lines)
            put(scored, batch.objectives, scores)
            if isnan(sum(scores)):
                pairs = zip(lines, batch.means(expected), strict=True)
                lines = [each if isnan(line) else line for line, each in pairs]
            put(expected, batch.objectives, lines)
            for index in batch.objectives if one_by_one else ():
                put_one(index, expected[index], scored[index])
        for index in others:
            put_one(index, *pace_of_parts(inputs, index, pace, entering, values))
    for index, kept in own.items():
        expected[index], scored[index] = kept


def read_alone(pace: Pace) -> list[float]:
    """Return, by index, expected progress of items that are read; ABSENT of others."""
    pairs = zip(pace.expected, pace.scored, strict=True)
    return [line if score == score else ABSENT for line, score in pairs]  # noqa: PLR0124


def pace_of_parts(
    inputs: RollUpInputs,
    index: int,
    pace: Pace,
    entering: Sequence[float],
    values: Sequence[float],
    left_out: Sequence[int] | None = None,
) -> tuple[float, float]:
    """Return the expected progress of an objective, and its score, over the parts with a line.

    Args:
        inputs: The parts of each objective.
        index: The objective.
        pace: Columns by index, with those of its parts.
        entering: By index, expected progress of items that are read.
        values: Scores by index.
        left_out: By index, whether an item does not enter; None for none.
    """
    parts, missing = inputs.of(index), inputs.rules[index].missing
    lines: Mapping[int, float] | Sequence[float] = entering
    scores: Mapping[int, float] | Sequence[float] = pace.scored
    if missing is not None:
        unread = {at for at in parts.indexes if isnan(values[at])}
        lines = {at: (pace.expected if at in unread else entering)[at] for at in parts.indexes}
        scores = {at: missing if at in unread else pace.scored[at] for at in parts.indexes}
        scores = {at: ABSENT if isnan(lines[at]) else score for at, score in scores.items()}
    score = mean_of(items_of(parts, scores, left_out))
    if isnan(score):
        lines = pace.expected
    return mean_of(items_of(parts, lines, left_out)), score
