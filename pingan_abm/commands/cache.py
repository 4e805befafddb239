"""`pingan cache`: what the program keeps on this machine to start sooner, and how to drop it."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import out, print_json
from pingan_abm.texts.i18n import Translate, translator

if TYPE_CHECKING:
    from pingan_abm.snapshots.store import Entry

SHOWN_OVERRIDES = 3
MIB = 2**20


def cache(
    drop: Annotated[bool, typer.Option("--empty", help="Drop every warm district and every staffing found.")] = False,
    as_json: options.Json = False,
    lang: options.Lang = "",
) -> None:
    """List the warm districts that are kept so that runs start at once, and the compiled code; or drop the districts.

    The variable PINGAN_WARM_MIB bounds the districts; the longest unused are dropped first.

    Example: pingan cache --empty
    """
    problems = options.Problems()
    language = problems.language(lang)
    problems.raise_any()
    from pingan_abm.snapshots import loads, store

    say = translator(language)
    if drop:
        count, size = store.empty()
        staffings = loads.forget()
        if as_json:
            print_json({"dropped": count, "bytes": size, "staffings": staffings})
        else:
            text = say("Dropped {count} warm districts, {size}.").format(count=count, size=mib(size))
            sys.stdout.write(text + "\n")
        return
    state = standing()
    if as_json:
        print_json(state)
    else:
        print_standing(state, store.entries(), say)


def standing() -> dict[str, Any]:
    """What is kept: warm districts, the bound on them, and compiled code."""
    from pingan_abm.engine.compiled import CACHE_FOLDER
    from pingan_abm.snapshots import loads, store

    found = store.entries()
    return {
        "folder": str(store.folder()),
        "bytes": sum(one.size for one in found),
        "most_bytes": store.most_bytes(),
        "variable": store.VARIABLE,
        "districts": [
            {"file": one.path.name, "bytes": one.size, "used": when(one).isoformat(timespec="seconds"), **one.about}
            for one in found
        ],
        "staffings": loads.count(),
        "compiled": {"folder": str(CACHE_FOLDER), "bytes": size_of(CACHE_FOLDER)},
    }


def when(entry: "Entry") -> datetime:
    """When a warm district was used last, by the clock of this machine."""
    return datetime.fromtimestamp(entry.used).astimezone()


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; those that vanish meanwhile do not count."""
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                yield path.stat().st_size
        except OSError:
            continue


def mib(size: int) -> str:
    """Bytes in MiB."""
    return f"{size / MIB:,.1f} MiB"


def print_standing(state: dict[str, Any], districts: "list[Entry]", say: Translate) -> None:
    """Print what is kept: a line a warm district, then sums and folders."""
    from pingan_abm.report.summary import table

    if districts:
        heads = (say("residents"), say("start"), say("seed"), say("replication"), say("days lived"), say("size"))
        shown = table((say("settings of the warm-up"), *heads, say("last used")))
        for one in districts:
            about = one.about
            cells = [str(about.get(key, "–")) for key in ("residents", "start", "seed", "replication", "warmup")]
            shown.add_row(settings_of(about, say), *cells, mib(one.size), f"{when(one):%Y-%m-%d %H:%M}")
        out().print(shown, "")
    lines = [
        say("Warm districts: {count}, {size} of {most} at most ({variable}), in {folder}").format(
            count=len(districts),
            size=mib(state["bytes"]),
            most=mib(state["most_bytes"]),
            variable=state["variable"],
            folder=state["folder"],
        ),
        say("Staffings found for a load: {count}").format(count=state["staffings"]),
        say("Compiled code: {size}, in {folder}").format(
            size=mib(state["compiled"]["bytes"]), folder=state["compiled"]["folder"]
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def settings_of(about: Any, say: Translate) -> str:
    """The first settings in which a warm district differs from the defaults, and how many more there are."""
    overrides = about.get("overrides")
    if not isinstance(overrides, dict) or not overrides:
        return say("baseline")
    listed = [f"{name}={value}" for name, value in overrides.items()]
    more = len(listed) - SHOWN_OVERRIDES
    text = ", ".join(listed[:SHOWN_OVERRIDES])
    return text if more <= 0 else say("{settings} and {count} more").format(settings=text, count=more)
