"""Rulebooks of commercial systems, as their documents describe them.

Each is data alone. Where a document does not say, `RECOMMENDED`'s rule stands, and the docstring says
so. Sources are the letters and pages of SYSTEMS.md, part 1.
"""

from __future__ import annotations

from typing import Final

from okrcore._arith import Rounding
from okrcore.calendar import WorkWeek
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.rulebook.around import (
    ClosingRule,
    DayCount,
    Effect,
    ExpectedFrom,
    GuardrailRule,
    PacingRule,
    Restart,
)
from okrcore.rulebook.attaining import (
    AttainmentRule,
    BoundReading,
    BoundRule,
    BoundShape,
    FlatLine,
)
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.clip import UNCHANGED, ZERO_TO_ONE, Clip
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.rolling import Keep, Part, Parts, RollUpRule, Weighing
from okrcore.rulebook.rulebook import Rulebook
from okrcore.rulebook.standing import (
    Always,
    ByBands,
    Declared,
    FromParts,
    PartStatus,
)

__all__ = [
    "ALLY",
    "ASANA",
    "ATLASSIAN_GOALS",
    "BETTERWORKS",
    "BOJA",
    "CASCADE",
    "ENGAGEDLY",
    "FIFTEEN_FIVE",
    "GOOGLE",
    "HOLASPIRIT",
    "JIRA_ALIGN",
    "LARK",
    "LATTICE",
    "LEAPSOME",
    "METAPULSE",
    "MOONCAMP",
    "OBOARD",
    "OLDEST_ALLY",
    "OLD_ALLY",
    "PERDOO",
    "PLANVIEW",
    "PROFIT",
    "QUANTIVE",
    "QULTURE_ROCKS",
    "RECRUITERFLOW",
    "SERVICENOW",
    "SUCCESSFACTORS",
    "SYNERGITA",
    "TABILITY",
    "UPRAISE",
    "VIINDOO",
    "VIVA",
    "WAYMAKER",
    "WORKDAY",
]

#: Key results and the objectives below in one pool.
_POOL: Final = (Part(Parts.KEY_RESULTS), Part(Parts.OBJECTIVES))
_UNCAPPED: Final = AttainmentRule(clip=UNCHANGED)
_BY_CONFIDENCE: Final = ByBands(
    Axis.CONFIDENCE,
    Bands([(AtLeast(0.7), "on track"), (AtLeast(0.4), "at risk"), (OTHERWISE, "off track")]),
)

GOOGLE: Final = Rulebook(
    name="Google",
    scales=(
        Scale(
            "grade",
            Axis.SCORE,
            Bands(
                [(AtLeast(0.7), "green"), (AtLeast(0.4), "yellow"), (OTHERWISE, "red")], digits=1
            ),
        ),
    ),
    verdicts=RECOMMENDED.verdicts,
    pacing=RECOMMENDED.pacing,
)
"""Google's playbook: grades of one decimal, so that 0.35 is yellow and 0.66 green (METHOD.md 2.2).

The mean of the key results; no status before the end but what owners say.
"""

VIVA: Final = Rulebook(
    name="Viva Goals",
    roll_up=RollUpRule(parts=_POOL),
    scales=(
        Scale(
            "grade",
            Axis.SCORE,
            Bands([(AtLeast(1), "green"), (AtLeast(0.7), "orange"), (OTHERWISE, "red")]),
            ambition=Ambition.COMMITTED,
        ),
        Scale(
            "grade",
            Axis.SCORE,
            Bands(
                [
                    (AtLeast(1), "orange"),
                    (AtLeast(0.7), "green"),
                    (AtLeast(0.4), "orange"),
                    (OTHERWISE, "red"),
                ]
            ),
            ambition=Ambition.ASPIRATIONAL,
        ),
        Scale("closing", Axis.PROGRESS, Bands([(AtMost(0), "postponed"), (OTHERWISE, "closed")])),
    ),
    verdicts=RECOMMENDED.verdicts,
    status=(
        Declared(),
        ByBands(
            Axis.GAP,
            Bands([(AtMost(0), "on track"), (AtMost(0.25), "behind"), (OTHERWISE, "at risk")]),
        ),
    ),
    pacing=PacingRule(objectives_from=ExpectedFrom.DATES),
    guardrails=GuardrailRule(effect=Effect.AVERAGE),
)
"""Viva Goals, formerly Ally.io; retired at the end of 2025 (VG1 to VG8).

Key results and aligned objectives are one pool of contributions; an edited contribution is a fixed
share, and the rest is split over the others. Control key results, strictly above or below their limit,
count 0 or 1, and so do guardrails here. Status is the gap in points to what is expected, 0 on the
first day of a period and 100 on the last: none is on track, up to 25 is behind, more is at risk, so
nothing is at risk in the first quarter of a period. A declared status stands until it is declared again. At the close no progress suggests to postpone. The
sweet spot of aspirational scores differs by page; 0.7 to below 1 is used here.
"""

