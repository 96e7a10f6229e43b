"""Statuses of a live scorecard: columns that statuses follow from, written to as its scores are.

Rules of this file:

1. It owns the columns that it writes to, copies of those of an evaluation.
2. An entry is taken at once. Values of objectives above it are computed when a status is read.
3. If a status needs more than these columns, None is returned: it takes an evaluation.

Laws: LiveScorecardMachine (equals the statuses of `evaluate` after any sequence of entries).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isnan
from typing import cast, final

from attrs import evolve

from okrcore._arith import ABSENT
from okrcore.journal import CheckIn, Judgement
from okrcore.journal.history import NEVER, Moment
from okrcore.rulebook import (
    Axis,
    ByBands,
    Declared,
    ExpectedFrom,
    FromParts,
    OverrideDuration,
    Rulebook,
    Stale,
    StatusRule,
)
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.pace import Pace, pace_of_parts, read_alone
from okrcore.scorecard.day.readings import window_of
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.scores import Scores
from okrcore.scorecard.day.signals import (
    CheckIns,
    Declarations,
    confidence_of_parts,
    declared_by,
    inputs_of_confidence,
    is_done,
)
from okrcore.scorecard.day.stages import StatusStages
from okrcore.scorecard.day.status_by_rule import statuses_by
from okrcore.scorecard.day.statuses import has_rule_on_parts
from okrcore.scorecard.day.verdicts import Verdicts
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["LiveStatuses"]


@final
class LiveStatuses:
    """Stages that statuses follow from, ready to be written to: `StatusStages`.

    Args:
        evaluation: The evaluation.
        scores: Scores by index, kept up to date by the owner.
    """

    facts: Facts
    inputs: RollUpInputs
    scores: Scores
    pace: Pace
    elapsed: Sequence[float]
    confidence: list[float]
    declarations: Declarations
    check_ins: CheckIns
    read_moments: list[Moment]
    done: bytearray
    verdicts: Verdicts

    def __init__(self, evaluation: Evaluation, scores: list[float]) -> None:
        self._evaluation, self.facts, self.inputs = evaluation, evaluation.facts, evaluation.inputs
        self.scores, self.elapsed = Scores(scores, ()), evaluation.elapsed
        self.last_moves: Sequence[int] = ()
        over = evaluation.verdicts.over
        self.verdicts = Verdicts(evaluation.basis, self.scores, None, evaluation.guardrails, over)
        pace = evaluation.pace
        self.pace = Pace(list(pace.expected), list(pace.scored))
        self._entering = read_alone(pace)
        self._last = list(evaluation.check_ins.last)
        self.check_ins = evolve(evaluation.check_ins, last=self._last)
        self.done = bytearray(evaluation.done)
        self.confidence = list(evaluation.confidence)
        declared = evaluation.declarations
        self._declared, self._moments = dict(declared.statuses), dict(declared.moments)
        self.declarations = Declarations(self._declared, self._moments)
        rules = list(_rules(self.facts.distinct_books))
        self._counts_moments = any(
            isinstance(rule, Declared) and rule.keep is OverrideDuration.UNTIL_READ
            for rule in rules
        )
        self.read_moments = list(evaluation.read_moments) if self._counts_moments else []
        self._is_open = 1 not in over
        self._covers_rules = _covers(self.facts.rulebook, rules, is_open=self._is_open)
        self.part_statuses: dict[int, str] = {}
        self._has_rule_on_parts = self._covers_rules and has_rule_on_parts(self.facts)
        if self._has_rule_on_parts:
            self.part_statuses = {**evaluation.objective_statuses, **evaluation.part_statuses}
        self._above = self._parents(self.inputs)
        self._of_confidence = inputs_of_confidence(self.facts, self.inputs)
        self._above_confidence = (
            self._above
            if self._of_confidence is self.inputs
            else self._parents(self._of_confidence)
        )
        # Days of the last stated confidence, by index.
        column = self.facts.history.confidences
        latest = column.latest(self.facts.today).items()
        index_of = self.facts.compiled.index_of
        self._stated_on = {index_of[id]: column.on[row] for id, row in latest if id in index_of}
        # Moments of the entries that were recorded last, by day.
        self._recorded: dict[date, datetime] = {}
        for entry in self.facts.history.uncorrected:
            if entry.recorded is not None:
                before = self._recorded.get(entry.on, entry.recorded)
                self._recorded[entry.on] = max(before, entry.recorded)
        self._count = len(self.facts.history.uncorrected)
        # Items with new readings, check-ins, and confidence or status, since objectives above were computed.
        self._read, self._stated = set[int](), set[int]()
        self._checked_in, self._read_at = dict[int, int](), dict[int, Moment]()
        # Objectives whose pace is computed with the first status that follows from it.
        self._behind = set[int]()
        self._targets = self._items_of_entries()

    # --- entries -------------------------------------------------------------------------------

    def take(self, entry: CheckIn | Judgement) -> bool:
        """Take an entry; False if its order among the entries of its day is not known, and it matters."""
        if entry.on > self.facts.day:
            return True
        self._count += 1
        on = entry.on.toordinal()
        is_check_in = isinstance(entry, CheckIn)
        confidence = entry.confidence if isinstance(entry, CheckIn) else None
        has_order = self._is_last_of_its_day(entry)
        matters = confidence is not None or entry.status is not None or self._counts_moments
        if matters and not has_order:
            return False
        settled = self._evaluation.settled
        for index in self._targets.get(entry.of, ()) if is_check_in else ():
            if index in settled:
                continue
            self._checked_in[index] = max(on, self._checked_in.get(index, 0))
            if isinstance(entry, CheckIn) and entry.value is not None:
                first, last = window_of(self.facts, index)
                if first <= on <= last:
                    self._read.add(index)
                    self._read_at[index] = max((on, self._count), self._read_at.get(index, NEVER))
        self._take_statement(entry, confidence, on)
        return True

    def _take_statement(
        self, entry: CheckIn | Judgement, confidence: float | None, on: int
    ) -> None:
        """Take the confidence and the status of an entry that is the last of its day."""
        index = self.facts.compiled.index_of.get(entry.of, -1)
        # An initiative has a share done, and no status.
        if index not in self.facts.compiled.scored or index in self._evaluation.settled:
            return
        if confidence is not None and on >= self._stated_on.get(index, 0):
            self._stated_on[index], self.confidence[index] = on, confidence
            self._stated.add(index)
        moment = on, self._count
        if entry.status is not None and moment > self._moments.get(entry.of, NEVER):
            self._declared[entry.of], self._moments[entry.of] = declared_by(entry), moment
            self._stated.add(index)

    def _is_last_of_its_day(self, entry: CheckIn | Judgement) -> bool:
        before = self._recorded.get(entry.on)
        if before is not None and (entry.recorded is None or entry.recorded < before):
            return False
        if entry.recorded is not None:
            self._recorded[entry.on] = entry.recorded
        return True

    def _items_of_entries(self) -> Mapping[str, Sequence[int]]:
        """Return, by the id of a check-in, the indexes of items that are checked in by it."""
        compiled = self.facts.compiled
        found = {id: [index] for index, id in enumerate(compiled.ids[: len(compiled.key_results)])}
        for index in compiled.shared:
            for id in compiled.sources_of(compiled.sources[index]):
                found.setdefault(id, []).append(index)
        for index, how in compiled.derived.items():
            for id in how.of:
                found[id].append(index)
        work = compiled.of_initiatives
        for index in compiled.of_objectives:
            if all(at in work for at in self.inputs.of(index).indexes):
                # An objective with parts is checked in with them.
                found[compiled.ids[index]] = [index]
        return found

    # --- statuses ------------------------------------------------------------------------------

    def status(self, index: int) -> str | None:
        """Return the status of an item; None if it needs an evaluation."""
        if not self._covers_rules:
            return None
        if index in self._evaluation.settled:
            return self._evaluation.status(index)
        is_objective = index in self.facts.compiled.of_objectives
        if is_objective and self.verdicts.over[index]:
            return None  # a rule may need its verdict, which follows from its score range
        self._carry_upwards()
        if is_objective and self._has_rule_on_parts:
            return self.part_statuses[index]
        self._catch_up([index])
        return self._by_rules(index)

    def _by_rules(self, index: int) -> str:
        # Type checkers take no plain attributes for the cached properties of a protocol.
        stages = cast("StatusStages", cast("object", self))
        return statuses_by(self.facts.books[index].status, stages, [index])[index]

    def _carry_upwards(self) -> None:
        """Compute the objectives above the items of new entries."""
        changed = {*self._checked_in, *self._read, *self._stated}
        if not changed:
            return
        self._carry_days()
        for index in self._read:
            self._pace_of_key_result(index)
        _climb(self._above, self._read, self._behind)
        for index in _all_above(self._above_confidence, self._stated):
            if index not in self._stated_on:
                self.confidence[index] = confidence_of_parts(
                    self.facts, self._of_confidence, index, self.confidence
                )
        if self._has_rule_on_parts:
            self._catch_up(self._behind)
            changed.update(_all_above(self._above_confidence, self._stated))
            for index in sorted({*changed, *_all_above(self._above, changed)}):
                self.part_statuses[index] = self._by_rules(index)
        for waiting in (self._checked_in, self._read_at, self._read, self._stated):
            waiting.clear()

    def _carry_days(self) -> None:
        """Put the days of check-ins, and the moments of readings: of an objective the last of its parts."""
        for index, on in self._checked_in.items():
            if self._last[index] >= on:
                continue  # and that of all above
            for at in (index, *_all_above(self._above, [index])):
                # A check-in before a cycle does not count in it.
                if on >= self.check_ins.awaited[at]:
                    self._last[at] = max(self._last[at], on)
        for index, moment in self._read_at.items() if self._counts_moments else ():
            for at in (index, *_all_above(self._above, [index])):
                self.read_moments[at] = max(self.read_moments[at], moment)

    def _catch_up(self, indexes: Iterable[int]) -> None:
        """Compute the pace of some objectives and those below them, as far as it is outdated."""
        found, waiting = list[int](), list(indexes)
        while waiting:
            index = waiting.pop()
            if index in self._behind:
                self._behind.remove(index)
                found.append(index)
                waiting += self.inputs.of(index).counted
        for index in sorted(found):
            self._pace_of_objective(index)

    def _pace_of_key_result(self, index: int) -> None:
        pace, score = self.pace, self.scores.values[index]
        self.done[index] = is_done(type(self.facts.compiled.measures[index]), score)
        # Expected progress follows from plan and day.
        pace.scored[index] = ABSENT if isnan(pace.expected[index]) else score
        self._entering[index] = ABSENT if isnan(score) else pace.expected[index]

    def _pace_of_objective(self, index: int) -> None:
        parts, excluded, pace = self.inputs.of(index), self._evaluation.excluded, self.pace
        values, entering = self.scores.values, self._entering
        line, score = pace_of_parts(self.inputs, index, pace, entering, values, excluded)
        pace.expected[index], pace.scored[index] = line, score
        self._entering[index] = ABSENT if isnan(score) else line
        if parts.counted:
            self.done[index] = all(map(self.done.__getitem__, parts.counted))

    def _parents(self, inputs: RollUpInputs) -> Mapping[int, Sequence[int]]:
        """Return, by index, the open objectives that an item is a part of."""
        found: dict[int, list[int]] = {}
        for index, parts in inputs.each():
            if index not in self._evaluation.settled:
                for at in parts:
                    found.setdefault(at, []).append(index)
        return found


def _all_above(parents: Mapping[int, Sequence[int]], indexes: Iterable[int]) -> Sequence[int]:
    """Return the indexes of objectives above some items, children before parents."""
    found = set[int]()
    _climb(parents, indexes, found)
    return sorted(found)


def _climb(parents: Mapping[int, Sequence[int]], indexes: Iterable[int], found: set[int]) -> None:
    """Add the indexes of objectives above some items to a set that has, with each, all above it."""
    waiting = list(indexes)
    while waiting:
        for index in parents.get(waiting.pop(), ()):
            if index not in found:
                found.add(index)
                waiting.append(index)


def _rules(books: Iterable[Rulebook]) -> Iterator[StatusRule]:
    return (rule for book in books for rule in book.status)


def _covers(rulebook: Rulebook, rules: Iterable[StatusRule], *, is_open: bool) -> bool:
    """Whether statuses by some rules follow from the columns.

    Stalls follow from all readings, and progress before its clip is in no column. Rules by which missing parts
    count, and pace by dates, are not supported.
    """
    if any(
        book.roll_up.missing is not None or book.pacing.objectives_from is ExpectedFrom.DATES
        for book in (rulebook, *rulebook.methods)
    ):
        return False
    for rule in rules:
        if isinstance(rule, Stale) and (rule.still_intervals or rule.shrinking_steps):
            return False
        if isinstance(rule, ByBands) and rule.axis is Axis.PROGRESS:
            return False
        if isinstance(rule, FromParts) and not is_open:
            return False
    return True
