"""A replaced rule acts everywhere, is refused when it does not fit, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from helpers.places import ROOT

import pingan_abm.actors.leadership
import pingan_abm.rules
from pingan_abm import extend
from pingan_abm.behaviour.organisations import renews
from pingan_abm.engine import compiled
from pingan_abm.model import PinganModel
from pingan_abm.runs import RunSpec, run_id, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.settings import default_settings

SPEC = RunSpec(load_scenario("pingan365"), residents=2_000, days=40)
jit = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")


def outcomes() -> dict[str, float | None]:
    return dict(run_one(SPEC, series=False).outcomes)


def seldom(c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float) -> float:
    return 0.05


def refusal(name: str, function: object) -> str:
    with pytest.raises(InputErrors) as refused:
        extend.rule(name)(function)  # type: ignore[type-var]
    assert extend.identity() is None
    return str(refused.value)


def test_a_replaced_rule_acts_and_is_taken_back() -> None:
    before, name = outcomes(), run_id(SPEC)
    extend.rule("settle_probability")(seldom)
    settled = outcomes()["social_settlement_share"]
    assert settled is not None and settled < 0.15 < 0.4 < (before["social_settlement_share"] or 0.0)
    assert run_id(SPEC) != name
    extend.clear()
    assert outcomes() == before and run_id(SPEC) == name


def test_a_rule_that_python_calls_is_replaced_too() -> None:
    original = pingan_abm.rules.amplified

    @extend.rule("amplified")
    def never(target: float, amplification: float, levels: float) -> float:
        return 0.0

    assert pingan_abm.actors.leadership.amplified(0.8, 0.2, 1.0) == 0.0  # type: ignore[attr-defined]
    extend.clear()
    assert pingan_abm.actors.leadership.amplified is original  # type: ignore[attr-defined]


def test_a_rule_that_python_asks_for_through_a_loop_is_replaced_too() -> None:
    """Organisations and the purse call compiled functions that apply the rule with the run's settings."""
    model = PinganModel(residents=2_000, days=5, warmup=0)
    before = float(renews(model.world, 0.9, 0.9))

    @extend.rule("renewal_probability")
    def never(c: np.record, alignment: float, settled: float) -> float:
        return 0.0

    assert float(renews(model.world, 0.9, 0.9)) == 0.0 < before
    extend.clear()
    assert float(renews(model.world, 0.9, 0.9)) == before


def test_a_replaced_rule_reads_the_run_s_settings() -> None:
    @extend.rule("settle_probability")
    def as_set(c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float) -> float:
        return float(c.settle_most)

    never = RunSpec(SPEC.scenario, {"settle_most": 0.5}, residents=2_000, days=40)
    more, less = (run_one(one, series=False).outcomes["social_settlement_share"] for one in (SPEC, never))
    assert more is not None and less is not None and less < 0.7 < more


def test_the_rule_replaced_can_be_called() -> None:
    original = pingan_abm.rules.settle_probability
    before = outcomes()

    @extend.rule("settle_probability")
    def same(c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float) -> float:
        return original(c, solvability, enforcement, cover, room, trust)

    assert pingan_abm.rules.settle_probability is not original
    assert outcomes() == before


@jit
def test_a_rule_that_other_rules_call_reaches_all_their_callers() -> None:
    extend.rule("logistic")(lambda x: 0.5)
    reached = {one.__name__ for one in compiled._replaced.callers}
    assert {"return_probability", "report_probability", "units_day", "residents_day"} <= reached
    assert pingan_abm.rules.return_probability(default_settings(), 1.0, 2.0, 1.0, 1.0) == 0.5


@jit
@pytest.mark.parametrize("name", [one for one in pingan_abm.rules.__all__ if callable(getattr(pingan_abm.rules, one))])
def test_every_caller_of_a_rule_is_found(name: str) -> None:
    """What names a rule, by the text of its code, is among what is compiled anew."""
    rule = getattr(pingan_abm.rules, name)
    found = set(map(id, compiled.calling({id(rule)})))
    naming = [one for one in compiled.COMPILED if name in one.py_func.__code__.co_names]
    assert all(id(one) in found for one in naming if one.py_func.__globals__.get(name) is rule)
    in_python = [
        module
        for module in sys.modules.values()
        if module is not None
        and module.__name__.startswith("pingan_abm.")
        and not module.__name__.startswith("pingan_abm.rules")
        and any(value is rule for value in list(vars(module).values()))
    ]
    assert naming or in_python, "nothing calls it, so replacing it would do nothing"


def test_what_does_not_fit_is_refused() -> None:
    assert 'Did you mean "settle_probability"?' in refusal("setle_probability", seldom)
    assert 'there is no rule "VETO_FIRST"' in refusal("VETO_FIRST", seldom)
    assert "it takes 2 arguments; the rule takes 6" in refusal("settle_probability", lambda a, b: 0.0)
    assert "(c, pressure, severity)" in refusal("hold_back_probability", lambda c, severity, pressure: 0.0)
    assert "defaults" in refusal("hold_back_probability", lambda c, pressure, severity=0.0: 0.0)


