"""Worker processes have the extensions of the process that gives them work, or say that they cannot."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm import extend
from pingan_abm.extend import carry
from pingan_abm.study.run.parallel import in_order
from pingan_abm.texts.errors import InputErrors

RULE = """from pingan_abm import extend
SHARE = {share}
@extend.rule("hold_back_probability")
def held(c, pressure: float, severity: float) -> float:
    return SHARE
"""
WORDS = 'unit="count", better="none", en="x", zh="x"'


def held_back(_: int) -> tuple[float, str]:
    from pingan_abm.rules import hold_back_probability
    from pingan_abm.world.settings import default_settings

    return hold_back_probability(default_settings(), 0.5, 0.5), str(extend.identity())


def test_a_file_is_carried_by_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(RULE.format(share=0.75), "utf-8")
    extend.load(file)
    here = held_back(0)
    assert here[0] == 0.75
    assert list(in_order(held_back, [0, 1, 2], 2)) == [here] * 3
    along = carry.carried()
    file.write_text(RULE.format(share=0.25), "utf-8")
    with pytest.raises(InputErrors, match="has changed since"):
        carry.carried()
    extend.clear()
    with pytest.raises(InputErrors, match="is not the same here"):
        carry.take_in(along)
    file.unlink()
    with pytest.raises(InputErrors, match="cannot be read"):
        carry.take_in(along)
    assert extend.identity() is None


def test_work_without_extensions_clears_what_a_worker_had(tmp_path: Path) -> None:
    """As in a Dask worker that serves two studies."""
    file = tmp_path / "mine.py"
    file.write_text(RULE.format(share=0.75), "utf-8")
    extend.load(file)
    along = carry.carried()
    assert carry.with_extensions(None, held_back, 0) == (0.0625, "None")
    assert carry.with_extensions(along, held_back, 0)[0] == 0.75
    assert carry.with_extensions(None, held_back, 0) == (0.0625, "None")


SCRIPT = f"""
from pingan_abm import extend
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.run.runner import run_all
from pingan_abm.rules import settle_probability

SHARE = 0.25

def define():
    @extend.rule("settle_probability")
    def quarter(c, solvability: float, enforcement: float, cover: float, room: float, trust: float) -> float:
        return SHARE * settle_probability(c, solvability, enforcement, cover, room, trust)

    @extend.outcome({WORDS})
    def quarters(c) -> float:
        return SHARE

    extend.parameter("boards", 3, low=0, high=9, en="x", zh="x")

    @extend.intervention(on="2014-01-05")
    def more(model) -> None:
        extend.change(model, accountability=0.9)

if __name__ == "__main__":
    define()
    specs = [RunSpec(load_scenario("pingan365"), residents=2000, days=30, replication=n) for n in range(2)]
    runs = [{{one.run_id: (one.status, dict(one.outcomes), dict(one.parameters)) for one in run_all(specs, count)}}
            for count in (1, 2)]
    assert runs[0] == runs[1], runs
    status, outcomes, parameters = next(iter(runs[0].values()))
    assert (status, outcomes["quarters"], parameters["boards"]) == ("ok", 0.25, 3)
    assert outcomes["social_settlement_share"] < 0.3, outcomes
    print("SAME")
"""


def python(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(file)], cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("where", ["main", "top"])
def test_what_a_script_defines_is_carried_by_value(tmp_path: Path, where: str) -> None:
    """Defined by the main process alone, or at the top of a script that every worker runs again."""
    file = tmp_path / "study.py"
    file.write_text(
        SCRIPT
        if where == "main"
        else SCRIPT.replace('if __name__ == "__main__":\n    define()', 'define()\n\nif __name__ == "__main__":'),
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(file)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0 and "SAME" in run.stdout, run.stderr[-3000:]


def test_a_pool_that_is_mesas_has_the_files_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(RULE.format(share=1.0), "utf-8")
    script = tmp_path / "batch.py"
    script.write_text(
        f"""
import mesa
from pingan_abm import extend
from pingan_abm.model import PinganModel

if __name__ == "__main__":
    extend.load({str(file)!r})
    found = []
    for count in (1, 2):
        rows = mesa.batch_run(PinganModel, {{"residents": 600, "days": 12, "accountability": [0.2, 0.9]}}, rng=[1, 2],
                              number_processes=count, display_progress=False)
        found.append(sorted((row["accountability"], row["seed"], row["files_opened"], row["problems"]) for row in rows))
    assert found[0] == found[1] and len(found[0]) == 4, found
    extend.forget({str(file)!r})
    rows = mesa.batch_run(PinganModel, {{"residents": 600, "days": 12}}, rng=[1], display_progress=False)
    print("SAME")
    extend.rule("hold_back_probability")(lambda c, pressure, severity: 0.0)
    try:
        mesa.batch_run(PinganModel, {{"residents": 600, "days": 2}}, rng=[1, 2], number_processes=2,
                       display_progress=False)
    except Exception as wrong:
        print(wrong)
""",
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert "SAME" in run.stdout, run.stderr[-3000:]
    assert "extensions that are in no file" in run.stdout
