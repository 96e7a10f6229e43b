"""Reports: what a scorecard says, as one record that plain data can hold."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import frozen

from okrcore._checks import must_be_a
from okrcore.errors import OkrError
from okrcore.plan import Guardrail, KeyResult
from okrcore.scorecard import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    Scorecard,
)

__all__ = ["Report", "report"]


@final
@frozen(kw_only=True)
class Report:
    """Every result of a scorecard, for a page, a mail or another program.

    Args:
        as_of: The day whose evening it describes.
        rulebook: The name of the rulebook.
        objectives: In the order of the plan.
        key_results: Likewise.
        guardrails: Likewise.
        metrics: Likewise.
        problems: Entries that were left out.
    """

    as_of: date
    rulebook: str
    objectives: tuple[ObjectiveResult, ...]
    key_results: tuple[KeyResultResult, ...]
    guardrails: tuple[GuardrailResult, ...]
    metrics: tuple[MetricResult, ...]
    problems: tuple[OkrError, ...] = ()


def report(card: Scorecard) -> Report:
    """Return every result of a scorecard.

    A scorecard itself is dumped as what it was made of, and is evaluated again where it is loaded. A
    report is what came out, for programs that do not have the library.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> from okrcore import codec
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account")])
    >>> card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15))
    >>> codec.dump(codec.report(card))["data"]["objectives"][0]["why_not"]
    'no key results'
    """
    must_be_a(report, "card", card, Scorecard)
    items = tuple(card.plan.each())
    return Report(
        as_of=card.as_of,
        rulebook=card.rulebook.name,
        objectives=tuple(card),
        key_results=tuple(card.key_result(i.id) for i in items if isinstance(i, KeyResult)),
        guardrails=tuple(card.guardrail(i.id) for i in items if isinstance(i, Guardrail)),
        metrics=tuple(card.metric(metric.id) for metric in card.plan.metrics),
        problems=card.problems,
    )
