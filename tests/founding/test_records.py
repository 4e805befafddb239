"""A district made from requests says what they say: rates, duties, deadlines, rhythm; and what they cannot say."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pingan_abm import PinganModel
from pingan_abm.district.files import base_district
from pingan_abm.district.folder import open_folder
from pingan_abm.founding.check import account_of
from pingan_abm.founding.from_requests import identifier, take
from pingan_abm.founding.request_columns import read_columns, read_mapping
from pingan_abm.patterns.request_files import read_requests
from pingan_abm.patterns.service_requests import busiest_places
from pingan_abm.texts.errors import InputErrors

START = datetime(2015, 1, 1)
KINDS = {"Lamp": (6, 5.0, ("Works",)), "Noise": (4, 15.0, ("Police", "Works")), "Tree": (2, 30.0, ("Parks",))}


def write_requests(path: Path, days: int = 365) -> Path:
    """Requests whose counts, owners and deadlines are known: every category so many a working day, half on others."""
    rng = random.Random(3)
    with path.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["OPEN_DT", "CLOSED_DT", "TARGET_DT", "TYPE", "Department", "precinct"])
        for day in range(days):
            when = START + timedelta(days=day)
            for name, (count, allowed, owners) in KINDS.items():
                for number in range(count // (2 if when.weekday() >= 5 else 1)):
                    closed = when + timedelta(days=rng.expovariate(0.2))
                    due = when + timedelta(days=allowed)
                    rows.writerow([when, closed, due, name, owners[number % len(owners)], rng.choice("AABC")])
    return path


def test_what_requests_say_stands_in_the_tables(tmp_path: Path) -> None:
    rows = read_columns(write_requests(tmp_path / "r.csv"), {})
    taken = take(rows, 10_000, 25)
    counts = np.bincount(rows.codes["category"])
    assert taken.issues["lamp"]["rate"] == pytest.approx(counts[0] / 10_000 * 1000)
    assert [taken.issues[name]["target_days"] for name in ("lamp", "noise", "tree")] == [5.0, 15.0, 30.0]
    assert taken.issues["lamp"]["shares"] == {"works": 1.0}
    assert taken.issues["noise"]["shares"] == pytest.approx({"police": 0.5, "works": 0.5}, abs=0.01)
    assert taken.parameters["weekend_arrivals"] / taken.parameters["weekday_arrivals"] == pytest.approx(0.5, abs=0.01)
    assert taken.parameters["weekend_arrivals"] * 2 + taken.parameters["weekday_arrivals"] * 5 == pytest.approx(7)
    assert max(taken.seasons) < 1.05 and min(taken.seasons) > 0.95
    sizes = [place["population"] for place in taken.communities.values()]
    assert sizes[0] == pytest.approx(2 * sizes[1], rel=0.1)
    assert sum(taken.requests_by_type(rows).values()) == pytest.approx(len(rows.opened))


def test_seldom_categories_are_sub_types_of_one_type(tmp_path: Path) -> None:
    taken = take(read_columns(write_requests(tmp_path / "r.csv"), {}), 10_000, 2)
    assert set(taken.issues) == {"lamp", "other"} and set(taken.subtypes) == {"noise", "tree"}
    assert sum(one["share"] for one in taken.subtypes.values()) == pytest.approx(1)


def test_what_is_not_in_the_file_is_said(tmp_path: Path) -> None:
    taken = take(read_columns(write_requests(tmp_path / "r.csv", 60), {}), None, 25)
    told = "\n".join(one for lines in taken.notes.values() for one in lines)
    assert "seasons: the records cover 60 days" in told and "residents, from 0.22 requests" in told
    assert "channel: the file has no such column" in told


def test_premises_are_passed_on_to_whoever_compares(tmp_path: Path) -> None:
    """Their column is remembered with the district, and how few of them make how many requests is told."""
    path = tmp_path / "p.csv"
    premises = ["Roma"] * 40 + [f"Shop {one}" for one in range(60)] + [""] * 50
    lines = [f"2015-01-{1 + number % 28:02d},Lamp,{name}" for number, name in enumerate(premises)]
    path.write_text("opened,category,premises\n" + "\n".join(lines), "utf-8")
    rows = read_columns(path, {})
    assert rows.columns["premises"] == "premises"
    told = "\n".join(take(rows, 10_000, 25).notes["taken"])
    assert "61 named premises; the busiest hundredth have 40% of the requests that name one" in told
    made = read_requests(path, {name: rows.columns[name] for name in ("opened", "category")} | {"closed": "opened"})
    assert made.premises is None and busiest_places(made) is None
    columns = {**rows.columns, "closed": "opened"}
    assert busiest_places(read_requests(path, columns)) == pytest.approx(0.4)


def test_a_burst_is_a_shared_cause(tmp_path: Path) -> None:
    path = write_requests(tmp_path / "r.csv")
    with path.open("a", encoding="utf-8", newline="") as opened:
        for day in (40, 41, 200):
            when = START + timedelta(days=day)
            csv.writer(opened).writerows([[when, "", "", "Tree", "Parks", "A"]] * 60)
    taken = take(read_columns(path, {}), 10_000, 25)
    assert set(taken.shocks["burst"]["factors"]) == {"tree"} and taken.shocks["burst"]["factors"]["tree"] > 10
    assert [round(one) for one in taken.shocks["burst"]["spells"]] == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_rows_that_cannot_be_read_are_refused_with_row_column_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("OPEN_DT,TYPE\n2015-01-01,Lamp\n05/06/2015,Lamp\n2015-01-02,\n", "utf-8")
    with pytest.raises(InputErrors) as caught:
        read_columns(path, {})
    told = "\n".join(caught.value.problems)
    assert "OPEN_DT" in told and "date_format" in told and "TYPE: the category is empty" in told


def test_columns_are_named_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('[columns]\nopened = "OPEN_DT"\ncategory = "TYPE"\n')
    assert read_mapping(path) == ({"opened": "OPEN_DT", "category": "TYPE"}, "")
    path.write_text('[columns]\nopend = "OPEN_DT"\n')
    with pytest.raises(InputErrors, match='Did you mean "opened"'):
        read_mapping(path)
    with pytest.raises(InputErrors, match='there is no column "Opened"'):
        read_columns(write_requests(tmp_path / "r.csv", 3), {"opened": "Opened", "category": "TYPE"})


def test_identifiers_are_unlike_each_other_and_fit_a_file() -> None:
    taken: list[str] = []
    for name in ("Pot-hole", "Pot hole", "占道经营", "噪声", "x"):
        taken.append(identifier(name, taken, "type"))
    assert taken == ["pot_hole", "pot_hole_2", "type_003", "type_004", "type_005"]


def test_the_second_district_that_ships_was_made_from_records_and_runs() -> None:
    district = base_district(open_folder("dorchester"))
    assert district.about.residents == 125_000 and district.about.columns["opened"] == "OPEN_DT"
    assert len(district.issues) == 25 and len(district.subtypes) > 100
    assert account_of("dorchester").problems == ()
    model = PinganModel(district="dorchester", residents=12_500, warmup=0, days=60)
    model.run_for(60)
    assert model.scale == 0.1 and model.outcomes()["reports"] > 50
