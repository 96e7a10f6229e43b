"""Explanations of guardrails and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BOUNDS"]

BOUNDS: Final[Mapping[str, str | Mapping[str, str]]] = {
    # steps
    "step/dated": "{reading} on {day}",
    "step/before-cycle": "{words}, before the cycle",
    "step/of-metric": "{words}, of metric {id}",
    "step/aggregated": {
        "one": "{how} of {count} reading: {readings:, }",
        "other": "{how} of {count} readings: {readings:, }",
    },
    "step/earlier": {
        "one": "{count} earlier reading",
        "other": "{count} earlier readings",
    },
    "step/to-limit": "{margin} to its limit ({limit})",
    "step/on-limit": "on its limit ({limit})",
    "step/beyond-limit": "{margin} beyond its limit ({limit})",
    "step/share-of-limit": "as a share of its limit ({limit}): 1 is on it, more is better",
    "step/limit-since": "{words}, the limit since {day}",
    # effect of a guardrail, and its memory
    "effect/separate": "a breach lowers no score of {id}; it withholds success at the close",
    "effect/cap": "a breach leaves {id} a score of at most {cap}, and withholds success at the close",
    "effect/veto": "a breach leaves {id} a score of 0, and withholds success at the close",
    "effect/average": "it enters the mean of {id} as 1, breached as 0, and a breach withholds success at the close",
    "effect/changed": "{effect}: progress {before} became {after}",
    "effect/entered": "{effect}: it entered as {credit}",
    "effect/withheld": "{effect}: {verdict}",
    "memory/now": "a breach counts until a reading is within the limit again",
    "memory/ever": "every breach counts, healed or not",
    "memory/hard": "hard: every breach counts, healed or not",
}
