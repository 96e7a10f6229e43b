"""The strategies that users get: what they draw is valid, complete, and shrinks to what says least.

- every class of measure is drawn, and takes every reading drawn for it
- a plan shrinks to one objective with one key result of weight 1
- every field of a record is drawn at some time
- a drawn journal fits its plan, and a quarter can be evaluated under any drawn rulebook
- a hostile attempt is refused by an `OkrError` that can be shown, pickled and answered, and nothing else
- Hypothesis finds them by type
- the state machine agrees with the library, and catches a service that loses check-ins
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251  # the seed of one search
from typing import Any, get_args

import pytest
from attrs import evolve, fields, frozen
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable
from hypothesis.stateful import run_state_machine_as_test

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.journal import Entry
from okrcore.journal.journal import Dated
from okrcore.plan.measures import MEASURES, misfit
from okrcore.plan.reading import as_reading
from okrcore.testing.by_type import BY_TYPE
from okrcore.testing.journals import corrections_of, decisions_about
from okrcore.testing.measure_strategies import MAKERS
from okrcore.testing.registration import KINDS, register
from okrcore.testing.values import records

GROUPS = (okr.KeyResultProfile, okr.ObjectiveProfile, okr.Place, okr.Timing, okr.Contribution)
quickly = settings(
    max_examples=2000,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


def test_every_measure_has_its_strategy() -> None:
    assert set(MAKERS) == set(MEASURES)


@pytest.mark.parametrize("kind", MEASURES)
@given(data=st.data())
@settings(max_examples=examples(gate=25, explore=250))
def test_measures_take_their_readings(kind: type[Any], data: st.DataObject) -> None:
    measure = data.draw(testing.measures(kinds=[kind]))
    reading = as_reading(data.draw(testing.readings(measure)))
    assert type(measure) is kind
    assert reading is not None
    assert misfit(measure, reading) == ""


def test_a_plan_shrinks_to_one_objective_with_one_key_result() -> None:
    def is_wanted(plan: okr.Plan) -> bool:
        return any(kr.due is not None for o in plan.objectives for kr in o.own_key_results)

    # One seed: two plans in 25 stop at a second objective.
    plan = find(testing.plans(), is_wanted, random=Random(0))  # noqa: S311
    (objective,) = plan.objectives
    (kr,) = objective.own_key_results
    assert kr == okr.KeyResult("o0-k0", "A title", okr.PassFail(), due=kr.due)
    assert objective == okr.Objective("o0", "A title", key_results=[kr], cycle=objective.cycle)
    assert plan.metrics == ()


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, field.name) for kind in GROUPS for field in fields(kind)]
)
def test_every_field_of_a_group_is_drawn(kind: type[Any], name: str) -> None:
    names_ids = {"supports", "early_warning", "continues", "priority"}
    default = getattr(kind(), name)
    if name in names_ids:
        with pytest.raises(NoSuchExample):
            find(
                records(kind),
                lambda one: getattr(one, name) != default,
                settings=settings(quickly, max_examples=50),
            )
    else:
        assert find(records(kind), lambda one: getattr(one, name) != default, settings=quickly)


def test_what_a_record_refuses_goes_back_to_its_default() -> None:
    # Credible ranges from high to low are drawn, and refused.
    profiles = records(okr.KeyResultProfile)
    assert find(profiles, lambda one: one.credible_range is not None, settings=quickly).tags == ()


def test_a_record_that_refuses_everything_is_not_drawn() -> None:
    @frozen
    class Refusing:
        def __attrs_post_init__(self) -> None:
            raise okr.InvalidValueError("not-text", "Refusing", None)

    with pytest.raises((NoSuchExample, Unsatisfiable)):
        find(records(Refusing), lambda _: True, settings=settings(quickly, max_examples=20))


@pytest.mark.parametrize(
    ("field", "wide"),
    [("sets", False), ("sets", True), ("adds", False), ("adds", True), ("removes", True)],
)
def test_adjustments_of_every_kind_of_field_are_drawn(field: str, wide: bool) -> None:
    entries = records(okr.Adjustment, wide=wide)
    found = find(entries, lambda one: len(getattr(one, field)) == 2, settings=quickly)
    assert len(getattr(found, field)) == 2


def test_wide_records_have_ids_days_of_any_year_and_moments_of_any_zone() -> None:
    entries = records(okr.CheckIn, wide=True)
    assert find(entries, lambda one: one.id is not None, settings=quickly).on.year
    assert find(entries, lambda one: one.on.year < 2026, settings=quickly).on.year < 2026
    zoned = find(
        entries,
        lambda one: one.recorded is not None and one.recorded.utcoffset() != timedelta(0),
        settings=quickly,
    )
    assert zoned.recorded is not None


def test_wide_plans_and_rulebooks_have_what_usual_ones_have_not() -> None:
    def is_far(plan: okr.Plan) -> bool:
        dues = [kr.due for each in plan.objectives for kr in each.own_key_results]
        return any(due is not None and due.year < 2026 for due in dues)

    assert find(testing.plans(wide=True), is_far, settings=quickly).objectives
    assert find(
        testing.rulebooks(wide=True), lambda book: bool(book.methods), settings=quickly
    ).methods


def test_journals_need_not_fit() -> None:
    drawn = testing.plans().flatmap(
        lambda plan: st.tuples(st.just(plan), testing.journals(plan, fitting=False))
    )
    end = testing.values.CYCLE.end
    plan, journal = find(
        drawn,
        lambda pair: any(
            misfit.fault.code == "unknown-id" for misfit in okr.journal.misfits(*pair, as_of=end)
        ),
        settings=quickly,
    )
    with pytest.raises(okr.OkrError):
        okr.evaluate(plan, journal, as_of=end)


@pytest.mark.parametrize(
    "has",
    [
        lambda plan: any(kr.weight == 0 for o in plan.objectives for kr in o.own_key_results),
        lambda plan: any(kr.contribution for o in plan.objectives for kr in o.own_key_results),
        lambda plan: any(len(o.supports) == 3 for o in plan.objectives),
        lambda plan: any(each.weight == 0 for o in plan.objectives for each in o.supports),
        lambda plan: any(len(o.initiatives) == 2 for o in plan.objectives),
        lambda plan: any(o.is_micro for o in plan.objectives),
        lambda plan: any(not o.key_results for o in plan.objectives),
        lambda plan: len(plan.objectives) == 7,
    ],
)
def test_cascades_have_all_that_rolls_up(has: Any) -> None:
    plan = find(testing.cascades(), lambda drawn: has(drawn.plan), settings=quickly).plan
    assert not any(objective.guardrails for objective in plan.objectives)


def test_cascades_are_under_the_rules_given() -> None:
    rule = okr.rulebook.RollUpRule(combine=okr.plan.Combination.MINIMUM)
    cascade = find(testing.cascades(rules=st.just(rule)), lambda _: True, settings=quickly)
    assert cascade.rulebook.roll_up == cascade.rulebook.methods[0].roll_up == rule
    assert cascade.evaluate().rulebook == cascade.rulebook
    assert cascade.evaluate(rulebook=okr.RECOMMENDED).rulebook == okr.RECOMMENDED


def test_a_cascade_has_measures_of_every_kind_unless_some_are_given() -> None:
    drawn = testing.plans(cascading=True)
    assert find(
        drawn,
        lambda plan: any(
            isinstance(kr.measure, okr.Zones)
            for each in plan.objectives
            for kr in each.own_key_results
        ),
        settings=quickly,
    )


def test_a_type_without_a_strategy_is_no_field_of_ours() -> None:
    @frozen
    class Odd:
        number: complex

    with pytest.raises(NotImplementedError):
        find(records(Odd), lambda _: True)


@pytest.mark.parametrize("described", [True, False])
def test_every_kind_of_entry_is_drawn(described: bool) -> None:
    # One search for all: the rarest alone takes some 400 journals.
    left = set(get_args(Entry))
    if not described:
        left.remove(okr.PostMortem)  # it moves no number

    def are_all_seen(journal: okr.Journal) -> bool:
        left.difference_update(type(entry) for entry in journal.entries)
        return not left

    journals = testing.plans(described=described).flatmap(
        lambda plan: testing.journals(plan, described=described)
    )
    with suppress(NoSuchExample):  # which does not name the kinds that are left
        find(journals, are_all_seen, settings=quickly)
    assert not left


_BESIDE = {"by", "source", "link", "attributes"}


def test_every_field_of_an_entry_is_drawn() -> None:
    objective = okr.Objective(
        "o", "O", key_results=[okr.KeyResult("k", "K", okr.Increase(None, 10))]
    )
    plan = okr.Plan([objective])
    left = {
        (kind, field.name)
        for kind in (*get_args(Dated), okr.Correction)
        for field in fields(kind)
        if (kind, field.name) not in {(okr.CheckIn, "id"), (okr.Correction, "id")}
        and (kind is not okr.Correction or field.name not in _BESIDE)
    }

    def draws_something_new(entry: Any) -> bool:
        for field in fields(type(entry)):
            if getattr(entry, field.name) != field.default:
                left.discard((type(entry), field.name))
        return not left

    entries = st.one_of(
        testing.check_ins_of(objective.own_key_results[0]),
        decisions_about(plan),
        corrections_of(("e0",)),
    )
    find(entries, draws_something_new, settings=settings(quickly, max_examples=20_000))
    assert not left


def test_derived_key_results_are_drawn() -> None:
    seen: set[okr.Aggregation] = set()

    def are_all_seen(plan: okr.Plan) -> bool:
        parts = [kr.derived for o in plan.objectives for kr in o.own_key_results]
        seen.update(derived.how for derived in parts if derived is not None)
        return seen == set(okr.Aggregation)

    assert find(testing.plans(), are_all_seen, settings=quickly)


@given(testing.plans(), st.data(), testing.days())
@settings(max_examples=examples(gate=40, explore=400))
def test_journals_fit_their_plan(plan: okr.Plan, data: st.DataObject, day: Any) -> None:
    journal = data.draw(testing.journals(plan))
    assert okr.evaluate(plan, journal, as_of=day).problems == ()


@given(testing.quarters(), testing.rulebooks())
@settings(max_examples=examples(gate=60, explore=600))
def test_quarters_are_scored_under_any_rulebook(
    quarter: testing.Quarter, rulebook: okr.Rulebook
) -> None:
    for result in quarter.evaluate(rulebook=rulebook):
        assert result.score is None or isinstance(result.score, float)


@given(testing.hostile_plans())
@settings(max_examples=examples(gate=500, explore=5000))
def test_hostile_plans_are_refused(attempt: testing.Attempt) -> None:
    with pytest.raises(okr.OkrError) as caught:
        attempt.make()
    assert caught.value.code in str(caught.value)
    assert caught.value.as_dict()["code"] == caught.value.code
    assert attempt.fault


@pytest.mark.parametrize(
    "fault", ["of the wrong type", "repeated", "unknown id", "is an objective", "circle", "metric"]
)
def test_every_fault_is_tried(fault: str) -> None:
    found = find(testing.hostile_plans(), lambda attempt: fault in attempt.fault, settings=quickly)
    assert fault in found.fault


@pytest.mark.parametrize("kind", KINDS)
def test_hypothesis_finds_them_by_type(kind: type[Any]) -> None:
    register()
    assert type(find(st.from_type(kind), lambda _: True, settings=quickly)) is kind


def test_hypothesis_is_told_of_all_that_can_be_made() -> None:
    assert set(KINDS) == set(BY_TYPE)


@pytest.mark.parametrize(
    "first",
    ["okrcore.testing", "okrcore.testing.values", "hypothesis", "hypothesis.strategies", "okrcore"],
)
def test_hypothesis_is_told_of_them_whatever_is_imported_first(first: str, tmp_path: Path) -> None:
    # An installed package has its entry points beside it.
    pyproject = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    beside = tmp_path / "okrcore-0.0.0.dist-info"
    beside.mkdir()
    (beside / "METADATA").write_text("Metadata-Version: 2.1\nName: okrcore\nVersion: 0.0.0\n")
    (beside / "entry_points.txt").write_text(
        f"[hypothesis]\nokrcore = {pyproject['project']['entry-points']['hypothesis']['okrcore']}\n"
    )
    script = f"""
