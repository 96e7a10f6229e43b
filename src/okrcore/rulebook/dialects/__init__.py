"""Rulebooks of known systems, so that a host that migrates gets the numbers its people know.

Each is a frozen `Rulebook`: data alone, with no branch on a system's name anywhere. `DIALECTS` holds them
by name.

Rules of these files:

1. A docstring states the rules and sources, and ends with "Not stated: ...": what the source documents
   and no rule here states.
2. A rule of one number is put on no other: a figure that a page rounds or cuts is display, unless the
   source computes on with it.
3. A method is the rulebook of its system with the rules that it is about changed, by `evolve`.
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
