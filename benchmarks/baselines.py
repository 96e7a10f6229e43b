"""Programs without the library, by hand and with other libraries: the other side of each race.

Every baseline gives the same scores as `POOL`: a clipped share of the way for each key result, and for
each objective the weighted mean of its key results and of the objectives below it.
"""

from __future__ import annotations

import sqlite3
from heapq import heappop, heappush
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.organisation import Organisation

Dicts = dict[str, dict[str, Any]]


def clipped(progress: float) -> float:
    """Return a share of the way as a score."""
    return 0.0 if progress < 0 else 1.0 if progress > 1 else progress


# --- by hand -----------------------------------------------------------------------------------


def build_dicts(organisation: Organisation) -> Dicts:
    """Build the nested dicts that a user would have instead of a plan."""
    found: Dicts = {
        id: {"id": id, "title": "An objective", "parents": parents, "krs": [], "children": []}
        for id, parents in organisation.objectives
    }
    for id, objective, baseline, target, weight in organisation.key_results:
        found[objective]["krs"].append(
            {
                "id": id,
                "title": "A key result",
                "baseline": baseline,
                "target": target,
                "weight": weight,
            }
        )
    for id, parents in organisation.objectives:
        for parent in parents:
            found[parent]["children"].append(id)
    return found


def ordered(objectives: Dicts) -> list[str]:
    """Return the ids children before parents: rows of a database come in no such order."""
    waiting = {id: len(objective["children"]) for id, objective in objectives.items()}
    order = [id for id, count in waiting.items() if not count]
    for id in order:
        for parent in objectives[id]["parents"]:
            waiting[parent] -= 1
            if not waiting[parent]:
                order.append(parent)
    return order


def loop(
    objectives: Dicts, order: list[str], readings: dict[str, float]
) -> dict[str, float | None]:
    """Roll up in one plain loop, children before parents; what has not been read is left out."""
    scores: dict[str, float | None] = {}
    for id in order:
        objective = objectives[id]
        weights, parts = [], []
        for kr in objective["krs"]:
            value = readings.get(kr["id"])
            if value is None:
                continue
            baseline = kr["baseline"]
            score = clipped((value - baseline) / (kr["target"] - baseline))
            weight = kr["weight"]
            weights.append(weight)
            parts.append(score * weight)
        for child in objective["children"]:
            below = scores[child]
            if below is not None:
                weights.append(1.0)
                parts.append(below)
        scores[id] = fsum(parts) / fsum(weights) if weights else None
    return scores


