"""Rows of scorecards and of compared rulebooks, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final, final

from attrs import frozen

from okrcore._arith import percent_beside, short_beside, snap, written, written_beside
from okrcore.plan import Scope
from okrcore.plan.scope import ids_of
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
from okrcore.scorecard.scorecard import evaluation_of

__all__ = [
    "Line",
    "Reason",
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
    supposed = "".join(f", if {id} were {scored(score)}" for id, score in card.supposed)
    return f"As of {card.as_of}, by {card.rulebook.name}{supposed}{_listed(card)}"


def _listed(card: Scorecard) -> str:
    """Return the number of objectives that are listed, and the conditions; empty without a scope."""
    if not card.scopes:
        return ""
    every = len(card.plan_in_force.objectives)
    count = (
        f"{len(card)} of {every} objective{'s' * (every != 1)}" if len(card) else "no objectives"
    )
    return f", {count}: {'; '.join(words for scope in card.scopes for words in _conditions(scope))}"


def _conditions(scope: Scope) -> Iterator[str]:
    """Yield the conditions of a scope in words."""
    for name in ("owner", "team", "level", "cycle", "tag"):
        value = getattr(scope, name)
        if value is not None:
            within = ", with teams within it" if name == "team" else ""
            yield f"{name} {value}{within}"
    if scope.running is not None:
        yield "running" if scope.running else "not running"
    if scope.ids is not None:
        yield "by id"


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
        result = card.objective(micro.id)
        trigger = "" if micro.micro is None else f", {micro.micro.trigger}"
        yield Row(
            kind="micro",
            title=f"↳ {result.title}",
            score=result.score,
            edges=result.edges,
            expected=result.expected,
            status=_status(result),
            note=f"Micro-OKR to {cycle.end}{trigger}",
        )


def _status(result: ObjectiveResult) -> str:
    return result.verdict or result.status


def _declared(result: Result) -> list[str]:
    """Return a note on a declared status that differs from the computed one."""
    declared = result.declared
    if declared is None or declared.status == result.computed_status:
        return []
    if result.status == declared.status:
        return [f"{declared.why}; computed: {result.computed_status}"]
    return [f"{declared.status} {declared.why}"]


def _not_counted(result: Result) -> list[str]:
    """Return a note on entries that do not count, without readings revised on their day.

    Readings of a metric are left to `why`: most are outside any one cycle.
    """
    if not result.uncounted:
        return []
    is_objective = result.kind == "objective"
    own = [each for each in result.uncounted if is_objective or each.of == result.id]
    found = [each for each in own if each.reason is not NotCounted.SUPERSEDED]
    words = "; ".join(summed_up(found, f"{result.why}; {result.status_why}"))
    return [f"not counted: {words}"] if words else []


def _least_coverage(card: Scorecard, id: str) -> float:
    method = card.plan_in_force.objective(id).method
    return card.rulebook.method(method, f"Objective({id!r}).method").roll_up.least_coverage


def _guarded(card: Scorecard, id: str) -> list[str]:
    """Return a note on the effect of guardrails on the score of an objective."""
    evaluation = evaluation_of(card)
    words = guardrails_behind(*evaluation.of_item(evaluation.facts.compiled.index_of[id]))
    return [words] if words else []


def _objective_row(card: Scorecard, result: ObjectiveResult) -> Row:
    notes = _declared(result)
    if result.score is None:
        notes.append(result.why)
    elif result.coverage is not None and result.coverage < 1 and result.score_range is not None:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        measured = percent_beside(result.coverage, 0.0, 1.0, _least_coverage(card, result.id))
        notes.append(f"{measured} measured; {low} to {high} with what is open")
    if result.score is not None:
        notes += _guarded(card, result.id)
    if result.children_mean is not None and result.key_results:
        notes.append(f"objectives below: {written_beside(result.children_mean, *result.edges)}")
    if result.asks_for:
        notes.append(f"asks for {result.asks_for}")
    if result.open_until is not None and result.verdict is not None:
        so_far = f"{result.verdict} so far"
        notes.append(f"{so_far}; final numbers may come until {result.open_until}")
    notes += _not_counted(result)
    return Row(
        kind="objective",
        title=result.title,
        score=result.score,
        edges=result.edges,
        expected=result.expected,
        status=_status(result),
        note="; ".join(notes),
    )


def _key_result_row(result: KeyResultResult) -> Row:
    notes = _declared(result)
    is_below_baseline = result.score is not None and snap(result.progress or 0.0) < 0
    if result.late:
        notes.append(f"read late, on {result.read_on}")
    elif result.score is None:
        notes.append(result.why)
    if is_below_baseline:
        notes.append(result.why)
    notes += _not_counted(result)
    return Row(
        kind="key result",
        title=result.title,
        score=result.score,
        edges=result.edges,
        expected=result.expected,
        status="" if result.coverage is None else result.status,
        note="; ".join(notes),
    )


def _guardrail_row(result: GuardrailResult) -> Row:
    notes = [result.status_why, *_not_counted(result)]
    return Row(kind="guardrail", title=result.title, status=result.state, note="; ".join(notes))


def _metric_row(result: MetricResult) -> Row:
    return Row(kind="metric", title=result.title, status=result.status, note=result.status_why)


# --- comparisons -------------------------------------------------------------------------------


def comparison_title(comparison: Comparison) -> str:
    """Return the heading of a comparison."""
    days = f"From {comparison.since} to {comparison.until}"
    return days if comparison.movements else f"{days}, no score moved"


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
    return f"-{size}" if change < 0 and float(size) else f"+{size}"


def causes_of(movement: ScoreMovement) -> Iterator[str]:
    """Yield the causes of a movement, each in a sentence."""
    for cause in movement.causes:
        size = f"{_changed(cause.change)}, to {scored(cause.after, *_both(cause))}"
        if cause.change is None:
            size = f"{scored(cause.before)} to {scored(cause.after)}"
        yield f"{cause.by} {size}: {cause.why}"


@final
@frozen
class Line:
    """One line: an objective, or else a key result, with score and status by each rulebook."""

    title: str
    is_objective: bool
    cells: tuple[str, ...]


@final
@frozen
class Reason:
    """Figures that differ under a rulebook by the same rules.

    Args:
        figures: Such as "grow: score 0.42, not 0.5".
        rules: The rules, each after the word that joins it to the one before: "", "and" or "or".
    """

    figures: str
    rules: tuple[tuple[str, str], ...]


def title_of_rulebooks(comparison: RulebookComparison) -> str:
    """Return the heading of rulebooks side by side."""
    names = ", ".join(card.rulebook.name for card in comparison.cards)
    return f"As of {comparison.as_of}, by each of {names}"


def headings(comparison: RulebookComparison) -> Iterator[tuple[str, list[Reason]]]:
    """Yield a heading for each rulebook that makes a difference, and its reasons."""
    first, *others = (card.rulebook.name for card in comparison.cards)
    for other in others:
        found = [each for each in comparison.deviations if each.rulebook == other]
        if found:
            yield f"What {other} makes different from {first}", reasons_of(found)


def lines_of(cards: Sequence[Scorecard]) -> Iterator[Line]:
    """Yield the lines of scorecards side by side: each objective, and its key results."""
    for objective in cards[0].plan_in_force.objectives:
        found = [card.objective(objective.id) for card in cards]
        cells = (_cell(each, each.verdict or each.status) for each in found)
        yield Line(objective.title, is_objective=True, cells=tuple(cells))
        for id in found[0].key_results:
            results = [card.key_result(id) for card in cards]
            cells = (_cell(each, each.status) for each in results)
            yield Line(results[0].title, is_objective=False, cells=tuple(cells))


def _cell(result: Result, status: str) -> str:
    score = "–" if result.score is None else written_beside(result.score, *result.edges)
    return f"{score} {status}"


def reasons_of(deviations: Sequence[RulebookDeviation]) -> list[Reason]:
    """Return the figures that differ, by the rules that make them differ."""
    by_rules: dict[tuple[tuple[str, str], ...], list[RulebookDeviation]] = {}
    for deviation in deviations:
        by_rules.setdefault(tuple(_joined(deviation)), []).append(deviation)
    return [Reason("; ".join(map(_words, some)), rules) for rules, some in by_rules.items()]


def _joined(deviation: RulebookDeviation) -> Iterator[tuple[str, str]]:
    for choice, together in enumerate(deviation.rules):
        for position, rule in enumerate(together):
            yield "and" if position else "or" if choice else "", str(rule)


def _words(deviation: RulebookDeviation) -> str:
    both = (deviation.first, deviation.other)
    numbers = [value for value in both if isinstance(value, float)]
    first, other = (_value(value, numbers) for value in both)
    return f"{deviation.id}: {deviation.figure} {other}, not {first}"


def _value(value: float | str | None, numbers: Sequence[float]) -> str:
    # Four digits: a score rounded to two decimals differs from an unrounded one.
    if value is None:
        return "none"
    return value if isinstance(value, str) else short_beside(value, 0.0, 1.0, *numbers)
