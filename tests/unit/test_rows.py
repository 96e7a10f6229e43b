"""Rows in: a messy quarter with every problem named, the shapes found in the wild, and each kind of cell."""

from __future__ import annotations

import csv
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.codec.exchange.cells import Cell, as_day, as_share, as_words, as_yes, is_missing
from okrcore.codec.exchange.import_result import PROBLEMS, shown
from okrcore.codec.exchange.row_drafts import Ids, slug
from okrcore.errors import CODES

DATA = Path(__file__).parents[1] / "data"
Q3 = okr.FiscalCalendar().quarter(2026, 3)
DAY = date(2026, 8, 14)


def rows_of(name: str) -> list[dict[Any, Any]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one(**cells: Any) -> okr.KeyResult:
    """Return the key result of one row."""
    loaded = okr.read_rows([{"goal": "Grow", "kr": "NPS", **cells}], on=DAY)
    (kr,) = loaded.plan.objectives[0].own_key_results
    return kr


def codes(loaded: okr.codec.ImportResult) -> list[tuple[int, str | None, str]]:
    return [(problem.row, problem.column, problem.code) for problem in loaded.problems]


# --- last quarter ----------------------------------------------------------------------------------


def test_a_messy_quarter_goes_in_with_its_problems_listed() -> None:
    loaded = okr.read_rows(rows_of("last_quarter.csv"), cycle=Q3)
    assert codes(loaded) == [
        (1, "Jira", "column-unknown"),
        (1, "Progress %", "not-kept"),  # beside a value
        (1, "Parent", "not-here"),
        (6, "Start Value", "unreadable-number"),  # 3,8%
        (7, "Owner", "differs"),
        (8, "Current", "unit-differs"),  # people, not baskets
        (9, "Confidence", "unreadable-share"),  # 6
        (9, "Date", "unreadable-day"),  # 03/04/2026
        (9, "OKR Type", "cell-unreadable"),  # moonshot
        (12, "Key Result", "no-target"),
        (14, "Weight", "unreadable-number"),  # soon
        (15, None, "cell-surplus"),
    ]
    assert {problem.code for problem in loaded.problems} <= {*PROBLEMS, *CODES}
    first = loaded.problems[3]
    assert str(first) == (
        "row 6 (line 7), Start Value: '3,8%' must be a number as people write it; "
        "write it as 1,234.5, or give decimal=','"
    )
    assert (
        repr(loaded)
        == "ImportResult(Plan(4 objectives, 18 items), Journal(10 entries), 12 problems)"
    )


def test_what_was_understood_of_it_is_right() -> None:
    plan = okr.read_rows(rows_of("last_quarter.csv"), cycle=Q3).plan
    measures = [
        (kr.title, kr.measure, kr.unit)
        for objective in plan.objectives
        for kr in objective.own_key_results
    ]
    assert measures == [
        ("Revenue per account", okr.Increase(112, 128), okr.Unit("USD")),
        ("Free-to-paid conversion", okr.Increase(3.1, 3.8), okr.Unit("%")),
        ("Tickets per 1000 accounts", okr.AtMost(85), okr.Unit("tickets")),
        ("Median time to check out", okr.Decrease(90, 45), okr.Unit("mm:ss")),
        (
            "Checkout errors",
            okr.FromTo(None, 1.5),
            okr.Unit("%"),
        ),  # its baseline was not understood
        ("New payment page live", okr.PassFail(), None),
        ("Recovered baskets", okr.Reach(1200), okr.Unit("baskets")),
        ("Engineers hired", okr.Increase(0, 9), okr.Unit("people")),
        ("Onboarding guide written", okr.Judged(), None),
        ("Time to first commit", okr.FromTo(None, 5), okr.Unit("days")),
        ("Happiness of the team", okr.Judged(), None),
        ("CSAT", okr.Increase(82, 95), okr.Unit("%")),
        ("First answer", okr.FromTo(8, 8), okr.Unit("hours")),
    ]
    assert [(o.title, str(o.owner), o.ambition) for o in plan.objectives] == [
        ("Earn more per account without hurting support", "Ana Ruiz", "aspirational"),
        ("Make checkout effortless", "Cy Wu", "committed"),
        ("Hire the platform team", "Dana", None),
        ("Support that customers praise", "Eve", None),
    ]
    earn, _, hire, support = plan.objectives
    assert (earn.place, earn.cycle) == (okr.Place(team="Growth"), Q3)
    assert [parent.to for parent in support.supports] == [hire.id]
    assert plan.outside == (okr.Outside("Win the mid-market", title="Win the mid-market"),)


def test_its_readings_are_right() -> None:
    loaded = okr.read_rows(rows_of("last_quarter.csv"), cycle=Q3)
    read = [
        (e.of.rpartition("-")[2], e.on.isoformat(), e.value, e.confidence, e.note)
        for e in loaded.journal.entries
        if isinstance(e, okr.CheckIn)
    ]
    assert read == [
        ("account", "2026-08-14", 120, 0.7, ""),
        ("account", "2026-09-25", 124.5, None, "final number from finance"),
        ("conversion", "2026-09-25", None, None, "tracking broke in July"),
        ("accounts", "2026-08-14", 91, None, ""),
        ("out", "2026-09-30", 60, 0.7, ""),
        ("errors", "2026-09-30", 2, None, ""),
        ("live", "2026-09-30", True, None, ""),
        ("written", "2026-09-30", 0.8, None, ""),
        ("commit", "2026-09-30", 4, None, ""),
        ("answer", "2026-09-30", 6, None, ""),
    ]
    card = okr.evaluate(loaded.plan, loaded.journal, as_of=Q3.end)
    account = loaded.plan.objectives[0].own_key_results[0]
    assert card.key_result(account.id).score == 0.78125  # (124.5 - 112) / 16


# --- shapes found in the wild ----------------------------------------------------------------------


def test_a_long_table_with_the_headings_of_xto10x() -> None:
    loaded = okr.read_rows(
        [
            {
                "Objective Title": "Grow the mid-market",
                "Owner_Email_ID": "ana@example.com",
                "Start_Date": "2026-07-01",
                "Due_Date": "2026-09-30",
                "Description": "Where margins are",
                "Metric_Name": "Deals",
                "Metric_Type": "Number",
                "Metric_Start_Value": "5",
                "Metric_Target_Value": "20",
            }
        ]
    )
    (objective,) = loaded.plan.objectives
    (kr,) = objective.own_key_results
    assert loaded.problems == ()
    assert (objective.owner, objective.cycle) == (
        okr.Person("ana@example.com"),
        okr.Cycle(date(2026, 7, 1), date(2026, 9, 30)),
    )
    assert objective.profile == okr.ObjectiveProfile(intent="Where margins are")
    assert (kr.id, kr.measure) == ("grow-the-mid-market-deals", okr.Increase(5, 20))


def test_a_wide_table_with_the_headings_of_culture_amp() -> None:
    loaded = okr.read_rows(
        [
            {
                "email": "cy@example.com",
                "name": "Cy Wu",
                "goal": "Onboard in a week",
                "due_at": "2026-09-30",
                "status": "ongoing",
                "completion": 0.45,
                "key_result_1_title": "Guide written",
                "key_result_1_completion": 0.9,
                "key_result_2_title": "Mentors trained",
                "key_result_2_completion": 0,
                "key_result_3_title": None,
            }
        ],
        on=DAY,
    )
    (objective,) = loaded.plan.objectives
    assert [(kr.title, kr.measure) for kr in objective.own_key_results] == [
        ("Guide written", okr.Judged()),
        ("Mentors trained", okr.Judged()),
    ]
    assert objective.owner == okr.Person("Cy Wu")
    assert [(e.of, e.value, e.status) for e in loaded.journal.entries] == [  # type: ignore[union-attr]
        ("onboard-in-a-week-guide-written", 0.9, None),
        ("onboard-in-a-week-mentors-trained", 0, None),
        ("onboard-in-a-week", None, "ongoing"),
    ]
    assert codes(loaded) == [(1, "due_at", "not-kept"), (1, "completion", "not-kept")]


def test_goals_with_the_headings_of_engagedly() -> None:
    loaded = okr.read_rows(
        [
            {
                "Goal": "Sell more",
                "Goal Identifier": 7,
                "Check-In Type": "Quantity",
                "Progress %": 40,
            },
            {"Goal": "Sell abroad", "Goal Identifier": 8, "Parent": 7, "Notes": "from June"},
        ],
        cycle=Q3,
        owners_are=okr.Team,
        ambition=okr.Ambition.COMMITTED,
    )
    first, second = loaded.plan.objectives
    assert (first.id, second.id, second.supports[0].to) == ("o-7", "o-8", "o-7")
    assert first.own_key_results == (okr.KeyResult("o-7-sell-more", "Sell more", okr.Judged()),)
    assert first.ambition is okr.Ambition.COMMITTED
    assert [(e.of, e.on, e.value, e.note) for e in loaded.journal.entries] == [  # type: ignore[union-attr]
        ("o-7-sell-more", Q3.end, 0.4, ""),
        ("o-8", Q3.end, None, "from June"),
    ]
    assert loaded.problems == ()


def test_other_languages_map_their_own_columns() -> None:
    columns = okr.codec.ColumnMap(
        objective=["Ziel"],
        key_result=["Ergebnis"],
        baseline=["Ist alt"],
        target=("Soll", "Zielwert"),
        value=["Ist"],
        on=["Stand"],
        owner=["Team"],
        team=(),
        decimal=",",
        day_first=True,
    )
    row = {
        "Ziel": "Mehr Umsatz je Kunde",
        "Ergebnis": "Umsatz",
        "Ist alt": "1.112,50 €",
        "Soll": "1.200 €",
        "Ist": "1.150,25 €",
        "Stand": "03/08/2026",
        "Team": "Vertrieb",
    }
    loaded = okr.read_rows([row], columns=columns, owners_are=okr.Team)
    (objective,) = loaded.plan.objectives
    assert objective.owner == okr.Team("Vertrieb")
    assert objective.own_key_results[0].measure == okr.Increase(1112.5, 1200)
    assert objective.own_key_results[0].unit == okr.Unit("EUR")
    (entry,) = loaded.journal.entries
    assert isinstance(entry, okr.CheckIn)
    assert (entry.value, entry.on) == (1150.25, date(2026, 8, 3))


# --- rows -------------------------------------------------------------------------------------------


def test_every_kind_of_row() -> None:
    loaded = okr.read_rows(
        [
            {"kind": "Objective", "goal": "Grow", "note": "a hard one"},
            {"kind": "Key Result", "goal": "Grow", "kr": "Revenue", "target": 10, "weight": "2"},
            {"kind": "Guardrail", "goal": "Grow", "kr": "Tickets", "target": "<= 85", "value": 91},
            {"kind": "counter-metric", "goal": "Grow", "kr": "Refunds", "target": "10"},
            {"kind": "guardrail", "goal": "Grow", "kr": "Churn"},
            {"kind": "KPI", "goal": "Grow", "kr": "Uptime", "target": ">= 99.5%", "value": "99.9%"},
            {"kind": "health_metric", "goal": "Grow", "kr": "NPS", "value": 40, "unit": "points"},
            {"kind": "initiative", "goal": "Grow", "kr": "New page", "kr due": "2026-09-01",
             "value": "done", "kr owner": "Bo"},
            {"kind": "wish", "goal": "Grow", "kr": "Luck", "score": 1},
        ],
        on=DAY,
    )  # fmt: skip
    (objective,) = loaded.plan.objectives
    assert objective.own_key_results == (
        okr.KeyResult("grow-revenue", "Revenue", okr.Reach(10), weight=2),
        okr.KeyResult("grow-luck", "Luck", okr.Judged()),
    )
    assert objective.guardrails == (okr.Guardrail("grow-tickets", "Tickets", okr.AtMost(85)),)
    assert objective.initiatives == (
        okr.Initiative("grow-new-page", "New page", due=date(2026, 9, 1), owner="Bo"),
    )
    assert loaded.plan.metrics == (
        okr.Metric("grow-uptime", "Uptime", health=okr.AtLeast(99.5), unit="%"),
        okr.Metric("grow-nps", "NPS", unit="points"),
    )
    assert [(e.of, e.value, e.note) for e in loaded.journal.entries] == [  # type: ignore[union-attr]
        ("grow-tickets", 91, ""),
        ("grow-uptime", 99.9, ""),
        ("grow-nps", 40, ""),
        ("grow-new-page", True, ""),
        ("grow-luck", 1, ""),
        ("grow", None, "a hard one"),
    ]
    assert codes(loaded) == [
        (4, "target", "no-bound"),
        (5, None, "no-bound"),
        (9, "kind", "cell-unreadable"),
    ]


def test_rows_are_gathered_by_what_they_are_about() -> None:
    row = {"goal": "Grow", "kr": "NPS", "target": 40, "value": 30, "date": "2026-08-01"}
    loaded = okr.read_rows(
        [
            {"kr": "Too early", "target": 5},
            row,
            {**row, "goal": " GROW ", "kr": "nps", "value": 35, "date": "2026-08-08"},
            dict(row),
            {**row, "target": 50, "value": 36, "date": "2026-08-15"},
            "no row",  # type: ignore[list-item]
            {},
            {"goal": "", "kr": None},
        ]
    )
    assert [(e.on.day, e.value) for e in loaded.journal.entries] == [(1, 30), (8, 35), (15, 36)]  # type: ignore[union-attr]
    assert loaded.plan.key_result("grow-nps").measure == okr.Reach(40)
    assert codes(loaded) == [
        (1, "kr", "no-objective"),
        (3, "goal", "differs"),
        (3, "kr", "differs"),
        (4, None, "repeated-row"),
        (5, "target", "differs"),
        (6, None, "row-unreadable"),
    ]


def test_ids_are_stable_and_unique() -> None:
    loaded = okr.read_rows(
        [
            {"goal": "Grow!", "kr": "NPS", "target": 1},
            {"goal": "Grow?", "kr": "NPS", "target": 1},
            {"goal": "???", "kr": "???", "target": 1},
            {"goal": "Taken", "goal id": "grow", "kr": "x", "kr id": "grow", "target": 1},
        ]
    )
    # Those that rows state come first: "grow", and "grow-2" for the key result that wanted it too.
    assert list(loaded.plan.items) == [
        *("grow-3", "grow-3-nps", "grow-4", "grow-4-nps"),
        *("objective", "objective-key-result", "grow", "grow-2"),
    ]
    assert codes(loaded) == [(4, "kr id", "id-taken")]


def test_alignment_by_id_by_title_and_by_key_result() -> None:
    loaded = okr.read_rows(
        [
            {"goal": "Win", "goal id": 1, "kr": "Deals", "kr id": 9, "target": 10},
            {"goal": "Sell", "parent": "WIN; Deals ;1; Board"},
            {"goal": "Help", "parent": "9"},
            {"goal": "Loop", "parent": "Loop"},
            {"goal": "Here", "parent": "There"},
            {"goal": "There", "parent": "Here; Board"},
        ]
    )
    supports = {o.id: [a.to for a in o.supports] for o in loaded.plan.objectives}
    assert supports["sell"] == ["o-1", "kr-9", "Board"]
    assert supports["help"] == ["kr-9"]
    assert supports["loop"] == []
    assert (supports["here"], supports["there"]) == (["there"], ["Board"])  # the last row gives way
    assert [o.id for o in loaded.plan.outside] == ["Board"]
    assert sorted(code for _, _, code in codes(loaded)) == ["not-here", "not-kept", "not-kept"]


def test_days_of_values() -> None:
    row = {"goal": "Grow", "kr": "NPS", "target": 40, "value": 30}
    assert okr.read_rows([row], cycle=Q3, on=DAY).journal.entries[0].on == DAY  # type: ignore[union-attr]
    assert okr.read_rows([row], cycle=Q3).journal.entries[0].on == Q3.end  # type: ignore[union-attr]
    loaded = okr.read_rows([row])
    assert (loaded.journal.entries, codes(loaded)) == ((), [(1, "value", "no-day")])
    ended = okr.read_rows([{**row, "start date": "2026-09-30", "end date": "2026-07-01"}], on=DAY)
    assert codes(ended) == [(1, "end date", "ends-before-start")]
    begun = okr.read_rows([{**row, "start date": "2026-07-01"}], on=DAY)
    assert codes(begun) == [(1, "start date", "not-kept")]


# --- cells of key results ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "measure", "unit"),
    [
        ({"baseline": 112, "target": 128}, okr.Increase(112, 128), None),
        ({"baseline": "90 s", "target": "45 s"}, okr.Decrease(90, 45), okr.Unit("s")),
        ({"baseline": Decimal("1.5"), "target": Fraction(1, 2)}, okr.Decrease(1.5, 0.5), None),
        ({"target": "10 interviews"}, okr.Reach(10), okr.Unit("interviews")),
        ({"target": 0}, okr.AtMost(0), None),
        ({"target": "3.1% -> 3.8%"}, okr.Increase(3.1, 3.8), okr.Unit("%")),
        ({"target": "+5%"}, okr.Relative(percent=5), None),
        ({"target": "< 6%"}, okr.Below(6), okr.Unit("%")),
        ({"target": "30 of 40"}, okr.Reach(0.75), None),
        ({"target": 5, "unit": "percent"}, okr.Reach(5), okr.Unit("%")),
        ({"target": 5, "unit": "$"}, okr.Reach(5), okr.Unit("USD")),
        ({"target": 5, "unit": "of 7"}, okr.Reach(5), okr.Unit("of 7")),
        ({"target": 5, "measure": "Percentage"}, okr.Reach(5), okr.Unit("%")),
        ({"target": 5, "measure": "Currency"}, okr.Reach(5), None),
        ({"measure": "Yes or no", "target": "x"}, okr.PassFail(), None),
        ({"measure": "Baseline", "unit": "days"}, okr.EstablishBaseline(), okr.Unit("days")),
        ({"value": "done"}, okr.PassFail(), None),
        ({"value": True}, okr.PassFail(), None),
        ({"score": 0.7}, okr.Judged(), None),
        ({"target": "?", "score": 0.7}, okr.Judged(), None),
        ({"target": "-> 0", "score": 0.7}, okr.Judged(), None),
        ({"baseline": "tbd", "target": 5}, okr.FromTo(None, 5), None),
        ({"baseline": "lots", "target": 5}, okr.FromTo(None, 5), None),
        ({"baseline": "$3", "target": "5 days"}, okr.FromTo(None, 5), okr.Unit("days")),
    ],
)  # fmt: skip
def test_measures(cells: Any, measure: Any, unit: Any) -> None:
    kr = one(**cells)
    assert (kr.measure, kr.unit) == (measure, unit)


