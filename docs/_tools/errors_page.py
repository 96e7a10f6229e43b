"""Writes docs/reference/errors.md from `okrcore.errors`: run it after adding a code.

python docs/_tools/errors_page.py
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Final

from okrcore import errors

PAGE: Final = Path(__file__).parent.parent / "reference" / "errors.md"

_HEAD: Final = """\
# Errors

Nothing is half-done: on an error the record is not made, the journal does not get the entry, the evaluation
does not take place. Every error is an `OkrError` with a code, a path, the refused value, and a message that
ends in the code. No check is an `assert`, and none is a validator that others can switch off: checks run
under `python -O` and in every host.

```python
import okrcore as okr

try:
    okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128), weight=-1)
except okr.OkrError as error:
    print(error)
    print(error.as_dict()["code"])
```

```text
KeyResult('arpa').weight: must be >= 0, got -1.0 [weight-negative]
weight-negative
```

`as_dict()` returns the error as plain data, for the body of a service's response 422. Errors can be pickled, so a
worker process can return them. Codes are stable; messages may be reworded.

A call with several faults raises one error. Its `faults` lists the first 100, `unlisted` counts the others, and the
message ends in a line such as "and 49,900 more". Mend the listed ones, and try again; `evaluate` with `strict=False`
has every entry that does not fit in `card.problems`. "Did you mean" is in the first five faults with an unknown name.

```{eval-rst}
.. py:currentmodule:: okrcore

.. autoexception:: okrcore.OkrError
.. autoexception:: okrcore.InvalidValueError
.. autoexception:: okrcore.InconsistentPlanError
.. autoexception:: okrcore.TransitionError
.. autoexception:: okrcore.DecodeError
```

## Codes

<!-- From here on, this page is made by docs/_tools/errors_page.py. -->
"""


def page() -> str:
    """Return the page as it should be."""
    return _HEAD + "".join(
        f"\n### {group}\n\n| code | what must hold |\n|---|---|\n"
        + "".join(f"| `{code}` | {errors.CODES[code]} |\n" for code in codes)
        for group, codes in groups().items()
    )


def groups() -> dict[str, list[str]]:
    """Return the codes by the comments above them in the table of the source."""
    found: dict[str, list[str]] = {}
    group = ""
    source = inspect.getsource(errors)
    start = source.index("CODES:")
    table = source[start : source.index("\n)\n", start)]
    for comment, code in re.findall(r'# (.+)$|"([a-z0-9-]+)":', table, flags=re.MULTILINE):
        if comment:
            group = comment[0].upper() + comment[1:]
        else:
            found.setdefault(group, []).append(code)
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
