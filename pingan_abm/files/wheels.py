"""Wheels of what is installed, packed again from its files, so that another machine of the same kind can install it
without internet."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

OWN = "pingan-abm"
PACKAGE = Path(__file__).parent.parent
DATE = (1980, 1, 1, 0, 0, 0)  # of every file in a wheel, so that equal contents are equal bytes
LEFT_OUT = ("INSTALLER", "REQUESTED", "direct_url.json", "RECORD", "uv_cache.json")  # of a dist-info
SUFFIXES_LEFT_OUT = (".pyc", ".nbc", ".nbi")
SCRIPTS = ("bin", "Scripts")  # folders of commands, which the installer makes anew


def needed(name: str, extras: Iterable[str]) -> dict[str, Distribution]:
    """Every installed distribution that one brings in with its extras, itself included, by canonical name."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    waiting, found = [(name, frozenset(extras))], dict[str, Distribution]()
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, chosen = waiting.pop()
        if (key := (canonicalize_name(name), chosen)) in seen:
            continue
        seen.add(key)
        try:
            one = distribution(name)
        except PackageNotFoundError:  # for other systems, or for another extra
            continue
        found[canonicalize_name(name)] = one
        for line in one.requires or []:
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *chosen)):
                waiting.append((wanted.name, frozenset(wanted.extras)))
    return dict(sorted(found.items()))


def write_wheel(found: Distribution, folder: Path) -> Path:
    """Pack a distribution into a wheel in a folder; this program's own from its package, as it may be installed from a
    checkout. Raises OSError when a file is missing."""
    name = found.metadata["Name"].replace("-", "_").replace(".", "_")
    info = f"{name}-{found.version}.dist-info"
    tag = _tag(found)
    path = folder / f"{name}-{found.version}-{tag}.whl"
    own = found.metadata["Name"] == OWN
    records = io.StringIO()
    table = csv.writer(records, lineterminator="\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for target, contents in (*(_package() if own else _files(found, name, info)), *_metadata(found, info)):
            digest = base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode()
            table.writerow([target, f"sha256={digest}", len(contents)])
            wheel.writestr(_entry(target), contents)
        table.writerow([f"{info}/RECORD", "", ""])
        wheel.writestr(_entry(f"{info}/RECORD"), records.getvalue())
    return path


def _entry(target: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(target, DATE)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _tag(found: Distribution) -> str:
    """The most telling tag of a wheel: Python, interface, platform."""
    lines = (found.read_text("WHEEL") or "Tag: py3-none-any").splitlines()
    tags = [line.partition(":")[2].strip() for line in lines if line.startswith("Tag:")]
    parts = [tag.split("-") for tag in tags or ["py3-none-any"]]
    return "-".join(".".join(dict.fromkeys(part[place] for part in parts)) for place in range(3))


def _package() -> Iterator[tuple[str, bytes]]:
    """The files of this program's package."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in SUFFIXES_LEFT_OUT:
            yield f"{PACKAGE.name}/{path.relative_to(PACKAGE).as_posix()}", path.read_bytes()


def _files(found: Distribution, name: str, info: str) -> Iterator[tuple[str, bytes]]:
    """The files of an installed distribution but its dist-info; what lies outside the packages goes into the wheel's
    data, commands are left out."""
    for file in found.files or []:
        parts = file.parts
        if parts[0].endswith(".dist-info") or "__pycache__" in parts or file.suffix in SUFFIXES_LEFT_OUT:
            continue
        if parts[0] == "..":
            inside = [part for part in parts if part != ".."]
            if inside[0] not in SCRIPTS:
                yield f"{info.removesuffix('.dist-info')}.data/data/{'/'.join(inside)}", _read(found, file)
            continue
        yield file.as_posix(), _read(found, file)


def _read(found: Distribution, file: object) -> bytes:
    return Path(str(found.locate_file(str(file)))).read_bytes()


def _metadata(found: Distribution, info: str) -> Iterator[tuple[str, bytes]]:
    """The dist-info: what says what it is, which commands it has, and under which licence it stands."""
    for file in found.files or []:
        if file.parts[0].endswith(".dist-info") and file.name not in LEFT_OUT:
            yield f"{info}/{'/'.join(file.parts[1:])}", _read(found, file)
