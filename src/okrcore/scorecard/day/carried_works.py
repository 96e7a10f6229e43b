"""Works of chains, each made once for all days of a journal on which it is the same.

Rules of this file:

1. Chains and their works are kept with a journal. They are the same on two days unless the plan in force is
   another one, or a decision, the start of an objective, or a reading on which a work depends lies between.
2. Under a rule that weighs by size the members of a chain may have sizes in two units. Then its newest member
   with a score counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import isnan
from operator import attrgetter
from typing import Any, Final, Generic, Protocol, TypeVar, final

from attrs import evolve, frozen

from okrcore.errors import InconsistentPlanError
from okrcore.journal import Journal
from okrcore.journal.history import History
from okrcore.rulebook import Weighing
from okrcore.scorecard.day.carried_work import CarriedWork, carried_work, key_of
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.closed_items import ClosingOrder
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.supposed_readings import check_ins_along_ways
from okrcore.scorecard.day.whole_ways import can_be_drawn

__all__ = ["evaluated_works", "kept_on", "made_once"]

#: Lists of days, and days of each, of which a journal keeps the works (library default).
_MOST_KEPT: Final = 8
_DAY: Final = attrgetter("on")


class _WorkStages(Stages, Protocol):
    """Stages of a day with chains, and of the work of these."""

    @property
    def journal(self) -> Journal:
        """The journal."""
        ...

    @property
    def day(self) -> date:
        """The day."""
        ...

    @property
    def order(self) -> ClosingOrder:
        """Later ones come after earlier ones."""
        ...

    @cached_property
    def inputs(self) -> RollUpInputs:
        """The parts of each objective."""
        ...

    @property
    def supposed(self) -> tuple[tuple[str, float], ...]:
        """Supposed scores, by id."""
        ...

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """Chains and their works, see `kept_on`."""
        ...

    @cached_property
    def closed(self) -> Mapping[int, tuple[Any, int]]:
        """By index, the evaluation of the closing of a closed item, and its index in that."""
        ...


_W = TypeVar("_W", bound=_WorkStages)
_V = TypeVar("_V")


@final
@frozen(eq=False)
class _Works(Generic[_W]):
    """Works of the chains of a day.

    Args:
        stages: The stages of the day.
        read: The same with readings that give supposed scores, where some do.
    """

    stages: _W
    read: _W

    def evaluated(self, chains: Sequence[Chain], apart: Collection[Chain] = ()) -> _W:
        """Return the evaluation of the work of chains, see `carried_work`."""
        kept = {} if self.stages.supposed else self.stages.kept
        work = made_once(kept, key_of(chains, apart), lambda: self._work_of(chains, apart))
        evaluation: Any = type(self.stages)
        day, order = self.stages.day, self.stages.order
        made: _W = evaluation(
            work.plan, work.journal, day, work.rulebook, work.supposed, order=order
        )
        return made

    def _work_of(self, chains: Sequence[Chain], apart: Collection[Chain]) -> CarriedWork:
        closed = {index: (then.facts, at) for index, (then, at) in self.stages.closed.items()}
        read = self.read
        return carried_work(read.facts, chains, read.journal, closed, read.supposed, apart=apart)


def evaluated_works(stages: _W, chains: Sequence[Chain]) -> Mapping[int, tuple[_W, int]]:
    """Return the evaluation of the work of chains, and its index there, by the index of their newest member."""
    works = _Works(stages, _with_readings(stages))
    made, apart = works.evaluated(chains), list[Chain]()
    by_size = any(
        rule.weigh is Weighing.SIZE
        for book in stages.facts.distinct_books
        for rule in (book.roll_up, book.confidence)
    )
    if by_size and not _adds_up(made):
        apart = [chain for chain in chains if not _adds_up(works.evaluated([chain]))]
        made = works.evaluated(chains, apart)
    index_of = made.facts.compiled.index_of
    found = {chain.index: (made, index_of[chain.newest.id]) for chain in chains}
    for chain in apart:
        indexes = [index_of[member.id] for member in chain.members]
        scored = [index for index in indexes if not isnan(made.scores.values[index])]
        found.update((chain.index, (made, index)) for index in scored[-1:])
    return found


def _with_readings(stages: _W) -> _W:
    """Return stages with readings that give supposed scores along ways, where some do."""
    if not stages.supposed:
        return stages
    alone = _evolved(stages, supposed=())
    entries, supposed = check_ins_along_ways(alone, stages.supposed)
    return _evolved(alone, journal=stages.journal.add(entries), supposed=supposed)


def _evolved(stages: _W, **changes: Any) -> _W:
    evaluation: Any = stages
    found: _W = evolve(evaluation, **changes)
    return found


def _adds_up(made: _WorkStages) -> bool:
    """Return whether the sizes in a work are of one unit."""
    try:
        _ = made.inputs, made.confidence
    except InconsistentPlanError:
        return False
    return True


def made_once(kept: dict[Hashable, Any], key: Hashable, make: Callable[[], _V]) -> _V:
    """Return a kept value, made if there is none."""
    if key not in kept:
        kept[key] = make()
    found: _V = kept[key]
    return found


def kept_on(facts: Facts) -> dict[Hashable, Any]:
    """Return the chains and works that the journal keeps for a day, and for others on which they are the same."""
    history, rare = facts.history, facts.every.rare
    days = _kept(history, ("days", id(facts.compiled)), lambda: _days_of(facts), facts)
    decided = bisect_left(rare, facts.day, key=_DAY), bisect_right(rare, facts.day, key=_DAY)
    key = id(facts.compiled), id(facts.rulebook), *decided, bisect_right(days, facts.today)
    found: dict[Hashable, Any] = _kept(history, key, dict[Hashable, Any], facts)
    return found


def _kept(history: History, key: Hashable, make: Callable[[], Any], facts: Facts) -> Any:
    kept = history.kept_works
    found = kept.get(key)
    if found is None:
        while len(kept) >= _MOST_KEPT:
            # Another thread may have taken it out already.
            kept.pop(next(iter(kept), None), None)
        # With plan and rulebook, so that no others have their identity while this is kept.
        found = kept[key] = make(), facts.compiled, facts.rulebook
    return found[0]


def _days_of(facts: Facts) -> Sequence[int]:
    """Return the days on which the works of chains may become others, as ordinals, in order.

    These are the starts of objectives, and the days of readings of key results that others continue, and of those
    to which no way can be drawn.
    """
    compiled: CompiledPlan = facts.compiled
    sources = set[str]()
    for index, each in enumerate(compiled.key_results):
        before = compiled.index_of.get(each.continues or "")
        if before is not None:
            sources.add(compiled.sources[before])
            if not can_be_drawn(compiled.key_results[before], each):
                sources.add(compiled.sources[index])
    column = facts.history.readings
    rows = (row for of in sources for row in column.rows(of, LONG_AGO, FOREVER))
    return sorted({*compiled.starts, *(column.on[row] for row in rows)})
