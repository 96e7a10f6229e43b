"""The table of words: an English template for each code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from okrcore.words.english.agenda_rows import AGENDAS
from okrcore.words.english.bound_rows import BOUNDS
from okrcore.words.english.calendar_rows import CALENDAR
from okrcore.words.english.display_rows import DISPLAY
from okrcore.words.english.entry_rows import ENTRIES
from okrcore.words.english.import_rows import IMPORTS
from okrcore.words.english.list_rows import LISTS
from okrcore.words.english.review_rows import REVIEWS
from okrcore.words.english.rulebook_rows import RULEBOOKS
from okrcore.words.english.score_rows import SCORES
from okrcore.words.english.status_rows import STATUSES
from okrcore.words.english.term_rows import TERMS

__all__ = ["TABLE", "Template"]

#: Text with placeholders, or several by plural form, of which one is "other".
Template: TypeAlias = str | tuple[tuple[str, str], ...]

#: English templates by code; `Words` replaces any of them. "status: at risk" is a term of a vocabulary.
TABLE: Final[Mapping[str, Template]] = MappingProxyType(
    {
        code: template if isinstance(template, str) else tuple(template.items())
        for rows in (
            LISTS,
            TERMS,
            SCORES,
            STATUSES,
            DISPLAY,
            CALENDAR,
            IMPORTS,
            REVIEWS,
            AGENDAS,
            ENTRIES,
            BOUNDS,
            RULEBOOKS,
        )
        for code, template in rows.items()
    }
)
