"""Rows of compared scorecards and rulebooks, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import frozen

from okrcore._arith import short_beside, written, written_beside
from okrcore._figures import Figure
from okrcore.display.table_rows import scored
from okrcore.rulebook import Status
from okrcore.scorecard import (
    Comparison,
    KeyResultResult,
    MovementCause,
    ObjectiveResult,
    RulebookComparison,
    RulebookDeviation,
    Scorecard,
    ScoreMovement,
)
from okrcore.scorecard.results import word_of
from okrcore.words.reason import Reason, Term, clauses

__all__ = [
    "COMPARISON_HEADINGS",
    "DifferentFigures",
    "Line",
    "causes_of",
    "comparison_title",
    "headings",
    "lines_of",
    "moved_numbers",
    "moved_states",
    "reasons_of",
    "title_of_rulebooks",
]

#: Codes of the headings of a comparison: score before and after, change, causes.
COMPARISON_HEADINGS: Final = (
    "heading/before",
    "heading/after",
    "heading/change",
    "heading/moved-by",
)
#: Smaller changes are written as 0 (library default).
_SLIGHT: Final = 1e-9


def comparison_title(comparison: Comparison) -> str:
    """Return the heading of a comparison."""
    code = "comparison/title" if comparison.movements else "comparison/title-unmoved"
    return Reason(code, since=comparison.since, until=comparison.until)


def moved_states(comparison: Comparison) -> Iterator[str]:
    """Yield the changes of state, each in a sentence."""
    for moved in comparison.states:
        before, after = (
            Reason("comparison/no-state") if status is None else Term("status", status)
            for status in (moved.before, moved.after)
        )
        yield Reason(
            "comparison/state", title=moved.title, before=before, after=after, why=moved.why
        )


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
            if position:
                yield Reason("rulebooks/and", rule=rule.words)
            else:
                yield Reason("rulebooks/or", rule=rule.words) if choice else rule.words


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
