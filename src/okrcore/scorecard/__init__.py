"""Scores, statuses and verdicts of a plan on a day, with their explanations."""

from okrcore.scorecard.attribution import CauseKind as CauseKind
from okrcore.scorecard.comparison import Comparison as Comparison
from okrcore.scorecard.comparison import MovementCause as MovementCause
from okrcore.scorecard.comparison import ScoreMovement as ScoreMovement
from okrcore.scorecard.comparison import compare as compare
from okrcore.scorecard.day.omissions import NoScoreReason as NoScoreReason
from okrcore.scorecard.day.omissions import NotCounted as NotCounted
from okrcore.scorecard.day.omissions import Uncounted as Uncounted
from okrcore.scorecard.explanation import Explanation as Explanation
from okrcore.scorecard.groups import ObjectiveGroup as ObjectiveGroup
from okrcore.scorecard.live import LiveScorecard as LiveScorecard
from okrcore.scorecard.live_scores import ScoreChange as ScoreChange
from okrcore.scorecard.results import GuardrailResult as GuardrailResult
from okrcore.scorecard.results import KeyResultResult as KeyResultResult
from okrcore.scorecard.results import MetricResult as MetricResult
from okrcore.scorecard.results import ObjectiveResult as ObjectiveResult
from okrcore.scorecard.results import Result as Result
from okrcore.scorecard.rulebook_comparison import RulebookComparison as RulebookComparison
from okrcore.scorecard.rulebook_comparison import RulebookDeviation as RulebookDeviation
from okrcore.scorecard.rulebook_comparison import compare_rulebooks as compare_rulebooks
from okrcore.scorecard.scorecard import Scorecard as Scorecard
from okrcore.scorecard.scorecard import evaluate as evaluate
from okrcore.scorecard.series import DayScore as DayScore
from okrcore.scorecard.series import evaluate_series as evaluate_series
