"""How a number came about: each step a rule, what went in, and what came out.

Rules of this file:

1. A step recomputes from what it holds: its rule, applied to its inputs, gives its result again. A test
   proves it for every step of every evaluation.
2. Steps are made when they are looked at. A tree as deep as a long chain would break repr and pickle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias, cast, final

from attrs import field, frozen

from okrcore._arith import ABSENT, or_none
from okrcore.plan import BoundState, Measure, Reading
from okrcore.plan.measures import LINEAR
from okrcore.plan.unit import plain
from okrcore.rulebook import AttainmentRule, Clip, GuardrailRule, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import Seen
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.rolling import Items, combine, guard_value, mean_of, or_empty
from okrcore.scorecard.wording import why_key_result, why_objective

__all__ = ["Explanation", "Input", "explain_score"]


@final
@frozen
class Input:
    """Something that went into a step.

    Args:
        name: The id of a part, or what the value is.
        value: A number, a reading, a measure, a state, or all that was read; None where a part had
            nothing and was left out.
        weight: Its share of a mean.
        block: The number of the block with which it enters as one item; None if it enters alone.
    """

    name: str
    value: Reading | Measure | BoundState | Seen | None
    weight: float = 1.0  # library default
    block: int | None = None


#: The rule of a step: a component of the rulebook; None where nothing was to be computed.
StepRule: TypeAlias = Clip | AttainmentRule | RollUpRule | GuardrailRule | None

_SCORE: Final = "score"
_ENTRY: Final = "score as it enters"
_GUARDED: Final = "progress under its guardrails"
_PROGRESS: Final = "progress"
_SUPPOSED: Final = "supposed score"


@final
@frozen(repr=False)
class Explanation:
    """One step in how a number came about.

    Args:
        id: The id of the item it is about.
        what: Which of its numbers: "score", "score as it enters" a mean, "progress", or "progress under
            its guardrails".
        rule: The component of the rulebook that made it.
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

    @property
    def parts(self) -> tuple[Explanation, ...]:
        """The steps that made what went in."""
        figures, place = self._figures, self._place
        if self.what == _SCORE:
            return (_explain_before_clip(figures, place),)
        if self.what == _ENTRY:
            return (explain_score(figures, place),)
        if self.what == _GUARDED:
            return (_explain_progress(figures, place),)
        if place < figures.offset:
            return ()
        row = place - figures.offset
        is_clipped = figures.books[row].roll_up.entry != UNCHANGED
        return tuple(
            _explain_entry(figures, at, row) if is_clipped else explain_score(figures, at)
            for at in figures.inputs[row].places
            if at < figures.offset + len(figures.books)
        )

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
            return _recombine(self.rule, self.inputs)
        return _reattain(self.rule, {entered.name: entered.value for entered in self.inputs})

    def walk(self, depth: int = 6) -> Iterator[tuple[int, Explanation]]:  # library default
        """Yield this step and those below it with their depth, down to a depth."""
        waiting: list[tuple[int, Explanation]] = [(0, self)]
        while waiting:
            level, step = waiting.pop()
            yield level, step
            if level < depth:
                waiting.extend((level + 1, part) for part in reversed(step.parts))

    def __str__(self) -> str:
        from okrcore import display  # noqa: PLC0415  # the one way up, asked when called

        return display.explanation_text(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from okrcore import display  # noqa: PLC0415  # the one way up, asked when called

        return {
            "text/plain": display.explanation_text(self),
            "text/markdown": display.explanation_markdown(self),
            "text/html": display.explanation_html(self),
        }

    def __repr__(self) -> str:
        result = "none" if self.result is None else f"{self.result:.4g}"
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
        words = f"{before.what} {before.result:.4g}, {_limits(clip)}"
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
            *(Input(id, state) for id, state in figures.states[row].items()),
        ),
        or_none(figures.rolled[1][row]),
        f"{progress.words}; guardrails: {rule.effect}",
        progress.title,
        figures,
        place,
    )


