"""Measures of every kind, and the readings that each takes.

`MAKERS` has a row for every class of measure, as a test checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_args

from hypothesis import strategies as st

from okrcore._checks import as_tuple, must_be_a, must_be_some, path_of
from okrcore.calendar import Cadence
from okrcore.errors import InvalidValueError
from okrcore.plan import (
    Above,
    Anchors,
    AtLeast,
    AtMost,
    Below,
    Between,
    Bound,
    Budget,
    Combination,
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
    Milestone,
    Milestones,
    Multiple,
    PassFail,
    Points,
    Reach,
    ReadingLike,
    Relative,
    Steps,
    Zones,
)
from okrcore.plan.measures import MEASURES, takes_numbers
from okrcore.testing.values import Strategy, days, numbers, ratios, weights

__all__ = ["MAKERS", "bounds", "lines", "measures", "readings"]

_STEPS: Final = ("design", "build", "launch")
_PERIODS: Final = (Cadence.MONTHLY, Cadence.MICRO_TWO_WEEKS, Cadence.ANNUAL)
_OBTAINED: Final = ("Acme", "Bolt", "Coil", "Dyne", "Eon", "Flux")


@cache
def lines() -> Strategy[Increase | Decrease | FromTo | Reach]:
    """Return lines from a known baseline to a different target."""
    return st.one_of(
        _between_ends(Increase, 1),
        _between_ends(Decrease, -1),
        _between_ends(FromTo, 0),
        _above_zero().map(Reach),
    )


@cache
def bounds() -> Strategy[Bound]:
    """Return bounds of every kind, with and without zones that warn."""
    return st.one_of([MAKERS[kind]() for kind in get_args(Bound)])


def measures(*, kinds: Iterable[type[Any]] = (PassFail, *MEASURES)) -> Strategy[Measure]:
    """Return measures.

    Args:
        kinds: Their classes; by default all, with `PassFail` as the simplest.

    Raises:
        InvalidValueError: There are no classes, or one of them is no class of measures.
    """
    given = as_tuple(kinds)
    must_be_some(measures, "kinds", given)
    for position, kind in enumerate(given):
        if not any(kind is known for known in MAKERS):
            where = path_of(measures, f"kinds[{position}]")
            raise InvalidValueError("wrong-type", where, kind, "give a class such as Reach")
    return _of_kinds(given)


@cache
def _of_kinds(kinds: tuple[Any, ...]) -> Strategy[Any]:
    return st.one_of([MAKERS[kind]() for kind in kinds])


def readings(measure: Measure) -> Strategy[ReadingLike]:
    """Return readings that a measure takes, at its edges and elsewhere.

    Raises:
        InvalidValueError: `measure` is no measure.
    """
    must_be_a(readings, "measure", measure, *MAKERS, hint="give a measure such as Reach(10)")
    if takes_numbers(type(measure)) or isinstance(measure, EstablishBaseline):
        return _numeric(tuple(_edges(measure)))
    return _TAKEN[type(measure)](measure)


@cache
def _numeric(edges: tuple[float, ...]) -> Strategy[Any]:
    return st.one_of(numbers(), st.sampled_from(edges), ratios())


def _edges(measure: Any) -> list[float]:
    measure = measure.bound if isinstance(measure, EachPeriod) else measure
    names = ("baseline", "target", "limit", "low", "high", "tolerated_to", "warn_at")
    found = [getattr(measure, name, None) for name in names]
    return [edge for edge in found if isinstance(edge, float)] or [0.0]


# --- strategies by class -----------------------------------------------------------------------


def _apart_from_zero() -> Strategy[float]:
    return numbers().filter(lambda n: abs(n) > 1e-3)


def _above_zero() -> Strategy[float]:
    return _apart_from_zero().map(abs)


def _between_ends(kind: Callable[[float, float], Any], sign: int) -> Strategy[Any]:
    """Return lines from one number to another, sorted by the direction."""

    def line(ends: tuple[float, float]) -> Any:
        return kind(*(sorted(ends, reverse=sign < 0) if sign else ends))

    return st.tuples(numbers(), numbers()).filter(lambda p: abs(p[0] - p[1]) > 1e-3).map(line)


def _to_be_established(kind: Callable[[None, float], Any]) -> Strategy[Any]:
    return numbers().map(lambda target: kind(None, target))


def _without_target(kind: Callable[[float | None, None], Any]) -> Strategy[Any]:
    return (st.none() | numbers()).map(lambda baseline: kind(baseline, None))


def _one_sided(kind: Callable[..., Any], safe: int) -> Strategy[Any]:
    def bound(limit: float, inner: float | None, outer: float | None) -> Any:
        return kind(
            limit,
            warn_at=None if inner is None else limit + safe * inner,
            tolerated_to=None if outer is None else limit - safe * outer,
        )

    widths = st.none() | st.sampled_from([1.0, 0.5, 100.0])
    return st.builds(bound, numbers().filter(lambda n: abs(n) < 1e6), widths, widths)


@st.composite
def _bands(draw: st.DrawFn) -> Between:
    low = draw(numbers().filter(lambda n: abs(n) < 1e6))
    width = draw(st.sampled_from([0.0, 1.0, 6.0, 0.5]))
    inner = draw(st.booleans()) and width > 0
    return Between(
        low,
        low + width,
        warn_at=(low + width / 4, low + 3 * width / 4) if inner else None,
        tolerated_to=(low - 1, low + width + 1) if draw(st.booleans()) else None,
    )


@st.composite
def _anchors(draw: st.DrawFn) -> Anchors:
    values = sorted(draw(st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True)))
    falls = draw(st.booleans())
    start, *rest = [-float(value) for value in values] if falls else map(float, values)
    scores = draw(st.sampled_from([(0.7, 1.0), (0.3, 1.0), (1.0, 1.3)]))
    baseline = draw(st.none() | st.just(start))
    return Anchors(dict(zip(scores, rest, strict=True)), baseline=baseline)


def _steps() -> Strategy[Steps]:
    score = st.sampled_from([1.0, 0.5, 0.0, 0.3])
    edge: Strategy[Any] = st.one_of(
        [st.none(), *(st.builds(kind, numbers()) for kind in (AtLeast, Above, AtMost, Below))]
    )
    steps = st.tuples(edge, score)
    return st.lists(steps, min_size=1, max_size=3, unique_by=lambda step: step[0]).map(Steps)


def _milestones() -> Strategy[Milestones]:
    step = st.builds(Milestone, st.sampled_from(_STEPS), weights(), st.none() | days())
    return st.lists(step, min_size=1, max_size=3, unique_by=lambda s: s.name).map(
        lambda steps: Milestones(*steps)
    )


def _zones() -> Strategy[Zones]:
    labels = st.sampled_from(["fail", "commit", "target", "stretch"])
    scores = st.sampled_from([0.0, 0.3, 0.7, 1.0])
    return st.dictionaries(labels, scores, min_size=1, max_size=4).map(Zones)


def _compounds() -> Strategy[Compound]:
    part = st.one_of(
        lines(),
        *(
            MAKERS[kind]()
            for kind in (*get_args(Bound), PassFail, Exactly, Budget, Anchors, Judged)
        ),
    )
    parts = st.fixed_dictionaries({"posts": part, "shipped": part})
    return st.builds(
        Compound,
        parts,
        combine=st.sampled_from(Combination).filter(Combination.SHARE_ACHIEVED.__ne__),
    )


def _with_baseline(
    kind: Callable[..., Any],
    name: str,
    amounts: list[float],
    baselines: Strategy[float] | None = None,
) -> Strategy[Any]:
    known = _apart_from_zero() if baselines is None else baselines
    return st.tuples(st.sampled_from(amounts), st.none() | known).map(
        lambda drawn: kind(**{name: drawn[0], "baseline": drawn[1]})
    )


#: Makers of strategies, by class of measure.
MAKERS: Final[Mapping[type[Any], Callable[[], Strategy[Any]]]] = MappingProxyType(
    {
        Increase: lambda: (
            _between_ends(Increase, 1) | _to_be_established(Increase) | _without_target(Increase)
        ),
        Decrease: lambda: (
            _between_ends(Decrease, -1) | _to_be_established(Decrease) | _without_target(Decrease)
        ),
        FromTo: lambda: (
            _between_ends(FromTo, 0)
            | _to_be_established(FromTo)
            | numbers().map(lambda n: FromTo(n, n))
        ),
        Reach: lambda: _above_zero().map(Reach),
        Relative: lambda: _with_baseline(Relative, "percent", [5.0, -10.0, 100.0]),
        Points: lambda: _with_baseline(Points, "change", [5.0, -0.5]),
        Multiple: lambda: _with_baseline(Multiple, "factor", [2.0, 0.5, 10.0], _above_zero()),
        AtLeast: lambda: _one_sided(AtLeast, 1),
        Above: lambda: _one_sided(Above, 1),
        AtMost: lambda: _one_sided(AtMost, -1),
        Below: lambda: _one_sided(Below, -1),
        Between: _bands,
        PassFail: lambda: st.just(PassFail()),
        Milestones: _milestones,
        Evidence: lambda: st.builds(
            Evidence, required=st.integers(1, 5), what=st.sampled_from(["", "signed letters"])
        ),
        EachPeriod: lambda: st.builds(EachPeriod, bounds(), every=st.sampled_from(_PERIODS)),
        EstablishBaseline: lambda: st.just(EstablishBaseline()),
        Exactly: lambda: _between_ends(Exactly, 0),
        Budget: lambda: st.integers(1, 100).map(Budget),
        Anchors: _anchors,
        Steps: _steps,
        Zones: _zones,
        Judged: lambda: st.just(Judged()),
        Compound: _compounds,
    }
)

#: Strategies of readings for measures that take no numbers.
_TAKEN: Final[Mapping[type[Any], Callable[[Any], Strategy[Any]]]] = MappingProxyType(
    {
        PassFail: lambda _: st.booleans() | st.floats(0, 1),
        Milestones: lambda measure: st.sets(st.sampled_from(measure.names)),
        Evidence: lambda _: st.sets(st.sampled_from(_OBTAINED)),
        Zones: lambda measure: st.sampled_from(measure.labels),
        Judged: lambda _: st.floats(0, 1),
        Compound: lambda measure: st.fixed_dictionaries(
            {}, optional={name: readings(part) for name, part in measure.parts}
        ),
    }
)
