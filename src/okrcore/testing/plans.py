"""Plans: objectives in a graph without circles, with everything that can be in them.

The simplest plan is one objective with one key result of weight 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final, final

from attrs import evolve, frozen
from hypothesis import strategies as st

from okrcore.calendar import Cadence, Cycle
from okrcore.plan import (
    Aggregation,
    Alignment,
    Ambition,
    Contribution,
    Derived,
    EachPeriod,
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultProfile,
    KeyResultRef,
    Measure,
    Metric,
    Objective,
    ObjectiveProfile,
    Outside,
    Place,
    Plan,
    Priority,
    Timing,
)
from okrcore.plan.contents import successors
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import is_in_percent, takes_numbers
from okrcore.testing.causes import with_causes
from okrcore.testing.limits import watched_bounds
from okrcore.testing.measure_strategies import measures
from okrcore.testing.metric_plans import linked_metrics, metrics, reading, reading_some
from okrcore.testing.priority_strategies import serving
from okrcore.testing.small_items import initiatives, outside
from okrcore.testing.values import (
    CYCLE,
    Strategy,
    attributes,
    days,
    optionals,
    people,
    records,
    titles,
    units,
    weights,
)

__all__ = ["MONDAY", "guardrails", "key_results", "objectives", "plans"]

_OUTSIDE: Final = "company"
#: A Monday in the quarter.
MONDAY: Final = date(2026, 8, 3)

#: Optional fields of records, by `described`.
_KEY_RESULT: Final = MappingProxyType(
    {
        False: optionals({"weight": st.just(0.0) | weights(), "due": days()}),
        True: optionals(
            {
                "weight": st.just(0.0) | weights(),
                "due": days(),
                "title": titles(),
                "owner": people(),
                "unit": units(),
                "timing": records(Timing),
                "contribution": records(Contribution),
                "profile": records(KeyResultProfile),
            },
            most=3,
        ),
    }
)
_GUARDRAIL: Final = MappingProxyType(
    {
        False: optionals({"hard": st.booleans()}),
        True: optionals(
            {
                "hard": st.booleans(),
                "title": titles(),
                "owner": people(),
                "unit": units(),
                "attributes": attributes(),
            }
        ),
    }
)


@cache
def _objective_options(cycle: Cycle | None, *, described: bool) -> Strategy[dict[str, Any]]:
    cycles = [cycle, None, Cycle(MONDAY, MONDAY), Cycle.starting(MONDAY, Cadence.MICRO_WEEK)]
    choices: dict[str, Strategy[Any]] = {
        "ambition": st.sampled_from(Ambition),
        "cycle": st.sampled_from(cycles),
    }
    if described:
        choices |= {
            "title": titles(),
            "owner": people(),
            "place": records(Place),
            "profile": records(ObjectiveProfile),
        }
    return optionals(choices, most=3)


@final
@frozen(eq=False)
class _Parts:
    """How the parts of a plan are drawn; ids, and the ids that they name, are set afterwards."""

    key_result: Strategy[KeyResult]
    guardrail: Strategy[Guardrail]
    initiative: Strategy[Initiative]
    metric: Strategy[Metric]
    outside: Strategy[Outside]
    reference: Strategy[KeyResultRef]
    alignment: Strategy[Alignment]
    #: Optional fields of objectives.
    objective: Strategy[dict[str, Any]]
    is_cascading: bool = False


def _parts(measure: Strategy[Measure] | None, cycle: Cycle | None, *, described: bool) -> _Parts:
    return _Parts(
        key_results(measure=measure, described=described),
        guardrails(described=described),
        initiatives(described=described),
        metrics(described=described),
        outside(described=described),
        st.builds(KeyResultRef, st.just("k"), weight=weights()),
        st.builds(Alignment, st.just("o"), weight=weights()),
        _objective_options(cycle, described=described).map(lambda more: {"cycle": cycle, **more}),
    )


def _cascading(parts: _Parts, measure: Strategy[Measure] | None, cycle: Cycle | None) -> _Parts:
    """Return parts with all that rolls up, and nothing else."""
    counted = st.sampled_from([1.0, 0.0, 1.0, 1.0, 2.0, 3.0, 5.0, 8.0])
    shares = st.sampled_from([None, None, None, 0.2, 0.5])
    week = Cycle.starting(MONDAY, Cadence.MICRO_WEEK)
    return evolve(
        parts,
        key_result=st.builds(
            KeyResult,
            st.just("k"),
            st.just("A title"),
            measures() if measure is None else measure,
            weight=counted,
            contribution=shares.map(lambda share: share and Contribution(fixed_share=share)),
        ),
        reference=st.builds(KeyResultRef, st.just("k"), weight=counted),
        alignment=st.builds(Alignment, st.just("o"), weight=counted),
        objective=st.fixed_dictionaries({"cycle": st.sampled_from([cycle, cycle, cycle, week])}),
        is_cascading=True,
    )


#: Fields of objectives beside members and alignments.
_OF_OBJECTIVES: Final = (
    "title",
    "cycle",
    "owner",
    "ambition",
    "method",
    "place",
    "profile",
    "trigger",
)


def _wide(parts: _Parts) -> _Parts:
    """Return parts with any value in any field."""
    return evolve(
        parts,
        key_result=records(KeyResult, most=4, wide=True),
        guardrail=records(Guardrail, wide=True),
        initiative=records(Initiative, wide=True),
        metric=records(Metric, wide=True),
        outside=records(Outside, wide=True),
        reference=records(KeyResultRef, wide=True),
        alignment=records(Alignment, wide=True),
        objective=records(Objective, most=4, wide=True).map(
            lambda drawn: {name: getattr(drawn, name) for name in _OF_OBJECTIVES}
        ),
    )


@st.composite
def key_results(
    draw: st.DrawFn,
    *,
    id: str = "o0-k0",
    measure: Strategy[Measure] | None = None,
    described: bool = True,
) -> KeyResult:
    """Return key results.

    Args:
        id: Id of each.
        measure: Their measures; None for every kind.
        described: Whether titles, owners, units and profiles are drawn too; they move no number.
    """
    given = draw(measures() if measure is None else measure)
    more = draw(_KEY_RESULT[described])
    return KeyResult(id, more.pop("title", "A title"), given, **more)


@st.composite
def guardrails(draw: st.DrawFn, *, id: str = "o0-g0", described: bool = True) -> Guardrail:
    """Return guardrails with bounds of every kind.

    Args:
        id: Id of each.
        described: Whether titles, owners and units are drawn too; they move no number.
    """
    more = draw(_GUARDRAIL[described])
    return Guardrail(id, more.pop("title", "A title"), draw(watched_bounds()), **more)


def objectives(*, measure: Strategy[Measure] | None = None) -> Strategy[Objective]:
    """Return objectives without links to other items, most with key results.

    Args:
        measure: Measures of their key results; None for every kind.
    """
    return plans(measure=measure, max_objectives=1, alone=True).map(lambda plan: plan.objectives[0])


@st.composite
def plans(
    draw: st.DrawFn,
    *,
    max_objectives: int = 4,
    measure: Strategy[Measure] | None = None,
    cycle: Cycle | None = CYCLE,
    described: bool = True,
    alone: bool = False,
    cascading: bool = False,
    wide: bool = False,
) -> Plan:
    """Return plans: aligned objectives, shared key results, guardrails, initiatives, metrics, priorities.

    Args:
        max_objectives: Largest number of objectives.
        measure: Measures of their key results; None for every kind.
        cycle: Cycle of most objectives; some have none.
        described: Whether titles, owners, places and profiles are drawn too; they move no number.
        alone: Whether there are no derived key results, no metrics, no priorities and nothing outside.
        cascading: Whether plans have everything that rolls up, and nothing else: weights of 0, fixed
            shares, several parents, key results of others, initiatives, Micro-OKRs, objectives without key
            results; no guardrails, and `alone`.
        wide: Whether fields have any value that fits a plan, as in `records`; `measure`, `cycle` and
            `described` have no effect then. Many rulebooks refuse such a plan.
    """
    parts = _parts(measure, cycle, described=described)
    parts = _cascading(parts, measure, cycle) if cascading else parts
    parts = _wide(parts) if wide else parts
    goes_on = st.integers(0, 4).map(bool) if cascading else st.booleans()
    is_alone = alone or cascading
    read: Mapping[str, Metric] = {} if is_alone else draw(linked_metrics(parts.metric))
    outside = [] if is_alone else [_OUTSIDE]
    made: list[Objective] = []
    while not made or (len(made) < max_objectives and draw(goes_on)):
        made.append(draw(_objectives(parts, made, read, outside)))
    has_priorities = (described or wide) and not is_alone
    watched, served = [*read.values()], list[Priority]()
    if has_priorities:
        made, watched, served = draw(serving(made, watched, wide=wide))
    return Plan(
        draw(st.permutations(made)) if len(made) > 1 else made,
        metrics=watched,
        outside=[evolve(draw(parts.outside), id=id) for id in outside],
        priorities=served,
    )


@st.composite
def _objectives(
    draw: st.DrawFn,
    parts: _Parts,
    made: list[Objective],
    read: Mapping[str, Metric],
    outside: list[str],
) -> Objective:
    """Return the next objective of a plan; the first one has key results of its own, unless cascading."""
    id, is_cascading = f"o{len(made)}", parts.is_cascading
    own = draw(st.lists(parts.key_result, min_size=0 if made or is_cascading else 1, max_size=3))
    own = [
        draw(reading_some(evolve(kr, id=f"{id}-k{n}", derived=None), read))
        for n, kr in enumerate(own)
    ]
    earlier = [kr for objective in made for kr in objective.own_key_results]
    if outside:
        own = [_derived(draw, kr, [*earlier, *own[:n]], read) for n, kr in enumerate(own)]
    shareable = [kr.id for kr in earlier]
    ids = [objective.id for objective in made]
    above = ids if is_cascading else [*outside, *ids, *shareable]
    shared = [
        evolve(draw(parts.reference), to=to)
        for to in draw(_some_of(shareable, most=1 + is_cascading))
    ]
    counted = [*(kr.id for kr in own), *(ref.to for ref in shared)]
    more: dict[str, Any] = draw(parts.objective)
    objective = Objective(
        id,
        more.pop("title", "A title"),
        key_results=[*(_naming(draw, kr, shareable, read, outside) for kr in own), *shared],
        guardrails=[] if is_cascading else _guarding(draw, parts, id, counted, read),
        initiatives=_driving(draw, parts, id, [*counted, *read]),
        supports=[
            evolve(draw(parts.alignment), to=to)
            for to in draw(_some_of(above, most=2 + is_cascading))
        ],
        **more,
    )
    if is_cascading:
        return objective
    return _continuing(draw, draw(with_causes(objective, made, [*read], outside)), made, outside)


def _naming(
    draw: st.DrawFn,
    kr: KeyResult,
    shareable: list[str],
    read: Mapping[str, Metric],
    outside: list[str],
) -> KeyResult:
    """Draw the ids in a key result's contribution and profile, if it has any."""
    contribution, profile = kr.contribution, kr.profile
    if contribution is not None:
        shared = draw(_some_of([*shareable, *outside], most=2))
        contribution = evolve(contribution, supports=shared)
    if profile is not None:
        warnings = draw(_some_of([*shareable, *read, *outside], most=1))
        profile = evolve(profile, early_warning=next(iter(warnings), None))
    return evolve(kr, contribution=contribution, profile=profile)


