"""The ladder of models: every pattern on every rung, at equal load, from the command to its table."""

import json

import pytest

from pingan_abm.cli import run_command
from pingan_abm.patterns.ladder import RUNGS, overlays
from pingan_abm.scenarios.presets import load_scenario

LOAD = 0.4  # within reach of a small district, whichever the rung


@pytest.mark.slow
def test_the_ladder_is_climbed_at_the_load_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """A rung without closing on paper leaves verification nothing to find; every rung judges every claim."""
    words = ["patterns", "P2", "--ladder", "--residents", "3450", "--replications", "2", "--match-load", str(LOAD)]
    assert run_command([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["load"] == LOAD and found["replications"] == 2
    (pattern,) = found["ladder"]
    assert list(pattern["rungs"]) == list(RUNGS)
    queues, *others = (pattern["rungs"][name] for name in RUNGS)
    assert [one["value"] for one in queues["claims"]] == [0.0, 0.0] and queues["verdict"] == "does not hold"
    assert all(one["value"] < 0.0 for rung in others for one in rung["claims"])
    assert run_command([*words, "--lang", "zh"]) == 0
    assert all(load_scenario(name).title["zh"][:3] in capsys.readouterr().out for name in RUNGS[:1])


@pytest.mark.slow
def test_a_rung_s_own_staff_gives_way_to_that_of_the_load() -> None:
    for name, overlay in overlays(3_450, 0, LOAD).items():
        laid, own = dict(overlay.settings), dict(load_scenario(name).parameters)
        assert laid["staffing"] != own.get("staffing", 1.0)
        assert {one: laid[one] for one in own if one != "staffing"} == {
            one: own[one] for one in own if one != "staffing"
        }
