"""Laws of comparisons.

- causes add up: each begins where the one before ended, from the earlier score to the later one
- what is listed is what moved, largest first, with the scores of the two cards
- nothing moves from a card to itself
- what only the rulebook, the day, adjustments, membership or readings changed is moved by that alone
- the day alone moves a score as an evaluation of the earlier entries on the later day says
- readings move it last: from an evaluation with everything of the later card but what was read since
- the order of objectives never matters
- changes of state are those of the two cards
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import RollUpPart, RollUpSource
from okrcore.scorecard import CauseKind
from okrcore.scorecard.scorecard import evaluation_of
from strategies import Quarter, followed_by, lines, readings_for, weights

_POOL = [RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
rulebooks = st.sampled_from(
    [
        okr.RECOMMENDED,
        evolve(okr.RECOMMENDED, name="pool", roll_up=okr.rulebook.RollUpRule(parts=_POOL)),
        evolve(okr.RECOMMENDED, name="0", roll_up=okr.rulebook.RollUpRule(parts=_POOL, missing=0)),
        evolve(
            okr.RECOMMENDED,
            name="1 digit",
            roll_up=okr.rulebook.RollUpRule(result=okr.rulebook.Clip(digits=1)),
        ),
    ]
)


def quarters(*, max_objectives: int = 6) -> st.SearchStrategy[Quarter]:
    """Quarters whose plans can be taken apart, and whose measures can be replaced: no baseline was set."""
    return testing.quarters(max_objectives=max_objectives, alone=True).map(
        lambda quarter: evolve(
            quarter, journal=quarter.journal.keep(lambda e: not isinstance(e, okr.BaselineSet))
        )
    )


def key_results_of(plan: okr.Plan) -> list[okr.KeyResult]:
    return [kr for objective in plan.objectives for kr in objective.own_key_results]


def days_up_to(last: date) -> st.SearchStrategy[date]:
    return st.integers(0, 80).map(lambda n: last - timedelta(days=n))


@st.composite
def read_since(draw: st.DrawFn, plan: okr.Plan, day: date) -> list[Any]:
    """Draw check-ins of some key results, up to a day."""
    entries: list[Any] = []
    for kr in key_results_of(plan):
        if draw(st.booleans()):
            on = draw(days_up_to(day))
            entries.append(okr.CheckIn(kr.id, on, draw(readings_for(kr.measure))))
    return entries


@st.composite
def adjusted_since(draw: st.DrawFn, plan: okr.Plan, day: date) -> list[Any]:
    """Draw adjustments of targets, deadlines and scope."""
    entries: list[Any] = []
    for kr in key_results_of(plan):
        if type(kr.measure) in LINEAR and draw(st.booleans()):
            change: dict[str, Any] = draw(
                st.one_of(
                    lines().map(lambda line: {"measure": line}),
                    st.just({"rescale": 0.5}),
                    st.just({"due": date(2026, 9, 1)}),
                )
            )
            trigger = draw(st.sampled_from([None, okr.AdjustmentTrigger.DIFFICULTY]))
            on = draw(days_up_to(day))
            entries.append(okr.Adjustment(kr.id, on, because="a test", trigger=trigger, **change))
    return entries


@st.composite
def decided_since(draw: st.DrawFn, plan: okr.Plan, day: date) -> list[Any]:
    """Draw pauses, closings and new weights, one for each item."""
    entries: list[Any] = []
    for objective in plan.objectives:
        on = draw(days_up_to(day))
        moves = [
            None,
            None,
            okr.Transition(objective.id, on, okr.Lifecycle.PAUSED),
            okr.Closing(objective.id, on, draw(st.sampled_from(okr.ClosingDecision))),
        ]
        entries.append(draw(st.sampled_from(moves)))
        for kr in objective.own_key_results:
            some = {"kind": okr.AdjustmentKind.PAUSE} if draw(st.booleans()) else {"weight": 3}
            entry = okr.Adjustment(kr.id, draw(days_up_to(day)), because="a test", **some)
            entries.append(draw(st.sampled_from([None, entry])))
    return [entry for entry in entries if entry is not None]


@st.composite
def other_plans(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Draw a plan with other key results and weights, and perhaps an objective less."""
    objectives: list[okr.Objective] = []
    for objective in plan.objectives:
        key_results = [
            evolve(kr, weight=draw(st.one_of(st.just(kr.weight), weights)), continues=None)
            for kr in objective.own_key_results
            if draw(st.sampled_from([True, True, False]))
        ]
        if draw(st.booleans()):
            key_results.append(okr.KeyResult(f"{objective.id}-new", "New", okr.Reach(10)))
        guarded = [evolve(guardrail, protects=None) for guardrail in objective.guardrails]
        objectives.append(
            evolve(
                objective,
                key_results=key_results,
                guardrails=guarded,
                initiatives=(),
                continues=None,
                trigger=None,
            )
        )
    first = objectives[0]
    if len(objectives) > 1 and not plan.children(first.id) and draw(st.booleans()):
        objectives = objectives[1:]
    kept = {id for o in objectives for id in (o.id, *(kr.id for kr in o.own_key_results))}
    return okr.Plan(
        [evolve(o, supports=[a for a in o.supports if a.to in kept]) for o in objectives]
    )


