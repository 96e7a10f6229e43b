"""Worked cases of decisions and verdicts, sentences, scopes, and pages; expected values are written by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from okrcore import display
from okrcore.errors import InconsistentPlanError
from okrcore.review import (
    CyclePattern,
    draft_post_mortem,
    list_due,
    look_back,
    make_agenda,
    roll_over,
    suggest_closing,
)
from okrcore.rulebook import BreachMemory

CALENDAR = okr.FiscalCalendar()
Q1, Q2, Q4 = (CALENDAR.quarter(2026, n) for n in (1, 2, 4))
END = Q3.end
C, A = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
D = okr.ClosingDecision
#: A day after the grace, which ends on 14 October.
LATER = day(10, 20)


def kr(id: str, measure: Any, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, **({"cycle": Q3} | more))


def plan(*objectives: okr.Objective, metrics: Any = ()) -> okr.Plan:
    return okr.Plan(objectives, metrics=metrics)


def log(*entries: Any) -> okr.Journal:
    return okr.Journal().add(*entries)


def read(on: date, **values: Any) -> Any:
    return okr.check_ins(on, values)


def card(plan: okr.Plan, journal: okr.Journal, on: date = END, **more: Any) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on, **more)


def codes(found: okr.Scorecard) -> set[CyclePattern]:
    return {finding.code for finding in look_back(found)}


def section(agenda: Any, title: str) -> list[str]:
    """Return the items of a section of an agenda."""
    rest = str(agenda).split(title.upper() + "\n")[1].split("\n\n")[0]
    return [line.strip() for line in rest.split("\n") if line.strip().startswith("- ")]


# --- a decision is no judgement, a status no verdict -------------------------------------------


def test_who_follows_the_advice_is_not_accused() -> None:
    grow = plan(goal("grow", kr("sales", okr.Reach(10)), ambition=A))
    journal = log(read(day(7, 6), sales=1), read(END, sales=8))
    advice = suggest_closing(card(grow, journal), "grow")
    assert advice.decision is D.CARRY
    closed = card(grow, journal.add(okr.Closing("grow", END, advice.decision)), day(10, 2))
    assert closed.objective("grow").verdict == "succeeded"
    assert look_back(closed) == ()


def test_a_judged_score_or_a_reason_is_a_finding_on_key_results() -> None:
    grow = plan(goal("grow", kr("sales", okr.Reach(10)), ambition=A))
    journal = log(read(day(7, 6), sales=1), read(END, sales=10))
    for closing, is_found in (
        (okr.Closing("grow", END, D.ABANDON), False),
        (okr.Closing("grow", END, D.DEFER), False),
        (okr.Closing("grow", END, D.ABANDON, because="nothing changed"), True),
        (okr.Closing("grow", END, D.CARRY, judged=0.2, because="nothing changed"), True),
    ):
        found = codes(card(grow, journal.add(closing), LATER))
        assert (CyclePattern.WRONG_KEY_RESULTS in found) is is_found


def test_key_results_of_a_stretch_have_outcomes() -> None:
    grow = plan(goal("grow", *(kr(id, okr.Increase(0, 100)) for id in "ab"), ambition=A))
    found = card(grow, log(read(END, a=75, b=57)), LATER)
    assert found.objective("grow").verdict == "progressed"
    assert [found.key_result(id).outcome for id in "ab"] == ["as far as a stretch asks", "short"]
    assert [found[id].status_why for id in "ab"] == [
        "75%: as far as a stretch asks",
        "57%: short of the 70% that a stretch asks for",
    ]
    assert "achieved" not in str(found)
    assert "missed" not in str(found)


def test_the_same_score_is_short_of_a_promise() -> None:
    grow = plan(goal("grow", kr("a", okr.Increase(0, 100)), ambition=C))
    found = card(grow, log(read(END, a=75)), LATER)
    assert found["a"].status_why == "75%: short of the 100% that a commitment asks for"
    assert found.objective("grow").verdict == "missed"


def test_no_second_word_stands_beside_a_verdict() -> None:
    found = card(plan(goal("grow", kr("a", okr.Reach(100)), ambition=A)), log(read(END, a=67)))
    grow = found.objective("grow")
    assert (grow.status, grow.verdict) == ("over", "progressed")
    assert (
        grow.status_why == "progressed so far, with 0.67; final numbers may come until 2026-10-14"
    )


@pytest.mark.parametrize(
    ("on", "value", "expected", "status"),
    [(day(8, 10), 42, 0.7 * 40 / 91, "ahead"), (day(8, 15), 38, 0.7 * 45 / 91, "on track")],
)
def test_the_expected_number_is_the_one_compared_with(
    on: date, value: float, expected: float, status: str
) -> None:
    """A stretch asks for 0.7 of the line, day 40 and 45 of 91."""
    grow = plan(goal("grow", kr("a", okr.Reach(100)), ambition=A))
    journal = log(read(on, a=value))
    found = card(grow, journal, on)
    assert found.objective("grow").status == status
    assert found.objective("grow").expected == pytest.approx(expected)
    assert okr.to_records(found)[0]["expected"] == pytest.approx(expected)
    series = next(iter(okr.evaluate_series(grow, journal, [on])))
    assert series.expected == pytest.approx(expected)


def test_an_experiment_is_scaled_iterated_or_stopped() -> None:
    weeks = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_TWO_WEEKS)
    micro = okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="people buy")
    pilot = plan(goal("pilot", kr("stores", okr.Reach(10)), ambition=A, cycle=weeks, trigger=micro))
    journal = log(read(weeks.end, stores=8))
    advice = suggest_closing(card(pilot, journal, weeks.end), "pilot")
    assert advice.decision in (D.SCALE, D.ITERATE, D.STOP)
    for decision in D:
        closing = okr.Closing("pilot", weeks.end, decision)
        if decision in (D.SCALE, D.ITERATE, D.STOP):
            assert okr.admit(pilot, journal, closing)
        else:
            with pytest.raises(InconsistentPlanError, match="scale, iterate or stop"):
                okr.admit(pilot, journal, closing)


def test_each_fact_of_a_close_has_its_word() -> None:
    key_results = kr("paying", okr.Increase(10, 20)), kr("reports", okr.Increase(30, 60))
    stay = plan(goal("stay", *key_results, ambition=A))
    journal = log(read(END, paying=16.2, reports=57))
    found = card(stay, journal)
    assert found.objective("stay").verdict == "succeeded"
    assert [found[id].status for id in ("paying", "reports")] == ["over", "over"]
    outcomes = [found.key_result(id).outcome for id in ("paying", "reports")]
    assert outcomes == ["short", "as far as a stretch asks"]
    assert suggest_closing(found, "stay").decision == "carry"
    assert roll_over(stay, journal, as_of=day(10, 2), cycle=Q4).items[0].fate == "carried"


# --- a sentence is of one moment ---------------------------------------------------------------

UPTIME = okr.Guardrail("up", "Uptime", okr.AtLeast(99.5), hard=True, unit="%")
HEALED = (
    "99.1% on 2026-08-10 was outside its limit (at least 99.5%); within it since 2026-09-30; "
    "hard, so it counts"
)


def test_a_sentence_on_a_breach_has_the_reading_that_broke_it() -> None:
    ship = plan(goal("ship", kr("a", okr.Reach(10)), ambition=C, guardrails=[UPTIME]))
    journal = log(read(day(8, 3), up=99.9), read(day(8, 10), up=99.1), read(END, a=10, up=99.9))
    found = card(ship, journal)
    assert found.guardrail("up").status_why == HEALED
    breached = [f.words for f in look_back(found) if f.code is CyclePattern.GUARDRAIL_BREACHED]
    assert breached == [f"Uptime: {HEALED}"]


def test_a_breach_that_is_kept_for_ever_has_its_reading() -> None:
    tickets = okr.Guardrail("t", "Tickets", okr.AtMost(85))
    ship = plan(goal("ship", kr("a", okr.Reach(10)), ambition=C, guardrails=[tickets]))
    rules = evolve(okr.RECOMMENDED.guardrails, memory=BreachMemory.EVER)
    journal = log(read(day(8, 10), t=92), read(day(8, 17), t=80), read(END, a=10, t=80))
    found = card(ship, journal, rulebook=evolve(okr.RECOMMENDED, guardrails=rules))
    assert found.guardrail("t").status_why == (
        "92 on 2026-08-10 was outside its limit (at most 85); within it since 2026-08-17; "
        "every breach counts"
    )


def test_a_judgement_settles_a_guardrail() -> None:
    ship = plan(goal("ship", kr("a", okr.Reach(10)), ambition=C, guardrails=[UPTIME]))
    journal = log(read(day(8, 10), up=99.1), read(END, a=10, up=99.9))
    before = card(ship, journal).objective("ship")
    assert before.verdict == "success withheld"
    assert before.status_why == "score 1.00; settle the guardrail first: up is breached"
    settled = okr.Judgement("up", day(10, 1), status="held", because="the provider's outage")
    found = card(ship, okr.admit(ship, journal, settled), day(10, 2))
    after = found.objective("ship")
    assert after.verdict == "delivered"
    assert after.status_why.endswith("up settled on 2026-10-01: the provider's outage")
    assert CyclePattern.GUARDRAIL_BREACHED in codes(found)
    strict = evolve(
        okr.RECOMMENDED, guardrails=evolve(okr.RECOMMENDED.guardrails, settles_hard=False)
    )
    unsettled = card(ship, journal.add(settled), day(10, 2), rulebook=strict).objective("ship")
    assert unsettled.verdict == "success withheld"
    assert "settle the guardrail first" not in unsettled.status_why


def test_a_breach_is_the_first_signal() -> None:
    safe = plan(goal("safe", kr("holes", okr.Decrease(14, 0)), ambition=C, guardrails=[UPTIME]))
    mondays = [day(7, 6) + timedelta(weeks=week) for week in range(13)]
    holes = (12, 10, 8, 7, 6, 4, 3, 2, 1, 1, 1, 1, 1)
    journal = log(
        *(
            read(on, holes=left, up=99.0 if on == day(8, 10) else 99.9)
            for on, left in zip(mondays, holes, strict=True)
        )
    )
    assert draft_post_mortem(card(safe, journal, day(10, 1)), "safe").first_signal == day(8, 10)


@pytest.mark.parametrize("ritual", ["close", "weekly"])
def test_no_guardrails_are_no_guardrails_that_hold(ritual: str) -> None:
    grow = plan(goal("grow", kr("a", okr.Reach(10)), ambition=C))
    page = str(make_agenda(grow, log(read(END, a=10)), as_of=END, ritual=ritual))
    assert "- no guardrails" in page
    assert "hold" not in page


# --- the horizon of a view ---------------------------------------------------------------------


def test_a_scope_lists_this_quarter() -> None:
    place = okr.Place(team="Operations")
    quarters = [
        goal(f"ops{n}", kr(f"k{n}", okr.Reach(10)), cycle=cycle, ambition=C, place=place)
        for n, cycle in enumerate((Q1, Q2, Q3), 1)
    ]
    closings = [okr.Closing(f"ops{n}", c.end, D.ACHIEVED) for n, c in enumerate((Q1, Q2), 1)]
    entries = read(Q1.end, k1=10), read(Q2.end, k2=10), read(day(8, 14), k3=3)
    whole = card(plan(*quarters), log(*entries, *closings), day(8, 14))
    for view in (whole.where(cycle=Q3), whole.where(running=True), whole.where(ids=["ops3"])):
        (group,) = view.group_by("team")
        assert (group.name, group.n) == ("Operations", 1)
        assert group.mean_score == pytest.approx(0.3)
        assert [row["id"] for row in okr.to_records(view)] == ["ops3", "k3"]
        assert "ops1" not in str(view)
        assert view.objective("ops1").score == 1.0
    (group,) = whole.group_by("team")
    assert group.n == 3
    assert group.mean_score == pytest.approx(2.3 / 3)


def test_teams_are_in_teams() -> None:
    growth, product = okr.Team("Growth", within="Product"), okr.Team("Product", within="Tech")
    tech = plan(
        goal("g", kr("a", okr.Reach(10)), place=okr.Place(team=growth)),
        goal("p", kr("b", okr.Reach(10)), place=okr.Place(team=product)),
    )
    assert [each.id for each in tech.where(team="Product")] == ["g", "p"]
    found = card(tech, log(read(day(8, 1), a=2, b=8)), day(8, 1))
    apart = {group.name: group.mean_score for group in found.group_by("team")}
    assert apart == {"Product": pytest.approx(0.8), "Growth": pytest.approx(0.2)}
    rolled = {group.name: group for group in found.group_by("team", with_containing=True)}
    assert rolled["Product"].n == 2
    assert rolled["Product"].mean_score == pytest.approx(0.5)
    assert "with teams within it" in repr(rolled["Product"])


CHURN = okr.Guardrail("c", "Churn", okr.AtMost(3), metric="churn")


def test_a_living_metric_keeps_its_value_over_the_start() -> None:
    metric = okr.Metric("churn", "Churn", health=okr.AtMost(3))
    key_result = kr("a", okr.Reach(10))
    grow = plan(goal("grow", key_result, ambition=C, guardrails=[CHURN]), metrics=[metric])
    journal = log(read(day(6, 30), churn=2.4), read(END, a=10))
    first = card(grow, journal, Q3.start)
    for result in (first.metric("churn"), first.guardrail("c")):
        assert (result.state, result.reading, result.read_on) == ("held", 2.4, day(6, 30))
        assert (
            result.status_why == "2.4 on 2026-06-30, before the cycle, within its limit (at most 3)"
        )
    assert card(grow, journal, END).objective("grow").verdict == "success withheld"


def test_a_total_starts_anew() -> None:
    total = okr.Metric("churn", "Churn", aggregation=okr.Aggregation.SUM)
    grow = plan(goal("grow", kr("a", okr.Reach(10)), guardrails=[CHURN]), metrics=[total])
    found = card(grow, log(read(day(6, 30), churn=2.4)), Q3.start)
    assert found.guardrail("c").state == "unknown"


def test_the_expected_line_starts_with_the_cycle() -> None:
    grow = plan(goal("grow", kr("arpa", okr.Increase(112, 128)), ambition=C))
    journal = log(read(day(8, 14), arpa=120))
    days = [Q3.start, day(7, 15), day(8, 26), END]
    series = list(okr.evaluate_series(grow, journal, days))
    for id in ("grow", "arpa"):
        line = [point.expected for point in series if point.id == id]
        assert line == pytest.approx([0, 14 / 91, 56 / 91, 1])


def test_all_that_has_rows_has_records() -> None:
    one = plan(goal("o", kr("k", okr.Reach(10)), owner="Ana"))
    found = card(one, log(read(day(8, 1), k=5)), day(8, 1))
    *_, due = okr.to_records(
        list_due(one, log(read(day(8, 1), k=5)), as_of=day(8, 3), ahead_days=0)
    )
    assert due == {
        "what": "check-in",
        "of": "k",
        "on": day(8, 3),
        "state": "due",
        "days_late": 0,
        "owner": "Ana",
        "also": None,
        "owner_id": None,
    }
    (group,) = okr.to_records(found.group_by("team"))
    assert (group["name"], group["n"], group["mean_score"], group["ids"]) == (None, 1, 0.5, "o")
    compared = okr.compare(found, card(one, log(), day(8, 1)))
    moved = okr.to_records(compared)
    assert moved == okr.to_records(compared.movements)
    assert [(row["id"], row["after"], row["causes"]) for row in moved] == [
        ("o", 0.5, "reading"),
        ("k", 0.5, "reading"),
    ]
    late = card(plan(goal("o", kr("k", okr.Reach(10)), ambition=C)), log(read(END, k=5)), LATER)
    assert {row["code"] for row in okr.to_records(look_back(late))} == set(codes(late))
    rows = [{"Objective": "O", "OKR Type": "x", "Key Result": "K", "Target": "10"}]
    (problem,) = okr.to_records(okr.read_rows(rows).problems)
    assert (problem["row"], problem["line"], problem["column"]) == (1, 2, "OKR Type")
    assert okr.to_records(()) == []
    mixed: Any = [*list_due(one, log(), as_of=day(8, 3))[:1], 5]
    with pytest.raises(okr.InvalidValueError, match=r"x\[1\].*give a DueItem"):
        okr.to_records(mixed)


# --- pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("objective", "entries", "on", "status", "why"),
    [
        (goal("o", kr("k", okr.Reach(10))), read(END, k=8), END, "over", "no ambition, so no"),
        (
            goal("o", kr("k", okr.Reach(10)), cycle=None),
            read(day(8, 1), k=8),
            day(8, 1),
            "unknown",
            "no cycle, so no pace",
        ),
        (
            goal("o", kr("k", okr.Reach(10))),
            read(day(7, 3), k=1),
            day(7, 5),
            "unknown",
            "too early: 4% of the cycle is over",
        ),
        (
            goal("o", kr("k", okr.Judged())),
            read(day(8, 14), k=0.5),
            day(8, 15),
            "unknown",
            "no expected progress for this measure, and no confidence given",
        ),
        (
            goal("o", kr("k", okr.Reach(10))),
            [okr.Closing("o", END, D.ABANDON)],
            day(10, 10),
            "closed",
            "closed, without a score",
        ),
    ],
)
def test_the_reason_of_a_status_is_on_every_page(
    objective: okr.Objective, entries: Any, on: date, status: str, why: str
) -> None:
    found = card(plan(objective), log(*entries), on)
    assert found["o"].status == found["k"].status == status
    assert why in found["o"].status_why
    assert why in found["k"].status_why
    pages = display.scorecard_text, display.scorecard_markdown, display.scorecard_html
    for page in pages:
        assert " ".join(page(found).split()).count(why) == 2


def test_a_series_explains_its_own_fall() -> None:
    two = plan(goal("o", kr("a", okr.Reach(10)), kr("b", okr.Reach(10))))
    journal = log(*read(day(7, 15), a=1), *read(day(8, 1), b=0))
    series = okr.evaluate_series(two, journal, [day(7, 20), day(8, 2)])
    rows = [row for row in okr.to_records(series) if row["id"] == "o"]
    assert [(row["score"], row["coverage"]) for row in rows] == [(0.1, 0.5), (0.05, 1.0)]
    assert {"title", "kind", "status"} <= rows[0].keys()


def test_a_page_of_a_close_has_no_claim_on_nothing() -> None:
    one = plan(goal("o", kr("k", okr.Reach(10))))
    page = make_agenda(one, log(), as_of=END, ritual="close")
    assert section(page, "Open guardrails") == ["- no guardrails"]
    assert section(page, "Missed promises") == ["- no promises"]


def test_a_reading_of_before_the_cycle_is_named() -> None:
    found = card(plan(goal("o", kr("k", okr.Reach(10)))), log(read(day(4, 3), k=8)), day(8, 1))
    assert found["k"].why == ("one reading, of 2026-04-03, before the cycle starts on 2026-07-01")
    assert [each.why for each in found["k"].uncounted] == ["before the cycle starts on 2026-07-01"]


def test_a_row_of_a_problem_has_the_line_of_a_spreadsheet() -> None:
    rows = [{"Objective": "O", "OKR Type": "x", "Key Result": "K", "Target": "10"}]
    (problem,) = okr.read_rows(rows).problems
    assert str(problem).startswith("row 1 (line 2), OKR Type: 'x'")


def test_advice_after_a_success_names_its_rule() -> None:
    one = plan(goal("o", kr("a", okr.Reach(100)), ambition=A))
    page = make_agenda(one, log(read(END, a=76)), as_of=END, ritual="close")
    assert section(page, "Results") == ["- o: score 0.76; verdict succeeded"]
    text = " ".join(str(page).split())
    assert (
        "decision suggested: carry, because of a score of 0.76 (succeeded; carried until 1.0"
        in text
    )


def test_a_range_is_named_as_one_of_final_scores() -> None:
    one = plan(goal("o", *(kr(id, okr.Reach(100)) for id in "abc"), ambition=A))
    text = " ".join(str(card(one, log(read(day(8, 1), a=12)), day(8, 1))).split())
    assert "33% measured; final score between 0.04 and 0.71" in text
