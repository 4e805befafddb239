"""Fill the figures of docs/patterns.md from what the commands print; the prose between the marked blocks stays as it
is.

pingan patterns --residents 345000 --out results/whole --json > whole.json
pingan trace pizza_shop --under fragmented_2010 --replications 100 --json > trace.json
python scripts/write_patterns_page.py whole.json trace.json [tenth.json]

The third file sets a tenth of the district and the rival forms beside (`pingan patterns --rivals --json`). Without
files only the claims matrix is written, which needs no runs.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.patterns import PATTERNS
from pingan_abm.patterns.verdicts import Verdict, together
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.trace.follow import MILESTONES

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "patterns.md"
CASES = {"en": DOCS / "what-if.md", "zh": DOCS / "what-if.zh-CN.md"}  # pages that tell the documented case
KEPT = DOCS.parent / "experiments" / "findings" / "trace.json"
RIVALS = ("score_loss", "multitask", "renewal", "capacity_only")
COUNTS = (5, 10, 20, 40, 80)
MARKS = {"holds": "holds", "does not hold": "**does not hold**", "undecided": "undecided"}


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """The page with every marked block replaced. Raises ValueError when it lacks one."""
    for name, text in blocks.items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
        if begin not in page or end not in page:
            raise ValueError(f"the page has no block {name}")
        before, rest = page.split(begin, 1)
        page = before + begin + text + end + rest.split(end, 1)[1]
    return page


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def matrix() -> str:
    """The claims matrix, from the registry alone: words, rules, pattern, what would refute it, assumed or emergent."""
    heads = ("", "words", "rules", "pattern", "evidence outside the model", "what would refute it", "nature")
    return table(
        heads,
        [
            (one.id, one.words, ", ".join(one.rules), one.en, one.evidence, one.refuted, one.nature)
            for one in PATTERNS.values()
        ],
    )


def verdicts(full: Mapping[str, Any], tenth: Mapping[str, Any] | None) -> str:
    """Verdict of every pattern and its parts: in the whole district, with the mechanism off and, where a tenth of it
    was tried too, there and in the rival forms."""

    def rows() -> Iterator[Sequence[str]]:
        for one, small in beside(full, tenth):
            there = [] if small is None else [small, *(small["rivals"][name] for name in RIVALS)]
            judged = [one, one["off"], *there]
            marks = [MARKS[it["verdict"]] for it in judged]
            yield one["id"], marks[0], f"{marks[1]} ({one['off']['what']})", one["nature"], *marks[2:]
            of_parts = [parts(one["id"], it).values() for it in judged]
            for part, *found in zip(parts(one["id"], one), *of_parts, strict=True):
                whole, without, *others = (MARKS[verdict] for verdict in found)
                yield f"– {part}", whole, without, "", *others

    more = () if tenth is None else ("a tenth", *(f"`{name}`, a tenth" for name in RIVALS))
    heads = ("", "the whole district", "mechanism off", "nature", *more)
    return f"{sizes(full, tenth)}\n\n{table(heads, rows())}"


def beside(
    full: Mapping[str, Any], tenth: Mapping[str, Any] | None
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Every pattern in the whole district, with the same in a tenth of it if that was tried."""
    small = [None] * len(full["patterns"]) if tenth is None else tenth["patterns"]
    yield from zip(full["patterns"], small, strict=True)


def sizes(full: Mapping[str, Any], tenth: Mapping[str, Any] | None) -> str:
    """How many replications of which size the columns are of."""

    def of(found: Mapping[str, Any]) -> str:
        return f"{found['replications']} paired replications, {found['residents']:,} residents, seed {found['seed']}."

    return f"The whole district: {of(full)}" + ("" if tenth is None else f" A tenth: {of(tenth)}")


def parts(name: str, judged: Mapping[str, Any]) -> dict[str, Verdict]:
    """A verdict of each part of a pattern that has several, from its claims in the order of the registry."""
    required: dict[str, list[Verdict]] = {}
    for claim, found in zip(PATTERNS[name].claims, judged["claims"], strict=True):
        if claim.part is not None and claim.required:
            required.setdefault(claim.part.en, []).append(Verdict(found["verdict"]))
    return {part: together(verdicts) for part, verdicts in required.items()}


def told(claim: Mapping[str, Any]) -> str:
    """A claim's verdict, if it counts."""
    return MARKS[claim["verdict"]] if claim["required"] else "reported only"


def figures(full: Mapping[str, Any], tenth: Mapping[str, Any] | None) -> str:
    """Every claim with its figures, of the whole district and, where it was tried too, of a tenth of it."""
    tables = []
    heads = ["claim", "should be", "the whole district (95 %)", "verdict", "mechanism off"]
    heads += [] if tenth is None else ["a tenth (95 %)", "mechanism off, a tenth"]
    for one, small in beside(full, tenth):
        rows = [
            [claim["claim"], wanted(claim), spread(claim), told(claim), spread(off)]
            for claim, off in zip(one["claims"], one["off"]["claims"], strict=True)
        ]
        if small is not None:
            for row, other, off in zip(rows, small["claims"], small["off"]["claims"], strict=True):
                row += [spread(other), spread(off)]
        tables.append(f"**{one['id']}** {one['pattern']}\n\n{table(heads, rows)}")
    return "\n".join(tables)


