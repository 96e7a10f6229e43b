"""What a type checker knows of every public function, method and property. Read by checkers, never run.

A parameter named for its class carries the class; `test_types.py` finds what is missing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal, assert_type

from hypothesis.strategies import SearchStrategy

import okrcore as okr
from okrcore import codec, display, rulebook, testing
from okrcore.calendar import rhythm_of
from okrcore.journal import Entry
from okrcore.plan import Bound, Item, Measure, ReadingLike
from okrcore.rulebook.bands import Band


def of_functions(plan: okr.Plan, journal: okr.Journal, day: date) -> None:
    assert_type(okr.evaluate(plan, journal, as_of=day), okr.Scorecard)
    assert_type(okr.evaluate(plan, journal, as_of=day, strict=False), okr.Scorecard)
    assert_type(okr.evaluate_series(plan, journal, [day]), Iterator[okr.scorecard.DayScore])
    assert_type(okr.admit(plan, journal, okr.CheckIn("arpa", day, 120)), okr.Journal)
    assert_type(okr.check_ins(day, {"arpa": 120, "shipped": True}), Sequence[okr.CheckIn])
    assert_type(okr.RECOMMENDED, okr.Rulebook)
    assert_type(journal.effective(plan, on=day), okr.Plan)
    assert_type(okr.diff(plan, plan), tuple[okr.plan.PlanDifference, ...])
    assert_type(okr.plan.reword(plan, plan), okr.Plan)
    assert_type(
        okr.adjustments(plan, journal, plan, on=day, because="the port closed", decided=day),
        tuple[okr.Adjustment, ...],
    )
    assert_type(okr.journal.misfits(plan, journal), tuple[okr.journal.Misfit, ...])
    assert_type(
        okr.journal.unexplained_changes(plan, plan, journal, on=day),
        tuple[okr.plan.PlanDifference, ...],
    )
    assert_type(
        okr.journal.correct(plan, journal, plan.objective("grow"), rewrites_history_ok=True),
        okr.Plan,
    )
    assert_type(okr.review.list_due(plan, journal, as_of=day), tuple[okr.review.DueItem, ...])
    assert_type(
        okr.compare_rulebooks(plan, journal, as_of=day, rulebooks=[okr.RECOMMENDED]),
        okr.scorecard.RulebookComparison,
    )


def of_amounts(plan: okr.Plan, amount: okr.plan.TargetTotal, share: okr.plan.TargetShare) -> None:
    assert_type(okr.plan.total_targets(plan, "grow"), tuple[okr.plan.TargetTotal, ...])
    assert_type(amount.short_of(1_000_000), float)
    assert_type(amount.unit, okr.Unit | None)
    assert_type(okr.plan.split_target(plan, "arpa"), tuple[okr.plan.TargetShare, ...])
    assert_type(share.share, float | None)


def of_drivers(plan: okr.Plan) -> None:
    assert_type(okr.plan.driver_tree(plan, "revenue"), tuple[okr.plan.Driver, ...])


def of_comparison(
    card: okr.Scorecard,
    comparison: okr.scorecard.Comparison,
    movement: okr.scorecard.ScoreMovement,
    cause: okr.scorecard.MovementCause,
) -> None:
    assert_type(okr.compare(card, card), okr.scorecard.Comparison)
    assert_type(comparison.of("grow"), okr.scorecard.ScoreMovement | None)
    assert_type(list(comparison), list[okr.scorecard.ScoreMovement])
    assert_type(comparison.states, tuple[okr.scorecard.StateMovement, ...])
    assert_type(movement.change, float | None)
    assert_type(movement.causes, tuple[okr.scorecard.MovementCause, ...])
    assert_type(cause.by, okr.scorecard.CauseKind)
    assert_type(cause.change, float | None)
    assert_type(display.comparison_text(comparison), str)
    assert_type(display.comparison_markdown(comparison), str)
    assert_type(display.comparison_html(comparison), str)
    assert_type(okr.display.format_shares(card.shares("grow"), digits=1), dict[str, float])


def of_display(
    card: okr.Scorecard,
    explanation: okr.scorecard.Explanation,
    rulebooks: okr.scorecard.RulebookComparison,
) -> None:
    assert_type(display.rulebooks_text(rulebooks), str)
    assert_type(display.rulebooks_markdown(rulebooks), str)
    assert_type(display.rulebooks_html(rulebooks), str)
    assert_type(display.scorecard_text(card), str)
    assert_type(display.scorecard_markdown(card), str)
    assert_type(display.scorecard_html(card), str)
    assert_type(display.explanation_text(explanation), str)
    assert_type(display.explanation_markdown(explanation), str)
    assert_type(display.explanation_html(explanation), str)


def of_rulebooks_side_by_side(
    beside: okr.scorecard.RulebookComparison, found: okr.scorecard.RulebookDeviation
) -> None:
    assert_type(beside.cards, tuple[okr.Scorecard, ...])
    assert_type(beside.as_of, date)
    assert_type(beside.deviations, tuple[okr.scorecard.RulebookDeviation, ...])
    assert_type(beside.of("grow"), tuple[okr.scorecard.RulebookDeviation, ...])
    assert_type(found.first, float | str | None)
    assert_type(found.change, float | None)
    assert_type(found.rules, tuple[tuple[okr.rulebook.RuleDifference, ...], ...])


def of_scorecard(card: okr.Scorecard) -> None:
    result = card["grow"]
    assert_type(result, okr.scorecard.Result)
    # No cast is needed for what every answer has.
    assert_type(
        result.kind,
        Literal["objective", "key result", "guardrail", "initiative", "metric", "priority"],
    )
    assert_type(result.id, str)
    assert_type(result.score, float | None)
    assert_type(result.progress, float | None)
    assert_type(result.status, str)
    assert_type(result.confidence, float | None)
    assert_type(result.coverage, float | None)
    assert_type(result.why, okr.words.Reason)
    assert_type(card.objective("grow"), okr.scorecard.ObjectiveResult)
    assert_type(card.key_result("arpa"), okr.scorecard.KeyResultResult)
    assert_type(card.guardrail("tickets"), okr.scorecard.GuardrailResult)
    assert_type(card.initiative("bundle"), okr.scorecard.InitiativeResult)
    assert_type(card.metric("nps"), okr.scorecard.MetricResult)
    assert_type(card.priority("mid"), okr.scorecard.PriorityResult)
    assert_type(okr.scorecard.target_growth(card, "arpa"), okr.scorecard.TargetGrowth)
    assert_type(card.explain("grow"), okr.scorecard.Explanation)
    assert_type(card.history("tickets"), tuple[okr.scorecard.DatedState, ...])
    assert_type(card.grade("grade", "grow"), str | None)
    assert_type(card.shares("grow"), dict[str, float])
    assert_type(card.columns("id", "score", kind="objective"), dict[str, list[Any]])
    assert_type(card.group_by("team"), tuple[okr.scorecard.ObjectiveGroup, ...])
    assert_type(card.where(team="Growth", running=True), okr.Scorecard)
    assert_type(card.listed, tuple[okr.Objective, ...])
    assert_type(card.what_if({"arpa": 0.9}), okr.Scorecard)
    assert_type(card.sensitivity("grow"), tuple[tuple[str, float], ...])
    assert_type(card.problems, tuple[okr.OkrError, ...])
    assert_type(card.plan_in_force, okr.Plan)
    assert_type("grow" in card, bool)
    assert_type(len(card), int)
    for objective in card:
        assert_type(objective, okr.scorecard.ObjectiveResult)
        assert_type(objective.score_range, tuple[float, float] | None)
        assert_type(objective.breached_guardrails, tuple[str, ...])
        assert_type(objective.verdict, str | None)
        assert_type(objective.original_verdict, str | None)
        assert_type(objective.adjusted_verdict, str | None)


def of_differences(difference: okr.plan.PlanDifference, misfit: okr.journal.Misfit) -> None:
    assert_type(difference.field, str)
    assert_type(difference.before, object)
    assert_type(difference.counts, bool)
    assert_type(misfit.fault, okr.OkrError)


def of_explanation(explanation: okr.scorecard.Explanation) -> None:
    assert_type(explanation.edges, tuple[float, ...])
    assert_type(explanation.parts, tuple[okr.scorecard.Explanation, ...])
    assert_type(explanation.recompute(), float | str | date | None)
    assert_type(explanation.walk(depth=2), Iterator[tuple[int, okr.scorecard.Explanation]])


def of_plan(plan: okr.Plan, objective: okr.Objective) -> None:
    assert_type(plan.items, Mapping[str, Item])
    assert_type(plan.homes, Mapping[str, okr.Objective])
    assert_type(plan.each(), Iterator[Item])
    assert_type(plan.objective("grow"), okr.Objective)
    assert_type(plan.key_result("arpa"), okr.KeyResult)
    assert_type(plan.guardrail("tickets"), okr.Guardrail)
    assert_type(plan.initiative("bundle"), okr.Initiative)
    assert_type(plan.metric("nps"), okr.Metric)
    assert_type(plan.priority("mid"), okr.plan.Priority)
    assert_type(plan.key_results_of(objective), tuple[tuple[okr.KeyResult, float], ...])
    assert_type(plan.children("grow"), tuple[okr.Objective, ...])
    assert_type(plan.parents("grow"), tuple[okr.Objective, ...])
    assert_type(plan.descendants("grow"), tuple[okr.Objective, ...])
    assert_type(plan.ancestors("grow"), tuple[okr.Objective, ...])
    assert_type(plan.roots(), tuple[okr.Objective, ...])
    assert_type(plan.orphans(), tuple[okr.Objective, ...])
    assert_type(plan.untraced(), tuple[okr.Objective, ...])
    assert_type(plan.alignments("grow"), tuple[tuple[okr.Objective, okr.Alignment], ...])
    assert_type(plan.unsupported(), tuple[okr.Objective, ...])
    assert_type(plan.depth("grow"), int)
    assert_type(plan.where(owner="Ana Ruiz", level=okr.Level.TEAM), tuple[okr.Objective, ...])
    assert_type(plan.put(objective), okr.Plan)
    assert_type(plan.put(okr.KeyResultRef("arpa"), into="grow"), okr.Plan)
    assert_type(plan.remove("arpa", "tickets"), okr.Plan)
    assert_type(plan.correct_measure("arpa", okr.Reach(10)), okr.Plan)
    assert_type(plan.subtree("grow", "team"), okr.Plan)
    assert_type(plan.micro_okrs("grow"), tuple[okr.Objective, ...])
    assert_type(plan.straddling(), tuple[tuple[okr.Objective, okr.Objective], ...])
    assert_type(plan.columns.key_results, Sequence[okr.KeyResult])
    assert_type(plan.cascade.children_first, tuple[Sequence[int], Sequence[int]])


def of_members(objective: okr.Objective, kr: okr.KeyResult, unit: okr.Unit) -> None:
    assert_type(objective.own_key_results, tuple[okr.KeyResult, ...])
    assert_type(objective.is_micro, bool)
    assert_type(objective.is_experiment, bool)
    assert_type(objective.parked, okr.Parked | None)
    assert_type(objective.supports, tuple[okr.Alignment, ...])
    assert_type(kr.owner, okr.Person | okr.Team | None)
    assert_type(kr.weight, float)
    assert_type(unit.format(3.8), str)
    assert_type(unit.bare(3.8), str)
    assert_type(unit.whole, float | None)
    # What a constructor takes is wider than what the field holds.
    assert_type(okr.KeyResult("a", "A", okr.Reach(10), owner="Ana", unit="USD"), okr.KeyResult)
    assert_type(okr.Objective("o", "O", supports=["co-1", okr.Alignment("co-2")]), okr.Objective)


def of_lines(
    line: okr.Increase
    | okr.Decrease
    | okr.FromTo
    | okr.Reach
    | okr.Relative
    | okr.Points
    | okr.Multiple,
) -> None:
    assert_type(line.ends(), tuple[float, float] | None)
    assert_type(line.ends(112.0), tuple[float, float] | None)
    assert_type(line.target_from(112.0), float | None)
    assert_type(line.allows(112.0), bool)
    assert_type(line.states_baseline, bool)


def of_bounds(
    bound: okr.AtLeast | okr.Above | okr.AtMost | okr.Below | okr.Between,
    one_sided: okr.AtLeast | okr.Above | okr.AtMost | okr.Below,
    high: okr.AtMost,
    past: okr.plan.PriorPeriod,
) -> None:
    assert_type(bound.is_open, bool)
    assert_type(one_sided.stated_limit(), float)
    assert_type(high.with_limit(85.0), okr.AtMost)
    assert_type(one_sided.with_limit(85.0), okr.AtLeast | okr.Above | okr.AtMost | okr.Below)
    assert_type(past.limit_from(80.0), float)
    assert_type(bound.holds(85.0), bool)
    assert_type(bound.margin(85.0), float)
    assert_type(bound.state(85.0), okr.plan.BoundState)
    assert_type(okr.Between.around(250, percent=10), okr.Between)


def of_scales(
    anchors: okr.Anchors, steps: okr.Steps, zones: okr.Zones, compound: okr.Compound
) -> None:
    assert_type(okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0), okr.Anchors)
    assert_type(anchors.knots, tuple[tuple[float, float], ...])
    assert_type(anchors.score_of(12), float)
    assert_type(anchors.value_of(0.5), float)
    assert_type(okr.Steps([(okr.Below(5), 1), (None, 0)]), okr.Steps)
    assert_type(steps.score_of(7.1), float | None)
    assert_type(okr.Zones({"fail": 0, "target": 0.7}), okr.Zones)
    assert_type(zones.labels, tuple[str, ...])
    assert_type(okr.Compound({"shipped": okr.PassFail(), "posts": okr.Reach(75)}), okr.Compound)
    assert_type(compound.names, tuple[str, ...])
    profile = okr.KeyResultProfile(attributes={"jira": "PAY-7", "points": 3, "done": False})
    assert_type(profile.attributes, tuple[tuple[str, str | float | bool], ...])


def of_deliverables(milestones: okr.Milestones, ratio: okr.Ratio) -> None:
    assert_type(okr.Milestones("a", okr.Milestone("b", 2)), okr.Milestones)
    assert_type(milestones.names, tuple[str, ...])
    assert_type(milestones.weight_of(["a"]), float)
    assert_type(ratio.value, float)


def of_calendar(
    calendar: okr.FiscalCalendar, cycle: okr.Cycle, period: okr.Period, day: date
) -> None:
    assert_type(calendar.year(2026), okr.Cycle)
    assert_type(calendar.half(2026, 1), okr.Cycle)
    assert_type(calendar.quarter(2026, 3), okr.Cycle)
    assert_type(calendar.month(2026, 12), okr.Cycle)
    assert_type(calendar.third(2026, 1), okr.Cycle)
    assert_type(calendar.period(2026, 13), okr.Cycle)
    assert_type(calendar.week(2026, 52), okr.Cycle)
    assert_type(calendar.years(2026, 2028), okr.Cycle)
    assert_type(calendar.cycle_of(day, okr.Cadence.QUARTERLY), okr.Cycle)
    assert_type(calendar.next_cycle(cycle), okr.Cycle)
    assert_type(calendar.previous_cycle(cycle), okr.Cycle)
    assert_type(calendar.cycles_between(day, day, okr.Cadence.QUARTERLY), tuple[okr.Cycle, ...])
    assert_type(okr.Cycle.starting(day, okr.Cadence.MONTHLY), okr.Cycle)
    assert_type(cycle.period, okr.Period)
    assert_type(cycle.is_micro, bool)
    assert_type(cycle.covers(cycle), bool)
    assert_type(cycle.split(okr.Cadence.MICRO_WEEK), tuple[okr.Cycle, ...])
    assert_type(cycle.cadence, okr.Cadence | None)
    assert_type(period.days, int)
    assert_type(period.middle, date)
    assert_type(period.covers(period), bool)
    assert_type(period.overlaps(period), bool)
    assert_type(day in period, bool)


def of_rhythms(
    rhythm: okr.calendar.Weekly | okr.calendar.Monthly | okr.calendar.EveryDays,
    every: okr.calendar.EveryDays,
    schedule: okr.calendar.Schedule,
    cycle: okr.Cycle,
    workdays: okr.calendar.Workdays,
    week: okr.calendar.WorkWeek,
    workday: okr.calendar.WorkdayOfMonth,
    day: date,
) -> None:
    assert_type(rhythm.first_due(day), date)
    assert_type(rhythm.next_due(None, day), date)
    assert_type(rhythm.dues(day, day), Iterator[date])
    assert_type(every.early_days, int)
    assert_type(rhythm_of(7), okr.calendar.Weekly | okr.calendar.Monthly | okr.calendar.EveryDays)
    assert_type(okr.calendar.Schedule.of(okr.Cadence.QUARTERLY), okr.calendar.Schedule)
    assert_type(
        schedule.occasions(cycle, workdays=workdays), tuple[okr.calendar.ScheduledRitual, ...]
    )
    assert_type(workdays.is_workday(day), bool)
    assert_type(okr.calendar.next_workday(day, workdays), date)
    assert_type(okr.calendar.count_workdays(cycle.period, workdays), int)
    assert_type(week.is_workday(day), bool)
    assert_type(week.count(day, day), int)
    assert_type(workday.days_in(cycle.period), tuple[date, ...])


def of_years_and_advice(
    end: okr.calendar.LastWeekday | okr.calendar.NearestWeekday,
    year: okr.calendar.WeekYear,
    appointment: okr.calendar.RitualSlot,
    cadence: okr.Cadence,
    cycle: okr.Cycle,
) -> None:
    assert_type(end.in_year(2026), date)
    assert_type(end.is_end_of_december, bool)
    assert_type(year.periods_of_quarters, tuple[int, ...])
    assert_type(year.spans_years, bool)
    assert_type(year.week_starts(2026), list[date])
    assert_type(year.period_starts(2026), list[date])
    assert_type(appointment.days_in(cycle), tuple[date, ...])
    assert_type(cadence.character, okr.calendar.CadenceTraits)
    assert_type(okr.calendar.recommend_cadence(horizon_days=90), okr.calendar.CadenceAdvice)


def of_codec(schedule: okr.calendar.Schedule, cycle: okr.Cycle, moment: datetime) -> None:
    assert_type(codec.to_icalendar(schedule, cycle, id="okr@example.org", stamped=moment), str)
    assert_type(codec.to_rrule(okr.calendar.EveryDays(7), until=cycle.end), str)


def of_documents(plan: okr.Plan, card: okr.Scorecard, body: object) -> None:
    assert_type(codec.dump(plan), dict[str, Any])
    assert_type(codec.to_json(plan, indent=1), str)
    assert_type(codec.load(body, okr.Plan), okr.Plan)
    assert_type(codec.load(body, okr.CheckIn, unknown="ignore"), okr.CheckIn)
    assert_type(codec.load(body), codec.Storable)
    assert_type(codec.from_json("{}", okr.Journal), okr.Journal)
    assert_type(codec.from_json(b"{}"), codec.Storable)
    assert_type(codec.load_document(body, okr.Plan), codec.Document[okr.Plan])
    assert_type(codec.load_document(body, okr.Plan).value, okr.Plan)
    assert_type(codec.load_document(body).unknown, tuple[codec.UnknownField, ...])
    assert_type(codec.report(card), dict[str, Any])
    assert_type(codec.json_schema(), dict[str, Any])
    assert_type(codec.to_tables(plan), dict[str, list[dict[str, Any]]])
    assert_type(codec.from_tables(body), okr.Plan)
    assert_type(plan.digest, str)
    assert_type(okr.codec.dump(plan), dict[str, Any])
    assert_type(
        codec.score_columns(
            objectives=["o"], objective_of=["o"], baselines=[None], targets=[1], values=[0.5]
        ),
        codec.ColumnScores,
    )


def of_rows_and_text(
    rows: Iterator[dict[str, str]], cycle: okr.Cycle, plan: okr.Plan, quantity: okr.plan.Quantity
) -> None:
    loaded = okr.read_rows(rows, columns=okr.codec.ColumnMap(objective=["Ziel"]), cycle=cycle)
    assert_type(loaded, okr.codec.ImportResult)
    assert_type(
        okr.read_rows([{"Goal": 5}], owners_are=okr.Team, on=cycle.end), okr.codec.ImportResult
    )
    assert_type(okr.read_text("O: Grow", cycle=cycle), okr.codec.ImportResult)
    assert_type(okr.write_text(plan), str)
    assert_type(codec.lost_in_text(plan), tuple[str, ...])
    assert_type(loaded.plan, okr.Plan)
    assert_type(loaded.journal, okr.Journal)
    assert_type(loaded.problems, tuple[okr.codec.ImportProblem, ...])
    assert_type(loaded.problems[0].column, str | None)
    assert_type(okr.to_records(plan), list[dict[str, codec.Scalar]])
    assert_type(codec.COLUMNS["plan"], tuple[codec.Column, ...])
    assert_type(okr.plan.parse_number("nine", decimal=","), okr.plan.Quantity)
    assert_type(quantity.value, float | okr.Ratio)
    assert_type(quantity.number, float)
    assert_type(quantity.unit, okr.Unit | None)


def of_problems(problem: okr.codec.ImportProblem) -> None:
    assert_type(problem.line, int)
    assert_type(problem.message, okr.words.Reason)
    assert_type(problem.sentence, okr.words.Reason)


def of_words(words: okr.words.Words, reason: okr.words.Reason, term: okr.words.Term) -> None:
    assert_type(words.write(reason), str)
    assert_type(words.phrase("list/pair", first="ARPA", last="Churn"), str)
    assert_type(words.term("status", "at risk"), str)
    assert_type(words.number("1,250.5"), str)
    assert_type(reason.code, str)
    assert_type(reason.values, Mapping[str, str | int | date | Sequence[Any]])
    assert_type(term.kind, str)


def of_strategies(plan: okr.Plan, kr: okr.KeyResult, measure: Measure) -> None:
    assert_type(testing.plans(max_objectives=2), SearchStrategy[okr.Plan])
    assert_type(testing.edited(plan), SearchStrategy[okr.Plan])
    assert_type(testing.revisions(plan, most=2), SearchStrategy[tuple[okr.Plan, ...]])
    assert_type(testing.objectives(), SearchStrategy[okr.Objective])
    assert_type(testing.key_results(measure=testing.measures()), SearchStrategy[okr.KeyResult])
    assert_type(testing.guardrails(), SearchStrategy[okr.Guardrail])
    assert_type(testing.metrics(), SearchStrategy[okr.Metric])
    assert_type(testing.measures(kinds=[okr.Reach]), SearchStrategy[Measure])
    assert_type(
        testing.lines(), SearchStrategy[okr.Increase | okr.Decrease | okr.FromTo | okr.Reach]
    )
    assert_type(testing.bounds(), SearchStrategy[Bound])
    assert_type(testing.readings(measure), SearchStrategy[ReadingLike])
    assert_type(testing.journals(plan), SearchStrategy[okr.Journal])
    assert_type(testing.check_ins_of(kr), SearchStrategy[okr.CheckIn])
    assert_type(testing.rulebooks(), SearchStrategy[okr.Rulebook])
    assert_type(testing.quarters(), SearchStrategy[testing.Quarter])
    assert_type(testing.cascades(), SearchStrategy[testing.Quarter])
    assert_type(testing.roll_up_rules(), SearchStrategy[okr.rulebook.RollUpRule])
    assert_type(testing.numbers(), SearchStrategy[float])
    assert_type(testing.weights(), SearchStrategy[float])
    assert_type(testing.days(), SearchStrategy[date])
    assert_type(testing.records(okr.Place), SearchStrategy[okr.Place])
    assert_type(testing.hostile_plans(), SearchStrategy[testing.Attempt])


def of_attempts_and_machines(
    attempt: testing.Attempt,
    quarter: testing.Quarter,
    machine: testing.JournalMachine,
    entry: okr.CheckIn,
) -> None:
    assert_type(attempt.make(), object)
    assert_type(quarter.evaluate(rulebook=okr.RECOMMENDED), okr.Scorecard)
    assert_type(machine.plans(), SearchStrategy[okr.Plan])
    assert_type(machine.look(), okr.Scorecard)
    assert_type(machine.record(entry), None)
    assert_type(machine.start, Callable[..., None])
    assert_type(machine.check_in, Callable[..., None])
    assert_type(machine.turn_to, Callable[..., None])
    assert_type(machine.scores_are_those_of_the_model, Callable[[], None])


def of_journal(journal: okr.Journal, plan: okr.Plan, day: date) -> None:
    assert_type(journal.add(okr.CheckIn("arpa", day, 120)), okr.Journal)
    assert_type(journal.add(okr.check_ins(day, {"arpa": 120})), okr.Journal)
    assert_type(okr.Journal.from_columns(["arpa"], [day], [120]), okr.Journal)
    assert_type(journal.entries, Sequence[Entry])
    assert_type(journal.as_of(day), okr.Journal)
    assert_type(journal.known_at(datetime(2026, 8, 14, tzinfo=UTC)), okr.Journal)
    assert_type(journal.lifecycle("grow", on=day), okr.journal.LifecycleStage)
    assert_type(journal.adjustments, tuple[okr.Adjustment, ...])
    assert_type(len(journal.refused_moves), int)
    assert_type(journal.only(plan), okr.Journal)
    assert_type(journal.keep(lambda entry: entry.of == "arpa"), okr.Journal)
    assert_type(journal.entries[0].by, okr.Person | okr.Team | None)
    assert_type(journal.in_force[0].on, date)


def of_rulebook(
    rules: okr.Rulebook,
    verdict: rulebook.Verdict,
    learning: rulebook.LearningVerdict,
    clip: okr.rulebook.Clip,
    bands: okr.rulebook.Bands,
    pacing: okr.rulebook.PacingRule,
    review: okr.rulebook.ReviewRule,
    found: okr.rulebook.RuleDifference,
) -> None:
    assert_type(found.path, str)
    assert_type(found.a, object)
    assert_type(rules.edges(okr.Ambition.COMMITTED), tuple[float, ...])
    assert_type(rules.verdict_for(okr.Ambition.COMMITTED), rulebook.Verdict | None)
    assert_type(rules.grade("grade", 0.7), str | None)
    assert_type(rules.scale("grade"), okr.rulebook.Scale | None)
    assert_type(rules.method("house", "Objective('grow').method"), okr.Rulebook)
    assert_type(verdict.success, str)
    assert_type(learning.name(okr.ClosingDecision.SCALE), str)
    assert_type(clip.apply(0.7), float)
    assert_type(bands.band(0.7), Band | None)
    assert_type(bands.name(0.7), str | None)
    assert_type(pacing.share_for(None), float)
    assert_type(review.instrumented_within(91), int)
    assert_type(okr.rulebook.diff_rulebooks(rules, rules), tuple[okr.rulebook.RuleDifference, ...])


def of_review(
    plan: okr.Plan,
    journal: okr.Journal,
    card: okr.Scorecard,
    agenda: okr.review.Agenda,
    rolled: okr.review.Rollover,
    held: okr.PostMortem,
    cycle: okr.Cycle,
    day: date,
) -> None:
    assert_type(
        okr.review.make_agenda(plan, journal, as_of=day, ritual="close", of="grow"),
        okr.review.Agenda,
    )
    assert_type(agenda.section(okr.review.AgendaTopic.MOVEMENTS), okr.review.AgendaSection)
    assert_type(agenda.sections[0].items[0].owner, okr.Person | okr.Team | None)
    assert_type(
        okr.review.AGENDA_TEMPLATES, Mapping[okr.calendar.Ritual, okr.review.AgendaTemplate]
    )
    assert_type(display.agenda_text(agenda), str)
    assert_type(display.agenda_markdown(agenda), str)
    assert_type(display.agenda_html(agenda), str)
    assert_type(okr.review.describe_objective(plan, "grow"), okr.words.Reason)
    assert_type(okr.review.list_parked(card), tuple[okr.review.ParkedObjective, ...])
    assert_type(okr.review.list_without_kpis(card), tuple[okr.Objective, ...])
    assert_type(okr.review.list_sick_kpis(card), tuple[okr.scorecard.MetricResult, ...])
    assert_type(okr.review.draft_recovery(card, "nps", cycle=okr.Cycle(day, day)), okr.Objective)
    assert_type(
        okr.review.find_reallocation_window(card, budget=3_000_000), okr.review.ReallocationWindow
    )
    assert_type(okr.review.suggest_closing(card, "grow"), okr.review.ClosingSuggestion)
    assert_type(okr.review.suggest_closing(card, "grow").decision, okr.ClosingDecision | None)
    assert_type(okr.review.draft_post_mortem(card, "grow"), okr.PostMortem)
    assert_type(held.is_complete, bool)
    assert_type(okr.review.look_back(card, of=["grow"]), tuple[okr.review.CycleFinding, ...])
    assert_type(okr.review.roll_over(plan, journal, as_of=day, cycle=cycle), okr.review.Rollover)
    assert_type(rolled.plan, okr.Plan)
    assert_type(rolled.carried, tuple[okr.review.RolloverItem, ...])
    assert_type(rolled.parked, tuple[okr.review.RolloverItem, ...])
    assert_type(rolled.left, tuple[okr.review.RolloverItem, ...])
    assert_type(rolled.undecided, tuple[okr.review.RolloverItem, ...])


def of_closing_rules(
    closing: okr.rulebook.ClosingRule, suggestion: okr.rulebook.SuggestionRule
) -> None:
    assert_type(closing.grace_of(7), int)
    assert_type(closing.suggestion_for(okr.Ambition.COMMITTED), okr.rulebook.SuggestionRule | None)
    assert_type(suggestion.decision_for(0.7), okr.ClosingDecision | None)


def of_errors(
    error: okr.OkrError
    | okr.InvalidValueError
    | okr.InconsistentPlanError
    | okr.TransitionError
    | okr.DecodeError,
) -> None:
    assert_type(error.as_dict(), dict[str, object])
    assert_type(error.code, str)
    assert_type(error.path, str)
    assert_type(error.value, object)


def of_live(live: okr.LiveScorecard, entry: okr.CheckIn, day: date) -> None:
    assert_type(live.record(entry), tuple[okr.scorecard.ScoreChange, ...])
    assert_type(live.record(entry, entry), tuple[okr.scorecard.ScoreChange, ...])
    assert_type(live.replan(live.card.plan), tuple[okr.scorecard.ScoreChange, ...])
    assert_type(live.advance(day), tuple[okr.scorecard.ScoreChange, ...])
    for id, before, after in live.record(entry):
        assert_type(id, str)
        assert_type(before, float | None)
        assert_type(after, float | None)
    assert_type(live.score("grow"), float | None)
    assert_type(live.status("grow"), str)
    assert_type(live.card, okr.Scorecard)
    assert_type(live.journal, okr.Journal)
    assert_type(live.as_of, date)
