"""Every fenced command of README and docs runs as written, at small sizes, in a folder of its own."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.belief_books import fill
from helpers.page_runs import SHELL, Block, blocks_of, checkout, commands_of, run_line, run_python, small, small_text
from helpers.places import DOCS, PACKAGE, ROOT
from helpers.request_files import KINDS, write_requests

from pingan_abm import extend

PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md"])
PAGES = [page for page in PAGES if any(one.kind in (*SHELL, "python") for one in blocks_of(page))]
#: How a command begins that no test can run, and why. One that no page has any more has to go.
NOT_RUN = {
    "python -m pip install uv": "installs a program",
    "uv tool run pre-commit install": "installs a program",
    "python -m uv run pytest": "this is a test",
    "uv run pytest": "this is a test",
    "uv run ruff": "checks the sources, as test_quality.py does",
    "uv run mypy": "checks the sources, as test_quality.py does",
    "uv run lint-imports": "checks the sources, as test_quality.py does",
    "uv run pingan app": "serves a page until it is stopped",
    "pingan app": "serves a page until it is stopped",
    "dask scheduler": "serves until it is stopped",
    "dask worker": "serves until it is stopped, at an address that the reader fills in",
    "pingan sweep study.toml --out results/study --engine dask://HOST": "an address that the reader fills in",
    "pingan patterns": "too many runs even in a small district; tests/patterns runs the command and its page",
    "python scripts/write_patterns_page.py": "needs what the command before it writes; tests/patterns has its own",
    "export PINGAN_CACHE": "all tests share one cache",
    "curl -LO": "fetches a file; one with the same columns is put in its place",
}
#: Python of a page that no test runs, by its first line, and why.
NOT_RUN_PYTHON = {
    "from mpi4py.futures import MPIPoolExecutor": "needs MPI",
    "import arviz, pyarrow.parquet as pq": "needs ArviZ, which the program does not install",
}
#: Python that shows a part of a file of examples, which tests/extend runs: first line, and the file.
EXCERPTS = {
    '@extend.rule("settle_probability")': "a_rule.py",
    '@extend.outcome(unit="ratio", better="down",': "b_outcome.py",
    "extend.parameter(": "c_parameter.py",
    "@extend.intervention(when=much_on_paper)": "d_intervention.py",
    '@extend.actor(after="officers", number=2)': "e_actor.py",
}
#: Exit codes other than 0 that a page announces: the command's beginning.
CODES = {
    "pingan run first.toml --incidents": (2,),  # the page shows what is refused
    "pingan seek": (0, 1),  # 1: nothing found, which a small district may give
    "pingan infer": (0, 1),  # 1: nothing fits
    "pingan calibrate": (0, 1),
}
#: What the shell knows on the reader's machine.
SURROUNDINGS = {"SLURM_CPUS_PER_TASK": "1", "SLURM_ARRAY_TASK_ID": "1"}
#: What stands before Python that works on a model at hand.
MODEL = """
import mesa
from pingan_abm import PinganModel
from pingan_abm.agents import Department, Resident
model = PinganModel(residents=34_500, days=365, warmup=0)
"""
MESA = "model.agents_by_type[Department]"


def records(name: str) -> None:
    """A file of requests over ten months."""
    rows = []
    for day in range(1, 360):
        kind, how, state, place = KINDS[day % len(KINDS)]
        opened, closed, due = (f"{1 + later // 28:02}/{1 + later % 28:02}/2016 09:30:00 AM" for later in _days(day))
        rows.append([kind, how, opened, state, due, closed if state == "Closed" else "", "Works", place])
    write_requests(name, rows)


def _days(day: int) -> tuple[int, int, int]:
    """When a request is opened, closed and due, in days of months of 28 days."""
    opened = day % 270
    return opened, opened + 1 + day % 40, opened + 20


def before_records() -> None:
    records("311_sample.csv")
    script = next(one.text for one in blocks_of(DOCS / "records.md") if one.kind == "python")
    Path("prepare.py").write_text(script, "utf-8")  # the Chinese page refers to the English one's script


def before_district() -> None:
    records("requests.csv")
    text = Path("requests.csv").read_text("utf-8").replace("CreatedDate", "opened", 1).replace("CloseDate", "closed", 1)
    Path("requests.csv").write_text(text.replace("SRType", "category", 1), "utf-8")


def before_inference() -> None:
    study = next(one.text for one in blocks_of(DOCS / "inference.md") if one.kind == "toml")
    Path("my.toml").write_text(small_text(study), "utf-8")
    shutil.copyfile(PACKAGE / "data" / "evidence.csv", "evidence.csv")


def before_clusters() -> None:
    shutil.copyfile("experiments/funding.toml", "study.toml")


def before_extending() -> None:
    shutil.copyfile("examples/extend/a_rule.py", "mine.py")


#: What a reader has before a page begins, and what she does by hand after a command.
BEFORE: dict[str, Callable[[], None]] = {
    "records": before_records,
    "district": before_district,
    "inference": before_inference,
    "clusters": before_clusters,
    "extending": before_extending,
}
AFTER: dict[str, Callable[[], None]] = {"pingan beliefs new sheets.xlsx": lambda: fill(Path("sheets.xlsx"))}


def beginning(text: str, known: dict[str, object]) -> str:
    """The entry of a table with which a text begins, or ""."""
    return next((one for one in known if text.startswith(one)), "")


def shell(block: Block) -> None:
    """Run a block's commands."""
    for line in commands_of(block):
        if beginning(line, NOT_RUN):
            continue
        code = run_line(line)
        assert code in CODES.get(beginning(line, CODES), (0,)), f"{line}: exit code {code}"
        AFTER.get(beginning(line, AFTER), lambda: None)()


