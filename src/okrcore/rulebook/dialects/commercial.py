"""Rulebooks of commercial systems, as their documents describe them.

If a document is silent, `RECOMMENDED`'s rule applies, or none, as the docstring notes. "Not stated: ..."
lists rules of the source that no rule here has. No figure is rounded here: these documents print rounded
figures, and compute on with none of them. Sources are the letters and pages of SYSTEMS.md, part 1.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from okrcore.calendar import WorkWeek
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.rulebook.attainment_rule import (
    AttainmentRule,
    BoundReading,
    BoundRule,
    BoundShape,
    FlatLine,
)
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.clip import UNCHANGED, ZERO_TO_ONE, Clip
from okrcore.rulebook.closing_rule import CarriedBaseline, ClosingRule
from okrcore.rulebook.guardrail_rule import BreachEffect, GuardrailRule
from okrcore.rulebook.pacing_rule import DayCount, ExpectedFrom, PacingRule
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.roll_up_rule import (
    OverrideDuration,
    RollUpPart,
    RollUpRule,
    RollUpSource,
    Weighing,
)
from okrcore.rulebook.rulebook import Rulebook
from okrcore.rulebook.status_rules import (
    ByBands,
    Declared,
    FromParts,
    StatusCombination,
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
_POOL: Final = (RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES))
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
    status=(Declared(),),
    pacing=RECOMMENDED.pacing,
)
"""Google's playbook: grades of one decimal, from 0.7 green and from 0.4 yellow, so that 0.35 is yellow
and 0.66 green (METHOD.md 2.2). The mean of the key results; no status before the end but the declared one.

Not stated: the mean of 0.7 that is expected of many aspirational objectives together; the escalation of
committed ones that cannot be promised.
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
    guardrails=GuardrailRule(effect=BreachEffect.AVERAGE),
    closing=ClosingRule(restart=CarriedBaseline.LAST),
)
"""Viva Goals, formerly Ally.io; retired at the end of 2025 (VG1 to VG8).

Key results and aligned objectives are one pool of contributions; an edited contribution is a fixed
share, and the rest is split over the others. Control key results, strictly above or below their limit,
count 0 or 1, and so do guardrails here. Status is the gap in points to the expected progress, 0 on the
first day of a period and 100 on the last: none is on track, up to 25 is behind, more is at risk, so nothing
is at risk in the first quarter of a period. A declared status applies until it is declared again. At the
close, no progress leads to "postponed". The sweet spot of aspirational scores differs by page; 0.7 to
below 1 is used here.

Not stated: the risk threshold of a control key result, between which and its target it is behind;
objectives with a unit of their own, which take the sum or the weighted mean of their children's values;
initiatives that contribute, if an admin lets them; objectives that close because all of their key
results did; means of judged scores, on which two pages differ; the other status rules that an admin may
set; a cloned KPI that goes on from its progress.
"""

ALLY: Final = Rulebook(
    name="Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=VIVA.status,
)
"""Ally.io's weighted objectives (A1 to A3): multipliers 0, 0.5, 1, 2 and 4; one of 0 leaves the
denominator; an objective aligned to two parents counts in full in both. Status as in Viva.

Not stated: that no other multipliers are taken.
"""

OLD_ALLY: Final = Rulebook(
    name="old Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(),
        FromParts(
            StatusCombination.SAME,
            [("on track", 3), ("behind", 2), ("at risk", 1), ("unknown", 0)],
        ),
    ),
)
"""An older page of Ally.io (A1): an objective has the status its key results share, unknown if mixed.

Not stated: nothing.
"""

