"""KPIs beside the objectives of a plan that is drawn, and their causes."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from okrcore.plan import Objective, Trigger, TriggerKind

__all__ = ["with_causes"]


@st.composite
def with_causes(
    draw: st.DrawFn,
    objective: Objective,
    before: Sequence[Objective],
    read: Sequence[str],
    outside: Sequence[str],
) -> Objective:
    """Let an objective in four live with KPIs, and one in four name its cause.

    Args:
        objective: The objective.
        before: Objectives made before it.
        read: Ids of metrics.
        outside: Ids of items outside.
    """
    kpis = read if read and draw(st.integers(0, 3)) == 3 else ()
    trigger = objective.trigger
    if trigger is not None or draw(st.integers(0, 3)) == 3:
        kind = draw(st.sampled_from(TriggerKind)) if trigger is None else trigger.kind
        pool = _causes(kind, before, read, outside)
        of = draw(st.sampled_from(pool)) if pool else None
        trigger = evolve(trigger or Trigger(kind, hypothesis="An effect"), of=of)
    return evolve(objective, kpis=kpis, trigger=trigger)


def _causes(
    kind: TriggerKind, before: Sequence[Objective], read: Sequence[str], outside: Sequence[str]
) -> Sequence[str]:
    """Return the ids that a cause of a kind may have."""
    key_results = [kr.id for each in before for kr in each.own_key_results]
    pools: dict[TriggerKind, Sequence[str]] = {
        TriggerKind.STALLED_KEY_RESULT: key_results,
        TriggerKind.UNHEALTHY_METRIC: read,
        TriggerKind.EVENT: (),
        TriggerKind.CROSS_TEAM_NEED: [each.id for each in before],
        TriggerKind.EXPERIMENT: [*key_results, *read],
    }
    return [*pools[kind], *outside]
