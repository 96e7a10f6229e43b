"""What the library leaves alone: files, network, processes, clock, chance, and its importer's time.

Each test runs in a process of its own, so that nothing that pytest has loaded hides anything.

- an evaluation and everything shown of it opens, connects, starts and lists nothing (audit hook)
- it asks no clock and throws no dice (poisoned modules; audit hooks do not see those)
- it writes nothing to a standard stream
- importing loads what is needed, and nothing that few need
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import okrcore as okr

SRC = Path(okr.__file__).parent
HERE = Path(__file__).parent

#: What happens when the library is used: all examples made, evaluated, shown, explained, copied.
USE = """
import copy, pickle
from datetime import date

def use():
    rules = examples.EXAMPLES[okr.Scorecard][0].rulebook
    card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15), rulebook=rules)
    later = okr.admit(plan, journal, okr.CheckIn("arpa", date(2026, 8, 21), 122))
    closed = okr.evaluate(plan, later, as_of=date(2026, 12, 31), rulebook=rules)
    shown = [str(card), repr(card), card._repr_mimebundle_(), str(closed)]
    for found in (card, closed):
        for objective in found:
            shown += [repr(objective), str(found.explain(objective.id))]
            shown += [found.explain(objective.id)._repr_mimebundle_()]
    for id in plan.items:
        if id in card:
            shown += [card[id]]
    shown += [plan.subtree("grow"), plan.put(plan.objective("grow")), plan.roots()]
    shown += [repr(example) for found in examples.EXAMPLES.values() for example in found]
    shown += [pickle.loads(pickle.dumps(plan)), copy.deepcopy(journal)]
    for _, act, _ in refused:
        try:
            act()
        except okr.OkrError as error:
            shown += [str(error), error.as_dict()]
    return shown
"""

PREPARE = f"""
import sys
sys.path[:0] = [{str(SRC.parent)!r}, {str(HERE.parent)!r}]
import okrcore as okr
from contract import examples, refusals
plan, journal = examples.EXAMPLES[okr.Plan][0], examples.EXAMPLES[okr.Journal][0]
refused = list(refusals.refusals())
{USE}
use()  # once, so that what is imported late is there
"""


def run(script: str) -> str:
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_it_opens_and_starts_nothing() -> None:
    out = run(
        PREPARE
        + """
seen = []
watching = True
harmless = {
    "array.__new__", "builtins.id", "object.__getattr__", "object.__setattr__",
    "object.__delattr__", "pickle.find_class", "sys._getframe",
}

def hook(event, args):
    # compile and exec would be a class built inside a call; import, a file read.
    if watching and event not in harmless:
        seen.append(event)

sys.addaudithook(hook)
open(__import__("os").devnull).close()
assert "open" in seen, "the hook sees what it should"
seen.clear()
found = use()
watching = False
print(sorted(set(seen)), len(found) > 100)
"""
    )
    assert out == "[] True\n"


def test_it_asks_no_clock_and_throws_no_dice() -> None:
    out = run(
        PREPARE
        + """
expected = [repr(one) for one in use()]

class Poison:
    def __getattr__(self, name):
        raise AssertionError(f"asked for {name}")

modules = dict(sys.modules)
for name in ("time", "random", "secrets", "uuid", "os", "io", "socket", "threading", "_strptime"):
    sys.modules[name] = Poison()
for name in ("open", "print", "input"):
    setattr(__builtins__, name, None)
found = [repr(one) for one in use()]
sys.modules.update(modules)
sys.stdout.write(str(found == expected))
"""
    )
    assert out == "True"


def test_it_writes_to_no_stream() -> None:
    out = run(
        PREPARE
        + """
streams = sys.stdout, sys.stderr, sys.stdin
sys.stdout = sys.stderr = sys.stdin = None
use()
sys.stdout, sys.stderr, sys.stdin = streams
"""
    )
    assert out == ""


def test_importing_loads_what_is_needed() -> None:
    out = run(
        f"""
import sys
sys.path.insert(0, {str(SRC.parent)!r})
before = set(sys.modules)
import okrcore
heavy = {{
    "asyncio", "cattrs", "dateutil.parser", "dateutil.tz", "hypothesis", "icalendar", "json", "logging", "multiprocessing", "numpy", "pandas", "pytest",
    "random", "socket", "sqlite3", "subprocess", "tempfile", "unittest", "urllib", "uuid",
    "zoneinfo",
}}
print(sorted((set(sys.modules) - before) & heavy))
"""
    )
    assert out == "[]\n", "a room that few need is to be loaded when it is asked for"


def test_importing_reads_no_data_and_starts_nothing() -> None:
    out = run(
        f"""
import sys
sys.path.insert(0, {str(SRC.parent)!r})
import attrs, dateutil.relativedelta
seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[0]) if args else "")))
import okrcore
files = [file for event, file in seen if event == "open" and not file.endswith((".py", ".pyc"))]
started = [event for event, _ in seen if event.startswith(("socket", "subprocess", "os.system"))]
print(files, started)
"""
    )
    assert out == "[] []\n"
