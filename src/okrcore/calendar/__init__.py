"""Calendar: days, periods, cycles, cadences, schedules, a company's own year. It has no clock.

At the top: `Cycle`, `Cadence`, `Period`, `FiscalCalendar`. Here alone: rhythms and schedules of rituals, week
years, workdays, and advice on cadences.
"""

from okrcore.calendar.cadence import (
    CADENCE_DIFFERENCES,
    AdjustmentPolicy,
    Cadence,
    CadenceAdvice,
    CadenceDifference,
    CadenceTraits,
    Granularity,
    Purpose,
    RiskPosture,
    recommend_cadence,
)
from okrcore.calendar.cycle import Cycle, Period
from okrcore.calendar.fiscal import FiscalCalendar
from okrcore.calendar.rhythm import EveryDays, Monthly, Rhythm, Weekly, rhythm_of
from okrcore.calendar.schedule import CyclePoint, Ritual, RitualSlot, Schedule, ScheduledRitual
from okrcore.calendar.week_years import (
    FIVE_FOUR_FOUR,
    FOUR_FIVE_FOUR,
    FOUR_FOUR_FIVE,
    THIRTEEN_PERIODS,
    LastWeekday,
    NearestWeekday,
    Weekday,
    WeekYear,
)
from okrcore.calendar.workdays import (
    WorkdayOfMonth,
    Workdays,
    WorkWeek,
    count_workdays,
    next_workday,
)

__all__ = [
    "CADENCE_DIFFERENCES",
    "FIVE_FOUR_FOUR",
    "FOUR_FIVE_FOUR",
    "FOUR_FOUR_FIVE",
    "THIRTEEN_PERIODS",
    "AdjustmentPolicy",
    "Cadence",
    "CadenceAdvice",
    "CadenceDifference",
    "CadenceTraits",
    "Cycle",
    "CyclePoint",
    "EveryDays",
    "FiscalCalendar",
    "Granularity",
    "LastWeekday",
    "Monthly",
    "NearestWeekday",
    "Period",
    "Purpose",
    "Rhythm",
    "RiskPosture",
    "Ritual",
    "RitualSlot",
    "Schedule",
    "ScheduledRitual",
    "WeekYear",
    "Weekday",
    "Weekly",
    "WorkWeek",
    "WorkdayOfMonth",
    "Workdays",
    "count_workdays",
    "next_workday",
    "recommend_cadence",
    "rhythm_of",
]
