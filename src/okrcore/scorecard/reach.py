"""What a check-in reaches: the places of which it is the last reading, and their scores with it.

Rules of this file:

1. Where a check-in changes more than what lies above some places, that is said and nothing is taken.
2. A line is scored by its two ends and the reading alone. Most key results are one, and most check-ins
   are the last of theirs, so lines are kept ready.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, compress
from math import isnan
from operator import eq
from typing import TypeAlias, final

from okrcore._checks import LARGEST
from okrcore.journal import CheckIn
from okrcore.plan import Guardrail, Initiative, KeyResult, Metric, Reading, Reads
from okrcore.plan.measures import LINEAR, SHIFTS
from okrcore.rulebook import Effect, Keep, Parts
from okrcore.scorecard.attainment import looks_back
from okrcore.scorecard.evidence import window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.program import LONG_AGO

__all__ = ["Reach", "Scored"]

#: Places with the scores that a reading gives them.
Scored: TypeAlias = Sequence[tuple[int, float]]


@final
class Reach:
    """What check-ins reach.

    Args:
        figures: The figures whose readings are written to; nobody else has them.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures, self._made = figures, figures.evidence.made
        self._today = figures.today
        self._grace_days = figures.rulebook.closing.grace_days
        reads = map(figures.evidence.read, range(figures.offset))
        self._read_on = array("l", [LONG_AGO if read is None else read[1] for read in reads])
        # At hand for lines, of which most check-ins are.
        program = figures.program
        self._place_of, self._first, self._last = program.place_of, program.first, program.last
        self._baselines, self._ways = program.baselines, program.ways
        self._clip = figures.rulebook.attainment.clip
        self._is_line = self._lines()
        # A reading of a day on or before a closing may count for what was closed, or be written after it.
        closings = [figures.life_of(id).closing for id in figures.history.lives]
        days = [closing.on.toordinal() for closing in closings if closing is not None]
        self._closed_until = max(days, default=LONG_AGO)
        # By what was read and on which day, the moment at which its last reading was recorded.
        self._moments = {
            (entry.of, entry.on): entry.recorded
            for entry in figures.history.timed
            if entry.value is not None
        }

    def read_line(self, entry: CheckIn) -> Scored | None:
        """Take the next reading of a line; None if the check-in is more than that, or something else."""
        place, value = self._place_of.get(entry.of), entry.value
        if place is None or not self._is_line[place] or type(value) is not float:
            return None
        if entry.recorded is not None or self._moments:
            return None
        on = entry.on.toordinal()
        if not self._first[place] <= on <= self._last[place] + self._grace_days:
            return None
        if not self._read_on[place] <= on <= self._today or on <= self._closed_until:
            return None
        progress = (value - self._baselines[place]) / self._ways[place] + 0.0
        if not -LARGEST <= progress <= LARGEST:
            return None
        self._read_on[place] = on
        self._made[place] = value, on
        return ((place, self._clip.apply(progress)),)

    def _lines(self) -> bytearray:
        """Say of each place whether the last reading scores it, by its two ends and the main clip."""
        figures, program = self._figures, self._figures.program
        found = bytearray(len(program))
        # A way is not equal to itself where there is none, or where it leads nowhere.
        found[: figures.offset] = map(eq, program.ways, program.ways)
        stated = chain.from_iterable(program.irregular.get(kind, ()) for kind in SHIFTS)
        for place in chain(program.shared, figures.established, self._involved, stated):
            found[place] = 0
        for place in compress(range(figures.offset), figures.excluded):
            found[place] = 0
        # What was closed on the day takes no entry more, and is looked at.
        for place in compress(range(figures.offset), self._closed):
            found[place] = 0
        others = [book.attainment.clip is not self._clip for book in figures.books]
        for place in compress(range(figures.offset), map(others.__getitem__, program.home)):
            found[place] = 0
        return found

    @property
    def _closed(self) -> Iterator[bool]:
        """Whether the objective of each key result is closed, by place."""
        program, life_of = self._figures.program, self._figures.life_of
        if not self._figures.history.lives:
            return iter(())
        closed = [life_of(each.id).closing is not None for each in program.objectives]
        return map(closed.__getitem__, program.home)

    # --- anything ------------------------------------------------------------------------------

    def read(self, entry: CheckIn) -> Scored | None:
        """Take a check-in that fits; None if it changes more than what lies above some places."""
        if entry.value is None or entry.on > self._figures.day:
            return ()
        places = self._places(entry)
        if places is None:
            return None
        on = entry.on.toordinal()
        if on <= self._closed_until or any(map(self._needs_more, places)):
            return None
        # Of the readings of a day the one recorded last counts.
        latest = on if self._is_recorded_last(entry) else on - 1
        reached = [
            place for place in places if self._counts(place, on) and self._read_on[place] <= latest
        ]
        return [(place, self._take(place, entry.value, on)) for place in reached]

    def _places(self, entry: CheckIn) -> Sequence[int] | None:
        """Return the places that take their readings from what is checked in."""
        item = self._figures.original.items[entry.of]
        if isinstance(item, (Metric, Guardrail)) and self._guardrails_matter:
            return None
        if isinstance(item, Metric) and item.reads is not Reads.LATEST:
            return None  # what it may read depends on the readings before
        if isinstance(item, Initiative) and self._work_matters:
            return None
        if isinstance(item, KeyResult):
            return (self._figures.program.place_of[entry.of],)
        return self._readers.get(entry.of, ())

    def _needs_more(self, place: int) -> bool:
        """Say whether the score of a place needs more than its last reading."""
        figures = self._figures
        rule, measure = (
            figures.book_of(place).attainment,
            figures.program.key_results[place].measure,
        )
        return place in self._involved or looks_back(rule, type(measure))

    def _is_recorded_last(self, entry: CheckIn) -> bool:
        """Say whether a check-in is recorded last of those of its day, and remember its moment if so."""
        before = self._moments.get((entry.of, entry.on))
        if entry.recorded is None:
            return before is None
        if before is not None and entry.recorded < before:
            return False
        self._moments[entry.of, entry.on] = entry.recorded
        return True

    def _counts(self, place: int, on: int) -> bool:
        """Say whether a reading of a day counts for a place."""
        first, last = window_of(self._figures.program, place, self._grace_days)
        return not self._figures.excluded[place] and first <= on <= last

    def _take(self, place: int, value: Reading, on: int) -> float:
        """Give a place its last reading, and return its score with it."""
        self._read_on[place] = on
        self._made[place] = value, on
        progress = self._figures.attained(place)
        clip = self._figures.book_of(place).attainment.clip
        return progress if isnan(progress) else clip.apply(progress)

    # --- what is more than a place -------------------------------------------------------------

    @cached_property
    def _readers(self) -> dict[str, list[int]]:
        """The places that read each metric."""
        found: dict[str, list[int]] = {}
        for place in self._figures.program.shared:
            found.setdefault(self._figures.program.sources[place], []).append(place)
        return found

    @cached_property
    def _guardrails_matter(self) -> bool:
        return any(book.guardrails.effect is not Effect.SEPARATE for book in self._figures.books)

    @cached_property
    def _work_matters(self) -> bool:
        parts = (part for book in self._figures.books for part in book.roll_up.parts)
        return any(part.of is Parts.INITIATIVES for part in parts)

    @cached_property
    def _involved(self) -> frozenset[int]:
        """The places whose value or score is made of more than their own last reading."""
        figures, program = self._figures, self._figures.program
        rules, is_judged = (
            [book.roll_up for book in figures.books],
            bool(figures.history.judgements.on),
        )
        if (
            figures.versions
            or any(rule.least_coverage for rule in rules)
            or (is_judged and any(rule.with_judged is Keep.UNTIL_READ for rule in rules))
        ):
            # What was read opens scores further up, ends what was judged there, or enters them as on another
            # day, so nothing can be said place by place.
            return frozenset(range(figures.offset))
        parts = {program.place_of[id] for how in program.derived.values() for id in how.of}
        found = {*program.derived, *parts, *program.reads, *figures.rescaled, *figures.settled}
        if any(book.attainment.unread is not None for book in figures.books):
            # Something stands for a baseline that is not known, too.
            lines = zip(program.measures, figures.ends[0], strict=True)
            found.update(
                place
                for place, (measure, start) in enumerate(lines)
                if type(measure) in LINEAR and isnan(start)
            )
        return frozenset(found)
