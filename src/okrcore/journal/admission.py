"""Whether an entry fits a plan: one entry at a service's door, or a whole journal before evaluation.

Rules of this file:

1. Nothing is half-applied. An entry fits, or everything stays as it was.
2. Readings, baselines and adjustments of a key result have to fit the measure in force when they were
   written: that of the plan, or of the last adjustment before them.
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
from okrcore.journal.adding import Scopes, must_be_revisable
from okrcore.journal.after_closing import must_not_come_after
from okrcore.journal.decisions import Adjustment, Closing, Transition
from okrcore.journal.effective import DATED, new_measure
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement
from okrcore.journal.fact_columns import Column
from okrcore.journal.history import History
from okrcore.journal.journal import Dated, Entry, Journal, history_of
from okrcore.journal.post_mortem import PostMortem
from okrcore.journal.shares import form_of, pooled, share_misfit
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

#: What each kind of entry may be about, and the words for it.
_ABOUT: Final[dict[type[Any], tuple[tuple[type[Any], ...], str]]] = {
    CheckIn: (
        (KeyResult, Guardrail, Metric, Objective, Initiative),
        "check in a key result, guardrail, metric, objective or initiative",
    ),
    BaselineSet: ((KeyResult,), "a baseline belongs to a key result"),
    Adjustment: ((KeyResult, Objective), "adjust a key result or an objective"),
    Judgement: ((KeyResult, Objective), "judge a key result or an objective"),
    Transition: ((Objective, KeyResult), "only objectives and key results move"),
    Closing: ((Objective,), "close objectives"),
    PostMortem: ((Objective,), "hold a post-mortem of an objective"),
}
#: Kinds of entries that fit each item that they may be about.
_WITHOUT_TERMS: Final = frozenset({Judgement, Transition, Closing, PostMortem})


def admit(plan: Plan, journal: Journal, entry: Entry) -> Journal:
    """Return the journal with one more entry, checked against the plan and the journal.

    The surprising case: each call copies every entry there is, so that one by one n entries cost the square of n.
    Many are given to `Journal` at once, and checked by `evaluate`; `LiveScorecard.record` admits them singly.

    Args:
        plan: What the entry is about.
        journal: What happened so far.
        entry: What to add.

    Raises:
        InconsistentPlanError: The entry is about something unknown, or its reading does not fit. Or it has no
            id and adds to a reading of its day that has none either, of a metric that is a total or a mean:
            which of the two was meant, to add or to revise, could not be corrected any more.
        TransitionError: The lifecycle has no such move, or the entry comes after the closing of its
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
    # An entry may be dated back, and make a later move impossible: the whole life is looked at.
    known = {id(mover) for mover, _ in journal.refused_moves}
    for mover, fault in longer.refused_moves:
        if mover is entry:
            raise fault
        if id(mover) not in known:
            where = path_of(entry, "voids") if isinstance(entry, Correction) else _path(entry, "")
            way_out = f"{fault.path} is in its way, and would no longer be a move"
            raise TransitionError("no-such-move", where, fault.value, way_out)
    must_not_come_after(plan, once(journal, history_of), entry)
    return longer


def must_fit(plan: Plan, entry: Dated) -> None:
    """Refuse an entry that does not fit a plan as written, with the first thing that is wrong with it."""
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
    """Return the id that an entry is about; of a correction, that of the entry it takes out."""
    if not isinstance(entry, Correction):
        return entry.of
    voided = (each for each in journal.in_force if each.id == entry.voids)
    return next((each.of for each in voided), None)


def _must_fit_others(plan: Plan, journal: Journal, longer: Journal, entry: Entry, of: str) -> None:
    """Refuse an entry if it, or another entry about the same item, does not fit with it."""
    known = {id(each) for each, _ in _faults_in_order(plan, _about(journal, of))}
    for each, fault in _faults_in_order(plan, _about(longer, of)):
        if each is entry:
            raise fault
        if id(each) not in known:
            where = path_of(entry, "voids") if isinstance(entry, Correction) else _path(entry, "of")
            raise InconsistentPlanError(
                "entry-mismatch", where, of, f"{each!r} would no longer fit: {fault}"
            )