@pytest.mark.parametrize(
    ("cells", "values", "found"),
    [
        ({"target": 40, "value": "30"}, [30], []),
        ({"target": 40, "value": "30 of 60"}, [okr.Ratio(30, 60)], []),
        ({"target": 40, "value": "many"}, [], ["unreadable-number"]),
        ({"target": 40, "value": True}, [], ["not-a-number"]),
        ({"target": 40, "value": [3]}, [], ["not-a-number"]),
        ({"target": 40, "value": float("inf")}, [], ["not-a-number"]),
        ({"target": 40, "value": 10**400}, [], ["not-a-number"]),
        ({"measure": "task", "value": "no"}, [False], []),
        ({"measure": "task", "value": "50%"}, [0.5], []),
        ({"measure": "task", "score": "1"}, [1], []),
        ({"measure": "task", "value": 40}, [], ["unreadable-share"]),
        ({"measure": "feeling", "score": 0.3}, [0.3], ["cell-unreadable"]),
        ({"measure": "baseline", "value": 7, "score": 1}, [7], ["not-kept"]),
        ({"score": 70}, [], ["unreadable-share"]),
        ({"score": "70 days"}, [], ["unreadable-share"]),
        ({"Progress %": 70}, [0.7], []),
        ({"Progress %": "7 of 10"}, [0.7], []),
        ({"value": 12}, [], ["no-target", "unreadable-share"]),
        ({"target": 40, "weight": -1}, [], ["weight-negative"]),
        ({"target": 40, "kr due": "soon"}, [], ["unreadable-day"]),
    ],
)
def test_readings(cells: Any, values: Any, found: Any) -> None:
    loaded = okr.read_rows([{"goal": "Grow", "kr": "NPS", **cells}], on=DAY)
    assert [e.value for e in loaded.journal.entries] == values  # type: ignore[union-attr]
    assert [problem.code for problem in loaded.problems] == found


