"""How differences between rulebooks are said: the words of fields and values.

Rule of this file: a field without words here is called by its name, so that a new one is told of too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from attrs import fields, has

from okrcore._arith import snap
from okrcore._checks import is_tuple
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.plan.unit import in_full
from okrcore.rulebook.around import (
    ClosingRule,
    Expectation,
    GuardrailRule,
    PacingRule,
    Suggestion,
)
from okrcore.rulebook.attaining import AttainmentRule, BoundRule
from okrcore.rulebook.bands import Bands, Scale
from okrcore.rulebook.clip import Clip
from okrcore.rulebook.rolling import Part, RollUpRule
from okrcore.rulebook.rulebook import LearningVerdict, Rulebook, Verdict
from okrcore.rulebook.standing import ByBands

__all__ = ["WHOLE", "Step", "sentence", "subject_of"]

#: A step on the way to a rule: the name of a field, a position, or what a member is known by.
Step: TypeAlias = str | int | tuple[object, ...]

#: What a field is called in a sentence, by its class; an empty text where that goes without saying.
_FIELDS: Final[Mapping[type[Any], Mapping[str, str]]] = MappingProxyType(
    {
        Rulebook: {
            "attainment": "key results",
            "roll_up": "objectives",
            "confidence": "confidence of objectives",
            "scales": "scale",
            "verdicts": "verdict",
            "learning": "verdict on learning objectives",
            "pacing": "pace",
            "closing": "the close",
            "review": "reviews",
            "methods": "method",
        },
        AttainmentRule: {
            "clip": "",
            "unread": "without a reading",
            "flat": "a baseline equal to the target",
            "partial_credit": "part of 1 for a pass or fail",
            "late_milestone": "lost each week by a late milestone",
            "budget_zero_at": "a budget is worth 0 at so many times its limit",
        },
        Clip: {
            "floor": "lower limit",
            "ceiling": "upper limit",
            "full_from": "counted as 1 from",
            "digits": "decimals of a share",
        },
        BoundRule: {"reading": "value looked at", "shape": "progress"},
        RollUpRule: {
            "parts": "made of",
            "combine": "combined by",
            "weigh": "weights",
            "weights_total": "weights must total",
            "zero_weights": "all weights 0",
            "missing": "a part without a score counts as",
            "empty": "without any part",
            "least_coverage": "share that must be read",
            "with_archived": "what was closed and put away counts",
            "with_judged": "a judged score stands for the computed one",
            "with_micro": "Micro-OKRs count",
            "entry": "what enters",
            "result": "",
        },
        ClosingRule: {"restart": "baseline of what is carried over", "suggestions": "suggestion"},
        Scale: {"axis": "of", "bands": ""},
        Suggestion: {"bands": "", "carries": "carried over undecided"},
        Expectation: {"share": ""},
        PacingRule: {
            "expectations": "share of the target asked",
            "days": "days counted",
            "holds_after_due": "full from an earlier deadline on",
            "objectives_from": "what is expected of an objective by",
        },
        GuardrailRule: {
            "effect": "effect of a breach",
            "cap": "highest score with a breach",
            "memory": "breaches that count",
            "withheld": "word for a success that waits",
            "vouches_for": "check-in intervals a reading vouches for",
        },
    }
)

#: Records that are compared as a whole, and not field by field.
WHOLE: Final[frozenset[type[Any]]] = frozenset({Bands, Part})

#: What None says, by the name of the field.
_NOTHING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "digits": "all",
        "empty": "no score",
        "expectations": "all of it",
        "full_from": "no number",
        "learning": "nothing",
        "missing": "nothing, and leaves the mean",
        "unread": "no score",
        "weights_total": "any number",
        "with_judged": "never",
        "workdays": "every day",
    }
)


def subject_of(subject: str, owner: object, step: Step) -> str:
    """Return what a sentence is about, one step further on.

    Args:
        subject: What it was about so far.
        owner: The value in which the step is made.
        step: The step.
    """
    if isinstance(step, int):
        return f"{subject} rule {step + 1}"
    if isinstance(step, str):
        words = _FIELDS.get(type(owner), {}).get(step, step.replace("_", " "))
        return ", ".join(each for each in (subject, words) if each)
    names = [f" {member!r}" for member in step if type(member) is str]
    ambitions = [f" of {member} objectives" for member in step if isinstance(member, Ambition)]
    return subject + "".join(names + ambitions or [" of objectives without an ambition"])


def sentence(subject: str, field: str, said: tuple[object, object], by: tuple[str, str]) -> str:
    """Return a sentence on what two rulebooks say.

    Args:
        subject: What it is about.
        field: The name of the field.
        said: What they say.
        by: Their names.
    """
    first, second = (_value(value, field) for value in said)
    return f"{subject[:1].upper()}{subject[1:]}: {first} by {by[0]}; {second} by {by[1]}."


# --- values ------------------------------------------------------------------------------------


def _value(value: Any, field: str = "") -> str:
    if value is None:
        return _NOTHING.get(field, "none")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return in_full(snap(value))
    if is_tuple(value):
        return _LISTS.get(field, _list)(value) or "none"
    kind: Any = value.__class__
    return _SAID.get(kind, _record)(value) if has(kind) else str(value)


def _list(members: Iterable[Any]) -> str:
    return ", ".join(
        " ".join(map(_value, member)) if is_tuple(member) else _value(member) for member in members
    )


def _parts(parts: Iterable[Any]) -> str:
    return " and ".join(map(_value, parts)).replace(" and otherwise", ", otherwise")


def _status(rules: Iterable[Any]) -> str:
    return ", then ".join(map(_value, rules))


def _record(record: Any) -> str:
    """Write a record by its class and what was said of it: "stale (intervals 1)"."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(record).__name__).lower()
    said = _fields_of(record)
    return f"{kind} ({said})" if said else kind


