"""Write the figures of a year into both READMEs.

    uv run python scripts/write_readme.py

They are those of `pingan run` with the defaults and seed 0, so a change of the model is followed by this command.
"""

import contextlib
import io
import json
from collections.abc import Mapping
from pathlib import Path

from write_odd import with_block

from pingan_abm.cli import run_command

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
STEPS = {
    "known_share": ("known to anybody", "已被发现"),
    "claimed_share": ("recorded as dealt with", "记录为已处置"),
    "solved_share": ("really solved", "实际解决"),
}
PAIRS = {
    ("reported_closure_rate", "true_resolution_rate"): (
        "files closed (30 days after opening)",
        "办结的案卷（立案30天后）",
    ),
    ("correct_dispatch_rate", "correct_dispatch_true_rate"): ("correct dispatch", "准确派单"),
}
HEADS = {
    "en": ("of 100 problems that arise, 90 days later", "reported", "in truth"),
    "zh": ("每100个发生的问题，90天后", "报告", "实际"),
}
HIDDEN = {
    "en": "Most of what residents live with nobody has registered: {} % of the burden.",
    "zh": "居民承受的负担中，{}%来自尚未登记的问题。",
}


def a_year() -> Mapping[str, float]:
    """Outcomes of the whole district at the defaults, as the command prints them."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        run_command(["run", "--json"])
    outcomes: Mapping[str, float] = json.loads(printed.getvalue())["runs"][0]["outcomes"]
    return outcomes


def figures(outcomes: Mapping[str, float], language: str) -> str:
    """Two tables and a sentence in Markdown."""
    place, (steps, reported, true) = ("en", "zh").index(language), HEADS[language]
    sign = (" %", "%")[place]
    lines = [f"| {steps} | |", "|---|---|"]
    lines += [f"| {names[place]} | {100 * outcomes[step]:.1f} |" for step, names in STEPS.items()]
    lines += ["", f"| | {reported} | {true} |", "|---|---|---|"]
    lines += [
        f"| {names[place]} | {100 * outcomes[first]:.1f}{sign} | {100 * outcomes[second]:.1f}{sign} |"
        for (first, second), names in PAIRS.items()
    ]
    return "\n".join([*lines, "", HIDDEN[language].format(f"{100 * outcomes['hidden_burden_share']:.1f}")])


def written(outcomes: Mapping[str, float], language: str) -> str:
    """A README with these figures."""
    return with_block(PAGES[language].read_text(encoding="utf-8"), "a year", "a year", figures(outcomes, language))


if __name__ == "__main__":
    found = a_year()
    for chosen, page in PAGES.items():
        page.write_text(written(found, chosen), encoding="utf-8")
