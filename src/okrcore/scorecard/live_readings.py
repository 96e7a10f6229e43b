"""Readings of a live scorecard: the last of each item, and the scores that a check-in gives.

Rules of this file:

1. If a check-in affects more than the ancestors of some key results, None is returned, and nothing is taken.
2. The score of a line follows from its ends and the last reading alone, so lines have a path of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import isnan
from operator import eq
from typing import final

from attrs import evolve

from okrcore._checks import LARGEST
from okrcore.journal import CheckIn, Closing, Entry, Judgement
from okrcore.journal.timed_readings import recorded_on
from okrcore.plan import Aggregation, Guardrail, Initiative, KeyResult, Metric, Reading
from okrcore.plan.item import Item
from okrcore.plan.measures import SHIFTS
from okrcore.rulebook import BreachEffect, OverrideDuration, RollUpSource
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.measure_progress import looks_back
from okrcore.scorecard.day.progress import progress_of_one
from okrcore.scorecard.day.readings import Read, window_of
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.live_scores import Scored

__all__ = ["LiveReadings"]


@final
class LiveReadings:
    """Readings of an evaluation, ready to be written to."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._facts, self._excluded = evaluation.facts, evaluation.excluded
        self._settled = evaluation.settled
        #: Ids of the items on which the work of chains depends.
        self._carried = {
            id for then, _ in evaluation.carried.values() for id in then.facts.compiled.ids
        }
        self._readings = evolve(evaluation.readings, made=dict(evaluation.readings.made))
        self._made, facts, compiled = self._readings.made, self._facts, self._facts.compiled
        reads = map(evaluation.readings.of_journal, compiled.of_key_results)
        self._read_on = array("l", [LONG_AGO if read is None else read[1] for read in reads])
        # For lines.
        self._index_of, self._first, self._last = compiled.index_of, compiled.first, compiled.last
        self._baselines, self._spans = compiled.baselines, compiled.spans
        self._clip = facts.rulebook.attainment.clip
        self._is_line = self._lines()
        # A reading of a day on or before a closing may count for closed items, or be written after it.
        closings = [facts.life_of(id).closing for id in facts.history.lives]
        days = [closing.on.toordinal() for closing in closings if closing is not None]
        self._closed_until = max(days, default=LONG_AGO)
        # Key results of parts that were evaluated since, and those of metrics with readings written late.
        self._evaluated_apart = set[int]()
        if facts.history.timed_readings.until > compiled.window[1]:
            self._evaluated_apart.update(compiled.shared)
        # By id and day of a reading, the moment at which its last one was recorded.
        self._moments = {
            (entry.of, entry.on): entry.recorded
            for entry in facts.history.timed
            if entry.value is not None
        }

    def read_line(self, entry: CheckIn) -> Scored | None:
        """Take the next reading of a line; None if the check-in is anything else."""
        index, value = self._index_of.get(entry.of), entry.value
        if index is None or not self._is_line[index] or type(value) is not float:
            return None
        on = entry.on.toordinal()
        last = self._last[index]
        if not self._first[index] <= on <= last and not self._counts(index, on):
            return None
        if entry.recorded is not None and max(on, recorded_on(entry)) > last:
            return None
        if not self._read_on[index] <= on <= self._facts.today or on <= self._closed_until:
            return None
        progress = (value - self._baselines[index]) / self._spans[index] + 0.0
        if not -LARGEST <= progress <= LARGEST:
            return None
        if (entry.recorded is not None or self._moments) and not self._is_recorded_last(entry):
            return ()
        self._read_on[index] = on
        self._made[index] = value, on
        return ((index, self._clip.apply(progress)),)

    def _lines(self) -> bytearray:
        """Return, by index, 1 if the score follows from the last reading, the ends of a line and the main clip."""
        facts, compiled = self._facts, self._facts.compiled
        found = bytearray(compiled.size)
        # A span that is ABSENT differs from itself.
        found[: len(compiled.key_results)] = map(eq, compiled.spans, compiled.spans)
        stated = chain.from_iterable(compiled.nonlinear.get(kind, ()) for kind in SHIFTS)
        # A key result that was closed on the day takes no more entries.
        special = (compiled.shared, facts.established, self._involved, stated, self._closed)
        for index in chain.from_iterable(special):
            found[index] = 0
        for index in compiled.of_key_results:
            if self._excluded[index] or facts.books[index].attainment.clip is not self._clip:
                found[index] = 0
        return found

    @property
    def _closed(self) -> Iterator[int]:
        """Indexes of key results whose objective is closed."""
        facts, compiled = self._facts, self._facts.compiled
        if not facts.history.lives:
            return iter(())
        closed = {at for at in compiled.of_objectives if facts.closing_of(at) is not None}
        return (index for index in compiled.of_key_results if compiled.home[index] in closed)

    # --- parts that were evaluated ---------------------------------------------------------------

    def rewrite(
        self, apart: Iterable[int], reads: Mapping[int, Read | None], entries: Iterable[Entry]
    ) -> None:
        """Take a part that was evaluated with some entries.

        Args:
            apart: Indexes of key results whose scores now follow from more than their last reading.
            reads: Readings of key results without another change, by index.
            entries: The entries.
        """
        for index in apart:
            self._is_line[index] = 0
            self._evaluated_apart.add(index)
        for index, read in reads.items():
            self._read_on[index] = LONG_AGO if read is None else read[1]
            self._made[index] = read
        for entry in entries:
            if isinstance(entry, CheckIn) and entry.value is not None:
                self._is_recorded_last(entry)
                for index in self.late_for(entry):
                    self._is_line[index] = 0
                    self._evaluated_apart.add(index)
            elif isinstance(entry, Closing):
                self._closed_until = max(self._closed_until, entry.on.toordinal())

    # --- anything ------------------------------------------------------------------------------

    def readers_of(self, entry: CheckIn) -> Sequence[int] | None:
        """Return the indexes of key results whose last reading a check-in may be.

        None if it affects more than the ancestors of some key results. Nothing is taken.
        """
        if entry.value is None or entry.on > self._facts.day:
            return ()
        indexes = self._with_readings_from(entry)
        if indexes is None:
            return None
        on = entry.on.toordinal()
        if on <= self._closed_until or self.late_for(entry):
            return None
        return None if any(map(self._needs_more, indexes)) else indexes

    def read(self, entry: CheckIn, readers: Sequence[int]) -> Scored:
        """Take a check-in that fits, as the last reading of some key results."""
        if entry.value is None or entry.on > self._facts.day:
            return ()
        on = entry.on.toordinal()
        # Of the readings of a day the one recorded last counts.
        latest = on if self._is_recorded_last(entry) else on - 1
        reached = [
            index for index in readers if self._counts(index, on) and self._read_on[index] <= latest
        ]
        return [(index, self._take(index, entry.value, on)) for index in reached]

    def _with_readings_from(self, entry: CheckIn) -> Sequence[int] | None:
        """Return the indexes of key results whose last reading is that of the item of a check-in."""
        item = self._facts.plan.items.get(entry.of)
        if item is None:
            return ()  # evidence of an item that joins later
        if isinstance(item, Metric) and (
            item.aggregation is not Aggregation.LATEST or item.id in self._parts_of_metrics
        ):
            return None  # a value follows from earlier readings, too, or from those of others
        return self.reading_from(item)

    def is_settling(self, entry: Entry) -> bool:
        """Return whether an entry settles a guardrail, which changes more than scores of key results."""
        return (
            isinstance(entry, Judgement)
            and self._guardrails_matter
            and isinstance(self._facts.plan.items.get(entry.of), Guardrail)
        )

    def late_for(self, entry: CheckIn) -> Sequence[int]:
        """Return the indexes of key results with readings from an item that one may be too late for.

        By its moment it is true of a day, or was written, after their deadline.
        """
        if entry.recorded is None or entry.value is None:
            return ()
        day = max(entry.on.toordinal(), recorded_on(entry))
        own = self._index_of.get(entry.of, self._facts.compiled.size)
        is_own = own in self._facts.compiled.of_key_results
        readers: Sequence[int] = (own,) if is_own else self._readers.get(entry.of, ())
        return [index for index in readers if day > self._last[index]]

    def reading_from(self, item: Item) -> Sequence[int] | None:
        """Return the indexes of key results with readings from an item.

        None if its readings change more than scores of key results.
        """
        if isinstance(item, (Metric, Guardrail)) and self._guardrails_matter:
            return None
        if isinstance(item, Initiative) and self.work_matters:
            return None
        if isinstance(item, KeyResult):
            return (self._index_of[item.id],)
        return self._readers.get(item.id, ())

    def _needs_more(self, index: int) -> bool:
        """Whether a score needs more than the last reading."""
        rule, measure = self._facts.books[index].attainment, self._facts.compiled.measures[index]
        is_involved = index in self._involved or index in self._evaluated_apart
        return is_involved or looks_back(rule, type(measure))

    def _is_recorded_last(self, entry: CheckIn) -> bool:
        """Whether a check-in is the one recorded last of its day; if so, its moment is kept."""
        before = self._moments.get((entry.of, entry.on))
        if entry.recorded is None:
            return before is None
        if before is not None and entry.recorded < before:
            return False
        self._moments[entry.of, entry.on] = entry.recorded
        return True

    def _counts(self, index: int, on: int) -> bool:
        """Whether a reading of a day counts for a key result."""
        first, last = window_of(self._facts, index)
        return not self._excluded[index] and first <= on <= last

    def _take(self, index: int, value: Reading, on: int) -> float:
        """Put the last reading of a key result, and return its score."""
        self._read_on[index] = on
        self._made[index] = value, on
        progress = progress_of_one(self._facts, self._excluded, self._readings, index)
        clip = self._facts.books[index].attainment.clip
        return progress if isnan(progress) else clip.apply(progress)

    # --- more than one key result --------------------------------------------------------------

    @cached_property
    def _readers(self) -> dict[str, list[int]]:
        """Indexes of the key results that read each metric, or one derived from it."""
        found, compiled = dict[str, list[int]](), self._facts.compiled
        for index in compiled.shared:
            for id in compiled.sources_of(compiled.sources[index]):
                found.setdefault(id, []).append(index)
        return found

    @cached_property
    def _parts_of_metrics(self) -> frozenset[str]:
        """Ids of metrics from which others are derived."""
        arithmetic = self._facts.compiled.arithmetic.values()
        return frozenset(id for each in arithmetic for id in each.parts)

    @cached_property
    def _guardrails_matter(self) -> bool:
        books = self._facts.distinct_books
        return any(book.guardrails.effect is not BreachEffect.SEPARATE for book in books)

    @cached_property
    def work_matters(self) -> bool:
        """Whether a rulebook has initiatives among the parts of a score."""
        parts = (part for book in self._facts.distinct_books for part in book.roll_up.parts)
        return any(part.of is RollUpSource.INITIATIVES for part in parts)

    @cached_property
    def _involved(self) -> frozenset[int]:
        """Indexes of key results whose reading or score follows from more than their own last reading."""
        facts, compiled = self._facts, self._facts.compiled
        rules = [book.roll_up for book in facts.distinct_books]
        is_judged = bool(facts.history.judgements.on)
        if any(rule.least_coverage for rule in rules) or (
            is_judged and any(rule.with_judged is OverrideDuration.UNTIL_READ for rule in rules)
        ):
            # A reading opens scores of objectives above, or ends judged ones.
            return frozenset(compiled.of_key_results)
        parts, own = compiled.parts_of_derived, compiled.of_key_results
        settled = [index for index in self._settled if index in own]
        settled += [self._index_of[id] for id in self._carried if self._index_of.get(id, -1) in own]
        found = {*compiled.derived, *parts, *compiled.aggregations, *facts.rescaled, *settled}
        if any(book.attainment.missing is not None for book in facts.distinct_books):
            # The default counts for an unknown baseline, too.
            found.update(index for index in own if not facts.has_baseline(index))
        return frozenset(found)
