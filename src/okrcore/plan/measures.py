"""The closed union of measures, and the readings that each takes.

A new measure is a class in its own module, a row in `TAKES` here, and a row in
`scorecard.attainment.PROGRESS` for the progress of its readings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, get_args

from okrcore.plan.bounds import Bound
from okrcore.plan.compound import Compound
from okrcore.plan.deliverables import EstablishBaseline, Evidence, Milestones, PassFail
from okrcore.plan.graded import Anchors, Budget, Exactly, Judged, Steps, Zones
from okrcore.plan.linear import LinearMeasure, Multiple, Points, Relative
from okrcore.plan.reading import Ratio, Reading

__all__ = [
    "DELIVERED",
    "LINEAR",
    "MEASURES",
    "SHIFTS",
    "TAKES",
    "Measure",
    "can_replace",
    "misfit",
    "takes_numbers",
]

Measure: TypeAlias = (
    LinearMeasure
    | Bound
    | PassFail
    | Milestones
    | Evidence
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
