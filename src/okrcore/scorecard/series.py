"""Scores and states day by day, for a burn-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, repeat
from typing import Final, NamedTuple, final

from attrs import evolve

from okrcore._checks import as_tuple, given_day, must_be_all
from okrcore.journal import Journal
from okrcore.journal.ratio_readings import in_units
from okrcore.plan import Plan, Reading
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.bound_states import BoundOnDay, states_on
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.plan_evaluation import evaluate
from okrcore.scorecard.result_columns import columns_of

__all__ = ["DayScore", "evaluate_series"]


@final
class DayScore(NamedTuple):
    """Score of an objective or key result on a day, or state of a guardrail or metric.

    A plain tuple, not a frozen record: a series has one for each item and day.

    Args:
        day: The day.
        id: The item.
        kind: "objective", "key result", "guardrail" or "metric".
        title: Title of the item.
        progress: Raw progress; None without a reading.
        score: None if there is none; guardrails and metrics have none. It may fall though nothing did: with the first reading of another key
            result, see `coverage`.
        coverage: Share of the weight with a reading; None if the item is excluded.
        expected: Progress expected by that day, with or without a reading, from the first day of the cycle
            on; None if nothing is expected.
        status: Status on that day, a word of the rulebook; of guardrails, initiatives and metrics their state.
        reading: Reading that counts on that day; of a guardrail on a total, the total; of an initiative the
            share done. Objectives have none.
        margin: Distance of a guardrail or metric to its limit; negative beyond it. None of other items.
    """

    day: date
    id: str
    kind: str
    title: str
    progress: float | None
    score: float | None
    coverage: float | None
    expected: float | None
    status: str
    reading: Reading | None
    margin: float | None


def evaluate_series(
    plan: Plan, journal: Journal, days: Iterable[date], *, rulebook: Rulebook = RECOMMENDED
) -> Iterator[DayScore]:
    """Score a plan against its journal as of each of some days: the records of a burn-up.

    An adjustment changes the days from its own on, and none before.

    Args:
        plan: Objectives with key results.
        journal: Check-ins and other entries.
        days: The days, in any order, such as those of `Cycle.calendar_weeks`.
        rulebook: The rules of scores.

    Returns:
        One record for each day and item, made when it is taken; an objective comes before its key results,
        in the order of the plan. The guardrails of a day follow, then its initiatives, then its metrics.

    Raises:
        InconsistentPlanError: Entries up to the last day do not fit the plan. Nothing was evaluated.

    Laws: test_a_series_is_an_evaluation_of_each_day.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
    ...     okr.KeyResult("k", "Customers", okr.Reach(10))])])
    >>> journal = okr.Journal([*okr.check_ins(date(2026, 8, 7), {"k": 2}),
    ...                        *okr.check_ins(date(2026, 8, 14), {"k": 5})])
    >>> for row in evaluate_series(plan, journal, [date(2026, 8, 7), date(2026, 8, 14)]):
    ...     print(row.day, row.id, row.score)
    2026-08-07 o 0.2
    2026-08-07 k 0.2
    2026-08-14 o 0.5
    2026-08-14 k 0.5
    """
    days = as_tuple(days)
    must_be_all(evaluate_series, "days", days, date)
    days = [given_day(evaluate_series, f"days[{n}]", day) for n, day in enumerate(days)]
    if not days:
        return iter(())
    # Entries that do not fit on the last day are refused now, not in the middle of the records.
    evaluate(plan, journal, as_of=max(days), rulebook=rulebook)
    first = Evaluation(plan, in_units(plan, journal), days[0], rulebook)
    return chain.from_iterable(_day_of(evolve(first, day=day)) for day in days)


#: Fields that columns of scores have.
_OF_SCORES: Final = DayScore._fields[1:-1]


def _day_of(evaluation: Evaluation) -> Iterator[DayScore]:
    day = evaluation.day
    columns = columns_of(evaluation, _OF_SCORES, None, None)
    rows = zip(repeat(day), *columns.values(), repeat(None), strict=False)
    return chain(map(DayScore._make, rows), map(partial(_bound, day), states_on(evaluation)))


def _bound(day: date, found: BoundOnDay) -> DayScore:
    none = (None, None, None, None)
    return DayScore(day, *found[:3], *none, *found[3:])
