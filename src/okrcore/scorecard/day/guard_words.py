"""Guardrails in the sentence of a score: those of the objective, and those of objectives below.

Rule of this file: under a rulebook by which guardrails stay apart from scores there are no such words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Final

from okrcore._arith import at_least
from okrcore.plan import BoundState
from okrcore.plan.unit import plain
from okrcore.rulebook import Effect
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.verdicts import state_by_id

__all__ = [
    "entering_guardrails",
    "guardrails_behind",
    "guardrails_below",
    "guards_enter",
    "limiting_guardrails",
]

#: Most guardrails below an objective that are named.
_NAMED: Final = 3  # library default


def guardrails_behind(stages: Stages, index: int) -> str:
    """Return the guardrails that had a part in the score of an objective; empty without any."""
    words = (entering_guardrails, guardrails_below, limiting_guardrails)
    return "".join(each(stages, index) for each in words).removeprefix("; ")


def entering_guardrails(stages: Stages, index: int) -> str:
    """Return the guardrails that enter the score of an objective as parts; empty without any."""
    if not guards_enter(stages, index):
        return ""
    states = _states(stages, index)
    parts = [
        f"{_named(stages, index, id)} {states[id]} as {int(states[id] is not BoundState.BREACHED)}"
        for id in _moving(stages, index)
    ]
    return f"; with {_noun(parts)} {', '.join(parts)}" if parts else ""


def limiting_guardrails(stages: Stages, index: int) -> str:
    """Return the breached guardrails that set or cap the score of an objective; empty without any."""
    rule, ids = stages.facts.books[index].guardrails, _moving(stages, index)
    if not ids or rule.effect is Effect.AVERAGE:
        return ""
    names = [_named(stages, index, id) for id in ids]
    limit = f"at most {plain(rule.cap, 0.0, 1.0)}" if rule.effect is Effect.CAP else "0"
    return f"; {_noun(names)} {', '.join(names)} breached: {limit}"


def guardrails_below(stages: Stages, index: int) -> str:
    """Return the guardrails that moved scores below an objective; empty without any."""
    if all(book.guardrails.effect is Effect.SEPARATE for book in stages.facts.distinct_books):
        return ""
    names: dict[str, None] = {}
    waiting, seen = [(stages, index)], {stages.facts.compiled.ids[index]}
    while waiting:
        at, parent = waiting.pop()
        compiled = at.facts.compiled
        for part in at.inputs.of(parent).counted:
            home = compiled.ids[part]
            if part not in compiled.of_objectives or at.excluded[part] or home in seen:
                continue
            seen.add(home)
            then, below = at.of_item(part)
            waiting.append((then, below))
            names |= {f"{_named(then, below, id)} in {home}": None for id in _moving(then, below)}
    if not names:
        return ""
    first = list(names)[:_NAMED]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"; scores below are moved by {_noun(list(names))} {', '.join(first)}{more}"


def _moving(stages: Stages, index: int) -> Sequence[str]:
    """Return the ids of the guardrails that had an effect on the score of an objective."""
    rule, combined = stages.facts.books[index].guardrails, stages.scores.progress[index]
    if isnan(combined) or rule.effect is Effect.SEPARATE:
        return ()
    if rule.effect is Effect.AVERAGE:
        states = _states(stages, index).items()
        return [id for id, state in states if state is not BoundState.UNKNOWN]
    # A cap above the number has no effect.
    if rule.effect is Effect.CAP and not at_least(combined, rule.cap):
        return ()
    states = _states(stages, index).items()
    return [id for id, state in states if state is BoundState.BREACHED]


def _named(stages: Stages, index: int, id: str) -> str:
    guardrails = stages.facts.compiled.objective(index).guardrails
    title = next(each.title for each in guardrails if each.id == id)
    return f"{' '.join(title.split())} ({id})"


def guards_enter(stages: Stages, index: int) -> bool:
    """Whether the guardrails of an objective enter its mean."""
    return stages.facts.books[index].guardrails.effect is Effect.AVERAGE


def _states(stages: Stages, index: int) -> Mapping[str, BoundState]:
    objective = stages.facts.compiled.objective(index)
    return state_by_id(objective, stages.guardrails.of(index))


def _noun(names: Sequence[str]) -> str:
    return "guardrail" if len(names) == 1 else "guardrails"
