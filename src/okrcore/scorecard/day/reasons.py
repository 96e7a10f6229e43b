"""Sentences of a result: the source of a score, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isnan
from typing import Final, cast

from okrcore._arith import percent_beside, short_beside, snap, written_beside
from okrcore.plan import (
    Aggregation,
    Combination,
    Compound,
    Evidence,
    Exactly,
    Judged,
    KeyResult,
    Measure,
    Milestones,
    Objective,
    PassFail,
    Reading,
    Steps,
    Unit,
)
from okrcore.plan.bounds import Bound, BoundState
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import Breached, Watch
from okrcore.scorecard.day.omissions import (
    NoScoreReason,
    omission_of_key_result,
    omission_of_objective,
    summed_up,
    too_large,
    uncounted,
)
from okrcore.scorecard.day.progress import unscaled_progress
from okrcore.scorecard.day.roll_up_inputs import Inputs
from okrcore.scorecard.day.settling import settled_words
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.wording import (
    at_12_decimals,
    describe_bound,
    entering_guardrails,
    guardrails_below,
    guards_enter,
    limiting_guardrails,
    show_bare,
    show_number,
    show_reading,
)

__all__ = [
    "edges_at",
    "why_healed",
    "why_progress",
    "why_score",
    "why_unread",
    "why_watch",
]

#: Words for parts without a weight.
_TRACKED: Final = "weight 0: tracked, not counted"
_IDLE: Final = frozenset(
    {
        NoScoreReason.DRAFT,
        NoScoreReason.PROPOSED,
        NoScoreReason.PARKED,
        NoScoreReason.PAUSED,
        NoScoreReason.DEFERRED,
        NoScoreReason.ARCHIVED,
    }
)


def edges_at(facts: Facts, index: int) -> tuple[float, ...]:
    """Return the scores that the score of a key result or an objective is compared with."""
    return facts.books[index].edges(facts.compiled.home_of(index).ambition)


def why_score(stages: Stages, index: int) -> str:
    """Return the source of the score of a key result or objective, or the reason why there is none."""
    words = why_progress(stages, index)
    if index in stages.facts.compiled.of_key_results:
        return words
    return f"{words}{limiting_guardrails(stages, index)}"


def why_progress(stages: Stages, index: int) -> str:
    """Return the source of the score before guardrails capped it, or set it to 0."""
    compiled = stages.facts.compiled
    if index in compiled.of_objectives:
        return _why_objective(stages, compiled.objective(index), index)
    return _why_key_result(stages, compiled.key_results[index], index)


def _why_key_result(stages: Stages, kr: KeyResult, index: int) -> str:
    reason = omission_of_key_result(stages, index)
    if reason is not None:
        return _no_score(stages, kr, index, reason)
    if index in stages.readings.supposed:
        return f"supposed to score {plain(stages.scores.values[index], *edges_at(stages.facts, index))}"
    read = stages.readings.read(index)
    if read is None:
        words = why_unread(stages, index, otherwise=f"nothing read{_by_closing(stages, index)}")
        return f"{words} counts as {_default(stages, index)}"
    if index in stages.progress.by_default:
        return f"no baseline yet, which counts as {_default(stages, index)}"
    worse = _worse_than_baseline(stages, kr, index, read[0])
    attained = _on_line if type(kr.measure) in LINEAR else _attained
    words = f"{attained(stages, kr, index, read[0])}{worse}{_scaled(stages, index)}"
    return f"{words}{_late(stages.facts, index, read[1])}"


def _late(facts: Facts, index: int, on: int) -> str:
    """Return a note on a reading of a day after the deadline; empty for one up to it."""
    deadline, end = facts.compiled.last[index], facts.compiled.ends[facts.compiled.home[index]]
    if on <= deadline or index in facts.compiled.derived:
        return ""
    ended = "it was due" if deadline < end else "its cycle ended"
    days = on - deadline
    words = f", dated {days} day{'s' * (days != 1)} after {ended} on {date.fromordinal(deadline)}"
    return words if end >= FOREVER else f"{words}, so taken for a final number typed late"


def _default(stages: Stages, index: int) -> str:
    """Return the default for a missing score, in words."""
    counted = plain(_unscaled(stages, index), *_unscaled_edges(stages, index))
    return f"{counted}{_scaled(stages, index)}"


def _unscaled(stages: Stages, index: int) -> float:
    """Return progress before it is multiplied."""
    return unscaled_progress(stages.facts, stages.excluded, stages.readings, stages.progress, index)


def _unscaled_edges(stages: Stages, index: int) -> tuple[float, ...]:
    """Return the progress, before it is multiplied, at the edges of the score."""
    factor = stages.facts.rescaled.get(index, 1.0)
    return tuple([edge / factor for edge in edges_at(stages.facts, index)])


def _scaled(stages: Stages, index: int) -> str:
    """Return the factor of progress since the scope was cut, in words; empty without one."""
    factor = stages.facts.rescaled.get(index)
    return "" if factor is None else f", times {short_beside(factor, 1.0)}"


def _on_line(stages: Stages, kr: KeyResult, index: int, reading: Reading) -> str:
    """Return the share of a line up to a reading, in words."""
    ends, value = (stages.facts.baselines[index], stages.facts.targets[index]), number_of(reading)
    edges = _unscaled_edges(stages, index)
    at_edges = [ends[0] + edge * (ends[1] - ends[0]) for edge in edges]
    both = " to ".join(show_bare(end, kr.unit, value, *ends) for end in ends)
    share = percent_beside(_unscaled(stages, index), *edges)
    shown = show_reading(reading, kr.unit, None, *ends, *at_edges)
    return f"{shown} is {share} of the way from {both}"


def _worse_than_baseline(stages: Stages, kr: KeyResult, index: int, reading: Reading) -> str:
    """Return a note on a value worse than the baseline, which scores 0 as no progress does; else empty."""
    if snap(stages.progress.raw[index]) >= 0:
        return ""
    if isinstance(kr.measure, Exactly):
        return ", further away than at the start"
    is_line = type(kr.measure) in LINEAR
    baseline = stages.facts.baselines[index] if is_line else getattr(kr.measure, "baseline", None)
    if baseline is None:
        return ""
    side = "below" if number_of(reading) < baseline else "above"
    return f", {side} where it began"


def _idle(stages: Stages, id: str, reason: NoScoreReason) -> str:
    is_parked = id in stages.facts.compiled.parked
    parked = stages.facts.in_force.objective(id).parked if is_parked else None
    if parked is not None:
        return f"parked: {parked.because}"
    since = stages.facts.life_of(id).since if id in stages.facts.idle else None
    return f"{reason} since {since}" if since is not None else "its objective is not active"


def _no_score(stages: Stages, kr: KeyResult, index: int, reason: NoScoreReason) -> str:
    if reason in _IDLE:
        return _idle(stages, kr.id, reason)
    read = stages.readings.read(index)
    reading = None if read is None else show_reading(read[0], kr.unit, kr.measure)
    if reason is NoScoreReason.ESTABLISHES_BASELINE:
        if reading is not None:
            return f"baseline found: {reading}"
        return why_unread(stages, index, otherwise="baseline not found yet")
    if reason is NoScoreReason.NOT_OBSERVABLE and kr.timing is not None:
        return f"its result can be seen from {kr.timing.observable_from}"
    if reason is NoScoreReason.BASELINE_EQUALS_TARGET:
        return f"baseline and target are both {show_number(stages.facts.targets[index], kr.unit)}"
    if reason is NoScoreReason.TOO_LARGE:
        return f"{too_large(stages, index)} comes to a number beyond all others"
    if reason is NoScoreReason.OFF_SCALE and read is not None:
        return f"{reading} has no score: {_why_off_scale(kr.measure, read[0])}"
    if reason is NoScoreReason.NO_READING:
        return why_unread(stages, index, otherwise=f"no reading{_by_closing(stages, index)}")
    return "its cycle has not started" if reason is NoScoreReason.NOT_STARTED else "no baseline yet"


def _by_closing(stages: Stages, index: int) -> str:
    home = stages.facts.compiled.home_of(index)
    closing = stages.facts.life_of(home.id).closing
    return "" if closing is None else f" by the closing on {closing.on}"


def why_unread(stages: Stages, index: int, *, otherwise: str) -> str:
    """Return the reason why no reading counts for a key result; `otherwise` if there is none."""
    derived = stages.facts.compiled.derived.get(index)
    if derived is None:
        found = uncounted(stages, stages.facts.compiled.ids[index])
        return "; ".join(summed_up(found)) or otherwise
    reads = [
        (part, stages.readings.read(stages.facts.compiled.index_of[part])) for part in derived.of
    ]
    unread = ", ".join(part for part, read in reads if read is None)
    if unread:
        return f"unread: {unread}"
    part, last = reads[-1]
    if derived.how is Aggregation.RATIO and last is not None and not snap(number_of(last[0])):
        return f"{part} is 0{at_12_decimals(number_of(last[0]))}"
    return f"the {derived.how} of {', '.join(derived.of)} is too large for a number"


def _attained(stages: Stages, kr: KeyResult, index: int, reading: Reading) -> str:
    measure, progress = kr.measure, _unscaled(stages, index)
    edges = _unscaled_edges(stages, index)
    shown = show_reading(reading, kr.unit, measure)
    if isinstance(measure, Bound):
        value = number_of(reading)
        held = "" if measure.holds(value) else "not "
        return f"{shown} is {held}{describe_bound(measure, kr.unit, value)}"
    if isinstance(measure, Milestones):
        return f"{percent_beside(progress, *edges)} of the weight done: {shown}"
    if isinstance(measure, Evidence):
        required = float(measure.required)
        obtained = plain(progress * required, *[edge * required for edge in edges])
        return f"{obtained} of {measure.required}: {shown}"
    if isinstance(reading, bool):
        return "met" if reading else "not met"
    if isinstance(measure, (PassFail, Judged)):
        return f"credit {show_reading(reading, kr.unit, measure, *edges)}"
    return f"{shown} is worth {written_beside(progress, *edges)}"


def _why_off_scale(measure: Measure, reading: Reading) -> str:
    if isinstance(measure, Compound):
        is_whole = isinstance(reading, tuple) and len(reading) == len(measure.parts)
        return "its parts make no number" if is_whole else "a part is unread"
    return "no step holds it" if isinstance(measure, Steps) else "no cycle, so no periods"


def _why_objective(stages: Stages, objective: Objective, index: int) -> str:
    reason = omission_of_objective(stages, index)
    words = None if reason is None else _omission_by_parts(stages, objective, index, reason)
    if words is not None:
        return words
    inputs = stages.inputs.of(index)
    guards = entering_guardrails(stages, index)
    if not inputs.indexes:
        return "no key results" + (guards or "; the rulebook says what that counts")
    tracked = len(inputs.indexes) - len(inputs.counted)
    if not inputs.counted:
        default = "" if guards else _default_score(stages, index)
        return f"{_why_unweighed(stages, inputs.indexes)}{guards}{default}"
    more = f"; {tracked} more {'has' if tracked == 1 else 'have'} {_TRACKED}" if tracked else ""
    below = guardrails_below(stages, index)
    return f"{_why_counted(stages, index, inputs, reason)}{more}{guards}{below}"


def _why_unweighed(stages: Stages, parts: Sequence[int]) -> str:
    """Return the sentence for an objective whose parts all have weight 0."""
    several = "both have" if len(parts) == 2 else f"all {len(parts)} have"
    which = several if len(parts) > 1 else f"its one {_kind(stages, parts)[0]} has"
    return f"{which} {_TRACKED}"


def _default_score(stages: Stages, index: int) -> str:
    """Return the score of an objective without parts that count, in words; empty without one."""
    score = stages.scores.values[index]
    if isnan(score):
        return ""
    return f"; that makes {written_beside(score, *edges_at(stages.facts, index))}"


def _why_counted(stages: Stages, index: int, inputs: Inputs, reason: NoScoreReason | None) -> str:
    """Return the sentence on the parts with a weight; excluded ones are counted apart."""
    pairs = list(zip(*inputs.weighed, strict=True))
    entering = [(at, weight) for at, weight in pairs if not stages.excluded[at]] or pairs
    counted, weights = zip(*entering, strict=True)
    unscored = _unscored(stages, index, counted)
    scored = len(counted) - len(unscored)
    one, many = _kind(stages, counted)
    rule = stages.facts.books[index].roll_up
    if len(counted) == 1:
        name = f"its one {one}" if len(inputs.indexes) == 1 else f"its one {one} that counts"
        words = name if scored else f"{name}: {_part_reason(stages, counted[0])}"
    elif not scored:
        word = "counts yet" if reason is NoScoreReason.NOTHING_COUNTS else "is measured"
        words = f"none of its {len(counted)} {many} {word}"
    else:
        is_weighted = rule.combine is Combination.MEAN and len(set(weights)) > 1
        weighted = "weighted " if is_weighted else ""
        words = f"{weighted}{rule.combine} of {scored} of {len(counted)} {many}"
    if unscored and rule.missing is not None and reason is None:
        verb = "counts" if len(unscored) == 1 else "count"
        counts_as = plain(rule.missing, 0.0, 1.0)
        words += f"; {len(unscored)} without a score {verb} as {counts_as}"
    if not scored and reason is None and rule.missing is None and not guards_enter(stages, index):
        words += _default_score(stages, index)
    left_out = len(pairs) - len(entering)
    verb = "counts" if left_out == 1 else "count"
    return f"{words}; {left_out} more {verb} for nothing on the day" if left_out else words


def _unscored(stages: Stages, index: int, indexes: Sequence[int]) -> Sequence[int]:
    """Return the parts without a score, and without a judged score that enters instead."""
    keep = stages.facts.books[index].roll_up.with_judged
    absent = [at for at in indexes if isnan(stages.scores.values[at])]
    return [at for at in absent if keep is None or stages.basis.judged_instead(at, keep) is None]


def _omission_by_parts(
    stages: Stages, objective: Objective, index: int, reason: NoScoreReason
) -> str | None:
    """Return the reason why an objective has no score; None if its parts are the reason."""
    if reason in _IDLE:
        return _idle(stages, objective.id, reason)
    if reason is NoScoreReason.LEARNING:
        return "a learning objective closes by judgement, without a score"
    if reason is NoScoreReason.NOT_STARTED and objective.cycle is not None:
        return f"starts on {objective.cycle.start}"
    if reason is NoScoreReason.NO_KEY_RESULTS:
        return "no key results"
    if reason is NoScoreReason.TOO_THIN:
        least = stages.facts.books[index].roll_up.least_coverage
        read = percent_beside(stages.coverage.values[index], 0.0, 1.0, least)
        return f"too little of it is read: {read}"
    return None


def _kind(stages: Stages, indexes: Sequence[int]) -> tuple[str, str]:
    """Return the word for the kind of some parts, for one and for several."""
    originals = list(map(stages.inputs.original, indexes))
    first, last = min(originals), max(originals)
    compiled = stages.facts.compiled
    if last in compiled.of_key_results:
        return "key result", "key results"
    if first in compiled.of_objectives and last in compiled.of_objectives:
        return "objective below", "objectives below"
    return "part", "parts"


def _part_reason(stages: Stages, index: int) -> str:
    stages, index = stages.of_item(index)
    compiled, index = stages.facts.compiled, stages.inputs.original(index)
    if index in compiled.of_key_results:
        return _why_key_result(stages, compiled.key_results[index], index)
    if index in compiled.of_initiatives:
        return "no reading"
    return omission_of_objective(stages, index) or "tracked, not counted"


def why_watch(
    found: Watch, bound: Bound | None, unit: Unit | None, *, is_hard: bool = False
) -> str:
    """Return the reason for the state of a guardrail or metric; of a hard guardrail any breach counts.

    Of a settled guardrail it has both: the breach or gap that was settled, or a later breach, and the judgement.
    """
    if found.settled is None or bound is None:
        return _why_state(found, found.state, bound, unit, is_hard=is_hard)
    settled, after = settled_words(found.settled), found.after
    if found.state is BoundState.UNKNOWN:
        last = max(found.settled.on, found.read_on or found.settled.on)
        breach = (
            [_why_breach(found, bound, unit)] if found.by_readings is BoundState.BREACHED else []
        )
        return "; ".join([*breach, settled, f"nothing since {last}, too long before the close"])
    if after is None:
        return f"{_why_breach(found, bound, unit)}; {settled}"
    words = _why_breach(after, bound, unit)
    if after.state is BoundState.BREACHED:
        words = _why_state(after, after.state, bound, unit, is_hard=is_hard)
    earlier = (
        f"that of {found.first_breach} was" if found.breaches > after.breaches else "before it"
    )
    return f"{words}; {earlier} {settled}"


def _why_breach(found: Watch, bound: Bound, unit: Unit | None) -> str:
    """Return the sentence on a breach, over or not; or the reason for the state, without a breach."""
    if found.within_since is not None:
        return why_healed(found, bound, unit)
    return _why_state(found, found.by_readings, bound, unit, is_hard=False)


def _why_state(
    found: Watch, state: BoundState, bound: Bound | None, unit: Unit | None, *, is_hard: bool
) -> str:
    """Return the reason for a state that follows from readings."""
    if found.reading is None:
        return "no reading"
    if bound is None:
        return f"{show_reading(found.reading, unit)}; no bound says what is well"
    if state is BoundState.UNKNOWN:
        return f"last read on {found.read_on}, too long before the close"
    if state is BoundState.BREACHED and found.within_since is not None:
        reason = "hard, so it counts" if is_hard else "every breach counts"
        return f"{why_healed(found, bound, unit)}; {reason}"
    value = number_of(found.reading)
    reading, limit = show_reading(found.reading, unit, bound), describe_bound(bound, unit, value)
    if state is BoundState.HELD:
        return f"{reading}, within its limit ({limit})"
    if state is BoundState.WARNING:
        side = "close to its limit" if bound.holds(value) else "just outside its limit"
        return f"{reading}, {side} ({limit})"
    day = "" if found.made_on == found.first_breach else f" on {found.made_on}"
    return f"{reading}{day}, outside its limit ({limit}), first on {found.first_breach}"


def why_healed(breached: Breached, bound: Bound, unit: Unit | None) -> str:
    """Return the sentence on a breach that is over: its reading, and the day since which there is none."""
    # Both are there: a breach, and a reading after it.
    first, last = (cast("Reading", r) for r in (breached.first_breach_reading, breached.reading))
    broken = breached.first_breach_bound or bound
    limit = describe_bound(broken, unit, *map(number_of, (first, last)))
    more = f", and {breached.breaches - 1} more after it" if breached.breaches > 1 else ""
    side = "within" if bound.holds(number_of(last)) else "just outside"
    reading = f"{show_reading(first, unit, bound)} on {breached.first_breach}"
    it = "it" if broken == bound else f"{describe_bound(bound, unit, number_of(last))}"
    since = f"{side} {it} since {breached.within_since}"
    return f"{reading} was outside its limit ({limit}){more}; {since}"
