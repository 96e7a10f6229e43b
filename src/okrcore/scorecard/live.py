"""A scorecard that is kept up to date: the one object of the library that changes.

Rules of this file:

1. `record` is all or nothing: what does not fit is refused before anything has changed.
2. A check-in of a key result changes what lies above it and nothing else. What changes the plan, the
   rules or several values at once (adjustments, transitions, closings, corrections, judgements, a
   reading dated back) is evaluated anew.
3. It owns the figures that it writes to; nobody else sees them. What it hands out are values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import compress
from math import isnan
from typing import Final, final, get_args

from attrs import frozen

from okrcore._arith import mean, or_none
from okrcore._checks import must_be_a, must_be_date
from okrcore.journal import CheckIn, Entry, Journal, admit
from okrcore.journal.admission import must_fit
from okrcore.plan import Guardrail, KeyResult, Metric, Plan
from okrcore.plan.item import refusal
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import RECOMMENDED, Effect, Keep, Rulebook
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import looks_back
from okrcore.scorecard.evaluation import evaluate
from okrcore.scorecard.evidence import window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.scorecard import Scorecard

__all__ = ["LiveScorecard", "ScoreChange"]

_ENTRIES: Final = get_args(Entry)


@final
@frozen
class ScoreChange:
    """A score that changed.

    Args:
        id: The key result or objective.
        before: Its score before; None if it had none.
        after: Its score now; None if it has none.
    """

    id: str
    before: float | None
    after: float | None


@final
class LiveScorecard:
    """A scorecard that takes entries as they come, for a service that keeps a plan in memory.

    The surprising case: an entry dated after the day is recorded and changes nothing until the day has
    come. Not safe to write to from several threads at once.

    Args:
        plan: What is intended.
        journal: What happened so far.
        as_of: The day whose evening it describes.
        rulebook: How it is judged.

    Raises:
        InconsistentPlanError: An entry of the journal does not fit the plan.

    Laws: LiveScorecardMachine (equals `evaluate` after any sequence of entries and days).

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
    ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 2, "b": 8}))
    >>> live = LiveScorecard(plan, journal, as_of=date(2026, 8, 21))
    >>> for change in live.record(okr.CheckIn("a", date(2026, 8, 21), 7)):
    ...     print(change)
    ScoreChange(id='a', before=0.2, after=0.7)
    ScoreChange(id='o', before=0.5, after=0.75)
    """

    def __init__(
        self, plan: Plan, journal: Journal, *, as_of: date, rulebook: Rulebook = RECOMMENDED
    ) -> None:
        self._begin(evaluate(plan, journal, as_of=as_of, rulebook=rulebook))

    def _begin(self, card: Scorecard) -> None:
        self._card: Scorecard | None = None
        self._plan, self._rulebook, self._as_of = card.plan, card.rulebook, card.as_of
        self._journal, self._recorded = card.journal, list[CheckIn]()
        figures = Figures.of(card.plan, card.journal, card.as_of, card.rulebook)
        # Rolled up now: what is read later is told as a change from here.
        self._state = _State(figures, figures.rolled[0])

    @property
    def as_of(self) -> date:
        """The day it describes."""
        return self._as_of

    @property
    def journal(self) -> Journal:
        """Everything that was recorded."""
        if self._recorded:
            self._journal, self._recorded = self._journal.add(self._recorded), []
        return self._journal

    @property
    def card(self) -> Scorecard:
        """The scorecard as it stands: a value, which later entries do not change."""
        if self._card is None:
            self._card = Scorecard(self._plan, self.journal, self._as_of, self._rulebook)
        return self._card

    def score(self, id: str) -> float | None:
        """Return the score of an objective or key result as it stands, without making a scorecard."""
        program = self._state.figures.program
        place = program.place_of.get(id)
        if place is None or place >= len(program.key_results) + len(program.objectives):
            raise refusal(
                self._plan.items, "LiveScorecard.score", id, "ask for an objective or a key result"
            )
        return or_none(self._state.scores[place])

    def record(self, entry: Entry) -> tuple[ScoreChange, ...]:
        """Take an entry, and return the scores it changed, parts before what is made of them.

        Args:
            entry: What happened.

        Raises:
            InconsistentPlanError: It is about something unknown, its reading does not fit, or its id
                stands in the journal. Nothing has changed.
            TransitionError: The lifecycle has no such move. Nothing has changed.
        """
        if type(entry) is CheckIn and entry.id is None and entry.recorded is None:
            places: Sequence[int] | None = self._state.place_of_line(entry, self._as_of)
            if places is None:
                must_fit(self._plan, entry)
                places = self._places_to_read(entry)
            if places is not None:
                self._recorded.append(entry)
                self._card = None
                return self._state.read(places, entry)
        # Ids and moments are looked up in the whole journal.
        must_be_a(LiveScorecard, "entry", entry, *_ENTRIES)
        return self._begin_again(admit(self._plan, self.journal, entry), self._as_of)

    def advance(self, day: date) -> tuple[ScoreChange, ...]:
        """Move the day, and return the scores that changed with it."""
        must_be_date(LiveScorecard, "as_of", day)
        return self._begin_again(self.journal, day)

    def _begin_again(self, journal: Journal, day: date) -> tuple[ScoreChange, ...]:
        before = self._state.scores_by_id()
        self._begin(evaluate(self._plan, journal, as_of=day, rulebook=self._rulebook))
        after = self._state.scores_by_id()
        return tuple(
            ScoreChange(id, before.get(id), after.get(id))
            for id in dict.fromkeys([*after, *before])
            if before.get(id) != after.get(id)
        )

    def _places_to_read(self, entry: CheckIn) -> Sequence[int] | None:
        """Return what a check-in gives a new last reading; None if more than that changes."""
        if entry.value is None or entry.on > self._as_of:
            return ()
        return self._state.places_to_read(self._plan, entry)

    def __repr__(self) -> str:
        return f"LiveScorecard({self._plan!r}, as of {self._as_of}, {self._rulebook.name})"


@final
@frozen(eq=False)
class _State:
    """Figures that are written to, with what lies above each place.

    Args:
        figures: The figures; nobody else has them.
        scores: Scores by place.
    """

    figures: Figures
    scores: list[float]

    @cached_property
    def _lines(self) -> dict[str, tuple[int, int, int] | None]:
        return {}

    def scores_by_id(self) -> dict[str, float | None]:
        count = self.figures.offset + len(self.figures.program.objectives)
        ids = self.figures.program.ids
        return {ids[place]: or_none(self.scores[place]) for place in range(count)}

    # --- what a check-in reaches ---------------------------------------------------------------

    def place_of_line(self, entry: CheckIn, as_of: date) -> Sequence[int] | None:
        """Return the place of a line that a check-in plainly moves on; None if more is to be asked."""
        if entry.of not in self._lines:
            self._lines[entry.of] = self._line(entry.of)
        line = self._lines[entry.of]
        if line is None or type(entry.value) is not float or entry.on > as_of:
            return None
        place, first, last = line
        on, read = entry.on.toordinal(), self.figures.evidence.read(place)
        is_last = first <= on <= last and (read is None or read[1] <= on)
        return (place,) if is_last else None

    def _line(self, id: str) -> tuple[int, int, int] | None:
        """Return place, first and last day of a key result that is a line and takes its own readings."""
        figures, program = self.figures, self.figures.program
        place = program.place_of.get(id, figures.offset)
        if (
            place >= figures.offset
            or type(program.key_results[place].measure) not in LINEAR
            or place in self._involved
            or place in program.shared
            or place in figures.settled
            or figures.excluded[place]
            or self._has_moments
        ):
            return None
        return place, *window_of(program, place, figures.rulebook.closing.grace_days)

    def places_to_read(self, plan: Plan, entry: CheckIn) -> Sequence[int] | None:
        item = plan.items[entry.of]
        if isinstance(item, KeyResult):
            places: Sequence[int] = (self.figures.program.place_of[entry.of],)
        elif isinstance(item, Metric):
            places = self._readers.get(entry.of, ())
        else:
            # An initiative moves a score where it is a part of one.
            at = self.figures.program.place_of.get(entry.of)
            places = () if at is None or not self._above[at] else (at,)
        if isinstance(item, (Metric, Guardrail)) and self._guardrails_matter:
            return None
        reached: list[int] = []
        for place in places:
            is_next = self._is_next(place, entry)
            if is_next is None:
                return None
            if is_next:
                reached.append(place)
        return reached

    def _is_next(self, place: int, entry: CheckIn) -> bool | None:
        """Say whether a check-in is the last reading of a place; None if that says too little."""
        figures = self.figures
        if place >= figures.offset or place in self._involved or place in figures.settled:
            return None
        rule = figures.book_of(place).attainment
        if looks_back(rule, figures.program.key_results[place].measure):
            return None
        if figures.excluded[place]:
            return False
        on = entry.on.toordinal()
        first, last = window_of(figures.program, place, figures.rulebook.closing.grace_days)
        if not first <= on <= last:
            return False
        read = figures.read(place)
        if read is None or on > read[1]:
            return True
        # On one day the last one counts, unless the moments of recording say otherwise.
        return None if on == read[1] and self._has_moments else on == read[1]

    @cached_property
    def _readers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in self.figures.program.shared:
            found.setdefault(self.figures.program.sources[place], []).append(place)
        return found

    @cached_property
    def _guardrails_matter(self) -> bool:
        return any(book.guardrails.effect is not Effect.SEPARATE for book in self.figures.books)

    @cached_property
    def _has_moments(self) -> bool:
        return any(entry.recorded is not None for entry in self.figures.journal.in_force)

    @cached_property
    def _involved(self) -> frozenset[int]:
        """The places whose value or score is made of more than their own last reading."""
        program = self.figures.program
        books, is_judged = self.figures.books, bool(self.figures.history.judgements.on)
        if any(book.roll_up.least_coverage for book in books) or (
            is_judged and any(book.roll_up.with_judged is Keep.UNTIL_READ for book in books)
        ):
            # What was read opens scores further up, or ends what was judged there, so nothing can be said
            # place by place.
            return frozenset(range(self.figures.offset))
        derived = {program.place_of[id] for how in program.derived.values() for id in how.of}
        return frozenset({*program.derived, *program.reads, *self.figures.rescaled, *derived})

    # --- taking it -----------------------------------------------------------------------------

    def read(self, places: Sequence[int], entry: CheckIn) -> tuple[ScoreChange, ...]:
        """Give places a new last reading, and return what that changed."""
        if entry.value is None or not places:
            return ()
        figures, changes, waiting = self.figures, list[ScoreChange](), list[int]()
        for place in places:
            figures.evidence.made[place] = (entry.value, entry.on.toordinal())
            progress = figures.attained(place)
            clip = figures.book_of(place).attainment.clip
            self._put(place, progress if isnan(progress) else clip.apply(progress), changes)
            # Even an equal score may end what people judged until it was read.
            waiting += self._above[place]
        heapify(waiting)
        # Rows stand children before parents, so the lowest that waits has all its parts.
        while waiting:
            row = heappop(waiting)
            while waiting and waiting[0] == row:
                heappop(waiting)
            if self._put(figures.offset + row, self._rolled_up(row), changes):
                for above in self._above[figures.offset + row]:
                    heappush(waiting, above)
        return tuple(changes)

    def _put(self, place: int, score: float, changes: list[ScoreChange]) -> bool:
        before = self.scores[place]
        if score == before or (isnan(score) and isnan(before)):
            return False
        self.scores[place] = score
        changes.append(ScoreChange(self._ids[place], or_none(before), or_none(score)))
        return True

    def _rolled_up(self, row: int) -> float:
        figures, scores = self.figures, self.scores
        if row not in self._batched:
            return figures.score_of(row, scores)[0]
        places, weights = figures.inputs[row].weighed
        values = [scores[at] for at in places]
        is_read = [value == value for value in values]  # noqa: PLR0124  # ABSENT
        if False in is_read:
            values, weights = list(compress(values, is_read)), tuple(compress(weights, is_read))
            if not values:
                return figures.score_of(row, scores)[0]
        score = mean(values, weights)
        result = figures.books[row].roll_up.result
        return score if result is UNCHANGED else result.apply(score)

    @cached_property
    def _batched(self) -> frozenset[int]:
        return frozenset(self.figures.batched)

    @cached_property
    def _ids(self) -> Sequence[str]:
        return self.figures.program.ids

    @cached_property
    def _above(self) -> Sequence[Sequence[int]]:
        """The rows into which each place enters."""
        above: list[list[int]] = [[] for _ in range(len(self.figures.program))]
        for row, inputs in enumerate(self.figures.inputs):
            for at in inputs.places:
                above[at].append(row)
        return above
