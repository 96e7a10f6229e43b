"""Rows of scorecards and of compared rulebooks, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import Final, cast, final

from attrs import frozen

from okrcore._arith import percent_beside, short_beside, snap, written, written_beside
from okrcore.plan import Scope
from okrcore.plan.scope import ids_of
from okrcore.rulebook import Outcome, Rulebook, Status
from okrcore.scorecard import (
    Comparison,
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    MovementCause,
    NotCounted,
    ObjectiveResult,
    Result,
    RulebookComparison,
    RulebookDeviation,
    Scorecard,
    ScoreMovement,
)
from okrcore.scorecard.day.omissions import summed_up
from okrcore.scorecard.day.wording import guardrails_behind
from okrcore.scorecard.results import word_of
from okrcore.scorecard.scorecard import evaluation_of
from okrcore.words import Figure, Reason, Term
from okrcore.words.reason import clauses, noted

__all__ = [
    "COMPARISON_HEADINGS",
    "SCORECARD_HEADINGS",
    "DifferentFigures",
    "Line",
    "Row",
    "causes_of",
    "comparison_title",
    "headings",
    "lines_of",
    "moved_numbers",
    "reasons_of",
    "rows_of",
    "title_of",
    "title_of_rulebooks",
]


#: Codes of the headings of a scorecard: score, expected score, status.
SCORECARD_HEADINGS: Final = ("heading/score", "heading/expected", "heading/status")
#: Codes of the headings of a comparison: score before and after, change, causes.
COMPARISON_HEADINGS: Final = (
    "heading/before",
    "heading/after",
    "heading/change",
    "heading/moved-by",
)
#: Smaller changes are written as 0 (library default).
_SLIGHT: Final = 1e-9


@final
@frozen(kw_only=True)
class Row:
    """One line of a scorecard.

    Args:
        kind: "objective", "key result", "micro", "guardrail" or "metric".
        title: Title of the item.
        score: None if there is none.
        edges: Numbers that the score is compared with, besides the expected one.
        expected: Score expected by now; None without expected progress.
        status: Status of the item.
        note: Further facts in a few words; may be empty.
    """

    kind: str
    title: str
    score: float | None = None
    edges: tuple[float, ...] = ()
    expected: float | None = None
    status: str = ""
    note: str = ""

    @property
    def shown_score(self) -> str:
        """Score in writing: a dash if it is missing, empty for guardrails and metrics."""
        if self.kind in ("guardrail", "metric"):
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
    if scope.tag is not None:
        yield Reason("scope/tag", tag=scope.tag)
    if scope.running is not None:
        yield Reason("scope/running" if scope.running else "scope/not-running")
    if scope.ids is not None:
        yield Reason("scope/ids")


def rows_of(card: Scorecard) -> Iterator[Row]:
    """Yield the lines of a scorecard: objectives with their key results and guardrails, then metrics.

    A Micro-OKR that runs on the day has a line below the item it supports.
    """
    here = {*ids_of(card.listed)} if card.scopes else card.plan_in_force.items.keys()
    for result in card:
        yield _objective_row(card, result)
        yield from _micro_rows(card, result.id, here)
        for id in result.key_results:
            yield _key_result_row(card.key_result(id))
            yield from _micro_rows(card, id, here)
        for id in result.guardrails:
            yield _guardrail_row(card.guardrail(id))
    for metric in card.plan_in_force.metrics:
        if metric.id in here:
            yield _metric_row(card.metric(metric.id))


def _micro_rows(card: Scorecard, id: str, here: Container[str]) -> Iterator[Row]:
    for micro in card.plan_in_force.micro_okrs(id):
        cycle = micro.cycle
        is_below = any(alignment.to == id for alignment in micro.supports)
        runs = cycle is not None and cycle.start <= card.as_of <= cycle.end
        if cycle is None or not runs or not is_below or micro.id not in here:
            continue
        result, well = card.objective(micro.id), _successes(card, micro.id)
        trigger = "" if micro.micro is None else Term("micro okr trigger", micro.micro.trigger)
        yield Row(
            kind="micro",
            title=f"↳ {result.title}",
            score=result.score,
            edges=result.edges,
            expected=result.expected,
            status=word_of(result),
            note=_in_one_line(
                [
                    noted([Reason("card/micro", end=cycle.end), trigger]),
                    *_status_reason(result, *well),
                ]
            ),
        )


#: Statuses, outcomes and verdicts that need no reason.
_WELL: Final = frozenset({Status.AHEAD, Status.ON_TRACK, Outcome.REACHED, Outcome.AS_FAR_AS_ASKED})


def _status_reason(result: ObjectiveResult | KeyResultResult, *well: str) -> list[str]:
    """Return the reason of a status that is not well or unknown, or ahead with a lower score than expected.

    Parts without a line may lower the score, and not the status.
    """
    word = str(word_of(result))
    if word == Status.AHEAD and result.score is not None and result.expected is not None:
        return [result.status_why] if snap(result.score) < snap(result.expected) else []
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
    return Row(kind="guardrail", title=result.title, status=result.state, note=clauses(notes))


def _metric_row(result: MetricResult) -> Row:
    status = Term("status", result.status)
    return Row(kind="metric", title=result.title, status=status, note=result.status_why)


# --- comparisons -------------------------------------------------------------------------------


def comparison_title(comparison: Comparison) -> str:
    """Return the heading of a comparison."""
    code = "comparison/title" if comparison.movements else "comparison/title-unmoved"
    return Reason(code, since=comparison.since, until=comparison.until)


def moved_numbers(movement: ScoreMovement) -> tuple[str, str, str]:
    """Write a score before and after, each beside the other, and its change."""
    both = _both(movement)
    before, after = (scored(score, *both) for score in (movement.before, movement.after))
    return before, after, _changed(movement.change)


def _both(moved: ScoreMovement | MovementCause) -> tuple[float, ...]:
    """Return the scores before and after, to be written with enough digits to differ; () if equal."""
    if moved.before is None or moved.after is None or abs(moved.after - moved.before) < _SLIGHT:
        return ()
    return moved.before, moved.after


def scored(score: float | None, *edges: float) -> str:
    """Write a score beside 0, 1 and its other edges; a dash if there is none."""
    return "–" if score is None else written_beside(score, 0.0, 1.0, *edges)


def _changed(change: float | None) -> str:
    """Write a change with its sign, beside 0; a dash without one."""
    if change is None:
        return "–"
    size = written(0.0) if abs(change) < _SLIGHT else written_beside(abs(change), 0.0)
    return Figure(f"-{size}" if change < 0 and float(size) else f"+{size}")


def causes_of(movement: ScoreMovement) -> Iterator[str]:
    """Yield the causes of a movement, each in a sentence."""
    for cause in movement.causes:
        by, why = cause.by, cause.why
        if cause.change is None:
            before, after = scored(cause.before), scored(cause.after)
            yield Reason("comparison/cause-began", by=by, before=before, after=after, why=why)
        else:
            change, after = _changed(cause.change), scored(cause.after, *_both(cause))
            yield Reason("comparison/cause", by=by, change=change, after=after, why=why)


@final
@frozen
class Line:
    """One line: an objective, or else a key result, with score and status by each rulebook."""

    title: str
    is_objective: bool
    cells: tuple[str, ...]


@final
@frozen
class DifferentFigures:
    """Figures that differ under a rulebook by the same rules.

    Args:
        figures: Such as "grow: score 0.42, not 0.5".
        rules: The rules, each joined to the one before by "and" or "or".
    """

    figures: str
    rules: tuple[str, ...]


def title_of_rulebooks(comparison: RulebookComparison) -> str:
    """Return the heading of rulebooks side by side."""
    names = [card.rulebook.name for card in comparison.cards]
    return Reason("rulebooks/title", day=comparison.as_of, names=names)


def headings(comparison: RulebookComparison) -> Iterator[tuple[str, list[DifferentFigures]]]:
    """Yield a heading for each rulebook that makes a difference, and its reasons."""
    first, *others = (card.rulebook.name for card in comparison.cards)
    for other in others:
        found = [each for each in comparison.deviations if each.rulebook == other]
        if found:
            heading = Reason("rulebooks/differences", other=other, first=first)
            yield heading, reasons_of(found)


def lines_of(cards: Sequence[Scorecard]) -> Iterator[Line]:
    """Yield the lines of scorecards side by side: each objective, and its key results."""
    for objective in cards[0].plan_in_force.objectives:
        found = [card.objective(objective.id) for card in cards]
        cells = map(_cell, found)
        yield Line(objective.title, is_objective=True, cells=tuple(cells))
        for id in found[0].key_results:
            results = [card.key_result(id) for card in cards]
            yield Line(results[0].title, is_objective=False, cells=tuple(map(_cell, results)))


def _cell(result: ObjectiveResult | KeyResultResult) -> str:
    score = scored(result.score, *result.edges)
    if str(word_of(result)) == Status.UNKNOWN:
        return score  # its reason has no room beside other rulebooks
    return Reason("rulebooks/cell", score=score, word=word_of(result))


def reasons_of(deviations: Sequence[RulebookDeviation]) -> list[DifferentFigures]:
    """Return the figures that differ, by the rules that make them differ."""
    by_rules: dict[tuple[str, ...], list[RulebookDeviation]] = {}
    for deviation in deviations:
        by_rules.setdefault(tuple(_joined(deviation)), []).append(deviation)
    return [DifferentFigures(clauses(map(_words, some)), rules) for rules, some in by_rules.items()]


def _joined(deviation: RulebookDeviation) -> Iterator[str]:
    for choice, together in enumerate(deviation.rules):
        for position, rule in enumerate(together):
            words = str(rule)
            if position:
                yield Reason("rulebooks/and", rule=words)
            else:
                yield Reason("rulebooks/or", rule=words) if choice else words


def _words(deviation: RulebookDeviation) -> str:
    both = (deviation.first, deviation.other)
    numbers = [value for value in both if isinstance(value, float)]
    first, other = (_value(deviation.figure, value, numbers) for value in both)
    return Reason(
        "rulebooks/deviation",
        id=deviation.id,
        figure=Term("figure", deviation.figure),
        other=other,
        first=first,
    )


def _value(figure: str, value: float | str | None, numbers: Sequence[float]) -> str:
    # Four digits: a score rounded to two decimals differs from an unrounded one.
    if value is None:
        return Reason("reading/none")
    if isinstance(value, str):
        return Term(figure, value)
    return short_beside(value, 0.0, 1.0, *numbers)
