"""Scores, statuses and verdicts of a plan on a day, with their explanations."""

from okrcore.scorecard.attribution import MovedBy as MovedBy
from okrcore.scorecard.comparison import Cause as Cause
from okrcore.scorecard.comparison import Comparison as Comparison
from okrcore.scorecard.comparison import Movement as Movement
from okrcore.scorecard.comparison import compare as compare
from okrcore.scorecard.day.omissions import NotCounted as NotCounted
from okrcore.scorecard.day.omissions import Uncounted as Uncounted
from okrcore.scorecard.day.omissions import WhyNot as WhyNot
from okrcore.scorecard.explanation import Explanation as Explanation
from okrcore.scorecard.groups import Group as Group
from okrcore.scorecard.live import LiveScorecard as LiveScorecard
from okrcore.scorecard.live_scores import ScoreChange as ScoreChange
from okrcore.scorecard.results import GuardrailResult as GuardrailResult
from okrcore.scorecard.results import KeyResultResult as KeyResultResult
from okrcore.scorecard.results import MetricResult as MetricResult
from okrcore.scorecard.results import ObjectiveResult as ObjectiveResult
from okrcore.scorecard.results import Result as Result
from okrcore.scorecard.rulebook_comparison import Deviation as Deviation
from okrcore.scorecard.rulebook_comparison import RulebookComparison as RulebookComparison
from okrcore.scorecard.rulebook_comparison import compare_rulebooks as compare_rulebooks
from okrcore.scorecard.scorecard import Scorecard as Scorecard
from okrcore.scorecard.scorecard import evaluate as evaluate
from okrcore.scorecard.series import DayScore as DayScore
from okrcore.scorecard.series import evaluate_series as evaluate_series
