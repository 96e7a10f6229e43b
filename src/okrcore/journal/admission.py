"""Admission of entries to a plan: one at a service's door, or a whole journal before evaluation.

Rules of this file:

1. Nothing is half-applied. An entry fits, or everything stays as it was.
2. Readings, baselines and adjustments of a key result have to fit the measure in force when they were
   written: the plan's, or the last adjusted one before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final, cast, get_args

from attrs import evolve

from okrcore._checks import must_be_a, path_of
from okrcore._memo import once
from okrcore.errors import InconsistentPlanError, OkrError, TransitionError
from okrcore.journal.adjustment import Adjustment
from okrcore.journal.decisions import Closing, PostMortem, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement
from okrcore.journal.entry_order import Scopes, must_be_revisable, must_not_come_after
from okrcore.journal.fact_columns import Column
from okrcore.journal.history import History
from okrcore.journal.journal import Dated, Entry, Journal, history_of
from okrcore.journal.ratio_readings import form_of, pooled, share_misfit
from okrcore.plan import (
    Compound,
    EstablishBaseline,
    Guardrail,
    Initiative,
    KeyResult,
    Measure,
    Metric,
    Milestones,
    Multiple,
    Objective,
    Outside,
    Plan,
    Ratio,
    Reach,
    Reading,
)
from okrcore.plan.item import FirstHints, Hint, Item, did_you_mean, refusal
from okrcore.plan.measures import LINEAR, TAKES, can_replace, misfit
from okrcore.plan.unit import plain

__all__ = ["admit", "misfits", "must_fit", "remeasured"]

#: Items that each kind of entry may be about, and the hint for others.
_ABOUT: Final[dict[type[Any], tuple[tuple[type[Any], ...], str]]] = {
    CheckIn: (
        (KeyResult, Guardrail, Metric, Objective, Initiative),
        "check in a key result, guardrail, metric, objective or initiative",
    ),
    BaselineSet: ((KeyResult,), "a baseline belongs to a key result"),
    Adjustment: ((KeyResult, Objective), "adjust a key result or an objective"),
    Judgement: ((KeyResult, Objective), "judge a key result or an objective"),
    Transition: ((Objective, KeyResult), "only objectives and key results have a lifecycle"),
    Closing: ((Objective,), "close objectives"),
    PostMortem: ((Objective,), "hold a post-mortem of an objective"),
}
#: Kinds of entries that fit each item that they may be about.
_WITHOUT_TERMS: Final = frozenset({Judgement, Transition, Closing, PostMortem})


def admit(plan: Plan, journal: Journal, entry: Entry) -> Journal:
    """Return the journal with one more entry, checked against the plan and the journal.

    The surprising case: each call copies all entries, so n calls cost the square of n. Give many entries to
    `Journal` at once, and `evaluate` checks them, or admit them singly by `LiveScorecard.record`.

    Args:
        plan: Plan with the item of the entry.
        journal: Entries so far.
        entry: Entry to add.

    Raises:
        InconsistentPlanError: The item is unknown, or the reading does not fit. Or an entry without id adds
            to a reading of its day without id, of a metric that is a total or a mean: if it was meant to
            replace that one, no correction could void either.
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
    must_be_a(admit, "entry", entry, *get_args(Entry))
    longer = journal.add(entry)
    of = _concerned(journal, entry)
    if of is not None and any(of in _altered(each) for each in (longer, journal)):
        _must_fit_others(plan, journal, longer, entry, of)
    elif not isinstance(entry, Correction):
        must_fit(plan, entry)
    for fault in _faults_of_form(plan, journal, entry):
        raise fault
    if isinstance(entry, CheckIn):
        must_be_revisable(plan, once(journal, history_of), entry)
    # An entry may be dated back, and make a later transition impossible: all are checked.
    known = {id(mover) for mover, _ in journal.refused_moves}
    for mover, fault in longer.refused_moves:
        if mover is entry:
            raise fault
        if id(mover) not in known:
            path = path_of(entry, "voids") if isinstance(entry, Correction) else _path(entry, "")
            hint = f"{fault.path} would no longer be a transition of the lifecycle"
            raise TransitionError("no-such-move", path, fault.value, hint)
    must_not_come_after(plan, once(journal, history_of), entry)
    return longer


