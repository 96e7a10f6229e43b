"""Lines of rulebooks side by side, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from okrcore._arith import short_beside, written_beside
from okrcore.scorecard import Deviation, Result, RulebookComparison, Scorecard

__all__ = ["Line", "Reason", "headings", "lines_of", "reasons_of", "title_of_rulebooks"]


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
    for objective in cards[0].plan.objectives:
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


def reasons_of(deviations: Sequence[Deviation]) -> list[Reason]:
    """Return the figures that differ, by the rules that make them differ."""
    by_rules: dict[tuple[tuple[str, str], ...], list[Deviation]] = {}
    for deviation in deviations:
        by_rules.setdefault(tuple(_joined(deviation)), []).append(deviation)
    return [Reason("; ".join(map(_words, some)), rules) for rules, some in by_rules.items()]


def _joined(deviation: Deviation) -> Iterator[tuple[str, str]]:
    for choice, together in enumerate(deviation.rules):
        for position, rule in enumerate(together):
            yield "and" if position else "or" if choice else "", str(rule)


def _words(deviation: Deviation) -> str:
    both = (deviation.first, deviation.other)
    numbers = [value for value in both if isinstance(value, float)]
    first, other = (_value(value, numbers) for value in both)
    return f"{deviation.id}: {deviation.figure} {other}, not {first}"


def _value(value: float | str | None, numbers: Sequence[float]) -> str:
    # Four digits: a score rounded to two decimals differs from an unrounded one.
    if value is None:
        return "none"
    return value if isinstance(value, str) else short_beside(value, 0.0, 1.0, *numbers)
