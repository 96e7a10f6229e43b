"""Pace: what was read and has a line, against what is expected of it by now.

Rules of this file:

1. The same passes over the same parts as the scores, so that an objective's pace averages what its score
   averages.
2. What is paced alike is counted once: most objectives share a few cycles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT
from okrcore.calendar import Cycle
from okrcore.plan import Measure, Milestones
from okrcore.rulebook import ExpectedFrom, PacingRule, Rulebook
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.pacing import (
    HELD,
    LINED,
    MOVING,
    NO_PAUSES,
    Pauses,
    due_by,
    elapsed_share,
    even_progress,
    expected_progress,
    pauses_of,
)
from okrcore.scorecard.rolling import roll_means

__all__ = ["Pace", "elapsed_of", "pace_of", "pauses_in"]

_T = TypeVar("_T")


@final
@frozen(eq=False)
class Pace:
    """Lists by place, of what was read and has a line.

    Args:
        expected: The progress expected by now.
        asked: What the ambition asks of that.
        scored: The score it is held against.
        standing_in: By place of a key result without a score, what is expected of it and asked for, for the
            rules by which a missing part counts.
    """

    expected: list[float]
    asked: list[float]
    scored: list[float]
    standing_in: Mapping[int, tuple[float, float]]


def pace_of(figures: Figures, closed: Mapping[int, Pace]) -> Pace:
    """Return what was read and has a line, against what is expected of it on the day of some figures.

    Args:
        figures: The figures.
        closed: By place of what is closed, the pace on the day of its closing.
    """
    held, missing = _held_against(figures)
    expected = _lines(figures, held)
    asked = _asked(figures, expected)
    standing_in = _standing_in(missing, expected, asked, closed)
    lines = zip(held, expected, strict=True)
    scored = [score if line == line else ABSENT for score, line in lines]  # noqa: PLR0124
    # Where every ambition asks for all that is expected, one mean is both.
    facts = (expected, scored) if asked is expected else (expected, asked, scored)
    kept = {place: _kept(figures, then, place, len(facts)) for place, then in closed.items()}
    for values in facts:
        values.extend([ABSENT] * (len(figures.program) - len(values)))
    own: dict[int, Sequence[float]] = {
        place: each[: len(facts) - 1] for place, each in standing_in.items()
    }
    roll_means(figures.layout, facts, kept, figures.excluded, own, _thin(figures))
    pace = Pace(expected, asked, scored, standing_in)
    by_dates = figures.by_book(lambda book: book.pacing.objectives_from is ExpectedFrom.DATES)
    if True in by_dates:
        rows = [row for row, applies in enumerate(by_dates) if applies]
        _pace_by_dates(figures, [row for row in rows if figures.offset + row not in closed], pace)
    return pace


def _thin(figures: Figures) -> frozenset[int]:
    """Return the places of objectives of which too little was read for a score."""
    if all(book.roll_up.least_coverage == 0 for book in figures.distinct_books):
        return frozenset()
    scores, first = figures.scores, figures.offset
    return frozenset(at for at in range(first, first + len(figures.books)) if isnan(scores[at]))


def _kept(figures: Figures, then: Pace, place: int, count: int) -> Sequence[float]:
    """Return the facts of what is closed; absent of a key result that is excluded."""
    if place < figures.offset and figures.excluded[place]:
        return [ABSENT] * count
    expected, asked, scored = then.expected[place], then.asked[place], then.scored[place]
    return (expected, scored) if count == 2 else (expected, asked, scored)


def _held_against(figures: Figures) -> tuple[list[float], Sequence[int]]:
    """Return the scores of key results, and the places of those that are missing where that counts.

    What is missing has a number in the place of its score, so that it gets a line.
    """
    scores, missing = list(figures.scores[: figures.offset]), list[int]()
    if all(book.roll_up.missing is None for book in figures.distinct_books):
        return scores, missing
    for place, score in enumerate(scores):
        if isnan(score) and not figures.excluded[place]:
            scores[place] = 0.0
            missing.append(place)
    return scores, missing


def _standing_in(
    missing: Sequence[int],
    expected: list[float],
    asked: list[float],
    closed: Mapping[int, Pace],
) -> Mapping[int, tuple[float, float]]:
    """Take the lines of what is missing out of the others, as it has no pace of its own, and return them."""
    found: dict[int, tuple[float, float]] = {}
    for place in missing:
        line = expected[place], asked[place]
        expected[place] = asked[place] = ABSENT
        if place in closed:
            line = closed[place].standing_in.get(place, (ABSENT, ABSENT))
        if not isnan(line[0]):
            found[place] = line
    return found


def _lines(figures: Figures, scores: Sequence[float]) -> list[float]:
    """Return the progress expected by now of each key result that has a score."""
    program, lives, even = figures.program, figures.history.lives, _even(figures)
    lines = [
        ABSENT if isnan(score) else even[row]
        for score, row in zip(scores, program.home, strict=True)
    ]
    # So much for what moves evenly along its cycle.
    for kind, places in program.irregular.items():
        if kind not in MOVING:
            _expect_kind(figures, kind, places, scores, lines)
    _expect(figures, program.telling, scores, lines)
    if lives:
        ids = program.ids[: len(lines)]
        _expect(figures, [place for place, id in enumerate(ids) if id in lives], scores, lines)
    return lines


def _expect_kind(
    figures: Figures,
    kind: type[Measure],
    places: Sequence[int],
    scores: Sequence[float],
    lines: list[float],
) -> None:
    """Put what is expected of measures of a kind that does not move evenly into their places."""
    program = figures.program
    if kind in HELD:
        for place in places:
            if not isnan(lines[place]):
                lines[place] = 1.0
    elif kind is Milestones:
        for place in places:
            steps = program.measures[place]
            if isinstance(steps, Milestones) and not isnan(lines[place]):
                lines[place] = due_by(steps, program.ends[program.home[place]], figures.today)
    elif kind in LINED:
        _expect(figures, places, scores, lines)
    else:
        for place in places:
            lines[place] = ABSENT


def _expect(
    figures: Figures, places: Sequence[int], scores: Sequence[float], lines: list[float]
) -> None:
    """Put what is expected of some key results that have a score into their places."""
    program, lives, (baselines, targets) = figures.program, figures.history.lives, figures.ends
    for place in places:
        if isnan(scores[place]):
            continue
        kr, row = program.key_results[place], program.home[place]
        home, ends = program.objectives[row], (baselines[place], targets[place])
        pauses = pauses_in(figures, home.id, kr.id) if lives else NO_PAUSES
        pacing = figures.books[row].pacing
        lines[place] = expected_progress(kr, home, figures.day, pacing, ends, pauses)


def _even(figures: Figures) -> Sequence[float]:
    """Return, by row, what is expected of what moves evenly along the cycle; ABSENT before and without one."""
    day = figures.day
    return _of_cycles(figures, lambda cycle, rule, pauses: even_progress(cycle, day, rule, pauses))


def elapsed_of(figures: Figures) -> Sequence[float]:
    """Return, by row, the share of an objective's cycle that is over; ABSENT without a cycle."""
    day = figures.day
    return _of_cycles(
        figures,
        lambda cycle, rule, pauses: (
            ABSENT if cycle is None else elapsed_share(cycle.start, cycle.end, day, rule, pauses)
        ),
    )


