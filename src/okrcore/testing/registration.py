"""Registration with Hypothesis when it is imported, so that `st.from_type(okr.Plan)` works everywhere.

Strategies are imported when the first one is needed: if this room imports Hypothesis, the rest of the room
is not loaded yet.
"""

from __future__ import annotations

from importlib import import_module
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
from okrcore.plan.measures import MEASURES
from okrcore.plan.metrics import Measurement
from okrcore.rulebook import Rulebook

__all__ = ["KINDS", "register"]

#: Classes to register.
KINDS: Final[tuple[type[Any], ...]] = (
    *(Plan, Objective, KeyResult, Guardrail, Metric, Journal, CheckIn, Rulebook),
    *(Person, Team, Ratio, Unit, Quantity, Cycle),
    *(KeyResultProfile, ObjectiveProfile, Place, Timing, Contribution, Measurement),
    *MEASURES,
)


def register() -> None:
    """Register the strategies of records by their classes."""
    for kind in KINDS:
        st.register_type_strategy(kind, _strategy_for)


def _strategy_for(kind: type[Any]) -> st.SearchStrategy[Any]:
    made: st.SearchStrategy[Any] = import_module("okrcore.testing.by_type").BY_TYPE[kind]()
    return made
