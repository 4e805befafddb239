"""The comparison with a list of known weaknesses finds what the list says, and nothing else."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from helpers.places import SCRIPTS
from pin import pinned

SCRIPT = SCRIPTS / "audit.py"
ENTRY = """id: PYSEC-0000-{number}
modified: 2026-01-02T03:04:05Z
{more}
affected:
- package: {{ecosystem: PyPI, name: {name}}}
  ranges:
  - {{type: GIT, events: [{{introduced: "0"}}]}}
  - {{type: ECOSYSTEM, events: {events}}}
  versions: []
"""
NUMPY = version("numpy")


def audited(folder: Path, *entries: str) -> subprocess.CompletedProcess[str]:
    (folder / "vulns" / "some").mkdir(parents=True)
    for number, entry in enumerate(entries):
        (folder / "vulns" / "some" / f"{number}.yaml").write_text(entry, "utf-8")
    return subprocess.run([sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("events", "hit"),
    [
        ('[{introduced: "0"}]', True),
        (f'[{{introduced: "0"}}, {{fixed: "{NUMPY}"}}]', False),
        (f'[{{introduced: "0"}}, {{last_affected: "{NUMPY}"}}]', True),
        (f'[{{introduced: "{NUMPY}"}}]', True),
        ('[{introduced: "1.0"}, {fixed: "1.5"}, {introduced: "0"}, {fixed: "0.9"}]', False),
        ('[{introduced: "1.0"}, {fixed: "1.5"}, {introduced: "2.0"}, {fixed: "999"}]', True),
    ],
)
def test_ranges_of_versions(tmp_path: Path, events: str, hit: bool) -> None:
    done = audited(tmp_path, ENTRY.format(number=1, name="NumPy", events=events, more="aliases: [CVE-1]"))
    assert done.returncode == int(hit), done.stderr
    assert (f"numpy {NUMPY}: PYSEC-0000-1 CVE-1" in done.stdout) == hit
    assert "newest entry 2026-01-02" in done.stdout


def test_withdrawn_entries_and_other_packages_do_not_count(tmp_path: Path) -> None:
    done = audited(
        tmp_path,
        ENTRY.format(number=1, name="numpy", events='[{introduced: "0"}]', more="withdrawn: 2026-01-01T00:00:00Z"),
        ENTRY.format(number=2, name="something-else", events='[{introduced: "0"}]', more=""),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 entries of the list speak of them, 0 hold" in done.stdout


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize(("entries", "withdrawn", "code"), [(1, None, 1), (1, "2026-01-01", 0), (0, None, 0)])
def test_what_an_index_says_of_the_newest_release(
    tmp_path: Path, entries: int, withdrawn: str | None, code: int
) -> None:
    for name, at in (line.split("==") for line in pinned()):
        page = {"info": {"version": "999" if name == "scipy" else at}, "vulnerabilities": []}
        if name == "numpy":
            page["vulnerabilities"] = [{"id": "PYSEC-0000-9", "aliases": ["CVE-9"], "withdrawn": withdrawn}] * entries
        place = tmp_path / re.sub(r"[-_.]+", "-", name).lower()
        place.mkdir()
        (place / "json").write_text(json.dumps(page), "utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--index", tmp_path.as_uri()], capture_output=True, text=True, check=False
    )
    assert done.returncode == code and ("PYSEC-0000-9" in done.stdout) == bool(code), done.stdout + done.stderr
    assert "Not the newest, so not compared: scipy" in done.stdout
