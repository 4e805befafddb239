"""How else the documented case could have gone: the same case in forty districts that differ in chance alone, counted
as they are lived."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import solara

from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.i18n import translator
from pingan_abm.trace.follow import Followed, follow
from pingan_abm.web.pages.background import in_background, in_turn, leaving
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.visitor.session import Session

LIVES = 40
REMEMBERED = 8 * LIVES
SOON = 44.0  # days until the documented meeting on the case


@dataclass(frozen=True)
class Life:
    """What is counted of one life of the case."""

    filed: bool
    returned: bool
    solved: bool
    soon: bool
    paper: bool


@lru_cache(maxsize=REMEMBERED)
def lived(scenario: str, residents: int, seed: int, number: int) -> Life:
    """One life of the case that a preset writes."""
    return counted(follow(RunSpec(load_scenario(scenario), residents=residents, seed=seed), number))


def counted(one: Followed) -> Life:
    """What is counted of a case that was followed."""
    by_the_end = one.began + one.solved <= one.days
    return Life(one.filed, one.returns > 0, by_the_end, one.solved <= SOON, one.paper_closures > 0)


def in_words(lives: list[Life], language: str) -> str:
    """How many of the lives went which way."""
    say = translator(language)
    text = say(
        "In {all} lives: settled without a file in {settled}; sent back at least once in {returned}; closed on paper "
        "at least once in {paper}; really solved within {days} days in {soon}, by the end of the year in {solved}."
    )
    return text.format(
        all=len(lives),
        settled=sum(not one.filed for one in lives),
        returned=sum(one.returned for one in lives),
        paper=sum(one.paper for one in lives),
        days=f"{SOON:.0f}",
        soon=sum(one.soon for one in lives),
        solved=sum(one.solved for one in lives),
    )


def live(session: Session, found: Callable[[list[Life]], None], stop: threading.Event) -> None:
    """Live the case again and again, one at a time on a server."""
    recipe, lives = session.recipe, list[Life]()
    for number in range(LIVES):
        with in_turn(stop) as mine:
            if not mine:
                return
            lives.append(lived(recipe.scenario.name, recipe.residents, recipe.seed, number))
        found(list(lives))


@solara.component
def Lives(session: Session) -> None:
    """A button, and the counts as they come."""
    language = session.language.value
    say = translator(language)
    lives: solara.Reactive[list[Life]] = solara.use_reactive([])
    running = solara.use_reactive(False)
    stop = solara.use_memo(threading.Event, [])
    solara.use_effect(leaving(stop), [])

    def start() -> None:
        stop.clear()
        lives.value = []
        in_background("the lives of a case", partial(live, session, lives.set, stop), running)

    with solara.Div(classes=["pa-play"]):
        solara.Button(
            say("In {count} lives").format(count=LIVES),
            on_click=start,
            disabled=running.value,
            outlined=True,
            attributes={"data-act": "lives"},
        )
        if running.value:
            solara.Button(say("Cancel"), on_click=stop.set, text=True, attributes={"data-act": "cancel-lives"})
    if lives.value:
        solara.HTML(
            tag="p",
            unsafe_innerHTML=escaped(in_words(lives.value, language)),
            classes=["pa-answer"],
            attributes={"role": "status", "data-lives": str(len(lives.value))},
        )
