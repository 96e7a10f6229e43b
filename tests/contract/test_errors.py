"""The error contract.

- every refusal has the code and the whole message that the table says
- every `raise`, and every place that makes an error, is reached by a row of the table
- the codes in use are the codes of `errors.RULES`, each with rows of its own
- refusals hold without attrs validators and without asserts
- errors survive pickle, and are plain data for a service's answer
- the library raises nothing but its own errors
"""

from __future__ import annotations

import ast
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import pytest

import okrcore as okr
from contract.refusals import refusals
from okrcore import errors

SRC = Path(okr.__file__).parent
HERE = Path(__file__).parent
#: What is raised and refuses nothing: an answer that a subclass gives, an attribute that is not there, what
#: a state machine finds wrong with a user's service, a mistake of our own that is passed on.
NO_REFUSALS = ("NotImplementedError", "AttributeError", "AssertionError", "raise error")
#: Functions that make what is raised; `group_of` makes what the codec takes apart again.
MAKERS = {"refusal", "undecodable", "group_of", "_unreadable", "_no_day", "_mixed", "refusal_of"}
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, okr.OkrError)
}

each_refusal = pytest.mark.parametrize(
    ("code", "act", "message"),
    [
        pytest.param(code, act, message, id=f"{code}: {message.splitlines()[0][:60]}")
        for code, act, message in refusals()
    ],
)


def refused(act: Callable[[], object]) -> okr.OkrError:
    with pytest.raises(okr.OkrError) as caught:
        act()
    return caught.value


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SRC.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def lines_of(trace: TracebackType | None) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    while trace is not None:
        found.add((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found


def unreached(nodes: dict[str, list[ast.AST]], lines: set[tuple[str, int]]) -> list[str]:
    """Return the statements none of whose lines was run."""
    return [
        f"{Path(file).relative_to(SRC)}:{node.lineno}"  # type: ignore[attr-defined]
        for file, found in nodes.items()
        for node in found
        if not any(
            (file, line) in lines
            for line in range(node.lineno, node.end_lineno + 1)  # type: ignore[attr-defined]
        )
    ]


@each_refusal
def test_a_refusal_has_its_code_and_its_whole_message(
    code: str, act: Callable[[], object], message: str
) -> None:
    error = refused(act)
    assert str(error) == message
    # A document is refused as one, and each of its faults says its own code.
    assert code in {error.code, *(fault.code for fault in error.faults)}
    assert message.endswith(f" [{code}]") or error.faults


@each_refusal
def test_a_refusal_survives_pickle_and_is_plain_data(
    code: str, act: Callable[[], object], message: str
) -> None:
    error = refused(act)
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    except (AttributeError, TypeError, pickle.PicklingError):
        pytest.fail(f"{error!r} does not survive pickle")
    assert type(again) is type(error)
    assert (again.code, again.path, str(again)) == (error.code, error.path, message)
    assert again.as_dict() == error.as_dict()
    answer = json.loads(json.dumps(error.as_dict(), allow_nan=False))
    assert answer["code"] == error.code
    assert answer["message"] == message
    assert [fault["message"] for fault in answer["faults"]] == [str(f) for f in error.faults]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_error_survives_pickle(kind: str) -> None:
    fault = okr.InvalidValueError("negative", "Cadence.weeks", -1)
    error = getattr(okr, kind)("entry-mismatch", "Journal", 1, "look", (fault,))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    assert type(again) is type(error)
    assert again.as_dict() == error.as_dict()
    assert (again.value, again.hint) == (1, "look")
    assert isinstance(error, okr.OkrError)
    assert isinstance(error, ValueError) or kind == "OkrError"


def test_every_raise_is_reached_by_a_refusal() -> None:
    raises: dict[str, list[ast.AST]] = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and not any(
                word in ast.unparse(node) for word in NO_REFUSALS
            ):
                raises.setdefault(str(path), []).append(node)
    reached: set[tuple[str, int]] = set()

    def note(frame: FrameType, event: str, _: object) -> Any:
        # Not from tracebacks: the codec collects what it raises, and raises one error of it.
        file = frame.f_code.co_filename
        if event == "line":
            reached.add((file, frame.f_lineno))
        return note if file in raises else None

    before = sys.gettrace()
    try:
        for _, act, _ in refusals():
            try:
                sys.settrace(note)
                act()
            except okr.OkrError as error:
                reached |= lines_of(error.__traceback__)  # tracing stops where recursion does
    finally:
        sys.settrace(before)
    missing = unreached(raises, reached)
    assert not missing, f"add rows to tests/contract/refusals.py that reach: {', '.join(missing)}"


def test_every_place_that_makes_an_error_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    # Some errors are collected, and not raised where they are made.
    makers: dict[str, list[ast.AST]] = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in KINDS:
                makers.setdefault(str(path), []).append(node)
    reached: set[tuple[str, int]] = set()
    original = okr.OkrError.__init__

    def noting(self: okr.OkrError, *args: Any, **named: Any) -> None:
        frame: FrameType = sys._getframe(1)
        reached.add((frame.f_code.co_filename, frame.f_lineno))
        original(self, *args, **named)

    monkeypatch.setattr(okr.OkrError, "__init__", noting)
    for _, act, _ in refusals():
        refused(act)
    missing = unreached(makers, reached)
    assert not missing, f"add rows to tests/contract/refusals.py that reach: {', '.join(missing)}"


def test_the_codes_of_the_table_are_the_codes_there_are() -> None:
    raised = {code for code, _, _ in refusals()}
    assert raised == set(errors.CODES), (
        "every code of errors.RULES needs a row in tests/contract/refusals.py; a code that nothing"
        " raises has to go"
    )


def test_codes_are_unique_and_spelt_one_way() -> None:
    tree = ast.parse((SRC / "errors.py").read_text(encoding="utf-8"))
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    keys = [ast.literal_eval(key) for key in max(tables, key=lambda d: len(d.keys)).keys if key]
    assert len(keys) == len(set(keys)) == len(errors.CODES)
    assert [code for code in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []
    rules = list(errors.CODES.values())
    assert [rule for rule in rules if not re.fullmatch(r"must .*[^.]", rule)] == []


def test_the_library_raises_nothing_but_its_own_errors() -> None:
    foreign: list[str] = []
    for path, tree in sources():
        for node in ast.walk(tree):
            where = f"{path.relative_to(SRC)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Assert):
                foreign.append(f"{where} asserts")
            # What is raised without being made there was made elsewhere, and a refusal reaches it.
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func)
                if name not in KINDS | MAKERS | {*NO_REFUSALS}:
                    foreign.append(f"{where} raises {name}")
    assert foreign == []


@pytest.mark.parametrize(
    ("options", "before"),
    [
        pytest.param(["-O"], "", id="without asserts"),
        pytest.param([], "import attrs; attrs.validators.set_disabled(True)", id="no validators"),
    ],
)
def test_refusals_hold(options: list[str], before: str) -> None:
    script = f"""
import sys
{before}
sys.path[:0] = [{str(SRC.parent)!r}, {str(HERE.parent)!r}]
from contract import refusals
wrong = refusals.wrong_answers()
print(len(list(refusals.refusals())), *wrong, sep="\\n")
"""
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, *options, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.split("\n") == [str(len(list(refusals()))), ""]
