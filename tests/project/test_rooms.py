"""The tests stand where the package says, and share what they share through `helpers` alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.places import PACKAGE, ROOT, SCRIPTS, TESTS

OWN_ROOMS = {"helpers", "fuzz", "project"}  # rooms of the tests without one of their name in the package
MOST_FLAT = 12  # modules that stand in the package outside any room
MOST_PARAMETERS = 8  # of nine in ten compiled functions: the bundle of all arrays, and what a call is about
LEAST_COMPILED = 200  # fewer found means that the search has lost them


def sources(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def rooms(folder: Path) -> set[str]:
    """Every folder with Python files, by its path."""
    return {path.parent.relative_to(folder).as_posix() for path in sources(folder)} - {"."}


def imported(path: Path) -> Iterator[str]:
    """Modules that a file imports, and names that it imports from them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{one.name}" for one in node.names)


def written_attributes(path: Path) -> Iterator[str]:
    """Attributes and their attributes that a file names, such as `sys.path.insert`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def test_the_tests_mirror_the_package() -> None:
    own = {name for name in rooms(TESTS) if name.split("/")[0] in OWN_ROOMS}
    assert own == OWN_ROOMS, "these have no rooms of their own"
    assert rooms(TESTS) - own <= rooms(PACKAGE), "tests of a room that the package does not have"


def test_every_room_has_its_tests() -> None:
    tested, there = ({name.split("/")[0] for name in rooms(folder)} for folder in (TESTS, PACKAGE))
    assert there - tested == set()


def test_no_test_imports_from_a_conftest_or_from_another_test() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(TESTS)
        for name in imported(path)
        if any(part == "conftest" or part.startswith("test_") for part in name.split("."))
    ]
    assert found == []


@pytest.mark.parametrize("folder", [TESTS, SCRIPTS, ROOT / "benchmarks"], ids=lambda folder: folder.name)
def test_nothing_changes_python_s_path(folder: Path) -> None:
    """pytest's own setting names the folders; a script finds those beside it."""
    changes = {f"sys.path.{name}" for name in ("insert", "append", "extend")}
    assert [str(path) for path in sources(folder) if changes & set(written_attributes(path))] == []


def test_few_modules_stand_outside_the_rooms() -> None:
    flat = [path.name for path in PACKAGE.glob("*.py")]
    assert len(flat) <= MOST_FLAT, flat


def compiled_functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of parameters of the functions of a file that numba compiles."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and any("compiled" in ast.unparse(one) for one in node.decorator_list):
            yield node.name, len(node.args.posonlyargs) + len(node.args.args) + len(node.args.kwonlyargs)


def test_compiled_functions_have_few_parameters() -> None:
    found = {f"{path.stem}.{name}": count for path in sources(PACKAGE) for name, count in compiled_functions(path)}
    assert len(found) > LEAST_COMPILED
    many = [name for name, count in found.items() if count > MOST_PARAMETERS]
    assert len(many) <= len(found) / 10, many
