"""Problems of rows and text that are read, with their hints; refusals of fields; notes in text that is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okrcore.errors import CODES

__all__ = ["IMPORTS"]

IMPORTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    # places of problems
    "problem-at/row": "row {row} (line {line}): {value} {message}",
    "problem-at/cell": "row {row} (line {line}), {column}: {value} {message}",
    "problem-at/line": "line {line}: {value} {message}",
    # problems
    "problem/row-unreadable": "is not read: a row is a mapping of columns to cells",
    "problem/column-unknown": "is not read: no column has this name",
    "problem/cell-surplus": "is not read: its column has no heading",
    "problem/cell-unreadable": "is not understood",
    "problem/line-unreadable": "is not understood",
    "problem/characters-left-out": "is read without its control characters and the like",
    "problem/no-objective": "is not read: there is no objective for it",
    "problem/no-title": "has no title",
    "problem/no-target": "has neither a target nor a score, so it can only be judged",
    "problem/no-bound": "is not read: it needs a bound",
    "problem/no-day": "is not read: it has no date",
    "problem/before-cycle": "is before the cycle of its objective, so the reading does not count",
    "problem/not-kept": "is not kept",
    "problem/differs": "differs from an earlier row, which counts",
    "problem/repeated-row": "is not read: it repeats an earlier row",
    "problem/unit-differs": "is ignored: its unit differs from the unit of the key result",
    "problem/id-taken": "is taken, so another id was made",
    "problem/not-here": "is no objective or key result of the plan, so it is outside",
    # refusals of fields
    **{f"error/{code}": rule for code, rule in CODES.items()},
    # hints at other cells, rows and lines; values are words of the format, and stay
    "hint/made-id": "it is {id}",
    "hint/earlier-value": "it was {value}",
    "hint/one-of": "write one of {words:, }",
    "hint/one-or": "write {words:, } or {last}",
    "hint/in-unit": "write it in {unit}",
    "hint/cycle-needs-both-days": "a cycle needs its first and its last day",
    "hint/write-bound": 'write it as "<= 85" or ">= 99.5%"',
    "hint/write-bound-with-title": 'write it as "tickets <= 85"',
    "hint/write-measure": 'write the measure as "3.1% -> 3.8%" or "<= 85"',
    "hint/begin-line": "begin with {tags:, } or {last}, and a title",
    "hint/from-values": "scores are computed from values",
    "hint/from-key-results": "scores are computed from key results",
    "hint/by-key-results": "an objective is measured by key results",
    "hint/date-column": "add a column with the date, or give on=",
    "hint/cycle-starts": "the cycle starts on {day}",
    "hint/circle": "it is a circle",
    "hint/no-earlier-id": "no objective or key result before it has this id",
    # hints at numbers and days
    "hint/write-share": "write it as 0.7 or 70%",
    "hint/write-day": "write it as 2026-08-14",
    "hint/write-day-or-day-first": "write it as 2026-08-14, or set day_first",
    "hint/no-such-day": "there is no such day",
    "hint/swap-days": "swap them",
    "hint/shorter": "write at most {count} characters",
    "hint/no-cases": "leave out the check-in of a day without cases",
    "hint/minutes-to-59": "after hours, minutes run from 00 to 59",
    "hint/one-sign": "write one sign",
    "hint/several-meanings": "{word} has several meanings: write 5M, 5 million or 5 minutes",
    "hint/not-all-understood": "{number} is understood, {rest} is not",
    "hint/write-number": "write it as 1,234.5, $12M, 3.8%, 2:37 or nine",
    "hint/write-number-or-decimal": "write it as {example}, or give decimal={decimal}",
    # hints at measures
    "hint/to-none": "write AtMost(0) to allow none, or Decrease(baseline, 0) to get down to none",
    "hint/below-zero": "write Increase(baseline, {limit}) or Decrease(baseline, {limit}),"
    " FromTo(None, {limit}) if the baseline is to be established, or AtLeast({limit}) or"
    " AtMost({limit}) to hold a limit",
    "hint/hold-a-level": "write AtLeast or AtMost to hold a level",
    "hint/other-direction": "write {measure}({baseline}, {target})",
    "hint/changes-nothing": "{number} changes nothing",
    "hint/at-12-decimals": "numbers are compared at 12 decimals,"
    " so choose a unit in which they are larger",
    "hint/high-is": "high is {high}",
    "hint/share-read-here": "its title is in percent and its numbers begin at {least}:"
    ' give it the unit "%", or write {ratio}',
    "hint/share-read-by": "its title is in percent and the numbers of {taker} begin at {least}:"
    ' give each the unit "%", or write {ratio}',
    "hint/share-read-by-titled": "the title of {taker} is in percent and its numbers begin at {least}:"
    ' give each the unit "%", or write {ratio}',
    "hint/share-read-below-titled": "the title of {titled} is in percent and the numbers of {taker}"
    ' begin at {least}: give each the unit "%", or write {ratio}',
    # texts that are kept
    "judgement/scored-without-value": "scored without a value",
    "text/left-out": "not in this text: {path}",
}
