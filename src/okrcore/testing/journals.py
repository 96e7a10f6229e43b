"""Journals that fit a plan, and whole quarters: a plan, a journal and a day."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any, Final, final

from attrs import evolve, frozen
from hypothesis import strategies as st

from okrcore.calendar import Cycle
from okrcore.journal import (
    Adjustment,
    BaselineSet,
    CheckIn,
    Correction,
    Journal,
    Judgement,
    Proposal,
)
from okrcore.journal.journal import Entry
from okrcore.plan import Guardrail, Initiative, KeyResult, Measure, Metric, Objective, Plan
from okrcore.plan.item import Item
from okrcore.plan.measures import LINEAR
from okrcore.scorecard import Scorecard, evaluate
from okrcore.testing.measures import readings
from okrcore.testing.plans import plans
from okrcore.testing.values import (
    CYCLE,
    Strategy,
    days,
    moments,
    numbers,
    optionals,
    people,
    ratios,
    titles,
    weights,
)

__all__ = ["Quarter", "check_ins_of", "journals", "quarters"]


@final
@frozen
class Quarter:
    """A plan, a journal that fits it, and a day to look at them.

    Args:
        plan: What is intended.
        journal: What happened.
        day: A day before, in or after the cycle.
    """

    plan: Plan
    journal: Journal
    day: date

    def evaluate(self, **options: Any) -> Scorecard:
        """Evaluate it; options are those of `okrcore.evaluate`."""
        return evaluate(self.plan, self.journal, as_of=self.day, **options)


def quarters(
    *,
    max_objectives: int = 6,
    measure: Strategy[Measure] | None = None,
    cycle: Cycle | None = CYCLE,
    alone: bool = False,
) -> Strategy[Quarter]:
    """Return whole quarters: what `evaluate` asks for, and nothing that moves no number.

    Args:
        max_objectives: How many objectives there are at most.
        measure: The measures of their key results; of every kind, if nothing is said.
        cycle: The cycle of most objectives; some have none.
        alone: Whether nothing is named that is not in an objective: no metrics, nothing outside.
    """
    drawn = plans(
        max_objectives=max_objectives, measure=measure, cycle=cycle, described=False, alone=alone
    )
    return drawn.flatmap(
        lambda plan: st.builds(
            Quarter, st.just(plan), journals(plan, described=False), days(cycle=cycle or CYCLE)
        )
    )


@st.composite
def journals(draw: st.DrawFn, plan: Plan, *, described: bool = True) -> Journal:
    """Return journals that fit a plan.

    Args:
        plan: What they are about.
        described: Whether notes, adjustments, judgements and corrections are drawn too. Without them a
            journal holds readings, baselines and confidences.
    """
    entries: list[Entry] = []
    for item in plan.each():
        if _is_read(item):
            drawn = check_ins_of(item, described=described)
            entries += [draw(drawn) for _ in range(draw(st.integers(0, 2)))]
        if isinstance(item, KeyResult) and type(item.measure) in LINEAR and draw(st.booleans()):
            entries += draw(_baselines_of(item))
        if described and isinstance(item, (KeyResult, Objective)):
            entries += [draw(_decisions_about(item)) for _ in range(draw(st.integers(0, 1)))]
    if described and entries and draw(st.booleans()):
        entries += _corrected(entries)
    return Journal(entries)


def _is_read(item: Item) -> bool:
    if isinstance(item, (KeyResult, Guardrail)):
        return item.metric is None
    return isinstance(item, (Metric, Initiative))


@st.composite
def check_ins_of(draw: st.DrawFn, item: Any, *, described: bool = True) -> CheckIn:
    """Return check-ins that fit an item of a plan.

    Args:
        item: A key result, guardrail, metric or initiative that is checked in itself.
        described: Whether notes, moments and authors are drawn too.
    """
    value: Strategy[Any] = numbers() | ratios()
    if isinstance(item, KeyResult):
        value = readings(item.measure)
    elif isinstance(item, Initiative):
        value = st.booleans() | st.floats(0, 1)
    more = draw(_CHECK_IN[described])
    return CheckIn(item.id, draw(days()), **{"value": draw(value), **more})


_WORDS: Final = ("note", "shipped", "effect", "learning", "blocker")
_CHECK_IN: Final = MappingProxyType(
    {
        False: optionals({"confidence": st.floats(0, 1)}),
        True: optionals(
            {
                "confidence": st.floats(0, 1),
                "value": st.none(),
                "projected": numbers(),
                "status": st.sampled_from(["on track", "at risk"]),
                "recorded": moments(),
                "by": people(),
                **dict.fromkeys(_WORDS, titles()),
            }
        ),
    }
)


@st.composite
def _baselines_of(draw: st.DrawFn, kr: KeyResult) -> list[BaselineSet]:
    measure: Any = kr.measure
    if measure.states_baseline:
        return []
    value = draw(numbers())
    return [BaselineSet(kr.id, draw(days()), value)] if measure.allows(value) else []


@st.composite
def _decisions_about(draw: st.DrawFn, item: KeyResult | Objective) -> Entry:
    if isinstance(item, KeyResult) and draw(st.booleans()):
        return Adjustment(item.id, draw(days()), because=draw(titles()), **draw(_ADJUSTMENT))
    return Judgement(item.id, draw(days()), score=draw(st.floats(0, 1)), because=draw(titles()))


_ADJUSTMENT: Final = optionals(
    {
        "weight": weights(),
        "due": days(),
        "proposal": st.sampled_from(Proposal),
        "decided_by": people(),
        "decided": days(),
    }
)


def _corrected(entries: list[Entry]) -> list[Entry]:
    """Give the last entry an id, and return the correction that takes it out."""
    entries[-1] = evolve(entries[-1], id="entry")
    return [Correction("entry", because="typed twice")]
