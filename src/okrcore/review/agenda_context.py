"""Agendas in the making: their sections and items, and the scorecards that they are made on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final, final

from attrs import field, frozen

from okrcore._arith import written_beside
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import repr_of
from okrcore.calendar import Ritual
from okrcore.journal import Adjustment, CheckIn
from okrcore.journal.entry_order import not_after_closings
from okrcore.journal.journal import history_of
from okrcore.journal.plan_in_force import plan_in_force
from okrcore.plan import KeyResult, Metric, Objective, Outside, Person, Plan, Team, Unit
from okrcore.plan.effective_units import unit_of
from okrcore.plan.identities import Identities, identities_of
from okrcore.plan.item import Item
from okrcore.plan.scoped_ids import ids_in
from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic
from okrcore.review.scopes import AgendaScope, in_scope, sharers_of
from okrcore.rulebook import Axis, ReviewRule
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard import InitiativeResult, Scorecard, evaluate
from okrcore.scorecard.adjustment_words import (
    FieldChange,
    field_changes,
    item_of_any_day,
    joining,
    versions,
)
from okrcore.scorecard.evidence_words import evidence_in
from okrcore.words.reason import Reason, as_reason, as_reasons

__all__ = ["AgendaItem", "AgendaSection", "Desk", "notes_in"]


@final
@frozen(kw_only=True, repr=False)
class AgendaItem:
    """Item to talk about.

    Args:
        ids: Items that it is about, the main one first: in the plan, or changed and gone since the last time.
        title: Title of the main one.
        text: Text in a sentence.
        notes: Lines below it, such as notes of check-ins.
        owner: Contact; None if nobody is named.
    """

    ids: tuple[str, ...]
    title: Reason = field(converter=as_reason)
    text: Reason = field(converter=as_reason)
    notes: tuple[Reason, ...] = field(default=(), converter=as_reasons)
    owner: Person | Team | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen(kw_only=True, repr=False)
class AgendaSection:
    """Section of an agenda.

    Args:
        topic: Kind of its items.
        title: Heading.
        questions: Questions to talk about.
        items: Items to talk about.
        empty: Words if there are no items.
    """

    topic: AgendaTopic
    title: Reason = field(converter=as_reason)
    questions: tuple[Reason, ...] = field(converter=as_reasons)
    items: tuple[AgendaItem, ...]
    empty: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"AgendaSection({self.topic.value!r}, {self.title!r}, {len(self.items)} items)"


#: Text fields of a check-in.
_NOTES: Final = ("shipped", "effect", "learning", "note", "blocker")


@final
@frozen(eq=False)
class Desk:
    """Context of an agenda.

    Args:
        card: Scorecard of the day.
        ritual: The ritual.
        rite: Its template.
        named: Ids of the objectives and key results that the agenda is about; empty for all.
    """

    card: Scorecard
    ritual: Ritual
    rite: AgendaTemplate
    named: tuple[str, ...]

    # --- items in scope ------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The plan in force on the day."""
        return self.card.plan_in_force

    @cached_property
    def rule(self) -> ReviewRule:
        """Thresholds of reviews."""
        return self.card.rulebook.review

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """Objectives of the scope, or the named ones with those of the scope below them."""
        found = [objective.id for objective in in_scope(self.card, self.rite.scope)]
        if self.named:
            listed = {objective.id for objective in self.card.listed}
            homes = {self._home(id) for id in self.named} & listed
            below = {o.id for id in homes for o in self.plan.descendants(id)} & {*found}
            found = [o.id for o in self.plan.objectives if o.id in homes | below]
        return [self.plan.objective(id) for id in found]

    @cached_property
    def coming(self) -> Sequence[Objective]:
        """Objectives of later cycles."""
        found = {o.id for o in in_scope(self.card, AgendaScope.COMING)}
        last = max((o.cycle.end for o in self.objectives if o.cycle is not None), default=None)
        if last is not None:
            running = in_scope(self.card, AgendaScope.RUNNING)
            found |= {o.id for o in running if o.cycle is not None and o.cycle.start > last}
        return [objective for objective in self.plan.objectives if objective.id in found]

    @cached_property
    def key_results(self) -> Sequence[KeyResult]:
        """Key results in scope, each once."""
        named = self._named_key_results
        if self.rite.scope is AgendaScope.SHARED:
            wanted = named or self.shared.keys()
            found = {id for shared in wanted for id in (shared, *self.shared.get(shared, ()))}
            return [self.plan.key_result(id) for id in self.plan.homes if id in found]
        return [kr for id, kr in self._counted.items() if not named or id in named]

    @cached_property
    def shared(self) -> Mapping[str, Sequence[str]]:
        """Ids of the shared key results, each with the ids of those that support it."""
        wanted = self._named_key_results or self._counted
        return {id: parts for id, parts in sharers_of(self.plan).items() if id in wanted}

    @cached_property
    def _counted(self) -> Mapping[str, KeyResult]:
        return {kr.id: kr for o in self.objectives for kr, _ in self.plan.key_results_of(o)}

    @cached_property
    def _named_key_results(self) -> frozenset[str]:
        return frozenset(id for id in self.named if isinstance(self.plan.items[id], KeyResult))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all items in scope, metrics and initiatives included."""
        found = {kr.id for kr in self.key_results} | {
            kr.metric for kr in self.key_results if kr.metric is not None
        }
        for objective in self.objectives:
            found.add(objective.id)
            found.update(guardrail.id for guardrail in objective.guardrails)
            found.update(g.metric for g in objective.guardrails if g.metric is not None)
            found.update(work.id for work in objective.initiatives)
            found.update(objective.kpis)
        return frozenset(found)

    @cached_property
    def metrics(self) -> Sequence[Metric]:
        """Metrics in scope: all of them, unless the agenda is about named items or a scope."""
        return [m for m in self.plan.metrics if self._here is None or m.id in self._here]

    @cached_property
    def works(self) -> Sequence[InitiativeResult]:
        """Results of the initiatives in scope."""
        card, objectives = self.card, self.objectives
        return [card.initiative(work.id) for each in objectives for work in each.initiatives]

    @cached_property
    def with_metrics(self) -> frozenset[str]:
        """Ids of all items in scope, and of metrics that no item reads."""
        return self.ids | {metric.id for metric in self.metrics}

    @cached_property
    def _here(self) -> frozenset[str] | None:
        """Ids of the items that the agenda is about; None for all."""
        if self.named:
            return self.ids
        if not self.card.scopes:
            return None
        return frozenset(ids_in(self.plan, self.card.listed, self.card.scopes))

    @cached_property
    def kpis(self) -> Mapping[str, Sequence[Objective]]:
        """Objectives in scope that live with a metric, by its id."""
        found: dict[str, list[Objective]] = {}
        for objective in self.objectives:
            for id in objective.kpis:
                found.setdefault(id, []).append(objective)
        return found

    def _home(self, id: str) -> str:
        return id if isinstance(self.plan.items[id], Objective) else self.plan.homes[id].id

    # --- since the last time -------------------------------------------------------------------

    @cached_property
    def since(self) -> date:
        """Day after which entries are new: the last time, or the day before the cycle."""
        today = self.card.as_of.toordinal()
        if self.rite.back_days is not None:
            return date.fromordinal(max(1, today - self.rite.back_days))
        cycles = [o.cycle for o in self.objectives if o.cycle is not None]
        begun = [cycle for cycle in cycles if cycle.start.toordinal() <= today]
        # The latest start that is no sprint's: the quarter, if a year runs beside it.
        last = max(begun, key=lambda cycle: (not cycle.is_micro, cycle.start), default=None)
        first = self.card.journal.in_force[0].on if self.card.journal.in_force else self.card.as_of
        start = (first if last is None else last.start).toordinal()
        return date.fromordinal(max(1, min(start, today) - 1))

    @cached_property
    def before(self) -> Scorecard:
        """Scorecard of that day."""
        card = self.card
        return evaluate(card.plan, card.journal, as_of=self.since, rulebook=card.rulebook)

    @cached_property
    def check_ins(self) -> Sequence[CheckIn]:
        """Check-ins since then of items in scope, oldest first."""
        return [
            entry
            for entry in self.card.journal.in_force
            if isinstance(entry, CheckIn)
            and self.since < entry.on <= self.card.as_of
            and entry.of in self.with_metrics
        ]

    @cached_property
    def _check_ins_of(self) -> Mapping[str, Sequence[CheckIn]]:
        found: dict[str, list[CheckIn]] = {}
        for entry in self.check_ins:
            found.setdefault(entry.of, []).append(entry)
        return found

    @cached_property
    def adjustments(self) -> Sequence[Adjustment]:
        """Adjustments since then, oldest first; those of paused items too."""
        return [
            entry
            for entry in self.card.journal.adjustments
            if self.since < entry.on <= self.card.as_of and self._is_named(entry.of)
        ]

    def _is_named(self, id: str) -> bool:
        """Return whether an item, or else the objective that it left, is what the agenda is about."""
        if self._here is None or id in self.plan.items:
            return self._here is None or id in self._here
        return self.item_of_any_day(id)[1] in self._here

    @cached_property
    def _adjustments_of(self) -> Mapping[str, Sequence[Adjustment]]:
        found: dict[str, list[Adjustment]] = {}
        for entry in self.card.journal.adjustments:
            found.setdefault(entry.of, []).append(entry)
        return found

    def unit_of(self, item: Item) -> Unit | None:
        """Return the unit of the numbers of an item: its own, or that of the metric it reads."""
        return unit_of(self.card.plan_in_force.items, item)

    def adjustments_of(self, id: str) -> Sequence[Adjustment]:
        """Return all adjustments of an item, oldest first."""
        return self._adjustments_of.get(id, ())

    def changes_of(self, entry: Adjustment) -> Sequence[FieldChange]:
        """Return the fields that an adjustment changed, with the values in force before."""
        return self._changes.get(id(entry), ())

    @cached_property
    def _changes(self) -> Mapping[int, Sequence[FieldChange]]:
        """Changed fields of each adjustment up to the day, by the identity of the entry."""
        card, history = self.card, once(self.card.journal, history_of)
        made = [entry for entry in history.adjustments if entry.on <= card.as_of]
        counted = not_after_closings(card.plan, history, made, card.as_of)
        late = {id(entry) for entry in plan_in_force(card.plan, history, counted).late}
        by_item: dict[str, list[Adjustment]] = {}
        items = card.plan_in_force.items
        for entry in made:
            for of in {entry.of, *(record.id for record in joining(entry))}:
                by_item.setdefault(of, []).append(entry)
        return {
            id(entry): field_changes(entry, item, unit_of(items, item))
            for of, entries in by_item.items()
            for entry, item in versions(card.plan, entries, of, lambda each: id(each) in late)
            if item is not None
        }

    # --- items ---------------------------------------------------------------------------------

    def item_of_any_day(self, id: str) -> tuple[Item | None, str | None]:
        """Return an item, and the id of its objective: as they are now, or as they were before it left.

        None of both if no plan has it.
        """
        history = once(self.card.journal, history_of)
        return item_of_any_day(self.plan, self.card.plan, history, id)

    def title_of(self, id: str) -> str:
        """Return the title of an item, or of one that has left the plan."""
        item = self.item_of_any_day(id)[0]
        return (item and item.title) or id

    def item(
        self,
        id: str,
        text: str,
        *also: str,
        notes: Sequence[str] = (),
        owner: Person | Team | None = None,
    ) -> AgendaItem:
        """Return an agenda item about an item of the plan.

        Args:
            id: Item of the plan, or one that has left it.
            text: Text in a sentence.
            also: Ids of other items that it is about.
            notes: Lines below it.
            owner: Contact; without one, the owner of the item.
        """
        return AgendaItem(
            ids=tuple(dict.fromkeys((id, *also))),
            title=self.title_of(id),
            text=text,
            notes=notes,
            owner=self.resolved(owner or self.owner_of(id)),
        )

    def owner_of(self, id: str) -> Person | Team | None:
        """Return the owner of an item, or else of its objective."""
        item, home = self.item_of_any_day(id)
        own = None if item is None or isinstance(item, Outside) else item.owner
        return own or (None if home is None else self.owner_of(home))

    @cached_property
    def identities(self) -> Identities:
        """People and teams of the plan that have an id."""
        return identities_of(self.plan.objectives)

    def resolved(self, owner: Person | Team | None) -> Person | Team | None:
        """Return an owner as the first of the plan with its id."""
        return None if owner is None else self.identities.resolved(owner)

    def notes_on(self, *ids: str | None) -> list[Reason]:
        """Return the notes of check-ins since then of some ids, oldest first."""
        found = [entry for id in ids if id is not None for entry in self._check_ins_of.get(id, ())]
        return [note for entry in sorted(found, key=attrgetter("on")) for note in notes_in(entry)]

    def shown_confidence(self, id: str, confidence: float) -> str:
        """Write the confidence of an item, with enough digits beside the edges of its bands."""
        home = self.plan.objective(self._home(id))
        book = self.card.rulebook.method(home.method, f"Objective({home.id!r}).method")
        edges = axis_edges(book, Axis.CONFIDENCE, home.ambition)
        return written_beside(confidence, 0.0, 1.0, *edges)

    def in_alarm(self, id: str) -> bool:
        """Return whether an item is at risk or worse."""
        return self.card[id].status in self.rule.alarms


def notes_in(entry: CheckIn) -> Iterator[Reason]:
    """Yield the text fields of a check-in, each after its words, then its source and link."""
    for name in _NOTES:
        note = " ".join(getattr(entry, name).split())
        if note:
            yield Reason(f"note/{name}", note=note)
    yield from evidence_in(entry)
