"""The rituals: scope, sections and questions of each, as data.

Questions are about the work; none looks for a person to blame.

Source: METHOD.md 2.3, 2.7 and 2.9; founding document E (weekly questions, adjustment review, forum of a
shared key result, triage, retrospective); Wodtke (four squares, Friday wins).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from okrcore.calendar import Ritual
from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.review.scopes import AgendaScope

__all__ = ["AGENDA_TEMPLATES"]


#: Words for a topic without any items to list: "all hold" would mislead without guardrails.
_NONE: Final[Mapping[AgendaTopic, str]] = MappingProxyType(
    {
        AgendaTopic.MOVEMENTS: "no key results",
        AgendaTopic.CONFIDENCE: "no confidence was given",
        AgendaTopic.CONTRIBUTIONS: "no key result is shared",
        AgendaTopic.GUARDRAILS: "no guardrails",
        AgendaTopic.STALE: "no key results",
        AgendaTopic.STALLED: "nothing that moves has been read",
        AgendaTopic.INSTRUMENTS: "no key results",
        AgendaTopic.RECORDS: "no adjustments",
        AgendaTopic.DECISIONS: "no objectives",
        AgendaTopic.LINKS: "no links",
        AgendaTopic.POST_MORTEMS: "no promises",
    }
)


def _on(topic: AgendaTopic, title: str, *questions: str, empty: str = "nothing") -> TemplateSection:
    return TemplateSection(topic, title, questions, empty=empty, none=_NONE.get(topic, ""))


def _rite(
    title: str,
    minutes: int,
    scope: AgendaScope,
    back_days: int | None,
    *sections: TemplateSection,
    columns: int = 1,
) -> AgendaTemplate:
    return AgendaTemplate(title, minutes, scope, back_days, sections, columns=columns)


_GUARDRAILS: Final = _on(
    AgendaTopic.GUARDRAILS,
    "Guardrails",
    "What do we do about what is outside its limit?",
    empty="all hold",
)
_BLOCKERS: Final = _on(AgendaTopic.BLOCKERS, "In the way", "Who can clear it, and by when?")
_DEPENDENCIES: Final = _on(
    AgendaTopic.DEPENDENCIES,
    "Needed from others",
    "What is at risk and has to be escalated within a day?",
)
_MOVEMENTS: Final = _on(
    AgendaTopic.MOVEMENTS,
    "What moved",
    "What did we ship or change?",
    "What did that do to the numbers?",
    "What will we know a week from now that we do not know today?",
    empty="no number changed",
)
_NOT_NOW: Final = _on(AgendaTopic.NOT_NOW, "Not now", "Has the reason gone away?")
_ADJUSTED: Final = _on(AgendaTopic.ADJUSTED, "Adjusted", "Does everybody concerned know why?")

#: Template of each ritual. To replace words or sections, give `agenda` a mapping of your own.
AGENDA_TEMPLATES: Final[Mapping[Ritual, AgendaTemplate]] = MappingProxyType(
    {
        # --- before the cycle
        Ritual.DRAFT: _rite(
            "Company draft",
            90,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "Drafted so far",
                "What would be better for customers, or for the company, if this came true?",
                "Which two or three of these matter most?",
            ),
            _NOT_NOW,
        ),
        Ritual.PUBLISH: _rite(
            "Company publication",
            30,
            AgendaScope.COMING,
            None,
            _on(AgendaTopic.STATEMENTS, "What is published"),
            _on(AgendaTopic.OWNERS, "Whom to ask", "Does everybody see what it means for them?"),
        ),
        Ritual.TEAM_DRAFT: _rite(
            "Team drafts",
            90,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "Drafted so far",
                "When the work is done, what changes for customers, or in the business?",
                "How early would we see it, noise and all?",
                "Which range is credible within the cycle, and which target in it is ambitious?",
            ),
            _on(
                AgendaTopic.INSTRUMENTS,
                "Not measurable yet",
                empty="everything has been read before",
            ),
        ),
        Ritual.PEER_REVIEW: _rite(
            "Peer review",
            60,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "To be challenged",
                "Could all key results be reached, and the objective be missed?",
                "Could it be reached, and nobody be better off?",
                "Where does it pull against ours, and what does it need from us?",
            ),
            _DEPENDENCIES,
        ),
        Ritual.PLANNING: _rite(
            "Next cycle",
            120,
            AgendaScope.ENDED,
            None,
            _on(
                AgendaTopic.NEXT,
                "What goes on",
                "Is it still worth its place, against everything else?",
            ),
            _on(
                AgendaTopic.FINDINGS,
                "What the last cycle teaches",
                "What do we write differently this time?",
            ),
            _NOT_NOW,
            _on(
                AgendaTopic.STATEMENTS,
                "Drafted for the next cycle",
                "Could we reach all of it and change nothing?",
            ),
            _on(
                AgendaTopic.INSTRUMENTS,
                "To be made measurable in the first two weeks",
                empty="everything has been read before",
            ),
        ),
        Ritual.PERSONAL_PLANNING: _rite(
            "Personal planning",
            30,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "What we are working towards",
                "Which key result does the work of this cycle move, in plain words?",
            ),
        ),
        # --- during the cycle
        Ritual.CHECK_IN: _rite(
            "Check-in",
            5,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.DUE,
                "To be read",
                "What is the value, and of which day is it?",
                "What was shipped or changed, and what did it do?",
                "What will be known next week?",
                "How likely is the target, from 0 to 1? Why has that changed?",
                "What is in the way, and what would help?",
            ),
            _GUARDRAILS,
        ),
        Ritual.WEEKLY: _rite(
            "Weekly check-in",
            30,
            AgendaScope.RUNNING,
            7,
            _MOVEMENTS,
            _on(
                AgendaTopic.CONFIDENCE,
                "What we believe",
                "Why has confidence changed?",
                empty="no confidence changed much",
            ),
            _GUARDRAILS,
            _BLOCKERS,
            _DEPENDENCIES,
            _on(
                AgendaTopic.STALE,
                "Not heard of lately",
                "Is it still measured?",
                empty="everything is up to date",
            ),
            _on(AgendaTopic.PAUSED, "Paused", "Is it time to go on?"),
            _on(AgendaTopic.DUE, "Due"),
        ),
        Ritual.WINS: _rite(
            "Friday wins",
            20,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.WINS,
                "What went well",
                "What is worth showing?",
                "Whose help made it possible?",
                empty="nothing was read yet; show what is in progress",
            ),
        ),
        Ritual.FOUR_SQUARE: _rite(
            "Four squares",
            15,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.PRIORITIES, "This week", "Which three or four things move a key result?"
            ),
            _on(AgendaTopic.BELIEFS, "Confidence in our key results"),
            _on(
                AgendaTopic.NEXT_WEEKS, "The next four weeks", "What should others know is coming?"
            ),
            _on(AgendaTopic.HEALTH, "Health"),
            columns=2,
        ),
        Ritual.TRIAGE: _rite(
            "A new request",
            10,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.STATEMENTS,
                "What we are working towards",
                "Which of these key results does the request help?",
                "If none, what do we stop doing for it?",
            ),
        ),
        Ritual.FORUM: _rite(
            "Forum of a shared key result",
            30,
            AgendaScope.SHARED,
            7,
            _on(AgendaTopic.SHARED, "The shared number", empty="no key result is shared"),
            _on(
                AgendaTopic.CONTRIBUTIONS,
                "What each team adds",
                "Which contribution holds the shared number back?",
                empty="no team has a part of its own yet",
            ),
            _MOVEMENTS,
            _BLOCKERS,
            _DEPENDENCIES,
        ),
        Ritual.BUSINESS_REVIEW: _rite(
            "Monthly business review",
            60,
            AgendaScope.RUNNING,
            31,
            _on(AgendaTopic.STANDING, "Where we stand"),
            _MOVEMENTS,
            _on(AgendaTopic.HEALTH, "Health of the business", "What is close to its limit?"),
            _on(AgendaTopic.BEHIND, "Behind", "What would it take?"),
            _ADJUSTED,
            _DEPENDENCIES,
            _on(
                AgendaTopic.REALLOCATION,
                "Money and people",
                "What earns more of the budget, and what should be thought over?",
            ),
            _NOT_NOW,
        ),
        Ritual.MID_CYCLE_REVIEW: _rite(
            "Mid-cycle review",
            90,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.STANDING,
                "Where we stand",
                "Is each of these still among the few things that matter most?",
            ),
            _on(
                AgendaTopic.BEHIND,
                "Behind",
                "Is it the work, an assumption that broke, or a change of priorities?",
            ),
            _GUARDRAILS,
            _on(
                AgendaTopic.STALLED,
                "Not moving",
                "Would a Micro-OKR of a week or two get it moving?",
                empty="everything moves",
            ),
            _on(AgendaTopic.WORK, "Work", "What do we continue, change, start, stop?"),
            _ADJUSTED,
        ),
        Ritual.ADJUSTMENT_REVIEW: _rite(
            "Adjustment review",
            45,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.QUESTIONS,
                "What changed",
                "Which fact is new?",
                "Which assumption of the objective does it break?",
                "Is it the world, what we know, people and money, or a target that is too hard?",
                empty="to be said",
            ),
            _on(AgendaTopic.STANDING, "As it stands"),
            _on(
                AgendaTopic.EFFECTS,
                "What hangs on it",
                "Which key results, guardrails and teams does the fact reach?",
            ),
            _on(
                AgendaTopic.QUESTIONS,
                "Pause, pivot or persist",
                "Has it become impossible or pointless? Pause it, with a temporary objective.",
                "Is it right, and a key result proves it no longer? Pivot: replace that one.",
                "Was the baseline wrong? Pivot: measure from the right one, as far.",
                "Did people or money go? Pivot or pause, once it is clear what is left.",
                "Is it behind, and its logic holds? Persist, with other work or a Micro-OKR.",
                empty="to be decided",
            ),
            _on(
                AgendaTopic.OWNERS,
                "To be confirmed again",
                "Who moves where, and until when?",
                "Does each owner still own it?",
            ),
            _on(
                AgendaTopic.RECORDS,
                "Not written down yet",
                "Who decided, on which day, and when was it published?",
                empty="every adjustment is on record",
            ),
            _ADJUSTED,
        ),
        # --- at its end
        Ritual.CALL: _rite(
            "Call of the results",
            60,
            AgendaScope.ENDING,
            7,
            _on(
                AgendaTopic.BELIEFS,
                "Where each will end",
                "Reached or not, if nothing changes any more?",
            ),
            _on(
                AgendaTopic.BEHIND,
                "Behind",
                "Which of these can still be brought home, and what would have to wait?",
            ),
            _GUARDRAILS,
        ),
        Ritual.CLOSE: _rite(
            "Close",
            60,
            AgendaScope.ENDING,
            None,
            _on(
                AgendaTopic.RESULTS,
                "Results",
                "Does the number say what came true? If not, what would you judge, and why?",
            ),
            _on(AgendaTopic.GUARDRAILS, "To be settled first", empty="all guardrails hold"),
            _on(
                AgendaTopic.DECISIONS,
                "To be decided",
                "Achieved, carried, modified, deferred or abandoned? And what was learnt?",
                empty="everything is decided",
            ),
            _on(
                AgendaTopic.POST_MORTEMS,
                "Missed promises",
                "What brought it about, and what will be different?",
                empty="no promise was missed without a post-mortem",
            ),
        ),
        Ritual.RETROSPECTIVE: _rite(
            "Retrospective",
            90,
            AgendaScope.ENDED,
            None,
            _on(
                AgendaTopic.FINDINGS,
                "What the numbers suggest",
                "Where was a target wrong, or a key result weak?",
                "Was it harder or easier than we thought?",
            ),
            _on(
                AgendaTopic.LEARNED,
                "What was learnt",
                "What do we know now about cause and effect here?",
                "What helped most?",
            ),
            _on(AgendaTopic.BLOCKERS, "What slowed us down", "How do we take it away, for good?"),
            _on(AgendaTopic.ADJUSTED, "What was adjusted", "Did we see it in time, and say why?"),
            _on(
                AgendaTopic.LINKS,
                "Links that say nothing",
                "Did this move what it supports? Which number told us nothing, and can go?",
                empty="every link says how it contributes",
            ),
        ),
    }
)
