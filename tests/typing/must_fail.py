"""Mistakes that a type checker must find. Read by checkers, never run.

A comment with E marks a line that mypy must refuse, with these codes, and pyright too; every other line
must pass.
"""

from __future__ import annotations

from datetime import date, datetime

import okrcore as okr
from okrcore import rulebook

DAY = date(2026, 8, 14)
UP = okr.Increase(112, 128)
GROW = okr.Objective("grow", "Grow", key_results=[okr.KeyResult("arpa", "Revenue", UP)])
PLAN = okr.Plan([GROW])
JOURNAL = okr.Journal(okr.check_ins(DAY, {"arpa": 120}))
CARD = okr.evaluate(PLAN, JOURNAL, as_of=DAY)

# --- wrong kinds ---------------------------------------------------------------------------------

okr.Increase("112", 128)  # E: arg-type
okr.Increase(112, target=[128])  # E: arg-type
okr.Reach("10")  # E: arg-type
okr.Between((72, 78), 80)  # E: arg-type
okr.Evidence(required=2.5)  # E: arg-type
okr.Milestones(1, 2)  # E: arg-type
okr.Milestone("beta", due="2026-08-14")  # E: arg-type
okr.KeyResult("arpa", "Revenue", 128)  # E: arg-type
okr.KeyResult("arpa", "Revenue", okr.PassFail)  # E: arg-type
okr.KeyResult(7, "Revenue", UP)  # E: arg-type
okr.KeyResult("arpa", "Revenue", UP, owner=7)  # E: arg-type
okr.KeyResult("arpa", "Revenue", UP, due="2026-08-14")  # E: arg-type
okr.KeyResult("arpa", "Revenue", UP, timing=DAY)  # E: arg-type
okr.Objective("grow", "Grow", ambition="aspirational")  # E: arg-type
okr.Objective("grow", "Grow", key_results=[UP])  # E: list-item
okr.Objective("grow", "Grow", key_results=okr.KeyResult("a", "A", UP))  # E: arg-type
okr.Objective("grow", "Grow", guardrails=[okr.AtMost(85)])  # E: list-item
okr.Objective("grow", "Grow", cycle="2026-Q3")  # E: arg-type
okr.Objective("grow", "Grow", place=okr.Team("Growth"))  # E: arg-type
okr.Guardrail("tickets", "Tickets", UP)  # E: arg-type
okr.Guardrail("tickets", "Tickets", okr.AtMost(85), hard="yes")  # E: arg-type
okr.Metric("nps", "NPS", aggregation="mean")  # E: arg-type
okr.Plan([okr.KeyResult("a", "A", UP)])  # E: list-item
okr.Plan(GROW)  # E: arg-type
okr.CheckIn("arpa", "2026-08-14", 120)  # E: arg-type
okr.CheckIn("arpa", DAY, 120, confidence="high")  # E: arg-type
okr.CheckIn("arpa", DAY, 120, recorded=DAY)  # E: arg-type
okr.Transition("grow", DAY, "paused")  # E: arg-type
okr.Closing("grow", DAY, "carry")  # E: arg-type
okr.Journal([GROW])  # E: list-item
okr.check_ins(DAY, ["arpa"])  # E: arg-type
okr.evaluate(JOURNAL, PLAN, as_of=DAY)  # E: arg-type
okr.evaluate(PLAN, JOURNAL, as_of="2026-08-15")  # E: arg-type
okr.evaluate(PLAN, JOURNAL, as_of=DAY, rulebook="RECOMMENDED")  # E: arg-type
okr.evaluate(PLAN, [okr.CheckIn("arpa", DAY, 120)], as_of=DAY)  # E: arg-type
okr.admit(PLAN, JOURNAL, GROW)  # E: arg-type
okr.rulebook.Bands([(0.7, "green")])  # E: list-item
okr.rulebook.Clip(rounding="half-up")  # E: arg-type
okr.rulebook.RollUpRule(parts=[rulebook.RollUpSource.KEY_RESULTS])  # E: list-item
okr.FiscalCalendar(start_month="April")  # E: arg-type
okr.Cycle.starting(DAY, "quarterly")  # E: arg-type

# --- missing arguments ---------------------------------------------------------------------------

okr.evaluate(PLAN, JOURNAL)  # E: call-arg
okr.KeyResult("arpa", "Revenue")  # E: call-arg
okr.Guardrail("tickets", "Tickets")  # E: call-arg
okr.Increase(112)  # E: call-arg
okr.Adjustment("arpa", DAY, measure=UP)  # E: call-arg
okr.Judgement("arpa", DAY, score=0.6)  # E: call-arg
okr.Evidence()  # E: call-arg

# --- positional where a keyword is asked for, and keywords that are not there ------------------------

okr.evaluate(PLAN, JOURNAL, DAY)  # E: call-arg
okr.KeyResult("arpa", "Revenue", UP, "Ana Ruiz")  # E: call-arg
okr.Objective("grow", "Grow", [])  # E: call-arg
okr.Guardrail("tickets", "Tickets", okr.AtMost(85), "arpa")  # E: call-arg
okr.CheckIn("arpa", DAY, 120, 0.7)  # E: call-arg, arg-type
okr.Plan([GROW], [])  # E: call-arg
okr.Alignment("co-1", "a third")  # E: call-arg
okr.Relative(5)  # E: call-arg
okr.FiscalCalendar(4)  # E: call-arg
okr.rulebook.Clip(0, 1)  # E: call-arg
okr.evaluate(PLAN, JOURNAL, on=DAY)  # E: call-arg
okr.KeyResult("arpa", "Revenue", UP, target=128)  # E: call-arg
okr.Objective("grow", "Grow", krs=[])  # E: call-arg

# --- what cannot be done with the answers ------------------------------------------------------------

CARD["grow"].score + 0.1  # E: operator
CARD["grow"].score_range  # E: attr-defined
CARD.objective("grow").reading  # E: attr-defined
CARD.person("Ana Ruiz")  # E: attr-defined
CARD[7]  # E: index
CARD.objective("grow").score = 0.7  # E: misc
GROW.title = "Shrink"  # E: misc
PLAN.objectives.append(GROW)  # E: attr-defined
UP.target = 130.0  # E: misc
GROW.cycle.end  # E: union-attr


class Mine(okr.Plan):  # E: misc
    """Records are final."""


# --- what passes -------------------------------------------------------------------------------------

okr.KeyResult("arpa", "Revenue", okr.Increase(112, 128.0), owner="Ana Ruiz", unit="USD")
okr.CheckIn(
    "arpa", datetime(2026, 8, 14), 120
)  # a datetime is a date to checkers; refused when run
