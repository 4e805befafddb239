"""Sentences, with Chinese translations, for the errors of the library that parses the command line.

Its exceptions are recognised by the names of their classes, because the modules that hold them differ between versions.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pingan_abm.texts.errors import InputErrors, Sentence, sentence, shown, suggestion

EXTRA = re.compile(r"Got unexpected extra arguments? ?(?:\(s\) )?\((?P<words>.*)\)", re.DOTALL)


def explained(wrong: Any) -> str:
    """What is wrong with the words of a command line; the library's own text for what it seldom says."""
    say = EXPLANATIONS.get(type(wrong).__name__)
    found = None if say is None else say(wrong)
    return wrong.format_message() if found is None else found


def unknown_command(word: str, commands: Sequence[str]) -> Sentence:
    """The sentence on a word that is no command."""
    return sentence("there is no command {name}.{near}", name=shown(word)[1:-1], near=suggestion(word, commands))


def meant(words: Sequence[str], command: Any) -> Any:
    """The command that the first words name, or the first two where commands stand within it. Raises InputErrors for a
    second word that is none."""
    found = command.commands[words[0]]
    within = getattr(found, "commands", None)
    if within and len(words) > 1 and not words[1].startswith("-"):
        if words[1] not in within:
            raise InputErrors([unknown_command(f"{words[0]} {words[1]}", [f"{words[0]} {name}" for name in within])])
        return within[words[1]]
    return found


def repeated(words: Sequence[str], command: Any) -> list[Sentence]:
    """A sentence on each option that is written more than once although the command takes it once: the library would
    pass over all but the last."""
    words = words[: words.index("--")] if "--" in words else words
    written = [word.partition("=")[0] for word in words]
    return [
        sentence(
            "{option} is written {count} times; the command takes it once.", option=name, count=written.count(name)
        )
        for one in command.params
        if not getattr(one, "multiple", False)
        for name in getattr(one, "opts", ())
        if name.startswith("--") and written.count(name) > 1
    ]


def missing(wrong: Any) -> Sentence | None:
    """An argument or an option that has to be written."""
    if wrong.param is None:
        return None
    return sentence("{name} is missing.{help}", name=written(wrong.param), help=help_of(wrong))


def no_such_option(wrong: Any) -> Sentence:
    """An option that the command does not have."""
    known = (
        []
        if wrong.ctx is None
        else [name for one in wrong.ctx.command.params for name in one.opts if name.startswith("--")]
    )
    return sentence(
        "there is no option {name}.{near}",
        name=shown(wrong.option_name)[1:-1],
        near=suggestion(wrong.option_name, known),
    )


def badly_used(wrong: Any) -> Sentence | None:
    """An option with a value that takes none, or without one."""
    name = shown(wrong.option_name)[1:-1]
    if "does not take a value" in wrong.message:
        return sentence("{name} takes no value: write it alone.", name=name)
    if "requires an argument" in wrong.message:
        return sentence("{name}: no value follows it.", name=name)
    return None


def bad_value(wrong: Any) -> Sentence | None:
    """A value that an argument or option cannot take."""
    if wrong.param is None:
        return None
    return sentence(
        "{name}: the value cannot be used ({why}).", name=written(wrong.param), why=shown(wrong.message, 200)[1:-1]
    )


def too_many(wrong: Any) -> Sentence | None:
    """Words after the last argument. The exception has no class of its own."""
    found = EXTRA.match(wrong.message)
    if found is None:
        return None
    return sentence(
        "{words} is more than the command takes.{help}", words=shown(found["words"])[1:-1], help=help_of(wrong)
    )


def written(parameter: Any) -> str:
    """An argument or option as the help of its command writes it."""
    form = getattr(parameter, "metavar", None) or ""
    if getattr(parameter, "param_type_name", "") == "option":
        return f"{max(parameter.opts, key=len)} {form}".rstrip()
    return form or str(parameter.name)


def help_of(wrong: Any) -> Sentence | str:
    """Where to read how a command is written; nothing where it is not known which one."""
    return (
        ""
        if wrong.ctx is None
        else sentence(" `{command} --help` tells how it is written.", command=wrong.ctx.command_path)
    )


#: What is said of an exception, by the name of its class.
EXPLANATIONS: dict[str, Callable[[Any], Sentence | None]] = {
    "MissingParameter": missing,
    "NoSuchOption": no_such_option,
    "BadOptionUsage": badly_used,
    "BadParameter": bad_value,
    "UsageError": too_many,
}
