"""Edges of a rulebook: the numbers that scores and their like are compared with, and written beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from okrcore._arith import Rounding, round_to
from okrcore.plan import Ambition, AtLeast, Below
from okrcore.rulebook.bands import Axis, Bands
from okrcore.rulebook.standing import ByBands

if TYPE_CHECKING:
    from okrcore.rulebook.rulebook import Rulebook

__all__ = ["axis_edges", "band_edges", "score_edges"]


def band_edges(bands: Bands) -> tuple[float, ...]:
    """Return the edges of bands; where numbers are rounded first, the ends of what rounds to each, too.

    >>> from okrcore import AtLeast
    >>> band_edges(Bands([(AtLeast(0.7), "green"), (None, "red")], digits=1))
    (0.7, 0.65)
    """
    found: list[float] = []
    for bound, _ in bands.bands:
        if bound is None:
            continue
        found.append(bound.limit)
        if bands.digits is not None:
            # From the next number above on, or up to the next below.
            side = -1 if isinstance(bound, (AtLeast, Below)) else 1
            at = side * round_to(side * bound.limit, bands.digits, Rounding.FLOOR)
            half = 10.0**-bands.digits / 2
            found.append(round_to(at + side * half, bands.digits + 1, Rounding.HALF_UP))
    return tuple(found)


def axis_edges(rulebook: Rulebook, axis: Axis, ambition: Ambition | None = None) -> Iterator[float]:
    """Yield the edges of the scales and status rules over an axis."""
    for scale in rulebook.scales:
        if scale.axis is axis and scale.ambition in (None, ambition):
            yield from band_edges(scale.bands)
    for rule in rulebook.status:
        if isinstance(rule, ByBands) and rule.axis is axis:
            yield from band_edges(rule.bands)


def score_edges(rulebook: Rulebook, ambition: Ambition | None) -> tuple[float, ...]:
    """Return every number that a score, or the progress behind it, is compared with."""
    found = {0.0, 1.0, rulebook.pacing.share_for(ambition), rulebook.review.full.limit}
    for clip in (rulebook.attainment.clip, rulebook.roll_up.entry, rulebook.roll_up.result):
        found.update(e for e in (clip.floor, clip.ceiling, clip.full_from) if e is not None)
    for judges in (rulebook.verdict_for(ambition), rulebook.closing.suggestion_for(ambition)):
        if judges is not None:
            found.update(band_edges(judges.bands))
    for axis in (Axis.SCORE, Axis.PROGRESS):
        found.update(axis_edges(rulebook, axis, ambition))
    return tuple(sorted(found))
