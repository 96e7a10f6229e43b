"""A quarter, end to end: what a head of strategy reads before the weekly review of Monday, week 8.

Run it with okrcore installed:

    python docs/examples/quarter.py

The plan is in `founding_okrs`, what happened in `founding_journal`. Everything in the report is computed
from these two by `okr.evaluate`: as of that Monday, of the Monday before, and of the quarter's last day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from textwrap import wrap
from typing import Final

from founding_journal import JOURNAL
from founding_okrs import PLAN, QUARTER

import okrcore as okr
from okrcore.display.text import bar, fit

MONDAY: Final = date(2026, 8, 24)
LAST_MONDAY: Final = MONDAY - timedelta(weeks=1)
WIDTH: Final = 79
#: The order in which a review takes them; what has no place in it comes last.
BY_URGENCY: Final = ("off track", "at risk", "stale", "on track", "ahead")
NEEDS_TALK: Final = BY_URGENCY[:3]
STATES: Final = tuple(okr.scorecard.InitiativeState)

CARD: Final = okr.evaluate(PLAN, JOURNAL, as_of=MONDAY)
BEFORE: Final = okr.evaluate(PLAN, JOURNAL, as_of=LAST_MONDAY)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    yield from at_a_glance()
    yield from section("What to talk about this Monday", monday())
    yield from section("One objective explained: E5", [str(CARD.explain("e5"))])
    yield from section("Its guardrail, and the others", guardrails())
    yield from section("Work, by its state", work())
    yield from section("KPIs beside their objectives", kpis())
    yield from section("The quarter in full", [str(CARD.where(cycle=QUARTER))])
    yield from section("Longer and shorter cycles", beyond_the_quarter())
    yield from section("No score, and why", without_score())
    yield from section(f"And at the close, on {spoken(QUARTER.end)}", the_close())


def at_a_glance() -> Iterator[str]:
    """Yield one screen: how many stand where, and a line for each that has a score."""
    results = [CARD.objective(objective.id) for objective in PLAN.where(cycle=QUARTER)]
    scored = [result for result in results if result.score is not None]
    scored.sort(key=lambda result: (*BY_URGENCY, result.status).index(result.status))
    counts = Counter(result.status for result in scored)
    standing = ", ".join(f"{count} {status}" for status, count in counts.items())
    unscored = len(results) - len(scored)
    yield f"{QUARTER} on Monday, {spoken(MONDAY)} {MONDAY.year}: {results[0].elapsed:.0%} is over"
    yield ""
    yield from noted("", f"{len(results)} objectives: {standing}, {unscored} without a score.")
    yield "✗ marks a guardrail outside its limit."
    yield ""
    yield f"{'':<36}score {'':<10}  {'status':<12}owner"
    for result in scored:
        status = f"{result.status} ✗" if result.breached_guardrails else result.status
        yield f"{line(result)}  {status:<12}{owner_of(result.id)}"


def monday() -> Iterator[str]:
    """Yield what to talk about, most urgent first."""
    yield "Objectives of the quarter and Micro-OKRs that run on the day."
    yield from beyond_limits()
    yield from behind()
    yield from moved()
    yield from open_questions()
    yield from decisions()


def beyond_limits() -> Iterator[str]:
    """Yield the guardrails and KPIs that are outside their limit, or close to it."""
    for state in (okr.plan.BoundState.BREACHED, okr.plan.BoundState.WARNING):
        found = [
            item
            for item in PLAN.items.values()
            if isinstance(item, okr.Guardrail | okr.Metric) and CARD[item.id].status == state
        ]
        if found:
            yield from subtitle("Outside a limit" if state == "breached" else "Close to a limit")
        for item in found:
            home = PLAN.homes.get(item.id)
            yield topic("KPI" if home is None else home.id, item.title, item.id)
            yield from noted("       ", sentence(CARD[item.id].status_why))
            yield from noted("       ", blocker_of(item.id))


def behind() -> Iterator[str]:
    """Yield what is off track, at risk or stale, with the key results that hold it back."""
    results = [CARD.objective(objective.id) for objective in running()]
    for status in NEEDS_TALK:
        found = [r for r in results if r.status == status and r.score is not None]
        if found:
            yield from subtitle(status.capitalize())
        for result in found:
            yield topic(result.id, result.title, result.id)
            yield from noted("       ", sentence(result.status_why))
            for id in result.key_results:
                kr = CARD.key_result(id)
                if kr.status in NEEDS_TALK:
                    yield from noted("       · ", sentence(f"{kr.title}: {kr.why}"))
                    yield from noted("         ", blocker_of(id))


def moved(most: int = 5) -> Iterator[str]:
    """Yield the objectives whose score moved most in a week, and the key result that did it."""
    yield from subtitle(f"Moved most since {spoken(LAST_MONDAY)}")
    steps: list[tuple[float, okr.scorecard.ObjectiveResult, float]] = []
    for objective in running():
        now, then = CARD.objective(objective.id), BEFORE.objective(objective.id).score
        if now.score is not None and then is not None:
            steps.append((now.score - then, now, then))
    steps.sort(key=lambda step: -abs(step[0]))
    for step, now, then in steps[:most]:
        yield f"  {now.id:<4} {fit(now.title, 52)} {then:.2f} {step:+.2f} = {now.score:.2f}"
        kr = max(map(CARD.key_result, now.key_results), key=step_of)
        yield from noted("       · ", sentence(f"{kr.title}: {kr.why}"))


def open_questions() -> Iterator[str]:
    """Yield what nobody has answered yet: objectives and key results that cannot be measured."""
    yield from subtitle("Open questions")
    for objective in running():
        questions = list(questions_about(objective))
        if questions:
            yield topic(objective.id, objective.title, objective.id)
        for question in questions:
            yield from noted("       ", question)


def questions_about(objective: okr.Objective) -> Iterator[str]:
    """Yield what to ask about one objective."""
    if not objective.key_results:
        yield "It has no key results: what would show that it is reached?"
    results = [CARD.key_result(kr.id) for kr in objective.own_key_results]
    no_target = okr.scorecard.NoScoreReason.NO_TARGET
    is_open = [result.title for result in results if result.no_score_reason is no_target]
    if is_open:
        yield f"{', '.join(is_open)}: no target yet; how far is it to go?"
    for kr, result in zip(objective.own_key_results, results, strict=True):
        if isinstance(kr.measure, okr.Decrease | okr.Relative) and result.baseline is None:
            yield f"{kr.title}: no baseline has been agreed on; where did it start?"
    for id in objective.kpis:
        metric = PLAN.metric(id)
        if metric.health is not None and metric.health.is_open:
            yield f"{metric.title}: {CARD.metric(id).status_why}; how many are too many?"


def decisions() -> Iterator[str]:
    """Yield what adjustment reviews decided this quarter."""
    yield from subtitle("Decided this quarter")
    for made in adjustments():
        home = PLAN.homes.get(made.of)
        yield topic(made.of if home is None else home.id, PLAN.items[made.of].title, made.of)
        words = f"{made.kind.capitalize()}, from {spoken(made.on)}: {made.new_fact}"
        yield from noted("       ", f"{words} {made.because}")


def guardrails() -> Iterator[str]:
    """Yield how each guardrail stands and has stood."""
    for objective in PLAN.objectives:
        for guardrail in objective.guardrails:
            result = CARD.guardrail(guardrail.id)
            yield f"{objective.id:<4} {fit(guardrail.title, 32)} {result.state}"
            yield from noted("     ", sentence(result.status_why))
            if result.margin is not None and guardrail.unit is not None:
                side = "left" if result.margin >= 0 else "beyond the limit"
                yield f"     Margin: {guardrail.unit.format(abs(result.margin))} {side}."
            if result.first_breach is not None:
                often = f"{result.breaches} of {result.readings} readings"
                yield f"     First outside on {spoken(result.first_breach)}; {often} were outside."


def work() -> Iterator[str]:
    """Yield the initiatives of the quarter by their state; none moves a score."""
    found = [
        CARD.initiative(each.id)
        for objective in PLAN.where(cycle=QUARTER)
        for each in objective.initiatives
    ]
    counts = Counter(each.state for each in found)
    words = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    yield from noted("", f"{len(found)} initiatives: {words}. They move no score.")
    for state in STATES:
        if counts[state]:
            yield from subtitle(state.capitalize())
        for each in found:
            if each.state is state:
                yield topic(each.objective, each.title, each.id)
                yield from noted("       ", sentence(each.status_why))


def kpis() -> Iterator[str]:
    """Yield the KPIs that objectives of the quarter live with: watched, neither target nor guardrail."""
    for objective in PLAN.where(cycle=QUARTER):
        if objective.kpis:
            yield f"{objective.id:<4} {objective.title}"
        for result in map(CARD.metric, objective.kpis):
            yield from noted("     · ", f"{result.title}: {sentence(result.status_why)}")


def beyond_the_quarter() -> Iterator[str]:
    """Yield a line for each objective of another cycle that has a score."""
    for is_micro, name in (
        (False, "The year, the half-year and beyond: status"),
        (True, "Micro-OKRs: status, or the verdict so far"),
    ):
        yield from subtitle(name)
        others = [o for o in PLAN.objectives if o.cycle != QUARTER and o.is_micro is is_micro]
        for result in (CARD.objective(objective.id) for objective in others):
            if result.score is not None:
                yield f"{line(result)}  {result.verdict or result.status:<12}{owner_of(result.id)}"
    yield from subtitle("The priorities of the year, by the numbers of their own")
    for priority in PLAN.priorities:
        if priority.metrics:
            found = CARD.priority(priority.id)
            yield f"  {fit(found.title, 44)} {found.state}"
            yield from noted("     ", sentence(found.status_why))


def without_score() -> Iterator[str]:
    """Yield every objective without a score, with the library's reasons."""
    for result in CARD:
        if result.score is None:
            yield from noted(f"{result.id:<4} {fit(result.title, 31)} ", result.why)
            titles_by_reason: dict[str, list[str]] = {}
            for kr in map(CARD.key_result, result.key_results):
                titles_by_reason.setdefault(kr.why, []).append(kr.title)
            for why, titles in titles_by_reason.items():
                yield from noted("     · ", f"{', '.join(titles)}: {why}")


