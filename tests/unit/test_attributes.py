"""Attributes of items and entries; source and link of entries. S35: nowhere to keep the ticket's key."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, get_args

import attrs
import pytest

import okrcore as okr
from okrcore import codec
from okrcore.journal.journal import Entry
from okrcore.plan.item import Item

Q3 = okr.FiscalCalendar().quarter(2026, 3)
DAY = date(2026, 8, 14)
FACTS: dict[str, str | float | bool] = {"jira": "GRW-7", "points": 8, "audited": True}
PAIRS = (("jira", "GRW-7"), ("points", 8.0), ("audited", True))

#: One of each kind of item that has its attributes itself.
ITEMS: list[Any] = [
    okr.Guardrail("g", "Refunds", okr.AtMost(3), attributes=FACTS),
    okr.Initiative("i", "Call", attributes=FACTS),
    okr.Metric("m", "Promoters", attributes=FACTS),
    okr.Outside("x", attributes=FACTS),
]
ENTRIES: list[Any] = [
    okr.CheckIn("k", DAY, 5, source="warehouse", link="https://bi.example/k", attributes=FACTS),
    okr.BaselineSet("k", DAY, 5, source="survey", link="a#1", attributes=FACTS),
    okr.Adjustment(
        "k", DAY, weight=2, because="news", source="board", link="a#2", attributes=FACTS
    ),
    okr.Transition("o", DAY, okr.Lifecycle.PAUSED, source="board", link="a", attributes=FACTS),
    okr.Judgement("k", DAY, score=0.5, because="half", source="board", link="a", attributes=FACTS),
    okr.Closing("o", DAY, okr.ClosingDecision.CARRY, source="board", link="a", attributes=FACTS),
    okr.PostMortem("o", DAY, source="board", link="a", attributes=FACTS),
    okr.Correction("e1", source="board", link="a", attributes=FACTS),
]


def plan(kr: Any = None, **more: Any) -> okr.Plan:
    found = kr or okr.KeyResult("k", "Calls", okr.Reach(10))
    return okr.Plan([okr.Objective("o", "Serve", key_results=[found], cycle=Q3, **more)])


def test_every_kind_of_item_and_entry_has_attributes() -> None:
    """S35."""
    profiles: list[Any] = [okr.ObjectiveProfile, okr.KeyResultProfile]
    for kind in (*get_args(Item), *get_args(Entry), *profiles):
        names = {field.name for field in attrs.fields(kind)}
        assert "attributes" in names or "profile" in names
    assert {type(entry) for entry in ENTRIES} == {*get_args(Entry)}


@pytest.mark.parametrize("record", [*ITEMS, *ENTRIES], ids=lambda one: type(one).__name__)
def test_attributes_are_plain_facts_by_name(record: Any) -> None:
    assert record.attributes == PAIRS
    assert attrs.evolve(record, attributes=()) != record
    assert attrs.evolve(record, attributes={**FACTS, "audited": 1}) != record
    assert attrs.evolve(record, attributes=PAIRS) == record
    assert hash(attrs.evolve(record, attributes=PAIRS)) == hash(record)
    for wrong in ([1], {"jira": None}, {"": 1}, {"cost": float("nan")}, 5, [("a", 1), ("a", 2)]):
        with pytest.raises(okr.InvalidValueError) as caught:
            attrs.evolve(record, attributes=wrong)
        assert ".attributes" in caught.value.path


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: type(one).__name__)
def test_source_and_link_are_texts_of_one_line(entry: Any) -> None:
    for name in ("source", "link"):
        assert getattr(attrs.evolve(entry, **{name: ""}), name) == ""
        for wrong in (5, "a\nb", " ", None):
            with pytest.raises(okr.InvalidValueError) as caught:
                attrs.evolve(entry, **{name: wrong})
            assert caught.value.path.endswith(f".{name}")


def test_a_document_leaves_out_what_is_not_there_and_keeps_the_rest() -> None:
    bare = okr.CheckIn("k", DAY, 5)
    written = json.dumps(codec.dump(okr.Journal([bare])))
    assert "source" not in written
    assert "attributes" not in written
    journal = okr.Journal(ENTRIES[:-1])
    assert codec.load(codec.dump(journal)) == journal
    whole = okr.Plan(
        [okr.Objective("o", "O", guardrails=[ITEMS[0]], initiatives=[ITEMS[1]])],
        metrics=[ITEMS[2]],
        outside=[ITEMS[3]],
    )
    assert codec.load(codec.dump(whole)) == whole
    assert codec.from_tables(codec.to_tables(whole)) == whole


def test_attributes_are_wording_and_an_adjustment_may_set_them() -> None:
    before = plan(guardrails=[okr.Guardrail("g", "Refunds", okr.AtMost(3))])
    after = plan(guardrails=[ITEMS[0]]).put(
        attrs.evolve(before.objective("o"), guardrails=[attrs.evolve(ITEMS[0], title="Refunds")])
    )
    assert [(one.id, one.field, one.counts) for one in okr.diff(before, after)] == [
        ("g", "attributes", False)
    ]
    journal = okr.Journal(
        [okr.Adjustment("g", DAY, sets={"attributes": FACTS}, because="a new tracker")]
    )
    assert journal.effective(before, on=DAY).items["g"] == after.items["g"]


def test_records_of_entries_and_items_have_them() -> None:
    rows = codec.to_records(okr.Journal(ENTRIES[:2]))
    assert [(row["source"], row["link"], row["attributes"]) for row in rows] == [
        ("warehouse", "https://bi.example/k", '{"jira":"GRW-7","points":8.0,"audited":true}'),
        ("survey", "a#1", '{"jira":"GRW-7","points":8.0,"audited":true}'),
    ]
    profile = okr.KeyResultProfile(attributes={"jira": "A"})
    kr = okr.KeyResult("k", "K", okr.Reach(1), profile=profile)
    items = codec.to_records(plan(kr, guardrails=[ITEMS[0]]))
    assert [(row["id"], row["attributes"]) for row in items] == [
        ("o", None),
        ("k", '{"jira":"A"}'),
        ("g", '{"jira":"GRW-7","points":8.0,"audited":true}'),
    ]


def test_check_ins_of_a_day_have_one_source() -> None:
    found = okr.check_ins(DAY, {"a": 1, "b": 2}, source="warehouse", link="bi#7")
    assert [(one.of, one.source, one.link) for one in found] == [
        ("a", "warehouse", "bi#7"),
        ("b", "warehouse", "bi#7"),
    ]
    with pytest.raises(okr.InvalidValueError):
        okr.check_ins(DAY, {"a": 1}, source=0)  # type: ignore[arg-type]


def test_a_table_has_columns_for_source_and_link() -> None:
    rows = [
        {
            "Objective": "Serve",
            "Key result": "Calls",
            "Target": 10,
            "Value": 4,
            "Date": "2026-08-14",
            "Source": "warehouse\nnightly",
            "Evidence": "https://bi.example/k",
        }
    ]
    loaded = okr.read_rows(rows)
    assert loaded.problems == ()
    (entry,) = loaded.journal.entries
    assert isinstance(entry, okr.CheckIn)
    assert (entry.source, entry.link) == ("warehouse nightly", "https://bi.example/k")


def test_agendas_show_source_and_link_below_the_notes() -> None:
    journal = okr.Journal([attrs.evolve(ENTRIES[0], note="counted twice")])
    agenda = okr.review.make_agenda(plan(), journal, as_of=date(2026, 8, 15))
    notes = [note for section in agenda.sections for item in section.items for note in item.notes]
    assert notes[:3] == [
        "note: counted twice",
        "source: warehouse",
        "evidence: https://bi.example/k",
    ]


def test_an_explanation_names_the_source_of_a_reading() -> None:
    guardrail = okr.Guardrail("g", "Refunds", okr.AtMost(3))
    one = plan(guardrails=[guardrail])
    early = okr.CheckIn("k", DAY, 4, source="a guess")
    read = okr.CheckIn("g", DAY, 2, source="shop", link="bi#9")
    bare = okr.CheckIn("g", DAY, note="all quiet")
    journal = okr.Journal([early, ENTRIES[0], read, bare])
    card = okr.evaluate(one, journal, as_of=date(2026, 8, 15))
    words = str(card.explain("k"))
    assert "source: warehouse" in words
    assert "evidence: https://bi.example/k" in words
    assert "a guess" not in words
    assert "source: shop; evidence: bi#9" in " ".join(str(card.explain("o")).split())


def test_an_explanation_names_the_source_of_the_metric_and_of_the_baseline() -> None:
    kr = okr.KeyResult("k", "Calls", okr.Increase(None, 10), metric="m")
    one = okr.Plan(
        [okr.Objective("o", "Serve", key_results=[kr], cycle=Q3)], metrics=[okr.Metric("m", "M")]
    )
    found = okr.BaselineSet("k", date(2026, 7, 3), 2, source="survey")
    journal = okr.Journal([found, okr.CheckIn("m", DAY, 4, link="bi#9")])
    words = str(okr.evaluate(one, journal, as_of=DAY).explain("k"))
    assert "source: survey" in words
    assert "evidence: bi#9" in words


def test_known_at_and_a_correction_leave_them_as_they_are() -> None:
    written = datetime(2026, 8, 14, 9, tzinfo=UTC)
    entry = attrs.evolve(ENTRIES[0], recorded=written, id="e1")
    journal = okr.Journal([entry])
    assert journal.known_at(written).entries == (entry,)
    assert journal.add(okr.Correction("e1", source="board")).in_force == ()