def must_fit(plan: Plan, entry: Dated) -> None:
    """Require an entry that fits a plan as written; raise its first fault."""
    for fault in _faults(plan, entry, {}):
        raise fault


def remeasured(journal: Journal) -> frozenset[str]:
    """Ids of key results with an adjusted measure."""
    return frozenset(entry.of for entry in journal.adjustments if entry.measure is not None)


def _altered(journal: Journal) -> frozenset[str]:
    """Ids of key results with an adjusted measure or scope, whose entries depend on each other."""
    rescaled = (entry.of for entry in journal.adjustments if entry.rescale is not None)
    return remeasured(journal).union(rescaled)


def _concerned(journal: Journal, entry: Entry) -> str | None:
    """Return the id of an entry's item; for a correction, of the voided entry's."""
    if not isinstance(entry, Correction):
        return entry.of
    voided = (each for each in journal.in_force if each.id == entry.voids)
    return next((each.of for each in voided), None)


def _must_fit_others(plan: Plan, journal: Journal, longer: Journal, entry: Entry, of: str) -> None:
    """Require that an entry, and the other entries about its item, fit with it."""
    known = {id(each) for each, _ in _faults_in_order(plan, _about(journal, of))}
    for each, fault in _faults_in_order(plan, _about(longer, of)):
        if each is entry:
            raise fault
        if id(each) not in known:
            path = path_of(entry, "voids") if isinstance(entry, Correction) else _path(entry, "of")
            raise InconsistentPlanError(
                "entry-mismatch", path, of, f"{each!r} would no longer fit: {fault}"
            )


def _about(journal: Journal, of: str) -> list[Dated]:
    """Return the entries about an item, in order."""
    history = once(journal, history_of)
    rows = history.check_ins.rows(of, date.min.toordinal(), date.max.toordinal())
    values = history.check_ins.values
    # On one day, check-ins in columns precede written entries.
    in_columns = [history.check_in(row) for row in rows if not isinstance(values[row], CheckIn)]
    written: list[Dated] = [entry for entry in history.uncorrected if entry.of == of]
    return sorted([*in_columns, *written], key=attrgetter("on"))


def _faults_in_order(plan: Plan, entries: Iterable[Dated]) -> Iterator[tuple[Dated, OkrError]]:
    """Yield the faults of entries in order, each checked against the measure in force at its time."""
    measures, scopes, suggest = dict[str, Measure](), Scopes(plan), FirstHints()
    for entry in entries:
        kind, item = type(entry), plan.items.get(entry.of)
        if kind in _WITHOUT_TERMS and isinstance(item, _ABOUT[kind][0]):
            continue
        faults = [*_faults(plan, entry, measures, suggest)]
        faults += [] if faults else scopes.faults(entry)
        yield from ((entry, fault) for fault in faults)
        measure = None
        if not faults and isinstance(entry, Adjustment):
            home = plan.homes.get(entry.of)
            is_late = home is not None and home.cycle is not None and entry.on > home.cycle.end
            measure = None if is_late else entry.measure
        if measure is not None:
            before = measures.get(entry.of, plan.key_result(entry.of).measure)
            measures[entry.of] = _with_dropped(before, measure)


def _with_dropped(before: Measure, after: Measure) -> Measure:
    """Return a measure with the dropped milestones, for the check of readings.

    A dropped milestone stays reached: check-ins go on to name it, and it no longer counts.
    """
    if not isinstance(before, Milestones) or not isinstance(after, Milestones):
        return after
    steps = {step.name: step for step in (*before.milestones, *after.milestones)}
    return Milestones(*steps.values())


