"""The JSON Schema of documents, from the records' type hints.

It has the form of a document alone. Other rules, such as unique ids or weights from 0, are checked by the
records when they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_origin

from attrs import NOTHING, has

from okrcore.codec.document_faults import Problem
from okrcore.codec.documents import KINDS, VERSION, Report
from okrcore.codec.type_hints import (
    TYPE,
    choice_of,
    fields_of,
    hints_of_sets,
    is_sets,
    is_tuple,
    is_union,
    members_of,
)
from okrcore.errors import OkrError
from okrcore.plan.digest import tag_of
from okrcore.words import Reason

__all__ = ["json_schema"]

_SCALARS: Final[Mapping[type, dict[str, Any]]] = MappingProxyType(
    {
        str: {"type": "string"},
        Reason: {"type": "string"},
        float: {"type": "number"},
        int: {"type": "integer"},
        bool: {"type": "boolean"},
        date: {"type": "string", "format": "date"},
        datetime: {"type": "string", "format": "date-time"},
    }
)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of every document, and of reports, in its draft 2020-12.

    `load` refuses every document that the schema refuses, and others by rules that a schema cannot have.

    Laws: test_every_document_is_valid_by_its_schema.

    >>> json_schema()["properties"]["okrcore"]
    {'const': 1}
    """
    definitions: dict[str, Any] = {}
    written = {**KINDS, tag_of(Report): Report}
    kinds = [
        {"properties": {"kind": {"const": name}, "data": _schema(kind, definitions)}}
        for name, kind in written.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of okrcore",
        "type": "object",
        "properties": {
            "okrcore": {"const": VERSION},
            "kind": {"enum": list(written)},
            "data": {"type": "object"},
        },
        "required": ["okrcore", "kind", "data"],
        "additionalProperties": False,
        "oneOf": kinds,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type hint; schemas it refers to are added to the definitions."""
    if kind is OkrError:
        kind = Problem
    if kind in _SCALARS:
        return _SCALARS[kind]
    if is_union(kind):
        return _union(kind, definitions)
    if is_sets(kind):
        return _sets(definitions)
    if is_tuple(kind):
        return _list(kind, definitions)
    if has(kind):
        return _reference(tag_of(kind), kind, definitions)
    words = get_args(kind) if get_origin(kind) is Literal else list(kind)
    return {"enum": [str(word) for word in words]}


def _list(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    members = members_of(kind)
    if members[-1] is ...:
        return {"type": "array", "items": _schema(members[0], definitions)}
    return {
        "type": "array",
        "prefixItems": [_schema(member, definitions) for member in members],
        "items": False,
        "minItems": len(members),
    }


def _sets(definitions: dict[str, Any]) -> dict[str, Any]:
    if "sets" not in definitions:
        hints = hints_of_sets().items()
        properties = {name: _schema(hint, definitions) for name, hint in hints}
        definitions["sets"] = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
    return {"$ref": "#/$defs/sets"}


def _union(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    choice = choice_of(kind)
    if choice.only is not None:
        return _or_null(_schema(choice.only, definitions))
    members = [
        _schema(member, definitions) for form, member in choice.plain.items() if form is not int
    ]
    members += [
        _reference(f"typed_{tag}", record, definitions, tag)
        for tag, record in choice.tagged.items()
    ]
    return {"anyOf": [*members, {"type": "null"}]} if choice.is_optional else {"anyOf": members}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(
    name: str, kind: type[Any], definitions: dict[str, Any], tag: str = ""
) -> dict[str, Any]:
    if name not in definitions:
        definitions[name] = {}  # a record may contain records of its own kind
        properties: dict[str, Any] = {TYPE: {"const": tag}} if tag else {}
        required = [TYPE] if tag else []
        for field in fields_of(kind):
            properties[field.name] = _schema(field.type, definitions)
            if field.default is NOTHING:
                required.append(field.name)
        definitions[name] = {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
