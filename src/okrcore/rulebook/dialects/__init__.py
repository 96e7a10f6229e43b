"""Rulebooks of known systems, so that a host that migrates keeps its numbers. `DIALECTS` has them by name.

1. No code branches on the name of a system.
2. A docstring states the rules and sources, and ends with "Not stated: ...": documented by the source,
   and in no rule here.
3. A rule of one number is put on no other: a figure that a page rounds or cuts is display, unless the
   source computes on with it.
4. A method is the rulebook of its system with only its own rules changed, by `evolve`.
"""

from types import MappingProxyType
from typing import Final

from okrcore.rulebook.dialects import commercial, open_source
from okrcore.rulebook.dialects.commercial import *  # noqa: F403  # the names are listed there
from okrcore.rulebook.dialects.open_source import *  # noqa: F403  # likewise

__all__ = ["DIALECTS"]
__all__ += commercial.__all__
__all__ += open_source.__all__

#: Every dialect by its name.
DIALECTS: Final = MappingProxyType(
    {
        rulebook.name: rulebook
        for module in (commercial, open_source)
        for rulebook in (vars(module)[name] for name in module.__all__)
    }
)
