"""The scorecard: what a plan and a journal mean on a day, under a rulebook.

Rules of this file:

1. Figures are computed once; answers are made from them when they are asked for.
2. It has no opinion of its own: each number is a rule of the rulebook applied to what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from math import isnan
from typing import final

from attrs import field, frozen

from okrcore._arith import as_percent, written
from okrcore.errors import OkrError
from okrcore.journal import CheckIn, Journal
from okrcore.plan import (
    BoundState,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
    Plan,
)
from okrcore.plan.item import refusal
from okrcore.rulebook import Rulebook
from okrcore.scorecard.closing import Close, close_key_result, close_objective, is_over
from okrcore.scorecard.evidence import check_in_days
from okrcore.scorecard.explanation import Explanation, explain_score
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guarding import Watch, watch, watch_guardrail
from okrcore.scorecard.missing import why_not_key_result, why_not_objective
from okrcore.scorecard.pacing import elapsed_share
from okrcore.scorecard.program import FOREVER, LONG_AGO
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Result,
)
from okrcore.scorecard.rolling import mean_of_present
from okrcore.scorecard.standing import Known, standing
from okrcore.scorecard.wording import why_key_result, why_objective, why_watch

__all__ = ["Scorecard"]

#: Check-in intervals after which, at the close, a guardrail's last reading no longer vouches for it.
_PATIENCE_INTERVALS = 2


@final
@frozen(repr=False)
class Scorecard:
    """What a plan and a journal mean on a day. Made by `evaluate`.

    `card["grow"]` answers for any id; `card.objective("grow")` and its like answer with more. Iterating
    gives the objectives in the order of the plan.

    Args:
        plan: What is intended.
        journal: What happened.
        as_of: The day whose evening it describes.
        rulebook: How it is judged.
        problems: Entries that do not fit the plan and were left out, where that was asked for.

    Raises:
        InconsistentPlanError: An id is unknown, or something else than what was asked for.

    Laws: test_a_score_lies_in_its_range, test_explanations_recompute.
    """

    plan: Plan
    journal: Journal
    as_of: date
    rulebook: Rulebook
    problems: tuple[OkrError, ...] = field(default=(), kw_only=True)

    # --- answers -------------------------------------------------------------------------------

    def objective(self, id: str) -> ObjectiveResult:
        """Return what is known of an objective."""
        return self._objective_result(self.plan.objective(id))

    def key_result(self, id: str) -> KeyResultResult:
        """Return what is known of a key result."""
        return self._key_result_result(self.plan.key_result(id))

    def guardrail(self, id: str) -> GuardrailResult:
        """Return what is known of a guardrail."""
        return self._guardrail_result(self.plan.guardrail(id))

    def metric(self, id: str) -> MetricResult:
        """Return what is known of a metric."""
        return self._metric_result(self.plan.metric(id))

    def explain(self, id: str) -> Explanation:
        """Return how the score of an objective or key result came about, step by step.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow",
        ...     key_results=[okr.KeyResult("k", "Customers", okr.Increase(10, 20))])])
        >>> card = okr.evaluate(plan, okr.Journal(okr.check_ins(date(2026, 8, 14), {"k": 15})),
        ...                     as_of=date(2026, 8, 15))
        >>> card.explain("o").result
        0.5
        """
        place = self._figures.program.place_of.get(id)
        if place is None:
            raise refusal(self.plan.items, "Scorecard", id, "explain an objective or a key result")
        return explain_score(self._figures, place, remarks=self._remarks(id))

    def __getitem__(self, id: str) -> Result:
        item = self.plan.items.get(id)
        if isinstance(item, Objective):
            return self._objective_result(item)
        if isinstance(item, KeyResult):
            return self._key_result_result(item)
        if isinstance(item, Guardrail):
            return self._guardrail_result(item)
        if isinstance(item, Metric):
            return self._metric_result(item)
        raise refusal(
            self.plan.items,
            "Scorecard",
            id,
            "ask for an objective, key result, guardrail or metric",
        )

    def __contains__(self, id: object) -> bool:
        return isinstance(
            self.plan.items.get(id) if isinstance(id, str) else None,
            (Objective, KeyResult, Guardrail, Metric),
        )

    def __iter__(self) -> Iterator[ObjectiveResult]:
        return map(self._objective_result, self.plan.objectives)

    def __len__(self) -> int:
        return len(self.plan.objectives)

    def __str__(self) -> str:
        from okrcore import display  # noqa: PLC0415  # the one way up, asked when called

        return display.scorecard_text(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from okrcore import display  # noqa: PLC0415  # the one way up, asked when called

        return {
            "text/plain": display.scorecard_text(self),
            "text/markdown": display.scorecard_markdown(self),
            "text/html": display.scorecard_html(self),
        }

    def __repr__(self) -> str:
        return f"Scorecard({self.plan!r}, as of {self.as_of}, {self.rulebook.name})"

    # --- making them ---------------------------------------------------------------------------

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self.plan, self.journal.history, self.as_of, self.rulebook)

    def _objective_result(self, objective: Objective) -> ObjectiveResult:
        figures = self._figures
        place = figures.program.place_of[objective.id]
        row = place - figures.offset
        watches = {g.id: self._watch_of(g, objective) for g in objective.guardrails}
        close = self._close(objective, place, [(id, w.state) for id, w in watches.items()])
        known = self._known(objective, place, close, why_objective(figures, objective, row))
        status, status_why = standing(self.rulebook.status, known)
        score = _number(figures.scores[place])
        excluded = bool(figures.excluded[place])
        program = figures.program
        return ObjectiveResult(
            kind="objective",
            id=objective.id,
            title=objective.title,
            score=score,
            progress=_number(figures.rolled[1][row]),
            status=status,
            confidence=_number(figures.confidence[place]),
            coverage=_number(figures.coverage[place]),
            why=known.why,
            why_not=why_not_objective(figures, row),
            status_why=status_why,
            owner=objective.owner,
            last_check_in=self._last_check_in(objective.id),
            score_range=None if excluded else self._range(place),
            expected=known.expected,
            pace=known.ratio,
            verdict=None if close is None else close.verdict,
            asks_for="" if close is None else close.asks_for,
            key_results=tuple(program.key_results[at].id for at in program.own[row][0]),
            children=tuple(child.id for child in self.plan.children(objective.id)),
            children_mean=_number(mean_of_present(figures.scores, program.below[row])),
            guardrails=tuple(watches),
            breached_guardrails=_in_state(watches, BoundState.BREACHED),
            unknown_guardrails=_in_state(watches, BoundState.UNKNOWN),
            elapsed=known.elapsed,
        )

    def _key_result_result(self, kr: KeyResult) -> KeyResultResult:
        figures = self._figures
        place = figures.program.place_of[kr.id]
        home = self.plan.homes[kr.id]
        close = None
        score = _number(figures.scores[place])
        excluded = bool(figures.excluded[place])
        if is_over(home.cycle, self.as_of) and not excluded:
            close = close_key_result(score, self._asked(home))
        known = self._known(home, place, close, why_key_result(figures, kr, place))
        status, status_why = standing(self.rulebook.status, known)
        read = figures.reads[place]
        return KeyResultResult(
            kind="key result",
            id=kr.id,
            title=kr.title,
            score=score,
            progress=_number(figures.progress[place]),
            status=status,
            confidence=_number(figures.confidence[place]),
            coverage=None if excluded else figures.coverage[place],
            why=known.why,
            why_not=why_not_key_result(figures, place),
            status_why=status_why,
            owner=kr.owner,
            last_check_in=self._last_check_in(kr.id),
            reading=None if read is None else read[0],
            read_on=None if read is None else date.fromordinal(read[1]),
            late=read is not None and read[1] > figures.program.last[place],
            baseline=_number(figures.ends[0][place]),
            target=_number(figures.ends[1][place]),
            expected=known.expected,
            pace=known.ratio,
            excluded=excluded,
            score_range=None if excluded else self._range(place),
            objective=home.id,
        )

    def _guardrail_result(self, guardrail: Guardrail) -> GuardrailResult:
        home = self.plan.homes[guardrail.id]
        found = self._watch_of(guardrail, home)
        why = why_watch(found, guardrail.bound, guardrail.unit)
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
            status_why=why,
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
            objective=home.id,
        )

    def _metric_result(self, metric: Metric) -> MetricResult:
        today = self.as_of.toordinal()
        readings = self.journal.history.readings
        found = watch(metric.health, readings, metric.id, LONG_AGO, min(today, FOREVER))
        return MetricResult(
            kind="metric",
            id=metric.id,
            title=metric.title,
            score=None,
            progress=None,
            status=found.state,
            confidence=None,
            coverage=None,
            why="a metric has a state and no score",
            why_not=None,
            status_why=why_watch(found, metric.health, metric.unit),
            owner=metric.owner,
            last_check_in=self._last_check_in(metric.id),
            state=found.state,
            reading=found.reading,
            read_on=found.read_on,
            margin=found.margin,
            worst_margin=found.worst_margin,
            first_breach=found.first_breach,
            breaches=found.breaches,
            readings=found.readings,
        )

    def _known(self, home: Objective, place: int, close: Close | None, why: str) -> Known:
        figures, cycle = self._figures, home.cycle
        pace, heard_on = figures.pace, figures.last_heard[place]
        return Known(
            cycle=cycle,
            day=self.as_of,
            elapsed=None if cycle is None else elapsed_share(cycle.start, cycle.end, self.as_of),
            score=_number(figures.scores[place]),
            progress=_number(figures.scores[place]),
            expected=_number(pace.expected[place]),
            asked=_number(pace.asked[place]),
            paced=_number(pace.scored[place]),
            confidence=_number(figures.confidence[place]),
            heard_on=date.fromordinal(heard_on) if heard_on else None,
            check_in_days=check_in_days(self.plan, home),
            is_read=place < figures.offset or bool(figures.inputs[place - figures.offset][0]),
            is_done=bool(figures.done[place]),
            close=close,
            why=why,
        )

    def _remarks(self, id: str) -> tuple[str, ...]:
        result = self[id]
        remarks: list[str] = []
        if isinstance(result, ObjectiveResult):
            if result.score_range is not None and result.coverage != 1:
                low, high = map(written, result.score_range)
                measured = as_percent(result.coverage or 0)
                remarks.append(f"{measured} measured: {low} to {high} with what is open")
            remarks.extend(
                f"guardrail {found.title} ({found.id}): {found.status_why}"
                for found in map(self.guardrail, result.guardrails)
            )
        remarks.append(f"status {result.status}: {result.status_why}")
        return tuple(remarks)

    def _last_check_in(self, id: str) -> CheckIn | None:
        column = self.journal.history.check_ins
        rows = column.rows(id, LONG_AGO, self.as_of.toordinal())
        return column.values[rows[-1]] if rows else None

    def _asked(self, home: Objective) -> float | None:
        return None if home.ambition is None else self.rulebook.pacing.share_for(home.ambition)

    def _close(
        self, objective: Objective, place: int, guardrails: list[tuple[str, BoundState]]
    ) -> Close | None:
        if not is_over(objective.cycle, self.as_of):
            return None
        score = _number(self._figures.scores[place])
        return close_objective(
            self.rulebook, objective.ambition, score, self._range(place), guardrails
        )

    def _watch_of(self, guardrail: Guardrail, home: Objective) -> Watch:
        return watch_guardrail(
            guardrail,
            home,
            self.journal.history.readings,
            self.as_of,
            grace_days=self.rulebook.closing.grace_days,
            patience_days=_PATIENCE_INTERVALS * check_in_days(self.plan, home),
        )

    def _range(self, place: int) -> tuple[float, float]:
        low, high = self._figures.ranges
        return low[place], high[place]


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _in_state(watches: dict[str, Watch], state: BoundState) -> tuple[str, ...]:
    return tuple(id for id, found in watches.items() if found.state is state)
