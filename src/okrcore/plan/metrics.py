"""Guardrails, initiatives and metrics."""

from __future__ import annotations

from datetime import date
from typing import Final, final, get_args

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_number,
    must_be_a,
    must_be_date,
    must_be_flag,
    must_be_number,
    must_be_positive_count,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import as_texts, must_be_id, must_be_ids, must_be_name, must_be_note
from okrcore.errors import InvalidValueError
from okrcore.plan.attributes import (
    NO_ATTRIBUTES,
    Attribute,
    as_attributes,
    must_be_attributes,
    with_fact_kinds,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.growth import Growth
from okrcore.plan.key_result import Derived
from okrcore.plan.people import Person, Team, as_owner
from okrcore.plan.profiles import Place
from okrcore.plan.reading import Aggregation
from okrcore.plan.unit import Unit, as_unit

__all__ = [
    "Guardrail",
    "Initiative",
    "Measurement",
    "Metric",
]

_NONE = type(None)
_BOUNDS: Final = get_args(Bound)
#: Answers of a survey (library default).
_MOST_ANSWERS: Final = 1_000_000_000


@final
@frozen(repr=False)
class Guardrail:
    """A bound that must hold while the objective is pursued; it has no weight.

    Args:
        id: Unique in its plan.
        title: Name for people.
        bound: Bound that must hold.
        protects: Id of the key result it belongs to; the whole objective if None.
        hard: Whether any breach counts, healed or not: safety, regulation.
        owner: The one accountable person or team; a bare text is a person.
        metric: Id of the metric it reads. Its own check-ins are then refused.
        unit: Unit of its numbers; a bare text is a unit.
        attributes: Values of the host, by name, such as the key in a tracker.

    Laws: test_a_breach_withholds_success_and_makes_no_miss, test_a_remembered_breach_never_heals,
    test_a_guardrail_reads_a_metric_as_a_key_result_does.

    >>> Guardrail("tickets", "Tickets per 1,000 accounts", AtMost(85)).hard
    False
    """

    id: str
    title: str
    bound: Bound
    protects: str | None = field(default=None, kw_only=True)
    hard: bool = field(default=False, kw_only=True)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    metric: str | None = field(default=None, kw_only=True)
    unit: Unit | None = field(default=None, kw_only=True, converter=as_unit)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES, kw_only=True, converter=as_attributes, eq=with_fact_kinds
    )

    def __attrs_post_init__(self) -> None:
        if type(self.id) is not str or not (self.id.isascii() and self.id.isalnum()):
            must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        if type(self.bound) not in _BOUNDS:
            hint = "give a bound such as AtMost(85)"
            must_be_a(self, "bound", self.bound, *_BOUNDS, hint=hint)
        if self.protects is not None:
            must_be_id(self, "protects", self.protects)
        if type(self.hard) is not bool:
            must_be_flag(self, "hard", self.hard)
        if self.owner is not None:
            must_be_a(self, "owner", self.owner, Person, Team)
        if self.metric is not None:
            must_be_id(self, "metric", self.metric)
        if self.unit is not None:
            must_be_a(self, "unit", self.unit, Unit)
        if self.attributes is not NO_ATTRIBUTES:
            must_be_attributes(self, self.attributes)

    def __repr__(self) -> str:
        return f"Guardrail({self.id!r}, {self.title!r}, {self.bound!r})"


@final
@frozen
class Initiative:
    """Work expected to move key results: a bet, never scored unless a rulebook has a rule for it.

    Its state follows from the journal, see `okrcore.scorecard.InitiativeState`: a check-in has the share done,
    a `Closing` ends or drops it. It moves no score, no status and no verdict under `RECOMMENDED`.

    Args:
        id: Unique in its plan.
        title: Name for people.
        drives: Ids of the key results it is to move.
        owner: The one accountable person or team; a bare text is a person.
        due: Day by which it should be done.
        weight: Share among the initiatives of its objective, relative to its siblings, if a rulebook scores
            work; 0 is tracked, not counted.
        attributes: Values of the host, by name, such as the key in a tracker.

    Laws: test_initiatives_move_no_score.
    """

    id: str
    title: str
    drives: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    due: date | None = field(default=None, kw_only=True)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES,
        kw_only=True,
        repr=False,
        converter=as_attributes,
        eq=with_fact_kinds,
    )
    weight: float = field(default=1.0, kw_only=True, converter=as_number)  # METHOD.md 2.5

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        must_be_ids(self, "drives", self.drives)
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        if self.due is not None:
            must_be_date(self, "due", self.due)
        must_be_attributes(self, self.attributes)
        must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")


