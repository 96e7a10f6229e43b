"""Sentences on derived metrics: the parts of a value, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from okrcore._arith import snap
from okrcore.plan import Aggregation, Reading
from okrcore.plan.effective_units import unit_of
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import reads_of_steps
from okrcore.scorecard.day.wording import at_12_decimals, show_reading
from okrcore.words.reason import Reason, clauses

__all__ = ["parts_in_words", "retired_words", "why_no_value"]


def why_no_value(how: Arithmetic, values: Sequence[Reading]) -> str:
    """Return the reason why rows of a derived metric make no value: a part is unread, or a ratio divides by 0."""
    reads = reads_of_steps(how, values)
    unread = [id for id in how.parts if reads[id] is None]
    if unread:
        return Reason("no-score/parts-unread", parts=unread)
    derived = next(derived for id, derived, _ in how.steps if reads[id] is None)
    last = reads[derived.of[-1]]
    if derived.how is Aggregation.RATIO and last is not None and not snap(number_of(last[0])):
        return at_12_decimals(Reason("no-score/part-is-0", part=derived.of[-1]), number_of(last[0]))
    return Reason("no-score/aggregate-too-large", how=derived.how, parts=derived.of)


def retired_words(facts: Facts, metric: str, last: int) -> str:
    """Return the retirement of a metric that an item reads, or of a part of it; empty without one.

    Args:
        facts: Facts of the day.
        metric: Id of the metric.
        last: Last day on which readings count for the item, as an ordinal.
    """
    found: list[str] = []
    for id in facts.compiled.sources_of(metric) if facts.history.lives else ():
        closing = facts.life_of(id).closing
        if closing is not None and closing.on.toordinal() <= last:
            code = "metric/of-reader-retired" if id == metric else "metric/of-part-retired"
            found.append(Reason(code, metric=id, day=closing.on, because=closing.because))
    return clauses(found)


def parts_in_words(facts: Facts, how: Arithmetic, values: Sequence[Reading]) -> Reason:
    """Return the arithmetic of a derived metric with the values of the metrics that it is derived from."""
    reads, (_, derived, _) = reads_of_steps(how, values), how.steps[-1]
    parts = [
        Reason(
            "reading/part", name=part, reading=show_reading(read[0], unit_of(items, items[part]))
        )
        for items in (facts.plan.items,)
        for part in derived.of
        if (read := reads[part]) is not None
    ]
    return Reason("reading/derived", how=derived.how, parts=parts)
