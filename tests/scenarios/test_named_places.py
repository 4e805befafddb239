"""Records that name a place: which of the model's places stands for it, and what follows from that."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.scenarios.named_places import NamedPlaces
from pingan_abm.scenarios.presets import Scenario
from pingan_abm.scenarios.records import read_incidents
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.events import Activity, ActorKind
from pingan_abm.world.problems import CERTAIN

START = date(2014, 1, 1)
HEADER = ("date", "issue_type", "community", "place")
ROMA, NOODLES = "Pizzeria Roma", 'Noodles, "hot"'
type Row = tuple[int, str, str, str]


def written(path: Path, rows: Sequence[Row], named: bool = True) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER if named else HEADER[:3])
        for day, issue, community, place in rows:
            lines.writerow([(START + timedelta(days=day)).isoformat(), issue, community, *([place] if named else [])])
    return path


def model_of(path: Path, rows: Sequence[Row], named: bool = True, **asked: Any) -> PinganModel:
    incidents = written(path, rows, named)
    return PinganModel(residents=103_500, days=asked.pop("days", 120), warmup=0, incidents=incidents, **asked)


def fumes(place: str, count: int, community: str = "hubin_01") -> list[Row]:
    return [(1 + number % 50, "restaurant_fumes", community, place) for number in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.csv"


def kind_of(model: PinganModel, subtype: str) -> int:
    return int(model.world.subtypes["place_kind"][model.district.subtype_index(subtype)])


def test_the_busiest_name_takes_the_largest_place_of_its_kind_in_its_community(path: Path) -> None:
    model = model_of(path, [*fumes(NOODLES, 3), *fumes(ROMA, 9)])
    places, district = model.world.places, model.district
    taken = {name: number for number, name in model.place_names.items()}
    assert set(taken) == {ROMA, NOODLES} and model.named_places.moved == 0
    for number in taken.values():
        assert places["kind"][number] == kind_of(model, "restaurant_fumes")
        assert places["community"][number] == district.community_index("hubin_01")
    own = (places["kind"] == places["kind"][taken[ROMA]]) & (places["community"] == places["community"][taken[ROMA]])
    assert places["weight"][taken[ROMA]] == places["weight"][own].max()
    assert model.places[taken[NOODLES]].name == NOODLES and model.places[taken[ROMA]].state["name"] == ROMA


def test_records_come_from_their_place_and_what_follows_happens_to_it(path: Path) -> None:
    """Also where only the type is known: a place of its kind cannot be the origin of every sub-type."""
    rows = [*fumes(ROMA, 40), *((1 + one, "catering_fumes", "hubin_01", ROMA) for one in range(40))]
    model = model_of(path, rows, events=True, days=200)
    for _ in range(200):
        model.step()
    seat = next(iter(model.place_names))
    problems = model.world.used("problems")
    own = problems[problems["place"] == seat]
    assert len(own) > 60 and (problems["place"] == seat).all()
    assert (model.world.subtypes["place_kind"][own["subtype"]] == model.world.places["kind"][seat]).all()
    assert model.world.places["problems"][seat] == len(own)
    events = model.world.used("events")
    of_places = events[events["kind"] == ActorKind.PLACE]
    assert set(of_places["actor"].tolist()) == {seat}
    for activity in (Activity.REMEDY, Activity.RELAPSE):
        assert (of_places["activity"] == activity).any()


def test_more_names_than_places_take_seats_from_elsewhere_and_then_none(path: Path) -> None:
    model = model_of(path, [row for one in range(20) for row in fumes(f"Restaurant {one}", 21 - one)])
    assert 0 < model.named_places.moved < 20 and model.named_places.without_seat == 0
    seats = np.array(list(model.place_names))
    assert (
        len(seats) == 20
        and (model.world.places["community"][seats] == model.district.community_index("hubin_01")).all()
    )
    assert np.array_equal(
        model.world.places["community"][seats], model.world.grids["community"][model.world.places["grid"][seats]]
    )
    kind = kind_of(model, "restaurant_fumes")
    there = int((model.world.places["kind"] == kind).sum())
    crowded = model_of(path, [row for one in range(there + 5) for row in fumes(f"Restaurant {one}", 1)])
    assert crowded.named_places.without_seat == 5 and len(crowded.place_names) == there
    assert (crowded.named_places.seats == CERTAIN).sum() == 5
    assert any("5 named places are more than the district has" in line for line in crowded.named_places.told())
    assert len(crowded.named_places.of_record) == there + 5


def test_one_name_in_two_communities_is_two_places(path: Path) -> None:
    model = model_of(path, [*fumes(ROMA, 2), *fumes(ROMA, 2, "hubin_02")])
    assert model.named_places.count == 2 and list(model.place_names.values()) == [ROMA, ROMA]


def test_a_name_for_what_no_place_causes_is_kept_and_told(path: Path) -> None:
    free = next(one for one in PinganModel(residents=3_450, days=1, warmup=0).district.subtypes if not one.place)
    model = model_of(path, [(1, free.id, "hubin_01", "The corner")], events=True)
    assert (model.named_places.without_kind, model.place_names) == (1, {})
    while model.day < 5:
        model.step()
    problem = model.world.used("problems")[0]
    assert problem["place"] == -1 and model.named_places.of_problem(problem) == "The corner"
    astray = model_of(path, [*fumes(ROMA, 3), (1, free.id, "hubin_01", ROMA)])
    assert (astray.named_places.astray, list(astray.place_names.values())) == (1, [ROMA])
    assert astray.named_places.seats is not None and astray.named_places.seats[-1] == CERTAIN


def outcome_of(model: PinganModel) -> tuple[dict[str, float | None], bytes]:
    while model.day < model.days:
        model.step()
    return model.outcomes(), model.world.used("problems").tobytes()


def test_a_file_without_the_column_and_one_that_names_nothing_are_the_same_run(path: Path) -> None:
    rows = [(one % 60, "catering_fumes", "hubin_01", "") for one in range(80)]
    assert outcome_of(model_of(path, rows)) == outcome_of(model_of(path, rows, named=False))


def test_without_places_names_are_kept_and_change_nothing(path: Path) -> None:
    rows = fumes(ROMA, 30)
    off = {"parameters": {"places": False}}
    named = model_of(path, rows, **off)
    assert named.named_places.without_kind == 1
    assert outcome_of(named) == outcome_of(model_of(path, rows, named=False, **off))


def test_a_column_is_read_as_the_place_only_where_it_can_mean_nothing_else(tmp_path: Path) -> None:
    district = PinganModel(residents=3_450, days=1, warmup=0).district
    path = tmp_path / "records.csv"

    def read(text: str, **columns: str) -> Any:
        path.write_text(text, "utf-8")
        return read_incidents(path, Scenario("s", columns=columns), district, START, 30)

    taken = read("date,issue_type,place\n2014-01-02,noise,hubin_01\n", community="place")
    assert taken.place is None and taken.places == ()
    asked = read("date,issue_type,community,shop\n2014-01-02,noise,hubin_01, Roma \n", place="shop")
    assert asked.places == ("Roma",) and asked.place.tolist() == [0]
    with pytest.raises(InputErrors, match="there is no column"):
        read("date,issue_type,community\n2014-01-02,noise,hubin_01\n", place="shop")


def test_no_records_name_no_places() -> None:
    model = PinganModel(residents=3_450, days=1, warmup=0)
    assert model.named_places == NamedPlaces() and model.named_places.told() == []
