"""Options of the conformance tests: cases and rulebooks from elsewhere, by data alone."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cases",
        type=Path,
        default=None,
        help="a folder of worked cases (*.json) to run instead of tests/conformance/cases",
    )
    parser.addoption(
        "--rulebooks",
        type=Path,
        default=None,
        help="a file of rulebooks, and of the sources that mean them (JSON)",
    )
