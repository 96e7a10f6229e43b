"""Rulebooks of open-source systems, as their code and tests define them, and of published scores.

If nothing is defined, `RECOMMENDED`'s rule applies, or none. "Not stated: ..." lists definitions of the
source that no rule here has. A figure is rounded here only if the code stores the rounded one, or computes
on with it, as its docstring notes. Sources are the repositories named in SYSTEMS.md, part 2.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from okrcore._arith import Rounding
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.rulebook.attainment_rule import AttainmentRule, FlatLine
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.clip import UNCHANGED, ZERO_TO_ONE, Clip
from okrcore.rulebook.pacing_rule import ExpectedFrom, PacingRule
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.roll_up_rule import (
    OverrideDuration,
    RollUpPart,
    RollUpRule,
    RollUpSource,
    ZeroWeights,
)
from okrcore.rulebook.rulebook import Rulebook, Verdict
from okrcore.rulebook.status_rules import Always, ByBands, Closed, Declared, Overdue, Stale

__all__ = [
    "BURNING_OKR",
    "BUSINESS_AS_CODE",
    "CODETETHER",
    "FARAATAR",
    "FRAPPE",
    "GAUZY",
    "GITLAB",
    "GITLAB_HANDBOOK",
    "IPFS",
    "JOYSTREAM",
    "LEANTIME",
    "MEMOFLOW",
    "MHOKR",
    "MOONSHOT",
    "OKR_MANAGEMENT",
    "OKR_TRACKER",
    "OKR_TRACKER_DISPLAY",
    "OPEN_OKR",
    "OPERATELY",
    "PM_SKILLS",
    "PUZZLE",
    "SHAMANR",
]

_POOL: Final = (RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES))
#: Objectives below do not count.
_KEY_RESULTS_ONLY: Final = (RollUpPart(RollUpSource.KEY_RESULTS),)
_WHOLE_PERCENT: Final = Clip(floor=0, ceiling=1, digits=2)
_TRUNCATED: Final = Clip(digits=2, rounding=Rounding.TRUNCATE)
#: Outcome; outdated when a check-in is more than 3 days late; the last declared; or else pending.
_LAST_CHECK_IN: Final = (
    Closed(success="achieved", failure="missed"),
    Stale(intervals=1, grace_days=3, name="outdated"),
    Declared(),
    Always("pending"),
)

GITLAB: Final = Rulebook(
    name="GitLab",
    attainment=AttainmentRule(clip=_WHOLE_PERCENT, flat=FlatLine.ZERO, missing=0),
    roll_up=RollUpRule(
        parts=_POOL,
        missing=0,
        empty=0,
        with_judged=OverrideDuration.UNTIL_READ,
        result=Clip(digits=2, rounding=Rounding.FLOOR),
    ),
    status=(Declared(),),
)
"""GitLab's OKR work items: whole percents, halves up, clamped; start equal to end is 0; the parent is
the mean of its children, floored, and a child without a number counts 0. Both are stored as whole
percents, and computed on with. The value that a parent is given by hand, a `Judgement`, counts until a
child is updated. Health is set by hand.

Not stated: that start equal to end fails validation as well; the limits of its hierarchy.
"""

_GITLAB_HANDBOOK: Final = Rulebook(
    name="GitLab's handbook",
    attainment=AttainmentRule(clip=UNCHANGED, budget_zero_at=2),
)
GITLAB_HANDBOOK: Final = evolve(
    _GITLAB_HANDBOOK,
    methods=(
        evolve(
            _GITLAB_HANDBOOK,
            name="capped",
            attainment=evolve(_GITLAB_HANDBOOK.attainment, clip=ZERO_TO_ONE),
        ),
    ),
)
"""Scores that GitLab published in 2018 to 2020: the ratio to the target, mostly uncapped; an error
budget is full within its limit and 0 at twice it; objectives are means, unless they were judged. Its
pages print whole percents, which is display.

Not stated: nothing.
"""

OKR_TRACKER: Final = Rulebook(
    name="okr-tracker",
    attainment=AttainmentRule(missing=0, flat=FlatLine.ZERO),
    roll_up=RollUpRule(parts=_KEY_RESULTS_ONLY, empty=0, with_archived=False),
)
"""oslokommune/okr-tracker, the ratio it stores and rolls up: clamped, a missing value is the start; key
results alone move an objective, which is 0 without any; archived items leave the roll-up. It stores
0.5 if start equals target, which is a defect of its scale library; 0 is used here, as it displays.
Weights of 0 in total give NaN there, and no score here.

