"""The 48 example OKRs of the founding documents, as one plan.

The letter of an id is the document an objective comes from:

    A   OKR International on Micro-OKRs and traditional OKRs
    B   Microsoft on what OKRs are
    C   an article on OKRs and KPIs
    D   monday.com on what OKR means
    E   an essay on OKRs that align teams to strategy

Their content is here as data: measures, bounds, guardrails, KPIs, initiatives, causes, priorities,
alignment, time frames, and the ambition of E10 and E11. The page of the founding OKRs has a table of
how each came about, from `founding_words`. What the documents leave open is open here too: a baseline
or a target that is missing stays missing, a direction without a number is `Increase(None, None)` or
`Decrease(None, None)`, a limit without one is `AtMost(None)`, and a number without a unit has none.
These rules fill in the rest, and nothing else does:

1. One company pursues them all in 2026. Without a time frame of its own an objective belongs to the
   third quarter; so does a document's "first quarter", and its mid-February is our mid-August. A1 may
   be of a year or of a quarter, and is of the year. Weeks are counted from the first day of the cycle.
2. Every objective has an owner, and most of those that close this quarter an ambition: without one
   there is a score and no verdict. Where one metric serves two documents, that is ours as well.
3. The due days of milestones are ours, and rhythms that a document leaves out: two weeks between two
   usability tests, and the days of the Micro-OKRs.
4. A number of an objective is a key result beside those that a document has for it (C1, C3, D1 to
   D4). Beside key results with a score it is tracked, with weight 0, so that they alone make the score.
5. Work that a document has for an objective is an initiative. The key results that it drives are ours.
6. The past of E13's guardrail is the same quarter of the year before. "Historical" may be longer.
7. The nature of a key result (output, activity) and the tag of C1's are judged by document E.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import okrcore as okr

__all__ = ["PLAN", "QUARTER"]

_CALENDAR: Final = okr.FiscalCalendar(start_month=1)
YEAR: Final = _CALENDAR.year(2026)
SECOND_HALF: Final = _CALENDAR.half(2026, 2)
QUARTER: Final = _CALENDAR.quarter(2026, 3)
#: The 18 months of document A's car; no cadence repeats like that.
EIGHTEEN_MONTHS: Final = okr.Cycle(date(2026, 1, 1), date(2027, 6, 30), name="2026 to mid-2027")
#: Document A's paid campaign is looked at daily or hourly, twice as often as other two-week sprints.
DAILY_SPRINT: Final = okr.Cadence(
    "micro, two weeks, daily", weeks=2, check_in_days=1, is_micro=True
)

ASPIRATIONAL: Final = okr.Ambition.ASPIRATIONAL
COMMITTED: Final = okr.Ambition.COMMITTED
LEARNING: Final = okr.Ambition.LEARNING
ACTIVITY: Final = okr.KeyResultProfile(nature=okr.plan.Nature.ACTIVITY)
OUTPUT: Final = okr.KeyResultProfile(nature=okr.plan.Nature.OUTPUT)
LEADING: Final = okr.KeyResultProfile(indicator=okr.plan.Indicator.LEADING)
UP: Final = okr.Increase(None, None)
DOWN: Final = okr.Decrease(None, None)


def _intent(text: str) -> okr.ObjectiveProfile:
    return okr.ObjectiveProfile(intent=text)


def _team(name: str) -> okr.Place:
    return okr.Place(team=okr.Team(name), level=okr.Level.TEAM)


def _work(*titles_by_id: tuple[str, str], drives: list[str]) -> list[okr.Initiative]:
    return [okr.Initiative(id, title, drives=drives) for id, title in titles_by_id]


def _one_week(start: date) -> okr.Cycle:
    return okr.Cycle.starting(start, okr.Cadence.MICRO_WEEK)


def _two_weeks(start: date, cadence: okr.Cadence = okr.Cadence.MICRO_TWO_WEEKS) -> okr.Cycle:
    return okr.Cycle.starting(start, cadence)


def _one_month(start: date) -> okr.Cycle:
    return okr.Cycle.starting(start, okr.Cadence.MICRO_MONTH)


# --- A: Micro-OKRs beside traditional ones -------------------------------------------------------

_A: Final = [
    okr.Objective(
        "a1",
        "Win customers at a lower cost",
        key_results=[
            okr.KeyResult("a1-cac", "Customer acquisition cost", okr.Relative(percent=-10))
        ],
        initiatives=_work(("a1-trials", "Trials of marketing strategies"), drives=["a1-cac"]),
        cycle=YEAR,
        owner="Inés Duarte",
        profile=_intent("A year or a quarter in the document; a year here."),
    ),
    okr.Objective(
        "a2",
        "Black Friday mail gets opened",
        key_results=[
            okr.KeyResult("a2-opens", "Email open rate", okr.Relative(percent=5)),
        ],
        initiatives=_work(
            ("a2-subjects", "Subject lines, tried out"),
            ("a2-calls", "Calls to action, tried out"),
            ("a2-content", "Promotional content, tried out"),
            drives=["a2-opens"],
        ),
        cycle=_one_week(date(2026, 8, 17)),
        owner="Milo Brandt",
        ambition=COMMITTED,
        profile=_intent(
            "A week of trials, so that the mail of the campaign is ready for its days."
        ),
    ),
    okr.Objective(
        "a3",
        "Users stay with us",
        key_results=[okr.KeyResult("a3-retention", "User retention", okr.Relative(percent=20))],
        cycle=YEAR,
        owner="Priya Nair",
        place=okr.Place(
            contributors=[okr.Team("Product"), okr.Team("Marketing"), okr.Team("Support")]
        ),
    ),
    okr.Objective(
        "a4",
        "The line delivers more",
        key_results=[okr.KeyResult("a4-output", "Output of the line", okr.Relative(percent=5))],
        initiatives=_work(
            ("a4-changes", "Small changes to machines, processes and workflows"),
            drives=["a4-output"],
        ),
        cycle=_one_month(date(2026, 8, 3)),
        owner="Karel Novak",
    ),
    okr.Objective(
        "a5",
        "A new drug reaches patients",
        key_results=[okr.KeyResult("a5-market", "Drug on the market", okr.PassFail())],
        initiatives=_work(
            ("a5-tests", "Tests of the drug"),
            ("a5-approvals", "Approvals of the regulators"),
            ("a5-marketing", "Marketing plan"),
            drives=["a5-market"],
        ),
        cycle=SECOND_HALF,
        owner="Ruth Okafor",
    ),
    okr.Objective(
        "a6",
        "The regulator's paper is in hand",
        key_results=[okr.KeyResult("a6-document", "Document secured", okr.PassFail())],
        supports=[okr.Alignment("a5", contribution="Keeps the approval, and the launch, on time.")],
        trigger=okr.Trigger(okr.TriggerKind.CROSS_TEAM_NEED, "a5"),
        cycle=_one_week(date(2026, 7, 13)),
        owner="Samir Aziz",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "a7",
        "A new electric model",
        key_results=[
            okr.KeyResult(
                "a7-model",
                "Model developed",
                okr.Milestones(okr.Milestone("model developed", due=date(2027, 6, 30))),
            )
        ],
        cycle=EIGHTEEN_MONTHS,
        owner="Greta Holm",
        place=okr.Place(
            contributors=[
                okr.Team("Engineering"),
                okr.Team("Design"),
                okr.Team("Marketing"),
                okr.Team("Supply Chain"),
            ]
        ),
    ),
    okr.Objective(
        "a8",
        "The mobile app is stable",
        key_results=[okr.KeyResult("a8-bug", "Critical bug fixed", okr.PassFail())],
        cycle=_two_weeks(date(2026, 8, 17)),
        owner="Tom Achebe",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "a9",
        "Customers are glad they called",
        key_results=[
            okr.KeyResult(
                "a9-csat",
                "Customer satisfaction",
                okr.Relative(percent=15),
                metric="csat",
            )
        ],
        initiatives=_work(
            ("a9-training", "Training of the department"),
            ("a9-processes", "Better processes"),
            ("a9-tools", "New technology"),
            drives=["a9-csat"],
        ),
        cycle=QUARTER,
        owner="Lena Fischer",
        place=okr.Place(team=okr.Team("Customer Service"), level=okr.Level.DEPARTMENT),
    ),
    okr.Objective(
        "a10",
        "Ads worth a click",
        key_results=[okr.KeyResult("a10-ctr", "Click-through rate", okr.Relative(percent=10))],
        initiatives=_work(
            ("a10-content", "Better content"),
            ("a10-targeting", "Sharper targeting"),
            ("a10-message", "Another message"),
            drives=["a10-ctr"],
        ),
        cycle=_two_weeks(date(2026, 8, 10)),
        owner="Milo Brandt",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "a11",
        "Room for more stock",
        key_results=[okr.KeyResult("a11-capacity", "Warehouse capacity", okr.Relative(percent=20))],
        cycle=YEAR,
        owner="Dele Martins",
    ),
    okr.Objective(
        "a12",
        "Does the clothing line sell?",
        key_results=[
            okr.KeyResult(
                "a12-decision",
                "Scale or stop, decided on evidence",
                okr.Evidence(required=1, what="a decision drawn from feedback and sales"),
            )
        ],
        cycle=_one_month(date(2026, 8, 10)),
        owner="Yuki Tan",
        ambition=LEARNING,
        kpis=["line-feedback", "line-sales"],
        trigger=okr.Trigger(
            okr.TriggerKind.EXPERIMENT,
            hypothesis="the line sells well enough to be rolled out",
            scope="one region, one month",
        ),
        profile=_intent("It ends in a decision, not in a number."),
    ),
    okr.Objective(
        "a13",
        "A wider client base",
        key_results=[
            okr.KeyResult("a13-clients", "Clients", okr.Relative(percent=15), unit="clients")
        ],
        cycle=QUARTER,
        owner="Hugo Lind",
    ),
    okr.Objective(
        "a14",
        "A paid campaign that pays",
        key_results=[
            okr.KeyResult("a14-ctr", "Click-through rate of the campaign", UP),
            okr.KeyResult("a14-conversion", "Conversion rate of the campaign", UP),
        ],
        cycle=_two_weeks(date(2026, 8, 24), DAILY_SPRINT),
        owner="Milo Brandt",
        profile=_intent("Both are to rise; where from and how far, the document leaves open."),
    ),
]

_A_METRICS: Final = [
    okr.Metric("line-feedback", "Feedback on the clothing line"),
    okr.Metric("line-sales", "Sales of the clothing line"),
]

# --- B: company, operations, product, success, sales, marketing ----------------------------------

_B: Final = [
    okr.Objective(
        "b1",
        "Twice the revenue in a year",
        key_results=[
            okr.KeyResult(
                "b1-return", "Annual average return", okr.Increase(12e6, 24e6), unit="USD"
            )
        ],
        cycle=YEAR,
        owner="Ruth Okafor",
        place=okr.Place(level=okr.Level.COMPANY),
    ),
    okr.Objective(
        "b2",
        "New products carry the growth",
        key_results=[
            okr.KeyResult("b2-sales", "New product sales", okr.Increase(12e6, 15e6), unit="USD")
        ],
        initiatives=[
            okr.Initiative("b2-enablement", "Sales enablement material", drives=["b2-sales"])
        ],
        supports=[
            okr.Alignment("b1", contribution="New products bring the doubling within reach.")
        ],
        cycle=QUARTER,
        owner="Hugo Lind",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "b3",
        "Revenue operations at their best",
        key_results=[
            okr.KeyResult(
                "b3-velocity", "Pipeline velocity", okr.Increase(30_000, 45_000), unit="USD"
            ),
            okr.KeyResult(
                "b3-unified", "Data unified across both systems", okr.Increase(80, 90), unit="%"
            ),
            okr.KeyResult(
                "b3-manual",
                "Manual work",
                okr.Decrease(3, 1),
                unit="hours per week",
                owner="Ola Berg",
            ),
        ],
        initiatives=_work(
            ("b3-subscriptions", "Better process for subscriptions"), drives=["b3-manual"]
        ),
        cycle=QUARTER,
        owner="Farah Khan",
        ambition=ASPIRATIONAL,
        place=_team("Business Operations"),
    ),
    okr.Objective(
        "b4",
        "A version 2.0 people enjoy",
        key_results=[
            okr.KeyResult(
                "b4-tickets", "Support tickets", okr.Decrease(120, 30), unit="tickets per month"
            ),
            okr.KeyResult("b4-steps", "Steps to check out", okr.Decrease(9, 6), unit="steps"),
            okr.KeyResult(
                "b4-time", "Time on site", okr.Increase(157, 225), unit="mm:ss per session"
            ),
        ],
        initiatives=[
            okr.Initiative("b4-click-study", "Click study", drives=["b4-steps", "b4-time"]),
            okr.Initiative("b4-bug-report", "Bug report", drives=["b4-tickets"]),
        ],
        cycle=QUARTER,
        owner="Tom Achebe",
        ambition=ASPIRATIONAL,
        place=_team("Product and Engineering"),
    ),
    okr.Objective(
        "b5",
        "Training that makes people stay",
        key_results=[
            okr.KeyResult(
                "b5-mau",
                "Monthly active users, key accounts",
                okr.Increase(250_000, 350_000),
                unit="users",
            ),
            okr.KeyResult(
                "b5-articles",
                "Knowledge-base articles",
                okr.Increase(25, 100),
                unit="articles",
                profile=OUTPUT,
            ),
            okr.KeyResult(
                "b5-office-hours", "People at office hours", okr.Increase(500, 1000), unit="people"
            ),
        ],
        initiatives=[
            okr.Initiative(
                "b5-events", "Calendar of customer events", drives=["b5-office-hours", "b5-mau"]
            )
        ],
        cycle=QUARTER,
        owner="Elif Kaya",
        place=_team("Customer Success"),
    ),
    okr.Objective(
        "b6",
        "A million from new customers",
        key_results=[
            okr.KeyResult("b6-enterprise", "Enterprise deals", okr.Reach(500_000), unit="USD"),
            okr.KeyResult("b6-mid-market", "Mid-market deals", okr.Reach(300_000), unit="USD"),
            okr.KeyResult("b6-small", "Small-business deals", okr.Reach(200_000), unit="USD"),
        ],
        cycle=YEAR,
        owner="Hugo Lind",
        place=_team("Sales"),
    ),
    okr.Objective(
        "b7",
        "First choice through the funnel",
        key_results=[
            okr.KeyResult(
                "b7-campaigns",
                "Targeted lead campaigns",
                okr.Reach(6),
                unit="campaigns",
                profile=ACTIVITY,
            ),
            okr.KeyResult("b7-leads", "Marketing-qualified leads", okr.Reach(950), unit="leads"),
            okr.KeyResult("b7-pipeline", "Pipeline from marketing", okr.Reach(10e6), unit="USD"),
        ],
        initiatives=[
            okr.Initiative(
                "b7-materials",
                "Marketing material brought up to date",
                drives=["b7-leads", "b7-pipeline"],
            )
        ],
        cycle=QUARTER,
        owner="Inés Duarte",
        ambition=COMMITTED,
        place=_team("Marketing"),
    ),
    okr.Objective(
        "b8",
        "A brand people recognise",
        key_results=[
            okr.KeyResult(
                "b8-traffic", "Website traffic", okr.Increase(300_000, 500_000), unit="views"
            )
        ],
        cycle=QUARTER,
        owner="Yuki Tan",
        kpis=["uptime"],
        profile=_intent("No site, no traffic: uptime is watched beside it."),
    ),
]

_B_METRICS: Final = [
    okr.Metric("uptime", "Website uptime", health=okr.AtLeast(99.5), unit="%", owner="Tom Achebe")
]

# --- C: OKRs and the KPIs beside them ------------------------------------------------------------

_C: Final = [
    okr.Objective(
        "c1",
        "A fifth more website traffic",
        key_results=[
            okr.KeyResult(
                "c1-posts",
                "New blog posts",
                okr.EachPeriod(okr.AtLeast(10), every=okr.Cadence.MONTHLY),
                unit="posts",
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c1-social",
                "Social media engagement",
                okr.Relative(percent=15),
                profile=okr.KeyResultProfile(tags=["vanity"]),
            ),
            okr.KeyResult("c1-bounce", "Bounce rate", okr.Relative(percent=-5)),
            okr.KeyResult(
                "c1-traffic",
                "Website traffic",
                okr.Relative(percent=20),
                metric="visitors",
                weight=0,
            ),
        ],
        cycle=QUARTER,
        owner="Milo Brandt",
        kpis=["visitors"],
    ),
    okr.Objective(
        "c2",
        "A new product line on sale",
        key_results=[
            okr.KeyResult(
                "c2-roadmap",
                "Research and roadmap",
                okr.Milestones(
                    okr.Milestone("market research", due=date(2026, 7, 31)),
                    okr.Milestone("product roadmap", due=date(2026, 8, 14)),
                ),
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c2-design",
                "Design and engineering",
                okr.Milestones(
                    okr.Milestone("designed", due=date(2026, 9, 30)),
                    okr.Milestone("engineered", due=date(2026, 11, 27)),
                ),
                profile=ACTIVITY,
            ),
            okr.KeyResult("c2-launch", "Product line launched", okr.PassFail()),
            okr.KeyResult(
                "c2-revenue",
                "Revenue of the first quarter on sale",
                okr.Reach(100_000),
                metric="launch-revenue",
                unit="USD",
                timing=okr.Timing(observable_from=date(2027, 3, 31)),
            ),
        ],
        cycle=SECOND_HALF,
        owner="Greta Holm",
        kpis=["steps-done", "survey", "launch-revenue"],
    ),
    okr.Objective(
        "c3",
        "Customers 15% more satisfied",
        key_results=[
            okr.KeyResult(
                "c3-feedback",
                "Feedback system",
                okr.Milestones(okr.Milestone("feedback system", due=date(2026, 7, 31))),
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c3-after-sales",
                "After-sales process",
                okr.Milestones(okr.Milestone("after-sales process", due=date(2026, 8, 31))),
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c3-loyalty",
                "Loyalty programme",
                okr.Milestones(okr.Milestone("loyalty programme", due=date(2026, 9, 30))),
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c3-csat",
                "Customer satisfaction overall",
                okr.Relative(percent=15),
                metric="csat",
                weight=0,
            ),
        ],
        cycle=QUARTER,
        owner="Lena Fischer",
        kpis=["csat", "feedback", "returning"],
        profile=_intent(
            "Three pieces of work; the number of the objective is tracked beside them."
        ),
    ),
]

_C_METRICS: Final = [
    okr.Metric("visitors", "Website visitors of the month", unit="visitors", check_in_days=30),
    okr.Metric(
        "steps-done", "Development milestones of the month", unit="milestones", check_in_days=30
    ),
    okr.Metric(
        "survey",
        "Feedback score before launch",
        measurement=okr.plan.Measurement(method="survey before the launch"),
    ),
    okr.Metric("launch-revenue", "Revenue since launch", unit="USD"),
    okr.Metric("csat", "Customer satisfaction", owner="Lena Fischer", check_in_days=30),
    okr.Metric("feedback", "Feedback received", aggregation=okr.Aggregation.SUM, unit="messages"),
    okr.Metric("returning", "Increase of returning customers", unit="%"),
]

# --- D: sales, content, software, support --------------------------------------------------------

_D: Final = [
    okr.Objective(
        "d1",
        "North American sales up 20%",
        key_results=[
            okr.KeyResult("d1-sales", "North American sales revenue", okr.Relative(percent=20))
        ],
        cycle=QUARTER,
        owner="Hugo Lind",
        place=_team("Sales"),
    ),
    okr.Objective(
        "d2",
        "Company revenue up 10%",
        key_results=[okr.KeyResult("d2-revenue", "Company revenue", okr.Relative(percent=10))],
        cycle=QUARTER,
        owner="Ruth Okafor",
        place=okr.Place(level=okr.Level.COMPANY),
    ),
    okr.Objective(
        "d3",
        "Sales revenue up 25%",
        key_results=[
            okr.KeyResult("d3-deal-size", "Average deal size", UP),
            okr.KeyResult(
                "d3-revenue",
                "Annual sales revenue",
                okr.Relative(percent=25),
                metric="sales-revenue",
            ),
        ],
        cycle=YEAR,
        owner="Hugo Lind",
        place=_team("Sales"),
        profile=_intent(
            "Ambitious beside a usual growth of 5%. One of three key results is in the text, without a "
            "target; the others were in a picture."
        ),
    ),
    okr.Objective(
        "d4",
        "Twice the blog traffic",
        key_results=[
            okr.KeyResult(
                "d4-guests",
                "Guest posts",
                okr.Increase(0, None),
                unit="posts",
                timing=okr.Timing(waypoints=[okr.Waypoint(date(2026, 8, 15), 5)]),
                profile=OUTPUT,
            ),
            okr.KeyResult("d4-traffic", "Blog traffic", okr.Relative(percent=100)),
        ],
        cycle=QUARTER,
        owner="Milo Brandt",
        place=_team("Marketing"),
        profile=_intent("Five guest posts are due halfway; the final count is open."),
    ),
    okr.Objective(
        "d5",
        "An Android app in the store",
        key_results=[
            okr.KeyResult(
                "d5-app",
                "From wireframes to beta",
                okr.Milestones(
                    okr.Milestone("wireframes and design", due=date(2026, 7, 24)),
                    okr.Milestone("prototype", due=date(2026, 8, 21)),
                    okr.Milestone("beta", due=date(2026, 9, 25)),
                ),
            )
        ],
        cycle=QUARTER,
        owner="Tom Achebe",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "d6",
        "Customers stay and come back",
        cycle=QUARTER,
        owner="Lena Fischer",
        profile=_intent("Retention and loyalty, rather than survey scores for their own sake."),
    ),
]

_D_METRICS: Final = [
    okr.Metric("sales-revenue", "Annual sales revenue", growth=okr.plan.Growth(percent=5)),
]

# --- E: OKRs that align teams to strategy --------------------------------------------------------

_E: Final = [
    okr.Objective(
        "e1",
        "Lead in two merchant regions",
        key_results=[
            okr.KeyResult("e1-partnerships", "Acquiring partnerships", UP),
            okr.KeyResult(
                "e1-onboarding", "Onboarding time", okr.Below(48), metric="onboarding-time"
            ),
            okr.KeyResult("e1-fraud", "Fraud loss", okr.Below(8), metric="fraud-loss"),
        ],
        cycle=YEAR,
        owner="Ruth Okafor",
        place=okr.Place(level=okr.Level.COMPANY, priority="merchants"),
        profile=_intent("The first of three years of a strategy for small merchants."),
    ),
    okr.Objective(
        "e2",
        "Feature X becomes a habit",
        key_results=[
            okr.KeyResult(
                "e2-active", "Weekly users active on X", okr.Increase(0, 20), metric="active-on-x"
            )
        ],
        cycle=QUARTER,
        owner="Priya Nair",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "e3",
        "A checkout without friction",
        key_results=[
            okr.KeyResult("e3-time", "Median time to check out", okr.Decrease(90, 45), unit="s"),
            okr.KeyResult("e3-errors", "Checkout errors", okr.Decrease(3.8, 1.5), unit="%"),
            okr.KeyResult(
                "e3-confidence", "Confidence score after checkout", okr.Increase(7.2, 8.5)
            ),
        ],
        cycle=QUARTER,
        owner="Noor Haddad",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "e4",
        "Content that brings signups",
        key_results=[
            okr.KeyResult(
                "e4-signups",
                "Organic signups from content",
                okr.Increase(400, 650),
                unit="signups per week",
            ),
            okr.KeyResult(
                "e4-impressions", "Search impressions", okr.Relative(percent=25), profile=LEADING
            ),
        ],
        cycle=QUARTER,
        owner="Inés Duarte",
        kpis=["articles"],
    ),
    okr.Objective(
        "e5",
        "Earn more, keep adoption healthy",
        key_results=[
            okr.KeyResult("e5-arpa", "Revenue per account", okr.Increase(112, 128), unit="USD"),
            okr.KeyResult("e5-paid", "Free-to-paid conversion", okr.Increase(3.1, 3.8), unit="%"),
        ],
        guardrails=[
            okr.Guardrail(
                "e5-tickets",
                "Support tickets",
                okr.AtMost(85),
                unit="tickets per 1,000 users",
                owner="Lena Fischer",
            )
        ],
        cycle=QUARTER,
        owner="Ana Ruiz",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "e6",
        "Win the online orders nearby",
        key_results=[
            okr.KeyResult("e6-share", "Online share, core areas", okr.Increase(11, 18), unit="%"),
            okr.KeyResult(
                "e6-delivery", "Typical delivery time", okr.Decrease(2.7, 1.5), unit="days"
            ),
            okr.KeyResult("e6-promise", "Delivery promises kept", okr.Increase(82, 95), unit="%"),
        ],
        guardrails=[
            okr.Guardrail(
                "e6-overtime",
                "Pick-and-pack overtime",
                okr.AtMost(None),
                unit="hours",
                owner="Dele Martins",
            )
        ],
        cycle=QUARTER,
        owner="Karel Novak",
        ambition=ASPIRATIONAL,
        profile=_intent("Overtime stays within the budget, whose hours the document leaves open."),
    ),
    okr.Objective(
        "e7",
        "Design partners who sign",
        key_results=[
            okr.KeyResult(
                "e7-partners",
                "Customers under contract",
                okr.Evidence(required=5, what="a named customer with a signed research agreement"),
                due=date(2026, 8, 11),
                owner="Samir Aziz",
            ),
            okr.KeyResult(
                "e7-spend",
                "Annual spend of these customers together",
                okr.Reach(30e6),
                due=date(2026, 8, 11),
                owner="Samir Aziz",
                unit="USD per year",
            ),
        ],
        cycle=QUARTER,
        owner="Ana Ruiz",
        ambition=COMMITTED,
        profile=_intent(
            "Both by the end of week 6: five signatures of small customers are not it."
        ),
    ),
    okr.Objective(
        "e8",
        "Onboarding works the first time",
        key_results=[
            okr.KeyResult(
                "e8-success",
                "Tasks done on the first run",
                okr.Increase(54, 80),
                metric="task-success",
            )
        ],
        cycle=QUARTER,
        owner="Priya Nair",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "e9",
        "Fewer payment disputes",
        key_results=[
            okr.KeyResult(
                "e9-disputes",
                "Payment disputes",
                okr.Relative(percent=-30),
                unit="disputes",
                owner="Omar Bell",
                contribution=okr.Contribution(
                    contributors=[
                        okr.Team("Support"),
                        okr.Team("Product"),
                        okr.Team("Risk"),
                        okr.Team("Seller Success"),
                    ]
                ),
            ),
            *(
                okr.KeyResult(
                    id,
                    f"Disputes within reach of {team}",
                    DOWN,
                    unit="disputes",
                    owner=owner,
                    contribution=okr.Contribution(
                        contributors=[okr.Team(team)], supports=["e9-disputes"]
                    ),
                )
                for id, team, owner in (
                    ("e9-support", "Support", "Lena Fischer"),
                    ("e9-product", "Product", "Priya Nair"),
                    ("e9-risk", "Risk", "Sofia Marin"),
                    ("e9-sellers", "Seller Success", "Jonas Weber"),
                )
            ),
        ],
        cycle=QUARTER,
        owner="Omar Bell",
        place=okr.Place(
            contributors=[
                okr.Team("Support"),
                okr.Team("Product"),
                okr.Team("Risk"),
                okr.Team("Seller Success"),
            ]
        ),
        profile=_intent("Shared by four teams, with one accountable owner and a weekly forum."),
    ),
    okr.Objective(
        "e10",
        "No critical vulnerability open",
        key_results=[okr.KeyResult("e10-open", "Critical vulnerabilities", okr.Decrease(None, 0))],
        cycle=QUARTER,
        owner="Sofia Marin",
        ambition=COMMITTED,
    ),
    okr.Objective(
        "e11",
        "Every system seen twice",
        key_results=[okr.KeyResult("e11-coverage", "Coverage of dual telemetry", UP)],
        cycle=QUARTER,
        owner="Sofia Marin",
        ambition=ASPIRATIONAL,
        profile=_intent("A stretch beside the commitment of E10, without a number in the text."),
    ),
    okr.Objective(
        "e12",
        "An engine for talent",
        key_results=[
            okr.KeyResult("e12-ramp", "Time to productivity", okr.Decrease(90, 60), metric="ramp"),
            okr.KeyResult(
                "e12-attrition", "Regretted attrition, 12 months", okr.Below(6), unit="%"
            ),
            okr.KeyResult(
                "e12-fill", "Senior roles filled from within", okr.Increase(28, 40), unit="%"
            ),
        ],
        initiatives=[
            okr.Initiative("e12-onboarding", "Onboarding", drives=["e12-ramp"]),
            okr.Initiative(
                "e12-managers", "Training of managers", drives=["e12-ramp", "e12-attrition"]
            ),
            okr.Initiative("e12-mobility", "Moves within the company", drives=["e12-fill"]),
        ],
        cycle=QUARTER,
        owner="Mara Costa",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "e13",
        "Growth that people can sustain",
        key_results=[
            okr.KeyResult("e13-utilisation", "Billable utilisation", okr.Between(72, 78), unit="%"),
            okr.KeyResult("e13-clients", "Client satisfaction score", okr.Above(8.7)),
            okr.KeyResult("e13-wins", "Proposals won", okr.Increase(31, 38), unit="%"),
        ],
        guardrails=[
            okr.Guardrail(
                "e13-sick-days",
                "Sick days",
                okr.AtMost(okr.plan.PriorPeriod()),
                unit="days per consultant",
                owner="Mara Costa",
            )
        ],
        cycle=QUARTER,
        owner="Farah Khan",
        profile=_intent("Utilisation is a band, and sick days stay at or below their past."),
    ),
    okr.Objective(
        "e14",
        "A clean audit",
        key_results=[
            okr.KeyResult(
                "e14-findings",
                "No major audit finding",
                okr.PassFail(),
                profile=okr.KeyResultProfile(early_warning="pre-audit"),
            )
        ],
        cycle=QUARTER,
        owner="Sofia Marin",
        ambition=COMMITTED,
        kpis=["pre-audit"],
        profile=_intent("Pass or fail comes late, so a KPI warns early; its limit is open."),
    ),
    okr.Objective(
        "e15",
        "Numbers we can trust",
        key_results=[
            okr.KeyResult(
                "e15-verified",
                "Analytics verified, all key results",
                okr.PassFail(),
                due=date(2026, 7, 14),
            )
        ],
        cycle=QUARTER,
        owner="Ola Berg",
        ambition=COMMITTED,
        profile=_intent("Due by the end of week 2: it enables the measuring of all the others."),
    ),
    okr.Objective(
        "e16",
        "Freight around the closed ports",
        cycle=okr.Cycle(date(2026, 7, 20), date(2026, 8, 30), name="six weeks of rerouting"),
        owner="Dele Martins",
        trigger=okr.Trigger(okr.TriggerKind.EVENT, "port-closures"),
        profile=okr.ObjectiveProfile(
            intent="A11 is paused meanwhile.", resources="Two teams, for six weeks."
        ),
    ),
    okr.Objective(
        "e17",
        "More margin from every unit",
        key_results=[
            okr.KeyResult("e17-mix", "Optimisation of the mix", UP),
            okr.KeyResult("e17-channels", "Prioritisation of channels", UP),
            okr.KeyResult("e17-add-ons", "Add-on rate", UP),
        ],
        cycle=QUARTER,
        owner="Jonas Weber",
        trigger=okr.Trigger(okr.TriggerKind.EVENT, "component-shortage"),
        profile=_intent("D1, a growth objective, is paused, and margin comes first."),
    ),
]

_E_METRICS: Final = [
    okr.Metric(
        "onboarding-time",
        "Onboarding time of a merchant",
        unit="hours",
        place=okr.Place(priority="fast-onboarding"),
    ),
    okr.Metric(
        "fraud-loss",
        "Fraud loss",
        unit="basis points",
        place=okr.Place(priority="low-fraud"),
    ),
    okr.Metric(
        "active-on-x",
        "Weekly users active on X",
        unit="%",
        measurement=okr.plan.Measurement(
            numerator="users active on feature X", denominator="users of the week"
        ),
    ),
    okr.Metric("articles", "Articles published", unit="articles"),
    okr.Metric(
        "task-success",
        "Tasks done on the first run",
        unit="%",
        measurement=okr.plan.Measurement(method="standard usability protocol"),
        check_in_days=14,
    ),
    okr.Metric(
        "ramp",
        "Time to productivity",
        unit="days",
        measurement=okr.plan.Measurement(method="milestones defined for the role"),
    ),
    okr.Metric(
        "pre-audit",
        "Findings open in our own pre-audit",
        health=okr.AtMost(None),
        unit="findings",
        owner="Sofia Marin",
    ),
]

#: The strategy of E1 is of three years. The priorities of its first year are three, and two have a number.
_PRIORITIES: Final = [
    okr.plan.Priority(
        "merchants",
        "Lead with small merchants in two regions",
        owner="Ruth Okafor",
        period=okr.Period(date(2026, 1, 1), date(2028, 12, 31)),
    ),
    okr.plan.Priority("partnerships", "More acquiring partnerships", period=YEAR),
    okr.plan.Priority(
        "fast-onboarding",
        "Merchants on board in less than two days",
        period=YEAR,
        metrics=[okr.plan.Threshold("onboarding-time", okr.Below(48))],
    ),
    okr.plan.Priority(
        "low-fraud",
        "Little lost to fraud",
        period=YEAR,
        metrics=[okr.plan.Threshold("fraud-loss", okr.Below(8))],
    ),
]

PLAN: Final = okr.Plan(
    [*_A, *_B, *_C, *_D, *_E],
    metrics=[*_A_METRICS, *_B_METRICS, *_C_METRICS, *_D_METRICS, *_E_METRICS],
    outside=[
        okr.Outside("port-closures", title="Ports closed"),
        okr.Outside("component-shortage", title="Components are short"),
    ],
    priorities=_PRIORITIES,
)