def _fields_of(record: Any, *known: str) -> str:
    """Write the fields that are not at their default, but for those that are known already."""
    said: list[str] = []
    owner: Any = record.__class__
    for attribute in fields(owner):
        value = getattr(record, attribute.name)
        if attribute.name not in known and value != attribute.default:
            words = _value(value, attribute.name)
            # A record says itself what it is: "bound rule (reading mean)".
            kind: Any = value.__class__
            is_record = has(kind) and kind not in _SAID
            said.append(words if is_record else f"{attribute.name.replace('_', ' ')} {words}")
    return ", ".join(said)


def _bands(bands: Bands) -> str:
    names = ", ".join(
        f"{name} otherwise" if edge is None else f"{name} {edge}" for edge, name in bands.bands
    )
    return names if bands.digits is None else f"{names}, rounded to {bands.digits} digits"


def _verdict(verdict: Verdict) -> str:
    asks = f"; anything else asks for {verdict.asks_for}" if verdict.asks_for else ""
    return f"{_bands(verdict.bands)}{asks}"


def _learning(verdict: LearningVerdict) -> str:
    decisions = ", ".join(f"{decision}: {name}" for decision, name in verdict.decisions)
    return f"{decisions}, otherwise {verdict.otherwise}"


def _method(rulebook: Rulebook) -> str:
    return _fields_of(rulebook, "name") or "the defaults"


def _part(part: Part) -> str:
    words = f"{part.of} as one" if part.as_one else str(part.of)
    return f"otherwise {words}" if part.otherwise else words


def _scale(scale: Scale) -> str:
    return f"{_bands(scale.bands)}, of {scale.axis}"


def _suggestion(suggestion: Suggestion) -> str:
    carried = ", carried over undecided" if suggestion.carries else ""
    return f"{_bands(suggestion.bands)}{carried}"


def _by_bands(rule: ByBands) -> str:
    percent = in_full(snap(rule.silent_until * 100))
    silent = f", from {percent}% of the cycle" if rule.silent_until else ""
    return f"by {rule.axis} ({_bands(rule.bands)}{silent})"


#: How the lists of a field are said.
_LISTS: Final[Mapping[str, Callable[[Iterable[Any]], str]]] = MappingProxyType(
    {"parts": _parts, "status": _status}
)
#: How a record is said, where its fields alone would not be understood.
_SAID: Final[Mapping[type[Any], Callable[[Any], str]]] = MappingProxyType(
    {
        Above: str,
        AtLeast: str,
        AtMost: str,
        Below: str,
        Bands: _bands,
        ByBands: _by_bands,
        Expectation: lambda expectation: in_full(snap(expectation.share)),
        LearningVerdict: _learning,
        Part: _part,
        Rulebook: _method,
        Scale: _scale,
        Suggestion: _suggestion,
        Verdict: _verdict,
    }
)
