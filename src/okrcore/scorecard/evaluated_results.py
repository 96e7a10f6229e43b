# Fields of records are properties here.
# pyright: reportIncompatibleVariableOverride=false
"""Results of an evaluation: each field is looked up, or computed, when it is read.

Rule of this file: no result is kept. A million of them need more memory than the columns of an evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, SupportsIndex, TypeAlias, cast, final

from attrs import evolve, frozen

from okrcore._arith import or_none
from okrcore.journal import CheckIn, LifecycleStage
from okrcore.journal.plan_in_force import must_be_in_force
from okrcore.plan import BoundState, Person, Reading, Team
from okrcore.rulebook import Axis, Outcome
from okrcore.scorecard.day.each_period import PeriodResult, periods_of
from okrcore.scorecard.day.judgements import JudgedScore
from okrcore.scorecard.day.movements import Movement, movements_of
from okrcore.scorecard.day.omissions import (
    NoScoreReason,
    omission_of_key_result,
    omission_of_objective,
)
from okrcore.scorecard.day.reasons import edges_at, why_score, why_unread
from okrcore.scorecard.day.scores import children_mean
from okrcore.scorecard.day.signals import DeclaredStatus
from okrcore.scorecard.day.status_by_rule import number_on
from okrcore.scorecard.day.statuses import computed_status, why_status
from okrcore.scorecard.day.uncounted_entries import Uncounted, uncounted
from okrcore.scorecard.day.verdicts import Close
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.last_check_ins import last_check_in
from okrcore.scorecard.results import KeyResultResult, Kind, ObjectiveResult, Result
from okrcore.words.reason import Reason, as_reason

__all__ = ["Results", "evaluated_results"]

#: The evaluation of a scorecard; the one with the numbers of the item, see `of_item`; and the index in that.
_Source: TypeAlias = tuple[Evaluation, Evaluation, int]


class _Evaluated:
    """Fields of a result, taken from an evaluation."""

    __slots__ = ()

    _source: _Source

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        # A pickle of the evaluation would hold the whole plan, and be evaluated again for each result.
        record: Result = evolve(cast("Result", self))
        return record.__reduce_ex__(protocol)

    @property
    def id(self) -> str:
        _, evaluation, index = self._source
        return evaluation.facts.compiled.ids[index]

    @property
    def title(self) -> str:
        return self._source[0].plan.items[self.id].title

    @property
    def score(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.scores.values[index])

    @property
    def edges(self) -> tuple[float, ...]:
        _, evaluation, index = self._source
        return edges_at(evaluation.facts, index)

    @property
    def progress(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.scores.progress[index])

    @property
    def confidence(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.confidence[index])

    @property
    def why(self) -> Reason:
        _, evaluation, index = self._source
        return as_reason(why_score(evaluation, index))

    @property
    def status_why(self) -> Reason:
        _, evaluation, index = self._source
        evaluation.status(index)  # which fills in the statuses of parts
        return as_reason(why_status(evaluation, index))

    @property
    def computed_status(self) -> str:
        _, evaluation, index = self._source
        status = evaluation.status(index)
        return status if self.declared is None else computed_status(evaluation, index)

    @property
    def declared(self) -> DeclaredStatus | None:
        return self._source[1].declarations.statuses.get(self.id)

    @property
    def judged(self) -> JudgedScore | None:
        return self._source[0].judgements.scores.get(self._index_in_card)

    @property
    def original_score(self) -> float | None:
        return self._score_in_version(0)

    @property
    def adjusted_score(self) -> float | None:
        return self._score_in_version(1)

    def _score_in_version(self, version: int) -> float | None:
        found = self._in_version(version)
        return None if found is None else or_none(found[0].scores.values[found[1]])

    def _in_version(self, version: int) -> tuple[Evaluation, int] | None:
        """Return the evaluation of another version of the plan, and the index there; None if not touched."""
        card, id = self._source[0], self.id
        versions = card.versions if id in card.touched_in_any_version else None
        if versions is None:
            return None
        index = versions[version].facts.compiled.index_of.get(id)
        return None if index is None else versions[version].of_item(index)

    @property
    def last_check_in(self) -> CheckIn | None:
        return last_check_in(self._source[0], self.id)

    @property
    def uncounted(self) -> tuple[Uncounted, ...]:
        return uncounted(self._source[0], self.id)

    @property
    def expected(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.pace.expected[index])

    @property
    def pace(self) -> float | None:
        return or_none(number_on(Axis.RATIO, *self._source[1:]))

    @property
    def score_range(self) -> tuple[float, float] | None:
        _, evaluation, index = self._source
        low, high = evaluation.ranges.low, evaluation.ranges.high
        return None if evaluation.excluded[index] else (low[index], high[index])

    @property
    def _index_in_card(self) -> int:
        card, evaluation, index = self._source
        return index if card is evaluation else card.facts.compiled.index_of[self.id]


@final
class _EvaluatedObjective(_Evaluated, ObjectiveResult):
    __slots__ = ("_source",)

    def __init__(self, source: _Source) -> None:  # pyright: ignore[reportMissingSuperCall]
        _put_source_of_objective(self, source)

    @property  # type: ignore[misc]
    def __class__(self) -> type[ObjectiveResult]:  # type: ignore[override]
        """The class of the record that it equals and evolves into."""
        return ObjectiveResult

    @property
    def kind(self) -> Kind:
        return "objective"

    @property
    def status(self) -> str:
        _, evaluation, index = self._source
        return evaluation.objective_statuses[index]

    @property
    def coverage(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.coverage.values[index])

    @property
    def no_score_reason(self) -> NoScoreReason | None:
        return omission_of_objective(*self._source[1:])

    @property
    def owner(self) -> Person | Team | None:
        _, evaluation, index = self._source
        return evaluation.facts.compiled.objective(index).owner

    @property
    def verdict(self) -> str | None:
        close = self._close
        return None if close is None else close.verdict

    @property
    def asks_for(self) -> str:
        close = self._close
        return "" if close is None else close.asks_for

    @property
    def open_until(self) -> date | None:
        close = self._close
        return None if close is None else close.open_until

    @property
    def original_verdict(self) -> str | None:
        return self._verdict_in_version(0)

    @property
    def adjusted_verdict(self) -> str | None:
        return self._verdict_in_version(1)

    def _verdict_in_version(self, version: int) -> str | None:
        found = self._in_version(version)
        close = None if found is None else found[0].verdicts.close_of(found[1])
        return None if close is None else close.verdict

    @property
    def _close(self) -> Close | None:
        return self._source[1].verdicts.close_of(self._source[2])

    @property
    def key_results(self) -> tuple[str, ...]:
        compiled = self._source[1].facts.compiled
        own, _ = compiled.own.of(self._source[2])
        return tuple([compiled.ids[at] for at in own])

    @property
    def children(self) -> tuple[str, ...]:
        return tuple([child.id for child in self._source[0].plan.children(self.id)])

    @property
    def children_mean(self) -> float | None:
        if not self.children:
            return None
        _, evaluation, index = self._source
        return or_none(children_mean(evaluation.facts, evaluation.inputs, evaluation.scores, index))

    @property
    def guardrails(self) -> tuple[str, ...]:
        _, evaluation, index = self._source
        return tuple([each.id for each in evaluation.facts.compiled.objective(index).guardrails])

    @property
    def initiatives(self) -> tuple[str, ...]:
        _, evaluation, index = self._source
        return tuple([each.id for each in evaluation.facts.compiled.objective(index).initiatives])

    @property
    def kpis(self) -> tuple[str, ...]:
        return self._source[1].facts.compiled.objective(self._source[2]).kpis

    @property
    def breached_guardrails(self) -> tuple[str, ...]:
        return self._guardrails_in(BoundState.BREACHED)

    @property
    def unknown_guardrails(self) -> tuple[str, ...]:
        return self._guardrails_in(BoundState.UNKNOWN)

    def _guardrails_in(self, state: BoundState) -> tuple[str, ...]:
        _, evaluation, index = self._source
        states = evaluation.guardrails.of(index)
        guardrails = evaluation.facts.compiled.objective(index).guardrails
        return tuple([g.id for g, has in zip(guardrails, states, strict=True) if has is state])

    @property
    def elapsed(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.elapsed[index])

    @property
    def lifecycle(self) -> LifecycleStage:
        return self._source[0].facts.life_of(self.id)


@final
class _EvaluatedKeyResult(_Evaluated, KeyResultResult):
    __slots__ = ("_source",)

    def __init__(self, source: _Source) -> None:  # pyright: ignore[reportMissingSuperCall]
        _put_source_of_key_result(self, source)

    @property  # type: ignore[misc]
    def __class__(self) -> type[KeyResultResult]:  # type: ignore[override]
        """The class of the record that it equals and evolves into."""
        return KeyResultResult

    @property
    def kind(self) -> Kind:
        return "key result"

    @property
    def status(self) -> str:
        _, evaluation, index = self._source
        return evaluation.key_result_statuses[index]

    @property
    def why(self) -> Reason:
        card, evaluation, index = self._source
        why = why_score(evaluation, index)
        if self.no_score_reason is NoScoreReason.NO_READING:
            # Entries after a closing are no part of its evaluation.
            return as_reason(why_unread(card, self._index_in_card, otherwise=why))
        return as_reason(why)

    @property
    def coverage(self) -> float | None:
        _, evaluation, index = self._source
        return None if evaluation.excluded[index] else evaluation.coverage.values[index]

    @property
    def no_score_reason(self) -> NoScoreReason | None:
        return omission_of_key_result(*self._source[1:])

    @property
    def owner(self) -> Person | Team | None:
        _, evaluation, index = self._source
        return evaluation.facts.compiled.key_results[index].owner

    @property
    def _read(self) -> tuple[Reading, int] | None:
        _, evaluation, index = self._source
        readings = evaluation.readings
        return None if index in readings.supposed else readings.of_journal(index)

    @property
    def reading(self) -> Reading | None:
        read = self._read
        return None if read is None else read[0]

    @property
    def read_on(self) -> date | None:
        read = self._read
        return None if read is None else date.fromordinal(read[1])

    @property
    def late(self) -> bool:
        read = self._read
        _, evaluation, index = self._source
        return read is not None and read[1] > evaluation.facts.compiled.last[index]

    @property
    def baseline(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.facts.baselines[index])

    @property
    def target(self) -> float | None:
        _, evaluation, index = self._source
        return or_none(evaluation.facts.targets[index])

    @property
    def against_baseline(self) -> Movement | None:
        _, evaluation, index = self._source
        return movements_of(evaluation.facts, evaluation.readings, index).from_baseline

    @property
    def against_before(self) -> Movement | None:
        _, evaluation, index = self._source
        return movements_of(evaluation.facts, evaluation.readings, index).from_before

    @property
    def periods(self) -> tuple[PeriodResult, ...]:
        _, evaluation, index = self._source
        return periods_of(evaluation.facts, index)

    @property
    def outcome(self) -> Outcome | None:
        _, evaluation, index = self._source
        return None if self.excluded else evaluation.verdicts.outcome_of(index)

    @property
    def excluded(self) -> bool:
        _, evaluation, index = self._source
        has_weight = evaluation.facts.compiled.key_results[index].weight > 0
        return bool(evaluation.excluded[index]) or not has_weight

    @property
    def objective(self) -> str:
        return self._source[0].plan.homes[self.id].id


#: Put the source of a result into its slot; `object.__setattr__` takes 0.1 us longer.
_put_source_of_objective: Final = _EvaluatedObjective.__dict__["_source"].__set__
_put_source_of_key_result: Final = _EvaluatedKeyResult.__dict__["_source"].__set__


def evaluated_results(
    card: Evaluation, evaluation: Evaluation, indexes: Sequence[int]
) -> Iterator[ObjectiveResult | KeyResultResult]:
    """Yield the results of some items of an evaluation: that of a scorecard, or of a closing in it."""
    objectives = evaluation.facts.compiled.of_objectives
    for index in indexes:
        kind = _EvaluatedObjective if index in objectives else _EvaluatedKeyResult
        yield kind((card, evaluation, index))


@final
@frozen(eq=False)
class Results:
    """Results of objectives and key results by id.

    Lookups are fields: an attribute of a record with cached properties takes 50 ns, and whether an index is one
    of a kind 100 ns.
    """

    evaluation: Evaluation
    objectives: Mapping[str, int]
    key_results: Mapping[str, int]
    settled: Mapping[int, tuple[Evaluation, int]]

    @classmethod
    def of(cls, evaluation: Evaluation) -> Results:
        """Return the results of an evaluation."""
        compiled = evaluation.facts.compiled
        settled: Mapping[int, tuple[Evaluation, int]] = {}
        if evaluation.closed_parts:
            settled = evaluation.settled
        return cls(evaluation, compiled.index_of_objective, compiled.index_of_key_result, settled)

    def objective(self, id: str) -> ObjectiveResult:
        """Return the result of an objective."""
        evaluation, index_of = self.evaluation, self.objectives
        index = index_of.get(id, -1) if type(id) is str else -1
        if index < 0:
            must_be_in_force(evaluation.facts.in_force, evaluation.facts.history, id)
            index = index_of[evaluation.plan.objective(id).id]  # which refuses other ids
        if index in self.settled:
            return _EvaluatedObjective((evaluation, *self.settled[index]))
        return _EvaluatedObjective((evaluation, evaluation, index))

    def key_result(self, id: str) -> KeyResultResult:
        """Return the result of a key result."""
        evaluation, index_of = self.evaluation, self.key_results
        index = index_of.get(id, -1) if type(id) is str else -1
        if index < 0:
            must_be_in_force(evaluation.facts.in_force, evaluation.facts.history, id)
            index = index_of[evaluation.plan.key_result(id).id]  # which refuses other ids
        if index in self.settled:
            return _EvaluatedKeyResult((evaluation, *self.settled[index]))
        return _EvaluatedKeyResult((evaluation, evaluation, index))
