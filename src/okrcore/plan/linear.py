"""Measures that move along a line from a baseline to a target.

Rules of this file:

1. One formula serves both directions: progress = (value - baseline) / (target - baseline). Taking
   absolute values, as some systems do, turns a regression into progress.
2. A line is known by its two ends. Where the baseline is still to be established, there is none: a
   `BaselineSet` entry gives it, never the first check-in.
3. Numbers that are equal at 12 decimals are equal: there is no way to go between them. Where numbers are
   that small, choose a unit in which they are larger: nanometres rather than metres.
4. Every line has a direction. From zero there is one upwards alone, and the multiple of a negative
   baseline has none: twice a loss of 5 is a loss of 10, which is no doubling of anything wanted.
"""

from __future__ import annotations

from math import inf
from typing import ClassVar, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import (
    LARGEST,
    as_number,
    as_optional_number,
    given_number,
    must_be_number,
    path_of,
)
from okrcore.errors import InvalidValueError
from okrcore.plan.unit import plain

__all__ = [
    "Decrease",
    "Ends",
    "FromTo",
    "Increase",
    "LinearMeasure",
    "Multiple",
    "Points",
    "Reach",
    "Relative",
]

#: A baseline and a target, both known.
Ends: TypeAlias = tuple[float, float]


class _Line:
    """What all lines share: their two ends, once the baseline is known."""

    __slots__ = ()

    baseline: float | None

    @property
    def states_baseline(self) -> bool:
        """Whether the baseline is agreed in the plan; then a `BaselineSet` is refused."""
        return self.baseline is not None

    def target_from(self, baseline: float) -> float:
        """Return the value to reach from a baseline."""
        raise NotImplementedError

    def allows(self, baseline: float) -> bool:
        """Say whether the line can start there; a `BaselineSet` elsewhere is refused."""
        given_number(self, "allows", baseline)
        return True

    def ends(self, established: float | None = None) -> Ends | None:
        """Return baseline and target, None while the baseline is unknown.

        Args:
            established: The baseline that was found meanwhile; it replaces the planned one.
        """
        baseline = self.baseline
        if established is not None:
            baseline = given_number(self, "ends", established)
        return None if baseline is None else (baseline, self.target_from(baseline))


@final
@frozen
class Increase(_Line):
    """Move a number up from a baseline to a target.

    Numbers meet at 12 decimals: where they are as small as 1e-12, choose a unit in which they are larger.

    With `baseline=None` the baseline is to be established, and until then there is no score.

    Args:
        baseline: The value at the start, in the key result's unit, or None.
        target: The value to reach, above the baseline.

    Raises:
        InvalidValueError: The target equals the baseline, or lies below it.

    Laws: test_progress_is_0_at_the_baseline_and_1_at_the_target,
    test_increase_and_decrease_mirror_each_other, test_units_never_matter.
    Source: METHOD.md 2.1.

    >>> Increase(112, 128).ends()
    (112.0, 128.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        _must_be_directed(self, "Decrease")

    def target_from(self, baseline: float) -> float:
        """Return the target; it does not depend on the baseline."""
        given_number(self, "target_from", baseline)
        return self.target

    def allows(self, baseline: float) -> bool:
        """Say whether the baseline leaves a way up."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) < snap(self.target)


@final
@frozen
class Decrease(_Line):
    """Move a number down from a baseline to a target.

    Numbers meet at 12 decimals: where they are as small as 1e-12, choose a unit in which they are larger.

    Args:
        baseline: The value at the start, in the key result's unit, or None: to be established.
        target: The value to reach, below the baseline.

    Raises:
        InvalidValueError: The target equals the baseline, or lies above it.

    Laws: test_progress_is_0_at_the_baseline_and_1_at_the_target,
    test_increase_and_decrease_mirror_each_other.
    Source: METHOD.md 2.1.

    >>> Decrease(90, 45).ends()
    (90.0, 45.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        _must_be_directed(self, "Increase")

    def target_from(self, baseline: float) -> float:
        """Return the target; it does not depend on the baseline."""
        given_number(self, "target_from", baseline)
        return self.target

    def allows(self, baseline: float) -> bool:
        """Say whether the baseline leaves a way down."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) > snap(self.target)