def python(block: Block) -> None:
    """Run a block of Python; of an excerpt, see that its lines are those of the example."""
    if beginning(block.text, NOT_RUN_PYTHON):
        return
    if example := EXCERPTS.get(beginning(block.text, EXCERPTS)):
        whole = dense((ROOT / "examples" / "extend" / example).read_text("utf-8"))
        assert [part for part in re.split(r", |\.\.\.|\n", block.text) if dense(part) not in whole] == [], example
        return
    names: dict[str, object] = {"__name__": "page"}
    if block.text.startswith(MESA):
        run_python(MODEL, names)
    run_python(block.text, names)


def dense(text: str) -> str:
    """Python without what its layout adds."""
    return re.sub(r",(?=[)\]])", "", re.sub(r"\s", "", text))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_of_the_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    checkout(tmp_path)
    (tmp_path / "results").mkdir()
    BEFORE.get(page.name.partition(".")[0], lambda: None)()
    try:
        for block in blocks_of(page):
            if block.kind in SHELL:
                shell(block)
            elif block.kind == "python":
                python(block)
            elif block.name:
                Path(block.name).write_text(block.text, "utf-8")
    finally:
        extend.clear()
    assert len(os.listdir(tmp_path)) >= 5


@pytest.mark.parametrize(
    "table", [NOT_RUN, NOT_RUN_PYTHON, EXCERPTS, CODES, AFTER], ids=lambda table: next(iter(table))
)
def test_every_exception_is_still_on_a_page(table: dict[str, object]) -> None:
    found = [one for page in PAGES for one in blocks_of(page)]
    texts = [line for block in found for line in commands_of(block)]
    texts += [block.text for block in found if block.kind == "python"]
    assert [one for one in table if not any(text.startswith(one) for text in texts)] == []


def test_commands_are_found_and_made_small(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "`a.toml`:\n\n```toml\ndays = 3\n```\n"
        "```\nuv run pingan run a --days 365 # year\n\npingan list && pingan x\n```\n",
        encoding="utf-8",
    )
    first, second = blocks_of(page)
    assert (first.name, second.name) == ("a.toml", "")
    assert list(commands_of(first)) == []
    assert list(commands_of(second)) == ["uv run pingan run a --days 365", "pingan list", "pingan x"]
    made = small(["run", "a", "--days", "365"])
    assert made[:2] == ["run", "a"] and "365" not in made and made[made.index("--days") + 1] == "120"
    assert small(["list", "parameters"]) == ["list", "parameters"]
    assert small_text("residents=345_000, days=365") == "residents=1_500, days=120"


def test_a_pipe_and_a_file_are_what_a_shell_makes_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    count = "import sys; print(len(sys.stdin.read().split()))"
    assert run_line(f"python -c 'print(1, 2, 3)' | python -c '{count}' > words.txt") == 0
    assert Path("words.txt").read_text("utf-8").split() == ["3"]
    assert run_line("python -c 'raise SystemExit(7)' | python -c 'print(1)'") == 7
