"""Plans with journals that grow in one direction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import isqrt
from typing import Any, Final, NamedTuple

import okrcore as okr

__all__ = ["DAY", "POOL", "Q3", "SHAPES", "Case", "goal", "kr", "readings"]

Q3: Final = okr.FiscalCalendar().quarter(2026, 3)  # 1 July to 30 September
DAY: Final = date(2026, 8, 14)
#: Children count beside own key results.
POOL: Final = okr.Rulebook(
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)


class Case(NamedTuple):
    """A plan, a journal, and the method that judges them on `DAY`."""

    plan: okr.Plan
    journal: okr.Journal
    rulebook: okr.Rulebook = okr.RECOMMENDED

    @property
    def card(self) -> okr.Scorecard:
        """The scorecard of `DAY`, evaluated anew."""
        return self.card_of(DAY)

    def card_of(self, on: date) -> okr.Scorecard:
        """Return the scorecard of a day, evaluated anew."""
        return okr.evaluate(self.plan, self.journal, as_of=on, rulebook=self.rulebook)

    @property
    def top(self) -> str:
        """The id of the first objective."""
        return self.plan.objectives[0].id

    @property
    def foot(self) -> str:
        """The id of the last objective."""
        return self.plan.objectives[-1].id

    @property
    def read(self) -> str:
        """The id of a key result with check-ins of its own."""
        return next(entry.of for entry in self.journal.in_force if entry.of in self.plan.homes)


def kr(id: str, measure: Any = None, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure or okr.Increase(0, 10), **more)


def goal(id: str, *key_results: Any, **more: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": Q3, "ambition": okr.Ambition.COMMITTED}
    return okr.Objective(id, id, key_results=key_results, **(fields | more))


def readings(*ids: str, value: float = 1.0) -> list[okr.CheckIn]:
    """Check-ins a week before `DAY` and on it, for whom something is at risk."""
    week_ago = DAY - timedelta(days=7)
    return [okr.CheckIn(id, on, value) for on in (week_ago, DAY) for id in ids]


def day(number: int) -> date:
    """A day of the cycle up to `DAY`."""
    return Q3.start + timedelta(days=number % 40)


def chain(n: int) -> Case:
    above = [[f"o{i - 1}"] if i else [] for i in range(n)]
    goals = [goal(f"o{i}", supports=above[i]) for i in range(n - 1)]
    plan = okr.Plan([*goals, goal(f"o{n - 1}", kr("k"), supports=above[-1])])
    return Case(plan, okr.Journal(readings("k")))


def pooled_chain(n: int) -> Case:
    goals = [goal(f"o{i}", kr(f"k{i}"), supports=[f"o{i - 1}"] if i else []) for i in range(n)]
    return Case(okr.Plan(goals), okr.Journal(readings(*[f"k{i}" for i in range(n)])), POOL)


def fan(n: int) -> Case:
    needs = okr.ObjectiveProfile(dependencies=[okr.Dependency("data")], tags=["fan"])
    place = okr.Place(team="Growth", level=okr.Level.TEAM)
    goals = [
        goal(f"o{i}", kr(f"k{i}"), supports=["top"], profile=needs, place=place, owner="Ana Ruiz")
        for i in range(n)
    ]
    return Case(
        okr.Plan([goal("top"), *goals]), okr.Journal(readings(*[f"k{i}" for i in range(n)]))
    )


def diamonds(n: int) -> Case:
    """Four layers, each of whose objectives supports all of the layer above: 3 * n alignments."""
    width = isqrt(n)
    layers = [[f"o{layer}-{i}" for i in range(width)] for layer in range(4)]
    goals = [goal("top")]
    for above, ids in zip([["top"], *layers], layers, strict=False):
        goals += [goal(id, supports=above) for id in ids]
    feet = [goal(f"e{i}", kr(f"k{i}"), supports=[id]) for i, id in enumerate(layers[-1])]
    return Case(okr.Plan([*goals, *feet]), okr.Journal(readings(*[f"k{i}" for i in range(width)])))


def ladder(n: int) -> Case:
    """Two objectives on each level, each supporting both of the level above."""
    levels = [[f"o{level}-{side}" for side in "ab"] for level in range(n // 2)]
    goals = [goal("top")]
    for above, ids in zip([["top"], *levels], levels, strict=False):
        goals += [goal(id, supports=above) for id in ids]
    foot = goal("foot", kr("k"), supports=levels[-1])
    return Case(okr.Plan([*goals, foot]), okr.Journal(readings("k")))


def wide(n: int) -> Case:
    """One objective with many key results, guardrails and initiatives."""
    ids = [f"k{i}" for i in range(n)]
    objective = goal(
        "o",
        *[kr(id) for id in ids],
        guardrails=[okr.Guardrail(f"g{i}", "G", okr.AtMost(6)) for i in range(n)],
        initiatives=[okr.Initiative(f"i{i}", "I", drives=[f"k{i}"]) for i in range(n)],
    )
    return Case(okr.Plan([objective]), okr.Journal(readings(*ids, *[f"g{i}" for i in range(n)])))


def shared(n: int) -> Case:
    """Many objectives that refer to one key result, and many key results of one metric."""
    goals = [goal("o", kr("k"))]
    goals += [goal(f"o{i}", okr.KeyResultRef("k"), kr(f"k{i}", metric="m")) for i in range(n)]
    plan = okr.Plan(goals, metrics=[okr.Metric("m", "M", health=okr.AtLeast(1))])
    return Case(plan, okr.Journal(readings("k", "m")))


def derived(n: int) -> Case:
    """A chain of key results, each derived from the one before."""
    parts = [okr.Derived(okr.Aggregation.SUM, [f"k{i - 1}"]) if i else None for i in range(n)]
    objective = goal("o", *[kr(f"k{i}", derived=part) for i, part in enumerate(parts)])
    return Case(okr.Plan([objective]), okr.Journal(readings("k0")))


def history(n: int) -> Case:
    """Many readings of one key result, with ids, moments and notes."""
    written = datetime(2026, 8, 1, tzinfo=UTC)
    entries = [
        okr.CheckIn("k", day(i), i / n, id=f"e{i}", recorded=written, note="n", blocker="b")
        for i in range(n)
    ]
    return Case(okr.Plan([goal("o", kr("k"))]), okr.Journal(entries))


def total(n: int) -> Case:
    """Many readings of a metric that totals them, under a guardrail."""
    guardrail = okr.Guardrail("g", "G", okr.AtMost(9), metric="m")
    plan = okr.Plan(
        [goal("o", kr("own"), kr("k", metric="m"), guardrails=[guardrail])],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)],
    )
    journal = okr.Journal.from_columns(["m"] * n, [day(i) for i in range(n)], [1.0] * n)
    return Case(plan, journal.add(readings("own")))


def adjusted(n: int) -> Case:
    """Many adjustments, of one key result and of each of many."""
    ids = [f"k{i}" for i in range(n)]
    entries = [
        okr.Adjustment(id, day(i), measure=okr.Increase(0, 20 + i), because="more")
        for i, each in enumerate(ids)
        for id in ("k", each)
    ]
    plan = okr.Plan([goal("o", kr("k"), *[kr(id) for id in ids])])
    return Case(plan, okr.Journal([*entries, *readings("k", *ids)]))


def corrected(n: int) -> Case:
    entries = [okr.CheckIn("k", day(i), 1.0, id=f"e{i}") for i in range(n)]
    voids = [okr.Correction(f"e{i}") for i in range(n - 1)]
    return Case(okr.Plan([goal("o", kr("k"))]), okr.Journal([*entries, *voids]))


def paused(n: int) -> Case:
    """Many objectives that are paused, and one that was many times."""
    entries: list[Any] = [
        okr.Adjustment(f"o{i}", day(i), kind=okr.AdjustmentKind.PAUSE, because="a storm")
        for i in range(n)
    ]
    for i in range(2 * n):
        state = okr.Lifecycle.ACTIVE if i % 2 else okr.Lifecycle.PAUSED
        entries.append(okr.Transition("top", Q3.start, state))
    goals = [
        goal("top", kr("k")),
        *[goal(f"o{i}", kr(f"k{i}"), supports=["top"]) for i in range(n)],
    ]
    return Case(okr.Plan(goals), okr.Journal([*readings("k"), *entries]))


def closed(n: int) -> Case:
    """Many objectives below one, each closed on a day of its own."""
    case = fan(n)
    cycle = okr.Cycle(date(2022, 1, 1), date(2026, 9, 30))
    goals = [
        goal("top"),
        *[goal(f"o{i}", kr(f"k{i}"), supports=["top"], cycle=cycle) for i in range(n)],
    ]
    closings = [
        okr.Closing(f"o{i}", date(2026, 8, 1) - timedelta(days=i), okr.ClosingDecision.CARRY)
        for i in range(1, n, 2)
    ]
    early = [okr.CheckIn(f"k{i}", date(2022, 2, 1), 5.0) for i in range(n)]
    return Case(okr.Plan(goals), okr.Journal([*early, *closings]), case.rulebook)


SHAPES: Final[dict[str, Callable[[int], Case]]] = {
    shape.__name__: shape
    for shape in (
        *(chain, pooled_chain, fan, diamonds, ladder, wide, shared, derived),
        *(history, total, adjusted, corrected, paused, closed),
    )
}
