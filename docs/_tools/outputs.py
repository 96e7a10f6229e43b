"""Writes into pages what their examples print; then read the difference before you commit it.

python docs/_tools/outputs.py README.md docs/tutorial/your-first-quarter.md
"""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final

#: A block of Python, and the block of text right after it.
_PAIR: Final = re.compile(
    r"```python\n(.*?)^```\n(?:\s*```text\n.*?^```\n)?", re.DOTALL | re.MULTILINE
)


def updated(page: str) -> str:
    """Return a page with what its blocks of Python print in the blocks of text after them."""
    namespace: dict[str, Any] = {}

    def with_output(found: re.Match[str]) -> str:
        code, out = found[1], StringIO()
        if not code.startswith(">>>"):
            with redirect_stdout(out):
                exec(code, namespace)  # noqa: S102  # our own pages
        lines = [line.rstrip() for line in out.getvalue().strip("\n").split("\n")]
        if not out.getvalue():
            return found[0]
        return "\n".join([f"```python\n{code}```", "", "```text", *lines, "```", ""])

    return _PAIR.sub(with_output, page)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")
