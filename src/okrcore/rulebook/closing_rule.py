"""Rule of closings: suggestions, and baselines of what is carried over."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import (
    MOST_DAYS,
    as_number,
    as_tuple,
    given_whole,
    must_be_a,
    must_be_all,
    must_be_flag,
    must_be_number,
    must_be_unique,
    must_be_whole,
    optional_member_of,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.errors import InvalidValueError
from okrcore.journal import ClosingDecision
from okrcore.plan import Ambition
from okrcore.rulebook.bands import Bands

__all__ = ["CarriedBaseline", "CarriedUntil", "ClosingRule", "SuggestionRule"]


@unique
class CarriedBaseline(StrEnum):
    """Baseline of a moving key result in the cycle it is carried into; its target never moves."""

    #: Its last value: the new cycle is measured by its own work. Viva.
    LAST = "last value"
    #: Its old baseline: progress goes on, and is not lost.
    BASELINE = "baseline"
    #: 0. Profit's clones.
    ZERO = "zero"


@unique
class CarriedUntil(StrEnum):
    """End of work that is carried from cycle to cycle: both practices exist for a stretch that succeeded."""

    #: A score of 1.0, whatever the verdict: Google's playbook.
    FULL = "full"
    #: A verdict of success.
    SUCCESS = "success"


@final
@frozen(repr=False)
class SuggestionRule:
    """Suggested decision at the close of objectives of an ambition.

    Args:
        ambition: None for objectives without one.
        bands: Decisions over the score, in the words of `ClosingDecision`.
        carries: Whether undecided work is carried into the next cycle.
    """

    ambition: Ambition | None
    bands: Bands
    carries: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))
        must_be_a(self, "bands", self.bands, Bands)
        for position, (_, name) in enumerate(self.bands.bands):
            if name not in set(ClosingDecision):
                known = ", ".join(ClosingDecision)
                raise InvalidValueError(
                    "wrong-type",
                    path_of(self, f"bands[{position}][1]"),
                    name,
                    f"give a decision: {known}",
                )
        must_be_flag(self, "carries", self.carries)

    def decision_for(self, score: float) -> ClosingDecision | None:
        """Return the decision for a score; None if no band holds it."""
        name = self.bands.name(score)
        return None if name is None else ClosingDecision(name)

    def __repr__(self) -> str:
        return f"SuggestionRule({self.ambition!r}, {len(self.bands.bands)} bands)"


def _as_suggestions(values: Iterable[SuggestionRule]) -> tuple[SuggestionRule, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class ClosingRule:
    """Readings after a deadline, suggestions at the close, and baselines in the next cycle.

    Args:
        grace_days: Days after the deadline during which final numbers may still be written. It is for
            writing, not for working: a reading with a moment counts if it is true of a day up to the
            deadline, and was written, by the date of its moment, in these days. One without a moment
            that is dated in them is taken for a final number typed late; never one of a shared metric,
            which lives on. Methods have no grace of their own: that of the rulebook given to `evaluate`
            counts for all.
        grace_cycles: The most that the grace may last, in lengths of the cycle: a week has 7 days of grace,
            not 14. With 1, the numbers of a cycle are final before the next one ends, so that there are
            never two past cycles whose numbers are open.
        restart: Baseline of a moving key result that is carried over. The old one is the default: 66 on the way
            from 20 to 70 is 92% of it in the next cycle too, and three of the last four points are not 75% of
            the work. Pace begins at the last value.
        carried_until: End of work that is carried. Until it succeeds, "achieved" is suggested for a success,
            whatever the bands say.
        suggestions: Suggested decisions, by ambition; none for an ambition without one.

    Source: SYSTEMS.md part 1 (VG5, P9).
    """

    grace_days: int = 14  # library default
    grace_cycles: float = field(default=1.0, converter=as_number)  # library default
    restart: CarriedBaseline = CarriedBaseline.BASELINE
    # METHOD.md 2.3: until it is done or handed over.
    carried_until: CarriedUntil = CarriedUntil.FULL
    suggestions: tuple[SuggestionRule, ...] = field(default=(), converter=_as_suggestions)

    def __attrs_post_init__(self) -> None:
        must_be_whole(self, "grace_days", self.grace_days, 0, MOST_DAYS)
        must_be_number(self, "grace_cycles", self.grace_cycles, low=0.0, code="negative")
        must_be_a(self, "restart", self.restart, CarriedBaseline)
        must_be_a(self, "carried_until", self.carried_until, CarriedUntil)
        must_be_all(self, "suggestions", self.suggestions, SuggestionRule)
        must_be_unique(self, "suggestions", [each.ambition for each in self.suggestions])

    def grace_of(self, cycle_days: int) -> int:
        """Return the days of grace after a cycle of some days; a whole number above 0.

        >>> ClosingRule().grace_of(92), ClosingRule().grace_of(7)
        (14, 7)
        """
        days = given_whole(self, "grace_of", cycle_days, 1)
        return min(self.grace_days, int(snap(self.grace_cycles * days)))

    def suggestion_for(self, ambition: Ambition | str | None) -> SuggestionRule | None:
        """Return the suggestion for an ambition; None if there is none.

        Raises:
            InvalidValueError: There is no such ambition.
        """
        wanted = optional_member_of(self, "suggestion_for", ambition, Ambition)
        return next((s for s in self.suggestions if s.ambition is wanted), None)

    def __repr__(self) -> str:
        return repr_of(self)
