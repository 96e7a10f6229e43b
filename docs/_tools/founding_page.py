"""Writes docs/reference/founding-okrs.md from the example plan and its words: run it after changing either.

python docs/_tools/founding_page.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final

import attrs

import okrcore as okr

DOCS: Final = Path(__file__).parent.parent
PAGE: Final = DOCS / "reference" / "founding-okrs.md"
sys.path.insert(0, str(DOCS / "examples"))

from founding_okrs import PLAN  # noqa: E402  # from the folder of the examples
from founding_words import WORDS  # noqa: E402

#: Fields that the page has elsewhere, or that are ours throughout.
_LEFT_OUT: Final = frozenset(
    {"id", "title", "owner", "measure", "bound", "drives", "definition", "attributes", "ambition"}
)
_OF_OBJECTIVES: Final = ("cycle", "place", "supports", "trigger", "kpis")
_CADENCES: Final = {
    id(value): name for name, value in vars(okr.Cadence).items() if type(value) is okr.Cadence
}
_DOCUMENTS: Final = {
    "a": "Micro-OKRs and traditional OKRs",
    "b": "Company, operations, product, success, sales, marketing",
    "c": "OKRs and the KPIs beside them",
    "d": "Sales, content, software, support",
    "e": "OKRs that align teams to strategy",
}

_HEAD: Final = """\
# The founding OKRs

The 48 example OKRs of the [founding documents](sources.md#the-founding-documents), and how their words became
fields of the plan in
[`founding_okrs.py`](https://github.com/okrcore/okrcore/blob/main/docs/examples/founding_okrs.py). The words
are a paraphrase of ours. The last column is what the document leaves open and we filled in, or the choice
between two readings; the rules at the top of the program have what is filled in everywhere: the year, owners,
most ambitions. Nothing else is: a number that a document does not have is open here.

| in the document | in the plan |
|---|---|
| a direction without a number | `Increase(None, None)`, `Decrease(None, None)`: a movement, and no score |
| a share of a baseline nobody wrote down | `Relative(percent=20)`: scored from the day of a `BaselineSet` |
| so many each month | `EachPeriod(AtLeast(10), every=Cadence.MONTHLY)` |
| "under", "over", "not to exceed" | `Below`, `Above`, `AtMost`: the limit itself is outside, outside, within |
| a limit without a number | `AtMost(None)`, established by the journal |
| not above what it used to be | `AtMost(PriorPeriod())`, the value of the same quarter a year ago |
| a number to watch, and no goal | `Objective(kpis=[...])` |
| a number of the objective itself | a key result; tracked with weight 0 beside those that have a score |
| an event, a need, a trial as the cause | `Trigger` |
| several clauses in one key result | a milestone or a key result for each |

<!-- From here on, this page is made by docs/_tools/founding_page.py. -->
"""


def page() -> str:
    """Return the page as it should be."""
    return _HEAD + "".join(
        f"\n## {letter.upper()}: {title}\n\n| | in the document | fields | ours |\n|---|---|---|---|\n"
        + "".join(map(_row, (o for o in PLAN.objectives if o.id.startswith(letter))))
        for letter, title in _DOCUMENTS.items()
    )


def _row(objective: okr.Objective) -> str:
    words = WORDS[objective.id]
    fields = "<br>".join(_fields(objective))
    return f"| `{objective.id}` | {words.document} | {fields} | {words.ours} |\n"


def _fields(objective: okr.Objective) -> Iterator[str]:
    """Yield the objective and its members, each with the fields that it has."""
    stated = [*_OF_OBJECTIVES, *(["ambition"] if objective.id in {"e10", "e11"} else [])]
    yield f"**{objective.title}**{_listed(objective, stated)}"
    if objective.profile is not None and objective.profile.resources:
        yield f"`resources={objective.profile.resources!r}`"
    for kr in objective.own_key_results:
        yield f"`{kr.id}` {kr.title}: `{_written(kr.measure)}`{_extras(kr)}"
    for guardrail in objective.guardrails:
        yield f"guardrail `{guardrail.id}` {guardrail.title}: `{_written(guardrail.bound)}`{_extras(guardrail)}"
    for work in objective.initiatives:
        driven = "" if len(objective.own_key_results) == 1 else _listed(work, ["drives"])
        yield f"initiative `{work.id}` {work.title}{driven}"
    for metric in _metrics_of(objective):
        yield f"metric `{metric.id}` {metric.title}{_extras(metric)}"
    if objective.id == "e1":
        for priority in PLAN.priorities:
            yield f"priority `{priority.id}` {priority.title}{_extras(priority)}"
    if objective.trigger is not None and isinstance(
        item := PLAN.items.get(objective.trigger.of or ""), okr.Outside
    ):
        yield f"outside the plan `{item.id}` {item.title}"


def _metrics_of(objective: okr.Objective) -> list[okr.Metric]:
    ids = dict.fromkeys([*(kr.metric for kr in objective.own_key_results), *objective.kpis])
    return [PLAN.metric(id) for id in ids if id is not None]


def _extras(item: Any) -> str:
    names = [field.name for field in attrs.fields(type(item)) if field.name not in _LEFT_OUT]
    return _listed(item, names)


def _listed(item: Any, names: Iterable[str]) -> str:
    """Return the fields that are not at their default, in brackets."""
    defaults = {field.name: field.default for field in attrs.fields(type(item))}
    found = [
        f"`{name}={_written(getattr(item, name))}`"
        for name in names
        if getattr(item, name) != defaults[name]
    ]
    return f" ({', '.join(found)})" if found else ""


def _written(value: Any) -> str:
    """Return a value as a program has it, without defaults and due days of milestones."""
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    if attrs.has(type(value)):
        return f"{type(value).__name__}({', '.join(_arguments(value))})"
    return repr(value)


def _arguments(value: Any) -> Iterator[str]:
    for field in attrs.fields(type(value)):
        found = getattr(value, field.name)
        if field.default is not attrs.NOTHING and found == field.default:
            continue
        yield f"{field.name}={_written(found)}" if field.kw_only else _written(found)


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Enum: lambda value: f"{type(value).__name__}.{value.name}",
    okr.Cadence: lambda value: f"Cadence.{_CADENCES[id(value)]}",
    okr.Cycle: lambda value: f"{value}, {value.cadence.name}" if value.is_micro else str(value),
    date: date.isoformat,
    float: lambda value: f"{int(value):_}" if value.is_integer() else f"{value:g}",
    tuple: lambda value: f"[{', '.join(map(_written, value))}]",
    okr.Milestone: lambda value: repr(value.name),
    okr.Milestones: lambda value: f"Milestones({', '.join(map(_written, value.milestones))})",
    okr.Unit: lambda value: repr(f"{value.name} per {value.per}" if value.per else value.name),
}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
