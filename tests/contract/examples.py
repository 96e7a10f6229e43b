"""Examples of every public record; together they set every field to something else than its default.

A record without an example fails `test_every_record_has_an_example`: put one here.
"""

from __future__ import annotations

import pkgutil
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, Final

import attrs

import okrcore as okr
from okrcore import codec, rulebook, testing
from okrcore.rulebook import dialects

__all__ = ["EXAMPLES", "OUTPUTS", "public_names", "public_records", "rooms"]

_DAY: Final = date(2026, 8, 14)
_MOMENT: Final = datetime(2026, 8, 14, 17, 30, tzinfo=UTC)
_ANA: Final = okr.Person("Ana Ruiz", id="ana-1")
_GROWTH: Final = okr.Team("Growth", id="g-1", within="Product")
_QUARTER: Final = okr.FiscalCalendar(start_month=4).quarter(2026, 2)
_WRITTEN: Final[dict[str, Any]] = {
    "id": "e-1",
    "recorded": _MOMENT,
    "by": _ANA,
    "source": "data warehouse",
    "link": "https://bi.example/arpa",
    "attributes": {"jira": "PAY-9"},
}

_WEEKS: Final[Any] = okr.calendar.WeekYear(
    okr.calendar.LastWeekday(okr.calendar.Weekday.SUNDAY, month=5),
    okr.calendar.THIRTEEN_PERIODS,
    leap_period=13,
)
_APPOINTMENT: Final = okr.calendar.RitualSlot(
    okr.calendar.Ritual.CLOSE, okr.calendar.CyclePoint.END, 3, level="team"
)

_WORKDAY: Final = okr.calendar.WorkdayOfMonth(-3, grace_days=1)
_MEETING: Final = okr.calendar.RitualSlot(okr.calendar.Ritual.WEEKLY, every=_WORKDAY)

