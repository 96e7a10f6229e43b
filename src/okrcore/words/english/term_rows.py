"""Words of vocabularies: statuses, states, codes and names of months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["TERMS"]

#: Words by vocabulary; an enum is one, by the words of its name.
_VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "bound state": ("held", "warning", "breached", "unknown"),
    "combination": ("mean", "minimum", "share achieved", "product"),
    "aggregation": ("latest", "sum", "mean", "minimum", "maximum", "ratio"),
    "status": (
        "ahead",
        "on track",
        "at risk",
        "off track",
        "not started",
        "stale",
        "unknown",
        "achieved",
        "missed",
    ),
    "verdict": (
        "delivered",
        "missed",
        "succeeded",
        "progressed",
        "fell short",
        "success withheld",
        "validated",
        "invalidated",
        "inconclusive",
    ),
    "figure": (
        "score",
        "score as it enters",
        "progress",
        "progress under its guardrails",
        "reading",
        "status",
        "verdict",
        "confidence",
    ),
    "cause kind": ("rulebook", "time", "adjustment", "membership", "reading"),
    # fields of items
    "nature": ("outcome", "output", "activity"),
    "dimension": ("value", "revenue", "cost"),
    "theme": ("growth", "efficiency", "quality", "engagement", "reliability", "cost", "risk"),
    "indicator": ("leading", "lagging"),
    "level": ("company", "unit", "department", "team", "individual"),
    "micro okr trigger": ("stalled key result", "event", "cross-team need", "experiment"),
    # rulebooks
    "act": ("a post-mortem",),
    "ambition": ("committed", "aspirational", "learning"),
    "axis": ("score", "progress", "confidence", "gap", "ratio", "health"),
    "bound reading": (
        "latest",
        "mean",
        "sum",
        "minimum",
        "maximum",
        "share of elapsed periods",
        "share of planned periods",
    ),
    "bound shape": ("held", "distance", "soft"),
    "breach effect": ("separate", "cap", "average", "veto"),
    "breach memory": ("now", "ever"),
    "carried baseline": ("last value", "baseline", "zero"),
    "carried until": ("full", "success"),
    "closing decision": (
        "achieved",
        "carry",
        "modify",
        "defer",
        "abandon",
        "scale",
        "iterate",
        "stop",
    ),
    "day count": ("exclusive", "inclusive", "elapsed"),
    "expected from": ("parts", "dates"),
    "flat line": ("absent", "zero", "full", "at least", "at most"),
    "override duration": ("until said again", "until the next reading"),
    "roll up source": (
        "key results",
        "objectives below",
        "initiatives",
        "key results of all objectives below",
    ),
    "rounding": ("half-up", "half-even", "half-down", "truncate", "floor"),
    "scale": ("green", "yellow", "red"),
    "status combination": ("worst", "mean", "same"),
    "weighing": ("stated", "equal", "size"),
    "zero weights": ("absent", "equal", "zero"),
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
