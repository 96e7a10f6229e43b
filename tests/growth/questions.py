"""Public questions to plans, journals and scorecards, by what they need.

A question makes what it needs, and returns the work whose calls are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias

import attrs

import okrcore as okr
from growth.shapes import DAY, Q3, Case
from okrcore import codec, display

__all__ = ["OF_JOURNALS", "OF_PLANS", "OF_REVIEWS", "OF_SCORECARDS", "Question", "recorded"]

Question: TypeAlias = Callable[[Case], Callable[[], object]]

LATER: Final = DAY + timedelta(days=1)
MOMENT: Final = datetime(2026, 8, 2, tzinfo=UTC)
Q4: Final = okr.FiscalCalendar().quarter(2026, 4)
#: Another method to compare with.
TWO: Final = okr.Rulebook(name="two", roll_up=okr.rulebook.RollUpRule(least_coverage=0.3))
RUNNING: Final = (
    okr.calendar.Ritual.WEEKLY,
    okr.calendar.Ritual.PLANNING,
    okr.calendar.Ritual.MID_CYCLE_REVIEW,
)
ENDED: Final = (okr.calendar.Ritual.CLOSE, okr.calendar.Ritual.RETROSPECTIVE)


def from_card(ask: Callable[[okr.Scorecard, Case], object]) -> Question:
    def question(case: Case) -> Callable[[], object]:
        card = case.card
        return lambda: ask(card, case)

    return question


def from_case(ask: Callable[[Case], object]) -> Question:
    return lambda case: lambda: ask(case)


def every_answer(card: okr.Scorecard) -> list[object]:
    ids = [item.id for item in card.plan.each() if item.id in card]
    results: list[Any] = [card[id] for id in ids]
    return [(r.score, r.status, r.confidence, r.coverage, r.why, r.status_why) for r in results]


def recorded(case: Case, **more: Any) -> Callable[[], object]:
    live = okr.LiveScorecard(case.plan, case.journal, as_of=DAY, rulebook=case.rulebook)
    live.record(okr.CheckIn(case.read, DAY, 2.0))
    return lambda: [live.record(okr.CheckIn(case.read, DAY, 3.0, **more)), live.score(case.top)]


def advanced(case: Case) -> object:
    live = okr.LiveScorecard(case.plan, case.journal, as_of=DAY, rulebook=case.rulebook)
    return live.advance(LATER)


def changed(case: Case) -> okr.Scorecard:
    journal = case.journal.add(okr.CheckIn(case.read, LATER, 4.0))
    return okr.evaluate(case.plan, journal, as_of=LATER, rulebook=case.rulebook)


def agenda(wanted: okr.calendar.Ritual, on: date) -> Question:
    return from_case(
        lambda c: str(
            okr.review.make_agenda(c.plan, c.journal, as_of=on, ritual=wanted, rulebook=c.rulebook)
        )
    )


def heavier(case: Case) -> okr.Objective:
    """Return the top objective with another weight of each of its parts."""
    top = case.plan.objective(case.top)
    parts = [attrs.evolve(part, weight=part.weight + 1) for part in top.key_results]
    return attrs.evolve(top, key_results=parts, ambition=okr.Ambition.LEARNING)


OF_PLANS: Final[dict[str, Question]] = {
    "Plan": from_case(lambda c: okr.Plan(c.plan.objectives, metrics=c.plan.metrics)),
    "digest": from_case(lambda c: c.plan.digest),
    "ancestors": from_case(lambda c: list(c.plan.ancestors(c.foot))),
    "descendants": from_case(lambda c: list(c.plan.descendants(c.top))),
    "depth": from_case(lambda c: [c.plan.depth(o.id) for o in c.plan.objectives]),
    "parents and children": from_case(
        lambda c: [(c.plan.parents(o.id), c.plan.children(o.id)) for o in c.plan.objectives]
    ),
    "look-ups": from_case(lambda c: [c.plan.items[item.id] for item in c.plan.each()]),
    "roots and orphans": from_case(
        lambda c: (
            c.plan.roots,
            c.plan.orphans,
            c.plan.unsupported,
            c.plan.straddling,
            c.plan.micro_okrs,
        )
    ),
    "where": from_case(lambda c: c.plan.where(owner="Ana Ruiz", cycle=Q3, tag="fan")),
    "subtree": from_case(lambda c: c.plan.subtree(c.top)),
    "subtree of all": from_case(lambda c: c.plan.subtree(*(o.id for o in c.plan.objectives))),
    "put": from_case(lambda c: c.plan.put(okr.Objective("new", "New"))),
    "remove": from_case(lambda c: c.plan.put(okr.Objective("new", "New")).remove("new")),
    "correct_measure": from_case(lambda c: c.plan.correct_measure(c.read, okr.Increase(0, 99))),
    "correct": from_case(lambda c: okr.journal.correct(c.plan, okr.Journal(), heavier(c))),
    "amounts_of": from_case(lambda c: okr.plan.total_targets(c.plan, c.top)),
    "shares_of_change": from_case(lambda c: okr.plan.split_target(c.plan, c.read)),
    "statement": from_case(lambda c: okr.review.describe_objective(c.plan, c.top)),
    "records of a plan": from_case(lambda c: okr.to_records(c.plan)),
    "json of a plan": from_case(lambda c: codec.from_json(codec.to_json(c.plan))),
    "load_document": from_case(lambda c: codec.load_document(codec.dump(c.plan))),
    "tables": from_case(lambda c: codec.from_tables(codec.to_tables(c.plan))),
    "write_text": from_case(lambda c: okr.write_text(c.plan)),
    "read_text": from_case(lambda c: okr.read_text(okr.write_text(c.plan))),
}
OF_JOURNALS: Final[dict[str, Question]] = {
    "Journal": from_case(lambda c: okr.Journal(c.journal.entries)),
    "add": from_case(lambda c: okr.Journal().add(c.journal.entries)),
    "in_force": from_case(lambda c: okr.Journal(c.journal.entries).in_force),
    "journal as_of": from_case(lambda c: c.journal.as_of(DAY)),
    "known_at": from_case(lambda c: c.journal.known_at(MOMENT)),
    "only": from_case(lambda c: c.journal.only(c.plan)),
    "keep": from_case(lambda c: c.journal.keep(lambda entry: entry.on < DAY)),
    "effective": from_case(lambda c: c.journal.effective(c.plan, on=DAY)),
    "life": from_case(lambda c: c.journal.lifecycle(c.top, on=DAY)),
    "admit": from_case(lambda c: okr.admit(c.plan, c.journal, okr.CheckIn(c.read, DAY, 2.0))),
    "unexplained_changes": from_case(
        lambda c: okr.journal.unexplained_changes(
            c.plan, c.plan.correct_measure(c.read, okr.Increase(0, 99)), c.journal
        )
    ),
    "correct with entries": from_case(
        lambda c: okr.journal.correct(
            c.plan.put(okr.Objective("new", "New")),
            c.journal,
            okr.Objective("new", "New", ambition=okr.Ambition.LEARNING),
        )
    ),
    "records of a journal": from_case(lambda c: okr.to_records(c.journal)),
    "json of a journal": from_case(lambda c: codec.from_json(codec.to_json(c.journal))),
}
OF_SCORECARDS: Final[dict[str, Question]] = {
    "evaluate": from_case(lambda c: c.card.objective(c.top).score),
    "every answer": from_card(lambda card, _: every_answer(card)),
    "guardrails": from_card(lambda card, c: card.objective(c.top).breached_guardrails),
    "print": from_card(lambda card, _: str(card)),
    "explain": from_card(lambda card, c: str(card.explain(c.top))),
    "recompute": from_card(lambda card, c: card.explain(c.top).recompute()),
    "shares": from_card(lambda card, c: card.shares(c.top)),
    "sensitivity": from_card(lambda card, c: card.sensitivity(c.top)),
    "what_if": from_card(lambda card, c: card.what_if({c.read: 1.0}).objective(c.top).score),
    "scope": from_card(
        lambda card, _: [
            [*scoped.columns("id", "score"), scoped.group_by("team", with_containing=True)]
            for scoped in (card.where(team="fan"), card.where(running=True, cycle=Q3))
        ]
    ),
    "by": from_card(lambda card, _: [card.group_by(how) for how in ("team", "level", "cycle")]),
    "evaluate_series": from_case(
        lambda c: list(okr.evaluate_series(c.plan, c.journal, [DAY, LATER], rulebook=c.rulebook))
    ),
    "compare": from_card(lambda card, c: str(okr.compare(changed(c), card))),
    "compare_rulebooks": from_case(
        lambda c: str(
            okr.compare_rulebooks(c.plan, c.journal, as_of=DAY, rulebooks=[c.rulebook, TWO])
        )
    ),
    "LiveScorecard": from_case(
        lambda c: okr.LiveScorecard(c.plan, c.journal, as_of=DAY, rulebook=c.rulebook).score(c.top)
    ),
    "record": recorded,
    "record with an id": lambda case: recorded(case, id="new"),
    "advance": from_case(advanced),
    "scorecard_markdown": from_card(lambda card, _: display.scorecard_markdown(card)),
    "scorecard_html": from_card(lambda card, _: display.scorecard_html(card)),
    "records of a scorecard": from_card(lambda card, _: okr.to_records(card)),
    "report": from_card(lambda card, _: codec.report(card)),
}
OF_REVIEWS: Final[dict[str, Question]] = {
    **{f"agenda, {each}": agenda(each, DAY) for each in RUNNING},
    **{f"agenda, {each}": agenda(each, Q3.end) for each in ENDED},
    "due": from_case(lambda c: okr.review.list_due(c.plan, c.journal, as_of=DAY)),
    "look_back": from_case(
        lambda c: okr.review.look_back(c.card_of(Q3.end), of=[o.id for o in c.plan.objectives])
    ),
    "draft_post_mortem": from_card(lambda card, c: okr.review.draft_post_mortem(card, c.top)),
    "suggest_closing": from_card(lambda card, c: okr.review.suggest_closing(card, c.top)),
    "not_now": from_card(lambda card, _: list(okr.review.list_parked(card))),
    "reallocation_window": from_card(
        lambda card, _: okr.review.find_reallocation_window(card, budget=100.0)
    ),
    "roll_over": from_case(
        lambda c: okr.review.roll_over(
            c.plan, c.journal, as_of=Q3.end, cycle=Q4, rulebook=c.rulebook
        )
    ),
}
