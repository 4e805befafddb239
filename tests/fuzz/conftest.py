"""Every test of made-up input has a time limit: a hang must fail."""

from collections.abc import Iterator

import pytest
from limits import limited


@pytest.fixture(autouse=True)
def time_limit() -> Iterator[None]:
    with limited():
        yield
