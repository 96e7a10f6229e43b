"""The sentences of a result: where a score comes from, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import isnan
from typing import Final, cast

from okrcore._arith import percent_beside, short_beside, snap, written_beside
from okrcore.plan import (
    Between,
    Compound,
    Derivation,
    Evidence,
    Exactly,
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
from okrcore.plan.edges import edges_of, limits_of
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import Combination
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guard_words import (
    entering_guardrails,
    guardrails_below,
    limiting_guardrails,
)
from okrcore.scorecard.guarding import Watch
from okrcore.scorecard.layout import Inputs
from okrcore.scorecard.missing import WhyNot, too_large, why_not_key_result, why_not_objective
from okrcore.scorecard.results import GuardrailResult
from okrcore.scorecard.uncounted import summed_up, uncounted

__all__ = [
    "edges_at",
    "show_reading",
    "why_healed",
    "why_progress",
    "why_score",
    "why_unread",
    "why_watch",
]


def edges_at(figures: Figures, place: int) -> tuple[float, ...]:
    """Return the scores that the score of a key result or an objective is compared with."""
    row = figures.row_of(place)
    return figures.books[row].edges(figures.program.objectives[row].ambition)


def show_reading(
    reading: Reading, unit: Unit | None = None, measure: Measure | None = None, *edges: float
) -> str:
    """Write a reading for people.

    Args:
        reading: The reading.
        unit: Its unit.
        measure: The measure that takes it, where there is one: numbers are written beside its edges, and
            milestones that are no part of it are left out.
        edges: What else a number is compared with.
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
    """Write a name, or a part with its reading; nothing for a milestone that was dropped."""
    if isinstance(member, str):
        is_dropped = isinstance(measure, Milestones) and member not in measure.names
        return "" if is_dropped else member
    name, reading = member
    part = dict(measure.parts).get(name) if isinstance(measure, Compound) else None
    return f"{name}: {show_reading(reading, None, part)}"


def show_number(value: float, unit: Unit | None, *edges: float) -> str:
    """Write a number in its unit, if it has one, beside what it is compared with."""
    return plain(value, *edges) if unit is None else unit.format(value, *edges)


def show_bare(value: float, unit: Unit | None, *edges: float) -> str:
    """Write a number beside one that has its unit already."""
    return plain(value, *edges) if unit is None else unit.bare(value, *edges)


def why_score(figures: Figures, place: int) -> str:
    """Say where the score of a key result or an objective comes from, or why there is none."""
    row, words = place - figures.offset, why_progress(figures, place)
    return f"{words}{limiting_guardrails(figures, row)}" if row >= 0 else words


def why_progress(figures: Figures, place: int) -> str:
    """Say the same of what the score was before guardrails capped it, or set it to 0."""
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
        return f"supposed to score {plain(figures.scores[place], *edges_at(figures, place))}"
    read = figures.read(place)
    if read is None:
        words = why_unread(figures, place, otherwise=f"nothing read{_by_closing(figures, place)}")
        counted = plain(figures.unscaled(place), *_unscaled_edges(figures, place))
        return f"{words} counts as {counted}{_scaled(figures, place)}"
    if place in figures.stood_in:
        counted = plain(figures.unscaled(place), *_unscaled_edges(figures, place))
        return f"no baseline yet, which counts as {counted}{_scaled(figures, place)}"
    worse = _worse_than_at_the_start(figures, kr, place, read[0])
    attained = _on_the_way if type(kr.measure) in LINEAR else _attained
    return f"{attained(figures, kr, place, read[0])}{worse}{_scaled(figures, place)}"


def _unscaled_edges(figures: Figures, place: int) -> tuple[float, ...]:
    """Return the edges of a score as progress has them before it is multiplied."""
    factor = figures.rescaled.get(place, 1.0)
    return tuple([edge / factor for edge in edges_at(figures, place)])


def _scaled(figures: Figures, place: int) -> str:
    """Write the factor of progress, if the scope was cut."""
    factor = figures.rescaled.get(place)
    return "" if factor is None else f", times {short_beside(factor, 1.0)}"


def _on_the_way(figures: Figures, kr: KeyResult, place: int, reading: Reading) -> str:
    """Say how far a reading is on a line; it is written beside the numbers at the edges of the share."""
    ends, value = (figures.ends[0][place], figures.ends[1][place]), number_of(reading)
    edges = _unscaled_edges(figures, place)
    at_edges = [ends[0] + edge * (ends[1] - ends[0]) for edge in edges]
    way = " to ".join(show_bare(end, kr.unit, value, *ends) for end in ends)
    share = percent_beside(figures.unscaled(place), *edges)
    return (
        f"{show_reading(reading, kr.unit, None, *ends, *at_edges)} is {share} of the way from {way}"
    )


