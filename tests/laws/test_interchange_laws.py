"""Laws of rows and text in, and of records out.

- wide and long tables say the same
- any cells at all give a plan, a journal that fits it, and problems; the same again when read again
- a table written by hand from a plan gives its measures and readings back
- text that holds a plan reads back equal; what it cannot hold is named, and the rest is there
- any text gives a plan
- problems are in the words of the reader, but for texts of cells and lines
- text in other words is the same but for its comments, and reads back the same
- records hold scalars of one type a column, under the documented columns
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import example, given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from made_up import MADE_UP, english_in
from okrcore import codec, testing
from okrcore.codec.exchange.import_result import PROBLEMS, shown
from okrcore.errors import CODES
from okrcore.words import TABLE

Q3 = okr.FiscalCalendar().quarter(2026, 3)

# --- rows ----------------------------------------------------------------------------------------

HEADINGS: list[Any] = []
for field in fields(okr.codec.ColumnMap):
    default: Any = field.default
    HEADINGS += default[:2] if field.metadata else []


class Broken:
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__

    def __ne__(self, other: object) -> bool:
        raise ValueError

    __hash__ = None  # type: ignore[assignment]


class Silent:
    def __str__(self) -> str:
        return ""


class Undecided:
    """As pandas' NA: comparing it says neither yes nor no."""

    def __ne__(self, other: object) -> bool:
        raise TypeError

    __hash__ = None  # type: ignore[assignment]


cells = st.one_of(
    st.sampled_from(
        [
            *(
                "Grow",
                "Help",
                "Grow; Help",
                "NPS",
                "yes",
                "done",
                "tbd",
                "?",
                "n/a",
                "",
                " ",
                "kpi",
            ),
            *(
                "guardrail",
                "initiative",
                "objective",
                "<= 85",
                "5 -> 9",
                "-> 0",
                "+5%",
                "2x",
                "50%",
            ),
            *("$12 million", "nine", "2:37", "30 of 40", "1/0", "1,23", "between 5 and 3", "+0%"),
            *("2026-08-14", "14/08/2026", "03/04/2026", "30 Feb 2026", "Aug 14, 2026", "committed"),
            *("percentage", "boolean", "baseline", "days", "%", "team", "7", "-1", "a\nb", "\x00"),
        ]
    ),
    st.sampled_from(
        [None, float("nan"), float("inf"), 0, 1, 0.5, 70, -3, 12.0, 10**400, True, False]
    ),
    st.sampled_from([Decimal("NaN"), Decimal("3.8"), 1j, b"x", [], [1], {}, object()]),
    st.sampled_from([date(2026, 8, 14), datetime(2026, 8, 14, tzinfo=UTC)]),
    st.sampled_from([Broken(), Silent(), Undecided()]),
    st.text(max_size=5),
)
rows = st.lists(
    st.one_of(
        st.dictionaries(
            st.sampled_from([*HEADINGS, "KR 1", "KR 1 target", "KR 1 current", "KR 2", "Stars"]),
            cells,
            max_size=8,
        ),
        st.sampled_from([None, 5, "row", {None: ["surplus"]}, {5: 5}]),
    ),
    max_size=6,
)


@given(rows, st.sampled_from([None, Q3]), st.booleans())
@settings(max_examples=examples(gate=400, explore=4000))
@example([{"goal": "Grow", "parent": "Help"}, {"goal": "Help", "parent": "Grow"}], None, True)
@example([{"goal": "Grow", "parent": "Grow"}], None, False)
@example([{"id": 1, "kr id": 1, "goal": "A", "kr": "B"}, {"id": "o-1", "goal": "C"}], None, False)
def test_any_cells_give_a_plan(table: Any, cycle: Any, in_order: bool) -> None:
    columns = okr.codec.ColumnMap(day_first=in_order or None)
    loaded = okr.read_rows(table, columns=columns, cycle=cycle)
    assert okr.evaluate(loaded.plan, loaded.journal, as_of=date(2027, 1, 1)).problems == ()
    assert loaded == okr.read_rows(table, columns=columns, cycle=cycle)
    for problem in loaded.problems:
        assert 1 <= problem.row <= len(table)
        assert problem.code in PROBLEMS or problem.code in CODES
        assert str(problem)


#: Words that a file must have, so that they are the same in every language, and parts of made ids.
FORMAT = frozenset(
    re.findall(
        "[a-z]+",
        "key result guardrail kpi initiative number percentage currency yes no baseline o kr g i m"
        " increase decrease ratio per objective e untitled "
        + " ".join([*okr.Ambition, *okr.Level]),
    )
)


