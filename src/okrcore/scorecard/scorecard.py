"""The scorecard: what a plan and a journal mean on a day, under a rulebook.

Rules of this file:

1. Figures are computed once; answers are made from them when they are asked for.
2. It has no opinion of its own: each number is a rule of the rulebook applied to what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import final

from attrs import evolve, field, frozen

from okrcore._arith import as_percent, or_none, written
from okrcore._checks import as_tuple
from okrcore.errors import OkrError
from okrcore.journal import CheckIn, Journal
from okrcore.plan import BoundState, Guardrail, KeyResult, Metric, Objective, Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import Axis, Rulebook
from okrcore.scorecard.explanation import Explanation, explain_score
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.grouping import Group, Grouping, groups_of
from okrcore.scorecard.guarding import Watch
from okrcore.scorecard.health import stand_of_metric
from okrcore.scorecard.missing import why_not_key_result, why_not_objective
from okrcore.scorecard.program import LONG_AGO
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Result,
)
from okrcore.scorecard.standings import Standings
from okrcore.scorecard.supposing import sensitivity, supposed_scores
from okrcore.scorecard.wording import why_watch

__all__ = ["Scorecard"]


def _messages(problems: tuple[OkrError, ...]) -> tuple[str, ...]:
    return tuple(map(str, problems))


def _as_pairs(values: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return as_tuple(values)


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
        supposed: Scores of key results, by id, that `what_if` put in the place of what was read.

    Raises:
        InconsistentPlanError: An id is unknown, or something else than what was asked for.

    Laws: test_a_score_lies_in_its_range, test_explanations_recompute.
    """

    plan: Plan
    journal: Journal
    as_of: date
    rulebook: Rulebook
    # Errors are equal only to themselves; two scorecards are equal if theirs say the same.
    problems: tuple[OkrError, ...] = field(default=(), kw_only=True, eq=_messages)
    supposed: tuple[tuple[str, float], ...] = field(default=(), kw_only=True, converter=_as_pairs)

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
        place = self._figures.program.place_of.get(id) if isinstance(id, str) else None
        if place is None:
            raise refusal(
                self.plan.items, "Scorecard.explain", id, "explain an objective or a key result"
            )
        return explain_score(self._figures, place, remarks=self._remarks(id))

    def grade(self, scale: str, id: str) -> str | None:
        """Return the name that a scale of the rulebook gives an item; None where it gives none.

        Args:
            scale: The name of the scale: "grade" in `RECOMMENDED`.
            id: The item.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow",
        ...     key_results=[okr.KeyResult("k", "Customers", okr.Increase(10, 20))])])
        >>> card = okr.evaluate(plan, okr.Journal(okr.check_ins(date(2026, 8, 14), {"k": 17})),
        ...                     as_of=date(2026, 8, 15))
        >>> card.grade("grade", "o")
        'green'
        """
        item = self.plan.items.get(id)
        if isinstance(item, Metric):
            found = self.rulebook.scale(scale)
            if found is None or found.axis is not Axis.HEALTH:
                return None
            value = self._metric_result(item).health
            return None if value is None else found.bands.name(value)
        place = self._figures.program.place_of.get(id)
        if place is None or not isinstance(item, (Objective, KeyResult)):
            raise refusal(
                self.plan.items, "Scorecard", id, "grade an objective, key result or metric"
            )
        is_objective = place >= self._figures.offset
        home = item if isinstance(item, Objective) else self.plan.homes[id]
        found = self._figures.book_of(place).scale(scale, home.ambition)
        if found is None:
            return None
        row = place - self._figures.offset
        standings = self._standings
        stands = standings.of_objective(row) if is_objective else standings.of_key_result(place)
        value = stands.known.on_axis(found.axis)
        return None if value is None else found.bands.name(value)

    def shares(self, id: str) -> dict[str, float]:
        """Return how much of an objective's score each of its parts makes, by id; they total 1.

        That follows from the plan and the rulebook, not from what was read. Fixed shares stand, and the
        others share what is left by their weights.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> half = okr.Contribution(fixed_share=0.5)
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.PassFail(), contribution=half),
        ...     okr.KeyResult("b", "B", okr.PassFail()), okr.KeyResult("c", "C", okr.PassFail())])])
        >>> okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 14)).shares("o")
        {'a': 0.5, 'b': 0.25, 'c': 0.25}
        """
        figures = self._figures
        row = figures.program.place_of[self.plan.objective(id).id] - figures.offset
        return dict(figures.shares(row))

    def by(self, grouping: Grouping) -> tuple[Group, ...]:
        """Return what the objectives come to by team, level, cycle, priority or tag; never by person.

        An objective with several tags stands in the group of each, one without stands in a last group
        without a name. Micro-OKRs are grouped by cycle alone, unless the rulebook lets them into pools.

        Args:
            grouping: "team", "level", "cycle", "priority" or "tag".

        Raises:
            InvalidValueError: It is none of these. No function returns a score of a person.

        Laws: test_groups_are_means_of_their_scores.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective(f"o{n}", "Grow", place=okr.Place(team=team),
        ...         key_results=[okr.KeyResult(f"k{n}", "Customers", okr.Reach(10))])
        ...     for n, team in enumerate(["Growth", "Growth", "Sales"])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"k0": 4, "k1": 8, "k2": 9}))
        >>> okr.evaluate(plan, journal, as_of=date(2026, 8, 15)).by("team")
        (Group('Growth', 2 objectives, 0.60), Group('Sales', 1 objective, 0.90))
        """
        return groups_of(self._figures, self._standings, grouping)

    # --- what if -------------------------------------------------------------------------------

    def what_if(self, scores: Mapping[str, float]) -> Scorecard:
        """Return the scorecard there would be if a reading of the day gave key results these scores.

        Everything above them follows under the same rules. Supposing the scores that were read changes
        nothing.

        Args:
            scores: Scores by the id of the key result, within what the rulebook's clip allows.

        Raises:
            InconsistentPlanError: An id is unknown, or none of a key result.
            InvalidValueError: A score lies outside what the rulebook gives, or the key result counts
                for nothing on the day: it is paused, not observable yet, or closed.

        Laws: test_a_supposed_score_is_one_that_was_read, test_supposing_what_was_read_changes_nothing.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 4, "b": 8}))
        >>> card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15))
        >>> card.what_if({"a": 0.7}).objective("o").score
        0.75
        """
        return evolve(self, supposed=supposed_scores(self, self._figures, scores))

    def sensitivity(self, id: str) -> tuple[tuple[str, float], ...]:
        """Return by how much each key result would raise an objective if it alone were reached in full.

        Each is a `what_if` of its own, so the gains are exact under every rule and do not add up. Those
        that would change nothing are left out; without a score there is nothing to rise from.

        Args:
            id: The objective.

        Returns:
            Ids of key results with the gain, the largest first.

        Laws: test_sensitivity_is_what_if_of_each.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 5, "b": 7.5}))
        >>> okr.evaluate(plan, journal, as_of=date(2026, 8, 15)).sensitivity("o")
        (('a', 0.25), ('b', 0.125))
        """
        return sensitivity(self._figures, self.plan.objective(id).id)

    def __getitem__(self, id: str) -> Result:
        item = self.plan.items.get(id) if isinstance(id, str) else None
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
        return Figures.of(self.plan, self.journal, self.as_of, self.rulebook, self.supposed)

    @cached_property
    def _versions(self) -> tuple[Figures, Figures] | None:
        """The figures of the plan as written and with every adjustment; None without adjustments."""
        made = tuple(a for a in self.journal.adjustments if a.on <= self.as_of)
        if not made:
            return None
        every = tuple(evolve(a, trigger=None) for a in made)
        return evolve(self._figures, adjustments=()), evolve(self._figures, adjustments=every)

    def _version_scores(self, place: int) -> tuple[float | None, float | None]:
        if self._versions is None:
            return None, None
        original, every = self._versions
        return or_none(original.scores[place]), or_none(every.scores[place])

    @cached_property
    def _standings(self) -> Standings:
        return Standings(self._figures)

    def _objective_result(self, objective: Objective) -> ObjectiveResult:
        place = self._figures.program.place_of[objective.id]
        figures = self._figures.of_item(place)
        program, row = figures.program, place - figures.offset
        original_score, adjusted_score = self._version_scores(place)
        watches = figures.watches(row)
        stands = self._standings.of_objective(row)
        known, close = stands.known, stands.close
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
            judged=self._figures.judged(objective.id),
            original_score=original_score,
            adjusted_score=adjusted_score,
            owner=program.objectives[row].owner,
            last_check_in=self._last_check_in(objective.id),
            score_range=figures.range_of(place),
            expected=known.expected,
            pace=known.ratio,
            verdict=None if close is None else close.verdict,
            asks_for="" if close is None else close.asks_for,
            key_results=tuple(program.key_results[at].id for at in program.own[row][0]),
            children=tuple(child.id for child in self.plan.children(objective.id)),
            children_mean=or_none(figures.children_mean(row)),
            guardrails=tuple(watches),
            breached_guardrails=_in_state(watches, BoundState.BREACHED),
            unknown_guardrails=_in_state(watches, BoundState.UNKNOWN),
            elapsed=known.elapsed,
            life=self._figures.life_of(objective.id),
        )

    def _key_result_result(self, kr: KeyResult) -> KeyResultResult:
        place = self._figures.program.place_of[kr.id]
        figures = self._figures.of_item(place)
        original_score, adjusted_score = self._version_scores(place)
        stands = self._standings.of_key_result(place)
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
            judged=self._figures.judged(kr.id),
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
            objective=self.plan.homes[kr.id].id,
        )

    def _guardrail_result(self, guardrail: Guardrail) -> GuardrailResult:
        home = self.plan.homes[guardrail.id]
        place = self._figures.program.place_of[home.id]
        figures = self._figures.of_item(place)
        found = figures.watches(place - figures.offset)[guardrail.id]
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

    def _metric_result(self, metric: Metric) -> MetricResult:
        stands = stand_of_metric(metric, self._figures)
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
        column = self.journal.history.check_ins
        rows = column.rows(id, LONG_AGO, self.as_of.toordinal())
        return column.values[rows[-1]] if rows else None

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


def _in_state(watches: Mapping[str, Watch], state: BoundState) -> tuple[str, ...]:
    return tuple(id for id, found in watches.items() if found.state is state)
