"""Plan: intent, with one class for each kind of item and for each measure.

At the top: items, measures and their details. Here alone: words of profiles, `Quantity` and `parse_number`,
target totals, `reword`, and types for annotations such as `Measure`, `Bound`, `Reading`.
"""

from okrcore.plan.attributes import Attribute
from okrcore.plan.bounds import Above, AtLeast, AtMost, Below, Between, Bound, BoundState
from okrcore.plan.compound_measures import Combination, Compound
from okrcore.plan.deliverables import EstablishBaseline, Evidence, Milestone, Milestones, PassFail
from okrcore.plan.driver_tree import Driver, driver_tree
from okrcore.plan.graded_measures import Anchors, Budget, Exactly, Judged, Steps, Zones
from okrcore.plan.growth import Growth
from okrcore.plan.item import Item
from okrcore.plan.key_result import Derived, KeyResult, KeyResultRef
from okrcore.plan.linear_measures import (
    Decrease,
    FromTo,
    Increase,
    Multiple,
    Points,
    Reach,
    Relative,
)
from okrcore.plan.measures import Measure
from okrcore.plan.metrics import Guardrail, Initiative, Measurement, Metric
from okrcore.plan.objective import Alignment, Ambition, Objective, Outside
from okrcore.plan.people import Level, Person, Team
from okrcore.plan.period_measures import EachPeriod
from okrcore.plan.plan import Plan
from okrcore.plan.plan_difference import PlanDifference, diff
from okrcore.plan.prior_period import PriorPeriod
from okrcore.plan.priorities import Priority, Threshold
from okrcore.plan.profiles import (
    Contribution,
    Dependency,
    Dimension,
    Indicator,
    KeyResultProfile,
    Nature,
    ObjectiveProfile,
    Parked,
    Place,
    Theme,
    Timing,
    Waypoint,
)
from okrcore.plan.quantity import Quantity, parse_number
from okrcore.plan.reading import Aggregation, Ratio, Reading, ReadingLike
from okrcore.plan.rewording import reword
from okrcore.plan.scope import Scope
from okrcore.plan.target_totals import TargetShare, TargetTotal, split_target, total_targets
from okrcore.plan.trigger import Trigger, TriggerKind
from okrcore.plan.unit import Unit

__all__ = [
    "Above",
    "Aggregation",
    "Alignment",
    "Ambition",
    "Anchors",
    "AtLeast",
    "AtMost",
    "Attribute",
    "Below",
    "Between",
    "Bound",
    "BoundState",
    "Budget",
    "Combination",
    "Compound",
    "Contribution",
    "Decrease",
    "Dependency",
    "Derived",
    "Dimension",
    "Driver",
    "EachPeriod",
    "EstablishBaseline",
    "Evidence",
    "Exactly",
    "FromTo",
    "Growth",
    "Guardrail",
    "Increase",
    "Indicator",
    "Initiative",
    "Item",
    "Judged",
    "KeyResult",
    "KeyResultProfile",
    "KeyResultRef",
    "Level",
    "Measure",
    "Measurement",
    "Metric",
    "Milestone",
    "Milestones",
    "Multiple",
    "Nature",
    "Objective",
    "ObjectiveProfile",
    "Outside",
    "Parked",
    "PassFail",
    "Person",
    "Place",
    "Plan",
    "PlanDifference",
    "Points",
    "PriorPeriod",
    "Priority",
    "Quantity",
    "Ratio",
    "Reach",
    "Reading",
    "ReadingLike",
    "Relative",
    "Scope",
    "Steps",
    "TargetShare",
    "TargetTotal",
    "Team",
    "Theme",
    "Threshold",
    "Timing",
    "Trigger",
    "TriggerKind",
    "Unit",
    "Waypoint",
    "Zones",
    "diff",
    "driver_tree",
    "parse_number",
    "reword",
    "split_target",
    "total_targets",
]
