"""Readings, numbers and bounds as people write them."""

from __future__ import annotations

from itertools import repeat

from okrcore._arith import snap
from okrcore.plan import Between, Compound, Measure, Milestones, Ratio, Reading, Unit
from okrcore.plan.bounds import Bound
from okrcore.plan.edges import edges_of, limits_of
from okrcore.plan.unit import plain

__all__ = ["at_12_decimals", "describe_bound", "show_bare", "show_number", "show_reading"]


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
