"""Movement of key results: readings at the end of each day, and steps of progress between them.

Rules of this file:

1. Nothing is kept, since few rules need it, and most of them of few items.
2. Each column is one pass over all items, computed if a status rule or a result needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isnan
from typing import Any, Final, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, at_least, snap
from okrcore._columns import spread
from okrcore.journal import CheckIn, Judgement
from okrcore.journal.history import Moment
from okrcore.plan import EstablishBaseline
from okrcore.plan.measures import DELIVERED, LINEAR, change_of
from okrcore.plan.reading import number_of
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.day.expected_progress import MOVING
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.means import combine, items_of
from okrcore.scorecard.day.measure_progress import PROGRESS, line_progress
from okrcore.scorecard.day.readings import Readings, counted_rows, values_of_rows
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs, confidence_inputs_of
from okrcore.scorecard.day.scores import Scores
from okrcore.words.reason import Reason

__all__ = [
    "CheckIns",
    "Declarations",
    "DeclaredStatus",
    "check_ins_of",
    "confidence_of",
    "confidence_of_parts",
    "declarations_of",
    "declared_by",
    "done_of",
    "inputs_of_confidence",
    "is_done",
    "last_moves",
    "moved_on",
    "steps_of",
]


def moved_on(facts: Facts, index: int) -> int:
    """Return the ordinal of the day on which a key result last changed; 0 if it does not move."""
    path = _path(facts, index)
    moves = (on for (_, before), (on, after) in pairwise(path) if before != after)
    return max(moves, default=path[0][0] if path else 0)


def steps_of(facts: Facts, index: int) -> Sequence[float]:
    """Return the step of progress of a moving key result from each reading to the next."""
    measure, rule = facts.compiled.measures[index], facts.books[index].attainment
    baseline, target = facts.baselines[index], facts.targets[index]
    progress = [
        line_progress(rule, value, baseline, target, change_of(measure, baseline))
        if type(measure) in LINEAR
        else PROGRESS[type(measure)](rule, measure, value)
        for _, value in _path(facts, index)
    ]
    return [snap(after - before) + 0.0 for before, after in pairwise(progress)]


def _path(facts: Facts, index: int) -> Sequence[tuple[int, float]]:
    """Return the reading of a moving key result at the end of each day with one, oldest first."""
    compiled, readings = facts.compiled, facts.history.readings
    if type(compiled.measures[index]) not in MOVING:
        return ()
    rows = counted_rows(facts, index)
    ends = {readings.on[row]: number for number, row in enumerate(rows, 1)}
    how = compiled.aggregations.get(index)
    if how is None:
        numbers = facts.history.numbers
        return [(on, numbers[rows[end - 1]]) for on, end in ends.items()]
    made = values_of_rows(how, readings, rows)
    values = ((on, made[end - 1]) for on, end in ends.items())
    return [(on, number_of(value)) for on, value in values if value is not None]


_T = TypeVar("_T", int, Moment)
_V = TypeVar("_V")

#: Measures of work that ends: deliverables, and the search for a baseline.
_FINITE: Final = frozenset({*DELIVERED, EstablishBaseline})


def _kept(closed: Mapping[int, tuple[Sequence[_V], int]]) -> dict[int, _V]:
    """Return a column of closed items, by index, as it was at their closing."""
    return {index: column[at] for index, (column, at) in closed.items()}


def _last_of_parts(_: Sequence[_T], parts: Iterable[Sequence[_T]]) -> Iterable[_T]:
    return map(max, parts)


# --- confidence --------------------------------------------------------------------------------


def confidence_of(
    facts: Facts, inputs: RollUpInputs, closed: Mapping[int, tuple[Sequence[float], int]]
) -> Sequence[float]:
    """Return, by index, the last confidence given; of other objectives the roll-up of their parts."""
    compiled, column = facts.compiled, facts.history.confidences
    latest, values = column.latest(facts.today), [ABSENT] * inputs.count
    rules = [book.confidence for book in facts.distinct_books]
    if not latest and all(r.missing is None and r.weights_total is None for r in rules):
        return values
    scored = compiled.ids[: len(compiled.scored)]
    stated = {index: column.values[latest[id]] for index, id in enumerate(scored) if id in latest}
    stated |= _kept(closed)
    for index, value in stated.items():
        values[index] = value
    _roll_up_confidence(facts, inputs, values, stated)
    return values


def _roll_up_confidence(
    facts: Facts, inputs: RollUpInputs, values: list[float], stated: Mapping[int, float]
) -> None:
    """Fill in objectives: their stated confidence, or else the roll-up of their parts."""
    inputs = inputs_of_confidence(facts, inputs)

    def compute_one(index: int) -> float:
        return (
            stated[index] if index in stated else confidence_of_parts(facts, inputs, index, values)
        )

    clips = facts.by_book(lambda book: book.confidence.result != UNCHANGED)
    apart = {index for index in stated if index in facts.compiled.of_objectives}
    if True in clips:
        apart.update(index for index in facts.compiled.of_objectives if clips[index])
    inputs.fill(values, compute_one, apart=apart)


def inputs_of_confidence(facts: Facts, inputs: RollUpInputs) -> RollUpInputs:
    """Return the parts of each objective for its confidence; those for its score if they are the same."""
    if all(book.confidence == book.roll_up for book in facts.distinct_books):
        return inputs
    return confidence_inputs_of(facts, inputs)


def confidence_of_parts(
    facts: Facts, inputs: RollUpInputs, index: int, values: Sequence[float]
) -> float:
    """Return the roll-up of the confidence of parts, given the inputs for confidence and values by index."""
    rule, parts = facts.books[index].confidence, inputs.of(index)
    missing = ABSENT if rule.missing is None else rule.missing
    entered = {
        at: missing if isnan(values[at]) else rule.entry.apply(values[at]) for at in parts.indexes
    }
    whole = combine(rule, items_of(parts, entered))
    return whole if isnan(whole) else rule.result.apply(whole)


# --- declared statuses -------------------------------------------------------------------------


@final
@frozen
class DeclaredStatus:
    """A status that people gave beside the computed one, in a check-in or a judgement.

    Args:
        status: The status.
        on: The day from which it holds.
        because: The reason of a judgement; empty for a check-in.
    """

    status: str
    on: date
    because: str

    @property
    def why(self) -> Reason:
        """Source of the status, in words."""
        if self.because:
            return Reason("status/judged", day=self.on, because=self.because)
        return Reason("status/declared", day=self.on)


@final
@frozen(eq=False)
class Declarations:
    """Statuses that people gave.

    Args:
        statuses: By id, the last declared or judged status.
        moments: By id, the position of its entry in the order of all entries.
    """

    statuses: Mapping[str, DeclaredStatus]
    moments: Mapping[str, Moment]


def declarations_of(facts: Facts) -> Declarations:
    """Return the statuses that people gave up to the day."""
    column = facts.history.statuses
    found = {id: column.values[row] for id, row in column.latest(facts.today).items()}
    return Declarations(
        {id: declared_by(entry) for id, (entry, _) in found.items()},
        {id: moment for id, (_, moment) in found.items()},
    )


def declared_by(entry: CheckIn | Judgement) -> DeclaredStatus:
    """Return the status that an entry declares."""
    because = entry.because if isinstance(entry, Judgement) else ""
    return DeclaredStatus(str(entry.status), entry.on, because)


# --- check-ins ---------------------------------------------------------------------------------


@final
@frozen(eq=False)
class CheckIns:
    """Columns by index, of check-ins with or without a reading.

    Args:
        last: Ordinal of the day of the last one; 0 without one in the cycle.
        awaited: Ordinal of the first day on which a reading is awaited; 0 without a cycle.
        is_due: Whether a reading is awaited by now.
        every: Days from one expected check-in to the next; of an objective the least of its own.
        deadlines: Ordinal of the last day.
        until: Ordinal of the day, or of a deadline that is over.
    """

    last: Sequence[int]
    awaited: Sequence[int]
    is_due: bytes
    every: Sequence[int]
    deadlines: Sequence[int]
    until: Sequence[int]


def check_ins_of(
    facts: Facts,
    inputs: RollUpInputs,
    supposed: Iterable[int],
    closed: Mapping[int, tuple[CheckIns, int]],
) -> CheckIns:
    """Return the check-ins of every item; a supposed score counts as a check-in of the day."""
    awaited, deadlines = _awaited_days(facts, inputs, closed), facts.compiled.last
    today = facts.today
    return CheckIns(
        _last_days(facts, inputs, supposed, awaited, closed),
        awaited,
        _is_due(facts, inputs, awaited),
        _check_in_days(facts),
        deadlines,
        # `min` takes twice as long.
        [last if last < today else today for last in deadlines],  # noqa: FURB136
    )


def _last_days(
    facts: Facts,
    inputs: RollUpInputs,
    supposed: Iterable[int],
    awaited: Sequence[int],
    closed: Mapping[int, tuple[CheckIns, int]],
) -> Sequence[int]:
    compiled, column = facts.compiled, facts.history.checked_in
    row_of = column.latest(facts.today).get
    on, rows = column.on, column.last_until(facts.today, compiled.sources)
    days = [on[row] if row >= 0 else 0 for row in rows]
    others = compiled.ids[compiled.of_objectives.start : compiled.of_objectives.stop]
    days += [0 if row is None else on[row] for row in map(row_of, others)]
    for index in compiled.shared:
        row = row_of(compiled.ids[index])
        days[index] = max(days[index], 0 if row is None else on[row])
    for index, how in compiled.derived.items():
        # A derived key result is checked in with its parts, which come before it.
        days[index] = max(days[index], *(days[compiled.index_of[id]] for id in how.of))
    for index in supposed:
        days[index] = facts.today
    kept = {index: then.last[at] for index, (then, at) in closed.items()}
    days += [0] * (inputs.count - len(days))
    inputs.gather(days, _last_of_parts, closed=kept)
    if on and on[0] < max(awaited, default=0):
        # A check-in before a cycle does not count in it.
        days = [0 if day < first else day for day, first in zip(days, awaited, strict=False)]
    return days


def _awaited_days(
    facts: Facts, inputs: RollUpInputs, closed: Mapping[int, tuple[CheckIns, int]]
) -> Sequence[int]:
    """Return, by index, the ordinal of the first day on which a reading is awaited; 0 without a cycle."""
    compiled = facts.compiled
    first = compiled.of_objectives.start
    days = spread(compiled.starts[first:], compiled.home, first)
    for index, (own, _) in compiled.own_days.items():
        days[index] = max(days[index], own) if days[index] else 0
    if len(set(days)) == 1:  # as in a plan for one quarter
        return days
    kept = {index: then.awaited[at] for index, (then, at) in closed.items()}
    days += [0] * (inputs.count - len(days))
    inputs.gather(
        days, lambda own, parts: map(max, own, map(min, parts)), weighed=True, closed=kept
    )
    return days


def _is_due(facts: Facts, inputs: RollUpInputs, awaited: Sequence[int]) -> bytes:
    found = bytearray([first <= facts.today for first in awaited])
    for index in inputs.without_parts:
        found[index] = 0
    for index in facts.idle_items:
        found[index] = 0
    return bytes(found)


def _check_in_days(facts: Facts) -> Sequence[int]:
    plan, compiled, first = facts.plan, facts.compiled, facts.compiled.of_objectives.start
    # By identity: most objectives share a few cycles, and hashing one walks through all of it.
    cycles = [id(objective.cycle) for objective in compiled.objectives]
    distinct = dict(zip(cycles, compiled.objectives, strict=True))
    every = {cycle: check_in_days(plan, objective) for cycle, objective in distinct.items()}
    days = spread([every[cycle] for cycle in cycles], compiled.home, first)
    for index in compiled.paced:
        days[index] = check_in_days(plan, compiled.home_of(index), compiled.key_results[index])
    if compiled.paced:
        own: dict[int, int] = {}
        for index in compiled.of_key_results:
            home = compiled.home[index]
            own[home] = min(days[index], own.get(home, days[index]))
        for index, least in own.items():
            days[index] = least
    return days


# --- movement and completion -------------------------------------------------------------------


def last_moves(
    facts: Facts, inputs: RollUpInputs, closed: Mapping[int, tuple[Sequence[int], int]]
) -> Sequence[int]:
    """Return, by index, the ordinal of the day of the last change of a moving item; 0 of others."""
    compiled = facts.compiled
    days = [moved_on(facts, index) for index in compiled.of_key_results]
    days += [0] * (inputs.count - len(days))
    inputs.gather(days, _last_of_parts, closed=_kept(closed))
    return days


def is_done(kind: type[Any], score: float) -> bool:
    """Whether nothing is left to do in a key result with a reading, by its class of measure and score."""
    # A score that is ABSENT is not at least anything.
    return kind in _FINITE and (kind is EstablishBaseline or at_least(score, 1.0))


def done_of(
    facts: Facts,
    inputs: RollUpInputs,
    readings: Readings,
    scores: Scores,
    closed: Mapping[int, tuple[bytes, int]],
) -> bytes:
    """Return, by index, 1 if nothing is left to do: delivered in full, or the baseline found."""
    compiled, done = facts.compiled, bytearray(inputs.count)
    kinds: Mapping[Any, Sequence[int]] = compiled.nonlinear
    finite = {kind: indexes for kind, indexes in kinds.items() if kind in _FINITE}
    read_on = readings.days if finite else ()
    for kind, indexes in finite.items():
        for index in indexes:
            done[index] = read_on[index] > 0 and is_done(kind, scores.values[index])
    kept = _kept(closed)
    if 1 in done or 1 in kept.values():
        inputs.gather(
            done, lambda _, parts: map(all, parts), weighed=True, with_work=True, closed=kept
        )
    return bytes(done)
