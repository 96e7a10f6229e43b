"""Dialects keep to one form: what a method changes, which figures are rounded, what is not stated.

The tables are typed by hand from the sources. A new dialect, method or rounding fails until it is in them.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import pytest
from attrs import NOTHING, evolve, fields, has

import okrcore as okr
from okrcore.rulebook import Axis, ByBands, Clip, dialects
from okrcore.rulebook.dialects import DIALECTS, commercial, open_source
from shipped_methods import METHODS

MODULES: Final = (commercial, open_source)

#: Where a dialect rounds a figure: to how many decimals of a share, and which way.
ROUNDED: Final[Mapping[tuple[str, str], tuple[int, str]]] = {
    ("GitLab", "attainment.clip"): (2, "half-up"),
    ("GitLab", "roll_up.result"): (2, "floor"),
    ("ShamanR", "attainment.clip"): (2, "half-up"),
    ("ShamanR", "roll_up.result"): (2, "half-up"),
    ("frappe HR", "roll_up.result"): (5, "half-up"),
    ("frappe HR / appraisal", "roll_up.result"): (5, "half-up"),
    ("FaraatarTID", "attainment.clip"): (2, "truncate"),
    ("FaraatarTID", "roll_up.result"): (2, "truncate"),
    ("MOONSHOT", "roll_up.result"): (2, "truncate"),
}
#: How a docstring says that its source computes on with a rounded figure.
COMPUTED_ON: Final = re.compile(r"computed on|computes on|stores")

#: Figures of docstrings that are no rule: examples, dates, references.
EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "Google": ("0.35", "0.66", "2.2"),  # two grades, and a section of METHOD.md
    "Ally": ("0.5", "2", "4"),  # weights, which a plan has
    "Viva Goals": ("2025",),  # the year in which it was retired
    "Quantive": ("100", "72.5", "73"),  # full progress; a mean, and as it is shown
    "Engagedly": ("15", "30"),  # a day of April, and its last
    "Recruiterflow": ("15", "31"),  # a day of January, and its last
    "ServiceNow Goal Framework": ("89",),  # the hole in the text
    "okr-tracker": ("0.5",),  # a defect
    "GitLab's handbook": ("2018", "2020"),  # years of published scores
}


def docstrings() -> dict[str, str]:
    """Return the docstring of each dialect: the text below its assignment."""
    found: dict[str, str] = {}
    for module in MODULES:
        body = ast.parse(inspect.getsource(module)).body
        for name in module.__all__:
            for statement, after in pairwise(body):
                if (
                    isinstance(statement, ast.AnnAssign)
                    and isinstance(statement.target, ast.Name)
                    and statement.target.id == name
                    and isinstance(after, ast.Expr)
                    and isinstance(after.value, ast.Constant)
                ):
                    found[getattr(module, name).name] = inspect.cleandoc(str(after.value.value))
    return found


DOCSTRINGS: Final = docstrings()
BOOKS: Final = [pytest.param(book, id=name) for name, book in DIALECTS.items()]
METHOD_BOOKS: Final = [
    pytest.param(book, method, id=f"{book.name} / {method.name}")
    for book in DIALECTS.values()
    for method in book.methods
]


def test_every_dialect_is_held_by_its_name() -> None:
    named = [getattr(module, name) for module in MODULES for name in module.__all__]
    assert list(DIALECTS.values()) == named
    assert [book.name for book in named] == list(DIALECTS)
    assert len(DIALECTS) == 56


# --- methods -----------------------------------------------------------------------------------


def test_the_table_names_every_method() -> None:
    shipped = {(book.name, method.name) for book in DIALECTS.values() for method in book.methods}
    assert shipped == set(METHODS)


@pytest.mark.parametrize(("book", "method"), METHOD_BOOKS)
def test_a_method_differs_in_its_own_rules_alone(book: okr.Rulebook, method: okr.Rulebook) -> None:
    found = {each.path for each in okr.rulebook.diff_rulebooks(evolve(book, methods=()), method)}
    # The rules of a status scheme of another length are compared as a whole.
    assert found == METHODS[book.name, method.name][0]
    assert method.methods == ()


def test_a_bare_method_would_be_found() -> None:
    bare = okr.Rulebook(name="worst", status=dialects.SERVICENOW.methods[0].status)
    found = {
        each.path
        for each in okr.rulebook.diff_rulebooks(evolve(dialects.SERVICENOW, methods=()), bare)
    }
    assert found > {"status"}


# --- rounding ----------------------------------------------------------------------------------


def clips(value: object, path: str = "") -> Iterator[tuple[str, Clip]]:
    """Yield the clips of a rulebook, each with its path; those of its methods are theirs."""
    if isinstance(value, Clip):
        yield path, value
    elif has(type(value)):
        for each in fields(type(value)):  # type: ignore[arg-type]
            if each.name != "methods":
                yield from clips(getattr(value, each.name), f"{path}.{each.name}".lstrip("."))


def test_a_figure_is_rounded_only_where_its_source_computes_on_with_it() -> None:
    books = {
        **DIALECTS,
        **{
            f"{book.name} / {method.name}": method
            for book in DIALECTS.values()
            for method in book.methods
        },
    }
    found = {
        (name, path): (clip.digits, clip.rounding.value)
        for name, book in books.items()
        for path, clip in clips(book)
        if clip.digits is not None
    }
    assert found == ROUNDED
    for name in {name.partition(" / ")[0] for name, _ in ROUNDED}:
        assert COMPUTED_ON.search(DOCSTRINGS[name]), name


def test_a_figure_that_is_display_is_not_rounded() -> None:
    displayed = [name for name, text in DOCSTRINGS.items() if "display" in stated_in(text)]
    assert len(displayed) >= 12
    rounded = {name.partition(" / ")[0] for name, _ in ROUNDED}
    assert not rounded & set(displayed)


# --- scales ------------------------------------------------------------------------------------


@pytest.mark.parametrize("book", BOOKS)
def test_bands_have_more_than_one_name(book: okr.Rulebook) -> None:
    bands = [scale.bands for scale in book.scales]
    bands += [rule.bands for rule in book.status if isinstance(rule, ByBands)]
    for each in bands:
        # One band alone passes on what it does not hold to the next rule of the status.
        names = {name for _, name in each.bands}
        assert len(names) > 1 or each.bands[-1][0] is not None


# --- docstrings --------------------------------------------------------------------------------


def stated_in(text: str) -> str:
    """Return what a docstring says of the rules, without what they do not state."""
    return text.partition("\n\nNot stated: ")[0]


@pytest.mark.parametrize("name", DIALECTS)
def test_a_docstring_ends_with_what_is_not_stated(name: str) -> None:
    *_, last = DOCSTRINGS[name].split("\n\n")
    # One sentence, its items parted by semicolons; "nothing" if all is stated.
    assert re.fullmatch(r"Not stated: (?:(?!\. ).)+\.", last.replace("\n", " ")), last
    assert DOCSTRINGS[name].count("Not stated:") == 1


FIGURE: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")


def figures_in(text: str) -> set[str]:
    """Return the figures of a text; not those in the letter of a source, such as P9."""
    return set(FIGURE.findall(text))


def stated_by(value: object) -> Iterator[float]:
    """Yield the numbers that a rule states: not those of fields that are left as they are."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from stated_by(each)
    elif has(type(value)):
        for field in fields(type(value)):  # type: ignore[arg-type]
            mine = getattr(value, field.name)
            if field.default is NOTHING or mine != field.default:
                yield from stated_by(mine)


