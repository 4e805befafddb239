"""One kind of error for whatever is wrong with what a person wrote, and the help that goes with it."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputErrors(ValueError):
    """Everything that is wrong with an input, each problem said once.

    problems: one sentence each: where, what is wrong, what to write instead. As text: one problem a line.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems: tuple[str, ...] = tuple(dict.fromkeys(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def raise_if_any(problems: list[str]) -> None:
    """Raise one InputErrors with all the problems found, if any was."""
    if problems:
        raise InputErrors(problems)


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word: ' Did you mean "…"?' or, without anything near, what there is."""
    names = [str(name) for name in known]
    lowered = {name.lower(): name for name in names}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    if near:
        return f' Did you mean "{lowered[near[0]]}"?'
    if not names:
        return ""
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f" There are: {shown}."


def shown(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: as written in a file, and never longer than a line."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
