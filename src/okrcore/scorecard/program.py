"""A compiled plan: flat lists that evaluation walks through, without looking at objects.

Rules of this file:

1. Nothing here depends on a day, a journal or a rulebook, so it is kept with the plan.
2. Objectives stand children before parents; one pass in that order is a roll-up, without recursion.
3. Objectives of one shape (height, own key results, objectives below) stand together: what they are made
   of is a slice, not a look at each.
4. A place is a number: key results come first, then objectives, then initiatives, so that one list
   holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from math import isnan
from operator import sub
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import (
    Ambition,
    Derived,
    EstablishBaseline,
    Initiative,
    KeyResult,
    Measure,
    Objective,
    Reads,
)
from okrcore.plan.measures import LINEAR, SHIFTS

__all__ = ["FOREVER", "LONG_AGO", "Pool", "Pools", "Program", "Shape"]

#: Ordinals of days that no reading lies before or after (library default).
LONG_AGO: Final = 0
FOREVER: Final = 10_000_000

#: Lines whose way is that from one end to the other.
_BETWEEN_ENDS: Final = LINEAR - SHIFTS

#: Places and their weights.
Pool: TypeAlias = tuple[Sequence[int], Sequence[float]]


@final
@frozen(eq=False)
class Pools:
    """What can enter each objective, one objective after the other.

    Args:
        starts: By row, where the pool of an objective begins; then where the last one ends.
        places: What is in them.
        weights: What it weighs there.
    """

    starts: Sequence[int]
    places: Sequence[int]
    weights: Sequence[float]

    def of(self, row: int) -> Pool:
        """Return the pool of an objective."""
        start, stop = self.starts[row], self.starts[row + 1]
        return self.places[start:stop], self.weights[start:stop]

    def of_rows(self, rows: range) -> Pool:
        """Return the pools of some objectives that stand together, one after the other."""
        start, stop = self.starts[rows.start], self.starts[rows.stop]
        return self.places[start:stop], self.weights[start:stop]


@final
@frozen
class Shape:
    """Objectives that stand together: of one height, with equally many parts of each kind.

    Args:
        height: How many objectives lie on the longest way down.
        rows: The objectives.
        own: How many key results count in each, references included.
        below: How many objectives are aligned to each.
    """

    height: int
    rows: range
    own: int
    below: int


@final
@frozen(eq=False)
class Program:
    """A compiled plan.

    Args:
        key_results: Those at home in the plan; their place is their position.
        objectives: Children before parents; their place is `len(key_results)` plus their position.
        initiatives: Those of all objectives; their places come last.
        shapes: The objectives that stand together, in order.
        homes: Gives the row of the objective in which each key result is at home.
        sources: The id under which each key result's readings are found: its metric's, or its own.
        reads: By place, how the readings of a metric become a value, where it is not the last one.
        shared: The places that read a metric.
        derived: By place, what takes its value from others, parts before what is made of them.
        starts: The first day of each objective, as an ordinal.
        ends: Its last day.
        telling: The places of key results that say something that few say.
        measures: The measure of each key result.
        baselines: The planned baseline of each line; absent where there is none.
        targets: The target of each line; absent where there is none.
        own: The key results that count in each objective, references included.
        below: The objectives that are aligned to each.
        fixed: By place of a key result, its fixed share.
        kinds: The kinds of measures there are.
        has_micro: Whether any objective is a Micro-OKR.
    """

    key_results: Sequence[KeyResult]
    objectives: Sequence[Objective]
    initiatives: Sequence[Initiative]
    shapes: Sequence[Shape]
    homes: Callable[[], Sequence[int]]
    sources: Sequence[str]
    reads: Mapping[int, Reads]
    shared: frozenset[int]
    derived: Mapping[int, Derived]
    starts: Sequence[int]
    ends: Sequence[int]
    telling: Sequence[int]
    measures: Sequence[Measure]
    baselines: Sequence[float]
    targets: Sequence[float]
    own: Pools
    below: Pools
    fixed: Mapping[int, float]
    kinds: frozenset[type[Measure]]
    has_micro: bool

    def __len__(self) -> int:
        return len(self.key_results) + len(self.objectives) + len(self.initiatives)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id at each place."""
        found = [kr.id for kr in self.key_results]
        found += [objective.id for objective in self.objectives]
        found += [initiative.id for initiative in self.initiatives]
        return tuple(found)

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """The place of each key result, objective and initiative, by id."""
        return MappingProxyType(dict(zip(self.ids, range(len(self.ids)), strict=True)))

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each objective, by id."""
        return MappingProxyType(
            {objective.id: row for row, objective in enumerate(self.objectives)}
        )

    @cached_property
    def home(self) -> Sequence[int]:
        """The row of the objective in which each key result is at home; few evaluations ask for it."""
        return self.homes()

    @cached_property
    def work(self) -> Pools:
        """The initiatives of each objective, each with a weight of 1."""
        counts = (len(objective.initiatives) for objective in self.objectives)
        places = range(len(self) - len(self.initiatives), len(self))
        return Pools(tuple(accumulate(counts, initial=0)), places, (1.0,) * len(places))

    # --- when ----------------------------------------------------------------------------------

    @cached_property
    def own_days(self) -> Mapping[int, tuple[int, int]]:
        """By place, the first and last day of key results that may have days of their own."""
        return MappingProxyType({place: self._own_days(place) for place in self.telling})

    def _own_days(self, place: int) -> tuple[int, int]:
        kr, row = self.key_results[place], self.home[place]
        if kr.timing is not None and kr.timing.observable_from is not None:
            # Its result shows from that day on, even past the close.
            return kr.timing.observable_from.toordinal(), FOREVER
        last = self.ends[row]
        return self.starts[row], last if kr.due is None else min(kr.due.toordinal(), last)

    @cached_property
    def first(self) -> Sequence[int]:
        """The first day on which a reading of each key result counts, as an ordinal."""
        first = list(map(self.starts.__getitem__, self.home))
        for place, (day, _) in self.own_days.items():
            first[place] = day
        return tuple(first)

    @cached_property
    def last(self) -> Sequence[int]:
        """The last such day, before grace."""
        last = list(map(self.ends.__getitem__, self.home))
        for place, (_, day) in self.own_days.items():
            last[place] = day
        return tuple(last)

    @cached_property
    def window(self) -> tuple[int, int]:
        """Days on which readings of every key result count, without a look at each."""
        first = chain(self.starts, (day for day, _ in self.own_days.values()))
        last = chain(self.ends, (day for _, day in self.own_days.values()))
        return max(first, default=LONG_AGO), min(last, default=FOREVER)

    # --- what some of it is --------------------------------------------------------------------

    @cached_property
    def ways(self) -> Sequence[float]:
        """The way from baseline to target of each line; absent where there is none to go."""
        return _ways(self.baselines, self.targets)

    @cached_property
    def may_exceed(self) -> bool:
        """Whether readings as large as there are can make progress beyond all numbers: not by ways of 2 or more."""
        return bool(self.irregular) or any(-2.0 < way < 2.0 for way in self.ways)

    @cached_property
    def irregular(self) -> Mapping[type[Measure], Sequence[int]]:
        """The places whose progress is not the share of a way between two ends, by kind.

        They have other measures, flat lines, or a way that is stated apart from its ends.
        """
        if self.kinds <= _BETWEEN_ENDS and not any(map(isnan, self.ways)):
            return MappingProxyType({})
        found: dict[type[Measure], list[int]] = {}
        for place, kind in enumerate(map(type, self.measures)):
            is_known = not isnan(self.baselines[place])
            if kind not in LINEAR or (is_known and (kind in SHIFTS or isnan(self.ways[place]))):
                found.setdefault(kind, []).append(place)
        return MappingProxyType({kind: tuple(places) for kind, places in found.items()})

    @cached_property
    def establishing(self) -> Sequence[int]:
        """The places of key results that establish a baseline."""
        if EstablishBaseline not in self.kinds:
            return ()
        return tuple(
            place
            for place, kr in enumerate(self.key_results)
            if type(kr.measure) is EstablishBaseline
        )

    @cached_property
    def learning(self) -> Sequence[int]:
        """The rows of learning objectives."""
        learning = Ambition.LEARNING  # looked up once: a member of an enum takes long to find
        return tuple([row for row, each in enumerate(self.objectives) if each.ambition is learning])

    @cached_property
    def has_methods(self) -> bool:
        """Whether any objective asks for a method of its own."""
        return bool({each.method for each in self.objectives} - {None})

    @cached_property
    def has_parked(self) -> bool:
        """Whether any objective is written down and not pursued."""
        profiles = [each.profile for each in self.objectives if each.profile is not None]
        return any(profile.parked is not None for profile in profiles)

    @cached_property
    def over_micro(self) -> frozenset[int]:
        """The rows of objectives to which a Micro-OKR is aligned."""
        if not self.has_micro:
            return frozenset()
        offset, objectives = len(self.key_results), self.objectives
        return frozenset(
            row
            for row in range(len(objectives))
            if any(objectives[place - offset].is_micro for place in self.below.of(row)[0])
        )

    @cached_property
    def layouts(self) -> dict[Any, Any]:
        """Inputs of each objective, by roll-up rule; `frame` fills it and keeps the last 8."""
        return {}


def _ways(baselines: Sequence[float], targets: Sequence[float]) -> Sequence[float]:
    ways = list(map(sub, targets, baselines))
    # Only what is close needs the 12-decimal look that says whether it is equal.
    for place in [place for place, way in enumerate(ways) if -1e-6 < way < 1e-6]:
        if snap(baselines[place]) == snap(targets[place]):
            ways[place] = ABSENT
    return tuple(ways)