_KEY_RESULT: Final[Any] = okr.KeyResult(
    "arpa",
    "Revenue per account",
    okr.Increase(112, 128),
    owner=_ANA,
    weight=2,
    due=date(2026, 9, 15),
    unit="USD",
    contribution=okr.Contribution(
        contributors=[_GROWTH, "Bo Lind"], supports=["arpa-eu"], fixed_share=0.5
    ),
    continues="arpa-q1",
    timing=okr.Timing(
        waypoints=[okr.Waypoint(_DAY, 120)],
        observable_from=date(2026, 7, 15),
        check_in_days=3,
    ),
    profile=okr.KeyResultProfile(
        nature=okr.plan.Nature.OUTCOME,
        proxy_until=date(2026, 8, 1),
        dimension=okr.plan.Dimension.REVENUE,
        theme=okr.plan.Theme.GROWTH,
        indicator=okr.plan.Indicator.LAGGING,
        early_warning="nps",
        credible_range=(115, 130),
        pay_link=True,
        tags=["revenue"],
        attributes={"jira": "PAY-7"},
    ),
)
_GUARDRAIL: Final = okr.Guardrail(
    "tickets",
    "Tickets per 1,000 accounts",
    okr.AtMost(85, warn_at=80, tolerated_to=87),
    protects="arpa",
    hard=True,
    owner=_ANA,
    unit="tickets",
    attributes={"jira": "PAY-10"},
)
_INITIATIVE: Final = okr.Initiative(
    "bundle",
    "Sell bundles",
    drives=["arpa"],
    owner=_ANA,
    due=date(2026, 8, 31),
    weight=2,
    attributes={"jira": "PAY-11"},
)
_OBJECTIVE: Final[Any] = okr.Objective(
    "grow",
    "Earn more per account without hurting support",
    key_results=[_KEY_RESULT, okr.KeyResultRef("nps-up", weight=3)],
    guardrails=[_GUARDRAIL],
    initiatives=[_INITIATIVE],
    supports=[okr.Alignment("co-1", contribution="a third of the growth", weight=2)],
    continues="grow-q1",
    cycle=_QUARTER,
    owner=_ANA,
    ambition=okr.Ambition.ASPIRATIONAL,
    method="house",
    place=okr.Place(
        team=_GROWTH, level=okr.Level.TEAM, contributors=["Bo Lind"], priority="profit"
    ),
    profile=okr.ObjectiveProfile(
        intent="New accounts have become dear",
        sufficiency="No: nothing else moves revenue",
        must_hit=True,
        resources="two people",
        dependencies=[
            okr.Dependency(
                "invoices in euro",
                provider="Bo Lind",
                needed_by=_DAY,
                agreed=True,
                escalated=date(2026, 8, 1),
            )
        ],
        attributes={"jira": "PAY"},
        tags=["revenue"],
    ),
)
_PRIORITY: Final = okr.plan.Priority(
    "profit",
    "Earn more from each customer",
    owner=_ANA,
    period=okr.FiscalCalendar().year(2026),
    metrics=[okr.plan.Threshold("nps", okr.AtLeast(40))],
    attributes={"page": 3},
)
_OUTSIDE: Final = [
    okr.Outside("co-1", title="Grow profitably", attributes={"jira": "CO-1"}),
    okr.Outside("arpa-eu"),
    okr.Outside("grow-q1"),
    okr.Outside("arpa-q1"),
]
_MICRO: Final[Any] = okr.Objective(
    "trial",
    "A trial page that loads at once",
    cycle=okr.Cycle.starting(_DAY, okr.Cadence.MICRO_WEEK),
    trigger=okr.Trigger(
        okr.TriggerKind.EXPERIMENT,
        "nps",
        hypothesis="half of the trials end there",
        scope="a region",
    ),
    kpis=["nps"],
)
_METRIC: Final = okr.Metric(
    "nps",
    "Net promoter score",
    aggregation=okr.Aggregation.MEAN,
    health=okr.Between(30, 70, warn_at=(35, 65), tolerated_to=(25, 75)),
    unit="points",
    owner=_ANA,
    definition="promoters minus detractors, of all answers in a month",
    growth=okr.plan.Growth(5, per=okr.Cadence.QUARTERLY),
    check_in_days=30,
    attributes={"dashboard": "nps"},
    measurement=okr.plan.Measurement(
        numerator="promoters minus detractors",
        denominator="answers",
        event="survey_answered",
        source="survey tool",
        method="one question, to every tenth account",
        least_answers=50,
    ),
    place=okr.Place(team=_GROWTH),
    drives=["recommended"],
)
_DERIVED_METRIC: Final = okr.Metric(
    "recommended", "Recommended", derived=okr.Derived(okr.Aggregation.SUM, ["referrals"])
)
_METRICS: Final = [_METRIC, _DERIVED_METRIC, okr.Metric("referrals", "Referrals")]
#: c drives b and d, which drive a; e drives c.
_DRIVERS: Final = okr.Plan(
    [],
    metrics=[
        okr.Metric("a", "A"),
        okr.Metric("b", "B", drives=["a"]),
        okr.Metric("d", "D", drives=["a"]),
        okr.Metric("c", "C", drives=["b", "d"]),
        okr.Metric("e", "E", drives=["c"]),
    ],
)
_PLAN: Final = okr.Plan(
    [
        _OBJECTIVE,
        okr.Objective(
            "love",
            "Be recommended",
            key_results=[okr.KeyResult("nps-up", "NPS", okr.Increase(30, 40), metric="nps")],
            profile=okr.ObjectiveProfile(parked=okr.Parked("not before the merger")),
        ),
    ],
    metrics=_METRICS,
    outside=_OUTSIDE,
    priorities=[_PRIORITY],
)
_JOURNAL: Final[Any] = okr.Journal(okr.check_ins(_DAY, {"arpa": 120, "tickets": 91, "nps": 33}))
_CARD: Final = okr.evaluate(
    _PLAN,
    _JOURNAL.add(okr.CheckIn("nobody", _DAY, 1)),
    as_of=date(2026, 8, 15),
    rulebook=attrs.evolve(okr.RECOMMENDED, methods=[attrs.evolve(okr.RECOMMENDED, name="house")]),
    strict=False,
)
_COMPARISON: Final = okr.compare(
    attrs.evolve(
        _CARD,
        journal=_JOURNAL.add(
            okr.CheckIn("arpa", _DAY, 124),
            okr.Judgement("tickets", date(2026, 8, 20), status="held", because="An outage."),
        ),
        as_of=date(2026, 8, 21),
    ),
    _CARD,
)

