"""Writes docs/reference/numbers.md from the source: run it after adding or changing a number.

A number says where it comes from beside it, in a comment on its line, or above the part of the statement
that holds it: `METHOD.md 2.7`, `founding document A`, `Wodtke`, or `library default`. What it is, is said
by the docstring of the record or function that it belongs to, and else by that comment.

python docs/_tools/numbers_page.py
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from math import isnan
from pathlib import Path
from typing import Any, Final

import attrs

import okrcore
from okrcore.plan.bounds import Between, Bound

PAGE: Final = Path(__file__).parent.parent / "reference" / "numbers.md"
SRC: Final = Path(okrcore.__file__).parent

#: The rooms in the order of the page: how OKRs are judged comes first, how things are written down last.
_ROOMS: Final = ("rulebook", "scorecard", "review", "calendar", "journal", "plan")
#: Dialects are other people's numbers, and say so one by one. How wide a table is, how deep a document may
#: be and how much of a value a message shows is nothing to believe in.
_LEFT_OUT: Final = ("_shown", "codec", "display", "errors", "rulebook.dialects", "testing")

_SOURCE: Final = re.compile(
    r"METHOD\.md \d(?:\.\d)?|SYSTEMS\.md part \d|founding document [A-E]"
    r"|the Gregorian calendar|Wodtke|library default"
)

_HEAD: Final = """\
# Numbers

Every constant of this library: meaning, name and source. A number without a source is a *library default*: chosen
here, and yours to change if it is a field of a rulebook, a cadence or a schedule, or an argument. A dialect has its
own numbers beside their sources, and these for the rest. Layout of texts and length of messages are left out.

`METHOD.md` and `SYSTEMS.md` are described under [sources](sources.md). In a name, `['green']` is the band, rule or
appointment of that name.

<!-- From here on, this page is made by docs/_tools/numbers_page.py. -->

