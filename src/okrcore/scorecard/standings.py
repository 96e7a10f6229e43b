"""How every item stands: what the status rules may ask is gathered here, and the rules are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import final

from attrs import field, frozen

from okrcore._arith import or_none
from okrcore.plan import BoundState, Objective
from okrcore.rulebook import Declared, FromParts, Stale, StatusRule
from okrcore.scorecard.bearings import Bearings
from okrcore.scorecard.closing import Close, close_key_result, close_objective, is_over
from okrcore.scorecard.evidence import check_in_days
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.program import FOREVER, LONG_AGO
from okrcore.scorecard.standing import Answer, DeclaredStatus, Known, standing
from okrcore.scorecard.wording import why_key_result, why_objective

__all__ = ["Standing", "Standings"]


@final
@frozen(kw_only=True)
class Standing:
    """How one item stands.

    Args:
        known: What the rules could ask.
        close: What the close says; None before the end.
        status: Its status.
        why: In a sentence, why.
        computed: The status without what people said of it, with its reason.
    """

    known: Known
    close: Close | None
    status: str
    why: str
    computed: Answer

    @classmethod
    def of(cls, rules: Sequence[StatusRule], known: Known, close: Close | None) -> Standing:
        """Ask the rules, and ask them again without those that repeat what people said."""
        status, why = computed = standing(rules, known)
        if known.declared is not None:
            rest = [rule for rule in rules if not isinstance(rule, Declared)]
            computed = standing(rest, known)
        return cls(known=known, close=close, status=status, why=why, computed=computed)


@final
@frozen(eq=False)
class Standings:
    """How every item stands under the figures of a day.

    Args:
        figures: The figures.
    """

    figures: Figures
    _told: dict[date, Standings] = field(factory=dict[date, "Standings"], init=False)

    @cached_property
    def bearings(self) -> Bearings:
        """What stands beside the scores."""
        return Bearings(self.figures)

    @property
    def _closings(self) -> Mapping[date, Standings]:
        """How everything stood on the days of closings, gathered once a day, earlier days first."""
        for figures in self.figures.closings:
            if figures.day not in self._told:
                standings = Standings(figures)
                # As figures do: each closing is told of those before it.
                standings._told.update(self._told)
                self._told[figures.day] = standings
        return self._told

    def _of_closing(self, place: int) -> Standings:
        return self._closings[self.figures.settled[place].day]

    def of_key_result(self, place: int) -> Standing:
        """Return how a key result stands; one of a closed objective as it stood then."""
        if place in self.figures.settled:
            return self._of_closing(place).of_key_result(place)
        figures, program = self.figures, self.figures.program
        home, book = program.objectives[program.home[place]], figures.book_of(place)
        close = None
        if self._is_over(home) and not figures.excluded[place]:
            share = book.pacing.share_for(home.ambition)
            asked = None if home.ambition is None else share
            close = close_key_result(or_none(figures.scores[place]), asked)
        last = program.last[place]
        known = self._known(
            home,
            place,
            id=program.key_results[place].id,
            deadline=None if last >= FOREVER else date.fromordinal(last),
            progress=figures.progress[place],
            is_read=True,
            parts=(),
            close=close,
            why=why_key_result(figures, program.key_results[place], place),
        )
        return Standing.of(book.status, known, close)

    def of_objective(self, row: int) -> Standing:
        """Return how an objective stands; a closed one as it stood then."""
        place = self.figures.offset + row
        if place in self.figures.settled:
            return self._of_closing(place).of_objective(row)
        asks_parts = any(isinstance(rule, FromParts) for rule in self.figures.books[row].status)
        statuses = self._statuses if asks_parts else {}
        return self._of_objective(row, statuses)

    @cached_property
    def _statuses(self) -> dict[int, str]:
        """Statuses by place, children before parents: no recursion however deep the plan is."""
        figures = self.figures
        for standings in self._closings.values():
            standings._statuses  # noqa: B018, SLF001  # the earlier first: nothing recurses over days
        found = {place: self.of_key_result(place).status for place in range(figures.offset)}
        for row in range(len(figures.books)):
            place = figures.offset + row
            settled = place in figures.settled
            stands = self.of_objective(row) if settled else self._of_objective(row, found)
            found[place] = stands.status
        return found

    def _of_objective(self, row: int, statuses: dict[int, str]) -> Standing:
        figures = self.figures
        place, objective = figures.offset + row, figures.program.objectives[row]
        close = None
        if self._is_over(objective):
            close = close_objective(
                figures.books[row],
                objective.ambition,
                or_none(figures.scores[place]),
                self._range_had_guardrails_held(row),
                [(id, found.state) for id, found in figures.watches(row).items()],
                figures.life_of(objective.id).closing,
            )
        known = self._known(
            objective,
            place,
            id=objective.id,
            deadline=None if objective.cycle is None else objective.cycle.end,
            progress=figures.rolled[1][row],
            is_read=bool(figures.inputs[row].places),
            parts=tuple(statuses[at] for at in figures.inputs[row].counted if at in statuses),
            close=close,
            why=why_objective(figures, objective, row),
        )
        return Standing.of(figures.books[row].status, known, close)

    def _known(
        self,
        home: Objective,
        place: int,
        *,
        id: str,
        deadline: date | None,
        progress: float,
        is_read: bool,
        parts: tuple[str, ...],
        close: Close | None,
        why: str,
    ) -> Known:
        figures, bearings = self.figures, self.bearings
        pace, awaited = bearings.pace, bearings.awaited[place]
        moves, steps = self._asks_of_movement(figures.book_of(place).status)
        is_read = is_read and awaited <= figures.day.toordinal()
        return Known(
            cycle=home.cycle,
            day=figures.day,
            deadline=deadline,
            elapsed=bearings.elapsed(figures.program.place_of[home.id] - figures.offset),
            score=or_none(figures.scores[place]),
            progress=or_none(progress),
            expected=or_none(pace.expected[place]),
            asked=or_none(pace.asked[place]),
            paced=or_none(pace.scored[place]),
            confidence=or_none(bearings.confidence[place]),
            awaited_from=_day(awaited),
            heard_on=_day(bearings.last_heard[place]),
            read_on=_day(bearings.last_read[place]),
            moved_on=_day(bearings.last_moved[place]) if moves else None,
            steps=bearings.steps(place) if steps and place < figures.offset else (),
            pauses=bearings.pauses(*{home.id, id}),
            check_in_days=self._check_in_days(home, place),
            is_read=is_read and not (figures.leaves(home.id) or figures.leaves(id)),
            is_done=bool(bearings.done[place]),
            declared=self._declared(id),
            parts=parts,
            close=close,
            why=why,
        )

    def _is_over(self, home: Objective) -> bool:
        closed = self.figures.life_of(home.id).closing is not None
        return closed or is_over(home.cycle, self.figures.day)

    @staticmethod
    def _asks_of_movement(rules: Sequence[StatusRule]) -> tuple[bool, bool]:
        """Say whether any rule asks when something moved, and how far; nothing else needs to know."""
        stale = [rule for rule in rules if isinstance(rule, Stale)]
        return (
            any(rule.still_intervals is not None for rule in stale),
            any(rule.shrinking_steps is not None for rule in stale),
        )

    def _range_had_guardrails_held(self, row: int) -> tuple[float, float] | None:
        figures = self.figures
        states, place = figures.guard_states(row), figures.offset + row
        if BoundState.BREACHED not in states or figures.excluded[place]:
            return figures.range_of(place)
        held = [BoundState.HELD if s is BoundState.BREACHED else s for s in states]
        low, high = figures.ranges
        return figures.limited(row, low, 0.0, held), figures.limited(row, high, 1.0, held)

    def _check_in_days(self, home: Objective, place: int) -> int:
        """Return the rhythm of a key result; of an objective, that of the quickest of its own."""
        plan, program = self.figures.plan, self.figures.program
        if place < self.figures.offset:
            return check_in_days(plan, home, program.key_results[place])
        own = (check_in_days(plan, home, kr) for kr in home.own_key_results)
        return min(own, default=check_in_days(plan, home))

    def _declared(self, id: str) -> DeclaredStatus | None:
        history, today = self.figures.history, self.figures.day.toordinal()
        rows = history.statuses.rows(id, LONG_AGO, today)
        if not rows:
            return None
        status, on = history.statuses.values[rows[-1]], history.statuses.on[rows[-1]]
        judged = (history.judgements.values[row] for row in history.judgements.rows(id, on, on))
        because = [entry.because for entry in judged if entry.status == status]
        return DeclaredStatus(status, date.fromordinal(on), because[-1] if because else "")


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
