"""Tables: a plan as one list of rows for each kind of item, for relational stores, and back.

1. A row has the fields of one item, the id of its home objective, and its position there. A measure, a
   cycle or another group is one column of plain data.
2. Every row of a table has every column, defaults included, as databases require.
3. Nothing is lost: `from_tables(to_tables(plan))` is the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from okrcore._checks import must_be_a
from okrcore.codec.conversion import from_plain, to_plain
from okrcore.codec.document_faults import at_path, is_list, is_object, key, undecodable, unwalkable
from okrcore.codec.documents import Unknown, is_strict
from okrcore.codec.type_hints import TYPE, fields_of
from okrcore.errors import InconsistentPlanError, InvalidValueError, OkrError
from okrcore.plan import (
    Alignment,
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultRef,
    Metric,
    Objective,
    Outside,
    Plan,
    Priority,
)
from okrcore.plan.digest import tag_of
from okrcore.plan.item import FirstHints, Hint

__all__ = ["TABLES", "from_tables", "to_tables"]

#: Tables, with the kind of their rows and their field in the plan or objective.
TABLES: Final[Mapping[str, tuple[type[Any], str]]] = MappingProxyType(
    {
        "objectives": (Objective, "objectives"),
        "key_results": (KeyResult, "key_results"),
        "key_result_refs": (KeyResultRef, "key_results"),
        "guardrails": (Guardrail, "guardrails"),
        "initiatives": (Initiative, "initiatives"),
        "alignments": (Alignment, "supports"),
        "metrics": (Metric, "metrics"),
        "outside": (Outside, "outside"),
        "priorities": (Priority, "priorities"),
    }
)
_IN_PLAN: Final = frozenset({"objectives", "metrics", "outside", "priorities"})
_IN_OBJECTIVE: Final = frozenset(field for _, field in TABLES.values()) - _IN_PLAN
_UNION: Final = frozenset({"key_results", "key_result_refs"})
_TAG: Final = frozenset({TYPE})
_NOTHING: Final[frozenset[str]] = frozenset()


# --- out ---------------------------------------------------------------------------------------


def to_tables(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Return a plan as rows of plain data: a table for each kind of item, and one for alignments.

    Laws: test_tables_read_back_as_the_plan.

    >>> from okrcore import Judged
    >>> grow = Objective("grow", "Grow", key_results=[KeyResult("arpa", "Revenue", Judged())])
    >>> row = to_tables(Plan([grow]))["key_results"][0]
    >>> row["objective"], row["position"], row["id"], row["measure"], row["weight"]
    ('grow', 0, 'arpa', {'type': 'judged'}, 1.0)
    """
    must_be_a(to_tables, "plan", plan, Plan)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for field in _IN_PLAN:
        for position, item in enumerate(getattr(plan, field)):
            tables[field].append(_row(item, {"position": position}))
    for objective in plan.objectives:
        for table, (kind, field) in TABLES.items():
            if table in _IN_PLAN:
                continue
            tables[table].extend(
                _row(member, {"objective": objective.id, "position": position})
                for position, member in enumerate(getattr(objective, field))
                if isinstance(member, kind)
            )
    return tables


def _row(item: Any, placement: dict[str, Any]) -> dict[str, Any]:
    columns = {
        field.name: to_plain(getattr(item, field.name), field.type)
        for field in fields_of(type(item))
        if not (isinstance(item, Objective) and field.name in _IN_OBJECTIVE)
    }
    return placement | columns


# --- in ----------------------------------------------------------------------------------------


