"""The reallocation window: a small share of the budget that a review may move."""

from __future__ import annotations

from datetime import date
from typing import Final, SupportsFloat, final

from attrs import frozen

from okrcore._checks import as_number, must_be_a, must_be_number
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.review.scopes import is_running
from okrcore.scorecard import Scorecard

__all__ = ["ReallocationWindow", "find_reallocation_window"]

#: Share of a budget that covers most useful changes of mind (founding document E).
_FLEX: Final = 0.02


@final
@frozen(kw_only=True, repr=False)
class ReallocationWindow:
    """Amount that a review may move, and candidates for it; people decide.

    Args:
        on: Day of the review.
        amount: Amount that may move, in the unit of the budget.
        stronger: Ids of objectives that are ahead: more might pay off.
        weaker: Ids of objectives that are behind: target, timing or effort to be reconsidered.
    """

    on: date
    amount: float
    stronger: tuple[str, ...]
    weaker: tuple[str, ...]

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


def find_reallocation_window(
    card: Scorecard, *, budget: SupportsFloat, share: SupportsFloat = _FLEX
) -> ReallocationWindow:
    """Return the amount that a review may move without planning anew, and candidates for it.

    Args:
        card: Scorecard of the day of the review.
        budget: Budget of the period, in any unit; >= 0.
        share: Share of it that may move, 0 to 1.

    Source: founding document E: two percent, at the quarterly reviews.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> card = okr.evaluate(okr.Plan([]), okr.Journal(), as_of=date(2026, 9, 30))
    >>> find_reallocation_window(card, budget=3_000_000).amount
    60000.0
    """
    must_be_a(find_reallocation_window, "card", card, Scorecard)
    whole, part = as_number(budget), as_number(share)
    must_be_number(find_reallocation_window, "budget", whole, low=0.0, code="negative")
    must_be_number(find_reallocation_window, "share", part, low=0.0, high=1.0)
    rule = card.rulebook.review
    running = [o.id for o in card.listed if is_running(card, o)]
    return ReallocationWindow(
        on=card.as_of,
        amount=whole * part,
        stronger=tuple(id for id in running if card.objective(id).status in rule.strengths),
        weaker=tuple(id for id in running if card.objective(id).status in rule.alarms),
    )
