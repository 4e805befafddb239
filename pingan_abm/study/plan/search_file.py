"""What a search for portfolios is asked, from the table [search] of a study file:

[parameters]                     # the levers, each with its range
staffing = { low = 0.8, high = 1.5 }
[search]
outcomes = ["solved_share", "burden", "cost"]
robust = "worst_tenth"           # or "mean", over what is believed
beliefs = "beliefs.toml"         # beside the study file; without it the values as documented
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pingan_abm.files.toml import parse_toml, read_text
from pingan_abm.outcomes.catalogue import OUTCOMES, outcome_names
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.texts.errors import InputErrors, sentence, shown, suggested_name, unknown_keys

COST = "cost"  # public money a year more than the baseline, of what has a price
ROBUST = ("mean", "worst_tenth")
KEYS = ("outcomes", "robust", "beliefs", "population", "generations", "fresh")
LEAST_OUTCOMES, MOST_OUTCOMES = 2, 6
#: Of the numbers of a search: the usual one, the least and the most.
NUMBERS: Mapping[str, tuple[int, int, int]] = {
    "population": (24, 4, 2000),
    "generations": (10, 1, 10_000),
    "fresh": (10, 2, 10_000),
}


@dataclass(frozen=True)
class Asked:
    """A search as its file says it. outcomes: names, or COST; robust: one of ROBUST; beliefs: the beliefs file;
    population, generations: of the search; fresh: replications of the test on luck that the search has not seen."""

    study: Study
    outcomes: tuple[str, ...]
    robust: str
    beliefs: Path | None
    population: int
    generations: int
    fresh: int


def read_search(path: Path) -> Asked:
    """The search of a study file. Raises InputErrors with everything that is wrong."""
    text = read_text(path, sentence("a study file"))
    problems: list[str] = []
    study = None
    try:
        study = parse_study(text, path.stem, str(path), path.parent, designed=False)
    except InputErrors as wrong:
        problems += wrong.problems
    table: Any = parse_toml(text, str(path)).get("search", {})
    if not isinstance(table, Mapping) or not table:
        problems.append(
            sentence(
                "{path}: a search needs a table [search], for example {example}.",
                path=path,
                example='outcomes = ["solved_share", "burden", "cost"]',
            )
        )
        raise InputErrors(problems)  # all that could be said of the table follows from it
    numbers = _numbers(path, table, problems)
    outcomes, robust = _outcomes(path, table, problems), _robust(path, table, problems)
    beliefs = _beliefs(path, table, problems)
    if study is not None and not study.ranges:
        problems.append(sentence("{path}: write the levers to search over under [parameters].", path=path))
    if problems:
        raise InputErrors(problems)
    assert study is not None  # else there were problems
    return Asked(study, outcomes, robust, beliefs, *numbers)


def _numbers(path: Path, table: Mapping[str, Any], problems: list[str]) -> tuple[int, int, int]:
    for keys, message in unknown_keys(table, KEYS):
        problems.append(sentence("{path}: search.{key}: {problem}", path=path, key=keys[0], problem=message))
    found = []
    for name, (usual, low, high) in NUMBERS.items():
        value = table.get(name, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            problems.append(
                sentence(
                    "{path}: search.{key} = {value} is not usable: write a whole number from {low} to {high}.",
                    path=path,
                    key=name,
                    value=shown(value),
                    low=low,
                    high=high,
                )
            )
            value = usual
        found.append(int(value))
    return found[0], found[1], found[2]


def _outcomes(path: Path, table: Mapping[str, Any], problems: list[str]) -> tuple[str, ...]:
    """Outcomes that have a good side, and cost."""
    given = table.get("outcomes", [])
    names = [str(one) for one in given] if isinstance(given, list) else []
    if not LEAST_OUTCOMES <= len(set(names)) == len(names) <= MOST_OUTCOMES:
        problems.append(
            sentence(
                "{path}: search.outcomes: write {low} to {high} different outcomes, or cost, in a list.",
                path=path,
                low=LEAST_OUTCOMES,
                high=MOST_OUTCOMES,
            )
        )
    for name in names:
        if name != COST and name not in OUTCOMES:
            problems.append(
                sentence(
                    "{path}: search.outcomes: there is no outcome {name}.{near}",
                    path=path,
                    name=shown(name)[1:-1],
                    near=suggested_name(name, outcome_names() | {COST: (COST,)}),
                )
            )
        elif name != COST and OUTCOMES[name].better == "none":
            problems.append(
                sentence(
                    "{path}: search.outcomes: {name} has no better direction, so nothing can be searched for.",
                    path=path,
                    name=name,
                )
            )
    return tuple(names)


def _robust(path: Path, table: Mapping[str, Any], problems: list[str]) -> str:
    value = table.get("robust", ROBUST[0])
    if value in ROBUST:
        return str(value)
    problems.append(sentence("{path}: search.robust: write one of {names}.", path=path, names=", ".join(ROBUST)))
    return ROBUST[0]


def _beliefs(path: Path, table: Mapping[str, Any], problems: list[str]) -> Path | None:
    name = table.get("beliefs")
    if name is None:
        return None
    if not isinstance(name, str) or Path(name).name != name or not (path.parent / name).is_file():
        problems.append(
            sentence("{path}: search.beliefs: write the name of a beliefs file in the same folder.", path=path)
        )
        return None
    return path.parent / name
