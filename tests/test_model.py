"""The whole model on small districts: bad input is refused, the run ends after its days, what is seen of it agrees."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.actors.institutions import brokerage
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.events import Activity


def test_the_event_log_is_in_order_and_tells_of_all_seven_steps(year: PinganModel) -> None:
    rows = year.event_rows()
    assert (np.diff(rows["time"]) >= 0).all()
    for step in (
        Activity.COLLECT,
        Activity.FILE,
        Activity.DISPATCH,
        Activity.HANDLE,
        Activity.FEEDBACK,
        Activity.VERIFY,
        Activity.EVALUATE,
    ):
        assert (rows["activity"] == step).sum() > 100
    chances = rows["chance"][~np.isnan(rows["chance"])]
    assert chances.min() >= 0.0 and chances.max() <= 1.0


def test_the_institutional_network(year: PinganModel) -> None:
    graph = year.institutions
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert kinds.count("department") == 27 and kinds.count("subdistrict") == 6 and kinds.count("community") == 54
    assert {data["kind"] for _, _, data in graph.edges(data=True)} == {
        "command",
        "duty",
        "contract",
        "service",
        "information",
        "relation",
    }
    assert kinds.count("supervision") == 1 and kinds.count("organisation") > 0 and kinds.count("group") == 1
    weights = [data["weight"] for _, _, data in graph.edges(data=True) if data["kind"] != "service"]
    assert 0.0 < min(weights) and max(weights) <= 1.0
    assert all(layer == data["kind"] for _, _, layer, data in graph.edges(keys=True, data=True))


def test_the_institutional_network_is_saved_as_graphml(year: PinganModel, tmp_path: Path) -> None:
    graph = year.institutions
    nx.write_graphml(graph, tmp_path / "network.graphml")
    again = nx.read_graphml(tmp_path / "network.graphml", force_multigraph=True)
    assert set(again.nodes) == set(graph.nodes) and again.number_of_edges() == graph.number_of_edges()


def test_the_centre_brokers_in_a_star(year: PinganModel) -> None:
    """Freeman's betweenness of a hub between n − 1 others that know nobody else is 1."""
    shares = brokerage(year)
    assert set(shares) == set(year.institutions.nodes) and 0.0 <= min(shares.values()) <= max(shares.values()) <= 1.0
    everyone = np.arange(len(year.world.relations))
    kept = year.world.relations.copy()
    year.world.relations[:] = 0.0
    hub = int(year.world.settings[0].centre_actor)
    year.world.relations[hub, everyone != hub] = year.world.relations[everyone != hub, hub] = 0.5
    edges = [edge for edge in year.institutions.edges(keys=True) if edge[2] == "relation"]
    star = brokerage(year)
    year.world.relations[:] = kept
    others, nodes = len(edges), len(star)
    assert star["centre"] == pytest.approx(others * (others - 1) / ((nodes - 1) * (nodes - 2)))
    assert sorted(star.values())[-2] == 0.0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"residents": 0}, "residents = 0 is not usable"),
        ({"residents": 539}, "540"),
        ({"days": 0}, "days = 0 is not usable"),
        ({"scenario": "pingan356"}, "pingan365"),
        ({"parameters": {"acountability": 0.5}}, "accountability"),
        ({"parameters": {"accountability": 1.5}}, "above 1"),
        ({"parameters": {"accountability": "high"}}, "does not fit"),
        ({"parameters": {"social_cogovernance": False, "administrative_handling": False}}, "both off"),
        ({"parameters": {"campaign_days": 10}}, "without a campaign"),
        ({"scenario": "no/such/file.toml"}, "no/such/file.toml"),
    ],
)
def test_bad_input_is_refused_in_words(given: dict[str, object], said: str) -> None:
    with pytest.raises(InputErrors) as refused:
        PinganModel(**({"residents": 2_000, "days": 5} | given))
    assert said in str(refused.value)


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(InputErrors) as refused:
        PinganModel({"acountability": 0.5, "verification_rate": 3.0}, residents=2_000, days=5, warmup=0)
    assert len(refused.value.problems) == 2
    with pytest.raises(InputErrors) as refused:
        PinganModel(residents=1, days=0, warmup=0)
    assert len(refused.value.problems) == 2


def test_the_run_ends_after_its_days() -> None:
    model = lived(3, residents=540)
    assert not model.running
    with pytest.raises(RuntimeError, match="the run ended after 3 days"):
        model.step()


def test_parameters_may_be_an_object_or_overrides() -> None:
    first = lived(10, parameters=Parameters(accountability=0.9), residents=1_000)
    second = lived(10, parameters={"accountability": 0.9}, residents=1_000)
    assert first.outcomes() == second.outcomes()


@pytest.mark.slow
def test_calibration_targets_hold_at_full_size() -> None:
    """The design's ranges at the defaults, for the means of ten seeds."""
    rows = []
    for seed in range(10):
        model = lived(365, residents=345_000, seed=seed)
        book, found = model.world.tally[0], model.outcomes()
        rows.append(
            (
                book.dispatched_files / 345_000,
                book.patrol_files / book.primary,
                found["utilisation"],
                found["returns_per_dispatch"],
                found["perfunctory_share"],
            )
        )
    means = np.mean(rows, axis=0)
    low, high = np.array([0.03, 0.30, 0.60, 0.04, 0.05]), np.array([0.21, 0.45, 1.0, 0.25, 0.5])
    assert ((means >= low) & (means <= high)).all(), means
