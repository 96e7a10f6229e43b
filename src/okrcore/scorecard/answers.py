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
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import or_none
from okrcore.journal import CheckIn, Life
from okrcore.journal.journal import history_of
from okrcore.plan import (
    BoundState,
    Guardrail,
    KeyResult,
    Metric,
    Person,
    Reading,
    Team,
)
from okrcore.scorecard.axes import progress, ratio
from okrcore.scorecard.bearings import DeclaredStatus
from okrcore.scorecard.closing import Close
from okrcore.scorecard.evidence import Read
from okrcore.scorecard.facts import Grade, JudgedScore
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.health import stand_of_metric
from okrcore.scorecard.missing import WhyNot, why_not_key_result, why_not_objective
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    found_later,
)
from okrcore.scorecard.standings import Standings
from okrcore.scorecard.uncounted import Uncounted, summed_up, uncounted
from okrcore.scorecard.wording import edges_at, why_score, why_unread, why_watch

__all__ = ["Answers"]

# Looked up once: a member of an enum takes longer to find than what is asked of it.
_BREACHED: Final = BoundState.BREACHED
_UNKNOWN: Final = BoundState.UNKNOWN


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
        if not any(a.on <= self.figures.day for a in self.figures.journal.adjustments):
            return None
        original, adjusted = Grade.ORIGINAL, Grade.ADJUSTED
        return evolve(self.figures, grade=original), evolve(self.figures, grade=adjusted)

    @cached_property
    def adjusted(self) -> frozenset[int]:
        """The places of the scores that an adjustment enters, by weights before it or after it."""
        if self.versions is None:
            return frozenset()
        return frozenset[int]().union(*(version.touched for version in self.versions))

    @cached_property
    def standings(self) -> Standings:
        """How every item stands."""
        return Standings(self.figures)

    def objective(self, id: str) -> ObjectiveResult:
        """Return what is known of an objective."""
        place = self.figures.offset + self.figures.program.rows[id]
        return found_later(ObjectiveResult, self._of(place).objectives, place)

    def key_result(self, kr: KeyResult) -> KeyResultResult:
        """Return what is known of a key result."""
        place = self.figures.program.place_of[kr.id]
        return found_later(KeyResultResult, self._of(place).key_results, place)

    def _of(self, place: int) -> _Fields:
        is_closed = place in self.figures.settled
        return _Fields.of(self, self.standings.of(place)) if is_closed else self._open

    @cached_property
    def _open(self) -> _Fields:
        """The fields of what is not closed."""
        return _Fields.of(self, self.standings)

    def guardrail(self, guardrail: Guardrail) -> GuardrailResult:
        """Return what is known of a guardrail."""
        home = self.figures.original.homes[guardrail.id]
        row = self.figures.program.rows[home.id]
        found = self.figures.of_item(self.figures.offset + row).watch(guardrail, row)
        left_out = uncounted(self.figures, guardrail.id)
        why = why_watch(found, guardrail.bound, guardrail.unit, is_hard=guardrail.hard)
        if found.reading is None and left_out:
            why = "; ".join(summed_up(left_out))
        return GuardrailResult(
            kind="guardrail",
            id=guardrail.id,
            title=guardrail.title,
            score=None,
            edges=(),
            progress=None,
            status=found.state,
            confidence=None,
            coverage=None,
            why="a guardrail has a state and no score",
            why_not=None,
            status_why=why,
            computed_status=found.state,
            declared=None,
            judged=None,
            original_score=None,
            adjusted_score=None,
            owner=guardrail.owner,
            last_check_in=self.last_check_in(guardrail.id),
            uncounted=left_out,
            state=found.state,
            reading=found.reading,
            read_on=found.read_on,
            margin=found.margin,
            worst_margin=found.worst_margin,
            first_breach=found.first_breach,
            first_breach_reading=found.first_breach_reading,
            within_since=found.within_since,
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
            edges=(),
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
            uncounted=(),
            state=found.state,
            health=stands.health,
            reading=found.reading,
            read_on=found.read_on,
            margin=found.margin,
            worst_margin=found.worst_margin,
            first_breach=found.first_breach,
            first_breach_reading=found.first_breach_reading,
            within_since=found.within_since,
            breaches=found.breaches,
            readings=found.readings,
        )

    def last_check_in(self, id: str) -> CheckIn | None:
        """Return the last check-in of an item; None without one."""
        if self.figures.supposed:  # a supposition is no check-in
            history = history_of(self.figures.journal)
            row = history.heard.latest(self.figures.today).get(id)
            return None if row is None else history.check_in(row)
        row = self.standings.bearings.check_ins.get(id)
        return None if row is None else self.figures.history.check_in(row)


