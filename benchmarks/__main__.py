"""`python -m benchmarks`: race okrcore against what users would write, and print the ratios.

python -m benchmarks                       10,000 and 100,000 key results
python -m benchmarks 1000000               one size, or several
python -m benchmarks --json figures.json   the figures, for another program
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.organisation import make
from benchmarks.races import RACES, Row

ROUNDS = 9


def main() -> int:
    """Race, print, and return 1 if a ratio is above its bound."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    arguments.add_argument("--json", type=Path, help="write the figures to this file")
    arguments.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each side")
    given = arguments.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    figures: list[dict[str, Any]] = []
    for size in given.sizes:
        organisation = make(size)
        print(f"\n{size:,} key results, {len(organisation.objectives):,} objectives")
        print(f"{'what':44} {'against':>14} {'ratio':>6} {'at most':>8}")
        for run, limit in RACES:
            for row in run(organisation, given.rounds) if size <= limit else ():
                figures.append(_figure(row, size))
                print(_line(row, size), flush=True)
    figures += _growth(figures)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return int(any(not figure["within"] for figure in figures))


def _line(row: Row, size: int) -> str:
    bound = row.at_most.get(size)
    mark = " " if bound is None or row.ratio <= bound else "!"
    shown = "" if bound is None else f"{bound:.2f}"
    return f"{row.name:44} {row.against:>14} {row.ratio:6.2f} {shown:>8}{mark}"


def _figure(row: Row, size: int) -> dict[str, Any]:
    bound = row.at_most.get(size)
    within = bound is None or row.ratio <= bound
    shown = {**asdict(row), "at_most": bound, "ratio": row.ratio}
    return {"key_results": size, **shown, "within": within}


def _growth(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say how time grows from one size to the next, against the loop's own growth."""
    found: list[dict[str, Any]] = []
    name = "evaluate, compiled and indexed"
    rows = [figure for figure in figures if figure["name"] == name]
    for before, after in pairwise(rows):
        ours, theirs = (after[side] / before[side] for side in ("ours", "theirs"))
        row = Row(f"growth from {before['key_results']:,}", "the loop's", ours, theirs, {})
        print(f"{row.name:44} {row.against:>14} {row.ratio:6.2f} {1.15:8.2f}")
        shown = _figure(row, after["key_results"])
        found.append({**shown, "at_most": 1.15, "within": row.ratio <= 1.15})
    return found


if __name__ == "__main__":
    sys.exit(main())
