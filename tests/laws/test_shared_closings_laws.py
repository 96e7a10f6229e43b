"""Laws of closings that the days of a journal share.

- the figures of a day are the same whatever other days were evaluated before, in any order
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from oracles.organisations import days, organisations
from oracles.records_of import RULE_SETS, journal_of, plan_of, rulebook_of

FIGURES = (
    *("score", "progress", "coverage", "confidence", "status", "score_range", "expected", "pace"),
    *("verdict", "excluded", "reading", "original_score", "adjusted_score", "why", "status_why"),
)


@given(
    organisations(),
    st.sampled_from(["RECOMMENDED", *RULE_SETS]),
    st.lists(days(), min_size=1, max_size=4),
)
def test_a_day_is_the_same_whatever_was_evaluated_before(
    organisation: Any, name: str, others: list[date]
) -> None:
    plan, shared, book = plan_of(organisation), journal_of(organisation), rulebook_of(name)[0]
    for day in [*others, organisation["day"]]:
        card = okr.evaluate(plan, shared, as_of=day, rulebook=book)
        fresh = okr.evaluate(plan, journal_of(organisation), as_of=day, rulebook=book)
        assert card.columns(*FIGURES) == fresh.columns(*FIGURES)
