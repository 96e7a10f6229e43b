"""The status of an item: the rules of a rulebook, tried in order; the first that answers wins.

A rule is a row in `ANSWERS`. Each takes the rule's data and what is known of the item, and returns a
status with what says its reason, or None to pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import isnan
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import as_percent, at_least, mean, or_none, round_to, written
from okrcore.calendar import Cycle
from okrcore.plan import Objective
from okrcore.rulebook import (
    Always,
    Axis,
    ByBands,
    Closed,
    Declared,
    Done,
    FromParts,
    Keep,
    NotStarted,
    Overdue,
    PartStatus,
    Stale,
    Status,
    StatusRule,
)
from okrcore.scorecard.bearings import Bearings, DeclaredStatus
from okrcore.scorecard.closing import Close
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.movement import steps_of
from okrcore.scorecard.pacing import NO_PAUSES, Pauses, days_between
from okrcore.scorecard.program import FOREVER
from okrcore.scorecard.wording import why_key_result, why_objective

__all__ = ["Standing"]

#: A status and what says, in a sentence, why: statuses are asked for more often than sentences.
Answer: TypeAlias = tuple[str, Callable[[], str]]


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
        return _answer_of(self._rules, self)[0]

    @property
    def status_why(self) -> str:
        """In a sentence, why its status is what it is: the rules are asked again, for few ask that."""
        _, words = _answer_of(self._rules, self)
        return words()

    @property
    def computed_status(self) -> str:
        """The status without what people said of it."""
        if self.declared is None:
            return self.status
        return _answer_of([rule for rule in self._rules if type(rule) is not Declared], self)[0]

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
        if not self.figures.history.lives:
            return NO_PAUSES
        return self.bearings.pauses(self.home.id, self.id)

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


def _answer_of(rules: Sequence[StatusRule], known: Standing) -> Answer:
    """Return the first answer of the rules; unknown, with a reason, if none speaks."""
    for rule in rules:
        answer = ANSWERS[type(rule)](rule, known)
        if answer is not None:
            return answer
    return Status.UNKNOWN, lambda: _why_unknown(rules, known)


def _why_unknown(rules: Sequence[StatusRule], known: Standing) -> str:
    if known.score is None:
        return known.why
    if known.cycle is None:
        return "no cycle, so no pace"
    ratio, over = known.ratio, known.elapsed
    if ratio is None or over is None:
        return "no line, no confidence"
    if any(isinstance(rule, ByBands) and over < rule.silent_until for rule in rules):
        return f"too early to say: {as_percent(over)} of the cycle is over"
    return f"no rule of the rulebook answers: {_words(Axis.RATIO, ratio, known)}"


def _closed(rule: Closed, known: Standing) -> Answer | None:  # noqa: ARG001  # one face for all rows
    close = known.close
    return None if close is None else (close.status, lambda: close.why)


def _not_started(rule: NotStarted, known: Standing) -> Answer | None:
    cycle = known.cycle
    if cycle is not None and known.day < cycle.start:
        return Status.NOT_STARTED, lambda: f"starts on {cycle.start}"
    over = known.elapsed
    if over is None or over >= rule.silent_until or known.heard_on:
        return None
    return (Status.NOT_STARTED, lambda: "nothing read yet") if known.is_read else None


def _done(rule: Done, known: Standing) -> Answer | None:  # noqa: ARG001
    return (Status.ACHIEVED, lambda: f"done: {known.why}") if known.is_done else None


def _stale(rule: Stale, known: Standing) -> Answer | None:
    awaited_from, heard_on = known.awaited_from, known.heard_on
    if not awaited_from or not known.is_read:
        return None
    silent = _silence(heard_on or awaited_from, known)
    if silent > rule.intervals * known.check_in_days + rule.grace_days:
        return rule.name, lambda: _why_stale(silent, heard_on, known)
    score = known.score
    return None if score is None or at_least(score, 1) else _stalled(rule, known)


def _why_stale(silent: int, heard_on: int, known: Standing) -> str:
    paused = _paused_aside(silent, heard_on or known.awaited_from, known)
    if not heard_on:
        return f"nothing read in {silent} days{paused}"
    return f"last check-in {silent} days ago{paused}, on {date.fromordinal(heard_on)}"


def _stalled(rule: Stale, known: Standing) -> Answer | None:
    if rule.still_intervals is not None and known.moved_on:
        still = _silence(known.moved_on, known)
        if still > rule.still_intervals * known.check_in_days:
            return rule.name, lambda: _why_still(still, known)
    count = rule.shrinking_steps
    last = () if count is None else known.steps[-count:]
    if not last or len(last) != count:
        return None
    if last[-1] < 0 or any(step >= before for before, step in pairwise(last)):
        return None
    return rule.name, lambda: f"steps shrink: {', '.join(f'+{written(step)}' for step in last)}"


def _why_still(still: int, known: Standing) -> str:
    paused = _paused_aside(still, known.moved_on, known)
    return f"no movement in {still} days{paused}, since {date.fromordinal(known.moved_on)}"


def _silence(since: int, known: Standing) -> int:
    """Return the days since one that count."""
    if not known.pauses:
        return known.until - since
    first, last = date.fromordinal(since), date.fromordinal(known.until)
    return days_between(first, last, known.pauses)


def _paused_aside(counted: int, since: int, known: Standing) -> str:
    """Return a word on the days since one that do not count."""
    paused = known.until - since - counted
    return f", {paused} paused ones aside" if paused else ""


def _overdue(rule: Overdue, known: Standing) -> Answer | None:
    if known.deadline is None or known.day <= known.deadline:
        return None
    if known.score is not None and at_least(known.score, 1):
        return None
    return rule.name, lambda: f"was due on {known.deadline}"


def _declared(rule: Declared, known: Standing) -> Answer | None:
    said = known.declared
    if said is None:
        return None
    if rule.keep is Keep.UNTIL_READ and known.read_on > said.on.toordinal():
        return None
    return said.status, lambda: said.why


def _by_bands(rule: ByBands, known: Standing) -> Answer | None:
    value, over = known.on_axis(rule.axis), known.elapsed
    if value is None or (over is not None and over < rule.silent_until):
        return None
    name = rule.bands.name(value)
    return None if name is None else (name, lambda: _words(rule.axis, value, known))


def _words(axis: Axis, value: float, known: Standing) -> str:
    paced, expected, asked = known.paced, known.expected, known.asked
    if axis not in _OF_PACE or paced is None or expected is None:
        return f"{axis} {written(value)}"
    if asked == 0:
        return "nothing is expected yet"
    share = "" if asked is None or asked == expected else f", {written(asked)} asked for"
    pace = f" ({written(value)} of it)" if axis is Axis.RATIO else f" (gap {written(value)})"
    return f"progress {written(paced)}, expected {written(expected)} by now{share}{pace}"


def _from_parts(rule: FromParts, known: Standing) -> Answer | None:
    codes = dict(rule.codes)
    counts = Counter(status for status in known.parts if status in codes)
    if not counts:
        return None
    found = ", ".join(f"{counts[name]} {name}" for name in codes if name in counts)
    if rule.how is PartStatus.WORST:
        return next(name for name in codes if name in counts), lambda: f"the worst of {found}"
    if rule.how is PartStatus.SAME:
        name = next(iter(counts)) if len(counts) == 1 else rule.codes[-1][0]
        return name, lambda: f"of {found}"
    average = mean([codes[name] for name in counts], counts.values())
    words = f"mean {written(average)} of {found}"
    if rule.bands is not None:
        named = rule.bands.name(average)
        return None if named is None else (named, lambda: words)
    whole = round_to(average, 0, rule.rounding)
    return min(codes, key=lambda name: abs(codes[name] - whole)), lambda: words


def _always(rule: Always, known: Standing) -> Answer:  # noqa: ARG001
    return rule.name, lambda: "the rulebook says so of everything"


#: Axes that hold progress against what is expected.
_OF_PACE: Final = (Axis.RATIO, Axis.GAP)

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

#: What answers for each class of rule.
ANSWERS: Final[Mapping[type[Any], Callable[[Any, Standing], Answer | None]]] = MappingProxyType(
    {
        Closed: _closed,
        NotStarted: _not_started,
        Done: _done,
        Stale: _stale,
        Overdue: _overdue,
        Declared: _declared,
        ByBands: _by_bands,
        FromParts: _from_parts,
        Always: _always,
    }
)
