"""What was let through some door, or fell over what it was given; each with its right answer."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from numbers import Real
from typing import Any

import pytest
from attrs import evolve

import okrcore
import okrcore.codec
import okrcore.display
import okrcore.rulebook
from build import Q3, bare, kr

okr: Any = okrcore
codec: Any = okrcore.codec
display: Any = okrcore.display
rulebook: Any = okrcore.rulebook

SCALE: Any = okr.rulebook.Scale(
    "grade", okr.rulebook.Axis.SCORE, okr.rulebook.Bands([(okr.AtLeast(0.7), "good")])
)
DAY = date(2026, 8, 1)


def one(measure: Any, **more: Any) -> Any:
    return okr.Plan([bare("o", kr("k", measure), **more)])


def card_by(plan: Any, entries: Any, on: date, **more: Any) -> Any:
    return okr.evaluate(plan, okr.Journal(entries), as_of=on, **more)


def refused(act: Callable[[], object]) -> Any:
    with pytest.raises(okr.OkrError) as caught:
        act()
    return caught.value


# --- kind before comparing ---------------------------------------------------------------------


class Missing:
    """As pandas.NA: neither true nor false, whatever it is compared with."""

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("neither true nor false")

    __hash__ = object.__hash__


class NoTime(datetime):
    """As pandas.NaT."""

    def utcoffset(self) -> timedelta | None:
        raise ValueError("NaTType does not support utcoffset")


@Real.register
class Span:
    """As numpy.timedelta64."""

    def __float__(self) -> float:
        raise TypeError("float() argument must be a string or a real number")


@pytest.mark.parametrize("field", ["note", "blocker", "learning", "shipped", "effect"])
def test_a_note_that_is_missing_is_no_text(field: str) -> None:
    error = refused(lambda: okr.CheckIn("k", DAY, 5, **{field: Missing()}))
    assert (error.code, error.path) == ("wrong-type", f"CheckIn.{field}")


def test_names_that_are_missing_are_no_texts() -> None:
    assert refused(lambda: okr.Cycle(date(2026, 7, 1), DAY, name=Missing())).code == "not-text"
    assert refused(lambda: okr.CheckIn("k", DAY, 5, status=Missing())).code == "not-text"
    assert refused(lambda: okr.Evidence(required=1, what=Missing())).code == "not-text"
    assert refused(lambda: okr.Outside("x", title=Missing())).code == "wrong-type"
    assert refused(lambda: okr.Unit("USD", per=Missing())).code == "wrong-type"


def test_no_time_is_no_moment_and_no_day() -> None:
    entry = refused(lambda: okr.CheckIn("k", DAY, 5, recorded=NoTime(2026, 8, 1)))
    assert (entry.code, entry.path) == ("not-a-moment", "CheckIn.recorded")
    assert refused(lambda: okr.CheckIn("k", NoTime(2026, 8, 1), 5)).code == "not-a-date"
    assert refused(lambda: okr.Journal().known_at(NoTime(2026, 8, 1))).code == "not-a-moment"


@pytest.mark.parametrize(
    "act",
    [
        lambda: okr.Reach(Span()),
        lambda: okr.CheckIn("k", DAY, confidence=Span()),
        lambda: kr("k", okr.Reach(1), weight=Span()),
        lambda: okr.Journal.from_columns(["k"], [DAY], [Span()]),
        lambda: okr.Ratio(Span(), 1),
        lambda: okr.Anchors({0.3: Span(), 1: 2}),
    ],
)
def test_a_real_by_name_alone_is_no_number(act: Callable[[], object]) -> None:
    assert refused(act).code == "not-a-number"


def test_a_reading_that_is_a_real_by_name_alone() -> None:
    assert refused(lambda: okr.CheckIn("k", DAY, Span())).path == "CheckIn.value"


# --- ranges ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: okr.rulebook.Clip(digits=13), "give -12 to 12"),
        (lambda: okr.rulebook.Clip(digits=-13), "give -12 to 12"),
        (lambda: okr.rulebook.Bands([(okr.AtLeast(0.5), "x")], digits=10**9), "give -12 to 12"),
        (lambda: okr.calendar.EveryDays(10**12), "give 1 to 146097"),
        (lambda: okr.calendar.EveryDays(7, grace_days=10**12), "give 0 to 146097"),
        (lambda: okr.calendar.Weekly(okr.calendar.Weekday.MONDAY, every=10**6), "give 1 to 20871"),
        (lambda: okr.Cadence("long", months=10**6), "give 0 to 4712"),
        (
            lambda: okr.calendar.RitualSlot(
                okr.calendar.Ritual.CLOSE, okr.calendar.CyclePoint.END, 10**12
            ),
            "give -146097 to 146097",
        ),
        (lambda: okr.rulebook.ClosingRule(grace_days=10**12), "give 0 to 146097"),
        (lambda: okr.Metric("m", "M", check_in_days=10**12), "give 1 to 146097"),
        (lambda: okr.Evidence(required=10**400), "give 1 to 1000000000"),
        (lambda: okr.rulebook.ReviewRule(still_days=10**12), "give 1 to 146097"),
        (
            lambda: okr.review.list_due(
                one(okr.Reach(1)), okr.Journal(), as_of=DAY, ahead_days=10**9
            ),
            "146097",
        ),
    ],
)
def test_a_whole_number_has_a_range_that_its_refusal_names(
    act: Callable[[], object], says: str
) -> None:
    error = refused(act)
    assert error.code == "out-of-range"
    assert says in str(error)


def test_a_document_has_the_same_ranges() -> None:
    document = codec.dump(
        okr.Rulebook(
            name="x", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(digits=2))
        )
    )
    document["data"]["attainment"]["clip"]["digits"] = 500
    assert "give -12 to 12" in str(refused(lambda: codec.load(document)))


@pytest.mark.parametrize("digits", [-12, 0, 12])
def test_digits_at_the_ends_of_the_range_round(digits: int) -> None:
    assert math.isfinite(okr.rulebook.Clip(digits=digits).apply(1e100))
    assert math.isfinite(okr.rulebook.Clip(digits=digits).apply(1234.5678))


@pytest.mark.parametrize("day", [date.min, date(999, 12, 31), date(9001, 1, 1), date.max])
def test_days_have_years_from_1000_to_9000(day: date) -> None:
    acts: list[Callable[[], object]] = [
        lambda: okr.Cycle(min(day, DAY), max(day, DAY)),
        lambda: okr.CheckIn("k", day, 1),
        lambda: kr("k", okr.Reach(1), due=day),
        lambda: okr.Journal.from_columns(["k"], [day], [1]),
        lambda: okr.check_ins(day, {"k": 1}),
        lambda: okr.evaluate(one(okr.Reach(1)), okr.Journal(), as_of=day),
        lambda: okr.calendar.EveryDays(7).next_due(day, day),
        lambda: okr.calendar.Monthly(31).next_due(None, day),
        lambda: okr.calendar.next_workday(day, okr.calendar.WorkWeek()),
        lambda: okr.calendar.WorkWeek(days_off=[day]),
        lambda: okr.calendar.WorkWeek().count(min(day, DAY), max(day, DAY)),
        lambda: okr.Journal().as_of(day),
    ]
    assert [refused(act).code for act in acts] == ["year-unknown"] * len(acts)


def test_the_ends_of_time_are_evaluated_without_a_guard() -> None:
    cycle = okr.Cycle(date(1000, 1, 1), date(9000, 12, 31))
    plan = one(okr.Increase(0, 10), cycle=cycle)
    entries = [
        okr.CheckIn("k", date(2025, 7, 20), 5),
        okr.Transition("k", date(2025, 7, 21), okr.Lifecycle.PAUSED),
        okr.Transition("k", date(2025, 7, 25), okr.Lifecycle.ACTIVE),
    ]
    assert card_by(plan, entries, date(9000, 12, 31)).objective("o").score == 0.5
    assert card_by(plan, entries, date(2025, 8, 1)).objective("o").pace is not None


def test_an_endless_cycle_has_no_list_of_occasions() -> None:
    endless = okr.Cycle(date(1000, 1, 1), date(9000, 12, 31))
    schedule = okr.calendar.Schedule.of(okr.Cadence.MICRO_WEEK)
    error = refused(lambda: schedule.occasions(endless))
    assert (error.code, error.hint) == ("out-of-range", "give 1 to 146097")
    assert refused(lambda: endless.split(okr.Cadence.MICRO_WEEK)).code == "out-of-range"
    calendar, quarterly = okr.FiscalCalendar(), okr.Cadence.QUARTERLY
    error = refused(lambda: calendar.cycles_between(endless.start, endless.end, quarterly))
    assert error.code == "out-of-range"


# --- numbers that multiply ---------------------------------------------------------------------

UNCLIPPED = okr.Rulebook(
    name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
)


@pytest.mark.parametrize("factor", [1e-4, 1000.1, 1e100])
def test_a_scope_is_cut_within_reason(factor: float) -> None:
    error = refused(lambda: okr.Adjustment("k", DAY, rescale=factor, because="cut"))
    assert error.hint == "give a number from 0.001 to 1000"


@pytest.mark.parametrize(("reading", "count"), [(5, 40), (0, 120)])
def test_scopes_that_multiply_beyond_reason_are_refused(reading: float, count: int) -> None:
    scopes = [okr.Adjustment("k", DAY, rescale=1000, because="cut") for _ in range(count)]
    entries = [*scopes, okr.CheckIn("k", DAY, reading)]
    error = refused(lambda: card_by(one(okr.Reach(10)), entries, DAY, rulebook=UNCLIPPED))
    fault = error.faults[0]
    assert (fault.code, fault.value) == ("out-of-range", 1e6)
    assert fault.path == "Adjustment('k', 2026-08-01).rescale"
    assert "keep it from 0.001 to 1,000" in fault.hint


def test_progress_that_adjustments_take_beyond_all_numbers_is_missing() -> None:
    scope = okr.Adjustment("k", DAY, rescale=1000, because="cut")
    entries = [scope, okr.CheckIn("k", DAY, 1e99)]
    result = card_by(one(okr.Reach(10)), entries, DAY, rulebook=UNCLIPPED).key_result("k")
    assert (result.progress, result.no_score_reason) == (
        None,
        okr.scorecard.NoScoreReason.TOO_LARGE,
    )
    assert result.why == (
        "progress times 1000, as adjusted on 2026-08-01, comes to a number beyond all others"
    )


def test_a_product_of_parts_beyond_all_numbers_is_missing() -> None:
    product = okr.Compound(
        {f"p{n}": okr.Reach(1e-11) for n in range(5)}, combine=okr.plan.Combination.PRODUCT
    )
    parts = okr.CheckIn("k", DAY, {f"p{n}": 1e100 for n in range(5)})
    result = card_by(one(product), [parts], DAY, rulebook=UNCLIPPED).key_result("k")
    assert (result.progress, result.no_score_reason) == (
        None,
        okr.scorecard.NoScoreReason.TOO_LARGE,
    )


def test_a_product_with_a_part_unread_has_no_reading() -> None:
    product = okr.Compound(
        {"a": okr.Reach(1), "b": okr.Reach(1)}, combine=okr.plan.Combination.PRODUCT
    )
    mean = evolve(product, combine=okr.plan.Combination.MEAN)
    for measure in (product, mean):
        result = card_by(one(measure), [okr.CheckIn("k", DAY, {"a": 1})], DAY).key_result("k")
        assert (result.progress, result.no_score_reason) == (
            None,
            okr.scorecard.NoScoreReason.OFF_SCALE,
        )


def test_a_budget_is_not_too_small_to_divide_by() -> None:
    assert refused(lambda: okr.Budget(5e-324)).code == "not-positive"
    assert (
        refused(lambda: okr.rulebook.AttainmentRule(budget_zero_at=1 + 1e-15)).code
        == "out-of-range"
    )


# --- errors ------------------------------------------------------------------------------------


def _deep() -> Any:
    deep: Any = None
    for _ in range(2000):
        deep = [deep]
    return deep


class Sour:
    def __repr__(self) -> str:
        raise ZeroDivisionError

    def __reduce__(self) -> Any:
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "value",
    [10**5000, _deep(), (n for n in (1,)), Sour(), [Sour()], object(), "\x1b[31m", lambda: 0],
    ids=["digits", "deep", "generator", "sour", "of sour", "object", "escape", "function"],
)
def test_an_error_prints_and_pickles_whatever_it_carries(value: Any) -> None:
    error = refused(lambda: kr("k", value))
    again = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(error))))  # noqa: S301  # made a moment ago
    assert (str(again), repr(again), again.as_dict()) == (str(error), repr(error), error.as_dict())
    assert "\x1b" not in str(error) + repr(error)


def test_an_error_keeps_a_value_that_can_be_pickled() -> None:
    error = refused(lambda: okr.Reach("ten"))
    assert pickle.loads(pickle.dumps(error)).value == "ten"  # noqa: S301  # made a moment ago
    assert repr(error) == "InvalidValueError('not-a-number', 'Reach.target', 'ten')"


def test_a_value_that_cannot_be_pickled_is_shown_as_it_was() -> None:
    error = refused(lambda: okr.Reach(Sour()))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    assert repr(again.value).startswith("<Sour")


def test_a_value_of_a_class_named_as_a_builtin_one() -> None:
    array = type("array", (), {})
    assert "got <array>" in str(okr.InvalidValueError("negative", "x", array()))


# --- depth -------------------------------------------------------------------------------------


def test_a_reading_nested_without_end_is_refused() -> None:
    value: Any = {}
    for _ in range(1000):
        value = {"a": value}
    assert refused(lambda: okr.CheckIn("k", DAY, value)).path == "CheckIn.value[0]"


def test_the_deepest_teams_and_methods_are_written_and_read() -> None:
    team, book = None, okr.Rulebook(name="m0")
    for _ in range(40):
        team = okr.Team("t", within=team)
    for number in range(1, 5):
        book = okr.Rulebook(name=f"m{number}", methods=[book])
    helped = okr.Contribution(contributors=[team])
    plan = okr.Plan([bare("o", kr("k", okr.Reach(1), contribution=helped), owner=team)])
    assert codec.load(codec.dump(plan)) == plan
    assert codec.load(codec.dump(book)) == book
    assert (len(plan.digest), isinstance(hash(book), int)) == (64, True)


# --- doors -------------------------------------------------------------------------------------

PLAN = one(okr.Reach(10), cycle=Q3)
JOURNAL = okr.Journal([okr.CheckIn("k", DAY, 5)])
CARD = okr.evaluate(PLAN, JOURNAL, as_of=DAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda: JOURNAL.add(5),
        lambda: JOURNAL.only("k"),
        lambda: JOURNAL.keep("k"),
        lambda: JOURNAL.lifecycle([], on=DAY),
        lambda: PLAN.key_results_of(5),
        lambda: PLAN.micro_okrs([]),
        lambda: CARD.grade([], "o"),
        lambda: CARD.grade("grade", []),
        lambda: okr.LiveScorecard(PLAN, JOURNAL, as_of=DAY).score([]),
        lambda: list(okr.evaluate_series(PLAN, JOURNAL, DAY)),
        lambda: okr.review.make_agenda(PLAN, JOURNAL, as_of=DAY, rites={1: 2}),
        lambda: okr.review.list_due(
            PLAN, JOURNAL, as_of=DAY, schedules={1: okr.calendar.Schedule.of(None)}
        ),
        lambda: okr.review.look_back(CARD, of=5),
        lambda: okr.AtMost(5).holds("x"),
        lambda: okr.AtMost(5).holds(float("nan")),
        lambda: okr.AtMost(5).margin("x"),
        lambda: okr.Between(1, 2).state("x"),
        lambda: okr.Increase(1, 2).allows("x"),
        lambda: okr.Increase(1, 2).ends("x"),
        lambda: okr.FromTo(1, 2).allows("x"),
        lambda: okr.Points(1).target_from("x"),
        lambda: okr.Steps([(okr.AtLeast(5), 1.0)]).score_of("x"),
        lambda: okr.Anchors({1: 2}, baseline=1).value_of("x"),
        lambda: okr.Milestones("a").weight_of(5),
        lambda: okr.Unit("USD").format("x"),
        lambda: okr.Unit("USD").bare("x"),
        lambda: okr.calendar.WorkWeek().count(1, 2),
        lambda: okr.calendar.WorkWeek().is_workday("x"),
        lambda: okr.calendar.Weekly(okr.calendar.Weekday.MONDAY).dues(DAY, "x"),
        lambda: okr.calendar.LastWeekday(okr.calendar.Weekday.MONDAY, month=1).in_year("x"),
        lambda: okr.rulebook.Clip(floor=0).apply("x"),
        lambda: okr.rulebook.Bands([(okr.AtLeast(0.5), "x")], digits=2).name(float("inf")),
        lambda: okr.RECOMMENDED.scale([]),
        lambda: okr.RECOMMENDED.grade("grade", "x"),
        lambda: codec.to_json(PLAN, indent=[]),
        lambda: codec.load({}, Missing()),
        lambda: okr.plan.parse_number("5", decimal=[]),
        lambda: okr.read_rows([], owners_are=Missing()),
        lambda: okr.display.format_shares({"a": "x"}),
        lambda: CARD.what_if({(): 1}),
        lambda: CARD.explain("o").walk("x"),
        lambda: display.scorecard_text(5),
        lambda: display.explanation_text(5),
        lambda: display.explanation_text(CARD.explain("o"), depth="x"),
        lambda: display.comparison_html(5),
        lambda: display.rulebooks_markdown(5),
        lambda: display.agenda_html(5),
        lambda: okr.Scorecard("a", "b", "c", "d"),
        lambda: evolve(CARD, plan=okr.Plan([bare("other")])),
        lambda: evolve(CARD, supposed=(("nobody", 1.0),)),
    ],
)
def test_a_door_refuses_what_it_cannot_use(act: Callable[[], object]) -> None:
    error = refused(act)
    assert error.path


def test_what_is_no_id_is_not_in_a_plan() -> None:
    assert [] not in PLAN
    assert [] not in CARD
    assert "o" in CARD


def test_key_results_are_found_by_the_id_of_their_objective() -> None:
    assert PLAN.key_results_of("o") == PLAN.key_results_of(PLAN.objective("o"))


# --- texts, flags and whole numbers of other classes ---------------------------------------------


class Id(str):
    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]


def test_a_text_of_a_subclass_becomes_a_plain_one() -> None:
    objective = okr.Objective(Id("o"), Id("O"), supports=[Id("co")], owner=Id("Ana"))
    assert [type(text) for text in (objective.id, objective.title)] == [str, str]
    assert type(objective.supports[0].to) is str
    assert type(objective.owner.name) is str
    plan = okr.Plan([objective], outside=[okr.Outside("co")])
    assert plan.objective(Id("o")) is objective
    assert Id("o") in plan
    zones = okr.Zones({okr.Level.TEAM: 1})
    assert [type(label) for label in zones.labels] == [str]
    entries = okr.Journal.from_columns([Id("k")], [DAY], [1]).entries
    assert type(entries[0].of) is str
    drives = okr.Initiative("i", "I", drives=[Id("k")]).drives
    assert (drives, type(drives[0])) == (("k",), str)


numpy_bool = type("bool", (), {"__module__": "numpy", "__bool__": lambda _: True})
old_numpy_bool = type("bool_", (), {"__module__": "numpy", "__bool__": lambda _: True})


class Whole:
    """As numpy.int64."""

    def __index__(self) -> int:
        return 5


@pytest.mark.parametrize("kind", [numpy_bool, old_numpy_bool])
def test_a_flag_of_numpy_is_a_flag(kind: type[Any]) -> None:
    assert okr.CheckIn("k", DAY, kind()).value is True
    assert okr.Guardrail("g", "G", okr.AtMost(1), hard=kind()).hard is True
    assert okr.ObjectiveProfile(attributes={"x": kind()}).attributes == (("x", True),)


def _breaks_off() -> Any:
    yield 1
    raise ZeroDivisionError


class Broken(dict):  # type: ignore[type-arg]
    def items(self) -> Any:
        raise ZeroDivisionError


class NoWhole:
    def __index__(self) -> int:
        raise TypeError("only integer scalar arrays can be converted to a scalar index")


class NoZone(tzinfo):
    def utcoffset(self, _: datetime | None, /) -> timedelta | None:
        raise ZeroDivisionError

    def tzname(self, _: datetime | None, /) -> str | None:
        raise ZeroDivisionError

    def dst(self, _: datetime | None, /) -> timedelta | None:
        raise ZeroDivisionError


def test_what_breaks_off_is_refused_as_what_it_is() -> None:
    assert refused(lambda: okr.Journal(_breaks_off())).code == "not-a-sequence"
    assert refused(lambda: okr.Zones(Broken(a=1))).code == "not-a-sequence"
    assert refused(lambda: okr.Evidence(required=NoWhole())).code == "not-whole"
    moment = datetime(2026, 8, 1, tzinfo=NoZone())
    assert refused(lambda: okr.CheckIn("k", DAY, 1, recorded=moment)).code == "not-a-moment"


def test_columns_of_ids_are_plain() -> None:
    scores = codec.score_columns(
        objectives=[Id("o")], objective_of=["o"], baselines=[0], targets=[10], values=[5]
    )
    assert list(scores.objective_scores) == [0.5]


def test_a_difference_holds_no_moment() -> None:
    found = okr.rulebook.diff_rulebooks(okr.RECOMMENDED, okr.Rulebook(name="plain"))[0]
    moment = datetime(2026, 8, 1, tzinfo=UTC)
    assert refused(lambda: evolve(found, a=moment)).code == "wrong-type"


def test_a_note_of_a_subclass_becomes_a_plain_one() -> None:
    assert type(okr.CheckIn("k", DAY, note=Id("sold")).note) is str


def test_a_column_of_numpy_is_taken_as_it_is() -> None:
    rows = {"__module__": "numpy", "__len__": lambda _: 1, "__iter__": lambda _: iter([2.0])}
    column = type("ndarray", (), rows)()
    assert okr.Journal.from_columns(["k"], [DAY], column).entries[0].value == 2
    scalar = type("ndarray", (), {"__module__": "numpy"})()
    assert refused(lambda: okr.Journal.from_columns(["k"], [DAY], scalar)).code == "not-a-sequence"


def test_a_difference_holds_what_rules_hold() -> None:
    found = okr.rulebook.diff_rulebooks(okr.RECOMMENDED, okr.Rulebook(name="plain"))[0]
    assert evolve(found, a=(("x", 1.0),)).a == (("x", 1.0),)
    assert refused(lambda: evolve(found, a=((("x",),),))).code == "wrong-type"


def test_a_whole_number_of_numpy_is_an_int() -> None:
    found = [okr.Evidence(required=Whole()).required, okr.calendar.Monthly(Whole()).day]
    assert [(type(each), each) for each in found] == [(int, 5), (int, 5)]
    assert okr.FiscalCalendar(start_month=Whole()).start_month == 5
    assert okr.calendar.recommend_cadence(horizon_days=Whole()) == okr.calendar.recommend_cadence(
        horizon_days=5
    )
    assert refused(lambda: okr.Evidence(required=True)).code == "not-whole"
    assert refused(lambda: okr.Evidence(required=2.0)).code == "not-whole"


class Day(date):
    """As freezegun's."""


