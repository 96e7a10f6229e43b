"""Rituals of a cycle: drafts, planning, check-ins, reviews, close and retrospective.

Rules of this file:

1. A schedule is data and has no cycle: days are counted from the start, middle or end of any cycle.
2. It plans and has no memory. The journal has what was done, `okrcore.review.list_due` what is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum, unique
from typing import Final, cast, final, get_args

from attrs import field, frozen

from okrcore._checks import (
    FIRST_YEAR,
    MOST_DAYS,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_whole,
    path_of,
)
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore._texts import must_be_name
from okrcore.calendar.cadence import WEEKLY, Cadence
from okrcore.calendar.cycle import Cycle, must_be_bounded
from okrcore.calendar.rhythm import Monthly, Rhythm, Weekly, rhythm_of
from okrcore.calendar.week_years import Weekday
from okrcore.calendar.workdays import WorkdayOfMonth, Workdays, next_workday
from okrcore.errors import InvalidValueError

__all__ = ["CyclePoint", "Ritual", "RitualSlot", "Schedule", "ScheduledRitual"]


@unique
class Ritual(StrEnum):
    """Meeting or task of a team in a cycle."""

    DRAFT = "company draft"
    PUBLISH = "company publication"
    TEAM_DRAFT = "team drafts"
    PEER_REVIEW = "peer review"
    PLANNING = "planning"
    PERSONAL_PLANNING = "personal planning"
    BASELINE = "baseline"
    CHECK_IN = "check-in"
    INITIATIVE = "initiative"
    WEEKLY = "weekly"
    WINS = "wins"
    FOUR_SQUARE = "four-square"
    TRIAGE = "triage"
    FORUM = "forum"
    BUSINESS_REVIEW = "business review"
    MID_CYCLE_REVIEW = "mid-cycle review"
    ADJUSTMENT_REVIEW = "adjustment review"
    CALL = "call of the results"
    CLOSE = "close"
    RETROSPECTIVE = "retrospective"
    PERFORMANCE_TALK = "performance talk"


@unique
class CyclePoint(StrEnum):
    """Part of a cycle from which days are counted."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


#: Words of `Level`, which belongs to a layer above this one.
_LEVELS: Final = ("company", "unit", "department", "team", "individual")
#: Tasks that have no slot, each with the place of its days.
_WITHOUT_SLOT: Final = {
    Ritual.CHECK_IN: "give the schedule `check_ins`",
    Ritual.BASELINE: "it is due by `ReviewRule.instrumented_in_days`",
    Ritual.INITIATIVE: "it is due on its own day",
}


