"""A made-up language: every English letter of the table is another letter, by rule.

A sentence that is not made from the table has English letters, and shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from okrcore.words import TABLE, Reason, Template, Words

__all__ = ["MADE_UP", "codes_in", "english_in"]

_LETTERS: Final = {
    **{ord("a") + at: 0x13A0 + at for at in range(26)},  # Cherokee
    **{ord("A") + at: 0x13C0 + at for at in range(26)},
}
_PLACEHOLDER: Final = re.compile(r"(\{[^}]*\})")
_ENGLISH: Final = re.compile(r"[A-Za-z]+")
#: Power of ten in a number: 1e-06.
_POWER: Final = re.compile(r"(?<=\d)e[+-]\d+")


def _translated(template: Template) -> Template:
    if not isinstance(template, str):
        return tuple((form, _of_text(text)) for form, text in template)
    return _of_text(template)


def _of_text(template: str) -> str:
    return "".join(map(_of_part, _PLACEHOLDER.split(template)))


def _of_part(part: str) -> str:
    """Translate a literal, or the text that joins the list of a placeholder."""
    if not part.startswith("{"):
        return part.translate(_LETTERS)
    name, colon, joined_by = part.partition(":")
    return f"{name}{colon}{joined_by.translate(_LETTERS)}"


#: Days without letters; decimals with a comma, thousands with an apostrophe.
MADE_UP: Final = Words(
    {code: _translated(template) for code, template in TABLE.items()},
    decimal=",",
    thousands="'",
    percent="{number} °",
    day="{day}/{month}/{year}",
)


def english_in(text: str, *given: str) -> list[str]:
    """Return the words of a text in English letters, without those of the host."""
    return _ENGLISH.findall(_POWER.sub("", _any_of(frozenset(given)).sub("", text)))


@lru_cache(maxsize=8)
def _any_of(texts: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern of any of some texts, the longest first."""
    ordered = sorted((each for each in texts if each), key=len, reverse=True)
    any_of = "|".join(map(re.escape, ordered)) or "(?!)"
    return re.compile(rf"(?<![A-Za-z])(?:{any_of})(?![A-Za-z])")


def codes_in(value: Any) -> Iterator[str]:
    """Yield the codes of a reason and of those in it."""
    if isinstance(value, Reason):
        yield value.code
        for inner in value.values.values():
            yield from codes_in(inner)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from codes_in(each)
