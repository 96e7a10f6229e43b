"""Rulebooks of known systems, so that a host that migrates gets the numbers its people know.

Each is a frozen `Rulebook` with a docstring that states its rules and sources: data alone, with no branch
on a system's name anywhere. `DIALECTS` holds them by name.
"""

from types import MappingProxyType
from typing import Final

from okrcore.rulebook.dialects import commercial, open_source
from okrcore.rulebook.dialects.commercial import *  # noqa: F403  # the names are listed there
from okrcore.rulebook.dialects.open_source import *  # noqa: F403  # likewise
from okrcore.rulebook.rulebook import Rulebook

__all__ = ["DIALECTS"]
__all__ += commercial.__all__
__all__ += open_source.__all__

#: Every dialect by its name.
DIALECTS: Final = MappingProxyType(
    {
        rulebook.name: rulebook
        for module in (commercial, open_source)
        for rulebook in vars(module).values()
        if isinstance(rulebook, Rulebook) and rulebook.name != "RECOMMENDED"
    }
)
