"""Profiles of Hypothesis. Seeds are fixed in the gate and random elsewhere; no profile has a deadline.

`suite` is what `.ci/run` and a bare `pytest` use, `quick` a smoke test; both give the same result each
time. `long` and `explore` have other seeds each time, and keep their failing examples in
`.hypothesis/examples`: the next run under one of them tries those first.
"""

from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import providers

# Every profile starts from this one, never from Hypothesis's own, which differs on a build server.
_COMMON: Final = settings(
    deadline=None,  # speed is measured in benchmarks/, never asserted in a test
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
_FIXED: Final = settings(_COMMON, derandomize=True, database=None)
_RANDOM: Final = settings(
    _COMMON,
    derandomize=False,
    database=DirectoryBasedExampleDatabase(".hypothesis/examples"),
)

settings.register_profile("suite", _FIXED, max_examples=100)
settings.register_profile("quick", _FIXED, max_examples=5)
settings.register_profile("long", _RANDOM, max_examples=5000)
settings.register_profile("explore", _RANDOM, max_examples=1000)
settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Draw no constants of the modules imported so far, under fixed seeds.

    Hypothesis draws them since 6.131. A random order of tests imports modules in another order each time, so
    the same seed would draw other examples each time.
    """
    if settings().derandomize:
        source: Any = providers
        source._get_local_constants = lambda: source._local_constants
