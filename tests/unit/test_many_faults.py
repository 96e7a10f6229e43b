"""Acts with very many faults: the first 100 are listed, the first five unknown names have a near one."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec

DAY = date(2026, 8, 14)
NAMES = [f"goal-{n}" for n in range(300)]


def refused(act: Callable[[], object]) -> okr.OkrError:
    with pytest.raises(okr.OkrError) as caught:
        act()
    return caught.value


def plan_of_names(names: list[str]) -> okr.Plan:
    return okr.Plan(
        [
            okr.Objective(f"o-{id}", id, key_results=[okr.KeyResult(id, id, okr.Reach(1))])
            for id in names
        ]
    )


def journal_of_many(count: int) -> okr.Journal:
    return okr.Journal([okr.CheckIn(f"gaol-{n}", DAY, 1.0) for n in range(count)])


def document(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"okrcore": 1, "kind": kind, "data": data}


def supporting(count: int) -> dict[str, Any]:
    """Plan whose objectives support ids with a typing error."""
    goals = [
        {"id": id, "title": id, "supports": [{"to": f"gaol-{n}"}] if n < count else []}
        for n, id in enumerate(NAMES)
    ]
    return document("plan", {"objectives": goals})


def card_document(count: int) -> dict[str, Any]:
    card = okr.evaluate(plan_of_names(NAMES), okr.Journal(), as_of=DAY)
    found = codec.dump(card)
    found["data"]["journal"] = codec.dump(journal_of_many(count))["data"]
    return found


def at_homes(count: int) -> dict[str, Any]:
    """Tables whose key results name homes with a typing error."""
    measure = {"type": "judged"}
    return {
        "objectives": [{"id": id, "title": id, "position": n} for n, id in enumerate(NAMES)],
        "key_results": [
            {
                "id": f"k{n}",
                "title": "k",
                "position": 0,
                "objective": f"gaol-{n}",
                "measure": measure,
            }
            for n in range(count)
        ],
    }


#: Acts that meet as many unknown names as they are given, each near to a known one.
MISSPELT: dict[str, Callable[[int], object]] = {
    "evaluate": lambda n: okr.evaluate(plan_of_names(NAMES), journal_of_many(n), as_of=DAY),
    "Scorecard": lambda n: okr.Scorecard(
        plan_of_names(NAMES), journal_of_many(n), DAY, okr.RECOMMENDED
    ),
    "load": lambda n: codec.load(supporting(n)),
    "load a scorecard": lambda n: codec.load(card_document(n)),
    "load unknown fields": lambda n: codec.load(
        document(
            "plan", {"objectives": [{"id": id, "title": id, "woner": "Ana"} for id in NAMES[:n]]}
        )
    ),
    "from_json": lambda n: codec.from_json(json.dumps(supporting(n))),
    "from_tables": lambda n: codec.from_tables(at_homes(n)),
    "from_tables with unknown tables": lambda n: codec.from_tables(
        {f"objectives{'_' * at}": None for at in range(1, n + 1)}
    ),
}


@pytest.mark.parametrize("act", MISSPELT.values(), ids=MISSPELT)
def test_one_unknown_name_has_a_near_one(act: Callable[[int], object]) -> None:
    error = refused(lambda: act(1))
    assert [fault.hint.startswith("did you mean") for fault in error.faults] == [True]
    assert error.unlisted == 0


@pytest.mark.parametrize("act", MISSPELT.values(), ids=MISSPELT)
@pytest.mark.parametrize("count", [100, 101, 300])
def test_the_first_hundred_faults_are_listed(act: Callable[[int], object], count: int) -> None:
    error = refused(lambda: act(count))
    assert (len(error.faults), error.unlisted, error.value) == (100, count - 100, count)
    hints = [fault.hint.startswith("did you mean") for fault in error.faults]
    assert hints == [True] * 5 + [False] * 95
    assert len(error.as_dict()["faults"]) == 100  # type: ignore[arg-type]
    assert str(error).splitlines()[100:] == ([f"and {count - 100} more"] if count > 100 else [])


def test_thousands_are_counted_in_words() -> None:
    goals = [{"id": f"o{n}", "title": 5} for n in range(1_234)]
    error = refused(lambda: codec.load(document("plan", {"objectives": goals})))
    assert str(error).splitlines()[-1] == "and 1,134 more"
    assert error.as_dict()["unlisted"] == 1_134
    assert len(str(error)) < 10_000


def test_unknown_fields_of_one_record_are_counted_too() -> None:
    data = {"id": "o", "title": "T", **{f"x{n}": 1 for n in range(5_000)}}
    error = refused(lambda: codec.load(document("objective", data)))
    assert str(error).splitlines()[-1] == "and 4,900 more"
    assert len(json.dumps(error.as_dict())) < 100_000


def test_all_problems_are_named_where_they_are_left_out() -> None:
    card = okr.evaluate(plan_of_names(NAMES), journal_of_many(300), as_of=DAY, strict=False)
    assert len(card.problems) == 300
    assert [bool(each.hint) for each in card.problems] == [True] * 5 + [False] * 295


def test_a_dead_end_is_searched_as_one_of_the_first_five() -> None:
    journal = okr.Journal([okr.CheckIn(id, DAY, 1.0) for id in ("?", "!", "§", "&", "%", "gaol-1")])
    error = refused(lambda: okr.evaluate(plan_of_names(NAMES), journal, as_of=DAY))
    assert [fault.hint for fault in error.faults] == [""] * 6


def test_a_temporary_objective_is_hinted_at_too() -> None:
    plan = okr.Plan([okr.Objective(id, id) for id in NAMES])
    entries = [
        okr.Adjustment(
            id, DAY, kind=okr.AdjustmentKind.PAUSE, temporary=f"gaol-{n}", because="a storm"
        )
        for n, id in enumerate(NAMES[:6])
    ]
    error = refused(lambda: okr.evaluate(plan, okr.Journal(entries), as_of=DAY))
    assert [bool(fault.hint) for fault in error.faults] == [True] * 5 + [False]


def pickled(error: okr.OkrError) -> okr.OkrError:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    assert isinstance(again, okr.OkrError)
    return again


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickled])
def test_the_count_survives_copies_and_pickle(
    again: Callable[[okr.OkrError], okr.OkrError],
) -> None:
    error = refused(lambda: codec.load(supporting(300)))
    found = again(error)
    assert (found.unlisted, len(found.faults)) == (200, 100)
    assert found.as_dict() == error.as_dict()
    assert again(found).unlisted == 200


def test_the_count_survives_a_document() -> None:
    single = okr.InvalidValueError("negative", "x", -1.0)
    problem = okr.InconsistentPlanError("entry-mismatch", "Journal", 150.0, "", [single] * 150)
    card = okr.Scorecard(okr.Plan([]), okr.Journal(), DAY, okr.RECOMMENDED, left_out=(problem,))
    again = codec.load(codec.dump(card), okr.Scorecard)
    assert again == card
    assert again.problems[0].unlisted == 50


def test_a_count_of_others_is_no_negative_number() -> None:
    card = okr.Scorecard(okr.Plan([]), okr.Journal(), DAY, okr.RECOMMENDED)
    found = codec.dump(card)
    found["data"]["left_out"] = [
        {"kind": "refusal", "code": "negative", "path": "x", "value": 1.0, "unlisted": -1}
    ]
    assert str(refused(lambda: codec.load(found))) == (
        "$.data.left_out[0].unlisted: must be >= 0, got -1 [negative]"
    )


def test_the_first_repeated_name_of_an_object_is_found() -> None:
    assert str(refused(lambda: codec.from_json('{"a": 1, "b": 2, "c": 3, "c": 4, "b": 5}'))) == (
        "$: must not have the same name twice, got 'b'; a reader would take one and drop the other"
        " [repeated]"
    )
