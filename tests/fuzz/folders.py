"""Fuzzed too: what people hand to each other as folders and workbooks, and what the program keeps for itself. District
folders, searches, inferences, extensions, saved warm districts, emulators, belief sheets."""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from fuzz.choices import ODD, VALUES, Choices, edited, edited_tree
from fuzz.targets import BELIEFS, Target, confined
from helpers.districts import write_district
from helpers.places import ROOT

from pingan_abm.engine import compiled
from pingan_abm.extend.files import forget, load
from pingan_abm.files.extensions import PIECES
from pingan_abm.founding.check import account_of
from pingan_abm.model import PinganModel
from pingan_abm.patterns.kept_runs import FILE, KeptRuns
from pingan_abm.report.inferred import inference_page
from pingan_abm.snapshots import loads, store
from pingan_abm.snapshots.warm import pack
from pingan_abm.study.analyse.emulator_file import Curve, Emulator, Surface, document, read_emulator
from pingan_abm.study.decide.belief_sheets import QUESTIONS, workbook
from pingan_abm.study.decide.beliefs import SHEET, WEIGHED, kept_weighed, read_beliefs
from pingan_abm.study.decide.portfolios import JOURNAL, Journal
from pingan_abm.study.infer.calibration import JOURNAL as CALIBRATION
from pingan_abm.study.infer.journal import mend
from pingan_abm.study.infer.trials import finished_trials
from pingan_abm.study.keep.folder import understood
from pingan_abm.study.plan.search_file import read_search
from pingan_abm.texts.errors import InputErrors

SEARCH = """residents = 540
days = 2
seed = 1
replications = 2
[parameters]
staffing = { low = 0.8, high = 1.2 }
[search]
outcomes = ["solved_share", "burden", "cost"]
population = 4
generations = 2
fresh = 3
"""
CELLS = ("noise", "2014-01-05", "1e400", "٣", "１．５", "1,5", "50%", "\x00", "\r", "'", '"', ";", "=1+1", "NaN")


def damaged(choices: Choices, contents: bytes) -> bytes:
    """Contents with up to five bytes changed, and sometimes without their end."""
    raw = bytearray(contents)
    for _ in range(choices.below(6) if raw else 0):
        raw[choices.below(len(raw))] = choices.below(256)
    return bytes(raw[: choices.below(len(raw))] if raw and choices.below(6) == 0 else raw)