def test_a_score_without_a_value_is_judged() -> None:
    row = {"goal": "Grow", "kr": "NPS", "target": 40, "score": "60%", "confidence": 0.5}
    loaded = okr.read_rows([row], on=DAY)
    assert loaded.journal.entries == (
        okr.Judgement("grow-nps", DAY, score=0.6, because="scored without a value"),
        okr.CheckIn("grow-nps", DAY, confidence=0.5),
    )
    assert okr.read_rows([{**row, "score": "lots"}], on=DAY).journal.entries[0].of == "grow-nps"  # type: ignore[union-attr]


def test_what_belongs_to_key_results_alone() -> None:
    wide = {
        "goal": "Grow",
        "KR 1": "NPS",
        "KR 1 target": 40,
        "value": 3,
        "unit": "x",
        "KR 1 hue": 1,
    }
    loaded = okr.read_rows([wide])
    assert codes(loaded) == [(1, "KR 1 hue", "column-unknown"), (1, "value", "not-kept")]


def test_levels_and_ambitions() -> None:
    row = {"goal": "Grow", "level": "Team", "ambition": "LEARNING"}
    (objective,) = okr.read_rows([row], ambition=okr.Ambition.COMMITTED).plan.objectives
    assert (objective.place, objective.ambition) == (
        okr.Place(level=okr.Level.TEAM),
        okr.Ambition.LEARNING,
    )
    loaded = okr.read_rows([{"goal": "Grow", "level": "galaxy"}])
    assert "write one of company, unit" in loaded.problems[0].message


