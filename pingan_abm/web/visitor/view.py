"""What a visitor looks at apart from the district itself: chapter, arms, sheet, case, table, answers. It stands in the
address, so that Back works and a reload loses nothing.

`&arm=pingan365&arm=own:0&kept=…&sheet=environment&case=1204&cases=paper&colour=trust&curve=load&table=flows&chapter=2`
"""

from dataclasses import dataclass
from itertools import pairwise

from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.scenarios.presets import scenario_names
from pingan_abm.texts.errors import sentence, shown
from pingan_abm.web.shown.case_search import FILTERS
from pingan_abm.web.shown.places import PLACE_INDICATORS
from pingan_abm.web.shown.tables import CHARTS

COMPARED_AT_FIRST = ("pingan365", "tight_accountability")
OWN = "own:"  # prefix of the number of a kept what-if, in lists of scenarios
MOST_KEPT = 6  # what-ifs kept for comparison
MOST_ARMS, LEAST_ARMS = 4, 2
MOST_CHAPTERS = 20
MOST_TAPS = 6  # of the opening, counted from 0
LONGEST_NAME = 60  # characters
LONGEST_CURVE = 120  # characters of a drawn curve

type Parts = list[tuple[str, str]]


@dataclass(frozen=True)
class View:
    """Which chapter, arms, sheet, case and table are shown, and what was answered.

    kept: queries of what-ifs kept for comparison; arms: names of scenarios, or "own:" and the number of a kept one;
    sheet: what is inspected; case: number of the problem that is followed, −1 for the first found; cases: which are
    listed; colour, curve: indicators of map and second chart; table: the chart whose table is open; answers:
    predictions by chapter; compared: replications and residents of the comparison that is shown, (0, 0) for none; side:
    "before" while the district without the visitor's changes is shown; tap: how far the opening is; guesses: drawn
    curves by chapter; room: its code, and who sits there; revealed: chapters whose result a teacher has shown.
    """

    chapter: int = 0
    arms: tuple[str, ...] = COMPARED_AT_FIRST
    kept: tuple[str, ...] = ()
    sheet: str = ""
    case: int = -1
    cases: str = FILTERS[0]
    colour: str = "unsolved"
    curve: str = "open_assignments"
    table: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    compared: tuple[int, int] = (0, 0)
    side: str = ""
    tap: int = 0
    guesses: tuple[tuple[str, str], ...] = ()
    room: tuple[str, str] = ("", "")
    revealed: tuple[str, ...] = ()

    def parts(self) -> Parts:
        """What differs from a plain view, as parts of a query."""
        plain = View()
        found = [
            (name, str(getattr(self, name)))
            for name in ("chapter", "sheet", "case", "cases", "colour", "curve", "table", "side", "tap")
            if getattr(self, name) != getattr(plain, name)
        ]
        found += [("kept", one) for one in self.kept]
        found += [("arm", one) for one in self.arms] if self.arms != plain.arms else []
        found += [("answer", f"{chapter}:{answer}") for chapter, answer in self.answers]
        found += [("guess", f"{chapter}:{curve}") for chapter, curve in self.guesses]
        found += [(name, text) for name, text in zip(("room", "who"), self.room, strict=True) if text]
        found += [("revealed", chapter) for chapter in self.revealed]
        return found + ([("compared", "x".join(map(str, self.compared)))] if self.compared != plain.compared else [])

    def place(self, page: str) -> str:
        """What Back returns to: the page, and what is open on it."""
        return "|".join(map(str, (page, self.chapter, self.sheet, self.case, self.table, self.tap)))


def read_view(parts: Parts, problems: list[str]) -> View:
    """The view in the parts of a query. What cannot be used is left out, and added to the problems."""
    given = dict(parts)
    plain = View()

    def chosen(name: str, usual: str, names: object) -> str:
        text = given.get(name, usual)
        if text == usual or text in names:  # type: ignore[operator]
            return text
        problems.append(sentence("{name}={value} is not known here.", name=name, value=shown(text)))
        return usual

    def number(name: str, usual: int, most: int) -> int:
        text = given.get(name, str(usual))
        usable = text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= most
        return int(text) if usable else usual

    kept = tuple(text for name, text in parts if name == "kept")[:MOST_KEPT]
    known = {*scenario_names(), *(f"{OWN}{i}" for i in range(len(kept)))}
    arms = tuple(dict.fromkeys(text for name, text in parts if name == "arm" and text in known))[:MOST_ARMS]
    answers = [text.partition(":") for name, text in parts if name == "answer"][:MOST_CHAPTERS]
    guesses = [text.partition(":") for name, text in parts if name == "guess"][:MOST_CHAPTERS]
    return View(
        chapter=number("chapter", 0, MOST_CHAPTERS),
        arms=arms if len(arms) >= LEAST_ARMS else plain.arms,
        kept=kept,
        sheet=given.get("sheet", "")[:LONGEST_NAME],
        case=number("case", -1, 10**9),
        cases=chosen("cases", plain.cases, FILTERS),
        colour=chosen("colour", plain.colour, PLACE_INDICATORS),
        curve=chosen("curve", plain.curve, INDICATORS),
        table=chosen("table", "", CHARTS),
        answers=tuple((chapter[:LONGEST_NAME], answer[:LONGEST_NAME]) for chapter, _, answer in answers),
        compared=read_pair(given.get("compared", "")),
        side=chosen("side", "", ("before",)),
        tap=number("tap", 0, MOST_TAPS),
        guesses=tuple((chapter[:LONGEST_NAME], curve[:LONGEST_CURVE]) for chapter, _, curve in guesses),
        room=(given.get("room", "")[:LONGEST_NAME], given.get("who", "")[:LONGEST_NAME]),
        revealed=tuple(text[:LONGEST_NAME] for name, text in parts if name == "revealed")[:MOST_CHAPTERS],
    )


def read_pair(text: str) -> tuple[int, int]:
    """Two whole numbers written as `10x345000`; (0, 0) for anything else."""
    numbers = [int(one) for one in text.split("x") if one.isascii() and one.isdecimal() and len(one) < 8]
    return next(pairwise(numbers), (0, 0)) if len(numbers) == 2 else (0, 0)
