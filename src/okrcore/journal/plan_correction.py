"""Corrections of a plan: of an item that was written wrongly, as long as no entry depends on it.

Rules of this file:

1. Wording is always corrected; a field that counts only while no entry depends on its item.
2. Items before and after the correction are looked at: a metric that is newly read has a past too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from operator import attrgetter
from typing import Final, get_args

from okrcore._checks import must_be_a, must_be_flag, path_of
from okrcore._memo import once
from okrcore.errors import InconsistentPlanError
from okrcore.journal.adjustment import Adjustment
from okrcore.journal.decisions import Closing
from okrcore.journal.entry_sequence import Dated
from okrcore.journal.history import History
from okrcore.journal.journal import Journal, history_of
from okrcore.plan import Guardrail, KeyResult, KeyResultRef, Metric, Objective, Plan
from okrcore.plan.item import Item, did_you_mean, members_of
from okrcore.plan.plan_difference import PlanDifference, diff

__all__ = ["correct"]

_ITEMS: Final = get_args(Item)
_MEMBERS: Final = frozenset({"key_results", "guardrails", "initiatives"})


def correct(plan: Plan, journal: Journal, item: Item, *, rewrites_history_ok: bool = False) -> Plan:
    """Return a plan with a corrected item instead of the one with its id, unless entries depend on it.

    It rewrites the past: the plan has always had the corrected item. For typing errors; for a changed
    decision write an `Adjustment`, which counts from its day. A change of wording is never refused.

    Entries depend on an item if they are about it or about those whose readings it takes, name it, or close an
    objective in which it counts; on an objective also if they are about a member, on a metric if they are
    about an item that reads it. Entries about its siblings do not depend on it.

    Args:
        plan: Plan with the item.
        journal: Entries so far; those that a correction voids are left out.
        item: Corrected item of any kind. Members of an objective that differ are corrected too, and may join
            or leave.
        rewrites_history_ok: Whether figures of days that have entries may change.

    Raises:
        InconsistentPlanError: No item of its kind has the id, the parts no longer fit, or a field that counts
            differs and entries depend on it.

    Laws: test_a_corrected_item_has_no_score_yet, test_a_correction_puts_the_item_in_place.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> def arpa(title, target):
    ...     return okr.KeyResult("arpa", title, okr.Reach(target))
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", key_results=[arpa("Revnue", 12)])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"arpa": 60}))
    >>> correct(plan, journal, arpa("Revenue", 12)).key_result("arpa").title
    'Revenue'
    >>> correct(plan, journal, arpa("Revenue", 120))
    Traceback (most recent call last):
    okrcore.errors.InconsistentPlanError: KeyResult('arpa').measure: must not change a past that entries \
