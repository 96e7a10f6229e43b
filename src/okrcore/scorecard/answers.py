"""Answers: what a scorecard says of one item, gathered from its figures when it is asked.

Rules of this file:

1. Nothing is computed here, and no result is kept. A million of them would weigh more than the figures they
   come from.
2. What is known of an objective or a key result is found field by field, see `results`: a service that shows
   scores pays for no sentence.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Generic, TypeVar, final

from attrs import evolve, frozen

from okrcore._arith import as_percent, or_none, written
from okrcore.journal import CheckIn, Life
from okrcore.plan import (
    BoundState,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
    Person,
    Reading,
    Team,
)
from okrcore.scorecard.bearings import DeclaredStatus
from okrcore.scorecard.evidence import Read
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.frame import JudgedScore
from okrcore.scorecard.health import stand_of_metric
from okrcore.scorecard.missing import WhyNot, why_not_key_result, why_not_objective
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    found_later,
)
from okrcore.scorecard.standing import Standing
from okrcore.scorecard.standings import Standings
from okrcore.scorecard.wording import why_watch

__all__ = ["Answers"]

_ItemT = TypeVar("_ItemT", Objective, KeyResult)


@final
@frozen(eq=False)
class Answers:
    """What is known of each item on the day of some figures.

    Args:
        figures: The figures.
    """

    figures: Figures

    @cached_property
    def versions(self) -> tuple[Figures, Figures] | None:
        """The figures of the plan as written and with every adjustment; None without adjustments."""
        made = tuple(a for a in self.figures.journal.adjustments if a.on <= self.figures.day)
        if not made:
            return None
        every = tuple(evolve(a, trigger=None) for a in made)
        return evolve(self.figures, adjustments=()), evolve(self.figures, adjustments=every)

    @cached_property
    def standings(self) -> Standings:
        """How every item stands."""
        return Standings(self.figures)

    def objective(self, objective: Objective) -> ObjectiveResult:
        """Return what is known of an objective."""
        place = self.figures.program.place_of[objective.id]
        figures = self.figures.of_item(place)
        return found_later(ObjectiveResult, _OfObjective(self, objective, figures, place))

    def key_result(self, kr: KeyResult) -> KeyResultResult:
        """Return what is known of a key result."""
        place = self.figures.program.place_of[kr.id]
        return found_later(
            KeyResultResult, _OfKeyResult(self, kr, self.figures.of_item(place), place)
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
            last_check_in=self.last_check_in(guardrail.id),
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
            last_check_in=self.last_check_in(metric.id),
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

    def last_check_in(self, id: str) -> CheckIn | None:
        """Return the last check-in of an item; None without one."""
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


@frozen(eq=False)
class _OfItem(Generic[_ItemT]):
    """What can be asked of an objective or a key result: the fields of its result, by their names.

    Args:
        answers: What is known of everything.
        item: The objective or key result.
        figures: The figures that answer for it: those of its closing, once it is closed.
        place: Its place in them.
    """

    answers: Answers
    item: _ItemT
    figures: Figures
    place: int

    @cached_property
    def stands(self) -> Standing:
        """How it stands."""
        return self.answers.standings.of(self.place)

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def score(self) -> float | None:
        return or_none(self.figures.scores[self.place])

    @property
    def status(self) -> str:
        return self.stands.status

    @property
    def confidence(self) -> float | None:
        return self.stands.confidence

    @property
    def why(self) -> str:
        return self.stands.why

    @property
    def status_why(self) -> str:
        return self.stands.status_why

    @property
    def computed_status(self) -> str:
        return self.stands.computed_status

    @property
    def declared(self) -> DeclaredStatus | None:
        return self.stands.declared

    @property
    def judged(self) -> JudgedScore | None:
        return self.answers.figures.judged.get(self.item.id)

    @property
    def original_score(self) -> float | None:
        versions = self.answers.versions
        return None if versions is None else or_none(versions[0].scores[self.place])

    @property
    def adjusted_score(self) -> float | None:
        versions = self.answers.versions
        return None if versions is None else or_none(versions[1].scores[self.place])

    @property
    def last_check_in(self) -> CheckIn | None:
        return self.answers.last_check_in(self.item.id)

    @property
    def score_range(self) -> tuple[float, float] | None:
        return self.figures.range_of(self.place)

    @property
    def expected(self) -> float | None:
        return self.stands.expected

    @property
    def pace(self) -> float | None:
        return self.stands.ratio


@final
@frozen(eq=False)
class _OfObjective(_OfItem[Objective]):
    kind: ClassVar = "objective"

    @property
    def _row(self) -> int:
        return self.place - self.figures.offset

    @property
    def progress(self) -> float | None:
        return or_none(self.figures.rolled[1][self._row])

    @property
    def coverage(self) -> float | None:
        return or_none(self.figures.coverage[self.place])

    @property
    def why_not(self) -> WhyNot | None:
        return why_not_objective(self.figures, self._row)

    @property
    def owner(self) -> Person | Team | None:
        return self.figures.program.objectives[self._row].owner

    @property
    def verdict(self) -> str | None:
        close = self.stands.close
        return None if close is None else close.verdict

    @property
    def asks_for(self) -> str:
        close = self.stands.close
        return "" if close is None else close.asks_for

    @property
    def key_results(self) -> tuple[str, ...]:
        program = self.figures.program
        return tuple([program.ids[place] for place in program.own.of(self._row)[0]])

    @property
    def children(self) -> tuple[str, ...]:
        children = self.answers.figures.original.children(self.item.id)
        return tuple([child.id for child in children])

    @property
    def children_mean(self) -> float | None:
        has_any = self.answers.figures.original.children(self.item.id)
        return or_none(self.figures.children_mean(self._row)) if has_any else None

    @property
    def guardrails(self) -> tuple[str, ...]:
        return tuple(self.figures.states_of(self._row))

    @property
    def breached_guardrails(self) -> tuple[str, ...]:
        return self.figures.guardrails_in(self._row, BoundState.BREACHED)

    @property
    def unknown_guardrails(self) -> tuple[str, ...]:
        return self.figures.guardrails_in(self._row, BoundState.UNKNOWN)

    @property
    def elapsed(self) -> float | None:
        return self.stands.elapsed

    @property
    def life(self) -> Life:
        return self.answers.figures.life_of(self.item.id)


@final
@frozen(eq=False)
class _OfKeyResult(_OfItem[KeyResult]):
    kind: ClassVar = "key result"

    @property
    def progress(self) -> float | None:
        return or_none(self.figures.progress[self.place])

    @property
    def coverage(self) -> float | None:
        return None if self.excluded else self.figures.coverage[self.place]

    @property
    def why_not(self) -> WhyNot | None:
        return why_not_key_result(self.figures, self.place)

    @property
    def owner(self) -> Person | Team | None:
        return self.figures.program.key_results[self.place].owner

    @property
    def _read(self) -> Read | None:
        is_supposed = self.place in self.figures.supposed_at
        return None if is_supposed else self.figures.read(self.place)

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
        return read is not None and read[1] > self.figures.program.last[self.place]

    @property
    def baseline(self) -> float | None:
        return or_none(self.figures.ends[0][self.place])

    @property
    def target(self) -> float | None:
        return or_none(self.figures.ends[1][self.place])

    @property
    def excluded(self) -> bool:
        return bool(self.figures.excluded[self.place])

    @property
    def objective(self) -> str:
        return self.answers.figures.original.homes[self.item.id].id
