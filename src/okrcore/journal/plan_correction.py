"""Corrections of a plan: of an item that was written wrongly, as long as no entry depends on it.

Rules of this file:

1. Wording is always corrected; a field that counts only while no entry depends on its item.
2. Items before and after the correction are looked at: a metric that is newly read has a past too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final, final, get_args

from attrs import field, frozen

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
    >>> try:
    ...     correct(plan, journal, arpa("Revenue", 120))
    ... except okr.OkrError as error:
    ...     print(error.code, error.path)
    rewrites-history KeyResult('arpa').measure
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
        history = once(journal, history_of)
        pasts = _Past(plan, history), _Past(corrected, history)
        for difference in diff(plan, corrected):
            if difference.counts:
                _must_have_no_entries(pasts, difference)
    return corrected


def _hint(plan: Plan, journal: Journal, item: Item) -> str:
    if any(item.id in _named_by(entry) for entry in journal.adjustments):
        return "it joins by an Adjustment: void that by a Correction, and write it anew"
    return did_you_mean(item.id, plan.items) or "to add an item, put it into the plan"


def _must_have_no_entries(pasts: tuple[_Past, _Past], change: PlanDifference) -> None:
    """Require that no entry depends on the item of a difference, as it was or as it is."""
    found = [entry for past in pasts for id in past.changed(change) for entry in past.entries(id)]
    if found:
        plan, corrected = (past.plan for past in pasts)
        latest = corrected if change.id in corrected else plan
        holder = (latest.homes if change.field in _MEMBERS else latest.items)[change.id]
        value = change.before if change.after is None else change.after
        first = min(found, key=attrgetter("on"))
        hint = f"the first is {first!r}: write an Adjustment, or give rewrites_history_ok=True"
        raise InconsistentPlanError("rewrites-history", path_of(holder, change.field), value, hint)


@final
@frozen(eq=False)
class _Past:
    """Entries that depend on the items of a plan, of each item the first.

    Args:
        plan: The plan.
        history: Entries in force.
    """

    plan: Plan
    history: History
    _kept: dict[str, Sequence[Dated]] = field(init=False, factory=dict[str, Sequence[Dated]])

    def changed(self, change: PlanDifference) -> Iterator[str]:
        """Yield the id of a difference; for a member that joins or leaves, that of its objective too."""
        if change.id in self.plan:
            yield change.id
            if change.field in _MEMBERS:
                yield self.plan.homes[change.id].id

    def entries(self, id: str) -> Sequence[Dated]:
        """Return entries that depend on an item, with the first of all; empty if there are none."""
        if id not in self._kept:
            firsts = [self._firsts[each] for each in self._sources(id) if each in self._firsts]
            self._kept[id] = [*firsts, *self._closings_of(id)]
        return self._kept[id]

    def _sources(self, id: str) -> Iterator[str]:
        yield id
        item = self.plan.items[id]
        if isinstance(item, Metric):
            yield from self._takers.get(id, ())
        elif isinstance(item, Objective):
            yield from _members_in(item)

    def _closings_of(self, id: str) -> Iterator[Dated]:
        """Yield the closings of the objectives in which an item, or a reader of a metric, counts."""
        is_metric = isinstance(self.plan.items[id], Metric)
        for member in self._takers.get(id, ()) if is_metric else (id,):
            for objective in self._holders.get(member, ()):
                yield from self._closings.get(objective, ())

    @cached_property
    def _firsts(self) -> Mapping[str, Dated]:
        """First entry about each item, with its name, or with a reading that it takes."""
        check_ins, last = self.history.check_ins, date.max.toordinal()
        rows = (check_ins.rows(id, 0, last)[0] for id in sorted(check_ins.ids))
        named: list[tuple[str, Dated]] = [
            (entry.of, entry) for entry in map(self.history.check_in, rows)
        ]
        for entry in self.history.rare:
            named.append((entry.of, entry))
            if isinstance(entry, Adjustment):
                named += [(id, entry) for id in _named_by(entry)]
        found: dict[str, Dated] = {}
        for id, entry in sorted(named, key=lambda each: each[1].on):
            waiting = [id]
            while waiting:
                taker = waiting.pop()
                if taker not in found:
                    found[taker] = entry
                    waiting += self._takers.get(taker, ())
        return found

    @cached_property
    def _closings(self) -> Mapping[str, Sequence[Closing]]:
        found: dict[str, list[Closing]] = {}
        for entry in self.history.rare:
            if isinstance(entry, Closing):
                found.setdefault(entry.of, []).append(entry)
        return found

    @cached_property
    def _takers(self) -> Mapping[str, Sequence[str]]:
        """Items that take the readings of each metric, and of each part of a derived key result."""
        found: dict[str, list[str]] = {}
        for item in self.plan.each():
            if isinstance(item, (KeyResult, Guardrail)) and item.metric is not None:
                found.setdefault(item.metric, []).append(item.id)
            if isinstance(item, KeyResult) and item.derived is not None:
                for part in item.derived.of:
                    found.setdefault(part, []).append(item.id)
        return found

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[str]]:
        """Objectives in which each member counts."""
        found: dict[str, list[str]] = {}
        for objective in self.plan.objectives:
            for id in _members_in(objective):
                found.setdefault(id, []).append(objective.id)
        return found


def _members_in(objective: Objective) -> Iterator[str]:
    """Yield the ids of the members of an objective, references resolved."""
    yield from (kr.to for kr in objective.key_results if isinstance(kr, KeyResultRef))
    yield from (member.id for member in members_of(objective))


def _named_by(entry: Adjustment) -> Iterator[str]:
    """Yield the ids of the items that leave or join by an adjustment."""
    yield from entry.removes
    yield from (each.to if isinstance(each, KeyResultRef) else each.id for each in entry.adds)
