"""`pingan`, the command line: puts the commands together, and turns what goes wrong into one message and an exit code.

Exit codes: 0 done; 1 done, but runs failed or nothing was found; 2 bad input; 130 broken off by Ctrl-C, 143 by SIGTERM,
129 by SIGHUP.
"""

import io
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from pingan_abm.commands import options, usage
from pingan_abm.engine.light_start import start_lightly
from pingan_abm.texts.errors import BAD_NAMES, InputErrors, all_translated, raise_if_any, refused, translated
from pingan_abm.texts.i18n import Translate, default_language, language_of, translator

BAD_INPUT, BROKEN_OFF, FAILED = 2, 130, 1
#: Which extra brings a library in that a command may miss.
EXTRAS = {
    "solara": "app",
    "plotly": "app",
    "anywidget": "app",
    "ipyvuetify": "app",
    "kaleido": "app",
    "SALib": "analysis",
    "ema_workbench": "analysis",
    "xlsxwriter": "office",
    "python_calamine": "office",
    "packaging": "app",
    "docx": "office",
    "pptx": "office",
    "optuna": "analysis",
    "sklearn": "analysis",
    "threadpoolctl": "analysis",
    "distributed": "cluster",
}
#: Every command and the module of `commands` in which the function of its name stands. To add one: write the function,
#: and its line here.
COMMANDS = {
    "run": "run",
    "compare": "compare",
    "sweep": "sweeps",
    "status": "sweeps",
    "results": "sweeps",
    "analyse": "analyse",
    "emulate": "emulate",
    "calibrate": "seeking",
    "infer": "infer",
    "seek": "seeking",
    "rank": "rank",
    "search": "search",
    "trace": "trace",
    "patterns": "patterns",
    "validate": "validate",
    "export": "export",
    "report": "report",
    "brief": "brief",
    "beliefs": "beliefs",
    "show": "show",
    "app": "app",
    "kit": "kit",
    "cache": "cache",
    "docs": "docs",
    "district": "district",
    "list": "listing",
    "scenarios": "lists",
    "parameters": "lists",
}

#: Commands that have nothing to do with any one district, or name one otherwise.
WITHOUT_DISTRICT = ("cache", "district", "docs", "parameters")


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The commands of these names, put together."""
    app = typer.Typer(
        name="pingan",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Ping'an 365: co-governance in a city district, as a model of those who take part.",
    )
    app.callback()(_several)
    for name in names:
        function = getattr(import_module(f"pingan_abm.commands.{COMMANDS[name]}"), name)
        if isinstance(function, typer.Typer):
            app.add_typer(function, name=name)
            continue
        app.command(name)(function if name in WITHOUT_DISTRICT else options.taking_district(function))
    return app


def _several() -> None:
    """Makes `pingan NAME` the way to call a command even when only one is put together."""


def make_command(language: str, names: Iterable[str] = COMMANDS) -> Any:
    """Commands with their help in a language."""
    command = get_command(make_app(names))
    say = translator(language)
    for one in all_commands(command):
        one.help = help_in(one.help or "", say)
        if language == "zh":  # Click cuts a help text by its words, of which Chinese has one a sentence
            one.short_help = one.help.partition("\n")[0].partition("。")[0] + "。"
        for parameter in one.params:
            if getattr(parameter, "help", None):
                parameter.help = say(parameter.help)
    return command


def all_commands(command: Any) -> list[Any]:
    """A command with those that stand within it."""
    return [command, *(one for below in getattr(command, "commands", {}).values() for one in all_commands(below))]


def help_in(text: str, say: Translate) -> str:
    """A command's help in a language: its text, and the example, which stays as it is typed."""
    text, example, typed = text.partition("Example: ")
    described = say(" ".join(text.split()))
    return f"{described}\n\n{say('Example:')} {typed}" if example else described


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    start_lightly()
    open_closed_streams()
    ending = Ending()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its code
    code = run_command(words)
    sys.exit(128 + ending.number if code == BROKEN_OFF else code)


class Ending:
    """Makes SIGTERM and SIGHUP (a job's time is up, a terminal is closed) interrupt a command as Ctrl-C does, so that
    finished runs are kept. A signal that the parent process ignores, as nohup does, stays ignored. number: of the
    signal that interrupted the command."""

    def __init__(self) -> None:
        self.number = int(signal.SIGINT)
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self)

    def __call__(self, number: int, _frame: object) -> None:
        """Break off; once is enough, for what is finished is being kept."""
        signal.signal(number, signal.SIG_IGN)
        self.number = number
        raise KeyboardInterrupt


def open_closed_streams() -> None:
    """Open the null device for standard input, output or error where the process was started without it (`>&-`, some
    schedulers)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))


def run_command(words: Sequence[str]) -> int:
    """Run a command and return its exit code; whatever is wrong is printed on standard error."""
    try:
        if words and not words[0].startswith("-") and words[0] not in COMMANDS:
            raise InputErrors([usage.unknown_command(words[0], list(COMMANDS))])
        asked = words[:1] if words and words[0] in COMMANDS else COMMANDS  # one command loads no other
        command = make_command(_language_in(words), asked)
        if words and words[0] in COMMANDS:
            raise_if_any([*usage.repeated(words[1:], usage.meant(words, command))])
        done = command.main(list(words), prog_name="pingan", standalone_mode=False)
        sys.stdout.flush()
        return done if isinstance(done, int) else 0
    except InputErrors as wrong:
        _print_problems(all_translated(wrong.problems, translator(_language_in(words))))
        return BAD_INPUT
    except KeyboardInterrupt:
        return BROKEN_OFF
    except BrokenPipeError:  # the program that read the output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as wrong:
        extra = EXTRAS.get(str(wrong.name).partition(".")[0])
        if extra is None:
            raise
        say = translator(_language_in(words))
        _print_problems(
            say("this needs {library}, which is not installed: install pingan-abm[{extra}].").format(
                library=wrong.name, extra=extra
            )
        )
        return BAD_INPUT
    except OSError as wrong:
        _print_problems(translated(refused(wrong), translator(_language_in(words))))
        return BAD_INPUT if wrong.errno in BAD_NAMES else FAILED
    except Exception as wrong:
        if type(wrong).__name__ == "ClusterFailed":  # by name: most commands do without the module that has it
            _print_problems(translated(wrong.args[0], translator(_language_in(words))))
            return FAILED
        if not hasattr(wrong, "format_message"):
            raise
        _print_problems(translated(usage.explained(wrong), translator(_language_in(words))))
        return BAD_INPUT


def _print_problems(text: str) -> None:
    sys.stderr.write(f"pingan: {text}\n" if "\n" not in text else f"pingan:\n{text}\n")


def _language_in(words: Sequence[str]) -> str:
    """The language that the command line asks for. It is found before the line is parsed, because help is printed
    during parsing."""
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            return language_of(word.removeprefix("--lang="))
        if word == "--lang" and place + 1 < len(words):
            return language_of(words[place + 1])
    return default_language()


if __name__ == "__main__":
    main()
