"""Tables typed by hand: each edge at its value, and one step to either side of it."""

from __future__ import annotations

from datetime import date
from math import nan
from typing import Any

import pytest

import okrcore as okr
from okrcore._arith import as_percent, written
from okrcore.codec.exchange.cells import as_day, as_yes, is_missing

DAY = date(2026, 8, 14)


def refusal(work: Any, *values: Any, **named: Any) -> tuple[str, str]:
    """Return code and path of the refusal of a call; two empty texts if it is accepted."""
    try:
        work(*values, **named)
    except okr.OkrError as error:
        return error.code, error.path
    return "", ""


# --- measures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "allowed", "refused"),
    [
        (okr.Increase(None, 20), [19, 0, -5], [20, 20.5]),
        (okr.Decrease(None, 20), [21, 500], [20, 19.5, -5]),
        (okr.FromTo(None, 20), [19, 20, 21], []),
        (okr.Relative(percent=5), [0.5, 21], [0]),
        (okr.Points(5), [-5, 0, 5], []),
        (okr.Multiple(2), [0.5, 12], [0]),
    ],
)
def test_where_a_line_can_start(line: Any, allowed: list[float], refused: list[float]) -> None:
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", line)])])
    assert [line.allows(baseline) for baseline in allowed] == [True] * len(allowed)
    assert [line.allows(baseline) for baseline in refused] == [False] * len(refused)
    for baseline in allowed:
        assert len(okr.admit(plan, okr.Journal(), okr.BaselineSet("k", DAY, baseline))) == 1
    for baseline in refused:
        with pytest.raises(okr.InconsistentPlanError, match=r"BaselineSet\('k'"):
            okr.admit(plan, okr.Journal(), okr.BaselineSet("k", DAY, baseline))


@pytest.mark.parametrize(
    ("make", "values", "found"),
    [
        (okr.Increase, (7, 7), ("target-equals-baseline", "Increase.target")),
        (okr.Increase, (7, 6.5), ("target-against-direction", "Increase.target")),
        (okr.Increase, (7, 7.5), ("", "")),
        (okr.Decrease, (7, 7), ("target-equals-baseline", "Decrease.target")),
        (okr.Decrease, (7, 7.5), ("target-against-direction", "Decrease.target")),
        (okr.Decrease, (7, 6.5), ("", "")),
        (okr.FromTo, (7, 7), ("", "")),
        (okr.Reach, (0,), ("target-equals-baseline", "Reach.target")),
        (okr.Reach, (1,), ("", "")),
        (okr.Points, (0,), ("target-equals-baseline", "Points.change")),
        (okr.Points, (1,), ("", "")),
        (okr.Points, (-1,), ("", "")),
        (okr.Multiple, (0,), ("not-positive", "Multiple.factor")),
        (okr.Multiple, (-1,), ("not-positive", "Multiple.factor")),
        (okr.Multiple, (1,), ("target-equals-baseline", "Multiple.factor")),
        (okr.Multiple, (0.5,), ("", "")),
    ],
)
def test_what_a_line_is_made_of(make: Any, values: Any, found: tuple[str, str]) -> None:
    assert refusal(make, *values) == found


@pytest.mark.parametrize(
    ("values", "zones", "found"),
    [
        ((1, 5), {"warn_at": (1, nan)}, ("not-a-number", "Between.warn_at[1]")),
        ((1, 5), {"warn_at": (nan, 5)}, ("not-a-number", "Between.warn_at[0]")),
        ((1, 5), {"tolerated_to": (1, nan)}, ("not-a-number", "Between.tolerated_to[1]")),
        ((1, 5), {"tolerated_to": (nan, 5)}, ("not-a-number", "Between.tolerated_to[0]")),
        ((1, 5), {"warn_at": (0, 2)}, ("zone-on-wrong-side", "Between.warn_at")),
        ((1, 5), {"warn_at": (2, 6)}, ("zone-on-wrong-side", "Between.warn_at")),
        ((5, 1), {}, ("bounds-crossed", "Between.low")),
        ((nan, 1), {}, ("not-a-number", "Between.low")),
        ((1, nan), {}, ("not-a-number", "Between.high")),
        ((1, 5), {"warn_at": (2, 4), "tolerated_to": (0, 6)}, ("", "")),
    ],
)
def test_zones_of_a_band(values: Any, zones: Any, found: tuple[str, str]) -> None:
    assert refusal(okr.Between, *values, **zones) == found


@pytest.mark.parametrize("kind", [okr.AtLeast, okr.Above, okr.AtMost, okr.Below])
def test_limits_are_numbers(kind: Any) -> None:
    for name in ("limit", "warn_at", "tolerated_to"):
        given = {"limit": 5, name: nan}
        assert refusal(kind, **given) == ("not-a-number", f"{kind.__name__}.{name}")


