"""The same OKRs under several rulebooks, and the rule that makes each difference.

Rules of this file:

1. A rule makes a difference if the first rulebook with that rule of the other gives the other's number.
   That is tried, and never guessed from the name of the rule.
2. If no single rule does, the rules are named that do it together: all of them are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import as_text, as_tuple, must_be_all, must_be_some, must_be_unique
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore.errors import OkrError
from okrcore.journal import Journal
from okrcore.plan import KeyResult, Objective, Plan
from okrcore.plan.item import refusal
from okrcore.rulebook import Rulebook, RuleDifference, diff_rulebooks
from okrcore.rulebook.differences import adopt
from okrcore.scorecard.plan_evaluation import evaluate
from okrcore.scorecard.results import KeyResultResult, ObjectiveResult
from okrcore.scorecard.scorecard import Scorecard

__all__ = ["RulebookComparison", "RulebookDeviation", "compare_rulebooks"]

#: Fields that are compared, of each objective and key result.
Figure: TypeAlias = Literal["score", "status", "verdict", "confidence"]
FIGURES: Final[tuple[Figure, ...]] = ("score", "status", "verdict", "confidence")
#: Figures by item and name.
_Found: TypeAlias = Mapping[tuple[str, Figure], float | str | None]


@final
@frozen(kw_only=True, repr=False)
class RulebookDeviation:
    """A figure that differs under a rulebook from the first one.

    Args:
        id: The objective or key result.
        figure: "score", "status", "verdict" or "confidence".
        rulebook: The name of the rulebook.
        first: The figure under the first rulebook; None without one.
        other: The figure under this one.
        rules: The rules that make the difference. Each member is enough on its own: one rule, or if none is
            enough, the rules that do it together.
    """

    id: str
    figure: Figure
    rulebook: str
    first: float | str | None
    other: float | str | None
    rules: tuple[tuple[RuleDifference, ...], ...]

    __attrs_post_init__ = must_fit

    @property
    def change(self) -> float | None:
        """Other minus first; None unless both are numbers."""
        if isinstance(self.first, float) and isinstance(self.other, float):
            return self.other - self.first
        return None

    def __repr__(self) -> str:
        paths = " or ".join(" and ".join(rule.path for rule in together) for together in self.rules)
        return (
            f"RulebookDeviation({self.id!r}, {self.figure} {self.first} to {self.other}, {paths})"
        )


@final
@frozen(repr=False)
class RulebookComparison(Shown):
    """The same OKRs under several rulebooks, side by side. Made by `compare_rulebooks`.

    Args:
        cards: A scorecard for each rulebook, in their order; the others are compared with the first.
        deviations: Differences from the first, by rulebook, and in the order of the plan.
    """

    cards: tuple[Scorecard, ...]
    deviations: tuple[RulebookDeviation, ...] = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        must_be_some(self, "cards", self.cards)
        for card in self.cards:
            for found in self.deviations:
                _ = card[found.id]

    @property
    def as_of(self) -> date:
        """Evaluation date of all scorecards."""
        return self.cards[0].as_of

    def of(self, id: str) -> tuple[RulebookDeviation, ...]:
        """Return the deviations of an objective or key result; empty if all rulebooks agree.

        Raises:
            InconsistentPlanError: The id is unknown, or names an item of another kind.
        """
        id = as_text(id)
        items = self.cards[0].plan_in_force.items
        if type(id) is not str or not isinstance(items.get(id), (Objective, KeyResult)):
            raise refusal(items, "RulebookComparison.of", id, "name an objective or a key result")
        return tuple(found for found in self.deviations if found.id == id)

    def __repr__(self) -> str:
        names = ", ".join(card.rulebook.name for card in self.cards)
        return f"RulebookComparison({names}, {len(self.deviations)} differ)"


def compare_rulebooks(
    plan: Plan, journal: Journal, *, as_of: date, rulebooks: Iterable[Rulebook]
) -> RulebookComparison:
    """Score a plan against its journal as of a day under several rulebooks, side by side.

    Each difference from the first rulebook comes with the rule that makes it: the one which, taken over
    alone by the first rulebook, gives the other one's number. Sometimes no rule does that alone, such as a
    limit that only shows once a missing score counts as 0. Then the rules are named that do it together.

    Args:
        plan: Objectives with key results.
        journal: Check-ins and other entries.
        as_of: Evaluation date; check-ins dated on it are included.
        rulebooks: Rulebooks of different names; the others are compared with the first.

    Returns:
        A scorecard for each rulebook, and the deviations. The plan is evaluated about once for each rule
        that differs, so this takes that many times as long as `evaluate`.

    Raises:
        InvalidValueError: There are no rulebooks, or two of one name.
        InconsistentPlanError: Entries do not fit the plan, or the plan does not fit a rulebook: a method is
            unknown, or weights do not have the required total.

    Laws: test_the_named_rules_make_the_difference, test_without_one_of_them_they_do_not,
        test_a_single_rule_is_named_where_one_is_enough.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> from okrcore.rulebook import dialects
    >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
    ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 14, "b": 5}))
    >>> both = compare_rulebooks(plan, journal, as_of=date(2026, 8, 15),
    ...                          rulebooks=[okr.Rulebook(name="ours"), dialects.QUANTIVE])
    >>> both.of("o")
    (RulebookDeviation('o', score 0.75 to 0.95, attainment.clip.ceiling),)
    """
    rulebooks = as_tuple(rulebooks)
    must_be_all(compare_rulebooks, "rulebooks", rulebooks, Rulebook)
    must_be_some(compare_rulebooks, "rulebooks", rulebooks)
    must_be_unique(compare_rulebooks, "rulebooks", [rulebook.name for rulebook in rulebooks])
    cards = tuple(evaluate(plan, journal, as_of=as_of, rulebook=rulebook) for rulebook in rulebooks)
    deviations = [found for card in cards[1:] for found in _deviations(cards[0], card)]
    return RulebookComparison(cards, deviations=tuple(deviations))


def _deviations(first: Scorecard, other: Scorecard) -> list[RulebookDeviation]:
    mine, theirs = _figures(first), _figures(other)
    apart = [key for key, value in theirs.items() if not _alike(mine[key], value)]
    trials = _Trials(first, diff_rulebooks(first.rulebook, other.rulebook))
    return [
        RulebookDeviation(
            id=key[0],
            figure=key[1],
            rulebook=other.rulebook.name,
            first=mine[key],
            other=theirs[key],
            rules=trials.deciders(key, theirs[key]),
        )
        for key in apart
    ]


class _Trials:
    """Scores under one rulebook with some of the rules of another, each combination tried once."""

    def __init__(self, first: Scorecard, rules: Sequence[RuleDifference]) -> None:
        self._first = first
        self._rules = rules
        self._tried: dict[tuple[int, ...], _Found | None] = {}

    def deciders(
        self, key: tuple[str, Figure], wanted: float | str | None
    ) -> tuple[tuple[RuleDifference, ...], ...]:
        every = range(len(self._rules))
        alone = [(self._rules[at],) for at in every if self._gives((at,), key, wanted)]
        if alone:
            return tuple(alone)
        # All of them are the other rulebook. Rules that are not needed are taken out, one by one.
        needed = tuple(every)
        for at in every:
            without = tuple(each for each in needed if each != at)
            if self._gives(without, key, wanted):
                needed = without
        return (tuple(self._rules[at] for at in needed),)

    def _gives(
        self, chosen: tuple[int, ...], key: tuple[str, Figure], wanted: float | str | None
    ) -> bool:
        if chosen not in self._tried:
            self._tried[chosen] = self._try(chosen)
        found = self._tried[chosen]
        return found is not None and _alike(found[key], wanted)

    def _try(self, chosen: tuple[int, ...]) -> _Found | None:
        """Return the figures with these rules; None if they do not fit the others."""
        first = self._first
        try:
            mixed = adopt(first.rulebook, [self._rules[at] for at in chosen], first.rulebook.name)
            card = evaluate(first.plan, first.journal, as_of=first.as_of, rulebook=mixed)
        except OkrError:
            return None
        return _figures(card)


def _figures(card: Scorecard) -> _Found:
    found: dict[tuple[str, Figure], float | str | None] = {}
    for objective in card:
        own = [
            card.key_result(kr.id)
            for kr in card.plan_in_force.objective(objective.id).own_key_results
        ]
        results: list[ObjectiveResult | KeyResultResult] = [objective, *own]
        for result in results:
            for figure in FIGURES:
                found[result.id, figure] = getattr(result, figure, None)
    return found


def _alike(one: float | str | None, other: float | str | None) -> bool:
    """Whether two figures are equal at 12 decimals."""
    if isinstance(one, float) and isinstance(other, float):
        return snap(one) == snap(other)
    return one == other
