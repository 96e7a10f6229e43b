"""Stale items: checked in too long ago, or stalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isnan

from okrcore._arith import at_least, written_beside
from okrcore._figures import Figure
from okrcore.rulebook import Stale
from okrcore.scorecard.day.expected_progress import days_between
from okrcore.scorecard.day.pace import pauses_in
from okrcore.scorecard.day.signals import steps_of
from okrcore.scorecard.day.stages import Stages, StatusStages
from okrcore.words.reason import Reason, noted

__all__ = ["stale_by", "why_stale"]


def stale_by(rule: Stale, stages: StatusStages, items: Sequence[int]) -> Mapping[int, str]:
    """Return the status of stale items, by index."""
    check_ins, name = stages.check_ins, rule.name
    awaited, last, is_due = check_ins.awaited, check_ins.last, check_ins.is_due
    until, every = check_ins.until, check_ins.every
    intervals, grace = rule.intervals, rule.grace_days
    has_stalls = rule.still_intervals is not None or rule.shrinking_steps is not None
    if not has_stalls and not stages.facts.history.lives:
        # Every day counts.
        return {
            at: name
            for at in items
            if until[at] - (last[at] or awaited[at]) > intervals * every[at] + grace
            and awaited[at]
            and is_due[at]
        }
    return {
        at: name
        for at in items
        if awaited[at]
        and is_due[at]
        and (
            _days_since(last[at] or awaited[at], stages, at) > intervals * every[at] + grace
            or (has_stalls and _is_stalled(rule, stages, at))
        )
    }


def _is_stalled(rule: Stale, stages: StatusStages, index: int) -> bool:
    score = stages.scores.values[index]
    if isnan(score) or at_least(score, 1):
        return False
    return _is_still(rule, stages, index) or bool(_shrinking_steps(rule, stages, index))


def _is_still(rule: Stale, stages: StatusStages, index: int) -> bool:
    moved_on = 0 if rule.still_intervals is None else stages.last_moves[index]
    if rule.still_intervals is None or not moved_on:
        return False
    limit = rule.still_intervals * stages.check_ins.every[index]
    return _days_since(moved_on, stages, index) > limit


def _shrinking_steps(rule: Stale, stages: StatusStages, index: int) -> Sequence[float]:
    """Return the last steps of a key result if each was smaller than the one before; else none."""
    count = rule.shrinking_steps
    if count is None or index not in stages.facts.compiled.of_key_results:
        return ()
    last = steps_of(stages.facts, index)[-count:]
    if len(last) != count or last[-1] < 0:
        return ()
    return last if all(step < before for before, step in pairwise(last)) else ()


def why_stale(rule: Stale, stages: Stages, index: int) -> str:
    """Return the reason why an item is stale, in a sentence."""
    check_ins = stages.check_ins
    last = check_ins.last[index]
    since = last or check_ins.awaited[index]
    days = _days_since(since, stages, index)
    if days > rule.intervals * check_ins.every[index] + rule.grace_days:
        paused = _paused_words(days, since, stages, index)
        if not last:
            return noted((Reason("status/nothing-read-in", count=days), paused))
        return _days_words("status/last-check-in", days, paused, last)
    if _is_still(rule, stages, index):
        moved_on = stages.last_moves[index]
        days = _days_since(moved_on, stages, index)
        paused = _paused_words(days, moved_on, stages, index)
        return _days_words("status/no-movement", days, paused, moved_on)
    steps = _shrinking_steps(rule, stages, index)
    shown = [Figure(f"+{written_beside(step, 0.0, *steps)}") for step in steps]
    return Reason("status/steps-shrink", steps=shown)


def _days_words(code: str, days: int, paused: str, since: int) -> str:
    """Return a sentence on the days since one, with a note on those that were paused."""
    on = date.fromordinal(since)
    if not paused:
        return Reason(code, count=days, day=on)
    return Reason(f"{code}-paused", count=days, paused=paused, day=on)


def _days_since(since: int, stages: StatusStages, index: int) -> int:
    """Return the number of days after one that count, up to the day or to a deadline that is over."""
    compiled = stages.facts.compiled
    pauses = pauses_in(stages.facts, compiled.home_of(index).id, compiled.ids[index])
    last = date.fromordinal(stages.check_ins.until[index])
    return days_between(date.fromordinal(since), last, pauses)


def _paused_words(counted: int, since: int, stages: Stages, index: int) -> str:
    """Return a note on the days after one that do not count; empty without any."""
    paused = stages.check_ins.until[index] - since - counted
    return Reason("status/paused-days", count=paused) if paused else ""
