"""Scores that decisions enter: judged scores, and those that an adjustment changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import cast, final

from attrs import frozen

from okrcore.journal import Adjustment, Closing, Judgement
from okrcore.journal.history import NEVER, Moment
from okrcore.journal.item_changes import changes_of
from okrcore.plan import Initiative, KeyResult, Objective
from okrcore.plan.measures import is_open
from okrcore.rulebook import RollUpSource
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.compiled_plan import Closed
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import Readings, read_moments
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = [
    "JudgedScore",
    "Judgements",
    "judgements_of",
    "last_reads_of",
    "outdated_judgements",
    "touched_by",
]


@final
@frozen
class JudgedScore:
    """A score that people gave beside the computed one.

    Args:
        score: The score, 0 to 1.
        because: The reason.
        on: The day from which it holds.
    """

    score: float
    because: str
    on: date


@final
@frozen(eq=False)
class Judgements:
    """Judged scores of a day.

    Args:
        scores: By index, the last judged score.
        moments: By index, the position of its entry in the order of all entries.
    """

    scores: Mapping[int, JudgedScore]
    moments: Mapping[int, Moment]


def judgements_of(facts: Facts, closed: Closed[Judgements]) -> Judgements:
    """Return the judged scores of a day."""
    index_of, history = facts.compiled.index_of, facts.history
    scores, moments = dict[int, JudgedScore](), dict[int, Moment]()
    for id, entry in _judging(facts).items():
        index = index_of[id]
        if index in closed:
            continue
        score = entry.score if isinstance(entry, Judgement) else entry.judged
        scores[index] = JudgedScore(cast("float", score), entry.because, entry.on)
        moments[index] = history.moment(entry)
    for index, (then, at) in closed.items():
        if at in then.scores:
            scores[index], moments[index] = then.scores[at], then.moments[at]
    return Judgements(scores, moments)


def _judging(facts: Facts) -> Mapping[str, Judgement | Closing]:
    """Return, by id, the last entry up to the day that judged a score."""
    judging = facts.history.judging
    found: dict[str, Judgement | Closing] = {}
    for entry in judging.until(facts.today, judging.ids & facts.compiled.index_of.keys()):
        if isinstance(entry, Judgement) or entry is facts.life_of(entry.of).closing:
            found[entry.of] = entry
    return found


def last_reads_of(
    facts: Facts,
    inputs: RollUpInputs,
    readings: Readings,
    closed: Closed[Sequence[Moment]],
    *,
    weighed: bool,
) -> Sequence[Moment]:
    """Return, by index, the position of the last reading in the order of all entries.

    That of an objective is the last one of its parts, or of those with a weight.
    """
    moments = read_moments(facts, readings)
    moments += [NEVER] * (inputs.count - len(moments))
    kept = {index: column[at] for index, (column, at) in closed.items()}
    inputs.gather(moments, lambda _, parts: map(max, parts), weighed=weighed, closed=kept)
    return moments


def outdated_judgements(judgements: Judgements, last_reads: Sequence[Moment]) -> frozenset[int]:
    """Return the indexes of judged items with a reading after the judgement."""
    moments = judgements.moments.items()
    return frozenset(index for index, moment in moments if last_reads[index] > moment)


def _entered_by(facts: Facts, id: str) -> Sequence[int]:
    """Return the indexes of the scored items that an item enters: itself, its home, or those that read it.

    An initiative enters none, unless the rulebook scores the work of its home.
    """
    compiled, index_of = facts.compiled, facts.compiled.index_of
    index = index_of.get(id)
    if index is not None and index in compiled.scored:
        return (index,)
    home = facts.plan.homes.get(id)
    if home is not None:
        enters = home.id in index_of and (
            not isinstance(facts.plan.items[id], Initiative) or _scores_work(facts, home.id)
        )
        return (index_of[home.id],) if enters else ()
    return [at for at in compiled.shared if id in {*compiled.sources_of(compiled.sources[at])}]


def _changes_terms(facts: Facts, entry: Adjustment) -> bool:
    """Return whether an adjustment changes an item as first agreed, without its owner.

    One that repeats adjusted terms, or restores the first ones, comes after one that changed them.
    """
    if id(entry) in facts.in_force.without_effect:
        return False
    if _changes_members(facts, entry) or entry.rescale not in (None, 1):
        return True
    first = facts.in_force.original_items.get(entry.of) or facts.stored.items.get(entry.of)
    if first is None:
        return True
    changes = changes_of(entry, first)
    changes.pop("owner", None)
    home = facts.plan.homes.get(first.id)
    if isinstance(first, KeyResult) and home is not None and "due" in changes:
        home = facts.in_force.originals.get(home.id, home)
        if _deadline(home, changes["due"]) == _deadline(home, first.due):
            del changes["due"]
    # Each adjusted measure starts without an established baseline, an equal one too.
    return any(value != getattr(first, name) or is_open(value) for name, value in changes.items())


def _changes_members(facts: Facts, entry: Adjustment) -> bool:
    """Return whether an adjustment brings or takes something that can enter a score: initiatives mostly cannot."""
    if not entry.adds and not entry.removes:
        return False
    record_of, stored = facts.history.record_of, facts.stored.items
    members = [*entry.adds, *(stored.get(id) or record_of(id) for id in entry.removes)]
    is_work = all(isinstance(member, Initiative) for member in members)
    return not is_work or _scores_work(facts, entry.of)


def _scores_work(facts: Facts, id: str) -> bool:
    """Return whether the rulebook of an objective has initiatives among the parts of its score."""
    parts = facts.books[facts.compiled.index_of[id]].roll_up.parts
    return any(part.of is RollUpSource.INITIATIVES for part in parts)


def _deadline(home: Objective, due: date | None) -> date | None:
    if home.cycle is None:
        return due
    return home.cycle.end if due is None else min(due, home.cycle.end)


def touched_by(
    facts: Facts,
    inputs: RollUpInputs,
    closed: Mapping[int, tuple[frozenset[int], int]],
    chains: Mapping[int, Chain],
) -> frozenset[int]:
    """Return the indexes of key results that an adjustment changes, and of the objectives above them.

    `chains` has the chains that are parts, by index.
    """
    column, found = facts.history.adjusting, set[int]()
    for id in column.ids:
        indexes = _entered_by(facts, id)
        if indexes and any(_changes_terms(facts, e) for e in column.until(facts.today, [id])):
            found.update(indexes)
    found.difference_update(closed)
    found.update(index for index, (touched, at) in closed.items() if at in touched)
    index_of = facts.compiled.index_of
    members = {at: [index_of[each.id] for each in one.members] for at, one in chains.items()}
    for index, parts in inputs.each_counted() if found else ():
        carried = chain.from_iterable(members.get(at, ()) for at in parts) if members else ()
        if index not in closed and not found.isdisjoint((*parts, *carried)):
            found.add(index)
    return frozenset(found)
