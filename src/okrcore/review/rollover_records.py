"""Records of a roll-over: the new plan, and the outcome for everything that ended."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.calendar import Cycle
from okrcore.journal import Adjustment, ClosingDecision
from okrcore.plan import Plan
from okrcore.words.reason import Reason, as_reason

__all__ = ["Rollover", "RolloverItem", "RolloverOutcome"]


@unique
class RolloverOutcome(StrEnum):
    """Outcome of the roll-over for an item."""

    CARRIED = "carried"
    PARKED = "parked"
    LEFT = "left behind"
    UNDECIDED = "undecided"


@final
@frozen(repr=False)
class RolloverItem:
    """Outcome for an objective, or for a key result of one that goes on.

    Args:
        id: Id in the ended cycle.
        fate: Carried, parked, left behind or undecided.
        because: Reason in a few words.
        to: New id if it goes on; of an undecided shared key result, that under which another objective holds it
            until somebody owns it.
        suggestion: Suggested decision if it is undecided; None if there is none.
    """

    id: str
    fate: RolloverOutcome
    because: Reason = field(converter=as_reason)
    to: str | None = None
    suggestion: ClosingDecision | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen(repr=False)
class Rollover:
    """A plan with the objectives of a new cycle, and the outcome for everything that ended.

    Args:
        plan: The plan as stored, with the new objectives at its end.
        cycle: The new cycle.
        items: Outcomes of the ended objectives, and of the key results of those that go on.
        unlinked: Links to items that do not go on, or joined by an adjustment, as pairs of a new id and the id
            that it named. They are dropped; a metric that joined goes on under a new id. Lost alignments are
            in the reason of the objective too.
        adjustments: Entries to add to the journal, mostly none. A plan cannot name an item that joined by an
            adjustment, so these make what goes on continue it.
    """

    plan: Plan
    cycle: Cycle
    items: tuple[RolloverItem, ...]
    unlinked: tuple[tuple[str, str], ...]
    adjustments: tuple[Adjustment, ...] = ()

    __attrs_post_init__ = must_fit

    @property
    def carried(self) -> tuple[RolloverItem, ...]:
        """Items that go on."""
        return self._with(RolloverOutcome.CARRIED)

    @property
    def parked(self) -> tuple[RolloverItem, ...]:
        """Items on the not-now list."""
        return self._with(RolloverOutcome.PARKED)

    @property
    def left(self) -> tuple[RolloverItem, ...]:
        """Items that are over."""
        return self._with(RolloverOutcome.LEFT)

    @property
    def undecided(self) -> tuple[RolloverItem, ...]:
        """Items that need a decision first; they are not carried."""
        return self._with(RolloverOutcome.UNDECIDED)

    def _with(self, fate: RolloverOutcome) -> tuple[RolloverItem, ...]:
        return tuple(item for item in self.items if item.fate is fate)

    def __repr__(self) -> str:
        return (
            f"Rollover({self.cycle}, {len(self.carried)} carried, {len(self.parked)} parked, "
            f"{len(self.left)} left behind, {len(self.undecided)} undecided)"
        )
