"""Serving the app: from this machine only, without requests to any other machine."""

import os
from dataclasses import dataclass
from pathlib import Path

from pingan_abm.scenarios.histories import HISTORIES, WARMUP

PAGE = "pingan_abm.web.page"
CULL = "20s"  # the session of a lost browser is kept for this time; its address restores all of it later
NOWHERE = "http://127.0.0.1:9/"  # a file that is missing here fails, instead of being asked of the internet


@dataclass
class Usual:
    """How a district begins when its address does not say otherwise. One for all visitors of a server."""

    warmup: int = WARMUP
    history: str = HISTORIES[0]


USUAL = Usual()


def stay_offline() -> None:
    """Settings without which a page would ask other machines for scripts, news and statistics."""
    import plotly
    import solara
    import solara.server.settings as server

    server.main.mode = "production"  # minified scripts, and no visit to the maker's site on the first start
    server.telemetry.mixpanel_enable = server.theme.show_banner = False
    server.assets.extra_locations = [str(Path(plotly.__file__).parent / "package_data")]
    server.kernel.cull_timeout = CULL
    solara.settings.assets.cdn = NOWHERE


def serve(host: str, port: int, usual: Usual = USUAL) -> None:
    """Serve the app until it is interrupted. usual: how districts begin unless an address says otherwise."""
    USUAL.warmup, USUAL.history = usual.warmup, usual.history
    os.environ["SOLARA_APP"] = PAGE
    stay_offline()
    import warnings

    import uvicorn

    warnings.filterwarnings(
        "ignore", message="Cookies with samesite=none"
    )  # the cookie is "lax" without https, as it should be

    uvicorn.run("solara.server.starlette:app", host=host, port=port, log_level="warning", ws_per_message_deflate=False)
