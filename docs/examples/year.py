"""A year, from the plan of January to the close of the next one: how OKRs change, end and go on.

Run it with okrcore installed:

    python docs/examples/year.py

An importer wants its imports to run by themselves, and its promises kept. Each quarter is planned,
changes on the way, is closed two weeks after its end, when the last numbers are in, and goes on in the
next one. Every number on the last page is worked out by hand in `tests/docs/test_year.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import Final

import okrcore as okr

WIDTH: Final = 79
CALENDAR: Final = okr.FiscalCalendar()
YEAR: Final = CALENDAR.year(2026)
Q1, Q2, Q3, Q4 = QUARTERS = tuple(CALENDAR.quarter(2026, number) for number in (1, 2, 3, 4))
#: The days on which quarters are closed: finals may be typed until then.
CLOSES: Final = (date(2026, 4, 14), date(2026, 7, 14), date(2026, 10, 14), date(2027, 1, 14))
ASPIRATIONAL, COMMITTED = okr.Ambition.ASPIRATIONAL, okr.Ambition.COMMITTED
CARRY, ACHIEVED = okr.ClosingDecision.CARRY, okr.ClosingDecision.ACHIEVED


def first_plan() -> okr.Plan:
    """Return the plan of January: the year, its first quarter, and a promise for the third."""
    imports = okr.Objective(
        "imports",
        "Imports run by themselves",
        cycle=YEAR,
        ambition=ASPIRATIONAL,
        kpis=["uptime"],
    )
    auto = okr.Objective(
        "auto",
        "Nobody types an import",
        key_results=[
            okr.KeyResult("share", "Imports without a hand", okr.Increase(0, 100), unit="%"),
            okr.KeyResult("hours", "Hours of typing a week", okr.Decrease(40, 10)),
        ],
        guardrails=[okr.Guardrail("tickets", "Support tickets a week", okr.AtMost(85))],
        initiatives=[
            okr.Initiative("parser", "A parser for every format", drives=["share", "hours"]),
            okr.Initiative("night", "Imports at night", drives=["hours"]),
        ],
        cycle=Q1,
        ambition=ASPIRATIONAL,
        supports=["imports"],
        place=okr.Place(team="Operations"),
    )
    onboard = okr.Objective(
        "onboard",
        "Customers move over",
        key_results=[
            okr.KeyResult("customers", "Customers who moved", okr.Increase(0, 20)),
            okr.KeyResultRef("hours"),
        ],
        guardrails=[
            okr.Guardrail(
                "help", "Calls for help", okr.AtMost(okr.plan.PriorPeriod()), metric="calls"
            )
        ],
        cycle=Q1,
        ambition=ASPIRATIONAL,
        supports=["imports"],
        place=okr.Place(team="Sales"),
    )
    safe = okr.Objective(
        "safe",
        "Audits are passed",
        key_results=[okr.KeyResult("audits", "Audits passed", okr.Reach(4))],
        guardrails=[okr.Guardrail("leaks", "Leaks of data", okr.AtMost(0), hard=True)],
        cycle=Q3,
        ambition=COMMITTED,
        place=okr.Place(team="Operations"),
    )
    uptime = okr.Metric("uptime", "Uptime of the imports", health=okr.AtLeast(99.5), unit="%")
    calls = okr.Metric("calls", "Calls for help", unit="calls")
    return okr.Plan([imports, auto, onboard, safe], metrics=[uptime, calls])


class Year:
    """The plan and journal of the year, as a host keeps them."""

    def __init__(self) -> None:
        self.plan, self.journal = first_plan(), okr.Journal()
        self.pages: list[str] = []

    def add(self, *entries: okr.journal.Entry) -> None:
        """Add entries that fit."""
        self.journal = okr.admit(self.plan, self.journal, *entries)

    def read(self, on: date, recorded: date | None = None, **values: float) -> None:
        """Add readings of a day; `recorded` is the day on which they were typed, if that is later."""
        typed = recorded or on
        moment = datetime(typed.year, typed.month, typed.day, 17, tzinfo=UTC)
        for name, value in values.items():
            self.add(okr.CheckIn(self.newest(name), on, value, recorded=moment))

    def newest(self, name: str) -> str:
        """Return the id of the newest item that goes on from one of a name."""
        in_force = self.journal.effective(self.plan, on=CLOSES[-1])
        return [id for id in in_force.items if id.split("@")[0] == name][-1]

    def card(self, on: date) -> okr.Scorecard:
        """Return the scorecard of a day."""
        return okr.evaluate(self.plan, self.journal, as_of=on)

    def close(
        self, on: date, decision: okr.ClosingDecision, *names: str, because: str = ""
    ) -> None:
        """Close the newest objectives of some names."""
        for name in names:
            self.add(okr.Closing(self.newest(name), on, decision, because=because))

    def roll_over(self, on: date, cycle: okr.Cycle) -> okr.review.Rollover:
        """Take what goes on into the next quarter."""
        rolled = okr.review.roll_over(self.plan, self.journal, as_of=on, cycle=cycle)
        self.plan = rolled.plan
        self.add(*rolled.adjustments)
        return rolled


def first_quarter(year: Year) -> None:
    """The calls of last year are known; a key result joins; the finals are typed late."""
    for end, calls in (((3, 31), 140), ((6, 30), 131), ((9, 30), 127), ((12, 31), 133)):
        year.read(date(2025, *end), calls=calls)
    year.read(date(2026, 2, 2), share=10, hours=37, customers=3, tickets=80, parser=0.3)
    errors = okr.KeyResult("errors", "Errors in a hundred imports", okr.Decrease(10, 2))
    year.add(
        okr.Adjustment(
            "auto", date(2026, 3, 2), adds=[errors], because="customers complain of errors"
        )
    )
    year.read(date(2026, 3, 2), errors=9, share=18)
    year.read(
        Q1.end, recorded=date(2026, 4, 8), share=30, hours=31, errors=7.6, customers=9, tickets=82
    )
    year.read(Q1.end, uptime=99.7, calls=136, parser=0.6)


def second_quarter(year: Year) -> None:
    """A key result is dropped, a target is moved, a guardrail breaks and heals, a pilot succeeds."""
    year.read(date(2026, 4, 27), share=40, hours=27, errors=6, customers=10, tickets=81)
    year.add(
        okr.Adjustment(
            year.newest("auto"),
            date(2026, 5, 4),
            removes=[year.newest("errors")],
            because="the new parser leaves no errors to count",
        )
    )
    pilot = okr.Objective(
        "pilot",
        "Stores import at night",
        key_results=[okr.KeyResult("stores", "Stores that try it", okr.Reach(10))],
        cycle=okr.Cycle.starting(date(2026, 5, 4), okr.Cadence.MICRO_TWO_WEEKS),
        ambition=ASPIRATIONAL,
        trigger=okr.Trigger(
            okr.TriggerKind.EXPERIMENT, hypothesis="nobody needs to watch a night run"
        ),
        supports=[year.newest("auto")],
        place=okr.Place(team="Operations"),
    )
    year.plan = year.plan.put(pilot)
    year.read(date(2026, 5, 17), stores=9)
    year.add(okr.Closing("pilot", date(2026, 5, 18), okr.ClosingDecision.SCALE))
    year.read(date(2026, 5, 18), tickets=92)
    year.add(
        okr.Adjustment(
            year.newest("customers"),
            date(2026, 5, 18),
            measure=okr.Increase(0, 16),
            trigger=okr.AdjustmentTrigger.EXTERNAL_CHANGE,
            new_fact="Two markets were closed to imports.",
            because="four of the twenty customers are there",
        )
    )
    year.read(date(2026, 6, 1), tickets=80)
    year.read(Q2.end, recorded=date(2026, 7, 6), share=60, hours=22, customers=12, tickets=78)
    year.read(Q2.end, uptime=99.2, calls=128, parser=1)


def third_quarter(year: Year) -> None:
    """A deadline moves, and a hard guardrail is settled."""
    year.read(date(2026, 8, 10), share=70, hours=19, customers=13, tickets=79, audits=2, leaks=1)
    year.read(date(2026, 8, 17), leaks=0)
    year.add(
        okr.Adjustment(
            "safe",
            date(2026, 9, 14),
            cycle=okr.Cycle(Q3.start, date(2026, 10, 31)),
            new_fact="The auditor is ill.",
            because="the last audit is in October",
        )
    )
    year.read(Q3.end, share=84, hours=16, customers=14, tickets=77, audits=3, leaks=0)
    year.read(Q3.end, uptime=99.6, calls=119, night=0.5)


def fourth_quarter(year: Year) -> None:
    """The promise is kept in October; the last finals of the year are typed in January."""
    year.read(date(2026, 10, 20), audits=4, leaks=0)
    year.add(
        okr.Judgement(
            "leaks",
            date(2026, 11, 2),
            status="held",
            because="the provider's outage; no customer was concerned",
        )
    )
    year.close(date(2026, 11, 5), ACHIEVED, "safe", because="four audits")
    year.read(date(2026, 11, 9), share=90, hours=14, customers=15, tickets=76)
    year.read(Q4.end, recorded=date(2027, 1, 8), share=95, hours=13, customers=16, tickets=75)
    year.read(Q4.end, uptime=99.8, calls=112, night=1)


def run() -> Year:
    """Return the year after its close."""
    year = Year()
    parts = (first_quarter, second_quarter, third_quarter, fourth_quarter)
    for number, (cycle, closed, happens) in enumerate(zip(QUARTERS, CLOSES, parts, strict=True)):
        happens(year)
        year.pages.append("\n".join(page_of(year, cycle, closed)))
        year.close(closed, CARRY if cycle is not Q4 else ACHIEVED, "auto", "onboard")
        if cycle is not Q4:
            rolled = year.roll_over(closed, QUARTERS[number + 1])
            year.pages[-1] += "\n" + "\n".join(what_goes_on(rolled))
    year.close(CLOSES[-1], ACHIEVED, "imports", because="nine of ten imports run by themselves")
    year.pages.append("\n".join(last_page(year)))
    return year


# --- pages -----------------------------------------------------------------------------------------


def page_of(year: Year, cycle: okr.Cycle, on: date) -> Iterator[str]:
    """Yield the page of a quarter, before its close."""
    card = year.card(on)
    yield from heading(f"{cycle}, on {spoken(on)}")
    mine = [each for each in year.plan.objectives if each.cycle == cycle]
    for objective in mine:
        yield from lines_of(card, objective.id)
    for name in ("safe", "imports"):
        if year.plan.objective(name) not in mine:
            yield from lines_of(card, name)


def lines_of(card: okr.Scorecard, id: str) -> Iterator[str]:
    """Yield an objective with its key results, guardrails, KPIs and initiatives."""
    result = card.objective(id)
    verdict = f"  {result.verdict}" if result.verdict else ""
    yield f"{scored(result.score)}  {result.title} ({result.id}){verdict}"
    if result.original_score is not None and result.original_score != result.score:
        yield f"      by the original plan {scored(result.original_score)}"
    for kr in card.plan_in_force.objective(id).key_results:
        found = card.key_result(kr.to if isinstance(kr, okr.KeyResultRef) else kr.id)
        yield from noted(f"      {scored(found.score)}  ", f"{found.title}: {found.why}")
    for guardrail in card.plan_in_force.objective(id).guardrails:
        found_guardrail = card.guardrail(guardrail.id)
        yield from noted("      ", f"{guardrail.title}: {found_guardrail.status_why}")
    for kpi in map(card.metric, result.kpis):
        yield from noted("      ", f"KPI {kpi.title}: {kpi.status_why}")
    for work in map(card.initiative, result.initiatives):
        yield from noted("      ", f"Work, {work.state}: {work.title}")


def what_goes_on(rolled: okr.review.Rollover) -> Iterator[str]:
    """Yield the items of a roll-over."""
    yield ""
    yield f"Carried over into {rolled.cycle}"
    for item in rolled.items:
        yield from noted(f"  {item.fate:<12}", f"{item.id}: {item.because}")


def last_page(year: Year) -> Iterator[str]:
    """Yield the year in numbers: by quarter, and at its close."""
    yield from heading("The year in numbers")
    yield f"{'':<30}{'31 Mar':>10}{'30 Jun':>10}{'30 Sep':>10}{'31 Dec':>10}"
    for name, title in (("imports", "Imports run by themselves"), ("auto", ""), ("onboard", "")):
        yield row(year, name, title)
    yield from heading("At its close")
    yield from lines_of(year.card(CLOSES[-1]), "imports")
    yield from lines_of(year.card(CLOSES[-1]), "safe")
    yield from heading("By team, each piece of work once")
    yield f"{'team':<27}{'objectives':>10}{'mean score':>12}"
    for group in year.card(CLOSES[-1]).group_by("team"):
        yield f"{group.name or 'no team':<27}{group.n:>10}{scored(group.mean_score):>12}"
    yield from heading("The year explained")
    yield str(year.card(Q4.end).explain("imports"))


def row(year: Year, name: str, title: str) -> str:
    """Return the scores of a piece of work at the end of each quarter."""
    cells: list[str] = []
    for cycle in QUARTERS:
        card = year.card(cycle.end)
        ids = [each.id for each in year.plan.objectives if each.id.split("@")[0] == name]
        here = [id for id in ids if year.plan.objective(id).cycle in (cycle, YEAR)]
        cells.append(scored(card.objective(here[-1]).score))
    return (
        f"{title or year.plan.objective(name).title:<30}{''.join(f'{cell:>10}' for cell in cells)}"
    )


def scored(score: float | None) -> str:
    """Return a score in two digits."""
    return "none" if score is None else f"{score:.2f}"


def heading(text: str) -> Iterator[str]:
    """Yield a heading between empty lines."""
    yield from ("", text, "─" * len(text), "")


def noted(indent: str, text: str) -> list[str]:
    """Return a text wrapped under an indent."""
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def spoken(day: date) -> str:
    """Return a day as people say it: 14 April."""
    return f"{day.day} {day:%B %Y}"


if __name__ == "__main__":
    print("\n".join(run().pages))