def must_be_translated(problems: Any, *given: object) -> None:
    """Require that a problem in the made-up language has no English word but those of the given texts."""
    of_host = set(re.findall("[a-z]+", " ".join(map(shown, given)).casefold())) | FORMAT
    for problem in problems:
        written = MADE_UP.write(problem.sentence)
        value = problem.sentence.values["value"]
        assert problem.sentence.code in TABLE
        words = english_in(written, *([value] if len(value) > 3 else []))
        assert {word.casefold() for word in words} <= of_host, (problem, written)


@given(rows)
@settings(max_examples=examples(gate=300, explore=3000))
def test_problems_of_cells_are_in_the_words_of_the_reader(table: Any) -> None:
    cells = [
        cell for row in table if isinstance(row, dict) for pair in row.items() for cell in pair
    ]
    must_be_translated(okr.read_rows(table).problems, *cells)


titles = st.sampled_from(["Revenue", "Tickets", "Speed", "Days to hire", "Größe"])
key_results = st.fixed_dictionaries(
    {},
    optional={
        "target": st.sampled_from(["$128", "3.8%", "<= 85", "nine", "0:45", 5]),
        "baseline": st.sampled_from(["$112", "3.1%", "tbd", 3]),
        "current": st.sampled_from(["$120", "3.5%", 4, "done", "n/a"]),
        "score": st.sampled_from([0.7, "70%", None]),
        "confidence": st.sampled_from(["7 of 10", 0.5]),
        "unit": st.sampled_from(["USD", "%"]),
        "weight": st.sampled_from([1, 2.0, "3"]),
        "owner": st.sampled_from(["Ana", "Bo"]),
    },
)


@given(st.dictionaries(titles, key_results, min_size=1, max_size=3))
def test_wide_and_long_tables_say_the_same(drawn: dict[str, dict[str, Any]]) -> None:
    own = {"Objective": "Grow", "Owner": "Dana", "Date": "2026-08-14"}
    owners = {"owner": "key result owner"}
    long = [
        {
            **own,
            "Key Result": title,
            **{owners.get(name, name): value for name, value in cells.items()},
        }
        for title, cells in drawn.items()
    ]
    wide: dict[str, Any] = dict(own)
    for number, (title, cells) in enumerate(drawn.items(), start=1):
        wide[f"Key Result {number}"] = title
        wide |= {f"KR {number} {name}": value for name, value in cells.items()}
    one, other = okr.read_rows(long, cycle=Q3), okr.read_rows([wide], cycle=Q3)
    assert one.plan == other.plan
    assert one.journal == other.journal
    assert [p.code for p in one.problems] == [p.code for p in other.problems]


@given(testing.plans(measure=testing.lines() | testing.bounds(), max_objectives=2, described=False))
def test_a_table_of_a_plan_gives_its_measures_back(plan: okr.Plan) -> None:
    krs = [kr for o in plan.objectives for kr in o.own_key_results]
    table = []
    for kr in krs:
        measure: Any = kr.measure
        row = {"goal": "Grow", "kr id": kr.id, "kr": kr.title, "weight": kr.weight}
        if isinstance(measure, okr.Between):
            row["target"] = f"between {measure.low!r} and {measure.high!r}"
        elif hasattr(measure, "limit"):
            signs = {"AtLeast": ">=", "AtMost": "<=", "Above": ">", "Below": "<"}
            row["target"] = f"{signs[type(measure).__name__]} {measure.limit!r}"
        else:
            row |= {"baseline": measure.baseline, "target": measure.target}
        table.append(row)
    loaded = okr.read_rows(table)
    assert loaded.problems == ()
    for kr in krs:
        found: Any = loaded.plan.key_result(kr.id)
        wanted: Any = kr.measure
        assert found.weight == kr.weight
        for name in ("baseline", "target", "limit", "low", "high"):
            assert getattr(found.measure, name, None) == getattr(wanted, name, None)


# --- text ----------------------------------------------------------------------------------------

