"""Whole cascades under whole rules, as plain values: for the laws of roll-up and for its oracle.

A cascade is a list of nodes; each supports some that stand before it, so there is no circle. Nothing here
comes from the package but the last functions, which say the same in its words.
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from hypothesis import strategies as st

import okrcore as okr
from okrcore._arith import or_none
from okrcore.rulebook import Combination, Part, Parts, Weighing, ZeroWeights
from okrcore.scorecard.scorecard import evaluation_of

DAY = date(2026, 8, 14)
WEEK = okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK)


class Kr(NamedTuple):
    """A key result: its credit in hundredths or None, its weight, its fixed share, its size."""

    id: str
    credit: int | None
    weight: int
    fixed: int | None
    size: int


class Node(NamedTuple):
    """An objective; `above` and `refs` are positions or ids with weights."""

    key_results: tuple[Kr, ...]
    refs: tuple[tuple[str, int], ...]
    above: tuple[tuple[int, int], ...]
    work: tuple[int | None, ...]
    is_micro: bool
    method: int


class Clip(NamedTuple):
    """A clip in hundredths."""

    floor: int | None = None
    ceiling: int | None = None
    full_from: int | None = None
    digits: int | None = None


class Rule(NamedTuple):
    """A rule in words and hundredths."""

    parts: tuple[tuple[str, bool, bool], ...] = (
        ("key results", False, False),
        ("objectives below", False, True),
    )
    combine: str = "mean"
    weigh: str = "stated"
    zero_weights: str = "absent"
    missing: int | None = None
    empty: int | None = None
    least_coverage: int = 0
    with_micro: bool = False
    entry: Clip = Clip()
    result: Clip = Clip()


class Cascade(NamedTuple):
    """Nodes, the rules they are under by their method, and the clip of a key result."""

    nodes: tuple[Node, ...]
    rules: tuple[Rule, ...]
    clip: Clip


# --- drawing them ------------------------------------------------------------------------------

hundredths = st.one_of(st.integers(0, 100), st.sampled_from([0, 33, 67, 70, 100]))
weights = st.sampled_from([0, 1, 1, 1, 2, 3, 5, 8])
clips = st.sampled_from(
    [Clip(), Clip(), Clip(0, 100), Clip(full_from=70), Clip(digits=2), Clip(0, 100, 70, 1)]
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules of every option."""
    kinds = draw(st.permutations([str(part) for part in Parts]))
    count = draw(st.integers(1, 4))
    # Key results and those of all below at once is drawn as often as the rest: it must count once.
    parts = tuple((kind, draw(st.booleans()), draw(st.booleans())) for kind in kinds[:count])
    parts = draw(st.sampled_from([Rule().parts, parts, parts]))
    # An initiative has no way, and is refused by size beside what has one.
    has_work = str(Parts.INITIATIVES) in {kind for kind, _, _ in parts}
    sizes = [] if has_work else [str(Weighing.SIZE)]
    return Rule(
        parts=parts,
        combine=draw(st.sampled_from(["mean", "mean", *map(str, Combination)])),
        weigh=draw(st.sampled_from(["stated", "stated", "stated", str(Weighing.EQUAL), *sizes])),
        zero_weights=draw(st.sampled_from([str(zero) for zero in ZeroWeights])),
        missing=draw(st.sampled_from([None, None, 0, 50])),
        empty=draw(st.sampled_from([None, None, 0])),
        least_coverage=draw(st.sampled_from([0, 0, 50, 75])),
        with_micro=draw(st.booleans()),
        entry=draw(clips),
        result=draw(clips),
    )


@st.composite
def cascades(draw: st.DrawFn, some_rules: st.SearchStrategy[Rule] | None = None) -> Cascade:
    """Cascades of up to seven objectives with several parents, references and methods."""
    nodes: list[Node] = []
    known: list[str] = []
    for at in range(draw(st.integers(1, 7))):
        key_results = tuple(
            Kr(
                f"o{at}-k{n}",
                draw(st.none() | hundredths),
                draw(weights),
                draw(st.sampled_from([None, None, None, 20, 50])),
                draw(st.integers(1, 400)),
            )
            for n in range(draw(st.integers(0, 3)))
        )
        refs = draw(st.sets(st.sampled_from(known), max_size=2)) if known else set()
        above = draw(st.sets(st.integers(0, at - 1), max_size=3)) if at else set()
        work = draw(st.lists(st.none() | st.sampled_from([0, 50, 100]), max_size=2))
        nodes.append(
            Node(
                key_results,
                tuple((id, draw(weights)) for id in sorted(refs)),
                tuple((to, draw(weights)) for to in sorted(above)),
                tuple(work),
                draw(st.sampled_from([False, False, False, True])),
                draw(st.integers(0, 1)),
            )
        )
        known += [kr.id for kr in key_results]
    rule = rules() if some_rules is None else some_rules
    clip = draw(st.sampled_from([Clip(0, 100), Clip(0, 100), Clip(full_from=70, ceiling=100)]))
    return Cascade(tuple(nodes), (draw(rule), draw(rule)), clip)


