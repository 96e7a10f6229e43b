"""Days on which objectives needed help: a status at risk or worse, or a breached guardrail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import final

from attrs import frozen

from okrcore._memo import once
from okrcore.journal.journal import history_of
from okrcore.plan.plan import part_of
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Signals", "needs_help", "signals_of", "since_of"]


@final
@frozen
class Signals:
    """Days on which an objective, or one of its key results, needed help.

    Args:
        first: First of them; None if there was none.
        since: First of the present spell; None if it needs no help now.
    """

    first: date | None = None
    since: date | None = None


def signals_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, Signals]:
    """Return the days on which some objectives needed help, up to the day of a scorecard.

    A status worsens with time as well as with readings, so each day of their cycles is evaluated, once for
    all of them. Without a cycle, only days with an entry are. A breached guardrail is a signal, whatever
    the status.
    """
    plan = part_of(card.plan, ids)
    journal = card.journal.only(plan)
    days = {id: _days(card, id) for id in ids}
    found = dict.fromkeys(ids, Signals())
    for day in sorted({day for each in days.values() for day in each}):
        on = date.fromordinal(day)
        earlier = evaluate(plan, journal, as_of=on, rulebook=card.rulebook, strict=False)
        for id in ids:
            if day in days[id]:
                first, since = found[id].first, found[id].since
                since = (since or on) if needs_help(earlier, id) else None
                found[id] = Signals(first or since, since)
    return found


def since_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, date | None]:
    """Return the first day since which some objectives need help; None for those that need none."""
    needy = [id for id in ids if _is_over(card, id) or needs_help(card, id)]
    found = signals_of(card, needy)
    return {id: found[id].since if id in found else None for id in ids}


def _is_over(card: Scorecard, id: str) -> bool:
    cycle = card.plan.objective(id).cycle
    return cycle is not None and cycle.end < card.as_of


def _days(card: Scorecard, id: str) -> Collection[int]:
    """Return the days to evaluate for an objective, as ordinals."""
    cycle, last = card.plan.objective(id).cycle, card.as_of.toordinal()
    if cycle is not None:
        return range(cycle.start.toordinal(), min(cycle.end.toordinal(), last) + 1)
    history = once(card.journal, history_of)
    written = {*history.check_ins.on, *history.decisions.on, last}
    return {day for day in written if day <= last}


def needs_help(card: Scorecard, id: str) -> bool:
    """Return whether an objective or one of its key results is at risk or worse, or a guardrail is breached."""
    objective = card.objective(id)
    alarms = frozenset(card.rulebook.review.alarms)
    statuses = {objective.status, *(card[kr].status for kr in objective.key_results)}
    return not alarms.isdisjoint(statuses) or bool(objective.breached_guardrails)
