"""Words: sentences of the library as data, and other words for them.

`result.why`, `status_why`, advice, findings and agenda lines are reasons: a code with its values, which read
as English. `Words` has other words for them: of another language, or of a company.
"""

from okrcore._figures import Figure
from okrcore.words.reason import ENGLISH, Reason, Term, Words
from okrcore.words.table import TABLE, Template

__all__ = ["ENGLISH", "TABLE", "Figure", "Reason", "Template", "Term", "Words"]
