"""Sentences of a result: the source of a score, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import isnan
from typing import Final, cast

from okrcore._arith import percent_beside, short_beside, snap, written_beside
from okrcore.journal import Closing
from okrcore.plan import (
    Aggregation,
    Combination,
    Compound,
    EachPeriod,
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
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.day.derived_words import retired_words, why_no_value
from okrcore.scorecard.day.each_period import periods_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.movements import moved_words
from okrcore.scorecard.day.omissions import (
    NoScoreReason,
    omission_of_key_result,
    omission_of_objective,
    too_large,
)
from okrcore.scorecard.day.period_words import periods_held_words
from okrcore.scorecard.day.progress import unscaled_progress
from okrcore.scorecard.day.readings import counted_rows
from okrcore.scorecard.day.roll_up_inputs import Inputs
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.uncounted_entries import summed_up, uncounted
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
from okrcore.words.reason import Reason, Term, clauses, noted

__all__ = [
    "edges_at",
    "why_progress",
    "why_score",
    "why_unread",
]

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


_SCORELESS: Final = frozenset({NoScoreReason.ESTABLISHES_BASELINE, NoScoreReason.NO_TARGET})


def edges_at(facts: Facts, index: int) -> tuple[float, ...]:
    """Return the scores that the score of a key result or an objective is compared with."""
    return facts.books[index].edges(facts.compiled.home_of(index).ambition)


def why_score(stages: Stages, index: int) -> str:
    """Return the source of the score of a key result or objective, or the reason why there is none."""
    words = why_progress(stages, index)
    if index in stages.facts.compiled.of_key_results:
        return words
    return clauses((words, limiting_guardrails(stages, index)))


def why_progress(stages: Stages, index: int) -> str:
    """Return the source of the score before guardrails capped it, or set it to 0."""
    compiled = stages.facts.compiled
    if index in compiled.of_objectives:
        return _why_objective(stages, compiled.objective(index), index)
    words = _why_key_result(stages, compiled.key_results[index], index)
    if index not in compiled.shared:
        return words
    retired = retired_words(stages.facts, compiled.sources[index], compiled.last[index])
    return clauses((words, retired)) if retired else words


def _why_key_result(stages: Stages, kr: KeyResult, index: int) -> str:
    reason = omission_of_key_result(stages, index)
    if reason is not None:
        return _no_score(stages, kr, index, reason)
    if index in stages.readings.supposed:
        score = plain(stages.scores.values[index], *edges_at(stages.facts, index))
        return Reason("score/supposed", score=score)
    read = stages.readings.read(index)
    if read is None:
        unread = why_unread(stages, index, otherwise=_nothing_read(stages, index))
        return Reason("score/default", why=unread, score=_default(stages, index))
    if index in stages.progress.by_default:
        return Reason("score/default-baseline", score=_default(stages, index))
    return noted(
        (
            _on_line(stages, index, read[0])
            if type(kr.measure) in LINEAR
            else _attained(stages, kr, index, read[0]),
            _worse_than_baseline(stages, kr, index, read[0]),
            _scaled(stages, index),
            *_late(stages.facts, index, read[1]),
        )
    )


def _late(facts: Facts, index: int, on: int) -> Iterator[str]:
    """Yield notes on a reading of a day after the deadline."""
    deadline, end = facts.compiled.last[index], facts.compiled.ends[facts.compiled.home[index]]
    if on <= deadline or index in facts.compiled.derived:
        return
    code = "score/after-due" if deadline < end else "score/after-cycle"
    yield Reason(code, count=on - deadline, end=date.fromordinal(deadline))
    if end < FOREVER:
        yield Reason("score/typed-late")


def _default(stages: Stages, index: int) -> str:
    """Return the default for a missing score, in words."""
    counted = plain(_unscaled(stages, index), *_unscaled_edges(stages, index))
    return noted((counted, _scaled(stages, index)))


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
    return "" if factor is None else Reason("score/times", factor=short_beside(factor, 1.0))


def _on_line(stages: Stages, index: int, reading: Reading) -> str:
    """Return the share of a line up to a reading, in words."""
    ends, value = (stages.facts.baselines[index], stages.facts.targets[index]), number_of(reading)
    edges = _unscaled_edges(stages, index)
    at_edges = [ends[0] + edge * (ends[1] - ends[0]) for edge in edges]
    unit = stages.facts.compiled.unit_of(index)
    baseline, target = (show_bare(end, unit, value, *ends) for end in ends)
    return Reason(
        "score/on-line",
        reading=show_reading(reading, unit, None, *ends, *at_edges),
        share=percent_beside(_unscaled(stages, index), *edges),
        baseline=baseline,
        target=target,
    )


def _worse_than_baseline(stages: Stages, kr: KeyResult, index: int, reading: Reading) -> str:
    """Return a note on a value worse than the baseline, which scores 0 as no progress does; else empty."""
    if snap(stages.progress.raw[index]) >= 0:
        return ""
    if isinstance(kr.measure, Exactly):
        return Reason("score/further-away")
    is_line = type(kr.measure) in LINEAR
    baseline = stages.facts.baselines[index] if is_line else getattr(kr.measure, "baseline", None)
    if baseline is None:
        return ""
    is_below = number_of(reading) < baseline
    return Reason("score/below-baseline" if is_below else "score/above-baseline")


def _idle(stages: Stages, id: str, reason: NoScoreReason) -> str:
    is_parked = id in stages.facts.compiled.parked
    parked = stages.facts.in_force.objective(id).parked if is_parked else None
    if parked is not None:
        return Reason("no-score/parked", because=parked.because)
    since = stages.facts.life_of(id).since if id in stages.facts.idle else None
    if since is None:
        return Reason("no-score/home-not-active")
    return Reason("no-score/since", state=reason, since=since)


def _no_score(stages: Stages, kr: KeyResult, index: int, reason: NoScoreReason) -> str:
    if reason in _IDLE:
        return _idle(stages, kr.id, reason)
    read, unit = stages.readings.read(index), stages.facts.compiled.unit_of(index)
    reading = None if read is None else show_reading(read[0], unit, kr.measure)
    if reason in _SCORELESS:
        return _scoreless(stages, index, reason, reading)
    if reason is NoScoreReason.NO_PERIOD_OVER:
        return Reason("no-score/no-period-over", reading=cast("str", reading))
    if reason is NoScoreReason.NOT_OBSERVABLE and kr.timing is not None:
        return Reason("no-score/observable-from", day=cast("date", kr.timing.observable_from))
    if reason is NoScoreReason.BASELINE_EQUALS_TARGET:
        target = show_number(stages.facts.targets[index], unit)
        return Reason("no-score/baseline-equals-target", target=target)
    if reason is NoScoreReason.TOO_LARGE:
        return Reason("no-score/too-large", number=too_large(stages, index))
    if reason is NoScoreReason.OFF_SCALE and read is not None:
        why = _why_off_scale(kr.measure, read[0])
        return Reason("no-score/off-scale", reading=cast("str", reading), why=why)
    if reason is NoScoreReason.NO_READING:
        return why_unread(stages, index, otherwise=_no_reading(stages, index))
    is_early = reason is NoScoreReason.NOT_STARTED
    return Reason("no-score/cycle-not-started" if is_early else "no-score/no-baseline")


def _scoreless(stages: Stages, index: int, reason: NoScoreReason, reading: str | None) -> str:
    """Return the reason of a key result that no reading gives a score."""
    if reason is NoScoreReason.NO_TARGET:
        moved = moved_words(stages.facts, stages.readings, index)
        unread = "" if moved else why_unread(stages, index, otherwise="")
        return clauses((Reason("no-score/no-target"), moved or unread))
    if reading is not None:
        return Reason("no-score/baseline-found", reading=reading)
    return why_unread(stages, index, otherwise=Reason("no-score/baseline-not-found"))


def _no_reading(stages: Stages, index: int) -> str:
    closing = _closing_of_home(stages, index)
    if closing is None:
        return Reason("no-score/no-reading")
    return Reason("no-score/no-reading-by-closing", day=closing.on)


def _nothing_read(stages: Stages, index: int) -> str:
    closing = _closing_of_home(stages, index)
    if closing is None:
        return Reason("no-score/nothing-read")
    return Reason("no-score/nothing-read-by-closing", day=closing.on)


def _closing_of_home(stages: Stages, index: int) -> Closing | None:
    home = stages.facts.compiled.home_of(index)
    return stages.facts.life_of(home.id).closing


def why_unread(stages: Stages, index: int, *, otherwise: str) -> str:
    """Return the reason why no reading counts for a key result; `otherwise` if there is none."""
    derived = stages.facts.compiled.derived.get(index)
    if derived is None:
        found = uncounted(stages, stages.facts.compiled.ids[index])
        how = stages.facts.compiled.aggregations.get(index)
        if not isinstance(how, Arithmetic):
            return clauses(summed_up(found)) or otherwise
        column, rows = stages.facts.history.readings, counted_rows(stages.facts, index)
        unmade = why_no_value(how, [column.values[row] for row in rows])
        return clauses([unmade, *summed_up(found)])
    reads = [
        (part, stages.readings.read(stages.facts.compiled.index_of[part])) for part in derived.of
    ]
    unread = [part for part, read in reads if read is None]
    if unread:
        return Reason("no-score/parts-unread", parts=unread)
    part, last = reads[-1]
    if derived.how is Aggregation.RATIO and last is not None and not snap(number_of(last[0])):
        return at_12_decimals(Reason("no-score/part-is-0", part=part), number_of(last[0]))
    return Reason("no-score/aggregate-too-large", how=derived.how, parts=derived.of)


def _attained(stages: Stages, kr: KeyResult, index: int, reading: Reading) -> str:
    measure, progress = kr.measure, _unscaled(stages, index)
    edges = _unscaled_edges(stages, index)
    unit = stages.facts.compiled.unit_of(index)
    shown = show_reading(reading, unit, measure)
    if isinstance(measure, EachPeriod):
        periods = periods_of(stages.facts, index)
        return periods_held_words(measure, periods, unit)
    if isinstance(measure, Bound):
        value = number_of(reading)
        code = "score/bound-held" if measure.holds(value) else "score/bound-not-held"
        return Reason(code, reading=shown, bound=describe_bound(measure, unit, value))
    if isinstance(measure, Milestones):
        share = percent_beside(progress, *edges)
        return Reason("score/milestones", share=share, reached=shown)
    if isinstance(measure, Evidence):
        required = float(measure.required)
        obtained = plain(progress * required, *[edge * required for edge in edges])
        return Reason("score/evidence", obtained=obtained, required=measure.required, pieces=shown)
    if isinstance(reading, bool):
        return Reason("score/met" if reading else "score/not-met")
    if isinstance(measure, (PassFail, Judged)):
        return Reason("score/credit", credit=show_reading(reading, unit, measure, *edges))
    return Reason("score/worth", reading=shown, score=written_beside(progress, *edges))


def _why_off_scale(measure: Measure, reading: Reading) -> str:
    if isinstance(measure, Compound):
        is_whole = isinstance(reading, tuple) and len(reading) == len(measure.parts)
        return Reason("no-score/parts-make-no-number" if is_whole else "no-score/part-unread")
    return Reason("no-score/no-step" if isinstance(measure, Steps) else "no-score/no-periods")


def _why_objective(stages: Stages, objective: Objective, index: int) -> str:
    reason = omission_of_objective(stages, index)
    words = None if reason is None else _omission_by_parts(stages, objective, index, reason)
    if words is not None:
        return words
    inputs = stages.inputs.of(index)
    guards = entering_guardrails(stages, index)
    if not inputs.indexes:
        by_rule = "" if guards else Reason("score/by-rule")
        return clauses((Reason("no-score/no-key-results"), guards or by_rule))
    tracked = len(inputs.indexes) - len(inputs.counted)
    if not inputs.counted:
        default = "" if guards else _default_score(stages, index)
        return clauses((_why_unweighed(stages, inputs.indexes), guards, default))
    more = Reason("score/tracked", count=tracked) if tracked else ""
    below = guardrails_below(stages, index)
    return clauses((*_why_counted(stages, index, inputs, reason), more, guards, below))


def _why_unweighed(stages: Stages, parts: Sequence[int]) -> str:
    """Return the sentence for an objective whose parts all have weight 0."""
    if len(parts) == 1:
        return Reason("no-score/one-unweighed", parts=_parts(stages, parts))
    code = "no-score/both-unweighed" if len(parts) == 2 else "no-score/all-unweighed"
    return Reason(code, count=len(parts))


def _default_score(stages: Stages, index: int) -> str:
    """Return the score of an objective without parts that count, in words; empty without one."""
    score = stages.scores.values[index]
    if isnan(score):
        return ""
    return Reason("score/by-default", score=written_beside(score, *edges_at(stages.facts, index)))


def _why_counted(
    stages: Stages, index: int, inputs: Inputs, reason: NoScoreReason | None
) -> Iterator[str]:
    """Yield the sentences on the parts with a weight; excluded ones are counted apart."""
    pairs = list(zip(*inputs.weighed, strict=True))
    entering = [(at, weight) for at, weight in pairs if not stages.excluded[at]] or pairs
    counted, weights = zip(*entering, strict=True)
    unscored = _unscored(stages, index, counted)
    scored = len(counted) - len(unscored)
    parts = _parts(stages, counted)
    rule = stages.facts.books[index].roll_up
    if len(counted) == 1:
        code = "score/one-part" if len(inputs.indexes) == 1 else "score/one-part-counts"
        name = Reason(code, parts=parts)
        why = "" if scored else _part_reason(stages, counted[0])
        yield name if scored else Reason("no-score/of-part", part=name, why=why)
    elif not scored:
        is_idle = reason is NoScoreReason.NOTHING_COUNTS
        yield Reason("no-score/none-counts" if is_idle else "no-score/none-measured", parts=parts)
    else:
        is_weighted = rule.combine is Combination.MEAN and len(set(weights)) > 1
        code = "score/weighted-mean" if is_weighted else "score/combined"
        how = {} if is_weighted else {"how": rule.combine}
        yield Reason(code, scored=scored, parts=parts, **how)
    if unscored and rule.missing is not None and reason is None:
        missing = plain(rule.missing, 0.0, 1.0)
        yield Reason("score/missing-count", count=len(unscored), score=missing)
    if not scored and reason is None and rule.missing is None and not guards_enter(stages, index):
        yield _default_score(stages, index)
    left_out = len(pairs) - len(entering)
    if left_out:
        yield Reason("score/left-out", count=left_out)


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
        return Reason("no-score/learning")
    if reason is NoScoreReason.NOT_STARTED and objective.cycle is not None:
        return Reason("no-score/starts-on", day=objective.cycle.start)
    if reason is NoScoreReason.NO_KEY_RESULTS:
        return Reason("no-score/no-key-results")
    if reason is NoScoreReason.TOO_THIN:
        least = stages.facts.books[index].roll_up.least_coverage
        share = percent_beside(stages.coverage.values[index], 0.0, 1.0, least)
        return Reason("no-score/too-thin", share=share)
    return None


def _parts(stages: Stages, indexes: Sequence[int]) -> Reason:
    """Return the number of some parts and the word for their kind."""
    originals = list(map(stages.inputs.original, indexes))
    first, last = min(originals), max(originals)
    compiled, code = stages.facts.compiled, "parts/mixed"
    if last in compiled.of_key_results:
        code = "parts/key-results"
    elif first in compiled.of_objectives and last in compiled.of_objectives:
        code = "parts/objectives"
    return Reason(code, count=len(indexes))


def _part_reason(stages: Stages, index: int) -> str:
    stages, index = stages.of_item(index)
    compiled, index = stages.facts.compiled, stages.inputs.original(index)
    if index in compiled.of_key_results:
        return _why_key_result(stages, compiled.key_results[index], index)
    if index in compiled.of_initiatives:
        return Reason("no-score/no-reading")
    reason = omission_of_objective(stages, index)
    return Reason("score/weight-0") if reason is None else Term("no score reason", reason)
