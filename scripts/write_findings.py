"""Fill the tables of experiments/README.md from folders of results; the prose between the marked blocks stays as it is.

    python scripts/write_findings.py networks=results/networks budget=results/budget

names findings of the page, each with the folder that its command, which stands on the page, has filled. What was
computed is kept in experiments/findings/; without arguments every table is filled from what is kept.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from write_patterns_page import filled

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import Labels, figure, interval, moved
from pingan_abm.report.results_table import LABEL, ordered
from pingan_abm.study.analyse.analysis import with_points
from pingan_abm.study.analyse.intervals import Interval, mean_interval
from pingan_abm.study.keep.folder import open_known_store
from pingan_abm.study.keep.store import export_table
from pingan_abm.study.plan.design import make_plan
from pingan_abm.study.plan.files import read_study

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "experiments" / "README.md"
KEPT = ROOT / "experiments" / "findings"
LIVED = ("solved_share", "burden", "known_share", "load_ratio")  # what residents live with, and the load beside it
OF_COMMANDS = ("calibration", "emulator", "portfolios")  # files of commands other than sweep, told on their own pages


@dataclass(frozen=True)
class Finding:
    """A table of differences. by: the columns that tell arms apart; none: whatever the study varies. base: what the arm
    has in these columns with which another is compared, paired by replication; columns that are not named are the
    arm's own. words: of labels, in the order of the rows. sorted: what changes most stands first."""

    outcomes: Sequence[str] = LIVED
    by: Sequence[str] = ()
    base: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    sorted: bool = False


FINDINGS = {
    "networks": Finding(
        (*LIVED, "help_rate"),
        (LABEL,),
        {LABEL: "pingan365"},
        {
            "none": "no relations between institutions",
            "star": "a star through the centre",
            "rewired": "others than those one works with",
            "nobody": "residents know nobody",
        },
    ),
    "helpers": Finding(
        LIVED,
        (LABEL,),
        {LABEL: "pingan365"},
        {
            "novolunteers": "no volunteers",
            "nopatrol": "officers do not patrol",
            "nofunds": "no public money for organisations",
            "nostudio": "no grassroots group",
            "nocentre": "no command centre",
            "halfbureau": "half of the enforcement bureau",
        },
    ),
    "budget": Finding(
        ("solved_share", "burden", "organisations_alive", "social_settlement_share", "autonomy_mean"),
        ("scenario", "funding_dependence"),
        {"scenario": "pingan365"},
    ),
    "campaign": Finding(
        ("solved_share", "burden", "days_to_close_mean", "load_ratio"), base={"campaign_intensity": 0.0}
    ),
}


