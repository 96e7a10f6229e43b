"""Check-ins in columns: only an id, a day and a reading each.

Rules of this file:

1. They come before all other entries of a journal. They have no id and no moment, so nothing corrects
   them, and on one day they come first.
2. An object is made for each access.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import compress
from math import isfinite
from typing import Any, Final, cast, final, overload

from attrs import frozen

from okrcore._arith import ABSENT
from okrcore._checks import LARGEST, given_day, given_mapping
from okrcore._columns import plain_zeros
from okrcore._texts import given_id
from okrcore.journal.entries import CheckIn
from okrcore.journal.fact_columns import reading_or_none
from okrcore.plan import Person, Reading, ReadingLike, Team
from okrcore.plan.people import as_owner
from okrcore.plan.reading import are_names, as_reading, must_be_reading

__all__ = ["NO_CHECK_INS", "CheckIns", "check_ins"]


@final
@frozen(eq=False, repr=False)
class CheckIns(Sequence[CheckIn]):
    """Check-ins in columns, in the order in which they were given.

    Args:
        of: Ids of the items.
        on: Days as ordinals.
        values: Readings; ABSENT for check-ins without a value.
    """

    of: Sequence[str]
    on: array[int]
    values: Sequence[Reading]

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, at: int) -> CheckIn: ...
    @overload
    def __getitem__(self, at: slice) -> CheckIns: ...
    def __getitem__(self, at: int | slice) -> CheckIn | CheckIns:
        if isinstance(at, slice):
            return CheckIns(self.of[at], self.on[at], self.values[at])
        return CheckIn(self.of[at], date.fromordinal(self.on[at]), reading_or_none(self.values[at]))

    def __iter__(self) -> Iterator[CheckIn]:
        days = {day: date.fromordinal(day) for day in set(self.on)}
        for of, on, value in zip(self.of, self.on, self.values, strict=True):
            yield CheckIn(of, days[on], reading_or_none(value))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, CheckIns) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        count = len(self)
        return f"CheckIns({count} check-in{'' if count == 1 else 's'})"

    def followed_by(self, others: CheckIns) -> CheckIns:
        """Return these check-ins followed by others."""
        if not self.of:
            return others
        values: Sequence[Any] = [*self.values, *others.values]
        are_numbers = isinstance(self.values, array) and isinstance(others.values, array)
        return CheckIns(
            [*self.of, *others.of],
            self.on + others.on,
            array("d", values) if are_numbers else values,
        )

    def only(self, wanted: Sequence[bool]) -> CheckIns:
        """Return the check-ins whose row is True in `wanted`."""
        if all(wanted):
            return self
        values: Sequence[Any] = list(compress(self.values, wanted))
        return CheckIns(
            list(compress(self.of, wanted)),
            array("l", compress(self.on, wanted)),
            array("d", values) if isinstance(self.values, array) else values,
        )


NO_CHECK_INS: Final = CheckIns((), array("l"), array("d"))


def check_ins(
    on: date,
    values: Mapping[str, ReadingLike | None],
    *,
    recorded: datetime | None = None,
    by: str | Person | Team | None = None,
    source: str = "",
    link: str = "",
) -> Sequence[CheckIn]:
    """Return one check-in for each reading of a day.

    Without moment, author, source and link they are kept as columns, also in a journal, and become records at each access,
    so that the readings of a day may be many.

    Args:
        on: Day the readings are true of.
        values: Readings by the id of their item; None is a check-in without a value.
        recorded: Moment they were written.
        by: Author; a bare text is a person.
        source: Origin of them, in words: a system, a report.
        link: Address of the evidence.

    Raises:
        InvalidValueError: A day, an id or a reading cannot be held; the path has its position.

    Laws: test_check_ins_of_a_day_are_those_made_one_by_one.

    >>> from datetime import date
    >>> [entry.of for entry in check_ins(date(2026, 8, 14), {"arpa": 120, "tickets": 91})]
    ['arpa', 'tickets']
    """
    values = given_mapping(check_ins, "values", values)
    on = given_day(check_ins, "on", on)
    has_evidence = any(type(text) is not str or text for text in (source, link))
    if recorded is not None or by is not None or has_evidence:
        by = as_owner(by)  # one person, however many check-ins
        more = partial(CheckIn, recorded=recorded, by=by, source=source, link=link)
        return tuple([more(of, on, value) for of, value in values.items()])
    ids = [given_id(check_ins, "values", id) for id in values]
    given = list(values.values())
    return CheckIns(ids, array("l", [on.toordinal()]) * len(ids), _readings(ids, given))


def _readings(ids: Sequence[str], given: Sequence[ReadingLike | None]) -> Sequence[Reading]:
    """Return readings in their normal form; refuse one that no measure takes."""
    if set(map(type, given)) == {float}:
        numbers = plain_zeros(array("d", cast("Sequence[float]", given)))
        if all(map(isfinite, numbers)) and -LARGEST <= min(numbers) <= max(numbers) <= LARGEST:
            return numbers
    readings: list[Reading] = []
    for id, value in zip(ids, given, strict=True):
        if type(value) is bool:  # most readings that are no numbers are flags
            readings.append(value)
            continue
        reading = value or 0.0 if type(value) is float else as_reading(value)
        if reading is None:
            reading = ABSENT
        elif type(reading) is float:
            if not -LARGEST <= reading <= LARGEST:
                must_be_reading(check_ins, f"values[{id!r}]", reading)
        elif not are_names(reading):
            must_be_reading(check_ins, f"values[{id!r}]", reading)
        readings.append(reading)
    return readings
