"""The scenario file of what a visitor has put together: the scenario with every lever moved, as TOML."""

from dataclasses import replace

from pingan_abm.files.provenance import canonical
from pingan_abm.report.toml_text import scenario_toml
from pingan_abm.web.recipe import Recipe


def scenario_text(recipe: Recipe) -> str:
    """The file that makes the recipe's scenario again: settings of the first day as parameters, later ones as dated
    changes. Raises InputErrors when the recipe cannot be run."""
    scenario = replace(recipe.spec().scenario, parameters=recipe.settings())
    return scenario_toml(canonical(scenario))
