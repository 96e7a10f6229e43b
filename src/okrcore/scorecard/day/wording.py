"""Words for readings, numbers, bounds, targets and guardrails, shared by all sentences.

Rule of this file: under a rulebook by which guardrails stay apart from scores there are no such words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import isnan
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore._arith import at_least, snap
from okrcore._figures import Figure
from okrcore.plan import (
    Above,
    Anchors,
    AtLeast,
    AtMost,
    Below,
    Between,
    BoundState,
    Budget,
    Compound,
    Decrease,
    EachPeriod,
    EstablishBaseline,
    Evidence,
    Exactly,
    FromTo,
    Increase,
    Judged,
    Measure,
    Milestones,
    Multiple,
    PassFail,
    Points,
    Ratio,
    Reach,
    Reading,
    Relative,
    Steps,
    Unit,
    Zones,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import edges_of, limits_of
from okrcore.plan.prior_period import PriorPeriod, limit_words
from okrcore.plan.unit import in_full, plain
from okrcore.rulebook import BreachEffect
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.verdicts import state_by_id
from okrcore.words.reason import Reason, clauses, listed, noted

__all__ = [
    "at_12_decimals",
    "bound_words",
    "describe_bound",
    "entering_guardrails",
    "guardrails_behind",
    "guardrails_below",
    "guards_enter",
    "limiting_guardrails",
    "show_bare",
    "show_number",
    "show_reading",
    "target_words",
]


def show_reading(
    reading: Reading, unit: Unit | None = None, measure: Measure | None = None, *edges: float
) -> str:
    """Return a reading in words.

    Numbers are written with as many digits as set them apart from the edges of a measure and other `edges`.
    Milestones are in the order of the measure; those that are no part of it are left out.
    """
    if isinstance(reading, bool):
        return Reason("reading/yes" if reading else "reading/no")
    if measure is not None:
        edges = (*edges, *edges_of(measure))
    if isinstance(reading, Ratio):
        return Reason(
            "reading/ratio",
            value=show_number(reading.value, unit, *edges),
            numerator=plain(reading.numerator),
            denominator=plain(reading.denominator),
        )
    if isinstance(reading, float):
        return show_number(reading, unit, *edges)
    if isinstance(reading, str):
        return reading
    if isinstance(measure, Milestones) and isinstance(reading, tuple):
        return noted(name for name in measure.names if name in reading) or Reason("reading/none")
    # pyright takes float for "float or int"; no reading is an int.
    members = map(_member, reading, repeat(measure))  # pyright: ignore[reportArgumentType]
    return noted(members) or Reason("reading/none")


def _member(member: str | tuple[str, float | bool | Ratio], measure: Measure | None) -> str:
    """Return a name, or a part with its reading, in words."""
    if isinstance(member, str):
        return member
    name, reading = member
    part = dict(measure.parts).get(name) if isinstance(measure, Compound) else None
    return Reason("reading/part", name=name, reading=show_reading(reading, None, part))


def show_number(value: float, unit: Unit | None, *edges: float) -> str:
    """Return a number in its unit, if it has one, set apart from the edges."""
    return plain(value, *edges) if unit is None else unit.format(value, *edges)


def show_bare(value: float, unit: Unit | None, *edges: float) -> str:
    """Return a number for use beside one with its unit, set apart from the edges."""
    return plain(value, *edges) if unit is None else unit.bare(value, *edges)


def describe_bound(bound: Bound, unit: Unit | None, *beside: float) -> str:
    """Return a bound, set apart from numbers beside it: "at most 85"."""
    edges = (*beside, *limits_of(bound))
    if isinstance(bound, Between):
        low, high = (show_bare(end, unit, *edges) for end in (bound.low, bound.high))
        words = Reason("bound/between", low=low, high=high)
    elif bound.is_open:
        return bound_words(bound, unit)
    else:
        words = Reason(_BOUNDS[type(bound)], limit=show_bare(bound.stated_limit(), unit, *edges))
    return at_12_decimals(words, *edges) if beside else words


def at_12_decimals(words: str, *numbers: float) -> str:
    """Return words, with a note if any of the numbers is 0 at 12 decimals, but not exactly."""
    is_near = any(each and not snap(each) for each in numbers)
    return Reason("number/at-12-decimals", number=words) if is_near else words


def target_words(measure: Measure, unit: Unit | None = None) -> str:
    """Return the target of a measure in a few words.

    >>> from okrcore import AtMost, Increase, Milestones
    >>> target_words(Increase(3.1, 3.8), Unit("%")), target_words(AtMost(85))
    ('3.1% to 3.8%', 'at most 85')
    """
    return _TARGETS[type(measure)](measure, unit)


def _from_to(measure: Increase | Decrease | FromTo, unit: Unit | None) -> str:
    if measure.target is None:
        code = "target/up" if isinstance(measure, Increase) else "target/down"
        if measure.baseline is None:
            return Reason(code)
        return Reason(f"{code}-from", baseline=show_number(measure.baseline, unit))
    if measure.baseline is None:
        return Reason("target/no-baseline", target=show_number(measure.target, unit))
    return _ends(measure.baseline, measure.target, unit)


def _ends(baseline: float, target: float, unit: Unit | None) -> str:
    return Reason(
        "target/ends",
        baseline=show_bare(baseline, unit, target),
        target=show_number(target, unit, baseline),
    )


def _shift(measure: Relative | Points | Multiple, unit: Unit | None) -> str:
    if isinstance(measure, Relative):
        change: str = Figure(f"{measure.percent:+g}%")
    elif isinstance(measure, Points):
        sign = "+" if measure.change > 0 else ""
        change = Figure(f"{sign}{show_number(measure.change, unit)}")
    else:
        change = Reason("target/multiple", factor=plain(measure.factor))
    if measure.baseline is None:
        return change
    ends = _ends(measure.baseline, measure.target_from(measure.baseline), unit)
    return Reason("target/shift", change=change, ends=ends)


def bound_words(bound: Bound, unit: Unit | None) -> str:
    """Return a bound with its unit in words: "at most 85 tickets"."""
    if isinstance(bound, Between):
        low, high = show_bare(bound.low, unit, bound.high), show_number(bound.high, unit, bound.low)
        return Reason("bound/between", low=low, high=high)
    limit = bound.limit
    if limit is None or isinstance(limit, PriorPeriod):
        return Reason(_BOUNDS[type(bound)], limit=limit_words(limit))
    return Reason(_BOUNDS[type(bound)], limit=show_number(limit, unit))


#: Codes of bounds with one limit.
_BOUNDS: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        AtLeast: "bound/at-least",
        Above: "bound/above",
        AtMost: "bound/at-most",
        Below: "bound/below",
    }
)


def _anchors(measure: Anchors, unit: Unit | None) -> str:
    return listed(
        Reason("target/anchor", value=show_number(value, unit), score=Figure(f"{score:g}"))
        for score, value in measure.anchors
    )


def _steps(measure: Steps, _unit: Unit | None) -> str:
    return clauses(
        Reason("target/last-step", score=in_full(snap(score)))
        if edge is None
        else Reason("target/step", edge=bound_words(edge, None), score=in_full(snap(score)))
        for edge, score in measure.steps
    )


def _compound(measure: Compound, unit: Unit | None) -> str:
    return listed(
        Reason("reading/part", name=name, reading=target_words(part, unit))
        for name, part in measure.parts
    )


def _each_period(measure: EachPeriod, unit: Unit | None) -> str:
    every, bound = measure.every, bound_words(measure.bound, unit)
    code = "target/each-month" if every.months else "target/each-week"
    return Reason(code, count=every.months or every.weeks, bound=bound)


def _evidence(measure: Evidence, _unit: Unit | None) -> str:
    if measure.what:
        return Reason("target/evidence-of", count=measure.required, of=measure.what)
    return Reason("target/evidence", count=measure.required)


#: Target in words, by class of measure.
_TARGETS: Final[Mapping[type[Any], Callable[[Any, Unit | None], str]]] = MappingProxyType(
    {
        **dict.fromkeys((Increase, Decrease, FromTo), _from_to),
        Reach: lambda measure, unit: show_number(measure.target, unit),
        **dict.fromkeys((Relative, Points, Multiple), _shift),
        **dict.fromkeys(get_args(Bound), bound_words),
        EachPeriod: _each_period,
        PassFail: lambda _measure, _unit: Reason("target/pass-fail"),
        Milestones: lambda measure, _: listed(measure.names),
        Evidence: _evidence,
        EstablishBaseline: lambda _measure, _unit: Reason("target/establish-baseline"),
        Exactly: lambda measure, unit: Reason(
            "target/exactly", target=show_number(measure.target, unit)
        ),
        Budget: lambda measure, unit: Reason(
            "target/budget", limit=show_number(measure.limit, unit)
        ),
        Anchors: _anchors,
        Steps: _steps,
        Zones: lambda measure, _: measure.labels[-1],
        Judged: lambda _measure, _unit: Reason("target/judged"),
        Compound: _compound,
    }
)

#: Most guardrails below an objective that are named.
_NAMED: Final = 3  # library default


def guardrails_behind(stages: Stages, index: int) -> str:
    """Return the guardrails that had a part in the score of an objective; empty without any."""
    return clauses(
        each(stages, index) for each in (entering_guardrails, guardrails_below, limiting_guardrails)
    )


def entering_guardrails(stages: Stages, index: int) -> str:
    """Return the guardrails that enter the score of an objective as parts; empty without any."""
    if not guards_enter(stages, index):
        return ""
    states = _states(stages, index)
    parts = [
        Reason(
            "guardrails/part",
            guardrail=_named(stages, index, id),
            state=states[id],
            credit=int(states[id] is not BoundState.BREACHED),
        )
        for id in _moving(stages, index)
    ]
    return Reason("guardrails/entering", count=len(parts), parts=parts) if parts else ""


def limiting_guardrails(stages: Stages, index: int) -> str:
    """Return the breached guardrails that set or cap the score of an objective; empty without any."""
    rule, ids = stages.facts.books[index].guardrails, _moving(stages, index)
    if not ids or rule.effect is BreachEffect.AVERAGE:
        return ""
    names = [_named(stages, index, id) for id in ids]
    if rule.effect is BreachEffect.CAP:
        cap = plain(rule.cap, 0.0, 1.0)
        return Reason("guardrails/capping", count=len(names), names=names, cap=cap)
    return Reason("guardrails/vetoing", count=len(names), names=names)


def guardrails_below(stages: Stages, index: int) -> str:
    """Return the guardrails that moved scores below an objective; empty without any."""
    if all(book.guardrails.effect is BreachEffect.SEPARATE for book in stages.facts.distinct_books):
        return ""
    names: dict[str, None] = {}
    waiting, seen = [(stages, index)], {stages.facts.compiled.ids[index]}
    while waiting:
        at, parent = waiting.pop()
        compiled = at.facts.compiled
        for part in at.inputs.of(parent).counted:
            original = at.inputs.original(part)  # of a chain its newest objective
            home = compiled.ids[original]
            if original not in compiled.of_objectives or at.excluded[part] or home in seen:
                continue
            seen.add(home)
            then, below = at.of_item(part)
            waiting.append((then, below))
            names |= dict.fromkeys(
                Reason("guardrails/in-home", guardrail=_named(then, below, id), home=home)
                for id in _moving(then, below)
            )
    if not names:
        return ""
    first, more = tuple(names)[:_NAMED], len(names) - _NAMED
    shown = Reason("list/notes", parts=first)
    if more > 0:
        shown = Reason("list/more", parts=shown, count=more)
    return Reason("guardrails/below", count=len(names), names=shown)


def _moving(stages: Stages, index: int) -> Sequence[str]:
    """Return the ids of the guardrails that had an effect on the score of an objective."""
    rule, combined = stages.facts.books[index].guardrails, stages.scores.progress[index]
    if isnan(combined) or rule.effect is BreachEffect.SEPARATE:
        return ()
    if rule.effect is BreachEffect.AVERAGE:
        states = _states(stages, index).items()
        return [id for id, state in states if state is not BoundState.UNKNOWN]
    # A cap above the number has no effect.
    if rule.effect is BreachEffect.CAP and not at_least(combined, rule.cap):
        return ()
    states = _states(stages, index).items()
    return [id for id, state in states if state is BoundState.BREACHED]


def _named(stages: Stages, index: int, id: str) -> str:
    guardrails = stages.facts.compiled.objective(index).guardrails
    title = next(each.title for each in guardrails if each.id == id)
    return Reason("item/named", title=" ".join(title.split()), id=id)


def guards_enter(stages: Stages, index: int) -> bool:
    """Whether the guardrails of an objective enter its mean."""
    return stages.facts.books[index].guardrails.effect is BreachEffect.AVERAGE


def _states(stages: Stages, index: int) -> Mapping[str, BoundState]:
    objective = stages.facts.compiled.objective(index)
    return state_by_id(objective, stages.guardrails.of(index))
