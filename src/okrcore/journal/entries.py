"""Check-ins, baselines, judgements, corrections.

Rules of this file:

1. An entry is dated by the day it is true of; `recorded` is the moment it was written.
2. Value, projection, confidence and declared status are four facts and never merge.
3. Entries are never changed. A `Correction` voids one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Protocol, final

from attrs import field, frozen

from okrcore._checks import (
    FIRST_YEAR,
    LARGEST,
    LAST_YEAR,
    as_number,
    as_optional_number,
    is_tuple,
    must_be_a,
    must_be_date,
    must_be_moment,
    must_be_number,
    path_of,
)
from okrcore._texts import must_be_id, must_be_line, must_be_name, must_be_note, must_be_text
from okrcore.errors import InvalidValueError
from okrcore.plan import Person, Reading, Team
from okrcore.plan.attributes import (
    NO_ATTRIBUTES,
    Attribute,
    as_attributes,
    must_be_attributes,
    with_fact_kinds,
)
from okrcore.plan.people import as_owner
from okrcore.plan.reading import as_reading, must_be_reading

__all__ = ["BaselineSet", "CheckIn", "Correction", "Judgement", "Written", "order_of", "with_kinds"]

_NO_NOTE: Final = ""
_NOTES: Final = ("note", "shipped", "effect", "learning", "blocker")


def _with_offset(moment: datetime | None) -> str | None:
    # Moments of one instant are equal in Python whatever their offsets, and have other documents.
    return None if moment is None else moment.isoformat()


@frozen(kw_only=True)
class Written:
    """Fields of every entry.

    Args:
        id: Id to correct it by; unique in its journal.
        recorded: Moment it was written, with a time zone. Of two entries of one day the one recorded later
            counts, then the one added later; entries without a moment come first. The offset is a part of
            it: 14:00+02:00 and 12:00+00:00 are one instant, and two entries.
        by: Author; a bare text is a person.
        source: Origin of it, in words: a system, a report.
        link: Address of the evidence. It is shown as text and never followed, so check it before making it
            one that people can click.
        attributes: Values of the host, by name, such as the key in a tracker.
    """

    id: str | None = None
    recorded: datetime | None = field(default=None, eq=_with_offset)
    by: Person | Team | None = field(default=None, converter=as_owner)
    source: str = ""
    link: str = ""
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES, converter=as_attributes, eq=with_fact_kinds
    )

    def _must_be_written(self) -> None:
        if self.id is not None:
            must_be_id(self, "id", self.id)
        if self.recorded is not None:
            must_be_moment(self, "recorded", self.recorded)
        if self.by is not None:
            must_be_a(self, "by", self.by, Person, Team)
        for name in ("source", "link"):
            if getattr(self, name) is not _NO_NOTE:
                must_be_line(self, name, getattr(self, name))
        if self.attributes is not NO_ATTRIBUTES:
            must_be_attributes(self, self.attributes)


def with_kinds(reading: Any) -> Any:
    """Return a reading, or values in tuples, with each flag marked as one."""
    # True equals 1.0, and is another reading, with another document.
    if is_tuple(reading):
        return tuple(map(with_kinds, reading))
    return (bool, reading) if type(reading) is bool else reading


@final
@frozen(repr=False)
class CheckIn(Written):
    """A reading of a key result, guardrail or metric, with remarks.

    A check-in without a value changes no value: it may have a confidence or a note alone.

    Args:
        of: Id of the item.
        on: Day the reading is true of.
        value: Reading, in the form of its measure.
        confidence: Probability that the target will be reached, 0 to 1. Like the next two it belongs to a key
            result or an objective, which have targets; of a guardrail, metric or initiative it is refused.
        projected: Final value that the owner expects.
        status: Status that the owner declares.
        note: Any remark.
        shipped: Work that was shipped or changed.
        effect: Effect of that on the key result.
        learning: Lesson, or an expected one.
        blocker: Obstacle.

    Raises:
        InvalidValueError: A field cannot hold its value; for a confidence of 6 the hint is "write 0.6".

    >>> from datetime import date
    >>> CheckIn("arpa", date(2026, 8, 14), 120, confidence=0.7).value
    120.0
    """

    of: str
    on: date
    value: Reading | None = field(default=None, converter=as_reading, eq=with_kinds)
    confidence: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    projected: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    status: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)
    shipped: str = field(default="", kw_only=True)
    effect: str = field(default="", kw_only=True)
    learning: str = field(default="", kw_only=True)
    blocker: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:  # one test a field
        if type(self.of) is not str or not (self.of.isascii() and self.of.isalnum()):
            must_be_id(self, "of", self.of)
        if type(self.on) is not date or not FIRST_YEAR <= self.on.year <= LAST_YEAR:
            must_be_date(self, "on", self.on)
        # Nearly every reading is a number, so that one is tested inline.
        is_plain = type(self.value) is float and -LARGEST <= self.value <= LARGEST
        if not is_plain and self.value is not None:
            must_be_reading(self, "value", self.value)
        if self.confidence is not None:
            _must_be_confidence(self, self.confidence)
        if self.projected is not None:
            must_be_number(self, "projected", self.projected)
        if self.status is not None:
            must_be_name(self, "status", self.status)
        # The default is one object, and nearly every value is that object.
        if (
            self.note is not _NO_NOTE
            or self.shipped is not _NO_NOTE
            or self.effect is not _NO_NOTE
            or self.learning is not _NO_NOTE
            or self.blocker is not _NO_NOTE
        ):
            for name in _NOTES:
                must_be_note(self, name, getattr(self, name))
        if (
            self.id is not None
            or self.recorded is not None
            or self.by is not None
            or self.source is not _NO_NOTE
            or self.link is not _NO_NOTE
            or self.attributes is not NO_ATTRIBUTES
        ):
            self._must_be_written()

    def __repr__(self) -> str:
        return f"CheckIn({self.of!r}, {self.on}, {self.value!r})"


@final
@frozen(repr=False)
class BaselineSet(Written):
    """A baseline that was found or agreed on; no other entry establishes one.

    Args:
        of: Id of the key result.
        on: Day from which it is known.
        value: Baseline, in the key result's unit.
        because: Source or method of the baseline.
    """

    of: str
    on: date
    value: float = field(converter=as_number)
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_number(self, "value", self.value)
        must_be_note(self, "because", self.because)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"BaselineSet({self.of!r}, {self.on}, {self.value!r})"


@final
@frozen(repr=False)
class Judgement(Written):
    """A judged score or status beside the computed one, with its reason.

    One of a guardrail settles it: its status is "held", and it has no score. From its day on, a breach up to
    then, a reading too old or a missing one no longer counts against the objective; all of it stays on
    record, and a later reading outside the limit is a new breach.

    Args:
        of: Id of the objective, key result or guardrail.
        on: Day from which it holds.
        score: Judged score, 0 to 1.
        status: Judged status.
        because: Reason why it differs; a judgement without one is refused.

    >>> from datetime import date
    >>> Judgement("uptime", date(2026, 10, 1), status="held", because="the provider's outage")
    Judgement('uptime', 2026-10-01, None, 'held')
    """

    of: str
    on: date
    score: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    status: str | None = field(default=None, kw_only=True)
    because: str = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        if self.score is not None:
            must_be_number(self, "score", self.score, low=0.0, high=1.0)
        if self.status is not None:
            must_be_name(self, "status", self.status)
        if self.score is None and self.status is None:
            raise InvalidValueError(
                "empty", path_of(self, "score"), None, "give a score, a status, or both"
            )
        must_be_text(self, "because", self.because)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Judgement({self.of!r}, {self.on}, {self.score!r}, {self.status!r})"


@final
@frozen(repr=False)
class Correction(Written):
    """Voids an entry, as if it had never been written; it is true of the day of that entry.

    It is final: the journal refuses a correction of a correction. Write an entry voided by mistake again.

    Args:
        voids: Id of the entry, of any kind but a correction.
        because: Reason.
    """

    voids: str
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "voids", self.voids)
        must_be_note(self, "because", self.because)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Correction({self.voids!r})"


class _Dated(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def recorded(self) -> datetime | None: ...


def order_of(entry: _Dated) -> tuple[date, bool, datetime | None]:
    """Return the sort key of entries, day and moment; entries with one moment keep their order."""
    # None is never compared with a datetime: the flag before it decides.
    return (entry.on, entry.recorded is not None, entry.recorded)


def _must_be_confidence(entry: CheckIn, confidence: object) -> None:
    # "6 out of 10" and "60%" are common; the library does not guess, and gives the number to write.
    hint = ""
    if isinstance(confidence, float) and 1 < confidence <= 10:
        hint = f"write {confidence / 10:g}"
    elif isinstance(confidence, float) and 10 < confidence <= 100:
        hint = f"write {confidence / 100:g}"
    must_be_number(
        entry, "confidence", confidence, low=0.0, high=1.0, code="confidence-range", hint=hint
    )
