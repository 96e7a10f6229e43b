"""The scores of an evaluation, as flat arrays over a compiled plan.

Rules of this file:

1. Each array is one pass in the order of the program, made when it is first asked for.
2. ABSENT stands for "no number" in arrays; it never leaves this room as a number.
3. Arrays are by place (see `program`); what is by objective alone is by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, repeat
from math import fsum, isnan
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, bounded, snap
from okrcore._checks import LARGEST
from okrcore.journal.history import NEVER, Moment
from okrcore.plan import BoundState, Measure
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.rulebook import Effect, Keep
from okrcore.rulebook.clip import UNCHANGED, ZERO_TO_ONE
from okrcore.scorecard.attainment import (
    PROGRESS,
    change_of,
    line_progress,
    looks_back,
    measured_progress,
)
from okrcore.scorecard.batches import put
from okrcore.scorecard.evidence import read_window
from okrcore.scorecard.facts import JudgedScore
from okrcore.scorecard.frame import Frame
from okrcore.scorecard.offers import without_micro
from okrcore.scorecard.program import LONG_AGO
from okrcore.scorecard.rolling import (
    Items,
    combine,
    guard_items,
    guard_value,
    items_of,
    mean_of,
    or_empty,
)

__all__ = ["Figures"]


@final
@frozen(eq=False)
class Figures(Frame):
    """The scores of a plan on a day."""

    # --- scores --------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> Sequence[float]:
        """Progress of key results, raw."""
        self.closings_first("progress")
        program, (baselines, _) = self.program, self.ends
        ways: Iterable[float] = program.ways
        if self.established:
            ways = list(program.ways)
            for place, (baseline, target) in self.established.items():
                ways[place] = ABSENT if snap(baseline) == snap(target) else target - baseline
        lines = zip(self.evidence.numbers, baselines, ways, strict=True)
        # Adding 0 takes the sign off a negative zero: on the way down nothing is 0, and no -0.
        progress = [(number - baseline) / way + 0.0 for number, baseline, way in lines]
        for kind, places in program.irregular.items():
            self._attain(kind, places, progress)
        progress = self._within_bounds(progress)
        for place in {*self.established, *self.evidence.made}:
            progress[place] = self.attained(place)
        for place in self.stood_in:
            progress[place] = self._unread(place)
        for place, factor in self.rescaled.items():
            progress[place] = bounded(progress[place] * factor)
        self._leave_out_excluded(progress)
        for place, settled in self.settled.items():
            if place < self.offset:
                progress[place] = settled.progress[place]
        for place, score in self.supposed_at.items():
            progress[place] = score
        return progress

    def _within_bounds(self, progress: list[float]) -> list[float]:
        """Return progress without what lies beyond all numbers; a look at all of it costs two passes."""
        # An absent number is neither below nor above another; as the first one it would hide them.
        ends = 0.0, 0.0
        if self.program.may_exceed:
            ends = min(chain((0.0,), progress)), max(chain((0.0,), progress))
        return (
            progress if ends[0] >= -LARGEST and ends[1] <= LARGEST else list(map(bounded, progress))
        )

    def attained(self, place: int) -> float:
        """Return the progress of one key result, whatever its measure; absent beyond all numbers."""
        return bounded(self.unbounded(place))

    def unbounded(self, place: int) -> float:
        """Return the same, beyond all numbers too."""
        rule, measure = self.book_of(place).attainment, self.program.key_results[place].measure
        read = self.read(place)
        if read is None or self.excluded[place] or place in self.supposed_at:
            return ABSENT
        if self._has_no_baseline(place, measure):
            return self._unread(place)
        if type(measure) in LINEAR:
            ends = self.ends[0][place], self.ends[1][place]
            return line_progress(rule, read[0], *ends, change_of(measure, ends[0]))
        if looks_back(rule, type(measure)):
            return measured_progress(rule, measure, self.seen(place, read[0]))
        return PROGRESS[type(measure)](rule, measure, read[0])

    def unscaled(self, place: int) -> float:
        """Return the progress of one key result before it is multiplied, if its scope was cut."""
        if place not in self.rescaled:
            return self.progress[place]
        return self._unread(place) if place in self.stood_in else self.attained(place)

    def _attain(self, kind: type[Measure], places: Sequence[int], progress: list[float]) -> None:
        """Put the progress of one kind of measure into its places."""
        rule, apart = self.rulebook.attainment, self.program.has_methods or kind in LINEAR
        if apart or kind not in PROGRESS or looks_back(rule, kind):
            for place in places:
                progress[place] = self.attained(place)
            return
        worth_of, measures = PROGRESS[kind], self.program.measures
        rows, readings = self.evidence.rows, self.evidence.readings.values
        for place in places:
            row = rows[place]
            progress[place] = ABSENT if row < 0 else worth_of(rule, measures[place], readings[row])

    @cached_property
    def stood_in(self) -> frozenset[int]:
        """The places without a reading or a baseline, where the rulebook says what stands for it."""
        if all(book.attainment.unread is None for book in self.distinct_books):
            return frozenset()
        return frozenset(
            place
            for place, measure in enumerate(self.program.measures)
            if self.book_of(place).attainment.unread is not None
            and place not in self.supposed_at
            and (self._has_no_baseline(place, measure) or self.read(place) is None)
        )

    def _has_no_baseline(self, place: int, measure: Measure) -> bool:
        return type(measure) in LINEAR and isnan(self.ends[0][place])

    def _unread(self, place: int) -> float:
        unread = self.book_of(place).attainment.unread
        return ABSENT if unread is None else unread

    @cached_property
    def key_result_scores(self) -> list[float]:
        """Scores of key results: their progress, clipped."""
        if self.program.has_methods:
            clips = self.by_book(lambda book: book.attainment.clip)
            return [
                each if isnan(each) else clips[row].apply(each)
                for each, row in zip(self.progress, self.program.home, strict=True)
            ]
        clip = self.rulebook.attainment.clip
        if clip == ZERO_TO_ONE:
            # The commonest clip, in the open: a call for each key result costs more than the look, and
            # floats are compared with floats twice as fast as with whole numbers.
            # A start of a way down is -0.0.
            return [0.0 if each <= 0.0 else 1.0 if each > 1.0 else each for each in self.progress]  # noqa: FURB136
        return [each if isnan(each) else clip.apply(each) for each in self.progress]

    @cached_property
    def rolled(self) -> tuple[list[float], list[float]]:
        """Scores by place, and by row what was combined, before the result was clipped."""
        self.closings_first("rolled")
        scores = self.key_result_scores + [ABSENT] * (len(self.program) - self.offset)
        for place, score in self.supposed_at.items():
            scores[place] = score
        for place, done in self.work:
            scores[place] = done
        combined = [ABSENT] * len(self.program.objectives)

        def with_care(row: int) -> float:
            score, combined[row] = self.score_of(row, scores)
            return score

        def finish(rows: Sequence[int], means: list[float]) -> list[float]:
            put(combined, rows, 0, means)
            return self._results(rows, means)

        self.layout.fill(scores, with_care, apart=self._apart, finish=finish)
        return scores, combined

    @cached_property
    def _apart(self) -> frozenset[int]:
        """The rows whose score is no mean of scores: excluded, closed, or with a part put away."""
        excluded, offset = self.excluded, self.offset
        if 1 not in excluded and not self.settled:
            return frozenset()
        # What is settled and yet excluded has a score and does not enter.
        away = {place for place in self.settled if excluded[place]}
        return frozenset(
            row
            for row, places in enumerate(self.layout.places)
            if excluded[offset + row]
            or offset + row in self.settled
            or (away and not away.isdisjoint(places))
        )

    @property
    def batched(self) -> Iterator[int]:
        """The rows whose score is a plain mean of scores, as long as none is absent."""
        groups = (group for groups, _ in self.layout.levels for group in groups)
        return (row for group in groups for row in group.rows if row not in self._apart)

    def _results(self, rows: Sequence[int], combined: list[float]) -> list[float]:
        """Return what the rulebook makes of what was combined in some rows."""
        if not self.program.has_methods and self.rulebook.roll_up.result == UNCHANGED:
            return combined
        return [
            each if isnan(each) else self.books[row].roll_up.result.apply(each)
            for row, each in zip(rows, combined, strict=True)
        ]

    def score_of(self, row: int, scores: Sequence[float]) -> tuple[float, float]:
        """Return the score of one objective, and what was combined before it was clipped."""
        place = self.offset + row
        settled = self.settled.get(place)
        if settled is not None:
            return settled.scores[place], settled.rolled[1][row]
        if self.excluded[place] or self.is_too_thin(row):
            return ABSENT, ABSENT
        items = items_of(self.layout.inputs_of(row), self.entered(row, scores))
        combined = self._combined(row, items, self.guard_states(row))
        if isnan(combined):
            return ABSENT, ABSENT
        return self.books[row].roll_up.result.apply(combined), combined

    @cached_property
    def scores(self) -> Sequence[float]:
        """Scores by place."""
        return self.rolled[0]

    @cached_property
    def coverage(self) -> Sequence[float]:
        """By place, the share of the weight that was read; recursive; ABSENT where excluded."""
        self.closings_first("coverage")
        values = self.blank()
        values[: self.offset] = [0.0 if isnan(progress) else 1.0 for progress in self.progress]
        for place in self.stood_in:
            values[place] = 0.0
        for place, settled in self.settled.items():
            if place < self.offset:
                values[place] = settled.coverage[place]
        for place, done in self.work:
            values[place] = float(not isnan(done))

        def with_care(row: int) -> float:
            place = self.offset + row
            if self.excluded[place]:
                return ABSENT
            if place in self.settled:
                return self.settled[place].coverage[place]
            whole = mean_of(items_of(self.layout.inputs_of(row), values))
            return 0.0 if isnan(whole) else whole

        self._leave_out_excluded(values)
        self.layout.fill(values, with_care, apart=self._apart)
        return values

    def _leave_out_excluded(self, values: list[float]) -> None:
        for place in range(self.offset) if 1 in self.excluded else ():
            if self.excluded[place]:
                values[place] = ABSENT

    @cached_property
    def ranges(self) -> tuple[Sequence[float], Sequence[float]]:
        """By place, the score with everything that is open scored as 0, and as 1."""
        self.closings_first("ranges")
        low, high = (self._scored_with(limit) for limit in (0.0, 1.0))
        # Rounding of means may set an end one unit in the last place past the score. An absent score,
        # which is neither below nor above anything, moves no end.
        rows, scores = slice(self.offset, None), self.scores[self.offset :]
        low[rows] = map(min, low[rows], scores)
        high[rows] = map(max, high[rows], scores)
        return low, high

    def range_of(self, place: int) -> tuple[float, float] | None:
        """Return the score range of a key result or objective; None where it is excluded."""
        low, high = self.ranges
        return None if self.excluded[place] else (low[place], high[place])

    def shares(self, row: int) -> Iterator[tuple[str, float]]:
        """Yield the ids of the parts of an objective with the share of its score that each makes."""
        inputs = self.layout.inputs_of(row)
        blocks: list[tuple[int, int, float, float]] = []
        for start, stop, as_one in inputs.blocks:
            total = fsum(inputs.weights[start:stop])
            blocks.append((start, stop, 1.0 if as_one and total else total, total))
        whole = fsum(weight for _, _, weight, _ in blocks)
        for start, stop, weight, total in blocks:
            for n in range(start, stop):
                share = inputs.weights[n] / total * weight / whole if total else 0.0
                yield self.program.ids[inputs.places[n]], share

    def children_mean(self, row: int) -> float:
        """Return the mean score of the objectives below, whether or not they enter the score.

        Micro-OKRs are an overlay, and in it only where the rulebook lets them in.
        """
        program = self.program
        leaves_out = row in program.over_micro and not self.books[row].roll_up.with_micro
        places, weights = without_micro(program, row) if leaves_out else program.below.of(row)
        pairs = [(self.scores[at], weight) for at, weight in zip(places, weights, strict=True)]
        return mean_of([(score, weight) for score, weight in pairs if weight and not isnan(score)])

    def _scored_with(self, limit: float) -> list[float]:
        values, offset = self.blank(), self.offset
        ends = self.by_book(lambda book: book.attainment.clip.apply(limit))
        values[:offset] = [
            ends[row] if isnan(score) else score
            for score, row in zip(self.scores[:offset], self.program.home, strict=True)
        ]
        for place in self.stood_in:
            values[place] = ends[self.program.home[place]]
        for place, settled in self.settled.items():
            if place < offset:
                values[place] = settled.ranges[int(limit)][place]
        for place, done in self.work:
            values[place] = limit if isnan(done) else done

        def with_care(row: int) -> float:
            place = self.offset + row
            if place in self.settled:
                return self.settled[place].ranges[int(limit)][place]
            if self.excluded[place]:
                return ABSENT
            return self.limited(row, values, limit, self.guard_states(row))

        self._leave_out_excluded(values)
        self.layout.fill(
            values,
            with_care,
            apart=self._apart,
            finish=self._results,
        )
        return values

    def limited(
        self, row: int, values: Sequence[float], limit: float, states: Sequence[BoundState]
    ) -> float:
        """Return the score of an objective from an end of the range of its parts; the limit of none."""
        items = items_of(self.layout.inputs_of(row), self.entered(row, values), self.excluded)
        whole = self._combined(row, items, states) if items else limit
        return self.books[row].roll_up.result.apply(whole)

    def entered(self, row: int, scores: Sequence[float]) -> Mapping[int, float]:
        """Return what enters an objective, by place: clipped, and what counts for what is missing."""
        rule = self.books[row].roll_up
        missing = ABSENT if rule.missing is None else rule.missing
        entered: dict[int, float] = {}
        for at in self.layout.places[row]:
            score = scores[at]
            if rule.with_judged is not None:
                judged = self.judged_instead(at, rule.with_judged)
                score = score if judged is None else judged.score
            if self.excluded[at]:
                entered[at] = ABSENT
            else:
                entered[at] = missing if isnan(score) else rule.entry.apply(score)
        return entered

    def judged_instead(self, place: int, keep: Keep) -> JudgedScore | None:
        """Return the judged score that enters in the place of the computed one, if one stands."""
        id = self.program.ids[place]
        found = self.judged.get(id)
        if found is None or keep is Keep.ALWAYS:
            return found
        # A reading after a closing ends nothing that was judged before it.
        then = self.of_item(place)
        judged_at = then.history.moment(then.judging[id])
        return None if then.last_read_at[place] > judged_at else found

    @cached_property
    def last_read_at(self) -> Sequence[Moment]:
        """The place of the last reading in the order of all entries; of an objective, of what counts in it."""
        self.closings_first("last_read_at")
        moments = [*self.read_at, *repeat(NEVER, len(self.program) - self.offset)]
        for place, closed in self.settled.items():
            moments[place] = closed.last_read_at[place]
        for row, counted in enumerate(self.layout.counted):
            if self.offset + row not in self.settled:
                moments[self.offset + row] = max((moments[at] for at in counted), default=NEVER)
        return moments

    def _combined(self, row: int, items: Items, states: Sequence[BoundState]) -> float:
        """Return what is made of the items of an objective and the states of its guardrails."""
        book, inputs = self.books[row], self.layout.inputs_of(row)
        value = or_empty(
            book.roll_up,
            combine(book.roll_up, items + guard_items(book.guardrails, states)),
            has_parts=bool(inputs.places),
            has_weight=bool(inputs.counted),
        )
        return guard_value(book.guardrails, value, states)

    def guard_states(self, row: int) -> Sequence[BoundState]:
        """Return the states of the guardrails that move the score of an objective."""
        if self.books[row].guardrails.effect is Effect.SEPARATE:
            return ()
        return list(self.states_of(row).values())

    def guards_enter(self, row: int) -> bool:
        """Say whether the guardrails of an objective enter its mean."""
        return self.books[row].guardrails.effect is Effect.AVERAGE

    def is_too_thin(self, row: int) -> bool:
        """Say whether too little of an objective was read for it to have a score."""
        rule = self.books[row].roll_up
        return rule.least_coverage > 0 and (
            snap(self.coverage[self.offset + row]) < snap(rule.least_coverage)
        )

    @cached_property
    def work(self) -> Sequence[tuple[int, float]]:
        """The places of initiatives with how far they are; ABSENT where that is not known."""
        today, readings = self.today, self.history.readings
        found: list[tuple[int, float]] = []
        first = self.offset + len(self.program.objectives)
        for place, work in enumerate(self.program.initiatives, first):
            read = read_window(readings, work.id, LONG_AGO, today)
            found.append((place, ABSENT if read is None else float(number_of(read[0]))))
        return found

    def blank(self) -> list[float]:
        """Return zeros by place."""
        return [0.0] * len(self.program)
