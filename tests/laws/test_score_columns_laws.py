"""Law of columns of plain numbers: they score as the plan they stand for, to the last bit.

Plans have several parents and children, weights of 0, lines without a way or a baseline, key results that
were not read, and stand in any order. Rulebooks are `RECOMMENDED`, a pool of own and children, and whatever
rules, clips and roundings can be drawn.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec
from okrcore.rulebook import FlatLine, RollUpPart, RollUpSource
from okrcore.testing import roll_up_rules
from strategies import numbers

DAY = date(2026, 8, 14)
POOL = okr.rulebook.RollUpRule(
    parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
)


class Line(NamedTuple):
    """A key result: the number of its objective, its ends, what was read, its weight."""

    home: int
    baseline: float | None
    target: float
    value: float | None
    weight: float


class Drawn(NamedTuple):
    """Objectives by number in an order, lines, alignments with weights."""

    order: list[int]
    lines: list[Line]
    edges: dict[tuple[int, int], float]


weights = st.sampled_from([0.0, 0.1, 0.3, 1.0, 1.0, 1.0, 2.0, 1 / 3])


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    count = draw(st.integers(1, 7))
    line = st.builds(
        Line, st.integers(0, count - 1), st.none() | numbers, numbers, st.none() | numbers, weights
    )
    lines = draw(
        st.lists(
            line | line.map(lambda line: line._replace(target=line.baseline or 0.0)), max_size=14
        )
    )
    pairs = [(child, parent) for child in range(count) for parent in range(child)]
    edges = draw(st.dictionaries(st.sampled_from(pairs), weights)) if pairs else {}
    return Drawn(draw(st.permutations(range(count))), lines, edges)


@st.composite
def rulebooks(draw: st.DrawFn) -> okr.Rulebook:
    attainment = okr.rulebook.AttainmentRule(
        clip=draw(roll_up_rules()).entry,
        missing=draw(st.sampled_from([None, None, 0.0, 0.5])),
        flat=draw(st.sampled_from(FlatLine)),
    )
    drawn_rules = roll_up_rules().filter(
        lambda rule: RollUpSource.DESCENDANTS not in {part.of for part in rule.parts}
    )
    rule = draw(st.sampled_from([okr.rulebook.RollUpRule(), POOL]) | drawn_rules)
    return okr.Rulebook(name="drawn", attainment=attainment, roll_up=rule)


any_rulebook = (
    st.sampled_from([okr.RECOMMENDED, evolve(okr.RECOMMENDED, roll_up=POOL)]) | rulebooks()
)


def plan_of(plan: Drawn) -> okr.Plan:
    return okr.Plan(
        [
            okr.Objective(
                f"o{at}",
                "O",
                key_results=[
                    okr.KeyResult(
                        f"k{n}", "K", okr.FromTo(line.baseline, line.target), weight=line.weight
                    )
                    for n, line in enumerate(plan.lines)
                    if line.home == at
                ],
                supports=[
                    okr.Alignment(f"o{parent}", weight=weight)
                    for (child, parent), weight in plan.edges.items()
                    if child == at
                ],
            )
            for at in plan.order
        ]
    )


def exactly(result: Any) -> tuple[str, str]:
    return repr(result.score), repr(result.coverage)


@given(drawn(), any_rulebook)
def test_columns_score_as_the_plan_they_stand_for(plan: Drawn, rulebook: okr.Rulebook) -> None:
    read = {f"k{n}": line.value for n, line in enumerate(plan.lines) if line.value is not None}
    card = okr.evaluate(
        plan_of(plan), okr.Journal(okr.check_ins(DAY, read)), as_of=DAY, rulebook=rulebook
    )
    home, baselines, targets, values, line_weights = (
        zip(*plan.lines, strict=True) if plan.lines else [()] * 5
    )
    scores = codec.score_columns(
        objectives=plan.order,
        objective_of=home,
        baselines=baselines,
        targets=targets,
        values=values,
        weights=line_weights,
        children=[child for child, _ in plan.edges],
        parents=[parent for _, parent in plan.edges],
        alignment_weights=plan.edges.values(),
        rulebook=rulebook,
    )
    wanted = [exactly(card.key_result(f"k{n}")) for n in range(len(plan.lines))]
    found = zip(scores.key_result_scores, scores.key_result_coverage, strict=True)
    assert [(repr(score), repr(coverage)) for score, coverage in found] == wanted
    wanted = [exactly(card.objective(f"o{at}")) for at in plan.order]
    found = zip(scores.objective_scores, scores.objective_coverage, strict=True)
    assert [(repr(score), repr(coverage)) for score, coverage in found] == wanted
