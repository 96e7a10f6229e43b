"""Objectives, their alignments, and Micro-OKRs.

Rules of this file:

1. A Micro-OKR is an objective like any other, in a micro cycle. The objective it serves is in
   its `supports`, its cause in its `trigger`, its end in its `Closing`.
2. Ambition belongs to the objective alone, so that it cannot be mixed inside one.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import (
    LARGEST,
    as_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_number,
    must_be_unique,
)
from okrcore._texts import (
    as_texts,
    must_be_id,
    must_be_ids,
    must_be_line,
    must_be_name,
    must_be_note,
)
from okrcore.calendar import Cycle
from okrcore.plan.attributes import (
    NO_ATTRIBUTES,
    Attribute,
    as_attributes,
    must_be_attributes,
    with_fact_kinds,
)
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.metrics import Guardrail, Initiative
from okrcore.plan.people import Person, Team, as_owner
from okrcore.plan.profiles import ObjectiveProfile, Parked, Place
from okrcore.plan.trigger import Trigger, TriggerKind

__all__ = ["Alignment", "Ambition", "Objective", "Outside"]


_EVIDENCE: Final = frozenset({KeyResult, KeyResultRef})
_GUARDRAILS: Final = frozenset({Guardrail})


@unique
class Ambition(StrEnum):
    """Kind of success; without one there is a score and no verdict."""

    #: A promise: 1.0 is expected, and less needs a post-mortem (Google playbook).
    COMMITTED = "committed"
    #: A state with no known path to it: about 0.7 is a success (Google playbook).
    ASPIRATIONAL = "aspirational"
    #: An open question: it closes as validated, invalidated or inconclusive, without a number.
    LEARNING = "learning"


@final
@frozen
class Alignment:
    """Support of an objective or key result above; it never moves the value of a key result.

    Args:
        to: Id of an objective or a key result, in this plan or outside it.
        contribution: One sentence: effect on the item above.
        weight: Share among the children of the objective above, relative to its siblings.
    """

    to: str
    contribution: str = field(default="", kw_only=True)
    weight: float = field(default=1.0, kw_only=True, converter=as_number)  # METHOD.md 2.5

    def __attrs_post_init__(self) -> None:
        if type(self.to) is not str or not (self.to.isascii() and self.to.isalnum()):
            must_be_id(self, "to", self.to)
        if type(self.contribution) is not str or self.contribution:
            must_be_note(self, "contribution", self.contribution)
        if type(self.weight) is not float or not 0.0 <= self.weight <= LARGEST:
            must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")


_ALIGNMENTS: Final = frozenset({Alignment})


@final
@frozen
class Outside:
    """Objective this plan aligns to but does not contain, so that a team's part is complete alone.

    It may be an event, too, or another item that a `Trigger` names.

    Args:
        id: Id in its own plan.
        title: Name for people.
        attributes: Values of the host, by name, such as the key in a tracker.
    """

    id: str
    title: str = field(default="", kw_only=True)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES,
        kw_only=True,
        repr=False,
        converter=as_attributes,
        eq=with_fact_kinds,
    )

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "id", self.id)
        must_be_line(self, "title", self.title)
        must_be_attributes(self, self.attributes)


def _as_alignments(values: Iterable[Alignment | str]) -> tuple[Alignment, ...]:
    given = as_tuple(values)
    if type(given) is not tuple:
        return given  # type: ignore[return-value]  # refused by must_be_all
    return tuple([Alignment(to) if isinstance(to, str) else to for to in given])


def _as_initiatives(values: Iterable[Initiative]) -> tuple[Initiative, ...]:
    return as_tuple(values)


def _as_guardrails(values: Iterable[Guardrail]) -> tuple[Guardrail, ...]:
    return as_tuple(values)


def _as_key_results(
    values: Iterable[KeyResult | KeyResultRef],
) -> tuple[KeyResult | KeyResultRef, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Objective:
    """A qualitative goal: a better state for customer or company. Its key results show whether it was reached.

    Args:
        id: Unique in its plan, across all kinds.
        title: State to reach.
        key_results: Its own, and references to key results of others.
        guardrails: Bounds that must hold meanwhile.
        initiatives: Work that is expected to bring it about.
        kpis: Ids of the metrics it lives with: watched beside it, neither target nor guardrail. They move no number.
        supports: Alignments; a bare id is one too.
        continues: Id of the objective of an earlier cycle that this one carries on, in its plan or outside it.
            From the first day of its cycle both count once above them and in groups, but by cycle.
            Of several that are merged it names one. A Micro-OKR and one of another cadence stay two pieces
            of work all the same.
        cycle: Period in which it is pursued; without one there is no pace and no end.
        owner: The one accountable person or team; a bare text is a person.
        ambition: Committed, aspirational or learning; if None there is a score and no verdict.
        method: Name of a method of the rulebook, if not the main one.
        place: Team and level.
        profile: Traits without effect on its score.
        trigger: Cause: the stalled key result, unhealthy metric, event, need or experiment that set it off.

    Raises:
        InvalidValueError: A field cannot hold its value; nothing was made.

    >>> Objective("grow", "Earn more per account", ambition=Ambition.ASPIRATIONAL)
    Objective('grow', 'Earn more per account', 0 key results)
    """

    id: str
    title: str
    key_results: tuple[KeyResult | KeyResultRef, ...] = field(
        default=(), kw_only=True, converter=_as_key_results
    )
    guardrails: tuple[Guardrail, ...] = field(default=(), kw_only=True, converter=_as_guardrails)
    initiatives: tuple[Initiative, ...] = field(default=(), kw_only=True, converter=_as_initiatives)
    supports: tuple[Alignment, ...] = field(default=(), kw_only=True, converter=_as_alignments)
    continues: str | None = field(default=None, kw_only=True)
    cycle: Cycle | None = field(default=None, kw_only=True)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    ambition: Ambition | None = field(default=None, kw_only=True)
    method: str | None = field(default=None, kw_only=True)
    place: Place | None = field(default=None, kw_only=True)
    profile: ObjectiveProfile | None = field(default=None, kw_only=True)
    kpis: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts)
    trigger: Trigger | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:  # noqa: C901, PLR0912  # one test a field
        if type(self.id) is not str or not (self.id.isascii() and self.id.isalnum()):
            must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        evidence, guardrails, supports = self.key_results, self.guardrails, self.supports
        if type(evidence) is not tuple or not _EVIDENCE.issuperset(map(type, evidence)):
            must_be_all(self, "key_results", evidence, KeyResult, KeyResultRef)
        if type(guardrails) is not tuple or not _GUARDRAILS.issuperset(map(type, guardrails)):
            must_be_all(self, "guardrails", guardrails, Guardrail)
        if type(self.initiatives) is not tuple or self.initiatives:
            must_be_all(self, "initiatives", self.initiatives, Initiative)
        if type(supports) is not tuple or not _ALIGNMENTS.issuperset(map(type, supports)):
            must_be_all(self, "supports", supports, Alignment)
        if len(supports) > 1:
            must_be_unique(self, "supports", [alignment.to for alignment in supports])
        if self.continues is not None:
            must_be_id(self, "continues", self.continues)
        if self.cycle is not None:
            must_be_a(self, "cycle", self.cycle, Cycle)
        if self.owner is not None:
            must_be_a(self, "owner", self.owner, Person, Team)
        if self.ambition is not None:
            must_be_a(self, "ambition", self.ambition, Ambition)
        if self.method is not None:
            must_be_name(self, "method", self.method)
        if self.place is not None:
            must_be_a(self, "place", self.place, Place)
        if self.profile is not None:
            must_be_a(self, "profile", self.profile, ObjectiveProfile)
        if type(self.kpis) is not tuple or self.kpis:
            must_be_ids(self, "kpis", self.kpis)
        if self.trigger is not None:
            must_be_a(self, "trigger", self.trigger, Trigger)

    @property
    def own_key_results(self) -> tuple[KeyResult, ...]:
        """Its key results without the references."""
        for kr in self.key_results:
            if type(kr) is not KeyResult:
                return tuple(kr for kr in self.key_results if isinstance(kr, KeyResult))
        return self.key_results  # type: ignore[return-value]  # key results all

    @property
    def is_micro(self) -> bool:
        """Whether it is a Micro-OKR."""
        return self.cycle is not None and self.cycle.is_micro

    @property
    def is_experiment(self) -> bool:
        """Whether it is an experiment, which closes with scale, iterate or stop."""
        return self.trigger is not None and self.trigger.kind is TriggerKind.EXPERIMENT

    @property
    def parked(self) -> Parked | None:
        """Reason why it is not pursued now; None if it is."""
        return None if self.profile is None else self.profile.parked

    def __repr__(self) -> str:
        count = len(self.key_results)
        return f"Objective({self.id!r}, {self.title!r}, {count} key result{'s' * (count != 1)})"
