"""Nothing public changes its names, the order of its arguments or its words without a line of difference."""

from __future__ import annotations

from contract.signatures import FILE, lines


def test_public_signatures_and_words_are_as_written() -> None:
    written = FILE.read_text(encoding="utf-8").splitlines()
    found = list(lines())
    gone = [f"- {line}" for line in written if line not in set(found)]
    new = [f"+ {line}" for line in found if line not in set(written)]
    hint = "if it is meant: PYTHONPATH=tests python -m contract.signatures"
    assert found == written, "\n".join([hint, *gone, *new])


def test_arguments_by_name_alone_and_words_are_in_the_file() -> None:
    written = FILE.read_text(encoding="utf-8")
    for line in (
        "okrcore.AtMost(limit, *, warn_at=None, tolerated_to=None)",
        "okrcore.rulebook.Bands(bands, *, digits=None",
        "okrcore.KeyResult(id, title, measure, *, ",
        "okrcore.CheckIn(of, on, value=None, *, ",
        "HEALTH='health'",
    ):
        assert line in written
