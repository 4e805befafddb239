"""A page of the documentation as something to run: its fenced blocks in their order, its commands made small."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpers.places import ROOT
from pingan_abm.cli import COMMANDS, make_command, run_command

FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([\w./]+)`[:：]\s*$")  # what a page writes before a block that is a file
SHELL = ("", "sh", "bash")
#: Sizes that every command gets which takes them, and how sizes in Python and in study files become small.
SMALL = {
    "--residents": "1500",
    "--days": "120",
    "--warmup": "60",
    "--replications": "2",
    "--workers": "1",
    "--people": "15",
    "--budget": "40",
    "--trials": "3",
}
SMALL_WORDS = (
    (r"\b(345_?000|34_?500|12_?000)\b", "1_500"),
    (r"\b365\b", "120"),
    (r"(?m)^(replications = )\d+", r"\g<1>2"),
    (r"(?m)^(population = )\d+", r"\g<1>4"),
    (r"(?m)^(generations = )\d+", r"\g<1>1"),
    (r"(?m)^(fresh = )\d+", r"\g<1>2"),
    (r"(?m)^(match_load = ).*", r"\g<1>0.3"),  # within reach of a district of this size
    (r"(?m)^(\w+ = \{ values = \[[^,\]]+),[^\]]*, ", r"\1, "),  # of a grid the ends
    (r"\bworkers=\d+", "workers=1"),
)
AS_WRITTEN = {("trace", "--days")}  # the documented case lies late in its year
PREFIXES = (["python", "-m", "uv", "run"], ["uv", "run"])  # what stands before a program that is called through uv


@dataclass(frozen=True)
class Block:
    """A fenced block. kind: what stands after the fence; name: of the file that it is, if the page says so."""

    kind: str
    text: str
    name: str = ""


def blocks_of(page: Path) -> list[Block]:
    """Every fenced block of a page."""
    text = page.read_text("utf-8")
    found = []
    for one in FENCE.finditer(text):
        named = NAMED.search(text[: one.start()].rstrip())
        found.append(Block(one["kind"], one["text"], named[1] if named else ""))
    return found


def commands_of(block: Block) -> Iterator[str]:
    """The commands of a block, one a line or joined by `&&`, without comments."""
    if block.kind in SHELL:
        for line in block.text.splitlines():
            for part in line.split(" && "):
                words = re.sub(r"(^|\s)#.*", "", part).strip()
                if words:
                    yield words


@cache
def sizes_of(command: str) -> tuple[str, ...]:
    """Which of the small sizes a command takes; those of `district` take what their folder says."""
    known = {name for one in make_command("en", [command]).commands[command].params for name in one.opts}
    return tuple(name for name in SMALL if name in known and (command, name) not in AS_WRITTEN)


def small(words: Sequence[str]) -> list[str]:
    """A command's words with its sizes replaced by small ones, and those added that it does not give."""
    wanted = sizes_of(words[0]) if words[0] in COMMANDS else ()
    kept = [word for before, word in zip(["", *words], words, strict=False) if not {before, word} & set(wanted)]
    return [*kept, *(part for name in wanted for part in (name, SMALL[name]))]


def small_text(text: str) -> str:
    """Python or a study file with its sizes made small."""
    for usual, less in SMALL_WORDS:
        text = re.sub(usual, less, text)
    return text


def checkout(folder: Path) -> None:
    """What a reader who stands in the project's folder finds there: studies made small, scripts and pages."""
    for name in ("docs", "scripts", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.webp", "__pycache__"))
    shutil.copytree(ROOT / "experiments", folder / "experiments")
    for path in (folder / "experiments").glob("*.toml"):
        text = path.read_text("utf-8")
        head = "" if re.search(r"(?m)^residents", text) else "residents = 1_500\n"
        path.write_text(f"days = 120\n{head}{small_text(text)}", "utf-8")


def run_words(words: list[str], given: str = "") -> tuple[int, str]:
    """Exit code and output of one program in the present folder, `given` on its standard input."""
    for prefix in PREFIXES:
        if words[: len(prefix)] == prefix:
            words = words[len(prefix) :]
    if words[0] == "pingan":
        out = io.StringIO()
        with redirect_stdout(out):
            code = run_command(small(words[1:]))
        return code, out.getvalue()
    if words[0] == "rm":
        for name in words[1:]:
            Path(name).unlink()
        return 0, ""
    if words[0] == "python":
        surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, *words[1:]], input=given, capture_output=True, text=True, check=False, env=surroundings
        )
        sys.stderr.write(done.stderr)
        return done.returncode, done.stdout
    raise AssertionError(f"the test does not know the program {words[0]}")


def run_line(line: str) -> int:
    """A command as a shell carries it out: programs joined by `|`, the last one's output perhaps into a file. Returns
    the exit code, the first that is not 0."""
    reader = shlex.shlex(os.path.expandvars(line), posix=True, punctuation_chars="|>")
    reader.whitespace_split = True
    text, words = "", list(reader)
    target = words.pop() if len(words) > 2 and words[-2] == ">" else ""
    words = words[:-1] if target else words
    while words:
        end = words.index("|") if "|" in words else len(words)
        code, text = run_words(words[:end], text)
        if code:
            return code
        words = words[end + 1 :]
    if target:
        Path(target).write_text(text, "utf-8")
    return 0


def run_python(text: str, names: dict[str, Any]) -> None:
    """A block of Python, at small sizes, on names that are there before."""
    exec(compile(small_text(text), "a block of a page", "exec"), names)  # as the reader would
