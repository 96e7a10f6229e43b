"""Results: one for each objective, key result, guardrail and metric; `initiative_results` has those of initiatives.

Rules of this file:

1. Progress, score, status and confidence are four fields, never merged.
2. None is not 0; `why` has the reason.
3. There is no field for a colour, and no result of a person.
4. Fields of the results of a scorecard are computed when they are read, see `evaluated_results`: a service
   that shows scores pays for no sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import written_beside
from okrcore._made import must_fit
from okrcore.journal import CheckIn, Judgement, LifecycleStage
from okrcore.plan import BoundState, Derived, Measurement, Person, Reading, Team
from okrcore.plan.bounds import Bound
from okrcore.rulebook import Outcome, Status
from okrcore.scorecard.day.each_period import PeriodResult
from okrcore.scorecard.day.judgements import JudgedScore
from okrcore.scorecard.day.movements import Movement
from okrcore.scorecard.day.omissions import NoScoreReason
from okrcore.scorecard.day.signals import DeclaredStatus
from okrcore.scorecard.day.uncounted_entries import Uncounted
from okrcore.words.reason import Reason, Term, as_reason

__all__ = [
    "GuardrailResult",
    "KeyResultResult",
    "Kind",
    "MetricResult",
    "ObjectiveResult",
    "Result",
]

Kind: TypeAlias = Literal[
    "objective", "key result", "guardrail", "initiative", "metric", "priority"
]


@frozen(kw_only=True)
class Result:
    """Result of one item on a day.

    Args:
        kind: The kind of item.
        id: The item.
        title: Its title.
        score: Score under the rulebook, 0 to 1 by default; None is not 0.
        edges: Scores that it is compared with, rising: 0, 1, and those of the rulebook. Shown with as many
            digits as set it apart from them, it contradicts no status beside it.
        progress: Raw progress, before clipping; may be negative or above 1.
        status: Status on the day, a word of the rulebook. That of an item that is over has no more to it than
            over or closed; a verdict or an outcome has the rest.
        confidence: Confidence that people gave, 0 to 1; of an objective without one, the mean of its parts,
            excluded ones included.
        coverage: Share of the weight with a reading; None if the item is excluded.
        why: Source of the score, or reason why there is none, in a sentence.
        no_score_reason: Machine-readable reason for a missing score; None if there is a score, or the item
            never has one, as guardrails, initiatives, metrics and priorities.
        owner: The person or team responsible.
        last_check_in: Last check-in of the item, with its note and blocker; None without one.
        uncounted: Entries about the item, or about the metric that it reads, that do not count for it, each
            with its reason; without readings that are replaced by one of a later day.
        status_why: Reason for the status, in a sentence with its numbers.
        computed_status: Status by all rules but those on declared statuses.
        declared: Status that people gave, with their reason, whether or not the rulebook uses it.
        judged: Score that people gave beside the computed one, with their reason.
        original_score: Score of the original plan, see `Journal`; None unless an adjustment changed the item,
            or one below that enters its score, and of an item that joined later.
        adjusted_score: Score with every adjustment; None likewise.
    """

    kind: Kind
    id: str
    title: str
    score: float | None
    edges: tuple[float, ...] = ()
    progress: float | None
    status: str
    confidence: float | None
    coverage: float | None
    why: Reason = field(converter=as_reason)
    no_score_reason: NoScoreReason | None
    status_why: Reason = field(converter=as_reason)
    computed_status: str
    declared: DeclaredStatus | None
    judged: JudgedScore | None
    original_score: float | None
    adjusted_score: float | None
    owner: Person | Team | None
    last_check_in: CheckIn | None
    uncounted: tuple[Uncounted, ...]

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        score = "no score"
        if self.score is not None:
            score = written_beside(self.score, 0.0, 1.0, *self.edges)
        return f"{self.__class__.__name__}({self.id!r}, {score}, {self.status})"


@frozen(kw_only=True, repr=False)
class ObjectiveResult(Result):
    """Result of an objective on a day.

    Args:
        score_range: Lowest and highest possible final score: everything not yet measured counted as 0 and as
            1. The final score lies between if no present score changes; the score of the day always does.
        expected: Mean progress expected by now of the parts with a line, each by the ambition of its home
            objective: of a stretch 0.7 of the line. While none of them is read, of all parts with a line;
            else of those in the progress. None before the cycle, and without such a part.
        pace: Score of those parts by `expected`, with which the status is found; 1 is on the line, and more
            than full counts as full. None while none of them is read.
        verdict: Verdict at the close, see also `open_until`; None before the end, without an ambition, or
            while the two ends of the score range disagree.
        original_verdict: Verdict of the original plan, at its end; None unless an adjustment changed the
            objective, or an item that enters its score.
        adjusted_verdict: Verdict with every adjustment; None likewise.
        asks_for: Act that the verdict requires, such as a post-mortem; empty while final numbers may come.
        open_until: Last day on which final numbers may come, so that a verdict other than a success is
            preliminary; None if nothing but an entry that says so can change it.
        key_results: Ids of the key results that count in it.
        children: Ids of the objectives below it.
        children_mean: Mean score of those, shown beside the score and not in it.
        guardrails: Ids of its guardrails.
        kpis: Ids of the metrics it lives with; `Scorecard.metric` has their values and states.
        breached_guardrails: Ids of those that are breached.
        unknown_guardrails: Ids of those whose state is unknown.
        initiatives: Ids of its initiatives.
        elapsed: Share of its cycle that is over.
        lifecycle: Lifecycle stage, with its closing.
    """

    score_range: tuple[float, float] | None
    expected: float | None
    pace: float | None
    verdict: str | None
    original_verdict: str | None
    adjusted_verdict: str | None
    asks_for: str
    open_until: date | None = None
    key_results: tuple[str, ...]
    children: tuple[str, ...]
    children_mean: float | None
    guardrails: tuple[str, ...]
    kpis: tuple[str, ...] = ()
    breached_guardrails: tuple[str, ...]
    unknown_guardrails: tuple[str, ...]
    initiatives: tuple[str, ...] = ()
    elapsed: float | None
    lifecycle: LifecycleStage

    __attrs_post_init__ = must_fit


@frozen(kw_only=True, repr=False)
class KeyResultResult(Result):
    """Result of a key result on a day.

    Args:
        reading: Reading that counts; None without one.
        read_on: Date of the reading.
        late: Whether that is after the deadline: without a cycle, or within the grace by a reading without a
            moment, which is taken for a final number typed late.
        baseline: Baseline of the line; None if the measure has none, or it is not known yet.
        target: Target of the line; None likewise.
        expected: Progress expected by now, read or not, by the ambition of its objective: of a stretch 0.7 of
            the line. None before the cycle, without a cycle or a line, and if it is excluded.
        pace: Score by `expected`, with which the status is found; 1 is on the line, and more than full counts
            as full.
        against_baseline: Whether the reading is better or worse than the baseline of a line, in its direction;
            None without either, and of other measures.
        against_before: Whether it is better or worse than the reading of the last day before with one.
        periods: The periods of a key result that is measured each period; empty of others.
        outcome: Outcome once its objective is over: reached, as far as a stretch asks, or short. A score below
            1.0 is never reached, and without an ambition has no outcome; None likewise before the end,
            without a score, and if it is excluded. An objective has a verdict instead.
        excluded: Whether it leaves its objective's mean, coverage and range; so does one of weight 0, which
            is tracked and has a coverage of its own.
        score_range: The score twice if it is measured, (0, 1) if it is open. While periods are open, the score
            with these as not held, and as held.
        objective: Id of its home objective.
    """

    reading: Reading | None
    read_on: date | None
    late: bool
    baseline: float | None
    target: float | None
    expected: float | None
    pace: float | None
    against_baseline: Movement | None = None
    against_before: Movement | None = None
    periods: tuple[PeriodResult, ...] = ()
    outcome: Outcome | None = None
    excluded: bool
    score_range: tuple[float, float] | None
    objective: str

    __attrs_post_init__ = must_fit


def word_of(result: ObjectiveResult | KeyResultResult) -> Term:
    """Return the verdict or the outcome of an item that is over; without one, its status."""
    if isinstance(result, ObjectiveResult):
        has_verdict = result.verdict is not None
        return Term("verdict" if has_verdict else "status", result.verdict or result.status)
    is_over = result.status in (Status.OVER, Status.CLOSED)
    if is_over and result.outcome is not None:
        return Term("outcome", result.outcome)
    return Term("status", result.status)


def word_with_reason(result: ObjectiveResult | KeyResultResult) -> str:
    """Return the same, with its reason if it is unknown and `why` has another one."""
    word = word_of(result)
    if str(word) != Status.UNKNOWN or result.status_why in result.why:
        return word
    return Reason("result/with-reason", word=word, why=result.status_why)


@final
@frozen(kw_only=True, repr=False)
class GuardrailResult(Result):
    """Result of a guardrail on a day: its state, which is its status too, and no score.

    A settled guardrail is held, with its breaches on record: `computed_status` is the state by readings alone,
    and the days and counts of breaches have those that were settled too.

    Args:
        state: Held, warning, breached or unknown.
        bound: The bound in force. A limit that was established, or comes from the past, is its number; while it
            is not known it is open.
        reading: Last reading; of a metric that is totalled or averaged, the total or mean.
        read_on: Date of the last reading.
        margin: Distance to the limit; negative beyond it.
        worst_margin: Smallest distance of all readings that count.
        first_breach: Date of the first reading that breached it.
        first_breach_reading: That reading.
        first_breach_bound: The bound of that day, which may have been adjusted since.
        within_since: Date from which on no reading breached it; None without a breach, and while the last
            reading breaches it.
        breaches: Number of readings that breached it.
        readings: Number of readings that count.
        periods_breached: Number of check-in periods with a breach.
        periods: Number of check-in periods up to the last reading; 0 without a cycle.
        objective: Id of its objective.
        settled: The last judgement that settles it; None without one. A later reading outside the limit
            leaves it breached all the same.

    Laws: test_what_is_told_of_a_breach_fits_together.
    """

    state: BoundState
    bound: Bound | None = None
    reading: Reading | None
    read_on: date | None
    margin: float | None
    worst_margin: float | None
    first_breach: date | None
    first_breach_reading: Reading | None = None
    first_breach_bound: Bound | None = None
    within_since: date | None = None
    breaches: int
    readings: int
    periods_breached: int
    periods: int
    objective: str
    settled: Judgement | None = None

    __attrs_post_init__ = must_fit


@final
@frozen(kw_only=True, repr=False)
class MetricResult(Result):
    """Result of a metric on a day: its state, which is its status too, and no score.

    If the last reading is too old by the first `Stale` rule of the rulebook, the status is the name of that
    rule; the state stays.

    Args:
        state: Held, warning, breached, or unknown without a bound or a reading.
        health: Its value as a share of its bound: 1 is on it, more is better. If the bound is a corridor, or
            value or bound is not above 0, it is 1 if the bound holds and 0 if not; 0 on a limit that does
            not hold itself. None without a bound or a reading, and while the limit is not known.
        bound: The bound of its health in force, see `GuardrailResult`; None without one.
        reading: Last reading.
        read_on: Its date.
        margin: Distance to the limit of its health; negative beyond it.
        worst_margin: Smallest distance of all readings.
        first_breach: Date of the first reading that breached it.
        first_breach_reading: That reading.
        first_breach_bound: The bound of that day, which may have been adjusted since.
        within_since: Date from which on no reading breached it; None without a breach, and while the last
            reading breaches it.
        breaches: Number of readings that breached it.
        readings: Number of readings.
        retired_on: Day on which it was retired; its status is closed from then on.
        definition: Its meaning, in words.
        measurement: How it is measured.
        derived: Metrics whose readings make its value; None if it has readings of its own.
        drives: Ids of the metrics that it is believed to move.
    """

    state: BoundState
    health: float | None
    bound: Bound | None = None
    reading: Reading | None
    read_on: date | None
    margin: float | None
    worst_margin: float | None
    first_breach: date | None
    first_breach_reading: Reading | None = None
    first_breach_bound: Bound | None = None
    within_since: date | None = None
    breaches: int
    readings: int
    retired_on: date | None = None
    definition: str = ""
    measurement: Measurement | None = None
    derived: Derived | None = None
    drives: tuple[str, ...] = ()

    __attrs_post_init__ = must_fit
