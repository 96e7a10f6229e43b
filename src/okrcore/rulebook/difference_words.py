"""Words for fields and values in the differences between rulebooks. A field without words has its name."""

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
from okrcore.rulebook.attainment_rule import AttainmentRule, BoundRule
from okrcore.rulebook.bands import Bands, Scale
from okrcore.rulebook.clip import Clip
from okrcore.rulebook.closing_rule import ClosingRule, SuggestionRule
from okrcore.rulebook.guardrail_rule import GuardrailRule
from okrcore.rulebook.pacing_rule import Expectation, PacingRule
from okrcore.rulebook.roll_up_rule import RollUpPart, RollUpRule
from okrcore.rulebook.rulebook import LearningVerdict, Rulebook, Verdict
from okrcore.rulebook.status_rules import ByBands

__all__ = ["WHOLE", "Step", "sentence", "subject_of"]

#: Step in the path of a rule: the name of a field, a position, or the key of a member.
Step: TypeAlias = str | int | tuple[object, ...]

#: Words for a field in a sentence, by its class; empty if none are needed.
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
            "missing": "without a reading",
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
        ClosingRule: {
            "restart": "baseline of what is carried over",
            "carried_until": "work is carried until",
            "suggestions": "suggestion",
        },
        Scale: {"axis": "of", "bands": ""},
        SuggestionRule: {"bands": "", "carries": "carried over undecided"},
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
            "stale_after_intervals": "check-in intervals a reading vouches for",
            "settles_hard": "a hard guardrail can be settled",
        },
    }
)

#: Records that are compared as a whole, not field by field.
WHOLE: Final[frozenset[type[Any]]] = frozenset({Bands, RollUpPart})

#: Words for None, by the name of the field.
_NOTHING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "digits": "all",
        "empty": "no score",
        "expectations": "all of it",
        "full_from": "no number",
        "learning": "nothing",
        "missing": "nothing, and leaves the mean",
        "attainment.missing": "no score",
        "weights_total": "any number",
        "with_judged": "never",
        "workdays": "every day",
    }
)


def subject_of(subject: str, owner: object, step: Step) -> str:
    """Return the subject of a sentence after one more step.

    Args:
        subject: Subject so far.
        owner: Value in which the step is made.
        step: Field, position or key.
    """
    if isinstance(step, int):
        return f"{subject} rule {step + 1}"
    if isinstance(step, str):
        words = _FIELDS.get(type(owner), {}).get(step, step.replace("_", " "))
        return ", ".join(each for each in (subject, words) if each)
    names = [f" {member!r}" for member in step if type(member) is str]
    ambitions = [f" of {member} objectives" for member in step if isinstance(member, Ambition)]
    return subject + "".join(names + ambitions or [" of objectives without an ambition"])


def sentence(subject: str, field: str, values: tuple[object, object], by: tuple[str, str]) -> str:
    """Return a sentence on the values of a field in two rulebooks, with their names."""
    first, second = (_value(value, field) for value in values)
    return f"{subject[:1].upper()}{subject[1:]}: {first} by {by[0]}; {second} by {by[1]}."


# --- values ------------------------------------------------------------------------------------


def _value(value: Any, field: str = "") -> str:
    name = field.rpartition(".")[2]
    if value is None:
        return _NOTHING.get(field) or _NOTHING.get(name, "none")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return in_full(snap(value))
    if is_tuple(value):
        return _LISTS.get(name, _list)(value) or "none"
    kind: Any = value.__class__
    return _WORDS.get(kind, _record)(value) if has(kind) else str(value)


def _list(members: Iterable[Any]) -> str:
    return ", ".join(
        " ".join(map(_value, member)) if is_tuple(member) else _value(member) for member in members
    )


def _record(record: Any) -> str:
    """Write a record as its class and fields: "stale (intervals 1)"."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(record).__name__).lower()
    words = _fields_of(record)
    return f"{kind} ({words})" if words else kind


def _fields_of(record: Any, *known: str) -> str:
    """Write the fields that are not at their default, except those known already."""
    written: list[str] = []
    owner: Any = record.__class__
    for attribute in fields(owner):
        value = getattr(record, attribute.name)
        if attribute.name not in known and value != attribute.default:
            words = _value(value, attribute.name)
            # The words of a record begin with its class: "bound rule (reading mean)".
            kind: Any = value.__class__
            is_record = has(kind) and kind not in _WORDS
            written.append(words if is_record else f"{attribute.name.replace('_', ' ')} {words}")
    return ", ".join(written)


def _bands(bands: Bands) -> str:
    names = ", ".join(
        f"{name} otherwise" if edge is None else f"{name} {edge}" for edge, name in bands.bands
    )
    return names if bands.digits is None else f"{names}, rounded to {bands.digits} digits"


def _verdict(verdict: Verdict) -> str:
    after = f"; anything else asks for {verdict.asks_for}" if verdict.asks_for else ""
    return f"{_bands(verdict.bands)}{after}"


def _learning(verdict: LearningVerdict) -> str:
    decisions = ", ".join(f"{decision}: {name}" for decision, name in verdict.decisions)
    return f"{decisions}, otherwise {verdict.otherwise}"


def _method(rulebook: Rulebook) -> str:
    return _fields_of(rulebook, "name") or "the defaults"


def _part(part: RollUpPart) -> str:
    words = f"{part.of} as one" if part.as_one else str(part.of)
    return f"otherwise {words}" if part.otherwise else words


def _scale(scale: Scale) -> str:
    return f"{_bands(scale.bands)}, of {scale.axis}"


def _suggestion(suggestion: SuggestionRule) -> str:
    carried = ", carried over undecided" if suggestion.carries else ""
    return f"{_bands(suggestion.bands)}{carried}"


def _by_bands(rule: ByBands) -> str:
    percent = in_full(snap(rule.silent_until * 100))
    silent = f", from {percent}% of the cycle" if rule.silent_until else ""
    return f"by {rule.axis} ({_bands(rule.bands)}{silent})"


#: Functions that write the list of a field.
_LISTS: Final[Mapping[str, Callable[[Iterable[Any]], str]]] = MappingProxyType(
    {
        "parts": lambda parts: " and ".join(map(_value, parts)).replace(
            " and otherwise", ", otherwise"
        ),
        "status": lambda rules: ", then ".join(map(_value, rules)),
    }
)
#: Functions that write a record whose fields alone would not be clear.
_WORDS: Final[Mapping[type[Any], Callable[[Any], str]]] = MappingProxyType(
    {
        Above: str,
        AtLeast: str,
        AtMost: str,
        Below: str,
        Bands: _bands,
        ByBands: _by_bands,
        Expectation: lambda expectation: in_full(snap(expectation.share)),
        LearningVerdict: _learning,
        RollUpPart: _part,
        Rulebook: _method,
        Scale: _scale,
        SuggestionRule: _suggestion,
        Verdict: _verdict,
    }
)
