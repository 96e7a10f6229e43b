"""Parts of a plan that entries touch, evaluated alone: closings, judgements, adjustments and the like.

Rules of this file:

1. A part is evaluated by the stages of a day, with the entries about it alone. Scores above it are computed by
   `Overlay`, which has all others.
2. Objectives of a part have all their parts, or their scores are not used. A closed one has all items below it,
   as its numbers are those of its closing.
3. Entries touch more than a part under some rules of roll-up, see `are_confined`; if they change guardrails or
   initiatives which enter scores; and if they are dated up to a closing of an objective above.

Laws: LiveScorecardMachine, test_a_part_that_is_evaluated_has_the_scores_of_an_evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import final

from attrs import evolve, field, frozen

from okrcore.journal import Adjustment, CheckIn, Closing, Entry, Judgement, PostMortem, Transition
from okrcore.journal.journal import Dated
from okrcore.journal.ratio_readings import in_units
from okrcore.plan import Guardrail, KeyResult, Metric, Objective
from okrcore.plan.item import Item
from okrcore.rulebook import OverrideDuration, RollUpRule, RollUpSource, Weighing
from okrcore.scorecard.day.closed_items import homes_of_parts
from okrcore.scorecard.day.exclusions import excluded_by_themselves
from okrcore.scorecard.day.parts import Inputs
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.live_entries import EntriesByItem
from okrcore.scorecard.live_readings import LiveReadings
from okrcore.scorecard.live_scores import Recomputed

__all__ = ["LiveParts", "Touched"]


@final
@frozen(eq=False)
class Touched:
    """Indexes of items that entries touch.

    Args:
        key_results: Key results whose score may change.
        read: Those with a new reading, and no other change.
        objectives: Objectives whose parts, weights or lifecycle may change.
        judged: Items whose judged score may change.
    """

    key_results: set[int] = field(factory=set[int])
    read: set[int] = field(factory=set[int])
    objectives: set[int] = field(factory=set[int])
    judged: set[int] = field(factory=set[int])


@final
class LiveParts:
    """Evaluates the parts of a plan that entries touch.

    Args:
        evaluation: The evaluation of the whole.
        readings: Its readings.
    """

    def __init__(self, evaluation: Evaluation, readings: LiveReadings) -> None:
        self._evaluation, self._readings = evaluation, readings
        self._facts, self._compiled = evaluation.facts, evaluation.facts.compiled

    def touched_by(self, entries: Iterable[Entry], filed: EntriesByItem) -> Touched | None:
        """Return the items that some entries touch; None if they touch more than a part and the scores above.

        `filed` has all entries, these included.
        """
        found = Touched()
        if self._facts.history.changes_structure or self._evaluation.chains:
            return None  # the entries of a part do not have the joins of others, or the work of a chain
        for entry in map(filed.voided_by, entries):
            if entry.on > self._facts.day or isinstance(entry, PostMortem):
                continue
            if not self.are_confined or _changes_more(entry):
                return None
            item = self._facts.plan.items.get(entry.of)
            if item is None:
                continue  # evidence of an item that joins later
            is_decision = isinstance(entry, (Adjustment, Closing, Transition))
            if is_decision and not isinstance(item, (KeyResult, Objective)):
                return None
            if not self._touch(entry, found, filed):
                return None
        if OverrideDuration.UNTIL_READ in self._keeps:
            touched = {*found.key_results, *found.objectives}
            ids = self._compiled.ids
            found.judged.update(
                index
                for index in {*touched, *self._all_above(touched)}
                if any(map(_is_judging, filed.about(ids[index])))
            )
        return found

    def evaluate(self, touched: Touched, filed: EntriesByItem) -> Recomputed:
        """Evaluate the part of touched items, and return its columns by index of the whole."""
        ids, facts = self._compiled.ids, self._facts
        part = self._part(touched, filed)
        journal = in_units(facts.stored, filed.journal_of(dict.fromkeys(self._ids_in(part))))
        plan, part_ids = facts.stored, frozenset(ids[index] for index in part)
        then = Evaluation(plan, journal, facts.day, facts.rulebook, part=part_ids)
        return self._in_whole(touched, then)

    def _in_whole(self, touched: Touched, then: Evaluation) -> Recomputed:
        """Return the columns of a part by index of the whole."""
        ids, index_then = self._compiled.ids, then.facts.compiled.index_of
        scores, basis, closed = then.scores.values, then.basis, then.closed
        at_of = {
            index: index_then[ids[index]]
            for index in {*touched.key_results, *touched.objectives, *touched.judged}
        }
        objectives = {index: at_of[index] for index in touched.objectives}
        settled = {*touched.key_results, *(at for at in objectives if objectives[at] in closed)}
        by_themselves = excluded_by_themselves(then.facts, len(then.excluded))
        judged = {index: at_of[index] for index in touched.judged}
        return Recomputed(
            {index: scores[at_of[index]] for index in touched.key_results},
            {index: then.excluded[at_of[index]] for index in settled},
            {index: by_themselves[at] for index, at in objectives.items()},
            {index: self._inputs_in_whole(then, at) for index, at in objectives.items()},
            {index: basis.closed.get(at) for index, at in objectives.items()},
            {index: basis.judged.get(at) for index, at in judged.items()},
            {index: at in basis.outdated for index, at in judged.items()},
            {index: then.readings.of_journal(at_of[index]) for index in touched.read},
        )

    def _inputs_in_whole(self, then: Evaluation, at: int) -> Inputs:
        inputs, ids, index_of = then.inputs.of(at), then.facts.compiled.ids, self._compiled.index_of
        return evolve(inputs, indexes=tuple([index_of[ids[part]] for part in inputs.indexes]))

    # --- items ---------------------------------------------------------------------------------

    def _touch(self, entry: Dated, found: Touched, filed: EntriesByItem) -> bool:
        """Add the items that an entry touches; False if it touches more."""
        compiled, item = self._compiled, self._facts.plan.items[entry.of]
        if isinstance(entry, CheckIn):
            return self._touch_readers(entry, item, found, filed)
        if isinstance(item, (Guardrail, Metric)):
            # Settling it changes states, and so does its limit.
            return self._evaluation.basis.states is None
        index = compiled.index_of[entry.of]
        if self._is_late(entry, [index], filed):
            return False
        if isinstance(entry, Judgement):
            if self._keeps:
                found.judged.add(index)
            return True
        changed = [index]
        if isinstance(item, Objective):
            if item.guardrails and self._evaluation.basis.states is not None:
                return False  # their states follow from the closing
            changed = [compiled.index_of[kr.id] for kr in item.own_key_results]
            found.objectives.add(index)
            if self._keeps:
                found.judged.update([index], changed)
        elif isinstance(entry, Adjustment) and entry.weight is not None:
            found.objectives.add(compiled.home[index])
        found.read.difference_update(changed)
        found.key_results.update(self._with_derived(changed))
        return True

    def _touch_readers(
        self, entry: CheckIn, item: Item, found: Touched, filed: EntriesByItem
    ) -> bool:
        """Add the key results that a check-in touches; False if it touches more."""
        readers = () if entry.value is None else self._readings.reading_from(item)
        if readers is None or self._is_late(entry, readers, filed):
            return False
        found.read.update({*readers} - found.key_results)
        found.key_results.update(self._with_derived(readers))
        return True

    # --- parts of the plan ---------------------------------------------------------------------

    def _part(self, touched: Touched, filed: EntriesByItem) -> set[int]:
        """Return the indexes of the objectives that touched items depend on."""
        compiled = self._compiled
        items = {*touched.key_results, *touched.objectives, *touched.judged}
        homes = {compiled.home[index] for index in items}
        # The numbers of a closing, and the last reading after a judged score, follow from all items below.
        whole = {index for index in homes if filed.closings(compiled.ids[index])}
        if OverrideDuration.UNTIL_READ in self._keeps:
            whole.update(index for index in touched.judged if index in compiled.of_objectives)
        waiting = [*whole]
        while waiting:
            below = {*compiled.below.of(waiting.pop())[0]} - whole
            whole |= below
            waiting += below
        found = homes | whole
        for index in touched.objectives:
            found.update(compiled.below.of(index)[0])
        waiting = [*found]
        while waiting:
            others = {*homes_of_parts(compiled, waiting.pop())} - found
            found |= others
            waiting += others
        return found

    def _ids_in(self, part: Iterable[int]) -> Iterator[str]:
        """Yield the ids of items in some objectives, and of metrics that they read."""
        for objective in map(self._compiled.objective, part):
            yield objective.id
            yield from (work.id for work in objective.initiatives)
            measured: list[KeyResult | Guardrail] = [*objective.own_key_results]
            for each in [*measured, *objective.guardrails]:
                yield each.id
                if each.metric is not None:
                    yield from self._compiled.sources_of(each.metric)

    def _with_derived(self, indexes: Iterable[int]) -> set[int]:
        """Return key results with all that are derived from them."""
        found, waiting = set(indexes), list(indexes)
        while waiting:
            others = {*self._derived.get(waiting.pop(), ())} - found
            found |= others
            waiting += others
        return found

    # --- items above ---------------------------------------------------------------------------

    def _all_above(self, indexes: Iterable[int]) -> set[int]:
        """Return the indexes of the objectives that items enter, whatever their weight, level by level."""
        found, waiting = set[int](), list(indexes)
        while waiting:
            others = {*self._above.get(waiting.pop(), ())} - found
            found |= others
            waiting += others
        return found

    @cached_property
    def _above(self) -> Mapping[int, Sequence[int]]:
        """By index, the objectives that have a key result or objective as a part."""
        compiled, found = self._compiled, dict[int, list[int]]()
        for pools in (compiled.own, compiled.below):
            for index in compiled.of_objectives:
                for part in pools.of(index)[0]:
                    found.setdefault(part, []).append(index)
        return found

    @cached_property
    def _derived(self) -> Mapping[int, Sequence[int]]:
        """By index of a key result, those directly derived from it."""
        found: dict[int, list[int]] = {}
        for index, how in self._compiled.derived.items():
            for id in how.of:
                found.setdefault(self._compiled.index_of[id], []).append(index)
        return found

    def _is_late(self, entry: Dated, starts: Iterable[int], filed: EntriesByItem) -> bool:
        """Whether an entry is dated up to a closing above some items, for which it may count or not."""
        closings = (
            closing.on
            for index in self._all_above(self._with_derived(starts))
            for closing in filed.closings(self._compiled.ids[index])
        )
        return any(entry.on <= on <= self._facts.day for on in closings)

    # --- rules ---------------------------------------------------------------------------------

    @cached_property
    def _rules(self) -> Sequence[RollUpRule]:
        return [book.roll_up for book in self._facts.distinct_books]

    @cached_property
    def _keeps(self) -> frozenset[OverrideDuration]:
        """Rules by which judged scores enter others."""
        return frozenset(rule.with_judged for rule in self._rules if rule.with_judged is not None)

    @cached_property
    def are_confined(self) -> bool:
        """Whether entries change a part and the scores above it alone, by the rules of roll-up."""
        return not any(
            rule.weigh is Weighing.SIZE
            or rule.weights_total is not None
            or rule.least_coverage
            or any(part.of is RollUpSource.DESCENDANTS for part in rule.parts)
            for rule in self._rules
        )


def _changes_more(entry: Dated) -> bool:
    """Return whether an adjustment changes more than a key result."""
    return isinstance(entry, Adjustment) and (
        entry.cycle is not None
        or entry.ambition is not None
        or bool(entry.sets or entry.adds or entry.removes)
    )


def _is_judging(entry: Entry) -> bool:
    return (isinstance(entry, Judgement) and entry.score is not None) or (
        isinstance(entry, Closing) and entry.judged is not None
    )
