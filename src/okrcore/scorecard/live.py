"""A scorecard that is kept up to date: the one object of the library that changes.

Rules of this file:

1. `record` is all or nothing: entries that do not fit are refused before anything has changed.
2. A check-in of a key result changes the scores above it alone. Of other entries the part that they touch is
   evaluated, and the scores above it are computed. Few take a whole evaluation, see `live_parts`.
3. It writes to copies of columns of its evaluation. Its results are values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias, cast, final, get_args

from okrcore._arith import or_none
from okrcore._checks import as_text, given_day, must_be_a
from okrcore._memo import once
from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal import Adjustment, CheckIn, Entry, Journal, Judgement, PostMortem, admit
from okrcore.journal.admission import dated_ids, misfits, must_fit
from okrcore.journal.journal import history_of, written_in
from okrcore.journal.ratio_readings import as_read, pooled
from okrcore.plan import Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.live_entries import EntriesByItem
from okrcore.scorecard.live_parts import LiveParts
from okrcore.scorecard.live_readings import LiveReadings
from okrcore.scorecard.live_scores import Overlay, ScoreChange
from okrcore.scorecard.live_statuses import LiveStatuses
from okrcore.scorecard.plan_evaluation import evaluate
from okrcore.scorecard.scorecard import Scorecard, evaluation_of

__all__ = ["LiveScorecard"]

_ENTRIES: Final = get_args(Entry)
#: Entries whose fit depends on no other entry but closings.
_Plain: TypeAlias = CheckIn | Judgement | PostMortem


@final
class LiveScorecard:
    """A scorecard that takes entries as they come, for a service that keeps a plan in memory.

    An entry dated after the day is recorded, and changes nothing until that day. The first check-in, and the
    first entry of another kind, take longer, since they prepare for the others. Not safe to write to from
    several threads at once.

    Args:
        plan: Objectives with key results.
        journal: Entries so far.
        as_of: Evaluation date; check-ins dated on it are included.
        rulebook: The rules of scores and statuses.

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
        # Made for the first entry that is evaluated in its part.
        self._filed: EntriesByItem | None = None
        self._begin(evaluate(plan, journal, as_of=as_of, rulebook=rulebook))

    def _begin(self, card: Scorecard) -> None:
        self._card: Scorecard | None = card
        self._plan, self._rulebook, self._as_of = card.plan, card.rulebook, card.as_of
        self._journal, self._recorded = card.journal, list[Entry]()
        self._ids = {entry.id for entry in written_in(card.journal)} - {None}
        history = once(card.journal, history_of)
        # Items whose check-ins have to fit other entries about them, or about their objectives.
        self._decided = {*pooled(card.plan), *dated_ids(card.plan, history), *history.lives}
        self._changes_structure = history.changes_structure
        self._plain_kinds = _plain_kinds(card.rulebook)
        self._evaluation = evaluation_of(card)
        self._written: tuple[LiveReadings, Overlay] | None = None
        self._statuses: LiveStatuses | None = None
        self._parts: LiveParts | None = None

    @property
    def as_of(self) -> date:
        """Evaluation date."""
        return self._as_of

    @property
    def journal(self) -> Journal:
        """All entries."""
        if self._recorded:
            self._journal, self._recorded = self._journal.add(self._recorded), []
        return self._journal

    @property
    def card(self) -> Scorecard:
        """The present scorecard: a value, which later entries do not change."""
        if self._card is None:
            self._card = Scorecard(self._plan, self.journal, self._as_of, self._rulebook)
        return self._card

    def score(self, id: str) -> float | None:
        """Return the present score of an objective or key result, without making a scorecard."""
        return or_none(self._scores[self._index_of("score", id)])

    def status(self, id: str) -> str:
        """Return the present status of an objective or key result, mostly without making a scorecard.

        Objectives that are over, and rules on stalls, on missing parts or on progress before its clip, take an
        evaluation after each entry, as `card` does; so does the first status after an entry other than a
        check-in.

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
            raise refusal(
                self._plan.items, where, id, "give the id of an objective or a key result"
            )
        return index

    def record(self, *entries: Entry) -> tuple[ScoreChange, ...]:
        """Take entries, all or none, and return the scores they changed, parts before objectives.

        Several entries are one change: of each item the score before the first of them, and after the last.

        Few entries take a whole evaluation: those under a rulebook that rolls up key results of all levels
        below, weighs by size, or requires a total of weights or a least coverage; those that change guardrails
        or initiatives which enter scores; those dated up to the closing of an objective above their item; and
        those about items on which work that was carried over depends.

        Args:
            entries: The entries, in order.

        Raises:
            InconsistentPlanError: An entry is about an unknown id, its reading does not fit, or its own id is
                taken. Nothing has changed.
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
            if type(entry) is CheckIn and entry.of not in self._decided:
                readings, overlay = self._written or self._write_from_here()
                # A check-in without an id has None, which is no id of another.
                if entry.id is None or entry.id not in self._ids:
                    scored = readings.read_line(entry)
                    if scored is not None:
                        self._keep(entry)
                        if self._filed is not None:
                            self._filed.add(entry)
                        return overlay.write(scored)
        return self._record_all(entries)

    def _record_all(self, entries: Sequence[Entry]) -> tuple[ScoreChange, ...]:
        for entry in entries:
            must_be_a(LiveScorecard, "entry", entry, *_ENTRIES)
        self._admit(entries)
        changes = self._write_check_ins(entries)
        if changes is None:
            return self._record_part(entries)
        for entry in entries:
            self._keep(entry)
        return changes

    def _admit(self, entries: Sequence[Entry]) -> None:
        """Refuse all entries if one does not fit; index them by item, if an index is kept or needed."""
        if self._filed is None and all(map(self._fits_alone, entries)):
            ids = [entry.id for entry in entries if entry.id is not None]
            if len({*ids}) == len(ids):
                for entry in entries:
                    must_fit(self._plan, cast("_Plain", entry))
                return
        if any(isinstance(entry, Adjustment) and _is_of_plan(entry) for entry in entries):
            # All adjustments of a day are applied together.
            admit(self._plan, self.journal, *entries)
            self._changes_structure = True
            self._filed = EntriesByItem(self.journal)
            for entry in entries:
                self._filed.add(entry)
            return
        if self._filed is None:
            self._filed = EntriesByItem(self.journal)
        filed, added, fits_alone = self._filed, 0, True
        try:
            for entry in entries:
                # After a decision of the same call, entries have to fit that too.
                fits_alone = fits_alone and self._fits_alone(entry)
                if fits_alone and filed.is_new(entry):
                    must_fit(self._plan, cast("_Plain", entry))
                else:
                    admit(self._plan, self._journal_for(entry, filed), entry)
                filed.add(entry)
                added += 1
        except OkrError:
            filed.drop(added)
            raise

    def _journal_for(self, entry: Entry, filed: EntriesByItem) -> Journal:
        """Return the entries on which the fit of another one depends."""
        if self._changes_structure:
            return filed.whole()
        home = self._plan.homes.get(filed.item_of(entry))
        return filed.journal_for(entry, None if home is None else home.id)

    def _fits_alone(self, entry: Entry) -> bool:
        """Whether the fit of an entry depends on no recorded entry."""
        if not isinstance(entry, self._plain_kinds) or entry.id in self._ids:
            return False
        if entry.of not in self._plan.items:
            return False  # it may join later
        home = self._plan.homes.get(entry.of)
        return entry.of not in self._decided and (home is None or home.id not in self._decided)

    def _write_check_ins(self, entries: Sequence[Entry]) -> tuple[ScoreChange, ...] | None:
        """Write the readings of check-ins; None if an entry touches more than scores above key results."""
        if not all(isinstance(entry, self._plain_kinds) for entry in entries):
            return None
        readings, overlay = self._written or self._write_from_here()
        if any(map(readings.is_settling, entries)):
            return None
        read = [as_read(self._plan, entry) for entry in entries if isinstance(entry, CheckIn)]
        readers = list(map(readings.readers_of, read))
        if None in readers:
            return None
        scored: dict[int, float] = {}
        for entry, indexes in zip(read, readers, strict=True):
            scored.update(readings.read(entry, indexes or ()))
        return overlay.write(scored.items())

    def _record_part(self, entries: Sequence[Entry]) -> tuple[ScoreChange, ...]:
        """Take entries that fit: evaluate the part that they touch, or everything if they touch more."""
        readings, overlay = self._written or self._write_from_here()
        if self._filed is None:
            self._filed = EntriesByItem(self.journal)
            for entry in entries:
                self._filed.add(entry)
        filed = self._filed
        if self._parts is None:
            self._parts = LiveParts(self._evaluation, readings)
        touched = self._parts.touched_by(entries, filed)
        if touched is None:
            try:
                return self._begin_again(self._plan, self.journal.add(entries), self._as_of)
            except InconsistentPlanError:  # weights without the required total
                filed.drop(len(entries))
                raise
        part = self._parts.evaluate(touched, filed)
        readings.rewrite(touched.key_results - touched.read, part.readings, entries)
        decisions = (entry for entry in entries if not isinstance(entry, self._plain_kinds))
        self._decided.update(map(filed.item_of, decisions))
        self._statuses = None
        for entry in entries:
            self._keep(entry)
        return overlay.rewrite(part)

    def _keep(self, entry: Entry) -> None:
        """Keep an entry for the journal, and for statuses."""
        self._recorded.append(entry)
        if entry.id is not None:
            self._ids.add(entry.id)
        self._card = None
        if (
            self._statuses
            and isinstance(entry, (CheckIn, Judgement))
            and not self._statuses.take(entry)
        ):
            self._statuses = None

    def advance(self, day: date) -> tuple[ScoreChange, ...]:
        """Move the day, and return the scores that changed."""
        day = given_day(LiveScorecard, "as_of", day)
        return self._begin_again(self._plan, self.journal, day)

    def replan(self, plan: Plan) -> tuple[ScoreChange, ...]:
        """Take another plan, and return the scores that changed.

        An item that only one of the two plans has is without a score in the other.

        Args:
            plan: The plan in place of the one so far.

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
        # Entries of later days are checked now, too.
        faults = tuple(fault for _, fault in misfits(plan, journal))
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

    def _write_from_here(self) -> tuple[LiveReadings, Overlay]:
        """Prepare for check-ins, at the first one."""
        self._written = LiveReadings(self._evaluation), Overlay(self._evaluation)
        return self._written

    def __repr__(self) -> str:
        return f"LiveScorecard({self._plan!r}, as of {self._as_of}, {self._rulebook.name})"


def _plain_kinds(rulebook: Rulebook) -> tuple[type[_Plain], ...]:
    """Return the kinds of entries that change scores by a reading alone."""
    books = (rulebook, *rulebook.methods)
    if any(book.roll_up.with_judged is not None for book in books):
        return CheckIn, PostMortem
    return CheckIn, Judgement, PostMortem


def _is_of_plan(entry: Adjustment) -> bool:
    """Return whether an adjustment changes more than a key result, so that its fit depends on others."""
    return bool(entry.cycle or entry.sets or entry.adds or entry.removes)
