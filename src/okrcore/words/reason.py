"""Reasons: sentences as data, and the words that write them.

Rules of this file:

1. A reason is a stable code and its values; its English sentence is made once, from the table.
2. Values are texts of the host, written as they are; figures, counts, days, terms and reasons, written in
   the words of the reader; and lists of them.
3. Words change sentences. They change no code, no value and no digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Self, TypeAlias, final

from attrs import field, frozen

from okrcore._checks import (
    are_pairs,
    as_named,
    as_pairs,
    as_text,
    as_tuple,
    is_tuple,
    must_be_a,
    must_be_unique,
    path_of,
)
from okrcore._figures import Figure
from okrcore._memo import Memoized, once
from okrcore._texts import must_be_note, must_be_text
from okrcore.errors import InvalidValueError
from okrcore.words.table import TABLE, Template
from okrcore.words.templates import filled, must_have, parsed, placeholders

__all__ = [
    "ENGLISH",
    "Reason",
    "Term",
    "Value",
    "Words",
    "as_reason",
    "as_reasons",
    "clauses",
    "listed",
    "must_be_sentence",
    "noted",
    "text_of",
]

#: Digits with their thousands and decimals, and a percent sign if there is one; a clock has neither.
_NUMBER: Final = re.compile(r"(?<![\d:])(\d[\d,]*)(\.\d+)?(?![\d:])(%?)")


class Term(str):
    """Word of a vocabulary, such as a status: the row "status: at risk" of the table has its text.

    Words of a dialect have no row, and are written as they are.
    """

    __slots__ = ("_kind",)
    _kind: str

    def __new__(cls, kind: str, text: str) -> Self:
        """Return a word of a kind."""
        for name, given in (("kind", kind), ("text", text)):
            must_be_a(cls, name, given, str)
        made = super().__new__(cls, text)
        made._kind = kind
        return made

    @property
    def kind(self) -> str:
        """The vocabulary."""
        return self._kind

    def __reduce__(self) -> tuple[type[Term], tuple[str, str]]:
        return Term, (self._kind, str(self))


#: Texts that words may change.
_OF_WORDS: Final = (Figure, Term, StrEnum)

Value: TypeAlias = str | int | date | Sequence[Any]


@final
class Reason(str):
    """Sentence of the library: its English text, with the code and the values that it is made from.

    Joined to other text, the result is a plain `str`.

    >>> from okrcore.words import Words
    >>> reason = Reason("list/pair", first="ARPA", last="Churn")
    >>> reason, reason.code, dict(reason.values)
    ('ARPA and Churn', 'list/pair', {'first': 'ARPA', 'last': 'Churn'})
    >>> Words({"list/pair": "{first} und {last}"}).write(reason)
    'ARPA und Churn'
    """

    __slots__ = ("_code", "_values")
    _code: str
    _values: Mapping[str, Value]

    def __new__(cls, code: str, /, **values: Value) -> Reason:
        """Return the sentence of a code, in English."""
        made = super().__new__(cls, ENGLISH.phrase(code, **values))
        made._code = code
        made._values = MappingProxyType(values)
        return made

    @property
    def code(self) -> str:
        """The row of the table; stable, for programs."""
        return self._code

    @property
    def values(self) -> Mapping[str, Value]:
        """The values by their placeholders."""
        return self._values

    def __reduce__(self) -> tuple[Callable[[str, Mapping[str, Value]], Reason], tuple[Any, ...]]:
        return _again, (self._code, dict(self._values))


def _again(code: str, values: Mapping[str, Value]) -> Reason:
    """Return a reason that was pickled or copied, by any protocol."""
    return Reason(code, **values)


def as_reason(text: str) -> Reason:
    """Return a text as a reason; one that is a reason as it is."""
    kind = type(text)
    if kind is Reason or not issubclass(kind, str):
        return text  # type: ignore[return-value]  # a reason; all else is refused by the record
    return Reason("text", text=text if issubclass(kind, _OF_WORDS) else as_text(text))


def as_reasons(texts: Iterable[str]) -> tuple[Reason, ...]:
    """Return texts as reasons."""
    given: Any = as_tuple(texts)
    return tuple(map(as_reason, given)) if is_tuple(given) else given  # refused by the record


def text_of(value: object) -> object:
    """Return a text of the library as a plain one, for checks, which replace other kinds of text in their field."""
    return str.__str__(value) if isinstance(value, (Reason, Figure, Term)) else value


def must_be_sentence(record: object, field: str, value: object) -> None:
    """Require a safe text with a visible character, of the host or of the library, which keeps its kind."""
    must_be_text(record, field, text_of(value))


def clauses(parts: Iterable[str]) -> str:
    """Return sentences as one: one; two; three. Empty ones are left out."""
    return _joined("list/clauses", [part for part in parts if part])


def listed(parts: Iterable[str]) -> str:
    """Return a list in words: one, two and three."""
    return _joined("list/all", list(parts))


def noted(parts: Iterable[str]) -> str:
    """Return a sentence with its notes: one, two, three. Empty ones are left out."""
    return _joined("list/notes", [part for part in parts if part])


def _joined(code: str, parts: Sequence[str]) -> str:
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 else Reason(code, parts=tuple(parts))


def _is_english_one(count: int) -> str:
    return "one" if count == 1 else "other"


def _as_sentences(given: Any) -> Any:
    pairs = as_pairs(given)
    if not are_pairs(pairs):
        return given
    return tuple((as_text(code), _as_template(template)) for code, template in pairs)


def _as_template(template: Any) -> Any:
    return as_named(template) if isinstance(template, (Mapping, tuple)) else as_text(template)


@final
@frozen(repr=False)
class Words(Memoized):
    """Words in which sentences, headings, terms and numbers are written: those of a language, or of a company.

    A code that is left out is written in English, and an empty row writes nothing. Codes, values and the digits
    of numbers stay the same.

    Args:
        sentences: Templates by code, as `TABLE` has them. A template has every placeholder of the English one;
            `{names:, }` joins a list with the text after the colon. Several templates by plural form are one
            for "other" counts, and others, which may leave placeholders out.
        decimal: Sign before decimals.
        thousands: Sign between thousands; may be empty.
        percent: Percentage, such as "{number} %".
        day: Date, by `{year}`, `{month}`, `{day}` and, from the table, `{month_name}`.
        plural: Function from a count to the name of its form.

    Raises:
        InvalidValueError: A code is unknown or given twice; a template is no text, or lacks or has other
            placeholders.

    >>> german = Words(decimal=",", thousands=".", percent="{number} %", day="{day}.{month}.{year}")
    >>> german.write(Figure("$1,250.5")), german.write(Figure("62.5%"))
    ('$1.250,5', '62,5 %')
    """

    sentences: tuple[tuple[str, Template], ...] = field(default=(), converter=_as_sentences)
    decimal: str = field(default=".", kw_only=True)
    thousands: str = field(default=",", kw_only=True)
    percent: str = field(default="{number}%", kw_only=True)
    day: str = field(default="{year}-{month}-{day}", kw_only=True)
    plural: Callable[[int], str] = field(default=_is_english_one, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not are_pairs(self.sentences):
            path = path_of(self, "sentences")
            raise InvalidValueError("wrong-type", path, self.sentences, "give a Mapping")
        for code, template in self.sentences:
            if type(code) is not str or code not in TABLE:
                raise InvalidValueError(
                    "unknown-word", path_of(self, "sentences"), code, _near(code)
                )
            _must_be_template(self, code, template)
        must_be_unique(self, "sentences", [code for code, _ in self.sentences])
        for name in ("decimal", "thousands", "percent", "day"):
            must_be_note(self, name, getattr(self, name))
        must_have(path_of(self, "percent"), self.percent, {"number"}, has_lists=False)
        known = {"year", "month", "day", "month_name"}
        must_have(path_of(self, "day"), self.day, known, is_whole=False, has_lists=False)
        self._form(1)

    def __repr__(self) -> str:
        return f"Words({len(self.sentences)} sentence{'s' * (len(self.sentences) != 1)})"

    def write(self, text: str) -> str:
        """Return a reason, a figure or a term in these words; any other text as it is.

        Args:
            text: A sentence, such as `result.why`.
        """
        if isinstance(text, Reason):
            return str.__str__(text) if self is ENGLISH else self.phrase(text.code, **text.values)
        must_be_a(self, "write", text, str)
        return self._value(text)

    def phrase(self, code: str, /, **values: Value) -> str:
        """Return the text of a code with its values.

        Args:
            code: A row of `TABLE`.
            values: Values by placeholder: texts, counts, days, and lists of them.

        Raises:
            InvalidValueError: The code is unknown, or a value is missing or of another kind.
        """
        must_be_a(self, "phrase", code, str)
        code = as_text(code)
        try:
            template = once(self, _by_code).get(code, TABLE[code])
            if not isinstance(template, str):
                forms, count = dict(template), values["count"]
                if not isinstance(count, int):
                    raise refusal_of(code, values)
                template = forms.get(self._form(count), forms["other"])
            return "".join(
                literal if name is None else literal + self._value(values[name], joined_by)
                for literal, name, joined_by in parsed(template)
            )
        except (KeyError, TypeError):  # which cost nothing unless they are raised
            raise refusal_of(code, values) from None

    def term(self, kind: str, text: str) -> str:
        """Return a word of a vocabulary; one without a row, such as a dialect's, as it is.

        Args:
            kind: The vocabulary, such as "status".
            text: The word, such as "at risk".
        """
        for name, given in (("kind", kind), ("text", text)):
            must_be_a(self, f"term.{name}", given, str)
        kind, text = as_text(kind), as_text(text)
        code = f"{kind}: {text}"
        return self.phrase(code) if code in TABLE else text

    def number(self, text: str) -> str:
        """Return a number with its unit, in the signs of these words.

        Args:
            text: Digits with "," for thousands and "." for decimals, perhaps with a unit: "1.5 days per week".
        """
        must_be_a(self, "number", text, str)
        head, _, per = as_text(text).partition(" per ")
        digits, _, noun = head.partition(" ")
        amount = _NUMBER.sub(self._number, digits)
        if noun:
            amount = f"{amount} {self.term('unit', noun)}"
        if not per:
            return amount
        unit = self.number(per) if per[0].isdigit() else self.term("unit", per)
        return self.phrase("number/per", amount=amount, unit=unit)

    def _number(self, found: re.Match[str]) -> str:
        whole, decimals, percent = found.groups(default="")
        text = whole.replace(",", self.thousands) + decimals.replace(".", self.decimal)
        return filled(self.percent, {"number": text}) if percent else text

    def _day(self, day: date) -> str:
        parts = {
            "year": f"{day.year:04}",
            "month": f"{day.month:02}",
            "day": f"{day.day:02}",
            "month_name": self.phrase(f"month: {day.month}"),
        }
        return filled(self.day, parts)

    def _form(self, count: int) -> str:
        """Return the plural form of a count."""
        try:
            form: object = self.plural(count)
        except Exception:  # noqa: BLE001  # no function, or one of its own faults
            form = None
        if type(form) is not str:
            hint = f"give a function from a count to a text; it has none for {count}"
            raise InvalidValueError("wrong-type", path_of(self, "plural"), self.plural, hint)
        return form

    def _value(self, value: Value, joined_by: str = "") -> str:
        if isinstance(value, Reason):
            return self.write(value)
        if isinstance(value, Figure):
            return str(value) if self is ENGLISH else self.number(value)
        if isinstance(value, Term):
            return self.term(value.kind, value)
        if isinstance(value, StrEnum):
            return self.term(_kind_of(type(value)), value)
        if isinstance(value, str):
            return as_text(value)  # type: ignore[no-any-return]
        if isinstance(value, int):
            return self.number(f"{value:,}")
        if isinstance(value, date):
            return self._day(value)
        parts = [self._value(part) for part in value]
        if joined_by or len(parts) < 2:
            return joined_by.join(parts)
        first = self.phrase("list/separator").join(parts[:-1])
        return self.phrase("list/pair", first=first, last=parts[-1])


def _by_code(words: Words) -> Mapping[str, Template]:
    return dict(words.sentences)


@lru_cache(maxsize=256)
def _kind_of(kind: type[StrEnum]) -> str:
    """Return the vocabulary of an enum: "bound state" for `BoundState`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()


