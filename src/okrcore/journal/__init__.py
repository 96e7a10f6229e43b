"""Journals: dated, append-only entries, from check-ins to closings."""

from okrcore.journal.admission import admit as admit
from okrcore.journal.check_in_columns import check_ins as check_ins
from okrcore.journal.decisions import Adjustment as Adjustment
from okrcore.journal.decisions import AdjustmentKind as AdjustmentKind
from okrcore.journal.decisions import AdjustmentTrigger as AdjustmentTrigger
from okrcore.journal.decisions import Closing as Closing
from okrcore.journal.decisions import ClosingDecision as ClosingDecision
from okrcore.journal.decisions import Lifecycle as Lifecycle
from okrcore.journal.decisions import PlannedActual as PlannedActual
from okrcore.journal.decisions import PostMortem as PostMortem
from okrcore.journal.decisions import Transition as Transition
from okrcore.journal.entries import BaselineSet as BaselineSet
from okrcore.journal.entries import CheckIn as CheckIn
from okrcore.journal.entries import Correction as Correction
from okrcore.journal.entries import Judgement as Judgement
from okrcore.journal.journal import Entry as Entry
from okrcore.journal.journal import Journal as Journal
from okrcore.journal.lifecycle import LIFECYCLE_TRANSITIONS as LIFECYCLE_TRANSITIONS
from okrcore.journal.lifecycle import LifecycleStage as LifecycleStage
from okrcore.journal.plan_changes import UnexplainedChange as UnexplainedChange
from okrcore.journal.plan_changes import unexplained_changes as unexplained_changes