| number | what it is | name | source |
|---:|---|---|---|
"""


@attrs.frozen
class Row:
    """A number, what it is, where it lives, and where it comes from; no source is an empty text."""

    number: Any
    what: str
    name: str
    source: str


def page() -> str:
    """Return the page as it should be."""
    return _HEAD + "".join(
        f"| {_written(row.number)} | {row.what} | `{row.name}` | {_linked(row.source)} |\n"
        for row in rows()
    )


@cache
def rows() -> tuple[Row, ...]:
    """Return every number, room by room."""
    paths = {
        ".".join(path.relative_to(SRC).with_suffix("").parts): path for path in SRC.rglob("*.py")
    }
    order = {room: place for place, room in enumerate(_ROOMS)}
    names = sorted(name for name in paths if not name.startswith(_LEFT_OUT))
    names.sort(key=lambda name: order.get(name.partition(".")[0], len(order)))
    return tuple(row for name in names for row in Module(paths[name]).rows())


class Module:
    """A module as it is written, and as it is loaded."""

    def __init__(self, path: Path) -> None:
        parts = path.relative_to(SRC).with_suffix("").parts
        self.name = ".".join(part for part in parts if part != "__init__")
        self.loaded = importlib.import_module(f"okrcore.{self.name}".rstrip("."))
        self.room = importlib.import_module(f"okrcore.{parts[0]}" if len(parts) > 1 else "okrcore")
        source = path.read_text(encoding="utf-8")
        self.body = ast.parse(source).body
        self.above, self.beside = _comments(source)
        #: What is assigned at the top of the module, with the comment on it.
        self.constants = {
            ast.unparse(target): (statement.value, self._comment(position))
            for position, statement in enumerate(self.body)
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value
            for target in getattr(statement, "targets", None) or [statement.target]
        }

    def rows(self) -> Iterator[Row]:
        """Yield the numbers of the module: of constants, of fields, of arguments."""
        used = {
            node.id
            for value, _ in self.constants.values()
            for node in ast.walk(value)
            if isinstance(node, ast.Name)
        }
        for target, (value, comment) in self.constants.items():
            # What is private and part of another constant has its rows there.
            if not (target in used and target.startswith("_")) or isinstance(value, ast.Constant):
                name = target if self._is_public(target) else f"{self.name}.{target}"
                yield from self._numbers(value, name, _words(comment), _sources(comment))
        for node in self.body:
            if isinstance(node, ast.ClassDef):
                yield from self._fields(node)
                for part in node.body:
                    if isinstance(part, ast.FunctionDef) and self._is_public(node.name):
                        yield from self._arguments(part, f"{node.name}.{part.name}")
            if isinstance(node, ast.FunctionDef) and self._is_public(node.name):
                yield from self._arguments(node, node.name)

    def _is_public(self, name: str) -> bool:
        """Say whether a name is one that people use; helpers inside the library are not."""
        first = name.partition(".")[0]
        return hasattr(okrcore, first) or first in getattr(self.room, "__all__", ())

    def _fields(self, node: ast.ClassDef) -> Iterator[Row]:
        kind = getattr(self.loaded, node.name)
        if not attrs.has(kind):
            return
        fields = attrs.fields_dict(kind)
        for part in node.body:
            if not isinstance(part, ast.AnnAssign) or not _is_literal(part.value):
                continue
            name = ast.unparse(part.target)
            number = fields[name].default if name in fields else None
            edge = ""
            if isinstance(number, Bound) and not isinstance(number, Between):
                number, edge = number.limit, f" ({number.words} this)"
            # Elsewhere 0 says that nothing is given; in a rulebook it is a choice.
            if _is_number(number) and (number or self.name.startswith("rulebook")):
                what, source = _argument(kind.__doc__, name) + edge, self._source_at(part)
                yield Row(number, what, f"{node.name}.{name}", source)

    def _arguments(self, node: ast.FunctionDef, name: str) -> Iterator[Row]:
        args, doc = node.args, ast.get_docstring(node) or ""
        positional = [*args.posonlyargs, *args.args][::-1]
        pairs = [*zip(positional, args.defaults[::-1], strict=False)]
        for arg, default in (*pairs, *zip(args.kwonlyargs, args.kw_defaults, strict=True)):
            number = default.value if isinstance(default, ast.Constant) else None
            if _is_number(number) and number:
                source = self._source_at(default) or _sources(doc)
                yield Row(number, _argument(doc, arg.arg), f"{name}({arg.arg})", source)

    def _numbers(
        self, node: ast.expr, name: str, what: str, source: str, axis: str = "score"
    ) -> Iterator[Row]:
        """Yield the numbers in a part of a statement, with what is said nearest to each."""
        source = self._source_at(node) or source
        if isinstance(node, ast.Name) and node.id in self.constants:
            node, comment = self.constants[node.id]
            source = _sources(comment) or source
        value = self._value(node)
        if _is_number(value) or _is_table(value):
            yield Row(value, what, name, source)
        elif isinstance(node, ast.Call) and attrs.has(type(value)):
            axis = getattr(value, "axis", axis)
            names = [field.alias for field in attrs.fields(type(value)) if field.init]
            stated = [*zip(names, node.args, strict=False)]
            for field, part in (*stated, *((word.arg, word.value) for word in node.keywords)):
                words = f"{', '.join(_texts(value))}: {_argument(type(value).__doc__, field)}"
                inner = f"{name}.{field}".replace(".bands.bands", ".bands")
                yield from self._numbers(part, inner, words, source, axis)
        elif isinstance(node, ast.Tuple | ast.List):
            for part in node.elts:
                if not isinstance(part, ast.Starred) and not self._is_of_another_module(part):
                    yield from self._member(part, name, what, source, axis)

    def _member(
        self, node: ast.expr, name: str, what: str, source: str, axis: str
    ) -> Iterator[Row]:
        item = self._value(node)
        if not (isinstance(item, tuple) and len(item) == 2):
            yield from self._numbers(node, f"{name}[{_texts(item)[0]!r}]", what, source, axis)
            return
        # A number, or a bound at a number, and what it stands for.
        first, label = item[0], _texts(item[1])[0]
        if isinstance(first, Bound):
            first, what = first.limit, f"{axis} {first.words} this"
        if _is_number(first):
            source = self._source_at(node) or source
            yield Row(first, f"{label}: {what}", f"{name}[{label!r}]", source)

    def _is_of_another_module(self, node: ast.expr) -> bool:
        """Whether a part is an imported number, which has its row with the module that it is from."""
        is_imported = isinstance(node, ast.Name) and node.id not in self.constants
        return is_imported and _is_number(self._value(node))

    def _value(self, node: ast.expr) -> Any:
        return eval(ast.unparse(node), dict(vars(self.loaded)))  # noqa: S307  # our own source

    def _source_at(self, node: ast.AST) -> str:
        line = node.lineno  # type: ignore[attr-defined]  # of statements and their parts
        return _sources(self.beside.get(line, "")) or _sources(self.above.get(line, ""))

    def _comment(self, position: int) -> str:
        """Return the comment above a statement, or above the first of those it closely follows."""
        line = self.body[position].lineno
        follows = position and self.body[position - 1].end_lineno == line - 1
        return self.above.get(line) or (self._comment(position - 1) if follows else "")


def _comments(source: str) -> tuple[dict[int, str], dict[int, str]]:
    """Return the comments above each line, and those beside it."""
    above: dict[int, str] = {}
    beside: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line, text = token.start[0], token.string.lstrip("#: ")
            if token.line.strip() == token.string:
                above[line + 1] = f"{above.pop(line, '')} {text}".strip()
            else:
                beside[line] = text
    return above, beside


def _is_literal(node: ast.expr | None) -> bool:
    """Say whether a default is written where it is, and not a constant that has a row of its own."""
    return not isinstance(node, ast.Name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not isnan(value)


def _is_table(value: object) -> bool:
    return isinstance(value, tuple) and value != () and all(map(_is_number_or_table, value))


def _is_number_or_table(value: object) -> bool:
    return _is_number(value) or _is_table(value)


def _texts(item: Any) -> list[str]:
    """Return the words that name something: "company draft", "start"."""
    if isinstance(item, str):
        return [str(item)]
    if not attrs.has(type(item)):
        return [type(item).__name__]
    said = (f.name for f in attrs.fields(type(item)) if getattr(item, f.name) != f.default)
    words = [str(value) for value in map(item.__getattribute__, said) if isinstance(value, str)]
    return words or [type(item).__name__]


def _argument(doc: str | None, name: str) -> str:
    """Return the first sentence on an argument in a docstring, or else of it."""
    doc = inspect.cleandoc(doc or "")
    found = re.search(rf"^    {name}: (.*(?:\n     +.*)*)", doc, flags=re.MULTILINE)
    return _words(found[1] if found else doc.partition("\n")[0])


def _words(text: str) -> str:
    """Return the first sentence of a text, without its source."""
    unsourced = re.sub(rf"(?:: | \()(?:{_SOURCE.pattern})\)?", "", " ".join(text.split()))
    return re.split(r"(?<=\w\w)\. ", unsourced, maxsplit=1)[0].rstrip(".")


def _sources(text: str) -> str:
    return "; ".join(dict.fromkeys(_SOURCE.findall(text)))


def _written(number: Any) -> str:
    return f"{number:,}" if isinstance(number, int) else str(number).removesuffix(".0")


def _linked(source: str) -> str:
    def link(found: re.Match[str]) -> str:
        return f"[{found[0]}](#method-{found[1].replace('.', '-')})"

    for words, part in (
        ("founding document [A-E]", "the-founding-documents"),
        ("Wodtke", "books-and-guides"),
    ):
        source = re.sub(f"({words})", rf"[\1](sources.md#{part})", source)
    return re.sub(r"METHOD\.md (\d(?:\.\d)?)", link, source)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
