"""Measure, unit and reading of a key result from its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from attrs import frozen

from okrcore.codec.exchange.cells import (
    Cell,
    as_day,
    as_quantity,
    as_share,
    as_words,
    as_yes,
)
from okrcore.codec.exchange.column_map import ColumnMap
from okrcore.codec.exchange.import_result import Report
from okrcore.codec.exchange.phrases import UNKNOWN, Measured, line_between, read_phrase
from okrcore.errors import OkrError
from okrcore.plan import (
    AtMost,
    Bound,
    EstablishBaseline,
    FromTo,
    Judged,
    PassFail,
    Quantity,
    Reach,
    Unit,
    parse_number,
)
from okrcore.plan.unit import unit_words
from okrcore.words.reason import Reason

__all__ = ["ItemReader"]

_T = TypeVar("_T")

_YES_OR_NO: Final = frozenset(
    {
        "boolean",
        "binary",
        "yes/no",
        "pass/fail",
        "true/false",
        "done/not done",
        "deliverable",
        "task",
    }
)
_BASELINE: Final = frozenset({"baseline", "establish baseline", "establish a baseline"})
_PERCENT: Final = frozenset({"percentage", "percent", "%"})
_NUMBERS: Final = frozenset(
    {
        "number",
        "numeric",
        "quantity",
        "count",
        "currency",
        "money",
        "time",
        "value",
        "metric",
        "kpi",
    }
)


@frozen
class ItemReader:
    """Reader of the cells of one table; it notes problems in `report`."""

    columns: ColumnMap
    report: Report

    # --- single cells ----------------------------------------------------------------------------

    def read(self, row: int, cell: Cell, how: Callable[[], _T]) -> _T | None:
        """Return the result of reading a cell; None, and a problem, if it is refused."""
        try:
            return how()
        except OkrError as error:
            self.report.refused(row, cell.column, cell.value, error)
        return None

    def day(self, row: int, cell: Cell | None) -> date | None:
        """Return a cell as a day."""
        if cell is None:
            return None
        return self.read(row, cell, partial(as_day, cell.value, day_first=self.columns.day_first))

    def share(self, row: int, cell: Cell | None) -> float | None:
        """Return a cell as a share from 0 to 1."""
        if cell is None:
            return None
        return self.read(row, cell, lambda: as_share(cell, self.columns.decimal))

    def number(self, row: int, cell: Cell | None) -> Quantity | None:
        """Return a cell as a number with its unit."""
        if cell is None:
            return None
        return self.read(row, cell, lambda: as_quantity(cell.value, self.columns.decimal))

    def quantity_in(self, row: int, cell: Cell | None, unit: Unit | None) -> Quantity | None:
        """Return a cell as a number; None, and a problem, if its unit differs."""
        found = self.number(row, cell)
        if cell is None or found is None or unit is None or found.unit in (None, unit):
            return found
        hint = Reason("hint/in-unit", unit=unit_words(unit))
        self.report.note(row, cell.column, cell.value, "unit-differs", hint)
        return None

    def unit(self, cell: Cell | None) -> Unit | None:
        """Return a cell as a unit, by any of its names: "percent" is "%"."""
        if cell is None:
            return None
        name = as_words(cell.value)
        try:
            return parse_number(f"1 {name}").unit or Unit(name)
        except OkrError:
            return Unit(name)

    # --- measures --------------------------------------------------------------------------------

    def measured(self, row: int, cells: Mapping[str, Cell]) -> Measured:
        """Return the measure and unit of a key result; `Judged` if its cells state none."""
        kind = self._kind_of_measure(row, cells.get("measure"))
        unit = self.unit(cells.get("unit")) or (Unit("%") if kind in _PERCENT else None)
        if kind in _BASELINE:
            return Measured(EstablishBaseline(), unit)
        if kind in _YES_OR_NO:
            return Measured(PassFail())
        target = cells.get("target")
        if target is not None:
            found = self._with_target(row, target, cells.get("baseline"), unit)
            return found or Measured(Judged())
        value = cells.get("value")
        if value is not None and as_yes(value.value) is not None:
            return Measured(PassFail())
        if "score" not in cells:
            title = cells.get("key_result")
            column, words = (None, "") if title is None else (title.column, title.value)
            self.report.note(row, column, words, "no-target")
        return Measured(Judged())

    def bound(
        self, row: int, cell: Cell | None, unit: Unit | None
    ) -> tuple[Bound, Unit | None] | None:
        """Return the bound in a cell and its unit; None, and a problem, if it has none."""
        if cell is None:
            return None
        found = self._phrase(row, cell)
        if found is not None and isinstance(found.measure, Bound):
            return found.measure, unit or found.unit
        hint = Reason("hint/write-bound")
        self.report.note(row, cell.column, cell.value, "no-bound", hint)
        return None

    def _kind_of_measure(self, row: int, cell: Cell | None) -> str:
        kind = "" if cell is None else as_words(cell.value).casefold().replace(" or ", "/")
        if cell is None or kind in _YES_OR_NO | _BASELINE | _PERCENT | _NUMBERS:
            return kind
        kinds = ("number", "percentage", "currency", "yes/no")
        hint = Reason("hint/one-or", words=kinds, last="baseline")
        self.report.note(row, cell.column, cell.value, "cell-unreadable", hint)
        return ""

    def _phrase(self, row: int, cell: Cell) -> Measured | None:
        read = partial(parse_number, decimal=self.columns.decimal)
        return self.read(row, cell, lambda: read_phrase(as_words(cell.value), read))

    def _with_target(
        self, row: int, target: Cell, baseline: Cell | None, unit: Unit | None
    ) -> Measured | None:
        if isinstance(target.value, str):
            noted = len(self.report.problems)
            phrase = self._phrase(row, target)
            if phrase is not None:
                return Measured(phrase.measure, unit or phrase.unit)
            if len(self.report.problems) > noted:
                return None
        end = self.quantity_in(row, target, unit)
        if end is None:
            return None
        unit = unit or end.unit
        if baseline is not None and as_words(baseline.value).casefold() in UNKNOWN:
            return Measured(FromTo(None, end.number), unit)
        if baseline is not None:
            start = self.quantity_in(row, baseline, unit)
            if start is None:  # an unread baseline is not 0: it is to be established
                return Measured(FromTo(None, end.number), unit)
            return Measured(line_between(start.number, end.number), unit or start.unit)
        if end.number == 0:
            return Measured(AtMost(0), unit)
        reached = self.read(row, target, lambda: Reach(end.number))
        # Without a baseline a target below 0 has no direction: the baseline is to be established.
        return Measured(reached or FromTo(None, end.number), unit)

    # --- readings --------------------------------------------------------------------------------

    def reading(self, row: int, cells: Mapping[str, Cell], measured: Measured) -> Any:
        """Return the reading in the form that the measure takes; None if there is none."""
        measure, value = measured.measure, cells.get("value")
        if isinstance(measure, (PassFail, Judged)):
            return self._credit(row, cells, measure)
        if value is None:
            return None
        found = self.quantity_in(row, value, measured.unit)
        return None if found is None else found.value

    def _credit(
        self, row: int, cells: Mapping[str, Cell], measure: PassFail | Judged
    ) -> bool | float | None:
        value, score = cells.get("value"), cells.get("score")
        if value is None:
            return self.share(row, score)
        is_passed = as_yes(value.value) if isinstance(measure, PassFail) else None
        return self.share(row, value) if is_passed is None else is_passed