@frozen(eq=False)
class _OfItems:
    """The fields of results, by their names, each of the item at a place.

    Args:
        answers: What is known of everything.
        standings: How everything stood when it was closed, for what is closed; else how it stands.
    """

    answers: Answers
    standings: Standings

    @cached_property
    def figures(self) -> Figures:
        """The figures of the same day."""
        return self.standings.figures

    def id(self, place: int) -> str:
        return self.figures.program.ids[place]

    def title(self, place: int) -> str:
        return self.answers.figures.original.items[self.id(place)].title

    def score(self, place: int) -> float | None:
        return or_none(self.figures.scores[place])

    def edges(self, place: int) -> tuple[float, ...]:
        return edges_at(self.figures, place)

    def progress(self, place: int) -> float | None:
        return or_none(progress(self.standings.bearings, place))

    def status(self, place: int) -> str:
        return self.standings.status(place)

    def confidence(self, place: int) -> float | None:
        return or_none(self.standings.bearings.confidence[place])

    def why(self, place: int) -> str:
        return why_score(self.figures, place)

    def status_why(self, place: int) -> str:
        return self.standings.why_status(place)

    def computed_status(self, place: int) -> str:
        return self.standings.computed_status(place)

    def declared(self, place: int) -> DeclaredStatus | None:
        return self.standings.declared(place)

    def judged(self, place: int) -> JudgedScore | None:
        return self.answers.figures.judged.get(self.id(place))

    def original_score(self, place: int) -> float | None:
        versions = self.answers.versions if place in self.answers.adjusted else None
        return None if versions is None else or_none(versions[0].scores[place])

    def adjusted_score(self, place: int) -> float | None:
        versions = self.answers.versions if place in self.answers.adjusted else None
        return None if versions is None else or_none(versions[1].scores[place])

    def last_check_in(self, place: int) -> CheckIn | None:
        return self.answers.last_check_in(self.id(place))

    def uncounted(self, place: int) -> tuple[Uncounted, ...]:
        return uncounted(self.answers.figures, self.id(place))

    def score_range(self, place: int) -> tuple[float, float] | None:
        return self.figures.range_of(place)

    def expected(self, place: int) -> float | None:
        return or_none(self.standings.bearings.pace.expected[place])

    def pace(self, place: int) -> float | None:
        return or_none(ratio(self.standings.bearings, place))


@final
@frozen(eq=False)
class _OfObjectives(_OfItems):
    def kind(self, _: int) -> str:
        return "objective"

    def coverage(self, place: int) -> float | None:
        return or_none(self.figures.coverage[place])

    def why_not(self, place: int) -> WhyNot | None:
        return why_not_objective(self.figures, place - self.figures.offset)

    def owner(self, place: int) -> Person | Team | None:
        return self.figures.program.objectives[place - self.figures.offset].owner

    def _close(self, place: int) -> Close | None:
        row = place - self.figures.offset
        return self.standings.close(place, row) if self.standings.is_closed(place, row) else None

    def verdict(self, place: int) -> str | None:
        close = self._close(place)
        return None if close is None else close.verdict

    def asks_for(self, place: int) -> str:
        close = self._close(place)
        return "" if close is None else close.asks_for

    def key_results(self, place: int) -> tuple[str, ...]:
        program = self.figures.program
        own, _ = program.own.of(place - self.figures.offset)
        return tuple([program.ids[at] for at in own])

    def children(self, place: int) -> tuple[str, ...]:
        children = self.answers.figures.original.children(self.id(place))
        return tuple([child.id for child in children])

    def children_mean(self, place: int) -> float | None:
        has_any = self.answers.figures.original.children(self.id(place))
        row = place - self.figures.offset
        return or_none(self.figures.children_mean(row)) if has_any else None

    def guardrails(self, place: int) -> tuple[str, ...]:
        return tuple(self.figures.states_of(place - self.figures.offset))

    def breached_guardrails(self, place: int) -> tuple[str, ...]:
        return self.figures.guardrails_in(place - self.figures.offset, _BREACHED)

    def unknown_guardrails(self, place: int) -> tuple[str, ...]:
        return self.figures.guardrails_in(place - self.figures.offset, _UNKNOWN)

    def elapsed(self, place: int) -> float | None:
        return or_none(self.standings.bearings.elapsed[place - self.figures.offset])

    def life(self, place: int) -> Life:
        return self.answers.figures.life_of(self.id(place))


@final
@frozen(eq=False)
class _OfKeyResults(_OfItems):
    def kind(self, _: int) -> str:
        return "key result"

    def why(self, place: int) -> str:
        why = super().why(place)
        if self.why_not(place) is WhyNot.NO_READING:
            # What came after a closing is no part of the figures of that day.
            return why_unread(self.answers.figures, place, otherwise=why)
        return why

    def coverage(self, place: int) -> float | None:
        return None if self.figures.excluded[place] else self.figures.coverage[place]

    def why_not(self, place: int) -> WhyNot | None:
        return why_not_key_result(self.figures, place)

    def owner(self, place: int) -> Person | Team | None:
        return self.figures.program.key_results[place].owner

    def _read(self, place: int) -> Read | None:
        is_supposed = place in self.figures.supposed_at
        return None if is_supposed else self.figures.read(place)

    def reading(self, place: int) -> Reading | None:
        read = self._read(place)
        return None if read is None else read[0]

    def read_on(self, place: int) -> date | None:
        read = self._read(place)
        return None if read is None else date.fromordinal(read[1])

    def late(self, place: int) -> bool:
        read = self._read(place)
        return read is not None and read[1] > self.figures.program.last[place]

    def baseline(self, place: int) -> float | None:
        return or_none(self.figures.ends[0][place])

    def target(self, place: int) -> float | None:
        return or_none(self.figures.ends[1][place])

    def excluded(self, place: int) -> bool:
        has_weight = self.figures.program.key_results[place].weight > 0
        return bool(self.figures.excluded[place]) or not has_weight

    def objective(self, place: int) -> str:
        return self.answers.figures.original.homes[self.id(place)].id


@final
@frozen(eq=False)
class _Fields:
    """The fields of results, by kind of item.

    Args:
        objectives: Those of objectives.
        key_results: Those of key results.
    """

    objectives: _OfObjectives
    key_results: _OfKeyResults

    @classmethod
    def of(cls, answers: Answers, standings: Standings) -> _Fields:
        """Return the fields that some standings answer."""
        return cls(_OfObjectives(answers, standings), _OfKeyResults(answers, standings))
