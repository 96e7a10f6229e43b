"""Whole quarters for the laws: a plan, a journal that fits it, and a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

import okrcore as okr

START = date(2026, 7, 1)
CYCLE = okr.FiscalCalendar(start_month=1).quarter(2026, 3)

#: Numbers as people write them, and awkward ones: sums that floats cannot hold, and large and small.
numbers = st.one_of(
    st.integers(-1000, 1000).map(float),
    st.integers(-100_000, 100_000).map(lambda n: n / 100),
    st.sampled_from([0.1, 0.2, 0.3, 0.7, 1 / 3, 8.11, 36.4, 1e-6, 1e9]),
)
weights = st.one_of(
    st.integers(1, 9).map(float), st.floats(0.01, 10, allow_nan=False), st.just(1.0)
)
days = st.integers(-5, 110).map(lambda n: START + timedelta(days=n))


def lines() -> st.SearchStrategy[Any]:
    """Lines whose baseline is known."""
    pairs = st.tuples(numbers, numbers).filter(lambda p: abs(p[0] - p[1]) > 1e-3)
    return st.one_of(
        pairs.map(lambda p: okr.Increase(min(p), max(p))),
        pairs.map(lambda p: okr.Decrease(max(p), min(p))),
        pairs.map(lambda p: okr.FromTo(*p)),
        numbers.filter(lambda n: abs(n) > 1e-3).map(okr.Reach),
    )


def bounds() -> st.SearchStrategy[Any]:
    """Bounds of every kind."""
    return st.one_of(
        st.builds(okr.AtLeast, numbers),
        st.builds(okr.Above, numbers),
        st.builds(okr.AtMost, numbers),
        st.builds(okr.Below, numbers),
        st.tuples(numbers, numbers).map(lambda p: okr.Between(min(p), max(p))),
    )


_STEPS = ("design", "build", "launch")


def measures() -> st.SearchStrategy[Any]:
    """Every kind of measure."""
    return st.one_of(
        lines(),
        bounds(),
        st.just(okr.PassFail()),
        st.just(okr.Milestones(*_STEPS)),
        st.integers(1, 5).map(lambda n: okr.Evidence(required=n)),
        st.just(okr.EstablishBaseline()),
        st.integers(1, 50).map(lambda n: okr.Relative(percent=n)),
    )


def readings_for(measure: Any) -> st.SearchStrategy[Any]:
    """Readings that a measure takes."""
    if isinstance(measure, okr.PassFail):
        return st.one_of(st.booleans(), st.floats(0, 1))
    if isinstance(measure, okr.Milestones):
        return st.sets(st.sampled_from(_STEPS))
    if isinstance(measure, okr.Evidence):
        return st.sets(st.sampled_from(["a", "b", "c", "d", "e", "f"]))
    return numbers


@frozen
class Quarter:
    """A plan, a journal that fits it, and a day to look at it."""

    plan: okr.Plan
    journal: okr.Journal
    day: date

    def evaluate(self, **options: Any) -> okr.Scorecard:
        """Evaluate it."""
        return okr.evaluate(self.plan, self.journal, as_of=self.day, **options)


@st.composite
def quarters(draw: st.DrawFn, max_objectives: int = 6) -> Quarter:
    """Quarters with up to some objectives in a graph without circles."""
    count = draw(st.integers(1, max_objectives))
    objectives: list[okr.Objective] = []
    entries: list[okr.CheckIn] = []
    for number in range(count):
        id = f"o{number}"
        key_results = []
        for position in range(draw(st.integers(0, 3))):
            kr = okr.KeyResult(
                f"{id}-k{position}",
                "A key result",
                draw(measures()),
                weight=draw(st.one_of(weights, st.just(0.0))),
            )
            key_results.append(kr)
            entries.extend(
                okr.CheckIn(
                    kr.id,
                    day,
                    draw(readings_for(kr.measure)),
                    confidence=draw(st.none() | st.floats(0, 1)),
                )
                for day in draw(st.lists(days, max_size=2))
            )
        guardrails = []
        if draw(st.booleans()):
            guardrails.append(okr.Guardrail(f"{id}-g", "A guardrail", draw(bounds())))
            entries.extend(
                okr.CheckIn(f"{id}-g", day, draw(numbers))
                for day in draw(st.lists(days, max_size=2))
            )
        above = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else set()
        objectives.append(
            okr.Objective(
                id,
                "An objective",
                key_results=key_results,
                guardrails=guardrails,
                supports=[okr.Alignment(f"o{n}", weight=draw(weights)) for n in sorted(above)],
                cycle=draw(st.sampled_from([CYCLE, CYCLE, None])),
                ambition=draw(st.sampled_from([None, *okr.Ambition])),
            )
        )
    plan = okr.Plan(draw(st.permutations(objectives)))
    return Quarter(plan, okr.Journal(entries), draw(days))
