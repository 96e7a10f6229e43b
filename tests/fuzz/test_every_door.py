"""Every public callable, called by signature: nothing but `OkrError` comes out of it.

What comes back prints, hashes, equals itself, pickles, and has properties that can be read; an error prints
and pickles too. A failure is printed as calls to paste; what was found is in `tests/unit/test_doors.py` and
`tests/unit/test_odd_arguments.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from effort import examples
from fuzz.calls import Failure, Target, meetings, met, run, targets, written

#: Calls of one example: making an example costs more than a call.
_CALLS: Final = 50
#: Failures that are printed.
_SHOWN: Final = 40


def nothing_comes_out_of(calls: Iterable[tuple[Target, str]]) -> None:
    found: dict[tuple[str, ...], Failure] = {}
    for door, call in calls:
        failure = run(door, call)
        if failure is not None:
            found.setdefault(failure.key, failure)
    told = "\n".join(f"{one.call}\n    {one.told}" for one in list(found.values())[:_SHOWN])
    assert not found, f"{len(found)} kinds of failures, such as\n{told}"


@settings(
    max_examples=examples(gate=5_000 // _CALLS, explore=200_000 // _CALLS),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # calls are as short as they get
)
@given(st.randoms(use_true_random=True))
def test_nothing_but_refusals_comes_out_of_any_door(chance: Any) -> None:
    doors = [chance.choice(targets()) for _ in range(_CALLS)]
    nothing_comes_out_of((door, written(door, chance)) for door in doors)


@settings(max_examples=1, deadline=None)  # one example makes all calls
@given(st.randoms(use_true_random=True))
def test_nothing_but_refusals_comes_out_when_one_argument_is_odd(chance: Any) -> None:
    every = meetings()
    some = chance.sample(every, examples(gate=8_000, explore=len(every)))
    nothing_comes_out_of((door, met(door, at, name, chance)) for door, at, name in some)
