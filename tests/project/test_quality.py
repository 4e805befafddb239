"""The code's own rules: style, types, imports that point down only. One test each, so that one command covers all."""

import subprocess
import sys
from importlib.util import find_spec

import pytest
from helpers.places import ROOT


def run(*command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=400
    )
    assert result.returncode == 0, (result.stdout + result.stderr)[-4000:]


@pytest.mark.skipif(find_spec("ruff") is None, reason="ruff is not installed")
def test_style() -> None:
    run("ruff", "check", "--quiet", ".")


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed")
def test_types() -> None:
    run("mypy")


@pytest.mark.skipif(find_spec("importlinter") is None, reason="import-linter is not installed")
def test_imports_point_down_only() -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS
