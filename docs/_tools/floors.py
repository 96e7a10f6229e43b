"""Draws docs/explanation/floors.svg: run it after adding a room.

python docs/_tools/floors.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

DRAWING: Final = Path(__file__).parent.parent / "explanation" / "floors.svg"

#: From the top down: the name, what it holds, and whether it is one of the four values.
FLOORS: Final = (
    ("testing", "strategies for tests of your own programs", False),
    ("codec", "plain data, rows and text, out and in", False),
    ("display", "for people: text, Markdown, HTML", False),
    ("review", "what is due, and what the rituals need", False),
    ("scorecard", "what it means: evaluate, explain", True),
    ("rulebook", "how it is judged: RECOMMENDED, dialects", True),
    ("journal", "what happened: entries, lifecycle, admit", True),
    ("plan", "what is intended: objectives, key results, measures", True),
    ("calendar", "days, periods, cycles, cadences, schedules", False),
    ("words", "sentences as data, in English and in other words", False),
    ("_checks, _texts, _arith", "guards of fields, arithmetic, columns", False),
    ("errors", "every refusal and its code", False),
)
_HEIGHT: Final = 38
_STEP: Final = 44
_TOP: Final = 12


def drawing() -> str:
    """Return the drawing."""
    tops = {name: _TOP + _STEP * number for number, (name, _, _) in enumerate(FLOORS)}
    bottom = _TOP + _STEP * len(FLOORS)
    label = f"The floors of the house, from errors at the bottom to {FLOORS[0][0]} at the top"
    lines = [
        f'<svg class="drawing" role="img" aria-label="{label}" viewBox="0 0 720 {bottom + 6}"',
        '  xmlns="http://www.w3.org/2000/svg">',
    ]
    for name, holds, is_value in FLOORS:
        look = "box main" if is_value else "box"
        top, text = tops[name], tops[name] + 24
        lines += [
            f'<rect class="{look}" x="60" y="{top}" width="600" height="{_HEIGHT}" rx="5"/>',
            f'<text class="name" x="80" y="{text}">{name}</text>',
            f'<text class="note" x="290" y="{text}">{holds}</text>',
        ]
    lines += [
        f'<path class="line" d="M 32 14 V {bottom - 16}"/>',
        f'<path class="head" d="M 27 {bottom - 18} L 32 {bottom - 6} L 37 {bottom - 18} Z"/>',
        f'<text class="note" transform="translate(22 {bottom // 2 + 15}) rotate(-90)">uses</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
