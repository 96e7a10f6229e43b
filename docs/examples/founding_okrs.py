"""The 48 example OKRs of the founding documents, as one plan.

The letter of an id is the document an objective comes from:

    A   OKR International on Micro-OKRs and traditional OKRs
    B   Microsoft on what OKRs are
    C   an article on OKRs and KPIs
    D   monday.com on what OKR means
    E   an essay on OKRs that align teams to strategy

What they say is here: measures, bounds, guardrails, KPIs, initiatives, alignment, time frames, and the
ambition of E10 and E11. What they leave out is filled in by these rules, and nothing else is:

1. One company pursues them all in 2026. What a document gives no time frame belongs to the third
   quarter; so does a document's "first quarter", and its mid-February is our mid-August.
2. Every objective has an owner, and most of those that close this quarter an ambition: without one
   there is a score and no verdict.
3. A missing baseline stays missing. Where a target is missing too, the work is to establish the
   baseline, and the title says so.
4. The due days of milestones are ours. So are other numbers that a document leaves open, and then the
   objective's intent says which.
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
#: Document A names 18 months for a car; no cadence repeats like that.
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


def _intent(text: str) -> okr.ObjectiveProfile:
    return okr.ObjectiveProfile(intent=text)


def _team(name: str) -> okr.Place:
    return okr.Place(team=okr.Team(name), level=okr.Level.TEAM)


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
            okr.KeyResult(
                "a1-cac", "Customer acquisition cost", okr.Relative(percent=-10), unit="USD"
            )
        ],
        cycle=YEAR,
        owner="Inés Duarte",
        profile=_intent("A year or a quarter, says the document; a year here."),
    ),
    okr.Objective(
        "a2",
        "Black Friday mail gets opened",
        key_results=[
            okr.KeyResult("a2-opens", "Email open rate", okr.Relative(percent=5), unit="%")
        ],
        cycle=_one_week(date(2026, 8, 17)),
        owner="Milo Brandt",
        ambition=COMMITTED,
        profile=_intent("One week of subject lines, tried on the August sale."),
    ),
    okr.Objective(
        "a3",
        "Users stay with us",
        key_results=[
            okr.KeyResult("a3-retention", "User retention", okr.Relative(percent=20), unit="%")
        ],
        cycle=YEAR,
        owner="Priya Nair",
        place=okr.Place(
            contributors=[okr.Team("Product"), okr.Team("Marketing"), okr.Team("Support")]
        ),
    ),
    okr.Objective(
        "a4",
        "The line delivers more",
        key_results=[
            okr.KeyResult(
                "a4-output", "Output of the line", okr.Relative(percent=5), unit="units per shift"
            )
        ],
        cycle=_one_month(date(2026, 8, 3)),
        owner="Karel Novak",
    ),
    okr.Objective(
        "a5",
        "A new drug reaches patients",
        key_results=[okr.KeyResult("a5-market", "Drug on the market", okr.PassFail())],
        cycle=SECOND_HALF,
        owner="Ruth Okafor",
    ),
    okr.Objective(
        "a6",
        "The regulator's paper is in hand",
        key_results=[okr.KeyResult("a6-document", "Document secured", okr.PassFail())],
        supports=[okr.Alignment("a5", contribution="Keeps the approval, and the launch, on time.")],
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
                unit="points",
            )
        ],
        cycle=QUARTER,
        owner="Lena Fischer",
        place=okr.Place(team=okr.Team("Customer Service"), level=okr.Level.DEPARTMENT),
    ),
    okr.Objective(
        "a10",
        "Ads worth a click",
        key_results=[
            okr.KeyResult("a10-ctr", "Click-through rate", okr.Relative(percent=10), unit="%")
        ],
        cycle=_two_weeks(date(2026, 8, 10)),
        owner="Milo Brandt",
        ambition=ASPIRATIONAL,
    ),
    okr.Objective(
        "a11",
        "Room for more stock",
        key_results=[
            okr.KeyResult(
                "a11-capacity", "Warehouse capacity", okr.Relative(percent=20), unit="pallets"
            )
        ],
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
        profile=_intent("An experiment in one region: it ends in a decision, not in a number."),
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
            okr.KeyResult(
                "a14-ctr", "Baseline of the click-through", okr.EstablishBaseline(), unit="%"
            ),
            okr.KeyResult(
                "a14-conversion", "Baseline of the conversion", okr.EstablishBaseline(), unit="%"
            ),
        ],
        cycle=_two_weeks(date(2026, 8, 24), DAILY_SPRINT),
        owner="Milo Brandt",
        profile=_intent(
            "The document wants both to rise, and says neither from where nor how far."
        ),
    ),
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
                "b3-manual", "Manual work", okr.Decrease(3, 1), unit="h per week", owner="Ola Berg"
            ),
        ],
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
            okr.KeyResult("b4-time", "Time on site", okr.Increase(157, 225), unit="mm:ss"),
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
                okr.Reach(10),
                unit="posts per month",
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c1-social",
                "Social media engagement",
                okr.Relative(percent=15),
                unit="%",
                profile=okr.KeyResultProfile(tags=["vanity"]),
            ),
            okr.KeyResult("c1-bounce", "Bounce rate", okr.Relative(percent=-5), unit="%"),
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
                okr.Milestones(okr.Milestone("research and roadmap", due=date(2026, 8, 14))),
                profile=ACTIVITY,
            ),
            okr.KeyResult(
                "c2-design",
                "Design and engineering",
                okr.Milestones(okr.Milestone("designed and engineered", due=date(2026, 11, 27))),
                profile=ACTIVITY,
            ),
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
        ],
        cycle=QUARTER,
        owner="Lena Fischer",
        kpis=["csat", "feedback", "returning"],
        profile=_intent("Three pieces of work; whether they satisfy anybody, its KPIs show."),
    ),
]

_C_METRICS: Final = [
    okr.Metric("visitors", "Website visitors", unit="people per month", check_in_days=30),
    okr.Metric("steps-done", "Development milestones reached", unit="per month", check_in_days=30),
    okr.Metric("survey", "Feedback score before launch", unit="points"),
    okr.Metric("launch-revenue", "Revenue since launch", unit="USD", check_in_days=30),
    okr.Metric("csat", "Customer satisfaction", unit="points", owner="Lena Fischer"),
    okr.Metric("feedback", "Feedback received", aggregation=okr.Aggregation.SUM, unit="messages"),
    okr.Metric("returning", "Returning customers", unit="%", check_in_days=30),
]

# --- D: sales, content, software, support --------------------------------------------------------

_D: Final = [
    okr.Objective(
        "d1", "North American sales up 20%", cycle=QUARTER, owner="Hugo Lind", place=_team("Sales")
    ),
    okr.Objective(
        "d2",
        "Company revenue up 10%",
        cycle=QUARTER,
        owner="Ruth Okafor",
        place=okr.Place(level=okr.Level.COMPANY),
    ),
    okr.Objective(
        "d3",
        "Sales revenue up 25%",
        key_results=[
            okr.KeyResult(
                "d3-deal-size",
                "Baseline of the average deal size",
                okr.EstablishBaseline(),
                unit="USD",
            )
        ],
        cycle=YEAR,
        owner="Hugo Lind",
        place=_team("Sales"),
        profile=_intent(
            "Growth has averaged 5% a year, and 50% would be out of reach. The text names one of its "
            "three key results and gives it no target; the others were in a picture."
        ),
    ),
    okr.Objective(
        "d4",
        "Twice the blog traffic",
        key_results=[
            okr.KeyResult(
                "d4-guests",
                "Guest posts",
                okr.Reach(10),
                unit="posts",
                timing=okr.Timing(waypoints=[okr.Waypoint(date(2026, 8, 15), 5)]),
                profile=OUTPUT,
            )
        ],
        cycle=QUARTER,
        owner="Milo Brandt",
        place=_team("Marketing"),
        profile=_intent(
            "The document gives a checkpoint, five guest posts halfway, and no final count; ten "
            "carries its line to the end and is ours."
        ),
    ),
    okr.Objective(
        "d5",
        "An Android app in the store",
        key_results=[
            okr.KeyResult(
                "d5-app",
                "From wireframes to beta",
                okr.Milestones(
                    okr.Milestone("wireframes", due=date(2026, 7, 24)),
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

# --- E: OKRs that align teams to strategy --------------------------------------------------------

_E: Final = [
    okr.Objective(
        "e1",
        "Lead in two merchant regions",
        key_results=[
            okr.KeyResult("e1-onboarding", "Onboarding time", okr.Below(48), unit="h"),
            okr.KeyResult("e1-fraud", "Fraud loss", okr.Below(8), unit="bp"),
        ],
        cycle=YEAR,
        owner="Ruth Okafor",
        place=okr.Place(level=okr.Level.COMPANY),
        profile=_intent("The first of three years of a strategy for small merchants."),
    ),
    okr.Objective(
        "e2",
        "Feature X becomes a habit",
        key_results=[
            okr.KeyResult("e2-active", "Weekly users active on X", okr.Increase(0, 20), unit="%")
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
                "e3-confidence",
                "Confidence after checkout, of 10",
                okr.Increase(7.2, 8.5),
                unit="points",
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
                "e4-signups", "Signups from content", okr.Increase(400, 650), unit="per week"
            ),
            okr.KeyResult(
                "e4-impressions",
                "Search impressions",
                okr.Relative(percent=25),
                unit="per week",
                profile=okr.KeyResultProfile(tags=["leading"]),
            ),
        ],
        cycle=QUARTER,
        owner="Inés Duarte",
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
                okr.Between(300, 420, warn_at=(320, 400)),
                unit="h per week",
                owner="Dele Martins",
            )
        ],
        cycle=QUARTER,
        owner="Karel Novak",
        ambition=ASPIRATIONAL,
        profile=_intent("Overtime stays in the budgeted range; the hours, 300 to 420, are ours."),
    ),
    okr.Objective(
        "e7",
        "Design partners who sign",
        key_results=[
            okr.KeyResult(
                "e7-partners",
                "Partners under contract",
                okr.Evidence(
                    required=5,
                    what="a named partner with a signed research contract; together at least "
                    "$30 million of annual spend",
                ),
                due=date(2026, 8, 9),
                owner="Samir Aziz",
            )
        ],
        cycle=QUARTER,
        owner="Ana Ruiz",
        ambition=COMMITTED,
        profile=_intent("Due by the end of week 6."),
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
                unit="%",
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
                "Payments disputed",
                okr.Relative(percent=-30),
                unit="%",
                owner="Omar Bell",
                contribution=okr.Contribution(
                    contributors=["Lena Fischer", "Priya Nair", "Sofia Marin", "Jonas Weber"]
                ),
            )
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
        profile=_intent("Shared: four teams contribute, and one person answers for it."),
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
        key_results=[
            okr.KeyResult(
                "e11-coverage", "Baseline of dual telemetry", okr.EstablishBaseline(), unit="%"
            )
        ],
        cycle=QUARTER,
        owner="Sofia Marin",
        ambition=ASPIRATIONAL,
        profile=_intent("A stretch beside the commitment of E10; the text gives it no numbers."),
    ),
    okr.Objective(
        "e12",
        "An engine for talent",
        key_results=[
            okr.KeyResult("e12-ramp", "Time to productivity", okr.Decrease(90, 60), unit="days"),
            okr.KeyResult(
                "e12-attrition", "Regretted attrition, 12 months", okr.Below(6), unit="%"
            ),
            okr.KeyResult(
                "e12-fill", "Senior roles filled from within", okr.Increase(28, 40), unit="%"
            ),
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
            okr.KeyResult("e13-clients", "Client satisfaction, of 10", okr.Above(8.7)),
            okr.KeyResult("e13-wins", "Proposals won", okr.Increase(31, 38), unit="%"),
        ],
        guardrails=[
            okr.Guardrail(
                "e13-sick-days",
                "Sick days per consultant",
                okr.AtMost(2.1),
                unit="days per quarter",
                owner="Mara Costa",
            )
        ],
        cycle=QUARTER,
        owner="Farah Khan",
        profile=_intent("Sick days stay at their historical level; its value, 2.1, is ours."),
    ),
    okr.Objective(
        "e14",
        "A clean audit",
        key_results=[okr.KeyResult("e14-findings", "No major audit finding", okr.PassFail())],
        cycle=QUARTER,
        owner="Sofia Marin",
        ambition=COMMITTED,
        profile=_intent(
            "Pass or fail comes late, so 'pre-audit' warns early; its limit, four findings, is ours."
        ),
    ),
    okr.Objective(
        "e15",
        "Numbers we can trust",
        key_results=[
            okr.KeyResult(
                "e15-verified",
                "Analytics verified, all key results",
                okr.PassFail(),
                due=date(2026, 7, 12),
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
        profile=_intent("Two teams move here for six weeks; A11 is paused meanwhile."),
    ),
    okr.Objective(
        "e17",
        "More margin from every unit",
        key_results=[
            okr.KeyResult("e17-mix", "Baseline of the product mix", okr.EstablishBaseline()),
            okr.KeyResult(
                "e17-channels", "Baseline of the channel mix", okr.EstablishBaseline(), unit="%"
            ),
            okr.KeyResult(
                "e17-add-ons", "Baseline of the add-on rate", okr.EstablishBaseline(), unit="%"
            ),
        ],
        cycle=QUARTER,
        owner="Jonas Weber",
        profile=_intent(
            "Components are short, so D1, a growth objective, is paused and margin comes first. The "
            "review took 45 minutes and named three levers, without numbers."
        ),
    ),
]

_E_METRICS: Final = [
    okr.Metric(
        "task-success",
        "Tasks done on the first run",
        unit="%",
        definition="Standard usability protocol: share of tasks finished unaided on the first run.",
        check_in_days=14,
    ),
    okr.Metric(
        "pre-audit",
        "Findings open in our own pre-audit",
        health=okr.AtMost(4, warn_at=3),
        unit="findings",
        owner="Sofia Marin",
    ),
]

PLAN: Final = okr.Plan([*_A, *_B, *_C, *_D, *_E], metrics=[*_B_METRICS, *_C_METRICS, *_E_METRICS])
