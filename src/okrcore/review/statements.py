"""Objectives and targets as people say them.

A measure is a row in `_TARGETS`: the words for what it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore._checks import must_be_a
from okrcore.plan import (
    Anchors,
    Between,
    Budget,
    Compound,
    Decrease,
    EstablishBaseline,
    Evidence,
    Exactly,
    FromTo,
    Increase,
    Judged,
    Measure,
    Milestones,
    Multiple,
    Objective,
    PassFail,
    Person,
    Plan,
    Points,
    Reach,
    Relative,
    Steps,
    Unit,
    Zones,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.unit import plain
from okrcore.scorecard.wording import show_bare, show_number

__all__ = ["evidence_words", "listed", "statement", "target_words"]

_Words = Callable[[Any, Unit | None], str]


def statement(plan: Plan, id: str) -> str:
    """Return an objective as its owner would say it: I will achieve ..., as measured by ..., via ...

    Only a person says "I". Key results that do not count (weight 0) are left out.

    Args:
        plan: What is intended.
        id: The objective.

    Raises:
        InconsistentPlanError: There is no such objective.

    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account", owner="Ana Ruiz",
    ...     key_results=[okr.KeyResult("arpa", "revenue per account", okr.Increase(112, 128),
    ...                                unit="USD")],
    ...     initiatives=[okr.Initiative("bundle", "bundles")])])
    >>> print(statement(plan, "grow"))
    I will achieve "Earn more per account", as measured by revenue per account ($112 to $128), via bundles.
    """
    must_be_a(statement, "plan", plan, Plan)
    objective = plan.objective(id)
    who = "I" if isinstance(objective.owner, Person) else "We"
    return (
        ", ".join([f'{who} will achieve "{objective.title}"', *evidence_words(plan, objective)])
        + "."
    )


def evidence_words(plan: Plan, objective: Objective) -> list[str]:
    """Return by what an objective is measured, what is held meanwhile, and by which work it is reached."""
    said: list[str] = []
    counted = [kr for kr, weight in plan.key_results_of(objective) if weight > 0]
    if counted:
        measured = listed([f"{kr.title} ({target_words(kr.measure, kr.unit)})" for kr in counted])
        said.append(f"as measured by {measured}")
    if objective.guardrails:
        held = listed([f"{g.title} ({_bound(g.bound, g.unit)})" for g in objective.guardrails])
        said.append(f"while holding {held}")
    if objective.initiatives:
        said.append(f"via {listed([work.title for work in objective.initiatives])}")
    return said


def target_words(measure: Measure, unit: Unit | None = None) -> str:
    """Return what a measure asks for, in a few words.

    >>> from okrcore import AtMost, Increase, Milestones
    >>> target_words(Increase(3.1, 3.8), Unit("%")), target_words(AtMost(85))
    ('3.1% to 3.8%', 'at most 85')
    """
    return _TARGETS[type(measure)](measure, unit)


def listed(words: Sequence[str]) -> str:
    """Write several as people do: one, two and three."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _from_to(measure: Increase | Decrease | FromTo, unit: Unit | None) -> str:
    target = show_number(measure.target, unit)
    if measure.baseline is None:
        return f"from a baseline to be found to {target}"
    return f"{show_bare(measure.baseline, unit)} to {target}"


def _shift(measure: Relative | Points | Multiple, unit: Unit | None) -> str:
    if isinstance(measure, Relative):
        asked = f"{measure.percent:+g}%"
    elif isinstance(measure, Points):
        asked = f"{'+' if measure.change > 0 else ''}{show_number(measure.change, unit)}"
    else:
        asked = f"{plain(measure.factor)} times the baseline"
    if measure.baseline is None:
        return asked
    ends = f"{show_bare(measure.baseline, unit)} to "
    return f"{asked}: {ends}{show_number(measure.target_from(measure.baseline), unit)}"


def _bound(bound: Bound, unit: Unit | None) -> str:
    if isinstance(bound, Between):
        return f"between {show_bare(bound.low, unit)} and {show_number(bound.high, unit)}"
    return f"{bound.words} {show_number(bound.limit, unit)}"


def _evidence(measure: Evidence, unit: Unit | None) -> str:  # noqa: ARG001  # one face for all rows
    return f"{measure.required} {measure.what or 'pieces of evidence'}"


def _anchors(measure: Anchors, unit: Unit | None) -> str:
    return listed([f"{show_number(value, unit)} for {score:g}" for score, value in measure.anchors])


def _compound(measure: Compound, unit: Unit | None) -> str:
    return listed([f"{name}: {target_words(part, unit)}" for name, part in measure.parts])


def _milestones(measure: Milestones, unit: Unit | None) -> str:  # noqa: ARG001
    return listed(measure.names)


def _said(words: str) -> _Words:
    def say(measure: Any, unit: Unit | None) -> str:  # noqa: ARG001
        return words

    return say


def _reach(measure: Reach, unit: Unit | None) -> str:
    return show_number(measure.target, unit)


def _exactly(measure: Exactly, unit: Unit | None) -> str:
    return f"exactly {show_number(measure.target, unit)}"


def _budget(measure: Budget, unit: Unit | None) -> str:
    return f"at most {show_number(measure.limit, unit)} spent"


def _steps(measure: Steps, unit: Unit | None) -> str:  # noqa: ARG001
    return str(measure)


def _zones(measure: Zones, unit: Unit | None) -> str:  # noqa: ARG001
    return measure.labels[-1]


_ROWS: Final[dict[type[Any], _Words]] = {
    Increase: _from_to,
    Decrease: _from_to,
    FromTo: _from_to,
    Reach: _reach,
    Relative: _shift,
    Points: _shift,
    Multiple: _shift,
    **dict.fromkeys(get_args(Bound), _bound),
    PassFail: _said("yes or no"),
    Milestones: _milestones,
    Evidence: _evidence,
    EstablishBaseline: _said("a baseline to be found"),
    Exactly: _exactly,
    Budget: _budget,
    Anchors: _anchors,
    Steps: _steps,
    Zones: _zones,
    Judged: _said("judged at the end"),
    Compound: _compound,
}
_TARGETS: Final[Mapping[type[Any], _Words]] = MappingProxyType(_ROWS)
