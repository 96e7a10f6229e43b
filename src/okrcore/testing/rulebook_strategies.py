"""Rulebooks with any rules."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.testing.values import Strategy, records

__all__ = ["rulebooks"]


def rulebooks(*, wide: bool = False) -> Strategy[Rulebook]:
    """Return rulebooks; the simplest is `RECOMMENDED`.

    They have no `weights_total` and no methods, since both may refuse a plan.

    Args:
        wide: Whether fields have any value, as in `records`, with totals of weights and one method.
    """
    if not wide:
        return st.just(RECOMMENDED) | records(Rulebook)
    drawn = records(Rulebook, most=5, wide=True)
    with_method = st.builds(_with_method, drawn, drawn)
    return st.just(RECOMMENDED) | drawn | with_method


def _with_method(book: Rulebook, method: Rulebook) -> Rulebook:
    return evolve(book, methods=[method])
