"""Key results below closed objectives, for objectives above those that roll up all key results below.

Rules of this file:

1. Below a closed objective a key result counts as on the day of that closing, for whatever is above. So it
   may count as on one day in its own objective, which is open, and as on another one further up.
2. On several ways down, it counts as on the way that is open, or was closed last: it enters once.
3. An objective for which key results count as on another day than at home has a version of the frame.
   Objectives share one if they agree on all key results below them; no version refers to a later one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, final

from attrs import evolve, frozen

from okrcore.rulebook import Parts, Rulebook
from okrcore.scorecard.offers import without_micro

if TYPE_CHECKING:
    from okrcore.scorecard.closed import Closings
    from okrcore.scorecard.facts import Facts

__all__ = ["Version", "Ways", "versions_of", "ways_of"]

_F = TypeVar("_F", bound="Facts")

#: By row of an objective, the key results of all objectives below it with the frames they count in.
Ways: TypeAlias = Sequence[Mapping[int, _F]]


@final
@frozen(eq=False)
class Version(Generic[_F]):
    """A frame as some objectives above closed ones take it.

    Args:
        base: The frame without versions.
        places: The places of those objectives.
        settled: By place, frames of closed items, of key results below them, and of lower objectives that
            have a version.
        lower: The versions of the frame before it.
    """

    base: _F
    places: Sequence[int]
    settled: Mapping[int, _F]
    lower: Sequence[_F]


def ways_of(frame: _F, closings: Closings[_F], *, with_micro: bool) -> Ways[_F]:
    """Return by row, with their frames, the key results of all objectives below.

    Args:
        frame: The frame.
        closings: The closings before it.
        with_micro: Whether Micro-OKRs are among the objectives below.
    """
    for closed in closings.alone_before(frame):  # the earlier first: nothing recurses over them
        closed.ways(with_micro=with_micro)
    program, found = frame.program, list[Mapping[int, _F]]()
    for row in range(len(program.objectives)):
        mine: dict[int, _F] = {}
        for child in (program.below.of(row) if with_micro else without_micro(program, row))[0]:
            then = frame.closed.get(child)
            at = child - frame.offset
            ways = found[at] if then is None else then.ways(with_micro=with_micro)[at]
            for place, entry in {**ways, **_own(then or frame, at)}.items():
                if place not in mine or closings.is_later(entry, mine[place]):
                    mine[place] = entry
        found.append(mine)
    return found


def _own(frame: _F, row: int) -> Mapping[int, _F]:
    """Return the key results that count in an objective, with the frames they count in."""
    return {place: frame.closed.get(place, frame) for place in frame.program.own.of(row)[0]}


def versions_of(frame: _F, closings: Closings[_F]) -> Sequence[_F]:
    """Return the versions of a frame, those of lower objectives first.

    Args:
        frame: The frame.
        closings: The closings before it.
    """
    asked = {id(book): _asked(book) for book in frame.distinct_books}
    if not any(asked.values()):
        return ()
    kept: list[dict[int, _F]] = []
    rows: list[list[int]] = []
    # The version that an objective may have at the least: that of those below it.
    least = [0] * len(frame.books)
    for row, book in enumerate(frame.books):
        below = [at - frame.offset for at in frame.program.below.of(row)[0]]
        least[row] = max((least[at] for at in below), default=0)
        mine = {
            place: then
            for with_micro in asked[id(book)]
            for place, then in frame.ways(with_micro=with_micro)[row].items()
        }
        mine |= _own(frame, row)
        is_closed = frame.offset + row in frame.closed
        if is_closed or all(then is frame.closed.get(at, frame) for at, then in mine.items()):
            continue
        fitting = (n for n in range(least[row], len(kept)) if _agree(kept[n], mine))
        number = next(fitting, len(kept))
        if number == len(kept):
            kept.append({})
            rows.append([])
        kept[number] |= mine
        rows[number].append(frame.offset + row)
        least[row] = number
    made: list[_F] = []
    for frames, places in zip(kept, rows, strict=True):
        settled = {place: then.of_item(place) for place, then in frame.closed.items()}
        settled.update((place, lower) for lower in made for place in lower.version[0].places)
        settled.update((place, then) for place, then in frames.items() if then is not frame)
        version = evolve(frame)
        version.shared.append(closings)
        version.version.append(Version(frame, places, settled, tuple(made)))
        made.append(version)
    return made


def _asked(book: Rulebook) -> frozenset[bool]:
    """Return with_micro of each rule of a rulebook that rolls up all key results below."""
    rules = (book.roll_up, book.confidence)
    return frozenset(
        rule.with_micro
        for rule in rules
        if any(part.of is Parts.DESCENDANTS for part in rule.parts)
    )


def _agree(one: Mapping[int, object], other: Mapping[int, object]) -> bool:
    """Whether two objectives take the same frames for the key results below both."""
    return all(one.get(place, then) is then for place, then in other.items())