def test_a_day_or_moment_of_a_subclass_becomes_a_plain_one() -> None:
    class Stamp(datetime):
        """As pandas.Timestamp."""

    entry = okr.CheckIn("k", Day(2026, 8, 1), 1, recorded=Stamp(2026, 8, 1, tzinfo=UTC))
    assert (type(entry.on), type(entry.recorded)) == (date, datetime)
    assert type(okr.calendar.WorkWeek(days_off=[Day(2026, 8, 1)]).days_off[0]) is date
    assert entry == okr.CheckIn("k", DAY, 1, recorded=datetime(2026, 8, 1, tzinfo=UTC))


def test_ids_that_look_alike_are_no_two_ids() -> None:
    for id in ("a ", " a", "a\xad", "a\u200b", "\ufeffa", "\u00a0a"):
        error = refused(partial(okr.Objective, id, "A"))
        assert (error.code, error.hint) == ("space-around", "write 'a'")


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x07", "a\x00", "\u202eevil", "\u2066x\u2069", "\x9b31m"]
)
def test_what_a_terminal_obeys_is_no_text(text: str) -> None:
    assert refused(lambda: okr.Objective("o", text)).code == "unsafe-text"
    assert refused(lambda: okr.CheckIn("k", DAY, note=text)).code == "unsafe-text"
    assert refused(lambda: okr.Person(text)).code == "unsafe-text"
    profile = {"attributes": {"x": text}}
    assert refused(lambda: okr.ObjectiveProfile(**profile)).code == "unsafe-text"


