"""The table behind every chart of the Explore page."""

from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.funnel import HOLLOW, STEPS
from pingan_abm.report.funnel_words import funnel_words
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.figures import PAIR
from pingan_abm.web.shown.flows import flows, node_names
from pingan_abm.web.shown.live_flow import busiest_places, counts_so_far, tone_names
from pingan_abm.web.shown.place_sheet import place_title
from pingan_abm.web.shown.places import PLACE_INDICATORS
from pingan_abm.world.relations import between_units

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

CHARTS = ("lines", "second", "map", "network", "flows", "funnel", "live")


def chart_table(model: "PinganModel", chart: str, place: str, second: str, language: str) -> dict[str, Any]:
    """Content of a sheet with the table of a chart; an empty one for no chart."""
    if chart == "lines":
        table = days_table(model, PAIR, language)
    elif chart == "second":
        table = days_table(model, (second,), language)
    elif chart == "map":
        table = places_table(model, place, language)
    elif chart == "network":
        table = units_table(model, language)
    elif chart == "flows":
        table = flows_table(model, language)
    elif chart == "funnel":
        table = funnel_table(model, language)
    elif chart == "live":
        table = moves_table(model, language)
    else:
        return {}
    say = translator(language)
    title = say("Table: {name}").format(name=table.pop("title"))
    return {"title": title, "tables": [table], "csv": say("Save as CSV"), "close": say("Close")}


def days_table(model: "PinganModel", names: tuple[str, ...], language: str) -> dict[str, Any]:
    """Indicators by day, the latest day first."""
    say = translator(language)
    columns = [INDICATORS[name].function(model) for name in names]
    labels = [INDICATORS[name].label(language) for name in names]
    order = range(model.day - 1, -1, -1)
    dates = [model.timeline.date_of(day).isoformat() for day in order]
    rows = [[when, *(shown(float(column[day])) for column in columns)] for when, day in zip(dates, order, strict=True)]
    return {"title": " · ".join(labels), "head": [say("Date"), *labels], "rows": rows, "file": "series"}


def moves_table(model: "PinganModel", language: str) -> dict[str, Any]:
    """What has moved so far, and the places with most problems."""
    say, district = translator(language), model.district
    names = tone_names(say)
    rows = [[names[tone], f"{number:,}"] for tone, number in counts_so_far(model).items()]
    targets = [""] * len(rows)
    for community, problems, place in busiest_places(model).astype(int).tolist():
        text = say("{place}, {community}: problems it caused").format(
            place=place_title(model, place, language), community=getattr(district.communities[community], language)
        )
        rows.append([text, f"{problems:,}"])
        targets.append(f"place:{place}")
    head = [say("What"), say("so far")]
    return {"title": say("The district alive"), "head": head, "rows": rows, "targets": targets, "file": "moves"}


def places_table(model: "PinganModel", place: str, language: str) -> dict[str, Any]:
    """The map's indicator by community."""
    say, one = translator(language), PLACE_INDICATORS[place]
    values, label = one.values(model), Bilingual(one.en, one.zh).text(language)
    homes = model.district.subdistricts
    rows = [
        [
            getattr(spot, language),
            getattr(homes[int(model.world.communities[i].subdistrict)], language),
            shown(float(values[i])),
        ]
        for i, spot in enumerate(model.district.communities)
    ]
    targets = [f"community:{i}" for i in range(len(rows))]
    return {
        "title": label,
        "head": [say("Community"), say("Subdistrict"), label],
        "rows": rows,
        "targets": targets,
        "file": "map",
    }


def units_table(model: "PinganModel", language: str) -> dict[str, Any]:
    """Units with queue, grade and strongest tie; organisations by their number at the end."""
    say, w, units = translator(language), model.world, model.district.units
    ties = between_units(w)
    rows, targets = [], []
    for number, unit in enumerate(units):
        other = int(np.argmax(ties[number]))
        tie = f"{getattr(units[other], language)} {ties[number, other]:.2f}" if ties[number, other] > 0 else "–"
        grades = model.units[number].grades
        rows.append(
            [
                getattr(unit, language),
                model.district.about.tier(unit.tier, language),
                str(int(w.units["queued"][number])),
                grades[-1] if grades else "–",
                tie,
            ]
        )
        targets.append(unit.id)
    for i, one in enumerate(model.organisations):
        if one.alive:
            rows.append([one.names.text(language), "–", "–", "–", "–"])
            targets.append(f"organisation_{i + 1:03d}")
    head = [say("Institution"), say("Tier"), say("Files in the queue"), say("Grade"), say("Strongest tie")]
    return {"title": say("Institutions"), "head": head, "rows": rows, "targets": targets, "file": "institutions"}


def flows_table(model: "PinganModel", language: str) -> dict[str, Any]:
    """Links of the Sankey diagram that carry something."""
    say, names, moved = translator(language), node_names(model, language), flows(model)
    rows = [
        [names[a], names[b], f"{int(value)}"]
        for a, b, value in zip(moved.source, moved.target, moved.value, strict=True)
        if value > 0
    ]
    return {
        "title": say("Where cases go"),
        "head": [say("From"), say("To"), say("Problems")],
        "rows": rows,
        "file": "flows",
    }


def funnel_table(model: "PinganModel", language: str) -> dict[str, Any]:
    """The steps of the funnel, in numbers and in per cent of the problems that arose."""
    say, words, found = translator(language), funnel_words(language), Cohorts(model).funnel
    counts = [found.arisen, found.known, found.handled, found.claimed, found.solved, found.hollow]
    names = [words.arisen, *(words.of(name) for name in (*STEPS, HOLLOW))]
    rows = [
        [name, f"{count:,}", "–" if not found.arisen else f"{100 * count / found.arisen:.1f}%"]
        for name, count in zip(names, counts, strict=True)
    ]
    return {
        "title": say("What became of all problems"),
        "head": [say("After 90 days"), say("Problems"), say("Of those that arose")],
        "rows": rows,
        "file": "funnel",
    }


def shown(value: float) -> str:
    """A number with at most four places."""
    return "" if np.isnan(value) else f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
