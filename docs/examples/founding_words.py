"""The words of the founding OKRs, in a paraphrase of our own, and what was added to them.

`docs/_tools/founding_page.py` puts the fields of the plan beside them, on the page of the founding OKRs.
Owners, cycles without a time frame, and most ambitions are ours throughout, see the rules of
`founding_okrs`, and are not repeated here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["WORDS", "Words"]


class Words(NamedTuple):
    """Words of one founding OKR.

    Args:
        document: Content in the document, paraphrased.
        ours: Additions, and choices between two readings; empty without any.
    """

    document: str
    ours: str = ""


WORDS: Final[dict[str, Words]] = {
    # A: Micro-OKRs beside traditional ones
    "a1": Words(
        "Customers of a finance firm cost 10% less to win, over a year or a quarter; strategies of "
        "marketing are tried out on the way.",
        "Of the two periods the year.",
    ),
    "a2": Words(
        "Within one week, mail for a coming Black Friday campaign is opened 5% more; subject lines, "
        "calls to action and content are tried out.",
        "A week of August. 5% is of the rate, not points: the Micro-OKRs of the document are all shares.",
    ),
    "a3": Words(
        "A fifth more of the users stay, over a year; product, marketing and support work together on it."
    ),
    "a4": Words(
        "A production line delivers 5% more within a month, by small changes to machines, processes "
        "and workflows."
    ),
    "a5": Words(
        "A drug comes to market within six months; tests, approvals and a marketing plan are the way."
    ),
    "a6": Words(
        "One critical paper of the regulator is secured in a week, so that the launch stays on time.",
        "The cause is a need of A5.",
    ),
    "a7": Words(
        "A new electric model is developed in 18 months; engineering, design, marketing and supply "
        "chain are committed to it.",
        "One milestone, due on the last day.",
    ),
    "a8": Words("A critical bug of a mobile app is fixed within two weeks."),
    "a9": Words(
        "Customers of a service department are 15% more satisfied over a quarter; training, processes "
        "and technology are its initiatives.",
        "One metric with C3.",
    ),
    "a10": Words(
        "Clicks on a campaign rise by 10% within two weeks, by content, targeting and message."
    ),
    "a11": Words("Warehouses have a fifth more room in a year.", "Paused for E16."),
    "a12": Words(
        "A clothing line is piloted in one region for a month; feedback and sales are followed, then "
        "it is rolled out or not.",
        "The expected effect in words, as an experiment has one. The decision is one piece of evidence.",
    ),
    "a13": Words("A consulting firm has 15% more clients by the end of the quarter."),
    "a14": Words(
        "A paid campaign does better over two weeks; click-through and conversion are followed daily, "
        "or by the hour.",
        "Of daily and hourly check-ins the daily ones, as days are the unit of rhythms.",
    ),
    # B: company, operations, product, success, sales, marketing
    "b1": Words("Twice the revenue in a year: an annual average return of 24 million after 12."),
    "b2": Words(
        "In the first quarter, in support of the year: sales of new products from 12 to 15 million; "
        "new material for sales is the work.",
        "The third quarter for the first.",
    ),
    "b3": Words(
        "Operations for revenue at their best: velocity of the pipeline from $30,000 to $45,000, data "
        "unified in two systems from 80% to 90%, manual work from three hours a week to one, by a "
        "better process for subscriptions."
    ),
    "b4": Words(
        "Version 2.0 with fewer faults and more use: 120 support tickets a month to 30, nine steps of "
        "the check-out to six, a session from 2:37 to 3:45. A click study and a report of bugs are "
        "the work.",
        "Which key results the work drives.",
    ),
    "b5": Words(
        "Training that spreads the product: active users a month at key accounts from 250,000 to "
        "350,000, articles for customers from 25 to 100, people at office hours from 500 to 1,000. A "
        "calendar of events is the work.",
        "Which key results the work drives.",
    ),
    "b6": Words(
        "A million of annual average return from new customers in a fiscal year: deals of 500,000 with "
        "enterprises, 300,000 in the middle, 200,000 with small businesses.",
        "No fourth key result: the three add up to the million of the objective.",
    ),
    "b7": Words(
        "First choice of the industry by the first quarter: six targeted campaigns, 950 qualified "
        "leads, a pipeline of 10 million. New marketing material is the work.",
        "The third quarter for the first; which key results the work drives.",
    ),
    "b8": Words(
        "A brand that is recognised: website traffic from 300,000 to 500,000 views. Uptime of 99.5% is "
        "a KPI beside it, and no goal."
    ),
    # C: OKRs and the KPIs beside them
    "c1": Words(
        "A fifth more traffic next quarter: ten new posts each month, 15% more engagement, 5% less "
        "bounce. Visitors of the month are its KPI.",
        "Traffic is tracked with weight 0; the tag of the engagement.",
    ),
    "c2": Words(
        "A product line within six months: research concluded and a roadmap made, the product "
        "designed and engineered, the launch, with 100,000 of revenue in the first quarter after it. "
        "KPIs: milestones of the month, scores of a survey before, revenue after.",
        "Each clause is a milestone or key result of its own, with due days. The revenue is seen at the "
        "end of the quarter after the cycle.",
    ),
    "c3": Words(
        "Satisfaction up by 15% next quarter: a feedback system, a better process after sales, a "
        "loyalty programme. KPIs: satisfaction by month, feedback received, the increase of returning "
        "customers.",
        "Satisfaction is tracked with weight 0; due days of the milestones.",
    ),
    # D: sales, content, software, support
    "d1": Words(
        "Sales revenue in North America up by 20% in the first quarter; its key results are not in "
        "the text.",
        "The number of the objective is its key result. Paused for E17, as a goal of growth.",
    ),
    "d2": Words(
        "Revenue of the company up by 10% by the end of the first quarter.",
        "The number of the objective is its key result.",
    ),
    "d3": Words(
        "Annual sales up by 25%, of a team whose growth averages 5%, so that half as much again would be "
        "out of reach. A larger deal is one of three key results; the others were in a picture.",
        "The number of the objective is a key result, and reads the metric with the usual growth.",
    ),
    "d4": Words(
        "Blog traffic up by 100% in a quarter. More than five guest posts by the middle of February "
        "would be ahead of the plan.",
        "The checkpoint is a waypoint, without effect while the final count is open. The number of the "
        "objective is a key result.",
    ),
    "d5": Words(
        "An Android app: wireframes with a design, a prototype, a beta that works.",
        "Due days of the milestones.",
    ),
    "d6": Words(
        "Customers stay, and are loyal; scores of surveys are not the end of it. Its key results are "
        "not in the text.",
        "No key result, and none made up.",
    ),
    # E: OKRs that align teams to strategy
    "e1": Words(
        "Three years to lead with small merchants in two regions. Priorities of the first year: more "
        "acquiring partnerships, onboarding in under 48 hours, fraud loss below 8 basis points.",
        "The strategy is a priority of three years, served by the objective; those of the year have "
        "the thresholds.",
    ),
    "e2": Words("Active use of a feature from none to 20% of the users of a week."),
    "e3": Words(
        "A quick checkout with few errors: the median from 90 to 45 seconds, errors from 3.8% to 1.5%, "
        "a confidence score from 7.2 to 8.5.",
        "The scale of the score stays open.",
    ),
    "e4": Words(
        "Content that brings people: 400 organic signups a week to 650, with 25% more search "
        "impressions as the leading indicator. Articles are still counted, inside the team.",
        "The count of articles is a KPI.",
    ),
    "e5": Words(
        "More revenue without harm to adoption: $112 an account to $128, conversion to paid from 3.1% "
        "to 3.8%, tickets of 1,000 users not above 85.",
        "The third is a guardrail, as it turned out to be.",
    ),
    "e6": Words(
        "Online orders nearby: their share from 11% to 18%, typical delivery from 2.7 to 1.5 days, "
        "promises kept from 82% to 95%. Overtime of picking and packing stays within its budget.",
        "At most the budget, which the journal establishes: less overtime than budgeted is no breach.",
    ),
    "e7": Words(
        "Five named customers with at least 30 million of annual spend together sign research "
        "agreements by week 6.",
        "Two key results, so that each clause counts: names with signatures, and the spend.",
    ),
    "e8": Words(
        "Tasks done on the first run of the product, by a standard usability protocol, from 54% to "
        "80% over the quarter.",
        "A test every two weeks.",
    ),
    "e9": Words(
        "30% fewer payment disputes: a shared key result with one accountable owner, and supporting "
        "ones of support, product, risk and seller success.",
        "Fewer disputes is the direction of all four; their numbers are open.",
    ),
    "e10": Words("No critical vulnerability: a commitment."),
    "e11": Words(
        "Coverage of dual telemetry: a stretch.",
        "Up, how far is open. The document is paraphrased by a machine: if it was to be doubled, "
        "`Multiple(2)` is the measure.",
    ),
    "e12": Words(
        "An engine for talent: productive after 60 days instead of 90, by milestones of the role; "
        "regretted attrition of twelve months under 6%; senior roles filled from within from 28% to "
        "40%. Onboarding, training of managers and moves inside are the work.",
        "Which key results the work drives.",
    ),
    "e13": Words(
        "Growth with content clients and healthy consultants: utilisation within 72% to 78%, "
        "satisfaction over 8.7, proposals won from 31% to 38%, sick days not above their historical level.",
        "The fourth is a guardrail against the same quarter of the year before.",
    ),
    "e14": Words(
        "No major audit finding, pass or fail, with an early warning beside it.",
        "The warning is a count of our own, without a limit as long as nobody has agreed on one.",
    ),
    "e15": Words(
        "Analytics of all key results verified by the end of week 2, at the start of each quarter.",
        "One quarter of them.",
    ),
    "e16": Words(
        "Ports close in mid-cycle: one objective is paused, two teams reroute capacity for six weeks.",
        "A11 is the one that is paused. No key result, and none made up.",
    ),
    "e17": Words(
        "Components are short: growth is paused, and margin of each unit comes first, by the mix, the "
        "priority of channels and the rate of add-ons.",
        "D1 is the growth that is paused.",
    ),
}