def _worse_than_at_the_start(figures: Figures, kr: KeyResult, place: int, reading: Reading) -> str:
    """Tell a value that is worse than at the start from nothing yet, which scores 0 as well."""
    if snap(figures.progress[place]) >= 0:
        return ""
    if isinstance(kr.measure, Exactly):
        return ", further away than at the start"
    is_line = type(kr.measure) in LINEAR
    baseline = figures.ends[0][place] if is_line else getattr(kr.measure, "baseline", None)
    if baseline is None:
        return ""
    side = "below" if number_of(reading) < baseline else "above"
    return f", {side} where it began"


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
    since = figures.life_of(id).since if id in figures.idle else None
    return f"{reason} since {since}" if since is not None else "its objective is not active"


def _no_score(figures: Figures, kr: KeyResult, place: int, reason: WhyNot) -> str:
    if reason in _IDLE:
        return _idle(figures, kr.id, reason)
    read = figures.read(place)
    reading = None if read is None else show_reading(read[0], kr.unit, kr.measure)
    if reason is WhyNot.ESTABLISHES_BASELINE:
        if reading is not None:
            return f"baseline found: {reading}"
        return why_unread(figures, place, otherwise="baseline not found yet")
    if reason is WhyNot.NOT_OBSERVABLE and kr.timing is not None:
        return f"its result can be seen from {kr.timing.observable_from}"
    if reason is WhyNot.NO_WAY:
        return f"baseline and target are both {show_number(figures.ends[1][place], kr.unit)}"
    if reason is WhyNot.TOO_LARGE:
        return f"{too_large(figures, place)} comes to a number beyond all others"
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
        return f"{part} is 0{_at_12_decimals(number_of(last[0]))}"
    return f"the {derived.how} of {', '.join(derived.of)} is too large for a number"


def _attained(figures: Figures, kr: KeyResult, place: int, reading: Reading) -> str:
    measure, progress = kr.measure, figures.unscaled(place)
    edges = _unscaled_edges(figures, place)
    shown = show_reading(reading, kr.unit, measure)
    if isinstance(measure, Bound):
        value = number_of(reading)
        held = "" if measure.holds(value) else "not "
        return f"{shown} is {held}{describe_bound(measure, kr.unit, value)}"
    if isinstance(measure, Milestones):
        return f"{percent_beside(progress, *edges)} of the weight reached: {shown}"
    if isinstance(measure, Evidence):
        required = float(measure.required)
        obtained = plain(progress * required, *[edge * required for edge in edges])
        return f"{obtained} of {measure.required}: {shown}"
    if isinstance(reading, bool):
        return "met" if reading else "not met"
    if isinstance(measure, (PassFail, Judged)):
        return f"credit {show_reading(reading, kr.unit, measure, *edges)}"
    return f"{shown} is worth {written_beside(progress, *edges)}"


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
    guards = entering_guardrails(figures, row)
    if not inputs.places:
        return "no key results" + (guards or "; the rulebook says what that counts")
    tracked = len(inputs.places) - len(inputs.counted)
    if not inputs.counted:
        made = "" if guards else _made(figures, row)
        return f"{_why_unweighed(figures, inputs.places)}{guards}{made}"
    more = f"; {tracked} more {'has' if tracked == 1 else 'have'} {_TRACKED}" if tracked else ""
    below = guardrails_below(figures, row)
    return f"{_why_counted(figures, row, inputs, reason)}{more}{guards}{below}"


#: Words for parts without a weight.
_TRACKED: Final = "weight 0: tracked, not counted"


def _why_unweighed(figures: Figures, parts: Sequence[int]) -> str:
    """Say that nothing below has a weight."""
    several = "both have" if len(parts) == 2 else f"all {len(parts)} have"
    which = several if len(parts) > 1 else f"its one {_kind(figures, parts)[0]} has"
    return f"{which} {_TRACKED}"


def _made(figures: Figures, row: int) -> str:
    """Write what a rulebook makes of an objective of which nothing counts; nothing without a score."""
    place = figures.offset + row
    score = figures.scores[place]
    if isnan(score):
        return ""
    return f"; that makes {written_beside(score, *edges_at(figures, place))}"


