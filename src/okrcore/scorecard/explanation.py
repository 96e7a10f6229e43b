"""How a number came about: each step a rule, what went in, and what came out.

Rules of this file:

1. A step recomputes from what it holds: its rule, applied to its inputs, gives its result again. A test
   proves it for every step of every evaluation.
2. Steps are made when they are looked at. A tree as deep as a long chain would break repr and pickle.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Final, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import mean
from okrcore.plan import Measure, Reading
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import AttainmentRule, Clip, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import Seen
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.wording import show_number, why_key_result, why_objective

__all__ = ["Explanation", "Input", "explain_score"]


@final
@frozen
class Input:
    """Something that went into a step.

    Args:
        name: The id of a part, or what the value is.
        value: A number, a reading, a measure, or all that was read; None where a part had nothing and was left out.
        weight: Its share of a mean.
    """

    name: str
    value: Reading | Measure | Seen | None
    weight: float = 1.0


#: The rule of a step: a component of the rulebook; None where nothing was to be computed.
StepRule: TypeAlias = Clip | AttainmentRule | RollUpRule | None

_SCORE: Final = "score"
_ENTRY: Final = "score as it enters"
_PROGRESS: Final = "progress"


@final
@frozen(repr=False)
class Explanation:
    """One step in how a number came about.

    Args:
        id: The id of the item it is about.
        what: Which of its numbers: "score", "score as it enters" a mean, or "progress".
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
            return (_explain_progress(figures, place),)
        if self.what == _ENTRY:
            return (explain_score(figures, place),)
        if place < figures.offset:
            return ()
        explain = explain_score if figures.rulebook.roll_up.entry == UNCHANGED else _explain_entry
        return tuple(explain(figures, part) for part in figures.inputs[place - figures.offset][0])

    def recompute(self) -> float | None:
        """Apply the rule to the inputs again."""
        if self.rule is None:
            return None
        if isinstance(self.rule, Clip):
            value = self.inputs[0].value
            return None if value is None else self.rule.apply(value)  # type: ignore[arg-type]  # a number
        if isinstance(self.rule, RollUpRule):
            there = [(i.value, i.weight) for i in self.inputs if i.value is not None and i.weight]
            if not there:
                return self.rule.empty
            return mean([value for value, _ in there], [weight for _, weight in there])  # type: ignore[misc]  # numbers
        return _recompute_attainment(self.rule, {i.name: i.value for i in self.inputs})

    def walk(self, depth: int = 6) -> Iterator[tuple[int, Explanation]]:
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


def explain_score(figures: Figures, place: int, *, remarks: tuple[str, ...] = ()) -> Explanation:
    """Return the step that made a score: its progress, clipped."""
    progress = _explain_progress(figures, place)
    rulebook = figures.rulebook
    clip = rulebook.attainment.clip if place < figures.offset else rulebook.roll_up.result
    result = _number(figures.scores[place])
    words = progress.words
    if result != progress.result:
        words = f"progress {progress.result:.4g}, {_limits(clip)}"
    inputs = (Input(_PROGRESS, progress.result),)
    return Explanation(
        progress.id,
        _SCORE,
        clip,
        inputs,
        result,
        words,
        progress.title,
        figures,
        place,
        remarks=remarks,
    )


def _explain_entry(figures: Figures, place: int) -> Explanation:
    score = explain_score(figures, place)
    clip = figures.rulebook.roll_up.entry
    result = None if score.result is None else clip.apply(score.result)
    inputs = (Input(_SCORE, score.result),)
    words = _limits(clip)
    return Explanation(score.id, _ENTRY, clip, inputs, result, words, score.title, figures, place)


def _explain_progress(figures: Figures, place: int) -> Explanation:
    if place < figures.offset:
        return _explain_attainment(figures, place)
    row = place - figures.offset
    objective = figures.program.objectives[row]
    places, weights = figures.inputs[row]
    excluded = bool(figures.excluded[place])
    return Explanation(
        objective.id,
        _PROGRESS,
        None if excluded else figures.rulebook.roll_up,
        tuple(
            Input(_id(figures, part), _entered(figures, part), weight)
            for part, weight in zip(places, weights, strict=True)
        ),
        _number(figures.rolled[1][row]),
        why_objective(figures, objective, row),
        objective.title,
        figures,
        place,
    )


def _explain_attainment(figures: Figures, place: int) -> Explanation:
    kr, read = figures.program.key_results[place], figures.reads[place]
    inputs = [Input("reading", None if read is None else read[0])]
    if type(kr.measure) in LINEAR:
        baselines, targets = figures.ends
        inputs.append(Input("baseline", _number(baselines[place])))
        inputs.append(Input("target", _number(targets[place])))
    else:
        inputs.append(Input("measure", kr.measure))
        if read is not None and not figures.excluded[place]:
            inputs.append(Input("evidence", figures.seen(place, read[0])))
    return Explanation(
        kr.id,
        _PROGRESS,
        None if figures.excluded[place] else figures.rulebook.attainment,
        tuple(inputs),
        _number(figures.progress[place]),
        why_key_result(figures, kr, place),
        kr.title,
        figures,
        place,
    )


def _recompute_attainment(
    rule: AttainmentRule, given: dict[str, Reading | Measure | Seen | None]
) -> float | None:
    reading, measure = given["reading"], given.get("measure")
    if reading is None:
        return rule.unread
    if measure is not None:
        return _number(PROGRESS[type(measure)](rule, measure, given["evidence"]))  # type: ignore[arg-type]  # seen
    baseline, target = given["baseline"], given["target"]
    if baseline is None or target is None:
        return rule.unread
    return _number(line_progress(rule, reading, baseline, target))  # type: ignore[arg-type]  # numbers


def _entered(figures: Figures, place: int) -> float | None:
    if figures.excluded[place]:
        return None
    score, rule = figures.scores[place], figures.rulebook.roll_up
    return rule.missing if isnan(score) else rule.entry.apply(score)


def _limits(clip: Clip) -> str:
    words = []
    if clip.floor is not None:
        words.append(f"at least {show_number(clip.floor, None)}")
    if clip.ceiling is not None:
        words.append(f"at most {show_number(clip.ceiling, None)}")
    if clip.full_from is not None:
        words.append(f"1 from {show_number(clip.full_from, None)}")
    if clip.digits is not None:
        words.append(f"{clip.digits} decimals, {clip.rounding}")
    return ", ".join(words)


def _id(figures: Figures, place: int) -> str:
    program = figures.program
    if place < figures.offset:
        return program.key_results[place].id
    return program.objectives[place - figures.offset].id


def _number(value: float) -> float | None:
    return None if isnan(value) else value