@cache
def district_files() -> dict[str, bytes]:
    """The files of a small district, among them every kind of table."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_district(Path(place) / "d")
        (folder / "organisations.toml").write_bytes(
            (ROOT / "pingan_abm" / "data" / "organisations.toml").read_bytes()[:3_000]
        )
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def district(data: bytes, folder: Path) -> None:
    """A folder of a district with one of its files edited, damaged or exchanged."""
    choices, files = Choices(data), dict(district_files())
    name = choices.of(sorted(files))
    kind = choices.below(4)
    if kind == 0:
        files[name] = damaged(choices, files[name])
    elif kind == 1:
        files[name] = files[choices.of(sorted(files))]
    else:
        words = ("id", "en", "rate", "shares", "unit", "subdistrict", "dept_01", *CELLS)
        files[name] = edited(choices, files[name].decode("utf-8", "replace"), words).encode("utf-8", "replace")
    home = folder / "district"
    home.mkdir()
    for one, contents in files.items():
        (home / one).write_bytes(contents)
    with confined(folder):
        account_of(home)


def searched(data: bytes, folder: Path) -> None:
    """The file of a search, and the journal of one."""
    choices = Choices(data)
    journal = choices.below(2) == 0
    if journal:
        line = {"settings": '{"staffing": 1.0}', "values": [[[1.0, 2.0, None]], [[0.5, 1.0, 3.0]]]}
        lines = [edited_tree(choices, json.loads(json.dumps(line))) if choices.below(2) else line for _ in range(3)]
        contents = "".join(json.dumps(one) + "\n" for one in lines).encode()
        (folder / JOURNAL).write_bytes(damaged(choices, contents))
        (folder / "s.toml").write_text(SEARCH, "utf-8")
    else:
        words = ("search", "outcomes", "robust", "fresh", "beliefs", "mean", "staffing", '"burden"', '"s.toml"')
        (folder / "s.toml").write_text(edited(choices, SEARCH, words), "utf-8", "replace")
    with confined(folder):
        read_search(folder / "s.toml")
        assert all(np.shape(table) == (2, 1, 3) for table in Journal(folder, (2, 1, 3)).known.values())


INFERRED = {
    "study": "s",
    "fits": True,
    "waves": [{"runs": 20, "left": 0.2, "limit": 3.0}],
    "coefficients": [
        {
            "name": "problem_rate",
            "first": 0.2,
            "last": 1.0,
            "low": 0.3,
            "median": 0.5,
            "high": 0.8,
            "before_low": 0.25,
            "before_high": 0.95,
            "narrower": 0.3,
            "told": True,
            "moved": 0.1,
            "leans": "",
            "chains": 1.0,
            "truth": None,
        }
    ],
    "evidence": [
        {"metric": "files_per_1000", "observed": 200.0, "used": True, "low": 180.0, "high": 220.0, "fits": True}
    ],
}


def inferred(data: bytes, folder: Path) -> None:
    """A folder of an inference or a calibration: its figures, its draws, its journal; and standings of a comparison."""

    choices, kept = Choices(data), json.loads(json.dumps(INFERRED))
    buffer = io.BytesIO()
    pq.write_table(pa.table({"problem_rate": [0.3, 0.5, 0.8]}), buffer)
    draws, lines, which = buffer.getvalue(), b'{"op_code": 6, "trial_id": 1, "state": 1}\n' * 3, choices.below(4)
    standings: Any = [
        {
            "outcome": "burden",
            "who": "Lin",
            "scenario": "a",
            "mean": 1.0,
            "low": 0.0,
            "high": 2.0,
            "regret_mean": None,
            "regret_most": None,
            "best_share": None,
        }
    ]
    if which == 0:
        kept = edited_tree(choices, kept)
    elif which == 1:
        draws = damaged(choices, draws)
    elif which == 2:
        lines = damaged(choices, lines)
    else:
        standings = edited_tree(choices, standings)
    for name, contents in (
        ("inference.json", json.dumps(kept).encode()),
        ("posterior.parquet", draws),
        (CALIBRATION, lines),
        (SHEET, BELIEFS.encode()),
        (WEIGHED, json.dumps(standings).encode()),
    ):
        (folder / name).write_bytes(contents)
    with confined(folder):
        mend(folder / CALIBRATION)
        finished_trials(folder)
        with understood(folder / WEIGHED):
            kept_weighed(folder)
        with understood(folder / "inference.json"):
            inference_page(folder, "en")


@cache
def extension_texts() -> tuple[str, ...]:
    """The examples."""
    return tuple(path.read_text("utf-8") for path in sorted((ROOT / "examples" / "extend").glob("*.py")))


def extension(data: bytes, folder: Path) -> None:
    """A file of extensions with a slip: a word missing, doubled, or of something else. It is the user's own program, so
    what it does is hers; what goes wrong in it must be told with its line, and leave nothing behind."""
    choices = Choices(data)
    path, words = folder / "mine.py", ("extend", "model", "return", "None", "0", '"x"', "name", "low", "high")
    text = edited(choices, choices.of(extension_texts()), words) if choices.below(5) else ""
    path.write_bytes(text.encode("utf-8", "replace") or choices.rest())
    before = dict(PIECES)
    try:
        load(path)
    except InputErrors as wrong:
        assert wrong.problems and before == PIECES
    finally:
        forget(path)


@cache
def warm_file() -> bytes:
    """A saved warm district of 540 residents."""
    kept = compiled.CACHE_FOLDER
    with tempfile.TemporaryDirectory() as place:
        store.CACHE_FOLDER = Path(place) / "c"  # type: ignore[attr-defined]
        try:
            model = PinganModel(residents=540, days=5, warmup=0)
            for _ in range(5):
                model.step()
            store.write("k", pack(model), {"residents": 540})
            return (store.folder() / "k.warm").read_bytes()
        finally:
            store.CACHE_FOLDER = kept  # type: ignore[attr-defined]


def repacked(contents: bytes, change: Mapping[str, bytes | None], method: int) -> bytes:
    """A packed file with some members exchanged or left out: its checksums are right."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as opened, zipfile.ZipFile(buffer, "w", method) as packed:
        for name in opened.namelist():
            member = change.get(name, opened.read(name))
            if member is not None:
                packed.writestr(name, member)
    return buffer.getvalue()


