"""States of initiatives: planned, doing, done or dropped, and the share done.

Rules of this file:

1. A state follows from the journal: the last share that was read, the last move of the lifecycle, the closing. Of a
   share and a move the later one governs; of one day the share.
2. Work may begin before the cycle of its objective, and ends with it: with the grace of its final numbers, or with
   the closing of the objective.
3. A state moves no score. Where a rulebook has initiatives among the parts of a score, the share done does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.journal import Closing, ClosingDecision, Lifecycle, LifecycleStage
from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import Initiative
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import end_of_grace

__all__ = ["InitiativeState", "WorkState", "progress_of_work", "state_of_work"]


@unique
class InitiativeState(StrEnum):
    """State of an initiative.

    It follows from the journal. A `Closing` with the decision achieved is done, one with abandon, stop or defer
    dropped, and so is a `Transition` to archived. Otherwise a share of 1 is done, and a share above 0 doing; a
    `Transition` to active is doing, one to draft or proposed planned. The later of the two governs, of one day the
    share. Without any of them it is planned. A pause changes no state.

    >>> [state.value for state in InitiativeState]
    ['planned', 'doing', 'done', 'dropped']
    """

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


@final
@frozen(kw_only=True)
class WorkState:
    """State of an initiative on a day.

    Args:
        state: The state.
        share: Share done; of done work 1. None if none was read.
        read: The last share that counts; None without one.
        read_on: Its date.
        is_begun: Whether its last move, pauses apart, began or reopened it.
        ended: Day on which it was done or dropped; None while it is neither.
        life: Lifecycle stage.
    """

    state: InitiativeState
    share: float | None
    read: float | None
    read_on: date | None
    is_begun: bool
    ended: date | None
    life: LifecycleStage


def state_of_work(facts: Facts, index: int, work: Initiative) -> WorkState:
    """Return the state of an initiative of the objective at an index."""
    life = facts.life_of(work.id)
    closing = life.closing
    shares = _shares(facts, work.id, closing, min(end_of_grace(facts, index), facts.today))
    on, share = shares[-1] if shares else (LONG_AGO, None)
    read_on = date.fromordinal(on) if shares else None
    is_begun = _was_begun(facts, work.id)
    decision = None if closing is None else closing.decision
    state = state_by(decision, life.state, life.since, share, read_on, is_begun=is_begun)
    ended = None
    if state is InitiativeState.DONE:
        ended = date.fromordinal(_done_on(shares, closing))
    elif state is InitiativeState.DROPPED:
        ended = life.since if closing is None else closing.on
    return WorkState(
        state=state,
        share=1.0 if state is InitiativeState.DONE else share,
        read=share,
        read_on=read_on,
        is_begun=is_begun,
        ended=ended,
        life=life,
    )


def state_by(
    decision: ClosingDecision | None,
    stage: Lifecycle,
    since: date | None,
    share: float | None,
    read_on: date | None,
    *,
    is_begun: bool,
) -> InitiativeState:
    """Return the state of an initiative, given what was decided, its stage and the share that was read last."""
    if decision is not None:
        is_done = decision is ClosingDecision.ACHIEVED
        return InitiativeState.DONE if is_done else InitiativeState.DROPPED
    if stage is Lifecycle.ARCHIVED:
        return InitiativeState.DROPPED
    if share and read_on and (since is None or read_on >= since or stage is Lifecycle.PAUSED):
        return InitiativeState.DONE if snap(share) >= 1 else InitiativeState.DOING
    return InitiativeState.DOING if is_begun else InitiativeState.PLANNED


def _moved_on(life: LifecycleStage) -> int:
    return LONG_AGO if life.since is None else life.since.toordinal()


def _was_begun(facts: Facts, id: str) -> bool:
    """Return whether the last move of an initiative, pauses apart, began or reopened it."""
    stages = (each for each in facts.history.lives.get(id, ()) if _moved_on(each) <= facts.today)
    moves = [each.state for each in stages if each.state is not Lifecycle.PAUSED]
    return bool(moves) and moves[-1] not in UNSTARTED


def _done_on(shares: Sequence[tuple[int, float]], closing: Closing | None) -> int:
    """Return the ordinal of the day of a closing, or of the first of the last shares of 1 before it."""
    found = FOREVER if closing is None else closing.on.toordinal()
    for on, share in reversed(shares):
        if snap(share) < 1:
            break
        found = min(found, on)
    return found


def _shares(
    facts: Facts, of: str, closing: Closing | None, last: int
) -> Sequence[tuple[int, float]]:
    """Return the shares done up to a day, each with the ordinal of its own, oldest first.

    Those that come after the closing of the initiative do not count.
    """
    history = facts.history
    if closing is None:
        rows = history.readings.rows(of, LONG_AGO, last)
        found = history.readings
        return [(found.on[row], float(number_of(found.values[row]))) for row in rows]
    late = set(map(id, history.written_after(closing)))
    rows = history.check_ins.rows(of, LONG_AGO, min(last, closing.on.toordinal()))
    entries = (entry for entry in map(history.check_in, rows) if id(entry) not in late)
    return [(e.on.toordinal(), float(number_of(e.value))) for e in entries if e.value is not None]


def progress_of_work(facts: Facts) -> Mapping[int, float]:
    """Return the progress of each initiative, by index: its share done, ABSENT without one.

    A closing with the decision achieved counts as 1 from its day on, if it is of a day up to the end of the grace.
    """
    compiled, column, lives = facts.compiled, facts.history.readings, facts.history.lives
    found: dict[int, float] = {}
    indexes = iter(compiled.of_initiatives)
    for home, objective in zip(compiled.of_objectives, compiled.objectives, strict=True):
        last = min(end_of_grace(facts, home), facts.today)
        for work, index in zip(objective.initiatives, indexes, strict=False):
            if work.id in lives:
                found[index] = _progress(facts, work.id, last)
                continue
            rows = column.rows(work.id, LONG_AGO, last)
            found[index] = float(number_of(column.values[rows[-1]])) if rows else ABSENT
    return found


def _progress(facts: Facts, id: str, last: int) -> float:
    """Return the progress of an initiative with a lifecycle."""
    closing = facts.life_of(id).closing
    shares = _shares(facts, id, closing, last)
    is_done = closing is not None and closing.decision is ClosingDecision.ACHIEVED
    if closing is not None and is_done and closing.on.toordinal() <= last:
        return 1.0
    return shares[-1][1] if shares else ABSENT
