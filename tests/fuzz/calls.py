"""Calls of everything public, by signature, with valid arguments and odd ones among them.

A call is written as an expression that can be pasted into a test, and evaluated as one: what is printed is
what was run.
"""

from __future__ import annotations

import inspect
import pickle
import signal
import traceback
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from itertools import islice
from pathlib import Path
from types import FunctionType, NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    Protocol,
    SupportsFloat,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

import attrs

import okrcore as okr
from contract.examples import EXAMPLES, public_names
from fuzz.odd import ODD, odd
from okrcore import codec, display, rulebook, testing
from okrcore.rulebook import dialects

__all__ = [
    "Failure",
    "Target",
    "example",
    "keyed",
    "made",
    "meetings",
    "met",
    "run",
    "targets",
    "written",
]

_T = TypeVar("_T")


class Chance(Protocol):
    """What decides: a `random.Random`, which Hypothesis draws."""

    def choice(self, options: Sequence[_T], /) -> _T: ...
    def sample(self, options: Sequence[_T], count: int, /) -> list[_T]: ...
    def random(self) -> float: ...


SRC: Final = Path(okr.__file__).parent
#: Seconds after which a call hangs.
PATIENCE: Final = 20.0
#: Methods of Python's own that are called too.
_DUNDER: Final = (
    "__contains__",
    "__getitem__",
    "__len__",
    "__iter__",
    "__str__",
    "__eq__",
    "__hash__",
)
#: Arguments of which there may be several or none.
_MANY: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
#: What no door is: strategies are drawn from, not called.
_LEFT_OUT: Final = frozenset({"okrcore.testing"})

_TEXTS: Final = ("grow", "arpa", "tickets", "nps", "nps-up", "co-1", "love", "score", "grade", "x")
#: 0.6996 is beside an edge, and 1e-9 and 1e100 are written with an exponent.
_NUMBERS: Final = (0.0, 0.5, 0.6996, 1.0, 120.0, -3.0, 1e-9, 1e100)
_DAYS: Final = ((2026, 8, 14), (2026, 7, 1), (2026, 9, 30), (2026, 10, 5))


def example(kind: str, position: int) -> Any:
    """Return an example of a public record, by the name of its kind."""
    return _by_name()[kind][position]


def made(kind: str, position: int, /, **changes: Any) -> Any:
    """Return a record made anew from the fields of an example, some of them changed."""
    like = example(kind, position)
    given = {
        str(field.alias): getattr(like, field.name)
        for field in attrs.fields(like.__class__)
        if field.init
    }
    return like.__class__(**(given | changes))


def keyed(value: Any) -> dict[Any, Any]:
    """Return a mapping with an odd key, or with an odd value if that cannot be a key."""
    try:
        return {value: 1}
    except Exception:  # noqa: BLE001  # it may fail in any way
        return {"grow": value}


@cache
def _by_name() -> dict[str, list[Any]]:
    return {kind.__name__: found for kind, found in EXAMPLES.items()}


@attrs.frozen
class Target:
    """Something to call.

    Args:
        name: What it is called in a report.
        expression: What it is called by.
        arguments: Names, kinds of parameters and hints; of a record, its fields.
        record: The name of the record that is made, or empty.
    """

    name: str
    expression: str
    arguments: tuple[tuple[str, Any, Any], ...]
    record: str = ""


@attrs.frozen
class Failure:
    """A call that let something out, or made something that does not print, compare or pickle."""

    key: tuple[str, ...]
    call: str
    told: str


SPACE: Final[dict[str, Any]] = {
    "okr": okr,
    "codec": codec,
    "display": display,
    "rulebook": rulebook,
    "dialects": dialects,
    "testing": testing,
    "example": example,
    "keyed": keyed,
    "made": made,
    "odd": odd,
    "date": date,
    "datetime": datetime,
    "UTC": UTC,
}


# --- what there is to call ---------------------------------------------------------------------


@cache
def targets() -> tuple[Target, ...]:
    """Return every public function, method, property and constructor."""
    found: list[Target] = []
    for path, value in public_names().items():
        room, _, name = path.rpartition(".")
        if room in _LEFT_OUT:
            continue
        expression = f"okr{path.removeprefix('okrcore')}"
        if isinstance(value, FunctionType):
            found.append(Target(name, expression, _arguments(value)))
        elif isinstance(value, type) and issubclass(value, okr.OkrError):
            found.append(Target(name, expression, _arguments(value.__init__, skip=1)))
        elif isinstance(value, type) and not issubclass(value, Enum):
            found += _of_class(name, expression, value)
    return tuple(found)


