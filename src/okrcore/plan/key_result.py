"""Key results: verifiable evidence of an objective, with a measure or derived from others.

Rules of this file:

1. Intent only: no field is a current value.
2. Fields that evaluation reads for every key result are flat; the others are in groups that most lack.
"""

from __future__ import annotations

from datetime import date
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import (
    LARGEST,
    as_number,
    must_be_a,
    must_be_date,
    must_be_number,
    must_be_some,
    path_of,
)
from okrcore._texts import as_texts, must_be_id, must_be_ids, must_be_name
from okrcore.errors import InvalidValueError
from okrcore.plan.bounds import ONE_SIDED, must_be_stated
from okrcore.plan.measures import MEASURES, Measure
from okrcore.plan.people import Person, Team, as_owner
from okrcore.plan.profiles import Contribution, KeyResultProfile, Timing
from okrcore.plan.reading import Aggregation
from okrcore.plan.unit import Unit, as_unit

__all__ = ["Derived", "KeyResult", "KeyResultRef"]


@final
@frozen
class Derived:
    """Derivation of a value from the readings of others: of a key result from key results, of a metric from metrics.

    It has no value if a reading is missing, or a ratio would divide by 0. Shares read as `Ratio` add up by
    their counts if all parts are read so, with one `per`; otherwise each is a number. A ratio is in the unit
    of the derived one: in percent 30 by 50 is 60. Without a unit it is a share of 1, and a plan refuses
    one whose title is in percent and whose numbers lie beyond 1.

    Args:
        how: Aggregation of the readings.
        of: Ids of key results that read numbers, or of metrics, all in one unit, that of the derived one if it
            has one; a ratio has two, dividend and divisor, which may differ in unit.

    Raises:
        InvalidValueError: There is none, or not two for a ratio.

    >>> Derived(Aggregation.SUM, ["north", "south"]).of
    ('north', 'south')
    """

    how: Aggregation
    of: tuple[str, ...] = field(converter=as_texts)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "how", self.how, Aggregation)
        must_be_ids(self, "of", self.of)
        must_be_some(self, "of", self.of)
        if self.how is Aggregation.RATIO and len(self.of) != 2:
            hint = "give the ids of dividend and divisor"
            raise InvalidValueError("not-two", path_of(self, "of"), self.of, hint)


_MEASURES: Final = frozenset(MEASURES)


@final
@frozen(repr=False)
class KeyResult:
    """Verifiable evidence that an objective is, or is not, reached.

    Args:
        id: Unique in its plan, across all kinds; for database keys write f"kr-{pk}".
        title: Name for people.
        measure: Conversion of readings to progress.
        owner: The one accountable person or team; a bare text is a person.
        weight: Share of the objective, relative to its siblings; 0 is tracked, not counted.
        due: Deadline, if earlier than the cycle's end. Without a cycle a reading after it counts, and is
            marked late.
        metric: Id of the metric it reads. Its own check-ins are then refused.
        derived: Key results whose readings make its value. Its own check-ins are then refused.
        unit: Unit of its numbers; a bare text is a unit.
        timing: Waypoints, visibility and rhythm.
        contribution: Objectives and teams that share it, and its fixed share of its objective.
        continues: Id of the key result of an earlier cycle that this one carries on, in another objective or
            outside the plan. Of several that are merged it names one.
        profile: Traits without effect on its score.

    Raises:
        InvalidValueError: A field cannot hold its value; nothing was made.

    >>> KeyResult("arpa", "Revenue per account", Increase(112, 128), unit="USD")
    KeyResult('arpa', 'Revenue per account', Increase(baseline=112.0, target=128.0))
    """

    id: str
    title: str
    measure: Measure
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    weight: float = field(default=1.0, kw_only=True, converter=as_number)  # METHOD.md 2.5
    due: date | None = field(default=None, kw_only=True)
    metric: str | None = field(default=None, kw_only=True)
    derived: Derived | None = field(default=None, kw_only=True)
    unit: Unit | None = field(default=None, kw_only=True, converter=as_unit)
    timing: Timing | None = field(default=None, kw_only=True)
    contribution: Contribution | None = field(default=None, kw_only=True)
    continues: str | None = field(default=None, kw_only=True)
    profile: KeyResultProfile | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:  # noqa: C901, PLR0912  # one test a field
        if type(self.id) is not str or not (self.id.isascii() and self.id.isalnum()):
            must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        if type(self.measure) not in _MEASURES:
            must_be_a(
                self,
                "measure",
                self.measure,
                *MEASURES,
                hint="give a measure such as Increase(112, 128)",
            )
        if type(self.measure) in ONE_SIDED:
            must_be_stated(self, "measure", self.measure)
        if type(self.weight) is not float or not 0.0 <= self.weight <= LARGEST:
            must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")
        if self.owner is not None:
            must_be_a(self, "owner", self.owner, Person, Team)
        if self.due is not None:
            must_be_date(self, "due", self.due)
        if self.metric is not None:
            must_be_id(self, "metric", self.metric)
        if self.derived is not None:
            must_be_a(self, "derived", self.derived, Derived)
        if self.unit is not None:
            must_be_a(self, "unit", self.unit, Unit)
        if self.timing is not None:
            must_be_a(self, "timing", self.timing, Timing)
            _must_have_one_rhythm(self, self.timing.check_in_days)
        if self.contribution is not None:
            must_be_a(self, "contribution", self.contribution, Contribution)
        if self.continues is not None:
            must_be_id(self, "continues", self.continues)
        if self.profile is not None:
            must_be_a(self, "profile", self.profile, KeyResultProfile)

    def __repr__(self) -> str:
        return f"KeyResult({self.id!r}, {self.title!r}, {self.measure!r})"


def _must_have_one_rhythm(kr: KeyResult, days: int | None) -> None:
    if days is not None and kr.metric is not None:
        hint = f"give the rhythm to Metric({kr.metric!r})"
        raise InvalidValueError(
            "own-reading-of-metric", path_of(kr, "timing.check_in_days"), days, hint
        )


@final
@frozen
class KeyResultRef:
    """A key result that is at home in another objective, and counts in this one too.

    It has one record, one owner and one score; the verdicts belong to each objective.

    Args:
        to: Id of the key result.
        weight: Share of this objective.
    """

    to: str
    weight: float = field(default=1.0, kw_only=True, converter=as_number)  # METHOD.md 2.5

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "to", self.to)
        must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")
