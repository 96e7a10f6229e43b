"""Laws of errors with many faults."""

from __future__ import annotations

import copy
import json
import pickle

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr

CODES = st.sampled_from(["negative", "unknown-id", "not-text"])
singles = st.builds(
    okr.InvalidValueError, CODES, st.text(max_size=5), st.integers(), st.text(max_size=5)
)


@given(st.lists(singles, max_size=8), st.integers(0, 60))
def test_an_error_lists_a_hundred_faults_and_counts_the_others(
    found: list[okr.InvalidValueError], times: int
) -> None:
    faults = found * times
    error = okr.DecodeError("undecodable", "$", len(faults), faults=faults)
    assert list(error.faults) == faults[:100]
    assert len(error.faults) + error.unlisted == len(faults)
    assert str(error).endswith(f"\nand {error.unlisted:,} more") == (len(faults) > 100)
    for again in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert again.as_dict() == error.as_dict()
    plain = json.loads(json.dumps(error.as_dict()))
    assert (len(plain["faults"]), plain["unlisted"]) == (len(error.faults), error.unlisted)
