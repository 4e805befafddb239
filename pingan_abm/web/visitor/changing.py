"""How a visitor's change of a lever comes into force: at once, after a question, or undone. In the session's thread."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pingan_abm.district.files import load_district
from pingan_abm.runs import DAYS
from pingan_abm.scenarios.records import read_incidents
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.web.recipe import Recipe, same
from pingan_abm.web.visitor.asking import ONE_MORE_YEAR, Pending, answered, first_difference, pending
from pingan_abm.web.visitor.links import MOST_DAYS, MOST_MOVES, read_value
from pingan_abm.web.visitor.view import COMPARED_AT_FIRST, MOST_ARMS, MOST_KEPT, OWN

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session

MOST_UNDONE = 50  # changes that can be undone


def set_lever(session: "Session", name: str, value: Any) -> None:
    """Move a lever: from the first day before the run, else from this day on, if need be after a question."""
    day, recipe = session.today(), session.recipe
    try:
        read = read_value(name, value)
        question = pending(recipe, day, name, read, MOST_DAYS)
        if question is None:
            change(session, recipe.moved(day, name, read))
        session.pending.value = question
        if question is not None:
            session.views.fill_levers(day, recipe)  # the control shows what holds until the question is answered
    except InputErrors as wrong:
        session.views.fill_levers(day, recipe)
        session.message.value = wrong.problems


def change(session: "Session", recipe: Recipe) -> None:
    """Go on with a recipe, and remember the one before. Raises InputErrors."""
    if len(recipe.moves) > MOST_MOVES:
        raise InputErrors([sentence("A run takes {most} changes at most: reset some of them.", most=MOST_MOVES)])
    before = session.other or session.recipe
    session.use(recipe)
    if recipe != before:
        session.undone.value = (*session.undone.value, before)[-MOST_UNDONE:]


def answer(session: "Session", text: str) -> None:
    """Carry out the answer to a question."""
    question: Pending | None = session.pending.value
    session.pending.value = None
    if question is None or text not in question.answers:
        return
    recipe = answered(session.recipe, question, text)
    if recipe != session.recipe:
        change(session, recipe)
        if text == ONE_MORE_YEAR:
            session.first_day = recipe.days - DAYS
            session.begin()


def undo(session: "Session") -> None:
    """Take the last change back, and live the days since then again without it."""
    *earlier, last = session.undone.value or (session.recipe,)
    session.undone.value, session.pending.value = tuple(earlier), None
    day = session.today()
    session.use(last)
    if session.stale:  # another district: it is brought to the day on which the visitor is
        session.build(min(day, last.days))


def rewind(session: "Session", before: Recipe, after: Recipe) -> None:
    """Live the days again from the first on which two recipes differ, if that day is past."""
    model, keyframes = session.model, session.keyframes
    if model is None or keyframes is None:
        return
    today, first = model.day, first_difference(before, after)
    if first >= today:
        keyframes.forget_after(today)
        return
    keyframes.forget_after(first)
    session.views.monthly.forget_after(first)
    keyframes.go(first)
    session.go_to(today)


def without_records(session: "Session", recipe: Recipe) -> None:
    """Go on with a recipe; without its records, and with a word about it, where they do not fit it. Raises
    InputErrors."""
    try:
        if recipe.incidents is not None:
            district = load_district(units=recipe.scenario.units, issues=recipe.scenario.issues)
            read_incidents(recipe.incidents, recipe.scenario, district, recipe.start, recipe.days)
        session.use(recipe)
    except InputErrors:
        if recipe.incidents is None:
            raise
        session.use(replace(recipe, incidents=None))
        session.message.value = (
            sentence("The records {name} do not fit this scenario and were removed.", name=recipe.incidents.name),
        )


def unchanged_district(before: Recipe, after: Recipe) -> bool:
    """Whether the same district lives on: the recipes differ in dated changes at most."""
    first, second = before.settings(), after.settings()
    return (
        replace(after, moves=()) == replace(before, moves=())
        and first.keys() == second.keys()
        and all(same(first[name], second[name]) for name in first)
    )


def keep_recipe(session: "Session") -> None:
    """Keep the present what-if for the Compare page, which sets the latest of them beside the baseline."""
    recipe, before, (first, *others) = session.recipe, session.kept.value, session.arms.value
    if recipe not in before:
        session.kept.value = (*before, recipe)[-MOST_KEPT:]
    kept = session.kept.value
    compared = [before[int(arm.removeprefix(OWN))] for arm in others if arm.startswith(OWN)]
    latest = [one for one in compared if one in kept and one != recipe] + [recipe]
    base = COMPARED_AT_FIRST[0] if first.startswith(OWN) else first
    session.arms.value = (base, *(f"{OWN}{kept.index(one)}" for one in latest[1 - MOST_ARMS :]))
    session.write_address()
