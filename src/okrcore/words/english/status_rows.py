"""Statuses, outcomes of key results and verdicts of objectives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["STATUSES"]

STATUSES: Final[Mapping[str, str | Mapping[str, str]]] = {
    # items that are over
    "end/without-score": "{end}, without a score",
    "end/open-until": "final numbers may come until {day}",
    "outcome/as": "{share}: {outcome}",
    "outcome/so-far": "{share} so far",
    "outcome/weight-0": "{share}: weight 0, so no outcome",
    "outcome/no-ambition": "{share}: no ambition, so no outcome",
    "outcome/short-of-committed": "{share}: short of the {asked} that a commitment asks for",
    "outcome/short-of-aspirational": "{share}: short of the {asked} that a stretch asks for",
    "outcome/short-of-learning": "{share}: short of the {asked} that a learning objective asks for",
    "verdict/none": "no verdict",
    "verdict/going-on": "a part that goes on counts as of {end}",
    "verdict/no-ambition": "no ambition, so no verdict",
    "verdict/no-rule": "no rule for {ambition} objectives, so no verdict",
    "verdict/undecided-over": "cycle ended; unmeasured key results decide between {verdicts}",
    "verdict/undecided-closed": "closed; unmeasured key results decide between {verdicts}",
    "verdict/as": "{verdict} with {score}, as {ambition} objectives close",
    "verdict/so-far": "{verdict} so far, with {score}",
    "verdict/withheld": "score {score}; {why}",
    "verdict/guardrails-firm": "success is withheld: {guardrails:, }",
    "verdict/guardrails-first": "settle the guardrail first: {guardrails:, }",
    "verdict/guardrail": "{id} is {state}",
    "verdict/firm-guardrail": "{id} is {state} (hard, so it cannot be settled)",
    "verdict/guardrail-settled": "{id} {settled}",
    "verdict/undecided": "no decision yet, so no verdict",
    "verdict/decided": "{verdict}, {decision}",
    # statuses by rule
    "status/no-cycle": "no cycle, so no pace",
    "status/no-expected": "no expected progress for this measure, and no confidence given",
    "status/too-early": "too early: {share} of the cycle is over",
    "status/no-rule": "no rule of the rulebook applies: {why}",
    "status/nothing-read": "nothing read yet",
    "status/overdue": "was due on {day}",
    "status/done": "done: {why}",
    "status/always": "the same for every item by the rulebook",
    "status/paused-days": {
        "one": "{count} paused one aside",
        "other": "{count} paused ones aside",
    },
    "status/nothing-read-in": {
        "one": "nothing read in {count} day",
        "other": "nothing read in {count} days",
    },
    "status/last-check-in": {
        "one": "last check-in {count} day ago, on {day}",
        "other": "last check-in {count} days ago, on {day}",
    },
    "status/last-check-in-paused": {
        "one": "last check-in {count} day ago, {paused}, on {day}",
        "other": "last check-in {count} days ago, {paused}, on {day}",
    },
    "status/no-movement": {
        "one": "no movement in {count} day, since {day}",
        "other": "no movement in {count} days, since {day}",
    },
    "status/no-movement-paused": {
        "one": "no movement in {count} day, {paused}, since {day}",
        "other": "no movement in {count} days, {paused}, since {day}",
    },
    "status/steps-shrink": "steps shrink: {steps:, }",
    "status/number": "{axis} {number}",
    "status/rounded": "{why}, rounded to {number}",
    "status/nothing-expected": "nothing is expected yet",
    "status/pace": "progress {progress}, expected {expected} by now",
    "status/pace-of-lines": "progress {progress} of the parts with a line, expected {expected} by now",
    "status/pace-gap": "{pace} (gap {gap})",
    "status/pace-ratio": "{pace} ({ratio} of it)",
    "status/parts": {"one": "{count} {status}", "other": "{count} {status}"},
    "status/mean-of": "mean {mean} of {parts:, }",
    "status/worst-of": "the worst of {parts:, }",
    "status/of": "of {parts:, }",
}