def _about(journal: Journal, of: str) -> list[Dated]:
    """Return the entries about an item, in order."""
    history = once(journal, history_of)
    rows = history.check_ins.rows(of, date.min.toordinal(), date.max.toordinal())
    values = history.check_ins.values
    # Of one day, check-ins that came in columns precede entries that were written.
    in_columns = [history.check_in(row) for row in rows if not isinstance(values[row], CheckIn)]
    written: list[Dated] = [entry for entry in history.standing if entry.of == of]
    return sorted([*in_columns, *written], key=attrgetter("on"))


def _faults_in_order(plan: Plan, entries: Iterable[Dated]) -> Iterator[tuple[Dated, OkrError]]:
    """Yield what is wrong with entries in order, each held against the measure in force at its place."""
    measures, scopes, hint = dict[str, Measure](), Scopes(plan), FirstHints()
    for entry in entries:
        kind, item = type(entry), plan.items.get(entry.of)
        if kind in _WITHOUT_TERMS and isinstance(item, _ABOUT[kind][0]):
            continue
        faults = [*_faults(plan, entry, measures, hint)]
        faults += [] if faults else scopes.faults(entry)
        yield from ((entry, fault) for fault in faults)
        measure = None if faults else new_measure(plan, entry)
        if measure is not None:
            before = measures.get(entry.of, plan.key_result(entry.of).measure)
            measures[entry.of] = _with_dropped(before, measure)


def _with_dropped(before: Measure, after: Measure) -> Measure:
    """Return a measure as readings have to fit it: with the milestones that were dropped.

    A milestone that was reached stays so when it is dropped, and a check-in goes on naming it; it counts for
    nothing from then on.
    """
    if not isinstance(before, Milestones) or not isinstance(after, Milestones):
        return after
    steps = {step.name: step for step in (*before.milestones, *after.milestones)}
    return Milestones(*steps.values())


def misfits(plan: Plan, journal: Journal, *, as_of: date) -> list[tuple[Dated, OkrError]]:
    """Return every entry up to a day that does not fit a plan, with what is wrong with it."""
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
    if suspects:  # most journals have check-ins alone
        dated = (entry for entry in suspects if entry.on <= as_of)
        found = list(_faults_in_order(plan, dated))
    if history.has_words:
        found.extend(_mixtures(plan, journal, as_of))
    if history.refused_moves:
        found.extend((entry, fault) for entry, fault in history.refused_moves if entry.on <= as_of)
    return found


def _check_ins_fit(plan: Plan, history: History, day: int) -> bool:
    """Say whether all check-ins up to a day fit, without making one of them an entry.

    Numbers of what takes numbers, by the million, are looked at together; so is what is read once.
    """
    if _is_choosy_remeasured(plan, history):
        return False
    heard, items, columns = history.heard, plan.items, plan.columns
    special = once(plan, _special_ids)
    # Evaluation needs these rows anyway.
    rows = heard.last_of(columns.ids)
    if len(rows) - rows.count(-1) != len(heard.ids):  # not of key results alone
        if not heard.ids <= items.keys() or any(item.id in heard.ids for item in plan.outside):
            return False
        objectives = plan.cascade.positions.keys()
        if not objectives.isdisjoint(heard.ids):
            special = special.union(objectives & heard.ids)
    readings, count = history.readings, history.readings.count_until(day)
    if heard.ids.isdisjoint(special):
        if not history.has_words and not columns.choosy:
            return True
        is_read_once = heard is readings and len(heard.of) == len(heard.ids)
        if is_read_once and _fit_by_place(plan, readings, rows, count):
            return True
    particular = _particular_ids(plan) | special
    pairs = zip(readings.of[:count], readings.values[:count], strict=True)
    return not any(
        _unfit(plan, items[id], reading)[0]
        for id, reading in pairs
        if type(reading) is not float or id in particular
    )


