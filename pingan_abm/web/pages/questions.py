"""The question that a change raises when it cannot take effect today, with its answers; and undoing."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from functools import partial

import solara

from pingan_abm.parameters.declared import declared
from pingan_abm.report.numbers import Labels
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.visitor.asking import AFTER_THE_END, FROM_START, LEAVE, ONE_MORE_YEAR
from pingan_abm.web.visitor.changing import answer
from pingan_abm.web.visitor.session import Session


@solara.component
def Asking(session: Session) -> None:
    """The question, if there is one."""
    question, language = session.pending.value, session.language.value
    if question is None:
        return
    say = translator(language)
    words = {
        FROM_START: say("From the start"),
        ONE_MORE_YEAR: say("One more year"),
        LEAVE: say("Leave it as it was"),
    }
    setting = Labels(language).settings({question.name: question.value}) or declared(question.name).label(language)
    asked = (
        say("{setting}: the run is over. From when on shall it hold?")
        if question.why == AFTER_THE_END
        else say("{setting}: this needs a district that is built anew and begins on its first day. Begin again?")
    )
    with solara.Div(classes=["pa-asking"], attributes={"role": "alertdialog", "aria-label": say("Question")}):
        solara.HTML(tag="p", unsafe_innerHTML=escaped(asked.format(setting=setting)))
        for one in question.answers:
            solara.Button(
                words[one],
                on_click=partial(session.order, partial(answer, session, one)),
                color="primary" if one == question.answers[0] else None,
                outlined=one != question.answers[0],
                attributes={"data-ask": one},
            )