ALLY: Final = Rulebook(
    name="Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=VIVA.status,
)
"""Ally.io's weighted objectives (A1 to A3): multipliers 0, 0.5, 1, 2 and 4; one of 0 leaves the
denominator; an objective aligned to two parents counts in full in both. Status as in Viva."""

OLD_ALLY: Final = Rulebook(
    name="old Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(),
        FromParts(
            PartStatus.SAME,
            [("on track", 3), ("behind", 2), ("at risk", 1), ("unknown", 0)],
        ),
    ),
)
"""An older page of Ally.io (A1): an objective has the status its key results share, unknown if mixed."""

OLDEST_ALLY: Final = Rulebook(
    name="oldest Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(),
        FromParts(
            PartStatus.WORST,
            [
                ("at risk", 0),
                ("behind", 1),
                ("not started", 2),
                ("on track", 3),
                ("done", 4),
                ("postponed", 5),
            ],
        ),
    ),
)
"""The oldest page (help.gotoally.com 3065807): the worst status wins; done comes before postponed."""

QUANTIVE: Final = Rulebook(
    name="Quantive",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(
        parts=(Part(Parts.KEY_RESULTS), Part(Parts.OBJECTIVES, otherwise=True)),
        result=Clip(digits=2, rounding=Rounding.HALF_UP),
    ),
)
"""Quantive (Q1 to Q4): progress is not capped, above 100 or below 0; strict control metrics count 0 or 1;
the mean of the key results, rounded to whole percents, halves up: 72.5 is 73. The document offers
children alone or both in one pool as well. Status is not documented."""

PROFIT: Final = Rulebook(
    name="Profit.co",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(weights_total=None),
    status=(
        Declared(),
        FromParts(
            PartStatus.MEAN,
            [("in trouble", 10), ("at risk", 30), ("on track", 80), ("completed", 100)],
            bands=Bands(
                [
                    (AtLeast(100), "completed"),
                    (AtLeast(80), "on track"),
                    (AtLeast(30), "at risk"),
                    (OTHERWISE, "in trouble"),
                ]
            ),
        ),
    ),
    methods=(
        Rulebook(
            name="distance_from_target",
            attainment=AttainmentRule(clip=UNCHANGED, bounds=BoundRule(shape=BoundShape.DISTANCE)),
        ),
        Rulebook(
            name="successful_checkins",
            attainment=AttainmentRule(
                clip=Clip(digits=2), bounds=BoundRule(reading=BoundReading.SHARE_OF_PLANNED)
            ),
        ),
        Rulebook(
            name="average",
            attainment=AttainmentRule(
                clip=UNCHANGED,
                bounds=BoundRule(reading=BoundReading.MEAN, shape=BoundShape.DISTANCE),
            ),
        ),
        Rulebook(
            name="sum",
            attainment=AttainmentRule(
                clip=UNCHANGED,
                bounds=BoundRule(reading=BoundReading.TOTAL, shape=BoundShape.DISTANCE),
            ),
        ),
        Rulebook(name="manual weights", roll_up=RollUpRule(weights_total=1)),
    ),
    closing=ClosingRule(restart=Restart.ZERO),
)
"""Profit.co (P1 to P9): control KPIs hold at their limit, and have four methods; the distance to the
target may pass 100%, and successful check-ins accrue over all planned ones. Weights given by hand must
total 1. The status of an objective is the mean of its key results' confidence numbers. A clone starts at
0 (P9)."""

PERDOO: Final = Rulebook(
    name="Perdoo",
    attainment=AttainmentRule(clip=Clip(ceiling=1)),
    roll_up=RollUpRule(entry=ZERO_TO_ONE),
    status=(
        Declared(),
        FromParts(
            PartStatus.WORST,
            [("off track", 0), ("needs attention", 1), ("on track", 2), ("accomplished", 3)],
        ),
    ),
)
"""Perdoo (PE1 to PE5): a key result may show negative progress, and enters its objective as 0. The
weakest status wins; "none" takes no part. Initiatives weigh 0 unless raised."""

