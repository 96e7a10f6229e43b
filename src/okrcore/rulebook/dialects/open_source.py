"""Rulebooks of open-source systems, as their code and tests define them, and of published scores.

Each is data alone. Where nothing is defined, `RECOMMENDED`'s rule stands, and the docstring says so.
Sources are the repositories named in SYSTEMS.md, part 2.
"""

from __future__ import annotations

from typing import Final

from okrcore._arith import Rounding
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.rulebook.around import ExpectedFrom, PacingRule
from okrcore.rulebook.attaining import AttainmentRule, FlatLine
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.clip import UNCHANGED, Clip
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.rolling import Part, Parts, RollUpRule, ZeroWeights
from okrcore.rulebook.rulebook import Rulebook, Verdict
from okrcore.rulebook.standing import ByBands, Closed, Declared, Overdue, Stale

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

_POOL: Final = (Part(Parts.KEY_RESULTS), Part(Parts.OBJECTIVES))
_WHOLE_PERCENT: Final = Clip(floor=0, ceiling=1, digits=2)
_TRUNCATED: Final = Clip(floor=0, ceiling=1, digits=2, rounding=Rounding.TRUNCATE)

GITLAB: Final = Rulebook(
    name="GitLab",
    attainment=AttainmentRule(clip=_WHOLE_PERCENT, flat=FlatLine.ZERO, unread=0),
    roll_up=RollUpRule(
        parts=_POOL, missing=0, empty=0, result=Clip(digits=2, rounding=Rounding.FLOOR)
    ),
    status=(Declared(),),
)
"""GitLab's OKR work items: whole percents, halves up, clamped; start equal to end is 0; the parent is
the mean of its children, floored, and a child without a number counts 0. Health is set by hand."""

GITLAB_HANDBOOK: Final = Rulebook(
    name="GitLab's handbook",
    attainment=AttainmentRule(clip=UNCHANGED, budget_zero_at=2),
    roll_up=RollUpRule(result=Clip(digits=2)),
    methods=(Rulebook(name="capped", attainment=AttainmentRule(budget_zero_at=2)),),
)
"""Scores that GitLab published in 2018 to 2020: the ratio to the target, mostly uncapped; an error budget
is full within its limit and 0 at twice it; objectives are means, where they were not judged."""

OKR_TRACKER: Final = Rulebook(
    name="okr-tracker",
    attainment=AttainmentRule(unread=0, flat=FlatLine.ZERO),
    roll_up=RollUpRule(empty=0, zero_weights=ZeroWeights.ABSENT),
)
"""oslokommune/okr-tracker, the ratio it stores and rolls up: clamped, a missing value is the start. It
stores 0.5 where start equals target, which is a defect of its scale library; 0 is used here, as it
displays. Weights of 0 in total give NaN there, and no score here."""

OKR_TRACKER_DISPLAY: Final = Rulebook(
    name="okr-tracker, displayed",
    attainment=AttainmentRule(clip=Clip(digits=4), unread=0, flat=FlatLine.ZERO),
)
"""oslokommune/okr-tracker, the percent it shows: signed and unclamped, to two decimals."""