def known_figures(book: okr.Rulebook) -> set[float]:
    """Return the numbers of a rulebook, as shares and as percents, and the ends of a share."""
    numbers = {0.0, 1.0, *(abs(number) for number in stated_by(book))}
    return {round(number * unit, 9) for number in numbers for unit in (1, 100)}


@pytest.mark.parametrize("name", DIALECTS)
def test_the_figures_of_a_docstring_are_those_of_its_rules(name: str) -> None:
    figures = figures_in(stated_in(DOCSTRINGS[name])) - set(EXAMPLES.get(name, ()))
    assert sorted(f for f in figures if float(f) not in known_figures(DIALECTS[name])) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_in_the_docstrings_and_are_no_rule(name: str) -> None:
    assert set(EXAMPLES[name]) <= figures_in(DOCSTRINGS[name])
    rules = known_figures(DIALECTS[name]) - {0.0, 1.0, 100.0}
    assert not {float(figure) for figure in EXAMPLES[name]} & rules


def test_a_wrong_figure_would_be_found() -> None:
    assert figures_in("P9: at 0.95 and 75%; METHOD.md 2.2, VG1.") == {"0.95", "75", "2.2"}
    assert {0.95, 95.0, 0.75, 75.0} <= known_figures(dialects.UPRAISE)
    assert not {0.85, 85.0, 14.0} & known_figures(dialects.UPRAISE)


# --- ratios ------------------------------------------------------------------------------------


def by_ratio() -> list[Any]:
    return [
        pytest.param(book, name, id=f"{book.name}: {name}")
        for book in DIALECTS.values()
        for rule in book.status
        if isinstance(rule, ByBands) and rule.axis is Axis.RATIO
        for _, name in rule.bands.bands
    ]


@pytest.mark.parametrize(("book", "name"), by_ratio())
def test_every_name_of_a_ratio_is_reached_at_the_end(book: okr.Rulebook, name: str) -> None:
    """No cap on progress keeps the ratio out of a band: at the end the two are one number."""
    quarter = okr.FiscalCalendar().quarter(2026, 3)
    kr = okr.KeyResult("k", "Won", okr.Reach(100))
    plan = okr.Plan([okr.Objective("o", "Grow", key_results=[kr], cycle=quarter)])

    def status(value: float) -> str:
        journal = okr.Journal(okr.check_ins(quarter.end, {"k": value}))
        return str(okr.evaluate(plan, journal, as_of=quarter.end, rulebook=book)["k"].status)

    assert name in {status(value) for value in range(0, 201, 2)}
