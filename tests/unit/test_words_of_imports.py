"""Problems of rows and text, calendar text and advice in a made-up language: no English word is left.

Given texts of a host are titles, cells, ids and units; given words of the format are those that a file must have.
"""

from __future__ import annotations

import copy
import csv
import pickle
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore import codec
from okrcore.errors import CODES
from okrcore.words import TABLE, Reason, Words

DATA = Path(__file__).parents[1] / "data"
Q3 = okr.FiscalCalendar().quarter(2026, 3)
DAY = date(2026, 8, 14)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
#: Words that a file must have, so that they are the same in every language.
FORMAT = (
    *("key result", "guardrail", "KPI", "initiative"),
    *("number", "percentage", "currency", "yes/no", "baseline"),
    *okr.Ambition,
    *okr.Level,
    *("O:", "KR:", "G:", "I:", "M:"),
    "Increase",
    "Decrease",
)


def problem_of(**cells: object) -> Any:
    """Return the problem of one row."""
    (problem,) = okr.read_rows([{"goal": "Ziel", "kr": "Teil", **cells}], on=DAY).problems
    return problem


def english_of(problem: codec.ImportProblem, *given: str) -> list[str]:
    value = problem.value if len(problem.value) <= 80 else f"{problem.value[:80]}…"
    written = MADE_UP.write(problem.sentence)
    return english_in(written, repr(value), problem.column or "", *given, *FORMAT)


# --- problems --------------------------------------------------------------------------------------


def test_a_problem_has_its_row_as_the_library_and_as_a_spreadsheet_count_it() -> None:
    """The first row below the headings is row 1, and line 2 of the sheet."""
    rows = [{"goal": "A", "stars": "5"}]
    (problem,) = okr.read_rows(rows).problems
    assert (problem.row, problem.line) == (1, 2)
    assert str(problem) == "row 1 (line 2), stars: '5' is not read: no column has this name"
    (whole,) = okr.read_rows([{"goal": "A"}, 5]).problems  # type: ignore[list-item]
    assert str(whole) == "row 2 (line 3): '5' is not read: a row is a mapping of columns to cells"
    (line,) = okr.read_text("O: A\nwhy not").problems
    assert (line.row, line.line) == (2, 2)
    assert str(line).startswith("line 2: 'why not' is not understood; begin with O:, KR:, G:, I:")


def test_numbers_of_rows_have_no_thousands() -> None:
    problem = codec.ImportProblem(1234, None, "x", "no-title", "has no title")
    assert str(problem) == "row 1234 (line 1235): 'x' has no title"


def test_a_message_is_data() -> None:
    problem = problem_of(target="3,8%")
    assert (problem.code, problem.message.code) == ("unreadable-number", "list/clauses")
    rule, hint = problem.message.values["parts"]
    assert (rule.code, hint.code) == (
        "error/unreadable-number",
        "hint/write-number-or-decimal",
    )
    assert dict(hint.values) == {"example": "1,234.5", "decimal": "','"}
    german = Words(
        {
            "problem-at/cell": "Zeile {row} (Blatt: {line}), {column}: {value} {message}",
            "error/unreadable-number": "ist keine Zahl",
            "hint/write-number-or-decimal": "schreiben Sie {example}, oder geben Sie decimal={decimal} an",
        }
    )
    assert german.write(problem.sentence) == (
        "Zeile 1 (Blatt: 2), target: '3,8%' ist keine Zahl; schreiben Sie 1,234.5, oder geben Sie decimal=',' an"
    )


