"""What is fuzzed: everything that reads what others wrote. Each target takes bytes and must end, quickly, with
something read or with a refusal in words; any other exception, and any look outside the given folder, is a finding."""

import copy
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from fuzz.choices import ODD, VALUES, Choices, edited, edited_tree
from helpers.places import PACKAGE, ROOT

from pingan_abm.cli import run_command
from pingan_abm.commands import app as app_command
from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters, declarations
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.files import KEYS, parse_scenario, read_scenario
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.scenarios.records import read_incidents
from pingan_abm.study.analyse.analysis import write_design
from pingan_abm.study.decide.beliefs import read_beliefs
from pingan_abm.study.keep.folder import create_store
from pingan_abm.study.keep.records import Record
from pingan_abm.study.plan.design import make_plan
from pingan_abm.study.plan.files import KEYS as STUDY_KEYS
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import METHODS
from pingan_abm.study.run import clusters, parallel, workers
from pingan_abm.study.run.sweep import study_manifest
from pingan_abm.texts.errors import InputErrors
from pingan_abm.web.pages.uploads import receive
from pingan_abm.web.visitor.hearing import hear
from pingan_abm.web.visitor.links import PAGES, Link, read_link
from pingan_abm.web.visitor.session import Session

FORBIDDEN = ("pickle.find_class", "os.system", "subprocess.Popen", "socket.connect", "os.exec", "os.posix_spawn")
POINTS_AT_MOST = 2_000  # larger designs are parsed, not laid out, so that a try stays short

watched: list[str] = []  # what was opened, or done that must not be, since the last look


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in FORBIDDEN:
        watched.append(event)
    elif event == "open" and isinstance(arguments[0], str | bytes):
        watched.append(os.fsdecode(arguments[0]))


sys.addaudithook(_hear)


class LookedOutside(AssertionError):
    """Something was opened that lies outside the given folder, or done that reading must not do."""


@contextmanager
def confined(folder: Path) -> Iterator[None]:
    """Whatever happens inside opens files of the folder and of the program only. Refusals in words are fine."""
    watched.clear()
    try:
        yield
    except InputErrors as wrong:
        assert wrong.problems and all(len(problem) < 20_000 for problem in wrong.problems)
    outside = [
        name
        for name in watched
        if not str(Path(name).resolve() if "\0" not in name else name).startswith((str(folder), *homes()))
    ]
    if outside:
        raise LookedOutside(", ".join(outside[:3]))


@cache
def homes() -> tuple[str, ...]:
    """Where the program itself lives: its sources, Python, the system's and the user's caches and fonts."""
    caches = os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")
    own = (
        PACKAGE,
        sys.prefix,
        sys.base_prefix,
        *filter(None, sys.path[1:]),
        caches,
        "/usr",
        "/proc",
        "/sys",
        "/dev/null",
    )
    return tuple(str(Path(one).resolve()) for one in own)


@cache
def words() -> tuple[str, ...]:
    """What means something in files: keys, parameters, units, types, scenarios."""
    district = load_district()
    names = [one.name for one in declarations()] + [choice for one in declarations() for choice in one.choices]
    entries = [f"units.{unit.id}.staff" for unit in district.units[:3]] + [
        f"issues.{issue.id}.rate" for issue in district.issues[:3]
    ]
    quoted = [
        *(one.id for one in district.units[:5]),
        *(one.id for one in district.issues),
        *METHODS,
        *scenario_names(),
    ]
    keys = [
        "low",
        "high",
        "values",
        "steps",
        "samples",
        "method",
        "date",
        "units",
        "into",
        "severity",
        "documented",
        "community",
        "en",
        "zh",
    ]
    return (*KEYS, *STUDY_KEYS, *keys, *names, *entries, *(f'"{one}"' for one in quoted))


@cache
def scenario_texts() -> tuple[str, ...]:
    """The presets, and one file with every part."""
    every = (
        'title = "x"\n[units.fire]\nstaff = 3\n[issues.noise]\nlead = "fire"\n[[changes]]\ndate = 2014-03-01\n'
        "parameters = { staffing = 1.1 }\n"
        '[[merge]]\ndate = 2014-04-01\nunits = ["food_drug", "quality_supervision"]\ninto = "market"\nen = "M"\n'
        'zh = "市"\n[columns]\n'
        'date = "Created"\n[categories]\n"A" = "noise"\n"B" = ""\n[communities]\n"C" = "hubin_01"\n'
    )
    return (every, *(path.read_text("utf-8") for path in sorted((PACKAGE / "data" / "scenarios").glob("*.toml"))))