OLDEST_ALLY: Final = Rulebook(
    name="oldest Ally",
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(),
        FromParts(
            StatusCombination.WORST,
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
"""The oldest page of Ally.io (help.gotoally.com): the worst status wins; done comes before postponed.

Not stated: nothing.
"""

QUANTIVE: Final = Rulebook(
    name="Quantive",
    attainment=_UNCAPPED,
)
"""Quantive (Q1 to Q4): progress is not capped, above 100 or below 0; strict control metrics count 0 or
1; the mean of the key results, or else of the objectives below. Its page prints whole percents, halves
up: that is display, and a mean of 72.5 is shown as 73. Status is not documented.

Not stated: the choices to take the objectives below alone, or both in one pool; cascaded key results,
whose values add up (`Derived`).
"""

_PROFIT: Final = Rulebook(
    name="Profit.co",
    attainment=_UNCAPPED,
    status=(
        Declared(),
        FromParts(
            StatusCombination.MEAN,
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
    closing=ClosingRule(restart=CarriedBaseline.ZERO),
)


def _with_bounds(rulebook: Rulebook, name: str, bounds: BoundRule) -> Rulebook:
    """Return a method that differs in the progress of bounds alone."""
    return evolve(rulebook, name=name, attainment=evolve(rulebook.attainment, bounds=bounds))


PROFIT: Final = evolve(
    _PROFIT,
    methods=(
        _with_bounds(_PROFIT, "distance_from_target", BoundRule(shape=BoundShape.DISTANCE)),
        _with_bounds(
            _PROFIT, "successful_checkins", BoundRule(reading=BoundReading.SHARE_OF_PLANNED)
        ),
        _with_bounds(
            _PROFIT, "average", BoundRule(reading=BoundReading.MEAN, shape=BoundShape.DISTANCE)
        ),
        _with_bounds(
            _PROFIT, "sum", BoundRule(reading=BoundReading.SUM, shape=BoundShape.DISTANCE)
        ),
        evolve(_PROFIT, name="manual weights", roll_up=RollUpRule(weights_total=1)),
    ),
)
"""Profit.co (P1 to P9): control KPIs hold at their limit, and have four methods; the distance to the
target may pass 100%, and successful check-ins accrue over all planned ones, in whole percents that are
display. Weights given by hand must total 1. The status of an objective is the mean of its key results'
confidence numbers, 100, 80, 30 and 10. A clone starts at 0 (P9).

Not stated: the projection status, which rolls up beside the status; the roll-up of sub-key results by
equal or stated shares or by their KPI; the score made from the status.
"""

PERDOO: Final = Rulebook(
    name="Perdoo",
    attainment=AttainmentRule(clip=Clip(ceiling=1)),
    roll_up=RollUpRule(entry=ZERO_TO_ONE),
    status=(
        Declared(),
        FromParts(
            StatusCombination.WORST,
            [("off track", 0), ("needs attention", 1), ("on track", 2), ("accomplished", 3)],
        ),
    ),
)
"""Perdoo (PE1 to PE5): a key result may show negative progress, and enters its objective as 0. The
weakest status wins; "none" takes no part. A KPI at its target is well: its bounds are `AtLeast` and
`AtMost`.

Not stated: the weights of initiatives, which are 0 unless raised; the choices to take the objectives
below alone, or both; key results with an automatic status; targets of KPIs by month, quarter and year.
"""

UPRAISE: Final = Rulebook(
    name="UpRaise",
    roll_up=RollUpRule(parts=_POOL),
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
"""UpRaise (U1 to U6): key results and alignments in one weighted pool; maintained ranges hold at their
limits, 0 or 1. Its page cuts figures after two decimals of a percent, which is display. Status by the
ratio to the ideal: 0.95 and 0.75; the text leaves 0.75 itself open, and it lags here. Confidence starts
at 0 and is averaged by weight; it is healthy from 0.7 and lagging from 0.4, bands that can be set.

Not stated: the status by confidence, which a team may choose in place of the ratio; objectives that are
updated by hand if all weights are 0; grades, which are given by people before the close.
"""

SYNERGITA: Final = Rulebook(
    name="Synergita",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(
        parts=(
            RollUpPart(RollUpSource.KEY_RESULTS, as_one=True),
            RollUpPart(RollUpSource.OBJECTIVES),
        ),
    ),
)
"""Synergita: the weighted key results together are one item beside each contributing objective. Its page
prints two decimals of a percent, which is display. Status is not documented.

Not stated: nothing.
"""

_LATTICE: Final = Rulebook(name="Lattice", status=(Declared(),))
LATTICE: Final = evolve(
    _LATTICE,
    methods=(evolve(_LATTICE, name="amount", roll_up=RollUpRule(weigh=Weighing.SIZE)),),
)
"""Lattice: equal or stated weights, 0 among them; an objective with an amount of its own weighs its key
results by size. The owner chooses the status.

Not stated: objectives with a metric that are updated by hand, and yes-or-no ones that take over the
progress below them; the two ways to close.
"""

FIFTEEN_FIVE: Final = Rulebook(
    name="15Five", roll_up=RollUpRule(parts=_POOL, weigh=Weighing.EQUAL), status=(Declared(),)
)
"""15Five: key results and child objectives in one pool of equal shares. Status is the owner's.

Not stated: the setting that switches the roll-up off.
"""

LEAPSOME: Final = Rulebook(
    name="Leapsome", roll_up=RollUpRule(with_archived=False), status=(Declared(),)
)
"""Leapsome: (final - start) / (target - start); a parent moves by children only without key results;
initiatives never count; drafts and archived objectives stay out. Its status is not documented, so the
declared one is used.

Not stated: that weights count only if all key results have one.
"""

_BETTERWORKS: Final = Rulebook(name="Betterworks")
BETTERWORKS: Final = evolve(
    _BETTERWORKS,
    methods=(evolve(_BETTERWORKS, name="goal weights", roll_up=RollUpRule(weights_total=100)),),
)
"""Betterworks: the average of all key results; an employee's goal weights total 100. Thresholds of its
status are set by admins and not documented; RECOMMENDED's rules are not used for them either.

Not stated: the choice to take only the key results in the goal's own unit; ranges with yellow
breakpoints; the status by expected and actual progress.
"""

QULTURE_ROCKS: Final = Rulebook(name="Qulture.Rocks", status=(Declared(),))
"""Qulture.Rocks: increase, decrease, keep exactly (`Exactly`), keep above or below (`AtLeast`,
`AtMost`), and steps with scores (`Steps`); weights a key result. Its status is not documented, so the
declared one is used.

Not stated: nothing.
"""

TABILITY: Final = Rulebook(
    name="Tability",
    status=(
        Declared(),
        FromParts(
            StatusCombination.MEAN,
            [("off track", -1), ("at risk", 0), ("on track", 1)],
            bands=Bands(
                [(Above(0), "on track"), (AtLeast(0), "at risk"), (OTHERWISE, "off track")]
            ),
        ),
    ),
)
"""Tability: confidence colours; the Net Confidence Score is the share on track less the share off track,
which is the mean of 1, 0 and -1. The names over that mean are ours.

Not stated: the Net Confidence Score as a number; key results without a target.
"""

MOONCAMP: Final = Rulebook(
    name="Mooncamp",
    status=(
        Declared(),
        ByBands(
            Axis.RATIO,
            Bands(
                [(AtLeast(0.9), "on track"), (AtLeast(0.75), "at risk"), (OTHERWISE, "off track")]
            ),
        ),
        _BY_CONFIDENCE,
    ),
    pacing=PacingRule(objectives_from=ExpectedFrom.DATES),
    scales=(
        Scale(
            "closing",
            Axis.SCORE,
            Bands([(AtLeast(1), "achieved"), (AtLeast(0.5), "partial"), (OTHERWISE, "missed")]),
        ),
    ),
)
"""Mooncamp: the mean after conversion to percent; status by progress over the share of time that is
over, or by confidence if there is no such share. Both thresholds are set by customers: RECOMMENDED's
are used, 0.9 and 0.75 of the ratio, 0.7 and 0.4 of confidence. The edges of the closing, 1 and 0.5, are
ours.

Not stated: a closing that replaces the score, achieved by 100, partial by 50, missed by 0; which types
of goals may be below which.
"""

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
"""Atlassian Goals: a projected score of one decimal, entered monthly: below 0.4 off track, from 0.4 at
risk, from 0.7 on track. No roll-up is documented.

Not stated: that the score is a projection of the end; the statuses pending, paused and completed; metric
targets.
"""

JIRA_ALIGN: Final = Rulebook(
    name="Jira Align", pacing=PacingRule(days=DayCount.ELAPSED, workdays=WorkWeek())
)
"""Jira Align: without a baseline or progress there is no score (N/S), not 0; bars count weekdays. The
bands of its status are not documented.

Not stated: the text that each level of a score has.
"""

LARK: Final = Rulebook(
    name="Lark",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(weights_total=1),
    status=(Declared(),),
)
"""Lark: progress may leave 0 to 100; weights of key results total 1, and so do those of the objectives
of a cycle, if an objective above them represents it; shares that are not set share the remainder by
their old weights (`Contribution.fixed_share`). Scores are given by people: a `Judgement`, shown with one
decimal, which rounds no progress.

Not stated: the status by progress and date, and that of the worst key result; the remainder that goes to
the last weight if all are set; weights of three decimals.
"""

ASANA: Final = Rulebook(
    name="Asana",
    roll_up=RollUpRule(
        parts=(RollUpPart(RollUpSource.OBJECTIVES), RollUpPart(RollUpSource.KEY_RESULTS))
    ),
    status=(Declared(),),
)
"""Asana: sub-goals with custom weights, if progress is automatic. Status is the owner's.

Not stated: projects and tasks as sources of progress, with weights of their own; the words of the close,
achieved, partial, missed and dropped.
"""

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
16.5 points and at risk above 33. Its pages differ on 16.5 itself, which is on track here.

Not stated: the status of ranges, which are achieved if met, or else behind until their due date and at
risk after it; statuses that are frozen outside the window of check-ins.
"""

CASCADE: Final = Rulebook(
    name="Cascade",
    attainment=_UNCAPPED,
    roll_up=RollUpRule(parts=(*_POOL, RollUpPart(RollUpSource.INITIATIVES)), entry=ZERO_TO_ONE),
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
"""Cascade: health is the ratio to plan, 95 to 105 on track, from 85 behind. The name of more than 105 is
ours. The roll-up is "even": measures, objectives below and actions in one pool. Progress is not capped,
so that the ratio is not; it enters an objective as a score of 0 to 1, as by RECOMMENDED, since the
document is silent. A line whose start equals its target is one to maintain, and has no progress. Whole
percents of health are cut off, which is display.

Not stated: the health of an objective, which is the mean of its children's health, each capped at 100,
and not the ratio of its own progress; the statuses achieved and exceeded, without edges; roll-ups of
measures, of actions or of objectives only, and custom ones.
"""

PLANVIEW: Final = Rulebook(
    name="Planview",
    status=(
        ByBands(
            Axis.GAP,
            Bands([(Below(-0.1), "ahead"), (AtMost(0.1), "on track"), (OTHERWISE, "behind")]),
        ),
    ),
)
"""Planview: 10 points either way are on track (two bands claim the edge; it is on track here). Its pages
print whole percents, halves down, which is display.

Not stated: that after the end 90 to 100 is on track; several targets in one key result, with a progress
of their own; the choice to take objectives below as well.
"""

_OBOARD: Final = Rulebook(
    name="Oboard",
    status=(
        ByBands(
            Axis.RATIO,
            Bands([(AtLeast(0.7), "on track"), (AtLeast(0.4), "behind"), (OTHERWISE, "at risk")]),
        ),
    ),
)
OBOARD: Final = evolve(
    _OBOARD,
    methods=(
        _with_bounds(_OBOARD, "mean", BoundRule(reading=BoundReading.MEAN)),
        _with_bounds(_OBOARD, "minimum", BoundRule(reading=BoundReading.MINIMUM)),
    ),
)
"""Oboard: the ratio to plan at 70 and 40; thresholds apply to the most recent, average or lowest value.
Whole percents of the ratio are cut off, which is display.

Not stated: milestones of a key result that move its status, and not its progress; grades.
"""

BOJA: Final = Rulebook(
    name="OKR by BOJA",
    roll_up=RollUpRule(
        parts=(
            RollUpPart(RollUpSource.KEY_RESULTS),
            RollUpPart(RollUpSource.OBJECTIVES),
            RollUpPart(RollUpSource.INITIATIVES, otherwise=True),
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
            StatusCombination.MEAN, [("off track", 3), ("at risk", 2), ("on track", 1), ("done", 1)]
        ),
    ),
)
"""OKR by BOJA: grades in bands at 20, 60 and 100 with no regard to time; the status of an objective is
the rounded mean of the codes 1, 2 and 3; issues count by the share that is done.

Not stated: grades in steps of a tenth, and their rounded mean; that an objective is done only if all of
its parts are.
"""

HOLASPIRIT: Final = Rulebook(name="Holaspirit")
"""Holaspirit: a weighted mean, with multipliers as weights. Its page rounds each term before it adds
them, which is display; the unrounded mean is used here. Status is not documented.

Not stated: that no multipliers but 1 and 2 are taken.
"""

METAPULSE: Final = Rulebook(
    name="MetaPulse",
    attainment=AttainmentRule(clip=Clip(floor=0), flat=FlatLine.AT_LEAST),
)
"""MetaPulse: never below 0; a line whose start equals its target is flat, 1 at or above it, else 0.

Not stated: inverted flat targets, which are met at or below; areas; the statuses unstarted, on track,
behind, at risk, completed and deadline missed, without edges.
"""

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
month of 31 days; days are counted inclusively.

Not stated: nothing.
"""

_SERVICENOW: Final = Rulebook(
    name="ServiceNow Goal Framework",
    attainment=AttainmentRule(bounds=BoundRule(reading=BoundReading.SHARE_OF_ELAPSED)),
    roll_up=RollUpRule(parts=_POOL),
    status=(
        Declared(keep=OverrideDuration.UNTIL_READ),
        ByBands(
            Axis.SCORE,
            Bands([(AtLeast(0.9), "green"), (AtLeast(0.75), "yellow"), (OTHERWISE, "red")]),
        ),
    ),
)
SERVICENOW: Final = evolve(
    _SERVICENOW,
    methods=(
        evolve(
            _SERVICENOW,
            name="worst",
            status=(
                _SERVICENOW.status[0],
                # Only objectives have parts: their targets keep the bands.
                FromParts(StatusCombination.WORST, [("red", 0), ("yellow", 1), ("green", 2)]),
                *_SERVICENOW.status[1:],
            ),
        ),
    ),
)
"""ServiceNow's Goal Framework (S1 to S6): achievement at 90 and 75 against the final target, with no
regard to time; maintained targets hold at their limit and count the share of periods up to the last
reported one; a manual status is lost at the next update. Between 89 and 90 the text has a hole, and all
of it is yellow here.

Not stated: the worst status of its parts as the rule of every goal: it is the method "worst", which
goals name; the status of a target by the last period or by the window to date; milestones without
yellow; the states Achieved, Not Achieved and Cancelled.
"""

SUCCESSFACTORS: Final = Rulebook(
    name="SuccessFactors", attainment=AttainmentRule(clip=Clip(floor=0, ceiling=1.2))
)
"""SAP SuccessFactors, as one customer configured it: achievement clamped to 0 to 120.

Not stated: falling targets, whose achievement is the target by the value.
"""

VIINDOO: Final = Rulebook(name="Viindoo")
"""Viindoo: the weighted mean of the key results' scores. Its page prints two decimals, which is display.

Not stated: nothing.
"""

WAYMAKER: Final = Rulebook(
    name="Waymaker",
    scales=(
        Scale(
            "flag",
            Axis.CONFIDENCE,
            Bands([(AtMost(0.4), "low confidence"), (OTHERWISE, "confident")]),
        ),
    ),
)
"""Waymaker: progress and confidence are two axes, and neither moves the other. The edge of low
confidence is ours. Status is not documented.

Not stated: nothing.
"""

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
"""Rating bands of a request by a Workday user: below 70, 95, 110, to 125, above. The shared edges belong
to the upper band here.

Not stated: nothing.
"""