def test_a_message_of_a_host_stays() -> None:
    problem = codec.ImportProblem(1, "Ziel", "x", "not-kept", "wird nicht gelesen")
    assert problem.message.code == "text"
    assert english_of(problem, "wird nicht gelesen") == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"stars": "5"}, "column-unknown"),
        ({None: ["5"]}, "cell-surplus"),
        ({"ambition": "moonshot"}, "cell-unreadable"),
        ({"level": "galaxy"}, "cell-unreadable"),
        ({"kind": "wish"}, "cell-unreadable"),
        ({"measure type": "wish"}, "cell-unreadable"),
        ({"target": "5\x00"}, "characters-left-out"),
        ({}, "no-target"),
        ({"kind": "guardrail"}, "no-bound"),
        ({"kind": "guardrail", "target": "good"}, "no-bound"),
        ({"starts": "2026-07-01"}, "not-kept"),
        ({"starts": "2026-07-02", "ends": "2026-07-01"}, "ends-before-start"),
        ({"target": "5", "unit": "days", "current": "3 weeks"}, "unit-differs"),
        ({"kr": "Quote in %", "target": "20", "current": "1 of 5"}, "unit-differs"),
        ({"target": "5", "current": "3", "score": "0.3"}, "not-kept"),
        ({"weight": "-1", "target": "5"}, "weight-negative"),
        ({"weight": "1e200", "target": "5"}, "too-large"),
        ({"parent": "Nichts"}, "not-here"),
        ({"parent": "Ziel"}, "not-kept"),
        ({"score": "7"}, "unreadable-share"),
        ({"target": "5", "current": "3", "date": "03/04/2026"}, "unreadable-day"),
        ({"target": "5", "current": "3", "date": "2026-02-30"}, "unreadable-day"),
        ({"target": "5", "current": "3", "date": "wann"}, "unreadable-day"),
        ({"target": "5", "current": "1:70:00"}, "unreadable-number"),
        ({"target": "5", "current": "+-5"}, "unreadable-number"),
        ({"target": "5", "current": "5m"}, "unreadable-number"),
        ({"target": "5", "current": "5 of them"}, "unreadable-number"),
        ({"target": "5", "current": "5 " + "x" * 200}, "unreadable-number"),
        ({"target": "5", "current": "1.234.5"}, "unreadable-number"),
        ({"target": "5", "current": "viel"}, "unreadable-number"),
        ({"target": "1/0"}, "denominator-zero"),
        ({"target": "5", "current": [1]}, "not-a-number"),
        ({"target": "5", "current": 1e200}, "too-large"),
        ({"target": "-> 0"}, "target-equals-baseline"),
        ({"target": "-> 1e-15"}, "target-equals-baseline"),
        ({"target": "-> -5"}, "no-direction"),
        ({"target": "+0%"}, "target-equals-baseline"),
        ({"target": "+1e-15"}, "target-equals-baseline"),
        ({"target": "1x"}, "target-equals-baseline"),
        ({"target": "between 5 and 3"}, "bounds-crossed"),
        ({"target": -5}, "no-direction"),
    ],
)
def test_every_problem_of_a_cell_is_in_the_words_of_the_reader(cells: Any, code: str) -> None:
    problems = okr.read_rows([{"goal": "Ziel", "kr": "Teil", **cells}], on=DAY).problems
    assert code in {problem.code for problem in problems}
    given = ("'of them'", "1e-15", "'m'", "Ratio(1, 5, per=100)")
    for problem in problems:
        assert english_of(problem, *given) == []


def test_problems_of_several_rows() -> None:
    rows: list[dict[str, object]] = [
        {"kr": "Teil", "target": "5"},
        {"id": "z", "goal": "Ziel", "kr": "Teil", "target": "5", "current": "3"},
        {"id": "z", "goal": "Ziel", "kr": "Teil", "target": "6", "current": "3"},
        {"id": "y", "goal": "Ast", "kr": "Laub", "kr id": "z", "target": "1", "current": "1"},
        {"id": "y", "goal": "Ast", "current": "3", "baseline": "1"},
    ]
    problems = okr.read_rows(rows).problems
    assert {problem.code for problem in problems} == {
        "no-objective", "differs", "repeated-row", "id-taken", "no-day", "no-target",
        "unreadable-share"
    }  # fmt: skip
    for problem in problems:
        assert english_of(problem, "z-2", "'5'") == []


def test_a_quarter_full_of_problems() -> None:
    with (DATA / "last_quarter.csv").open(encoding="utf-8", newline="") as file:
        problems = okr.read_rows(list(csv.DictReader(file)), cycle=Q3).problems
    assert len(problems) == 12
    for problem in problems:
        assert english_of(problem, "baskets", "'Cy Wu'") == [], problem


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hallo", "line-unreadable"),
        ("KR: Teil", "no-objective"),
        ("O: A #x\nO: B #x", "id-taken"),
        ("O: A\nKR: Teil\x00", "characters-left-out"),
        ("O: A (supports #n)", "not-kept"),
        ("O: A\nG: Teil", "no-bound"),
        ("O: A\nKR: Teil (by 2026-02-30)", "cell-unreadable"),
        ("O: A\nKR: Zeit -> weniger", "line-unreadable"),
        ("O: A\nKR: between 5 and 3", "bounds-crossed"),
        ("O: A\nKR: 5 -> 9", "no-title"),
    ],
)
def test_every_problem_of_a_line_is_in_the_words_of_the_reader(text: str, code: str) -> None:
    (problem,) = okr.read_text(text).problems
    assert problem.code == code
    assert english_of(problem) == []


def test_every_code_of_an_error_has_a_row() -> None:
    assert {f"error/{code}": rule for code, rule in CODES.items()}.items() <= TABLE.items()


def test_a_hint_is_plain_in_a_copy_of_an_error() -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.plan.parse_number("viel")
    error = caught.value
    assert isinstance(error.hint, Reason)
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  # made a moment ago
        assert type(again.hint) is str
        assert str(again) == str(error)


# --- texts that are written ------------------------------------------------------------------------


def test_a_judgement_from_a_score_alone_has_its_reason_in_the_words_given() -> None:
    rows = [{"goal": "Ziel", "kr": "Teil", "target": "5", "score": "0.7"}]
    for words, because in ((okr.words.ENGLISH, "scored without a value"), (MADE_UP, None)):
        (entry,) = okr.read_rows(rows, on=DAY, words=words).journal.entries
        assert isinstance(entry, okr.Judgement)
        assert because in (entry.because, None)
        assert bool(english_in(entry.because)) == (because is not None)


