"""Run the tutorial notebook and store what its cells show.

uv run python scripts/run_tutorial.py
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

NOTEBOOK = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"


def outputs_of(shell: InteractiveShell, source: str, number: int) -> list[dict[str, Any]]:
    """What a cell prints and shows, as a notebook stores it. Raises what the cell raises."""
    with capture_output(display=False) as printed:
        done = shell.run_cell(source, store_history=False, silent=False)
    done.raise_error()
    outputs: list[dict[str, Any]] = []
    text = printed.stdout if done.result is None else printed.stdout.rpartition("Out[")[0]
    if text.strip():
        lines = text.rstrip("\n").splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": lines})
    if done.result is not None:
        shown, _ = shell.display_formatter.format(done.result)
        data = {kind: value.splitlines(keepends=True) for kind, value in shown.items()}
        outputs.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return outputs


def main() -> None:
    """Every code cell in its order, in a folder of its own."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    shell = InteractiveShell.instance()
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        number = 0
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                number += 1
                cell["outputs"], cell["execution_count"] = outputs_of(shell, "".join(cell["source"]), number), number
        os.chdir(here)
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
