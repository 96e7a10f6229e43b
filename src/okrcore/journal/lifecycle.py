"""The life of an objective: one table of moves, and the states that a journal's entries lead to.

Rules of this file:

1. All moves are in `MOVES`; any other is refused, and changes nothing. Only a `Closing` leads to closed,
   and not a second one before the objective was reopened.
2. An objective is active without any entry.
3. Lifecycle and health are two axes: this file knows no status and no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.errors import TransitionError
from okrcore.journal.decisions import Adjustment, Closing, Lifecycle, Proposal, Transition

__all__ = ["MOVES", "Life", "Mover", "lives_of", "may_move"]

#: What moves an objective: a transition, a closing, or an adjustment that pauses it.
Mover: TypeAlias = Transition | Closing | Adjustment

#: Where each state may lead. A closed objective opens again only by a recorded move.
MOVES: Final[Mapping[Lifecycle, frozenset[Lifecycle]]] = MappingProxyType(
    {
        Lifecycle.DRAFT: frozenset({Lifecycle.PROPOSED, Lifecycle.ACTIVE, Lifecycle.ARCHIVED}),
        Lifecycle.PROPOSED: frozenset({Lifecycle.DRAFT, Lifecycle.ACTIVE, Lifecycle.ARCHIVED}),
        # Going back to a draft is for what was never started; it is then as if it had not been.
        Lifecycle.ACTIVE: frozenset(
            {
                Lifecycle.DRAFT,
                Lifecycle.PROPOSED,
                Lifecycle.PAUSED,
                Lifecycle.CLOSED,
                Lifecycle.ARCHIVED,
            }
        ),
        Lifecycle.PAUSED: frozenset({Lifecycle.ACTIVE, Lifecycle.CLOSED, Lifecycle.ARCHIVED}),
        Lifecycle.CLOSED: frozenset({Lifecycle.ACTIVE, Lifecycle.ARCHIVED}),
        Lifecycle.ARCHIVED: frozenset({Lifecycle.ACTIVE, Lifecycle.CLOSED}),
    }
)


def may_move(here: Lifecycle, there: Lifecycle) -> bool:
    """Say whether the table has a move.

    >>> may_move(Lifecycle.ACTIVE, Lifecycle.CLOSED), may_move(Lifecycle.CLOSED, Lifecycle.CLOSED)
    (True, False)
    """
    return there in MOVES[here]


@final
@frozen
class Life:
    """Where an objective stands in its life, from a day on.

    Args:
        state: The state.
        since: The first day of it; None for one without any entry.
        closing: The closing that led there, where one did and none reopened it since.
    """

    state: Lifecycle = Lifecycle.ACTIVE
    since: date | None = None
    closing: Closing | None = None

    __attrs_post_init__ = must_fit


def state_after(entry: Mover) -> Lifecycle | None:
    """Return the state an entry leads to; None for an adjustment that goes on."""
    if isinstance(entry, Transition):
        return entry.to
    if isinstance(entry, Closing):
        return Lifecycle.CLOSED
    return Lifecycle.PAUSED if entry.proposal is Proposal.PAUSE else None


def lives_of(
    entries: Iterable[Mover],
) -> tuple[Mapping[str, Sequence[Life]], Sequence[tuple[Mover, TransitionError]]]:
    """Return the life of each item by id, and the moves that the table does not have.

    Args:
        entries: In order of day.
    """
    lives: dict[str, list[Life]] = {}
    refused: list[tuple[Mover, TransitionError]] = []
    for entry in entries:
        to = state_after(entry)
        if to is None:
            continue
        life = lives.setdefault(entry.of, [])
        last = life[-1] if life else Life()
        is_second_closing = to is Lifecycle.CLOSED and last.closing is not None
        if is_second_closing or not may_move(last.state, to):
            refused.append((entry, _refusal(entry, last, to)))
            continue
        closing = last.closing if to is Lifecycle.ARCHIVED else None
        life.append(Life(to, entry.on, entry if isinstance(entry, Closing) else closing))
    return lives, refused


def _refusal(entry: Mover, life: Life, to: Lifecycle) -> TransitionError:
    here = life.state
    onward = ", ".join(sorted(MOVES[here]))
    way_out = f"it is {here}, from where it may become {onward}"
    if to is Lifecycle.CLOSED and life.closing is not None:
        way_out = f"it was closed on {life.closing.on}; record a Transition to active first"
    where = f"{type(entry).__name__}({entry.of!r}, {entry.on})"
    return TransitionError("no-such-move", where, f"{here} to {to}", way_out)
