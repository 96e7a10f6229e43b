"""`LiveScorecard` against `evaluate`: any plan, any rulebook, any entries, dated forwards or back.

After every step
- each score, and each status if they are read, is the one a full evaluation of the same journal gives
- what `record` and `advance` return is the difference between the full evaluations before and after
- a refused entry leaves journal and scores as they were, and is one that `admit` refuses
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import reject, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.journal import Entry
from okrcore.plan import Combination
from okrcore.rulebook import (
    BoundReading,
    BoundRule,
    BreachEffect,
    Clip,
    GuardrailRule,
    OverrideDuration,
)
from okrcore.testing.journals import corrections_of, decisions_about
from strategies import START

BOTH = [
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
]
RULEBOOKS = [
    okr.RECOMMENDED,
    okr.Rulebook(name="pool", roll_up=okr.rulebook.RollUpRule(parts=BOTH)),
    okr.Rulebook(
        name="distinct descendants",
        roll_up=okr.rulebook.RollUpRule(
            parts=[
                okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
                okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.DESCENDANTS),
            ]
        ),
    ),
    okr.Rulebook(
        name="unread is 0",
        roll_up=okr.rulebook.RollUpRule(parts=BOTH),
        attainment=okr.rulebook.AttainmentRule(missing=0),
    ),
    okr.Rulebook(name="missing is 0", roll_up=okr.rulebook.RollUpRule(parts=BOTH, missing=0)),
    okr.Rulebook(
        name="thin",
        roll_up=okr.rulebook.RollUpRule(
            parts=BOTH, least_coverage=0.5, combine=Combination.MINIMUM
        ),
    ),
    okr.Rulebook(
        name="judged until read",
        roll_up=okr.rulebook.RollUpRule(parts=BOTH, with_judged=OverrideDuration.UNTIL_READ),
    ),
    okr.Rulebook(
        name="judged always",
        roll_up=okr.rulebook.RollUpRule(
            parts=BOTH, with_judged=OverrideDuration.ALWAYS, with_archived=False
        ),
    ),
    okr.Rulebook(
        name="rounded",
        roll_up=okr.rulebook.RollUpRule(parts=BOTH, result=Clip(digits=2)),
    ),
    okr.Rulebook(
        name="looking back",
        roll_up=okr.rulebook.RollUpRule(parts=BOTH),
        attainment=okr.rulebook.AttainmentRule(
            bounds=BoundRule(reading=BoundReading.MEAN), late_milestone=0.1
        ),
    ),
    okr.Rulebook(
        name="veto and work",
        roll_up=okr.rulebook.RollUpRule(
            parts=[*BOTH, okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES)]
        ),
        guardrails=GuardrailRule(effect=BreachEffect.VETO),
    ),
]

days = st.integers(-3, 110).map(lambda n: START + timedelta(days=n))
ids = st.sampled_from([None, None, "e0", "e1", "e4", "e5"])
# The largest of a few, since most drawn plans are one objective.
some_plans = st.lists(testing.plans(max_objectives=6, described=False), min_size=4, max_size=4).map(
    lambda drawn: max(drawn, key=len)
)


@st.composite
def reworded(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Draw the plan with other weights, and without a key result if nothing refers to it."""
    gone = draw(
        st.sampled_from([None, *(kr.id for o in plan.objectives for kr in o.own_key_results)])
    )
    weights = st.sampled_from([None, 0.5, 3.0])

    def changed(kr: Any) -> Any:
        weight = draw(weights) if isinstance(kr, okr.KeyResult) else None
        return kr if weight is None else evolve(kr, weight=weight)

    try:
        return evolve(
            plan,
            objectives=[
                evolve(
                    each,
                    key_results=[
                        changed(kr)
                        for kr in each.key_results
                        if gone is None or getattr(kr, "id", "") != gone
                    ],
                )
                for each in plan.objectives
            ],
        )
    except okr.OkrError:
        return plan


def scores(card: okr.Scorecard) -> dict[str, float | None]:
    """Return every score that a scorecard gives."""
    objectives = card.plan_in_force.objectives
    found = [objective.id for objective in objectives]
    found += [kr.id for objective in objectives for kr in objective.own_key_results]
    return {id: card[id].score for id in found}


