"""How every item stands: the close is looked at, and the status rules are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import final

from attrs import field, frozen

from okrcore._arith import or_none
from okrcore.plan import BoundState
from okrcore.rulebook import FromParts
from okrcore.scorecard.bearings import Bearings
from okrcore.scorecard.closing import Close, close_key_result, close_objective, is_over
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.standing import Standing

__all__ = ["Standings"]


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

    @cached_property
    def _settled(self) -> Mapping[int, Standings]:
        """By place, how everything stood on the day on which it was closed."""
        of_days = self._closings
        return {place: of_days[figures.day] for place, figures in self.figures.settled.items()}

    def of(self, place: int) -> Standing:
        """Return how a key result or an objective stands."""
        offset = self.figures.offset
        return self.of_objective(place - offset) if place >= offset else self.of_key_result(place)

    def of_key_result(self, place: int) -> Standing:
        """Return how a key result stands; one of a closed objective as it stood then."""
        if place in self._settled:
            return self._settled[place].of_key_result(place)
        figures, row = self.figures, self.figures.program.home[place]
        home, book, close = figures.program.objectives[row], figures.books[row], None
        if self._is_over[row] and not figures.excluded[place]:
            share = book.pacing.share_for(home.ambition)
            asked = None if home.ambition is None else share
            close = close_key_result(or_none(figures.scores[place]), asked)
        return self._standing(place, row, close, {})

    def of_objective(self, row: int) -> Standing:
        """Return how an objective stands; a closed one as it stood then."""
        place = self.figures.offset + row
        if place in self._settled:
            return self._settled[place].of_objective(row)
        return self._of_objective(row, self._statuses if self._asks_parts[row] else {})

    @cached_property
    def _asks_parts(self) -> Sequence[bool]:
        """By row, whether the status of an objective is asked of its parts."""
        return self.figures.by_book(
            lambda book: any(isinstance(rule, FromParts) for rule in book.status)
        )

    @cached_property
    def _statuses(self) -> dict[int, str]:
        """Statuses by place, children before parents: no recursion however deep the plan is."""
        for standings in self._closings.values():
            standings._statuses  # noqa: B018, SLF001  # the earlier first: nothing recurses over days
        found = {place: self.of_key_result(place).status for place in range(self.figures.offset)}
        for row in range(len(self.figures.books)):
            place = self.figures.offset + row
            settled = place in self._settled
            stands = self.of_objective(row) if settled else self._of_objective(row, found)
            found[place] = stands.status
        return found

    def _of_objective(self, row: int, statuses: Mapping[int, str]) -> Standing:
        figures, close = self.figures, None
        place, objective = figures.offset + row, figures.program.objectives[row]
        if self._is_over[row]:
            close = close_objective(
                figures.books[row],
                objective.ambition,
                or_none(figures.scores[place]),
                self._range_had_guardrails_held(row),
                figures.states_of(row),
                figures.life_of(objective.id).closing,
            )
        return self._standing(place, row, close, statuses)

    def _standing(
        self, place: int, row: int, close: Close | None, statuses: Mapping[int, str]
    ) -> Standing:
        # Weights that do not total what the rulebook asks for are refused, whatever is asked.
        self.bearings.confidence  # noqa: B018
        return Standing(self.bearings, self.figures, place, row, close, statuses)

    @cached_property
    def _is_over(self) -> Sequence[bool]:
        """By row, whether an objective is closed, or its cycle over."""
        figures = self.figures
        closed = {id for id in figures.history.lives if figures.life_of(id).closing is not None}
        return [
            is_over(each.cycle, figures.day) or each.id in closed
            for each in figures.program.objectives
        ]

    def _range_had_guardrails_held(self, row: int) -> tuple[float, float] | None:
        figures = self.figures
        states, place = figures.guard_states(row), figures.offset + row
        if BoundState.BREACHED not in states or figures.excluded[place]:
            return figures.range_of(place)
        held = [BoundState.HELD if s is BoundState.BREACHED else s for s in states]
        low, high = figures.ranges
        return figures.limited(row, low, 0.0, held), figures.limited(row, high, 1.0, held)
