"""`pingan analyse`: what a finished sweep says."""

import sys
import warnings
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import out, print_json
from pingan_abm.errors import shown, suggestion
from pingan_abm.i18n import translator
from pingan_abm.parameters import declarations
from pingan_abm.provenance import canonical

if TYPE_CHECKING:
    from rich.console import Console

    from pingan_abm.study.analysis import Laid
    from pingan_abm.study.sensitivity import Sensitivity

METHODS = ("sobol", "morris", "features", "prim")
DEFAULT_OUTCOME = "closure_gap"
INTERESTING_SHARE = 0.25  # PRIM without a limit: the worst quarter of the points


def analyse(
    folder: options.Folder, method: Annotated[str, typer.Option(metavar="sobol|morris|features|prim", help="How to analyse.")],
    outcome: Annotated[str, typer.Option(metavar="NAME", help="The outcome to explain.")] = DEFAULT_OUTCOME,
    above: Annotated[str, typer.Option(metavar="X", help="prim: points of interest are those above X.")] = "",
    below: Annotated[str, typer.Option(metavar="X", help="prim: points of interest are those below X.")] = "",
    as_json: options.Json = False, lang: options.Lang = "",
) -> None:
    """Analyse a sweep: sensitivity indices (sobol, morris), feature scores, or the conditions of bad outcomes (prim).

    Without a limit, prim looks at the worst quarter of the points. Example: pingan analyse results/sobol --method sobol
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.outcomes import OUTCOMES

    if method not in METHODS:
        problems.add(f"--method {shown(method)[1:-1]} is not usable: write {', '.join(METHODS)}.{suggestion(method, METHODS)}")
    if outcome not in OUTCOMES:
        problems.add(f'--outcome {outcome}: there is no such outcome.{suggestion(outcome, OUTCOMES)}')
    if (above or below) and method != "prim":
        problems.add("--above and --below go with --method prim.")
    if above and below:
        problems.add("--above and --below: write one of them.")
    limit = problems.number("--above" if above else "--below", above or below) if above or below else None
    from pingan_abm.study.analysis import lay_out

    laid = problems.attempt(lay_out, folder)
    if laid is not None and method in ("sobol", "morris") and laid.method != method:
        problems.add(f'--method {method} needs a sweep with method = "{method}" in its [design]; this one has "{laid.method}".')
    problems.raise_any()
    assert laid is not None  # else there were problems
    told: dict[str, Any] = {"method": method, "outcome": outcome, "points": len(laid.inputs()), "replications": laid.replications}
    warnings.filterwarnings("ignore", message="ipyparallel not installed")  # the workbench says so on import; nothing here needs it
    if method in ("sobol", "morris"):
        found = sensitivity_of(laid, method, outcome)
        told |= asdict(found)
        print_json(told) if as_json else print_sensitivity(out(), found, outcome, language)
    elif method == "features":
        print_features(laid, told, outcome, as_json, language)
    else:
        print_box(laid, told, outcome, above=bool(above), limit=limit, as_json=as_json, language=language)


def sensitivity_of(laid: "Laid", method: str, outcome: str) -> "Sensitivity":
    """Sobol' or Morris indices of an outcome of a sweep."""
    from pingan_abm.study import sensitivity

    values = laid.outcome(outcome)
    if method == "sobol":
        return sensitivity.sobol(laid.names, values, laid.seed)
    return sensitivity.morris(laid.names, laid.places(), values, laid.seed)


def print_sensitivity(console: "Console", found: "Sensitivity", outcome: str, language: str) -> None:
    """Print indices with their intervals, and what is only luck."""
    from pingan_abm.outcomes import OUTCOMES
    from pingan_abm.summary import table

    say, label = translator(language), Labels(language)
    words = {"first": say("first order"), "total": say("total effect"), "mu_star": say("mean absolute effect"), "mu": say("mean effect"),
             "sigma": say("spread of effects")}
    names = list(dict.fromkeys(one.index for one in found.indices))
    shown_table = table((OUTCOMES[outcome].label(language), *(words[name] for name in names)))
    by_parameter: dict[str, list[str]] = {}
    for one in found.indices:
        half = "" if np.isnan(one.interval) else f" ± {one.interval:.3f}"
        by_parameter.setdefault(one.parameter, []).append(f"{one.value:.3f}{half}")
    for parameter, cells in by_parameter.items():
        shown_table.add_row(label(parameter), *cells)
    console.print(shown_table, "")
    if found.noise_share is not None:
        console.print(say("Of the variance of single runs, {share} is only replication.").format(share=f"{100 * found.noise_share:.1f} %"))


def print_features(laid: "Laid", told: dict[str, Any], outcome: str, as_json: bool, language: str) -> None:
    """Print feature scores."""
    from pingan_abm.outcomes import OUTCOMES
    from pingan_abm.study.discovery import feature_scores
    from pingan_abm.summary import table

    scores = feature_scores(laid.inputs(), point_means(laid, outcome), laid.seed)
    if as_json:
        print_json({**told, "scores": [asdict(one) for one in scores]})
        return
    label = Labels(language)
    shown_table = table((OUTCOMES[outcome].label(language), translator(language)("feature score")))
    for one in scores:
        shown_table.add_row(label(one.parameter), f"{one.score:.3f}")
    out().print(shown_table)


def print_box(laid: "Laid", told: dict[str, Any], outcome: str, *, above: bool, limit: float | None, as_json: bool, language: str) -> None:
    """Print the conditions under which points of interest gather."""
    from pingan_abm.outcomes import OUTCOMES
    from pingan_abm.study.discovery import find_box
    from pingan_abm.summary import shown_number

    means = point_means(laid, outcome)
    known = ~np.isnan(means)
    values, inputs = means[known], laid.inputs()[known].reset_index(drop=True)
    if limit is None:
        above = OUTCOMES[outcome].better != "up"
        limit = float(np.quantile(values, 1.0 - INTERESTING_SHARE if above else INTERESTING_SHARE)) if len(values) else 0.0
    box = find_box(inputs, values > limit if above else values < limit)
    sentence = box.sentence(Labels(language), language)
    if as_json:
        interest = {"side": "above" if above else "below", "limit": limit}
        print_json({**told, "interest": interest, "box": canonical(asdict(box)), "sentence": sentence})
        return
    say = translator(language)
    text = say("Points of interest: {outcome} above {limit}.") if above else say("Points of interest: {outcome} below {limit}.")
    figure = shown_number(limit, OUTCOMES[outcome].unit)
    sys.stdout.write(text.format(outcome=OUTCOMES[outcome].label(language), limit=figure) + "\n" + sentence + "\n")


def point_means(laid: "Laid", outcome: str) -> np.ndarray:
    """Mean over the replications that have a value, float64 [points]; NaN where none has."""
    values = laid.outcome(outcome)
    count = (~np.isnan(values)).sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


class Labels:
    """Names of parameters in a language; an entry of the district's tables keeps its dotted name."""

    def __init__(self, language: str) -> None:
        self._names = {one.name: one.label(language) for one in declarations()}

    def __call__(self, name: str) -> str:
        """A parameter's name in the language."""
        return self._names.get(name, name)
