"""Writes docs/reference/coverage.md from `coverage_rules`: run it after a change there.

python docs/_tools/coverage_page.py
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from coverage_rules import RULES, Rule

PAGE: Final = Path(__file__).parent.parent / "reference" / "coverage.md"

ENCODED: Final = "encoded"
CRITIQUE: Final = "a critique will"
HOST: Final = "the host"

_TITLES: Final = {
    "A": "A: Micro-OKRs and traditional OKRs",
    "B": "B: OKRs in general",
    "C": "C: OKR and KPI",
    "D": "D: meaning of OKRs",
    "E": "E: OKRs that align teams to strategy",
}
_BESIDE: Final = "Beside the list"
_HEAD: Final = """\
# Coverage of the founding documents

Five texts founded this library. Here is every rule in them, with the public names that encode it. A rule on how well
a plan is written is for a critique of plans, which is not built yet: the row has the checks that will apply it. The
rest is the business of the host.

"""


def kind_of(rule: Rule) -> str:
    """Return the way in which a rule is covered."""
    if rule.names:
        return ENCODED
    return CRITIQUE if rule.note.startswith(CRITIQUE) else HOST


def page() -> str:
    """Return the text of the page."""
    of_list = [rule for rule in RULES if rule.number.isdigit()]
    beside = [rule for rule in RULES if not rule.number.isdigit()]
    lines = [_HEAD, *_summary([("rules 1 to 151", of_list), ("beside the list", beside)])]
    for letter, title in _TITLES.items():
        lines += _table(title, [rule for rule in of_list if rule.document == letter])
    lines += _table(_BESIDE, beside)
    return "".join(lines)


def _summary(groups: list[tuple[str, list[Rule]]]) -> list[str]:
    kinds = (ENCODED, CRITIQUE, HOST)
    lines = [f"| | {' | '.join(kinds)} |\n|---|---:|---:|---:|\n"]
    for title, rules in groups:
        counts = Counter(map(kind_of, rules))
        lines.append(f"| {title} | {' | '.join(str(counts[kind]) for kind in kinds)} |\n")
    return [*lines, "\n<!-- This page is made by docs/_tools/coverage_page.py. -->\n"]


def _table(title: str, rules: list[Rule]) -> list[str]:
    lines = [f"\n## {title}\n\n| n | rule | covered by |\n|---|---|---|\n"]
    for rule in rules:
        names = ", ".join(f"`{name}`" for name in rule.names)
        covered = "; ".join(filter(None, (names, rule.note)))
        lines.append(f"| {rule.number} | {rule.words} | {covered} |\n")
    return lines


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
