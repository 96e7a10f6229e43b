"""Small values of plans and journals, and records filled by their type hints.

1. A strategy shrinks to the simplest value: 0, 1, the first day, a default.
2. A strategy is made once. Making one takes Hypothesis 100 times as long as drawing from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has
from hypothesis import reject
from hypothesis import strategies as st

from okrcore._texts import must_be_name
from okrcore.calendar import Cycle, FiscalCalendar
from okrcore.errors import InvalidValueError, OkrError
from okrcore.journal.adjustment import SETTABLE
from okrcore.plan import Attribute, Person, Ratio, Team, Unit

__all__ = [
    "CYCLE",
    "Strategy",
    "attributes",
    "days",
    "hints_of",
    "moments",
    "numbers",
    "of_field",
    "optionals",
    "people",
    "ratios",
    "records",
    "titles",
    "units",
    "weights",
]

_T = TypeVar("_T")
Strategy: TypeAlias = st.SearchStrategy[_T]

#: Quarter of drawn histories.
CYCLE: Final = FiscalCalendar().quarter(2026, 3)


@cache
def numbers() -> Strategy[float]:
    """Return numbers as people write them, and others: with inexact sums, large, small."""
    return st.one_of(
        st.integers(-1000, 1000).map(float),
        st.integers(-100_000, 100_000).map(lambda n: n / 100),
        st.sampled_from([0.1, 0.2, 0.3, 0.7, 1 / 3, 8.11, 36.4, 1e-6, 1e9]),
    )


@cache
def weights() -> Strategy[float]:
    """Return weights above 0; the simplest is 1."""
    return st.one_of(
        st.just(1.0),
        st.integers(1, 9).map(float),
        st.floats(0.01, 10, allow_nan=False),
    )


@cache
def days(*, cycle: Cycle = CYCLE) -> Strategy[date]:
    """Return days of a cycle, a few before it and some weeks after; the simplest is its first.

    Args:
        cycle: Cycle of the days.
    """
    return st.integers(-5, cycle.period.days + 18).map(lambda n: cycle.start + timedelta(days=n))


@cache
def moments() -> Strategy[datetime]:
    """Return moments with a time zone, in the days of `days`."""
    start = datetime(2026, 7, 1, tzinfo=UTC)
    return st.integers(0, 110 * 24 * 60).map(lambda n: start + timedelta(minutes=n))


@cache
def titles() -> Strategy[str]:
    """Return texts with visible characters, in any script, with markup and quotes."""
    return st.one_of(
        st.sampled_from(
            [
                "A title",
                "Größer & besser",
                "売上を伸ばす",
                "<b>30%</b> -> 40%",
                'Say "yes" | no',
                "مستوى 1",
                "👩\u200d🚀 lift-off",
            ]
        ),
        st.text(min_size=1, max_size=12).map(_as_title),
    )


def _as_title(text: str) -> str:
    """Return a text, or another one if it is no title: a filter would reject most plans."""
    try:
        must_be_name(titles, "text", text)
    except InvalidValueError:
        return "A title"
    return text


@cache
def attributes() -> Strategy[dict[str, Attribute]]:
    """Return attributes with texts, numbers and flags; the simplest has none."""
    return st.dictionaries(
        st.sampled_from(["jira", "cost"]), titles() | numbers() | st.booleans(), max_size=2
    )


@cache
def ratios() -> Strategy[Ratio]:
    """Return shares with their counts."""
    return st.builds(
        Ratio,
        st.integers(0, 1000).map(float),
        st.integers(1, 1000).map(float),
        per=st.sampled_from([1.0, 100.0, 1000.0]),
    )


@cache
def people() -> Strategy[Person | Team]:
    """Return owners: mostly people, sometimes teams; two of each have one name and an id."""
    return st.sampled_from(
        [
            Person("Ana Ruiz"),
            Person("Cy Wu"),
            Person("Ana Ruiz", id="ana-2"),
            Team("Growth"),
            Team("Growth", within=Team("Product")),
            Team("Growth", id="g-2"),
        ]
    )


@cache
def units() -> Strategy[Unit]:
    """Return units of every form."""
    return st.sampled_from(
        [
            *map(Unit, ("%", "USD", "CHF", "mm:ss", "h:mm:ss", "days", "people", "basis points")),
            Unit("tickets", per="1,000 users"),
            Unit("EUR", shown_in="k", per="month"),
        ]
    )


# --- records by their type hints ---------------------------------------------------------------

#: Fields of ids, and fields that may refuse a plan.
_LEFT_ALONE: Final = frozenset({"id", "method", "methods", "weights_total"})
_BY_TYPE: Final[Mapping[Any, Callable[[], Strategy[Any]]]] = MappingProxyType(
    {
        bool: st.booleans,
        int: lambda: st.integers(1, 9),
        float: lambda: st.sampled_from([0.0, 1.0, 0.5, 0.7, 0.1]),
        str: titles,
        date: days,
        datetime: moments,
        Person: lambda: st.just(Person("Ana Ruiz")),
        Team: lambda: st.just(Team("Growth", within=Team("Product"))),
        Cycle: lambda: st.just(CYCLE),
        Unit: units,
        Ratio: ratios,
    }
)
#: Times that required fields are drawn until a record takes them.
_TRIES: Final = 20


def optionals(choices: Mapping[str, Strategy[Any]], *, most: int = 2) -> Strategy[dict[str, Any]]:
    """Return arguments for a few of the optional fields of a record; the simplest has none of them.

    Args:
        choices: Strategies by name.
        most: Largest number of fields. Few at a time keep drawing fast, and every pair comes up.
    """
    return _optionals(tuple(choices), tuple(choices.values()), most)


@st.composite
def _optionals(
    draw: st.DrawFn, names: tuple[str, ...], choices: tuple[Strategy[Any], ...], most: int
) -> dict[str, Any]:
    indexes = [draw(st.integers(0, len(names) - 1)) for _ in range(draw(st.integers(0, most)))]
    return {names[index]: draw(choices[index]) for index in dict.fromkeys(indexes)}


@st.composite
def records(draw: st.DrawFn, kind: type[_T], *, most: int = 3, wide: bool = False) -> _T:
    """Return records filled by their type hints, so that new fields need no edit here.

    A few of the fields with a default get another value, except fields of ids. A value that the record
    refuses is left out.

    Args:
        kind: Class of the record.
        most: Largest number of fields that differ from their defaults.
        wide: Whether numbers have any size, days lie in any year and moments in any time zone, and fields
            of ids have any text: for codecs and stores, which take records that fit no plan.
    """
    required, fillable = _parts_of(cast("Any", kind), wide=wide)  # a class has a hash
    arguments = {name: draw(choice) for name, choice in required.items()}
    for _ in range(_TRIES):
        try:
            record = kind(**arguments)
        except OkrError:
            # For example, a judgement is refused without one of its optional fields.
            arguments = {name: draw(choice) for name, choice in required.items()}
            arguments |= draw(optionals(fillable, most=most)) if fillable else {}
        else:
            break
    else:
        reject()
    if fillable:
        for name, value in draw(optionals(fillable, most=most)).items():
            more = {**arguments, name: value}
            try:
                record = kind(**more)
            except OkrError:
                continue
            arguments = more
    return record


@cache
def _parts_of(
    kind: Any, *, wide: bool
) -> tuple[dict[str, Strategy[Any]], dict[str, Strategy[Any]]]:
    """Return the strategies of the required fields of a record, and of the others, by argument."""
    required: dict[str, Strategy[Any]] = {}
    fillable: dict[str, Strategy[Any]] = {}
    for field in fields(kind):
        hint = hints_of(kind)[field.name]
        if field.default is NOTHING:
            required[str(field.alias)] = _of_hint(hint, wide=wide)
        elif field.init and _is_fillable(field.name, hint, kind, wide=wide):
            fillable[str(field.alias)] = _of_hint(_without_none(hint), wide=wide)
    return required, fillable


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """Return the types of a record's fields, by name."""
    return get_type_hints(kind)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        members = tuple(member for member in get_args(hint) if member is not NoneType)
        return Union[members]  # noqa: UP007  # made at run time
    return hint


