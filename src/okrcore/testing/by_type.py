"""Strategies by class, for `st.from_type`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from hypothesis import strategies as st

from okrcore.calendar import Cycle
from okrcore.journal import CheckIn, Journal
from okrcore.plan import (
    Contribution,
    Guardrail,
    KeyResult,
    KeyResultProfile,
    Metric,
    Objective,
    ObjectiveProfile,
    Person,
    Place,
    Plan,
    Quantity,
    Ratio,
    Team,
    Timing,
    Unit,
)
from okrcore.plan.metrics import Measurement
from okrcore.rulebook import Rulebook
from okrcore.testing.journals import check_ins_of, journals
from okrcore.testing.measure_strategies import MAKERS
from okrcore.testing.metric_plans import metrics
from okrcore.testing.plans import guardrails, key_results, objectives, plans
from okrcore.testing.rulebook_strategies import rulebooks
from okrcore.testing.values import (
    CYCLE,
    Strategy,
    numbers,
    people,
    ratios,
    records,
    titles,
    units,
)

__all__ = ["BY_TYPE"]

#: Makers of strategies, by the class of their records.
BY_TYPE: Final[Mapping[type[Any], Callable[[], Strategy[Any]]]] = MappingProxyType(
    {
        **MAKERS,
        Plan: plans,
        Objective: objectives,
        KeyResult: key_results,
        Guardrail: guardrails,
        Metric: metrics,
        Journal: lambda: plans().flatmap(journals),
        CheckIn: lambda: key_results().flatmap(check_ins_of),
        Rulebook: rulebooks,
        Person: lambda: titles().map(Person),
        Team: lambda: people().filter(lambda one: isinstance(one, Team)),
        Ratio: ratios,
        Unit: units,
        Quantity: lambda: st.builds(Quantity, numbers() | ratios(), st.none() | units()),
        Cycle: lambda: st.just(CYCLE),
        **{
            kind: partial(records, kind)
            for kind in (
                KeyResultProfile,
                ObjectiveProfile,
                Place,
                Timing,
                Contribution,
                Measurement,
            )
        },
    }
)
