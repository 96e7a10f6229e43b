"""Differences between two rulebooks, found by walking their fields.

1. Fields are walked and never listed, so new fields are compared without an edit here.
2. A difference is a change as well: the first rulebook with all of them judges as the second does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, final

from attrs import evolve, field, fields, frozen, has

from okrcore._checks import is_tuple, must_be_a
from okrcore._made import must_fit
from okrcore.rulebook.bands import Scale
from okrcore.rulebook.closing_rule import SuggestionRule
from okrcore.rulebook.difference_words import WHOLE, Step, sentence, subject_of
from okrcore.rulebook.pacing_rule import Expectation
from okrcore.rulebook.rulebook import Rulebook, Verdict
from okrcore.words.reason import Reason, as_reason

__all__ = ["RuleDifference", "adopt", "diff_rulebooks"]

#: Fields that identify a member of a list whose order means nothing.
_KEYS: Final[Mapping[type[Any], tuple[str, ...]]] = MappingProxyType(
    {
        Expectation: ("ambition",),
        Rulebook: ("name",),
        Scale: ("name", "ambition"),
        SuggestionRule: ("ambition",),
        Verdict: ("ambition",),
    }
)


@final
@frozen(repr=False)
class RuleDifference:
    """Rule that two rulebooks do not share.

    Args:
        steps: Steps to it: names of fields, positions, and keys of members of a list.
        a: Value in the first; None if it has none.
        b: Value in the second; None if it has none.
        words: The difference in a sentence.
    """

    steps: tuple[Step, ...]
    a: object
    b: object
    words: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    @property
    def path(self) -> str:
        """Path of the rule: "roll_up.missing", "scales[grade]"."""
        path = ""
        for step in self.steps:
            if isinstance(step, str):
                path += f".{step}" if path else step
            else:
                members = (step,) if isinstance(step, int) else step
                key = ", ".join(str(member) for member in members if member is not None)
                path += f"[{key or 'no ambition'}]"
        return path

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        return f"RuleDifference({self.path!r})"


def diff_rulebooks(a: Rulebook, b: Rulebook) -> tuple[RuleDifference, ...]:
    """Return the differences between two rulebooks, rule by rule, with a sentence for each.

    The name of a rulebook is no rule, nor is the order of named members: scales, verdicts, methods.

    Args:
        a: First rulebook.
        b: Second rulebook.

    Returns:
        The differences in the order of the fields; none if both judge alike.

    Laws: test_a_rulebook_with_every_difference_is_the_other, test_nothing_differs_from_itself.

    >>> from okrcore.rulebook import RollUpRule
    >>> a, b = Rulebook(name="lenient"), Rulebook(name="strict", roll_up=RollUpRule(missing=0))
    >>> for found in diff_rulebooks(a, b):
    ...     print(found.path, found.a, found.b)
    ...     print(found)
    roll_up.missing None 0.0
    Objectives, a part without a score counts as: nothing, and leaves the mean by lenient; 0 by strict.
    """
    must_be_a(diff_rulebooks, "a", a, Rulebook)
    must_be_a(diff_rulebooks, "b", b, Rulebook)
    return tuple(_differences(a, b))


def _differences(a: Rulebook, b: Rulebook) -> Iterator[RuleDifference]:
    waiting: list[tuple[tuple[Step, ...], str, object, object]] = [((), "", a, b)]
    while waiting:
        steps, subject, mine, other = waiting.pop()
        below = _below(mine, other)
        if below is not None:
            waiting.extend(
                ((*steps, step), subject_of(subject, mine, step), *pair)
                for step, pair in reversed(below)
            )
        elif mine != other:
            name = ".".join([step for step in steps if isinstance(step, str)][-2:])
            words = sentence(subject, name, (mine, other), (a.name, b.name))
            yield RuleDifference(steps, mine, other, words)


def _below(mine: object, other: object) -> list[tuple[Step, tuple[object, object]]] | None:
    """Return the parts of two values, pair by pair; None if they are compared as a whole."""
    if is_tuple(mine) and is_tuple(other):
        return _members(mine, other)
    kind: Any = type(mine)
    if kind is not type(other) or not has(kind) or kind in WHOLE:
        return None
    key = _KEYS.get(kind, ())
    names = (each.name for each in fields(kind) if each.name not in key)
    return [(name, (getattr(mine, name), getattr(other, name))) for name in names]


def _members(
    mine: tuple[Any, ...], other: tuple[Any, ...]
) -> list[tuple[Step, tuple[object, object]]] | None:
    kinds: set[type[Any]] = {type(member) for member in (*mine, *other)}
    if len(kinds) == 1 and kinds <= _KEYS.keys():
        mine_by, other_by = ({_key(each): each for each in members} for members in (mine, other))
        keys = {**mine_by, **other_by}
        pairs = [(key, (mine_by.get(key), other_by.get(key))) for key in keys]
        return [(key, pair) for key, pair in pairs if not all(map(_is_neutral, pair))]
    is_alike = [type(member) for member in mine] == [type(member) for member in other]
    if is_alike and all(has(kind) and kind not in WHOLE for kind in kinds):
        return list(enumerate(zip(mine, other, strict=True)))
    return None


def _is_neutral(member: object) -> bool:
    """Return whether a member changes nothing: the whole target is expected without one too."""
    return member is None or (isinstance(member, Expectation) and member.share == 1)


def _key(member: Any) -> tuple[object, ...]:
    return tuple(getattr(member, name) for name in _KEYS[type(member)])


# --- changing a rulebook by them ----------------------------------------------------------------


def adopt(rulebook: Rulebook, differences: Iterable[RuleDifference], name: str) -> Rulebook:
    """Return a rulebook with some rules of another one.

    Args:
        rulebook: First rulebook of the differences.
        differences: Rules to take from the second.
        name: Name of the result.

    Raises:
        InvalidValueError: Rules of the two cannot be combined.
    """
    changed: Rulebook = _changed(rulebook, [(found.steps, found.b) for found in differences])
    return evolve(changed, name=name)


def _changed(value: Any, changes: Sequence[tuple[tuple[Step, ...], object]]) -> Any:
    if not changes:
        return value
    if not changes[0][0]:
        return changes[0][1]
    # All changes below one record at once: between two of them a floor may exceed its ceiling.
    below: dict[Step, list[tuple[tuple[Step, ...], object]]] = {}
    for (first, *rest), wanted in changes:
        below.setdefault(first, []).append((tuple(rest), wanted))
    if not is_tuple(value):
        fresh = {step: _changed(getattr(value, str(step)), some) for step, some in below.items()}
        return evolve(value, **{str(step): each for step, each in fresh.items()})
    by_step: dict[Step, Any] = dict(enumerate(value))
    if not any(isinstance(step, int) for step in below):
        by_step = {_key(member): member for member in value}
    for step, some in below.items():
        by_step[step] = _changed(by_step.get(step), some)
    return tuple(member for member in by_step.values() if member is not None)
