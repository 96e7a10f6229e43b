"""Statuses of objectives that follow from the statuses of their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor

from okrcore._arith import mean, round_to, written_beside
from okrcore.rulebook import FromParts, StatusCombination
from okrcore.rulebook.bands import band_edges
from okrcore.scorecard.day.stages import Stages, StatusStages
from okrcore.words.reason import Reason, Term

__all__ = ["from_parts", "why_from_parts"]


def from_parts(rule: FromParts, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    """Return the statuses of objectives that are pursued, by index."""
    idle, found = stages.facts.idle_items, dict[int, str]()
    for at in items:
        counts = _counts(rule, stages, at)
        status = _combined(rule, counts) if counts and at not in idle else None
        if status is not None:
            found[at] = status
    return found


def _counts(rule: FromParts, stages: StatusStages, index: int) -> Mapping[str, int]:
    """Return the number of parts in each status of a rule, worst first."""
    if index not in stages.facts.compiled.of_objectives:
        return {}
    statuses, parts = stages.part_statuses, stages.inputs.of(index).counted
    counts = Counter(statuses[at] for at in parts if at in statuses)
    return {name: counts[name] for name, _ in rule.codes if name in counts}


def _combined(rule: FromParts, counts: Mapping[str, int]) -> str | None:
    """Return the combined status of parts; None if no band has it."""
    if rule.how is StatusCombination.WORST:
        return next(iter(counts))
    if rule.how is StatusCombination.SAME:
        return next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]
    average = _average(rule, counts)
    if rule.bands is not None:
        return rule.bands.name(average)
    whole = round_to(average, 0, rule.rounding)
    return min(rule.codes, key=lambda code: abs(code[1] - whole))[0]


def _average(rule: FromParts, counts: Mapping[str, int]) -> float:
    codes = dict(rule.codes)
    return mean([codes[name] for name in counts], counts.values())


def _average_words(rule: FromParts, average: float) -> str:
    # A mean is rounded at a half, or cut off at a whole number.
    halves = [count / 2 for count in range(floor(average) * 2, floor(average) * 2 + 3)]
    return written_beside(average, *(halves if rule.bands is None else band_edges(rule.bands)))


def why_from_parts(rule: FromParts, stages: Stages, index: int) -> str:
    """Return the statuses of the parts of an objective, in a sentence."""
    counts = _counts(rule, stages, index)
    parts = [
        Reason("status/parts", count=count, status=Term("status", name))
        for name, count in counts.items()
    ]
    if rule.how is StatusCombination.MEAN:
        average = _average_words(rule, _average(rule, counts))
        return Reason("status/mean-of", mean=average, parts=parts)
    is_worst = rule.how is StatusCombination.WORST
    return Reason("status/worst-of" if is_worst else "status/of", parts=parts)
