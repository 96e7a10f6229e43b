"""Index of a journal: its entries in order, its readings and judgements in columns sorted by day.

Rule of this file: check-ins given in columns stay in columns; an entry is made of one at each access.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from math import nan
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar, cast, final

from attrs import Factory, evolve, field, frozen

from okrcore.errors import TransitionError
from okrcore.journal.adjustment import Adjustment, AdjustmentTrigger, joining_ids
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.decisions import Closing, ClosingDecision, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement, order_of
from okrcore.journal.entry_sequence import Dated, Entry
from okrcore.journal.fact_columns import Column, reading_or_none
from okrcore.journal.lifecycle import LifecycleStage, Mover, lives_of
from okrcore.journal.timed_readings import TimedReadings
from okrcore.plan import Guardrail, Initiative, KeyResult, KeyResultRef, Objective, Ratio, Reading
from okrcore.plan.item import Item, members_of

__all__ = ["NEVER", "History", "Moment", "index"]

#: Position of an entry in the order of all: its day as an ordinal, and its position among written entries;
#: -1 for check-ins in columns, which precede written ones of their day.
Moment: TypeAlias = tuple[int, int]
#: Indexes without some readings that an index keeps (library default).
_MOST_INDEXES: Final = 8
#: Before every entry (library default).
NEVER: Final[Moment] = (0, -1)


_T = TypeVar("_T")


def _are_numbers(values: Sequence[Any]) -> bool:
    return isinstance(values, array) or set(map(type, values)) <= {float}


def _numbers(history: History) -> array[float]:
    values: Sequence[Any] = history.readings.values
    if history.has_words:
        values = [each.value if isinstance(each, Ratio) else each for each in values]
        values = [each if type(each) is float else nan for each in values]
    numbers = array("d", values)
    numbers.append(nan)
    return numbers


def _made(column: Callable[[History], _T]) -> _T:
    """Return a field that is made from the fields before it."""
    return field(init=False, default=Factory(column, takes_self=True))


#: Fields with ids of other items that enter numbers.
_REFERENCES: Final = frozenset({"supports", "metric", "derived"})
_DAY: Final = attrgetter("on")
_RECORDED: Final = attrgetter("recorded")
#: Stage of items without a transition.
_ACTIVE: Final = LifecycleStage()


@final
@frozen(eq=False)
class History:
    """Entries of a journal in columns, for evaluation.

    Args:
        readings: Values of check-ins.
        baselines: Established baselines.
        written: Check-ins written one by one.
        check_ins: All check-ins, with or without a value; of one in columns the reading alone, see
            `check_in`.
        judgements: Judged scores and statuses.
        lives: Lifecycle of each item with a transition, in order of day.
        refused_moves: Entries whose transition the lifecycle does not have, each with its error.
        rare: Entries that are no check-ins, in order.
        adjustments: Adjustments, in order.
        uncorrected: Entries written one by one and not corrected, in order.
        has_moments: Whether one of these has a moment.
    """

    readings: Column[Reading]
    baselines: Column[float]
    written: Column[CheckIn]
    check_ins: Column[CheckIn | Reading]
    judgements: Column[Judgement]
    lives: Mapping[str, Sequence[LifecycleStage]]
    refused_moves: Sequence[tuple[Mover, TransitionError]]
    rare: Sequence[Dated]
    adjustments: Sequence[Adjustment]
    uncorrected: Sequence[Any]
    has_moments: bool
    #: Column whose ids are the ids of all check-ins.
    checked_in: Column[Any] = _made(
        lambda self: max(self.readings, self.check_ins, key=lambda column: len(column.of))
    )
    #: Whether any reading is more than a plain number: a share, a text, a flag, names, parts.
    has_words: bool = _made(lambda self: not _are_numbers(self.readings.values))
    #: Number of each reading, by row; ABSENT for readings without one, and for row -1, without a reading.
    numbers: array[float] = _made(_numbers)

    @cached_property
    def confidences(self) -> Column[float]:
        """Confidences, 0 to 1."""
        return self.written.with_values([entry.confidence for entry in self.written.values])

    @cached_property
    def statuses(self) -> Column[tuple[CheckIn | Judgement, Moment]]:
        """Entries that declare or judge a status, in order, each with its moment."""
        kinds = (CheckIn, Judgement) if self.judgements.of else (CheckIn,)
        given = [
            (entry, (entry.on.toordinal(), position))
            for position, entry in enumerate(self.uncorrected)
            if type(entry) in kinds and entry.status is not None
        ]
        return Column[tuple[CheckIn | Judgement, Moment]].of_entries([e for e, _ in given], given)

    @cached_property
    def judging(self) -> Column[Judgement | Closing]:
        """Entries that judge a score."""
        judging = [
            entry
            for entry in self.rare
            if (isinstance(entry, Judgement) and entry.score is not None)
            or (isinstance(entry, Closing) and entry.judged is not None)
        ]
        return Column[Judgement | Closing].of_entries(judging, judging)

    @cached_property
    def decisions(self) -> Column[Any]:
        """Entries that are no check-ins, by their item."""
        return Column[Any].of_entries(self.rare, self.rare)

    @cached_property
    def adjusting(self) -> Column[Adjustment]:
        """The adjustments, by the item that they are about."""
        return Column[Adjustment].of_entries(self.adjustments, self.adjustments)

    @cached_property
    def kept_closings(self) -> dict[Any, Any]:
        """Evaluations of closings, by plan and rulebook; filled and bounded by `evaluation`."""
        return {}

    @cached_property
    def kept_works(self) -> dict[Any, Any]:
        """Works of chains, by plan, rulebook and day; filled and bounded by `carried_works`."""
        return {}

    @cached_property
    def kept_derived(self) -> dict[Any, Any]:
        """Indexes with the rows of metrics, by plan; filled and bounded by `metric_rows`."""
        return {}

    @cached_property
    def kept_plans(self) -> dict[Any, Any]:
        """Plans in force, by the plan as stored and the adjustments; filled and bounded by `plan_in_force`."""
        return {}

    @cached_property
    def kept_drafts(self) -> dict[Any, Any]:
        """Plans to which adjustments were applied, likewise."""
        return {}

    @cached_property
    def joins(self) -> Mapping[str, Sequence[tuple[date, Item]]]:
        """Records of items that join by an adjustment, by id, each with its day, in order."""
        found: dict[str, list[tuple[date, Item]]] = {}
        for entry in self.adjustments:
            for record in entry.adds:
                if not isinstance(record, KeyResultRef):
                    members = members_of(record) if isinstance(record, Objective) else ()
                    for each in (record, *members):
                        found.setdefault(each.id, []).append((entry.on, each))
        return found

    @cached_property
    def leaves(self) -> Mapping[str, date]:
        """Day of the last adjustment by which each item leaves, by id."""
        return {id: entry.on for entry in self.adjustments for id in entry.removes}

    @cached_property
    def left_first(self) -> Mapping[str, date]:
        """Day on which each item leaves that no adjustment brought before, by id."""
        found, joined = dict[str, date](), set[str]()
        for entry in self.adjustments:
            found.update((id, entry.on) for id in entry.removes if id not in {*joined, *found})
            joined.update(joining_ids(entry))
        return found

    @cached_property
    def joined_homes(self) -> Mapping[str, str]:
        """Id of the objective of each member that joins by an adjustment, by its id."""
        found: dict[str, str] = {}
        for entry in self.adjustments:
            for record in entry.adds:
                if isinstance(record, Objective):
                    found.update((member.id, record.id) for member in members_of(record))
                elif isinstance(record, (KeyResult, Guardrail, Initiative)):
                    found[record.id] = entry.of
        return found

    def record_of(self, id: str) -> Item | None:
        """Return the record with which an item first joined by an adjustment; None if none did."""
        return self.joins[id][0][1] if id in self.joins else None

    @cached_property
    def dated_ids(self) -> frozenset[str]:
        """Ids of items whose check-ins have to fit the item as it was on their day."""
        found = set(self.joins)
        for entry in self.adjustments:
            if entry.measure is not None or entry.rescale is not None or entry.sets:
                found.add(entry.of)
            found.update(entry.removes)
        return frozenset(found)

    @cached_property
    def kept_fits(self) -> dict[Any, Any]:
        """Fits of the journal, by plan and day; filled and bounded by `admission`."""
        return {}

    @cached_property
    def changes_structure(self) -> bool:
        """Whether an adjustment changes items or references, so that plans of two days differ in shape."""
        return any(
            entry.adds
            or entry.removes
            or not _REFERENCES.isdisjoint(name for name, _ in entry.sets)
            for entry in self.adjustments
        )

    def check_in(self, row: int) -> CheckIn:
        """Return a check-in by its row in `check_ins`; one in columns is made at each call."""
        found = self.check_ins.values[row]
        if isinstance(found, CheckIn):
            return found
        day = date.fromordinal(self.check_ins.on[row])
        return CheckIn(self.check_ins.of[row], day, reading_or_none(found))

    def closings_on(self, day: date) -> Sequence[Closing]:
        """Return the closings of a day, in order."""
        first = bisect_left(self.rare, day, key=_DAY)
        last = bisect_right(self.rare, day, key=_DAY)
        return [entry for entry in self.rare[first:last] if isinstance(entry, Closing)]

    # --- order within a day --------------------------------------------------------------------

    def moment(self, entry: Any) -> Moment:
        """Return the moment of an entry that is no check-in."""
        return entry.on.toordinal(), self._positions[id(entry)]

    @cached_property
    def _positions(self) -> Mapping[int, int]:
        return {
            id(entry): position
            for position, entry in enumerate(self.uncorrected)
            if type(entry) is not CheckIn
        }

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """Moment of each row of `readings`."""
        positions = (
            position
            for position, entry in enumerate(self.uncorrected)
            if type(entry) is CheckIn and entry.value is not None
        )
        # On one day, readings in columns precede written ones, which keep their order.
        written = dict[int, int]()
        for entry in self.written.values:
            if entry.value is not None:
                on = entry.on.toordinal()
                written[on] = written.get(on, 0) + 1
        readings, found = self.readings, list[Moment]()
        for on, rows in groupby(readings.on):
            count, late = len(list(rows)), written.get(on, 0)
            found += [(on, -1)] * (count - late)
            found += [(on, position) for position in islice(positions, late)]
        return found

    def written_after(self, closing: Closing) -> Sequence[Any]:
        """Return entries up to the day of a closing that are written after it, so do not count for it.

        If both have a moment, the moments decide; otherwise the days, and on one day the order of entries.

        Source: DESIGN.md 4, on closed items.
        """
        day, position = self.moment(closing)
        start = bisect_right(self._with_effect, position)
        stop = bisect_left(self._with_effect, bisect_right(self._days, day))
        after = [self.uncorrected[at] for at in self._with_effect[start:stop]]
        if closing.recorded is not None:
            later = bisect_right(self._dated_back, closing.recorded, key=_RECORDED)
            after += [entry for entry in self._dated_back[later:] if entry.on < closing.on]
        return after

    @cached_property
    def _with_effect(self) -> Sequence[int]:
        """Positions of the entries that can change a figure of their day."""
        entries = enumerate(self.uncorrected)
        return [position for position, entry in entries if not self._is_without_effect(entry)]

    @cached_property
    def _dated_back(self) -> Sequence[Any]:
        """The same entries with a moment, dated before a closing that was recorded before them, by moment."""
        found, last_closing = list[Any](), date.min
        timed = [entry for entry in self.uncorrected if entry.recorded is not None]
        for entry in sorted(timed, key=_RECORDED):
            if entry.on < last_closing and not self._is_without_effect(entry):
                found.append(entry)
            if isinstance(entry, Closing):
                last_closing = max(last_closing, entry.on)
        return found

    def _is_without_effect(self, entry: Any) -> bool:
        """Return whether an entry changes no figure of its day: true of most closings."""
        return (
            type(entry) is Closing
            and entry.decision is not ClosingDecision.DEFER
            and entry.judged is None
            and not self.has_too_hard
        )

    @cached_property
    def has_too_hard(self) -> bool:
        """Whether an adjustment is dropped at the close, see `AdjustmentTrigger.DIFFICULTY`."""
        return any(entry.trigger is AdjustmentTrigger.DIFFICULTY for entry in self.adjustments)

    @cached_property
    def _days(self) -> Sequence[int]:
        return [entry.on.toordinal() for entry in self.uncorrected]

    # --- moments -------------------------------------------------------------------------------

    @cached_property
    def timed(self) -> Sequence[CheckIn]:
        """Check-ins with a moment, in order."""
        if not self.has_moments:
            return ()
        return [entry for entry in self.written.values if entry.recorded is not None]

    @cached_property
    def timed_readings(self) -> TimedReadings:
        """Readings with a moment."""
        # Without a moment there is nothing to walk through.
        written = self.written if self.has_moments else Column[CheckIn].of_entries((), ())
        return TimedReadings(self.readings, written)

    def without_readings(self, dropped: Mapping[int, bool]) -> History:
        """Return the index without some readings with a moment, given as `id` of their check-ins.

        True leaves out the whole check-in, False its reading alone.
        """
        kept, key = self.kept_without, frozenset(dropped.items())
        if key not in kept:
            if len(kept) >= _MOST_INDEXES:
                kept.clear()
            kept[key] = self._without_readings(dropped)
        return kept[key]

    @cached_property
    def kept_without(self) -> dict[Any, History]:
        """Indexes without some readings; filled and bounded by `without_readings`."""
        return {}

    def _without_readings(self, dropped: Mapping[int, bool]) -> History:
        def left(entry: Any) -> Any:
            is_whole = dropped.get(id(entry))
            if is_whole is None:
                return entry
            return None if is_whole else evolve(entry, value=None)

        timed = self.timed_readings
        stripped = {id(entry): left(entry) for entry in self.timed}
        rows = {row for row, entry in timed.rows if id(entry) in dropped}
        values = [None if row in rows else value for row, value in enumerate(self.readings.values)]
        written, check_ins, uncorrected = (
            [stripped.get(id(entry), entry) for entry in entries]
            for entries in (self.written.values, self.check_ins.values, self.uncorrected)
        )
        return evolve(
            self,
            readings=self.readings.with_values(values),
            written=self.written.with_values(written),
            check_ins=self.check_ins.with_values(check_ins),
            uncorrected=tuple([entry for entry in uncorrected if entry is not None]),
        )

    def lifecycle(self, id: str, day: date) -> LifecycleStage:
        """Return the lifecycle stage of an item on a day; active without any entry."""
        for life in reversed(self.lives.get(id, ())):
            if life.since is None or life.since <= day:
                return life
        return _ACTIVE


def index(columns: CheckIns, entries: Sequence[Entry]) -> History:
    """Return the index of check-ins in columns and of entries written after them."""
    kinds, in_force = frozenset(map(type, entries)), entries
    if Correction in kinds:
        voided = {entry.voids for entry in in_force if isinstance(entry, Correction)}
        dated = (entry for entry in in_force if not isinstance(entry, Correction))
        in_force = tuple([entry for entry in dated if entry.id not in voided])
    uncorrected, days, has_moments = _in_order(cast("Sequence[Dated]", in_force))
    check_ins = cast("Sequence[CheckIn]", uncorrected)
    rare: Sequence[Dated] = ()
    if not kinds <= {CheckIn}:
        check_ins = [entry for entry in uncorrected if type(entry) is CheckIn]
        days = [entry.on.toordinal() for entry in check_ins]
        rare = tuple([entry for entry in uncorrected if type(entry) is not CheckIn])
    written = Column[CheckIn]([entry.of for entry in check_ins], array("l", days), check_ins)
    values: list[Reading | None] = [entry.value for entry in check_ins]
    baselines = [entry for entry in rare if isinstance(entry, BaselineSet)]
    judgements = [entry for entry in rare if isinstance(entry, Judgement)]
    lives, refused = lives_of([e for e in rare if isinstance(e, (Transition, Closing, Adjustment))])
    in_columns = Column[Reading].in_order(columns.of, columns.on, columns.values)
    return History(
        readings=in_columns.present().followed_by(written.with_values(values)),
        baselines=Column[float].of_entries(baselines, [entry.value for entry in baselines]),
        written=written,
        check_ins=in_columns.followed_by(written),
        judgements=Column[Judgement].of_entries(judgements, judgements),
        lives=lives,
        refused_moves=tuple(refused),
        rare=rare,
        adjustments=tuple([entry for entry in rare if isinstance(entry, Adjustment)]),
        uncorrected=uncorrected,
        has_moments=has_moments,
    )


def _in_order(entries: Sequence[Dated]) -> tuple[Sequence[Dated], list[int], bool]:
    """Return entries in order of day, moment and position, their days as ordinals, and whether any has a moment."""
    days = [entry.on.toordinal() for entry in entries]
    has_moments = any([entry.recorded for entry in entries])  # noqa: C419  # a list is faster
    # Most journals grow day by day, and are in order.
    if has_moments or days != sorted(days):
        entries = sorted(entries, key=order_of if has_moments else attrgetter("on"))
        days.sort()
    return tuple(entries), days, has_moments
