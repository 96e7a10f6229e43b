"""Targets in a few words.

A measure is a row in `_TARGETS`: the words for its target.
"""

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

_Words = Callable[[Any, Unit | None], str]


def target_words(measure: Measure, unit: Unit | None = None) -> str:
    """Return the target of a measure, in a few words.

    >>> from okrcore import AtMost, Increase, Milestones
    >>> target_words(Increase(3.1, 3.8), Unit("%")), target_words(AtMost(85))
    ('3.1% to 3.8%', 'at most 85')
    """
    return _TARGETS[type(measure)](measure, unit)


def listed(words: Sequence[str]) -> str:
    """Write several as people do: one, two and three."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _from_to(measure: Increase | Decrease | FromTo, unit: Unit | None) -> str:
    if measure.baseline is None:
        return f"from a baseline to be found to {show_number(measure.target, unit)}"
    return _way(measure.baseline, measure.target, unit)


def _way(baseline: float, target: float, unit: Unit | None) -> str:
    return f"{show_bare(baseline, unit, target)} to {show_number(target, unit, baseline)}"


def _shift(measure: Relative | Points | Multiple, unit: Unit | None) -> str:
    if isinstance(measure, Relative):
        asked = f"{measure.percent:+g}%"
    elif isinstance(measure, Points):
        asked = f"{'+' if measure.change > 0 else ''}{show_number(measure.change, unit)}"
    else:
        asked = f"{plain(measure.factor)} times the baseline"
    if measure.baseline is None:
        return asked
    return f"{asked}: {_way(measure.baseline, measure.target_from(measure.baseline), unit)}"


def bound_words(bound: Bound, unit: Unit | None) -> str:
    """Return a bound in words: "at most 85 tickets"."""
    if isinstance(bound, Between):
        low, high = show_bare(bound.low, unit, bound.high), show_number(bound.high, unit, bound.low)
        return f"between {low} and {high}"
    return f"{bound.words} {show_number(bound.limit, unit)}"


def _evidence(measure: Evidence, unit: Unit | None) -> str:  # noqa: ARG001  # one face for all rows
    return f"{measure.required} {measure.what or 'pieces of evidence'}"


def _anchors(measure: Anchors, unit: Unit | None) -> str:
    return listed([f"{show_number(value, unit)} for {score:g}" for score, value in measure.anchors])


def _compound(measure: Compound, unit: Unit | None) -> str:
    return listed([f"{name}: {target_words(part, unit)}" for name, part in measure.parts])


def _milestones(measure: Milestones, unit: Unit | None) -> str:  # noqa: ARG001
    return listed(measure.names)


def _said(words: str) -> _Words:
    def say(measure: Any, unit: Unit | None) -> str:  # noqa: ARG001
        return words

    return say


def _reach(measure: Reach, unit: Unit | None) -> str:
    return show_number(measure.target, unit)


def _exactly(measure: Exactly, unit: Unit | None) -> str:
    return f"exactly {show_number(measure.target, unit)}"


def _budget(measure: Budget, unit: Unit | None) -> str:
    return f"at most {show_number(measure.limit, unit)} spent"


def _steps(measure: Steps, unit: Unit | None) -> str:  # noqa: ARG001
    return str(measure)


def _zones(measure: Zones, unit: Unit | None) -> str:  # noqa: ARG001
    return measure.labels[-1]


_ROWS: Final[dict[type[Any], _Words]] = {
    Increase: _from_to,
    Decrease: _from_to,
    FromTo: _from_to,
    Reach: _reach,
    Relative: _shift,
    Points: _shift,
    Multiple: _shift,
    **dict.fromkeys(get_args(Bound), bound_words),
    PassFail: _said("yes or no"),
    Milestones: _milestones,
    Evidence: _evidence,
    EstablishBaseline: _said("a baseline to be found"),
    Exactly: _exactly,
    Budget: _budget,
    Anchors: _anchors,
    Steps: _steps,
    Zones: _zones,
    Judged: _said("judged at the end"),
    Compound: _compound,
}
_TARGETS: Final[Mapping[type[Any], _Words]] = MappingProxyType(_ROWS)
