"""Where results come from: versions, sources, commit, platform, seed and parameters, so that a run can be repeated and
checked.

The model's version is a hash of the sources that the model imports and of the district's data, so that results of an
edited model are never mistaken for those of another.
"""

import dataclasses
import hashlib
import importlib.metadata
import json
import platform
import re
import subprocess
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from pingan_abm.files.extensions import manifest_entries

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("numpy", "numba", "mesa", "networkx", "scipy", "pydantic", "pyarrow")
MODEL_MODULES = ("model", "outcomes.catalogue", "scenarios.records")  # with all that they import
COMMENT, NAME = re.compile(r"#[^\n]*"), re.compile(r"\w+")
PLAIN_IMPORT = re.compile(r"^[ \t]*import[ \t]+pingan_abm\.([\w.]+)", re.MULTILINE)
FROM_IMPORT = re.compile(r"^[ \t]*from[ \t]+pingan_abm\.?([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n(]*)", re.MULTILINE)


def package_version() -> str:
    """Version of the installed package, or "unknown" when it runs from a bare folder."""
    return _version_of("pingan-abm")


@cache
def model_version() -> str:
    """The package's version and 12 hexadecimal digits of a hash of the model's sources and data files."""
    digest = hashlib.sha256()
    for path in model_sources():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{package_version()}+{digest.hexdigest()[:12]}"


def model_sources() -> list[Path]:
    """Files that decide a run's result: modules that the model imports, however indirectly, and the district's data
    files.

    Scenario files are left out: a run's scenario is part of its own identity.
    """
    found: set[Path] = set()
    waiting = list(MODEL_MODULES)
    while waiting:
        path = _module_file(waiting.pop())
        if path is not None and path != Path(__file__) and path not in found:  # this module only names results
            found.add(path)
            waiting += imports(path)
    return sorted(found) + sorted(PACKAGE.glob("data/*.toml"))


@cache
def _module_file(module: str) -> Path | None:
    base = PACKAGE.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


def imports(path: Path) -> set[str]:
    """Modules of this package that a module imports anywhere in it, named without the package, and names that it
    imports from them.

    Found by their form, a tenth of the time of parsing, which every worker would pay; what only looks like an import
    adds a name of which there is no file, or a file too many to the hash.
    """
    text = COMMENT.sub("", path.read_text("utf-8"))
    found = set(PLAIN_IMPORT.findall(text))
    for base, listed in FROM_IMPORT.findall(text):
        found |= {base, *(f"{base}.{name}".lstrip(".") for name in NAME.findall(listed))}
    return found - {""}


def manifest(
    *,
    seed: int,
    parameters: Mapping[str, object],
    command: str,
    scenario: str,
    more: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """A JSON-ready record of what was run, and with which versions and settings. It holds no time of day, so that equal
    work gives equal bytes."""
    listed = canonical(dict(parameters))
    return {
        "package": package_version(),
        "model_version": model_version(),
        "python": platform.python_version(),
        "libraries": {name: _version_of(name) for name in LIBRARIES},
        "platform": platform.platform(),
        "commit": commit(),
        "command": command,
        "scenario": scenario,
        "seed": seed,
        "parameters": listed,
        "parameters_hash": content_hash(listed),
        **manifest_entries(),
        **(canonical(dict(more)) if more else {}),
    }


def commit() -> dict[str, object] | None:
    """The git commit of the checkout this package lies in, and whether files differ from it; None outside a
    checkout."""
    try:
        head = _git("rev-parse", "HEAD")
        top = Path(_git("rev-parse", "--show-toplevel"))
        if top != PACKAGE.parent:  # installed inside some other project's folder
            return None
        return {"hash": head, "dirty": bool(_git("status", "--porcelain", "--", str(PACKAGE)))}
    except (OSError, subprocess.SubprocessError):
        return None


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(PACKAGE), *words], capture_output=True, text=True, check=True, timeout=10)
    return done.stdout.strip()


@cache
def _version_of(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def content_hash(value: object) -> str:
    """sha256 of a value's canonical JSON, the first 16 hexadecimal digits."""
    return hashlib.sha256(json.dumps(canonical(value), sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:16]


def file_digest(path: Path) -> str:
    """sha256 of a file's contents, 64 hexadecimal digits; read once for each state of the file."""
    state = path.stat()
    return _digest_of(path, state.st_size, state.st_mtime_ns)


@cache
def _digest_of(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def canonical(value: Any) -> Any:
    """A value as plain JSON types: dates as year-month-day, dataclasses and mappings as objects, sequences as lists."""
    if value is None or isinstance(value, bool | int | float | str) and not isinstance(value, Enum):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return canonical(value.value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: canonical(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(canonical(item) for item in value)
    if isinstance(value, Path):
        return value.as_posix()
    if hasattr(value, "tolist"):  # numpy's scalars and arrays
        return canonical(value.tolist())
    raise TypeError(f"{type(value).__name__} has no canonical form")
