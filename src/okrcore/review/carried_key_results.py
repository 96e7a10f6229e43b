"""Carry-over: an objective in the next cycle, under new ids and with new baselines.

Rules of this file:

1. A link to an item that is not carried is dropped, and noted; so is one to an item that is not in the plan as
   stored, since it joined by an adjustment. A metric that joined is copied.
2. Days before the new start are dropped.
3. The target never moves.
4. Only lines and `Exactly` have a baseline. Counts from zero, scales, bounds and deliverables are copied.
5. If the new baseline is at or beyond the target, there is no measure: people decide about a new target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._memo import once
from okrcore.calendar import Cycle
from okrcore.journal.journal import history_of
from okrcore.plan import (
    Decrease,
    Exactly,
    FromTo,
    Guardrail,
    Increase,
    Initiative,
    KeyResult,
    KeyResultRef,
    Measure,
    Metric,
    Milestones,
    Multiple,
    Objective,
    ObjectiveProfile,
    Parked,
    Plan,
    Points,
    Reading,
    Relative,
)
from okrcore.plan.reading import number_of
from okrcore.rulebook import CarriedBaseline
from okrcore.scorecard import Scorecard

__all__ = ["Continuation", "restarted"]


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
        continued: Id of the item that carries one on already, by the id of that one.
        measures: Measure of each key result that goes on, from its new start.
        unlinked: Links to items that do not go on; filled by `objective`.
        metrics: Copies of metrics that joined by an adjustment, by their old id; filled by `objective`.
    """

    card: Scorecard
    in_force: Plan
    cycle: Cycle
    rename: Callable[[str], str]
    followed: Callable[[str], str | None]
    continued: Mapping[str, str]
    measures: Mapping[str, Measure]
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
        for kr in old.key_results:
            if isinstance(kr, KeyResultRef):
                to = follow(kr.to)
                if to is not None:
                    key_results.append(evolve(kr, to=to))
            elif kr.id in self.continued:
                key_results.append(KeyResultRef(self.continued[kr.id], weight=kr.weight))
            elif kr.id in self.measures:
                key_results.append(self._key_result(kr, follow))
        supports = [(alignment, follow(alignment.to)) for alignment in old.supports]
        work = [one for one in old.initiatives if not self._is_done(one)]
        return evolve(
            old,
            id=new,
            cycle=self.cycle,
            key_results=key_results,
            guardrails=[self._guardrail(one, follow) for one in old.guardrails],
            initiatives=[self._initiative(one, follow) for one in work],
            supports=[evolve(alignment, to=to) for alignment, to in supports if to is not None],
            continues=self._continues(old),
            profile=self._profile(old, parked),
        )

    def _profile(self, old: Objective, parked: Parked | None) -> ObjectiveProfile:
        profile = old.profile or ObjectiveProfile()
        dependencies = [
            evolve(one, needed_by=self._if_new(one.needed_by), escalated=None)
            for one in profile.dependencies
        ]
        return evolve(profile, parked=parked, dependencies=dependencies)

    def _continues(self, old: Objective) -> str | None:
        """Return the id of an objective; None if it joined by an adjustment, and so is not stored."""
        if old.id in self.card.plan:
            return old.id
        self.unlinked.append((self.rename(old.id), old.id))
        return None

    def _key_result(self, old: KeyResult, follow: Callable[[str], str | None]) -> KeyResult:
        measure = self.measures[old.id]
        if isinstance(measure, Milestones):
            steps = [evolve(step, due=self._if_new(step.due)) for step in measure.milestones]
            measure = Milestones(*steps)
        derived = old.derived
        if derived is not None:
            parts = [follow(part) for part in derived.of]
            derived = evolve(derived, of=[part for part in parts if part is not None])
        timing, contribution, profile = old.timing, old.contribution, old.profile
        if timing is not None:
            timing = evolve(
                timing,
                waypoints=[point for point in timing.waypoints if point.on >= self.cycle.start],
                observable_from=self._if_new(timing.observable_from),
            )
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
            due=self._if_new(old.due),
            timing=timing,
            contribution=contribution,
            continues=old.id if old.id in self.card.plan else None,
            profile=profile,
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
        if id not in self.metrics:
            metric = self.in_force.metric(id)
            self.metrics[id] = evolve(metric, id=self.rename(id))
        return self.metrics[id].id

    def _initiative(self, old: Initiative, follow: Callable[[str], str | None]) -> Initiative:
        driven = [follow(id) for id in old.drives]
        return evolve(
            old,
            id=self.rename(old.id),
            drives=[id for id in driven if id is not None],
            due=self._if_new(old.due),
        )

    def _is_done(self, work: Initiative) -> bool:
        column = once(self.card.journal, history_of).readings
        row = column.latest(self.card.as_of.toordinal()).get(work.id)
        return row is not None and snap(number_of(column.values[row])) >= 1

    def _if_new(self, day: date | None) -> date | None:
        return None if day is None or day < self.cycle.start else day


_STARTING: Final = (Increase, Decrease, FromTo, Relative, Points, Multiple)


def restarted(
    measure: Measure, established: float | None, reading: Reading | None, restart: CarriedBaseline
) -> Measure | None:
    """Return a measure from its new baseline; None if that is at or beyond the target.

    Args:
        measure: The old measure, adjustments included.
        established: The baseline found by `EstablishBaseline`; None without one.
        reading: The last reading.
        restart: Choice of the new baseline.

    Laws: test_roll_over_never_moves_a_target.
    """
    if isinstance(measure, Exactly):
        start = _start(measure.baseline, reading, restart)
        return None if snap(start) == snap(measure.target) else evolve(measure, baseline=start)
    if not isinstance(measure, _STARTING):
        return measure
    ends = measure.ends(established)
    if ends is None:
        return measure  # its baseline is still to be found
    baseline, target = ends
    start, span = _start(baseline, reading, restart), snap(target) - snap(baseline)
    if span == 0:
        return measure  # a level to hold
    if not measure.allows(start) or span * (snap(target) - snap(start)) <= 0:
        return None
    if isinstance(measure, (Increase, Decrease, FromTo)):
        return evolve(measure, baseline=start)
    if snap(start) == snap(baseline):
        return evolve(measure, baseline=baseline)
    # 5% more of another baseline would be another target.
    return FromTo(start, target)


def _start(baseline: float, reading: Reading | None, restart: CarriedBaseline) -> float:
    if restart is CarriedBaseline.ZERO:
        return 0.0
    if restart is CarriedBaseline.BASELINE or reading is None:
        return baseline
    return number_of(reading)
