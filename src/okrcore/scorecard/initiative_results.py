"""Results of initiatives: a state and a share done, and no score."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast, final

from attrs import frozen

from okrcore._arith import percent_beside, snap
from okrcore._made import must_fit
from okrcore.journal import CheckIn, Lifecycle, LifecycleStage
from okrcore.journal.decisions import decision_words
from okrcore.plan import Initiative
from okrcore.rulebook import Stale, Status
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.expected_progress import days_between
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.metric_states import is_stale
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.readings import end_of_grace
from okrcore.scorecard.day.uncounted_entries import summed_up, uncounted
from okrcore.scorecard.day.work_states import InitiativeState, WorkState, state_of_work
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.last_check_ins import last_check_in
from okrcore.scorecard.results import Result
from okrcore.words.reason import Reason, Term, clauses, noted

__all__ = [
    "InitiativeResult",
    "WorkOnDay",
    "WorkStaleness",
    "due_words",
    "initiative_result",
    "stale_words",
    "state_words",
    "work_on",
]

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


@final
@frozen(kw_only=True)
class WorkOnDay:
    """State and status of an initiative on a day.

    Args:
        evaluation: The evaluation with its numbers: that of the closing, if its objective is closed.
        index: Index of its objective in that.
        found: Its state.
        last: Last check-in; None without one.
        status: Its status.
        over: Day of the closing of its objective, or else the end of its cycle, if that is its status.
        staleness: Age of its last check-in, if that is its status.
        days_late: See `InitiativeResult`.
        counted_to: Day up to which an open one is late.
    """

    evaluation: Evaluation
    index: int
    found: WorkState
    last: CheckIn | None
    status: str
    over: date | None = None
    staleness: WorkStaleness | None = None
    days_late: int
    counted_to: date


@final
@frozen(kw_only=True)
class WorkStaleness:
    """Age of the last check-in of an initiative that is stale.

    Args:
        rule: First rule of the rulebook on stale items.
        days: Days since the last check-in that count, or since the first day on which one was awaited.
        every: Days from one check-in to the next.
        checked_in: Day of the last check-in; None without one since that day.
    """

    rule: Stale
    days: int
    every: int
    checked_in: date | None


def work_on(evaluation: Evaluation, work: Initiative) -> WorkOnDay:
    """Return the state and the status of an initiative, without their sentences."""
    home = evaluation.plan.homes[work.id]
    then, index = evaluation.of_item(evaluation.facts.compiled.index_of[home.id])
    facts = then.facts
    found, last = state_of_work(facts, index, work), last_check_in(then, work.id)
    closing, end = facts.closing_of(index), facts.compiled.ends[index]
    status, over, staleness = str(found.state), None, None
    if found.state not in _ENDED and closing is not None:
        status, over = str(Status.CLOSED), closing.on
    elif found.state not in _ENDED and end <= facts.today:
        status, over = str(Status.OVER), date.fromordinal(end)
    elif found.state not in _ENDED and found.life.state is Lifecycle.ACTIVE:
        staleness = _staleness(facts, index, work.id, found, None if last is None else last.on)
        status = status if staleness is None else staleness.rule.name
    counted_to = found.ended or date.fromordinal(min(facts.today, end_of_grace(facts, index)))
    late = 0
    if work.due is not None and found.state is not InitiativeState.DROPPED:
        late = max((counted_to - work.due).days, 0)
    return WorkOnDay(
        evaluation=then,
        index=index,
        found=found,
        last=last,
        status=status,
        over=over,
        staleness=staleness,
        days_late=late,
        counted_to=counted_to,
    )


def initiative_result(evaluation: Evaluation, work: Initiative) -> InitiativeResult:
    """Return the result of an initiative; that of a closed objective is as of the closing."""
    on_day = work_on(evaluation, work)
    found, last = on_day.found, on_day.last
    blocker = ""
    if last is not None and found.state not in _ENDED:
        blocker = " ".join(last.blocker.split())
    left_out = uncounted(evaluation, work.id)
    words = clauses(
        [
            state_words(found.state, found.share, found.ended, found.life),
            due_words(found.state, work.due, on_day.days_late),
            _status_words(on_day),
            *([Reason("work/blocked", blocker=blocker)] if blocker else ()),
            *(summed_up(left_out) if found.share is None else ()),
        ]
    )
    return InitiativeResult(
        **_WITHOUT_SCORE,
        id=work.id,
        title=work.title,
        status=on_day.status,
        status_why=words,
        computed_status=on_day.status,
        owner=work.owner,
        last_check_in=last,
        uncounted=left_out,
        state=found.state,
        share_done=found.share,
        read_on=found.read_on,
        ended_on=found.ended,
        due=work.due,
        days_late=on_day.days_late,
        weight=work.weight,
        drives=work.drives,
        blocker=blocker,
        objective=evaluation.plan.homes[work.id].id,
        lifecycle=found.life,
    )


#: Fields of results that initiatives have none of.
_WITHOUT_SCORE: Final[dict[str, Any]] = {
    "kind": "initiative",
    "why": Reason("no-score/initiative"),
    "score": None,
    "confidence": None,
    "progress": None,
    "coverage": None,
    "no_score_reason": None,
    "declared": None,
    "judged": None,
    "original_score": None,
    "adjusted_score": None,
}


def _staleness(
    facts: Facts, index: int, id: str, found: WorkState, checked_in: date | None
) -> WorkStaleness | None:
    """Return the age of the last check-in of an initiative; None if it is not stale."""
    home = facts.compiled.objective(index)
    rule = next((rule for rule in facts.books[index].status if isinstance(rule, Stale)), None)
    if rule is None or home.id in facts.idle or facts.compiled.ends[index] >= FOREVER:
        return None
    begun = [facts.in_force.joined.get(id), found.life.since]
    first = max(date.fromordinal(facts.compiled.starts[index]), *(d or date.min for d in begun))
    since = first if checked_in is None else max(first, checked_in)
    days = days_between(since, facts.day, pauses_in(facts, home.id, id))
    every = check_in_days(facts.plan, home)
    if not is_stale(rule, days, every):
        return None
    is_after = checked_in is not None and checked_in >= first
    return WorkStaleness(
        rule=rule, days=days, every=every, checked_in=checked_in if is_after else None
    )


# --- in words ----------------------------------------------------------------------------------


def _status_words(on_day: WorkOnDay) -> str:
    """Return the reason of a status that is no state, and of a stage other than active; empty for others."""
    stale, facts = on_day.staleness, on_day.evaluation.facts
    closing, life = facts.closing_of(on_day.index), on_day.found.life
    if on_day.over is not None and closing is not None:
        decision = decision_words(closing.decision)
        return Reason("work/objective-closed", day=closing.on, decision=decision)
    if on_day.over is not None:
        return Reason("work/cycle-over", day=on_day.over)
    if stale is not None:
        return stale_words(stale)
    is_idle = on_day.found.state not in _ENDED and life.state is not Lifecycle.ACTIVE
    return _since(life) if is_idle else ""


def stale_words(stale: WorkStaleness) -> Reason:
    """Return the age of the last check-in in words."""
    if stale.checked_in is None:
        return Reason("status/nothing-read-in", count=stale.days)
    return Reason("status/last-check-in", count=stale.days, day=stale.checked_in)


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
    state = Term("no score reason", life.state)
    return Reason("no-score/since", state=state, since=cast("date", life.since))


def due_words(state: InitiativeState, due: date | None, late: int) -> str:
    """Return the due day of an initiative in words, and how late it is or was; empty if that is no matter."""
    if due is None or state is InitiativeState.DROPPED:
        return ""
    if late:
        return noted((Reason("work/due", day=due), Reason("work/late", count=late)))
    return "" if state is InitiativeState.DONE else Reason("work/due", day=due)
