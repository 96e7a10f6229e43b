"""Review: rituals of a cycle.

Due items, agendas and their templates, closing advice, drafts of post-mortems, findings of a retrospective, parked
objectives, reallocation, and rollover into the next cycle.
"""

from okrcore.review.agenda_context import AgendaItem, AgendaSection
from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.review.agendas import Agenda, make_agenda
from okrcore.review.closing_advice import ClosingSuggestion, draft_post_mortem, suggest_closing
from okrcore.review.cycle_findings import CycleFinding, CyclePattern
from okrcore.review.due_desk import DueItem, DueState
from okrcore.review.due_items import list_due
from okrcore.review.kpis import draft_recovery, list_sick_kpis, list_without_kpis
from okrcore.review.reallocation import ReallocationWindow, find_reallocation_window
from okrcore.review.retrospective import look_back
from okrcore.review.ritual_templates import AGENDA_TEMPLATES
from okrcore.review.rollover import roll_over
from okrcore.review.rollover_records import Rollover, RolloverItem, RolloverOutcome
from okrcore.review.scopes import AgendaScope, ParkedObjective, list_parked
from okrcore.review.target_words import describe_objective

__all__ = [
    "AGENDA_TEMPLATES",
    "Agenda",
    "AgendaItem",
    "AgendaScope",
    "AgendaSection",
    "AgendaTemplate",
    "AgendaTopic",
    "ClosingSuggestion",
    "CycleFinding",
    "CyclePattern",
    "DueItem",
    "DueState",
    "ParkedObjective",
    "ReallocationWindow",
    "Rollover",
    "RolloverItem",
    "RolloverOutcome",
    "TemplateSection",
    "describe_objective",
    "draft_post_mortem",
    "draft_recovery",
    "find_reallocation_window",
    "list_due",
    "list_parked",
    "list_sick_kpis",
    "list_without_kpis",
    "look_back",
    "make_agenda",
    "roll_over",
    "suggest_closing",
]