def from_tables(tables: object, *, unknown: Unknown = "refuse") -> Plan:
    """Return the plan in tables. Rows come in any order; `position` sorts them.

    Args:
        tables: Lists of rows by table; missing tables are empty.
        unknown: "refuse" unknown columns, or "ignore" them.

    Raises:
        DecodeError: They cannot be read; `faults` lists the first 100 faults, each by its table, row and
            column.

    >>> from_tables({"objectives": [{"id": "grow", "title": "", "position": 0}]})
    Traceback (most recent call last):
    ...
    okrcore.errors.DecodeError: $.objectives[0].title: must be a non-empty text, got '' [not-text]
    """
    refuses = is_strict(from_tables, unknown)
    if not is_object(tables):
        raise undecodable([InvalidValueError("not-an-object", "$", tables)])
    fault = unwalkable(tables)
    if fault is not None:
        raise undecodable([fault])
    suggest = FirstHints()
    faults = list(_faults_of_tables(tables, suggest)) if refuses else []
    data, origins, misplaced = _nested(tables, suggest, is_strict=refuses)
    plan, found = from_plain(data, Plan, "$", is_strict=refuses)
    faults += [*misplaced, *(_moved(fault, origins) for fault in found)]
    if faults:
        raise undecodable(faults)
    return plan  # type: ignore[no-any-return]  # of the type given


#: A row with the table it is in and its path.
_Row: TypeAlias = tuple[str, str, dict[str, Any]]


def _faults_of_tables(tables: dict[str, Any], suggest: Hint) -> Iterator[OkrError]:
    listed = f"known: {', '.join(TABLES)}"
    for name, rows in tables.items():
        if name not in TABLES:
            hint = suggest(name, TABLES) or listed
            yield InvalidValueError("unknown-field", f"${key(name)}", rows, hint)


def _nested(
    tables: dict[str, Any], suggest: Hint, *, is_strict: bool
) -> tuple[dict[str, Any], dict[str, str], list[OkrError]]:
    """Return the plain data of a plan, the path of the row of each item, and the faults of rows."""
    rows, faults = _rows(tables)
    data: dict[str, Any] = {field: [] for field in _IN_PLAN}
    homes: dict[str, tuple[dict[str, Any], str]] = {}
    origins: dict[str, str] = {}
    for table, where, row in rows:
        kind, field = TABLES[table]
        hidden = _IN_OBJECTIVE if kind is Objective else _TAG if table in _UNION else _NOTHING
        if is_strict:
            faults.extend(
                InvalidValueError("unknown-field", f"{where}.{name}", row[name])
                for name in row
                if name in hidden
            )
        placement = {"position"} if table in _IN_PLAN else {"position", "objective"}
        item = {name: value for name, value in row.items() if name not in hidden | placement}
        holder, path = data, "$"
        if table not in _IN_PLAN:
            home = row.get("objective")
            if type(home) is not str or home not in homes:
                hint = suggest(home, homes) or "name an objective"
                faults.append(InconsistentPlanError("unknown-id", f"{where}.objective", home, hint))
                continue
            holder, path = homes[home]
        if table in _UNION:
            item[TYPE] = tag_of(kind)
        members = holder.setdefault(field, [])
        path = f"{path}.{field}[{len(members)}]"
        members.append(item)
        origins[path] = where
        if kind is Objective and type(row.get("id")) is str:
            homes.setdefault(row["id"], (item, path))
    return data, origins, faults


def _rows(tables: dict[str, Any]) -> tuple[list[_Row], list[OkrError]]:
    """Return every row in order: objectives first, and each list by its positions."""
    found: list[tuple[int, int, _Row]] = []
    faults: list[OkrError] = []
    fields = [field for _, field in TABLES.values()]
    for table, (_, field) in TABLES.items():
        rows = tables.get(table, [])
        if not is_list(rows):
            faults.append(InvalidValueError("not-a-sequence", f"$.{table}", rows))
            continue
        for number, row in enumerate(rows):
            where = f"$.{table}[{number}]"
            if not is_object(row):
                faults.append(InvalidValueError("not-an-object", where, row))
                continue
            position = row.get("position")
            if type(position) is not int:
                faults.append(InvalidValueError("not-whole", f"{where}.position", position))
                position = 0
            found.append((fields.index(field), position, (table, where, row)))
    return [row for *_, row in sorted(found, key=lambda one: one[:2])], faults


def _moved(fault: OkrError, origins: Mapping[str, str]) -> OkrError:
    """Return a fault of a plan as one of the row it comes from."""
    outer = fault.path.index("]") + 1
    item = fault.path[: fault.path.find("]", outer) + 1]
    if item not in origins:
        item = fault.path[:outer]
    return at_path(fault, origins[item] + fault.path[len(item) :])