@pytest.mark.parametrize(
    "title",
    ["زيادة الإيرادات 30%", "להגדיל", "👩\u200d🚀 lift-off", "نمی\u200cخواهم", "naïve", "\u200fא"],
)
def test_ordinary_texts_of_any_script_are_texts(title: str) -> None:
    assert okr.Objective("o", title).title == title


def test_a_note_has_lines_and_a_title_has_one() -> None:
    assert okr.CheckIn("k", DAY, note="a\n\tb").note == "a\n\tb"
    assert refused(lambda: okr.Objective("o", "a\nb")).code == "unsafe-text"


def test_rows_are_read_without_what_no_text_may_have() -> None:
    loaded = okr.read_rows([{"Objective": "Gr\x1bow", "Key result": "NPS\x00", "Target": "40"}])
    assert [item.title for item in loaded.plan.each()] == ["Grow", "NPS"]
    assert [problem.code for problem in loaded.problems] == ["characters-left-out"] * 2
    text = okr.read_text("O: Gr\x1bow\n  KR: NPS\t\u200b to 40\n")
    assert [problem.code for problem in text.problems] == ["characters-left-out"]
    assert text.plan.objectives[0].title == "Grow"


# --- the past, equality, softness ----------------------------------------------------------------


def test_a_correction_of_what_was_not_known_says_nothing_yet() -> None:
    entry = okr.CheckIn("k", DAY, 5, id="e1", recorded=datetime(2026, 8, 20, tzinfo=UTC))
    journal = okr.Journal([entry, okr.Correction("e1")])
    assert journal.known_at(datetime(2026, 8, 10, tzinfo=UTC)) == okr.Journal()
    assert journal.known_at(datetime(2026, 8, 20, tzinfo=UTC)) == journal


