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
from okrcore.review.agenda_templates import Rite, RiteSection, Topic
from okrcore.review.scopes import Scope

__all__ = ["RITES"]


#: Words for a topic without any items to list: "all hold" would mislead without guardrails.
_NONE: Final[Mapping[Topic, str]] = MappingProxyType(
    {
        Topic.MOVEMENTS: "no key results",
        Topic.CONFIDENCE: "no confidence was given",
        Topic.CONTRIBUTIONS: "no key result is shared",
        Topic.GUARDRAILS: "no guardrails",
        Topic.STALE: "no key results",
        Topic.STALLED: "nothing that moves has been read",
        Topic.INSTRUMENTS: "no key results",
        Topic.RECORDS: "no adjustments",
        Topic.DECISIONS: "no objectives",
        Topic.LINKS: "no links",
        Topic.POST_MORTEMS: "no promises",
    }
)


def _on(topic: Topic, title: str, *questions: str, empty: str = "nothing") -> RiteSection:
    return RiteSection(topic, title, questions, empty=empty, none=_NONE.get(topic, ""))


def _rite(
    title: str,
    minutes: int,
    scope: Scope,
    back_days: int | None,
    *sections: RiteSection,
    columns: int = 1,
) -> Rite:
    return Rite(title, minutes, scope, back_days, sections, columns=columns)


_GUARDRAILS: Final = _on(
    Topic.GUARDRAILS,
    "Guardrails",
    "What do we do about what is outside its limit?",
    empty="all hold",
)
_BLOCKERS: Final = _on(Topic.BLOCKERS, "In the way", "Who can clear it, and by when?")
_DEPENDENCIES: Final = _on(
    Topic.DEPENDENCIES,
    "Needed from others",
    "What is at risk and has to be escalated within a day?",
)
_MOVEMENTS: Final = _on(
    Topic.MOVEMENTS,
    "What moved",
    "What did we ship or change?",
    "What did that do to the numbers?",
    "What will we know a week from now that we do not know today?",
    empty="no number changed",
)
_NOT_NOW: Final = _on(Topic.NOT_NOW, "Not now", "Has the reason gone away?")
_ADJUSTED: Final = _on(Topic.ADJUSTED, "Adjusted", "Does everybody concerned know why?")

