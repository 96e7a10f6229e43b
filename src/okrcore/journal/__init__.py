"""Journal: evidence, dated and append-only.

At the top: `Journal`, its entries, `check_ins`, `admit` and `adjustments`. Here alone: `LIFECYCLE_TRANSITIONS` and
`LifecycleStage`, planned and actual of a post-mortem, entries that do not fit, corrections and unexplained
changes of a plan.
"""

from okrcore.journal.adjustment import Adjustment, AdjustmentKind, AdjustmentTrigger
from okrcore.journal.admission import Misfit, admit, misfits
from okrcore.journal.check_in_columns import check_ins
from okrcore.journal.decisions import (
    Closing,
    ClosingDecision,
    Lifecycle,
    PlannedActual,
    PostMortem,
    Transition,
)
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement
from okrcore.journal.journal import Entry, Journal
from okrcore.journal.lifecycle import LIFECYCLE_TRANSITIONS, LifecycleStage
from okrcore.journal.plan_changes import adjustments, unexplained_changes
from okrcore.journal.plan_correction import correct

__all__ = [
    "LIFECYCLE_TRANSITIONS",
    "Adjustment",
    "AdjustmentKind",
    "AdjustmentTrigger",
    "BaselineSet",
    "CheckIn",
    "Closing",
    "ClosingDecision",
    "Correction",
    "Entry",
    "Journal",
    "Judgement",
    "Lifecycle",
    "LifecycleStage",
    "Misfit",
    "PlannedActual",
    "PostMortem",
    "Transition",
    "adjustments",
    "admit",
    "check_ins",
    "correct",
    "misfits",
    "unexplained_changes",
]