STUDY = """name = "s"
scenario = "pingan365"
residents = 540
days = 2
replications = 2
[design]
method = "lhs"
samples = 4
[parameters]
accountability = { low = 0.1, high = 0.9 }
funding_dependence = { low = 0.2, high = 0.4 }
[settings]
staffing = 1.0
[targets]
closure_gap = { value = 0.1, scale = 0.02 }
"""
BELIEFS = (
    "samples = 4\n[participants.Lin]\nproblem_rate = { low = 0.4, high = 0.6 }\n"
    "[participants.Wang]\nstaffing = { values = [0.9, 1.1] }\n"
)
CSV = (
    "date,issue_type,community,severity\n2014-01-02,noise,hubin_01,0.3\n2014-01-03 10:30,pollution,hubin_02,\n"
    "01/04/2014 01:45:00 PM,x,y,z\n"
)


def scenario(data: bytes, folder: Path) -> None:
    """A scenario file: bytes as they are, or a good file with edits."""
    choices = Choices(data)
    if choices.below(4) == 0:
        path = folder / "s.toml"
        path.write_bytes(choices.rest())
        with confined(folder):
            read_scenario(path)
        return
    text = edited(choices, choices.of(scenario_texts()), words())
    with confined(folder):
        parse_scenario(text, "s", "s.toml").check(date(2014, 1, 1), 365, load_district())


def study(data: bytes, folder: Path) -> None:
    """A study file, and its design."""
    choices = Choices(data)
    text = (
        choices.rest().decode("utf-8", "replace")
        if choices.below(6) == 0
        else edited(choices, choices.of(study_texts()), words())
    )
    with confined(folder):
        read = parse_study(text, "s", "s.toml", folder)
        if read.samples * (len(read.ranges) + 2) < POINTS_AT_MOST or read.method in ("grid", "oat"):
            if np.prod([len(one.grid()) for one in read.ranges], dtype=float) < POINTS_AT_MOST or read.method not in (
                "grid",
                "oat",
            ):
                make_plan(read).count()


@cache
def study_texts() -> tuple[str, ...]:
    """A small study, and those of the experiments."""
    return (STUDY, *(path.read_text("utf-8") for path in sorted((ROOT / "experiments").glob("*.toml"))))


def beliefs(data: bytes, folder: Path) -> None:
    """A beliefs file."""
    choices = Choices(data)
    raw = choices.rest() if choices.below(6) == 0 else edited(choices, BELIEFS, words()).encode("utf-8", "replace")
    (folder / "b.toml").write_bytes(raw)
    with confined(folder):
        for one in read_beliefs(folder / "b.toml").of:
            one.points(4, 0)


def records(data: bytes, folder: Path) -> None:
    """A records file, CSV or Parquet."""
    choices = Choices(data)
    kind = choices.below(4)
    if kind == 0:
        raw, name = choices.rest(), "r.csv"
    elif kind == 1:
        raw, name = (
            edited(choices, CSV, ("noise", "hubin_01", ",", "\r\n", '"', "2014-01-05", ";", "\t")).encode(
                "utf-8", "replace"
            ),
            "r.csv",
        )
    else:
        raw, name = bytearray(parquet()), "r.parquet"
        for _ in range(choices.below(6)):
            raw[choices.below(len(raw))] = choices.below(256)
        if choices.below(8) == 0:
            raw = raw[: choices.below(len(raw))]
    (folder / name).write_bytes(raw)
    with confined(folder):
        read_incidents(folder / name, load_scenario("pingan365"), load_district(), date(2014, 1, 1), 30)


