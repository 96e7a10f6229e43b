"""Laws of rare figures: moments of one instant, tiny changes, products, sizes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

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
    for make in (
        lambda moment: okr.CheckIn("k", DAY, 5, recorded=moment),
        lambda moment: okr.Adjustment("k", DAY, weight=2, because="more", recorded=moment),
        lambda moment: okr.Closing("o", DAY, okr.Decision.CARRY, recorded=moment),
    ):
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
    krs = [kr for objective in plan.objectives for kr in objective.own_key_results]
    repeated: list[okr.Adjustment] = []
    for kr in krs:
        terms = journal.effective(plan, on=on).key_result(kr.id)
        given = {"rescale": 1, "owner": "Bo"}.get(name) or getattr(terms, name)
        if given is None or (name == "measure" and not _states_all(given)):
            continue
        repeated.append(okr.Adjustment(kr.id, on, **{name: given}, because="confirmed"))
    first, second = (
        okr.evaluate(plan, journal.add(more), as_of=on, strict=False) for more in ([], repeated)
    )
    for id in (*(kr.id for kr in krs), *(objective.id for objective in plan.objectives)):
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
