"""Bounds that must hold: at least, above, at most, below, between.

Rules of this file:

1. The name includes or excludes the limit: `AtMost(85)` holds at 85, `Below(85)` does not.
2. Values are compared after the 12-decimal snap, never as raw floats.
3. Warning zones warn and change no progress.
4. A limit may be open: to be established, or the value of a period before. An open bound is unknown at every
   value; a scorecard has the bound with its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from math import inf
from typing import ClassVar, Final, Self, SupportsFloat, TypeAlias, final

from attrs import evolve, field, frozen

from okrcore._arith import above, at_least, snap
from okrcore._checks import (
    LARGEST,
    as_number,
    as_optional_number,
    as_tuple,
    given_number,
    is_tuple,
    must_be_number,
    path_of,
)
from okrcore.errors import InvalidValueError
from okrcore.plan.prior_period import Limit, PriorPeriod, as_limit, limit_words, must_be_limit
from okrcore.plan.unit import in_full, plain
from okrcore.words.reason import Reason

__all__ = [
    "ONE_SIDED",
    "Above",
    "AtLeast",
    "AtMost",
    "Below",
    "Between",
    "Bound",
    "BoundState",
    "Zone",
    "must_be_stated",
]


@unique
class BoundState(StrEnum):
    """State of a bound at a value."""

    HELD = "held"
    WARNING = "warning"
    BREACHED = "breached"
    UNKNOWN = "unknown"


# Constants: a lookup in an enum takes longer than the comparison of a value.
_HELD: Final = BoundState.HELD
_WARNING: Final = BoundState.WARNING
_BREACHED: Final = BoundState.BREACHED


class _OneSided:
    """Base of the four one-sided bounds."""

    __slots__ = ()

    limit: Limit
    warn_at: float | None
    tolerated_to: float | None

    #: 1 if larger is safer, -1 if smaller is.
    _safe: ClassVar[int]
    #: Whether the limit itself holds.
    _has_limit: ClassVar[bool]
    words: ClassVar[str]

    @property
    def is_open(self) -> bool:
        """Whether the limit is to be established, or comes from the past."""
        return type(self.limit) is not float

    def stated_limit(self) -> float:
        """Return the limit as a number.

        Raises:
            InvalidValueError: It is open.
        """
        limit = self.limit
        if type(limit) is float:
            return limit
        hint = "evaluate: results have the bound with its number"
        raise InvalidValueError("limit-open", path_of(self, "limit"), limit, hint)

    def with_limit(self, limit: float | None) -> Self:
        """Return the bound with another limit; None if that is to be established."""
        return evolve(self, limit=limit)  # type: ignore[misc]  # each bound is an attrs class

    def holds(self, value: float) -> bool:
        """Return whether the value keeps the bound; refused if the limit is open."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "holds", value)
        limit = self.limit
        if type(limit) is not float:
            limit = self.stated_limit()
        low, high = (limit, value) if self._safe > 0 else (value, limit)
        return at_least(high, low) if self._has_limit else above(high, low)

    def margin(self, value: float) -> float:
        """Return the distance to the limit in the value's unit; negative beyond it. Refused if it is open."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "margin", value)
        limit = self.stated_limit()
        return value - limit if self._safe > 0 else limit - value

    def state(self, value: float) -> BoundState:
        """Return the state at a value, unknown if the limit is open; a zone may lie on either side of it."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "state", value)
        if type(self.limit) is not float:
            return BoundState.UNKNOWN
        if not self.holds(value):
            tolerated = self.tolerated_to is not None and (
                self._safe * (snap(value) - snap(self.tolerated_to)) >= 0
            )
            return _WARNING if tolerated else _BREACHED
        warned = self.warn_at is not None and (self._safe * (snap(value) - snap(self.warn_at)) <= 0)
        return _WARNING if warned else _HELD

    def __attrs_post_init__(self) -> None:
        if type(self.limit) is not float or not -LARGEST <= self.limit <= LARGEST:
            must_be_limit(self, self.limit)
        if self.warn_at is None and self.tolerated_to is None:
            return
        limit = self.limit
        for name, side in (("warn_at", self._safe), ("tolerated_to", -self._safe)):
            edge = getattr(self, name)
            if edge is None:
                continue
            must_be_number(self, name, edge)
            if type(limit) is not float:
                hint = "adjust the bound to one with the zone once its limit is known"
                raise InvalidValueError("limit-open", path_of(self, name), edge, hint)
            if side * (edge - limit) <= 0:
                direction = "above" if side > 0 else "below"
                raise InvalidValueError(
                    "zone-on-wrong-side",
                    path_of(self, name),
                    edge,
                    f"give a value {direction} {plain(limit, edge)}",
                )

    def __str__(self) -> str:
        limit = self.limit
        if limit is None or isinstance(limit, PriorPeriod):
            return f"{self.words} {limit_words(limit)}"
        return f"{self.words} {in_full(snap(limit))}"


