"""Extending the model without a fork, from one file or a notebook: `from pingan_abm import extend`.

A rule is replaced, an outcome, an indicator, a parameter, an intervention or an actor is added; docs/extending.md has
an example of each. Whatever is registered is checked at once, enters run ids and manifests by a hash of its sources
(`identity`), goes along to worker processes, and is taken back by `clear`.
"""

from pingan_abm.extend.day import PLACES, ExtensionFailed, actor, generator, intervention
from pingan_abm.extend.figures import indicator, outcome
from pingan_abm.extend.files import forget, load
from pingan_abm.extend.rules import rule
from pingan_abm.extend.settings import change, parameter
from pingan_abm.files.extensions import clear, identity

__all__ = [
    "PLACES",
    "ExtensionFailed",
    "actor",
    "change",
    "clear",
    "forget",
    "generator",
    "identity",
    "indicator",
    "intervention",
    "load",
    "outcome",
    "parameter",
    "rule",
]
