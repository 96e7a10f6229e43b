"""Journals: dated, append-only entries, from check-ins to closings."""

from okrcore.journal.admission import admit as admit
from okrcore.journal.check_in_columns import check_ins as check_ins
from okrcore.journal.decisions import Adjustment as Adjustment
from okrcore.journal.decisions import AdjustmentTrigger as AdjustmentTrigger
from okrcore.journal.decisions import Closing as Closing
from okrcore.journal.decisions import Decision as Decision
from okrcore.journal.decisions import Lifecycle as Lifecycle
from okrcore.journal.decisions import PlannedActual as PlannedActual
from okrcore.journal.decisions import PostMortem as PostMortem
from okrcore.journal.decisions import Proposal as Proposal
from okrcore.journal.decisions import Transition as Transition
from okrcore.journal.entries import BaselineSet as BaselineSet
from okrcore.journal.entries import CheckIn as CheckIn
from okrcore.journal.entries import Correction as Correction
from okrcore.journal.entries import Judgement as Judgement
from okrcore.journal.journal import Entry as Entry
from okrcore.journal.journal import Journal as Journal
from okrcore.journal.lifecycle import MOVES as MOVES
from okrcore.journal.lifecycle import Life as Life
from okrcore.journal.plan_changes import Change as Change
from okrcore.journal.plan_changes import unexplained_changes as unexplained_changes
