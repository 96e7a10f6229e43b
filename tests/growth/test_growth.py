"""Public questions take calls in proportion to what they are about: at most 5 times for 4 times as much.

Calls are counted, of Python functions and of those in C, and not seconds: the counts are the same on every machine.
Work inside one function in C is not seen; times are measured in `benchmarks`. Texts that are returned grow likewise.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from types import FrameType
from typing import Any, Final

import pytest
from attrs import evolve

import okrcore as okr
from growth.many import DOORS, FAULTS
from growth.questions import OF_JOURNALS, OF_PLANS, OF_REVIEWS, OF_SCORECARDS, recorded
from growth.shapes import DAY, POOL, SHAPES, fan, goal, kr, readings
from okrcore.journal import Entry
from okrcore.rulebook import OverrideDuration

#: The smaller of the two sizes that are compared; the larger one is four times as much.
SMALL: Final = 16
#: What costs little for each, and what costs much: days of a cycle, ways through layers.
SIZES: Final = {"chain": 80, "pooled_chain": 30, "diamonds": 4, "rows of circles": 80}
SMALL_REVIEW: Final = 8
#: Growth that is allowed for four times as much.
MOST: Final = 5.0

#: Shapes of plans, and of journals about small ones.
PLANS: Final = (
    *("chain", "pooled_chain", "fan", "diamonds", "ladder", "wide", "shared", "derived"),
)
JOURNALS: Final = ("history", "total", "adjusted", "corrected", "paused", "closed")
#: Agendas and the like look at every objective on many days.
REVIEWED: Final = ("chain", "fan", "wide", "shared", "adjusted", "paused", "closed")

#: Growth that is known, with its reason; mended, it fails here until its line is taken out.
KNOWN: Final[dict[tuple[str, str], str]] = {}
#: A gain halves at each level of a chain of means: after 53 levels nothing is left of it, and a climb ends.
LARGER: Final = {("sensitivity", "pooled_chain"): 120}
CIRCLES: Final = ("rows of circles",)
#: Derived key results have no reading of their own that could be supposed.
REFUSED: Final = {("sensitivity", "derived")}


def calls_of(work: Callable[[], object]) -> tuple[int, int]:
    """Return the number of calls that work takes, and the length of the text that it returns."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()  # its callbacks are calls too
    sys.setprofile(note)
    try:
        found = work()
    finally:
        sys.setprofile(before)
        gc.enable()
    return count, len(found) if isinstance(found, str) else 0


