"""Text in and out: what coaches type, each line with what it means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec
from okrcore.codec.exchange.phrases import read_bound, read_phrase, split_phrase

Q3 = okr.FiscalCalendar().quarter(2026, 3)

COACH = """
// Q3, as typed in the room
O: Earn more per account (aspirational) @Ana Ruiz
  KR: free-to-paid conversion 3.1 % -> 3.8 % @Cy Wu
    G: refunds <= 2%
    I: test three pricing pages (by 2026-09-01)
  KR2: new price page live (weight 2)
  - KR: Revenue per account from $112 to $128
  G: tickets <= 85 (hard)
  O: Make checkout effortless
    KR: median time to check out 1:30 -> 0:45 #time
      O: Faster payment
M: NPS >= 40 @Bo
"""


def test_what_a_coach_types() -> None:
    loaded = okr.read_text(COACH, cycle=Q3)
    assert loaded.problems == ()
    assert loaded.journal == okr.Journal()
    earn, checkout, payment = loaded.plan.objectives
    assert (earn.title, earn.owner, earn.ambition, earn.cycle) == (
        *("Earn more per account", okr.Person("Ana Ruiz"), okr.Ambition.ASPIRATIONAL, Q3),
    )
    id = "earn-more-per-account"
    assert earn.key_results == (
        okr.KeyResult(
            f"{id}-free-to-paid-conversion",
            "free-to-paid conversion",
            okr.Increase(3.1, 3.8),
            unit="%",
            owner="Cy Wu",
        ),
        okr.KeyResult(f"{id}-new-price-page-live", "new price page live", okr.PassFail(), weight=2),
        okr.KeyResult(
            f"{id}-revenue-per-account", "Revenue per account", okr.Increase(112, 128), unit="USD"
        ),
    )
    assert earn.guardrails == (
        okr.Guardrail(
            f"{id}-refunds", "refunds", okr.AtMost(2), unit="%", protects=earn.own_key_results[0].id
        ),
        okr.Guardrail(f"{id}-tickets", "tickets", okr.AtMost(85), hard=True),
    )
    assert earn.initiatives == (
        okr.Initiative(
            f"{id}-test-three-pricing-pages",
            "test three pricing pages",
            drives=[earn.own_key_results[0].id],
            due=date(2026, 9, 1),
        ),
    )
    assert checkout.key_results == (
        okr.KeyResult("time", "median time to check out", okr.Decrease(90, 45), unit="mm:ss"),
    )
    assert [[a.to for a in o.supports] for o in (checkout, payment)] == [[id], ["time"]]
    assert loaded.plan.metrics == (okr.Metric("nps", "NPS", health=okr.AtLeast(40), owner="Bo"),)


def test_text_without_indentation() -> None:
    plan = okr.read_text("O: One\nKR: A\nO: Two\nKR: B\nKR: C\nG: D < 5").plan
    assert [len(o.key_results) for o in plan.objectives] == [1, 2]
    assert [o.supports for o in plan.objectives] == [(), ()]
    assert plan.objectives[1].guardrails[0].protects is None


def test_what_is_not_understood_is_noted_with_its_line() -> None:
    loaded = okr.read_text(
        "\n".join(
            [
                "KR: before any objective",
                "O: Grow #g",
                "Hello world",
                "KR:",
                "  KR: speed a lot -> much",
                "  KR: stay -> 0",
                "  KR: 20 -> 40",
                "  G: no bound",
                "  G: a line 3 -> 5",
                "  I: page (by 2026-02-30)",
                "  KR: again #g",
                "M: revenue 3 -> 5",
                f"  KR: {'x' * 1000}",
            ]
        )
    )
    assert [(p.row, p.code) for p in loaded.problems] == [
        (1, "no-objective"),
        (3, "line-unreadable"),
        (4, "line-unreadable"),
        (5, "line-unreadable"),
        (6, "target-equals-baseline"),
        (7, "no-title"),
        (8, "no-bound"),
        (9, "no-bound"),
        (10, "cell-unreadable"),
        (11, "id-taken"),
        (13, "line-unreadable"),
    ]
    assert str(loaded.problems[1]) == (
        "line 3: 'Hello world' is not understood; begin with O:, KR:, G:, I: or M:, and a title"
    )
    (objective,) = loaded.plan.objectives
    assert [(kr.title, kr.measure) for kr in objective.own_key_results] == [
        ("speed a lot -> much", okr.Judged()),
        ("stay -> 0", okr.Judged()),
        ("20 -> 40", okr.Increase(20, 40)),
        ("again", okr.PassFail()),
    ]
    assert loaded.plan.metrics[0].title == "revenue 3 -> 5"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("KR: write to a@b.c", "write to a@b.c"),
        ("KR: ship it (soon)", "ship it (soon)"),
        ("KR: ship it (committed)", "ship it (committed)"),
        ("KR: ship it @Ana @Bo", "ship it @Ana"),
        ("KR: @Ana", "@Ana"),
        ("KR: growth over last year", "growth over last year"),
        ("KR: 10 interviews", "10 interviews"),
        ("KR: move from good to great", "move from good to great"),
    ],
)
def test_titles_keep_what_is_no_mark_and_no_measure(line: str, title: str) -> None:
    loaded = okr.read_text(f"O: Grow\n  {line}")
    (kr,) = loaded.plan.objectives[0].own_key_results
    assert (kr.title, kr.measure) == (title, okr.PassFail())
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("3.1% -> 3.8%", okr.Increase(3.1, 3.8), "%"),
        ("from 120 to 30 tickets per month", okr.Decrease(120, 30), "tickets per month"),
        ("5 → 5", okr.FromTo(5, 5), None),
        ("? -> 40", okr.FromTo(None, 40), None),
        ("from tbd to 40 points", okr.FromTo(None, 40), "points"),
        ("-> $10 million", okr.Reach(10_000_000), "USD"),
        ("+5%", okr.Relative(percent=5), None),
        ("−10 %", okr.Relative(percent=-10), None),
        ("+5 points", okr.Points(5), "points"),
        ("-3", okr.Points(-3), None),
        ("2x", okr.Multiple(2), None),
        ("1.5 ×", okr.Multiple(1.5), None),
        ("<= 85", okr.AtMost(85), None),
        ("at most 85 tickets", okr.AtMost(85), "tickets"),
        ("not to exceed 85", okr.AtMost(85), None),
        (">= 99.5%", okr.AtLeast(99.5), "%"),
        ("≥99.5", okr.AtLeast(99.5), None),
        ("under 6%", okr.Below(6), "%"),
        ("over 8.7", okr.Above(8.7), None),
        ("stay below 8 bp", okr.Below(8), "basis points"),
        ("between 72 and 78%", okr.Between(72, 78), "%"),
    ],
)
def test_phrases(text: str, measure: Any, unit: str | None) -> None:
    found = read_phrase(text)
    assert found is not None
    assert found.measure == measure
    assert (None if found.unit is None else str(found.unit)) == unit
    assert split_phrase(f"Some title {text}") == ("Some title", found)


@pytest.mark.parametrize(
    "text",
    [
        *("", "85", "grow", "a -> b", "-> b", "? -> b", "5 -> b", "$5 -> 3 days", "<= many"),
        *("between 5 and many", "+lots", "..x", "from 5", "< "),
    ],
)
def test_what_is_no_phrase(text: str) -> None:
    assert read_phrase(text) is None


def test_bounds_alone() -> None:
    assert read_bound("5 -> 9") is None
    with pytest.raises(okr.InvalidValueError, match="bounds-crossed"):
        read_bound("between 5 and 3")


@pytest.mark.parametrize(
    ("line", "title", "measure"),
    [
        ("Phase 2: 120 -> 85", "Phase 2", okr.Decrease(120, 85)),
        ("Deals twenty five -> forty", "Deals", okr.Increase(25, 40)),
        ("Deals 1 200 -> 1 500", "Deals", okr.Increase(1200, 1500)),
        ("Lead time 5 days -> 3 days", "Lead time", okr.Decrease(5, 3)),
        ("Reach of the site -> 9", "Reach of the site", okr.Reach(9)),
    ],
)
def test_a_baseline_is_the_number_before_the_arrow(line: str, title: str, measure: Any) -> None:
    found, phrase = split_phrase(line)
    assert (found, phrase and phrase.measure) == (title, measure)


# --- out -------------------------------------------------------------------------------------------


def test_text_out_is_what_a_coach_would_type() -> None:
    text = okr.write_text(okr.read_text(COACH, cycle=Q3).plan)
    assert text.splitlines() == [
        "O: Earn more per account (aspirational) @Ana Ruiz",
        "  KR: free-to-paid conversion 3.1% -> 3.8% @Cy Wu",
        "    G: refunds <= 2%",
        "    I: test three pricing pages (by 2026-09-01)",
        "  KR: new price page live (weight 2)",
        "  KR: Revenue per account $112 -> $128",
        "  G: tickets <= 85 (hard)",
        "  O: Make checkout effortless",
        "    KR: median time to check out 1:30 -> 0:45 #time",
        "O: Faster payment (supports #time)",
        "M: NPS >= 40 @Bo",
    ]


def test_what_text_cannot_hold_is_named() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o 1",
                "An id with a space",
                owner=okr.Team("Growth"),
                key_results=[
                    okr.KeyResult("m", "Launch", okr.Milestones("design", "build")),
                    okr.KeyResult("r", "Half a second", okr.Decrease(90.5, 45), unit="mm:ss"),
                    okr.KeyResult("z", "Rest -> 0", okr.PassFail()),
                ],
            ),
            okr.Objective("p", "Second", key_results=[okr.KeyResultRef("m")]),
        ],
        metrics=[okr.Metric("n", "KPI", definition="as in the handbook")],
        outside=[okr.Outside("co")],
    )
    assert codec.lost_in_text(plan) == (
        "Objective('o 1')",
        "KeyResult('m').measure",
        "KeyResult('r').measure",
        "KeyResult('z').measure",
        "Objective('p').key_results",
        "Metric('n').definition",
        "Outside('co')",
    )
    assert okr.write_text(plan).endswith("# not in this text: Outside('co')")
    assert okr.write_text(okr.Plan([])) == ""


@pytest.mark.parametrize(
    "title", ["Stay between 3 and", "At most", "Phase 2", "Keep below", "From 5 to", "Grow +"]
)
def test_a_title_that_goes_on_like_a_measure_stays_apart_from_it(title: str) -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", title, okr.Points(-5))])]
    )
    assert okr.read_text(okr.write_text(plan)).plan == plan


def test_objectives_out_of_order_are_named() -> None:
    plan = okr.Plan(
        [okr.Objective("child", "Child", supports=["top"]), okr.Objective("top", "Top")]
    )
    assert codec.lost_in_text(plan) == ("Objective('child').supports",)


@pytest.mark.parametrize(("text", "cycle"), [(5, None), (None, None), ("O: Grow", "Q3")])
def test_arguments_of_the_wrong_kind_are_refused(text: Any, cycle: Any) -> None:
    with pytest.raises(okr.InvalidValueError):
        okr.read_text(text, cycle=cycle)
