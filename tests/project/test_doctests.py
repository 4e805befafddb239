"""The examples in the docstrings of the public API give what they say."""

import doctest
from importlib import import_module

import pytest

#: Where the names that `pingan_abm` exports are written, each with an example.
PUBLIC = ("pingan_abm", "pingan_abm.runs", "pingan_abm.study.decide.compare", "pingan_abm.study.run.sweep")


@pytest.mark.parametrize("name", PUBLIC)
def test_examples_give_what_they_say(name: str) -> None:
    done = doctest.testmod(import_module(name))
    assert done.attempted > 0, "no example is left"
    assert done.failed == 0, "see what doctest printed"
