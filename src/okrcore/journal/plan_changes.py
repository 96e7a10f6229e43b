"""Changes between plans, as adjustments; changes that no adjustment explains.

Rules of this file:

1. Changes are the counting differences of `diff`; wording goes into the plan as stored, see `reword`.
2. Each changed item has one adjustment, with all of its changes. Members join and leave in that of their
   objective.
3. A plan for a cycle that starts on or after the day is planning: it is put into the stored plan, and its
   changes need no explanation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, final

from attrs import frozen

from okrcore._checks import given_day, must_be_a, path_of
from okrcore.errors import InconsistentPlanError
from okrcore.journal.adjustment import TYPED, Adjustment
from okrcore.journal.admission import admit
from okrcore.journal.item_changes import EMPTY_GROUPS
from okrcore.journal.journal import LAST_DAY, Journal
from okrcore.plan import (
    Guardrail,
    KeyResultRef,
    Metric,
    Objective,
    Plan,
    PlanDifference,
    diff,
)
from okrcore.plan.item import Item, kind_of
from okrcore.plan.measures import TAKES, can_replace

__all__ = ["adjustments", "unexplained_changes"]

_BOUNDS: Final[Mapping[type[Any], str]] = MappingProxyType({Guardrail: "bound", Metric: "health"})
#: Fields of a difference of a whole item.
_WHOLE: Final = frozenset(
    {
        *("objectives", "metrics", "outside", "priorities", "key_results", "guardrails"),
        *("initiatives", "kind", "home"),
    }
)
_MEMBERS: Final = frozenset({"key_results", "guardrails", "initiatives"})


def adjustments(
    plan: Plan, journal: Journal, new: Plan, *, on: date, because: str, **more: Any
) -> tuple[Adjustment, ...]:
    """Return the adjustments that lead from the plan in force to a changed one: called when a plan is saved.

    From their day on the plan in force has all of `new` that counts, and before it nothing changes. Wording
    has no days: `okr.plan.reword` puts that of `new` into the stored plan. The surprising case: wording of an
    item that joined by an adjustment is adjusted too, since the stored plan has no such item.

    Args:
        plan: The plan as stored.
        journal: Its entries.
        new: The plan as it is to be from the day on.
        on: The day.
        because: Reason.
        more: Other fields of each adjustment, such as `trigger`, `decided_by` or `recorded`.

    Returns:
        The adjustments, which `admit` takes together; none if nothing that counts differs.

    Raises:
        InconsistentPlanError: An id has another kind of item or reading, or another home: give that item an
            id of its own. Or a deadline is after the end of its cycle.
        TransitionError: A changed objective is closed.

    Laws: test_adjustments_lead_to_the_new_plan.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> def plan(target):
    ...     kr = okr.KeyResult("k", "Customers", okr.Reach(target))
    ...     return okr.Plan([okr.Objective("o", "Grow", key_results=[kr])])
    >>> [entry] = adjustments(plan(1000), okr.Journal(), plan(500), on=date(2026, 8, 15),
    ...                       because="the port closed")
    >>> entry.of, entry.measure
    ('k', Reach(target=500.0))
    """
    must_be_a(adjustments, "plan", plan, Plan)
    must_be_a(adjustments, "journal", journal, Journal)
    must_be_a(adjustments, "new", new, Plan)
    on = given_day(adjustments, "on", on)
    before = journal.effective(plan, on=on)
    changes = _Changes(before, new, frozenset(plan.items))
    found = tuple(
        Adjustment(of, on, because=because, **{**given, **more})
        for of, given in changes.by_item().items()
    )
    longer = admit(plan, journal, *found)
    _must_lead_to(new, longer.effective(plan, on=on), on)
    return found


def _must_lead_to(new: Plan, reached: Plan, on: date) -> None:
    """Refuse changes that are not in force with their adjustments."""
    left = [each for each in diff(reached, new) if each.counts]
    if not left:
        return
    home = _home_of(reached, left[0].id)
    path = path_of(new.items.get(left[0].id, adjustments), left[0].field)
    if home is not None and home.cycle is not None and home.cycle.end < on:
        hint = f"{home.id!r} ended on {home.cycle.end}, and its score is final; carry it over"
        raise InconsistentPlanError("after-cycle", path, on, hint)
    hint = "other adjustments of the day have a moment: give `recorded`, after them"
    raise InconsistentPlanError("out-of-order", path, on, hint)


@final
@frozen(eq=False)
class _Changes:
    """Changes from a plan in force to a new one, as fields of adjustments.

    Args:
        before: The plan in force.
        after: The new plan.
        stored: Ids of the items of the plan as stored.
    """

    before: Plan
    after: Plan
    stored: frozenset[str]

    def by_item(self) -> Mapping[str, dict[str, Any]]:
        """Return the fields of the adjustment of each changed item: those that leave last, those that join first."""
        joins, found, leaves = dict[str, Any](), dict[str, dict[str, Any]](), dict[str, Any]()
        for each in diff(self.before, self.after):
            if not each.id:
                continue  # the order of the plan's own collections
            self._must_be_one_item(each)
            was, now = self.before.items.get(each.id), self.after.items.get(each.id)
            if now is None or was is None:
                self._move_in_or_out(each, joins, found, leaves)
            elif each.counts or each.id not in self.stored:
                self._change(each, was, now, found.setdefault(each.id, {}))
        kept = {of: given for of, given in found.items() if given}
        return {**joins, **kept, **leaves}

    def _move_in_or_out(
        self,
        each: PlanDifference,
        joins: dict[str, Any],
        found: dict[str, dict[str, Any]],
        leaves: dict[str, Any],
    ) -> None:
        if each.field not in _MEMBERS:
            if each.after is not None:
                joins[each.id] = {"adds": (each.after,)}
            else:
                leaves[each.id] = {"removes": (each.id,)}
            return
        home = (self.after if each.after is not None else self.before).homes[each.id]
        _add_member(found.setdefault(home.id, {}), each.id, each.after)

    def _change(self, each: PlanDifference, was: Item, now: Item, given: dict[str, Any]) -> None:
        """Add a changed field to those of an adjustment."""
        name, _, rest = each.field.partition("[")
        if name == "key_results" and rest:
            to = rest.partition("]")[0]
            reference = next((kr for kr in _references(now) if kr.to == to), None)
            _add_member(given, to, reference, is_new=all(kr.to != to for kr in _references(was)))
        elif name == "supports":
            _set(given, "supports", now)
        else:
            # A group within a group, as in "profile.parked.revisit", is set as one.
            _set(given, ".".join(name.split(".")[:2]), now)

    def _must_be_one_item(self, each: PlanDifference) -> None:
        """Refuse another kind of item or reading under an id, and another home."""
        now = self.after.items.get(each.id)
        hint = ""
        if each.field == "kind":
            hint = (
                f"it is {kind_of(self.before.items[each.id])}; give the new item an id of its own"
            )
        elif each.field == "home":
            hint = f"it is at home in {each.before!r}; give it an id of its own in {each.after!r}"
        elif each.field == "measure" and not can_replace(each.after, each.before):  # type: ignore[arg-type]
            takes = TAKES[type(each.before)][1]
            hint = f"it takes {takes}; give a key result that takes other readings an id of its own"
        if hint:
            path = path_of(now, each.field)
            raise InconsistentPlanError("wrong-kind", path, each.after, hint)


def _references(item: Item) -> Sequence[KeyResultRef]:
    members = item.key_results if isinstance(item, Objective) else ()
    return [kr for kr in members if isinstance(kr, KeyResultRef)]


def _add_member(given: dict[str, Any], id: str, record: object, *, is_new: bool = True) -> None:
    """Add a member that joins, or leaves if there is no record; one that is changed leaves and joins."""
    if record is None or not is_new:
        given["removes"] = tuple(dict.fromkeys((*given.get("removes", ()), id)))
    if record is not None and record not in given.get("adds", ()):
        given["adds"] = (*given.get("adds", ()), record)


def _set(given: dict[str, Any], field: str, item: Item) -> None:
    """Set a field to its value in an item, typed if there is a typed field for it."""
    group, _, within = field.partition(".")
    value = getattr(item, group)
    if within:
        # A group that is gone has the values of one without any of its own.
        value = getattr(EMPTY_GROUPS[type(item), group] if value is None else value, within)
    name = "measure" if _BOUNDS.get(type(item)) == field else field
    # None in a typed field is no change.
    if name in ("measure", *TYPED) and value is not None:
        given[name] = value
    else:
        given["sets"] = {**given.get("sets", {}), field: value}


def unexplained_changes(
    old: Plan, new: Plan, journal: Journal, *, on: date | None = None
) -> tuple[PlanDifference, ...]:
    """Return the changes of a plan that count and that no adjustment explains.

    Args:
        old: The plan as it was.
        new: The plan as it is now.
        journal: Journal with the adjustments.
        on: Day up to which adjustments explain a change; objectives whose cycle starts on or after it are
            planning, and need none. None for all days, and without planning.

    >>> import okrcore as okr
    >>> def plan(target):
    ...     kr = okr.KeyResult("k", "Customers", okr.Reach(target))
    ...     return okr.Plan([okr.Objective("o", "Grow", key_results=[kr])])
    >>> [change.field for change in unexplained_changes(plan(1000), plan(500), okr.Journal())]
    ['measure']
    """
    must_be_a(unexplained_changes, "old", old, Plan)
    must_be_a(unexplained_changes, "new", new, Plan)
    must_be_a(unexplained_changes, "journal", journal, Journal)
    day = LAST_DAY if on is None else given_day(unexplained_changes, "on", on)
    meant = journal.effective(old, on=day)
    unmet: dict[str, set[str]] = {}
    to_go = [each for each in diff(meant, new) if each.counts]
    for each in to_go:
        unmet.setdefault(each.id, set()).add(each.field)

    def is_unmet(each: PlanDifference) -> bool:
        home = _home_of(new, each.id)
        fields = unmet.get(each.id, set[str]())
        above = unmet.get(home.id, set[str]()) if home is not None else set[str]()
        return each.field in fields or not _WHOLE.isdisjoint(fields) or "objectives" in above

    found = [each for each in diff(old, new) if each.counts and is_unmet(each)]
    # Of items that joined by an adjustment, the plan of before has no field.
    found += [each for each in to_go if each.id not in old.items and each.field not in _WHOLE]
    return tuple(each for each in found if on is None or not _is_planning(each, old, new, day))


def _is_planning(each: PlanDifference, old: Plan, new: Plan, on: date) -> bool:
    """Return whether a difference is of an objective whose cycle starts on or after a day."""
    homes = [_home_of(plan, each.id) for plan in (old, new)]
    cycles = [home.cycle for home in homes if home is not None]
    return bool(cycles) and all(cycle is not None and cycle.start >= on for cycle in cycles)


def _home_of(plan: Plan, id: str) -> Objective | None:
    item = plan.items.get(id)
    return item if isinstance(item, Objective) else plan.homes.get(id)
