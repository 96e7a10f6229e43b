"""Laws of `correct`: `put`, but for the past that entries have made."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.testing.values import titles
from strategies import Quarter, quarters


def changed(item: Any, data: st.DataObject) -> Any:
    """Return an item with another value in a field that counts, or wording, or both."""
    changes: dict[str, Any] = {"title": data.draw(titles())}
    if isinstance(item, okr.KeyResult):
        changes["weight"] = item.weight + 1
    elif isinstance(item, okr.Guardrail):
        changes["hard"] = not item.hard
    elif isinstance(item, okr.Objective):
        changes["ambition"] = None if item.ambition else okr.Ambition.COMMITTED
    elif not isinstance(item, okr.Outside):
        changes["owner"] = okr.Team("Another")
    names = st.sampled_from(sorted(changes))
    return evolve(item, **{name: changes[name] for name in data.draw(st.sets(names))})


@given(quarters(), st.data())
def test_a_correction_puts_the_item_in_place(quarter: Quarter, data: st.DataObject) -> None:
    plan, journal = quarter.plan, quarter.journal
    for item in plan.each():
        new = changed(item, data)
        wanted = plan.put(new)
        counts = any(difference.counts for difference in okr.diff(plan, wanted))
        assert okr.journal.correct(plan, okr.Journal(), new) == wanted
        assert okr.journal.correct(plan, journal, new, rewrites_history_ok=True) == wanted
        try:
            assert okr.journal.correct(plan, journal, new) == wanted
        except okr.InconsistentPlanError as error:
            assert error.code == "rewrites-history"  # noqa: PT017  # others pass
            assert counts
        else:
            assert not counts or item.id not in {entry.of for entry in journal.in_force}


@given(quarters())
def test_a_corrected_item_has_no_score_yet(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for kr in quarter.plan.columns.key_results:
        heavier = evolve(kr, weight=kr.weight + 1)
        try:
            plan = okr.journal.correct(quarter.plan, quarter.journal, heavier)
        except okr.InconsistentPlanError:
            continue
        again = okr.evaluate(plan, quarter.journal, as_of=quarter.day)
        if kr.id not in card:
            assert kr.id not in again  # its objective has left
            continue
        assert card.key_result(kr.id).score is again.key_result(kr.id).score is None
