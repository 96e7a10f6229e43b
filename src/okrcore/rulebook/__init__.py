"""Rulebook: method, as frozen data.

At the top: `Rulebook` and `RECOMMENDED`. Here alone: its rules and their words, bands and scales, statuses, and
`diff_rulebooks`. `okrcore.rulebook.dialects` has the rulebooks of known systems.
"""

from okrcore._arith import Rounding
from okrcore.rulebook.attainment_rule import (
    AttainmentRule,
    BoundReading,
    BoundRule,
    BoundShape,
    FlatLine,
)
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.clip import Clip
from okrcore.rulebook.closing_rule import CarriedBaseline, CarriedUntil, ClosingRule, SuggestionRule
from okrcore.rulebook.differences import RuleDifference, diff_rulebooks
from okrcore.rulebook.fact_words import FACT_WORDS, FACTS_BESIDE, Fact, Outcome
from okrcore.rulebook.guardrail_rule import BreachEffect, BreachMemory, GuardrailRule
from okrcore.rulebook.pacing_rule import DayCount, Expectation, ExpectedFrom, PacingRule
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.review_rule import ReviewRule
from okrcore.rulebook.roll_up_rule import (
    OverrideDuration,
    RollUpPart,
    RollUpRule,
    RollUpSource,
    Weighing,
    ZeroWeights,
)
from okrcore.rulebook.rulebook import LearningVerdict, Rulebook, Verdict
from okrcore.rulebook.status_rules import (
    Always,
    ByBands,
    Closed,
    Declared,
    Done,
    FromParts,
    NotStarted,
    Overdue,
    Stale,
    Status,
    StatusCombination,
    StatusRule,
)

__all__ = [
    "FACTS_BESIDE",
    "FACT_WORDS",
    "OTHERWISE",
    "RECOMMENDED",
    "Always",
    "AttainmentRule",
    "Axis",
    "Bands",
    "BoundReading",
    "BoundRule",
    "BoundShape",
    "BreachEffect",
    "BreachMemory",
    "ByBands",
    "CarriedBaseline",
    "CarriedUntil",
    "Clip",
    "Closed",
    "ClosingRule",
    "DayCount",
    "Declared",
    "Done",
    "Expectation",
    "ExpectedFrom",
    "Fact",
    "FlatLine",
    "FromParts",
    "GuardrailRule",
    "LearningVerdict",
    "NotStarted",
    "Outcome",
    "Overdue",
    "OverrideDuration",
    "PacingRule",
    "ReviewRule",
    "RollUpPart",
    "RollUpRule",
    "RollUpSource",
    "Rounding",
    "RuleDifference",
    "Rulebook",
    "Scale",
    "Stale",
    "Status",
    "StatusCombination",
    "StatusRule",
    "SuggestionRule",
    "Verdict",
    "Weighing",
    "ZeroWeights",
    "diff_rulebooks",
]
