"""Targets of measures in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore.plan import (
    Anchors,
    Between,
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
    Reach,
    Relative,
    Steps,
    Unit,
    Zones,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.unit import plain
from okrcore.scorecard.day.reading_words import show_bare, show_number

__all__ = ["bound_words", "listed", "target_words"]


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
