"""Everything that the command line says in English, it says in Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

from pingan_abm.cli import make_command
from pingan_abm.i18n import translator

PACKAGE = Path(__file__).parent.parent / "pingan_abm"
SPEAKING = [PACKAGE / "summary.py", *sorted((PACKAGE / "commands").glob("*.py")), *sorted((PACKAGE / "report").glob("*.py"))]


def help_texts() -> Iterator[str]:
    """Help of every command and option."""
    command = make_command("en")
    for one in (command, *command.commands.values()):
        told = " ".join((one.help or "").partition("Example:")[0].split())
        yield from filter(None, [told, *(getattr(parameter, "help", None) for parameter in one.params)])
    yield "Example:"


def said_texts(path: Path) -> Iterator[str]:
    """Texts in a module that are handed to `say` or to a translator."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and is_say(node.func):
            for inner in ast.walk(node.args[0]):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value


def is_say(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "say"
    return isinstance(function, ast.Call) and isinstance(function.func, ast.Name) and function.func.id == "translator"


def all_texts() -> list[str]:
    """Every text once."""
    said = [text for path in SPEAKING for text in said_texts(path)]
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
