"""`pingan analyse`: what a finished sweep says."""

import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, out, print_json
from pingan_abm.files.provenance import canonical
from pingan_abm.texts.errors import InputErrors, sentence, shown
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_per_cent

if TYPE_CHECKING:
    from pingan_abm.study.analyse.analysis import Laid
    from pingan_abm.study.analyse.discovery import FeatureScore
    from pingan_abm.study.analyse.effects import Discovered, PointEffect
    from pingan_abm.study.analyse.sensitivity import Sensitivity

METHODS = ("means", "sobol", "morris", "features", "prim")
DEFAULT_OUTCOME = "solved_share"


def analyse(
    folder: options.Folder,
    method: Annotated[str, typer.Option(metavar="means|sobol|morris|features|prim", help="How to analyse.")],
    outcomes: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            metavar="NAME",
            help="The outcome to explain (solved_share if not given); may be given several times.",
        ),
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            metavar="NAME[=VALUE]",
            help="means: compare points that differ in this setting only, with its usual or this value.",
        ),
    ] = "",
    above: Annotated[str, typer.Option(metavar="X", help="prim: points of interest are those above X.")] = "",
    below: Annotated[str, typer.Option(metavar="X", help="prim: points of interest are those below X.")] = "",
    beside: Annotated[
        Path | None, typer.Option(metavar="DIR", help="means: the same of a second sweep, side by side.")
    ] = None,
    figure: Annotated[
        Path | None, typer.Option(metavar="FILE.svg|FILE.png", help="Draw a chart of it into a file.")
    ] = None,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Analyse a sweep: means and paired differences of its points (means), sensitivity indices (sobol, morris), feature
    scores, or the conditions of bad outcomes (prim).

    Without a limit, prim looks at the worst quarter of the points; --beside sets two sweeps of one grid side by side.
    Example: pingan analyse results/posts --beside results/load --method means --figure both.svg
    """
    problems = options.Problems()
    language = problems.language(lang)
    chosen = list(dict.fromkeys(outcomes or [DEFAULT_OUTCOME]))
    check_choices(problems, method, chosen, above, below, against, figure)
    limit = problems.goal("--above" if above else "--below", above or below, chosen) if above or below else None
    if beside is not None and method != "means":
        problems.add(sentence("--beside goes with --method means."))
    sweeps = laid_out(problems, [folder] if beside is None else [folder, beside], method)
    problems.raise_any()
    warnings.filterwarnings(
        "ignore", message="ipyparallel not installed"
    )  # the workbench says so on import; nothing here needs it
    for laid in sweeps:
        note_unfinished(laid, language)
    found = {
        laid: [find(laid, method, name, above=bool(above), limit=limit, against=against or None) for name in chosen]
        for laid in sweeps
    }
    if as_json:
        print_documents(found, method, chosen, language)
    else:
        for laid, analyses in found.items():
            if beside is not None:
                out().print(study_name(laid))
            for name, one in zip(chosen, analyses, strict=True):
                print_found(one, name, language, laid.method)
    if figure is not None and beside is not None:
        draw_beside(sweeps, chosen, against or None, figure, language)
    elif figure is not None:
        draw(sweeps[0], method, chosen, found[sweeps[0]], against or None, figure, language)


def note_unfinished(laid: "Laid", language: str) -> None:
    """Print how many of the runs that a study asks for are missing in an analysis."""
    if missing := laid.unfinished():
        text = translator(language)("{missing} of the runs are not finished or failed; the others are analysed.")
        note(text.format(missing=f"{missing:,}"))


def laid_out(problems: options.Problems, folders: Sequence[Path], method: str) -> "list[Laid]":
    """The sweeps of these folders, by their designs; notes what keeps a method from being used on them."""
    from pingan_abm.study.analyse.analysis import lay_out

    sweeps = []
    for folder in folders:
        laid = problems.attempt(lay_out, folder)
        if laid is None:
            continue
        sweeps.append(laid)
        check_design(problems, method, laid.method)
        if len(folders) > 1 and laid.method == "oat":
            problems.add(sentence('--beside is for sweeps with method = "grid"; {folder} has "oat".', folder=folder))
    return sweeps


def study_name(laid: "Laid") -> str:
    """What the study of a sweep is called."""
    return str(laid.store.manifest["study"]["name"])


def print_documents(
    found: "Mapping[Laid, Sequence[Found]]", method: str, outcomes: Sequence[str], language: str
) -> None:
    """Print what was found as one JSON document; with two sweeps each analysis says of which it is."""
    documents = []
    for laid, analyses in found.items():
        named = {"study": study_name(laid)} if len(found) > 1 else {}
        documents += [
            named | document(laid, method, name, one, language) for name, one in zip(outcomes, analyses, strict=True)
        ]
    print_json(documents[0] if len(documents) == 1 else {"analyses": documents})


def check_choices(
    problems: options.Problems,
    method: str,
    outcomes: Sequence[str],
    above: str,
    below: str,
    against: str,
    figure: Path | None,
) -> None:
    """Note what is wrong with what was written, without looking at the folder."""

    if method not in METHODS:
        problems.add(
            sentence(
                "--method {method} is not usable: write one of {names}.",
                method=shown(method)[1:-1],
                names=", ".join(METHODS),
            )
        )
    problems.outcomes(outcomes)
    if (above or below) and method != "prim":
        problems.add(sentence("--above and --below go with --method prim."))
    if above and below:
        problems.add(sentence("--above and --below: write one of them."))
    if method == "prim" and len(outcomes) > 1:
        problems.add(sentence("--method prim looks at one outcome: write --outcome once."))
    if against and method != "means":
        problems.add(sentence("--against goes with --method means."))
    if figure is not None:
        options.check_file(problems, "--figure", figure, (".svg", ".png"))


def check_design(problems: options.Problems, method: str, design: str) -> None:
    """Note when a method does not go with the design of a sweep."""
    if method in ("sobol", "morris") and design != method:
        problems.add(
            sentence(
                '--method {method} needs a sweep with method = "{method}" in its [design]; this one has "{other}".',
                method=method,
                other=design,
            )
        )
    if method == "means" and design not in ("grid", "oat"):
        problems.add(
            sentence(
                '--method means is for a sweep with method = "grid" or "oat"; this one has "{other}": write features '
                "or prim.",
                other=design,
            )
        )


type Found = "Sensitivity | list[FeatureScore] | Discovered | list[PointEffect]"


def find(laid: "Laid", method: str, outcome: str, *, above: bool, limit: float | None, against: str | None) -> "Found":
    """What a method says of an outcome of a sweep. Raises InputErrors when it can say nothing."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.analyse import effects, sensitivity

    if method == "sobol":
        return sensitivity.sobol(
            laid.names, laid.outcome(outcome), laid.seed, laid.factors, second_order=laid.second_order
        )
    if method == "morris":
        return sensitivity.morris(laid.names, laid.places(), laid.outcome(outcome), laid.seed, laid.factors)
    if method == "features":
        from pingan_abm.study.analyse.discovery import feature_scores

        return feature_scores(laid.inputs(), effects.point_means(laid, outcome), laid.seed)
    if method == "prim":
        bad = above if limit is not None else OUTCOMES[outcome].better != "up"
        return effects.discover(laid, outcome, above=bad, limit=limit)
    return effects.point_effects(laid, outcome, against)