def _of_class(name: str, expression: str, kind: type) -> Iterator[Target]:
    if kind in EXAMPLES:
        fields = tuple(
            (str(field.alias), (inspect.Parameter.KEYWORD_ONLY, False), Any)
            for field in attrs.fields(kind)
            if field.init
        )
        for position, _ in enumerate(EXAMPLES[kind]):
            yield Target(name, f"made({name!r}, {position}", fields, record=name)
    elif not getattr(kind, "_is_protocol", False) and not issubclass(kind, tuple):
        made_by = kind.__init__ if isinstance(kind.__init__, FunctionType) else kind.__new__
        yield Target(name, expression, _arguments(made_by, skip=1))
    subjects = [f"example({name!r}, {n})" for n, _ in enumerate(EXAMPLES.get(kind, ()))]
    if kind is okr.LiveScorecard:
        like = "example('Scorecard', 0)"
        subjects = [f"okr.LiveScorecard({like}.plan, okr.Journal(), as_of={like}.as_of)"]
    own = {name for base in kind.__mro__ if base.__module__ != "builtins" for name in vars(base)}
    for member in dir(kind):
        if member not in own or (member.startswith("_") and member not in _DUNDER):
            continue
        raw = inspect.getattr_static(kind, member)
        if isinstance(raw, (classmethod, staticmethod)):
            bound = getattr(kind, member)
            yield Target(f"{name}.{member}", f"{expression}.{member}", _arguments(bound))
        elif isinstance(raw, FunctionType):
            for subject in subjects:
                yield Target(f"{name}.{member}", f"{subject}.{member}", _arguments(raw, skip=1))


def _arguments(function: Callable[..., Any], skip: int = 0) -> tuple[tuple[str, Any, Any], ...]:
    try:
        hints = typing.get_type_hints(function)
    except NameError:  # of what only type checkers import
        hints = {}
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    return tuple(
        (one.name, (one.kind, one.default is one.empty), hints.get(one.name, Any))
        for one in parameters
    )


# --- each argument and each odd value ----------------------------------------------------------


@cache
def meetings() -> tuple[tuple[Target, int, str], ...]:
    """Return each argument of each door with each odd value."""
    return tuple(
        (target, place, name)
        for target in targets()
        for place, (_, (kind, _), _) in enumerate(target.arguments)
        if kind is not inspect.Parameter.VAR_KEYWORD
        for name in ODD
    )


def met(target: Target, place: int, name: str, chance: Chance) -> str:
    """Return the call in which an argument is odd, and the others that it needs are valid."""
    value = f"odd({name!r})"
    if target.record:
        return f"{target.expression}, {target.arguments[place][0]}={value})"
    given: list[str] = []
    for at, (argument, (kind, is_needed), hint) in enumerate(target.arguments):
        is_many = kind in _MANY
        if at == place or (is_needed and not is_many):
            each = value if at == place else _valid(argument, hint, chance)
            is_named = not is_many and (kind is inspect.Parameter.KEYWORD_ONLY or not is_needed)
            given.append(f"{argument}={each}" if is_named else each)
    return f"{target.expression}({', '.join(given)})"


# --- what it is called with --------------------------------------------------------------------


def written(target: Target, chance: Chance) -> str:
    """Return a call as an expression, with no, one or a few odd arguments."""
    if target.record:
        names = [name for name, _, _ in target.arguments]
        some = chance.sample(names, min(len(names), chance.choice((0, 1, 1, 1, 2))))
        changes = "".join(f", {name}={_odd(chance)}" for name in some)
        return f"{target.expression}{changes})"
    share = chance.choice((0.0, 0.25, 0.5))
    given: list[str] = []
    for name, (kind, is_needed), hint in target.arguments:
        if not is_needed and chance.random() < 0.6:
            continue
        if kind is inspect.Parameter.VAR_KEYWORD:
            continue
        count = chance.choice((0, 1, 2)) if kind is inspect.Parameter.VAR_POSITIONAL else 1
        for _ in range(count):
            value = _odd(chance) if chance.random() < share else _valid(name, hint, chance)
            is_named = kind is inspect.Parameter.KEYWORD_ONLY or (
                kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
                and (not is_needed or any("=" in one[:30] for one in given))
            )
            given.append(f"{name}={value}" if is_named and count == 1 else value)
    positional = [one for one in given if "=" not in one.split("(")[0]]
    named = [one for one in given if "=" in one.split("(")[0]]
    return f"{target.expression}({', '.join([*positional, *named])})"


def _odd(chance: Chance) -> str:
    name = f"odd({chance.choice(_NAMES)!r})"
    return chance.choice(
        (
            *(name, name, name, name),
            *(f"[{name}]", f"({name}, {name})", f"[{{'grow': {name}}}]"),
            *(f"{{'grow': {name}}}", f"keyed({name})", f"[keyed({name})]"),
        )
    )


_NAMES: Final = tuple(ODD)


def _valid(name: str, hint: Any, chance: Chance) -> str:  # a table
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _valid(name, chance.choice(get_args(hint)), chance)
    if origin is Literal:
        return repr(chance.choice(get_args(hint)))
    if hint in (None, NoneType):
        return "None"
    if isinstance(hint, TypeVar) or hint in (Any, object):
        kind = chance.choice(tuple(_by_name()))
        return f"example({kind!r}, 0)"
    if hint is bool:
        return chance.choice(("True", "False"))
    if hint is int:
        return chance.choice(("0", "1", "3", "2026"))
    if hint in (float, SupportsFloat):
        return repr(chance.choice(_NUMBERS))
    if hint is str:
        return repr(chance.choice(_TEXTS))
    if hint is date:
        return f"date{chance.choice(_DAYS)}"
    if hint is datetime:
        return "datetime(2026, 8, 14, 12, tzinfo=UTC)"
    if hint is bytes:
        return "b'{}'"
    if isinstance(origin, type):
        return _valid_of(name, origin, get_args(hint), chance)
    if isinstance(hint, type) and issubclass(hint, Enum):
        path = next(path for path, value in public_names().items() if value is hint)
        return f"okr{path.removeprefix('okrcore')}.{chance.choice(list(hint)).name}"
    return _valid_record(hint, chance)


