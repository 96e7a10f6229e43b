"""Fit of a journal to a plan: its entries in order, each against the plan as it is then.

Rules of this file:

1. Readings, baselines and adjustments have to fit the item as it was when they were written. A dropped
   milestone may still be named: it stays reached, and no longer counts.
2. A reading or baseline before the join of its item is evidence from the join on. After its item has left,
   no entry is taken.
3. The adjustments of a day are applied together, then the plan is checked; if it does not fit, none of them
   is in force.
4. An adjustment that changes nothing, since the plan has all that it gives, is a remark and no fault.
5. An adjustment that comes after a closing is checked as an entry, and changes no plan that is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, TypeAlias, final

from attrs import evolve, field, frozen

from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal.adjustment import ALONE, Adjustment, Joiner
from okrcore.journal.decisions import Closing
from okrcore.journal.entries import BaselineSet, CheckIn, Judgement
from okrcore.journal.entry_fit import ABOUT, faults_of, faults_of_pause, path_in
from okrcore.journal.entry_order import Scopes, not_after_closings
from okrcore.journal.entry_sequence import Dated
from okrcore.journal.history import History
from okrcore.journal.item_changes import changes_of
from okrcore.journal.joined_items import hint_of_rejoin
from okrcore.journal.plan_draft import Member, PlanDraft, named
from okrcore.journal.plan_in_force import keep_draft
from okrcore.journal.reference_changes import is_apart, referenced_ids
from okrcore.plan import (
    KeyResult,
    KeyResultRef,
    Measure,
    Metric,
    Milestones,
    Objective,
    Outside,
    Plan,
    Priority,
)
from okrcore.plan.item import FirstHints, Item, kind_of, members_of, refusal
from okrcore.plan.plan_difference import differs

__all__ = ["Fit", "fit_in_order"]

_Fault: TypeAlias = tuple[Dated, OkrError]
_DAY: Final = attrgetter("on")
#: Kinds of entries that need more than an item of the right kind.
_WITH_TERMS: Final = (CheckIn, BaselineSet, Adjustment, Judgement, Closing)


@final
@frozen(eq=False)
class Fit:
    """Entries that do not fit a plan, and adjustments that change nothing.

    Args:
        faults: Each entry with its error.
        remarks: Each adjustment that changes nothing, with its problem.
    """

    faults: list[_Fault] = field(factory=list[Any])
    remarks: list[tuple[Adjustment, OkrError]] = field(factory=list[Any])


def fit_in_order(
    plan: Plan,
    history: History,
    entries: Iterable[Dated],
    as_of: date,
    new: AbstractSet[int] = frozenset(),
) -> Fit:
    """Return the fit of entries in order, each checked against the plan in force at its time.

    Args:
        plan: The plan as stored.
        history: Entries of the whole journal, for lifecycles and joins.
        entries: The entries to check; all adjustments that change their items are among them.
        as_of: Day of the closings in force.
        new: Identities of entries that are to be admitted. Others may be about members that are gone,
            since somebody stored the plan in force.
    """
    check = _Check(plan, history, as_of, new)
    for _, of_day in groupby(entries, key=_DAY):
        check.take(list(of_day))
    check.keep_draft()
    return check.fit


class _Check:
    def __init__(self, plan: Plan, history: History, as_of: date, new: AbstractSet[int]) -> None:
        self.fit, self._new = Fit(), new
        self._plan, self._history = plan, history
        made = history.adjustments
        counted = {id(entry) for entry in not_after_closings(plan, history, made, as_of)}
        self._uncounted = {id(entry) for entry in made} - counted
        self._applied = list[Adjustment]()
        self._begin()
        self._scopes, self._suggest = Scopes(), FirstHints()
        #: Measures of key results that dropped milestones, with these, by id.
        self._milestones: dict[str, Measure] = {}

    def _begin(self) -> None:
        #: The plan by which each entry is checked, and that in force, which is the same unless an adjustment
        #: comes after a closing.
        self._draft = self._in_force = PlanDraft(self._plan, self._history)
        if self._uncounted:
            self._in_force = PlanDraft(self._plan, self._history)

    def _counts(self, entry: Adjustment) -> bool:
        return id(entry) not in self._uncounted

    def _change(self, entry: Adjustment) -> None:
        self._draft.apply(entry)
        if self._uncounted and self._counts(entry):
            self._in_force.apply(entry)

    def keep_draft(self) -> None:
        """Keep the plan with its adjustments applied, for the plan in force."""
        applied = [entry for entry in self._applied if self._counts(entry)]
        if applied:
            keep_draft(self._plan, self._history, applied, self._in_force)

    def take(self, entries: Sequence[Dated]) -> None:
        """Check the entries of a day."""
        changes: list[Adjustment] = []
        for entry in entries:
            faults = list(self._faults(entry))
            self.fit.faults.extend((entry, fault) for fault in faults)
            if isinstance(entry, Adjustment) and not faults:
                self._apply(entry)
                changes.append(entry)
        wrong = dict(self._faults_of_day(changes)) if changes else {}
        if wrong:
            changes = [entry for entry in changes if id(entry) not in wrong]
            self.fit.faults.extend(wrong.values())
            self._begin()
            for entry in (*self._applied, *changes):
                self._change(entry)
        self._applied += changes

    # --- one entry -----------------------------------------------------------------------------

    def _faults(self, entry: Dated) -> Iterator[OkrError]:
        item = self._draft.item(entry.of)
        has_terms = isinstance(entry, _WITH_TERMS) or isinstance(item, Metric)
        if not has_terms and isinstance(item, ABOUT[type(entry)][0]):
            return
        if item is None:
            item = self._joining(entry)
            if item is None:
                yield from self._faults_of_absent(entry)
                return
        elif entry.of in self._milestones:
            item = evolve(item, measure=self._milestones[entry.of])
        found = list(faults_of(self._plan, item, entry, self._suggest))
        if isinstance(entry, Adjustment) and not found:
            found += self._faults_of_adjustment(entry, item)
        yield from found

    def _joining(self, entry: Dated) -> Item | None:
        """Return the record of an item that joins later, for evidence that is dated before."""
        if not isinstance(entry, (CheckIn, BaselineSet)):
            return None
        left = self._draft.left_on(entry.of)
        later = (
            record
            for on, record in self._history.joins.get(entry.of, ())
            if on > entry.on or (on == entry.on and left is None)
        )
        return next(later, None)

    def _faults_of_absent(self, entry: Dated) -> Iterator[OkrError]:
        """Yield the faults of an entry about an item that is not in the plan now."""
        if isinstance(entry, Adjustment) and entry.adds:
            joins = [record for record in entry.adds if not isinstance(record, KeyResultRef)]
            if len(entry.adds) == 1 and joins and joins[0].id == entry.of:
                yield from faults_of_pause(entry, joins[0])
                yield from self._faults_of_join(entry, joins[0], None)
                return
        left = self._draft.left_on(entry.of)
        if self._left_before(entry):
            if isinstance(entry, Adjustment) and entry.of in entry.removes:
                self.fit.remarks.append((entry, _already_in_plan(entry)))
            return
        joins_on = [on for on, _ in self._history.joins.get(entry.of, ()) if on >= entry.on]
        hint = ""
        if left is not None:
            hint = f"it left the plan on {left}"
        elif joins_on:
            hint = f"it joins the plan on {joins_on[0]}"
        if hint:
            yield InconsistentPlanError("not-in-force", path_in(entry, "of"), entry.of, hint)
        else:
            yield refusal(
                self._plan.items,
                path_in(entry, "of"),
                entry.of,
                ABOUT[type(entry)][1],
                self._suggest,
            )

    def _left_before(self, entry: Dated) -> bool:
        """Return whether the plan lacks the item of an entry, and by a later one it leaves, joined by none before.

        Somebody stored the plan in force, so the earlier entry is about an item that is gone already.
        """
        leaves = self._history.left_first.get(entry.of)
        return leaves is not None and entry.on <= leaves and self._draft.known(entry.of) is None

    # --- adjustments ---------------------------------------------------------------------------

    def _faults_of_adjustment(self, entry: Adjustment, item: Item) -> Iterator[OkrError]:
        temporary = entry.temporary
        if temporary is not None:
            found = self._draft.item(temporary)
            if not isinstance(found, (Objective, Outside)):
                path = path_in(entry, "temporary")
                yield refusal(self._plan.items, path, temporary, "name an objective", self._suggest)
        if not self._is_late(entry):
            yield from self._scopes.faults(entry)
        if isinstance(item, ALONE):
            yield from self._faults_of_members(entry, item)
        self._remark(entry, item)

    def _faults_of_members(
        self, entry: Adjustment, item: Objective | Metric | Outside | Priority
    ) -> Iterator[OkrError]:
        members = {named(each) for each in self._members_of(item)}
        for n, id in enumerate(entry.removes):
            if id in members or id == item.id:
                continue
            if _identity(entry) not in self._new and self._has_left_stored(id):
                self.fit.remarks.append((entry, _already_in_plan(entry)))
            else:
                path = path_in(entry, f"removes[{n}]")
                hint = "name a member of the objective"
                yield refusal(self._plan.items, path, id, hint, self._suggest)
        for record in entry.adds:
            if not isinstance(record, ALONE) and not isinstance(item, Objective):
                hint = "members join under the id of their objective"
                yield InconsistentPlanError(
                    "wrong-kind", path_in(entry, "adds"), named(record), hint
                )
                continue
            if isinstance(record, KeyResultRef):
                continue
            if isinstance(record, ALONE) and record.id != entry.of:
                hint = "it joins by an adjustment of its own id"
                yield InconsistentPlanError("wrong-kind", path_in(entry, "adds"), record.id, hint)
            else:
                home = None if isinstance(record, ALONE) else item.id
                yield from self._faults_of_join(entry, record, home, self._leaving(entry, item))

    def _members_of(self, item: Item) -> Sequence[Member]:
        return self._draft.members_of(item) if isinstance(item, Objective) else ()

    def _leaving(self, entry: Adjustment, item: Item) -> AbstractSet[str]:
        """Return the ids that are free for items that join by the same adjustment."""
        members = {each.id for each in self._members_of(item) if not isinstance(each, KeyResultRef)}
        return {item.id} | members if item.id in entry.removes else members & {*entry.removes}

    def _has_left_stored(self, id: str) -> bool:
        """Return whether the plan as stored may have lost a member or reference that leaves."""
        return self._draft.known(id) is None or isinstance(self._draft.item(id), KeyResult)

    def _faults_of_join(
        self,
        entry: Adjustment,
        record: Joiner,
        home: str | None,
        leaving: AbstractSet[str] = frozenset(),
    ) -> Iterator[OkrError]:
        """Yield the faults of a record that joins: its id is in use, or was in use for another item."""
        pairs: list[tuple[Any, str | None]] = [(record, home)]
        if isinstance(record, Objective):
            pairs += [(member, record.id) for member in members_of(record)]
        for each, of in pairs:
            path = path_in(entry, f"adds[{each.id!r}]")
            now = None if each.id in leaving else self._draft.item(each.id)
            is_here = of == self._home_id(each.id)
            if now is not None and is_here and self._is_stored_alike(each, now):
                continue
            if now is not None:
                hint = f"{kind_of(now)} has it; give another id"
                yield InconsistentPlanError("duplicate-id", path, each.id, hint)
                continue
            before = self._draft.known(each.id)
            if before is not None:
                hint = hint_of_rejoin(each, of, *before)
                if hint:
                    yield InconsistentPlanError("wrong-kind", path, each.id, hint)

    def _home_id(self, id: str) -> str | None:
        """Return the id of the objective of a member; None of an item of its own."""
        home = self._draft.home(id)
        return None if home is None or home.id == id else home.id

    def _is_stored_alike(self, record: Item, now: Item) -> bool:
        """Return whether the plan as stored has an item that joins: somebody stored the plan in force."""
        stored = self._plan.items.get(record.id)
        is_same = type(record) is type(stored) and now == stored
        return stored is not None and is_same and not differs(stored, record)

    def _remark(self, entry: Adjustment, item: Item) -> None:
        """Remark on an adjustment that changes nothing, since the plan as stored has what it gives."""
        stored, remarks = self._plan.items.get(entry.of), self.fit.remarks
        if stored is None or entry.rescale is not None or self._is_late(entry):
            return
        if remarks and remarks[-1][0] is entry:
            return
        given = changes_of(entry, item)
        if not given and not entry.adds and not entry.removes:
            return
        if any(
            getattr(each, name) != new for each in (stored, item) for name, new in given.items()
        ):
            return
        members = self._members_of(item)
        if not set(entry.removes).isdisjoint({*map(named, members), entry.of}):
            return
        if not all(self._has(members, record) for record in entry.adds):
            return
        self.fit.remarks.append((entry, _already_in_plan(entry)))

    def _has(self, members: Iterable[Any], record: Joiner) -> bool:
        if isinstance(record, KeyResultRef):
            return record in members
        now = self._draft.item(record.id)
        return now is not None and self._is_stored_alike(record, now)

    def _is_late(self, entry: Adjustment) -> bool:
        home = self._draft.home(entry.of)
        return home is not None and home.cycle is not None and entry.on > home.cycle.end

    def _apply(self, entry: Adjustment) -> None:
        before = self._draft.item(entry.of)
        self._change(entry)
        after = self._draft.item(entry.of)
        if isinstance(before, KeyResult) and isinstance(after, KeyResult):
            kept = self._milestones.get(entry.of, before.measure)
            if isinstance(kept, Milestones) and isinstance(after.measure, Milestones):
                steps = {each.name: each for each in (*kept.milestones, *after.measure.milestones)}
                self._milestones[entry.of] = Milestones(*steps.values())

    # --- a day ---------------------------------------------------------------------------------

    def _faults_of_day(self, changes: Sequence[Adjustment]) -> Iterator[tuple[int, _Fault]]:
        """Yield the faults of the adjustments of a day, by their identity."""
        for entry in changes:
            fault = self._fault_of_due(entry)
            if fault is not None:
                yield id(entry), (entry, fault)
        structural = [
            entry
            for entry in changes
            if (entry.adds or entry.removes or entry.sets) and self._counts(entry)
        ]
        if not all(is_apart(entry, self._referenced) for entry in structural):
            try:
                self._in_force.plan()
            except InconsistentPlanError as fault:
                for entry in structural:
                    hint = f"{fault.path} would not fit: {fault}"
                    path = path_in(entry, "")
                    refused = InconsistentPlanError(fault.code, path, fault.value, hint)
                    yield id(entry), (entry, refused)

    @cached_property
    def _referenced(self) -> AbstractSet[str]:
        return referenced_ids(self._plan, self._history)

    def _fault_of_due(self, entry: Adjustment) -> OkrError | None:
        """Return the fault of a deadline after the end of the cycle, or of an end before deadlines."""
        item, home = self._draft.item(entry.of), self._draft.home(entry.of)
        if home is None or home.cycle is None or entry.on > home.cycle.end:
            return None
        end, given = home.cycle.end, changes_of(entry, item)
        if isinstance(item, KeyResult) and given.get("due") is not None and given["due"] > end:
            hint = f"{home.id!r} ends on {end}; move its end, by an Adjustment of its cycle"
            return InconsistentPlanError("after-cycle", path_in(entry, "due"), given["due"], hint)
        if isinstance(item, Objective) and "cycle" in given:
            late = [
                member.id
                for member in map(self._now, self._draft.members_of(item))
                if isinstance(member, KeyResult) and member.due is not None and member.due > end
            ]
            if late and self._cuts(entry, end):
                hint = f"due later: {', '.join(late)}; move their deadlines on the same day"
                return InconsistentPlanError("after-cycle", path_in(entry, "cycle"), end, hint)
        return None

    def _now(self, member: Any) -> Any:
        return member if isinstance(member, KeyResultRef) else self._draft.item(member.id)

    def _cuts(self, entry: Adjustment, end: date) -> bool:
        """Return whether a cycle ended later before an adjustment."""
        before = PlanDraft(self._plan, self._history)
        for each in self._applied:
            before.apply(each)
        home = before.home(entry.of)
        return home is not None and home.cycle is not None and home.cycle.end > end


def _identity(entry: Dated) -> int:
    return id(entry)


def _already_in_plan(entry: Adjustment) -> OkrError:
    hint = (
        f"the plan as stored has what the adjustment of {entry.on} gives; keep the plan as it was"
    )
    return InconsistentPlanError("already-in-plan", path_in(entry, ""), entry.of, hint)
