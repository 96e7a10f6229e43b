"""Sentences on a post-mortem."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from okrcore.journal import PostMortem
from okrcore.words.reason import Reason

__all__ = ["post_mortem_words"]


def post_mortem_words(entry: PostMortem, title_of: Callable[[str], str]) -> Iterator[Reason]:
    """Yield the cause, the results and the days of a post-mortem, in words.

    Args:
        entry: The post-mortem.
        title_of: Returns the title of an item.
    """
    if entry.cause.strip():
        yield Reason("post-mortem/cause", cause=" ".join(entry.cause.split()))
    for outcome in entry.outcomes:
        yield Reason(
            "post-mortem/outcome",
            title=title_of(outcome.of),
            planned=outcome.planned,
            actual=outcome.actual,
        )
    if entry.first_signal is not None:
        yield Reason("post-mortem/first-signal", day=entry.first_signal)
    if entry.escalated is not None:
        yield Reason("post-mortem/escalated", day=entry.escalated)
