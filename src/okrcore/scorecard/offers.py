"""What each part of a rule offers to an objective: its key results, objectives below, work, or all below.

Rule of this file: what is offered follows from the plan and the rule alone, never from what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import fsum, isnan
from typing import Final, TypeAlias, final

from attrs import field, frozen

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import Part, Parts, RollUpRule, Weighing
from okrcore.scorecard.program import Pool, Program

__all__ = ["Offer", "Sizes", "Weighed", "by_size", "offers_of", "without", "without_micro"]

#: What a part of a rule offers to the objective of a row.
Offer: TypeAlias = Callable[[int], Pool]
#: By place, the size of each key result; and of closed objectives, what their parts totalled.
Sizes: TypeAlias = tuple[Sequence[float], Mapping[int, float]]
_NO_UNIT: Final = "in no unit"
_NO_WAY: Final = "without a way"


@final
@frozen(eq=False)
class Weighed:
    """What objectives weigh by size, by place.

    Args:
        sizes: What their parts total.
        units: The units of the sizes of their parts in words, each with the id of a part that has it.
    """

    sizes: dict[int, float] = field(factory=dict[int, float])
    units: dict[int, dict[str, str]] = field(factory=dict[int, dict[str, str]])


def offers_of(
    program: Program, rule: RollUpRule, frozen_weights: Mapping[int, float]
) -> list[tuple[Part, Offer, bool]]:
    """Return what each part of a rule offers to an objective, and whether another may offer it too.

    Args:
        program: The compiled plan.
        rule: The rule.
        frozen_weights: By place, weights of key results on the days of closings, if they differ since.
    """
    may_repeat = any(part.of is Parts.DESCENDANTS for part in rule.parts)
    return [(part, _offer(program, part, rule, frozen_weights), may_repeat) for part in rule.parts]


def _offer(
    program: Program, part: Part, rule: RollUpRule, frozen_weights: Mapping[int, float]
) -> Offer:
    offer: Offer
    if part.of is Parts.KEY_RESULTS:
        offer = partial(_with_fixed_shares, program) if program.fixed else program.own.of
    elif part.of is Parts.INITIATIVES:
        offer = program.work.of
    elif part.of is Parts.DESCENDANTS:
        offer = _descendants(program, frozen_weights, with_micro=rule.with_micro).__getitem__
    elif program.over_micro and not rule.with_micro:
        offer = partial(without_micro, program)
    else:
        offer = program.below.of
    return partial(_equal, offer) if rule.weigh is Weighing.EQUAL else offer


def _equal(offer: Offer, row: int) -> Pool:
    places, weights = offer(row)
    return places, [float(weight > 0) for weight in weights]


def without_micro(program: Program, row: int) -> Pool:
    """Leave out Micro-OKRs: an overlay, in no pool, coverage or worst status."""
    first, (places, weights) = len(program.key_results), program.below.of(row)
    kept = [n for n, at in enumerate(places) if not program.objectives[at - first].is_micro]
    return [places[n] for n in kept], [weights[n] for n in kept]


def without(places: Sequence[int], weights: Sequence[float], there: tuple[int, ...]) -> Pool:
    """Leave out what has entered with an earlier part: nothing counts twice."""
    entered = frozenset(there)
    kept = [n for n, at in enumerate(places) if at not in entered]
    return [places[n] for n in kept], [weights[n] for n in kept]


def _with_fixed_shares(program: Program, row: int) -> Pool:
    """Let those with a fixed share have it, and the others what is left, by their weights.

    A fixed share is one of the objective in which a key result is at home. Another that refers to it
    says with the reference what it weighs there.
    """
    places, weights = pool = program.own.of(row)
    fixed = {
        at: program.fixed[at] for at in places if at in program.fixed and program.home[at] == row
    }
    if not fixed:
        return pool
    free = fsum(w for at, w in zip(places, weights, strict=True) if at not in fixed)
    left = max(0.0, 1 - fsum(fixed.values()))
    return places, [
        fixed.get(at, left * weight / free if free else 0.0)
        for at, weight in zip(places, weights, strict=True)
    ]


def _descendants(
    program: Program, frozen_weights: Mapping[int, float], *, with_micro: bool
) -> list[Pool]:
    """Return the key results of all objectives below each objective, each once.

    They weigh what they weigh at home: what a reference to one weighs is said of its objective alone.
    """
    first = len(program.key_results)
    found: list[dict[int, None]] = []
    for row in range(len(program.objectives)):
        mine: dict[int, None] = {}
        for place in (program.below.of(row) if with_micro else without_micro(program, row))[0]:
            child = place - first
            mine.update(dict.fromkeys(program.own.of(child)[0]))
            mine.update(found[child])
        found.append(mine)
    weights = [frozen_weights.get(at, kr.weight) for at, kr in enumerate(program.key_results)]
    return [(tuple(mine), [weights[at] for at in mine]) for mine in found]


def by_size(
    program: Program,
    row: int,
    places: Sequence[int],
    weights: Sequence[float],
    weighed: Weighed,
    sizes: Callable[[], Sizes],
) -> tuple[float, ...]:
    """Return weights by size: of a key result its way, of an objective what its parts total.

    A line whose baseline is to be established has the mean size of the others until then. Where nothing has a
    way, everything has the size 1.

    Args:
        program: The compiled plan.
        row: The objective.
        places: What enters it; what has no weight keeps none.
        weights: The stated weights.
        weighed: What objectives below total; this one is put in.
        sizes: The sizes of key results, from baseline to target, absent where there is none, or none is known;
            and of closed objectives.

    Raises:
        InconsistentPlanError: The sizes are of several units, or a part has no way beside others that have one.
    """
    first, (size_of, kept) = len(program.key_results), sizes()
    counted = [at for at, weight in zip(places, weights, strict=True) if weight]
    in_unit: dict[str, str] = {}
    for at in counted:
        is_above = first <= at < first + len(program.objectives)
        known = weighed.units.get(at, {}) if is_above else {_unit_of(program, at): program.ids[at]}
        for unit, id in known.items():
            in_unit.setdefault(unit, id)
    if len(in_unit) > 1:
        raise InconsistentPlanError(
            "unit-mismatch",
            path_of(program.objectives[row], "key_results"),
            ", ".join(f"{id} {unit}" for unit, id in in_unit.items()),
            "sizes add up in one unit: weigh as stated, or keep other units in an objective with a method"
            " that does",
        )
    found = {at: size_of[at] if at < first else weighed.sizes.get(at, 1.0) for at in counted}
    there = [size for size in found.values() if not isnan(size)]
    typical = fsum(there) / len(there) if there else 1.0
    stated = zip(places, weights, strict=True)
    sizes_of = [found[at] if weight else 0.0 for at, weight in stated]
    sized = tuple(typical if isnan(size) else size for size in sizes_of)
    weighed.sizes[first + row] = kept.get(first + row, fsum(sized))
    weighed.units[first + row] = in_unit
    return sized


def _unit_of(program: Program, place: int) -> str:
    """Return in words the unit of the size of a key result or initiative."""
    key_results = program.key_results
    if place >= len(key_results) or type(key_results[place].measure) not in LINEAR:
        return _NO_WAY
    unit = key_results[place].unit
    return _NO_UNIT if unit is None else f"in {unit}"
