"""Entries behind a number, in words, and the remarks of an explanation.

Rule of this file: an explanation names every entry that had a part in its number, so that nobody looks for a
change that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from okrcore._arith import percent_beside, written_beside
from okrcore.journal import Adjustment, BaselineSet, Closing, Judgement
from okrcore.journal.decisions import Transition, decision_words
from okrcore.journal.lifecycle import state_after
from okrcore.plan import Aggregation, KeyResult, Metric, Objective
from okrcore.plan.bounds import Bound
from okrcore.plan.field_table import GROUPS, counts
from okrcore.plan.item import Item
from okrcore.rulebook import BoundReading
from okrcore.scorecard.adjustment_words import (
    field_changes,
    item_of_any_day,
    member_words,
    rescale_words,
    versions,
)
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.omissions import NoScoreReason, summed_up
from okrcore.scorecard.day.readings import counted_rows
from okrcore.scorecard.day.reasons import edges_at, why_score
from okrcore.scorecard.day.wording import show_number, target_words
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.guardrail_results import guardrail_result
from okrcore.scorecard.results import KeyResultResult, ObjectiveResult, Result

__all__ = [
    "behind_key_result",
    "behind_objective",
    "beside_score",
    "moved_by",
    "readings_of",
    "remarks_on",
]


_E = TypeVar("_E", Adjustment, BaselineSet)


def behind_key_result(facts: Facts, index: int) -> Iterator[str]:
    """Yield the readings, the established baseline and the adjustments behind a number."""
    id = facts.compiled.ids[index]
    yield from _readings(facts, index)
    baselines = _entries(facts, id, BaselineSet)
    if baselines and index in facts.established:
        last = baselines[-1]
        value = show_number(last.value, facts.compiled.key_results[index].unit)
        yield f"baseline {value} found on {last.on}{_by(last.by)}{_because(last.because)}"
    yield from _adjustments(facts, id)


def behind_objective(facts: Facts, index: int) -> Iterator[str]:
    """Yield the adjustments and the closing of an objective."""
    id = facts.compiled.ids[index]
    yield from _adjustments(facts, id)
    closing = facts.life_of(id).closing
    if closing is not None:
        why = _because(closing.because)
        yield f"closed on {closing.on}{_by(closing.by)}, {decision_words(closing.decision)}{why}"


def carried_words(chain: Chain) -> str:
    """Return the objectives that the newest of a chain carries on, in words, and the changes on the way."""
    cycle, older = chain.newest.cycle, ", ".join(each.id for each in chain.older)
    since = "" if cycle is None else f" since {cycle.start}"
    before = {kr.id: kr for each in chain.older for kr in each.own_key_results}
    changes: list[str] = []
    for kr in chain.newest.own_key_results:
        old = before.get(kr.continues or "")
        if old is None:
            continue
        goals = [_goal_of(each) for each in (old, kr)]
        if goals[0] != goals[1]:
            changes.append(f"{kr.id} with target {goals[1]} after {goals[0]}")
        if old.weight != kr.weight:
            changes.append(f"{kr.id} with weight {kr.weight:g} after {old.weight:g}")
    changed = f": {', '.join(changes)}" if changes else ""
    return f"carries on {older}{since}, as one piece of work{changed}"


def _goal_of(kr: KeyResult) -> str:
    """Return the target of a key result in words, without its baseline."""
    target = getattr(kr.measure, "target", None)
    return target_words(kr.measure, kr.unit) if target is None else show_number(target, kr.unit)


def moved_by(facts: Facts, id: str) -> str:
    """Return the author and reason of the last transition of an idle item; empty without an entry."""
    life = facts.life_of(id)
    if id not in facts.idle or id in facts.compiled.parked:
        return ""
    entries = [
        entry
        for entry in _decided(facts, id)
        if isinstance(entry, (Transition, Adjustment))
        and entry.on == life.since
        and state_after(entry) is life.state
    ]
    words = [f"{_by(_decider(entry))}{_because(entry.because)}" for entry in entries]
    return words[-1] if words else ""


def beside_score(evaluation: Evaluation, id: str) -> Iterator[str]:
    """Yield the last projection and the last judged score, which people gave beside the computed one."""
    index = evaluation.facts.compiled.index_of[id]
    projections = _projections(evaluation.facts, id)
    if projections:
        last, item = projections[-1], evaluation.facts.plan.items[id]
        unit = item.unit if isinstance(item, KeyResult) else None
        yield f"{show_number(last.projected, unit)} projected on {last.on}{_by(last.by)}"
    judged = evaluation.judgements.scores.get(index)
    if judged is not None:
        score = written_beside(judged.score, *edges_at(evaluation.facts, index))
        by = _by(_judge(evaluation.facts, id, judged.on))
        yield f"judged {score} on {judged.on}{by}: {judged.because}"


def readings_of(metric: Metric | None, count: int) -> str:
    """Return the number of readings that a value is aggregated from; empty for the last one alone."""
    if metric is None or metric.aggregation is Aggregation.LATEST or not count:
        return ""
    return f"{metric.aggregation} of {count} reading{'s' * (count != 1)}"


# --- readings ----------------------------------------------------------------------------------


def _readings(facts: Facts, index: int) -> Iterator[str]:
    kr, rows = facts.compiled.key_results[index], counted_rows(facts, index)
    if kr.metric is not None:
        made = readings_of(facts.plan.metric(kr.metric), len(rows))
        if made:
            yield made
    aggregation = facts.books[index].attainment.bounds.reading
    if isinstance(kr.measure, Bound) and aggregation is not BoundReading.LATEST and rows:
        yield f"held against the {aggregation} of {len(rows)} reading{'s' * (len(rows) != 1)}"


# --- entries -----------------------------------------------------------------------------------


def _entries(facts: Facts, id: str, kind: type[_E]) -> Sequence[_E]:
    return [entry for entry in _decided(facts, id) if isinstance(entry, kind)]


def _decided(facts: Facts, id: str) -> Sequence[Any]:
    """Return the entries about an item up to the day that are no check-ins, in their order."""
    column = facts.history.decisions
    return [column.values[row] for row in column.rows(id, 0, facts.today)]


def _adjustments(facts: Facts, id: str) -> Iterator[str]:
    """Yield the adjustments of an item up to the day; those that came too late are listed as not counted."""
    made = _entries(facts, id, Adjustment)
    if id in facts.history.joins:
        made = [entry for entry in facts.history.adjustments if entry.on <= facts.day]
    for entry, before in versions(facts.stored, made, id, facts.is_late):
        if not facts.is_late(entry):
            words = _joined(entry) if before is None else _adjusted(facts, entry, before)
            if words:
                is_governing = any(entry is each for each in facts.in_force.entries)
                governs = "" if is_governing else " (does not govern this score)"
                yield f"{words}: {entry.because}{governs}"


def _joined(entry: Adjustment) -> str:
    return f"joined on {entry.on}{_by(_decider(entry))}"


def _adjusted(facts: Facts, entry: Adjustment, item: Item) -> str:
    """Return the changes of an adjustment that can move a number; empty without any."""
    found = field_changes(entry, item)
    changes = [each for each in found if each.is_new and _counts(item, each.field)]
    before = [f"{each.label} {each.before}".lstrip() for each in changes if each.before]
    after = [
        f"{each.label} {each.after}".lstrip() if each.after else f"other {each.label}"
        for each in changes
    ]
    after += filter(None, [rescale_words(entry)])
    members = member_words(entry, partial(_title, facts))
    if not after and not members:
        return ""
    until = f"{' and '.join(before)} until {entry.on - timedelta(days=1)}, " if before else ""
    to = f" to {' and '.join(after)}" if after else ""
    act = f"{until}adjusted on {entry.on}{_by(_decider(entry))}{to}"
    return ", ".join((act, *members))


def _counts(item: Item, field: str) -> bool:
    """Return whether a field can change a number or status of its item: not its owner, and no wording."""
    is_group = field in GROUPS.get(type(item), ())
    return field != "owner" and (is_group or counts(type(item), field))


def _title(facts: Facts, id: str) -> str:
    item, _ = item_of_any_day(facts.plan, facts.stored, facts.history, id)
    return (item and item.title) or id


def _projections(facts: Facts, id: str) -> Sequence[Any]:
    column = facts.history.written
    return [
        column.values[row]
        for row in column.rows(id, 0, facts.today)
        if column.values[row].projected is not None
    ]


def _judge(facts: Facts, id: str, on: date) -> object:
    """Return the author of the last judgement of an item on a day; None without one."""
    authors = [
        entry.by
        for entry in _decided(facts, id)
        if isinstance(entry, (Judgement, Closing)) and entry.on == on
    ]
    return authors[-1] if authors else None


def _decider(entry: Transition | Adjustment) -> object:
    decided_by = entry.decided_by if isinstance(entry, Adjustment) else None
    return decided_by or entry.by


def _by(author: object) -> str:
    return "" if author is None else f" by {author}"


def _because(reason: str) -> str:
    return f": {reason}" if reason.strip() else ""


def remarks_on(evaluation: Evaluation, item: Objective | KeyResult) -> tuple[str, ...]:
    """Return the remarks on an item: open parts, guardrails, judged scores, uncounted entries, status."""
    if isinstance(item, KeyResult):
        index = evaluation.facts.compiled.index_of[item.id]
        of_key_result = Results.of(evaluation).key_result(item.id)
        written = why_score(*evaluation.of_item(index))
        status = f"status {of_key_result.status}: {of_key_result.status_why}"
        return (*_beside(evaluation, of_key_result), *_not_counted(of_key_result, written), status)
    result = Results.of(evaluation).objective(item.id)
    remarks: list[str] = []
    is_open = result.coverage != 1 and result.no_score_reason is not NoScoreReason.NO_WEIGHT
    if result.score_range is not None and is_open:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        index = evaluation.facts.compiled.index_of[item.id]
        least = evaluation.facts.books[index].roll_up.least_coverage
        measured = percent_beside(result.coverage or 0.0, 0.0, 1.0, least)
        remarks.append(f"{measured} measured: {low} to {high} with what is open")
    for guardrail in item.guardrails:
        g = guardrail_result(evaluation, guardrail)
        metric = guardrail.metric and evaluation.plan.metric(guardrail.metric)
        made = readings_of(metric or None, g.readings)
        words = f"guardrail {g.title} ({g.id}): {g.status_why}"
        remarks.append(f"{words}; {made}" if made else words)
        remarks.extend(f"guardrail {g.id}, {words}" for words in _not_counted(g, g.status_why))
    remarks.extend(_beside(evaluation, result))
    remarks.extend(_not_counted(result, ""))
    remarks.append(f"status {result.status}: {result.status_why}")
    return tuple(remarks)


def _beside(evaluation: Evaluation, result: ObjectiveResult | KeyResultResult) -> Iterator[str]:
    """Yield scores and verdicts of both versions of the plan, a projection, and a judged score."""
    original, adjusted = result.original_score, result.adjusted_score
    if original is not None and adjusted is not None:
        edges = (*result.edges, original, adjusted)
        first, last = (written_beside(grade, *edges) for grade in (original, adjusted))
        yield f"{first} by the original plan, {last} as adjusted"
    if isinstance(result, ObjectiveResult):
        verdicts = (result.original_verdict, result.adjusted_verdict)
        if verdicts[0] != verdicts[1]:
            before, after = (verdict or "no verdict" for verdict in verdicts)
            yield f"{before} by the original plan, {after} as adjusted"
    yield from beside_score(evaluation, result.id)


def _not_counted(result: Result, written: str) -> Iterator[str]:
    """Yield a remark on the uncounted entries of each kind and reason, unless it is written already."""
    return (f"not counted: {words}" for words in summed_up(result.uncounted, written))
