"""Evaluation of plain numbers: a compiled plan made of columns, without a plan.

Rules of this file:

1. The arithmetic is that of every evaluation: a compiled plan and a journal are made here, and evaluated.
2. No object is made for a key result or an objective. One stands for all of them; of it is asked only what
   is the same for all: that its measure is a line, that it has no cycle, no guardrail, no method.
3. What a rulebook asks of single items beyond that is refused before (see `codec.columns`).
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

#: Numbers without dates are all of one day, whichever it is.
_DAY: Final = date(2000, 1, 1)


@final
@frozen(eq=False)
class Lines:
    """Key results that are lines, and how the objectives they count in are aligned.

    Args:
        home: By key result, the position of its objective.
        baselines: Where each line begins; absent where that is unknown.
        targets: Where it ends.
        values: What was read; absent where nothing was.
        weights: What each weighs in its objective.
        heights: By objective, how many others lie on the longest way down from it.
        children: By alignment, the position of who is aligned.
        parents: By alignment, the position of what it is aligned to.
        alignment_weights: What it weighs there.
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
    """Return the evaluation of some lines, and the index of each objective in it.

    Args:
        lines: The lines.
        rulebook: The rulebook.
    """
    compiled = _compiled(lines)
    # Evaluation looks at the compiled plan alone, which is kept with an empty one.
    plan = Plan(())
    keep(plan, compile_plan, compiled)
    are_read = [not isnan(value) for value in lines.values]
    sources = list(compress(compiled.sources, are_read))
    values = list(compress(lines.values, are_read))
    journal = Journal.from_columns(sources, [_DAY] * len(sources), values)
    return Evaluation(plan, journal, _DAY, rulebook), compiled.in_plan_order


def _compiled(lines: Lines) -> CompiledPlan:
    """Return a compiled plan of lines."""
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
        reads={},
        shared=frozenset(),
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
