"""Laws of journals whose check-ins came in columns: they are the journals of those check-ins.

- columns make the journal of their check-ins, for everything that is asked of it, with entries after them
  or without
- check-ins of a day are those made one by one, whatever was read, and so is a journal of them
- check-ins do not fit a plan if one of them, alone, would be refused, and for what it would be
- a scorecard that is kept up to date takes entries on top of them
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeAlias

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec, testing
from okrcore.journal import Entry
from okrcore.testing.values import titles
from strategies import days, numbers, quarters

Row: TypeAlias = tuple[str, date, float | None]
MOMENT = datetime(2026, 8, 14, 12, tzinfo=UTC)


@st.composite
def histories(draw: st.DrawFn) -> tuple[testing.Quarter, list[Row]]:
    """Draw quarters, and plain check-ins that mostly fit their plans, in any order."""
    quarter = draw(quarters())
    ids = [item.id for item in quarter.plan.each()]
    row = st.tuples(st.sampled_from([*ids, *ids, "nobody"]), days, numbers | st.none())
    return quarter, draw(st.lists(row, max_size=12))


def columnar(rows: Sequence[Row], *entries: Entry) -> okr.Journal:
    of, on, values = zip(*rows, strict=True) if rows else ((), (), ())
    return okr.Journal.from_columns(of, on, values).add(entries)


def plain(rows: Sequence[Row], *entries: Entry) -> okr.Journal:
    return okr.Journal([*(okr.CheckIn(*row) for row in rows), *entries])


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except okr.OkrError as error:
        return str(error)


def scored(plan: okr.Plan, journal: okr.Journal, day: date) -> Any:
    card = okr.evaluate(plan, journal, as_of=day, strict=False)
    return list(card), card.journal, list(map(str, card.problems)), str(card)


#: What is asked of a journal; each answer is the same for both, however they are made.
QUESTIONS: tuple[Callable[[okr.Journal, okr.Plan, date], Any], ...] = (
    lambda journal, *_: (len(journal), repr(journal)),
    lambda journal, *_: hash(journal),
    lambda journal, *_: (journal.entries, journal.entries),
    lambda journal, *_: journal.in_force,
    lambda journal, *_: pickle.loads(pickle.dumps(journal)),  # noqa: S301  # made a moment ago
    lambda journal, *_: (copy.copy(journal), copy.deepcopy(journal), evolve(journal)),
    lambda journal, _, day: journal.as_of(day),
    lambda journal, *_: journal.known_at(MOMENT),
    lambda journal, plan, _: journal.only(plan),
    lambda journal, *_: journal.keep(lambda entry: entry.of > "o"),
    lambda journal, _, day: journal.add(okr.CheckIn("late", day, 1)).in_force,
    lambda journal, *_: (journal.adjustments, journal.refused_moves),
    lambda journal, plan, day: [journal.lifecycle(o.id, on=day) for o in plan.objectives],
    lambda journal, *_: okr.to_records(journal),
    lambda journal, *_: codec.to_json(journal),
    lambda journal, plan, day: scored(plan, journal, day),
    lambda journal, plan, day: outcome(lambda: okr.evaluate(plan, journal, as_of=day)),
    lambda journal, plan, day: scored(plan, journal.only(plan).as_of(day), day),
    lambda journal, plan, day: outcome(lambda: list(okr.evaluate_series(plan, journal, [day]))),
)


def must_be_alike(
    make: Callable[[], okr.Journal], other: okr.Journal, plan: okr.Plan, day: date
) -> None:
    for ask in QUESTIONS:
        # Each question is put to a journal of which nothing has been asked before.
        found, wanted = partial(ask, make(), plan, day), partial(ask, other, plan, day)
        assert outcome(found) == outcome(wanted)
    assert make() == other
    assert other == make()
    assert make() == make()
    assert make() != other.add(okr.CheckIn("more", day, 1))


@given(histories(), st.data())
def test_columns_make_the_journal_of_their_check_ins(
    history: tuple[testing.Quarter, list[Row]], data: st.DataObject
) -> None:
    quarter, rows = history
    entries: Sequence[Entry] = ()
    if data.draw(st.booleans()):
        entries = data.draw(testing.journals(quarter.plan)).entries
    other = plain(rows, *entries)
    must_be_alike(lambda: columnar(rows, *entries), other, quarter.plan, quarter.day)


def readings(item: Any) -> st.SearchStrategy[Any]:
    """Draw readings that an item of a plan takes, or that nothing takes; mostly the former."""
    fitting: st.SearchStrategy[Any] = numbers
    if isinstance(item, okr.KeyResult):
        fitting = testing.readings(item.measure)
    elif isinstance(item, okr.Initiative):
        fitting = st.booleans()
    texts = titles()
    wild = st.one_of(numbers, st.booleans(), texts, st.lists(texts), st.none())
    return st.one_of(fitting, fitting, wild)


@given(quarters(), st.data())
def test_check_ins_of_a_day_are_those_made_one_by_one(
    quarter: testing.Quarter, data: st.DataObject
) -> None:
    items = list(quarter.plan.each())
    made: list[Sequence[okr.CheckIn]] = []
    for day in data.draw(st.lists(days, max_size=3)):
        read = {
            item.id: data.draw(readings(item))
            for item in data.draw(st.lists(st.sampled_from(items), max_size=6))
        }
        one_by_one = [okr.CheckIn(id, day, value) for id, value in read.items()]
        check_ins = okr.check_ins(day, read)
        assert list(check_ins) == one_by_one
        assert [check_ins[at] for at in range(len(check_ins))] == one_by_one
        assert check_ins[1:] == okr.check_ins(day, dict(list(read.items())[1:]))
        assert hash(check_ins) == hash(okr.check_ins(day, read))
        made.append(check_ins)
    entries = [entry for check_ins in made for entry in check_ins]
    other = okr.Journal(entries)
    must_be_alike(lambda: okr.Journal().add(*made), other, quarter.plan, quarter.day)
    for check_ins in made[:1]:
        one = okr.Journal(list(check_ins))
        must_be_alike(lambda: okr.Journal(check_ins), one, quarter.plan, quarter.day)  # noqa: B023


#: What few items say, and what makes the check-ins of those who do be looked at one by one.
SELDOM = ("metric", "derived")


@given(quarters(), st.booleans(), st.data())
def test_check_ins_that_do_not_fit_are_those_refused_alone(
    quarter: testing.Quarter, is_one_of_each: bool, data: st.DataObject
) -> None:
    """Nobody looks at a million readings one by one: neither the check-in nor its fault may get lost."""
    about: list[Any] = [
        item
        for objective in quarter.plan.objectives
        for item in (*objective.own_key_results, *objective.guardrails)
        if all(getattr(item, name, None) is None for name in SELDOM)
    ]
    if not is_one_of_each:
        every = list(quarter.plan.each())
        about += data.draw(st.lists(st.sampled_from(every), max_size=4))
    entries = [okr.CheckIn(i.id, data.draw(days), data.draw(readings(i))) for i in about]
    refusals: list[str] = []
    for entry in sorted(entries, key=lambda entry: entry.on):
        alone = outcome(partial(okr.admit, quarter.plan, okr.Journal(), entry))
        if isinstance(alone, str) and entry.on <= quarter.day:
            refusals.append(alone)
    card = okr.evaluate(quarter.plan, okr.Journal(entries), as_of=quarter.day, strict=False)
    assert list(map(str, card.problems)) == refusals


@given(histories(), st.lists(days, max_size=4), st.data())
def test_a_live_scorecard_stands_on_columns(
    history: tuple[testing.Quarter, list[Row]], later: list[date], data: st.DataObject
) -> None:
    quarter, rows = history
    fitting = okr.evaluate(
        quarter.plan, plain(rows), as_of=date(9000, 12, 31), strict=False
    ).journal
    rows = [(e.of, e.on, e.value) for e in fitting.entries]  # type: ignore[union-attr, misc]
    lives = [
        okr.LiveScorecard(quarter.plan, journal, as_of=quarter.day)
        for journal in (columnar(rows), plain(rows))
    ]
    ids = [row[0] for row in rows]
    for day in later if ids else ():
        entry = okr.CheckIn(data.draw(st.sampled_from(ids)), day, data.draw(numbers))
        changes, same = (outcome(partial(live.record, entry)) for live in lives)
        assert changes == same
    moved, same = (live.advance(okr.FiscalCalendar().quarter(2026, 3).end) for live in lives)
    assert moved == same
    assert lives[0].journal == lives[1].journal
    assert list(lives[0].card) == list(lives[1].card)