def _is_choosy_remeasured(plan: Plan, history: History) -> bool:
    """Whether a key result that does not take just any number has an adjusted measure."""
    ids = {entry.of for entry in history.adjustments if entry.measure is not None}
    return bool(ids) and not ids.isdisjoint(_particular_ids(plan))


def _fit_by_place(plan: Plan, readings: Column[Reading], rows: Sequence[int], count: int) -> bool:
    """Say whether choosy key results take what they read, and all else that is read is a plain number.

    Args:
        plan: What the readings are about.
        readings: The readings, one of each id.
        rows: By place, the row of its reading; -1 without one.
        count: How many readings there are up to the day.
    """
    measures, values = plan.columns.measures, readings.values
    read = [place for place in plan.columns.choosy if 0 <= rows[place] < count]
    if any(misfit(measures[place], values[rows[place]]) for place in read):
        return False
    key_results = plan.columns.key_results
    several = [place for place in read if type(measures[place]) is Compound]
    if any(share_misfit(plan, key_results[place], values[rows[place]]) for place in several):
        return False
    kinds = list(map(type, values[:count]))
    numbers = [kinds[rows[place]] for place in read].count(float)
    return kinds.count(float) - numbers == count - len(read)


def _particular_ids(plan: Plan) -> frozenset[str]:
    """Return the ids of everything below objectives whose check-ins do not take just any number."""
    return once(plan, _special_ids).union(map(plan.columns.ids.__getitem__, plan.columns.choosy))


def _special_ids(plan: Plan) -> frozenset[str]:
    """Return the same without choosy key results: what has readings in its own way, and is rare."""
    return frozenset(_special(plan))


def _special(plan: Plan) -> Iterator[str]:
    columns = plan.columns
    # Their own check-ins are refused.
    for position in (*columns.with_metric, *columns.with_derivation):
        yield columns.ids[position]
    for number in columns.naming:
        objective = plan.objectives[number]
        yield from (work.id for work in objective.initiatives)
        yield from (each.id for each in objective.guardrails if each.metric is not None)
    yield from (item.id for item in plan.outside)


def _faults(
    plan: Plan, entry: Dated, measures: Mapping[str, Measure], hint: Hint = did_you_mean
) -> Iterator[InconsistentPlanError]:
    """Yield what is wrong with an entry.

    Args:
        plan: The plan as written.
        entry: The entry.
        measures: The measures in force, by id, of key results that have another one than in the plan.
        hint: Way out of an unknown id.
    """
    item = plan.items.get(entry.of)
    if isinstance(item, KeyResult) and entry.of in measures:
        item = evolve(item, measure=measures[entry.of])
    kinds, words = _ABOUT[type(entry)]
    if item is None or not isinstance(item, kinds):
        yield refusal(plan.items, _path(entry, "of"), entry.of, words, hint)
    elif isinstance(entry, CheckIn) and entry.value is not None:
        yield from _faults_of_reading(plan, item, entry, entry.value)
    elif isinstance(entry, BaselineSet):
        yield from _faults_of_baseline(entry, cast("KeyResult", item))
    elif isinstance(entry, Adjustment):
        yield from _faults_of_adjustment(entry, item)
        stands_in = plan.items.get(entry.temporary or "")
        if entry.temporary is not None and not isinstance(stands_in, (Objective, Outside)):
            where = _path(entry, "temporary")
            yield refusal(plan.items, where, entry.temporary, "name an objective", hint)


def _faults_of_reading(
    plan: Plan, item: Item, entry: CheckIn, reading: Reading
) -> Iterator[InconsistentPlanError]:
    code, way_out = _unfit(plan, item, reading)
    if code:
        yield InconsistentPlanError(code, _path(entry, "value"), reading, way_out)


