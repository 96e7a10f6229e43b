"""Every refusal there is, with its whole message.

Most stand here, by code. A room with many of its own may have a table `REFUSALS` of names with acts and
messages in a `tests/unit/test_..._refusals.py`; it is found and added. `test_errors.py` proves that
nothing is missing: a `raise` that no row reaches fails there. This is a module of its own because it also
runs in other processes, under `-O` and without attrs validators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs

import okrcore
import okrcore.rulebook

__all__ = ["REFUSALS", "refusals", "wrong_answers"]

Refusal: TypeAlias = tuple[Callable[[], object], str]

# Most of what is refused here, types forbid too; tests/typing proves that.
okr: Any = okrcore
rulebook: Any = okrcore.rulebook

DAY: Final = date(2026, 8, 14)
MOMENT: Final = datetime(2026, 8, 14, 17, 30, tzinfo=UTC)
UP: Final[Any] = okr.Increase(112, 128)
ARPA: Final[Any] = okr.KeyResult("arpa", "Revenue per account", UP)
GROW: Final[Any] = okr.Objective(
    "grow",
    "Earn more per account",
    key_results=[
        ARPA,
        okr.KeyResult("shipped", "The bundle page is live", okr.PassFail()),
        okr.KeyResult("nps-up", "NPS", okr.Increase(30, 40), metric="nps"),
    ],
    guardrails=[okr.Guardrail("tickets", "Tickets", okr.AtMost(85))],
    initiatives=[okr.Initiative("bundle", "Sell bundles")],
)
PLAN: Final[Any] = okr.Plan(
    [GROW], metrics=[okr.Metric("nps", "NPS")], outside=[okr.Outside("co-1")]
)
PILOT: Final[Any] = okr.Plan(
    [
        okr.Objective(
            "pilot",
            "Sell in a shop",
            cycle=okr.Cycle.starting(date(2026, 8, 3), okr.Cadence.MICRO_TWO_WEEKS),
            trigger=okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="people buy there"),
        )
    ]
)
CARD: Final[Any] = okr.evaluate(PLAN, okr.Journal(), as_of=DAY)

#: n is a bound, and a part of what is derived; s cannot be read at its full score.
FED: Final[Any] = okr.Plan(
    [
        okr.Objective(
            "o",
            "O",
            key_results=[
                okr.KeyResult("n", "N", okr.AtLeast(10)),
                okr.KeyResult("p", "P", okr.Reach(10)),
                okr.KeyResult(
                    "t", "T", okr.Reach(20), derived=okr.Derived(okr.Aggregation.SUM, ["n", "p"])
                ),
                okr.KeyResult("s", "S", okr.Reach(10), metric="m"),
                okr.KeyResult("u", "U", okr.Reach(10), metric="w"),
                okr.KeyResult("v", "V", okr.Increase(5, 20), metric="w"),
            ],
        )
    ],
    metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MINIMUM), okr.Metric("w", "W")],
)
STAGED: Final[Any] = okr.Plan(
    [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Milestones("a", "b"))])]
)
STAGES_READ: Final[Any] = okr.Journal(
    [
        okr.Adjustment("k", DAY, measure=okr.Milestones("a", "b", "c"), because="more", id="more"),
        okr.CheckIn("k", date(2026, 8, 20), ["a", "c"]),
    ]
)
CLOSED: Final[Any] = okr.Journal([okr.Closing("grow", DAY, okr.ClosingDecision.CARRY)])


def derived(id: str, *parts: str) -> Any:
    return okr.KeyResult(id, id, UP, derived=okr.Derived(okr.Aggregation.SUM, parts))


TOTAL: Final[Any] = okr.Plan([], metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)])
SHARES: Final[Any] = okr.Journal([okr.CheckIn("m", date(2026, 8, 7), okr.Ratio(1, 10))])
COUNTING: Final = okr.Plan(
    [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "Interviews", okr.Reach(10))])]
)
BY_SIZE: Final[Any] = okr.Rulebook(
    name="size", roll_up=okr.rulebook.RollUpRule(weigh=rulebook.Weighing.SIZE)
)


def plan_of(*key_results: Any) -> Any:
    return okr.Plan([okr.Objective("o", "O", key_results=key_results)])


class Never:
    """Workdays of nobody."""

    def is_workday(self, day: date) -> bool:
        """Say no."""
        return day is None


#: By code: what is refused, and the message, whole.
REFUSALS: Final[dict[str, list[Refusal]]] = {
    "not-text": [
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Closing("nps", DAY, okr.ClosingDecision.ABANDON)
            ),
            "Closing('nps', 2026-08-14).because: must be a non-empty text, got ''; give the reason why the metric is retired [not-text]",
        ),
        (
            lambda: okr.KeyResultProfile(tags=["revenue", ""]),
            "KeyResultProfile.tags[1]: must be a non-empty text, got '' [not-text]",
        ),
        (lambda: okr.Person(""), "Person.name: must be a non-empty text, got '' [not-text]"),
        (
            lambda: okr.KeyResult("arpa", " ", UP),
            "KeyResult('arpa').title: must be a non-empty text, got ' ' [not-text]",
        ),
        (
            lambda: okr.KeyResult(7, "Revenue", UP),
            "KeyResult.id: must be a non-empty text, got 7 [not-text]",
        ),
        (
            lambda: okr.Evidence(required=3, what=" "),
            "Evidence.what: must be a non-empty text, got ' ' [not-text]",
        ),
        (
            lambda: okr.Closing("grow", DAY, okr.ClosingDecision.CARRY, judged=0.6),
            "Closing.because: must be a non-empty text, got ''; give the reason why the judged score differs from the computed one [not-text]",
        ),
        (
            lambda: okr.Adjustment("arpa", DAY, because=""),
            "Adjustment.because: must be a non-empty text, got '' [not-text]",
        ),
    ],
    "not-a-number": [
        (
            lambda: okr.plan.total_targets(PLAN, "grow")[0].short_of("a million"),
            "TargetTotal.short_of: must be a finite number, got 'a million' [not-a-number]",
        ),
        (
            lambda: okr.Reach(10**5000),
            "Reach.target: must be a finite number, got a whole number of 16610 bits [not-a-number]",
        ),
        (
            lambda: okr.Anchors({"0.3": 6, 0.7: 10}),
            "Anchors.anchors[0].score: must be a finite number, got '0.3' [not-a-number]",
        ),
        (
            lambda: okr.Compound({"a": okr.PassFail(), "b": okr.Increase(None, 5)}),
            "Compound.parts[1].measure.baseline: must be a finite number, got None; give the baseline [not-a-number]",
        ),
        (
            lambda: okr.Increase(float("nan"), 128),
            "Increase.baseline: must be a finite number, got nan [not-a-number]",
        ),
        (
            lambda: okr.KeyResult("arpa", "Revenue", UP, weight=float("nan")),
            "KeyResult('arpa').weight: must be a finite number, got nan [not-a-number]",
        ),
        (
            lambda: okr.Increase(112, True),
            "Increase.target: must be a finite number, got True [not-a-number]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, float("inf")),
            "CheckIn.value: must be a finite number, got inf [not-a-number]",
        ),
        (lambda: okr.Reach("10"), "Reach.target: must be a finite number, got '10' [not-a-number]"),
        (
            lambda: okr.CheckIn("arpa", DAY, {"a": float("nan")}),
            "CheckIn.value[0]: must be a finite number, got nan [not-a-number]",
        ),
    ],
    "too-large": [
        (
            lambda: okr.Reach(Decimal("-1e200")),
            "Reach.target: must lie between -1e100 and 1e100, got -1e+200 [too-large]",
        ),
        (
            lambda: okr.Reach(10**300),
            "Reach.target: must lie between -1e100 and 1e100, got 1e+300 [too-large]",
        ),
    ],
    "not-a-date": [
        (
            lambda: okr.evaluate(PLAN, okr.Journal(), as_of=None),
            "evaluate.as_of: must be a date without a time, got None [not-a-date]",
        ),
        (
            lambda: okr.CheckIn("arpa", "2026-08-14", 120),
            "CheckIn.on: must be a date without a time, got '2026-08-14' [not-a-date]",
        ),
        (
            lambda: okr.evaluate(PLAN, okr.Journal(), as_of=MOMENT),
            "evaluate.as_of: must be a date without a time, got datetime.datetime(2026, 8, 14, 17, 30, tzinfo=datetime.timezone.utc); use its .date() [not-a-date]",
        ),
    ],
    "not-a-moment": [
        (
            lambda: okr.CheckIn("arpa", DAY, 120, recorded=MOMENT.replace(tzinfo=None)),
            "CheckIn.recorded: must be a datetime with a time zone, got datetime.datetime(2026, 8, 14, 17, 30) [not-a-moment]",
        ),
    ],
    "not-true-or-false": [
        (
            lambda: okr.Guardrail("tickets", "Tickets", okr.AtMost(85), hard="no"),
            "Guardrail('tickets').hard: must be True or False, got 'no' [not-true-or-false]",
        ),
    ],
    "not-a-sequence": [
        (
            lambda: okr.calendar.WorkWeek(days_off="2026-08-14"),
            "WorkWeek.days_off: must be a list or tuple, got '2026-08-14' [not-a-sequence]",
        ),
        (
            lambda: okr.Steps("high"),
            "Steps.steps: must be a list or tuple, got 'high' [not-a-sequence]",
        ),
        (
            lambda: okr.KeyResultProfile(attributes="jira"),
            "KeyResultProfile.attributes: must be a list or tuple, got 'jira' [not-a-sequence]",
        ),
        (
            lambda: okr.KeyResultProfile(credible_range=(1, 2, 3)),
            "KeyResultProfile.credible_range: must be a list or tuple, got (1.0, 2.0, 3.0); give (low, high) [not-a-sequence]",
        ),
        (
            lambda: okr.ObjectiveProfile(tags={"revenue"}),
            "ObjectiveProfile.tags: must be a list or tuple, got {'revenue'} [not-a-sequence]",
        ),
        (
            lambda: okr.Objective("grow", "Grow", key_results=ARPA),
            "Objective('grow').key_results: must be a list or tuple, got KeyResult('arpa', 'Revenue per account', Increase(baseline=112.0, target=128.0)); write [KeyResult(...)] [not-a-sequence]",
        ),
        (
            lambda: okr.Initiative("bundle", "Sell bundles", drives="conv"),
            "Initiative('bundle').drives: must be a list or tuple, got 'conv'; write ['conv'] [not-a-sequence]",
        ),
        (
            lambda: okr.Initiative("bundle", "Sell bundles", drives=None),
            "Initiative('bundle').drives: must be a list or tuple, got None [not-a-sequence]",
        ),
        (
            lambda: okr.Objective("grow", "Grow", supports="co-1"),
            "Objective('grow').supports: must be a list or tuple, got 'co-1' [not-a-sequence]",
        ),
        (
            lambda: okr.Plan({"grow"}),
            "Plan.objectives: must be a list or tuple, got {'grow'} [not-a-sequence]",
        ),
        (
            lambda: okr.Between(72, 78, warn_at=75),
            "Between.warn_at: must be a list or tuple, got 75; give (low, high) [not-a-sequence]",
        ),
        (
            lambda: okr.rulebook.Bands("green"),
            "Bands.bands: must be a list or tuple, got 'green' [not-a-sequence]",
        ),
    ],
    "wrong-type": [
        (
            lambda: CARD.columns(5),
            "Scorecard.columns: must have the right type, got 5; give names of fields: adjusted_score, adjusted_verdict, against_baseline, against_before, asks_for, baseline, breached_guardrails, children, children_mean, computed_status, confidence, coverage, declared, edges, elapsed, excluded, expected, guardrails, id, initiatives, judged, key_results, kind, kpis, last_check_in, late, lifecycle, no_score_reason, objective, open_until, original_score, original_verdict, outcome, owner, pace, periods, progress, read_on, reading, score, score_range, status, status_why, target, title, uncounted, unknown_guardrails, verdict, why [wrong-type]",
        ),
        (
            lambda: okr.review.roll_over(
                PLAN,
                okr.Journal(),
                as_of=DAY,
                cycle=okr.FiscalCalendar().quarter(2026, 4),
                name=5,
            ),
            "roll_over.name: must have the right type, got 5; give a function that makes a new id of an old one [wrong-type]",
        ),
        (
            lambda: okr.compare(CARD, PLAN),
            "compare.earlier: must have the right type, got Plan(1 objective, 8 items); give a Scorecard [wrong-type]",
        ),
        (
            lambda: CARD.what_if([("arpa", 0.5)]),
            "Scorecard.what_if: must have the right type, got [('arpa', 0.5)]; give a Mapping [wrong-type]",
        ),
        (
            lambda: okr.display.format_shares([0.5, 0.5]),
            "format_shares.shares: must have the right type, got [0.5, 0.5]; give a Mapping [wrong-type]",
        ),
        (
            lambda: okr.plan.total_targets(GROW, "grow"),
            "total_targets.plan: must have the right type, got Objective('grow', 'Earn more per account', 3 key results); give a Plan [wrong-type]",
        ),
        (
            lambda: okr.plan.split_target(GROW, "arpa"),
            "split_target.plan: must have the right type, got Objective('grow', 'Earn more per account', 3 key results); give a Plan [wrong-type]",
        ),
        (
            lambda: okr.admit(
                PLAN,
                okr.Journal(),
                okr.Adjustment("arpa", DAY, measure=okr.PassFail(), because="too hard"),
            ),
            "Adjustment('arpa', 2026-08-14).measure: must have the right type, got PassFail(); KeyResult('arpa') goes on taking a number or a Ratio, as it was read before; for anything else write a key result of its own [wrong-type]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, ("a", ("b", 1.0))),
            "CheckIn.value: must have the right type, got ('a', ('b', 1.0)); give names or parts, one of them [wrong-type]",
        ),
        (
            lambda: rulebook.LearningVerdict(["validated"], "inconclusive"),
            "LearningVerdict.decisions[0]: must have the right type, got 'validated'; give (ClosingDecision.SCALE, 'validated') [wrong-type]",
        ),
        (
            lambda: rulebook.FromParts(rulebook.StatusCombination.WORST, ["on track"]),
            "FromParts.codes[0]: must have the right type, got 'on track'; give a pair ('at risk', 2) [wrong-type]",
        ),
        (
            lambda: okr.Anchors([(0.3,), (1, 10)]),
            "Anchors.anchors: must have the right type, got ((0.3,), (1, 10)); give {0.7: 10, 1.0: 15} [wrong-type]",
        ),
        (
            lambda: okr.Steps([okr.AtMost(7)]),
            "Steps.steps[0]: must have the right type, got AtMost(limit=7.0, warn_at=None, tolerated_to=None); give a pair (AtMost(7), 0.5) [wrong-type]",
        ),
        (
            lambda: okr.Steps([("low", 1)]),
            "Steps.steps[0][0]: must have the right type, got 'low'; give an AtLeast or Above or AtMost or Below [wrong-type]",
        ),
        (
            lambda: okr.Zones(["target"]),
            "Zones.zones[0]: must have the right type, got 'target'; give {\"target\": 0.7} [wrong-type]",
        ),
        (
            lambda: okr.Compound([okr.PassFail(), okr.Reach(2)]),
            'Compound.parts[0]: must have the right type, got PassFail(); give {"posts": Reach(75)} [wrong-type]',
        ),
        (
            lambda: okr.Compound({"a": okr.PassFail(), "b": okr.EstablishBaseline()}),
            "Compound.parts[1].measure: must have the right type, got EstablishBaseline(); give a measure that is read as one number [wrong-type]",
        ),
        (
            lambda: okr.KeyResultProfile(attributes=["jira"]),
            "KeyResultProfile.attributes[0]: must have the right type, got 'jira'; give a mapping of names to facts [wrong-type]",
        ),
        (
            lambda: okr.ObjectiveProfile(attributes={"jira": None}),
            "ObjectiveProfile.attributes[0].fact: must have the right type, got None; give a str or float or bool [wrong-type]",
        ),
        (
            lambda: okr.KeyResult("arpa", "Revenue", 128),
            "KeyResult('arpa').measure: must have the right type, got 128; give a measure such as Increase(112, 128) [wrong-type]",
        ),
        (
            lambda: okr.KeyResult("arpa", "Revenue", okr.PassFail),
            "KeyResult('arpa').measure: must have the right type, got <class 'okrcore.plan.deliverables.PassFail'>; write PassFail(...) [wrong-type]",
        ),
        (
            lambda: okr.KeyResult("arpa", "Revenue", UP, owner=7),
            "KeyResult('arpa').owner: must have the right type, got 7; give a Person or Team [wrong-type]",
        ),
        (
            lambda: okr.Objective("grow", "Grow", ambition="aspirational"),
            "Objective('grow').ambition: must have the right type, got 'aspirational'; write Ambition.ASPIRATIONAL [wrong-type]",
        ),
        (
            lambda: okr.Objective("grow", "Grow", key_results=[ARPA, "arpa"]),
            "Objective('grow').key_results[1]: must have the right type, got 'arpa'; give a KeyResult or KeyResultRef [wrong-type]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, DAY),
            "CheckIn.value: must have the right type, got datetime.date(2026, 8, 14); give a number, a Ratio, True or False, a label, names, or a mapping of parts [wrong-type]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, {"a": "many"}),
            "CheckIn.value[0]: must have the right type, got ('a', 'many'); give names, or parts with their numbers [wrong-type]",
        ),
        (
            lambda: okr.rulebook.Bands([okr.AtLeast(0.7)]),
            "Bands.bands[0]: must have the right type, got AtLeast(limit=0.7, warn_at=None, tolerated_to=None); give a pair (AtLeast(0.7), 'green') [wrong-type]",
        ),
        (
            lambda: okr.evaluate(okr.Journal(), PLAN, as_of=DAY),
            "evaluate.plan: must have the right type, got Journal(0 entries); give a Plan [wrong-type]",
        ),
    ],
    "negative": [
        (
            lambda: rulebook.Stale(grace_days=-1),
            "Stale.grace_days: must be >= 0, got -1 [negative]",
        ),
        (lambda: okr.Cadence("sprint", weeks=-1), "Cadence.weeks: must be >= 0, got -1 [negative]"),
        (
            lambda: okr.rulebook.ClosingRule(grace_days=-1),
            "ClosingRule.grace_days: must be >= 0, got -1 [negative]",
        ),
        (
            lambda: okr.rulebook.ClosingRule(grace_cycles=-1),
            "ClosingRule.grace_cycles: must be >= 0, got -1.0 [negative]",
        ),
    ],
    "not-positive": [
        (
            lambda: okr.Adjustment("arpa", DAY, rescale=0, because="two types of three"),
            "Adjustment.rescale: must be > 0, got 0.0 [not-positive]",
        ),
        (
            lambda: okr.Between.around(0, percent=5),
            "Between.percent: must be > 0, got 5.0; give the two limits instead [not-positive]",
        ),
        (
            lambda: okr.rulebook.RollUpRule(weights_total=0),
            "RollUpRule.weights_total: must be > 0, got 0.0 [not-positive]",
        ),
        (
            lambda: okr.Anchors({0: 6, 0.7: 10}),
            "Anchors.anchors[0].score: must be > 0, got 0.0 [not-positive]",
        ),
        (
            lambda: okr.Budget(0),
            "Budget.limit: must be > 0, got 0.0; write AtMost(0) to allow none [not-positive]",
        ),
        (lambda: okr.Evidence(required=0), "Evidence.required: must be > 0, got 0 [not-positive]"),
        (lambda: okr.Milestone("beta", 0), "Milestone.weight: must be > 0, got 0.0 [not-positive]"),
        (lambda: okr.Multiple(-2), "Multiple.factor: must be > 0, got -2.0 [not-positive]"),
        (
            lambda: okr.Ratio(1, -10),
            "Ratio.denominator: must be > 0, got -10.0; a count of cases is never negative; for a quotient of other numbers give the number [not-positive]",
        ),
        (lambda: okr.Ratio(31, 1000, per=0), "Ratio.per: must be > 0, got 0.0 [not-positive]"),
        (
            lambda: okr.Cadence("sprint", weeks=3, check_in_days=0),
            "Cadence.check_in_days: must be > 0, got 0 [not-positive]",
        ),
        (
            lambda: rulebook.Expectation(okr.Ambition.COMMITTED, 0),
            "Expectation.share: must be > 0, got 0.0 [not-positive]",
        ),
    ],
    "not-whole": [
        (
            lambda: okr.calendar.WorkWeek(weekdays=[True]),
            "WorkWeek.weekdays[0]: must be a whole number, got True [not-whole]",
        ),
        (
            lambda: rulebook.Stale(grace_days=1.5),
            "Stale.grace_days: must be a whole number, got 1.5 [not-whole]",
        ),
        (
            lambda: okr.Evidence(required=2.5),
            "Evidence.required: must be a whole number, got 2.5 [not-whole]",
        ),
        (
            lambda: okr.Cadence("sprint", weeks=1.5),
            "Cadence.weeks: must be a whole number, got 1.5 [not-whole]",
        ),
        (
            lambda: okr.rulebook.ClosingRule(grace_days=True),
            "ClosingRule.grace_days: must be a whole number, got True [not-whole]",
        ),
        (
            lambda: okr.rulebook.Clip(digits=1.5),
            "Clip.digits: must be a whole number, got 1.5 [not-whole]",
        ),
        (
            lambda: okr.display.format_shares({"a": 1}, digits=1.5),
            "format_shares.digits: must be a whole number, got 1.5 [not-whole]",
        ),
        (
            lambda: okr.rulebook.Bands([(None, "red")], digits="1"),
            "Bands.digits: must be a whole number, got '1' [not-whole]",
        ),
    ],
    "out-of-range": [
        (
            lambda: okr.plan.Growth(5, amount=5),
            "Growth.percent: must lie within its range, got 5.0; give a percent or an amount, one of them [out-of-range]",
        ),
        (
            lambda: okr.plan.Growth(-100),
            "Growth.percent: must lie within its range, got -100.0; give a percent above -100, or an amount [out-of-range]",
        ),
        (
            lambda: okr.admit(
                COUNTING,
                okr.Journal([okr.Adjustment("k", DAY, rescale=1000, because="grew")]),
                okr.Adjustment("k", DAY, rescale=2, because="grew again"),
            ),
            "Adjustment('k', 2026-08-14).rescale: must lie within its range, got 2000.0; it is the product with the adjustments of 2026-08-14; keep it from 0.001 to 1,000, or adjust the measure [out-of-range]",
        ),
        (
            lambda: okr.calendar.WorkWeek(weekdays=[7]),
            "WorkWeek.weekdays[0]: must lie within its range, got 7; give 0 to 6 [out-of-range]",
        ),
        (
            lambda: rulebook.Stale(shrinking_steps=1),
            "Stale.shrinking_steps: must lie within its range, got 1; give 2 to 146097 [out-of-range]",
        ),
        (
            lambda: okr.rulebook.AttainmentRule(budget_zero_at=1),
            "AttainmentRule.budget_zero_at: must lie within its range, got 1.0; give a multiple above 1 [out-of-range]",
        ),
        (
            lambda: okr.Judgement("arpa", DAY, score=1.5, because="felt so"),
            "Judgement.score: must lie within its range, got 1.5; give a number from 0 to 1 [out-of-range]",
        ),
        (
            lambda: okr.Cadence("sprint"),
            "Cadence.months: must lie within its range, got 0; give a length in months or in weeks, one of them [out-of-range]",
        ),
        (
            lambda: okr.Cadence("sprint", months=1, weeks=1),
            "Cadence.months: must lie within its range, got 1; give a length in months or in weeks, one of them [out-of-range]",
        ),
        (
            lambda: okr.display.format_shares({"a": 1}, digits=7),
            "format_shares.digits: must lie within its range, got 7; give 0 to 6 [out-of-range]",
        ),
        (
            lambda: okr.display.format_shares({"a": 2}),
            "format_shares.shares['a']: must lie within its range, got 2.0; give a number from 0 to 1 [out-of-range]",
        ),
        (
            lambda: CARD.what_if({"arpa": 70}),
            "Scorecard.what_if['arpa']: must lie within its range, got 70.0; write 0.7 [out-of-range]",
        ),
        (
            lambda: CARD.what_if({"arpa": -0.5}),
            "Scorecard.what_if['arpa']: must lie within its range, got -0.5; give a number from 0 to 1 [out-of-range]",
        ),
    ],
    "weight-negative": [
        (
            lambda: okr.KeyResult("arpa", "Revenue", UP, weight=-1),
            "KeyResult('arpa').weight: must be >= 0, got -1.0 [weight-negative]",
        ),
        (
            lambda: okr.Initiative("bundle", "Sell bundles", weight=-1),
            "Initiative('bundle').weight: must be >= 0, got -1.0 [weight-negative]",
        ),
        (
            lambda: okr.KeyResultRef("arpa", weight=-1),
            "KeyResultRef.weight: must be >= 0, got -1.0 [weight-negative]",
        ),
    ],
    "confidence-range": [
        (
            lambda: okr.CheckIn("arpa", DAY, 120, confidence=6),
            "CheckIn.confidence: must lie between 0 and 1, got 6.0; write 0.6 [confidence-range]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, 120, confidence=60),
            "CheckIn.confidence: must lie between 0 and 1, got 60.0; write 0.6 [confidence-range]",
        ),
        (
            lambda: okr.CheckIn("arpa", DAY, 120, confidence=-0.1),
            "CheckIn.confidence: must lie between 0 and 1, got -0.1 [confidence-range]",
        ),
    ],
    "ends-before-start": [
        (
            lambda: okr.Period(date(2026, 9, 30), date(2026, 7, 1)),
            "Period: must not end before it starts, got '2026-09-30 to 2026-07-01'; swap them [ends-before-start]",
        ),
        (
            lambda: okr.Cycle(date(2026, 9, 30), date(2026, 7, 1)),
            "Cycle: must not end before it starts, got '2026-09-30 to 2026-07-01'; swap them [ends-before-start]",
        ),
    ],
    "repeated": [
        (
            lambda: okr.Objective("o", "O", supports=["co-1", okr.Alignment("co-1", weight=2)]),
            "Objective('o').supports: must not have the same name twice, got 'co-1' [repeated]",
        ),
        (
            lambda: okr.Zones([("target", 0.7), ("target", 1)]),
            "Zones.zones: must not have the same name twice, got 'target' [repeated]",
        ),
        (
            lambda: okr.Milestones("beta", "beta"),
            "Milestones.milestones: must not have the same name twice, got 'beta' [repeated]",
        ),
        (
            lambda: okr.KeyResultProfile(tags=["a", "b", "a"]),
            "KeyResultProfile.tags: must not have the same name twice, got 'a' [repeated]",
        ),
    ],
    "empty": [
        (
            lambda: okr.Derived(okr.Aggregation.SUM, []),
            "Derived.of: must not be empty, got () [empty]",
        ),
        (
            lambda: rulebook.FromParts(rulebook.StatusCombination.WORST, []),
            "FromParts.codes: must not be empty, got () [empty]",
        ),
        (lambda: okr.Steps([]), "Steps.steps: must not be empty, got () [empty]"),
        (okr.Milestones, "Milestones.milestones: must not be empty, got () [empty]"),
        (
            lambda: okr.Judgement("arpa", DAY, because="felt so"),
            "Judgement.score: must not be empty, got None; give a score, a status, or both [empty]",
        ),
    ],
    "bands-empty": [
        (
            lambda: okr.rulebook.Bands([]),
            "Bands.bands: must have at least one band, got () [bands-empty]",
        ),
    ],
    "too-few": [
        (
            lambda: okr.Compound({"a": okr.PassFail()}),
            "Compound.parts: must have more items, got (('a', PassFail()),); give two, or the one by itself [too-few]",
        ),
        (
            lambda: okr.Anchors({1: 10}),
            "Anchors.anchors: must have more items, got ((1.0, 10.0),); give two, or one and a baseline [too-few]",
        ),
    ],
    "out-of-order": [
        (
            lambda: okr.Timing(waypoints=[okr.Waypoint(DAY, 120), okr.Waypoint(DAY, 122)]),
            "Timing.waypoints[1].on: must come after the one before, got datetime.date(2026, 8, 14); the one before is on 2026-08-14 [out-of-order]",
        ),
        (
            lambda: okr.compare(CARD, okr.evaluate(PLAN, okr.Journal(), as_of=date(2026, 8, 20))),
            "compare.card: must come after the one before, got datetime.date(2026, 8, 14); the earlier one is as of 2026-08-20; give the later one first [out-of-order]",
        ),
    ],
    "not-counted": [
        (
            lambda: okr.evaluate(PLAN, CLOSED, as_of=date(2026, 8, 20)).what_if({"arpa": 0.5}),
            "Scorecard.what_if['arpa']: must count for something on the day, got 0.5; its objective was closed on 2026-08-14 [not-counted]",
        ),
        (
            lambda: okr.evaluate(
                plan_of(okr.KeyResult("k", "K", okr.EstablishBaseline())), okr.Journal(), as_of=DAY
            ).what_if({"k": 0.5}),
            "Scorecard.what_if['k']: must count for something on the day, got 0.5; baseline not found yet [not-counted]",
        ),
    ],
    "grouping-unknown": [
        (
            lambda: CARD.group_by("colour"),
            "Scorecard.by: must be a grouping of objectives, got 'colour'; give team, level, cycle, ambition, priority or tag [grouping-unknown]",
        ),
        (
            lambda: CARD.group_by(["team"]),
            "Scorecard.by: must be a grouping of objectives, got ['team']; give team, level, cycle, ambition, priority or tag [grouping-unknown]",
        ),
        (
            lambda: CARD.group_by("level", with_containing=True),
            "Scorecard.by: must be a grouping of objectives, got 'level'; teams alone contain each other: give \"team\", or leave with_containing out [grouping-unknown]",
        ),
    ],
    "of-people": [
        (
            lambda: CARD.group_by("owner"),
            "Scorecard.by: must not group scores by person, got 'owner'; a number beside a name is read as a grade of that person; group by team, level, cycle, ambition, priority or tag, and ask owners about their objectives [of-people]",
        ),
    ],
    "method-unknown": [
        (
            lambda: okr.evaluate(
                okr.Plan([okr.Objective("o", "O", method="house")]), okr.Journal(), as_of=DAY
            ),
            "Objective('o').method: must name a method of the rulebook, got 'house'; RECOMMENDED has none [method-unknown]",
        ),
    ],
    "weights-total": [
        (
            lambda: okr.LiveScorecard(
                plan_of(okr.KeyResult("a", "A", okr.Reach(10))),
                okr.Journal(),
                as_of=DAY,
                rulebook=okr.Rulebook(
                    name="total", roll_up=okr.rulebook.RollUpRule(weights_total=1)
                ),
            ).record(okr.Adjustment("a", DAY, weight=0.5, because="less")),
            "Objective('o').key_results: must add up to the total of the rulebook, got 0.5; let the weights total 1 [weights-total]",
        ),
        (
            lambda: okr.evaluate(
                PLAN,
                okr.Journal(),
                as_of=DAY,
                rulebook=attrs.evolve(
                    okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(weights_total=1)
                ),
            ),
            "Objective('grow').key_results: must add up to the total of the rulebook, got 3.0; let the weights total 1 [weights-total]",
        ),
    ],
    "never-a-workday": [
        (
            lambda: okr.calendar.next_workday(DAY, Never()),
            "next_workday: must have a workday within a year, got 'none from 2026-08-14 on' [never-a-workday]",
        ),
    ],
    "no-such-move": [
        (
            lambda: okr.admit(PLAN, CLOSED, okr.Closing("grow", DAY, okr.ClosingDecision.CARRY)),
            "Closing('grow', 2026-08-14): must be a transition of the lifecycle, got 'closed to closed'; it was closed on 2026-08-14; record a Transition to active first [no-such-move]",
        ),
        (
            lambda: okr.Transition("grow", DAY, okr.Lifecycle.CLOSED),
            "Transition('grow', 2026-08-14).to: must be a transition of the lifecycle, got <Lifecycle.CLOSED: 'closed'>; write a Closing, which has the decision and freezes the score [no-such-move]",
        ),
        (
            lambda: okr.admit(PLAN, CLOSED, okr.Transition("grow", DAY, okr.Lifecycle.DRAFT)),
            "Transition('grow', 2026-08-14): must be a transition of the lifecycle, got 'closed to draft'; it is closed, from where it may become active, archived [no-such-move]",
        ),
    ],
    "not-two": [
        (
            lambda: okr.Derived(okr.Aggregation.RATIO, ["arpa"]),
            "Derived.of: must be two, got ('arpa',); give the ids of dividend and divisor [not-two]",
        ),
    ],
    "unit-mismatch": [
        (
            lambda: okr.evaluate(
                plan_of(
                    okr.KeyResult("sales", "Sales", okr.Reach(600), unit="USD"),
                    okr.KeyResult("churn", "Churn", okr.Decrease(4, 2)),
                ),
                okr.Journal(),
                as_of=DAY,
                rulebook=BY_SIZE,
            ),
            "Objective('o').key_results: must be of one unit, got 'sales in USD, churn in no unit'; sizes add up in one unit: weigh as stated, or keep other units in an objective with a method that does [unit-mismatch]",
        ),
        (
            lambda: okr.admit(
                plan_of(okr.KeyResult("k", "Conversion, %", okr.Increase(3.1, 3.8))),
                okr.Journal(),
                okr.CheckIn("k", DAY, okr.Ratio(30, 50)),
            ),
            "CheckIn('k', 2026-08-14).value: must be of one unit, got Ratio(numerator=30.0, denominator=50.0, per=1.0); its title is in percent and its numbers begin at 3.1: give it the unit \"%\", or write Ratio(30, 50, per=100) [unit-mismatch]",
        ),
        (
            lambda: plan_of(
                okr.KeyResult("a", "A", UP),
                okr.KeyResult("b", "B", UP),
                okr.KeyResult(
                    "c",
                    "Conversion, %",
                    okr.Reach(20),
                    derived=okr.Derived(okr.Aggregation.RATIO, ["a", "b"]),
                ),
            ),
            "KeyResult('c').unit: must be of one unit, got None; its title is in percent and its numbers begin at 20, and without a unit a ratio is a share of 1: give it the unit \"%\" [unit-mismatch]",
        ),
        (
            lambda: plan_of(
                okr.KeyResult("a", "A", UP, unit="USD"),
                okr.KeyResult("b", "B", UP, unit="EUR"),
                derived("c", "a", "b"),
            ),
            "KeyResult('c').derived: must be of one unit, got 'EUR, USD' [unit-mismatch]",
        ),
        (
            lambda: okr.Plan(
                [
                    okr.Objective(
                        "o",
                        "O",
                        key_results=[okr.KeyResult("k", "K", UP, metric="m", unit="EUR")],
                    )
                ],
                metrics=[okr.Metric("m", "M", unit="USD")],
            ),
            "KeyResult('k').unit: must be of one unit, got 'EUR'; its metric 'm' is in USD: leave the unit out [unit-mismatch]",
        ),
        (
            lambda: okr.Plan(
                [],
                metrics=[
                    okr.Metric("a", "A", unit="USD"),
                    okr.Metric("b", "B", unit="EUR"),
                    okr.Metric("c", "C", derived=okr.Derived(okr.Aggregation.SUM, ["a", "b"])),
                ],
            ),
            "Metric('c').derived: must be of one unit, got 'EUR, USD'; give its parts one unit, and leave out its own [unit-mismatch]",
        ),
        (
            lambda: okr.Plan(
                [],
                metrics=[
                    okr.Metric("a", "A"),
                    okr.Metric("b", "B"),
                    okr.Metric(
                        "c",
                        "Conversion, %",
                        health=okr.AtLeast(20),
                        derived=okr.Derived(okr.Aggregation.RATIO, ["a", "b"]),
                    ),
                ],
            ),
            "Metric('c').unit: must be of one unit, got None; 'c' reads it in percent, from 20, and without a unit a ratio is a share of 1: give it the unit \"%\" [unit-mismatch]",
        ),
        (
            lambda: plan_of(
                okr.KeyResult("a", "A", UP, unit="USD"), attrs.evolve(derived("c", "a"), unit="EUR")
            ),
            "KeyResult('c').derived: must be of one unit, got 'EUR, USD' [unit-mismatch]",
        ),
    ],
    "own-reading-of-derived": [
        (
            lambda: okr.admit(
                okr.Plan(
                    [],
                    metrics=[
                        okr.Metric("a", "A"),
                        okr.Metric("b", "B", derived=okr.Derived(okr.Aggregation.SUM, ["a"])),
                    ],
                ),
                okr.Journal(),
                okr.CheckIn("b", DAY, 1),
            ),
            "CheckIn('b', 2026-08-14).value: must be left to the items it is derived from, got 1.0; check in a [own-reading-of-derived]",
        ),
        (
            lambda: okr.admit(
                plan_of(okr.KeyResult("a", "A", UP), derived("b", "a")),
                okr.Journal(),
                okr.CheckIn("b", DAY, 1),
            ),
            "CheckIn('b', 2026-08-14).value: must be left to the items it is derived from, got 1.0; check in a [own-reading-of-derived]",
        ),
    ],
    "target-equals-baseline": [
        (
            lambda: okr.Exactly(5, 5),
            "Exactly.target: must differ from the baseline, got 5.0; write Between to hold a level [target-equals-baseline]",
        ),
        (
            lambda: okr.Increase(112, 112),
            "Increase.target: must differ from the baseline, got 112.0; write AtLeast or AtMost to hold a level [target-equals-baseline]",
        ),
        (
            lambda: okr.Reach(0),
            "Reach.target: must differ from the baseline, got 0.0; write AtMost(0) to allow none, or Decrease(baseline, 0) to get down to none [target-equals-baseline]",
        ),
        (
            lambda: okr.Relative(percent=0),
            "Relative.percent: must differ from the baseline, got 0.0; 0 changes nothing [target-equals-baseline]",
        ),
        (
            lambda: okr.Multiple(1),
            "Multiple.factor: must differ from the baseline, got 1.0; 1 changes nothing [target-equals-baseline]",
        ),
    ],
    "target-against-direction": [
        (
            lambda: okr.admit(
                plan_of(okr.KeyResult("k", "K", okr.Increase(None, 20))),
                okr.Journal(),
                okr.BaselineSet("k", DAY, 30),
            ),
            "BaselineSet('k', 2026-08-14).value: must lie in the direction of the measure, got 30.0; KeyResult('k') has Increase(baseline=None, target=20.0); adjust its target [target-against-direction]",
        ),
        (
            lambda: okr.Increase(128, 112),
            "Increase.target: must lie in the direction of the measure, got 112.0; write Decrease(128, 112) [target-against-direction]",
        ),
        (
            lambda: okr.Decrease(45, 90),
            "Decrease.target: must lie in the direction of the measure, got 90.0; write Increase(45, 90) [target-against-direction]",
        ),
    ],
    "not-settling": [
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Judgement("tickets", DAY, score=0.9, because="x")
            ),
            "Judgement('tickets', 2026-08-14).score: must be a judgement that settles a guardrail, got 0.9; a guardrail has a state and no score; give the status 'held' alone [not-settling]",
        ),
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Judgement("tickets", DAY, status="breached", because="x")
            ),
            "Judgement('tickets', 2026-08-14).status: must be a judgement that settles a guardrail, got 'breached'; give the status 'held'; a breach follows from a reading: check in the guardrail [not-settling]",
        ),
    ],
    "decision-does-not-fit": [
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Closing("nps", DAY, okr.ClosingDecision.CARRY)
            ),
            "Closing('nps', 2026-08-14).decision: must be a decision that its item takes, got <ClosingDecision.CARRY: 'carry'>; a metric is retired: give ClosingDecision.ABANDON, and in `because` the one that replaces it [decision-does-not-fit]",
        ),
        (
            lambda: okr.admit(
                PILOT, okr.Journal(), okr.Closing("pilot", DAY, okr.ClosingDecision.CARRY)
            ),
            "Closing('pilot', 2026-08-14).decision: must be a decision that its item takes, got <ClosingDecision.CARRY: 'carry'>; an experiment closes with scale, iterate or stop [decision-does-not-fit]",
        ),
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Closing("bundle", DAY, okr.ClosingDecision.CARRY)
            ),
            "Closing('bundle', 2026-08-14).decision: must be a decision that its item takes, got <ClosingDecision.CARRY: 'carry'>; work ends with achieved, abandon, stop or defer; leave it open if it goes on, roll_over carries it [decision-does-not-fit]",
        ),
    ],
    "baseline-stated": [
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.BaselineSet("tickets", DAY, 80)),
            "BaselineSet('tickets', 2026-08-14).value: must be the baseline of a measure that states none, got 80.0; Guardrail('tickets') has AtMost(limit=85.0, warn_at=None, tolerated_to=None); to change it write an Adjustment, with its reason [baseline-stated]",
        ),
        (
            lambda: okr.admit(
                okr.Plan(
                    [], metrics=[okr.Metric("m", "M", health=okr.AtMost(okr.plan.PriorPeriod()))]
                ),
                okr.Journal(),
                okr.BaselineSet("m", DAY, 80),
            ),
            "BaselineSet('m', 2026-08-14).value: must be the baseline of a measure that states none, got 80.0; the limit of Metric('m') is its value 12 months before: check in the past, or write an Adjustment to AtMost(None) [baseline-stated]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.BaselineSet("arpa", DAY, 113)),
            "BaselineSet('arpa', 2026-08-14).value: must be the baseline of a measure that states none, got 113.0; KeyResult('arpa') has Increase(baseline=112.0, target=128.0); to change it write an Adjustment, with its reason [baseline-stated]",
        ),
        (
            lambda: okr.admit(COUNTING, okr.Journal(), okr.BaselineSet("k", DAY, 6)),
            "BaselineSet('k', 2026-08-14).value: must be the baseline of a measure that states none, got 6.0; KeyResult('k') has Reach(target=10.0); to change it write an Adjustment to Increase(None, 10), whose baseline is to be established, with its reason [baseline-stated]",
        ),
    ],
    "reading-adds": [
        (
            lambda: okr.admit(
                TOTAL, okr.Journal([okr.CheckIn("m", DAY, 50)]), okr.CheckIn("m", DAY, 122)
            ),
            "CheckIn('m', 2026-08-14).id: must have an id beside a reading of its day without one, got None; CheckIn('m', 2026-08-14, 50.0) counts as well in a sum, and has no id to correct it by; give this one an id if both are meant, or read the difference, with an id, if it takes the place of the other [reading-adds]",
        ),
    ],
    "no-such-reading": [
        (
            lambda: okr.evaluate(FED, okr.Journal(), as_of=DAY).what_if({"n": 0.5}),
            "Scorecard.what_if['n']: must be a score that a reading of the day gives, got 0.5; other items depend on its readings; evaluate a journal with the reading that is meant [no-such-reading]",
        ),
        (
            lambda: okr.evaluate(
                FED, okr.Journal([okr.CheckIn("m", DAY, 1)]), as_of=DAY
            ).sensitivity("o"),
            "Scorecard.sensitivity('o')['s']: must be a score that a reading of the day gives, got 1.0; other items depend on its readings; evaluate a journal with the reading that is meant [no-such-reading]",
        ),
        (
            lambda: okr.evaluate(FED, okr.Journal(), as_of=DAY).what_if({"u": 0.5, "v": 0.5}),
            "Scorecard.what_if['v']: must be a score that a reading of the day gives, got 0.5; the same readings make 'u' 0.5; suppose scores that one reading gives, or one of them [no-such-reading]",
        ),
    ],
    "entry-mismatch": [
        (
            lambda: okr.LiveScorecard(
                PLAN, okr.Journal([okr.CheckIn("arpa", DAY, 120)]), as_of=DAY
            ).replan(okr.Plan([okr.Objective("grow", "Earn more per account")])),
            "CheckIn('arpa', 2026-08-14).of: must be a known id, got 'arpa' [unknown-id]",
        ),
        (
            lambda: okr.admit(STAGED, STAGES_READ, okr.Correction("more")),
            "Correction.voids: must fit the plan, got 'k'; CheckIn('k', 2026-08-20, ('a', 'c')) would no longer fit: CheckIn('k', 2026-08-20).value: must be a reading of the measure's form, got ('a', 'c'); it takes the names of the milestones reached so far [reading-does-not-fit] [entry-mismatch]",
        ),
        (
            lambda: okr.evaluate(
                PLAN,
                okr.Journal(
                    [
                        okr.CheckIn("arpo", DAY, 1),
                        okr.CheckIn("shipped", DAY, 7),
                        okr.CheckIn("nps-up", DAY, 33),
                    ]
                ),
                as_of=DAY,
            ),
            "CheckIn('arpo', 2026-08-14).of: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]\nCheckIn('shipped', 2026-08-14).value: must be a reading of the measure's form, got 7.0; it takes True, False, or a credit from 0 to 1 [reading-does-not-fit]\nCheckIn('nps-up', 2026-08-14).value: must be checked in through its metric, got 33.0; check in 'nps' [own-reading-of-metric]",
        ),
        (
            lambda: okr.evaluate(PLAN, okr.Journal([okr.BaselineSet("arpa", DAY, 130)]), as_of=DAY),
            "BaselineSet('arpa', 2026-08-14).value: must be the baseline of a measure that states none, got 130.0; KeyResult('arpa') has Increase(baseline=112.0, target=128.0); to change it write an Adjustment, with its reason [baseline-stated]",
        ),
        (
            lambda: okr.evaluate(
                PLAN, okr.Journal(okr.check_ins(DAY, {"arpo": 120, "conf": 3.3})), as_of=DAY
            ),
            "CheckIn('arpo', 2026-08-14).of: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]\nCheckIn('conf', 2026-08-14).of: must be a known id, got 'conf' [unknown-id]",
        ),
        (
            lambda: okr.evaluate(
                PLAN, okr.Journal(okr.check_ins(DAY, {"arpa": True, "arpo": 120})), as_of=DAY
            ),
            "CheckIn('arpa', 2026-08-14).value: must be a reading of the measure's form, got True; it takes a number or a Ratio [reading-does-not-fit]\nCheckIn('arpo', 2026-08-14).of: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]",
        ),
    ],
    "relative-to-zero": [
        (
            lambda: okr.Relative(percent=5, baseline=0),
            "Relative.baseline: must not be relative to a baseline of 0, got 0.0; write Reach or Points [relative-to-zero]",
        ),
        (
            lambda: okr.Multiple(2, baseline=0),
            "Multiple.baseline: must not be relative to a baseline of 0, got 0.0; write Reach or Points [relative-to-zero]",
        ),
    ],
    "no-direction": [
        (
            lambda: okr.Reach(-10_000),
            "Reach.target: must have a direction, got -10000.0; write Increase(baseline, -10,000) or Decrease(baseline, -10,000), FromTo(None, -10,000) if the baseline is to be established, or AtLeast(-10,000) or AtMost(-10,000) to hold a limit [no-direction]",
        ),
        (
            lambda: okr.Multiple(2, baseline=-5),
            "Multiple.baseline: must have a direction, got -5.0; write Points(change, baseline=...), FromTo(baseline, target) or Relative(percent=..., baseline=...) [no-direction]",
        ),
        (
            lambda: okr.admit(
                plan_of(okr.KeyResult("k", "K", okr.Multiple(2))),
                okr.Journal(),
                okr.BaselineSet("k", DAY, -5),
            ),
            "BaselineSet('k', 2026-08-14).value: must have a direction, got -5.0; KeyResult('k') has Multiple(factor=2.0, baseline=None); adjust it to Points, FromTo or Relative [no-direction]",
        ),
    ],
    "reading-mixed": [
        (
            lambda: okr.admit(TOTAL, SHARES, okr.CheckIn("m", DAY, 0.2)),
            "CheckIn('m', 2026-08-14).value: must be read in the form of the readings before it, got 0.2; read as shares until now; give a Ratio [reading-mixed]",
        ),
        (
            lambda: okr.admit(TOTAL, SHARES, okr.CheckIn("m", DAY, okr.Ratio(1, 10, per=100))),
            "CheckIn('m', 2026-08-14).value: must be read in the form of the readings before it, got Ratio(numerator=1.0, denominator=10.0, per=100.0); read as shares per 1 until now; give a Ratio with per=1 [reading-mixed]",
        ),
        (
            lambda: okr.evaluate(
                TOTAL,
                okr.Journal([okr.CheckIn("m", DAY, 0.2), okr.CheckIn("m", DAY, okr.Ratio(1, 10))]),
                as_of=DAY,
            ),
            "CheckIn('m', 2026-08-14).value: must be read in the form of the readings before it, got Ratio(numerator=1.0, denominator=10.0, per=1.0); read as numbers until now; give a number [reading-mixed]",
        ),
    ],
    "bounds-crossed": [
        (
            lambda: okr.Anchors([(0.7, 10), (0.7, 12)]),
            "Anchors.anchors: must leave room between its ends, got [0.7, 0.7]; let the scores differ, at 12 decimals [bounds-crossed]",
        ),
        (
            lambda: okr.Anchors({0.3: 10, 0.7: 2, 1: 5}),
            "Anchors.anchors: must leave room between its ends, got [10.0, 2.0, 5.0]; let the values rise, or fall, with the scores [bounds-crossed]",
        ),
        (
            lambda: okr.KeyResultProfile(credible_range=(3, 2)),
            "KeyResultProfile.credible_range: must leave room between its ends, got (3.0, 2.0) [bounds-crossed]",
        ),
        (
            lambda: okr.Between(78, 72),
            "Between.low: must leave room between its ends, got 78.0; high is 72 [bounds-crossed]",
        ),
        (
            lambda: okr.rulebook.Clip(floor=1, ceiling=0),
            "Clip.floor: must leave room between its ends, got 1.0; the ceiling is 0 [bounds-crossed]",
        ),
    ],
    "zone-on-wrong-side": [
        (
            lambda: okr.AtMost(85, warn_at=90),
            "AtMost.warn_at: must lie on its side of the limit, got 90.0; give a value below 85 [zone-on-wrong-side]",
        ),
        (
            lambda: okr.AtLeast(85, tolerated_to=90),
            "AtLeast.tolerated_to: must lie on its side of the limit, got 90.0; give a value below 85 [zone-on-wrong-side]",
        ),
        (
            lambda: okr.Between(72, 78, warn_at=(70, 77)),
            "Between.warn_at: must lie on its side of the limit, got (70.0, 77.0); give a zone inside 72 to 78 [zone-on-wrong-side]",
        ),
        (
            lambda: okr.Between(72, 78, tolerated_to=(73, 80)),
            "Between.tolerated_to: must lie on its side of the limit, got (73.0, 80.0); give a zone around 72 to 78 [zone-on-wrong-side]",
        ),
    ],
    "limit-open": [
        (
            lambda: okr.KeyResult("k", "K", okr.AtMost(None)),
            "KeyResult('k').measure: must have a limit that is a number, got AtMost(limit=None, warn_at=None, tolerated_to=None); give a number; only guardrails, and the health of metrics, may have an open limit [limit-open]",
        ),
        (
            lambda: okr.AtMost(None).holds(5),
            "AtMost.limit: must have a limit that is a number, got None; evaluate: results have the bound with its number [limit-open]",
        ),
        (
            lambda: okr.AtMost(None, warn_at=80),
            "AtMost.warn_at: must have a limit that is a number, got 80.0; adjust the bound to one with the zone once its limit is known [limit-open]",
        ),
    ],
    "denominator-zero": [
        (
            lambda: okr.Ratio(0, 0),
            "Ratio.denominator: must not be 0, got 0.0; leave out the check-in of a day without cases [denominator-zero]",
        ),
    ],
    "unknown-id": [
        (
            lambda: okr.LiveScorecard(PLAN, okr.Journal(), as_of=DAY).record(
                okr.Transition("nobody", DAY, okr.Lifecycle.PAUSED)
            ),
            "Transition('nobody', 2026-08-14).of: must be a known id, got 'nobody' [unknown-id]",
        ),
        (
            lambda: CARD.what_if({"arpo": 0.5}),
            "Scorecard.what_if: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]",
        ),
        (
            lambda: PLAN.objective(["grow"]),
            "Plan.objective: must be a known id, got ['grow'] [unknown-id]",
        ),
        (lambda: CARD[None], "Scorecard: must be a known id, got None [unknown-id]"),
        (
            lambda: PLAN.objective("grwo"),
            "Plan.objective: must be a known id, got 'grwo'; did you mean 'grow'? [unknown-id]",
        ),
        (
            lambda: PLAN.children("nobody"),
            "Plan: must be a known id, got 'nobody' [unknown-id]",
        ),
        (
            lambda: CARD["arpo"],
            "Scorecard: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]",
        ),
        (
            lambda: CARD.explain("arpo"),
            "Scorecard.explain: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]",
        ),
        (
            lambda: okr.Plan([okr.Objective("team", "Help", supports=["co-1"])]),
            "Objective('team').supports[0]: must be a known id, got 'co-1' [unknown-id]",
        ),
        (
            lambda: okr.Journal([okr.Correction("e-9")]),
            "Correction.voids: must be a known id, got 'e-9'; give the entry to correct an id [unknown-id]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("arpo", DAY, 120)),
            "CheckIn('arpo', 2026-08-14).of: must be a known id, got 'arpo'; did you mean 'arpa'? [unknown-id]",
        ),
        (
            lambda: okr.Plan(
                [
                    GROW,
                    okr.Objective(
                        "team",
                        "Help",
                        guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85), protects="arpa")],
                    ),
                ]
            ),
            "KeyResult('nps-up').metric: must be a known id, got 'nps'; did you mean 'nps-up'? [unknown-id]",
        ),
    ],
    "duplicate-id": [
        (
            lambda: okr.Plan([okr.Objective("grow", "Grow"), okr.Objective("grow", "Shrink")]),
            "Objective('grow').id: must be used only once, got 'grow'; an objective already has it [duplicate-id]",
        ),
        (
            lambda: okr.Plan([okr.Objective("grow", "Grow")] * 2),
            "Objective('grow').id: must be used only once, got 'grow'; an objective already has it [duplicate-id]",
        ),
        (
            lambda: okr.Plan([okr.Objective(id, "Grow", key_results=[ARPA]) for id in "ab"]),
            "KeyResult('arpa').id: must be used only once, got 'arpa'; to let it count in another objective, write KeyResultRef('arpa') [duplicate-id]",
        ),
        (
            lambda: okr.Plan(
                [okr.Objective("a", "A"), *[okr.Objective(id, "B", continues="a") for id in "bc"]]
            ),
            "Objective('c').continues: must be used only once, got 'a'; 'b' continues it; let one go on from it, and name one if several are merged [duplicate-id]",
        ),
        (
            lambda: okr.Plan(
                [okr.Objective("grow", "Grow", key_results=[ARPA, okr.KeyResultRef("arpa")])]
            ),
            "Objective('grow').key_results[1]: must be used only once, got 'arpa'; let a key result count once in an objective, with its weight [duplicate-id]",
        ),
        (
            lambda: okr.Journal(
                [okr.CheckIn("arpa", DAY, 1, id="e-1"), okr.CheckIn("arpa", DAY, 2, id="e-1")]
            ),
            "CheckIn('e-1').id: must be used only once, got 'e-1' [duplicate-id]",
        ),
    ],
    "wrong-kind": [
        (
            lambda: okr.admit(
                okr.Plan([], metrics=[okr.Metric("m", "M")]),
                okr.Journal(),
                okr.BaselineSet("m", DAY, 80),
            ),
            "BaselineSet('m', 2026-08-14).of: must be an item of the right kind, got 'm'; Metric('m') has no health bound; set one by an Adjustment, such as AtMost(None) [wrong-kind]",
        ),
        (
            lambda: okr.Metric(
                "m",
                "M",
                aggregation=okr.Aggregation.SUM,
                derived=okr.Derived(okr.Aggregation.SUM, ["n"]),
            ),
            "Metric('m').aggregation: must be an item of the right kind, got <Aggregation.SUM: 'sum'>; it is made of its parts: give them the aggregation [wrong-kind]",
        ),
        (
            lambda: okr.Plan([GROW], metrics=[okr.Metric("nps", "NPS", drives=["arpa"])]),
            "Metric('nps').drives[0]: must be an item of the right kind, got 'arpa'; name a metric, not a key result [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Transition("nps", DAY, okr.Lifecycle.PAUSED)
            ),
            "Transition('nps', 2026-08-14).to: must be an item of the right kind, got <Lifecycle.PAUSED: 'paused'>; a metric is active or retired: retire it by a Closing, which a Transition to active undoes [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                PLAN,
                okr.Journal(),
                okr.Closing("nps", DAY, okr.ClosingDecision.ABANDON, judged=0.5, because="x"),
            ),
            "Closing('nps', 2026-08-14).judged: must be an item of the right kind, got 0.5; a metric has no score [wrong-kind]",
        ),
        (
            lambda: okr.review.roll_over(
                PLAN,
                okr.Journal(),
                as_of=DAY,
                cycle=okr.FiscalCalendar().quarter(2026, 4),
                weights={"grow": 2},
            ),
            "roll_over.weights['grow']: must be an item of the right kind, got 'grow'; give the id of a key result, not an objective [wrong-kind]",
        ),
        (
            lambda: plan_of(ARPA, attrs.evolve(ARPA, id="b", continues="arpa")),
            "KeyResult('b').continues: must be an item of the right kind, got 'arpa'; name a key result of an objective of an earlier cycle [wrong-kind]",
        ),
        (
            lambda: okr.Journal(
                [
                    okr.CheckIn("arpa", DAY, 120, id="e-1"),
                    okr.Correction("e-1", id="e-2"),
                    okr.Correction("e-2"),
                ]
            ),
            "Correction.voids: must be an item of the right kind, got 'e-2'; a correction is final; write the voided entry again [wrong-kind]",
        ),
        (
            lambda: CARD.what_if({"grow": 0.5}),
            "Scorecard.what_if: must be an item of the right kind, got 'grow'; suppose scores of key results, not an objective [wrong-kind]",
        ),
        (
            lambda: CARD.sensitivity("arpa"),
            "Plan.objective: must be an item of the right kind, got 'arpa'; it is a key result [wrong-kind]",
        ),
        (
            lambda: plan_of(
                okr.KeyResult("a", "A", UP),
                okr.KeyResult(
                    "b", "B", okr.PassFail(), derived=okr.Derived(okr.Aggregation.SUM, ["a"])
                ),
            ),
            "KeyResult('b').derived: must be an item of the right kind, got 'PassFail'; derive a key result without a metric whose measure takes numbers [wrong-kind]",
        ),
        (
            lambda: plan_of(okr.KeyResult("a", "A", okr.PassFail()), derived("b", "a")),
            "KeyResult('b').derived.of[0]: must be an item of the right kind, got 'a'; name a key result read as a number, not a PassFail [wrong-kind]",
        ),
        (
            lambda: okr.LiveScorecard(PLAN, okr.Journal(), as_of=DAY).score("tickets"),
            "LiveScorecard.score: must be an item of the right kind, got 'tickets'; give the id of an objective or a key result, not a guardrail [wrong-kind]",
        ),
        (
            lambda: okr.LiveScorecard(PLAN, okr.Journal(), as_of=DAY).status("tickets"),
            "LiveScorecard.status: must be an item of the right kind, got 'tickets'; give the id of an objective or a key result, not a guardrail [wrong-kind]",
        ),
        (
            lambda: CARD.grade("grade", "tickets"),
            "Scorecard: must be an item of the right kind, got 'tickets'; grade an objective, key result or metric, not a guardrail [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                okr.Plan(
                    [
                        okr.Objective(
                            "o", "O", key_results=[okr.KeyResult("k", "K", okr.EstablishBaseline())]
                        )
                    ]
                ),
                okr.Journal(),
                okr.BaselineSet("k", DAY, 1),
            ),
            "BaselineSet('k', 2026-08-14).of: must be an item of the right kind, got 'k'; check in the baseline that was found [wrong-kind]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("co-1", DAY, 1)),
            "CheckIn('co-1', 2026-08-14).of: must be an item of the right kind, got 'co-1'; check in a key result, guardrail, metric, objective or initiative, not outside the plan [wrong-kind]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("tickets", DAY, confidence=0.5)),
            "CheckIn('tickets', 2026-08-14).confidence: must be an item of the right kind, got 'tickets'; check in confidence of a key result or an objective [wrong-kind]",
        ),
        (
            lambda: okr.Plan(
                [
                    okr.Objective(
                        "o",
                        "O",
                        key_results=[okr.KeyResult("k", "K", okr.PassFail(), metric="nps")],
                    )
                ],
                metrics=[okr.Metric("nps", "NPS")],
            ),
            "KeyResult('k').metric: must be an item of the right kind, got 'nps'; a metric reads numbers, which PassFail does not take [wrong-kind]",
        ),
        (
            lambda: okr.Plan(
                [
                    okr.Objective("o", "O", key_results=[ARPA]),
                    okr.Objective(
                        "p",
                        "P",
                        guardrails=[okr.Guardrail("g", "G", okr.AtMost(85), protects="arpa")],
                    ),
                ]
            ),
            "Guardrail('g').protects: must be an item of the right kind, got 'arpa'; name a key result that counts in 'p' [wrong-kind]",
        ),
        (
            lambda: PLAN.key_result("grow"),
            "Plan.key_result: must be an item of the right kind, got 'grow'; it is an objective [wrong-kind]",
        ),
        (
            lambda: CARD.explain("co-1"),
            "Scorecard.explain: must be an item of the right kind, got 'co-1'; explain an objective, key result, guardrail, initiative, metric or priority, not outside the plan [wrong-kind]",
        ),
        (
            lambda: CARD["co-1"],
            "Scorecard: must be an item of the right kind, got 'co-1'; give the id of an objective, key result, guardrail, initiative, metric or priority, not outside the plan [wrong-kind]",
        ),
        (
            lambda: okr.Plan([okr.Objective("team", "Help", supports=["tickets"]), GROW]),
            "Objective('team').supports[0]: must be an item of the right kind, got 'tickets'; it is a guardrail [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Closing("arpa", DAY, okr.ClosingDecision.CARRY)
            ),
            "Closing('arpa', 2026-08-14).of: must be an item of the right kind, got 'arpa'; close objectives and initiatives, or retire a metric, not a key result [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                PLAN,
                okr.Journal(),
                okr.Closing(
                    "bundle", DAY, okr.ClosingDecision.ACHIEVED, judged=0.8, because="almost"
                ),
            ),
            "Closing('bundle', 2026-08-14).judged: must be an item of the right kind, got 'bundle'; an initiative has a state and no score; check in the share done [wrong-kind]",
        ),
        (
            lambda: okr.admit(
                PLAN, okr.Journal(), okr.Adjustment("grow", DAY, measure=UP, because="why not")
            ),
            "Adjustment('grow', 2026-08-14).measure: must be an item of the right kind, got 'grow'; adjust its key results [wrong-kind]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.BaselineSet("shipped", DAY, 1)),
            "BaselineSet('shipped', 2026-08-14).of: must be an item of the right kind, got 'shipped'; PassFail has no baseline [wrong-kind]",
        ),
    ],
    "circle": [
        (
            lambda: okr.Plan(
                [],
                metrics=[
                    okr.Metric("a", "A", drives=["b"]),
                    okr.Metric("b", "B", drives=["a"]),
                ],
            ),
            "Metric('a').drives: must not lead back to itself, got 'a -> b -> a'; take one of these links out [circle]",
        ),
        (
            lambda: okr.Plan([okr.Objective("o", "O", continues="o")]),
            "Objective('o').continues: must not lead back to itself, got 'o -> o'; name an item of an earlier cycle, or leave it out [circle]",
        ),
        (
            lambda: plan_of(derived("a", "b"), derived("b", "a")),
            "KeyResult('a').derived: must not lead back to itself, got 'a -> b -> a'; derive from key results with readings of their own [circle]",
        ),
        (
            lambda: okr.Plan(
                [
                    okr.Objective("a", "A", supports=["b"]),
                    okr.Objective("b", "B", supports=["c"]),
                    okr.Objective("c", "C", supports=["a"]),
                ]
            ),
            "Objective('a').supports: must not lead back to itself, got 'a -> b -> c -> a'; take one of these alignments out [circle]",
        ),
        (
            lambda: okr.Plan(
                [okr.Objective("a", "A", supports=["b"]), okr.Objective("b", "B", supports=["a"])]
            ),
            "Objective('a').supports: must not lead back to itself, got 'a -> b -> a'; take one of these alignments out [circle]",
        ),
    ],
    "unknown-word": [
        (
            lambda: okr.Metric("m", "M", aggregation=okr.Aggregation.RATIO),
            "Metric('m').aggregation: must be one of the known words, got <Aggregation.RATIO: 'ratio'>; derive the"
            " metric from the two [unknown-word]",
        ),
        (
            lambda: okr.Compound(
                {"a": okr.PassFail(), "b": okr.Reach(1)},
                combine=okr.plan.Combination.SHARE_ACHIEVED,
            ),
            "Compound.combine: must be one of the known words, got <Combination.SHARE_ACHIEVED: 'share achieved'>;"
            " write mean, minimum or product [unknown-word]",
        ),
        (
            lambda: okr.rulebook.RollUpRule(combine=okr.plan.Combination.PRODUCT),
            "RollUpRule.combine: must be one of the known words, got <Combination.PRODUCT: 'product'>; write mean,"
            " minimum or share achieved [unknown-word]",
        ),
    ],
    "undecodable": [
        (lambda: okr.codec.load([]), "$: must be an object, got [] [not-an-object]"),
    ],
    "own-reading-of-metric": [
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("nps-up", DAY, 33)),
            "CheckIn('nps-up', 2026-08-14).value: must be checked in through its metric, got 33.0; check in 'nps' [own-reading-of-metric]",
        ),
        (
            lambda: okr.KeyResult(
                "nps-up", "NPS", UP, metric="nps", timing=okr.Timing(check_in_days=7)
            ),
            "KeyResult('nps-up').timing.check_in_days: must be checked in through its metric, got 7; give the rhythm to Metric('nps') [own-reading-of-metric]",
        ),
    ],
    "reading-does-not-fit": [
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("arpa", DAY, True)),
            "CheckIn('arpa', 2026-08-14).value: must be a reading of the measure's form, got True; it takes a number or a Ratio [reading-does-not-fit]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("shipped", DAY, "yes")),
            "CheckIn('shipped', 2026-08-14).value: must be a reading of the measure's form, got 'yes'; it takes True, False, or a credit from 0 to 1 [reading-does-not-fit]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("tickets", DAY, "many")),
            "CheckIn('tickets', 2026-08-14).value: must be a reading of the measure's form, got 'many'; it takes a number or a Ratio [reading-does-not-fit]",
        ),
        (
            lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("grow", DAY, 0.5)),
            "CheckIn('grow', 2026-08-14).value: must be a reading of the measure's form, got 0.5; it takes no value: an objective is measured by its key results [reading-does-not-fit]",
        ),
    ],
}


def refusals() -> Iterator[tuple[str, Callable[[], object], str]]:
    """Yield each code, act and message."""
    for code, rows in REFUSALS.items():
        for act, message in rows:
            yield code, act, message
    for path in sorted(Path(__file__).parent.parent.glob("unit/test_*_refusals.py")):
        for act, message in import_module(f"unit.{path.stem}").REFUSALS.values():
            yield message.rpartition("[")[2].rstrip("]"), act, message


def wrong_answers() -> list[str]:
    """Return what is not refused as the table says; for processes without pytest."""
    wrong: list[str] = []
    for code, act, message in refusals():
        try:
            act()
        except okr.OkrError as error:
            codes = {error.code, *(fault.code for fault in error.faults)}
            if code not in codes or str(error) != message:
                wrong.append(f"{message!r} was {error!s}")
        else:
            wrong.append(f"{message!r} was not raised")
    return wrong
