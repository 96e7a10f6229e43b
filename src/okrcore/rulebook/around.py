"""Rules around scores: pace, guardrails, the end of a cycle."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_flag,
    must_be_number,
    must_be_positive_count,
    must_be_unique,
    must_be_whole,
    optional_member_of,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import must_be_text
from okrcore.calendar import WorkWeek
from okrcore.errors import InvalidValueError
from okrcore.journal import Decision
from okrcore.plan import Ambition
from okrcore.rulebook.bands import Bands

__all__ = [
    "BreachMemory",
    "ClosingRule",
    "DayCount",
    "Effect",
    "Expectation",
    "ExpectedFrom",
    "GuardrailRule",
    "PacingRule",
    "Restart",
    "Suggestion",
]


@final
@frozen
class Expectation:
    """Share of the target that an ambition expects at the end.

    Args:
        ambition: None for objectives without one.
        share: Share of the target that is a full success, above 0 to 1.
    """

    ambition: Ambition | None
    share: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))
        must_be_number(self, "share", self.share, low=0.0, high=1.0)
        if self.share == 0:
            raise InvalidValueError("not-positive", path_of(self, "share"), self.share)


@unique
class DayCount(StrEnum):
    """Formula of the elapsed share of a cycle."""

    #: (day - first) / (last - first): 0 on the first day, 1 on the last. Viva.
    EXCLUSIVE = "exclusive"
    #: (day - first + 1) / days: 15 April of 1 to 30 April is half. Engagedly.
    INCLUSIVE = "inclusive"
    #: (day - first) / days: full days only.
    ELAPSED = "elapsed"


@unique
class ExpectedFrom(StrEnum):
    """Source of the expected progress of an objective."""

    #: Mean of the expected progress of its parts, over the same parts as its score.
    PARTS = "parts"
    #: Elapsed share of its cycle, without regard to its parts. Viva, MHOKR.
    DATES = "dates"


def _as_expectations(values: Iterable[Expectation]) -> tuple[Expectation, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class PacingRule:
    """Progress expected by a day.

    Lines are expected to move straight, or along their waypoints; milestones by the weights due; a bound
    holds from the first day; pass or fail and evidence have no expected progress. Paused days do not
    count.

    Args:
        expectations: Share that each ambition expects. It enters only the ratio, by the home objective of
            each key result. Bounds and budgets are expected in full, unless they are part of a compound.
        days: Formula of the elapsed share.
        workdays: Calendar of workdays, the only days counted; None counts every day.
        holds_after_due: Whether a key result that is due before its cycle ends is expected to be full
            from its deadline on; otherwise its line continues beyond full.
        objectives_from: Source of the expected progress of objectives.

    Laws: test_expected_progress_never_falls, test_expected_progress_goes_from_0_to_1.

    Source: METHOD.md 2.7; SYSTEMS.md part 1, sections 2 and 3 (items 9 and 10).

    >>> from okrcore import WorkWeek
    >>> PacingRule(days=DayCount.ELAPSED, workdays=WorkWeek())
    PacingRule(days='elapsed', workdays=WorkWeek())
    """

    expectations: tuple[Expectation, ...] = field(default=(), converter=_as_expectations)
    days: DayCount = DayCount.EXCLUSIVE
    workdays: WorkWeek | None = None
    holds_after_due: bool = True
    objectives_from: ExpectedFrom = ExpectedFrom.PARTS

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "expectations", self.expectations, Expectation)
        must_be_unique(self, "expectations", [each.ambition for each in self.expectations])
        must_be_a(self, "days", self.days, DayCount)
        must_be_a(self, "workdays", self.workdays, WorkWeek, type(None))
        must_be_flag(self, "holds_after_due", self.holds_after_due)
        must_be_a(self, "objectives_from", self.objectives_from, ExpectedFrom)

    def __repr__(self) -> str:
        return repr_of(self)

    def share_for(self, ambition: Ambition | str | None) -> float:
        """Return the share that an ambition expects; 1 without a rule for it.

        Raises:
            InvalidValueError: There is no such ambition.
        """
        wanted = optional_member_of(self, "share_for", ambition, Ambition)
        return next((e.share for e in self.expectations if e.ambition is wanted), 1.0)


@unique
class Effect(StrEnum):
    """Effect of a breached guardrail on the score of its objective (METHOD.md 2.6)."""

    SEPARATE = "separate"  # none; success is withheld at the close
    CAP = "cap"  # the score is at most a number
    AVERAGE = (
        "average"  # guardrails enter the mean as 0 or 1 of weight 1: Viva's control key results
    )
    VETO = "veto"  # the score is 0


@unique
class BreachMemory(StrEnum):
    """Time during which a breach counts."""

    NOW = "now"
    EVER = "ever"


@final
@frozen(kw_only=True)
class GuardrailRule:
    """Effect of a breached or unknown guardrail on its objective.

    With any effect on the score, success is withheld at the close: "1.0, success withheld", never
    "missed".

    Args:
        effect: Effect of a breach on the score. Averaged guardrails make a score alone, if no key result
            has one.
        cap: Highest score with a breach, if the effect is to cap.
        memory: Whether a healed breach still counts; that of a hard guardrail always does.
        withheld: Verdict of a success that is withheld.
        vouches_for: Check-in intervals after which, at the close, the last reading is too old.

    Laws: test_a_breach_withholds_success_and_makes_no_miss.
    """

    effect: Effect = Effect.SEPARATE
    cap: float = field(default=0.69, converter=as_number)  # library default
    memory: BreachMemory = BreachMemory.NOW
    withheld: str = "success withheld"
    vouches_for: int = 2  # METHOD.md 2.7: two weekly check-ins missed

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "effect", self.effect, Effect)
        must_be_number(self, "cap", self.cap, low=0.0, high=1.0)
        must_be_a(self, "memory", self.memory, BreachMemory)
        must_be_text(self, "withheld", self.withheld)
        must_be_positive_count(self, "vouches_for", self.vouches_for, MOST_DAYS)


@unique
class Restart(StrEnum):
    """Baseline of a moving key result in the cycle it is carried into; its target never moves."""

    #: Its last value: the new cycle is measured by its own work. Viva.
    LAST = "last value"
    #: Its old baseline: progress goes on, and is not lost.
    BASELINE = "baseline"
    #: 0. Profit's clones.
    ZERO = "zero"


@final
@frozen(repr=False)
class Suggestion:
    """Suggested decision at the close of objectives of an ambition.

    Args:
        ambition: None for objectives without one.
        bands: Decisions over the score, in the words of `Decision`.
        carries: Whether undecided work is carried into the next cycle.
    """

    ambition: Ambition | None
    bands: Bands
    carries: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))
        must_be_a(self, "bands", self.bands, Bands)
        for position, (_, name) in enumerate(self.bands.bands):
            if name not in set(Decision):
                known = ", ".join(Decision)
                raise InvalidValueError(
                    "wrong-type",
                    path_of(self, f"bands[{position}][1]"),
                    name,
                    f"give a decision: {known}",
                )
        must_be_flag(self, "carries", self.carries)

    def decision_for(self, score: float) -> Decision | None:
        """Return the decision for a score; None if no band holds it."""
        name = self.bands.name(score)
        return None if name is None else Decision(name)

    def __repr__(self) -> str:
        return f"Suggestion({self.ambition!r}, {len(self.bands.bands)} bands)"


def _as_suggestions(values: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class ClosingRule:
    """Readings after a deadline, suggestions at the close, and baselines in the next cycle.

    Args:
        grace_days: Days after the deadline during which a key result's own readings still count: final
            numbers are typed late. Never for a shared metric, which lives on. Methods have no grace of
            their own: that of the rulebook given to `evaluate` counts for all.
        restart: Baseline of a moving key result that is carried over. The last value is the default, since
            the old baseline would give the new cycle the progress of the old one.
        suggestions: Suggested decisions, by ambition; none for an ambition without one.

    Source: SYSTEMS.md part 1 (VG5, P9).
    """

    grace_days: int = 14  # library default
    restart: Restart = Restart.LAST
    suggestions: tuple[Suggestion, ...] = field(default=(), converter=_as_suggestions)

    def __attrs_post_init__(self) -> None:
        must_be_whole(self, "grace_days", self.grace_days, 0, MOST_DAYS)
        must_be_a(self, "restart", self.restart, Restart)
        must_be_all(self, "suggestions", self.suggestions, Suggestion)
        must_be_unique(self, "suggestions", [each.ambition for each in self.suggestions])

    def suggestion_for(self, ambition: Ambition | str | None) -> Suggestion | None:
        """Return the suggestion for an ambition; None if there is none.

        Raises:
            InvalidValueError: There is no such ambition.
        """
        wanted = optional_member_of(self, "suggestion_for", ambition, Ambition)
        return next((s for s in self.suggestions if s.ambition is wanted), None)

    def __repr__(self) -> str:
        return repr_of(self)
