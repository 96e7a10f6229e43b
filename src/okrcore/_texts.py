"""Texts of records: ids, names, notes; characters that no text may have. The rules of `_checks` apply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, cast
from unicodedata import category

from okrcore._checks import as_text, as_tuple, is_tuple, must_be_a, must_be_unique, path_of, settled
from okrcore.errors import InvalidValueError, in_short

__all__ = [
    "as_seen",
    "as_texts",
    "given_id",
    "given_text",
    "is_id",
    "must_be_id",
    "must_be_ids",
    "must_be_line",
    "must_be_name",
    "must_be_note",
    "must_be_text",
    "must_be_texts",
    "without_unsafe",
]

#: Control characters but tab and newline, half surrogates, and marks that turn the direction of the text
#: after them, which then reads as another one in a terminal or a diff (Unicode TR36; Trojan Source, 2021).
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: The same, and characters that end a line.
_UNSAFE_IN_LINE: Final = re.compile(_UNSAFE.pattern[:-1] + r"\t\n\u2028\u2029]")
#: Categories of invisible characters: controls, formats, spaces, marks on another character.
_BLANK_KINDS: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
#: Invisible letters and symbols: Hangul fillers and the empty braille pattern.
_BLANKS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
#: Categories that are invisible at the ends of a text.
_AROUND: Final = frozenset({"Cf", "Zs", "Zl", "Zp"})
_AROUND_ANY: Final = _AROUND | {"Cc"}


def without_unsafe(text: str) -> str:
    """Return a text without unsafe characters; a line break of two characters becomes one."""
    return text if text.isprintable() else _UNSAFE.sub("", text.replace("\r\n", "\n"))


def as_seen(text: str) -> str:
    """Return a text without invisible characters at its ends; empty if all are invisible."""
    if text.isascii():
        return text.strip()
    seen = [at for at, character in enumerate(text) if category(character) not in _AROUND_ANY]
    if not any(map(_is_seen, text)):
        return ""
    return text[seen[0] : seen[-1] + 1]


def must_be_note(record: object, field: str, value: object) -> None:
    """Require a safe text, of several lines or empty."""
    if type(value) is not str:
        value = settled(record, field, value, as_text(value))
        if type(value) is not str:
            must_be_a(record, field, value, str)
    text = cast("str", value)
    if not text.isprintable():
        _must_be_safe(record, field, text, _UNSAFE)


def must_be_line(record: object, field: str, value: object) -> None:
    """Require a safe text of one line, or an empty one."""
    must_be_note(record, field, value)
    text: str = as_text(value)
    if text:
        given_text(record, field, text)


def must_be_text(record: object, field: str, value: object) -> None:
    """Require a safe text, of one line or several, with a visible character."""
    given_text(record, field, value, _UNSAFE)


def must_be_name(record: object, field: str, value: object) -> None:
    """Require a safe text of one line with a visible character: a title, a name."""
    given_text(record, field, value)


def must_be_id(record: object, field: str, value: object) -> None:
    """Require a name without invisible characters at its ends."""
    given_id(record, field, value)


def given_id(record: object, field: str, value: object) -> str:
    """Return an id as a plain text; require a name without invisible characters at its ends."""
    if type(value) is str and value.isascii() and value.isalnum():
        return value  # most are
    text = given_text(record, field, value)
    if text.strip() != text or not (text.isascii() or _ends_in_sight(text)):
        hint = f"write {as_seen(text)!r}"
        raise InvalidValueError("space-around", path_of(record, field), text, hint)
    return text


def given_text(
    record: object, field: str, value: object, unsafe: re.Pattern[str] = _UNSAFE_IN_LINE
) -> str:
    """Return a text as a plain one; require a visible character and none of the unsafe ones."""
    if type(value) is not str:
        value = settled(record, field, value, as_text(value))
        if type(value) is not str:
            raise InvalidValueError("not-text", path_of(record, field), value)
    if value.isascii() and value.isprintable() and value and not value.isspace():
        return value
    _must_be_safe(record, field, value, unsafe)
    if not any(map(_is_seen, value)):
        raise InvalidValueError("not-text", path_of(record, field), value)
    return value


def is_id(value: str) -> bool:
    """Return whether a text is an id."""
    try:
        must_be_id(is_id, "value", value)
    except InvalidValueError:
        return False
    return True


def _is_seen(character: str) -> bool:
    return category(character) not in _BLANK_KINDS and character not in _BLANKS


def _ends_in_sight(text: str) -> bool:
    return category(text[0]) not in _AROUND and category(text[-1]) not in _AROUND


def _must_be_safe(record: object, field: str, text: str, unsafe: re.Pattern[str]) -> None:
    found = unsafe.search(text)
    if found:
        hint = f"leave out {found[0]!a} at position {found.start()}"
        raise InvalidValueError("unsafe-text", path_of(record, field), text, hint)


def as_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Convert a list of texts to a tuple, as `as_tuple` does."""
    return as_tuple(values)


def must_be_texts(record: object, field: str, value: object) -> None:
    """Require a tuple of different texts of one line; a text is not a sequence."""
    _must_be_each(record, field, value, must_be_name)


def must_be_ids(record: object, field: str, value: object) -> None:
    """Require a tuple of different ids; a text is not a sequence."""
    _must_be_each(record, field, value, must_be_id)


def _must_be_each(
    record: object, field: str, value: object, must_be: Callable[[object, str, object], None]
) -> None:
    if not is_tuple(value):
        hint = f"write [{in_short(value)}]" if issubclass(type(value), str) else ""
        raise InvalidValueError("not-a-sequence", path_of(record, field), value, hint)
    if set(map(type, value)) - {str}:
        value = settled(record, field, value, tuple(map(as_text, value)))
    for position, member in enumerate(value):
        must_be(record, f"{field}[{position}]", member)
    must_be_unique(record, field, value)