def _explain_entry(figures: Figures, place: int, row: int) -> Explanation:
    """Return the step by which a score enters the mean of an objective."""
    score = explain_score(figures, place)
    clip = figures.books[row].roll_up.entry
    result = None if score.result is None else clip.apply(score.result)
    inputs = (Input(_SCORE, score.result),)
    words = _limits(clip)
    return Explanation(score.id, _ENTRY, clip, inputs, result, words, score.title, figures, place)


def _explain_progress(figures: Figures, place: int) -> Explanation:
    if place < figures.offset:
        return _explain_attainment(figures, place)
    row = place - figures.offset
    objective, rule = figures.program.objectives[row], figures.books[row].roll_up
    inputs = _inputs(figures, row)
    is_counted = not figures.excluded[place] and not figures.is_too_thin(row)
    return Explanation(
        objective.id,
        _PROGRESS,
        rule if is_counted else None,
        inputs,
        _recombine(rule, inputs) if is_counted else None,
        why_objective(figures, objective, row),
        objective.title,
        figures,
        place,
    )


def _inputs(figures: Figures, row: int) -> tuple[Input, ...]:
    found, entered = figures.inputs[row], figures.entered(row, figures.scores)
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
            for id, state in figures.states[row].items()
            if state is not BoundState.UNKNOWN
        ]
    return tuple(parts)


def _explain_attainment(figures: Figures, place: int) -> Explanation:
    kr, read = figures.program.key_results[place], figures.read(place)
    inputs = [Input("reading", None if read is None else read[0])]
    if place in figures.supposed_at:
        inputs = [Input(_SUPPOSED, figures.supposed_at[place])]
    elif type(kr.measure) in LINEAR:
        baselines, targets = figures.ends
        inputs.append(Input("baseline", or_none(baselines[place])))
        inputs.append(Input("target", or_none(targets[place])))
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
        why_key_result(figures, kr, place),
        kr.title,
        figures,
        place,
    )


# --- recomputing them --------------------------------------------------------------------------


def _recombine(rule: RollUpRule, inputs: Sequence[Input]) -> float | None:
    items: Items = []
    for block, entering in groupby(inputs, key=lambda entered: entered.block):
        there = [
            (cast("float", entered.value), entered.weight)
            for entered in entering
            if entered.value is not None and entered.weight
        ]
        if block is not None and there:
            items.append((mean_of(there), 1.0))
        else:
            items += there
    has_weight = any(entered.weight for entered in inputs)
    value = or_empty(rule, combine(rule, items), has_parts=bool(inputs), has_weight=has_weight)
    return or_none(value)


def _reattain(rule: AttainmentRule, given: dict[str, Any]) -> float | None:
    progress = _remeasure(rule, given)
    return None if progress is None else progress * given.get("rescaled by", 1.0)


def _remeasure(rule: AttainmentRule, given: dict[str, Any]) -> float | None:
    if _SUPPOSED in given:
        supposed: float = given[_SUPPOSED]
        return supposed
    reading, measure = given["reading"], given.get("measure")
    if reading is None:
        return rule.unread
    if measure is not None:
        return or_none(PROGRESS[type(measure)](rule, measure, given["evidence"]))
    baseline, target = given["baseline"], given["target"]
    if baseline is None or target is None:
        return rule.unread
    return or_none(line_progress(rule, reading, baseline, target))


def _limits(clip: Clip) -> str:
    words: list[str] = []
    if clip.floor is not None:
        words.append(f"at least {plain(clip.floor)}")
    if clip.ceiling is not None:
        words.append(f"at most {plain(clip.ceiling)}")
    if clip.full_from is not None:
        words.append(f"1 from {plain(clip.full_from)}")
    if clip.digits is not None:
        words.append(f"{clip.digits} decimals, {clip.rounding}")
    return ", ".join(words)
