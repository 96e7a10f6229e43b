"""Evaluation of columns of numbers: a compiled plan and a journal made of them, without a plan.

Rules of this file:

1. One key result and one objective are used for all: only what all have in common is read from them, a
   line for a measure, and no cycle, guardrail or method.
2. Rules that need more of single items are refused before, see `codec.score_columns`.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, compress
from math import isnan
from typing import Final, final

from attrs import frozen

from okrcore._memo import keep
from okrcore.journal import Journal
from okrcore.plan import FromTo, KeyResult, Objective, Plan
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, CompiledPlan, Pools
from okrcore.scorecard.day.compiler import arrange, compile_plan, spans_of
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["Lines", "evaluate_lines"]

#: Any day: numbers without dates are all of one.
_DAY: Final = date(2000, 1, 1)


@final
@frozen(eq=False)
class Lines:
    """Key results that are lines, and alignments of the objectives they count in.

    Args:
        home: By key result, the position of its objective.
        baselines: By key result; ABSENT if unknown.
        targets: By key result.
        values: By key result, its reading; ABSENT without one.
        weights: By key result, its weight in its objective.
        heights: By objective, its levels below.
        children: By alignment, the position of the aligned objective.
        parents: By alignment, the position of the objective above.
        alignment_weights: By alignment, the weight of the aligned objective.
    """

    home: Sequence[int]
    baselines: array[float]
    targets: array[float]
    values: Sequence[float]
    weights: Sequence[float]
    heights: Sequence[int]
    children: Sequence[int]
    parents: Sequence[int]
    alignment_weights: Sequence[float]


def evaluate_lines(lines: Lines, rulebook: Rulebook) -> tuple[Evaluation, Sequence[int]]:
    """Return the evaluation of some lines, and the index of each objective in it."""
    compiled = _compiled(lines)
    # Only the compiled plan is evaluated, so it is kept with an empty one.
    plan = Plan(())
    keep(plan, compile_plan, compiled)
    are_read = [not isnan(value) for value in lines.values]
    sources = list(compress(compiled.sources, are_read))
    values = list(compress(lines.values, are_read))
    journal = Journal.from_columns(sources, [_DAY] * len(sources), values)
    return Evaluation(plan, journal, _DAY, rulebook), compiled.in_plan_order


def _compiled(lines: Lines) -> CompiledPlan:
    count, objectives = len(lines.home), len(lines.heights)
    own = [0] * objectives
    for at in lines.home:
        own[at] += 1
    order = arrange(
        count, lines.heights, own, lines.children, lines.parents, lines.alignment_weights
    )
    home = array("l", map(order.index_of.__getitem__, lines.home))
    by_home = sorted(range(count), key=home.__getitem__)
    line = FromTo(0, 1)  # baselines and targets are columns
    return CompiledPlan(
        key_results=[KeyResult("any", "Any", line)] * count,
        objectives=[Objective("any", "Any")] * objectives,
        initiatives=(),
        shapes=order.shapes,
        in_plan_order=order.index_of,
        homes=lambda: home,
        sources=list(map(str, range(count))),
        aggregations={},
        arithmetic={},
        shared=frozenset(),
        metric_units={},
        derived={},
        starts=[LONG_AGO] * (count + objectives),
        ends=[FOREVER] * (count + objectives),
        rare=(),
        measures=[line] * count,
        baselines=lines.baselines,
        targets=lines.targets,
        spans=spans_of(lines.baselines, lines.targets),
        own=Pools(
            count,
            [*accumulate((own[at] for at in order.positions), initial=0)],
            by_home,
            array("d", map(lines.weights.__getitem__, by_home)),
        ),
        below=order.below,
        fixed={},
        kinds=frozenset({FromTo}),
        has_micro=False,
    )
