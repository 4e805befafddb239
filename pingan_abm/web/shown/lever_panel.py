"""The lever panel's content, from the declarations of the parameters."""

import math
from typing import Any

from pingan_abm.district.files import load_district
from pingan_abm.parameters.declared import declarations
from pingan_abm.parameters.fields import GROUPS, Declaration, choice_words, unit_words
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator
from pingan_abm.web.recipe import FROM_THE_START, Recipe

#: The levers that stand first, on one screen; all others are behind "more".
MAIN = (
    "accountability",
    "satisfaction_weight",
    "verification_rate",
    "funding_dependence",
    "staffing",
    "public_voice",
)
STEPS = 100  # of a slider from end to end


def panel(language: str, assumptions: bool) -> dict[str, Any]:
    """Groups of levers with their words, the main ones first; with `assumptions`, uncertain and structural parameters
    too."""
    say = translator(language)
    declared = {one.name: one for one in declarations()}
    groups: list[dict[str, Any]] = [
        {"id": "main", "label": "", "open": True, "items": [item(declared[name], language) for name in MAIN]}
    ]
    for name, names in GROUPS.items():
        members = [one for one in declarations() if one.group == name and (assumptions or one.role == "lever")]
        members = [one for one in members if one.name not in MAIN]
        if members:
            label = Bilingual(*names).text(language)
            groups.append(
                {"id": name, "label": label, "open": False, "items": [item(one, language) for one in members]}
            )
    words = {
        "title": say("Levers"),
        "reset_all": say("Reset all"),
        "reset": say("reset"),
        "standard": say("scenario:"),
        "more": say("More levers"),
        "about": say("What is this"),
        "on": say("on"),
        "off": say("off"),
        "note": say("A lever moved during a run holds from that day on. Marked ones differ from the scenario."),
    }
    return {"groups": groups, "words": words}


def item(one: Declaration, language: str) -> dict[str, Any]:
    """One control."""
    say = translator(language)
    kind, choices = one.type, [[value, choice_words(value, language)] for value in one.choices]
    if one.name == "campaign_issue":
        kind = "choice"
        choices = [["none", say("none")]] + [[issue.id, getattr(issue, language)] for issue in load_district().issues]
    meaning = one.meaning(language)
    if one.name in FROM_THE_START:
        meaning += say(" Moved during a run, it begins the run again.")
    return {
        "name": one.name,
        "label": one.label(language),
        "meaning": meaning,
        "unit": unit_words(one.unit, language),
        "source": {"paper": say("from the paper"), "literature": say("from the literature"), "assumed": say("assumed")}[
            one.source
        ],
        "type": kind,
        "low": one.low,
        "high": one.high,
        "step": step_of(one),
        "choices": choices,
    }


def step_of(one: Declaration) -> float:
    """Step of the slider: 1 for whole numbers, else about a hundredth of the way, 1, 2 or 5 in its first place."""
    if one.low is None or one.high is None or one.type == "integer":
        return 1
    raw = (one.high - one.low) / STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    return round(next(step for step in (1, 2, 5, 10) if step * power >= raw - 1e-12) * power, 12)


def shown(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the browser takes them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def values_of(recipe: Recipe, day: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """(values, the scenario's own values) on a day, for the panel."""
    full = recipe.standard(-1) | recipe.values(day)  # details of a campaign are shown even if no campaign is planned
    return shown(full), shown(recipe.standard(day))
