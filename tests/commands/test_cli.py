"""The command line as a person meets it: exit codes, messages, documents."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pingan_abm.cli import make_command, run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import declarations, main_parameters, members
from pingan_abm.scenarios.given import LIMITS
from pingan_abm.scenarios.presets import scenario_names

TINY = ("--residents", "2000", "--days", "20")
STUDY = """
residents = 2000
days = 10
replications = 2
[parameters]
accountability = { values = [0.1, 0.9] }
"""


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    code = run_command(words)
    told = capsys.readouterr()
    return code, told.out, told.err


def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    code, out, err = ran(capsys, *words)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_run_as_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(
        capsys,
        "run",
        *TINY,
        "--seed",
        "3",
        "--replications",
        "2",
        "--workers",
        "1",
        "--set",
        "accountability=0.9",
        "--json",
    )
    assert {"scenario", "residents", "days", "seed", "parameters", "manifest", "runs"} <= found.keys()
    assert (found["scenario"], found["residents"], found["days"], found["seed"]) == ("pingan365", 2000, 20, 3)
    assert found["parameters"]["accountability"] == 0.9
    assert [one["replication"] for one in found["runs"]] == [0, 1]
    assert set(found["runs"][0]["outcomes"]) == set(OUTCOMES)
    assert found["runs"][0]["outcomes"] != found["runs"][1]["outcomes"]


def test_the_same_words_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    first = ran(capsys, "run", *TINY, "--json")
    assert first == ran(capsys, "run", *TINY, "--json")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Really solved", "Reported closed", "seven appraised rates", "lowest trust", "There is no command centre"],
        ),
        ("zh", ["实际解决率", "报告办结率", "七项考核指标", "信任度最低", "没有指挥中心"]),
    ],
)
def test_the_summary_tells_true_beside_reported(
    capsys: pytest.CaptureFixture[str], language: str, words: Sequence[str]
) -> None:
    code, out, _ = ran(capsys, "run", *TINY, "--set", "command_centre=off", "--lang", language)
    assert code == 0
    assert [word for word in words if word not in out] == []


def test_everything_wrong_is_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = ran(
        capsys,
        "run",
        "pinga",
        "--residents",
        "many",
        "--days",
        "0",
        "--start",
        "2014-13-01",
        "--set",
        "acountability=1",
        "--set",
        "staffing",
        "--workers",
        "0",
        "--lang",
        "fr",
        "--events",
    )
    assert (code, out) == (2, "")
    for word in (
        'Did you mean "pingan365"',
        "--residents many",
        "--days 0",
        "--start 2014-13-01",
        "--set staffing: write NAME=VALUE",
        'Did you mean "accountability"',
        "--workers 0",
        "--lang fr",
        "add --out DIR",
    ):
        assert word in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["runn"], "run"),
        (["run", "--dayz", "3"], "--days"),
        (["compare", "pingan365"], "name the baseline"),
        (["seek"], "outcome"),
        (["compare", "pingan365", "pingan365"], "stands for two scenarios"),
        (["compare", "pingan365", "campaign", "--set", "campain:staffing=2"], 'Did you mean "campaign"'),
        (
            ["compare", "a=pingan365", "a=campaign", "--set", "b:staffing=2"],
            'no scenario has the label "b". There are: a.\n',
        ),
        (["compare", "pingan365", "campaign", "--outcome", "crisis"], 'Did you mean "crises"'),
        (["status", "nowhere"], "There is no folder"),
        (["results", "nowhere", "--format", "xlsx"], "csv, json or parquet"),
        (["seek", "--outcome", "crises", "--lever", "problem_rate", "--below", "1"], "nobody can set it"),
        (
            ["seek", "--outcome", "crises", "--lever", "staffing", "--below", "1", "--above", "2"],
            "either --below X or --above X",
        ),
        (["sweep", "nowhere.toml", "--out", "x", "--engine", "dusk://a:1"], "dask://HOST:PORT"),
        (["scenarios", "campain"], 'Did you mean "campaign"'),
        (["run", "--set", "units.enviroment.staff=3"], "environment"),
        (["run", "--incidents", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_bad_input_is_exit_2_with_what_to_write(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_help_of_every_command_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    names = list(make_command("en").commands)
    assert {
        "run",
        "compare",
        "sweep",
        "status",
        "results",
        "analyse",
        "calibrate",
        "seek",
        "scenarios",
        "parameters",
    } <= set(names)
    for name in names:
        code, out, _ = ran(capsys, name, "--help")
        assert code == 0
        assert f"pingan {name}" in out.partition("Example:")[2], name
    assert "示例" in ran(capsys, "run", "--help", "--lang", "zh")[1]


def test_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["name"] for one in document(capsys, "scenarios", "--json")["scenarios"]] == list(scenario_names())
    for words, listed in (
        ([], main_parameters()),
        (["--all"], declarations()),
        (["--group", "reporting"], members("reporting")),
    ):
        told = document(capsys, "parameters", *words, "--json")["parameters"]
        assert [one["name"] for one in told] == [one.name for one in listed]
    code, out, _ = ran(capsys, "scenarios", "pizza_shop", "--lang", "zh")
    assert code == 0 and "pizza_shop" in out
    (told,) = document(capsys, "scenarios", "funding_cut", "--json")["scenarios"]
    assert (
        "50,000,000 → 25,000,000" in told["differences"]["en"][0]
        and "50,000,000 → 25,000,000" in told["differences"]["zh"][0]
    )
    _, out, err = ran(capsys, "parameters", "--lang", "en")
    assert "`accountability`" in out and "`paper_strain_effect`" not in out and "--all" in err
    assert "`paper_strain_effect`" in ran(capsys, "parameters", "--all")[1]
    assert "`paper_strain_effect`" in ran(capsys, "parameters", "--group", "paper")[1]
    assert 'Did you mean "paper"' in ran(capsys, "parameters", "--group", "papr", "--lang", "en")[2]
    assert "write one of them" in ran(capsys, "parameters", "--group", "paper", "--all", "--lang", "en")[2]


def test_sweep_status_results(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    out = str(tmp_path / "out")
    code, told, _ = ran(capsys, "sweep", str(tmp_path / "study.toml"), "--out", out, "--workers", "1", "--shard", "1/2")
    assert (code, told) == (0, "2 of 2 runs are done, 0 of them failed.\n")
    half = document(capsys, "status", out, "--json")
    assert (half["planned"], half["done"], half["left"], half["failed"]) == (4, 2, 2, 0)
    assert (
        document(capsys, "sweep", str(tmp_path / "study.toml"), "--out", out, "--workers", "1", "--json")["left"] == 0
    )
    rows = list(csv.DictReader(ran(capsys, "results", out)[1].splitlines()))
    assert [(row["point"], row["replication"]) for row in rows] == [("1", "0"), ("1", "1"), ("2", "0"), ("2", "1")]
    assert sorted((row["accountability"], row["replication"]) for row in rows) == [
        ("0.1", "0"),
        ("0.1", "1"),
        ("0.9", "0"),
        ("0.9", "1"),
    ]
    assert ran(capsys, "results", out, "--lang", "zh")[1] == ran(capsys, "results", out)[1]
    code, _, err = ran(capsys, "results", out, "--lang", "zh", "--format", "xls")
    assert code == 2 and not err.isascii()
    as_json = document(capsys, "results", out, "--format", "json")["runs"]
    assert [row["run_id"] for row in as_json] == [row["run_id"] for row in rows]
    for form in ("csv", "json", "parquet"):
        for name in ("first", "second"):
            assert ran(capsys, "results", out, "--format", form, "--out", str(tmp_path / name))[0] == 0
        assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


SCENARIO = 'title = "mine"\n[parameters]\naccountability = 0.5\n'
BELIEFS = "[ranges]\nproblem_rate = { low = 0.4, high = 0.6 }\n"
FIT = "residents = 540\ndays = 3\n[parameters]\naccountability = { low = 0.2, high = 0.8 }\n[targets]\ncrises = 1\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "study.toml"], "study.toml is a study file, not a scenario file; `pingan sweep` takes it."),
        (
            ["compare", "pingan365", "x=study.toml"],
            "study.toml is a study file, not a scenario file; `pingan sweep` takes it.",
        ),
        (
            ["seek", "study.toml", "--outcome", "crises", "--lever", "staffing", "--below", "1"],
            "study.toml is a study file, not a scenario file; `pingan sweep` takes it.",
        ),
        (["run", "fit.toml"], "fit.toml is a study file, not a scenario file; `pingan calibrate` takes it."),
        (
            ["run", "beliefs.toml"],
            "beliefs.toml is a beliefs file, not a scenario file; `pingan compare --beliefs` takes it.",
        ),
        (
            ["compare", "pingan365", "campaign", "--beliefs", "study.toml"],
            "study.toml is a study file, not a beliefs file; `pingan sweep` takes it.",
        ),
        (
            ["sweep", "scenario.toml", "--out", "x"],
            "scenario.toml is a scenario file, not a study file; `pingan run` takes it.",
        ),
        (
            ["calibrate", "beliefs.toml", "--out", "x"],
            "beliefs.toml is a beliefs file, not a study file; `pingan compare --beliefs` takes it.",
        ),
        (["status", "study.toml"], "study.toml is a study file, not a folder of results; `pingan sweep` takes it."),
        (
            ["results", "scenario.toml"],
            "scenario.toml is a scenario file, not a folder of results; `pingan run` takes it.",
        ),
        (["status", "letter.txt"], "letter.txt is a file, not a folder of results."),
        (["run", "results"], "results is a folder of results, not a scenario file; `pingan status`"),
        (["sweep", "results", "--out", "x"], "results is a folder of results, not a study file; `pingan status`"),
        (
            ["compare", "pingan365", "campaign", "--beliefs", "results"],
            "results is a folder of results, not a beliefs file; `pingan status`",
        ),
    ],
)
def test_another_kind_of_file_is_told_in_one_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("study.toml", STUDY),
        ("fit.toml", FIT),
        ("scenario.toml", SCENARIO),
        ("beliefs.toml", BELIEFS),
        ("letter.txt", "x"),
    ):
        (tmp_path / name).write_text(text)
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "manifest.json").write_text("{}")
    code, out, err = ran(capsys, *words, "--lang", "en")
    assert (code, out, len(err.splitlines())) == (2, "", 1) and told in err
    code, _, err = ran(capsys, *words, "--lang", "zh")
    assert (code, len(err.splitlines())) == (2, 1) and "不是" in err


@pytest.mark.parametrize(
    "text",
    [
        f"{SCENARIO}staffing = {{ values = [0.9, 1.1] }}\n",
        f"residents = 2000\n{SCENARIO}",
        "[parameters.units.fire]\nstaff = 2\n",
        "design = 3\n[parameters]\nstaffing = 1\n",
    ],
)
def test_a_file_of_no_clear_kind_is_told_key_by_key(
    text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(text)
    code, _, err = ran(capsys, "run", str(tmp_path / "mine.toml"), "--lang", "en")
    assert code == 2 and "mine.toml, line" in err and "takes it" not in err


def test_a_range_in_the_place_of_a_value_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "run", "--set", "funding_dependence={values=[0.1,0.9]}", "--lang", "en")
    assert code == 2 and "funding_dependence = { values = [0.1, 0.9] } does not fit: write a number from 0 to 1" in err


def test_a_folder_of_other_results_is_told_by_what_it_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "fit.toml").write_text(FIT)
    study, fit, swept, fitted = (str(tmp_path / name) for name in ("study.toml", "fit.toml", "swept", "fitted"))
    assert ran(capsys, "sweep", study, "--out", swept, "--workers", "1")[0] == 0
    assert ran(capsys, "calibrate", fit, "--out", fitted, "--trials", "2", "--workers", "1")[0] == 0
    assert ran(capsys, "status", fitted, "--lang", "en") == (0, "finished trials: 2\n", "")
    told = document(capsys, "status", fitted, "--json")
    assert (told["kind"], told["trials"], told["done"], told["planned"]) == ("calibration", 2, None, None)
    other = "pingan: the folder holds {}, not {}. Write another folder after --out.\n"
    for words, held in (
        (["calibrate", fit, "--out", swept], other.format("a sweep", "a calibration")),
        (["sweep", study, "--out", fitted], other.format("a calibration", "a sweep")),
        (["run", *TINY, "--out", swept], other.format("a sweep", "single runs")),
        (["compare", "pingan365", "campaign", *TINY, "--out", fitted], other.format("a calibration", "a comparison")),
        (
            ["analyse", fitted, "--method", "sobol"],
            f"pingan: {fitted} holds a calibration, not a sweep; analyse a folder that `pingan sweep` made.\n",
        ),
        (
            ["report", fitted, "--out", str(tmp_path / "page.html")],
            f"pingan: {fitted} holds a calibration, of which there is no report; write a folder that run, compare or "
            f"sweep made.\n",
        ),
    ):
        assert ran(capsys, *words, "--lang", "en") == (2, "", held)


def test_run_and_compare_into_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = str(tmp_path / "runs")
    assert ran(capsys, "run", *TINY, "--out", out, "--events")[0] == 0
    assert {path.name for path in (tmp_path / "runs").iterdir()} >= {"manifest.json", "runs", "series", "events"}
    assert document(capsys, "status", out, "--json")["done"] == 1
    code, _, err = ran(capsys, "run", *TINY, "--seed", "9", "--out", out)
    assert code == 2 and "other runs (seed differ)" in err
    found = document(
        capsys,
        "compare",
        "pingan365",
        "strict=pingan365",
        "--set",
        "strict:accountability=0.9",
        *TINY,
        "--replications",
        "2",
        "--workers",
        "1",
        "--out",
        str(tmp_path / "both"),
        "--json",
    )
    assert (found["baseline"], found["replications"]) == ("pingan365", 2)
    assert {one["outcome"] for one in found["comparisons"]} == set(OUTCOMES)
    assert set(found["comparisons"][0]) == {
        "scenario",
        "outcome",
        "baseline_mean",
        "scenario_mean",
        "difference",
        "low",
        "high",
        "unpaired_low",
        "unpaired_high",
        "narrower",
    }
    assert document(capsys, "status", str(tmp_path / "both"), "--json")["done"] == 4


def test_seek_finds_a_setting_or_says_that_none_does(capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "seek",
        "--lever",
        "command_centre",
        *TINY,
        "--replications",
        "2",
        "--workers",
        "1",
        "--outcome",
        "case_files",
    )
    code, out, _ = ran(capsys, *words, "--above", "1")
    assert code == 0 and "is off." in out
    code, out, _ = ran(capsys, *words, "--below", "0")
    assert code == 1 and "No setting" in out


def test_beliefs_weigh_scenarios_over_ranges(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "beliefs.toml").write_text(
        "samples = 2\n[participants.Lin]\nproblem_rate = { low = 0.4, high = 0.6 }\n"
    )
    found = document(
        capsys,
        "compare",
        "pingan365",
        "campaign",
        *TINY,
        "--replications",
        "2",
        "--workers",
        "1",
        "--beliefs",
        str(tmp_path / "beliefs.toml"),
        "--outcome",
        "problems",
        "--outcome",
        "crises",
        "--json",
    )
    assert {(one["who"], one["outcome"], one["scenario"]) for one in found["beliefs"]} == {
        ("Lin", name, label) for name in ("problems", "crises") for label in ("pingan365", "campaign")
    }


def test_runs_over_beliefs_are_kept_like_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    beliefs, out = tmp_path / "beliefs.toml", tmp_path / "out"
    beliefs.write_text("samples = 2\n[ranges]\nproblem_rate = { low = 0.4, high = 0.6 }\n")
    words = ["compare", "pingan365", "campaign", *TINY, "--replications", "2", "--workers", "1", "--lang", "en"]
    assert ran(capsys, *words, "--beliefs", str(beliefs), "--out", str(out))[0] == 0
    code, table, err = ran(capsys, "results", str(out / "belief_runs"), "--lang", "en")
    rows = list(csv.DictReader(table.splitlines()))
    assert (code, err, len(rows)) == (0, "", 2 * 2 * 2) and {row["status"] for row in rows} == {"ok"}
    assert len({row["problem_rate"] for row in rows}) == 2
    assert "done: 4\n" in ran(capsys, "status", str(out), "--lang", "en")[1]  # those of the comparison itself
    assert ran(capsys, "report", str(out), "--out", str(tmp_path / "page.html"), "--lang", "en")[0] == 0


def test_a_width_is_sought_within_a_number_of_replications(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["compare", "pingan365", "campaign", *TINY, "--workers", "1", "--lang", "en", "--outcome", "trust_mean"]
    code, _, err = ran(capsys, *words, "--until-width", "1e-12", "--most", "6")
    assert code == 1 and "still wider than asked for after 6 replications" in err
    code, _, err = ran(capsys, *words, "--until-width", "1", "--most", "6", "--outcome", "yuan_per_resolution")
    assert code == 1 and ("after 6 replications" in err or "too few values" in err)
    code, _, err = ran(capsys, *words, "--most", "6", "--replications", "3")
    assert code == 2 and "--most goes with --until-width" in err and "write one of them" in err


def test_a_width_of_what_has_no_value_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = ["--days", "3", "--residents", "540", "--warmup", "0", "--outcome", "days_to_resolution_median"]
    code, _, err = ran(
        capsys, "compare", "pingan365", "campaign", *nothing, "--until-width", "1", "--most", "4", "--lang", "en"
    )
    assert code == 1 and "days_to_resolution_median has too few values" in err and "after 4 replications" in err


@pytest.mark.parametrize(
    "words",
    [
        ("seek", "--outcome", "crises", "--outcome", "problems", "--lever", "staffing", "--below", "1"),
        ("run", "--days=3", "--days", "4"),
    ],
)
def test_an_option_that_is_written_twice_is_not_passed_over(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, err = ran(capsys, *words, "--lang", "en")
    assert (code, out) == (2, "") and "is written 2 times; the command takes it once" in err


def test_a_look_at_a_sweep_loads_no_model(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    out = str(tmp_path / "out")
    assert run_command(["sweep", str(tmp_path / "study.toml"), "--out", out, "--workers", "1"]) == 0
    heavy = ("pandas", "mesa", "numba", "scipy", "pyarrow.compute", "pyarrow.dataset", "pingan_abm.parameters.declared")
    code = "from pingan_abm.cli import run_command; import sys; run_command(sys.argv[1:]); "
    code += f"print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code, "status", out], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "done: 4\n" in done.stdout


@pytest.mark.slow
def test_help_is_quick_and_loads_nothing_heavy() -> None:
    heavy = ("pandas", "SALib", "ema_workbench", "optuna", "distributed", "solara", "plotly", "mesa", "numba", "scipy")
    code = "from pingan_abm.cli import run_command; import sys; run_command(['--help']); "
    code += f"print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["--residents", "--days", "--seed", "--replications", "--workers"]), st.text(max_size=20))
@example("--seed", "--5")
@example("--seed", "0\x1f")
@example("--days", "_")
def test_whatever_is_written_for_a_number_is_read_or_refused_in_words(option: str, text: str) -> None:
    from pingan_abm.commands.options import Problems

    problems = Problems()
    low, high = LIMITS.get(option.removeprefix("--"), (1, 1000))
    value = problems.whole(option, text, low, high)
    assert low <= value <= high
    assert bool(problems.found) or int(text.replace("_", "")) == value
    assert all("\n" not in line for line in problems.found)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_scenario_word_is_split_into_label_and_name(word: str) -> None:
    from pingan_abm.commands.compare import split_label

    label, name = split_label(word)
    assert name == word or f"{label}={name}" == word
