"""The rituals: scope, sections and questions of each, as data.

Titles, headings and questions are codes of the table of words. Questions are about the work; none looks for a
person to blame.

Source: METHOD.md 2.3, 2.7 and 2.9; founding document E (weekly questions, adjustment review, forum of a
shared key result, triage, retrospective, performance talk), C (where it went very well), D (three questions
of a draft); Wodtke (four squares, Friday wins).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from okrcore.calendar import Ritual
from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic
from okrcore.review.scopes import AgendaScope
from okrcore.review.template_sections import section_on as _on
from okrcore.review.template_sections import template_of as _rite

__all__ = ["AGENDA_TEMPLATES"]

_GUARDRAILS: Final = _on(
    AgendaTopic.GUARDRAILS,
    "section/guardrails",
    "question/outside-limit",
    empty="nothing/all-hold",
)
_BLOCKERS: Final = _on(AgendaTopic.BLOCKERS, "section/blockers", "question/clear-blocker")
_DEPENDENCIES: Final = _on(
    AgendaTopic.DEPENDENCIES,
    "section/dependencies",
    "question/escalate",
)
_MOVEMENTS: Final = _on(
    AgendaTopic.MOVEMENTS,
    "section/progress",
    "question/shipped",
    "question/effect",
    "question/known-in-a-week",
    empty="nothing/moved",
)
_NOT_NOW: Final = _on(AgendaTopic.NOT_NOW, "section/parked", "question/reason-gone")
_ADJUSTED: Final = _on(AgendaTopic.ADJUSTED, "section/adjusted", "question/known-why")

#: Template of each ritual. To replace words or sections, give `agenda` a mapping of your own.
AGENDA_TEMPLATES: Final[Mapping[Ritual, AgendaTemplate]] = MappingProxyType(
    {
        # --- before the cycle
        Ritual.DRAFT: _rite(
            "agenda/draft",
            90,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "section/drafts",
                "question/better-for-whom",
                "question/matter-most",
                "question/success",
            ),
            _NOT_NOW,
        ),
        Ritual.PUBLISH: _rite(
            "agenda/publish",
            30,
            AgendaScope.COMING,
            None,
            _on(AgendaTopic.STATEMENTS, "section/published"),
            _on(AgendaTopic.OWNERS, "section/owners", "question/meaning-for-all"),
        ),
        Ritual.TEAM_DRAFT: _rite(
            "agenda/team-draft",
            90,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "section/drafts",
                "question/change-for-customers",
                "question/seen-how-early",
                "question/credible-range",
            ),
            _on(
                AgendaTopic.INSTRUMENTS,
                "section/unmeasured",
                empty="nothing/unmeasured",
            ),
        ),
        Ritual.PEER_REVIEW: _rite(
            "agenda/peer-review",
            60,
            AgendaScope.COMING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "section/drafts-under-review",
                "question/reached-and-missed",
                "question/nobody-better-off",
                "question/pulls-against",
            ),
            _DEPENDENCIES,
        ),
        Ritual.PLANNING: _rite(
            "agenda/planning",
            120,
            AgendaScope.ENDED,
            None,
            _on(
                AgendaTopic.NEXT,
                "section/carried-over",
                "question/worth-its-place",
            ),
            _on(
                AgendaTopic.FINDINGS,
                "section/findings-of-last-cycle",
                "question/written-differently",
            ),
            _NOT_NOW,
            _on(
                AgendaTopic.STATEMENTS,
                "section/drafts-of-next-cycle",
                "question/reached-without-change",
            ),
            _on(
                AgendaTopic.INSTRUMENTS,
                "section/to-be-measurable",
                empty="nothing/unmeasured",
            ),
            _on(
                AgendaTopic.KPIS,
                "section/kpis",
                "question/kpi-beside",
                "question/recovery",
                empty="nothing/without-kpi",
            ),
        ),
        Ritual.PERSONAL_PLANNING: _rite(
            "agenda/personal-planning",
            30,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.STATEMENTS,
                "section/current-objectives",
                "question/work-moves",
            ),
        ),
        # --- during the cycle
        Ritual.BASELINE: _rite(
            "agenda/baseline",
            30,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.INSTRUMENTS,
                "section/to-be-measurable",
                "question/data-right",
                empty="nothing/unmeasured",
            ),
            _on(AgendaTopic.DUE, "section/due"),
        ),
        Ritual.INITIATIVE: _rite(
            "agenda/initiative",
            15,
            AgendaScope.RUNNING,
            None,
            _on(AgendaTopic.WORK, "section/work", "question/continue-or-stop"),
            _on(AgendaTopic.DUE, "section/due"),
        ),
        Ritual.CHECK_IN: _rite(
            "agenda/check-in",
            5,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.DUE,
                "section/due",
                "question/value-and-day",
                "question/shipped-and-effect",
                "question/known-next-week",
                "question/likely",
                "question/blocker-and-help",
            ),
            _GUARDRAILS,
        ),
        Ritual.WEEKLY: _rite(
            "agenda/weekly",
            30,
            AgendaScope.RUNNING,
            7,
            _MOVEMENTS,
            _on(
                AgendaTopic.CONFIDENCE,
                "section/confidence",
                "question/confidence-changed",
                empty="nothing/confidence-moved",
            ),
            _GUARDRAILS,
            _BLOCKERS,
            _DEPENDENCIES,
            _on(
                AgendaTopic.STALE,
                "section/stale",
                "question/still-measured",
                empty="nothing/stale",
            ),
            _on(AgendaTopic.PAUSED, "section/paused", "question/go-on"),
            _on(AgendaTopic.DUE, "section/due"),
        ),
        Ritual.WINS: _rite(
            "agenda/wins",
            20,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.WINS,
                "section/wins",
                "question/worth-showing",
                "question/help",
                empty="nothing/read",
            ),
        ),
        Ritual.FOUR_SQUARE: _rite(
            "agenda/four-square",
            15,
            AgendaScope.RUNNING,
            7,
            _on(AgendaTopic.PRIORITIES, "section/priorities", "question/move-a-key-result"),
            _on(AgendaTopic.BELIEFS, "section/confidence-in-key-results"),
            _on(AgendaTopic.NEXT_WEEKS, "section/next-weeks", "question/coming"),
            _on(AgendaTopic.HEALTH, "section/health"),
            columns=2,
        ),
        Ritual.TRIAGE: _rite(
            "agenda/triage",
            10,
            AgendaScope.RUNNING,
            7,
            _on(
                AgendaTopic.STATEMENTS,
                "section/current-objectives",
                "question/request-helps",
                "question/stop-for-it",
            ),
        ),
        Ritual.FORUM: _rite(
            "agenda/forum",
            30,
            AgendaScope.SHARED,
            7,
            _on(AgendaTopic.SHARED, "section/shared", empty="nothing/shared"),
            _on(
                AgendaTopic.CONTRIBUTIONS,
                "section/contributions",
                "question/holds-back",
                empty="nothing/parts",
            ),
            _MOVEMENTS,
            _BLOCKERS,
            _DEPENDENCIES,
        ),
        Ritual.BUSINESS_REVIEW: _rite(
            "agenda/business-review",
            60,
            AgendaScope.RUNNING,
            31,
            _on(AgendaTopic.STANDING, "section/status"),
            _MOVEMENTS,
            _on(AgendaTopic.HEALTH, "section/business-health", "question/close-to-limit"),
            _on(AgendaTopic.BEHIND, "section/at-risk", "question/take"),
            _ADJUSTED,
            _DEPENDENCIES,
            _on(
                AgendaTopic.REALLOCATION,
                "section/reallocation",
                "question/budget",
            ),
            _NOT_NOW,
        ),
        Ritual.MID_CYCLE_REVIEW: _rite(
            "agenda/mid-cycle-review",
            90,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.STANDING,
                "section/status",
                "question/still-matters",
            ),
            _on(
                AgendaTopic.BEHIND,
                "section/at-risk",
                "question/why-behind",
            ),
            _GUARDRAILS,
            _on(
                AgendaTopic.STALLED,
                "section/stalled",
                "question/micro-okr",
                empty="nothing/stalled",
            ),
            _on(
                AgendaTopic.INSTRUMENTS,
                "section/unmeasured",
                empty="nothing/unmeasured",
            ),
            _on(AgendaTopic.WORK, "section/work", "question/continue-or-stop"),
            _ADJUSTED,
        ),
        Ritual.ADJUSTMENT_REVIEW: _rite(
            "agenda/adjustment-review",
            45,
            AgendaScope.RUNNING,
            None,
            _on(
                AgendaTopic.QUESTIONS,
                "section/fact",
                "question/new-fact",
                "question/broken-assumption",
                "question/trigger",
                empty="nothing/said",
            ),
            _on(AgendaTopic.STANDING, "section/status"),
            _on(
                AgendaTopic.EFFECTS,
                "section/dependents",
                "question/fact-reaches",
            ),
            _on(
                AgendaTopic.QUESTIONS,
                "section/pause-pivot-persist",
                "question/pause",
                "question/pivot-key-result",
                "question/pivot-baseline",
                "question/people-went",
                "question/persist",
                empty="nothing/decided",
            ),
            _on(
                AgendaTopic.OWNERS,
                "section/owners-to-confirm",
                "question/moves-where",
                "question/still-owns",
            ),
            _on(
                AgendaTopic.RECORDS,
                "section/records",
                "question/who-decided",
                empty="nothing/records",
            ),
            _ADJUSTED,
        ),
        # --- at its end
        Ritual.CALL: _rite(
            "agenda/call",
            60,
            AgendaScope.ENDING,
            7,
            _on(
                AgendaTopic.BELIEFS,
                "section/confidence-at-end",
                "question/reached-or-not",
            ),
            _on(
                AgendaTopic.BEHIND,
                "section/at-risk",
                "question/brought-home",
            ),
            _GUARDRAILS,
        ),
        Ritual.CLOSE: _rite(
            "agenda/close",
            60,
            AgendaScope.ENDING,
            None,
            _on(
                AgendaTopic.RESULTS,
                "section/results",
                "question/came-true",
            ),
            _on(
                AgendaTopic.GUARDRAILS,
                "section/open-guardrails",
                empty="nothing/all-guardrails-hold",
            ),
            _on(
                AgendaTopic.DECISIONS,
                "section/decisions",
                "question/decision",
                empty="nothing/undecided",
            ),
            _on(
                AgendaTopic.POST_MORTEMS,
                "section/missed-promises",
                "question/cause-of-miss",
                empty="nothing/missed",
            ),
        ),
        Ritual.RETROSPECTIVE: _rite(
            "agenda/retrospective",
            90,
            AgendaScope.ENDED,
            None,
            _on(
                AgendaTopic.FINDINGS,
                "section/findings",
                "question/wrong-target",
                "question/harder",
            ),
            _on(
                AgendaTopic.LEARNED,
                "section/learnings",
                "question/cause-and-effect",
                "question/excelled",
                "question/helped-most",
            ),
            _on(AgendaTopic.BLOCKERS, "section/blockers-in-cycle", "question/take-away"),
            _on(AgendaTopic.ADJUSTED, "section/adjusted-in-cycle", "question/in-time"),
            _on(
                AgendaTopic.LINKS,
                "section/unexplained-alignments",
                "question/moved-what-it-supports",
                empty="nothing/unexplained",
            ),
        ),
        Ritual.PERFORMANCE_TALK: _rite(
            "agenda/performance-talk",
            60,
            AgendaScope.ENDED,
            None,
            _on(
                AgendaTopic.QUESTIONS,
                "section/evidence",
                "question/ambitious-choice",
                "question/gaps-seen",
                "question/others-helped",
                empty="nothing/said",
            ),
            _on(AgendaTopic.LEARNED, "section/learnings"),
        ),
    }
)
