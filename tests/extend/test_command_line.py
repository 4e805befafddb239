"""--extend on the command line: what it adds, what it refuses, and that a folder says what it was made with."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers.places import ROOT

from pingan_abm import extend
from pingan_abm.cli import COMMANDS, make_command, run_command

EXAMPLES = ROOT / "examples" / "extend"
SMALL = ("--residents", "600", "--days", "12", "--workers", "1", "--lang", "en")
RUNNING = (
    *(
        "run",
        "compare",
        "rank",
        "sweep",
        "calibrate",
        "infer",
        "seek",
        "search",
        "trace",
        "patterns",
        "validate",
        "app",
    ),
    "beliefs",
)
READING = ("results", "report", "brief", "show", "analyse", "list", "parameters", "scenarios")


class Said(NamedTuple):
    code: int
    out: str
    err: str


def said(*words: object) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run_command([str(word) for word in words])
    assert extend.identity() is None, "the command took back what it had loaded"
    return Said(code, out.getvalue(), err.getvalue())


def test_every_command_that_runs_or_reads_has_the_option() -> None:
    found = {
        name
        for name, command in make_command("en").commands.items()
        if any("--extend" in one.opts for one in command.params)
    }
    assert found == {*RUNNING, *READING} <= set(COMMANDS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from pingan_abm import extend\n1 / 0\n", "line 2: ZeroDivisionError"),
        ("def f(:\n", "line 1: SyntaxError"),
        ("import no_such_module_anywhere\n", "line 1: ModuleNotFoundError"),
        (
            "from pingan_abm import extend\n\nextend.parameter('boards', 9, low=0, high=3, en='x', zh='x')\n",
            'line 3: parameter "boards": the default 9 does not lie within its bounds, 0 to 3.',
        ),
        (
            "from pingan_abm import extend\n@extend.rule('settle')\ndef f(): pass\n",
            'line 2: there is no rule "settle".',
        ),
    ],
)
def test_a_file_that_does_not_work_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file, out = tmp_path / "mine.py", tmp_path / "out"
    file.write_text(text, "utf-8")
    done = said("run", *SMALL, "--extend", file, "--out", out)
    assert done.code == 2 and f"{file}, {told}" in done.err and not out.exists()
    assert done.err.count("\n") == 1, "nothing else is told"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = said("compare", "pingan365", "campaign", *SMALL, "--extend", tmp_path / "none.py")
    assert done.code == 2 and "none.py cannot be read: there is no such file or folder." in done.err


def test_two_files_that_replace_one_rule_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text((EXAMPLES / "a_rule.py").read_text("utf-8"), "utf-8")
    done = said("run", *SMALL, "--extend", EXAMPLES / "a_rule.py", "--extend", other)
    assert done.code == 2 and 'rule "settle_probability"' in done.err and "has registered one already" in done.err


def test_added_settings_and_outcomes_reach_the_commands() -> None:
    parameter, outcome = EXAMPLES / "c_parameter.py", EXAMPLES / "b_outcome.py"
    done = said("run", *SMALL, "--extend", parameter, "--set", "scandal_depth=0.5", "--json")
    told = json.loads(done.out)
    assert told["parameters"]["scandal_depth"] == 0.5
    assert [one["name"] for one in told["manifest"]["extensions"]] == [
        "parameter scandal_depth",
        "intervention scandal",
    ]
    assert told["manifest"]["extension_files"][0]["file"] == str(parameter)
    above = said("run", *SMALL, "--extend", parameter, "--set", "scandal_depth=0.7")
    assert above.code == 2 and "scandal_depth = 0.7 is above 0.6" in above.err
    assert 'unknown parameter "scandal_depth"' in said("run", *SMALL, "--set", "scandal_depth=0.5").err
    assert "| `scandal_depth` |" in said("parameters", "--extend", parameter, "--lang", "en").out
    compared = ("compare", "pingan365", "campaign", *SMALL, "--replications", "2")
    done = said(*compared, "--extend", outcome, "--outcome", "trust_between_communities", "--json")
    assert any(one["outcome"] == "trust_between_communities" for one in json.loads(done.out)["comparisons"])


def test_without_the_file_a_folder_says_which_is_missing(tmp_path: Path) -> None:
    folder, page, file = tmp_path / "out", tmp_path / "page.html", EXAMPLES / "b_outcome.py"
    run = ("run", *SMALL, "--replications", "2", "--out", folder)
    assert said(*run, "--extend", file).code == 0
    for words in (("results", folder), ("report", folder, "--out", page)):
        done = said(*words, "--lang", "en")
        assert done.code == 2 and f"add --extend {file}." in done.err
        assert "outcome trust_between_communities" in done.err
    assert "trust_between_communities" in said("results", folder, "--extend", file).out.splitlines()[0]
    assert said("report", folder, "--out", page, "--extend", file).code == 0
    assert "Trust: upper over lower tenth of places" in page.read_text("utf-8")
    assert said("status", folder, "--lang", "en").code == 0
    other = said(*run)
    assert other.code == 2 and "the folder holds runs made with extensions" in other.err


def test_a_comparison_with_another_rule_is_reported_without_the_file(tmp_path: Path) -> None:
    """A rule changes runs, not how they are read; their ids are found by the manifest."""
    folder, page = tmp_path / "out", tmp_path / "page.html"
    words = ("compare", "pingan365", "campaign", *SMALL, "--replications", "2", "--out", folder)
    assert said(*words, "--extend", EXAMPLES / "a_rule.py").code == 0
    assert said("report", folder, "--out", page, "--lang", "en").code == 0 and page.is_file()
    other = said(*words)
    assert other.code == 2 and "the folder holds runs made with extensions" in other.err


def test_a_sweep_samples_an_added_parameter_in_workers(tmp_path: Path) -> None:
    study, folder, file = tmp_path / "study.toml", tmp_path / "out", EXAMPLES / "c_parameter.py"
    study.write_text(
        "residents = 600\ndays = 40\nreplications = 1\n[parameters]\nscandal_depth = { values = [0.0, 0.6] }\n"
        "[design]\nmethod = 'grid'\n",
        "utf-8",
    )
    assert said("sweep", study, "--out", folder, "--workers", "2", "--extend", file, "--lang", "en").code == 0
    rows = json.loads(said("results", folder, "--format", "json", "--extend", file).out)["runs"]
    trust = {row["scandal_depth"]: row["trust_mean"] for row in rows}
    assert trust[0.6] < 0.6 * trust[0.0]
    analysed = ("analyse", folder, "--method", "means", "--outcome", "trust_mean", "--lang", "en")
    assert said(*analysed, "--extend", file).code == 0
    assert said(*analysed).code == 2
    again = said("sweep", study, "--out", folder, "--lang", "en")
    assert again.code == 2 and "scandal_depth" in again.err


def test_an_error_of_an_extension_fails_the_run_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from pingan_abm import extend\n\n@extend.intervention(on='2014-01-02')\ndef wrong(model):\n    model.none\n",
        "utf-8",
    )
    done = said("run", *SMALL, "--extend", file)
    assert done.code == 1 and f"({file}, line 5)" in done.err and 'intervention "wrong" failed' in done.err
