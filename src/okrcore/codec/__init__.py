"""Plain data in and out: text for calendars."""

from okrcore.codec.calendar_text import to_icalendar as to_icalendar
from okrcore.codec.calendar_text import to_rrule as to_rrule