def snapshot(data: bytes, folder: Path) -> None:
    """A saved warm district with bytes changed, or with other members under right checksums: taken over or passed
    over, and never an error."""
    choices, contents = Choices(data), warm_file()
    kind = choices.below(4)
    if kind == 0:
        contents = damaged(choices, contents)
    else:
        with zipfile.ZipFile(io.BytesIO(contents)) as opened:
            name = choices.of(opened.namelist()) if kind > 1 else store.STATE
            member: bytes | None = opened.read(name)
        assert member is not None
        if name.endswith(".json"):
            member = json.dumps(edited_tree(choices, json.loads(member))).encode()
        elif kind == 2:
            member = damaged(choices, member)
        else:
            member = choices.of((None, b"", header((2**60,)), header((2, 2)), header((0,))))
        contents = repacked(contents, {name: member}, choices.of((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
        if choices.below(8) == 0:
            contents = damaged(choices, contents)
    kept = store.CACHE_FOLDER  # type: ignore[attr-defined]
    store.CACHE_FOLDER = folder / "c"  # type: ignore[attr-defined]
    try:
        store.folder().mkdir(parents=True)
        (store.folder() / "k.warm").write_bytes(contents)
        (store.folder() / "k.load").write_bytes(choices.rest())
        warm = store.read("k")
        store.entries()
        loads.read("k")
        if warm is not None:
            PinganModel(residents=540, days=5, warmup=0).fits(warm)
    finally:
        store.CACHE_FOLDER = kept  # type: ignore[attr-defined]


def header(shape: tuple[int, ...]) -> bytes:
    """A member that promises an array of a shape, and holds nothing."""
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return buffer.getvalue()


def emulator(data: bytes, folder: Path) -> None:
    """An emulator's file: what is read answers every setting in its ranges."""
    choices = Choices(data)
    part = Surface("burden", 1.0, 0.5, (0.5,), (0.1, -0.1))
    whole = Emulator("s", "v", 2, 1, ("staffing",), (0.5,), (1.5,), np.array([[0.0], [1.0]]), 540, (0, 1), (part,), ())
    curve = Curve("reports_made", (1.0, 2.0), ((0.1, 0.2),), (part,), 0.5, (0.1, 0.1))
    tree = document(whole) | {"curves": document(replace(whole, curves=(curve,)))["curves"]}
    text = json.dumps(edited_tree(choices, tree) if choices.below(5) else tree).encode()
    (folder / "e.json").write_bytes(text if choices.below(3) else damaged(choices, text))
    with confined(folder):
        read = read_emulator(folder / "e.json")
        middle = {name: (low + high) / 2 for name, low, high in zip(read.names, read.low, read.high, strict=True)}
        assert read.inside(middle)
        read.told(middle)
        for one in read.curves:
            one.at(read.points, read.place(middle))


@cache
def sheets() -> bytes:
    """An empty workbook of belief sheets."""
    return workbook(QUESTIONS, 2, "en")


def belief_workbook(data: bytes, folder: Path) -> None:
    """A workbook of belief sheets: damaged, or filled in with anything."""
    choices = Choices(data)
    if choices.below(3) == 0:
        contents = damaged(choices, sheets())
    elif choices.below(3) == 0:
        with zipfile.ZipFile(io.BytesIO(sheets())) as opened:
            name = choices.of(opened.namelist())
            text = opened.read(name).decode("utf-8", "replace")
        contents = repacked(sheets(), {name: edited(choices, text, ODD).encode("utf-8", "replace")}, 8)
    else:
        contents = filled(choices)
    (folder / "b.xlsx").write_bytes(contents)
    with confined(folder):
        for one in read_beliefs(folder / "b.xlsx").of:
            one.points(4, 0)


def filled(choices: Choices) -> bytes:
    """A workbook with some cells that say something."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        page = book.add_worksheet("1")
        page.write_string(2, 1, choices.text(("Lin", "Wang", "街道办")))
        for row in range(5, 8):
            page.write_string(row, 6, choices.text(QUESTIONS))
            for column in (4, 5):
                value = choices.of(VALUES) if choices.below(3) == 0 else choices.text(("0.5", "20", *CELLS))
                if isinstance(value, bool):
                    page.write_boolean(row, column, value)
                elif isinstance(value, int | float):
                    page.write_number(row, column, float(value))
                else:
                    page.write_string(row, column, str(value))
    return buffer.getvalue()


def runs_of_patterns(data: bytes, folder: Path) -> None:
    """Runs that a comparison with records keeps."""
    choices = Choices(data)
    lines = [edited_tree(choices, ["a", {"x": 1.0, "y": [1.0, 2.0]}]) for _ in range(2)]
    (folder / FILE).write_bytes(damaged(choices, "".join(json.dumps(one) + "\n" for one in lines).encode()))
    with confined(folder):
        KeptRuns(folder)


TARGETS: dict[str, Target] = {
    one.__name__: one
    for one in (
        district,
        searched,
        inferred,
        extension,
        snapshot,
        emulator,
        belief_workbook,
        runs_of_patterns,
    )
}
