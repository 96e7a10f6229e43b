"""Shares beside numbers: in their unit, in one form, and by their counts; numbers by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, kr, plan_of

DAY = date(2026, 8, 1)
BEFORE = date(2026, 7, 25)
CENT = okr.Ratio(30, 50)


def card_of_values(plan: okr.Plan, values: Any, **more: Any) -> okr.Scorecard:
    return okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, values)), as_of=DAY, **more)


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("%", 60.0),
        ("percent", 60.0),
        ("percentage points", 60.0),
        ("% per month", 60.0),
        ("‰", 600.0),
        ("basis points", 6000.0),
        ("tickets per 1,000 accounts", 600.0),
        ("faults per 100 cars", 60.0),
        ("faults per 1,000,000 parts", 600_000.0),
        ("faults per 24 hours", 0.6),
        ("faults per week", 0.6),
        ("USD", 0.6),
        (None, 0.6),
    ],
)
def test_a_share_is_read_in_the_unit_of_its_item(unit: str | None, value: float) -> None:
    plan = plan_of(kr("k", okr.Increase(0, 1000), unit=unit))
    result = card_of_values(plan, {"k": CENT}).key_result("k")
    assert isinstance(result.reading, okr.Ratio)
    assert (result.reading.value, result.progress) == (value, value / 1000)


def test_30_of_50_is_beyond_a_target_of_20_percent() -> None:
    result = card_of_values(plan_of(kr("k", okr.Reach(20), unit="%")), {"k": CENT}).key_result("k")
    assert (result.progress, result.why) == (
        3.0,
        "60% (30 of 50) is 300% of the way from 0% to 20%",
    )
    for per in (1, 100, 1000):
        given = {"k": okr.Ratio(30, 50, per=per)}
        assert (
            card_of_values(plan_of(kr("k", okr.Reach(20), unit="%")), given)
            .key_result("k")
            .progress
            == 3.0
        )


@pytest.mark.parametrize(
    ("measure", "progress"),
    [
        (okr.Increase(20, 70), 0.8),
        (okr.Decrease(80, 40), 0.5),
        (okr.AtMost(20), 0.0),
        (okr.AtLeast(60), 1.0),
        (okr.Between(55, 65), 1.0),
        (okr.Exactly(50, 40), 0.0),
        (okr.Budget(40), 0.5),
        (okr.Anchors({0.5: 50, 1.0: 70}), 0.75),
        (okr.Steps([(okr.AtMost(1), 0.1), (okr.AtMost(60), 0.6), (None, 1)]), 0.6),
        (okr.Points(20, baseline=50), 0.5),
    ],
)
def test_every_measure_reads_it_so(measure: Any, progress: float) -> None:
    plan = plan_of(kr("k", measure, unit="%"))
    assert card_of_values(plan, {"k": CENT}).key_result("k").progress == progress
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY)
    live.record(okr.CheckIn("k", DAY, CENT))
    assert live.card.key_result("k").progress == progress
    assert live.journal.entries == (okr.CheckIn("k", DAY, CENT),)  # it is kept as it was given
    series = okr.evaluate_series(plan, live.journal, [DAY])
    assert [row.progress for row in series if row.id == "k"] == [progress]


def test_parts_guardrails_and_metrics_read_it_so() -> None:
    both = okr.Compound({"a": okr.Reach(80), "b": okr.PassFail()})
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[
                    kr("k", both, unit="%"),
                    kr("shared", okr.Reach(80), metric="m"),
                    kr("in percent", okr.Reach(80), metric="bare", unit="%"),
                    kr("own", okr.AtMost(20)),
                ],
                guardrails=[
                    okr.Guardrail("g", "G", okr.AtMost(20), unit="%"),
                    okr.Guardrail("h", "H", okr.AtMost(70), metric="m"),
                ],
            )
        ],
        metrics=[
            okr.Metric("m", "M", unit="%", health=okr.AtLeast(40)),
            okr.Metric("bare", "B", aggregation=okr.Aggregation.MEAN),
        ],
    )
    read = {"k": {"a": CENT, "b": True}, "m": CENT, "bare": CENT, "g": CENT, "own": CENT}
    card = card_of_values(plan, read)
    assert card.key_result("k").progress == 0.875
    assert card.key_result("shared").progress == card.key_result("in percent").progress == 0.75
    assert card.key_result("own").progress == 1.0  # without a unit it is 0.6
    assert card.guardrail("g").state is okr.plan.BoundState.BREACHED
    assert card.guardrail("h").state is okr.plan.BoundState.HELD
    assert (card.metric("m").health, card.metric("m").margin) == (1.5, 20.0)


def test_a_title_in_percent_without_a_unit_takes_no_share_of_1() -> None:
    plan = plan_of(kr("k", okr.Increase(3.1, 3.8)))
    assert card_of_values(plan, {"k": okr.Ratio(35, 1000)}).key_result("k").reading == okr.Ratio(
        35, 1000
    )
    shown = okr.KeyResult("k", "Free-to-paid conversion, %", okr.Increase(3.1, 3.8))
    metric = okr.Metric("m", "Churn in percent", health=okr.AtMost(20))
    parts = okr.Compound({"a": okr.Reach(20), "b": okr.Reach(0.5)})
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[
                    shown,
                    okr.KeyResult("p", "Two pct", parts),
                    okr.KeyResult("s", "Steps, %", okr.Steps([(okr.AtLeast(20), 1), (None, 0)])),
                    okr.KeyResult("a", "Anchors, %", okr.Anchors({0.7: 20, 1: 30})),
                    okr.KeyResult("e", "Baseline, %", okr.EstablishBaseline()),
                ],
                guardrails=[
                    okr.Guardrail("g", "Returned, %", okr.AtMost(20)),
                    okr.Guardrail("h", "Lost", okr.AtMost(20), metric="m"),
                ],
            )
        ],
        metrics=[metric],
    )
    share = okr.Ratio(35, 1000)
    value: Any
    for id, value in [("p", {"a": share}), *((id, share) for id in "ksagm")]:
        with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch") as caught:
            okr.admit(plan, okr.Journal(), okr.CheckIn(id, DAY, value))
        assert 'give it the unit "%", or write Ratio(35, 1000, per=100)' in caught.value.hint
        with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
            card_of_values(plan, {id: value})
    done = plan_of(okr.KeyResult("k", "Half of it, 50%", okr.PassFail()))
    assert len(okr.admit(done, okr.Journal(), okr.CheckIn("k", DAY, value=True))) == 1
    fitting = {"k": okr.Ratio(35, 1000, per=100), "p": {"a": 3.5, "b": share}, "e": share}
    assert card_of_values(plan, fitting).key_result("k").progress == pytest.approx(4 / 7)
    assert card_of_values(plan, {"k": okr.Ratio(0, 1000)}).key_result("k").score == 0


def test_a_metric_in_percent_is_measured_by_what_reads_it() -> None:
    def plan(**more: Any) -> okr.Plan:
        metric = okr.Metric("m", "Conversion, %")
        first = okr.KeyResult("k", "K", okr.Increase(3.1, 3.8), metric="m", **more)
        return plan_of(first, kr("other", okr.Reach(1)), metrics=[metric])

    share = okr.CheckIn("m", DAY, okr.Ratio(35, 1000))
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
        okr.admit(plan(), okr.Journal(), share)
    journal = okr.admit(plan(unit="%"), okr.Journal(), share)
    assert okr.evaluate(plan(unit="%"), journal, as_of=DAY).key_result("k").progress == (
        pytest.approx(4 / 7)
    )
    # Of a quotient that is no share nothing is known.
    assert len(okr.admit(plan(unit="USD"), okr.Journal(), share)) == 1


PERCENT = 'give each the unit "%", or write Ratio(60, 100, per=100)'


def behind(**items: Any) -> okr.Plan:
    """Return a plan with more key results, guardrails, or metrics, beside one that takes any number."""
    guardrails = items.get("guardrails", ())
    objective = okr.Objective(
        "o", "O", cycle=Q3, key_results=items.get("key_results", ()), guardrails=guardrails
    )
    return okr.Plan([objective], metrics=items.get("metrics", ()))


def taken(how: str, *of: str, title: str = "Conversion, %", **more: Any) -> okr.KeyResult:
    derived = okr.Derived(okr.Aggregation(how), of)
    return okr.KeyResult("k", title, okr.Reach(20), derived=derived, **more)


BARE = okr.Metric("m", "M")
PART = kr("n", okr.Reach(1))


@pytest.mark.parametrize(
    ("plan", "of", "words"),
    [
        (
            behind(
                key_results=[okr.KeyResult("k", "Churn, %", okr.AtMost(20), metric="m")],
                metrics=[BARE],
            ),
            "m",
            f"the title of k is in percent and its numbers begin at 20: {PERCENT}",
        ),
        (
            behind(
                guardrails=[okr.Guardrail("g", "Churn in percent", okr.AtMost(20), metric="m")],
                metrics=[BARE],
            ),
            "m",
            f"the title of g is in percent and its numbers begin at 20: {PERCENT}",
        ),
        (
            behind(
                key_results=[kr("k", okr.AtMost(20), metric="m")],
                metrics=[okr.Metric("m", "Percentage of churn")],
            ),
            "m",
            f"its title is in percent and the numbers of k begin at 20: {PERCENT}",
        ),
        *(
            (
                behind(key_results=[PART, taken(how, "n")]),
                "n",
                f"the title of k is in percent and its numbers begin at 20: {PERCENT}",
            )
            for how in ("latest", "sum", "mean", "minimum", "maximum")
        ),
        (
            behind(key_results=[evolve(PART, metric="m"), taken("latest", "n")], metrics=[BARE]),
            "m",
            f"the title of k is in percent and its numbers begin at 20: {PERCENT}",
        ),
        (
            behind(
                key_results=[
                    okr.KeyResult("p", "Churn, %", okr.AtMost(0.9), metric="m"),
                    kr("q", okr.AtMost(20), derived=okr.Derived(okr.Aggregation.LATEST, ["p"])),
                ],
                metrics=[BARE],
            ),
            "m",
            f"the title of p is in percent and the numbers of q begin at 20: {PERCENT}",
        ),
        (
            # Met twice, by two ways: once is enough.
            behind(
                key_results=[
                    okr.KeyResult("n", "Share, pct", okr.Reach(1)),
                    kr("p", okr.Reach(1), derived=okr.Derived(okr.Aggregation.LATEST, ["n"])),
                    kr("q", okr.Reach(1), derived=okr.Derived(okr.Aggregation.LATEST, ["n"])),
                    taken("sum", "p", "q", title="Both"),
                ]
            ),
            "n",
            f"its title is in percent and the numbers of k begin at 20: {PERCENT}",
        ),
    ],
)
def test_a_share_is_refused_behind_a_metric_and_a_derivation(
    plan: okr.Plan, of: str, words: str
) -> None:
    share = okr.CheckIn(of, DAY, okr.Ratio(60, 100))
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY)
    for act in (
        lambda: okr.admit(plan, okr.Journal(), share),
        lambda: okr.evaluate(plan, okr.Journal([share]), as_of=DAY),
        lambda: live.record(share),
    ):
        with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch") as caught:
            act()
        assert words in str(caught.value)
    assert (
        len(okr.admit(plan, okr.Journal(), okr.CheckIn(of, DAY, okr.Ratio(60, 100, per=100)))) == 1
    )
    assert len(okr.admit(plan, okr.Journal(), okr.CheckIn(of, DAY, 60))) == 1


def test_a_share_behind_a_derivation_is_read_in_their_unit() -> None:
    read = {"n": okr.Ratio(60, 100)}
    for how in ("latest", "sum", "mean", "minimum", "maximum"):
        plan = plan_of(evolve(PART, unit="%"), taken(how, "n", unit="%"))
        result = card_of_values(plan, read).key_result("k")
        assert (result.reading, result.progress) == (okr.Ratio(60, 100, per=100), 3.0)
    # Nothing is known of what has another unit, or numbers below 1.
    plan = plan_of(evolve(PART, unit="USD"), taken("latest", "n", unit="USD"))
    assert card_of_values(plan, read).key_result("k").progress == pytest.approx(0.03)
    plan = plan_of(PART, evolve(taken("latest", "n"), measure=okr.Reach(0.8)))
    assert card_of_values(plan, read).key_result("k").progress == pytest.approx(0.75)
    plan = plan_of(PART, taken("latest", "n", title="Orders"))
    assert card_of_values(plan, read).key_result("k").progress == pytest.approx(0.03)


def test_a_ratio_in_percent_has_a_unit() -> None:
    parts = (kr("a", okr.Reach(1)), kr("b", okr.Reach(1)))
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch") as caught:
        plan_of(*parts, taken("ratio", "a", "b"))
    assert caught.value.path == "KeyResult('k').unit"
    assert caught.value.hint == (
        "its title is in percent and its numbers begin at 20, and without a unit a ratio is a share"
        ' of 1: give it the unit "%"'
    )
    read = {"a": 6, "b": 10}
    plan = plan_of(*parts, taken("ratio", "a", "b", unit="%"))
    assert card_of_values(plan, read).key_result("k").progress == 3.0
    share = evolve(taken("ratio", "a", "b"), measure=okr.Reach(0.8))
    assert card_of_values(plan_of(*parts, share), read).key_result("k").progress == pytest.approx(
        0.75
    )
    # Percent by a number is percent: 6% in 10 months is 0.6% a month.
    for part in (evolve(parts[0], unit="%"), okr.KeyResult("a", "Churn, %", okr.Reach(20))):
        plan = plan_of(part, parts[1], taken("ratio", "a", "b"))
        assert card_of_values(plan, read).key_result("k").progress == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("title", "is_refused"),
    [
        ("Churn, %", True),
        ("Churn in percent", True),
        ("Percents lost", True),
        ("Percentage of churn", True),
        ("PERCENTAGES", True),
        ("per cent lost", True),
        ("per-cent lost", True),
        ("Churn (pct.)", True),
        ("churn_pct", True),
        ("95th percentile", False),
        ("Open per center", False),
        ("Churn", False),
    ],
)
def test_titles_in_percent(title: str, is_refused: bool) -> None:
    share = okr.Journal(okr.check_ins(DAY, {"k": okr.Ratio(60, 100)}))
    plans = [
        plan_of(okr.KeyResult("k", title, okr.AtMost(20))),
        behind(guardrails=[okr.Guardrail("k", title, okr.AtMost(20))]),
        okr.Plan([], metrics=[okr.Metric("k", title, health=okr.AtMost(20))]),
    ]
    for plan in plans:
        if is_refused:
            with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
                okr.evaluate(plan, share, as_of=DAY)
        else:
            assert okr.evaluate(plan, share, as_of=DAY).problems == ()


def test_rows_report_a_share_beside_numbers_in_percent() -> None:
    row = {"Objective": "O", "Key Result": "Share, %", "Target": "40", "Current": "30 of 60"}
    loaded = okr.read_rows([row], cycle=Q3)
    assert [problem.code for problem in loaded.problems] == ["unit-differs"]
    assert loaded.journal == okr.Journal()
    loaded = okr.read_rows([{**row, "Target": "40%"}], cycle=Q3)
    card = okr.evaluate(loaded.plan, loaded.journal, as_of=Q3.end)
    assert (loaded.problems, card.objective("o").key_results) == ((), ("o-share",))
    assert card.key_result("o-share").progress == 1.25


# --- one form ----------------------------------------------------------------------------------


def pooled(reads: str = "sum", **more: Any) -> okr.Plan:
    metric = okr.Metric("m", "M", aggregation=okr.Aggregation(reads), **more)
    return plan_of(kr("k", okr.Reach(1), metric="m"), metrics=[metric])


def entries(*values: Any) -> list[okr.CheckIn]:
    days = (date(2026, 7, 1 + n) for n in range(len(values)))
    return [okr.CheckIn("m", day, value) for day, value in zip(days, values, strict=True)]


@pytest.mark.parametrize("reads", ["sum", "mean"])
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (okr.Ratio(1, 10), 0.2, "read as shares until now; give a Ratio"),
        (0.1, okr.Ratio(2, 10), "read as numbers until now; give a number"),
        (okr.Ratio(1, 10), okr.Ratio(2, 10, per=100), "per 1 until now; give a Ratio with per=1"),
    ],
)
def test_one_form_for_all_that_is_pooled(reads: str, first: Any, second: Any, words: str) -> None:
    plan, (one, other) = pooled(reads), entries(first, second)
    live = okr.LiveScorecard(plan, okr.Journal([one]), as_of=DAY)
    assert len(okr.admit(plan, okr.Journal([one]), evolve(one, id="again"))) == 2
    assert len(okr.admit(plan, okr.Journal(), other)) == 1
    for act in (
        lambda: okr.admit(plan, okr.Journal([one]), other),
        lambda: okr.evaluate(plan, okr.Journal([one, other]), as_of=DAY),
        lambda: live.record(other),
    ):
        with pytest.raises(okr.InconsistentPlanError, match=words):
            act()
    assert live.journal == okr.Journal([one])
    card = okr.evaluate(plan, okr.Journal([one, other]), as_of=DAY, strict=False)
    assert [problem.code for problem in card.problems] == ["reading-mixed"]
    assert card.key_result("k").progress == pytest.approx(0.1)
    # On the day of the first nothing is mixed yet; what is neither is refused for that alone.
    assert okr.evaluate(plan, okr.Journal([one, other]), as_of=date(2026, 7, 1)).problems == ()
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.evaluate(plan, okr.Journal([one, *entries("x")]), as_of=DAY)
    assert [fault.code for fault in caught.value.faults] == ["reading-does-not-fit"]


@pytest.mark.parametrize("reads", ["latest", "minimum", "maximum"])
def test_where_one_reading_is_chosen_each_is_the_number_it_is(reads: str) -> None:
    journal = okr.Journal(entries(okr.Ratio(1, 10), 0.2))
    progress = okr.evaluate(pooled(reads), journal, as_of=DAY).key_result("k").progress
    assert progress == (0.1 if reads == "minimum" else 0.2)


def test_in_percent_shares_of_any_per_are_of_one_form() -> None:
    journal = okr.Journal(entries(okr.Ratio(30, 1000), okr.Ratio(40, 500, per=100)))
    for reads in ("sum", "mean"):
        card = okr.evaluate(pooled(reads, unit="%"), journal, as_of=DAY)
        assert card.key_result("k").reading == okr.Ratio(70, 1500, per=100)


# --- what makes a share ------------------------------------------------------------------------


def test_counts_beyond_all_bounds_pool_to_a_number() -> None:
    journal = okr.Journal(entries(okr.Ratio(1e100, 1e100), okr.Ratio(1e100, 1e100)))
    assert okr.evaluate(pooled(), journal, as_of=DAY).key_result("k").progress == 1.0


RATIO = okr.Derived(okr.Aggregation.RATIO, ["a", "b"])


@pytest.mark.parametrize(
    ("values", "unit", "reading"),
    [
        ((16, 4), None, okr.Ratio(16, 4)),
        ((30, 50), "%", okr.Ratio(30, 50, per=100)),
        ((30, -50), None, -0.6),
        ((30, -50), "%", -60.0),
        ((-30, 50), None, okr.Ratio(-30, 50)),
        ((1, 0), None, None),
        ((1, 1e-300), None, None),
        ((1e100, 1e-11), None, None),
    ],
)
def test_a_ratio_is_derived_in_its_unit(values: Any, unit: Any, reading: Any) -> None:
    plan = plan_of(
        kr("a", okr.Reach(1)),
        kr("b", okr.Reach(1)),
        kr("k", okr.Reach(20), unit=unit, derived=RATIO),
    )
    card = card_of_values(plan, dict(zip("ab", values, strict=True)))
    result = card.key_result("k")
    assert result.reading == reading
    for _, step in card.explain("k").walk():
        assert step.recompute() == step.result
    if reading is None:
        is_large = values[0] > 1
        nothing = "b is 0 at 12 decimals" if values[1] else "b is 0"
        words = "the ratio of a, b is too large for a number" if is_large else nothing
        assert (result.score, result.why) == (None, words)


def test_a_sum_beyond_all_bounds_has_no_value() -> None:
    total = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    plan = plan_of(
        kr("a", okr.Reach(1)), kr("b", okr.Reach(1)), kr("k", okr.Reach(20), derived=total)
    )
    result = card_of_values(plan, {"a": 1e100, "b": 1e100}).key_result("k")
    assert result.why == "the sum of a, b is too large for a number"
    assert card_of_values(plan, {"a": 1e100}).key_result("k").why == "unread: b"


def test_a_denominator_is_a_count() -> None:
    for count in (-10, -0.5, -1e100):
        with pytest.raises(okr.InvalidValueError, match="never negative"):
            okr.Ratio(1, count)
    assert okr.Ratio(-1, 10).value == -0.1  # a loss by what was sold
