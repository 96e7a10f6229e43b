"""Laws of rare figures: moments of one instant, tiny changes, products, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec
from okrcore.plan.measures import LINEAR
from strategies import Quarter, quarters

DAY = date(2026, 8, 1)
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


# --- moments of one instant --------------------------------------------------------------------


@given(OFFSETS, OFFSETS, st.sampled_from([0, 1]))
def test_entries_are_equal_if_and_only_if_their_documents_are(
    one: timezone, other: timezone, later: int
) -> None:
    """Of moments of one instant, those with one offset are equal, whatever the object of the zone."""
    noon = datetime(2026, 8, 1, 12, tzinfo=UTC)
    moments = noon.astimezone(one), (noon + timedelta(minutes=later)).astimezone(other)
    makers: tuple[Callable[[datetime], Any], ...] = (
        lambda moment: okr.CheckIn("k", DAY, 5, recorded=moment),
        lambda moment: okr.Adjustment("k", DAY, weight=2, because="more", recorded=moment),
        lambda moment: okr.Closing("o", DAY, okr.ClosingDecision.CARRY, recorded=moment),
    )
    for make in makers:
        a, b = map(make, moments)
        assert (a == b) is (codec.to_json(a) == codec.to_json(b))
        assert (okr.Journal([a]) == okr.Journal([b])) is (a == b)
        assert a != b or hash(a) == hash(b)
        assert codec.from_json(codec.to_json(a), type(a)) == a


# --- adjustments that repeat the terms in force ------------------------------------------------


@given(quarters(), st.sampled_from(["weight", "measure", "due", "rescale", "owner"]))
def test_an_adjustment_that_repeats_the_terms_in_force_changes_no_grade(
    quarter: Quarter, name: str
) -> None:
    plan, on = quarter.plan, quarter.day
    said = (okr.CheckIn, okr.BaselineSet, okr.Judgement, okr.Adjustment)
    journal = quarter.journal.keep(lambda entry: isinstance(entry, said))
    # Of what was too hard the first terms govern at the close, and a repetition agrees to the others.
    hard = okr.AdjustmentTrigger.DIFFICULTY
    assume(not any(entry.trigger is hard for entry in journal.adjustments))
    in_force = journal.effective(plan, on=on)
    krs = [kr for objective in in_force.objectives for kr in objective.own_key_results]
    repeated: list[okr.Adjustment] = []
    for kr in krs:
        given: Any = {"rescale": 1, "owner": "Bo"}.get(name) or getattr(kr, name)
        if given is None or (name == "measure" and not _states_all(given)):
            continue
        repeated.append(okr.Adjustment(kr.id, on, **{name: given}, because="confirmed"))
    first, second = (
        okr.evaluate(plan, journal.add(more), as_of=on, strict=False) for more in ([], repeated)
    )
    for id in (*(kr.id for kr in krs), *(each.id for each in in_force.objectives)):
        assert _grades(first[id]) == _grades(second[id])


def _states_all(measure: object) -> bool:
    return type(measure) not in LINEAR or measure.states_baseline  # type: ignore[attr-defined]


def _grades(result: object) -> list[object]:
    return [getattr(result, name, None) for name in ("score", "original_score", "adjusted_score")]


# --- numbers that are 0 at 12 decimals ---------------------------------------------------------

TINY = st.sampled_from([0.0, 1e-13, -1e-13, 4e-13, -4e-13, 1e-100, 2e-12, -3e-11, 0.5, -7.0])


@given(TINY, TINY, st.sampled_from([okr.AtMost, okr.AtLeast, okr.Above, okr.Below]))
def test_a_sentence_about_a_bound_is_true_of_its_numbers(
    value: float, limit: float, kind: type[okr.AtMost]
) -> None:
    """As they are, or at 12 decimals where the sentence has that."""
    kr, guardrail = okr.KeyResult("k", "K", kind(limit)), okr.Guardrail("g", "G", kind(limit))
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr], guardrails=[guardrail])])
    journal = okr.Journal(okr.check_ins(DAY, {"k": value, "g": value}))
    card = okr.evaluate(plan, journal, as_of=DAY)
    for id in "kg":
        shown = [
            float(word) for word in re.findall(r"-?\d[\d.]*(?:e-\d+)?(?! decimals)", card[id].why)
        ]
        digits = 12 if " at 12 decimals" in card[id].why else 400
        for number, meant in zip(shown, (value, limit), strict=False):
            assert round(number, digits) == round(meant, digits)


# --- two values of a day -----------------------------------------------------------------------


@given(
    st.sampled_from(okr.Aggregation).filter(okr.Aggregation.RATIO.__ne__),
    st.lists(
        st.tuples(st.sampled_from([None, "1", "2"]), st.integers(0, 1), st.booleans()), max_size=5
    ),
)
def test_of_what_adds_up_at_most_one_reading_of_a_day_has_no_id_beside_others(
    reads: okr.Aggregation, drawn: list[tuple[str | None, int, bool]]
) -> None:
    plan = okr.Plan([], metrics=[okr.Metric("m", "M", aggregation=reads)])
    journal, unnamed, named = okr.Journal(), set[int](), set[str]()
    for id, later, has_value in drawn:
        if id in named:
            continue
        entry = okr.CheckIn("m", DAY + timedelta(days=later), 5 if has_value else None, id=id)
        is_lost = has_value and id is None and later in unnamed
        if is_lost and reads in (okr.Aggregation.SUM, okr.Aggregation.MEAN):
            with pytest.raises(okr.InconsistentPlanError, match="reading-adds"):
                okr.admit(plan, journal, entry)
            continue
        journal = okr.admit(plan, journal, entry)
        named |= set() if id is None else {id}
        unnamed |= {later} if has_value and id is None else set()


# --- numbers beyond all others -----------------------------------------------------------------

NUMBERS = st.sampled_from([1e100, -1e100, 1e99, 1e-11, 2e-12, -3e-9, 0.5, 1.5, -7.0, 3e50])
RAW = okr.Rulebook(name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip()))


@given(
    st.sampled_from(
        [okr.Increase, okr.Decrease, okr.FromTo, okr.Exactly, okr.Points, okr.Multiple]
    ),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from([None, 0.001, 1000.0]),
)
def test_progress_is_within_all_numbers_or_missing_with_its_reason(
    kind: Any, one: float, other: float, value: float, scope: float | None
) -> None:
    try:
        is_shift = kind in (okr.Points, okr.Multiple)
        measure = kind(one, baseline=other) if is_shift else kind(one, other)
    except okr.OkrError:
        return
    kr = okr.KeyResult("k", "K", measure)
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr])])
    scopes = [] if scope is None else [okr.Adjustment("k", DAY, rescale=scope, because="cut")]
    journal, read = okr.Journal(scopes), okr.CheckIn("k", DAY, value)
    card = okr.evaluate(plan, journal.add(read), as_of=DAY, rulebook=RAW)
    result = card.key_result("k")
    assert result.progress is None or abs(result.progress) <= 1e100
    if result.progress is None:
        assert result.no_score_reason in (
            okr.scorecard.NoScoreReason.TOO_LARGE,
            okr.scorecard.NoScoreReason.BASELINE_EQUALS_TARGET,
        )
    assert all(step.recompute() == step.result for _, step in card.explain("k").walk())
    live = okr.LiveScorecard(plan, journal, as_of=DAY, rulebook=RAW)
    live.record(read)
    assert live.score("k") == card["k"].score
    assert live.card == card