_BESIDE: Final = okr.compare_rulebooks(
    okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(10))])]),
    okr.Journal(okr.check_ins(_DAY, {"k": 14})),
    as_of=date(2026, 8, 15),
    rulebooks=[okr.Rulebook(name="capped"), dialects.QUANTIVE],
)

_DOCUMENT: Final = codec.load_document(
    {
        "okrcore": 1,
        "kind": "objective",
        "data": {"id": "grow", "title": "Grow", "place": {"priority": "Profit", "colour": "red"}},
    }
)

_SMALL: Final[Any] = okr.Plan(
    [okr.Objective("o", "Grow", cycle=_QUARTER, key_results=[_KEY_RESULT])],
    outside=[okr.Outside("arpa-eu"), okr.Outside("nps"), okr.Outside("arpa-q1")],
)
#: A reading of a day before the cycle does not count.
_UNCOUNTED: Final = okr.evaluate(
    _SMALL, okr.Journal(okr.check_ins(date(2026, 6, 20), {"arpa": 120})), as_of=_DAY
)
_SCORED: Final = okr.evaluate(_SMALL, okr.Journal(okr.check_ins(_DAY, {"arpa": 120})), as_of=_DAY)
_AGENDA: Final = okr.review.make_agenda(_SMALL, _SCORED.journal, as_of=_DAY)
_ROLLED: Final = okr.review.roll_over(
    _SMALL,
    _SCORED.journal,
    as_of=date(2026, 10, 1),
    cycle=okr.FiscalCalendar(start_month=4).quarter(2026, 3),
)
_HEADINGS: Final[dict[str, Any]] = {
    field.name: ["Ziel"]
    for field in attrs.fields(okr.codec.ColumnMap)
    if field.name not in {"decimal", "day_first"}
}
_COLUMNS: Final = okr.codec.ColumnMap(**_HEADINGS, decimal=",", day_first=True)
_LOADED: Final = okr.read_rows([{"Goal": "Grow", "KR": "NPS", "Target": 40, "Stars": 5}])


def _only_other(_count: int) -> str:
    return "other"


