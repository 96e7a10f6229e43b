"""Plans of unusual shapes: a chain of 10,000 levels, and 100,000 objectives under one.

Nothing recurses over the depth of a plan, and no output grows with the square of it. Nothing recurses over
the days of closings either, and each of those days is evaluated once, however many follow it.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec, display
from okrcore.rulebook import Always, FromParts, StatusCombination
from okrcore.scorecard.day.signals import confidence_of

DAY = date(2026, 8, 14)
DEEP = 10_000
WIDE = 100_000

#: Children count beside own key results.
POOL = okr.Rulebook(
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)


def numbered(number: int, supports: list[str]) -> okr.Objective:
    kr = okr.KeyResult(f"k{number}", "A key result", okr.Reach(10))
    return okr.Objective(f"o{number}", "An objective", key_results=[kr], supports=supports)


def card_of_chain(plan: okr.Plan, value: float = 4) -> okr.Scorecard:
    journal = okr.Journal(okr.check_ins(DAY, {f"k{len(plan.objectives) - 1}": value}))
    return okr.evaluate(plan, journal, as_of=DAY, rulebook=POOL)


@cache
def chain(length: int = DEEP) -> okr.Plan:
    return okr.Plan([numbered(n, [f"o{n - 1}"] if n else []) for n in range(length)])


@cache
def fan(width: int) -> okr.Plan:
    return okr.Plan([numbered(n, ["o0"] if n else []) for n in range(width)])


def test_the_one_reading_at_the_bottom_of_a_chain_reaches_its_top() -> None:
    card = card_of_chain(chain())
    assert card["o0"].score == 0.4


def test_a_chain_is_asked_for_what_is_above_and_below() -> None:
    plan = chain()
    assert sum(1 for _ in plan.descendants("o0")) == DEEP - 1
    assert sum(1 for _ in plan.ancestors(f"o{DEEP - 1}")) == DEEP - 1
    assert plan.depth(f"o{DEEP - 1}") == DEEP - 1
    assert len(plan.subtree("o1").objectives) == DEEP - 1


@pytest.mark.parametrize("make", [chain, fan])
def test_the_shape_of_a_plan_does_not_show_in_what_is_printed_of_it(
    make: Callable[[int], okr.Plan],
) -> None:
    card = card_of_chain(make(3_000))
    for value in (card.plan, card, card["o0"], card.explain("o0"), card.journal):
        assert len(repr(value)) < 500


def test_a_chain_is_copied_pickled_compared_and_hashed() -> None:
    plan = chain()
    for other in (pickle.loads(pickle.dumps(plan)), copy.deepcopy(plan)):  # noqa: S301  # our own bytes
        assert other == plan
        assert hash(other) == hash(plan)
    card = card_of_chain(plan)
    again = pickle.loads(pickle.dumps(card))  # noqa: S301  # our own bytes
    assert again["o0"].score == 0.4


def test_a_chain_goes_out_as_json_and_comes_back() -> None:
    plan = chain(2_000)
    assert codec.load(codec.dump(plan), okr.Plan) == plan


def test_an_explanation_of_a_chain_stops_and_can_be_asked_for_more() -> None:
    step = card_of_chain(chain()).explain("o0")
    assert len(str(step)) < 2_000
    for _ in range(500):
        step = step.parts[-1]
    assert step.result == 0.4


@pytest.mark.parametrize(
    "show",
    [display.scorecard_text, display.scorecard_markdown, display.scorecard_html],
    ids=["text", "markdown", "html"],
)
@pytest.mark.parametrize("make", [chain, fan])
def test_a_table_grows_with_the_plan_and_not_with_its_depth(
    make: Callable[[int], okr.Plan], show: Callable[[okr.Scorecard], str]
) -> None:
    small, large = (len(show(card_of_chain(make(size)))) for size in (200, 400))
    assert large < 2.1 * small


@pytest.mark.parametrize("width", [WIDE // 10, pytest.param(WIDE, marks=pytest.mark.long)])
def test_a_wide_fan_is_scored_explained_and_kept_up_to_date(width: int) -> None:
    plan = fan(width)
    journal = okr.Journal(okr.check_ins(DAY, {f"k{n}": 5 for n in range(width)}))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=POOL)
    assert card["o0"].score == 0.5
    (mean,) = card.explain("o0").parts
    assert len(mean.parts) == width
    live = okr.LiveScorecard(plan, journal, as_of=DAY, rulebook=POOL)
    changes = live.record(okr.CheckIn("k7", DAY, 10))
    assert [change.id for change in changes] == ["k7", "o7", "o0"]
    # One part of them all has risen from 0.5 to 1.
    assert live.score("o0") == pytest.approx(0.5 + 0.5 / width, rel=1e-12)


@pytest.mark.parametrize(("make", "gains"), [(chain, 52), (fan, 10_000)])
def test_every_key_result_of_a_chain_and_of_a_fan_is_tried_out(
    make: Callable[[int], okr.Plan], gains: int
) -> None:
    plan = make(DEEP)
    journal = okr.Journal(okr.check_ins(DAY, {f"k{n}": 5 for n in range(DEEP)}))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=POOL)
    # In a chain each level halves what is below it, until nothing of it is left.
    assert len(card.sensitivity("o0")) == gains


def test_a_check_in_at_the_bottom_of_a_chain_moves_its_top() -> None:
    length = DEEP
    objectives = [numbered(length - 1, [f"o{length - 2}"])]
    objectives += [
        okr.Objective(f"o{n}", "An objective", supports=[f"o{n - 1}"] if n else [])
        for n in range(length - 1)
    ]
    live = okr.LiveScorecard(okr.Plan(objectives), okr.Journal(), as_of=DAY)
    for value, before in ((5, None), (7, 0.5)):
        changes = live.record(okr.CheckIn(f"k{length - 1}", DAY, value))
        assert len(changes) == length + 1
        assert changes[-1] == okr.scorecard.ScoreChange("o0", before, value / 10)


def test_a_comparison_and_an_agenda_of_a_chain_take_each_item_once() -> None:
    before, after = card_of_chain(chain(2_000)), card_of_chain(chain(2_000), 6)
    moved = okr.compare(after, before)
    assert len(moved.movements) == 2_001
    agenda = okr.review.make_agenda(after.plan, after.journal, as_of=DAY, ritual="weekly")
    assert len(str(agenda)) < 2_000 * 100


#: The worst status of its parts.
WORST = okr.Rulebook(
    name="worst",
    roll_up=POOL.roll_up,
    status=(FromParts(StatusCombination.WORST, codes=[("off", 1), ("fine", 2)]), Always("fine")),
)


def closed_one_a_day(plan: okr.Plan) -> okr.Scorecard:
    """Return a scorecard after everything but the first objective was closed, the last one first."""
    count = len(plan.objectives)
    closings = [
        okr.Closing(f"o{n}", DAY + timedelta(days=count - n), okr.ClosingDecision.ACHIEVED)
        for n in range(1, count)
    ]
    journal = okr.Journal([*okr.check_ins(DAY, {f"k{count - 1}": 4}), *closings])
    return okr.evaluate(plan, journal, as_of=DAY + timedelta(days=count + 1), rulebook=WORST)


@pytest.mark.parametrize("make", [chain, fan])
def test_closings_on_many_days_are_each_evaluated_once(make: Callable[[int], okr.Plan]) -> None:
    top = closed_one_a_day(make(150)).objective("o0")
    assert top.score == 0.4
    assert top.status == "fine"
    assert top.coverage is not None
    assert top.score_range is not None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("status", "fine"), ("computed_status", "off"), ("status_why", f"declared on {DAY}")],
)
def test_statuses_of_parts_are_there_whatever_is_asked_first(asked: str, answer: str) -> None:
    rules = (okr.rulebook.Declared(), *WORST.status)
    book = okr.Rulebook(name="worst, in people's words", roll_up=POOL.roll_up, status=rules)
    said = {"o0": "fine", f"o{DEEP - 1}": "off"}
    journal = okr.Journal([okr.CheckIn(id, DAY, status=status) for id, status in said.items()])
    card = okr.evaluate(chain(), journal, as_of=DAY, rulebook=book)
    assert getattr(card["o0"], asked) == answer


def test_what_was_closed_on_one_day_is_gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    width, asked = 200, 0
    plan = fan(width)
    ids = [objective.id for objective in plan.objectives]
    closings = [okr.Closing(id, DAY, okr.ClosingDecision.CARRY) for id in ids]

    def counting(*stages: Any) -> Sequence[float]:
        nonlocal asked
        asked += 1
        return confidence_of(*stages)

    monkeypatch.setattr("okrcore.scorecard.evaluation.confidence_of", counting)
    journal = okr.Journal([*okr.check_ins(DAY, {f"k{n}": 5 for n in range(width)}), *closings])
    card = okr.evaluate(plan, journal, as_of=DAY + timedelta(days=1), rulebook=WORST)
    assert len(str(card).splitlines()) > width
    assert asked == 1  # on the day of the closings; of today nothing is asked
