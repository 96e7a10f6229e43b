"""Breaches that people settle: a judgement `held` on a guardrail, with its reason.

Days, states and scores are worked out by hand. An objective is promised for 30 September, and reached in full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from okrcore.rulebook import BreachEffect, BreachMemory, GuardrailRule

END = Q3.end
OUTAGE = "the provider's outage"
UP = okr.Guardrail("up", "Uptime", okr.AtLeast(99.5), hard=True)
TICKETS = okr.Guardrail("tickets", "Tickets", okr.AtMost(85))
HELD, BREACHED, UNKNOWN, WARNING = (
    okr.plan.BoundState.HELD,
    okr.plan.BoundState.BREACHED,
    okr.plan.BoundState.UNKNOWN,
    okr.plan.BoundState.WARNING,
)


def plan(*rails: okr.Guardrail, metrics: Sequence[okr.Metric] = (), **more: Any) -> okr.Plan:
    given = {"cycle": Q3, "ambition": okr.Ambition.COMMITTED, **more}
    key_results = [okr.KeyResult("a", "A", okr.Reach(10))]
    return okr.Plan(
        [okr.Objective("ship", "Ship", key_results=key_results, guardrails=rails, **given)],
        metrics=metrics,
    )


def log(*entries: Any) -> okr.Journal:
    return okr.Journal().add(*entries)


def read(on: date, **values: Any) -> Any:
    return okr.check_ins(on, values)


def held(of: str, on: date, because: str = OUTAGE, **more: Any) -> okr.Judgement:
    return okr.Judgement(of, on, status="held", because=because, **more)


def card(
    plan: okr.Plan, journal: okr.Journal, on: date, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on, rulebook=rulebook)


def guarded(**rule: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, guardrails=GuardrailRule(**rule))


def refused(act: Callable[..., object], *args: Any) -> okr.OkrError:
    with pytest.raises(okr.OkrError) as caught:
        act(*args)
    return caught.value


SHIP = plan(UP)
BROKEN = log(read(day(8, 10), up=99.1), read(END, a=10, up=99.9))
SETTLED = okr.admit(SHIP, BROKEN, held("up", day(10, 1)))


# --- S26: settle the guardrail first ---------------------------------------------------------------


def test_a_settled_breach_no_longer_withholds_success() -> None:
    before, after = (card(SHIP, SETTLED, on).objective("ship") for on in (END, day(10, 1)))
    assert before.verdict == "success withheld"
    assert before.status_why == "score 1.00; settle the guardrail first: up is breached"
    assert after.verdict == "delivered"
    assert after.status_why == (
        "delivered with 1.00, as committed objectives close; up settled on 2026-10-01: the provider's outage"
    )
    assert (after.breached_guardrails, after.unknown_guardrails) == ((), ())


def test_a_settled_breach_stays_on_record() -> None:
    found = card(SHIP, SETTLED, day(10, 1)).guardrail("up")
    assert (found.state, found.status, found.computed_status) == (HELD, "held", "breached")
    assert (found.first_breach, found.first_breach_reading) == (day(8, 10), 99.1)
    assert (found.breaches, found.within_since) == (1, END)
    assert found.settled == held("up", day(10, 1))
    assert found.status_why == (
        "99.1 on 2026-08-10 was outside its limit (at least 99.5); within it since 2026-09-30; "
        "settled on 2026-10-01: the provider's outage"
    )


def test_explanations_and_displays_have_the_settlement() -> None:
    found = card(SHIP, SETTLED, day(10, 1))
    [guardrail, _] = found.explain("ship").remarks
    assert guardrail.endswith("settled on 2026-10-01: the provider's outage")
    words = " ".join(str(found).split())
    assert "settled on 2026-10-01: the provider's outage" in words
    assert "✗" not in words


def test_the_author_of_a_settlement_is_named() -> None:
    journal = okr.admit(SHIP, BROKEN, held("up", day(10, 1), by="Ana Ruiz"))
    why = card(SHIP, journal, day(10, 1)).objective("ship").status_why
    assert why.endswith("; up settled on 2026-10-01 by Ana Ruiz: the provider's outage")


def test_a_miss_stays_a_miss() -> None:
    journal = okr.admit(SHIP, BROKEN, okr.CheckIn("a", END, 9), held("up", day(10, 1)))
    found = card(SHIP, journal, day(10, 15)).objective("ship")
    assert (found.verdict, found.asks_for) == ("missed", "a post-mortem")
    assert found.status_why == "missed with 0.90, as committed objectives close"


def test_a_settlement_needs_no_hard_guardrail() -> None:
    journal = log(read(END, a=10, tickets=92), held("tickets", day(10, 1)))
    found = card(plan(TICKETS), journal, day(10, 1))
    assert found.objective("ship").verdict == "delivered"
    assert found.guardrail("tickets").status_why == (
        "92, outside its limit (at most 85), first on 2026-09-30; settled on 2026-10-01: the provider's outage"
    )


def test_a_micro_okr_is_settled_likewise() -> None:
    cycle = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_WEEK)
    micro = plan(TICKETS, cycle=cycle)
    journal = log(read(day(8, 9), a=10, tickets=92), held("tickets", day(8, 10)))
    verdicts = [card(micro, journal, day(8, n)).objective("ship").verdict for n in (9, 10)]
    assert verdicts == ["success withheld", "delivered"]


# --- unknown and stale -----------------------------------------------------------------------------


def test_a_guardrail_without_a_reading_is_settled() -> None:
    journal = log(read(END, a=10), held("tickets", day(10, 1), "the desk was closed"))
    found = card(plan(TICKETS), journal, day(10, 1))
    assert found.objective("ship").verdict == "delivered"
    rail = found.guardrail("tickets")
    assert (rail.state, rail.computed_status) == (HELD, "unknown")
    assert rail.status_why == "no reading; settled on 2026-10-01: the desk was closed"


def test_a_stale_guardrail_is_settled() -> None:
    journal = log(read(day(8, 20), tickets=80), read(END, a=10), held("tickets", day(10, 1)))
    rail = card(plan(TICKETS), journal, END).guardrail("tickets")
    assert (rail.state, rail.settled) == (UNKNOWN, None)
    rail = card(plan(TICKETS), journal, day(10, 1)).guardrail("tickets")
    assert (rail.state, rail.computed_status) == (HELD, "unknown")
    assert rail.status_why == (
        "last read on 2026-08-20, too long before the close; settled on 2026-10-01: the provider's outage"
    )


def test_a_reading_that_does_not_count_is_named_beside_the_settlement() -> None:
    journal = log(read(day(6, 20), tickets=80), read(END, a=10), held("tickets", END))
    rail = card(plan(TICKETS), journal, END).guardrail("tickets")
    assert rail.state is HELD
    assert rail.status_why == (
        "one reading, of 2026-06-20, before the cycle starts on 2026-07-01; "
        "settled on 2026-09-30: the provider's outage"
    )


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        # Breached, settled, and not read again: nobody looked for seven weeks.
        (
            [read(day(8, 10), tickets=92), held("tickets", day(8, 12))],
            "92, outside its limit (at most 85), first on 2026-08-10; settled on 2026-08-12: "
            "the provider's outage; nothing since 2026-08-12, too long before the close",
        ),
        (
            [held("tickets", day(8, 12)), read(day(8, 20), tickets=80)],
            "settled on 2026-08-12: the provider's outage; nothing since 2026-08-20, too long before the close",
        ),
        (
            [held("tickets", day(8, 12))],
            "settled on 2026-08-12: the provider's outage; nothing since 2026-08-12, too long before the close",
        ),
    ],
)
def test_a_settlement_gets_too_old_for_the_close(entries: list[Any], why: str) -> None:
    journal = log(*entries, read(END, a=10))
    assert card(plan(TICKETS), journal, day(9, 29)).guardrail("tickets").state is HELD
    found = card(plan(TICKETS), journal, END)
    assert found.guardrail("tickets").state is UNKNOWN
    assert found.guardrail("tickets").status_why == why
    assert found.objective("ship").verdict == "success withheld"


def test_a_settlement_two_weeks_before_the_close_is_not_too_old() -> None:
    journal = log(read(day(8, 10), tickets=92), held("tickets", day(9, 16)), read(END, a=10))
    assert card(plan(TICKETS), journal, END).guardrail("tickets").state is HELD
    journal = log(read(day(8, 10), tickets=92), held("tickets", day(9, 15)), read(END, a=10))
    assert card(plan(TICKETS), journal, END).guardrail("tickets").state is UNKNOWN


def test_a_warning_is_not_settled_away() -> None:
    zoned = okr.Guardrail("tickets", "Tickets", okr.AtMost(85, warn_at=80))
    journal = log(read(END, a=10, tickets=82), held("tickets", END))
    found = card(plan(zoned), journal, END).guardrail("tickets")
    assert (found.state, found.settled) == (WARNING, held("tickets", END))


# --- a later reading -------------------------------------------------------------------------------


def test_a_later_reading_outside_is_a_new_breach() -> None:
    journal = log(
        read(day(8, 10), tickets=92),
        held("tickets", day(8, 12)),
        read(day(9, 7), tickets=80),
        read(END, a=10, tickets=88),
    )
    states = [
        card(plan(TICKETS), journal, on).guardrail("tickets").state
        for on in (day(8, 10), day(8, 12), day(9, 7), END)
    ]
    assert states == [BREACHED, HELD, HELD, BREACHED]
    found = card(plan(TICKETS), journal, END)
    assert found.objective("ship").verdict == "success withheld"
    rail = found.guardrail("tickets")
    assert (rail.first_breach, rail.breaches) == (day(8, 10), 2)
    assert rail.status_why == (
        "88, outside its limit (at most 85), first on 2026-09-30; "
        "that of 2026-08-10 was settled on 2026-08-12: the provider's outage"
    )


def test_of_a_hard_guardrail_a_new_breach_counts_though_it_healed() -> None:
    journal = log(
        read(day(8, 10), up=99.1),
        held("up", day(8, 12)),
        read(day(9, 7), up=99.2),
        read(END, a=10, up=99.9),
    )
    found = card(SHIP, journal, END).guardrail("up")
    assert found.state is BREACHED
    assert found.status_why == (
        "99.2 on 2026-09-07 was outside its limit (at least 99.5); within it since 2026-09-30; "
        "hard, so it counts; that of 2026-08-10 was settled on 2026-08-12: the provider's outage"
    )
    again = journal.add(held("up", END, "settled with the customers"))
    assert card(SHIP, again, END).objective("ship").verdict == "delivered"


def test_a_new_breach_that_healed_is_told_beside_the_settlement() -> None:
    journal = log(
        held("tickets", day(7, 6)),
        read(day(9, 7), tickets=92),
        read(END, a=10, tickets=80),
    )
    found = card(plan(TICKETS), journal, END).guardrail("tickets")
    assert found.state is HELD
    assert found.status_why == (
        "92 on 2026-09-07 was outside its limit (at most 85); within it since 2026-09-30; "
        "before it settled on 2026-07-06: the provider's outage"
    )


def test_of_one_day_the_entry_written_later_governs() -> None:
    reading, act = okr.CheckIn("tickets", END, 92), held("tickets", END)
    done = okr.CheckIn("a", END, 10)
    for entries, state in (((reading, act), HELD), ((act, reading), BREACHED)):
        assert card(plan(TICKETS), log(done, *entries), END).guardrail("tickets").state is state


def test_moments_of_one_day_decide() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 9, 30, hour, tzinfo=UTC)

    reading = okr.CheckIn("tickets", END, 92, recorded=at(14))
    for hour, state in ((15, HELD), (13, BREACHED)):
        journal = log(held("tickets", END, recorded=at(hour)), reading)
        assert card(plan(TICKETS), journal, END).guardrail("tickets").state is state


def test_readings_in_columns_come_before_a_settlement_of_their_day() -> None:
    journal = okr.Journal.from_columns(["a", "tickets"], [END, END], [10, 92])
    journal = journal.add(held("tickets", END))
    assert card(plan(TICKETS), journal, END).objective("ship").verdict == "delivered"


def test_a_tighter_bound_after_the_settlement_is_a_new_breach() -> None:
    journal = log(
        read(day(9, 20), a=10, tickets=80),
        held("tickets", day(9, 21)),
        okr.Adjustment("tickets", day(9, 25), measure=okr.AtMost(75), because="a new contract"),
    )
    assert card(plan(TICKETS), journal, day(9, 24)).guardrail("tickets").state is HELD
    found = card(plan(TICKETS), journal, day(9, 25)).guardrail("tickets")
    assert (found.state, found.first_breach) == (BREACHED, day(9, 25))


def test_a_tighter_bound_before_the_settlement_is_settled() -> None:
    tighter = okr.Adjustment(
        "tickets", day(9, 25), measure=okr.AtMost(75), because="a new contract"
    )
    act = held("tickets", day(9, 25))
    entries = read(day(9, 20), a=10, tickets=80)
    for order, state in (((tighter, act), HELD), ((act, tighter), BREACHED)):
        journal = log(entries, *order)
        assert card(plan(TICKETS), journal, END).guardrail("tickets").state is state


def test_a_breach_that_was_settled_stays_so_under_another_bound() -> None:
    journal = log(
        read(day(9, 20), a=10, tickets=92),
        held("tickets", day(9, 21)),
        okr.Adjustment("tickets", day(9, 25), measure=okr.AtMost(90), because="a new contract"),
    )
    assert card(plan(TICKETS), journal, END).guardrail("tickets").state is HELD


@pytest.mark.parametrize(
    ("aggregation", "values", "states"),
    [
        # Six incidents are settled; a week without any makes no new breach, a seventh does.
        (okr.Aggregation.SUM, (6, 0, 1), (HELD, HELD, BREACHED)),
        (okr.Aggregation.MAXIMUM, (6, 2, 7), (HELD, HELD, BREACHED)),
        # Means of 6, 5.75 and 6.5.
        (okr.Aggregation.MEAN, (6, 5.5, 8), (HELD, HELD, BREACHED)),
    ],
)
def test_a_value_over_several_readings_is_breached_anew_if_it_worsens(
    aggregation: okr.Aggregation, values: Sequence[float], states: Sequence[object]
) -> None:
    calm = okr.Guardrail("calm", "Incidents", okr.AtMost(5), metric="incidents")
    metric = okr.Metric("incidents", "Incidents", aggregation=aggregation)
    days = (day(9, 7), day(9, 14), day(9, 21))
    journal = log(*[okr.CheckIn("incidents", *each) for each in zip(days, values, strict=True)])
    journal = journal.add(held("calm", day(9, 8)))
    rails = plan(calm, metrics=[metric])
    found = [
        card(rails, journal, on).guardrail("calm").state for on in (day(9, 8), days[1], days[2])
    ]
    assert found == [*states]


def test_of_a_remembered_total_the_first_rise_after_the_settlement_counts() -> None:
    calm = okr.Guardrail("calm", "Incidents", okr.AtMost(5), metric="incidents", hard=True)
    metric = okr.Metric("incidents", "Incidents", aggregation=okr.Aggregation.SUM)
    journal = log(
        okr.CheckIn("incidents", day(9, 7), 6),
        held("calm", day(9, 8)),
        okr.CheckIn("incidents", day(9, 14), 1),
        okr.CheckIn("incidents", day(9, 21), -3),
    )
    found = card(plan(calm, metrics=[metric]), journal, day(9, 21)).guardrail("calm")
    assert (found.reading, found.state) == (4, BREACHED)


# --- scores ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "before"),
    [(BreachEffect.CAP, 0.69), (BreachEffect.VETO, 0.0), (BreachEffect.AVERAGE, 0.5)],
)
def test_caps_and_vetoes_are_lifted_from_the_day_of_the_settlement(
    effect: BreachEffect, before: float
) -> None:
    book, rails = guarded(effect=effect), plan(TICKETS)
    journal = log(read(day(9, 21), a=10, tickets=92), held("tickets", day(9, 28)))
    days = (day(9, 27), day(9, 28), END)
    scores = [card(rails, journal, on, book).objective("ship").score for on in days]
    assert scores == [before, 1.0, 1.0]
    series = okr.evaluate_series(rails, journal, days, rulebook=book)
    assert [each.score for each in series if each.id == "ship"] == scores
    [moved] = okr.compare(card(rails, journal, END, book), card(rails, journal, days[0], book))
    assert (moved.id, moved.before, moved.after) == ("ship", before, 1.0)
    assert [cause.by for cause in moved.causes] == ["reading"]
    supposed = card(rails, journal, END, book).what_if({"a": 0.8}).objective("ship").score
    assert supposed == (0.9 if effect is BreachEffect.AVERAGE else 0.8)
    step = card(rails, journal, END, book).explain("ship")
    assert step.recompute() == 1.0


@pytest.mark.parametrize("effect", list(BreachEffect))
def test_a_live_scorecard_takes_a_settlement(effect: BreachEffect) -> None:
    book, rails = guarded(effect=effect), plan(TICKETS)
    for on in (day(9, 28), day(10, 1)):
        live = okr.LiveScorecard(rails, okr.Journal(), as_of=on, rulebook=book)
        live.record(*read(day(9, 21), a=10, tickets=92))
        before = live.status("ship"), live.score("ship")
        changes = live.record(held("tickets", day(9, 28)))
        now = card(rails, live.journal, on, book)
        assert live.card == now
        assert live.score("ship") == now.objective("ship").score == 1.0
        assert live.status("ship") == now.objective("ship").status
        assert [each.id for each in changes] == ([] if before[1] == 1.0 else ["ship"])
        live.record(okr.CheckIn("tickets", day(9, 28), 93))
        assert live.card.guardrail("tickets").state is BREACHED


def test_memory_of_the_rulebook_is_settled_like_that_of_a_hard_guardrail() -> None:
    book = guarded(memory=BreachMemory.EVER)
    journal = log(read(day(8, 10), tickets=92), read(END, a=10, tickets=80))
    found = card(plan(TICKETS), journal, END, book)
    assert found.objective("ship").verdict == "success withheld"
    settled = journal.add(held("tickets", END))
    assert card(plan(TICKETS), settled, END, book).objective("ship").verdict == "delivered"


# --- hard guardrails that nobody settles -------------------------------------------------------------

FIRM = guarded(settles_hard=False)


def test_a_rulebook_may_let_nobody_settle_a_hard_guardrail() -> None:
    found = card(SHIP, SETTLED, day(10, 1), FIRM)
    ship, rail = found.objective("ship"), found.guardrail("up")
    assert ship.verdict == "success withheld"
    assert ship.status_why == (
        "score 1.00; success is withheld: up is breached (hard, so it cannot be settled)"
    )
    assert (rail.state, rail.settled) == (BREACHED, None)
    assert rail.status_why.endswith("hard, so it counts")
    [left] = rail.uncounted
    assert (left.entry, left.on, left.reason) == ("judgement", day(10, 1), "cannot settle")
    assert left.why == "hard, and not to be settled under RECOMMENDED"
    advice = okr.review.suggest_closing(found, "ship")
    assert (advice.decision, advice.unsettled) == (None, ("up",))
    assert advice.because == "a score of 1.00, with a hard guardrail that does not hold: Uptime"


def test_others_are_settled_all_the_same() -> None:
    journal = log(read(END, a=10, tickets=92), held("tickets", END))
    assert card(plan(TICKETS), journal, END, FIRM).objective("ship").verdict == "delivered"
    both = card(plan(UP, TICKETS), log(read(END, a=10, tickets=92)), END, FIRM)
    assert both.objective("ship").status_why == (
        "score 1.00; success is withheld: up is unknown (hard, so it cannot be settled), tickets is breached"
    )


def test_an_unread_one_is_unread_though_somebody_judged_it() -> None:
    rail = card(SHIP, log(read(END, a=10), held("up", END)), END, FIRM).guardrail("up")
    assert (rail.state, rail.status_why) == (UNKNOWN, "no reading")


# --- reviews ---------------------------------------------------------------------------------------


def test_a_settled_breach_stays_in_the_retrospective() -> None:
    before, after = (
        [each for each in okr.review.look_back(card(SHIP, SETTLED, on)) if "up" in each.ids]
        for on in (END, day(10, 1))
    )
    [open_breach], [settled] = before, after
    assert open_breach.code == settled.code == "guardrail breached"
    assert open_breach.advice == "settle what it cost before the same pace goes on"
    assert settled.words == (
        "Uptime: 99.1 on 2026-08-10 was outside its limit (at least 99.5); within it since 2026-09-30; "
        "settled on 2026-10-01: the provider's outage"
    )
    assert settled.advice == "see that it does not come again"


def test_a_breach_that_healed_before_it_was_settled_saved_us() -> None:
    journal = log(read(day(8, 10), tickets=92), read(END, a=10, tickets=80), held("tickets", END))
    [found] = [
        each
        for each in okr.review.look_back(card(plan(TICKETS), journal, END))
        if "tickets" in each.ids
    ]
    assert found.code == "guardrail saved us"


def test_a_stale_guardrail_that_was_settled_saved_nobody() -> None:
    journal = log(read(day(7, 6), tickets=92), read(day(8, 3), tickets=80), read(END, a=10))
    journal = journal.add(held("tickets", END))
    found = card(plan(TICKETS), journal, END)
    assert found.guardrail("tickets").breaches == 1
    assert [each for each in okr.review.look_back(found) if "tickets" in each.ids] == []


def test_a_settled_breach_stays_the_first_signal() -> None:
    journal = SETTLED.add(okr.CheckIn("a", END, 9))
    draft = okr.review.draft_post_mortem(card(SHIP, journal, day(10, 5)), "ship")
    assert draft.first_signal == day(8, 10)


def test_the_first_signal_is_the_breach_not_the_last_day() -> None:
    """S27: the promise was missed by one, and its guardrail had been outside for one Monday in August."""
    safe = okr.Plan(
        [
            okr.Objective(
                "safe",
                "Safe",
                cycle=Q3,
                ambition=okr.Ambition.COMMITTED,
                key_results=[okr.KeyResult("holes", "Holes", okr.Decrease(14, 0))],
                guardrails=[UP],
            )
        ]
    )
    holes = (12, 10, 8, 7, 6, 4, 3, 2, 1, 1, 1, 1, 1)
    mondays = [date.fromordinal(day(7, 6).toordinal() + 7 * week) for week in range(13)]
    journal = log(
        *[
            read(on, holes=left, up=99.0 if on == day(8, 10) else 99.9)
            for on, left in zip(mondays, holes, strict=True)
        ]
    )
    for on in (day(10, 1), day(8, 10)):
        assert okr.review.draft_post_mortem(card(safe, journal, on), "safe").first_signal == day(
            8, 10
        )
    assert okr.review.draft_post_mortem(card(safe, journal, day(8, 9)), "safe").first_signal is None


def test_a_breach_that_healed_within_its_day_is_a_signal() -> None:
    """No day ends outside the limit; the record has the breach."""
    entries = [okr.CheckIn("tickets", day(7, 6), 92), okr.CheckIn("tickets", day(7, 6), 80)]
    journal = log(read(day(7, 6), a=9.9), *entries, read(END, a=9.9, tickets=80))
    draft = okr.review.draft_post_mortem(card(plan(TICKETS), journal, END), "ship")
    assert draft.first_signal == day(7, 6)


def test_a_breach_typed_after_the_end_is_a_signal() -> None:
    journal = log(read(END, a=10), okr.CheckIn("tickets", day(10, 2), 92))
    draft = okr.review.draft_post_mortem(card(plan(TICKETS), journal, day(10, 5)), "ship")
    assert draft.first_signal == day(10, 2)


def test_the_agenda_of_the_close_settles_what_is_open() -> None:
    sections = [
        str(okr.review.make_agenda(SHIP, SETTLED, as_of=on, ritual="close"))
        for on in (END, day(10, 1))
    ]
    before, after = (each.split("OPEN GUARDRAILS")[1] for each in sections)
    assert "breached: 99.1 on 2026-08-10" in " ".join(before.split())
    assert "all guardrails hold" in after
    assert "suggested: achieved" in " ".join(after.split())


# --- journals --------------------------------------------------------------------------------------


def test_a_settlement_is_corrected() -> None:
    journal = log(read(END, a=10, tickets=92), held("tickets", END, id="s"))
    assert card(plan(TICKETS), journal, END).objective("ship").verdict == "delivered"
    voided = okr.admit(plan(TICKETS), journal, okr.Correction("s"))
    assert card(plan(TICKETS), voided, END).objective("ship").verdict == "success withheld"


def test_a_settlement_is_known_from_its_moment_on() -> None:
    moment = datetime(2026, 10, 3, 9, tzinfo=UTC)
    journal = log(read(END, a=10, tickets=92), held("tickets", day(10, 1), recorded=moment))
    before = journal.known_at(datetime(2026, 10, 2, tzinfo=UTC))
    verdicts = [
        card(plan(TICKETS), each, day(10, 2)).objective("ship").verdict
        for each in (before, journal, journal.as_of(END), journal.only(plan(TICKETS)))
    ]
    assert verdicts == ["success withheld", "delivered", "success withheld", "delivered"]


def test_after_the_closing_it_is_refused() -> None:
    closed = okr.admit(SHIP, BROKEN, okr.Closing("ship", day(10, 1), okr.ClosingDecision.MODIFY))
    late = held("up", day(10, 5))
    fault = refused(okr.admit, SHIP, closed, late)
    assert (fault.code, "reopen it first" in fault.hint) == ("after-closing", True)
    # An entry that gets in by another way is listed, and changes nothing.
    found = card(SHIP, closed.add(late), day(10, 6))
    assert found.objective("ship").verdict == "success withheld"
    assert [each.reason for each in found.guardrail("up").uncounted] == ["after the closing"]
    reopened = okr.admit(
        SHIP, closed, okr.Transition("ship", day(10, 4), okr.Lifecycle.ACTIVE), late
    )
    assert card(SHIP, reopened, day(10, 6)).objective("ship").verdict == "delivered"


def test_a_settlement_before_the_closing_is_frozen_with_it() -> None:
    closed = okr.admit(SHIP, SETTLED, okr.Closing("ship", day(10, 2), okr.ClosingDecision.ACHIEVED))
    found = card(SHIP, closed, day(12, 1))
    assert found.objective("ship").verdict == "delivered"
    assert found.guardrail("up").settled == held("up", day(10, 1))


def test_on_the_day_of_the_closing_the_order_decides() -> None:
    closing = okr.Closing("ship", day(10, 1), okr.ClosingDecision.ACHIEVED)
    verdicts = [
        card(SHIP, BROKEN.add(*entries), day(10, 2)).objective("ship").verdict
        for entries in ((held("up", day(10, 1)), closing), (closing, held("up", day(10, 1))))
    ]
    assert verdicts == ["delivered", "success withheld"]
    calm = okr.Guardrail("calm", "Incidents", okr.AtMost(5), metric="incidents")
    rails = plan(calm, metrics=[okr.Metric("incidents", "Incidents")])
    read_ = log(read(END, a=10, incidents=6))
    verdicts = [
        card(rails, read_.add(*entries), day(10, 2)).objective("ship").verdict
        for entries in ((held("calm", day(10, 1)), closing), (closing, held("calm", day(10, 1))))
    ]
    assert verdicts == ["delivered", "success withheld"]


@pytest.mark.parametrize(
    ("given", "field", "hint"),
    [
        ({"status": "breached"}, "status", "give the status 'held'"),
        ({"status": "on track"}, "status", "give the status 'held'"),
        ({"score": 0.9}, "score", "a guardrail has a state and no score"),
        ({"score": 0.9, "status": "held"}, "score", "give the status 'held' alone"),
    ],
)
def test_any_other_judgement_of_a_guardrail_is_refused(
    given: dict[str, Any], field: str, hint: str
) -> None:
    act = okr.Judgement("up", day(10, 1), because=OUTAGE, **given)
    for door in (okr.admit, lambda *args: okr.LiveScorecard(*args[:2], as_of=END).record(args[2])):
        fault = refused(door, SHIP, BROKEN, act)
        assert fault.code == "not-settling"
        assert fault.path == f"Judgement('up', 2026-10-01).{field}"
        assert hint in fault.hint
    [misfit] = okr.journal.misfits(SHIP, BROKEN.add(act))
    assert misfit.fault.code == "not-settling"
    lenient = okr.evaluate(SHIP, BROKEN.add(act), as_of=day(10, 1), strict=False)
    assert lenient.guardrail("up").state is BREACHED
    assert [each.code for each in lenient.problems] == ["not-settling"]


def test_a_settlement_about_other_items_is_refused() -> None:
    rails = plan(TICKETS, metrics=[okr.Metric("m", "M", health=okr.AtMost(3))])
    assert refused(okr.admit, rails, okr.Journal(), held("m", day(9, 1))).code == "wrong-kind"


def test_a_guardrail_is_settled_from_its_join_to_its_leaving() -> None:
    bare = plan()
    joins = okr.Adjustment("ship", day(8, 1), adds=[TICKETS], because="tickets rise")
    leaves = okr.Adjustment("ship", day(9, 20), removes=["tickets"], because="the desk is gone")
    journal = okr.admit(bare, okr.Journal(), joins)
    fault = refused(okr.admit, bare, journal, held("tickets", day(7, 20)))
    assert fault.code == "not-in-force"
    journal = okr.admit(bare, journal, leaves)
    fault = refused(okr.admit, bare, journal, held("tickets", day(9, 21)))
    assert fault.code == "not-in-force"
    journal = okr.admit(
        bare, journal, okr.CheckIn("tickets", day(8, 10), 92), held("tickets", day(8, 12))
    )
    states = [card(bare, journal, on).guardrail("tickets").state for on in (day(8, 11), day(8, 12))]
    assert states == [BREACHED, HELD]
