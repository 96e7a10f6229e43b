"""Laws of the doors: texts, moments of the past, equal values, numbers that multiply."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import prod
from typing import Any
from unicodedata import category

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec
from strategies import quarters

DAY = date(2026, 8, 1)
#: Characters by every category, the rare ones among them as often as letters.
CHARACTERS = st.sampled_from(
    "a \t\n\r\x00\x1b\x7f\x85\x9b\u00ad\u0301ü\u061c\u115f\u200b\u200d\u200e\u2028\u202a\u202e\u2066\u2069"
    "\u2800\u3164\ud800\udfff\ufe0f\ufeff\uffa0ש🚀漢"
)
TEXTS = st.text(CHARACTERS, max_size=4) | st.text(max_size=6)
OVERRIDES = {chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]}
FILLERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}


def _refused(make: Any) -> bool:
    try:
        make()
    except okr.OkrError:
        return True
    return False


def _is_harmful(character: str) -> bool:
    return category(character) in {"Cc", "Cs"} or character in OVERRIDES


def _can_be_seen(character: str) -> bool:
    unseen = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"}
    return category(character) not in unseen and character not in FILLERS


@given(TEXTS)
def test_a_title_is_safe_to_show_and_has_something_to_see(text: str) -> None:
    lines = {"\u2028", "\u2029"}
    fits = any(map(_can_be_seen, text)) and not any(
        _is_harmful(one) or one in lines for one in text
    )
    assert _refused(lambda: okr.Objective("o", text)) is not fits


@given(TEXTS)
def test_a_note_is_safe_to_show(text: str) -> None:
    fits = not any(_is_harmful(one) and one not in "\t\n" for one in text)
    assert _refused(lambda: okr.CheckIn("k", DAY, note=text)) is not fits


@given(TEXTS)
def test_an_id_has_nothing_around_it(text: str) -> None:
    around = {"Cf", "Zs", "Zl", "Zp"}
    if _refused(lambda: okr.Objective("o", text)):
        assert _refused(lambda: okr.Objective(text, "O"))
    else:
        fits = category(text[0]) not in around and category(text[-1]) not in around
        assert _refused(lambda: okr.Objective(text, "O")) is not fits


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_what_is_read_from_rows_and_text_is_safe_to_show(rows: list[tuple[str, str]]) -> None:
    table = [{"Objective": title, "Key result": result} for title, result in rows]
    lines = "\n".join(f"O: {title}\n  KR: {result}" for title, result in rows)
    for loaded in (okr.read_rows(table), okr.read_text(lines)):
        shown = str(okr.evaluate(loaded.plan, loaded.journal, as_of=DAY))
        assert not any(_is_harmful(one) and one != "\n" for one in shown)


@given(quarters(), st.data())
def test_every_moment_of_the_past_has_a_journal(quarter: Any, data: st.DataObject) -> None:
    start = datetime(2026, 7, 1, tzinfo=UTC)
    moments = st.none() | st.integers(0, 90).map(lambda days: start + timedelta(days=days))
    entries = [
        evolve(entry, id=f"e{number}", recorded=data.draw(moments))
        for number, entry in enumerate(quarter.journal.entries[:6])
        if not isinstance(entry, okr.Correction)
    ]
    voided = data.draw(
        st.sets(st.sampled_from([entry.id for entry in entries]) if entries else st.nothing())
    )
    corrections = [okr.Correction(id, recorded=data.draw(moments)) for id in sorted(voided)]
    journal = okr.Journal([*entries, *corrections])
    moment = start + timedelta(days=data.draw(st.integers(-1, 91)))
    known = journal.known_at(moment)
    written = {e for e in entries if e.recorded is None or e.recorded <= moment}
    gone = {c.voids for c in corrections if c.recorded is None or c.recorded <= moment}
    assert set(known.in_force) == {entry for entry in written if entry.id not in gone}


FACTS = st.sampled_from([True, False, 1, 0, 1.0, 0.0, -0.0, 2, "1", "True"])


@given(FACTS, FACTS)
def test_equal_plans_have_equal_hashes_digests_and_documents(one: Any, other: Any) -> None:
    a, b = (
        okr.Plan([okr.Objective("o", "O", profile=okr.ObjectiveProfile(attributes={"x": fact}))])
        for fact in (one, other)
    )
    is_same = type(one) is type(other) and one == other
    is_number = all(type(fact) in (int, float) for fact in (one, other)) and one == other
    assert (a == b) is (is_same or is_number)
    assert (a.digest == b.digest) is (a == b)
    assert (codec.to_json(a) == codec.to_json(b)) is (a == b)
    assert a != b or hash(a) == hash(b)


@given(
    FACTS.filter(lambda fact: type(fact) is not str),
    FACTS.filter(lambda fact: type(fact) is not str),
)
def test_equal_check_ins_have_equal_documents(one: Any, other: Any) -> None:
    a, b = (okr.CheckIn("k", DAY, value) for value in (one, other))
    assert (codec.to_json(a) == codec.to_json(b)) is (a == b)
    assert a != b or hash(a) == hash(b)


HUGE = st.sampled_from([1e100, -1e100, 1e50, 1e-11, 0.0, 5.0, 1e99])


@given(
    st.lists(st.sampled_from([0.001, 0.5, 2.0, 1000.0]), max_size=6),
    HUGE,
    st.sampled_from([1e-11, 10.0, 1e100]),
)
def test_every_figure_is_finite_or_none_with_its_reason(
    scopes: list[float], value: float, target: float
) -> None:
    entries = [
        okr.Adjustment("k", DAY, rescale=scope, because="the scope was cut") for scope in scopes
    ]
    book = okr.Rulebook(
        name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
    )
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(target))])]
    )
    journal = okr.Journal([*entries, okr.CheckIn("k", DAY, value)])
    exact = [Fraction(str(scope)) for scope in scopes]
    together = [prod(exact[:number]) for number in range(1, len(exact) + 1)]
    if not all(Fraction(1, 1000) <= each <= 1000 for each in together):
        with pytest.raises(okr.InconsistentPlanError) as caught:
            okr.evaluate(plan, journal, as_of=DAY, rulebook=book)
        assert {fault.code for fault in caught.value.faults} == {"out-of-range"}
        return
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book)
    result = card.key_result("k")
    if result.progress is None:
        assert result.no_score_reason is okr.scorecard.NoScoreReason.TOO_LARGE
        assert "beyond" in result.why
    else:
        assert abs(result.progress) <= 1e100
        assert result.no_score_reason is None
    assert "inf" not in str(card)
    assert card.explain("k").recompute() == card.explain("k").result


@given(HUGE, HUGE)
def test_a_product_of_parts_is_finite_or_none_with_its_reason(one: float, other: float) -> None:
    parts = {f"p{number}": okr.Reach(1e-11) for number in range(5)}
    measure = okr.Compound(parts, combine=okr.plan.Combination.PRODUCT)
    book = okr.Rulebook(
        name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
    )
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", measure)])])
    read = {name: one if name == "p0" else other for name in parts}
    card = okr.evaluate(plan, okr.Journal([okr.CheckIn("k", DAY, read)]), as_of=DAY, rulebook=book)
    result = card.key_result("k")
    assert (result.progress is None) is (
        result.no_score_reason is okr.scorecard.NoScoreReason.TOO_LARGE
    )
    assert result.progress is None or abs(result.progress) <= 1e100
    assert "inf" not in str(card)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@given(VALUES)
def test_an_error_prints_and_pickles_whatever_it_carries(value: Any) -> None:
    error = okr.InvalidValueError("negative", "KeyResult('k').weight", value)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    assert (str(again), repr(again)) == (str(error), repr(error))
    assert str(error).isprintable()
