"""`LiveScorecard` against `evaluate`: any entries, dated forwards or back, under any of many rulebooks.

After every step
- each score is the one a full evaluation of the same journal gives
- what `record` and `advance` return is the difference between the full evaluations before and after
- a refused entry leaves journal and scores as they were
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import okrcore as okr
from effort import examples
from okrcore.journal import Entry
from okrcore.plan import Derivation, Reads
from okrcore.rulebook import BoundReading, BoundRule, Clip, Combination, Effect, GuardrailRule, Keep
from strategies import CYCLE, START

MOVES = [to for to in okr.Lifecycle if to is not okr.Lifecycle.CLOSED]  # a Closing leads there
K, O, M, G, W = "krs", "objectives", "metrics", "guardrails", "work"  # noqa: E741


def make_plan() -> okr.Plan:
    """Three levels, a diamond, a shared metric, derived and shared key results, guardrails, initiatives."""
    return okr.Plan(
        [
            okr.Objective(
                "top",
                "Top",
                cycle=CYCLE,
                key_results=[
                    okr.KeyResult("t1", "T1", okr.Reach(10), weight=2),
                    okr.KeyResult("t2", "T2", okr.Reach(20), metric="m"),
                    okr.KeyResultRef("l1", weight=0.7),
                ],
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
            ),
            okr.Objective(
                "left",
                "Left",
                cycle=CYCLE,
                supports=["top"],
                key_results=[
                    okr.KeyResult("l1", "L1", okr.Increase(2, 8)),
                    okr.KeyResult("l2", "L2", okr.AtLeast(4)),
                    okr.KeyResult("l3", "L3", okr.Milestones("a", "b", "c")),
                ],
                initiatives=[okr.Initiative("w", "W")],
            ),
            okr.Objective(
                "right",
                "Right",
                cycle=CYCLE,
                supports=["top"],
                key_results=[
                    okr.KeyResult("r1", "R1", okr.Decrease(9, 3)),
                    okr.KeyResult("r2", "R2", okr.Increase(None, 10)),
                    okr.KeyResult(
                        "r3",
                        "R3",
                        okr.Reach(10),
                        derived=okr.Derived(Derivation.SUM, ["r1", "l1"]),
                    ),
                ],
            ),
            okr.Objective(
                "leaf",
                "Leaf",
                cycle=CYCLE,
                supports=["left", okr.Alignment("right", weight=3)],
                key_results=[
                    okr.KeyResult("f1", "F1", okr.FromTo(0, 7)),
                    okr.KeyResult("f2", "F2", okr.PassFail()),
                    okr.KeyResult("f3", "F3", okr.EstablishBaseline()),
                ],
            ),
        ],
        metrics=[okr.Metric("m", "M", reads=Reads.MEAN), okr.Metric("n", "N")],
    )


BOTH = [okr.Part(okr.Parts.KEY_RESULTS), okr.Part(okr.Parts.OBJECTIVES)]
RULEBOOKS = {
    book.name: book
    for book in [
        okr.RECOMMENDED,
        okr.Rulebook(name="pool", roll_up=okr.RollUpRule(parts=BOTH)),
        okr.Rulebook(
            name="distinct descendants",
            roll_up=okr.RollUpRule(
                parts=[okr.Part(okr.Parts.KEY_RESULTS), okr.Part(okr.Parts.DESCENDANTS)]
            ),
        ),
        okr.Rulebook(
            name="unread is 0",
            roll_up=okr.RollUpRule(parts=BOTH),
            attainment=okr.AttainmentRule(unread=0),
        ),
        okr.Rulebook(name="missing is 0", roll_up=okr.RollUpRule(parts=BOTH, missing=0)),
        okr.Rulebook(
            name="thin",
            roll_up=okr.RollUpRule(parts=BOTH, least_coverage=0.5, combine=Combination.MINIMUM),
        ),
        okr.Rulebook(
            name="judged until read",
            roll_up=okr.RollUpRule(parts=BOTH, with_judged=Keep.UNTIL_READ),
        ),
        okr.Rulebook(
            name="rounded, and every key result twice",
            roll_up=okr.RollUpRule(
                parts=[okr.Part(okr.Parts.KEY_RESULTS), *BOTH], result=Clip(digits=2)
            ),
        ),
        okr.Rulebook(
            name="unread is 0",
            roll_up=okr.RollUpRule(parts=BOTH),
            attainment=okr.AttainmentRule(unread=0),
        ),
        okr.Rulebook(
            name="looking back",
            roll_up=okr.RollUpRule(parts=BOTH),
            attainment=okr.AttainmentRule(
                bounds=BoundRule(reading=BoundReading.MEAN), late_milestone=0.1
            ),
        ),
        okr.Rulebook(
            name="veto and work",
            roll_up=okr.RollUpRule(parts=[*BOTH, okr.Part(okr.Parts.INITIATIVES)]),
            guardrails=GuardrailRule(effect=Effect.VETO),
        ),
    ]
}

VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(
        ("t1", "l1", "l2", "r1", "r2", "f1", "f3", "m", "n", "g"),
        # Many digits for the last bit, few for equal numbers.
        st.integers(-2, 12).map(float) | st.floats(-2, 12),
    ),
    "l3": st.sets(st.sampled_from("abc")),
    "f2": st.booleans(),
    "w": st.floats(0, 1),
    # What does not fit: a derived key result, one that reads a metric, an unknown id, an objective.
    **dict.fromkeys(("r3", "t2", "nobody", "top"), st.just(1.0)),
}
days = st.integers(-3, 110).map(lambda n: START + timedelta(days=n))
ago = st.integers(-1, 5)
moments = st.integers(0, 500).map(
    lambda hours: datetime(2026, 7, 1, tzinfo=UTC) + timedelta(hours=hours)
)


def scores(card: okr.Scorecard) -> dict[str, float | None]:
    """Return every score that a scorecard gives."""
    ids = [objective.id for objective in card.plan.objectives]
    ids += [kr.id for objective in card.plan.objectives for kr in objective.own_key_results]
    return {id: card[id].score for id in ids}


class LiveScorecardMachine(RuleBasedStateMachine):
    """Entries of every kind, and days."""

    @initialize(named=st.sampled_from(sorted(RULEBOOKS)), day=days)
    def begin(self, named: str, day: date) -> None:
        self.plan = make_plan()
        self.journal = okr.Journal()
        self.rulebook, self.day = RULEBOOKS[named], day
        self.live = okr.LiveScorecard(self.plan, self.journal, as_of=day, rulebook=self.rulebook)
        self.before = scores(self.full())

    def full(self) -> okr.Scorecard:
        return okr.evaluate(self.plan, self.journal, as_of=self.day, rulebook=self.rulebook)

    def take(self, entry: Entry) -> None:
        refused = False
        try:
            longer = okr.admit(self.plan, self.journal, entry)
        except okr.OkrError:
            refused = True
        if refused:
            with pytest.raises(okr.OkrError):
                self.live.record(entry)
        else:
            changes = self.live.record(entry)
            self.journal = longer
            self.changed(changes)

    def changed(self, changes: tuple[okr.ScoreChange, ...]) -> None:
        after = scores(self.full())
        assert {c.id: (c.before, c.after) for c in changes} == {
            id: (self.before[id], score) for id, score in after.items() if self.before[id] != score
        }
        self.before = after

    # Most of what a service hears are check-ins, and most of them are the last of their key result.
    @rule(
        ids=st.lists(st.sampled_from(["t1", "l1", "l2", "l3", "r2", "f1", "f2"]), max_size=8),
        data=st.data(),
    )
    def check_in(self, ids: list[str], data: st.DataObject) -> None:
        for id in ids:
            on = self.day - timedelta(days=data.draw(ago))
            self.take(okr.CheckIn(id, on, data.draw(VALUES[id])))

    @rule(id=st.sampled_from(sorted(VALUES)), days_ago=ago, data=st.data())
    def check_in_anything(self, id: str, days_ago: int, data: st.DataObject) -> None:
        on = self.day - timedelta(days=days_ago)
        self.take(okr.CheckIn(id, on, data.draw(VALUES[id])))

    @rule(id=st.sampled_from(["t1", "l1"]), days_ago=ago, value=st.integers(0, 9), at=moments)
    def check_in_with_a_moment(self, id: str, days_ago: int, value: int, at: datetime) -> None:
        on = self.day - timedelta(days=days_ago)
        self.take(okr.CheckIn(id, on, value, recorded=at))

    @rule(id=st.sampled_from(["t1", "top"]), confidence=st.floats(0, 1))
    def say_how_sure(self, id: str, confidence: float) -> None:
        self.take(okr.CheckIn(id, self.day, confidence=confidence))

    @rule(value=st.integers(0, 9), name=st.sampled_from("xyz"))
    def check_in_by_name(self, value: int, name: str) -> None:
        self.take(okr.CheckIn("l1", self.day, value, id=name))

    @rule(name=st.sampled_from("xyz"))
    def correct(self, name: str) -> None:
        if any(entry.id == name for entry in self.journal.entries):
            self.take(okr.Correction(name, because="typed wrongly"))

    @rule(value=st.integers(-5, 9))
    def set_a_baseline(self, value: int) -> None:
        self.take(okr.BaselineSet("r2", self.day, value))

    @rule(id=st.sampled_from(["t1", "left"]), score=st.floats(0, 1))
    def judge(self, id: str, score: float) -> None:
        self.take(okr.Judgement(id, self.day, score=score, because="we know better"))

    @rule(goal=st.integers(9, 40))
    def adjust(self, goal: int) -> None:
        self.take(okr.Adjustment("t1", self.day, measure=okr.Reach(goal), because="a new fact"))

    @rule(id=st.sampled_from(["left", "leaf"]), to=st.sampled_from(MOVES))
    def move(self, id: str, to: okr.Lifecycle) -> None:
        self.take(okr.Transition(id, self.day, to))

    @rule(id=st.sampled_from(["left", "leaf"]), decision=st.sampled_from(list(okr.Decision)))
    def close(self, id: str, decision: okr.Decision) -> None:
        self.take(okr.Closing(id, self.day, decision))

    @rule(later=st.integers(0, 30))
    def advance(self, later: int) -> None:
        self.day += timedelta(days=later)
        self.changed(self.live.advance(self.day))

    @rule()
    def take_a_snapshot(self) -> None:
        assert scores(self.live.card) == scores(self.full())

    @invariant()
    def scores_are_those_of_a_full_evaluation(self) -> None:
        if hasattr(self, "live"):
            assert {id: self.live.score(id) for id in self.before} == self.before
            assert self.before == scores(self.full())


LiveScorecardMachine.TestCase.settings = settings(
    max_examples=examples(gate=50, explore=500), stateful_step_count=25
)
TestLiveScorecard = LiveScorecardMachine.TestCase