def _of_cycles(
    figures: Figures, share: Callable[[Cycle | None, PacingRule, Pauses], float]
) -> Sequence[float]:
    """Return, by row, a share of a cycle, counted once for all that are paced alike."""
    objectives = figures.program.objectives
    shares = _asked_once(
        figures,
        [each.cycle for each in objectives],
        lambda cycle, book: share(cycle, book.pacing, NO_PAUSES),
    )
    for id in figures.history.lives:
        row = figures.program.rows.get(id)
        if row is not None:
            cycle, book = objectives[row].cycle, figures.books[row]
            shares[row] = share(cycle, book.pacing, pauses_in(figures, id))
    return shares


def _asked_once(
    figures: Figures, given: Sequence[_T], ask: Callable[[_T, Rulebook], float]
) -> list[float]:
    """Return, by row, what is answered for something of each objective; the same is asked once.

    The same by identity: hashing a cycle, or a rulebook, walks through all of it.
    """
    books = figures.books
    keys: list[object] = list(map(id, given))
    if len(figures.distinct_books) > 1:
        keys = list(zip(keys, map(id, books), strict=True))
    distinct = dict(zip(keys, zip(given, books, strict=True), strict=True))
    answers = {key: ask(*each) for key, each in distinct.items()}
    return [answers[key] for key in keys]


def _asked(figures: Figures, expected: list[float]) -> list[float]:
    """Return what ambitions ask of the progress that is expected; a bound is one under any."""
    program, shares = figures.program, _shares(figures)
    if set(shares) <= {1.0}:
        return expected
    return [
        line if type(measure) in HELD else line * shares[row]
        for line, measure, row in zip(expected, program.measures, program.home, strict=True)
    ]


def _shares(figures: Figures) -> Sequence[float]:
    """Return what the ambition of each objective asks for at the end."""
    return _asked_once(
        figures,
        [each.ambition for each in figures.program.objectives],
        lambda ambition, book: book.pacing.share_for(ambition),
    )


def _pace_by_dates(figures: Figures, rows: Sequence[int], pace: Pace) -> None:
    """Hold the whole score of some objectives against the share of their cycle that is over."""
    shares, over = _shares(figures), elapsed_of(figures)
    for row in rows:
        place = figures.offset + row
        score, elapsed = figures.scores[place], over[row]
        if isnan(score) or isnan(elapsed):
            score = elapsed = ABSENT
        pace.expected[place] = elapsed
        pace.asked[place] = elapsed * shares[row]
        pace.scored[place] = score


def pauses_in(figures: Figures, *ids: str) -> Pauses:
    """Return the days up to the day of some figures on which one of some items was paused."""
    lives = figures.history.lives
    return pauses_of([lives[id] for id in ids if id in lives], figures.day)
