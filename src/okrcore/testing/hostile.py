"""Calls that must be refused: records with one field of the wrong type, and inconsistent plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf, nan
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, Union, final, get_args, get_origin

from attrs import AttrsInstance, evolve, fields, frozen
from hypothesis import strategies as st

from okrcore._checks import are_pairs, must_be_a, path_of
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.plan import (
    Alignment,
    KeyResult,
    KeyResultRef,
    Objective,
    Plan,
    Reach,
)
from okrcore.testing.metric_plans import metrics
from okrcore.testing.plans import guardrails, key_results, objectives, plans
from okrcore.testing.values import Strategy, hints_of

__all__ = ["Attempt", "hostile_plans"]


@final
@frozen
class Attempt:
    """Call that must be refused.

    Args:
        kind: Class to be called.
        arguments: Names and values of its arguments.
        fault: The fault in words.
    """

    kind: type[Any]
    arguments: tuple[tuple[str, Any], ...]
    fault: str

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "kind", self.kind, type, hint="give a class")
        if not are_pairs(self.arguments):
            hint = "give pairs of a name and a value"
            raise InvalidValueError(
                "not-a-sequence", path_of(self, "arguments"), self.arguments, hint
            )
        for position, (name, _) in enumerate(self.arguments):
            if type(name) is not str:
                where = path_of(self, f"arguments[{position}][0]")
                raise InvalidValueError("not-text", where, name)
        must_be_name(self, "fault", self.fault)

    def make(self) -> object:
        """Make the record; raises an `OkrError`, and nothing else."""
        return self.kind(**dict(self.arguments))


def hostile_plans() -> Strategy[Attempt]:
    """Return attempts to make a plan, or a part of one, that must be refused with an `OkrError`.

    Each is a valid record with one fault: a value of the wrong type, NaN, a repeated or unknown id,
    alignment in a circle.
    """
    valid: Strategy[Any] = st.one_of(
        key_results(), guardrails(), metrics(), objectives(), key_results().map(lambda k: k.measure)
    )
    wrong_field = valid.filter(_has_fields).flatmap(_with_wrong_field)
    return wrong_field | plans(described=False).flatmap(_incoherent)


# --- one field of the wrong type ---------------------------------------------------------------

_NO_NUMBERS: Final = (
    nan,
    inf,
    -inf,
    1e101,
    10**400,
    10**5000,
    True,
    "12",
    Decimal("NaN"),
    1j,
    b"1",
    [1.0],
)
_NO_DAYS: Final = (datetime(2026, 8, 14, tzinfo=UTC), "2026-08-14", 20260814, 1.5)
_NO_TEXTS: Final = (5, b"text", ["text"], 1.5, True)
_NO_SEQUENCES: Final = ("text", 5, {"a"}, [object()], b"text")
_NEVER: Final = (object(), object, ...)
_HOSTILE: Final[Mapping[Any, tuple[Any, ...]]] = MappingProxyType(
    {float: _NO_NUMBERS, date: _NO_DAYS, str: _NO_TEXTS, tuple: _NO_SEQUENCES, bool: (0, 1, "yes")}
)


def _has_fields(record: AttrsInstance) -> bool:
    return bool(fields(type(record)))


def _with_wrong_field(record: AttrsInstance) -> Strategy[Attempt]:
    kind = type(record)
    arguments = {str(field.alias): getattr(record, field.name) for field in fields(kind)}
    choices = [
        (str(field.alias), wrong)
        for field in fields(kind)
        for wrong in _wrong_for(hints_of(kind)[field.name])
    ]
    return st.sampled_from(choices).map(
        lambda choice: Attempt(
            kind,
            tuple({**arguments, choice[0]: choice[1]}.items()),
            f"{choice[0]} of the wrong type",
        )
    )


def _wrong_for(hint: Any) -> tuple[Any, ...]:
    members = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [get_origin(member) or member for member in members if member is not NoneType]
    if len(kinds) == 1 and kinds[0] in _HOSTILE:
        missing = () if NoneType in members else (None,)
        return (*_HOSTILE[kinds[0]], *missing, *_NEVER)
    return _NEVER


# --- parts that do not fit each other ----------------------------------------------------------


def _incoherent(plan: Plan) -> Strategy[Attempt]:
    return st.sampled_from(_FAULTS).map(
        lambda fault: Attempt(
            Plan,
            (
                ("objectives", tuple(fault[1](plan))),
                ("metrics", plan.metrics),
                ("outside", plan.outside),
                ("priorities", plan.priorities),
            ),
            fault[0],
        )
    )


def _twice(plan: Plan) -> list[Objective]:
    return [*plan.objectives, Objective(plan.objectives[0].id, "The same id")]


def _across_kinds(plan: Plan) -> list[Objective]:
    taken = [item.id for item in plan.each()][-1]
    named = KeyResult(taken, "The same id", Reach(10))
    return [*plan.objectives, Objective("another", "Another", key_results=[named])]


def _unknown(plan: Plan) -> list[Objective]:
    return [*plan.objectives, Objective("another", "Another", supports=[Alignment("nowhere")])]


def _reference_to_objective(plan: Plan) -> list[Objective]:
    shared = KeyResultRef(plan.objectives[0].id)
    return [*plan.objectives, Objective("another", "Another", key_results=[shared])]


def _circle(plan: Plan) -> list[Objective]:
    first, *rest = plan.objectives
    aligned = [*(a for a in first.supports if a.to != "another"), Alignment("another")]
    below = Objective("another", "Another", supports=[Alignment(first.id)])
    return [evolve(first, supports=aligned), *rest, below]


def _own_metric(plan: Plan) -> list[Objective]:
    named = KeyResult("another-k", "No such metric", Reach(10), metric="nowhere")
    return [*plan.objectives, Objective("another", "Another", key_results=[named])]


_FAULTS: Final[tuple[tuple[str, Callable[[Plan], list[Objective]]], ...]] = (
    ("an id is repeated", _twice),
    ("an id is repeated, for different kinds", _across_kinds),
    ("an unknown id is supported", _unknown),
    ("a key result is named that is an objective", _reference_to_objective),
    ("alignment leads in a circle", _circle),
    ("an unknown metric is read", _own_metric),
)
