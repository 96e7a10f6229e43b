"""How one item stands: everything that the rules of a status may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import isnan
from types import MappingProxyType
from typing import Final, final

from attrs import frozen

from okrcore._arith import or_none
from okrcore.calendar import Cycle
from okrcore.plan import Objective
from okrcore.rulebook import (
    Axis,
    Declared,
    StatusRule,
)
from okrcore.scorecard.bearings import Bearings, DeclaredStatus
from okrcore.scorecard.closing import Close
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.movement import steps_of
from okrcore.scorecard.pace import pauses_in
from okrcore.scorecard.pacing import Pauses
from okrcore.scorecard.program import FOREVER
from okrcore.scorecard.statuses import answer_of
from okrcore.scorecard.wording import why_key_result, why_objective

__all__ = ["Standing"]


@final
@frozen(eq=False)
class Standing:
    """How one item stands, and what the rules may ask of it; looked up when they ask, and not before.

    Args:
        bearings: Where everything stands.
        figures: The figures it is judged by.
        place: The place of the item.
        row: The objective it is, or is at home in.
        close: What the close says of it; None before the end.
        statuses: By place, the statuses of its parts, where a rule asks for them.
    """

    bearings: Bearings
    figures: Figures
    place: int
    row: int
    close: Close | None
    statuses: Mapping[int, str]

    # --- how it stands -------------------------------------------------------------------------

    @cached_property
    def status(self) -> str:
        """Its status."""
        return answer_of(self._rules, self)[0]

    @property
    def status_why(self) -> str:
        """In a sentence, why its status is what it is: the rules are asked again, for few ask that."""
        _, words = answer_of(self._rules, self)
        return words()

    @property
    def computed_status(self) -> str:
        """The status without what people said of it."""
        if self.declared is None:
            return self.status
        return answer_of([rule for rule in self._rules if type(rule) is not Declared], self)[0]

    @property
    def _rules(self) -> Sequence[StatusRule]:
        return self.figures.books[self.row].status

    # --- what the rules may ask ----------------------------------------------------------------

    @property
    def id(self) -> str:
        """Its id."""
        return self.figures.program.ids[self.place]

    @property
    def home(self) -> Objective:
        """The objective it is, or is at home in."""
        return self.figures.program.objectives[self.row]

    @property
    def confidence(self) -> float | None:
        """What people believe."""
        return or_none(self.bearings.confidence[self.place])

    @property
    def is_objective(self) -> bool:
        """Whether it is an objective, and no key result."""
        return self.place >= self.figures.offset

    @property
    def cycle(self) -> Cycle | None:
        """When it is pursued."""
        return self.home.cycle

    @property
    def day(self) -> date:
        """The day it is looked at."""
        return self.figures.day

    @property
    def deadline(self) -> date | None:
        """The last day for it."""
        if self.is_objective:
            cycle = self.home.cycle
            return None if cycle is None else cycle.end
        last = self.figures.program.last[self.place]
        return None if last >= FOREVER else date.fromordinal(last)

    @property
    def until(self) -> int:
        """The ordinal of the day, or of the deadline if that is over."""
        program, row = self.figures.program, self.row
        last = program.ends[row] if self.is_objective else program.last[self.place]
        return min(self.figures.today, last)

    @property
    def elapsed(self) -> float | None:
        """The share of the cycle that is over."""
        return or_none(self.bearings.elapsed[self.row])

    @property
    def score(self) -> float | None:
        """Its score."""
        return or_none(self.figures.scores[self.place])

    @property
    def progress(self) -> float | None:
        """Its progress, before the result was clipped."""
        figures = self.figures
        is_objective = self.is_objective
        return or_none(
            figures.rolled[1][self.row] if is_objective else figures.progress[self.place]
        )

    @property
    def expected(self) -> float | None:
        """The progress expected by now."""
        return or_none(self.bearings.pace.expected[self.place])

    @property
    def asked(self) -> float | None:
        """What the ambition asks of that."""
        return or_none(self.bearings.pace.asked[self.place])

    @property
    def paced(self) -> float | None:
        """The progress of the parts that have an expected one."""
        return or_none(self.bearings.pace.scored[self.place])

    @property
    def awaited_from(self) -> int:
        """The ordinal of the first day on which a reading counts; 0 without a cycle."""
        return self.bearings.awaited[self.place]

    @property
    def heard_on(self) -> int:
        """The ordinal of the day of the last check-in; 0 if never."""
        return self.bearings.last_heard[self.place]

    @property
    def read_on(self) -> int:
        """The ordinal of the day of the last reading; 0 if never."""
        return self.bearings.last_read[self.place]

    @property
    def moved_on(self) -> int:
        """The ordinal of the day on which the value of what moves last changed; 0 if it does not move."""
        return self.bearings.last_moved[self.place]

    @property
    def steps(self) -> Sequence[float]:
        """Of a key result that moves, how far it went from one reading to the next, oldest first."""
        return () if self.is_objective else steps_of(self.figures, self.place)

    @property
    def pauses(self) -> Pauses:
        """The days on which it was paused."""
        return pauses_in(self.figures, self.home.id, self.id)

    @property
    def check_in_days(self) -> int:
        """Days from one check-in to the next."""
        return self.bearings.check_in_days[self.place]

    @property
    def is_read(self) -> bool:
        """Whether there is anything that can be read by now."""
        figures, idle = self.figures, self.figures.idle
        if self.is_objective and not figures.layout.places[self.row]:
            return False
        if idle and (self.home.id in idle or self.id in idle):
            return False
        return self.bearings.awaited[self.place] <= figures.today

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.bearings.done[self.place])

    @property
    def declared(self) -> DeclaredStatus | None:
        """The status that was declared or judged last."""
        return self.bearings.declared.get(self.id)

    @property
    def parts(self) -> Sequence[str]:
        """The statuses of its parts."""
        counted = self.figures.layout.counted[self.row] if self.is_objective else ()
        return [self.statuses[at] for at in counted if at in self.statuses]

    @property
    def why(self) -> str:
        """Where its score comes from, or why there is none."""
        if self.is_objective:
            return why_objective(self.figures, self.home, self.row)
        return why_key_result(
            self.figures, self.figures.program.key_results[self.place], self.place
        )

    def on_axis(self, axis: Axis) -> float | None:
        """Return the number that bands over an axis name; None where there is none."""
        return _AXES[axis](self)

    @property
    def ratio(self) -> float | None:
        """Progress by what the ambition asks of it by now; 1 while nothing is asked yet."""
        pace = self.bearings.pace
        paced, asked = pace.scored[self.place], pace.asked[self.place]
        if isnan(paced) or isnan(asked):
            return None
        return paced / asked if asked > 0 else 1.0

    @property
    def gap(self) -> float | None:
        """Expected minus actual progress."""
        paced, expected = self.paced, self.expected
        return None if paced is None or expected is None else expected - paced


_AXES: Final[Mapping[Axis, Callable[[Standing], float | None]]] = MappingProxyType(
    {
        Axis.SCORE: lambda known: known.score,
        Axis.PROGRESS: lambda known: known.progress,
        Axis.CONFIDENCE: lambda known: known.confidence,
        Axis.GAP: lambda known: known.gap,
        Axis.RATIO: lambda known: known.ratio,
        Axis.HEALTH: lambda known: None,  # noqa: ARG005  # an axis of metrics alone
    }
)
