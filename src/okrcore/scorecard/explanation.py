"""Explanation of a number, step by step: a rule, its inputs and its result.

Rules of this file:

1. The rule of a step, applied to its inputs, gives its result again.
2. Steps are made when they are read. A tree as deep as a long chain would break repr and pickle.

Laws: test_explanations_recompute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from math import isnan
from typing import Final, TypeAlias, cast, final

from attrs import field, frozen

from okrcore._arith import ABSENT, or_none, short_beside
from okrcore._checks import given_whole, must_be_whole, path_of
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore.errors import InvalidValueError
from okrcore.plan import BoundState, Derived
from okrcore.plan.measures import LINEAR, change_of, edges_of
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import AttainmentRule, BreachEffect, Clip, GuardrailRule, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.day.guardrails import guard_value
from okrcore.scorecard.day.readings import seen_of
from okrcore.scorecard.day.reasons import edges_at, why_progress, why_score
from okrcore.scorecard.day.verdicts import state_by_id
from okrcore.scorecard.day.wording import limiting_guardrails
from okrcore.scorecard.evaluation import Evaluation
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
from okrcore.words.reason import Reason, as_reason, as_reasons, clauses, noted

__all__ = ["Explanation", "ShownSteps", "explain_score"]


#: The rule of a step: a component of the rulebook; None if nothing was computed.
StepRule: TypeAlias = Clip | AttainmentRule | RollUpRule | GuardrailRule | Derived | None

_SCORE: Final = "score"
_ENTRY: Final = "score as it enters"
_GUARDED: Final = "progress under its guardrails"
_PROGRESS: Final = "progress"
_JUDGED: Final = "judged score"
_MISSING: Final = "what counts for no score"

_NUMBERS: Final = frozenset({_SCORE, _ENTRY, _GUARDED, _PROGRESS, SUPPOSED, READING})


@final
@frozen(repr=False)
class Explanation(Shown):
    """One step in the computation of a number.

    Args:
        id: The item.
        what: The number: "score", "score as it enters" a mean, "progress", "progress under its
            guardrails", or the "reading" that is derived from others.
        rule: The component of the rulebook that was applied, or the derivation of a reading.
        inputs: The values that it was applied to.
        result: The number; None is not 0.
        words: The step in a sentence.
        title: Title of the item.
        remarks: Notes on the item: open parts, guardrails, status.
    """

    id: str
    what: str
    rule: StepRule
    inputs: tuple[Input, ...]
    result: float | None
    words: Reason = field(converter=as_reason)
    title: str
    _evaluation: Evaluation = field(eq=False)
    _index: int = field(eq=False)
    remarks: tuple[Reason, ...] = field(default=(), kw_only=True, converter=as_reasons)

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        if self.what not in _NUMBERS:
            raise InvalidValueError("unknown-word", path_of(self, "what"), self.what)
        last = self._evaluation.inputs.count - 1
        must_be_whole(self, "index", self._index, 0, last)

    @property
    def edges(self) -> tuple[float, ...]:
        """Numbers that the result is compared with; rounded beside them, it stays on its side of each."""
        evaluation, index = self._evaluation, self._index
        if self.what == READING:
            return edges_of(evaluation.facts.compiled.measures[index])
        is_scored = _is_scored(evaluation, index)
        original = evaluation.inputs.original(index)
        return edges_at(evaluation.facts, original) if is_scored else (0.0, 1.0)

    @property
    def parts(self) -> tuple[Explanation, ...]:
        """The steps that gave the inputs."""
        return self._parts_by(explain_score)

    def _parts_by(self, score: Callable[[Evaluation, int], Explanation]) -> tuple[Explanation, ...]:
        evaluation, index = self._evaluation, self._index
        if self.what == _SCORE:
            return (_explain_before_clip(evaluation, index),)
        if self.what == _ENTRY:
            return (score(evaluation, index),) if _is_scored(evaluation, index) else ()
        if self.what == _GUARDED:
            return (_explain_progress(evaluation, index),)
        if self.what == READING:
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

    def recompute(self) -> float | None:
        """Apply the rule to the inputs again."""
        if self.rule is None:
            return None
        if isinstance(self.rule, Clip):
            value = self.inputs[0].value
            return None if value is None else self.rule.apply(cast("float", value))
        if isinstance(self.rule, GuardrailRule):
            first, *states = (entered.value for entered in self.inputs)
            value = ABSENT if first is None else cast("float", first)
            return or_none(guard_value(self.rule, value, cast("list[BoundState]", states)))
        if isinstance(self.rule, RollUpRule):
            return recombine(self.rule, self.inputs)
        if isinstance(self.rule, Derived):
            unit = self._evaluation.facts.compiled.unit_of(self._index)
            return rederive(self.rule, self.inputs, unit)
        return reattain(self.rule, {entered.name: entered.value for entered in self.inputs})

    def walk(self, depth: int = 6) -> Iterator[tuple[int, Explanation]]:  # library default
        """Return this step and those below it with their depth, down to a depth.

        A step with several parents comes once with the steps below it, and then without them.

        Laws: test_a_walk_has_the_parts_of_each_step_once.
        """
        return self._walk(given_whole(self, "walk", depth, 0))

    def _walk(self, depth: int) -> Iterator[tuple[int, Explanation]]:
        shown_steps = ShownSteps(depth)
        waiting: list[tuple[int, Explanation]] = [(0, self)]
        while waiting:
            level, step = waiting.pop()
            yield level, step
            if shown_steps.is_new(step, level) and level < depth:
                waiting.extend((level + 1, part) for part in reversed(shown_steps.parts_of(step)))

    def __repr__(self) -> str:
        result = "none" if self.result is None else short_beside(self.result, *self.edges)
        return f"Explanation({self.id!r}, {self.what} {result}: {self.words})"


#: An evaluation by its identity, an index in it, and the number that a step is about.
_Key: TypeAlias = tuple[int, int, str]


@final
class ShownSteps:
    """Steps that were shown, since a step may have several parents.

    Args:
        depth: Levels that are shown.
    """

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._levels: dict[_Key, int] = {}
        self._parts: dict[_Key, tuple[Explanation, ...]] = {}
        self._scores: dict[tuple[int, int], Explanation] = {}
        self._is_cut = False

    def is_new(self, step: Explanation, level: int) -> bool:
        """Mark a step as shown; True if its parts are to be shown too.

        They are shown again at a higher level if the depth may have cut the steps below it.
        """
        before = self._levels.get(_key_of(step))
        is_new = before is None or (level < before and self._is_cut)
        if is_new:
            self._levels[_key_of(step)] = level
        self._is_cut |= level >= self._depth
        return is_new

    def parts_of(self, step: Explanation) -> tuple[Explanation, ...]:
        """Return the parts of a step, made once."""
        found = self._parts.get(_key_of(step))
        if found is None:
            found = self._parts[_key_of(step)] = step._parts_by(self._score)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return found

    def _score(self, evaluation: Evaluation, index: int) -> Explanation:
        # An evaluation lives as long as a step of it.
        key = id(evaluation), index
        if key not in self._scores:
            self._scores[key] = explain_score(evaluation, index)
        return self._scores[key]


def _key_of(step: Explanation) -> _Key:
    return id(step._evaluation), step._index, step.what  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


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
        words = clipped_words(before.what, before.result or 0.0, clip)
    if chain is not None:
        words = clauses((words, carried_words(chain, evaluation.plan.items)))
    inputs = (Input(before.what, before.result),)
    return _step(evaluation, index, _SCORE, clip, inputs, result, words, remarks)


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
    title = facts.plan.items[id].title
    return Explanation(
        id, what, rule, inputs, result, words, title, evaluation, index, remarks=remarks
    )


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
    inputs = Input(_PROGRESS, progress.result), *(Input(id, state) for id, state in states.items())
    result = or_none(evaluation.scores.progress[index])
    words = clauses((progress.words, limiting_guardrails(evaluation, index)))
    return _step(evaluation, index, _GUARDED, rule, inputs, result, words)


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
    keep, clip, given = rule.with_judged, rule.entry, Input(_SCORE, or_none(score))
    words = clip_words(clip, score)
    judged = None if keep is None else evaluation.basis.judged_instead(index, keep)
    if evaluation.excluded[index]:
        clip, given, words = UNCHANGED, Input(_SCORE, None), Reason("step/excluded")
    elif judged is not None:
        given = Input(_JUDGED, judged.score, on=judged.on)
        edges = edges_at(facts, evaluation.inputs.original(index))
        number = plain(judged.score, *edges)
        words = Reason("judgement/on", score=number, day=judged.on, because=judged.because)
    elif isnan(score) and not isnan(entered):
        clip, given = UNCHANGED, Input(_MISSING, entered)
        words = Reason("step/missing", score=plain(entered, 0.0, 1.0))
    elif not _is_scored(evaluation, index):
        words = words or Reason("step/initiative")
    return _step(evaluation, index, _ENTRY, clip, (given,), or_none(entered), words)


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
        return _step(evaluation, index, _PROGRESS, None, inputs, None, words)
    return _step(evaluation, index, _PROGRESS, rule, inputs, recombine(rule, inputs), words)


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
            inputs.append(Input("evidence", seen_of(facts, index, read[0])))
    if index in facts.rescaled and index not in readings.supposed:
        inputs.append(Input("rescaled by", facts.rescaled[index]))
    rule = None if evaluation.excluded[index] else facts.books[index].attainment
    result = or_none(evaluation.progress.raw[index])
    return _step(evaluation, index, _PROGRESS, rule, tuple(inputs), result, words)
