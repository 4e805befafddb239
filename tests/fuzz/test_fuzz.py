"""Everything that reads what others wrote, on made-up input: it is read or refused in words, quickly, and nothing else
is touched.

A few tries each here; `guided.py` makes many, guided by coverage. What it once found stands below as tests of their
own.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fuzz.choices import Choices, edited
from fuzz.every import TARGETS
from fuzz.limits import limited
from fuzz.targets import STUDY, Visitor, confined, said, stored
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingan_abm.district.files import load_district
from pingan_abm.study.analyse.analysis import lay_out
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.plan.design import make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.texts.errors import InputErrors
from pingan_abm.web.pages.uploads import MOST_FILES, receive

TRIES = {
    "store": 8,
    "command_line": 15,
    "message": 8,
    "snapshot": 25,
    "district": 20,
    "inferred": 25,
}  # these take longer
SLOWEST = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], max_examples=60
)


@pytest.fixture(autouse=True)
def time_limit() -> Iterator[None]:
    """Every test of made-up input has a time limit: a hang must fail."""
    with limited():
        yield


@pytest.mark.parametrize("name", TARGETS)
def test_anything_is_read_or_refused_in_words(name: str) -> None:
    @settings(SLOWEST, max_examples=TRIES.get(name, 60))
    @given(st.binary(max_size=200))
    def tried(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            TARGETS[name](data, Path(folder).resolve())

    tried()


def test_what_hangs_fails() -> None:
    def forever() -> None:
        while True:
            pass

    with pytest.raises(pytest.fail.Exception, match="computing time"), limited(cpu=0.1):
        forever()
    with pytest.raises(pytest.fail.Exception, match="in its time"), limited(clock=0.1):
        time.sleep(60)


def test_the_same_bytes_make_the_same_try() -> None:
    texts = {edited(Choices(b"\x03\x20\x01\x17\x40\x02\x33"), STUDY, ("x", "y")) for _ in range(3)}
    assert len(texts) == 1 and texts != {STUDY}


def test_the_watch_sees_what_is_opened(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "x.toml").write_text("")
    with pytest.raises(AssertionError, match="x.toml"), confined(tmp_path / "inside"):
        (tmp_path / "x.toml").read_text()


@pytest.mark.parametrize(
    "name",
    ["../outside.toml", "/etc/hostname", "sub/../../outside.toml", "link.toml", "x\0.toml", "a" * 5000 + ".toml"],
)
@pytest.mark.parametrize("key", ["scenario", "incidents"])
def test_a_study_names_nothing_outside_its_folder(tmp_path: Path, key: str, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "outside.toml").write_text('title = "secret"\n')
    (home / "link.toml").symlink_to(tmp_path / "outside.toml")
    text = f"{key} = {json.dumps(name)}\n[parameters]\naccountability = {{ values = [0.1] }}\n"
    with confined(home), pytest.raises(InputErrors, match="does not lie in the study's folder|there is no scenario"):
        parse_study(text, "s", "s.toml", home)


def test_a_study_may_name_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('title = "own"\n')
    (tmp_path / "records.csv").write_text("date,issue_type,community\n2014-01-02,noise,hubin_01\n")
    text = 'scenario = "own.toml"\nincidents = "records.csv"\n[parameters]\naccountability = { values = [0.1] }\n'
    read = parse_study(text, "s", "s.toml", tmp_path)
    assert read.scenario.title["en"] == "own" and read.incidents == tmp_path / "records.csv"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"samples = 4": "samples = 1000000"}, "runs, more than"),
        ({"samples = 4": "samples = 1000000", "replications = 2": "replications = 100000"}, "runs, more than"),
        (
            {
                "replications = 2": "replications = 6",
                'method = "lhs"': 'method = "sobol"',
                "samples = 4": "samples = 524288",
            },
            "points, more than",
        ),
    ],
)
def test_a_design_that_memory_could_not_hold_is_refused_before_it_is_laid_out(
    tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    text = STUDY
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    text = text.replace("replications = 2", "replications = 6")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputErrors, match=told):
        make_plan(parse_study(text, "s", "s.toml", tmp_path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


def test_wide_designs_have_fewer_points(tmp_path: Path) -> None:
    wide = "\n".join(f"units.{unit.id}.staff = {{ low = 1, high = 2 }}" for unit in load_district().units)
    text = STUDY.replace("[settings]", f"{wide}\n[settings]").replace("samples = 4", "samples = 700000")
    with pytest.raises(InputErrors, match="more than 571,428"):
        make_plan(parse_study(text, "s", "s.toml", tmp_path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small finished sweep."""
    for name, contents in stored().items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(contents)
    return tmp_path / "out"


