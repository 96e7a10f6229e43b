"""Table of the fields of a plan: those that count, and those that are wording.

Rules of this file:

1. A field counts if it can change a number, a status, a verdict or a due day of an item, or its accountable
   owner. Every other field is wording: it names, explains or sorts.
2. Every field of every record is in exactly one of both. Measures, bounds, thresholds, units, cycles, periods,
   people, waypoints, derivations, growths and triggers are values: they differ as wholes, and have no rows here.
3. Ids count, and so do references to other items: a new wording alone never names an item that is not in
   the plan.
4. A collection counts; the order of its members is wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.metrics import Guardrail, Initiative, Measurement, Metric
from okrcore.plan.objective import Alignment, Objective, Outside
from okrcore.plan.plan import Plan
from okrcore.plan.priorities import Priority
from okrcore.plan.profiles import (
    Contribution,
    Dependency,
    KeyResultProfile,
    ObjectiveProfile,
    Parked,
    Place,
    Timing,
)

__all__ = ["COLLECTIONS", "COUNTS", "GROUPS", "WORDING", "counts"]

#: Fields that count, by record.
COUNTS: Final[Mapping[type, frozenset[str]]] = MappingProxyType(
    {
        Plan: frozenset({"objectives", "metrics", "outside", "priorities"}),
        Objective: frozenset(
            {
                "id",
                "key_results",
                "guardrails",
                "initiatives",
                "supports",
                # One that another continues is not rolled over again.
                "continues",
                "cycle",
                "owner",
                "ambition",
                "method",
                # References, that of a trigger included, see rule 3.
                "kpis",
                "trigger",
            }
        ),
        KeyResult: frozenset(
            {"id", "measure", "owner", "weight", "due", "metric", "derived", "unit", "continues"}
        ),
        KeyResultRef: frozenset({"to", "weight"}),
        Alignment: frozenset({"to", "weight"}),
        Guardrail: frozenset({"id", "bound", "protects", "hard", "owner", "metric", "unit"}),
        # Its due day and key results rank the priorities of an agenda.
        Initiative: frozenset({"id", "drives", "owner", "due", "weight"}),
        # From `check_in_days` follow due check-ins and stale readings.
        # Drivers are references to other items.
        Metric: frozenset(
            {"id", "aggregation", "health", "unit", "owner", "check_in_days", "derived", "drives"}
        ),
        Measurement: frozenset(),
        Outside: frozenset({"id"}),
        # After the last day of its period no reading counts for its thresholds.
        Priority: frozenset({"id", "owner", "period", "metrics"}),
        Timing: frozenset({"waypoints", "observable_from", "check_in_days"}),
        # From `supports` follow the shares of `split_target`.
        Contribution: frozenset({"supports", "fixed_share"}),
        KeyResultProfile: frozenset({"early_warning"}),
        Place: frozenset({"priority"}),
        # Parked objectives have no score.
        ObjectiveProfile: frozenset({"parked"}),
        # From `revisit` follows the day on which a parked objective is due for a decision.
        Parked: frozenset({"revisit"}),
        Dependency: frozenset(),
    }
)

#: Fields that are wording, by record.
WORDING: Final[Mapping[type, frozenset[str]]] = MappingProxyType(
    {
        Plan: frozenset(),
        # Groups with a default for each field: one without any content is no group.
        Objective: frozenset({"title", "place", "profile"}),
        KeyResult: frozenset({"title", "timing", "contribution", "profile"}),
        KeyResultRef: frozenset(),
        Alignment: frozenset({"contribution"}),
        Guardrail: frozenset({"title", "attributes"}),
        Initiative: frozenset({"title", "attributes"}),
        Metric: frozenset({"title", "definition", "measurement", "place", "growth", "attributes"}),
        Measurement: frozenset(
            {"numerator", "denominator", "event", "source", "method", "least_answers"}
        ),
        Outside: frozenset({"title", "attributes"}),
        Priority: frozenset({"title", "attributes"}),
        Timing: frozenset(),
        # The accountable one is the owner.
        Contribution: frozenset({"contributors"}),
        KeyResultProfile: frozenset(
            {
                "nature",
                "proxy_until",
                "dimension",
                "theme",
                "indicator",
                "credible_range",
                "pay_link",
                "tags",
                "attributes",
            }
        ),
        # Team and level sort objectives: a level has rituals of its own, and no number.
        Place: frozenset({"team", "level", "contributors"}),
        # Dependencies are never scored, and their state is kept up to date in mid-cycle.
        ObjectiveProfile: frozenset(
            {
                "intent",
                "sufficiency",
                "must_hit",
                "resources",
                "dependencies",
                "tags",
                "attributes",
            }
        ),
        Parked: frozenset({"because"}),
        Dependency: frozenset({"what", "provider", "needed_by", "agreed", "escalated"}),
    }
)

#: Fields that are groups, by record, each with its kind. A group differs field by field.
GROUPS: Final[Mapping[type, Mapping[str, type]]] = MappingProxyType(
    {
        Objective: MappingProxyType({"place": Place, "profile": ObjectiveProfile}),
        KeyResult: MappingProxyType(
            {"timing": Timing, "contribution": Contribution, "profile": KeyResultProfile}
        ),
        Metric: MappingProxyType({"measurement": Measurement, "place": Place}),
        ObjectiveProfile: MappingProxyType({"parked": Parked}),
    }
)

#: Fields whose members have an id of their own, or are named by that of another item, by record.
COLLECTIONS: Final[Mapping[type, frozenset[str]]] = MappingProxyType(
    {
        Plan: frozenset({"objectives", "metrics", "outside", "priorities"}),
        Objective: frozenset({"key_results", "guardrails", "initiatives", "supports"}),
    }
)


def counts(kind: type, field: str) -> bool:
    """Return whether a field of a record counts; of groups, dotted as in "timing.waypoints".

    >>> counts(KeyResult, "measure"), counts(KeyResult, "title")
    (True, False)
    >>> counts(Objective, "profile.parked"), counts(Objective, "profile.parked.because")
    (True, False)
    """
    name, _, rest = field.partition(".")
    return counts(GROUPS[kind][name], rest) if rest else name in COUNTS[kind]
