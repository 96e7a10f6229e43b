"""Conversion by cattrs, which is imported with the first record: the extra `serde` installs it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from okrcore.errors import OkrError

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["from_plain", "to_plain"]


def to_plain(value: Any, kind: Any, *, is_full: bool = False) -> Any:
    """Return a value of a type hint as plain data; `is_full` adds fields with their default."""
    return _converter(is_strict=True, is_full=is_full).unstructure(value, kind)


def from_plain(
    data: Any, kind: Any, path: str, *, is_strict: bool
) -> tuple[Any, tuple[OkrError, ...]]:
    """Return the value of plain data and no faults, or None and all faults.

    Args:
        data: Plain data without faults of `unwalkable`.
        kind: Type hint of the value.
        path: Path of the data in its document.
        is_strict: Whether unknown fields are refused.
    """
    converter = _converter(is_strict=is_strict, is_full=False)
    from cattrs import BaseValidationError  # noqa: PLC0415  # see above

    from okrcore.codec.converter_hooks import faults_of  # noqa: PLC0415  # see above

    try:
        return converter.structure(data, kind), ()
    except (OkrError, BaseValidationError) as error:
        return None, tuple(faults_of(error, data, path))


@cache
def _converter(*, is_strict: bool, is_full: bool) -> Converter:
    from okrcore.codec.converter_hooks import make_converter  # noqa: PLC0415  # see above

    return make_converter(is_strict=is_strict, is_full=is_full)
