"""How things stand beside their scores: confidence, when they were last heard of, what is done.

Rule of this file: each fact is one pass over all places, made when a rule first asks for it; what the journal
cannot speak of costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import isnan
from typing import Any, Final, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, at_least
from okrcore.journal import CheckIn, Judgement
from okrcore.journal.history import NEVER, Moment
from okrcore.plan import EstablishBaseline
from okrcore.plan.measures import DELIVERED
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.evidence import check_in_days
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.movement import moved_on
from okrcore.scorecard.pace import Pace, elapsed_of, pace_of
from okrcore.scorecard.rolling import combine, items_of

__all__ = ["Bearings", "DeclaredStatus"]

_T = TypeVar("_T", int, Moment)

#: What can be done with: what is delivered once, and the search for a baseline.
_FINITE: Final = frozenset({*DELIVERED, EstablishBaseline})


@final
@frozen
class DeclaredStatus:
    """A status that people gave beside the computed one: the owner's in a check-in, or a judged one.

    Args:
        status: The status.
        on: The day from which it holds.
        because: Why it was judged so; empty for one that was declared in a check-in.
    """

    status: str
    on: date
    because: str

    @property
    def why(self) -> str:
        """In a sentence, where it comes from."""
        return f"judged on {self.on}: {self.because}" if self.because else f"declared on {self.on}"


@final
@frozen(eq=False)
class Bearings:
    """How things stand beside their scores.

    Args:
        figures: The scores.
        closed: By place of what is closed, the bearings of the day of its closing.
        closings: All bearings of days of closings, earlier ones first.
    """

    figures: Figures
    closed: Mapping[int, Bearings]
    closings: Sequence[Bearings]

    def _kept(self, name: str) -> dict[int, Any]:
        """Return a fact of what is closed, by place, as it was on the day of its closing."""
        for bearings in self.closings:
            getattr(bearings, name)
        return {place: getattr(bearings, name)[place] for place, bearings in self.closed.items()}

    # --- time ----------------------------------------------------------------------------------

    @cached_property
    def pace(self) -> Pace:
        """What was read and has a line, against what is expected of it by now."""
        for bearings in self.closings:  # earlier ones first: nothing recurses over them
            bearings.pace  # noqa: B018
        closed = {place: bearings.pace for place, bearings in self.closed.items()}
        return pace_of(self.figures, closed)

    @cached_property
    def elapsed(self) -> Sequence[float]:
        """By row, the share of an objective's cycle that is over; ABSENT without a cycle."""
        return elapsed_of(self.figures)

    @cached_property
    def deadlines(self) -> Sequence[int]:
        """The ordinal of the last day for each key result and objective, by place."""
        program = self.figures.program
        return [*program.last, *program.ends]

    @cached_property
    def until(self) -> Sequence[int]:
        """The ordinal of the day, or of a deadline that is over, by place."""
        today = self.figures.today
        return [min(today, last) for last in self.deadlines]

    # --- what people say -----------------------------------------------------------------------

    @cached_property
    def confidence(self) -> Sequence[float]:
        """The last confidence that was given, by place; of objectives what the rulebook makes of them."""
        figures = self.figures
        column = figures.history.confidences
        latest = column.latest(figures.today)
        values = [ABSENT] * len(figures.program)
        rules = [book.confidence for book in figures.distinct_books]
        if not latest and all(r.missing is None and r.weights_total is None for r in rules):
            return values
        last = figures.offset + len(figures.books)
        stated = {
            place: column.values[latest[id]]
            for place, id in enumerate(figures.program.ids[:last])
            if id in latest
        }
        stated |= self._kept("confidence")
        for place, value in stated.items():
            values[place] = value
        self._roll_confidence(values, stated)
        return values

    def _roll_confidence(self, values: list[float], stated: Mapping[int, float]) -> None:
        """Fill in objectives: what was stated of them, or else what the rulebook makes of their parts."""
        figures = self.figures
        rules = [book.confidence for book in figures.books]
        same = all(book.confidence == book.roll_up for book in figures.distinct_books)
        layout = figures.layout if same else figures.layout_for(rules)

        def with_care(row: int) -> float:
            place, rule, inputs = figures.offset + row, rules[row], layout.inputs_of(row)
            if place in stated:
                return stated[place]
            missing = ABSENT if rule.missing is None else rule.missing
            entered = {
                at: missing if isnan(values[at]) else rule.entry.apply(values[at])
                for at in inputs.places
            }
            whole = combine(rule, items_of(inputs, entered))
            return whole if isnan(whole) else rule.result.apply(whole)

        clipped = {
            id(book) for book in figures.distinct_books if book.confidence.result != UNCHANGED
        }
        apart = frozenset(
            row
            for row, book in enumerate(figures.books)
            if id(book) in clipped or figures.offset + row in stated
        )
        layout.fill(values, with_care, apart=apart)

    @cached_property
    def declared(self) -> Mapping[str, DeclaredStatus]:
        """By id, the status that was declared or judged last."""
        found: dict[str, DeclaredStatus] = {}
        for id, (entry, _) in self._declaring.items():
            because = entry.because if isinstance(entry, Judgement) else ""
            found[id] = DeclaredStatus(str(entry.status), entry.on, because)
        return found

    @cached_property
    def declared_at(self) -> Mapping[str, Moment]:
        """By id, the place of the entry that declared its status in the order of all entries."""
        return {id: at for id, (_, at) in self._declaring.items()}

    @cached_property
    def _declaring(self) -> Mapping[str, tuple[CheckIn | Judgement, Moment]]:
        column = self.figures.history.statuses
        latest = column.latest(self.figures.today)
        return {id: column.values[row] for id, row in latest.items()}

    # --- when it was heard of ------------------------------------------------------------------

    @cached_property
    def check_ins(self) -> Mapping[str, int]:
        """By id, the row of the last check-in, of a value or not."""
        return self.figures.history.heard.latest(self.figures.today)

    @cached_property
    def last_heard(self) -> Sequence[int]:
        """The ordinal of the last day with a check-in, of a value or not, by place; 0 if never."""
        figures, program, row_of = self.figures, self.figures.program, self.check_ins.get
        heard = figures.history.heard
        on, rows = heard.on, heard.last_until(figures.today, program.sources)
        days = [on[row] if row >= 0 else 0 for row in rows]
        others = (row_of(objective.id) for objective in program.objectives)
        days += [0 if row is None else on[row] for row in others]
        for place in program.shared:
            row = row_of(program.ids[place])
            days[place] = max(days[place], 0 if row is None else on[row])
        for place, how in program.derived.items():
            # What is derived is heard of through its parts; those come before what is made of them.
            days[place] = max(days[place], *(days[program.place_of[id]] for id in how.of))
        for place in figures.supposed_at:
            days[place] = figures.today
        figures.layout.gather(days, _last_of_parts, closed=self._kept("last_heard"))
        if heard.on and heard.on[0] < max(self.awaited, default=0):
            # A check-in before a cycle says nothing about it.
            days = [
                0 if day < first else day for day, first in zip(days, self.awaited, strict=True)
            ]
        return days

    @cached_property
    def last_read_at(self) -> Sequence[Moment]:
        """The place of the reading that counts in the order of all entries, by place."""
        moments = [*self.figures.read_at, *[NEVER] * len(self.figures.books)]
        self.figures.layout.gather(moments, _last_of_parts, closed=self._kept("last_read_at"))
        return moments

    @cached_property
    def last_moved(self) -> Sequence[int]:
        """The ordinal of the day on which what moves last changed, by place; 0 for what does not move."""
        days = [moved_on(self.figures, place) for place in range(self.figures.offset)]
        days += [0] * len(self.figures.books)
        self.figures.layout.gather(days, _last_of_parts, closed=self._kept("last_moved"))
        return days

    @cached_property
    def awaited(self) -> Sequence[int]:
        """The ordinal of the first day on which a reading is awaited, by place; 0 without a cycle."""
        program, starts = self.figures.program, self.figures.program.starts
        days = list(map(starts.__getitem__, program.home))
        for place, (first, _) in program.own_days.items():
            days[place] = max(days[place], first) if days[place] else 0
        days += starts
        if len(set(days)) == 1:  # as in a plan for one quarter
            return days
        self.figures.layout.gather(
            days,
            lambda own, parts: map(max, own, map(min, parts)),
            weighed=True,
            closed=self._kept("awaited"),
        )
        return days

    @cached_property
    def is_read(self) -> bytearray:
        """By place, whether there is anything that can be read by now."""
        figures, today = self.figures, self.figures.today
        found = bytearray([first <= today for first in self.awaited])
        for row in figures.layout.bare:
            found[figures.offset + row] = 0
        for place in self.idle:
            found[place] = 0
        return found

    @cached_property
    def idle(self) -> frozenset[int]:
        """The places of what is not pursued, and of key results at home in that."""
        figures, program = self.figures, self.figures.program
        if not figures.idle:
            return frozenset()
        rows = (*program.home, *range(len(program.objectives)))
        return frozenset(
            place
            for place, row in enumerate(rows)
            if program.objectives[row].id in figures.idle or program.ids[place] in figures.idle
        )

    @cached_property
    def check_in_days(self) -> Sequence[int]:
        """Days from one check-in to the next, by place; of an objective, those of the quickest of its own."""
        plan, program = self.figures.plan, self.figures.program
        rhythms = [check_in_days(plan, objective) for objective in program.objectives]
        days = [rhythms[row] for row in program.home]
        for place in program.shared:
            home = program.objectives[program.home[place]]
            days[place] = check_in_days(plan, home, program.key_results[place])
        if program.shared:
            own: dict[int, int] = {}
            for row, every in zip(program.home, days, strict=True):
                own[row] = min(every, own.get(row, every))
            for row, every in own.items():
                rhythms[row] = every
        return days + rhythms

    # --- what is left to do --------------------------------------------------------------------

    @cached_property
    def done(self) -> bytearray:
        """By place, whether nothing is left to do: delivered in full, or the baseline found."""
        figures, done = self.figures, bytearray(len(self.figures.program))
        scores, read_on = figures.scores, figures.read_on
        for kind, places in figures.program.irregular.items():
            for place in places if kind in _FINITE else ():
                # A score that is ABSENT is not at least anything.
                is_full = kind is EstablishBaseline or at_least(scores[place], 1.0)
                done[place] = is_full and read_on[place] > 0
        kept = self._kept("done")
        if 1 in done or 1 in kept.values():
            figures.layout.gather(done, lambda _, parts: map(all, parts), weighed=True, closed=kept)
        return done


def _last_of_parts(_: Sequence[_T], parts: Iterable[Sequence[_T]]) -> Iterable[_T]:
    return map(max, parts)
