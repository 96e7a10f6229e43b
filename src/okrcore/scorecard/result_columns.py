"""Fields of the results of all objectives and key results, as lists in plan order.

Rules of this file:

1. A field is defined by its result, see `evaluated_results`. The fast way for many takes a column of a stage,
   if it has the field, or one from which it follows in a line.
2. Closed items have the columns of their closing.

Laws: test_columns_are_the_fields_of_results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from attrs import fields

from okrcore._arith import or_none
from okrcore._checks import as_text
from okrcore.errors import InvalidValueError
from okrcore.plan import BoundState, EachPeriod, KeyResult, Objective, Reading
from okrcore.plan.item import did_you_mean
from okrcore.rulebook import Axis
from okrcore.scorecard.day.each_period import periods_of
from okrcore.scorecard.day.status_by_rule import numbers_on
from okrcore.scorecard.evaluated_results import evaluated_results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.results import KeyResultResult, ObjectiveResult

__all__ = ["OF_KEY_RESULTS", "OF_OBJECTIVES", "columns_of"]

#: Returns a field of some items: of the evaluation of the scorecard, theirs, and their indexes in that.
_Field: TypeAlias = Callable[[Evaluation, Evaluation, Sequence[int]], list[Any]]


def columns_of(
    evaluation: Evaluation,
    names: tuple[str, ...],
    kind: str | None,
    listed: Iterable[Objective] | None,
) -> dict[str, list[Any]]:
    """Return fields of results as lists in plan order, see `Scorecard.columns`.

    They are of the listed objectives and the key results at home in them; None for all.
    """
    kind = as_text(kind)
    if kind is not None and (type(kind) is not str or kind not in _TABLES):
        hint = f"give {' or '.join(map(repr, _TABLES))}"
        raise InvalidValueError("unknown-word", "Scorecard.columns", kind, hint)
    tables = [_TABLES[kind]] if kind is not None else [*_TABLES.values()]
    places, found = _places(evaluation, listed), dict[str, list[Any]]()
    for name in map(as_text, names):
        if type(name) is not str:
            raise InvalidValueError("wrong-type", "Scorecard.columns", name, _hint(name, tables))
        if all(name not in table for table in tables):
            raise InvalidValueError("unknown-word", "Scorecard.columns", name, _hint(name, tables))
        if kind is not None:
            found[name] = _column(evaluation, name, kind, places)
        else:
            both = [_column(evaluation, name, k, places) for k in _TABLES]
            found[name] = _interleaved(evaluation, places, *both)
    return found


def _hint(name: object, tables: Sequence[Mapping[str, _Field]]) -> str:
    """Return the hint for a name that is no field."""
    known = sorted({each for table in tables for each in table})
    others = [kind for kind, table in _TABLES.items() if type(name) is str and name in table]
    if others:
        return f"only {others[0]}s have it"
    return did_you_mean(name, known) or f"give names of fields: {', '.join(known)}"


def _places(evaluation: Evaluation, listed: Iterable[Objective] | None) -> Sequence[int]:
    """Return the places of the listed objectives in the plan."""
    every = evaluation.plan.objectives
    if listed is None:
        return range(len(every))
    wanted = {objective.id for objective in listed}
    return [place for place, objective in enumerate(every) if objective.id in wanted]


def _column(evaluation: Evaluation, name: str, kind: str, places: Sequence[int]) -> list[Any]:
    """Return a field of the items of a kind; None of each if the other kind alone has it."""
    indexes, of_kind = _INDEXES[kind](evaluation, places), _TABLES[kind].get(name)
    if of_kind is None:
        return [None] * len(indexes)
    if not evaluation.settled:
        return of_kind(evaluation, evaluation, indexes)
    by_source: dict[int, tuple[Evaluation, list[int], list[int]]] = {}
    for place, index in enumerate(indexes):
        then, at = evaluation.of_item(index)
        _, mine, theirs = by_source.setdefault(id(then), (then, [], []))
        mine.append(place)
        theirs.append(at)
    found: list[Any] = [None] * len(indexes)
    for then, mine, theirs in by_source.values():
        for place, value in zip(mine, of_kind(evaluation, then, theirs), strict=True):
            found[place] = value
    return found


def _objectives_in_order(evaluation: Evaluation, places: Sequence[int]) -> Sequence[int]:
    in_order = evaluation.facts.compiled.in_plan_order
    return in_order if len(places) == len(in_order) else [in_order[place] for place in places]


def _key_results_in_order(evaluation: Evaluation, places: Sequence[int]) -> Sequence[int]:
    in_order = evaluation.facts.compiled.of_key_results  # compiled in plan order
    starts = evaluation.plan.columns.starts
    if len(places) == len(starts) - 1:
        return in_order
    return [at for place in places for at in in_order[starts[place] : starts[place + 1]]]


def _interleaved(
    evaluation: Evaluation,
    places: Sequence[int],
    objectives: list[Any],
    key_results: list[Any],
) -> list[Any]:
    """Return a column of both kinds: each objective, then the key results at home in it."""
    starts, found, rest = evaluation.plan.columns.starts, list[Any](), iter(key_results)
    for place, value in zip(places, objectives, strict=True):
        found.append(value)
        found += islice(rest, starts[place + 1] - starts[place])
    return found


# --- columns of stages ---------------------------------------------------------------------------


def _numbers(of: Callable[[Evaluation], Sequence[float]]) -> _Field:
    """Return the field that is a column of numbers; None for absent ones."""

    def field(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[float | None]:
        numbers = of(then)
        found = [numbers[at] for at in indexes]
        return [None if each != each else each for each in found]  # noqa: PLR0124  # ABSENT

    return field


def _ids(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[str]:
    ids = then.facts.compiled.ids
    return [ids[at] for at in indexes]


def _titles(card: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[str]:
    items, ids = card.plan.items, then.facts.compiled.ids
    return [items[ids[at]].title for at in indexes]


def _statuses(of: Callable[[Evaluation], Mapping[int, str]]) -> _Field:
    def field(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[str]:
        return list(map(of(then).__getitem__, indexes))

    return field


def _paces(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[float | None]:
    return list(map(or_none, numbers_on(Axis.RATIO, then, indexes)))


def _ranges(
    _: Evaluation, then: Evaluation, indexes: Sequence[int]
) -> list[tuple[float, float] | None]:
    low, high, excluded = then.ranges.low, then.ranges.high, then.excluded
    return [None if excluded[at] else (low[at], high[at]) for at in indexes]


def _breached(card: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[tuple[str, ...]]:
    if BoundState.BREACHED not in then.guardrails.states:
        return [()] * len(indexes)
    return _each("breached_guardrails")(card, then, indexes)


def _readings(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[Reading | None]:
    readings = then.readings
    if readings.made or readings.supposed:
        return [None if read is None else read[0] for read in _reads(then, indexes)]
    rows, values = readings.rows, readings.column.values
    return [values[rows[at]] if rows[at] >= 0 else None for at in indexes]


def _read_on(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[date | None]:
    days = [0 if read is None else read[1] for read in _reads(then, indexes)]
    # Most readings are of a few days.
    dates = {day: date.fromordinal(day) if day else None for day in set(days)}
    return [dates[day] for day in days]


def _reads(then: Evaluation, indexes: Sequence[int]) -> Iterator[tuple[Reading, int] | None]:
    """Yield the reading of each key result, with the ordinal of its day; None if its score is supposed."""
    readings = then.readings
    for at in indexes:
        yield None if at in readings.supposed else readings.of_journal(at)


def _measured(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[float | None]:
    excluded, coverage = then.excluded, then.coverage.values
    return [None if excluded[at] else coverage[at] for at in indexes]


def _excluded(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[bool]:
    excluded, key_results = then.excluded, then.facts.compiled.key_results
    return [bool(excluded[at]) or key_results[at].weight <= 0 for at in indexes]


def _homes(card: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[str]:
    homes, ids = card.plan.homes, then.facts.compiled.ids
    return [homes[ids[at]].id for at in indexes]


def _owners(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[Any]:
    compiled = then.facts.compiled
    items: list[KeyResult | Objective] = [*compiled.key_results, *compiled.objectives]
    return [items[at].owner for at in indexes]


# --- all fields ----------------------------------------------------------------------------------


def _constant(value: object) -> _Field:
    return lambda card, then, indexes: [value] * len(indexes)  # noqa: ARG005


def _each(name: str) -> _Field:
    """Return the field that no stage has as a column: it is computed one by one."""

    def field(card: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[Any]:
        return [getattr(each, name) for each in evaluated_results(card, then, indexes)]

    return field


def _periods(_: Evaluation, then: Evaluation, indexes: Sequence[int]) -> list[Any]:
    if EachPeriod not in then.facts.compiled.kinds:
        return [()] * len(indexes)
    return [periods_of(then.facts, index) for index in indexes]


_BOTH: Final[Mapping[str, _Field]] = {
    "id": _ids,
    "title": _titles,
    "owner": _owners,
    "score": _numbers(lambda then: then.scores.values),
    "progress": _numbers(lambda then: then.scores.progress),
    "confidence": _numbers(lambda then: then.confidence),
    "expected": _numbers(lambda then: then.pace.expected),
    "pace": _paces,
    "score_range": _ranges,
}
_OBJECTIVE: Final[Mapping[str, _Field]] = {
    "kind": _constant("objective"),
    "status": _statuses(lambda then: then.objective_statuses),
    "coverage": _numbers(lambda then: then.coverage.values),
    "elapsed": _numbers(lambda then: then.elapsed),
    "breached_guardrails": _breached,
}
_KEY_RESULT: Final[Mapping[str, _Field]] = {
    "kind": _constant("key result"),
    "status": _statuses(lambda then: then.key_result_statuses),
    "coverage": _measured,
    "baseline": _numbers(lambda then: then.facts.baselines),
    "target": _numbers(lambda then: then.facts.targets),
    "reading": _readings,
    "read_on": _read_on,
    "excluded": _excluded,
    "periods": _periods,
    "objective": _homes,
}


def _all_fields(record: type[Any], in_bulk: Mapping[str, _Field]) -> Mapping[str, _Field]:
    names = [field.name for field in fields(record)]
    return MappingProxyType({name: in_bulk.get(name) or _each(name) for name in names})


#: The fields of objectives, by name.
OF_OBJECTIVES: Final = _all_fields(ObjectiveResult, {**_BOTH, **_OBJECTIVE})
#: The fields of key results, by name.
OF_KEY_RESULTS: Final = _all_fields(KeyResultResult, {**_BOTH, **_KEY_RESULT})

_TABLES: Final[Mapping[str, Mapping[str, _Field]]] = MappingProxyType(
    {"objective": OF_OBJECTIVES, "key result": OF_KEY_RESULTS}
)
_INDEXES: Final[Mapping[str, Callable[[Evaluation, Sequence[int]], Sequence[int]]]] = (
    MappingProxyType({"objective": _objectives_in_order, "key result": _key_results_in_order})
)
