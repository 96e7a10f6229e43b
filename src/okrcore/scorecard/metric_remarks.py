"""Description of a metric in words: its definition, how it is measured, and the metrics that it drives."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore.plan import Measurement, Metric
from okrcore.words.reason import Reason

__all__ = ["described"]


def described(metric: Metric) -> Iterator[Reason]:
    """Yield the definition of a metric, each fact of its measurement, and the metrics that it drives."""
    if metric.definition.strip():
        yield Reason("remark/definition", text=metric.definition)
    if metric.measurement is not None:
        yield from _measured(metric.measurement)
    if metric.drives:
        yield Reason("remark/drives", ids=metric.drives)


def _measured(measurement: Measurement) -> Iterator[Reason]:
    texts = {
        "remark/numerator": measurement.numerator,
        "remark/denominator": measurement.denominator,
        "remark/event": measurement.event,
        "remark/source": measurement.source,
        "remark/method": measurement.method,
    }
    yield from (Reason(code, text=text) for code, text in texts.items() if text.strip())
    if measurement.least_answers is not None:
        yield Reason("remark/least-answers", count=measurement.least_answers)
