"""Words for readings, numbers, bounds, targets and guardrails, shared by all sentences.

Rule of this file: under a rulebook by which guardrails stay apart from scores there are no such words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import isnan
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore._arith import at_least, snap
from okrcore.plan import (
    Anchors,
    Between,
    BoundState,
    Budget,
    Compound,
    Decrease,
    EstablishBaseline,
    Evidence,
    Exactly,
    FromTo,
    Increase,
    Judged,
    Measure,
    Milestones,
    Multiple,
    PassFail,
    Points,
    Ratio,
    Reach,
    Reading,
    Relative,
    Steps,
    Unit,
    Zones,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import edges_of, limits_of
from okrcore.plan.unit import plain
from okrcore.rulebook import BreachEffect
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.verdicts import state_by_id

__all__ = [
    "at_12_decimals",
    "bound_words",
    "describe_bound",
    "entering_guardrails",
    "guardrails_behind",
    "guardrails_below",
    "guards_enter",
    "limiting_guardrails",
    "listed",
    "show_bare",
    "show_number",
    "show_reading",
    "target_words",
]


def show_reading(
    reading: Reading, unit: Unit | None = None, measure: Measure | None = None, *edges: float
) -> str:
    """Return a reading in words.

    Numbers are written with as many digits as set them apart from the edges of a measure and other `edges`.
    Milestones that are no part of the measure are left out.
    """
    if isinstance(reading, bool):
        return "yes" if reading else "no"
    if measure is not None:
        edges = (*edges, *edges_of(measure))
    if isinstance(reading, Ratio):
        counts = f"{plain(reading.numerator)} of {plain(reading.denominator)}"
        return f"{show_number(reading.value, unit, *edges)} ({counts})"
    if isinstance(reading, float):
        return show_number(reading, unit, *edges)
    if isinstance(reading, str):
        return reading
    # pyright takes float for "float or int"; no reading is an int.
    members = map(_member, reading, repeat(measure))  # pyright: ignore[reportArgumentType]
    return ", ".join(member for member in members if member) or "none"


def _member(member: str | tuple[str, float | bool | Ratio], measure: Measure | None) -> str:
    """Return a name, or a part with its reading, in words; empty for a milestone that was dropped."""
    if isinstance(member, str):
        is_dropped = isinstance(measure, Milestones) and member not in measure.names
        return "" if is_dropped else member
    name, reading = member
    part = dict(measure.parts).get(name) if isinstance(measure, Compound) else None
    return f"{name}: {show_reading(reading, None, part)}"


def show_number(value: float, unit: Unit | None, *edges: float) -> str:
    """Return a number in its unit, if it has one, set apart from the edges."""
    return plain(value, *edges) if unit is None else unit.format(value, *edges)


def show_bare(value: float, unit: Unit | None, *edges: float) -> str:
    """Return a number for use beside one with its unit, set apart from the edges."""
    return plain(value, *edges) if unit is None else unit.bare(value, *edges)


def describe_bound(bound: Bound, unit: Unit | None, *beside: float) -> str:
    """Return a bound with its unit, set apart from numbers beside it: "at most 85 tickets"."""
    edges = (*beside, *limits_of(bound))
    how = at_12_decimals(*edges) if beside else ""
    if isinstance(bound, Between):
        low, high = (show_bare(end, unit, *edges) for end in (bound.low, bound.high))
        return f"between {low} and {high}{how}"
    return f"{bound.words} {show_bare(bound.limit, unit, *edges)}{how}"


def at_12_decimals(*numbers: float) -> str:
    """Return a note if any of the numbers is 0 at 12 decimals, but not exactly."""
    return " at 12 decimals" if any(each and not snap(each) for each in numbers) else ""


def target_words(measure: Measure, unit: Unit | None = None) -> str:
    """Return the target of a measure in a few words.

    >>> from okrcore import AtMost, Increase, Milestones
    >>> target_words(Increase(3.1, 3.8), Unit("%")), target_words(AtMost(85))
    ('3.1% to 3.8%', 'at most 85')
    """
    return _TARGETS[type(measure)](measure, unit)


def listed(words: Sequence[str]) -> str:
    """Return a list in words: one, two and three."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _from_to(measure: Increase | Decrease | FromTo, unit: Unit | None) -> str:
    if measure.baseline is None:
        return f"from a baseline to be found to {show_number(measure.target, unit)}"
    return _ends(measure.baseline, measure.target, unit)


def _ends(baseline: float, target: float, unit: Unit | None) -> str:
    return f"{show_bare(baseline, unit, target)} to {show_number(target, unit, baseline)}"


def _shift(measure: Relative | Points | Multiple, unit: Unit | None) -> str:
    if isinstance(measure, Relative):
        change = f"{measure.percent:+g}%"
    elif isinstance(measure, Points):
        change = f"{'+' if measure.change > 0 else ''}{show_number(measure.change, unit)}"
    else:
        change = f"{plain(measure.factor)} times the baseline"
    if measure.baseline is None:
        return change
    return f"{change}: {_ends(measure.baseline, measure.target_from(measure.baseline), unit)}"


def bound_words(bound: Bound, unit: Unit | None) -> str:
    """Return a bound in words: "at most 85 tickets"."""
    if isinstance(bound, Between):
        low, high = show_bare(bound.low, unit, bound.high), show_number(bound.high, unit, bound.low)
        return f"between {low} and {high}"
    return f"{bound.words} {show_number(bound.limit, unit)}"


