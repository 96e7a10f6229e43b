"""Cases that are not run, each with its reason. This list is short, and the tests print it."""

from __future__ import annotations

#: By case id.
LISTED: dict[str, str] = {
    "v032": "prose: two pages of the source disagree, without numbers",
    "v130": "contradiction: its day count gives 14.5 of 31 days where it prints half",
    "p050": "contradiction: the objective was scored by a metric of its own, the sum of counts",
    "p053": "prose: 22 rows of which only the mean is given",
    "p054": "contradiction: neither reading of the blanks gives the published pair",
    "s264": "out of scope: a penalty score of a plan's alignment",
    "s304": "out of scope: a strength score of a plan",
    "s301": "out of scope: a diagnosis from two scores, one of them of how people work",
    "s302": "out of scope: a diagnosis from two scores, one of them of how people work",
    "s303": "out of scope: a diagnosis from two scores, one of them of how people work",
}

#: Figures that are not compared, by the key of `expected`.
DISPLAY_ONLY: dict[str, str] = {
    "remaining": "display only: what is left, counted from zero or from the start",
    "completed": "display only: what is done, counted from zero or from the start",
    "total": "display only: the scale of the two above",
    "health": "out of scope: a health number with jumps",
}
