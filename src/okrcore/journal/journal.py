"""Journals: dated entries, as an append-only value.

Rules of this file:

1. Adding returns a new journal; nothing is ever changed in place.
2. Order is (day, moment recorded, position), so that the last of several check-ins of a day counts.
3. An entry of a later day never changes an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from types import FunctionType
from typing import Any, Final, SupportsFloat, cast, final, get_args

from attrs import evolve, field, frozen

from okrcore._checks import (
    LAST_YEAR,
    as_tuple,
    given_day,
    given_moment,
    must_be_a,
    must_be_all,
    must_be_flag,
    path_of,
)
from okrcore._columns import days_of, must_be_as_long, numbers_of, texts_of
from okrcore._memo import Memoized, once
from okrcore._texts import given_text
from okrcore.errors import InconsistentPlanError, TransitionError
from okrcore.journal.adjustment import Adjustment
from okrcore.journal.check_in_columns import NO_CHECK_INS, CheckIns
from okrcore.journal.entries import CheckIn, Correction
from okrcore.journal.entry_order import not_after_closings
from okrcore.journal.entry_sequence import Dated, Entries, Entry, columns_of, written_of
from okrcore.journal.history import History, index
from okrcore.journal.joined_items import joined_beside, stranded_ids
from okrcore.journal.lifecycle import LifecycleStage, Mover
from okrcore.journal.plan_in_force import plan_in_force
from okrcore.plan import Outside, Plan, Reading

__all__ = [
    "LAST_DAY",
    "Dated",
    "Entry",
    "Journal",
    "history_of",
    "incoherences",
    "reread",
    "written_in",
]

_ENTRIES: Final = get_args(Entry)
#: The last day of the library's calendar.
LAST_DAY: Final = date(LAST_YEAR, 12, 31)


def _as_entries(values: Iterable[Entry]) -> Entries:
    if isinstance(values, Entries):
        return values
    if isinstance(values, CheckIns):
        return Entries(values, ())
    return Entries(NO_CHECK_INS, as_tuple(values))


@final
@frozen(repr=False)
class Journal(Memoized):
    """Dated entries, append-only.

    Args:
        entries: In the order in which they were added.

    Raises:
        InvalidValueError: An entry has the wrong type.
        InconsistentPlanError: An entry's id is repeated, or a correction voids an unknown entry or another
            correction.

    Laws: test_a_later_entry_changes_no_earlier_day.

    >>> from datetime import date
    >>> journal = Journal([CheckIn("arpa", date(2026, 8, 14), 120)])
    >>> len(journal), len(journal.add(CheckIn("arpa", date(2026, 8, 21), 121)))
    (1, 2)
    """

    entries: Sequence[Entry] = field(default=(), converter=_as_entries)

    def __attrs_post_init__(self) -> None:
        # Check-ins in columns fit together: they have no ids.
        must_be_all(self, "entries", self._written, *_ENTRIES)
        for _, fault in incoherences(self._written):
            raise fault

    @classmethod
    def from_columns(
        cls, of: Iterable[str], on: Iterable[date], values: Iterable[SupportsFloat | None]
    ) -> Journal:
        """Return a journal of plain check-ins given as columns: a history of millions fits.

        It equals the journal of check-ins made one by one. The surprising case: evaluation never makes
        them, but `entries`, `in_force` and all access to single entries does, so with millions use a
        scorecard instead. Add check-ins with notes, confidences or moments:
        `Journal.from_columns(...).add(...)`.

        Args:
            of: Ids of the items.
            on: Days the readings are true of, as dates, in any order. Ordinals are refused: their first
                day is a convention.
            values: Readings, any real numbers. None is a check-in without a value; NaN is refused.

        Raises:
            InvalidValueError: A column is longer than another, or an id, day or number cannot be held;
                the path has its position. The columns are unchanged.

        Laws: test_columns_make_the_journal_of_their_check_ins, test_a_live_scorecard_stands_on_columns.

        >>> from datetime import date
        >>> days = [date(2026, 8, 7), date(2026, 8, 14)]
        >>> journal = Journal.from_columns(["arpa", "arpa"], days, [118, 120])
        >>> journal.entries[1]
        CheckIn('arpa', 2026-08-14, 120.0)
        """
        ids = texts_of(cls, "of", of)
        days = days_of(cls, "on", on)
        must_be_as_long(cls, "on", days, "of", ids)
        numbers = numbers_of(cls, "values", values, takes_none=True)
        must_be_as_long(cls, "values", numbers, "of", ids)
        return _joined(CheckIns(ids, days, numbers), ())

    def add(self, *entries: Entry | Iterable[Entry]) -> Journal:
        """Return a journal with these entries after the others.

        The surprising case: each call copies all entries, so n calls cost the square of n. Add many in one
        call, or give them to `Journal` at once; `LiveScorecard.record` takes them singly.

        Args:
            entries: Entries, or lists of them, such as `check_ins` returns.
        """
        columns, written = self._columns, [*self._written]
        for given in entries:
            if isinstance(given, _ENTRIES):
                written.append(given)  # pyright: ignore[reportArgumentType]  # an Entry, by its table
            elif isinstance(given, CheckIns) and not written:
                columns = columns.followed_by(given)  # no entry precedes them
            else:
                several: Any = as_tuple(given)  # type: ignore[arg-type]  # no entry, so several
                must_be_all(self, "add", several, *_ENTRIES)
                written.extend(several)
        return _joined(columns, written)

    def as_of(self, day: date) -> Journal:
        """Return the entries up to a day, that day included.

        Evidence of an item that joined the plan later is left out with its join.
        """
        day = given_day(self, "as_of", day)
        later = stranded_ids(once(self, history_of), lambda entry: entry.on <= day)
        last, columns = day.toordinal(), self._columns
        return self._kept(
            lambda entry: entry.on <= day and entry.of not in later,
            [on <= last and of not in later for of, on in zip(columns.of, columns.on, strict=True)],
        )

    def known_at(self, moment: datetime) -> Journal:
        """Return the entries recorded by a moment, and the entries without a moment.

        A later correction is left out, so the entry it voids is in force; a correction of an entry that is
        left out goes with it. So does a transition without a moment that only a left-out one makes
        possible, such as the end of a pause, and evidence of an item whose join is left out.

        Laws: test_every_moment_of_the_past_has_a_journal.
        """
        moment = given_moment(self, "known_at", moment)

        def is_known(entry: Entry) -> bool:
            return entry.recorded is None or entry.recorded <= moment

        later = stranded_ids(once(self, history_of), is_known)
        known = [
            e
            for e in self._written
            if is_known(e) and (isinstance(e, Correction) or e.of not in later)
        ]
        ids = {entry.id for entry in known}
        columns = self._columns
        journal = _joined(
            columns.only([of not in later for of in columns.of]) if later else columns,
            (e for e in known if not isinstance(e, Correction) or e.voids in ids),
        )
        refused = {id(entry) for entry, _ in self.refused_moves}
        while True:
            stranded = {id(entry) for entry, _ in journal.refused_moves} - refused
            if not stranded:
                return journal
            journal = journal._without(stranded)  # noqa: SLF001  # its own kind

    def _without(self, entries: AbstractSet[int]) -> Journal:
        """Return the journal without some written entries, by identity."""
        every = [True] * len(self._columns)
        return self._kept(lambda entry: id(entry) not in entries, every)

    def only(self, plan: Plan) -> Journal:
        """Return the entries about items of a plan, such as a team's part of the whole; not outside it.

        They include those about items that joined it: members of its objectives, and objectives and metrics
        that name no item of another part.
        """
        must_be_a(self, "only", plan, Plan)
        joined = joined_beside(once(self, history_of), plan)

        def is_inside(id: str) -> bool:
            return id in joined or (id in plan and not isinstance(plan.items[id], Outside))

        inside = set(filter(is_inside, set(self._columns.of)))
        return self._kept(
            lambda entry: is_inside(entry.of), [of in inside for of in self._columns.of]
        )

    def effective(self, plan: Plan, *, on: date) -> Plan:
        """Return a plan with its adjustments up to a day, that day included.

        It is to be shown, and not stored: the stored plan is the one first agreed, or the past would change.
        `evaluate` finds an adjustment that changes nothing in its plan, and has the problem
        "already-in-plan".

        Args:
            plan: The plan as stored, which is unchanged.
            on: The day.

        Raises:
            InconsistentPlanError: The adjustments of the day do not fit each other.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow",
        ...     key_results=[okr.KeyResult("k", "Customers", okr.Reach(1000))])])
        >>> cut = okr.Adjustment("k", date(2026, 8, 15), measure=okr.Reach(500), because="port closed")
        >>> okr.Journal([cut]).effective(plan, on=date(2026, 8, 15)).key_result("k").measure
        Reach(target=500.0)
        """
        must_be_a(self, "effective", plan, Plan)
        on = given_day(self, "effective", on)
        history = once(self, history_of)
        made = [entry for entry in history.adjustments if entry.on <= on]
        found = plan_in_force(plan, history, not_after_closings(plan, history, made, on))
        if found.fault is not None:
            raise found.fault
        return found.plan

    def keep(self, wanted: Callable[[Dated], bool]) -> Journal:
        """Return the entries for which a test returns True, with the corrections that void one of them.

        Errors of the test reach the caller.

        Raises:
            InvalidValueError: The test is no function, or returns neither True nor False.
        """
        if not callable(wanted) or issubclass(type(wanted), type):
            must_be_a(self, "keep", wanted, FunctionType)

        def is_kept(entry: Dated) -> bool:
            found: object = wanted(entry)
            must_be_flag(self, "keep", found)
            return bool(found)

        return self._kept(is_kept, [is_kept(entry) for entry in self._of_columns])

    def _kept(self, wanted: Callable[[Dated], bool], rows: Sequence[bool]) -> Journal:
        kept: set[str | None] = set()
        entries: list[Entry] = []
        for entry in self._written:
            if not isinstance(entry, Correction) and wanted(entry):
                entries.append(entry)
                kept.add(entry.id)
        # A correction is true of the day of the voided entry, and goes with it.
        corrections = (c for c in self._written if isinstance(c, Correction) and c.voids in kept)
        return _joined(self._columns.only(rows), (*entries, *corrections))

    # --- derived -------------------------------------------------------------------------------

    @property
    def _columns(self) -> CheckIns:
        return columns_of(self.entries)

    @property
    def _written(self) -> tuple[Entry, ...]:
        return written_of(self.entries)

    @property
    def _of_columns(self) -> Sequence[CheckIn]:
        """Check-ins given in columns, as entries: the same ones each time."""
        return cast("Sequence[CheckIn]", self.entries[: len(self._columns)])

    @cached_property
    def in_force(self) -> tuple[Dated, ...]:
        """Entries that no correction voids, in order of day, moment and position."""
        uncorrected = once(self, history_of).uncorrected
        if not self._columns:
            return tuple(uncorrected)
        # Check-ins in columns have no moment, so on one day they precede the written entries.
        return tuple(sorted((*self._of_columns, *uncorrected), key=attrgetter("on")))

    @property
    def refused_moves(self) -> Sequence[tuple[Mover, TransitionError]]:
        """Entries whose transition the lifecycle does not have, each with its error.

        A first `Transition` to active is among them, though it begins an initiative: a journal has no kinds of items.
        """
        return once(self, history_of).refused_moves

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Adjustments in force, in order."""
        return tuple(once(self, history_of).adjustments)

    def lifecycle(self, id: str, *, on: date) -> LifecycleStage:
        """Return the lifecycle stage of an objective on a day; active without any entry."""
        id = given_text(self, "lifecycle", id)
        on = given_day(self, "lifecycle", on)
        return once(self, history_of).lifecycle(id, on)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        count = len(self)
        return f"Journal({count} entr{'y' if count == 1 else 'ies'})"


