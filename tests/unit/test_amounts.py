"""Amounts that carry other amounts, and questions to an alignment. Worked by hand."""

from __future__ import annotations

import okrcore as okr
from build import bare, kr


def shares(plan: okr.Plan, id: str) -> list[tuple[str, float | None, float | None]]:
    return [(share.of, share.change, share.share) for share in okr.plan.split_target(plan, id)]


# --- shares of a change ------------------------------------------------------------------------


def test_quarters_share_the_change_of_a_year() -> None:
    def arr(id: str, start: float | None, end: float) -> okr.KeyResult:
        return kr(id, okr.Increase(start, end), metric="arr")

    plan = okr.Plan(
        [
            bare("year", arr("y", 12, 24)),
            bare("q1", arr("y-q1", 12, 15), supports=["year"]),
            bare("q2", arr("y-q2", 15, 18), supports=["year"]),
            bare("q3", arr("y-q3", None, 21), supports=["q2"]),
            # Reads the same metric, and supports nothing here.
            bare("beside", arr("other", 12, 13)),
        ],
        metrics=[okr.Metric("arr", "Recurring revenue")],
    )
    assert shares(plan, "y") == [("y-q1", 3, 0.25), ("y-q2", 3, 0.25), ("y-q3", None, None)]
    assert shares(plan, "y-q2") == [("y-q3", None, None)]
    assert shares(plan, "y-q3") == []


def test_a_key_result_may_say_which_one_it_supports() -> None:
    part = okr.Contribution(supports=["all"])
    plan = okr.Plan(
        [
            bare("o", kr("all", okr.Reach(1000))),
            bare("p", kr("eu", okr.Reach(300), contribution=part)),
            bare("q", kr("us", okr.PassFail(), contribution=part), kr("no", okr.Reach(9))),
        ]
    )
    assert shares(plan, "all") == [("eu", 300, 0.3), ("us", None, None)]


def test_nothing_is_a_share_of_no_change() -> None:
    part = okr.Contribution(supports=["flat", "open", "done"])
    plan = okr.Plan(
        [
            bare(
                "o",
                kr("flat", okr.FromTo(5, 5)),
                kr("open", okr.Increase(None, 9)),
                kr("done", okr.PassFail()),
                kr("part", okr.Reach(2), contribution=part),
            )
        ]
    )
    for id in ("flat", "open", "done"):
        assert shares(plan, id) == [("part", 2, None)]


# --- sums --------------------------------------------------------------------------------------


def test_targets_that_should_sum_and_do_not() -> None:
    plan = okr.Plan(
        [
            bare(
                "million",
                kr("enterprise", okr.Reach(500_000), unit="USD"),
                kr("logos", okr.Reach(12)),
                kr("small", okr.Increase(100_000, 250_000), unit="USD", weight=0),
                kr("page", okr.PassFail(), unit="USD"),
                kr("open", okr.Increase(None, 9), unit="USD"),
                okr.KeyResultRef("partners"),
            ),
            bare("elsewhere", kr("partners", okr.Reach(200_000), unit="USD")),
            bare("nothing"),
        ]
    )
    dollars, logos = okr.plan.total_targets(plan, "million")
    assert dollars.parts == (("enterprise", 500_000), ("small", 150_000), ("partners", 200_000))
    assert (dollars.unit, dollars.total) == (okr.Unit("USD"), 850_000)
    assert [dollars.short_of(amount) for amount in (1_000_000, 850_000, 800_000)] == [
        150_000,
        0,
        -50_000,
    ]
    assert (logos.unit, logos.parts) == (None, (("logos", 12),))
    assert okr.plan.total_targets(plan, "nothing") == ()


def test_what_is_short_is_no_noise_of_floats() -> None:
    parts = [kr(f"k{n}", okr.Reach(0.1)) for n in range(3)]
    (amount,) = okr.plan.total_targets(okr.Plan([bare("o", *parts)]), "o")
    assert amount.short_of(0.3) == 0


# --- alignment ---------------------------------------------------------------------------------

PLAN = okr.Plan(
    [
        bare("co", kr("co-revenue", okr.Reach(10)), place=okr.Place(level=okr.Level.COMPANY)),
        bare("unit", supports=["co"], place=okr.Place(level=okr.Level.UNIT)),
        bare(
            "team",
            supports=[
                okr.Alignment("unit", contribution="the sign-up page", weight=2),
                okr.Alignment("co-revenue", contribution="a third of it"),
                okr.Alignment("far"),
            ],
            place=okr.Place(level=okr.Level.TEAM),
        ),
        bare("alone", place=okr.Place(level=okr.Level.DEPARTMENT)),
        bare("plain", place=okr.Place(priority="care")),
        bare("bare"),
    ],
    outside=[okr.Outside("far")],
    priorities=[okr.plan.Priority("care", "Care")],
)


def edges(id: str) -> list[tuple[str, str, str, float]]:
    return [(child.id, e.to, e.contribution, e.weight) for child, e in PLAN.alignments(id)]


def test_what_supports_an_objective_or_its_key_results() -> None:
    assert edges("co") == [
        ("unit", "co", "", 1),
        ("team", "co-revenue", "a third of it", 1),
    ]
    assert edges("co-revenue") == [("team", "co-revenue", "a third of it", 1)]
    assert edges("unit") == [("team", "unit", "the sign-up page", 2)]
    assert edges("team") == []
    # What is not loaded can be asked for all the same.
    assert edges("far") == [("team", "far", "", 1)]


def test_what_nobody_supports_is_told_by_its_level() -> None:
    assert [found.id for found in PLAN.unsupported()] == ["alone"]


def test_depth_is_the_longest_way_up() -> None:
    assert {found.id: PLAN.depth(found.id) for found in PLAN.objectives} == {
        "co": 0,
        "unit": 1,
        "team": 2,
        "alone": 0,
        "plain": 0,
        "bare": 0,
    }


def test_a_deep_chain_has_its_depth() -> None:
    chain = [bare("o0"), *(bare(f"o{n}", supports=[f"o{n - 1}"]) for n in range(1, 3000))]
    assert okr.Plan(reversed(chain)).depth("o2999") == 2999
