"""A record of settings for whoever calls a rule by itself."""

from typing import Any

from pingan_abm.world.settings import default_settings


def with_settings(**values: object) -> Any:
    """The settings at their defaults, but for these."""
    row = default_settings()
    for name, value in values.items():
        row[name] = value
    return row
