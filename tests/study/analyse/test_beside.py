"""Two sweeps of one grid side by side: what is printed of each, and one scale for both pictures."""

import json
import re
from pathlib import Path

import pytest
from helpers import known_runs

from pingan_abm.cli import run_command
from pingan_abm.report.level_lines import grid_of, panel, side_by_side
from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.run.sweep import run_sweep
from pingan_abm.study.run.workers import LocalWorkers
from pingan_abm.texts.errors import InputErrors

STUDY = """
name = "{name}"
residents = 540
days = 1
replications = 3
series = false
[design]
method = "grid"
[parameters]
funding_dependence = {{ values = {levels} }}
accountability = {{ values = [0.0, 1.0] }}
"""


def swept(name: str, levels: str, out: Path) -> Laid:
    study = parse_study(STUDY.format(name=name, levels=levels), "study", "study.toml", out.parent)
    run_sweep(study, out, LocalWorkers(1), run=known_runs.sum_of_settings)  # type: ignore[arg-type]
    return lay_out(out)


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> list[Laid]:
    folder = tmp_path_factory.mktemp("beside")
    return [swept(name, "[0.1, 0.5, 0.9]", folder / name) for name in ("posts", "load")]


def test_each_sweep_is_told_under_its_name(sweeps: list[Laid], capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(laid.store.folder) for laid in sweeps]
    words = ["analyse", folders[0], "--beside", folders[1], "--method", "means", "--outcome", "closure_gap"]
    assert run_command([*words, "--json"]) == 0
    analyses = json.loads(capsys.readouterr().out)["analyses"]
    assert [one["study"] for one in analyses] == ["posts", "load"]
    assert run_command([*words[:2], *words[4:], "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert analyses[0]["effects"] == alone["effects"] and "study" not in alone
    assert run_command([*words, "--lang", "en"]) == 0
    assert re.search(r"^posts\n(.|\n)*^load\n", capsys.readouterr().out, re.MULTILINE)


def test_pictures_of_an_outcome_have_one_scale(sweeps: list[Laid]) -> None:
    """A panel is drawn with room for what stands beside it, so its axis is that of both."""
    picture, _ = side_by_side([(laid.store.folder.name, laid) for laid in sweeps], ["closure_gap"], "en")
    ticks = re.findall(r'text-anchor="end"[^>]*>([^<]+)<', picture)
    assert len(ticks) % 2 == 0 and ticks[: len(ticks) // 2] == ticks[len(ticks) // 2 :]
    assert ">posts<" in picture and ">load<" in picture
    one = panel(sweeps[0], grid_of(sweeps[0]), "closure_gap", "en", None)
    assert len(one.marks) == 2 and len(one.marks[0]) == 3


def test_grids_without_a_common_axis_are_refused(
    sweeps: list[Laid], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = swept("other", "[0.1, 0.9]", tmp_path / "other")
    with pytest.raises(InputErrors, match="no axis in common"):
        side_by_side([("posts", sweeps[0]), ("other", other)], ["closure_gap"], "en")
    words = ["analyse", str(sweeps[0].store.folder), "--beside", str(other.store.folder)]
    file = tmp_path / "both.svg"
    assert run_command([*words, "--method", "means", "--outcome", "closure_gap", "--figure", str(file)]) == 2
    assert "no axis in common" in capsys.readouterr().err and not file.exists()
    assert run_command([*words, "--method", "features"]) == 2
    assert "--beside goes with --method means" in capsys.readouterr().err
