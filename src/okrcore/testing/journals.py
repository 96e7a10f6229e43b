"""Journals that fit a plan, and whole quarters: a plan, a journal and a day.

A journal has entries of every kind, with and without an id and a moment, dated in any order. Entries that
`admit` refuses are left out.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final, final, get_args

from attrs import evolve, frozen
from hypothesis import strategies as st

from okrcore._made import must_fit
from okrcore.calendar import Cycle
from okrcore.errors import OkrError
from okrcore.journal import CheckIn, Journal, admit
from okrcore.journal.journal import Entry
from okrcore.journal.shares import in_unit, share_misfit
from okrcore.plan import Guardrail, Initiative, KeyResult, Measure, Metric, Plan
from okrcore.plan.item import Item
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import Scorecard, evaluate
from okrcore.testing.entries import check_ins_of, corrections_of, decisions_about
from okrcore.testing.plans import plans
from okrcore.testing.values import CYCLE, Strategy, days, records

__all__ = ["Quarter", "journals", "quarters"]


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
    read: list[Entry] = []
    for item in plan.each():
        if _is_read(item):
            drawn = check_ins_of(item, described=described)
            read += [_in_unit(plan, draw(drawn)) for _ in range(draw(st.integers(0, 2)))]
    about = decisions_about(plan, described=described)
    decided: list[Entry] = draw(st.lists(about, max_size=4, unique_by=_id_of))
    # The order matters: of two entries of one day the later one counts.
    first, then = (decided, read) if draw(st.booleans()) else (read, decided)
    named = [entry.id for entry in decided if entry.id is not None]
    is_corrected = draw(st.booleans()) and bool(named)
    voided = [draw(corrections_of(tuple(named)))] if is_corrected else []
    journal, add = Journal(), partial(admit, plan) if fitting else Journal.add
    strays = [] if fitting else draw(st.lists(st.one_of(*_STRAYS), max_size=3))
    for entry in (*strays, *first, *then, *voided):
        try:
            journal = add(journal, entry)
        except OkrError:
            continue
    return journal


_STRAYS: Final = [records(kind, most=4, wide=True) for kind in get_args(Entry)]


def _id_of(entry: Entry) -> object:
    return entry.id or id(entry)


def _in_unit(plan: Plan, entry: CheckIn) -> CheckIn:
    """Return a check-in with its share in percent, if its item takes no share of 1."""
    value, item = entry.value, plan.items[entry.of]
    per = 100.0 if value is not None and share_misfit(plan, item, value) else None
    return evolve(entry, value=None if value is None else in_unit(value, per))


def _is_read(item: Item) -> bool:
    if isinstance(item, KeyResult):
        return item.metric is None and item.derived is None
    if isinstance(item, Guardrail):
        return item.metric is None
    return isinstance(item, (Metric, Initiative))