def document(laid: "Laid", method: str, outcome: str, found: "Found", language: str) -> dict[str, Any]:
    """What was found as a JSON document."""
    from pingan_abm.report.numbers import Labels
    from pingan_abm.study.analyse.effects import Discovered
    from pingan_abm.study.analyse.sensitivity import Sensitivity

    result: dict[str, Any] = {
        "method": method,
        "outcome": outcome,
        "points": len(laid.inputs()),
        "replications": laid.replications,
    }
    if isinstance(found, Sensitivity):
        return result | asdict(found)
    if isinstance(found, Discovered):
        interest = {"side": "above" if found.above else "below", "limit": found.limit}
        return result | {
            "interest": interest,
            "box": canonical(asdict(found.box)),
            "sentence": found.box.sentence(Labels(language), language),
        }
    return result | {"effects" if method == "means" else "scores": [canonical(asdict(one)) for one in found]}


def print_found(found: "Found", outcome: str, language: str, design: str) -> None:
    """Print what was found. design: the method by which the sweep's points were chosen."""
    from pingan_abm.study.analyse.discovery import FeatureScore
    from pingan_abm.study.analyse.effects import Discovered
    from pingan_abm.study.analyse.sensitivity import Sensitivity

    if isinstance(found, Sensitivity):
        print_sensitivity(found, outcome, language)
    elif isinstance(found, Discovered):
        print_box(found, outcome, language)
    elif found and isinstance(found[0], FeatureScore):
        print_features([one for one in found if isinstance(one, FeatureScore)], outcome, language)
    else:
        print_effects(
            [one for one in found if not isinstance(one, FeatureScore)], outcome, language, changes_only=design == "oat"
        )


