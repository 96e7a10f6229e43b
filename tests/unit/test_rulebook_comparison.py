"""Rulebooks side by side: numbers worked by hand, the rules that make them, and how people see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.rulebook import Clip, RollUpPart, RollUpSource, dialects

DAY = date(2026, 8, 15)
PLAIN = okr.Rulebook(name="plain")
#: 1.4 and nothing in the objective, 0.5 in the one below.
PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Grow",
            key_results=[
                okr.KeyResult("sales", "Sales", okr.Reach(10)),
                okr.KeyResult("refs", "References", okr.Reach(10)),
            ],
        ),
        okr.Objective(
            "new",
            "Enter <new> markets",
            supports=["grow"],
            key_results=[okr.KeyResult("land", "Landed", okr.Reach(10))],
        ),
    ]
)
JOURNAL = okr.Journal(okr.check_ins(date(2026, 8, 14), {"sales": 14, "land": 5}))


def beside(*others: okr.Rulebook, first: okr.Rulebook = PLAIN) -> okr.scorecard.RulebookComparison:
    return okr.compare_rulebooks(PLAN, JOURNAL, as_of=DAY, rulebooks=[first, *others])


def told(
    comparison: okr.scorecard.RulebookComparison,
) -> list[tuple[str, str, Any, Any, list[list[str]]]]:
    return [
        (
            each.id,
            each.figure,
            each.first,
            each.other,
            [[rule.path for rule in together] for together in each.rules],
        )
        for each in comparison.deviations
    ]


def test_one_rule() -> None:
    uncapped = evolve(PLAIN, name="b", attainment=okr.rulebook.AttainmentRule(clip=Clip()))
    # The floor differs as well, and changes nothing here.
    assert told(beside(uncapped)) == [
        ("grow", "score", 1.0, 1.4, [["attainment.clip.ceiling"]]),
        ("sales", "score", 1.0, 1.4, [["attainment.clip.ceiling"]]),
    ]


def test_two_rules_together() -> None:
    pooled = evolve(
        PLAIN,
        name="b",
        roll_up=okr.rulebook.RollUpRule(
            parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)],
            missing=0,
        ),
    )
    # (1 + 0 + 0.5) / 3; the pool alone gives (1 + 0.5) / 2, the 0 alone (1 + 0) / 2 = 0.5 as well.
    assert told(beside(pooled)) == [
        ("grow", "score", 1.0, 0.5, [["roll_up.missing"]]),
    ]
    # With 0.8 below: (1 + 0 + 0.8) / 3 = 0.6; one rule alone gives 0.9, the other 0.5.
    later = JOURNAL.add(okr.CheckIn("land", DAY, 8))
    found = okr.compare_rulebooks(PLAN, later, as_of=DAY, rulebooks=[PLAIN, pooled])
    assert told(found) == [("grow", "score", 1.0, 0.6, [["roll_up.parts", "roll_up.missing"]])]


def test_either_of_two_rules() -> None:
    zero = evolve(
        PLAIN,
        name="b",
        attainment=okr.rulebook.AttainmentRule(missing=0),
        roll_up=okr.rulebook.RollUpRule(missing=0),
    )
    assert told(beside(zero)) == [
        ("grow", "score", 1.0, 0.5, [["attainment.missing"], ["roll_up.missing"]]),
        ("refs", "score", None, 0.0, [["attainment.missing"]]),
    ]


def test_a_rule_that_cannot_stand_alone() -> None:
    high = evolve(
        PLAIN, name="a", attainment=okr.rulebook.AttainmentRule(clip=Clip(floor=2, ceiling=3))
    )
    low = evolve(
        PLAIN, name="b", attainment=okr.rulebook.AttainmentRule(clip=Clip(floor=0, ceiling=1))
    )
    both = [["attainment.clip.floor", "attainment.clip.ceiling"]]
    # A ceiling of 1 under a floor of 2 is refused; the floor alone gives 1.4 and 0.5.
    assert told(beside(low, first=high)) == [
        ("grow", "score", 2.0, 1.0, both),
        ("sales", "score", 2.0, 1.0, both),
        ("new", "score", 2.0, 0.5, [["attainment.clip.floor"]]),
        ("land", "score", 2.0, 0.5, [["attainment.clip.floor"]]),
    ]


def test_rulebooks_that_agree() -> None:
    comparison = beside(evolve(PLAIN, name="b", closing=okr.rulebook.ClosingRule(grace_days=3)))
    assert comparison.deviations == ()
    assert comparison.of("grow") == ()
    assert repr(comparison) == "RulebookComparison(plain, b, 0 differ)"


def test_one_rulebook_alone() -> None:
    comparison = beside()
    assert comparison.deviations == ()
    assert [card.objective("grow").score for card in comparison.cards] == [1.0]
    assert comparison.as_of == DAY


def test_words_differ_as_well_as_numbers() -> None:
    comparison = beside(dialects.VIVA)
    (score,) = comparison.of("grow")
    # (1 + 0.5) / 2: Viva puts key results and the objectives below into one pool.
    assert (score.first, score.other, score.change) == (1.0, 0.75, -0.25)
    assert repr(score) == "RulebookDeviation('grow', score 1.0 to 0.75, roll_up.parts)"
    said = okr.Journal([okr.CheckIn("sales", date(2026, 8, 14), 5, status="behind")])
    declared = okr.compare_rulebooks(PLAN, said, as_of=DAY, rulebooks=[PLAIN, dialects.VIVA])
    (status,) = declared.of("sales")
    assert (status.figure, status.first, status.other) == ("status", "unknown", "behind")
    assert status.change is None


@pytest.mark.parametrize(
    ("given", "code"),
    [([], "empty"), ([PLAIN, PLAIN], "repeated"), (PLAIN, "not-a-sequence"), (["x"], "wrong-type")],
)
def test_refusals(given: Any, code: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.compare_rulebooks(PLAN, JOURNAL, as_of=DAY, rulebooks=given)
    assert caught.value.code == code


# --- for people --------------------------------------------------------------------------------

POOL = evolve(
    PLAIN,
    name="the | pool",
    attainment=okr.rulebook.AttainmentRule(missing=0),
    roll_up=okr.rulebook.RollUpRule(
        parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)], missing=0
    ),
)
THIRDS = evolve(PLAIN, name="halves", roll_up=okr.rulebook.RollUpRule(missing=0.5))


def test_the_text() -> None:
    assert (
        str(beside(POOL, THIRDS, evolve(PLAIN, name="twin")))
        == """\
