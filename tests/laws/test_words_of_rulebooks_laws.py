"""Laws of the words of rulebooks.

- a difference has no text but those of the table and those of the two rulebooks
"""

from __future__ import annotations

from hypothesis import given

import okrcore as okr
from okrcore.testing import rulebooks
from reason_texts import english_left, host_texts

BOOKS = rulebooks(wide=True)


@given(BOOKS, BOOKS)
def test_a_difference_has_no_text_of_its_own(a: okr.Rulebook, b: okr.Rulebook) -> None:
    host = host_texts(a, b)
    for found in okr.rulebook.diff_rulebooks(a, b):
        assert not english_left(found.words, host), found.words