_ALL: Final[tuple[Any, ...]] = (
    # words
    okr.words.Words(
        {"score/met": "erreicht", "parts/mixed": {"one": "Teil", "other": "{count} Teile"}},
        decimal=",",
        thousands=".",
        percent="{number} %",
        day="{day}. {month_name} {year}",
        plural=_only_other,
    ),
    okr.plan.Scope(
        owner=_ANA,
        team=_GROWTH,
        level=okr.Level.TEAM,
        cycle=_QUARTER,
        tag="pilot",
        priority="profit",
        running=True,
        ids=["grow"],
    ),
    # calendar
    okr.Cadence("sprint", weeks=3, check_in_days=3, is_micro=True),
    okr.Cadence("two-yearly", months=24),
    okr.Period(date(2026, 7, 1), date(2026, 9, 30)),
    _QUARTER,
    okr.Cycle(date(2026, 7, 1), date(2026, 9, 30), until="the merger is signed"),
    okr.FiscalCalendar(
        start_month=4, named_for_end=True, year_label="FY{yy}", part_label="{part} {label}"
    ),
    okr.FiscalCalendar(weeks=_WEEKS),
    _WEEKS.ends,
    okr.calendar.NearestWeekday(okr.calendar.Weekday.SATURDAY, month=1, day=31),
    _WEEKS,
    okr.calendar.Weekly(okr.calendar.Weekday.MONDAY, every=2, early_days=2, grace_days=1),
    okr.calendar.Monthly(5, early_days=3, grace_days=2),
    okr.calendar.EveryDays(3, grace_days=1),
    _APPOINTMENT,
    _MEETING,
    _WORKDAY,
    okr.calendar.Schedule(okr.calendar.Weekly(okr.calendar.Weekday.MONDAY), [_APPOINTMENT]),
    okr.calendar.Schedule.of(okr.Cadence.QUARTERLY).occasions(_QUARTER)[0],
    okr.calendar.CADENCE_DIFFERENCES[0],
    okr.Cadence.QUARTERLY.character,
    okr.calendar.recommend_cadence(horizon_days=90),
    # plan
    _ANA,
    _GROWTH,
    okr.Unit("tickets", per="month"),
    okr.Unit("USD", shown_in="M"),
    okr.Unit("%"),
    okr.plan.Quantity(12e6, "USD"),
    okr.Ratio(31, 1000, per=100),
    okr.Increase(112, 128),
    okr.Decrease(90, 45),
    okr.FromTo(5, 5),
    okr.Reach(10),
    okr.Relative(percent=5, baseline=21),
    okr.Points(5, baseline=21),
    okr.Multiple(2, baseline=12),
    okr.AtLeast(99.5, warn_at=99.7, tolerated_to=99.4),
    okr.Above(8.7, warn_at=8.9, tolerated_to=8.5),
    okr.AtMost(85, warn_at=80, tolerated_to=87),
    okr.Below(6, warn_at=5, tolerated_to=7),
    okr.Between(72, 78, warn_at=(73, 77), tolerated_to=(70, 80)),
    okr.plan.PriorPeriod(okr.Cadence.QUARTERLY, change_percent=5),
    okr.plan.Growth(5),
    okr.plan.Growth(amount=-3, per=okr.Cadence.MONTHLY),
    okr.PassFail(),
    okr.Milestone("beta", 2, _DAY),
    okr.Milestones("wireframes", okr.Milestone("beta", 2, _DAY)),
    okr.Evidence(required=5, what="signed design partners"),
    okr.EachPeriod(okr.AtLeast(10), every=okr.Cadence.MONTHLY),
    okr.EstablishBaseline(),
    okr.Exactly(5, 0),
    okr.Budget(15),
    okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0),
    okr.Steps([(okr.Below(5), 1), (okr.AtMost(7), 0.5), (None, 0)]),
    okr.Zones({"fail": 0, "target": 0.7, "stretch": 1}),
    okr.Judged(),
    okr.Compound(
        {"shipped": okr.PassFail(), "posts": okr.Reach(75)}, combine=okr.plan.Combination.MINIMUM
    ),
    okr.scorecard.PeriodResult(okr.Period(_DAY, _DAY), okr.scorecard.PeriodState.HELD, 10.0),
    okr.Waypoint(_DAY, 120),
    _KEY_RESULT.timing,
    _KEY_RESULT.contribution,
    _KEY_RESULT.profile,
    _KEY_RESULT,
    okr.KeyResult("nps-up", "NPS", okr.Increase(30, 40), metric="nps"),
    okr.KeyResult(
        "total", "Revenue", okr.Reach(300), derived=okr.Derived(okr.Aggregation.SUM, ["arpa"])
    ),
    okr.Derived(okr.Aggregation.RATIO, ["arpa", "nps-up"]),
    okr.KeyResultRef("arpa", weight=3),
    _GUARDRAIL,
    okr.Guardrail("nps-floor", "NPS", okr.AtLeast(30), metric="nps"),
    _INITIATIVE,
    _METRIC,
    _DERIVED_METRIC,
    _METRIC.measurement,
    *okr.plan.driver_tree(_DRIVERS, "a"),
    _OBJECTIVE.supports[0],
    _OBJECTIVE.place,
    _OBJECTIVE.profile.dependencies[0],
    _OBJECTIVE.profile,
    _PLAN.objective("love").profile,
    _OBJECTIVE,
    _MICRO,
    _MICRO.trigger,
    _PLAN.outside[0],
    _PRIORITY,
    _PRIORITY.metrics[0],
    _PLAN,
    okr.plan.total_targets(_PLAN, "grow")[0],
    okr.diff(_PLAN, _PLAN.correct_measure("nps-up", okr.Increase(30, 35)))[0],
    okr.plan.split_target(
        okr.Plan(
            [
                okr.Objective(
                    "year",
                    "Grow",
                    key_results=[
                        okr.KeyResult("arpa-eu", "Revenue per account", okr.Increase(112, 144)),
                        _KEY_RESULT,
                    ],
                )
            ],
            outside=[okr.Outside("nps"), okr.Outside("arpa-q1")],
        ),
        "arpa-eu",
    )[0],
    # journal
    okr.CheckIn(
        "arpa",
        _DAY,
        120,
        confidence=0.7,
        projected=126,
        status="on track",
        note="bundles sell",
        shipped="the bundle page",
        effect="+4",
        learning="annual plans sell better",
        blocker="none",
        **_WRITTEN,
    ),
    okr.BaselineSet("arpa", _DAY, 113, because="recounted", **_WRITTEN),
    okr.Adjustment(
        "arpa",
        _DAY,
        measure=okr.Increase(112, 124),
        weight=3,
        due=date(2026, 9, 20),
        rescale=2 / 3,
        kind=okr.AdjustmentKind.PERSIST,
        trigger=okr.AdjustmentTrigger.NEW_INFORMATION,
        because="the largest customer left",
        new_fact="one account was 9% of revenue",
        broken_assumption="no account is larger than 3%",
        effects="none on other teams",
        temporary="trial",
        resume=date(2026, 9, 1),
        confirmed=["Ana Ruiz"],
        moved="two people for a week",
        published=date(2026, 8, 13),
        owner="Bo Lind",
        decided_by=_ANA,
        decided=date(2026, 8, 12),
        **_WRITTEN,
    ),
    okr.Adjustment(
        "grow",
        _DAY,
        cycle=okr.FiscalCalendar().quarter(2026, 3),
        ambition=okr.Ambition.LEARNING,
        sets={"method": None, "profile.parked": None},
        adds=[okr.Initiative("calls", "Call every customer")],
        removes=["tickets"],
        because="the port closed",
    ),
    okr.Transition("grow", _DAY, okr.Lifecycle.PAUSED, because="hiring freeze", **_WRITTEN),
    okr.Judgement(
        "arpa", _DAY, score=0.6, status="at risk", because="half is one account", **_WRITTEN
    ),
    okr.Closing(
        "grow",
        _DAY,
        okr.ClosingDecision.CARRY,
        judged=0.6,
        because="half is one account",
        learned="ask for annual plans first",
        **_WRITTEN,
    ),
    okr.journal.PlannedActual("arpa", "$112 to $128", "$120, 50% of the way"),
    okr.PostMortem(
        "grow",
        _DAY,
        outcomes=[okr.journal.PlannedActual("arpa", "$112 to $128", "$120, 50% of the way")],
        first_signal=date(2026, 8, 3),
        escalated=date(2026, 8, 4),
        cause="one account was half of it",
        changes="a limit per account",
        **_WRITTEN,
    ),
    okr.Correction("e-0", because="typed twice", **_WRITTEN),
    _JOURNAL,
    _JOURNAL.add(okr.Closing("grow", _DAY, okr.ClosingDecision.CARRY)).lifecycle("grow", on=_DAY),
    okr.journal.unexplained_changes(
        _PLAN, _PLAN.correct_measure("nps-up", okr.Increase(30, 35)), okr.Journal()
    )[0],
    # review
    okr.review.list_due(
        _SMALL,
        okr.Journal(),
        as_of=date(2026, 8, 28),
    )[0],
    okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual.FOUR_SQUARE],
    attrs.evolve(okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual.FOUR_SQUARE], back_days=None),
    okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual.WEEKLY].sections[2],
    _AGENDA,
    _AGENDA.sections[0],
    _AGENDA.sections[0].items[0],
    okr.review.CycleFinding(
        code=okr.review.CyclePattern.TOO_HARD,
        of="grow",
        ids=("grow", "arpa"),
        words="confidence 0.10 at the start, and 0.20 at the end",
        advice="take a smaller step, or find out first what makes it hard",
    ),
    _ROLLED,
    _ROLLED.items[0],
    okr.review.suggest_closing(_SCORED, "o"),
    okr.Parked("not before the merger", date(2026, 10, 1)),
    okr.review.list_parked(_CARD)[0],
    okr.review.find_reallocation_window(_SCORED, budget=1000),
    # rulebook
    okr.rulebook.Clip(
        floor=0, ceiling=1, full_from=0.95, digits=2, rounding=rulebook.Rounding.FLOOR
    ),
    okr.rulebook.Bands([(okr.AtLeast(0.7), "green"), (rulebook.OTHERWISE, "red")], digits=1),
    okr.rulebook.Scale(
        "grade",
        rulebook.Axis.SCORE,
        okr.rulebook.Bands([(okr.AtLeast(0.7), "green")]),
        ambition=okr.Ambition.COMMITTED,
    ),
    rulebook.BoundRule(reading=rulebook.BoundReading.MEAN, shape=rulebook.BoundShape.DISTANCE),
    okr.rulebook.AttainmentRule(
        clip=okr.rulebook.Clip(ceiling=1),
        missing=0,
        flat=rulebook.FlatLine.FULL,
        bounds=rulebook.BoundRule(shape=rulebook.BoundShape.SOFT),
        partial_credit=False,
        late_milestone=0.1,
        budget_zero_at=3,
    ),
    rulebook.RollUpPart(rulebook.RollUpSource.OBJECTIVES, as_one=True, otherwise=True),
    okr.rulebook.RollUpRule(
        parts=[rulebook.RollUpPart(rulebook.RollUpSource.OBJECTIVES)],
        combine=okr.plan.Combination.MINIMUM,
        weigh=rulebook.Weighing.EQUAL,
        weights_total=100,
        zero_weights=rulebook.ZeroWeights.EQUAL,
        missing=0,
        empty=0,
        least_coverage=0.5,
        with_micro=True,
        with_archived=False,
        with_judged=okr.rulebook.OverrideDuration.ALWAYS,
        entry=okr.rulebook.Clip(ceiling=1),
        result=okr.rulebook.Clip(digits=2),
    ),
    rulebook.Verdict(
        okr.Ambition.COMMITTED,
        okr.rulebook.Bands([(okr.AtLeast(1), "delivered"), (rulebook.OTHERWISE, "missed")]),
        asks_for="a post-mortem",
    ),
    rulebook.LearningVerdict({okr.ClosingDecision.SCALE: "validated"}, "inconclusive"),
    rulebook.Expectation(okr.Ambition.ASPIRATIONAL, 0.7),
    okr.rulebook.PacingRule(
        expectations=[rulebook.Expectation(okr.Ambition.ASPIRATIONAL, 0.6)],
        days=rulebook.DayCount.INCLUSIVE,
        workdays=okr.calendar.WorkWeek(days_off=[date(2026, 8, 15)]),
        holds_after_due=False,
        objectives_from=rulebook.ExpectedFrom.DATES,
    ),
    okr.calendar.WorkWeek(weekdays=[6, 0, 1, 2, 3], days_off=[date(2026, 8, 17)]),
    rulebook.NotStarted(silent_until=0.2),
    rulebook.Closed(success="achieved", failure="missed"),
    rulebook.Done(),
    rulebook.Stale(intervals=3, grace_days=1, still_intervals=4, shrinking_steps=3, name="at risk"),
    rulebook.Overdue("late"),
    rulebook.Declared(keep=rulebook.OverrideDuration.UNTIL_READ),
    rulebook.FromParts(
        rulebook.StatusCombination.MEAN,
        [("off track", 1), ("on track", 3)],
        rounding=rulebook.Rounding.HALF_EVEN,
        bands=okr.rulebook.Bands([(okr.AtLeast(2), "on track")]),
    ),
    rulebook.Always("unknown"),
    rulebook.ByBands(
        rulebook.Axis.RATIO, okr.rulebook.Bands([(okr.AtLeast(0.9), "on track")]), silent_until=0.1
    ),
    okr.rulebook.GuardrailRule(
        effect=okr.rulebook.BreachEffect.CAP,
        cap=0.5,
        memory=okr.rulebook.BreachMemory.EVER,
        withheld="not yet",
        stale_after_intervals=3,
        settles_hard=False,
    ),
    okr.rulebook.SuggestionRule(
        okr.Ambition.ASPIRATIONAL, okr.rulebook.Bands([(rulebook.OTHERWISE, "carry")]), carries=True
    ),
    okr.rulebook.ClosingRule(
        grace_days=7,
        grace_cycles=0.5,
        restart=okr.rulebook.CarriedBaseline.ZERO,
        carried_until=okr.rulebook.CarriedUntil.SUCCESS,
        suggestions=[
            okr.rulebook.SuggestionRule(None, okr.rulebook.Bands([(rulebook.OTHERWISE, "modify")]))
        ],
    ),
    okr.rulebook.ReviewRule(
        alarms=["behind"],
        strengths=["done"],
        full=okr.AtLeast(0.9),
        full_run=2,
        confident_from=0.9,
        doubtful_to=0.1,
        early_share=0.25,
        instrumented_in_days=7,
        still_days=28,
        confidence_move=0.3,
        calls_within_days=7,
        looks_ahead_days=14,
        priorities=3,
    ),
    okr.RECOMMENDED,
    attrs.evolve(
        okr.RECOMMENDED,
        attainment=okr.rulebook.AttainmentRule(missing=0),
        roll_up=okr.rulebook.RollUpRule(missing=0),
        confidence=okr.rulebook.RollUpRule(missing=0),
        pacing=okr.rulebook.PacingRule(days=rulebook.DayCount.ELAPSED),
        guardrails=okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect.VETO),
        closing=okr.rulebook.ClosingRule(grace_days=7),
        review=okr.rulebook.ReviewRule(full_run=2),
        methods=[attrs.evolve(okr.RECOMMENDED, name="house")],
    ),
    okr.rulebook.diff_rulebooks(okr.RECOMMENDED, dialects.VIVA)[0],
    # scorecard
    _CARD,
    _CARD.objective("grow"),
    _CARD.key_result("arpa"),
    _CARD.guardrail("tickets"),
    _CARD.initiative("bundle"),
    _CARD.metric("nps"),
    _CARD.priority("profit"),
    _CARD.priority("profit").thresholds[0],
    okr.scorecard.Result(
        kind="metric",
        id="nps",
        title="Net promoter score",
        score=0.3,
        progress=0.3,
        status="held",
        confidence=0.5,
        coverage=1.0,
        why="read",
        no_score_reason=None,
        status_why="within its limits",
        computed_status="held",
        declared=None,
        owner=_ANA,
        last_check_in=_JOURNAL.entries[2],
        judged=None,
        original_score=None,
        adjusted_score=None,
        uncounted=(),
    ),
    _UNCOUNTED.key_result("arpa").uncounted[0],
    okr.scorecard.target_growth(_CARD, "nps-up"),
    _CARD.explain("grow"),
    _CARD.what_if({"arpa": 0.7}),
    _CARD.group_by("team")[0],
    _COMPARISON,
    _COMPARISON.movements[0],
    _COMPARISON.movements[0].causes[0],
    _COMPARISON.states[0],
    *_CARD.history("tickets"),
    _BESIDE,
    _BESIDE.deviations[0],
    # codec
    codec.score_columns(
        objectives=["o"], objective_of=["o"], baselines=[112], targets=[128], values=[120]
    ),
    _DOCUMENT,
    _DOCUMENT.unknown[0],
    _COLUMNS,
    _LOADED,
    _LOADED.problems[0],
    codec.COLUMNS["plan"][0],
    # testing
    testing.Attempt(okr.Person, (("name", ""),), "no name"),
    testing.Quarter(_PLAN, _JOURNAL, _DAY),
    # entries that do not count
    _UNCOUNTED,
    _UNCOUNTED.key_result("arpa"),
    _UNCOUNTED.journal,
)


