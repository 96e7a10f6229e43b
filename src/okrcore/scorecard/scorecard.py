"""The scorecard: what a plan and a journal mean on a day, under a rulebook.

Rules of this file:

1. Figures are computed once; answers are made from them when they are asked for.
2. It has no opinion of its own: each number is a rule of the rulebook applied to what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from math import isnan
from typing import Any, Literal, final

from attrs import evolve, field, frozen

from okrcore._checks import as_text, as_tuple, given_day, must_be_a, must_be_flag
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import Shown
from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal import Journal
from okrcore.journal.admission import misfits
from okrcore.journal.journal import history_of
from okrcore.journal.shares import in_units
from okrcore.plan import Guardrail, KeyResult, Metric, Objective, Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import RECOMMENDED, Axis, Rulebook
from okrcore.scorecard.bound_results import guardrail_result, metric_result
from okrcore.scorecard.day.scores import shares_of
from okrcore.scorecard.day.status_by_rule import number_on
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import Explanation, explain_score
from okrcore.scorecard.grouping import Group, Grouping, groups_of
from okrcore.scorecard.remarks import remarks_on
from okrcore.scorecard.result_columns import columns_of
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Result,
)
from okrcore.scorecard.supposing import sensitivity, supposed_scores

__all__ = ["Scorecard", "evaluate", "evaluation_of"]


def _messages(problems: tuple[OkrError, ...]) -> tuple[str, ...]:
    return tuple(map(str, problems))


def _as_pairs(values: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Scorecard(Shown):
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

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        found = misfits(self.plan, self.journal, as_of=self.as_of)
        if found:
            faults = tuple(fault for _, fault in found)
            raise InconsistentPlanError("entry-mismatch", "Journal", len(faults), faults=faults)
        for id, _ in self.supposed:
            self.plan.key_result(id)
        # A rulebook without a method that the plan names is refused now.
        _ = self._evaluation.scores

    # --- answers -------------------------------------------------------------------------------

    def objective(self, id: str) -> ObjectiveResult:
        """Return what is known of an objective."""
        return self._results.objective(id)

    def key_result(self, id: str) -> KeyResultResult:
        """Return what is known of a key result."""
        return self._results.key_result(id)

    def guardrail(self, id: str) -> GuardrailResult:
        """Return what is known of a guardrail."""
        return guardrail_result(self._evaluation, self.plan.guardrail(id))

    def metric(self, id: str) -> MetricResult:
        """Return what is known of a metric."""
        return metric_result(self._evaluation, self.plan.metric(id))

    def columns(
        self, *names: str, kind: Literal["objective", "key result"] | None = None
    ) -> dict[str, list[Any]]:
        """Return fields of the results of all objectives and key results, as lists by name.

        They are in plan order: each objective is followed by the key results at home in it, unless one
        kind alone is wanted. A field that only the other kind has is None. `card.columns("id", "score")`
        equals the fields of the results, and costs a tenth of making those one by one.

        Args:
            names: Names of fields of `ObjectiveResult` and `KeyResultResult`, such as "score".
            kind: "objective" or "key result"; None for both.

        Raises:
            InvalidValueError: A name is no field of the results of that kind, or the kind is another one.

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
        return columns_of(self._evaluation, names, kind)

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
        id = as_text(id)
        item = self.plan.items.get(id) if type(id) is str else None
        if not isinstance(item, (Objective, KeyResult)):
            raise refusal(
                self.plan.items, "Scorecard.explain", id, "explain an objective or a key result"
            )
        index = self._evaluation.facts.compiled.index_of[id]
        return explain_score(self._evaluation, index, remarks=remarks_on(self._evaluation, item))

    def grade(self, scale: str, id: str) -> str | None:
        """Return the name that a scale of the rulebook gives an item; None if no band holds it.

        None, too, without a number on the axis of the scale, and if the scale is for other ambitions or
        methods.

        Args:
            scale: The name of the scale: "grade" in `RECOMMENDED`.
            id: The item.

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
        scale, id = as_text(scale), as_text(id)
        item = self.plan.items.get(id) if type(id) is str else None
        found = self.rulebook.scale(scale)
        if isinstance(item, Metric):
            if found is None or found.axis is not Axis.HEALTH:
                return None
            value = metric_result(self._evaluation, item).health
            return None if value is None else found.bands.name(value)
        if not isinstance(item, (Objective, KeyResult)):
            raise refusal(
                self.plan.items, "Scorecard", id, "grade an objective, key result or metric"
            )
        home = item if isinstance(item, Objective) else self.plan.homes[id]
        index = self._evaluation.facts.compiled.index_of[id]
        book = self._evaluation.facts.books[index]
        found = book.scale(scale, home.ambition) if scale in {s.name for s in book.scales} else None
        if found is None:
            return None
        value = number_on(found.axis, *self._evaluation.of_item(index))
        return None if isnan(value) else found.bands.name(value)

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
        index = self._evaluation.facts.compiled.index_of[self.plan.objective(id).id]
        evaluation, at = self._evaluation.of_item(index)
        return dict(shares_of(evaluation.facts, evaluation.inputs, at))

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
        return groups_of(self._evaluation, grouping)

    # --- what if -------------------------------------------------------------------------------

    def what_if(self, scores: Mapping[str, float]) -> Scorecard:
        """Return the scorecard there would be if a reading of the day gave key results these scores.

        Everything above them follows under the same rules, and so does whatever depends on the same
        readings: derived key results, and what shares a metric. Supposing the scores that were read
        changes nothing.

        Args:
            scores: Scores by the id of the key result, within what the rulebook's clip allows.

        Raises:
            InconsistentPlanError: An id is unknown, or none of a key result.
            InvalidValueError: A score lies outside what the rulebook gives, or the key result counts
                for nothing on the day: it is paused, not observable yet, or closed. Or other items
                depend on its readings, and no reading of the day gives the score, or all the scores
                that are supposed of those items.

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
        supposed = supposed_scores(self, self._evaluation, scores)
        return evolve(self, supposed=supposed)

    def sensitivity(self, id: str) -> tuple[tuple[str, float], ...]:
        """Return by how much each key result would raise an objective if it alone were reached in full.

        Each is a `what_if` of its own, so the gains are exact under every rule and do not add up. Those
        that would change nothing are left out; without a score there is nothing to rise from.

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
        return sensitivity(self._evaluation, self.plan.objective(id).id)

    def __getitem__(self, id: str) -> Result:
        id = as_text(id)
        item = self.plan.items.get(id) if type(id) is str else None
        if isinstance(item, Objective):
            return self.objective(id)
        if isinstance(item, KeyResult):
            return self.key_result(id)
        if isinstance(item, Guardrail):
            return guardrail_result(self._evaluation, item)
        if isinstance(item, Metric):
            return metric_result(self._evaluation, item)
        raise refusal(
            self.plan.items,
            "Scorecard",
            id,
            "ask for an objective, key result, guardrail or metric",
        )

    def __contains__(self, id: object) -> bool:
        return id in self.plan and isinstance(
            self.plan.items[as_text(id)], (Objective, KeyResult, Guardrail, Metric)
        )

    def __iter__(self) -> Iterator[ObjectiveResult]:
        return (self.objective(objective.id) for objective in self.plan.objectives)

    def __len__(self) -> int:
        return len(self.plan.objectives)

    def __repr__(self) -> str:
        return f"Scorecard({self.plan!r}, as of {self.as_of}, {self.rulebook.name})"

    @cached_property
    def _results(self) -> Results:
        return Results.of(self._evaluation)

    @cached_property
    def _evaluation(self) -> Evaluation:
        journal = self.journal
        if once(journal, history_of).has_words:
            journal = in_units(self.plan, journal)
        return Evaluation(self.plan, journal, self.as_of, self.rulebook, self.supposed)


def evaluate(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    rulebook: Rulebook = RECOMMENDED,
    strict: bool = True,
) -> Scorecard:
    """Return what a plan and a journal mean on a day.

    Entries dated later change nothing, so the past can be evaluated at any time with the same result.

    Args:
        plan: What is intended.
        journal: What happened.
        as_of: The day whose evening is described: its check-ins count.
        rulebook: How it is judged.
        strict: Whether entries that do not fit the plan are refused. If not, they are left out and
            named in `card.problems`.

    Returns:
        The scorecard, with scores, status, verdicts, and an explanation of each number.

    Raises:
        InconsistentPlanError: Entries are about unknown ids, or their readings do not fit; the first 100
            are in `faults`, all of them in `card.problems` with `strict=False`. Nothing was evaluated.

    Laws: test_a_later_entry_changes_no_earlier_day, test_order_of_siblings_never_matters.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account", key_results=[
    ...     okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"arpa": 120}))
    >>> evaluate(plan, journal, as_of=date(2026, 8, 15)).objective("grow").score
    0.5
    """
    must_be_a(evaluate, "plan", plan, Plan)
    must_be_a(evaluate, "journal", journal, Journal)
    as_of = given_day(evaluate, "as_of", as_of)
    must_be_a(evaluate, "rulebook", rulebook, Rulebook)
    must_be_flag(evaluate, "strict", strict)
    found = () if strict else misfits(plan, journal, as_of=as_of)
    if found:
        misfit_entries = {id(entry) for entry, _ in found}
        journal = journal.keep(lambda entry: id(entry) not in misfit_entries)
    faults = tuple([fault for _, fault in found])
    return Scorecard(plan, journal, as_of, rulebook, problems=faults)


def evaluation_of(card: Scorecard) -> Evaluation:
    """Return the evaluation behind a scorecard, made at most once for each."""
    return card._evaluation  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
