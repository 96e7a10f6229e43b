"""Stages of an evaluation: each a function from records to one frozen record of columns.

    compiled plan -> facts -> inputs -> exclusions -> readings -> guardrails -> progress -> scores
                  -> pace -> signals -> verdicts -> statuses -> reasons

Rules of this room:

1. A stage takes records of the stages before it, and never an `Evaluation`.
2. A column is by index, see `compiled_plan`. Closed items have the values of their closing, which are
   `closed`: by index, a record of that day and their index in it.
3. ABSENT is "no number" in columns; it never leaves this room as a number.
"""
