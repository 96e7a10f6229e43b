"""Columns of the records of each kind: name, type, meaning, and the cell of a row.

1. A column holds one type, or None; so pandas, polars and pyarrow take the records as they are.
2. The reference page of columns is made from `COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.codec.record_cells import (
    attributes,
    causes,
    changes,
    count_of,
    end_of_range,
    field_of,
    first_of,
    joined,
    json_of,
    kind_of,
    limit,
    measure_name,
    measure_text,
    number_read,
    owner_kind,
    periods,
    text_read,
)
from okrcore.plan import Above, AtLeast, AtMost, Below
from okrcore.scorecard.day.each_period import PeriodState

__all__ = ["COLUMNS", "TABLES", "Column"]


@final
@frozen
class Column:
    """One column of the records.

    Args:
        name: Heading.
        holds: Type of its cells that are not None.
        means: Meaning in a sentence.
    """

    name: str
    holds: type[Any]
    means: str

    __attrs_post_init__ = must_fit


#: States of periods that are over.
_OVER: Final = frozenset(PeriodState) - {PeriodState.OPEN}
#: A column and the function from a row to its cell.
_Filled: TypeAlias = tuple[Column, Callable[[Any], Any]]


def _filled(name: str, holds: type[Any], means: str, cell: Callable[[Any], Any]) -> _Filled:
    return Column(name, holds, means), cell


#: Period of a priority, which has no cycle.
_START, _END = "item.period.start", "item.period.end"
_OF_PLAN: Final = (
    _filled("kind", str, "Kind of the item.", lambda row: kind_of(row.item)),
    _filled("id", str, "Id; of a shared key result its own.", first_of("item.id", "item.to")),
    _filled("title", str, "Title.", field_of("item.title")),
    _filled("objective", str, "Id of the objective it counts in.", field_of("home.id")),
    _filled("supports", str, "Ids of the items it supports.", joined("item.supports")),
    _filled("owner", str, "Name of the owner.", field_of("item.owner")),
    _filled("owner_kind", str, "Person or team.", owner_kind),
    _filled("owner_id", str, "Id of the owner.", field_of("item.owner.id")),
    _filled("team", str, "Team of its objective.", field_of("home.place.team")),
    _filled("team_id", str, "Id of the team.", field_of("home.place.team.id")),
    _filled("level", str, "Level of its objective.", field_of("home.place.level")),
    _filled(
        "priority", str, "Id of the priority of its objective.", field_of("home.place.priority")
    ),
    _filled("ambition", str, "Ambition of its objective.", field_of("home.ambition")),
    _filled("cycle", str, "Name of its objective's cycle.", field_of("home.cycle.name")),
    _filled("start", date, "First day of the cycle.", first_of("home.cycle.start", _START)),
    _filled("end", date, "Last day of the cycle.", first_of("home.cycle.end", _END)),
    _filled("due", date, "Its own deadline.", field_of("item.due")),
    _filled("measure", str, "Name of its measure or bound.", measure_name),
    _filled("measure_text", str, "Measure or bound in full.", measure_text),
    _filled("baseline", float, "Baseline, of lines.", field_of("item.measure.baseline")),
    _filled("target", float, "Target, of lines.", field_of("item.measure.target")),
    _filled("at_least", float, "Lower limit, of bounds.", limit((AtLeast, Above), "low")),
    _filled("at_most", float, "Upper limit, of bounds.", limit((AtMost, Below), "high")),
    _filled("unit", str, "Unit of its numbers, its own or of its metric.", field_of("unit")),
    _filled("weight", float, "Weight among its siblings.", field_of("item.weight")),
    _filled("metric", str, "Id of the metric it reads.", field_of("item.metric")),
    _filled("tags", str, "Tags.", joined("item.profile.tags")),
    _filled("kpis", str, "Ids of the KPIs beside it.", joined("item.kpis")),
    _filled("trigger", str, "Kind of its cause.", field_of("item.trigger.kind")),
    _filled("trigger_of", str, "Id of its cause.", field_of("item.trigger.of")),
    _filled("attributes", str, "Values of the host, as JSON text.", attributes),
)
_OF_JOURNAL: Final = (
    _filled("kind", str, "Kind of the entry.", kind_of),
    _filled("id", str, "Id of the entry.", field_of("id")),
    _filled("of", str, "Id of the item it is about.", field_of("of")),
    _filled("voids", str, "Id of the entry that a correction voids.", field_of("voids")),
    _filled("on", date, "Day it applies to.", field_of("on")),
    _filled("recorded", datetime, "Time of writing, in UTC.", field_of("recorded")),
    _filled("by", str, "Author.", field_of("by")),
    _filled("by_id", str, "Id of the author.", field_of("by.id")),
    _filled("value", float, "Number read; yes is 1, a share its value.", number_read("value")),
    _filled("numerator", float, "Count of a share.", count_of("numerator")),
    _filled("denominator", float, "Count of its whole.", count_of("denominator")),
    _filled("reading", str, "Reading in words.", text_read("value")),
    _filled(
        "confidence", float, "Confidence in reaching the target, 0 to 1.", field_of("confidence")
    ),
    _filled("projected", float, "The owner's own projection.", field_of("projected")),
    _filled("status", str, "Declared status.", field_of("status")),
    _filled("score", float, "Judged score.", first_of("score", "judged")),
    _filled("decision", str, "Decision or new state.", first_of("decision", "kind", "to")),
    _filled("changes", str, "Changes by an adjustment, as JSON text.", changes),
    _filled("because", str, "Reason.", field_of("because")),
    _filled("note", str, "Any other note.", first_of("note", "learned")),
    _filled("shipped", str, "Work shipped.", field_of("shipped")),
    _filled("effect", str, "Effect of that work.", field_of("effect")),
    _filled("learning", str, "Learning.", field_of("learning")),
    _filled("blocker", str, "Blocker.", field_of("blocker")),
    _filled("source", str, "Origin of it.", field_of("source")),
    _filled("link", str, "Address of the evidence.", field_of("link")),
    _filled("attributes", str, "Values of the host, as JSON text.", attributes),
)
_OF_SCORECARD: Final = (
    _filled("as_of", date, "Evaluation date.", field_of("card.as_of")),
    _filled("rulebook", str, "Name of the rulebook.", field_of("card.rulebook.name")),
    _filled("kind", str, "Kind of the item.", field_of("result.kind")),
    _filled("id", str, "Id.", field_of("result.id")),
    _filled("title", str, "Title.", field_of("result.title")),
    _filled("objective", str, "Id of its objective.", field_of("home.id")),
    _filled("team", str, "Team of its objective.", field_of("home.place.team")),
    _filled("cycle", str, "Name of the cycle.", field_of("home.cycle.name")),
    _filled("score", float, "Score; empty is not 0.", field_of("result.score")),
    _filled("progress", float, "Progress before clipping.", field_of("result.progress")),
    _filled(
        "coverage", float, "Share of the weight that is measured.", field_of("result.coverage")
    ),
    _filled("score_low", float, "Lowest possible score.", end_of_range(0)),
    _filled("score_high", float, "Highest possible score.", end_of_range(1)),
    _filled("expected", float, "Progress expected by now.", field_of("result.expected")),
    _filled("pace", float, "Progress by expected progress.", field_of("result.pace")),
    _filled("confidence", float, "Confidence, 0 to 1.", field_of("result.confidence")),
    _filled("status", str, "Status of the day.", field_of("result.status")),
    _filled("verdict", str, "Verdict at the close, of objectives.", field_of("result.verdict")),
    _filled("outcome", str, "Outcome at the close, of key results.", field_of("result.outcome")),
    _filled("value", float, "Number read.", number_read("result.reading")),
    _filled("reading", str, "Reading in words.", text_read("result.reading")),
    _filled("read_on", date, "Day of the reading.", field_of("result.read_on")),
    _filled("baseline", float, "Baseline it is measured from.", field_of("result.baseline")),
    _filled("target", float, "Target it is measured to.", field_of("result.target")),
    _filled("periods_held", int, "Periods in which it held.", periods(PeriodState.HELD)),
    _filled("periods_over", int, "Periods that are over.", periods(*_OVER)),
    _filled("margin", float, "Distance to the limit, of bounds.", field_of("result.margin")),
    _filled("state", str, "State of a guardrail, initiative or metric.", field_of("result.state")),
    _filled("share_done", float, "Share done, of initiatives.", field_of("result.share_done")),
    _filled("due", date, "Its own deadline.", field_of("item.due")),
    _filled(
        "days_late", int, "Days after its deadline, of initiatives.", field_of("result.days_late")
    ),
    _filled("why", str, "Reason of the score, or of a missing one.", field_of("result.why")),
    _filled(
        "no_score_reason", str, "Code for a missing score.", field_of("result.no_score_reason")
    ),
    _filled("status_why", str, "Reason of the status.", field_of("result.status_why")),
)
_OF_SERIES: Final = (
    _filled("day", date, "Evaluation date.", field_of("day")),
    _filled("kind", str, "Kind of the item.", field_of("kind")),
    _filled("id", str, "Id of the item.", field_of("id")),
    _filled("title", str, "Title.", field_of("title")),
    _filled("progress", float, "Progress before clipping.", field_of("progress")),
    _filled("score", float, "Score; empty is not 0.", field_of("score")),
    _filled("coverage", float, "Share of the weight that is measured.", field_of("coverage")),
    _filled("expected", float, "Progress expected by then.", field_of("expected")),
    _filled("status", str, "Status of the day.", field_of("status")),
    _filled("value", float, "Number read.", number_read("reading")),
    _filled("margin", float, "Distance to the limit, of bounds.", field_of("margin")),
)

_OF_DIFFERENCE: Final = (
    _filled("id", str, "Id of the item.", field_of("id")),
    _filled("field", str, "Name of the field.", field_of("field")),
    _filled("before", str, "Value in the old plan, as JSON text.", json_of("before")),
    _filled("after", str, "Value in the new plan, as JSON text.", json_of("after")),
    _filled("counts", bool, "Whether it counts, or is wording.", field_of("counts")),
)

_OF_DUE: Final = (
    _filled("what", str, "The ritual, or initiative.", field_of("what")),
    _filled("of", str, "Id of the item.", field_of("of")),
    _filled("on", date, "Due day.", field_of("on")),
    _filled("state", str, "Late, due or coming.", field_of("state")),
    _filled("days_late", int, "Days since the due day.", field_of("days_late")),
    _filled("owner", str, "Name of the owner.", field_of("owner")),
    _filled("also", str, "Ids of the other objectives of a meeting.", joined("also")),
    _filled("owner_id", str, "Id of the owner.", field_of("owner.id")),
)

_OF_GROUP: Final = (
    _filled("name", str, "The team or the like; empty without one.", field_of("name")),
    _filled("n", int, "Number of objectives; carried work is one.", field_of("n")),
    _filled("scored", int, "Number of objectives with a score.", field_of("scored")),
    _filled("mean_score", float, "Unweighted mean of their scores.", field_of("mean_score")),
    _filled("coverage", float, "Unweighted mean of their coverage.", field_of("coverage")),
    _filled("ids", str, "Ids of the objectives.", joined("ids")),
    _filled("with_contained", bool, "Whether teams within it count.", field_of("with_contained")),
    _filled("id", str, "Id of the team or priority.", field_of("id")),
)

_OF_MOVEMENT: Final = (
    _filled("kind", str, "Kind of the item.", field_of("kind")),
    _filled("id", str, "Id of the item.", field_of("id")),
    _filled("title", str, "Title.", field_of("title")),
    _filled("before", float, "Score in the earlier scorecard.", field_of("before")),
    _filled("after", float, "Score in the later scorecard.", field_of("after")),
    _filled("change", float, "After minus before.", field_of("change")),
    _filled("causes", str, "Causes in order.", causes),
)

_OF_STATE_MOVEMENT: Final = (
    _filled("kind", str, "Kind of the item.", field_of("kind")),
    _filled("id", str, "Id of the item.", field_of("id")),
    _filled("title", str, "Title.", field_of("title")),
    _filled("before", str, "State in the earlier scorecard.", field_of("before")),
    _filled("after", str, "State in the later scorecard.", field_of("after")),
    _filled("why", str, "Reason of the later one.", field_of("why")),
)

_OF_FINDING: Final = (
    _filled("code", str, "The pattern.", field_of("code")),
    _filled("of", str, "Id of the objective.", field_of("of")),
    _filled("ids", str, "Ids of the items that show it.", joined("ids")),
    _filled("words", str, "Observation in a sentence.", field_of("words")),
    _filled("advice", str, "Advice for the next cycle.", field_of("advice")),
)

_OF_PROBLEM: Final = (
    _filled("row", int, "Number of the row below the headings.", field_of("row")),
    _filled("line", int, "Number of the row in a spreadsheet.", field_of("line")),
    _filled("column", str, "Heading of the cell.", field_of("column")),
    _filled("value", str, "The cell, row or line as text.", field_of("value")),
    _filled("code", str, "Code of the problem.", field_of("code")),
    _filled("message", str, "Fault and hint.", field_of("message")),
)

#: Columns with their cells, by the kind of the source.
TABLES: Final[Mapping[str, tuple[_Filled, ...]]] = MappingProxyType(
    {
        "plan": _OF_PLAN,
        "journal": _OF_JOURNAL,
        "scorecard": _OF_SCORECARD,
        "series": _OF_SERIES,
        "difference": _OF_DIFFERENCE,
        "due": _OF_DUE,
        "group": _OF_GROUP,
        "movement": _OF_MOVEMENT,
        "state movement": _OF_STATE_MOVEMENT,
        "finding": _OF_FINDING,
        "problem": _OF_PROBLEM,
    }
)
#: Columns of the records, by the kind of their source.
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {kind: tuple(column for column, _ in table) for kind, table in TABLES.items()}
)