def _continuing(
    draw: st.DrawFn, objective: Objective, made: list[Objective], outside: list[str]
) -> Objective:
    """Let an objective in four carry on an earlier one, and a key result in four too."""
    taken: set[str | None] = {id for _, id in successors(made)}

    def carried_on(ids: Sequence[str]) -> str | None:
        free = [id for id in (*ids, *outside) if id not in taken]
        chosen = draw(st.sampled_from(free)) if free and draw(st.integers(0, 3)) == 3 else None
        taken.add(chosen)
        return chosen

    before = [kr.id for each in made for kr in each.own_key_results]
    own = [evolve(kr, continues=carried_on(before)) for kr in objective.own_key_results]
    others = objective.key_results[len(own) :]
    continues = carried_on([each.id for each in made])
    return evolve(objective, continues=continues, key_results=[*own, *others])


def _derived(
    draw: st.DrawFn, kr: KeyResult, others: list[KeyResult], read: Mapping[str, Metric]
) -> KeyResult:
    """Derive one key result in four from one or two with numbers of its unit."""
    parts = [
        other.id
        for other in others
        if takes_numbers(type(other.measure)) and str(unit_of(read, other)) == str(kr.unit)
    ]
    is_of_periods = isinstance(kr.measure, EachPeriod)
    takes_any = kr.metric is None and takes_numbers(type(kr.measure)) and not is_of_periods
    if not parts or not takes_any or draw(st.integers(0, 3)) < 3:
        return kr
    # In percent and without a unit a ratio is refused if its numbers are beyond 1.
    has_ratio = len(parts) > 1 and not (kr.unit is None and is_in_percent(kr.title))
    hows = [how for how in Aggregation if has_ratio or how is not Aggregation.RATIO]
    how = draw(st.sampled_from(hows))
    least = 2 if how is Aggregation.RATIO else 1
    of = st.lists(st.sampled_from(parts), min_size=least, max_size=2, unique=True)
    return evolve(kr, derived=Derived(how, draw(of)))