def _valid_of(name: str, origin: type, members: tuple[Any, ...], chance: Chance) -> str:
    if issubclass(origin, Mapping):
        key, value = members or (str, Any)
        pairs = (f"{_valid(name, key, chance)}: {_valid(name, value, chance)}" for _ in range(2))
        return f"{{{', '.join(pairs)}}}"
    if origin is type:
        return "okr.KeyResult"
    if issubclass(origin, AbstractSet):
        return f"{{{_valid(name, members[0], chance)}}}"
    if origin is tuple and members and members[-1] is not ...:
        return f"({', '.join(_valid(name, one, chance) for one in members)},)"
    if issubclass(origin, Iterable):
        several = (_valid(name, members[0], chance) for _ in range(chance.choice((0, 1, 1, 2))))
        return f"[{', '.join(several)}]"
    return "(lambda *_: True)"  # a function


def _valid_record(hint: Any, chance: Chance) -> str:
    found = [
        f"example({kind!r}, {n})"
        for kind, examples in _by_name().items()
        for n, each in enumerate(examples)
        if isinstance(hint, type) and _is_a(each, hint)
    ]
    if not found:
        return chance.choice(("'{}'", "(lambda *_: True)"))
    return chance.choice(found[:1] * 3 + found)


def _is_a(value: object, hint: type) -> bool:
    try:
        return isinstance(value, hint)
    except TypeError:  # a protocol that is not asked for at run time
        return False


# --- calling -----------------------------------------------------------------------------------


class _Hangs(BaseException):
    pass


@contextmanager
def _patience() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(target: Target, call: str) -> Failure | None:
    """Run a call; return what it let out, or what is wrong with what it returned."""
    step = "call"
    try:
        with _patience():
            try:
                result = eval(call, dict(SPACE))  # noqa: S307  # written above
            except okr.OkrError as error:
                step = "error"
                result = error
            for step, check in _CHECKS:
                if not check(result):
                    return Failure((target.name, step), call, f"fails: {step}")
    except _Hangs:
        return Failure((target.name, "hangs"), call, f"takes longer than {PATIENCE} s")
    except BaseException as error:  # noqa: BLE001  # whatever comes out
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(str(SRC))
        ]
        where = (
            f"{Path(frames[-1].filename).relative_to(SRC)}:{frames[-1].lineno}" if frames else ""
        )
        told = f"{step} raises {type(error).__name__}: {str(error)[:100]} at {where}"
        return Failure((target.name, step, type(error).__name__, where), call, told)
    return None


def _prints(result: Any) -> bool:
    return isinstance(str(result), str) and isinstance(repr(result), str)


def _hashes(result: Any) -> bool:
    # Mappings and lists have no hash; records and texts have one.
    is_value = attrs.has(type(result)) and type(result).__hash__ is not None
    return not is_value or isinstance(hash(result), int)


def _equals_itself(result: Any) -> bool:
    return bool(result == result)  # noqa: PLR0124  # what is asked


def _pickles(result: Any) -> bool:
    if isinstance(result, okr.OkrError):
        again = pickle.loads(pickle.dumps(result))  # noqa: S301  # made a moment ago
        return str(again) == str(result) and again.as_dict() == result.as_dict()
    if not attrs.has(type(result)):
        return True
    return bool(pickle.loads(pickle.dumps(result)) == result)  # noqa: S301  # made a moment ago


def _goes_through(result: Any) -> bool:
    # What is lazy raises later.
    return not isinstance(result, Iterator) or len(list(islice(result, 50))) <= 50


@cache
def _properties(kind: type) -> tuple[str, ...]:
    """Return the public names of a record that are neither fields nor methods."""
    fields = {field.name for field in attrs.fields(kind)}
    there = (name for name in dir(kind) if not name.startswith("_") and name not in fields)
    return tuple(name for name in there if not callable(inspect.getattr_static(kind, name)))


def _reads(result: Any) -> bool:
    if not attrs.has(type(result)):
        return True
    kind: type = type(result)
    for name in _properties(kind):
        try:
            found = getattr(result, name)
        except okr.OkrError:
            continue
        if not _prints(found):
            return False
    return True


_CHECKS: Final[tuple[tuple[str, Callable[[Any], bool]], ...]] = (
    ("prints", _prints),
    ("hashes", _hashes),
    ("equals itself", _equals_itself),
    ("pickles", _pickles),
    ("goes through", _goes_through),
    ("reads", _reads),
)