def _why_counted(figures: Figures, row: int, inputs: Inputs, reason: WhyNot | None) -> str:
    """Say what the parts that have a weight make; those that are excluded are counted apart."""
    pairs = list(zip(*inputs.weighed, strict=True))
    entering = [(at, weight) for at, weight in pairs if not figures.excluded[at]] or pairs
    counted, weights = zip(*entering, strict=True)
    unscored = _unscored(figures, row, counted)
    there = len(counted) - len(unscored)
    one, many = _kind(figures, counted)
    rule = figures.books[row].roll_up
    if len(counted) == 1:
        name = f"its one {one}" if len(inputs.places) == 1 else f"its one {one} that counts"
        words = name if there else f"{name}: {_part_reason(figures, counted[0])}"
    elif not there:
        word = "counts yet" if reason is WhyNot.NOTHING_COUNTS else "is measured"
        words = f"none of its {len(counted)} {many} {word}"
    else:
        is_weighted = rule.combine is Combination.MEAN and len(set(weights)) > 1
        weighted = "weighted " if is_weighted else ""
        words = f"{weighted}{rule.combine} of {there} of {len(counted)} {many}"
    if unscored and rule.missing is not None and reason is None:
        verb = "counts" if len(unscored) == 1 else "count"
        counts_as = plain(rule.missing, 0.0, 1.0)
        words += f"; {len(unscored)} without a score {verb} as {counts_as}"
    if not there and reason is None and rule.missing is None and not figures.guards_enter(row):
        words += _made(figures, row)
    away = len(pairs) - len(entering)
    verb = "counts" if away == 1 else "count"
    return f"{words}; {away} more {verb} for nothing on the day" if away else words


def _unscored(figures: Figures, row: int, places: Sequence[int]) -> Sequence[int]:
    """Return the parts that have neither a score nor a judged one that enters in its place."""
    keep = figures.books[row].roll_up.with_judged
    absent = [at for at in places if isnan(figures.scores[at])]
    return [at for at in absent if keep is None or figures.judged_instead(at, keep) is None]


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
        least = figures.books[row].roll_up.least_coverage
        read = percent_beside(figures.coverage[figures.offset + row], 0.0, 1.0, least)
        return f"too little of it is read: {read}"
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


def describe_bound(bound: Bound, unit: Unit | None, *beside: float) -> str:
    """Write a bound with its unit, beside a number that meets it: "at most 85 tickets"."""
    edges = (*beside, *limits_of(bound))
    how = _at_12_decimals(*edges) if beside else ""
    if isinstance(bound, Between):
        low, high = (show_bare(end, unit, *edges) for end in (bound.low, bound.high))
        return f"between {low} and {high}{how}"
    return f"{bound.words} {show_bare(bound.limit, unit, *edges)}{how}"


def _at_12_decimals(*numbers: float) -> str:
    """Say of numbers that are compared that one of them is 0 at 12 decimals alone."""
    return " at 12 decimals" if any(each and not snap(each) for each in numbers) else ""


def why_watch(
    found: Watch, bound: Bound | None, unit: Unit | None, *, is_hard: bool = False
) -> str:
    """Say why a guardrail or metric is in its state.

    Args:
        found: What was read.
        bound: What must hold.
        unit: The unit.
        is_hard: Whether it is a guardrail of which any breach counts, healed or not.
    """
    if found.reading is None:
        return "no reading"
    if bound is None:
        return f"{show_reading(found.reading, unit)}; no bound says what is well"
    if found.state is BoundState.UNKNOWN:
        return f"last read on {found.read_on}, too long before the close"
    if found.state is BoundState.BREACHED and found.within_since is not None:
        reason = "hard, so it counts" if is_hard else "every breach counts"
        return f"{why_healed(found, bound, unit)}; {reason}"
    value = number_of(found.reading)
    reading, limit = show_reading(found.reading, unit, bound), describe_bound(bound, unit, value)
    if found.state is BoundState.HELD:
        return f"{reading}, within its limit ({limit})"
    if found.state is BoundState.WARNING:
        side = "close to its limit" if bound.holds(value) else "just outside its limit"
        return f"{reading}, {side} ({limit})"
    day = "" if found.made_on == found.first_breach else f" on {found.made_on}"
    return f"{reading}{day}, outside its limit ({limit}), first on {found.first_breach}"


def why_healed(breached: Watch | GuardrailResult, bound: Bound, unit: Unit | None) -> str:
    """Say of a breach that is over which reading breached, and since when none does any more."""
    # There is a breach, and a reading after it.
    first, last = (cast("Reading", r) for r in (breached.first_breach_reading, breached.reading))
    limit = describe_bound(bound, unit, *map(number_of, (first, last)))
    more = f", and {breached.breaches - 1} more after it" if breached.breaches > 1 else ""
    side = "within" if bound.holds(number_of(last)) else "just outside"
    reading = f"{show_reading(first, unit, bound)} on {breached.first_breach}"
    return (
        f"{reading} was outside its limit ({limit}){more}; {side} it since {breached.within_since}"
    )
