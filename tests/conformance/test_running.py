"""The harness itself: cases of other shapes and other systems, by data alone.

- `variants/` holds cases with other numbers, worked by hand from the rule, and other spellings: they pass
- `strange/` holds cases that nobody can run: each is listed with its reason
- whatever stands in a case, the harness answers, and never breaks
- a new system comes as two files, one of cases and one of rulebooks, and nothing else
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from conformance.running import Case, outcome_of, read_cases, read_rulebooks
from conformance.stated import rulebook_stated

HERE = Path(__file__).resolve().parent
VARIANTS = read_cases(HERE / "variants")
ALL = [*read_cases(HERE / "cases"), *VARIANTS, *read_cases(HERE / "strange")]

#: What the reason of a case that cannot be run says, by its id.
REASONS = {
    "x01": "prose: inputs that are",
    "x02": "prose: a part that is 'mostly fine'",
    "x03": "prose: 'mean(kr completion)' is expected",
    "x04": "no builder knows moon_phase",
    "x05": "no figure is called 'colour_of_the_bar'",
    "x06": "a part that is [1, 2, 3, 4]",
    "x07": "no rulebook for its source, --rulebooks gives one; refused:",
    "x08": "no builder knows actual_pct, expected_pct",
    "x09": "no builder knows weather",
    "x10": "no rulebook for its source, --rulebooks gives one; : 0.5, not 70",
    "x11": "contradiction: by its own words",
    "x12": "nothing is expected",
}


@pytest.mark.parametrize("case", VARIANTS, ids=[case["id"] for case in VARIANTS])
def test_variants_pass(case: Case) -> None:
    outcome = outcome_of(case, [])
    assert (outcome.kind, outcome.reason) == ("passed", "")


@pytest.mark.parametrize("case", VARIANTS, ids=[case["id"] for case in VARIANTS])
def test_a_variant_with_another_answer_does_not_pass(case: Case) -> None:
    if "anti-example" in case.get("tags", ()):
        return
    key = "expected" if "expected" in case else "published"
    assert outcome_of({**case, key: _other(case[key])}, []).kind != "passed"


def _other(expected: Any) -> Any:
    """Return an answer that no unit makes the same."""
    if isinstance(expected, dict):
        return {key: _other(value) for key, value in expected.items()}
    return expected * 1.1 + 1.7 if isinstance(expected, (int, float)) else "indigo"


def test_strange_cases_are_listed_with_their_reasons() -> None:
    found = {case["id"]: outcome_of(case, []) for case in read_cases(HERE / "strange")}
    assert {outcome.kind for outcome in found.values()} == {"listed"}
    assert found.keys() == REASONS.keys()
    for id, reason in REASONS.items():
        assert reason in found[id].reason


odd = st.sampled_from(
    [None, "x", [], {}, -1, 0, "NaN", float("inf"), float("nan"), [1], ["a"], {"a": 1}, True, 1e300]
)


@given(st.sampled_from(ALL), odd, st.data())
def test_whatever_stands_in_a_case_the_harness_answers(
    case: Case, value: Any, data: st.DataObject
) -> None:
    changed: dict[str, Any] = json.loads(json.dumps(case))
    inputs = changed.get("inputs")
    place = inputs if isinstance(inputs, dict) and data.draw(st.booleans()) else changed
    key = data.draw(st.sampled_from(sorted(place)))
    place[key] = value
    assert outcome_of({**changed, "id": "odd"}, []).kind in ("passed", "listed", "failed")


def test_a_failure_of_the_library_is_no_case_of_another_shape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (case,) = (case for case in ALL if case["id"] == "s012")
    monkeypatch.setattr("okrcore.plan.contents._misfits", None)
    with pytest.raises(TypeError, match="not callable"):
        outcome_of(case, [])


# --- a new system, by data alone ---------------------------------------------------------------

#: Worked by hand: (12 - 2) / 8 = 1.25, not capped; the lower of 0.9 and 0.2; a gap of 0.2 is late.
CASES = [
    {"id": "n1", "source": "acme.example/docs", "kind": "kr_progress",
     "inputs": {"start": 2, "target": 10, "current": 12}, "expected": {"percent": 125}},
    {"id": "n2", "source": "acme.example/docs", "kind": "objective_rollup",
     "inputs": {"children": [90, 20]}, "expected": 20},
    {"id": "n3", "source": "Acme.Example/status", "kind": "status",
     "inputs": {"expected_pct": 60, "actual_pct": 40}, "expected": "late"},
    {"id": "n4", "source": "elsewhere.example", "kind": "objective_rollup",
     "inputs": {"children": [90, 20]}, "expected": 55},
]  # fmt: skip
RULEBOOKS = {
    "rulebooks": [
        {
            "okrcore": 1,
            "kind": "rulebook",
            "data": {
                "name": "Acme",
                "attainment": {"clip": {"floor": 0, "ceiling": None}},
                "roll_up": {"combine": "minimum"},
                "status": [
                    {
                        "type": "by_bands",
                        "axis": "gap",
                        "bands": {"bands": [[{"type": "above", "limit": 0.1}, "late"], [None, "fine"]]},
                    }
                ],
            },
        }
    ],
    "sources": {"acme.example": "Acme", "elsewhere": "RECOMMENDED"},
}  # fmt: skip


def run(*options: str) -> str:
    """Run the conformance tests as people do, and return what they print."""
    command = [sys.executable, "-m", "pytest", "tests/conformance/test_cases.py", "-q", "-rs"]
    done = subprocess.run(  # noqa: S603  # our own tests
        [*command, "-p", "no:cacheprovider", "-p", "no:randomly", *options],
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_cases_of_a_new_system_run_by_data_alone(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "acme.json").write_text(json.dumps(CASES))
    (tmp_path / "acme.json").write_text(json.dumps(RULEBOOKS))
    folder = ["--cases", str(tmp_path / "cases")]
    told = run(*folder, "--rulebooks", str(tmp_path / "acme.json"))
    assert "Acme                            3 passed    0 listed    0 failed" in told
    assert "in all                          4 passed    0 listed    0 failed" in told
    assert "5 passed" in told.splitlines()[-1]
    # Without the rulebook they do not pass, and the reason says what is missing.
    told = run(*folder)
    assert "in all                          1 passed    3 listed    0 failed" in told
    assert "n2  no rulebook for its source, --rulebooks gives one" in told
    assert "2 passed, 3 skipped" in told.splitlines()[-1]


def test_a_rulebook_from_outside_comes_before_the_table(tmp_path: Path) -> None:
    file = tmp_path / "rulebooks.json"
    file.write_text(json.dumps({**RULEBOOKS, "sources": {"gitlab": "Acme", "lab": "Google"}}))
    case = next(case for case in ALL if case["id"] == "s012")  # the mean of 20, 30 and 30, floored
    assert outcome_of(case, []).kind == "passed"
    rows = read_rulebooks(file)
    assert outcome_of(case, rows).reason == "percent: 0.2, not 26 under Acme"
    assert [rulebook.name for _, rulebook in rows] == ["Acme", "Google"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not JSON", "Expecting value"),
        ("[]", "'list' object has no attribute 'get'"),
        ('{"sources": {"acme": "Amce"}}', "no rulebook 'Amce'; there are ALLY"),
        ('{"rulebooks": [{"okrcore": 1, "kind": "rulebook", "data": {}}]}', "name"),
    ],
)
def test_a_faulty_file_of_rulebooks_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "rulebooks.json"
    file.write_text(text)
    with pytest.raises(pytest.UsageError, match=reason.replace("ALLY", "15Five")):
        read_rulebooks(file)


# --- a source that no row names ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a plain mean", {}),
        ("never below 0, not capped", {"attainment.clip.ceiling": None}),
        ("blanks count as 0", {"roll_up.missing": 0.0}),
        (
            "whole percents, half down",
            {"roll_up.result.digits": 2, "roll_up.result.rounding": okr.rulebook.Rounding.HALF_DOWN},
        ),
        ("archived goals are excluded", {"roll_up.with_archived": False}),
    ],
)  # fmt: skip
def test_the_rule_that_a_case_states(text: str, changed: dict[str, Any]) -> None:
    stated = rulebook_stated({"semantics": text})
    plain = rulebook_stated({})
    assert {each.path: each.b for each in okr.rulebook.diff_rulebooks(plain, stated)} == changed