def history_of(journal: Journal) -> History:
    """Return the entries of a journal in columns; `once(journal, history_of)` keeps them with it."""
    return index(columns_of(journal.entries), written_of(journal.entries))


def written_in(journal: Journal) -> tuple[Entry, ...]:
    """Return the entries that came one by one, not in columns."""
    return journal._written  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module


def _joined(columns: CheckIns, entries: Iterable[Entry]) -> Journal:
    """Return a journal of check-ins in columns, and of entries after them."""
    return Journal(Entries(columns, tuple(entries)))


def reread(journal: Journal, change: Callable[[str, Reading], Reading]) -> Journal:
    """Return a journal with other readings: `change` returns each, from an id and the present one."""
    columns = journal._columns  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    pairs = zip(columns.of, columns.values, strict=True)
    columns = CheckIns(columns.of, columns.on, [change(of, value) for of, value in pairs])

    def changed(entry: Entry) -> Entry:
        if not isinstance(entry, CheckIn) or entry.value is None:
            return entry
        value = change(entry.of, entry.value)
        return entry if value is entry.value else evolve(entry, value=value)

    written = journal._written  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return _joined(columns, map(changed, written))


def incoherences(entries: Iterable[Entry]) -> Iterator[tuple[Entry, InconsistentPlanError]]:
    """Yield each entry that does not fit the others, with its error."""
    corrections: list[Correction] = []
    named: dict[str, Entry] = {}
    for entry in entries:
        if isinstance(entry, Correction):
            corrections.append(entry)
        if entry.id is None:
            continue
        if entry.id in named:
            yield entry, InconsistentPlanError("duplicate-id", path_of(entry, "id"), entry.id)
        named[entry.id] = entry
    for correction in corrections:
        path, voids = path_of(correction, "voids"), correction.voids
        if voids not in named:
            hint = "give the entry to correct an id"
            yield correction, InconsistentPlanError("unknown-id", path, voids, hint)
        elif isinstance(named[voids], Correction):
            hint = "a correction is final; write the voided entry again"
            yield correction, InconsistentPlanError("wrong-kind", path, voids, hint)
