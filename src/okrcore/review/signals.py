"""When something first asked for help: days with a status at risk or worse, or with a breached guardrail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import final

from attrs import frozen

from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Signals", "signals_of"]


@final
@frozen
class Signals:
    """When an objective, or one of its key results, asked for help.

    Args:
        first: The first day; None if there was none.
        since: The first day of the spell that lasts; None if it does not ask for help now.
    """

    first: date | None
    since: date | None


def signals_of(card: Scorecard, id: str) -> Signals:
    """Return when an objective asked for help, by evaluating each day of its cycle again.

    A status worsens with time as well as with readings, so every day is asked. Without a cycle, only the
    days on which something was written down are. A breached guardrail is a signal, whatever the status.

    Args:
        card: The scorecard of the day up to which it is asked.
        id: The objective.
    """
    plan = card.plan.subtree(id)
    journal = card.journal.only(plan)
    alarms = frozenset(card.rulebook.review.alarms)
    cycle = plan.objective(id).cycle
    if cycle is None:
        days: Iterable[date] = sorted({entry.on for entry in journal.in_force} | {card.as_of})
    else:
        last = min(cycle.end, card.as_of).toordinal()
        days = map(date.fromordinal, range(cycle.start.toordinal(), last + 1))
    first = since = None
    for day in days:
        if day > card.as_of:
            break
        that = evaluate(plan, journal, as_of=day, rulebook=card.rulebook, strict=False)
        objective = that.objective(id)
        statuses = {that[kr].status for kr in objective.key_results}
        is_in_alarm = not alarms.isdisjoint({objective.status, *statuses})
        asks = is_in_alarm or bool(objective.breached_guardrails)
        since = (since or day) if asks else None
        first = first or since
    return Signals(first, since)
