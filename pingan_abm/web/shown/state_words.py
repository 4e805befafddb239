"""The states of problems and files in words of both languages."""

from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.world.cases import CaseState
from pingan_abm.world.problems import ProblemState

PROBLEM_WORDS: dict[ProblemState, tuple[str, str]] = {
    ProblemState.DETERRED: ("held off by a campaign", "被专项整治压住"),
    ProblemState.LATENT: ("there, registered by nobody", "存在，尚无人登记"),
    ProblemState.REGISTERED: ("registered, not solved", "已登记，未解决"),
    ProblemState.SOLVED: ("really solved", "实际解决"),
    ProblemState.LAPSED: ("faded, unsolved", "未解决，不了了之"),
}
CASE_WORDS: dict[CaseState, tuple[str, str]] = {
    CaseState.FILED: ("filed, waits for dispatch", "已立卷，待交办"),
    CaseState.DISPATCHED: ("dispatched, waits for an answer", "已交办，待答复"),
    CaseState.HANDLED: ("being handled", "处置中"),
    CaseState.RETURNED: ("returned, nobody's", "已退单，无人承办"),
    CaseState.STALLED: ("stalled with the backstop", "由兜底单位搁置"),
    CaseState.FED_BACK: ("reported done, waits for verification", "已反馈，待核实"),
    CaseState.CLOSED: ("closed", "已结案"),
}


def problem_words(state: int, language: str) -> str:
    """The true state of a problem, in a language."""
    return Bilingual(*PROBLEM_WORDS[ProblemState(state)]).text(language)


def case_words(state: int, language: str) -> str:
    """The reported state of a file, in a language."""
    return Bilingual(*CASE_WORDS[CaseState(state)]).text(language)
