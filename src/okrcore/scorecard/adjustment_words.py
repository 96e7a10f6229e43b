"""Changes of adjustments in words: fields with the values that they replace, and members that join or leave.

Rules of this file:

1. A replaced value is that in force before, so adjustments of the same day come one after the other.
2. An item starts as first agreed, or as it joined. An adjustment after the end of its cycle replaces nothing.
3. A field whose value is no number, day, name or short text is named without its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast, final

from attrs import evolve, frozen

from okrcore._arith import short_beside
from okrcore.calendar import Cycle
from okrcore.journal import Adjustment
from okrcore.journal.adjustment import TYPED, Joiner
from okrcore.journal.history import History
from okrcore.journal.item_changes import changes_of
from okrcore.plan import (
    KeyResultRef,
    Measure,
    Objective,
    Person,
    Plan,
    Team,
    Trigger,
    Unit,
)
from okrcore.plan.item import Item, members_of
from okrcore.plan.unit import in_full, unit_words
from okrcore.scorecard.day.wording import target_words
from okrcore.words.reason import Reason, Term, listed, noted

__all__ = [
    "FieldChange",
    "became_words",
    "field_changes",
    "item_of_any_day",
    "joining",
    "member_words",
    "rescale_words",
    "tested_words",
    "versions",
]

#: Fields of items for measures and bounds.
_MEASURES: Final = frozenset({"measure", "bound", "health"})
#: Codes of the words for a missing value; "value/none" for other fields.
_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {"due": "value/no-due", "health": "value/no-bound"}
)
_TitleOf: TypeAlias = Callable[[str], str]


@final
@frozen
class FieldChange:
    """Change of a field, in words.

    Args:
        field: Name of the field, dotted in a group.
        label: Noun of the field; empty if the values have it.
        before: Value before; empty if values of the field are not written.
        after: Value from then on, likewise.
        is_new: Whether the value is another one than before.
        ends: End before and from then on, of a cycle with the same start; None for other changes.
    """

    field: str
    label: str
    before: str
    after: str
    is_new: bool
    ends: tuple[date, date] | None = None

    @property
    def before_words(self) -> str:
        """The value before with the noun of its field; empty if it is not written."""
        return _with_label(self.label, self.before) if self.before else ""

    @property
    def after_words(self) -> str:
        """The value from then on with the noun of its field; "other derivation" if it is not written."""
        if self.after:
            return _with_label(self.label, self.after)
        return Reason("field/other", field=self.label)


def _with_label(label: str, value: str) -> str:
    return Reason("field/with", field=label, value=value) if label else value


def versions(
    stored: Plan,
    adjustments: Iterable[Adjustment],
    id: str,
    is_late: Callable[[Adjustment], bool],
) -> Iterator[tuple[Adjustment, Item | None]]:
    """Yield the adjustments of an item, each with the item as it was before; None if it joins then.

    Args:
        stored: The plan as first agreed.
        adjustments: Adjustments in their order: those of the item, and those by which it joins.
        id: The item.
        is_late: Whether an adjustment comes after the end of the cycle.
    """
    item = stored.items.get(id)
    for entry in adjustments:
        joins = [record for record in joining(entry) if record.id == id]
        if entry.of == id and item is not None:
            yield entry, item
            if not is_late(entry):
                item = evolve(item, **changes_of(entry, item))
        elif joins:
            yield entry, None
        item = joins[-1] if joins else item


def joining(entry: Adjustment) -> Iterator[Item]:
    """Yield the items that join by an adjustment, members of objectives among them."""
    for record in entry.adds:
        if not isinstance(record, KeyResultRef):
            yield record
        if isinstance(record, Objective):
            yield from members_of(record)


def item_of_any_day(
    in_force: Plan, stored: Plan, history: History, id: str
) -> tuple[Item | None, str | None]:
    """Return an item, and the id of its objective: in force, or else as first agreed, or as it joined last.

    None of both if somebody stored the plan in force after the item had left.
    """
    for plan in (in_force, stored):
        if id in plan.items:
            home = plan.homes.get(id)
            return plan.items[id], None if home is None else home.id
    joined = history.joins.get(id)
    return joined[-1][1] if joined else None, history.joined_homes.get(id)


def first_version(stored: Plan, history: History, id: str, day: date) -> Item:
    """Return an item as first agreed, or as it joined last by a day."""
    if id in stored.items:
        return stored.items[id]
    return [record for on, record in history.joins[id] if on <= day][-1]


# --- fields ------------------------------------------------------------------------------------


def field_changes(entry: Adjustment, item: Item, unit: Unit | None) -> Sequence[FieldChange]:
    """Return the fields that an adjustment gives to an item in a unit, with the values that they replace."""
    return [_field_change(*each, unit) for each in _values(entry, item)]


def _values(entry: Adjustment, item: Item) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name, the value before and the value after of each field."""
    found = changes_of(entry, item)
    given = {name for name in TYPED if getattr(entry, name) is not None}
    for name, value in found.items():
        if name in _MEASURES or name in given:
            yield name, getattr(item, name), value
    for name, value in entry.sets:
        group, _, within = name.partition(".")
        if name not in _MEASURES:
            at = getattr(item, group)
            yield name, getattr(at, within, None) if within else at, value


