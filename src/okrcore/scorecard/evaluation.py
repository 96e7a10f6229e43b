"""`evaluate`: a plan and a journal, on a day, under a rulebook."""

from __future__ import annotations

from datetime import date

from okrcore._checks import given_day, must_be_a, must_be_flag
from okrcore.errors import InconsistentPlanError
from okrcore.journal import Journal
from okrcore.journal.admission import misfits
from okrcore.plan import Plan
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard.scorecard import Scorecard, scorecard_of

__all__ = ["evaluate"]


def evaluate(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    rulebook: Rulebook = RECOMMENDED,
    strict: bool = True,
) -> Scorecard:
    """Return what a plan and a journal mean on a day.

    Entries dated later change nothing, so the past can be evaluated at any time with the same result.

    Args:
        plan: What is intended.
        journal: What happened.
        as_of: The day whose evening is described: its check-ins count.
        rulebook: How it is judged.
        strict: Whether entries that do not fit the plan are refused. If not, they are left out and
            named in `card.problems`.

    Returns:
        The scorecard, with scores, status, verdicts, and an explanation of each number.

    Raises:
        InconsistentPlanError: Entries are about unknown ids, or their readings do not fit; the first 100
            are in `faults`, all of them in `card.problems` with `strict=False`. Nothing was evaluated.

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
    found = misfits(plan, journal, as_of=as_of)
    faults = tuple(fault for _, fault in found)
    if faults and strict:
        raise InconsistentPlanError("entry-mismatch", "Journal", len(faults), faults=faults)
    if faults:
        misfit_entries = {id(entry) for entry, _ in found}
        journal = journal.keep(lambda entry: id(entry) not in misfit_entries)
    card = scorecard_of(plan, journal, as_of, rulebook, faults)
    # Scores are computed here, not at the first question.
    card._figures.rolled  # noqa: B018, SLF001  # pyright: ignore[reportPrivateUsage]
    return card
