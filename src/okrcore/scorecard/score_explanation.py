"""Steps to a score: progress of readings, or of the parts of an objective, and its clip."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from math import isnan
from typing import cast, final

from attrs import frozen

from okrcore._arith import ABSENT, or_none
from okrcore.plan import BoundState, Derived
from okrcore.plan.measures import LINEAR, change_of, edges_of
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import AttainmentRule, BreachEffect, Clip, GuardrailRule, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.bound_explanation import explain_guardrail
from okrcore.scorecard.day.guardrails import guard_value
from okrcore.scorecard.day.readings import seen_of
from okrcore.scorecard.day.reasons import edges_at, why_progress, why_score
from okrcore.scorecard.day.verdicts import state_by_id
from okrcore.scorecard.day.wording import limiting_guardrails
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import (
    ENTRY,
    GUARDED,
    JUDGED,
    MISSING,
    PROGRESS,
    SCORE,
    Explanation,
    Kept,
    StepOrigin,
    StepRule,
)
from okrcore.scorecard.provenance import (
    behind_key_result,
    behind_objective,
    carried_words,
    moved_by,
)
from okrcore.scorecard.recomputation import (
    READING,
    SUPPOSED,
    Input,
    clip_words,
    clipped_words,
    reattain,
    recombine,
    rederive,
)
from okrcore.words.reason import Reason, clauses, noted

__all__ = ["explain_score"]


@final
@frozen(eq=False)
class _ScoreOrigin(StepOrigin):
    """Item with a score, or initiative, by its index in an evaluation."""

    evaluation: Evaluation
    index: int

    @property
    def key(self) -> Hashable:
        # An evaluation lives as long as a step of it.
        return id(self.evaluation), self.index

    def edges(self, step: Explanation) -> tuple[float, ...]:
        evaluation, index = self.evaluation, self.index
        if step.what == READING:
            return edges_of(evaluation.facts.compiled.measures[index])
        is_scored = _is_scored(evaluation, index)
        original = evaluation.inputs.original(index)
        return edges_at(evaluation.facts, original) if is_scored else (0.0, 1.0)

    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:
        evaluation, index = self.evaluation, self.index
        score = partial(_kept_score, kept)
        if step.what == SCORE:
            return (_explain_before_clip(evaluation, index),)
        if step.what == ENTRY:
            return (score(evaluation, index),) if _is_scored(evaluation, index) else ()
        if step.what == GUARDED:
            guardrails = evaluation.facts.compiled.objective(index).guardrails
            bounds = (explain_guardrail(evaluation, each) for each in guardrails)
            return (_explain_progress(evaluation, index), *bounds)
        if step.what == READING:
            index_of = evaluation.facts.compiled.index_of
            ids = evaluation.facts.compiled.derived[index].of
            return tuple(score(evaluation, index_of[id]) for id in ids)
        if index in evaluation.facts.compiled.of_key_results:
            is_supposed = index in evaluation.readings.supposed
            is_derived = index in evaluation.facts.compiled.derived and not is_supposed
            return (_explain_reading(evaluation, index),) if is_derived else ()
        entered = evaluation.basis.entered(index, evaluation.scores.values)
        return tuple(
            _explain_part(evaluation, at, index, value, score) for at, value in entered.items()
        )

    def recompute(self, step: Explanation) -> float | None:
        rule, inputs = step.rule, step.inputs
        if isinstance(rule, Clip):
            value = inputs[0].value
            return None if value is None else rule.apply(cast("float", value))
        if isinstance(rule, GuardrailRule):
            first, *states = (entered.value for entered in inputs)
            value = ABSENT if first is None else cast("float", first)
            return or_none(guard_value(rule, value, cast("list[BoundState]", states)))
        if isinstance(rule, RollUpRule):
            return recombine(rule, inputs)
        if isinstance(rule, Derived):
            unit = self.evaluation.facts.compiled.unit_of(self.index)
            return rederive(rule, inputs, unit)
        if isinstance(rule, AttainmentRule):
            return reattain(rule, {entered.name: entered.value for entered in inputs})
        return None


def _kept_score(kept: Kept, evaluation: Evaluation, index: int) -> Explanation:
    """Return the step to a score, made once for each item of an evaluation."""
    key = _ScoreOrigin(evaluation, index).key
    if key not in kept:
        kept[key] = explain_score(evaluation, index)
    return kept[key]


# --- making steps ------------------------------------------------------------------------------


def explain_score(
    evaluation: Evaluation, index: int, *, remarks: tuple[str, ...] = ()
) -> Explanation:
    """Return the step from progress to a score: a clip."""
    chain = evaluation.chain_parts.chains.get(index)
    evaluation, index = evaluation.of_item(index)
    before = _explain_before_clip(evaluation, index)
    book = evaluation.facts.books[index]
    is_key_result = index in evaluation.facts.compiled.of_key_results
    clip = book.attainment.clip if is_key_result else book.roll_up.result
    if index in evaluation.readings.supposed:
        clip = UNCHANGED
    result = or_none(evaluation.scores.values[index])
    words: str = before.words
    if result != before.result:
        number = cast("float | None", before.result) or 0.0
        words = clipped_words(before.what, number, clip)
    if chain is not None:
        words = clauses((words, carried_words(chain, evaluation.plan.items)))
    inputs = (Input(before.what, before.result),)
    return _step(evaluation, index, SCORE, clip, inputs, result, words, remarks)


def _step(
    evaluation: Evaluation,
    index: int,
    what: str,
    rule: StepRule,
    inputs: tuple[Input, ...],
    result: float | None,
    words: str,
    remarks: tuple[str, ...] = (),
) -> Explanation:
    facts = evaluation.facts
    id = facts.compiled.ids[evaluation.inputs.original(index)]
    title, origin = facts.plan.items[id].title, _ScoreOrigin(evaluation, index)
    return Explanation(id, what, rule, inputs, result, words, title, origin, remarks=remarks)


def _explain_before_clip(evaluation: Evaluation, index: int) -> Explanation:
    """Return the step before the clip: progress, or progress under its guardrails."""
    progress = _explain_progress(evaluation, index)
    facts = evaluation.facts
    if index in facts.compiled.of_key_results or progress.rule is None:
        return progress
    if not evaluation.basis.guard_states(index):
        return progress
    rule, objective = facts.books[index].guardrails, facts.compiled.objective(index)
    states = state_by_id(objective, evaluation.guardrails.of(index))
    inputs = Input(PROGRESS, progress.result), *(Input(id, state) for id, state in states.items())
    result = or_none(evaluation.scores.progress[index])
    words = clauses((progress.words, limiting_guardrails(evaluation, index)))
    return _step(evaluation, index, GUARDED, rule, inputs, result, words)


def _is_scored(evaluation: Evaluation, index: int) -> bool:
    """Whether an item has a score of its own; initiatives have none."""
    return evaluation.inputs.original(index) in evaluation.facts.compiled.scored


def _explain_part(
    evaluation: Evaluation,
    index: int,
    home: int,
    entered: float,
    explain: Callable[[Evaluation, int], Explanation],
) -> Explanation:
    """Return the step to the number that enters an objective: a score, or another number."""
    if _is_scored(evaluation, index):
        score = explain(evaluation, index)
        if score.result == or_none(entered):
            return score
    return _explain_entry(evaluation, index, home, entered)


def _explain_entry(evaluation: Evaluation, index: int, home: int, entered: float) -> Explanation:
    """Return the step to a number other than the score of a part.

    The score is clipped, replaced by a judged one, or missing with a default; or the part is an initiative,
    with progress; or it is excluded.
    """
    facts = evaluation.facts
    rule = facts.books[home].roll_up
    score = evaluation.scores.values[index]
    keep, clip, given = rule.with_judged, rule.entry, Input(SCORE, or_none(score))
    words = clip_words(clip, score)
    judged = None if keep is None else evaluation.basis.judged_instead(index, keep)
    if evaluation.excluded[index]:
        clip, given, words = UNCHANGED, Input(SCORE, None), Reason("step/excluded")
    elif judged is not None:
        given = Input(JUDGED, judged.score, on=judged.on)
        edges = edges_at(facts, evaluation.inputs.original(index))
        number = plain(judged.score, *edges)
        words = Reason("judgement/on", score=number, day=judged.on, because=judged.because)
    elif isnan(score) and not isnan(entered):
        clip, given = UNCHANGED, Input(MISSING, entered)
        words = Reason("step/missing", score=plain(entered, 0.0, 1.0))
    elif not _is_scored(evaluation, index):
        words = words or Reason("step/initiative")
    return _step(evaluation, index, ENTRY, clip, (given,), or_none(entered), words)


def _explain_reading(evaluation: Evaluation, index: int) -> Explanation:
    """Return the step from the readings of parts to a derived reading."""
    compiled, readings = evaluation.facts.compiled, evaluation.readings
    rule, read = compiled.derived[index], readings.of_journal(index)
    reads = [(id, readings.of_journal(compiled.index_of[id])) for id in rule.of]
    inputs = tuple(
        Input(id, None) if found is None else Input(id, found[0], on=date.fromordinal(found[1]))
        for id, found in reads
    )
    result = None if read is None else number_of(read[0])
    unread = [id for id, found in reads if found is None]
    words = Reason("step/derived", how=rule.how, ids=rule.of)
    if unread:
        words = Reason("no-score/parts-unread", parts=unread)
    return _step(evaluation, index, READING, rule, inputs, result, words)


def _explain_progress(evaluation: Evaluation, index: int) -> Explanation:
    facts = evaluation.facts
    if index in facts.compiled.of_key_results:
        return _explain_attainment(evaluation, index)
    objective, rule = facts.compiled.objective(index), facts.books[index].roll_up
    inputs = _inputs(evaluation, index)
    is_counted = not evaluation.excluded[index] and not evaluation.basis.is_too_thin(index)
    source = moved_by(facts, objective.id, why_progress(evaluation, index))
    words = clauses((source, *behind_objective(facts, index)))
    if not is_counted:
        return _step(evaluation, index, PROGRESS, None, inputs, None, words)
    return _step(evaluation, index, PROGRESS, rule, inputs, recombine(rule, inputs), words)


def _inputs(evaluation: Evaluation, index: int) -> tuple[Input, ...]:
    facts, found = evaluation.facts, evaluation.inputs.of(index)
    ids = facts.compiled.ids
    entered = evaluation.basis.entered(index, evaluation.scores.values)
    block_of = {
        n: number
        for number, (start, stop, as_one) in enumerate(found.blocks)
        for n in range(start, stop)
        if as_one
    }
    parts = [
        Input(ids[evaluation.inputs.original(at)], or_none(entered[at]), weight, block_of.get(n))
        for n, (at, weight) in enumerate(zip(found.indexes, found.weights, strict=True))
    ]
    if facts.books[index].guardrails.effect is BreachEffect.AVERAGE:
        states = state_by_id(facts.compiled.objective(index), evaluation.guardrails.of(index))
        parts += [
            Input(id, float(state is not BoundState.BREACHED))
            for id, state in states.items()
            if state is not BoundState.UNKNOWN
        ]
    return tuple(parts)


def _explain_attainment(evaluation: Evaluation, index: int) -> Explanation:
    facts, readings = evaluation.facts, evaluation.readings
    kr, read = facts.compiled.key_results[index], readings.read(index)
    inputs, words = [Input(READING, None)], why_score(evaluation, index)
    if read is not None and index not in readings.supposed:
        on = date.fromordinal(read[1])
        inputs = [Input(READING, read[0], on=on)]
        if not isnan(evaluation.progress.raw[index]):
            words = noted((words, Reason("step/read-on", day=on)))
    if index not in readings.supposed:
        words = moved_by(facts, kr.id, words)
        words = clauses((words, *behind_key_result(facts, index)))
    if index in readings.supposed:
        inputs = [Input(SUPPOSED, readings.supposed[index])]
    elif type(kr.measure) in LINEAR:
        inputs.append(Input("baseline", or_none(facts.baselines[index])))
        inputs.append(Input("target", or_none(facts.targets[index])))
        change = change_of(kr.measure, facts.baselines[index])
        if change is not None:
            inputs.append(Input("change", or_none(change)))
    else:
        inputs.append(Input("measure", kr.measure))
        if read is not None and not evaluation.excluded[index]:
            inputs.append(Input("evidence", seen_of(facts, index, read)))
    if index in facts.rescaled and index not in readings.supposed:
        inputs.append(Input("rescaled by", facts.rescaled[index]))
    rule = None if evaluation.excluded[index] else facts.books[index].attainment
    result = or_none(evaluation.progress.raw[index])
    return _step(evaluation, index, PROGRESS, rule, tuple(inputs), result, words)
