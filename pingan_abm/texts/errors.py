"""One kind of error for all mistakes in what a person wrote, and functions that help to write its messages.

A problem is written once, in English, as `sentence("{name}: there is no such key.", name=key)`; its Chinese stands in
the catalogue, and the code that shows the problem puts it into the reader's language with `translated`.
"""

import errno
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePath

LISTED = 16  # names that are listed when nothing is near
ENGLISH = "in English"  # in the catalogue: which language a translator has
DEPTH = 4  # tables and lists within each other that are shown


class Sentence(str):
    """An English text that can still be translated. template: its key in the catalogue, with places in braces; parts:
    the values of the places, which may be sentences too."""

    template: str
    parts: dict[str, object]


def sentence(template: str, /, **parts: object) -> Sentence:
    """The text of a template with its places filled in. The name of a file stays on its line, whatever it holds."""
    named = {name: on_a_line(str(part)) if isinstance(part, PurePath) else part for name, part in parts.items()}
    made = Sentence(template.format(**named))
    made.template, made.parts = template, named
    return made


def on_a_line(name: str) -> str:
    """The name of a file with letters that nobody sees, such as a line feed, as their codes."""
    return name if name.isprintable() else "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in name)


class InEither(str):
    """An English text with its Chinese beside it, where neither is in the catalogue: names of the model."""

    zh: str


def in_either(en: str, zh: str) -> InEither:
    """Two texts as one."""
    made = InEither(en)
    made.zh = zh
    return made


def translated(text: object, say: Callable[[str], str]) -> str:
    """A text in the language of a translator; what is no sentence, such as a name or a number, stays as it is."""
    if isinstance(text, InEither) and say(ENGLISH) != ENGLISH:
        return text.zh
    if not isinstance(text, Sentence):
        return str(text)
    return say(text.template).format(
        **{name: translated(part, say) if isinstance(part, str) else part for name, part in text.parts.items()}
    )


def without(text: str, left_out: str) -> str:
    """A text without something that it names, in any language."""
    if not isinstance(text, Sentence):
        return text.replace(left_out, "")
    made = Sentence(text.replace(left_out, ""))
    made.template = text.template
    made.parts = {
        name: without(str(part) if not isinstance(part, str) else part, left_out) for name, part in text.parts.items()
    }
    return made


def all_translated(problems: Iterable[str], say: Callable[[str], str]) -> str:
    """Problems in the language of a translator, one a line."""
    return "\n".join(translated(problem, say) for problem in problems)


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


#: Errors of the operating system, by number, with their reasons; all other errors keep the system's own words.
REFUSALS = {
    errno.ENOSPC: sentence("no room is left on the disk"),
    errno.EACCES: sentence("permission is denied"),
    errno.EPERM: sentence("permission is denied"),
    errno.ENOENT: sentence("there is no such file or folder"),
    errno.EISDIR: sentence("it is a folder"),
    errno.ENOTDIR: sentence("a part of the path is no folder"),
    errno.ENAMETOOLONG: sentence("the name is too long"),
    errno.ELOOP: sentence("its links lead back to themselves"),
    errno.EROFS: sentence("the disk may only be read"),
}


def refusal(wrong: Exception) -> str:
    """Why a file cannot be read or written, without a full stop: a sentence where the operating system's reason is a
    usual one."""
    reason = getattr(wrong, "strerror", None)
    if isinstance(reason, Sentence):
        return reason
    return REFUSALS.get(getattr(wrong, "errno", None) or 0) or reason or shown(wrong, 200)


#: Errors of the operating system, by number, that say of a name that nothing can ever have it.
BAD_NAMES = (errno.ENAMETOOLONG, errno.ELOOP)


class FillingError(OSError):
    """The operating system refuses to write into a folder of results. Another call of the same command continues
    there."""