@pytest.mark.parametrize(
    ("combine", "progress"),
    [
        (okr.plan.Combination.MEAN, 0.65),
        (okr.plan.Combination.MINIMUM, 0.5),
        (okr.plan.Combination.PRODUCT, 0.4),
    ],
)
def test_how_two_parts_combine(combine: okr.plan.Combination, progress: float) -> None:
    measure = okr.Compound({"posts": okr.Reach(10), "views": okr.Reach(100)}, combine=combine)
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", measure)])])
    journal = okr.Journal([okr.CheckIn("k", DAY, {"posts": 5, "views": 80})])
    found = okr.evaluate(plan, journal, as_of=DAY).key_result("k").progress
    assert found == pytest.approx(progress, abs=1e-12)


# --- entries -----------------------------------------------------------------------------------

PLAN = okr.Plan(
    [
        okr.Objective(
            "o",
            "O",
            key_results=[
                okr.KeyResult("n", "N", okr.Reach(10)),
                okr.KeyResult("s", "S", okr.Reach(10)),
                okr.KeyResult(
                    "d", "D", okr.Reach(20), derived=okr.Derived(okr.Aggregation.SUM, ["n", "s"])
                ),
                okr.KeyResult("read", "Read", okr.Reach(10), metric="m"),
            ],
            guardrails=[okr.Guardrail("g", "G", okr.AtMost(3))],
            initiatives=[okr.Initiative("w", "W")],
        )
    ],
    metrics=[okr.Metric("m", "M")],
)


@pytest.mark.parametrize(
    ("credit", "fits"),
    [(0, True), (0.5, True), (1, True), (True, True), (1.001, False), (2, False), (-0.001, False)],
)
def test_the_credit_of_an_initiative_is_a_share(credit: Any, fits: bool) -> None:
    found = refusal(okr.admit, PLAN, okr.Journal(), okr.CheckIn("w", DAY, credit))
    assert found == (
        ("", "") if fits else ("reading-does-not-fit", "CheckIn('w', 2026-08-14).value")
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (okr.Judgement("m", DAY, score=0.5, because="x"), "or settle a guardrail"),
        (okr.Judgement("g", DAY, score=0.5, because="x"), "a state and no score"),
        (okr.BaselineSet("o", DAY, 1), "a baseline belongs to a key result"),
        (okr.CheckIn("d", DAY, 1), "check in n, s"),
        (okr.CheckIn("read", DAY, 1), "check in 'm'"),
        (
            okr.Transition("g", DAY, okr.Lifecycle.PAUSED),
            "only objectives, key results, initiatives and metrics have a lifecycle",
        ),
        (okr.Closing("n", DAY, okr.ClosingDecision.CARRY), "close objectives and initiatives"),
        (okr.PostMortem("n", DAY), "a post-mortem of an objective"),
    ],
)
def test_an_entry_about_another_kind_names_its_hint(entry: Any, words: str) -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.admit(PLAN, okr.Journal(), entry)
    assert words in str(caught.value)


def test_a_guardrail_without_a_reading_has_none() -> None:
    found = okr.evaluate(PLAN, okr.Journal(), as_of=DAY).guardrail("g")
    assert (found.state, found.readings, found.breaches) == (okr.plan.BoundState.UNKNOWN, 0, 0)
    assert (found.reading, found.read_on, found.margin, found.first_breach) == (None,) * 4


# --- the close ---------------------------------------------------------------------------------


Q2 = okr.FiscalCalendar().quarter(2026, 2)


def over(readings: list[float | None], ambition: okr.Ambition | None) -> okr.Scorecard:
    """Return the card after the cycle of an objective whose key results reach for 10."""
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=Q2,
                ambition=ambition,
                key_results=[
                    okr.KeyResult(f"k{n}", "K", okr.Reach(10)) for n in range(len(readings))
                ],
            )
        ]
    )
    read = {f"k{n}": value for n, value in enumerate(readings) if value is not None}
    return okr.evaluate(plan, okr.Journal(okr.check_ins(Q2.end, read)), as_of=DAY)


@pytest.mark.parametrize(
    ("readings", "verdict", "words"),
    [
        ([None], None, "without a score"),
        ([None, None], None, "without a score"),
        ([5], "missed", "missed with 0.50"),
        ([10], "delivered", "delivered with 1.00"),
        ([10, None], None, "decide between missed and delivered"),
        ([9, None], "missed", "missed with 0.90"),
    ],
)
def test_a_verdict_needs_both_ends(readings: Any, verdict: Any, words: str) -> None:
    found = over(readings, okr.Ambition.COMMITTED).objective("o")
    assert found.verdict == verdict
    assert words in found.status_why