def test_a_file_of_something_else_in_a_store_is_set_aside(folder: Path) -> None:
    shard = next((folder / "runs").glob("*.parquet"))
    pq.write_table(pa.table({"name": ["x"]}), shard)
    store = open_store(folder)
    assert len(store.runs()) == 0
    assert "no usable column run_id" in store.messages[0]
    assert shard.with_suffix(".damaged").exists()


@pytest.mark.parametrize("key", ["planned", "seed", "study", "outcomes", "kind"])
def test_a_manifest_of_other_types_is_told(folder: Path, key: str) -> None:
    path = folder / "manifest.json"
    about = json.loads(path.read_bytes())
    about[key] = [{"odd": None}]
    path.write_text(json.dumps(about))
    for command in ("status", "results"):
        said([command, str(folder)])
    with pytest.raises(InputErrors, match=r"manifest\.json cannot be read"):
        open_store(folder)


@pytest.mark.parametrize(
    "name", ["../x.toml", "..", "", "/etc/x.toml", "x.toml\0.csv", "a" * 400 + ".toml", "C:\\temp\\x.toml", "文件.toml"]
)
def test_an_upload_stays_in_its_folder_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    home, seen = tmp_path / "home", []
    home.mkdir()

    def use(session: Any, path: Path) -> None:
        seen.append(path)

    receive(Visitor(home), use, name, b"x")  # type: ignore[arg-type]
    (path,) = seen
    assert path.parent == home and path.read_bytes() == b"x" and [one.name for one in tmp_path.iterdir()] == ["home"]


def test_old_uploads_make_room(tmp_path: Path) -> None:
    def use(session: Any, path: Path) -> None:
        assert path.exists()

    for number in range(MOST_FILES + 5):
        receive(Visitor(tmp_path), use, f"{number}.toml", b"x")  # type: ignore[arg-type]
    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == MOST_FILES and f"{MOST_FILES + 4}.toml" in kept


def test_formulas_in_names_are_harmless_in_exported_tables(folder: Path) -> None:
    shard = next((folder / "runs").glob("*.parquet"))
    table = pq.read_table(shard)
    odd = pa.array([word + "cmd|x" for word in ("=", "+", "-", "@", "\t", "\r", "=", "+")][: len(table)])
    pq.write_table(table.set_column(table.column_names.index("scenario"), "scenario", odd), shard)
    said(["results", str(folder), "--out", str(folder.parent / "t.csv")])
    with (folder.parent / "t.csv").open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 8 and all(row["scenario"].startswith("'") for row in rows)


def test_nothing_in_the_package_unpickles_or_evaluates() -> None:
    """Looked for as calls, by name, in every module."""
    import ast

    import pingan_abm

    forbidden = {"eval", "exec", "compile", "__import__"}
    modules = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml"}
    found = []
    for path in Path(pingan_abm.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in forbidden:
                found.append(f"{path.name}: {node.func.id}")
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in modules]
    # What a notebook defines goes to the worker processes of that very notebook by value, and no file is read that way.
    by_value = ["carry.py: cloudpickle", "carry.py: pickle"]
    assert [one for one in found if one not in by_value] == [] and set(by_value) <= set(found)


@pytest.mark.slow
def test_a_large_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    """Files may have so many bytes and no more, and a process given a larger one holds no more memory than without
    it."""
    with (tmp_path / "large.toml").open("wb") as opened:
        opened.truncate(2_000_000_000)
    beliefs = ["compare", "pingan365", "pingan365", "--beliefs", "large.toml"]
    for words in (["run", "large.toml"], ["sweep", "large.toml", "--out", "x"], beliefs):
        script = (
            "import sys; from pingan_abm.cli import run_command; code = run_command(sys.argv[1:]); "
            "print(code, [one.split()[1] for one in open('/proc/self/status') if one.startswith('VmHWM')][0])"
        )
        shown = subprocess.run(
            [sys.executable, "-c", script, *words], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        code, peak = (
            shown.stdout.split()
        )  # its own peak: what getrusage says begins with that of the process it came from
        assert code == "2" and "larger than 1 MB" in shown.stderr and int(peak) < 600_000


@pytest.mark.parametrize(
    "edit", [("design",), ("ranges",), ("replications",), ("scenario", "name"), ("start",), ("name",)]
)
def test_a_study_in_a_manifest_that_is_no_study_is_told(folder: Path, edit: tuple[str, ...]) -> None:
    path = folder / "manifest.json"
    about = json.loads(path.read_bytes())
    place = about["study"]
    for key in edit[:-1]:
        place = place[key]
    place[edit[-1]] = [7]
    path.write_text(json.dumps(about))
    said(["report", str(folder), "--out", str(folder.parent / "page.html")])
    said(["analyse", str(folder), "--method", "means"])


def test_a_design_of_something_else_is_told(folder: Path) -> None:
    pq.write_table(pa.table({"name": ["x"]}), folder / "design.parquet")
    with pytest.raises(InputErrors, match="missing or damaged"):
        lay_out(folder)
