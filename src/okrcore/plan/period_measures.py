"""Measures of every period of a cycle: so many each month, or a bound held each week.

Rule of this file: a period is judged by itself. Readings of one month never make up for another.
"""

from __future__ import annotations

from typing import Final, final, get_args

from attrs import field, frozen

from okrcore._checks import must_be_a
from okrcore.calendar import Cadence
from okrcore.plan.bounds import Bound, must_be_stated

__all__ = ["EachPeriod"]

_BOUNDS: Final = get_args(Bound)


@final
@frozen
class EachPeriod:
    """Hold a bound in each period of the cycle: ten posts a month, each month.

    Progress is the share of the periods that are over in which the bound held. A period is over on its last
    day, and one that is over without a reading is not held. Without any reading, and before the first period
    is over, the score is missing. While periods are to come, the score range has them as not held and as held,
    so that an objective that is closed early has a verdict only if they could not change it.

    The reading of a period is the last one dated in it: the count of that period, which starts anew in the
    next. Of a metric it is the aggregation of the readings dated in it, such as their sum. An adjusted bound
    applies to all periods, as any adjusted measure does to all readings.

    Periods begin on the first day of the cycle, so that those of a quarter are its calendar months. Less than
    half a period at the end belongs to the one before. A period within a pause does not count; one from before
    the key result joined does, and so do the readings of then. Without a cycle there are no periods, and no
    score.

    Check-ins stay due in the rhythm of the cycle; for a count that is read once a month give the key result
    `Timing(check_in_days=30)`.

    Args:
        bound: Bound of each period.
        every: Length of a period; of a longer one than the cycle there is one.

    Laws: test_each_period_is_judged_by_its_own_readings.
    Source: founding document C: ten posts a month.

    >>> from okrcore import AtLeast
    >>> EachPeriod(AtLeast(10), every=Cadence.MONTHLY).every.months
    1
    """

    bound: Bound
    every: Cadence = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "bound", self.bound, *_BOUNDS, hint="give a bound such as AtLeast(10)")
        must_be_stated(self, "bound", self.bound)
        must_be_a(self, "every", self.every, Cadence, hint="give a cadence such as Cadence.MONTHLY")