UPRAISE: Final = Rulebook(
    name="UpRaise",
    attainment=AttainmentRule(),
    roll_up=RollUpRule(parts=_POOL, result=Clip(digits=4, rounding=Rounding.TRUNCATE)),
    confidence=RollUpRule(parts=_POOL, missing=0),
    scales=(
        Scale(
            "confidence band",
            Axis.CONFIDENCE,
            Bands([(AtLeast(0.7), "healthy"), (AtLeast(0.4), "lagging"), (OTHERWISE, "at risk")]),
        ),
    ),
    status=(
        ByBands(
            Axis.RATIO,
            Bands(
                [(AtLeast(0.95), "on track"), (AtLeast(0.75), "lagging"), (OTHERWISE, "at risk")]
            ),
        ),
    ),
)
"""UpRaise (U1 to U6): key results and alignments in one weighted pool, cut after two decimals of a
percent; maintained ranges hold at their limits, 0 or 1. Status by the ratio to the ideal: 0.95 and 0.75;
the text leaves 0.75 itself open, and it lags here. Confidence starts at 0 and is averaged by weight."""

SYNERGITA: Final = Rulebook(
    name="Synergita",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(
        parts=(Part(Parts.KEY_RESULTS, as_one=True), Part(Parts.OBJECTIVES)),
        result=Clip(digits=4),
    ),
)
"""Synergita: the weighted key results together are one item beside each contributing objective, to two
decimals of a percent. Status is not documented."""

LATTICE: Final = Rulebook(
    name="Lattice",
    roll_up=RollUpRule(weigh=Weighing.STATED),
    status=(Declared(),),
    methods=(Rulebook(name="amount", roll_up=RollUpRule(weigh=Weighing.SIZE)),),
)
"""Lattice: equal or stated weights, 0 among them; an objective with an amount of its own weighs its key
results by size. Status is what the owner chooses."""

FIFTEEN_FIVE: Final = Rulebook(
    name="15Five", roll_up=RollUpRule(parts=_POOL, weigh=Weighing.EQUAL), status=(Declared(),)
)
"""15Five: key results and child objectives in one pool of equal shares. Status is the owner's."""

LEAPSOME: Final = Rulebook(
    name="Leapsome", roll_up=RollUpRule(with_archived=False), status=(Declared(),)
)
"""Leapsome: (final - start) / (target - start); a parent moves by children only without key results;
initiatives never count; drafts and archived objectives stay out. Status is not documented."""

BETTERWORKS: Final = Rulebook(
    name="Betterworks",
    methods=(Rulebook(name="goal weights", roll_up=RollUpRule(weights_total=100)),),
)
"""Betterworks: the average of all key results; an employee's goal weights total 100. Thresholds of its
status are set by admins and not documented; RECOMMENDED's rules are not used for them either."""

QULTURE_ROCKS: Final = Rulebook(name="Qulture.Rocks", status=(Declared(),))
"""Qulture.Rocks: increase, decrease, keep exactly (`Exactly`), keep above or below (`AtLeast`,
`AtMost`), and steps with scores (`Steps`); weights a key result."""

TABILITY: Final = Rulebook(
    name="Tability",
    status=(
        Declared(),
        FromParts(
            PartStatus.MEAN,
            [("off track", -1), ("at risk", 0), ("on track", 1)],
            bands=Bands(
                [(Above(0), "on track"), (AtLeast(0), "at risk"), (OTHERWISE, "off track")]
            ),
        ),
    ),
)
"""Tability: confidence colours; the Net Confidence Score is the share on track less the share off track,
which is the mean of 1, 0 and -1. The names over that mean are ours."""

MOONCAMP: Final = Rulebook(
    name="Mooncamp",
    status=(Declared(), _BY_CONFIDENCE),
    scales=(
        Scale(
            "closing",
            Axis.SCORE,
            Bands([(AtLeast(1), "achieved"), (AtLeast(0.5), "partial"), (OTHERWISE, "missed")]),
        ),
    ),
)
"""Mooncamp: the mean after conversion to percent; closing as achieved counts 100, partial 50, missed 0.
Thresholds of its status can be set; confidence bands of RECOMMENDED are used."""

