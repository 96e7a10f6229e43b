"""The races: what okrcore does, and what it is held against.

Each function takes an organisation and yields rows: a name, the seconds of okrcore, the seconds it is
divided by, and the ratio it may not exceed at each size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from operator import attrgetter
from typing import Any, Final

from attrs import evolve

import okrcore as okr
from benchmarks import baselines
from benchmarks.measuring import Prepared, memory, race, seconds
from benchmarks.organisation import (
    DAY,
    HALVES,
    JUDGED,
    POOL,
    QUARTER,
    Chance,
    Organisation,
    build,
    build_chains,
    build_mixed,
    journal,
    mixed_journal,
    objectives,
)
from okrcore.scorecard.day.progress import progress_of
from okrcore.scorecard.day.scores import scores_of
from okrcore.scorecard.evaluation import Evaluation

#: The greatest ratio, by number of key results.
Bounds = Mapping[int, float]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Args:
        name: What was done.
        against: What it is divided by.
        ours: Seconds, or bytes.
        theirs: Seconds, or bytes.
        at_most: The greatest ratio, by number of key results.
        unit: "s" or "B".
    """

    name: str
    against: str
    ours: float
    theirs: float
    at_most: Bounds
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs


def roll_ups(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """Rolling up, from floats alone to everything from rows."""
    dicts = baselines.build_dicts(organisation)
    order = baselines.ordered(dicts)
    items = objectives(organisation)
    plan, history = okr.Plan(items), journal(organisation.readings)
    entries = history.entries
    warm = Evaluation(plan, history, DAY, POOL)
    warm.scores  # noqa: B018  # compiled and indexed from here on

    def floats() -> object:
        progress = progress_of(warm.facts, warm.excluded, warm.readings, ())
        return scores_of(warm.basis, progress, {})

    best = race(
        {
            "loop": lambda: baselines.loop(dicts, order, organisation.readings),
            "built": lambda: _by_hand(organisation),
            "cold": Prepared(
                lambda: (okr.Plan(items), okr.Journal(entries)),
                lambda ready: okr.evaluate(*ready, as_of=DAY, rulebook=POOL),
            ),
            "floats": floats,
            "evaluate": lambda: okr.evaluate(plan, history, as_of=DAY, rulebook=POOL),
            "Plan": lambda: okr.Plan(items),
            "rows": lambda: okr.evaluate(
                build(organisation),
                okr.Journal(okr.check_ins(DAY, organisation.readings)),
                as_of=DAY,
                rulebook=POOL,
            ),
            "objects": lambda: objectives(organisation),
        },
        rounds,
    )
    loop, built = best["loop"], best["built"]
    yield Row("roll-up, floats only", "loop", best["floats"], loop, _at(1.2, 0.4, 0.45))
    yield Row("evaluate, compiled and indexed", "loop", best["evaluate"], loop, _at(2, 1.1, 1.1))
    yield Row("evaluate, cold", "build + loop", best["cold"], built, _at(2.2, 1.2, 1.1))
    yield Row(
        "all objects from rows, evaluate", "build + loop", best["rows"], built, _at(10, 5.5, 5)
    )
    yield Row(
        "Plan(...) of objects", "making them", best["Plan"], best["objects"], _at(1.5, 0.8, 0.8)
    )
    yield from _others(organisation, best["floats"], rounds)


def _by_hand(organisation: Organisation) -> object:
    dicts = baselines.build_dicts(organisation)
    return baselines.loop(dicts, baselines.ordered(dicts), organisation.readings)


def _others(organisation: Organisation, floats: float, rounds: int) -> Iterator[Row]:
    graph = baselines.build_graph(organisation)
    best = race(
        {
            "networkx": lambda: baselines.graph_roll_up(graph, organisation.readings),
            "pandas": lambda: baselines.frame_roll_up(organisation),
            "sqlite": lambda: baselines.sql_roll_up(organisation),
        },
        min(rounds, 3),
    )
    for name, at_most in (("networkx", _at(0.2, 0.2, 0.2)), ("pandas", {}), ("sqlite", {})):
        yield Row("roll-up, floats only", name, floats, best[name], at_most)


def mixed(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """Everything from rows on a plan of many measures, with status and guardrails.

    Fields of results are found when they are asked for, so the rulebook is one whose statuses take asking.
    """

    def everything() -> object:
        card = okr.evaluate(
            build_mixed(organisation), mixed_journal(organisation), as_of=DAY, rulebook=JUDGED
        )
        results = [card.objective(id) for id, _ in organisation.objectives]
        return [(each.status, each.breached_guardrails) for each in results]

    best = race(
        {
            "loop": lambda: _by_hand(organisation),
            "mixed": everything,
        },
        min(rounds, 5),
    )
    yield Row(
        "mixed plan from rows, status and guardrails",
        "build + loop",
        best["mixed"],
        best["loop"],
        _at(20, 11, 10),
    )


def records(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """Check-ins as they come: a live scorecard against scores kept up to date by hand."""
    bounds = {"all": _at(1.3, 0.65, 0.5), "half": _at(3, 1.3, 1.2)}
    plan = build(organisation)
    for name, readings in (("all", organisation.readings), ("half", organisation.half)):
        live = okr.LiveScorecard(plan, journal(readings), as_of=DAY, rulebook=POOL)
        ledger = baselines.Ledger(organisation, readings)
        chance, ours, theirs = Chance(11), float("inf"), float("inf")
        for turn in range(_BATCHES * rounds + 1):
            news = _news(organisation, chance)
            entries = [okr.CheckIn(id, DAY, value) for id, value in news]
            mine = seconds(partial(_each, live.record, entries))
            by_hand = seconds(partial(_each, ledger.record, news))
            if turn:  # the first batch makes what the others find made
                ours, theirs = min(ours, mine), min(theirs, by_hand)
        row = f"LiveScorecard.record, {name} read"
        yield Row(row, "ledger", ours / _BATCH, theirs / _BATCH, bounds[name])
    yield _against_networkx(organisation, ours / _BATCH)
    yield _with_ids(organisation, plan, rounds)
    yield _with_status(organisation, plan, rounds)


def _with_status(organisation: Organisation, plan: okr.Plan, rounds: int) -> Row:
    """A check-in and the status of its objective, against both by hand."""
    live = okr.LiveScorecard(plan, journal(organisation.readings), as_of=DAY, rulebook=JUDGED)
    ledger = baselines.StatusLedger(organisation, organisation.readings, DAY.toordinal())
    homes = {id: home for id, home, *_ in organisation.key_results}
    chance, ours, theirs = Chance(11), float("inf"), float("inf")

    def record_and_judge(entry: okr.CheckIn) -> None:
        live.record(entry)
        live.status(homes[entry.of])

    for turn in range(_BATCHES * rounds + 1):
        news = _news(organisation, chance)
        entries = [okr.CheckIn(id, DAY, value) for id, value in news]
        mine = seconds(partial(_each, record_and_judge, entries))
        by_hand = seconds(partial(_each, lambda each: ledger.record_and_judge(each, 0.5), news))
        if turn:  # the first batch makes what the others find made
            ours, theirs = min(ours, mine), min(theirs, by_hand)
    row = "LiveScorecard.record, and a status"
    return Row(row, "ledger", ours / _BATCH, theirs / _BATCH, _at(5, 5, 5))


def _with_ids(organisation: Organisation, plan: okr.Plan, rounds: int) -> Row:
    """Entries with ids, as those of a service, against the same entries without."""
    lives = [
        okr.LiveScorecard(plan, journal(organisation.readings), as_of=DAY, rulebook=POOL)
        for _ in range(2)
    ]
    chance, best = Chance(11), [float("inf"), float("inf")]
    for turn in range(_BATCHES * rounds + 1):
        news = _news(organisation, chance)
        plain = [okr.CheckIn(id, DAY, value) for id, value in news]
        named = [evolve(entry, id=f"e{turn}-{n}") for n, entry in enumerate(plain)]
        for side, entries in enumerate((named, plain)):
            spent = seconds(partial(_each, lives[side].record, entries))
            if turn:  # the first batch makes what the others find made
                best[side] = min(best[side], spent)
    ours, theirs = (each / _BATCH for each in best)
    return Row("LiveScorecard.record, with ids", "without", ours, theirs, _at(1.2, 1.2, 1.2))


def _each(record: Callable[[Any], object], batch: Iterable[Any]) -> None:
    for each in batch:
        record(each)


#: Check-ins in a batch.
_BATCH: Final = 500
#: Batches in a round: one takes a hundredth of a second, which the machine easily doubles.
_BATCHES: Final = 4


def _news(organisation: Organisation, chance: Chance) -> list[tuple[str, float]]:
    found = []
    for _ in range(_BATCH):
        id, _, baseline, target, _ = organisation.key_results[
            chance.below(len(organisation.key_results))
        ]
        found.append((id, baseline + (target - baseline) * chance.share()))
    return found


def _against_networkx(organisation: Organisation, ours: float) -> Row:
    graph, readings = baselines.build_graph(organisation), dict(organisation.readings)
    scores = baselines.graph_roll_up(graph, readings)
    news = _news(organisation, Chance(11))[:50]

    def record() -> None:
        for id, value in news:
            baselines.graph_record(graph, readings, scores, id, value)

    best = race({"networkx": record}, 3)
    theirs = best["networkx"] / len(news)
    return Row("LiveScorecard.record", "networkx", ours, theirs, _at(1 / 7, 1 / 7, 1 / 7))


def years(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """A year of weekly check-ins: one day of it, and all its weeks."""
    plan = build(organisation)
    once, often = journal(organisation.readings), journal(organisation.readings, weeks=52)
    past = DAY - timedelta(days=30)
    days = [DAY - timedelta(weeks=week) for week in range(52)]
    for each in (once, often):
        okr.evaluate(plan, each, as_of=DAY, rulebook=POOL)
    best = race(
        {
            "without": lambda: okr.evaluate(plan, okr.Journal(), as_of=past, rulebook=POOL),
            "with": lambda: okr.evaluate(plan, often, as_of=past, rulebook=POOL),
        },
        rounds,
    )
    yield Row(
        "as of a past day, 52 check-ins each", "none", best["with"], best["without"], {10_000: 2.5}
    )
    best = race(
        {
            "series": lambda: sum(1 for _ in okr.evaluate_series(plan, often, days, rulebook=POOL)),
            "evaluations": lambda: sum(
                1
                for day in sorted(days)
                for each in _standings(okr.evaluate(plan, often, as_of=day, rulebook=POOL))
            ),
        },
        1,
    )
    yield Row(
        "a series of 52 weeks", "52 evaluations", best["series"], best["evaluations"], {10_000: 0.7}
    )


#: Fields of a record of a series that an objective has, and those of a key result.
_OF_OBJECTIVE = attrgetter(*okr.scorecard.DayScore._fields[1:-2])
_OF_KEY_RESULT = attrgetter(*okr.scorecard.DayScore._fields[1:-1])


def _standings(card: okr.Scorecard) -> Iterator[tuple[object, ...]]:
    """Yield the fields of each item that a series has too."""
    for objective in card.plan.objectives:
        yield _OF_OBJECTIVE(card.objective(objective.id))
        for kr in objective.own_key_results:
            yield _OF_KEY_RESULT(card.key_result(kr.id))


def memories(organisation: Organisation, rounds: int) -> Iterator[Row]:  # noqa: ARG001
    """Race the memory of plan, journal and scorecard against that of dicts with readings and scores."""

    def ours() -> object:
        plan, history = build(organisation), journal(organisation.readings)
        return okr.evaluate(plan, history, as_of=DAY, rulebook=POOL)

    def theirs() -> object:
        dicts = baselines.build_dicts(organisation)
        readings = dict(organisation.readings)
        return dicts, readings, baselines.loop(dicts, baselines.ordered(dicts), readings)

    yield Row("memory of everything", "dicts", memory(ours), memory(theirs), {100_000: 3.2}, "B")


def answers(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """Every answer: in bulk from cold, and one by one from a scorecard that has them."""
    plan, history = build(organisation), journal(organisation.readings)
    items, entries, day = plan.objectives, history.entries, DAY.toordinal()
    spread = QUARTER.start.toordinal(), QUARTER.end.toordinal()

    def in_bulk(ready: tuple[okr.Plan, okr.Journal]) -> object:
        card = okr.evaluate(*ready, as_of=DAY, rulebook=JUDGED)
        of_objectives = ("score", "coverage", "expected", "status", "breached_guardrails")
        return (
            card.columns(*of_objectives, kind="objective"),
            card.columns("score", "progress", "status", kind="key result"),
        )

    card = okr.evaluate(plan, history, as_of=DAY, rulebook=JUDGED)
    ids = [id for id, _ in organisation.objectives]
    results = [card.objective(id) for id in ids]
    in_bulk((plan, history))
    best = race(
        {
            "bulk": Prepared(lambda: (okr.Plan(items), okr.Journal(entries)), in_bulk),
            "by hand": lambda: baselines.answers(organisation, day, *spread),
            "results": lambda: _each(card.objective, ids),
            "fields": lambda: _each(_score_of, results),
        },
        min(rounds, 5),
    )
    yield Row(
        "cold, every answer in bulk", "by hand", best["bulk"], best["by hand"], _at(2.5, 1.5, 1.5)
    )
    count, bounds = len(ids), (_at(0.7, 0.7, 0.7), _at(0.35, 0.35, 0.35))
    yield Row("a result of a scorecard", "1 us", best["results"] / count, 1e-6, bounds[0])
    yield Row("a field of a result", "1 us", best["fields"] / count, 1e-6, bounds[1])


def _score_of(result: okr.scorecard.ObjectiveResult) -> float | None:
    return result.score


def closings(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """Half the objectives closed on 40 days, against none."""
    plan, read = build(organisation), okr.check_ins(QUARTER.start, organisation.readings)
    closed = [
        okr.Closing(id, QUARTER.start + timedelta(days=1 + number % 40), okr.ClosingDecision.CARRY)
        for number, (id, _) in enumerate(organisation.objectives[1::2])
    ]
    none, half = okr.Journal(read), okr.Journal([*read, *closed])

    def evaluated(history: okr.Journal) -> object:
        return okr.evaluate(plan, history, as_of=QUARTER.end, rulebook=JUDGED)

    evaluated(half)
    best = race({"open": partial(evaluated, none), "closed": partial(evaluated, half)}, rounds)
    yield Row("half closed on 40 days", "open", best["closed"], best["open"], _at(3, 3, 3))


def carried(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """A further day of chains of two objectives with ten key results in all, against the same without `continues`."""
    chains = len(organisation.key_results) // 10
    first = {f"k{n}-0-{k}": n % 100 for n in range(chains) for k in range(5)}
    second = {f"k{n}-1-{k}": n % 90 for n in range(0, chains, 2) for k in range(5)}
    read = okr.Journal(okr.check_ins(HALVES[0].end, first))
    read = read.add(okr.check_ins(HALVES[1].start, second))
    further = (HALVES[1].start + timedelta(days=n) for n in count(1))

    def evaluated(plan: okr.Plan, day: date) -> object:
        return okr.evaluate(plan, read, as_of=day)

    sides: dict[str, Prepared] = {}
    for name in ("chains", "apart"):
        plan = build_chains(chains, is_linked=name == "chains")
        evaluated(plan, HALVES[1].start)
        sides[name] = Prepared(partial(next, further), partial(evaluated, plan))
    best, name = race(sides, rounds), "a further day of work carried over"
    yield Row(name, "none carried", best["chains"], best["apart"], _at(3, 3, 3))


def adjusted(organisation: Organisation, rounds: int) -> Iterator[Row]:
    """500 adjustments on 20 days, of targets, of weights, and of members that join, against none."""
    plan, read = build(organisation), okr.check_ins(QUARTER.start, organisation.readings)
    entries: list[okr.Adjustment] = []
    for number, objective in enumerate(plan.objectives[:500]):
        kr, on = objective.own_key_results[0], QUARTER.start + timedelta(days=1 + number % 20)
        joins = okr.KeyResult(f"joined-{number}", "Joined", okr.Reach(10))
        entries += [
            (
                okr.Adjustment(kr.id, on, measure=okr.Increase(0, 300), because="the market grew"),
                okr.Adjustment(kr.id, on, weight=2, because="it matters more"),
                okr.Adjustment(objective.id, on, adds=[joins], because="a new product"),
            )[number % 3]
        ]
    none, some = okr.Journal([*read]), okr.Journal([*read, *entries])

    def evaluated(history: okr.Journal) -> object:
        return okr.evaluate(plan, history, as_of=QUARTER.end)

    evaluated(some)
    best = race(
        {"as agreed": partial(evaluated, none), "adjusted": partial(evaluated, some)}, rounds
    )
    yield Row("500 adjustments", "none", best["adjusted"], best["as agreed"], _at(1.5, 1.5, 1.5))


def _at(small: float, middle: float, large: float) -> Bounds:
    return {10_000: small, 100_000: middle, 1_000_000: large}


#: Every race, with the greatest size it is run at.
RACES: Final[tuple[tuple[Callable[[Organisation, int], Iterator[Row]], int], ...]] = (
    (roll_ups, 1_000_000),
    (mixed, 1_000_000),
    (records, 1_000_000),
    (years, 10_000),
    (answers, 100_000),
    (closings, 100_000),
    (carried, 100_000),
    (adjusted, 100_000),
    (memories, 100_000),
)
