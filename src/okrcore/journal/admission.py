"""Admission of entries to a plan: at a service's door, or a whole journal before evaluation.

Rule of this file: nothing is half-applied. All entries fit, or everything stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, NamedTuple, final, get_args

from okrcore._checks import given_day, must_be_a, path_of
from okrcore._memo import once
from okrcore.errors import InconsistentPlanError, OkrError, TransitionError
from okrcore.journal.adjustment import Adjustment, joining_ids
from okrcore.journal.decisions import Closing, ClosingDecision, Transition
from okrcore.journal.entries import CheckIn, Correction
from okrcore.journal.entry_fit import faults_of, path_in, unfit
from okrcore.journal.entry_order import (
    must_be_revisable,
    must_not_come_after,
    refused_moves_in,
)
from okrcore.journal.fact_columns import Column
from okrcore.journal.history import History
from okrcore.journal.journal import LAST_DAY, Dated, Entry, Journal, history_of, written_in
from okrcore.journal.journal_fit import Fit, fit_in_order
from okrcore.journal.ratio_readings import form_of, pooled, share_misfit
from okrcore.journal.target_remarks import has_misplaced_remarks, ids_without_target
from okrcore.plan import Compound, Objective, Plan, Ratio, Reading
from okrcore.plan.item import members_of
from okrcore.plan.measures import misfit

__all__ = ["Misfit", "admit", "dated_ids", "fit_of", "misfits", "must_fit"]

_DAY: Final = attrgetter("on")
#: Plans and days of which a journal keeps the fit (library default).
_MOST_KEPT: Final = 8


@final
class Misfit(NamedTuple):
    """An entry that does not fit a plan.

    Args:
        entry: The entry.
        fault: The reason, with a way out.
    """

    entry: Dated
    fault: OkrError


def admit(plan: Plan, journal: Journal, *entries: Entry) -> Journal:
    """Return the journal with more entries, all or none, checked against the plan and the journal.

    Each is checked after those before it; adjustments of one day are applied together, then the plan is
    checked. A closing dated before adjustments of its objective takes them out of force, and the plan is
    checked without them. The surprising case: each call copies all entries, so n calls cost the square of n. Admit many
    entries in one call, or singly by `LiveScorecard.record`.

    Args:
        plan: Plan as stored, with the items of the entries.
        journal: Entries so far.
        entries: Entries to add, in order.

    Raises:
        InconsistentPlanError: The item is unknown, has left or joins later, or the reading or adjustment does
            not fit. Or an entry without id adds to a reading of its day without id, of a metric that is a
            total or a mean: if it was meant to replace that one, no correction could void either. Or an
            experiment is closed with another decision than scale, iterate or stop.
        TransitionError: The lifecycle has no such transition, or the entry comes after the closing of its
            objective. The journal is a value: nothing was added to it.

    Laws: test_nothing_is_admitted_after_a_closing.

    >>> from datetime import date
    >>> from okrcore import KeyResult, Objective, PassFail
    >>> plan = Plan([Objective("o", "Ship", key_results=[KeyResult("k", "Shipped", PassFail())])])
    >>> admit(plan, Journal(), CheckIn("k", date(2026, 8, 14), True))
    Journal(1 entry)
    """
    must_be_a(admit, "plan", plan, Plan)
    must_be_a(admit, "journal", journal, Journal)
    for entry in entries:
        must_be_a(admit, "entry", entry, *get_args(Entry))
    longer = journal.add(*entries)
    _must_fit_in_order(plan, journal, longer, entries)
    _must_keep_form(plan, journal, longer, entries)
    _must_be_moves(plan, journal, longer, entries)
    before = journal
    for n, entry in enumerate(entries):
        history = once(before, history_of)
        if isinstance(entry, CheckIn):
            must_be_revisable(plan, history, entry, entries[:n])
        must_not_come_after(plan, history, entry)
        if isinstance(entry, Closing):
            _must_decide(plan, longer, entry)
        if isinstance(entry, (Transition, Closing, Adjustment, Correction)):
            before = longer if n + 1 == len(entries) else journal.add(*entries[: n + 1])
    return longer


#: Decisions about an experiment (founding document A, "Risk and Experimentation").
_OF_EXPERIMENTS: Final = (ClosingDecision.SCALE, ClosingDecision.ITERATE, ClosingDecision.STOP)


def _must_decide(plan: Plan, journal: Journal, closing: Closing) -> None:
    """Require one of three decisions about an experiment.

    Only at the door, so that a closing of an older journal stays readable. Other objectives take any decision:
    one with a learning ambition is often closed with scale or stop.
    """
    history = once(journal, history_of)
    item = plan.items.get(closing.of) or history.record_of(closing.of)
    if closing.of in history.adjusting.ids:
        item = journal.effective(plan, on=closing.on).items.get(closing.of, item)
    if not isinstance(item, Objective) or not item.is_experiment:
        return
    if closing.decision not in _OF_EXPERIMENTS:
        raise InconsistentPlanError(
            "decision-does-not-fit",
            path_in(closing, "decision"),
            closing.decision,
            "an experiment closes with scale, iterate or stop",
        )


def must_fit(plan: Plan, entry: Dated) -> None:
    """Require an entry that fits a plan as stored; raise its first fault."""
    for fault in faults_of(plan, plan.items.get(entry.of), entry):
        raise fault


def dated_ids(plan: Plan, history: History) -> AbstractSet[str]:
    """Return the ids of items whose check-ins have to fit the item as it was on their day."""
    found = set(history.dated_ids)
    for id in history.leaves:
        item = plan.items.get(id)
        if isinstance(item, Objective):
            found.update(member.id for member in members_of(item))
    return found


def _must_fit_in_order(
    plan: Plan, journal: Journal, longer: Journal, entries: Sequence[Entry]
) -> None:
    """Require that new entries, and others about their items, fit with them."""
    ids = {of for entry in entries for of in _concerned(plan, longer, entry)}
    history = once(longer, history_of)
    is_changed = any(isinstance(entry, (Adjustment, Correction)) for entry in entries)
    # Closed and opened again, an objective loses and regains its adjustments.
    is_moved = any(isinstance(entry, (Closing, Transition)) for entry in entries)
    needs_order = is_changed or (is_moved and history.changes_structure)
    if not needs_order and ids.isdisjoint(dated_ids(plan, history)):
        for entry in entries:
            must_fit(plan, entry)  # type: ignore[arg-type]  # no correction, see above
        return
    earlier = once(journal, history_of)
    about_before, about = _about(journal, ids), _about(longer, ids)
    for day in _days_of_closings(history):
        before = fit_in_order(plan, earlier, _until(day, about_before), day)
        known = {id(each) for each, _ in before.faults}
        after = fit_in_order(plan, history, _until(day, about), day, set(map(id, entries)))
        _must_fit_together(entries, after, known)


def _days_of_closings(history: History) -> Iterator[date]:
    """Yield the days on which adjustments are in force as on no later day: the last ones of closings."""
    if history.changes_structure:
        for stages in history.lives.values():
            for before, stage in pairwise(stages):
                if before.closing is not None and stage.closing is None and stage.since is not None:
                    yield stage.since - timedelta(days=1)
    yield LAST_DAY


def _until(day: date, entries: Iterable[Dated]) -> list[Dated]:
    return [entry for entry in entries if entry.on <= day]


def _must_fit_together(entries: Sequence[Entry], after: Fit, known: AbstractSet[int]) -> None:
    """Require that entries fit, and that others fit with them; `known` are those which did not before."""
    new = set(map(id, entries))
    for each, fault in after.faults:
        if id(each) in new:
            raise fault
    for each, problem in after.remarks:
        if id(each) in new and (each.adds or each.removes):
            raise problem
    for each, fault in after.faults:
        if id(each) not in known:
            entry = entries[-1]
            path = (
                path_of(entry, "voids") if isinstance(entry, Correction) else path_in(entry, "of")
            )
            raise InconsistentPlanError(
                "entry-mismatch", path, each.of, f"{each!r} would no longer fit: {fault}"
            )


def _concerned(plan: Plan, journal: Journal, entry: Entry) -> Iterator[str]:
    """Yield the ids of the items on which the fit of an entry depends; for a correction, of the voided one."""
    if isinstance(entry, Correction):
        for each in written_in(journal):
            if each.id == entry.voids:  # no correction, which is final
                yield from _concerned(plan, journal, each)
        return
    yield entry.of
    if isinstance(entry, Adjustment):
        yield from joining_ids(entry)
        for id in (entry.of, *entry.removes):
            item = plan.items.get(id) or once(journal, history_of).record_of(id)
            yield id
            if isinstance(item, Objective):
                yield from (member.id for member in members_of(item))


def _about(journal: Journal, ids: AbstractSet[str]) -> list[Dated]:
    """Return the entries about some items, and all adjustments, in order."""
    history = once(journal, history_of)
    values, first, last = history.check_ins.values, date.min.toordinal(), date.max.toordinal()
    rows = chain.from_iterable(history.check_ins.rows(id, first, last) for id in ids)
    # On one day, check-ins in columns precede written entries.
    in_columns = [
        history.check_in(row) for row in sorted(rows) if not isinstance(values[row], CheckIn)
    ]
    written: list[Dated] = [
        entry for entry in history.uncorrected if entry.of in ids or isinstance(entry, Adjustment)
    ]
    return sorted([*in_columns, *written], key=_DAY)


def _must_keep_form(
    plan: Plan, journal: Journal, longer: Journal, entries: Sequence[Entry]
) -> None:
    """Require readings in the form of those before, of metrics that pool them."""
    plan = _plan_with_joined(plan, longer)
    ids = frozenset(pooled(plan))
    read = [each for each in entries if isinstance(each, CheckIn) and each.of in ids]
    readings, forms = once(journal, history_of).readings, dict[str, float | None]()
    for entry in read:
        if entry.value is None:
            continue
        row = readings.last_of([entry.of])[0]
        if entry.of not in forms and row >= 0:
            forms[entry.of] = form_of(plan, entry.of, readings.values[row])
        form = form_of(plan, entry.of, entry.value)
        before = forms.setdefault(entry.of, form)
        if form != before:
            raise _mixed(entry, before)


def _must_be_moves(plan: Plan, journal: Journal, longer: Journal, entries: Sequence[Entry]) -> None:
    """Require transitions of the lifecycle; an entry may be dated back, and make a later one impossible."""
    new, before = set(map(id, entries)), once(journal, history_of)
    known = {id(mover) for mover, _ in refused_moves_in(plan, before)}
    for mover, fault in refused_moves_in(plan, once(longer, history_of)):
        if id(mover) in new:
            raise fault
        if id(mover) not in known:
            entry = entries[-1]
            path = path_of(entry, "voids") if isinstance(entry, Correction) else path_in(entry, "")
            hint = f"{fault.path} would no longer be a transition of the lifecycle"
            raise TransitionError("no-such-move", path, fault.value, hint)


def misfits(plan: Plan, journal: Journal, *, as_of: date | None = None) -> tuple[Misfit, ...]:
    """Return every entry of a journal that does not fit a plan.

    Args:
        plan: The plan as stored.
        journal: Its entries.
        as_of: Day up to which entries are checked; None for all days.

    >>> from datetime import date
    >>> from okrcore import KeyResult, Objective, Reach
    >>> plan = Plan([Objective("o", "Grow", key_results=[KeyResult("k", "Customers", Reach(10))])])
    >>> journal = Journal([CheckIn("gone", date(2027, 1, 5), 1)])
    >>> [misfit.fault.code for misfit in misfits(plan, journal)]
    ['unknown-id']
    """
    must_be_a(misfits, "plan", plan, Plan)
    must_be_a(misfits, "journal", journal, Journal)
    if as_of is not None:
        as_of = given_day(misfits, "as_of", as_of)
    return tuple([Misfit(*pair) for pair in fit_of(plan, journal, as_of or date.max).faults])


def fit_of(plan: Plan, journal: Journal, as_of: date) -> Fit:
    """Return the entries up to a day that do not fit a plan, and adjustments that change nothing in it."""
    kept = once(journal, history_of).kept_fits
    found: tuple[Plan, Fit] | None = kept.get((id(plan), as_of))
    if found is None:
        # With the plan, so that no other one has its identity while this is kept.
        found = plan, _found_fit(plan, journal, as_of)
        while len(kept) >= _MOST_KEPT:
            # Another thread may have taken it out already.
            kept.pop(next(iter(kept), None), None)
        kept[id(plan), as_of] = found
    return found[1]


def _found_fit(plan: Plan, journal: Journal, as_of: date) -> Fit:
    history = once(journal, history_of)
    suspects: Iterable[Dated] = history.rare
    if not _check_ins_fit(plan, history, as_of.toordinal()):
        particular = _particular_ids(plan) | plan.cascade.positions.keys()
        particular |= dated_ids(plan, history) | ids_without_target(plan)
        suspects = (
            entry
            for entry in journal.in_force
            if type(entry) is not CheckIn
            or type(entry.value) is not float
            or entry.of in particular
            or entry.of not in plan.items
        )
    fit = Fit()
    if suspects:  # most journals have only check-ins
        fit = fit_in_order(plan, history, [entry for entry in suspects if entry.on <= as_of], as_of)
    if history.has_words:
        fit.faults.extend(_mixtures(_plan_with_joined(plan, journal), journal, as_of))
    if history.refused_moves:
        moves = refused_moves_in(plan, history)
        fit.faults.extend((entry, fault) for entry, fault in moves if entry.on <= as_of)
    return fit


def _plan_with_joined(plan: Plan, journal: Journal) -> Plan:
    """Return a plan with the metrics and units of the items that joined it."""
    if not once(journal, history_of).changes_structure:
        return plan
    try:
        return journal.effective(plan, on=LAST_DAY)
    except InconsistentPlanError:
        return plan  # which is refused for its adjustments


def _check_ins_fit(plan: Plan, history: History, day: int) -> bool:
    """Return whether all check-ins up to a day fit, without making entries of them.

    Readings that are numbers are checked together; so are readings if each item has only one.
    """
    dated = dated_ids(plan, history) if history.adjustments else ()
    if dated and not history.checked_in.ids.isdisjoint(dated):
        restricted = _particular_ids(plan)
        if history.changes_structure or not restricted.isdisjoint(history.dated_ids):
            return False
    checked_in, items, columns = history.checked_in, plan.items, plan.columns
    special = once(plan, _special_ids)
    # Evaluation needs these rows anyway.
    rows = checked_in.last_of(columns.ids)
    if len(rows) - rows.count(-1) != len(checked_in.ids):  # not of key results alone
        outside = {item.id for each in (plan.outside, plan.priorities) for item in each}
        if not checked_in.ids <= items.keys() or not outside.isdisjoint(checked_in.ids):
            return False
        if has_misplaced_remarks(plan, history, day):
            return False
        objectives = plan.cascade.positions.keys()
        if not objectives.isdisjoint(checked_in.ids):
            special = special.union(objectives & checked_in.ids)
    readings, count = history.readings, history.readings.count_until(day)
    if checked_in.ids.isdisjoint(special):
        if not history.has_words and not columns.restricted:
            return True
        is_read_once = checked_in is readings and len(checked_in.of) == len(checked_in.ids)
        if is_read_once and _fit_if_read_once(plan, readings, rows, count):
            return True
    particular = _particular_ids(plan) | special
    pairs = zip(readings.of[:count], readings.values[:count], strict=True)
    return not any(
        unfit(plan, items[id], reading)[0]
        for id, reading in pairs
        if type(reading) is not float or id in particular
    )


def _fit_if_read_once(
    plan: Plan, readings: Column[Reading], rows: Sequence[int], count: int
) -> bool:
    """Return whether restricted key results take their readings, and all other readings are numbers.

    Args:
        plan: The plan.
        readings: Readings, one of each id.
        rows: Row of the reading of each key result, by its index; -1 if none.
        count: Number of readings up to the day.
    """
    measures, values = plan.columns.measures, readings.values
    read = [index for index in plan.columns.restricted if 0 <= rows[index] < count]
    if any(misfit(measures[index], values[rows[index]]) for index in read):
        return False
    key_results = plan.columns.key_results
    compound = [index for index in read if type(measures[index]) is Compound]
    if any(share_misfit(plan, key_results[index], values[rows[index]]) for index in compound):
        return False
    kinds = list(map(type, values[:count]))
    numbers = [kinds[rows[index]] for index in read].count(float)
    return kinds.count(float) - numbers == count - len(read)


def _particular_ids(plan: Plan) -> frozenset[str]:
    """Return the ids of items below objectives whose check-ins do not take every number."""
    return once(plan, _special_ids).union(
        map(plan.columns.ids.__getitem__, plan.columns.restricted)
    )


def _special_ids(plan: Plan) -> frozenset[str]:
    """Return the same without restricted key results."""
    return frozenset(_special(plan))


def _special(plan: Plan) -> Iterator[str]:
    columns = plan.columns
    # Their own check-ins are refused.
    for index in (*columns.with_metric, *columns.with_derivation):
        yield columns.ids[index]
    for number in columns.with_references:
        objective = plan.objectives[number]
        yield from (work.id for work in objective.initiatives)
        yield from (each.id for each in objective.guardrails if each.metric is not None)
    yield from (item.id for each in (plan.outside, plan.priorities) for item in each)
    yield from (metric.id for metric in plan.metrics if metric.derived is not None)


def _mixtures(plan: Plan, journal: Journal, as_of: date) -> Iterator[tuple[Dated, OkrError]]:
    """Yield each reading up to a day in another form than earlier ones, of metrics that pool them."""
    ids, forms = frozenset(pooled(plan)), dict[str, float | None]()
    for entry in journal.in_force if ids else ():
        if not isinstance(entry, CheckIn) or entry.of not in ids or entry.on > as_of:
            continue
        if isinstance(entry.value, (float, Ratio)):
            form = form_of(plan, entry.of, entry.value)
            before = forms.setdefault(entry.of, form)
            if form != before:
                yield entry, _mixed(entry, before)


def _mixed(entry: CheckIn, before: float | None) -> InconsistentPlanError:
    hint = "read as numbers until now; give a number"
    if before is not None:
        hint = "read as shares until now; give a Ratio"
        if isinstance(entry.value, Ratio):
            hint = f"read as shares per {before:g} until now; give a Ratio with per={before:g}"
    return InconsistentPlanError("reading-mixed", path_in(entry, "value"), entry.value, hint)
