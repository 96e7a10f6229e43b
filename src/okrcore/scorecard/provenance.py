"""Entries behind a number, in words, and the remarks of an explanation.

Rule of this file: an explanation names every entry that had a part in its number, so that nobody looks for a
change that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from okrcore._arith import percent_beside, written_beside
from okrcore._figures import Figure
from okrcore.journal import Adjustment, BaselineSet, Closing, Judgement
from okrcore.journal.decisions import Transition, decision_words
from okrcore.journal.lifecycle import state_after
from okrcore.plan import Aggregation, EachPeriod, Guardrail, KeyResult, Metric, Objective
from okrcore.plan.bounds import Bound
from okrcore.plan.effective_units import unit_of
from okrcore.plan.field_table import GROUPS, counts
from okrcore.plan.item import Item
from okrcore.plan.unit import Unit
from okrcore.rulebook import BoundReading
from okrcore.scorecard.adjustment_words import (
    field_changes,
    item_of_any_day,
    member_words,
    rescale_words,
    versions,
)
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.day.derived_words import parts_in_words
from okrcore.scorecard.day.each_period import periods_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.omissions import NoScoreReason
from okrcore.scorecard.day.period_words import each_period_words
from okrcore.scorecard.day.readings import counted_rows
from okrcore.scorecard.day.reasons import edges_at, why_score
from okrcore.scorecard.day.target_growths import target_growth_of
from okrcore.scorecard.day.uncounted_entries import summed_up
from okrcore.scorecard.day.wording import show_number, target_words
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.evidence_words import evidence_in, evidence_of
from okrcore.scorecard.guardrail_results import guardrail_result
from okrcore.scorecard.initiative_results import initiative_result
from okrcore.scorecard.results import GuardrailResult, KeyResultResult, ObjectiveResult, Result
from okrcore.words.reason import Reason, Term, clauses, noted

__all__ = [
    "adjustments_behind",
    "behind_key_result",
    "behind_objective",
    "beside_score",
    "moved_by",
    "not_counted",
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
        value = show_number(last.value, facts.compiled.unit_of(index))
        found = Reason("reading/baseline-found", value=value, day=last.on)
        yield _because(_by(found, last.by), last.because)
        yield from evidence_in(last)
    yield from adjustments_behind(facts, id)


def behind_objective(facts: Facts, index: int) -> Iterator[str]:
    """Yield the adjustments and the closing of an objective."""
    id = facts.compiled.ids[index]
    yield from adjustments_behind(facts, id)
    closing = facts.life_of(id).closing
    if closing is not None:
        decision = decision_words(closing.decision)
        words = Reason("closing/on", day=closing.on, decision=decision)
        if closing.by is not None:
            by = str(closing.by)
            words = Reason("closing/by", day=closing.on, by=by, decision=decision)
        yield _because(words, closing.because)


def carried_words(chain: Chain, items: Mapping[str, Item]) -> str:
    """Return the objectives that the newest of a chain carries on, in words, and the changes on the way.

    `items` are those of the plan, by id.
    """
    cycle, ids = chain.newest.cycle, [each.id for each in chain.older]
    carried = Reason("carried/on", ids=ids)
    if cycle is not None:
        carried = Reason("carried/since", ids=ids, day=cycle.start)
    before = {kr.id: kr for each in chain.older for kr in each.own_key_results}
    changes: list[str] = []
    for kr in chain.newest.own_key_results:
        old = before.get(kr.continues or "")
        if old is None:
            continue
        goals = [_goal_of(each, unit_of(items, each)) for each in (old, kr)]
        if goals[0] != goals[1]:
            changes.append(Reason("carried/target", id=kr.id, target=goals[1], before=goals[0]))
        if old.weight != kr.weight:
            weights = [Figure(f"{each.weight:g}") for each in (old, kr)]
            changes.append(Reason("carried/weight", id=kr.id, weight=weights[1], before=weights[0]))
    return Reason("carried/changed", carried=carried, changes=changes) if changes else carried


def _goal_of(kr: KeyResult, unit: Unit | None) -> str:
    """Return the target of a key result in words, without its baseline."""
    target = getattr(kr.measure, "target", None)
    return target_words(kr.measure, unit) if target is None else show_number(target, unit)


def moved_by(facts: Facts, id: str, words: str) -> str:
    """Return words with the author and reason of the last transition of an idle item, if it has an entry."""
    life = facts.life_of(id)
    if id not in facts.idle or id in facts.compiled.parked:
        return words
    entries = [
        entry
        for entry in _decided(facts, id)
        if isinstance(entry, (Transition, Adjustment))
        and entry.on == life.since
        and state_after(entry) is life.state
    ]
    if not entries:
        return words
    return _because(_by(words, _decider(entries[-1])), entries[-1].because)


def beside_score(evaluation: Evaluation, id: str) -> Iterator[str]:
    """Yield the last projection and the last judged score, which people gave beside the computed one."""
    index = evaluation.facts.compiled.index_of[id]
    projections = _projections(evaluation.facts, id)
    if projections:
        last, item = projections[-1], evaluation.facts.plan.items[id]
        unit = unit_of(evaluation.facts.plan.items, item)
        value = show_number(last.projected, unit)
        yield _by(Reason("projection/on", value=value, day=last.on), last.by)
    judged = evaluation.judgements.scores.get(index)
    if judged is not None:
        score = written_beside(judged.score, *edges_at(evaluation.facts, index))
        by, why = _judge(evaluation.facts, id, judged.on), judged.because
        if by is None:
            yield Reason("judgement/on", score=score, day=judged.on, because=why)
        else:
            yield Reason("judgement/by", score=score, day=judged.on, by=str(by), because=why)


def readings_of(metric: Metric | None, count: int) -> str:
    """Return the number of readings that a value is aggregated from; empty for the last one alone."""
    if metric is None or metric.aggregation is Aggregation.LATEST or not count:
        return ""
    return Reason("reading/aggregated", how=metric.aggregation, count=count)


# --- readings ----------------------------------------------------------------------------------


def _readings(facts: Facts, index: int) -> Iterator[str]:
    kr, rows = facts.compiled.key_results[index], counted_rows(facts, index)
    how = facts.compiled.aggregations.get(index)
    if isinstance(how, Arithmetic) and rows:
        values = facts.history.readings.values
        yield parts_in_words(facts, how, [values[row] for row in rows])
    elif kr.metric is not None:
        made = readings_of(facts.plan.metric(kr.metric), len(rows))
        if made:
            yield made
    if isinstance(kr.measure, EachPeriod):
        yield from each_period_words(
            kr.measure, periods_of(facts, index), facts.compiled.unit_of(index)
        )
    aggregation = facts.books[index].attainment.bounds.reading
    if isinstance(kr.measure, Bound) and aggregation is not BoundReading.LATEST and rows:
        yield Reason("reading/held-against", how=aggregation, count=len(rows))
    if rows:
        on = facts.history.readings.on[rows[-1]]
        yield from evidence_of(facts.history, kr.metric or kr.id, on)


# --- entries -----------------------------------------------------------------------------------


def _entries(facts: Facts, id: str, kind: type[_E]) -> Sequence[_E]:
    return [entry for entry in _decided(facts, id) if isinstance(entry, kind)]


def _decided(facts: Facts, id: str) -> Sequence[Any]:
    """Return the entries about an item up to the day that are no check-ins, in their order."""
    column = facts.history.decisions
    return [column.values[row] for row in column.rows(id, 0, facts.today)]


def adjustments_behind(facts: Facts, id: str) -> Iterator[str]:
    """Yield the adjustments of an item up to the day, in words; those that came too late are listed as not counted."""
    made = _entries(facts, id, Adjustment)
    if id in facts.history.joins:
        made = [entry for entry in facts.history.adjustments if entry.on <= facts.day]
    for entry, before in versions(facts.stored, made, id, facts.is_late):
        if not facts.is_late(entry):
            words = _joined(entry) if before is None else _adjusted(facts, entry, before)
            if words:
                words = _because(words, entry.because)
                is_governing = any(entry is each for each in facts.in_force.entries)
                yield words if is_governing else Reason("adjustment/without-effect", entry=words)


def _joined(entry: Adjustment) -> str:
    return _by(Reason("adjustment/joined-on", day=entry.on), _decider(entry))


def _adjusted(facts: Facts, entry: Adjustment, item: Item) -> str:
    """Return the changes of an adjustment that can move a number; empty without any."""
    found = field_changes(entry, item, unit_of(facts.plan.items, item))
    changes = [each for each in found if each.is_new and _counts(item, each.field)]
    before = [each.before_words for each in changes if each.before]
    after = [each.after_words for each in changes]
    after += filter(None, [rescale_words(entry)])
    members = member_words(entry, partial(_title, facts))
    if not after and not members:
        return ""
    until = ""
    if before:
        until = Reason("adjustment/until", before=before, day=entry.on - timedelta(days=1))
    return noted((until, _act(entry, after), *members))


def _act(entry: Adjustment, after: Sequence[str]) -> str:
    """Return the day and author of an adjustment, with the values from then on."""
    by = _decider(entry)
    if not after:
        return _by(Reason("adjustment/on", day=entry.on), by)
    if by is None:
        return Reason("adjustment/on-to", day=entry.on, after=after)
    return Reason("adjustment/by-to", day=entry.on, by=str(by), after=after)


def _counts(item: Item, field: str) -> bool:
    """Return whether a field is named behind a number: no wording, and not the owner of an item with a score."""
    is_group = field in GROUPS.get(type(item), ())
    is_watched = isinstance(item, (Guardrail, Metric))
    return (field != "owner" or is_watched) and (is_group or counts(type(item), field))


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


def _by(act: str, author: object) -> str:
    return act if author is None else Reason("entry/by", act=act, by=str(author))


def _because(act: str, because: str) -> str:
    return Reason("entry/because", act=act, because=because) if because.strip() else act


def remarks_on(evaluation: Evaluation, item: Objective | KeyResult) -> tuple[str, ...]:
    """Return the remarks on an item: open parts, guardrails, judged scores, uncounted entries, status."""
    if isinstance(item, KeyResult):
        index = evaluation.facts.compiled.index_of[item.id]
        of_key_result = Results.of(evaluation).key_result(item.id)
        written = why_score(*evaluation.of_item(index))
        uncounted = not_counted(of_key_result, written)
        home = evaluation.plan.homes[item.id]
        beside = [*_beside(evaluation, of_key_result), *_growth(evaluation, item)]
        for guardrail in home.guardrails:
            if guardrail.protects == item.id:
                beside += _guardrail(evaluation, guardrail)
        return (*beside, *uncounted, _status(of_key_result))
    result = Results.of(evaluation).objective(item.id)
    remarks: list[str] = []
    is_open = result.coverage != 1 and result.no_score_reason is not NoScoreReason.NO_WEIGHT
    if result.score_range is not None and is_open:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        index = evaluation.facts.compiled.index_of[item.id]
        least = evaluation.facts.books[index].roll_up.least_coverage
        measured = percent_beside(result.coverage or 0.0, 0.0, 1.0, least)
        remarks.append(Reason("card/measured", share=measured, low=low, high=high))
    for guardrail in item.guardrails:
        remarks += _guardrail(evaluation, guardrail)
    for work in item.initiatives:
        done = initiative_result(evaluation, work)
        remarks.append(
            Reason("remark/initiative", title=work.title, id=work.id, why=done.status_why)
        )
        remarks += [
            Reason("remark/of-initiative", id=work.id, remark=remark)
            for remark in not_counted(done, done.status_why)
        ]
    remarks.extend(_beside(evaluation, result))
    remarks.extend(not_counted(result, ""))
    remarks.append(_status(result))
    return tuple(remarks)


def _guardrail(evaluation: Evaluation, guardrail: Guardrail) -> Iterator[str]:
    """Yield the state of a guardrail, and its entries that do not count."""
    found = guardrail_result(evaluation, guardrail)
    metric = guardrail.metric and evaluation.plan.metric(guardrail.metric)
    made = readings_of(metric or None, found.readings)
    words = Reason("remark/guardrail", title=found.title, id=found.id, why=found.status_why)
    yield clauses((words, made, *_evidence(evaluation, found, guardrail.metric)))
    for remark in not_counted(found, found.status_why):
        yield Reason("remark/of-guardrail", id=found.id, remark=remark)


def _growth(evaluation: Evaluation, item: KeyResult) -> Iterator[str]:
    """Yield the planned change beside the usual one, if the metric states its growth."""
    if item.metric is not None and evaluation.plan.metric(item.metric).growth is not None:
        found = target_growth_of(evaluation.facts, item)
        yield Reason("remark/growth", why=found.why)


def _evidence(evaluation: Evaluation, found: GuardrailResult, metric: str | None) -> Iterator[str]:
    if found.read_on is not None:
        history, on = evaluation.facts.history, found.read_on.toordinal()
        yield from evidence_of(history, metric or found.id, on)


def _status(result: Result) -> str:
    status = Term("status", result.status)
    return Reason("remark/status", status=status, why=result.status_why)


def _beside(evaluation: Evaluation, result: ObjectiveResult | KeyResultResult) -> Iterator[str]:
    """Yield scores and verdicts of both versions of the plan, a projection, and a judged score."""
    original, adjusted = result.original_score, result.adjusted_score
    if original is not None and adjusted is not None:
        edges = (*result.edges, original, adjusted)
        first, last = (written_beside(grade, *edges) for grade in (original, adjusted))
        yield Reason("remark/versions", original=first, adjusted=last)
    if isinstance(result, ObjectiveResult):
        verdicts = (result.original_verdict, result.adjusted_verdict)
        if verdicts[0] != verdicts[1]:
            before, after = (
                Term("verdict", verdict) if verdict else Reason("verdict/none")
                for verdict in verdicts
            )
            yield Reason("remark/versions", original=before, adjusted=after)
    yield from beside_score(evaluation, result.id)


def not_counted(result: Result, written: str) -> Iterator[str]:
    """Yield a remark on the uncounted entries of each kind and reason, unless it is written already."""
    found = summed_up(result.uncounted, written)
    return (Reason("remark/not-counted", entries=entries) for entries in found)
