"""A seeded organisation, as rows: what a database would hand over, and what both sides build from.

About six levels, three or four key results an objective, five children, one objective in twenty with two
parents. The same seed makes the same rows on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import evolve

import okrcore as okr
from okrcore.plan import Measure

DAY = date(2026, 8, 14)
QUARTER = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
#: Cycles of work that is carried over once.
HALVES = tuple(okr.FiscalCalendar(start_month=1).half(2026, n) for n in (1, 2))


class Chance:
    """A small linear congruential generator; the library bans `random`, and this never changes."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, n: int) -> int:
        """Return a whole number from 0 to n - 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % n

    def share(self) -> float:
        """Return a number from 0 to 1."""
        return self.below(1_000_000) / 1_000_000


@dataclass(frozen=True)
class Organisation:
    """Rows of an organisation.

    Args:
        objectives: Ids and the ids of their parents, parents first.
        key_results: Ids, objectives, baselines, targets and weights.
        readings: The value of each key result.
    """

    objectives: list[tuple[str, list[str]]]
    key_results: list[tuple[str, str, float, float, float]]
    readings: dict[str, float]

    @cached_property
    def heights(self) -> dict[str, int]:
        """How many levels lie below each objective."""
        heights = {id: 0 for id, _ in self.objectives}
        for id, parents in reversed(self.objectives):
            for parent in parents:
                heights[parent] = max(heights[parent], heights[id] + 1)
        return heights

    @cached_property
    def edges(self) -> list[tuple[str, str, int]]:
        """Each objective with one it supports, and the levels below it."""
        return [(id, up, self.heights[id]) for id, parents in self.objectives for up in parents]

    @cached_property
    def half(self) -> dict[str, float]:
        """The readings of every other key result."""
        return dict(list(self.readings.items())[::2])


def make(key_results: int, seed: int = 7) -> Organisation:
    """Make an organisation of about so many key results."""
    chance = Chance(seed)
    objectives: list[tuple[str, list[str]]] = []
    rows: list[tuple[str, str, float, float, float]] = []
    readings: dict[str, float] = {}
    while len(rows) < key_results:
        number = len(objectives)
        id = f"o{number}"
        parents = [f"o{(number - 1) // 5}"] if number else []
        if number > 10 and chance.below(20) == 0:
            second = f"o{chance.below(number // 5)}"
            if second not in parents:
                parents.append(second)
        objectives.append((id, parents))
        for position in range(3 + chance.below(2)):
            kr = f"{id}-k{position}"
            baseline = round(chance.share() * 100, 2)
            way = round(1 + chance.share() * 100, 2) * (1 if chance.below(3) else -1)
            rows.append((kr, id, baseline, baseline + way, 1.0 + chance.below(3)))
            readings[kr] = round(baseline + way * (chance.share() * 1.4 - 0.2), 2)
    return Organisation(objectives, rows, readings)


def build(organisation: Organisation) -> okr.Plan:
    """Build the plan of an organisation: key results that are lines."""
    return okr.Plan(objectives(organisation))


def objectives(organisation: Organisation) -> list[okr.Objective]:
    """Build the objectives of an organisation."""
    by_objective: dict[str, list[okr.KeyResult]] = {id: [] for id, _ in organisation.objectives}
    for id, objective, baseline, target, weight in organisation.key_results:
        by_objective[objective].append(
            okr.KeyResult(id, "A key result", okr.FromTo(baseline, target), weight=weight)
        )
    return [
        okr.Objective(
            id, "An objective", key_results=by_objective[id], supports=parents, cycle=QUARTER
        )
        for id, parents in organisation.objectives
    ]


#: What the key results of a mixed plan measure, by turns; each makes its measure, and no other.
_MEASURES: tuple[Callable[[float, float], Measure], ...] = (
    okr.FromTo,
    okr.FromTo,
    lambda _, __: okr.Reach(12),
    lambda _, target: okr.AtMost(target),
    lambda _, __: okr.Milestones("draft", "pilot", "launch"),
    lambda _, __: okr.PassFail(),
)


def build_mixed(organisation: Organisation) -> okr.Plan:
    """Build a plan of many measures: lines, counts, bounds, milestones and deliverables, with guardrails."""
    by_objective: dict[str, list[okr.KeyResult]] = {id: [] for id, _ in organisation.objectives}
    for number, (id, objective, baseline, target, weight) in enumerate(organisation.key_results):
        measure = _MEASURES[number % len(_MEASURES)](baseline, target)
        by_objective[objective].append(okr.KeyResult(id, "A key result", measure, weight=weight))
    return okr.Plan(
        [
            okr.Objective(
                id,
                "An objective",
                key_results=by_objective[id],
                guardrails=[okr.Guardrail(f"{id}-g", "A guardrail", okr.AtMost(85))],
                supports=parents,
                cycle=QUARTER,
            )
            for id, parents in organisation.objectives
        ]
    )


def build_chains(chains: int, *, is_linked: bool) -> okr.Plan:
    """Build a year over pairs of objectives with five key results each; linked, the second continues the first."""
    objectives = [okr.Objective("year", "A year")]
    for chain in range(chains):
        for half, cycle in enumerate(HALVES):
            goes_on = is_linked and half
            objectives.append(
                okr.Objective(
                    f"o{chain}-{half}",
                    "An objective",
                    key_results=[
                        okr.KeyResult(
                            f"k{chain}-{half}-{n}",
                            "A key result",
                            okr.FromTo(0, 100),
                            continues=f"k{chain}-0-{n}" if goes_on else None,
                        )
                        for n in range(5)
                    ],
                    cycle=cycle,
                    supports=["year"],
                    continues=f"o{chain}-0" if goes_on else None,
                )
            )
    return okr.Plan(objectives)


def journal(readings: dict[str, float], weeks: int = 1) -> okr.Journal:
    """Return a journal: a reading a week of each key result, the last one on `DAY`."""
    return okr.Journal(
        [
            entry
            for week in range(weeks - 1, -1, -1)
            for entry in okr.check_ins(
                DAY - timedelta(weeks=week), {id: value - week for id, value in readings.items()}
            )
        ]
    )


def mixed_journal(organisation: Organisation) -> okr.Journal:
    """Return the journal of a mixed plan: one key result in ten unread, one guardrail in four."""
    readings: dict[str, Any] = {}
    for number, (id, value) in enumerate(organisation.readings.items()):
        if number % 10 == 9:
            continue
        kinds: tuple[Any, ...] = (value, value, 7, value, ("draft",), number % 4 > 1)
        readings[id] = kinds[number % len(kinds)]
    for number, (id, _) in enumerate(organisation.objectives):
        if number % 4:
            readings[f"{id}-g"] = 80 + number % 11
    return okr.Journal(okr.check_ins(DAY, readings))


#: A rulebook in which children count beside own key results, so that a roll-up goes all the way up.
POOL = okr.Rulebook(
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)

#: The same with everything else that is recommended: status rules, pacing, verdicts.
JUDGED = evolve(okr.RECOMMENDED, name="pool, recommended", roll_up=POOL.roll_up)
