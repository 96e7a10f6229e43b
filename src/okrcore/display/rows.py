"""What a scorecard shows, line by line, before it is text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from attrs import frozen

from okrcore._arith import as_percent, written
from okrcore.scorecard import (
    Comparison,
    GuardrailResult,
    KeyResultResult,
    Movement,
    ObjectiveResult,
    Scorecard,
)

__all__ = [
    "Row",
    "causes_of",
    "changed",
    "comparison_title",
    "rows_of",
    "scored",
    "title_of",
]


@final
@frozen(kw_only=True)
class Row:
    """One line.

    Args:
        kind: "objective", "key result" or "guardrail".
        title: What it is about.
        score: Its score; None where there is none.
        expected: The score it was expected to have by now; None where there is no line.
        status: How it stands.
        note: What else to say, in a few words; empty where the numbers say it.
    """

    kind: str
    title: str
    score: float | None = None
    expected: float | None = None
    status: str = ""
    note: str = ""


def title_of(card: Scorecard) -> str:
    """Return the heading of a scorecard."""
    supposed = "".join(f", if {id} were {written(score)}" for id, score in card.supposed)
    return f"As of {card.as_of}, by {card.rulebook.name}{supposed}"


def rows_of(card: Scorecard) -> Iterator[Row]:
    """Yield the lines of a scorecard: each objective, its key results, its guardrails."""
    for result in card:
        yield _objective_row(result)
        for id in result.key_results:
            yield _key_result_row(card.key_result(id))
        for id in result.guardrails:
            yield _guardrail_row(card.guardrail(id))


def _objective_row(result: ObjectiveResult) -> Row:
    notes: list[str] = []
    if result.score is None:
        notes.append(result.why)
    elif result.coverage is not None and result.coverage < 1 and result.score_range is not None:
        low, high = result.score_range
        notes.append(
            f"{as_percent(result.coverage)} measured; {written(low)} to {written(high)} with what is open"
        )
    if result.children_mean is not None and result.key_results:
        notes.append(f"objectives below: {written(result.children_mean)}")
    if result.asks_for:
        notes.append(f"asks for {result.asks_for}")
    return Row(
        kind="objective",
        title=result.title,
        score=result.score,
        expected=result.expected,
        status=result.verdict or result.status,
        note="; ".join(notes),
    )


def _key_result_row(result: KeyResultResult) -> Row:
    note = result.why if result.score is None else ""
    if result.late:
        note = f"read late, on {result.read_on}"
    return Row(
        kind="key result",
        title=result.title,
        score=result.score,
        expected=result.expected,
        status="" if result.excluded else result.status,
        note=note,
    )


def _guardrail_row(result: GuardrailResult) -> Row:
    return Row(kind="guardrail", title=result.title, status=result.state, note=result.status_why)


# --- comparisons -------------------------------------------------------------------------------


def comparison_title(comparison: Comparison) -> str:
    """Return the heading of a comparison."""
    days = f"From {comparison.since} to {comparison.until}"
    return days if comparison.movements else f"{days}, no score moved"


def scored(score: float | None) -> str:
    """Write a score; a dash where there is none."""
    return "–" if score is None else written(score)


def changed(change: float | None) -> str:
    """Write a change with its sign; a dash where there is none to tell."""
    if change is None:
        return "–"
    size = written(abs(change))
    return f"-{size}" if change < 0 and float(size) else f"+{size}"


def causes_of(movement: Movement) -> Iterator[str]:
    """Yield what moved a score, each in a sentence."""
    for cause in movement.causes:
        size = f"{changed(cause.change)}, to {scored(cause.after)}"
        if cause.change is None:
            size = f"{scored(cause.before)} to {scored(cause.after)}"
        yield f"{cause.by} {size}: {cause.why}"
