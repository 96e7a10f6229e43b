"""Text for a terminal of 80 columns, and shares in percent that add up.

Rounded one by one, three thirds are 33.33, 33.33 and 33.33, which is 99.99.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import chain, repeat, zip_longest
from math import fsum
from textwrap import TextWrapper
from typing import Final
from unicodedata import combining, east_asian_width

from okrcore import _shown
from okrcore._arith import Rounding, round_to, short_beside, snap
from okrcore._checks import as_number, given_mapping, given_whole, must_be_a, must_be_number
from okrcore._texts import given_text
from okrcore.display.comparison_rows import (
    COMPARISON_HEADINGS,
    causes_of,
    comparison_title,
    headings,
    lines_of,
    moved_numbers,
    moved_states,
    title_of_rulebooks,
)
from okrcore.display.table_rows import SCORECARD_HEADINGS, Row, rows_of, title_of
from okrcore.plan import Person, Team
from okrcore.plan.identities import names_beside
from okrcore.plan.unit import plain
from okrcore.review import Agenda, AgendaSection
from okrcore.rulebook import Clip, GuardrailRule
from okrcore.scorecard import Comparison, Explanation, RulebookComparison, Scorecard
from okrcore.scorecard.explanation import SCORES, ShownSteps
from okrcore.words import ENGLISH, Figure, Reason, Term, Words

__all__ = [
    "agenda_text",
    "bar",
    "comparison_text",
    "explanation_text",
    "fit",
    "format_shares",
    "heading_of_agenda",
    "rulebooks_text",
    "scorecard_text",
    "wrapped",
]


#: Columns of a line (library default).
_WIDTH: Final = 79
#: Columns of a title in the table (library default).
_TITLE: Final = 35
_MOVED: Final = 58
_INDENT: Final = {
    "objective": "",
    "key result": "  ",
    "micro": "    ",
    "guardrail": "  ",
    "initiative": "  ",
    "kpi": "  ",
    "metric": "",
    "priority": "",
}
#: Kinds of rows that begin a block of their own.
_APART: Final = ("metric", "priority")
_OF_BOUNDS: Final[Mapping[str, str]] = {"held": "✓", "breached": "✗", "warning": "!"}
#: Marks of states, by the kind of row; "?" is for others.
_MARKS: Final[Mapping[str, Mapping[str, str]]] = {
    "guardrail": _OF_BOUNDS,
    "kpi": _OF_BOUNDS,
    "initiative": {"planned": "○", "doing": "◐", "done": "●", "dropped": "×"},
}
#: Columns of a bar (library default).
_BAR: Final = 10
#: Columns of the score, the bar and the expected score.
_NUMBERS: Final = _BAR + 15
#: Columns left for the status, and the fewest (library default).
_STATUS: Final = _WIDTH - _TITLE - _NUMBERS - 3
_LEAST: Final = 8
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_COMPANION: Final = "\x00"
#: Columns of titles, of the first rulebook, and of two to compare with it.
_BESIDE: Final = (28, 16, 16, 16)


def scorecard_text(card: Scorecard, *, words: Words = ENGLISH) -> str:
    """Return a scorecard as a table of at most 79 columns.

    Args:
        card: Scorecard to show.
        words: Words of sentences, headings and numbers.
    """
    must_be_a(scorecard_text, "card", card, Scorecard)
    must_be_a(scorecard_text, "words", words, Words)
    score, expected, status = map(words.phrase, SCORECARD_HEADINGS)
    head = f"{'':<{_TITLE}} {score:>5} {'':<{_BAR}} {expected:>8}  {status}"
    lines = [*wrapped(words.write(title_of(card))), "", head]
    before = ""
    for row in rows_of(card):
        starts = row.kind == "objective" or (row.kind in _APART and before != row.kind)
        if starts and before:
            lines.append("")
        lines.extend(_lines_of(row, words))
        before = row.kind
    return "\n".join(line.rstrip() for line in lines)


def _lines_of(row: Row, words: Words) -> Iterator[str]:
    indent = _INDENT[row.kind]
    if row.kind in _MARKS:
        title, note = words.write(row.title), words.write(row.note)
        mark = _MARKS[row.kind].get(row.state, "?")
        yield from _noted(f"{indent}{mark} ", f"{title}: {note}")
        return
    numbers = _numbers_of(row, words)
    room = max(_STATUS + _NUMBERS - len(numbers), _LEAST)
    titles = _wrapped(row.title, _TITLE - len(indent))
    statuses = _wrapped(words.write(row.status), room)
    for title, status in zip_longest(titles, statuses, fillvalue=""):
        yield f"{fit(indent + title, _TITLE)} {numbers}  {status}".rstrip()
        numbers = " " * len(numbers)
    if row.note:
        yield from _noted(f"{indent}  ", words.write(row.note))


def _numbers_of(row: Row, words: Words) -> str:
    """Write score, bar and expected score; the bar shrinks if an edge needs more digits."""
    score = f"{words.write(row.shown_score):>5}"
    expected = f"{words.write(row.shown_expected):>8}"
    room = max(_NUMBERS - 2 - len(score) - len(expected), 0)
    shown = "" if row.score is None else bar(row.score, room)
    return f"{score} {shown:<{room}} {expected}"


def _noted(indent: str, note: str) -> Iterator[str]:
    yield from wrapped(note, indent, " " * len(indent)) or [indent]


def bar(share: float, width: int = _BAR) -> str:
    """Return a bar of a share from 0 to 1; shares outside are shown as empty or full.

    >>> bar(0.55, 10)
    '█████▌░░░░'
    """
    whole = width * 8
    eighths = round(min(max(share, 0.0), 1.0) * whole)
    # A share between 0 and 1 is neither empty nor full.
    if width and 0 < snap(share) < 1:
        eighths = min(max(eighths, 1), whole - 1)
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    return filled + "░" * (width - len(filled))


def fit(text: str, width: int) -> str:
    """Return a text cut or padded to a number of terminal columns; wide characters take two."""
    shown, used = "", 0
    for character in text:
        columns = _columns(character)
        if used + columns > width:
            return _drop_last(shown, used, width)
        shown += character
        used += columns
    return shown + " " * (width - used)


def _drop_last(shown: str, used: int, width: int) -> str:
    while shown and used + 1 > width:
        used -= _columns(shown[-1])
        shown = shown[:-1]
    return f"{shown}…" + " " * (width - used - 1)


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrapped(text: str, first: str = "", rest: str = "", width: int = _WIDTH) -> list[str]:
    """Return a text in lines of at most a number of terminal columns; wide characters take two.

    Args:
        text: The text; its line breaks do not count.
        first: Prefix of the first line.
        rest: Prefix of the others.
        width: Columns of a line.

    >>> wrapped("Umsatz je Konto", "- ", "  ", width=10)
    ['- Umsatz', '  je Konto']
    """
    # A wide character gets a companion for its second column while lines are cut. A cut may separate the
    # two, so lines are one column shorter then.
    plain = " ".join(text.split())
    spread = "".join(c + _COMPANION if _columns(c) == 2 else c for c in plain)
    room = width - (len(spread) > len(plain))
    cut = TextWrapper(room, initial_indent=first, subsequent_indent=rest).wrap(spread)
    return [line.replace(_COMPANION, "") for line in cut]


def _wrapped(title: str, width: int) -> list[str]:
    return wrapped(title, width=width) or [""]


def explanation_text(
    explanation: Explanation,
    depth: int = 8,  # library default
    *,
    words: Words = ENGLISH,
) -> str:
    """Return an explanation as an indented list of at most 79 columns, down to a depth.

    A step that changed nothing is not shown, such as a score equal to its progress. An item on several
    paths is written in full once, and named afterwards ("see above").

    Args:
        explanation: Explanation of a number.
        depth: Levels below the first step; 0 shows the first alone.
        words: Words of sentences and numbers.
    """
    must_be_a(explanation_text, "explanation", explanation, Explanation)
    must_be_a(explanation_text, "words", words, Words)
    depth = given_whole(explanation_text, "depth", depth, 0)
    lines: list[str] = []
    waiting, shown_steps = [(0, explanation, 1.0)], ShownSteps(depth)
    while waiting:
        level, step, weight = waiting.pop()
        shown = _shown_for(step, shown_steps)
        is_new = shown_steps.is_new(shown, level)
        why = step.words if is_new else Reason("explanation/see-above")
        lines.extend(_step_lines(level, step, weight, why, words))
        if is_new and level < depth:
            weights = chain((entered.weight for entered in shown.inputs), repeat(1.0))
            parts = zip(shown_steps.parts_of(shown), weights, strict=False)
            waiting.extend((level + 1, part, share) for part, share in reversed(list(parts)))
    for remark in explanation.remarks:
        lines.extend(_noted("  ", words.write(remark)))
    return "\n".join(lines)


def _shown_for(step: Explanation, shown_steps: ShownSteps) -> Explanation:
    """Return the last step below, down from a step, with the same number: its parts are shown."""
    found = step
    while found.what in SCORES and isinstance(
        found.rule, (Clip, GuardrailRule)
    ):  # they may keep a number
        parts = shown_steps.parts_of(found)
        if not parts or parts[0].result != step.result:
            break
        found = parts[0]
    return found


def _step_lines(level: int, step: Explanation, weight: float, why: str, words: Words) -> list[str]:
    figure = Term("figure", step.what)
    if step.result is None:
        result = Reason("explanation/no-result", figure=figure)
    else:
        result = Reason("explanation/result", figure=figure, number=_result(step))
    if weight != 1:
        share = Figure(f"{weight:zg}")
        result = Reason("explanation/weighted", result=result, weight=share)
    title = " ".join(step.title.split())
    text = words.phrase("explanation/step", title=title, id=step.id, result=result, why=why)
    indent = "  " * level
    return wrapped(text, indent, f"{indent}    ")


def _result(step: Explanation) -> str | date:
    """Return the result of a step as a value of sentences."""
    if isinstance(step.result, str):
        return Term("status", step.result)
    if isinstance(step.result, date):
        return step.result
    # Readings are of any size; scores and progress are about 1.
    write = short_beside if step.what in SCORES else plain
    return write(step.result or 0.0, *step.edges)


def comparison_text(comparison: Comparison, *, words: Words = ENGLISH) -> str:
    """Return a comparison as a table of at most 79 columns, each score with its causes below it.

    Args:
        comparison: Comparison to show.
        words: Words of sentences, headings and numbers.
    """
    must_be_a(comparison_text, "comparison", comparison, Comparison)
    must_be_a(comparison_text, "words", words, Words)
    lines = wrapped(words.write(comparison_title(comparison)))
    if comparison.movements:
        before, after, change, _ = map(words.phrase, COMPARISON_HEADINGS)
        lines += ["", f"{'':<{_MOVED}} {before:>6} {after:>6} {change:>6}"]
    for moved in comparison:
        cells = map(words.write, moved_numbers(moved))
        numbers = " ".join(f"{cell:>6}" for cell in cells)
        room = min(_MOVED, _WIDTH - 1 - len(numbers))
        first, *rest = _wrapped(moved.title, room)
        lines += [f"{fit(first, room)} {numbers}", *rest]
        for cause in causes_of(moved):
            lines += wrapped(words.write(cause), "  ", "    ")
    for n, state in enumerate(moved_states(comparison)):
        lines += ["", *wrapped(words.write(state), "", "    ")][n > 0 :]
    return "\n".join(lines)


def rulebooks_text(comparison: RulebookComparison, *, words: Words = ENGLISH) -> str:
    """Return rulebooks side by side as tables of at most 79 columns, with their differences.

    Each table has the first rulebook and up to two others.

    Args:
        comparison: Rulebooks to show.
        words: Words of sentences and numbers.
    """
    must_be_a(rulebooks_text, "comparison", comparison, RulebookComparison)
    must_be_a(rulebooks_text, "words", words, Words)
    first, *others = comparison.cards
    lines = wrapped(words.write(title_of_rulebooks(comparison)))
    for at in range(0, max(len(others), 1), len(_BESIDE) - 2):
        lines += ["", *_beside([first, *others[at : at + len(_BESIDE) - 2]], words)]
    for heading, reasons in headings(comparison):
        lines += ["", *wrapped(words.write(heading))]
        for reason in reasons:
            lines += _noted("  ", words.write(reason.figures))
            for rule in reason.rules:
                lines += _noted("    ", words.write(rule))
    return "\n".join(lines)


def _beside(cards: Sequence[Scorecard], words: Words) -> Iterator[str]:
    yield from _columns_of("", "", [card.rulebook.name for card in cards])
    for line in lines_of(cards):
        cells = list(map(words.write, line.cells))
        yield from _columns_of("" if line.is_objective else "  ", line.title, cells)


def _columns_of(indent: str, title: str, cells: Sequence[str]) -> Iterator[str]:
    titles = [indent + part for part in _wrapped(title, _BESIDE[0] - len(indent))]
    columns = [titles, *(_wrapped(cell, _BESIDE[1]) for cell in cells)]
    for at in range(max(map(len, columns))):
        parts = (column[at] if at < len(column) else "" for column in columns)
        yield " ".join(map(fit, parts, _BESIDE)).rstrip()


_shown.text.register(Scorecard, scorecard_text)
_shown.text.register(Explanation, explanation_text)
_shown.text.register(Comparison, comparison_text)
_shown.text.register(RulebookComparison, rulebooks_text)

#: More digits would show the noise of floats.
_MOST_DIGITS: Final = 6


def format_shares(shares: Mapping[str, float], digits: int = 0) -> dict[str, float]:
    """Return shares in percent, rounded by largest remainder: shares of a whole total 100.

    Each is rounded down, and the remaining steps go to the largest losses, the first of equals. So equal
    shares may be one step apart.

    Args:
        shares: Shares by name, each 0 to 1, such as `card.shares("grow")`; their total is kept.
        digits: Decimals, 0 to 6.

    Returns:
        Percents by name, in the same order.

    Laws: test_shown_shares_total_what_they_are, test_shown_shares_are_less_than_a_step_away.

    Source: SYSTEMS.md part 1: Viva shows three equal contributions as 33.33 each.

    >>> format_shares({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, digits=2)
    {'a': 33.34, 'b': 33.33, 'c': 33.33}
    """
    shares = given_mapping(format_shares, "shares", shares)
    digits = given_whole(format_shares, "digits", digits, 0, _MOST_DIGITS)
    given = {
        given_text(format_shares, "shares", name): as_number(share)
        for name, share in shares.items()
    }
    for name, share in given.items():
        must_be_number(format_shares, f"shares[{name!r}]", share, low=0.0, high=1.0)
    step = Decimal(1).scaleb(-digits)
    exact = {name: Decimal(repr(snap(share * 100))) for name, share in given.items()}
    shown = {name: share.quantize(step, rounding=ROUND_FLOOR) for name, share in exact.items()}
    total = Decimal(repr(round_to(fsum(given.values()) * 100, digits, Rounding.HALF_UP)))
    left = int((total - sum(shown.values(), Decimal(0))) / step)
    by_loss = sorted(exact, key=lambda name: shown[name] - exact[name])
    for name in by_loss[:left]:
        shown[name] += step
    return {name: float(share) for name, share in shown.items()}


def heading_of_agenda(agenda: Agenda) -> str:
    """Return the title of an agenda with its day and length."""
    return Reason("agenda/heading", title=agenda.title, day=agenda.as_of, count=agenda.minutes)


def owners_in(agenda: Agenda) -> Mapping[Person | Team, str]:
    """Return the owners in an agenda by name; with their id, if another one has the name."""
    return names_beside(item.owner for section in agenda.sections for item in section.items)


# --- text --------------------------------------------------------------------------------------


def agenda_text(agenda: Agenda, *, words: Words = ENGLISH) -> str:
    """Return an agenda as text of at most 79 columns.

    Args:
        agenda: Agenda to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(agenda_text, "agenda", agenda, Agenda)
    must_be_a(agenda_text, "words", words, Words)
    lines = wrapped(words.write(heading_of_agenda(agenda)))
    owners = owners_in(agenda)
    for section in agenda.sections:
        title = words.write(section.title).upper()
        lines += ["", *wrapped(title), *_section_lines(section, words, owners)]
    return "\n".join(lines)


def _section_lines(
    section: AgendaSection, words: Words, owners: Mapping[Person | Team, str]
) -> Iterator[str]:
    for question in section.questions:
        yield from wrapped(words.write(question), "  ? ", "    ")
    for item in section.items:
        owner = "" if item.owner is None else f" [{owners[item.owner]}]"
        text = f"{words.write(item.title)}: {words.write(item.text)}{owner}"
        yield from wrapped(text, "  - ", "    ")
        for note in item.notes:
            yield from wrapped(words.write(note), "      ", "        ")
    if not section.items:
        yield from wrapped(words.write(section.empty), "  - ", "    ")


_shown.text.register(Agenda, agenda_text)
