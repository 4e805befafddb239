"""Sections that reports of every kind share: scenarios, what differs, how to run it again, how to read it, what is
assumed."""

import shlex
from collections.abc import Sequence
from typing import Any

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.district.folder import USUAL
from pingan_abm.district.here import opened
from pingan_abm.files.provenance import canonical, package_version
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import declarations, written
from pingan_abm.report.numbers import Labels, change, figure, interval, verdict_words, widest
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.sources import Made
from pingan_abm.report.toml_text import scenario_toml, scenario_word
from pingan_abm.runs import DAYS, RunSpec, resolved
from pingan_abm.scenarios.histories import HISTORIES, WARMUP
from pingan_abm.scenarios.words import differences_of
from pingan_abm.study.decide.compare import Arm, Comparison
from pingan_abm.texts.i18n import Translate, translator


def titled(spec: RunSpec, language: str) -> str:
    """A scenario's title in a language, or its name."""
    return spec.scenario.title.get(language) or spec.scenario.name


def unquoted(title: str) -> str:
    """A title without quotation marks of its own, to stand between such."""
    return title.strip("“”")


def not_finished(page: Page, done: int, planned: int, language: str) -> None:
    """Say that some runs are not done yet, if that is so."""
    if done < planned:
        page.paragraph(
            translator(language)("Not finished: {done} of {planned} runs.").format(done=done, planned=planned)
        )


def size_line(spec: RunSpec, replications: int, language: str) -> str:
    """Residents, days and replications in a line."""
    text = translator(language)(
        "{residents} residents · {days} days from {start} · replications: {count} · seed {seed}"
    )
    return text.format(
        residents=f"{spec.residents:,}", days=spec.days, start=spec.start, count=replications, seed=spec.seed
    )


def scenario_cards(page: Page, arms: Sequence[Arm]) -> None:
    """Every scenario: its title, its story, and what sets it apart from the district as documented."""
    labels = Labels(page.language)
    say = translator(page.language)
    for number, arm in enumerate(arms):
        title = titled(arm.spec, page.language)
        name = arm.label if arm.label in (title, arm.spec.scenario.name) else f"{arm.label}: {title}"
        heading = title if arm.label == arm.spec.scenario.name else name
        described = arm.spec.scenario in [one.spec.scenario for one in arms[:number]]  # its story stands above
        lines = [] if described else list(differences_of(arm.spec.scenario, page.language))
        lines += [f"{labels(key)} ({key}) = {labels.value(key, value)}" for key, value in arm.spec.settings.items()]
        page.card(
            f"{heading} ({say('baseline')})" if number == 0 and len(arms) > 1 else heading,
            "" if described else arm.spec.scenario.story.get(page.language, ""),
            lines,
        )


def what_differs(page: Page, arms: Sequence[Arm], names: Sequence[str]) -> None:
    """A table of the parameters in which scenarios differ on the first day, with where their documented values come
    from.

    names: of the scenarios, as they stand in the head.
    """
    say = translator(page.language)
    values = [dict(resolved(arm.spec)[0]) for arm in arms]
    different = [one for one in declarations() if len({written(each[one.name]) for each in values}) > 1]
    page.heading(say("What differs"))
    if not different:
        page.paragraph(
            say(
                "On the first day all parameters are the same; what differs is dated, and stands with the scenarios "
                "above."
            )
        )
        return
    sources = source_words(say)
    labels = Labels(page.language)
    head = [
        Cell(say("Parameter"), "words"),
        *(Cell(name) for name in names),
        Cell(say("Documented value from"), "words"),
    ]
    rows = [
        [
            Cell(f"{one.label(page.language)} ({one.name})"),
            *(Cell(labels.value(one.name, each[one.name])) for each in values),
            Cell(sources[one.source], "words"),
        ]
        for one in different
    ]
    page.table(say("Parameters on the first day; dated changes stand with the scenarios above."), head, rows)


def source_words(say: Translate) -> dict[str, str]:
    """Where values come from, in words."""
    return {"paper": say("the paper"), "literature": say("published research"), "assumed": say("assumed")}


def comparison_table(page: Page, caption: str, comparisons: Sequence[Comparison]) -> None:
    """One scenario against the baseline, a row an outcome."""
    say = translator(page.language)
    head = [
        Cell(say("Outcome"), "words"),
        Cell(say("Baseline")),
        Cell(say("Scenario's mean")),
        Cell(say("Difference")),
        Cell(say("95 % interval, paired")),
        Cell(""),
        Cell(say("if runs were not paired")),
        Cell(say("precision: times narrower")),
    ]
    rows = []
    for one in comparisons:
        outcome = OUTCOMES[one.outcome]
        kind, gain = one.verdict, one.narrower
        rows.append(
            [
                Cell(outcome.label(page.language)),
                Cell(figure(one.baseline_mean, outcome.unit, page.language)),
                Cell(figure(one.scenario_mean, outcome.unit, page.language)),
                Cell(change(one.difference, outcome.unit, page.language, beside=widest(one.low, one.high))),
                Cell(interval(one.low, one.high, outcome.unit, page.language), "interval"),
                Cell(verdict_words(kind, page.language), kind),
                Cell(interval(one.unpaired_low, one.unpaired_high, outcome.unit, page.language), "interval"),
                Cell("" if gain is None else f"{gain:.1f}"),
            ]
        )
    page.table(caption, head, rows)