#: Template of each ritual. To replace words or sections, give `agenda` a mapping of your own.
RITES: Final[Mapping[Ritual, Rite]] = MappingProxyType(
    {
        # --- before the cycle
        Ritual.DRAFT: _rite(
            "Company draft",
            90,
            Scope.COMING,
            None,
            _on(
                Topic.STATEMENTS,
                "Drafted so far",
                "What would be better for customers, or for the company, if this came true?",
                "Which two or three of these matter most?",
            ),
            _NOT_NOW,
        ),
        Ritual.PUBLISH: _rite(
            "Company publication",
            30,
            Scope.COMING,
            None,
            _on(Topic.STATEMENTS, "What is published"),
            _on(Topic.OWNERS, "Whom to ask", "Does everybody see what it means for them?"),
        ),
        Ritual.TEAM_DRAFT: _rite(
            "Team drafts",
            90,
            Scope.COMING,
            None,
            _on(
                Topic.STATEMENTS,
                "Drafted so far",
                "When the work is done, what changes for customers, or in the business?",
                "How early would we see it, noise and all?",
                "Which range is credible within the cycle, and which target in it is ambitious?",
            ),
            _on(Topic.INSTRUMENTS, "Not measurable yet", empty="everything has been read before"),
        ),
        Ritual.PEER_REVIEW: _rite(
            "Peer review",
            60,
            Scope.COMING,
            None,
            _on(
                Topic.STATEMENTS,
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
            Scope.ENDED,
            None,
            _on(
                Topic.NEXT, "What goes on", "Is it still worth its place, against everything else?"
            ),
            _on(
                Topic.FINDINGS,
                "What the last cycle teaches",
                "What do we write differently this time?",
            ),
            _NOT_NOW,
            _on(
                Topic.STATEMENTS,
                "Drafted for the next cycle",
                "Could we reach all of it and change nothing?",
            ),
            _on(
                Topic.INSTRUMENTS,
                "To be made measurable in the first two weeks",
                empty="everything has been read before",
            ),
        ),
        Ritual.PERSONAL_PLANNING: _rite(
            "Personal planning",
            30,
            Scope.RUNNING,
            None,
            _on(
                Topic.STATEMENTS,
                "What we are working towards",
                "Which key result does the work of this cycle move, in plain words?",
            ),
        ),
        # --- during the cycle
        Ritual.CHECK_IN: _rite(
            "Check-in",
            5,
            Scope.RUNNING,
            7,
            _on(
                Topic.DUE,
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
            Scope.RUNNING,
            7,
            _MOVEMENTS,
            _on(
                Topic.CONFIDENCE,
                "What we believe",
                "Why has confidence changed?",
                empty="no confidence changed much",
            ),
            _GUARDRAILS,
            _BLOCKERS,
            _DEPENDENCIES,
            _on(
                Topic.STALE,
                "Not heard of lately",
                "Is it still measured?",
                empty="everything is up to date",
            ),
            _on(Topic.PAUSED, "Paused", "Is it time to go on?"),
            _on(Topic.DUE, "Due"),
        ),
        Ritual.WINS: _rite(
            "Friday wins",
            20,
            Scope.RUNNING,
            7,
            _on(
                Topic.WINS,
                "What went well",
                "What is worth showing?",
                "Whose help made it possible?",
                empty="nothing was read yet; show what is in progress",
            ),
        ),
        Ritual.FOUR_SQUARE: _rite(
            "Four squares",
            15,
            Scope.RUNNING,
            7,
            _on(Topic.PRIORITIES, "This week", "Which three or four things move a key result?"),
            _on(Topic.BELIEFS, "Confidence in our key results"),
            _on(Topic.NEXT_WEEKS, "The next four weeks", "What should others know is coming?"),
            _on(Topic.HEALTH, "Health"),
            columns=2,
        ),
        Ritual.TRIAGE: _rite(
            "A new request",
            10,
            Scope.RUNNING,
            7,
            _on(
                Topic.STATEMENTS,
                "What we are working towards",
                "Which of these key results does the request help?",
                "If none, what do we stop doing for it?",
            ),
        ),
        Ritual.FORUM: _rite(
            "Forum of a shared key result",
            30,
            Scope.SHARED,
            7,
            _on(Topic.SHARED, "The shared number", empty="no key result is shared"),
            _on(
                Topic.CONTRIBUTIONS,
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
            Scope.RUNNING,
            31,
            _on(Topic.STANDING, "Where we stand"),
            _MOVEMENTS,
            _on(Topic.HEALTH, "Health of the business", "What is close to its limit?"),
            _on(Topic.BEHIND, "Behind", "What would it take?"),
            _ADJUSTED,
            _DEPENDENCIES,
            _on(
                Topic.REALLOCATION,
                "Money and people",
                "What earns more of the budget, and what should be thought over?",
            ),
            _NOT_NOW,
        ),
        Ritual.MID_CYCLE_REVIEW: _rite(
            "Mid-cycle review",
            90,
            Scope.RUNNING,
            None,
            _on(
                Topic.STANDING,
                "Where we stand",
                "Is each of these still among the few things that matter most?",
            ),
            _on(
                Topic.BEHIND,
                "Behind",
                "Is it the work, an assumption that broke, or a change of priorities?",
            ),
            _GUARDRAILS,
            _on(
                Topic.STALLED,
                "Not moving",
                "Would a Micro-OKR of a week or two get it moving?",
                empty="everything moves",
            ),
            _on(Topic.WORK, "Work", "What do we continue, change, start, stop?"),
            _ADJUSTED,
        ),
        Ritual.ADJUSTMENT_REVIEW: _rite(
            "Adjustment review",
            45,
            Scope.RUNNING,
            None,
            _on(
                Topic.QUESTIONS,
                "What changed",
                "Which fact is new?",
                "Which assumption of the objective does it break?",
                "Is it the world, what we know, people and money, or a target that is too hard?",
                empty="to be said",
            ),
            _on(Topic.STANDING, "As it stands"),
            _on(
                Topic.EFFECTS,
                "What hangs on it",
                "Which key results, guardrails and teams does the fact reach?",
            ),
            _on(
                Topic.QUESTIONS,
                "Pause, pivot or persist",
                "Has it become impossible or pointless? Pause it, with a temporary objective.",
                "Is it right, and a key result proves it no longer? Pivot: replace that one.",
                "Was the baseline wrong? Pivot: measure from the right one, as far.",
                "Did people or money go? Pivot or pause, once it is clear what is left.",
                "Is it behind, and its logic holds? Persist, with other work or a Micro-OKR.",
                empty="to be decided",
            ),
            _on(
                Topic.OWNERS,
                "To be confirmed again",
                "Who moves where, and until when?",
                "Does each owner still own it?",
            ),
            _on(
                Topic.RECORDS,
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
            Scope.ENDING,
            7,
            _on(
                Topic.BELIEFS, "Where each will end", "Reached or not, if nothing changes any more?"
            ),
            _on(
                Topic.BEHIND,
                "Behind",
                "Which of these can still be brought home, and what would have to wait?",
            ),
            _GUARDRAILS,
        ),
        Ritual.CLOSE: _rite(
            "Close",
            60,
            Scope.ENDING,
            None,
            _on(
                Topic.RESULTS,
                "Results",
                "Does the number say what came true? If not, what would you judge, and why?",
            ),
            _on(Topic.GUARDRAILS, "To be settled first", empty="all guardrails hold"),
            _on(
                Topic.DECISIONS,
                "To be decided",
                "Achieved, carried, modified, deferred or abandoned? And what was learnt?",
                empty="everything is decided",
            ),
            _on(
                Topic.POST_MORTEMS,
                "Missed promises",
                "What brought it about, and what will be different?",
                empty="no promise was missed without a post-mortem",
            ),
        ),
        Ritual.RETROSPECTIVE: _rite(
            "Retrospective",
            90,
            Scope.ENDED,
            None,
            _on(
                Topic.FINDINGS,
                "What the numbers suggest",
                "Where was a target wrong, or a key result weak?",
                "Was it harder or easier than we thought?",
            ),
            _on(
                Topic.LEARNED,
                "What was learnt",
                "What do we know now about cause and effect here?",
                "What helped most?",
            ),
            _on(Topic.BLOCKERS, "What slowed us down", "How do we take it away, for good?"),
            _on(Topic.ADJUSTED, "What was adjusted", "Did we see it in time, and say why?"),
            _on(
                Topic.LINKS,
                "Links that say nothing",
                "Did this move what it supports? Which number told us nothing, and can go?",
                empty="every link says how it contributes",
            ),
        ),
    }
)
