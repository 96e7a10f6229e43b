"""What would be if some key results had other scores: the same evaluation, with those scores supposed.

Rules of this file:

1. A supposed score stands for a reading of the day that gave it, and reaches whatever that would reach.
2. What counts for nothing on the day cannot be supposed: a reading would not count either.
3. If other items depend on the readings of a key result, a score that no reading gives is refused. So are
   scores of several that depend on the same readings, if none gives all of them.
4. The order of a mapping changes nothing: what is supposed, and refused, comes in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf, isnan
from typing import TYPE_CHECKING

from attrs import evolve

from okrcore._arith import snap
from okrcore._checks import as_number, as_text, given_mapping, must_be_number, path_of
from okrcore.errors import InvalidValueError
from okrcore.plan import KeyResult
from okrcore.plan.item import refusal
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.climbing import Climb
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.program import Program
from okrcore.scorecard.supposed_readings import check_in_for, check_ins_for, feeding
from okrcore.scorecard.wording import why_score

if TYPE_CHECKING:
    from okrcore.scorecard.scorecard import Scorecard

__all__ = ["sensitivity", "supposed_scores"]


def supposed_scores(
    card: Scorecard, figures: Figures, scores: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    """Return what a card supposes once these scores are supposed too, by id.

    Args:
        card: The scorecard.
        figures: Its figures.
        scores: Scores of key results, by id.

    Raises:
        InconsistentPlanError: An id is unknown, or none of a key result.
        InvalidValueError: A score is none that the rulebook could give, or counts for nothing; or
            other items depend on the readings of the key result, and none of the day gives the score,
            or none gives it with the others.
    """
    given = given_mapping(card, "what_if", scores)
    place_of, wanted = figures.program.place_of, dict[str, float]()
    for id in sorted(given, key=lambda each: _order_of(figures.program, each)):
        item = card.plan.items[as_text(id)] if id in card.plan else None
        if not isinstance(item, KeyResult):
            raise refusal(card.plan.items, "Scorecard.what_if", id, "suppose scores of key results")
        wanted[item.id] = _score_of(card, figures, item.id, given[id])
    changed = {
        id: score
        for id, score in wanted.items()
        if figures.read(place_of[id]) is None or figures.scores[place_of[id]] != score
    }
    if not changed:
        return card.supposed
    for id, score in changed.items():
        _must_have_reading(figures, place_of[id], score, path_of(card, f"what_if[{id!r}]"))
    # A score that was read is not supposed, unless another one depends on the same readings.
    sources = _sources(figures.program, map(place_of.__getitem__, changed))
    kept = {
        id: score
        for id, score in wanted.items()
        if not sources.isdisjoint(_sources(figures.program, [place_of[id]]))
    }
    supposed = {**dict(card.supposed), **kept, **changed}
    _must_agree(figures, supposed, wanted, path_of(card, "what_if"))
    return tuple(sorted(supposed.items(), key=lambda each: place_of[each[0]]))


def _order_of(program: Program, id: object) -> tuple[int, str]:
    """Return the order of an id by the plan; before it, of what is not in the plan."""
    text = as_text(id)
    return (program.place_of.get(text, -1), text) if type(text) is str else (-1, "")


def _score_of(card: Scorecard, figures: Figures, id: str, given: float) -> float:
    """Return a score that is supposed of a key result, if it may be."""
    field, score = f"what_if[{id!r}]", as_number(given)
    place = figures.program.place_of[id]
    clip = figures.book_of(place).attainment.clip
    low = -inf if clip.floor is None else clip.floor
    high = inf if clip.ceiling is None else clip.ceiling
    is_percent = type(score) is float and 1 < score <= 100
    way_out = f"write {score / 100:g}" if is_percent else ""
    must_be_number(card, field, score, low=low, high=high, way_out=way_out)
    if not figures.counts(place):
        closed = figures.settled.get(place)
        why = why_score(figures, place)
        if closed is not None:
            why = f"its objective was closed on {closed.day}"
        raise InvalidValueError("not-counted", path_of(card, field), score, why)
    return score


def _must_have_reading(figures: Figures, place: int, score: float, where: str) -> None:
    """Refuse a score that no reading of the day gives, if other items depend on those readings."""
    if place not in feeding(figures.program):
        return
    alone = evolve(figures, supposed=())
    entry = check_in_for(alone, place, score)
    if entry is not None:
        read = evolve(alone, journal=figures.journal.add(entry))
        if snap(read.scores[place]) == snap(score):
            return
    way_out = (
        "other items depend on its readings; evaluate a journal with the reading that is meant"
    )
    raise InvalidValueError("no-such-reading", where, score, way_out)


def _must_agree(
    figures: Figures,
    supposed: Mapping[str, float],
    given: Collection[str],
    where: str,
) -> None:
    """Refuse scores of key results that depend on the same readings, if none of the day gives all of them.

    Args:
        figures: The figures.
        supposed: All that is supposed, by id.
        given: The ids of which something new is supposed.
        where: The path of the scores by id.
    """
    program = figures.program
    scores = {program.place_of[id]: score for id, score in supposed.items()}
    # What is derived may have any score while a part of it may have several readings.
    bound = {
        place
        for place in scores.keys() & (feeding(program) | program.derived.keys())
        if place not in program.derived
        or all(
            _has_one_reading(figures, at, scores.get(at))
            for at in map(program.place_of.__getitem__, program.derived[place].of)
        )
    }
    if len(bound) < 2:
        return
    alone = evolve(figures, supposed=())
    entries = list(check_ins_for(alone, supposed.items()))
    read = evolve(alone, journal=figures.journal.add(entries)).scores
    for place in sorted(bound):
        if snap(read[place]) == snap(scores[place]):
            continue
        sources = _sources(program, [place])
        group = [at for at in sorted(bound) if not sources.isdisjoint(_sources(program, [at]))]
        named = max(at for at in group if program.ids[at] in given)
        others = ", ".join(f"{program.ids[at]!r} {scores[at]:g}" for at in group if at != named)
        raise InvalidValueError(
            "no-such-reading",
            f"{where}[{program.ids[named]!r}]",
            scores[named],
            f"the same readings make {others}; suppose scores that one reading gives, or one of them",
        )


def _has_one_reading(figures: Figures, place: int, score: float | None) -> bool:
    """Whether one reading alone gives a key result a score: on a line, within its clip."""
    clip = figures.book_of(place).attainment.clip
    return (
        score is not None
        and place not in figures.program.derived
        and type(figures.program.measures[place]) in LINEAR
        and score not in (clip.floor, clip.ceiling)
    )


def _sources(program: Program, places: Iterable[int]) -> set[str]:
    """Return the ids under which the readings are found that make the values of key results."""
    found, waiting = set[str](), [*places]
    while waiting:
        derived = program.derived.get(place := waiting.pop())
        if derived is None:
            found.add(program.sources[place])
        else:
            waiting += [program.place_of[part] for part in derived.of]
    return found


def sensitivity(figures: Figures, id: str) -> tuple[tuple[str, float], ...]:
    """Return by how much each key result would raise an objective if it were reached in full.

    Args:
        figures: The figures of a scorecard.
        id: The objective.

    Raises:
        InvalidValueError: Other items depend on the readings of a key result, and none of the day gives
            its full score.
    """
    before = figures.scores[figures.program.place_of[id]]
    if isnan(before):
        return ()
    alone = _alone(figures, id)
    place, climb = alone.program.place_of[id], Climb(alone)
    gains: list[tuple[str, float]] = []
    for at in _below(alone, place):
        full = alone.book_of(at).attainment.clip.apply(1.0)
        if alone.scores[at] >= full:
            continue
        of = alone.program.ids[at]
        where = f"Scorecard.sensitivity({id!r})"
        _must_have_reading(alone, at, full, f"{where}[{of!r}]")
        _must_agree(alone, {**dict(alone.supposed), of: full}, [of], where)
        gain = climb.score_with(at, full, place) - before
        if gain:
            gains.append((alone.program.ids[at], gain))
    return tuple(sorted(gains, key=lambda one: -one[1]))


def _alone(figures: Figures, id: str) -> Figures:
    """Return the figures of what an objective depends on: it scores as in the whole, and sooner."""
    part = figures.original.subtree(id)
    return evolve(
        figures,
        original=part,
        journal=figures.journal.only(part),
        supposed=tuple((of, score) for of, score in figures.supposed if of in part),
    )


def _below(figures: Figures, place: int) -> Iterator[int]:
    """Yield the places of the key results that enter an objective on any way, in order."""
    seen, waiting = set[int](), [place]
    while waiting:
        at = waiting.pop()
        if at in seen or at in figures.closed:
            continue
        seen.add(at)
        if figures.offset <= at < figures.offset + len(figures.books):
            then = figures.of_item(at)
            parts = then.layout.counted[at - figures.offset]
            # Below a closed objective a key result is not scored again for those above.
            waiting.extend(
                each for each in parts if each >= figures.offset or each not in then.settled
            )
    yield from sorted(at for at in seen if at < figures.offset and figures.counts(at))
