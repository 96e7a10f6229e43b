"""Results of initiatives: a state and a share done, and no score."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast, final

from attrs import frozen

from okrcore._arith import percent_beside, snap
from okrcore._made import must_fit
from okrcore.journal import Lifecycle, LifecycleStage
from okrcore.journal.decisions import decision_words
from okrcore.plan import Initiative
from okrcore.rulebook import Stale, Status
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.expected_progress import days_between
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.omissions import summed_up, uncounted
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.readings import end_of_grace
from okrcore.scorecard.day.work_states import InitiativeState, WorkState, state_of_work
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.last_check_ins import last_check_in
from okrcore.scorecard.results import Result
from okrcore.words.reason import Reason, clauses, noted

__all__ = ["InitiativeResult", "due_words", "initiative_result", "state_words"]

#: States in which nothing is left to do.
_ENDED: Final = frozenset({InitiativeState.DONE, InitiativeState.DROPPED})


@final
@frozen(kw_only=True, repr=False)
class InitiativeResult(Result):
    """Result of an initiative on a day: its state and its share done, and no score.

    Its status is its state. Of one that is neither done nor dropped it is the name of the first `Stale` rule of the
    rulebook, if no check-in came for so long, and over or closed with its objective; the state stays as it was
    then.

    Args:
        state: Planned, doing, done or dropped.
        share_done: Share that is done, 0 to 1; of done work 1. None if none was read.
        read_on: Date of the last share that counts; None without one.
        ended_on: Day on which it was done or dropped; None while it is neither.
        due: Day by which it should be done.
        days_late: Days after its due day up to the day on which it was done; of work that is neither done nor
            dropped up to the day, or to the end of its objective. 0 in time, without a due day, and if it was
            dropped.
        weight: Share among the initiatives of its objective.
        drives: Ids of the items it is to move.
        blocker: Blocker of the last check-in; empty without one, and once it is done or dropped.
        objective: Id of its objective.
        lifecycle: Lifecycle stage, with its closing.
    """

    state: InitiativeState
    share_done: float | None
    read_on: date | None
    ended_on: date | None
    due: date | None
    days_late: int
    weight: float
    drives: tuple[str, ...]
    blocker: str
    objective: str
    lifecycle: LifecycleStage

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({self.id!r}, {self.state}, {self.status})"


def initiative_result(evaluation: Evaluation, work: Initiative) -> InitiativeResult:
    """Return the result of an initiative; that of a closed objective is as of the closing."""
    home = evaluation.plan.homes[work.id]
    then, index = evaluation.of_item(evaluation.facts.compiled.index_of[home.id])
    facts = then.facts
    found, last = state_of_work(facts, index, work), last_check_in(then, work.id)
    has_ended = found.state in _ENDED
    late = _days_late(facts, index, work, found)
    blocker = "" if last is None or has_ended else " ".join(last.blocker.split())
    status, reason = str(found.state), ""
    if not has_ended:
        status, reason = _status(facts, index, work, found, None if last is None else last.on)
    left_out = uncounted(evaluation, work.id)
    words = clauses(
        [
            state_words(found.state, found.share, found.ended, found.life),
            due_words(found.state, work.due, late),
            reason,
            *([Reason("work/blocked", blocker=blocker)] if blocker else ()),
            *(summed_up(left_out) if found.share is None else ()),
        ]
    )
    confidences = facts.history.confidences
    row = confidences.latest(facts.today).get(work.id)
    return InitiativeResult(
        **_WITHOUT_SCORE,
        id=work.id,
        title=work.title,
        status=status,
        status_why=words,
        computed_status=status,
        confidence=None if row is None else confidences.values[row],
        owner=work.owner,
        last_check_in=last,
        uncounted=left_out,
        state=found.state,
        share_done=found.share,
        read_on=found.read_on,
        ended_on=found.ended,
        due=work.due,
        days_late=late,
        weight=work.weight,
        drives=work.drives,
        blocker=blocker,
        objective=home.id,
        lifecycle=found.life,
    )


#: Fields of results that initiatives have none of.
_WITHOUT_SCORE: Final[dict[str, Any]] = {
    "kind": "initiative",
    "why": Reason("no-score/initiative"),
    "score": None,
    "progress": None,
    "coverage": None,
    "no_score_reason": None,
    "declared": None,
    "judged": None,
    "original_score": None,
    "adjusted_score": None,
}


def _days_late(facts: Facts, index: int, work: Initiative, found: WorkState) -> int:
    if work.due is None or found.state is InitiativeState.DROPPED:
        return 0
    last = min(facts.today, end_of_grace(facts, index))
    if found.ended is not None:
        last = found.ended.toordinal()
    return max(last - work.due.toordinal(), 0)


def _status(
    facts: Facts, index: int, work: Initiative, found: WorkState, checked_in: date | None
) -> tuple[str, str]:
    """Return the status of an initiative that is neither done nor dropped, and its reason if that is another one."""
    closing, end = facts.closing_of(index), facts.compiled.ends[index]
    if closing is not None:
        decision = decision_words(closing.decision)
        return Status.CLOSED, Reason("work/objective-closed", day=closing.on, decision=decision)
    if end <= facts.today:
        return Status.OVER, Reason("work/cycle-over", day=date.fromordinal(end))
    life = found.life
    if life.state is not Lifecycle.ACTIVE:
        return found.state, _since(life)
    begun = max(life.since or date.min, facts.in_force.joined.get(work.id, date.min))
    stale = _stale(facts, index, work.id, checked_in, begun)
    return (found.state, "") if stale is None else stale


def _stale(
    facts: Facts, index: int, id: str, checked_in: date | None, begun: date
) -> tuple[str, str] | None:
    """Return the name and the reason of the first rule by which an initiative is stale; None if it is not.

    `begun` is the day on which it joined, or was begun by a transition.
    """
    home, start = facts.compiled.objective(index), facts.compiled.starts[index]
    rule = next((rule for rule in facts.books[index].status if isinstance(rule, Stale)), None)
    if rule is None or home.id in facts.idle or facts.compiled.ends[index] >= FOREVER:
        return None
    first = max(date.fromordinal(start), begun)
    since = first if checked_in is None else max(first, checked_in)
    days = days_between(since, facts.day, pauses_in(facts, home.id, id))
    if days <= rule.intervals * check_in_days(facts.plan, home) + rule.grace_days:
        return None
    if checked_in is None or checked_in < first:
        return rule.name, Reason("status/nothing-read-in", count=days)
    return rule.name, Reason("status/last-check-in", count=days, day=checked_in)


# --- in words ----------------------------------------------------------------------------------


def state_words(
    state: InitiativeState, share: float | None, ended: date | None, life: LifecycleStage
) -> str:
    """Return the state of an initiative in words: the share done, or the day and the way in which it ended."""
    if life.closing is not None:
        closing = life.closing
        decision = decision_words(closing.decision)
        words = Reason("closing/on", day=closing.on, decision=decision)
        return clauses((words, " ".join(closing.because.split())))
    if state is InitiativeState.DONE:
        return Reason("work/finished", day=cast("date", ended))
    if state is InitiativeState.DROPPED:
        return _since(life)
    if share is not None and snap(share) > 0:
        return Reason("work/share-done", share=percent_beside(share, 0.0, 1.0))
    return Reason("work/begun" if state is InitiativeState.DOING else "work/not-begun")


def _since(life: LifecycleStage) -> Reason:
    """Return a stage in words, with its first day: it has one, since an entry led to it."""
    return Reason("no-score/since", state=life.state, since=cast("date", life.since))


def due_words(state: InitiativeState, due: date | None, late: int) -> str:
    """Return the due day of an initiative in words, and how late it is or was; empty if that is no matter."""
    if due is None or state is InitiativeState.DROPPED:
        return ""
    if late:
        return noted((Reason("work/due", day=due), Reason("work/late", count=late)))
    return "" if state is InitiativeState.DONE else Reason("work/due", day=due)