def public_kind(value: Any) -> type[Any]:
    """Return the public class of a record: results of a scorecard are of private ones."""
    return next(kind for kind in type(value).__mro__ if not kind.__name__.startswith("_"))


EXAMPLES: Final[dict[type[Any], list[Any]]] = {}
for _example in _ALL:
    EXAMPLES.setdefault(public_kind(_example), []).append(_example)

#: Records that the library makes and nobody has to type: their constructors check kinds, see `_made`.
OUTPUTS: Final = frozenset(
    {
        okr.review.Agenda,
        okr.review.AgendaItem,
        okr.review.AgendaSection,
        okr.plan.TargetTotal,
        okr.calendar.CadenceAdvice,
        okr.scorecard.MovementCause,
        okr.plan.PlanDifference,
        okr.plan.Driver,
        okr.calendar.CadenceTraits,
        okr.review.ClosingSuggestion,
        okr.review.CycleFinding,
        okr.scorecard.Comparison,
        okr.scorecard.RulebookDeviation,
        okr.calendar.CadenceDifference,
        okr.review.DueItem,
        okr.scorecard.Explanation,
        codec.Column,
        codec.ColumnScores,
        codec.Document,
        codec.UnknownField,
        okr.scorecard.ObjectiveGroup,
        okr.codec.ImportResult,
        okr.codec.ImportProblem,
        testing.Attempt,
        testing.Quarter,
        okr.scorecard.GuardrailResult,
        okr.scorecard.InitiativeResult,
        okr.scorecard.KeyResultResult,
        okr.scorecard.PeriodResult,
        okr.journal.LifecycleStage,
        okr.scorecard.MetricResult,
        okr.scorecard.PriorityResult,
        okr.scorecard.ThresholdState,
        okr.review.ParkedObjective,
        okr.scorecard.ScoreMovement,
        okr.scorecard.StateMovement,
        okr.scorecard.TargetGrowth,
        okr.scorecard.DatedState,
        okr.scorecard.Uncounted,
        okr.scorecard.ObjectiveResult,
        okr.calendar.ScheduledRitual,
        okr.review.ReallocationWindow,
        okr.scorecard.Result,
        okr.review.RolloverItem,
        okr.review.Rollover,
        okr.rulebook.RuleDifference,
        okr.scorecard.RulebookComparison,
        okr.Scorecard,
        okr.plan.TargetShare,
    }
)


def rooms() -> dict[str, Any]:
    """Return the rooms of the house that are there, by name."""
    return {
        found.name: import_module(f"okrcore.{found.name}")
        for found in pkgutil.iter_modules(okr.__path__)
        if found.ispkg
    }


def public_names() -> dict[str, Any]:
    """Return everything public, by the shortest name it can be imported by."""
    found = {f"okrcore.{name}": getattr(okr, name) for name in okr.__all__}
    known = {id(value) for value in found.values()}
    for room, module in rooms().items():
        for name, value in vars(module).items():
            is_public = not name.startswith("_") and not hasattr(value, "__path__")
            is_module = type(value) is type(pkgutil)
            if is_public and not is_module and id(value) not in known:
                found[f"okrcore.{room}.{name}"] = value
    return found


def public_records() -> dict[str, type[Any]]:
    """Return every public attrs class, by its name."""
    return {
        name: value
        for name, value in public_names().items()
        if isinstance(value, type) and attrs.has(value)
    }
