"""Sentences on states of guardrails and metrics."""

from __future__ import annotations

from datetime import date
from typing import Protocol, cast

from okrcore.plan import Reading, Unit
from okrcore.plan.bounds import Bound, BoundState
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.guardrails import Watch
from okrcore.scorecard.day.settling import settled_words
from okrcore.scorecard.day.wording import describe_bound, show_reading
from okrcore.words.reason import Reason, clauses, noted

__all__ = ["Breached", "held_against", "why_healed", "why_open", "why_watch"]


class Breached(Protocol):
    """A bound with a breach among its readings: a `Watch`, or the result of a guardrail."""

    @property
    def bound(self) -> Bound | None:
        """The bound in force."""
        ...

    @property
    def reading(self) -> Reading | None:
        """The last reading."""
        ...

    @property
    def first_breach(self) -> date | None:
        """The day of the first breach."""
        ...

    @property
    def first_breach_reading(self) -> Reading | None:
        """The reading of that day."""
        ...

    @property
    def first_breach_bound(self) -> Bound | None:
        """The bound of that day."""
        ...

    @property
    def within_since(self) -> date | None:
        """The day from which on no reading breached."""
        ...

    @property
    def breaches(self) -> int:
        """Number of readings that breached."""
        ...


def why_watch(found: Watch, unit: Unit | None, *, is_hard: bool = False) -> str:
    """Return the reason for the state of a guardrail or metric; of a hard guardrail any breach counts.

    Of a settled guardrail it has both: the breach or gap that was settled, or a later breach, and the judgement.
    A reading of the days of grace is marked.
    """
    return clauses((_why_watch(found, unit, is_hard=is_hard), _typed_late(found)))


def _typed_late(found: Watch) -> str:
    """Return the note on a last reading of a day after the cycle; empty for other ones."""
    if found.ended is None:
        return ""
    days = (cast("date", found.read_on) - found.ended).days
    after = Reason("score/after-cycle", count=days, end=found.ended)
    return noted((after, Reason("score/typed-late")))


def _why_watch(found: Watch, unit: Unit | None, *, is_hard: bool) -> str:
    """Return the reason for a state, without a note on the day of the last reading."""
    if found.settled is None or found.bound is None:
        return _why_state(found, found.state, unit, is_hard=is_hard)
    settled, after = settled_words(found.settled), found.after
    if found.state is BoundState.UNKNOWN:
        last = max(found.settled.on, found.read_on or found.settled.on)
        is_breach = found.by_readings is BoundState.BREACHED
        breach = _why_breach(found, unit) if is_breach else ""
        return clauses((breach, settled, Reason("guardrail/nothing-since", day=last)))
    if after is None:
        return clauses((_why_breach(found, unit), settled))
    words = _why_breach(after, unit)
    if after.state is BoundState.BREACHED:
        words = _why_state(after, after.state, unit, is_hard=is_hard)
    if found.breaches > after.breaches:
        day = cast("date", found.first_breach)
        return clauses((words, Reason("guardrail/that-settled", day=day, settled=settled)))
    return clauses((words, Reason("guardrail/before-settled", settled=settled)))


def _why_breach(found: Watch, unit: Unit | None) -> str:
    """Return the sentence on a breach, over or not; or the reason for the state, without a breach."""
    if found.within_since is not None:
        return why_healed(found, unit)
    return _why_state(found, found.by_readings, unit, is_hard=False)


def why_open(found: Watch) -> str:
    """Return the reason why the limit in force is open; empty if it is a number."""
    return found.origin if found.bound is not None and found.bound.is_open else ""


def _why_state(found: Watch, state: BoundState, unit: Unit | None, *, is_hard: bool) -> str:
    """Return the reason for a state that follows from readings."""
    bound, is_open = found.bound, why_open(found)
    if found.reading is None:
        return clauses((Reason("no-score/no-reading"), is_open))
    if bound is None:
        return Reason(
            "guardrail/no-bound", reading=_shown(found, show_reading(found.reading, unit))
        )
    if state is BoundState.UNKNOWN:
        if is_open:
            reading = _shown(found, show_reading(found.reading, unit))
            return Reason("guardrail/no-limit", reading=reading, why=is_open)
        return Reason("guardrail/read-too-long-ago", day=cast("date", found.read_on))
    if state is BoundState.BREACHED and (is_open or found.within_since is not None):
        reason = Reason("guardrail/hard-counts" if is_hard else "guardrail/every-breach-counts")
        return clauses((why_healed(found, unit), reason))
    value = number_of(found.reading)
    reading = _shown(found, show_reading(found.reading, unit, bound))
    if state is not BoundState.BREACHED:
        return held_against(state, reading, value, bound, unit, found.origin)
    limit = _with_origin(describe_bound(bound, unit, value), found.origin)
    first = cast("date", found.first_breach)
    if found.is_kept or found.made_on == found.first_breach:
        return Reason("guardrail/outside", reading=reading, limit=limit, first=first)
    made_on = cast("date", found.made_on)
    return Reason("guardrail/outside-on", reading=reading, day=made_on, limit=limit, first=first)


def held_against(
    state: BoundState,
    reading: str,
    value: float,
    bound: Bound,
    unit: Unit | None,
    origin: str = "",
) -> str:
    """Return the sentence on a reading and the limit of its day, by the state of the bound at it.

    Args:
        state: State at the reading.
        reading: The reading in words.
        value: Its value.
        bound: Bound of its day.
        unit: Unit of both.
        origin: Origin of a limit that the plan does not state; empty without one.
    """
    limit = _with_origin(describe_bound(bound, unit, value), origin)
    if state is BoundState.HELD:
        return Reason("guardrail/within", reading=reading, limit=limit)
    if state is BoundState.BREACHED:
        return Reason("guardrail/outside-limit", reading=reading, limit=limit)
    code = "guardrail/close" if bound.holds(value) else "guardrail/just-outside"
    return Reason(code, reading=reading, limit=limit)


def _shown(found: Watch, reading: str) -> str:
    """Return a reading in words, with its day if it is of before the cycle."""
    if not found.is_kept:
        return reading
    return Reason("guardrail/kept", reading=reading, day=cast("date", found.read_on))


def _with_origin(limit: str, origin: str) -> str:
    return Reason("limit/with-origin", limit=limit, origin=origin) if origin else limit


def why_healed(breached: Breached, unit: Unit | None) -> str:
    """Return the sentence on a breach that is over: its reading, and the day since which there is none.

    If the limit is open now, no reading is within it, and the sentence has the breach alone.
    """
    # Both are there: a breach, and a reading after it.
    first, last = (cast("Reading", r) for r in (breached.first_breach_reading, breached.reading))
    bound = cast("Bound", breached.bound)
    broken = cast("Bound", breached.first_breach_bound)
    outside = Reason(
        "guardrail/was-outside",
        reading=show_reading(first, unit, bound),
        day=cast("date", breached.first_breach),
        limit=describe_bound(broken, unit, *map(number_of, (first, last))),
    )
    more = breached.breaches - 1
    if more:
        outside = Reason("guardrail/and-more", outside=outside, count=more)
    if breached.within_since is None:
        return outside
    is_same = broken == bound
    limit = Reason("guardrail/it") if is_same else describe_bound(bound, unit, number_of(last))
    is_within = bound.holds(number_of(last))
    code = "guardrail/within-since" if is_within else "guardrail/just-outside-since"
    return clauses((outside, Reason(code, limit=limit, day=breached.within_since)))
