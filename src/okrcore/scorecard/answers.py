"""Answers: what a scorecard says of one item, gathered from its figures when it is asked.

Rule of this file: nothing is computed here, and nothing is kept. A million results would weigh more than
the figures they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import final

from attrs import evolve, frozen

from okrcore._arith import as_percent, or_none, written
from okrcore.journal import CheckIn
from okrcore.plan import BoundState, Guardrail, KeyResult, Metric, Objective
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.health import stand_of_metric
from okrcore.scorecard.missing import why_not_key_result, why_not_objective
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
)
from okrcore.scorecard.standings import Standings
from okrcore.scorecard.wording import why_watch

__all__ = ["Answers"]


@final
@frozen(eq=False)
class Answers:
    """What is known of each item on the day of some figures.

    Args:
        figures: The figures.
    """

    figures: Figures

    @cached_property
    def _versions(self) -> tuple[Figures, Figures] | None:
        """The figures of the plan as written and with every adjustment; None without adjustments."""
        made = tuple(a for a in self.figures.journal.adjustments if a.on <= self.figures.day)
        if not made:
            return None
        every = tuple(evolve(a, trigger=None) for a in made)
        return evolve(self.figures, adjustments=()), evolve(self.figures, adjustments=every)

    def _version_scores(self, place: int) -> tuple[float | None, float | None]:
        if self._versions is None:
            return None, None
        original, every = self._versions
        return or_none(original.scores[place]), or_none(every.scores[place])

    @cached_property
    def standings(self) -> Standings:
        """How every item stands."""
        return Standings(self.figures)

    def objective(self, objective: Objective) -> ObjectiveResult:
        """Return what is known of an objective."""
        place = self.figures.program.place_of[objective.id]
        figures = self.figures.of_item(place)
        program, row = figures.program, place - figures.offset
        original_score, adjusted_score = self._version_scores(place)
        states, children = figures.states[row], self.figures.original.children(objective.id)
        stands = self.standings.of_objective(row)
        known, close = stands.known, stands.known.close
        return ObjectiveResult(
            kind="objective",
            id=objective.id,
            title=objective.title,
            score=or_none(figures.scores[place]),
            progress=or_none(figures.rolled[1][row]),
            status=stands.status,
            confidence=known.confidence,
            coverage=or_none(figures.coverage[place]),
            why=known.why,
            why_not=why_not_objective(figures, row),
            status_why=stands.why,
            computed_status=stands.computed[0],
            declared=known.declared,
            judged=self.figures.judged.get(objective.id),
            original_score=original_score,
            adjusted_score=adjusted_score,
            owner=program.objectives[row].owner,
            last_check_in=self._last_check_in(objective.id),
            score_range=figures.range_of(place),
            expected=known.expected,
            pace=known.ratio,
            verdict=None if close is None else close.verdict,
            asks_for="" if close is None else close.asks_for,
            key_results=tuple(map(program.ids.__getitem__, program.own.of(row)[0])),
            children=tuple([child.id for child in children]),
            children_mean=or_none(figures.children_mean(row)) if children else None,
            guardrails=tuple(states),
            breached_guardrails=_in_state(states, BoundState.BREACHED),
            unknown_guardrails=_in_state(states, BoundState.UNKNOWN),
            elapsed=known.elapsed,
            life=self.figures.life_of(objective.id),
        )

    def key_result(self, kr: KeyResult) -> KeyResultResult:
        """Return what is known of a key result."""
        place = self.figures.program.place_of[kr.id]
        figures = self.figures.of_item(place)
        original_score, adjusted_score = self._version_scores(place)
        stands = self.standings.of_key_result(place)
        is_supposed = place in figures.supposed_at
        known, read = stands.known, None if is_supposed else figures.read(place)
        excluded = bool(figures.excluded[place])
        return KeyResultResult(
            kind="key result",
            id=kr.id,
            title=kr.title,
            score=or_none(figures.scores[place]),
            progress=or_none(figures.progress[place]),
            status=stands.status,
            confidence=known.confidence,
            coverage=None if excluded else figures.coverage[place],
            why=known.why,
            why_not=why_not_key_result(figures, place),
            status_why=stands.why,
            computed_status=stands.computed[0],
            declared=known.declared,
            judged=self.figures.judged.get(kr.id),
            original_score=original_score,
            adjusted_score=adjusted_score,
            owner=figures.program.key_results[place].owner,
            last_check_in=self._last_check_in(kr.id),
            reading=None if read is None else read[0],
            read_on=None if read is None else date.fromordinal(read[1]),
            late=read is not None and read[1] > figures.program.last[place],
            baseline=or_none(figures.ends[0][place]),
            target=or_none(figures.ends[1][place]),
            expected=known.expected,
            pace=known.ratio,
            excluded=excluded,
            score_range=figures.range_of(place),
            objective=self.figures.original.homes[kr.id].id,
        )

    def guardrail(self, guardrail: Guardrail) -> GuardrailResult:
        """Return what is known of a guardrail."""
        home = self.figures.original.homes[guardrail.id]
        place = self.figures.program.place_of[home.id]
        figures = self.figures.of_item(place)
        found = figures.watch(guardrail, place - figures.offset)
        return GuardrailResult(
            kind="guardrail",
            id=guardrail.id,
            title=guardrail.title,
            score=None,
            progress=None,
            status=found.state,
            confidence=None,
            coverage=None,
            why="a guardrail has a state and no score",
            why_not=None,
            status_why=why_watch(found, guardrail.bound, guardrail.unit),
            computed_status=found.state,
            declared=None,
            judged=None,
            original_score=None,
            adjusted_score=None,
            owner=guardrail.owner,
            last_check_in=self._last_check_in(guardrail.id),
            state=found.state,
            reading=found.reading,
            read_on=found.read_on,
            margin=found.margin,
            worst_margin=found.worst_margin,
            first_breach=found.first_breach,
            breaches=found.breaches,
            readings=found.readings,
            periods_breached=found.periods_breached,
            periods=found.periods,
            objective=home.id,
        )

    def metric(self, metric: Metric) -> MetricResult:
        """Return what is known of a metric."""
        stands = stand_of_metric(metric, self.figures)
        found = stands.watch
        return MetricResult(
            kind="metric",
            id=metric.id,
            title=metric.title,
            score=None,
            progress=None,
            status=stands.status,
            confidence=None,
            coverage=None,
            why="a metric has a state and no score",
            why_not=None,
            status_why=stands.why,
            computed_status=stands.status,
            declared=None,
            judged=None,
            original_score=None,
            adjusted_score=None,
            owner=metric.owner,
            last_check_in=self._last_check_in(metric.id),
            state=found.state,
            health=stands.health,
            reading=found.reading,
            read_on=found.read_on,
            margin=found.margin,
            worst_margin=found.worst_margin,
            first_breach=found.first_breach,
            breaches=found.breaches,
            readings=found.readings,
        )

    def _last_check_in(self, id: str) -> CheckIn | None:
        row = self.standings.bearings.check_ins.get(id)
        return None if row is None else self.figures.history.check_in(row)

    def remarks(self, item: Objective | KeyResult) -> tuple[str, ...]:
        """Return what an explanation says beside the steps of a score."""
        if isinstance(item, KeyResult):
            of_key_result = self.key_result(item)
            return (f"status {of_key_result.status}: {of_key_result.status_why}",)
        result = self.objective(item)
        remarks: list[str] = []
        if result.score_range is not None and result.coverage != 1:
            low, high = map(written, result.score_range)
            measured = as_percent(result.coverage or 0)
            remarks.append(f"{measured} measured: {low} to {high} with what is open")
        guardrails = map(self.guardrail, item.guardrails)
        remarks.extend(f"guardrail {g.title} ({g.id}): {g.status_why}" for g in guardrails)
        remarks.append(f"status {result.status}: {result.status_why}")
        return tuple(remarks)


def _in_state(states: Mapping[str, BoundState], state: BoundState) -> tuple[str, ...]:
    return tuple([id for id, found in states.items() if found is state])
