"""A plan and a journal with every record and every field, and the pages that people and programs read of them.

A document, which has every field, is no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, TypeAlias, cast

from attrs import evolve, fields, has

import okrcore as okr
from build import Q3, day, kr

__all__ = ["ENTRIES", "PAGES", "PLAN", "reads", "records", "with_another", "without"]

Page: TypeAlias = Callable[[okr.Plan, okr.Journal, date], str]

_YEAR: Final = okr.FiscalCalendar().year(2026)
_Q4: Final = okr.FiscalCalendar().quarter(2026, 4)
_WEEK: Final = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_WEEK)
_ANA, _BEN = okr.Person("Ana", id="ana-1"), okr.Person("Ben")
_GROWTH: Final = okr.Team("Growth", id="t-1", within="Product")
_CLOSED: Final = day(10, 12)
#: Before and after an adjustment, a week later, at the end, and after the closing.
_DAYS: Final = (day(8, 10), day(10, 5), day(7, 20))


def _at(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


def _measures() -> Iterator[tuple[okr.KeyResult, Any]]:
    """Yield a key result of each measure, with a reading."""
    steps = [okr.plan.Milestone("draft", 1, day(7, 10)), okr.plan.Milestone("final", 2, day(9, 1))]
    for measure, reading in (
        (okr.Increase(10, 30), 16),
        (okr.Decrease(30, 10), 24),
        (okr.FromTo(10, 30), 16),
        (okr.Reach(40), 10),
        (okr.Relative(percent=50, baseline=20), 24),
        (okr.Points(5, baseline=20), 22),
        (okr.Multiple(2, baseline=20), 30),
        (okr.AtLeast(10, warn_at=12, tolerated_to=9), 11),
        (okr.Above(10, warn_at=12, tolerated_to=9), 11),
        (okr.AtMost(10, warn_at=8, tolerated_to=11), 9),
        (okr.Below(10, warn_at=8, tolerated_to=11), 9),
        (okr.Between(10, 20, warn_at=(12, 18), tolerated_to=(9, 21)), 11),
        (okr.Exactly(10, baseline=0), 8),
        (okr.Budget(100), 120),
        (okr.PassFail(), True),
        (okr.Milestones(*steps), ["draft"]),
        (okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0), 3),
        (okr.plan.Steps([(okr.Below(5), 1), (okr.AtMost(20), 0.5), (None, 0)]), 12),
        (okr.plan.Zones({"red": 0.0, "green": 1.0}), "green"),
        (okr.Evidence(required=5, what="a contract"), ["one", "two"]),
        (
            okr.plan.Compound({"posts": okr.Reach(10), "likes": okr.Reach(20)}),
            {"posts": 5, "likes": 2},
        ),
        (okr.Judged(), 0.6),
        (okr.EstablishBaseline(), 31),
    ):
        yield kr(type(measure).__name__, measure), reading


def _readings() -> Mapping[str, Any]:
    return {each.id: reading for each, reading in _measures()}


_WARNED: Final = okr.KeyResultProfile(indicator=okr.plan.Indicator.LAGGING, early_warning="m")


def _objectives() -> Iterator[okr.Objective]:
    yield okr.Objective(
        "top",
        "A company people trust",
        key_results=[kr("top-k", okr.Reach(10), unit="USD")],
        cycle=_YEAR,
        place=okr.Place(level=okr.Level.COMPANY),
    )
    yield okr.Objective(
        "before",
        "Earn more, first part",
        key_results=[kr("before-k")],
        cycle=okr.FiscalCalendar().quarter(2026, 2),
        ambition=okr.Ambition.ASPIRATIONAL,
    )
    yield okr.Objective(
        "o",
        "Earn more",
        key_results=[
            kr("k", okr.Increase(0, 100), continues="before-k", unit="points", owner="Ana"),
            kr(
                "full",
                okr.Increase(0, 50),
                owner="Ana",
                weight=2,
                due=day(9, 15),
                unit=okr.plan.Unit("USD", per="month", shown_in="M"),
                timing=okr.Timing(waypoints=[okr.plan.Waypoint(day(8, 14), 10)]),
                contribution=okr.Contribution(contributors=["Ben"], supports=["top-k"]),
                profile=okr.KeyResultProfile(
                    nature=okr.plan.Nature.ACTIVITY,
                    proxy_until=day(7, 31),
                    dimension=okr.plan.Dimension.COST,
                    theme=okr.plan.Theme.RISK,
                    indicator=okr.plan.Indicator.LAGGING,
                    early_warning="m",
                    credible_range=(10, 40),
                    pay_link=True,
                    tags=["plan"],
                    attributes={"key": "FIN-1"},
                ),
            ),
            kr("late", okr.Reach(10), timing=okr.Timing(observable_from=day(8, 12))),
            kr("read", okr.Increase(1, 100), metric="m"),
            kr("part-a", okr.Reach(10)),
            kr("part-b", okr.Reach(10)),
            kr(
                "sum",
                okr.Reach(20),
                derived=okr.plan.Derived(okr.Aggregation.SUM, ["part-a", "part-b"]),
            ),
            kr("found", okr.Increase(None, 40)),
            kr("share", okr.Increase(2, 10), unit="%"),
            kr("fixed", okr.Reach(10), contribution=okr.Contribution(fixed_share=0.1)),
            kr(
                "leads",
                okr.Reach(1),
                profile=okr.KeyResultProfile(indicator=okr.plan.Indicator.LEADING),
            ),
            okr.KeyResultRef("shared", weight=3),
        ],
        guardrails=[
            okr.Guardrail(
                "g",
                "Tickets",
                okr.AtMost(85),
                protects="k",
                hard=True,
                owner="Ben",
                unit="tickets",
                attributes={"key": "G"},
            ),
            okr.Guardrail("g-m", "Uptime held", okr.AtLeast(99), metric="up"),
        ],
        initiatives=[
            okr.Initiative(
                "i",
                "A faster page",
                drives=["k"],
                owner=_ANA,
                due=day(8, 20),
                attributes={"key": "I"},
            )
        ],
        supports=[okr.Alignment("top", contribution="Pays for it", weight=2)],
        continues="before",
        cycle=Q3,
        owner="Ana",
        ambition=okr.Ambition.ASPIRATIONAL,
        kpis=["nps"],
        trigger=okr.Trigger(okr.TriggerKind.UNHEALTHY_METRIC, of="nps"),
        place=okr.Place(
            team=_GROWTH, level=okr.Level.TEAM, contributors=["Cem"], priority="mid-market"
        ),
        profile=okr.ObjectiveProfile(
            intent="Accounts are worth more",
            sufficiency="no",
            must_hit=True,
            resources="10 engineers",
            dependencies=[
                okr.plan.Dependency(
                    "an interface",
                    provider="Ben",
                    needed_by=day(8, 15),
                    agreed=True,
                    escalated=day(8, 14),
                )
            ],
            tags=["core"],
            attributes={"key": "FIN"},
        ),
    )
    yield okr.Objective(
        "promise",
        "Ship it",
        key_results=[
            kr("shared", okr.Increase(0, 100)),
            kr("promise-k"),
            kr("judged-k", profile=_WARNED),
        ],
        supports=["top", "ext"],
        cycle=Q3,
        ambition=okr.Ambition.COMMITTED,
        owner="Ben",
        method="strict",
    )
    yield okr.Objective(
        "micro",
        "Try a shorter form",
        key_results=[kr("micro-k", okr.Reach(5))],
        supports=["o"],
        cycle=_WEEK,
        trigger=okr.Trigger(
            okr.TriggerKind.EXPERIMENT, hypothesis="Fewer people leave", scope="One region"
        ),
    )
    yield okr.Objective(
        "waits",
        "An app for drivers",
        cycle=Q3,
        profile=okr.ObjectiveProfile(parked=okr.plan.Parked("no team", day(8, 12))),
    )
    yield okr.Objective("idle", "Paused work", key_results=[kr("idle-k")], cycle=Q3)
    yield okr.Objective(
        "work",
        "Work that is scored",
        initiatives=[okr.Initiative("w-1", "One", weight=3), okr.Initiative("w-2", "Two")],
        cycle=Q3,
        method="work",
    )
    yield okr.Objective(
        "namesake",
        "Of another Ana",
        owner=okr.Person("Ana", id="ana-2"),
        place=okr.Place(team=okr.Team("Growth", id="t-2")),
        key_results=[kr("namesake-k", okr.Reach(4), timing=okr.Timing(check_in_days=1))],
        cycle=Q3,
    )


PLAN: Final = okr.Plan(
    _objectives(),
    metrics=[
        okr.Metric(
            "m",
            "Orders",
            aggregation=okr.Aggregation.SUM,
            health=okr.AtLeast(5),
            unit="orders",
            owner="Ben",
            definition="Paid orders",
            measurement=okr.plan.Measurement(
                numerator="paid",
                denominator="all",
                event="payment",
                source="the ledger",
                method="a count",
                least_answers=100,
            ),
            growth=okr.plan.Growth(percent=5, per=okr.Cadence.QUARTERLY),
            check_in_days=7,
            drives=["nps"],
            attributes={"key": "M"},
        ),
        okr.Metric("up", "Uptime", unit="%"),
        okr.Metric("nps", "Promoters", health=okr.AtLeast(40), unit="%"),
        okr.Metric(
            "both",
            "Both",
            derived=okr.Derived(okr.Aggregation.MEAN, ["up", "nps"]),
            unit="%",
            place=okr.Place(team=_GROWTH),
        ),
    ],
    outside=[okr.Outside("ext", title="Elsewhere", attributes={"key": "E"})],
    priorities=[
        okr.plan.Priority(
            "mid-market",
            "Win the mid-market",
            owner="Ben",
            period=_YEAR,
            metrics=[okr.plan.Threshold("nps", okr.AtLeast(30))],
            attributes={"key": "P"},
        )
    ],
)

_CHECKED: Final = okr.CheckIn(
    "full",
    day(8, 10),
    20,
    confidence=0.4,
    projected=45,
    status="at risk",
    note="A remark",
    shipped="A page",
    effect="Fewer calls",
    learning="Prices matter",
    blocker="A contract",
    id="e1",
    recorded=_at(8, 10),
    by="Ana",
    source="a sheet",
    link="https://example.org/1",
    attributes={"key": "J"},
)
_CHANGED: Final = okr.Adjustment(
    "promise-k",
    day(8, 5),
    measure=okr.Increase(0, 80),
    weight=2,
    due=day(9, 20),
    rescale=0.5,
    kind=okr.journal.AdjustmentKind.PIVOT,
    trigger=okr.journal.AdjustmentTrigger.NEW_INFORMATION,
    because="The port closed",
    new_fact="No ships",
    broken_assumption="Ships come",
    effects="Later deliveries",
    owner="Ana",
    confirmed=["Ben"],
    moved="two teams",
    decided_by="Ben",
    decided=day(8, 3),
    published=day(8, 4),
    id="e2",
    recorded=_at(8, 5),
    by="Ana",
    source="a sheet",
    link="https://example.org/1",
    attributes={"key": "J"},
)
_PAUSED: Final = okr.Adjustment(
    "idle",
    day(8, 5),
    kind=okr.journal.AdjustmentKind.PAUSE,
    because="No ships",
    temporary="micro",
    resume=day(8, 17),
)
_MOVED: Final = okr.Adjustment(
    "o",
    day(8, 6),
    cycle=okr.Cycle(Q3.start, day(9, 25)),
    ambition=okr.Ambition.COMMITTED,
    sets={"owner": _BEN},
    adds=[kr("joined", okr.Reach(4))],
    removes=["share"],
    because="The world moved",
)

ENTRIES: Final[Sequence[Any]] = (
    *okr.check_ins(day(7, 6), {"k": 10, "full": 5, "share": 3, "promise-k": 20}),
    *okr.check_ins(day(8, 7), {"k": 30, "part-a": 4, "part-b": 3, "shared": 30, "judged-k": 40}),
    *okr.check_ins(
        day(8, 8),
        {
            "m": 4,
            "up": 99.5,
            "nps": 35,
            "w-1": 0.2,
            "w-2": 1,
            "namesake-k": 1,
            "leads": 1,
            "fixed": 4,
            "g": 90,
            "late": 3,
            "i": 0.5,
            "found": 20,
        },
    ),
    *okr.check_ins(day(8, 9), {"promise-k": 50, "micro-k": 2, "joined": 1, "top-k": 2}),
    _CHECKED,
    okr.BaselineSet(
        "found",
        day(7, 10),
        10,
        because="Four weeks of data",
        id="e3",
        recorded=_at(7, 10),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
    _CHANGED,
    _PAUSED,
    _MOVED,
    okr.Transition(
        "idle-k",
        day(8, 6),
        okr.Lifecycle.PAUSED,
        because="No hands",
        id="e4",
        recorded=_at(8, 6),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
    okr.Judgement(
        "judged-k",
        day(8, 9),
        score=0.3,
        status="at risk",
        because="Half of it is easy",
        id="e5",
        recorded=_at(8, 9),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
    okr.CheckIn("k", day(8, 9), 99, id="wrong"),
    okr.Correction(
        "wrong",
        because="A typing error",
        id="e6",
        recorded=_at(8, 10),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
    okr.Closing(
        "promise",
        day(9, 30),
        okr.ClosingDecision.ABANDON,
        judged=0.4,
        because="Customers left",
        learned="Call them",
        id="e7",
        recorded=_at(9, 30),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
    okr.journal.PostMortem(
        "promise",
        day(10, 2),
        outcomes=[okr.journal.PlannedActual("promise-k", planned="80", actual="50")],
        first_signal=day(7, 20),
        escalated=day(8, 1),
        cause="One supplier",
        changes="Two suppliers",
        id="e8",
        recorded=_at(10, 2),
        by="Ana",
        source="a sheet",
        link="https://example.org/1",
        attributes={"key": "J"},
    ),
)

_BOOK: Final = evolve(
    okr.RECOMMENDED,
    methods=[
        evolve(
            okr.RECOMMENDED,
            name="strict",
            roll_up=evolve(okr.RECOMMENDED.roll_up, combine=okr.plan.Combination.MINIMUM),
        ),
        evolve(
            okr.RECOMMENDED,
            name="work",
            roll_up=evolve(
                okr.RECOMMENDED.roll_up,
                parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES)],
            ),
        ),
    ],
)


# --- pages -------------------------------------------------------------------------------------


def _card(plan: okr.Plan, journal: okr.Journal, on: date) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on, rulebook=_BOOK, strict=False)


def _results(card: okr.Scorecard) -> Iterator[Any]:
    """Yield each result, without the entries in it."""
    for item in card.plan_in_force.each():
        if item.id in card:
            result = card[item.id]
            yield [
                getattr(result, each.name)
                for each in fields(type(result))
                if each.name not in {"last_check_in", "uncounted"}
            ]


def _uncounted(card: okr.Scorecard) -> Iterator[Any]:
    for item in card.plan_in_force.each():
        if item.id in card:
            yield [(each.reason, each.on) for each in card[item.id].uncounted]


def _explanations(card: okr.Scorecard) -> Iterator[str]:
    for item in card.plan_in_force.each():
        with suppress(okr.OkrError):
            yield str(card.explain(item.id))


def _closings(card: okr.Scorecard) -> Iterator[Any]:
    for objective in card.plan_in_force.objectives:
        with suppress(okr.OkrError):
            yield okr.review.suggest_closing(card, objective.id)
        with suppress(okr.OkrError):
            yield okr.review.draft_post_mortem(card, objective.id)


def _objectives_of(card: okr.Scorecard) -> Iterator[Any]:
    for objective in card.plan_in_force.objectives:
        yield okr.review.describe_objective(card.plan_in_force, objective.id)
        yield card.shares(objective.id)


def _growths(card: okr.Scorecard) -> Iterator[Any]:
    for objective in card.plan_in_force.objectives:
        for each in objective.own_key_results:
            with suppress(okr.OkrError):
                yield okr.scorecard.target_growth(card, each.id)


def _agenda(ritual: Any) -> Page:
    def page(plan: okr.Plan, journal: okr.Journal, on: date) -> str:
        made = okr.review.make_agenda(plan, journal, as_of=on, ritual=ritual, rulebook=_BOOK)
        return str(made)

    return page


def _groups_by(by: Any) -> Callable[[okr.Scorecard], Any]:
    return lambda card: card.group_by(by)


def _of_card(answer: Callable[[okr.Scorecard], Any]) -> Page:
    def page(plan: okr.Plan, journal: okr.Journal, on: date) -> str:
        found = answer(_card(plan, journal, on))
        return repr(list(found) if isinstance(found, Iterator) else found)

    return page


#: Answer to people or programs on a day, by its name.
PAGES: Final[Mapping[str, Page]] = {
    "scorecard": _of_card(str),
    "records": _of_card(okr.to_records),
    "problems": _of_card(lambda card: card.problems),
    "results": _of_card(_results),
    "uncounted": _of_card(_uncounted),
    "explanation": _of_card(_explanations),
    "statement": _of_card(_objectives_of),
    "closing": _of_card(_closings),
    "growth": _of_card(_growths),
    "parked": _of_card(okr.review.list_parked),
    "findings": _of_card(okr.review.look_back),
    "drivers": lambda plan, _, __: repr([okr.plan.driver_tree(plan, m.id) for m in plan.metrics]),
    "due": lambda plan, journal, on: repr(
        okr.review.list_due(plan, journal, as_of=on, rulebook=_BOOK)
    ),
    **{
        f"groups by {by}": _of_card(_groups_by(by))
        for by in ("team", "level", "cycle", "priority", "tag", "ambition")
    },
    "scorecard of a team": _of_card(lambda card: str(card.where(team="t-1"))),
    "groups within teams": _of_card(lambda card: card.group_by("team", with_containing=True)),
    **{f"agenda: {ritual}": _agenda(ritual) for ritual in okr.review.AGENDA_TEMPLATES},
    "roll-over": lambda plan, journal, on: repr(
        okr.review.roll_over(plan, journal, as_of=on, cycle=_Q4, rulebook=_BOOK).items
    ),
    # The host reads these itself.
    "records of the host": lambda plan, journal, _: repr(
        (okr.to_records(plan), okr.to_records(journal))
    ),
}


def reads(page: str, plan: okr.Plan, journal: okr.Journal) -> bool:
    """Return whether a page of a plan and a journal differs from that of the plan and the entries here."""
    return any(PAGES[page](plan, journal, on) != _page_here(page, on) for on in _DAYS)


@cache
def _page_here(page: str, on: date) -> str:
    return PAGES[page](PLAN, okr.Journal(ENTRIES), on)


# --- records -----------------------------------------------------------------------------------


def records() -> Iterator[Any]:
    """Yield each record of the plan and of the journal, with the records in it."""
    waiting: list[Any] = [ENTRIES, PLAN.priorities, PLAN.outside, PLAN.metrics, PLAN.objectives]
    while waiting:
        value = waiting.pop()
        if has(type(value)):
            yield value
            waiting += [getattr(value, each.name) for each in reversed(fields(type(value)))]
        elif isinstance(value, (tuple, list)):
            waiting += reversed(cast("list[Any]", value))


def with_another(old: Any, new: Any) -> tuple[okr.Plan, okr.Journal]:
    """Return the plan and the journal with one record replaced."""
    plan = okr.Plan(
        _replaced(PLAN.objectives, old, new),
        metrics=_replaced(PLAN.metrics, old, new),
        outside=_replaced(PLAN.outside, old, new),
        priorities=_replaced(PLAN.priorities, old, new),
    )
    return plan, okr.Journal(_replaced(ENTRIES, old, new))


def without(entry: Any) -> tuple[okr.Plan, okr.Journal]:
    """Return the plan and the journal without an entry; with its correction, if it has one."""
    voided = entry.id is not None and any(
        isinstance(each, okr.Correction) and each.voids == entry.id for each in ENTRIES
    )
    left = [
        each
        for each in ENTRIES
        if each is not entry
        and not (voided and isinstance(each, okr.Correction) and each.voids == entry.id)
    ]
    return PLAN, okr.Journal(left)


def _replaced(value: Any, old: Any, new: Any) -> Any:
    """Return a value with one record in it replaced, by identity."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(_replaced(each, old, new) for each in value)
    if not has(type(value)):
        return value
    changed = {
        each.name: inner
        for each in fields(type(value))
        if each.init
        and (inner := _replaced(getattr(value, each.name), old, new))
        is not getattr(value, each.name)
    }
    changed = {name: inner for name, inner in changed.items() if inner != getattr(value, name)}
    return evolve(value, **changed) if changed else value
