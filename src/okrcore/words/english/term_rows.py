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
        "validated",
        "invalidated",
        "inconclusive",
        "success withheld",
    ),
    "act": ("a post-mortem",),
    "adjustment kind": ("pause", "pivot", "persist"),
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
    "due state": ("late", "due", "coming"),
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