def _anchors(measure: Anchors, unit: Unit | None) -> str:
    return listed([f"{show_number(value, unit)} for {score:g}" for score, value in measure.anchors])


def _compound(measure: Compound, unit: Unit | None) -> str:
    return listed([f"{name}: {target_words(part, unit)}" for name, part in measure.parts])


#: Target in words, by class of measure.
_TARGETS: Final[Mapping[type[Any], Callable[[Any, Unit | None], str]]] = MappingProxyType(
    {
        **dict.fromkeys((Increase, Decrease, FromTo), _from_to),
        Reach: lambda measure, unit: show_number(measure.target, unit),
        **dict.fromkeys((Relative, Points, Multiple), _shift),
        **dict.fromkeys(get_args(Bound), bound_words),
        PassFail: lambda _measure, _unit: "yes or no",
        Milestones: lambda measure, _: listed(measure.names),
        Evidence: lambda measure, _: f"{measure.required} {measure.what or 'pieces of evidence'}",
        EstablishBaseline: lambda _measure, _unit: "a baseline to be found",
        Exactly: lambda measure, unit: f"exactly {show_number(measure.target, unit)}",
        Budget: lambda measure, unit: f"at most {show_number(measure.limit, unit)} spent",
        Anchors: _anchors,
        Steps: lambda measure, _: str(measure),
        Zones: lambda measure, _: str(measure.labels[-1]),
        Judged: lambda _measure, _unit: "judged at the end",
        Compound: _compound,
    }
)

#: Most guardrails below an objective that are named.
_NAMED: Final = 3  # library default


def guardrails_behind(stages: Stages, index: int) -> str:
    """Return the guardrails that had a part in the score of an objective; empty without any."""
    words = (entering_guardrails, guardrails_below, limiting_guardrails)
    return "".join(each(stages, index) for each in words).removeprefix("; ")


def entering_guardrails(stages: Stages, index: int) -> str:
    """Return the guardrails that enter the score of an objective as parts; empty without any."""
    if not guards_enter(stages, index):
        return ""
    states = _states(stages, index)
    parts = [
        f"{_named(stages, index, id)} {states[id]} as {int(states[id] is not BoundState.BREACHED)}"
        for id in _moving(stages, index)
    ]
    return f"; with {_noun(parts)} {', '.join(parts)}" if parts else ""


def limiting_guardrails(stages: Stages, index: int) -> str:
    """Return the breached guardrails that set or cap the score of an objective; empty without any."""
    rule, ids = stages.facts.books[index].guardrails, _moving(stages, index)
    if not ids or rule.effect is BreachEffect.AVERAGE:
        return ""
    names = [_named(stages, index, id) for id in ids]
    limit = f"at most {plain(rule.cap, 0.0, 1.0)}" if rule.effect is BreachEffect.CAP else "0"
    return f"; {_noun(names)} {', '.join(names)} breached: {limit}"


def guardrails_below(stages: Stages, index: int) -> str:
    """Return the guardrails that moved scores below an objective; empty without any."""
    if all(book.guardrails.effect is BreachEffect.SEPARATE for book in stages.facts.distinct_books):
        return ""
    names: dict[str, None] = {}
    waiting, seen = [(stages, index)], {stages.facts.compiled.ids[index]}
    while waiting:
        at, parent = waiting.pop()
        compiled = at.facts.compiled
        for part in at.inputs.of(parent).counted:
            then, below = at.of_item(part)  # a chain has an index after those of all items
            home, objectives = then.facts.compiled.ids[below], then.facts.compiled.of_objectives
            is_out = part < compiled.size and at.excluded[part]
            if below not in objectives or is_out or home in seen:
                continue
            seen.add(home)
            waiting.append((then, below))
            names |= {f"{_named(then, below, id)} in {home}": None for id in _moving(then, below)}
    if not names:
        return ""
    first = list(names)[:_NAMED]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"; scores below are moved by {_noun(list(names))} {', '.join(first)}{more}"


def _moving(stages: Stages, index: int) -> Sequence[str]:
    """Return the ids of the guardrails that had an effect on the score of an objective."""
    rule, combined = stages.facts.books[index].guardrails, stages.scores.progress[index]
    if isnan(combined) or rule.effect is BreachEffect.SEPARATE:
        return ()
    if rule.effect is BreachEffect.AVERAGE:
        states = _states(stages, index).items()
        return [id for id, state in states if state is not BoundState.UNKNOWN]
    # A cap above the number has no effect.
    if rule.effect is BreachEffect.CAP and not at_least(combined, rule.cap):
        return ()
    states = _states(stages, index).items()
    return [id for id, state in states if state is BoundState.BREACHED]


def _named(stages: Stages, index: int, id: str) -> str:
    guardrails = stages.facts.compiled.objective(index).guardrails
    title = next(each.title for each in guardrails if each.id == id)
    return f"{' '.join(title.split())} ({id})"


def guards_enter(stages: Stages, index: int) -> bool:
    """Whether the guardrails of an objective enter its mean."""
    return stages.facts.books[index].guardrails.effect is BreachEffect.AVERAGE


def _states(stages: Stages, index: int) -> Mapping[str, BoundState]:
    objective = stages.facts.compiled.objective(index)
    return state_by_id(objective, stages.guardrails.of(index))


def _noun(names: Sequence[str]) -> str:
    return "guardrail" if len(names) == 1 else "guardrails"
