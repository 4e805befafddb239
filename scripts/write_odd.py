"""Write the generated parameter table into docs/ODD.md.

    uv run python scripts/write_odd.py
"""

from pathlib import Path

from pingan_abm.parameters import parameter_table

PAGE = Path(__file__).parent.parent / "docs" / "ODD.md"
BEGIN, END = "<!-- parameters: generated -->", "<!-- end of parameters -->"


def with_table(text: str) -> str:
    """The page with the table as declared now between its two marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{parameter_table('en').strip()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
