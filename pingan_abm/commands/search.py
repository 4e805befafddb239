"""`pingan search`: portfolios of levers that do well on several outcomes, tested on luck that the search has not
seen."""

import csv
import io
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.begin import announce_warm_up, beginning_of
from pingan_abm.commands.keeping import GOES_ON, reported_when_broken_off
from pingan_abm.commands.planning import tell_plan
from pingan_abm.commands.sweeps import StudyFile
from pingan_abm.commands.terminal import Announcement, Bar, note, note_on_size, out, print_json, progress_bar
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.decide.beliefs import Beliefs
    from pingan_abm.study.decide.portfolios import Found
    from pingan_abm.study.plan.search_file import Asked

PICTURE, TABLE, DOCUMENT = "front.svg", "front.csv", "search.json"


def search(
    study: StudyFile,
    out_folder: options.OutFolder,
    workers: options.WorkersOption = "",
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Search for portfolios of levers that no other beats on every outcome, over what is believed; then run them again
    on fresh luck, and say by how much the search flattered itself. Goes on where it stopped.

    Example: pingan search portfolios.toml --out results/portfolios --workers 4
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.study.decide.beliefs import read_beliefs
    from pingan_abm.study.decide.portfolios import find
    from pingan_abm.study.plan.search_file import read_search
    from pingan_abm.study.run.workers import LocalWorkers, prepare

    asked = problems.attempt(read_search, study)
    beliefs = None if asked is None or asked.beliefs is None else problems.attempt(read_beliefs, asked.beliefs)
    processes = problems.workers(workers)
    problems.folder(out_folder)
    problems.raise_any()
    assert asked is not None  # else there were problems
    first = asked.study.spec({one.name: one.first() for one in asked.study.ranges}, 0)
    searched, fresh = runs_of(asked, beliefs)
    if plan:
        tell_plan(first, searched + fresh, processes, asked.study.replications + asked.fresh, language, as_json)
        return
    with options.filling(out_folder):
        open_folder(out_folder, asked)
    prepare(Announcement(language))
    announce_warm_up([first], language)
    with (
        reported_when_broken_off(language, GOES_ON),
        options.filling(out_folder),
        progress_bar(asked.generations, translator(language)("generations")) as bar,
        closing(LocalWorkers(processes)) as pool,
    ):
        found = find(asked, beliefs, out_folder, pool, on_generation=_Generations(bar))
    keep(found, asked, out_folder, language)
    if as_json:
        print_json(document(found, asked))
    else:
        print_found(found, asked, language)
        note(translator(language)("The picture is in {file}.").format(file=out_folder / PICTURE))
        note_on_size(asked.study.residents, language)
    if not found.tested:
        raise typer.Exit(1)


class _Generations:
    def __init__(self, bar: Bar) -> None:
        self.bar = bar

    def __call__(self, done: int) -> None:
        self.bar.at(done)


def runs_of(asked: "Asked", beliefs: "Beliefs | None") -> tuple[int, int]:
    """Runs of the search, and at most of the test of its front."""
    points = 1 if beliefs is None else beliefs.samples * len(beliefs.of)
    searched = asked.population * asked.generations * points * asked.study.replications
    return searched, asked.population * points * asked.fresh


def open_folder(folder: Path, asked: "Asked") -> None:
    """The folder of a search. Raises InputErrors when it holds something else, another search included."""
    from pingan_abm.files.provenance import canonical, content_hash, manifest
    from pingan_abm.files.toml import read_text
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.runs import resolved
    from pingan_abm.study.keep.folder import create_store, same_runs
    from pingan_abm.texts.errors import sentence

    study = asked.study
    first = study.spec({one.name: one.first() for one in study.ranges}, 0)
    sheet = "" if asked.beliefs is None else read_text(asked.beliefs, sentence("a beliefs file"))
    wanted = {
        "study": study.contents(),
        "outcomes": list(asked.outcomes),
        "robust": asked.robust,
        "population": asked.population,
        "beliefs": content_hash(sheet),
    }
    more = {"kind": "search", **beginning_of(first), "search": canonical(wanted), "outcomes": list(OUTCOMES)}
    parameters = dict(resolved(first)[0])
    about = manifest(seed=study.seed, parameters=parameters, command="search", scenario=study.scenario.name, more=more)
    create_store(folder, about, same_runs(about))


def document(found: "Found", asked: "Asked") -> dict[str, Any]:
    """What was found, as a JSON document. steps: what moving to the next portfolio changes."""
    from pingan_abm.files.provenance import canonical

    rows = []
    for place, one in enumerate(found.tested):
        following = found.tested[place + 1].fresh if place + 1 < len(found.tested) else None
        rows.append(
            {
                "settings": canonical(one.settings),
                "outcomes": {
                    name: {
                        "searched": one.searched[column],
                        "fresh": one.fresh[column],
                        "low": one.low[column],
                        "high": one.high[column],
                        "regret": one.regret[column],
                        "step": None if following is None else _less(following[column], one.fresh[column]),
                    }
                    for column, name in enumerate(asked.outcomes)
                },
                "kept": one.kept,
            }
        )
    return {
        "study": asked.study.name,
        "robust": asked.robust,
        "tried": found.tried,
        "fresh_replications": asked.fresh,
        "flattery": dict(zip(asked.outcomes, found.flattery, strict=True)),
        "flattery_of_the_baseline": dict(zip(asked.outcomes, found.luck, strict=True)),
        "front": rows,
    }


def _less(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first - second


def keep(found: "Found", asked: "Asked", folder: Path, language: str) -> None:
    """Write the front as a document, a table and a picture into the folder."""
    import json

    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.pictures import write_picture
    from pingan_abm.report.portfolios import caption, front_chart

    text = json.dumps(document(found, asked), ensure_ascii=False, indent=1) + "\n"
    write_bytes(folder / DOCUMENT, text.encode())
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = [one.name for one in asked.study.ranges]
    kinds = ("searched", "fresh", "low", "high", "regret")
    writer.writerow([*names, *(f"{name}_{kind}" for name in asked.outcomes for kind in kinds), "kept"])
    for one in found.tested:
        table = zip(one.searched, one.fresh, one.low, one.high, one.regret, strict=True)
        cells = ["" if value is None else value for values in table for value in values]
        writer.writerow([*(one.settings[name] for name in names), *cells, one.kept])
    write_bytes(folder / TABLE, buffer.getvalue().encode())
    if found.tested:
        write_picture(front_chart(found, asked, language), folder / PICTURE, language, caption(language))


def print_found(found: "Found", asked: "Asked", language: str) -> None:
    """Print the front, and what the test on fresh luck says of it."""
    from pingan_abm.commands.rank import wrapping_table
    from pingan_abm.report.portfolios import front_rows, words

    if found.tested:
        heads, rows = front_rows(found, asked, language)
        out().print(wrapping_table(heads, rows), "")
    lines: Sequence[str] = words(found, asked, language)
    sys.stdout.write("\n".join(lines) + "\n")
