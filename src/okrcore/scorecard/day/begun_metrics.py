"""Metrics in carried work: of a key result that begins later than the work, readings count from its own start.

Rule of this file: a metric is there once more, with the readings from the start on, for the key results that begin
later.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from attrs import evolve

from okrcore.journal import Journal
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.entry_sequence import Entries, columns_of, written_of
from okrcore.plan import KeyResult, Metric, Plan
from okrcore.plan.metric_links import made_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.whole_ways import Way, Ways

__all__ = ["BegunMetric", "with_begun_metrics", "with_begun_readings"]

#: Id of a metric, and the first day that counts.
BegunMetric: TypeAlias = tuple[str, date]


def with_begun_metrics(
    ways: Ways, whole: Mapping[str, Way], plan: Plan
) -> tuple[Plan, Mapping[str, BegunMetric]]:
    """Return a plan of carried work with metrics of their own for what begins later; and these, by id.

    Args:
        ways: The ways of the day.
        whole: By id of the newest key result, the ways that can be drawn.
        plan: The plan of the work.
    """
    begun: dict[str, BegunMetric] = {}
    changed: dict[str, KeyResult] = {}
    for each in chain.from_iterable(objective.own_key_results for objective in plan.objectives):
        first = whole[each.id][0] if each.id in whole else each
        own, cycle = ways.part.homes[first.id].cycle, plan.homes[each.id].cycle
        if each.metric is None or own is None or cycle is None or own.start <= cycle.start:
            continue
        for metric in made_of(plan.metrics, [each.metric]):
            begun[_since(metric, own.start)] = metric, own.start
        changed[each.id] = evolve(each, metric=_since(each.metric, own.start))
    if not begun:
        return plan, begun
    objectives = [
        evolve(objective, key_results=[_changed(each, changed) for each in objective.key_results])
        for objective in plan.objectives
    ]
    metrics = [_begun(plan.metric(metric), start) for metric, start in begun.values()]
    return evolve(plan, objectives=objectives, metrics=[*plan.metrics, *metrics]), begun


def _since(metric: str, start: date) -> str:
    return f"{metric} since {start}"


def _begun(metric: Metric, start: date) -> Metric:
    """Return a metric that begins on a day; a derived one is made of parts that do."""
    derived = metric.derived
    if derived is not None:
        derived = evolve(derived, of=[_since(part, start) for part in derived.of])
    return evolve(metric, id=_since(metric.id, start), derived=derived)


def _changed(member: Any, changed: Mapping[str, KeyResult]) -> Any:
    return changed.get(member.id, member) if isinstance(member, KeyResult) else member


def with_begun_readings(
    facts: Facts, begun: Mapping[str, BegunMetric], journal: Journal
) -> Journal:
    """Return a journal with the check-ins of metrics that begin later, too."""
    if not begun:
        return journal
    columns, written = columns_of(journal.entries), list(written_of(journal.entries))
    for id, (metric, start) in begun.items():
        if metric in facts.compiled.arithmetic:
            continue  # it follows from its parts
        first = start.toordinal()
        rows = [
            n
            for n, (of, on) in enumerate(zip(columns.of, columns.on, strict=True))
            if of == metric and on >= first
        ]
        on = array("l", [columns.on[n] for n in rows])
        columns = columns.followed_by(
            CheckIns([id] * len(rows), on, [columns.values[n] for n in rows])
        )
        # Not corrected, so that no correction is needed.
        written += [
            evolve(entry, id=None, of=id)
            for entry in facts.history.written.values
            if entry.of == metric and entry.on >= start
        ]
    return Journal(Entries(columns, tuple(written)))
