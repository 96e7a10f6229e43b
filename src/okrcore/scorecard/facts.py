"""Facts of an evaluation: the plan in force on its day, lifecycles, closings, baselines and judged scores.

Rules of this file:

1. The plan is the one that adjustments made by the day. Those made because a target was too hard do
   not govern once the objective is closed, or its cycle over: the original target does.
2. Of two dated acts the later governs; of two of one day the one written later, whatever their kind.
3. What is closed is as it was on the day it was closed; nothing closed is scored again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, auto, unique
from functools import cached_property
from itertools import chain
from typing import Any, Self, TypeVar, cast, final

from attrs import field, frozen

from okrcore._checks import path_of
from okrcore._memo import once
from okrcore.journal import (
    Adjustment,
    AdjustmentTrigger,
    BaselineSet,
    Closing,
    Journal,
    Judgement,
    Life,
)
from okrcore.journal.effective import adjusted, is_after_cycle, new_measure
from okrcore.journal.history import History
from okrcore.plan import Measure, Objective, Plan
from okrcore.plan.linear import LinearMeasure
from okrcore.rulebook import Rulebook
from okrcore.scorecard.below_closed import Version, Ways, versions_of, ways_of
from okrcore.scorecard.closed import Closings
from okrcore.scorecard.compiling import compile_plan
from okrcore.scorecard.program import Program

__all__ = ["Facts", "Grade", "JudgedScore"]

_T = TypeVar("_T")


@final
@frozen
class JudgedScore:
    """A score that people gave beside the computed one.

    Args:
        score: The score, 0 to 1.
        because: Why it differs.
        on: The day from which it holds.
    """

    score: float
    because: str
    on: date


@unique
class Grade(Enum):
    """Versions of a plan that an objective is graded by."""

    #: As first agreed, without adjustments.
    ORIGINAL = auto()
    #: With the adjustments that govern on the day.
    GOVERNING = auto()
    #: With every adjustment, those because a target was too hard among them.
    ADJUSTED = auto()


def _is_eased(adjustment: Adjustment, eased: dict[str, Measure]) -> bool:
    """Whether an adjustment was made because a target was too hard, or repeats the measure of one.

    Args:
        adjustment: The adjustment.
        eased: The measures that such adjustments put in force, by id; kept up to date.
    """
    of, measure = adjustment.of, adjustment.measure
    if adjustment.trigger is AdjustmentTrigger.DIFFICULTY:
        if measure is not None:
            eased[of] = measure
        return True
    if measure is None:
        return False
    others = (adjustment.weight, adjustment.due, adjustment.rescale)
    if eased.get(of) == measure and others == (None, None, None):
        return True
    eased.pop(of, None)
    return False


@frozen(eq=False)
class Facts:
    """The facts of an evaluation on its day.

    Args:
        original: The plan as it was written.
        journal: What happened.
        day: The day.
        rulebook: How it is judged.
        supposed: Scores of key results that are supposed, in the place of what was read, by id.
        grade: Which adjustments are applied.
        closing: The closing that it is the frame of, if that has one of its own, see `closed`.
    """

    original: Plan
    journal: Journal
    day: date
    rulebook: Rulebook
    supposed: tuple[tuple[str, float], ...] = ()
    grade: Grade = Grade.GOVERNING
    closing: Closing | None = None
    #: The closings of the evaluation that it is a part of; none for the first frame of one.
    shared: list[Closings[Any]] = field(factory=list[Closings[Any]], init=False)
    #: The version that it is of another frame, see `below_closed`; none for any other frame.
    version: list[Version[Any]] = field(factory=list[Version[Any]], init=False)

    @cached_property
    def today(self) -> int:
        """The day as an ordinal."""
        return self.day.toordinal()

    # --- the plan ------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The plan as it stands on the day."""
        return adjusted(self.original, self.in_effect)

    @cached_property
    def in_effect(self) -> tuple[Adjustment, ...]:
        """The adjustments that govern on the day."""
        if self.grade is Grade.ORIGINAL:
            return ()
        made = [a for a in self.journal.adjustments if a.on <= self.day]
        if self.grade is Grade.ADJUSTED:
            return tuple(made)
        eased: dict[str, Measure] = {}
        return tuple(a for a in made if not _is_eased(a, eased) or self._governs(a))

    def _governs(self, adjustment: Adjustment) -> bool:
        """Whether an adjustment because a target was too hard governs: until the close."""
        item = self.original.items[adjustment.of]
        home = item if isinstance(item, Objective) else self.original.homes[item.id]
        if self.life_of(home.id).closing is not None:
            return False
        return home.cycle is None or self.day < home.cycle.end

    @cached_property
    def program(self) -> Program:
        """The compiled plan."""
        return once(self.plan, compile_plan)

    @cached_property
    def history(self) -> History:
        """What happened, in columns."""
        raise NotImplementedError

    @cached_property
    def offset(self) -> int:
        """The place of the first objective."""
        return len(self.program.key_results)

    @cached_property
    def books(self) -> Sequence[Rulebook]:
        """The rulebook of each objective: the main one, or the method it asks for."""
        objectives = self.program.objectives
        if not self.program.has_methods:
            return [self.rulebook] * len(objectives)
        return [
            self.rulebook.method(objective.method, path_of(objective, "method"))
            for objective in objectives
        ]

    def book_of(self, place: int) -> Rulebook:
        """Return the rulebook that judges a key result or an objective."""
        return self.books[self.row_of(place)]

    def row_of(self, place: int) -> int:
        """Return the row of an objective, or of the one in which a key result is at home."""
        offset = self.offset
        return place - offset if place >= offset else self.program.home[place]

    def by_book(self, ask: Callable[[Rulebook], _T]) -> Sequence[_T]:
        """Return what the rulebook of each objective answers, asked once for each rulebook."""
        if not self.program.has_methods:
            return [ask(self.rulebook)] * len(self.books)
        answers = {id(book): ask(book) for book in self.distinct_books}
        return [answers[id(book)] for book in self.books]

    @cached_property
    def distinct_books(self) -> Sequence[Rulebook]:
        """The rulebooks that judge anything, each once; by identity, which costs no look inside."""
        if not self.program.has_methods:
            return [self.rulebook]
        return list({id(book): book for book in self.books}.values())

    # --- acts ----------------------------------------------------------------------------------

    def life_of(self, id: str) -> Life:
        """Return where an item stands in its life on the day."""
        return self.history.life(id, self.day)

    @cached_property
    def closed(self) -> Mapping[int, Self]:
        """By place, the figures of the day on which an objective was closed, with its key results."""
        if self.version:
            base: Self = self.version[0].base
            return base.closed
        return self._closings.settled(self) if self.history.lives else {}

    @cached_property
    def settled(self) -> Mapping[int, Self]:
        """By place, the figures of another frame that an item takes: once closed, or above closed ones."""
        if self.version:
            return self.version[0].settled
        for each in self._closings.alone_before(self) if self.closed else ():
            each.settled  # noqa: B018  # the earlier first: nothing recurses over them
        settled = {place: then.of_item(place) for place, then in self.closed.items()}
        settled.update((place, made) for made in self.versions for place in made.version[0].places)
        return settled

    @cached_property
    def versions(self) -> Sequence[Self]:
        """Frames of the day for objectives above closed ones, lower objectives first."""
        if self.version:
            return self.version[0].lower
        return versions_of(self, self._closings) if self.closed else ()

    def ways(self, *, with_micro: bool) -> Ways[Self]:
        """Return by row, with their frames, the key results of all objectives below."""
        if with_micro not in self._ways:
            self._ways[with_micro] = ways_of(self, self._closings, with_micro=with_micro)
        return self._ways[with_micro]

    @cached_property
    def _ways(self) -> dict[bool, Ways[Self]]:
        return {}

    @property
    def closings(self) -> Iterable[Self]:
        """The figures of the days on which objectives were closed, earlier ones first, then versions."""
        if not self.closed:
            return ()
        base = self.version[0].base if self.version else self
        return chain(self._closings.before(base), self.versions)

    @cached_property
    def _closings(self) -> Closings[Self]:
        return self.shared[0] if self.shared else Closings(self)

    def closings_first(self, name: str) -> None:
        """Let closings compute a column, the earlier before the later: nothing recurses over them."""
        for closed in self.closings:
            getattr(closed, name)

    def of_item(self, place: int) -> Self:
        """Return the figures of an item: those of its closing, once it is closed."""
        return self.settled.get(place, self)

    @cached_property
    def judged(self) -> Mapping[str, JudgedScore]:
        """By id, the score that people gave an item last, beside the computed one."""
        self.closings_first("judged")
        found: dict[str, JudgedScore] = {}
        for id, entry in self.judging.items():
            score = entry.score if isinstance(entry, Judgement) else entry.judged
            found[id] = JudgedScore(cast("float", score), entry.because, entry.on)
        for place, closed in self.settled.items():
            id = self.program.ids[place]
            found.pop(id, None)
            if id in closed.judged:
                found[id] = closed.judged[id]
        return found

    @cached_property
    def judging(self) -> Mapping[str, Judgement | Closing]:
        """By id, the entry of the day or before it that judged a score last."""
        found: dict[str, Judgement | Closing] = {}
        for entry in self.history.rare:
            if entry.on > self.day:
                break
            is_judgement = isinstance(entry, Judgement) and entry.score is not None
            is_closing = isinstance(entry, Closing) and entry.judged is not None
            if is_judgement or (is_closing and entry is self.life_of(entry.of).closing):
                found[entry.of] = entry
        return found

    @cached_property
    def established(self) -> Mapping[int, tuple[float, float]]:
        """By place, baseline and target of the lines whose baseline was established by the day."""
        if not self.history.baselines.of:
            return {}
        program, found = self.program, dict[int, tuple[float, float]]()
        for id, value in self._baselines.items():
            place = program.place_of[id]
            # Only lines without a baseline of their own take one, see `admission`.
            measure = cast("LinearMeasure", program.key_results[place].measure)
            found[place] = (value, measure.target_from(value))
        return found

    @cached_property
    def _baselines(self) -> Mapping[str, float]:
        """By id, the baseline that was set last while the measure of the day was in force.

        A baseline belongs to the measure that was in force when it was set. Each adjusted measure begins
        without one.
        """
        governing = set(map(id, self.in_effect))
        version, governs = Counter[str](), dict[str, int]()
        baselines: dict[tuple[str, int], float] = {}
        for entry in self.history.rare:
            if entry.on > self.day:
                break
            if isinstance(entry, BaselineSet):
                if not is_after_cycle(self.original, entry):
                    baselines[entry.of, version[entry.of]] = entry.value
            elif new_measure(self.original, entry) is not None:
                version[entry.of] += 1
                if id(entry) in governing:
                    governs[entry.of] = version[entry.of]
        return {of: value for (of, at), value in baselines.items() if at == governs.get(of, 0)}

    @cached_property
    def ends(self) -> tuple[Sequence[float], Sequence[float]]:
        """Baseline and target of each line, with the baselines that were established by the day."""
        program = self.program
        if not self.established:
            return program.baselines, program.targets
        baselines, targets = list(program.baselines), list(program.targets)
        for place, (baseline, target) in self.established.items():
            baselines[place], targets[place] = baseline, target
        return baselines, targets

    @cached_property
    def rescaled(self) -> Mapping[int, float]:
        """By place, what progress is multiplied by since the scope was cut."""
        found: dict[int, float] = {}
        for adjustment in self.in_effect:
            if adjustment.rescale is not None and not is_after_cycle(self.original, adjustment):
                place = self.program.place_of[adjustment.of]
                found[place] = found.get(place, 1.0) * adjustment.rescale
        return found
