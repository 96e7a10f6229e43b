"""Sections of an agenda, with their questions and items."""

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
    """Item to talk about.

    Args:
        ids: Items of the plan that it is about, the main one first.
        title: Title of the main one.
        text: Text in a sentence.
        notes: Lines below it, such as notes of check-ins.
        owner: Contact; None if nobody is named.
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
    """Section of an agenda.

    Args:
        topic: Kind of its items.
        title: Heading.
        questions: Questions to talk about.
        items: Items to talk about.
        empty: Words if there are no items.
    """

    topic: Topic
    title: str
    questions: tuple[str, ...]
    items: tuple[AgendaItem, ...]
    empty: str

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"AgendaSection({self.topic.value!r}, {self.title!r}, {len(self.items)} items)"
