"""An independent oracle of roll-up: nested tuples, exact fractions, plain recursion.

It is written from the words of DESIGN.md section 5 and of the rule's docstring, and knows nothing of the
package. Coverage and score must agree to 1e-12 for every option of a rule, on graphs with several parents.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given

from cascades import Cascade, Clip, Rule, cascades, evaluated

ONE = Fraction(1)

# --- the oracle --------------------------------------------------------------------------------


class Tree(NamedTuple):
    """An objective with all that is below it; what is supported twice stands there twice."""

    own: tuple[tuple[str, Fraction | None, int, Fraction | None, int, int], ...]
    below: tuple[tuple[int, Tree], ...]  # (weight, tree)
    work: tuple[tuple[str, Fraction | None], ...]
    is_micro: bool
    rule: Rule


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


def percent(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value, 100)


def clipped(clip: Clip, value: Fraction) -> Fraction:
    if clip.full_from is not None and value >= Fraction(clip.full_from, 100):
        value = ONE
    if clip.floor is not None:
        value = max(value, Fraction(clip.floor, 100))
    if clip.ceiling is not None:
        value = min(value, Fraction(clip.ceiling, 100))
    if clip.digits is None:
        return value
    step = 10**clip.digits
    size = int(abs(value) * step + Fraction(1, 2))  # half up, away from 0
    return Fraction(size if value >= 0 else -size, step)


def average(pairs: list[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((v * w for v, w in pairs), Fraction(0)) / sum((w for _, w in pairs), Fraction(0))


def own_items(tree: Tree) -> list[Item]:
    taken = sum((f for *_, f, _, at_home in tree.own if f is not None and at_home), Fraction(0))
    free = sum(w for _, _, w, f, _, at_home in tree.own if f is None or not at_home)
    is_fixed = any(f is not None and at_home for *_, f, _, at_home in tree.own)
    items = []
    for name, score, weight, fixed, size, at_home in tree.own:
        counts = Fraction(weight)
        if is_fixed and fixed is not None and at_home:
            counts = fixed
        elif is_fixed:
            counts = max(Fraction(0), 1 - taken) * weight / free if free else Fraction(0)
        items.append(Item(name, score, Fraction(score is not None), counts, Fraction(size)))
    return items


def below_items(tree: Tree) -> list[Item]:
    items = []
    for position, (weight, child) in enumerate(tree.below):
        if tree.rule.with_micro or not child.is_micro:
            answer = rolled(child)
            size = answer.size if child.rule.weigh == "size" else ONE
            name = f"below {position}"
            items.append(Item(name, answer.score, answer.coverage, Fraction(weight), size))
    return items


def descendant_items(tree: Tree, homes: dict[str, int], rule: Rule) -> list[Item]:
    found: dict[str, Item] = {}
    for _, child in tree.below:
        if rule.with_micro or not child.is_micro:
            for name, score, _, _, size, _ in child.own:
                weight = Fraction(homes[name])
                found[name] = Item(name, score, Fraction(score is not None), weight, Fraction(size))
            for item in descendant_items(child, homes, rule):
                found[item.name] = item
    return list(found.values())


#: The weight of each key result where it is at home; filled for each cascade.
HOMES: dict[str, int] = {}


def pool_of(tree: Tree, kind: str) -> list[Item]:
    if kind == "key results":
        return own_items(tree)
    if kind == "objectives below":
        return below_items(tree)
    if kind == "key results of all objectives below":
        return descendant_items(tree, HOMES, tree.rule)
    assert kind == "initiatives"
    return [Item(name, done, Fraction(done is not None), ONE, ONE) for name, done in tree.work]


def rolled(tree: Tree) -> Answer:
    rule = tree.rule
    pools: list[tuple[bool, list[Item]]] = []
    names: set[str] = set()
    for kind, as_one, otherwise in rule.parts:
        if otherwise and names:
            continue
        entering = pool_of(tree, kind)
        entering = [item for item in entering if item.name not in names]
        names |= {item.name for item in entering}
        pools.append((as_one, entering))
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
        return percent(rule.missing) if item.value is None else clipped(rule.entry, item.value)

    covered = blocks(lambda item: item.coverage)
    coverage = average(covered) if covered else Fraction(0)
    if coverage < Fraction(rule.least_coverage, 100):
        return Answer(None, coverage, size)
    entered = blocks(value_of)
    whole: Fraction | None
    if not entered:
        is_zero = everything and not any(i.weight for i in everything)
        whole = Fraction(0) if is_zero and rule.zero_weights == "zero" else percent(rule.empty)
    elif rule.combine == "minimum":
        whole = min(value for value, _ in entered)
    elif rule.combine == "share achieved":
        whole = average([(Fraction(value >= 1), weight) for value, weight in entered])
    else:
        whole = average(entered)
    return Answer(None if whole is None else clipped(rule.result, whole), coverage, size)


def trees_of(cascade: Cascade) -> list[Tree]:
    """Return each node of a cascade with all that is below it, children first in the making."""
    HOMES.clear()
    scores: dict[str, tuple[Fraction | None, Fraction | None, int]] = {}
    for node in cascade.nodes:
        for kr in node.key_results:
            credit = percent(kr.credit)
            score = None if credit is None else clipped(cascade.clip, credit)
            scores[kr.id] = (score, percent(kr.fixed), kr.size)
            HOMES[kr.id] = kr.weight

    def tree(at: int) -> Tree:
        node = cascade.nodes[at]
        own = [(kr.id, kr.weight, 1) for kr in node.key_results]
        own += [(id, weight, 0) for id, weight in node.refs]
        return Tree(
            tuple((id, scores[id][0], w, *scores[id][1:], home) for id, w, home in own),
            tuple(
                (weight, tree(child))
                for child, below in enumerate(cascade.nodes)
                for to, weight in below.above
                if to == at
            ),
            tuple((f"work {at} {n}", percent(done)) for n, done in enumerate(node.work)),
            node.is_micro,
            cascade.rules[node.method],
        )

    return [tree(at) for at in range(len(cascade.nodes))]


# --- the comparison ----------------------------------------------------------------------------


@given(cascades())
def test_roll_up_agrees_with_exact_fractions(cascade: Cascade) -> None:
    card = evaluated(cascade)
    for at, tree in enumerate(trees_of(cascade)):
        exact, ours = rolled(tree), card.objective(f"o{at}")
        assert (ours.score is None) == (exact.score is None), (at, ours.score, exact.score)
        if exact.score is not None and ours.score is not None:
            assert abs(Fraction(ours.score) - exact.score) <= Fraction(1, 10**12), at
        assert ours.coverage is not None
        assert abs(Fraction(ours.coverage) - exact.coverage) <= Fraction(1, 10**12), at
