"""What is handed out: version, changelog, citation, licences, the map of the modules, and a wheel and a source archive
that run in an empty environment."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from importlib import import_module
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path

import pytest
from helpers.places import PACKAGE, ROOT
from pin import pinned

PERMISSIVE = {
    "MIT",
    "MIT-CMU",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "Apache-2.0",
    "ISC",
    "PSF-2.0",
    "Zlib",
    "CC0-1.0",
    "MPL-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "AFL-2.1",
}
KNOWN_EXCEPTIONS = {"platypus-opt": "analysis"}  # told on the page
MOST_LINES = 400  # of a module


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def test_version_changelog_and_citation_agree() -> None:
    said = str(project()["version"])
    assert version("pingan-abm") == said
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d\S*)\]", changelog, re.MULTILINE)
    following = re.search(r"The next release is (\S+)\.$", changelog, re.MULTILINE)
    assert following is not None and said in (following[1], *released[:1])
    assert re.findall(r"^## \[(\D\S*)\]", changelog, re.MULTILINE) == ["Unreleased"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert (
        f'version: "{said}"' in citation
        and f"license: {project()['license']}" in citation
        and "cff-version: 1.2.0" in citation
    )


linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the versions are pinned for Linux, others need other packages too"
)


@linux
def test_every_pin_is_exact_and_installed() -> None:
    pins = pinned()
    wrong = [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin)]
    assert wrong == [] and len(pins) > 100
    different = [pin for pin in pins if version(pin.partition("==")[0]) != pin.partition("==")[2]]
    assert different == [], "run scripts/pin.py"


@linux
def test_licences_are_listed_and_go_with_mit() -> None:
    from write_licences import PAGE, groups, licence, with_table

    text = PAGE.read_text("utf-8")
    assert with_table(text) == text, "run scripts/write_licences.py"
    strange = {}
    for group, members in groups().items():
        for name, one in members.items():
            parts = re.split(r" (?:AND|OR) ", licence(one).strip("()"))
            if not set(parts) <= PERMISSIVE:
                strange[name] = group
    assert strange == KNOWN_EXCEPTIONS
    assert "platypus-opt" in text.partition("<!--")[0]


def test_every_module_has_its_place_on_the_map() -> None:
    from write_map import PAGE, first_line, rooms, with_map

    page = PAGE.read_text("utf-8")
    assert with_map(page) == page, "run scripts/write_map.py"
    assert [room for room in rooms() if room != PACKAGE and not first_line(room / "__init__.py")] == []
    for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", page):
        assert (PACKAGE / path).exists() or (ROOT / path).exists(), path
    for path in re.findall(r"`((?:docs|tests|data|benchmarks)/[\w./]+)`", page):
        assert (ROOT / path).exists() or (PACKAGE / path).exists(), path
    assert (ROOT / "docs" / "images" / "day.svg").exists()


def test_rules_and_methods_that_the_map_names_exist() -> None:
    from pingan_abm import agents, model, rules

    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = [
        *(
            (agents, f"{owner}.{method}")
            for owner, method in re.findall(r"`([A-Z][A-Za-z]+)\.(\w+)\(", page)
            if owner != "PinganModel"
        ),
        *((rules, rule) for rule in re.findall(r"`rules\.(\w+)`", page) if rule != "py"),
        *(
            (import_module(f"pingan_abm.behaviour.{kernel}"), name)
            for kernel, name in re.findall(r"`behaviour/(\w+)\.py: (\w+)`", page)
        ),
    ]
    assert len(named) >= 3
    for module, path in named:
        assert callable(attrgetter(path)(module)), path
    svg = (ROOT / "docs" / "images" / "day.svg").read_text("utf-8")
    for owner, method in re.findall(r">([A-Z]\w+)\.(\w+)<", svg):
        assert hasattr(getattr(agents, owner), method), f"{owner}.{method}"
    for method in re.findall(r"model\.(\w+)", svg):
        assert hasattr(model.PinganModel, method) or method == "daily", method
    for kernel in re.findall(r"(\w+\.py)", svg):
        assert list(PACKAGE.rglob(kernel)), kernel


def test_no_module_is_longer_than_can_be_read_in_one_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def uv() -> list[str]:
    """How uv is called, from any folder; the test is skipped without it."""
    for words in ([os.environ.get("UV", "")], [shutil.which("uv") or ""], [sys.executable, "-m", "uv"]):
        if (
            words[0]
            and subprocess.run(
                [*words, "--version"], cwd=tempfile.gettempdir(), capture_output=True, check=False
            ).returncode
            == 0
        ):
            return words
    pytest.skip("uv is not installed")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel and the source archive as they would be handed out."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [*uv(), "build", "--out-dir", str(folder), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return {"wheel": wheel, "archive": archive}


@pytest.mark.slow
def test_wheel_and_source_archive_hold_all(built: dict[str, Path]) -> None:
    wheel, archive = built["wheel"], built["archive"]
    wanted = {
        str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as opened:
        inside = set(opened.namelist())
    assert wanted <= inside and any(name.endswith("licenses/LICENSE") for name in inside)
    assert not [name for name in inside if name.startswith(("tests", "docs", "benchmarks"))]
    with tarfile.open(archive) as tar:
        packed = {name.partition("/")[2] for name in tar.getnames()}
    assert (
        wanted | {"README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "pyproject.toml", "pins/pyproject.toml"}
        <= packed
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "archive"])
def test_what_is_handed_out_runs_in_an_empty_environment(built: dict[str, Path], kind: str, tmp_path: Path) -> None:
    home = tmp_path / "empty"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pins = tmp_path / "pins.txt"
    pins.write_text("\n".join(pinned()))
    words = [*uv(), "pip", "install", "--python", str(python), "--constraint", str(pins), str(built[kind])]
    installed = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "PINGAN_CACHE": str(tmp_path / "cache")
    }

    def said(*given: str) -> str:
        ran = subprocess.run(
            [python.with_name("pingan"), *given],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    assert "办结" in said("run", "--residents", "3450", "--days", "30", "--lang", "zh")
    assert "资金依赖度" in said("parameters", "--lang", "zh")
    assert "pizza_shop" in said("scenarios")
    missing = subprocess.run(
        [python.with_name("pingan"), "app"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert missing.returncode in (1, 2) and "Traceback" not in missing.stderr, missing.stderr
