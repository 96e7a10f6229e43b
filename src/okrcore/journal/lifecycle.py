"""Lifecycle of objectives: one table of transitions, and the stages that the entries of a journal lead to.

Rules of this file:

1. All transitions are in `LIFECYCLE_TRANSITIONS`; any other is refused, and changes nothing. Only a `Closing` leads to
   closed, and not a second one before the objective was reopened.
2. An objective is active without any entry. A first transition to active says nothing new of it, and is refused; an
   initiative is begun by it.
3. Lifecycle and health are two axes: there is no status and no score in this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.errors import TransitionError
from okrcore.journal.adjustment import Adjustment, AdjustmentKind
from okrcore.journal.decisions import Closing, Lifecycle, Transition

__all__ = ["LIFECYCLE_TRANSITIONS", "UNSTARTED", "LifecycleStage", "Mover", "lives_of", "may_move"]

#: Entry with a transition: a `Transition`, a closing, or an adjustment that pauses an objective.
Mover: TypeAlias = Transition | Closing | Adjustment

#: Stages of objectives that were not started.
UNSTARTED: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED})
#: Next stages of each stage. A closed objective is reopened only by an entry.
LIFECYCLE_TRANSITIONS: Final[Mapping[Lifecycle, frozenset[Lifecycle]]] = MappingProxyType(
    {
        Lifecycle.DRAFT: frozenset({Lifecycle.PROPOSED, Lifecycle.ACTIVE, Lifecycle.ARCHIVED}),
        Lifecycle.PROPOSED: frozenset({Lifecycle.DRAFT, Lifecycle.ACTIVE, Lifecycle.ARCHIVED}),
        # An objective that was never started may go back to a draft.
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
    """Return whether the table has a transition.

    >>> may_move(Lifecycle.ACTIVE, Lifecycle.CLOSED), may_move(Lifecycle.CLOSED, Lifecycle.CLOSED)
    (True, False)
    """
    return there in LIFECYCLE_TRANSITIONS[here]


@final
@frozen
class LifecycleStage:
    """Lifecycle stage of an objective, key result or initiative, from a day on.

    Args:
        state: The stage.
        since: First day of it; None without any entry.
        closing: Closing that led to it, if no transition reopened the objective since.
    """

    state: Lifecycle = Lifecycle.ACTIVE
    since: date | None = None
    closing: Closing | None = None

    __attrs_post_init__ = must_fit


def state_after(entry: Mover) -> Lifecycle | None:
    """Return the stage after an entry; None for an adjustment without a pause."""
    if isinstance(entry, Transition):
        return entry.to
    if isinstance(entry, Closing):
        return Lifecycle.CLOSED
    return Lifecycle.PAUSED if entry.kind is AdjustmentKind.PAUSE else None


def lives_of(
    entries: Iterable[Mover],
) -> tuple[Mapping[str, Sequence[LifecycleStage]], Sequence[tuple[Mover, TransitionError]]]:
    """Return the stages of each item by id, and the transitions that the table does not have.

    A first transition to active is in both: it begins an initiative, and only of that it is a transition.
    `entries` are in order of day.
    """
    lives: dict[str, list[LifecycleStage]] = {}
    refused: list[tuple[Mover, TransitionError]] = []
    for entry in entries:
        to = state_after(entry)
        if to is None:
            continue
        life = lives.setdefault(entry.of, [])
        last = life[-1] if life else LifecycleStage()
        is_second_closing = to is Lifecycle.CLOSED and last.closing is not None
        if is_second_closing or not may_move(last.state, to):
            refused.append((entry, _refusal(entry, last, to)))
            if life:
                continue
        closing = last.closing if to is Lifecycle.ARCHIVED else None
        life.append(LifecycleStage(to, entry.on, entry if isinstance(entry, Closing) else closing))
    return lives, refused


def _refusal(entry: Mover, life: LifecycleStage, to: Lifecycle) -> TransitionError:
    here = life.state
    onward = ", ".join(sorted(LIFECYCLE_TRANSITIONS[here]))
    hint = f"it is {here}, from where it may become {onward}"
    if to is Lifecycle.CLOSED and life.closing is not None:
        hint = f"it was closed on {life.closing.on}; record a Transition to active first"
    path = f"{type(entry).__name__}({entry.of!r}, {entry.on})"
    return TransitionError("no-such-move", path, f"{here} to {to}", hint)
