"""Counts of examples for tests that state their own: few in the gate, many in exploration."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]


def examples(*, gate: int, explore: int) -> int:
    """Count of examples under the profile in use.

    Args:
        gate: Count in `.ci/run`.
        explore: Count in `nox -s explore`.
    """
    profile = settings.get_current_profile_name()
    if profile == "explore":
        return explore
    return max(1, gate // 20) if profile == "quick" else gate
