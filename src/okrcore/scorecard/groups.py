"""Groups of objectives by team, level, cycle, ambition, priority or tag; never by person.

Rules of this file:

1. The score of a group is the mean of the scores of its objectives, by no rule of a rulebook.
2. Objectives without a group come last, in one without a name: missing values are shown.
3. Work that was carried over counts once, in the groups of its newest objective that has started; by cycle, or
   in a scope by cycle, each objective counts by itself. So it does if the newest one is not listed.
4. A team is named in the plan by its id, or by its name and by those that contain it, see `plan.teams`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isnan
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, cast, final, get_args

from attrs import evolve, frozen

from okrcore._arith import mean, written_beside
from okrcore._checks import as_text
from okrcore._made import must_fit
from okrcore.errors import InvalidValueError
from okrcore.plan import Ambition, Level, Objective, Scope
from okrcore.plan.teams import TeamPath, Teams
from okrcore.scorecard.day.chains import waiting_of
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["Grouping", "ObjectiveGroup", "groups_of"]

Grouping: TypeAlias = Literal["team", "level", "cycle", "ambition", "priority", "tag"]

#: Groupings that would give scores of people.
_PEOPLE: Final = frozenset(
    {"owner", "owners", "person", "people", "individual", "contributor", "contributors"}
)


@final
@frozen(kw_only=True)
class ObjectiveGroup:
    """Objectives of one team, level, cycle, ambition, priority or tag, taken together.

    Args:
        name: The team, the title of the priority, or the like; None for objectives without one.
        n: Number of objectives; those that carry on one piece of work are one.
        mean_score: Unweighted mean of their scores; None without any.
        scored: Number of objectives with a score.
        coverage: Unweighted mean of their coverage, without excluded ones; None without any.
        statuses: Number of objectives in each status, by name.
        ids: The objectives, in the order of the plan; of carried work the newest.
        with_contained: Whether it has objectives of teams within it, too.
        id: Id of the priority, or of the team if it has one; None for all others.
    """

    name: str | None
    n: int
    mean_score: float | None
    scored: int
    coverage: float | None
    statuses: tuple[tuple[str, int], ...]
    ids: tuple[str, ...]
    with_contained: bool = False
    id: str | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        score = "no score" if self.mean_score is None else written_beside(self.mean_score, 0.0, 1.0)
        count = f"{self.n} objective{'s' * (self.n != 1)}"
        if self.with_contained:
            count += " with teams within it"
        return f"ObjectiveGroup({self.name!r}, {count}, {score})"


@final
@frozen(eq=False)
class _Keys:
    """Groups of each objective."""

    by: str
    with_containing: bool
    teams: Teams
    #: Titles of the priorities by id, in plan order.
    priorities: Mapping[str, str]

    def of(self, objective: Objective) -> Sequence[Any]:
        """Return the groups of an objective: its tags, its team or the like, or none."""
        if self.by == "tag":
            return () if objective.profile is None else objective.profile.tags
        of = objective if self.by in _OF_OBJECTIVE else objective.place
        key = getattr(of, self.by, None)
        if key is None:
            return ()
        if self.by != "team":
            return (key,)
        path = self.teams.path(key)
        return [path[at:] for at in range(len(path))] if self.with_containing else (path,)

    def ordered(self, found: Iterable[Any]) -> Sequence[Any]:
        """Return groups in their order; teams after those that contain them, by name."""
        if self.by == "team":
            return sorted(found, key=lambda path: (self.teams.names(path)[::-1], _ids(path)))
        if self.by == "priority":
            return [id for id in self.priorities if id in {*found}]
        return sorted(found, key=_ORDERS[self.by])

    def names(self, found: Sequence[Any]) -> Mapping[Any, str]:
        """Return the name of each group.

        A team or priority of which several have the name is named with its id, or with the teams that contain
        it.
        """
        names = {key: self._names(key) for key in found}
        count = Counter(each[0] for each in names.values())
        return {
            key: each[0] if count[each[0]] == 1 else self._told_apart(key, each)
            for key, each in names.items()
        }

    def _names(self, key: Any) -> Sequence[str]:
        if self.by == "team":
            return self.teams.names(key)
        return (self.priorities[key] if self.by == "priority" else str(key),)

    def _told_apart(self, key: Any, names: Sequence[str]) -> str:
        id = self.id(key)
        return " within ".join(names) if id is None else f"{names[0]} ({id})"

    def id(self, key: Any) -> str | None:
        """Return the id of a priority, or of a team that has one."""
        if self.by == "priority":
            return cast("str", key)
        is_known = self.by == "team" and key[0] in self.teams.identities.known
        return key[0][1] if is_known else None


def _cycle_order(cycle: Any) -> Any:
    return cycle.start, cycle.end, str(cycle)


#: Groupings by fields of objectives themselves.
_OF_OBJECTIVE: Final = frozenset({"cycle", "ambition"})
#: Sort key of the groups, by grouping.
_ORDERS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "level": list(Level).index,
        "ambition": list(Ambition).index,
        "cycle": _cycle_order,
        "tag": str,
    }
)


def groups_of(
    evaluation: Evaluation,
    by: Grouping,
    listed: Sequence[Objective],
    scopes: Sequence[Scope],
    *,
    with_containing: bool,
) -> tuple[ObjectiveGroup, ...]:
    """Return the listed objectives of a scorecard in groups, see `Scorecard.group_by`.

    Raises:
        InvalidValueError: The grouping is unknown, or would score people.
    """
    by = as_text(by)
    _must_be_grouping(by, with_containing=with_containing)
    carried, inside = _carried(evaluation, by, listed, scopes)
    objectives = evaluation.plan.objectives
    teams = Teams.of(objectives if by == "team" else ())
    priorities = {each.id: each.title for each in evaluation.plan.priorities}
    keys = _Keys(by, with_containing, teams, priorities)
    members: dict[Any, list[Objective]] = {}
    nameless: list[Objective] = []
    for objective in listed:
        if objective.id in inside:
            continue
        if objective.is_micro and by != "cycle" and not evaluation.rulebook.roll_up.with_micro:
            continue
        found = keys.of(objective)
        for key in found:
            members.setdefault(key, []).append(objective)
        if not found:
            nameless.append(objective)
    ordered = keys.ordered(members)
    names = keys.names(ordered)
    groups = [
        _group(evaluation, names[key], members[key], carried, keys.id(key)) for key in ordered
    ]
    if with_containing:
        within = {key: any(keys.of(each)[0] != key for each in members[key]) for key in ordered}
        groups = [
            evolve(group, with_contained=within[key])
            for key, group in zip(ordered, groups, strict=True)
        ]
    if nameless:
        groups.append(_group(evaluation, None, nameless, carried))
    return tuple(groups)


def _must_be_grouping(by: object, *, with_containing: bool) -> None:
    if type(by) is str and by in _PEOPLE:
        raise InvalidValueError(
            "of-people",
            "Scorecard.by",
            by,
            "a number beside a name is read as a grade of that person; "
            f"group by {_choices()}, and ask owners about their objectives",
        )
    if not isinstance(by, str) or by not in get_args(Grouping):
        raise InvalidValueError("grouping-unknown", "Scorecard.by", by, f"give {_choices()}")
    if with_containing and by != "team":
        hint = 'teams alone contain each other: give "team", or leave with_containing out'
        raise InvalidValueError("grouping-unknown", "Scorecard.by", by, hint)


def _carried(
    evaluation: Evaluation, by: str, listed: Sequence[Objective], scopes: Sequence[Scope]
) -> tuple[Mapping[int, tuple[Evaluation, int]], set[str]]:
    """Return the evaluations of carried work, by index of its newest objective, and ids that count in it.

    These are the older objectives, and those that are to carry on a listed one and have not started.
    """
    if by == "cycle" or any(each.cycle is not None or each.running is not None for each in scopes):
        return {}, set()
    ids = {objective.id for objective in listed}
    chains = [each for each in evaluation.chains if each.newest.id in ids]
    older = {each.id for chain in chains for each in chain.older}
    return evaluation.carried, older | {
        each.id for each in waiting_of(evaluation.facts) if each.continues in ids
    }


def _ids(path: TeamPath) -> Sequence[str]:
    return [id for _, id in reversed(path)]


def _choices() -> str:
    *most, last = get_args(Grouping)
    return f"{', '.join(most)} or {last}"


def _group(
    evaluation: Evaluation,
    name: str | None,
    members: list[Objective],
    carried: Mapping[int, tuple[Evaluation, int]],
    id: str | None = None,
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
        id=id,
    )


def _plain_mean(values: list[float]) -> float | None:
    return mean(values, [1.0] * len(values)) if values else None