@cache
def parquet() -> bytes:
    """Some records as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "date": ["2014-01-02", "2014-01-03"],
            "issue_type": ["noise", "pollution"],
            "community": ["hubin_01", "hubin_02"],
            "severity": [0.3, None],
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


@cache
def stored() -> dict[str, bytes]:
    """The files of a small finished sweep, by their place in its folder."""
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "out"
        plan = make_plan(parse_study(STUDY, "s", "s.toml", Path(place)))
        store = create_store(folder, study_manifest(plan))
        write_design(folder, plan)
        numbers = {name: float(len(name)) for name in store.outcomes}
        series = {"reports_made": np.arange(2.0), "crises_so_far": np.zeros(2)}
        store.append(
            [
                Record(task.run_id, task.spec, dict(Parameters()), "ok", outcomes=numbers, series=series)
                for task in plan.tasks()
            ]
        )
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"]
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def store(data: bytes, folder: Path) -> None:
    """A folder of results with one of its files damaged, exchanged or edited, in every command that reads one."""
    choices = Choices(data)
    files = dict(stored())
    name = choices.of(sorted(files))
    if name == "manifest.json" and choices.below(5):
        files[name] = json.dumps(edited_tree(choices, copy.deepcopy(json.loads(files[name])))).encode()
    elif choices.below(4) == 0:
        files[name] = files[choices.of(sorted(files))]
    else:
        raw = bytearray(files[name])
        for _ in range(1 + choices.below(5)):
            raw[choices.below(len(raw))] = choices.below(256)
        files[name] = bytes(raw[: choices.below(len(raw))] if choices.below(8) == 0 else raw)
    out = folder / "out"
    for one, contents in files.items():
        (out / one).parent.mkdir(parents=True, exist_ok=True)
        (out / one).write_bytes(contents)
    page, table = str(folder / "page.html"), str(folder / "table.csv")
    commands = (
        ["status", str(out), "--json"],
        ["status", str(out)],
        ["results", str(out), "--out", table],
        ["results", str(out), "--format", "json"],
        ["analyse", str(out), "--method", "means"],
        ["report", str(out), "--out", page],
        ["export", str(out), "--out", table],
        ["analyse", str(out), "--method", "features"],
    )
    with confined(folder):
        said(choices.of(commands))


def command_line(data: bytes, folder: Path) -> None:
    """Any words for the command line; a model that would be built ends the command there, and no server starts."""
    choices = Choices(data)
    options = (
        "--residents",
        "--days",
        "--seed",
        "--replications",
        "--workers",
        "--start",
        "--set",
        "--incidents",
        "--out",
        "--outcome",
        "--lever",
        "--above",
        "--below",
        "--lang",
        "--method",
        "--format",
        "--shard",
        "--engine",
        "--port",
        "--host",
        "--until-width",
        "--beliefs",
        "--question",
        "--trials",
        "--under",
        "--json",
        "--events",
        "--help",
        "--retry-failed",
        "--figure",
        "--against",
        "--",
    )
    values = (
        "540",
        "3",
        "1/2",
        "local",
        "dask://127.0.0.1:1",
        "accountability=0.5",
        "x:accountability=1",
        "units.fire.staff=2",
        "a=pingan365",
        *scenario_names(),
        "closure_gap",
        "accountability",
        "csv",
        "json",
        "en",
        "zh",
        "2014-01-01",
        "s.toml",
        "b.toml",
        "r.csv",
        "out",
        "page.html",
        "table.csv",
        "prim",
        "sobol",
    )
    given = [choices.of(COMMANDS)]
    for _ in range(choices.below(10)):
        word = choices.of(options) if choices.below(2) else choices.text(values)
        given.append(word if word in ODD or word in values or word in options else word.replace("/", ""))
    for name, text in (("s.toml", STUDY), ("b.toml", BELIEFS), ("r.csv", CSV)):
        (folder / name).write_text(text, "utf-8")
    here = Path.cwd()
    os.chdir(folder)
    try:
        with nothing_runs():
            said(
                [
                    word.replace("\0", "") if choices.below(2) else word
                    for word in given
                    if not word.strip('"').startswith(("/", ".."))
                ]
            )
    finally:
        os.chdir(here)


COMMANDS = (
    "run",
    "compare",
    "sweep",
    "status",
    "results",
    "analyse",
    "calibrate",
    "seek",
    "trace",
    "patterns",
    "export",
    "report",
    "app",
    "scenarios",
    "parameters",
    "help",
    "",
)


def said(given: list[str]) -> None:
    """Run a command: it must end with one of the promised exit codes, and without a traceback."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        code = run_command(given)
    assert code in (0, 1, 2), f"exit code {code}"
    assert "Traceback" not in errors.getvalue(), errors.getvalue()


