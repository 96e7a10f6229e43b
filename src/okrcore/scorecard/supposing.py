"""Supposed scores: the same evaluation, as if readings of the day had given them.

Rules of this file:

1. A supposed score changes all that a reading of the day with this score would change.
2. A score of an item that does not count on the day is refused: a reading would not count either.
3. If other items depend on the readings of a key result, a score that no reading gives is refused. So are
   scores of several that depend on the same readings, if none gives all of them.
4. The order of a mapping changes nothing: scores are taken, and refused, in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf, isnan

from attrs import evolve

from okrcore._arith import snap
from okrcore._checks import as_number, as_text, given_mapping, must_be_number, path_of
from okrcore.errors import InvalidValueError
from okrcore.plan import KeyResult
from okrcore.plan.item import refusal
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.climbing import Climb
from okrcore.scorecard.day.compiled_plan import CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.supposed_readings import check_in_for, check_ins_for, feeding
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["sensitivity", "supposed_scores"]


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
    plan, compiled, wanted = evaluation.original, evaluation.facts.compiled, dict[str, float]()
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
    way_out = f"write {score / 100:g}" if is_percent else ""
    must_be_number(owner, field, score, low=low, high=high, way_out=way_out)
    if not evaluation.counts(index):
        then, _ = evaluation.of_item(index)
        why = why_score(evaluation, index)
        if then is not evaluation:
            why = f"its objective was closed on {then.day}"
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
    way_out = (
        "other items depend on its readings; evaluate a journal with the reading that is meant"
    )
    raise InvalidValueError("no-such-reading", where, score, way_out)


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
            found.add(compiled.sources[index])
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
    part = evaluation.original.subtree(id)
    return evolve(
        evaluation,
        original=part,
        journal=evaluation.journal.only(part),
        supposed=tuple((of, score) for of, score in evaluation.supposed if of in part),
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