# --- single cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [None, "", "  ", "n/a", "N/A", "NaN", "null", "–", float("nan"), Decimal("NaN"), "<NA>"],
)
def test_missing_cells(value: Any) -> None:
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, False, "0", "no", date(2026, 1, 1), [0]])
def test_cells_that_hold_something(value: Any) -> None:
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("value", "day_first", "day"),
    [
        (date(2026, 8, 14), None, DAY),
        (datetime(2026, 8, 14, 23, 59, tzinfo=UTC), None, DAY),
        ("2026-08-14", None, DAY),
        ("2026-8-14", None, DAY),
        ("2026-08-14T10:00:00Z", None, DAY),
        ("14 Aug 2026", None, DAY),
        ("14. August 2026", None, DAY),
        ("Aug 14, 2026", None, DAY),
        ("August 14th 2026", None, DAY),
        ("14.08.2026", None, DAY),
        ("14/08/2026", None, DAY),
        ("08/14/2026", None, DAY),
        ("08/14/2026", True, DAY),
        ("03/04/2026", True, date(2026, 4, 3)),
        ("03/04/2026", False, date(2026, 3, 4)),
        ("03.04.2026", False, date(2026, 4, 3)),
    ],
)
def test_days(value: Any, day_first: bool | None, day: date) -> None:
    assert as_day(value, day_first=day_first) == day


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("03/04/2026", "set day_first"),
        ("30 Feb 2026", "there is no such day"),
        ("2026-13-01", "there is no such day"),
        ("14 Foo 2026", "write it as 2026-08-14"),
        ("Foo 14, 2026", "write it as 2026-08-14"),
        ("14/08/26", "write it as 2026-08-14"),
        (46248, "write it as 2026-08-14"),
    ],
)
def test_what_is_no_day(value: Any, hint: str) -> None:
    with pytest.raises(okr.InvalidValueError, match=hint):
        as_day(value, day_first=None)


