"""Figures of the days on which objectives were closed, from where closed items take theirs.

Rules of this file:

1. Closings of one day share a frame, and with it one evaluation.
2. If entries about an objective, or about what its score is made of, are written after its closing and
   count by their day, the closing has a frame of its own, without them.
3. A frame refers to frames of earlier closings alone, so that nothing goes round in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, final

from attrs import evolve, field, frozen

from okrcore.journal import Closing

if TYPE_CHECKING:
    from okrcore.scorecard.facts import Facts

__all__ = ["Closings"]

_F = TypeVar("_F", bound="Facts")

#: The order of frames: day, then frames of single closings by position, the one that others share last.
_Order: TypeAlias = tuple[int, bool, int]


@final
@frozen(eq=False)
class Closings(Generic[_F]):
    """Frames of closings, each made once for all that refer to it.

    Args:
        root: The frame of the day that is evaluated.
    """

    root: _F
    _frames: dict[_Order, _F] = field(factory=dict[_Order, _F], init=False)
    _orders: dict[int, _Order] = field(factory=dict[int, _Order], init=False)

    def settled(self, frame: _F) -> Mapping[int, _F]:
        """By index, frames of the objectives closed before a frame, and of the key results at home there.

        On the day of a closing the frame of the day itself has its figures, unless entries of that day
        were written after it.
        """
        here, program = self._order_of(frame), frame.program
        order_of: dict[int, _Order] = {}
        for row, objective in enumerate(program.objectives):
            closing = frame.life_of(objective.id).closing
            if closing is None:
                continue
            order = self._order_of_closing(closing)
            is_of_today = closing.on == frame.day and order[1]
            if order < here and not is_of_today:
                order_of[frame.offset + row] = order
                self._make(order, closing)
        found = {place: self._frames[order] for place, order in order_of.items()}
        for place, row in enumerate(program.home) if found else ():
            if frame.offset + row in found:
                found[place] = found[frame.offset + row]
        return found

    def before(self, frame: _F) -> Iterator[_F]:
        """Yield the frames of closings that a frame may refer to, earlier ones first, with their versions."""
        for closed in self.alone_before(frame):
            yield from closed.versions
            yield closed

    def alone_before(self, frame: _F) -> Iterator[_F]:
        """Yield the frames of closings that a frame may refer to, earlier ones first."""
        here = self._order_of(frame)
        orders = sorted(order for order in self._frames if order < here)
        return (self._frames[order] for order in orders)

    def is_later(self, frame: _F, other: _F) -> bool:
        """Whether a frame comes after another one."""
        return self._order_of(frame) > self._order_of(other)

    def _order_of(self, frame: _F) -> _Order:
        if frame is self.root:
            return (frame.today + 1, False, 0)
        closing = frame.closing
        if closing is None:
            return (frame.today, True, 0)
        return (frame.today, False, self.root.history.moment(closing)[1])

    def _order_of_closing(self, closing: Closing) -> _Order:
        found = self._orders.get(id(closing))
        if found is None:
            day = closing.on.toordinal()
            found = (day, True, 0)
            if self._late(closing):
                found = (day, False, self.root.history.moment(closing)[1])
            self._orders[id(closing)] = found
        return found

    def _late(self, closing: Closing) -> list[object]:
        """Return the entries written after a closing that would change its figures by their day."""
        late = self.root.history.written_after(closing)
        concerned = frozenset(_concerned(self.root, closing.of)) if late else frozenset[str]()
        return [entry for entry in late if entry.of in concerned]

    def _make(self, order: _Order, closing: Closing) -> None:
        if order in self._frames:
            return
        root, day = self.root, closing.on
        if order[1]:
            made = evolve(root, day=day, supposed=())
        else:
            late = set(map(id, self._late(closing)))
            journal = root.journal.keep(lambda entry: id(entry) not in late)
            made = evolve(root, day=day, supposed=(), journal=journal, closing=closing)
        made.shared.append(self)
        self._frames[order] = made


def _concerned(frame: Facts, of: str) -> Iterator[str]:
    """Yield the ids whose entries can change the score of an objective."""
    program = frame.program
    seen, waiting = set[int](), [program.place_of[of]]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        yield program.ids[at]
        row = at - frame.offset
        if row < 0:
            yield program.sources[at]
            derived = program.derived.get(at)
            waiting += [program.place_of[part] for part in derived.of] if derived else ()
            continue
        objective = program.objectives[row]
        yield from (each.id for each in objective.initiatives)
        yield from (each.metric or each.id for each in objective.guardrails)
        waiting += [*program.own.of(row)[0], *program.below.of(row)[0]]
