"""Writes docs/reference/lifecycle.md from `okrcore.MOVES`: run it after changing the table.

python docs/_tools/lifecycle_page.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from okrcore import MOVES

PAGE: Final = Path(__file__).parent.parent / "reference" / "lifecycle.md"

_HEAD: Final = """\
# Lifecycle

Where an objective stands in its life is one thing, how well it does is another. Its life is a state, moved by
what is written into the journal; without any entry it is *active*. All moves there are stand in one table,
`okrcore.MOVES`, from which the table and the diagram below are made.

| an entry | moves an objective to |
|---|---|
| `Transition` | the state it names |
| `Closing` | *closed*, with its score frozen and a decision beside it |
| `Adjustment` that pauses | *paused* |

A move that the table does not have is refused, and nothing is changed: the journal does not get the entry. A
move may be dated back; then all later ones must still be possible.

```python
from datetime import date
import okrcore as okr

plan = okr.Plan([okr.Objective("grow", "Earn more per account")])
journal = okr.Journal([okr.Closing("grow", date(2026, 9, 30), okr.Decision.CARRY)])
try:
    okr.admit(plan, journal, okr.Closing("grow", date(2026, 10, 2), okr.Decision.ABANDON))
except okr.TransitionError as error:
    print(error)
reopened = okr.Transition("grow", date(2026, 10, 1), okr.Lifecycle.ACTIVE, because="late numbers")
journal = okr.admit(plan, journal, reopened)
print(journal.life("grow", on=date(2026, 10, 1)).state)
```

```text
Closing('grow', 2026-10-02): must be a transition of the lifecycle, got 'closed to closed'; it was closed on 2026-09-30; record a Transition to active first [no-such-move]
active
```

## What each state does

| state | what it means | in scores |
|---|---|---|
| draft | being written | excluded |
| proposed | waiting for agreement | excluded |
| active | pursued | counts |
| paused | not pursued for now; the reason is in the journal | excluded |
| closed | over, with a decision | as it was on the day it was closed; excluded if deferred |
| archived | put away | a closed one as it was closed, unless the rulebook leaves it out; excluded otherwise |

What is *excluded* leaves the mean, the coverage and the score range of what it supports; it is neither 0 nor
missing. Its status comes from no pace, no confidence and no part of it: it is *unknown*, for the reason that it is
paused or a draft. A pause that begins after the end of the cycle excludes nothing: the score was no longer open to it.
A draft, a proposal and what is put away unclosed are excluded from any day on. Nothing closed is scored again: later
readings change nothing until a recorded move reopens it.

<!-- From here on, this page is made by docs/_tools/lifecycle_page.py. -->

## The moves

"""


def page() -> str:
    """Return the page as it should be."""
    return f"{_HEAD}{table()}\n## The diagram\n\nIn the language of Mermaid, which many viewers draw:\n\n```text\n{diagram()}```\n"


def table() -> str:
    """Return the moves as a table: from the state on the left to those above."""
    states = [str(state) for state in MOVES]
    lines = [
        f"| from | {' | '.join(f'to {state}' for state in states)} |",
        f"|---|{':---:|' * len(states)}",
    ]
    for here, there in MOVES.items():
        marks = " | ".join("✓" if state in there else "" for state in MOVES)
        lines.append(f"| {here} | {marks} |")
    return "".join(f"{line}\n" for line in lines)


def diagram() -> str:
    """Return the moves as a state diagram in Mermaid's language."""
    lines = ["stateDiagram-v2", "    [*] --> active"]
    lines += [
        f"    {here} --> {to}" for here, there in MOVES.items() for to in MOVES if to in there
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
