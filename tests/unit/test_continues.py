"""`continues` of objectives and key results: a reference to one item, once, without circles."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import codec
from okrcore.plan.contents import successors

UP = okr.Reach(10)
DAYS = [date(2026, 8, n) for n in range(1, 7)]


def kr(id: str, continues: str | None = None) -> okr.KeyResult:
    return okr.KeyResult(id, id, UP, continues=continues)


def goal(id: str, *key_results: okr.KeyResult, continues: str | None = None) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, continues=continues)


def plan(*objectives: okr.Objective, outside: tuple[str, ...] = ()) -> okr.Plan:
    return okr.Plan(objectives, outside=[okr.Outside(id) for id in outside])


def test_a_key_result_and_its_objective_carry_on_those_of_an_earlier_cycle() -> None:
    found = plan(goal("a", kr("k")), goal("b", kr("l", "k"), continues="a"))
    assert found.objective("b").continues == "a"
    assert found.key_result("l").continues == "k"
    assert [(item.id, id) for item, id in successors(found.objectives)] == [("b", "a"), ("l", "k")]
    assert codec.load(codec.dump(found)) == found
    assert codec.from_tables(codec.to_tables(found)) == found


def test_a_key_result_of_any_other_objective_goes_on() -> None:
    """A shared key result goes on with whoever owns it now, and its objective with another one."""
    found = plan(goal("a", kr("k")), goal("b"), goal("c", kr("l", "k"), continues="b"))
    assert found.key_result("l").continues == "k"


@pytest.mark.parametrize(
    ("objectives", "refused", "value"),
    [
        ([goal("a", continues="a")], "Objective('a')", "a -> a"),
        ([goal("a", continues="b"), goal("b", continues="a")], "Objective('a')", "a -> b -> a"),
        (
            [
                goal("z"),
                goal("a", continues="c"),
                goal("b", continues="a"),
                goal("c", continues="b"),
            ],
            "Objective('a')",
            "a -> c -> b -> a",
        ),
        ([goal("a", kr("k", "k"))], "KeyResult('k')", "k -> k"),
        ([goal("a", kr("k", "l")), goal("b", kr("l", "k"))], "KeyResult('k')", "k -> l -> k"),
    ],
)
def test_a_circle_is_refused_with_its_path(
    objectives: list[okr.Objective], refused: str, value: str
) -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan(objectives)
    assert caught.value.code == "circle"
    assert (caught.value.path, caught.value.value) == (f"{refused}.continues", value)


@pytest.mark.parametrize(
    ("objectives", "refused"),
    [
        ([goal("x"), goal("a", continues="x"), goal("b", continues="x")], "Objective('b')"),
        ([goal("y", kr("x")), goal("a", kr("k", "x")), goal("b", kr("l", "x"))], "KeyResult('l')"),
        ([goal("y", kr("x")), goal("a", kr("k", "x"), kr("l", "x"))], "KeyResult('l')"),
    ],
)
@pytest.mark.parametrize("is_outside", [False, True])
def test_two_that_continue_one_item_are_refused(
    objectives: list[okr.Objective], refused: str, is_outside: bool
) -> None:
    """Inside or outside the plan. Merged work names one predecessor; the others stay closed."""
    with pytest.raises(okr.InconsistentPlanError) as caught:
        plan(*objectives[1:], outside=("x",)) if is_outside else plan(*objectives)
    assert caught.value.code == "duplicate-id"
    assert (caught.value.path, caught.value.value) == (f"{refused}.continues", "x")


def test_an_objective_and_a_key_result_do_not_continue_one_item_outside() -> None:
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        plan(goal("a", kr("k", "x"), continues="x"), outside=("x",))


def test_merged_work_names_one_predecessor() -> None:
    merged = plan(goal("a", kr("k")), goal("b", kr("l")), goal("c", kr("m", "k"), continues="b"))
    assert [id for _, id in successors(merged.objectives)] == ["b", "k"]


def test_a_micro_okr_continues_an_item_beside_an_objective_of_a_quarter() -> None:
    """It joins no chain of another cadence, so that of the quarter goes on; of one kind there is one."""
    week = okr.Cycle.starting(DAYS[0], okr.Cadence.MICRO_WEEK)
    micro = evolve(goal("m", kr("n", "k"), continues="a"), cycle=week)
    quarter = [goal("a", kr("k")), goal("b", kr("l", "k"), continues="a")]
    assert len(list(successors(plan(*quarter, micro).objectives))) == 4
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        plan(*quarter, micro, evolve(goal("o", continues="a"), cycle=week))


def test_a_key_result_does_not_continue_its_sibling() -> None:
    with pytest.raises(okr.InconsistentPlanError, match="wrong-kind") as caught:
        plan(goal("a", kr("k"), kr("l", "k")))
    assert caught.value.path == "KeyResult('l').continues"


def test_a_document_has_every_fault_of_continues_at_its_place() -> None:
    chain = codec.dump(plan(goal("a", kr("k")), goal("b", kr("l", "k"), continues="a")))
    first, second = chain["data"]["objectives"]
    third = {**second, "id": "c", "key_results": [{**second["key_results"][0], "id": "m"}]}
    first["continues"] = "b"
    chain["data"]["objectives"].append(third)
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(chain)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.data.objectives[2].continues", "duplicate-id"),
        ("$.data.objectives[2].key_results[0].continues", "duplicate-id"),
        ("$.data.objectives[0].continues", "circle"),
    ]


def sets(of: str, day: int, id: str | None) -> okr.Adjustment:
    changes = {"continues": id}
    return okr.Adjustment(of, DAYS[day], sets=changes, because="another one goes on")


def test_an_entry_lets_another_item_go_on() -> None:
    stored = plan(goal("a", kr("k")), goal("b", kr("l", "k"), continues="a"), goal("c", kr("m")))
    journal = okr.admit(
        stored,
        okr.Journal(),
        sets("b", 1, None),
        sets("l", 1, None),
        sets("c", 2, "a"),
        sets("m", 2, "k"),
    )
    for day, expected in ((0, {"b": "a", "l": "k"}), (1, {}), (2, {"c": "a", "m": "k"})):
        found = successors(journal.effective(stored, on=DAYS[day]).objectives)
        assert {item.id: id for item, id in found} == expected
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        okr.admit(stored, journal, sets("b", 3, "a"))
    with pytest.raises(okr.InconsistentPlanError, match="circle"):
        okr.admit(stored, journal, sets("a", 3, "c"))


def test_originals_of_several_days_have_one_successor() -> None:
    """`b` goes on from `a` until it leaves, and `c`, which joins, does from then on."""
    stored = plan(goal("a", kr("k")), goal("b", kr("l", "k"), continues="a"))
    joining = goal("c", kr("m", "k"), continues="a")
    journal = okr.admit(
        stored,
        okr.Journal(okr.check_ins(DAYS[0], {"k": 5, "l": 2})),
        okr.Adjustment("b", DAYS[1], removes=["b"], because="another one goes on"),
        okr.Adjustment("c", DAYS[2], adds=[joining], because="another one goes on"),
    ).add(*okr.check_ins(DAYS[3], {"m": 10}))
    card = okr.evaluate(stored, journal, as_of=DAYS[5])
    assert card.objective("a").score == 0.5
    assert card.objective("c").original_score == 1.0


def test_originals_of_several_days_have_no_circle() -> None:
    """`c` goes on from `a` until August; by the first day of its own cycle, `a` does from `c`."""
    later = okr.Cycle(date(2026, 8, 10), date(2026, 9, 30))
    stored = plan(
        evolve(goal("a", kr("k")), cycle=later),
        evolve(goal("c", kr("m", "k"), continues="a"), cycle=okr.Cycle(DAYS[0], DAYS[5])),
    )
    weighed = [
        okr.Adjustment(id, date(2026, 8, 20), weight=2, because="more of it") for id in ("k",)
    ]
    journal = okr.admit(
        stored,
        okr.Journal(okr.check_ins(DAYS[0], {"m": 4})),
        sets("c", 1, None),
        sets("m", 1, None),
        sets("a", 2, "c"),
        sets("k", 2, "m"),
        *weighed,
        *okr.check_ins(date(2026, 8, 21), {"k": 5}),
    )
    card = okr.evaluate(stored, journal, as_of=date(2026, 8, 22))
    assert card.plan_in_force.objective("a").continues == "c"
    assert [card.objective(id).original_score for id in "ac"] == [0.5, 0.4]
