"""The sentences of a result: where a score comes from, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Final

from okrcore._arith import as_percent, snap, written
from okrcore.plan import (
    Between,
    Compound,
    Derivation,
    Evidence,
    Judged,
    KeyResult,
    Measure,
    Milestones,
    Objective,
    PassFail,
    Ratio,
    Reading,
    Steps,
    Unit,
)
from okrcore.plan.bounds import Bound, BoundState
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import Combination
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guarding import Watch
from okrcore.scorecard.missing import WhyNot, why_not_key_result, why_not_objective
from okrcore.scorecard.uncounted import summed_up, uncounted

__all__ = ["show_reading", "why_score", "why_unread", "why_watch"]


def show_reading(reading: Reading, unit: Unit | None = None) -> str:
    """Write a reading for people."""
    if isinstance(reading, bool):
        return "yes" if reading else "no"
    if isinstance(reading, Ratio):
        counts = f"{plain(reading.numerator)} of {plain(reading.denominator)}"
        return f"{show_number(reading.value, unit)} ({counts})"
    if isinstance(reading, float):
        return show_number(reading, unit)
    if isinstance(reading, str):
        return reading
    # pyright takes float for "float or int"; no reading is an int.
    return ", ".join(map(_name_or_part, reading)) or "none"  # pyright: ignore[reportArgumentType]


def _name_or_part(member: str | tuple[str, float | bool | Ratio]) -> str:
    return member if isinstance(member, str) else f"{member[0]}: {show_reading(member[1])}"


def show_number(value: float, unit: Unit | None) -> str:
    """Write a number in its unit, if it has one."""
    return plain(value) if unit is None else unit.format(value)


def show_bare(value: float, unit: Unit | None) -> str:
    """Write a number beside one that has its unit already."""
    return plain(value) if unit is None else unit.bare(value)


def why_score(figures: Figures, place: int) -> str:
    """Say where the score of a key result or an objective comes from, or why there is none."""
    row = place - figures.offset
    if row >= 0:
        return _why_objective(figures, figures.program.objectives[row], row)
    return _why_key_result(figures, figures.program.key_results[place], place)


def _why_key_result(figures: Figures, kr: KeyResult, place: int) -> str:
    """Say where the score of a key result comes from, or why there is none."""
    reason = why_not_key_result(figures, place)
    if reason is not None:
        return _no_score(figures, kr, place, reason)
    if place in figures.supposed_at:
        return f"supposed to score {plain(figures.scores[place])}"
    read = figures.read(place)
    if read is None:
        words = why_unread(figures, place, otherwise=f"nothing read{_by_closing(figures, place)}")
        return f"{words} counts as {plain(figures.progress[place])}"
    if place in figures.stood_in:
        return f"no baseline yet, which counts as {plain(figures.progress[place])}"
    if type(kr.measure) in LINEAR:
        ends = (figures.ends[0][place], figures.ends[1][place])
        way = " to ".join(show_bare(end, kr.unit) for end in ends)
        reading = show_reading(read[0], kr.unit)
        return f"{reading} is {as_percent(figures.progress[place])} of the way from {way}"
    return _attained(kr, read[0], figures.progress[place])


_IDLE: Final = frozenset(
    {
        WhyNot.DRAFT,
        WhyNot.PROPOSED,
        WhyNot.PARKED,
        WhyNot.PAUSED,
        WhyNot.DEFERRED,
        WhyNot.ARCHIVED,
    }
)


def _idle(figures: Figures, id: str, reason: WhyNot) -> str:
    item = figures.original.items[id]
    if isinstance(item, Objective) and item.parked is not None:
        return f"parked: {item.parked.because}"
    since = figures.life_of(id).since
    return f"{reason} since {since}" if since is not None else "its objective is not active"


def _no_score(figures: Figures, kr: KeyResult, place: int, reason: WhyNot) -> str:
    if reason in _IDLE:
        return _idle(figures, kr.id, reason)
    read = figures.read(place)
    reading = None if read is None else show_reading(read[0], kr.unit)
    if reason is WhyNot.ESTABLISHES_BASELINE:
        if reading is not None:
            return f"baseline found: {reading}"
        return why_unread(figures, place, otherwise="baseline not found yet")
    if reason is WhyNot.NOT_OBSERVABLE and kr.timing is not None:
        return f"its result can be seen from {kr.timing.observable_from}"
    if reason is WhyNot.NO_WAY:
        return f"baseline and target are both {show_number(figures.ends[1][place], kr.unit)}"
    if reason is WhyNot.TOO_LARGE:
        return "what was read comes to a number beyond all others"
    if reason is WhyNot.OFF_SCALE and read is not None:
        return f"{reading} has no score: {_gap(kr.measure, read[0])}"
    if reason is WhyNot.NO_READING:
        return why_unread(figures, place, otherwise=f"no reading{_by_closing(figures, place)}")
    return "its cycle has not started" if reason is WhyNot.NOT_STARTED else "no baseline yet"


def _by_closing(figures: Figures, place: int) -> str:
    home = figures.program.objectives[figures.program.home[place]]
    closing = figures.life_of(home.id).closing
    return "" if closing is None else f" by the closing on {closing.on}"


def why_unread(figures: Figures, place: int, *, otherwise: str) -> str:
    """Say why no reading counts for a key result.

    Args:
        figures: The figures.
        place: The place of the key result.
        otherwise: The words for one without any reading.
    """
    derived = figures.program.derived.get(place)
    if derived is None:
        found = uncounted(figures, figures.program.ids[place])
        return "; ".join(summed_up(found)) or otherwise
    reads = [(part, figures.read(figures.program.place_of[part])) for part in derived.of]
    unread = ", ".join(part for part, read in reads if read is None)
    if unread:
        return f"unread: {unread}"
    part, last = reads[-1]
    if derived.how is Derivation.RATIO and last is not None and not snap(number_of(last[0])):
        return f"{part} is 0"
    return f"the {derived.how} of {', '.join(derived.of)} is too large for a number"


def _attained(kr: KeyResult, reading: Reading, progress: float) -> str:
    measure, shown = kr.measure, show_reading(reading, kr.unit)
    if isinstance(measure, Bound):
        held = "" if measure.holds(number_of(reading)) else "not "
        return f"{shown} is {held}{describe_bound(measure, kr.unit)}"
    if isinstance(measure, Milestones):
        return f"{as_percent(progress)} of the weight reached: {shown}"
    if isinstance(measure, Evidence):
        return f"{progress * measure.required:g} of {measure.required}: {shown}"
    if isinstance(reading, bool):
        return "met" if reading else "not met"
    if isinstance(measure, (PassFail, Judged)):
        return f"credit {shown}"
    return f"{shown} is worth {written(progress)}"


def _gap(measure: Measure, reading: Reading) -> str:
    if isinstance(measure, Compound):
        is_whole = isinstance(reading, tuple) and len(reading) == len(measure.parts)
        return "its parts make no number" if is_whole else "a part is unread"
    return "no step holds it" if isinstance(measure, Steps) else "no cycle, so no periods"


def _why_objective(figures: Figures, objective: Objective, row: int) -> str:
    """Say where the score of an objective comes from, or why there is none."""
    reason = why_not_objective(figures, row)
    apart = None if reason is None else _apart_from_parts(figures, objective, row, reason)
    if apart is not None:
        return apart
    inputs = figures.layout.inputs_of(row)
    places, (counted, _) = inputs.places, inputs.weighed
    if not places:
        return "no key results; the rulebook says what that counts"
    there = len(counted) - sum(map(isnan, map(figures.scores.__getitem__, counted)))
    one, many = _kind(figures, places)
    if len(places) == 1:
        at = places[0]
        return f"its one {one}" if there else f"its one {one}: {_part_reason(figures, at)}"
    if not there and reason is not None:
        word = "counts yet" if reason is WhyNot.NOTHING_COUNTS else "is measured"
        return f"none of its {len(places)} {many} {word}"
    how = figures.books[row].roll_up.combine
    weighted = "weighted " if how is Combination.MEAN and len(set(inputs.weights)) > 1 else ""
    return f"{weighted}{how} of {there} of {len(places)} {many}"


def _apart_from_parts(
    figures: Figures, objective: Objective, row: int, reason: WhyNot
) -> str | None:
    """Say why an objective has no score, where that is no matter of its parts."""
    if reason in _IDLE:
        return _idle(figures, objective.id, reason)
    if reason is WhyNot.LEARNING:
        return "a learning objective closes by judgement, without a score"
    if reason is WhyNot.NOT_STARTED and objective.cycle is not None:
        return f"starts on {objective.cycle.start}"
    if reason is WhyNot.NO_KEY_RESULTS:
        return "no key results"
    if reason is WhyNot.TOO_THIN:
        return f"too little of it is read: {as_percent(figures.coverage[figures.offset + row])}"
    return None


def _kind(figures: Figures, places: Sequence[int]) -> tuple[str, str]:
    first, last = min(places), max(places)
    if last < figures.offset:
        return "key result", "key results"
    if figures.offset <= first and last < figures.offset + len(figures.books):
        return "objective below", "objectives below"
    return "part", "parts"


def _part_reason(figures: Figures, place: int) -> str:
    if place < figures.offset:
        return _why_key_result(figures, figures.program.key_results[place], place)
    row = place - figures.offset
    if row >= len(figures.books):
        return "no reading"
    return why_not_objective(figures, row) or "tracked, not counted"


def describe_bound(bound: Bound, unit: Unit | None) -> str:
    """Write a bound with its unit: "at most 85 tickets"."""
    if isinstance(bound, Between):
        return f"between {show_bare(bound.low, unit)} and {show_bare(bound.high, unit)}"
    return f"{bound.words} {show_bare(bound.limit, unit)}"


def why_watch(found: Watch, bound: Bound | None, unit: Unit | None) -> str:
    """Say why a guardrail or metric is in its state."""
    if found.reading is None:
        return "no reading"
    reading = show_reading(found.reading, unit)
    if bound is None:
        return f"{reading}; no bound says what is well"
    limit = describe_bound(bound, unit)
    if found.state is BoundState.UNKNOWN:
        return f"last read on {found.read_on}, too long before the close"
    if found.state is BoundState.HELD:
        return f"{reading}, within its limit ({limit})"
    if found.state is BoundState.WARNING:
        side = (
            "close to its limit"
            if bound.holds(number_of(found.reading))
            else "just outside its limit"
        )
        return f"{reading}, {side} ({limit})"
    return f"{reading}, outside its limit ({limit}), first on {found.first_breach}"
