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
from okrcore.words.reason import Reason

__all__ = ["parts_in_words", "why_no_value"]


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
