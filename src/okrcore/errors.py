"""Errors of the library: code, path, value and hint.

Rules of this file:

1. Each error has a code, a key of `CODES`: the reference page that lists codes is made from it.
2. An error prints, has a repr and pickles whatever its value is: one that fails to is lost in a log, or on
   its way back from a worker process.
3. An opinion about a plan is a finding, never an error.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from reprlib import Repr
from types import MappingProxyType
from typing import Final, final

__all__ = [
    "CODES",
    "DecodeError",
    "InconsistentPlanError",
    "InvalidValueError",
    "OkrError",
    "TransitionError",
    "in_short",
]

#: Rule broken, by code. Codes are stable: programs may depend on them.
CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # one field
        "not-text": "must be a non-empty text",
        "unsafe-text": "must have no control characters, half surrogates or marks that turn its direction",
        "space-around": "must have no space around it",
        "not-a-number": "must be a finite number",
        "unreadable-number": "must be a number as people write it",
        "unreadable-share": "must be a share from 0 to 1",
        "unreadable-day": "must be a day as people write it",
        "too-large": "must lie between -1e100 and 1e100",
        "not-a-date": "must be a date without a time",
        "not-a-moment": "must be a datetime with a time zone",
        "not-true-or-false": "must be True or False",
        "not-a-sequence": "must be a list or tuple",
        "wrong-type": "must have the right type",
        "negative": "must be >= 0",
        "not-positive": "must be > 0",
        "not-whole": "must be a whole number",
        "out-of-range": "must lie within its range",
        "weight-negative": "must be >= 0",
        "confidence-range": "must lie between 0 and 1",
        "ends-before-start": "must not end before it starts",
        "month-unknown": "must be a month from 1 to 12",
        "quarter-unknown": "must be a quarter from 1 to 4",
        "out-of-order": "must come after the one before",
        "year-unknown": "must be a year from 1000 to 9000",
        "day-unknown": "must be a day of the month",
        "not-in-year": "must be a part of the year",
        "micro-too-long": "must last at most a month",
        "cadence-does-not-fit": "must divide the calendar's year",
        "year-not-whole": "must be four quarters of 52 weeks together",
        "ritual-unknown": "must be a ritual that has a row",
        "not-in-agenda": "must be a topic of the agenda",
        "given-twice": "must be given once",
        "placeholder-unknown": "must have only known placeholders",
        "never-a-workday": "must have a workday within a year",
        "repeated": "must not have the same name twice",
        "empty": "must not be empty",
        "too-few": "must have more items",
        "not-two": "must be two",
        "columns-differ": "must have as many rows as the others",
        # measures
        "target-equals-baseline": "must differ from the baseline",
        "target-against-direction": "must lie in the direction of the measure",
        "relative-to-zero": "must not be relative to a baseline of 0",
        "no-direction": "must have a direction",
        "bounds-crossed": "must leave room between its ends",
        "zone-on-wrong-side": "must lie on its side of the limit",
        "limit-open": "must have a limit that is a number",
        "denominator-zero": "must not be 0",
        # a plan as a whole
        "after-cycle": "must not be after the end of the cycle",
        "wording": "must count",
        "not-in-force": "must be in the plan on that day",
        "not-breached": "must be outside its limit",
        "already-in-plan": "must change the plan as stored",
        "mixed-change": "must not change an item that joins or leaves by the same adjustment",
        "unknown-id": "must be a known id",
        "duplicate-id": "must be used only once",
        "wrong-kind": "must be an item of the right kind",
        "circle": "must not lead back to itself",
        "own-reading-of-derived": "must be left to the items it is derived from",
        "unit-mismatch": "must be of one unit",
        "own-reading-of-metric": "must be checked in through its metric",
        # a journal against a plan
        "reading-does-not-fit": "must be a reading of the measure's form",
        "reading-mixed": "must be read in the form of the readings before it",
        "reading-adds": "must have an id beside a reading of its day without one",
        "entry-mismatch": "must fit the plan",
        "not-settling": "must be a judgement that settles a guardrail",
        "decision-does-not-fit": "must be a decision that its item takes",
        "baseline-stated": "must be the baseline of a measure that states none",
        "no-such-move": "must be a transition of the lifecycle",
        "after-closing": "must not come after the closing of its item or objective",
        "rewrites-history": "must not change a past that entries depend on",
        # a document
        "undecodable": "must be a readable document",
        "not-json": "must be JSON",
        "not-plain": "must be plain data, as JSON has it",
        "too-deep": "must not be nested deeper than 50 levels",
        "not-an-object": "must be an object",
        "missing-field": "must be given",
        "unknown-field": "must be a known field",
        "unknown-type": "must be a known type",
        "unknown-word": "must be one of the known words",
        "unknown-version": "must be a known version",
        # a scorecard
        "not-counted": "must count for something on the day",
        "no-such-reading": "must be a score that a reading of the day gives",
        "grouping-unknown": "must be a grouping of objectives",
        "of-people": "must not group scores by person",
        "scale-unknown": "must name a scale of the rulebook",
        # a rulebook
        "weights-total": "must add up to the total of the rulebook",
        "bands-empty": "must have at least one band",
        "rule-beyond-columns": "must be a rule that columns of numbers can follow",
        "method-unknown": "must name a method of the rulebook",
    }
)


class _Short(Repr):
    def repr_int(self, x: int, level: int) -> str:
        try:
            return super().repr_int(x, level)
        except ValueError:  # Python refuses to write thousands of digits
            return f"a whole number of {x.bit_length()} bits"


_short = _Short()
#: Characters and members of a refused value that a message shows (library default).
_short.maxstring = _short.maxother = 80
_short.maxtuple = _short.maxlist = _short.maxset = _short.maxdict = 8


def in_short(value: object) -> str:
    """Return any value as short text on one line, whatever its own methods do."""
    if type(value) is _Lost:
        return value.shown
    try:
        text = _short.repr(value)
    except Exception:  # noqa: BLE001  # a class with the name of a builtin one; a value nested too deep
        text = f"<{type(value).__name__}>"
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


#: Faults that one error lists (library default); a document of 4 MB may have 200,000.
_MOST_LISTED: Final = 100


class _Lost:
    """Replacement of a value that cannot be pickled, with its repr."""

    __slots__ = ("shown",)

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown

    def __reduce__(self) -> tuple[type[_Lost], tuple[str]]:
        return _Lost, (self.shown,)


class OkrError(Exception):
    """A refusal: nothing was changed, and the message has the rule that was broken.

    Args:
        code: A key of `CODES`; stable, for programs.
        path: The record, its id and the field, such as `KeyResult('arpa').weight`.
        value: The refused value. A pickle has only its repr if it cannot be pickled.
        hint: A remedy, if the rule alone does not give it; of a number, a day or a measure a `Reason`, so
            that problems of cells are written in other words too. A pickle has its English text.
        faults: Single errors, if one act met several: the first 100, the others counted in `unlisted`.

    Raises:
        InvalidValueError: The code is none of `CODES`, or an argument has the wrong type.

    >>> from okrcore.errors import InvalidValueError
    >>> print(InvalidValueError("weight-negative", "KeyResult('arpa').weight", -1.0))
    KeyResult('arpa').weight: must be >= 0, got -1.0 [weight-negative]
    """

    code: str
    path: str
    value: object
    hint: str
    faults: tuple[OkrError, ...]
    #: Count of single errors beyond those in `faults`.
    unlisted: int

    def __init__(
        self,
        code: str,
        path: str,
        value: object,
        hint: str = "",
        faults: Iterable[OkrError] = (),
    ) -> None:
        for name, text in (("code", code), ("path", path), ("hint", hint)):
            if not issubclass(type(text), str):
                raise InvalidValueError("not-text", f"{type(self).__name__}.{name}", text)
        code, path = str.__str__(code), str.__str__(path)  # a subclass may have no hash
        if code not in CODES:
            raise InvalidValueError("unknown-word", f"{type(self).__name__}.code", code)
        if type(faults) not in (tuple, list) or not all(
            isinstance(one, OkrError) for one in faults
        ):
            raise InvalidValueError("wrong-type", f"{type(self).__name__}.faults", faults)
        self.code = code
        self.path = path
        self.value = value
        self.hint = hint
        every = tuple(faults)
        self.faults = every[:_MOST_LISTED]
        self.unlisted = len(every) - len(self.faults)
        super().__init__(code, path, value, hint, self.faults)

    def __str__(self) -> str:
        if self.faults:
            more = [f"and {self.unlisted:,} more"] if self.unlisted else []
            return "\n".join([*map(str, self.faults), *more])
        hint = str.__str__(self.hint)
        hint = f"; {hint}" if hint else ""
        return f"{self.path}: {CODES[self.code]}, got {in_short(self.value)}{hint} [{self.code}]"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.path!r}, {in_short(self.value)})"

    def __reduce__(self) -> tuple[type[OkrError], tuple[object, ...], dict[str, int]]:
        value, shown = self.value, in_short(self.value)
        try:
            is_kept = in_short(pickle.loads(pickle.dumps(value))) == shown  # noqa: S301  # made a moment ago
        except Exception:  # noqa: BLE001  # a generator; too deep; of a class whose copies fail
            is_kept = False
        if not is_kept:
            value = _Lost(shown)
        # A plain text, of a reason too: its values may be such as cannot be pickled.
        given = (self.code, self.path, value, str.__str__(self.hint), self.faults)
        return type(self), given, {"unlisted": self.unlisted}

    def as_dict(self) -> dict[str, object]:
        """Return the error as plain data, for the body of a service's response 422."""
        return {
            "code": self.code,
            "path": self.path,
            "value": in_short(self.value),
            "message": str(self),
            "faults": [fault.as_dict() for fault in self.faults],
            "unlisted": self.unlisted,
        }


@final
class InvalidValueError(OkrError, ValueError):
    """One field cannot hold the value; the record was not made."""


@final
class InconsistentPlanError(OkrError, ValueError):
    """The parts do not fit each other: an unknown or repeated id, a circle, a reading of another kind."""


@final
class TransitionError(OkrError, ValueError):
    """The lifecycle has no such transition, or the item is closed; the record is unchanged."""


@final
class DecodeError(OkrError, ValueError):
    """A document cannot be read; `faults` lists the first 100 faults, each with its JSON path."""
