"""Calendar text, read back by a program that is not ours: `icalendar`, and dateutil's rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore.codec import to_icalendar, to_rrule
from okrcore.testing.values import titles
from okrcore.words import ENGLISH, Words

QUARTER = okr.FiscalCalendar().quarter(2026, 3)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MONDAY = okr.calendar.Weekday.MONDAY


class Office:
    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5


def text(schedule: Any = None, cycle: okr.Cycle = QUARTER, **given: Any) -> str:
    schedule = okr.calendar.Schedule.of(cycle.cadence) if schedule is None else schedule
    written: dict[str, Any] = {"id": "q3@acme.example", "stamped": NOON}
    return to_icalendar(schedule, cycle, **(written | given))


def events(written: str) -> list[Any]:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def days_of(event: Any) -> list[date]:
    """Expand an event as calendar programs do."""
    start = event["DTSTART"].dt
    if "RRULE" in event:
        rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
        return [moment.date() for moment in rule]
    more = event.get("RDATE")
    return [start, *([] if more is None else [one.dt for one in more.dts])]


def read_back(written: str) -> list[tuple[date, str]]:
    return sorted(
        {
            (day, str(event["SUMMARY"]).rpartition(": ")[2])
            for event in events(written)
            for day in days_of(event)
        }
    )


def planned(
    schedule: okr.calendar.Schedule, cycle: okr.Cycle, **given: Any
) -> list[tuple[date, str]]:
    return sorted((one.on, str(one.ritual)) for one in schedule.occasions(cycle, **given))


names = titles()
#: Ids have no soft hyphen at their ends.
ids = names.map(lambda text: text.strip("\xad")).filter(bool)
cycles = st.builds(
    lambda start, length, name: okr.Cycle(start, start + timedelta(days=length), name=name),
    st.dates(date(1990, 1, 1), date(2110, 12, 31)),
    st.integers(0, 400),
    names,
)
rhythms: st.SearchStrategy[Any] = st.one_of(
    st.builds(okr.calendar.Weekly, st.sampled_from(okr.calendar.Weekday), every=st.integers(1, 4)),
    st.builds(okr.calendar.Monthly, st.integers(1, 31)),
    st.builds(okr.calendar.EveryDays, st.integers(1, 40)),
)


meetings: st.SearchStrategy[Any] = st.one_of(
    st.builds(okr.calendar.Weekly, st.sampled_from(okr.calendar.Weekday), every=st.integers(1, 4)),
    st.builds(okr.calendar.Monthly, st.integers(1, 31)),
    st.builds(okr.calendar.WorkdayOfMonth, st.integers(-20, 20).filter(bool)),
).map(lambda every: okr.calendar.RitualSlot(okr.calendar.Ritual.WEEKLY, every=every))
usual = okr.calendar.Schedule.of(None).appointments


@given(rhythms, st.lists(meetings, max_size=2), cycles, st.sampled_from([None, Office()]))
def test_calendar_text_is_parsed_back(
    rhythm: Any, more: list[Any], cycle: okr.Cycle, workdays: Office | None
) -> None:
    schedule = okr.calendar.Schedule(rhythm, [*usual, *more])
    written = text(schedule, cycle, workdays=workdays)
    assert read_back(written) == planned(schedule, cycle, workdays=workdays)


@given(cycles, ids)
def test_no_line_is_longer_than_75_octets(cycle: okr.Cycle, id: str) -> None:
    octets = text(okr.calendar.Schedule(okr.calendar.Weekly(MONDAY)), cycle, id=id).encode()
    *lines, last = octets.split(b"\r\n")
    assert last == b""
    assert max(map(len, lines)) <= 75
    assert not any(code in line for line in lines for code in b"\r\n\0")
    for line in lines:
        assert line.decode()  # no character is torn


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_names_come_back_as_they_were(name: str) -> None:
    name += "!"  # something that is not a space
    cycle = okr.Cycle(QUARTER.start, QUARTER.end, name=name)
    for event in events(text(okr.calendar.Schedule.of(None), cycle)):
        assert str(event["SUMMARY"]).startswith(f"{name}: ")


def test_awkward_names() -> None:
    cycle = okr.Cycle(date(2026, 7, 1), date(2026, 7, 1), name="A; B, C\\n Ä→日")
    (event, *_) = events(text(okr.calendar.Schedule.of(None), cycle))
    assert str(event["SUMMARY"]) == "A; B, C\\n Ä→日: company draft"


def test_the_bytes_of_a_file() -> None:
    """Typed by hand from RFC 5545."""
    schedule = okr.calendar.Schedule(
        okr.calendar.Weekly(MONDAY, every=2),
        [
            okr.calendar.RitualSlot(
                okr.calendar.Ritual.MID_CYCLE_REVIEW, okr.calendar.CyclePoint.MIDDLE
            )
        ],
    )
    written = text(
        schedule, stamped=datetime(2026, 6, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    )
    assert written == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//okrcore//okrcore//EN\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:check-in-1.q3@acme.example\r\n"
        "DTSTAMP:20260601T123000Z\r\n"
        "DTSTART;VALUE=DATE:20260706\r\n"
        "SUMMARY:2026-Q3: check-in\r\n"
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20260930\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:mid-cycle-review-1.q3@acme.example\r\n"
        "DTSTAMP:20260601T123000Z\r\n"
        "DTSTART;VALUE=DATE:20260815\r\n"
        "SUMMARY:2026-Q3: mid-cycle review\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (okr.calendar.Weekly(okr.calendar.Weekday.FRIDAY), "FREQ=WEEKLY;BYDAY=FR"),
        (
            okr.calendar.Weekly(okr.calendar.Weekday.SUNDAY, every=3),
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU",
        ),
        (okr.calendar.Monthly(28), "FREQ=MONTHLY;BYMONTHDAY=28"),
        (okr.calendar.Monthly(29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (okr.calendar.Monthly(31), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        (okr.calendar.EveryDays(1), "FREQ=DAILY"),
        (okr.calendar.EveryDays(2), "FREQ=DAILY;INTERVAL=2"),
    ],
)
def test_rules(rhythm: Any, rule: str) -> None:
    assert to_rrule(rhythm, until=date(2026, 12, 31)) == f"{rule};UNTIL=20261231"


@pytest.mark.parametrize(("number", "place"), [(1, "1"), (5, "5"), (-1, "-1")])
def test_rules_of_workdays(number: int, place: str) -> None:
    rule = to_rrule(okr.calendar.WorkdayOfMonth(number), until=date(2026, 12, 31))
    assert rule == f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={place};UNTIL=20261231"


def test_two_of_a_kind_are_two_events() -> None:
    review = okr.calendar.Ritual.MID_CYCLE_REVIEW
    schedule = okr.calendar.Schedule(
        okr.calendar.Weekly(MONDAY),
        [okr.calendar.RitualSlot(review, okr.calendar.CyclePoint.START, days) for days in (30, 60)],
    )
    ids = [str(event["UID"]) for event in events(text(schedule))]
    assert ids == [
        "check-in-1.q3@acme.example",
        "mid-cycle-review-1.q3@acme.example",
        "mid-cycle-review-2.q3@acme.example",
    ]


@given(rhythms, cycles, st.sampled_from([None, Office()]))
def test_words_change_the_summaries_alone(
    rhythm: Any, cycle: okr.Cycle, workdays: Office | None
) -> None:
    schedule = okr.calendar.Schedule(rhythm)
    english, other = (
        events(text(schedule, cycle, workdays=workdays, words=words))
        for words in (ENGLISH, MADE_UP)
    )
    for one, two in zip(english, other, strict=True):
        assert {**one, "SUMMARY": ""} == {**two, "SUMMARY": ""}
        ritual = str(one["SUMMARY"]).removeprefix(f"{cycle.name}: ")
        assert str(two["SUMMARY"]) == f"{cycle.name}: {MADE_UP.term('ritual', ritual)}"
        assert not english_in(MADE_UP.term("ritual", ritual))


def test_other_words() -> None:
    written = text(words=Words({"ritual: close": "Abschluss"}))
    assert "SUMMARY:2026-Q3: Abschluss\r\n" in written
    assert "SUMMARY:2026-Q3: retrospective\r\n" in written


@pytest.mark.parametrize(("octets", "lines"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_folded_when_it_must_be(octets: int, lines: int) -> None:
    """The first piece holds 75 octets; the others start with a space, and hold 74 more."""
    id = "x" * (octets - len("UID:planning-1."))
    schedule = okr.calendar.Schedule(
        okr.calendar.Weekly(MONDAY),
        [okr.calendar.RitualSlot(okr.calendar.Ritual.PLANNING, okr.calendar.CyclePoint.START)],
    )
    written = text(schedule, id=id).split("\r\n")
    first = next(at for at, line in enumerate(written) if line.startswith("UID:planning"))
    pieces = written[first : first + lines]
    assert written[first + lines].startswith("DTSTAMP")
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == f"UID:planning-1.{id}"
