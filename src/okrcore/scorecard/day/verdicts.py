"""Verdict at the close, by ambition, once nothing can change it any more.

Rules of this file:

1. Before the end there is no verdict; as of its last day a cycle is over.
2. A verdict is given only if both ends of the score range agree on it.
3. A breached or unknown guardrail withholds success; it never turns it into a miss. Settled, it does not.
4. Without an ambition there is a score and no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, final

from attrs import frozen

from okrcore._arith import or_none, snap, written_beside
from okrcore.journal import Closing
from okrcore.journal.decisions import decision_words
from okrcore.plan import Ambition, BoundState, Objective
from okrcore.rulebook import LearningVerdict, Rulebook, Status
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import GuardrailStates
from okrcore.scorecard.day.scores import Ranges, ScoreBasis, Scores
from okrcore.scorecard.day.settling import is_firm, settled_words

__all__ = ["Close", "Verdicts", "over_by", "state_by_id"]

#: States by which success is withheld.
_WITHHOLDING: Final = frozenset({BoundState.BREACHED, BoundState.UNKNOWN})


@final
@frozen(kw_only=True)
class Close:
    """Verdict of an item that is over.

    Args:
        verdict: A word of the rulebook; None without one yet.
        status: The verdict as a status.
        asks_for: Act that the rulebook requires, such as a post-mortem.
        why: The reason, in a sentence.
    """

    verdict: str | None
    status: str
    asks_for: str = ""
    why: str


@final
@frozen(eq=False)
class Verdicts:
    """Verdicts of items that are over.

    Args:
        basis: The basis of scores of objectives.
        scores: Scores of the day.
        ranges: Score ranges of the day; None if nothing is over.
        states: States of guardrails; None if nothing is over.
        over: By index of an objective, 1 if it is closed, or its cycle over.
    """

    basis: ScoreBasis
    scores: Scores
    ranges: Ranges | None
    states: GuardrailStates | None
    over: bytes

    def is_over(self, index: int) -> bool:
        """Whether an item has a verdict: it is over, and no excluded key result."""
        compiled = self.basis.facts.compiled
        if index in compiled.of_objectives:
            return bool(self.over[index])
        return bool(self.over[compiled.home[index]]) and not self.basis.excluded[index]

    def of(self, index: int) -> Close:
        """Return the verdict of an item that is over."""
        facts, score = self.basis.facts, or_none(self.scores.values[index])
        book, home = facts.books[index], facts.compiled.home_of(index)
        if index in facts.compiled.of_objectives:
            return _close_objective(
                book,
                home.ambition,
                score,
                self._range_with_guardrails_held(index),
                self._guards(index),
                facts.closing_of(index),
            )
        share = None if home.ambition is None else book.pacing.share_for(home.ambition)
        return _close_key_result(score, share, book.edges(home.ambition))

    def _guards(self, index: int) -> _Guards:
        home = self.basis.facts.compiled.home_of(index)
        if self.states is None or not home.guardrails:
            return _Guards({}, (), ())
        rule, settled = self.basis.facts.books[index].guardrails, self.states.settled
        states = state_by_id(home, self.states.of(index))
        return _Guards(
            states,
            [
                each.id
                for each in home.guardrails
                if is_firm(rule, each) and states[each.id] in _WITHHOLDING
            ],
            [
                f"{each.id} {settled_words(settled[each.id])}"
                for each in home.guardrails
                if each.id in settled
            ],
        )

    def _range_with_guardrails_held(self, index: int) -> tuple[float, float] | None:
        if self.basis.excluded[index] or self.ranges is None:
            return None
        low, high, states = self.ranges.low, self.ranges.high, self.basis.guard_states(index)
        if BoundState.BREACHED not in states:
            return low[index], high[index]
        held = [BoundState.HELD if each is BoundState.BREACHED else each for each in states]
        limited = self.basis.limited
        return limited(index, low, 0.0, held), limited(index, high, 1.0, held)


@final
@frozen(eq=False)
class _Guards:
    """Guardrails of an objective that is over.

    Args:
        states: Their states, by id.
        firm: Ids of those that withhold success and cannot be settled.
        settled: Judgements that settle some, in words.
    """

    states: Mapping[str, BoundState]
    firm: Sequence[str]
    settled: Sequence[str]

    @property
    def unsettled(self) -> Sequence[str]:
        """Ids of those by which success is withheld."""
        return [id for id, state in self.states.items() if state in _WITHHOLDING]

    @property
    def words(self) -> str:
        """Reason why success is withheld; without an act that the rulebook does not have."""
        firm = dict.fromkeys(self.firm, " (hard, so it stands)")
        words = ", ".join(f"{id} is {self.states[id]}{firm.get(id, '')}" for id in self.unsettled)
        return f"success is withheld: {words}" if firm else f"settle the guardrail first: {words}"


def over_by(facts: Facts) -> bytes:
    """Return, by index of an objective, 1 if it is closed, or its cycle over."""
    over = bytearray([end <= facts.today for end in facts.compiled.ends])
    for index, life in facts.lives.items():
        if life.closing is not None:
            over[index] = 1
    return bytes(over)


def state_by_id(objective: Objective, states: Sequence[BoundState]) -> Mapping[str, BoundState]:
    """Return the states of the guardrails of an objective, by id."""
    return {each.id: state for each, state in zip(objective.guardrails, states, strict=True)}


def _close_objective(
    rulebook: Rulebook,
    ambition: Ambition | None,
    score: float | None,
    score_range: tuple[float, float] | None,
    guards: _Guards,
    closing: Closing | None,
) -> Close:
    """Return the verdict of an objective that is closed, or whose cycle is over.

    The score range is the one with its guardrails held: under some rulebooks a breach lowers the score, but that
    makes no miss of a result that was reached.
    """
    if ambition is Ambition.LEARNING and rulebook.learning is not None:
        return _close_learning(rulebook.learning, closing)
    rule = rulebook.verdict_for(ambition)
    if score is None or score_range is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over, without a score")
    if rule is None:
        why = (
            "over; no ambition says what score was meant"
            if ambition is None
            else f"over; nothing is said of {ambition} objectives"
        )
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    low, high = (rule.bands.name(end) for end in score_range)
    if low is None or low != high:
        why = f"over, but what is still open decides: {low} or {high}"
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    reached = written_beside(max(score, score_range[0]), *rulebook.edges(ambition))
    why = f"{low} with {reached}, as {ambition} objectives close"
    if low != rule.success:
        return Close(verdict=low, status=Status.MISSED, asks_for=rule.asks_for, why=why)
    if guards.unsettled:
        withheld = rulebook.guardrails.withheld
        return Close(verdict=withheld, status=withheld, why=f"reached {reached}; {guards.words}")
    why = "; ".join((why, *guards.settled))
    return Close(verdict=low, status=Status.ACHIEVED, why=why)


def _close_learning(rule: LearningVerdict, closing: Closing | None) -> Close:
    if closing is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over; what was learnt is to be said")
    name = rule.name(closing.decision)
    learnt = f": {closing.learned}" if closing.learned else ""
    status = Status.UNKNOWN if name == rule.otherwise else Status.ACHIEVED
    return Close(
        verdict=name, status=status, why=f"{name}, {decision_words(closing.decision)}{learnt}"
    )


def _close_key_result(score: float | None, share: float | None, edges: Sequence[float]) -> Close:
    """Return the verdict of a key result: reached, or not, by the share that the ambition requires.

    Without an ambition the share is None, and 1 is required.
    """
    if score is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over, without a score")
    reached_score = written_beside(score, *edges)
    if share is None and snap(score) < 1:
        why = f"over with {reached_score}; no ambition says what was meant"
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    required = 1.0 if share is None else share
    status, words = Status.MISSED, "not reached"
    if snap(score) >= snap(required):
        status, words = Status.ACHIEVED, "reached"
    why = f"over with {reached_score}, {words}: {written_beside(required, score, *edges)} was asked"
    return Close(verdict=None, status=status, why=why)
