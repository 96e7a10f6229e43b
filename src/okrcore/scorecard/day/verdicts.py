"""Verdict at the close, by ambition, once nothing can change it any more.

Rules of this file:

1. Before the end there is no verdict; as of its last day a cycle is over.
2. A verdict is given only if both ends of the score range agree on it.
3. A breached or unknown guardrail withholds success; it never turns it into a miss. Settled, it does not.
4. Without an ambition there is a score and no verdict.
5. While final numbers may come, what is not reached is not reached so far, and requires nothing yet. A closing
   makes it final.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import or_none, snap, written_beside
from okrcore.journal import Closing
from okrcore.journal.decisions import decision_words
from okrcore.plan import Ambition, BoundState, Objective
from okrcore.rulebook import LearningVerdict, Rulebook, Status
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import GuardrailStates
from okrcore.scorecard.day.readings import end_of_grace
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
        asks_for: Act that the rulebook requires, such as a post-mortem; empty while final numbers may come.
        open_until: The last day on which final numbers may come; None if nothing can change it.
        why: The reason, in a sentence.
    """

    verdict: str | None
    status: str
    asks_for: str = ""
    open_until: date | None = None
    why: str

    def open(self, until: date | None) -> Close:
        """Return the same, preliminary up to a day; None if it is final."""
        if until is None:
            return self
        why = f"{self.why}; final numbers may come until {until}"
        return evolve(self, asks_for="", open_until=until, why=why)


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
        finals: By index of an objective, the verdicts by the numbers of the end of its cycle, if a part of it
            goes on; see `ended_cycles`.
    """

    basis: ScoreBasis
    scores: Scores
    ranges: Ranges | None
    states: GuardrailStates | None
    over: bytes
    finals: Mapping[int, Verdicts] = MappingProxyType({})

    def is_over(self, index: int) -> bool:
        """Whether an item has a verdict: it is over, and no excluded key result."""
        compiled = self.basis.facts.compiled
        if index in compiled.of_objectives:
            return bool(self.over[index])
        return bool(self.over[compiled.home[index]]) and not self.basis.excluded[index]

    def of(self, index: int) -> Close:
        """Return the verdict of an item that is over."""
        if index in self.finals:
            found = self.finals[index].of(index)
            end = date.fromordinal(self.basis.facts.compiled.ends[index])
            return evolve(found, why=f"{found.why}; a part that goes on counts as of {end}")
        facts, score = self.basis.facts, or_none(self.scores.values[index])
        book, home = facts.books[index], facts.compiled.home_of(index)
        until = self._open_until(index)
        if index in facts.compiled.of_objectives:
            return _close_objective(
                book,
                home.ambition,
                score,
                self._range_with_guardrails_held(index),
                self._guards(index),
                facts.closing_of(index),
                until,
            )
        share = None if home.ambition is None else book.pacing.share_for(home.ambition)
        return _close_key_result(score, share, book.edges(home.ambition), until)

    def _open_until(self, index: int) -> date | None:
        """Return the last day on which final numbers of an item that is over may come; None if it is past."""
        facts, compiled = self.basis.facts, self.basis.facts.compiled
        if facts.closing_of(compiled.home[index]) is not None:
            return None
        last = end_of_grace(facts, index)
        if index in compiled.of_objectives:
            ends = [self._end_of_part(part, last) for part in self.basis.inputs.of(index).indexes]
            last = min(last, max(ends, default=last))
        return date.fromordinal(last) if facts.today <= last < FOREVER else None

    def _end_of_part(self, part: int, last: int) -> int:
        """Return the last day on which numbers of a part may come, given that of the whole; 0 if it is closed."""
        facts, at = self.basis.facts, self.basis.inputs.original(part)
        if at not in facts.compiled.scored:
            return last  # an initiative ends with its objective
        is_closed = at != part or facts.closing_of(facts.compiled.home[at]) is not None
        return 0 if is_closed else end_of_grace(facts, at)

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
    until: date | None,
) -> Close:
    """Return the verdict of an objective that is closed, or whose cycle is over.

    The score range is the one with its guardrails held: under some rulebooks a breach lowers the score, but that
    makes no miss of a result that was reached. `until` is the last day on which final numbers may come.
    """
    if ambition is Ambition.LEARNING and rulebook.learning is not None:
        return _close_learning(rulebook.learning, closing)
    rule = rulebook.verdict_for(ambition)
    if score is None or score_range is None:
        unread = Close(verdict=None, status=Status.UNKNOWN, why="over, without a score")
        return unread.open(None if ambition is Ambition.LEARNING else until)
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
        return Close(verdict=None, status=Status.UNKNOWN, why=why).open(until)
    reached = written_beside(max(score, score_range[0]), *rulebook.edges(ambition))
    why = f"{low} with {reached}, as {ambition} objectives close"
    if low != rule.success:
        why = why if until is None else f"{low} so far, with {reached}"
        missed = Close(verdict=low, status=Status.MISSED, asks_for=rule.asks_for, why=why)
        return missed.open(until)
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


def _close_key_result(
    score: float | None, share: float | None, edges: Sequence[float], until: date | None
) -> Close:
    """Return the verdict of a key result: reached, or not, by the share that the ambition requires.

    Without an ambition the share is None, and 1 is required.
    """
    if score is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over, without a score").open(until)
    reached_score = written_beside(score, *edges)
    if share is None and snap(score) < 1:
        why = f"over with {reached_score}; no ambition says what was meant"
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    required = 1.0 if share is None else share
    is_reached = snap(score) >= snap(required)
    status, words = Status.MISSED, "not reached" if until is None else "not reached so far"
    if is_reached:
        status, words = Status.ACHIEVED, "reached"
    why = f"over with {reached_score}, {words}: {written_beside(required, score, *edges)} was asked"
    return Close(verdict=None, status=status, why=why).open(None if is_reached else until)
