"""Evaluations between two scorecards: inputs of the earlier one, replaced in a fixed order.

Rules of this file:

1. The order is rulebook, time, adjustments, membership, readings. A movement is the difference that one
   replacement makes, so movements add up.
2. Entries that do not fit the plan of a step are left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum, unique
from typing import Any, Final, TypeAlias

from attrs import evolve

from okrcore.journal import Adjustment, AdjustmentKind, Closing, Journal, Transition
from okrcore.journal.admission import misfits
from okrcore.plan import KeyResult, KeyResultRef, Objective, Plan
from okrcore.rulebook import Rulebook
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["CauseKind", "between"]


@unique
class CauseKind(StrEnum):
    """Causes of a movement, in the order in which they apply."""

    #: The rulebook, or the method of an objective.
    RULEBOOK = "rulebook"
    #: The day alone: a cycle started, a result can be seen, an original target governs again.
    TIME = "time"
    #: Targets, baselines and deadlines, by adjustments or a corrected plan.
    ADJUSTMENT = "adjustment"
    #: Items that count: added, removed, paused, resumed, closed, weights, alignment.
    MEMBERSHIP = "membership"
    #: Readings, baselines found, judgements and suppositions.
    READING = "reading"


_Decision: TypeAlias = Adjustment | Transition | Closing
_DECISIONS: Final = (Adjustment, Transition, Closing)

#: Fields of an adjustment for targets and deadlines, and its other ones, without a change.
_CONTENT: Final[dict[str, Any]] = {"measure": None, "due": None, "cycle": None, "rescale": None}
_REST: Final[dict[str, Any]] = {
    "weight": None,
    "owner": None,
    "ambition": None,
    "kind": AdjustmentKind.PERSIST,
    "adds": (),
    "removes": (),
}
#: Fields for targets and deadlines that `sets` can have.
_SET_CONTENT: Final = frozenset(
    {
        "measure",
        "bound",
        "health",
        "due",
        "cycle",
        "unit",
        "timing",
        "timing.waypoints",
        "timing.observable_from",
        "timing.check_in_days",
    }
)


def between(earlier: Evaluation, later: Evaluation) -> Iterator[tuple[CauseKind, Evaluation]]:
    """Yield the cause of each replacement with the evaluation after it, in order; `later` is the last."""
    journal = earlier.journal.as_of(earlier.day)
    at = evolve(earlier, journal=journal)
    plan = _with_methods(earlier.stored, later.stored)
    rulebook = _lenient(later.rulebook, earlier.rulebook)
    if earlier.rulebook != later.rulebook or plan != earlier.stored:
        at = evolve(at, stored=plan, rulebook=rulebook)
        yield CauseKind.RULEBOOK, at
    if earlier.day != later.day:
        at = evolve(at, day=later.day)
        yield CauseKind.TIME, at
    at = evolve(at, rulebook=rulebook)
    before, after = _decisions(earlier), _decisions(later)
    plan = _with_targets(plan, later.stored)
    kept, lost = _content(before, later.stored)
    made, _ = _content(after, plan)
    if plan != at.stored or made != kept:
        rest = map(_without_content, before)
        at = _with_decisions(at, plan, journal, rest, lost, made)
        yield CauseKind.ADJUSTMENT, at
    if plan != later.stored or before != after:
        at = _with_decisions(at, later.stored, journal, after)
        yield CauseKind.MEMBERSHIP, at
    yield CauseKind.READING, later


def _decisions(evaluation: Evaluation) -> list[_Decision]:
    """Return the decisions up to the day, without ids, so that those of two journals can be joined."""
    return [
        evolve(entry, id=None)
        for entry in evaluation.journal.in_force
        if isinstance(entry, _DECISIONS) and entry.on <= evaluation.day
    ]


def _content(
    decisions: Iterable[_Decision], plan: Plan
) -> tuple[list[Adjustment], list[Adjustment]]:
    """Return adjustments of items in a plan, and those of others, with targets and deadlines alone.

    An item that leaves the plan leaves with the target it had.
    """
    changes = [
        _content_of(entry)
        for entry in decisions
        if isinstance(entry, Adjustment) and _has_content(entry)
    ]
    return [e for e in changes if e.of in plan], [e for e in changes if e.of not in plan]


def _has_content(entry: Adjustment) -> bool:
    return any(getattr(entry, name) is not None for name in _CONTENT) or any(
        name in _SET_CONTENT for name, _ in entry.sets
    )


def _content_of(entry: Adjustment) -> Adjustment:
    """Return an adjustment of targets and deadlines alone."""
    return evolve(entry, **_REST, sets=[each for each in entry.sets if each[0] in _SET_CONTENT])


def _without_content(entry: _Decision) -> _Decision:
    """Return a decision; an adjustment without targets and deadlines."""
    if not isinstance(entry, Adjustment):
        return entry
    rest = [each for each in entry.sets if each[0] not in _SET_CONTENT]
    return evolve(entry, **_CONTENT, sets=rest)


def _with_decisions(
    evaluation: Evaluation, plan: Plan, journal: Journal, *decisions: Iterable[_Decision]
) -> Evaluation:
    """Return the evaluation of another plan with other decisions, without entries that do not fit."""
    read = journal.keep(lambda entry: not isinstance(entry, _DECISIONS))
    journal = read.add(*decisions).only(plan)
    wrong = {id(entry) for entry, _ in misfits(plan, journal, as_of=evaluation.day)}
    if wrong:
        journal = journal.keep(lambda entry: id(entry) not in wrong)
    return evolve(
        evaluation,
        stored=plan,
        journal=journal,
        supposed=tuple(pair for pair in evaluation.supposed if _is_key_result(plan, pair[0])),
    )


def _is_key_result(plan: Plan, of: str) -> bool:
    return isinstance(plan.items.get(of), KeyResult)


# --- rulebooks and plans in between ------------------------------------------------------------


def _lenient(rulebook: Rulebook, other: Rulebook) -> Rulebook:
    """Return a rulebook that also has the methods of another, and requires no total of weights.

    The plan of a step may have another total than both; that changes no score.
    """
    known = {method.name for method in rulebook.methods}
    methods = [*rulebook.methods, *(m for m in other.methods if m.name not in known)]
    return evolve(
        rulebook,
        roll_up=evolve(rulebook.roll_up, weights_total=None),
        confidence=evolve(rulebook.confidence, weights_total=None),
        methods=[_lenient(method, method) for method in methods],
    )


def _with_methods(plan: Plan, other: Plan) -> Plan:
    """Return a plan with the methods of another."""
    return _with_each(plan, other, lambda mine, theirs: evolve(mine, method=theirs.method))


def _with_targets(plan: Plan, other: Plan) -> Plan:
    """Return a plan with the measures, deadlines and cycles of another, of items in both."""

    def changed(mine: Objective, theirs: Objective) -> Objective:
        key_results = [
            kr if isinstance(kr, KeyResultRef) else _with_target(kr, other)
            for kr in mine.key_results
        ]
        return evolve(mine, cycle=theirs.cycle, key_results=key_results)

    return _with_each(plan, other, changed)


def _with_each(
    plan: Plan, other: Plan, changed: Callable[[Objective, Objective], Objective]
) -> Plan:
    found = [(objective, other.items.get(objective.id)) for objective in plan.objectives]
    objectives = tuple(
        changed(mine, theirs) if isinstance(theirs, Objective) else mine for mine, theirs in found
    )
    return plan if objectives == plan.objectives else evolve(plan, objectives=objectives)


def _with_target(kr: KeyResult, other: Plan) -> KeyResult:
    found = other.items.get(kr.id)
    # Another source of readings is a change of membership.
    if not isinstance(found, KeyResult) or (found.metric, found.derived) != (kr.metric, kr.derived):
        return kr
    return evolve(kr, measure=found.measure, due=found.due, timing=found.timing)