@final
@frozen
class RitualSlot:
    """A ritual and its day in any cycle, or its days if it repeats.

    Args:
        ritual: Any but check-ins, baselines and initiatives: check-ins have a rhythm instead, a baseline is
            due by the rulebook, and an initiative has its own due day.
        point: Part of the cycle from which days are counted; None if it repeats.
        days: Days after that point; negative before it.
        every: Repetition within the cycle, both ends included: each week on a weekday, each month on a day or
            a workday. None if it has one day. The grace is that of the repetition; nobody checks in, so that
            its `early_days` have no effect.
        level: Level of its objectives, in the words of `Level`; all levels if None.

    Raises:
        InvalidValueError: Neither `point` nor `every` is given, or both.

    >>> RitualSlot(Ritual.PUBLISH, CyclePoint.START, -14).days_in(
    ...     Cycle(date(2026, 7, 1), date(2026, 9, 30)))
    (datetime.date(2026, 6, 17),)
    >>> from okrcore.calendar import WorkdayOfMonth
    >>> RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(-1)).days_in(
    ...     Cycle(date(2026, 7, 1), date(2026, 8, 31)))
    (datetime.date(2026, 7, 31), datetime.date(2026, 8, 31))
    """

    ritual: Ritual
    point: CyclePoint | None = None
    days: int = 0
    every: Weekly | Monthly | WorkdayOfMonth | None = field(default=None, kw_only=True)
    level: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ritual", self.ritual, Ritual)
        if self.ritual in _WITHOUT_SLOT:
            hint = _WITHOUT_SLOT[self.ritual]
            raise InvalidValueError("wrong-type", path_of(self, "ritual"), self.ritual, hint)
        if self.every is None:
            hint = "give a point of the cycle, or `every` if it repeats"
            must_be_a(self, "point", self.point, CyclePoint, hint=hint)
        else:
            must_be_a(self, "every", self.every, Weekly, Monthly, WorkdayOfMonth)
            for name, value in (("point", self.point), ("days", self.days or None)):
                if value is not None:
                    hint = "it repeats, so its days follow from `every`"
                    raise InvalidValueError("given-twice", path_of(self, name), value, hint)
        must_be_whole(self, "days", self.days, -MOST_DAYS, MOST_DAYS)
        if self.level is not None:
            must_be_name(self, "level", self.level)
            if self.level not in _LEVELS:
                known = ", ".join(map(repr, _LEVELS))
                raise InvalidValueError(
                    "unknown-word", path_of(self, "level"), self.level, f"give {known}"
                )

    def days_in(self, cycle: Cycle, *, workdays: Workdays | None = None) -> tuple[date, ...]:
        """Return the days in a cycle, or around it.

        Args:
            cycle: Any cycle.
            workdays: If given, days off move to the next workday.
        """
        must_be_a(self, "days_in", cycle, Cycle)
        if isinstance(self.every, WorkdayOfMonth):
            must_be_bounded(cycle, "days_in")
            return self.every.days_in(cycle.period, workdays)
        if self.every is not None:
            must_be_bounded(cycle, "days_in")
            # A rhythm starts after a day.
            before = max(cycle.start - timedelta(days=1), date(FIRST_YEAR, 1, 1))
            days = list(self.every.dues(before, cycle.end))
        else:
            points = {
                CyclePoint.START: cycle.start,
                CyclePoint.MIDDLE: cycle.period.middle,
                CyclePoint.END: cycle.end,
            }
            days = [points[cast("CyclePoint", self.point)] + timedelta(days=self.days)]
        if workdays is not None:
            days = [next_workday(day, workdays) for day in days]
        # Several that moved to one day are one.
        return tuple(dict.fromkeys(days))


# The company drafts 4 to 6 weeks before the cycle and publishes 2 weeks before it, teams plan at its start
# and people a week later; results are called 2 weeks before the end, and the review falls on about week 6
# of 12 or 13 (METHOD.md 2.9). Teams draft within a week of the company's publication, and peers review the
# drafts. Teams meet each week before the forum of their shared key results, and the numbers of a month are
# there after its first week.
_LONG: Final = (
    RitualSlot(Ritual.DRAFT, CyclePoint.START, -42, level="company"),
    RitualSlot(Ritual.PUBLISH, CyclePoint.START, -14, level="company"),
    RitualSlot(Ritual.TEAM_DRAFT, CyclePoint.START, -7, level="team"),  # founding document E
    RitualSlot(Ritual.PEER_REVIEW, CyclePoint.START, -4, level="team"),  # library default
    RitualSlot(Ritual.PLANNING, CyclePoint.START),
    RitualSlot(Ritual.PERSONAL_PLANNING, CyclePoint.START, 7, level="individual"),
    RitualSlot(Ritual.WEEKLY, every=Weekly(Weekday.MONDAY)),  # Wodtke
    RitualSlot(Ritual.FORUM, every=Weekly(Weekday.TUESDAY)),  # library default
    RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(5)),  # library default
    RitualSlot(Ritual.MID_CYCLE_REVIEW, CyclePoint.MIDDLE),
    RitualSlot(Ritual.CALL, CyclePoint.END, -14),
    RitualSlot(Ritual.CLOSE, CyclePoint.END),
    RitualSlot(Ritual.RETROSPECTIVE, CyclePoint.END, 7),  # library default
)
# A month or less leaves no time for more.
_SHORT: Final = (
    RitualSlot(Ritual.PLANNING, CyclePoint.START),
    RitualSlot(Ritual.CLOSE, CyclePoint.END),
    RitualSlot(Ritual.RETROSPECTIVE, CyclePoint.END),
)
# A Micro-OKR is an overlay, seen in the weekly of the cycle below it.
_MONTH: Final = (
    *_SHORT,
    RitualSlot(Ritual.WEEKLY, every=Weekly(Weekday.MONDAY)),  # Wodtke
)
#: Shortest cycles with the long timeline (library default).
_LONG_WEEKS: Final = 12
_LONG_MONTHS: Final = 3
#: Shortest cycles with a weekly (library default).
_WEEKLY_WEEKS: Final = 4


