"""Pace: progress of items with a line, against the progress expected by now.

Rules of this file:

1. The pace of an objective is a mean over the parts of its score.
2. `expected_progress` is the plain definition of the line of a key result. A share of a cycle is computed
   once for all items paced alike, and even progress along it is the line of most of them.

Laws: test_lines_in_one_pass_are_those_of_each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT
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
    pauses_of,
)
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.means import items_of, mean_of
from okrcore.scorecard.day.parts import Inputs
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.scores import Scores

__all__ = ["Pace", "elapsed_of", "line_of", "pace_of", "pauses_in"]

_T = TypeVar("_T")


@final
@frozen(eq=False)
class Pace:
    """Columns by index, of items with a reading and a line.

    Args:
        expected: Progress expected by now.
        required: Expected progress times the share that the ambition requires.
        scored: The score it is compared with.
        of_missing: By index of key results without a score, their expected and required progress, for
            rules by which a missing part counts.
    """

    expected: list[float]
    required: list[float]
    scored: list[float]
    of_missing: Mapping[int, tuple[float, float]]


def pace_of(
    facts: Facts,
    inputs: RollUpInputs,
    excluded: Sequence[int],
    scores: Scores,
    closed: Mapping[int, tuple[Pace, int]],
) -> Pace:
    """Return actual and expected progress of every item."""
    held, missing = _scores_for_pace(facts, excluded, scores)
    expected = _lines(facts, held)
    required = _required(facts, expected)
    of_missing = _take_missing(missing, expected, required, closed, facts.compiled.size)
    lines = zip(held, expected, strict=True)
    scored = [score if line == line else ABSENT for score, line in lines]  # noqa: PLR0124
    # If every ambition requires all that is expected, one mean is both.
    columns = (expected, scored) if required is expected else (expected, required, scored)
    kept = {
        index: _kept(facts, excluded, index, then, at, len(columns))
        for index, (then, at) in closed.items()
    }
    for values in columns:
        values.extend([ABSENT] * (inputs.count - len(values)))
    own: dict[int, Sequence[float]] = {
        index: each[: len(columns) - 1] for index, each in of_missing.items()
    }
    _roll_means(inputs, columns, kept, excluded, own, _thin(facts, scores))
    pace = Pace(expected, required, scored, of_missing)
    by_dates = facts.by_book(lambda book: book.pacing.objectives_from is ExpectedFrom.DATES)
    if True in by_dates:
        _pace_by_dates(
            facts,
            scores,
            [at for at in facts.compiled.of_objectives if by_dates[at] and at not in closed],
            pace,
        )
    return pace


def _thin(facts: Facts, scores: Scores) -> frozenset[int]:
    """Return the indexes of objectives without a score under a least coverage."""
    if all(book.roll_up.least_coverage == 0 for book in facts.distinct_books):
        return frozenset()
    return frozenset(at for at in facts.compiled.of_objectives if isnan(scores.values[at]))


def _kept(
    facts: Facts, excluded: Sequence[int], index: int, then: Pace, at: int, count: int
) -> Sequence[float]:
    """Return the columns of a closed item; ABSENT of an excluded key result."""
    if index not in facts.compiled.of_objectives and excluded[index]:
        return [ABSENT] * count
    expected, required, scored = then.expected[at], then.required[at], then.scored[at]
    return (expected, scored) if count == 2 else (expected, required, scored)


def _scores_for_pace(
    facts: Facts, excluded: Sequence[int], scores: Scores
) -> tuple[list[float], Sequence[int]]:
    """Return the scores of key results, and the indexes of missing ones if some rule counts them.

    A missing one has a number in place of its score, so that it has a line.
    """
    held, missing = scores.values[: len(facts.compiled.key_results)], list[int]()
    # The part that is evaluated of a closing enters objectives under other methods.
    books = (facts.rulebook, *facts.rulebook.methods)
    if all(book.roll_up.missing is None for book in books):
        return held, missing
    for index, score in enumerate(held):
        if isnan(score) and not excluded[index]:
            held[index] = 0.0
            missing.append(index)
    return held, missing


def _take_missing(
    missing: Sequence[int],
    expected: list[float],
    required: list[float],
    closed: Mapping[int, tuple[Pace, int]],
    size: int,
) -> Mapping[int, tuple[float, float]]:
    """Return the lines of missing items, taken out of the columns: they have no pace of their own.

    Frozen parts, whose indexes follow those of all items, have the lines of their closing.
    """
    found: dict[int, tuple[float, float]] = {}
    for index in missing:
        line = expected[index], required[index]
        expected[index] = required[index] = ABSENT
        if index in closed:
            then, at = closed[index]
            line = then.of_missing.get(at, (ABSENT, ABSENT))
        if not isnan(line[0]):
            found[index] = line
    for index, (then, at) in closed.items():
        if index >= size and at in then.of_missing:
            found[index] = then.of_missing[at]
    return found


def _lines(facts: Facts, scores: Sequence[float]) -> list[float]:
    """Return the progress expected by now of each key result with a score."""
    compiled, lives, even = facts.compiled, facts.history.lives, _even(facts)
    pairs = zip(scores, even, strict=False)
    lines = [ABSENT if isnan(score) else share for score, share in pairs]
    # Linear measures are done; now the others.
    for kind, indexes in compiled.nonlinear.items():
        if kind not in MOVING:
            _expect_kind(facts, kind, indexes, scores, lines)
    _expect(facts, compiled.rare, scores, lines)
    if lives:
        ids = compiled.ids[: len(lines)]
        _expect(facts, [index for index, id in enumerate(ids) if id in lives], scores, lines)
    return lines


def _expect_kind(
    facts: Facts,
    kind: type[Measure],
    indexes: Sequence[int],
    scores: Sequence[float],
    lines: list[float],
) -> None:
    """Put the expected progress of measures of a class that does not move evenly into the column."""
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
        _expect(facts, indexes, scores, lines)
    else:
        for index in indexes:
            lines[index] = ABSENT


def _expect(
    facts: Facts, indexes: Sequence[int], scores: Sequence[float], lines: list[float]
) -> None:
    """Put the expected progress of some key results with a score into the column."""
    for index in indexes:
        if not isnan(scores[index]):
            lines[index] = line_of(facts, index)


def line_of(facts: Facts, index: int) -> float:
    """Return the expected progress of one key result that has a score."""
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


def _required(facts: Facts, expected: list[float]) -> list[float]:
    """Return the required progress: of a bound all that is expected, else the share by ambition."""
    compiled, shares = facts.compiled, _shares(facts)
    if set(shares) <= {1.0}:
        return expected
    by_index = spread(shares, compiled.home, compiled.of_objectives.start)
    return [
        line if type(measure) in HELD else line * share
        for line, measure, share in zip(expected, compiled.measures, by_index, strict=False)
    ]


def _shares(facts: Facts) -> Sequence[float]:
    """Return the share that the ambition of each objective requires at the end, in order."""
    return _once_each(
        facts,
        [each.ambition for each in facts.compiled.objectives],
        lambda ambition, book: book.pacing.share_for(ambition),
    )


def _pace_by_dates(facts: Facts, scores: Scores, objectives: Sequence[int], pace: Pace) -> None:
    """Put the share of the cycle that is over, and the whole score, as pace of some objectives."""
    first, shares, over = facts.compiled.of_objectives.start, _shares(facts), elapsed_of(facts)
    for index in objectives:
        score, elapsed = scores.values[index], over[index]
        if isnan(score) or isnan(elapsed):
            score = elapsed = ABSENT
        pace.expected[index] = elapsed
        pace.required[index] = elapsed * shares[index - first]
        pace.scored[index] = score


def pauses_in(facts: Facts, *ids: str) -> Pauses:
    """Return the days up to the day on which one of some items was paused."""
    lives = facts.history.lives
    return pauses_of([lives[id] for id in ids if id in lives], facts.day)


# --- means of several columns -------------------------------------------------------------------


def _roll_means(
    inputs: RollUpInputs,
    columns: Sequence[list[float]],
    closed: Mapping[int, Sequence[float]],
    excluded: Sequence[int],
    of_missing: dict[int, Sequence[float]],
    thin: frozenset[int],
) -> None:
    """Fill in the means of objectives over the parts that have a value.

    Args:
        inputs: The parts of each objective.
        columns: Values by index; a part that is ABSENT in one is ABSENT in all.
        closed: By index of closed items, their value of each column, which stays.
        excluded: By index, whether an item does not enter objectives above; it keeps its own values.
        of_missing: By index of items without a score, their values of all columns but the last, for rules by
            which a missing part counts; the last is the value that it counts as.
        thin: Indexes of objectives without a score under a least coverage; they are missing above.
    """
    apart: dict[int, Sequence[float]] = {}
    one_by_one = bool(closed) or 1 in excluded or bool(thin)
    for index, kept in closed.items():
        for values, value in zip(columns, kept, strict=True):
            values[index] = value
    for batches, others in inputs.levels:
        for batch in batches:
            for values, means in zip(columns, batch.means_of(columns), strict=True):
                put(values, batch.objectives, means)
            for index in batch.objectives if one_by_one else ():
                _put_one(columns, index, closed.get(index, ()))
                _leave_out(columns, index, excluded, thin, of_missing, apart)
        for index in others:
            parts, missing = inputs.of(index), inputs.rules[index].missing
            entering: Sequence[Mapping[int, float] | Sequence[float]] = columns
            if of_missing and missing is not None:
                entering = _filled(parts, columns, of_missing, missing)
            means = [mean_of(items_of(parts, values)) for values in entering]
            _put_one(columns, index, closed.get(index, means))
            _leave_out(columns, index, excluded, thin, of_missing, apart)
    for index, own in apart.items():
        _put_one(columns, index, own)


def _filled(
    inputs: Inputs,
    columns: Sequence[list[float]],
    of_missing: Mapping[int, Sequence[float]],
    missing: float,
) -> list[Mapping[int, float]]:
    """Return the values of each column for the parts, missing ones included."""
    own = {at: (*of_missing[at], missing) for at in inputs.indexes if at in of_missing}
    return [
        {at: own[at][n] if at in own else values[at] for at in inputs.indexes}
        for n, values in enumerate(columns)
    ]


def _leave_out(
    columns: Sequence[list[float]],
    index: int,
    excluded: Sequence[int],
    thin: frozenset[int],
    of_missing: dict[int, Sequence[float]],
    apart: dict[int, Sequence[float]],
) -> None:
    """Move the values of an excluded or thin item to `apart`, until all above it are filled in."""
    if isnan(columns[0][index]) or not (excluded[index] or index in thin):
        return
    apart[index] = [values[index] for values in columns]
    if not excluded[index]:
        of_missing[index] = apart[index][:-1]
    _put_one(columns, index, [ABSENT] * len(columns))


def _put_one(columns: Sequence[list[float]], index: int, found: Sequence[float]) -> None:
    """Put the values of one item into each column, if there are any."""
    for values, value in zip(columns, found, strict=False):
        values[index] = value
