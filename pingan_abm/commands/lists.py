"""`pingan scenarios` and `pingan parameters`: what there is to choose from."""

from typing import Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import out, print_json
from pingan_abm.files.provenance import canonical
from pingan_abm.parameters.declared import declarations, parameter_table, written
from pingan_abm.parameters.fields import Declaration
from pingan_abm.scenarios.presets import Scenario, load_scenario, scenario_names
from pingan_abm.scenarios.words import describe, differences_of
from pingan_abm.texts.i18n import LANGUAGES


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
        told = [chosen] if chosen else [load_scenario(one) for one in scenario_names()]
        print_json({"scenarios": [_scenario_row(one) for one in told]})
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


def parameters(as_json: options.Json = False, extensions: options.Extend = None, lang: options.Lang = "") -> None:
    """List every parameter: default, bounds, unit, role, source and meaning.

    Example: pingan parameters --json
    """
    problems = options.Problems()
    language = problems.language(lang)
    problems.raise_any()
    if as_json:
        print_json({"parameters": [_parameter_row(one) for one in declarations()]})
    else:
        out().print(parameter_table(language), markup=False, soft_wrap=True, end="")


def _parameter_row(one: Declaration) -> dict[str, Any]:
    row = dict(canonical(one))
    row["default"] = row["default"] if not isinstance(one.default, float) else float(one.default)
    row["written"] = written(one.default)
    return row
