"""How a number came about: each step a rule, what went in, and what came out.

Rules of this file:

1. A step recomputes: its rule, applied to its inputs, gives its result again, with the arithmetic that
   made it. A test proves it for every step of every evaluation.
2. Steps are made when they are looked at. A tree as deep as a long chain would break repr and pickle.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any, final

from attrs import field, frozen

from okrcore._arith import mean
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import AttainmentRule, Clip
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.wording import show_number, why_key_result, why_objective

__all__ = ["Explanation", "Input"]


@final
@frozen
class Input:
    """Something that went into a step.

    Args:
        name: The id of a part, or what the number is.
        value: The number; None where a part has none and was left out.
        weight: Its share of a mean.
    """

    name: str
    value: float | None
    weight: float = 1.0


@final
@frozen(repr=False)
class Explanation:
    """One step in how a number came about.

    Args:
        id: The id of the item it is about.
        what: Which of its numbers: "score" or "progress".
        rule: The rule that made it: "mean", "clip", "line", or the measure's name.
        inputs: What went in.
        result: What came out; None is not 0.
        words: The same in a sentence.
    """

    id: str
    what: str
    rule: str
    inputs: tuple[Input, ...]
    result: float | None
    words: str
    _figures: Figures = field(eq=False)
    _place: int = field(eq=False)

    @classmethod
    def of_score(cls, figures: Figures, place: int) -> Explanation:
        """Return the step that made a score."""
        is_objective = place >= figures.offset
        rulebook = figures.rulebook
        clip = rulebook.roll_up.result if is_objective else rulebook.attainment.clip
        progress = cls.of_progress(figures, place)
        result = _number(figures.scores[place])
        limits = _limits(clip)
        words = "as its progress" if clip == UNCHANGED else f"progress {limits}"
        if result is None:
            words = progress.words
        return cls(
            progress.id,
            "score",
            "clip",
            (Input("progress", progress.result),),
            result,
            words,
            figures,
            place,
        )

    @classmethod
    def of_progress(cls, figures: Figures, place: int) -> Explanation:
        """Return the step that made a progress."""
        program = figures.program
        if place < figures.offset:
            kr = program.key_results[place]
            is_line = type(kr.measure) in LINEAR
            baseline, target = figures.ends[0][place], figures.ends[1][place]
            ends = (Input("baseline", _number(baseline)), Input("target", _number(target)))
            return cls(
                kr.id,
                "progress",
                "line" if is_line else type(kr.measure).__name__,
                ends if is_line else (),
                _number(figures.progress[place]),
                why_key_result(figures, kr, place),
                figures,
                place,
            )
        row = place - figures.offset
        places, weights = figures.inputs[row]
        ids = (_id(figures, at) for at in places)
        return cls(
            program.objectives[row].id,
            "progress",
            "mean",
            tuple(
                Input(id, _entered(figures, at), weight)
                for id, at, weight in zip(ids, places, weights, strict=True)
            ),
            _number(figures.rolled[1][row]),
            why_objective(figures, program.objectives[row], row),
            figures,
            place,
        )

    @property
    def parts(self) -> tuple[Explanation, ...]:
        """The steps that made what went in."""
        figures, place = self._figures, self._place
        if self.what == "score":
            return (Explanation.of_progress(figures, place),)
        if place < figures.offset:
            return ()
        return tuple(
            Explanation.of_score(figures, at) for at in figures.inputs[place - figures.offset][0]
        )

    def recompute(self) -> float | None:
        """Apply the rule to the inputs again."""
        figures, place = self._figures, self._place
        rulebook = figures.rulebook
        if self.rule == "mean":
            there = [(i.value, i.weight) for i in self.inputs if i.value is not None and i.weight]
            if there and not figures.excluded[place]:
                return mean([value for value, _ in there], [weight for _, weight in there])
            return None if figures.excluded[place] else rulebook.roll_up.empty
        if self.rule == "clip":
            value = self.inputs[0].value
            clip: Clip = (
                rulebook.attainment.clip if place < figures.offset else rulebook.roll_up.result
            )
            return None if value is None else clip.apply(value)
        return _attained(figures, place, rulebook.attainment)

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


def _attained(figures: Figures, place: int, rule: AttainmentRule) -> float | None:
    read, kr = figures.reads[place], figures.program.key_results[place]
    if figures.excluded[place]:
        return None
    if read is None:
        return rule.unread
    if type(kr.measure) in LINEAR:
        baseline, target = figures.ends[0][place], figures.ends[1][place]
        return _number(line_progress(rule, read[0], baseline, target))
    return _number(PROGRESS[type(kr.measure)](rule, kr.measure, read[0]))


def _entered(figures: Figures, place: int) -> float | None:
    if figures.excluded[place]:
        return None
    score = figures.scores[place]
    rule = figures.rulebook.roll_up
    return rule.missing if isnan(score) else rule.entry.apply(score)


def _limits(clip: Clip) -> str:
    floor = "any" if clip.floor is None else show_number(clip.floor, None)
    ceiling = "any" if clip.ceiling is None else show_number(clip.ceiling, None)
    return f"kept between {floor} and {ceiling}"


def _id(figures: Figures, place: int) -> str:
    program = figures.program
    if place < figures.offset:
        return program.key_results[place].id
    return program.objectives[place - figures.offset].id


def _number(value: Any) -> float | None:
    return None if isnan(value) else value
