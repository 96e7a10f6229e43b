"""Limits of a clip in words, beside the number that is clipped."""

from __future__ import annotations

from math import isnan

from okrcore._arith import short_beside
from okrcore.plan.unit import plain
from okrcore.rulebook import Clip

__all__ = ["clip_words", "clipped_words"]


def clipped_words(name: str, value: float, clip: Clip) -> str:
    """Return a number before it was clipped, and the limits of the clip, in words."""
    return f"{name} {short_beside(value, *_limits_in(clip))}, {clip_words(clip, value)}"


def _limits_in(clip: Clip) -> tuple[float, ...]:
    limits = (clip.floor, clip.ceiling, clip.full_from)
    return tuple([limit for limit in limits if limit is not None])


def clip_words(clip: Clip, value: float) -> str:
    """Return the limits of a clip in words, with as many digits as set them apart from a number."""
    words: list[str] = []
    beside = _limits_in(clip) if isnan(value) else (value, *_limits_in(clip))
    if clip.floor is not None:
        words.append(f"at least {plain(clip.floor, *beside)}")
    if clip.ceiling is not None:
        words.append(f"at most {plain(clip.ceiling, *beside)}")
    if clip.full_from is not None:
        words.append(f"1 from {plain(clip.full_from, *beside)}")
    if clip.digits is not None:
        words.append(f"{clip.digits} decimals, {clip.rounding}")
    return ", ".join(words)
