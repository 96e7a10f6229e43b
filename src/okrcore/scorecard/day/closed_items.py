"""Closings: evaluations of their days, and key results below closed objectives.

Rules of this file:

1. Closings of one day share an evaluation, unless entries that would change the numbers of an objective
   are written after its closing and dated before: that closing has one of its own, without them.
2. An evaluation of closings is one of the closed objectives and their parts alone.
3. It refers to evaluations of earlier closings alone, so there is no recursion.
4. For objectives above a closed one, a key result below it has the numbers of that closing. In its own
   objective, which may be open, it has those of the day.
5. Below several objectives, it has the numbers by the one that is open, or was closed last: it enters once.
6. A frozen part has an index of its own, after those of all items, and the numbers of its closing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from itertools import chain, repeat
from operator import sub
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar, final

from attrs import evolve, field, frozen

from okrcore.journal import Closing
from okrcore.plan import Objective
from okrcore.rulebook import RollUpRule, RollUpSource
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, CompiledPlan, Pool
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.parts import OuterParts, children_of

__all__ = [
    "LAST",
    "ClosedPart",
    "ClosingOrder",
    "Closings",
    "OrderedStages",
    "Ways",
    "frozen_parts_of",
    "homes_of_parts",
    "kept_closings",
    "rolls_up_all",
    "ways_of",
]


#: Order of evaluations: by day as an ordinal, then those of single closings by position, the shared one last.
ClosingOrder: TypeAlias = tuple[int, bool, int]
#: Order of the evaluation of the day itself, after those of closings.
LAST: Final[ClosingOrder] = (FOREVER, True, LONG_AGO)

#: Plans under a rulebook of which a journal keeps the evaluations of closings (library default).
_MOST_KEPT: Final = 8


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
_S = TypeVar("_S")


@final
@frozen(eq=False)
class ClosedPart(Generic[_S]):
    """Closed items with the numbers of one evaluation of closings.

    Args:
        then: The evaluation, or a stage of it.
        objectives: Indexes of the closed objectives.
        objectives_then: Their indexes in the evaluation.
        key_results: Indexes of the key results at home in them.
        key_results_then: Their indexes in the evaluation.
    """

    then: _S
    objectives: Sequence[int]
    objectives_then: Sequence[int]
    key_results: Sequence[int]
    key_results_then: Sequence[int]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Index of each item, and its index in the evaluation."""
        yield from zip(self.objectives, self.objectives_then, strict=True)
        yield from zip(self.key_results, self.key_results_then, strict=True)


