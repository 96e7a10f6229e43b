"""Writes docs/reference/lifecycle.md from `okrcore.journal.LIFECYCLE_TRANSITIONS`: run it after changing the table.

python docs/_tools/lifecycle_page.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from okrcore.journal import LIFECYCLE_TRANSITIONS

PAGE: Final = Path(__file__).parent.parent / "reference" / "lifecycle.md"

_HEAD: Final = """\
# Lifecycle

Lifecycle and status are two axes: the stage of an objective, and its health. The entries of the journal change the
stage; without any entry it is *active*. All transitions are in one table, `okrcore.journal.LIFECYCLE_TRANSITIONS`, from which the table and
the diagram below are made.

| entry | stage after it |
|---|---|
| `Transition` | its `to` |
| `Closing` | *closed*, with a frozen score and a decision |
| `Adjustment` that pauses | *paused* |

A transition that the table does not have is refused, and nothing is changed: the journal does not get the entry. A
transition may be dated back; then all later ones must still be possible.

```python
from datetime import date
import okrcore as okr

plan = okr.Plan([okr.Objective("grow", "Earn more per account")])
journal = okr.Journal([okr.Closing("grow", date(2026, 9, 30), okr.ClosingDecision.CARRY)])
try:
    okr.admit(plan, journal, okr.Closing("grow", date(2026, 10, 2), okr.ClosingDecision.ABANDON))
except okr.TransitionError as error:
    print(error)
reopened = okr.Transition("grow", date(2026, 10, 1), okr.Lifecycle.ACTIVE, because="late numbers")
journal = okr.admit(plan, journal, reopened)
print(journal.lifecycle("grow", on=date(2026, 10, 1)).state)
```

```text
Closing('grow', 2026-10-02): must be a transition of the lifecycle, got 'closed to closed'; it was closed on 2026-09-30; record a Transition to active first [no-such-move]
active
```

## Stages

| stage | meaning | in scores |
|---|---|---|
| draft | being written | excluded |
| proposed | waiting for agreement | excluded |
| active | pursued | counts |
| paused | not pursued for now; the reason is in the journal | excluded |
| closed | over, with a decision | as it was on the day it was closed; excluded if deferred |
| archived | put away | a closed one as it was closed, unless the rulebook leaves it out; excluded otherwise |

An *excluded* objective leaves the mean, the coverage and the score range of the objectives it supports; it is neither
0 nor missing. Its status has no part in pace or confidence: it is *unknown*, with the reason that it is paused or a
draft. A pause that starts after the end of the cycle excludes nothing: the score is final then. A draft, a proposal and
an objective archived without a closing are excluded on every day. A closed objective is not scored again: later
readings change nothing until a recorded transition reopens it.

<!-- From here on, this page is made by docs/_tools/lifecycle_page.py. -->

## Transitions

"""


def page() -> str:
    """Return the page as it should be."""
    return f"{_HEAD}{table()}\n## Diagram\n\nIn Mermaid's language, which many viewers draw:\n\n```text\n{diagram()}```\n"


def table() -> str:
    """Return the transitions as a table: from the stage on the left to the stages above."""
    states = [str(state) for state in LIFECYCLE_TRANSITIONS]
    lines = [
        f"| from | {' | '.join(f'to {state}' for state in states)} |",
        f"|---|{':---:|' * len(states)}",
    ]
    for here, there in LIFECYCLE_TRANSITIONS.items():
        marks = " | ".join("✓" if state in there else "" for state in LIFECYCLE_TRANSITIONS)
        lines.append(f"| {here} | {marks} |")
    return "".join(f"{line}\n" for line in lines)


def diagram() -> str:
    """Return the moves as a state diagram in Mermaid's language."""
    lines = ["stateDiagram-v2", "    [*] --> active"]
    lines += [
        f"    {here} --> {to}"
        for here, there in LIFECYCLE_TRANSITIONS.items()
        for to in LIFECYCLE_TRANSITIONS
        if to in there
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
