"""Evaluations of the days on which objectives were closed: the numbers of closed items.

Rules of this file:

1. Closings of one day share an evaluation, unless entries that would change the numbers of an objective
   are written after its closing and dated before: that closing has one of its own, without them.
2. An evaluation of closings is one of the closed objectives and their parts alone.
3. It refers to evaluations of earlier closings alone, so there is no recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar, final

from attrs import field, frozen

from okrcore.journal import Closing
from okrcore.rulebook import Parts
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, CompiledPlan
from okrcore.scorecard.day.facts import Facts

__all__ = ["LAST", "ClosingOrder", "Closings", "OrderedStages", "homes_of_parts"]

#: Order of evaluations: by day as an ordinal, then those of single closings by position, the shared one last.
ClosingOrder: TypeAlias = tuple[int, bool, int]
#: Order of the evaluation of the day itself, after those of closings.
LAST: Final[ClosingOrder] = (FOREVER, True, LONG_AGO)


class OrderedStages(Protocol):
    """Stages of a day, with their order among evaluations of closings."""

    @cached_property
    def facts(self) -> Facts:
        """The facts of the day."""
        ...

    @property
    def order(self) -> ClosingOrder:
        """Later ones come after earlier ones."""
        ...


_E = TypeVar("_E", bound=OrderedStages)


@final
@frozen(eq=False)
class Closings(Generic[_E]):
    """Evaluations of closings, each made once.

    Args:
        root: The evaluation of the day.
        make: Makes the evaluation of a closing, or of all shared closings of its day, of the objectives
            with some ids and without some entries.
    """

    root: _E
    make: Callable[[ClosingOrder, Closing, frozenset[str], Sequence[Any]], _E]
    _evaluations: dict[ClosingOrder, _E] = field(factory=dict[ClosingOrder, _E], init=False)
    _orders: dict[int, ClosingOrder] = field(factory=dict[int, ClosingOrder], init=False)
    _closed_at: dict[ClosingOrder, list[str]] = field(
        factory=dict[ClosingOrder, list[str]], init=False
    )
    _computed: dict[str, int] = field(factory=dict[str, int], init=False)

    def settled_in(self, evaluation: _E) -> Mapping[int, tuple[_E, int]]:
        """Return, by index, evaluations of closed items with their index there.

        Closed items are objectives closed before an evaluation, with the key results at home in them. On
        the day of a closing the evaluation of the day itself has its numbers, unless entries of that day
        were written after it.
        """
        facts, compiled = evaluation.facts, evaluation.facts.compiled
        found: dict[int, tuple[_E, int]] = {}
        for id in facts.lived:
            closing, index = facts.life_of(id).closing, compiled.index_of[id]
            if closing is None:
                continue
            order = self._order_of(closing)
            is_of_today = closing.on == facts.day and order[1]
            if order < evaluation.order and not is_of_today:
                found[index] = self._in(order, closing, id)
        for index in compiled.of_key_results if found else ():
            home = found.get(compiled.home[index])
            if home is not None:
                then = home[0]
                found[index] = then, then.facts.compiled.index_of[compiled.ids[index]]
        return found

    def compute(self, name: str) -> None:
        """Compute a stage of every evaluation of closings, earlier ones first, so that nothing recurses."""
        if self._computed.get(name) == len(self._evaluations):
            return
        self._computed[name] = len(self._evaluations)
        for order in sorted(self._evaluations):
            getattr(self._evaluations[order], name)

    # --- closed items --------------------------------------------------------------------------

    def _in(self, order: ClosingOrder, closing: Closing, id: str) -> tuple[_E, int]:
        """Return the evaluation of a closing, made if there is none, and the index of an item in it."""
        then = self._evaluations.get(order)
        if then is None:
            part = self._part(order, self._all_closed_at(order))
            late = () if order[1] else self._late(closing)
            then = self._evaluations[order] = self.make(order, closing, part, late)
        return then, then.facts.compiled.index_of[id]

    def _all_closed_at(self, order: ClosingOrder) -> Sequence[str]:
        """Return the ids of all objectives whose closing has an order."""
        if not self._closed_at:
            for entry in self.root.facts.history.rare:
                if type(entry) is Closing:
                    self._closed_at.setdefault(self._order_of(entry), []).append(entry.of)
        return self._closed_at[order]

    # --- order ---------------------------------------------------------------------------------

    def _order_of(self, closing: Closing) -> ClosingOrder:
        found = self._orders.get(id(closing))
        if found is None:
            day = closing.on.toordinal()
            found = (day, True, 0)
            if self._late(closing):
                found = (day, False, self.root.facts.history.moment(closing)[1])
            self._orders[id(closing)] = found
        return found

    def _late(self, closing: Closing) -> list[Any]:
        """Return the entries written after a closing that would change its numbers by their day."""
        late = self.root.facts.history.written_after(closing)
        compiled = self.root.facts.compiled
        concerned = frozenset(_concerned(compiled, closing.of)) if late else frozenset[str]()
        return [entry for entry in late if entry.of in concerned]

    # --- parts ---------------------------------------------------------------------------------

    def _part(self, order: ClosingOrder, closed: Sequence[str]) -> frozenset[str]:
        """Return the ids of the objectives on which the numbers of closed ones depend.

        An objective closed earlier has numbers of its own closing, so none below it is needed.
        """
        compiled = self.root.facts.compiled
        books = self.root.facts.distinct_books
        rules = (rule for book in books for rule in (book.roll_up, book.confidence))
        descends = any(part.of is Parts.DESCENDANTS for rule in rules for part in rule.parts)
        waiting = [compiled.index_of[id] for id in closed]
        starts, found, whole = frozenset(waiting), set(waiting), set(waiting)
        while waiting:
            index = waiting.pop()
            homes = {*homes_of_parts(compiled, index)} - found
            found |= homes
            waiting += homes
            is_needed = index in starts or descends or not self._is_closed_before(order, index)
            if index in whole and is_needed:
                below = {*compiled.below.of(index)[0]} - whole
                whole |= below
                found |= below
                waiting += below
        return frozenset(compiled.ids[index] for index in found)

    def _is_closed_before(self, order: ClosingOrder, index: int) -> bool:
        facts = self.root.facts
        day = facts.day.fromordinal(order[0])
        closing = facts.history.life(facts.compiled.ids[index], day).closing
        return closing is not None and self._order_of(closing) < order


def homes_of_parts(compiled: CompiledPlan, index: int) -> Iterator[int]:
    """Yield the home of each key result that counts in an objective, or from which one is derived."""
    waiting, seen = [*compiled.own.of(index)[0]], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        yield compiled.home[at]
        derived = compiled.derived.get(at)
        waiting += [compiled.index_of[id] for id in derived.of] if derived else ()


def _concerned(compiled: CompiledPlan, of: str) -> Iterator[str]:
    """Yield the ids whose entries can change the score of an objective."""
    seen, waiting = set[int](), [compiled.index_of[of]]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        yield compiled.ids[at]
        if at in compiled.of_key_results:
            yield compiled.sources[at]
            derived = compiled.derived.get(at)
            waiting += [compiled.index_of[part] for part in derived.of] if derived else ()
            continue
        objective = compiled.objective(at)
        yield from (each.id for each in objective.initiatives)
        yield from (each.metric or each.id for each in objective.guardrails)
        waiting += [*compiled.own.of(at)[0], *compiled.below.of(at)[0]]
