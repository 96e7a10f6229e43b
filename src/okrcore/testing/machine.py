"""A state machine for what records check-ins: this library's own journal, or a user's service."""

from __future__ import annotations

from datetime import date
from math import fsum, isclose
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from okrcore.journal import CheckIn, Journal, admit
from okrcore.plan import KeyResult, Objective, Plan
from okrcore.scorecard import Scorecard, evaluate
from okrcore.testing.measures import lines
from okrcore.testing.values import CYCLE, Strategy, days, numbers, weights

__all__ = ["JournalMachine"]


class JournalMachine(RuleBasedStateMachine):
    """Records check-ins in any order, looks at any day, and compares the scores with a plain model.

    To test a service of your own, let `record` send it the entry and `look` ask it for the scorecard;
    `setup` and `teardown` are Hypothesis's. The model knows objectives without a cycle whose key results
    are lines with a baseline.

    >>> from hypothesis import settings
    >>> from hypothesis.stateful import run_state_machine_as_test
    >>> class MyService(JournalMachine):
    ...     def record(self, entry):
    ...         super().record(entry)  # and send it to the service
    >>> run_state_machine_as_test(MyService, settings=settings(max_examples=10))
    """

    plan: Plan
    journal: Journal
    day: date
    #: What was checked in: the day, which of them it was, and the number.
    readings: dict[str, list[tuple[date, int, float]]]

    # --- what subclasses may replace -------------------------------------------------------------

    def plans(self) -> Strategy[Plan]:
        """Return the plans to play with."""
        measures = st.lists(st.tuples(lines(), weights()), min_size=1, max_size=4)
        return measures.map(
            lambda drawn: Plan(
                [
                    Objective(
                        "o",
                        "An objective",
                        key_results=[
                            KeyResult(f"k{n}", "A key result", measure, weight=weight)
                            for n, (measure, weight) in enumerate(drawn)
                        ],
                    )
                ]
            )
        )

    def record(self, entry: CheckIn) -> None:
        """Record one check-in."""
        self.journal = admit(self.plan, self.journal, entry)

    def look(self) -> Scorecard:
        """Return the scorecard of the day looked at."""
        return evaluate(self.plan, self.journal, as_of=self.day)

    # --- the game --------------------------------------------------------------------------------

    @initialize(data=st.data())
    def start(self, data: st.DataObject) -> None:
        """Begin with a plan and nothing recorded."""
        self.plan = data.draw(self.plans())
        self.journal = Journal()
        self.day = CYCLE.start
        self.readings = {}

    @rule(data=st.data(), on=days(), value=numbers())
    def check_in(self, data: st.DataObject, on: date, value: float) -> None:
        """Record a number for one of the key results, today, late or ahead of time."""
        ids = [kr.id for objective in self.plan.objectives for kr in objective.own_key_results]
        id = data.draw(st.sampled_from(ids))
        self.record(CheckIn(id, on, value))
        known = self.readings.setdefault(id, [])
        known.append((on, len(known), value))

    @rule(day=days())
    def turn_to(self, day: date) -> None:
        """Look at another day, earlier or later."""
        self.day = day

    @invariant()
    def scores_are_those_of_the_model(self) -> None:
        """Compare every score with the model's."""
        card = self.look()
        for objective in self.plan.objectives:
            shares: list[tuple[float, float]] = []
            for kr in objective.own_key_results:
                score = self._model_of(kr)
                _must_agree(kr.id, card.key_result(kr.id).score, score)
                if score is not None:
                    shares.append((score, kr.weight))
            total = fsum(weight for _, weight in shares)
            mean = fsum(score * weight for score, weight in shares) / total if shares else None
            _must_agree(objective.id, card.objective(objective.id).score, mean)

    def _model_of(self, kr: KeyResult) -> float | None:
        known = [reading for reading in self.readings.get(kr.id, ()) if reading[0] <= self.day]
        if not known:
            return None
        line: Any = kr.measure
        baseline, target = line.ends()
        progress = (max(known)[2] - baseline) / (target - baseline)
        return float(min(max(progress, 0.0), 1.0))


def _must_agree(id: str, found: float | None, wanted: float | None) -> None:
    both = found is not None and wanted is not None
    if not (both and isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)) and found is not wanted:  # type: ignore[arg-type]
        msg = f"{id} scores {found}, and the model says {wanted}"
        raise AssertionError(msg)
