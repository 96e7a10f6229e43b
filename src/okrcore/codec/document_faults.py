"""Faults of plain data: its form, its problems, and parts that must fit each other.

No function recurses, so that no document is too deep to be refused.

Constructors refuse the first fault; a document gets all of them. Paths are relative to the plan, journal
or scorecard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, TypeGuard, final

from attrs import evolve, frozen

from okrcore._checks import given_whole, path_of
from okrcore.codec.type_hints import fields_of, is_row, kind_of
from okrcore.errors import (
    CODES,
    DecodeError,
    InconsistentPlanError,
    InvalidValueError,
    OkrError,
    TransitionError,
)
from okrcore.journal import Journal
from okrcore.journal.adjustment import Adjustment, joining_ids
from okrcore.journal.admission import misfits
from okrcore.journal.journal import incoherences as journal_incoherences
from okrcore.plan import Plan, Scope
from okrcore.plan.contents import Contents
from okrcore.scorecard import Scorecard, evaluate

__all__ = [
    "DEEPEST",
    "WHOLES",
    "Problem",
    "Shown",
    "at_path",
    "card_faults",
    "faults_between",
    "is_list",
    "is_object",
    "key",
    "undecodable",
    "unwalkable",
]


#: Levels of a document that are read (library default); no plan needs a quarter of it.
DEEPEST: Final = 50

#: A node: the one above it, and the step from there. It becomes a path only in a fault.
_Node: TypeAlias = tuple[Any, str | int] | None


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a value is an object of plain data."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether a value is a list of plain data."""
    return type(value) is list


def key(name: str) -> str:
    """Return a name as a step of a JSON path.

    >>> key("title"), key("in Q3")
    ('.title', '["in Q3"]')
    """
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f".{name}" if name.isidentifier() else f'["{quoted}"]'


def unwalkable(document: object) -> OkrError | None:
    """Return the fault of a document that is too deep, or has a name that is no text; None without one.

    A document that contains itself is too deep.
    """
    waiting: list[tuple[object, _Node, int]] = [(document, None, 1)]
    while waiting:
        value, node, depth = waiting.pop()
        if not is_object(value) and not is_list(value):
            continue
        if depth > DEEPEST:
            return InvalidValueError("too-deep", _path(node), type(value).__name__)
        if is_object(value):
            for name, member in value.items():
                if type(name) is not str:
                    return InvalidValueError("not-text", _path(node), name, "names must be texts")
                waiting.append((member, (node, name), depth + 1))
        else:
            waiting.extend((member, (node, n), depth + 1) for n, member in enumerate(value))
    return None


def undecodable(faults: Sequence[OkrError]) -> DecodeError:
    """Return one error for the faults of a document."""
    return DecodeError("undecodable", "$", len(faults), faults=tuple(faults))


def at_path(fault: OkrError, path: str) -> OkrError:
    """Return a fault with another path."""
    return type(fault)(fault.code, path, fault.value, fault.hint)


def _path(node: _Node) -> str:
    steps: list[str] = []
    while node is not None:
        node, step = node
        steps.append(f"[{step}]" if isinstance(step, int) else key(step))
    return f"${''.join(reversed(steps))}"


Kind: TypeAlias = Literal[
    "refusal", "invalid value", "inconsistent plan", "transition", "undecodable"
]

_KINDS: Final[Mapping[Kind, type[OkrError]]] = MappingProxyType(
    {
        "refusal": OkrError,
        "invalid value": InvalidValueError,
        "inconsistent plan": InconsistentPlanError,
        "transition": TransitionError,
        "undecodable": DecodeError,
    }
)


@final
@frozen(repr=False)
class Shown:
    """A value of which only the repr was kept."""

    text: str

    def __repr__(self) -> str:
        return self.text


@final
@frozen(kw_only=True)
class Problem:
    """A refusal as a record, on its way to plain data or back.

    Args:
        kind: Kind of refusal.
        code: Key of `CODES`.
        path: Path of the refused value.
        value: The refused value; `Shown` if plain data has no form for it.
        hint: Hint.
        faults: Single refusals, if there were several.
        unlisted: Count of single refusals beyond those in `faults`.
    """

    kind: Kind
    code: str
    path: str
    value: str | float | bool | Shown | None
    hint: str = ""
    faults: tuple[Problem, ...] = ()
    unlisted: int = 0

    def __attrs_post_init__(self) -> None:
        given_whole(self, "unlisted", self.unlisted, 0)
        if self.code not in CODES:
            raise InvalidValueError("unknown-word", "Problem.code", self.code)

    @classmethod
    def of(cls, error: OkrError) -> Problem:
        """Return a refusal as a record."""
        value = error.value
        is_plain = (
            value is None
            or type(value) in (str, bool, Shown)
            or (type(value) is float and isfinite(value))
        )
        return cls(
            kind=next(kind for kind, found in _KINDS.items() if found is type(error)),
            code=error.code,
            path=error.path,
            value=value if is_plain else Shown(str(error.as_dict()["value"])),  # type: ignore[arg-type]
            hint=error.hint,
            faults=tuple(map(cls.of, error.faults)),
            unlisted=error.unlisted,
        )

    def error(self) -> OkrError:
        """Return the refusal."""
        faults = tuple(fault.error() for fault in self.faults)
        error = _KINDS[self.kind](self.code, self.path, self.value, self.hint, faults)
        error.unlisted += self.unlisted
        return error


