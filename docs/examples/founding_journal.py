"""What happened to the founding OKRs in the third quarter of 2026, week by week.

The plan is in `founding_okrs`. Here is the journal: readings, baselines found, what people said, and
what adjustment reviews decided. All of it is made up; the numbers some objectives end with are the
worked examples of the method (E3: 60 s, 2.0%, 8.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import okrcore as okr
from okrcore.plan import ReadingLike

__all__ = ["JOURNAL"]

#: The days on which teams check in, one a week.
FRIDAYS: Final = [date(2026, 7, 3) + timedelta(weeks=week) for week in range(13)]

#: What was read on those days; None is a week without a check-in.
# fmt: off
READINGS: Final[dict[str, tuple[float | None, ...]]] = {
    "csat":          (72, 72.5, 73.8, 74.6, 75.9, 76.4, 77.8, 78.6, 79.1, 80.3, 80.8, 81.5, 82.1),
    "a13-clients":   (240, 243, 247, 251, 256, 258, 263, 266, 268, 271, 273, 276, 279),
    "b2-sales":      (12e6, 12.1e6, 12.3e6, 12.5e6, 12.8e6, 13e6, 13.2e6, 13.4e6,
                      13.6e6, 13.9e6, 14.2e6, 14.4e6, 14.7e6),
    "b3-velocity":   (30e3, 30.4e3, 31.9e3, 31.2e3, 33.5e3, 34.1e3, 35.8e3, 37e3,
                      38.2e3, 39e3, 40.5e3, 41.1e3, 42e3),
    "b3-unified":    (80, 80, 81, 81, 82, 83, 83, 84, 84, 85, 85, 86, 86),
    "b3-manual":     (3, 3, 2.9, 2.8, 2.8, 2.6, 2.5, 2.3, 2.2, 2, 1.8, 1.6, 1.5),
    "b4-tickets":    (120, 124, 118, 112, 104, 101, 93, 88, 82, 75, 70, 63, 57),
    "b4-steps":      (9, 9, 9, 9, 8, 8, 8, 8, 8, 7, 7, 7, 7),
    "b4-time":       (157, 158, 161, 160, 166, 172, 175, 181, 184, 189, 192, 197, 200),
    "b5-mau":        (251e3, 255e3, 260e3, 264e3, 271e3, 274e3, None, None,
                      292e3, 297e3, 305e3, 311e3, 318e3),
    "b5-articles":   (25, 29, 34, 38, 45, 49, None, None, 66, 71, 78, 84, 88),
    "b5-office-hours": (500, 510, 540, 575, 590, 640, None, None, 730, 770, 810, 860, 900),
    "b7-campaigns":  (0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6),
    "b7-leads":      (40, 95, 170, 260, 330, 420, 505, 590, 670, 760, 850, 930, 1012),
    "b7-pipeline":   (0.3e6, 0.9e6, 1.5e6, 2.2e6, 3.1e6, 3.8e6, 4.9e6, 5.8e6,
                      6.6e6, 7.5e6, 8.4e6, 9.3e6, 10.2e6),
    "b8-traffic":    (300e3, 312e3, 308e3, 331e3, 340e3, 352e3, 348e3, 362e3,
                      366e3, 378e3, 381e3, 390e3, 395e3),
    "c1-posts":      (1, 4, 6, 8, 10, 2, 5, 7, 10, 3, 5, 8, 9),
    "c1-social":     (3.1, 3.4, 3.3, 3.8, 3.6, 3.9, 4.1, 4.0, 4.2, 4.1, 4.4, 4.3, 4.5),
    "c1-bounce":     (48, 48.2, 47.9, 47.8, 47.6, 47.3, 47.4, 47.1, 46.9, 46.8, 46.5, 46.1, 45.9),
    "d1-sales":      (6.1e6, 6.13e6, 6.18e6, 6.2e6, 6.2e6, 6.15e6, None, None,
                      None, None, None, None, None),
    "d2-revenue":    (20.4e6, 20.5e6, 20.7e6, 20.8e6, 21e6, 21.1e6, 21.3e6, 21.5e6,
                      21.6e6, 21.8e6, 21.9e6, 22.1e6, 22.2e6),
    "d4-traffic":    (8200, 8450, 8900, 9600, 10.1e3, 10.9e3, 11.7e3, 12.3e3,
                      12.9e3, 13.4e3, 14.1e3, 14.6e3, 15.1e3),
    "d4-guests":     (0, 1, 1, 2, 3, 4, 4, 6, 6, 7, 8, 8, 9),
    "e3-time":       (90, 89, 86, 87, 83, 80, 77, 74, 72, 68, 66, 62, 60),
    "e3-errors":     (3.8, 3.7, 3.7, 3.4, 3.1, 2.9, 2.9, 2.7, 2.5, 2.4, 2.3, 2.1, 2),
    "e3-confidence": (7.2, 7.2, 7.3, 7.3, 7.4, 7.5, 7.5, 7.6, 7.7, 7.8, 7.8, 7.9, 8),
    "e4-signups":    (400, 412, 420, 415, 447, 470, 492, 518, 540, 561, 590, 612, 640),
    "e4-impressions": (None, 1.2e6, 1.21e6, 1.25e6, 1.28e6, 1.33e6, 1.36e6, 1.39e6,
                       1.41e6, 1.45e6, 1.46e6, 1.49e6, 1.51e6),
    "e5-arpa":       (112, 112.4, 113.5, 115, 116.8, 119, 121, 123, 124, 125.5, 126, 127.5, 128),
    "e5-paid":       (3.1, 3.12, 3.2, 3.24, 3.3, 3.41, 3.46, 3.55, 3.6, 3.65, 3.7, 3.76, 3.8),
    "e5-tickets":    (78, 79, 81, 82, 84, 87, 89, 91, 93, 95, 94, 93, 92),
    "e6-share":      (11, 11.2, 11.6, 12.1, 12, 12.6, 13.1, 13.4, 14, 14.5, 15.1, 15.6, 16),
    "e6-delivery":   (2.7, 2.7, 2.6, 2.5, 2.5, 2.4, 2.3, 2.2, 2.2, 2.1, 2, 2, 1.9),
    "e6-promise":    (82, 82.5, 82, 83, 84, 85, 85, 86, 87, 88, 89, 90, 91),
    "e6-overtime":   (340, 352, 361, 377, 395, 404, 411, 408, 398, 391, 386, 384, 379),
    "e9-disputes":   (418, 421, 414, 402, 394, 386, 371, 355, 347, 338, 328, 315, 306),
    "e9-support":    (130, 130, 128, 124, 121, 118, 113, 108, 105, 102, 99, 95, 92),
    "e9-product":    (90, 91, 89, 86, 84, 83, 80, 77, 75, 73, 71, 68, 66),
    "e9-risk":       (120, 120, 119, 115, 113, 110, 106, 101, 99, 97, 94, 90, 88),
    "e9-sellers":    (78, 80, 78, 77, 76, 75, 72, 69, 68, 66, 64, 62, 60),
    "task-success":  (54, None, 57, None, 61, None, 65, None, 66, None, 70, None, 72),
    "e10-open":      (7, 7, 6, 6, 6, 5, 5, 4, 3, 3, 2, 1, 0),
    "e11-coverage":  (None, None, None, None, 43, 43, 45, 46, 47, 49, 50, 52, 54),
    "ramp":          (90, 90, 88, 88, 85, 84, 82, 80, 78, 75, 72, 69, 66),
    "e12-attrition": (5.6, 5.6, 5.7, 5.7, 5.8, 5.8, 5.7, 5.7, 5.6, 5.6, 5.5, 5.6, 5.5),
    "e12-fill":      (28, 28, 29, 30, 30, 31, 32, 32, 33, 34, 35, 36, 37),
    "e13-utilisation": (74, 75, 79, 76, 75, 74, 76, 77, 76, 75, 77, 76, 76),
    "e13-clients":   (8.6, 8.7, 8.8, 8.8, 8.7, 8.8, 8.9, 8.8, 8.8, 8.9, 8.9, 9, 8.9),
    "e13-wins":      (31, 31, 32, 33, 33, 34, 34, 34, 35, 35, 36, 36, 37),
    "e13-sick-days": (1.7, 1.7, 1.8, 1.8, 1.9, 1.8, 1.8, 1.9, 1.9, 1.9, 2, 2, 2),
    "uptime":        (99.9, 99.9, 99.8, 99.9, 99.2, 99.7, 99.8, 99.6, 99.9, 99.9, 99.8, 99.9, 99.9),
    "pre-audit":     (1, 1, 2, 2, 2, 3, 3, 3, 3, 2, 1, 1, 0),
    # the year
    "a1-cac":        (None, 81.9, None, 81.2, None, 80.6, None, 80.2, None, 79.5, None, 78.9, None),
    "a3-retention":  (None, 43.8, None, 44.2, None, 45.1, None, 45.3, None, 45.9, None, 46.4, None),
    "b1-return":     (None, 17.6e6, None, 18.1e6, None, 18.8e6, None, 19.3e6,
                      None, 20e6, None, 20.7e6, None),
    "b6-enterprise": (None, 240e3, None, 240e3, None, 310e3, None, 310e3,
                      None, 385e3, None, 385e3, None),
    "b6-mid-market": (None, 168e3, None, 180e3, None, 201e3, None, 215e3,
                      None, 222e3, None, 240e3, None),
    "b6-small":      (None, 96e3, None, 107e3, None, 119e3, None, 128e3,
                      None, 137e3, None, 146e3, None),
    "sales-revenue": (None, 48.1e6, None, 48.6e6, None, 49.5e6, None, 50.2e6,
                      None, 51e6, None, 52.2e6, None),
    "e1-partnerships": (None, 9, None, 9, None, 10, None, 11, None, 12, None, 12, None),
    "onboarding-time": (None, 51, None, 49, None, 47, None, 45, None, 46, None, 44, None),
    "fraud-loss":    (None, 9.1, None, 8.8, None, 8.6, None, 8.3, None, 8.1, None, 7.8, None),
}
# fmt: on

#: Users active on feature X in the week before each of those days; 40,000 users a week are active at all.
ACTIVE_ON_X: Final = (
    0, 240, 560, 1080, 1640, 2240, 2640, 3280, 3560, 4080, 4560, 5040, 5400,
)  # fmt: skip
ACTIVE: Final = 40_000

#: Shares done of the initiatives, on the days on which somebody looked.
WORK: Final[dict[date, dict[str, ReadingLike]]] = {
    date(2026, 7, 17): {"b4-click-study": 0.5, "a5-tests": 0.7, "e12-onboarding": 0.4},
    date(2026, 7, 31): {"b7-materials": 1, "a9-training": 0.3, "a5-marketing": 0.2},
    date(2026, 8, 7): {"b4-click-study": 1, "b5-events": 0.5, "a9-tools": 0.1},
    date(2026, 8, 14): {
        "a4-changes": 0.4,
        "a9-processes": 0.6,
        "a10-content": 0.8,
        "b2-enablement": 0.4,
        "b3-subscriptions": 0.3,
        "b4-bug-report": 0.5,
        "e12-onboarding": 0.9,
    },
    date(2026, 8, 20): {"a2-subjects": 1, "a2-calls": 0.5, "a2-content": 0.2},
    date(2026, 8, 21): {
        "a1-trials": 0.5,
        "a5-tests": 0.9,
        "a5-approvals": 0.5,
        "a10-content": 1,
        "a10-targeting": 0.5,
        "a9-training": 0.7,
        "e12-managers": 0.3,
    },
    date(2026, 9, 11): {"b2-enablement": 1, "b3-subscriptions": 0.8, "e12-managers": 0.6},
}

#: What came on days of its own: deliveries, evidence, the readings of Micro-OKRs.
ON_THE_DAY: Final[dict[date, dict[str, ReadingLike]]] = {
    date(2026, 7, 3): {
        "a5-market": False,
        "a7-model": [],
        "c2-roadmap": [],
        "c2-design": [],
        "c2-launch": False,
        "c3-feedback": [],
        "c3-after-sales": [],
        "c3-loyalty": [],
        "d5-app": [],
        "e7-partners": [],
        "e7-spend": 0,
        "e15-verified": False,
    },
    date(2026, 7, 10): {"e15-verified": True, "e7-partners": ["Halden Rail"], "e7-spend": 8e6},
    date(2026, 7, 17): {"a6-document": True, "c3-feedback": ["feedback system"]},
    date(2026, 7, 24): {
        "d5-app": ["wireframes and design"],
        "e7-partners": ["Halden Rail", "Orsino Foods"],
        "e7-spend": 15e6,
    },
    date(2026, 7, 31): {
        "c2-roadmap": ["market research"],
        "d3-deal-size": 18_400,
        "e7-partners": ["Halden Rail", "Orsino Foods", "Kestrel Air"],
        "e7-spend": 21e6,
        "articles": 4,
        "visitors": 118_000,
        "steps-done": 2,
        "returning": 4.2,
        "feedback": 212,
    },
    date(2026, 8, 7): {
        "e7-partners": ["Halden Rail", "Orsino Foods", "Kestrel Air", "Brightwater Health"],
        "e7-spend": 26.5e6,
        "a4-output": 412,
        "survey": 7.9,
    },
    date(2026, 8, 14): {
        "a4-output": 418,
        "a10-ctr": 1.84,
        "c2-roadmap": ["market research", "product roadmap"],
        "e17-add-ons": 12.2,
        "feedback": 187,
    },
    date(2026, 8, 18): {"a2-opens": 21.2},
    date(2026, 8, 20): {
        "a2-opens": 21.7,
        "e7-partners": [
            "Halden Rail", "Orsino Foods", "Kestrel Air", "Brightwater Health", "Tamarind Stores",
        ],
        "e7-spend": 34e6,
    },
    date(2026, 8, 21): {
        "a4-output": 424,
        "a10-ctr": 1.91,
        "articles": 9,
        "d3-deal-size": 18_900,
        "e17-add-ons": 13.1,
        "line-feedback": 8.1,
        "line-sales": 640,
        "c2-design": [],
        "c3-after-sales": [],
        "c3-loyalty": [],
    },
    date(2026, 8, 23): {"a2-opens": 22.05},
    date(2026, 8, 25): {"a14-ctr": 1.8, "a14-conversion": 2.3},
    date(2026, 8, 28): {
        "a8-bug": True,
        "a14-ctr": 1.9,
        "a14-conversion": 2.4,
        "visitors": 124_000,
        "c3-after-sales": ["after-sales process"],
        "d5-app": ["wireframes and design", "prototype"],
    },
    date(2026, 9, 2): {"a4-output": 431},
    date(2026, 9, 4): {"a14-ctr": 2, "a14-conversion": 2.4, "e17-add-ons": 14},
    date(2026, 9, 9): {"a12-decision": ["scale: 61% sold at full price"]},
    date(2026, 9, 18): {"e14-findings": True},
    date(2026, 9, 28): {"c2-design": ["designed"], "visitors": 131_000},
    date(2026, 9, 24): {"d5-app": ["wireframes and design", "prototype", "beta"]},
}  # fmt: skip

#: Sick days of the same quarter a year ago, the past that E13's guardrail is held against.
A_YEAR_AGO: Final = (
    okr.CheckIn("e13-sick-days", date(2025, 7, 31), 1.9),
    okr.CheckIn("e13-sick-days", date(2025, 8, 31), 2),
    okr.CheckIn("e13-sick-days", date(2025, 9, 30), 2.1),
)

#: Where the numbers started, from the day that was known.
BASELINES: Final = (
    okr.BaselineSet("a1-cac", date(2026, 1, 5), 84, because="the books of last year"),
    okr.BaselineSet("a3-retention", date(2026, 1, 5), 40, because="the cohorts of last year"),
    okr.BaselineSet("a9-csat", date(2026, 7, 3), 72, because="the survey of June"),
    okr.BaselineSet("a13-clients", date(2026, 7, 1), 240, because="contracts on 30 June"),
    okr.BaselineSet("c1-bounce", date(2026, 7, 3), 48, because="June, all pages"),
    okr.BaselineSet("c1-traffic", date(2026, 7, 1), 110_000, because="the visitors of June"),
    okr.BaselineSet("c3-csat", date(2026, 7, 3), 72, because="the survey of June"),
    okr.BaselineSet("d1-sales", date(2026, 7, 3), 6.1e6, because="the second quarter"),
    okr.BaselineSet("d2-revenue", date(2026, 7, 3), 20.4e6, because="the second quarter"),
    okr.BaselineSet("d3-revenue", date(2026, 1, 5), 46e6, because="the books of last year"),
    okr.BaselineSet("d3-deal-size", date(2026, 7, 31), 18_400, because="deals of the first half"),
    okr.BaselineSet("d4-traffic", date(2026, 7, 3), 8200, because="readers of a week in June"),
    okr.BaselineSet("e1-partnerships", date(2026, 1, 5), 6, because="contracts in force"),
    okr.BaselineSet("e6-overtime", date(2026, 7, 6), 420, because="the budget of a week"),
    okr.BaselineSet("e9-disputes", date(2026, 7, 3), 420, because="a week of the second quarter"),
    okr.BaselineSet("e9-support", date(2026, 7, 3), 130, because="a week of the second quarter"),
    okr.BaselineSet("e9-product", date(2026, 7, 3), 91, because="a week of the second quarter"),
    okr.BaselineSet("e9-risk", date(2026, 7, 3), 119, because="a week of the second quarter"),
    okr.BaselineSet("e9-sellers", date(2026, 7, 3), 80, because="a week of the second quarter"),
    okr.BaselineSet("e11-coverage", date(2026, 7, 31), 43, because="the first full count"),
    okr.BaselineSet("e17-add-ons", date(2026, 8, 10), 12, because="the orders of July"),
    okr.BaselineSet("e4-impressions", date(2026, 7, 10), 1.2e6, because="two weeks of measuring"),
    okr.BaselineSet("a4-output", date(2026, 8, 3), 412, because="the last ten shifts"),
    okr.BaselineSet("a10-ctr", date(2026, 8, 10), 1.8, because="the July campaign"),
    okr.BaselineSet("a2-opens", date(2026, 8, 17), 21, because="the last six mailings"),
    okr.BaselineSet("e10-open", date(2026, 8, 28), 7, because="the scan of 3 July"),
)

#: What people said with their readings.
SAID: Final = (
    okr.CheckIn("a5-market", date(2026, 8, 21), value=False, confidence=0.6),
    okr.CheckIn("c2-launch", date(2026, 8, 21), value=False, confidence=0.7),
    okr.CheckIn("a7-model", date(2026, 8, 21), [], confidence=0.7),
    okr.CheckIn(
        "a8-bug",
        date(2026, 8, 21),
        value=False,
        confidence=0.5,
        blocker="It shows on two older phones alone, and one of them is still on order.",
    ),
    okr.CheckIn(
        "b8-traffic",
        date(2026, 8, 21),
        confidence=0.3,
        blocker="The agency starts on 1 September, five weeks late.",
    ),
    okr.CheckIn(
        "d5-app",
        date(2026, 8, 21),
        ["wireframes and design"],
        confidence=0.6,
        blocker="The prototype waits for its design review.",
    ),
    okr.CheckIn(
        "e5-tickets",
        date(2026, 8, 21),
        blocker="People ask about the new price page; its help text is not approved yet.",
    ),
    okr.CheckIn(
        "e14-findings", date(2026, 8, 21), confidence=0.8, note="Interim visit: nothing major."
    ),
)

#: What adjustment reviews decided.
DECIDED: Final = (
    okr.Adjustment(
        "d4-guests",
        date(2026, 7, 31),
        measure=okr.Increase(0, 10),
        new_fact="Each guest post brings 600 readers a week.",
        because="Ten posts bring most of the traffic that is to come.",
        decided_by="Milo Brandt",
    ),
    okr.Closing(
        "a9-tools",
        date(2026, 8, 14),
        okr.ClosingDecision.STOP,
        because="the new phone system costs twice its price of June",
    ),
    okr.Adjustment(
        "a11",
        date(2026, 7, 20),
        kind=okr.AdjustmentKind.PAUSE,
        new_fact="Two ports closed.",
        because="Its two teams reroute freight for six weeks.",
        decided_by="Ruth Okafor",
    ),
    okr.Adjustment(
        "d1",
        date(2026, 8, 10),
        kind=okr.AdjustmentKind.PAUSE,
        new_fact="Components are short until winter.",
        because="Volume is out of reach, so margin per unit comes first.",
        decided_by="Ruth Okafor",
    ),
)


def weekly_check_ins() -> Iterator[okr.CheckIn]:
    """Yield what was read on the Fridays, week by week."""
    for week, friday in enumerate(FRIDAYS):
        values: dict[str, ReadingLike] = {}
        for id, row in READINGS.items():
            reading = row[week]
            if reading is not None:
                values[id] = reading
        values["active-on-x"] = okr.Ratio(ACTIVE_ON_X[week], ACTIVE, per=100)
        yield from okr.check_ins(friday, values)


def dated_check_ins() -> Iterator[okr.CheckIn]:
    """Yield what came on days of its own."""
    for day, values in (*ON_THE_DAY.items(), *WORK.items()):
        yield from okr.check_ins(day, values)


JOURNAL: Final = okr.Journal(
    [*A_YEAR_AGO, *BASELINES, *weekly_check_ins(), *dated_check_ins(), *SAID, *DECIDED]
)