def runs_of(folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """Finished runs of a folder as `pingan results` hands them out, and the names of what its study varies."""
    store = open_known_store(folder)
    table = ordered(with_points(export_table(store), store), store).to_pandas()
    ranges = (store.manifest.get("study") or {}).get("ranges", [])
    return table[table["status"] == "ok"], [one["name"] for one in ranges]


def ends(one: Interval | None) -> list[float | None]:
    """A mean and its ends, as they are kept."""
    return [None, None, None] if one is None else [one.mean, one.low, one.high]


def computed(finding: Finding, runs: pd.DataFrame, varied: Sequence[str]) -> dict[str, Any]:
    """Levels of every arm, and what it differs from the one it is compared with, over the replications that both have.
    Raises ValueError when an arm's base is not among the runs."""
    by = list(finding.by or varied)
    arms = {key: rows.set_index("replication").sort_index() for key, rows in runs.groupby(by, sort=False, dropna=False)}
    base = dict(finding.base) or dict(zip(by, next(iter(arms)), strict=True))
    found = []
    for key, rows in arms.items():
        against = tuple(base.get(name, value) for name, value in zip(by, key, strict=True))
        if against not in arms:
            raise ValueError(f"no runs of {dict(zip(by, against, strict=True))}, with which {key} is compared")
        paired = rows[list(finding.outcomes)].astype(float) - arms[against][list(finding.outcomes)].astype(float)
        found.append(
            {
                "arm": dict(zip(by, map(_plain, key), strict=True)),
                "changed": {
                    name: _plain(value) for name, value in zip(by, key, strict=True) if value != base.get(name, value)
                },
                "is_base": key == against,
                "levels": {name: ends(mean_interval(list(rows[name].astype(float)))) for name in finding.outcomes},
                "moved": {name: ends(mean_interval(list(paired[name].dropna()))) for name in finding.outcomes},
            }
        )
    return {"replications": int(runs["replication"].nunique()), "arms": found}


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def table_of(finding: Finding, kept: Mapping[str, Any]) -> str:
    """A table: levels of the arms that others are compared with, below them what the others change; shares in
    points."""
    heads = [f"{kept['replications']} replications", *(OUTCOMES[name].label("en") for name in finding.outcomes)]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    bases = [arm for arm in kept["arms"] if arm["is_base"]]
    for arm in bases:
        words = "as it stands" if len(bases) == 1 else told(arm["arm"])
        cells = [figure(arm["levels"][name][0], OUTCOMES[name].unit, "en") for name in finding.outcomes]
        lines.append(f"| **{words}** | " + " | ".join(cells) + " |")
    for arm in in_order(finding, kept["arms"]):
        own = arm["changed"] if len(bases) == 1 else arm["arm"]
        words = finding.words.get(str(arm["arm"].get(LABEL)), "") or told(own)
        cells = [difference(arm["moved"][name], OUTCOMES[name].unit) for name in finding.outcomes]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def in_order(finding: Finding, arms: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The arms that are compared with others: as their words stand, as the design has them, or what changes most
    first."""
    others = [arm for arm in arms if not arm["is_base"]]
    if finding.words:
        return sorted(others, key=lambda arm: list(finding.words).index(arm["arm"][LABEL]))
    first = finding.outcomes[0]
    return sorted(others, key=lambda arm: -abs(arm["moved"][first][0])) if finding.sorted else others


def difference(found: Sequence[float | None], unit: str) -> str:
    """A difference with its interval."""
    mean, low, high = found
    return f"{moved(mean, unit)} {interval(low, high, unit, 'en')}"


def told(settings: Mapping[str, Any]) -> str:
    """Settings in words."""
    names = Labels("en")
    return names.settings({name: value for name, value in settings.items() if name != LABEL})


def studies() -> str:
    """What every study file asks, and how much it computes."""
    lines = ["| file | asks | design | history | load |", "|---|---|---|---|---|"]
    for path in sorted(PAGE.parent.glob("*.toml")):
        if path.stem in OF_COMMANDS:
            continue
        study = read_study(path)
        plan = make_plan(study)
        runs = f"{len(plan.points):,} points, {plan.count():,} runs, {study.residents:,} residents"
        history = "reform from today" if study.history == "today" else "as if always so"
        load = "as it comes" if study.match_load is None else f"equal, {study.match_load:g}"
        lines.append(f"| `{path.name}` | {study.question['en']} | {study.method}, {runs} | {history} | {load} |")
    return "\n".join(lines) + "\n"


def blocks() -> dict[str, str]:
    """The generated parts of the page: the studies, and the findings that are kept."""
    return {"studies": studies()} | {
        name: table_of(finding, json.loads((KEPT / f"{name}.json").read_text("utf-8")))
        for name, finding in FINDINGS.items()
        if (KEPT / f"{name}.json").exists()
    }


def main(given: Sequence[str]) -> None:
    """Compute the findings whose folders are named; then fill the page with all that are kept."""
    for one in given:
        name, _, folder = one.partition("=")
        if name not in FINDINGS or not folder:
            raise SystemExit(f"{one}: write FINDING=FOLDER, with one of {', '.join(FINDINGS)}")
        kept = computed(FINDINGS[name], *runs_of(Path(folder)))
        KEPT.mkdir(exist_ok=True)
        (KEPT / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PAGE.write_text(filled(PAGE.read_text("utf-8"), blocks()), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
