"""How every item stands: the close is looked at, and the status rules are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import final

from attrs import field, frozen

from okrcore._arith import or_none
from okrcore.plan import BoundState
from okrcore.rulebook import Declared, FromParts, StatusRule
from okrcore.scorecard.bearings import Bearings, DeclaredStatus
from okrcore.scorecard.closing import Close, close_key_result, close_objective
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.statuses import Answer, answer_of

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
    #: By place, the statuses of what may be a part of something, while and once they are found.
    _found: dict[int, str] = field(factory=dict[int, str], init=False)
    #: What the close says, by place, of what was asked.
    _closes: dict[int, Close | None] = field(factory=dict[int, "Close | None"], init=False)

    @cached_property
    def bearings(self) -> Bearings:
        """What stands beside the scores."""
        bearings = Bearings(self.figures)
        # Weights that do not total what the rulebook asks for are refused, whatever is asked.
        bearings.confidence  # noqa: B018
        return bearings

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

    def of(self, place: int) -> Standings:
        """Return what answers for an item: how everything stood on the day it was closed, once it is."""
        return self._settled.get(place, self)

    # --- statuses ------------------------------------------------------------------------------

    def status(self, place: int) -> str:
        """Return the status of a key result or an objective."""
        return self._statuses.get(place) or self._answer(place)[0]

    def why_status(self, place: int) -> str:
        """Say why its status is what it is: the rules are asked again, for few ask that."""
        _, words = self._answer(place)
        return words()

    def computed_status(self, place: int) -> str:
        """Return the status without what people said of it."""
        if self.declared(place) is None:
            return self.status(place)
        return self._answer(place, aside=Declared)[0]

    def declared(self, place: int) -> DeclaredStatus | None:
        """Return the status that was declared or judged last."""
        return self.bearings.declared.get(self.figures.program.ids[place])

    def of_parts(self, place: int, row: int) -> Sequence[str]:
        """Return the statuses of the parts of an objective; a key result has none."""
        figures = self.figures
        counted = figures.layout.counted[row] if place >= figures.offset else ()
        return [self._found[at] for at in counted if at in self._found]

    def _answer(self, place: int, *, aside: type[StatusRule] | None = None) -> Answer:
        """Return what the rules answer for an item, some put aside."""
        self._statuses  # noqa: B018  # where a rule asks for those of parts, they are there
        row = self.figures.row_of(place)
        rules = self.figures.books[row].status
        if aside is not None:
            rules = tuple(rule for rule in rules if type(rule) is not aside)
        return answer_of(rules, self, place, row)

    @cached_property
    def _statuses(self) -> Mapping[int, str]:
        """The status of everything, by place, where a rule asks for those of parts; else of nothing.

        Parts stand before what is made of them: nothing recurses over them, and nothing over days.
        """
        figures, found = self.figures, self._found
        asked = chain.from_iterable(book.status for book in figures.distinct_books)
        if FromParts not in set(map(type, asked)):
            return {}
        for standings in self._closings.values():
            standings._statuses  # noqa: B018, SLF001  # the earlier first
        for place in range(figures.offset + len(figures.books)):
            settled = self._settled.get(place)
            if settled is None:
                row = figures.row_of(place)
                found[place] = answer_of(figures.books[row].status, self, place, row)[0]
            else:
                found[place] = settled.status(place)
        return found

    # --- the close -----------------------------------------------------------------------------

    def close(self, place: int, row: int) -> Close | None:
        """Return what the close says of an item; None before the end."""
        if not self._is_over[row]:
            return None
        if place not in self._closes:
            self._closes[place] = self._close(place, row)
        return self._closes[place]

    def _close(self, place: int, row: int) -> Close | None:
        figures = self.figures
        book, objective = figures.books[row], figures.program.objectives[row]
        score = or_none(figures.scores[place])
        if place >= figures.offset:
            return close_objective(
                book,
                objective.ambition,
                score,
                self._range_had_guardrails_held(row),
                figures.states_of(row),
                figures.life_of(objective.id).closing,
            )
        if figures.excluded[place]:
            return None
        share = book.pacing.share_for(objective.ambition)
        return close_key_result(score, None if objective.ambition is None else share)

    @cached_property
    def _is_over(self) -> Sequence[bool]:
        """By row, whether an objective is closed, or its cycle over."""
        figures = self.figures
        # As of its last day a cycle is over.
        are_over = [end <= figures.today for end in figures.program.ends]
        closed = {id for id in figures.history.lives if figures.life_of(id).closing is not None}
        if not closed:
            return are_over
        return [
            over or each.id in closed
            for over, each in zip(are_over, figures.program.objectives, strict=True)
        ]

    def _range_had_guardrails_held(self, row: int) -> tuple[float, float] | None:
        figures = self.figures
        states, place = figures.guard_states(row), figures.offset + row
        if BoundState.BREACHED not in states or figures.excluded[place]:
            return figures.range_of(place)
        held = [BoundState.HELD if s is BoundState.BREACHED else s for s in states]
        low, high = figures.ranges
        return figures.limited(row, low, 0.0, held), figures.limited(row, high, 1.0, held)