# --- the same in the package's words -----------------------------------------------------------


def share(hundredths: int | None) -> float | None:
    """Return hundredths as a number."""
    return None if hundredths is None else hundredths / 100


def clip_of(clip: Clip) -> okr.Clip:
    """Return a clip."""
    return okr.Clip(
        floor=share(clip.floor),
        ceiling=share(clip.ceiling),
        full_from=share(clip.full_from),
        digits=clip.digits,
    )


def rule_of(rule: Rule) -> okr.RollUpRule:
    """Return a rule."""
    return okr.RollUpRule(
        parts=[
            Part(Parts(kind), as_one=as_one, otherwise=otherwise)
            for kind, as_one, otherwise in rule.parts
        ],
        combine=Combination(rule.combine),
        weigh=Weighing(rule.weigh),
        zero_weights=ZeroWeights(rule.zero_weights),
        missing=share(rule.missing),
        empty=share(rule.empty),
        least_coverage=rule.least_coverage / 100,
        with_micro=rule.with_micro,
        entry=clip_of(rule.entry),
        result=clip_of(rule.result),
    )


def rulebook_of(cascade: Cascade) -> okr.Rulebook:
    """Return the first rule as a rulebook, and the second as a method of it."""
    attainment = okr.AttainmentRule(clip=clip_of(cascade.clip))
    first, second = map(rule_of, cascade.rules)
    method = okr.Rulebook(name="other", attainment=attainment, roll_up=second)
    return okr.Rulebook(name="drawn", attainment=attainment, roll_up=first, methods=[method])


def plan_of(cascade: Cascade, order: list[int] | None = None) -> okr.Plan:
    """Return the cascade as a plan, its objectives in an order."""
    objectives = []
    for at, node in enumerate(cascade.nodes):
        key_results: list[Any] = [
            okr.KeyResult(
                kr.id,
                "KR",
                okr.Reach(kr.size),
                weight=kr.weight,
                contribution=okr.Contribution(fixed_share=share(kr.fixed)),
            )
            for kr in node.key_results
        ]
        objectives.append(
            okr.Objective(
                f"o{at}",
                "O",
                key_results=key_results
                + [okr.KeyResultRef(id, weight=weight) for id, weight in node.refs],
                initiatives=[okr.Initiative(f"o{at}-i{n}", "I") for n in range(len(node.work))],
                supports=[okr.Alignment(f"o{to}", weight=weight) for to, weight in node.above],
                cycle=WEEK if node.is_micro else None,
                method="other" if node.method else None,
            )
        )
    return okr.Plan([objectives[at] for at in order or range(len(objectives))])


def journal_of(cascade: Cascade) -> okr.Journal:
    """Return readings that give the credits."""
    read: dict[str, float] = {}
    for at, node in enumerate(cascade.nodes):
        read |= {
            kr.id: kr.credit * kr.size / 100 for kr in node.key_results if kr.credit is not None
        }
        read |= {f"o{at}-i{n}": done / 100 for n, done in enumerate(node.work) if done is not None}
    return okr.Journal(okr.check_ins(DAY, read))


def evaluated(cascade: Cascade, order: list[int] | None = None) -> okr.Scorecard:
    """Return the scorecard of a cascade."""
    return okr.evaluate(
        plan_of(cascade, order), journal_of(cascade), as_of=DAY, rulebook=rulebook_of(cascade)
    )


# --- what it says, and changes of it ---------------------------------------------------------------

#: What a cascade says of an objective.
Numbers = tuple[float | None, float | None, float | None, tuple[float, float] | None]


def numbers_of(card: okr.Scorecard, id: str) -> Numbers:
    """Return what a scorecard says of an objective: score, progress, coverage, range."""
    # Columns behind `card.objective(id)`, without its status, which would take most of the time.
    evaluation = evaluation_of(card)
    index = evaluation.facts.compiled.index_of[id]
    score, combined = evaluation.scores.values[index], evaluation.scores.progress[index]
    coverage = or_none(evaluation.coverage.values[index])
    return or_none(score), or_none(combined), coverage, evaluation.range_of(index)


def all_numbers(card: okr.Scorecard) -> dict[str, Numbers]:
    """Return the same of every objective, by id."""
    return {objective.id: numbers_of(card, objective.id) for objective in card.plan.objectives}


def with_each(cascade: Cascade, change: Any) -> Cascade:
    """Return a cascade in which every node was changed."""
    return cascade._replace(nodes=tuple(change(node) for node in cascade.nodes))


def with_each_kr(cascade: Cascade, change: Any) -> Cascade:
    """Return a cascade in which every key result was changed."""
    return with_each(
        cascade,
        lambda node: node._replace(key_results=tuple(change(kr) for kr in node.key_results)),
    )


def key_results_of(cascade: Cascade) -> list[Kr]:
    """Return every key result of a cascade."""
    return list(chain.from_iterable(node.key_results for node in cascade.nodes))
