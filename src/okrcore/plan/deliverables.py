"""Measures of deliverables: pass or fail, milestones, evidence, a baseline to be found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import fsum
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import (
    LARGEST,
    as_number,
    as_text,
    as_tuple,
    is_tuple,
    must_be_all,
    must_be_date,
    must_be_number,
    must_be_positive_count,
    must_be_some,
    must_be_unique,
    path_of,
)
from okrcore._texts import must_be_name, must_be_text
from okrcore.errors import InvalidValueError

__all__ = ["EstablishBaseline", "Evidence", "Milestone", "Milestones", "PassFail"]


@final
@frozen
class PassFail:
    """Met or not met. Regulated work often has no other measure.

    A reading is True, False, or a credit from 0 to 1, used as far as the rulebook allows partial credit.

    Laws: test_credit_is_worth_itself_or_nothing.
    Source: METHOD.md 2.1.

    >>> PassFail()
    PassFail()
    """


@final
@frozen
class Milestone:
    """One step of a `Milestones` measure.

    Args:
        name: Name used by check-ins.
        weight: Share of the whole, relative to the other milestones; above 0.
        due: Day by which it is expected; for the expected progress, not the score.

    >>> Milestone("beta", 2).weight
    2.0
    """

    name: str
    weight: float = field(default=1.0, converter=as_number)  # METHOD.md 2.1: equal
    due: date | None = None

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        if type(self.weight) is not float or not 0.0 < self.weight <= LARGEST:
            must_be_number(self, "weight", self.weight)
            raise InvalidValueError("not-positive", path_of(self, "weight"), self.weight)
        if self.due is not None:
            must_be_date(self, "due", self.due)


_STEPS: Final = frozenset({Milestone})


@final
@frozen(init=False)
class Milestones:
    """Reach named steps; progress is the weight of those reached.

    A reading is all names reached so far: a check-in that leaves one out takes it back.

    Args:
        milestones: The steps, as `Milestone` or as bare names of equal weight.

    Raises:
        InvalidValueError: There is none, or a name is repeated.

    Laws: test_one_more_is_never_worse, test_lateness_never_pays.

    >>> Milestones("wireframes", "prototype", "beta").weight_of(("beta",))
    0.3333333333333333
    """

    milestones: tuple[Milestone, ...]

    def __init__(self, *steps: Milestone | str, milestones: Iterable[Milestone | str] = ()) -> None:
        # attrs.evolve and copy.replace pass fields by name.
        given = as_tuple(milestones)
        if is_tuple(given):
            given = tuple(
                [Milestone(step) if isinstance(step, str) else step for step in (*steps, *given)]
            )
        self.__attrs_init__(given)  # type: ignore[arg-type]  # other kinds are refused there

    def __attrs_post_init__(self) -> None:
        steps = self.milestones
        if type(steps) is not tuple or not steps or not _STEPS.issuperset(map(type, steps)):
            must_be_some(self, "milestones", steps)
            must_be_all(self, "milestones", steps, Milestone)
        names = [step.name for step in steps]
        if len({*names}) != len(names):
            must_be_unique(self, "milestones", names)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the milestones, in order."""
        return tuple([step.name for step in self.milestones])

    def weight_of(self, reached: Iterable[str]) -> float:
        """Return the share of 1 that the named milestones have by weight."""
        given = as_tuple(reached)
        must_be_all(self, "weight_of", given, str)
        names = frozenset(map(as_text, given))
        done = fsum([step.weight for step in self.milestones if step.name in names])
        return done / fsum([step.weight for step in self.milestones])


@final
@frozen(kw_only=True)
class Evidence:
    """Obtain a number of named pieces of evidence: "five design partners with signed agreements".

    A reading is the names obtained so far; more than required is progress above 1.

    Args:
        required: Number of pieces; a whole number above 0.
        what: Description of one piece.

    Laws: test_one_more_is_never_worse.

    >>> Evidence(required=5, what="signed design partners").required
    5
    """

    required: int
    what: str = ""

    def __attrs_post_init__(self) -> None:
        must_be_positive_count(self, "required", self.required)
        if type(self.what) is not str or self.what:
            must_be_text(self, "what", self.what)


@final
@frozen
class EstablishBaseline:
    """Baseline to be found. It never has a score; it is done once the baseline is checked in.

    Laws: test_a_baseline_to_be_found_has_no_score.
    Source: METHOD.md 2.1.

    >>> EstablishBaseline()
    EstablishBaseline()
    """