def must_be_linear(question: Callable[[int], Callable[[], object]], size: int = SMALL) -> None:
    calls_of(question(size // 2))  # what is made once a process is not counted
    small, large = calls_of(question(size)), calls_of(question(4 * size))
    growth = [b / a for a, b in zip(small, large, strict=True) if a]
    assert max(growth) <= MOST, f"calls and characters: {small} of {size}, {large} of {4 * size}"


def pairs() -> Iterator[Any]:
    every = (
        *product(OF_PLANS, PLANS),
        *product(OF_JOURNALS, ("fan", *JOURNALS)),
        *product(OF_SCORECARDS, (*PLANS, *JOURNALS)),
        *product(OF_REVIEWS, REVIEWED),
    )
    for name, shape in every:
        why = KNOWN.get((name, shape))
        if (name, shape) in REFUSED:
            continue
        marks = [pytest.mark.xfail(reason=why, strict=True, raises=AssertionError)] if why else []
        yield pytest.param(name, shape, marks=marks, id=f"{name}: {shape}")


@pytest.mark.parametrize(("name", "shape"), [*pairs()])
def test_a_question_grows_with_its_plan(name: str, shape: str) -> None:
    question = {**OF_PLANS, **OF_JOURNALS, **OF_SCORECARDS, **OF_REVIEWS}[name]
    size = SMALL_REVIEW if name in OF_REVIEWS else SIZES.get(shape, SMALL)
    size = LARGER.get((name, shape), size)
    must_be_linear(lambda n: question(SHAPES[shape](n)), size)


def doors() -> Iterator[Any]:
    for name in DOORS:
        why = "rows are searched for circles once more after each" if name in CIRCLES else ""
        marks = [pytest.mark.xfail(reason=why, strict=True, raises=AssertionError)] if why else []
        yield pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [*doors()])
def test_a_door_grows_with_what_comes_in(name: str) -> None:
    must_be_linear(DOORS[name], SIZES.get(name, SMALL))


@pytest.mark.parametrize("name", FAULTS)
def test_a_refusal_grows_with_its_faults(name: str) -> None:
    def refused(act: Callable[[], object]) -> str:
        try:
            act()
        except okr.OkrError as error:
            return f"{error}{error.as_dict()}"
        pytest.fail(f"{name} is not refused")

    must_be_linear(lambda n: partial(refused, FAULTS[name](n)))


def test_known_growth_is_of_questions_that_there_are() -> None:
    names = {**OF_PLANS, **OF_JOURNALS, **OF_SCORECARDS, **OF_REVIEWS}
    assert [
        pair for pair in (*KNOWN, *REFUSED) if pair[0] not in names or pair[1] not in SHAPES
    ] == []
    assert {*PLANS, *JOURNALS} == {*SHAPES}


def test_growth_with_the_square_is_found() -> None:
    def question(n: int) -> Callable[[], object]:
        return lambda: [abs(a - b) for a in range(n) for b in range(n)]

    with pytest.raises(AssertionError, match="calls and characters"):
        must_be_linear(question)
    with pytest.raises(AssertionError, match="calls and characters"):
        must_be_linear(lambda n: lambda: "x" * n * n)
    must_be_linear(lambda n: lambda: "".join(map(str, range(10 * n))))


def test_a_live_scorecard_records_an_id_as_fast_as_none() -> None:
    def calls(**more: Any) -> int:
        return calls_of(recorded(fan(100), **more))[0]

    calls()
    assert calls(id="new") <= 1.2 * calls()
    moment = datetime(2026, 8, 14, 12, tzinfo=UTC)
    assert calls(id="new", recorded=moment) <= 1.5 * calls()


def companies(count: int) -> tuple[okr.Plan, okr.Journal]:
    """Companies of 10,000 key results each, in objectives with ten parts."""
    goals: list[okr.Objective] = []
    for company in range(count):
        goals.append(goal(f"{company}"))
        for level in (1, 2, 3):
            for number in range(10**level):
                id = f"{company}-{number:0{level}}"
                own = [kr(f"{id}-k{i}") for i in range(10)] if level == 3 else []
                above = id[:-1] if level > 1 else f"{company}"
                goals.append(goal(id, *own, supports=[above]))
    plan = okr.Plan(goals)
    return plan, okr.Journal(readings(*plan.columns.ids))


JUDGED: Final = okr.Rulebook(
    name="judged", roll_up=evolve(POOL.roll_up, with_judged=OverrideDuration.ALWAYS)
)
DECISIONS: Final[dict[str, Callable[[str], Entry]]] = {
    "closing": lambda of: okr.Closing(of, DAY, okr.ClosingDecision.CARRY, because="over"),
    "closing of an earlier day": lambda of: okr.Closing(
        of, DAY - timedelta(days=3), okr.ClosingDecision.CARRY, because="over"
    ),
    "adjustment": lambda of: okr.Adjustment(
        f"{of}-k0", DAY, measure=okr.Increase(0, 20), weight=2.0, because="more"
    ),
    "judgement": lambda of: okr.Judgement(of, DAY, score=0.5, because="seen from near"),
    "transition": lambda of: okr.Transition(of, DAY, okr.Lifecycle.PAUSED),
}


def test_a_live_decision_costs_the_part_that_it_touches() -> None:
    def calls(count: int) -> dict[str, int]:
        live = okr.LiveScorecard(*companies(count), as_of=DAY, rulebook=JUDGED)
        live.record(okr.Judgement("0-999", DAY, score=0.5, because="the first one makes columns"))
        return {
            name: calls_of(partial(live.record, make(f"0-{n}5{n}")))[0]
            for n, (name, make) in enumerate(DECISIONS.items())
        }

    small, large = calls(1), calls(4)
    growth = {name: large[name] / small[name] for name in DECISIONS}
    assert max(growth.values()) <= 1.3, f"calls: {small} and {large}"
    # An evaluation of everything takes a call for each key result and more.
    assert max(small.values()) < 5_000, small


def test_a_live_status_costs_no_plan() -> None:
    def calls(n: int) -> int:
        case = fan(n)
        live = okr.LiveScorecard(case.plan, case.journal, as_of=DAY, rulebook=case.rulebook)
        live.status(case.read)
        live.record(okr.CheckIn(case.read, DAY, 2.0))
        live.status(case.read)
        live.record(okr.CheckIn(case.read, DAY, 3.0))
        return calls_of(lambda: live.status(case.read))[0]

    calls(10)
    assert calls(400) <= 1.2 * calls(100)
