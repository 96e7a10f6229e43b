"""Headings and notes of scorecards, explanations, comparisons and agendas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["DISPLAY"]

DISPLAY: Final[Mapping[str, str | Mapping[str, str]]] = {
    "heading/score": "score",
    "heading/expected": "expected",
    "heading/status": "status",
    "heading/before": "before",
    "heading/after": "after",
    "heading/change": "change",
    "heading/moved-by": "moved by",
    # scorecards
    "card/title": "As of {day}, by {rulebook}",
    "card/supposed": "if {id} were {score}",
    "card/objectives": {"one": "{count} objective", "other": "{count} objectives"},
    "card/scope": "{number} of {every}: {conditions:; }",
    "card/scope-empty": "no objectives: {conditions:; }",
    "scope/owner": "owner {owner}",
    "scope/team": "team {team}, with teams within it",
    "scope/level": "level {level}",
    "scope/cycle": "cycle {cycle}",
    "scope/priority": "priority {id}",
    "scope/tag": "tag {tag}",
    "scope/running": "running",
    "scope/not-running": "not running",
    "scope/ids": "by id",
    "card/micro": "Micro-OKR to {end}",
    "card/cause": "{kind}: {title}",
    "card/set-off-by": "set off by {cause}",
    "card/kpi": "KPI {title}",
    "card/computed": "computed: {status}",
    "card/declared": "{status} {why}",
    "card/not-counted": "not counted: {entries}",
    "card/measured": "{share} measured; final score between {low} and {high}",
    "card/children-mean": "objectives below: {score}",
    "card/asks-for": "asks for {act}",
    "card/read-late": "read late, on {day}",
    # explanations
    "explanation/step": "{title} ({id}): {result}, {why}",
    "explanation/result": "{figure} {number}",
    "explanation/no-result": "no {figure}",
    "explanation/weighted": "{result} (weight {weight})",
    "explanation/see-above": "see above",
    # comparisons of two days
    "comparison/title": "From {since} to {until}",
    "comparison/title-unmoved": "From {since} to {until}, no score moved",
    "comparison/state": "{title}: {before} to {after}: {why}",
    "comparison/no-state": "none",
    "comparison/cause": "{by} {change}, to {after}: {why}",
    "comparison/cause-began": "{by} {before} to {after}: {why}",
    # rulebooks side by side
    "rulebooks/title": "As of {day}, by each of {names:, }",
    "rulebooks/differences": "{other} compared with {first}",
    "rulebooks/cell": "{score} {word}",
    "rulebooks/deviation": "{id}: {figure} {other}, not {first}",
    "rulebooks/and": "and {rule}",
    "rulebooks/or": "or {rule}",
    # agendas
    "agenda/heading": {
        "one": "{title}, {day} ({count} minute)",
        "other": "{title}, {day} ({count} minutes)",
    },
}
