"""Compare the pinned versions with the Python Packaging Authority's list of known weaknesses: a copy of it, or the
day's, from a package index.

    git clone --depth 1 https://github.com/pypa/advisory-database
    uv run python scripts/audit.py advisory-database
    uv run python scripts/audit.py --index ADDRESS

Both print every entry that names a pinned version, and exit with 1 if there is any. The first asks nobody over the net.
The second reads what PyPI's JSON interface (ADDRESS, to which /NAME/json is added) says of every project's newest
release, and names the pinned versions that are not the newest, of which it knows nothing: where single releases can be
asked for too, `pip-audit` says more. Entries: https://ossf.github.io/osv-schema/.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pin
import yaml
from packaging.version import InvalidVersion, Version

BEGINNING, END = Version("0.dev0"), None


def pinned() -> dict[str, Version]:
    """Name, as PyPI compares it, to version."""
    return {plain(name): Version(version) for name, version in (line.split("==") for line in pin.pinned())}


def plain(name: str) -> str:
    """A package's name with one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def spans(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Version, Version | None, bool]]:
    """(from, until, whether the last one is still affected); until is None where there is no end yet."""
    turns = sorted(((version(str(value)), kind) for event in events for kind, value in event.items()), key=turn)
    begun: Version | None = None
    for at, kind in turns:
        if kind == "introduced":
            begun = begun or at
        elif begun is not None:
            yield begun, at, kind == "last_affected"
            begun = None
    if begun is not None:
        yield begun, END, False


def turn(one: tuple[Version, str]) -> tuple[Version, bool]:
    """Order of events: what begins at a version comes after what ends there."""
    return one[0], one[1] == "introduced"


def version(text: str) -> Version:
    """A version; "0" stands for the beginning."""
    return BEGINNING if text == "0" else Version(text)


def affects(affected: Mapping[str, Any], ours: Version) -> bool:
    """Whether an entry's list or ranges hold a version."""
    if str(ours) in map(str, affected.get("versions", ())):
        return True
    ranges = [one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return any(
        low <= ours and (high is END or ours < high or (last and ours == high))
        for events in ranges
        for low, high, last in spans(events)
    )


def ask_index(address: str) -> int:
    """Print what an index knows today of the newest release of every pinned project."""
    found, older, ours = 0, [], pinned()
    for name, mine in ours.items():
        with urllib.request.urlopen(f"{address}/{name}/json", timeout=60) as page:
            told = json.load(page)
        if Version(told["info"]["version"]) != mine:
            older.append(f"{name} {mine} (newest {told['info']['version']})")
            continue
        for entry in told.get("vulnerabilities") or ():
            if not entry.get("withdrawn"):
                found += 1
                sys.stdout.write(f"{name} {mine}: {entry['id']} {' '.join(entry.get('aliases', ()))}\n")
    sys.stdout.write(
        f"{len(ours)} pinned versions, {len(ours) - len(older)} of them the newest; {found} entries hold for these.\n"
    )
    if older:
        sys.stdout.write(f"Not the newest, so not compared: {', '.join(older)}.\n")
    return 1 if found else 0


def main() -> int:
    """Print what is found, and of what age the list is."""
    if len(sys.argv) == 3 and sys.argv[1] == "--index":
        return ask_index(sys.argv[2].rstrip("/"))
    if len(sys.argv) != 2 or not Path(sys.argv[1], "vulns").is_dir():
        sys.stderr.write(
            "Write the folder of a copy of https://github.com/pypa/advisory-database, or --index and an index's "
            "address.\n"
        )
        return 2
    ours, read, newest, found = pinned(), 0, "", 0
    for path in sorted(Path(sys.argv[1], "vulns").glob("*/*.yaml")):
        entry = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        newest = max(newest, str(entry["modified"]))
        for affected in entry.get("affected", ()):
            name = plain(affected["package"]["name"])
            if name not in ours or "withdrawn" in entry:
                continue
            read += 1
            try:
                hit = affects(affected, ours[name])
            except InvalidVersion as odd:
                sys.stdout.write(f"{entry['id']} cannot be compared: {odd}\n")
                hit = True
            if hit:
                found += 1
                sys.stdout.write(f"{name} {ours[name]}: {entry['id']} {' '.join(entry.get('aliases', ()))}\n")
    sys.stdout.write(
        f"{len(ours)} pinned versions, {read} entries of the list speak of them, {found} hold; newest entry "
        f"{newest[:10]}.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