PUZZLE: Final = Rulebook(
    name="Puzzle",
    attainment=AttainmentRule(clip=Clip(floor=0)),
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
baseline; zones at 0.3, 0.7 and 1, which belong to the upper zone. Marks set by hand are `Anchors`, so
that its two rules, which disagree there, are one."""

OPERATELY: Final = Rulebook(
    name="Operately",
    attainment=AttainmentRule(flat=FlatLine.ZERO),
    roll_up=RollUpRule(empty=0),
    verdicts=(
        Verdict(Ambition.COMMITTED, Bands([(AtLeast(1), "achieved"), (OTHERWISE, "missed")])),
    ),
    status=(Closed(), Stale(intervals=1, grace_days=3, name="outdated"), Declared()),
    methods=(
        Rulebook(name="unclamped", attainment=AttainmentRule(clip=UNCHANGED, flat=FlatLine.ZERO)),
    ),
)
"""operately/operately: clamped; start equal to target is 0; a goal is the mean of its targets, 0 without
any. Status: the outcome, outdated when a check-in is more than 3 days late, else the last declared."""

BURNING_OKR: Final = Rulebook(name="BurningOKR", attainment=AttainmentRule(clip=UNCHANGED))
"""BurningOKR: uncapped and may be negative; ungraded key results leave the mean. Its infinite progress of
a line without length is no score here."""

SHAMANR: Final = Rulebook(
    name="ShamanR",
    attainment=AttainmentRule(clip=_WHOLE_PERCENT, flat=FlatLine.ZERO, unread=0),
    roll_up=RollUpRule(empty=0, zero_weights=ZeroWeights.ZERO, result=Clip(digits=2)),
)
"""ShamanR/okrs: whole percents, rounded; a total weight of 0 is 0."""

FRAPPE: Final = Rulebook(
    name="frappe HR",
    roll_up=RollUpRule(
        parts=(Part(Parts.OBJECTIVES), Part(Parts.KEY_RESULTS, otherwise=True)),
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
    methods=(Rulebook(name="appraisal", roll_up=RollUpRule(weights_total=100)),),
)
"""frappe/hrms: the mean of the children, level by level, to three decimals of a percent; archived ones
are excluded, closed ones count; 0 without any. Status comes from progress alone. The weights of an
appraisal total 100."""

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
100; else off track above 15 points behind the share of its time that is over, at risk above 5."""

MEMOFLOW: Final = Rulebook(name="memoflow", roll_up=RollUpRule(zero_weights=ZeroWeights.EQUAL))
"""BakerSean168/memoflow: a weighted mean; weights of 0 in total are equal ones."""

BUSINESS_AS_CODE: Final = Rulebook(
    name="business-as-code",
    attainment=AttainmentRule(unread=0, flat=FlatLine.FULL),
    status=(
        ByBands(Axis.CONFIDENCE, Bands([(Below(0.6), "off track")])),
        ByBands(Axis.PROGRESS, Bands([(AtLeast(0.7), "on track"), (OTHERWISE, "off track")])),
    ),
)
"""dot-org-ai business-as-code: clamped; a missing start or value is 0; start equal to target is full. On
track from 70, with a confidence of at least 60 where there is one. It derives confidence from progress,
which is not done here: confidence is what people believe."""

FARAATAR: Final = Rulebook(
    name="FaraatarTID",
    attainment=AttainmentRule(clip=Clip(floor=0, digits=2, rounding=Rounding.TRUNCATE)),
    roll_up=RollUpRule(result=_TRUNCATED),
    status=(
        Overdue("overdue"),
        ByBands(Axis.GAP, Bands([(AtMost(0), "on track"), (OTHERWISE, "at risk")])),
    ),
)
"""FaraatarTID/okr: the ratio to the target, truncated, without an upper clamp; on track or at risk,
overdue after the deadline. Its health number, which jumps, is not expressed."""

CODETETHER: Final = Rulebook(
    name="codetether", attainment=AttainmentRule(unread=0, flat=FlatLine.AT_MOST)
)
"""rileyseaburg/codetether-agent: clamped, the mean of the key results; a target of 0 is met while the
value is not above it."""

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
sweet spot, below 0.4 a miss; a guardrail is never averaged; what cannot be observed yet is deferred."""

GAUZY: Final = Rulebook(name="Gauzy", attainment=AttainmentRule(clip=UNCHANGED))
"""ever-co/ever-gauzy: a weighted mean, unclamped. It takes absolute values, which turns a regression into
progress; that is not done here."""

LEANTIME: Final = Rulebook(name="Leantime", attainment=AttainmentRule(flat=FlatLine.ZERO, unread=0))
"""Leantime: clamped; 0 where start equals target. It adds up the values of child goals, which is a
derived key result here."""

MOONSHOT: Final = Rulebook(
    name="MOONSHOT",
    roll_up=RollUpRule(entry=Clip(full_from=0.7), result=_TRUNCATED),
)
"""MOONSHOT: a key result from 70 counts as 100 in its objective; the mean is truncated."""

OKR_MANAGEMENT: Final = Rulebook(
    name="okr-management", attainment=AttainmentRule(clip=Clip(floor=0, ceiling=1, digits=4))
)
"""albertoalcolea/okr-management: current by target, or 1 less that for negative ones, to two decimals."""

OPEN_OKR: Final = Rulebook(
    name="open-okr",
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
    status=(Closed(), Stale(intervals=1, grace_days=3, name="outdated"), Declared()),
)
"""open-okr's METHOD.md, a specification: confidence bands at 0.7, 0.4 and 0.3; drafts by the mean
confidence of the set; closing scores; the portfolio; colours from progress alone; KPI corridors at 90
and 70. Staleness overrides the last declared status."""

JOYSTREAM: Final = Rulebook(name="Joystream", roll_up=RollUpRule(empty=0))
"""Scores that Joystream published: plain means; what is not graded leaves them, and is 0 if all of it."""

IPFS: Final = Rulebook(
    name="IPFS",
    roll_up=RollUpRule(parts=(Part(Parts.KEY_RESULTS), Part(Parts.DESCENDANTS))),
)
"""Scores that IPFS teams published: a flat mean over all key results, blanks left out."""
