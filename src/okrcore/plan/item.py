"""Items: everything in a plan that has an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, TypeAlias

from okrcore._checks import as_text
from okrcore.errors import InconsistentPlanError
from okrcore.plan.key_result import KeyResult
from okrcore.plan.metrics import Guardrail, Initiative, Metric
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.priorities import Priority

__all__ = ["FirstHints", "Hint", "Item", "did_you_mean", "kind_of", "members_of", "refusal"]

#: Returns the hint for an unknown name, from that and the known ones; empty if none is near.
Hint: TypeAlias = Callable[[object, Iterable[str]], str]

#: Searches for near names in one call (library default). Each compares with every known name, about 10 us a
#: name: one for each of 2,000 unknown ids took 12 s.
_MOST_SEARCHES: Final = 5

Item: TypeAlias = Objective | KeyResult | Guardrail | Initiative | Metric | Outside | Priority

_KINDS: Final = MappingProxyType(
    {
        Objective: "an objective",
        KeyResult: "a key result",
        Guardrail: "a guardrail",
        Initiative: "an initiative",
        Metric: "a metric",
        Outside: "outside the plan",
        Priority: "a priority",
    }
)


def kind_of(item: Item) -> str:
    """Return the kind of an item, with its article."""
    return _KINDS[type(item)]


def members_of(objective: Objective) -> tuple[KeyResult | Guardrail | Initiative, ...]:
    """Return the key results, guardrails and initiatives of an objective's own."""
    return (*objective.own_key_results, *objective.guardrails, *objective.initiatives)


def did_you_mean(id: object, known: Iterable[str]) -> str:
    """Return the nearest known id as the hint for an unknown one."""
    text: str | None = as_text(id) if issubclass(type(id), str) else None
    near = [] if text is None else get_close_matches(text, known, n=1)
    return f"did you mean {near[0]!r}?" if near else ""


class FirstHints:
    """`did_you_mean` for the first unknown names of one call; empty for all others."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _MOST_SEARCHES

    def __call__(self, id: object, known: Iterable[str]) -> str:
        """Return the hint for an unknown name."""
        if not self._left:
            return ""
        self._left -= 1
        return did_you_mean(id, known)


def refusal(
    items: Mapping[str, Item],
    path: str,
    id: object,
    hint: str = "",
    suggest: Hint = did_you_mean,
) -> InconsistentPlanError:
    """Return the error of an id that is unknown, or of an item of the wrong kind.

    Args:
        items: All items by id.
        path: Path of the error.
        id: The id given.
        hint: Remedy for an item of the wrong kind.
        suggest: Way out of an unknown id; `FirstHints` if one call may have many of them.
    """
    found = items.get(as_text(id)) if issubclass(type(id), str) else None
    if found is None:
        return InconsistentPlanError("unknown-id", path, id, suggest(id, items))
    other = f"{hint}, not {kind_of(found)}" if hint else f"it is {kind_of(found)}"
    return InconsistentPlanError("wrong-kind", path, id, other)
