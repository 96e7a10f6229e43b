"""Carry-over: an objective in the next cycle, under new ids.

Rules of this file:

1. A link to an item that is not carried is dropped, and noted; so is one to an item that is not in the plan as
   stored, since it joined by an adjustment. A metric that joined is copied.
2. What goes on continues the old item, and serves the same priority. One that joined is known to the journal
   alone, so an entry names it.
3. Days before the new start are dropped.
4. Initiatives go with their objective unless they are done or dropped.
5. A shared key result whose home does not go on is a key result of the first objective that counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._memo import once
from okrcore.calendar import Cycle
from okrcore.journal.journal import history_of
from okrcore.plan import (
    Alignment,
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultRef,
    Metric,
    Milestones,
    Objective,
    ObjectiveProfile,
    Parked,
    Place,
    Plan,
    Timing,
    Trigger,
    Waypoint,
)
from okrcore.plan.reading import number_of
from okrcore.review.carried_measures import CarriedMeasure
from okrcore.scorecard import InitiativeState, Scorecard
from okrcore.scorecard.day.derived_metrics import derived_parts

__all__ = ["Continuation"]


@final
@frozen(eq=False)
class Continuation:
    """Maker of the objectives of the next cycle.

    Args:
        card: Scorecard of the day of the roll-over.
        in_force: The plan with its adjustments.
        cycle: The new cycle.
        rename: From an old id to the new one.
        followed: From the id in a link to the id from now on; None if the item is over.
        goes_on: Ids of key results that another one continues already.
        measures: Measure of each key result that goes on under a new id.
        held: Id of the objective that holds a shared key result from now on, by the id of that one.
        weights: New weights of key results, by old id.
        titles: New titles of objectives and key results, by old id.
        joined: New id, field and value, of each field that names an item that joined; filled by `objective`.
        unlinked: Links to items that do not go on; filled by `objective`.
        metrics: Copies of metrics that joined by an adjustment, by their old id; filled by `objective`.
    """

    card: Scorecard
    in_force: Plan
    cycle: Cycle
    rename: Callable[[str], str]
    followed: Callable[[str], str | None]
    goes_on: Collection[str]
    measures: Mapping[str, CarriedMeasure]
    held: Mapping[str, str]
    weights: Mapping[str, float]
    titles: Mapping[str, str]
    joined: list[tuple[str, str, str]]
    unlinked: list[tuple[str, str]]
    metrics: dict[str, Metric]

    def objective(self, old: Objective, parked: Parked | None) -> Objective:
        """Return an objective in the new cycle."""
        new = self.rename(old.id)

        def follow(id: str) -> str | None:
            to = self.followed(id)
            if to is None:
                self.unlinked.append((new, id))
            return to

        key_results: list[KeyResult | KeyResultRef] = []
        counted: set[str] = set()
        for kr in old.key_results:
            if isinstance(kr, KeyResult) and kr.id in self.measures:
                key_results.append(self._key_result(kr, follow))
            elif isinstance(kr, KeyResultRef) and self.held.get(kr.to) == old.id:
                key_results.append(self._held(kr, follow))
            elif isinstance(kr, KeyResultRef) or kr.id in self.goes_on:
                to = follow(kr.to if isinstance(kr, KeyResultRef) else kr.id)
                # It may be counted as what went on, and as what that continues.
                if to is not None and to not in counted:
                    counted.add(to)
                    key_results.append(KeyResultRef(to, weight=kr.weight))
        supports: dict[str | None, Alignment] = {}
        for alignment in old.supports:
            # A key result that moves to another objective may support this one in turn.
            if alignment.to in self.held:
                self.unlinked.append((new, alignment.to))
            else:
                supports.setdefault(follow(alignment.to), alignment)
        work = [one for one in old.initiatives if not self._is_over(one)]
        return evolve(
            old,
            id=new,
            title=self.titles.get(old.id, old.title),
            cycle=self.cycle,
            key_results=key_results,
            guardrails=[self._guardrail(one, follow) for one in old.guardrails],
            initiatives=[self._initiative(one, follow) for one in work],
            supports=[
                evolve(alignment, to=to) for to, alignment in supports.items() if to is not None
            ],
            continues=self._continues(old),
            place=self._place(old.place, new),
            profile=self._profile(old, parked),
            kpis=[self._kpi(id, new) for id in old.kpis],
            trigger=self._trigger(old.trigger, new),
        )

    def _place(self, place: Place | None, new: str) -> Place | None:
        """Return the place of an objective; an entry names a priority that joined."""
        if place is None or place.priority is None or place.priority in self.card.plan:
            return place
        self.joined.append((new, "place.priority", place.priority))
        return evolve(place, priority=None)

    def _profile(self, old: Objective, parked: Parked | None) -> ObjectiveProfile:
        profile = old.profile or ObjectiveProfile()
        dependencies = [
            evolve(one, needed_by=self._if_new(one.needed_by), escalated=None)
            for one in profile.dependencies
        ]
        return evolve(profile, parked=parked, dependencies=dependencies)

    def _continues(self, old: Objective | KeyResult) -> str | None:
        """Return the id of an item; None if it joined by an adjustment, and so is not stored."""
        if old.id in self.card.plan:
            return old.id
        self.joined.append((self.rename(old.id), "continues", old.id))
        return None

    def _held(self, old: KeyResultRef, follow: Callable[[str], str | None]) -> KeyResult:
        """Return a key result of another objective, as a key result of one that counts it."""
        shared = self._key_result(self.in_force.key_result(old.to), follow)
        contribution = shared.contribution  # a fixed share is one of its old home
        if contribution is not None:
            contribution = evolve(contribution, fixed_share=None)
        weight = self.weights.get(old.to, old.weight)
        return evolve(shared, weight=weight, contribution=contribution)

    def _key_result(self, old: KeyResult, follow: Callable[[str], str | None]) -> KeyResult:
        carried = self.measures[old.id]
        measure = carried.measure
        if isinstance(measure, Milestones):
            steps = [evolve(step, due=self._if_new(step.due)) for step in measure.milestones]
            measure = Milestones(*steps)
        derived = old.derived
        if derived is not None:
            parts = [follow(part) for part in derived.of]
            derived = evolve(derived, of=[part for part in parts if part is not None])
        contribution, profile = old.contribution, old.profile
        if contribution is not None:
            supported = [follow(id) for id in contribution.supports]
            contribution = evolve(contribution, supports=[id for id in supported if id is not None])
        if profile is not None:
            warning = profile.early_warning
            profile = evolve(
                profile,
                proxy_until=self._if_new(profile.proxy_until),
                early_warning=None if warning is None else follow(warning),
            )
        return evolve(
            old,
            id=self.rename(old.id),
            measure=measure,
            metric=self._metric(old.metric, self.rename(old.id)),
            derived=derived,
            title=self.titles.get(old.id, old.title),
            weight=self.weights.get(old.id, old.weight),
            due=self._if_new(old.due),
            timing=self._timing(old.timing, carried.start),
            contribution=contribution,
            continues=self._continues(old),
            profile=profile,
        )

    def _timing(self, old: Timing | None, start: float | None) -> Timing | None:
        """Return the days from the new cycle on, with the value from which pace starts."""
        if old is None and start is None:
            return None
        first, days = self.cycle.start, old or Timing()
        points = [point for point in days.waypoints if point.on >= first]
        if start is not None:
            later = [point for point in points if point.on > first]
            points = [Waypoint(first, start), *later]
        return Timing(
            waypoints=points,
            observable_from=self._if_new(days.observable_from),
            check_in_days=days.check_in_days,
        )

    def _guardrail(self, old: Guardrail, follow: Callable[[str], str | None]) -> Guardrail:
        protects = None if old.protects is None else follow(old.protects)
        new = self.rename(old.id)
        return evolve(old, id=new, protects=protects, metric=self._metric(old.metric, new))

    def _metric(self, id: str | None, reader: str) -> str | None:
        """Return the metric that an item reads from now on: one that joined, under a new id."""
        if id is None or id in self.card.plan:
            return id
        self.unlinked.append((reader, id))
        self._copy_metric(id)
        return self.metrics[id].id

    def _copy_metric(self, id: str) -> None:
        """Copy a metric that joined, with those that it is derived from and that joined too."""
        plan, known = self.in_force, self.card.plan
        below = (id, *derived_parts(plan, id))
        copies = [each for each in below if each not in known and each not in self.metrics]
        names = {each: self.rename(each) for each in copies}
        names |= {old: copy.id for old, copy in self.metrics.items()}
        for each in copies:
            metric, derived = plan.metric(each), plan.metric(each).derived
            if derived is not None:
                derived = evolve(derived, of=[names.get(part, part) for part in derived.of])
            drives = [to for to in metric.drives if to in known]
            self.metrics[each] = evolve(metric, id=names[each], derived=derived, drives=drives)

    def _kpi(self, id: str, reader: str) -> str:
        return self._metric(id, reader) or id

    def _trigger(self, old: Trigger | None, reader: str) -> Trigger | None:
        """Return the cause of the work, which stays what it was: one that is not stored is left without its id."""
        if old is None or old.of is None or old.of in self.card.plan:
            return old
        self.unlinked.append((reader, old.of))
        return evolve(old, of=None)

    def _initiative(self, old: Initiative, follow: Callable[[str], str | None]) -> Initiative:
        driven = [follow(id) for id in old.drives]
        return evolve(
            old,
            id=self.rename(old.id),
            drives=[id for id in driven if id is not None],
            due=self._if_new(old.due),
        )

    def _is_over(self, work: Initiative) -> bool:
        """Return whether work is done or dropped; a share of 1 that came too late for its cycle will do."""
        state = self.card.initiative(work.id).state if work.id in self.card else None
        if state in (InitiativeState.DONE, InitiativeState.DROPPED):
            return True
        column = once(self.card.journal, history_of).readings
        row = column.latest(self.card.as_of.toordinal()).get(work.id)
        return row is not None and snap(number_of(column.values[row])) >= 1

    def _if_new(self, day: date | None) -> date | None:
        return None if day is None or day < self.cycle.start else day
