"""The Story page: five short chapters; predict, run, compare with the answer."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

import numpy as np
import solara

from pingan_abm.district.here import here
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.summary import shown_number
from pingan_abm.runs import RunSpec, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.background import in_background, in_turn, leaving
from pingan_abm.web.pages.chapters import ANSWERS, HIGHER, LOWER, SAME, Chapter, World
from pingan_abm.web.pages.chapters_elsewhere import chapters_here
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.shown.widgets import Drawing, Sheet
from pingan_abm.web.visitor.seat import draw_curve, read_curve
from pingan_abm.web.visitor.session import Session

RESIDENTS: int | None = None  # of both worlds; None: the whole district
PAIRS = 2  # runs of each world: they take some ten seconds, and do not depend on the draws of a single run
REMEMBERED = 128  # runs whose figures are kept: everybody who reads a chapter with the same seed sees the same
CURVE = "solved_share_so_far"  # what readers draw

type Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Answer:
    """Means of every outcome over the replications, in both worlds; and the curve of what is really solved in each,
    float64 [days]."""

    first: Figures
    second: Figures
    curves: tuple[np.ndarray, np.ndarray] = (np.zeros(0), np.zeros(0))

    def verdict(self, chapter: Chapter) -> str:
        """Which answer the run gives: higher, same or lower."""
        before, after = self.first[chapter.outcome], self.second[chapter.outcome]
        if before is None or after is None or abs(after - before) < chapter.least:
            return SAME
        return HIGHER if after > before else LOWER


def play_chapter(chapter: Chapter, seed: int, announce: Callable[[int], None], stop: threading.Event) -> Answer | None:
    """Run both worlds of a chapter, as far as nobody on this server has run them yet; None when it is stopped.
    announce: called with the number of runs that are done."""
    runs: list[Lived] = []
    with in_turn(stop) as mine:
        if not mine:
            return None
        for world in (chapter.first, chapter.second):
            for number in range(PAIRS):
                if stop.is_set():
                    return None
                runs.append(lived(world, seed, number))
                announce(len(runs))
    first, second = runs[:PAIRS], runs[PAIRS:]
    curves = tuple(np.mean([one.curve for one in side], axis=0) for side in (first, second))
    return Answer(means([one.figures for one in first]), means([one.figures for one in second]), (curves[0], curves[1]))


@dataclass(frozen=True)
class Lived:
    """What is kept of a run: every outcome, and the curve that readers draw."""

    figures: Figures
    curve: np.ndarray


@lru_cache(maxsize=REMEMBERED)
def lived(world: World, seed: int, number: int) -> Lived:
    """Every outcome, and the curve, of one replication of a world. The whole district: units of a smaller one are less
    strained, so that it would hide what the chapters are about."""
    spec = RunSpec(load_scenario(world.scenario), dict(world.settings), seed=seed, replication=number)
    if RESIDENTS is not None:
        spec = replace(spec, residents=RESIDENTS)
    record = run_one(spec, series=True)
    return Lived(MappingProxyType(dict(record.outcomes)), np.asarray(record.series[CURVE]))


def means(runs: Sequence[Figures]) -> Figures:
    """Mean of every outcome over the runs that have it."""
    known = {name: [value for run in runs if (value := run[name]) is not None] for name in OUTCOMES}
    return {name: sum(values) / len(values) if values else None for name, values in known.items()}


@solara.component
def StoryPage(session: Session) -> None:
    """The page."""
    language = session.language.value
    say = translator(language)
    chapters = chapters_here()
    number = min(session.chapter.value, len(chapters) - 1)

    def set_number(place: int) -> None:
        session.chapter.value = place
        session.order(session.write_address)

    heading = say("A story in five chapters") if here().usual else say("Five chapters on this district")
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=heading)
        ChapterButtons(number, set_number, language)
        ChapterView(session, chapters[number]).key(chapters[number].name)
        with solara.Div(classes=["pa-play"]):
            solara.Button(say("Back"), on_click=partial(set_number, number - 1), disabled=number == 0, text=True)
            solara.Button(
                say("Next chapter"),
                on_click=partial(set_number, number + 1),
                disabled=number == len(chapters) - 1,
                text=True,
                attributes={"data-act": "next"},
            )


@solara.component
def ChapterButtons(number: int, turn: Callable[[int], None], language: str) -> None:
    """A button for each chapter, the open one filled. turn: called with the number of the chapter that is chosen."""
    say = translator(language)
    with solara.Div(classes=["pa-play"], attributes={"role": "navigation", "aria-label": say("Chapters")}):
        for place, chapter in enumerate(chapters_here()):
            solara.Button(
                f"{place + 1} · {chapter.title.of(language)}",
                on_click=partial(turn, place),
                outlined=place != number,
                color="primary" if place == number else None,
                attributes={"data-chapter": chapter.name},
            )


@solara.component
def ChapterView(session: Session, chapter: Chapter) -> None:
    """Text, prediction, run, answer."""
    language = session.language.value
    say = translator(language)
    kept = session.answers.value.get(chapter.name, "")
    prediction, set_prediction = solara.use_state(kept if kept in ANSWERS else "")
    answer: solara.Reactive[Answer | None] = solara.use_reactive(None)
    running, failure, done = solara.use_reactive(False), solara.use_reactive(""), solara.use_reactive(0)
    stop = solara.use_memo(threading.Event, [])
    words = answer_names(language)

    def work() -> None:
        answer.value = play_chapter(chapter, session.recipe.seed, done.set, stop)

    def run() -> None:
        stop.clear()
        failure.value, done.value = "", 0
        in_background("a chapter", work, running, failure.set)
        session.answers.value = session.answers.value | {chapter.name: prediction}
        session.order(session.write_address)

    def again() -> None:
        """What was answered before the page was loaded anew is shown again."""
        if prediction and answer.value is None and not running.value:
            run()

    solara.use_effect(again, [])
    solara.use_effect(leaving(stop), [])
    solara.HTML(tag="h3", unsafe_innerHTML=chapter.title.of(language))
    solara.HTML(tag="p", unsafe_innerHTML=escaped(chapter.text.of(language)), classes=["pa-read"])
    solara.HTML(
        tag="p",
        unsafe_innerHTML=f"<b>{say('Your prediction.')}</b> {escaped(chapter.question.of(language))}",
        classes=["pa-read"],
    )
    CurveToDraw(session, chapter, answer.value)
    with solara.Div(classes=["pa-play"], attributes={"role": "group", "aria-label": say("Your prediction.")}):
        for name in ANSWERS:
            solara.Button(
                words[name],
                on_click=partial(set_prediction, name),
                outlined=prediction != name,
                disabled=answer.value is not None,
                color="primary" if prediction == name else None,
                attributes={"data-answer": name, "aria-pressed": str(prediction == name).lower()},
            )
        solara.Button(
            say("Run and see"),
            on_click=run,
            disabled=not prediction or running.value or answer.value is not None,
            color="primary",
            attributes={"data-act": "run-chapter"},
        )
    if running.value:
        Progress(done.value / (2 * PAIRS), stop, language)
    if failure.value:
        solara.HTML(tag="pre", unsafe_innerHTML=escaped(failure.value), classes=["pa-notice"])
    if answer.value is not None:
        AnswerView(chapter, answer.value, prediction, words, language).key(f"{chapter.name}-{language}")


def answer_names(language: str) -> dict[str, str]:
    """What can be predicted."""
    say = translator(language)
    return {HIGHER: say("It goes up"), SAME: say("It stays about the same"), LOWER: say("It goes down")}


@solara.component
def CurveToDraw(session: Session, chapter: Chapter, answer: Answer | None) -> None:
    """The share really solved over the year: the reader draws it for the second world; then the true one appears. What
    is drawn is kept, and told to the room if the reader sits in one."""
    language = session.language.value
    say = translator(language)

    def made() -> Drawing:
        kept = session.guesses.value.get(chapter.name, "")
        return Drawing(mine=[None if math.isnan(one) else one for one in read_curve(kept)] if kept else [])

    widget = solara.use_memo(made, [])

    def attach() -> Callable[[], None]:
        def hear(_: object, content: dict[str, Any], __: object) -> None:
            values = content.get("drawn")
            if isinstance(values, list) and all(one is None or isinstance(one, int | float) for one in values):
                session.order(partial(draw_curve, session, chapter.name, values))

        widget.on_msg(hear)
        return partial(widget.on_msg, hear, remove=True)

    solara.use_effect(attach, [])

    def name() -> None:
        second = chapter.second.label.of(language)
        hint = say("Draw the share really solved over the year in “{second}”, with a pen, a finger or the arrows.")
        widget.words = {
            "title": say("Files really solved, so far: draw the year"),
            "hint": hint.format(second=second),
            "mine": say("what you drew"),
            "first": chapter.first.label.of(language),
            "second": second,
            "slip": say("On average {points} points from what you drew."),
        }

    def show() -> None:
        first, second = ((), ()) if answer is None else answer.curves
        with widget.hold_sync():
            widget.known = np.asarray(first, np.float32).tobytes()
            widget.truth = np.asarray(second, np.float32).tobytes()

    solara.use_effect(name, [language])
    solara.use_effect(show, [answer is not None])
    solara.display(widget)


@solara.component
def Progress(share: float, stop: threading.Event, language: str) -> None:
    """The progress of the runs, the time that they take, and a button to cancel them."""
    say = translator(language)
    with solara.Div(classes=["pa-play"]):
        text = say("two worlds of the whole district live through a year, twice; some ten seconds …")
        solara.HTML(
            tag="progress", attributes={"max": "1", "value": f"{share:.2f}", "aria-label": f"{100 * share:.0f}%"}
        )
        solara.HTML(tag="span", unsafe_innerHTML=text, classes=["pa-busy"], attributes={"role": "status"})
        solara.Button(say("Cancel"), on_click=stop.set, outlined=True, attributes={"data-act": "cancel-chapter"})


@solara.component
def AnswerView(chapter: Chapter, answer: Answer, prediction: str, words: Mapping[str, str], language: str) -> None:
    """What the run showed."""
    say = translator(language)
    verdict = answer.verdict(chapter)
    outcome = OUTCOMES[chapter.outcome]
    values = (figures[chapter.outcome] for figures in (answer.first, answer.second))
    before, after = (shown_number(value, outcome.unit, language) for value in values)
    fits = say("As you predicted.") if prediction == verdict else say("Not as you predicted.")
    text = say("In this run: {name} is {before} in “{first}” and {after} in “{second}”. {verdict}.").format(
        name=outcome.label(language),
        before=before,
        after=after,
        first=chapter.first.label.of(language),
        second=chapter.second.label.of(language),
        verdict=words[verdict],
    )
    solara.HTML(
        tag="p",
        unsafe_innerHTML=f"<b>{fits}</b> {escaped(text)}",
        classes=["pa-answer"],
        attributes={"role": "status", "data-verdict": verdict},
    )

    def table() -> Sheet:
        rows = [
            [
                OUTCOMES[name].label(language),
                shown_number(answer.first[name], OUTCOMES[name].unit, language),
                shown_number(answer.second[name], OUTCOMES[name].unit, language),
            ]
            for name in (chapter.outcome, *chapter.watch)
        ]
        head = [say("Outcome"), chapter.first.label.of(language), chapter.second.label.of(language)]
        return Sheet(
            content={
                "title": say("Look further"),
                "tables": [{"title": "", "head": head, "rows": rows, "file": chapter.name}],
                "csv": say("Save as CSV"),
            }
        )

    solara.display(solara.use_memo(table, []))
    solara.HTML(
        tag="p",
        unsafe_innerHTML=f"<b>{say('To think about.')}</b> {escaped(chapter.think.of(language))}",
        classes=["pa-read"],
    )
    note = say(
        "The whole district, one year, mean of two runs on the same luck in both worlds. The Compare page gives "
        "intervals."
    )
    solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"])
