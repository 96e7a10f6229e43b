"""Objectives taken together by team, level, cycle, priority or tag; never by person.

Rules of this file:

1. A group has no score of its own rules: it is the one mean over the scores that are there.
2. What names no group stands in a group without a name, at the end: what is missing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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

__all__ = ["Group", "Grouping", "groups_of"]

#: What objectives can be grouped by.
Grouping: TypeAlias = Literal["team", "level", "cycle", "priority", "tag"]

#: Words that ask for scores of people.
_PEOPLE: Final = frozenset(
    {"owner", "owners", "person", "people", "individual", "contributor", "contributors"}
)


@final
@frozen(kw_only=True)
class Group:
    """What several objectives come to.

    Args:
        name: What they have in common; None for those without one.
        n: How many objectives there are.
        mean_score: The mean of the scores that are there, each objective alike; None without any.
        scored: How many have a score.
        coverage: The mean of their coverage, of those of which something is asked; None without any.
        statuses: How many have each status, by name.
        ids: The objectives, in the order of the plan.
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
        return f"Group({self.name!r}, {self.n} objective{'s' * (self.n != 1)}, {score})"


def _teams(objective: Objective) -> Iterable[Any]:
    place = objective.place
    return () if place is None or place.team is None else (place.team,)


def _levels(objective: Objective) -> Iterable[Any]:
    place = objective.place
    return () if place is None or place.level is None else (place.level,)


def _cycles(objective: Objective) -> Iterable[Any]:
    return () if objective.cycle is None else (objective.cycle,)


def _priorities(objective: Objective) -> Iterable[Any]:
    place = objective.place
    return () if place is None or place.priority is None else (place.priority,)


def _tags(objective: Objective) -> Iterable[Any]:
    return () if objective.profile is None else objective.profile.tags


def _cycle_order(cycle: Any) -> Any:
    return cycle.start, cycle.end, str(cycle)


def _team_order(team: Any) -> Any:
    names: list[str] = []
    while team is not None:
        names.append(team.name)
        team = team.within
    return names[::-1]


#: By what is grouped: what an objective has of it, and the order of the groups.
_KEYS: Final[Mapping[str, tuple[Callable[[Objective], Iterable[Any]], Callable[[Any], Any]]]] = (
    MappingProxyType(
        {
            "team": (_teams, _team_order),
            "level": (_levels, list(Level).index),
            "cycle": (_cycles, _cycle_order),
            "priority": (_priorities, str),
            "tag": (_tags, str),
        }
    )
)


def groups_of(evaluation: Evaluation, by: Grouping) -> tuple[Group, ...]:
    """Return what the objectives of a scorecard come to, group by group.

    Args:
        evaluation: The evaluation of the scorecard.
        by: What is grouped by.

    Raises:
        InvalidValueError: That is nothing to group by, or would score people.
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
    if not isinstance(by, str) or by not in _KEYS:
        raise InvalidValueError("grouping-unknown", "Scorecard.by", by, f"give {_choices()}")
    keys_of, order = _KEYS[by]
    members: dict[Any, list[Objective]] = {}
    nameless: list[Objective] = []
    for objective in evaluation.original.objectives:
        if objective.is_micro and by != "cycle" and not evaluation.rulebook.roll_up.with_micro:
            continue
        keys = tuple(keys_of(objective))
        for key in keys:
            members.setdefault(key, []).append(objective)
        if not keys:
            nameless.append(objective)
    groups = [_group(evaluation, str(key), members[key]) for key in sorted(members, key=order)]
    if nameless:
        groups.append(_group(evaluation, None, nameless))
    return tuple(groups)


def _choices() -> str:
    *most, last = get_args(Grouping)
    return f"{', '.join(most)} or {last}"


def _group(evaluation: Evaluation, name: str | None, members: list[Objective]) -> Group:
    index_of = evaluation.facts.compiled.index_of
    indexes = [index_of[objective.id] for objective in members]
    scores, coverage = (
        [values[at] for at in indexes if not isnan(values[at])]
        for values in (evaluation.scores.values, evaluation.coverage.values)
    )
    statuses = Counter(evaluation.status(at) for at in indexes)
    return Group(
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
