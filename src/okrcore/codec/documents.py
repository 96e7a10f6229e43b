"""Documents: records as plain data in an envelope that names them, and back; reports.

{"okrcore": 1, "kind": "plan", "data": {"objectives": [...]}}

A report is never read back; the document of a scorecard is.

Rules of this file:

1. Reading a document gives a value, or one `DecodeError` with its faults and their JSON paths.
2. Documents of older versions are read for ever: first, `UPCASTERS` rewrites their data, version by
   version. A field is added with a default only, and never renamed or reused.
3. Fields with their default are left out, so that documents and their differences stay short.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, TypeVar, final, get_args, overload

from attrs import frozen

from okrcore._checks import given_whole, must_be_a, path_of
from okrcore.codec.conversion import from_plain, to_plain
from okrcore.codec.document_faults import is_object, key, undecodable, unwalkable
from okrcore.codec.unknown_fields import ENVELOPE, Document, kept_in, kept_of, put_back
from okrcore.errors import InvalidValueError, OkrError
from okrcore.journal import Entry, Journal
from okrcore.plan import Guardrail, Initiative, Item, KeyResult, Metric, Plan, Priority
from okrcore.plan.digest import tag_of
from okrcore.plan.scoped_ids import ids_in
from okrcore.rulebook import Rulebook
from okrcore.scorecard import (
    GuardrailResult,
    InitiativeResult,
    KeyResultResult,
    MetricResult,
    ObjectiveResult,
    PriorityResult,
    Scorecard,
)

__all__ = [
    "KINDS",
    "VERSION",
    "Report",
    "Storable",
    "Unknown",
    "dump",
    "from_json",
    "is_strict",
    "load",
    "load_document",
    "report",
    "to_json",
]


#: Version of the documents that are written (library default).
VERSION: Final = 1
#: Most spaces of a level of JSON (library default).
_MOST_INDENT: Final = 16

#: Record that a document may hold: one of the four values, or a single item or entry.
Storable: TypeAlias = Plan | Journal | Rulebook | Scorecard | Item | Entry

_T = TypeVar("_T", bound=Storable)

#: Kinds of documents by name.
KINDS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {tag_of(kind): kind for kind in get_args(Storable)}
)

#: Treatment of unknown fields.
Unknown: TypeAlias = Literal["refuse", "ignore"]

#: From the kind and data of a version to the data of the next. It is pure, and returns unexpected data
#: unchanged: later steps refuse it.
Upcaster: TypeAlias = Callable[[str, Any], Any]
UPCASTERS: Final[Mapping[int, Upcaster]] = MappingProxyType({})


# --- out ---------------------------------------------------------------------------------------


def dump(record: Storable | Document[Any]) -> dict[str, Any]:
    """Return a record as plain data: dicts, lists, texts, numbers, true, false and None.

    Args:
        record: A plan, journal, rulebook or scorecard, a single item or entry, or a `Document`, whose
            unknown fields are put back.

    Raises:
        InvalidValueError: It has another type, or is nested deeper than a document may be.

    Laws: test_a_document_reads_back_as_what_it_was, test_a_document_is_plain_data.

    >>> from okrcore import Objective
    >>> dump(Objective("grow", "Earn more per account"))
    {'okrcore': 1, 'kind': 'objective', 'data': {'id': 'grow', 'title': 'Earn more per account'}}
    """
    value: object = record.value if isinstance(record, Document) else record
    must_be_a(dump, "record", value, *KINDS.values(), hint="give a plan, or what is in one")
    kind: type = type(value)
    document = {"okrcore": VERSION, "kind": tag_of(kind), "data": to_plain(value, kind)}
    if isinstance(record, Document):
        put_back(record, document)
    fault = unwalkable(document)
    if fault is not None:
        raise fault
    return document


def to_json(record: Storable | Document[Any], *, indent: int | None = None) -> str:
    """Return a record as JSON text, in ASCII with other letters escaped.

    Args:
        record: See `dump`.
        indent: Spaces for each level, for people and for version control; None writes one line.

    >>> from okrcore import Outside
    >>> print(to_json(Outside("co-1")))
    {"okrcore": 1, "kind": "outside", "data": {"id": "co-1"}}
    """
    if indent is not None:
        indent = given_whole(to_json, "indent", indent, 0, _MOST_INDENT)
    return json.dumps(dump(record), allow_nan=False, indent=indent)


# --- in ----------------------------------------------------------------------------------------


@overload
def load(data: object, kind: type[_T], *, unknown: Unknown = ...) -> _T: ...
@overload
def load(data: object, kind: None = None, *, unknown: Unknown = ...) -> Storable: ...
def load(data: object, kind: type[Any] | None = None, *, unknown: Unknown = "refuse") -> Any:
    """Return the record in a document.

    Nothing is coerced: a number in quotes is a text.

    Args:
        data: Plain data as made by `dump`, also by way of a browser, file or database.
        kind: Required class of the record; None for any.
        unknown: "refuse" unknown fields, or "ignore" them.

    Raises:
        DecodeError: It cannot be read; `faults` lists the first 100 faults, each with its JSON path.
        InvalidValueError: `kind` or `unknown` is none of these.

    Laws: test_any_document_is_a_value_or_one_decode_error.

    >>> from okrcore import Objective
    >>> load({"okrcore": 1, "kind": "objective", "data": {"id": "grow", "title": 5, "woner": "Ana"}})
    Traceback (most recent call last):
    ...
    okrcore.errors.DecodeError: $.data.title: must be a non-empty text, got 5 [not-text]
    $.data.woner: must be a known field, got 'Ana'; did you mean 'owner'? [unknown-field]
    """
    value, _ = _loaded(data, kind, is_strict=is_strict(load, unknown))
    return value


def is_strict(function: object, unknown: object) -> bool:
    """Return whether unknown fields are refused; any word but "refuse" and "ignore" is a fault."""
    if type(unknown) is not str or unknown not in get_args(Unknown):
        hint = "give 'refuse' or 'ignore'"
        raise InvalidValueError("unknown-word", path_of(function, "unknown"), unknown, hint)
    return unknown == "refuse"


@overload
def from_json(text: str | bytes, kind: type[_T], *, unknown: Unknown = ...) -> _T: ...
@overload
def from_json(text: str | bytes, kind: None = None, *, unknown: Unknown = ...) -> Storable: ...
def from_json(
    text: str | bytes, kind: type[Any] | None = None, *, unknown: Unknown = "refuse"
) -> Any:
    """Return the record in a JSON text.

    Args:
        text: The document, as text or as bytes.
        kind: See `load`.
        unknown: See `load`.

    Raises:
        DecodeError: It is not JSON, a name is twice in one object, or see `load`.
    """
    must_be_a(from_json, "text", text, str, bytes)
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except RecursionError:
        raise undecodable([InvalidValueError("too-deep", "$", text)]) from None
    except OkrError as fault:
        raise undecodable([fault]) from None
    except ValueError as error:  # a number of more digits than Python reads is one too
        raise undecodable([InvalidValueError("not-json", "$", text, str(error))]) from None
    return load(data, kind, unknown=unknown)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise InvalidValueError(
            "repeated", "$", twice, "a reader would take one and drop the other"
        )
    return found


@overload
def load_document(data: object, kind: type[_T]) -> Document[_T]: ...
@overload
def load_document(data: object, kind: None = None) -> Document[Storable]: ...
def load_document(data: object, kind: type[Any] | None = None) -> Document[Any]:
    """Return the record in a document, with the unknown fields.

    A program with an older version of the library can change a plan and keep the fields of a newer one:
    `dump(evolve(document, value=changed))` puts each back if its record is still there.

    Args:
        data: See `load`.
        kind: See `load`.

    Raises:
        DecodeError: See `load`. An unknown measure cannot be kept, for it has no score.

    Laws: test_what_is_unknown_is_kept.

    >>> from okrcore import Objective
    >>> newer = {"id": "grow", "title": "Earn more per account", "colour": "red"}
    >>> document = load_document({"okrcore": 1, "kind": "objective", "data": newer}, Objective)
    >>> [(kept.path, kept.json) for kept in document.unknown]
    [('$.data.colour', '"red"')]
    >>> dump(document)["data"] == newer
    True
    """
    value, envelope = _loaded(data, kind, is_strict=False)
    try:
        kept = (*kept_of(envelope), *kept_in(value, type(value), envelope["data"]))
    except InvalidValueError as fault:
        raise undecodable([fault]) from None
    return Document(value, kept)


def _loaded(
    document: object, kind: type[Any] | None, *, is_strict: bool
) -> tuple[Any, dict[str, Any]]:
    """Return the value in a document, and the document with its data in the newest version."""
    if kind is not None and not any(kind is known for known in KINDS.values()):
        raise InvalidValueError("wrong-type", "load.kind", kind, "give a kind such as Plan")
    if not is_object(document):
        raise undecodable([InvalidValueError("not-an-object", "$", document)])
    fault = unwalkable(document)
    if fault is not None:
        raise undecodable([fault])
    faults = list(_envelope_faults(document, kind))
    value = None
    if not faults:
        name, version = document["kind"], document["okrcore"]
        document = {**document, "data": _upcast(document["data"], name, version)}
        value, found = from_plain(document["data"], KINDS[name], "$.data", is_strict=is_strict)
        faults.extend(found)
    if is_strict:
        faults.extend(
            InvalidValueError("unknown-field", f"${key(name)}", document[name])
            for name in document
            if name not in ENVELOPE
        )
    if faults:
        raise undecodable(faults)
    return value, document


def _envelope_faults(document: dict[str, Any], kind: type[Any] | None) -> Iterator[OkrError]:
    for name in ENVELOPE:
        if name not in document:
            yield InvalidValueError("missing-field", f"${key(name)}", document)
    version = document.get("okrcore", VERSION)
    if type(version) is not int or not 1 <= version <= VERSION:
        yield InvalidValueError("unknown-version", "$.okrcore", version, f"known: 1 to {VERSION}")
    name = document.get("kind", "plan")
    if type(name) is not str or name not in KINDS:
        yield InvalidValueError("unknown-word", "$.kind", name, f"known: {', '.join(KINDS)}")
    elif kind is not None and "kind" in document and KINDS[name] is not kind:
        yield InvalidValueError("wrong-kind", "$.kind", name, f"it must be {tag_of(kind)!r}")


def _upcast(data: Any, kind: str, version: int) -> Any:
    for older in range(version, VERSION):
        data = UPCASTERS[older](kind, data)
    return data


@final
@frozen(kw_only=True)
class Report:
    """Every result of a scorecard.

    Args:
        as_of: Evaluation date.
        rulebook: Name of the rulebook.
        objectives: In the order of the plan, as all others.
        key_results: Results of key results.
        guardrails: Results of guardrails.
        initiatives: Results of initiatives.
        metrics: Results of metrics.
        priorities: Results of priorities.
        problems: Faults of entries that were left out.
        supposed: Scores of key results that `what_if` replaced.
    """

    as_of: date
    rulebook: str
    objectives: tuple[ObjectiveResult, ...]
    key_results: tuple[KeyResultResult, ...]
    guardrails: tuple[GuardrailResult, ...]
    initiatives: tuple[InitiativeResult, ...]
    metrics: tuple[MetricResult, ...]
    priorities: tuple[PriorityResult, ...]
    problems: tuple[OkrError, ...]
    supposed: tuple[tuple[str, float], ...]


def report(card: Scorecard) -> dict[str, Any]:
    """Return every result of a scorecard as plain data, for a page, a mail or another program.

    A report has all fields of the listed items, with their defaults too, and is not loaded again. `dump(card)` is the document
    of the inputs, to be loaded and evaluated again.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account")])
    >>> card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15))
    >>> grow = report(card)["data"]["objectives"][0]
    >>> grow["score"], grow["no_score_reason"], grow["lifecycle"]["state"]
    (None, 'no key results', 'active')
    """
    must_be_a(report, "card", card, Scorecard)
    plan = card.plan_in_force
    here = ids_in(plan, card.listed, card.scopes) if card.scopes else plan.items.keys()
    items = tuple(item for item in card.plan_in_force.each() if item.id in here)
    found = Report(
        as_of=card.as_of,
        rulebook=card.rulebook.name,
        objectives=tuple(card),
        key_results=tuple(card.key_result(i.id) for i in items if isinstance(i, KeyResult)),
        guardrails=tuple(card.guardrail(i.id) for i in items if isinstance(i, Guardrail)),
        initiatives=tuple(card.initiative(i.id) for i in items if isinstance(i, Initiative)),
        metrics=tuple(card.metric(i.id) for i in items if isinstance(i, Metric)),
        priorities=tuple(card.priority(i.id) for i in items if isinstance(i, Priority)),
        problems=card.problems,
        supposed=card.supposed,
    )
    data = to_plain(found, Report, is_full=True)
    return {"okrcore": VERSION, "kind": "report", "data": data}
