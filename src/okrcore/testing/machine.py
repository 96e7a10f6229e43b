"""A state machine for recorders of check-ins: this library's own journal, or a user's service."""

from __future__ import annotations

from datetime import date
from math import fsum, isclose
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from okrcore.journal import CheckIn, Journal, admit
from okrcore.plan import KeyResult, Objective, Plan
from okrcore.scorecard import Scorecard, evaluate
from okrcore.testing.measure_strategies import lines
from okrcore.testing.values import CYCLE, Strategy, days, numbers, weights

__all__ = ["JournalMachine"]


class JournalMachine(RuleBasedStateMachine):
    """Machine that records check-ins in any order, evaluates any day, and compares scores with a plain model.

    To test a service of your own, override `record` to send it the entry, and `look` to return its
    scorecard; `setup` and `teardown` are Hypothesis's. The model has objectives without a cycle, with lines
    from a baseline as key results.

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
    #: Check-ins by key result: the day, their order, and the number.
    readings: dict[str, list[tuple[date, int, float]]]

    # --- for subclasses to override --------------------------------------------------------------

    def plans(self) -> Strategy[Plan]:
        """Return a strategy of plans."""
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
        """Return the scorecard of the present day."""
        return evaluate(self.plan, self.journal, as_of=self.day)

    # --- rules and invariants --------------------------------------------------------------------

    @initialize(data=st.data())
    def start(self, data: st.DataObject) -> None:
        """Begin with a plan and no entries."""
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
        """Change the day, to an earlier or later one."""
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
        msg = f"{id} scores {found}, but {wanted} by the model"
        raise AssertionError(msg)