As of 2026-08-15, by each of plain, the | pool, halves, twin

                             plain            the | pool       halves
Grow                         1.00             0.50             0.75
  Sales                      1.00             1.00             1.00
  References                 –                0.00             –
Enter <new> markets          0.50             0.50             0.50
  Landed                     0.50             0.50             0.50

                             plain            twin
Grow                         1.00             1.00
  Sales                      1.00             1.00
  References                 –                –
Enter <new> markets          0.50             0.50
  Landed                     0.50             0.50

the | pool compared with plain
  grow: score 0.5, not 1
    Key results, without a reading: no score by plain; 0 by the | pool.
    or Objectives, a part without a score counts as: nothing, and leaves the
    mean by plain; 0 by the | pool.
  refs: score 0, not none
    Key results, without a reading: no score by plain; 0 by the | pool.

halves compared with plain
  grow: score 0.75, not 1
    Objectives, a part without a score counts as: nothing, and leaves the mean
    by plain; 0.5 by halves."""
    )


def test_no_line_is_longer_than_79_columns() -> None:
    grow, new = PLAN.objectives
    # Weights that total 1, which Lark refuses to go without.
    halves = [evolve(kr, weight=0.5) for kr in grow.own_key_results]
    plan = okr.Plan([evolve(grow, key_results=halves), new])
    books = [okr.RECOMMENDED, *dialects.DIALECTS.values()]
    comparison = okr.compare_rulebooks(plan, JOURNAL, as_of=DAY, rulebooks=books)
    assert max(map(len, str(comparison).splitlines())) <= 79


def test_one_rulebook_alone_is_a_table() -> None:
    assert str(beside()).splitlines()[2:4] == [
        "                             plain",
        "Grow                         1.00",
    ]


def test_the_markdown() -> None:
    later = JOURNAL.add(okr.CheckIn("land", DAY, 8))
    both = okr.compare_rulebooks(
        PLAN, later, as_of=DAY, rulebooks=[PLAIN, evolve(POOL, attainment=PLAIN.attainment)]
    )
    assert (
        both._repr_mimebundle_()["text/markdown"]
        == """\
**As of 2026-08-15, by each of plain, the \\| pool**

|  | plain | the \\| pool |
|---|---|---|
| **Grow** | 1.00 | 0.60 |
| &emsp;Sales | 1.00 | 1.00 |
| &emsp;References | – | – |
| **Enter \\<new\\> markets** | 0.80 | 0.80 |
| &emsp;Landed | 0.80 | 0.80 |

the \\| pool compared with plain:

- grow: score 0.6, not 1
  - Objectives, made of: key results, otherwise objectives below by plain; \
key results and objectives below by the \\| pool.
  - and Objectives, a part without a score counts as: nothing, and leaves the mean by plain; \
0 by the \\| pool."""
    )


def test_the_html_escapes_every_text() -> None:
    named = evolve(PLAIN, name="<b>", roll_up=okr.rulebook.RollUpRule(missing=0))
    html = beside(named)._repr_mimebundle_()["text/html"]
    assert "Enter &lt;new&gt; markets" in html
    assert "<b>" not in html
    assert html.count("<tr>") == 6
    assert (
        "<p>&lt;b&gt; compared with plain</p><ul><li>grow: score 0.5, not 1<ul>"
        "<li>Objectives, a part without a score counts as: nothing, and leaves the mean by plain; "
        "0 by &lt;b&gt;.</li></ul></li></ul>" in html
    )


def test_the_bundle_has_all_three() -> None:
    bundle = beside(POOL)._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", "text/html"}
    assert bundle["text/plain"] == str(beside(POOL))
