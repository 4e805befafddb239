"""Where the project's files are."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE, DOCS, SCRIPTS, TESTS = ROOT / "pingan_abm", ROOT / "docs", ROOT / "scripts", ROOT / "tests"
