"""Works of chains, each made once for all days of a journal on which it is the same.

Rules of this file:

1. Works are kept with a journal. They are the same on two days unless the plan in force is another one, a
   decision was dated between them, or a reading on which a work depends.
2. Under a rule that weighs by size the members of a chain may have sizes in two units. Then its newest member
   with a score counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import cached_property
from math import isnan
from operator import attrgetter
from typing import Any, Final, Protocol, TypeVar, final

from attrs import frozen

from okrcore.errors import InconsistentPlanError
from okrcore.journal import Journal
from okrcore.journal.history import History
from okrcore.rulebook import Weighing
from okrcore.scorecard.day.carried_work import CarriedWork, carried_work
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, CompiledPlan
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.scores import Scores
from okrcore.scorecard.day.whole_ways import can_be_drawn

__all__ = ["CarriedWorks", "evaluated_works", "kept_works"]

#: Days on which works differ, and works of as many of them, that a journal keeps (library default).
_MOST_KEPT: Final = 8
_DAY: Final = attrgetter("on")


class _WorkStages(Protocol):
    """Stages of the work of chains."""

    @cached_property
    def facts(self) -> Facts:
        """The facts of the day."""
        ...

    @cached_property
    def inputs(self) -> RollUpInputs:
        """The parts of each objective."""
        ...

    @cached_property
    def confidence(self) -> Sequence[float]:
        """By index, the last confidence."""
        ...

    @cached_property
    def scores(self) -> Scores:
        """Scores."""
        ...


_W = TypeVar("_W", bound=_WorkStages)


@final
@frozen(eq=False)
class CarriedWorks:
    """Works of the chains of a day.

    Args:
        facts: The facts of the day.
        journal: The journal of the day.
        closed: By index of a closed item, the facts of its closing, and its index in them.
        supposed: Supposed scores, by id.
        kept: Works that were made, see `kept_works`; None if they are not kept.
    """

    facts: Facts
    journal: Journal
    closed: Mapping[int, tuple[Facts, int]]
    supposed: Sequence[tuple[str, float]]
    kept: dict[Hashable, CarriedWork] | None

    def of(self, chains: Sequence[Chain], apart: Collection[Chain] = ()) -> CarriedWork:
        """Return the work of chains, see `carried_work`."""
        key = tuple([(each.index, len(each.members), each in apart) for each in chains])
        made = None if self.kept is None else self.kept.get(key)
        if made is None:
            made = carried_work(
                self.facts, chains, self.journal, self.closed, self.supposed, apart=apart
            )
            if self.kept is not None:
                self.kept[key] = made
        return made


def evaluated_works(
    works: CarriedWorks, chains: Sequence[Chain], make: Callable[[CarriedWork], _W]
) -> Mapping[int, tuple[_W, int]]:
    """Return the evaluation of the work of chains, and its index there, by the index of their newest member.

    Args:
        works: The works of the day.
        chains: The chains.
        make: Returns the evaluation of a work.
    """
    made, apart = make(works.of(chains)), list[Chain]()
    by_size = any(
        rule.weigh is Weighing.SIZE
        for book in works.facts.distinct_books
        for rule in (book.roll_up, book.confidence)
    )
    if by_size and not _adds_up(made):
        apart = [chain for chain in chains if not _adds_up(make(works.of([chain])))]
        made = make(works.of(chains, apart))
    index_of = made.facts.compiled.index_of
    found = {chain.index: (made, index_of[chain.newest.id]) for chain in chains}
    for chain in apart:
        scored = [
            index
            for index in (index_of[member.id] for member in chain.members)
            if not isnan(made.scores.values[index])
        ]
        found.update((chain.index, (made, index)) for index in scored[-1:])
    return found


def _adds_up(made: _WorkStages) -> bool:
    """Return whether the sizes in a work are of one unit."""
    try:
        return bool(made.inputs and made.confidence)
    except InconsistentPlanError:
        return False


def kept_works(facts: Facts) -> dict[Hashable, CarriedWork]:
    """Return the works that the journal keeps for a day, and for all others on which they are the same."""
    history, rare, today = facts.history, facts.every.rare, facts.today
    days = _kept(history, ("days", id(facts.compiled)), lambda: _days_of(facts), facts)
    decided = bisect_left(rare, facts.day, key=_DAY), bisect_right(rare, facts.day, key=_DAY)
    key = id(facts.compiled), id(facts.rulebook), *decided, bisect_right(days, today)
    found: dict[Hashable, CarriedWork] = _kept(history, key, dict[Hashable, CarriedWork], facts)
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
    """Return the days of the readings on which the works of chains depend, as ordinals, in order.

    These are readings of key results that others continue, and of those to which no way can be drawn.
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
    return sorted({column.on[row] for row in rows})
