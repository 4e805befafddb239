"""A district is a folder: read through one door, hashed, meant by name, refused with file and line."""

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from helpers.districts import write_district

from pingan_abm import PinganModel
from pingan_abm.district.about import Calendar, days_off, in_period
from pingan_abm.district.files import base_district, folder_problems, load_district, residents_here
from pingan_abm.district.folder import DATA, open_folder
from pingan_abm.district.here import VARIABLE, here, identity, opened
from pingan_abm.runs import RunSpec, run_id
from pingan_abm.scenarios.presets import BASELINE, load_scenario, scenario_names, unfit_scenarios
from pingan_abm.texts.errors import InputErrors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_district(tmp_path / "riverside")


def test_the_shipped_district_passes_through_the_same_door() -> None:
    assert here().path == DATA and here().usual and identity() is None
    assert load_district() is base_district(open_folder(DATA))
    assert residents_here() == 345_000 and base_district().about.start == date(2014, 1, 1)


def test_a_folder_written_by_hand_is_a_district(folder: Path) -> None:
    district = base_district(open_folder(folder))
    assert (len(district.units), len(district.issues), len(district.communities)) == (22, 30, 20)
    assert sum(unit.staff for unit in district.units) == pytest.approx(84)
    assert district.about.residents == 120_000 and district.about.parameters["persons_per_grid"] == 600
    assert [one.id for one in district.channels] == [one.id for one in base_district(open_folder(DATA)).channels]


def test_which_district_is_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(folder):
        assert residents_here() == 120_000
        assert RunSpec(load_scenario(BASELINE)).residents == 120_000
    assert residents_here() == 345_000
    monkeypatch.setenv(VARIABLE, str(folder))
    assert residents_here() == 120_000
    with opened("shangcheng"):
        assert residents_here() == 345_000


def test_a_run_is_named_after_what_its_folder_says(folder: Path) -> None:
    with opened(folder):
        spec = RunSpec(load_scenario(BASELINE), residents=2_000, days=30)
    first, usual = run_id(spec), run_id(RunSpec(load_scenario(BASELINE), residents=2_000, days=30))
    assert first != usual
    text = (folder / "district.toml").read_text("utf-8")
    (folder / "README.md").write_text("A note decides nothing.")
    assert run_id(spec) == first
    (folder / "district.toml").write_text(text.replace("posts = 84", "posts = 85"), "utf-8")
    assert run_id(spec) != first


def test_scale_is_residents_over_those_of_the_district(folder: Path) -> None:
    model = PinganModel(district=folder, warmup=0, days=2)
    assert model.residents == 120_000 and model.scale == 1.0
    assert float(model.world.units["staff"].sum()) == pytest.approx(84)
    half = PinganModel(district=folder, residents=60_000, warmup=0, days=2)
    assert half.scale == 0.5 and float(half.world.units["staff"].sum()) < 84


def test_only_scenarios_that_name_what_is_there_come_along(folder: Path) -> None:
    with opened(folder):
        assert BASELINE in scenario_names() and "pizza_shop" not in scenario_names()
        with pytest.raises(InputErrors, match="pizza_shop does not fit this district"):
            load_scenario("pizza_shop")
    assert set(unfit_scenarios(open_folder(folder))) == {"campaign", "pizza_shop", "regular_campaigns"}
    assert "pizza_shop" in scenario_names()


def test_a_districts_own_scenarios_and_parameters(folder: Path) -> None:
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "night_shift.toml").write_text('title = "Night shift"\nunits.dept_03.staff = 9\n')
    with opened(folder):
        assert "night_shift" in scenario_names()
        own = load_scenario("night_shift")
        assert own.units["dept_03"]["staff"] == 9 and own.parameters["inspectors"] == 5
    assert "inspectors" not in load_scenario(BASELINE).parameters


