"""Laws of explanations of items that several ways lead to.

- a walk has the parts of each step once, and each step as often as it is a part, down to any depth
- the text tells each item in full once
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import display
from strategies import Quarter, quarters

POOL = okr.Rulebook(
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)


def all_ways(step: okr.scorecard.Explanation, depth: int) -> set[Any]:
    """Every step on every way down to a depth."""
    found = {(step.id, step.what, step.words, step.result)}
    for part in step.parts if depth else ():
        found |= all_ways(part, depth - 1)
    return found


@given(quarters(), st.integers(0, 12))
def test_a_walk_has_the_parts_of_each_step_once(quarter: Quarter, depth: int) -> None:
    card = quarter.evaluate(rulebook=POOL)
    for objective in card.plan_in_force.objectives:
        top = card.explain(objective.id)
        walked = [step for _, step in top.walk(depth)]
        assert {(s.id, s.what, s.words, s.result) for s in walked} == all_ways(top, depth)
        every = list(top.walk(50))
        # Items below a chain have steps in it, and of their own.
        distinct = {(s._origin.key, s.what): len(s.parts) for _, s in every}
        assert len(every) <= 1 + sum(distinct.values())


@given(quarters())
def test_a_text_tells_each_item_once(quarter: Quarter) -> None:
    card = quarter.evaluate(rulebook=POOL)
    for objective in card.plan_in_force.objectives:
        lines = display.explanation_text(card.explain(objective.id), 50).splitlines()
        if any("carries on" in line for line in lines):
            continue  # items below a chain have their numbers there, and those of their own
        told = [
            line.lstrip() for line in lines if line.lstrip().count("(") and "see above" not in line
        ]
        counts = Counter(line for line in told if ": score" in line or ": no score" in line)
        assert set(counts.values()) <= {1}
