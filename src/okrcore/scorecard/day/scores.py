"""Score, coverage and score range of every item.

Rules of this file:

1. `ScoreBasis.score_of` is the plain definition of the score of an objective. Plain means are computed in
   batches, see `batches`.
2. Closed objectives have the scores of their closing.

Laws: test_scores_in_batches_are_those_of_each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import fsum, isnan
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import BoundState
from okrcore.rulebook import BreachEffect, OverrideDuration
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.day.batches import put
from okrcore.scorecard.day.closed_items import ClosedPart
from okrcore.scorecard.day.compiled_plan import Closed, CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import GuardrailStates, guard_items, guard_value
from okrcore.scorecard.day.judgements import JudgedScore
from okrcore.scorecard.day.means import (
    Items,
    combine,
    default_if_no_parts,
    items_of,
    mean_of,
)
from okrcore.scorecard.day.parts import children_of
from okrcore.scorecard.day.progress import Progress
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = [
    "Coverage",
    "Ranges",
    "ScoreBasis",
    "Scores",
    "children_mean",
    "coverage_of",
    "ranges_of",
    "scores_at_closing",
    "scores_of",
    "shares_of",
]


@final
@frozen(eq=False)
class Scores:
    """Scores by index.

    Args:
        values: Scores; of initiatives their progress.
        progress: The same before the last clip.
    """

    values: list[float]
    progress: Sequence[float]


@final
@frozen(eq=False)
class Coverage:
    """Coverage by index.

    Args:
        values: Share of the weight with a reading, recursive; ABSENT for excluded items.
    """

    values: Sequence[float]


@final
@frozen(eq=False)
class Ranges:
    """Score ranges by index.

    Args:
        low: Scores with every open part scored as 0.
        high: Scores with every open part scored as 1.
        entering: The two as they enter objectives above. Scores may be above 1: the mean of what was measured may
            then lie above the one with 1 for what is open, and the range is shown up to it.
    """

    low: Sequence[float]
    high: Sequence[float]
    entering: tuple[Sequence[float], Sequence[float]]


@final
@frozen(eq=False)
class ScoreBasis:
    """Everything that the score of an objective follows from, besides the scores of its parts.

    Args:
        facts: The facts of the day.
        inputs: The parts of each objective.
        excluded: By index, whether an item is excluded.
        work: By index, progress of each initiative.
        states: States of guardrails; None if they move no scores.
        coverage: Coverage by index; empty if no rulebook has a least coverage.
        judged: By index, the judged scores that enter instead of computed ones, under `OverrideDuration.ALWAYS`.
        outdated: Indexes of those that do not enter under `OverrideDuration.UNTIL_READ`.
        closed: By index of closed objectives, their score, and the number before the last clip.
        outer_parts: By index of outer parts, the scores of another evaluation, and their index in them.
    """

    facts: Facts
    inputs: RollUpInputs
    excluded: Sequence[int]
    work: Mapping[int, float]
    states: GuardrailStates | None
    coverage: Sequence[float]
    judged: Mapping[int, JudgedScore]
    outdated: AbstractSet[int]
    closed: Mapping[int, tuple[float, float]]
    outer_parts: Mapping[int, tuple[Scores, int]]

    def score_of(self, index: int, scores: Sequence[float]) -> tuple[float, float]:
        """Return the score of an objective, and the same before the last clip."""
        if index in self.closed:
            return self.closed[index]
        if self.excluded[index] or self.is_too_thin(index):
            return ABSENT, ABSENT
        items = items_of(self.inputs.of(index), self.entered(index, scores))
        combined = self.combined(index, items, self.guard_states(index))
        if isnan(combined):
            return ABSENT, ABSENT
        return self.facts.books[index].roll_up.result.apply(combined), combined

    def entered(self, index: int, scores: Sequence[float]) -> Mapping[int, float]:
        """Return the values that enter an objective, by index: clipped, with defaults for missing ones."""
        rule = self.facts.books[index].roll_up
        missing = ABSENT if rule.missing is None else rule.missing
        entered: dict[int, float] = {}
        for at in self.inputs.of(index).indexes:
            score = scores[at]
            if rule.with_judged is not None:
                judged = self.judged_instead(at, rule.with_judged)
                score = score if judged is None else judged.score
            if self.excluded[at]:
                entered[at] = ABSENT
            else:
                entered[at] = missing if isnan(score) else rule.entry.apply(score)
        return entered

    def judged_instead(self, index: int, keep: OverrideDuration) -> JudgedScore | None:
        """Return the judged score that enters instead of the computed one; None without one."""
        if keep is OverrideDuration.UNTIL_READ and index in self.outdated:
            return None
        return self.judged.get(index)

    def combined(self, index: int, items: Items, states: Sequence[BoundState]) -> float:
        """Return the combined value of some items of an objective, with the effect of its guardrails."""
        book, parts = self.facts.books[index], self.inputs.of(index)
        value = default_if_no_parts(
            book.roll_up,
            combine(book.roll_up, items + guard_items(book.guardrails, states)),
            has_parts=bool(parts.indexes),
            has_weight=bool(parts.counted),
        )
        return guard_value(book.guardrails, value, states)

    def limited(
        self, index: int, values: Sequence[float], limit: float, states: Sequence[BoundState]
    ) -> float:
        """Return the score of an objective, given one end of the ranges of its parts; the limit if it has none."""
        parts, entered = self.inputs.of(index), self.entered(index, values)
        items = items_of(parts, entered, self.excluded)
        whole = self.combined(index, items, states) if items else limit
        return self.facts.books[index].roll_up.result.apply(whole)

    def guard_states(self, index: int) -> Sequence[BoundState]:
        """Return the states of the guardrails that move the score of an objective."""
        if (
            self.states is None
            or self.facts.books[index].guardrails.effect is BreachEffect.SEPARATE
        ):
            return ()
        return self.states.of(index)

    def is_too_thin(self, index: int) -> bool:
        """Whether the coverage of an objective is below the least one for a score."""
        least = self.facts.books[index].roll_up.least_coverage
        return least > 0 and snap(self.coverage[index]) < snap(least)

    def apart(self) -> AbstractSet[int]:
        """Return the indexes of objectives that are no plain mean on the day.

        They are excluded, closed, or have a part that is closed and put away.
        """
        found = set(self.closed)
        if 1 in self.excluded:
            away = {index for index in self.closed if self.excluded[index]}
            found.update(
                index
                for index, parts in self.inputs.each()
                if self.excluded[index] or not away.isdisjoint(parts)
            )
        return found

    def results(self, objectives: Sequence[int], combined: list[float]) -> list[float]:
        """Return combined numbers of some objectives, clipped by their rules."""
        facts = self.facts
        if not facts.compiled.has_methods and facts.rulebook.roll_up.result == UNCHANGED:
            return combined
        return [
            each if isnan(each) else facts.books[index].roll_up.result.apply(each)
            for index, each in zip(objectives, combined, strict=True)
        ]


def scores_at_closing(closed: Sequence[ClosedPart[Scores]]) -> Mapping[int, tuple[float, float]]:
    """Return the score of each closed objective, and the number before the last clip, by index."""
    found: dict[int, tuple[float, float]] = {}
    for part in closed:
        values, progress = part.then.values, part.then.progress
        pairs = zip(part.objectives, part.objectives_then, strict=True)
        found.update((index, (values[at], progress[at])) for index, at in pairs)
    return found


def scores_of(basis: ScoreBasis, progress: Progress, supposed: Mapping[int, float]) -> Scores:
    """Return the score of every item."""
    compiled = basis.facts.compiled
    none = [ABSENT] * (basis.inputs.count - len(compiled.key_results))
    scores, combined = [*progress.scores, *none], [*progress.raw, *none]
    for index, (then, at) in basis.outer_parts.items():
        scores[index], combined[index] = then.values[at], then.progress[at]
    for index, score in (*supposed.items(), *basis.work.items()):
        scores[index] = score

    def compute_one(index: int) -> float:
        score, combined[index] = basis.score_of(index, scores)
        return score

    def finish(objectives: Sequence[int], means: list[float]) -> list[float]:
        put(combined, objectives, means)
        return basis.results(objectives, means)

    clips = any(book.roll_up.result != UNCHANGED for book in basis.facts.distinct_books)
    basis.inputs.fill(scores, compute_one, apart=basis.apart(), finish=finish if clips else None)
    if not clips:
        objectives = slice(compiled.of_objectives.start, compiled.of_objectives.stop)
        combined[objectives] = scores[objectives]
    return Scores(scores, combined)


def coverage_of(
    facts: Facts,
    inputs: RollUpInputs,
    excluded: Sequence[int],
    progress: Progress,
    work: Mapping[int, float],
    closed: Closed[Coverage],
) -> Coverage:
    """Return the coverage of every item."""
    compiled = facts.compiled
    values = [0.0 if isnan(each) else 1.0 for each in progress.raw]
    values += [0.0] * (inputs.count - len(values))
    for index in progress.by_default:
        values[index] = 0.0
    _leave_out_excluded(compiled, excluded, values)
    for index, (then, at) in closed.items():
        if index not in compiled.of_objectives and not excluded[index]:
            values[index] = then.values[at]
    for index, done in work.items():
        values[index] = float(not isnan(done))

    def compute_one(index: int) -> float:
        if excluded[index]:
            return ABSENT
        if index in closed:
            then, at = closed[index]
            return then.values[at]
        whole = mean_of(items_of(inputs.of(index), values))
        return 0.0 if isnan(whole) else whole

    apart = set(closed)
    if 1 in excluded:
        apart.update(index for index in compiled.of_objectives if excluded[index])
    inputs.fill(values, compute_one, apart=apart)
    return Coverage(values)


def _leave_out_excluded(
    compiled: CompiledPlan, excluded: Sequence[int], values: list[float]
) -> None:
    if 1 in excluded:
        for index in (*compiled.of_key_results, *range(compiled.size, len(values))):
            if excluded[index]:
                values[index] = ABSENT


def ranges_of(
    basis: ScoreBasis, progress: Progress, scores: Scores, closed: Closed[Ranges]
) -> Ranges:
    """Return the score range of every item."""
    lows = {index: then.entering[0][at] for index, (then, at) in closed.items()}
    highs = {index: then.entering[1][at] for index, (then, at) in closed.items()}
    low = _scored_with(0.0, basis, progress, scores, lows)
    high = _scored_with(1.0, basis, progress, scores, highs)
    # Rounding may put an end one unit in the last digit past the score, too. A score that is ABSENT, which is
    # neither below nor above a number, moves no end.
    first = basis.facts.compiled.of_objectives.start
    own = scores.values[first:]
    shown = (
        [*low[:first], *map(min, low[first:], own)],
        [*high[:first], *map(max, high[first:], own)],
    )
    return Ranges(*shown, (low, high))


def _scored_with(
    limit: float, basis: ScoreBasis, progress: Progress, scores: Scores, closed: Mapping[int, float]
) -> list[float]:
    """Return scores with a limit for the score of every open part."""
    facts, compiled, excluded = basis.facts, basis.facts.compiled, basis.excluded
    ends = facts.by_book(lambda book: book.attainment.clip.apply(limit))
    own = zip(scores.values[: len(compiled.key_results)], ends, strict=False)
    values = [end if isnan(score) else score for score, end in own]
    values += [0.0] * (basis.inputs.count - len(values))
    for index in progress.by_default:
        values[index] = ends[index]
    for index, (low, high) in progress.open_ends.items():
        values[index] = high if limit else low
    for index, end in closed.items():
        if index not in compiled.of_objectives:
            values[index] = end
    for index, done in basis.work.items():
        values[index] = limit if isnan(done) else done

    def compute_one(index: int) -> float:
        if index in closed:
            return closed[index]
        if excluded[index]:
            return ABSENT
        return basis.limited(index, values, limit, basis.guard_states(index))

    _leave_out_excluded(compiled, excluded, values)
    basis.inputs.fill(values, compute_one, apart=basis.apart(), finish=basis.results)
    return values


def shares_of(facts: Facts, inputs: RollUpInputs, index: int) -> Iterator[tuple[str, float]]:
    """Yield the ids of the parts of an objective with their shares of its score."""
    parts = inputs.of(index)
    blocks: list[tuple[int, int, float, float]] = []
    for start, stop, as_one in parts.blocks:
        total = fsum(parts.weights[start:stop])
        blocks.append((start, stop, 1.0 if as_one and total else total, total))
    whole = fsum(weight for _, _, weight, _ in blocks)
    for start, stop, weight, total in blocks:
        for n in range(start, stop):
            share = parts.weights[n] / total * weight / whole if total else 0.0
            yield facts.compiled.ids[inputs.original(parts.indexes[n])], share


def children_mean(facts: Facts, inputs: RollUpInputs, scores: Scores, index: int) -> float:
    """Return the mean score of the objectives below, whether or not they enter the score.

    Micro-OKRs are among them only if the rulebook lets them into scores.
    """
    with_micro = facts.books[index].roll_up.with_micro
    children, weights = children_of(facts.compiled, inputs.outer, index, with_micro=with_micro)
    pairs = [(scores.values[at], weight) for at, weight in zip(children, weights, strict=True)]
    return mean_of([(score, weight) for score, weight in pairs if weight and not isnan(score)])
