"""Entries that do not count, each with its reason.

Rules of this file:

1. A reading counts, is uncounted, or is replaced by one of a later day as the latest of its window.
2. Nothing is kept, since few entries are uncounted, and few items are read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum, unique
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, Literal, TypeGuard, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.journal import (
    Adjustment,
    BaselineSet,
    CheckIn,
    Closing,
    Judgement,
    Transition,
)
from okrcore.journal.fact_columns import Column
from okrcore.journal.history import History
from okrcore.plan import Guardrail, Initiative, KeyResult, Reading
from okrcore.scorecard.day.bounds_by_day import past_rows
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO, shown_from
from okrcore.scorecard.day.derived_metrics import of_part
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrail_readings import rows_of_guardrail, window_of_guardrail
from okrcore.scorecard.day.measure_progress import looks_back
from okrcore.scorecard.day.readings import end_of_grace, window_of
from okrcore.scorecard.day.settling import is_firm
from okrcore.scorecard.day.stages import Stages
from okrcore.words.reason import Reason, as_reason

__all__ = ["NotCounted", "Uncounted", "summed_up", "uncounted"]


@unique
class NotCounted(StrEnum):
    """Reasons why an entry does not count."""

    BEFORE_CYCLE = "before the cycle"
    BEFORE_OBSERVABLE = "before it can be seen"
    #: The end of the cycle, or its own deadline: of a reading with a moment, and of a metric.
    AFTER_DEADLINE = "after the deadline"
    AFTER_GRACE = "after the grace"
    #: True of a day up to the end, and written after the grace.
    WRITTEN_LATE = "written after the grace"
    AFTER_CLOSING = "after the closing"
    #: By a later one of the same day.
    SUPERSEDED = "superseded"
    #: The rulebook lets nobody settle a hard guardrail.
    CANNOT_SETTLE = "cannot settle"


#: Words for entries that are no readings.
_WORDS: Final[Mapping[type[Any], Any]] = MappingProxyType(
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
        of: Id of the item, or of the metric that the item reads.
        on: Date of the entry.
        entry: The kind of entry: "reading", "check-in" without one, "baseline", "adjustment",
            "judgement" or "transition".
        reading: The reading; None if the entry has none.
        reason: Code for why it does not count.
        why: The same in words, with its days: "before the cycle starts on 2026-07-01".
    """

    of: str
    on: date
    entry: Literal["reading", "check-in", "baseline", "adjustment", "judgement", "transition"]
    reading: Reading | None
    reason: NotCounted
    why: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __str__(self) -> str:
        return _counted([self])

    def __repr__(self) -> str:
        return f"Uncounted({self.of!r}, {self.on}, {self.reading!r}, {self.reason})"


def uncounted(stages: Stages, id: str) -> tuple[Uncounted, ...]:
    """Return the entries up to a day that do not count for an objective, key result, guardrail or initiative.

    They are in order of days. All readings of a metric count for the metric itself.
    """
    item, compiled = stages.facts.plan.items[id], stages.facts.compiled
    if isinstance(item, KeyResult):
        index = compiled.index_of[id]
        then, at = stages.of_item(index)
        found = [*_of_key_result(then.facts, at), *_too_late_to_adjust(stages, id)]
        found += _after_closing(stages, index, compiled.sources[index], id)
    elif isinstance(item, Guardrail):
        index = compiled.index_of[stages.facts.plan.homes[id].id]
        then, at = stages.of_item(index)
        found = [*_of_guardrail(then.facts, item, at)]
        found += _after_closing(stages, index, item.metric or id, id)
    elif isinstance(item, Initiative):
        index = compiled.index_of[stages.facts.plan.homes[id].id]
        then, at = stages.of_item(index)
        found = [*_of_work(then.facts, item, at)]
        found += _after_closing(stages, index, id)
        closing = then.facts.life_of(id).closing
        found += _after(then.facts, closing.on, closing, [id]) if closing is not None else ()
    else:
        found = [*_after_closing(stages, compiled.index_of[id], id)]
    if compiled.arithmetic:
        derived = compiled.arithmetic.keys()
        found = [
            of_part(each) if each.of in derived and each.reading is not None else each
            for each in found
        ]
    return tuple(sorted(found, key=lambda each: each.on))


