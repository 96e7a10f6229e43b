"""Entries about an item that count for nothing in it, each with its reason.

Rules of this file:

1. A reading counts, or is here, or gives way to one of a later day as the latest of its window.
2. Nothing is kept: few entries are here, and few items are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, TypeGuard, final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.journal import Adjustment, BaselineSet, CheckIn, Judgement, Transition
from okrcore.journal.effective import DATED, is_after_cycle
from okrcore.journal.history import Column
from okrcore.plan import Guardrail, KeyResult, Reading
from okrcore.scorecard.attainment import looks_back
from okrcore.scorecard.evidence import window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guarding import window_of_guardrail
from okrcore.scorecard.program import LONG_AGO

__all__ = ["NotCounted", "Uncounted", "summed_up", "uncounted"]


@unique
class NotCounted(StrEnum):
    """Reasons for which an entry does not count."""

    BEFORE_CYCLE = "before the cycle"
    BEFORE_OBSERVABLE = "before it can be seen"
    #: The end of the cycle, or its own deadline: a metric has no grace.
    AFTER_DEADLINE = "after the deadline"
    AFTER_GRACE = "after the grace"
    AFTER_CLOSING = "after the closing"
    #: By a later one of the same day.
    SUPERSEDED = "superseded"


#: The words for what is no reading.
_WORDS: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        CheckIn: "check-in",
        BaselineSet: "baseline",
        Adjustment: "adjustment",
        Judgement: "judgement",
        Transition: "transition",
    }
)


@final
@frozen(kw_only=True, repr=False)
class Uncounted:
    """An entry that does not count.

    Args:
        of: The id that it is about: of the item, or of the metric that the item reads.
        on: The day that it is true of.
        entry: The kind of entry: "reading", "check-in" without one, "baseline", "adjustment",
            "judgement" or "transition".
        reading: What was read; None if nothing was.
        reason: Why it does not count.
        why: The same in words, with its days: "before the cycle starts on 2026-07-01".
    """

    of: str
    on: date
    entry: str
    reading: Reading | None
    reason: NotCounted
    why: str

    __attrs_post_init__ = must_fit

    def __str__(self) -> str:
        return f"one {self.entry}, of {self.on}, {self.why}"

    def __repr__(self) -> str:
        return f"Uncounted({self.of!r}, {self.on}, {self.reading!r}, {self.reason})"


def uncounted(figures: Figures, id: str) -> tuple[Uncounted, ...]:
    """Return the entries up to the day of some figures that do not count for an item, oldest first.

    Args:
        figures: The figures of the day.
        id: The id of an objective, key result or guardrail; the readings of a metric all count.
    """
    item = figures.original.items[id]
    if isinstance(item, KeyResult):
        place = figures.program.place_of[id]
        found = [*_of_key_result(figures.of_item(place), place), *_too_late_to_adjust(figures, id)]
        found += _after_closing(figures, place, figures.program.sources[place], id)
    elif isinstance(item, Guardrail):
        row = figures.program.rows[figures.original.homes[id].id]
        place = figures.offset + row
        found = [*_of_guardrail(figures.of_item(place), item, row)]
        found += _after_closing(figures, place, item.metric or id, id)
    else:
        row = figures.program.rows[id]
        # Initiatives have no result of their own.
        work = (each.id for each in figures.program.objectives[row].initiatives)
        found = [*_after_closing(figures, figures.offset + row, id, *work)]
    return tuple(sorted(found, key=lambda each: each.on))


# --- readings outside their window -------------------------------------------------------------


def _of_key_result(figures: Figures, place: int) -> Iterator[Uncounted]:
    program, readings = figures.program, figures.history.readings
    kr, source, grace = program.key_results[place], program.sources[place], _grace(figures)
    first, last = window_of(program, place, grace)
    for row in readings.rows(source, LONG_AGO, min(first - 1, figures.today)):
        if kr.timing is not None and kr.timing.observable_from is not None:
            words = f"before its result can be seen, from {date.fromordinal(first)}"
            yield _reading(readings, row, NotCounted.BEFORE_OBSERVABLE, words)
        else:
            yield _too_early(readings, row, first)
    # What is due before it starts has no window, and nothing is in it twice.
    for row in readings.rows(source, max(first, last + 1), figures.today):
        deadline = program.last[place]
        is_due = deadline < program.ends[program.home[place]]
        yield _too_late(readings, row, deadline, last - deadline, "it was due" if is_due else "")
    if place in program.reads or looks_back(figures.book_of(place).attainment, type(kr.measure)):
        return  # all that was read in the window makes the value
    for row, after in pairwise(readings.rows(source, first, min(last, figures.today))):
        if readings.on[row] == readings.on[after]:
            words = "superseded by a later one of the day"
            yield _reading(readings, row, NotCounted.SUPERSEDED, words)


def _of_guardrail(figures: Figures, guardrail: Guardrail, row: int) -> Iterator[Uncounted]:
    readings, source = figures.history.readings, guardrail.metric or guardrail.id
    first, last = window_of_guardrail(figures.program.objectives[row], guardrail, _grace(figures))
    for at in readings.rows(source, LONG_AGO, min(first - 1, figures.today)):
        yield _too_early(readings, at, first)
    for at in readings.rows(source, last + 1, figures.today):
        end = figures.program.ends[row]
        yield _too_late(readings, at, end, last - end)


def _grace(figures: Figures) -> int:
    return figures.rulebook.closing.grace_days


def _too_early(readings: Column[Reading], row: int, start: int) -> Uncounted:
    words = f"before the cycle starts on {date.fromordinal(start)}"
    return _reading(readings, row, NotCounted.BEFORE_CYCLE, words)


def _too_late(
    readings: Column[Reading], row: int, deadline: int, grace: int, ended: str = ""
) -> Uncounted:
    words = f"after {ended or 'its cycle ended'} on {date.fromordinal(deadline)}"
    if not grace:
        return _reading(readings, row, NotCounted.AFTER_DEADLINE, words)
    return _reading(readings, row, NotCounted.AFTER_GRACE, f"more than {grace} days {words}")


def _reading(readings: Column[Reading], row: int, reason: NotCounted, why: str) -> Uncounted:
    return Uncounted(
        of=readings.of[row],
        on=date.fromordinal(readings.on[row]),
        entry="reading",
        reading=readings.values[row],
        reason=reason,
        why=why,
    )


# --- entries that come too late ----------------------------------------------------------------


def _too_late_to_adjust(figures: Figures, id: str) -> Iterator[Uncounted]:
    """Yield the adjustments of a key result that are dated after the end of its cycle.

    They change nothing but its owner.
    """
    then, decisions = figures.of_item(figures.program.place_of[id]), figures.history.decisions
    for row in decisions.rows(id, LONG_AGO, min(then.today, figures.today)):
        entry = decisions.values[row]
        if _changes_what_counts(entry) and is_after_cycle(figures.original, entry):
            end = figures.program.ends[figures.row_of(figures.program.place_of[id])]
            words = f"after its cycle ended on {date.fromordinal(end)}"
            yield _entry(entry, NotCounted.AFTER_DEADLINE, words)


def _changes_what_counts(entry: object) -> TypeGuard[Adjustment | BaselineSet]:
    if isinstance(entry, BaselineSet):
        return True
    if not isinstance(entry, Adjustment):
        return False
    return any(getattr(entry, name) is not None for name in (*DATED, "rescale"))


def _after_closing(figures: Figures, place: int, *ids: str) -> Iterator[Uncounted]:
    """Yield the entries about some ids that come after the closing of an item."""
    then, history = figures.of_item(place), figures.history
    if then is figures:
        return
    first, last = then.today + 1, figures.today
    for id in dict.fromkeys(ids):
        late = [history.check_in(row) for row in history.check_ins.rows(id, first, last)]
        late += [history.decisions.values[row] for row in history.decisions.rows(id, first, last)]
        for entry in late:
            if type(entry) in _WORDS:
                yield _entry(entry, NotCounted.AFTER_CLOSING, f"after the closing on {then.day}")
    if then.closing is None:
        return  # nothing was written after it that is dated before
    for entry in history.written_after(then.closing):
        if entry.of in ids and type(entry) in _WORDS:
            words = f"written after the closing on {then.day}"
            yield _entry(entry, NotCounted.AFTER_CLOSING, words)


def _entry(entry: Any, reason: NotCounted, why: str) -> Uncounted:
    reading = entry.value if type(entry) is CheckIn else None
    return Uncounted(
        of=entry.of,
        on=entry.on,
        entry=_WORDS[type(entry)] if reading is None else "reading",
        reading=reading,
        reason=reason,
        why=why,
    )


# --- in words ----------------------------------------------------------------------------------


def summed_up(found: Iterable[Uncounted], told: str = "") -> Iterator[str]:
    """Yield a sentence for the entries of each kind and reason, in the order in which they begin.

    Args:
        found: The entries, oldest first.
        told: What is told already; a sentence in it is left out.

    >>> from datetime import date
    >>> early = [Uncounted(of="k", on=date(2026, 6, day), entry="reading", reading=5.0,
    ...                    reason=NotCounted.BEFORE_CYCLE, why="before the cycle starts on 2026-07-01")
    ...          for day in (18, 20)]
    >>> list(summed_up(early))
    ['2 readings, of 2026-06-18 to 2026-06-20, before the cycle starts on 2026-07-01']
    """
    groups: dict[tuple[str, str], list[Uncounted]] = {}
    for each in found:
        groups.setdefault((each.entry, each.why), []).append(each)
    for (entry, why), members in groups.items():
        days = dict.fromkeys(str(each.on) for each in (members[0], members[-1]))
        words = f"{len(members)} {entry}s, of {' to '.join(days)}, {why}"
        words = str(members[0]) if len(members) == 1 else words
        if words not in told:
            yield words