@final
@frozen
class FromTo(_Line):
    """Move a number from a baseline to a target, up or down as the numbers say.

    Numbers meet at 12 decimals: where they are as small as 1e-12, choose a unit in which they are larger.

    The two may be equal (imports and adjustments bring that about); the rulebook says what it means.

    Args:
        baseline: The value at the start, or None: to be established.
        target: The value to reach.

    Laws: test_attainment_never_falls_towards_the_target, test_units_never_matter.

    >>> FromTo(5, 5).ends()
    (5.0, 5.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        _must_be_ends(self)

    def target_from(self, baseline: float) -> float:
        """Return the target; it does not depend on the baseline."""
        given_number(self, "target_from", baseline)
        return self.target


@final
@frozen
class Reach(_Line):
    """Reach a count or a level, from zero: "10 interviews", "$10 million pipeline".

    It starts at 0, whatever is found, and a `BaselineSet` is refused: `Increase(None, 10)` starts from a baseline
    that is to be established. Below 0 there is no way from zero to go: a loss of 20,000 is not twice the success
    of a loss of 10,000. `Increase(-20_000, -10_000)` has a way, and `AtLeast(-10_000)` a limit.

    Args:
        target: The value to reach, above 0, which is where it starts.

    Raises:
        InvalidValueError: The target is 0 or less.

    Laws: test_attainment_never_falls_towards_the_target, test_a_target_below_zero_has_no_direction.

    >>> Reach(10).ends()
    (0.0, 10.0)
    """

    target: float = field(converter=as_number)

    baseline: ClassVar[float] = 0.0  # type: ignore[misc]  # a constant of this line

    def __attrs_post_init__(self) -> None:
        if type(self.target) is not float or not -LARGEST <= self.target <= LARGEST:
            must_be_number(self, "target", self.target)
        if snap(self.target) == 0:
            raise InvalidValueError(
                "target-equals-baseline",
                path_of(self, "target"),
                self.target,
                "write AtMost(0) to allow none, or Decrease(baseline, 0) to get down to none"
                + _if_small(self.target, 0.0),
            )
        if self.target < 0:
            limit = plain(self.target)
            raise InvalidValueError(
                "no-direction",
                path_of(self, "target"),
                self.target,
                f"write Increase(baseline, {limit}) or Decrease(baseline, {limit}), FromTo(None, {limit}) if"
                f" the baseline is to be established, or AtLeast({limit}) or AtMost({limit}) to hold a limit",
            )

    def target_from(self, baseline: float) -> float:
        """Return the target; it does not depend on the baseline."""
        given_number(self, "target_from", baseline)
        return self.target

    def allows(self, baseline: float) -> bool:
        """Say whether the baseline leaves something to reach."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) != snap(self.target)


