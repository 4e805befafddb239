"""Write the table of everything that gets installed, with licences, into docs/dependencies.md.

uv run python scripts/write_licences.py
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
BEGIN, END = "<!-- licences: generated -->", "<!-- end of licences -->"
PROJECT = "pingan-abm"
#: Licences of which the metadata holds only the text or nothing that says it shortly; read in the packages themselves.
READ = {
    "prompt-toolkit": "BSD-3-Clause",
    "platypus-opt": "GPL-3.0",
    "axe-playwright-python": "MIT AND MPL-2.0",  # the script of axe-core in it is under the latter
}
WORDS = (
    (r"gnu general public|gpl", "GPL"),
    (r"mozilla|mpl", "MPL-2.0"),
    (r"apache", "Apache-2.0"),
    (r"bsd|kiwi|enthought", "BSD"),
    (r"isc", "ISC"),
    (r"python software foundation|matplotlib|psf", "PSF-2.0"),
    (r"\bmit\b", "MIT"),
)


def requirements(found: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    """What a distribution needs here, with these extras."""
    for line in found.requires or []:
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield one


def needed(wanted: Iterable[Requirement]) -> dict[str, Distribution]:
    """Everything installed that requirements bring in, themselves included, by canonical name."""
    waiting, found = [(one.name, frozenset(one.extras)) for one in wanted], dict[str, Distribution]()
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (canonicalize_name(name), extras) in seen:
            continue
        seen.add((canonicalize_name(name), extras))
        try:
            one = distribution(name)
        except PackageNotFoundError:  # for other systems
            continue
        found[canonicalize_name(name)] = one
        waiting += [(more.name, frozenset(more.extras)) for more in requirements(one, extras)]
    return found


def licence(found: Distribution) -> str:
    """A licence in a word: as the metadata says it, else by what is written there."""
    said = found.metadata
    name = canonicalize_name(said["Name"])
    if name in READ:
        return READ[name]
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    marks = [one.rpartition("::")[2].strip() for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    for text in (*marks, str(said.get("License") or "")):
        for word, short in WORDS:
            if re.search(word, text[:200], re.IGNORECASE):
                return short
    return "unknown"


def groups() -> dict[str, dict[str, Distribution]]:
    """What is installed, by what brings it in first: the core, an extra, or development alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    lists = {
        "core": project["project"]["dependencies"],
        **extras,
        "development only": [one for one in project["dependency-groups"]["dev"] if not one.startswith(PROJECT)],
    }
    seen: set[str] = {PROJECT}
    found = {}
    for name, lines in lists.items():
        here = {key: one for key, one in needed(Requirement(line) for line in lines).items() if key not in seen}
        seen |= here.keys()
        found[name] = dict(sorted(here.items()))
    return found


def table() -> str:
    """One row a package."""
    rows = ["| package | version | licence | needed by |", "|---|---|---|---|"]
    for group, members in groups().items():
        rows += [f"| {name} | {one.version} | {licence(one)} | {group} |" for name, one in members.items()]
    return "\n".join(rows)


def with_table(text: str) -> str:
    """The page with the table of what is installed now between its two marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
