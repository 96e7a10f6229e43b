"""The not-now list: objectives that are not pursued, with the reason."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import frozen

from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.journal import Decision
from okrcore.scorecard import Scorecard

__all__ = ["NotNow", "not_now"]


@final
@frozen(kw_only=True, repr=False)
class NotNow:
    """Objective that waits.

    Args:
        of: Id of the objective.
        because: Reason to wait.
        revisit: Day to look at it again; None without one.
        is_due: Whether that day has come.
    """

    of: str
    because: str
    revisit: date | None
    is_due: bool

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


def not_now(card: Scorecard) -> tuple[NotNow, ...]:
    """Return the objectives that wait, in the order of the days to look at them again.

    They are parked in the plan, or were deferred at their close and no other objective continues them.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> waits = okr.Parked("no team until spring", date(2027, 3, 1))
    >>> plan = okr.Plan([okr.Objective("app", "An app for drivers",
    ...                                profile=okr.ObjectiveProfile(parked=waits))])
    >>> [found] = not_now(okr.evaluate(plan, okr.Journal(), as_of=date(2026, 10, 1)))
    >>> print(found.of, "waits:", found.because, "-", found.revisit)
    app waits: no team until spring - 2027-03-01
    """
    must_be_a(not_now, "card", card, Scorecard)
    continued = {o.profile.continues for o in card.plan.objectives if o.profile is not None}
    found: list[NotNow] = []
    for objective in card.plan.objectives:
        if objective.id in continued:
            continue
        closing = card.journal.life(objective.id, on=card.as_of).closing
        if objective.parked is not None:
            because, revisit = objective.parked.because, objective.parked.revisit
        elif closing is not None and closing.decision is Decision.DEFER:
            because, revisit = closing.because.strip() or f"deferred on {closing.on}", None
        else:
            continue
        is_due = revisit is not None and revisit <= card.as_of
        found.append(NotNow(of=objective.id, because=because, revisit=revisit, is_due=is_due))
    return tuple(sorted(found, key=lambda one: one.revisit or date.max))
