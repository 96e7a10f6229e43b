"""Evaluation of a day: its stages, each computed once, when a later one needs it.

Rule of this file: a stage is a function of records of other stages, see `day`. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, final

from attrs import evolve, field, frozen

from okrcore._memo import once
from okrcore.journal import Closing, Entry, Journal
from okrcore.journal.history import History, Moment
from okrcore.journal.journal import history_of
from okrcore.plan import Plan
from okrcore.rulebook import BreachEffect, OverrideDuration, Rulebook, Weighing
from okrcore.scorecard.day.carried_works import evaluated_works, kept_on, made_once
from okrcore.scorecard.day.chains import Chain, chains_of
from okrcore.scorecard.day.closed_items import (
    LAST,
    ClosedPart,
    ClosingOrder,
    Closings,
    Ways,
    kept_closings,
)
from okrcore.scorecard.day.ended_cycles import EndedCycle, GoingOn, final_verdicts, going_on
from okrcore.scorecard.day.exclusions import exclusions_of
from okrcore.scorecard.day.facts import Facts, Grade, facts_of
from okrcore.scorecard.day.guardrails import GuardrailStates, states_of
from okrcore.scorecard.day.judgements import (
    Judgements,
    judgements_of,
    last_reads_of,
    outdated_judgements,
    touched_by,
)
from okrcore.scorecard.day.outer_parts import ChainParts, chain_parts_of, outer_parts_of, ways_below
from okrcore.scorecard.day.pace import Pace, elapsed_of, pace_of
from okrcore.scorecard.day.parts import NO_OUTER_PARTS, OuterParts
from okrcore.scorecard.day.progress import Progress, progress_of
from okrcore.scorecard.day.readings import Readings, readings_of
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs, roll_up_inputs_of
from okrcore.scorecard.day.scores import (
    Coverage,
    Ranges,
    ScoreBasis,
    Scores,
    coverage_of,
    ranges_of,
    scores_at_closing,
    scores_of,
)
from okrcore.scorecard.day.signals import (
    CheckIns,
    Declarations,
    check_ins_of,
    confidence_of,
    declarations_of,
    done_of,
    last_moves,
)
from okrcore.scorecard.day.statuses import fill_from_parts, has_rule_on_parts, statuses_of
from okrcore.scorecard.day.supposed_readings import check_ins_for
from okrcore.scorecard.day.verdicts import Verdicts, over_by
from okrcore.scorecard.day.work_states import progress_of_work

__all__ = ["Evaluation"]


@final
@frozen(eq=False)
class Evaluation:
    """The stages of a day.

    Args:
        stored: The plan as first agreed.
        journal: The journal, with shares in the units of their items.
        day: The day.
        rulebook: The main rulebook.
        supposed: Supposed scores of key results, by id.
        grade: Version of the plan.
        part: Ids of the objectives that are evaluated; None for all.
        order: Order among evaluations of closings.
        going_on: Items that go on after a cycle, if the evaluation has the verdicts of its end.
        own_closing: The closing of the evaluation, if entries written after it are left out.
    """

    stored: Plan
    journal: Journal
    day: date
    rulebook: Rulebook
    supposed: tuple[tuple[str, float], ...] = ()
    grade: Grade = Grade.GOVERNING
    part: frozenset[str] | None = None
    order: ClosingOrder = LAST
    going_on: GoingOn | None = None
    own_closing: Closing | None = None
    _shared: list[Closings[Evaluation]] = field(factory=list[Any], init=False)

    # --- closed items --------------------------------------------------------------------------

    @cached_property
    def closed_parts(self) -> Sequence[ClosedPart[Evaluation]]:
        """Closed items, by the evaluation with their numbers."""
        parts = self._closings.parts_of(self) if self.facts.lives else ()
        return (*parts, self.going_on.part) if self.going_on else parts

    @cached_property
    def closed(self) -> Mapping[int, tuple[Evaluation, int]]:
        """By index, the evaluation of the closing of a closed item, and its index in that."""
        return {index: (part.then, at) for part in self.closed_parts for index, at in part.pairs}

    @cached_property
    def settled(self) -> Mapping[int, tuple[Evaluation, int]]:
        """The same of closed items, of frozen parts and of chains."""
        return {**self.closed, **self._outer_parts[1]}

    @cached_property
    def _outer_parts(self) -> tuple[OuterParts, Mapping[int, tuple[Evaluation, int]]]:
        return outer_parts_of(self) if self.closed_parts or self.chains else (NO_OUTER_PARTS, {})

    @cached_property
    def ways(self) -> Ways[Evaluation]:
        """Key results below each objective, and the evaluations of their numbers."""
        self._closings.compute("ways")
        return ways_below(self, "ways")

    @cached_property
    def ways_with_micro(self) -> Ways[Evaluation]:
        """The same with those of Micro-OKRs."""
        self._closings.compute("ways_with_micro")
        return ways_below(self, "ways_with_micro")

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """Chains and their works, as the journal keeps them for the day."""
        is_whole = self.part is None and self.going_on is None
        return kept_on(self.facts) if is_whole and self.order == LAST else {}

    @cached_property
    def chains(self) -> Sequence[Chain]:
        """Chains of objectives that carry on one piece of work."""
        continuing = self.facts.compiled.continuing
        chains = made_once(self.kept, "chains", lambda: chains_of(self.facts)) if continuing else ()
        return self.going_on.started(self.facts.compiled, chains) if self.going_on else chains

    @cached_property
    def chain_parts(self) -> ChainParts[Evaluation]:
        """The same as parts of the objectives above."""
        if self.closed_parts:
            self._closings.compute("carried")
        parts: ChainParts[Evaluation] = chain_parts_of(self)
        return self.going_on.chain_parts(parts) if self.going_on else parts

    @cached_property
    def carried(self) -> Mapping[int, tuple[Evaluation, int]]:
        """By index of its newest member, the evaluation of the work of each chain, and its index in that."""
        return self.chain_parts.with_others(self)

    def work_of(self, chains: Sequence[Chain]) -> Mapping[int, tuple[Evaluation, int]]:
        """Return the same of chains without a common member, all taken together."""
        return evaluated_works(self, chains)

    def of_item(self, index: int) -> tuple[Evaluation, int]:
        """Return the evaluation with the numbers of an item, and its index in that."""
        then, at = self.settled.get(index, (self, index))
        # The newest objective of a chain may be closed.
        return then.settled.get(at, (then, at)) if index in self.chain_parts.chains else (then, at)

    def counts(self, index: int) -> bool:
        """Whether a reading of a key result counts on the day."""
        return not self.excluded[index] and index not in self.closed

    def with_entries(self, entries: Iterable[Entry]) -> Evaluation:
        """Return the evaluation with more entries in the journal."""
        return evolve(self, journal=self.journal.add(entries))

    @cached_property
    def _closings(self) -> Closings[Evaluation]:
        if self._shared:
            return self._shared[0]
        # Later entries change no closing, so all days of a journal share them.
        key = id(self.stored), id(self.rulebook), self.grade, self.part
        return kept_closings(self, key, self._made_for_closing)

    def _made_for_closing(
        self, order: ClosingOrder, closing: Closing, part: frozenset[str], late: Sequence[Any]
    ) -> Evaluation:
        left_out = set(map(id, late))
        journal = self.journal.keep(lambda each: id(each) not in left_out) if late else self.journal
        # The shape of the plan may be another one on that day.
        own, mine = closing if late else None, None if self._history.changes_structure else part
        made = evolve(self, day=closing.on, supposed=(), journal=journal, part=mine, order=order)
        made = evolve(made, own_closing=own, going_on=None)
        made._shared.append(self._closings)  # noqa: SLF001  # of this class
        return made

    def _closed_parts(self, name: str) -> Sequence[ClosedPart[Any]]:
        """Return closed items with a stage of the evaluation with their numbers."""
        return self._closings.stages_of(self.closed_parts, name) if self.closed_parts else ()

    def _closed(self, name: str, *, is_outer: bool = False) -> Mapping[int, tuple[Any, int]]:
        """Return a stage of the evaluation of each settled item, or outer part, and its index there."""
        sources = self._outer_parts[1] if is_outer else self.settled
        if not sources:
            return {}
        self._closings.compute(name)
        return {index: (getattr(then, name), at) for index, (then, at) in sources.items()}

    # --- facts, inputs, exclusions -------------------------------------------------------------

    @cached_property
    def facts(self) -> Facts:
        """The plan in force, lifecycles, baselines."""
        history = self._history
        facts = facts_of(self.stored, history, self.day, self.rulebook, self.grade, self.part)
        return self.going_on.without_absent(facts) if self.going_on else facts

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.facts.plan

    @property
    def _history(self) -> History:
        journal = self.journal
        if self.supposed:
            readings = list(check_ins_for(evolve(self, supposed=()), self.supposed))
            journal = journal.add(readings) if readings else journal
        return once(journal, history_of)

    @cached_property
    def inputs(self) -> RollUpInputs:
        """The parts of each objective."""
        books, outer_parts = self.facts.distinct_books, self._outer_parts[0]
        if all(book.roll_up.weigh is not Weighing.SIZE for book in books) or not self.settled:
            return roll_up_inputs_of(self.facts, outer_parts, self.facts.size_of)
        closed = self._closed("inputs").items()
        sizes = {index: then.sizes[at] for index, (then, at) in closed if at in then.sizes}
        return roll_up_inputs_of(self.facts, outer_parts, self._size_of, sizes)

    def _size_of(self, index: int) -> float:
        then, at = self.of_item(index)
        return then.facts.size_of(at)

    @cached_property
    def excluded(self) -> bytes:
        """By index, 1 if an item is excluded."""
        outer_parts = self._closed("excluded", is_outer=True)
        return exclusions_of(self.facts, self.inputs, self._closed_parts("excluded"), outer_parts)

    # --- readings and progress -----------------------------------------------------------------

    @cached_property
    def readings(self) -> Readings:
        """The reading of each key result."""
        is_needed = self.facts.compiled.derived or self.supposed
        closed: Mapping[int, tuple[Any, int]] = self._closed("readings") if is_needed else {}
        return readings_of(self.facts, self.excluded, self.supposed, closed)

    @cached_property
    def work(self) -> Mapping[int, float]:
        """By index, progress of each initiative."""
        return progress_of_work(self.facts) if self.facts.compiled.initiatives else {}

    @cached_property
    def guardrails(self) -> GuardrailStates:
        """The states of guardrails."""
        return states_of(self.facts)

    @cached_property
    def progress(self) -> Progress:
        """Progress of key results."""
        return progress_of(self.facts, self.excluded, self.readings, self._closed_parts("progress"))

    @cached_property
    def coverage(self) -> Coverage:
        """Coverage."""
        closed = self._closed("coverage")
        return coverage_of(self.facts, self.inputs, self.excluded, self.progress, self.work, closed)

    @cached_property
    def judgements(self) -> Judgements:
        """Judged scores."""
        return judgements_of(self.facts, self._closed("judgements"))

    @cached_property
    def last_reads(self) -> Sequence[Moment]:
        """By index, the position of the last reading of a weighed part in the order of all entries."""
        closed = self._closed("last_reads")
        return last_reads_of(self.facts, self.inputs, self.readings, closed, weighed=True)

    # --- scores --------------------------------------------------------------------------------

    @cached_property
    def basis(self) -> ScoreBasis:
        """The basis of scores of objectives, without stages that no rule needs."""
        books = self.facts.distinct_books
        effects = {book.guardrails.effect for book in books}
        moves = self.facts.compiled.has_guardrails and effects != {BreachEffect.SEPARATE}
        keeps = {book.roll_up.with_judged for book in books} - {None}
        outdated = frozenset[int]()
        if OverrideDuration.UNTIL_READ in keeps and self.judgements.scores:
            outdated = outdated_judgements(self.judgements, self.last_reads)
        is_thick = any(book.roll_up.least_coverage > 0 for book in books)
        closed = self._closed_parts("scores")
        return ScoreBasis(
            self.facts,
            self.inputs,
            self.excluded,
            self.work,
            self.guardrails if moves else None,
            self.coverage.values if is_thick else (),
            self.judgements.scores if keeps else {},
            outdated,
            scores_at_closing(closed) if closed else {},
            self._closed("scores", is_outer=True),
        )

    @cached_property
    def scores(self) -> Scores:
        """Scores."""
        return scores_of(self.basis, self.progress, self.readings.supposed)

    @cached_property
    def ranges(self) -> Ranges:
        """Score ranges."""
        return ranges_of(self.basis, self.progress, self.scores, self._closed("ranges"))

    # --- versions of the plan ------------------------------------------------------------------

    @cached_property
    def versions(self) -> tuple[Evaluation, Evaluation] | None:
        """Evaluations of the original plan, and with every adjustment; None without adjustments."""
        if not any(entry.on <= self.day for entry in self._history.adjustments):
            return None
        return evolve(self, grade=Grade.ORIGINAL), evolve(self, grade=Grade.ADJUSTED)

    @cached_property
    def touched_in_any_version(self) -> frozenset[str]:
        """Ids of items whose score an adjustment enters by any version; of frozen parts their originals."""
        found = [(v.facts.compiled.ids, v.inputs.original, v.touched) for v in self.versions or ()]
        return frozenset(ids[item(index)] for ids, item, touched in found for index in touched)

    @cached_property
    def touched(self) -> frozenset[int]:
        """Indexes of key results that an adjustment changes, and of the objectives above them."""
        closed, chains = self._closed("touched"), self.chain_parts.chains
        return touched_by(self.facts, self.inputs, closed, chains)

    # --- pace and signals ----------------------------------------------------------------------

    @cached_property
    def pace(self) -> Pace:
        """Actual and expected progress."""
        closed = self._closed("pace")
        return pace_of(self.facts, self.inputs, self.excluded, self.scores, closed)

    @cached_property
    def elapsed(self) -> Sequence[float]:
        """By index, the share of the cycle that is over."""
        return elapsed_of(self.facts)

    @cached_property
    def confidence(self) -> Sequence[float]:
        """By index, the last confidence."""
        return confidence_of(self.facts, self.inputs, self._closed("confidence"))

    @cached_property
    def declarations(self) -> Declarations:
        """Declared statuses."""
        return declarations_of(self.facts)

    @cached_property
    def check_ins(self) -> CheckIns:
        """Last, awaited and due check-ins."""
        supposed, closed = self.readings.supposed, self._closed("check_ins")
        return check_ins_of(self.facts, self.inputs, supposed, closed)

    @cached_property
    def read_moments(self) -> Sequence[Moment]:
        """By index, the position of the last reading in the order of all entries."""
        closed = self._closed("read_moments")
        return last_reads_of(self.facts, self.inputs, self.readings, closed, weighed=False)

    @cached_property
    def last_moves(self) -> Sequence[int]:
        """By index, the day of the last change."""
        return last_moves(self.facts, self.inputs, self._closed("last_moves"))

    @cached_property
    def done(self) -> bytes:
        """By index, 1 if nothing is left to do."""
        closed = self._closed("done")
        return done_of(self.facts, self.inputs, self.readings, self.scores, closed)

    # --- verdicts and statuses -----------------------------------------------------------------

    @cached_property
    def verdicts(self) -> Verdicts:
        """Verdicts of items that are over."""
        over = over_by(self.facts)
        if 1 not in over:
            return Verdicts(self.basis, self.scores, None, None, over)
        at_the_end = None if self.going_on else self._verdicts_at
        finals = final_verdicts(self.facts, self.inputs, over, self.closed, at_the_end)
        return Verdicts(self.basis, self.scores, self.ranges, self.guardrails, over, finals)

    def _verdicts_at(self, end: EndedCycle) -> Verdicts:
        then = evolve(self, day=end.last, journal=end.known(self.journal), supposed=(), order=LAST)
        others = going_on(end, self.facts.compiled, then, then.facts.compiled)
        return evolve(self, going_on=others).verdicts

    @cached_property
    def key_result_statuses(self) -> Mapping[int, str]:
        """Statuses of open key results, by index."""
        self._refuse_wrong_weights()
        return statuses_of(self, self.facts.compiled.of_key_results, self.settled)

    @cached_property
    def objective_statuses(self) -> Mapping[int, str]:
        """Statuses of open objectives, by index."""
        self._refuse_wrong_weights()
        if not has_rule_on_parts(self.facts):
            return statuses_of(self, self.facts.compiled.of_objectives, self.settled)
        if self.settled:
            self._closings.compute("objective_statuses")
        fill_from_parts(self, self.part_statuses, self.settled)
        return self.part_statuses

    @cached_property
    def part_statuses(self) -> dict[int, str]:
        """Statuses of parts, by index; those of objectives are filled in by height."""
        settled = {index: then.status(at) for index, (then, at) in self.settled.items()}
        return {**self.key_result_statuses, **settled}

    def status(self, index: int) -> str:
        """Return the status of a key result or objective."""
        then, at = self.of_item(index)
        is_objective = at in then.facts.compiled.of_objectives
        return (then.objective_statuses if is_objective else then.key_result_statuses)[at]

    def _refuse_wrong_weights(self) -> None:
        # A rule on confidence may require a total of weights, also if no status follows from confidence.
        self.confidence  # noqa: B018