@frozen
class Pair:
    """Two scorecards, the earlier one first."""

    earlier: okr.Scorecard
    card: okr.Scorecard

    @property
    def comparison(self) -> okr.scorecard.Comparison:
        return okr.compare(self.card, self.earlier)


def card_of(
    plan: okr.Plan, journal: okr.Journal, day: date, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=day, rulebook=rulebook)


def fitting(plan: okr.Plan, journal: okr.Journal) -> okr.Journal:
    """Return a journal without entries of another plan that do not fit this one."""
    # Without an item that joined, its readings do not fit either.
    while misfits := okr.journal.misfits(plan, journal):
        wrong = {id(misfit.entry) for misfit in misfits}
        journal = okr.Journal([entry for entry in journal.entries if id(entry) not in wrong])
    return journal


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Two scorecards with everything between them that can change."""
    quarter = draw(quarters(max_objectives=4))
    earlier = draw(adjusted_since(quarter.plan, quarter.day))
    journal = followed_by(quarter.plan, quarter.journal, earlier)
    day = quarter.day + timedelta(days=draw(st.sampled_from([0, 7, 40, 120])))
    plan = draw(st.one_of(st.just(quarter.plan), other_plans(quarter.plan)))
    since = [
        *draw(read_since(plan, day)),
        *draw(decided_since(plan, day)),
        *draw(adjusted_since(plan, day)),
    ]
    later = followed_by(plan, fitting(plan, journal.only(plan)), since)
    return Pair(
        card_of(quarter.plan, journal, quarter.day, draw(rulebooks)),
        card_of(plan, later, day, draw(rulebooks)),
    )


def scores_of(card: okr.Scorecard) -> dict[str, float | None]:
    ids = [objective.id for objective in card.plan_in_force.objectives]
    ids += [kr.id for kr in key_results_of(card.plan_in_force)]
    evaluation = evaluation_of(card)
    index_of = evaluation.facts.compiled.index_of
    found = {id: evaluation.scores.values[index_of[id]] for id in ids}
    return {id: None if score != score else score for id, score in found.items()}  # noqa: PLR0124


@given(pairs())
def test_causes_add_up(pair: Pair) -> None:
    for moved in pair.comparison:
        assert moved.causes[0].before == moved.before
        assert moved.causes[-1].after == moved.after
        assert all(one.after == other.before for one, other in pairwise(moved.causes))
        assert all(cause.before != cause.after for cause in moved.causes)
        order = [list(CauseKind).index(cause.by) for cause in moved.causes]
        assert order == sorted(set(order))
        ends = [(cause.before, cause.after) for cause in moved.causes]
        if all(end is not None for both in ends for end in both):
            total = sum(Fraction(after or 0) - Fraction(before or 0) for before, after in ends)
            assert total == Fraction(moved.after or 0) - Fraction(moved.before or 0)


@given(pairs())
def test_what_is_listed_is_what_moved(pair: Pair) -> None:
    before, after = scores_of(pair.earlier), scores_of(pair.card)
    comparison = pair.comparison
    assert {moved.id: (moved.before, moved.after) for moved in comparison} == {
        id: (before.get(id), after.get(id))
        for id in before | after
        if before.get(id) != after.get(id)
    }
    sizes = [-1.0 if moved.change is None else abs(moved.change) for moved in comparison]
    assert sizes == sorted(sizes, reverse=True)


@given(quarters(), rulebooks)
def test_nothing_moves_from_a_card_to_itself(quarter: Quarter, rulebook: okr.Rulebook) -> None:
    card = quarter.evaluate(rulebook=rulebook)
    again = quarter.evaluate(rulebook=rulebook)
    assert len(okr.compare(card, again)) == 0


def moved_by(later: okr.Scorecard, earlier: okr.Scorecard) -> set[CauseKind]:
    return {cause.by for moved in okr.compare(later, earlier) for cause in moved.causes}


@given(quarters(), rulebooks, rulebooks)
def test_a_rulebook_alone_moves_as_such(
    quarter: Quarter, one: okr.Rulebook, other: okr.Rulebook
) -> None:
    cards = quarter.evaluate(rulebook=one), quarter.evaluate(rulebook=other)
    assert moved_by(*cards) <= {CauseKind.RULEBOOK}


@given(quarters(), st.integers(0, 120), st.data())
def test_the_day_alone_moves_as_such(quarter: Quarter, days: int, data: st.DataObject) -> None:
    adjusted = data.draw(adjusted_since(quarter.plan, quarter.day))
    journal = followed_by(quarter.plan, quarter.journal, adjusted)
    journal = journal.as_of(quarter.day)
    cards = (
        card_of(quarter.plan, journal, quarter.day + timedelta(days=days)),
        card_of(quarter.plan, journal, quarter.day),
    )
    assert moved_by(*cards) <= {CauseKind.TIME}


@given(quarters(), rulebooks, st.data())
def test_adjustments_alone_move_as_such(
    quarter: Quarter, rulebook: okr.Rulebook, data: st.DataObject
) -> None:
    plan, journal, day = quarter.plan, quarter.journal, quarter.day
    journal = followed_by(plan, journal, data.draw(decided_since(plan, day)))
    more = followed_by(plan, journal, data.draw(adjusted_since(plan, day)))
    cards = card_of(plan, more, day, rulebook), card_of(plan, journal, day, rulebook)
    assert moved_by(*cards) <= {CauseKind.ADJUSTMENT}


@given(quarters(), st.data())
def test_a_corrected_target_moves_as_an_adjustment(quarter: Quarter, data: st.DataObject) -> None:
    line = [kr.id for kr in key_results_of(quarter.plan) if type(kr.measure) in LINEAR]
    assume(line)
    plan = quarter.plan.correct_measure(data.draw(st.sampled_from(line)), data.draw(lines()))
    cards = card_of(plan, quarter.journal, quarter.day), quarter.evaluate()
    assert moved_by(*cards) <= {CauseKind.ADJUSTMENT}


@given(quarters(), rulebooks, st.data())
def test_membership_alone_moves_as_such(
    quarter: Quarter, rulebook: okr.Rulebook, data: st.DataObject
) -> None:
    day, journal = quarter.day, quarter.journal
    plan = data.draw(st.one_of(st.just(quarter.plan), other_plans(quarter.plan)))
    journal = followed_by(quarter.plan, journal, data.draw(adjusted_since(quarter.plan, day)))
    assume(not okr.journal.misfits(plan, journal.only(plan)))
    more = followed_by(plan, journal.only(plan), data.draw(decided_since(plan, day)))
    cards = card_of(plan, more, day, rulebook), card_of(quarter.plan, journal, day, rulebook)
    assert moved_by(*cards) <= {CauseKind.MEMBERSHIP}


@given(quarters(), rulebooks, st.data())
def test_readings_alone_move_as_such(
    quarter: Quarter, rulebook: okr.Rulebook, data: st.DataObject
) -> None:
    plan, journal, day = quarter.plan, quarter.journal, quarter.day
    decided = [*data.draw(decided_since(plan, day)), *data.draw(adjusted_since(plan, day))]
    journal = followed_by(plan, journal, decided)
    more = followed_by(plan, journal, data.draw(read_since(plan, day)))
    cards = card_of(plan, more, day, rulebook), card_of(plan, journal, day, rulebook)
    assert moved_by(*cards) <= {CauseKind.READING}


@given(pairs())
def test_time_moves_as_an_evaluation_of_the_later_day_says(pair: Pair) -> None:
    earlier, card = pair.earlier, pair.card
    assume(earlier.rulebook == card.rulebook)
    known = earlier.journal.as_of(earlier.as_of)
    waited = scores_of(card_of(earlier.plan, known, card.as_of, card.rulebook))
    before = scores_of(earlier)
    for moved in pair.comparison:
        by_time = [cause.after for cause in moved.causes if cause.by is CauseKind.TIME]
        assert by_time == (
            [waited.get(moved.id)]
            if moved.id in before and waited[moved.id] != before[moved.id]
            else []
        )


@given(pairs())
def test_readings_move_from_everything_else(pair: Pair) -> None:
    earlier, card = pair.earlier, pair.card
    fresh = {entry for entry in card.journal.entries if isinstance(entry, okr.CheckIn)}
    fresh -= set(earlier.journal.as_of(earlier.as_of).entries)
    unread = card.journal.keep(lambda entry: entry not in fresh)
    stale = scores_of(card_of(card.plan, unread, card.as_of, card.rulebook))
    after = scores_of(card)
    for moved in pair.comparison:
        by_reading = [cause.before for cause in moved.causes if cause.by is CauseKind.READING]
        is_moved = stale.get(moved.id) != after.get(moved.id)
        assert by_reading == ([stale.get(moved.id)] if is_moved else [])


@given(pairs())
def test_the_order_of_objectives_never_matters(pair: Pair) -> None:
    def turned(card: okr.Scorecard) -> okr.Scorecard:
        plan = evolve(card.plan, objectives=card.plan.objectives[::-1])
        return evolve(card, plan=plan)

    other = okr.compare(turned(pair.card), turned(pair.earlier))
    assert {moved.id: moved for moved in other} == {moved.id: moved for moved in pair.comparison}


@given(pairs())
def test_changes_of_state_are_those_of_the_two_cards(pair: Pair) -> None:
    def states(card: okr.Scorecard) -> dict[str, str]:
        kinds = (okr.Guardrail, okr.Initiative, okr.Metric)
        items = card.plan_in_force.items
        return {id: str(card[id].status) for id, item in items.items() if isinstance(item, kinds)}

    before, after = states(pair.earlier), states(pair.card)
    found = {moved.id: (moved.before, moved.after) for moved in pair.comparison.states}
    assert found == {
        id: (before.get(id), after.get(id))
        for id in {**before, **after}
        if before.get(id) != after.get(id)
    }
    for moved in pair.comparison.states:
        if moved.after is not None:
            assert moved.why == pair.card[moved.id].status_why