def refused(wrong: OSError) -> str:
    """The sentence for an error of the operating system: which file or folder, why, and what becomes of results."""
    why = refusal(wrong)
    if isinstance(wrong, FillingError):
        return sentence(
            "{path}: {why}. What is stored there is kept; make room, and the same command goes on from there."
            if wrong.errno in (errno.ENOSPC, errno.EDQUOT)
            else "{path}: {why}. What is stored there is kept; mend that, and the same command goes on from there.",
            path=on_a_line(str(wrong.filename)),
            why=why,
        )
    return (
        sentence("{path}: {why}.", path=on_a_line(str(wrong.filename)), why=why)
        if wrong.filename
        else sentence("the system refuses: {why}.", why=why)
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word: ' Did you mean "…"?' or, without anything near, what there is; it
    follows a full stop."""
    names = list(dict.fromkeys(str(name) for name in known))
    near = nearest(word, names)
    if near:
        return sentence(' Did you mean "{name}"?', name=near)
    return sentence(" There are: {names}.", names=listed(names)) if names else ""


def suggested_name(word: str, known: Mapping[str, Sequence[str]]) -> str:
    """`suggestion` among what is shown under names. known: by identifier its names, the Chinese one last. What is near
    to any of them is offered as the identifier in English, as the Chinese name in Chinese."""
    of = {form: one for one, names in known.items() for form in (one, *names)}
    enough = len(word) > (3 if word.isascii() else 1)  # letters that say something where they stand within a name
    within = next((form for form in of if enough and word.lower() in form.lower()), None)
    near = nearest(word, of) or within
    if near:
        return sentence(' Did you mean "{name}"?', name=in_either(of[near], known[of[near]][-1].strip("“”")))
    in_chinese = [shown_as[-1].strip("“”") for shown_as in known.values()]
    names = in_either(listed([*known]), listed(in_chinese, "、"))
    return sentence(" There are: {names}.", names=names) if known else ""


NEAR = 0.65  # letters in common from which a known word is near: "Plumbing" is not near "gambling"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that an unknown one is near to, if there is one."""
    lowered = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=NEAR)
    return lowered[near[0]] if near else None


def listed(names: Sequence[str], between: str = ", ") -> str:
    """Names in a row, the first ones if they are many."""
    return between.join([*names[:LISTED], *(["…"] if len(names) > LISTED else [])])


def unknown_keys(given: Iterable[str], known: Collection[str]) -> list[tuple[tuple[str, ...], Sentence]]:
    """Those keys of a table that are not known, with a sentence on them: one for each key that is near a known one, and
    one for all others together, so that the known keys are listed once."""
    problems: list[tuple[tuple[str, ...], Sentence]] = []
    far: list[str] = []
    for key in given:
        if key not in known and nearest(key, known):
            problems.append(((key,), sentence("there is no such key.{near}", near=suggestion(key, known))))
        elif key not in known:
            far.append(key)
    if far:
        near = suggestion("", known)
        problems.append(
            (
                tuple(far),
                sentence(
                    "there is no such key.{near}" if len(far) == 1 else "there are no such keys.{near}", near=near
                ),
            )
        )
    return problems


def one_of(choices: Iterable[str]) -> Sentence:
    """How to write a value for which there are choices."""
    return sentence("one of {names}", names=", ".join(choices))


def shown(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: as written in a file, letters that nobody sees as their codes, and never
    longer than a line."""
    text = "".join(map(_visible, _written(value)))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _visible(letter: str) -> str:
    """A letter as it can be seen: every kind of blank is one, and what has no shape is its code."""
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else f"<U+{ord(letter):04X}>"


def _written(value: object, depth: int = 0) -> str:
    """A value in TOML; what stands too deep within tables and lists is left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if not isinstance(value, Mapping | list | tuple):
        return str(value)
    if depth == DEPTH:
        return "…"
    if isinstance(value, Mapping):
        entries = [f"{name} = {_written(one, depth + 1)}" for name, one in value.items()]
        return f"{{ {', '.join(entries)} }}" if entries else "{ }"
    return f"[{', '.join([_written(one, depth + 1) for one in value])}]"
