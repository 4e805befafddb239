"""The same seed gives the same bytes: in another process, interpreted, with bounds checked; and an edited rule takes
effect."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from helpers.runs import lived

from pingan_abm.engine import compiled
from pingan_abm.model import PinganModel

PACKAGE = compiled.PACKAGE
SIZE = {"residents": 2_000, "days": 40, "seed": 5, "warmup": 60}
DIGEST = """
import datetime, hashlib, json, sys
import numpy as np
from pingan_abm.model import PinganModel

def dated(parameters):
    read = {"campaign_start": datetime.date.fromisoformat}
    return {name: read.get(name, lambda same: same)(value) for name, value in parameters.items()}

def digest(model):
    rows = {name: model.world.used(name) for name in ("problems", "cases", "assignments", "closures", "events")}
    columns = ("residents", "trust", "contacts", "grids", "communities", "units", "issues", "tally", "settings")
    columns += ("relations", "requests", "helps", "organisations")
    rows |= {name: getattr(model.world, name) for name in columns}
    parts = {name: hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest() for name, values in rows.items()}
    parts["outcomes"] = repr(model.outcomes())
    parts["organisations"] = repr(
        [(o.contract, o.grant, o.other, o.alignment, [float(share) for share in o.mix]) for o in model.organisations]
    )
    return parts

if __name__ == "__main__":
    parameters, size = json.loads(sys.argv[1])
    model = PinganModel(dated(parameters), events=True, **size)
    for _ in range(size["days"]):
        model.step()
    print(json.dumps(digest(model)))
"""


def elsewhere(
    tmp_path: Path,
    parameters: dict[str, object] | None = None,
    size: dict[str, int] | None = None,
    package: Path = PACKAGE.parent,
    **environment: str,
) -> dict[str, str]:
    """Digests of a run in a process of its own."""
    script = tmp_path / "digest.py"
    script.write_text(DIGEST)
    result = subprocess.run(
        [sys.executable, str(script), json.dumps([parameters or {}, size or SIZE])],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(package)} | environment,
        timeout=400,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    found: dict[str, str] = json.loads(result.stdout.splitlines()[-1])
    return found


def here(parameters: dict[str, object] | None = None, **size: int) -> dict[str, str]:
    scope: dict[str, object] = {"__name__": "digest"}
    exec(DIGEST, scope)
    digest, dated = scope["digest"], scope["dated"]
    assert callable(digest) and callable(dated)
    found: dict[str, str] = digest(lived(parameters=dated(parameters or {}), events=True, **(SIZE | size)))
    return found


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    assert elsewhere(tmp_path, PYTHONHASHSEED="77") == here()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system cannot bind a process to a core")
def test_the_same_seed_gives_the_same_bytes_on_every_core() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        found = []
        for core in sorted(allowed)[:2]:
            os.sched_setaffinity(0, {core})
            found.append(here())
    finally:
        os.sched_setaffinity(0, allowed)
    assert found[0] == found[-1]


def test_another_seed_or_replication_gives_another_run() -> None:
    assert len({here(seed=seed)["problems"] for seed in (5, 6)}) == 2
    model, other = (PinganModel(residents=2_000, days=5, replication=replication) for replication in (0, 1))
    assert model.key != other.key and model.world.trust.tobytes() != other.world.trust.tobytes()


def test_a_run_in_between_changes_nothing() -> None:
    first = here()
    lived(10, residents=3_000, seed=99)
    assert here() == first


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="this session is interpreted itself")
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {
            "closure_form": "multitask",
            "return_form": "score_loss",
            "alignment_form": "renewal",
            "problem_rate": 1.0,
            "staffing": 0.3,
            "grassroots_groups": 3,
            "target_days": 0.3,
            "multi_department_share": 0.35,
            "campaign_issue": "noise",
            "campaign_start": "2014-01-10",
            "campaign_days": 15,
        },
    ],
)
def test_interpreted_and_compiled_agree_to_the_last_bit(tmp_path: Path, parameters: dict[str, object]) -> None:
    assert elsewhere(tmp_path, parameters, NUMBA_DISABLE_JIT="1") == here(parameters)


@pytest.mark.slow
def test_no_index_is_ever_out_of_bounds(tmp_path: Path) -> None:
    """Compiled code does not check: this run does, in a cache of its own, with every mechanism busy."""
    busy = {
        "problem_rate": 1.0,
        "staffing": 0.3,
        "grassroots_groups": 3,
        "target_days": 0.3,
        "multi_department_share": 0.35,
    }
    size = SIZE | {"residents": 5_000, "days": 150, "seed": 5}
    checked = elsewhere(
        tmp_path, busy, size, NUMBA_BOUNDSCHECK="1", NUMBA_OPT="1", PINGAN_CACHE=str(tmp_path / "cache")
    )
    assert checked == here(busy, **{k: v for k, v in size.items()})


@pytest.mark.slow
def test_an_edited_rule_takes_effect_in_a_warm_cache(tmp_path: Path) -> None:
    """numba does not notice a change in an imported file; the cache is named after all sources, so that it does not
    have to."""
    folder = tmp_path / "copy"
    shutil.copytree(PACKAGE, folder / "pingan_abm", ignore=shutil.ignore_patterns("__pycache__"))
    size = SIZE | {"residents": 1_000, "days": 12, "seed": 5}
    cache = {"PINGAN_CACHE": str(tmp_path / "cache"), "NUMBA_OPT": "0"}  # compiles faster; what runs is not timed
    first = elsewhere(tmp_path, size=size, package=folder, **cache)
    assert elsewhere(tmp_path, size=size, package=folder, **cache) == first
    rules = folder / "pingan_abm" / "rules" / "reporting.py"
    text = rules.read_text(encoding="utf-8")
    edited = text.replace("+ c.report_severity_effect * severity", "+ 3.0 * c.report_severity_effect * severity")
    assert edited != text
    rules.write_text(edited, encoding="utf-8")
    changed = elsewhere(tmp_path, size=size, package=folder, **cache)
    assert changed["events"] != first["events"]
    assert len([one for one in (tmp_path / "cache").iterdir() if one.name != "warm"]) == 2


def test_the_cache_is_named_after_every_compiled_source() -> None:
    found = set(compiled.source_files())
    for path in PACKAGE.rglob("*.py"):
        if "@compiled" in path.read_text(encoding="utf-8") and path.name != "compiled.py":
            assert path in found, f"{path.name} has compiled code that the cache does not know of"
