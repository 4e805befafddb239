"""Controls above the views: scenario, seed, playing, speed, link, files; and the notice that shows errors."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import solara

from pingan_abm.report.beginning import beginning_words
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.texts.errors import all_translated
from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.web.limits import SIZES
from pingan_abm.web.pages.folded import Folded
from pingan_abm.web.shown.widgets import Choice
from pingan_abm.web.visitor.before_after import BEFORE, can_switch, switch_side
from pingan_abm.web.visitor.changing import keep_recipe, undo, without_records
from pingan_abm.web.visitor.seat import send_what_if
from pingan_abm.web.visitor.session import SPEEDS, Session


@solara.component
def Choices(label: str, options: dict[str, str], value: str, on_value: Callable[[str], None]) -> None:
    """A native list to choose from: it is readable and fast, and works with keyboards and on phones."""
    widget = solara.use_memo(Choice, [])

    def send() -> None:
        widget.content = {"label": label, "options": [[name, text] for name, text in options.items()]}

    def attach() -> Callable[[], None]:
        def hear(_: object, content: dict[str, object], __: object) -> None:
            name = str(content.get("chosen"))
            if name in options:
                widget.value = name
                on_value(name)

        widget.on_msg(hear)
        return partial(widget.on_msg, hear, remove=True)

    solara.use_memo(send, [label, tuple(options.items())])
    solara.use_effect(attach, [tuple(options)])

    def follow() -> None:
        widget.value = value

    solara.use_effect(follow, [value])
    solara.display(widget)


@solara.component
def ScenarioBar(session: Session) -> None:
    """The scenario and its story."""
    language = session.language.value
    say, recipe = translator(language), session.recipe_shown.value
    options = {name: load_scenario(name).title[language] for name in scenario_names()}
    if recipe.scenario.name not in options:
        options[recipe.scenario.name] = recipe.scenario.title.get(language, recipe.scenario.name)

    def choose(name: str) -> None:
        if name in scenario_names():
            recipe = replace(session.recipe, scenario=load_scenario(name), moves=())
            session.order(partial(without_records, session, recipe))

    with solara.Div(classes=["pa-scenario"]):
        Choices(say("Scenario"), options, recipe.scenario.name, choose)
        solara.HTML(tag="p", unsafe_innerHTML=escaped(recipe.scenario.story.get(language, "")), classes=["pa-story"])


@solara.component
def SeedAndFiles(session: Session) -> None:
    """The seed, the size of the district, and files of one's own."""
    from pingan_abm.web.pages.uploads import Uploads

    say, recipe = translator(session.language.value), session.recipe_shown.value
    sizes = dict.fromkeys(sorted({*SIZES, recipe.residents}))

    def size(text: str) -> None:
        if int(text) != session.recipe.residents:
            session.order(partial(session.use, replace(session.recipe, residents=int(text))))

    def seed(value: int) -> None:
        if 0 <= value < 2**53 and value != session.recipe.seed:
            session.order(partial(session.use, replace(session.recipe, seed=value)))

    def history(name: str) -> None:
        if name != session.recipe.history:
            session.order(partial(session.use, replace(session.recipe, history=name)))

    histories = {"today": say("Reform from today"), "own": say("As if always so")}
    with Folded(summary=say("Seed and files of your own")):
        Choices(say("History"), histories, recipe.history, history)
        shown = RunSpec(recipe.scenario, start=recipe.start, warmup=recipe.warmup, history=recipe.history)
        beginning = beginning_words([shown], session.language.value)
        solara.HTML(tag="p", unsafe_innerHTML=escaped(beginning), classes=["pa-note", "pa-history"])
        Choices(say("Residents"), {str(one): f"{one:,}" for one in sizes}, str(recipe.residents), size)
        solara.InputInt(say("Seed (the luck of the run)"), value=recipe.seed, on_value=seed)
        Uploads(session)


