"""The value contract, kept by every public record; found by walking what the package exports.

- every record has an example, so nothing public escapes these tests
- a record is final, unless it is the common face of others
- equal records have equal hashes, and a record equals what says that it equals everything
- a record has no `__dict__`; nothing can be assigned or deleted
- pickle, copy, deepcopy and attrs.evolve give an equal record
- a repr is short, on one line, and says the kind
- a list will do where a tuple is held
- every field refuses what is of no kind it knows, a text for a sequence, and what is no finite number
"""

from __future__ import annotations

import copy
import pickle
import sys
from typing import Any

import attrs
import pytest

import okrcore as okr
from contract.examples import EXAMPLES, OUTPUTS, public_records
from okrcore import testing

RECORDS = public_records()

each_record = pytest.mark.parametrize(
    "example",
    [pytest.param(value, id=kind.__name__) for kind in EXAMPLES for value in EXAMPLES[kind]],
)
each_input = pytest.mark.parametrize(
    "example",
    [
        pytest.param(value, id=kind.__name__)
        for kind in EXAMPLES
        if kind not in OUTPUTS
        for value in EXAMPLES[kind]
    ],
)


class Alien:
    """Something that no field takes."""


class EqualToAll:
    """Leaves the answer to this side, which says yes."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # equal to all, so it cannot have one


def init_fields(example: Any) -> list[attrs.Attribute[Any]]:
    return [field for field in attrs.fields(type(example)) if field.init]


def evolved(example: Any, field: attrs.Attribute[Any], value: object) -> Any:
    changes: dict[str, Any] = {field.alias or field.name: value}
    return attrs.evolve(example, **changes)


def twin(example: Any) -> Any:
    return pickle.loads(pickle.dumps(example))  # noqa: S301  # made a moment ago


def test_every_record_has_an_example() -> None:
    missing = sorted(name for name, kind in RECORDS.items() if kind not in EXAMPLES)
    assert not missing, f"add an example to tests/contract/examples.py of: {', '.join(missing)}"


def test_there_are_no_examples_of_records_that_are_not_public() -> None:
    known = set(RECORDS.values())
    assert [kind.__name__ for kind in EXAMPLES if kind not in known] == []


def test_examples_set_every_field() -> None:
    # Otherwise what is proved below is proved of defaults.
    unset = [
        f"{kind.__name__}.{field.name}"
        for kind, examples in EXAMPLES.items()
        if kind not in OUTPUTS
        for field in init_fields(examples[0])
        if all(getattr(example, field.name) == field.default for example in examples)
    ]
    assert not unset, f"set in an example of tests/contract/examples.py: {', '.join(unset)}"


def test_records_are_final() -> None:
    # `Result` is the common face of results; those of an evaluation are looked up, see `evaluated_results`.
    open_ones = [
        kind.__name__ for kind in RECORDS.values() if not getattr(kind, "__final__", False)
    ]
    assert open_ones == ["KeyResultResult", "ObjectiveResult", "Result"]


@each_record
def test_equal_records_have_equal_hashes(example: Any) -> None:
    other = twin(example)
    assert other is not example
    assert other == example
    assert (other != example) is False
    assert hash(other) == hash(example)
    assert len({example, other}) == 1


@each_record
def test_equality_asks_the_other_side(example: Any) -> None:
    assert example == EqualToAll()
    assert example != Alien()


@each_record
def test_nothing_can_be_assigned_or_deleted(example: Any) -> None:
    assert not hasattr(example, "__dict__")
    for name in [*(field.name for field in attrs.fields(type(example))), "of_no_field"]:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(example, name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(example, name)


@each_record
def test_copies_are_equal(example: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(example, protocol)) == example  # noqa: S301
    assert copy.copy(example) == example
    assert copy.deepcopy(example) == example
    assert attrs.evolve(example) == example
    assert attrs.evolve(example).__class__ is example.__class__
    if sys.version_info >= (3, 13):
        assert copy.replace(example) == example


@each_record
def test_a_repr_is_short(example: Any) -> None:
    shown = repr(example)
    assert shown.startswith(f"{example.__class__.__name__}(")
    assert shown.endswith(")")
    assert "\n" not in shown
    assert len(shown) < 200, shown


@each_input
def test_a_list_will_do_for_a_tuple(example: Any) -> None:
    for field in init_fields(example):
        value = getattr(example, field.name)
        if isinstance(value, tuple):
            again = evolved(example, field, list(value))
            assert again == example, field.name
            assert hash(again) == hash(example), field.name


@each_input
def test_every_field_refuses_what_is_of_no_kind_it_knows(example: Any) -> None:
    for field in init_fields(example):
        for alien in (Alien(), Alien):
            with pytest.raises(okr.OkrError) as caught:
                evolved(example, field, alien)
            assert field.name in caught.value.path, field.name
            assert caught.value.value is alien, field.name


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(value, id=kind.__name__)
        for kind in sorted(OUTPUTS - {testing.Attempt}, key=lambda kind: kind.__name__)
        for value in EXAMPLES[kind]
    ],
)
def test_what_the_library_makes_is_made_of_the_kinds_it_says(example: Any) -> None:
    # An attempt is made of what must be refused.
    for field in init_fields(example):
        if isinstance(getattr(example, field.name), type):
            continue  # any class will do
        for alien in (Alien(), Alien, [Alien()], (Alien(),), float("nan"), 10**400):
            with pytest.raises(okr.OkrError):
                evolved(example, field, alien)


@each_input
def test_a_text_is_never_taken_for_a_sequence(example: Any) -> None:
    for field in init_fields(example):
        if isinstance(getattr(example, field.name), tuple):
            with pytest.raises(okr.OkrError) as caught:
                evolved(example, field, "conv")
            assert caught.value.value == "conv", field.name


@each_input
def test_a_number_is_finite_and_not_a_flag(example: Any) -> None:
    for field in init_fields(example):
        is_number = type(getattr(example, field.name)) is float
        if is_number and (type(example), field.name) != (okr.CheckIn, "value"):
            for value in (float("nan"), float("inf"), float("-inf"), True, "1", 10**400):
                with pytest.raises(okr.OkrError) as caught:
                    evolved(example, field, value)
                assert caught.value.code == "not-a-number", field.name
