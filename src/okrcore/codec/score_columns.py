"""Scores of columns of plain numbers, for data frames and SQL engines with millions of OKRs.

1. Columns in, columns out, in the same order; no object is made for a key result or an objective.
2. The numbers are those of `evaluate`, to the last bit, by the same arithmetic.
3. Rules that need more than columns are refused.
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
from okrcore.plan.cascade import children_first, find_circle
from okrcore.plan.item import did_you_mean
from okrcore.rulebook import RECOMMENDED, RollUpSource, Rulebook
from okrcore.scorecard.plain_columns import Lines, evaluate_lines

__all__ = ["ColumnScores", "score_columns"]

#: Id of an objective in columns.
_Id: TypeAlias = str | int


@final
@frozen
class ColumnScores:
    """Scores and coverage in the order of the columns given.

    Args:
        key_result_scores: Score of each key result; None, not 0, if there is none.
        key_result_coverage: 1 for a key result with a reading and a span, or else 0.
        objective_scores: Score of each objective; None if no part has one.
        objective_coverage: Share of its weight that is measured, 0 to 1.
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
    """Score key results and objectives given as columns of plain numbers.

    The scores are those of `evaluate`, to the last bit, for lines from a baseline to a target (`FromTo`)
    in objectives without cycles. Columns have no dates, so the caller chooses the reading that counts.

    Columns are lists, tuples, or those of numpy, pandas and polars; those of pyarrow by `to_pylist()`.

    Args:
        objectives: Ids of the objectives, texts or whole numbers, each once, in any order.
        objective_of: By key result, the id of the objective it counts in.
        baselines: By key result, the value at the start; None and NaN are unknown, and give no score.
        targets: By key result, the value to reach.
        values: By key result, the last reading; None and NaN are missing, which is not 0.
        weights: By key result, its weight in its objective, 0 or more; 1 each without them.
        children: By alignment, the id of the supporting objective.
        parents: By alignment, the id of the supported objective; an objective may have several.
        alignment_weights: By alignment, the weight of the child in the parent; 1 each without them.
        rulebook: Rules of attainment, roll-up and clips; those about cycles, guardrails or people do not
            apply.

    Returns:
        Four columns of scores and coverage.

    Raises:
        InvalidValueError: Columns differ in length, or one has an invalid value, at the position in the
            path; or the rulebook takes key results of all objectives below, or a total of weights.
        InconsistentPlanError: An id is unknown or repeated, or alignments form a circle.

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
    unsupported: list[tuple[str, object]] = [
        ("parts", part.of) for part in rule.parts if part.of is RollUpSource.DESCENDANTS
    ]
    if rule.weights_total is not None:
        unsupported.append(("weights_total", rule.weights_total))
    for name, value in unsupported:
        path = path_of(score_columns, f"rulebook.roll_up.{name}")
        raise InvalidValueError("rule-beyond-columns", path, value, "evaluate a plan under it")


# --- ids ---------------------------------------------------------------------------------------


def _ids(field: str, values: object) -> list[_Id]:
    """Return a column of ids; refuse values that are no text and no whole number."""
    column = column_of(score_columns, field, values)
    wrong = {kind for kind in set(map(type, column)) if not _is_id(kind)}
    if wrong:
        position, id = next((at, id) for at, id in enumerate(column) if type(id) in wrong)
        path = path_of(score_columns, f"{field}[{position}]")
        raise InvalidValueError("wrong-type", path, id, "give a text or a whole number")
    return list(map(as_text, column))


def _is_id(kind: type[Any]) -> bool:
    return issubclass(kind, (str, Integral)) and not issubclass(kind, bool)


def _positions(ids: Sequence[_Id]) -> Mapping[_Id, int]:
    """Return the position of each objective by its id; refuse a repeated id."""
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
        hint = did_you_mean(id, [known for known in position_of if isinstance(known, str)])
        path = path_of(score_columns, f"{field}[{position}]")
        raise InconsistentPlanError("unknown-id", path, id, hint) from None


def _heights(ids: Sequence[_Id], children: Sequence[int], parents: Sequence[int]) -> Sequence[int]:
    """Return the length of the longest path down from each objective; refuse circles."""
    above: list[list[int]] = [[] for _ in ids]
    for row, (child, parent) in enumerate(zip(children, parents, strict=True)):
        if parent in above[child]:
            path = path_of(score_columns, f"parents[{row}]")
            hint = f"{ids[child]!r} supports it already"
            raise InvalidValueError("repeated", path, ids[parent], hint)
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
