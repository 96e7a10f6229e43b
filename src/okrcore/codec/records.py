"""Flat records for data frames: one mapping a row, the same columns in every row, scalars in every cell.

Rule of this file: records are for output; data to be read back goes through JSON or tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final, cast

from okrcore._checks import as_tuple, is_tuple, must_be_all, path_of
from okrcore.codec.exchange.import_result import ImportProblem
from okrcore.codec.record_cells import ItemRow, Scalar
from okrcore.codec.record_columns import TABLES
from okrcore.errors import InvalidValueError
from okrcore.journal import Correction, Journal
from okrcore.plan import (
    KeyResult,
    KeyResultRef,
    Objective,
    Plan,
    PlanDifference,
)
from okrcore.plan.effective_units import unit_of
from okrcore.plan.scoped_ids import ids_in
from okrcore.review import CycleFinding, DueItem
from okrcore.scorecard import (
    Comparison,
    DayScore,
    ObjectiveGroup,
    Scorecard,
    ScoreMovement,
    StateMovement,
)

__all__ = ["to_records"]


def to_records(
    x: Plan
    | Journal
    | Scorecard
    | Comparison
    | Iterable[DayScore]
    | Iterable[PlanDifference]
    | Iterable[DueItem]
    | Iterable[ObjectiveGroup]
    | Iterable[ScoreMovement]
    | Iterable[StateMovement]
    | Iterable[CycleFinding]
    | Iterable[ImportProblem],
) -> list[dict[str, Scalar]]:
    """Return flat records of a plan, journal, scorecard, comparison, series or list, for data frames.

    Texts are not changed. In a file for a spreadsheet a text that begins with `=`, `+`, `-` or `@` is a
    formula: put an apostrophe before it, as the page on pitfalls shows.

    Sentences and readings in words are plain English texts in any language: programs compare and group by
    them. For people, write those of the results: `words.write(card["arpa"].why)`.

    Args:
        x: A plan gives a record for each item, a journal for each entry in force, then for each correction, a
            scorecard for each result that it lists, a comparison for each movement of a score. So does each
            member of a series, of the differences of two plans, and of a list of due items, groups, movements,
            findings or problems of an import; a list has members of one kind.

    Returns:
        A list of mappings, all with the columns of `COLUMNS` for that kind, in that order. It is empty if
        `x` is.

    Raises:
        InvalidValueError: `x` has another type, or members of several.

    Laws: test_records_hold_scalars_of_one_type.

    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", key_results=[
    ...     okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128), unit="USD")])])
    >>> [(r["id"], r["measure"], r["target"], r["unit"]) for r in to_records(plan)]
    [('grow', None, None, None), ('arpa', 'Increase', 128.0, 'USD')]
    """
    kind = _WHOLE.get(type(x))
    if kind is not None:
        return _records_of(kind, _ROWS[kind](x))
    rows = cast("object", as_tuple(cast("Any", x)))
    if not is_tuple(rows):
        raise InvalidValueError("wrong-type", path_of(to_records, "x"), x, f"give {_KINDS}")
    if not rows:
        return []
    member: type[Any] = type(cast("object", rows[0]))
    if member not in _MEMBERS:
        path = path_of(to_records, "x[0]")
        raise InvalidValueError("wrong-type", path, rows[0], f"give {_KINDS}")
    must_be_all(to_records, "x", rows, member)
    return _records_of(_MEMBERS[member], rows)


def _records_of(kind: str, rows: Iterable[Any]) -> list[dict[str, Scalar]]:
    return [{column.name: cell(row) for column, cell in TABLES[kind]} for row in rows]


# --- rows --------------------------------------------------------------------------------------


def _rows_of_plan(plan: Plan) -> Iterator[ItemRow]:
    for item in plan.each():
        home = item if isinstance(item, Objective) else plan.homes.get(item.id)
        yield ItemRow(item, home, unit=unit_of(plan.items, item))
        if isinstance(item, Objective):
            for kr in item.key_results:
                if isinstance(kr, KeyResultRef):
                    yield ItemRow(kr, item)


def _rows_of_journal(journal: Journal) -> Iterator[Any]:
    yield from journal.in_force
    yield from (entry for entry in journal.entries if isinstance(entry, Correction))


def _rows_of_scorecard(card: Scorecard) -> Iterator[ItemRow]:
    plan, homes = card.plan_in_force, card.plan_in_force.homes
    here = ids_in(plan, card.listed, card.scopes) if card.scopes else plan.items.keys()
    in_bulk = zip(*card.columns(*_FIELDS).values(), strict=True)
    for item in plan.each():
        if item.id not in here:
            continue
        if isinstance(item, (Objective, KeyResult)):
            home = item if isinstance(item, Objective) else homes[item.id]
            result = SimpleNamespace(**dict(zip(_FIELDS, next(in_bulk), strict=True)))
            yield ItemRow(item, home, result, card)
        elif item.id in card:
            yield ItemRow(item, homes.get(item.id), card[item.id], card)


#: Fields of results in records of a scorecard.
_FIELDS: Final = (
    *("kind", "id", "title", "score", "progress", "coverage", "score_range", "expected", "pace"),
    *("confidence", "status", "verdict", "outcome", "reading", "read_on", "baseline", "target"),
    *("periods", "why", "no_score_reason", "status_why"),
)

#: Kinds of records, by the type of the whole, and by the type of a member.
_WHOLE: Final[Mapping[type[Any], str]] = MappingProxyType(
    {Plan: "plan", Journal: "journal", Scorecard: "scorecard", Comparison: "movement"}
)
_MEMBERS: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        DayScore: "series",
        PlanDifference: "difference",
        DueItem: "due",
        ObjectiveGroup: "group",
        ScoreMovement: "movement",
        StateMovement: "state movement",
        CycleFinding: "finding",
        ImportProblem: "problem",
    }
)
_KINDS: Final = (
    f"one of {', '.join(kind.__name__ for kind in _WHOLE)}, "
    f"or a list of one of {', '.join(kind.__name__ for kind in _MEMBERS)}"
)
_ROWS: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = MappingProxyType(
    {
        "plan": _rows_of_plan,
        "journal": _rows_of_journal,
        "scorecard": _rows_of_scorecard,
        "movement": lambda comparison: comparison.movements,
    }
)