@pytest.mark.parametrize(
    ("reading", "ambition", "outcome", "words"),
    [
        (None, okr.Ambition.ASPIRATIONAL, None, "over, without a score"),
        (6.9, okr.Ambition.ASPIRATIONAL, "short", "69%: short of the 70% that a stretch asks for"),
        (7, okr.Ambition.ASPIRATIONAL, "as far as a stretch asks", "70%: as far as a stretch asks"),
        (9, okr.Ambition.COMMITTED, "short", "90%: short of the 100% that a commitment asks for"),
        (5, None, None, "50%: no ambition, so no outcome"),
        (10, None, "reached", "100%: reached"),
    ],
)
def test_the_close_of_a_key_result(
    reading: Any, ambition: Any, outcome: str | None, words: str
) -> None:
    found = over([reading], ambition).key_result("k0")
    assert (found.status, found.outcome, found.status_why) == ("over", outcome, words)


# --- numbers, words and days -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.125, "0.13"),
        (0.375, "0.38"),
        (2.675, "2.68"),
        (0.005, "0.01"),
        (0.1249, "0.12"),
        (1.004, "1.00"),
        (-0.125, "-0.13"),
    ],
)
def test_ties_are_written_half_up(value: float, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.125, "13%"), (0.375, "38%"), (0.005, "1%"), (0.124, "12%")]
)
def test_percents_are_written_half_up(share: float, text: str) -> None:
    assert as_percent(share) == text


MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, start=1)))
def test_every_month_is_read(number: int, name: str) -> None:
    wanted = date(2026, number, 9)
    full = MONTHS[name]
    for text in (
        f"9 {name} 2026",
        f"09. {name.title()} 2026",
        f"9 {full}, 2026",
        f"{name} 9 2026",
        f"{full} 9th, 2026",
        f"{name.upper()}. 9, 2026",
    ):
        assert as_day(text, day_first=None) == wanted
    assert refusal(as_day, f"9 {name[:2]}x 2026", day_first=None)[0] == "unreadable-day"


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("11/12/2026", (12, 11), (11, 12)),
        ("12/12/2026", (12, 12), (12, 12)),
        ("12/11/2026", (11, 12), (12, 11)),
        ("13/12/2026", (12, 13), (12, 13)),
        ("12/13/2026", (12, 13), (12, 13)),
        ("11.12.2026", (12, 11), (12, 11)),
        ("12.12.2026", (12, 12), (12, 12)),
    ],
)
def test_days_both_ways_round(text: str, day_first: Any, month_first: Any) -> None:
    assert as_day(text, day_first=True) == date(2026, *day_first)
    assert as_day(text, day_first=False) == date(2026, *month_first)
    is_open = day_first != month_first or text == "12/12/2026"
    found = refusal(as_day, text, day_first=None)[0]
    assert found == ("unreadable-day" if is_open else "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((word, True) for word in (
            "yes", "y", "true", "done", "complete", "completed", "achieved", "met", "x", "✓",
        )),
        *((word, False) for word in (
            "no", "n", "false", "not done", "not met", "open", "missed", "not started",
        )),
        *((word, None) for word in ("perhaps", "xx", "opened", "1", "")),
    ],
)  # fmt: skip
def test_every_word_of_yes_and_no(text: str, meant: bool | None) -> None:
    assert as_yes(f" {text.upper()} ") is meant
    assert as_yes(text) is meant


@pytest.mark.parametrize(
    "text", ["", "-", "–", "—", "n/a", "na", "#n/a", "nan", "nat", "null", "none", "<na>"]
)
def test_every_word_of_nothing(text: str) -> None:
    assert is_missing(text)
    assert is_missing(f"  {text.upper()} ")
    assert not is_missing(f"{text}0")


# --- years -------------------------------------------------------------------------------------


def test_the_first_and_the_last_year() -> None:
    calendar = okr.FiscalCalendar()
    assert calendar.year(1000).start == date(1000, 1, 1)
    assert calendar.year(9000).end == date(9000, 12, 31)
    assert refusal(calendar.year, 999) == ("year-unknown", "FiscalCalendar.year")
    assert refusal(calendar.year, 9001) == ("year-unknown", "FiscalCalendar.year")
    whole = okr.Cadence.ANNUAL
    assert calendar.cycle_of(date(9000, 12, 31), whole).end == date(9000, 12, 31)
    assert refusal(calendar.cycle_of, date(9001, 1, 1), whole)[0] == "year-unknown"


@pytest.mark.parametrize("day", ["2026-08-14", 2026, None, 1.5])
def test_the_cycle_of_what_is_no_day(day: Any) -> None:
    found = refusal(okr.FiscalCalendar().cycle_of, day, okr.Cadence.QUARTERLY)
    assert found == ("not-a-date", "FiscalCalendar.cycle_of")
