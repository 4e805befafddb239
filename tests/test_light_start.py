"""A run that is not stored takes in no Arrow; whoever works with pandas keeps all of it."""

import json
import subprocess
import sys

CLI = """
import atexit, json, sys
sys.argv = ["pingan", "run", "--residents", "540", "--days", "2", *{more!r}]
def tell():
    there = [name for name in ("pandas", "pyarrow", "plotly", "solara") if name in sys.modules]
    print("THERE", json.dumps(there))
atexit.register(tell)
from pingan_abm.cli import main
main()
"""
PANDAS_AFTERWARDS = """
from pingan_abm.light_start import import_mesa_without_arrow
{first}
import_mesa_without_arrow()
import io, pandas, pyarrow, pyarrow.parquet
table = pandas.DataFrame({{"name": ["a", "b"], "value": [1.0, 2.0]}})
file = io.BytesIO()
pyarrow.parquet.write_table(pyarrow.Table.from_pandas(table), file)
print(pyarrow.parquet.read_table(io.BytesIO(file.getvalue())).to_pandas().equals(table), pandas.Series(["a"]).dtype.storage)
"""


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def modules_of_a_run(*more: str) -> list[str]:
    line = next(line for line in said(CLI.format(more=list(more))).splitlines() if line.startswith("THERE"))
    return list(json.loads(line.removeprefix("THERE")))


def test_a_run_imports_no_arrow() -> None:
    assert modules_of_a_run() == ["pandas"]  # which Mesa cannot do without


def test_a_run_that_is_kept_imports_arrow_as_usual(tmp_path: object) -> None:
    assert modules_of_a_run("--out", f"{tmp_path}/kept") == ["pandas", "pyarrow"]


def test_tables_go_to_arrow_and_back_afterwards() -> None:
    assert said(PANDAS_AFTERWARDS.format(first="")).split() == ["True", "python"]


def test_nothing_changes_for_somebody_who_has_pandas_already() -> None:
    assert said(PANDAS_AFTERWARDS.format(first="import pandas")).split() == ["True", "pyarrow"]
