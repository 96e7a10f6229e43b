"""Records of every kind, made from their type hints; so a new measure, entry or field is made too.

A record that refuses what was drawn is drawn again without the field it complains of. Plans and journals
get ids and references that fit.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
from hypothesis import reject
from hypothesis import strategies as st

import okrcore as okr
from okrcore.journal.journal import Entry
from okrcore.plan.measures import takes_numbers
from okrcore.testing.values import titles

__all__ = ["journals", "plans", "records", "rulebooks"]

texts = st.one_of(
    st.sampled_from(["a", "grow", "Ångström", "it's", 'say "x"', "<script>", "🎯", "a.b[0]"]),
    titles(),
)
numbers = st.one_of(
    st.sampled_from([0.0, 0.25, 0.5, 0.7, 1.0, 2.0, -0.0]),
    st.integers(-1000, 1000).map(float),
    st.floats(-1e100, 1e100, allow_nan=False),
)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
zones = st.one_of(
    st.just(UTC), st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=zones)  # noqa: DTZ001

_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    str: texts,
    float: numbers,
    int: st.integers(1, 12),
    bool: st.booleans(),
    date: days,
    datetime: moments,
}


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, members = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([values(member) for member in members])
    if origin is Literal:
        return st.sampled_from(members)
    if origin is tuple and members[-1] is ...:
        return st.lists(values(members[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, members))
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return st.deferred(lambda: records(hint))


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Records of a kind, with any of their optional fields."""
    return _OVERRIDES[kind]() if kind in _OVERRIDES else _drawn(kind)


@st.composite
def _drawn(draw: st.DrawFn, kind: Any) -> Any:
    fields = attrs.fields(attrs.resolve_types(kind))
    given = {
        field.name: draw(values(field.type))
        for field in fields
        if field.default is attrs.NOTHING or draw(st.integers(0, 3)) == 0
    }
    for _ in range(20):
        try:
            return kind(**given)
        except okr.OkrError as error:
            for field in fields:
                if field.default is not attrs.NOTHING and field.name in error.path:
                    given.pop(field.name, None)
            given |= {
                field.name: draw(values(field.type))
                for field in fields
                if field.default is attrs.NOTHING
            }
    return reject()


@st.composite
def _compounds(draw: st.DrawFn) -> Any:
    fields = attrs.fields_dict(attrs.resolve_types(okr.Compound))
    measure = get_args(get_args(fields["parts"].type)[0])[1]
    names = draw(st.lists(texts, min_size=2, max_size=3, unique=True))
    parts = []
    for name in names:
        part = draw(values(measure))
        lacks_one = "baseline" in attrs.fields_dict(type(part)) and part.baseline is None
        parts.append((name, okr.Reach(3) if lacks_one else part))
    return okr.Compound(tuple(parts), combine=draw(st.sampled_from(okr.Combine)))


@st.composite
def _anchors(draw: st.DrawFn) -> Any:
    count = draw(st.integers(2, 4))
    scores = draw(st.lists(st.integers(1, 20), min_size=count, max_size=count, unique=True))
    at = draw(st.lists(st.integers(-50, 50), min_size=count, max_size=count, unique=True))
    pairs = zip(sorted(scores), sorted(at, reverse=draw(st.booleans())), strict=True)
    return okr.Anchors(tuple((score / 10, float(value)) for score, value in pairs))


@st.composite
def _readings(draw: st.DrawFn) -> Any:
    ratios = st.builds(okr.Ratio, numbers, numbers.map(abs).filter(lambda n: n > 1e-3))
    parts = st.dictionaries(texts, st.one_of(numbers, st.booleans(), ratios), max_size=3)
    return draw(st.one_of(numbers, st.booleans(), texts, ratios, st.sets(texts), parts))


@st.composite
def _check_ins(draw: st.DrawFn) -> Any:
    drawn = draw(_drawn(okr.CheckIn))
    return attrs.evolve(drawn, value=draw(st.none() | _readings()))


@st.composite
def _rulebooks(draw: st.DrawFn, *, has_methods: bool = True) -> Any:
    book = attrs.evolve(draw(_drawn(okr.Rulebook)), methods=())
    if has_methods and draw(st.booleans()):
        inner = draw(_rulebooks(has_methods=False))
        book = attrs.evolve(book, methods=(inner,))
    return book


