"""Scores of columns of plain numbers: for data frames and SQL engines that hold OKRs by the million.

Rules of this file:

1. Columns in, columns out, in the same order; no object is made for a key result or an objective.
2. The numbers are those of `evaluate`, to the last bit, and are made by the same arithmetic.
3. What columns of numbers cannot say is refused, and not guessed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from numbers import Integral
from typing import Any, SupportsFloat, TypeAlias, final

from attrs import frozen

from okrcore._arith import or_none
from okrcore._checks import as_text, must_be_a, path_of
from okrcore._columns import column_of, must_be_as_long, numbers_of
from okrcore._made import must_fit
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.plan.graph import children_first, find_circle
from okrcore.plan.item import did_you_mean
from okrcore.rulebook import RECOMMENDED, Parts, Rulebook
from okrcore.scorecard.lines import Lines, evaluate_lines

__all__ = ["ColumnScores", "score_columns"]

#: What names an objective in columns.
_Id: TypeAlias = str | int


@final
@frozen
class ColumnScores:
    """Scores and coverage in the order of the columns that they are made of.

    Args:
        key_result_scores: The score of each key result; None, and not 0, where there is none.
        key_result_coverage: 1 for a key result that was read and has a way to go, or else 0.
        objective_scores: The score of each objective; None where nothing in it has one.
        objective_coverage: The share of its weight that is measured, 0 to 1.
    """

    key_result_scores: tuple[float | None, ...]
    key_result_coverage: tuple[float, ...]
    objective_scores: tuple[float | None, ...]
    objective_coverage: tuple[float, ...]

    __attrs_post_init__ = must_fit


def score_columns(
    *,
    objectives: Iterable[str | int],
    objective_of: Iterable[str | int],
    baselines: Iterable[SupportsFloat | None],
    targets: Iterable[SupportsFloat],
    values: Iterable[SupportsFloat | None],
    weights: Iterable[SupportsFloat] | None = None,
    children: Iterable[str | int] = (),
    parents: Iterable[str | int] = (),
    alignment_weights: Iterable[SupportsFloat] | None = None,
    rulebook: Rulebook = RECOMMENDED,
) -> ColumnScores:
    """Return the scores of key results and objectives that are given as columns of plain numbers.

    They are the scores that `evaluate` gives the plan they stand for, to the last bit: lines from a
    baseline to a target (`FromTo`), with the last reading of each, in objectives without cycles. The
    surprising case: which readings count is for you to say, since nothing here has a date.

    Columns are lists, tuples, or those of numpy, pandas and polars; those of pyarrow by `to_pylist()`.

    Args:
        objectives: The ids of the objectives, texts or whole numbers, each once, in any order.
        objective_of: By key result, the id of the objective it counts in.
        baselines: By key result, the value at the start. None and NaN are unknown: it has no score.
        targets: By key result, the value to reach.
        values: By key result, the last reading. None and NaN are unread, which is not 0.
        weights: By key result, what it weighs in its objective, 0 or more; without them each weighs 1.
        children: By alignment, the id of the objective that supports another.
        parents: By alignment, the id of the objective that it supports. An objective may have several.
        alignment_weights: By alignment, what the child weighs in the parent; without them each weighs 1.
        rulebook: How it is judged. Its attainment, roll-up and clips are followed; what looks at cycles,
            guardrails or people has nothing to look at here.

    Returns:
        Four columns of scores and coverage.

    Raises:
        InvalidValueError: A column is longer than another or holds what it cannot; the path has the
            position. Or the rulebook has a rule that columns cannot follow: key results of all
            objectives below, or weights that must total something.
        InconsistentPlanError: An id is unknown or stands twice, or alignments lead back to themselves.

    Laws: test_columns_score_as_the_plan_they_stand_for.

    >>> scores = score_columns(
    ...     objectives=["company", "team"], children=["team"], parents=["company"],
    ...     objective_of=["team", "team"], baselines=[112, 3.1], targets=[128, 3.8],
    ...     values=[120, None])
    >>> scores.key_result_scores, scores.objective_scores, scores.objective_coverage
    ((0.5, None), (0.5, 0.5), (0.5, 0.5))
    """
    must_be_a(score_columns, "rulebook", rulebook, Rulebook)
    _must_be_followed(rulebook)
    ids = _ids("objectives", objectives)
    position_of = _positions(ids)
    home = _named(position_of, "objective_of", objective_of)
    below = _named(position_of, "children", children)
    above = _named(position_of, "parents", parents)
    must_be_as_long(score_columns, "parents", above, "children", below)
    lines = Lines(
        home,
        _numbers("baselines", baselines, home, may_lack=True),
        _numbers("targets", targets, home),
        _numbers("values", values, home, may_lack=True),
        _weights("weights", weights, "objective_of", home),
        _heights(ids, below, above),
        below,
        above,
        _weights("alignment_weights", alignment_weights, "children", below),
    )
    evaluation, indexes = evaluate_lines(lines, rulebook)
    scores, coverage = evaluation.scores.values, evaluation.coverage.values
    return ColumnScores(
        tuple(map(or_none, scores[: len(home)])),
        tuple(coverage[: len(home)]),
        tuple([or_none(scores[index]) for index in indexes]),
        tuple([coverage[index] for index in indexes]),
    )


def _must_be_followed(rulebook: Rulebook) -> None:
    rule = rulebook.roll_up
    asked: list[tuple[str, object]] = [
        ("parts", part.of) for part in rule.parts if part.of is Parts.DESCENDANTS
    ]
    if rule.weights_total is not None:
        asked.append(("weights_total", rule.weights_total))
    for name, value in asked:
        path = path_of(score_columns, f"rulebook.roll_up.{name}")
        raise InvalidValueError("rule-beyond-columns", path, value, "evaluate a plan under it")


# --- ids ---------------------------------------------------------------------------------------


def _ids(field: str, values: object) -> list[_Id]:
    """Return a column of ids; refuse what is no text and no whole number."""
    column = column_of(score_columns, field, values)
    strange = {kind for kind in set(map(type, column)) if not _is_id(kind)}
    if strange:
        position, id = next((at, id) for at, id in enumerate(column) if type(id) in strange)
        path = path_of(score_columns, f"{field}[{position}]")
        raise InvalidValueError("wrong-type", path, id, "give a text or a whole number")
    return list(map(as_text, column))


def _is_id(kind: type[Any]) -> bool:
    return issubclass(kind, (str, Integral)) and not issubclass(kind, bool)


def _positions(ids: Sequence[_Id]) -> Mapping[_Id, int]:
    """Return the position of each objective by its id; refuse an id that stands twice."""
    position_of = {id: position for position, id in enumerate(ids)}
    if len(position_of) < len(ids):
        twice = next(id for position, id in enumerate(ids) if position_of[id] != position)
        path = path_of(score_columns, f"objectives[{position_of[twice]}]")
        raise InconsistentPlanError("duplicate-id", path, twice)
    return position_of


def _named(position_of: Mapping[_Id, int], field: str, values: object) -> list[int]:
    """Return the positions of the objectives that a column names."""
    ids = _ids(field, values)
    try:
        return [position_of[id] for id in ids]
    except KeyError:
        position, id = next((at, id) for at, id in enumerate(ids) if id not in position_of)
        way_out = did_you_mean(id, [known for known in position_of if isinstance(known, str)])
        path = path_of(score_columns, f"{field}[{position}]")
        raise InconsistentPlanError("unknown-id", path, id, way_out) from None


def _heights(ids: Sequence[_Id], children: Sequence[int], parents: Sequence[int]) -> Sequence[int]:
    """Return how many objectives lie on the longest way down from each; refuse circles."""
    above: list[list[int]] = [[] for _ in ids]
    for row, (child, parent) in enumerate(zip(children, parents, strict=True)):
        if parent in above[child]:
            path = path_of(score_columns, f"parents[{row}]")
            way_out = f"{ids[child]!r} supports it already"
            raise InvalidValueError("repeated", path, ids[parent], way_out)
        above[child].append(parent)
    below = [child for child, found in enumerate(above) for _ in found]
    ordered, heights = children_first(len(ids), below, [*chain.from_iterable(above)])
    if len(ordered) < len(ids):
        circle = find_circle(dict(enumerate(above)))
        raise InconsistentPlanError(
            "circle",
            path_of(score_columns, "parents"),
            " -> ".join(str(ids[position]) for position in circle),
            "take one of these alignments out",
        )
    return heights


# --- numbers -----------------------------------------------------------------------------------


def _numbers(
    field: str, values: object, home: Sequence[int], *, may_lack: bool = False
) -> array[float]:
    numbers = numbers_of(score_columns, field, values, takes_none=may_lack, takes_nan=may_lack)
    must_be_as_long(score_columns, field, numbers, "objective_of", home)
    return numbers


def _weights(field: str, values: object, of: str, rows: Sequence[int]) -> Sequence[float]:
    if values is None:
        return [1.0] * len(rows)
    weights = numbers_of(score_columns, field, values)
    must_be_as_long(score_columns, field, weights, of, rows)
    if min(weights, default=0.0) < 0:
        position, weight = next((at, each) for at, each in enumerate(weights) if each < 0)
        path = path_of(score_columns, f"{field}[{position}]")
        raise InvalidValueError("weight-negative", path, weight)
    return weights
