"""Plans that are edited day by day, against a plain model: a list of days, each with the plan from then on.

Every edit becomes entries in two ways: written by hand, or by `adjustments` of the plan as it is wanted. After
every step
- the plan in force on each day is that of the model
- the scores of each day are a roll-up by hand of the model's plan of that day
- no score of an earlier day has changed
- original scores are a roll-up by hand of the plan as it was at first
- the plan in force, evaluated as if it had always been so, has the same scores
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import okrcore as okr
from effort import examples
from plan_model import (
    MEMBERS,
    Model,
    Reading,
    entries_between,
    members,
    plan_of,
    score,
    scores,
    touched_homes,
)

START: Final = date(2026, 7, 1)
#: Last days of cycles, and deadlines within the shortest.
ENDS: Final = [date(2026, 9, 30), date(2026, 12, 31), date(2026, 8, 31)]
DUES: Final = [None, date(2026, 7, 20), date(2026, 8, 10)]
VISIBLE: Final = [None, None, date(2026, 7, 15), date(2026, 7, 25)]
OWNERS: Final = [None, okr.Person("Ana Ruiz")]
#: Ids of objectives; those of their members follow from them, so that none changes its home.
OBJECTIVES: Final = ("a", "b", "c")
METRICS: Final = ("m", "n")
KINDS: Final = ("objective", "metric", "alignment", *MEMBERS)


def key_result(home: str, **fields: Any) -> dict[str, Any]:
    plain = {"low": 0, "high": 10, "weight": 1, "due": None, "metric": None}
    more = {"owner": None, "visible": None}
    return {"kind": "key result", "home": home, **plain, **more, **fields}


def objective(**fields: Any) -> dict[str, Any]:
    cycle = {"start": START, "end": ENDS[0]}
    return {"kind": "objective", **cycle, "ambition": None, "owner": None, **fields}


def guardrail(home: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "guardrail", "home": home, "limit": 5, "protects": None, **fields}


#: The plan as first agreed.
STORED: Final[Model] = {
    "a": objective(ambition=okr.Ambition.COMMITTED),
    "b": objective(),
    "m": {"kind": "metric", "limit": 5},
    "a1": key_result("a"),
    "a2": key_result("a", weight=2, metric="m"),
    "b1": key_result("b", high=20),
    "b>a1": {"kind": "reference", "home": "b", "to": "a1", "weight": 1},
    "b^a": {"kind": "alignment", "home": "b", "to": "a", "weight": 1},
    "ag": guardrail("a", protects="a1"),
    "bi": {"kind": "initiative", "home": "b", "drives": ("b1",), "due": None},
}


def without(model: Model, *ids: str) -> dict[str, Any]:
    """Return a model without some items, their members, and all that names one of them."""
    gone = {*ids, *(id for id, item in model.items() if item.get("home") in ids)}
    found: dict[str, Any] = {}
    for id, item in model.items():
        if id in gone or item.get("to") in gone or item.get("metric") in gone:
            continue
        changes: dict[str, Any] = {}
        if item.get("protects") in gone:
            changes["protects"] = None
        if gone.intersection(item.get("drives", ())):
            changes["drives"] = tuple(each for each in item["drives"] if each not in gone)
        found[id] = {**item, **changes}
    # A second pass, since key results of a metric that left have gone too.
    lost = {id for id in model if id not in found} - gone
    return without(found, *lost) if lost else found


class PlanEditingMachine(RuleBasedStateMachine):
    """Edits of every kind, readings, and days."""

    @initialize(before=st.sampled_from([5, -2, 0]))
    def begin(self, before: int) -> None:
        self.day = START + timedelta(days=before)
        self.first = self.day
        self.stored, self.journal = plan_of(STORED), okr.Journal()
        #: Plans of the model, each with its first day.
        self.plans: list[tuple[date, Model]] = [(date.min, STORED)]
        self.readings: list[Reading] = []
        #: Day of the first join of each objective, and ids of items that ever left.
        self.came: dict[str, date] = {}
        self.ever_left: set[str] = set()
        self.kept: dict[date, dict[str, float | None]] = {}
        self.days: set[date] = {self.day}

    # --- the model ---------------------------------------------------------------------------------

    @property
    def model(self) -> Model:
        return self.plans[-1][1]

    def model_on(self, day: date) -> Model:
        return [model for first, model in self.plans if first <= day][-1]

    def change(self, new: Model, data: st.DataObject) -> None:
        """Take a plan as the one from today on."""
        old = self.model
        try:
            wanted = plan_of(new)
        except okr.OkrError:
            return  # alignments in a circle
        homes = touched_homes(old, new)
        if new == old or any(old[id]["end"] < self.day for id in homes if id in old):
            return  # the score of a cycle that is over is final
        if data.draw(st.booleans(), label="by hand"):
            entries = entries_between(old, new, self.day, by_name=lambda: data.draw(st.booleans()))
        else:
            entries = list(
                okr.adjustments(
                    self.stored, self.journal, wanted, on=self.day, because="the world changed"
                )
            )
        self.journal = okr.admit(self.stored, self.journal, *entries)
        self.plans.append((self.day, new))
        for id, item in new.items():
            if id not in old and item["kind"] == "objective":
                self.came.setdefault(id, self.day)
        self.ever_left |= {id for id in old if id not in new}

    def changed(self, id: str, **fields: Any) -> Model:
        items: dict[str, Any] = {**self.model, id: {**self.model[id], **fields}}
        return items

    def drawn(self, data: st.DataObject, *kinds: str) -> str | None:
        """Draw the id of an item in the plan of today; None if there is none of these kinds."""
        found = sorted(id for id, item in self.model.items() if item["kind"] in kinds)
        return data.draw(st.sampled_from(found)) if found else None

    # --- edits -------------------------------------------------------------------------------------

    def edited(self, data: st.DataObject) -> Model:
        """Draw the plan of today with one edit."""
        edits: list[Callable[[st.DataObject], Model]] = [
            self.with_other_field,
            self.with_other_field,
            self.with_member,
            self.with_member,
            self.with_objective,
            self.without_item,
            self.without_item,
        ]
        edit = data.draw(st.sampled_from(edits))
        return edit(data)

    def with_other_field(self, data: st.DataObject) -> Model:
        id = self.drawn(data, *KINDS)
        if id is None:
            return self.model
        item = self.model[id]
        by_kind: dict[str, Any] = {
            "objective": {
                "end": ENDS,
                "ambition": [None, *okr.Ambition][:3],
                "owner": OWNERS,
            },
            "key result": {
                "low": [0, -2],
                "high": [10, 20, 5],
                "weight": [1, 2, 0, 3],
                "due": DUES,
                "visible": VISIBLE,
                "owner": OWNERS,
                "metric": [None, *(m for m in METRICS if m in self.model)],
            },
            "reference": {"weight": [1, 2, 0, 3]},
            "alignment": {"weight": [1, 2, 0]},
            "guardrail": {
                "limit": [5, 7, 3],
                "protects": [None, *self.counted(item.get("home", ""))],
            },
            "initiative": {
                "drives": [(), *((each,) for each in self.key_results)],
                "due": DUES,
            },
            "metric": {"limit": [5, 7, 3]},
        }
        choices = by_kind[item["kind"]]
        field = data.draw(st.sampled_from(sorted(choices)))
        return self.changed(id, **{field: data.draw(st.sampled_from(choices[field]))})

    def counted(self, home: str) -> list[str]:
        found = members(self.model, home, "key result", "reference")
        return [item.get("to", id) for id, item in found]

    @property
    def key_results(self) -> list[str]:
        return [id for id, item in self.model.items() if item["kind"] == "key result"]

    def with_member(self, data: st.DataObject) -> Model:
        home = self.drawn(data, "objective")
        if home is None:
            return self.model
        others = [id for id in self.key_results if self.model[id]["home"] != home]
        aims = [id for id in OBJECTIVES if id in self.model and id < home]
        choices: dict[str, Any] = {
            **{f"{home}{n}": key_result(home) for n in (1, 2, 3)},
            f"{home}g": guardrail(home),
            f"{home}i": {"kind": "initiative", "home": home, "drives": (), "due": None},
            **{f"{home}>{to}": {"kind": "reference", "home": home, "to": to} for to in others},
            **{f"{home}^{to}": {"kind": "alignment", "home": home, "to": to} for to in aims},
        }
        id = data.draw(st.sampled_from([id for id in choices if id not in self.model] or [home]))
        if id == home:
            return self.model
        item = choices[id]
        if item["kind"] in ("key result", "reference", "alignment"):
            item = {**item, "weight": data.draw(st.sampled_from([1, 2, 3]))}
        return {**self.model, id: item}

    def with_objective(self, data: st.DataObject) -> Model:
        id = data.draw(st.sampled_from(OBJECTIVES + METRICS))
        if id in self.model:
            return self.model
        if id in METRICS:
            return {**self.model, id: {"kind": "metric", "limit": 5}}
        own = {f"{id}{n}": key_result(id, weight=n) for n in range(1, data.draw(st.integers(1, 3)))}
        return {**self.model, id: objective(end=data.draw(st.sampled_from(ENDS))), **own}

    def without_item(self, data: st.DataObject) -> Model:
        id = self.drawn(data, *KINDS)
        return self.model if id is None else without(self.model, id)

    @rule(data=st.data(), count=st.sampled_from([1, 1, 2, 3]))
    def edit(self, data: st.DataObject, count: int) -> None:
        first, new = self.plans, self.model
        for _ in range(count):
            self.plans = [*first, (self.day, new)]
            new = self.edited(data)
        self.plans = first
        self.change(new, data)

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        """Take back an edit, or several: today's plan becomes that of an earlier day."""
        self.change(data.draw(st.sampled_from(self.plans))[1], data)

    # --- days and readings ---------------------------------------------------------------------------

    @rule(later=st.sampled_from([1, 0, 1, 3, 10]))
    def advance(self, later: int) -> None:
        self.day += timedelta(days=later)
        self.days |= {self.day, self.day - timedelta(days=1)} - {self.first - timedelta(days=1)}

    @rule(
        data=st.data(), values=st.lists(st.sampled_from([4, 10, 0, 6, 15]), min_size=1, max_size=3)
    )
    def check_in(self, data: st.DataObject, values: list[int]) -> None:
        takes = [id for id, item in self.model.items() if self.takes_readings(item)]
        for value in values if takes else ():
            of = data.draw(st.sampled_from(takes))
            entry = okr.CheckIn(of, self.day, value)
            self.journal = okr.admit(self.stored, self.journal, entry)
            self.readings.append((of, self.day, value))

    def takes_readings(self, item: Any) -> bool:
        if item["kind"] == "key result":
            return item["metric"] is None
        return item["kind"] in ("guardrail", "metric")

    @rule(data=st.data())
    def check_in_what_is_not_there(self, data: st.DataObject) -> None:
        # A check-in may come before the join of its day, also of an item that leaves on the same day.
        today = {id for first, model in self.plans if first == self.day for id in model}
        gone = [id for id in self.ever_left - today - self.model.keys() if id.isalnum()]
        if gone:
            entry = okr.CheckIn(data.draw(st.sampled_from(sorted(gone))), self.day, 5)
            with pytest.raises(okr.InconsistentPlanError):
                okr.admit(self.stored, self.journal, entry)

    # --- what holds ----------------------------------------------------------------------------------

    @invariant()
    def the_plan_of_each_day_is_that_of_the_model(self) -> None:
        for day in self.days_so_far():
            found = self.journal.effective(self.stored, on=day)
            wanted = plan_of(self.model_on(day))
            assert [each for each in okr.diff(wanted, found) if each.counts] == []

    @invariant()
    def scores_of_each_day_are_those_by_hand(self) -> None:
        for day in self.days_so_far():
            wanted = scores(self.model_on(day), self.readings, day)
            found = self.scores_on(day)
            assert found == pytest.approx(wanted, abs=1e-12)
            if day < self.day:
                assert self.kept.setdefault(day, found) == found

    def days_so_far(self) -> list[date]:
        return sorted(self.days) if hasattr(self, "days") else []

    def scores_on(self, day: date) -> dict[str, float | None]:
        card = okr.evaluate(self.stored, self.journal, as_of=day)
        return dict(zip(*card.columns("id", "score").values(), strict=True))

    @invariant()
    def original_scores_are_those_by_hand(self) -> None:
        for day in self.days_so_far()[-1:]:
            card = okr.evaluate(self.stored, self.journal, as_of=day)
            for result in card:
                original = self.original_of(result.id)
                if original is None:
                    continue
                wanted = score(original, self.readings, result.id, day)
                found = result.original_score
                # None if nothing that enters it was changed, and if there is no score in the original.
                assert (result.score if found is None else found) == pytest.approx(
                    wanted, abs=1e-12
                ) or found is wanted is None

    def original_of(self, id: str) -> Model | None:
        """Return the plan that has the original of an objective; None if the model has no answer."""
        if id in self.ever_left:
            return None  # it left, and joined again
        at = max(START, self.came.get(id, START))
        original = self.model_on(min(at, self.day))
        counted = [*members(original, id, "key result", "reference")]
        others = {item["to"] for _, item in counted if item["kind"] == "reference"}
        homes = {original[each]["home"] for each in others}
        same_day = all(max(START, self.came.get(each, START)) == at for each in homes)
        return original if counted and same_day and not homes & self.ever_left else None

    @invariant()
    def it_is_as_if_the_plan_in_force_had_always_been_so(self) -> None:
        for day in self.days_so_far()[-1:]:
            card = okr.evaluate(self.stored, self.journal, as_of=day)
            in_force = self.journal.effective(self.stored, on=day)
            read = [each for each in self.journal.in_force if isinstance(each, okr.CheckIn)]
            kept = [entry for entry in read if entry.of in self.model]
            if not all(self.takes_readings(self.model[entry.of]) for entry in kept):
                continue  # read for itself before it read a metric
            plain = okr.evaluate(in_force, okr.Journal(kept), as_of=day)
            names = ("id", "score", "progress", "coverage", "score_range", "expected", "pace")
            more = ("status", "verdict", "confidence", "excluded", "reading", "read_on", "owner")
            assert card.columns(*names, *more) == plain.columns(*names, *more)
            for each in in_force.objectives:
                for guard in each.guardrails:
                    one, other = card.guardrail(guard.id), plain.guardrail(guard.id)
                    assert (one.state, one.reading) == (other.state, other.reading)


PlanEditingMachine.TestCase.settings = settings(
    max_examples=examples(gate=40, explore=1000), stateful_step_count=20
)
TestPlanEditing = PlanEditingMachine.TestCase
