"""Guardrails in the sentence of a score: those that made it, and those that made a score below it.

Rule of this file: a rulebook by which guardrails stay apart has none of these words, and costs no look.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Final

from okrcore._arith import at_least
from okrcore.plan import BoundState
from okrcore.plan.unit import plain
from okrcore.rulebook import Effect
from okrcore.scorecard.figures import Figures

__all__ = [
    "entering_guardrails",
    "guardrails_behind",
    "guardrails_below",
    "limiting_guardrails",
]

#: How many guardrails below an objective are named.
_NAMED: Final = 3  # library default


def guardrails_behind(figures: Figures, row: int) -> str:
    """Return the guardrails that had a part in the score of an objective; nothing without them."""
    words = (entering_guardrails, guardrails_below, limiting_guardrails)
    return "".join(each(figures, row) for each in words).removeprefix("; ")


def entering_guardrails(figures: Figures, row: int) -> str:
    """Return the guardrails that enter the score of an objective as parts; nothing without them."""
    if not figures.guards_enter(row):
        return ""
    states = figures.states_of(row)
    parts = [
        f"{_named(figures, row, id)} {states[id]} as {int(states[id] is not BoundState.BREACHED)}"
        for id in _moving(figures, row)
    ]
    return f"; with {_noun(parts)} {', '.join(parts)}" if parts else ""


def limiting_guardrails(figures: Figures, row: int) -> str:
    """Return the breached guardrails that set or cap the score of an objective; nothing without them."""
    rule, ids = figures.books[row].guardrails, _moving(figures, row)
    if not ids or rule.effect is Effect.AVERAGE:
        return ""
    names = [_named(figures, row, id) for id in ids]
    limit = f"at most {plain(rule.cap, 0.0, 1.0)}" if rule.effect is Effect.CAP else "0"
    return f"; {_noun(names)} {', '.join(names)} breached: {limit}"


def guardrails_below(figures: Figures, row: int) -> str:
    """Return the guardrails that moved scores below an objective; nothing without them."""
    if all(book.guardrails.effect is Effect.SEPARATE for book in figures.distinct_books):
        return ""
    names: dict[str, None] = {}
    waiting, seen = [(figures, row)], {row}
    while waiting:
        at, parent = waiting.pop()
        for place in at.layout.inputs_of(parent).counted:
            below = place - at.offset
            if not 0 <= below < len(at.books) or at.excluded[place] or below in seen:
                continue
            seen.add(below)
            then = at.of_item(place)
            waiting.append((then, below))
            home = then.program.objectives[below].id
            names |= {f"{_named(then, below, id)} in {home}": None for id in _moving(then, below)}
    if not names:
        return ""
    first = list(names)[:_NAMED]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"; scores below are moved by {_noun(list(names))} {', '.join(first)}{more}"


def _moving(figures: Figures, row: int) -> Sequence[str]:
    """Return the ids of the guardrails that made the score of an objective."""
    rule, combined = figures.books[row].guardrails, figures.rolled[1][row]
    if isnan(combined) or rule.effect is Effect.SEPARATE:
        return ()
    if rule.effect is Effect.AVERAGE:
        states = figures.states_of(row).items()
        return [id for id, state in states if state is not BoundState.UNKNOWN]
    # A cap above the number leaves it; a veto leaves 0 of any.
    if rule.effect is Effect.CAP and not at_least(combined, rule.cap):
        return ()
    return figures.guardrails_in(row, BoundState.BREACHED)


def _named(figures: Figures, row: int, id: str) -> str:
    guardrails = figures.program.objectives[row].guardrails
    title = next(each.title for each in guardrails if each.id == id)
    return f"{' '.join(title.split())} ({id})"


def _noun(names: Sequence[str]) -> str:
    return "guardrail" if len(names) == 1 else "guardrails"