def misfits(plan: Plan, journal: Journal, *, as_of: date) -> list[tuple[Dated, OkrError]]:
    """Return every entry up to a day that does not fit a plan, with its error."""
    history = once(journal, history_of)
    suspects: Iterable[Dated] = history.rare
    if not _check_ins_fit(plan, history, as_of.toordinal()):
        items, particular = plan.items, _particular_ids(plan) | plan.cascade.positions.keys()
        suspects = (
            entry
            for entry in journal.in_force
            if type(entry) is not CheckIn
            or type(entry.value) is not float
            or entry.of in particular
            or entry.of not in items
        )
    found: list[tuple[Dated, OkrError]] = []
    if suspects:  # most journals have only check-ins
        dated = (entry for entry in suspects if entry.on <= as_of)
        found = list(_faults_in_order(plan, dated))
    if history.has_words:
        found.extend(_mixtures(plan, journal, as_of))
    if history.refused_moves:
        found.extend((entry, fault) for entry, fault in history.refused_moves if entry.on <= as_of)
    return found


def _check_ins_fit(plan: Plan, history: History, day: int) -> bool:
    """Return whether all check-ins up to a day fit, without making entries of them.

    Readings that are numbers are checked together; so are readings if each item has only one.
    """
    if _has_restricted_remeasured(plan, history):
        return False
    checked_in, items, columns = history.checked_in, plan.items, plan.columns
    special = once(plan, _special_ids)
    # Evaluation needs these rows anyway.
    rows = checked_in.last_of(columns.ids)
    if len(rows) - rows.count(-1) != len(checked_in.ids):  # not of key results alone
        outside = {item.id for item in plan.outside}
        if not checked_in.ids <= items.keys() or not outside.isdisjoint(checked_in.ids):
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
        _unfit(plan, items[id], reading)[0]
        for id, reading in pairs
        if type(reading) is not float or id in particular
    )


def _has_restricted_remeasured(plan: Plan, history: History) -> bool:
    """Return whether a key result that does not take every number has an adjusted measure."""
    ids = {entry.of for entry in history.adjustments if entry.measure is not None}
    return bool(ids) and not ids.isdisjoint(_particular_ids(plan))


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
    yield from (item.id for item in plan.outside)


def _faults(
    plan: Plan, entry: Dated, measures: Mapping[str, Measure], suggest: Hint = did_you_mean
) -> Iterator[InconsistentPlanError]:
    """Yield the faults of an entry.

    Args:
        plan: The plan as written.
        entry: The entry.
        measures: Adjusted measures in force, by id.
        suggest: Way out of an unknown id.
    """
    item = plan.items.get(entry.of)
    if isinstance(item, KeyResult) and entry.of in measures:
        item = evolve(item, measure=measures[entry.of])
    kinds, words = _ABOUT[type(entry)]
    if item is None or not isinstance(item, kinds):
        yield refusal(plan.items, _path(entry, "of"), entry.of, words, suggest)
    elif isinstance(entry, CheckIn) and entry.value is not None:
        yield from _faults_of_reading(plan, item, entry, entry.value)
    elif isinstance(entry, BaselineSet):
        yield from _faults_of_baseline(entry, cast("KeyResult", item))
    elif isinstance(entry, Adjustment):
        yield from _faults_of_adjustment(entry, item)
        temporary = plan.items.get(entry.temporary or "")
        if entry.temporary is not None and not isinstance(temporary, (Objective, Outside)):
            path = _path(entry, "temporary")
            yield refusal(plan.items, path, entry.temporary, "name an objective", suggest)


def _faults_of_reading(
    plan: Plan, item: Item, entry: CheckIn, reading: Reading
) -> Iterator[InconsistentPlanError]:
    code, hint = _unfit(plan, item, reading)
    if code:
        yield InconsistentPlanError(code, _path(entry, "value"), reading, hint)


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


def _faults_of_form(plan: Plan, journal: Journal, entry: Entry) -> Iterator[OkrError]:
    """Yield the fault of a reading in another form than those of the journal, of a metric that pools them."""
    if isinstance(entry, CheckIn) and entry.value is not None and entry.of in pooled(plan):
        readings = once(journal, history_of).readings
        row = readings.last_of([entry.of])[0]
        before = None if row < 0 else form_of(plan, entry.of, readings.values[row])
        if row >= 0 and before != form_of(plan, entry.of, entry.value):
            yield _mixed(entry, before)


