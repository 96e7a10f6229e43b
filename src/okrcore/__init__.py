"""OKRs as a library: plans, journals and rulebooks in, scorecards that explain themselves out.

    card = okr.evaluate(plan, journal, as_of=day, rulebook=okr.RECOMMENDED)

Plan: intent
    Plan, Objective, KeyResult, KeyResultRef, Guardrail, Initiative, Metric, Trigger, Parked, Outside
    people and levels: Person, Team, Level, Place; alignment: Alignment, Contribution, Dependency
    details: Ambition, Timing, Waypoint, ObjectiveProfile, KeyResultProfile, Unit, Ratio, Derived
    two versions: diff
Measures: progress of a key result
    along a line: Increase, Decrease, FromTo, Reach, Relative, Points, Multiple
    within bounds: AtLeast, AtMost, Above, Below, Between
    on a scale of their own: Exactly, Budget, Anchors, Steps, Zones, Judged
    deliverables: PassFail, Milestones with Milestone, Evidence, EstablishBaseline; several: Compound
Journal: evidence
    Journal, check_ins, admit, adjustments; entries: CheckIn, BaselineSet, Adjustment, Transition, Judgement, Closing,
    Correction, PostMortem
Calendar: Cycle, Cadence, Period, FiscalCalendar
Rulebook: method, as frozen data: Rulebook, RECOMMENDED
Scorecard: judgement
    evaluate, evaluate_series, compare, compare_rulebooks, Scorecard, LiveScorecard
In and out: read_rows, read_text, write_text, to_records
Words: Aggregation, AdjustmentKind, AdjustmentTrigger, ClosingDecision, Lifecycle, TriggerKind
Errors: OkrError, InvalidValueError, InconsistentPlanError, TransitionError, DecodeError

Rooms have the rest, as in `okr.review.make_agenda`:
    okr.calendar   schedules, week years, workdays, advice on cadences
    okr.plan       target totals, new wordings, quantities, words of profiles
    okr.journal    table of the lifecycle, unexplained changes, misfits, corrections of plans
    okr.rulebook   rules, bands, statuses, differences; okr.rulebook.dialects has those of known systems
    okr.scorecard  results, explanations, comparisons, groups
    okr.review     due items, agendas, closing advice, retrospectives, rollover
    okr.codec      JSON documents and their schema, tables, calendar text
    okr.display    text, Markdown, HTML
    okr.words      sentences as data; other languages, other words
    okr.testing    Hypothesis strategies, for tests of your own
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from okrcore import calendar as calendar
from okrcore import display as display
from okrcore import journal as journal
from okrcore import plan as plan
from okrcore import review as review
from okrcore import rulebook as rulebook
from okrcore import scorecard as scorecard
from okrcore import words as words
from okrcore.calendar import Cadence, Cycle, FiscalCalendar, Period
from okrcore.errors import (
    DecodeError,
    InconsistentPlanError,
    InvalidValueError,
    OkrError,
    TransitionError,
)
from okrcore.journal import (
    Adjustment,
    AdjustmentKind,
    AdjustmentTrigger,
    BaselineSet,
    CheckIn,
    Closing,
    ClosingDecision,
    Correction,
    Journal,
    Judgement,
    Lifecycle,
    PostMortem,
    Transition,
    adjustments,
    admit,
    check_ins,
)
from okrcore.plan import (
    Above,
    Aggregation,
    Alignment,
    Ambition,
    Anchors,
    AtLeast,
    AtMost,
    Below,
    Between,
    Budget,
    Compound,
    Contribution,
    Decrease,
    Dependency,
    Derived,
    EachPeriod,
    EstablishBaseline,
    Evidence,
    Exactly,
    FromTo,
    Guardrail,
    Increase,
    Initiative,
    Judged,
    KeyResult,
    KeyResultProfile,
    KeyResultRef,
    Level,
    Metric,
    Milestone,
    Milestones,
    Multiple,
    Objective,
    ObjectiveProfile,
    Outside,
    Parked,
    PassFail,
    Person,
    Place,
    Plan,
    Points,
    Ratio,
    Reach,
    Relative,
    Steps,
    Team,
    Timing,
    Trigger,
    TriggerKind,
    Unit,
    Waypoint,
    Zones,
    diff,
)
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import (
    LiveScorecard,
    Scorecard,
    compare,
    compare_rulebooks,
    evaluate,
    evaluate_series,
)

if TYPE_CHECKING:
    from okrcore import codec as codec
    from okrcore.codec import read_rows, read_text, to_records, write_text
else:
    #: Loaded at first use: `okr.codec` loads json, and cattrs when it converts.
    _OF_CODEC = frozenset({"read_rows", "read_text", "to_records", "write_text"})

    def __getattr__(name: str) -> object:
        """Load the codec at its first use."""
        if name == "codec":
            return import_module("okrcore.codec")
        if name in _OF_CODEC:
            return getattr(import_module("okrcore.codec"), name)
        message = f"module 'okrcore' has no attribute {name!r}"
        raise AttributeError(message)


__all__ = [
    "RECOMMENDED",
    "Above",
    "Adjustment",
    "AdjustmentKind",
    "AdjustmentTrigger",
    "Aggregation",
    "Alignment",
    "Ambition",
    "Anchors",
    "AtLeast",
    "AtMost",
    "BaselineSet",
    "Below",
    "Between",
    "Budget",
    "Cadence",
    "CheckIn",
    "Closing",
    "ClosingDecision",
    "Compound",
    "Contribution",
    "Correction",
    "Cycle",
    "DecodeError",
    "Decrease",
    "Dependency",
    "Derived",
    "EachPeriod",
    "EstablishBaseline",
    "Evidence",
    "Exactly",
    "FiscalCalendar",
    "FromTo",
    "Guardrail",
    "InconsistentPlanError",
    "Increase",
    "Initiative",
    "InvalidValueError",
    "Journal",
    "Judged",
    "Judgement",
    "KeyResult",
    "KeyResultProfile",
    "KeyResultRef",
    "Level",
    "Lifecycle",
    "LiveScorecard",
    "Metric",
    "Milestone",
    "Milestones",
    "Multiple",
    "Objective",
    "ObjectiveProfile",
    "OkrError",
    "Outside",
    "Parked",
    "PassFail",
    "Period",
    "Person",
    "Place",
    "Plan",
    "Points",
    "PostMortem",
    "Ratio",
    "Reach",
    "Relative",
    "Rulebook",
    "Scorecard",
    "Steps",
    "Team",
    "Timing",
    "Transition",
    "TransitionError",
    "Trigger",
    "TriggerKind",
    "Unit",
    "Waypoint",
    "Zones",
    "adjustments",
    "admit",
    "check_ins",
    "compare",
    "compare_rulebooks",
    "diff",
    "evaluate",
    "evaluate_series",
    "read_rows",
    "read_text",
    "to_records",
    "write_text",
]
