"""Advice on cadences, differences between cadences, and events of calendars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["CALENDAR"]

CALENDAR: Final[Mapping[str, str | Mapping[str, str]]] = {
    "calendar/summary": "{cycle}: {ritual}",
    # advice
    "cadence/short-horizon": {
        "one": "a horizon of {count} day is a short-term focus: a Micro-OKR",
        "other": "a horizon of {count} days is a short-term focus: a Micro-OKR",
    },
    "cadence/long-horizon": {
        "one": "a horizon of {count} day is a long-term goal: {cadence} objectives",
        "other": "a horizon of {count} days is a long-term goal: {cadence} objectives",
    },
    "cadence/several-years": "longer than a year: one horizon over several annual cycles",
    "cadence/feedback": {
        "one": "feedback within {count} day: {cadence}, several if need be",
        "other": "feedback within {count} days: {cadence}, several if need be",
    },
    "cadence/feedback-overlay": {
        "one": "feedback within {count} day: {cadence}, under it",
        "other": "feedback within {count} days: {cadence}, under it",
    },
    "cadence/one-owner": {
        "one": "{count} team: name one owner, and let it serve an objective they share",
        "other": "{count} teams: name one owner, and let it serve an objective they share",
    },
    "cadence/aligned-teams": {
        "one": "{count} team must be aligned, which takes a stable goal",
        "other": "{count} teams must be aligned, which takes a stable goal",
    },
    "cadence/changing": "conditions change quickly: {cadence}, on what stalls or emerges",
    # differences
    "difference/time-frame": "time frame",
    "difference/time-frame-usual": "a quarter, a year, or longer",
    "difference/time-frame-micro": "one week, two weeks, at most a month",
    "difference/time-frame-effect": "A micro cycle longer than a month is refused.",
    "difference/granularity": "granularity",
    "difference/granularity-effect": "A Micro-OKR is an overlay:"
    " it enters no mean, coverage or worst status of its objective.",
    "difference/purpose": "purpose",
    "difference/purpose-effect": "A Micro-OKR has its objective and its reason"
    " (`supports`, `trigger`). It moves a quarter's number only through a metric that both read.",
    "difference/flexibility": "flexibility",
    "difference/flexibility-effect": "`character.adjustment` is the form of a change."
    " Every adjustment needs a reason, and the journal keeps the original.",
    "difference/level": "level",
    "difference/level-effect": "`character.levels` are its usual levels. No level is refused.",
    "difference/risk": "risk",
    "difference/risk-effect": "An experiment has a hypothesis,"
    " and closes with scale, iterate or stop.",
    "difference/feedback": "feedback",
    "difference/feedback-usual": "every {days} days, {days_in_a_year} in a year",
    "difference/feedback-micro": "every {first} to {last} days",
    "difference/feedback-effect": "`check_in_days` sets the days of `list_due`,"
    " and the age at which a status is stale. Of several check-ins on one day the last counts,"
    " so that hourly ones work.",
}
