"""Scorecard: scores, statuses and verdicts of a plan and a journal on a day.

At the top: `evaluate` and its relatives, `Scorecard`, `LiveScorecard`. Here alone: results, explanations,
comparisons, groups, and the reasons for missing scores.
"""

from okrcore.scorecard.attribution import CauseKind
from okrcore.scorecard.bound_history import DatedState
from okrcore.scorecard.comparison import Comparison, MovementCause, ScoreMovement, compare
from okrcore.scorecard.day.each_period import PeriodResult, PeriodState
from okrcore.scorecard.day.movements import Movement
from okrcore.scorecard.day.omissions import NoScoreReason
from okrcore.scorecard.day.target_growths import GrowthSource, TargetGrowth
from okrcore.scorecard.day.uncounted_entries import NotCounted, Uncounted
from okrcore.scorecard.day.work_states import InitiativeState
from okrcore.scorecard.explanation import Explanation
from okrcore.scorecard.groups import ObjectiveGroup
from okrcore.scorecard.initiative_results import InitiativeResult
from okrcore.scorecard.live import LiveScorecard
from okrcore.scorecard.live_scores import ScoreChange
from okrcore.scorecard.plan_evaluation import evaluate
from okrcore.scorecard.planned_growth import target_growth
from okrcore.scorecard.priority_results import PriorityResult, ThresholdState
from okrcore.scorecard.results import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Result,
)
from okrcore.scorecard.rulebook_comparison import (
    RulebookComparison,
    RulebookDeviation,
    compare_rulebooks,
)
from okrcore.scorecard.scorecard import Scorecard
from okrcore.scorecard.series import DayScore, evaluate_series
from okrcore.scorecard.state_movements import StateMovement

__all__ = [
    "CauseKind",
    "Comparison",
    "DatedState",
    "DayScore",
    "Explanation",
    "GrowthSource",
    "GuardrailResult",
    "InitiativeResult",
    "InitiativeState",
    "KeyResultResult",
    "LiveScorecard",
    "MetricResult",
    "Movement",
    "MovementCause",
    "NoScoreReason",
    "NotCounted",
    "ObjectiveGroup",
    "ObjectiveResult",
    "PeriodResult",
    "PeriodState",
    "PriorityResult",
    "Result",
    "RulebookComparison",
    "RulebookDeviation",
    "ScoreChange",
    "ScoreMovement",
    "Scorecard",
    "StateMovement",
    "TargetGrowth",
    "ThresholdState",
    "Uncounted",
    "compare",
    "compare_rulebooks",
    "evaluate",
    "evaluate_series",
    "target_growth",
]
