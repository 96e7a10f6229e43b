"""Fit of one entry to the item that it is about, as the item is when the entry is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from attrs import evolve

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError, InvalidValueError, OkrError
from okrcore.journal.adjustment import Adjustment, AdjustmentKind
from okrcore.journal.decisions import Closing, ClosingDecision, Lifecycle, PostMortem, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Judgement
from okrcore.journal.entry_sequence import Dated
from okrcore.journal.item_changes import changes_of
from okrcore.journal.ratio_readings import share_misfit
from okrcore.journal.target_remarks import faults_of_remarks
from okrcore.plan import (
    Between,
    BoundState,
    Derived,
    EstablishBaseline,
    Guardrail,
    Initiative,
    KeyResult,
    Metric,
    Multiple,
    Objective,
    Outside,
    Plan,
    Priority,
    Ratio,
    Reach,
    Reading,
)
from okrcore.plan.bounds import ONE_SIDED
from okrcore.plan.field_table import COUNTS, GROUPS, counts
from okrcore.plan.item import Hint, Item, did_you_mean, refusal
from okrcore.plan.measures import LINEAR, TAKES, can_replace, misfit
from okrcore.plan.prior_period import limit_words
from okrcore.plan.unit import plain

__all__ = ["ABOUT", "faults_of", "faults_of_pause", "path_in", "unfit"]

#: Items that an adjustment may pause.
_PAUSABLE: Final = (Objective, KeyResult, Initiative)

#: Items that each kind of entry may be about, and the hint for others.
ABOUT: Final[dict[type[Any], tuple[tuple[type[Any], ...], str]]] = {
    CheckIn: (
        (KeyResult, Guardrail, Metric, Objective, Initiative),
        "check in a key result, guardrail, metric, objective or initiative",
    ),
    BaselineSet: (
        (KeyResult, Guardrail, Metric),
        "a baseline belongs to a key result, or to a guardrail or metric whose limit is to be established",
    ),
    Adjustment: (
        (KeyResult, Objective, Guardrail, Initiative, Metric, Outside, Priority),
        "adjust a key result, objective, guardrail, initiative, metric or priority",
    ),
    Judgement: (
        (KeyResult, Objective, Guardrail),
        "judge a key result or an objective, or settle a guardrail",
    ),
    Transition: (
        (Objective, KeyResult, Initiative, Metric),
        "only objectives, key results, initiatives and metrics have a lifecycle",
    ),
    Closing: (
        (Objective, Initiative, Metric),
        "close objectives and initiatives, or retire a metric",
    ),
    PostMortem: ((Objective,), "hold a post-mortem of an objective"),
}
#: Decisions about an initiative: it is done, or dropped. One that is to go on is left open: `roll_over` carries it.
_OF_INITIATIVES: Final = (
    ClosingDecision.ACHIEVED,
    ClosingDecision.ABANDON,
    ClosingDecision.STOP,
    ClosingDecision.DEFER,
)


def faults_of(
    plan: Plan, item: Item | None, entry: Dated, suggest: Hint = did_you_mean
) -> Iterator[OkrError]:
    """Yield the faults of an entry.

    Args:
        plan: The plan as stored.
        item: Item of the entry as it is then; None if there is none.
        entry: The entry.
        suggest: Way out of an unknown id.
    """
    kinds, words = ABOUT[type(entry)]
    if item is None or not isinstance(item, kinds):
        yield refusal(plan.items, path_in(entry, "of"), entry.of, words, suggest)
    elif isinstance(entry, CheckIn):
        yield from faults_of_remarks(plan, item, entry)
        if entry.value is not None:
            yield from _faults_of_reading(plan, item, entry, entry.value)
    elif isinstance(entry, BaselineSet):
        if isinstance(item, KeyResult):
            yield from _faults_of_baseline(entry, item)
        else:
            yield from _faults_of_limit(entry, cast("Guardrail | Metric", item))
    elif isinstance(entry, Adjustment):
        yield from _faults_of_adjustment(plan, entry, item)
    elif isinstance(entry, Judgement) and isinstance(item, Guardrail):
        yield from _faults_of_settling(entry)
    elif isinstance(entry, Closing) and isinstance(item, Initiative):
        yield from _faults_of_end(entry)
    elif isinstance(entry, (Closing, Transition)) and isinstance(item, Metric):
        yield from _faults_of_retirement(entry)


def _faults_of_reading(
    plan: Plan, item: Item, entry: CheckIn, reading: Reading
) -> Iterator[InconsistentPlanError]:
    code, hint = unfit(plan, item, reading)
    if code:
        yield InconsistentPlanError(code, path_in(entry, "value"), reading, hint)


def unfit(plan: Plan, item: Item, reading: Reading) -> tuple[str, str]:
    """Return the code and the hint if an item does not take a reading; else two empty texts."""
    if isinstance(item, (KeyResult, Guardrail)) and item.metric is not None:
        return "own-reading-of-metric", f"check in {item.metric!r}"
    if isinstance(item, Metric) and item.derived is not None:
        return _own_reading_of(item.derived)
    if isinstance(item, KeyResult):
        if item.derived is not None:
            return _own_reading_of(item.derived)
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
    hint = None if type(reading) is float else share_misfit(plan, item, reading)
    return ("unit-mismatch", hint) if hint else ("", "")


def _own_reading_of(derived: Derived) -> tuple[str, str]:
    return "own-reading-of-derived", f"check in {', '.join(derived.of)}"


def _is_counting(kind: type[Item], name: str) -> bool:
    """Return whether a field counts; a group of fields if one of them does."""
    group = GROUPS.get(kind, {}).get(name)
    return counts(kind, name) or (group is not None and bool(COUNTS[group]))


def faults_of_pause(entry: Adjustment, item: Item) -> Iterator[OkrError]:
    """Yield the fault of a pause of an item that has no such stage."""
    hint = "pause an objective, key result or initiative"
    if entry.kind is AdjustmentKind.PAUSE and not isinstance(item, _PAUSABLE):
        yield InconsistentPlanError("wrong-kind", path_in(entry, "kind"), entry.of, hint)


def _faults_of_places(entry: Adjustment, item: Item) -> Iterator[OkrError]:
    """Yield the faults of fields that belong to an adjustment of another item."""
    if isinstance(item, Objective):
        for name in ("measure", "weight", "due", "rescale"):
            if getattr(entry, name) is not None:
                path = path_in(entry, name)
                hint = "adjust its key results"
                if name == "due":
                    hint = "move its end, by an Adjustment of its cycle, or adjust its key results"
                yield InconsistentPlanError("wrong-kind", path, entry.of, hint)
        return
    if entry.rescale is not None and not isinstance(item, KeyResult):
        path = path_in(entry, "rescale")
        yield InconsistentPlanError("wrong-kind", path, entry.of, "adjust a key result")
    yield from faults_of_pause(entry, item)
    if isinstance(item, (Metric, Outside, Priority)):
        return
    if entry.adds or entry.removes:
        path = path_in(entry, "adds" if entry.adds else "removes")
        hint = "members join and leave under the id of their objective"
        yield InconsistentPlanError("wrong-kind", path, entry.of, hint)


def _faults_of_adjustment(plan: Plan, entry: Adjustment, item: Item) -> Iterator[OkrError]:
    misplaced = list(_faults_of_places(entry, item))
    yield from misplaced
    if misplaced:
        return
    try:
        changes = changes_of(entry, item)
        is_bound = type(changes.get("measure")) in ONE_SIDED
        if entry.sets or is_bound or not isinstance(item, KeyResult):
            evolve(item, **changes)  # other typed fields of a key result fit by their types
    except OkrError as fault:
        yield fault
        return
    measure = changes.get("measure")
    if isinstance(item, KeyResult) and measure and not can_replace(measure, item.measure):
        yield InconsistentPlanError(
            "wrong-type",
            path_in(entry, "measure"),
            measure,
            f"{path_of(item)} goes on taking {TAKES[type(item.measure)][1]}, as it was read before;"
            " for anything else write a key result of its own",
        )
    if item.id in plan.items:
        for name, value in entry.sets:
            if not _is_counting(type(item), name):
                hint = "it is wording, which has no days: put it into the plan as stored"
                path = path_in(entry, f"sets[{name!r}]")
                yield InconsistentPlanError("wording", path, value, hint)


def _faults_of_baseline(entry: BaselineSet, kr: KeyResult) -> Iterator[InconsistentPlanError]:
    measure = kr.measure
    if type(measure) not in LINEAR:
        hint = f"{type(measure).__name__} has no baseline"
        if isinstance(measure, EstablishBaseline):
            hint = "check in the baseline that was found"
        yield InconsistentPlanError("wrong-kind", path_in(entry, "of"), entry.of, hint)
    elif measure.states_baseline:  # type: ignore[union-attr]  # a line, see above
        to = ""
        if isinstance(measure, Reach):
            open_line = f"Increase(None, {plain(measure.target)})"
            to = f" to {open_line}, whose baseline is to be established,"
        hint = f"{path_of(kr)} has {measure!r}; to change it write an Adjustment{to or ','} with its reason"
        yield InconsistentPlanError("baseline-stated", path_in(entry, "value"), entry.value, hint)
    elif not measure.allows(entry.value):  # type: ignore[union-attr]
        code, hint = "target-against-direction", "adjust its target"
        if isinstance(measure, Multiple) and entry.value < 0:
            code, hint = "no-direction", "adjust it to Points, FromTo or Relative"
        yield InconsistentPlanError(
            code, path_in(entry, "value"), entry.value, f"{path_of(kr)} has {measure!r}; {hint}"
        )


def _faults_of_limit(
    entry: BaselineSet, item: Guardrail | Metric
) -> Iterator[InconsistentPlanError]:
    """Yield the fault of a baseline of a bound whose limit is not to be established."""
    bound = item.bound if isinstance(item, Guardrail) else item.health
    if bound is None:
        hint = (
            f"{path_of(item)} has no health bound; set one by an Adjustment, such as AtMost(None)"
        )
        yield InconsistentPlanError("wrong-kind", path_in(entry, "of"), entry.of, hint)
    elif isinstance(bound, Between) or not bound.is_open:
        hint = f"{path_of(item)} has {bound!r}; to change it write an Adjustment, with its reason"
        yield InconsistentPlanError("baseline-stated", path_in(entry, "value"), entry.value, hint)
    elif bound.limit is not None:
        opened = f"{type(bound).__name__}(None)"
        past = limit_words(bound.limit)  # type: ignore[arg-type]  # no number, and not None
        hint = f"the limit of {path_of(item)} is {past}: check in the past, or write an Adjustment to {opened}"
        yield InconsistentPlanError("baseline-stated", path_in(entry, "value"), entry.value, hint)


def _faults_of_settling(entry: Judgement) -> Iterator[InconsistentPlanError]:
    """Yield the faults of a judgement of a guardrail: it settles it, and does nothing else."""
    if entry.score is not None:
        hint = "a guardrail has a state and no score; give the status 'held' alone"
        yield InconsistentPlanError("not-settling", path_in(entry, "score"), entry.score, hint)
    elif entry.status != BoundState.HELD:
        hint = "give the status 'held'; a breach follows from a reading: check in the guardrail"
        yield InconsistentPlanError("not-settling", path_in(entry, "status"), entry.status, hint)


def _faults_of_retirement(entry: Closing | Transition) -> Iterator[OkrError]:
    """Yield the faults of the end of a metric: it is abandoned, for a reason, and may be taken up again."""
    if isinstance(entry, Transition):
        if entry.to is not Lifecycle.ACTIVE:
            hint = "a metric is active or retired: retire it by a Closing, which a Transition to active undoes"
            yield InconsistentPlanError("wrong-kind", path_in(entry, "to"), entry.to, hint)
    elif entry.decision is not ClosingDecision.ABANDON:
        hint = "a metric is retired: give ClosingDecision.ABANDON, and in `because` the one that replaces it"
        path = path_in(entry, "decision")
        yield InconsistentPlanError("decision-does-not-fit", path, entry.decision, hint)
    elif entry.judged is not None:
        hint = "a metric has no score"
        yield InconsistentPlanError("wrong-kind", path_in(entry, "judged"), entry.judged, hint)
    elif not entry.because.strip():
        hint = "give the reason why the metric is retired"
        yield InvalidValueError("not-text", path_in(entry, "because"), entry.because, hint)


def _faults_of_end(entry: Closing) -> Iterator[InconsistentPlanError]:
    """Yield the faults of a closing of an initiative, which has a state and no score."""
    if entry.decision not in _OF_INITIATIVES:
        hint = "work ends with achieved, abandon, stop or defer; leave it open if it goes on, roll_over carries it"
        path = path_in(entry, "decision")
        yield InconsistentPlanError("decision-does-not-fit", path, entry.decision, hint)
    if entry.judged is not None:
        hint = "an initiative has a state and no score; check in the share done"
        yield InconsistentPlanError("wrong-kind", path_in(entry, "judged"), entry.of, hint)


def path_in(entry: Dated, field: str) -> str:
    """Return the path of a field of an entry, or of the entry if the field is empty."""
    path = f"{type(entry).__name__}({entry.of!r}, {entry.on})"
    return f"{path}.{field}" if field else path
