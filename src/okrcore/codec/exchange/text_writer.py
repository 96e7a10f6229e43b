"""Plans as plain text that `read_text` reads back.

Losses are found by reading the text back, not by a list of rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import fields

from okrcore._checks import is_tuple, must_be_a, path_of
from okrcore.codec.exchange.phrases import split_phrase
from okrcore.codec.exchange.row_drafts import slug
from okrcore.codec.exchange.text_reader import ID, read_text
from okrcore.errors import OkrError
from okrcore.plan import (
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Decrease,
    FromTo,
    Increase,
    Multiple,
    Objective,
    Person,
    Plan,
    Points,
    Reach,
    Relative,
    Unit,
)
from okrcore.plan.bounds import ONE_SIDED
from okrcore.plan.unit import SIGNS, dressed, in_full
from okrcore.words.reason import ENGLISH, Words

__all__ = ["lost_in_text", "write_text"]

#: Levels of indentation (library default); deeper objectives name the one they support.
_DEEPEST: Final = 8
_ID: Final = re.compile(ID)


def write_text(plan: Plan, *, words: Words = ENGLISH) -> str:
    """Write a plan as text that `read_text` reads back, given its cycle.

    Comments at its end name the fields that text cannot hold, so that nothing is lost in silence.

    Args:
        plan: The plan.
        words: Words of these comments. All else is the format, and is the same in any words.

    Laws: test_text_that_holds_a_plan_reads_back_equal.

    >>> import okrcore as okr
    >>> print(write_text(okr.Plan([okr.Objective("grow", "Grow", owner="Ana Ruiz", key_results=[
    ...     okr.KeyResult("conv", "Conversion", okr.Increase(3.1, 3.8), unit="%")])])))
    O: Grow @Ana Ruiz
      KR: Conversion 3.1% -> 3.8% #conv
    """
    must_be_a(write_text, "plan", plan, Plan)
    must_be_a(write_text, "words", words, Words)
    text, lost = _written(plan)
    notes = (words.phrase("text/left-out", path=path) for path in lost)
    # On one line each: a comment ends with its line.
    return "\n".join([text, *(f"# {' '.join(note.split())}" for note in notes)])


def lost_in_text(plan: Plan) -> tuple[str, ...]:
    """Return the paths of fields that `write_text` cannot hold; empty if the text reads back equal."""
    must_be_a(lost_in_text, "plan", plan, Plan)
    return _written(plan)[1]


def _written(plan: Plan) -> tuple[str, tuple[str, ...]]:
    text = "\n".join(_lines(plan))
    cycle = plan.objectives[0].cycle if plan.objectives else None
    return text, tuple(_losses(plan, read_text(text, cycle=cycle).plan))


# --- lines -------------------------------------------------------------------------------------


def _lines(plan: Plan) -> Iterator[str]:
    over: list[str] = []  # possible parents of the next one, by depth
    written: set[str] = set()
    for objective in plan.objectives:
        above = objective.supports[0].to if objective.supports else ""
        depth = over.index(above) + 1 if above in over[:_DEEPEST] else 0
        # With an indentation for each level, text would grow with the square of a chain.
        is_named = not depth and above in written and _ID.fullmatch(above)
        over[depth:] = [objective.id]
        written.update([objective.id, *[kr.id for kr in objective.own_key_results]])
        for line in _objective_lines(objective, f" (supports #{above})" if is_named else ""):
            yield "  " * depth + line
    for metric in plan.metrics:
        yield _line("M", metric, "", _phrase(metric.health, metric.unit), "")


def _objective_lines(objective: Objective, supports: str) -> Iterator[str]:
    prefix = f"{objective.id}-"
    ambition = "" if objective.ambition is None else f" ({objective.ambition.value})"
    yield _line("O", objective, "", "", ambition + supports)
    under: dict[str | None, list[str]] = {kr.id: [] for kr in objective.own_key_results}
    under[None] = []
    for guardrail in objective.guardrails:
        phrase = _phrase(guardrail.bound, guardrail.unit)
        line = _line("G", guardrail, prefix, phrase, " (hard)" if guardrail.hard else "")
        under.get(guardrail.protects, under[None]).append(line)
    for initiative in objective.initiatives:
        driven = initiative.drives[0] if len(initiative.drives) == 1 else None
        under.get(driven, under[None]).append(_line("I", initiative, prefix, "", _due(initiative)))
    for kr in objective.own_key_results:
        weight = "" if kr.weight == 1 else f" (weight {in_full(kr.weight).replace(',', '')})"
        yield f"  {_line('KR', kr, prefix, _phrase(kr.measure, kr.unit), weight + _due(kr))}"
        for line in under[kr.id]:
            yield f"    {line}"
    for line in under[None]:
        yield f"  {line}"


def _line(tag: str, item: Any, prefix: str, phrase: str, facts: str) -> str:
    """Return a line: its title, its measure, and its marks."""
    title = " ".join(item.title.split())
    between = " " if phrase else ""
    if phrase and not _is_split(title, phrase):
        between = ": "  # "Phase 2 120 -> 85" would be read as a line from 2,120
    owner = f" @{item.owner}" if isinstance(item.owner, Person) else ""
    id = "" if item.id == prefix + slug(title) else f" #{item.id}"
    return f"{tag}: {title}{between}{phrase}{facts}{owner}{id}"


def _is_split(title: str, phrase: str) -> bool:
    """Return whether a title and the measure behind it are separated correctly without a mark."""
    try:
        return split_phrase(f"{title} {phrase}")[0] == title
    except OkrError:
        return False


def _due(item: Any) -> str:
    return "" if item.due is None else f" (by {item.due})"


# --- measures ----------------------------------------------------------------------------------


def _phrase(measure: object, unit: Unit | None) -> str:
    """Return a measure in words; empty if there are none for it."""
    write = _PHRASES.get(type(measure))
    is_open = type(measure) in ONE_SIDED and measure.is_open  # type: ignore[attr-defined]
    return "" if write is None or is_open else write(measure, unit)


def _number(value: float, unit: Unit | None) -> str:
    """Write a number with every digit it has, in its unit."""
    if unit is None:
        return in_full(value)
    if unit.name.endswith("mm:ss"):
        return unit.format(value)
    per = f" per {unit.per}" if unit.per else ""
    return dressed(in_full(value), unit.name) + per


def _bare(value: float | None, unit: Unit | None) -> str:
    """Write a number beside one with its unit."""
    if value is None:
        return "?"
    is_short = unit is not None and (unit.name in SIGNS or unit.name in ("%", "mm:ss", "h:mm:ss"))
    return _number(value, Unit(unit.name) if unit is not None and is_short else None)


def _line_phrase(measure: Increase | Decrease | FromTo, unit: Unit | None) -> str:
    if measure.target is None:
        baseline = "?" if measure.baseline is None else _number(measure.baseline, unit)
        return f"{baseline} -> {'up' if isinstance(measure, Increase) else 'down'}"
    return f"{_bare(measure.baseline, unit)} -> {_number(measure.target, unit)}"


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"


_PHRASES: Final[Mapping[type[Any], Callable[[Any, Unit | None], str]]] = MappingProxyType(
    {
        Increase: _line_phrase,
        Decrease: _line_phrase,
        FromTo: _line_phrase,
        Reach: lambda measure, unit: f"-> {_number(measure.target, unit)}",
        Relative: lambda measure, _: f"{_signed(in_full(measure.percent))}%",
        Points: lambda measure, unit: _signed(_number(measure.change, unit)),
        Multiple: lambda measure, _: f"{in_full(measure.factor)}x",
        AtLeast: lambda bound, unit: f">= {_number(bound.limit, unit)}",
        Above: lambda bound, unit: f"> {_number(bound.limit, unit)}",
        AtMost: lambda bound, unit: f"<= {_number(bound.limit, unit)}",
        Below: lambda bound, unit: f"< {_number(bound.limit, unit)}",
        Between: lambda bound, unit: (
            f"between {_bare(bound.low, unit)} and {_number(bound.high, unit)}"
        ),
    }
)


# --- losses ------------------------------------------------------------------------------------


def _losses(plan: Plan, again: Plan) -> Iterator[str]:
    """Yield the paths of items and fields of a plan that another reading of it lacks."""
    for item in plan.each():
        found = again.items.get(item.id)
        if type(found) is not type(item):
            yield path_of(item)
            continue
        for field in fields(type(item)):
            if _shallow(getattr(item, field.name)) != _shallow(getattr(found, field.name)):
                yield path_of(item, field.name)


def _shallow(value: Any) -> Any:
    """Return a field's value, with ids in the place of items."""
    if is_tuple(value):
        return tuple(getattr(member, "id", member) for member in value)
    return value
