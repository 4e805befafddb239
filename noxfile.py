"""The tasks that come up most: `uv tool run nox --list` shows them, `uv tool run nox -s NAME` runs one.

Every task runs in the project's own environment, through `uv run`. What follows `--` is handed on:
`uv tool run nox -s tests -- tests/scenarios`.
"""

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "tests"]


def uv_run(session: nox.Session, *words: str) -> None:
    """Run a command in the project's environment."""
    session.run("uv", "run", *words, external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; give --slow for all of them."""
    uv_run(session, "pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, types and the direction of imports."""
    uv_run(session, "ruff", "format", "--check", ".")
    uv_run(session, "ruff", "check", ".")
    uv_run(session, "mypy")
    uv_run(session, "lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Write the parts of the documentation that need no runs: tables of parameters, claims and licences."""
    uv_run(session, "python", "scripts/write_odd.py")
    uv_run(session, "python", "scripts/write_patterns_page.py")
    uv_run(session, "python", "scripts/write_licences.py")


@nox.session
def site(session: nox.Session) -> None:
    """Build the documentation site into a folder; --package puts it where `pingan docs` and a wheel find it."""
    uv_run(session, "--group", "docs", "python", "scripts/build_docs.py", *session.posargs)


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure a district's speed, memory and start beside references."""
    uv_run(session, "python", "benchmarks/speed.py", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take pictures of the app's pages into a folder; needs Chromium."""
    folder = session.posargs[0] if session.posargs else "build/screenshots"
    uv_run(session, "python", "-m", "scripts.write_screenshots", folder, *session.posargs[1:])
