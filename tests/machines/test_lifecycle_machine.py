"""The lifecycle against its table: any sequence of moves, legal or not, dated forwards or back.

The model is a plain list of accepted moves sorted by day. After every step
- a move is admitted exactly when every move of the sorted list follows the table
- a refused move leaves the journal as it was
- the state on any day is the one the model says, and a replay of the journal gives it again
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import okrcore as okr
from effort import examples

PLAN = okr.Plan([okr.Objective("o", "An objective")])
START = date(2026, 7, 1)

#: The table, typed again by hand from the design: who may go where.
TABLE = {
    "draft": {"proposed", "active", "archived"},
    "proposed": {"draft", "active", "archived"},
    "active": {"draft", "proposed", "paused", "closed", "archived"},
    "paused": {"active", "closed", "archived"},
    "closed": {"active", "archived"},
    "archived": {"active", "closed"},
}

days = st.integers(0, 30).map(lambda n: START + timedelta(days=n))


def follows(moves: list[tuple[date, str]]) -> bool:
    here, is_closed = "active", False
    for _, to in moves:
        # What was closed and put away is closed still: it opens again before a second closing.
        if to not in TABLE[here] or (to == "closed" and is_closed):
            return False
        is_closed = to == "closed" or (is_closed and to == "archived")
        here = to
    return True


class Lifecycles(RuleBasedStateMachine):
    """Moves of one objective."""

    def __init__(self) -> None:
        super().__init__()
        self.journal = okr.Journal()
        self.moves: list[tuple[date, str]] = []

    def attempt(self, entry: okr.Transition | okr.Closing | okr.Adjustment, to: str) -> None:
        # Stable: of two moves on a day the one admitted later comes later.
        wanted = sorted([*self.moves, (entry.on, to)], key=lambda move: move[0])
        before = self.journal
        if follows(wanted):
            self.journal = okr.admit(PLAN, self.journal, entry)
            self.moves = wanted
        else:
            with pytest.raises(okr.TransitionError):
                okr.admit(PLAN, self.journal, entry)
            assert self.journal is before
            assert len(before) == len(self.moves)

    @rule(day=days, to=st.sampled_from(list(okr.Lifecycle)))
    def transition(self, day: date, to: okr.Lifecycle) -> None:
        if to is okr.Lifecycle.CLOSED:
            with pytest.raises(okr.TransitionError, match="write a Closing"):
                okr.Transition("o", day, to)
        else:
            self.attempt(okr.Transition("o", day, to), to.value)

    @rule(day=days, decision=st.sampled_from(list(okr.ClosingDecision)))
    def close(self, day: date, decision: okr.ClosingDecision) -> None:
        self.attempt(okr.Closing("o", day, decision), "closed")

    @rule(day=days)
    def pause(self, day: date) -> None:
        pause = okr.Adjustment("o", day, kind=okr.AdjustmentKind.PAUSE, because="a new fact")
        self.attempt(pause, "paused")

    @invariant()
    def the_state_is_the_model_s(self) -> None:
        replay = okr.Journal(self.journal.entries)
        for n in range(-1, 32, 4):
            day = START + timedelta(days=n)
            reached = [to for on, to in self.moves if on <= day]
            expected = reached[-1] if reached else "active"
            assert self.journal.lifecycle("o", on=day).state == expected
            assert replay.lifecycle("o", on=day) == self.journal.lifecycle("o", on=day)


Lifecycles.TestCase.settings = settings(
    max_examples=examples(gate=100, explore=1000), stateful_step_count=30
)
TestLifecycles = Lifecycles.TestCase


def test_the_table_is_the_one_in_the_library() -> None:
    assert {here: set(there) for here, there in okr.journal.LIFECYCLE_TRANSITIONS.items()} == TABLE