@st.composite
def _plans(draw: st.DrawFn) -> Any:
    metrics = [
        attrs.evolve(metric, id=f"m{n}")
        for n, metric in enumerate(draw(st.lists(records(okr.Metric), max_size=2)))
    ]
    objectives: list[okr.Objective] = []
    for n, drawn in enumerate(draw(st.lists(records(okr.Objective), max_size=3))):
        above = [f"{o.id}" for o in objectives] + ["co"]
        drawn_krs = draw(st.lists(records(okr.KeyResult), max_size=3))
        others = [kr for o in objectives for kr in o.own_key_results]
        own = [_fitted(kr, f"k{n}-{i}", metrics, others) for i, kr in enumerate(drawn_krs)]
        refs = [
            okr.KeyResultRef(kr.id, weight=draw(st.sampled_from([1.0, 2.0]))) for kr in others[:1]
        ]
        objectives.append(
            attrs.evolve(
                drawn,
                id=f"o{n}",
                key_results=draw(st.permutations([*own, *refs])),
                guardrails=[
                    attrs.evolve(
                        g, id=f"g{n}-{i}", protects=own[0].id if own and i else None, metric=None
                    )
                    for i, g in enumerate(drawn.guardrails)
                ],
                initiatives=[
                    attrs.evolve(w, id=f"i{n}-{i}", drives=tuple(kr.id for kr in own))
                    for i, w in enumerate(drawn.initiatives)
                ],
                supports=[
                    attrs.evolve(alignment, to=to)
                    for alignment, to in zip(drawn.supports, above, strict=False)
                ],
                profile=drawn.profile
                and attrs.evolve(
                    drawn.profile, continues=above[-1] if drawn.profile.continues else None
                ),
            )
        )
    outside = [okr.Outside("co", title=draw(texts | st.just("")))]
    return okr.Plan(draw(st.permutations(objectives)), metrics=metrics, outside=outside)


def _fitted(
    kr: okr.KeyResult, id: str, metrics: list[okr.Metric], others: list[okr.KeyResult]
) -> okr.KeyResult:
    """Return a key result that names what is there, or nothing."""
    metric, derived = None, None
    if takes_numbers(type(kr.measure)):
        metric = metrics[0].id if metrics and kr.metric else None
        parts = [
            o.id for o in others if takes_numbers(type(o.measure)) and kr.unit in (None, o.unit)
        ]
        if kr.derived is not None and parts and metric is None:
            derived = okr.Derived(okr.Derivation.MEAN, parts[:1])
    named = [*(other.id for other in others[:1]), "co"]
    contribution, profile = kr.contribution, kr.profile
    if contribution is not None:
        part_of = named[: len(contribution.supports)]
        contribution = attrs.evolve(contribution, supports=part_of)
    if profile is not None:
        profile = attrs.evolve(profile, early_warning=named[0] if profile.early_warning else None)
    return attrs.evolve(
        kr, id=id, metric=metric, derived=derived, contribution=contribution, profile=profile
    )


@st.composite
def _journals(draw: st.DrawFn) -> Any:
    drawn = draw(st.lists(st.one_of([records(kind) for kind in get_args(Entry)]), max_size=5))
    entries: list[Any] = []
    for n, entry in enumerate(drawn):
        if isinstance(entry, okr.Correction):
            entries.append(attrs.evolve(entry, id=None, voids="e0"))
        else:
            entries.append(attrs.evolve(entry, id=f"e{n}" if entry.id or n == 0 else None))
    if not any(entry.id == "e0" for entry in entries):
        entries = [entry for entry in entries if not isinstance(entry, okr.Correction)]
    return okr.Journal(entries)


_OVERRIDES: dict[Any, Any] = {
    okr.Anchors: _anchors,
    okr.CheckIn: _check_ins,
    okr.Compound: _compounds,
    okr.Journal: _journals,
    okr.Plan: _plans,
    okr.Rulebook: _rulebooks,
}

plans = records(okr.Plan)
journals = records(okr.Journal)
rulebooks = records(okr.Rulebook)
