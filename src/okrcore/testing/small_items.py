"""Initiatives and items outside the plan, without the ids that they name."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from okrcore.plan import Initiative, Outside
from okrcore.testing.values import Strategy, attributes, days, optionals, weights

__all__ = ["initiatives", "outside"]


@st.composite
def initiatives(draw: st.DrawFn, *, id: str = "o0-i0", described: bool = True) -> Initiative:
    """Return initiatives.

    Args:
        id: Id of each.
        described: Whether attributes are drawn too; they move no number.
    """
    choices: dict[str, Strategy[Any]] = {"due": days(), "weight": weights()}
    if described:
        choices["attributes"] = attributes()
    return Initiative(id, "Work", **draw(optionals(choices)))


def outside(*, id: str = "co", described: bool = True) -> Strategy[Outside]:
    """Return items outside the plan.

    Args:
        id: Id of each.
        described: Whether attributes are drawn too; they move no number.
    """
    more = attributes() if described else st.just(())
    return st.builds(Outside, st.just(id), title=st.just("The company"), attributes=more)
