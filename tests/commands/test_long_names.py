"""Names that no file can have, and names that only just fit: a sentence, exit code 2, and nothing half-written."""

from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.files.atomic import write_bytes

LONG = "a" * 300
RUN = ["--days", "2", "--residents", "540", "--warmup", "0"]


@pytest.mark.parametrize(
    "words",
    [
        ["run", f"{LONG}.toml"],
        ["run", "pingan365", *RUN, "--incidents", f"{LONG}.csv"],
        ["run", "pingan365", *RUN, "--district", LONG],
        ["run", "pingan365", *RUN, "--out", LONG],
        ["compare", "pingan365", "society_only", *RUN, "--beliefs", f"{LONG}.toml"],
        ["compare", "pingan365", "society_only", *RUN, "--beliefs", f"{LONG}.xlsx"],
        ["results", LONG],
        ["status", LONG],
        ["show", LONG],
        ["brief", LONG, "--out", "x.docx"],
        ["report", LONG, "--out", "x.html"],
        ["export", LONG, "--out", "x.csv"],
        ["beliefs", "new", f"{LONG}.xlsx"],
        ["district", "new", LONG],
        ["district", "check", LONG],
        ["validate", f"{LONG}.csv"],
        ["kit", "--out", LONG],
    ],
    ids=lambda words: " ".join(words).replace(LONG, "…"),
)
def test_a_name_that_is_too_long_is_wrong_input(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(words) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("pingan: ") and told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a" * 251 + ".csv", "区" * 83 + ".csv", "😀" * 62 + ".csv"], ids=["en", "zh", "wide"])
def test_a_name_that_just_fits_is_written(name: str, tmp_path: Path) -> None:
    write_bytes(tmp_path / name, b"x")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [(name, b"x")]
