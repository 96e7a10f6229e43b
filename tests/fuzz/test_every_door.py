"""Every public callable, called by signature: nothing but `OkrError` comes out of it.

What comes back prints, hashes, equals itself and pickles, and an error does too. A failure is printed as
calls to paste; what was found is in `tests/unit/test_doors.py`.
"""

from __future__ import annotations

from typing import Any, Final

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from effort import examples
from fuzz.calls import Failure, run, targets, written

#: Calls of one example: making an example costs more than a call.
_CALLS: Final = 50
#: Failures that are printed.
_SHOWN: Final = 40


@settings(
    max_examples=examples(gate=5_000 // _CALLS, explore=200_000 // _CALLS),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # calls are as short as they get
)
@given(st.randoms(use_true_random=True))
def test_nothing_but_refusals_comes_out_of_any_door(chance: Any) -> None:
    doors = targets()
    found: dict[tuple[str, ...], Failure] = {}
    for _ in range(_CALLS):
        door = chance.choice(doors)
        failure = run(door, written(door, chance))
        if failure is not None:
            found.setdefault(failure.key, failure)
    told = "\n".join(f"{one.call}\n    {one.told}" for one in list(found.values())[:_SHOWN])
    assert not found, f"{len(found)} kinds of failures, such as\n{told}"
