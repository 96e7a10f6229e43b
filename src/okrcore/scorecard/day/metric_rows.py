"""Rows of metrics: readings of derived metrics, made of those of their parts, and readings after a retirement.

Rules of this file:

1. Each check-in of a part is also a row of every metric derived from it, with the id of the part, of the same day
   and moment. So windows, deadlines and graces hold for a derived metric as for any other.
2. Such a row has no value alone: that of a window follows from all rows in it, see `Arithmetic`.
3. A retired metric has no rows of after its closing, on days on which that is in force.
4. A plan without derived and retired metrics has the index of the journal itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from okrcore._memo import once
from okrcore.journal import CheckIn, Closing
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.history import History, index
from okrcore.plan import Metric, Plan, Reading
from okrcore.scorecard.day.derived_metrics import arithmetic_of

__all__ = ["retired_on", "with_metric_rows"]

#: Plans of which a history keeps the rows (library default).
_MOST_KEPT: Final = 8


def retired_on(plan: Plan, history: History, day: date) -> Mapping[str, Closing]:
    """Return the closings in force on a day of the metrics of a plan, by id."""
    lives = history.lives
    ids = [id for id in lives if isinstance(plan.items.get(id), Metric)]
    found = {id: history.lifecycle(id, day).closing for id in ids}
    return {id: closing for id, closing in found.items() if closing is not None}


def with_metric_rows(plan: Plan, history: History, day: date) -> History:
    """Return the index with the rows of the metrics of a plan on a day; itself if there is no rare one."""
    retired = retired_on(plan, history, day)
    takers: dict[str, list[str]] = {}
    for metric, arithmetic in once(plan, arithmetic_of).items():
        for part in arithmetic.parts:
            takers.setdefault(part, []).append(metric)
    if not takers and not retired:
        return history
    kept, key = history.kept_derived, (id(plan), *map(id, retired.values()))
    found = kept.get(key)
    if found is None:
        while len(kept) >= _MOST_KEPT:
            # Another thread may have taken it out already.
            kept.pop(next(iter(kept), None), None)
        # With the plan, so that no other one has its identity while this is kept.
        found = kept[key] = plan, _indexed(history, takers, retired)
    made: History = found[1]
    return made


def _indexed(
    history: History, takers: Mapping[str, Sequence[str]], retired: Mapping[str, Closing]
) -> History:
    derived = {id for ids in takers.values() for id in ids}
    last = {id: closing.on.toordinal() for id, closing in retired.items()}
    rows = zip(history.check_ins.of, history.check_ins.on, history.check_ins.values, strict=True)
    in_columns: list[tuple[str, int, Any]] = [
        (of, on, value)
        for of, on, value in rows
        if not isinstance(value, CheckIn) and of not in derived and on <= last.get(of, on)
    ]
    in_columns += [
        # ABSENT of a check-in without a reading differs from itself.
        (id, on, ((of, value),) if value == value else value)  # noqa: PLR0124
        for of, on, value in in_columns
        for id in takers.get(of, ())
        if on <= last.get(id, on)
    ]
    of, on, values = zip(*in_columns, strict=True) if in_columns else ((), (), ())
    columns = CheckIns(of, array("l", on), cast("Sequence[Reading]", values))
    return index(columns, [*_written(history.uncorrected, derived, takers, retired)])


def _written(
    entries: Iterable[Any],
    derived: Iterable[str],
    takers: Mapping[str, Sequence[str]],
    retired: Mapping[str, Closing],
) -> Iterator[Any]:
    """Yield entries that no correction voids, each check-in of a part followed by the rows made of it.

    Entries are in order, so those of a day after a closing of that day come after it.
    """
    ended = set[str]()
    for entry in entries:
        if type(entry) is not CheckIn:
            if any(entry is closing for closing in retired.values()):
                ended.add(entry.of)
            yield entry
        elif entry.of not in derived and entry.of not in ended:
            yield entry
            if isinstance(entry.value, (str, tuple)):
                continue  # it is of a later day, and does not fit
            for id in takers.get(entry.of, ()):
                if id not in ended:
                    value = None if entry.value is None else cast("Any", {entry.of: entry.value})
                    yield CheckIn(id, entry.on, value, recorded=entry.recorded)
