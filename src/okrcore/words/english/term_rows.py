"""Words of vocabularies: statuses, states, codes and names of months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["TERMS"]

#: Words by vocabulary; an enum is one, by the words of its name.
_VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = {
    # nouns of units with another form for one, as `Unit` has them
    "unit": (
        *("people", "points", "percentage points", "basis points"),
        *("seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years"),
        *("person", "point", "percentage point", "basis point"),
        *("second", "minute", "hour", "day", "week", "month", "quarter", "year"),
    ),
    "figure": (
        *("score", "progress", "reading", "status", "verdict", "confidence"),
        *("score as it enters", "progress under its guardrails", "judged score"),
        "what counts for no score",
    ),
    "status": (
        *("ahead", "on track", "at risk", "off track", "not started", "stale", "unknown"),
        *("over", "closed", "held", "warning", "breached", "healthy", "unhealthy"),
    ),
    "outcome": ("reached", "as far as a stretch asks", "short"),
    "verdict": (
        *("delivered", "missed", "succeeded", "progressed", "fell short"),
        *("validated", "invalidated", "inconclusive", "success withheld"),
    ),
    "act": ("a post-mortem",),
    "micro okr trigger": ("stalled key result", "event", "cross-team need", "experiment"),
    "level": ("company", "unit", "department", "team", "individual"),
    "cause kind": ("rulebook", "time", "adjustment", "membership", "reading"),
    "bound state": ("held", "warning", "breached", "unknown"),
    "cadence": (
        "annual",
        "half-yearly",
        "four-monthly",
        "quarterly",
        "monthly",
        "micro, one month",
        "micro, two weeks",
        "micro, one week",
    ),
    "granularity": ("broad", "narrow"),
    "purpose": ("strategic", "tactical"),
    "adjustment policy": ("adjustment review", "note"),
    "risk posture": ("established", "experimental"),
    "level": ("company", "unit", "department", "team", "individual"),
    "ritual": (
        "company draft",
        "company publication",
        "team drafts",
        "peer review",
        "planning",
        "personal planning",
        "check-in",
        "weekly",
        "wins",
        "four-square",
        "triage",
        "forum",
        "business review",
        "mid-cycle review",
        "adjustment review",
        "call of the results",
        "close",
        "retrospective",
    ),
    "combination": ("mean", "minimum", "share achieved", "product"),
    "aggregation": ("latest", "sum", "mean", "minimum", "maximum", "ratio"),
    "no score reason": (
        "no reading",
        "no baseline",
        "baseline equals target",
        "the reading has no score",
        "beyond all numbers",
        "no key results",
        "no weight",
        "nothing measured",
        "too little read",
        "establishes a baseline",
        "not yet observable",
        "not started",
        "learning",
        "nothing counts yet",
        "draft",
        "proposed",
        "parked",
        "paused",
        "deferred",
        "archived",
    ),
}
_MONTHS: Final = (
    "January February March April May June July August September October November December"
)

TERMS: Final[Mapping[str, str]] = {
    **{f"{kind}: {word}": word for kind, words in _VOCABULARIES.items() for word in words},
    **{f"month: {number}": name for number, name in enumerate(_MONTHS.split(), 1)},
}
