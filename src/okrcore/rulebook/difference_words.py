"""Words for fields and values in the differences between rulebooks; the table has a row for each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from attrs import fields, has

from okrcore._arith import snap
from okrcore._checks import is_tuple
from okrcore._figures import Figure
from okrcore.journal import ClosingDecision
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.plan.unit import in_full
from okrcore.rulebook.attainment_rule import AttainmentRule
from okrcore.rulebook.bands import Bands, Scale
from okrcore.rulebook.closing_rule import SuggestionRule
from okrcore.rulebook.pacing_rule import Expectation
from okrcore.rulebook.roll_up_rule import RollUpPart, RollUpRule
from okrcore.rulebook.rulebook import LearningVerdict, Rulebook, Verdict
from okrcore.rulebook.status_rules import ByBands
from okrcore.words.reason import Reason, Term, Value

__all__ = ["WHOLE", "Step", "sentence", "subject_of"]

#: Step in the path of a rule: the name of a field, a position, or the key of a member.
Step: TypeAlias = str | int | tuple[object, ...]

#: Fields that need no words: their record has them.
_SILENT: Final = frozenset(
    {
        (AttainmentRule, "clip"),
        (RollUpRule, "result"),
        (Scale, "bands"),
        (SuggestionRule, "bands"),
        (Expectation, "share"),
    }
)

#: Records that are compared as a whole, not field by field.
WHOLE: Final[frozenset[type[Any]]] = frozenset({Bands, RollUpPart})

#: Codes of the words for None, by the name of the field.
_NOTHING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "digits": "value/all-decimals",
        "empty": "value/no-score",
        "expectations": "value/all-of-it",
        "full_from": "value/no-number",
        "learning": "value/nothing",
        "missing": "value/leaves-mean",
        "attainment.missing": "value/no-score",
        "weights_total": "value/any-number",
        "with_judged": "value/never",
        "workdays": "value/every-day",
    }
)

#: Vocabularies of names, by the name of the field; "status" for others.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "withheld": "verdict",
        "otherwise": "verdict",
        "asks_for": "act",
        "scales.bands": "scale",
        "verdicts.bands": "verdict",
        "suggestions.bands": "closing decision",
    }
)

#: Codes of bounds.
_BOUNDS: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        Above: "bound/above",
        AtLeast: "bound/at-least",
        AtMost: "bound/at-most",
        Below: "bound/below",
    }
)


def subject_of(subject: str, owner: object, step: Step) -> str:
    """Return the subject of a sentence after one more step.

    Args:
        subject: Subject so far; empty at the beginning.
        owner: Value in which the step is made.
        step: Field, position or key.
    """
    if isinstance(step, int):
        return Reason("difference/position", rule=subject, position=step + 1)
    if isinstance(step, str):
        if (type(owner), step) in _SILENT:
            return subject
        if not subject:
            return Reason(f"rulebook/{_kebab(step)}")
        return Reason("difference/below", rule=subject, part=_field(owner, step))
    for member in step:
        if isinstance(member, Ambition):
            subject = Reason("difference/of-ambition", rule=subject, ambition=member)
        elif isinstance(member, str):
            subject = Reason("difference/named", rule=subject, name=member)
    if any(member is not None for member in step):
        return subject
    return Reason("difference/of-no-ambition", rule=subject)


def sentence(
    subject: str, field: str, values: tuple[object, object], by: tuple[str, str]
) -> Reason:
    """Return a sentence on the values of a field in two rulebooks, with their names."""
    first, second = (_value(value, field) for value in values)
    return Reason(
        "difference/rule", rule=subject, first=first, by=by[0], second=second, other=by[1]
    )


def _field(owner: object, name: str) -> Reason:
    """Return the words for a field of a rule."""
    kind = type(owner)
    if kind is Rulebook:
        return Reason(f"method/{_kebab(name)}")
    return Reason(f"rule/{_class_words(kind)}-{_kebab(name)}")


def _class_words(kind: type[Any]) -> str:
    """Return the name of a class in words with hyphens."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def _kebab(name: str) -> str:
    return name.replace("_", "-")


# --- values ------------------------------------------------------------------------------------


def _value(value: Any, field: str = "") -> Value:
    name = field.rpartition(".")[2]
    if value is None:
        return Reason(_NOTHING.get(field) or _NOTHING.get(name, "value/none"))
    if isinstance(value, bool):
        return Reason("reading/yes" if value else "reading/no")
    if isinstance(value, float):
        return in_full(snap(value))
    if is_tuple(value):
        return _LISTS.get(name, _list)(value, name) if value else Reason("value/none")
    if isinstance(value, Bands):
        return _bands(value, _NAMES.get(field, "status"))
    kind: Any = value.__class__
    if has(kind):
        return _WORDS.get(kind, _record)(value)
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return Term(_NAMES.get(name, "status"), value)
    return value  # type: ignore[no-any-return]  # a count, a day or a word of a vocabulary


