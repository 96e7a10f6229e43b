"""Groups of objectives by team, level, cycle, priority or tag; never by person.

Rules of this file:

1. The score of a group is the mean of the scores of its objectives, by no rule of a rulebook.
2. Objectives without a group come last, in one without a name: missing values are shown.
3. Work that was carried over counts once, in the groups of its newest objective; by cycle each objective
   counts by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import isnan
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, final, get_args

from attrs import frozen

from okrcore._arith import mean, written_beside
from okrcore._checks import as_text
from okrcore._made import must_fit
from okrcore.errors import InvalidValueError
from okrcore.plan import Level, Objective
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["Grouping", "ObjectiveGroup", "groups_of"]

Grouping: TypeAlias = Literal["team", "level", "cycle", "priority", "tag"]

#: Groupings that would give scores of people.
_PEOPLE: Final = frozenset(
    {"owner", "owners", "person", "people", "individual", "contributor", "contributors"}
)


@final
@frozen(kw_only=True)
class ObjectiveGroup:
    """Objectives of one team, level, cycle, priority or tag, taken together.

    Args:
        name: The team or the like; None for objectives without one.
        n: Number of objectives; those that carry on one piece of work are one.
        mean_score: Unweighted mean of their scores; None without any.
        scored: Number of objectives with a score.
        coverage: Unweighted mean of their coverage, without excluded ones; None without any.
        statuses: Number of objectives in each status, by name.
        ids: The objectives, in the order of the plan; of carried work the newest.
    """

    name: str | None
    n: int
    mean_score: float | None
    scored: int
    coverage: float | None
    statuses: tuple[tuple[str, int], ...]
    ids: tuple[str, ...]

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        score = "no score" if self.mean_score is None else written_beside(self.mean_score, 0.0, 1.0)
        return f"ObjectiveGroup({self.name!r}, {self.n} objective{'s' * (self.n != 1)}, {score})"


def _keys_of(objective: Objective, by: str) -> Sequence[Any]:
    """Return the groups of an objective: its tags, its team or the like, or none."""
    if by == "tag":
        return () if objective.profile is None else objective.profile.tags
    key = getattr(objective if by == "cycle" else objective.place, by, None)
    return () if key is None else (key,)


def _cycle_order(cycle: Any) -> Any:
    return cycle.start, cycle.end, str(cycle)


def _team_order(team: Any) -> Any:
    names: list[str] = []
    while team is not None:
        names.append(team.name)
        team = team.within
    return names[::-1]


#: Sort key of the groups, by grouping.
_ORDERS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "team": _team_order,
        "level": list(Level).index,
        "cycle": _cycle_order,
        "priority": str,
        "tag": str,
    }
)


def groups_of(evaluation: Evaluation, by: Grouping) -> tuple[ObjectiveGroup, ...]:
    """Return the objectives of a scorecard in groups.

    Raises:
        InvalidValueError: The grouping is unknown, or would score people.
    """
    by = as_text(by)
    if type(by) is str and by in _PEOPLE:
        raise InvalidValueError(
            "of-people",
            "Scorecard.by",
            by,
            "a number beside a name is read as a grade of that person; "
            f"group by {_choices()}, and ask owners about their objectives",
        )
    if not isinstance(by, str) or by not in _ORDERS:
        raise InvalidValueError("grouping-unknown", "Scorecard.by", by, f"give {_choices()}")
    carried: Mapping[int, tuple[Evaluation, int]] = {}
    if by != "cycle":
        carried = evaluation.carried
    older = {each.id for chain in evaluation.chains if carried for each in chain.older}
    members: dict[Any, list[Objective]] = {}
    nameless: list[Objective] = []
    for objective in evaluation.plan.objectives:
        if objective.id in older:
            continue
        if objective.is_micro and by != "cycle" and not evaluation.rulebook.roll_up.with_micro:
            continue
        keys = _keys_of(objective, by)
        for key in keys:
            members.setdefault(key, []).append(objective)
        if not keys:
            nameless.append(objective)
    ordered = sorted(members, key=_ORDERS[by])
    groups = [_group(evaluation, str(key), members[key], carried) for key in ordered]
    if nameless:
        groups.append(_group(evaluation, None, nameless, carried))
    return tuple(groups)


def _choices() -> str:
    *most, last = get_args(Grouping)
    return f"{', '.join(most)} or {last}"


def _group(
    evaluation: Evaluation,
    name: str | None,
    members: list[Objective],
    carried: Mapping[int, tuple[Evaluation, int]],
) -> ObjectiveGroup:
    index_of = evaluation.facts.compiled.index_of
    indexes = [index_of[objective.id] for objective in members]
    sources = [carried.get(at, (evaluation, at)) for at in indexes]
    values = [(then.scores.values[at], then.coverage.values[at]) for then, at in sources]
    scores, coverage = (
        [value for value in column if not isnan(value)] for column in zip(*values, strict=True)
    )
    statuses = Counter(then.status(at) for then, at in sources)
    return ObjectiveGroup(
        name=name,
        n=len(members),
        mean_score=_plain_mean(scores),
        scored=len(scores),
        coverage=_plain_mean(coverage),
        statuses=tuple(sorted((str(status), count) for status, count in statuses.items())),
        ids=tuple(objective.id for objective in members),
    )


def _plain_mean(values: list[float]) -> float | None:
    return mean(values, [1.0] * len(values)) if values else None
