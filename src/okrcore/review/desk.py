"""What an agenda is made on: the scorecards of today and of the last time, and what is looked at.

Rule of this file: looked up once, for all sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import final

from attrs import frozen

from okrcore._arith import written_beside
from okrcore.journal import Adjustment, CheckIn
from okrcore.plan import KeyResult, Metric, Objective, Outside, Person, Plan, Team
from okrcore.review.rites import Rite
from okrcore.review.scoping import Scope, in_scope, sharers_of
from okrcore.review.sections import AgendaItem
from okrcore.rulebook import Axis, ReviewRule
from okrcore.rulebook.rulebook import axis_edges
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Desk", "said_in"]

#: What a check-in can say, with the words before it.
_SAID = (
    ("shipped", "shipped"),
    ("effect", "effect"),
    ("learning", "to learn"),
    ("note", "note"),
    ("blocker", "in the way"),
)


@final
@frozen(eq=False)
class Desk:
    """What an agenda is made on.

    Args:
        card: How everything stands.
        rite: The ritual.
        named: The ids of the objectives and key results that were asked for; none for all.
    """

    card: Scorecard
    rite: Rite
    named: tuple[str, ...]

    # --- what is looked at ---------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The plan as it was adjusted."""
        return self.card.journal.effective(self.card.plan, on=self.card.as_of)

    @cached_property
    def rule(self) -> ReviewRule:
        """What is looked for."""
        return self.card.rulebook.review

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """The objectives that are looked at: of the scope, or what was asked for with what is below it."""
        found = [objective.id for objective in in_scope(self.card, self.rite.scope)]
        if self.named:
            asked = {self._home(id) for id in self.named}
            below = {o.id for id in asked for o in self.plan.descendants(id)} & {*found}
            found = [o.id for o in self.plan.objectives if o.id in asked | below]
        return [self.plan.objective(id) for id in found]

    @cached_property
    def coming(self) -> Sequence[Objective]:
        """The objectives that are to come, or have just begun: after everything that is looked at."""
        found = {o.id for o in in_scope(self.card, Scope.COMING)}
        last = max((o.cycle.end for o in self.objectives if o.cycle is not None), default=None)
        if last is not None:
            running = in_scope(self.card, Scope.RUNNING)
            found |= {o.id for o in running if o.cycle is not None and o.cycle.start > last}
        return [objective for objective in self.plan.objectives if objective.id in found]

    @cached_property
    def key_results(self) -> Sequence[KeyResult]:
        """The key results that are looked at, each once."""
        found = {kr.id: kr for o in self.objectives for kr, _ in self.plan.key_results_of(o)}
        asked = {id for id in self.named if isinstance(self.plan.items[id], KeyResult)}
        if self.rite.scope is Scope.SHARED:
            wanted = asked or set(self.shared)
            asked = {id for shared in wanted for id in (shared, *self.shared.get(shared, ()))}
            return [self.plan.key_result(id) for id in self.plan.homes if id in asked]
        return [kr for id, kr in found.items() if not asked or id in asked]

    @cached_property
    def shared(self) -> Mapping[str, Sequence[str]]:
        """The ids of the shared key results, each with those that are a part of it."""
        found = sharers_of(self.card)
        asked = {id for id in self.named if isinstance(self.plan.items[id], KeyResult)}
        here = {kr.id for o in self.objectives for kr, _ in self.plan.key_results_of(o)}
        return {id: parts for id, parts in found.items() if id in (asked or here)}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of everything that is looked at: what check-ins may be about."""
        found = {kr.id for kr in self.key_results} | {
            kr.metric for kr in self.key_results if kr.metric is not None
        }
        for objective in self.objectives:
            found.add(objective.id)
            found.update(guardrail.id for guardrail in objective.guardrails)
            found.update(g.metric for g in objective.guardrails if g.metric is not None)
            found.update(work.id for work in objective.initiatives)
        return frozenset(found)

    @cached_property
    def metrics(self) -> Sequence[Metric]:
        """The metrics that are looked at: all of them, unless something was asked for."""
        return [m for m in self.plan.metrics if not self.named or m.id in self.ids]

    def _home(self, id: str) -> str:
        return id if isinstance(self.plan.items[id], Objective) else self.plan.homes[id].id

    # --- since the last time -------------------------------------------------------------------

    @cached_property
    def since(self) -> date:
        """The day after which things are new: the last time, or the day before the cycle."""
        today = self.card.as_of.toordinal()
        if self.rite.back_days is not None:
            return date.fromordinal(max(1, today - self.rite.back_days))
        cycles = [o.cycle for o in self.objectives if o.cycle is not None]
        begun = [cycle for cycle in cycles if cycle.start.toordinal() <= today]
        # A quarter, where a year and sprints run beside it.
        last = max(begun, key=lambda cycle: (not cycle.is_micro, cycle.start), default=None)
        first = self.card.journal.in_force[0].on if self.card.journal.in_force else self.card.as_of
        start = (first if last is None else last.start).toordinal()
        return date.fromordinal(max(1, min(start, today) - 1))

    @cached_property
    def before(self) -> Scorecard:
        """How everything stood then."""
        card = self.card
        return evaluate(card.plan, card.journal, as_of=self.since, rulebook=card.rulebook)

    @cached_property
    def check_ins(self) -> Sequence[CheckIn]:
        """The check-ins since then of what is looked at, oldest first."""
        return [
            entry
            for entry in self.card.journal.in_force
            if isinstance(entry, CheckIn)
            and self.since < entry.on <= self.card.as_of
            and entry.of in self.ids
        ]

    @cached_property
    def _check_ins_of(self) -> Mapping[str, Sequence[CheckIn]]:
        found: dict[str, list[CheckIn]] = {}
        for entry in self.check_ins:
            found.setdefault(entry.of, []).append(entry)
        return found

    @cached_property
    def adjustments(self) -> Sequence[Adjustment]:
        """The adjustments since then, also of what they paused, oldest first."""
        return [
            entry
            for entry in self.card.journal.adjustments
            if self.since < entry.on <= self.card.as_of and (not self.named or entry.of in self.ids)
        ]

    @cached_property
    def _adjustments_of(self) -> Mapping[str, Sequence[Adjustment]]:
        found: dict[str, list[Adjustment]] = {}
        for entry in self.card.journal.adjustments:
            found.setdefault(entry.of, []).append(entry)
        return found

    def adjustments_of(self, id: str) -> Sequence[Adjustment]:
        """Return the adjustments of an item, of whatever day, oldest first."""
        return self._adjustments_of.get(id, ())

    # --- items ---------------------------------------------------------------------------------

    def item(
        self,
        id: str,
        text: str,
        *also: str,
        notes: Sequence[str] = (),
        owner: Person | Team | None = None,
    ) -> AgendaItem:
        """Return an item about something in the plan.

        Args:
            id: What it is about.
            text: What there is to know.
            also: What else it is about.
            notes: What goes with it.
            owner: The one to ask, where it is not the owner.
        """
        return AgendaItem(
            ids=tuple(dict.fromkeys((id, *also))),
            title=self.plan.items[id].title or id,
            text=text,
            notes=tuple(notes),
            owner=owner or self.owner_of(id),
        )

    def owner_of(self, id: str) -> Person | Team | None:
        """Return whom to ask about something: its owner, or else its objective's."""
        item, home = self.plan.items[id], self.plan.homes.get(id)
        own = None if isinstance(item, Outside) else item.owner
        return own or (None if home is None else home.owner)

    def notes_on(self, *ids: str | None) -> list[str]:
        """Return what was said since then about some ids, oldest first."""
        found = [entry for id in ids if id is not None for entry in self._check_ins_of.get(id, ())]
        return [note for entry in sorted(found, key=attrgetter("on")) for note in said_in(entry)]

    def shown_confidence(self, id: str, confidence: float) -> str:
        """Write a confidence in something beside what it is compared with."""
        home = self.plan.objective(self._home(id))
        book = self.card.rulebook.method(home.method, f"Objective({home.id!r}).method")
        edges = axis_edges(book, Axis.CONFIDENCE, home.ambition)
        return written_beside(confidence, 0.0, 1.0, *edges)

    def in_alarm(self, id: str) -> bool:
        """Say whether something is at risk or worse."""
        return self.card[id].status in self.rule.alarms


def said_in(entry: CheckIn) -> Iterator[str]:
    """Yield what a check-in says in words."""
    for name, words in _SAID:
        said = " ".join(getattr(entry, name).split())
        if said:
            yield f"{words}: {said}"
