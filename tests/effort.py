"""Counts of examples for tests that state their own: few in the gate, many in exploration."""

from __future__ import annotations

from typing import Final

from hypothesis import settings

__all__ = ["examples"]

#: `quick` has a twentieth of the examples of the gate, as 5 is of 100.
_SHARE_OF_QUICK: Final = 20


def examples(*, gate: int, explore: int) -> int:
    """Return the count of examples under the profile in use.

    `settings` of a test that states a number hold under every profile; those that state this follow it.

    Args:
        gate: Count under `suite`, which is that of `.ci/run`.
        explore: Count under `explore` and `long`.
    """
    profile = settings.get_current_profile_name()
    if profile in ("explore", "long"):
        return explore
    return max(1, gate // _SHARE_OF_QUICK) if profile == "quick" else gate