def _mixed(entry: CheckIn, before: float | None) -> InconsistentPlanError:
    hint = "read as numbers until now; give a number"
    if before is not None:
        hint = "read as shares until now; give a Ratio"
        if isinstance(entry.value, Ratio):
            hint = f"read as shares per {before:g} until now; give a Ratio with per={before:g}"
    return InconsistentPlanError("reading-mixed", _path(entry, "value"), entry.value, hint)


def _unfit(plan: Plan, item: Item, reading: Reading) -> tuple[str, str]:
    """Return the code and the hint if an item does not take a reading; else two empty texts."""
    if isinstance(item, (KeyResult, Guardrail)) and item.metric is not None:
        return "own-reading-of-metric", f"check in {item.metric!r}"
    if isinstance(item, KeyResult):
        if item.derived is not None:
            return "own-reading-of-derived", f"check in {', '.join(item.derived.of)}"
        wanted = misfit(item.measure, reading)
    elif isinstance(item, Initiative):
        is_share = isinstance(reading, float) and 0 <= reading <= 1
        is_fit = is_share or isinstance(reading, bool)
        wanted = "" if is_fit else "True, False, or a share from 0 to 1"
    elif isinstance(item, Objective):
        wanted = "no value: an objective is measured by its key results"
    else:
        wanted = "" if isinstance(reading, (float, Ratio)) else "a number or a Ratio"
    if wanted:
        return "reading-does-not-fit", f"it takes {wanted}"
    hint = "" if type(reading) is float else share_misfit(plan, item, reading)
    return ("unit-mismatch", hint) if hint else ("", "")


def _faults_of_adjustment(entry: Adjustment, item: Item) -> Iterator[InconsistentPlanError]:
    if isinstance(item, Objective):
        for name in ("measure", "weight", "due", "rescale"):
            if getattr(entry, name) is not None:
                yield InconsistentPlanError(
                    "wrong-kind", _path(entry, name), entry.of, "adjust its key results"
                )
    elif (
        isinstance(item, KeyResult)
        and entry.measure is not None
        and not can_replace(entry.measure, item.measure)
    ):
        yield InconsistentPlanError(
            "wrong-type",
            _path(entry, "measure"),
            entry.measure,
            f"{path_of(item)} goes on taking {TAKES[type(item.measure)][1]}, as it was read before;"
            " for anything else write a key result of its own",
        )


def _faults_of_baseline(entry: BaselineSet, kr: KeyResult) -> Iterator[InconsistentPlanError]:
    measure = kr.measure
    if type(measure) not in LINEAR:
        hint = f"{type(measure).__name__} has no baseline"
        if isinstance(measure, EstablishBaseline):
            hint = "check in the baseline that was found"
        yield InconsistentPlanError("wrong-kind", _path(entry, "of"), entry.of, hint)
    elif measure.states_baseline:  # type: ignore[union-attr]  # a line, see above
        to = ""
        if isinstance(measure, Reach):
            open_line = f"Increase(None, {plain(measure.target)})"
            to = f" to {open_line}, whose baseline is to be established,"
        hint = f"{path_of(kr)} has {measure!r}; to change it write an Adjustment{to or ','} with its reason"
        yield InconsistentPlanError("baseline-stated", _path(entry, "value"), entry.value, hint)
    elif not measure.allows(entry.value):  # type: ignore[union-attr]
        code, hint = "target-against-direction", "adjust its target"
        if isinstance(measure, Multiple) and entry.value < 0:
            code, hint = "no-direction", "adjust it to Points, FromTo or Relative"
        yield InconsistentPlanError(
            code, _path(entry, "value"), entry.value, f"{path_of(kr)} has {measure!r}; {hint}"
        )


def _path(entry: Dated, field: str) -> str:
    path = f"{type(entry).__name__}({entry.of!r}, {entry.on})"
    return f"{path}.{field}" if field else path