Not stated: the roll-up of a period from its objectives.
"""

OKR_TRACKER_DISPLAY: Final = evolve(
    OKR_TRACKER,
    name="okr-tracker, displayed",
    attainment=evolve(OKR_TRACKER.attainment, clip=UNCHANGED),
    roll_up=evolve(OKR_TRACKER.roll_up, entry=ZERO_TO_ONE),
)
"""oslokommune/okr-tracker, the percent it shows of key results: signed and unclamped. It enters
objectives clamped, as it is stored. Two decimals of a percent are shown, which is display.

Not stated: the remaining and completed amounts beside the percent.
"""

PUZZLE: Final = Rulebook(
    name="Puzzle",
    attainment=AttainmentRule(clip=Clip(floor=0)),
    roll_up=RollUpRule(parts=_KEY_RESULTS_ONLY),
    scales=(
        Scale(
            "zone",
            Axis.PROGRESS,
            Bands(
                [
                    (AtLeast(1), "stretch"),
                    (AtLeast(0.7), "target"),
                    (AtLeast(0.3), "commit"),
                    (OTHERWISE, "fail"),
                ]
            ),
        ),
    ),
)
"""puzzle/okr: the share of the way from baseline to stretch goal, not capped, 0 on the wrong side of the
baseline; zones at 0.3, 0.7 and 1, which belong to the upper zone. Alignment moves no number. Marks set
by hand are `Anchors`, for which its two rules differ.

Not stated: that objectives have no number, but counts of their key results by zone (the mean is used
here); the badge of a value on the wrong side of its baseline; a value that equals start and target,
which one of its pages shows as full.
"""

_OPERATELY: Final = Rulebook(
    name="Operately",
    attainment=AttainmentRule(flat=FlatLine.ZERO),
    roll_up=RollUpRule(
        parts=(
            RollUpPart(RollUpSource.KEY_RESULTS),
            RollUpPart(RollUpSource.INITIATIVES, as_one=True),
        ),
        missing=0,
        empty=0,
    ),
    verdicts=(
        Verdict(Ambition.COMMITTED, Bands([(AtLeast(1), "achieved"), (OTHERWISE, "missed")])),
    ),
    status=_LAST_CHECK_IN,
)
OPERATELY: Final = evolve(
    _OPERATELY,
    methods=(
        evolve(
            _OPERATELY,
            name="unclamped",
            attainment=evolve(_OPERATELY.attainment, clip=UNCHANGED),
        ),
    ),
)
"""operately/operately: clamped; start equal to target is 0; a goal is the mean of its targets and of its
checklist (`Initiative`), which is one target as a whole; 0 without any, and without a reading. Goals
below move nothing. Status: the outcome, outdated when a check-in is more than 3 days late, the last
declared, or else pending.

Not stated: the tolerance of check-ins that come early, and the day on which the next one is due; the
reviewer's acknowledgement.
"""

BURNING_OKR: Final = Rulebook(
    name="BurningOKR",
    attainment=AttainmentRule(clip=UNCHANGED, flat=FlatLine.ZERO),
    roll_up=RollUpRule(parts=_KEY_RESULTS_ONLY),
)
"""BurningOKR: uncapped and may be negative; ungraded key results leave the mean; start equal to target
is 0. Key results alone move an objective.

Not stated: the infinite progress of a line without length whose value moved, which is 0 here; the means
of teams and of the company, by day; milestones at marks of the value.
"""

SHAMANR: Final = Rulebook(
    name="ShamanR",
    attainment=AttainmentRule(clip=_WHOLE_PERCENT, flat=FlatLine.ZERO, missing=0),
    roll_up=RollUpRule(
        parts=_KEY_RESULTS_ONLY,
        empty=0,
        zero_weights=ZeroWeights.ZERO,
        result=Clip(digits=2),
    ),
)
"""ShamanR/okrs: whole percents, rounded: its code holds integers, and computes on with them. Key results
alone move a goal, which is 0 without any; a total weight of 0 is 0; start equal to target and a missing
value are 0.

