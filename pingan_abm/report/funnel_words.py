"""What the steps of the funnel are called, in the summary, reports and the app."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingan_abm.outcomes.funnel import HOLLOW, JUDGED_AFTER
from pingan_abm.texts.i18n import translator


@dataclass(frozen=True)
class FunnelWords:
    """Names of the steps: of the first, which is no outcome, and of the outcomes by name."""

    arisen: str
    steps: Mapping[str, str]

    def of(self, name: str) -> str:
        """What an outcome of the funnel is called."""
        return self.steps[name]


def funnel_words(language: str) -> FunnelWords:
    """The names in a language."""
    say = translator(language)
    return FunnelWords(
        say("arisen"),
        {
            "known_share": say("known"),
            "handled_share": say("worked on"),
            "claimed_share": say("recorded as dealt with"),
            "solved_share": say("really solved"),
            HOLLOW: say("recorded, not solved"),
        },
    )


def needs_longer_run(language: str) -> str:
    """Why a short run has no funnel."""
    text = translator(language)(
        "No funnel: each problem is judged {days} days after it arose, so a run needs more than {days} days."
    )
    return text.format(days=JUDGED_AFTER)
