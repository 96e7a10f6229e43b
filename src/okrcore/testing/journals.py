"""Entries and journals that fit a plan, and whole quarters: a plan, a journal and a day.

A journal has entries of every kind, with and without an id and a moment, dated in any order. Entries that
`admit` refuses are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, final, get_args

from attrs import evolve, frozen
from hypothesis import strategies as st

from okrcore._made import must_fit
from okrcore.calendar import Cycle
from okrcore.errors import OkrError
from okrcore.journal import (
    Adjustment,
    BaselineSet,
    CheckIn,
    Closing,
    ClosingDecision,
    Correction,
    Journal,
    Judgement,
    Lifecycle,
    PlannedActual,
    PostMortem,
    Transition,
    admit,
)
from okrcore.journal.journal import Entry
from okrcore.journal.ratio_readings import in_unit, share_misfit
from okrcore.plan import (
    Aggregation,
    BoundState,
    Guardrail,
    Initiative,
    KeyResult,
    Measure,
    Metric,
    Objective,
    Plan,
)
from okrcore.plan.bounds import ONE_SIDED
from okrcore.plan.item import Item
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import Scorecard, evaluate
from okrcore.testing.adjustments import adjustments_of
from okrcore.testing.measure_strategies import readings
from okrcore.testing.plans import plans
from okrcore.testing.values import (
    CYCLE,
    Strategy,
    attributes,
    days,
    moments,
    numbers,
    optionals,
    people,
    ratios,
    records,
    titles,
)

__all__ = ["Quarter", "check_ins_of", "corrections_of", "decisions_about", "journals", "quarters"]


#: A day after those of all drawn entries.
_LATER: Final = CYCLE.end + timedelta(days=100)
#: Optional fields of every entry that move no number.
_BESIDE: Final[Mapping[str, Strategy[Any]]] = MappingProxyType(
    {"by": people(), "source": titles(), "link": titles(), "attributes": attributes()}
)
_IDS: Final = st.sampled_from([None, "e0", "e1", "e2", "e3"])
#: Optional fields of every entry but check-ins, by `described`.
_WRITTEN: Final = MappingProxyType(
    {
        False: optionals({"recorded": moments()}, most=1),
        True: optionals({"recorded": moments(), **_BESIDE}),
    }
)


# --- readings ----------------------------------------------------------------------------------


@st.composite
def check_ins_of(draw: st.DrawFn, item: Any, *, described: bool = True) -> CheckIn:
    """Return check-ins that fit an item of a plan.

    Args:
        item: A key result, guardrail, metric or initiative with readings of its own, or an objective,
            which may have a confidence or a status.
        described: Whether notes and authors are drawn too.
    """
    value: Strategy[Any] = numbers() | ratios()
    if isinstance(item, Metric) and item.aggregation in (Aggregation.SUM, Aggregation.MEAN):
        value = numbers()  # readings of one metric have one form
    elif isinstance(item, KeyResult):
        value = readings(item.measure)
    elif isinstance(item, Initiative):
        value = st.booleans() | st.floats(0, 1)
    elif isinstance(item, Objective):
        value = st.none()
    more = draw(_CHECK_IN[described])
    if isinstance(item, (Guardrail, Metric, Initiative)):
        # Remarks about a target belong to an item with one.
        more = {name: each for name, each in more.items() if name not in _OF_TARGETS}
    return CheckIn(item.id, draw(days()), **{"value": draw(value), **more})


_OF_TARGETS: Final = frozenset({"confidence", "projected", "status"})
_WORDS: Final = ("note", "shipped", "effect", "learning", "blocker")
_OPTIONAL: Final[Mapping[str, Strategy[Any]]] = MappingProxyType(
    {
        "confidence": st.floats(0, 1),
        "value": st.none(),
        "projected": numbers(),
        "status": st.sampled_from(["on track", "at risk"]),
        "recorded": moments(),
    }
)
_CHECK_IN: Final = MappingProxyType(
    {
        False: optionals(_OPTIONAL),
        True: optionals(
            {**_OPTIONAL, **_BESIDE, **dict.fromkeys(_WORDS, titles() | st.just("a\nb"))}
        ),
    }
)


# --- all others --------------------------------------------------------------------------------


@final
@frozen(eq=False)
class _Form:
    """Strategies for entries of a class: required fields, and optional ones by `described`."""

    kind: Callable[..., Entry]
    always: Mapping[str, Strategy[Any]]
    sometimes: Mapping[bool, Strategy[dict[str, Any]]]


def _form(
    kind: Callable[..., Entry],
    *,
    always: Mapping[str, Strategy[Any]] = MappingProxyType({}),
    counts: Mapping[str, Strategy[Any]] = MappingProxyType({}),
    words: Mapping[str, Strategy[Any]] = MappingProxyType({}),
) -> _Form:
    """Return a form; fields in `counts` can move a number, those in `words` cannot."""
    described = {**counts, **words}
    bare = optionals(counts) if counts else _NOTHING
    full = optionals(described, most=4) if described else _NOTHING
    return _Form(kind, always, {False: bare, True: full})


_NOTHING: Final[Strategy[dict[str, Any]]] = st.just({})
_BECAUSE: Final = MappingProxyType({"because": titles()})
_BASELINE: Final = _form(BaselineSet, always={"value": numbers()}, words=_BECAUSE)
#: States of a `Transition`; the last state is for a `Closing`.
_OPEN: Final = [state for state in Lifecycle if state is not Lifecycle.CLOSED]
_MOVE: Final = _form(Transition, always={"to": st.sampled_from(_OPEN)}, words=_BECAUSE)
_JUDGED_SCORE: Final = _form(
    Judgement,
    always={"score": st.floats(0, 1), **_BECAUSE},
    counts={"status": st.sampled_from(["on track", "at risk"])},
)
_JUDGED_STATUS: Final = _form(
    Judgement,
    always={"status": st.sampled_from(["on track", "at risk"]), **_BECAUSE},
    counts={"score": st.floats(0, 1)},
)
_SETTLE: Final = _form(Judgement, always={"status": st.just(str(BoundState.HELD)), **_BECAUSE})
_CLOSE: Final = _form(
    Closing,
    always={"decision": st.sampled_from(ClosingDecision), **_BECAUSE},
    counts={"judged": st.floats(0, 1)},
    words={"learned": titles()},
)
_END: Final = _form(
    Closing,
    always={
        "decision": st.sampled_from(
            [
                ClosingDecision.ACHIEVED,
                ClosingDecision.ABANDON,
                ClosingDecision.STOP,
                ClosingDecision.DEFER,
            ]
        ),
        **_BECAUSE,
    },
    words={"learned": titles()},
)
_RETIRE: Final = _form(
    Closing,
    always={"decision": st.just(ClosingDecision.ABANDON), **_BECAUSE},
    words={"learned": titles()},
)
_POST_MORTEM: Final = _form(
    PostMortem,
    words={
        "outcomes": st.just([PlannedActual("o0-k0", "10", "8")]),
        "first_signal": days(),
        "escalated": days(),
        "cause": titles(),
        "changes": titles(),
    },
)
_ADJUST: Final = _form(Adjustment)


def _forms_of(item: Item | None, *, described: bool) -> Sequence[_Form]:
    """Return the forms of decisions about an item; None for one that joins."""
    if isinstance(item, KeyResult):
        measure: Any = item.measure
        lines = (_BASELINE,) if type(measure) in LINEAR and not measure.states_baseline else ()
        return (*lines, _ADJUST, _JUDGED_SCORE, _JUDGED_STATUS, _MOVE)
    if isinstance(item, Objective):
        held = (_POST_MORTEM,) if described else ()
        return (_CLOSE, _MOVE, _ADJUST, _JUDGED_SCORE, _JUDGED_STATUS, *held)
    if isinstance(item, Initiative):
        return (_ADJUST, _END, _MOVE)
    bound: Any = item.bound if isinstance(item, Guardrail) else getattr(item, "health", None)
    found = (_ADJUST, _SETTLE) if isinstance(item, Guardrail) else (_ADJUST,)
    if isinstance(item, Metric):
        found = (_ADJUST, _RETIRE)
    is_open = type(bound) in ONE_SIDED and bound.limit is None
    return (_BASELINE, _BASELINE, *found) if is_open else found


@st.composite
def decisions_about(draw: st.DrawFn, plan: Plan, *, described: bool = True) -> Entry:
    """Return entries about any item of a plan, without check-ins and corrections; some do not fit.

    Args:
        plan: The plan.
        described: Whether notes, authors, reasons and post-mortems are drawn too.
    """
    items = [*plan.each(), None]
    forms = [(form, item) for item in items for form in _forms_of(item, described=described)]
    form, item = forms[draw(st.integers(0, len(forms) - 1))]
    if item is None or form is _ADJUST:
        made = draw(adjustments_of(plan, item, described=described))
        return evolve(made, id=draw(_IDS), **draw(_WRITTEN[described]))
    given = {name: draw(choice) for name, choice in form.always.items()}
    more = draw(form.sometimes[described]) | draw(_WRITTEN[described])
    return form.kind(item.id, draw(days()), id=draw(_IDS), **given, **more)


@st.composite
def corrections_of(draw: st.DrawFn, ids: tuple[str, ...]) -> Correction:
    """Return corrections of entries with these ids."""
    recorded = draw(st.none() | moments())
    return Correction(draw(st.sampled_from(ids)), because="typed twice", recorded=recorded)


@final
@frozen
class Quarter:
    """A plan, a journal that fits it, an evaluation date, and a rulebook.

    Args:
        plan: The plan.
        journal: Its entries.
        day: Day before, in or after the cycle.
        rulebook: The rules.
    """

    plan: Plan
    journal: Journal
    day: date
    rulebook: Rulebook = RECOMMENDED

    __attrs_post_init__ = must_fit

    def evaluate(self, **options: Any) -> Scorecard:
        """Evaluate the plan on the day under the rulebook, with the options of `okrcore.evaluate`."""
        given: dict[str, Any] = {"rulebook": self.rulebook, **options}
        return evaluate(self.plan, self.journal, as_of=self.day, **given)


def quarters(
    *,
    max_objectives: int = 6,
    measure: Strategy[Measure] | None = None,
    cycle: Cycle | None = CYCLE,
    alone: bool = False,
) -> Strategy[Quarter]:
    """Return whole quarters: the arguments of `evaluate`, without fields that move no number.

    Args:
        max_objectives: Largest number of objectives.
        measure: Measures of their key results; None for every kind.
        cycle: Cycle of most objectives; some have none.
        alone: Whether there are no derived key results, no metrics and nothing outside.
    """
    drawn = plans(
        max_objectives=max_objectives, measure=measure, cycle=cycle, described=False, alone=alone
    )
    return drawn.flatmap(
        lambda plan: st.builds(
            Quarter, st.just(plan), journals(plan, described=False), days(cycle=cycle or CYCLE)
        )
    )


@st.composite
def journals(
    draw: st.DrawFn, plan: Plan, *, described: bool = True, fitting: bool = True
) -> Journal:
    """Return journals that fit a plan, with entries of every kind.

    Args:
        plan: The plan.
        described: Whether notes, authors, reasons and post-mortems are drawn too; they move no number.
        fitting: Whether every entry fits the plan. If not, there are also entries about unknown items, with
            any values, as in `records`: for codecs and stores.
    """
    changing = st.sampled_from([*plan.each(), *plan.objectives, None]).flatmap(
        lambda item: adjustments_of(plan, item, described=described)
    )
    changes: list[Entry] = [*draw(st.lists(changing, max_size=2))]
    now = _admitted(plan, Journal(), changes).effective(plan, on=_LATER)
    about = decisions_about(now, described=described)
    decided: list[Entry] = draw(st.lists(about, max_size=4))
    read: list[Entry] = []
    for item in {**plan.items, **now.items}.values():
        if _is_read(item):
            drawn = check_ins_of(item, described=described)
            read += [_in_unit(now, draw(drawn)) for _ in range(draw(st.integers(0, 2)))]
    # The order matters: of two entries of one day the later one counts.
    orders = ((read, changes, decided), (changes, read, decided), (changes, decided, read))
    first, then, last = draw(st.sampled_from(orders))
    named = [entry.id for entry in (*changes, *decided) if entry.id is not None]
    is_corrected = draw(st.booleans()) and bool(named)
    voided = [draw(corrections_of(tuple(named)))] if is_corrected else []
    strays = [] if fitting else draw(st.lists(st.one_of(*_STRAYS), max_size=3))
    entries = (*strays, *first, *then, *last, *voided)
    return _admitted(plan if fitting else None, Journal(), entries)


def _admitted(plan: Plan | None, journal: Journal, entries: Iterable[Entry]) -> Journal:
    """Return a journal with the entries that it takes; that fit a plan, unless None."""
    for entry in entries:
        try:
            journal = journal.add(entry) if plan is None else admit(plan, journal, entry)
        except OkrError:
            continue
    return journal


_STRAYS: Final = [records(kind, most=4, wide=True) for kind in get_args(Entry)]


def _in_unit(plan: Plan, entry: CheckIn) -> CheckIn:
    """Return a check-in with its share in percent, if its item takes no share of 1."""
    value, item = entry.value, plan.items.get(entry.of)
    if value is None or item is None:
        return entry
    per = 100.0 if share_misfit(plan, item, value) else None
    return evolve(entry, value=in_unit(value, per))


def _is_read(item: Item) -> bool:
    if isinstance(item, KeyResult):
        return item.metric is None and item.derived is None
    if isinstance(item, Guardrail):
        return item.metric is None
    return isinstance(item, Initiative) or (isinstance(item, Metric) and item.derived is None)
