"""The evaluations between two scorecards: what went into the earlier one, replaced in a fixed order.

Rules of this file:

1. The order is rulebook, time, adjustments, membership, readings. What moved a score is the difference
   that one replacement makes, so the differences add up, whatever they are.
2. Every step is an evaluation like any other. Entries that do not fit the plan of a step are left out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum, unique
from typing import Any, Final, TypeAlias

from attrs import evolve

from okrcore.journal import Adjustment, Closing, Journal, Proposal, Transition
from okrcore.journal.admission import misfits
from okrcore.plan import KeyResult, KeyResultRef, Objective, Plan
from okrcore.rulebook import Rulebook
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["MovedBy", "between"]


@unique
class MovedBy(StrEnum):
    """What moved a score, in the order in which it is let in."""

    #: The rulebook, or the method that an objective asks for.
    RULEBOOK = "rulebook"
    #: The day alone: a cycle started, a result can be seen, an original target governs again.
    TIME = "time"
    #: Targets, baselines and deadlines, by adjustments or a corrected plan.
    ADJUSTMENT = "adjustment"
    #: What is in it and counts: added, removed, paused, resumed, closed, weights, alignment.
    MEMBERSHIP = "membership"
    #: What was read, found, judged or supposed.
    READING = "reading"


#: Entries that decide something; the others say what was read.
_Decision: TypeAlias = Adjustment | Transition | Closing
_DECISIONS: Final = (Adjustment, Transition, Closing)

#: What an adjustment changes in the way of targets and deadlines, and what else it does.
_CONTENT: Final[dict[str, Any]] = {"measure": None, "due": None, "rescale": None}
_REST: Final[dict[str, Any]] = {"weight": None, "owner": None, "proposal": Proposal.PERSIST}


def between(earlier: Evaluation, later: Evaluation) -> Iterator[tuple[MovedBy, Evaluation]]:
    """Yield what was replaced, with the evaluation after it, in order; the last ones are the later ones.

    Args:
        earlier: That of the earlier scorecard.
        later: Those of the later one, of the same day or after it.
    """
    journal = earlier.journal.as_of(earlier.day)
    at = evolve(earlier, journal=journal)
    plan = _with_methods(earlier.original, later.original)
    rulebook = _lenient(later.rulebook, earlier.rulebook)
    if earlier.rulebook != later.rulebook or plan != earlier.original:
        at = evolve(at, original=plan, rulebook=rulebook)
        yield MovedBy.RULEBOOK, at
    if earlier.day != later.day:
        at = evolve(at, day=later.day)
        yield MovedBy.TIME, at
    at = evolve(at, rulebook=rulebook)
    was, now = _decisions(earlier), _decisions(later)
    plan = _with_targets(plan, later.original)
    kept, lost = _content(was, later.original)
    made, _ = _content(now, plan)
    if plan != at.original or made != kept:
        rest = [evolve(e, **_CONTENT) if isinstance(e, Adjustment) else e for e in was]
        at = _with(at, plan, journal, rest, lost, made)
        yield MovedBy.ADJUSTMENT, at
    if plan != later.original or was != now:
        at = _with(at, later.original, journal, now)
        yield MovedBy.MEMBERSHIP, at
    yield MovedBy.READING, later


def _decisions(evaluation: Evaluation) -> list[_Decision]:
    """Return what was decided by the day, without names, so that several journals can be joined."""
    return [
        evolve(entry, id=None)
        for entry in evaluation.journal.in_force
        if isinstance(entry, _DECISIONS) and entry.on <= evaluation.day
    ]


def _content(
    decisions: Iterable[_Decision], plan: Plan
) -> tuple[list[Adjustment], list[Adjustment]]:
    """Return what adjustments change in the way of targets and deadlines, and nothing else of them.

    Those of what a plan has come first, apart from those of what it has not: what leaves the plan leaves
    as it was.
    """
    changes = [
        evolve(entry, **_REST)
        for entry in decisions
        if isinstance(entry, Adjustment)
        and any(getattr(entry, name) is not None for name in _CONTENT)
    ]
    return [e for e in changes if e.of in plan], [e for e in changes if e.of not in plan]


def _with(
    evaluation: Evaluation, plan: Plan, journal: Journal, *decisions: Iterable[_Decision]
) -> Evaluation:
    """Return an evaluation of another plan and other decisions, without the entries that do not fit."""
    read = journal.keep(lambda entry: not isinstance(entry, _DECISIONS))
    journal = read.add(*decisions).only(plan)
    wrong = {id(entry) for entry, _ in misfits(plan, journal, as_of=evaluation.day)}
    if wrong:
        journal = journal.keep(lambda entry: id(entry) not in wrong)
    return evolve(
        evaluation,
        original=plan,
        journal=journal,
        supposed=tuple(pair for pair in evaluation.supposed if _is_key_result(plan, pair[0])),
    )


def _is_key_result(plan: Plan, of: str) -> bool:
    return isinstance(plan.items.get(of), KeyResult)


# --- rulebooks and plans in between ------------------------------------------------------------


def _lenient(rulebook: Rulebook, other: Rulebook) -> Rulebook:
    """Return a rulebook that also has the methods of another, and refuses no weights.

    A plan half-way between two need not total what its rulebook asks for; that changes no score.
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
    """Return a plan whose objectives ask for the methods that those of another ask for."""

    def changed(objective: Objective, there: Objective) -> Objective:
        return evolve(objective, method=there.method)

    return _with_each(plan, other, changed)


def _with_targets(plan: Plan, other: Plan) -> Plan:
    """Return a plan with the measures, deadlines and cycles of another, where both have the item."""

    def changed(objective: Objective, there: Objective) -> Objective:
        return evolve(
            objective,
            cycle=there.cycle,
            micro=there.micro,
            key_results=[
                kr if isinstance(kr, KeyResultRef) else _with_target(kr, other)
                for kr in objective.key_results
            ],
        )

    return _with_each(plan, other, changed)


def _with_each(plan: Plan, other: Plan, changed: Any) -> Plan:
    found = [(objective, other.items.get(objective.id)) for objective in plan.objectives]
    objectives = tuple(
        changed(objective, there) if isinstance(there, Objective) else objective
        for objective, there in found
    )
    return plan if objectives == plan.objectives else evolve(plan, objectives=objectives)


def _with_target(kr: KeyResult, other: Plan) -> KeyResult:
    there = other.items.get(kr.id)
    # What reads something else is something else: that is membership.
    if not isinstance(there, KeyResult) or (
        (there.metric, there.derived) != (kr.metric, kr.derived)
    ):
        return kr
    return evolve(kr, measure=there.measure, due=there.due, timing=there.timing)
