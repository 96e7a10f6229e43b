"""Laws of answers in bulk.

- the columns of a scorecard are the fields of its results, in plan order, whatever was closed or supposed
- the records of a scorecard are the fields of its results
"""

from __future__ import annotations

from typing import Any

from attrs import fields
from hypothesis import given, reject
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from oracles.organisations import organisations
from oracles.records_of import RULE_SETS, journal_of, plan_of, rulebook_of
from strategies import Quarter, days, followed_by, quarters

OF_OBJECTIVES = [field.name for field in fields(okr.scorecard.ObjectiveResult)]
OF_KEY_RESULTS = [field.name for field in fields(okr.scorecard.KeyResultResult)]


def must_be_fields_of_results(card: okr.Scorecard) -> None:
    objectives: list[Any] = list(card)
    key_results: list[Any] = [
        card.key_result(kr.id)
        for each in card.plan_in_force.objectives
        for kr in each.own_key_results
    ]
    of_objectives = card.columns(*OF_OBJECTIVES, kind="objective")
    of_key_results = card.columns(*OF_KEY_RESULTS, kind="key result")
    assert of_objectives == {
        name: [getattr(each, name) for each in objectives] for name in OF_OBJECTIVES
    }
    assert of_key_results == {
        name: [getattr(each, name) for each in key_results] for name in OF_KEY_RESULTS
    }
    every = sorted({*OF_OBJECTIVES, *OF_KEY_RESULTS})
    results: list[Any] = [
        card[id]
        for each in card.plan_in_force.objectives
        for id in (each.id, *(kr.id for kr in each.own_key_results))
    ]
    assert card.columns(*every) == {
        name: [getattr(each, name, None) for each in results] for name in every
    }


@given(
    quarters(),
    st.none()
    | st.tuples(days, st.sampled_from([okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.DEFER])),
    testing.rulebooks(),
)
def test_columns_are_the_fields_of_results(
    quarter: Quarter, close: tuple[Any, okr.ClosingDecision] | None, rulebook: okr.Rulebook
) -> None:
    plan, journal = quarter.plan, quarter.journal
    if close is not None:
        journal = followed_by(plan, journal, [okr.Closing(plan.objectives[0].id, *close)])
    card = okr.evaluate(plan, journal, as_of=quarter.day, rulebook=rulebook)
    try:
        _ = [card[objective.id].original_score for objective in card.plan_in_force.objectives]
    except okr.InconsistentPlanError:
        reject()  # sizes of the original plan do not fit the rulebook
    must_be_fields_of_results(card)


@given(organisations(), st.sampled_from(["RECOMMENDED", *RULE_SETS]), st.data())
def test_columns_of_closed_and_supposed_items_are_the_fields_of_results(
    organisation: Any, book: str, data: st.DataObject
) -> None:
    plan, journal, as_of = plan_of(organisation), journal_of(organisation), organisation["day"]
    card = okr.evaluate(plan, journal, as_of=as_of, rulebook=rulebook_of(book)[0])
    must_be_fields_of_results(card)
    ids = [kr.id for each in plan.objectives for kr in each.own_key_results]
    try:
        supposed = card.what_if({data.draw(st.sampled_from(ids)): 0.5} if ids else {})
    except okr.OkrError:
        return
    must_be_fields_of_results(supposed)


@given(quarters(), testing.rulebooks())
def test_records_of_a_scorecard_are_the_fields_of_its_results(
    quarter: Quarter, rulebook: okr.Rulebook
) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day, rulebook=rulebook)
    for record in okr.to_records(card):
        result: Any = card[str(record["id"])]
        low, high = getattr(result, "score_range", None) or (None, None)
        assert (
            record
            | {
                "kind": result.kind,
                "title": result.title,
                "score": result.score,
                "progress": result.progress,
                "coverage": result.coverage,
                "score_low": low,
                "score_high": high,
                "expected": getattr(result, "expected", None),
                "pace": getattr(result, "pace", None),
                "confidence": result.confidence,
                "status": str(result.status),
                "verdict": getattr(result, "verdict", None),
                "read_on": getattr(result, "read_on", None),
                "baseline": getattr(result, "baseline", None),
                "target": getattr(result, "target", None),
                "margin": getattr(result, "margin", None),
                "why": result.why,
                "no_score_reason": result.no_score_reason and str(result.no_score_reason),
                "status_why": result.status_why,
            }
            == record
        )