@final
@frozen(kw_only=True)
class Relative(_Line):
    """Move a number by a share of its baseline: +5% of 21% is 22.05% (`Points(5)` makes it 26%).

    Args:
        percent: 5 for "5% more", -10 for "10% less"; not 0. Of a negative baseline it is a share of
            its size, so that a positive percent is always upwards.
        baseline: The value at the start, not 0; usually still to be established.

    Raises:
        InvalidValueError: The percent or the baseline is 0.

    Laws: test_a_relative_target_is_a_line, test_a_baseline_may_come_later.

    >>> Relative(percent=5, baseline=21).ends()
    (21.0, 22.05)
    """

    percent: float = field(converter=as_number)
    baseline: float | None = field(default=None, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_move(self, "percent", self.percent, 0.0)
        _must_have_shares(self)

    def target_from(self, baseline: float) -> float:
        """Return the baseline and its share."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline + abs(baseline) * self.percent / 100

    def allows(self, baseline: float) -> bool:
        """Say whether the baseline has a share."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) != 0


@final
@frozen
class Points(_Line):
    """Move a number by an amount: 5 points on 21% is 26%.

    Args:
        change: How far, in the key result's unit; negative for less; not 0.
        baseline: The value at the start; usually still to be established.

    Laws: test_a_relative_target_is_a_line.

    >>> Points(5, baseline=21).ends()
    (21.0, 26.0)
    """

    change: float = field(converter=as_number)
    baseline: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_move(self, "change", self.change, 0.0)
        if self.baseline is not None:
            must_be_number(self, "baseline", self.baseline)

    def target_from(self, baseline: float) -> float:
        """Return the baseline and the amount."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline + self.change


@final
@frozen
class Multiple(_Line):
    """Bring a number to a multiple of its baseline: `Multiple(2)` doubles it.

    A negative baseline has no multiple to reach: `Relative` and `Points` move it up or down.

    Args:
        factor: The target as a multiple of the baseline; above 0, not 1.
        baseline: The value at the start, above 0; usually still to be established.

    Raises:
        InvalidValueError: The factor is 1, or it or the baseline is 0 or less.

    Laws: test_a_relative_target_is_a_line, test_a_multiple_goes_the_way_of_its_percent.

    >>> Multiple(2, baseline=12).ends()
    (12.0, 24.0)
    """

    factor: float = field(converter=as_number)
    baseline: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_move(self, "factor", self.factor, 1.0)
        if self.factor <= 0:
            raise InvalidValueError("not-positive", path_of(self, "factor"), self.factor)
        _must_have_shares(self)
        if self.baseline is not None and self.baseline < 0:
            raise InvalidValueError(
                "no-direction",
                path_of(self, "baseline"),
                self.baseline,
                "write Points(change, baseline=...), FromTo(baseline, target) or"
                " Relative(percent=..., baseline=...)",
            )

    def target_from(self, baseline: float) -> float:
        """Return that many times the baseline."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline * self.factor

    def allows(self, baseline: float) -> bool:
        """Say whether the baseline has a multiple with a direction."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) > 0


LinearMeasure: TypeAlias = Increase | Decrease | FromTo | Reach | Relative | Points | Multiple


def _must_be_ends(measure: Increase | Decrease | FromTo) -> None:
    baseline, target = measure.baseline, measure.target
    # Lines come by the hundred thousand, nearly all of them between two plain numbers.
    if type(target) is not float or not -LARGEST <= target <= LARGEST:
        must_be_number(measure, "target", target)
    is_plain = type(baseline) is float and -LARGEST <= baseline <= LARGEST
    if not is_plain and baseline is not None:
        must_be_number(measure, "baseline", baseline)


def _must_be_directed(measure: Increase | Decrease, other: str) -> None:
    _must_be_ends(measure)
    baseline, target = measure.baseline, measure.target
    if baseline is None:
        return
    if snap(baseline) == snap(target):
        raise InvalidValueError(
            "target-equals-baseline",
            path_of(measure, "target"),
            target,
            "write AtLeast or AtMost to hold a level" + _if_small(baseline, target),
        )
    if not measure.allows(baseline):
        raise InvalidValueError(
            "target-against-direction",
            path_of(measure, "target"),
            target,
            f"write {other}({plain(baseline, target)}, {plain(target, baseline)})",
        )


def _must_move(measure: LinearMeasure, name: str, value: float, nothing: float) -> None:
    must_be_number(measure, name, value)
    if snap(value) == nothing:
        raise InvalidValueError(
            "target-equals-baseline",
            path_of(measure, name),
            value,
            f"{plain(value)} changes nothing" + _if_small(value, nothing),
        )


def _if_small(one: float, other: float) -> str:
    """Return one more way out if two numbers that are equal at 12 decimals still differ."""
    if one == other:
        return ""
    return "; numbers are compared at 12 decimals, so choose a unit in which they are larger"


def _must_have_shares(measure: Relative | Multiple) -> None:
    if measure.baseline is None:
        return
    must_be_number(measure, "baseline", measure.baseline)
    if snap(measure.baseline) == 0:
        raise InvalidValueError(
            "relative-to-zero", path_of(measure, "baseline"), 0.0, "write Reach or Points"
        )