Not stated: checkpoints of a percent (`Anchors`); goals shared by teams, with a weight in each; the
roll-up of a period.
"""

_FRAPPE: Final = Rulebook(
    name="frappe HR",
    attainment=AttainmentRule(missing=0),
    roll_up=RollUpRule(
        parts=(
            RollUpPart(RollUpSource.OBJECTIVES),
            RollUpPart(RollUpSource.KEY_RESULTS, otherwise=True),
        ),
        empty=0,
        with_archived=False,
        result=Clip(digits=5),
    ),
    status=(
        ByBands(
            Axis.PROGRESS,
            Bands([(AtMost(0), "Pending"), (Below(1), "In Progress"), (OTHERWISE, "Completed")]),
        ),
    ),
)
FRAPPE: Final = evolve(
    _FRAPPE,
    methods=(
        evolve(_FRAPPE, name="appraisal", roll_up=evolve(_FRAPPE.roll_up, weights_total=100)),
    ),
)
"""frappe/hrms: the mean of the children, level by level; it is stored with three decimals of a percent,
and computed on with. Archived ones are excluded, closed ones count; 0 without any, and without a
reading. Status comes from progress alone, Completed from 100. The weights of an appraisal total 100.

Not stated: the refusal of progress above full; the statuses Archived and Closed, which no progress
overwrites; the appraisal's score out of five.
"""

MHOKR: Final = Rulebook(
    name="MHOKR",
    attainment=AttainmentRule(flat=FlatLine.ZERO),
    status=(
        ByBands(Axis.PROGRESS, Bands([(AtLeast(1), "COMPLETED")])),
        ByBands(
            Axis.GAP,
            Bands([(Above(0.15), "OFF_TRACK"), (Above(0.05), "AT_RISK"), (OTHERWISE, "ON_TRACK")]),
        ),
    ),
    pacing=PacingRule(objectives_from=ExpectedFrom.DATES),
)
"""matthugh1/MHOKR: clamped; own key results, otherwise children; ungraded ones are skipped. Completed at
100; else off track above 15 points behind the share of its time that is over, at risk above 5. Start
equal to target is 0.

Not stated: an objective that keeps its old value if none of its parts has one; key results shared by
several objectives, each of which counts them; days late by the cadence of check-ins.
"""

MEMOFLOW: Final = Rulebook(name="memoflow", roll_up=RollUpRule(zero_weights=ZeroWeights.EQUAL))
"""BakerSean168/memoflow: a weighted mean; weights of 0 in total are equal ones.

Not stated: the refusal of a start equal to its target, which has no score here; the seed of a metric,
which is its value before the first record; snapshots of changed weights.
"""

BUSINESS_AS_CODE: Final = Rulebook(
    name="business-as-code",
    attainment=AttainmentRule(missing=0, flat=FlatLine.FULL),
    status=(
        ByBands(Axis.CONFIDENCE, Bands([(Below(0.6), "off track")])),
        ByBands(Axis.PROGRESS, Bands([(AtLeast(0.7), "on track"), (OTHERWISE, "off track")])),
    ),
)
"""dot-org-ai business-as-code: clamped; a missing start or value is 0; start equal to target is full. On
track from 70, with a confidence of at least 60 if there is one. It derives confidence from progress,
which is not done here: confidence is given by people.

Not stated: the least length of an objective's title, and how many key results it has.
"""

FARAATAR: Final = Rulebook(
    name="FaraatarTID",
    attainment=AttainmentRule(clip=Clip(floor=0, digits=2, rounding=Rounding.TRUNCATE)),
    roll_up=RollUpRule(result=_TRUNCATED),
    status=(
        Overdue("overdue"),
        ByBands(Axis.GAP, Bands([(AtMost(0), "on track"), (OTHERWISE, "at risk")])),
    ),
)
"""FaraatarTID/okr: the ratio to the target, without an upper clamp; on track or at risk, overdue after
the deadline. Whole percents are cut off: its code stores integers, and computes on with them.

Not stated: the health number, which jumps; that the share of time that is over is cut off as well.
"""

CODETETHER: Final = Rulebook(
    name="codetether", attainment=AttainmentRule(missing=0, flat=FlatLine.AT_MOST)
)
"""rileyseaburg/codetether-agent: clamped, the mean of the key results; a target of 0 is met while the
value is not above it.

Not stated: nothing.
"""

PM_SKILLS: Final = Rulebook(
    name="pm-skills",
    verdicts=(
        Verdict(Ambition.COMMITTED, Bands([(AtLeast(1), "pass"), (OTHERWISE, "miss")])),
        Verdict(
            Ambition.ASPIRATIONAL,
            Bands([(AtLeast(0.6), "sweet spot"), (AtLeast(0.4), "below"), (OTHERWISE, "miss")]),
        ),
    ),
    pacing=RECOMMENDED.pacing,
)
"""product-on-purpose/pm-skills, its grader: committed below 1.0 is a miss; aspirational from 0.6 is the
sweet spot, below 0.4 a miss; a guardrail is never averaged; key results not observable yet are deferred.

