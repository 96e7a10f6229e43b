"""The methods of the dialects, typed by hand from their sources. A new one fails until it is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["METHODS"]

#: The rules in which each method differs from its dialect, and the reason.
METHODS: Final[Mapping[tuple[str, str], tuple[set[str], str]]] = {
    ("Profit.co", "distance_from_target"): ({"attainment.bounds.shape"}, "P1: the distance to the limit"),
    ("Profit.co", "successful_checkins"): ({"attainment.bounds.reading"}, "P2: the share of all periods"),
    ("Profit.co", "average"): (
        {"attainment.bounds.reading", "attainment.bounds.shape"},
        "P3: the distance of the mean",
    ),
    ("Profit.co", "sum"): (
        {"attainment.bounds.reading", "attainment.bounds.shape"},
        "P3: the distance of the total",
    ),
    ("Profit.co", "manual weights"): ({"roll_up.weights_total"}, "P4: weights by hand total 1"),
    ("Lattice", "amount"): ({"roll_up.weigh"}, "an objective with an amount weighs by size"),
    ("Betterworks", "goal weights"): ({"roll_up.weights_total"}, "an employee's weights total 100"),
    ("Oboard", "mean"): ({"attainment.bounds.reading"}, "a threshold on the average value"),
    ("Oboard", "minimum"): ({"attainment.bounds.reading"}, "a threshold on the lowest value"),
    ("ServiceNow Goal Framework", "worst"): ({"status"}, "S1: the worst part decides the status"),
    ("GitLab's handbook", "capped"): (
        {"attainment.clip.floor", "attainment.clip.ceiling"},
        "some teams capped what they published",
    ),
    ("Operately", "unclamped"): (
        {"attainment.clip.floor", "attainment.clip.ceiling"},
        "the same function without its clamp",
    ),
    ("frappe HR", "appraisal"): ({"roll_up.weights_total"}, "the weights of an appraisal total 100"),
}  # fmt: skip
