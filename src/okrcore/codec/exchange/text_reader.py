"""Plans from plain text, for coaches who type while people talk.

    O: Earn more per account (aspirational) @Ana Ruiz
      KR: free-to-paid conversion 3.1% -> 3.8% @Cy Wu
      KR: new price page live
      G: tickets per 1,000 accounts <= 85
      I: test three pricing pages
      O: Make checkout effortless
        KR: median time to check out 1:30 -> 0:45
    M: NPS >= 40

1. A line is a letter, a title, a measure in a few words, and marks behind it: `@owner`, `#id`, and facts
   in brackets.
2. An indented objective supports the one above it. `(supports #id)` aligns it to another line before it,
   so that deep plans need no deep indentation, and text has no circle.
3. A line that is not understood becomes a problem with its number, and the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import define, field, frozen

from okrcore._checks import as_text, must_be_a
from okrcore._texts import as_seen, without_unsafe
from okrcore.calendar import Cycle
from okrcore.codec.exchange.import_result import ImportResult, Report
from okrcore.codec.exchange.phrases import Measured, split_phrase
from okrcore.codec.exchange.row_drafts import Ids, slug
from okrcore.errors import OkrError
from okrcore.journal import Journal
from okrcore.plan import (
    Ambition,
    Bound,
    Guardrail,
    Initiative,
    Judged,
    KeyResult,
    Metric,
    Objective,
    PassFail,
    Plan,
)
from okrcore.words.reason import Reason

__all__ = ["ID", "read_text"]


def read_text(text: str, *, cycle: Cycle | None = None) -> ImportResult:
    """Read a plan from text: `O:` objectives, `KR:` key results, `G:` guardrails, `I:` initiatives, `M:` KPIs.

    A key result without a measure is done or not done. Marks behind a line are its owner (`@Cy Wu`), its id
    (`#conv`; without one it is made from the title), and in brackets `(committed)`, `(weight 2)`,
    `(by 2026-09-15)`, `(hard)` for a guardrail, `(supports #conv)` for an objective. Lines that start with
    `#` or `//` are comments.

    Args:
        text: One line for each item.
        cycle: Cycle of all objectives.

    Returns:
        The plan, an empty journal, and the problems, with line numbers as rows.

    Raises:
        InvalidValueError: An argument has the wrong type. No line raises.

    Laws: test_text_that_holds_a_plan_reads_back_equal, test_any_text_gives_a_plan.

    >>> loaded = read_text('''
    ... O: Earn more per account @Ana Ruiz
    ...   KR: conversion 3.1 % -> 3.8 % @Cy Wu
    ...   G: tickets <= 85
    ... ''')
    >>> loaded.plan.objectives[0].own_key_results[0].measure
    Increase(baseline=3.1, target=3.8)
    """
    must_be_a(read_text, "text", text, str)
    text = as_text(text)
    must_be_a(read_text, "cycle", cycle, Cycle, type(None))
    reader = _Reader(cycle)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    return reader.loaded()


# --- lines -------------------------------------------------------------------------------------

_TAGS: Final[Mapping[str, str]] = {
    "o": "objective",
    "objective": "objective",
    "kr": "key result",
    "key result": "key result",
    "g": "guardrail",
    "guardrail": "guardrail",
    "i": "initiative",
    "initiative": "initiative",
    "m": "metric",
    "kpi": "metric",
}
_LINE: Final = re.compile(
    rf"(?P<indent>\s*)(?:[-*•]\s+)?(?P<tag>{'|'.join(sorted(_TAGS, key=len, reverse=True))})"
    r"\s?\d{0,3}\s*:\s*(?P<rest>.*?)\s*",
    re.IGNORECASE,
)
#: Longer lines are refused (library default).
_LONGEST: Final = 1000
#: Separators of words that no title has.
_BETWEEN: Final = re.compile(r"[\t\u2028\u2029]")
#: Signs of a measure in a title.
_LIKE_A_MEASURE: Final = re.compile(r"->|→|[<>≤≥]=?")
_COMMENT: Final = re.compile(r"\s*(?:#|//).*|\s*")
#: An id behind its mark.
ID: Final = r"[^\s@#()]+"
#: One mark at the end of a line.
_MARK: Final = re.compile(
    rf"(?P<before>.*?)(?:^|\s+)(?:@(?P<owner>[^@#()]+)|#(?P<id>{ID})|\((?P<fact>[^()]+)\))\s*"
)
_FACTS: Final[Mapping[str, re.Pattern[str]]] = {
    "ambition": re.compile("|".join(Ambition), re.IGNORECASE),
    "weight": re.compile(r"weight (\d+(?:\.\d+)?(?:e-?\d+)?)", re.IGNORECASE),
    "due": re.compile(r"by (\d{4}-\d{2}-\d{2})", re.IGNORECASE),
    "hard": re.compile("hard", re.IGNORECASE),
    "supports": re.compile(rf"supports #({ID})", re.IGNORECASE),
}
#: Marks of each kind of line.
_MAY_STATE: Final[Mapping[str, frozenset[str]]] = {
    "objective": frozenset({"ambition", "supports", "owner", "id"}),
    "key result": frozenset({"weight", "due", "owner", "id"}),
    "guardrail": frozenset({"hard", "owner", "id"}),
    "initiative": frozenset({"due", "owner", "id"}),
    "metric": frozenset({"owner", "id"}),
}


def _unmarked(kind: str, rest: str) -> tuple[str, dict[str, str]]:
    """Return a line without its marks, and their values; marks of other kinds of lines stay in the title."""
    facts: dict[str, str] = {}
    while True:
        found = _MARK.fullmatch(rest)
        if found is None or not found["before"].strip():
            return rest, facts
        name, value = _fact(found)
        if name not in _MAY_STATE[kind] or name in facts:
            return rest, facts
        facts[name] = value
        rest = found["before"].rstrip()


def _fact(found: re.Match[str]) -> tuple[str, str]:
    for name in ("owner", "id"):
        if found[name] is not None:
            return name if as_seen(found[name]) else "", as_seen(found[name])
    for name, pattern in _FACTS.items():
        known = pattern.fullmatch(found["fact"].strip())
        if known is not None:
            return name, known[known.lastindex or 0]
    return "", ""


# --- items -------------------------------------------------------------------------------------


@define
class _Draft:
    """Draft of an objective, with the fields of its line."""

    fields: dict[str, Any]
    key_results: list[KeyResult] = field(factory=list[KeyResult])
    guardrails: list[Guardrail] = field(factory=list[Guardrail])
    initiatives: list[Initiative] = field(factory=list[Initiative])


@frozen
class _Parent:
    """A line that later ones may be indented under: an objective, or a key result in one."""

    indent: int
    id: str
    draft: _Draft
    is_objective: bool


@frozen
class _Line:
    """A line as read."""

    number: int
    indent: int
    kind: str
    title: str
    facts: Mapping[str, str]


@define
class _Reader:
    """State of reading one text."""

    cycle: Cycle | None
    report: Report = field(factory=lambda: Report(of_lines=True))
    ids: Ids = field(factory=Ids)
    lines: list[_Line] = field(factory=list[_Line])
    drafts: list[_Draft] = field(factory=list[_Draft])
    metrics: list[Metric] = field(factory=list[Metric])
    parents: list[_Parent] = field(factory=list[_Parent])
    alignable: set[str] = field(factory=set[str])

    def take(self, number: int, text: str) -> None:
        """Take one line; ids stated by lines are reserved before any is made from a title."""
        if _COMMENT.fullmatch(text):
            return
        text = self._seen(number, text)
        found = _LINE.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None or not found["rest"]:
            hint = Reason("hint/begin-line", tags=("O:", "KR:", "G:", "I:"), last="M:")
            self.report.note(number, None, text.strip(), "line-unreadable", hint)
            return
        kind, indent = _TAGS[found["tag"].casefold()], len(found["indent"].expandtabs(4))
        title, facts = _unmarked(kind, found["rest"])
        stated = facts.get("id")
        if stated is not None and self.ids.take(stated) != stated:
            self.report.note(number, None, stated, "id-taken")
            del facts["id"]
        self.lines.append(_Line(number, indent, kind, title, facts))

    def _seen(self, number: int, text: str) -> str:
        """Return a line without unsafe characters, and without words that have no visible character."""
        safe = without_unsafe(text)
        if safe != text:
            self.report.note(number, None, text.strip(), "characters-left-out")
        words = safe.split()
        seen = [each for each in map(as_seen, words) if each]
        if seen == words and not _BETWEEN.search(safe.strip()):
            return safe
        return safe[: len(safe) - len(safe.lstrip())] + " ".join(seen)

    def loaded(self) -> ImportResult:
        for line in self.lines:
            if line.kind == "objective":
                self._objective(line)
            elif line.kind == "metric":
                self._metric(line)
            else:
                self._member(line)
        objectives = [
            Objective(
                **draft.fields,
                cycle=self.cycle,
                key_results=draft.key_results,
                guardrails=draft.guardrails,
                initiatives=draft.initiatives,
            )
            for draft in self.drafts
        ]
        plan = Plan(objectives, metrics=self.metrics)
        return ImportResult(plan, Journal(), self.report.in_order())

    def _objective(self, line: _Line) -> None:
        self.parents = [parent for parent in self.parents if parent.indent < line.indent]
        fields = self._fields(line, line.title, "")
        if "ambition" in line.facts:
            fields["ambition"] = Ambition(line.facts["ambition"].casefold())
        fields["supports"] = self._supports(line)
        draft = _Draft(fields)
        self.alignable.add(fields["id"])
        self.drafts.append(draft)
        self.parents.append(_Parent(line.indent, fields["id"], draft, is_objective=True))

    def _supports(self, line: _Line) -> list[str]:
        """Return the ids that an objective supports: of the line above it, and of one that it names."""
        under, named = [parent.id for parent in self.parents[-1:]], line.facts.get("supports")
        if named is None or named in under:
            return under
        if named not in self.alignable:
            hint = Reason("hint/no-earlier-id")
            self.report.note(line.number, None, named, "not-kept", hint)
            return under
        return [*under, named]

    def _member(self, line: _Line) -> None:
        """Add a key result, guardrail or initiative to the line above it, or to the last objective."""
        if not self.drafts:
            self.report.note(line.number, None, line.title, "no-objective")
            return
        above = [parent for parent in self.parents if parent.indent < line.indent]
        if above:
            self.parents = above
        draft = above[-1].draft if above else self.drafts[-1]
        under = above[-1].id if above and not above[-1].is_objective else None
        prefix = f"{draft.fields['id']}-"
        if line.kind == "initiative":
            fields = self._fields(line, line.title, prefix)
            drives = () if under is None else (under,)
            draft.initiatives.append(Initiative(**fields, drives=drives))
        elif line.kind == "guardrail":
            title, bound = self._bounded(line)
            if bound is None:
                hint = Reason("hint/write-bound-with-title")
                self.report.note(line.number, None, line.title, "no-bound", hint)
                return
            fields = self._fields(line, title, prefix)
            hard = "hard" in line.facts
            draft.guardrails.append(
                Guardrail(**fields, bound=bound.measure, unit=bound.unit, hard=hard, protects=under)
            )
        else:
            kr = self._key_result(line, prefix)
            draft.key_results.append(kr)
            self.alignable.add(kr.id)
            if above:
                self.parents.append(_Parent(line.indent, kr.id, draft, is_objective=False))

    def _metric(self, line: _Line) -> None:
        title, bound = self._bounded(line)
        health, unit = (None, None) if bound is None else (bound.measure, bound.unit)
        fields = self._fields(line, title, "")
        self.metrics.append(Metric(**fields, health=health, unit=unit))

    def _key_result(self, line: _Line, prefix: str) -> KeyResult:
        title, phrase = self._phrased(line)
        measure, unit = (PassFail(), None) if phrase is None else (phrase.measure, phrase.unit)
        fields = self._fields(line, title, prefix)
        if "weight" in line.facts:
            fields["weight"] = float(line.facts["weight"])
        return KeyResult(**fields, measure=measure, unit=unit)

    # --- parts of lines --------------------------------------------------------------------------

    def _fields(self, line: _Line, title: str, prefix: str) -> dict[str, Any]:
        """Return the fields common to all kinds of lines, and the deadline."""
        id = line.facts.get("id") or self.ids.take(prefix + (slug(title) or "untitled"))
        fields: dict[str, Any] = {"id": id, "title": title, "owner": line.facts.get("owner")}
        if "due" in line.facts:
            try:
                fields["due"] = date.fromisoformat(line.facts["due"])
            except ValueError:
                hint = Reason("hint/no-such-day")
                self.report.note(line.number, None, line.facts["due"], "cell-unreadable", hint)
        return fields

    def _bounded(self, line: _Line) -> tuple[str, Measured | None]:
        """Return a title and the bound behind it; any other measure stays in the title."""
        title, phrase = self._phrased(line)
        if phrase is None or not isinstance(phrase.measure, Bound):
            return line.title, None
        return title, phrase

    def _phrased(self, line: _Line) -> tuple[str, Measured | None]:
        """Return a title and the measure behind it; signs of a measure without one are a problem."""
        try:
            title, phrase = split_phrase(line.title)
        except OkrError as error:
            self.report.refused(line.number, None, line.title, error)
            return line.title, Measured(Judged())
        if phrase is None and _LIKE_A_MEASURE.search(line.title):
            hint = Reason("hint/write-measure")
            self.report.note(line.number, None, line.title, "line-unreadable", hint)
            return line.title, Measured(Judged())
        if phrase is not None and not title:
            self.report.note(line.number, None, line.title, "no-title")
            return line.title, phrase
        return title, phrase
