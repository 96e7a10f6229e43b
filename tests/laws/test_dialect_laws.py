"""Laws of the methods of dialects.

- a method changes nothing but its own rules: what those do not touch has the number and the word that it
  has without the method
- what a method is not asked for keeps them whatever its rules are
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan import Measure
from okrcore.rulebook.dialects import DIALECTS
from shipped_methods import METHODS

Q3 = okr.FiscalCalendar().quarter(2026, 3)
SHIPPED = [
    pytest.param(book, method, id=f"{book.name} / {method.name}")
    for book in DIALECTS.values()
    for method in book.methods
]
#: Key results whose progress a rule for bounds does not touch, and the one that it does.
LINES, BOUND = ("count", "line"), "limit"

readings = st.lists(st.integers(-50, 250), min_size=1, max_size=4)
declarations = st.tuples(st.sampled_from(["o", "count"]), st.sampled_from(["on track", "red"]))


def plan_of(method: str | None, total: float, *, is_by_size: bool = False) -> okr.Plan:
    """Return an objective of three key results with one below it, whose weights total a number.

    By size the bound, which has no way, is tracked and does not count.
    """
    measures: dict[str, Measure] = {
        "count": okr.Reach(100),
        "line": okr.FromTo(20, 120),
        BOUND: okr.AtMost(100),
    }
    shares = {"count": 0.25, "line": 0.25, BOUND: 0 if is_by_size else 0.5}
    return okr.Plan(
        [
            okr.Objective(
                "o",
                "Grow",
                key_results=[
                    okr.KeyResult(id, id, measure, weight=shares[id] * total)
                    for id, measure in measures.items()
                ],
                cycle=Q3,
                method=method,
            ),
            okr.Objective(
                "below",
                "Help",
                key_results=[okr.KeyResult("other", "Other", okr.Reach(100), weight=total)],
                supports=[okr.Alignment("o", weight=total)],
                cycle=Q3,
            ),
        ]
    )


def journal_of(
    values: Sequence[int], others: Sequence[int], said: tuple[str, str] | None
) -> okr.Journal:
    def weekly(id: str, numbers: Sequence[int]) -> list[okr.CheckIn]:
        start = date(2026, 7, 2)
        return [okr.CheckIn(id, start + timedelta(7 * n), v) for n, v in enumerate(numbers)]

    entries = [each for id in (*LINES, BOUND) for each in weekly(id, values)]
    declared = []
    if said is not None:
        declared.append(okr.CheckIn(said[0], date(2026, 7, 8), status=said[1]))
    return okr.Journal().add(entries, weekly("other", others), declared)


@pytest.mark.parametrize(("book", "method"), SHIPPED)
@given(readings, readings, st.none() | declarations, st.integers(0, 91))
@example([150], [50], None, 30)
@example([-20, 40], [10], ("o", "red"), 10)
@example([40], [10], ("count", "on track"), 10)
@settings(max_examples=40)
def test_a_method_changes_its_own_rules_alone(
    book: okr.Rulebook,
    method: okr.Rulebook,
    values: list[int],
    others: list[int],
    said: tuple[str, str] | None,
    days: int,
) -> None:
    total = method.roll_up.weights_total or 1
    journal, day = journal_of(values, others, said), Q3.start + timedelta(days)
    rules, _ = METHODS[book.name, method.name]
    plans = (
        plan_of(name, total, is_by_size="roll_up.weigh" in rules) for name in (None, method.name)
    )
    bare, asked = (okr.evaluate(plan, journal, as_of=day, rulebook=book) for plan in plans)

    def are_alike(*ids: str, figure: str) -> bool:
        return all(getattr(bare[id], figure) == getattr(asked[id], figure) for id in ids)

    assert are_alike("other", "below", figure="score")
    assert are_alike("other", "below", figure="status")
    if not any(path.startswith("attainment") for path in rules):
        assert are_alike(*LINES, BOUND, figure="score")
    if not any(path.startswith("attainment.clip") for path in rules):
        assert are_alike(*LINES, figure="score")
    for id in (*LINES, BOUND):
        # A status of a key result goes by its own score.
        if are_alike(id, figure="score"):
            assert are_alike(id, figure="status")
    is_as_made = are_alike(*LINES, BOUND, figure="score")
    if is_as_made and rules.isdisjoint({"roll_up.weigh"}):
        assert are_alike("o", figure="score")
    if is_as_made and rules <= {"attainment.bounds.reading", "attainment.bounds.shape"}:
        assert are_alike("o", figure="status")
    if rules == {"roll_up.weights_total"}:
        assert are_alike("o", figure="status")