ATLASSIAN_GOALS: Final = Rulebook(
    name="Atlassian Goals",
    scales=(
        Scale(
            "grade",
            Axis.SCORE,
            Bands(
                [(AtLeast(0.7), "on track"), (AtLeast(0.4), "at risk"), (OTHERWISE, "off track")],
                digits=1,
            ),
        ),
    ),
    status=(Declared(),),
)
"""Atlassian Goals: a projected score of one decimal, entered monthly: 0.0 to 0.3 off track, 0.4 to 0.6 at
risk, 0.7 to 1.0 on track. No roll-up is documented."""

JIRA_ALIGN: Final = Rulebook(
    name="Jira Align", pacing=PacingRule(days=DayCount.ELAPSED, workdays=WorkWeek())
)
"""Jira Align: without a baseline or progress there is no score (N/S), not 0; bars count weekdays. The
bands of its status are not documented."""

LARK: Final = Rulebook(
    name="Lark",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(weights_total=None),
    scales=(Scale("score", Axis.SCORE, Bands([(OTHERWISE, "one decimal")], digits=1)),),
    status=(Declared(),),
)
"""Lark: values may leave 0 to 100; weights of key results and of objectives total 1, and shares that are
not set share the remainder by their old weights (`Contribution.fixed_share`). Scores have one decimal."""

ASANA: Final = Rulebook(
    name="Asana", roll_up=RollUpRule(parts=(Part(Parts.OBJECTIVES), Part(Parts.KEY_RESULTS)))
)
"""Asana: sub-goals with custom weights, where progress is automatic. Status is the owner's."""

ENGAGEDLY: Final = Rulebook(
    name="Engagedly",
    pacing=PacingRule(days=DayCount.INCLUSIVE),
    status=(
        ByBands(
            Axis.GAP,
            Bands([(AtMost(0.165), "on track"), (AtMost(0.33), "behind"), (OTHERWISE, "at risk")]),
        ),
    ),
)
"""Engagedly: days are counted inclusively, so 15 April of 1 to 30 April is half; the gap is behind above
16.5 points and at risk above 33. Its pages differ on 16.5 itself, which is on track here."""

CASCADE: Final = Rulebook(
    name="Cascade",
    attainment=AttainmentRule(clip=Clip(ceiling=1, digits=2, rounding=Rounding.TRUNCATE)),
    roll_up=RollUpRule(parts=_POOL, entry=Clip(ceiling=1)),
    status=(
        ByBands(
            Axis.RATIO,
            Bands(
                [
                    (Above(1.05), "ahead"),
                    (AtLeast(0.95), "on track"),
                    (AtLeast(0.85), "behind"),
                    (OTHERWISE, "at risk"),
                ]
            ),
        ),
    ),
)
"""Cascade: health is the ratio to plan, 95 to 105 on track, 85 to 94 behind; a child's health is capped
at 100 before it is averaged; truncated to whole percents. The name of more than 105 is ours."""

PLANVIEW: Final = Rulebook(
    name="Planview",
    roll_up=RollUpRule(result=Clip(digits=2, rounding=Rounding.HALF_DOWN)),
    status=(
        ByBands(
            Axis.GAP,
            Bands([(Below(-0.1), "ahead"), (AtMost(0.1), "on track"), (OTHERWISE, "behind")]),
        ),
    ),
)
"""Planview: ten points either way are on track (two bands claim the edge; it is on track here); halves
round down."""

OBOARD: Final = Rulebook(
    name="Oboard",
    attainment=AttainmentRule(clip=Clip(floor=0, ceiling=1, digits=2, rounding=Rounding.TRUNCATE)),
    status=(
        ByBands(
            Axis.RATIO,
            Bands([(AtLeast(0.7), "on track"), (AtLeast(0.4), "behind"), (OTHERWISE, "at risk")]),
        ),
    ),
    methods=tuple(
        Rulebook(name=reading.value, attainment=AttainmentRule(bounds=BoundRule(reading=reading)))
        for reading in (BoundReading.MEAN, BoundReading.MINIMUM)
    ),
)
"""Oboard: the ratio to plan at 70 and 40; thresholds look at the most recent, average or lowest value;
whole percents, truncated."""

