"""Every id that a record of a plan holds leads to something in the plan or outside it, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given

import okrcore as okr
from build import kr
from okrcore import codec, testing
from okrcore.plan.contents import named_in

UP = okr.Increase(0, 100)


def timeless(*key_results: Any, **more: Any) -> okr.Objective:
    return okr.Objective("o", "O", key_results=key_results or [okr.KeyResult("k", "K", UP)], **more)


def guarded(**more: Any) -> okr.Objective:
    return timeless(guardrails=[okr.Guardrail("g", "G", okr.AtMost(5), **more)])


OTHER = okr.Objective(
    "o2",
    "O",
    key_results=[okr.KeyResult("k2", "K", UP)],
    guardrails=[okr.Guardrail("g2", "G", okr.AtMost(5))],
    initiatives=[okr.Initiative("i2", "I")],
)


def beside(objective: okr.Objective) -> okr.Plan:
    """Return a plan of an objective and one of each kind of item that it may name."""
    return okr.Plan(
        [objective, OTHER],
        metrics=[okr.Metric("m", "M")],
        outside=[okr.Outside("x")],
        priorities=[okr.plan.Priority("p", "P")],
    )


#: By the path of the refusal, an objective in which an id is named, and what the id may lead to.
NAMING: dict[str, tuple[Callable[[str], okr.Objective], set[str]]] = {
    "Objective('o').supports[0]": (lambda to: timeless(supports=[to]), {"o2", "k2", "x"}),
    "Objective('o').key_results[1]": (lambda to: timeless(kr(), okr.KeyResultRef(to)), {"k2"}),
    "Objective('o').continues": (lambda to: timeless(continues=to), {"o2", "x"}),
    "KeyResult('k').continues": (lambda to: timeless(kr(continues=to)), {"k2", "x"}),
    "KeyResult('k').metric": (lambda to: timeless(kr(metric=to)), {"m"}),
    "KeyResult('k').derived.of[0]": (
        lambda to: timeless(kr(derived=okr.Derived(okr.Aggregation.SUM, [to]))),
        {"k2"},
    ),
    "KeyResult('k').contribution.supports[0]": (
        lambda to: timeless(kr(contribution=okr.Contribution(supports=[to]))),
        {"k2", "x"},
    ),
    "KeyResult('k').profile.early_warning": (
        lambda to: timeless(kr(profile=okr.KeyResultProfile(early_warning=to))),
        {"k2", "m", "x"},
    ),
    "Objective('o').kpis[0]": (lambda to: timeless(kpis=[to]), {"m"}),
    "Objective('o').trigger.of": (
        lambda to: timeless(trigger=okr.Trigger(okr.TriggerKind.EXPERIMENT, to, hypothesis="H")),
        {"o2", "k2", "m", "x"},
    ),
    "Guardrail('g').metric": (lambda to: guarded(metric=to), {"m"}),
    # A guardrail protects what counts in its own objective, which none of these does.
    "Guardrail('g').protects": (lambda to: guarded(protects=to), set()),
    "Objective('o').place.priority": (lambda to: timeless(place=okr.Place(priority=to)), {"p"}),
    "Initiative('i').drives[0]": (
        lambda to: timeless(initiatives=[okr.Initiative("i", "I", drives=[to])]),
        {"k2", "m", "x"},
    ),
}


@pytest.mark.parametrize("path", NAMING)
@pytest.mark.parametrize("id", ["nowhere", "o2", "k2", "g2", "i2", "m", "x", "p"])
def test_a_reference_leads_somewhere_or_is_refused(path: str, id: str) -> None:
    """S60, for each field that holds an id, and each kind of item that it may lead to."""
    make, kinds = NAMING[path]
    objective = make(id)
    if id in kinds:
        assert id in set(named_in(beside(objective).objective("o")))
        return
    with pytest.raises(okr.InconsistentPlanError) as caught:
        beside(objective)
    assert (caught.value.path, caught.value.value) == (path, id)
    assert caught.value.code == ("unknown-id" if id == "nowhere" else "wrong-kind")


def test_a_document_and_tables_refuse_a_dead_reference_at_its_place() -> None:
    objective = timeless(
        kr(
            contribution=okr.Contribution(supports=["x"]),
            profile=okr.KeyResultProfile(early_warning="x"),
        ),
        continues="x",
    )
    document, tables = codec.dump(beside(objective)), codec.to_tables(beside(objective))
    document["data"]["outside"] = tables["outside"] = []
    with pytest.raises(okr.DecodeError) as of_document:
        codec.load(document)
    assert [str(fault) for fault in of_document.value.faults] == [
        "$.data.objectives[0].key_results[0].contribution.supports[0]: must be a known id, got 'x' [unknown-id]",
        "$.data.objectives[0].key_results[0].profile.early_warning: must be a known id, got 'x' [unknown-id]",
        "$.data.objectives[0].continues: must be a known id, got 'x' [unknown-id]",
    ]
    with pytest.raises(okr.DecodeError) as of_tables:
        codec.from_tables(tables)
    assert [fault.path for fault in of_tables.value.faults] == [
        "$.key_results[0].contribution.supports[0]",
        "$.key_results[0].profile.early_warning",
        "$.objectives[0].continues",
    ]


#: The records of a plan, and their texts: names of items, and words that name none.
RECORDS: tuple[type[Any], ...] = (
    *(okr.Objective, okr.KeyResult, okr.KeyResultRef, okr.Guardrail, okr.Initiative, okr.Metric),
    *(okr.Outside, okr.Alignment, okr.Derived, okr.Contribution, okr.Timing, okr.Place),
    *(okr.KeyResultProfile, okr.ObjectiveProfile, okr.Dependency, okr.Parked, okr.Trigger),
    *(okr.plan.Priority, okr.plan.Threshold, okr.plan.Measurement),
)
REFERENCES = {
    *("Alignment.to", "KeyResultRef.to", "KeyResult.metric", "Guardrail.metric", "Derived.of"),
    *("Contribution.supports", "KeyResultProfile.early_warning", "Objective.continues"),
    *("KeyResult.continues", "Guardrail.protects", "Initiative.drives"),
    *("Place.priority", "Threshold.metric"),
    *("Objective.kpis", "Trigger.of", "Metric.drives"),
}
WORDS = {
    *(f"{kind.__name__}.{name}" for kind in RECORDS[:7] for name in ("id", "title")),
    "Objective.method",  # of the rulebook, and refused by `evaluate` if it has none of that name
    *("Alignment.contribution", "Metric.definition", "Dependency.what"),
    *("ObjectiveProfile.tags", "KeyResultProfile.tags", "Trigger.hypothesis", "Parked.because"),
    "Trigger.scope",
    *("Measurement.numerator", "Measurement.denominator", "Measurement.event"),
    *("Measurement.source", "Measurement.method"),
    *("ObjectiveProfile.attributes", "KeyResultProfile.attributes"),
    *(f"{kind.__name__}.attributes" for kind in RECORDS[3:7]),
    *(f"Priority.{name}" for name in ("id", "title", "attributes")),
    *("ObjectiveProfile.intent", "ObjectiveProfile.sufficiency", "ObjectiveProfile.resources"),
}


def test_every_text_of_a_plan_is_a_word_or_a_reference() -> None:
    """A new text in a record goes into one of the two sets; a reference goes into `NAMING`, too."""
    texts = {
        f"{record.__name__}.{field.name}"
        for record in RECORDS
        for field in attrs.fields(attrs.resolve_types(record))
        if "str" in str(field.type)
    }
    assert texts - WORDS == REFERENCES
    # References in `NAMING` are of objectives and their members; for drivers see test_driver_trees.
    assert len(NAMING) == len(REFERENCES - {"Threshold.metric", "Metric.drives"})


def parts_of(metric: okr.Metric) -> tuple[str, ...]:
    return () if metric.derived is None else metric.derived.of


@given(testing.plans())
def test_a_subtree_names_what_it_cuts(plan: okr.Plan) -> None:
    """What leads out of a subtree is `outside` it, and it names nothing else there."""
    for objective in plan.objectives:
        part = plan.subtree(objective.id)
        named = {id for each in part.objectives for id in named_in(each)}
        named |= {each.metric for one in part.priorities for each in one.metrics}
        assert {each.id for each in part.outside} <= named
        # Links between metrics have no circle, so each link comes from a named metric in the end.
        named |= {id for each in part.metrics for id in (*parts_of(each), *each.drives)}
        named |= {each.place.priority or "" for each in part.metrics if each.place is not None} - {
            ""
        }
        assert named <= part.items.keys()
        assert {
            *(each.id for each in part.metrics),
            *(each.id for each in part.priorities),
        } <= named


def test_a_subtree_keeps_what_warns_and_what_is_continued() -> None:
    objective = timeless(
        kr(
            contribution=okr.Contribution(supports=["k2"]),
            profile=okr.KeyResultProfile(early_warning="m"),
        ),
        okr.KeyResult("l", "L", UP, profile=okr.KeyResultProfile(early_warning="x")),
        continues="o2",
    )
    part = beside(objective).subtree("o")
    assert [metric.id for metric in part.metrics] == ["m"]
    assert part.outside == (
        okr.Outside("o2", title="O"),
        okr.Outside("k2", title="K"),
        okr.Outside("x"),
    )
