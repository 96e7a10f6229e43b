"""Differences between rulebooks are data: no English word is left in another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from inspect import isclass
from itertools import chain
from typing import Any

import pytest
from attrs import evolve, fields, has

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore import calendar, rulebook
from okrcore.rulebook import dialects, diff_rulebooks
from okrcore.rulebook.difference_words import WHOLE
from okrcore.words import TABLE, Words
from reason_texts import english_left, host_texts

BOOKS = [each for each in vars(dialects).values() if isinstance(each, okr.Rulebook)]
#: Rulebooks with a value of every field that another one has not.
STRICT = okr.Rulebook(
    name="1",
    attainment=rulebook.AttainmentRule(
        clip=rulebook.Clip(floor=-1, full_from=0.7, digits=1, rounding=rulebook.Rounding.FLOOR),
        missing=0,
        flat=rulebook.FlatLine.AT_LEAST,
        bounds=rulebook.BoundRule(
            reading=rulebook.BoundReading.SHARE_OF_PLANNED, shape=rulebook.BoundShape.SOFT
        ),
        partial_credit=False,
        late_milestone=0.1,
        budget_zero_at=3,
    ),
    roll_up=rulebook.RollUpRule(
        parts=[
            rulebook.RollUpPart(rulebook.RollUpSource.INITIATIVES, otherwise=True, as_one=True),
            rulebook.RollUpPart(rulebook.RollUpSource.KEY_RESULTS),
            rulebook.RollUpPart(rulebook.RollUpSource.OBJECTIVES, otherwise=True),
        ],
        combine=okr.plan.Combination.MINIMUM,
        with_judged=rulebook.OverrideDuration.UNTIL_READ,
        weights_total=100,
        empty=0,
    ),
    scales=[
        rulebook.Scale(
            "2",
            rulebook.Axis.GAP,
            rulebook.Bands([(okr.AtLeast(0.7), "green"), (None, "red")], digits=1),
            ambition=okr.Ambition.COMMITTED,
        )
    ],
    learning=rulebook.LearningVerdict({okr.ClosingDecision.SCALE: "validated"}, "inconclusive"),
    status=[
        rulebook.FromParts(rulebook.StatusCombination.WORST, [("at risk", 0), ("on track", 1)]),
        rulebook.Stale(intervals=1, name="stale"),
    ],
    pacing=rulebook.PacingRule(
        workdays=calendar.WorkWeek(days_off=[date(2026, 5, 1)]),
        expectations=[rulebook.Expectation(None, 0.7)],
    ),
    guardrails=rulebook.GuardrailRule(effect=rulebook.BreachEffect.CAP, settles_hard=False),
    closing=rulebook.ClosingRule(
        suggestions=[
            rulebook.SuggestionRule(
                None, rulebook.Bands([(okr.AtMost(0), "carry"), (None, "achieved")]), carries=True
            )
        ]
    ),
    review=rulebook.ReviewRule(full=okr.AtLeast(0.9), alarms=["at risk"]),
    methods=[
        okr.Rulebook(name="3", roll_up=rulebook.RollUpRule(missing=0)),
        okr.Rulebook(name="4"),
    ],
)
PLAIN = okr.Rulebook(name="5")
#: Names of the recommended rulebook and its scales, by which they are looked up.
NAMES = ("RECOMMENDED", *[scale.name for scale in okr.RECOMMENDED.scales])
OTHER = evolve(
    STRICT,
    name="6",
    learning=rulebook.LearningVerdict({okr.ClosingDecision.STOP: "invalidated"}, "inconclusive"),
    pacing=rulebook.PacingRule(workdays=calendar.WorkWeek(weekdays=[0, 1])),
    methods=[okr.Rulebook(name="3", closing=rulebook.ClosingRule(grace_days=7))],
    review=rulebook.ReviewRule(full=okr.AtLeast(0.8, warn_at=0.9)),
)


@pytest.mark.parametrize(
    ("a", "b"), [(PLAIN, STRICT), (okr.RECOMMENDED, STRICT), (STRICT, OTHER), (OTHER, PLAIN)]
)
def test_no_english_word_is_left_in_a_difference(a: okr.Rulebook, b: okr.Rulebook) -> None:
    for found in diff_rulebooks(a, b):
        assert not english_in(MADE_UP.write(found.words), *NAMES), found.words


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_differences_of_dialects_have_texts_of_their_own_alone(book: okr.Rulebook) -> None:
    host = host_texts(book, okr.RECOMMENDED, PLAIN)
    for found in chain(diff_rulebooks(book, okr.RECOMMENDED), diff_rulebooks(PLAIN, book)):
        assert not english_left(found.words, host), found.words


def test_a_difference_is_a_code_with_values() -> None:
    a = evolve(PLAIN, name="A")
    b = evolve(PLAIN, name="B", roll_up=rulebook.RollUpRule(missing=0))
    (found,) = diff_rulebooks(a, b)
    assert str(found) == (
        "Objectives, a part without a score counts as: nothing, and leaves the mean by A; 0 by B."
    )
    assert found.words.code == "difference/rule"
    assert found.words.values["second"] == "0"
    german = Words(
        {
            "difference/rule": "{rule}: {first} bei {by}, {second} bei {other}.",
            "rulebook/roll-up": "Ziele",
            "rule/roll-up-rule-missing": "ein Teil ohne Wert zählt",
            "value/leaves-mean": "nicht mit",
        }
    )
    assert german.write(found.words) == (
        "Ziele, ein Teil ohne Wert zählt: nicht mit bei A, 0 bei B."
    )


def _classes() -> Iterator[type[Any]]:
    yield from (each for each in vars(rulebook).values() if isclass(each))


def test_the_table_has_a_row_for_every_rule_and_every_field_of_it() -> None:
    def kebab(name: str) -> str:
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")

    written_otherwise = {
        okr.Rulebook,
        rulebook.RuleDifference,
        rulebook.Expectation,
        *WHOLE,
    }
    in_words = {
        okr.Rulebook,
        rulebook.Scale,
        rulebook.Verdict,
        rulebook.LearningVerdict,
        rulebook.SuggestionRule,
        rulebook.ByBands,
    }
    silent = {
        "rule/attainment-rule-clip",
        "rule/roll-up-rule-result",
        "rule/scale-bands",
        "rule/suggestion-rule-bands",
    }
    keys = {
        "rule/scale-name",
        "rule/scale-ambition",
        "rule/verdict-ambition",
        "rule/suggestion-rule-ambition",
    }
    for kind in (*_classes(), calendar.WorkWeek):
        if not has(kind) or kind in written_otherwise:
            continue
        codes = {
            f"rule/{kebab(kind.__name__)}-{each.name.replace('_', '-')}" for each in fields(kind)
        }
        assert not codes - silent - keys - TABLE.keys(), kind
        assert kind in in_words or f"record/{kebab(kind.__name__)}" in TABLE
    for each in fields(okr.Rulebook):
        part = each.name.replace("_", "-")
        assert part == "name" or {f"rulebook/{part}", f"method/{part}"} <= TABLE.keys()


def test_the_table_has_every_word_of_the_vocabularies_of_rulebooks() -> None:
    kinds: list[Any] = [*_classes(), okr.Ambition, okr.ClosingDecision]
    for kind in kinds:
        if issubclass(kind, StrEnum) and kind is not rulebook.Fact:
            words = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip()
            assert [each for each in kind if f"{words}: {each}" not in TABLE] == [], kind