Not stated: key results of operational health, which pass, fail or drift within a tolerance, and of
compliance, which pass or fail; the advice to recalibrate after several cycles of high scores.
"""

GAUZY: Final = Rulebook(name="Gauzy", attainment=AttainmentRule(clip=UNCHANGED))
"""ever-co/ever-gauzy: a weighted mean, unclamped. It takes absolute values, which turns a regression
into progress; that is not done here.

Not stated: the infinite progress of a start equal to its target, which has no score here; that no
weights but 1, 2 and 4 are taken.
"""

LEANTIME: Final = Rulebook(
    name="Leantime", attainment=AttainmentRule(flat=FlatLine.ZERO, missing=0)
)
"""Leantime: clamped; 0 if start equals target.

Not stated: the sum of the values of child goals, which is a derived key result here (`Derived`).
"""

MOONSHOT: Final = Rulebook(
    name="MOONSHOT",
    roll_up=RollUpRule(entry=Clip(full_from=0.7), result=_TRUNCATED),
)
"""MOONSHOT: a key result from 70 counts as 100 in its objective; the mean is an integer of percents,
truncated, which its server stores.

Not stated: that key results are rounded to whole percents as well, have no upper limit of their own, and
are 0 before their first record.
"""

OKR_MANAGEMENT: Final = Rulebook(name="okr-management")
"""albertoalcolea/okr-management: current by target; for negative ones 1 less that, a line from the
target down to 0. It stores fractions; two decimals of a percent are display.

Not stated: nothing.
"""

OPEN_OKR: Final = Rulebook(
    name="open-okr",
    attainment=AttainmentRule(flat=FlatLine.ZERO),
    roll_up=RollUpRule(parts=_POOL),
    scales=(
        Scale(
            "confidence band",
            Axis.CONFIDENCE,
            Bands(
                [
                    (AtLeast(0.7), "high"),
                    (AtLeast(0.4), "medium"),
                    (Above(0.3), "low"),
                    (OTHERWISE, "low+escalate"),
                ]
            ),
        ),
        Scale(
            "draft verdict",
            Axis.CONFIDENCE,
            Bands(
                [
                    (Above(0.9), "sandbagging"),
                    (Above(0.75), "comfortable"),
                    (AtLeast(0.4), "sweet-spot"),
                    (AtLeast(0.25), "ambitious"),
                    (OTHERWISE, "moonshot"),
                ]
            ),
        ),
        Scale(
            "score band",
            Axis.SCORE,
            Bands(
                [
                    (AtLeast(0.9), "delivered"),
                    (AtLeast(0.7), "strong"),
                    (AtLeast(0.4), "partial"),
                    (OTHERWISE, "little"),
                ]
            ),
        ),
        Scale(
            "portfolio",
            Axis.SCORE,
            Bands([(Above(0.85), "too-safe"), (AtLeast(0.6), "healthy"), (OTHERWISE, "too-hard")]),
        ),
        Scale(
            "rag",
            Axis.PROGRESS,
            Bands([(AtLeast(0.75), "green"), (AtLeast(0.5), "amber"), (OTHERWISE, "red")]),
        ),
        Scale(
            "kpi state",
            Axis.HEALTH,
            Bands([(AtLeast(0.9), "healthy"), (AtLeast(0.7), "watch"), (OTHERWISE, "unhealthy")]),
        ),
    ),
    status=_LAST_CHECK_IN,
)
"""open-okr's METHOD.md, a specification, in its first version: confidence bands at 0.7, 0.4 and 0.3;
drafts by the mean confidence of the set, at 0.9, 0.75, 0.4 and 0.25; closing scores at 0.9, 0.7 and 0.4;
the portfolio at 0.85 and 0.6; colours from progress alone at 75 and 50; KPI corridors at 90 and 70 of
the ratio to a limit above 0. Start equal to target is 0. Status: the outcome, outdated when a check-in
is more than 3 days late, the last declared, or else pending.

Not stated: the distance to a band by its width, and the share of time inside it at the close; bands of a
KPI in its own units, and that it has no corridor if its limit is below 0; the score that stops at 1
while progress may go on to 2; the second version, whose numbers differ.
"""

JOYSTREAM: Final = Rulebook(name="Joystream", roll_up=RollUpRule(empty=0))
"""Scores that Joystream published: plain means; ungraded parts leave them; 0 if all are ungraded.

Not stated: nothing.
"""

IPFS: Final = Rulebook(
    name="IPFS",
    roll_up=RollUpRule(
        parts=(RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.DESCENDANTS))
    ),
)
"""Scores that IPFS teams published: a flat mean over all key results, blanks left out.

Not stated: nothing.
"""
