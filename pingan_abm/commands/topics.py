"""What `pingan list` lists beside outcomes: units, issue types, communities, parameters and scenarios."""

from collections.abc import Iterator, Mapping
from typing import Any

from pingan_abm.commands.entries import Entry, Topic
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.texts.signs import with_per_cent


def other_name(one: Any, language: str) -> str:
    """What something is called in the other language."""
    return str(one.zh if language == "en" else one.en)


def words_of(*keys: str) -> Any:
    """A function that names facts in a language, by their keys."""

    def words(language: str) -> Mapping[str, str]:
        say = translator(language)
        return {key: text for key, text in all_words(say).items() if key in keys}

    return words


def all_words(say: Translate) -> dict[str, str]:
    """What each kind of fact is called."""
    return {
        "other": say("name in Chinese"),  # in Chinese: in English
        "tier": say("tier"),
        "led": say("led by"),
        "staff": say("staff-days a day"),
        "mechanism": say("mechanism"),
        "rate": say("problems a year per 1,000 residents"),
        "deadline": say("deadline, days"),
        "owner": say("mostly owned by"),
        "subdistrict": say("subdistrict"),
        "type": say("issue type"),
        "share": say("share of the residents"),
        "default": say("default"),
        "write": say("write"),
        "unit": say("unit"),
        "role": say("role"),
        "definition": say("definition"),
    }


def unit_entries(language: str) -> Iterator[Entry]:
    """Every linkage unit of the district."""
    from pingan_abm.district.files import load_district

    say = translator(language)
    led = {"line": say("above the district (line)"), "block": say("the district (block)")}
    for one in load_district().units:
        facts = {
            "other": other_name(one, language),
            "tier": str(one.tier),
            "led": led[one.kind],
            "staff": f"{one.staff:.4g}",
        }
        yield Entry(one.id, Bilingual(one.en, one.zh).text(language), facts)


def issue_entries(language: str) -> Iterator[Entry]:
    """Every issue type."""
    from pingan_abm.district.files import load_district

    district = load_district()
    units = {unit.id: Bilingual(unit.en, unit.zh).text(language) for unit in district.units}
    place = translator(language)("the subdistrict of the place")
    mechanisms = {one.id: Bilingual(one.en, one.zh).text(language) for one in district.mechanisms}
    for one in district.issues:
        owner = max(one.shares, key=lambda unit: one.shares[unit])
        facts = {
            "other": other_name(one, language),
            "mechanism": mechanisms[one.mechanism],
            "rate": f"{one.rate:g}",
            "deadline": f"{one.target_days:g}",
            "owner": f"{units.get(owner, place)} ({100 * one.shares[owner]:.0f} %)",
        }
        yield Entry(one.id, Bilingual(one.en, one.zh).text(language), facts)


def subtype_entries(language: str) -> Iterator[Entry]:
    """Every sub-type of the issue types."""
    from pingan_abm.district.files import load_district

    district = load_district()
    types = {one.id: Bilingual(one.en, one.zh).text(language) for one in district.issues}
    for one in district.subtypes:
        facts = {
            "other": other_name(one, language),
            "type": types[one.issue],
            "rate": f"{one.rate:.3g}",
            "deadline": f"{one.target_days:.3g}",
        }
        yield Entry(one.id, Bilingual(one.en, one.zh).text(language), facts)


def community_entries(language: str) -> Iterator[Entry]:
    """Every community."""
    from pingan_abm.district.files import load_district

    district = load_district()
    homes = {one.id: Bilingual(one.en, one.zh).text(language) for one in district.subdistricts}
    for one in district.communities:
        facts = {
            "other": other_name(one, language),
            "subdistrict": homes[one.subdistrict],
            "share": with_per_cent(f"{100 * one.population_share:.2f}", language),
        }
        yield Entry(one.id, Bilingual(one.en, one.zh).text(language), facts)


def parameter_entries(language: str) -> Iterator[Entry]:
    """Every parameter, coefficients of single rules included."""
    from pingan_abm.parameters.declared import declarations, written
    from pingan_abm.parameters.fields import unit_words
    from pingan_abm.texts.errors import translated

    say = translator(language)
    roles = {"lever": say("lever"), "uncertainty": say("uncertainty"), "structural": say("structure of the model")}
    for one in declarations():
        facts = {
            "other": other_name(one, language),
            "default": written(one.default),
            "write": translated(one.how_to_write, say),
            "unit": unit_words(one.unit, language),
            "role": roles[one.role],
            "definition": one.meaning(language),
        }
        yield Entry(one.name, one.label(language), facts)


def scenario_entries(language: str) -> Iterator[Entry]:
    """Every preset with its story."""
    from pingan_abm.scenarios.presets import load_scenario, scenario_names

    other = "zh" if language == "en" else "en"
    for name in scenario_names():
        one = load_scenario(name)
        facts = {"other": one.title.get(other, ""), "definition": " ".join(one.story.get(language, "").split())}
        yield Entry(name, one.title.get(language, name), facts)


def where_used(language: str) -> str:
    """Where these names are taken."""
    return translator(language)("On the command line the identifier or the name in either language may be written.")


DISTRICT_TOPICS: dict[str, Topic] = {
    "units": Topic(unit_entries, words_of("other", "tier", "led", "staff"), where_used),
    "issues": Topic(issue_entries, words_of("other", "mechanism", "rate", "deadline", "owner"), where_used),
    "subtypes": Topic(subtype_entries, words_of("other", "type", "rate", "deadline"), where_used),
    "communities": Topic(community_entries, words_of("other", "subdistrict", "share"), where_used),
    "parameters": Topic(
        parameter_entries, words_of("other", "default", "write", "unit", "role", "definition"), where_used
    ),
    "scenarios": Topic(scenario_entries, words_of("other", "definition"), where_used),
}
