"""Cascades of `okrcore.testing`: their numbers, and changes of them, for the laws of roll-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

import okrcore as okr
from okrcore.testing import Quarter

__all__ = [
    "Numbers",
    "all_numbers",
    "credits_of",
    "key_results_of",
    "numbers_of",
    "readings_of",
    "size_of",
    "with_credits",
    "with_each",
    "with_each_kr",
    "with_readings",
    "with_rules",
    "without_work",
]

#: Score, progress, coverage and range of an objective.
Numbers = tuple[float | None, float | None, float | None, tuple[float, float] | None]


def numbers_of(card: okr.Scorecard, id: str) -> Numbers:
    """Return score, progress, coverage and range of an objective."""
    result = card.objective(id)
    return result.score, result.progress, result.coverage, result.score_range


def all_numbers(card: okr.Scorecard) -> dict[str, Numbers]:
    """Return the same of every objective, by id."""
    return {objective.id: numbers_of(card, objective.id) for objective in card.plan.objectives}


def key_results_of(cascade: Quarter) -> list[okr.KeyResult]:
    """Return every key result of a cascade."""
    return [kr for objective in cascade.plan.objectives for kr in objective.own_key_results]


def size_of(kr: okr.KeyResult) -> int:
    """Return the target of a key result."""
    measure: Any = kr.measure
    return int(measure.target)


# --- readings ----------------------------------------------------------------------------------


def readings_of(cascade: Quarter) -> dict[str, Any]:
    """Return what was read, by id."""
    entries: Any = cascade.journal.entries
    return {entry.of: entry.value for entry in entries}


def with_readings(cascade: Quarter, readings: Mapping[str, Any]) -> Quarter:
    """Return a cascade with other readings."""
    return evolve(cascade, journal=okr.Journal(okr.check_ins(cascade.day, readings)))


def credits_of(cascade: Quarter) -> dict[str, int]:
    """Return the hundredths of the way of each key result that was read, by id."""
    read = readings_of(cascade)
    return {
        kr.id: round(100 * read[kr.id] / size_of(kr))
        for kr in key_results_of(cascade)
        if kr.id in read
    }


def with_credits(cascade: Quarter, credits: Mapping[str, int]) -> Quarter:
    """Return a cascade in which exactly some key results were read, by hundredths of their way."""
    ids = {kr.id for kr in key_results_of(cascade)}
    work = {id: done for id, done in readings_of(cascade).items() if id not in ids}
    read = {
        kr.id: credits[kr.id] * size_of(kr) / 100
        for kr in key_results_of(cascade)
        if kr.id in credits
    }
    return with_readings(cascade, read | work)


# --- changes -----------------------------------------------------------------------------------


def with_each(cascade: Quarter, change: Callable[[okr.Objective], okr.Objective]) -> Quarter:
    """Return a cascade in which every objective was changed, with the readings of what is left."""
    objectives = [change(objective) for objective in cascade.plan.objectives]
    plan = evolve(cascade.plan, objectives=objectives)
    return evolve(cascade, plan=plan, journal=cascade.journal.only(plan))


def with_each_kr(cascade: Quarter, change: Callable[[okr.KeyResult], okr.KeyResult]) -> Quarter:
    """Return a cascade in which every key result was changed, and stands where it did on its way."""

    def changed(objective: okr.Objective) -> okr.Objective:
        return evolve(
            objective,
            key_results=[
                change(kr) if isinstance(kr, okr.KeyResult) else kr for kr in objective.key_results
            ],
        )

    return with_credits(with_each(cascade, changed), credits_of(cascade))


def without_work(cascade: Quarter) -> Quarter:
    """Return a cascade without initiatives."""
    return with_each(cascade, lambda objective: evolve(objective, initiatives=()))


def with_rules(
    cascade: Quarter, change: Callable[[okr.rulebook.RollUpRule], okr.rulebook.RollUpRule]
) -> Quarter:
    """Return a cascade with both of its rules changed."""
    book = cascade.rulebook
    (method,) = book.methods
    methods = [evolve(method, roll_up=change(method.roll_up))]
    return evolve(cascade, rulebook=evolve(book, roll_up=change(book.roll_up), methods=methods))