def _must_be_template(words: Words, code: str, template: Any) -> None:
    path = f"{path_of(words, 'sentences')}[{code!r}]"
    english = TABLE[code]
    whole = english if isinstance(english, str) else dict(english)["other"]
    forms: dict[Any, Any] = {"other": template}
    if are_pairs(template) and template:
        forms = dict(template)
        if isinstance(english, str):
            hint = "give one template: it has no plural forms"
            raise InvalidValueError("wrong-type", path, forms, hint)
    if "other" not in forms:
        raise InvalidValueError("missing-field", path, forms, "give a template for 'other'")
    for form, text in forms.items():
        must_be_a(words, f"sentences[{code!r}]", form, str)
        must_be_note(words, f"sentences[{code!r}]", text)
        must_have(path, text, placeholders(whole), is_whole=form == "other")


def refusal_of(code: str, values: Mapping[str, object]) -> InvalidValueError:
    """Return the refusal of a code or of its values."""
    path = path_of(Words, "phrase")
    if code not in TABLE:
        return InvalidValueError("unknown-word", path, code, _near(code))
    english = TABLE[code]
    whole = english if isinstance(english, str) else f"{dict(english)['other']}{{count}}"
    missing = sorted(placeholders(whole) - values.keys())
    if missing:
        return InvalidValueError("missing-field", f"{path}.{missing[0]}", code)
    return InvalidValueError(
        "wrong-type", path, dict(values), "give texts, counts, days, or lists of them"
    )


def _near(code: object) -> str:
    """Return a hint at codes that are written alike."""
    near = get_close_matches(code, TABLE, 1) if isinstance(code, str) else []
    return f"did you mean {near[0]!r}?" if near else "give a code of `TABLE`"


#: English, as the library writes by default.
ENGLISH: Final = Words()
