"""Days on which objectives asked for help: a status at risk or worse, or a breached guardrail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import final

from attrs import frozen

from okrcore._memo import once
from okrcore.journal.journal import history_of
from okrcore.plan.plan import part_of
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Signals", "asks_for_help", "signals_of", "since_of"]


@final
@frozen
class Signals:
    """When an objective, or one of its key results, asked for help.

    Args:
        first: The first day; None if there was none.
        since: The first day of the spell that lasts; None if it does not ask for help now.
    """

    first: date | None = None
    since: date | None = None


def signals_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, Signals]:
    """Return the days on which some objectives asked for help, by evaluating each day of their cycles again.

    A status worsens with time as well as with readings, so every day is evaluated, once for all of them.
    Without a cycle, only the days on which something was written down are. A breached guardrail is a
    signal, whatever the status.

    Args:
        card: The scorecard of the last day.
        ids: The objectives.
    """
    plan = part_of(card.plan, ids)
    journal = card.journal.only(plan)
    days = {id: _days(card, id) for id in ids}
    found = dict.fromkeys(ids, Signals())
    for day in sorted({day for each in days.values() for day in each}):
        on = date.fromordinal(day)
        that = evaluate(plan, journal, as_of=on, rulebook=card.rulebook, strict=False)
        for id in ids:
            if day in days[id]:
                first, since = found[id].first, found[id].since
                since = (since or on) if asks_for_help(that, id) else None
                found[id] = Signals(first or since, since)
    return found


def since_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, date | None]:
    """Return the first day of the spell in which some objectives ask for help; None for those that do not."""
    asking = [id for id in ids if _is_over(card, id) or asks_for_help(card, id)]
    found = signals_of(card, asking)
    return {id: found[id].since if id in found else None for id in ids}


def _is_over(card: Scorecard, id: str) -> bool:
    """Return whether the last day of the cycle, and not that of the scorecard, is the last that is looked at."""
    cycle = card.plan.objective(id).cycle
    return cycle is not None and cycle.end < card.as_of


def _days(card: Scorecard, id: str) -> Collection[int]:
    """Return the days up to that of a scorecard on which an objective may ask for help, as ordinals."""
    cycle, last = card.plan.objective(id).cycle, card.as_of.toordinal()
    if cycle is not None:
        return range(cycle.start.toordinal(), min(cycle.end.toordinal(), last) + 1)
    history = once(card.journal, history_of)
    written = {*history.check_ins.on, *history.decisions.on, last}
    return {day for day in written if day <= last}


def asks_for_help(card: Scorecard, id: str) -> bool:
    """Return whether an objective or one of its key results is at risk or worse, or a guardrail is breached."""
    objective = card.objective(id)
    alarms = frozenset(card.rulebook.review.alarms)
    statuses = {objective.status, *(card[kr].status for kr in objective.key_results)}
    return not alarms.isdisjoint(statuses) or bool(objective.breached_guardrails)
