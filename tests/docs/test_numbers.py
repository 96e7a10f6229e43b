"""Every constant and default, typed by hand with its source.

- what docs/reference/numbers.md lists is this table: no number without a row, no row without a source
- the page is the one that its tool makes
- every number of RECOMMENDED, of a cadence and of a usual schedule is in it: looked for in the values
  themselves, with nothing of the tool
- no number hides in the body of a function, beyond those of arithmetic and the calendar

A new number fails here until it says beside it where it comes from, and is typed into the table.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

import okrcore as okr

ROOT = Path(__file__).parent.parent.parent
SRC = Path(okr.__file__).parent

EDGES: Final = (okr.AtLeast, okr.Above, okr.AtMost, okr.Below)

DEFAULT: Final = "library default"
M21, M22, M23, M25 = (f"METHOD.md 2.{section}" for section in (1, 2, 3, 5))
M27, M29 = "METHOD.md 2.7", "METHOD.md 2.9"
PART_2: Final = "SYSTEMS.md part 2"
A: Final = "founding document A"
E: Final = "founding document E"
WODTKE: Final = "Wodtke"
MONTHS: Final = "the Gregorian calendar"

#: What is believed, in the order of the sources; then what none of them says.
GOLDEN: Final[dict[str, tuple[Any, str]]] = {
    # 2.1: progress is between 0 and 1; milestones add up, and nothing is said of lateness; "constant" is 5%
    "rulebook.clip.ZERO_TO_ONE.floor": (0, M21),
    "rulebook.clip.ZERO_TO_ONE.ceiling": (1, M21),
    "AttainmentRule.late_milestone": (0, M21),
    "Milestone.weight": (1, M21),
    "Between.around(percent)": (5, M21),
    # 2.2: green from 0.7, yellow from 0.4; and the same after rounding to one decimal
    "RECOMMENDED.scales['grade'].bands['green']": (0.7, M22),
    "RECOMMENDED.scales['grade'].bands['yellow']": (0.4, M22),
    "RECOMMENDED.scales['grade, one decimal'].bands['green']": (0.7, M22),
    "RECOMMENDED.scales['grade, one decimal'].bands['yellow']": (0.4, M22),
    "RECOMMENDED.scales['grade, one decimal'].bands.digits": (1, M22),
    # 2.3: committed expects 1.0, aspirational 0.7; below 0.4 it fell short
    "RECOMMENDED.verdicts['committed'].bands['delivered']": (1, M23),
    "RECOMMENDED.verdicts['aspirational'].bands['succeeded']": (0.7, M23),
    "RECOMMENDED.verdicts['aspirational'].bands['progressed']": (0.4, M23),
    "RECOMMENDED.pacing.expectations['committed'].share": (1, M23),
    "RECOMMENDED.pacing.expectations['aspirational'].share": (0.7, M23),
    # At the close: achieved from 1.0; from the lowest published edge on it is carried, below it modified
    "RECOMMENDED.closing.suggestions['committed'].bands['achieved']": (1, M23),
    "RECOMMENDED.closing.suggestions['committed'].bands['carry']": (0.4, M22),
    "RECOMMENDED.closing.suggestions['aspirational'].bands['achieved']": (1, M23),
    "RECOMMENDED.closing.suggestions['aspirational'].bands['carry']": (0.4, M22),
    "RECOMMENDED.closing.suggestions['SuggestionRule'].bands['achieved']": (1, M23),
    "RECOMMENDED.closing.suggestions['SuggestionRule'].bands['carry']": (0.4, M22),
    # above 0.85 repeatedly
    "ReviewRule.full": (0.85, M23),
    # 2.5: a mean, so equal weights
    "KeyResult.weight": (1, M25),
    "KeyResultRef.weight": (1, M25),
    "Alignment.weight": (1, M25),
    "Initiative.weight": (1, M25),
    # 2.7: 90 and 75 percent of what was planned; no check-in for 14 days, which is two weeks
    "RECOMMENDED.status['ratio'].bands['on track']": (0.9, M27),
    "RECOMMENDED.status['ratio'].bands['at risk']": (0.75, M27),
    "RECOMMENDED.status['Stale'].intervals": (2, M27),
    "Stale.intervals": (2, M27),
    "GuardrailRule.stale_after_intervals": (2, M27),
    "ReviewRule.still_days": (21, M27),  # the same for 3 weeks
    # 2.9: weekly check-ins, two-weekly for Lamorte; draft 4 to 6 weeks and publication 2 weeks before the
    # start, people a week after it; results called 2 weeks before the end; 13-week quarters of 52 weeks
    "calendar.cadence.WEEKLY": (7, M29),
    "Weekly.every": (1, M29),
    "Cadence.ANNUAL.check_in_days": (14, M29),
    "calendar.schedule._LONG['company draft'].days": (-42, M29),
    "calendar.schedule._LONG['company publication'].days": (-14, M29),
    "calendar.schedule._LONG['personal planning'].days": (7, M29),
    "calendar.schedule._LONG['call of the results'].days": (-14, M29),
    "ReviewRule.calls_within_days": (14, M29),
    "calendar.week_years._WEEKS": (52, M29),
    "rulebook.review_rule._QUARTER": (91, M29),
    "calendar.week_years._QUARTERS": (4, M29),
    "FOUR_FOUR_FIVE": (((4, 4, 5), (4, 4, 5), (4, 4, 5), (4, 4, 5)), M29),
    "FOUR_FIVE_FOUR": (((4, 5, 4), (4, 5, 4), (4, 5, 4), (4, 5, 4)), M29),
    "FIVE_FOUR_FOUR": (((5, 4, 4), (5, 4, 4), (5, 4, 4), (5, 4, 4)), M29),
    "THIRTEEN_PERIODS": (((4, 4, 4), (4, 4, 4), (4, 4, 4), (4, 4, 4, 4)), M29),
    # Document A: a year and a quarter; Micro-OKRs of one week, two weeks, at most a month; daily, weekly
    "Cadence.ANNUAL.months": (12, A),
    "Cadence.QUARTERLY.months": (3, A),
    "Cadence.MICRO_MONTH.months": (1, A),
    "Cadence.MICRO_TWO_WEEKS.weeks": (2, A),
    "Cadence.MICRO_WEEK.weeks": (1, A),
    "Cadence.MICRO_WEEK.check_in_days": (1, A),
    "calendar.cadence._MICRO_CADENCES['micro, one week']": (7, A),
    "calendar.cadence._MICRO_CADENCES['micro, two weeks']": (14, A),
    "calendar.cadence._MICRO_CADENCES['micro, one month']": (31, A),
    # Document E: teams draft within a week of the publication; two weeks to wire the data; 2% to move
    "calendar.schedule._LONG['team drafts'].days": (-7, E),
    "ReviewRule.instrumented_in_days": (14, E),
    "review.reallocation._FLEX": (0.02, E),
    # Radical Focus: four weeks ahead, up to four priorities, two steps of ten in confidence
    "ReviewRule.looks_ahead_days": (28, WODTKE),
    "ReviewRule.priorities": (4, WODTKE),
    "ReviewRule.confidence_move": (0.2, WODTKE),
    # Its week begins with a Monday commitment
    "calendar.schedule._LONG['weekly'].every.weekday": (0, WODTKE),
    "calendar.schedule._MONTH['weekly'].every.weekday": (0, WODTKE),
    # Operately: a day early of a week, seven of a month; open-okr: three days of grace, confidence bands
    "Weekly.early_days": (1, PART_2),
    "Monthly.early_days": (7, PART_2),
    "Weekly.grace_days": (3, PART_2),
    "Monthly.grace_days": (3, PART_2),
    "RECOMMENDED.status['confidence'].bands['on track']": (0.7, PART_2),
    "RECOMMENDED.status['confidence'].bands['at risk']": (0.4, PART_2),
    # Months
    "calendar.cadence._WEEKS_IN_A_MONTH": (4, MONTHS),
    "calendar.cycle._LONGEST_MONTH": (31, MONTHS),
    "calendar.workdays._WORKDAYS_OF_ALL_MONTHS": (20, MONTHS),
    "calendar.week_years._LAST_DAYS": ((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), MONTHS),
    # What no source says
    "GuardrailRule.cap": (0.69, DEFAULT),
    "ReviewRule.full_run": (3, DEFAULT),
    "ReviewRule.confident_from": (0.8, DEFAULT),
    "ReviewRule.doubtful_to": (0.2, DEFAULT),
    "ReviewRule.early_share": (0.5, DEFAULT),
    "AgendaTemplate.columns": (1, DEFAULT),
    "ClosingRule.grace_days": (14, DEFAULT),
    "ClosingRule.grace_cycles": (1, DEFAULT),
    "AttainmentRule.budget_zero_at": (2, DEFAULT),
    "RECOMMENDED.status['ratio'].bands['ahead']": (1.1, DEFAULT),
    "RECOMMENDED.status['ratio'].silent_until": (0.15, DEFAULT),
    "NotStarted.silent_until": (0.15, DEFAULT),
    "ByBands.silent_until": (0, DEFAULT),
    "Stale.grace_days": (0, DEFAULT),
    "RollUpRule.least_coverage": (0, DEFAULT),
    "Input.weight": (1, DEFAULT),
    "Explanation.walk(depth)": (6, DEFAULT),
    "scorecard.bound_explanation._SHOWN": (6, DEFAULT),
    "journal.history.NEVER": ((0, -1), DEFAULT),
    "scorecard.day.target_growths._MOST_PERIODS": (8, DEFAULT),
    "scorecard.day.wording._NAMED": (3, DEFAULT),
    "scorecard.day.compiled_plan.LONG_AGO": (0, DEFAULT),
    "scorecard.day.supposed_readings._BEYOND": (1e-9, DEFAULT),
    "scorecard.day.compiled_plan.FOREVER": (10_000_000, DEFAULT),
    "list_due(ahead_days)": (7, DEFAULT),
    "calendar.cadence._TRADITIONAL_CADENCES['quarterly']": (92, DEFAULT),
    "calendar.cadence._TRADITIONAL_CADENCES['half-yearly']": (184, DEFAULT),
    "calendar.cadence._TRADITIONAL_CADENCES['annual']": (366, DEFAULT),
    "recommend_cadence(teams)": (1, DEFAULT),
    "Cadence.MICRO_TWO_WEEKS.check_in_days": (2, DEFAULT),
    "Cadence.HALF_YEARLY.months": (6, DEFAULT),
    "Cadence.HALF_YEARLY.check_in_days": (14, DEFAULT),
    "Cadence.FOUR_MONTHLY.months": (4, DEFAULT),
    "Cadence.MONTHLY.months": (1, DEFAULT),
    "FiscalCalendar.start_month": (1, DEFAULT),
    "Monthly.day": (1, DEFAULT),
    "calendar.schedule._LONG['peer review'].days": (-4, DEFAULT),
    "calendar.schedule._LONG['retrospective'].days": (7, DEFAULT),
    "calendar.schedule._LONG['forum'].every.weekday": (1, DEFAULT),
    "calendar.schedule._LONG['business review'].every.number": (5, DEFAULT),
    "calendar.schedule._WEEKLY_WEEKS": (4, DEFAULT),
    "WorkdayOfMonth.number": (1, DEFAULT),
    "WorkdayOfMonth.grace_days": (3, DEFAULT),
    "calendar.schedule._LONG_WEEKS": (12, DEFAULT),
    "calendar.schedule._LONG_MONTHS": (3, DEFAULT),
    "calendar.workdays._MOST_DAYS_OFF": (366, DEFAULT),
    "journal.fact_columns._SNAPSHOTS": (16, DEFAULT),
    "journal.fact_columns._FEW": (8, DEFAULT),
    "scorecard.day.closed_items._MOST_KEPT": (8, DEFAULT),
    "scorecard.day.metric_rows._MOST_KEPT": (8, DEFAULT),
    "plan.metrics._MOST_ANSWERS": (1_000_000_000, DEFAULT),
    "plan.item._MOST_SEARCHES": (5, DEFAULT),
    "scorecard.day.period_words._MOST_SHOWN": (12, DEFAULT),
    "scorecard.day.roll_up_inputs._MOST_KEPT": (8, DEFAULT),
    "Ratio.per": (1, DEFAULT),
    "scorecard.day.batches._LEAST_TOTAL": (1e-30, DEFAULT),
    "scorecard.day.compiler._NARROW": (1e-6, DEFAULT),
    "scorecard.day.pace._NOTHING": (5e-13, DEFAULT),
    "scorecard.day.batches._NEARBY": (0.25, DEFAULT),
    "scorecard.day.batches._ROUNDING": (2.0**-49, DEFAULT),
    "scorecard.day.batches._UNDERFLOW": (1e-280, DEFAULT),
    "_arith._LARGE": (1e6, DEFAULT),
    "_arith.NEAR": (1e-11, DEFAULT),
    "_arith._NEAR_HALF": (1e-6, DEFAULT),
    "_arith._SNAP_DIGITS": (12, DEFAULT),
    "_checks.FIRST_YEAR": (1000, DEFAULT),
    "_arith._STEP": (0.011, DEFAULT),
    "_checks.LARGEST": (1e100, DEFAULT),
    "_checks.LAST_YEAR": (9000, DEFAULT),
    "_checks.MOST_DAYS": (146_097, DEFAULT),
    "_checks._MOST": (1_000_000_000, DEFAULT),
    "_arith.MOST_DIGITS": (12, DEFAULT),
    "journal.adjustment.LEAST_SCOPE": (0.001, DEFAULT),
    "journal.adjustment.MOST_SCOPE": (1000, DEFAULT),
    "journal.admission._MOST_KEPT": (8, DEFAULT),
    "journal.history._MOST_INDEXES": (8, DEFAULT),
    "journal.plan_in_force._MOST_KEPT": (8, DEFAULT),
    "plan.people._DEEPEST": (40, DEFAULT),
    "rulebook.bands._FEW": (64, DEFAULT),
    "rulebook.rulebook._DEEPEST": (5, DEFAULT),
    "plan.quantity._LONGEST": (200, DEFAULT),
    "words.templates._KEPT": (8192, DEFAULT),
    "scorecard.day.carried_work._MOST_KEPT": (8, DEFAULT),
    "scorecard.day.carried_works._MOST_KEPT": (8, DEFAULT),
}


@cache
def tool() -> Any:
    """Return the module that makes the page."""
    sys.path.append(str(ROOT / "docs" / "_tools"))
    try:
        import numbers_page  # type: ignore[import-not-found]  # noqa: PLC0415  # a tool of the docs
    finally:
        sys.path.pop()
    return numbers_page


def test_every_number_has_a_row_and_no_row_is_left_over() -> None:
    found = {row.name: row.number for row in tool().rows()}
    assert len(found) == len(tool().rows()), "two numbers of one name"
    new = sorted(set(found) - set(GOLDEN))
    assert not new, f"type with its source into the table of {Path(__file__).name}: {new}"
    assert sorted(set(GOLDEN) - set(found)) == [], "no longer in the library"
    wrong = {
        name: (found[name], number) for name, (number, _) in GOLDEN.items() if found[name] != number
    }
    assert wrong == {}, "the library, and the table"


def test_every_number_has_a_source() -> None:
    bare = [row.name for row in tool().rows() if not row.source]
    assert not bare, f"say beside it where it comes from, or that it is a library default: {bare}"
    sources = {row.name: row.source for row in tool().rows()}
    assert sources == {name: source for name, (_, source) in GOLDEN.items()}


def test_every_number_says_what_it_is() -> None:
    assert [row.name for row in tool().rows() if len(row.what) < 5] == []


def test_a_number_without_a_source_is_found() -> None:
    code = "#: What was said of it.\nBELIEF = 0.42\n#: This too (METHOD.md 2.7).\nOTHER = 0.43\n"
    above, beside = tool()._comments(code)
    assert (above, beside) == (
        {2: "What was said of it.", 4: "This too (METHOD.md 2.7)."},
        {},
    )
    assert [tool()._sources(above[line]) for line in (2, 4)] == ["", "METHOD.md 2.7"]
    assert tool()._words(above[4]) == "This too"


def test_the_page_of_numbers_is_up_to_date() -> None:
    page = (ROOT / "docs" / "reference" / "numbers.md").read_text(encoding="utf-8")
    assert page == tool().page(), "run: python docs/_tools/numbers_page.py"


# --- nothing of the tool from here on ----------------------------------------------------------


def numbers_in(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Yield the numbers in a value, each with the name of its field or band."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield name, value
    elif isinstance(value, EDGES):
        yield name, value.stated_limit()
    elif isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], EDGES):
        yield str(value[1]), value[0].stated_limit()
    elif isinstance(value, tuple):
        for member in value:
            yield from numbers_in(member, name)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from numbers_in(getattr(value, field.name), field.name)


def known() -> set[tuple[str, float]]:
    """Return the numbers of the table, each with the last part of its name."""
    ends = (
        (name.rstrip("')]").split("['")[-1].split(".")[-1], n) for name, (n, _) in GOLDEN.items()
    )
    return {(end, number) for end, number in ends if not isinstance(number, tuple)}


@pytest.mark.parametrize(
    "cadence", [None, *(c for c in vars(okr.Cadence).values() if isinstance(c, okr.Cadence))]
)
def test_every_number_of_a_cadence_and_its_schedule_is_in_the_table(
    cadence: okr.Cadence | None,
) -> None:
    found = {*numbers_in(cadence), *numbers_in(okr.calendar.Schedule.of(cadence).appointments)}
    weekly = ("check_in_days", GOLDEN["calendar.cadence.WEEKLY"][0])
    # 0 is a length in the other unit, or the very day.
    assert {pair for pair in found if pair[1]} <= known() | {weekly}


def test_every_number_of_the_recommended_rulebook_is_in_the_table() -> None:
    found = set(numbers_in(okr.RECOMMENDED))
    assert len(found) > 15
    assert sorted(found - known()) == []


#: Weeks, quarters, halves, months, dozens and hundreds; a largest month; sixty seconds.
ARITHMETIC: Final = {0, 1, 2, 3, 4, 6, 7, 10, 12, 31, 60, 100}
#: The rooms where something is believed.
ROOMS: Final = ("calendar", "plan", "journal", "rulebook", "scorecard", "review")


def test_no_number_hides_in_a_function() -> None:
    hidden = {
        f"{path.relative_to(SRC)}:{node.lineno}: {node.value!r}"
        for room in ROOMS
        for path in (SRC / room).rglob("*.py")
        if "dialects" not in path.parts
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.value not in ARITHMETIC
        # The largest number, written out where a call would cost too much; how small is shown with digits;
        # when a look at 12 decimals is worth its time.
        and node.value not in (1e100, 0.1, 1e-6)
    }
    assert sorted(hidden) == [], "make it a constant, with what it is and where it comes from"