def _guarding(
    draw: st.DrawFn, parts: _Parts, id: str, counted: list[str], read: Mapping[str, Metric]
) -> list[Guardrail]:
    """Draw at most one guardrail, of the whole or of one key result, with or without a metric."""
    if not draw(st.booleans()):
        return []
    guardrail = draw(parts.guardrail)
    protects = draw(st.none() | st.sampled_from(counted)) if counted else None
    metric = draw(st.none() | st.sampled_from([*read])) if read else None
    return [reading(evolve(guardrail, id=f"{id}-g0", protects=protects), metric, read)]


def _driving(draw: st.DrawFn, parts: _Parts, id: str, ids: list[str]) -> list[Initiative]:
    """Draw at most one initiative, and at most two in a cascade."""
    made: list[Initiative] = []
    for n in range(draw(st.integers(0, 1 + parts.is_cascading))):
        drives = draw(_some_of(ids, most=2))
        made.append(evolve(draw(parts.initiative), id=f"{id}-i{n}", drives=drives))
    return made


def _some_of(ids: list[str], *, most: int) -> Strategy[list[str]]:
    indexes = st.integers(0, max(len(ids) - 1, 0))
    chosen = st.lists(indexes, max_size=min(most, len(ids)), unique=True)
    return chosen.map(lambda chosen: [ids[index] for index in sorted(chosen)])
