"""Calendar text by RFC 5545: a schedule as events that any calendar program reads.

1. Rituals are whole days: dates without a time, so that no time zone can move them.
2. Same inputs, same bytes: the caller gives id and time stamp.
3. A line has at most 75 octets and ends in CR LF; a fold never splits a character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final, TypeAlias

from okrcore._checks import given_day, given_moment, must_be_a
from okrcore._texts import given_id
from okrcore.calendar import (
    Cycle,
    EveryDays,
    Monthly,
    Rhythm,
    Ritual,
    Schedule,
    Weekly,
    WorkdayOfMonth,
    Workdays,
)
from okrcore.words.reason import ENGLISH, Words

__all__ = ["to_icalendar", "to_rrule"]

#: Octets that a line may have (RFC 5545).
_OCTETS: Final = 75
#: Backslash first: the others bring backslashes of their own.
_ESCAPES: Final = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
_NO_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), 127))
#: Days that every month has (the Gregorian calendar); later ones need a rule for short months.
_DAYS_OF_ALL_MONTHS: Final = 28


def to_rrule(rhythm: Rhythm | WorkdayOfMonth, *, until: date) -> str:
    """Return a rhythm as the value of an RRULE, for an event on its first due day.

    In months without the day of a `Monthly`, it is the last day, which plain BYMONTHDAY would skip. The
    days of `EveryDays` are those planned if every check-in is made on its day. Workdays are Monday to Friday.

    Args:
        rhythm: Rhythm of check-ins, or of an appointment.
        until: Last day.

    Source: RFC 5545, 3.3.10.

    >>> from datetime import date
    >>> from okrcore.calendar import Monthly
    >>> to_rrule(Monthly(30), until=date(2026, 12, 31))
    'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;UNTIL=20261231'
    """
    must_be_a(to_rrule, "rhythm", rhythm, Weekly, Monthly, EveryDays, WorkdayOfMonth)
    until = given_day(to_rrule, "until", until)
    return f"{_rule(rhythm)};UNTIL={_day(until)}"


def to_icalendar(
    schedule: Schedule,
    cycle: Cycle,
    *,
    id: str,
    stamped: datetime,
    words: Words = ENGLISH,
    workdays: Workdays | None = None,
) -> str:
    """Return the rituals of a cycle as the text of an `.ics` file.

    Check-ins, and each appointment that repeats, are one event that repeats, by a rule or, with `workdays`, by
    its days.

    Args:
        schedule: The rituals.
        cycle: Cycle of the schedule.
        id: World-wide unique id of these events, such as "2026-q3.growth@acme.example"; the same id at the
            next export updates them.
        stamped: Time of the export, with a time zone.
        words: Words of the summaries; the row of a ritual, such as "ritual: close", has the name of its event.
            Names of cycles stay as they are.
        workdays: Calendar of workdays; with one, events move from days off to the next workday.

    Raises:
        InvalidValueError: An argument has the wrong type or is out of range.

    Laws: test_calendar_text_is_parsed_back, test_no_line_is_longer_than_75_octets.

    Source: RFC 5545.

    >>> from datetime import UTC, date, datetime
    >>> from okrcore import Cadence, Cycle
    >>> from okrcore.calendar import Schedule
    >>> week = Cycle.starting(date(2026, 9, 7), Cadence.MICRO_WEEK, name="Trial week")
    >>> text = to_icalendar(Schedule.of(week.cadence), week, id="trial@acme.example",
    ...                     stamped=datetime(2026, 9, 1, 8, tzinfo=UTC))
    >>> for line in text.splitlines():
    ...     if line.startswith(("SUMMARY", "RRULE")):
    ...         print(line)
    SUMMARY:Trial week: planning
    SUMMARY:Trial week: check-in
    RRULE:FREQ=DAILY;UNTIL=20260913
    SUMMARY:Trial week: close
    SUMMARY:Trial week: retrospective
    """
    must_be_a(to_icalendar, "schedule", schedule, Schedule)
    must_be_a(to_icalendar, "cycle", cycle, Cycle)
    id = given_id(to_icalendar, "id", id)
    stamped = given_moment(to_icalendar, "stamped", stamped)
    must_be_a(to_icalendar, "words", words, Words)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//okrcore//okrcore//EN"]
    numbers = Counter[Ritual]()
    for ritual, days, rule in _events(schedule, cycle, workdays):
        numbers[ritual] += 1
        slug = f"{ritual}-{numbers[ritual]}".replace(" ", "-")
        summary = words.phrase("calendar/summary", cycle=cycle.name, ritual=ritual)
        lines += (
            "BEGIN:VEVENT",
            f"UID:{_escaped(f'{slug}.{id}')}",
            f"DTSTAMP:{stamped.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{_day(days[0])}",
            f"SUMMARY:{_escaped(summary)}",
            *_recurrence(days, rule),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        )
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


#: Ritual of an event, its days, and the rule by which it repeats without days off; None for one day.
_Event: TypeAlias = tuple[Ritual, Sequence[date], str | None]


def _events(schedule: Schedule, cycle: Cycle, workdays: Workdays | None) -> Sequence[_Event]:
    """Return the events in the order of their first days."""
    found: list[_Event] = []
    for slot in schedule.appointments:
        rule = None if slot.every is None else to_rrule(slot.every, until=cycle.end)
        found.append((slot.ritual, slot.days_in(cycle, workdays=workdays), rule))
    check_ins = [
        one.on
        for one in schedule.occasions(cycle, workdays=workdays)
        if one.ritual is Ritual.CHECK_IN
    ]
    found.append((Ritual.CHECK_IN, check_ins, to_rrule(schedule.check_ins, until=cycle.end)))
    if workdays is not None:
        found = [(ritual, days, None) for ritual, days, _ in found]
    return sorted((event for event in found if event[1]), key=lambda event: event[1][0])


def _recurrence(days: Sequence[date], rule: str | None) -> Iterator[str]:
    """Yield the line by which an event repeats: a rule, or its other days."""
    if rule is not None:
        yield f"RRULE:{rule}"
    elif len(days) > 1:
        yield f"RDATE;VALUE=DATE:{','.join(map(_day, days[1:]))}"


def _rule(rhythm: Rhythm | WorkdayOfMonth) -> str:
    if isinstance(rhythm, WorkdayOfMonth):
        return f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={rhythm.number}"
    if isinstance(rhythm, Weekly):
        interval = f";INTERVAL={rhythm.every}" if rhythm.every > 1 else ""
        return f"FREQ=WEEKLY{interval};BYDAY={rhythm.weekday.name[:2]}"
    if isinstance(rhythm, EveryDays):
        return f"FREQ=DAILY;INTERVAL={rhythm.days}" if rhythm.days > 1 else "FREQ=DAILY"
    if rhythm.day <= _DAYS_OF_ALL_MONTHS:
        return f"FREQ=MONTHLY;BYMONTHDAY={rhythm.day}"
    # The last of these days that the month has.
    days = ",".join(map(str, range(_DAYS_OF_ALL_MONTHS, rhythm.day + 1)))
    return f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Return a text as a value of type TEXT, without control characters and unpaired surrogates."""
    whole = text.encode(errors="replace").decode()
    plain = whole.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_CONTROLS)
    for character, escape in _ESCAPES:
        plain = plain.replace(character, escape)
    return plain


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; all but the first start with a space."""
    piece, octets = "", 0
    for character in line:
        more = len(character.encode())
        if octets + more > _OCTETS:
            yield piece
            piece, octets = " ", 1
        piece += character
        octets += more
    yield piece