_Found = Iterator[tuple[Any, OkrError]]

#: From the parts of a record to the faults between them, by kind.
WHOLES: Final[Mapping[type, Callable[[Mapping[str, Any]], _Found]]] = MappingProxyType(
    {
        Plan: lambda parts: Contents(**parts).faults(),
        Journal: lambda parts: journal_incoherences(parts["entries"]),
    }
)


def faults_between(kind: type[Any], parts: Mapping[str, Any]) -> list[OkrError]:
    """Return the faults between the fields of a plan or journal, each field valid in itself."""
    where = {key: path for name, value in parts.items() for key, path in _paths(value, f".{name}")}
    return [
        at_path(fault, f"{where[id(item)]}{fault.path.removeprefix(path_of(item))}")
        for item, fault in WHOLES[kind](parts)
    ]


def card_faults(parts: Mapping[str, Any]) -> list[OkrError]:
    """Return the faults of the first kind: entries that do not fit, unknown methods, supposed scores, scopes.

    Args:
        parts: Its fields; each is sound in itself.
    """
    plan, journal, as_of = parts["plan"], parts["journal"], parts["as_of"]
    where = dict(_paths(journal, ".journal"))
    wrong = misfits(plan, journal, as_of=as_of)
    if wrong:
        return [
            at_path(fault, f"{where[id(entry)]}{_field_in(fault.path, entry)}")
            for entry, fault in wrong
        ]
    try:
        card = evaluate(plan, journal, as_of=as_of, rulebook=parts["rulebook"])
    except OkrError as fault:
        where = dict(_paths(plan, ".plan"))
        about = {path_of(item): where[id(item)] for item in plan.each()}
        record = next((path for path in about if fault.path.startswith(f"{path}.")), fault.path)
        return [at_path(fault, f"{about.get(record, '.plan')}{fault.path.removeprefix(record)}")]
    return [*_supposed_faults(card, parts["supposed"]), *_scope_faults(card, parts["scopes"])]


def _supposed_faults(
    card: Scorecard, supposed: tuple[tuple[str, float], ...]
) -> Iterator[OkrError]:
    for position, (id, score) in enumerate(supposed):
        try:
            card.what_if({id: score})
        except OkrError as fault:
            yield at_path(fault, f".supposed[{position}]")


def _scope_faults(card: Scorecard, scopes: tuple[Scope, ...]) -> Iterator[OkrError]:
    for number, scope in enumerate(scopes):
        for position, id in enumerate(scope.ids or ()):
            try:
                card.where(ids=[id])
            except OkrError as fault:
                yield at_path(fault, f".scopes[{number}].ids[{position}]")
        try:
            card.where(priority=scope.priority)
        except OkrError as fault:
            yield at_path(fault, f".scopes[{number}].priority")


#: End of a path in messages: `.due`, `.removes[0]`, `.adds['chats']`.
_FIELD: Final = re.compile(r"\.(\w+)(?:\[(?:(\d+)|'([^']*)')\])?$")


def _field_in(path: str, entry: Any) -> str:
    """Return the path of a field of an entry in its document, from a path in messages; empty if it has none."""
    given = dict(entry.sets) if isinstance(entry, Adjustment) else {}
    set_name = next((n for n in given if path.endswith((f".{n}", f".sets[{n!r}]"))), None)
    if set_name is not None:
        return f".sets{key(set_name)}"
    found = _FIELD.search(path)
    if found is None or all(found[1] != field.name for field in fields_of(type(entry))):
        return ""
    index = found[2]
    if found[3] is not None:
        alone = (evolve(entry, adds=[record]) for record in entry.adds)
        index = str([found[3] in joining_ids(one) for one in alone].index(True))
    return f".{found[1]}" if index is None else f".{found[1]}[{index}]"


def _paths(value: object, path: str) -> Iterator[tuple[int, str]]:
    """Yield the identity of every record in a value, with its relative path."""
    if is_row(value):
        for position, member in enumerate(value):
            yield from _paths(member, f"{path}[{position}]")
        return
    kind = kind_of(value)
    if kind is not None:
        yield id(value), path
        for field in fields_of(kind):
            yield from _paths(getattr(value, field.name), f"{path}.{field.name}")
