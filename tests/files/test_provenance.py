"""What is written beside results says what made them: hashes of the sources, and a manifest."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.files.provenance import (
    PACKAGE,
    content_hash,
    imports,
    manifest,
    model_sources,
    model_version,
)
from pingan_abm.runs import (
    RunSpec,
    resolved,
)
from pingan_abm.scenarios.presets import load_scenario

SPEC = RunSpec(load_scenario("pingan365"), residents=2000, days=40)


def test_the_model_s_version_is_of_its_sources() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in model_sources()}
    deciding = {"model.py", "rules/handling.py", "engine/draws.py", "outcomes/figures.py", "parameters/levers.py"}
    assert deciding | {"data/units.toml"} <= names
    assert not [name for name in names if name.startswith(("commands/", "study/", "data/scenarios/"))]
    assert not names & {"cli.py", "runs.py", "files/provenance.py"}
    assert "+" in model_version()


def test_no_import_is_missed_when_sources_are_hashed() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative imports are not looked for"
                named |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
        own = {name.removeprefix("pingan_abm.") for name in named if name.startswith("pingan_abm.")}
        assert own <= imports(path), path


@pytest.mark.parametrize(
    "text",
    [
        "from pingan_abm import a, b\n",
        "from pingan_abm import (  # why (or not)\n    a,\n    b as c,\n)\n",
        "    import pingan_abm.a, os\n",
        "from pingan_abm.a import c\n",
        "if x:\n\tfrom pingan_abm.a.b import (c)\n",
    ],
)
def test_imports_of_every_form_are_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "module.py").write_text(text)
    found = imports(tmp_path / "module.py")
    assert found & {"a", "a.b"}
    assert ("b" in found) == (", b" in text or "  b as c" in text)


def test_the_manifest_is_the_same_twice() -> None:
    parameters, _ = resolved(SPEC)
    first, second = (
        manifest(seed=0, parameters=dict(parameters), command="run", scenario="pingan365") for _ in range(2)
    )
    assert first == second
    assert first["parameters"]["campaign_start"] == "2014-04-01"
    assert first["libraries"]["numpy"] != "unknown"


@given(
    st.dictionaries(
        st.text(max_size=5), st.one_of(st.integers(), st.floats(allow_nan=False), st.text(max_size=5)), max_size=5
    )
)
def test_a_hash_does_not_depend_on_order(contents: dict[str, object]) -> None:
    assert content_hash(contents) == content_hash(dict(reversed(contents.items())))