def test_every_mistake_is_told_at_once_with_file_and_line(folder: Path) -> None:
    units, issues = folder / "units.toml", folder / "issues.csv"
    units.write_text(
        units.read_text("utf-8") + '\n[units.broken]\nen = "Broken"\nzh = "坏"\ntier = 9\nstaf = 3\n', "utf-8"
    )
    line = units.read_text("utf-8").splitlines().index("tier = 9") + 1
    rows = issues.read_text("utf-8").replace("type_00,Type 0", "type_00,", 1).splitlines()
    issues.write_text("\n".join([*rows, "type_99,Type 99,类型,services,many,1,5,dept_00: 1"]), "utf-8")
    about = folder / "district.toml"
    about.write_text(about.read_text("utf-8").replace('"01-01"', '"1 January"'), "utf-8")
    told = folder_problems(open_folder(folder))
    assert any(f"units.toml, line {line}: units.broken.tier = 9" in one for one in told)
    assert any(f"units.toml, line {line + 1}: units.broken.staf" in one and '"staff"' in one for one in told)
    assert any(f"issues.csv, line {len(rows) + 1}: issues.type_99.rate" in one for one in told)
    assert any("issues.csv, line 2: issues.type_00" in one for one in told)
    assert any("district.toml, line" in one and "1 January" in one for one in told)


def test_what_points_at_nothing_is_told_with_its_line(folder: Path) -> None:
    path = folder / "communities.toml"
    path.write_text(path.read_text("utf-8").replace('subdistrict = "s3"', 'subdistrict = "s9"', 1), "utf-8")
    (told,) = folder_problems(open_folder(folder))
    line = path.read_text("utf-8").splitlines().index('subdistrict = "s9"') + 1
    assert f"communities.toml, line {line}: communities.c03.subdistrict" in told


def test_a_table_may_stand_in_gbk_and_with_semicolons(folder: Path) -> None:
    before = base_district(open_folder(folder))
    path = folder / "issues.csv"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(path.read_text("utf-8").splitlines()))
    path.write_bytes(out.getvalue().encode("gb18030"))
    assert base_district(open_folder(folder)).issues == before.issues


@pytest.mark.parametrize("change", ["sep", "carriage returns", "wide", "blank lines"])
def test_tables_as_spreadsheets_and_people_write_them(folder: Path, change: str) -> None:
    before = base_district(open_folder(folder))
    path = folder / "issues.csv"
    text = path.read_text("utf-8")
    if change == "sep":
        text = "sep=;\r\n" + text.replace(";", "；").replace(",", ";")
    elif change == "carriage returns":
        text = text.replace("\n", "\r")
    elif change == "wide":
        text = text.replace("id,", "ｉｄ,", 1).replace("\ntype_01,", "\n ｔｙｐｅ＿01 ,")
        text = text.replace("dept_01: 0.6", "ｄｅｐｔ＿０１：０．６")
    else:
        text = text.replace("\n", "\n\n")
    path.write_bytes(text.encode())
    assert base_district(open_folder(folder)).issues == before.issues


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (b"", 'issues.csv, line 1: there is no column "id"'),
        (b"id,en,en\na,b,c\n", "issues.csv, line 1: the column en stands twice"),
        (b'id,en\na,"b"c\nd,"e\n', "issues.csv, line 2: cannot be read as CSV"),
        (b'id,en\na,"b\n', "issues.csv, line 2: cannot be read as CSV"),
        (b"id,en\na," + b"b" * 200_000, "issues.csv, line 2: cannot be read as CSV"),
        (b"id,en\na," + b"b" * 1_100_000, "larger than 1 MB"),
    ],
)
def test_a_table_that_is_none_is_told_with_its_line(folder: Path, contents: bytes, told: str) -> None:
    (folder / "issues.csv").write_bytes(contents)
    assert told in "\n".join(folder_problems(open_folder(folder)))


@pytest.mark.parametrize("name", ["a" * 5_000, "a\0b", "~nobody_has_this_name/x", "", "a\nb", "/dev/null"])
def test_a_name_that_is_none_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(InputErrors) as wrong:
        open_folder(name)
    (told,) = wrong.value.problems
    assert len(told) < 1_000 and "\n" not in told and "\0" not in told


