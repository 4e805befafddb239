"""Everything that the command line says in English, it says in Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

from helpers.places import PACKAGE

from pingan_abm.cli import all_commands, make_command
from pingan_abm.texts.i18n import translator

SPEAKING = [
    PACKAGE / "scenarios" / "words.py",
    PACKAGE / "trace" / "notes.py",
    *sorted((PACKAGE / "commands").glob("*.py")),
    *sorted((PACKAGE / "report").glob("*.py")),
]
SAY, SENTENCE = "say", "sentence"


def help_texts() -> Iterator[str]:
    """Help of every command and option."""
    command = make_command("en")
    for one in all_commands(command):
        told = " ".join((one.help or "").partition("Example:")[0].split())
        yield from filter(None, [told, *(getattr(parameter, "help", None) for parameter in one.params)])
    yield "Example:"


def said_texts(path: Path, *names: str) -> Iterator[str]:
    """Texts in a module that are handed to functions of these names, or to a translator."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and is_say(node.func, names):
            for inner in ast.walk(node.args[0]):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value


def is_say(function: ast.expr, names: tuple[str, ...]) -> bool:
    if isinstance(function, ast.Name):
        return function.id in names
    if isinstance(function, ast.Attribute):
        return function.attr in names
    return isinstance(function, ast.Call) and isinstance(function.func, ast.Name) and function.func.id == "translator"


def all_texts() -> list[str]:
    """Every text once: what commands and reports say, and every problem that can be told."""
    said = [text for path in SPEAKING for text in said_texts(path, SAY)]
    said += [text for path in sorted(PACKAGE.rglob("*.py")) for text in said_texts(path, SENTENCE)]
    return list(dict.fromkeys([*help_texts(), *said]))


def test_every_text_has_its_chinese() -> None:
    texts = all_texts()
    assert len(texts) > 60
    chinese = translator("zh")
    missing = [text for text in texts if chinese(text) == text]
    assert missing == []


def test_places_to_fill_in_are_the_same_in_both_languages() -> None:
    chinese = translator("zh")
    for text in all_texts():
        names = {part.split("}")[0] for part in text.split("{")[1:]}
        assert names == {part.split("}")[0] for part in chinese(text).split("{")[1:]}, text


def test_sentences_are_written_where_they_are_said() -> None:
    """A template that comes from elsewhere would not be found by the tests above."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == SENTENCE:
                kept = node.args[0]
                options = [kept.body, kept.orelse] if isinstance(kept, ast.IfExp) else [kept]
                assert all(isinstance(one, ast.Constant) for one in options), f"{path.name}, line {node.lineno}"
