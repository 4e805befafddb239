"""The ODD page's parameter table is the declaration's."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))


def test_parameter_table_is_fresh() -> None:
    from write_odd import with_table

    text = (ROOT / "docs" / "ODD.md").read_text(encoding="utf-8")
    assert with_table(text) == text, "run scripts/write_odd.py"
    assert "funding_dependence" in text
