"""Rows of scorecards, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import Final, cast, final

from attrs import frozen

from okrcore._arith import percent_beside, snap, written_beside
from okrcore.plan import Objective, Scope
from okrcore.plan.scoped_ids import ids_in
from okrcore.rulebook import Outcome, Rulebook, Status
from okrcore.scorecard import (
    GuardrailResult,
    InitiativeResult,
    KeyResultResult,
    MetricResult,
    NotCounted,
    ObjectiveResult,
    PriorityResult,
    Result,
    Scorecard,
)
from okrcore.scorecard.day.omissions import NoScoreReason
from okrcore.scorecard.day.uncounted_entries import summed_up
from okrcore.scorecard.day.wording import guardrails_behind
from okrcore.scorecard.results import word_of
from okrcore.scorecard.scorecard import evaluation_of
from okrcore.words import Reason, Term
from okrcore.words.reason import clauses, noted

__all__ = [
    "SCORECARD_HEADINGS",
    "Row",
    "rows_of",
    "scored",
    "title_of",
]


#: Codes of the headings of a scorecard: score, expected score, status.
SCORECARD_HEADINGS: Final = ("heading/score", "heading/expected", "heading/status")


@final
@frozen(kw_only=True)
class Row:
    """One line of a scorecard.

    Args:
        kind: "objective", "key result", "micro", "guardrail", "initiative", "kpi", "metric" or "priority".
        title: Title of the item.
        score: None if there is none.
        edges: Numbers that the score is compared with, besides the expected one.
        expected: Score expected by now; None without expected progress.
        status: Status of the item.
        state: State of a guardrail or initiative; empty for others.
        note: Further facts in a few words; may be empty.
    """

    kind: str
    title: str
    score: float | None = None
    edges: tuple[float, ...] = ()
    expected: float | None = None
    status: str = ""
    state: str = ""
    note: str = ""

    @property
    def shown_score(self) -> str:
        """Score in writing: a dash if it is missing, empty for items that never have one."""
        if self.kind in ("guardrail", "initiative", "kpi", "metric", "priority"):
            return ""
        expected = () if self.expected is None else (self.expected,)
        return scored(self.score, *self.edges, *expected)

    @property
    def shown_expected(self) -> str:
        """Expected score in writing; empty without one."""
        if self.expected is None:
            return ""
        score = () if self.score is None else (self.score,)
        return written_beside(self.expected, 0.0, 1.0, *score)


def title_of(card: Scorecard) -> str:
    """Return the heading of a scorecard."""
    title = Reason("card/title", day=card.as_of, rulebook=card.rulebook.name)
    supposed = [Reason("card/supposed", id=id, score=scored(score)) for id, score in card.supposed]
    return noted([title, *supposed, *_listed(card)])


def _listed(card: Scorecard) -> Iterator[str]:
    """Yield the number of objectives that are listed, with the conditions, if there is a scope."""
    if not card.scopes:
        return
    conditions = [each for scope in card.scopes for each in _conditions(scope)]
    every = Reason("card/objectives", count=len(card.plan_in_force.objectives))
    if len(card):
        yield Reason("card/scope", number=len(card), every=every, conditions=conditions)
    else:
        yield Reason("card/scope-empty", conditions=conditions)


def _conditions(scope: Scope) -> Iterator[Reason]:
    """Yield the conditions of a scope in words."""
    if scope.owner is not None:
        yield Reason("scope/owner", owner=str(scope.owner))
    if scope.team is not None:
        yield Reason("scope/team", team=str(scope.team))
    if scope.level is not None:
        yield Reason("scope/level", level=scope.level)
    if scope.cycle is not None:
        yield Reason("scope/cycle", cycle=str(scope.cycle))
    if scope.priority is not None:
        yield Reason("scope/priority", id=scope.priority)
    if scope.tag is not None:
        yield Reason("scope/tag", tag=scope.tag)
    if scope.running is not None:
        yield Reason("scope/running" if scope.running else "scope/not-running")
    if scope.ids is not None:
        yield Reason("scope/ids")


def rows_of(card: Scorecard) -> Iterator[Row]:
    """Yield the lines of a scorecard: objectives with all that is in them and their KPIs, then other metrics.

    Priorities with thresholds come last.

    A Micro-OKR that runs on the day has a line below the item it supports.
    """
    shown = {kpi for objective in card.listed for kpi in objective.kpis}
    plan = card.plan_in_force
    here = ids_in(plan, card.listed, card.scopes) if card.scopes else plan.items.keys()
    for result in card:
        yield _objective_row(card, result)
        yield from _micro_rows(card, result.id, here)
        for id in result.key_results:
            yield _key_result_row(card.key_result(id))
            yield from _micro_rows(card, id, here)
        for id in result.guardrails:
            yield _guardrail_row(card.guardrail(id))
        for id in result.initiatives:
            yield _initiative_row(card.initiative(id))
        for id in card.plan_in_force.objective(result.id).kpis:
            yield _kpi_row(card.metric(id))
    for metric in card.plan_in_force.metrics:
        if metric.id in here and metric.id not in shown:
            yield _metric_row(card.metric(metric.id))
    for priority in card.plan_in_force.priorities:
        if priority.id in here and priority.metrics:
            yield _priority_row(card.priority(priority.id))


def _micro_rows(card: Scorecard, id: str, here: Container[str]) -> Iterator[Row]:
    for micro in card.plan_in_force.micro_okrs(id):
        cycle = micro.cycle
        is_below = any(alignment.to == id for alignment in micro.supports)
        runs = cycle is not None and cycle.start <= card.as_of <= cycle.end
        if cycle is None or not runs or not is_below or micro.id not in here:
            continue
        result, well = card.objective(micro.id), _successes(card, micro.id)
        yield Row(
            kind="micro",
            title=f"↳ {result.title}",
            score=result.score,
            edges=result.edges,
            expected=result.expected,
            status=word_of(result),
            note=_in_one_line(
                [
                    noted([Reason("card/micro", end=cycle.end), *_cause_words(card, micro)]),
                    *_status_reason(result, *well),
                ]
            ),
        )


def _cause_words(card: Scorecard, objective: Objective) -> list[str]:
    """Return the cause of an objective, if it has one."""
    trigger = objective.trigger
    if trigger is None:
        return []
    kind = Term("trigger kind", trigger.kind)
    if trigger.of is None:
        return [kind]
    item = card.plan_in_force.items[trigger.of]
    return [Reason("card/cause", kind=kind, title=item.title or item.id)]


#: Outcomes that need no reason.
_WELL: Final = frozenset({Outcome.REACHED, Outcome.AS_FAR_AS_ASKED})


#: Missing scores whose reason includes that nothing was read yet.
_NOTHING_READ: Final = frozenset({NoScoreReason.NO_READING, NoScoreReason.NOTHING_MEASURED})


def _status_reason(result: ObjectiveResult | KeyResultResult, *well: str) -> list[str]:
    """Return the reason of a status that is not well or unknown, or that the score does not explain.

    Parts without a line may lower the score, and not the status; without a score or an expected one, the
    status is from elsewhere, such as confidence. "No reading" is reason enough for "not started".
    """
    word, score, expected = str(word_of(result)), result.score, result.expected
    if word in (Status.AHEAD, Status.ON_TRACK):
        if score is None or (expected is None and snap(score) < 1):
            return [result.status_why]
        is_below = expected is not None and snap(score) < snap(expected)
        return [result.status_why] if word == Status.AHEAD and is_below else []
    if word == Status.NOT_STARTED and result.no_score_reason in _NOTHING_READ:
        return []
    return [] if word in {*_WELL, *well} else [result.status_why]


def _declared(result: Result) -> list[str]:
    """Return a note on a declared status that differs from the computed one, of an item that is not over."""
    declared, is_over = result.declared, result.computed_status in (Status.OVER, Status.CLOSED)
    if declared is None or is_over or declared.status == result.computed_status:
        return []
    if result.status == declared.status:
        computed = Reason("card/computed", status=Term("status", result.computed_status))
        return [clauses((declared.why, computed))]
    return [Reason("card/declared", status=Term("status", declared.status), why=declared.why)]


def _not_counted(result: Result) -> list[str]:
    """Return a note on entries that do not count, without readings revised on their day.

    Readings of a metric are left to `why`: most are outside any one cycle.
    """
    if not result.uncounted:
        return []
    is_objective = result.kind == "objective"
    own = [each for each in result.uncounted if is_objective or each.of == result.id]
    found = [each for each in own if each.reason is not NotCounted.SUPERSEDED]
    entries = clauses(summed_up(found, f"{result.why}; {result.status_why}"))
    return [Reason("card/not-counted", entries=entries)] if entries else []


def _book(card: Scorecard, id: str) -> Rulebook:
    method = card.plan_in_force.objective(id).method
    return card.rulebook.method(method, f"Objective({id!r}).method")


def _successes(card: Scorecard, id: str) -> Sequence[str]:
    """Return the verdict of an objective that is a success by its ambition; () without one."""
    rule = _book(card, id).verdict_for(card.plan_in_force.objective(id).ambition)
    return () if rule is None else (rule.success,)


def _guarded(card: Scorecard, id: str) -> list[str]:
    """Return a note on the effect of guardrails on the score of an objective."""
    evaluation = evaluation_of(card)
    words = guardrails_behind(*evaluation.of_item(evaluation.facts.compiled.index_of[id]))
    return [words] if words else []


def _objective_row(card: Scorecard, result: ObjectiveResult) -> Row:
    notes: list[str] = [result.why] if result.score is None else []
    notes += [*_status_reason(result, *_successes(card, result.id)), *_declared(result)]
    coverage = 1.0 if result.coverage is None else result.coverage
    if result.score is not None and result.score_range is not None and coverage < 1:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        measured = percent_beside(coverage, 0.0, 1.0, _book(card, result.id).roll_up.least_coverage)
        notes.append(Reason("card/measured", share=measured, low=low, high=high))
    if result.score is not None:
        notes += _guarded(card, result.id)
    if result.children_mean is not None and result.key_results:
        mean = written_beside(result.children_mean, *result.edges)
        notes.append(Reason("card/children-mean", score=mean))
    if result.asks_for:
        notes.append(Reason("card/asks-for", act=Term("act", result.asks_for)))
    notes += _not_counted(result)
    cause = _cause_words(card, card.plan_in_force.objective(result.id))
    notes += [Reason("card/set-off-by", cause=each) for each in cause]
    return Row(
        kind="objective",
        title=result.title,
        score=result.score,
        edges=result.edges,
        expected=result.expected,
        status=word_of(result),
        note=_in_one_line(notes),
    )


def _key_result_row(result: KeyResultResult) -> Row:
    notes: list[str] = []
    if result.late:
        notes.append(Reason("card/read-late", day=cast("date", result.read_on)))
    elif result.score is None:
        notes.append(result.why)
    if result.score is not None and snap(result.progress or 0.0) < 0:
        notes.append(result.why)  # it is below its baseline
    if result.coverage is not None:
        notes += _status_reason(result)
    notes += _declared(result)
    notes += _not_counted(result)
    return Row(
        kind="key result",
        title=result.title,
        score=result.score,
        edges=result.edges,
        expected=result.expected,
        status="" if result.coverage is None else word_of(result),
        note=_in_one_line(notes),
    )


def _in_one_line(notes: Sequence[str]) -> str:
    """Return notes in one line, without those that are part of another."""
    different = list(dict.fromkeys(notes))
    return clauses(
        note for note in different if not any(note in each for each in different if each != note)
    )


def _guardrail_row(result: GuardrailResult) -> Row:
    notes = [result.status_why, *_not_counted(result)]
    return Row(
        kind="guardrail",
        title=result.title,
        status=result.state,
        state=result.state,
        note=clauses(notes),
    )


def _initiative_row(result: InitiativeResult) -> Row:
    return Row(
        kind="initiative",
        title=result.title,
        status=Term("status", result.status),
        state=result.state,
        note=clauses([result.status_why, *_not_counted(result)]),
    )


def _kpi_row(result: MetricResult) -> Row:
    title = Reason("card/kpi", title=result.title)
    word = () if result.status == result.state else (Term("status", result.status),)
    return Row(
        kind="kpi",
        title=title,
        status=result.state,
        state=result.state,
        note=clauses((*word, result.status_why)),
    )


def _priority_row(result: PriorityResult) -> Row:
    status = Term("status", result.status)
    return Row(kind="priority", title=result.title, status=status, note=result.status_why)


def _metric_row(result: MetricResult) -> Row:
    status = Term("status", result.status)
    return Row(kind="metric", title=result.title, status=status, note=result.status_why)


def scored(score: float | None, *edges: float) -> str:
    """Write a score beside 0, 1 and its other edges; a dash if there is none."""
    return "–" if score is None else written_beside(score, 0.0, 1.0, *edges)