class LiveScorecardMachine(RuleBasedStateMachine):
    """Entries of every kind, and days."""

    @initialize(
        plan=some_plans,
        rulebook=st.sampled_from(RULEBOOKS) | testing.rulebooks(),
        day=days,
        reads_statuses=st.booleans(),
    )
    def begin(
        self, plan: okr.Plan, rulebook: okr.Rulebook, day: date, reads_statuses: bool
    ) -> None:
        self.reads_statuses = reads_statuses
        self.plan, self.journal = plan, okr.Journal()
        self.rulebook, self.day = rulebook, day
        try:
            self.live = okr.LiveScorecard(plan, self.journal, as_of=day, rulebook=rulebook)
        except okr.InconsistentPlanError:
            reject()  # a drawn rulebook may weigh by sizes, which add up in one unit alone
        self.before = scores(self.full())

    def full(self) -> okr.Scorecard:
        return okr.evaluate(self.plan, self.journal, as_of=self.day, rulebook=self.rulebook)

    def take(self, *entries: Entry) -> None:
        longer, refusal = self.journal, None
        # Several entries may be refused for several reasons: one after the other, or together.
        reasons: set[str] = set()
        try:
            for entry in entries:
                longer = okr.admit(self.plan, longer, entry)
        except okr.OkrError as error:
            refusal = error
            reasons = {str(error)}
            try:
                okr.admit(self.plan, self.journal, *entries)
            except okr.OkrError as together:
                reasons.add(str(together))
        if refusal is None:
            changes = self.live.record(*entries)
            self.journal = longer
            self.changed(changes)
            return
        with pytest.raises(okr.OkrError) as refused:
            self.live.record(*entries)
        assert str(refused.value) in reasons
        assert self.live.journal == self.journal

    def changed(self, changes: tuple[okr.scorecard.ScoreChange, ...]) -> None:
        after, before = scores(self.full()), self.before
        pairs = {id: (before.get(id), after.get(id)) for id in {**before, **after}}
        expected = {id: (was, now) for id, (was, now) in pairs.items() if was != now}
        assert {c.id: (c.before, c.after) for c in changes} == expected
        assert len(changes) == len(expected)
        self.before = after

    # Most entries of a service are check-ins, and most of them are the last of their key result.
    @rule(data=st.data(), days_ago=st.lists(st.integers(-1, 5), min_size=1, max_size=6))
    def check_in(self, data: st.DataObject, days_ago: list[int]) -> None:
        own = [kr for objective in self.plan.objectives for kr in objective.own_key_results]
        read = [*(kr for kr in own if kr.metric is None and kr.derived is None), *self.plan.metrics]
        for ago in days_ago if read else ():
            entry = data.draw(testing.check_ins_of(data.draw(st.sampled_from(read))))
            self.take(evolve(entry, on=self.day - timedelta(days=ago)))

    def any_check_in(self, data: st.DataObject, id: str | None) -> Entry:
        items = [item for item in self.plan.each() if not isinstance(item, okr.Outside)]
        entry = data.draw(testing.check_ins_of(data.draw(st.sampled_from(items))))
        return evolve(entry, id=id)

    @rule(data=st.data(), id=ids)
    def check_in_anything(self, data: st.DataObject, id: str | None) -> None:
        self.take(self.any_check_in(data, id))

    @rule(data=st.data(), own_ids=st.lists(ids, max_size=5), decides=st.booleans())
    def record_several(self, data: st.DataObject, own_ids: list[str | None], decides: bool) -> None:
        entries = [self.any_check_in(data, id) for id in own_ids]
        if decides:
            entries.insert(len(entries) // 2, self.decision(data, is_new=True))
        self.take(*entries)

    @rule(of=st.sampled_from(["nobody", "company", "o0", "o0-k0"]), on=days)
    def check_in_a_label(self, of: str, on: date) -> None:
        self.take(okr.CheckIn(of, on, "a label"))

    @rule(data=st.data(), is_today=st.booleans(), is_new=st.sampled_from([True, True, True, False]))
    def decide(self, data: st.DataObject, is_today: bool, is_new: bool) -> None:
        entry = self.decision(data, is_new=is_new)
        self.take(evolve(entry, on=self.day) if is_today else entry)

    def decision(self, data: st.DataObject, *, is_new: bool) -> Any:
        entry: Any = data.draw(decisions_about(self.plan))
        if is_new and entry.id is not None:
            return evolve(entry, id=f"d{len(self.journal)}")
        return entry

    @rule(
        data=st.data(),
        ago=st.sampled_from([0, 0, 1, 9]),
        judged=st.none() | st.floats(0, 1),
        reopens=st.booleans(),
    )
    def close(self, data: st.DataObject, ago: int, judged: float | None, reopens: bool) -> None:
        id = data.draw(st.sampled_from(self.plan.objectives)).id
        on, decision = (
            self.day - timedelta(days=ago),
            data.draw(st.sampled_from(okr.ClosingDecision)),
        )
        self.take(
            okr.Closing(id, on, decision, because="over", judged=judged, id=f"c{len(self.journal)}")
        )
        if reopens:
            self.take(okr.Transition(id, self.day, okr.Lifecycle.ACTIVE))

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        named = sorted({entry.id for entry in self.journal.entries if entry.id is not None})
        self.take(data.draw(corrections_of((*named, "e9"))))

    @rule(data=st.data())
    def read_one_status(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.before)))
        assert self.live.status(id) == self.full()[id].status

    @rule(later=st.integers(-15, 30))
    def advance(self, later: int) -> None:
        self.day += timedelta(days=later)
        self.changed(self.live.advance(self.day))

    @rule(data=st.data(), is_other=st.booleans())
    def replan(self, data: st.DataObject, is_other: bool) -> None:
        plan = data.draw(some_plans) if is_other else data.draw(reworded(self.plan))
        before = self.live.journal, self.live.card
        try:
            admitted = okr.evaluate(plan, self.journal, as_of=date(9000, 12, 31))
            okr.evaluate(plan, self.journal, as_of=self.day, rulebook=self.rulebook)
        except okr.OkrError as error:
            with pytest.raises(type(error)):
                self.live.replan(plan)
            assert (self.live.journal, self.live.card) == before
        else:
            assert admitted.plan == plan
            changes = self.live.replan(plan)
            self.plan = plan
            self.changed(changes)

    @rule()
    def take_a_snapshot(self) -> None:
        assert scores(self.live.card) == scores(self.full())

    @invariant()
    def scores_are_those_of_a_full_evaluation(self) -> None:
        if hasattr(self, "live"):
            assert {id: self.live.score(id) for id in self.before} == self.before
            full = self.full()
            assert self.before == scores(full)
            if self.reads_statuses:
                try:
                    expected = {id: full[id].status for id in self.before}
                except okr.InconsistentPlanError:  # sizes that an adjustment made do not add up
                    return
                assert {id: self.live.status(id) for id in self.before} == expected


LiveScorecardMachine.TestCase.settings = settings(
    max_examples=examples(gate=100, explore=2000), stateful_step_count=25
)
TestLiveScorecard = LiveScorecardMachine.TestCase