def _mixtures(plan: Plan, journal: Journal, as_of: date) -> Iterator[tuple[Dated, OkrError]]:
    """Yield each reading up to a day that is in another form than those before it, of what pools them."""
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
    """Yield what is wrong with a reading in another form than those that a journal has, of what pools them."""
    if isinstance(entry, CheckIn) and entry.value is not None and entry.of in pooled(plan):
        readings = once(journal, history_of).readings
        row = readings.last_of([entry.of])[0]
        before = None if row < 0 else form_of(plan, entry.of, readings.values[row])
        if row >= 0 and before != form_of(plan, entry.of, entry.value):
            yield _mixed(entry, before)


def _mixed(entry: CheckIn, before: float | None) -> InconsistentPlanError:
    way_out = "read as numbers until now; give a number"
    if before is not None:
        way_out = "read as shares until now; give a Ratio"
        if isinstance(entry.value, Ratio):
            way_out = f"read as shares per {before:g} until now; give a Ratio with per={before:g}"
    return InconsistentPlanError("reading-mixed", _path(entry, "value"), entry.value, way_out)


def _unfit(plan: Plan, item: Item, reading: Reading) -> tuple[str, str]:
    """Return the code and the way out where an item does not take a reading; empty where it does."""
    wanted = ""
    if isinstance(item, (KeyResult, Guardrail)) and item.metric is not None:
        return "own-reading-of-metric", f"check in {item.metric!r}"
    if isinstance(item, KeyResult):
        if item.derived is not None:
            return "own-reading-of-derived", f"check in {', '.join(item.derived.of)}"
        wanted = misfit(item.measure, reading)
    elif isinstance(item, Initiative):
        is_share = isinstance(reading, float) and 0 <= reading <= 1
        wanted = (
            "" if is_share or isinstance(reading, bool) else "True, False, or a share from 0 to 1"
        )
    elif isinstance(item, Objective):
        wanted = "no value: an objective is measured by its key results"
    elif not isinstance(reading, (float, Ratio)):
        wanted = "a number or a Ratio"
    if wanted:
        return "reading-does-not-fit", f"it takes {wanted}"
    way_out = "" if type(reading) is float else share_misfit(plan, item, reading)
    return ("unit-mismatch", way_out) if way_out else ("", "")


def _faults_of_adjustment(entry: Adjustment, item: Item) -> Iterator[InconsistentPlanError]:
    if isinstance(item, Objective):
        for name in (*DATED, "rescale"):
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
        way_out = f"{type(measure).__name__} has no baseline"
        if isinstance(measure, EstablishBaseline):
            way_out = "check in the baseline that was found"
        yield InconsistentPlanError("wrong-kind", _path(entry, "of"), entry.of, way_out)
    elif measure.states_baseline:  # type: ignore[union-attr]  # a line, see above
        to = ""
        if isinstance(measure, Reach):
            open_line = f"Increase(None, {plain(measure.target)})"
            to = f" to {open_line}, whose baseline is to be established,"
        way_out = f"{path_of(kr)} has {measure!r}; to change it write an Adjustment{to or ','} with its reason"
        yield InconsistentPlanError("baseline-stated", _path(entry, "value"), entry.value, way_out)
    elif not measure.allows(entry.value):  # type: ignore[union-attr]
        code, way_out = "target-against-direction", "adjust its target"
        if isinstance(measure, Multiple) and entry.value < 0:
            code, way_out = "no-direction", "adjust it to Points, FromTo or Relative"
        yield InconsistentPlanError(
            code, _path(entry, "value"), entry.value, f"{path_of(kr)} has {measure!r}; {way_out}"
        )


def _path(entry: Dated, field: str) -> str:
    where = f"{type(entry).__name__}({entry.of!r}, {entry.on})"
    return f"{where}.{field}" if field else where