@final
@frozen
class ScheduledRitual:
    """A ritual on its day.

    Args:
        ritual: Any, check-ins included.
        on: Day in a cycle, or around it.
    """

    ritual: Ritual
    on: date

    __attrs_post_init__ = must_fit


def _as_appointments(values: Iterable[RitualSlot]) -> tuple[RitualSlot, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Schedule:
    """Check-ins and other rituals of a cycle.

    Args:
        check_ins: Rhythm of check-ins; its grace days apply to the rituals that do not repeat, too.
        appointments: Other rituals.

    >>> from okrcore import FiscalCalendar
    >>> quarter = FiscalCalendar().quarter(2026, 3)
    >>> for occasion in Schedule.of(Cadence.QUARTERLY).occasions(quarter):
    ...     if occasion.ritual not in {Ritual.CHECK_IN, Ritual.WEEKLY, Ritual.FORUM}:
    ...         print(occasion.on, occasion.ritual)
    2026-05-20 company draft
    2026-06-17 company publication
    2026-06-24 team drafts
    2026-06-27 peer review
    2026-07-01 planning
    2026-07-07 business review
    2026-07-08 personal planning
    2026-08-07 business review
    2026-08-15 mid-cycle review
    2026-09-07 business review
    2026-09-16 call of the results
    2026-09-30 close
    2026-10-07 retrospective
    """

    check_ins: Rhythm
    appointments: tuple[RitualSlot, ...] = field(default=_LONG, converter=_as_appointments)

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "check_ins", self.check_ins, *get_args(Rhythm))
        must_be_all(self, "appointments", self.appointments, RitualSlot)

    @classmethod
    def of(cls, cadence: Cadence | None) -> Schedule:
        """Return the usual schedule of a cadence; weekly check-ins if None.

        A forum is of a shared key result: without one `list_due` does not list it. Source: METHOD.md 2.9;
        founding document E.
        """
        must_be_a(cls, "of", cadence, Cadence, type(None))
        if cadence is None:
            return cls(rhythm_of(WEEKLY))
        is_long = cadence.months >= _LONG_MONTHS or cadence.weeks >= _LONG_WEEKS
        slots: tuple[RitualSlot, ...] = _LONG if is_long else _SHORT
        if not (is_long or cadence.is_micro) and (cadence.months or cadence.weeks >= _WEEKLY_WEEKS):
            slots = _MONTH
        return cls(rhythm_of(cadence.check_in_days), slots)

    def occasions(
        self, cycle: Cycle, *, workdays: Workdays | None = None
    ) -> tuple[ScheduledRitual, ...]:
        """Return every ritual of a cycle, in order of days.

        Args:
            cycle: Any cycle.
            workdays: If given, rituals on a day off move to the next workday.
        """
        must_be_a(self, "occasions", cycle, Cycle)
        must_be_bounded(cycle, "occasions")
        found = [
            ScheduledRitual(each.ritual, day)
            for each in self.appointments
            for day in each.days_in(cycle, workdays=workdays)
        ]
        for day in self.check_ins.dues(cycle.start, cycle.end):
            moved = day if workdays is None else next_workday(day, workdays)
            found.append(ScheduledRitual(Ritual.CHECK_IN, moved))
        # Several check-ins that moved to one day are one.
        return tuple(dict.fromkeys(sorted(found, key=lambda one: one.on)))