words = st.lists(
    st.sampled_from(
        ["earn", "more", "Größe", "売上", "per", "1,000", "accounts", "phase", "2", "it's"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
plain_numbers = st.integers(-1000, 1000).map(float) | st.integers(-9999, 9999).map(
    lambda n: n / 100
)
pairs = st.tuples(plain_numbers, plain_numbers).filter(lambda p: p[0] < p[1])
held_measures = st.one_of(
    st.just(okr.PassFail()),
    pairs.map(lambda p: okr.Increase(*p)),
    pairs.map(lambda p: okr.Decrease(*reversed(p))),
    plain_numbers.map(lambda n: okr.FromTo(n, n)),
    plain_numbers.map(lambda n: okr.FromTo(None, n)),
    plain_numbers.filter(bool).map(abs).map(okr.Reach),
    st.builds(
        lambda k, n: k(n), st.sampled_from([okr.AtLeast, okr.Above, okr.AtMost]), plain_numbers
    ),
    pairs.map(lambda p: okr.Between(*p)),
    plain_numbers.filter(bool).map(lambda n: okr.Relative(percent=n)),
    plain_numbers.filter(bool).map(okr.Points),
    st.integers(2, 9).map(okr.Multiple),
)
held_units = st.sampled_from([None, okr.Unit("days"), okr.Unit("tickets", per="month")])
people = st.none() | st.sampled_from(["Ana Ruiz", "Cy Wu", "J. van der Berg"]).map(okr.Person)


#: A title that begins with a quantity reads as one; `lost_in_text` says so (see below).
names = words.filter(lambda text: not text[0].isdigit())


@st.composite
def held_plans(draw: st.DrawFn) -> okr.Plan:
    """Plans that text can hold."""
    objectives: list[okr.Objective] = []
    for number in range(draw(st.integers(1, 3))):
        key_results = []
        for position in range(draw(st.integers(0, 3))):
            measure = draw(held_measures)
            has_unit = not isinstance(measure, (okr.PassFail, okr.Relative, okr.Multiple))
            key_results.append(
                okr.KeyResult(
                    f"k{number}-{position}",
                    draw(names),
                    measure,
                    unit=draw(held_units) if has_unit else None,
                    owner=draw(people),
                    weight=draw(st.sampled_from([1.0, 2.0, 0.5, 0.0])),
                    due=draw(st.none() | st.just(date(2026, 9, 1))),
                )
            )
        guarded = [kr.id for kr in key_results[:1]]
        before = [id for o in objectives for id in (o.id, *(kr.id for kr in o.own_key_results))]
        objectives.append(
            okr.Objective(
                f"o{number}",
                draw(words),
                key_results=key_results,
                guardrails=[
                    okr.Guardrail(
                        f"g{number}",
                        draw(words),
                        draw(plain_numbers.map(okr.AtMost)),
                        hard=draw(st.booleans()),
                        protects=draw(st.sampled_from([None, *guarded])),
                    )
                ],
                initiatives=[okr.Initiative(f"i{number}", draw(words), drives=guarded)],
                supports=draw(st.sampled_from([(), *([id] for id in before)])),
                owner=draw(people),
                ambition=draw(st.sampled_from([None, *okr.Ambition])),
                cycle=Q3,
            )
        )
    metric = okr.Metric("m", draw(words), health=draw(st.none() | plain_numbers.map(okr.Above)))
    return okr.Plan(objectives, metrics=[metric])


@given(held_plans())
@settings(max_examples=examples(gate=300, explore=3000))
def test_text_that_holds_a_plan_reads_back_equal(plan: okr.Plan) -> None:
    text = okr.write_text(plan)
    assert codec.lost_in_text(plan) == ()
    loaded = okr.read_text(text, cycle=Q3)
    assert loaded.problems == ()
    assert loaded.plan == plan


@given(testing.plans())
@settings(max_examples=examples(gate=60, explore=600))
def test_what_text_cannot_hold_is_named(plan: okr.Plan) -> None:
    text, lost = okr.write_text(plan), codec.lost_in_text(plan)
    assert [
        line[20:] for line in text.splitlines() if line.startswith("# not in this text: ")
    ] == list(lost)
    again = okr.read_text(text, cycle=plan.objectives[0].cycle).plan
    for item in plan.each():
        path = f"{type(item).__name__}({item.id!r})"
        if path in lost:
            continue
        found: Any = again.items[item.id]
        for field in fields(type(item)):
            if f"{path}.{field.name}" not in lost and field.name not in {
                "key_results",
                "guardrails",
                "initiatives",
            }:
                assert getattr(found, field.name) == getattr(item, field.name)
    if not lost:
        assert again == plan


lines_of_text = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "\t", "    ", "- "]),
        st.sampled_from(["O: ", "KR: ", "G: ", "I: ", "M: ", "KR1:", "#", "", "kpi:", "O"]),
        st.lists(
            st.sampled_from(
                [
                    *(
                        "grow",
                        "5%",
                        "->",
                        "<=",
                        "85",
                        "0",
                        "@Ana",
                        "#id",
                        "#o",
                        "(hard)",
                        "(committed)",
                    ),
                    *(
                        "(weight 2)",
                        "(by 2026-02-30)",
                        "+5",
                        "2x",
                        "between",
                        "and",
                        "from",
                        "to",
                        "?",
                    ),
                ]
            ),
            max_size=6,
        ).map(" ".join)
        | st.text(max_size=12),
    ).map("".join),
    max_size=8,
).map("\n".join)


