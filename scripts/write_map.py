"""Write the map of rooms in docs/architecture.md: one row for each folder of the package, from the docstrings.

uv run python scripts/write_map.py
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pingan_abm"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: written by scripts/write_map.py -->", "<!-- end of rooms -->"
FLAT = "What holds the rooms together."


def first_line(path: Path) -> str:
    """What a module's docstring says first, up to the end of its sentence."""
    words = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].split())
    return words.partition(": ")[0] if len(words) > 400 else words


def rooms() -> list[Path]:
    """Every folder of modules, outer before inner."""
    return sorted({path.parent for path in PACKAGE.rglob("*.py")}, key=lambda one: one.relative_to(ROOT).parts)


def table() -> str:
    """The map."""
    lines = ["| folder | what is there | modules |", "|---|---|---|"]
    for room in rooms():
        name = room.relative_to(PACKAGE).as_posix()
        modules = sorted(path.name for path in room.glob("*.py") if path.name != "__init__.py")
        said = FLAT if name == "." else first_line(room / "__init__.py")
        shown = "(flat)" if name == "." else f"`{name}/`"
        lines.append(f"| {shown} | {said} | {', '.join(f'`{one}`' for one in modules)} |")
    return "\n".join(lines)


def with_map(text: str) -> str:
    """The page with the map as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_map(PAGE.read_text("utf-8")), encoding="utf-8")
