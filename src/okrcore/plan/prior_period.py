"""Limits of bounds: a number, one from the past, or one that is still to be established.

Rule of this file: a limit from the past is the value of the same item in the same period before, and never one
that a reader has to type.
"""

from __future__ import annotations

from typing import SupportsFloat, TypeAlias, final

from attrs import field, frozen

from okrcore._checks import LARGEST, as_number, given_number, must_be_a, must_be_number
from okrcore._figures import Figure
from okrcore.calendar import Cadence
from okrcore.plan.unit import in_full
from okrcore.words.reason import Reason

__all__ = ["Limit", "PriorPeriod", "as_limit", "limit_words", "must_be_limit", "with_change"]


@final
@frozen
class PriorPeriod:
    """The value of the same item in the same period before: "no worse than last year's quarter".

    Of an objective with a cycle the period is the cycle, moved back; the value is that of its readings by the
    aggregation of the metric, or the last one of a guardrail without a metric. Days of the cycle itself never
    count. Without a cycle, and of the health of a metric, it is the value as of the day that long before, so
    that the limit moves with the day.

    The past is read by id. A guardrail that gets another id in the next cycle has no past of its own: name a
    metric.

    Args:
        back: Length from one period to the other; a year by default.
        change_percent: Percent of the past value that the limit lies above it, or below if negative:
            `AtMost(PriorPeriod(change_percent=5))` holds up to 5% above last year. Of a negative value it is
            a percentage of its size.

    Raises:
        InvalidValueError: A field has the wrong type.

    Laws: test_a_limit_of_the_past_is_that_number_typed_by_hand.

    >>> from okrcore import AtMost
    >>> AtMost(PriorPeriod(Cadence.QUARTERLY)).is_open
    True
    """

    back: Cadence = Cadence.ANNUAL
    change_percent: float = field(default=0.0, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "back", self.back, Cadence)
        must_be_number(self, "change_percent", self.change_percent)

    def limit_from(self, value: float) -> float:
        """Return the limit for a past value.

        Raises:
            InvalidValueError: The value is not a finite number.
        """
        value = given_number(self, "limit_from", value)
        limit = value + abs(value) * self.change_percent / 100
        return max(-LARGEST, min(LARGEST, limit))


#: Limit of a bound.
Limit: TypeAlias = float | PriorPeriod | None


def as_limit(value: SupportsFloat | PriorPeriod | None) -> Limit:
    """Convert a limit that is a number to a float."""
    if value is None or isinstance(value, PriorPeriod):
        return value
    return as_number(value)


def must_be_limit(record: object, limit: object) -> None:
    """Require a number, a value of the past, or None."""
    if limit is not None and type(limit) is not PriorPeriod:
        must_be_number(record, "limit", limit)


def limit_words(limit: PriorPeriod | None) -> Reason:
    """Return an open limit in words: "its value 12 months before plus 5%".

    >>> print(limit_words(PriorPeriod(Cadence.QUARTERLY, change_percent=-10)))
    its value 3 months before minus 10%
    """
    if limit is None:
        return Reason("limit/open")
    back = limit.back
    words = (
        Reason("limit/months-before", count=back.months)
        if back.months
        else Reason("limit/weeks-before", count=back.weeks)
    )
    return with_change(words, limit)


def with_change(words: Reason, limit: PriorPeriod) -> Reason:
    """Return words for a past value, with the percentage by which the limit lies above or below it."""
    percent = limit.change_percent
    if not percent:
        return words
    change = Figure(f"{in_full(abs(percent))}%")
    return Reason("limit/plus" if percent > 0 else "limit/minus", limit=words, change=change)