def test_true_and_one_are_two_facts() -> None:
    a, b, c = (
        okr.Plan([bare("o", profile=okr.ObjectiveProfile(attributes={"x": fact}))])
        for fact in (True, 1.0, 1)
    )
    assert (a == b, a.digest == b.digest) == (False, False)
    assert (b == c, b.digest == c.digest) == (True, True)
    assert okr.CheckIn("k", DAY, True) != okr.CheckIn("k", DAY, 1.0)
    parts = [okr.CheckIn("k", DAY, {"a": value, "b": 1}) for value in (True, 1.0)]
    assert parts[0] != parts[1]


def test_a_negative_zero_is_zero() -> None:
    a, b = (
        okr.Plan([bare("o", kr("k", okr.Increase(zero, 5), weight=zero))]) for zero in (0.0, -0.0)
    )
    assert (a, a.digest, codec.to_json(a)) == (b, b.digest, codec.to_json(b))
    columns = okr.Journal.from_columns(["k"], [DAY], [-0.0]).entries[0].value
    several = okr.check_ins(DAY, {"k": -0.0, "l": 1.0})[0].value
    mixed = okr.check_ins(DAY, {"k": -0.0, "l": True})[0].value
    assert [math.copysign(1, zero) for zero in (columns, several, mixed)] == [1, 1, 1]


