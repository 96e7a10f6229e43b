"""Laws of rulebooks side by side.

- what is listed is what differs between two evaluations, and nothing else
- the named rules make the difference: with them, the first rulebook gives the other one's figure
- without one of them they do not
- a single rule is named wherever one is enough
"""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore.rulebook.dialects import DIALECTS
from okrcore.rulebook.differences import adopt
from strategies import Quarter, quarters


def with_any_weights(rulebook: okr.Rulebook) -> okr.Rulebook:
    """Return a rulebook that takes weights of any total: Lark's must total 1, and these are any."""
    return evolve(rulebook, roll_up=evolve(rulebook.roll_up, weights_total=None))


KNOWN = st.sampled_from([okr.RECOMMENDED, *map(with_any_weights, DIALECTS.values())])
pairs = st.tuples(KNOWN, KNOWN).filter(lambda pair: pair[0].name != pair[1].name)


def figure(quarter: Quarter, rulebook: okr.Rulebook, found: okr.scorecard.RulebookDeviation) -> Any:
    return rounded(getattr(quarter.evaluate(rulebook=rulebook)[found.id], found.figure, None))


def rounded(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) else value


def side_by_side(quarter: Quarter, pair: tuple[okr.Rulebook, okr.Rulebook]) -> Any:
    return okr.compare_rulebooks(quarter.plan, quarter.journal, as_of=quarter.day, rulebooks=pair)


@given(quarters(max_objectives=3), pairs)
@settings(max_examples=examples(gate=40, explore=400))
def test_what_is_listed_is_what_differs(
    quarter: Quarter, pair: tuple[okr.Rulebook, okr.Rulebook]
) -> None:
    mine, theirs = (quarter.evaluate(rulebook=rulebook) for rulebook in pair)
    apart = []
    for objective in mine.plan_in_force.objectives:
        for id in (objective.id, *(kr.id for kr in objective.own_key_results)):
            for name in ("score", "status", "verdict", "confidence"):
                first, other = (getattr(card[id], name, None) for card in (mine, theirs))
                if rounded(first) != rounded(other):
                    apart.append((id, name, first, other))
    listed = side_by_side(quarter, pair).deviations
    assert [(each.id, each.figure, each.first, each.other) for each in listed] == apart


@given(quarters(max_objectives=3), pairs)
@settings(max_examples=examples(gate=40, explore=400))
def test_the_named_rules_make_the_difference(
    quarter: Quarter, pair: tuple[okr.Rulebook, okr.Rulebook]
) -> None:
    for found in side_by_side(quarter, pair).deviations:
        for together in found.rules:
            assert figure(quarter, adopt(pair[0], together, "mixed"), found) == rounded(found.other)


@given(quarters(max_objectives=3), pairs)
@settings(max_examples=examples(gate=40, explore=400))
def test_without_one_of_them_they_do_not(
    quarter: Quarter, pair: tuple[okr.Rulebook, okr.Rulebook]
) -> None:
    for found in side_by_side(quarter, pair).deviations:
        for together in found.rules:
            for left_out in together:
                rest = [rule for rule in together if rule is not left_out]
                assert figure(quarter, adopt(pair[0], rest, "mixed"), found) != rounded(found.other)


@given(quarters(max_objectives=3), pairs)
@settings(max_examples=examples(gate=40, explore=400))
def test_a_single_rule_is_named_where_one_is_enough(
    quarter: Quarter, pair: tuple[okr.Rulebook, okr.Rulebook]
) -> None:
    for found in side_by_side(quarter, pair).deviations:
        alone = tuple(
            (rule,)
            for rule in okr.rulebook.diff_rulebooks(*pair)
            if figure(quarter, adopt(pair[0], [rule], "mixed"), found) == rounded(found.other)
        )
        assert found.rules == alone if alone else len(found.rules) == 1 < len(found.rules[0])
