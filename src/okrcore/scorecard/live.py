"""A scorecard that is kept up to date: the one object of the library that changes.

Rules of this file:

1. `record` is all or nothing: entries that do not fit are refused before anything has changed.
2. A check-in of a key result changes what lies above it and nothing else. Entries that change the plan, the
   rules or several values at once (adjustments, transitions, closings, corrections, a reading dated back)
   are evaluated anew; so are judgements if a rulebook lets them into scores.
3. It writes to copies of columns of its evaluation. Its results are values.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, TypeAlias, final, get_args

from okrcore._arith import or_none
from okrcore._checks import as_text, given_day, must_be_a
from okrcore._memo import once
from okrcore.errors import InconsistentPlanError
from okrcore.journal import CheckIn, Entry, Journal, Judgement, PostMortem, admit
from okrcore.journal.admission import misfits, must_fit, remeasured
from okrcore.journal.after_closing import must_not_come_after
from okrcore.journal.journal import history_of, ids_in
from okrcore.journal.shares import as_read, pooled
from okrcore.plan import Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.live_statuses import LiveStatuses
from okrcore.scorecard.overlay import Overlay, ScoreChange
from okrcore.scorecard.reach import Reach
from okrcore.scorecard.scorecard import Scorecard, evaluate, evaluation_of, scorecard_of

__all__ = ["LiveScorecard"]

_ENTRIES: Final = get_args(Entry)
#: Entries that fit, or do not, whatever other entries there are but closings.
_Plain: TypeAlias = CheckIn | Judgement | PostMortem


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

    Laws: LiveScorecardMachine (equals `evaluate` after any sequence of entries, days and plans).

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
        self._card: Scorecard | None = card
        self._plan, self._rulebook, self._as_of = card.plan, card.rulebook, card.as_of
        self._journal, self._recorded = card.journal, list[_Plain]()
        self._ids = ids_in(card.journal)
        self._apart = _apart(card.plan, card.journal)
        self._plain_kinds = _plain_kinds(card.rulebook)
        self._evaluation = evaluation_of(card)
        self._written: tuple[Reach, Overlay] | None = None
        self._statuses: LiveStatuses | None = None

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
        return or_none(self._scores[self._index_of("score", id)])

    def status(self, id: str) -> str:
        """Return the status of an objective or key result as it is now, mostly without making a scorecard.

        The surprising case: some statuses follow from more than the entries that came. An objective that is over,
        and rules on stalls, on missing parts or on progress that is not clipped, take an evaluation after each
        entry, as `card` does; so does the first status after anything but a check-in.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> cycle = okr.FiscalCalendar().quarter(2026, 3)
        >>> plan = okr.Plan([okr.Objective("o", "Grow", cycle=cycle, key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> live = LiveScorecard(plan, okr.Journal(), as_of=date(2026, 8, 21))
        >>> _ = live.record(*okr.check_ins(date(2026, 8, 21), {"a": 1, "b": 9}))
        >>> live.status("a"), live.status("o")
        ('off track', 'at risk')
        """
        index = self._index_of("status", id)
        _, overlay = self._written or self._write_from_here()
        if self._statuses is None:
            self._statuses = LiveStatuses(evaluation_of(self.card), overlay.scores)
        found = self._statuses.status(index)
        return evaluation_of(self.card).status(index) if found is None else found

    def _index_of(self, method: str, id: str) -> int:
        compiled, id = self._evaluation.facts.compiled, as_text(id)
        index = compiled.index_of.get(id) if type(id) is str else None
        if index is None or index not in compiled.scored:
            where = f"LiveScorecard.{method}"
            raise refusal(self._plan.items, where, id, "ask for an objective or a key result")
        return index

    def record(self, *entries: Entry) -> tuple[ScoreChange, ...]:
        """Take entries, all or none, and return the scores they changed, parts before objectives.

        Several entries are one change: of each item the score before the first of them, and after the last.

        Args:
            entries: The entries, in order.

        Raises:
            InconsistentPlanError: An entry is about something unknown, its reading does not fit, or its id is
                that of another. Nothing has changed.
            TransitionError: The lifecycle has no such move, or an entry comes after the closing of its
                objective. Nothing has changed.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
        ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
        >>> live = LiveScorecard(plan, okr.Journal(), as_of=date(2026, 8, 21))
        >>> [change.id for change in live.record(*okr.check_ins(date(2026, 8, 21), {"a": 2, "b": 8}))]
        ['a', 'b', 'o']
        """
        if len(entries) == 1:
            entry = entries[0]
            if type(entry) is CheckIn and entry.of not in self._apart:
                reach, overlay = self._written or self._write_from_here()
                # A check-in without an id has None, which is no id of another.
                if entry.id is None or entry.id not in self._ids:
                    scored = reach.read_line(entry)
                    if scored is not None:
                        self._keep(entry)
                        return overlay.write(scored)
        return self._record_all(entries)

    def _record_all(self, entries: Sequence[Entry]) -> tuple[ScoreChange, ...]:
        for entry in entries:
            must_be_a(LiveScorecard, "entry", entry, *_ENTRIES)
        journal, plain = self._admitted(entries)
        if journal is not None:
            return self._begin_again(self._plan, journal.add(plain), self._as_of)
        reach, overlay = self._written or self._write_from_here()
        read = [as_read(self._plan, entry) for entry in plain if isinstance(entry, CheckIn)]
        readers = list(map(reach.readers_of, read))
        if None in readers:
            return self._begin_again(self._plan, self.journal.add(plain), self._as_of)
        scored: dict[int, float] = {}
        for entry, indexes in zip(read, readers, strict=True):
            scored.update(reach.read(entry, indexes or ()))
        for entry in plain:
            self._keep(entry)
        return overlay.write(scored.items())

    def _admitted(self, entries: Sequence[Entry]) -> tuple[Journal | None, Sequence[_Plain]]:
        """Return the journal up to the last entry that is no plain one, and the plain entries after it.

        The journal is None if all are plain: no other entry in it decides whether they fit, but closings.
        """
        journal, apart, ids, plain = None, self._apart, set[str | None](), list[_Plain]()
        for entry in entries:
            is_new = entry.id is None or not (entry.id in self._ids or entry.id in ids)
            ids.add(entry.id)
            if isinstance(entry, self._plain_kinds) and is_new and entry.of not in apart:
                must_fit(self._plan, entry)
                # Entries that are not in this history yet are plain, and close nothing.
                history = self._evaluation.facts.history
                if journal is not None:
                    history = once(journal, history_of)
                must_not_come_after(self._plan, history, entry)
                plain.append(entry)
            else:
                before = self.journal if journal is None else journal
                journal = admit(self._plan, before.add(plain), entry)
                apart, plain = _apart(self._plan, journal), []
        return journal, plain

    def _keep(self, entry: _Plain) -> None:
        """Put an entry that was taken beside the journal."""
        self._recorded.append(entry)
        if entry.id is not None:
            self._ids.add(entry.id)
        self._card = None
        if self._statuses and not isinstance(entry, PostMortem) and not self._statuses.take(entry):
            self._statuses = None

    def advance(self, day: date) -> tuple[ScoreChange, ...]:
        """Move the day, and return the scores that changed with it."""
        day = given_day(LiveScorecard, "as_of", day)
        return self._begin_again(self._plan, self.journal, day)

    def replan(self, plan: Plan) -> tuple[ScoreChange, ...]:
        """Take a changed plan, and return the scores that changed with it.

        An item that only one of the two plans has is without a score in the other.

        Args:
            plan: The plan that takes the place of the one so far.

        Raises:
            InconsistentPlanError: An entry of the journal, of any day, does not fit the plan, or the rulebook
                has no method that the plan names. Nothing has changed.

        >>> from datetime import date
        >>> import okrcore as okr
        >>> a, b = (okr.KeyResult(id, id.upper(), okr.Reach(10)) for id in "ab")
        >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 2}))
        >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[a])])
        >>> live = LiveScorecard(plan, journal, as_of=date(2026, 8, 21))
        >>> live.record(okr.CheckIn("a", date(2026, 8, 21), 7))[-1]
        ScoreChange(id='o', before=0.2, after=0.7)
        >>> live.replan(okr.Plan([okr.Objective("o", "Grow", key_results=[a, b])]))
        ()
        >>> live.record(okr.CheckIn("b", date(2026, 8, 21), 9))[-1]
        ScoreChange(id='o', before=0.7, after=0.8)
        """
        must_be_a(LiveScorecard, "plan", plan, Plan)
        journal = self.journal
        # Entries of later days have to fit when their day has come.
        faults = tuple(fault for _, fault in misfits(plan, journal, as_of=date.max))
        if faults:
            raise InconsistentPlanError("entry-mismatch", "Journal", len(faults), faults=faults)
        return self._begin_again(plan, journal, self._as_of)

    def _begin_again(self, plan: Plan, journal: Journal, day: date) -> tuple[ScoreChange, ...]:
        before = self._scores_by_id()
        self._begin(evaluate(plan, journal, as_of=day, rulebook=self._rulebook))
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


def _apart(plan: Plan, journal: Journal) -> Collection[str]:
    """Return the ids of items whose check-ins have to fit other entries.

    They are held against the measure in force on their day, or against readings that they add to.
    """
    return remeasured(journal).union(pooled(plan))


def _plain_kinds(rulebook: Rulebook) -> tuple[type[_Plain], ...]:
    """Return the kinds of entries that change no score but by a reading."""
    books = (rulebook, *rulebook.methods)
    if any(book.roll_up.with_judged is not None for book in books):
        return CheckIn, PostMortem
    return CheckIn, Judgement, PostMortem