# --- readings outside their window -------------------------------------------------------------


def _of_key_result(facts: Facts, index: int) -> Iterator[Uncounted]:
    compiled, history = facts.compiled, facts.every
    kr, source, readings = compiled.key_results[index], compiled.sources[index], history.readings
    first, last = window_of(facts, index)
    for row in readings.rows(source, LONG_AGO, min(first - 1, facts.today)):
        if shown_from(kr) == first:
            words = Reason("uncounted/before-observable", day=date.fromordinal(first))
            yield _reading(readings, row, NotCounted.BEFORE_OBSERVABLE, words)
        else:
            yield _too_early(readings, row, first)
    deadline = compiled.last[index]
    due = "due" if deadline < compiled.ends[compiled.home[index]] else "cycle"
    # A key result that is due before it starts has no window; no reading is yielded twice.
    rows = readings.rows(source, first, facts.today)
    rest = yield from _too_late(history, rows, (deadline, last, end_of_grace(facts, index)), due)
    if index in compiled.aggregations or looks_back(
        facts.books[index].attainment, type(kr.measure)
    ):
        return  # all readings in the window make the value
    for row, after in pairwise(rest):
        if readings.on[row] == readings.on[after]:
            words = Reason("uncounted/superseded")
            yield _reading(readings, row, NotCounted.SUPERSEDED, words)


def _of_guardrail(facts: Facts, guardrail: Guardrail, index: int) -> Iterator[Uncounted]:
    readings, source = facts.every.readings, guardrail.metric or guardrail.id
    first, last = window_of_guardrail(facts, index, guardrail)
    rows, _ = rows_of_guardrail(facts, facts.every, index, guardrail)
    used = {*past_rows(facts, facts.every, index, guardrail), *rows}
    for at in readings.rows(source, LONG_AGO, min(first - 1, facts.today)):
        if at not in used:
            yield _too_early(readings, at, first)
    days = facts.compiled.ends[index], last, end_of_grace(facts, index)
    yield from _too_late(facts.every, readings.rows(source, first, facts.today), days)
    decisions, end = facts.every.decisions, facts.compiled.ends[index]
    for at in decisions.rows(guardrail.id, end + 1, facts.today):
        if isinstance(decisions.values[at], BaselineSet):
            words = Reason("uncounted/after-cycle", day=date.fromordinal(end))
            yield _entry(decisions.values[at], NotCounted.AFTER_DEADLINE, words)
    book = facts.books[index]
    if is_firm(book.guardrails, guardrail):
        judgements = facts.every.judgements
        for at in judgements.rows(guardrail.id, LONG_AGO, facts.today):
            words = Reason("uncounted/cannot-settle", rulebook=book.name)
            yield _entry(judgements.values[at], NotCounted.CANNOT_SETTLE, words)


def _of_work(facts: Facts, work: Initiative, index: int) -> Iterator[Uncounted]:
    rows = facts.every.readings.rows(work.id, LONG_AGO, facts.today)
    last = end_of_grace(facts, index)
    yield from _too_late(facts.every, rows, (facts.compiled.ends[index], last, last))


def _too_early(readings: Column[Reading], row: int, start: int) -> Uncounted:
    words = Reason("uncounted/before-cycle", day=date.fromordinal(start))
    return _reading(readings, row, NotCounted.BEFORE_CYCLE, words)


