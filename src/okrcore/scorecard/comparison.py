"""Movements of scores and states between two scorecards, by causes that add up exactly.

Rules of this file:

1. A cause begins at the score where the one before it ended, so there is no rest.
2. None is not 0: a score that appears or disappears has no size of change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import or_none, written_beside
from okrcore._checks import as_text, must_be_a, path_of
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.plan.item import did_you_mean
from okrcore.scorecard.attribution import CauseKind, between
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.scorecard import Scorecard, evaluation_of
from okrcore.scorecard.state_movements import StateMovement, state_movements
from okrcore.words.reason import Reason, as_reason

__all__ = ["Comparison", "MovementCause", "ScoreMovement", "compare"]

#: The evaluations before and after one replacement.
_Step: TypeAlias = tuple[CauseKind, Evaluation, Evaluation]


@final
@frozen
class MovementCause:
    """One cause in the movement of a score.

    Args:
        by: Kind of cause.
        before: Score before the cause applied; None if there was none.
        after: Score with it.
        why: Source of the score with it, in a sentence.
    """

    by: CauseKind
    before: float | None
    after: float | None
    why: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    @property
    def change(self) -> float | None:
        """After minus before; None if either is None."""
        return _change(self.before, self.after)

    def __repr__(self) -> str:
        return f"MovementCause({self.by}, {_shown(self.before)} to {_shown(self.after)})"


@final
@frozen(kw_only=True, repr=False)
class ScoreMovement:
    """Movement of the score of one item, with its causes.

    Args:
        kind: "objective" or "key result".
        id: The item.
        title: Its title.
        before: Its score in the earlier scorecard; None without one.
        after: Its score in the later one.
        causes: In the order in which they apply. The first begins at `before`, each at the end of the one
            before it, and the last ends at `after`.
    """

    kind: Literal["objective", "key result"]
    id: str
    title: str
    before: float | None
    after: float | None
    causes: tuple[MovementCause, ...]

    __attrs_post_init__ = must_fit

    @property
    def change(self) -> float | None:
        """After minus before; None if either is None."""
        return _change(self.before, self.after)

    def __repr__(self) -> str:
        causes = ", ".join(cause.by for cause in self.causes)
        return (
            f"ScoreMovement({self.id!r}, {_shown(self.before)} to {_shown(self.after)}, {causes})"
        )


@final
@frozen(repr=False)
class Comparison(Shown):
    """Movements between two scorecards. Made by `compare`.

    Args:
        since: Day of the earlier one.
        until: Day of the later one.
        movements: The largest change first, equal ones in the order of the plan; scores that appeared or
            disappeared come last.
        ids: Objectives and key results of both, moved or not.
        states: Guardrails, initiatives and metrics whose state changed, in the order of the plan.
    """

    since: date
    until: date
    movements: tuple[ScoreMovement, ...]
    ids: frozenset[str]
    states: tuple[StateMovement, ...] = field(default=(), kw_only=True)

    __attrs_post_init__ = must_fit

    def of(self, id: str) -> ScoreMovement | None:
        """Return the movement of an item; None if its score did not move.

        Raises:
            InconsistentPlanError: No objective or key result of either scorecard has the id.
        """
        id = as_text(id)
        if type(id) is not str or id not in self.ids:
            raise InconsistentPlanError(
                "unknown-id", "Comparison.of", id, did_you_mean(id, self.ids)
            )
        return next((moved for moved in self.movements if moved.id == id), None)

    def __iter__(self) -> Iterator[ScoreMovement]:
        return iter(self.movements)

    def __len__(self) -> int:
        return len(self.movements)

    def __repr__(self) -> str:
        return f"Comparison({self.since} to {self.until}, {len(self)} moved)"


def compare(card: Scorecard, earlier: Scorecard) -> Comparison:
    """Return the movement of each score since an earlier scorecard, with its causes.

    Inputs of the earlier evaluation are replaced by those of the later one, in this order: rulebook, time,
    adjustments, membership, readings. A cause is the change by one replacement. Another order could give
    other causes, so it is fixed; a what-if counts as a reading.

    Args:
        card: The later scorecard.
        earlier: A scorecard of any plan, journal and rulebook; of the same day or before it.

    Returns:
        The scores that moved; causes add up to the change without a rest. `states` has the guardrails,
        initiatives and metrics whose state changed.

    Raises:
        InvalidValueError: The earlier scorecard is of a later day.

    Laws: test_causes_add_up, test_nothing_moves_from_a_card_to_itself,
    test_changes_of_state_are_those_of_the_two_cards.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("o", "Grow", key_results=[
    ...     okr.KeyResult("a", "A", okr.Reach(10)), okr.KeyResult("b", "B", okr.Reach(10))])])
    >>> journal = okr.Journal([
    ...     okr.CheckIn("a", date(2026, 8, 3), 4), okr.CheckIn("b", date(2026, 8, 3), 5),
    ...     okr.CheckIn("b", date(2026, 8, 14), 8)])
    >>> august, july = (okr.evaluate(plan, journal, as_of=date(2026, 8, day)) for day in (15, 4))
    >>> [(moved.id, moved.causes) for moved in compare(august, july)]
    [('b', (MovementCause(reading, 0.50 to 0.80),)), ('o', (MovementCause(reading, 0.45 to 0.60),))]
    """
    must_be_a(compare, "card", card, Scorecard)
    must_be_a(compare, "earlier", earlier, Scorecard)
    if earlier.as_of > card.as_of:
        raise InvalidValueError(
            "out-of-order",
            path_of(compare, "card"),
            card.as_of,
            f"the earlier one is as of {earlier.as_of}; give the later one first",
        )
    first, last = evaluation_of(earlier), evaluation_of(card)
    steps: list[_Step] = []
    at = first
    for by, after in between(first, last):
        steps.append((by, at, after))
        at = after
    movements = [
        _movement(id, first, last, steps)
        for id in {**last.plan.items, **first.plan.items}
        if _score(first, id) != _score(last, id)
    ]
    movements.sort(key=_size)
    ids = frozenset(id for evaluation in (first, last) for id in _scored(evaluation))
    states = state_movements(first, last)
    return Comparison(earlier.as_of, card.as_of, tuple(movements), ids, states=states)


def _movement(
    id: str, first: Evaluation, last: Evaluation, steps: Sequence[_Step]
) -> ScoreMovement:
    newest = last if id in last.facts.compiled.index_of else first
    compiled = newest.facts.compiled
    causes = [
        MovementCause(by, _score(before, id), _score(after, id), _why(after, id))
        for by, before, after in steps
        if _score(before, id) != _score(after, id)
    ]
    is_objective = compiled.index_of[id] in compiled.of_objectives
    return ScoreMovement(
        kind="objective" if is_objective else "key result",
        id=id,
        title=newest.plan.items[id].title,
        before=_score(first, id),
        after=_score(last, id),
        causes=tuple(causes),
    )


def _score(evaluation: Evaluation, id: str) -> float | None:
    index = evaluation.facts.compiled.index_of.get(id)
    if index is None or index not in evaluation.facts.compiled.scored:
        return None
    return or_none(evaluation.scores.values[index])


def _scored(evaluation: Evaluation) -> Sequence[str]:
    compiled = evaluation.facts.compiled
    return compiled.ids[: len(compiled.scored)]


def _why(evaluation: Evaluation, id: str) -> str:
    index = evaluation.facts.compiled.index_of.get(id)
    if index is None:
        return Reason("cause/not-in-plan")
    return why_score(*evaluation.of_item(index))


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _size(movement: ScoreMovement) -> tuple[bool, float]:
    change = movement.change
    return change is None, -abs(change or 0.0)


def _shown(score: float | None) -> str:
    return "none" if score is None else written_beside(score, 0.0, 1.0)
