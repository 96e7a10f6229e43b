"""What check-ins that come one by one are worth, against all of them at once."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr

DAY = date(2026, 8, 14)
PARTS = ("a", "b", "c", "d", "e")

#: Few different scores, so that means of equal ones are met, and any others.
scores = st.sampled_from([0.1, 0.3, 0.7]) | st.floats(0, 1)


@given(
    weights=st.lists(
        st.sampled_from([0.0, 0.1, 1.0, 3.0]) | st.floats(1e-3, 1e3), min_size=5, max_size=5
    ),
    heard=st.lists(st.tuples(st.sampled_from(PARTS), scores), min_size=1, max_size=20),
)
def test_what_is_recorded_one_by_one_is_what_is_evaluated_at_once(
    weights: list[float], heard: list[tuple[str, float]]
) -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[
                    okr.KeyResult(id, id, okr.Reach(1), weight=weight)
                    for id, weight in zip(PARTS, weights, strict=True)
                ],
            )
        ]
    )
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY)
    for id, value in heard:
        live.record(okr.CheckIn(id, DAY, value))
        at_once = okr.evaluate(plan, live.journal, as_of=DAY)
        # To the last bit.
        assert live.score("o") == at_once.objective("o").score
