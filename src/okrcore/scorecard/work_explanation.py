"""Steps to the state of an initiative: from the share done, the moves and the closing to its status.

Rule of this file: a step is there if it can change the status: the end of the objective, the age of the last check-in.
The first step has the status of the result.

Laws: test_explanations_of_initiatives_recompute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast, final

from attrs import frozen

from okrcore.journal import ClosingDecision, Lifecycle
from okrcore.plan import Aggregation, Initiative, Reading
from okrcore.rulebook import Status
from okrcore.scorecard.day.metric_states import is_stale
from okrcore.scorecard.day.work_states import state_by
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import (
    BY_JOURNAL,
    DAYS_LATE,
    SHARE_DONE,
    STATE,
    Explanation,
    Kept,
    StepOrigin,
    StepResult,
    StepRule,
)
from okrcore.scorecard.initiative_results import (
    WorkOnDay,
    WorkStaleness,
    due_words,
    initiative_result,
    stale_words,
    state_words,
    work_on,
)
from okrcore.scorecard.recomputation import Input
from okrcore.words.reason import Reason

__all__ = ["explain_initiative"]

#: Steps that are the first one if they are there, so that they have the name of the state.
_AT_END: Final = "at the end"
_BY_AGE: Final = "by age"

#: Rule, inputs, result and words of a step.
_Made: TypeAlias = tuple[StepRule, tuple[Input, ...], StepResult, str]


def explain_initiative(
    evaluation: Evaluation, work: Initiative, *, remarks: tuple[str, ...] = ()
) -> Explanation:
    """Return the step to the status of an initiative."""
    why = initiative_result(evaluation, work).status_why
    origin = _Origin(work=work, on_day=work_on(evaluation, work), why=why)
    return origin.step(STATE, remarks)


@final
@frozen(eq=False, kw_only=True)
class _Origin(StepOrigin):
    """An initiative on a day.

    Args:
        work: The initiative.
        on_day: Its state and status.
        why: The reason for its status.
    """

    work: Initiative
    on_day: WorkOnDay
    why: str

    @property
    def key(self) -> Hashable:
        # An evaluation lives as long as a step of it.
        return id(self.on_day.evaluation), self.work.id

    @property
    def stage(self) -> str:
        """The step to the status."""
        if self.on_day.over is not None:
            return _AT_END
        return BY_JOURNAL if self.on_day.staleness is None else _BY_AGE

    def _stage_of(self, what: str) -> str:
        return self.stage if what == STATE else what

    def step(self, what: str, remarks: tuple[str, ...] = ()) -> Explanation:
        """Return the step of a name."""
        rule, inputs, result, words = _STEPS[self._stage_of(what)](self)
        words = self.why if what == STATE else words
        id, title = self.work.id, self.work.title
        return Explanation(id, what, rule, inputs, result, words, title, self, remarks=remarks)

    def edges(self, step: Explanation) -> tuple[float, ...]:
        return (0.0, 1.0) if step.what == SHARE_DONE else ()

    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:  # noqa: ARG002
        return tuple(map(self.step, self._names_of_parts(step.what)))

    def _names_of_parts(self, what: str) -> Sequence[str]:
        """Return the names of the steps below a step."""
        stage, names = self._stage_of(what), list[str]()
        if stage in (_AT_END, _BY_AGE):
            names.append(BY_JOURNAL)
        elif stage == BY_JOURNAL and self.on_day.found.read is not None:
            names.append(SHARE_DONE)
        if what == STATE and due_words(self.on_day.found.state, self.work.due, 1):
            names.append(DAYS_LATE)
        return names

    def recompute(self, step: Explanation) -> StepResult:
        values = [entered.value for entered in step.inputs]
        return _RECOMPUTE[self._stage_of(step.what)](step.rule, values)


# --- making steps ------------------------------------------------------------------------------


def _at_end(of: _Origin) -> _Made:
    facts, index = of.on_day.evaluation.facts, of.on_day.index
    is_closed = facts.closing_of(index) is not None
    end = Input("closing of its objective" if is_closed else "end of its cycle", of.on_day.over)
    closed = Input("objective closed", is_closed)
    return None, (Input(BY_JOURNAL, of.on_day.found.state), end, closed), of.on_day.status, of.why


def _by_age(of: _Origin) -> _Made:
    stale = cast("WorkStaleness", of.on_day.staleness)
    inputs = (
        Input(BY_JOURNAL, of.on_day.found.state),
        Input("days since the last check-in", float(stale.days)),
        Input("days between check-ins", float(stale.every)),
    )
    return stale.rule, inputs, of.on_day.status, stale_words(stale)


def _by_journal(of: _Origin) -> _Made:
    found = of.on_day.found
    life, closing = found.life, found.life.closing
    inputs = (
        Input("decision", None if closing is None else closing.decision),
        Input("stage", life.state),
        Input("first day of the stage", life.since),
        Input(SHARE_DONE, found.read),
        Input("day of the share", found.read_on),
        Input("begun by a move", found.is_begun),
    )
    words = state_words(found.state, found.share, found.ended, life)
    return None, inputs, str(found.state), words


def _share_done(of: _Origin) -> _Made:
    found = of.on_day.found
    read_on = cast("date", found.read_on)
    inputs = (Input(SHARE_DONE, cast("Reading", found.read), on=read_on),)
    return Aggregation.LATEST, inputs, found.read, Reason("step/read-on", day=read_on)


def _days_late(of: _Origin) -> _Made:
    on_day, due = of.on_day, cast("date", of.work.due)
    inputs = (Input("due day", due), Input("counted to", on_day.counted_to))
    late = on_day.days_late
    words = due_words(on_day.found.state, due, late) or Reason("work/due", day=due)
    return None, inputs, float(late), words


_STEPS: Final[Mapping[str, Callable[[_Origin], _Made]]] = MappingProxyType(
    {
        _AT_END: _at_end,
        _BY_AGE: _by_age,
        BY_JOURNAL: _by_journal,
        SHARE_DONE: _share_done,
        DAYS_LATE: _days_late,
    }
)


# --- applying them again -----------------------------------------------------------------------


def _over(_: StepRule, values: Sequence[Any]) -> str:
    *_state, is_closed = values
    return str(Status.CLOSED if is_closed else Status.OVER)


def _of_age(rule: Any, values: Sequence[Any]) -> str:
    state, age, every = values
    return str(rule.name if is_stale(rule, age, every) else state)


def _state(_: StepRule, values: Sequence[Any]) -> str:
    decision, stage, since, share, read_on, is_begun = values
    decided = None if decision is None else ClosingDecision(decision)
    return str(state_by(decided, Lifecycle(stage), since, share, read_on, is_begun=is_begun))


def _last(_: StepRule, values: Sequence[Any]) -> float:
    return float(values[-1])


def _days_after(_: StepRule, values: Sequence[Any]) -> float:
    due, counted_to = values
    return float(max((counted_to - due).days, 0))


_RECOMPUTE: Final[Mapping[str, Callable[[StepRule, Sequence[Any]], StepResult]]] = MappingProxyType(
    {
        _AT_END: _over,
        _BY_AGE: _of_age,
        BY_JOURNAL: _state,
        SHARE_DONE: _last,
        DAYS_LATE: _days_after,
    }
)
