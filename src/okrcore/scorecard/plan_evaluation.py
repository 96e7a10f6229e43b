"""Evaluation of a plan and its journal."""

from __future__ import annotations

from datetime import date

from okrcore._checks import given_day, must_be_a, must_be_flag
from okrcore.journal import Journal
from okrcore.journal.admission import fit_of
from okrcore.plan import Plan
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.scorecard import Scorecard

__all__ = ["evaluate"]


def evaluate(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    rulebook: Rulebook = RECOMMENDED,
    strict: bool = True,
) -> Scorecard:
    """Score a plan against its journal as of a day.

    Entries dated later change nothing, so a past day can be evaluated at any time with the same result.

    Args:
        plan: Objectives with key results.
        journal: Check-ins and other entries.
        as_of: Evaluation date; check-ins dated on it are included.
        rulebook: The rules of scores and statuses.
        strict: Whether entries that do not fit the plan are refused. If not, they are left out, and their
            faults are in `card.problems`.

    Returns:
        The scorecard, with scores, statuses, verdicts, and an explanation of each number.

    Raises:
        InconsistentPlanError: Entries are about unknown ids, or their readings do not fit; the first 100
            are in `faults`. Nothing was evaluated.

    Laws: test_a_later_entry_changes_no_earlier_day, test_order_of_siblings_never_matters.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account", key_results=[
    ...     okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"arpa": 120}))
    >>> evaluate(plan, journal, as_of=date(2026, 8, 15)).objective("grow").score
    0.5
    """
    must_be_a(evaluate, "plan", plan, Plan)
    must_be_a(evaluate, "journal", journal, Journal)
    as_of = given_day(evaluate, "as_of", as_of)
    must_be_a(evaluate, "rulebook", rulebook, Rulebook)
    must_be_flag(evaluate, "strict", strict)
    faults = () if strict else fit_of(plan, journal, as_of).faults
    if faults:
        misfit_entries = {id(entry) for entry, _ in faults}
        journal = journal.keep(lambda entry: id(entry) not in misfit_entries)
    left_out = tuple([fault for _, fault in faults])
    return Scorecard(plan, journal, as_of, rulebook, left_out=left_out)