def _field_change(name: str, before: Any, after: Any, unit: Unit | None) -> FieldChange:
    is_new = before != after
    if isinstance(before, Cycle) and isinstance(after, Cycle) and before.start == after.start:
        first, last = (Reason("value/end", day=each.end) for each in (before, after))
        return FieldChange(name, "", first, last, is_new, (before.end, after.end))
    words = [_value_words(name, value, unit) for value in (before, after)]
    if "" in words:
        words = ["", ""]
    return FieldChange(name, _label(name), words[0], words[1], is_new)


def _label(name: str) -> str:
    if name == "due":
        return ""
    if name in _MEASURES:
        return Reason("field/target" if name == "measure" else "field/bound")
    noun = name.rpartition(".")[2].replace("_", "-")
    return Reason("field/derivation" if noun == "derived" else f"field/{noun}")


def _value_words(name: str, value: Any, unit: Unit | None) -> str:
    """Return a value in words; empty for one that is not written."""
    if value is None:
        return Reason(_MISSING.get(name, "value/none"))
    if name in _MEASURES:
        measure: Measure = value
        return target_words(measure, unit)
    if isinstance(value, date):
        return Reason("value/due" if name == "due" else "value/day", day=value)
    if isinstance(value, bool):
        return Reason("reading/yes" if value else "reading/no")
    if isinstance(value, (float, int)):
        return in_full(float(value))
    if isinstance(value, tuple):
        members = cast("tuple[object, ...]", value)
        names = [each for each in members if isinstance(each, str)]
        if len(names) < len(members):
            return ""
        return listed(names) if names else Reason("value/none")
    if isinstance(value, str):
        return value
    return _record_words(value)


def _record_words(value: object) -> str:
    """Return a record in words; empty for one that is not written."""
    if isinstance(value, Unit):
        return unit_words(value)
    if isinstance(value, Trigger):
        of = () if value.of is None else (value.of,)
        return noted((Term("trigger kind", value.kind), *of, *tested_words(value)))
    return str(value) if isinstance(value, (Cycle, Person, Team)) else ""


def tested_words(trigger: Trigger) -> Sequence[Reason]:
    """Return the hypothesis and the scope of a trigger in words; those that it has."""
    found: list[Reason] = []
    if trigger.hypothesis.strip():
        hypothesis = " ".join(trigger.hypothesis.split())
        found.append(Reason("trigger/hypothesis", hypothesis=hypothesis))
    if trigger.scope.strip():
        found.append(Reason("trigger/scope", scope=" ".join(trigger.scope.split())))
    return found


def became_words(change: FieldChange) -> str:
    """Return a change in a few words: "weight 1 became 2"."""
    if not change.after:
        return Reason("adjustment/changed", field=change.label)
    if change.ends is not None:
        before, after = change.ends
        return Reason("adjustment/end-moved", before=before, after=after)
    if not change.label or change.field in _MEASURES:
        return Reason("adjustment/became", before=change.before, after=change.after)
    return Reason(
        "adjustment/field-became", field=change.label, before=change.before, after=change.after
    )


def rescale_words(entry: Adjustment) -> str:
    """Return the change of scope of an adjustment; empty without one."""
    if entry.rescale is None:
        return ""
    return Reason("adjustment/rescaled", factor=short_beside(entry.rescale))


# --- members -----------------------------------------------------------------------------------


def member_words(entry: Adjustment, title_of: _TitleOf) -> Sequence[str]:
    """Return the items that leave and join by an adjustment, in a few words each.

    Args:
        entry: The adjustment.
        title_of: Returns the title of the item of an id.
    """
    joining = [_title(record, title_of) for record in entry.adds]
    leaving = [title_of(id) for id in entry.removes]
    return [
        Reason(code, count=len(titles), names=titles)
        for titles, code in ((leaving, "adjustment/left"), (joining, "adjustment/joined"))
        if titles
    ]


def _title(record: Joiner, title_of: _TitleOf) -> str:
    if isinstance(record, KeyResultRef):
        return title_of(record.to)
    return record.title or record.id
