"""Measures worked by hand, in fractions: what a reading is worth, and what is expected of it by a day.

Written from the documentation; imports nothing of the package. `by_hand.py` works whole organisations.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

__all__ = [
    "BOUNDS",
    "LINES",
    "ONE",
    "ZERO",
    "Facts",
    "attained",
    "beyond",
    "bound_state",
    "clipped",
    "exact",
    "expected_of",
    "holds",
    "is_scoreless",
    "on_line",
    "periods",
    "snapped",
    "stated",
    "value_of",
]

Facts: TypeAlias = Mapping[str, Any]
ZERO, ONE = Fraction(0), Fraction(1)
LINES = ("increase", "decrease", "from-to", "reach", "relative", "points", "multiple")
MOVING = (*LINES, "exactly", "anchors")
BOUNDS = ("at-least", "above", "at-most", "below", "between")


# --- numbers -------------------------------------------------------------------------------------


def exact(number: float) -> Fraction:
    return Fraction(number)


def snapped(number: Fraction) -> Fraction:
    """ "Before an edge comparison or a rounding, and only there, it is snapped to 12 decimals." """
    return Fraction(round(number * 10**12), 10**12)


def value_of(reading: Any) -> Fraction:
    """A number as it is; of a share, its quotient."""
    if isinstance(reading, tuple):
        return exact(reading[1]) / exact(reading[2])
    return exact(reading)


def clipped(clip: Facts, number: Fraction) -> Fraction:
    """ "Limits and rounding, in this order: full credit, floor, ceiling, rounding." """
    if "full from" in clip and snapped(number) >= exact(clip["full from"]):
        number = ONE
    if "floor" in clip:
        number = max(number, exact(clip["floor"]))
    if "ceiling" in clip:
        number = min(number, exact(clip["ceiling"]))
    if "digits" in clip:
        scale = 10 ** clip["digits"]
        # "Rounding is decimal", half up: away from zero.
        doubled = 2 * abs(snapped(number)) * scale + 1
        number = Fraction(doubled // 2, scale) * (-1 if number < 0 else 1)
    return number


# --- what a reading is worth ---------------------------------------------------------------------


def ends(measure: Facts, baseline: Fraction) -> tuple[Fraction, Fraction]:
    """ "+5% of 21% is 22.05%, +5 points is 26%"; of a negative baseline it is a share of its size."""
    match measure["kind"]:
        case "relative":
            return baseline, baseline + abs(baseline) * exact(measure["percent"]) / 100
        case "points":
            return baseline, baseline + exact(measure["change"])
        case "multiple":
            return baseline, baseline * exact(measure["factor"])
        case _:
            return baseline, exact(measure["target"])


def holds(bound: Facts, value: Fraction) -> bool:
    """ "At the limit itself, the name decides: AtMost(85) holds at 85, and Below(85) does not." """
    value = snapped(value)
    low, high = exact(bound.get("low", bound.get("limit"))), bound.get("high", bound.get("limit"))
    match bound["kind"]:
        case "at-least":
            return value >= low
        case "above":
            return value > low
        case "at-most":
            return value <= low
        case "below":
            return value < low
        case _:
            return low <= value <= exact(high)


def bound_state(bound: Facts, value: Fraction) -> str:
    """ "`warn_at` lies before the limit, `tolerated_to` beyond it. Both warn." """
    is_floor, is_held = bound["kind"] in ("at-least", "above"), holds(bound, value)
    edge = bound.get("warn_at" if is_held else "tolerated_to")
    side = "at-most" if is_floor == is_held else "at-least"
    if edge is not None and holds({"kind": side, "limit": edge}, value):
        return "warning"
    return "held" if is_held else "breached"


def beyond(bound: Facts, value: Fraction) -> Fraction:
    """The distance beyond the limit; negative within it."""
    if bound["kind"] == "between":
        return max(exact(bound["low"]) - value, value - exact(bound["high"]))
    distance = value - exact(bound["limit"])
    return -distance if bound["kind"] in ("at-least", "above") else distance


def anchored(measure: Facts, value: Fraction) -> Fraction:
    """ "Between them it is a line. Beyond the ends the nearest line goes on." """
    knots = [(exact(score), exact(at)) for score, at in measure["anchors"]]
    if measure["baseline"] is not None:
        knots.insert(0, (ZERO, exact(measure["baseline"])))
    pieces = list(itertools.pairwise(knots))
    is_falling = knots[1][1] < knots[0][1]
    inside = ((p, q) for p, q in pieces if (value >= q[1] if is_falling else value <= q[1]))
    (low, start), (high, stop) = next(inside, pieces[-1])
    return low + (high - low) * (value - start) / (stop - start)


def along(measure: Facts, baseline: Fraction | None, value: Fraction, flat: str) -> Fraction | None:
    """ "Progress is (v - b) / (t - b), raw"; without a baseline there is none."""
    if baseline is None:
        return None
    start, target = ends(measure, baseline)
    if start != target:
        return (value - start) / (target - start)
    # A baseline equal to the target means what the rulebook says.
    if flat in ("at least", "at most"):
        return Fraction(value >= target if flat == "at least" else value <= target)
    return {"absent": None, "zero": ZERO, "full": ONE}[flat]


def attained(measure: Facts, baseline: Fraction | None, read: Any, rules: Facts) -> Fraction | None:
    """Progress, raw: it may be negative, or above 1."""
    kind = measure["kind"]
    if kind in LINES:
        return along(measure, baseline, value_of(read), rules["flat"])
    if kind in BOUNDS:
        return Fraction(holds(measure, value_of(read)))
    match kind:
        case "exactly":  # "As far beyond it counts like as far before it."
            target = exact(measure["target"])
            return 1 - abs(value_of(read) - target) / abs(target - exact(measure["baseline"]))
        case "budget":  # "Full while within, falling to 0 at a multiple of it."
            limit = exact(measure["limit"])
            over = (value_of(read) - limit) / (limit * (exact(rules["budget"]) - 1))
            return 1 - max(over, ZERO)
        case "pass-fail":  # "A credit counts as far as the rulebook allows partial credit."
            return exact(read) if rules["partial"] or read == 1 else ZERO
        case "judged":
            return exact(read)
        case "milestones":
            return weight_of(measure, lambda name, _: name in read)
        case "evidence":
            return Fraction(len(set(read)), measure["required"])
        case "anchors":
            return anchored(measure, value_of(read))
        case "steps":  # "The first band that holds answers"; None in a hole
            scores = (exact(s) for bound, s in measure["steps"] if holds(bound, value_of(read)))
            return next(scores, None)
        case "zones":
            return exact(dict(measure["zones"])[read])
        case _:  # "Each part is clipped before they are combined."
            made = [
                attained(part, stated(part), read[name], rules) for name, part in measure["parts"]
            ]
            parts = [clipped(rules["clip"], each) for each in made if each is not None]
            return joined(measure["combine"], parts)


def weight_of(measure: Facts, counts: Any) -> Fraction:
    """The share of the whole that some milestones make."""
    steps = [(name, exact(weight), due) for name, weight, due in measure["steps"]]
    reached = sum((weight for name, weight, due in steps if counts(name, due)), ZERO)
    return reached / sum((weight for _, weight, _ in steps), ZERO)


def joined(how: str, parts: Sequence[Fraction]) -> Fraction:
    """ "Mean, minimum or product of the parts." """
    if how == "minimum":
        return min(parts)
    if how == "mean":
        return sum(parts, ZERO) / len(parts)
    product = ONE
    for each in parts:
        product *= each
    return product


def stated(measure: Facts) -> Fraction | None:
    """The baseline that a measure states; `Reach` starts from zero."""
    baseline = 0 if measure["kind"] == "reach" else measure.get("baseline")
    return None if baseline is None else exact(baseline)


def is_scoreless(measure: Facts) -> bool:
    """ "A baseline to be found", or a direction without a target: a state, no score."""
    is_open = measure["kind"] in ("increase", "decrease") and measure["target"] is None
    return is_open or measure["kind"] == "establish"


def after(start: date, every: tuple[int, int], times: int) -> date:
    """The day some lengths later, in months or weeks; in a shorter month its last day."""
    months, weeks = every
    if weeks:
        return start + timedelta(days=7 * weeks * times)
    year, month = divmod(start.year * 12 + start.month - 1 + months * times, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    longest = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, longest))


def periods(first: date, last: date, every: tuple[int, int]) -> list[tuple[date, date]]:
    """ "Periods begin on the first day"; "less than half a period at the end belongs to the one before"."""
    starts = [first]
    while after(first, every, len(starts)) <= last:
        starts.append(after(first, every, len(starts)))
    full, rest = after(first, every, len(starts)) - starts[-1], last - starts[-1]
    if len(starts) > 1 and 2 * (rest.days + 1) < full.days:
        starts.pop()
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return list(zip(starts, [*ends, last], strict=True))


# --- what is expected ----------------------------------------------------------------------------


def on_line(line: Sequence[tuple[int, Fraction]], today: int) -> Fraction:
    """ "Along a straight line, or along its waypoints." """
    for (start, low), (stop, high) in itertools.pairwise(line):
        if today <= stop and start < stop:
            return low + (high - low) * Fraction(today - start, stop - start)
    return ONE


def expected_of(
    measure: Facts, full: Fraction, share: Fraction, day: date, deadline: date
) -> Fraction | None:
    """ "Linear for moving metrics, weights due for milestones, 1 for bounds, no line" for the others.

    `full` is the share of the way that is asked for; a bound has to hold whatever is asked for.
    """
    kind = measure["kind"]
    if kind in MOVING:
        return full * share
    if kind in BOUNDS or kind == "budget":
        return ONE
    if kind == "milestones":
        return full * weight_of(measure, lambda _, due: (due or deadline) <= day)
    if kind != "compound":
        return None
    parts = [expected_of(part, ONE, share, day, deadline) for _, part in measure["parts"]]
    lines = [each for each in parts if each is not None]
    return full * joined(measure["combine"], lines) if len(lines) == len(parts) else None
