"""Laws of rulebooks side by side.

- a rulebook that adopts every difference to another one judges as that one does
- nothing differs from itself
- the other way round, the same rules differ
"""

from __future__ import annotations

from hypothesis import given

import okrcore as okr
from okrcore.rulebook.differences import adopt
from okrcore.testing import rulebooks

BOOKS = rulebooks(wide=True)


@given(BOOKS, BOOKS)
def test_a_rulebook_with_every_difference_is_the_other(a: okr.Rulebook, b: okr.Rulebook) -> None:
    adopted = adopt(a, okr.rulebook.diff_rulebooks(a, b), b.name)
    assert okr.rulebook.diff_rulebooks(adopted, b) == ()
    for field in ("attainment", "roll_up", "confidence", "learning", "status", "guardrails"):
        assert getattr(adopted, field) == getattr(b, field)
    assert set(adopted.scales) == set(b.scales)
    assert set(adopted.verdicts) == set(b.verdicts)


@given(BOOKS)
def test_nothing_differs_from_itself(a: okr.Rulebook) -> None:
    assert okr.rulebook.diff_rulebooks(a, a) == ()


@given(BOOKS, BOOKS)
def test_the_other_way_round_the_same_rules_differ(a: okr.Rulebook, b: okr.Rulebook) -> None:
    there = {(each.path, each.a, each.b) for each in okr.rulebook.diff_rulebooks(a, b)}
    assert {(each.path, each.b, each.a) for each in okr.rulebook.diff_rulebooks(b, a)} == there