depend on, got Reach(target=120.0); the first is CheckIn('arpa', 2026-08-14, 60.0): write an Adjustment, or \
give rewrites_history_ok=True [rewrites-history]
    """
    must_be_a(correct, "plan", plan, Plan)
    must_be_a(correct, "journal", journal, Journal)
    must_be_a(correct, "item", item, *_ITEMS)
    must_be_flag(correct, "rewrites_history_ok", rewrites_history_ok)
    if item.id not in plan.items:
        raise InconsistentPlanError(
            "unknown-id", "correct.item", item.id, _hint(plan, journal, item)
        )
    corrected = plan.put(item)
    if not rewrites_history_ok:
        for difference in diff(plan, corrected):
            if difference.counts:
                _must_have_no_entries(plan, corrected, journal, difference)
    return corrected


def _hint(plan: Plan, journal: Journal, item: Item) -> str:
    if any(item.id in _named_by(entry) for entry in journal.adjustments):
        return "it joins by an Adjustment: void that by a Correction, and write it anew"
    return did_you_mean(item.id, plan.items) or "to add an item, put it into the plan"


def _must_have_no_entries(
    plan: Plan, corrected: Plan, journal: Journal, change: PlanDifference
) -> None:
    """Require that no entry depends on the item of a difference, as it was or as it is."""
    ids, objectives = dict[str, None](), dict[str, None]()
    for each in (plan, corrected):
        for item in _changed(each, change):
            ids.update(dict.fromkeys(_sources(each, item)))
            objectives.update(dict.fromkeys(_holders(each, item)))
    entries = [*_entries(once(journal, history_of), ids.keys(), objectives.keys())]
    if entries:
        latest = corrected if change.id in corrected else plan
        holder = (latest.homes if change.field in _MEMBERS else latest.items)[change.id]
        value = change.before if change.after is None else change.after
        first = min(entries, key=attrgetter("on"))
        hint = f"the first is {first!r}: write an Adjustment, or give rewrites_history_ok=True"
        raise InconsistentPlanError("rewrites-history", path_of(holder, change.field), value, hint)


def _changed(plan: Plan, change: PlanDifference) -> Iterator[Item]:
    """Yield the item of a difference; for a member that joins or leaves its objective too."""
    item = plan.items.get(change.id)
    if item is not None:
        yield item
        if change.field in _MEMBERS:
            yield plan.homes[change.id]


def _sources(plan: Plan, item: Item) -> Iterator[str]:
    """Yield the ids of the items whose entries make the past of an item."""
    yield item.id
    if isinstance(item, Objective):
        for key_result, _ in plan.key_results_of(item):
            yield from _sources(plan, key_result)
        for guardrail in item.guardrails:
            yield from _sources(plan, guardrail)
        yield from (initiative.id for initiative in item.initiatives)
    elif isinstance(item, Metric):
        yield from (reader.id for reader in _readers(plan, item))
    elif isinstance(item, (KeyResult, Guardrail)):
        if item.metric is not None:
            yield item.metric
        if isinstance(item, KeyResult) and item.derived is not None:
            yield from _parts(plan, item)


def _parts(plan: Plan, key_result: KeyResult) -> Iterator[str]:
    """Yield the ids of the key results that one is derived from, and of their metrics."""
    seen, waiting = set[str](), [key_result]
    while waiting:
        derived = waiting.pop().derived
        parts = () if derived is None else map(plan.key_result, derived.of)
        for part in parts:
            if part.id not in seen:
                seen.add(part.id)
                waiting.append(part)
                yield part.id
                if part.metric is not None:
                    yield part.metric


def _readers(plan: Plan, metric: Metric) -> Iterator[KeyResult | Guardrail]:
    for item in plan.each():
        if isinstance(item, (KeyResult, Guardrail)) and item.metric == metric.id:
            yield item


def _holders(plan: Plan, item: Item) -> Iterator[str]:
    """Yield the ids of the objectives in which an item counts."""
    members = {item.id}
    if isinstance(item, Metric):
        members = {reader.id for reader in _readers(plan, item)}
    for objective in plan.objectives:
        named = (kr.to for kr in objective.key_results if isinstance(kr, KeyResultRef))
        if not members.isdisjoint((*named, *(each.id for each in members_of(objective)))):
            yield objective.id


def _entries(
    history: History, ids: Collection[str], objectives: Collection[str]
) -> Iterator[Dated]:
    """Yield the first check-in about each of some items, and all other entries that depend on them."""
    for id in ids:
        rows = history.check_ins.rows(id, 0, date.max.toordinal())
        if rows:
            yield history.check_in(rows[0])
    for entry in history.rare:
        is_about = entry.of in ids or (isinstance(entry, Closing) and entry.of in objectives)
        if is_about or not _named_by(entry).isdisjoint(ids):
            yield entry


def _named_by(entry: Dated) -> frozenset[str]:
    """Return the ids of the items that join or leave by an entry."""
    if not isinstance(entry, Adjustment):
        return frozenset()
    joining = (each.to if isinstance(each, KeyResultRef) else each.id for each in entry.adds)
    return frozenset((*entry.removes, *joining))
