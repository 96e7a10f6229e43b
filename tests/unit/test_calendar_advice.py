"""`recommend_cadence`, with the goals of founding document A."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr

C = okr.Cadence


@pytest.mark.parametrize(
    ("goal", "cadence", "overlay"),
    [
        # What the document gives as examples, by its own time frames.
        ({"horizon_days": 7}, C.MICRO_WEEK, None),  # email opens for a campaign
        ({"horizon_days": 14}, C.MICRO_TWO_WEEKS, None),  # a critical bug
        ({"horizon_days": 31}, C.MICRO_MONTH, None),  # a production line
        ({"horizon_days": 92}, C.QUARTERLY, None),  # the client base
        ({"horizon_days": 183}, C.HALF_YEARLY, None),  # a drug within six months
        ({"horizon_days": 365, "teams": 3}, C.ANNUAL, None),  # user retention
        ({"horizon_days": 550, "teams": 5}, C.ANNUAL, None),  # a vehicle within 18 months
        # Its hybrid: a stable goal, and Micro-OKRs for what changes quickly.
        ({"horizon_days": 90, "is_changing": True}, C.QUARTERLY, C.MICRO_TWO_WEEKS),
        ({"horizon_days": 90, "feedback_days": 1}, C.QUARTERLY, C.MICRO_WEEK),
        (
            {"horizon_days": 365, "feedback_days": 7, "is_changing": True},
            C.ANNUAL,
            C.MICRO_MONTH,
        ),
        ({"horizon_days": 90, "feedback_days": 7}, C.QUARTERLY, None),
        # A campaign of two weeks that is watched daily.
        ({"horizon_days": 14, "feedback_days": 1}, C.MICRO_WEEK, None),
        ({"horizon_days": 30, "feedback_days": 3}, C.MICRO_TWO_WEEKS, None),
        ({"horizon_days": 1}, C.MICRO_WEEK, None),
        ({"horizon_days": 8}, C.MICRO_TWO_WEEKS, None),
        ({"horizon_days": 32}, C.QUARTERLY, None),
    ],
)
def test_recommendations(
    goal: dict[str, Any], cadence: okr.Cadence, overlay: okr.Cadence | None
) -> None:
    advice = okr.calendar.recommend_cadence(**goal)
    assert (advice.cadence, advice.overlay) == (cadence, overlay)
    assert advice.reasons


def test_every_condition_gives_its_reason() -> None:
    advice = okr.calendar.recommend_cadence(
        horizon_days=550, teams=4, feedback_days=2, is_changing=True
    )
    assert advice.reasons == (
        "a horizon of 550 days is a long-term goal: annual objectives",
        "longer than a year: one horizon over several annual cycles",
        "4 teams must be aligned, which takes a stable goal",
        "conditions change quickly: micro, two weeks, on what stalls or emerges",
        "feedback within 2 days: micro, two weeks, under it",
    )
    assert okr.calendar.recommend_cadence(horizon_days=28, teams=2, feedback_days=1).reasons == (
        "a horizon of 28 days is a short-term focus: a Micro-OKR",
        "feedback within 1 day: micro, one week, several if need be",
        "2 teams: name one owner, and let it serve an objective they share",
    )
