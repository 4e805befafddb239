"""What callers from Python hand over works as what it is, or is refused in a sentence, as on the command line."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from pingan_abm import compare, run
from pingan_abm.district.files import start_here
from pingan_abm.model import PinganModel
from pingan_abm.runs import RunSpec, run_id
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors

BASE: dict[str, Any] = {"residents": 600, "days": 2, "warmup": 0}


@pytest.mark.parametrize(
    ("name", "value", "plain"),
    [
        ("seed", np.int64(3), 3),
        ("seed", 3.0, 3),
        ("residents", 1e3, 1000),
        ("days", np.float64(2), 2),
        ("replication", np.uint8(4), 4),
        ("warmup", np.int32(0), 0),
        ("start", "2014-03-01", date(2014, 3, 1)),
        ("start", datetime(2014, 3, 1), date(2014, 3, 1)),
        ("start", pd.Timestamp("2014-03-01"), date(2014, 3, 1)),
        ("start", np.datetime64("2014-03-01"), date(2014, 3, 1)),
    ],
)
def test_what_is_plain_is_taken_as_what_it_is(name: str, value: Any, plain: Any) -> None:
    model = PinganModel(**{**BASE, name: value})
    got = getattr(model, "seed_number" if name == "seed" else name)
    assert got == plain and type(got) is type(plain)
    spec = RunSpec(load_scenario("pingan365"), **{**BASE, name: value})
    assert run_id(spec) == run_id(RunSpec(load_scenario("pingan365"), **{**BASE, name: plain}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("seed", value) for value in (-1, "3", 2.5, True, 2**63)),
        *(("residents", value) for value in ("600", 540.5, -1, 10**9)),
        *(("days", value) for value in (0, "x", None, 1e9)),
        *(("start", value) for value in ("soon", 20140101, datetime(2014, 1, 1, 6))),
        *(("warmup", value) for value in (-1, None, "730")),
        ("history", None),
        ("scenario", 3),
    ],
)
def test_what_is_not_usable_is_refused_in_one_sentence(name: str, value: Any) -> None:
    given = {**BASE, name: value}
    for entrance in (PinganModel, run):
        with pytest.raises(InputErrors, match=name) as caught:
            entrance(**given)
        assert len(caught.value.problems) == 1 and str(caught.value).endswith(".")


def test_everything_that_is_wrong_is_said_together() -> None:
    with pytest.raises(InputErrors) as caught:
        PinganModel(residents=1, days=0, start="x", seed=-1, replication=-1)
    assert [problem.split(" ")[0] for problem in caught.value.problems] == [
        "residents",
        "days",
        "seed",
        "replication",
        "start",
    ]
    with pytest.raises(
        InputErrors, match=r'parameters = .*write names with their values, for example {"accountability'
    ):
        PinganModel(["accountability"], **BASE)  # type: ignore[arg-type]


def test_the_path_of_records_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("date,issue_type,community\n2014-01-01,noise,hubin_01\n2014-01-02,noise,hubin_01\n", "utf-8")
    model = PinganModel(incidents=str(path), **BASE)
    model.run_for(2)
    assert model.outcomes()["problems"] == 2 == run(incidents=str(path), **BASE)["problems"][0]
    with pytest.raises(InputErrors, match="no such file"):
        PinganModel(incidents=tmp_path / "none.csv", **BASE)


def test_a_comparison_says_everything_before_anything_runs() -> None:
    with pytest.raises(InputErrors) as caught:
        compare("pingan365", "campaing", "campaign", settings={"campaign": {"x": 1}}, workers=0, replications="2")  # type: ignore[arg-type]
    told = "\n".join(caught.value.problems)
    for needed in ("replications", "workers", '"campaing"', 'unknown parameter "x"'):
        assert needed in told
    with pytest.raises(InputErrors, match='settings: no scenario has the name "campain". Did you mean "campaign"'):
        compare("pingan365", "campaign", settings={"campain": {"accountability": 0.9}}, **BASE)


def test_batch_run_takes_arrays_as_numpy_makes_them() -> None:
    given = {
        **BASE,
        "residents": np.array([600, 700]),
        "accountability": np.linspace(0.2, 0.8, 2),
        "start": [str(start_here())],
    }
    rows = mesa.batch_run(PinganModel, given, rng=np.arange(2), display_progress=False)
    assert len(rows) == 8 and {row["seed"] for row in rows} == {0, 1}
    model = PinganModel({"accountability": 0.8}, **{**BASE, "residents": 700}, seed=1)
    model.run_for(2)
    one = next(row for row in rows if (row["residents"], row["accountability"], row["seed"]) == (700, 0.8, 1))
    assert {name: one[name] for name in model.outcomes()} == model.outcomes()
