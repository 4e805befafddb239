"""`pingan scenarios` and `pingan parameters`: what there is to choose from."""

from typing import Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, out, print_json
from pingan_abm.files.provenance import canonical
from pingan_abm.parameters.declared import (
    coefficient_tables,
    coefficients,
    declarations,
    main_parameters,
    members,
    parameter_table,
    written,
)
from pingan_abm.parameters.fields import Declaration
from pingan_abm.scenarios.presets import Scenario, load_scenario, scenario_names
from pingan_abm.scenarios.words import describe, differences_of
from pingan_abm.texts.errors import sentence
from pingan_abm.texts.i18n import LANGUAGES, translator


def scenarios(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A scenario's name or file, to read its story.")] = "",
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """List the scenarios, or tell one: its story, and what sets it apart from the baseline.

    Example: pingan scenarios pizza_shop --lang zh
    """
    problems = options.Problems()
    language = problems.language(lang)
    chosen = problems.scenario(name) if name else None
    problems.raise_any()
    if as_json:
        listed = [chosen] if chosen else [load_scenario(one) for one in scenario_names()]
        print_json({"scenarios": [_scenario_row(one) for one in listed]})
    elif chosen:
        out().print(describe(chosen, language), markup=False, soft_wrap=True)
    else:
        width = max(len(one) for one in scenario_names())
        for one in scenario_names():
            out().print(f"{one:<{width}}  {load_scenario(one).title.get(language, '')}", markup=False, soft_wrap=True)


def _scenario_row(scenario: Scenario) -> dict[str, Any]:
    """A scenario's contents, and what differs from the baseline in both languages."""
    return {
        **canonical(scenario),
        "differences": {language: list(differences_of(scenario, language)) for language in LANGUAGES},
    }


def parameters(
    everything: Annotated[bool, typer.Option("--all", help="List the coefficients of single rules too.")] = False,
    group: Annotated[str, typer.Option(metavar="NAME", help="List the parameters of one group.")] = "",
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """List the main parameters, or all: default, bounds, unit, role, source and meaning.

    Example: pingan parameters --group reporting
    """
    problems = options.Problems()
    language = problems.language(lang)
    if everything and group:
        problems.add(sentence("--all and --group: write one of them."))
    listed = main_parameters()
    if everything:
        listed = declarations()
    elif group:
        listed = problems.attempt(members, group) or ()
    problems.raise_any()
    if as_json:
        print_json({"parameters": [_parameter_row(one) for one in listed]})
    elif everything:
        tables = f"{parameter_table(language)}\n{coefficient_tables(language)}"
        out().print(tables, markup=False, soft_wrap=True, end="")
    else:
        out().print(parameter_table(language, listed), markup=False, soft_wrap=True, end="")
    if not as_json and not everything and not group:
        more = translator(language)("{count} coefficients of single rules are listed with --all, or with --group NAME.")
        note(more.format(count=len(coefficients())))


def _parameter_row(one: Declaration) -> dict[str, Any]:
    row = dict(canonical(one))
    row["default"] = row["default"] if not isinstance(one.default, float) else float(one.default)
    row["written"] = written(one.default)
    return row
