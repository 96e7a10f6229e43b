"""One quarter with everything that is rare in drawn ones, so that a table of rules and days has all of it.

Measures of every class, lines without a way, metrics of every aggregation, baselines that are established, a
reading at the start of a way down, progress beyond all numbers, rare fields, references, Micro-OKRs, pauses,
guardrails of every kind, adjustments of every term, objectives of one shape with and without equal weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import okrcore as okr
from build import Q3
from okrcore.journal import Entry
from okrcore.plan import Combination, Measure

__all__ = ["DAYS", "journal", "plan"]

START: Final = Q3.start
OF_METRICS: Final = [each for each in okr.Aggregation if each is not okr.Aggregation.RATIO]
#: Before the quarter, in it (before and after the decisions of `journal`), on its last day and in grace.
DAYS: Final = [START + timedelta(days=n) for n in (-1, 40, 47, 70, 90, 91, 99)]

_MOVING: Final[list[tuple[Measure, Any, Any]]] = [
    (okr.Increase(10, 20), 12, 19),
    (okr.Decrease(20, 10), 21, 20),
    (okr.FromTo(5, 5), 4, 5),
    (okr.FromTo(-1, 1), 0, 3),
    (okr.Reach(10), 0, 12),
    (okr.Reach(1e-6), 1e95, 1e95),
    (okr.Increase(None, 30), 12, 20),
    (okr.Decrease(None, 15), 15, 15),
    (okr.Points(5), 3, 4),
    (okr.Relative(percent=50, baseline=8), 9, 11),
    (okr.Multiple(2, baseline=3), 4, 5),
    (okr.Exactly(5, 1), 2, 5),
    (okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0), 5, 12),
]
_OTHERS: Final[list[tuple[Measure, Any, Any]]] = [
    (okr.Budget(10), 4, 11),
    (okr.Steps([(okr.Below(5), 1), (okr.AtMost(7), 0.5), (None, 0)]), 9, 6),
    (okr.Milestones("a", okr.Milestone("b", 2, date(2026, 8, 1))), {"a"}, {"a", "b"}),
    (okr.AtLeast(5, warn_at=6, tolerated_to=4), 4.5, 7),
    (okr.Below(6), 7, 5),
    (okr.Between(3, 9), 1, 4),
    (okr.Evidence(required=2), {"Acme"}, {"Acme", "Bolt"}),
    (okr.Zones({"fail": 0, "target": 0.7, "stretch": 1}), "fail", "target"),
    (okr.Judged(), 0.3, 0.9),
    (okr.EstablishBaseline(), 3, 4),
    (okr.PassFail(), False, True),
    (
        okr.Compound({"sent": okr.PassFail(), "posts": okr.Reach(75)}, combine=Combination.MINIMUM),
        {"sent": False, "posts": 30},
        {"sent": True, "posts": 60},
    ),
]


def plan(method: str | None = None) -> okr.Plan:
    """Return the plan; a few of its objectives are under a method if one is given."""
    due, waypoint = date(2026, 9, 10), okr.Waypoint(date(2026, 8, 1), 14)
    fields: dict[int, dict[str, Any]] = {
        0: {"due": due},
        1: {"timing": okr.Timing(waypoints=[waypoint])},
        3: {"contribution": okr.Contribution(fixed_share=0.5)},
        4: {"timing": okr.Timing(observable_from=date(2026, 8, 10))},
    }
    moving = [
        okr.KeyResult(f"m{n}", "M", measure, weight=1 + n % 3, **fields.get(n, {}))
        for n, (measure, _, _) in enumerate(_MOVING)
    ]
    others = [okr.KeyResult(f"x{n}", "X", measure) for n, (measure, _, _) in enumerate(_OTHERS)]
    metrics = [okr.Metric(f"of {reads}", "A metric", aggregation=reads) for reads in OF_METRICS]
    read = [
        okr.KeyResult(f"r{n}", "R", okr.Reach(20) if n % 2 else okr.AtMost(7), metric=metric.id)
        for n, metric in enumerate(metrics)
    ]
    total = okr.KeyResult(
        "sum", "S", okr.Reach(40), derived=okr.Derived(okr.Aggregation.SUM, ["m0", "m4"])
    )
    guardrails = [
        okr.Guardrail("soft", "G", okr.AtMost(5)),
        okr.Guardrail("hard", "G", okr.AtMost(5), hard=True),
        okr.Guardrail("settled", "G", okr.AtMost(5), hard=True),
        okr.Guardrail("broken again", "G", okr.AtMost(5), hard=True),
        okr.Guardrail("unread", "G", okr.AtMost(5)),
        okr.Guardrail("old", "G", okr.AtMost(5)),
        *(okr.Guardrail(f"on {each.id}", "G", okr.AtMost(11), metric=each.id) for each in metrics),
    ]
    work = [okr.Initiative("work", "W"), okr.Initiative("idle work", "W")]
    week = okr.Cycle.starting(date(2026, 8, 17), okr.Cadence.MICRO_WEEK)
    half = okr.FiscalCalendar().half(2026, 2)
    committed, aspirational = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
    return okr.Plan(
        [
            okr.Objective("top", "T", key_results=[total], cycle=half, initiatives=work),
            okr.Objective(
                "lines",
                "L",
                key_results=moving,
                cycle=Q3,
                ambition=committed,
                guardrails=guardrails,
                supports=["top"],
            ),
            okr.Objective(
                "others",
                "X",
                key_results=[*others, okr.KeyResultRef("m0", weight=2)],
                cycle=Q3,
                ambition=aspirational,
                supports=[okr.Alignment("top", weight=3)],
                method=method,
            ),
            okr.Objective(
                "metrics",
                "R",
                key_results=[*read, okr.KeyResultRef("x3")],
                cycle=Q3,
                guardrails=[okr.Guardrail("stale at the close", "G", okr.AtMost(5))],
                supports=["top", "lines"],
            ),
            # Of one shape with "lines" and "top": key results of their own, and one objective below.
            *_alike("a", committed, method),
            *_alike("b", None, None),
            okr.Objective("empty", "E", cycle=Q3, supports=["top"]),
            okr.Objective(
                "week",
                "W",
                key_results=[okr.KeyResult("w0", "W", okr.Reach(3))],
                cycle=week,
                supports=["a"],
            ),
            okr.Objective(
                "timeless", "N", key_results=[okr.KeyResult("n0", "N", okr.Reach(3), weight=0)]
            ),
        ],
        metrics=metrics,
    )


def _alike(id: str, ambition: okr.Ambition | None, method: str | None) -> Iterator[okr.Objective]:
    """Yield an objective with two key results, and two objectives with two below it."""
    for n, of in enumerate((id, f"{id}1", f"{id}2")):
        own = [
            okr.KeyResult(f"{of}-k{k}", "K", okr.Increase(0, 10), weight=0.1 + 2 * k)
            for k in (0, 1)
        ]
        yield okr.Objective(
            of,
            "A",
            key_results=own,
            cycle=Q3,
            ambition=ambition,
            method=method if n else None,
            supports=[okr.Alignment(id, weight=3)] if n else ["top"],
        )


def journal(*, closed: bool = False) -> okr.Journal:
    """Return the journal; some objectives are closed on days in the quarter if it is so wanted."""
    early, late = date(2026, 7, 4), date(2026, 8, 25)
    entries: list[Entry] = [
        okr.BaselineSet("m6", date(2026, 7, 3), 10),
        okr.BaselineSet("m7", date(2026, 7, 3), 15),
        okr.BaselineSet("m8", date(2026, 7, 3), 2),
    ]
    for kind, rows in (("m", _MOVING), ("x", _OTHERS)):
        for n, (_, first, last) in enumerate(rows):
            entries.append(okr.CheckIn(f"{kind}{n}", early, first, confidence=0.5))
            if n % 4 != 3:
                entries.append(okr.CheckIn(f"{kind}{n}", late, last))
    for reads in OF_METRICS:
        entries += [okr.CheckIn(f"of {reads}", day, n) for day, n in ((early, 12), (late, 4))]
    for of in ("soft", "hard"):
        entries += [okr.CheckIn(of, early, 9), okr.CheckIn(of, late, 3)]
    for of in ("settled", "broken again"):
        entries += [
            okr.CheckIn(of, early, 9),
            okr.Judgement(of, date(2026, 8, 3), status="held", because="an outage"),
        ]
    entries += [okr.CheckIn("settled", late, 3), okr.CheckIn("broken again", late, 9)]
    entries.append(okr.CheckIn("stale at the close", early, 3))
    # A reading before the quarter is none of it; close to a mean, parts round it out of their range.
    entries.append(okr.CheckIn("old", START - timedelta(days=20), 9))
    for id in ("a", "a1", "b", "b1"):
        entries += okr.check_ins(late, {f"{id}-k0": 7, f"{id}-k1": 7.000000000000001})
    entries += okr.check_ins(late, {"work": 0.4, "w0": 2, "n0": 1})
    entries += [
        okr.Transition("x0", date(2026, 7, 20), okr.Lifecycle.PAUSED),
        okr.Transition("x0", date(2026, 8, 3), okr.Lifecycle.ACTIVE),
        okr.Transition("m9", date(2026, 7, 20), okr.Lifecycle.PAUSED),
        okr.Transition("m9", date(2026, 8, 3), okr.Lifecycle.ACTIVE),
        okr.Transition("b", date(2026, 7, 20), okr.Lifecycle.PAUSED),
        okr.Transition("b", date(2026, 8, 3), okr.Lifecycle.ACTIVE),
        okr.Transition("b2", date(2026, 8, 3), okr.Lifecycle.PAUSED),
        okr.Judgement("a1", date(2026, 8, 20), score=0.8, because="seen"),
        okr.Adjustment("m4", date(2026, 8, 12), measure=okr.Reach(20), weight=4, because="a fact"),
        okr.Adjustment("m0", date(2026, 8, 12), rescale=0.5, because="a fact"),
        okr.Adjustment("a-k0", date(2026, 8, 12), due=date(2026, 9, 1), because="a fact"),
    ]
    if closed:
        entries += [
            okr.Closing("metrics", date(2026, 8, 10), okr.ClosingDecision.CARRY),
            okr.Closing("a1", date(2026, 8, 27), okr.ClosingDecision.ACHIEVED),
            okr.Closing("others", date(2026, 8, 27), okr.ClosingDecision.DEFER),
            okr.Transition("metrics", date(2026, 8, 28), okr.Lifecycle.ARCHIVED),
        ]
    return okr.Journal(entries)