@final
@frozen
class AtLeast(_OneSided):
    """Stay at or above a limit.

    Numbers are compared at 12 decimals. If they are as small as 1e-12, choose a smaller unit: nanometres
    rather than metres.

    Args:
        limit: Lowest value that holds. None if it is to be established by a `BaselineSet`; a `PriorPeriod`
            if it is the value of a period before. Until it is known the state is unknown, and nothing is
            breached. Guardrails and metrics may have such a limit.
        warn_at: From the limit up to here a value holds and warns; above the limit.
        tolerated_to: Down to here a value beyond the limit only warns; below the limit.

    Raises:
        InvalidValueError: A warning zone lies on the wrong side of the limit.

    Laws: test_opposite_bounds_never_both_hold, test_a_warning_zone_changes_no_progress.

    >>> AtLeast(99.5).holds(99.5)
    True
    """

    limit: Limit = field(converter=as_limit)
    warn_at: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    tolerated_to: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    _safe = 1
    _has_limit = True
    words = "at least"


@final
@frozen
class Above(_OneSided):
    """Stay above a limit; the limit itself does not hold. Numbers are compared as by `AtLeast`.

    Args:
        limit: Value to stay above; or an open limit, see `AtLeast`.
        warn_at: See `AtLeast`.
        tolerated_to: See `AtLeast`.

    Laws: test_opposite_bounds_never_both_hold.

    >>> Above(8.7).holds(8.7)
    False
    """

    limit: Limit = field(converter=as_limit)
    warn_at: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    tolerated_to: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    _safe = 1
    _has_limit = False
    words = "above"


@final
@frozen
class AtMost(_OneSided):
    """Stay at or below a limit: "not to exceed 85". Numbers are compared as by `AtLeast`.

    Args:
        limit: Highest value that holds; or an open limit, see `AtLeast`.
        warn_at: From here up to the limit a value holds and warns; below the limit.
        tolerated_to: Up to here a value beyond the limit only warns; above the limit.

    Laws: test_opposite_bounds_never_both_hold, test_a_warning_zone_changes_no_progress.

    >>> AtMost(85, warn_at=80).state(82)
    <BoundState.WARNING: 'warning'>
    """

    limit: Limit = field(converter=as_limit)
    warn_at: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    tolerated_to: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    _safe = -1
    _has_limit = True
    words = "at most"


@final
@frozen
class Below(_OneSided):
    """Stay below a limit; the limit itself does not hold: "under 6%".

    Numbers are compared as by `AtLeast`.

    Args:
        limit: Value to stay below; or an open limit, see `AtLeast`.
        warn_at: See `AtMost`.
        tolerated_to: See `AtMost`.

    Laws: test_opposite_bounds_never_both_hold.

    >>> Below(6).holds(6)
    False
    """

    limit: Limit = field(converter=as_limit)
    warn_at: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    tolerated_to: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    _safe = -1
    _has_limit = False
    words = "below"


#: Lower and upper end of a zone.
Zone: TypeAlias = tuple[float, float]


def _as_zone(value: Iterable[SupportsFloat] | None) -> Zone | None:
    pair = None if value is None else as_tuple(value)
    if type(pair) is not tuple:
        return pair  # type: ignore[return-value]  # None, or refused by Between
    return tuple(map(as_number, pair))  # type: ignore[return-value]  # of another length: Between


