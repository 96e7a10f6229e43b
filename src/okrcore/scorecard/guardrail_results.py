"""Results of guardrails and metrics: a state, and no score."""

from __future__ import annotations

from typing import Any, Final

from attrs import fields

from okrcore._memo import once
from okrcore.journal import Closing
from okrcore.journal.journal import history_of
from okrcore.plan import Guardrail, Metric
from okrcore.plan.effective_units import unit_of
from okrcore.scorecard.day.derived_words import retired_words, why_no_value
from okrcore.scorecard.day.guardrail_readings import rows_of_guardrail, window_of_guardrail
from okrcore.scorecard.day.guardrail_reasons import why_open, why_watch
from okrcore.scorecard.day.guardrails import Watch, watch_guardrail
from okrcore.scorecard.day.metric_states import state_of_metric
from okrcore.scorecard.day.settling import settled_words
from okrcore.scorecard.day.uncounted_entries import NotCounted, Uncounted, summed_up, uncounted
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.last_check_ins import last_check_in
from okrcore.scorecard.results import GuardrailResult, MetricResult
from okrcore.words.reason import Reason, clauses

__all__ = ["guardrail_result", "metric_result"]

#: Fields of a watch that both kinds of results have.
_OF_WATCHES: Final = {each.name for each in fields(Watch)} & {
    each.name for each in fields(MetricResult)
}


def guardrail_result(evaluation: Evaluation, guardrail: Guardrail) -> GuardrailResult:
    """Return the result of a guardrail."""
    home = evaluation.plan.homes[guardrail.id]
    then, index = evaluation.of_item(evaluation.facts.compiled.index_of[home.id])
    found = watch_guardrail(then.facts, index, guardrail)
    left_out = uncounted(evaluation, guardrail.id)
    unit = unit_of(evaluation.plan.items, guardrail)
    why = why_watch(found, unit, is_hard=guardrail.hard)
    unread = [each for each in left_out if each.reason is not NotCounted.CANNOT_SETTLE]
    if found.reading is None and unread:
        settled = [] if found.settled is None else [settled_words(found.settled)]
        why = clauses([*summed_up(unread), why_open(found), *settled])
    how = evaluation.facts.compiled.arithmetic.get(guardrail.metric or "")
    if how is not None and found.reading is None:
        history = then.facts.history
        rows, _ = rows_of_guardrail(then.facts, history, index, guardrail)
        unmade = why_no_value(how, [history.readings.values[row] for row in rows])
        why = clauses([unmade, "" if found.settled is None else settled_words(found.settled)])
    if guardrail.metric is not None:
        _, last = window_of_guardrail(then.facts, index, guardrail)
        why = clauses((why, retired_words(then.facts, guardrail.metric, last)))
    return GuardrailResult(
        kind="guardrail",
        why=Reason("no-score/guardrail"),
        uncounted=left_out,
        periods_breached=found.periods_breached,
        periods=found.periods,
        objective=home.id,
        settled=found.settled,
        **_shared(evaluation, guardrail, found, (found.state, found.by_readings), why),
    )


def metric_result(evaluation: Evaluation, metric: Metric) -> MetricResult:
    """Return the result of a metric."""
    found = state_of_metric(metric, evaluation.facts)
    closing = evaluation.facts.life_of(metric.id).closing
    return MetricResult(
        kind="metric",
        why=Reason("no-score/metric"),
        uncounted=() if closing is None else _after_retirement(evaluation, closing),
        health=found.health,
        retired_on=None if closing is None else closing.on,
        definition=metric.definition,
        measurement=metric.measurement,
        derived=metric.derived,
        drives=metric.drives,
        **_shared(evaluation, metric, found.watch, (found.status, found.status), found.why),
    )


def _after_retirement(evaluation: Evaluation, closing: Closing) -> tuple[Uncounted, ...]:
    """Return the check-ins of a metric on days after its retirement."""
    history, first = once(evaluation.journal, history_of), closing.on.toordinal() + 1
    rows = history.check_ins.rows(closing.of, first, evaluation.facts.today)
    return tuple(
        Uncounted(
            of=closing.of,
            on=entry.on,
            entry="check-in" if entry.value is None else "reading",
            reading=entry.value,
            reason=NotCounted.AFTER_CLOSING,
            why=Reason("uncounted/after-closing", day=closing.on),
        )
        for entry in map(history.check_in, rows)
    )


def _shared(
    evaluation: Evaluation,
    item: Guardrail | Metric,
    watch: Watch,
    statuses: tuple[str, str],
    why: str,
) -> dict[str, Any]:
    """Return the fields that both kinds of results have, by name; `statuses` are the one in force, and computed."""
    status, computed = statuses
    return {
        "id": item.id,
        "title": item.title,
        "status": status,
        "status_why": why,
        "computed_status": computed,
        "owner": item.owner,
        "last_check_in": last_check_in(evaluation, item.id),
        "score": None,
        "progress": None,
        "confidence": None,
        "coverage": None,
        "no_score_reason": None,
        "declared": None,
        "judged": None,
        "original_score": None,
        "adjusted_score": None,
        **{name: getattr(watch, name) for name in _OF_WATCHES},
    }
