"""A scorecard that is kept up to date: the one object of the library that changes.

Rules of this file:

1. `record` is all or nothing: what does not fit is refused before anything has changed.
2. A check-in of a key result changes what lies above it and nothing else. What changes the plan, the
   rules or several values at once (adjustments, transitions, closings, corrections, judgements, a
   reading dated back) is evaluated anew.
3. It writes to copies of columns of its evaluation. Its results are values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, final, get_args

from okrcore._arith import or_none
from okrcore._checks import as_text, given_day, must_be_a
from okrcore._memo import once
from okrcore.journal import CheckIn, Entry, Journal, admit
from okrcore.journal.admission import must_fit, remeasured
from okrcore.journal.after_closing import must_not_come_after
from okrcore.journal.journal import history_of
from okrcore.journal.shares import as_read
from okrcore.plan import Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.overlay import Overlay, ScoreChange
from okrcore.scorecard.reach import Reach
from okrcore.scorecard.scorecard import Scorecard, evaluate, evaluation_of, scorecard_of

__all__ = ["LiveScorecard"]

_ENTRIES: Final = get_args(Entry)


@final
class LiveScorecard:
    """A scorecard that takes entries as they come, for a service that keeps a plan in memory.

    The surprising case: an entry dated after the day is recorded and changes nothing until the day has
    come. The first check-in takes longer: it makes what the others find made. Not safe to write to from
    several threads at once.

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
        # Their check-ins have to fit the measure in force on their day.
        self._remeasured = remeasured(card.journal)
        self._evaluation = evaluation_of(card)
        self._written: tuple[Reach, Overlay] | None = None

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
            self._card = scorecard_of(self._plan, self.journal, self._as_of, self._rulebook)
        return self._card

    def score(self, id: str) -> float | None:
        """Return the score of an objective or key result as it stands, without making a scorecard."""
        compiled, id = self._evaluation.facts.compiled, as_text(id)
        index = compiled.index_of.get(id) if type(id) is str else None
        if index is None or index not in compiled.scored:
            raise refusal(
                self._plan.items, "LiveScorecard.score", id, "ask for an objective or a key result"
            )
        return or_none(self._scores[index])

    def record(self, entry: Entry) -> tuple[ScoreChange, ...]:
        """Take an entry, and return the scores it changed, parts before what is made of them.

        Args:
            entry: What happened.

        Raises:
            InconsistentPlanError: It is about something unknown, its reading does not fit, or its id
                stands in the journal. Nothing has changed.
            TransitionError: The lifecycle has no such move, or the entry comes after the closing of
                its objective. Nothing has changed.
        """
        if type(entry) is CheckIn and entry.id is None and entry.of not in self._remeasured:
            reach, overlay = self._written or self._write_from_here()
            scored = reach.read_line(entry)
            if scored is None:
                must_fit(self._plan, entry)
                # What is not in this journal yet are check-ins, which close nothing.
                must_not_come_after(self._plan, once(self._journal, history_of), entry)
                scored = reach.read(as_read(self._plan, entry))
            if scored is not None:
                self._recorded.append(entry)
                self._card = None
                return overlay.write(scored)
        # Ids are looked up in the whole journal.
        must_be_a(LiveScorecard, "entry", entry, *_ENTRIES)
        return self._begin_again(admit(self._plan, self.journal, entry), self._as_of)

    def advance(self, day: date) -> tuple[ScoreChange, ...]:
        """Move the day, and return the scores that changed with it."""
        day = given_day(LiveScorecard, "as_of", day)
        return self._begin_again(self.journal, day)

    def _begin_again(self, journal: Journal, day: date) -> tuple[ScoreChange, ...]:
        before = self._scores_by_id()
        self._begin(evaluate(self._plan, journal, as_of=day, rulebook=self._rulebook))
        after = self._scores_by_id()
        return tuple(
            ScoreChange(id, before.get(id), after.get(id))
            for id in dict.fromkeys([*after, *before])
            if before.get(id) != after.get(id)
        )

    def _scores_by_id(self) -> dict[str, float | None]:
        compiled = self._evaluation.facts.compiled
        ids = compiled.ids[: len(compiled.scored)]
        return dict(zip(ids, map(or_none, self._scores), strict=False))

    @property
    def _scores(self) -> Sequence[float]:
        return self._written[1].scores if self._written else self._evaluation.scores.values

    def _write_from_here(self) -> tuple[Reach, Overlay]:
        """Make what every check-in needs; the first one waits for it."""
        self._written = Reach(self._evaluation), Overlay(self._evaluation)
        return self._written

    def __repr__(self) -> str:
        return f"LiveScorecard({self._plan!r}, as of {self._as_of}, {self._rulebook.name})"
