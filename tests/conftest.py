"""Profiles of Hypothesis: fixed seeds in the gate, random ones in exploration; no deadlines anywhere."""

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
# Random seeds; failing examples are kept in `.hypothesis` and tried again in the next run.
settings.register_profile(
    "explore", settings.get_profile("suite"), max_examples=1000, derandomize=False
)
settings.load_profile("suite")
