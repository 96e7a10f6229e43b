"""Every example of the README, the docs and the docstrings runs as a test, and its output is compared.

- A page is one test: its blocks of Python run from top to bottom in one namespace.
- A block of text right after a block of Python is what that prints; what a block prints is shown.
- A docstring is one test, in a namespace of its own: the public names, and those of its module.
- What stands behind `<!-- needs: pandas -->` runs where pandas is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from doctest import ELLIPSIS, OutputChecker
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"

#: Rooms whose names docstrings use.
ROOMS = [
    f"okrcore.{room}"
    for room in (
        "calendar",
        "plan",
        "journal",
        "rulebook",
        "scorecard",
        "review",
        "codec",
        "display",
    )
]

#: From here on, a page needs packages that not everybody has.
_NEEDS = re.compile(r"<!-- needs: ([\w, ]+) -->")

__all__ = ["pytest_collect_file"]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect pages and modules beside the tests."""
    if file_path.suffix == ".md" and "_build" not in file_path.parts:
        return PageFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".py" and file_path.is_relative_to(SRC):
        return ModuleFile.from_parent(parent, path=file_path)
    return None


class PageFile(pytest.File):
    """A page of Markdown."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the test of a page that has blocks of Python, and another one if some need more than others."""
        text = self.path.read_text(encoding="utf-8")
        needs = _NEEDS.search(text)
        if needs is not None:
            yield from self._test("examples before", text[: needs.start()], [])
        yield from self._test("examples", text, [] if needs is None else needs[1].split(", "))

    def _test(self, name: str, text: str, needs: list[str]) -> Iterator[pytest.Item]:
        document = Document(text, str(self.path))
        for parser in (
            PythonCodeBlockParser(),
            CodeBlockParser("ipython3", evaluator=_run_cell),
            CodeBlockParser("text", evaluator=_pass_by),
        ):
            for region in parser(document):
                document.add(region)
        if any(example.region.evaluator is not _pass_by for example in document):
            yield ExamplesItem.from_parent(self, name=name, document=document, needs=needs)


class ModuleFile(pytest.File):
    """A module of the library."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each docstring that has examples."""
        source = self.path.read_text(encoding="utf-8")
        for start, _, text in PythonDocStringDocument.extract_docstrings(source):
            document = Document(text, str(self.path))
            for region in DocTestParser()(document):
                document.add(region)
            if document.regions:
                name = f"line {source.count(chr(10), 0, start) + 1}"
                yield ExamplesItem.from_parent(self, name=name, document=document)


class ExamplesItem(pytest.Item):
    """The examples of one document, in order."""

    def __init__(self, *, document: Document, needs: Sequence[str] = (), **named: Any) -> None:
        super().__init__(**named)
        self.document = document
        self.needs = needs

    def runtest(self) -> None:
        """Run the examples, and compare what they print with what is shown."""
        import okrcore  # noqa: PLC0415  # after coverage has started

        for package in self.needs:
            pytest.importorskip(package, reason=f"{package} is large: nox -s frames")

        if self.path.suffix == ".py":
            parts = self.path.relative_to(SRC).with_suffix("").parts
            module = import_module(".".join(part for part in parts if part != "__init__"))
            public = {
                name: getattr(room, name)
                for room in (*map(import_module, ROOMS), okrcore)
                for name in room.__all__
            }
            self.document.namespace.update(public | vars(module))
        printed, end, where = "", 0, ""
        for example in self.document:
            if example.region.evaluator is _pass_by:
                if not self.document.text[end : example.region.start].strip():
                    _must_be_same(example, printed)
                    printed = ""
                continue
            _must_be_shown(where, printed)
            out = StringIO()
            with redirect_stdout(out):
                example.evaluate()
            printed, end = out.getvalue(), example.region.end
            where = f"{self.path}:{example.line}"
        _must_be_shown(where, printed)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say what is tested."""
        return self.path, None, f"{self.path.relative_to(ROOT)}, {self.name}"


def _run_cell(example: Example) -> None:
    # What a cell prints or shows, the notebook shows when it is built.
    with redirect_stdout(StringIO()):
        exec(compile(example.parsed, example.path, "exec"), example.namespace)  # noqa: S102


def _pass_by(example: Example) -> None:
    """Stand for a block of text, which is compared and not run."""


def _must_be_same(example: Example, printed: str) -> None:
    want = _trimmed(example.parsed)
    got = _trimmed(printed)
    where = f"{example.path}:{example.line}"
    if not OutputChecker().check_output(want, got, ELLIPSIS):
        pytest.fail(f"{where} shows\n\n{want}\nand the block above it prints\n\n{got}")


def _must_be_shown(where: str, printed: str) -> None:
    if printed:
        pytest.fail(f"{where} prints, and nothing shows it:\n{printed}")


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n")) + "\n"
