"""Differences of two plans and plans in another wording, by hand; the table of fields against the records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan import Bound, Measure, PlanDifference, diff, reword
from okrcore.plan.field_table import COLLECTIONS, COUNTS, GROUPS, WORDING, counts

CALLS: Final[Any] = okr.KeyResult("calls", "Calls", okr.Reach(100))
CHATS: Final[Any] = okr.KeyResult("chats", "Chats", okr.Reach(50))
LIMIT: Final[Any] = okr.Guardrail("limit", "Complaints", okr.AtMost(5))
DESK: Final[Any] = okr.Initiative("desk", "A second desk")
SERVE: Final[Any] = okr.Objective(
    "serve",
    "Serve",
    key_results=[CALLS, CHATS],
    guardrails=[LIMIT],
    initiatives=[DESK],
    supports=["co"],
)
SELL: Final[Any] = okr.Objective("sell", "Sell", key_results=[okr.KeyResultRef("calls")])
NPS: Final[Any] = okr.Metric("nps", "Promoters")
CO: Final[Any] = okr.Outside("co", title="The company")
PLAN: Final = okr.Plan([SERVE, SELL], metrics=[NPS], outside=[CO])


def with_serve(**fields: Any) -> okr.Plan:
    return PLAN.put(evolve(SERVE, **fields))


def with_calls(**fields: Any) -> okr.Plan:
    return with_serve(key_results=[evolve(CALLS, **fields), CHATS])


def rows(old: okr.Plan, new: okr.Plan) -> list[tuple[str, str, object, object, bool]]:
    return [(one.id, one.field, one.before, one.after, one.counts) for one in diff(old, new)]


# --- fields ------------------------------------------------------------------------------------


def test_equal_plans_have_no_difference() -> None:
    assert diff(PLAN, PLAN) == ()
    assert diff(PLAN, evolve(PLAN, objectives=[evolve(SERVE), evolve(SELL)])) == ()


@pytest.mark.parametrize(
    ("item", "fields", "expected"),
    [
        (CALLS, {"title": "All calls"}, ("title", "Calls", "All calls", False)),
        (CALLS, {"weight": 0}, ("weight", 1.0, 0.0, True)),
        (CALLS, {"owner": "Ana"}, ("owner", None, okr.Person("Ana"), True)),
        (CALLS, {"unit": "calls"}, ("unit", None, okr.Unit("calls"), True)),
        (CALLS, {"measure": okr.Reach(90)}, ("measure", okr.Reach(100), okr.Reach(90), True)),
        (LIMIT, {"bound": okr.AtMost(6)}, ("bound", okr.AtMost(5), okr.AtMost(6), True)),
        (LIMIT, {"hard": True}, ("hard", False, True, True)),
        (LIMIT, {"protects": "calls"}, ("protects", None, "calls", True)),
        (DESK, {"drives": ["calls"]}, ("drives", (), ("calls",), True)),
        (DESK, {"title": "A desk"}, ("title", "A second desk", "A desk", False)),
        (NPS, {"check_in_days": 30}, ("check_in_days", None, 30, True)),
        (NPS, {"definition": "a survey"}, ("definition", "", "a survey", False)),
        (CO, {"title": "Co"}, ("title", "The company", "Co", False)),
        (SELL, {"method": "sales"}, ("method", None, "sales", True)),
        (SELL, {"title": "Sell more"}, ("title", "Sell", "Sell more", False)),
    ],
)
def test_a_field_that_differs_is_under_the_id_of_its_item(
    item: Any, fields: dict[str, Any], expected: tuple[object, ...]
) -> None:
    changed = evolve(item, **fields)

    def each(members: Any) -> list[Any]:
        return [changed if member is item else member for member in members]

    serve = evolve(
        SERVE,
        key_results=each(SERVE.key_results),
        guardrails=each(SERVE.guardrails),
        initiatives=each(SERVE.initiatives),
    )
    new = okr.Plan(each([serve, SELL]), metrics=each([NPS]), outside=each([CO]))
    assert rows(PLAN, new) == [(item.id, *expected)]


def test_differences_come_in_the_order_of_the_new_plan_and_removed_items_last() -> None:
    chats = evolve(CHATS, weight=2)
    new = okr.Plan(
        [
            evolve(SERVE, title="Help", key_results=[chats], guardrails=[]),
            evolve(SELL, key_results=[]),
        ],
        metrics=[evolve(NPS, title="NPS"), okr.Metric("churn", "Churn")],
        outside=[CO],
    )
    assert [(one.id, one.field) for one in diff(PLAN, new)] == [
        ("serve", "title"),
        ("chats", "weight"),
        ("sell", "key_results[calls]"),
        ("nps", "title"),
        ("churn", "metrics"),
        ("calls", "key_results"),
        ("limit", "guardrails"),
    ]


# --- groups ------------------------------------------------------------------------------------


def test_groups_differ_field_by_field() -> None:
    way = (okr.Waypoint(date(2026, 8, 1), 50),)
    old = with_calls(timing=okr.Timing(waypoints=way), profile=okr.KeyResultProfile(tags=["a"]))
    new = with_calls(
        timing=okr.Timing(observable_from=date(2026, 9, 1)),
        profile=okr.KeyResultProfile(tags=["b"], early_warning="chats"),
    )
    assert rows(old, new) == [
        ("calls", "timing.waypoints", way, (), True),
        ("calls", "timing.observable_from", None, date(2026, 9, 1), True),
        ("calls", "profile.early_warning", None, "chats", True),
        ("calls", "profile.tags", ("a",), ("b",), False),
    ]


def test_a_group_in_one_plan_only_differs_from_its_defaults() -> None:
    shared = with_calls(contribution=okr.Contribution(fixed_share=0.5, contributors=["Bo"]))
    bo = (okr.Person("Bo"),)
    assert rows(PLAN, shared) == [
        ("calls", "contribution.contributors", (), bo, False),
        ("calls", "contribution.fixed_share", None, 0.5, True),
    ]
    assert rows(shared, PLAN) == [
        ("calls", "contribution.contributors", bo, (), False),
        ("calls", "contribution.fixed_share", 0.5, None, True),
    ]


def test_an_empty_group_is_wording() -> None:
    empty = with_calls(timing=okr.Timing())
    assert rows(PLAN, empty) == [("calls", "timing", None, okr.Timing(), False)]
    assert rows(empty, PLAN) == [("calls", "timing", okr.Timing(), None, False)]


def test_a_parked_objective_counts_and_its_reason_is_wording() -> None:
    parked = okr.Parked("no team")
    old, new = (
        with_serve(profile=okr.ObjectiveProfile(parked=parked)),
        with_serve(
            profile=okr.ObjectiveProfile(parked=okr.Parked("no money", revisit=date(2027, 1, 4)))
        ),
    )
    assert rows(PLAN, old) == [("serve", "profile.parked", None, parked, True)]
    assert rows(old, new) == [
        ("serve", "profile.parked.because", "no team", "no money", False),
        ("serve", "profile.parked.revisit", None, date(2027, 1, 4), True),
    ]


def test_a_trigger_differs_as_a_whole() -> None:
    week = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    event = okr.Trigger(okr.TriggerKind.EVENT)
    new = with_serve(cycle=week, trigger=event)
    assert rows(PLAN, new) == [
        ("serve", "cycle", None, week, True),
        ("serve", "trigger", None, event, True),
    ]
    other = with_serve(cycle=week, trigger=evolve(event, hypothesis="fewer calls"))
    assert rows(new, other) == [("serve", "trigger", event, other.objective("serve").trigger, True)]
    # A hypothesis that is written anew in mid-cycle is a dated entry.
    assert reword(new, other) == new
    assert reword(PLAN, new) == PLAN
    assert reword(new, PLAN) == new


def test_a_flag_among_attributes_is_not_the_number_1() -> None:
    old = with_calls(profile=okr.KeyResultProfile(attributes={"new": True}))
    new = with_calls(profile=okr.KeyResultProfile(attributes={"new": 1}))
    [found] = diff(old, new)
    assert (found.field, found.counts) == ("profile.attributes", False)
    assert reword(old, new) == new


def test_dependencies_are_compared_whole() -> None:
    need = okr.Dependency("an API")
    new = with_serve(profile=okr.ObjectiveProfile(dependencies=[need]))
    assert rows(PLAN, new) == [("serve", "profile.dependencies", (), (need,), False)]


# --- members -----------------------------------------------------------------------------------


def test_an_item_in_one_plan_only_is_a_record_in_its_collection() -> None:
    bare = PLAN.put(evolve(SERVE, key_results=[CALLS], guardrails=[], initiatives=[]))
    bare = okr.Plan(bare.objectives, outside=[CO])
    assert rows(bare, PLAN) == [
        ("chats", "key_results", None, CHATS, True),
        ("limit", "guardrails", None, LIMIT, True),
        ("desk", "initiatives", None, DESK, True),
        ("nps", "metrics", None, NPS, True),
    ]
    assert rows(PLAN, bare) == [
        ("chats", "key_results", CHATS, None, True),
        ("limit", "guardrails", LIMIT, None, True),
        ("desk", "initiatives", DESK, None, True),
        ("nps", "metrics", NPS, None, True),
    ]


def test_members_of_an_objective_in_one_plan_only_are_in_its_record() -> None:
    grow = okr.Objective("grow", "Grow", key_results=[okr.KeyResult("arr", "ARR", okr.Reach(9))])
    assert rows(PLAN, PLAN.put(grow)) == [("grow", "objectives", None, grow, True)]
    assert rows(PLAN.put(grow), PLAN) == [("grow", "objectives", grow, None, True)]


def test_a_member_with_another_home() -> None:
    serve = evolve(SERVE, key_results=[CALLS])
    moved = okr.Plan(
        [serve, evolve(SELL, key_results=[*SELL.key_results, evolve(CHATS, weight=2)])],
        metrics=[NPS],
        outside=[CO],
    )
    assert rows(PLAN, moved) == [
        ("chats", "home", "serve", "sell", True),
        ("chats", "weight", 1.0, 2.0, True),
    ]


def test_a_member_moves_with_a_new_objective() -> None:
    split = okr.Objective("split", "Split", key_results=[CHATS])
    new = PLAN.put(evolve(SERVE, key_results=[CALLS])).put(split)
    assert rows(PLAN, new) == [
        ("split", "objectives", None, split, True),
        ("chats", "home", "serve", "split", True),
    ]
    assert rows(new, PLAN) == [
        ("chats", "home", "split", "serve", True),
        ("split", "objectives", split, None, True),
    ]


def test_an_id_with_another_kind() -> None:
    other = okr.Guardrail("chats", "Chats", okr.AtLeast(50))
    new = with_serve(key_results=[CALLS], guardrails=[LIMIT, other])
    assert rows(PLAN, new) == [("chats", "kind", CHATS, other, True)]
    inside = okr.Plan([evolve(SERVE, supports=[]), SELL, okr.Objective("co", "The company")])
    outside = okr.Plan([evolve(SERVE, supports=[]), SELL], outside=[CO])
    assert rows(outside, inside) == [("co", "kind", CO, inside.objective("co"), True)]


# --- references and alignments -----------------------------------------------------------------


def test_references_are_under_their_objective_and_the_id_that_they_name() -> None:
    heavier = PLAN.put(evolve(SELL, key_results=[okr.KeyResultRef("calls", weight=2)]))
    assert rows(PLAN, heavier) == [("sell", "key_results[calls].weight", 1.0, 2.0, True)]
    more = PLAN.put(evolve(SELL, key_results=[*SELL.key_results, okr.KeyResultRef("chats")]))
    reference = okr.KeyResultRef("chats")
    assert rows(PLAN, more) == [("sell", "key_results[chats]", None, reference, True)]
    assert rows(more, PLAN) == [("sell", "key_results[chats]", reference, None, True)]


def test_alignments_are_under_their_objective_and_the_id_that_they_name() -> None:
    half = okr.Alignment("co", weight=0.5, contribution="half of it")
    assert rows(PLAN, with_serve(supports=[half])) == [
        ("serve", "supports[co].contribution", "", "half of it", False),
        ("serve", "supports[co].weight", 1.0, 0.5, True),
    ]
    assert rows(PLAN, with_serve(supports=[])) == [
        ("serve", "supports[co]", okr.Alignment("co"), None, True)
    ]


def test_a_key_result_that_changes_places_with_its_reference() -> None:
    to = okr.KeyResultRef("calls")
    new = okr.Plan(
        [evolve(SERVE, key_results=[to, CHATS]), evolve(SELL, key_results=[CALLS])],
        metrics=[NPS],
        outside=[CO],
    )
    assert rows(PLAN, new) == [
        ("serve", "key_results[calls]", None, to, True),
        ("sell", "key_results[calls]", to, None, True),
        ("calls", "home", "serve", "sell", True),
    ]


# --- order -------------------------------------------------------------------------------------


def test_the_order_of_members_is_wording() -> None:
    turned = with_serve(key_results=[CHATS, CALLS])
    expected = ("serve", "key_results", ("calls", "chats"), ("chats", "calls"), False)
    assert rows(PLAN, turned) == [expected]


def test_the_order_of_the_plan_has_no_id() -> None:
    turned = okr.Plan([SELL, SERVE], metrics=[NPS], outside=[CO])
    assert rows(PLAN, turned) == [("", "objectives", ("serve", "sell"), ("sell", "serve"), False)]


def test_an_order_is_that_of_the_members_in_both() -> None:
    mail = okr.KeyResult("mail", "Mail", okr.Reach(9))
    new = with_serve(key_results=[mail, CALLS, CHATS])
    assert rows(PLAN, new) == [("mail", "key_results", None, mail, True)]
    [order, _] = rows(PLAN, with_serve(key_results=[CHATS, mail, CALLS]))
    assert order[2:4] == (("calls", "chats"), ("chats", "calls"))


# --- another wording ---------------------------------------------------------------------------


def test_a_reworded_plan_has_the_wording_and_order_of_another_and_counts_as_before() -> None:
    mail = okr.KeyResult("mail", "Mail", okr.Reach(9))
    new = okr.Plan(
        [
            evolve(SELL, title="Sell more"),
            evolve(
                SERVE,
                key_results=[evolve(CHATS, weight=2), mail, evolve(CALLS, title="All calls")],
                supports=[okr.Alignment("co", weight=3, contribution="a third")],
                guardrails=[],
            ),
        ],
        outside=[evolve(CO, title="Co")],
    )
    assert reword(PLAN, new) == okr.Plan(
        [
            evolve(SELL, title="Sell more"),
            evolve(
                SERVE,
                key_results=[CHATS, evolve(CALLS, title="All calls")],
                supports=[okr.Alignment("co", contribution="a third")],
            ),
        ],
        metrics=[NPS],
        outside=[evolve(CO, title="Co")],
    )


def test_items_in_the_old_plan_only_keep_their_places() -> None:
    mail = okr.KeyResult("mail", "Mail", okr.Reach(9))
    old = with_serve(key_results=[CALLS, mail, CHATS])
    new = with_serve(key_results=[CHATS, CALLS])
    assert reword(old, new) == with_serve(key_results=[CHATS, mail, CALLS])


def test_an_item_of_another_kind_or_home_keeps_its_wording() -> None:
    other = okr.Guardrail("chats", "Chats, all of them", okr.AtLeast(50))
    assert reword(PLAN, with_serve(key_results=[CALLS], guardrails=[LIMIT, other])) == PLAN
    moved = okr.Plan(
        [
            evolve(SERVE, key_results=[CALLS]),
            evolve(SELL, key_results=[*SELL.key_results, evolve(CHATS, title="All chats")]),
        ],
        metrics=[NPS],
        outside=[CO],
    )
    assert reword(PLAN, moved) == PLAN


_NAMED: Final = okr.Contribution(contributors=["Bo"])
_SHARED: Final = okr.Contribution(fixed_share=0.5)
_BOTH: Final = okr.Contribution(contributors=["Bo"], fixed_share=0.5)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (None, okr.Contribution(), okr.Contribution()),
        (okr.Contribution(), None, None),
        (None, _NAMED, _NAMED),
        (_NAMED, None, None),
        (None, _SHARED, None),
        (_SHARED, None, _SHARED),
        (_BOTH, None, _SHARED),
        (None, _BOTH, _NAMED),
        (_SHARED, _NAMED, _BOTH),
        (_NAMED, _SHARED, okr.Contribution()),
        (okr.Contribution(), _SHARED, okr.Contribution()),
    ],
)
def test_a_reworded_group_keeps_what_counts(
    one: okr.Contribution | None,
    other: okr.Contribution | None,
    expected: okr.Contribution | None,
) -> None:
    found = reword(with_calls(contribution=one), with_calls(contribution=other))
    assert found.key_result("calls").contribution == expected


def test_a_title_in_percent_that_does_not_fit_is_refused() -> None:
    share: Any = okr.KeyResult(
        "share",
        "Answered calls",
        okr.Reach(90),
        derived=okr.Derived(okr.Aggregation.RATIO, ["calls", "chats"]),
    )
    old = with_serve(key_results=[CALLS, CHATS, share])
    in_percent = evolve(share, title="Answered calls in %", unit="%")
    with pytest.raises(okr.InconsistentPlanError) as refused:
        reword(old, with_serve(key_results=[CALLS, CHATS, in_percent]))
    assert refused.value.code == "unit-mismatch"


@pytest.mark.parametrize("function", [diff, reword])
def test_other_things_than_plans_are_refused(function: Any) -> None:
    for given in ((PLAN, SERVE), (SERVE, PLAN)):
        with pytest.raises(okr.InvalidValueError) as refused:
            function(*given)
        assert refused.value.code == "wrong-type"


# --- the table ---------------------------------------------------------------------------------

#: Values of fields: they are compared whole.
VALUES: Final = {
    *get_args(Measure),
    *get_args(Bound),
    okr.Cycle,
    okr.Derived,
    okr.Period,
    okr.Person,
    okr.Team,
    okr.Trigger,
    okr.Unit,
    okr.Waypoint,
    okr.plan.Growth,
    okr.plan.Threshold,
}
#: Records in a field that is compared whole.
WHOLE: Final = {okr.Dependency}


def records_in(hint: Any) -> Iterator[type]:
    for member in get_args(hint):
        yield from records_in(member)
    if isinstance(hint, type) and attrs.has(hint) and hint not in VALUES:
        yield hint


def field_hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {attribute.name: hints[attribute.name] for attribute in attrs.fields(kind)}


def records_of_a_plan() -> set[type]:
    found: set[type] = set()
    left: list[type] = [okr.Plan]
    while left:
        kind = left.pop()
        if kind not in found:
            found.add(kind)
            for hint in field_hints(kind).values():
                left += records_in(hint)
    return found


def test_every_record_of_a_plan_is_in_the_table() -> None:
    assert set(COUNTS) == set(WORDING) == records_of_a_plan()
    assert len(COUNTS) == 18


@pytest.mark.parametrize("kind", COUNTS)
def test_every_field_counts_or_is_wording_and_is_never_both(kind: Any) -> None:
    fields = [attribute.name for attribute in attrs.fields(kind)]
    assert sorted([*COUNTS[kind], *WORDING[kind]]) == sorted(fields)


@pytest.mark.parametrize("kind", COUNTS)
def test_groups_and_collections_are_those_of_the_hints(kind: Any) -> None:
    groups: dict[str, type] = {}
    collections: set[str] = set()
    for name, hint in field_hints(kind).items():
        found = [each for each in records_in(hint) if each not in WHOLE]
        if found and get_origin(hint) in (Union, UnionType):
            assert NoneType in get_args(hint)
            [groups[name]] = found
        elif found:
            collections.add(name)
    assert dict(GROUPS.get(kind, {})) == groups
    assert COLLECTIONS.get(kind, frozenset()) == collections


def test_a_group_counts_as_such_exactly_if_it_has_no_default() -> None:
    for kind, groups in GROUPS.items():
        for name, group in groups.items():
            has_required = any(
                attribute.default is attrs.NOTHING for attribute in attrs.fields(group)
            )
            assert counts(kind, name) == has_required


def test_a_field_of_a_group_counts_by_its_dotted_name() -> None:
    assert counts(okr.KeyResult, "timing.waypoints")
    assert not counts(okr.KeyResult, "profile.tags")
    assert not counts(okr.Objective, "place.level")
    assert not counts(okr.Objective, "profile.parked.because")


def test_a_difference_is_a_record_with_its_field() -> None:
    [found] = diff(PLAN, with_calls(weight=2))
    assert found == PlanDifference("calls", "weight", 1.0, 2.0, counts=True)
