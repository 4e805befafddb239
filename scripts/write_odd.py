"""Write the generated parts of docs/ODD.md (parameters, outcomes, rules, sensitivity) and docs/glossary.md.

    uv run python scripts/write_odd.py

The sensitivity table is written too if an analysis comes on standard input:

    pingan analyse results/coefficients --method means --outcome … --json | uv run python scripts/write_odd.py -
"""

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from write_patterns_page import table

from pingan_abm.district.files import load_district
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.parameters.declared import coefficient_tables, declarations, parameter_table, written
from pingan_abm.scenarios.presets import load_scenario, scenario_names

#: Modules of rules in the order in which the day needs them.
RULES = (
    "form",
    "reporting",
    "hearing",
    "public",
    "settling",
    "dispatching",
    "handling",
    "cooperating",
    "verifying",
    "experience",
    "organisations",
    "places",
    "steering",
)
DOCS = Path(__file__).parent.parent / "docs"
PAGE, GLOSSARY = DOCS / "ODD.md", DOCS / "glossary.md"


def with_block(text: str, name: str, end: str, block: str) -> str:
    """The page with what stands between its two marks replaced."""
    begin, close = f"<!-- {name}: generated -->", f"<!-- end of {end} -->"
    before, rest = text.split(begin)
    return f"{before}{begin}\n\n{block.strip()}\n\n{close}{rest.split(close)[1]}"


def with_table(text: str) -> str:
    """The page with the tables of parameters and coefficients as declared now."""
    text = with_block(text, "parameters", "parameters", parameter_table("en"))
    return with_block(text, "coefficients", "coefficients", coefficient_tables("en", level=4))


def with_outcomes(text: str) -> str:
    """The page with the table of outcomes as declared now."""
    better = {"up": "↑", "down": "↓", "none": ""}
    rows = (
        (
            f"`{one.name}`",
            one.en,
            one.unit,
            better[one.better],
            one.counted_over("en"),
            one.definition.replace("|", "∣"),
        )
        for one in OUTCOMES.values()
    )
    heads = ("name", "label", "unit", "better", "counted over", "definition")
    return with_block(text, "outcomes", "outcomes", table(heads, rows))


def with_rules(text: str) -> str:
    """The page with the specification of every rule, as its docstring gives it, in the order of the package."""
    return with_block(text, "rules", "rules", "\n\n".join(rules_of(name) for name in RULES))


def rules_of(name: str) -> str:
    """A module of rules: its title, and for each function its name, its arguments and its docstring."""
    module = import_module(f"pingan_abm.rules.{name}")
    parts = [f"#### {(module.__doc__ or '').splitlines()[0].rstrip('.')}\n"]
    for function in ast.parse(Path(module.__file__ or "").read_text("utf-8")).body:
        if isinstance(function, ast.FunctionDef):
            taken = ", ".join(one.arg for one in function.args.args if one.arg != "c")
            told = " ".join((ast.get_docstring(function) or "").split())
            parts.append(f"- `{function.name}({taken})`: {plain(told)}")
    return "\n".join(parts)


def plain(text: str) -> str:
    """A text in which Markdown sees nothing but its code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*_<\[\]])", r"\\\1", part) for part in parts)


def sensitivity(found: Mapping[str, Any]) -> str:
    """Differences to the defaults, one row a coefficient and value, one column an outcome."""
    analyses = found["analyses"]
    labels = {one.name: one.en for one in OUTCOMES.values()}
    units = {one.name: one.unit for one in OUTCOMES.values()}
    names = {one.name: one.label("en") for one in declarations()}
    usual = next(one["settings"] for one in analyses[0]["effects"] if one["reference"])

    def rows() -> Iterator[Sequence[str]]:
        for place, effect in enumerate(analyses[0]["effects"]):
            for name, value in effect["settings"].items():
                if value != usual[name]:
                    cells = [cell(one["effects"][place]["difference"], units[one["outcome"]]) for one in analyses]
                    yield names[name], f"{written(usual[name])} → {written(value)}", *cells

    heads = ("coefficient", "from → to", *(labels[one["outcome"]] for one in analyses))
    return f"{analyses[0]['replications']} paired replications.\n\n{table(heads, rows())}"


def cell(difference: Mapping[str, float], unit: str) -> str:
    """A difference with its interval, in points for shares; bold where the interval leaves zero."""
    scale, name = (100.0, " points") if unit == "share" else (1.0, "")
    mean, low, high = (scale * difference[key] for key in ("mean", "low", "high"))
    text = f"{mean:+.2g}{name} [{low:.2g}, {high:.2g}]"
    return f"**{text}**" if low > 0 or high < 0 else text


def glossary() -> str:
    """Every declared name in both languages."""
    from pingan_abm.web.pages.terms import TERMS

    district = load_district()
    parts = [
        "# Words, English and Chinese\n\nGenerated by `scripts/write_odd.py` from where each name is declared.\n",
        section("Terms", ("English", "中文", "meaning", "含义"), TERMS),
        section(
            "Outcomes",
            ("English", "中文", "identifier"),
            ((one.en, one.zh, f"`{one.name}`") for one in OUTCOMES.values()),
        ),
        section(
            "Indicators of days",
            ("English", "中文", "identifier"),
            ((one.en, one.zh, f"`{one.name}`") for one in INDICATORS.values()),
        ),
        section(
            "Parameters",
            ("English", "中文", "identifier"),
            ((one.label("en"), one.label("zh"), f"`{one.name}`") for one in declarations()),
        ),
        *(
            section(title, ("English", "中文", "identifier"), ((one.en, one.zh, f"`{one.id}`") for one in group))
            for title, group in (
                ("Linkage units", district.units),
                ("Issue types", district.issues),
                ("Mechanisms", district.mechanisms),
                ("Channels", district.channels),
                ("Subdistricts", district.subdistricts),
            )
        ),
        section(
            "Scenarios",
            ("English", "中文", "identifier"),
            (
                (load_scenario(name).title["en"], load_scenario(name).title["zh"], f"`{name}`")
                for name in scenario_names()
            ),
        ),
    ]
    return "\n".join(parts)


def section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A heading and its table."""
    return f"## {title}\n\n{table(heads, rows)}"


if __name__ == "__main__":
    page = with_rules(with_outcomes(with_table(PAGE.read_text(encoding="utf-8"))))
    if "-" in sys.argv[1:]:
        page = with_block(page, "sensitivity", "sensitivity", sensitivity(json.load(sys.stdin)))
    PAGE.write_text(page, encoding="utf-8")
    GLOSSARY.write_text(glossary(), encoding="utf-8")
