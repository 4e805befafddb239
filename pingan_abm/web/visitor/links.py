"""The address of a page: language, page, scenario, levers, seed and day, written into a link and read from it.

`?lang=zh&page=explore&scenario=pingan365&seed=3&day=120&set=accountability:0.9&set=staffing:1.2@60`, with
`&warmup=0&history=own` where a district does not begin as usual. Whatever is wrong in a link is left out and reported;
the page opens all the same.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from pingan_abm.district.files import residents_here
from pingan_abm.parameters.declared import Parameters, declared, parse_value, written
from pingan_abm.scenarios.histories import HISTORIES
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.texts.errors import InputErrors, sentence, shown
from pingan_abm.texts.i18n import language_of
from pingan_abm.web.recipe import Move, Recipe
from pingan_abm.web.server import USUAL, Usual
from pingan_abm.web.visitor.view import View, read_view

PAGES = ("explore", "compare", "case", "story", "results", "terms", "opening", "room")
MOST_RESIDENTS, LEAST_RESIDENTS, MOST_DAYS = residents_here(), 540, 1095
MOST_MOVES = 100
LONGEST = 8_000  # characters


@dataclass(frozen=True)
class Link:
    """What a link restores. day: to run to before the page is shown; problems: what in the address could not be
    used; view: what is open on the page."""

    language: str = "en"
    page: str = "explore"
    recipe: Recipe = field(default_factory=Recipe)
    day: int = 0
    problems: tuple[str, ...] = ()
    view: View = field(default_factory=View)


def write_link(language: str, page: str, recipe: Recipe, day: int, view: View | None = None) -> str:
    """The query of an address, without the question mark. It holds only the names of the visitor's own files, so that
    the page can say which files are missing to whoever opens the link."""
    own = own_files(recipe)
    parts = [
        ("lang", language),
        ("page", page),
        *(() if f"{recipe.scenario.name}.toml" in own else (("scenario", recipe.scenario.name),)),
        *(("file", name) for name in own),
        ("seed", str(recipe.seed)),
        ("day", str(day)),
    ]
    standard = Recipe()
    if recipe.residents != standard.residents:
        parts.append(("residents", str(recipe.residents)))
    if recipe.days != standard.days:
        parts.append(("days", str(recipe.days)))
    if (recipe.warmup, recipe.history) != (USUAL.warmup, USUAL.history) or USUAL != Usual():
        parts += [("warmup", str(recipe.warmup)), ("history", recipe.history)]
    for move in recipe.moves:
        parts.append(("set", f"{move.name}:{written(move.value)}" + (f"@{move.day}" if move.day else "")))
    return urlencode(parts + (view or View()).parts(), safe=":@")


def own_files(recipe: Recipe) -> list[str]:
    """Names of the visitor's own files that a recipe rests on: a scenario that is none of the presets, and records."""
    scenario = recipe.scenario
    preset = scenario.name in scenario_names() and scenario == load_scenario(scenario.name)
    return ([] if preset else [f"{scenario.name}.toml"]) + ([recipe.incidents.name] if recipe.incidents else [])


def read_link(query: str, default_language: str = "en") -> Link:
    """The link in the query of an address."""
    parts = parse_qsl((query or "")[:LONGEST].lstrip("?"), max_num_fields=None)
    given = dict(parts)
    problems: list[str] = []
    scenario = given.get("scenario", Recipe().scenario.name)
    if scenario not in scenario_names():
        problems.append(
            sentence("There is no scenario {name}; a file of one's own has to be loaded again.", name=shown(scenario))
        )
        scenario = Recipe().scenario.name
    for name in [value for key, value in parts if key == "file"][:2]:
        problems.append(
            sentence(
                "The link was made with a file, {name}, which it does not hold: load it again to see the same.",
                name=shown(name),
            )
        )
    days = whole(given, "days", Recipe().days, 1, MOST_DAYS, problems)
    recipe = Recipe(
        load_scenario(scenario),
        residents=whole(given, "residents", MOST_RESIDENTS, LEAST_RESIDENTS, MOST_RESIDENTS, problems),
        days=days,
        seed=whole(given, "seed", 0, 0, 2**63 - 1, problems),
        warmup=whole(given, "warmup", USUAL.warmup, 0, MOST_DAYS, problems),
        history=one_of(given, "history", USUAL.history, HISTORIES, problems),
    )
    for text in [value for name, value in parts if name == "set"][:MOST_MOVES]:
        try:
            move = read_move(text, days)
            moved = recipe.moved(move.day, move.name, move.value)
            moved.spec()
            recipe = moved
        except InputErrors as wrong:
            problems += wrong.problems
    page, view = given.get("page", PAGES[0]), read_view(parts, problems)
    return Link(
        language_of(given.get("lang", default_language)),
        page if page in PAGES else PAGES[0],
        recipe,
        whole(given, "day", 0, 0, days, problems),
        tuple(problems),
        view,
    )


def read_move(text: str, days: int) -> Move:
    """A move as written: `name:value` or `name:value@day`. Raises InputErrors."""
    name, colon, rest = text.partition(":")
    value, at, day = rest.partition("@")
    if not colon or (at and not (day.isdecimal() and day.isascii() and len(day) < 6 and int(day) < days)):
        raise InputErrors([sentence("set={text}: write name:value, or name:value@day.", text=shown(text))])
    return Move(int(day or 0), name, read_value(name, value))


def read_value(name: str, value: object) -> object:
    """A parameter's value as written or as a control gives it, checked. Raises InputErrors."""
    one = declared(name)
    read = parse_value(name, value) if isinstance(value, str) else value
    if one.type == "number" and isinstance(read, int) and not isinstance(read, bool):
        read = float(read)
    if one.type == "integer" and isinstance(read, float) and read.is_integer():
        read = int(read)
    checked = (
        {name: read}
        if not name.startswith("campaign_") or name == "campaign_issue"
        else {name: read, "campaign_issue": "noise"}
    )
    return getattr(Parameters.checked(checked), name)


def is_plain(query: str) -> bool:
    """Whether an address asks for nothing but a language."""
    return {name for name, _ in parse_qsl((query or "")[:LONGEST].lstrip("?"))} <= {"lang"}


def one_of(given: dict[str, str], name: str, default: str, names: tuple[str, ...], problems: list[str]) -> str:
    """One of several names; the default, and a problem, when it is none of them."""
    text = given.get(name, default)
    if text in names:
        return text
    problems.append(
        sentence("{name}={value}: write one of {names}.", name=name, value=shown(text)[1:-1], names=", ".join(names))
    )
    return default


def whole(given: dict[str, str], name: str, default: int, low: int, high: int, problems: list[str]) -> int:
    """A whole number within its limits; the default, and a problem, when it is not."""
    text = given.get(name, "")
    if not text:
        return default
    if text.isdecimal() and text.isascii() and len(text) < 20 and low <= int(text) <= high:
        return int(text)
    given_value = shown(text)[1:-1]
    problems.append(
        sentence(
            "{name}={value}: write a whole number from {low} to {high}.",
            name=name,
            value=given_value,
            low=low,
            high=high,
        )
    )
    return default
