"""One kind of error for whatever is wrong with what a person wrote, and the help that goes with it.

A problem is written once, in English, as `sentence("{name}: there is no such key.", name=key)`; its Chinese stands in the catalogue,
and whoever shows the problem says it in the reader's language with `told_in`.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

LISTED = 16  # names that are told when nothing is near


class Sentence(str):
    """An English text that can still be said in another language. template: what the catalogue knows it by, with places in braces;
    parts: what stands in the places, sentences among them."""

    template: str
    parts: dict[str, object]


def sentence(template: str, /, **parts: object) -> Sentence:
    """The text of a template with its places filled in."""
    made = Sentence(template.format(**parts))
    made.template, made.parts = template, parts
    return made


def told_in(text: object, say: Callable[[str], str]) -> str:
    """A text in the language of a translator; what is no sentence, such as a name or a number, stays as it is."""
    if not isinstance(text, Sentence):
        return str(text)
    return say(text.template).format(**{name: told_in(part, say) if isinstance(part, str) else part for name, part in text.parts.items()})


def without(text: str, left_out: str) -> str:
    """A text without something that it names, in any language."""
    if not isinstance(text, Sentence):
        return text.replace(left_out, "")
    made = Sentence(text.replace(left_out, ""))
    made.template = text.template
    made.parts = {name: without(str(part) if not isinstance(part, str) else part, left_out) for name, part in text.parts.items()}
    return made


def all_told_in(problems: Iterable[str], say: Callable[[str], str]) -> str:
    """Problems in the language of a translator, one a line."""
    return "\n".join(told_in(problem, say) for problem in problems)


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
    """What to write instead of an unknown word: ' Did you mean "…"?' or, without anything near, what there is; it follows a full stop."""
    names = [str(name) for name in known]
    lowered = {name.lower(): name for name in names}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    if near:
        return sentence(' Did you mean "{name}"?', name=lowered[near[0]])
    if not names:
        return ""
    shown = ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")
    return sentence(" There are: {names}.", names=shown)


def one_of(choices: Iterable[str]) -> Sentence:
    """How to write a value for which there are choices."""
    return sentence("one of {names}", names=", ".join(choices))


def shown(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: as written in a file, and never longer than a line."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