@final
@frozen(eq=False)
class Closings(Generic[_E]):
    """Evaluations of closings, each made once.

    Args:
        root: The evaluation of the day.
        make: Makes the evaluation of a closing, or of all shared closings of its day, of the objectives
            with some ids and without some entries.
        elsewhere: By index, the homes of parts of objectives in which not all parts are at home.
    """

    root: _E
    make: Callable[[ClosingOrder, Closing, frozenset[str], Sequence[Any]], _E]
    elsewhere: Mapping[int, AbstractSet[int]]
    _evaluations: dict[ClosingOrder, _E] = field(factory=dict[ClosingOrder, _E], init=False)
    _orders: dict[int, ClosingOrder] = field(factory=dict[int, ClosingOrder], init=False)
    _closings_at: dict[ClosingOrder, list[Closing]] = field(
        factory=dict[ClosingOrder, list[Closing]], init=False
    )
    _computed: dict[str, int] = field(factory=dict[str, int], init=False)
    #: The last compiled plan, and its closed items by order: the days of a journal mostly share them.
    _last_parts: list[tuple[CompiledPlan, dict[ClosingOrder, ClosedPart[_E]]]] = field(
        factory=list[Any], init=False
    )

    def parts_of(self, evaluation: _E) -> Sequence[ClosedPart[_E]]:
        """Return the closed items of an evaluation, by the evaluation with their numbers.

        Closed items are objectives closed before an evaluation, with the key results at home in them. On
        the day of a closing the evaluation of the day itself has its numbers, unless entries of that day
        were written after it.
        """
        facts, closed = evaluation.facts, dict[ClosingOrder, list[int]]()
        for index, life in facts.lives.items():
            if life.closing is not None:
                closed.setdefault(self._order_of(life.closing), []).append(index)
        shared_today, kept = (facts.today, True, 0), self._parts_in(facts.compiled)
        found: list[ClosedPart[_E]] = []
        for order, objectives in closed.items():
            if order < evaluation.order and order != shared_today:
                part = kept.get(order)
                if part is None or part.objectives != objectives:
                    part = _part_of(self._evaluation_of(order), facts.compiled, objectives)
                    kept[order] = part
                found.append(part)
        return found

    def _parts_in(self, compiled: CompiledPlan) -> dict[ClosingOrder, ClosedPart[_E]]:
        """Return the kept closed items of a compiled plan, by order; those of any other are dropped."""
        for plan, parts in tuple(self._last_parts):
            if plan is compiled:
                return parts
        parts = dict[ClosingOrder, ClosedPart[_E]]()
        self._last_parts[:] = [(compiled, parts)]
        return parts

    def compute(self, name: str) -> None:
        """Compute a stage of every evaluation of closings, earlier ones first, so that nothing recurses."""
        if self._computed.get(name) == len(self._evaluations):
            return
        self._computed[name] = len(self._evaluations)
        for order in sorted(self._evaluations):
            getattr(self._evaluations[order], name)

    def stages_of(self, parts: Sequence[ClosedPart[_E]], name: str) -> Sequence[ClosedPart[Any]]:
        """Return closed items with a stage of the evaluation with their numbers."""
        self.compute(name)
        return [evolve(part, then=getattr(part.then, name)) for part in parts]

    def _evaluation_of(self, order: ClosingOrder) -> _E:
        """Return the evaluation of the closings of an order, made if there is none."""
        then = self._evaluations.get(order)
        if then is None:
            closings = self._closings_at[order]
            part = self._part(order, [closing.of for closing in closings])
            late = () if order[1] else self._late(closings[0])
            then = self._evaluations[order] = self.make(order, closings[0], part, late)
        return then

    # --- order ---------------------------------------------------------------------------------

    def _order_of(self, closing: Closing) -> ClosingOrder:
        if id(closing) not in self._orders:
            stored, history = self.root.facts.stored.items, self.root.facts.every
            closings = [
                each
                for each in history.closings_on(closing.on)
                if isinstance(stored.get(each.of) or history.record_of(each.of), Objective)
            ]
            orders = list(map(self._found_order, closings))
            found: dict[ClosingOrder, list[Closing]] = {}
            for each, order in zip(closings, orders, strict=True):
                found.setdefault(order, []).append(each)
            # Another thread that finds an order finds all closings of it.
            self._closings_at.update(found)
            self._orders.update(zip(map(id, closings), orders, strict=True))
        return self._orders[id(closing)]

    def _found_order(self, closing: Closing) -> ClosingOrder:
        day, position = self.root.facts.every.moment(closing)
        return (day, False, position) if self._late(closing) else (day, True, 0)

    def _late(self, closing: Closing) -> list[Any]:
        """Return the entries written after a closing that would change its numbers by their day."""
        late = self.root.facts.every.written_after(closing)
        compiled = self.root.facts.compiled
        # A part does not have all that was closed on the day.
        is_here = late and closing.of in compiled.index_of
        concerned = frozenset(_concerned(compiled, closing.of)) if is_here else frozenset[str]()
        return [entry for entry in late if entry.of in concerned]

    # --- parts ---------------------------------------------------------------------------------

    def _part(self, order: ClosingOrder, closed: Sequence[str]) -> frozenset[str]:
        """Return the ids of the objectives on which the numbers of closed ones depend.

        An objective closed earlier has numbers of its own closing, so none below it is needed, unless it may be in
        the work of a chain.
        """
        compiled = self.root.facts.compiled
        books = self.root.facts.distinct_books
        rules = (rule for book in books for rule in (book.roll_up, book.confidence))
        descends = bool(compiled.continuing) or any(
            part.of is RollUpSource.DESCENDANTS for rule in rules for part in rule.parts
        )
        waiting = [compiled.index_of[id] for id in closed if id in compiled.index_of]
        starts, found, whole = frozenset(waiting), set(waiting), set(waiting)
        day = date.fromordinal(order[0])
        while waiting:
            index = waiting.pop()
            before = _before(compiled, index) - whole
            whole |= before
            found |= before
            waiting += before
            homes = self.elsewhere.get(index, frozenset()) - found
            found |= homes
            waiting += homes
            is_needed = index in starts or descends or not self._is_closed_before(order, day, index)
            if index in whole and is_needed:
                below = {*compiled.below.of(index)[0]} - whole
                whole |= below
                found |= below
                waiting += below
        return frozenset(compiled.ids[index] for index in found)

    def _is_closed_before(self, order: ClosingOrder, day: date, index: int) -> bool:
        facts = self.root.facts
        closing = facts.every.lifecycle(facts.compiled.ids[index], day).closing
        return closing is not None and self._order_of(closing) < order


def _before(compiled: CompiledPlan, index: int) -> set[int]:
    """Return the index of the objective that one continues, if there is one."""
    before = compiled.index_of.get(compiled.objective(index).continues or "", -1)
    return {before} if before in compiled.of_objectives else set()


def kept_closings(
    root: _E,
    key: Hashable,
    make: Callable[[ClosingOrder, Closing, frozenset[str], Sequence[Any]], _E],
) -> Closings[_E]:
    """Return the evaluations of closings that a journal keeps under a key, made if there are none.

    Nothing that is written later changes a closing, so all days of a journal share them.
    """
    kept = root.facts.every.kept_closings
    found: Closings[_E] | None = kept.get(key)
    if found is None:
        found = Closings(root, make, _homes_elsewhere(root.facts.compiled))
        while len(kept) >= _MOST_KEPT:
            # Another thread may have taken it out already.
            kept.pop(next(iter(kept), None), None)
        kept[key] = found
    return found