@solara.component
def PlayBar(session: Session) -> None:
    """Playing, stepping, speed, link."""
    say = translator(session.language.value)
    playing, busy = session.playing.value, session.busy.value
    speed, set_speed = solara.use_state(session.speed)
    words = {
        "slow": say("2 days a second"),
        "medium": say("10 days a second"),
        "fast": say("40 days a second"),
        "full": say("full speed"),
    }

    def pace(name: str) -> None:
        session.speed = name
        set_speed(name)

    def link() -> None:
        session.shell.copy = session.link()

    with solara.Div(classes=["pa-play"], attributes={"role": "toolbar", "aria-label": say("Time")}):
        main = say("Pause") if playing else say("Play again") if session.ended_run.value else say("Play")
        taken_back = partial(session.order, partial(undo, session))
        solara.Button(
            main,
            icon_name="mdi-pause" if playing else "mdi-play",
            color="primary",
            disabled=busy,
            on_click=partial(session.order, session.play),
            attributes={"data-act": "play"},
        )
        step_buttons(session, busy, say)
        solara.Button(
            say("Restart"),
            on_click=partial(session.order, session.restart),
            disabled=busy,
            outlined=True,
            attributes={"data-act": "restart"},
        )
        solara.Button(
            say("Undo"),
            on_click=taken_back,
            disabled=busy or not session.undone.value,
            outlined=True,
            attributes={"data-act": "undo"},
        )
        without = session.side.value == BEFORE
        solara.Button(
            say("A/B: with my changes") if without else say("A/B: without my changes"),
            on_click=partial(session.order, partial(switch_side, session)),
            disabled=busy or not can_switch(session),
            outlined=not without,
            color="primary" if without else None,
            attributes={"data-act": "side"},
        )
        Choices(say("Speed"), {name: words[name] for name in SPEEDS}, speed, pace)
        solara.Button(
            say("Keep for comparison"),
            on_click=partial(session.order, partial(keep_recipe, session)),
            text=True,
            attributes={"data-act": "keep"},
        )
        if session.seat.member and session.seat.code.value:
            solara.Button(
                say("Send to the room"),
                on_click=partial(session.order, partial(send_what_if, session)),
                disabled=busy,
                outlined=True,
                attributes={"data-act": "send"},
            )
        if session.kept.value:
            written = say("kept: {count}").format(count=len(session.kept.value))
            solara.HTML(tag="span", unsafe_innerHTML=written, classes=["pa-kept"], attributes={"role": "status"})
        solara.Button(say("Copy link"), on_click=link, text=True, attributes={"data-act": "link"})
        if busy:
            solara.HTML(tag="span", unsafe_innerHTML=say("preparing the district …"), classes=["pa-busy"])


def step_buttons(session: Session, busy: bool, say: Translate) -> None:
    """Buttons for a week or a day back or forward, in the present container."""
    for days, text, act in (
        (-7, say("− week"), "back-week"),
        (-1, say("− day"), "back"),
        (1, say("+ day"), "step"),
        (7, say("+ week"), "week"),
    ):
        solara.Button(
            text,
            on_click=partial(session.order, partial(session.step, days)),
            disabled=busy,
            outlined=True,
            attributes={"data-act": act},
        )


@solara.component
def Notice(session: Session) -> None:
    """The notice that shows errors, until the visitor closes it."""
    problems, say = session.message.value, translator(session.language.value)
    if problems:
        with solara.Div(classes=["pa-notice"], attributes={"role": "alert"}):
            solara.HTML(tag="pre", unsafe_innerHTML=escaped(all_translated(problems, say)))
            close = say("Close")
            residents = session.offered.value
            if residents:
                larger = partial(session.use, replace(session.recipe, residents=residents))
                solara.Button(
                    say("Open a district of {residents} residents").format(residents=f"{residents:,}"),
                    on_click=partial(session.order, larger),
                    color="primary",
                    attributes={"data-act": "larger"},
                )
            solara.Button(close, on_click=partial(session.message.set, ()), text=True, small=True)


def escaped(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
