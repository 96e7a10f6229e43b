"""Tests stand beside the tests too: in the README, the docs and the docstrings. See tests/documents.py."""

from documents import pytest_collect_file

__all__ = ["pytest_collect_file"]
