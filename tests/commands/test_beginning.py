"""How runs begin, from the command line: history, warm-up and equal load in every command, in words and in JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm.cli import make_command, run_command
from pingan_abm.runs import RunSpec, run
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.decide.compare import compare
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.run.sweep import sweep
from pingan_abm.study.run.workers import prepare
from pingan_abm.texts.errors import InputErrors

TINY = ("--residents", "900", "--days", "20", "--workers", "1", "--lang", "en")
WARM = ("--warmup", "40")
RUNNING = ("run", "compare", "sweep", "calibrate", "seek", "trace", "patterns", "validate")
STUDY = """
residents = 900
days = 15
warmup = 30
history = "own"
match_load = 0.04
[parameters]
accountability = { values = [0.1, 0.9] }
"""


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """The model is compiled before, so that no command has to say that it is."""
    prepare()


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    code = run_command(words)
    told = capsys.readouterr()
    return code, " ".join(told.out.split()), told.err


def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    code, out, err = ran(capsys, *words, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", RUNNING)
def test_every_command_that_runs_something_has_the_options(name: str) -> None:
    options = {option for one in make_command("en").commands[name].params for option in one.opts}
    assert {"--warmup", "--history", "--match-load"} <= options


def test_the_app_has_a_history_too() -> None:
    options = {option for one in make_command("en").commands["app"].params for option in one.opts}
    assert {"--warmup", "--history"} <= options


def test_json_says_how_the_run_began(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "run", *TINY, *WARM, "--history", "own")
    assert (found["warmup"], found["history"]) == (40, "own")
    assert (found["manifest"]["warmup"], found["manifest"]["history"]) == (40, "own")
    assert "match_load" not in found and "staffing" not in found


def test_a_load_and_the_staffing_it_led_to_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "run", *TINY, *WARM, "--match-load", "0.1", "--replications", "6")
    assert found["match_load"] == found["manifest"]["match_load"] == 0.1
    assert found["staffing"] == found["manifest"]["staffing"] != 1.0
    loads = [one["outcomes"]["load_ratio"] for one in found["runs"]]
    assert sum(loads) / 6 == pytest.approx(0.1, abs=0.01)
    given = document(capsys, "run", *TINY, *WARM, "--set", f"staffing={found['staffing']}", "--replications", "6")
    assert given["runs"] == found["runs"]


def test_a_comparison_at_equal_load(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("compare", "pingan365", "strict=pingan365", "--set", "strict:accountability=1", "--replications", "2")
    more = (*TINY, *WARM, "--match-load", "0.1")
    found = document(capsys, *words, *more, "--out", str(tmp_path / "out"))
    assert found["match_load"] == 0.1 and set(found["staffing"]) == {"pingan365", "strict"}
    code, _, _ = ran(capsys, "report", str(tmp_path / "out"), "--out", str(tmp_path / "page.html"), "--lang", "en")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert code == 0
    assert "every arm starts from the same warm district, which has lived 40 days" in page
    assert "Equal load: staffing is set so that the load ratio is 0.1 on average over six replications." in page
    assert "--warmup 40 --match-load 0.1" in page  # the command that makes it again


@pytest.mark.parametrize(
    ("language", "options", "words"),
    [
        ("en", (), "the scenario's levers take effect on 1 January 2014"),
        ("en", ("--history", "own"), "As if always so: the district has lived 40 days under these settings"),
        ("en", ("--warmup", "0"), "No warm-up: the district begins empty"),
        ("zh", (), "从今天起改革：城区已按基准情景设定经历40天预热期"),
        ("zh", ("--history", "own"), "一贯如此"),
        ("zh", ("--match-load", "0.1"), "同等负荷：部门人力经调整，六次重复运行的平均工作负荷比为0.1"),
    ],
)
def test_a_summary_says_which_history_it_shows(
    capsys: pytest.CaptureFixture[str], language: str, options: tuple[str, ...], words: str
) -> None:
    warm = () if "--warmup" in options else WARM  # an option is written once
    code, out, _ = ran(capsys, "run", *TINY[:-1], language, *warm, *options)
    assert code == 0 and words in out


def test_a_comparison_says_which_history_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "compare", "pingan365", "funding_cut", *TINY, *WARM, "--replications", "2")
    assert code == 0 and "Reform from today: every arm starts from the same warm district" in out


def test_everything_that_is_wrong_is_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wrong = ("--warmup", "-3", "--history", "onw", "--match-load", "0", "--days", "x")
    code, out, err = ran(capsys, "run", "--lang", "en", *wrong, "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert "--warmup -3 is not usable" in err and "--days x is not usable" in err
    assert '--history onw is not usable. Did you mean "own"?' in err
    assert "--match-load 0 is not usable: write a load ratio above 0" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [("run",), ("compare", "pingan365", "funding_cut", "--replications", "2")])
def test_a_load_that_no_staffing_gives_is_told_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    words = (*command, *TINY, "--warmup", "0", "--match-load", "4.9", "--out", str(tmp_path / "out"))
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("pingan: match_load = 4.9 is out of reach: with staffing from")
    assert not (tmp_path / "out").exists()


def test_a_warm_up_that_began_before_the_calendar_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "run", *TINY, "--start", "0001-06-01")
    assert code == 2 and "the warm-up would begin before the year 1" in err
    assert ran(capsys, "run", *TINY, "--start", "0001-06-01", "--warmup", "0")[0] == 0


def test_a_study_says_how_its_runs_begin(tmp_path: Path) -> None:
    study = parse_study(STUDY, "study", "study.toml", tmp_path)
    spec = study.spec({"accountability": 0.9}, 1)
    assert (spec.warmup, spec.history, spec.match_load) == (30, "own", 0.04)
    assert study.contents()["history"] == "own" and study.contents()["match_load"] == 0.04


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("warmup = -1", "line 1: warmup: -1 is not usable"),
        ('history = "onw"', 'Did you mean "own"?'),
        ("match_load = 0", "write a load ratio above 0"),
        ("match_load = true", "write a load ratio above 0"),
        ("match_load = 0.9\nparameters.staffing = { values = [1, 2] }", "staffing cannot vary"),
    ],
)
def test_a_study_with_a_beginning_that_is_none_is_refused(tmp_path: Path, line: str, said: str) -> None:
    more = "" if "staffing" in line else "[parameters]\naccountability = { values = [0.1, 0.9] }\n"
    with pytest.raises(InputErrors) as refused:
        parse_study(f"{line}\n{more}", "study", "study.toml", tmp_path)
    assert said in str(refused.value)


def test_options_stand_in_place_of_what_a_study_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(f"replications = 6\n{STUDY}")
    words = ("sweep", str(tmp_path / "study.toml"), "--workers", "1", "--lang", "en")
    given = ("--warmup", "20", "--history", "today", "--match-load", "0.05")
    assert ran(capsys, *words, "--out", str(tmp_path / "out"), *given)[0] == 0
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (told["warmup"], told["history"], told["match_load"]) == (20, "today", 0.05)
    rows = document_of_results(capsys, tmp_path / "out")
    for accountability in (0.1, 0.9):
        loads = [row["load_ratio"] for row in rows if row["accountability"] == accountability]
        assert len(loads) == 6 and sum(loads) / 6 == pytest.approx(0.05, abs=0.01)
    assert len({row["staffing"] for row in rows}) == 2  # the staffing that each point's load led to
    code, _, err = ran(capsys, *words, "--out", str(tmp_path / "other"), "--history", "onw")
    assert code == 2 and "--history onw" in err and not (tmp_path / "other").exists()


def document_of_results(capsys: pytest.CaptureFixture[str], folder: Path) -> list[dict]:
    code, out, _ = ran(capsys, "results", str(folder), "--format", "json")
    assert code == 0
    found = json.loads(out)
    return found if isinstance(found, list) else found["runs"]


def test_python_takes_the_same_arguments(tmp_path: Path) -> None:
    given = {"residents": 900, "days": 15, "warmup": 30, "history": "own"}
    first = run("pingan365", **given)
    assert list(first["run_id"]) == list(run("pingan365", **given)["run_id"])
    assert list(first["run_id"]) != list(run("pingan365", **(given | {"history": "today"}))["run_id"])
    table = compare("pingan365", "clear_duties", **given, replications=1, match_load=0.1)
    loads = table.set_index("outcome").loc["load_ratio"]
    assert loads["baseline_mean"] == pytest.approx(loads["scenario_mean"], abs=0.011)
    (tmp_path / "study.toml").write_text("residents = 900\ndays = 9\n[parameters]\naccountability = { values = [0.1] }")
    assert len(sweep(tmp_path / "study.toml", tmp_path / "out", workers=1, warmup=10, history="own")) == 1
    with pytest.raises(InputErrors, match="warmup = -1"):
        run("pingan365", residents=900, days=15, warmup=-1)


def test_a_district_without_a_warm_up_has_one_history_only() -> None:
    from pingan_abm.runs import run_id

    empty = RunSpec(load_scenario("pingan365"), residents=900, days=15, warmup=0)
    assert run_id(empty) == run_id(RunSpec(empty.scenario, residents=900, days=15, warmup=0, history="own"))


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
@pytest.mark.parametrize("command", [("run",), ("compare", "pingan365", "funding_cut", "--replications", "2")])
def test_a_terminal_shows_the_days_before_day_0(command: tuple[str, ...]) -> None:
    shown, told = os.openpty()
    environment = {**os.environ, "PINGAN_WARM_MIB": "0", "TERM": "xterm", "COLUMNS": "100"}
    words = [sys.executable, "-m", "pingan_abm.cli", *command, "--residents", "2000", "--days", "20", "--workers", "1"]
    words += ["--seed", "41", "--lang", "en"]  # of which no warm district is kept
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=told) as process:
        os.close(told)
        text = b""
        try:
            while part := os.read(shown, 65_536):
                text += part
        except OSError:  # the terminal is gone with the command
            pass
        os.close(shown)
    assert process.returncode == 0
    assert b"The district lives through 730 days before day 0" in text
