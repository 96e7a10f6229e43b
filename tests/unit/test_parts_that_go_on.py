"""Verdicts of objectives of which a part goes on after the cycle; numbers by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day, kr

YEAR = okr.FiscalCalendar().year(2026)
A, C = okr.Ambition.ASPIRATIONAL, okr.Ambition.COMMITTED
OF_YEAR = okr.Objective("y", "Y", cycle=YEAR, key_results=[kr("k", okr.Reach(10))])
READ = (okr.CheckIn("k", day(9, 1), 2), okr.CheckIn("m", day(9, 1), 5))
LATER = (okr.CheckIn("k", day(10, 5), 10), okr.CheckIn("m", day(10, 10), 8))


def at(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


def goal(*key_results: Any, **fields: Any) -> okr.Objective:
    return okr.Objective(
        "o", "O", key_results=key_results, **{"cycle": Q3, "ambition": A, **fields}
    )


def verdicts(plan: okr.Plan, *entries: Any, of: str = "o") -> list[str | None]:
    """Return the verdicts of the last day of the grace, of the day after it, and of the next year."""
    journal = okr.Journal(entries)
    days = day(10, 14), day(10, 15), date(2027, 2, 1)
    return [okr.evaluate(plan, journal, as_of=on).objective(of).verdict for on in days]


def test_a_key_result_of_the_year_counts_as_on_the_last_day() -> None:
    plan = okr.Plan([OF_YEAR, goal(okr.KeyResultRef("k"), kr("m", okr.Reach(10)))])
    # 0.2 and 0.5; a final number of its own, 0.8, makes 0.5 of them.
    assert verdicts(plan, *READ) == ["fell short"] * 3
    assert verdicts(plan, *READ, *LATER) == ["progressed"] * 3
    card = okr.evaluate(plan, okr.Journal([*READ, *LATER]), as_of=day(10, 20))
    found = card.objective("o")
    assert (found.score, found.verdict) == (0.9, "progressed")
    assert found.status_why == (
        "progressed with 0.50, as aspirational objectives close;"
        " a part that goes on counts as of 2026-09-30"
    )


def test_a_reading_of_the_year_that_was_written_after_the_grace_is_too_late() -> None:
    plan = okr.Plan([OF_YEAR, goal(okr.KeyResultRef("k"))])
    true = okr.CheckIn("k", day(9, 30), 9, recorded=at(10, 14))
    late = okr.CheckIn("k", day(9, 30), 9, recorded=at(10, 15))
    assert verdicts(plan, *READ[:1], true) == ["succeeded"] * 3
    assert verdicts(plan, *READ[:1], late) == ["fell short"] * 3
    assert okr.evaluate(plan, okr.Journal([late]), as_of=day(12, 1))["k"].score == 0.9


@pytest.mark.parametrize("cycle", [YEAR, None, okr.FiscalCalendar().quarter(2026, 4)])
def test_an_objective_below_with_a_later_end_counts_as_on_the_last_day(cycle: Any) -> None:
    below = okr.Objective(
        "c", "C", cycle=cycle, key_results=[kr("k", okr.Reach(10))], supports=["o"], ambition=C
    )
    wanted = None if cycle is not None and cycle.start > Q3.end else "fell short"
    assert verdicts(okr.Plan([below, goal()]), *READ[:1], LATER[0]) == [wanted] * 3


def test_a_result_that_shows_later_changes_no_verdict() -> None:
    shown = kr("k", okr.Reach(10), timing=okr.Timing(observable_from=day(11, 1)))
    plan = okr.Plan([goal(shown, kr("m", okr.Reach(10)))])
    zero = okr.CheckIn("k", day(11, 2), 0)
    assert verdicts(plan, READ[1], zero) == ["progressed"] * 3
    card = okr.evaluate(plan, okr.Journal([READ[1], zero]), as_of=day(11, 3))
    assert (card["k"].score, card["o"].score) == (0, 0.25)


def test_derived_from_what_goes_on_it_counts_as_on_the_last_day() -> None:
    derived = kr("d", okr.Reach(10), derived=okr.Derived(okr.Aggregation.SUM, ["k"]))
    assert verdicts(okr.Plan([OF_YEAR, goal(derived)]), READ[0], LATER[0]) == ["fell short"] * 3


def test_below_an_ended_objective_what_goes_on_counts_as_on_the_last_day() -> None:
    middle = okr.Objective(
        "c", "C", cycle=Q3, key_results=[okr.KeyResultRef("k")], supports=["o"], ambition=C
    )
    plan, closing = okr.Plan([OF_YEAR, middle, goal()]), okr.ClosingDecision.ABANDON
    for of in (None, "c", "y"):
        closed = [okr.Closing(of, day(11, 5), closing)] if of else []
        assert verdicts(plan, READ[0], LATER[0], *closed) == ["fell short"] * 3


def test_an_objective_below_that_comes_after_the_cycle_changes_no_verdict() -> None:
    plan = okr.Plan([goal(kr("m", okr.Reach(10)))])
    parts = [okr.rulebook.RollUpSource.KEY_RESULTS, okr.rulebook.RollUpSource.OBJECTIVES]
    rule = okr.rulebook.RollUpRule(parts=map(okr.rulebook.RollUpPart, parts))
    rules = evolve(okr.RECOMMENDED, name="all", roll_up=rule)
    new = okr.Objective(
        "new", "N", cycle=YEAR, key_results=[kr("n", okr.Reach(10))], supports=["o"]
    )
    joins = okr.Adjustment("new", day(11, 1), adds=[new], because="more to do")
    journal = okr.Journal([READ[1], joins, okr.CheckIn("n", day(11, 2), 10)])
    for on, score in ((day(10, 20), 0.5), (day(11, 20), 0.75)):
        found = okr.evaluate(plan, journal, as_of=on, rulebook=rules).objective("o")
        assert (found.score, found.verdict) == (score, "progressed")


def test_a_chain_that_goes_on_counts_as_on_the_last_day() -> None:
    q3 = okr.Objective(
        "a", "A", cycle=Q3, key_results=[kr("a-k", okr.Reach(10))], supports=["o"], ambition=A
    )
    q4 = okr.Objective(
        "b",
        "B",
        cycle=okr.FiscalCalendar().quarter(2026, 4),
        key_results=[kr("b-k", okr.Reach(10), continues="a-k")],
        supports=["o"],
        continues="a",
    )
    long = okr.Objective(
        "b",
        "B",
        cycle=okr.Cycle(day(9, 1), day(12, 31)),
        key_results=[kr("b-k", okr.Reach(10), continues="a-k")],
        supports=["o"],
        continues="a",
    )
    read = [okr.CheckIn("a-k", day(8, 1), 2), okr.CheckIn("b-k", day(11, 1), 10)]
    for newer in (q4, long):
        plan = okr.Plan([goal(), q3, newer])
        assert verdicts(plan, *read) == ["fell short"] * 3
        assert okr.evaluate(plan, okr.Journal(read), as_of=day(11, 2))["o"].score == 1
    more = okr.CheckIn("b-k", day(9, 10), 8)
    assert verdicts(okr.Plan([goal(), q3, long]), *read, more) == ["succeeded"] * 3