def _is_fillable(name: str, hint: Any, kind: type[Any], *, wide: bool) -> bool:
    names_ids = hint == str | None or (hint == tuple[str, ...] and name != "tags")
    is_nested = any(member is kind for member in get_args(hint))
    return not is_nested and (wide or (name not in _LEFT_ALONE and not names_ids))


def of_field(kind: Any, name: str, *, wide: bool = False) -> Strategy[Any]:
    """Return values of a field of a record by its type hint, None left out.

    Args:
        kind: Class of the record.
        name: Name of the field.
        wide: See `records`.
    """
    return _of_hint(_without_none(hints_of(kind)[name]), wide=wide)


@st.composite
def _sets(draw: st.DrawFn, *, wide: bool) -> tuple[tuple[str, Any], ...]:
    """Return values by field name, as adjustments set them."""
    names = draw(st.lists(st.sampled_from([*SETTABLE]), min_size=1, max_size=3, unique=True))
    kinds = [draw(st.sampled_from(SETTABLE[name])) for name in names]
    return tuple(
        (name, draw(st.none() | of_field(kind, name.rpartition(".")[2], wide=wide)))
        for name, kind in zip(names, kinds, strict=True)
    )


@cache
def _of_hint(hint: Any, *, wide: bool) -> Strategy[Any]:
    kind: Any = hint
    origin, members = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        each = [st.none() if m is NoneType else _of_hint(m, wide=wide) for m in members]
        return st.one_of(each)
    if hint == tuple[tuple[str, object], ...]:
        return _sets(wide=wide)
    if origin is tuple and members[-1] is Ellipsis:
        of = _of_hint(members[0], wide=wide)
        return st.lists(of, min_size=1, max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(_of_hint(member, wide=wide) for member in members))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if wide and hint in _WIDE:
        return _WIDE[hint]()
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]()
    if has(hint):
        return records(hint, wide=wide)
    raise NotImplementedError(hint)


#: The same if nothing but the record itself limits them.
_WIDE: Final[Mapping[Any, Callable[[], Strategy[Any]]]] = MappingProxyType(
    {
        float: lambda: st.one_of(
            st.sampled_from([0.0, 0.25, 0.5, 0.7, 1.0, 2.0, -0.0]),
            st.integers(-1000, 1000).map(float),
            st.floats(-1e100, 1e100, allow_nan=False),
        ),
        int: lambda: st.integers(1, 12),
        str: lambda: st.sampled_from(["it's", "a.b[0]"]) | titles(),
        date: lambda: st.dates(date(1990, 1, 1), date(2090, 12, 31)),
        datetime: lambda: st.datetimes(
            datetime(1990, 1, 1),  # noqa: DTZ001  # the zone is drawn apart
            datetime(2090, 1, 1),  # noqa: DTZ001
            timezones=st.integers(-1439, 1439).map(lambda n: timezone(timedelta(minutes=n))),
        ),
        Cycle: lambda: records(Cycle, wide=True),
        Ratio: lambda: records(Ratio, wide=True),
        Unit: lambda: units() | records(Unit, wide=True),
    }
)