def how_to_rerun(page: Page, command: str, files: Sequence[tuple[str, str]]) -> None:
    """The command, and the files it needs, each as it must be saved."""
    say = translator(page.language)
    page.heading(say("Run it again"))
    page.paragraph(
        say(
            "The same program version gives the same figures, on any machine of the same kind. In the program's folder "
            "type:"
        )
    )
    page.code(command)
    for name, text in files:
        page.paragraph(say("Save this text as {name} in the same folder first:").format(name=name))
        page.code(text)


def size_options(spec: RunSpec) -> list[str]:
    """Options of size and seed that are not the usual ones."""
    about = district_of(spec).about
    usual: dict[str, tuple[Any, Any]] = {
        "--district": (spec.district, USUAL),
        "--residents": (spec.residents, about.residents),
        "--days": (spec.days, DAYS),
        "--start": (spec.start, about.start),
        "--seed": (spec.seed, 0),
        "--warmup": (spec.warmup, WARMUP),
        "--history": (spec.history, HISTORIES[0]),
        "--match-load": (spec.match_load, None),
    }
    words = [f"{option} {value}" for option, (value, default) in usual.items() if value != default]
    return words + ([f"--incidents {shlex.quote(str(spec.incidents))}"] if spec.incidents else [])


def district_of(spec: RunSpec) -> District:
    """The district that a run is of."""
    with opened(spec.district) as folder:
        return load_district(folder=folder)


def scenario_file(spec: RunSpec) -> tuple[str, list[tuple[str, str]]]:
    """How a command names a scenario, and the file that has to be saved for it if it is no preset."""
    scenario = canonical(spec.scenario)
    word = scenario_word(scenario)
    return word, [(word, scenario_toml(scenario))] if word.endswith(".toml") else []


def how_to_read(page: Page, lines: Sequence[str]) -> None:
    """What intervals and words mean."""
    page.heading(translator(page.language)("How to read it"))
    page.items(lines)


def interval_words(say: Translate, replications: int) -> list[str]:
    """What an interval is, and what one replication cannot show."""
    if replications < 2:
        return [
            say(
                "A single replication has no interval: it cannot tell an effect from luck. Add replications before "
                "anything is concluded."
            )
        ]
    return [
        say(
            "An interval of 95 % shows how far luck alone may move the figure; it says nothing about whether "
            "assumptions are right."
        )
    ]


def assumptions(page: Page, spec: RunSpec, made: Made, failed: int) -> None:
    """The assumptions of the results and their limits; then the versions and the seed that made them."""
    say = translator(page.language)
    listed = declarations()
    counts = {source: sum(one.source == source for one in listed) for source in ("paper", "literature", "assumed")}
    page.heading(say("What this stands on, and what it is not"))
    lines = [
        say(
            "These are comparisons inside a model, not forecasts for Shangcheng or any other place. Signs and orders "
            "of size may be discussed; levels may not be quoted as facts."
        ),
        say(
            "The paper documents actors, mechanisms, counts and one case. Of the model's {total} parameters, the "
            "documented values of {paper} come from the paper, of {literature} from published research, and of "
            "{assumed} they are assumed."
        ).format(total=len(listed), **counts),
        say(
            "“Really solved” exists only in the model: nobody can observe it. In a real district only what is reported "
            "can be seen."
        ),
    ]
    district = district_of(spec)
    real, everybody = len(district.communities), district.about.residents
    if spec.residents != everybody:
        lines.append(
            say(
                "The district is reduced to {residents} of its {all} residents in {places} communities. Staff are set "
                "for equal waits, so counts and workloads are not those of the whole district, units are less "
                "strained, and differences that come from strain are smaller or turn round."
            ).format(residents=f"{spec.residents:,}", all=f"{everybody:,}", places=real)
        )
    if failed:
        lines.append(say("Runs that failed and are left out: {count}").format(count=failed))
    page.items(lines)
    source = say("commit {commit}").format(commit=made.commit) if made.commit else ""
    made_with = [
        say("pingan_abm {version}; model {model}").format(version=package_version(), model=made.model_version),
        say("seed {seed}").format(seed=made.seed),
        source,
        f"Python {made.python}" if made.python else "",
    ]
    page.parts.append(f"<footer><p>{' · '.join(filter(None, made_with))}</p></footer>")