def print_sensitivity(found: "Sensitivity", outcome: str, language: str) -> None:
    """Print indices with their intervals, and what is only luck."""
    from math import isnan

    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import Labels
    from pingan_abm.report.summary import table
    from pingan_abm.study.analyse.sensitivity import FEWEST, TIMES

    say, label = translator(language), Labels(language)
    words = {
        "first": say("first order"),
        "total": say("total effect"),
        "second": say("second order"),
        "mu_star": say("mean absolute effect"),
        "mu": say("mean effect"),
        "sigma": say("spread of effects"),
    }
    title = OUTCOMES[outcome].label(language)
    for pairs in (False, True):
        chosen = [one for one in found.indices if (one.index == "second") is pairs]
        if not chosen:
            continue
        shown_table = table((title, *(words[name] for name in dict.fromkeys(one.index for one in chosen))))
        by_parameter: dict[str, list[str]] = {}
        for one in chosen:
            half = "" if isnan(one.interval) else f" ± {one.interval:.3f}"
            by_parameter.setdefault(one.parameter, []).append(f"{one.value:.3f}{half}")
        for parameter, cells in by_parameter.items():
            shown_table.add_row(TIMES.join(label(name) for name in parameter.split(TIMES)), *cells)
        out().print(shown_table, "")
    if not found.enough:
        note(
            say(
                "{samples} samples are too few for these indices: read nothing from them. Write at least {least} under "
                "[design] in the study file, and sweep again."
            ).format(samples=found.samples, least=FEWEST[found.method])
        )
    if found.noise_share is not None:
        out().print(
            say("Of the variance of single runs, {share} is only replication.").format(
                share=with_per_cent(f"{100 * found.noise_share:.1f}", language)
            )
        )


def print_features(scores: "Sequence[FeatureScore]", outcome: str, language: str) -> None:
    """Print feature scores."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import Labels
    from pingan_abm.report.summary import table

    label = Labels(language)
    shown_table = table((OUTCOMES[outcome].label(language), translator(language)("feature score")))
    for one in scores:
        shown_table.add_row(label(one.parameter), f"{one.score:.3f}")
    out().print(shown_table)


def print_box(found: "Discovered", outcome: str, language: str) -> None:
    """Print the conditions under which points of interest gather."""
    from pingan_abm.report.effect_charts import box_words

    sys.stdout.write("\n".join(box_words(found, outcome, language)) + "\n")


def print_effects(effects: "Sequence[PointEffect]", outcome: str, language: str, *, changes_only: bool) -> None:
    """Print every point: its mean, and its paired difference to the reference point. changes_only: name a point by what
    it sets otherwise than the reference point."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import Labels, change, figure, interval, level_interval, widest
    from pingan_abm.report.summary import table
    from pingan_abm.study.analyse.effects import changed_settings

    say, label, unit = translator(language), Labels(language), OUTCOMES[outcome].unit
    shown_table = table(
        (
            OUTCOMES[outcome].label(language),
            say("Mean"),
            say("95 % interval"),
            say("Difference"),
            say("95 % interval, paired"),
        )
    )
    for place, one in enumerate(effects):
        settings = changed_settings(effects, place) if changes_only else one.settings
        mean, difference = one.mean, None if one.reference else one.difference
        cells = [figure(None if mean is None else mean.mean, unit, language), level_interval(mean, unit, language)]
        if one.reference:
            cells += [say("reference"), ""]
        elif difference is not None:
            ends = (difference.low, difference.high)
            cells += [change(difference.mean, unit, language, beside=widest(*ends)), interval(*ends, unit, language)]
        shown_table.add_row(label.settings(settings) or say("nothing (reference)"), *cells)
    out().print(shown_table, "")


def draw_beside(
    sweeps: "Sequence[Laid]", outcomes: Sequence[str], against: str | None, file: Path, language: str
) -> None:
    """Draw the lines of two sweeps side by side into a file."""
    from pingan_abm.report.level_lines import side_by_side
    from pingan_abm.report.pictures import write_picture

    picture, caption = side_by_side([(study_name(laid), laid) for laid in sweeps], outcomes, language, against)
    write_picture(picture, file, language, caption)
    note(translator(language)("The figure is in {file}.").format(file=file))


def draw(
    laid: "Laid",
    method: str,
    outcomes: Sequence[str],
    found: "Sequence[Found]",
    against: str | None,
    file: Path,
    language: str,
) -> None:
    """Draw what was found into a file."""
    from pingan_abm.report.effect_charts import effect_chart, finding_chart
    from pingan_abm.report.pictures import write_picture

    picture, caption = (
        effect_chart(laid, outcomes, language, against)
        if method == "means"
        else finding_chart(laid, outcomes, found, language)
    )
    if not picture:
        raise InputErrors(
            [
                sentence(
                    "--figure {file}: there is nothing to draw: the sweep has too few settings or points with a value.",
                    file=file,
                )
            ]
        )
    write_picture(picture, file, language, caption)
    note(translator(language)("The figure is in {file}.").format(file=file))
