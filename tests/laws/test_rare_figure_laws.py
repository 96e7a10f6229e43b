"""Laws of rare figures: moments of one instant, tiny changes, products, sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec

DAY = date(2026, 8, 1)
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


# --- moments of one instant --------------------------------------------------------------------


@given(OFFSETS, OFFSETS, st.sampled_from([0, 1]))
def test_entries_are_equal_if_and_only_if_their_documents_are(
    one: timezone, other: timezone, later: int
) -> None:
    """Of moments of one instant, those with one offset are equal, whatever the object of the zone."""
    noon = datetime(2026, 8, 1, 12, tzinfo=UTC)
    moments = noon.astimezone(one), (noon + timedelta(minutes=later)).astimezone(other)
    for make in (
        lambda moment: okr.CheckIn("k", DAY, 5, recorded=moment),
        lambda moment: okr.Adjustment("k", DAY, weight=2, because="more", recorded=moment),
        lambda moment: okr.Closing("o", DAY, okr.Decision.CARRY, recorded=moment),
    ):
        a, b = map(make, moments)
        assert (a == b) is (codec.to_json(a) == codec.to_json(b))
        assert (okr.Journal([a]) == okr.Journal([b])) is (a == b)
        assert a != b or hash(a) == hash(b)
        assert codec.from_json(codec.to_json(a), type(a)) == a
