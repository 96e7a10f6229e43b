"""Rows, texts and documents with many members, and acts with many faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import okrcore as okr
from growth.shapes import DAY, Q3, goal, kr, readings
from okrcore import codec

__all__ = ["DOORS", "FAULTS"]

#: Makes what comes in, of a size, and returns the work that takes it.
Door = Callable[[int], Callable[[], object]]


def rows(make: Callable[[int], dict[str, Any]]) -> Door:
    def door(n: int) -> Callable[[], object]:
        made = [make(i) for i in range(n)]
        return lambda: okr.read_rows(made)

    return door


def text(make: Callable[[int], str]) -> Door:
    def door(n: int) -> Callable[[], object]:
        made = make(n)
        return lambda: okr.read_text(made, cycle=Q3)

    return door


def lines(line: Callable[[int], str]) -> Door:
    return text(lambda n: "\n".join(["O: top", *map(line, range(n))]))


def document(kind: str, make: Callable[[int], dict[str, Any]]) -> Door:
    def door(n: int) -> Callable[[], object]:
        made = {"okrcore": 1, "kind": kind, "data": make(n)}
        return lambda: codec.load(made)

    return door


def goals(make: Callable[[int], dict[str, Any]]) -> Door:
    def data(n: int) -> dict[str, Any]:
        return {"objectives": [{"id": f"o{i}", "title": "t", **make(i)} for i in range(n)]}

    return document("plan", data)


def plan_of(n: int) -> okr.Plan:
    return okr.Plan([goal(f"o{i}", kr(f"k{i}")) for i in range(n)])


def journal_of(make: Callable[[int], Any]) -> Door:
    """Evaluation of a plan with as many entries as it has objectives."""

    def door(n: int) -> Callable[[], object]:
        plan, journal = plan_of(n), okr.Journal([make(i) for i in range(n)])
        return lambda: okr.evaluate(plan, journal, as_of=DAY)

    return door


def tables(table: str, make: Callable[[int], dict[str, Any]]) -> Door:
    def door(n: int) -> Callable[[], object]:
        made = codec.to_tables(plan_of(n))
        made[table] = [{**row, **make(i)} for i, row in enumerate(made[table])]
        return lambda: codec.from_tables(made)

    return door


def day(i: int) -> str:
    return (date(2025, 1, 1) + timedelta(days=i)).isoformat()


DOORS: Final[dict[str, Door]] = {
    "rows of one history": rows(
        lambda i: {"Objective": "O", "Key Result": "K", "Current": str(i), "Date": day(i)}
    ),
    "rows of many objectives": rows(
        lambda i: {"Objective": f"O{i}", "Key Result": "K", "Target": 9}
    ),
    "rows of one objective": rows(lambda i: {"Objective": "O", "Key Result": f"K{i}", "Target": 9}),
    "rows that are repeated": rows(lambda _: {"Objective": "O", "Key Result": "K", "Target": 9}),
    "rows of one title": rows(
        lambda i: {"Objective": f"O{'!' * i}", "Key Result": "K", "Target": 9}
    ),
    "rows of a chain": rows(lambda i: {"Objective": f"O{i}", "Supports": f"O{i - 1}" if i else ""}),
    # 0 and 1 support each other, and so do 2 and 3.
    "rows of circles": rows(lambda i: {"Objective": f"O{i}", "Supports": f"O{i ^ 1}"}),
    "rows that are not understood": rows(
        lambda i: {
            "Objective": "O",
            "Key Result": f"K{i}",
            "Target": "soon",
            "Date": "then",
            "x": i,
        }
    ),
    "columns of one row": lambda n: (
        lambda: okr.read_rows([{f"KR {i} title": "K" for i in range(n)}])
    ),
    "text of one objective": lines(lambda i: f"  KR: k{i} 0 -> 9"),
    "text of many objectives": lines(lambda i: f"O: o{i} @Ana Ruiz"),
    "text of one title": lines(lambda _: "O: o"),
    "text of a chain": lines(lambda i: f"O: o{i} (supports #{f'o{i - 1}' if i else 'top'})"),
    "text that is not understood": lines(lambda i: f"what is this? {i}"),
    "text of one long line": text(lambda n: "O: " + "a -> " * n),
    "text of marks": text(lambda n: "O: a " + "(committed) @b #c " * n),
    "score_columns": lambda n: (
        lambda: codec.score_columns(
            objectives=list(range(n)),
            objective_of=list(range(n)),
            baselines=[0.0] * n,
            targets=[1.0] * n,
            values=[0.5] * n,
            children=list(range(1, n)),
            parents=[0] * (n - 1),
        )
    ),
    "check-ins in columns": lambda n: (
        lambda: okr.Journal.from_columns([f"k{i}" for i in range(n)], [DAY] * n, [1.0] * n)
    ),
    "entries that are left out": lambda n: (
        lambda: (
            okr.evaluate(
                plan_of(n),
                okr.Journal(readings(*[f"z{i}" for i in range(n)])),
                as_of=DAY,
                strict=False,
            ).problems
        )
    ),
}

FAULTS: Final[dict[str, Door]] = {
    "unknown ids of check-ins": journal_of(lambda i: okr.CheckIn(f"z{i}", DAY, 1.0)),
    "readings that do not fit": journal_of(lambda i: okr.CheckIn(f"k{i}", DAY, True)),
    "baselines that are stated": journal_of(lambda i: okr.BaselineSet(f"k{i}", DAY, 1.0)),
    "moves that there are not": journal_of(
        lambda i: okr.Transition(f"o{i}", DAY, okr.Lifecycle.ACTIVE)
    ),
    "titles that are none": goals(lambda _: {"title": 5}),
    "unknown fields": goals(lambda _: {"woner": "Ana"}),
    "unknown fields of one": document(
        "objective", lambda n: {"id": "o", "title": "t", **{f"x{i}": i for i in range(n)}}
    ),
    "dead references": goals(lambda i: {"supports": [{"to": f"z{i}"}]}),
    "repeated ids": goals(lambda _: {"id": "o"}),
    "a circle": goals(lambda i: {"supports": [{"to": f"o{i - 1}"}] if i else [{"to": "o24"}]}),
    "unknown homes": tables("key_results", lambda i: {"objective": f"z{i}"}),
    "positions that are none": tables("key_results", lambda _: {"position": "first"}),
    "dead references in tables": tables("objectives", lambda i: {"continues": f"z{i}"}),
    "repeated entries": document(
        "journal",
        lambda n: {
            "entries": [
                {"type": "check_in", "of": "k", "on": "2026-08-14", "value": 1, "id": "e"}
                for _ in range(n)
            ]
        },
    ),
    "corrections of nothing": document(
        "journal",
        lambda n: {"entries": [{"type": "correction", "voids": f"e{i}"} for i in range(n)]},
    ),
    "a repeated name of many": lambda n: (
        lambda: codec.from_json(json.dumps({f"x{i}": i for i in range(n)})[:-1] + ', "x0": 1}')
    ),
}
