"""Plans and journals from rows: CSV files, spreadsheets, data frames, exports of other systems.

1. Rows are mappings, as `csv.DictReader` and `DataFrame.to_dict("records")` give them; no file is opened.
2. A cell that is not understood becomes a problem with its row, and the rest is read.
3. Ids come from titles, so the same rows give the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Any, Final, TypeVar

from attrs import define, evolve, field

from okrcore._checks import as_tuple, given_day, is_tuple, must_be_a, optional_member_of, path_of
from okrcore.calendar import Cycle
from okrcore.codec.exchange.cells import Cell, as_words
from okrcore.codec.exchange.column_map import ColumnMap, sorted_rows
from okrcore.codec.exchange.import_result import ImportResult, Report
from okrcore.codec.exchange.phrases import Measured
from okrcore.codec.exchange.row_drafts import Drafts, Part, Whole
from okrcore.codec.exchange.row_items import ItemReader
from okrcore.errors import InvalidValueError
from okrcore.journal import CheckIn, Journal, Judgement
from okrcore.journal.journal import Entry
from okrcore.journal.ratio_readings import share_misfit
from okrcore.plan import (
    Ambition,
    EstablishBaseline,
    Guardrail,
    Initiative,
    Judged,
    KeyResult,
    Level,
    Metric,
    Objective,
    ObjectiveProfile,
    Outside,
    PassFail,
    Person,
    Place,
    Plan,
    Team,
)
from okrcore.plan.cascade import find_circle
from okrcore.plan.item import Item
from okrcore.words.reason import ENGLISH, Reason, Words

__all__ = ["read_rows"]

_EnumT = TypeVar("_EnumT", bound=StrEnum)


def read_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    columns: ColumnMap = ColumnMap(),  # noqa: B008  # a frozen value
    cycle: Cycle | None = None,
    owners_are: type[Person | Team] = Person,
    ambition: Ambition | str | None = None,
    on: date | None = None,
    words: Words = ENGLISH,
) -> ImportResult:
    """Read a plan and a journal from rows, with all problems.

    An empty objective is filled from above, as in spreadsheets with merged cells. Rows that repeat a key
    result with another day are its history. A key result without a target is `Judged`, and a score of a
    numeric one without a value becomes a `Judgement`; a score beside a value is not kept.

    Args:
        rows: Mappings of headings to cells.
        columns: Headings, and the form of cells.
        cycle: Cycle of all objectives; without one, from their own first and last days.
        owners_are: `Person` or `Team`.
        ambition: Ambition of objectives without one in their row.
        on: Day of values without one in their row; without it, the end of the cycle.
        words: Words of texts that the journal keeps: the reason of a judgement made from a score alone.
            Problems are written in any words later, by `words.write(problem.sentence)`.

    Returns:
        The plan, a journal that fits it, and the problems.

    Raises:
        InvalidValueError: An argument has the wrong type. No cell raises.

    Laws: test_wide_and_long_tables_say_the_same, test_any_cells_give_a_plan.

    >>> loaded = read_rows([{"Objective": "Earn more", "Key Result": "Revenue per account",
    ...                      "Baseline": "$112", "Target": "$128", "Current": "$120",
    ...                      "Date": "2026-08-14"}])
    >>> loaded.plan.key_result("earn-more-revenue-per-account").measure
    Increase(baseline=112.0, target=128.0)
    >>> loaded.journal.entries[0].value, loaded.problems
    (120.0, ())
    """
    given: object = as_tuple(rows)
    if not is_tuple(given):
        raise InvalidValueError(
            "not-a-sequence", path_of(read_rows, "rows"), rows, "give an iterable of mappings"
        )
    must_be_a(read_rows, "columns", columns, ColumnMap)
    must_be_a(read_rows, "cycle", cycle, Cycle, type(None))
    if owners_are is not Person and owners_are is not Team:
        raise InvalidValueError(
            "wrong-type", path_of(read_rows, "owners_are"), owners_are, "give Person or Team"
        )
    wanted = optional_member_of(read_rows, "ambition", ambition, Ambition)
    if on is not None:
        on = given_day(read_rows, "on", on)
    must_be_a(read_rows, "words", words, Words)
    report = Report()
    drafts = Drafts(report)
    for row in sorted_rows(given, columns, report):
        drafts.take(row)
    drafts.name()
    items = ItemReader(columns, report)
    return _Making(items, report, cycle, owners_are, wanted, on, words).of(drafts)


#: Rows name no metric, so that each item is read on its own.
_ALONE: Final = Plan(())
#: Fields of a check-in that a table has as texts.
_TEXTS: Final = ("status", "note", "source", "link")


# --- making the plan ---------------------------------------------------------------------------


@define
class _Making:
    """Maker of a plan and its journal from drafts."""

    items: ItemReader
    report: Report
    cycle: Cycle | None
    owners_are: type[Person | Team]
    ambition: Ambition | None
    on: date | None
    words: Words
    entries: list[Entry] = field(factory=list[Entry])
    metrics: list[Metric] = field(factory=list[Metric])
    #: Reasons noted already for cells that are not kept.
    unkept: set[str] = field(factory=set[str])

    def of(self, drafts: Drafts) -> ImportResult:
        objectives = [self._objective(whole) for whole in drafts.wholes.values()]
        supports, outside = self._supports(drafts, objectives)
        plan = Plan(
            [evolve(o, supports=supports[o.id]) for o in objectives],
            metrics=self.metrics,
            outside=outside,
        )
        return ImportResult(plan, Journal(self.entries), self.report.in_order())

    # --- objectives ------------------------------------------------------------------------------

    def _objective(self, whole: Whole) -> Objective:
        cells = whole.cells
        cycle = self._cycle(whole)
        made: dict[str, list[Any]] = {"key result": [], "guardrail": [], "initiative": []}
        for part in whole.parts.values():
            item = self._item(part)
            if isinstance(item, Metric):
                self.metrics.append(item)
            elif item is not None:
                made[part.kind].append(item)
            if item is not None:
                self._read_part(part, item, cycle)
        self._read_whole(whole, cycle, has_parts=bool(made["key result"]))
        description = cells.get("description")
        intent = None if description is None else as_words(description.value)
        return Objective(
            whole.id,
            whole.title,
            key_results=made["key result"],
            guardrails=made["guardrail"],
            initiatives=made["initiative"],
            cycle=cycle,
            owner=self._owner(cells.get("owner")),
            ambition=self._one_of(Ambition, whole.row, cells.get("ambition")) or self.ambition,
            place=self._place(whole),
            profile=None if intent is None else ObjectiveProfile(intent=intent),
        )

    def _cycle(self, whole: Whole) -> Cycle | None:
        if self.cycle is not None:
            return self.cycle
        first, last = whole.cells.get("start"), whole.cells.get("end")
        start, end = self.items.day(whole.row, first), self.items.day(whole.row, last)
        if start is not None and end is not None and last is not None:
            return self.items.read(whole.row, last, lambda: Cycle(start, end))
        for cell, day in ((first, start), (last, end)):
            if cell is not None and day is not None:
                hint = Reason("hint/cycle-needs-both-days")
                self.report.note(whole.row, cell.column, cell.value, "not-kept", hint)
        return None

    def _owner(self, cell: Cell | None) -> Person | Team | None:
        return None if cell is None else self.owners_are(as_words(cell.value))

    def _place(self, whole: Whole) -> Place | None:
        team = whole.cells.get("team")
        level = self._one_of(Level, whole.row, whole.cells.get("level"))
        if team is None and level is None:
            return None
        return Place(team=None if team is None else Team(as_words(team.value)), level=level)

    def _one_of(self, kind: type[_EnumT], row: int, cell: Cell | None) -> _EnumT | None:
        if cell is None:
            return None
        words = as_words(cell.value).casefold()
        for member in kind:
            if member.value == words:
                return member
        hint = Reason("hint/one-of", words=tuple(member.value for member in kind))
        self.report.note(row, cell.column, cell.value, "cell-unreadable", hint)
        return None

    # --- key results, guardrails, metrics, initiatives -------------------------------------------

    def _item(self, part: Part) -> KeyResult | Guardrail | Metric | Initiative | None:
        cells, row = part.cells, part.row
        owner = self._owner(cells.get("key_result_owner"))
        due = self.items.day(row, cells.get("due"))
        if part.kind == "initiative":
            return Initiative(part.id, part.title, owner=owner, due=due)
        if part.kind in ("guardrail", "metric"):
            return self._bounded(part, owner)
        measured = self.items.measured(row, {**dict(part.readings[0][1]), **cells})
        weight = self.items.number(row, cells.get("weight"))
        item = KeyResult(
            part.id, part.title, measured.measure, owner=owner, due=due, unit=measured.unit
        )
        if weight is None:
            return item
        weighted = partial(evolve, item, weight=weight.number)
        return self.items.read(row, cells["weight"], weighted) or item

    def _bounded(self, part: Part, owner: Person | Team | None) -> Guardrail | Metric | None:
        unit = self.items.unit(part.cells.get("unit"))
        target = part.cells.get("target")
        found = self.items.bound(part.row, target, unit)
        bound, unit = (None, unit) if found is None else found
        if part.kind == "metric":
            return Metric(part.id, part.title, health=bound, unit=unit, owner=owner)
        if bound is None:
            if target is None:
                hint = Reason("hint/write-bound")
                self.report.note(part.row, None, part.title, "no-bound", hint)
            return None
        return Guardrail(part.id, part.title, bound, unit=unit, owner=owner)

    # --- readings --------------------------------------------------------------------------------

    def _read_part(self, part: Part, item: Any, cycle: Cycle | None) -> None:
        if isinstance(item, KeyResult):
            measured = Measured(item.measure, item.unit)
        elif isinstance(item, Initiative):
            measured = Measured(PassFail())
        else:
            measured = Measured(EstablishBaseline(), item.unit)  # any number
        for row, cells in part.readings:
            value = self._in_unit(row, cells, item, self.items.reading(row, cells, measured))
            self._judge(row, part.id, cells, measured, cycle)
            self._check_in(row, part.id, cells, value, cycle)

    def _in_unit(self, row: int, cells: Mapping[str, Cell], item: Item, value: Any) -> Any:
        """Return a reading; None, and a problem, if it is a share among numbers in percent."""
        hint = None if value is None else share_misfit(_ALONE, item, value)
        if hint is None:
            return value
        cell = cells["value"]
        self.report.note(row, cell.column, cell.value, "unit-differs", hint)
        return None

    def _judge(
        self, row: int, id: str, cells: Mapping[str, Cell], measured: Measured, cycle: Cycle | None
    ) -> None:
        """Keep a score without a value; one beside a value is another system's arithmetic."""
        score = cells.get("score")
        if score is None or isinstance(measured.measure, (PassFail, Judged)):
            return
        if "value" in cells or isinstance(measured.measure, EstablishBaseline):
            self._not_kept(row, score, Reason("hint/from-values"))
            return
        judged, day = self.items.share(row, score), self._day(row, cells, cycle)
        if judged is not None and day is not None:
            because = self.words.phrase("judgement/scored-without-value")
            self.entries.append(Judgement(id, day, score=judged, because=because))

    def _check_in(
        self, row: int, id: str, cells: Mapping[str, Cell], value: Any, cycle: Cycle | None
    ) -> None:
        texts: dict[str, Any] = {
            name: as_words(cells[name].value) for name in _TEXTS if name in cells
        }
        confidence = self.items.share(row, cells.get("confidence"))
        if value is None and confidence is None and not texts:
            return
        day = self._day(row, cells, cycle)
        if day is None:
            return
        if value is not None and cycle is not None and day < cycle.start and "on" in cells:
            hint = Reason("hint/cycle-starts", day=cycle.start)
            cell = cells["on"]
            self.report.note(row, cell.column, cell.value, "before-cycle", hint)
        self.entries.append(CheckIn(id, day, value, confidence=confidence, **texts))

    def _read_whole(self, whole: Whole, cycle: Cycle | None, *, has_parts: bool) -> None:
        """Keep status, note and confidence of the objective itself."""
        hint = Reason("hint/by-key-results")
        for name in ("value", "baseline", "target", "unit", "measure", "weight", "due"):
            if name in whole.cells:
                self._not_kept(whole.row, whole.cells[name], hint)
        score = whole.cells.get("score")
        if score is not None and has_parts:
            self._not_kept(whole.row, score, Reason("hint/from-key-results"))
        self._check_in(whole.row, whole.id, whole.cells, None, cycle)

    def _not_kept(self, row: int, cell: Cell, hint: Reason) -> None:
        if hint not in self.unkept:
            self.unkept.add(hint)
            self.report.note(row, cell.column, cell.value, "not-kept", hint)

    def _day(self, row: int, cells: Mapping[str, Cell], cycle: Cycle | None) -> date | None:
        if "on" in cells:
            return self.items.day(row, cells["on"])
        day = self.on or (None if cycle is None else cycle.end)
        if day is None:
            cell = next(iter(cells.values()))
            hint = Reason("hint/date-column")
            self.report.note(row, cell.column, cell.value, "no-day", hint)
        return day

    # --- alignment -------------------------------------------------------------------------------

    def _supports(
        self, drafts: Drafts, objectives: list[Objective]
    ) -> tuple[dict[str, list[str]], list[Outside]]:
        """Return the ids that each objective supports, without circles, and items outside the plan."""
        known = _ids_by_name(drafts, objectives)
        homes = {kr.id: o.id for o in objectives for kr in o.own_key_results}
        supports: dict[str, list[str]] = {objective.id: [] for objective in objectives}
        outside: dict[str, Outside] = {}
        for whole in drafts.wholes.values():
            cell = whole.cells.get("supports")
            named = [] if cell is None else _names_in(cell.value)
            for name in filter(None, map(as_words, named)):
                id = known.get(name.casefold())
                if id is None:
                    id = known[name.casefold()] = drafts.ids.take(name)
                    outside[id] = Outside(id, title=name)
                    column = None if cell is None else cell.column
                    self.report.note(whole.row, column, name, "not-here")
                if id not in supports[whole.id]:
                    supports[whole.id].append(id)
        self._open_circles(drafts, supports, homes)
        return supports, list(outside.values())

    def _open_circles(
        self, drafts: Drafts, supports: dict[str, list[str]], homes: Mapping[str, str]
    ) -> None:
        """Take out one alignment of every circle, that of its last row."""
        wholes = list(drafts.wholes.values())
        indexes = {whole.id: index for index, whole in enumerate(wholes)}
        while True:
            above = {
                id: [home for home in (homes.get(to, to) for to in named) if home in supports]
                for id, named in supports.items()
            }
            circle = find_circle(above)
            if not circle:
                return
            last, onto = max(pairwise(circle), key=lambda step: indexes[step[0]])
            whole = wholes[indexes[last]]
            supports[whole.id] = [to for to in supports[whole.id] if homes.get(to, to) != onto]
            column, path = whole.cells["supports"].column, " -> ".join(circle)
            self.report.note(whole.row, column, path, "not-kept", Reason("hint/circle"))


def _names_in(value: object) -> list[str]:
    """Return the names in a cell; data frames hold the id 7 as 7.0."""
    return re.split(r"[;\n]", value) if isinstance(value, str) else [as_words(value)]


def _ids_by_name(drafts: Drafts, objectives: list[Objective]) -> dict[str, str]:
    """Return the ids of objectives and key results by every name that a row may use for them."""
    known: dict[str, str] = {}
    for whole, objective in zip(drafts.wholes.values(), objectives, strict=True):
        known[objective.id.casefold()] = objective.id
        for part in whole.parts.values():
            if part.kind == "key result":
                known[part.id.casefold()] = part.id
                known.setdefault(part.title.casefold(), part.id)
                if "key_result_id" in part.cells:
                    stated = as_words(part.cells["key_result_id"].value)
                    known.setdefault(stated.casefold(), part.id)
    for whole in reversed(drafts.wholes.values()):  # an objective's name goes before a key result's
        known[whole.title.casefold()] = whole.id
        if "objective_id" in whole.cells:
            known[as_words(whole.cells["objective_id"].value).casefold()] = whole.id
    return known
