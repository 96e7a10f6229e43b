"""Pauses of items of a plan in force."""

from __future__ import annotations

from okrcore.scorecard.day.expected_progress import Pauses, pauses_of
from okrcore.scorecard.day.facts import Facts

__all__ = ["pauses_in"]


def pauses_in(facts: Facts, *ids: str) -> Pauses:
    """Return the days up to the day on which one of some items was paused."""
    lives = facts.history.lives
    return pauses_of([lives[id] for id in ids if id in lives], facts.day)
