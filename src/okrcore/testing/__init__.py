"""Hypothesis strategies and a state machine, for tests of programs that use this library.

Strategies have plural names, take keywords only, and shrink to the simplest value: a plan to one objective
with one key result of weight 1. With Hypothesis installed, `st.from_type(okr.Plan)` finds them. Nothing
else in the library imports this room, so Hypothesis is needed in tests alone.
"""

from okrcore.testing.cascades import cascades as cascades
from okrcore.testing.cascades import roll_up_rules as roll_up_rules
from okrcore.testing.edits import edited as edited
from okrcore.testing.edits import revisions as revisions
from okrcore.testing.hostile import Attempt as Attempt
from okrcore.testing.hostile import hostile_plans as hostile_plans
from okrcore.testing.journals import Quarter as Quarter
from okrcore.testing.journals import check_ins_of as check_ins_of
from okrcore.testing.journals import journals as journals
from okrcore.testing.journals import quarters as quarters
from okrcore.testing.machine import JournalMachine as JournalMachine
from okrcore.testing.measure_strategies import bounds as bounds
from okrcore.testing.measure_strategies import lines as lines
from okrcore.testing.measure_strategies import measures as measures
from okrcore.testing.measure_strategies import readings as readings
from okrcore.testing.metric_plans import metrics as metrics
from okrcore.testing.plans import guardrails as guardrails
from okrcore.testing.plans import key_results as key_results
from okrcore.testing.plans import objectives as objectives
from okrcore.testing.plans import plans as plans
from okrcore.testing.rulebook_strategies import rulebooks as rulebooks
from okrcore.testing.values import days as days
from okrcore.testing.values import numbers as numbers
from okrcore.testing.values import records as records
from okrcore.testing.values import weights as weights

__all__ = [
    "Attempt",
    "JournalMachine",
    "Quarter",
    "bounds",
    "cascades",
    "check_ins_of",
    "days",
    "edited",
    "guardrails",
    "hostile_plans",
    "journals",
    "key_results",
    "lines",
    "measures",
    "metrics",
    "numbers",
    "objectives",
    "plans",
    "quarters",
    "readings",
    "records",
    "revisions",
    "roll_up_rules",
    "rulebooks",
    "weights",
]
