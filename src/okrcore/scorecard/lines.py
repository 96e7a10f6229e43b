"""The figures of plain numbers: a program made of columns, and no plan behind it.

Rules of this file:

1. The arithmetic is that of every evaluation: what is made here is a program and a journal, and the
   figures of both.
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
from okrcore.scorecard.compiling import arrange, compile_plan
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.program import FOREVER, LONG_AGO, Pools, Program

__all__ = ["Lines", "figures_of"]

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


def figures_of(lines: Lines, rulebook: Rulebook) -> tuple[Figures, Sequence[int]]:
    """Return the figures of some lines, and the place of each objective in them.

    Args:
        lines: What there is.
        rulebook: How it is judged.
    """
    program, row_of = _compiled(lines)
    # What is asked of a plan is asked of its program, which is kept with it.
    plan = Plan(())
    keep(plan, compile_plan, program)
    are_read = [not isnan(value) for value in lines.values]
    sources = list(compress(program.sources, are_read))
    values = list(compress(lines.values, are_read))
    journal = Journal.from_columns(sources, [_DAY] * len(sources), values)
    figures = Figures(plan, journal, _DAY, rulebook)
    return figures, [figures.offset + row for row in row_of]


def _compiled(lines: Lines) -> tuple[Program, Sequence[int]]:
    """Return a program of lines, and the row of each objective."""
    count, objectives = len(lines.home), len(lines.heights)
    own = [0] * objectives
    for at in lines.home:
        own[at] += 1
    rows = arrange(lines.heights, own, lines.children, lines.parents, lines.alignment_weights)
    home = array("l", map(rows.row_of.__getitem__, lines.home))
    by_home = sorted(range(count), key=home.__getitem__)
    line = FromTo(0, 1)  # from where to where each of them goes is asked of the columns
    program = Program(
        key_results=[KeyResult("any", "Any", line)] * count,
        objectives=[Objective("any", "Any")] * objectives,
        initiatives=(),
        shapes=rows.shapes,
        homes=lambda: home,
        sources=list(map(str, range(count))),
        reads={},
        shared=frozenset(),
        derived={},
        starts=[LONG_AGO] * objectives,
        ends=[FOREVER] * objectives,
        telling=(),
        measures=[line] * count,
        baselines=lines.baselines,
        targets=lines.targets,
        own=Pools(
            [*accumulate((own[at] for at in rows.order), initial=0)],
            by_home,
            array("d", map(lines.weights.__getitem__, by_home)),
        ),
        below=Pools(rows.below_starts, [count + row for row in rows.below], rows.below_weights),
        fixed={},
        kinds=frozenset({FromTo}),
        has_micro=False,
    )
    return program, rows.row_of
