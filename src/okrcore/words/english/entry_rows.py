"""Entries behind a number: adjustments, closings, projections and judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ENTRIES"]

#: Fields of items that an adjustment sets, by their nouns.
_FIELDS: Final = (
    "aggregation",
    "ambition",
    "attributes",
    "bound",
    "check in days",
    "continues",
    "contribution",
    "contributors",
    "credible range",
    "cycle",
    "definition",
    "dependencies",
    "derivation",
    "dimension",
    "drives",
    "early warning",
    "fixed share",
    "growth",
    "hard",
    "indicator",
    "intent",
    "level",
    "measurement",
    "method",
    "metric",
    "must hit",
    "nature",
    "observable from",
    "owner",
    "parked",
    "pay link",
    "place",
    "priority",
    "profile",
    "protects",
    "proxy until",
    "resources",
    "sufficiency",
    "supports",
    "tags",
    "target",
    "team",
    "theme",
    "timing",
    "title",
    "trigger",
    "unit",
    "waypoints",
    "weight",
)

ENTRIES: Final[Mapping[str, str | Mapping[str, str]]] = {
    # fields and their values
    **{f"field/{noun.replace(' ', '-')}": noun for noun in _FIELDS},
    "field/kpis": "KPIs",
    "field/with": "{field} {value}",
    "field/other": "other {field}",
    "value/day": "{day}",
    "value/due": "due on {day}",
    "value/no-due": "no deadline of its own",
    "value/no-bound": "no bound",
    "value/end": "end on {day}",
    # authors and reasons
    "entry/by": "{act} by {by}",
    "entry/because": "{act}: {because}",
    # adjustments
    "adjustment/changed": "{field} changed",
    "adjustment/end-moved": "end moved from {before} to {after}",
    "adjustment/became": "{before} became {after}",
    "adjustment/field-became": "{field} {before} became {after}",
    "adjustment/rescaled": "progress times {factor}",
    "adjustment/left": {"one": "{names} left", "other": "{names} left"},
    "adjustment/joined": {"one": "{names} joined", "other": "{names} joined"},
    "adjustment/until": "{before: and } until {day}",
    "adjustment/on": "adjusted on {day}",
    "adjustment/on-to": "adjusted on {day} to {after: and }",
    "adjustment/by-to": "adjusted on {day} by {by} to {after: and }",
    "adjustment/joined-on": "joined on {day}",
    "adjustment/without-effect": "{entry} (does not govern this score)",
    # readings and baselines
    "reading/aggregated": {"one": "{how} of {count} reading", "other": "{how} of {count} readings"},
    "reading/held-against": {
        "one": "held against the {how} of {count} reading",
        "other": "held against the {how} of {count} readings",
    },
    "reading/baseline-found": "baseline {value} found on {day}",
    # sources of entries
    "evidence/source": "source: {source}",
    "evidence/link": "evidence: {link}",
    # closings, projections and judgements
    "closing/on": "closed on {day}, {decision}",
    "closing/by": "closed on {day} by {by}, {decision}",
    "projection/on": "{value} projected on {day}",
    "judgement/on": "judged {score} on {day}: {because}",
    "judgement/by": "judged {score} on {day} by {by}: {because}",
    "status/judged": "judged on {day}: {because}",
    "status/declared": "declared on {day}",
    # carried work
    "carried/on": "carries on {ids:, }, as one piece of work",
    "carried/since": "carries on {ids:, } since {day}, as one piece of work",
    "carried/changed": "{carried}: {changes:, }",
    "carried/target": "{id} with target {target} after {before}",
    "carried/weight": "{id} with weight {weight} after {before}",
    # steps of an explanation
    "step/clipped": "{figure} {number}, {limits}",
    "step/full-from": "1 from {edge}",
    "step/rounded": {
        "one": "{count} decimal, {rounding}",
        "other": "{count} decimals, {rounding}",
    },
    "step/read-on": "read on {day}",
    "step/derived": "{how} of {ids:, }",
    "step/excluded": "excluded on the day",
    "step/missing": "no score counts as {score}",
    "step/initiative": "as far as it is done",
    # remarks on an explanation
    "remark/status": "status {status}: {why}",
    "remark/guardrail": "guardrail {title} ({id}): {why}",
    "remark/growth": "target: {why}",
    "remark/of-guardrail": "guardrail {id}, {remark}",
    "remark/initiative": "initiative {title} ({id}): {why}",
    "remark/of-initiative": "initiative {id}, {remark}",
    "remark/not-counted": "not counted: {entries}",
    "remark/versions": "{original} by the original plan, {adjusted} as adjusted",
    # causes of a movement
    "cause/not-in-plan": "not in the plan",
}
