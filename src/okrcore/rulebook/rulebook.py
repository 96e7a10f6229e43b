"""The rulebook: rules by which OKRs are judged, as frozen data.

A rulebook holds no OKRs and no code. Its parts are orthogonal: any combination makes sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, Final, final

from attrs import field, frozen

from okrcore._checks import (
    are_pairs,
    as_pairs,
    as_text,
    as_tuple,
    given_number,
    is_pair,
    must_be_a,
    must_be_all,
    must_be_some,
    must_be_unique,
    optional_member_of,
    path_of,
)
from okrcore._texts import given_text, must_be_name, must_be_note
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.journal import ClosingDecision
from okrcore.plan import Ambition
from okrcore.rulebook.attainment_rule import AttainmentRule
from okrcore.rulebook.bands import Axis, Bands, Scale, band_edges
from okrcore.rulebook.closing_rule import ClosingRule
from okrcore.rulebook.guardrail_rule import GuardrailRule
from okrcore.rulebook.pacing_rule import PacingRule
from okrcore.rulebook.review_rule import ReviewRule
from okrcore.rulebook.roll_up_rule import RollUpRule
from okrcore.rulebook.status_rules import STATUS_RULES, ByBands, StatusRule

__all__ = ["LearningVerdict", "Rulebook", "Verdict", "axis_edges"]


#: Depth of rulebooks in rulebooks: hash and documents take all of them (library default).
_DEEPEST: Final = 5


@final
@frozen
class Verdict:
    """Verdict at the close of objectives of an ambition.

    Args:
        ambition: Ambition of the objectives.
        bands: Names over the score; the first is the success, which guardrails may withhold.
        asks_for: Work due after anything but a success, such as "a post-mortem".
    """

    ambition: Ambition
    bands: Bands
    asks_for: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition)
        must_be_a(self, "bands", self.bands, Bands)
        must_be_note(self, "asks_for", self.asks_for)

    @property
    def success(self) -> str:
        """Name of the success."""
        return self.bands.bands[0][1]


def _as_decisions(
    values: Mapping[ClosingDecision, str] | Iterable[tuple[ClosingDecision, str]],
) -> tuple[tuple[ClosingDecision, str], ...]:
    pairs: Any = as_pairs(values)
    return tuple((a, as_text(b)) for a, b in pairs) if are_pairs(pairs) else pairs


@final
@frozen
class LearningVerdict:
    """Verdict at the close of learning objectives: by decision, not by score.

    Args:
        decisions: Names by decision.
        otherwise: Name for any other decision, or none.
    """

    decisions: tuple[tuple[ClosingDecision, str], ...] = field(converter=_as_decisions)
    otherwise: str

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "decisions", self.decisions)
        for position, pair in enumerate(self.decisions):
            where = f"decisions[{position}]"
            if not is_pair(pair):
                raise InvalidValueError(
                    "wrong-type",
                    path_of(self, where),
                    pair,
                    "give (ClosingDecision.SCALE, 'validated')",
                )
            must_be_a(self, f"{where}[0]", pair[0], ClosingDecision)
            must_be_name(self, f"{where}[1]", pair[1])
        must_be_unique(self, "decisions", [decision for decision, _ in self.decisions])
        must_be_name(self, "otherwise", self.otherwise)

    def name(self, decision: ClosingDecision | str | None) -> str:
        """Return the name for a decision.

        Raises:
            InvalidValueError: There is no such decision.
        """
        wanted = optional_member_of(self, "name", decision, ClosingDecision)
        return next((name for known, name in self.decisions if known is wanted), self.otherwise)


def _as_rules(values: Iterable[StatusRule]) -> tuple[StatusRule, ...]:
    return as_tuple(values)


def _as_verdicts(values: Iterable[Verdict]) -> tuple[Verdict, ...]:
    return as_tuple(values)


def _as_scales(values: Iterable[Scale]) -> tuple[Scale, ...]:
    return as_tuple(values)


def _as_methods(values: Iterable[Rulebook]) -> tuple[Rulebook, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class Rulebook:
    """Rules by which OKRs are judged.

    Args:
        name: Name that results carry.
        attainment: From a reading to a key result's score.
        roll_up: From the scores of parts to a score.
        confidence: From the confidences of parts to a confidence.
        scales: Names for ranges of a number, such as grades.
        verdicts: Verdicts at the close, by ambition.
        learning: Verdicts of learning objectives; None for no verdict.
        status: Rules that are tried in order; the first that applies gives the status.
        pacing: Progress expected by a day.
        guardrails: Effect of a breach.
        closing: Grace, suggestions and baselines around the end of a cycle.
        review: Thresholds of reviews.
        methods: Rulebooks that objectives may name, with `method=`.

    Laws: test_a_score_lies_in_the_range_of_its_parts, test_order_of_siblings_never_matters.

    >>> from attrs import evolve
    >>> from okrcore import RECOMMENDED
    >>> strict = evolve(RECOMMENDED, name="unread is 0", roll_up=RollUpRule(missing=0))
    >>> strict.roll_up.missing
    0.0
    """

    name: str
    attainment: AttainmentRule = AttainmentRule()
    roll_up: RollUpRule = RollUpRule()
    confidence: RollUpRule = RollUpRule()
    scales: tuple[Scale, ...] = field(default=(), converter=_as_scales)
    verdicts: tuple[Verdict, ...] = field(default=(), converter=_as_verdicts)
    learning: LearningVerdict | None = None
    status: tuple[StatusRule, ...] = field(default=(), converter=_as_rules)
    pacing: PacingRule = PacingRule()
    guardrails: GuardrailRule = GuardrailRule()
    closing: ClosingRule = ClosingRule()
    review: ReviewRule = ReviewRule()
    methods: tuple[Rulebook, ...] = field(default=(), converter=_as_methods)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        must_be_a(self, "attainment", self.attainment, AttainmentRule)
        must_be_a(self, "roll_up", self.roll_up, RollUpRule)
        must_be_a(self, "confidence", self.confidence, RollUpRule)
        must_be_all(self, "scales", self.scales, Scale)
        must_be_unique(self, "scales", [(scale.name, scale.ambition) for scale in self.scales])
        must_be_all(self, "verdicts", self.verdicts, Verdict)
        must_be_unique(self, "verdicts", [verdict.ambition for verdict in self.verdicts])
        must_be_a(self, "learning", self.learning, LearningVerdict, type(None))
        must_be_all(self, "status", self.status, *STATUS_RULES)
        must_be_a(self, "pacing", self.pacing, PacingRule)
        must_be_a(self, "guardrails", self.guardrails, GuardrailRule)
        must_be_a(self, "closing", self.closing, ClosingRule)
        must_be_a(self, "review", self.review, ReviewRule)
        must_be_all(self, "methods", self.methods, Rulebook)
        must_be_unique(self, "methods", [method.name for method in self.methods])
        depth, level = 1, self.methods
        while level:
            depth, level = depth + 1, tuple({id(b): b for a in level for b in a.methods}.values())
        if depth > _DEEPEST:
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "methods"),
                depth,
                f"give at most {_DEEPEST} rulebooks within each other",
            )

    def __repr__(self) -> str:
        return f"Rulebook({self.name!r})"

    def verdict_for(self, ambition: Ambition | str | None) -> Verdict | None:
        """Return the verdict for an ambition; None if there is none.

        Raises:
            InvalidValueError: There is no such ambition.
        """
        wanted = optional_member_of(self, "verdict_for", ambition, Ambition)
        return next((v for v in self.verdicts if v.ambition is wanted), None)

    def scale(self, name: str, ambition: Ambition | str | None = None) -> Scale | None:
        """Return a scale by name for an ambition, or else the one for all.

        None if every such scale is for another ambition, or belongs to a method.

        Raises:
            InvalidValueError: There is no scale of that name, or no such ambition.
        """
        name = as_text(name)
        wanted = optional_member_of(self, "scale.ambition", ambition, Ambition)
        named = [s for s in self.scales if type(name) is str and s.name == name]
        found = [s for s in named if s.ambition in (None, wanted)]
        if not found:
            self._must_have_scale(name)
        return max(found, key=lambda scale: scale.ambition is not None, default=None)

    def _must_have_scale(self, name: object) -> None:
        every = chain(self.scales, *(method.scales for method in self.methods))
        known = dict.fromkeys(scale.name for scale in every)
        if type(name) is not str or name not in known:
            hint = f"scales: {', '.join(map(repr, known))}" if known else "there is no scale"
            raise InvalidValueError("scale-unknown", path_of(self, "scale"), name, hint)

    def grade(self, scale: str, value: float, ambition: Ambition | str | None = None) -> str | None:
        """Return the name that a scale gives a number.

        None if no band holds it, or if every scale of that name is for another ambition.

        Raises:
            InvalidValueError: There is no scale of that name, or no such ambition.
        """
        value = given_number(self, "grade", value)
        found = self.scale(scale, ambition)
        return None if found is None else found.bands.name(value)

    def edges(self, ambition: Ambition | str | None = None) -> tuple[float, ...]:
        """Return the numbers that a score is compared with, 0 and 1 among them, in rising order.

        A score shown with enough digits to be on the right side of each edge contradicts no verdict, grade
        or status beside it.

        Args:
            ambition: Ambition of the objective, or of the home of a key result.

        Raises:
            InvalidValueError: There is no such ambition.

        >>> from okrcore import RECOMMENDED, Ambition
        >>> RECOMMENDED.edges(Ambition.COMMITTED)
        (0.0, 0.35, 0.4, 0.65, 0.7, 0.85, 1.0)
        """
        wanted = optional_member_of(self, "edges.ambition", ambition, Ambition)
        found = self._edges.get(wanted)
        if found is None:
            found = self._edges[wanted] = _score_edges(self, wanted)
        return found

    @cached_property
    def _edges(self) -> dict[Ambition | None, tuple[float, ...]]:
        return {}

    def method(self, name: str | None, where: str) -> Rulebook:
        """Return the rulebook of a method; this one without a name.

        Args:
            name: Name of the method.
            where: Path of the field that names it, for a refusal.

        Raises:
            InconsistentPlanError: There is no such method.
        """
        if name is None:
            return self
        name = given_text(self, "method", name)
        for method in self.methods:
            if method.name == name:
                return method
        known = ", ".join(repr(method.name) for method in self.methods)
        hint = f"{self.name} has {known}" if known else f"{self.name} has none"
        raise InconsistentPlanError("method-unknown", where, name, hint)


def axis_edges(rulebook: Rulebook, axis: Axis, ambition: Ambition | None = None) -> Iterator[float]:
    """Yield the edges of the scales and status rules over an axis."""
    for scale in rulebook.scales:
        if scale.axis is axis and scale.ambition in (None, ambition):
            yield from band_edges(scale.bands)
    for rule in rulebook.status:
        if isinstance(rule, ByBands) and rule.axis is axis:
            yield from band_edges(rule.bands)


def _score_edges(rulebook: Rulebook, ambition: Ambition | None) -> tuple[float, ...]:
    """Return the numbers that a score, or the progress behind it, is compared with."""
    found = {0.0, 1.0, rulebook.pacing.share_for(ambition), rulebook.review.full.stated_limit()}
    for clip in (rulebook.attainment.clip, rulebook.roll_up.entry, rulebook.roll_up.result):
        found.update(e for e in (clip.floor, clip.ceiling, clip.full_from) if e is not None)
    for rule in (rulebook.verdict_for(ambition), rulebook.closing.suggestion_for(ambition)):
        if rule is not None:
            found.update(band_edges(rule.bands))
    for axis in (Axis.SCORE, Axis.PROGRESS):
        found.update(axis_edges(rulebook, axis, ambition))
    return tuple(sorted(found))