BOJA: Final = Rulebook(
    name="OKR by BOJA",
    roll_up=RollUpRule(
        parts=(
            Part(Parts.KEY_RESULTS),
            Part(Parts.OBJECTIVES),
            Part(Parts.INITIATIVES, otherwise=True),
        ),
        missing=0,
    ),
    scales=(
        Scale(
            "grade",
            Axis.SCORE,
            Bands(
                [
                    (AtLeast(1), "done"),
                    (AtLeast(0.6), "on track"),
                    (AtLeast(0.2), "at risk"),
                    (OTHERWISE, "off track"),
                ]
            ),
        ),
    ),
    status=(
        Declared(),
        FromParts(
            PartStatus.MEAN, [("off track", 3), ("at risk", 2), ("on track", 1), ("done", 1)]
        ),
    ),
)
"""OKR by BOJA: grades in bands at 20, 60 and 100 with no regard to time; the status of an objective is
the rounded mean of the codes 1, 2 and 3; issues count by the share that is done."""

HOLASPIRIT: Final = Rulebook(name="Holaspirit")
"""Holaspirit: a weighted mean with multipliers of 1 and 2. Its page rounds each term before it adds
them; the unrounded mean is used here. Status is not documented."""

METAPULSE: Final = Rulebook(
    name="MetaPulse",
    attainment=AttainmentRule(clip=Clip(floor=0), flat=FlatLine.AT_LEAST),
)
"""MetaPulse: never below 0; a line whose start equals its target is flat, 1 at or above it, else 0."""

RECRUITERFLOW: Final = Rulebook(
    name="Recruiterflow",
    attainment=_UNCAPPED,
    pacing=PacingRule(days=DayCount.INCLUSIVE),
    status=(
        ByBands(
            Axis.RATIO,
            Bands([(AtLeast(0.99), "on track"), (AtLeast(0.81), "behind"), (OTHERWISE, "at risk")]),
        ),
    ),
)
"""Recruiterflow: the ratio to the pro-rated target at 99 and 81. Its page calls 15 January half of a
month of 31 days; days are counted inclusively here."""

SERVICENOW: Final = Rulebook(
    name="ServiceNow Goal Framework",
    attainment=AttainmentRule(bounds=BoundRule(reading=BoundReading.SHARE_OF_ELAPSED)),
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(keep=Keep.UNTIL_READ),
        ByBands(
            Axis.SCORE,
            Bands([(AtLeast(0.9), "green"), (AtLeast(0.75), "yellow"), (OTHERWISE, "red")]),
        ),
    ),
    methods=(
        Rulebook(
            name="worst",
            status=(
                Declared(keep=Keep.UNTIL_READ),
                FromParts(PartStatus.WORST, [("red", 0), ("yellow", 1), ("green", 2)]),
            ),
        ),
    ),
)
"""ServiceNow's Goal Framework (S1 to S6): achievement at 90 and 75 against the final target, with no
regard to time; maintained targets hold at their limit and count the share of periods up to the last
reported one; a manual status is lost at the next update. Between 89 and 90 the text has a hole."""

SUCCESSFACTORS: Final = Rulebook(
    name="SuccessFactors", attainment=AttainmentRule(clip=Clip(floor=0, ceiling=1.2))
)
"""SAP SuccessFactors, as one customer configured it: achievement clamped to 0 to 120."""

VIINDOO: Final = Rulebook(name="Viindoo", roll_up=RollUpRule(result=Clip(digits=2)))
"""Viindoo: the weighted mean of the key results' scores, to two decimals."""

WAYMAKER: Final = Rulebook(
    name="Waymaker",
    scales=(
        Scale(
            "flag",
            Axis.CONFIDENCE,
            Bands([(AtMost(0.4), "low confidence"), (OTHERWISE, "confident")]),
        ),
    ),
    status=(Always("independent of confidence"),),
)
"""Waymaker: progress and confidence, 0 to 10, are two axes. The edge of low confidence is ours."""

WORKDAY: Final = Rulebook(
    name="Workday request",
    attainment=_UNCAPPED,
    scales=(
        Scale(
            "rating",
            Axis.SCORE,
            Bands(
                [
                    (Below(0.7), "1"),
                    (Below(0.95), "2"),
                    (Below(1.1), "3"),
                    (AtMost(1.25), "4"),
                    (OTHERWISE, "5"),
                ]
            ),
        ),
    ),
)
"""Rating bands that a Workday user asked for: below 70, 95, 110, to 125, above. The shared edges belong
to the upper band here."""
