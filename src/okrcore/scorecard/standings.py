"""How every item stands: the close is looked at, and the status rules are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, groupby
from typing import final

from attrs import field, frozen

from okrcore._arith import or_none
from okrcore.plan import BoundState
from okrcore.rulebook import Declared, FromParts
from okrcore.scorecard.bearings import Bearings, DeclaredStatus
from okrcore.scorecard.closing import Close, close_key_result, close_objective
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.statuses import Items, statuses_by, why_status_by

__all__ = ["Standings"]


@final
@frozen(eq=False)
class Standings:
    """How every item stands under the figures of a day.

    Args:
        figures: The figures.
    """

    figures: Figures
    _told: dict[Figures, Standings] = field(factory=dict[Figures, "Standings"], init=False)
    #: The statuses of what may be a part of something, by place, while and once they are found.
    _of_places: dict[int, str] = field(factory=dict[int, str], init=False)
    #: What the close says, by place, of what was asked.
    _closes: dict[int, Close] = field(factory=dict[int, Close], init=False)

    @cached_property
    def bearings(self) -> Bearings:
        """What stands beside the scores."""
        # Earlier closings first: nothing recurses over them.
        closings = [standings.bearings for standings in self._closings.values()]
        closed = {place: standings.bearings for place, standings in self._settled.items()}
        bearings = Bearings(self.figures, closed, closings)
        # Weights that do not total what the rulebook asks for are refused, whatever is asked.
        bearings.confidence  # noqa: B018
        return bearings

    @property
    def _closings(self) -> Mapping[Figures, Standings]:
        """Standings on the days of closings, made once for each, earlier ones first."""
        for figures in self.figures.closings:
            if figures not in self._told:
                standings = Standings(figures)
                # Made by each closing after them, they would double with every day of closings.
                standings._told.update(self._told)
                self._told[figures] = standings
        return self._told

    @cached_property
    def _settled(self) -> Mapping[int, Standings]:
        """By place, how everything stood on the day on which it was closed."""
        standings_of = self._closings
        return {place: standings_of[figures] for place, figures in self.figures.settled.items()}

    def of(self, place: int) -> Standings:
        """Return what answers for an item: how everything stood on the day it was closed, once it is."""
        return self._settled.get(place, self)

    # --- statuses ------------------------------------------------------------------------------

    def status(self, place: int) -> str:
        """Return the status of a key result or an objective that is not closed."""
        is_objective = place >= self.figures.offset
        return (self._of_objectives if is_objective else self._of_key_results)[place]

    def why_status(self, place: int) -> str:
        """Say why its status is what it is."""
        self.status(place)  # where a rule asks for statuses of parts, they are there from here on
        row = self.figures.row_of(place)
        return why_status_by(self.figures.books[row].status, self, place, row)

    def computed_status(self, place: int) -> str:
        """Return the status without what people said of it."""
        status = self.status(place)
        if self.declared(place) is None:
            return status
        row = self.figures.row_of(place)
        rules = [rule for rule in self.figures.books[row].status if type(rule) is not Declared]
        return statuses_by(rules, self, ([place], [row]))[0]

    def declared(self, place: int) -> DeclaredStatus | None:
        """Return the status that was declared or judged last."""
        return self.bearings.declared.get(self.figures.program.ids[place])

    def of_parts(self, place: int, row: int) -> Sequence[str]:
        """Return the statuses of the parts of an objective; a key result has none."""
        counted = self.figures.layout.counted[row] if place >= self.figures.offset else ()
        return [self._of_places[at] for at in counted if at in self._of_places]

    @cached_property
    def _of_key_results(self) -> Mapping[int, str]:
        """The statuses of key results that are not closed, by place."""
        return self._judged((range(self.figures.offset), self.figures.program.home))

    @cached_property
    def _of_objectives(self) -> Mapping[int, str]:
        """The statuses of objectives that are not closed, by place."""
        offset, shapes = self.figures.offset, self.figures.program.shapes
        if not self._asks_parts:
            every = range(len(self.figures.books))
            return self._judged((range(offset, offset + len(every)), every))
        for standings in self._closings.values():
            standings._of_objectives  # noqa: B018, SLF001  # the earlier first: nothing recurses over days
        self._of_places.update(self._of_key_results)
        self._of_places.update(
            (place, closing_day.status(place)) for place, closing_day in self._settled.items()
        )
        # Parts before what is made of them, however deep: those of one height ask nothing of each other.
        for _, alike in groupby(shapes, key=lambda shape: shape.height):
            rows = [row for shape in alike for row in shape.rows]
            self._of_places.update(self._judged(([offset + row for row in rows], rows)))
        return self._of_places

    @cached_property
    def _asks_parts(self) -> bool:
        """Whether a status is asked of the statuses of parts."""
        rules = chain.from_iterable(book.status for book in self.figures.distinct_books)
        return FromParts in set(map(type, rules))

    def _judged(self, items: Items) -> dict[int, str]:
        """Return the statuses of those of some items that are not closed, by place."""
        books, settled, found = self.figures.books, self._settled, dict[int, str]()
        for book in self.figures.distinct_books:
            asked = [
                books[row] is book and place not in settled
                for place, row in zip(*items, strict=True)
            ]
            places, rows = (list(compress(each, asked)) for each in items)
            statuses = statuses_by(book.status, self, (places, rows))
            found.update(zip(places, statuses, strict=True))
        return found

    # --- the close -----------------------------------------------------------------------------

    def is_closed(self, place: int, row: int) -> bool:
        """Say whether the close says anything of an item: before the end it does not."""
        return self._is_over[row] and (
            place >= self.figures.offset or not self.figures.excluded[place]
        )

    def close(self, place: int, row: int) -> Close:
        """Return what the close says of an item."""
        if place not in self._closes:
            self._closes[place] = self._close(place, row)
        return self._closes[place]

    def _close(self, place: int, row: int) -> Close:
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
        share = book.pacing.share_for(objective.ambition)
        asked = None if objective.ambition is None else share
        return close_key_result(score, asked, book.edges(objective.ambition))

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