class Built(InputErrors):
    """Raised where a model would be built."""


def _not_built(self: PinganModel, *arguments: object, **named: object) -> None:
    raise Built(["built"])


def _not_served(*arguments: object, **named: object) -> None:
    raise Built(["served"])


class NoPool:
    """Stands in for worker processes and clusters."""

    def __init__(self, *arguments: object, **named: object) -> None:
        raise Built(["a pool"])


@contextmanager
def nothing_runs() -> Iterator[None]:
    """No model is built, no process or server started, no address looked up."""
    places: tuple[tuple[Any, str, Any], ...] = (
        (PinganModel, "__init__", _not_built),
        (workers, "ProcessPoolExecutor", NoPool),
        (clusters, "DaskWorkers", NoPool),
        (parallel, "ProcessPoolExecutor", NoPool),
        (app_command, "check_free", _not_served),
    )
    kept = [getattr(holder, name) for holder, name, _ in places]
    for holder, name, other in places:
        setattr(holder, name, other)
    try:
        yield
    finally:
        for (holder, name, _), before in zip(places, kept, strict=True):
            setattr(holder, name, before)


def link(data: bytes, folder: Path) -> None:
    """An address of the app."""
    choices = Choices(data)
    keys = ("lang", "page", "scenario", "seed", "day", "residents", "days", "set")
    values = (
        *scenario_names(),
        *PAGES,
        "en",
        "zh",
        "12",
        "accountability:0.5",
        "staffing:1.2@60",
        "campaign_issue:noise@9",
        "campaign_start:2014-05-01",
    )
    raw = choices.below(5) == 0
    query = (
        choices.rest().decode("latin-1")
        if raw
        else "&".join(f"{choices.text(keys)}={choices.text(values)}" for _ in range(choices.below(8)))
    )
    with confined(folder):
        assert len("".join(read_link(query).problems)) < 200_000


class Visitor:
    """What `receive` needs of a session."""

    def __init__(self, folder: Path) -> None:
        self.place, self.message = folder, ""

    def folder(self) -> Path:
        """Where files are kept."""
        return self.place

    def order(self, act: Callable[[], None]) -> None:
        """Act at once."""
        act()

    def tell(self, text: str) -> None:
        """Show a message."""
        self.message = text


def upload(data: bytes, folder: Path) -> None:
    """A file that a visitor of the app sends, under any name."""
    choices = Choices(data)
    names = (
        "x.toml",
        "x.csv",
        "../x.toml",
        "/etc/x.toml",
        "..",
        ".",
        "",
        "a/../../b.toml",
        "C:\\x.toml",
        "x" * 400 + ".toml",
        "x.toml\0.csv",
    )
    name, contents = (
        choices.text(names),
        edited(choices, choices.of(scenario_texts()), words()).encode("utf-8", "replace"),
    )
    home = folder / "home"
    home.mkdir(exist_ok=True)
    with confined(folder):
        receive(Visitor(home), _loaded, name, contents)  # type: ignore[arg-type]
    assert {path.name for path in folder.iterdir()} == {"home"}, "a file was written outside the session's folder"


def _loaded(session: Any, path: Path) -> None:
    RunSpec(load_scenario(path))


def message(data: bytes, folder: Path) -> None:
    """What a browser says to the widgets of the Explore page, and what is done about it; no district lives yet."""
    choices, session = Choices(data), Session(Link())
    keys, names = ("seen", "chosen", "set", "reset", "ready"), (*(one.name for one in declarations()), *words())
    for _ in range(1 + choices.below(4)):
        value = choices.of(VALUES) if choices.below(2) else choices.text(names)
        pair = [choices.text(names), value]
        hear(session, None, {choices.of(keys): pair if choices.below(2) else value}, [])
        while not session.orders.empty():
            order = session.orders.get()
            try:
                if order is not None:
                    order()
            except InputErrors:
                pass


type Target = Callable[[bytes, Path], None]
TARGETS: dict[str, Target] = {
    one.__name__: one for one in (scenario, study, beliefs, records, store, command_line, link, upload, message)
}
