"""A Sphinx extension for the reference: types as they are written in the source, and names that link.

- Arguments get the type of their field or parameter, methods the type of what they return, in the words
  of the source: `Measure`, not the twenty classes it stands for.
- A name links to where it is described, whatever module of the library defines it.
- Cached properties are described: attrs makes slots of them, and slots have no docstring.
- "METHOD.md 2.1" links to what the page of sources says of that section.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Mapping
from textwrap import dedent
from typing import Any, Final

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

import okrcore.codec
import okrcore.display  # noqa: F401  # with all rooms, so that their classes are there

#: What a type in the text may name.
_NAMED: Final = ("class", "exception", "function", "data")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    # Before napoleon, which has the priority 500.
    app.connect("autodoc-process-docstring", add_types, priority=400)
    app.connect("autodoc-process-docstring", link_sources, priority=400)
    app.connect("autodoc-process-docstring", keep_colons, priority=600)
    app.connect("autodoc-process-signature", add_return_type)
    app.connect("missing-reference", link_by_name)
    for module in [sys.modules[name] for name in sys.modules if name.startswith("okrcore")]:
        for kind in vars(module).values():
            if isinstance(kind, type) and attrs.has(kind) and kind.__module__ == module.__name__:
                describe_cached_properties(kind)
    return {"parallel_read_safe": True}


def annotations_of(thing: Any) -> Mapping[str, str]:
    """Return the annotations of a class or function, as they are written."""
    if isinstance(thing, type):
        kinds = (kind for kind in reversed(thing.__mro__) if attrs.has(kind))
        return {
            name: text
            for kind in kinds
            for name, text in vars(kind).get("__annotations__", {}).items()
        }
    return getattr(thing, "__annotations__", {})


def add_types(
    app: Sphinx,  # noqa: ARG001  # the face of an event
    what: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    obj: Any,
    options: Any,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Write the type of each argument behind its name, in Google's style."""
    types = annotations_of(obj)
    for number, line in enumerate(lines):
        argument = re.match(r"    (\w+): ", line)
        if argument and argument[1] in types:
            lines[number] = f"    {argument[1]} ({types[argument[1]]}){line[argument.end(1) :]}"


def keep_colons(
    app: Sphinx,  # noqa: ARG001  # the face of an event
    what: str,
    name: str,  # noqa: ARG001
    obj: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Put back what napoleon took for a type: "A promise: 1.0 is expected" names none."""
    for line in lines:
        if what in ("attribute", "data", "property") and line.startswith(":type: "):
            lines.remove(line)
            first = next(number for number, text in enumerate(lines) if text.strip())
            lines[first] = f"{line.removeprefix(':type: ')}: {lines[first]}"
            return


def link_sources(
    app: Sphinx,  # noqa: ARG001  # the face of an event
    what: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    obj: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Link the sections of the method that a docstring names."""
    for number, line in enumerate(lines):
        lines[number] = re.sub(
            r"METHOD\.md (\d)\.?(\d*)\b(?! there)",
            lambda found: (
                f":ref:`{found[0]} <method-{found[1]}{'-' if found[2] else ''}{found[2]}>`"
            ),
            line,
        )


def add_return_type(
    app: Sphinx,  # noqa: ARG001  # the face of an event
    what: str,
    name: str,  # noqa: ARG001
    obj: Any,
    options: Any,  # noqa: ARG001
    signature: str | None,
    return_annotation: str | None,
) -> tuple[str | None, str | None]:
    """Write what a function or method returns behind its arguments."""
    returned = annotations_of(obj).get("return") if what in ("function", "method") else None
    return signature, returned or return_annotation


def link_by_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Link a name to the one thing described under it."""
    if node.get("refdomain") != "py":
        return None
    domain = env.get_domain("py")
    wanted = node["reftarget"].rpartition(".")[2]
    for full_name, _, kind, page, anchor, _ in domain.get_objects():
        if kind in _NAMED and full_name.rpartition(".")[2] == wanted:
            return make_refnode(app.builder, node["refdoc"], page, anchor, contnode, full_name)
    return None


def describe_cached_properties(kind: type[Any]) -> None:
    """Put docstrings on what attrs made slots of; for classes that are only looked at."""
    body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    for node in getattr(body, "body", ()):
        if isinstance(node, ast.FunctionDef) and any(
            ast.unparse(decorator) == "cached_property" for decorator in node.decorator_list
        ):
            text = ast.get_docstring(node)
            if text and not node.name.startswith("_"):
                type.__setattr__(kind, node.name, property(doc=text))