@pytest.mark.parametrize("number", [-0.0, -0.001, -1e-13])
def test_nothing_is_shown_as_minus_zero(number: float) -> None:
    plan = one(okr.Increase(0, 100))
    card = card_by(plan, [okr.CheckIn("k", DAY, number)], DAY, rulebook=UNCLIPPED)
    shown = f"{card} {card.explain('o')} {okr.Unit('%').format(number)}"
    assert "-0 " not in shown
    assert "-0.00 " not in shown
    assert "-0%" not in shown


def test_the_columns_of_a_plan_are_not_to_be_written_to() -> None:
    plan = one(okr.Reach(10))
    with pytest.raises(AttributeError):
        plan.columns.key_results.clear()
    with pytest.raises(TypeError):
        plan.cascade.positions["o"] = 5
    assert card_by(plan, [okr.CheckIn("k", DAY, 5)], DAY).objective("o").score == 0.5


def test_the_refusal_names_the_entry_given_and_the_one_in_its_way() -> None:
    journal = okr.Journal([okr.Closing("o", date(2026, 8, 5), okr.ClosingDecision.ACHIEVED)])
    given = okr.Closing("o", DAY, okr.ClosingDecision.CARRY)
    error = refused(lambda: okr.admit(one(okr.Reach(10)), journal, given))
    assert error.path == "Closing('o', 2026-08-01)"
    assert "Closing('o', 2026-08-05)" in error.hint


