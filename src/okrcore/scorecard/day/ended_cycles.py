"""Objectives whose cycle has ended while a part goes on, and the numbers of their verdicts.

Rules of this file:

1. A verdict has the numbers of the end of a cycle, with the grace for final ones. A part whose numbers may
   change after that grace counts in it as on the last day of the cycle, like a metric that lives on: neither
   a reading of a later day changes a finished quarter, nor one that was written after the grace.
2. The score of a day has the numbers of that day. Of what goes on it moves, and the verdict does not.

Source: DESIGN.md 4, on what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, final

from attrs import evolve, frozen

from okrcore.journal import CheckIn, Journal
from okrcore.journal.timed_readings import recorded_on
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.closed_items import ClosedPart
from okrcore.scorecard.day.compiled_plan import FOREVER, CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.outer_parts import ChainParts
from okrcore.scorecard.day.readings import end_of_grace
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.verdicts import Verdicts

__all__ = ["EndedCycle", "GoingOn", "final_verdicts", "going_on"]


@final
@frozen(eq=False)
class EndedCycle:
    """Objectives whose cycles ended on one day, with parts that go on.

    Args:
        last: The last day of the cycles.
        until: The last day on which their final numbers might be written, as an ordinal.
        objectives: Indexes of the objectives.
        going_on: Indexes of the key results and objectives whose numbers may change after that day.
    """

    last: date
    until: int
    objectives: Sequence[int]
    going_on: Sequence[int]

    def known(self, journal: Journal) -> Journal:
        """Return a journal without check-ins that were written after the grace."""
        return journal.keep(
            lambda entry: not isinstance(entry, CheckIn) or recorded_on(entry) <= self.until
        )


@final
@frozen(eq=False)
class GoingOn:
    """Items that go on after a cycle.

    Args:
        part: These items, with their numbers on that day.
        absent: Indexes of those that were not in the plan on that day.
    """

    part: ClosedPart[Any]
    absent: frozenset[int]

    def without_absent(self, facts: Facts) -> Facts:
        """Return the facts of a day on which items do not count that came later."""
        return evolve(facts, idle_items=facts.idle_items | self.absent)

    def started(self, compiled: CompiledPlan, chains: Sequence[Chain]) -> Sequence[Chain]:
        """Return chains of the members that carried them on by the last day, if they are two or more."""
        then: Sequence[Chain] = self.part.then.chains
        members, found = {each.id for chain in then for each in chain.members}, list[Chain]()
        for chain in chains:
            count = sum(each.id in members for each in chain.members)
            if count > 1:
                newest = chain.members[count - 1].id
                found.append(chain.until(count - 1, compiled.index_of[newest]))
        return found

    def chain_parts(self, parts: ChainParts[Any]) -> ChainParts[Any]:
        """Return chains as parts, those that go on with their numbers on the last day."""
        then: ChainParts[Any] = self.part.then.chain_parts
        known = {_ids_of(chain): then.sources[index] for index, chain in then.chains.items()}
        going_on = {
            index: known[_ids_of(chain)]
            for index, chain in parts.chains.items()
            if chain.index in self.part.objectives and _ids_of(chain) in known
        }
        return evolve(parts, sources={**parts.sources, **going_on})


def final_verdicts(
    facts: Facts,
    inputs: RollUpInputs,
    over: Sequence[int],
    closed: Collection[int],
    verdicts_at: Callable[[EndedCycle], Verdicts] | None,
) -> Mapping[int, Verdicts]:
    """Return the verdicts by the numbers of the end of a cycle, by index of the objectives of which a part goes on.

    Args:
        facts: The facts of the day.
        inputs: The parts of each objective.
        over: By index of an objective, 1 if it is over.
        closed: Indexes of closed items, which have the verdicts of their closings.
        verdicts_at: Returns the verdicts by the numbers of the end of a cycle; None if the day has them.
    """
    found: dict[int, Verdicts] = {}
    if verdicts_at is None:
        return found
    for cycle in _ended_cycles_of(facts, inputs, over, closed):
        found.update(dict.fromkeys(cycle.objectives, verdicts_at(cycle)))
    return found


def _ids_of(chain: Chain) -> tuple[str, ...]:
    return tuple([each.id for each in chain.members])


def _ended_cycles_of(
    facts: Facts, inputs: RollUpInputs, over: Sequence[int], closed: Collection[int]
) -> Sequence[EndedCycle]:
    """Return the cycles that ended before the day with objectives of which a part goes on."""
    compiled = facts.compiled
    ends = compiled.ends
    objectives = (at for at in compiled.of_objectives if over[at] and at not in closed)
    ended = [at for at in objectives if ends[at] < facts.today]
    if not ended or not _may_go_on(compiled):
        return ()
    until = _ends_of_numbers(facts, inputs)
    found: dict[tuple[int, int], list[int]] = {}
    for index in ended:
        grace = end_of_grace(facts, index)
        if any(until.get(inputs.original(part), 0) > grace for part in inputs.of(index).indexes):
            found.setdefault((ends[index], grace), []).append(index)
    return [
        EndedCycle(
            date.fromordinal(last),
            grace,
            judged,
            [
                *(at for at in compiled.of_key_results if until[at] > grace),
                *(
                    at
                    for at in compiled.of_objectives
                    if until[at] > grace
                    and _goes_on(facts, at, last, grace, is_closed=at in closed)
                ),
            ],
        )
        for (last, grace), judged in found.items()
    ]


def _may_go_on(compiled: CompiledPlan) -> bool:
    """Return whether items have several ends, so that one may go on after another one."""
    own = slice(compiled.of_objectives.start, compiled.of_objectives.stop)
    days = {*zip(compiled.starts[own], compiled.ends[own], strict=True)}
    return len(days) > 1 or any(last >= FOREVER for _, last in compiled.own_days.values())


def _ends_of_numbers(facts: Facts, inputs: RollUpInputs) -> Mapping[int, int]:
    """Return, by index, the last day on which a reading may change the numbers of an item."""
    compiled = facts.compiled
    found = {index: end_of_grace(facts, index) for index in compiled.of_key_results}
    for index, derived in compiled.derived.items():
        found[index] = max(found[compiled.index_of[id]] for id in derived.of)
    for index, parts in inputs.each():
        ends = [found.get(inputs.original(part), 0) for part in parts]
        found[index] = max([end_of_grace(facts, index), *ends])
    return found


def _goes_on(facts: Facts, index: int, last: int, grace: int, *, is_closed: bool) -> bool:
    """Return whether an objective goes on itself after a cycle, or was closed then; not if only parts of it do."""
    closing = facts.closing_of(index) if is_closed else None
    if closing is not None and closing.on.toordinal() > last:
        return True
    return end_of_grace(facts, index) > grace


def going_on(
    cycle: EndedCycle, compiled: CompiledPlan, then: Any, of_then: CompiledPlan
) -> GoingOn:
    """Return the items that go on after a cycle, given the evaluation of its last day.

    Args:
        cycle: The cycle.
        compiled: The compiled plan of today.
        then: The evaluation.
        of_then: Its compiled plan.
    """
    index_of = {at: of_then.index_of.get(compiled.ids[at]) for at in cycle.going_on}
    known = {index: at for index, at in index_of.items() if at is not None}
    objectives = [index for index in known if index in compiled.of_objectives]
    key_results = [index for index in known if index in compiled.of_key_results]
    return GoingOn(
        ClosedPart(
            then,
            objectives,
            [known[index] for index in objectives],
            key_results,
            [known[index] for index in key_results],
        ),
        frozenset(index_of.keys() - known.keys()),
    )
