"""What is closed stays, for whatever is above it, under every rule of roll-up.

- entries of a closing day or later about items below a closed objective change no figure that they reach
  through that objective alone: neither its own, nor one above it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.journal import Entry
from okrcore.plan import Combination, Measure
from okrcore.rulebook import OverrideDuration, Weighing
from okrcore.rulebook.dialects import DIALECTS
from oracles.records_of import RULE_SETS, rulebook_of
from strategies import CYCLE, START

KEY_RESULTS, OBJECTIVES = (
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
)
ALL_BELOW = okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.DESCENDANTS)
#: The day of a closing, and the day that is evaluated, some time later.
CLOSED, TODAY = 40, 60
WEIGHTS = st.sampled_from([0.0, 1.0, 1.0, 5.0])
MEASURES: st.SearchStrategy[Measure] = st.sampled_from(
    [okr.Reach(10), okr.Increase(0, 20), okr.Reach(40), okr.AtLeast(5)]
)
FIELDS = (
    "score",
    "progress",
    "status",
    "confidence",
    "coverage",
    "score_range",
    "expected",
    "pace",
    "excluded",
    "verdict",
    "original_score",
    "adjusted_score",
)


def ruled(name: str, **rule: Any) -> okr.Rulebook:
    roll_up = okr.rulebook.RollUpRule(**rule)
    return evolve(okr.RECOMMENDED, name=name, roll_up=roll_up, confidence=roll_up)


def of_any_weight(book: okr.Rulebook) -> okr.Rulebook:
    """Return a rulebook with which weights need not total anything: drawn ones do not."""
    return evolve(
        book,
        roll_up=evolve(book.roll_up, weights_total=None),
        confidence=evolve(book.confidence, weights_total=None),
    )


BELOW = [
    ruled("by size", parts=[KEY_RESULTS, OBJECTIVES], weigh=Weighing.SIZE),
    ruled("all below by size", parts=[KEY_RESULTS, ALL_BELOW], weigh=Weighing.SIZE),
    ruled("all below and each objective", parts=[ALL_BELOW, OBJECTIVES], with_micro=True),
    ruled("the worst below", parts=[ALL_BELOW], combine=Combination.MINIMUM, least_coverage=0.5),
    ruled("judged below", parts=[KEY_RESULTS, ALL_BELOW], with_judged=OverrideDuration.UNTIL_READ),
    ruled("all below", parts=[KEY_RESULTS, ALL_BELOW]),
]
OTHERS = [
    *map(of_any_weight, DIALECTS.values()),
    *(rulebook_of(name)[0] for name in RULE_SETS),
]


def day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def plans(draw: st.DrawFn) -> okr.Plan:
    """Draw objectives one below the other, or side by side, with key results that others may refer to."""
    objectives, ids = list[okr.Objective](), list[str]()
    cycle = draw(st.sampled_from([CYCLE, None]))
    for n in range(draw(st.integers(3, 6))):
        own: list[okr.KeyResult | okr.KeyResultRef] = [
            okr.KeyResult(f"o{n}-k{k}", "A title", draw(MEASURES), weight=draw(WEIGHTS))
            for k in range(draw(st.integers(0, 2)))
        ]
        if ids and draw(st.integers(0, 5)) == 5:
            own.append(okr.KeyResultRef(draw(st.sampled_from(ids)), weight=draw(WEIGHTS)))
        ids += [each.id for each in own if isinstance(each, okr.KeyResult)]
        above = {n - 1, n - draw(st.integers(1, n))} if n and draw(st.integers(0, 5)) else set()
        objective = okr.Objective(
            f"o{n}",
            "A title",
            key_results=own,
            supports=[f"o{each}" for each in sorted(above)],
            cycle=cycle,
        )
        objectives.append(objective)
    return okr.Plan(objectives)


@st.composite
def entries_about(draw: st.DrawFn, item: okr.Objective | okr.KeyResult) -> list[Entry]:
    """Draw entries about an item, of a closing day or later."""
    on = day(draw(st.integers(CLOSED, TODAY)))
    kinds = ["read", "weight", "measure", "rescale", "pause"]
    match "pause" if isinstance(item, okr.Objective) else draw(st.sampled_from(kinds)):
        case "read":
            sure = draw(st.sampled_from([None, 0.1]))
            return [okr.CheckIn(item.id, on, draw(st.integers(0, 20)), confidence=sure)]
        case "weight":
            return [okr.Adjustment(item.id, on, weight=draw(WEIGHTS), because="a fact")]
        case "measure":
            return [okr.Adjustment(item.id, on, measure=draw(MEASURES), because="a fact")]
        case "rescale":
            return [okr.Adjustment(item.id, on, rescale=0.5, because="a fact")]
        case _:
            return [okr.Transition(item.id, on, okr.Lifecycle.PAUSED)]


def reached(plan: okr.Plan, ids: Iterable[str], closed: set[str]) -> set[str]:
    """Return the ids of what entries about some items may change, if a closed objective lets nothing by."""
    holders: dict[str, set[str]] = {}
    for objective in plan.objectives:
        for kr in objective.key_results:
            of = kr.to if isinstance(kr, okr.KeyResultRef) else kr.id
            holders.setdefault(of, set()).add(objective.id)
    found, waiting = set[str](), [*ids]
    while waiting:
        id = waiting.pop()
        at = id if isinstance(plan.items[id], okr.Objective) else plan.homes[id].id
        if id in found or at in closed:
            continue
        found.add(id)
        if isinstance(plan.items[id], okr.Objective):
            waiting += [above.id for above in plan.parents(id)]
        else:
            waiting += holders.get(id, {at})
    return found


def figures_of(card: okr.Scorecard, id: str) -> dict[str, Any]:
    found = {name: getattr(card[id], name, None) for name in FIELDS}
    is_objective = isinstance(card.plan.items[id], okr.Objective)
    return found | ({"shares": card.shares(id)} if is_objective else {})


@given(plans(), st.sampled_from(BELOW) | st.sampled_from(OTHERS), st.data())
def test_later_entries_below_a_closed_objective_change_no_figure_above_it(
    plan: okr.Plan, book: okr.Rulebook, data: st.DataObject
) -> None:
    krs = [kr for objective in plan.objectives for kr in objective.own_key_results]
    unread = data.draw(st.sets(st.sampled_from(krs))) if krs else set()
    entries: list[Entry] = [
        okr.CheckIn(kr.id, day(20), data.draw(st.integers(0, 20)), confidence=0.9)
        for kr in krs
        if kr not in unread
    ]
    # The one in the middle, and some others before or after it.
    one = data.draw(st.sampled_from(plan.objectives[:-1]))
    decisions = st.sampled_from(
        [okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.CARRY, okr.ClosingDecision.DEFER]
    )
    on = {each.id: data.draw(st.sampled_from([0, 0, 0, 30, 40, 50])) for each in plan.objectives}
    on[one.id] = CLOSED
    entries += [okr.Closing(id, day(n), data.draw(decisions)) for id, n in on.items() if n]
    journal = okr.Journal(entries)
    below = [one, *plan.descendants(one.id)]
    inside: list[okr.Objective | okr.KeyResult] = [
        *below,
        *(kr for objective in below for kr in objective.own_key_results),
    ]
    about = data.draw(st.lists(st.sampled_from(inside), min_size=1, max_size=4, unique=True))
    later = [entry for item in about for entry in data.draw(entries_about(item))]
    # By size, a bound is refused beside what has a way.
    measures = [getattr(each, "measure", None) for each in (*krs, *later)]
    bounds = [each for each in measures if isinstance(each, okr.AtLeast)]
    assume(not bounds or book.roll_up.weigh is not Weighing.SIZE)
    closed = {id for id, n in on.items() if 0 < n <= CLOSED}
    # An objective pauses with its key results.
    with_own = [
        kr for item in about if isinstance(item, okr.Objective) for kr in item.own_key_results
    ]
    may_change = reached(plan, {item.id for item in about} | {kr.id for kr in with_own}, closed)
    ids = {each.id for each in plan.objectives} | {kr.id for kr in krs}
    for as_of in (day(CLOSED), day(TODAY)):
        before = okr.evaluate(plan, journal, as_of=as_of, rulebook=book)
        after = okr.evaluate(plan, journal.add(later), as_of=as_of, rulebook=book, strict=False)
        for id in ids - may_change:
            assert figures_of(after, id) == figures_of(before, id), id


#: Scores up to 1.5, and a range in which what is open is scored as 1.
UP_TO_150 = evolve(
    okr.RECOMMENDED,
    name="150%",
    attainment=evolve(okr.RECOMMENDED.attainment, clip=okr.rulebook.Clip(floor=-0.5, ceiling=1.5)),
)


@given(
    st.lists(
        st.tuples(
            st.lists(st.none() | st.integers(-50, 200), min_size=1, max_size=3),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_range_is_the_same_above_open_closed_and_carried_objectives(
    below: list[tuple[list[int | None], bool, bool]],
) -> None:
    """Each is open, closed, or goes on: from the first half of the cycle with its readings."""
    half = okr.Cycle(CYCLE.start, day(10)), okr.Cycle(day(11), CYCLE.end)
    whole, parts = list[okr.Objective](), list[okr.Objective]()
    closings, read = list[okr.Closing](), dict[str, float]()
    for n, (values, is_closed, is_carried) in enumerate(below):
        krs = [okr.KeyResult(f"k{n}-{k}", "K", okr.Increase(0, 100)) for k in range(len(values))]
        one = okr.Objective(f"o{n}", "O", key_results=krs, cycle=CYCLE, supports=["year"])
        whole.append(one)
        read |= {kr.id: v for kr, v in zip(krs, values, strict=True) if v is not None}
        if is_carried:
            old = [evolve(kr, id=f"{kr.id}-old") for kr in krs]
            new = [evolve(kr, continues=f"{kr.id}-old") for kr in krs]
            parts += [
                evolve(one, id=f"old{n}", key_results=old, cycle=half[0]),
                evolve(one, key_results=new, cycle=half[1], continues=f"old{n}"),
            ]
        else:
            parts.append(one)
        if is_closed:
            closings.append(okr.Closing(one.id, day(30), okr.ClosingDecision.CARRY))
    above = [okr.Objective("top", "Top"), okr.Objective("year", "Year", supports=["top"])]
    journal = okr.Journal(okr.check_ins(day(20), read))
    wanted, found = (
        okr.evaluate(okr.Plan([*above, *each]), entries, as_of=day(31), rulebook=UP_TO_150)
        for each, entries in ((whole, journal), (parts, journal.add(closings)))
    )
    for id in ("top", "year"):
        assert found.objective(id).score == wanted.objective(id).score
        assert found.objective(id).score_range == wanted.objective(id).score_range