def test_the_format_of_text_is_the_same_in_any_words() -> None:
    """Tags and marks are read back; comments are prose."""
    objective = okr.Objective(
        "o", "Ziel", place=okr.Place(team="Team"), ambition=okr.Ambition.COMMITTED, key_results=[okr.KeyResult("k", "Teil", okr.AtMost(5), due=DAY)]
    )  # fmt: skip
    plan = okr.Plan([objective])
    english, other = okr.write_text(plan), okr.write_text(plan, words=MADE_UP)
    assert english.endswith("\n# not in this text: Objective('o').place")
    assert other.splitlines()[:-1] == english.splitlines()[:-1]
    assert english_in(other.splitlines()[-1], "Objective('o').place") == []
    assert okr.read_text(other) == okr.read_text(english)


def test_a_note_of_several_lines_stays_a_comment() -> None:
    plan = okr.Plan([okr.Objective("o", "Ziel", place=okr.Place(team="Team"))])
    words = Words({"text/left-out": "es fehlt\nO: {path}"})
    text = okr.write_text(plan, words=words)
    assert text.splitlines()[-1] == "# es fehlt O: Objective('o').place"
    assert len(okr.read_text(text).plan.objectives) == 1


def test_a_calendar_in_other_words() -> None:
    written = codec.to_icalendar(
        okr.calendar.Schedule.of(okr.Cadence.QUARTERLY), Q3, id="x", stamped=NOON, words=MADE_UP
    )
    unfolded = written.replace("\r\n ", "")
    summaries = re.findall("SUMMARY:(.*)\r", unfolded)
    assert len(summaries) == 14
    assert not [word for each in summaries for word in english_in(each, Q3.name)]


def test_a_summary_of_a_host_and_its_name_of_a_ritual() -> None:
    words = Words({"calendar/summary": "{ritual} ({cycle})", "ritual: planning": "Kick-off, ours"})
    schedule = okr.calendar.Schedule.of(okr.Cadence.MONTHLY)
    written = codec.to_icalendar(schedule, Q3, id="x", stamped=NOON, words=words)
    assert "SUMMARY:Kick-off\\, ours (2026-Q3)\r\n" in written


# --- cadences --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "goal",
    [
        {"horizon_days": 1, "feedback_days": 1, "teams": 2},
        {"horizon_days": 28, "feedback_days": 3},
        {"horizon_days": 1550, "feedback_days": 2, "teams": 4, "is_changing": True},
    ],
)
def test_advice_in_other_words(goal: dict[str, Any]) -> None:
    for reason in okr.calendar.recommend_cadence(**goal).reasons:
        assert english_in(MADE_UP.write(reason)) == []


def test_advice_has_codes_and_forms() -> None:
    advice = okr.calendar.recommend_cadence(horizon_days=1550, feedback_days=1)
    assert [reason.code for reason in advice.reasons] == [
        "cadence/long-horizon", "cadence/several-years", "cadence/feedback-overlay"
    ]  # fmt: skip
    assert advice.reasons[0].startswith("a horizon of 1,550 days is")
    assert advice.reasons[2] == "feedback within 1 day: micro, one week, under it"


def test_differences_in_other_words() -> None:
    for one in okr.calendar.CADENCE_DIFFERENCES:
        for text in (one.name, one.traditional, one.micro, one.effect):
            assert english_in(MADE_UP.write(text)) == []


def test_advice_of_no_texts_is_refused() -> None:
    wrong: Any = 7
    with pytest.raises(okr.InvalidValueError, match=r"CadenceAdvice\.reasons"):
        okr.calendar.CadenceAdvice(cadence=okr.Cadence.MONTHLY, reasons=wrong)
    own = okr.calendar.CadenceAdvice(cadence=okr.Cadence.MONTHLY, reasons=("so wie immer",))
    assert own.reasons[0].code == "text"


VOCABULARIES: dict[str, type[StrEnum]] = {
    "ritual": okr.calendar.Ritual,
    "level": okr.Level,
    "granularity": okr.calendar.Granularity,
    "purpose": okr.calendar.Purpose,
    "adjustment policy": okr.calendar.AdjustmentPolicy,
    "risk posture": okr.calendar.RiskPosture,
}


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_each_word_of_a_vocabulary_has_a_row(kind: str) -> None:
    rows = [code.removeprefix(f"{kind}: ") for code in TABLE if code.startswith(f"{kind}: ")]
    assert rows == [member.value for member in VOCABULARIES[kind]]


def test_each_cadence_has_a_row() -> None:
    cadences = {each.name for each in vars(okr.Cadence).values() if isinstance(each, okr.Cadence)}
    assert cadences == {
        code.removeprefix("cadence: ") for code in TABLE if code.startswith("cadence: ")
    }
