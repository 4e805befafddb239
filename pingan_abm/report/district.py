"""A district described: a map of its communities, its units with their load, its issue types, where duties are
unclear."""

from html import escape

from pingan_abm.district.district import District
from pingan_abm.district.keys import PLACE_SHARE
from pingan_abm.district.posts import duties_of
from pingan_abm.report.page import Cell, Page
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator

TILE, GAP, HEAD, WIDE = 46, 6, 26, 860  # of the map, in its own units
UNCLEAR = 0.5  # H, from which duties are called unclear

type Table = tuple[str, list[str], list[list[str]]]


def district_tables(district: District, language: str) -> list[Table]:
    """What there is to say as tables: caption, headings, rows."""
    return [overview(district, language), units(district, language), issues(district, language)]


def district_page(district: District, language: str) -> str:
    """The same as an HTML page, with a map."""
    say, about = translator(language), district.about
    page = Page(Bilingual(about.en, about.zh).text(language), language)
    page.parts.append(f"<h1>{escape(page.title)}</h1>")
    page.figure(map_of(district, language), say("Communities by subdistrict; the darker, the more residents."))
    for caption, head, rows in district_tables(district, language):
        page.heading(caption)
        page.table("", [Cell(one) for one in head], [[Cell(one) for one in row] for row in rows])
    unclear = [one for one in district.issues if district.entropy(one.id) >= UNCLEAR]
    page.heading(say("Where duties are unclear"))
    page.items(
        [f"{Bilingual(one.en, one.zh).text(language)}: {owners(district, one.shares, language)}" for one in unclear]
    )
    return page.html()


def overview(district: District, language: str) -> Table:
    """How large it is."""
    say, about = translator(language), district.about
    rate = sum(one.rate for one in district.issues)
    rows = [
        [say("Residents"), f"{about.residents:,}"],
        [say("Subdistricts, communities"), f"{len(district.subdistricts)}, {len(district.communities)}"],
        [say("Units, posts"), f"{len(district.units)}, {sum(one.staff for one in district.units):,.1f}"],
        [say("Issue types, sub-types"), f"{len(district.issues)}, {len(district.subtypes)}"],
        [say("Problems per 1,000 residents and year"), f"{rate:,.1f}"],
        [say("Parameters of its own"), str(len(about.parameters))],
    ]
    return say("The district"), ["", ""], rows


def units(district: District, language: str) -> Table:
    """Every unit: tier, posts, and the work that the written duties send to it."""
    say = translator(language)
    duties = duties_of(
        [one.id for one in district.units], district.issues, district.subdistricts, district.about.residents
    )
    rows = [
        [
            Bilingual(one.en, one.zh).text(language),
            district.about.tier(one.tier, language),
            say("line") if one.kind == "line" else say("block"),
            f"{one.staff:.1f}",
            f"{duties[one.id].work:.2f}",
            f"{duties[one.id].work / one.staff:.2f}",
        ]
        for one in district.units
    ]
    heads = [say("unit"), say("tier"), say("led"), say("posts"), say("work a day by its duties"), say("work a post")]
    return say("Units and their load"), heads, rows


def issues(district: District, language: str) -> Table:
    """Every issue type: how often, how long, whose, how clear."""
    say = translator(language)
    rows = [
        [
            Bilingual(one.en, one.zh).text(language),
            f"{one.rate:.2f}",
            f"{one.work_median:.2f}",
            f"{round(one.target_days, 1):g}",
            f"{district.entropy(one.id):.2f}",
            owners(district, one.shares, language),
        ]
        for one in sorted(district.issues, key=lambda one: -one.rate)
    ]
    heads = [say("issue type"), say("rate"), say("median work"), say("deadline, days"), "H", say("owners")]
    return say("Issue types"), heads, rows


def owners(district: District, shares: dict[str, float], language: str) -> str:
    """Who may own a type, the largest share first."""
    say = translator(language)
    names = {one.id: Bilingual(one.en, one.zh).text(language) for one in district.units}
    names[PLACE_SHARE] = say("the subdistrict of the place")
    return ", ".join(f"{names[name]} {share:.0%}" for name, share in sorted(shares.items(), key=lambda one: -one[1]))


def map_of(district: District, language: str) -> str:
    """Communities as tiles, one row of tiles or more a subdistrict."""
    parts, top = [], 0
    most = max(one.population_share for one in district.communities)
    across = WIDE // (TILE + GAP)
    for home in district.subdistricts:
        parts.append(
            f'<text x="0" y="{top + HEAD - 8}" font-size="14">{escape(Bilingual(home.en, home.zh).text(language))}'
            "</text>"
        )
        inside = [one for one in district.communities if one.subdistrict == home.id]
        for number, one in enumerate(inside):
            x, y = number % across * (TILE + GAP), top + HEAD + number // across * (TILE + GAP)
            people = round(one.population_share * district.about.residents)
            label = f"{Bilingual(one.en, one.zh).text(language)}: {people:,}"
            parts.append(
                f'<rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" fill="#0b57d0" '
                f'fill-opacity="{0.15 + 0.75 * one.population_share / most:.2f}"><title>{escape(label)}</title></rect>'
            )
        top += HEAD + (TILE + GAP) * -(-len(inside) // across)
    return f'<svg viewBox="0 0 {WIDE} {top}" role="img">{"".join(parts)}</svg>'
