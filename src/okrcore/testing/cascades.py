"""Cascades: whole quarters under any rule of roll-up, with numbers that can be checked by hand.

Rule of this file: a reading is a whole number of hundredths of the way to its target.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from okrcore.journal import Journal, check_ins
from okrcore.plan import Combination, Plan, Reach
from okrcore.rulebook import (
    AttainmentRule,
    Clip,
    RollUpPart,
    RollUpRule,
    RollUpSource,
    Rulebook,
    Weighing,
    ZeroWeights,
)
from okrcore.testing.journals import Quarter
from okrcore.testing.plans import MONDAY, plans
from okrcore.testing.values import Strategy

__all__ = ["cascades", "roll_up_rules"]

_OTHER: Final = "other"
#: In the week of every Micro-OKR that is drawn.
_DAY: Final = MONDAY + timedelta(days=4)
_CLIPS: Final = st.sampled_from(
    [
        Clip(),
        Clip(floor=0, ceiling=1),
        Clip(full_from=0.7),
        Clip(digits=2),
        Clip(floor=0, ceiling=1, full_from=0.7, digits=1),
    ]
)
#: Means are the commonest.
_COMBINATIONS: Final = (
    *[Combination.MEAN] * 3,
    Combination.MINIMUM,
    Combination.SHARE_ACHIEVED,
)
_ENTRY: Final = st.just(Clip()) | _CLIPS
_CREDITS: Final = st.none() | st.sampled_from([0, 33, 67, 70, 100]) | st.integers(0, 100)


@st.composite
def roll_up_rules(draw: st.DrawFn) -> RollUpRule:
    """Return rules of roll-up with every option; the simplest is the default."""
    kinds = draw(st.permutations(list(RollUpSource)))[: draw(st.integers(1, 4))]
    drawn = [
        RollUpPart(kind, as_one=draw(st.booleans()), otherwise=draw(st.booleans()))
        for kind in kinds
    ]
    parts = draw(st.sampled_from([RollUpRule().parts, drawn, drawn]))
    # Initiatives have no size, and are refused beside parts that are weighed by theirs.
    has_work = any(part.of is RollUpSource.INITIATIVES for part in parts)
    weighings = [Weighing.STATED] * 3 + [Weighing.EQUAL] + [Weighing.SIZE] * (not has_work)
    return RollUpRule(
        parts=parts,
        combine=draw(st.sampled_from(_COMBINATIONS)),
        weigh=draw(st.sampled_from(weighings)),
        zero_weights=draw(st.sampled_from(ZeroWeights)),
        missing=draw(st.sampled_from([None, None, 0.0, 0.5])),
        empty=draw(st.sampled_from([None, None, 0.0])),
        least_coverage=draw(st.sampled_from([0.0, 0.0, 0.5, 0.75])),
        with_micro=draw(st.booleans()),
        entry=draw(_ENTRY),
        result=draw(_ENTRY),
    )


@st.composite
def cascades(
    draw: st.DrawFn, *, rules: Strategy[RollUpRule] | None = None, max_objectives: int = 7
) -> Quarter:
    """Return quarters that roll up in every way: plans as `cascading` ones of `plans`, and a rulebook.

    Some objectives are under a second rule, as a method. Key results are `Reach`, with a reading of
    some hundredths of it or none, all on one day.

    Args:
        rules: The rules of roll-up; any, if nothing is said.
        max_objectives: How many objectives there are at most.
    """
    drawn = plans(
        max_objectives=max_objectives, measure=_REACH, cycle=None, described=False, cascading=True
    )
    plan = draw(drawn)
    methods = [draw(st.sampled_from([None, _OTHER])) for _ in plan.objectives]
    plan = evolve(
        plan,
        objectives=[
            evolve(objective, method=method)
            for objective, method in zip(plan.objectives, methods, strict=True)
        ],
    )
    rule = roll_up_rules() if rules is None else rules
    clip = draw(st.sampled_from([Clip(floor=0, ceiling=1), Clip(full_from=0.7, ceiling=1)]))
    attainment = AttainmentRule(clip=clip)
    other = Rulebook(name=_OTHER, attainment=attainment, roll_up=draw(rule))
    rulebook = Rulebook(name="drawn", attainment=attainment, roll_up=draw(rule), methods=[other])
    return Quarter(plan, draw(_journals(plan)), _DAY, rulebook)


_REACH: Final = st.integers(1, 400).map(Reach)


@st.composite
def _journals(draw: st.DrawFn, plan: Plan) -> Journal:
    read: dict[str, float] = {}
    for objective in plan.objectives:
        for kr in objective.own_key_results:
            credit = draw(_CREDITS)
            if credit is not None:
                measure: Any = kr.measure
                read[kr.id] = credit * measure.target / 100
        for initiative in objective.initiatives:
            done = draw(st.sampled_from([None, 0.0, 0.5, 1.0]))
            if done is not None:
                read[initiative.id] = done
    return Journal(check_ins(_DAY, read))