@final
@frozen(kw_only=True, repr=False)
class Measurement:
    """Facts of how a metric is measured, so that it is the same number next quarter; none is computed with.

    Args:
        numerator: Cases that are counted.
        denominator: Cases out of which they are counted.
        event: Event that is counted, by its name in the source.
        source: System or report from which it is read.
        method: Method of a survey or sample: whom it asks, and how.
        least_answers: Number of answers below which a value is not used.

    >>> Measurement(numerator="paying teams", denominator="teams of the trial", source="billing").source
    'billing'
    """

    numerator: str = ""
    denominator: str = ""
    event: str = ""
    source: str = ""
    method: str = ""
    least_answers: int | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("numerator", "denominator", "event", "source", "method"):
            must_be_note(self, name, getattr(self, name))
        if self.least_answers is not None:
            must_be_positive_count(self, "least_answers", self.least_answers, _MOST_ANSWERS)

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen(repr=False)
class Metric:
    """A measure of performance: a KPI, or a shared source of readings.

    One check-in of it is a reading of every key result and guardrail with its id, and these have its unit.

    A derived metric has no check-ins of its own: its value is made of those of its parts. Over a window of days,
    such as a cycle, it is the arithmetic of the values that its parts have in that window, each by its own
    aggregation, and it has none until each part has one. The metric itself has the last reading of each part.

    Args:
        id: Unique in its plan.
        title: Name for people.
        aggregation: Aggregation of its readings in a cycle. A total adds two values of one day; to replace
            one, void it by a `Correction`, see `Aggregation`.
        health: Bound within which it is healthy.
        unit: Unit of its numbers; a bare text is a unit.
        owner: The one accountable person or team; a bare text is a person.
        definition: Meaning, in words.
        measurement: Numerator and denominator, source, survey method: whatever keeps it the same number
            next quarter.
        growth: Its usual growth, against which targets can be held, see `target_growth`; scores nothing.
        check_in_days: Days from one measurement to the next; above 0. Without a grace: a measurement is
            late one day after that.
        derived: Metrics whose readings make its value. Readings of a ratio may differ in unit, all others have
            one, which is that of the derived metric if it has none of its own.
        drives: Ids of the metrics that it is believed to move; never scored, see `driver_tree`.
        place: Team, level, and the priority that it serves.
        attributes: Values of the host, by name, such as the key in a tracker.

    Raises:
        InvalidValueError: A field cannot hold its value; a derived one has an aggregation of its own.

    Laws: test_a_derived_metric_is_the_arithmetic_of_its_parts.

    >>> Metric("arpa", "Revenue per account", derived=Derived(Aggregation.RATIO, ["revenue", "accounts"]))
    Metric('arpa', 'Revenue per account')
    """

    id: str
    title: str
    aggregation: Aggregation = field(default=Aggregation.LATEST, kw_only=True)
    health: Bound | None = field(default=None, kw_only=True)
    unit: Unit | None = field(default=None, kw_only=True, converter=as_unit)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    definition: str = field(default="", kw_only=True)
    measurement: Measurement | None = field(default=None, kw_only=True)
    growth: Growth | None = field(default=None, kw_only=True)
    check_in_days: int | None = field(default=None, kw_only=True)
    derived: Derived | None = field(default=None, kw_only=True)
    drives: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts)
    place: Place | None = field(default=None, kw_only=True)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES, kw_only=True, converter=as_attributes, eq=with_fact_kinds
    )

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        must_be_a(self, "aggregation", self.aggregation, Aggregation)
        if self.aggregation is Aggregation.RATIO:
            hint = "derive the metric from the two"
            raise InvalidValueError(
                "unknown-word", path_of(self, "aggregation"), self.aggregation, hint
            )
        must_be_a(self, "health", self.health, *get_args(Bound), _NONE)
        must_be_a(self, "unit", self.unit, Unit, _NONE)
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        must_be_note(self, "definition", self.definition)
        must_be_a(self, "growth", self.growth, Growth, _NONE)
        if self.check_in_days is not None:
            must_be_positive_count(self, "check_in_days", self.check_in_days, MOST_DAYS)
        must_be_a(self, "measurement", self.measurement, Measurement, _NONE)
        must_be_a(self, "derived", self.derived, Derived, _NONE)
        if self.derived is not None and self.aggregation is not Aggregation.LATEST:
            hint = "it is made of its parts: give them the aggregation"
            raise InvalidValueError(
                "wrong-kind", path_of(self, "aggregation"), self.aggregation, hint
            )
        must_be_ids(self, "drives", self.drives)
        must_be_a(self, "place", self.place, Place, _NONE)
        must_be_attributes(self, self.attributes)

    def __repr__(self) -> str:
        return f"Metric({self.id!r}, {self.title!r})"