@given(lines_of_text)
@settings(max_examples=examples(gate=400, explore=4000))
@example("O: a #x\nKR: b #x\nKR: c\n  KR: d\n    G: e < 5\n   I: f")
def test_any_text_gives_a_plan(text: str) -> None:
    loaded = okr.read_text(text)
    count = len(text.splitlines())
    assert all(1 <= problem.row <= count and str(problem) for problem in loaded.problems)
    assert loaded == okr.read_text(text)
    assert okr.evaluate(loaded.plan, loaded.journal, as_of=date(2026, 8, 15)).problems == ()


@given(lines_of_text)
@settings(max_examples=examples(gate=300, explore=3000))
def test_problems_of_lines_are_in_the_words_of_the_reader(text: str) -> None:
    must_be_translated(okr.read_text(text).problems, text)


@given(testing.plans())
@settings(max_examples=examples(gate=60, explore=600))
def test_text_in_other_words_differs_in_its_comments_alone(plan: okr.Plan) -> None:
    english, other = okr.write_text(plan), okr.write_text(plan, words=MADE_UP)
    lost = codec.lost_in_text(plan)
    cut = len(other.splitlines()) - len(lost)
    assert other.splitlines()[:cut] == english.splitlines()[:cut]
    assert not [
        word
        for line, path in zip(other.splitlines()[cut:], lost, strict=True)
        for word in english_in(line, path)
    ]
    assert okr.read_text(other) == okr.read_text(english)


# --- records -------------------------------------------------------------------------------------


def must_be_flat(records: list[dict[str, Any]], kind: str) -> None:
    columns = codec.COLUMNS[kind]
    for record in records:
        assert list(record) == [column.name for column in columns]
        for column in columns:
            assert record[column.name] is None or type(record[column.name]) is column.holds


@given(testing.plans(), st.data(), testing.days())
@settings(max_examples=examples(gate=60, explore=600))
def test_records_hold_scalars_of_one_type(plan: okr.Plan, data: st.DataObject, day: date) -> None:
    journal = data.draw(testing.journals(plan))
    card = okr.evaluate(plan, journal, as_of=day)
    must_be_flat(okr.to_records(plan), "plan")
    must_be_flat(okr.to_records(journal), "journal")
    must_be_flat(okr.to_records(card), "scorecard")
    must_be_flat(okr.to_records(okr.evaluate_series(plan, journal, [day])), "series")
    scores = {record["id"]: record["score"] for record in okr.to_records(card)}
    assert scores == {id: card[id].score for id in card.plan_in_force.items if id in card}
    homed = [r for r in okr.to_records(plan) if r["kind"] != "key result ref"]
    assert [record["id"] for record in homed] == list(plan.items)
    corrections = [each for each in journal.entries if isinstance(each, okr.Correction)]
    entries = [*journal.in_force, *corrections]
    for entry, record in zip(entries, okr.to_records(journal), strict=True):
        if isinstance(entry, okr.Adjustment) and entry.sets:
            assert list(json.loads(str(record["changes"]))["sets"]) == [
                name for name, _ in entry.sets
            ]


@given(testing.plans(), st.data())
@settings(max_examples=examples(gate=60, explore=600))
def test_records_of_a_difference_are_json_texts(plan: okr.Plan, data: st.DataObject) -> None:
    found = okr.diff(plan, data.draw(testing.edited(plan)))
    records = okr.to_records(found)
    must_be_flat(records, "difference")
    for each, record in zip(found, records, strict=True):
        assert (record["id"], record["field"], record["counts"]) == (
            each.id or None,  # of the plan
            each.field,
            each.counts,
        )
        for value, text in ((each.before, record["before"]), (each.after, record["after"])):
            assert (value is None) == (text is None)
            assert text is None or json.loads(str(text)) is not None


@pytest.mark.parametrize("x", [None, "text", 5, [5], {}, okr.RECOMMENDED, okr.Plan])
def test_nothing_else_has_records(x: Any) -> None:
    with pytest.raises(okr.InvalidValueError):
        okr.to_records(x)


def test_a_plan_text_is_one_of_a_plan() -> None:
    for act in (okr.write_text, codec.lost_in_text):
        with pytest.raises(okr.InvalidValueError, match="give a Plan"):
            act(okr.Journal())  # type: ignore[arg-type]


def test_evolving_a_loaded_plan_keeps_its_ids() -> None:
    loaded = okr.read_text("O: Grow\n  KR: NPS 20 -> 40")
    assert evolve(loaded, problems=()) == loaded


def test_a_title_that_begins_with_a_quantity_is_named_as_lost() -> None:
    kr = okr.KeyResult("k", "1,000 per earn", okr.Reach(1))
    plan = okr.Plan([okr.Objective("o", "earn", key_results=[kr])])
    assert "KeyResult('k').title" in codec.lost_in_text(plan)
