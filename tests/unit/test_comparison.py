"""What moved between two scorecards: one case for each cause, worked by hand, and how it is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.scorecard import CauseKind

QUARTER = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
BEFORE, AFTER = date(2026, 8, 15), date(2026, 8, 22)

ARPA = okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128), unit="USD")
CHURN = okr.KeyResult("churn", "Customers who leave, %", okr.Decrease(4, 2))
GROW = okr.Objective("grow", "Earn more per account", key_results=[ARPA, CHURN], cycle=QUARTER)
PLAN = okr.Plan([GROW])
READ = okr.Journal(okr.check_ins(date(2026, 8, 14), {"arpa": 120, "churn": 3.5}))


def card_of_arpa(
    plan: okr.Plan = PLAN, journal: okr.Journal = READ, day: date = AFTER, **named: Any
) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=day, **named)


EARLIER = card_of_arpa(day=BEFORE)


def causes(
    later: okr.Scorecard, id: str = "grow", earlier: okr.Scorecard = EARLIER
) -> dict[str, tuple[float | None, float | None]]:
    """Return what moved an item, by cause, to 4 digits."""

    def short(score: float | None) -> float | None:
        return None if score is None else round(score, 4)

    moved = okr.compare(later, earlier).of(id)
    found = moved.causes if moved is not None else ()
    return {str(cause.by): (short(cause.before), short(cause.after)) for cause in found}


def test_nothing_moved() -> None:
    comparison = okr.compare(card_of_arpa(), EARLIER)
    assert (len(comparison), comparison.of("grow")) == (0, None)
    assert str(comparison) == "From 2026-08-15 to 2026-08-22, no score moved"
    assert repr(comparison) == "Comparison(2026-08-15 to 2026-08-22, 0 moved)"


def test_a_reading() -> None:
    later = card_of_arpa(journal=READ.add(okr.CheckIn("arpa", date(2026, 8, 21), 124)))
    assert causes(later) == {"reading": (0.375, 0.5)}
    assert causes(later, "arpa") == {"reading": (0.5, 0.75)}
    assert causes(later, "churn") == {}


def test_a_reading_typed_late_and_one_taken_back() -> None:
    late = READ.add(okr.CheckIn("arpa", date(2026, 8, 15), 124))
    assert causes(card_of_arpa(journal=late)) == {"reading": (0.375, 0.5)}
    named = okr.Journal([okr.CheckIn("arpa", date(2026, 8, 14), 120, id="e-1")])
    taken = named.add(okr.Correction("e-1"))
    earlier = card_of_arpa(journal=named, day=BEFORE)
    assert causes(card_of_arpa(journal=taken), "arpa", earlier) == {"reading": (0.5, None)}


def test_an_adjustment() -> None:
    easier = okr.Adjustment(
        "arpa", date(2026, 8, 20), measure=okr.Increase(112, 124), because="the port is closed"
    )
    later = card_of_arpa(journal=READ.add(easier, okr.CheckIn("arpa", date(2026, 8, 21), 121)))
    assert causes(later, "arpa") == {"adjustment": (0.5, 0.6667), "reading": (0.6667, 0.75)}
    assert causes(later) == {"adjustment": (0.375, 0.4583), "reading": (0.4583, 0.5)}


def test_an_adjustment_that_was_planned_before() -> None:
    # It stood in the earlier journal, dated ahead: it was not in force yet.
    easier = okr.Adjustment(
        "arpa", date(2026, 8, 20), measure=okr.Increase(112, 124), because="the port is closed"
    )
    journal = READ.add(easier)
    earlier = card_of_arpa(journal=journal, day=BEFORE)
    assert causes(card_of_arpa(journal=journal), "arpa", earlier) == {"adjustment": (0.5, 0.6667)}


def test_a_rewritten_target_and_deadline() -> None:
    corrected = PLAN.correct_measure("arpa", okr.Increase(112, 120))
    assert causes(card_of_arpa(corrected), "arpa") == {"adjustment": (0.5, 1.0)}
    early = evolve(ARPA, due=date(2026, 7, 20))
    moved = okr.Plan([evolve(GROW, key_results=[early, CHURN])])
    assert causes(card_of_arpa(moved), "arpa") == {"adjustment": (0.5, None)}


def test_a_scope_cut() -> None:
    cut = okr.Adjustment("arpa", date(2026, 8, 20), rescale=0.5, because="one region left")
    assert causes(card_of_arpa(journal=READ.add(cut))) == {"adjustment": (0.375, 0.25)}


def test_a_new_weight_is_membership() -> None:
    heavy = okr.Adjustment("arpa", date(2026, 8, 20), weight=3, because="churn follows")
    assert causes(card_of_arpa(journal=READ.add(heavy))) == {"membership": (0.375, 0.4375)}
    stated = okr.Plan([evolve(GROW, key_results=[evolve(ARPA, weight=3), CHURN])])
    assert causes(card_of_arpa(stated)) == {"membership": (0.375, 0.4375)}


def test_a_pause_with_a_new_target() -> None:
    both = okr.Adjustment(
        "arpa",
        date(2026, 8, 20),
        measure=okr.Increase(112, 124),
        kind=okr.AdjustmentKind.PAUSE,
        because="the port is closed",
    )
    later = card_of_arpa(journal=READ.add(both))
    assert causes(later, "arpa") == {"adjustment": (0.5, 0.6667), "membership": (0.6667, None)}
    assert causes(later) == {"adjustment": (0.375, 0.4583), "membership": (0.4583, 0.25)}


def test_added_and_removed() -> None:
    new = okr.KeyResult("nps", "Net promoter score", okr.Increase(30, 40))
    plan = okr.Plan([evolve(GROW, key_results=[ARPA, new])])
    later = card_of_arpa(plan, READ.only(plan).add(okr.CheckIn("nps", date(2026, 8, 21), 40)))
    assert causes(later) == {"membership": (0.375, 0.5), "reading": (0.5, 0.75)}
    assert causes(later, "churn") == {"membership": (0.25, None)}
    assert causes(later, "nps") == {"reading": (None, 1.0)}
    (gone,) = [moved for moved in okr.compare(later, EARLIER) if moved.id == "churn"]
    assert gone.causes[0].why == "not in the plan"
    assert (gone.change, gone.causes[0].change) == (None, None)


def test_what_leaves_the_plan_leaves_as_it_was() -> None:
    cut = okr.Adjustment("churn", date(2026, 8, 1), rescale=0.5, because="one region left")
    earlier = card_of_arpa(journal=READ.add(cut), day=BEFORE)
    plan = okr.Plan([evolve(GROW, key_results=[ARPA])])
    later = card_of_arpa(plan, READ.only(plan))
    assert causes(later, "grow", earlier) == {"membership": (0.3125, 0.5)}


def test_a_removed_objective_and_closed_one() -> None:
    above = okr.Objective("co", "Company")
    below = evolve(GROW, supports=["co"])
    other = okr.Objective(
        "care", "Care", supports=["co"], key_results=[okr.KeyResult("nps", "NPS", okr.PassFail())]
    )
    read = READ.add(okr.CheckIn("nps", date(2026, 8, 14), 1.0))
    earlier = card_of_arpa(okr.Plan([above, below, other]), read, BEFORE)
    assert causes(
        card_of_arpa(okr.Plan([above, other]), read.only(okr.Plan([other, above]))), "co", earlier
    ) == {"membership": (0.6875, 1.0)}
    deferred = read.add(okr.Closing("grow", date(2026, 8, 20), okr.ClosingDecision.DEFER))
    later = card_of_arpa(okr.Plan([above, below, other]), deferred)
    assert causes(later, "co", earlier) == {"membership": (0.6875, 1.0)}
    # A closing freezes the score with what was read by then.
    closed = read.add(
        okr.Closing("grow", date(2026, 8, 20), okr.ClosingDecision.CARRY),
        okr.CheckIn("arpa", date(2026, 8, 19), 128),
    )
    later = card_of_arpa(okr.Plan([above, below, other]), closed)
    assert causes(later, "grow", earlier) == {"reading": (0.375, 0.625)}


def test_time_alone() -> None:
    late = okr.KeyResult(
        "late", "Seen late", okr.Reach(10), timing=okr.Timing(observable_from=date(2026, 8, 20))
    )
    plan = okr.Plan([evolve(GROW, key_results=[ARPA, late])])
    strict = evolve(okr.RECOMMENDED, name="strict", roll_up=okr.rulebook.RollUpRule(missing=0))
    journal = READ.only(plan)
    earlier = card_of_arpa(plan, journal, BEFORE, rulebook=strict)
    later = card_of_arpa(plan, journal, rulebook=strict)
    assert causes(later, "grow", earlier) == {"time": (0.5, 0.25)}
    # A target that was eased because it was too hard does not govern once the cycle is over.
    eased = okr.Adjustment(
        "arpa",
        date(2026, 8, 1),
        measure=okr.Increase(112, 120),
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard",
    )
    journal = READ.add(eased)
    end, before = (
        card_of_arpa(journal=journal, day=QUARTER.end),
        card_of_arpa(journal=journal, day=BEFORE),
    )
    assert causes(end, "arpa", before) == {"time": (1.0, 0.5)}


def test_another_rulebook() -> None:
    floored = okr.rulebook.RollUpRule(result=okr.rulebook.Clip(digits=1))
    book = evolve(okr.RECOMMENDED, name="one digit", roll_up=floored)
    assert causes(card_of_arpa(rulebook=book)) == {"rulebook": (0.375, 0.4)}


def test_another_method() -> None:
    worst = okr.Rulebook(
        name="worst", roll_up=okr.rulebook.RollUpRule(combine=okr.plan.Combination.MINIMUM)
    )
    book = evolve(okr.RECOMMENDED, methods=[worst])
    plan = okr.Plan([evolve(GROW, method="worst")])
    assert causes(
        card_of_arpa(plan, rulebook=book), earlier=card_of_arpa(day=BEFORE, rulebook=book)
    ) == {"rulebook": (0.375, 0.25)}
    # A method that the later rulebook has no more is known to the way there.
    assert causes(card_of_arpa(), earlier=card_of_arpa(plan, day=BEFORE, rulebook=book)) == {
        "rulebook": (0.25, 0.375)
    }


def test_weights_half_way_need_not_total() -> None:
    total = okr.Rulebook(name="total", roll_up=okr.rulebook.RollUpRule(weights_total=1))
    halves = okr.Plan(
        [evolve(GROW, key_results=[evolve(ARPA, weight=0.5), evolve(CHURN, weight=0.5)])]
    )
    later = card_of_arpa(halves, rulebook=total)
    assert causes(later, earlier=card_of_arpa(day=BEFORE, rulebook=okr.Rulebook(name="free"))) == {}


def test_another_source_is_membership() -> None:
    metric = okr.Metric("arr", "Revenue per account")
    shared = evolve(ARPA, metric="arr", measure=okr.Increase(112, 120))
    plan = okr.Plan([evolve(GROW, key_results=[shared, CHURN])], metrics=[metric])
    journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"arr": 116, "churn": 3.5}))
    assert causes(card_of_arpa(plan, journal), "arpa") == {}  # 0.5 before and after, by other means
    later = card_of_arpa(plan, journal.add(okr.CheckIn("arr", date(2026, 8, 21), 118)))
    assert causes(later, "arpa") == {"membership": (0.5, None), "reading": (None, 0.75)}


def test_readings_that_fit_no_longer() -> None:
    # The measure takes names now; the numbers read before say nothing of it.
    steps = okr.Milestones("design", "build")
    plan = PLAN.correct_measure("arpa", steps)
    journal = okr.Journal(okr.check_ins(date(2026, 8, 21), {"arpa": ["design"], "churn": 3.5}))
    later = card_of_arpa(plan, journal)
    assert causes(later, "grow", EARLIER) == {}
    assert okr.compare(later, EARLIER).of("arpa") is None  # 0.5 before and after, by other means
    journal = okr.Journal(
        okr.check_ins(date(2026, 8, 21), {"arpa": ["design", "build"], "churn": 3.5})
    )
    assert causes(card_of_arpa(plan, journal), "arpa") == {
        "adjustment": (0.5, None),
        "reading": (None, 1.0),
    }


def test_a_what_if_is_a_reading() -> None:
    now = card_of_arpa()
    assert causes(now.what_if({"arpa": 1}), "grow", now) == {"reading": (0.375, 0.625)}
    assert causes(now, "grow", now.what_if({"arpa": 1})) == {"reading": (0.625, 0.375)}
    # A supposition stands until the last step, also where its key result has gone.
    plan = okr.Plan([evolve(GROW, key_results=[CHURN])])
    later = card_of_arpa(plan, READ.only(plan))
    assert causes(later, "grow", EARLIER.what_if({"arpa": 1})) == {"membership": (0.625, 0.25)}


def test_the_earlier_card_comes_second() -> None:
    with pytest.raises(okr.InvalidValueError, match="give the later one first"):
        okr.compare(EARLIER, card_of_arpa())


def test_two_cards_of_one_day() -> None:
    other = card_of_arpa(PLAN.correct_measure("arpa", okr.Increase(112, 144)), day=BEFORE)
    assert causes(other, "arpa") == {"adjustment": (0.5, 0.25)}
    assert CauseKind.TIME not in {
        c.by for moved in okr.compare(other, EARLIER) for c in moved.causes
    }


# --- for people --------------------------------------------------------------------------------


@pytest.fixture
def comparison() -> okr.scorecard.Comparison:
    long = "Win customers in <every> region who stay for more than a year & tell others"
    other = okr.Objective(
        "care", long, key_results=[okr.KeyResult("nps", "Net | promoter score", okr.Reach(100))]
    )
    easier = okr.Adjustment(
        "arpa", date(2026, 8, 20), measure=okr.Increase(112, 124), because="the port is closed"
    )
    later = READ.add(
        easier,
        okr.CheckIn("arpa", date(2026, 8, 21), 118),
        okr.CheckIn("nps", date(2026, 8, 21), 40),
    )
    plan = okr.Plan([GROW, other])
    return okr.compare(card_of_arpa(plan, later), card_of_arpa(plan, day=BEFORE))


def test_as_text(comparison: okr.scorecard.Comparison) -> None:
    assert str(comparison) == (
        "From 2026-08-15 to 2026-08-22\n"
        "\n"
        "                                                           before  after change\n"
        "Win customers in <every> region who stay for more than a        –   0.40      –\n"
        "year & tell others\n"
        "  reading – to 0.40: its one key result\n"
        "Net | promoter score                                            –   0.40      –\n"
        "  reading – to 0.40: 40 is 40% of the way from 0 to 100"
    )


def test_as_text_with_several_causes() -> None:
    easier = okr.Adjustment(
        "arpa", date(2026, 8, 20), measure=okr.Increase(112, 124), because="the port is closed"
    )
    later = card_of_arpa(journal=READ.add(easier, okr.CheckIn("arpa", date(2026, 8, 21), 119)))
    assert str(okr.compare(later, EARLIER)) == (
        "From 2026-08-15 to 2026-08-22\n"
        "\n"
        "                                                           before  after change\n"
        "Revenue per account                                          0.50   0.58  +0.08\n"
        "  adjustment +0.17, to 0.67: $120 is 67% of the way from $112 to $124\n"
        "  reading -0.08, to 0.58: $119 is 58% of the way from $112 to $124\n"
        "Earn more per account                                        0.38   0.42  +0.04\n"
        "  adjustment +0.08, to 0.46: mean of 2 of 2 key results\n"
        "  reading -0.04, to 0.42: mean of 2 of 2 key results"
    )


def test_as_markdown_and_html(comparison: okr.scorecard.Comparison) -> None:
    shown = comparison._repr_mimebundle_()
    assert shown["text/plain"] == str(comparison)
    assert shown["text/markdown"].splitlines()[:5] == [
        "**From 2026-08-15 to 2026-08-22**",
        "",
        "| | before | after | change | moved by |",
        "|---|---:|---:|---:|---|",
        "| Win customers in \\<every\\> region who stay for more than a year & tell others "
        "| – | 0.40 | – | reading – to 0.40: its one key result |",
    ]
    assert "| Net \\| promoter score |" in shown["text/markdown"]
    html = shown["text/html"]
    assert html.count("<tr>") == html.count("</tr>") == 1 + len(comparison)
    assert "in &lt;every&gt; region" in html
    assert "&amp; tell others" in html
    nothing = okr.compare(card_of_arpa(), EARLIER)._repr_mimebundle_()
    assert nothing["text/markdown"] == "**From 2026-08-15 to 2026-08-22, no score moved**"
    assert "<tbody></tbody>" in nothing["text/html"]


def test_reprs(comparison: okr.scorecard.Comparison) -> None:
    first, *_ = comparison
    assert repr(first) == "ScoreMovement('care', none to 0.40, reading)"
    assert repr(first.causes[0]) == "MovementCause(reading, none to 0.40)"
    later = card_of_arpa(journal=READ.add(okr.CheckIn("arpa", date(2026, 8, 21), 120.0000000001)))
    (tiny, _) = okr.compare(later, EARLIER)
    assert tiny.change is not None
    assert 0 < tiny.change < 1e-10
    back = okr.compare(evolve(EARLIER, as_of=AFTER), evolve(later, as_of=AFTER))
    assert "+0.00" in str(back)  # too little to show has no sign of its own


@pytest.mark.parametrize(("of", "moved"), [("arpa", (0.25, 1.0)), ("churn", (0.25, 0.5))])
def test_an_adjustment_after_another_is_a_cause_of_its_own(
    of: str, moved: tuple[float, float]
) -> None:
    first = okr.Adjustment(
        "arpa", date(2026, 8, 14), measure=okr.Increase(112, 144), because="hope"
    )
    measure = okr.Increase(112, 120) if of == "arpa" else okr.Decrease(4, 3)
    second = okr.Adjustment(of, date(2026, 8, 20), measure=measure, because="facts")
    states = [okr.Lifecycle.PAUSED, okr.Lifecycle.ACTIVE]
    pause = [okr.Transition("grow", date(2026, 7, 2 + n), to) for n, to in enumerate(states)]
    journal = READ.add(first, *pause)
    earlier = card_of_arpa(journal=journal, day=BEFORE)
    later = card_of_arpa(journal=journal.add(second))
    assert causes(later, of, earlier) == {CauseKind.ADJUSTMENT: moved}


def test_changes_of_state_are_listed() -> None:
    tickets = okr.Guardrail("tickets", "Tickets", okr.AtMost(85))
    old = okr.Guardrail("old", "Old limit", okr.AtMost(1))
    uptime = okr.Metric("up", "Uptime", health=okr.AtLeast(99.5), unit="%")
    plan = okr.Plan([evolve(GROW, guardrails=[tickets, old])], metrics=[uptime])
    journal = okr.Journal(
        [
            *okr.check_ins(date(2026, 8, 14), {"tickets": 80, "up": 99.7}),
            *okr.check_ins(date(2026, 8, 21), {"tickets": 91, "up": 99.7}),
            okr.Adjustment("grow", AFTER, removes=["old"], because="settled"),
        ]
    )
    found = okr.compare(card_of_arpa(plan, journal), card_of_arpa(plan, journal, BEFORE))
    assert [(moved.id, moved.kind, moved.before, moved.after) for moved in found.states] == [
        ("tickets", "guardrail", "held", "breached"),
        ("old", "guardrail", "unknown", None),
    ]
    assert repr(found.states[1]) == "StateMovement('old', unknown to none)"
    assert found.movements == ()
    assert str(found) == (
        "From 2026-08-15 to 2026-08-22, no score moved\n"
        "\n"
        "Tickets: held to breached: 91, outside its limit (at most 85), first on\n"
        "    2026-08-21\n"
        "Old limit: unknown to none: not in the plan"
    )
    shown = found._repr_mimebundle_()
    assert "- Tickets: held to breached: 91" in shown["text/markdown"]
    assert "<ul><li>Tickets: held to breached: 91" in shown["text/html"]
    records = okr.to_records(found.states)
    assert [(each["id"], each["before"], each["after"]) for each in records] == [
        ("tickets", "held", "breached"),
        ("old", "unknown", None),
    ]
    # A metric is late a day after its rhythm, twice over by the rulebook.
    weekly = evolve(plan, metrics=[evolve(uptime, check_in_days=3)])
    later = card_of_arpa(weekly, journal, date(2026, 9, 5))
    (stale,) = okr.compare(later, card_of_arpa(weekly, journal)).states
    assert (stale.id, stale.before, stale.after) == ("up", "held", "stale")


def test_a_corrected_target_is_no_reading_if_an_entry_sets_a_group_and_a_field_of_it() -> None:
    """The field comes after the group in every step of the comparison."""
    timing = okr.plan.Timing(observable_from=date(2026, 9, 22))
    sets = {"timing": timing, "timing.observable_from": date(2026, 8, 24)}
    journal = okr.Journal(
        [
            okr.Adjustment("k", date(2026, 9, 3), sets=sets, because="it shows earlier"),
            okr.CheckIn("k", date(2026, 9, 2), 5),
        ]
    )
    cards = [
        okr.evaluate(
            okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", measure)])]),
            journal,
            as_of=date(2026, 9, 11),
        )
        for measure in (okr.Reach(10), okr.Points(5))
    ]
    causes = {cause.by for moved in okr.compare(*cards) for cause in moved.causes}
    assert causes == {okr.scorecard.CauseKind.ADJUSTMENT}
