"""The live district for Solara's own command: `solara run --no-check-version app.py`. Simpler: `pingan app`."""

from pingan_abm.web.server import stay_offline

stay_offline()

from pingan_abm.web.page import Layout, Page  # noqa: E402 - the settings come first

__all__ = ["Layout", "Page"]
