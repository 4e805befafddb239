"""`pingan district`: new, check, describe, and posts written back into a table."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from helpers.districts import write_district

from pingan_abm.cli import run_command
from pingan_abm.district.files import base_district
from pingan_abm.district.folder import open_folder
from pingan_abm.district.here import here
from pingan_abm.founding.capacities import capacities
from pingan_abm.founding.posts_file import in_csv, in_toml


@pytest.mark.parametrize("words", [[], ["--blank"]])
def test_a_new_folder_is_a_district_without_mistakes(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "mine")
    assert run_command(["district", "new", folder, *words]) == 0
    capsys.readouterr()
    assert run_command(["district", "check", folder, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == [] and bool(found["without"]) == bool(words)
    assert run_command(["district", "new", folder]) == 2


def test_a_new_folder_can_be_checked_by_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(["district", "new", "my city; $(x)", "--blank"]) == 0
    said = capsys.readouterr().err.strip()
    words = shlex.split(said.partition("then: ")[2])
    assert words == ["pingan", "district", "check", "my city; $(x)"] and run_command(words[1:]) == 0


def test_a_folder_whose_name_nobody_could_type_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["district", "new", str(tmp_path / "a\nb")]) == 2
    told = capsys.readouterr().err
    assert "a<U+000A>b has letters that nobody sees" in told and list(tmp_path.iterdir()) == []


def test_a_copy_of_the_shipped_district_is_like_it(tmp_path: Path) -> None:
    assert run_command(["district", "new", str(tmp_path / "copy")]) == 0
    copy, shipped = base_district(open_folder(tmp_path / "copy")), base_district(open_folder("shangcheng"))
    assert (copy.units, copy.issues, copy.subtypes, copy.shocks) == (
        shipped.units,
        shipped.issues,
        shipped.subtypes,
        shipped.shocks,
    )


def test_check_names_what_is_wrong_and_leaves_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_district(tmp_path / "riverside")
    about = folder / "district.toml"
    about.write_text(about.read_text("utf-8").replace("value = 5", "value = 5000"), "utf-8")
    (folder / "unit.toml").write_text("")
    assert run_command(["district", "check", str(folder), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["problems"]
    line = about.read_text("utf-8").splitlines().index('inspectors = { value = 5000, source = "official" }') + 1
    assert any(f"district.toml, line {line}: parameters.inspectors" in one for one in told)
    assert any("unit.toml: nothing reads a file of this name" in one for one in told)
    assert run_command(["district", "check", str(folder), "--lang", "zh"]) == 2
    assert re.search("[一-鿿]", capsys.readouterr().out)


def test_describe_prints_tables_and_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_district(tmp_path / "riverside")
    assert run_command(["district", "describe", str(folder)]) == 0
    assert "Department 17" in capsys.readouterr().out
    page = tmp_path / "page.html"
    assert run_command(["district", "describe", str(folder), "--out", str(page), "--lang", "zh"]) == 0
    text = page.read_text("utf-8")
    assert "滨江示例区" in text and text.count("<rect") == 20 and "社区19: " in text


def test_an_option_of_every_command_opens_a_district_and_closes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_district(tmp_path / "riverside")
    assert run_command(["list", "units", "--district", str(folder)]) == 0
    assert "dept_17" in capsys.readouterr().out
    assert here().usual
    assert run_command(["run", "--district", str(tmp_path / "nowhere")]) == 2
    assert run_command(["district", "chek", str(folder)]) == 2
    assert "district check" in capsys.readouterr().err


def test_posts_are_written_into_tables_that_otherwise_stay() -> None:
    fitted = {"fire": {"staff": 3.5, "design_work_mean": 1.25}}
    text = in_toml('# why\n[units.fire]\nen = "Fire"  # red\nstaff = 2.0\n\n[units.water]\nstaff = 7\n', fitted)
    assert text.startswith('# why\n[units.fire]\nen = "Fire"  # red\nstaff = 3.5\ndesign_work_mean = 1.25\n')
    assert tomllib.loads(text)["units"]["water"] == {"staff": 7}
    assert in_csv("id;en\nfire;Fire\n", fitted) == "id;en;staff;design_work_mean\nfire;Fire;3.5;1.25\n"


def test_capacities_are_per_head_within_their_bounds() -> None:
    assert capacities(345_000)["inspectors"] == 14 and capacities(34_500)["centre_items_a_day"] == 30
    assert capacities(1_000)["community_posts"] == 5  # the least that is allowed
