"""Run the notebooks of docs/learn and store what their cells show.

uv run --group docs python scripts/run_notebooks.py [NAME …]
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LADDER = Path(__file__).parent.parent / "docs" / "learn"


def main() -> None:
    """Every notebook, or those whose names begin as given, each in a folder of its own."""
    wanted = tuple(sys.argv[1:]) or ("",)
    for path in sorted(LADDER.glob("*.ipynb")):
        if path.name.startswith(wanted):
            book = nbformat.read(path, as_version=4)
            with tempfile.TemporaryDirectory() as folder:
                client = NotebookClient(
                    book, timeout=1200, record_timing=False, resources={"metadata": {"path": folder}}
                )
                client.execute()
            nbformat.write(book, path)
            sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
