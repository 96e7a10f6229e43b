"""Numbers as people write them, each typed by hand with what it means."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import okrcore as okr
from okrcore import Ratio, Unit
from okrcore.plan import Quantity, parse_number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # money
        ("$12 million", 12_000_000, Unit("USD")),
        ("12M USD", 12_000_000, Unit("USD")),
        ("USD 12M", 12_000_000, Unit("USD")),
        ("US$ 3", 3, Unit("USD")),
        ("$12m", 12_000_000, Unit("USD")),
        ("12m USD", 12_000_000, Unit("USD")),
        ("12 m€", 12_000_000, Unit("EUR")),
        ("$2b", 2_000_000_000, Unit("USD")),
        ("$12MM", 12_000_000, Unit("USD")),
        ("€3.5k", 3500, Unit("EUR")),
        ("12 €", 12, Unit("EUR")),
        ("£1,250.50", 1250.5, Unit("GBP")),
        ("CHF 12'500", 12_500, Unit("CHF")),
        ("12 500 SEK", 12_500, Unit("SEK")),
        ("₹5 crore", 50_000_000, Unit("INR")),
        ("₹12,50,000", 1_250_000, Unit("INR")),
        ("R$ 7 mio", 7_000_000, Unit("BRL")),
        ("$5 CAD", 5, Unit("CAD")),
        ("$5 USD", 5, Unit("USD")),
        ("($5.2M)", -5_200_000, Unit("USD")),
        ("-$5", -5, Unit("USD")),
        ("$-5", -5, Unit("USD")),
        ("half a million USD", 500_000, Unit("USD")),
        ("$1.1 million", 1_100_000, Unit("USD")),
        # shares
        ("3.8%", 3.8, Unit("%")),
        ("3.8 %", 3.8, Unit("%")),
        ("+5%", 5, Unit("%")),
        ("3.8 percent", 3.8, Unit("%")),
        ("3.8 per cent", 3.8, Unit("%")),
        ("3.8 Per cent per month", 3.8, Unit("%", per="month")),
        ("4 pct", 4, Unit("%")),
        ("30 basis points", 30, Unit("basis points")),
        ("8 bp", 8, Unit("basis points")),
        ("8bps", 8, Unit("basis points")),
        ("5 pp", 5, Unit("percentage points")),
        ("1 percentage point", 1, Unit("percentage points")),
        ("5 points", 5, Unit("points")),
        ("5 pts", 5, Unit("points")),
        # time
        ("2:37", 157, Unit("mm:ss")),
        ("-2:37", -157, Unit("mm:ss")),
        ("90:00", 5400, Unit("mm:ss")),
        ("2:37.5", 157.5, Unit("mm:ss")),
        ("1:02:03", 3723, Unit("h:mm:ss")),
        ("2:37 per visit", 157, Unit("mm:ss", per="visit")),
        ("48h", 48, Unit("h")),
        ("200 ms", 200, Unit("ms")),
        ("1 day", 1, Unit("days")),
        ("2.7 days", 2.7, Unit("days")),
        ("5 m", 5, Unit("m")),
        # counts
        ("1,234.5", 1234.5, None),
        ("1 234 567", 1_234_567, None),
        ("1\u202f234", 1234, None),
        ("1’234", 1234, None),
        ("1234567", 1_234_567, None),
        (".5", 0.5, None),
        ("1e6", 1_000_000, None),
        ("1.6e-05", 0.000016, None),
        ("−5", -5, None),
        ("- 5", -5, None),
        ("(1,234)", -1234, None),
        ("100k", 100_000, None),
        ("5 k users", 5000, Unit("users")),
        ("3 dozen eggs", 36, Unit("eggs")),
        ("12 hundred", 1200, None),
        ("2x", 2, Unit("x")),
        ("2 ×", 2, Unit("x")),
        ("20°C", 20, Unit("°C")),
        ("12 million ARR", 12_000_000, Unit("ARR")),
        ("1 person", 1, Unit("people")),
        # words
        ("nine", 9, None),
        ("Zero", 0, None),
        ("nineteen", 19, None),
        ("twenty-five", 25, None),
        ("Twenty  Five interviews", 25, Unit("interviews")),
        ("one hundred and five tickets", 105, Unit("tickets")),
        ("two thousand three hundred and four", 2304, None),
        ("three million two hundred thousand and fifty-one people", 3_200_051, Unit("people")),
        ("two hundred thousand", 200_000, None),
        ("a dozen", 12, None),
        ("two dozen", 24, None),
        ("a hundred users", 100, Unit("users")),
        ("half", 0.5, None),
        ("a half", 0.5, None),
        ("half a dozen eggs", 6, Unit("eggs")),
        # rates
        ("10 per month", 10, Unit("per month")),
        ("10/month", 10, Unit("per month")),
        ("10 a month", 10, Unit("per month")),
        ("$5 / seat", 5, Unit("USD", per="seat")),
        ("$1.25M per year", 1_250_000, Unit("USD", per="year")),
        ("5 MRs/week", 5, Unit("MRs", per="week")),
        ("3 releases each sprint", 3, Unit("releases", per="sprint")),
        ("85 tickets per 1,000 users", 85, Unit("tickets", per="1,000 users")),
        # shares with their counts
        ("30 of 1,000", Ratio(30, 1000), None),
        ("5 out of 10", Ratio(5, 10), None),
        ("nine of ten", Ratio(9, 10), None),
        ("1/4", Ratio(1, 4), None),
    ],
)
def test_it_is_understood(text: str, value: Any, unit: Unit | None) -> None:
    found = parse_number(text)
    assert found == Quantity(value, unit)
    assert type(found.value) is (Ratio if isinstance(value, Ratio) else float)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,5", 1234.5), ("3,8", 3.8), ("1.234", 1234), ("1 234,5", 1234.5), ("12", 12)],
)
def test_a_decimal_comma_is_asked_for(text: str, value: float) -> None:
    assert parse_number(text, decimal=",").value == value


def test_the_same_marks_mean_the_other_thing_without_asking() -> None:
    assert (parse_number("1.234").value, parse_number("1,234").value) == (1.234, 1234)
    assert parse_number("1,234", decimal=",").value == 1.234


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1.234,5", "write it as 1,234.5, or give decimal=','"),
        ("1,23", "write it as 1,234.5, or give decimal=','"),
        ("1.2.3", "write it as 1,234.5, or give decimal=','"),
        ("n/a", "write it as 1,234.5, $12M, 3.8%, 2:37 or nine"),
        ("a", "write it as 1,234.5"),
        ("million", "write it as 1,234.5"),
        ("an hour", "write it as 1,234.5"),
        ("½", "write it as 1,234.5"),
        ("nan", "write it as 1,234.5"),
        ("two thousand million", "write it as 1,234.5"),
        ("12m", "'m' has several meanings: write 5M, 5 million or 5 minutes"),
        ("5b", "'b' has several meanings"),
        ("$12 million ARR", "12,000,000 is understood, 'ARR' is not"),
        ("$5 EUR", "5 is understood, 'EUR' is not"),
        ("5 to 10", "5 is understood, 'to 10' is not"),
        ("5-10", "5 is understood, '-10' is not"),
        ("90+", "90 is understood, '+' is not"),
        ("five five", "5 is understood, 'five' is not"),
        ("one in four", "1 is understood, 'in four' is not"),
        ("two hundred and", "200 is understood, 'and' is not"),
        ("tickets 120", "write it as 1,234.5"),
        ("5 tickets 120", "5 is understood, 'tickets 120' is not"),
        ("14/08/2026", "14 is understood, '/08/2026' is not"),
        ("1/4 of users", "1 is understood, '/4 of users' is not"),
        ("2026-08-14", "2,026 is understood, '-08-14' is not"),
        ("1:99", "1 is understood, ':99' is not"),
        ("1:70:00", "after hours, minutes run from 00 to 59"),
        ("+-5", "write one sign"),
        ("$" * 300, "write at most 200 characters"),
    ],
)
def test_what_is_not_wholly_understood_is_refused(text: str, hint: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        parse_number(text)
    assert caught.value.code == "unreadable-number"
    assert caught.value.value == text
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-text"),
        (" ", "not-text"),
        (12, "not-text"),
        (None, "not-text"),
        ("5 of 0", "denominator-zero"),
        ("1e101", "too-large"),
        ("1e999", "not-a-number"),
    ],
)
def test_other_refusals(text: Any, code: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        parse_number(text)
    assert caught.value.code == code


def test_only_a_point_or_a_comma_stands_before_decimals() -> None:
    with pytest.raises(okr.InvalidValueError, match=r'give "\." or ","'):
        parse_number("5", decimal=";")


def test_long_texts_are_refused_at_once() -> None:
    with pytest.raises(okr.InvalidValueError, match="write at most"):
        parse_number("1,234" * 1_000_000)


def test_quantities_are_values() -> None:
    whole = Quantity(12, Unit("USD"))
    assert (whole.number, str(whole)) == (12, "$12")
    share = Quantity(Ratio(30, 1000, per=100))
    assert (share.number, str(share)) == (3, "30 of 1,000")
    assert str(Quantity(1.5)) == "1.5"
    assert Quantity(12, "USD") == whole
    assert pickle.loads(pickle.dumps(share)) == share  # noqa: S301
    for value, unit, code in [
        (float("nan"), None, "not-a-number"),
        ("12", None, "not-a-number"),
        (12, 5, "wrong-type"),
    ]:
        with pytest.raises(okr.InvalidValueError) as caught:
            Quantity(value, unit)  # type: ignore[arg-type]
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit("USD"), 1_250_000, "$1,250,000"),
        (Unit("USD"), -5, "-$5"),
        (Unit("CAD"), 5, "C$5"),
        (Unit("CHF"), 12_500, "12,500 CHF"),
        (Unit("USD", shown_in="M"), 1_250_000, "$1.25M"),
        (Unit("USD", shown_in="k", per="year"), -800, "-$0.8k per year"),
        (Unit("users", shown_in="k"), 12_000, "12k users"),
        (Unit("%"), 3.8, "3.8%"),
        (Unit("%"), -0.0, "0%"),
        (Unit("x"), 2, "2x"),
        (Unit("points"), 1, "1 point"),
        (Unit("points"), -1, "-1 point"),
        (Unit("points"), 1.5, "1.5 points"),
        (Unit("people", per="week"), 1, "1 person per week"),
        (Unit("tickets"), 1, "1 tickets"),  # English plurals of any noun are nobody's table
        (Unit("mm:ss"), 157, "2:37"),
        (Unit("mm:ss"), -157, "-2:37"),
        (Unit("mm:ss"), -0.2, "0:00"),
        (Unit("mm:ss"), 59.5, "1:00"),
        (Unit("mm:ss"), 3723, "62:03"),
        (Unit("h:mm:ss"), 3723, "1:02:03"),
        (Unit("h:mm:ss"), 157, "0:02:37"),
        (Unit("basis points"), 0.00016, "0.00016 basis points"),
    ],
)
def test_units_write(unit: Unit, value: float, text: str) -> None:
    assert unit.format(value) == text


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (Unit("USD"), "$12,000"),
        (Unit("USD", shown_in="k"), "$12k"),
        (Unit("users", shown_in="k"), "12k"),
        (Unit("users", per="week"), "12,000"),
        (Unit("h:mm:ss"), "3:20:00"),
        (Unit("x"), "12,000x"),
    ],
)
def test_units_write_without_their_noun(unit: Unit, text: str) -> None:
    assert unit.bare(12_000) == text


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("", {}, "not-text"),
        ("USD", {"per": 3}, "wrong-type"),
        ("USD", {"per": " "}, "not-text"),
        ("USD", {"shown_in": "G"}, "out-of-range"),
        ("USD", {"shown_in": 3}, "wrong-type"),
        ("mm:ss", {"shown_in": "k"}, "out-of-range"),
        ("x", {"shown_in": "k"}, "out-of-range"),
    ],
)
def test_units_that_are_none(name: str, options: Any, code: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        Unit(name, **options)
    assert caught.value.code == code