def _part_of(then: _E, compiled: CompiledPlan, objectives: Sequence[int]) -> ClosedPart[_E]:
    """Return closed objectives of a compiled plan, with the key results at home in them."""
    there, key_results, key_results_then = then.facts.compiled, list[int](), list[int]()
    for index in objectives:
        if index in compiled.at_home:
            # In both they are next to each other, in the order of the plan.
            mine = compiled.at_home[index]
            start = there.index_of[compiled.ids[mine[0]]]
            key_results += mine
            key_results_then += range(start, start + len(mine))
    objectives_then = [there.index_of[compiled.ids[index]] for index in objectives]
    return ClosedPart(then, objectives, objectives_then, key_results, key_results_then)


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


def _homes_elsewhere(compiled: CompiledPlan) -> Mapping[int, AbstractSet[int]]:
    """Return, by index, the homes of parts of objectives in which not all parts are at home."""
    own, home, derived = compiled.own, compiled.home, compiled.derived
    counts = map(sub, own.starts[1:], own.starts)
    objectives = chain.from_iterable(map(repeat, compiled.of_objectives, counts))
    pairs = zip(objectives, own.indexes, strict=True)
    lent = {at for at, index in pairs if home[index] != at or index in derived}
    return {at: frozenset(homes_of_parts(compiled, at)) for at in lent}


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
            yield from compiled.sources_of(compiled.sources[at])
            derived = compiled.derived.get(at)
            waiting += [compiled.index_of[part] for part in derived.of] if derived else ()
            continue
        objective = compiled.objective(at)
        yield from (each.id for each in objective.initiatives)
        for each in objective.guardrails:
            yield each.id
            yield from compiled.sources_of(each.metric or each.id)
        waiting += [*compiled.own.of(at)[0], *compiled.below.of(at)[0]]


#: By index of an objective, the key results below it by id, with the evaluation and index of their numbers.
Ways: TypeAlias = Mapping[int, Mapping[str, tuple[_E, int]]]


def rolls_up_all(rules: Iterable[RollUpRule]) -> frozenset[bool]:
    """Return `with_micro` of the rules that roll up all key results below."""
    return frozenset(
        rule.with_micro
        for rule in rules
        if any(part.of is RollUpSource.DESCENDANTS for part in rule.parts)
    )


def ways_of(
    evaluation: _E,
    closed: Mapping[int, tuple[_E, int]],
    ways_in: Mapping[int, Ways[_E]],
    closed_in: Mapping[int, Mapping[int, tuple[_E, int]]],
    outer_parts: OuterParts,
    *,
    with_micro: bool,
) -> Ways[_E]:
    """Return the key results below each objective, with the evaluations of their numbers.

    `closed` has chains too. `ways_in` and `closed_in` are those of the other evaluations, by identity.
    """
    compiled, found = evaluation.facts.compiled, dict[int, dict[str, tuple[_E, int]]]()
    for index in compiled.of_objectives:
        mine: dict[str, tuple[_E, int]] = {}
        for child in children_of(compiled, outer_parts, index, with_micro=with_micro)[0]:
            then, at = closed.get(child, (evaluation, child))
            closed_then = closed if then is evaluation else closed_in[id(then)]
            below = found[child] if then is evaluation else ways_in[id(then)][at]
            plan_then = then.facts.compiled
            own = {plan_then.ids[k]: closed_then.get(k, (then, k)) for k in plan_then.own.of(at)[0]}
            # In the order of `parts`, own ones first; one that is below too has its own numbers.
            for key_result, entry in {**own, **below, **own}.items():
                before = mine.get(key_result)
                if before is None or entry[0].order > before[0].order:
                    mine[key_result] = entry
        found[index] = mine
    return found


def frozen_parts_of(
    evaluation: _E, ways: Mapping[bool, Ways[_E]], first: int
) -> tuple[OuterParts, Mapping[int, tuple[_E, int]]]:
    """Return the frozen parts of a day, and the evaluation and index of the numbers of each, by index.

    `ways` has the key results below each objective, by `with_micro`; the first frozen part has the index
    `first`.
    """
    compiled = evaluation.facts.compiled
    index_of: dict[tuple[int, int], int] = {}
    sources: dict[int, tuple[_E, int]] = {}
    originals: dict[int, int] = {}
    pools: dict[tuple[int, bool], Pool] = {}
    for with_micro, below in ways.items():
        for objective, entries in below.items():
            indexes: list[int] = []
            weights: list[float] = []
            for key_result, (then, at) in entries.items():
                index = at
                if then is not evaluation:
                    index = index_of.setdefault((id(then), at), first + len(index_of))
                    sources[index] = then, at
                    originals[index] = compiled.index_of[key_result]
                indexes.append(index)
                weights.append(then.facts.compiled.key_results[at].weight)
            pools[objective, with_micro] = tuple(indexes), weights
    return OuterParts(pools, originals, {}), sources
