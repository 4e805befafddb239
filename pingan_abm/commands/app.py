"""`pingan app`: the live district in a browser."""

from typing import Annotated

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.terminal import note
from pingan_abm.texts.errors import InputErrors, refusal, sentence
from pingan_abm.texts.i18n import translator

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_PORT = "8765"
MOST_WARMUP_SHOWN = 1095  # days; an address may ask for as many


def app(
    port: Annotated[str, typer.Option(metavar="N", help="Port to listen on.")] = DEFAULT_PORT,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; this machine only if not given.")
    ] = LOOPBACK[0],
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Open the live district in a browser: play, compare, follow a case, read the story. It asks nothing of the
    internet.

    Example: pingan app --port 8765
    """
    problems = options.Problems()
    language = problems.language(lang)
    number = problems.whole("--port", port, 1, 65_535)
    days = problems.whole("--warmup", warmup, 0, MOST_WARMUP_SHOWN)
    known = run_options.read_history(problems, history)
    problems.raise_any()
    check_free(host, number)
    say = translator(language)
    if host not in LOOPBACK:
        warning = say(
            "Everyone who can reach {host} can now open the app and run models on this machine; nothing asks for a "
            "password."
        )
        note(warning.format(host=host))
    note(
        say("Open {address} in a browser; Ctrl-C ends the app.").format(
            address=f"http://{host}:{number}/?lang={language}"
        )
    )
    from pingan_abm.web.server import Usual, serve

    serve(host, number, Usual(days, known))


def check_free(host: str, port: int) -> None:
    """Raise InputErrors when the address cannot be listened on."""
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as wrong:
        raise InputErrors(
            [
                sentence(
                    "{address} cannot be used ({why}): choose another --port or --host.",
                    address=f"{host}:{port}",
                    why=refusal(wrong),
                )
            ]
        ) from None
