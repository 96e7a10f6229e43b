"""KPIs and objectives: objectives without a KPI, sick KPIs without an objective, and the draft of a recovery.

Rules of this file:

1. A suggestion is a value. Nothing here puts an objective into a plan.
2. A KPI is sick while its last reading is outside its limit; a stale one is as it was last read, and one that
   was retired is never sick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from okrcore._checks import must_be_a, path_of
from okrcore._memo import once
from okrcore.calendar import Cycle
from okrcore.errors import InvalidValueError
from okrcore.journal.journal import history_of
from okrcore.plan import (
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    BoundState,
    Decrease,
    Increase,
    KeyResult,
    Objective,
    Trigger,
    TriggerKind,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.effective_units import unit_of
from okrcore.plan.reading import number_of
from okrcore.plan.scoped_ids import ids_in
from okrcore.review.scopes import is_coming, is_running
from okrcore.scorecard import MetricResult, Scorecard
from okrcore.scorecard.day.derived_metrics import is_total
from okrcore.words import ENGLISH, Words
from okrcore.words.reason import Reason

__all__ = ["draft_recovery", "list_sick_kpis", "list_without_kpis", "without_kpis"]


def list_without_kpis(card: Scorecard) -> tuple[Objective, ...]:
    """Return the objectives that run or are to come without a KPI beside them.

    Guardrails and metrics that key results read are no KPIs: those are limits and targets. Micro-OKRs are left
    out, since they serve an objective that has its own.

    Args:
        card: Scorecard of the day, as narrowed by `where`.

    Source: founding document C (each OKR has KPIs aligned to it).

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", kpis=["uptime"]), okr.Objective("ship", "Ship")],
    ...                 metrics=[okr.Metric("uptime", "Uptime")])
    >>> [one.id for one in list_without_kpis(okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 14)))]
    ['ship']
    """
    must_be_a(list_without_kpis, "card", card, Scorecard)
    return tuple(without_kpis(each for each in card.listed if _is_pursued(card, each)))


def without_kpis(objectives: Iterable[Objective]) -> Iterator[Objective]:
    """Yield the objectives without a KPI, Micro-OKRs left out."""
    return (each for each in objectives if not each.kpis and not each.is_micro)


def list_sick_kpis(card: Scorecard) -> tuple[MetricResult, ...]:
    """Return the KPIs outside their limit that no objective attends to; each suggests a recovery.

    An objective attends to a KPI if it was set off by it, has it as a KPI, or has a key result that reads it, and
    runs or is to come. A guardrail on the same metric is no attention: it stops success, and heals nothing.

    Args:
        card: Scorecard of the day, as narrowed by `where`; attention of any objective of the plan counts.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow")],
    ...                 metrics=[okr.Metric("uptime", "Uptime", health=okr.AtLeast(99.5))])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"uptime": 98}))
    >>> [one.id for one in list_sick_kpis(okr.evaluate(plan, journal, as_of=date(2026, 8, 14)))]
    ['uptime']
    """
    must_be_a(list_sick_kpis, "card", card, Scorecard)
    plan = card.plan_in_force
    pursued = (each for each in plan.objectives if _is_pursued(card, each))
    attended = {id for objective in pursued for id in _attended(objective)}
    here = ids_in(plan, card.listed, card.scopes) if card.scopes else plan.items.keys()
    open_ones = (each.id for each in plan.metrics if each.id in here and each.id not in attended)
    return tuple(found for found in map(card.metric, open_ones) if _is_sick(found))


def _is_sick(found: MetricResult) -> bool:
    return found.state is BoundState.BREACHED and found.retired_on is None


def _is_pursued(card: Scorecard, objective: Objective) -> bool:
    return is_running(card, objective) or is_coming(card, objective)


def _attended(objective: Objective) -> Iterator[str]:
    """Yield the ids of the metrics that an objective attends to."""
    yield from objective.kpis
    trigger = objective.trigger
    if trigger is not None and trigger.of is not None:
        yield trigger.of
    for kr in objective.own_key_results:
        if kr.metric is not None:
            yield kr.metric


def draft_recovery(card: Scorecard, id: str, *, cycle: Cycle, words: Words = ENGLISH) -> Objective:
    """Draft an objective that brings a sick KPI back within its limit; people complete it.

    It has one key result, from the reading to the limit, and names the KPI as its trigger. It is a value and in no
    plan: `Plan.put` it, or add it by an `Adjustment`. Ambition and team are left for people; the owner is that of
    the metric.

    A limit to stay above or below is the measure itself, since on the limit the KPI is still sick. If the readings
    of the metric are totalled, the key result has check-ins of its own: each of them is held to the limit, and a
    total is not.

    Args:
        card: Scorecard of the day.
        id: Id of a metric outside its limit.
        cycle: Cycle of the objective.
        words: Words of its title, which is a text of the plan from then on.

    Raises:
        InconsistentPlanError: There is no such metric.
        InvalidValueError: The metric is not outside a limit, or the cycle has the wrong type.

    Laws: test_a_recovery_ends_where_the_limit_is_held.
    Source: founding document D (a falling KPI is the reason for an OKR).

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([], metrics=[okr.Metric("uptime", "Uptime", health=okr.AtLeast(99.5))])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 14), {"uptime": 98}))
    >>> card = okr.evaluate(plan, journal, as_of=date(2026, 9, 14))
    >>> draft = draft_recovery(card, "uptime", cycle=okr.FiscalCalendar().quarter(2026, 4))
    >>> print(draft.title, draft.key_results[0].measure)
    Bring Uptime back within its limit Increase(baseline=98.0, target=99.5)
    """
    must_be_a(draft_recovery, "card", card, Scorecard)
    must_be_a(draft_recovery, "cycle", cycle, Cycle)
    must_be_a(draft_recovery, "words", words, Words)
    found, metric = card.metric(id), card.plan_in_force.metric(id)
    if not _is_sick(found) or found.reading is None or found.bound is None:
        hint = f"it is {found.state if found.retired_on is None else 'retired'}"
        raise InvalidValueError("not-breached", path_of(draft_recovery, "id"), id, hint)
    new, key_result = _free_ids(card, metric.id)
    return Objective(
        new,
        words.write(Reason("recovery/title", title=metric.title)),
        key_results=[
            KeyResult(
                key_result,
                metric.title,
                _way_back(found.bound, float(number_of(found.reading))),
                metric=None if is_total(card.plan_in_force, metric.id) else metric.id,
                unit=unit_of(card.plan_in_force.items, metric),
            )
        ],
        cycle=cycle,
        owner=metric.owner,
        trigger=Trigger(TriggerKind.UNHEALTHY_METRIC, metric.id),
    )


def _way_back(bound: Bound, reading: float) -> Increase | Decrease | Above | Below:
    """Return the measure from a reading outside a bound to its limit."""
    if isinstance(bound, Between):
        bound = AtLeast(bound.low) if reading < bound.low else AtMost(bound.high)
    if isinstance(bound, AtLeast):
        return Increase(reading, bound.stated_limit())
    if isinstance(bound, AtMost):
        return Decrease(reading, bound.stated_limit())
    return type(bound)(bound.stated_limit())


_PREFIX: Final = "recover"


def _free_ids(card: Scorecard, id: str) -> tuple[str, str]:
    """Return ids for an objective and its key result that no item of the plan or the journal has."""
    taken = {*card.plan.items, *card.plan_in_force.items, *once(card.journal, history_of).joins}
    names = (f"{_PREFIX}-{id}" + (f"-{n}" if n > 1 else "") for n in count(1))
    return next((name, f"{name}-kr") for name in names if taken.isdisjoint((name, f"{name}-kr")))
