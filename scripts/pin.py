"""Write the exact version of everything installed into pins/pyproject.toml, without any address.

uv run python scripts/pin.py
"""

import re
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

PINS = Path(__file__).parent.parent / "pins" / "pyproject.toml"
OURS = "pingan-abm"
LIST = re.compile(r"(?ms)^dependencies = \[.*?^\]\n")


def pinned() -> list[str]:
    """The pins as they stand in the file, each as name==version."""
    found: list[str] = tomllib.loads(PINS.read_text(encoding="utf-8"))["project"]["dependencies"]
    return found


def installed() -> list[str]:
    """What is installed beside this project, each as name==version."""
    names = {(one.metadata["Name"].lower(), one.version) for one in distributions()}
    return sorted(f"{name}=={version}" for name, version in names if name != OURS)


def main() -> None:
    """Replace the list of pins; with --list, print it as pip reads it."""
    if sys.argv[1:] == ["--list"]:
        sys.stdout.write("\n".join(pinned()) + "\n")
        return
    lines = "".join(f'  "{pin}",\n' for pin in installed())
    text = LIST.sub(lambda _: f"dependencies = [\n{lines}]\n", PINS.read_text(encoding="utf-8"))
    PINS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
