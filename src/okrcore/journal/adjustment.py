"""Adjustments: dated changes of a plan.

Rules of this file:

1. An adjustment has new values of fields, members that join, and members that leave. `None` in a typed field
   is no change; in `sets` it is a value.
2. A value in `sets` is one that a record takes in that field. Which fields the item has, and whether the value
   fits the others, is known with the plan: see `admission`.
3. `sets` is sorted by name, as the order of names in a JSON object has no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final, get_args

from attrs import evolve, field, fields, frozen

from okrcore._checks import (
    are_pairs,
    as_optional_number,
    as_pairs,
    as_text,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_date,
    must_be_number,
    must_be_unique,
    path_of,
)
from okrcore._texts import as_texts, must_be_id, must_be_ids, must_be_note
from okrcore.calendar import Cycle
from okrcore.errors import InvalidValueError, OkrError
from okrcore.journal.entries import Written, with_kinds
from okrcore.plan import (
    Ambition,
    AtMost,
    Contribution,
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultProfile,
    KeyResultRef,
    Measure,
    Metric,
    Objective,
    ObjectiveProfile,
    Outside,
    PassFail,
    Person,
    Place,
    Priority,
    Team,
    Timing,
)
from okrcore.plan.item import did_you_mean, members_of
from okrcore.plan.measures import MEASURES
from okrcore.plan.people import as_owner, as_people
from okrcore.words.reason import must_be_sentence

__all__ = [
    "ALONE",
    "GROUPS",
    "LEAST_SCOPE",
    "MOST_SCOPE",
    "SETTABLE",
    "TYPED",
    "Adjustment",
    "AdjustmentKind",
    "AdjustmentTrigger",
    "Joiner",
    "joining_ids",
]

_NONE = type(None)
#: Least and most factor of progress: with more or less scope it is another goal (library default).
LEAST_SCOPE = 0.001
MOST_SCOPE = 1000.0

#: Record that joins a plan by an adjustment.
Joiner: TypeAlias = (
    KeyResult | KeyResultRef | Guardrail | Initiative | Objective | Metric | Outside | Priority
)

#: Groups of fields, by the name of the field that has them.
GROUPS: Final[Mapping[str, tuple[type[Any], ...]]] = MappingProxyType(
    {
        "timing": (Timing,),
        "contribution": (Contribution,),
        "profile": (ObjectiveProfile, KeyResultProfile),
        "place": (Place,),
    }
)
#: Members come by `adds` and go by `removes`; ids never change.
_NOT_SET: Final = frozenset({"id", "key_results", "guardrails", "initiatives"})


#: Records of each kind with fields that can be set, to try the value of one field.
_SAMPLES: Final[Mapping[type[Any], Any]] = MappingProxyType(
    {
        Metric: Metric("metric", "Metric"),
        Priority: Priority("priority", "Priority"),
        Initiative: Initiative("initiative", "Initiative"),
        Guardrail: Guardrail("guardrail", "Guardrail", AtMost(1)),
        KeyResult: KeyResult("key-result", "Key result", PassFail()),
        Objective: Objective("objective", "Objective"),
        Timing: Timing(),
        Contribution: Contribution(),
        ObjectiveProfile: ObjectiveProfile(),
        KeyResultProfile: KeyResultProfile(),
        Place: Place(),
    }
)


def _settable() -> Mapping[str, tuple[type[Any], ...]]:
    found: dict[str, list[type[Any]]] = {}
    groups = {record: group for group, records in GROUPS.items() for record in records}
    for kind in _SAMPLES:
        for each in fields(kind):
            name = f"{groups[kind]}.{each.name}" if kind in groups else each.name
            found.setdefault(name, []).append(kind)
    return MappingProxyType(
        {name: tuple(kinds) for name, kinds in found.items() if name not in _NOT_SET}
    )


#: Fields that an adjustment can set, those of groups with a dot, each with the records that have it.
SETTABLE: Final = _settable()


def _value_of(path: str, name: str, value: object) -> object:
    """Return a value as a record has it in a field.

    Raises:
        InvalidValueError: No record with the field takes it.
    """
    refused: OkrError | None = None
    for kind in SETTABLE[name]:
        sample, inner = _SAMPLES[kind], name.rpartition(".")[2]
        try:
            return getattr(evolve(sample, **{inner: value}), inner)
        except OkrError as error:
            below = error.path.removeprefix(path_of(sample, inner))
            refused = InvalidValueError(error.code, f"{path}{below}", error.value, error.hint)
    raise refused  # type: ignore[misc]  # there is a record for each name


def _as_sets(values: Mapping[str, object] | Iterable[tuple[str, object]]) -> Any:
    pairs = as_pairs(values)
    if not are_pairs(pairs):
        return values  # refused by _must_be_sets
    named = [(as_text(name), value) for name, value in pairs]
    is_sortable = all(type(name) is str for name, _ in named)
    return tuple(sorted(named, key=lambda pair: pair[0]) if is_sortable else named)


def _as_joiners(values: Iterable[Joiner]) -> tuple[Joiner, ...]:
    return as_tuple(values)


@unique
class AdjustmentKind(StrEnum):
    """Decision of an adjustment review (founding document E)."""

    PAUSE = "pause"
    PIVOT = "pivot"
    PERSIST = "persist"


@unique
class AdjustmentTrigger(StrEnum):
    """Cause of an adjustment."""

    EXTERNAL_CHANGE = "external change"
    NEW_INFORMATION = "new information"
    IRRELEVANT = "key result irrelevant"
    RESOURCES = "resources changed"
    #: "Too hard": recorded and flagged, not forbidden. At the close the original target governs.
    DIFFICULTY = "difficulty"


#: Fields of an adjustment for fields of items, beside `measure` with the same name.
TYPED: Final = ("weight", "due", "cycle", "ambition", "owner")
#: Kinds of items that join and leave under their own id.
ALONE: Final = (Objective, Metric, Outside, Priority)


@final
@frozen(repr=False)
class Adjustment(Written):
    """Dated change of a plan. The original is kept, and graded too.

    Before the day it takes effect the old plan counts, from then on the new one. If its trigger is that the
    target was too hard, the original counts again at the close. All adjustments of a day are applied in their
    order, then the plan is checked. `adjustments` writes those between two plans.

    Args:
        of: Id of the item that is changed. Members join and leave under the id of their objective;
            objectives, metrics, priorities and items outside under their own, and then without another change.
        on: Day from which it takes effect.
        measure: New measure; of a guardrail its bound, of a metric its health. It must take the same
            readings, since earlier ones still count; otherwise write another key result. Milestones may be
            added: a new one is checked in from the day on. A dropped one no longer counts from then on.
        weight: New weight.
        due: New deadline, not after the end of the cycle.
        cycle: New cycle of an objective: its verdict waits for the new end.
        ambition: New ambition of an objective.
        sets: Other fields by name, with their new values, sorted by name; None is a value. Fields of groups
            have a dotted name, such as "timing.waypoints"; they are set after the group.
        adds: Items that join: key results, references, guardrails and initiatives of an objective, or the
            objective, metric, priority or item outside of the id itself.
        removes: Ids of items that leave; a reference by the id it names. They leave before others join, so a
            reference may come back with another weight.
        rescale: Factor of progress from then on, if the scope was cut: two types of three are 2/3; 0.001
            to 1,000, and so is the product of all of a key result.
        kind: Pause, pivot or persist.
        trigger: Cause.
        because: Reason; an adjustment without one is refused.
        new_fact: Change in the world.
        broken_assumption: Assumption that no longer holds.
        effects: Effects on key results, guardrails and other teams.
        temporary: Id of the objective that replaces it meanwhile.
        resume: Day of the next decision about a pause.
        owner: New owner.
        confirmed: Owners who confirmed it again.
        moved: People who moved, in words: "two teams to rerouting, six weeks".
        decided_by: Person or team that decided.
        decided: Day of the decision.
        published: Day on which it was published to everyone concerned.
    """

    of: str
    on: date
    measure: Measure | None = field(default=None, kw_only=True)
    weight: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    due: date | None = field(default=None, kw_only=True)
    cycle: Cycle | None = field(default=None, kw_only=True)
    ambition: Ambition | None = field(default=None, kw_only=True)
    sets: tuple[tuple[str, object], ...] = field(
        default=(), kw_only=True, converter=_as_sets, eq=with_kinds
    )
    adds: tuple[Joiner, ...] = field(default=(), kw_only=True, converter=_as_joiners)
    removes: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts)
    rescale: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    kind: AdjustmentKind = field(default=AdjustmentKind.PIVOT, kw_only=True)
    trigger: AdjustmentTrigger | None = field(default=None, kw_only=True)
    because: str = field(kw_only=True)
    new_fact: str = field(default="", kw_only=True)
    broken_assumption: str = field(default="", kw_only=True)
    effects: str = field(default="", kw_only=True)
    temporary: str | None = field(default=None, kw_only=True)
    resume: date | None = field(default=None, kw_only=True)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    confirmed: tuple[Person | Team, ...] = field(default=(), kw_only=True, converter=as_people)
    moved: str = field(default="", kw_only=True)
    decided_by: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    decided: date | None = field(default=None, kw_only=True)
    published: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_a(
            self,
            "measure",
            self.measure,
            *MEASURES,
            _NONE,
            hint="give a measure such as Increase(112, 124)",
        )
        if self.weight is not None:
            must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")
        for name in ("due", "resume", "decided", "published"):
            if getattr(self, name) is not None:
                must_be_date(self, name, getattr(self, name))
        must_be_a(self, "cycle", self.cycle, Cycle, _NONE)
        must_be_a(self, "ambition", self.ambition, Ambition, _NONE)
        self._must_be_sets()
        must_be_all(self, "adds", self.adds, *get_args(Joiner))
        must_be_unique(self, "adds", [_id_of(each) for each in self.adds])
        must_be_ids(self, "removes", self.removes)
        self._must_be_one_change()
        if self.rescale is not None:
            must_be_number(self, "rescale", self.rescale)
            if self.rescale <= 0:
                raise InvalidValueError("not-positive", path_of(self, "rescale"), self.rescale)
            must_be_number(self, "rescale", self.rescale, low=LEAST_SCOPE, high=MOST_SCOPE)
        must_be_a(self, "kind", self.kind, AdjustmentKind)
        must_be_a(self, "trigger", self.trigger, AdjustmentTrigger, _NONE)
        must_be_sentence(self, "because", self.because)
        for name in ("new_fact", "broken_assumption", "effects", "moved"):
            must_be_note(self, name, getattr(self, name))
        if self.temporary is not None:
            must_be_id(self, "temporary", self.temporary)
        must_be_all(self, "confirmed", self.confirmed, Person, Team)
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        must_be_a(self, "decided_by", self.decided_by, Person, Team, _NONE)
        self._must_be_written()

    def _must_be_sets(self) -> None:
        if not are_pairs(self.sets):
            hint = 'give a dict, such as {"method": "health"}'
            raise InvalidValueError("wrong-type", path_of(self, "sets"), self.sets, hint)
        settled: dict[str, object] = {}
        for name, value in self.sets:
            if type(name) is not str or name not in SETTABLE:
                hint = did_you_mean(name, SETTABLE)
                if type(name) is str and name in _NOT_SET:
                    hint = "an id stays" if name == "id" else "use adds and removes"
                raise InvalidValueError("unknown-field", path_of(self, "sets"), name, hint)
            field_of = "measure" if name in ("bound", "health") else name
            typed = getattr(self, field_of) if field_of in ("measure", *TYPED) else None
            if name in settled or typed is not None:
                hint = "give each field once"
                raise InvalidValueError("duplicate-id", path_of(self, "sets"), name, hint)
            settled[name] = _value_of(path_of(self, f"sets[{name!r}]"), name, value)
        object.__setattr__(self, "sets", tuple(settled.items()))

    def _must_be_one_change(self) -> None:
        """Refuse other changes of an item that joins or leaves under its own id: they would be lost."""
        joins = [each for each in self.adds if isinstance(each, ALONE) and each.id == self.of]
        if not joins and self.of not in self.removes:
            return
        others: dict[str, object] = {
            name: getattr(self, name) for name in ("measure", *TYPED, "rescale")
        }
        others["sets"] = self.sets or None
        others["adds"] = next((each for each in self.adds if each not in joins), None)
        others["removes"] = next((id for id in self.removes if id != self.of), None)
        for name, value in others.items():
            if value is not None:
                hint = "the item joins or leaves as a whole; put it in another adjustment"
                raise InvalidValueError("mixed-change", path_of(self, name), value, hint)

    def __repr__(self) -> str:
        return f"Adjustment({self.of!r}, {self.on}, {self.kind})"


def _id_of(record: Joiner) -> str:
    return record.to if isinstance(record, KeyResultRef) else record.id


def joining_ids(entry: Adjustment) -> Iterator[str]:
    """Yield the ids of the items that join by an adjustment, members of objectives among them."""
    for record in entry.adds:
        yield _id_of(record)
        if isinstance(record, Objective):
            yield from (member.id for member in members_of(record))
