"""What can be run by name, each in an environment of its own: `nox -s tests`, `nox -l` for the rest."""

from __future__ import annotations

from pathlib import Path
from secrets import randbits

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "types", "tests", "docs", "wheel"]

CODE = ("src", "tests", "docs", "conftest.py", "noxfile.py")


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests with coverage, in random order and in parallel."""
    session.install("--editable", ".[dev]")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-n", "auto", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types with two checkers."""
    session.install("--editable", ".[dev]")
    session.run("mypy")
    session.run("pyright", "--pythonpath", str(Path(session.bin) / "python"))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, floors and the fragments of the changelog."""
    session.install("--editable", ".[dev]")
    session.run("ruff", "format", "--check", *CODE)
    session.run("ruff", "check", *CODE)
    session.run("lint-imports")
    session.run("towncrier", "build", "--draft", "--version", "0", silent=True)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, with warnings as errors."""
    session.install("--editable", ".[docs]")
    session.run("sphinx-build", "-n", "-W", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel twice, and run the tests against it with the sources out of reach."""
    session.install("build", "hatchling")
    session.run(".ci/wheel", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks."""
    session.install("--editable", ".", "networkx>=3.6", "pandas>=2.3")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def frames(session: nox.Session) -> None:
    """Run what needs pandas, polars and pyarrow, which are too large to be asked of everybody."""
    session.install("--editable", ".[test]", "pandas>=2.2", "polars>=1", "pyarrow>=17")
    pages = ("docs/how-to/data-frames.md", "docs/how-to/millions-of-rows.md")
    session.run(
        "pytest", "tests/unit/test_data_frames.py", "tests/unit/test_columns_of_frames.py", *pages
    )


@nox.session
def long(session: nox.Session) -> None:
    """Run everything, with many more examples of each law: an hour, not a minute."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-n", "auto", "-m", "", "--hypothesis-profile=long", *session.posargs)


@nox.session
def explore(session: nox.Session) -> None:
    """Run laws, oracles and machines from a random seed: `nox -s explore`, `nox -s explore -- 4711`.

    It takes about an hour on two cores. The seed is shown first and last; given as the argument, it replays the
    whole run. Other arguments are those of pytest: `nox -s explore -- 4711 tests/laws/test_live_laws.py`.
    """
    session.install("--editable", ".[dev]")
    given = session.posargs[:1] if session.posargs[:1] and session.posargs[0].isdecimal() else []
    seed = given[0] if given else str(randbits(32))
    more = session.posargs[len(given) :] or ["tests/laws", "tests/oracles", "tests/machines"]
    session.log(f"seed {seed}; to replay: nox -s explore -- {seed}")
    # One seed for both: pytest-randomly orders the tests, Hypothesis draws the examples.
    seeds = (f"--randomly-seed={seed}", f"--hypothesis-seed={seed}")
    try:
        session.run("pytest", "-n", "auto", "--hypothesis-profile=explore", *seeds, *more)
    finally:
        session.log(f"seed {seed}; to replay: nox -s explore -- {seed}")
