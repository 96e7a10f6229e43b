"""Templates: texts with placeholders, parsed once.

Rules of this file:

1. `{names:, }` joins a list with the text after the colon. Signs have no lists.
2. A conversion such as !r is refused: values are written in the words of the reader, by their kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Final

from okrcore.errors import InvalidValueError

__all__ = ["filled", "must_have", "parsed", "placeholders"]

#: Parsed templates that are kept: all of one table, and of a few languages (library default).
_KEPT: Final = 8192


@lru_cache(maxsize=_KEPT)
def parsed(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the literals of a template, each with the placeholder after it and the text that joins its list."""
    return tuple(
        (literal, name, joined_by or "")
        for literal, name, joined_by, _ in Formatter().parse(template)
    )


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return the text of a sign, such as a percentage."""
    return "".join(
        literal if name is None else literal + values[name] for literal, name, _ in parsed(template)
    )


def placeholders(template: str) -> set[str]:
    """Return the placeholders of a template."""
    return {name for _, name, _ in parsed(template) if name is not None}


def must_have(
    path: str,
    template: str,
    required: set[str],
    *,
    is_whole: bool = True,
    has_lists: bool = True,
) -> None:
    """Require the placeholders of a template, or some of them, and no others."""
    try:
        found = placeholders(template)
    except ValueError as error:  # an open brace
        raise InvalidValueError("placeholder-unknown", path, template, str(error)) from None
    for _, name, given, conversion in Formatter().parse(template):
        if conversion:
            hint = f"leave out !{conversion}"
            raise InvalidValueError("placeholder-unknown", path, template, hint)
        if given and not has_lists:
            found.add(f"{name}:{given}")
    if found - required or (is_whole and found != required):
        names = " and ".join(f"{{{name}}}" for name in sorted(required)) or "no placeholder"
        raise InvalidValueError("placeholder-unknown", path, template, f"write it with {names}")
