"""Cases about time alone: check-in dates and quarters, by the shape of their inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import okrcore as okr
from conformance.scenes import START

__all__ = ["answers_of_time"]

#: Days from one check-in to the next, as sources with a rolling rhythm count them.
_DAYS = {"WEEKLY": 7, "BIWEEKLY": 14, "MONTHLY": 31}
#: What a label format calls the years, longest first, and what a calendar calls them.
_PLACEHOLDERS = {
    "xxxx": "{start_year}",
    "yyyy": "{end_year}",
    "xx": "{start_yy}",
    "yy": "{end_yy}",
    "Qzz": "{part}",
}
_PLACEHOLDER = re.compile("|".join(_PLACEHOLDERS))


def answers_of_time(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a case about time asks for, by the key of `expected`; None for another case."""
    if "checked_in_on" in given:
        due = None if given["due"] is None else date.fromisoformat(given["due"])
        checked_in = date.fromisoformat(given["checked_in_on"])
        return {"next_due": _rhythm(given["anchor"]).next_due(due, checked_in).isoformat()}
    if "days_since_last_check_in" in given:
        return {"days_late": _days_late(given["cadence"], given["days_since_last_check_in"])}
    if "label_format" in given:
        return _next_quarter(given)
    if "business_year_start_month" in given:
        calendar = okr.FiscalCalendar(start_month=given["business_year_start_month"])
        quarter = calendar.cycle_of(date(2030, given["month"], 28), okr.Cadence.QUARTERLY)
        return {"quarter": int(quarter.name[-1])}
    return None


def _rhythm(anchor: str) -> okr.calendar.Weekly | okr.calendar.Monthly:
    if anchor.startswith("day-"):
        return okr.calendar.Monthly(int(anchor.removeprefix("day-")))
    return okr.calendar.Weekly(okr.calendar.Weekday[anchor.upper()])


def _days_late(cadence: str, days_since: int) -> int:
    plan = okr.Plan([], metrics=[okr.Metric("m", "Metric", check_in_days=_DAYS[cadence])])
    journal = okr.Journal(okr.check_ins(START, {"m": 1}))
    (found,) = okr.review.list_due(plan, journal, as_of=START + timedelta(days=days_since))
    return found.days_late


def _next_quarter(given: Mapping[str, Any]) -> dict[str, Any]:
    label = _PLACEHOLDER.sub(lambda found: _PLACEHOLDERS[found[0]], given["label_format"])
    calendar = okr.FiscalCalendar(start_month=given["business_year_start_month"], part_label=label)
    today = date.fromisoformat(f"{given['current_year_month']}-01")
    found = calendar.next_cycle(calendar.cycle_of(today, okr.Cadence.QUARTERLY))
    return {
        "next_quarter_label": found.name,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
    }