@final
@frozen
class Between:
    """Stay between two limits, both included. Numbers are compared as by `AtLeast`.

    Args:
        low: Lowest value that holds.
        high: Highest value that holds.
        warn_at: Inner zone, (low, high): at its ends or outside it a value holds and warns.
        tolerated_to: Outer zone, (low, high): in it a value beyond a limit only warns.

    Raises:
        InvalidValueError: The limits are crossed, or a zone lies on the wrong side of one.

    Laws: test_breached_means_not_held, test_every_measure_has_its_mirror.

    >>> Between(72, 78).margin(80)
    -2.0
    """

    low: float = field(converter=as_number)
    high: float = field(converter=as_number)
    warn_at: Zone | None = field(default=None, kw_only=True, converter=_as_zone)
    tolerated_to: Zone | None = field(default=None, kw_only=True, converter=_as_zone)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "low", self.low)
        must_be_number(self, "high", self.high)
        if self.low > self.high:
            raise InvalidValueError(
                "bounds-crossed",
                path_of(self, "low"),
                self.low,
                Reason("hint/high-is", high=plain(self.high, self.low)),
            )
        for name, side in (("warn_at", 1), ("tolerated_to", -1)):
            zone = getattr(self, name)
            if zone is not None:
                self._must_be_zone(name, zone, side)

    def _must_be_zone(self, name: str, zone: object, side: int) -> None:
        if not is_tuple(zone) or len(zone) != 2:
            raise InvalidValueError("not-a-sequence", path_of(self, name), zone, "give (low, high)")
        low, high = zone
        must_be_number(self, f"{name}[0]", low)
        must_be_number(self, f"{name}[1]", high)
        if low > high or side * (low - self.low) <= 0 or side * (self.high - high) <= 0:
            direction = "inside" if side > 0 else "around"
            raise InvalidValueError(
                "zone-on-wrong-side",
                path_of(self, name),
                zone,
                f"give a zone {direction} {plain(self.low, low)} to {plain(self.high, high)}",
            )

    @property
    def is_open(self) -> bool:
        """Whether a limit is open: never, as both are numbers."""
        return False

    @classmethod
    def around(cls, target: SupportsFloat, *, percent: SupportsFloat = 5) -> Between:
        """Return the band around a target: 250 within 5% is 237.5 to 262.5.

        Args:
            target: Middle of the band; not 0.
            percent: Distance of the limits from it, in percent of the target; above 0.

        Source: ServiceNow's "constant" targets, 5% by default (METHOD.md 2.1).

        >>> Between.around(250, percent=10)
        Between(low=225.0, high=275.0, warn_at=None, tolerated_to=None)
        """
        number, share = as_number(target), as_number(percent)
        must_be_number(cls, "target", number)
        must_be_number(cls, "percent", share)
        if snap(number) == 0 or share <= 0:
            raise InvalidValueError(
                "not-positive", f"{cls.__name__}.percent", share, "give the two limits instead"
            )
        distance = abs(number) * share / 100
        return cls(number - distance, number + distance)

    def holds(self, value: float) -> bool:
        """Return whether the value is in the band, its limits included."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "holds", value)
        return at_least(value, self.low) and at_least(self.high, value)

    def margin(self, value: float) -> float:
        """Return the distance to the nearer limit in the value's unit; negative beyond it."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "margin", value)
        return min(value - self.low, self.high - value)

    def state(self, value: float) -> BoundState:
        """Return the state at a value; a warning zone may lie on either side of a limit."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "state", value)
        at = snap(value)
        if not self.holds(value):
            outer = self.tolerated_to
            tolerated = outer is not None and snap(outer[0]) <= at <= snap(outer[1])
            return _WARNING if tolerated else _BREACHED
        inner = self.warn_at
        warned = inner is not None and not snap(inner[0]) < at < snap(inner[1])
        return _WARNING if warned else _HELD

    def __str__(self) -> str:
        return f"between {in_full(snap(self.low))} and {in_full(snap(self.high))}"


Bound: TypeAlias = AtLeast | Above | AtMost | Below | Between

#: Bound with one limit.
OneSided: TypeAlias = AtLeast | Above | AtMost | Below
#: Classes of bounds with one limit, which may be open.
ONE_SIDED: Final = frozenset({AtLeast, Above, AtMost, Below})


def must_be_stated(record: object, field: str, bound: object) -> None:
    """Refuse a bound with an open limit; other values are let through."""
    if type(bound) in ONE_SIDED and bound.is_open:  # type: ignore[attr-defined]
        hint = "give a number; only guardrails, and the health of metrics, may have an open limit"
        raise InvalidValueError("limit-open", path_of(record, field), bound, hint)