@jit
def test_what_numba_cannot_compile_is_refused() -> None:
    assert "numba cannot compile" in refusal("looks_a_day", lambda c, inspectors: open("a"))
    assert "returns int, but the rule returns float" in refusal("looks_a_day", lambda c, inspectors: 1)


def test_two_replacements_of_one_rule_are_refused() -> None:
    extend.rule("settle_probability")(seldom)
    with pytest.raises(InputErrors, match="has registered one already"):

        @extend.rule("settle_probability")
        def other(
            c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float
        ) -> float:
            return 0.9

    again = extend.identity()
    extend.rule("settle_probability")(seldom)  # the same one, as when a cell is run twice
    assert extend.identity() == again


def test_the_hash_follows_what_a_rule_uses() -> None:
    hashes = set()
    for share in (0.1, 0.2):

        @extend.rule("hold_back_probability")
        def held(c: np.record, pressure: float, severity: float) -> float:
            return share  # noqa: B023

        hashes.add(str(extend.identity()))
        extend.clear()
    assert len(hashes) == 2


SCRIPT = """
import json, sys
from pathlib import Path
from pingan_abm import extend
from pingan_abm.behaviour.organisations import renews
from pingan_abm.engine import compiled
from pingan_abm.model import PinganModel
from pingan_abm.runs import RunSpec, run_one
from pingan_abm.scenarios.presets import load_scenario

if len(sys.argv) > 1:
    extend.load(sys.argv[1])
cold = compiled.cache_is_cold()
found = run_one(RunSpec(load_scenario("pingan365"), residents=2_000, days=40), series=False)
print(json.dumps([found.run_id, found.outcomes, cold, str(compiled.folder_in_use())]))
"""


@jit
def test_neither_cache_answers_for_the_other(tmp_path: Path) -> None:
    """A process whose cache of replaced rules is cold, one that finds it warm, an unchanged one before and after."""
    file = tmp_path / "rule.py"
    text = "from pingan_abm import extend\n@extend.rule('settle_probability')\ndef f(c, solvability: float, "
    text += "enforcement: float, cover: float, room: float, trust: float) -> float:\n    return {share}\n"
    file.write_text(text.format(share=0.05 + np.random.default_rng().random() * 1e-6), "utf-8")

    def process(*words: str) -> list:
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, *words], cwd=ROOT, capture_output=True, text=True, env=dict(os.environ)
        )
        assert run.returncode == 0, run.stderr
        return list(json.loads(run.stdout))

    plain, cold, warm, plain_again = process(), process(str(file)), process(str(file)), process()
    for path in (folder := Path(cold[3])).rglob("*"):
        if path.is_file():
            path.unlink()
    assert folder != Path(plain[3]) and (cold[2], warm[2]) == (True, False)
    assert plain[:2] == plain_again[:2]
    assert cold[:2] == warm[:2]
    assert cold[1]["social_settlement_share"] < 0.15 < plain[1]["social_settlement_share"]
    file.write_text(text.format(share=0.9), "utf-8")
    edited = process(str(file))
    assert edited[1]["social_settlement_share"] > 0.7


TWO = """
import json, sys
from pingan_abm import extend
from pingan_abm.runs import RunSpec, run_one
from pingan_abm.scenarios.presets import load_scenario

found = []
for file in sys.argv[1:]:
    extend.load(file)
    run = run_one(RunSpec(load_scenario("pingan365"), residents=2_000, days=40, warmup=0), series=False)
    found.append(run.outcomes)
    extend.clear()
print(json.dumps(found))
"""


@jit
def test_rules_compiled_in_several_processes_are_told_apart_by_another(tmp_path: Path) -> None:
    """Compiled code is found by its name, and processes that start alike give the same names."""
    text = "import numpy as np\nfrom pingan_abm import extend\n@extend.rule('settle_probability')\n"
    text += "def f(c: np.record, solvability: float, enforcement: float, "
    text += "cover: float, room: float, trust: float) -> float:\n    return {share}\n"
    luck = np.random.default_rng().random() * 1e-6
    files = []
    for number, share in enumerate((0.1, 0.5, 0.9)):
        files.append(str(tmp_path / f"rule_{number}.py"))
        Path(files[-1]).write_text(text.format(share=share + luck), "utf-8")

    def process(*words: str) -> list:
        run = subprocess.run([sys.executable, "-c", TWO, *words], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return list(json.loads(run.stdout))

    alone = [process(file)[0] for file in files]
    assert len({one["social_settlement_share"] for one in alone}) == 3
    assert process(*files) == alone == list(reversed(process(*reversed(files))))
