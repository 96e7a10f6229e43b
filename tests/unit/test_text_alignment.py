"""Objectives in text that name the line they support, because it stands elsewhere or too deep."""

from __future__ import annotations

import pytest

import okrcore as okr
from build import Q3
from okrcore import codec


def supporting(id: str, *supports: str, **more: object) -> okr.Objective:
    return okr.Objective(id, id, supports=supports, cycle=Q3, **more)  # type: ignore[arg-type]


def test_levels_below_the_eighth_name_what_they_support() -> None:
    plan = okr.Plan(
        [
            supporting("o0"),
            *[supporting(f"o{n}", f"o{n - 1}") for n in range(1, 11)],
            supporting("p", "o8"),
        ]
    )
    text = okr.write_text(plan)
    assert text.splitlines() == [
        "O: o0",
        "  O: o1",
        "    O: o2",
        "      O: o3",
        "        O: o4",
        "          O: o5",
        "            O: o6",
        "              O: o7",
        "                O: o8",
        "O: o9 (supports #o8)",
        "  O: o10",
        "O: p (supports #o8)",
    ]
    assert okr.read_text(text, cycle=Q3).plan == plan


@pytest.mark.parametrize("levels", [1, 9, 10, 18, 19, 400])
def test_a_chain_reads_back_equal_and_grows_with_its_levels(levels: int) -> None:
    plan = okr.Plan(
        [supporting("o0"), *[supporting(f"o{n}", f"o{n - 1}") for n in range(1, levels)]]
    )
    text = okr.write_text(plan)
    assert okr.read_text(text, cycle=Q3).plan == plan
    assert len(text) < 30 * levels


def test_an_objective_names_a_key_result_or_an_objective_of_another_branch() -> None:
    plan = okr.Plan(
        [
            supporting("a", key_results=[okr.KeyResult("k", "k", okr.PassFail())]),
            supporting("b"),
            supporting("c", "a"),
            supporting("d", "k"),
        ]
    )
    text = okr.write_text(plan)
    assert text.splitlines() == [
        "O: a",
        "  KR: k #k",
        "O: b",
        "O: c (supports #a)",
        "O: d (supports #k)",
    ]
    assert okr.read_text(text, cycle=Q3).plan == plan


def test_an_id_that_no_mark_can_hold_is_named_as_lost() -> None:
    plan = okr.Plan([supporting("a (b)"), supporting("c"), supporting("d", "a (b)")])
    assert "Objective('d').supports" in codec.lost_in_text(plan)
    assert "Objective('d').title" not in codec.lost_in_text(plan)


def test_a_line_supports_what_it_stands_under_and_what_it_names() -> None:
    text = "O: a\nO: b\n  O: c (supports #a)\n  O: d (Supports #b)"
    found = okr.read_text(text).plan
    assert [[each.to for each in o.supports] for o in found.objectives] == [
        [],
        [],
        ["b", "a"],
        ["b"],
    ]


def test_what_stands_later_or_nowhere_is_a_problem() -> None:
    loaded = okr.read_text(
        "O: a (supports #b)\nO: b (supports #b)\nO: c (supports #a) (supports #b)"
    )
    assert [str(problem) for problem in loaded.problems] == [
        "line 1: 'b' is not kept; no objective or key result before it has this id",
        "line 2: 'b' is not kept; no objective or key result before it has this id",
    ]
    third = loaded.plan.objectives[2]
    assert (third.title, [each.to for each in third.supports]) == ("c (supports #a)", ["b"])
