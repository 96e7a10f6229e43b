"""Linear measures: from a baseline to a target.

Rules of this file:

1. One formula serves both directions: progress = (value - baseline) / (target - baseline). Taking
   absolute values, as some systems do, turns a regression into progress.
2. A line has two ends. If the baseline is still to be established, a `BaselineSet` entry gives it, never
   the first check-in. If the target is still open, an `Adjustment` gives it.
3. Numbers that are equal at 12 decimals are equal: there is no span between them.
4. Every line has a direction. From zero it is upwards, and the multiple of a negative baseline has none:
   twice a loss of 5 is a loss of 10, which is no doubling of anything wanted.
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
from okrcore.words.reason import Reason, clauses

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

#: Baseline and target.
Ends: TypeAlias = tuple[float, float]


class _Line:
    """Base of all lines."""

    __slots__ = ()

    baseline: float | None

    @property
    def states_baseline(self) -> bool:
        """Whether the plan has the baseline; a `BaselineSet` is then refused."""
        return self.baseline is not None

    def target_from(self, baseline: float) -> float | None:
        """Return the target for a baseline; None if it is open."""
        raise NotImplementedError

    def allows(self, baseline: float) -> bool:
        """Return whether the line can start at a baseline; a `BaselineSet` elsewhere is refused."""
        given_number(self, "allows", baseline)
        return True

    def ends(self, established: float | None = None) -> Ends | None:
        """Return baseline and target; None if the baseline is unknown, or the target open.

        Args:
            established: Baseline that was established later; it replaces the planned one.
        """
        baseline = self.baseline
        if established is not None:
            baseline = given_number(self, "ends", established)
        target = None if baseline is None else self.target_from(baseline)
        return None if baseline is None or target is None else (baseline, target)


class _FixedTarget(_Line):
    """Base of lines with a target of their own."""

    __slots__ = ()

    target: float

    def target_from(self, baseline: float) -> float:
        """Return the target; it does not depend on the baseline."""
        given_number(self, "target_from", baseline)
        return self.target


class _Directed(_Line):
    """Base of lines with a direction of their own, whose target may be open."""

    __slots__ = ()

    target: float | None

    def target_from(self, baseline: float) -> float | None:
        """Return the target, which does not depend on the baseline; None if it is open."""
        given_number(self, "target_from", baseline)
        return self.target


@final
@frozen
class Increase(_Directed):
    """Move a number up from a baseline to a target.

    Numbers are compared at 12 decimals. If they are as small as 1e-12, choose a smaller unit: nanometres
    rather than metres. With `baseline=None` there is no score until a baseline is established.

    With `target=None` the direction is agreed and the target is open: "improve it; how far is open". Such a key
    result is excluded, as one that establishes a baseline: no reading can give it a score, so that it must
    neither lower the coverage of its objective nor keep a verdict open. Its result has the movement, better
    or worse than the baseline and than the reading before. An `Adjustment` sets the target on a day.

    Args:
        baseline: Value at the start, in the key result's unit, or None.
        target: Value to reach, above the baseline; None if it is open.

    Raises:
        InvalidValueError: The target equals the baseline, or lies below it.

    Laws: test_progress_is_0_at_the_baseline_and_1_at_the_target,
    test_increase_and_decrease_mirror_each_other, test_units_never_matter.
    Source: METHOD.md 2.1.

    >>> Increase(112, 128).ends()
    (112.0, 128.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float | None = field(converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_be_directed(self, "Decrease")

    def allows(self, baseline: float) -> bool:
        """Return whether the baseline lies below the target, if that is not open."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return self.target is None or snap(baseline) < snap(self.target)


@final
@frozen
class Decrease(_Directed):
    """Move a number down from a baseline to a target. Numbers are compared as by `Increase`.

    Args:
        baseline: Value at the start, in the key result's unit; None if it is to be established.
        target: Value to reach, below the baseline; None if it is open, see `Increase`.

    Raises:
        InvalidValueError: The target equals the baseline, or lies above it.

    Laws: test_progress_is_0_at_the_baseline_and_1_at_the_target,
    test_increase_and_decrease_mirror_each_other.
    Source: METHOD.md 2.1.

    >>> Decrease(90, 45).ends()
    (90.0, 45.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float | None = field(converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_be_directed(self, "Increase")

    def allows(self, baseline: float) -> bool:
        """Return whether the baseline lies above the target, if that is not open."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return self.target is None or snap(baseline) > snap(self.target)


@final
@frozen
class FromTo(_FixedTarget):
    """Move a number from a baseline to a target, in either direction.

    The two may be equal, by an import or an adjustment; the rulebook has the score of that.

    Args:
        baseline: Value at the start; None if it is to be established.
        target: Value to reach.

    Laws: test_attainment_never_falls_towards_the_target, test_units_never_matter.

    >>> FromTo(5, 5).ends()
    (5.0, 5.0)
    """

    baseline: float | None = field(converter=as_optional_number)
    target: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        _must_be_ends(self)


@final
@frozen
class Reach(_FixedTarget):
    """Reach a count or a level from zero: "10 interviews", "$10 million pipeline".

    The baseline is 0, and a `BaselineSet` is refused: use `Increase(None, 10)` if it is to be established. A
    target below 0 has no direction from zero: a loss of 20,000 is not twice the success of a loss of 10,000.
    Use `Increase(-20_000, -10_000)`, or `AtLeast(-10_000)` for a limit.

    Args:
        target: Value to reach, above 0.

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
                clauses([Reason("hint/to-none"), _if_small(self.target, 0.0)]),
            )
        if self.target < 0:
            hint = Reason("hint/below-zero", limit=plain(self.target))
            raise InvalidValueError("no-direction", path_of(self, "target"), self.target, hint)

    def allows(self, baseline: float) -> bool:
        """Return whether the baseline differs from the target."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) != snap(self.target)


@final
@frozen(kw_only=True)
class Relative(_Line):
    """Move a number by a share of its baseline: +5% of 21% is 22.05% (`Points(5)` makes it 26%).

    Args:
        percent: 5 for "5% more", -10 for "10% less"; not 0. Of a negative baseline it is a percentage of
            its size, so that a positive percent is always upwards.
        baseline: Value at the start, not 0; usually still to be established.

    Raises:
        InvalidValueError: The percent or the baseline is 0.

    Laws: test_a_relative_target_is_a_line, test_a_baseline_may_come_later.

    >>> Relative(percent=5, baseline=21).ends()
    (21.0, 22.05)
    """

    percent: float = field(converter=as_number)
    baseline: float | None = field(default=None, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_change(self, "percent", self.percent, 0.0)
        _must_have_ratio(self)

    def target_from(self, baseline: float) -> float:
        """Return the baseline plus its percentage."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline + abs(baseline) * self.percent / 100

    def allows(self, baseline: float) -> bool:
        """Return whether the baseline is not 0."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) != 0


@final
@frozen
class Points(_Line):
    """Move a number by an amount: 5 points on 21% is 26%.

    Args:
        change: Amount in the key result's unit; negative for less; not 0.
        baseline: Value at the start; usually still to be established.

    Laws: test_a_relative_target_is_a_line.

    >>> Points(5, baseline=21).ends()
    (21.0, 26.0)
    """

    change: float = field(converter=as_number)
    baseline: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_change(self, "change", self.change, 0.0)
        if self.baseline is not None:
            must_be_number(self, "baseline", self.baseline)

    def target_from(self, baseline: float) -> float:
        """Return the baseline plus the change."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline + self.change


@final
@frozen
class Multiple(_Line):
    """Bring a number to a multiple of its baseline: `Multiple(2)` doubles it.

    A negative baseline has no multiple to reach: use `Relative` or `Points`.

    Args:
        factor: Target as a multiple of the baseline; above 0, not 1.
        baseline: Value at the start, above 0; usually still to be established.

    Raises:
        InvalidValueError: The factor is 1, or it or the baseline is 0 or less.

    Laws: test_a_relative_target_is_a_line, test_a_multiple_goes_the_way_of_its_percent.

    >>> Multiple(2, baseline=12).ends()
    (12.0, 24.0)
    """

    factor: float = field(converter=as_number)
    baseline: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        _must_change(self, "factor", self.factor, 1.0)
        if self.factor <= 0:
            raise InvalidValueError("not-positive", path_of(self, "factor"), self.factor)
        _must_have_ratio(self)
        if self.baseline is not None and self.baseline < 0:
            raise InvalidValueError(
                "no-direction",
                path_of(self, "baseline"),
                self.baseline,
                "write Points(change, baseline=...), FromTo(baseline, target) or"
                " Relative(percent=..., baseline=...)",
            )

    def target_from(self, baseline: float) -> float:
        """Return the baseline times the factor."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "target_from", baseline)
        return baseline * self.factor

    def allows(self, baseline: float) -> bool:
        """Return whether the baseline is above 0."""
        if type(baseline) is not float or not -inf < baseline < inf:
            baseline = given_number(self, "allows", baseline)
        return snap(baseline) > 0


LinearMeasure: TypeAlias = Increase | Decrease | FromTo | Reach | Relative | Points | Multiple


def _must_be_ends(measure: Increase | Decrease | FromTo) -> None:
    baseline, target = measure.baseline, measure.target
    # 100,000 lines are common, nearly all of them between two floats.
    is_plain = type(target) is float and -LARGEST <= target <= LARGEST
    if not is_plain and (target is not None or isinstance(measure, FromTo)):
        must_be_number(measure, "target", target)
    is_plain = type(baseline) is float and -LARGEST <= baseline <= LARGEST
    if not is_plain and baseline is not None:
        must_be_number(measure, "baseline", baseline)


def _must_be_directed(measure: Increase | Decrease, other: str) -> None:
    _must_be_ends(measure)
    baseline, target = measure.baseline, measure.target
    if baseline is None or target is None:
        return
    if snap(baseline) == snap(target):
        raise InvalidValueError(
            "target-equals-baseline",
            path_of(measure, "target"),
            target,
            clauses([Reason("hint/hold-a-level"), _if_small(baseline, target)]),
        )
    if not measure.allows(baseline):
        raise InvalidValueError(
            "target-against-direction",
            path_of(measure, "target"),
            target,
            Reason(
                "hint/other-direction",
                measure=other,
                baseline=plain(baseline, target),
                target=plain(target, baseline),
            ),
        )


def _must_change(measure: LinearMeasure, name: str, value: float, unchanged: float) -> None:
    must_be_number(measure, name, value)
    if snap(value) == unchanged:
        raise InvalidValueError(
            "target-equals-baseline",
            path_of(measure, name),
            value,
            clauses(
                [Reason("hint/changes-nothing", number=plain(value)), _if_small(value, unchanged)]
            ),
        )


def _if_small(one: float, other: float) -> str:
    """Return an addition to the hint if two numbers that are equal at 12 decimals still differ."""
    return "" if one == other else Reason("hint/at-12-decimals")


def _must_have_ratio(measure: Relative | Multiple) -> None:
    if measure.baseline is None:
        return
    must_be_number(measure, "baseline", measure.baseline)
    if snap(measure.baseline) == 0:
        raise InvalidValueError(
            "relative-to-zero", path_of(measure, "baseline"), 0.0, "write Reach or Points"
        )