def test_a_folder_with_broken_toml_still_tells_the_rest(folder: Path) -> None:
    (folder / "units.toml").write_text("[units.x\n")
    told = "\n".join(folder_problems(open_folder(folder)))
    assert "units.toml" in told and "line 1" in told
    with pytest.raises(InputErrors, match="there is no folder"):
        open_folder(folder / "nowhere")


def test_holidays_and_worked_weekends() -> None:
    own = Calendar(("10-01/10-07", "2024-02-10/2024-02-17", "12-30/01-02"), ("2024-02-18",))
    off = days_off(own, date(2024, 2, 9), 12)  # a Friday
    assert off == [False, *[True] * 8, False, False, False]
    assert in_period("12-30/01-02", date(2030, 1, 1)) and not in_period("12-30/01-02", date(2030, 1, 3))
    assert days_off(own, date(2025, 2, 10), 1) == [False]


def test_seasons_move_problems_and_leave_their_number() -> None:
    from pingan_abm.engine.draws import run_key
    from pingan_abm.parameters.declared import Parameters
    from pingan_abm.world.timeline import make_timeline

    plain = Parameters(arrivals_swing=0.0)
    flat = make_timeline(date(2014, 1, 1), 365, run_key(1, 0), plain)
    seasonal = make_timeline(date(2014, 1, 1), 365, run_key(1, 0), plain, Calendar(seasons=(0.5,) * 6 + (1.5,) * 6))
    assert seasonal.arrivals[:365].mean() == pytest.approx(flat.arrivals[:365].mean(), rel=0.01)
    assert seasonal.arrivals[200] / seasonal.arrivals[18] == pytest.approx(3 * flat.arrivals[200] / flat.arrivals[18])


def test_the_next_working_day_passes_over_holidays() -> None:
    from pingan_abm.engine.draws import run_key
    from pingan_abm.parameters.declared import Parameters
    from pingan_abm.world.timeline import make_timeline

    own = Calendar(("2014-01-31/2014-02-06",))
    line = make_timeline(date(2014, 1, 1), 60, run_key(1, 0), Parameters(), own)
    assert line.next_working(np.array([28, 29])).tolist() == [29, 37]  # 30 January, then 7 February


def test_the_largest_district_that_there_is_room_for(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "district.toml").write_text('en = "Large"\nzh = "大区"\nresidents = 5_000_000\n', "utf-8")
    units = ["id,en,zh,subdistrict", *(f"u{i},Unit {i},单位{i},{'yes' if i < 40 else 'no'}" for i in range(200))]
    issues = [
        "id,en,zh,mechanism,rate,shares",
        *(f"t{i},Type {i},类型{i},services,1,u{40 + i % 160}:0.5;u{199 - i % 160}:0.5" for i in range(500)),
    ]
    homes = ["id,en,zh,unit", *(f"s{i},Subdistrict {i},街道{i},u{i}" for i in range(40))]
    places = ["id,en,zh,subdistrict", *(f"c{i},Community {i},社区{i},s{i % 40}" for i in range(2_000))]
    for name, rows in (("units", units), ("issues", issues), ("subdistricts", homes), ("communities", places)):
        (folder / f"{name}.csv").write_text("\n".join(rows), "utf-8")
    assert folder_problems(open_folder(folder)) == []
    model = PinganModel(district=folder, residents=20_000, warmup=60, days=60)
    model.run_for(60)
    world = model.world
    leads = world.used("cases")["lead"]
    assert leads.max() > 128 and len(world.needs) == 2_000 and world.needs.shape[1] == 500
    returned = world.used("cases")["returned"]
    assert returned[:, 1:].any()  # units beyond the sixty-fourth too
    (folder / "units.csv").write_text("\n".join([*units, "u200,Unit 200,单位200,no"]), "utf-8")
    (told,) = folder_problems(open_folder(folder))
    assert told == "201 units: at most 200 fit"