def the_close() -> Iterator[str]:
    """Yield the verdicts of the quarter's last day."""
    card = okr.evaluate(PLAN, JOURNAL, as_of=QUARTER.end)
    results = [card.objective(objective.id) for objective in PLAN.where(cycle=QUARTER)]
    judged = [result for result in results if result.verdict is not None]
    yield from noted(
        "",
        f"{len(judged)} of {len(results)} have a verdict; the others have no ambition, or no score. "
        'Final numbers may come for two weeks: "so far" marks a verdict that they may change.',
    )
    yield ""
    for result in judged:
        yield f"{line(result)}  {result.verdict}{' so far' if result.open_until else ''}"
        if result.asks_for or result.breached_guardrails:
            asks = f"; asks for {result.asks_for}" if result.asks_for else ""
            yield from noted("     ", sentence(result.status_why + asks))


# --- its words and columns -----------------------------------------------------------------------


def adjustments() -> list[okr.Adjustment]:
    """Return the adjustments of the quarter so far."""
    return [
        entry
        for entry in JOURNAL.in_force
        if isinstance(entry, okr.Adjustment) and QUARTER.start <= entry.on <= MONDAY
    ]


def running() -> list[okr.Objective]:
    """Return what a weekly review looks at: what runs that day in the quarter, and is not paused."""
    paused = {made.of for made in adjustments() if made.kind is okr.AdjustmentKind.PAUSE}
    return [
        objective
        for objective in PLAN.objectives
        if objective.cycle is not None
        and MONDAY in objective.cycle.period
        and objective.cycle.end <= QUARTER.end
        and objective.id not in paused
    ]


