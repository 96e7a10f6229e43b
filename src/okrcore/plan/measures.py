"""The closed union of measures, the readings that each takes, and their edges.

A new measure is a class in its own module, a row in `TAKES` here, and a row in
`scorecard.attainment.PROGRESS` for the progress of its readings.

Each measure with such numbers has a row in `_EDGES`.

Rules of this file:

1. A title is in percent if it has the sign or the word. A percentile is none.
2. If all numbers of an item in percent lie beyond 1, a share of 1 without a unit is no reading of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, get_args

from okrcore.plan.bounds import Between, Bound
from okrcore.plan.compound_measures import Compound
from okrcore.plan.deliverables import EstablishBaseline, Evidence, Milestones, PassFail
from okrcore.plan.graded_measures import Anchors, Budget, Exactly, Judged, Steps, Zones
from okrcore.plan.linear_measures import (
    Decrease,
    Increase,
    LinearMeasure,
    Multiple,
    Points,
    Relative,
)
from okrcore.plan.period_measures import EachPeriod
from okrcore.plan.reading import Ratio, Reading

__all__ = [
    "DELIVERED",
    "LINEAR",
    "MEASURES",
    "SHIFTS",
    "TAKES",
    "Measure",
    "can_replace",
    "edges_of",
    "has_no_target",
    "is_in_percent",
    "is_open",
    "is_scoreless",
    "least_number",
    "limits_of",
    "misfit",
    "takes_numbers",
]


Measure: TypeAlias = (
    LinearMeasure
    | Bound
    | PassFail
    | Milestones
    | Evidence
    | EachPeriod
    | EstablishBaseline
    | Exactly
    | Budget
    | Anchors
    | Steps
    | Zones
    | Judged
    | Compound
)

#: Classes of measures; the union, for isinstance.
MEASURES: Final[tuple[type[Any], ...]] = get_args(Measure)
#: Classes whose progress is a share of a line.
LINEAR: Final = frozenset(get_args(LinearMeasure))
#: Linear classes with a change instead of a target.
SHIFTS: Final = frozenset({Relative, Points, Multiple})

#: Classes of deliverables, which never fall back.
DELIVERED: Final[tuple[type[Any], ...]] = (PassFail, Milestones, Evidence)


def _is_number(measure: Any, reading: Reading) -> bool:  # noqa: ARG001  # one signature for all rows
    return isinstance(reading, (float, Ratio))


def _is_credit(measure: PassFail, reading: Reading) -> bool:
    return isinstance(reading, bool) or _is_share(measure, reading)


def _is_share(measure: Any, reading: Reading) -> bool:  # noqa: ARG001
    return isinstance(reading, float) and 0 <= reading <= 1


def _is_some_of(measure: Milestones, reading: Reading) -> bool:
    return isinstance(reading, tuple) and {step.name for step in measure.milestones}.issuperset(
        reading
    )


def _is_names(measure: Evidence, reading: Reading) -> bool:  # noqa: ARG001
    return isinstance(reading, tuple) and all(isinstance(name, str) for name in reading)


def _is_label(measure: Zones, reading: Reading) -> bool:
    return isinstance(reading, str) and reading in measure.labels


def _is_parts(measure: Compound, reading: Reading) -> bool:
    measures = dict(measure.parts)
    return isinstance(reading, tuple) and all(
        isinstance(part, tuple) and part[0] in measures and not misfit(measures[part[0]], part[1])
        for part in reading
    )


_NUMBER: Final = (_is_number, "a number or a Ratio")

#: Readings of each measure: a test, and a description for messages.
TAKES: Final[Mapping[type[Any], tuple[Callable[[Any, Reading], bool], str]]] = MappingProxyType(
    {
        **dict.fromkeys(get_args(LinearMeasure), _NUMBER),
        **dict.fromkeys(get_args(Bound), _NUMBER),
        PassFail: (_is_credit, "True, False, or a credit from 0 to 1"),
        Milestones: (_is_some_of, "the names of the milestones reached so far"),
        Evidence: (_is_names, "the names of the evidence obtained so far"),
        EachPeriod: _NUMBER,
        EstablishBaseline: _NUMBER,
        Exactly: _NUMBER,
        Budget: _NUMBER,
        Anchors: _NUMBER,
        Steps: _NUMBER,
        Zones: (_is_label, "one of its labels"),
        Judged: (_is_share, "a score from 0 to 1"),
        Compound: (_is_parts, "a mapping of its parts to their readings"),
    }
)


def takes_numbers(kind: type[Measure]) -> bool:
    """Return whether measures of a kind read numbers, and so can read a metric."""
    return TAKES[kind] is _NUMBER


def is_open(measure: object) -> bool:
    """Return whether a value is a line whose baseline is to be established."""
    return type(measure) in LINEAR and not measure.states_baseline  # type: ignore[attr-defined]


def has_no_target(measure: object) -> bool:
    """Return whether a value is a line with a direction whose target is open."""
    return isinstance(measure, (Increase, Decrease)) and measure.target is None


def is_scoreless(measure: object) -> bool:
    """Return whether a value is a measure with a state and without a score."""
    return type(measure) is EstablishBaseline or has_no_target(measure)


def can_replace(new: Measure, old: Measure) -> bool:
    """Return whether one measure can replace another so that all readings made still fit.

    Milestones may be added, dropped and weighed anew: a new one can be checked in from that day on, and a
    dropped one is ignored. Labels and parts must stay the same.

    >>> from okrcore import AtMost, Increase, PassFail
    >>> can_replace(AtMost(12), Increase(5, 20)), can_replace(PassFail(), Increase(5, 20))
    (True, False)
    >>> can_replace(Milestones("a", "b", "c"), Milestones("a", "b"))
    True
    """
    if TAKES[type(new)] is not TAKES[type(old)]:
        return False
    if isinstance(new, Zones) and isinstance(old, Zones):
        return set(new.labels) == set(old.labels)
    if isinstance(new, Compound) and isinstance(old, Compound):
        parts, others = dict(new.parts), dict(old.parts)
        return parts.keys() == others.keys() and all(
            can_replace(part, others[name]) for name, part in parts.items()
        )
    return True


def misfit(measure: Measure, reading: Reading) -> str:
    """Return the readings that the measure takes instead of this one; empty if it takes it.

    >>> from okrcore import PassFail
    >>> misfit(PassFail(), "yes")
    'True, False, or a credit from 0 to 1'
    """
    takes, words = TAKES[type(measure)]
    return "" if takes(measure, reading) else words


def change_of(measure: object, baseline: float) -> float | None:
    """Return the change of a measure that gives one instead of a target; else None."""
    if isinstance(measure, Points):
        return measure.change
    if isinstance(measure, Relative):
        return abs(baseline) * measure.percent / 100
    return baseline * (measure.factor - 1) if isinstance(measure, Multiple) else None


def limits_of(bound: Bound) -> tuple[float, ...]:
    """Return the limits of a bound and the ends of its zones."""
    if isinstance(bound, Between):
        return (bound.low, bound.high, *(bound.warn_at or ()), *(bound.tolerated_to or ()))
    if bound.is_open:
        return ()
    found = (bound.stated_limit(), bound.warn_at, bound.tolerated_to)
    return tuple([edge for edge in found if edge is not None])


def edges_of(measure: Measure) -> tuple[float, ...]:
    """Return the numbers that a reading is compared with under a measure.

    >>> from okrcore import AtMost, Steps
    >>> edges_of(AtMost(85, warn_at=80)), edges_of(Steps([(AtMost(7), 0.5), (None, 0)]))
    ((85.0, 80.0), (7.0,))
    """
    return _EDGES.get(type(measure), _none)(measure)


def _none(_: Any) -> tuple[float, ...]:
    return ()


def _steps(steps: Steps) -> tuple[float, ...]:
    return tuple([bound.stated_limit() for bound, _ in steps.steps if bound is not None])


_ROWS: Final[dict[type[Any], Callable[[Any], tuple[float, ...]]]] = {
    **dict.fromkeys(get_args(LinearMeasure), lambda line: line.ends() or ()),
    **dict.fromkeys(get_args(Bound), limits_of),
    EachPeriod: lambda each: limits_of(each.bound),
    PassFail: lambda _: (0.0, 1.0),
    Judged: lambda _: (0.0, 1.0),
    Exactly: lambda exactly: (exactly.target, exactly.baseline),
    Budget: lambda budget: (budget.limit,),
    Anchors: lambda anchors: tuple([value for _, value in anchors.knots]),
    Steps: _steps,
}
_EDGES: Final[Mapping[type[Any], Callable[[Any], tuple[float, ...]]]] = MappingProxyType(_ROWS)

# An underscore parts words too: names of columns become titles, such as "churn_pct".
_IN_PERCENT: Final = re.compile(
    r"%|(?<![^\W_])(?:per[ -]?cent(?:s|ages?)?|pct)(?![^\W_])", re.IGNORECASE
)
_NUMBERS: Final = ("baseline", "target", "change", "limit", "low", "high")


def is_in_percent(title: str) -> bool:
    """Return whether a title is in percent.

    >>> [is_in_percent(title) for title in ("Percentage of churn", "churn_pct", "95th percentile")]
    [True, True, False]
    """
    return _IN_PERCENT.search(title) is not None


def least_number(measure: Any) -> float:
    """Return the least absolute number, 0 apart, that readings are compared with; 0 if there is none.

    Args:
        measure: A measure, the bound of a guardrail or metric, or None.

    >>> from okrcore import AtMost, Increase
    >>> least_number(Increase(0, 3.8)), least_number(AtMost(20)), least_number(None)
    (3.8, 20.0, 0.0)
    """
    if isinstance(measure, EachPeriod):
        measure = measure.bound
    if isinstance(measure, Anchors):
        numbers = [value for _, value in measure.knots]
    elif isinstance(measure, Steps):
        numbers = [edge.stated_limit() for edge, _ in measure.steps if edge is not None]
    else:
        stated = (getattr(measure, name, None) for name in _NUMBERS)
        numbers = [number for number in stated if isinstance(number, float)]
    return min((abs(number) for number in numbers if number), default=0.0)
