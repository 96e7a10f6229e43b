"""Time without a clock: days, periods, cadences, cycles and a company's own year."""

from okrcore.calendar.cadence import Cadence as Cadence
from okrcore.calendar.cycle import Cycle as Cycle
from okrcore.calendar.fiscal import FiscalCalendar as FiscalCalendar
from okrcore.calendar.period import Period as Period
