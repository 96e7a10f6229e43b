"""Scorecard of a plan and its journal as of a day, under a rulebook.

Rules of this file:

1. Figures are computed once; results are made from them when they are read.
2. Each number is a rule of the rulebook applied to readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal, final

from attrs import evolve, field, frozen

from okrcore._checks import as_text, as_tuple, must_be_flag, optional_member_of
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import Shown
from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal import Journal
from okrcore.journal.admission import fit_of
from okrcore.journal.journal import history_of
from okrcore.journal.plan_in_force import must_be_in_force
from okrcore.journal.ratio_readings import in_units
from okrcore.plan import Guardrail, Initiative, KeyResult, Metric, Objective, Outside, Plan
from okrcore.plan.people import Level, Person, Team
from okrcore.plan.priorities import Priority
from okrcore.plan.scope import Scope, must_have_named, selected
from okrcore.rulebook import Rulebook
from okrcore.scorecard.bound_history import DatedState, dated_states
from okrcore.scorecard.day.scores import shares_of
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import Explanation
from okrcore.scorecard.grades import grade_of
from okrcore.scorecard.groups import Grouping, ObjectiveGroup, groups_of
from okrcore.scorecard.guardrail_results import guardrail_result, metric_result
from okrcore.scorecard.initiative_results import InitiativeResult, initiative_result
from okrcore.scorecard.item_explanation import explain_item
from okrcore.scorecard.lookup import item_in_force, plan_with
from okrcore.scorecard.priority_results import PriorityResult, priority_result
from okrcore.scorecard.result_columns import columns_of
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Result,
)
from okrcore.scorecard.what_if import sensitivity, supposed_scores

__all__ = ["Scorecard", "evaluation_of", "narrowed"]


def _as_pairs(values: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Scorecard(Shown):
    """Scores of a plan and its journal as of a day, under a rulebook. Made by `evaluate`.

    `card["grow"]` is the result of any id; `card.objective("grow")` and its like have the fields of one
    kind. Iterating gives the results of the objectives, in the order of the plan; after `where` of those that
    it selects.

    Args:
        plan: The plan as first agreed; `plan_in_force` has its adjustments.
        journal: Its entries, of any day.
        as_of: Evaluation date; check-ins dated on it are included.
        rulebook: The rules of scores and statuses.
        left_out: Faults of entries that do not fit the plan, and were left out with `strict=False`.
        supposed: Scores of key results, by id, that `what_if` put in place of their readings.
        scopes: Scopes of the objectives that are listed, see `where`; those in all of them.

    Raises:
        InconsistentPlanError: An id is unknown, or names an item of another kind.

    Laws: test_a_score_lies_in_its_range, test_explanations_recompute.
    """

    plan: Plan
    journal: Journal
    as_of: date
    rulebook: Rulebook
    # An error is equal to itself alone, so faults are compared by their messages.
    left_out: tuple[OkrError, ...] = field(
        default=(), kw_only=True, eq=lambda faults: tuple(map(str, faults))
    )
    supposed: tuple[tuple[str, float], ...] = field(default=(), kw_only=True, converter=_as_pairs)
    scopes: tuple[Scope, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        found = fit_of(self.plan, self.journal, self.as_of).faults
        if found:
            faults = tuple(fault for _, fault in found)
            raise InconsistentPlanError("entry-mismatch", "Journal", len(faults), faults=faults)
        if self.supposed:
            facts = evolve(self._evaluation, supposed=()).facts
            for id, _ in self.supposed:
                must_be_in_force(facts.in_force, facts.history, id)
                facts.plan.key_result(id)
        if self.scopes:
            must_have_named(partial(plan_with, self._evaluation), self.scopes)
        # A rulebook without a method that the plan names is refused now.
        _ = self._evaluation.scores

    # --- results -------------------------------------------------------------------------------

    def objective(self, id: str) -> ObjectiveResult:
        """Return the result of an objective."""
        return self._results.objective(id)

    def key_result(self, id: str) -> KeyResultResult:
        """Return the result of a key result."""
        return self._results.key_result(id)

    def guardrail(self, id: str) -> GuardrailResult:
        """Return the result of a guardrail."""
        return guardrail_result(self._evaluation, plan_with(self._evaluation, id).guardrail(id))

    def initiative(self, id: str) -> InitiativeResult:
        """Return the result of an initiative."""
        return initiative_result(self._evaluation, plan_with(self._evaluation, id).initiative(id))

    def metric(self, id: str) -> MetricResult:
        """Return the result of a metric."""
        return metric_result(self._evaluation, plan_with(self._evaluation, id).metric(id))

    def priority(self, id: str) -> PriorityResult:
        """Return the result of a priority: the state of its thresholds."""
        return priority_result(self._evaluation, plan_with(self._evaluation, id).priority(id))

    def columns(
        self, *names: str, kind: Literal["objective", "key result"] | None = None
    ) -> dict[str, list[Any]]:
        """Return fields of the results of all objectives and key results, as lists by name.

        They are in plan order: each objective is followed by the key results at home in it. A field that
        only the other kind has is None. That takes a tenth of the time of results one by one.

        Args:
            names: Names of fields of `ObjectiveResult` and `KeyResultResult`, such as "score".
            kind: "objective" or "key result"; None for both.

        Raises:
            InvalidValueError: A name is no field of that kind, or the kind is unknown.

        Laws: test_columns_are_the_fields_of_results.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 4, "b": 6}))
        >>> card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15))
        >>> card.columns("id", "score")
        {'id': ['o', 'a', 'b'], 'score': [0.5, 0.4, 0.6]}
        >>> card.columns("reading", kind="key result")
        {'reading': [4.0, 6.0]}
        """
        return columns_of(self._evaluation, names, kind, self.listed if self.scopes else None)

    def explain(self, id: str) -> Explanation:
        """Return the steps to the score of an objective or key result, or to the state of any other item.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow",
        ...     key_results=[okr.KeyResult("k", "Customers", okr.Increase(10, 20))])])
        >>> card = okr.evaluate(plan, okr.Journal(okr.check_ins(date(2026, 8, 14), {"k": 15})),
        ...                     as_of=date(2026, 8, 15))
        >>> card.explain("o").result
        0.5
        """
        kinds = (Objective, KeyResult, Guardrail, Initiative, Metric, Priority)
        hint = "explain an objective, key result, guardrail, initiative, metric or priority"
        item = item_in_force(self._evaluation, "Scorecard.explain", id, kinds, hint)
        return explain_item(self._evaluation, item)

    def history(self, id: str) -> tuple[DatedState, ...]:
        """Return the readings of a guardrail or metric up to the day, each held against the limit of its day."""
        kinds, hint = (Guardrail, Metric), "give the id of a guardrail or metric"
        item = item_in_force(self._evaluation, "Scorecard.history", id, kinds, hint)
        return dated_states(self._evaluation, item)

    def grade(self, scale: str, id: str) -> str | None:
        """Return the name of the band of an item on a scale of the rulebook.

        None if no band holds its number, if it has none on the axis of the scale, and if the scale is for
        other ambitions or methods.

        Args:
            scale: The name of the scale: "grade" in `RECOMMENDED`.
            id: An objective, key result or metric.

        Raises:
            InvalidValueError: Neither the rulebook nor one of its methods has a scale of that name.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow",
        ...     key_results=[okr.KeyResult("k", "Customers", okr.Increase(10, 20))])])
        >>> card = okr.evaluate(plan, okr.Journal(okr.check_ins(date(2026, 8, 14), {"k": 17})),
        ...                     as_of=date(2026, 8, 15))
        >>> card.grade("grade", "o")
        'green'
        """
        scale, kinds = as_text(scale), (Objective, KeyResult, Metric)
        _ = self.rulebook.scale(scale)
        hint = "grade an objective, key result or metric"
        item = item_in_force(self._evaluation, "Scorecard", id, kinds, hint)
        return grade_of(self._evaluation, scale, item)

    def shares(self, id: str) -> dict[str, float]:
        """Return the share of each part in the score of an objective, by id; they total 1.

        Shares follow from the plan and the rulebook, not from readings. Fixed shares stay, and the rest is
        split by weights.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> half = okr.Contribution(fixed_share=0.5)
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.PassFail(), contribution=half),
        ...     okr.KeyResult("b", "B", okr.PassFail()), okr.KeyResult("c", "C", okr.PassFail())])])
        >>> okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 14)).shares("o")
        {'a': 0.5, 'b': 0.25, 'c': 0.25}
        """
        index = self._evaluation.facts.compiled.index_of[
            plan_with(self._evaluation, id).objective(id).id
        ]
        evaluation, at = self._evaluation.of_item(index)
        return dict(shares_of(evaluation.facts, evaluation.inputs, at))

    def group_by(
        self, grouping: Grouping, *, with_containing: bool = False
    ) -> tuple[ObjectiveGroup, ...]:
        """Return the objectives in groups by team, level, cycle, ambition, priority or tag; never by person.

        An objective with several tags is in the group of each; one without is in a last group without a
        name. Micro-OKRs are grouped by cycle alone, unless the rulebook lets them into pools. Objectives that
        carry on one piece of work count once, with its score; by cycle each counts by itself, and so it
        does after `where` by `cycle` or `running`.

        Args:
            grouping: "team", "level", "cycle", "ambition", "priority" or "tag".
            with_containing: Whether an objective is in the group of its team and of each team that contains
                it. If not, it is in that of its team alone.

        Raises:
            InvalidValueError: The grouping is another one, or cannot have containing groups.

        Laws: test_groups_are_means_of_their_scores, test_groups_of_a_scope_are_those_of_its_objectives,
        test_a_containing_team_has_the_objectives_within_it.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective(f"o{n}", "Grow", place=okr.Place(team=team),
        ...         key_results=[okr.KeyResult(f"k{n}", "Customers", okr.Reach(10))])
        ...     for n, team in enumerate(["Growth", "Growth", "Sales"])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"k0": 4, "k1": 8, "k2": 9}))
        >>> okr.evaluate(plan, journal, as_of=date(2026, 8, 15)).group_by("team")
        (ObjectiveGroup('Growth', 2 objectives, 0.60), ObjectiveGroup('Sales', 1 objective, 0.90))
        """
        must_be_flag(self, "with_containing", with_containing)
        return groups_of(
            self._evaluation, grouping, self.listed, self.scopes, with_containing=with_containing
        )

    # --- selection -----------------------------------------------------------------------------

    def where(
        self,
        *,
        owner: str | Person | Team | None = None,
        team: str | Team | None = None,
        level: Level | str | None = None,
        cycle: Cycle | str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        running: bool | None = None,
        ids: Iterable[str] | None = None,
    ) -> Scorecard:
        """Return the same scorecard with a selection of its objectives.

        They alone are iterated, counted, grouped, shown and exported, with their members and the metrics that
        those read. No number changes: look-up by id, `explain` and every roll-up reach the whole plan.
        A second `where` narrows the selection. Args are those of `okrcore.plan.Scope`; a level may be its word.

        Raises:
            InvalidValueError: A condition has the wrong type, or there is no such level.
            InconsistentPlanError: An id is unknown, or none of an objective, or of a priority, on the day.

        Laws: test_a_scope_changes_no_number, test_scopes_narrow_each_other.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("a", "Grow", place=okr.Place(team="Sales")),
        ...                  okr.Objective("b", "Ship")])
        >>> card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15))
        >>> [result.id for result in card.where(team="Sales")]
        ['a']
        """
        word = optional_member_of(self, "where.level", level, Level)
        scope = Scope(owner=owner, team=team, level=word, cycle=cycle, tag=tag)
        return narrowed(self, evolve(scope, priority=priority, running=running, ids=ids))

    @cached_property
    def listed(self) -> tuple[Objective, ...]:
        """Objectives in all scopes, in plan order; without a scope those of `plan_in_force`."""
        return selected(self.plan_in_force.objectives, self.scopes, on=self.as_of)

    # --- what if -------------------------------------------------------------------------------

    def what_if(self, scores: Mapping[str, float]) -> Scorecard:
        """Return the scorecard if a reading of the day gave key results these scores.

        Items above them follow, and so do items that depend on the same readings: derived key results, and
        those that share a metric. Supposing the present scores changes nothing.

        Args:
            scores: Scores by the id of the key result, within the rulebook's clip.

        Raises:
            InconsistentPlanError: An id is unknown, or none of a key result.
            InvalidValueError: A score lies outside the clip, or the key result does not count on the day:
                it is paused, not observable yet, or closed. Or other items depend on its readings, and no
                reading of the day gives the score, or all scores supposed of those items.

        Laws: test_a_supposed_score_is_one_that_was_read, test_supposing_what_was_read_changes_nothing,
        test_a_supposed_score_reaches_what_its_reading_reaches,
        test_the_order_of_suppositions_changes_nothing.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 4, "b": 8}))
        >>> card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15))
        >>> card.what_if({"a": 0.7}).objective("o").score
        0.75
        """
        return evolve(self, supposed=supposed_scores(self, self._evaluation, scores))

    def sensitivity(self, id: str) -> tuple[tuple[str, float], ...]:
        """Return the gain of an objective from each key result, if that one alone were reached in full.

        Each is a `what_if` of its own, so gains are exact under every rule and do not add up. Gains of 0 are
        left out; an objective without a score has none.

        Args:
            id: The objective.

        Returns:
            Ids of key results with the gain, the largest first.

        Raises:
            InvalidValueError: Other items depend on the readings of a key result, and no reading of the
                day gives its full score.

        Laws: test_sensitivity_is_what_if_of_each.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 5, "b": 7.5}))
        >>> okr.evaluate(plan, journal, as_of=date(2026, 8, 15)).sensitivity("o")
        (('a', 0.25), ('b', 0.125))
        """
        return sensitivity(self._evaluation, plan_with(self._evaluation, id).objective(id).id)

    def __getitem__(self, id: str) -> Result:
        hint = "give the id of an objective, key result, guardrail, initiative, metric or priority"
        of_kind: Mapping[type[Any], Callable[[str], Result]] = {
            Objective: self.objective,
            KeyResult: self.key_result,
            Guardrail: self.guardrail,
            Initiative: self.initiative,
            Metric: self.metric,
            Priority: self.priority,
        }
        item = item_in_force(self._evaluation, "Scorecard", id, tuple(of_kind), hint)
        return of_kind[type(item)](item.id)

    def __contains__(self, id: object) -> bool:
        plan = self.plan_in_force
        return id in plan and not isinstance(plan.items[as_text(id)], Outside)

    def __iter__(self) -> Iterator[ObjectiveResult]:
        return (self.objective(objective.id) for objective in self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    def __repr__(self) -> str:
        listed = f", {len(self)} listed" if self.scopes else ""
        return f"Scorecard({self.plan!r}, as of {self.as_of}, {self.rulebook.name}{listed})"

    @property
    def problems(self) -> tuple[OkrError, ...]:
        """Faults of entries that were left out, and adjustments that change nothing.

        Those have the code "already-in-plan": somebody stored the plan in force. They refuse nothing.
        """
        remarks = fit_of(self.plan, self.journal, self.as_of).remarks
        return (*self.left_out, *[problem for _, problem in remarks])

    @property
    def plan_in_force(self) -> Plan:
        """The plan with its adjustments up to the day; to be shown, not stored, see `Journal.effective`.

        Under `AdjustmentTrigger.DIFFICULTY` the original targets are in force again after the close.
        """
        return self._evaluation.plan

    @cached_property
    def _results(self) -> Results:
        return Results.of(self._evaluation)

    @cached_property
    def _evaluation(self) -> Evaluation:
        journal = self.journal
        if once(journal, history_of).has_words:
            journal = in_units(self.plan, journal)
        return Evaluation(self.plan, journal, self.as_of, self.rulebook, self.supposed)


def evaluation_of(card: Scorecard) -> Evaluation:
    """Return the evaluation of a scorecard, made once for each."""
    return card._evaluation  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module


def narrowed(card: Scorecard, scope: Scope) -> Scorecard:
    """Return a scorecard with one scope more, on the same evaluation."""
    must_have_named(partial(plan_with, evaluation_of(card)), [scope])
    made = copy(card)
    object.__setattr__(made, "scopes", (*card.scopes, scope))
    object.__setattr__(made, "_evaluation", evaluation_of(card))
    return made
