"""Write the exact version of everything installed into pyproject.toml, as constraints without any address.

uv run python scripts/pin.py
"""

import re
from importlib.metadata import distributions
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def main() -> None:
    """Replace the list of constraints."""
    pins = sorted(
        {f"{d.metadata['Name'].lower()}=={d.version}" for d in distributions() if d.metadata["Name"] != "pingan-abm"}
    )
    lines = "\n".join(f'  "{pin}",' for pin in pins)
    text = re.sub(r"(?ms)^constraint-dependencies = \[.*?^\]\n", "", PROJECT.read_text(encoding="utf-8"))
    text = text.replace("[tool.uv]\n", f"[tool.uv]\nconstraint-dependencies = [\n{lines}\n]\n")
    PROJECT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
