"""Reports: results of a scorecard as plain data, for programs without the library.

A report is never read back; the document of a scorecard is.
"""

from __future__ import annotations

from datetime import date
from typing import Any, final

from attrs import frozen

from okrcore._checks import must_be_a
from okrcore.codec.converting import to_plain
from okrcore.codec.documents import VERSION
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
    """Every result of a scorecard.

    Args:
        as_of: Evaluation date.
        rulebook: Name of the rulebook.
        objectives: In the order of the plan, as all others.
        key_results: Results of key results.
        guardrails: Results of guardrails.
        metrics: Results of metrics.
        problems: Faults of entries that were left out.
        supposed: Scores of key results that `what_if` replaced.
    """

    as_of: date
    rulebook: str
    objectives: tuple[ObjectiveResult, ...]
    key_results: tuple[KeyResultResult, ...]
    guardrails: tuple[GuardrailResult, ...]
    metrics: tuple[MetricResult, ...]
    problems: tuple[OkrError, ...]
    supposed: tuple[tuple[str, float], ...]


def report(card: Scorecard) -> dict[str, Any]:
    """Return every result of a scorecard as plain data, for a page, a mail or another program.

    A report has all fields, with their defaults too, and is not loaded again. `dump(card)` is the document
    of the inputs, to be loaded and evaluated again.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account")])
    >>> card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15))
    >>> grow = report(card)["data"]["objectives"][0]
    >>> grow["score"], grow["why_not"], grow["life"]["state"]
    (None, 'no key results', 'active')
    """
    must_be_a(report, "card", card, Scorecard)
    items = tuple(card.plan.each())
    found = Report(
        as_of=card.as_of,
        rulebook=card.rulebook.name,
        objectives=tuple(card),
        key_results=tuple(card.key_result(i.id) for i in items if isinstance(i, KeyResult)),
        guardrails=tuple(card.guardrail(i.id) for i in items if isinstance(i, Guardrail)),
        metrics=tuple(card.metric(metric.id) for metric in card.plan.metrics),
        problems=card.problems,
        supposed=card.supposed,
    )
    data = to_plain(found, Report, is_full=True)
    return {"okrcore": VERSION, "kind": "report", "data": data}
