"""Rulebooks: the recommended one with parts of it replaced by any others that can stand there."""

from __future__ import annotations

from hypothesis import strategies as st

from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.testing.values import Strategy, records

__all__ = ["rulebooks"]


def rulebooks() -> Strategy[Rulebook]:
    """Return rulebooks; the simplest is `RECOMMENDED`.

    What stated weights must total is left open, and there are no methods: both may refuse a plan.
    """
    return st.just(RECOMMENDED) | records(Rulebook)
