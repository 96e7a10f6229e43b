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

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from math import isnan
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, field, frozen

from okrcore._arith import or_none, percent_beside, written_beside
from okrcore.journal import Closing, Judgement
from okrcore.journal.decisions import decision_words
from okrcore.plan import Ambition, BoundState, Objective
from okrcore.rulebook import LearningVerdict, Outcome, Rulebook, Status
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import GuardrailStates
from okrcore.scorecard.day.outcomes import EndOfKeyResult, end_of_key_result, until_words
from okrcore.scorecard.day.readings import end_of_grace
from okrcore.scorecard.day.scores import Ranges, ScoreBasis, Scores
from okrcore.scorecard.day.settling import is_firm, settled_words
from okrcore.words.reason import Reason, Term, clauses

__all__ = ["Close", "Verdicts", "over_by", "state_by_id"]

#: States by which success is withheld.
_WITHHOLDING: Final = frozenset({BoundState.BREACHED, BoundState.UNKNOWN})


@final
@frozen(kw_only=True)
class Close:
    """Verdict of an objective that is over.

    Args:
        verdict: A word of the rulebook; None without one yet.
        is_success: Whether that is a success; None without a verdict, and if success is withheld.
        asks_for: Act that the rulebook requires, such as a post-mortem; empty while final numbers may come.
        open_until: The last day on which final numbers may come; None if nothing can change it.
        words: Function to the reason, in a sentence: verdicts are read of all items, and sentences of a few.
    """

    verdict: str | None
    is_success: bool | None = None
    asks_for: str = ""
    open_until: date | None = None
    words: Callable[[], str] = field(eq=lambda words: words())

    @property
    def why(self) -> str:
        """The reason, in a sentence, with the day until which it is open."""
        return clauses((self.words(), until_words(self.open_until)))

    def open(self, until: date | None) -> Close:
        """Return the same, preliminary up to a day; None if it is final."""
        return self if until is None else evolve(self, asks_for="", open_until=until)


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
        """Whether an item is over; a key result is with its home objective."""
        return bool(self.over[self.basis.facts.compiled.home[index]])

    def is_closed(self, index: int) -> bool:
        """Whether an item is closed; a key result is with its home objective."""
        facts = self.basis.facts
        return facts.closing_of(facts.compiled.home[index]) is not None

    def end_word(self, index: int) -> Status:
        """Return the status of an item that is over."""
        return Status.CLOSED if self.is_closed(index) else Status.OVER

    def close_of(self, index: int) -> Close | None:
        """Return the verdict of an objective; None if it is not over."""
        return self.of(index) if self.is_over(index) else None

    def outcome_of(self, index: int) -> Outcome | None:
        """Return the outcome of a key result that is not excluded; None without one."""
        return self.of_key_result(index).outcome if self.is_over(index) else None

    def of(self, index: int) -> Close:
        """Return the verdict of an objective that is over."""
        if index in self.finals:
            found = self.finals[index].of(index)
            end = date.fromordinal(self.basis.facts.compiled.ends[index])
            return evolve(found, words=partial(_words_of_part, found.words, end))
        facts, score = self.basis.facts, or_none(self.scores.values[index])
        return _close_objective(
            facts.books[index],
            facts.compiled.home_of(index).ambition,
            score,
            self._range_with_guardrails_held(index),
            self._guards(index),
            facts.closing_of(index),
            self._open_until(index),
        )

    def of_key_result(self, index: int) -> EndOfKeyResult:
        """Return the outcome of a key result that is over and not excluded."""
        facts, score, until = self.basis.facts, self.scores.values[index], self._open_until(index)
        book, ambition = facts.books[index], facts.compiled.home_of(index).ambition
        if isnan(score):
            return EndOfKeyResult(None, partial(_without_score, self.end_word(index), until))
        if facts.compiled.key_results[index].weight <= 0:
            shown = percent_beside(score, *book.edges(ambition))
            return EndOfKeyResult(None, partial(Reason, "outcome/weight-0", share=shown))
        return end_of_key_result(score, book, ambition, until)

    def _open_until(self, index: int) -> date | None:
        """Return the last day on which final numbers of an item that is over may come; None if it is past."""
        facts, compiled = self.basis.facts, self.basis.facts.compiled
        if self.is_closed(index):
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
            return _Guards({}, (), {})
        rule, settled = self.basis.facts.books[index].guardrails, self.states.settled
        states = state_by_id(home, self.states.of(index))
        return _Guards(
            states,
            [
                each.id
                for each in home.guardrails
                if is_firm(rule, each) and states[each.id] in _WITHHOLDING
            ],
            {each.id: settled[each.id] for each in home.guardrails if each.id in settled},
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
        judged: Judgements that settle some, by id.
    """

    states: Mapping[str, BoundState]
    firm: Sequence[str]
    judged: Mapping[str, Judgement]

    @property
    def unsettled(self) -> Sequence[str]:
        """Ids of those by which success is withheld."""
        return [id for id, state in self.states.items() if state in _WITHHOLDING]

    @property
    def settled(self) -> Sequence[str]:
        """Guardrails that are settled, in words."""
        return [
            Reason("verdict/guardrail-settled", id=id, settled=settled_words(entry))
            for id, entry in self.judged.items()
        ]

    @property
    def words(self) -> str:
        """Reason why success is withheld; without an act that the rulebook does not have."""
        guardrails = [
            Reason(
                "verdict/firm-guardrail" if id in self.firm else "verdict/guardrail",
                id=id,
                state=self.states[id],
            )
            for id in self.unsettled
        ]
        code = "verdict/guardrails-firm" if self.firm else "verdict/guardrails-first"
        return Reason(code, guardrails=guardrails)


def _words_of_part(words: Callable[[], str], end: date) -> str:
    """Return the reason of a verdict with a part that goes on after the end of its cycle."""
    return clauses((words(), Reason("verdict/going-on", end=end)))


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
    end = Status.OVER if closing is None else Status.CLOSED
    rule = rulebook.verdict_for(ambition)
    if score is None or score_range is None:
        unread = Close(verdict=None, words=partial(Reason, "end/without-score", end=end))
        return unread.open(None if ambition is Ambition.LEARNING else until)
    if rule is None:
        return Close(verdict=None, words=partial(_no_verdict, ambition))
    low, high = (rule.bands.name(score) for score in score_range)
    if low is None or low != high:
        code = "verdict/undecided-over" if closing is None else "verdict/undecided-closed"
        return Close(verdict=None, words=partial(_undecided, code, low, high)).open(until)
    name, best = low, max(score, score_range[0])

    def reached(code: str, **more: str) -> Reason:
        shown = written_beside(best, *rulebook.edges(ambition))
        return Reason(code, score=shown, **more)

    def as_closed() -> Reason:
        return reached("verdict/as", verdict=Term("verdict", name), ambition=rule.ambition)

    if name != rule.success:
        words = as_closed
        if until is not None:
            words = partial(reached, "verdict/so-far", verdict=Term("verdict", name))
        failed = Close(verdict=name, is_success=False, asks_for=rule.asks_for, words=words)
        return failed.open(until)
    if guards.unsettled:
        return Close(
            verdict=rulebook.guardrails.withheld,
            words=lambda: reached("verdict/withheld", why=guards.words),
        )
    return Close(
        verdict=name, is_success=True, words=lambda: clauses((as_closed(), *guards.settled))
    )


def _without_score(end: Status, until: date | None) -> str:
    return clauses((Reason("end/without-score", end=end), until_words(until)))


def _no_verdict(ambition: Ambition | None) -> Reason:
    if ambition is None:
        return Reason("verdict/no-ambition")
    return Reason("verdict/no-rule", ambition=ambition)


def _undecided(code: str, low: str | None, high: str | None) -> Reason:
    """Return the sentence on two verdicts, either of which may come."""
    either = [Term("verdict", name) if name else Reason("verdict/none") for name in (low, high)]
    return Reason(code, verdicts=either)


def _close_learning(rule: LearningVerdict, closing: Closing | None) -> Close:
    if closing is None:
        return Close(verdict=None, words=partial(Reason, "verdict/undecided"))
    name = rule.name(closing.decision)
    return Close(
        verdict=name,
        is_success=None if name == rule.otherwise else True,
        words=partial(_decided, name, closing),
    )


def _decided(verdict: str, closing: Closing) -> Reason:
    words = decision_words(closing.decision)
    why = Reason("verdict/decided", verdict=Term("verdict", verdict), decision=words)
    if not closing.learned:
        return why
    return Reason("entry/because", act=why, because=closing.learned)
