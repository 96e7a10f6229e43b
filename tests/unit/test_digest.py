"""A plan's digest, against a canonical text typed by hand and hashed by another program (sha256sum)."""

from __future__ import annotations

import hashlib
import pkgutil
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import attrs

import okrcore as okr
from okrcore import calendar, plan
from okrcore.plan.digest import canonical_text

PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Earn more",
            key_results=[
                okr.KeyResult("arpa", 'Revenue "per" Ångström', okr.Increase(112, 128), weight=2)
            ],
        )
    ]
)
TEXT = (
    '{"objectives":[{"id":"grow","key_results":[{"id":"arpa","measure":{"baseline":112.0,'
    '"target":128.0,"type":"increase"},"title":"Revenue \\"per\\" Ångström","type":"key_result",'
    '"weight":2.0}],"title":"Earn more","type":"objective"}],"type":"plan"}'
)
DIGEST = "f3e5cbb7af428ddf3c6a471399e04a48c2cdd5756f3e32e68b033bea9dbdfaf9"


def test_the_canonical_text_is_the_one_typed_by_hand() -> None:
    assert canonical_text(PLAN) == TEXT


def test_the_digest_is_the_one_of_another_program() -> None:
    assert hashlib.sha256(TEXT.encode()).hexdigest() == DIGEST
    assert PLAN.digest == DIGEST


def test_how_a_number_was_typed_leaves_no_trace() -> None:
    one = okr.Plan([], metrics=[okr.Metric("m", "M", health=okr.AtLeast(0))])
    other = okr.Plan([], metrics=[okr.Metric("m", "M", health=okr.AtLeast(-0.0))])
    assert one == other
    assert one.digest == other.digest


def test_every_kind_of_value_has_a_form() -> None:
    assert canonical_text((None, True, False, 3, 0.1, "a\n\x01\\", date(2026, 7, 1), ())) == (
        '[null,true,false,3,0.1,"a\\n\\u0001\\\\","2026-07-01",[]]'
    )


def test_a_field_added_with_a_default_changes_no_digest() -> None:
    @attrs.frozen
    class Thing:
        name: str

    older = Thing

    @attrs.frozen
    class Thing:  # type: ignore[no-redef]
        name: str
        colour: str | None = None

    assert canonical_text(Thing("a")) == canonical_text(older("a"))
    assert canonical_text(Thing("a", "red")) == '{"colour":"red","name":"a","type":"thing"}'  # type: ignore[call-arg]


def test_no_default_is_made_anew_for_each_record() -> None:
    """A default that a factory makes is no value to compare with, and could not be left out."""
    records = [
        record
        for room in (calendar, plan)
        for found in pkgutil.iter_modules(room.__path__)
        for record in vars(import_module(f"{room.__name__}.{found.name}")).values()
        if isinstance(record, type) and attrs.has(record)
    ]
    assert okr.KeyResult in records
    assert [
        (record, field.name)
        for record in records
        for field in attrs.fields(record)
        if field.init and type(field.default).__name__ == "Factory"
    ] == []


def test_the_digest_is_the_same_in_another_process() -> None:
    script = (
        "import okrcore as okr; print(okr.Plan([okr.Objective('grow', 'Earn more', key_results=["
        "okr.KeyResult('arpa', 'Revenue \"per\" Ångström', okr.Increase(112, 128), weight=2)])]).digest)"
    )
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, "-X", "utf8", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(okr.__file__).parents[1])},
    )
    assert done.stdout.strip() == DIGEST