def test_shares_words_and_answers() -> None:
    assert as_share(Cell("score", "70%"), ".") == 0.7
    assert as_share(Cell("completion_pct", 70), ".") == 0.7
    assert as_share(Cell("score", "0,7"), ",") == 0.7
    assert (as_words(12.0), as_words(1.5), as_words(" a \n b ")) == ("12", "1.5", "a b")
    assert (as_yes("YES"), as_yes("not done"), as_yes("maybe"), as_yes(False)) == (
        *(True, False, None, False),
    )


# --- arguments and results ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "arguments"),
    [
        ("text", {}),
        ({"goal": "Grow"}, {}),
        (5, {}),
        ([], {"columns": {"goal": "x"}}),
        ([], {"cycle": "Q3"}),
        ([], {"owners_are": str}),
        ([], {"ambition": "comitted"}),
        ([], {"on": "2026-08-14"}),
    ],
)
def test_arguments_of_the_wrong_kind_are_refused(rows: Any, arguments: Any) -> None:
    with pytest.raises(okr.InvalidValueError):
        okr.read_rows(rows, **arguments)


@pytest.mark.parametrize(
    "arguments", [{"objective": 5}, {"target": ["a", "a"]}, {"decimal": ";"}, {"day_first": "yes"}]
)
def test_columns_of_the_wrong_kind_are_refused(arguments: Any) -> None:
    with pytest.raises(okr.InvalidValueError):
        okr.codec.ColumnMap(**arguments)


