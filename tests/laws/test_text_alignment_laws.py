"""Laws of text of plans with many levels and branches."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import okrcore as okr


@given(st.lists(st.integers(0, 3), max_size=40))
@example([1] * 40)
@example([1] * 12 + [3] * 12)
def test_any_tree_in_text_reads_back_equal(steps: list[int]) -> None:
    """Each objective supports the one that many before it; 0 supports nothing."""
    objectives: list[okr.Objective] = []
    for number, back in enumerate(steps):
        supports = [f"o{number - back}"] if 0 < back <= number else []
        objectives.append(okr.Objective(f"o{number}", f"O{number}", supports=supports))
    plan = okr.Plan(objectives)
    text = okr.write_text(plan)
    assert okr.read_text(text).plan == plan
    assert max((len(line) - len(line.lstrip()) for line in text.splitlines()), default=0) <= 16