def test_a_correction_in_the_way_of_a_later_move_is_refused() -> None:
    paused = okr.Transition("o", DAY, okr.Lifecycle.PAUSED, id="e1")
    journal = okr.Journal([paused, okr.Transition("o", date(2026, 8, 5), okr.Lifecycle.ACTIVE)])
    error = refused(lambda: okr.admit(one(okr.Reach(10)), journal, okr.Correction("e1")))
    assert (error.code, error.path) == ("no-such-move", "Correction.voids")


# --- what stands twice in a rulebook -------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda: okr.rulebook.RollUpRule(
            parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS)] * 2
        ),
        lambda: okr.Rulebook(name="x", scales=[SCALE, evolve(SCALE, axis=okr.rulebook.Axis.GAP)]),
        lambda: okr.Rulebook(name="x", verdicts=[okr.RECOMMENDED.verdicts[0]] * 2),
        lambda: okr.Rulebook(name="x", methods=[okr.Rulebook(name="m")] * 2),
        lambda: okr.rulebook.PacingRule(
            expectations=[rulebook.Expectation(None, 0.5), rulebook.Expectation(None, 1)]
        ),
        lambda: okr.rulebook.ClosingRule(suggestions=[okr.RECOMMENDED.closing.suggestions[0]] * 2),
        lambda: rulebook.LearningVerdict(
            [(okr.ClosingDecision.SCALE, "a"), (okr.ClosingDecision.SCALE, "b")], "c"
        ),
        lambda: rulebook.FromParts(rulebook.StatusCombination.WORST, [("a", 1), ("a", 2)]),
        lambda: okr.rulebook.ReviewRule(alarms=["a", "a"]),
        lambda: okr.ObjectiveProfile(attributes=[("a", 1), ("a", 2)]),
    ],
)
def test_a_rulebook_names_a_thing_once(act: Callable[[], object]) -> None:
    assert refused(act).code == "repeated"
