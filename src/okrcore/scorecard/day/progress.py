"""Progress of key results on a day, and their scores.

Rules of this file:

1. `progress_of_one` is the plain definition, for any measure. Lines are computed in one pass over their
   spans, and most other measures in one pass for each class.
2. The score of a key result is its progress, clipped.

Laws: test_progress_in_one_pass_is_that_of_each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import isnan
from typing import cast, final

from attrs import frozen

from okrcore._arith import ABSENT, bounded
from okrcore._checks import LARGEST
from okrcore.plan import EachPeriod, Measure
from okrcore.plan.measures import LINEAR, change_of
from okrcore.rulebook.clip import ZERO_TO_ONE
from okrcore.scorecard.day.closed_items import ClosedPart
from okrcore.scorecard.day.each_period import open_ends
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.measure_progress import (
    PROGRESS,
    line_progress,
    looks_back,
    measured_progress,
)
from okrcore.scorecard.day.readings import Readings, seen_of

__all__ = [
    "Progress",
    "default_progress",
    "progress_of",
    "progress_of_one",
    "unbounded_progress",
    "unscaled_progress",
]


@final
@frozen(eq=False)
class Progress:
    """Progress of key results.

    Args:
        raw: Progress by index; ABSENT without any.
        scores: The same, clipped.
        by_default: Indexes of key results without a reading or a baseline that have the rulebook's default.
        open_ends: By index of key results with open periods, the score with these as not held, and as held.
    """

    raw: Sequence[float]
    scores: list[float]
    by_default: frozenset[int]
    open_ends: Mapping[int, tuple[float, float]]


def progress_of(
    facts: Facts,
    excluded: Sequence[int],
    readings: Readings,
    closed: Sequence[ClosedPart[Progress]],
) -> Progress:
    """Return the progress of every key result."""
    compiled = facts.compiled
    lines = zip(readings.numbers, facts.baselines, facts.spans, strict=True)
    # Adding 0 turns -0.0 into 0.0.
    raw = [(number - baseline) / span + 0.0 for number, baseline, span in lines]
    for kind, indexes in compiled.nonlinear.items():
        _put_kind(facts, excluded, readings, kind, indexes, raw)
    raw = _within_bounds(facts, raw)
    for index in {*facts.established, *readings.made}:
        raw[index] = progress_of_one(facts, excluded, readings, index)
    by_default = _by_default(facts, readings)
    for index in by_default:
        raw[index] = default_progress(facts, index)
    for index, factor in facts.rescaled.items():
        raw[index] = bounded(raw[index] * factor)
    _put_given(excluded, readings, closed, raw)
    return Progress(
        raw, _clipped(facts, raw), by_default, dict(_open_ends(facts, excluded, readings))
    )


def _open_ends(
    facts: Facts, excluded: Sequence[int], readings: Readings
) -> Iterator[tuple[int, tuple[float, float]]]:
    for index in facts.compiled.nonlinear.get(EachPeriod, ()):
        measure, read = facts.compiled.measures[index], readings.of_journal(index)
        if read is None or excluded[index] or index in readings.supposed:
            continue
        ends = open_ends(cast("EachPeriod", measure), seen_of(facts, index, read))
        factor, clip = facts.rescaled.get(index, 1.0), facts.books[index].attainment.clip
        if not isnan(ends[0]):
            low, high = (clip.apply(bounded(end * factor)) for end in ends)
            yield index, (low, high)


def _put_given(
    excluded: Sequence[int],
    readings: Readings,
    closed: Sequence[ClosedPart[Progress]],
    raw: list[float],
) -> None:
    """Put the progress of excluded, closed and supposed key results into the column."""
    if 1 in excluded:
        for index in range(len(raw)):
            if excluded[index]:
                raw[index] = ABSENT
    for part in closed:
        known = part.then.raw
        for index, at in zip(part.key_results, part.key_results_then, strict=True):
            raw[index] = known[at]
    for index, score in readings.supposed.items():
        raw[index] = score


def _within_bounds(facts: Facts, raw: list[float]) -> list[float]:
    """Return progress, ABSENT beyond all numbers."""
    if not facts.compiled.may_exceed:
        return raw
    # ABSENT is neither below nor above a number; as the first one it would be minimum and maximum.
    low, high = min(chain((0.0,), raw)), max(chain((0.0,), raw))
    return raw if low >= -LARGEST and high <= LARGEST else list(map(bounded, raw))


def progress_of_one(facts: Facts, excluded: Sequence[int], readings: Readings, index: int) -> float:
    """Return the progress of one key result before it is multiplied; ABSENT if none, or beyond all numbers."""
    return bounded(unbounded_progress(facts, excluded, readings, index))


def unbounded_progress(
    facts: Facts, excluded: Sequence[int], readings: Readings, index: int
) -> float:
    """Return the same, also if it is beyond all numbers."""
    rule, measure = facts.books[index].attainment, facts.compiled.measures[index]
    read = readings.read(index)
    if read is None or excluded[index] or index in readings.supposed:
        return ABSENT
    if not facts.has_baseline(index):
        return default_progress(facts, index)
    if type(measure) in LINEAR:
        ends = facts.baselines[index], facts.targets[index]
        return line_progress(rule, read[0], *ends, change_of(measure, ends[0]))
    if looks_back(rule, type(measure)):
        return measured_progress(rule, measure, seen_of(facts, index, read))
    return PROGRESS[type(measure)](rule, measure, read[0])


def unscaled_progress(
    facts: Facts, excluded: Sequence[int], readings: Readings, progress: Progress, index: int
) -> float:
    """Return the progress of one key result before it is multiplied, or set to its default."""
    if index not in facts.rescaled:
        return progress.raw[index]
    if index in progress.by_default:
        return default_progress(facts, index)
    return progress_of_one(facts, excluded, readings, index)


def default_progress(facts: Facts, index: int) -> float:
    """Return the progress of a key result without a reading or baseline; ABSENT without a default."""
    unread = facts.books[index].attainment.missing
    return ABSENT if unread is None else unread


def _put_kind(
    facts: Facts,
    excluded: Sequence[int],
    readings: Readings,
    kind: type[Measure],
    indexes: Sequence[int],
    raw: list[float],
) -> None:
    """Put the progress of one class of measures into the column."""
    rule, measures = facts.rulebook.attainment, facts.compiled.measures
    one_by_one = facts.compiled.has_methods or kind in LINEAR
    if one_by_one or kind not in PROGRESS or looks_back(rule, kind):
        for index in indexes:
            raw[index] = progress_of_one(facts, excluded, readings, index)
        return
    progress, rows, values = PROGRESS[kind], readings.rows, readings.column.values
    made = readings.made
    # Rows of a derived metric have no value alone.
    for index in [index for index in indexes if index not in made] if made else indexes:
        row = rows[index]
        # The last row of a derived metric has the reading of one part; made values are put in later.
        is_read = row >= 0 and index not in readings.made
        raw[index] = progress(rule, measures[index], values[row]) if is_read else ABSENT


def _by_default(facts: Facts, readings: Readings) -> frozenset[int]:
    if all(book.attainment.missing is None for book in facts.distinct_books):
        return frozenset()
    return frozenset(
        index
        for index in facts.compiled.of_key_results
        if facts.books[index].attainment.missing is not None
        and index not in readings.supposed
        and (not facts.has_baseline(index) or readings.read(index) is None)
    )


def _clipped(facts: Facts, raw: Sequence[float]) -> list[float]:
    if len(facts.distinct_books) > 1:
        clips = facts.by_book(lambda book: book.attainment.clip)
        pairs = zip(raw, clips, strict=False)
        return [each if isnan(each) else clip.apply(each) for each, clip in pairs]
    clip = facts.distinct_books[0].attainment.clip
    if clip == ZERO_TO_ONE:
        # Without a call for each key result; floats are compared with floats twice as fast as with whole
        # numbers.
        return [0.0 if each <= 0.0 else 1.0 if each > 1.0 else each for each in raw]  # noqa: FURB136
    return [each if isnan(each) else clip.apply(each) for each in raw]
