"""Scores if some key results had other scores: supposed scores and sensitivity.

Rules of this file:

1. A sum with one part replaced is the exact sum of all parts, rounded once, as by `fsum`. So each score is
   that of a whole evaluation, to the last bit.
2. Nothing that was computed changes: trial scores are put back.
3. A supposed score changes all that a reading of the day with this score would change.
4. A score of an item that does not count on the day is refused: a reading would not count either.
5. If other items depend on the readings of a key result, a score that no reading gives is refused. So are
   scores of several that depend on the same readings, if none gives all of them.
6. The order of a mapping changes nothing: scores are taken, and refused, in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from math import fsum, inf, isnan
from typing import final

from attrs import evolve, frozen

from okrcore._arith import exact_parts, snap
from okrcore._checks import as_number, as_text, given_mapping, must_be_number, path_of
from okrcore.errors import InvalidValueError
from okrcore.plan import KeyResult
from okrcore.plan.item import refusal
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import OverrideDuration
from okrcore.scorecard.day.compiled_plan import CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.supposed_readings import check_in_for, check_ins_for, feeding
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.live_scores import plain_means

__all__ = ["Climb", "sensitivity", "supposed_scores"]


@final
@frozen(eq=False)
class _Mean:
    """A mean, ready to have some of its parts replaced.

    Args:
        weights: Weight of each part, by index.
        products: Numbers with the exact sum of score by weight, over the parts with a score.
        total: Numbers with the exact sum of the weights of those.
        ascending: Score and index of those, the lowest first.
    """

    weights: Mapping[int, float]
    products: Sequence[float]
    total: Sequence[float]
    ascending: Sequence[tuple[float, int]]

    @classmethod
    def of(cls, indexes: Sequence[int], weights: Sequence[float], scores: Sequence[float]) -> _Mean:
        """Return the mean of some parts, with their weights and scores."""
        weight_of = dict(zip(indexes, weights, strict=True))
        parts = zip(scores, indexes, strict=True)
        ascending = sorted((score, at) for score, at in parts if not isnan(score))
        return cls(
            weight_of,
            exact_parts(value * weight_of[at] for value, at in ascending),
            exact_parts(weight_of[at] for _, at in ascending),
            ascending,
        )

    def replaced(
        self, moved: Sequence[int], before: Mapping[int, float], scores: Sequence[float]
    ) -> float:
        """Return the mean with new scores of the parts that moved."""
        products, total = list(self.products), list(self.total)
        values: list[float] = []
        for at in moved:
            weight, was = self.weights[at], before[at]
            values.append(scores[at])
            products.append(scores[at] * weight)
            if isnan(was):
                total.append(weight)
            else:
                products.append(-was * weight)
        raw = fsum(products) / fsum(total)
        # The one mean never leaves the range of what it averages; see okrcore._arith.
        both = (self.ascending, reversed(self.ascending))
        kept = [next((v for v, at in parts if at not in before), values[0]) for parts in both]
        low, high = min(*kept, *values), max(*kept, *values)
        return low if raw < low else min(raw, high)


@final
@frozen(eq=False)
class Climb:
    """Recomputes the ancestors of one changed score."""

    evaluation: Evaluation

    def score_with(self, index: int, score: float, above: int) -> float:
        """Return the score of an ancestor, if a reading of the day gave a key result another score."""
        evaluation, scores = self.evaluation, self._scores
        if self._is_entangled or index in self._feeding:
            id = evaluation.facts.compiled.ids[index]
            kept = (pair for pair in evaluation.supposed if pair[0] != id)
            return evolve(evaluation, supposed=(*kept, (id, score))).scores.values[above]
        before, waiting = {index: scores[index]}, list(self._above[index])
        moved = {higher: [index] for higher in waiting}
        scores[index] = score
        # Children come before parents, so all parts of the lowest waiting objective are done.
        while waiting:
            at = heappop(waiting)
            now, was = self._roll_up(at, moved[at], before), scores[at]
            if now != was and not (isnan(now) and isnan(was)):
                before[at], scores[at] = was, now
                for higher in self._above[at]:
                    if higher in moved:
                        moved[higher].append(at)
                    else:
                        moved[higher] = [at]
                        heappush(waiting, higher)
        found = scores[above]
        for at, was in before.items():
            scores[at] = was
        return found

    def _roll_up(self, index: int, moved: Sequence[int], before: Mapping[int, float]) -> float:
        evaluation, scores = self.evaluation, self._scores
        if index not in self._plain:
            return evaluation.basis.score_of(index, scores)[0]
        if index not in self._means:
            parts, weights = evaluation.inputs.of(index).weighed
            were = [before.get(at, scores[at]) for at in parts]
            self._means[index] = _Mean.of(parts, weights, were)
        mean = self._means[index].replaced(moved, before, scores)
        return evaluation.facts.books[index].roll_up.result.apply(mean)

    @cached_property
    def _scores(self) -> list[float]:
        return list(self.evaluation.scores.values)

    @cached_property
    def _feeding(self) -> frozenset[int]:
        return feeding(self.evaluation.facts.compiled)

    @cached_property
    def _plain(self) -> frozenset[int]:
        return frozenset(plain_means(self.evaluation))

    @cached_property
    def _means(self) -> dict[int, _Mean]:
        return {}

    @cached_property
    def _above(self) -> Sequence[Sequence[int]]:
        """By index, the objectives whose score an item enters."""
        above: list[list[int]] = [[] for _ in self.evaluation.scores.values]
        for index, parts in self.evaluation.inputs.each_counted():
            for at in parts:
                above[at].append(index)
        return above

    @cached_property
    def _is_entangled(self) -> bool:
        """Whether a reading does more than change a score: open others, or end judged ones."""
        rules = [book.roll_up for book in self.evaluation.facts.distinct_books]
        return any(rule.least_coverage > 0 for rule in rules) or (
            bool(self.evaluation.facts.history.judgements.on)
            and any(rule.with_judged is OverrideDuration.UNTIL_READ for rule in rules)
        )


def supposed_scores(
    owner: object, evaluation: Evaluation, scores: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    """Return the suppositions of an evaluation with some scores more, by id, see `Scorecard.what_if`.

    Args:
        owner: The scorecard, for paths of errors.
        evaluation: Its evaluation.
        scores: Scores of key results, by id.
    """
    given = given_mapping(owner, "what_if", scores)
    plan, compiled, wanted = evaluation.plan, evaluation.facts.compiled, dict[str, float]()
    for id in sorted(given, key=lambda each: _order_of(compiled, each)):
        item = plan.items[as_text(id)] if id in plan else None
        if not isinstance(item, KeyResult):
            raise refusal(plan.items, "Scorecard.what_if", id, "suppose scores of key results")
        wanted[item.id] = _score_of(owner, evaluation, item.id, given[id])
    index_of, scores_now = compiled.index_of, evaluation.scores.values
    changed = {
        id: score
        for id, score in wanted.items()
        if evaluation.readings.read(index_of[id]) is None or scores_now[index_of[id]] != score
    }
    if not changed:
        return evaluation.supposed
    for id, score in changed.items():
        _must_have_reading(evaluation, index_of[id], score, path_of(owner, f"what_if[{id!r}]"))
    # A present score is not supposed, unless another one depends on the same readings.
    sources = _sources(compiled, map(index_of.__getitem__, changed))
    kept = {
        id: score
        for id, score in wanted.items()
        if not sources.isdisjoint(_sources(compiled, [index_of[id]]))
    }
    supposed = {**dict(evaluation.supposed), **kept, **changed}
    _must_agree(evaluation, supposed, wanted, path_of(owner, "what_if"))
    return tuple(sorted(supposed.items(), key=lambda each: index_of[each[0]]))


def _order_of(compiled: CompiledPlan, id: object) -> tuple[int, str]:
    """Return the sort key of an id: unknown ids first, then by the plan."""
    text = as_text(id)
    return (compiled.index_of.get(text, -1), text) if type(text) is str else (-1, "")


def _score_of(owner: object, evaluation: Evaluation, id: str, given: float) -> float:
    """Return a supposed score of a key result as a number; other values are refused."""
    field, score = f"what_if[{id!r}]", as_number(given)
    index = evaluation.facts.compiled.index_of[id]
    clip = evaluation.facts.books[index].attainment.clip
    low = -inf if clip.floor is None else clip.floor
    high = inf if clip.ceiling is None else clip.ceiling
    is_percent = type(score) is float and 1 < score <= 100
    hint = f"write {score / 100:g}" if is_percent else ""
    must_be_number(owner, field, score, low=low, high=high, hint=hint)
    if not evaluation.counts(index):
        then, _ = evaluation.of_item(index)
        is_closed = then is not evaluation
        why = (
            f"its objective was closed on {then.day}" if is_closed else why_score(evaluation, index)
        )
        raise InvalidValueError("not-counted", path_of(owner, field), score, why)
    return score


def _must_have_reading(evaluation: Evaluation, index: int, score: float, where: str) -> None:
    """Refuse a score that no reading of the day gives, if other items depend on the readings."""
    if index not in feeding(evaluation.facts.compiled):
        return
    alone = evolve(evaluation, supposed=())
    entry = check_in_for(alone, index, score)
    if entry is not None:
        read = alone.with_entries([entry])
        if snap(read.scores.values[index]) == snap(score):
            return
    hint = "other items depend on its readings; evaluate a journal with the reading that is meant"
    raise InvalidValueError("no-such-reading", where, score, hint)


def _must_agree(
    evaluation: Evaluation, supposed: Mapping[str, float], given: Collection[str], where: str
) -> None:
    """Refuse scores of key results that depend on the same readings, if no reading gives all of them.

    The error names one of the ids that are given now.
    """
    compiled = evaluation.facts.compiled
    scores = {compiled.index_of[id]: score for id, score in supposed.items()}
    # A derived key result may have any score while a part of it may have several readings.
    bound = {
        index
        for index in scores.keys() & (feeding(compiled) | compiled.derived.keys())
        if index not in compiled.derived
        or all(
            _has_one_reading(evaluation.facts, at, scores.get(at))
            for at in map(compiled.index_of.__getitem__, compiled.derived[index].of)
        )
    }
    if len(bound) < 2:
        return
    alone = evolve(evaluation, supposed=())
    entries = list(check_ins_for(alone, supposed.items()))
    read = alone.with_entries(entries).scores.values
    for index in sorted(bound):
        if snap(read[index]) == snap(scores[index]):
            continue
        sources = _sources(compiled, [index])
        group = [at for at in sorted(bound) if not sources.isdisjoint(_sources(compiled, [at]))]
        named = max(at for at in group if compiled.ids[at] in given)
        others = ", ".join(f"{compiled.ids[at]!r} {scores[at]:g}" for at in group if at != named)
        raise InvalidValueError(
            "no-such-reading",
            f"{where}[{compiled.ids[named]!r}]",
            scores[named],
            f"the same readings make {others}; suppose scores that one reading gives, or one of them",
        )


def _has_one_reading(facts: Facts, index: int, score: float | None) -> bool:
    """Whether one reading alone gives a key result a score: on a line, within its clip."""
    clip = facts.books[index].attainment.clip
    return (
        score is not None
        and index not in facts.compiled.derived
        and type(facts.compiled.measures[index]) in LINEAR
        and score not in (clip.floor, clip.ceiling)
    )


def _sources(compiled: CompiledPlan, indexes: Iterable[int]) -> set[str]:
    """Return the ids of the readings that make the values of key results."""
    found, waiting = set[str](), [*indexes]
    while waiting:
        derived = compiled.derived.get(index := waiting.pop())
        if derived is None:
            found.update(compiled.sources_of(compiled.sources[index]))
        else:
            waiting += [compiled.index_of[part] for part in derived.of]
    return found


def sensitivity(evaluation: Evaluation, id: str) -> tuple[tuple[str, float], ...]:
    """Return the gains of an objective, see `Scorecard.sensitivity`."""
    before = evaluation.scores.values[evaluation.facts.compiled.index_of[id]]
    if isnan(before):
        return ()
    alone = _alone(evaluation, id)
    index, climb = alone.facts.compiled.index_of[id], Climb(alone)
    gains: list[tuple[str, float]] = []
    for at in _below(alone, index):
        full = alone.facts.books[at].attainment.clip.apply(1.0)
        if alone.scores.values[at] >= full:
            continue
        of = alone.facts.compiled.ids[at]
        where = f"Scorecard.sensitivity({id!r})"
        _must_have_reading(alone, at, full, f"{where}[{of!r}]")
        _must_agree(alone, {**dict(alone.supposed), of: full}, [of], where)
        gain = climb.score_with(at, full, index) - before
        if gain:
            gains.append((alone.facts.compiled.ids[at], gain))
    return tuple(sorted(gains, key=lambda one: -one[1]))


def _alone(evaluation: Evaluation, id: str) -> Evaluation:
    """Return the evaluation of an objective and the items that it depends on, with the same score."""
    part = evaluation.plan.subtree(id)
    return evolve(
        evaluation,
        part=frozenset(objective.id for objective in part.objectives),
        supposed=tuple((of, score) for of, score in evaluation.supposed if of in part.homes),
    )


def _below(evaluation: Evaluation, index: int) -> Iterator[int]:
    """Yield the indexes of the key results that count below an objective, in order."""
    compiled, seen, waiting = evaluation.facts.compiled, set[int](), [index]
    while waiting:
        at = waiting.pop()
        if at in seen or at in evaluation.settled:
            continue
        seen.add(at)
        if at in compiled.of_objectives:
            waiting += evaluation.inputs.of(at).counted
    yield from sorted(at for at in seen if at in compiled.of_key_results and evaluation.counts(at))