def _list(members: Sequence[Any], name: str) -> Reason:
    return Reason("value/list", members=[_value(member, name) for member in members])


def _codes(pairs: Sequence[tuple[str, float]], _: str) -> Reason:
    codes = [
        Reason("value/pair", first=Term("status", status), second=in_full(snap(code)))
        for status, code in pairs
    ]
    return Reason("value/list", members=codes)


def _decisions(pairs: Sequence[tuple[ClosingDecision, str]], _: str) -> Reason:
    verdicts = [
        Reason("value/pair", first=decision, second=Term("verdict", name))
        for decision, name in pairs
    ]
    return Reason("value/list", members=verdicts)


def _record(record: Any) -> Reason:
    """Return a record as its class and fields: "stale (intervals 1)"."""
    kind: Any = record.__class__
    name, words = Reason(f"record/{_class_words(kind)}"), _fields_of(record)
    return Reason("record/with", record=name, fields=words) if words else name


def _fields_of(record: Any, *known: str) -> str:
    """Return the fields that are not at their default, except those known already."""
    written: list[Value] = []
    owner: Any = record.__class__
    for attribute in fields(owner):
        value = getattr(record, attribute.name)
        if attribute.name not in known and value != attribute.default:
            words = _value(value, attribute.name)
            # The words of a record begin with its class: "bound rule (reading mean)".
            kind: Any = value.__class__
            is_record = has(kind) and kind not in _WORDS and kind is not Bands
            if not is_record:
                words = Reason("record/field", field=_field(record, attribute.name), value=words)
            written.append(words)
    return Reason("record/fields", fields=written) if written else ""


def _bands(bands: Bands, kind: str) -> Reason:
    """Return bands with their names, words of a vocabulary."""
    names = [
        Reason("value/band-otherwise", name=Term(kind, name))
        if edge is None
        else Reason("value/band", name=Term(kind, name), bound=_bound(edge))
        for edge, name in bands.bands
    ]
    written = Reason("value/list", members=names)
    if bands.digits is None:
        return written
    return Reason("value/rounded", bands=written, count=bands.digits)


def _bound(bound: AtLeast | Above | AtMost | Below) -> Reason:
    return Reason(_BOUNDS[type(bound)], limit=in_full(snap(bound.stated_limit())))


def _verdict(verdict: Verdict) -> Reason:
    bands = _bands(verdict.bands, "verdict")
    if not verdict.asks_for:
        return bands
    return Reason("value/verdict", bands=bands, act=Term("act", verdict.asks_for))


def _learning(verdict: LearningVerdict) -> Reason:
    decisions = [
        Reason("value/decision", decision=decision, verdict=Term("verdict", name))
        for decision, name in verdict.decisions
    ]
    otherwise = Term("verdict", verdict.otherwise)
    return Reason("value/learning", decisions=decisions, verdict=otherwise)


def _method(rulebook: Rulebook) -> str:
    return _fields_of(rulebook, "name") or Reason("value/defaults")


def _part(part: RollUpPart) -> Value:
    return Reason("value/as-one", part=part.of) if part.as_one else part.of


def _parts(parts: Sequence[RollUpPart], _: str) -> Value:
    first, *rest = parts
    written = _part(first)
    if first.otherwise:
        written = Reason("value/otherwise", part=written)
    for part in rest:
        code = "value/parts-otherwise" if part.otherwise else "value/parts"
        written = Reason(code, before=written, part=_part(part))
    return written


def _scale(scale: Scale) -> Reason:
    return Reason("value/scale", bands=_bands(scale.bands, "scale"), axis=scale.axis)


def _suggestion(suggestion: SuggestionRule) -> Reason:
    bands = _bands(suggestion.bands, "closing decision")
    return Reason("value/carried", bands=bands) if suggestion.carries else bands


def _by_bands(rule: ByBands) -> Reason:
    bands = _bands(rule.bands, "status")
    if not rule.silent_until:
        return Reason("value/by-bands", axis=rule.axis, bands=bands)
    share = Figure(f"{in_full(snap(rule.silent_until * 100))}%")
    return Reason("value/by-bands-from", axis=rule.axis, bands=bands, share=share)


#: Functions that write the list of a field.
_LISTS: Final[Mapping[str, Callable[[Sequence[Any], str], Value]]] = MappingProxyType(
    {
        "codes": _codes,
        "decisions": _decisions,
        "parts": _parts,
        "status": lambda rules, _: Reason("value/statuses", rules=[_value(each) for each in rules]),
    }
)
#: Functions that write a record whose fields alone would not be clear.
_WORDS: Final[Mapping[type[Any], Callable[[Any], Value]]] = MappingProxyType(
    {
        **dict.fromkeys(_BOUNDS, _bound),
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