import sys
sys.path[:0] = [{str(tmp_path)!r}, {str(Path(okr.__file__).parents[1])!r}]
import {first}
from hypothesis import strategies as st
import okrcore
sys.stdout.write(repr(st.from_type(okrcore.Plan)))
"""
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("plans()", "")


class Faithful(testing.JournalMachine):
    """The library itself."""


class Forgetful(testing.JournalMachine):
    """A service that keeps the first check-in of each key result, and says it recorded all."""

    def record(self, entry: okr.CheckIn) -> None:
        if all(kept.of != entry.of for kept in self.journal.entries):  # type: ignore[union-attr]
            super().record(entry)


class Silent(testing.JournalMachine):
    """A service that never answers with a score."""

    def look(self) -> okr.Scorecard:
        return okr.evaluate(self.plan, okr.Journal(), as_of=self.day)


def test_the_machine_agrees_with_the_library() -> None:
    run_state_machine_as_test(
        Faithful, settings=settings(max_examples=examples(gate=40, explore=400))
    )


@pytest.mark.parametrize("service", [Forgetful, Silent])
def test_the_machine_catches_what_loses_check_ins(service: Any) -> None:
    with pytest.raises(AssertionError, match="by the model"):
        run_state_machine_as_test(service, settings=settings(quickly, max_examples=200))


def test_attempts_are_values() -> None:
    attempt = testing.Attempt(okr.Outside, (("id", ""), ("title", "")), "no id")
    assert pickle.loads(pickle.dumps(attempt)) == attempt  # noqa: S301
    assert evolve(attempt, fault="none").fault == "none"


@given(records(okr.Increase))
def test_what_is_required_and_refused_is_drawn_again(line: okr.Increase) -> None:
    assert line.baseline is None or line.target is None or line.baseline < line.target
