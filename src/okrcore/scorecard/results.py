"""Results: one for each objective, key result, guardrail and metric.

Rules of this file:

1. Progress, score, status and confidence are four answers, never merged.
2. None is not 0; `why` says why there is none.
3. A colour is not among the answers, and neither is a score of a person.
4. A result is a record. A scorecard gives one whose fields are looked up when they are read, see
   `evaluated_results`: a service that shows scores pays for no sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias, final

from attrs import frozen

from okrcore._arith import written_beside
from okrcore._made import must_fit
from okrcore.journal import CheckIn, Life
from okrcore.plan import BoundState, Person, Reading, Team
from okrcore.scorecard.day.judgements import JudgedScore
from okrcore.scorecard.day.no_score import WhyNot
from okrcore.scorecard.day.signals import DeclaredStatus
from okrcore.scorecard.day.uncounted import Uncounted

__all__ = [
    "GuardrailResult",
    "KeyResultResult",
    "Kind",
    "MetricResult",
    "ObjectiveResult",
    "Result",
]

Kind: TypeAlias = Literal["objective", "key result", "guardrail", "metric"]


@frozen(kw_only=True)
class Result:
    """What is known of one item on a day.

    Args:
        kind: What it is.
        id: Its id.
        title: Its title.
        score: After the rulebook, 0 to 1 by default; None is not 0.
        edges: The scores that it is compared with, rising: 1, 0, and those of the rulebook. Shown with as
            many digits as set it apart from them, it contradicts no status beside it.
        progress: Before clipping: raw, may be negative or above 1.
        status: How it stands today, in the rulebook's words.
        confidence: What people believe, 0 to 1; of an objective without one of its own, the mean over its
            parts, excluded ones among them.
        coverage: The share of the weight that has been measured; None where nothing is asked.
        why: In a sentence, where the score comes from, or why there is none.
        why_not: The same for programs: why there is no score; None where there is one, or never will be.
        owner: The one person to ask.
        last_check_in: The last check-in of it, with its note and blocker; None without one.
        uncounted: The entries about it, or about the metric that it reads, that do not count for it, each
            with its reason. Those that give way to one of a later day are not among them.
        status_why: In a sentence, with its numbers, why the status is what it is.
        computed_status: The status without what people said of it; the same where they said nothing.
        declared: A status that people gave, with their reason, whether or not the rulebook goes by it.
        judged: A score that people gave beside the computed one, with their reason.
        original_score: The score of the plan as it was first written; None unless an adjustment changed
            the item, or something below it that enters its score.
        adjusted_score: The score with every adjustment; None likewise.
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
    why: str
    why_not: WhyNot | None
    status_why: str
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
    """What is known of an objective on a day.

    Args:
        score_range: What is still open scored as 0, and as 1; the final score lies between if no score
            that is there changes. The score itself always does: an end moves as far as to it.
        expected: The progress expected by now of the parts that move along a line, their mean; also of an
            objective without a cycle, if a part has one. None if nothing is expected of any part.
        pace: The score of those parts by what is expected of each under the ambition of the objective that
            it is at home in; 1 is on the line, and more than full counts as full.
        verdict: What the close says; None before the end, without an ambition, or while the two ends of
            the score range disagree.
        asks_for: What the verdict asks for, such as a post-mortem.
        key_results: The ids of those that count in it.
        children: The ids of the objectives below it.
        children_mean: The mean score of those, shown beside the score and not in it.
        guardrails: The ids of its guardrails.
        breached_guardrails: Those that are breached.
        unknown_guardrails: Those of which nothing is known.
        elapsed: The share of its cycle that is over.
        life: Where it stands in its life, with its closing.
    """

    score_range: tuple[float, float] | None
    expected: float | None
    pace: float | None
    verdict: str | None
    asks_for: str
    key_results: tuple[str, ...]
    children: tuple[str, ...]
    children_mean: float | None
    guardrails: tuple[str, ...]
    breached_guardrails: tuple[str, ...]
    unknown_guardrails: tuple[str, ...]
    elapsed: float | None
    life: Life

    __attrs_post_init__ = must_fit


@frozen(kw_only=True, repr=False)
class KeyResultResult(Result):
    """What is known of a key result on a day.

    Args:
        reading: What was read; None where nothing counts.
        read_on: The day it is true of.
        late: Whether it is true of a day after the deadline: within the grace, or without a cycle.
        baseline: The baseline it is measured from, of those that have one.
        target: The target it is measured to, of those that have one.
        expected: The progress expected by now; None if the measure has no line or the objective no cycle.
        pace: The score by what is expected of it under the ambition; 1 is on the line, and more than full
            counts as full.
        excluded: Whether it leaves its objective's mean, coverage and range; so does one of weight 0, which
            is tracked and has a coverage of its own.
        score_range: The score twice where it is measured, (0, 1) where it is open.
        objective: The id of the objective it is at home in.
    """

    reading: Reading | None
    read_on: date | None
    late: bool
    baseline: float | None
    target: float | None
    expected: float | None
    pace: float | None
    excluded: bool
    score_range: tuple[float, float] | None
    objective: str

    __attrs_post_init__ = must_fit


@final
@frozen(kw_only=True, repr=False)
class GuardrailResult(Result):
    """Whether a guardrail holds; it has no score. Its status is its state.

    Args:
        state: Held, warning, breached or unknown.
        reading: What was read last; of a metric that is totalled or averaged, that.
        read_on: The day of the last reading.
        margin: The distance to the limit; negative beyond it.
        worst_margin: The smallest distance of all readings that count.
        first_breach: The day of the first reading that breached it.
        first_breach_reading: That reading.
        within_since: The day from which on no reading breached it any more; None without a breach, and
            while the last reading breaches it.
        breaches: How many of the readings breached it.
        readings: How many readings count.
        periods_breached: In how many check-in periods it was breached.
        periods: How many check-in periods there were up to the last reading; 0 without a cycle.
        objective: The id of the objective it guards.

    Laws: test_what_is_told_of_a_breach_fits_together.
    """

    state: BoundState
    reading: Reading | None
    read_on: date | None
    margin: float | None
    worst_margin: float | None
    first_breach: date | None
    first_breach_reading: Reading | None = None
    within_since: date | None = None
    breaches: int
    readings: int
    periods_breached: int
    periods: int
    objective: str

    __attrs_post_init__ = must_fit


@final
@frozen(kw_only=True, repr=False)
class MetricResult(Result):
    """What a metric reads; it has no score. Its status is its health, where it has a bound.

    A last reading that is too old leaves its state as it was read, and makes its status stale, by the
    first `Stale` rule of the rulebook.

    Args:
        state: Held, warning, breached, or unknown without a bound or a reading.
        health: Its value as a share of its bound: 1 is on it, more is better. Of a corridor, and where the
            value or the bound is not above 0, 1 if it holds and 0 if not; 0 on a limit that does not hold
            itself. None without a bound or a reading.
        reading: What was read last.
        read_on: The day it is true of.
        margin: The distance to the limit of its health; negative beyond it.
        worst_margin: The smallest distance of all readings.
        first_breach: The day of the first reading that breached it.
        first_breach_reading: That reading.
        within_since: The day from which on no reading breached it any more; None without a breach, and
            while the last reading breaches it.
        breaches: How many of the readings breached it.
        readings: How many readings there are.
    """

    state: BoundState
    health: float | None
    reading: Reading | None
    read_on: date | None
    margin: float | None
    worst_margin: float | None
    first_breach: date | None
    first_breach_reading: Reading | None = None
    within_since: date | None = None
    breaches: int
    readings: int

    __attrs_post_init__ = must_fit