def test_results_are_values() -> None:
    loaded = okr.read_rows(rows_of("last_quarter.csv"), cycle=Q3)
    assert pickle.loads(pickle.dumps(loaded)) == loaded  # noqa: S301
    assert hash(loaded.problems[0]) == hash(evolve(loaded.problems[0]))
    long = okr.codec.ImportProblem(1, None, "x" * 200, "row-unreadable", "is not read")
    assert str(long) == f"row 1 (line 2): '{'x' * 80}…' is not read"
    assert (
        repr(okr.codec.ImportResult(okr.Plan([])))
        == "ImportResult(Plan(0 objectives, 0 items), Journal(0 entries), 0 problems)"
    )


def test_anything_is_shown() -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    assert shown(Broken()) == "<Broken>"


def test_names() -> None:
    assert slug("Größer & besser, 売上!") == "größer-besser-売上"
    assert slug("x" * 50) == "x" * 40
    assert (
        slug("one two three four five six seven eight nine")
        == "one-two-three-four-five-six-seven-eight"
    )
    ids = Ids()
    assert [ids.take("a") for _ in range(3)] == ["a", "a-2", "a-3"]


@pytest.mark.parametrize("unit", ["per 1,000", "2 weeks", "5", "a 7"])
def test_a_unit_that_is_no_word_is_kept_as_it_is(unit: str) -> None:
    assert one(unit=unit, target=5, baseline=1).unit == okr.Unit(unit)


def test_a_row_of_unknown_columns_is_reported_and_makes_nothing() -> None:
    loaded = okr.read_rows(
        [{"colour": "red"}, {"goal": "Grow", "kr": "NPS", "target": 5, "baseline": 1}], on=DAY
    )
    assert codes(loaded) == [(1, "colour", "column-unknown")]
    assert [each.id for each in loaded.plan.objectives] == ["grow"]


def test_of_two_headings_of_one_meaning_the_first_name_wins_in_any_order() -> None:
    for cells in ({"target": 5, "goal value": 9}, {"goal value": 9, "target": 5}):
        assert one(baseline=1, **cells).measure == okr.Increase(1, 5)
