"""What an agenda holds: sections with what is asked, and items with what there is to know.

Rule of this file: values alone. An item names what it is about by ids of the plan.
"""

from __future__ import annotations

from typing import final

from attrs import frozen

from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.plan import Person, Team
from okrcore.review.rites import Topic

__all__ = ["AgendaItem", "AgendaSection"]


@final
@frozen(kw_only=True, repr=False)
class AgendaItem:
    """Something to talk about.

    Args:
        ids: What it is about, first of all; every id is in the plan.
        title: What that is called.
        text: What there is to know, in a sentence.
        notes: What was said about it, and what goes with it.
        owner: The one to ask; None where nobody is named.
    """

    ids: tuple[str, ...]
    title: str
    text: str
    notes: tuple[str, ...] = ()
    owner: Person | Team | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen(kw_only=True, repr=False)
class AgendaSection:
    """A section of an agenda.

    Args:
        topic: What it lists.
        title: Its heading.
        questions: What is asked.
        items: What there is to talk about.
        empty: Words for a list that is empty.
    """

    topic: Topic
    title: str
    questions: tuple[str, ...]
    items: tuple[AgendaItem, ...]
    empty: str

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"AgendaSection({self.topic.value!r}, {self.title!r}, {len(self.items)} items)"
