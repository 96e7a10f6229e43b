"""Settings of the suite: Hypothesis is deterministic in CI, and never flaky for a slow machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite",
    deadline=None,  # speed is measured in benchmarks/, never asserted in a test
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=100,
    derandomize=True,
)
settings.register_profile("quick", settings.get_profile("suite"), max_examples=5)
settings.register_profile("long", settings.get_profile("suite"), max_examples=5000)
settings.load_profile("suite")