def line(result: okr.scorecard.ObjectiveResult) -> str:
    """Return the id, title, score and bar of an objective, in 53 columns."""
    score = 0.0 if result.score is None else result.score
    return f"{result.id:<4} {fit(result.title, 32)} {score:.2f} {bar(score)}"


def topic(id: str, what: str, asked_about: str) -> str:
    """Return the first line of something to talk about: what it is, and whom to ask."""
    return f"  {id:<4} {fit(what, 50)} {owner_of(asked_about):>20}"


def owner_of(id: str) -> str:
    """Return whom to ask about an item: its owner, or else its objective's."""
    item = PLAN.items[id]
    owner = None if isinstance(item, okr.Outside) else item.owner
    if owner is None and id in PLAN.homes:
        owner = PLAN.homes[id].owner
    return "nobody yet" if owner is None else str(owner)


def blocker_of(id: str) -> str:
    """Return the last blocker that was named in the week before, if one was."""
    named = [
        entry.blocker
        for entry in JOURNAL.in_force
        if isinstance(entry, okr.CheckIn) and entry.of == id and LAST_MONDAY <= entry.on <= MONDAY
    ]
    blockers = [blocker for blocker in named if blocker]
    return f"Blocker: {blockers[-1]}" if blockers else ""


def step_of(kr: okr.scorecard.KeyResultResult) -> float:
    """Return how far a key result's score moved in a week."""
    then = BEFORE.key_result(kr.id).score
    return 0.0 if kr.score is None or then is None else abs(kr.score - then)


def spoken(day: date) -> str:
    """Return a day as people say it: 24 August."""
    return f"{day.day} {day:%B}"


def sentence(text: str) -> str:
    """Return a phrase with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def section(heading: str, lines: Iterable[str]) -> list[str]:
    """Return lines under a heading."""
    body = list(lines)
    gap = [] if body[:1] == [""] else [""]
    return ["", "", heading, "─" * len(heading), *gap, *body]


def subtitle(text: str) -> Iterable[str]:
    """Return the heading of a part of a section."""
    return ("", text)


def noted(indent: str, text: str) -> list[str]:
    """Return a text wrapped under an indent; no line without a text."""
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


if __name__ == "__main__":
    print("\n".join(report()))
