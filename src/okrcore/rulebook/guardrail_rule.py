"""Rule of guardrails: the effect of a breach, and how long it lasts."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_number,
    must_be_a,
    must_be_flag,
    must_be_number,
    must_be_positive_count,
)
from okrcore._texts import must_be_text

__all__ = ["BreachEffect", "BreachMemory", "GuardrailRule"]


@unique
class BreachEffect(StrEnum):
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
        stale_after_intervals: Check-in intervals after which, at the close, the last reading is too old.
        settles_hard: Whether a hard guardrail can be settled by a `Judgement`. If not, its judgements do not
            count, and are listed with that reason.

    Laws: test_a_breach_withholds_success_and_makes_no_miss.
    """

    effect: BreachEffect = BreachEffect.SEPARATE
    cap: float = field(default=0.69, converter=as_number)  # library default
    memory: BreachMemory = BreachMemory.NOW
    withheld: str = "success withheld"
    stale_after_intervals: int = 2  # METHOD.md 2.7: two weekly check-ins missed
    settles_hard: bool = True

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "effect", self.effect, BreachEffect)
        must_be_number(self, "cap", self.cap, low=0.0, high=1.0)
        must_be_a(self, "memory", self.memory, BreachMemory)
        must_be_text(self, "withheld", self.withheld)
        must_be_positive_count(self, "stale_after_intervals", self.stale_after_intervals, MOST_DAYS)
        must_be_flag(self, "settles_hard", self.settles_hard)
