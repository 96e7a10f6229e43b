"""Steps to the state of a guardrail or metric: from its readings to its limit, its breaches and the close.

Rules of this file:

1. A step is there if it can change the state: healed breaches, a judgement, the close, the age of the last
   reading. The first step has the state of the result.
2. Of many readings the last ones are inputs of their own, and those before are one input.

Laws: test_explanations_of_bounds_recompute, test_an_explained_state_is_that_of_the_result.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias, cast, final

from attrs import frozen

from okrcore._arith import snap
from okrcore.journal import Judgement
from okrcore.journal.fact_columns import Column
from okrcore.plan import Aggregation, BoundState, Guardrail, Metric, Reading
from okrcore.plan.bounds import Bound
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import edges_of
from okrcore.plan.reading import number_of
from okrcore.plan.unit import Unit
from okrcore.rulebook import GuardrailRule
from okrcore.scorecard.bound_recomputation import AT_CLOSE, BY_AGE, reapply, state_at
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import Arithmetic, How
from okrcore.scorecard.day.derived_words import parts_in_words
from okrcore.scorecard.day.guardrail_readings import rows_of_guardrail
from okrcore.scorecard.day.guardrail_reasons import held_against, why_watch
from okrcore.scorecard.day.guardrails import (
    Watch,
    aggregation_of,
    last_seen,
    oldest_at_close,
    remembers,
    watch_before_close,
    watch_guardrail,
)
from okrcore.scorecard.day.metric_states import (
    Staleness,
    share_of_bound,
    staleness_of,
    state_of_metric,
)
from okrcore.scorecard.day.readings import Seen, aggregate, reads_of_steps
from okrcore.scorecard.day.wording import describe_bound, show_bare, show_reading
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import (
    AFTER_JUDGEMENT,
    FIRST_BREACH,
    HEALTH,
    LAST_STATE,
    MARGIN,
    REMEMBERED,
    SETTLED,
    STATE,
    Explanation,
    Kept,
    StepOrigin,
    StepResult,
    StepRule,
)
from okrcore.scorecard.guardrail_results import guardrail_result, metric_result
from okrcore.scorecard.recomputation import READING, Input
from okrcore.words.reason import Reason

__all__ = ["explain_guardrail", "explain_metric"]


_EARLIER: Final = "earlier readings"
#: Unit of a distance between two shares in percent.
_POINTS: Final = Unit("percentage points")
#: Most of the last readings of a total that are inputs of their own.
_SHOWN: Final = 6  # library default


def explain_guardrail(
    evaluation: Evaluation, guardrail: Guardrail, *, remarks: tuple[str, ...] = ()
) -> Explanation:
    """Return the step to the state of a guardrail."""
    result = guardrail_result(evaluation, guardrail)
    index = evaluation.facts.compiled.index_of[result.objective]
    then, index = evaluation.of_item(index)
    facts, rule = then.facts, then.facts.books[index].guardrails
    oldest = oldest_at_close(facts, index, guardrail)
    found = watch_before_close(facts, index, guardrail)
    origin = _Origin(
        evaluation=then,
        item=guardrail,
        bound=_known(found.bound),
        why=result.status_why,
        status=watch_guardrail(facts, index, guardrail).state,
        found=found,
        column=facts.history.readings,
        rows=rows_of_guardrail(facts, facts.history, index, guardrail)[0],
        aggregation=aggregation_of(facts.plan, guardrail),
        rule=rule,
        remembers=remembers(rule, guardrail),
        # Intervals of a rulebook may reach back before the first day of the calendar.
        oldest=None if oldest is None else date.fromordinal(max(oldest, date.min.toordinal())),
    )
    return origin.step(STATE, remarks)


def explain_metric(
    evaluation: Evaluation, metric: Metric, *, remarks: tuple[str, ...] = ()
) -> Explanation:
    """Return the step to the status of a metric."""
    facts, result = evaluation.facts, metric_result(evaluation, metric)
    readings = facts.history.readings
    found = state_of_metric(metric, facts).watch
    origin = _Origin(
        evaluation=evaluation,
        item=metric,
        bound=_known(found.bound),
        why=result.status_why,
        status=result.status,
        found=found,
        column=readings,
        rows=readings.rows(metric.id, LONG_AGO, facts.today),
        aggregation=facts.compiled.last_of(metric.id),
        staleness=staleness_of(metric, found.read_on, facts),
    )
    return origin.step(STATE, remarks)


def _known(bound: Bound | None) -> Bound | None:
    """Return a bound; None if its limit is open."""
    return None if bound is not None and bound.is_open else bound


@final
@frozen(eq=False, kw_only=True)
class _Origin(StepOrigin):
    """A guardrail or metric on a day.

    Args:
        evaluation: The evaluation of that day.
        item: The guardrail or metric.
        bound: The bound in force; None without one, and if its limit is open.
        why: The reason for its status.
        status: Its status.
        found: Its state by readings and judgement, before the close.
        column: Readings of the journal.
        rows: Rows of those that count, oldest first.
        aggregation: Aggregation of them.
        rule: Rule of breaches; None of a metric.
        remembers: Whether a healed breach counts.
        oldest: First day from which a reading counts at the close; None before it.
        staleness: Age of the last reading of a metric; None if it cannot be too old.
    """

    evaluation: Evaluation
    item: Guardrail | Metric
    bound: Bound | None
    why: str
    status: str
    found: Watch
    column: Column[Reading]
    rows: Sequence[int]
    aggregation: How = Aggregation.LATEST
    rule: GuardrailRule | None = None
    remembers: bool = False
    oldest: date | None = None
    staleness: Staleness | None = None

    @property
    def key(self) -> Hashable:
        # An evaluation lives as long as a step of it.
        return id(self.evaluation), self.item.id

    @property
    def last_state(self) -> BoundState:
        """State of the bound at the last reading."""
        return state_at(self.bound, self.found.reading)

    @property
    def stages(self) -> Sequence[str]:
        """The steps that make one state of another, from the last one to the first."""
        is_healed = self.rule is not None and self.found.within_since is not None
        by_breaches = REMEMBERED if is_healed else None
        found = (
            self._age_step if self.status != self.found.state else None,
            by_breaches if self.found.settled is None else SETTLED,
            LAST_STATE,
        )
        return [stage for stage in found if stage is not None]

    @property
    def _age_step(self) -> str:
        return AT_CLOSE if self.staleness is None else BY_AGE

    def stage_of(self, what: str) -> str:
        """Return the step of a name."""
        return self.stages[0] if what == STATE else what

    def step(self, what: str, remarks: tuple[str, ...] = ()) -> Explanation:
        """Return the step of a name."""
        rule, inputs, result, words = _STEPS[self.stage_of(what)](self)
        words = self.why if what == STATE else words
        id, title = self.item.id, self.item.title
        return Explanation(id, what, rule, inputs, result, words, title, self, remarks=remarks)

    def edges(self, step: Explanation) -> tuple[float, ...]:
        if step.what == READING and self.bound is not None:
            return edges_of(self.bound)
        return _EDGES.get(step.what, ())

    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:  # noqa: ARG002
        return tuple(map(self.step, self._names_of_parts(self.stage_of(step.what))))

    def _names_of_parts(self, stage: str) -> Sequence[str]:
        """Return the names of the steps that gave the inputs of a step."""
        found, stages = self.found, self.stages
        if stage not in stages:
            return []
        if stage in (AT_CLOSE, BY_AGE):
            return [stages[1]]
        of_breaches = [FIRST_BREACH] if found.first_breach is not None else []
        if found.after is not None:
            of_breaches.append(AFTER_JUDGEMENT)
        if stage != LAST_STATE:
            return [LAST_STATE, *of_breaches]
        if stages[-2:-1] in ([SETTLED], [REMEMBERED]):
            of_breaches = []
        at_reading = [READING] if found.reading is not None else []
        if at_reading and self.bound is not None:
            at_reading += [MARGIN] if self.rule is not None else [MARGIN, HEALTH]
        return [*at_reading, *of_breaches]

    @property
    def unit(self) -> Unit | None:
        """Unit of its numbers."""
        return unit_of(self.evaluation.plan.items, self.item)

    def recompute(self, step: Explanation) -> StepResult:
        return reapply(self.stage_of(step.what), step.rule, step.inputs)


# --- making steps ------------------------------------------------------------------------------

#: Rule, inputs, result and words of a step.
_Made: TypeAlias = tuple[StepRule, tuple[Input, ...], StepResult, str]


def _at_close(of: _Origin) -> _Made:
    below, found = of.stages[1], of.found
    inputs = (
        Input(below, found.state),
        Input("last seen", last_seen(found)),
        Input("oldest day that counts", of.oldest),
    )
    return of.rule, inputs, of.status, of.why


def _by_age(of: _Origin) -> _Made:
    staleness = cast("Staleness", of.staleness)
    inputs = (
        Input(of.stages[1], of.found.state),
        Input("days since the last reading", float(staleness.age)),
        Input("days between readings", float(staleness.every)),
    )
    return staleness.rule, inputs, of.status, of.why


def _settled(of: _Origin) -> _Made:
    judged, after = cast("Judgement", of.found.settled), of.found.after
    is_outside = of.last_state is BoundState.BREACHED and (
        after is not None and after.within_since is None
    )
    inputs = (
        Input(LAST_STATE, of.last_state),
        Input("breaches after the judgement", 0.0 if after is None else float(after.breaches)),
        Input("outside after the judgement", is_outside),
        Input("every breach counts", of.remembers),
        Input("judgement", BoundState.HELD, on=judged.on),
    )
    return of.rule, inputs, of.found.state, _why(of)


def _remembered(of: _Origin) -> _Made:
    inputs = (
        Input(LAST_STATE, of.last_state),
        Input("breaches", float(of.found.breaches)),
        Input("every breach counts", of.remembers),
    )
    return of.rule, inputs, of.found.state, _why(of)


def _why(of: _Origin) -> str:
    """Return the reason for the state before the close."""
    is_hard = isinstance(of.item, Guardrail) and of.item.hard
    return why_watch(of.found, of.unit, is_hard=is_hard)


def _last_state(of: _Origin) -> _Made:
    reading, bound, unit = of.found.reading, of.bound, of.unit
    words: str = Reason("no-score/no-reading")
    if reading is not None and bound is None:
        words = Reason("guardrail/no-bound", reading=show_reading(reading, unit))
    elif reading is not None and bound is not None:
        shown = show_reading(reading, unit, bound)
        words = held_against(of.last_state, shown, number_of(reading), bound, unit, of.found.origin)
    return bound, (_last_reading(of),), of.last_state, words


def _last_reading(of: _Origin) -> Input:
    return Input(READING, of.found.reading, on=of.found.made_on or of.found.read_on)


def _margin(of: _Origin) -> _Made:
    bound, value, unit = cast("Bound", of.bound), _value(of), of.unit
    margin, limit = bound.margin(value), describe_bound(bound, unit, value)
    if not snap(margin):
        words = Reason("step/on-limit", limit=limit)
    else:
        code = "step/to-limit" if margin > 0 else "step/beyond-limit"
        # From 99.1% to 99.5% are 0.4 percentage points, not 0.4%.
        apart = _POINTS if unit is not None and unit.name == "%" else unit
        words = Reason(code, margin=show_bare(abs(margin), apart, 0.0), limit=limit)
    return bound, (_last_reading(of),), margin, words


def _health(of: _Origin) -> _Made:
    bound, value = cast("Bound", of.bound), _value(of)
    limit = describe_bound(bound, of.unit, value)
    words = Reason("step/share-of-limit", limit=limit)
    return bound, (_last_reading(of),), share_of_bound(bound, value), words


def _value(of: _Origin) -> float:
    return number_of(cast("Reading", of.found.reading))


def _reading(of: _Origin) -> _Made:
    if isinstance(of.aggregation, Arithmetic):
        return _derived(of, of.aggregation)
    column, count = of.column, len(of.rows)
    last = 1 if of.aggregation is Aggregation.LATEST else _SHOWN
    reads = [(column.on[row], column.values[row]) for row in of.rows]
    earlier, shown = reads[:-last], reads[-last:]
    inputs = [Input(READING, value, on=date.fromordinal(day)) for day, value in shown]
    unit, bound = of.unit, of.bound
    if of.aggregation is Aggregation.LATEST:
        words = Reason("step/read-on", day=date.fromordinal(shown[-1][0]))
    else:
        listed = [
            Reason(
                "step/dated", reading=show_reading(value, unit, bound), day=date.fromordinal(day)
            )
            for day, value in shown
        ]
        if earlier:
            made = aggregate(of.aggregation, [value for _, value in earlier])
            inputs.insert(0, Input(_EARLIER, Seen(made, tuple(earlier)), float(len(earlier))))
            listed.insert(0, Reason("step/earlier", count=len(earlier)))
        words = Reason("step/aggregated", how=of.aggregation, count=count, readings=listed)
    if of.found.is_kept:
        words = Reason("step/before-cycle", words=words)
    if isinstance(of.item, Guardrail) and of.item.metric is not None:
        words = Reason("step/of-metric", words=words, id=of.item.metric)
    return of.aggregation, tuple(inputs), _value(of), words


def _derived(of: _Origin, how: Arithmetic) -> _Made:
    """Return the step from the parts of a derived metric, in the order in which they were read last."""
    column, facts = of.column, of.evaluation.facts
    values, days = [column.values[row] for row in of.rows], [column.on[row] for row in of.rows]
    reads = reads_of_steps(how, values)
    parts = [(read[1], id, read[0]) for id in how.parts if (read := reads[id]) is not None]
    inputs = [Input(id, value, on=date.fromordinal(days[at])) for at, id, value in sorted(parts)]
    words: str = parts_in_words(facts, how, values)
    if isinstance(of.item, Guardrail):
        words = Reason("step/of-metric", words=words, id=cast("str", of.item.metric))
    return how, tuple(inputs), _value(of), words


def _first_breach(of: _Origin, found: Watch | None = None) -> _Made:
    found = found or of.found
    # There is a breach, of a reading before it or on its day.
    breach, reading = cast("date", found.first_breach), cast("Reading", found.first_breach_reading)
    bound, read_on = cast("Bound", found.first_breach_bound), cast("date", found.read_on)
    value, unit = number_of(reading), of.unit
    shown = show_reading(reading, unit, bound)
    words = held_against(BoundState.BREACHED, shown, value, bound, unit)
    inputs = [Input(READING, reading, on=min(breach, read_on))]
    if breach > read_on:
        # The limit of a later day is one that the reading does not keep.
        inputs.append(Input("limit since", breach))
        words = Reason("step/limit-since", words=words, day=breach)
    return bound, tuple(inputs), breach, words


def _after_judgement(of: _Origin) -> _Made:
    return _first_breach(of, of.found.after)


_STEPS: Final[Mapping[str, Callable[[_Origin], _Made]]] = MappingProxyType(
    {
        AT_CLOSE: _at_close,
        BY_AGE: _by_age,
        SETTLED: _settled,
        REMEMBERED: _remembered,
        LAST_STATE: _last_state,
        MARGIN: _margin,
        HEALTH: _health,
        READING: _reading,
        FIRST_BREACH: _first_breach,
        AFTER_JUDGEMENT: _after_judgement,
    }
)

#: Numbers that results are compared with.
_EDGES: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType({MARGIN: (0.0,), HEALTH: (1.0,)})
