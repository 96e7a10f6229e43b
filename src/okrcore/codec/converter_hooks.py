"""Hooks of one cattrs converter, type by type, and refusals from the faults it collects.

A path is cut to the depth of the document, if a field has another form in plain data, as
`anchors[0].score` has.

Rules of this file:

1. Nothing is coerced: cattrs would read None as the text 'None', '1' as 1.0 and True as 1.
2. Paths of refusals are relative, and `faults` completes them.
3. Records are found by type hint; only those whose parts must fit each other are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import Any, Final, cast

from attrs import has
from cattrs import BaseValidationError, Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from okrcore.codec.document_faults import (
    WHOLES,
    Problem,
    at_path,
    card_faults,
    faults_between,
    is_list,
    is_object,
    key,
)
from okrcore.codec.scalar_hooks import SCALARS, Read, is_literal, reads_word, refusal
from okrcore.codec.type_hints import (
    LISTS,
    TYPE,
    Choice,
    choice_of,
    fields_of,
    hints_of_sets,
    is_sets,
    is_tuple,
    is_union,
    members_of,
)
from okrcore.errors import InconsistentPlanError, InvalidValueError, OkrError
from okrcore.plan.item import FirstHints, Hint
from okrcore.scorecard import Scorecard

__all__ = ["faults_of", "make_converter"]


#: A step of a path in messages: `.sets`, `[0]`, `['timing.waypoints']`.
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]|\['([^']*)'\]")


def faults_of(error: Exception, data: Any, path: str) -> Iterator[OkrError]:
    """Yield the refusals in an exception of cattrs, each with its JSON path.

    Args:
        error: The exception.
        data: The plain data that was read.
        path: Path of the data in its document.
    """
    return _faults(error, data, path, FirstHints())


def _faults(error: Exception, data: Any, path: str, suggest: Hint) -> Iterator[OkrError]:
    if not isinstance(error, BaseValidationError):
        yield _leaf(error, data, path)
        return
    for inner in error.exceptions:
        note = _note(inner)
        if isinstance(note, IterableValidationNote):
            yield from _faults(inner, data[note.index], f"{path}[{note.index}]", suggest)
        elif isinstance(note, AttributeValidationNote):
            if isinstance(inner, KeyError):
                yield InvalidValueError("missing-field", f"{path}{key(note.name)}", data)
            else:
                yield from _faults(inner, data[note.name], f"{path}{key(note.name)}", suggest)
        elif isinstance(inner, ForbiddenExtraKeysError):
            yield from _unknown(inner, data, path, suggest)
        else:
            yield _leaf(inner, data, path, error.cl)


def _note(error: BaseException) -> object:
    return next(iter(getattr(error, "__notes__", ())), None)


def _unknown(
    error: ForbiddenExtraKeysError, data: Any, path: str, suggest: Hint
) -> Iterator[OkrError]:
    if is_sets(error.cl):
        known, listed = [*hints_of_sets()], ""  # too many to list
    else:
        known = [field.name for field in fields_of(error.cl)]
        listed = f"known: {', '.join(known) or 'none'}"
    for name in sorted(error.extra_fields):
        hint = suggest(name, known) or listed
        yield InvalidValueError("unknown-field", f"{path}{key(name)}", data[name], hint)


def _leaf(error: BaseException, data: Any, path: str, kind: type | None = None) -> OkrError:
    if not isinstance(error, OkrError):
        raise error  # no fault of the document
    below = error.path
    if kind is not None and below and below[0] not in ".[":
        below = _as_deep_as(data, _field_path(error, data, kind), error.value)
    return at_path(error, f"{path}{below}")


def _field_path(error: OkrError, data: Any, kind: type) -> str:
    """Return the path of a refusal behind the name of its record: `.weight`."""
    id = data.get("id")
    record = f"{kind.__name__}({id!r})" if isinstance(id, str) and id else kind.__name__
    return error.path.removeprefix(record) if error.path.startswith(f"{record}.") else ""


def _as_deep_as(data: Any, path: str, value: object) -> str:
    """Return as much of a path as the data has, as a JSON path."""
    found = ""
    for step in _STEP.finditer(path):
        name, index = step.group(1) or step.group(3), step.group(2)
        if is_object(data) and name in data:
            data = data[name]
            found += key(name)
        elif is_list(data) and index is not None and int(index) < len(data):
            data = data[int(index)]
            if is_list(data) and value not in data:
                break  # another pair: records sort them
            found += f"[{index}]"
        else:
            break
    return found


_Write = Callable[[Any], Any]


def make_converter(*, is_strict: bool, is_full: bool) -> Converter:
    """Return a converter between records and plain data.

    Args:
        is_strict: Whether unknown fields are refused, not ignored.
        is_full: Whether fields with their default are written too.
    """
    converter = Converter(omit_if_default=not is_full, forbid_extra_keys=is_strict)
    for kind, read in SCALARS.items():
        converter.register_structure_hook(kind, read)
    converter.register_unstructure_hook(
        str, str
    )  # a member of an enum is its value, a reason its text
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook_factory(is_literal, reads_word)
    converter.register_structure_hook_factory(has, _reads_record)
    converter.register_structure_hook_factory(WHOLES.__contains__, _reads_whole)
    converter.register_structure_hook_factory(is_tuple, _reads_list)
    converter.register_unstructure_hook_factory(is_tuple, _writes_list)
    converter.register_structure_hook_factory(is_sets, partial(_reads_sets, is_strict=is_strict))
    converter.register_unstructure_hook_factory(is_sets, _writes_sets)
    converter.register_structure_hook_factory(is_union, _reads_union)
    converter.register_unstructure_hook_factory(is_union, _writes_union)
    converter.register_structure_hook_factory(lambda kind: kind is Scorecard, _reads_card)
    converter.register_structure_hook(
        OkrError, lambda data, _: converter.structure(data, Problem).error()
    )
    converter.register_unstructure_hook(
        OkrError, lambda error: converter.unstructure(Problem.of(error))
    )
    return converter


def group_of(faults: Sequence[Exception], kind: Any) -> ClassValidationError:
    """Return faults with relative paths as one exception of cattrs."""
    return ClassValidationError("", faults, kind)  # pyright: ignore[reportCallIssue]  # see its __new__


# --- records -----------------------------------------------------------------------------------


def _reads_record(kind: Any, converter: Converter) -> Read:
    read = make_dict_structure_fn(kind, converter)

    def structure(value: Any, _: object) -> Any:
        if not is_object(value):
            raise refusal("not-an-object", value)
        return read(value, kind)

    return structure


def _reads_whole(kind: Any, converter: Converter) -> Read:
    read = _reads_record(kind, converter)

    def structure(value: Any, _: object) -> Any:
        try:
            return read(value, kind)
        except ClassValidationError as error:
            if not isinstance(error.exceptions[0], InconsistentPlanError):
                raise
            parts = _parts_of(kind, value, converter)
            raise group_of(faults_between(kind, parts), kind) from None

    return structure


def _parts_of(kind: Any, value: Any, converter: Converter) -> dict[str, Any]:
    """Return the fields of a record whose parts are valid and do not fit each other."""
    return {
        field.name: converter.structure(value[field.name], cast("Any", field.type))
        if field.name in value
        else field.default
        for field in fields_of(kind)
    }


def _reads_card(kind: Any, converter: Converter) -> Read:
    read = _reads_record(kind, converter)

    def structure(value: Any, _: object) -> Any:
        card: Any = None
        try:
            card = read(value, kind)
            parts = {field.name: getattr(card, field.name) for field in fields_of(kind)}
        except ClassValidationError as error:
            if not isinstance(error.exceptions[0], InconsistentPlanError):
                raise
            parts = _parts_of(kind, value, converter)
        faults = card_faults(parts)
        if faults:
            raise group_of(faults, kind)
        return card

    return structure


# --- lists -------------------------------------------------------------------------------------


def _reads_list(kind: Any, converter: Converter) -> Read:
    members = members_of(kind)
    length = None if members[-1] is ... else len(members)

    def structure(value: Any, _: object) -> Any:
        if not is_list(value) or (length is not None and len(value) != length):
            raise refusal("not-a-sequence", value, f"give a list of {length}" if length else "")
        made: list[Any] = []
        wrong: list[Exception] = []
        kinds = repeat(members[0]) if length is None else members
        for position, (member, member_kind) in enumerate(zip(value, kinds, strict=False)):
            try:
                made.append(converter.structure(member, member_kind))
            except (OkrError, BaseValidationError) as error:
                error.add_note(IterableValidationNote("", position, member_kind))
                wrong.append(error)
        if wrong:
            raise group_of(wrong, kind)
        return tuple(made)

    return structure


def _writes_list(kind: Any, converter: Converter) -> _Write:
    members = members_of(kind)
    if members[-1] is ...:
        return lambda value: [converter.unstructure(member, members[0]) for member in value]
    return lambda value: [
        converter.unstructure(member, member_kind)
        for member, member_kind in zip(value, members, strict=True)
    ]


# --- values by field name ----------------------------------------------------------------------


def _reads_sets(kind: Any, converter: Converter, *, is_strict: bool) -> Read:
    hints = hints_of_sets()

    def structure(value: Any, _: object) -> Any:
        if not is_object(value):
            raise refusal("not-an-object", value)
        made: list[tuple[str, Any]] = []
        wrong: list[Exception] = []
        for name in filter(hints.__contains__, value):
            try:
                made.append((name, converter.structure(value[name], hints[name])))
            except (OkrError, BaseValidationError) as error:
                error.add_note(AttributeValidationNote("", name, hints[name]))
                wrong.append(error)
        unknown = value.keys() - hints.keys()
        if is_strict and unknown:
            wrong.append(ForbiddenExtraKeysError("", kind, unknown))
        if wrong:
            raise group_of(wrong, kind)
        return tuple(made)

    return structure


def _writes_sets(_: Any, converter: Converter) -> _Write:
    hints = hints_of_sets()
    return lambda value: {name: converter.unstructure(each, hints[name]) for name, each in value}


# --- unions ------------------------------------------------------------------------------------


def _reads_union(kind: Any, converter: Converter) -> Read:
    choice = choice_of(kind)
    known = f"known: {', '.join(sorted(choice.tagged))}"

    def structure(value: object, _: object) -> Any:
        if value is None and choice.is_optional:
            return None
        member = choice.only or choice.plain.get(type(value))
        if member is not None:
            return converter.structure(value, member)
        if not is_object(value) or not choice.tagged:
            raise refusal("wrong-type", value, _words(choice))
        if TYPE not in value:
            raise refusal("missing-field", value, known, f".{TYPE}")
        tag = value[TYPE]
        if type(tag) is not str or tag not in choice.tagged:
            raise refusal("unknown-type", tag, known, f".{TYPE}")
        bare = {name: found for name, found in value.items() if name != TYPE}
        record = converter.structure(bare, choice.tagged[tag])
        return getattr(record, tag) if tag in LISTS else record

    return structure


def _words(choice: Choice) -> str:
    words = [_WORDS[kind] for kind in choice.plain if kind in _WORDS]
    if choice.tagged:
        words.append(f"an object with a type, such as {min(choice.tagged)}")
    return f"give {' or '.join(words)}"


_WORDS: Final[Mapping[type, str]] = MappingProxyType(
    {str: "a text", float: "a number", bool: "true or false"}
)


def _writes_union(kind: Any, converter: Converter) -> _Write:
    choice = choice_of(kind)

    def unstructure(value: object) -> Any:
        if value is None:
            return None
        # A member of an enum is a text.
        form: Any = str if isinstance(value, str) else type(value)
        member = choice.only or choice.plain.get(form)
        if member is not None:
            return converter.unstructure(value, member)
        tag, record = choice.carried(value)
        return {TYPE: tag, **converter.unstructure(record)}

    return unstructure
