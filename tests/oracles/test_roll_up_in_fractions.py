"""An independent oracle of roll-up: nested tuples, exact fractions, plain recursion.

It is written from the words of DESIGN.md section 5 and of the rule's docstring. It reads the fields of
records, as decimals, and computes nothing with the package. Coverage and score must agree to 1e-12 for every option of a rule, on graphs with several parents.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given

import okrcore as okr
from okrcore.testing import Quarter, cascades

ONE = Fraction(1)

# --- the oracle --------------------------------------------------------------------------------


class Tree(NamedTuple):
    """An objective with all that is below it; what is supported twice stands there twice."""

    own: tuple[tuple[str, Fraction | None, Fraction, Fraction | None, Fraction, bool], ...]
    below: tuple[tuple[Fraction, Tree], ...]  # (weight, tree)
    work: tuple[tuple[str, Fraction | None, Fraction], ...]
    is_micro: bool
    rule: okr.rulebook.RollUpRule


class Item(NamedTuple):
    """Something that may enter: its name, value, coverage, weight and size."""

    name: str
    value: Fraction | None
    coverage: Fraction
    weight: Fraction
    size: Fraction


class Answer(NamedTuple):
    """What an objective comes to."""

    score: Fraction | None
    coverage: Fraction
    size: Fraction


def exact(value: float) -> Fraction:
    """Return a number as it is written."""
    return Fraction(str(value))


def exact_or_none(value: float | None) -> Fraction | None:
    return None if value is None else exact(value)


def clipped(clip: okr.rulebook.Clip, value: Fraction) -> Fraction:
    if clip.full_from is not None and value >= exact(clip.full_from):
        value = ONE
    if clip.floor is not None:
        value = max(value, exact(clip.floor))
    if clip.ceiling is not None:
        value = min(value, exact(clip.ceiling))
    if clip.digits is None:
        return value
    step = 10**clip.digits
    size = int(abs(value) * step + Fraction(1, 2))  # half up, away from 0
    return Fraction(size if value >= 0 else -size, step)


def average(pairs: list[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((v * w for v, w in pairs), Fraction(0)) / sum((w for _, w in pairs), Fraction(0))


def own_items(tree: Tree) -> list[Item]:
    taken = sum((f for *_, f, _, at_home in tree.own if f is not None and at_home), Fraction(0))
    free = sum((w for _, _, w, f, _, at_home in tree.own if f is None or not at_home), Fraction(0))
    is_fixed = any(f is not None and at_home for *_, f, _, at_home in tree.own)
    items = []
    for name, score, weight, fixed, size, at_home in tree.own:
        counts = weight
        if is_fixed and fixed is not None and at_home:
            counts = fixed
        elif is_fixed:
            counts = max(Fraction(0), 1 - taken) * weight / free if free else Fraction(0)
        items.append(Item(name, score, Fraction(score is not None), counts, size))
    return items


def below_items(tree: Tree) -> list[Item]:
    items = []
    for position, (weight, child) in enumerate(tree.below):
        if tree.rule.with_micro or not child.is_micro:
            answer = rolled(child)
            size = answer.size if child.rule.weigh == "size" else ONE
            name = f"below {position}"
            items.append(Item(name, answer.score, answer.coverage, weight, size))
    return items


def descendant_items(
    tree: Tree, homes: dict[str, Fraction], rule: okr.rulebook.RollUpRule
) -> list[Item]:
    found: dict[str, Item] = {}
    for _, child in tree.below:
        if rule.with_micro or not child.is_micro:
            for name, score, _, _, size, _ in child.own:
                weight = homes[name]
                found[name] = Item(name, score, Fraction(score is not None), weight, size)
            for item in descendant_items(child, homes, rule):
                found[item.name] = item
    return list(found.values())


#: The weight of each key result where it is at home; filled for each cascade.
HOMES: dict[str, Fraction] = {}


def pool_of(tree: Tree, kind: str) -> list[Item]:
    if kind == "key results":
        return own_items(tree)
    if kind == "objectives below":
        return below_items(tree)
    if kind == "key results of all objectives below":
        return descendant_items(tree, HOMES, tree.rule)
    assert kind == "initiatives"
    return [
        Item(name, done, Fraction(done is not None), weight, ONE)
        for name, done, weight in tree.work
    ]


def rolled(tree: Tree) -> Answer:
    rule = tree.rule
    pools: list[tuple[bool, list[Item]]] = []
    names: set[str] = set()
    for part in rule.parts:
        if part.otherwise and names:
            continue
        entering = pool_of(tree, part.of)
        entering = [item for item in entering if item.name not in names]
        names |= {item.name for item in entering}
        pools.append((part.as_one, entering))
    if rule.weigh == "equal":
        pools = [(one, [i._replace(weight=Fraction(i.weight > 0)) for i in p]) for one, p in pools]
    if rule.weigh == "size":
        pools = [
            (one, [i._replace(weight=i.size if i.weight else Fraction(0)) for i in p])
            for one, p in pools
        ]
    everything = [item for _, pool in pools for item in pool]
    size = sum((item.weight for item in everything), Fraction(0))
    if everything and not size and rule.zero_weights == "equal":
        pools = [(one, [i._replace(weight=ONE) for i in p]) for one, p in pools]
        everything = [item for _, pool in pools for item in pool]

    def blocks(value_of: Any) -> list[tuple[Fraction, Fraction]]:
        entered: list[tuple[Fraction, Fraction]] = []
        for as_one, pool in pools:
            pairs = [(value_of(i), i.weight) for i in pool if i.weight]
            pairs = [(value, weight) for value, weight in pairs if value is not None]
            entered += [(average(pairs), ONE)] if as_one and pairs else pairs
        return entered

    def value_of(item: Item) -> Fraction | None:
        return (
            exact_or_none(rule.missing) if item.value is None else clipped(rule.entry, item.value)
        )

    covered = blocks(lambda item: item.coverage)
    coverage = average(covered) if covered else Fraction(0)
    if coverage < exact(rule.least_coverage):
        return Answer(None, coverage, size)
    entered = blocks(value_of)
    whole: Fraction | None
    if not entered:
        is_zero = everything and not any(i.weight for i in everything)
        whole = (
            Fraction(0) if is_zero and rule.zero_weights == "zero" else exact_or_none(rule.empty)
        )
    elif rule.combine == "minimum":
        whole = min(value for value, _ in entered)
    elif rule.combine == "share achieved":
        whole = average([(Fraction(value >= 1), weight) for value, weight in entered])
    else:
        whole = average(entered)
    return Answer(None if whole is None else clipped(rule.result, whole), coverage, size)


def trees_of(cascade: Quarter) -> dict[str, Tree]:
    """Return each objective of a cascade with all that is below it, by id."""
    HOMES.clear()
    read: dict[str, Any] = {entry.of: entry.value for entry in cascade.journal.entries}  # type: ignore[union-attr]
    scores: dict[str, tuple[Fraction | None, Fraction | None, Fraction]] = {}
    objectives, book = cascade.plan.objectives, cascade.rulebook
    rules = {None: book.roll_up} | {method.name: method.roll_up for method in book.methods}
    for objective in objectives:
        for kr in objective.own_key_results:
            measure: Any = kr.measure
            size, fixed = exact(measure.target), kr.contribution and kr.contribution.fixed_share
            value = read.get(kr.id)
            score = None if value is None else clipped(book.attainment.clip, exact(value) / size)
            scores[kr.id] = (score, exact_or_none(fixed), size)
            HOMES[kr.id] = exact(kr.weight)

    def tree(objective: okr.Objective) -> Tree:
        own = [
            (kr.id, exact(kr.weight), True)
            if isinstance(kr, okr.KeyResult)
            else (kr.to, exact(kr.weight), False)
            for kr in objective.key_results
        ]
        return Tree(
            tuple((id, scores[id][0], w, *scores[id][1:], home) for id, w, home in own),
            tuple(
                (exact(alignment.weight), tree(child))
                for child in objectives
                for alignment in child.supports
                if alignment.to == objective.id
            ),
            tuple(
                (work.id, exact_or_none(read.get(work.id)), exact(work.weight))
                for work in objective.initiatives
            ),
            objective.cycle is not None,
            rules[objective.method],
        )

    return {objective.id: tree(objective) for objective in objectives}


# --- the comparison ----------------------------------------------------------------------------


@given(cascades())
def test_roll_up_agrees_with_exact_fractions(cascade: Quarter) -> None:
    card = cascade.evaluate()
    for at, tree in trees_of(cascade).items():
        wanted, ours = rolled(tree), card.objective(at)
        assert (ours.score is None) == (wanted.score is None), (at, ours.score, wanted.score)
        if wanted.score is not None and ours.score is not None:
            assert abs(Fraction(ours.score) - wanted.score) <= Fraction(1, 10**12), at
        assert ours.coverage is not None
        assert abs(Fraction(ours.coverage) - wanted.coverage) <= Fraction(1, 10**12), at
