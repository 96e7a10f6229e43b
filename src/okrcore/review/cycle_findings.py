"""Findings of a cycle, and an objective with the numbers that they are found in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from okrcore._arith import mean, snap, written_beside
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore.journal import ClosingDecision
from okrcore.journal.decisions import decision_words
from okrcore.journal.journal import history_of
from okrcore.plan import KeyResult, Objective
from okrcore.rulebook import Rulebook
from okrcore.scorecard import ObjectiveResult, Scorecard, evaluate
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.words.reason import Reason, as_reason

__all__ = ["CycleFinding", "CyclePattern", "Look", "Opinion"]


@unique
class CyclePattern(StrEnum):
    """Pattern in a cycle that is over. Stable, for programs."""

    #: All key results as far as the ambition expects, and the objective judged a failure.
    WRONG_KEY_RESULTS = "wrong key results"
    #: The objective judged a success while most key results were short.
    UNNECESSARY_KEY_RESULTS = "unnecessary key results"
    #: Safe from the start and full early; or full again and again.
    SANDBAGGED = "sandbagged"
    #: Doubted from the start, with a low score at the end; or its target eased.
    TOO_HARD = "too hard"
    GUARDRAIL_BREACHED = "guardrail breached"
    #: Outside its limit on the way, and back within it at the end.
    GUARDRAIL_SAVED_US = "guardrail saved us"
    LATE_INSTRUMENTATION = "late instrumentation"
    COMMITTED_MISS_NEEDS_POST_MORTEM = "committed miss needs post-mortem"
    #: No key result could have warned before the result.
    NO_LEADING_SIGNAL = "no leading signal"
    #: Leading key results came as far as the ambition expects, and the lagging ones were short.
    WEAK_LEADING_SIGNAL = "weak leading signal"
    #: The cause of the objective was read differently at the end of its cycle.
    TRIGGER_MOVED = "trigger moved"
    TRIGGER_DID_NOT_MOVE = "trigger did not move"
    #: An initiative that was neither done nor dropped.
    WORK_UNFINISHED = "work unfinished"
    WORK_DROPPED = "work dropped"
    #: An initiative was done, and a key result that it drives was short.
    WORK_WITHOUT_EFFECT = "work without effect"


@final
@frozen(kw_only=True, repr=False)
class CycleFinding:
    """Pattern found in the numbers of an objective.

    Args:
        code: The pattern.
        of: Id of the objective.
        ids: Ids of the items that show it, the objective's among them.
        words: Observation in a sentence.
        advice: Advice for the next cycle, in a sentence.
    """

    code: CyclePattern
    of: str
    ids: tuple[str, ...]
    words: Reason = field(converter=as_reason)
    advice: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"CycleFinding({self.code.value!r}, {self.of!r})"


@final
@frozen(eq=False)
class Look:
    """An objective in review; `early` has scorecards of earlier days, shared by objectives."""

    card: Scorecard
    objective: Objective
    early: dict[date, Scorecard]

    @property
    def result(self) -> ObjectiveResult:
        """Result of the objective."""
        return self.card.objective(self.objective.id)

    @property
    def book(self) -> Rulebook:
        """Rulebook of the objective, by its method."""
        where = f"Objective({self.objective.id!r}).method"
        return self.card.rulebook.method(self.objective.method, where)

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """The key results that count in it."""
        pairs = self.card.plan_in_force.key_results_of(self.objective)
        return tuple(kr for kr, weight in pairs if weight > 0)

    def came(self) -> dict[str, bool]:
        """Return whether each scored key result came as far as the ambition expects, by id."""
        expected = snap(self.book.pacing.share_for(self.objective.ambition))
        scores = {kr.id: self.card.key_result(kr.id).score for kr in self.key_results}
        return {id: snap(score) >= expected for id, score in scores.items() if score is not None}

    def is_full(self) -> bool:
        """Return whether every scored key result was reached in full."""
        scores = (self.card.key_result(kr.id).score for kr in self.key_results)
        return all(snap(score) >= 1 for score in scores if score is not None)

    def on(self, day: date) -> Scorecard:
        """Return the scorecard of an earlier day."""
        if day not in self.early:
            card = self.card
            found = evaluate(card.plan, card.journal, as_of=day, rulebook=card.rulebook)
            self.early[day] = found
        return self.early[day]

    def opinion(self) -> Opinion | None:
        """Return the judgement of the objective; None if nobody judged, and no decision is one.

        A judged score comes first. To carry, change or defer it is no judgement: a success is carried, too.
        """
        result, rule = self.result, self.book.verdict_for(self.objective.ambition)
        judged, closing = result.judged, result.lifecycle.closing
        if judged is not None and rule is not None:
            score = written_beside(judged.score, *result.edges)
            words = Reason("finding/judged", score=score, day=judged.on)
            is_achieved = rule.bands.name(judged.score) == rule.success
            return Opinion(is_achieved=is_achieved, words=words, because=judged.because)
        if closing is None:
            return None
        words, because = decision_words(closing.decision), closing.because.strip()
        if closing.decision in _ACHIEVED or (closing.decision in _GIVEN_UP and because):
            is_achieved = closing.decision in _ACHIEVED
            return Opinion(is_achieved=is_achieved, words=words, because=because)
        return None

    def first_confidence(self) -> float | None:
        """Return the first confidence of the objective, or else the mean of those of its key results."""
        column = once(self.card.journal, history_of).confidences
        cycle = self.objective.cycle
        start = LONG_AGO if cycle is None else cycle.start.toordinal()
        firsts: list[float] = []
        for id in (self.objective.id, *(kr.id for kr in self.key_results)):
            rows = column.rows(id, start, self.card.as_of.toordinal())
            if rows and id == self.objective.id:
                return column.values[rows[0]]
            firsts.extend(column.values[row] for row in rows[:1])
        return mean(firsts, [1.0] * len(firsts)) if firsts else None

    def titles(self, ids: Sequence[str]) -> list[str]:
        """Return the titles of key results."""
        return [self.card.plan_in_force.key_result(id).title for id in ids]

    def finding(self, code: CyclePattern, words: str, advice: str, *ids: str) -> CycleFinding:
        """Return a finding about the objective and other items."""
        shown = tuple(dict.fromkeys((self.objective.id, *ids)))
        return CycleFinding(code=code, of=self.objective.id, ids=shown, words=words, advice=advice)


_ACHIEVED: Final = frozenset({ClosingDecision.ACHIEVED, ClosingDecision.SCALE})
#: With a reason, a judgement that the work is not worth going on with.
_GIVEN_UP: Final = frozenset({ClosingDecision.ABANDON, ClosingDecision.STOP})


@final
@frozen(kw_only=True)
class Opinion:
    """A judged score, or a decision that is a judgement, with its reason."""

    is_achieved: bool
    words: str
    because: str
