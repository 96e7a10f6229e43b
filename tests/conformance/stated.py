"""The rule that a case states itself: a method its inputs name, or words of its text.

A case of a source that no row names is judged by `RECOMMENDED`, changed by what its own text says. It says
so in words; those here are the ones that cases use, and each changes one rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

import okrcore as okr
from okrcore._arith import Rounding
from okrcore.plan import Combination
from okrcore.rulebook import (
    OTHERWISE,
    Axis,
    Bands,
    BoundReading,
    BoundRule,
    BoundShape,
    ByBands,
    Declared,
    FlatLine,
    FromParts,
    RollUpPart,
    RollUpSource,
    StatusCombination,
    Weighing,
    ZeroWeights,
)

__all__ = ["as_published", "rulebook_stated", "with_method"]

_Change = Callable[[okr.Rulebook], okr.Rulebook]


def _attain(**changes: Any) -> _Change:
    return lambda book: evolve(book, attainment=evolve(book.attainment, **changes))


def _clip(**changes: Any) -> _Change:
    return lambda book: _attain(clip=evolve(book.attainment.clip, **changes))(book)


def _roll(**changes: Any) -> _Change:
    return lambda book: evolve(book, roll_up=evolve(book.roll_up, **changes))


def _bound(reading: BoundReading) -> _Change:
    return _attain(bounds=BoundRule(reading=reading))


# --- methods that inputs name ------------------------------------------------------------------

_FREE: Final = okr.rulebook.Clip()
_POOL: Final = [RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
_METHODS: Final[Mapping[str, _Change]] = MappingProxyType(
    {
        "amount": _roll(weigh=Weighing.SIZE),
        "below": _roll(parts=[RollUpPart(RollUpSource.OBJECTIVES)]),
        "own": _roll(parts=[RollUpPart(RollUpSource.KEY_RESULTS)]),
        "pool": _roll(parts=_POOL),
        "average": _bound(BoundReading.MEAN),
        "capped": _clip(floor=0.0, ceiling=1.0),
        "distance_from_target": _attain(clip=_FREE, bounds=BoundRule(shape=BoundShape.DISTANCE)),
        "maximum": _bound(BoundReading.MAXIMUM),
        "mean": _bound(BoundReading.MEAN),
        "minimum": lambda book: _roll(combine=Combination.MINIMUM)(
            _bound(BoundReading.MINIMUM)(book)
        ),
        "successful_checkins": _bound(BoundReading.SHARE_OF_PLANNED),
        "sum": _bound(BoundReading.SUM),
        "unclamped": _attain(clip=_FREE),
    }
)


def with_method(rulebook: okr.Rulebook, name: str) -> okr.Rulebook:
    """Return a rulebook that knows a method, if it or anybody does."""
    if name not in _METHODS or any(method.name == name for method in rulebook.methods):
        return rulebook
    method = evolve(_METHODS[name](rulebook), name=name, methods=())
    return evolve(rulebook, methods=[*rulebook.methods, method])


# --- words of its text -------------------------------------------------------------------------

_FLAT: Final = r"(?:start ?==? ?(?:target|end|stretch)|from ?==? ?to|zero range|no range)\D*?"
_WORDS: Final[tuple[tuple[str, _Change], ...]] = (
    (r"not (?:be )?(?:capped|clamped)|uncapped|unclamped|no cap\b|no clamp|may exceed", _clip(ceiling=None)),
    (r"unclamped|negative (?:kept|allowed|shown)|may (?:go|be) negative|signed", _clip(floor=None)),
    (r"never below 0|floor(?:ed)? (?:at )?0|0 when .{0,40}wrong side", _clip(floor=0.0)),
    (r"clamped (?:to )?0 ?(?:\.\.|-|to) ?1(?:00)?\b", _clip(floor=0.0, ceiling=1.0)),
    (r"clamped (?:to )?0 ?(?:\.\.|-|to) ?120", _clip(floor=0.0, ceiling=1.2)),
    (_FLAT + r"(?:gives|is|->|=>|:) ?0", _attain(flat=FlatLine.ZERO)),
    (_FLAT + r"(?:gives|is|->|=>|:) ?1(?:00)?\b", _attain(flat=FlatLine.FULL)),
    (r"missing .{0,30}(?:gives|is|counts? as|=>|->) ?0", _attain(missing=0.0)),
    (r"no (?:reading|value|check-in|progress).{0,20}(?:gives|is|counts? as|=>|->) ?0", _attain(missing=0.0)),
    (r"(?:ungraded|blanks?|nulls?|missing).{0,30}counts? (?:as )?0", _roll(missing=0.0)),
    (r"\b(?:NA|N/A|blanks?|nulls?)\b (?:counted )?(?:as|=|is) ?0", _roll(missing=0.0)),
    (r"\b(?:NA|N/A|blanks?|nulls?)\b .{0,10}(?:excluded|left out)", _roll(missing=None)),
    (r"^(?:the )?(?:min|minimum|lowest)\b", _roll(combine=Combination.MINIMUM)),
    (r"(?:no|without) (?:targets?|children|key results|parts).{0,30}(?::|is|gives) ?0", _roll(empty=0.0)),
    (r"(?:ungraded|abandoned).{0,20}-> ?0", _roll(empty=0.0)),
    (r"one (?:weighted |flat )?pool|same pool|flat pool", _roll(parts=_POOL)),
    (r"(?:whole|integer) percents?|integer (?:mean|division)", _roll(result=okr.rulebook.Clip(digits=2))),
    (r"total weight (?:of )?0.{0,20}plain mean", _roll(zero_weights=ZeroWeights.EQUAL)),
    (r"(?:lowest|minimum|weakest) (?:key result|child|score)", _roll(combine=Combination.MINIMUM)),
    (r"archived .{0,30}(?:excluded|left out|leave)", _roll(with_archived=False)),
)  # fmt: skip
_ROUNDINGS: Final = (
    (r"truncat", Rounding.TRUNCATE),
    (r"floored|floor\(|integer division", Rounding.FLOOR),
    (r"half[- ]?down", Rounding.HALF_DOWN),
    (r"half[- ]?even|bankers", Rounding.HALF_EVEN),
)
#: ">=70 on_track", "on_track >= 70", "(0,25] behind", "75-89 yellow", "yellow 75-89", "otherwise red".
_NAME: Final = r"(?P<name>[A-Za-z]+(?:[_ -](?i:track|risk|trouble|started|attention))?)"
_NUMBER: Final = r"(?P<number>-?\d+(?:\.\d+)?)%?"
_SIGN: Final = rf"(?P<sign>>=|<=|>|<|≥|≤) ?{_NUMBER}"
_RANGE: Final = rf"(?P<open>[(\[])?{_NUMBER} ?[-,] ?(?P<upper>-?\d+(?:\.\d+)?)%?(?P<close>[)\]])?"
_MEANS: Final = r" ?(?:is|means|=>|->|:|at|if)? ?"
_BAND: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SIGN}{_MEANS}{_NAME}",
        rf"{_RANGE}{_MEANS}{_NAME}",
        rf"{_NAME}{_MEANS}{_SIGN}",
        rf"{_NAME}{_MEANS}{_RANGE}",
    )
)
_SIGNS: Final[Mapping[str, Any]] = MappingProxyType(
    {">=": okr.AtLeast, "≥": okr.AtLeast, ">": okr.Above, "<=": okr.AtMost, "≤": okr.AtMost, "<": okr.Below}
)  # fmt: skip
#: Statuses from the worst to the best, as most systems name them.
_WORST_FIRST: Final = (
    "off track", "red", "in trouble", "at risk", "needs attention", "amber", "orange", "yellow", "behind",
    "lagging", "progressing", "not started", "on track", "green", "healthy", "ahead", "accomplished",
    "completed", "done", "postponed",
)  # fmt: skip


def as_published(case: Mapping[str, Any], rulebook: okr.Rulebook) -> okr.Rulebook:
    """Return a rulebook with the rule of a published score, where the case states it beside the score.

    Published scores of one source follow several rules: each objective was scored by its own people.
    """
    rule = case.get("rule")
    return _as_said(rulebook, rule) if isinstance(rule, str) else rulebook


def _as_said(book: okr.Rulebook, text: str) -> okr.Rulebook:
    for pattern, change in _WORDS:
        if re.search(pattern, text, re.IGNORECASE):
            book = change(book)
    return book


def rulebook_stated(case: Mapping[str, Any]) -> okr.Rulebook:
    """Return `RECOMMENDED`, changed by what the text of a case says."""
    said = [str(case.get(key, "")) for key in ("semantics", "rule", "note")]
    inputs = case.get("inputs")
    said.append(str(inputs.get("rule", "")) if isinstance(inputs, Mapping) else "")
    text = " ".join(said)
    # What owners say of a status stands in most systems; RECOMMENDED shows it beside its own.
    status = [Declared(), *okr.RECOMMENDED.status]
    book = evolve(okr.RECOMMENDED, name="as the case says", status=status)
    book = _as_said(book, text)
    full = re.search(r"(\d+) or more counts as 100", text)
    if full is not None:
        book = _roll(entry=okr.rulebook.Clip(full_from=float(full[1]) / 100))(book)
    for pattern, rounding in _ROUNDINGS:
        if re.search(pattern, text, re.IGNORECASE):
            result = evolve(book.roll_up.result, rounding=rounding)
            digits = 2 if result.digits is None else result.digits
            book = _roll(result=evolve(result, digits=digits))(book)
    if re.search(r"worst|weakest", text, re.IGNORECASE):
        codes = [(name, at) for at, name in enumerate(_WORST_FIRST)]
        return evolve(book, status=[Declared(), FromParts(StatusCombination.WORST, codes)])
    axis = _axis_in(text)
    bands = _bands_in(text, axis, str(case.get("expected", "")))
    if bands is None:
        return book
    axes = (Axis.SCORE, Axis.PROGRESS, Axis.CONFIDENCE)
    names = ("zone", "zone of progress", "zone of confidence")
    scales = [okr.rulebook.Scale(name, each, bands) for name, each in zip(names, axes, strict=True)]
    return evolve(book, status=[Declared(), ByBands(axis, bands)], scales=scales)


def _axis_in(text: str) -> Axis:
    words = text.lower()
    if re.search(r"\bgap\b|points", words):
        return Axis.GAP
    if re.search(r"\bratio\b|(?:actual|progress) ?/ ?(?:ideal|expected|plan)", words):
        return Axis.RATIO
    return Axis.CONFIDENCE if "confidence" in words else Axis.PROGRESS


def _bands_in(text: str, axis: Axis, expected: str) -> Bands | None:
    """Return the bands that a text lists; None if it lists none, or only one name."""
    found: dict[str, Any] = {}
    for pattern in _BAND:
        for match in pattern.finditer(text):
            name = match["name"]
            if not (_is_status(name) or name in expected):
                continue
            found.setdefault(name, _edge(match, axis))
    others = re.finditer(rf"(?:otherwise|else) {_NAME}", text)
    other = next((match for match in others if _is_status(match["name"])), None)
    if len(found) + (other is not None) < 2:
        return None
    # Ceilings from the lowest up, floors from the highest down: the first that holds answers.
    bands = [(edge, name) for name, edge in found.items()]
    floors = [band for band in bands if isinstance(band[0], okr.AtLeast | okr.Above)]
    ceilings = [band for band in bands if band not in floors]
    floors.sort(key=lambda band: -band[0].limit)
    ceilings.sort(key=lambda band: band[0].limit)
    last = [(OTHERWISE, other["name"])] if other else []
    return Bands([*ceilings, *floors, *last])


def _is_status(name: str) -> bool:
    return name.isupper() or name.lower().replace("_", " ") in _WORST_FIRST


def _edge(match: re.Match[str], axis: Axis) -> Any:
    groups = match.groupdict()
    if "sign" in groups:
        return _SIGNS[match["sign"]](_share(match["number"]))
    if axis is Axis.GAP:  # the less, the better: a range is known by its upper end
        return (okr.Below if match["close"] == ")" else okr.AtMost)(_share(match["upper"]))
    return (okr.Above if match["open"] == "(" else okr.AtLeast)(_share(match["number"]))


def _share(number: str) -> float:
    value = float(number)
    return value / 100 if abs(value) > 1 else value