def answers(
    organisation: Organisation, day: int, first: int, last: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return score, coverage, expected progress, status and breaches of objectives, and those of key results."""
    objectives = build_dicts(organisation)
    readings, read_on = organisation.readings, dict.fromkeys(organisation.readings, day)
    expected = (day - first) / (last - first)
    found: dict[str, Any] = {}
    of_key_results: dict[str, Any] = {}
    for id in ordered(objectives):
        objective = objectives[id]
        top = bottom = seen = 0.0
        for kr in objective["krs"]:
            weight, baseline = kr["weight"], kr["baseline"]
            bottom += weight
            value = readings.get(kr["id"])
            if value is None:
                of_key_results[kr["id"]] = None, None, "stale"
                continue
            progress = (value - baseline) / (kr["target"] - baseline)
            score = clipped(progress)
            status = "stale" if day - read_on[kr["id"]] > 14 else status_of(score, expected)
            of_key_results[kr["id"]] = score, progress, status
            top += weight * score
            seen += weight
        for child in objective["children"]:
            below = found[child]
            top, bottom, seen = top + below[0], bottom + 1.0, seen + below[1]
        score = top / bottom
        found[id] = score, seen / bottom, expected, status_of(score, expected), ()
    return found, of_key_results


def status_of(score: float, expected: float) -> str:
    """Return the word for a score beside the progress expected by now."""
    for edge, word in ((1.1, "ahead"), (0.9, "on track"), (0.75, "at risk")):
        if score / expected >= edge:
            return word
    return "off track"


class Ledger:
    """Scores kept up to date by hand: a new reading changes what lies above it, lowest first."""

    def __init__(self, organisation: Organisation, readings: dict[str, float]) -> None:
        self._objectives = build_dicts(organisation)
        self._order = ordered(self._objectives)
        self._rank = {id: rank for rank, id in enumerate(self._order)}
        self._home = {kr: objective for kr, objective, *_ in organisation.key_results}
        self._key_results = {
            kr["id"]: kr for each in self._objectives.values() for kr in each["krs"]
        }
        self._parts = {
            kr: clipped((readings[kr] - each["baseline"]) / (each["target"] - each["baseline"]))
            for kr, each in self._key_results.items()
            if kr in readings
        }
        self.scores = loop(self._objectives, self._order, readings)

    def record(self, reading: tuple[str, float]) -> list[tuple[str, float | None, float | None]]:
        """Take a reading, and return the objectives that changed, with both scores."""
        kr, value = reading
        found = self._key_results[kr]
        self._parts[kr] = clipped(
            (value - found["baseline"]) / (found["target"] - found["baseline"])
        )
        waiting, changes = [self._rank[self._home[kr]]], []
        seen = set(waiting)
        while waiting:
            id = self._order[heappop(waiting)]
            before, after = self.scores[id], self._roll_up(id)
            if after == before:
                continue
            self.scores[id] = after
            changes.append((id, before, after))
            for parent in self._objectives[id]["parents"]:
                rank = self._rank[parent]
                if rank not in seen:
                    seen.add(rank)
                    heappush(waiting, rank)
        return changes

    def _roll_up(self, id: str) -> float | None:
        objective = self._objectives[id]
        weights, parts = [], []
        for kr in objective["krs"]:
            score = self._parts.get(kr["id"])
            if score is not None:
                weights.append(kr["weight"])
                parts.append(score * kr["weight"])
        for child in objective["children"]:
            score = self.scores[child]
            if score is not None:
                weights.append(1.0)
                parts.append(score)
        return fsum(parts) / fsum(weights) if weights else None


class StatusLedger(Ledger):
    """The same with statuses: the days of the last check-ins and the pace are carried upwards with the scores."""

    def __init__(self, organisation: Organisation, readings: dict[str, float], day: int) -> None:
        super().__init__(organisation, readings)
        self._day = day
        self._last = dict.fromkeys([*self._key_results, *self._objectives], day)

    def record_and_judge(self, reading: tuple[str, float], elapsed: float) -> str:
        """Take a reading of the day, and return the status of its objective."""
        self.record(reading)
        kr, _ = reading
        home = self._home[kr]
        self._last[kr] = self._day
        waiting = [home]
        while waiting:
            id = waiting.pop()
            if self._last[id] < self._day:
                self._last[id] = self._day
                waiting += self._objectives[id]["parents"]
        return self.status(home, elapsed)

    def status(self, id: str, elapsed: float) -> str:
        """Return the status of an objective by its pace, as `RECOMMENDED` does."""
        score = self.scores[id]
        if self._day - self._last[id] > 14:
            return "stale"
        if score is None or elapsed < 0.15:
            return "unknown"
        ratio = score / elapsed
        return "on track" if ratio >= 0.9 else "at risk" if ratio >= 0.7 else "off track"


# --- networkx ----------------------------------------------------------------------------------


def build_graph(organisation: Organisation) -> Any:
    """Build a graph whose edges go from parts to what they are parts of."""
    import networkx as nx  # noqa: PLC0415  # a baseline that need not be installed

    graph = nx.DiGraph()
    for id, parents in organisation.objectives:
        graph.add_node(id)
        for parent in parents:
            graph.add_edge(id, parent, weight=1.0)
    for id, objective, baseline, target, weight in organisation.key_results:
        graph.add_node(id, baseline=baseline, target=target)
        graph.add_edge(id, objective, weight=weight)
    return graph


def graph_roll_up(graph: Any, readings: dict[str, float]) -> dict[str, float]:
    """Roll up along a topological sort."""
    import networkx as nx  # noqa: PLC0415

    scores: dict[str, float] = {}
    for id in nx.topological_sort(graph):
        _score_node(graph, id, readings, scores)
    return scores


def graph_record(
    graph: Any, readings: dict[str, float], scores: dict[str, float], kr: str, value: float
) -> None:
    """Take a reading: everything reachable from it, in topological order."""
    import networkx as nx  # noqa: PLC0415

    readings[kr] = value
    reached = graph.subgraph({kr, *nx.descendants(graph, kr)})
    for id in nx.topological_sort(reached):
        _score_node(graph, id, readings, scores)


def _score_node(graph: Any, id: str, readings: dict[str, float], scores: dict[str, float]) -> None:
    node = graph.nodes[id]
    if "target" in node:
        way = node["target"] - node["baseline"]
        scores[id] = clipped((readings[id] - node["baseline"]) / way)
        return
    edges = [(scores[part], edge["weight"]) for part, edge in graph.pred[id].items()]
    total = fsum(weight for _, weight in edges)
    scores[id] = fsum(score * weight for score, weight in edges) / total


# --- data frames -------------------------------------------------------------------------------


def frame_roll_up(organisation: Organisation) -> dict[str, float]:
    """Roll up level by level with pandas, deepest first; building its frames is part of the work."""
    import pandas as pd  # noqa: PLC0415

    key_results = pd.DataFrame(
        organisation.key_results, columns=["id", "objective", "baseline", "target", "weight"]
    )
    value = key_results["id"].map(organisation.readings)
    way = key_results["target"] - key_results["baseline"]
    key_results["part"] = ((value - key_results["baseline"]) / way).clip(0, 1)
    key_results["part"] *= key_results["weight"]
    sums = key_results.groupby("objective")[["part", "weight"]].sum()
    edges = pd.DataFrame(organisation.edges, columns=["id", "parent", "height"])
    heights = pd.Series(organisation.heights)
    scores = pd.Series(0.0, index=heights.index)
    parts, weights = sums["part"].copy(), sums["weight"].copy()
    for height in range(int(heights.max()) + 1):
        here = heights.index[heights == height]
        scores[here] = parts[here] / weights[here]
        up = edges[edges["height"] == height]
        added = scores[up["id"]].groupby(up["parent"].to_numpy()).agg(["sum", "count"])
        parts[added.index] += added["sum"]
        weights[added.index] += added["count"]
    return dict(scores)


# --- SQL ---------------------------------------------------------------------------------------


def sql_roll_up(organisation: Organisation) -> dict[str, float]:
    """Roll up level by level in sqlite, deepest first; filling its tables is part of the work."""
    base = sqlite3.connect(":memory:")
    base.executescript(
        """
        create table score(id text primary key, height int, part real, weight real);
        create table edge(id text, parent text, height int);
        create table key_result(objective text, part real, weight real);
        """
    )
    base.executemany(
        "insert into key_result values (?, ? * max(0, min(1, (? - ?) / (? - ?))), ?)",
        (
            (objective, weight, organisation.readings[id], baseline, target, baseline, weight)
            for id, objective, baseline, target, weight in organisation.key_results
        ),
    )
    base.executemany("insert into edge values (?, ?, ?)", organisation.edges)
    base.executemany("insert into score values (?, ?, 0, 0)", organisation.heights.items())
    base.execute(
        """
        update score set part = s.part, weight = s.weight from
        (select objective, sum(part) part, sum(weight) weight from key_result group by 1) s
        where s.objective = score.id
        """
    )
    base.execute("create index by_height on edge(height)")
    for height in range(max(organisation.heights.values()) + 1):
        base.execute(
            """
            update score set part = score.part + s.part, weight = score.weight + s.weight from
            (select edge.parent, sum(below.part / below.weight) part, count(*) weight
             from edge join score below on below.id = edge.id where edge.height = ? group by 1) s
            where s.parent = score.id
            """,
            (height,),
        )
    return dict(base.execute("select id, part / weight from score"))
