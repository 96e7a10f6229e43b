"""Items in percent: their titles, and the numbers that a share of 1 would be compared with.

Rules of this file:

1. A title is in percent if it has the sign or the word. A percentile is none.
2. If all numbers of an item in percent lie beyond 1, a share of 1 without a unit is no reading of it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from okrcore.plan.graded import Anchors, Steps

__all__ = ["is_in_percent", "least_number"]

# An underscore parts words too: names of columns become titles, such as "churn_pct".
_IN_PERCENT: Final = re.compile(
    r"%|(?<![^\W_])(?:per[ -]?cent(?:s|ages?)?|pct)(?![^\W_])", re.IGNORECASE
)
_NUMBERS: Final = ("baseline", "target", "change", "limit", "low", "high")


def is_in_percent(title: str) -> bool:
    """Return whether a title is in percent.

    >>> [is_in_percent(title) for title in ("Percentage of churn", "churn_pct", "95th percentile")]
    [True, True, False]
    """
    return _IN_PERCENT.search(title) is not None


def least_number(measure: Any) -> float:
    """Return the least absolute number, 0 apart, that readings are compared with; 0 if there is none.

    Args:
        measure: A measure, the bound of a guardrail or metric, or None.

    >>> from okrcore import AtMost, Increase
    >>> least_number(Increase(0, 3.8)), least_number(AtMost(20)), least_number(None)
    (3.8, 20.0, 0.0)
    """
    if isinstance(measure, Anchors):
        numbers = [value for _, value in measure.knots]
    elif isinstance(measure, Steps):
        numbers = [edge.limit for edge, _ in measure.steps if edge is not None]
    else:
        stated = (getattr(measure, name, None) for name in _NUMBERS)
        numbers = [number for number in stated if number is not None]
    return min((abs(number) for number in numbers if number), default=0.0)
