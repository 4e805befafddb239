"""Every test of extensions begins and ends without any."""

from collections.abc import Iterator

import pytest

from pingan_abm import extend


@pytest.fixture(autouse=True)
def unextended() -> Iterator[None]:
    extend.clear()
    yield
    extend.clear()
