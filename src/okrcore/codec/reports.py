"""Reports: what a scorecard says, as plain data for programs that do not have the library.

Rule of this file: a report is written and never read back. What it says follows from the scorecard's
document, which is.
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
        as_of: The day whose evening it describes.
        rulebook: The name of the rulebook.
        objectives: In the order of the plan.
        key_results: Likewise.
        guardrails: Likewise.
        metrics: Likewise.
        problems: Entries that were left out.
        supposed: Scores of key results that `what_if` put in the place of what was read.
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

    `dump(card)` is the other form: what the scorecard was made of, to be loaded and evaluated again. A
    report has every field, those with defaults too, and is not loaded.

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
