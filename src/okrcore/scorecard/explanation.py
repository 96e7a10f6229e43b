"""How a number came about: each step a rule, what went in, and what came out.

Rules of this file:

1. A step recomputes from what it holds: its rule, applied to its inputs, gives its result again. A test
   proves it for every step of every evaluation.
2. Steps are made when they are looked at. A tree as deep as a long chain would break repr and pickle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isnan
from typing import Final, TypeAlias, cast, final

from attrs import field, frozen

from okrcore._arith import ABSENT, or_none, short_beside
from okrcore._checks import given_whole, must_be_whole, path_of
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore.errors import InvalidValueError
from okrcore.plan import BoundState, Derived
from okrcore.plan.edges import edges_of
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import AttainmentRule, Clip, GuardrailRule, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import change_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guard_words import limiting_guardrails
from okrcore.scorecard.provenance import behind_key_result, behind_objective, moved_by
from okrcore.scorecard.recomputing import READING, SUPPOSED, Input, reattain, recombine, rederive
from okrcore.scorecard.rolling import guard_value
from okrcore.scorecard.wording import edges_at, why_progress, why_score

__all__ = ["Explanation", "explain_score"]


#: The rule of a step: a component of the rulebook; None where nothing was to be computed.
StepRule: TypeAlias = Clip | AttainmentRule | RollUpRule | GuardrailRule | Derived | None

_SCORE: Final = "score"
_ENTRY: Final = "score as it enters"
_GUARDED: Final = "progress under its guardrails"
_PROGRESS: Final = "progress"
_JUDGED: Final = "judged score"
_MISSING: Final = "what counts for no score"


_NUMBERS: Final = frozenset({_SCORE, _ENTRY, _GUARDED, _PROGRESS, SUPPOSED, READING})


@final
@frozen(repr=False)
class Explanation(Shown):
    """One step in how a number came about.

    Args:
        id: The id of the item it is about.
        what: Which of its numbers: "score", "score as it enters" a mean, "progress", "progress under its
            guardrails", or the "reading" that is derived from others.
        rule: The component of the rulebook that made it, or how a reading is derived.
        inputs: What went in.
        result: What came out; None is not 0.
        words: The same in a sentence.
        title: The title of the item.
        remarks: What else there is to know of the item: what is open, guardrails, status.
    """

    id: str
    what: str
    rule: StepRule
    inputs: tuple[Input, ...]
    result: float | None
    words: str
    title: str
    _figures: Figures = field(eq=False)
    _place: int = field(eq=False)
    remarks: tuple[str, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        if self.what not in _NUMBERS:
            raise InvalidValueError("unknown-word", path_of(self, "what"), self.what)
        must_be_whole(self, "place", self._place, 0, len(self._figures.scores) - 1)

    @property
    def edges(self) -> tuple[float, ...]:
        """The numbers that the result is compared with; shown beside them it keeps to its own side."""
        figures, place = self._figures, self._place
        if self.what == READING:
            return edges_of(figures.program.measures[place])
        return edges_at(figures, place) if _is_scored(figures, place) else (0.0, 1.0)

    @property
    def parts(self) -> tuple[Explanation, ...]:
        """The steps that made what went in."""
        figures, place = self._figures, self._place
        if self.what == _SCORE:
            return (_explain_before_clip(figures, place),)
        if self.what == _ENTRY:
            return (explain_score(figures, place),) if _is_scored(figures, place) else ()
        if self.what == _GUARDED:
            return (_explain_progress(figures, place),)
        if self.what == READING:
            ids = figures.program.derived[place].of
            return tuple(explain_score(figures, figures.program.place_of[id]) for id in ids)
        if place < figures.offset:
            is_derived = place in figures.program.derived and place not in figures.supposed_at
            return (_explain_reading(figures, place),) if is_derived else ()
        row = place - figures.offset
        entered = figures.entered(row, figures.scores)
        return tuple(_explain_part(figures, at, row, value) for at, value in entered.items())

    def recompute(self) -> float | None:
        """Apply the rule to the inputs again."""
        if self.rule is None:
            return None
        if isinstance(self.rule, Clip):
            value = self.inputs[0].value
            return None if value is None else self.rule.apply(cast("float", value))
        if isinstance(self.rule, GuardrailRule):
            first, *states = (entered.value for entered in self.inputs)
            value = ABSENT if first is None else cast("float", first)
            return or_none(guard_value(self.rule, value, cast("list[BoundState]", states)))
        if isinstance(self.rule, RollUpRule):
            return recombine(self.rule, self.inputs)
        if isinstance(self.rule, Derived):
            unit = self._figures.program.key_results[self._place].unit
            return rederive(self.rule, self.inputs, unit)
        return reattain(self.rule, {entered.name: entered.value for entered in self.inputs})

    def walk(self, depth: int = 6) -> Iterator[tuple[int, Explanation]]:  # library default
        """Return this step and those below it with their depth, down to a depth."""
        return self._walk(given_whole(self, "walk", depth, 0))

    def _walk(self, depth: int) -> Iterator[tuple[int, Explanation]]:
        waiting: list[tuple[int, Explanation]] = [(0, self)]
        while waiting:
            level, step = waiting.pop()
            yield level, step
            if level < depth:
                waiting.extend((level + 1, part) for part in reversed(step.parts))

    def __repr__(self) -> str:
        result = "none" if self.result is None else short_beside(self.result, *self.edges)
        return f"Explanation({self.id!r}, {self.what} {result}: {self.words})"


# --- making steps ------------------------------------------------------------------------------


def explain_score(figures: Figures, place: int, *, remarks: tuple[str, ...] = ()) -> Explanation:
    """Return the step that made a score: its progress, clipped."""
    figures = figures.of_item(place)
    before = _explain_before_clip(figures, place)
    book = figures.book_of(place)
    clip = book.attainment.clip if place < figures.offset else book.roll_up.result
    if place in figures.supposed_at:
        clip = UNCHANGED
    result = or_none(figures.scores[place])
    words = before.words
    if result != before.result:
        words = _clipped(before, clip)
    return Explanation(
        before.id,
        _SCORE,
        clip,
        (Input(before.what, before.result),),
        result,
        words,
        before.title,
        figures,
        place,
        remarks=remarks,
    )


def _explain_before_clip(figures: Figures, place: int) -> Explanation:
    """Return the step before the result is clipped: the progress, or what guardrails leave of it."""
    progress = _explain_progress(figures, place)
    row = place - figures.offset
    if place < figures.offset or not figures.guard_states(row) or progress.rule is None:
        return progress
    rule = figures.books[row].guardrails
    return Explanation(
        progress.id,
        _GUARDED,
        rule,
        (
            Input(_PROGRESS, progress.result),
            *(Input(id, state) for id, state in figures.states_of(row).items()),
        ),
        or_none(figures.rolled[1][row]),
        f"{progress.words}{limiting_guardrails(figures, row)}",
        progress.title,
        figures,
        place,
    )


def _is_scored(figures: Figures, place: int) -> bool:
    """Say whether something has a score of its own; initiatives have none."""
    return place < figures.offset + len(figures.books)


def _explain_part(figures: Figures, place: int, row: int, entered: float) -> Explanation:
    """Return the step that made what enters an objective: a score as it is, or what is made of it."""
    if _is_scored(figures, place):
        score = explain_score(figures, place)
        if score.result == or_none(entered):
            return score
    return _explain_entry(figures, place, row, entered)


def _explain_entry(figures: Figures, place: int, row: int, entered: float) -> Explanation:
    """Return the step by which something enters an objective as another number than its score.

    It is clipped, or judged, or missing where the rulebook says what that counts; or it is the progress of
    an initiative; or it has a score and counts for nothing.
    """
    rule, id = figures.books[row].roll_up, figures.program.ids[place]
    score = figures.scores[place]
    keep, clip, given = rule.with_judged, rule.entry, Input(_SCORE, or_none(score))
    words = _clip_words(clip, score)
    judged = None if keep is None else figures.judged_instead(place, keep)
    if figures.excluded[place]:
        clip, given, words = UNCHANGED, Input(_SCORE, None), "counts for nothing on the day"
    elif judged is not None:
        given = Input(_JUDGED, judged.score, on=judged.on)
        edges = edges_at(figures, place)
        words = f"judged {plain(judged.score, *edges)} on {judged.on}: {judged.because}"
    elif isnan(score) and not isnan(entered):
        clip, given = UNCHANGED, Input(_MISSING, entered)
        words = f"no score counts as {plain(entered, 0.0, 1.0)}"
    elif not _is_scored(figures, place):
        words = words or "as far as it is done"
    title = figures.original.items[id].title
    return Explanation(id, _ENTRY, clip, (given,), or_none(entered), words, title, figures, place)


def _explain_reading(figures: Figures, place: int) -> Explanation:
    """Return the step by which a reading is derived from the readings of others."""
    kr, rule = figures.program.key_results[place], figures.program.derived[place]
    reads = [(id, figures.evidence.read(figures.program.place_of[id])) for id in rule.of]
    read = figures.evidence.read(place)
    unread = [id for id, found in reads if found is None]
    return Explanation(
        kr.id,
        READING,
        rule,
        tuple(
            Input(id, None) if found is None else Input(id, found[0], on=date.fromordinal(found[1]))
            for id, found in reads
        ),
        None if read is None else number_of(read[0]),
        f"unread: {', '.join(unread)}" if unread else f"{rule.how} of {', '.join(rule.of)}",
        kr.title,
        figures,
        place,
    )


def _explain_progress(figures: Figures, place: int) -> Explanation:
    if place < figures.offset:
        return _explain_attainment(figures, place)
    row = place - figures.offset
    objective, rule = figures.program.objectives[row], figures.books[row].roll_up
    inputs = _inputs(figures, row)
    is_counted = not figures.excluded[place] and not figures.is_too_thin(row)
    words = f"{why_progress(figures, place)}{moved_by(figures, objective.id)}"
    return Explanation(
        objective.id,
        _PROGRESS,
        rule if is_counted else None,
        inputs,
        recombine(rule, inputs) if is_counted else None,
        "; ".join((words, *behind_objective(figures, place))),
        objective.title,
        figures,
        place,
    )


def _inputs(figures: Figures, row: int) -> tuple[Input, ...]:
    found, entered = figures.layout.inputs_of(row), figures.entered(row, figures.scores)
    block_of = {
        n: number
        for number, (start, stop, as_one) in enumerate(found.blocks)
        for n in range(start, stop)
        if as_one
    }
    parts = [
        Input(figures.program.ids[at], or_none(entered[at]), weight, block_of.get(n))
        for n, (at, weight) in enumerate(zip(found.places, found.weights, strict=True))
    ]
    if figures.guards_enter(row):
        parts += [
            Input(id, float(state is not BoundState.BREACHED))
            for id, state in figures.states_of(row).items()
            if state is not BoundState.UNKNOWN
        ]
    return tuple(parts)


def _explain_attainment(figures: Figures, place: int) -> Explanation:
    kr, read = figures.program.key_results[place], figures.read(place)
    inputs, words = [Input(READING, None)], why_score(figures, place)
    if read is not None and place not in figures.supposed_at:
        on = date.fromordinal(read[1])
        inputs = [Input(READING, read[0], on=on)]
        words += "" if isnan(figures.progress[place]) else f", read on {on}"
    if place not in figures.supposed_at:
        words += moved_by(figures, kr.id)
        words = "; ".join((words, *behind_key_result(figures, place)))
    if place in figures.supposed_at:
        inputs = [Input(SUPPOSED, figures.supposed_at[place])]
    elif type(kr.measure) in LINEAR:
        baselines, targets = figures.ends
        inputs.append(Input("baseline", or_none(baselines[place])))
        inputs.append(Input("target", or_none(targets[place])))
        change = change_of(kr.measure, baselines[place])
        if change is not None:
            inputs.append(Input("change", or_none(change)))
    else:
        inputs.append(Input("measure", kr.measure))
        if read is not None and not figures.excluded[place]:
            inputs.append(Input("evidence", figures.seen(place, read[0])))
    if place in figures.rescaled and place not in figures.supposed_at:
        inputs.append(Input("rescaled by", figures.rescaled[place]))
    return Explanation(
        kr.id,
        _PROGRESS,
        None if figures.excluded[place] else figures.book_of(place).attainment,
        tuple(inputs),
        or_none(figures.progress[place]),
        words,
        kr.title,
        figures,
        place,
    )


# --- limits --------------------------------------------------------------------------------------


def _clipped(before: Explanation, clip: Clip) -> str:
    """Say what a number was before it was clipped, and by which limits."""
    value = before.result or 0.0
    return f"{before.what} {short_beside(value, *_limits_in(clip))}, {_clip_words(clip, value)}"


def _limits_in(clip: Clip) -> tuple[float, ...]:
    """Return the numbers that a clip compares a number with."""
    limits = (clip.floor, clip.ceiling, clip.full_from)
    return tuple([limit for limit in limits if limit is not None])


def _clip_words(clip: Clip, value: float) -> str:
    """Write the limits of a clip beside the number that meets them."""
    words: list[str] = []
    beside = _limits_in(clip) if isnan(value) else (value, *_limits_in(clip))
    if clip.floor is not None:
        words.append(f"at least {plain(clip.floor, *beside)}")
    if clip.ceiling is not None:
        words.append(f"at most {plain(clip.ceiling, *beside)}")
    if clip.full_from is not None:
        words.append(f"1 from {plain(clip.full_from, *beside)}")
    if clip.digits is not None:
        words.append(f"{clip.digits} decimals, {clip.rounding}")
    return ", ".join(words)