def _too_late(
    history: History, rows: Iterable[int], days: tuple[int, int, int], by: str = "cycle"
) -> Generator[Uncounted, None, Sequence[int]]:
    """Yield the readings that are true of a day, or were written, too late; return the other rows.

    `days` are the deadline, the last day of readings without a moment, and that on which one may be written;
    `by` is "due" for a deadline of its own.
    """
    deadline, last, grace_end = days
    readings, recorded, rest = history.readings, history.timed_readings.recorded, list[int]()
    if last >= FOREVER:
        return [*rows]
    day = date.fromordinal(deadline)
    for row in rows:
        on, written = readings.on[row], recorded.get(row, 0)
        if on > deadline and (written or last == deadline):
            words = Reason(f"uncounted/after-{by}", day=day)
            yield _reading(readings, row, NotCounted.AFTER_DEADLINE, words)
        elif on > last:
            words = Reason(f"uncounted/long-after-{by}", count=last - deadline, day=day)
            yield _reading(readings, row, NotCounted.AFTER_GRACE, words)
        elif written > grace_end:
            words = Reason(f"uncounted/written-after-{by}", count=written - deadline, day=day)
            yield _reading(readings, row, NotCounted.WRITTEN_LATE, words)
        else:
            rest.append(row)
    return rest


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


def _too_late_to_adjust(stages: Stages, id: str) -> Iterator[Uncounted]:
    """Yield the adjustments of a key result after its cycle, which change nothing but its owner."""
    facts, index = stages.facts, stages.facts.compiled.index_of[id]
    then, decisions = stages.of_item(index)[0].facts, facts.every.decisions
    for row in decisions.rows(id, LONG_AGO, min(then.today, facts.today)):
        entry = decisions.values[row]
        if _has_effect_on_score(entry) and facts.is_late(entry):
            end = facts.compiled.ends[facts.compiled.home[index]]
            words = Reason("uncounted/after-cycle", day=date.fromordinal(end))
            yield _entry(entry, NotCounted.AFTER_DEADLINE, words)


#: Fields of an adjustment that change a plan; an owner changes no number.
_WITH_EFFECT: Final = ("measure", "due", "cycle", "ambition", "sets", "adds", "removes", "rescale")


def _has_effect_on_score(entry: object) -> TypeGuard[Adjustment | BaselineSet]:
    if isinstance(entry, BaselineSet):
        return True
    if not isinstance(entry, Adjustment):
        return False
    return any(getattr(entry, name) for name in _WITH_EFFECT) or entry.weight is not None


def _after_closing(stages: Stages, index: int, *ids: str) -> Iterator[Uncounted]:
    """Yield the entries about some ids after the closing of an item."""
    then = stages.of_item(index)[0]
    if then is not stages:
        yield from _after(stages.facts, then.facts.day, then.own_closing, ids)


def _after(
    facts: Facts, day: date, closing: Closing | None, ids: Iterable[str]
) -> Iterator[Uncounted]:
    """Yield the entries about some ids after a day, and those of days before that were written after a closing."""
    history, first, last = facts.every, day.toordinal() + 1, facts.today
    for id in dict.fromkeys(ids):
        late = [history.check_in(row) for row in history.check_ins.rows(id, first, last)]
        late += [history.decisions.values[row] for row in history.decisions.rows(id, first, last)]
        for entry in late:
            if type(entry) in _WORDS:
                words = Reason("uncounted/after-closing", day=day)
                yield _entry(entry, NotCounted.AFTER_CLOSING, words)
    for entry in () if closing is None else history.written_after(closing):
        if entry.of in ids and type(entry) in _WORDS:
            words = Reason("uncounted/written-after-closing", day=day)
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


def summed_up(found: Iterable[Uncounted], written: str = "") -> Iterator[str]:
    """Yield a sentence for the entries of each kind and reason, in the order of the first of each.

    Args:
        found: The entries, oldest first.
        written: Text that is written already; sentences in it are left out.

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
    for members in groups.values():
        words = _counted(members)
        if words not in written:
            yield words


def _counted(members: Sequence[Uncounted]) -> Reason:
    """Return the sentence of entries of one kind and reason, oldest first."""
    first, last = members[0], members[-1]
    days = Reason("uncounted/days", first=first.on, last=last.on)
    return Reason(
        f"uncounted/{first.entry}",
        count=len(members),
        days=first.on if first.on == last.on else days,
        why=first.why,
    )