def wanted(claim: Mapping[str, Any]) -> str:
    """The claimed side."""
    if claim["direction"] == "within":
        return f"{claim['bound']:g} – {claim['upper']:g}"
    return f"{'>' if claim['direction'] == 'above' else '<'} {claim['bound']:g}"


def spread(claim: Mapping[str, Any]) -> str:
    """Value and interval."""
    if claim["value"] is None:
        return "–"
    ends = "" if claim["low"] is None else f" [{claim['low']:.3g}, {claim['high']:.3g}]"
    return f"{claim['value']:.3g}{ends}"


def widths(found: Mapping[str, Any]) -> str:
    """Width of the interval by number of replications, of required claims on means."""

    def rows() -> Iterator[Sequence[str]]:
        for one in found["patterns"]:
            for claim in one["claims"]:
                values = [value for value in claim["values"] if not isinstance(value, list)]
                of_a_mean = len(values) == found["replications"] and not set(values) <= {0.0, 1.0}
                if claim["required"] and of_a_mean and np.std(values) > 0:
                    yield (
                        one["id"],
                        claim["claim"],
                        f"{claim['value']:.3g}",
                        *(width(values, count) for count in COUNTS),
                    )

    return table(("", "claim", "value", *(f"N = {count}" for count in COUNTS)), rows())


def width(values: Sequence[float], count: int) -> str:
    """Width of Student's interval over the first `count` values; in italics where it is projected by 1/√N from all of
    them."""
    found = mean_interval(values[: min(count, len(values))])
    if found is None or found.width is None:
        return "–"
    return f"{found.width:.2g}" if count <= len(values) else f"*{found.width * math.sqrt(len(values) / count):.2g}*"


def trace(found: Mapping[str, Any]) -> str:
    """The documented case: milestones beside the paper's dates, and how often it is really solved."""
    worlds, solved = found["worlds"], []
    for world in worlds:
        parts = [
            f"day {one['day']} in {one['solved']} of {one['replications']} ({one['low']:.0%}–{one['high']:.0%})"
            for one in world["really_solved"]
        ]
        solved.append(f"- `{world['scenario']}`: really solved by " + ", by ".join(parts) + "\n")

    def rows() -> Iterator[Sequence[str]]:
        for place, row in enumerate(worlds[0]["milestones"]):
            cells = [row["milestone"].replace("_", " "), "" if row["documented"] is None else str(row["documented"])]
            for world in worlds:
                one = world["milestones"][place]
                cells.append(f"{one['share']:.0%}")
                cells.append(
                    "–" if one["median"] is None else f"{one['q05']:.0f} – {one['median']:.0f} – {one['q95']:.0f}"
                )
            yield cells

    heads = ["milestone", "documented day"]
    for world in worlds:
        heads += [f"`{world['scenario']}`: reached", "5 % – median – 95 %, days"]
    return "".join(solved) + "\n" + table(heads, rows())


def case(kept: Mapping[str, Any], language: str) -> str:
    """The documented case of the first world for a page in a language: milestones beside the paper's days."""
    zh = language == "zh"
    world = kept["worlds"][0]
    heads = (
        (f"{world['replications']} 次重复", "论文中的第几天", "到达的重复", "第几天：5 % – 中位 – 95 %")
        if zh
        else (f"{world['replications']} replications", "day in the paper", "reached in", "day: 5 % – median – 95 %")
    )
    labels = {one.name: one.label(language) for one in MILESTONES}
    rows = [
        (
            labels[row["milestone"]],
            "" if row["documented"] is None else str(row["documented"]),
            f"{100 * row['share']:.0f} %",
            "–" if row["median"] is None else f"{row['q05']:.0f} – {row['median']:.0f} – {row['q95']:.0f}",
        )
        for row in world["milestones"]
    ]
    return table(heads, rows)


def without_stories(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of `pingan trace --json`: everything but the notes and the replication that it tells."""
    worlds = [{key: one for key, one in world.items() if key not in ("told", "notes")} for world in found["worlds"]]
    return {**found, "worlds": worlds}


def main(arguments: Sequence[str]) -> None:
    """Fill the page from the two or three files named, or its matrix alone; and the pages on what-ifs from what is
    kept."""
    blocks = {"matrix": matrix()}
    if arguments:
        full, traced, *small = (json.loads(Path(name).read_text("utf-8")) for name in arguments)
        tenth = small[0] if small else None
        blocks |= {"verdicts": verdicts(full, tenth), "figures": figures(full, tenth)}
        blocks |= {"widths": widths(full), "trace": trace(traced)}
        KEPT.write_text(json.dumps(without_stories(traced), indent=1) + "\n", "utf-8")
    PAGE.write_text(filled(PAGE.read_text("utf-8"), blocks), "utf-8")
    kept = json.loads(KEPT.read_text("utf-8"))
    for language, page in CASES.items():
        page.write_text(filled(page.read_text("utf-8"), {"case": case(kept, language)}), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
