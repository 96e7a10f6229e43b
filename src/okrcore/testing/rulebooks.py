"""Rulebooks: the recommended one with some parts replaced by other valid ones."""

from __future__ import annotations

from hypothesis import strategies as st

from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.testing.values import Strategy, records

__all__ = ["rulebooks"]


def rulebooks() -> Strategy[Rulebook]:
    """Return rulebooks; the simplest is `RECOMMENDED`.

    They have no `weights_total` and no methods, since both may refuse a plan.
    """
    return st.just(RECOMMENDED) | records(Rulebook)
