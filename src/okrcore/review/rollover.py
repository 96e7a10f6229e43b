"""Roll-over from one cycle into the next.

1. Definitions are copied, under new ids; check-ins are not. Items that read a metric keep reading it.
2. Ended objectives stay in the plan, so that past numbers do not change.
3. Undecided items are listed, and not carried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._checks import as_text, given_day, given_mapping, must_be_a, path_of
from okrcore._memo import once
from okrcore._texts import must_be_id
from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.journal import Adjustment, Journal
from okrcore.journal.journal import history_of
from okrcore.plan import KeyResult, Measure, Objective, Parked, Plan
from okrcore.plan.item import refusal
from okrcore.review.carried_key_results import Continuation
from okrcore.review.rollover_outcomes import GOES_ON, Changes, Outcomes
from okrcore.review.rollover_records import Rollover, RolloverOutcome
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import Scorecard, evaluate
from okrcore.words.reason import Reason

__all__ = ["roll_over"]


def roll_over(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    cycle: Cycle,
    rulebook: Rulebook = RECOMMENDED,
    measures: Mapping[str, Measure] | None = None,
    weights: Mapping[str, float] | None = None,
    titles: Mapping[str, str] | None = None,
    name: Callable[[str], str] | None = None,
) -> Rollover:
    """Return the plan with the objectives that go on from the last cycle into a new one.

    The last cycle of the same cadence before the new one is rolled over, by the closing of each objective; so a
    Micro-OKR never goes on in a quarter. Without a closing, aspirational work is carried, finished work is left
    behind, and the rest is undecided: a missed promise, a learning objective, one that was paused or never
    started. An objective to modify is undecided unless a measure, weight or title changes.

    New objectives and key results continue the old ones. Members that joined go on with their objective, and what
    left stays behind. A second roll-over, after more was decided, carries nothing twice.

    A key result goes on as adjusted, to the same target. By `RECOMMENDED` it keeps its whole way, from the first
    baseline, and pace starts at its last value; other rulebooks begin at that value, or at 0. Milestones and
    evidence go on with the stages that are left, so that their own score starts at 0. A key result that reached
    1.0 is left behind, unless it has to be kept to, as a bound has. An established baseline is undecided, since it
    needs a target.

    A deferred objective without a reason is parked with one of the library. In a document that is English text: to
    store it in another language, write it with `Words` first.

    A shared key result whose home does not go on is undecided: somebody has to own it. Until then the first
    carried objective that counts it holds it, with its own weight.

    Args:
        plan: The plan with the ended cycle.
        journal: The journal of both plans; it is not changed.
        as_of: Day of the roll-over; entries dated later do not count.
        cycle: The new cycle.
        rulebook: Source of suggestions and of new baselines.
        measures: New measures of key results, by old id. They have no effect on items that are not carried.
        weights: New weights of key results, by old id.
        titles: New titles of objectives and key results, by old id.
        name: From an old id to the new one; without it, "grow" becomes "grow@2026-Q4" in a cycle of that
            name, and "grow@2026-Q3" too.

    Raises:
        InconsistentPlanError: A new id is in use already, a change is of an item that cannot have it, or entries
            do not fit the plan.
        InvalidValueError: An item cannot have a new measure, weight or title.

    Laws: test_roll_over_copies_no_check_in, test_roll_over_makes_new_ids,
    test_roll_over_changes_no_past_number, test_rolling_over_twice_carries_nothing_twice,
    test_roll_over_never_moves_a_target.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> q3, q4 = (okr.FiscalCalendar().quarter(2026, n) for n in (3, 4))
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", cycle=q3, ambition=okr.Ambition.ASPIRATIONAL,
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 30), {"arpa": 124}))
    >>> rolled = roll_over(plan, journal, as_of=q3.end, cycle=q4)
    >>> rolled.plan.key_result("arpa@2026-Q4").measure
    Increase(baseline=112.0, target=128.0)
    """
    must_be_a(roll_over, "plan", plan, Plan)
    must_be_a(roll_over, "journal", journal, Journal)
    as_of = given_day(roll_over, "as_of", as_of)
    must_be_a(roll_over, "cycle", cycle, Cycle)
    must_be_a(roll_over, "rulebook", rulebook, Rulebook)
    if name is not None and not callable(name):
        hint = "give a function that makes a new id of an old one"
        raise InvalidValueError("wrong-type", path_of(roll_over, "name"), name, hint)
    card = evaluate(plan, journal, as_of=as_of, rulebook=rulebook)
    in_force = journal.effective(plan, on=as_of)
    changes = _changes(in_force, measures, weights, titles)
    naming = _Naming(card, in_force, cycle, name)
    return _rolled(Outcomes(card, in_force, cycle, naming, changes), naming)


def _changes(
    plan: Plan,
    measures: Mapping[str, Measure] | None,
    weights: Mapping[str, float] | None,
    titles: Mapping[str, str] | None,
) -> Changes:
    """Return the changes that are given; require ids of items that can have them, and their values."""
    given = {
        name: given_mapping(roll_over, name, {} if found is None else found)
        for name, found in (("measures", measures), ("weights", weights), ("titles", titles))
    }
    for name, found in given.items():
        for id, value in found.items():
            path = path_of(roll_over, f"{name}[{id!r}]")
            item = plan.items.get(as_text(id)) if isinstance(id, str) else None
            if not isinstance(item, KeyResult) and not (
                name == "titles" and isinstance(item, Objective)
            ):
                raise refusal(plan.items, path, id, "give the id of a key result")
            evolve(item, **{_FIELDS[name]: value})
    return Changes(**given)


_FIELDS: Final = MappingProxyType({"measures": "measure", "weights": "weight", "titles": "title"})


@final
@frozen(eq=False)
class _Naming:
    """New ids of a roll-over."""

    card: Scorecard
    in_force: Plan
    cycle: Cycle
    rename: Callable[[str], str] | None

    def __call__(self, id: str) -> str:
        if self.rename is not None:
            renamed = self.rename(id)
            must_be_id(roll_over, "name", renamed)
        else:
            item = self.in_force.items[id]
            home = item if isinstance(item, Objective) else self.in_force.homes.get(id)
            name = id if home is None else id.removesuffix(f"@{home.cycle}")
            renamed = f"{name}@{self.cycle}"
        return renamed

    def of_new(self, id: str) -> str:
        """Return the id of a new item; require that none joins under it."""
        renamed = self(id)
        if renamed in once(self.card.journal, history_of).joins:
            hint = "an adjustment adds an item of this id; give other names"
            raise InconsistentPlanError("duplicate-id", path_of(roll_over, "name"), renamed, hint)
        return renamed


def _rolled(found: Outcomes, naming: _Naming) -> Rollover:
    """Return the plan with what goes on, and the outcomes."""
    card = found.card
    making = Continuation(
        card,
        found.in_force,
        found.cycle,
        naming.of_new,
        found.followed,
        found.continued,
        found.measures,
        found.held,
        found.changes.weights,
        found.changes.titles,
        joined=[],
        unlinked=[],
        metrics={},
    )
    made = [
        making.objective(each, _parking(found, each))
        for each in found.ended
        if found.items[each.id].fate in GOES_ON
    ]
    reasons = {
        "continues": Reason("roll-over/from-joined"),
        "place.priority": Reason("roll-over/priority-joined"),
    }
    return Rollover(
        plan=evolve(
            card.plan,
            objectives=(*card.plan.objectives, *made),
            metrics=(*card.plan.metrics, *making.metrics.values()),
        ),
        cycle=found.cycle,
        items=tuple(found.items.values()),
        unlinked=tuple(making.unlinked),
        adjustments=tuple(
            Adjustment(new, found.cycle.start, sets={field: old}, because=reasons[field])
            for new, field, old in making.joined
        ),
    )


def _parking(found: Outcomes, objective: Objective) -> Parked | None:
    if found.items[objective.id].fate is not RolloverOutcome.PARKED:
        return None
    closing = found.card.objective(objective.id).lifecycle.closing
    reason = "" if closing is None else closing.because.strip() or closing.learned.strip()
    deferred = Reason("parked/at-close", cycle=str(objective.cycle))
    return Parked(reason or deferred, revisit=found.cycle.end)
