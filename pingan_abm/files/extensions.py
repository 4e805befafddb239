"""Which extensions are registered in this process: by kind and name, with their hashes, and how each is taken back.

`pingan_abm.extend` registers them. The list stands in this module because manifests, run ids and folders of results
need it without loading compiled code.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pingan_abm.texts.errors import InputErrors, sentence

type Again = tuple[Callable[..., object], tuple[Any, ...], Mapping[str, Any]]
type Kind = Literal["rule", "outcome", "indicator", "parameter", "intervention", "actor"]

#: Kinds whose pieces act in the order in which they were registered; the order of all others changes nothing.
ORDERED = ("intervention", "actor")
#: Kinds without whose pieces stored results cannot be read.
READ = ("outcome", "parameter")
VARIABLE = "PINGAN_EXTENSIONS"  # in the environment: the extensions of the process that started this one
MAIN = ("__main__", "__mp_main__")  # a script or notebook, and what a worker process calls the same script


@dataclass(frozen=True)
class Origin:
    """Where a piece was written. file: None for a notebook, a script or a prompt; place: module and name there."""

    file: Path | None
    place: str

    def __str__(self) -> str:
        return self.place if self.file is None else str(self.file)


@dataclass(frozen=True)
class Piece:
    """One registered extension.

    digest: hash of its sources; again: function and arguments that register it in another process; undo: takes it back
    in this one.
    """

    kind: Kind
    name: str
    digest: str
    origin: Origin
    again: Again
    undo: Callable[[], None]


#: Every piece in the order of registration.
PIECES: dict[tuple[Kind, str], Piece] = {}
#: Digest of every file that was loaded, as it was then.
FILES: dict[Path, str] = {}


def identity() -> list[dict[str, str]] | None:
    """Name and hash of everything that is registered, as they enter manifests and run ids; None when nothing is."""
    if not PIECES:
        return None
    free = sorted((piece for piece in PIECES.values() if piece.kind not in ORDERED), key=_by_name)
    acting = [piece for piece in PIECES.values() if piece.kind in ORDERED]
    return [{"name": f"{piece.kind} {piece.name}", "hash": piece.digest} for piece in (*free, *acting)]


def _by_name(piece: Piece) -> tuple[str, str]:
    return piece.kind, piece.name


def files() -> list[dict[str, str]]:
    """Path and hash of every file that was loaded."""
    return [{"file": str(path), "hash": digest} for path, digest in FILES.items()]


def manifest_entries() -> dict[str, Any]:
    """What a manifest says of the extensions; nothing when there are none."""
    named = identity()
    return {} if named is None else {"extensions": named, "extension_files": files()}


def check_free(kind: Kind, name: str, origin: Origin) -> None:
    """Raise InputErrors when a piece of this kind and name is there already. The same piece written again in the same
    place (a cell that is run twice, a module that is reloaded) takes the place of its earlier form."""
    present = PIECES.get((kind, name))
    if present is None:
        return
    if present.origin == origin:
        take_back([present])
        return
    raise InputErrors(
        [
            sentence(
                '{kind} "{name}": {other} has registered one already. Use one of the two, or take it back with '
                "extend.clear() first.",
                kind=kind,
                name=name,
                other=present.origin,
            )
        ]
    )


def enter(piece: Piece) -> None:
    """Note a piece that has taken effect."""
    PIECES[piece.kind, piece.name] = piece
    announce()


def announce() -> None:
    """Record the extensions in the environment, for child processes that other programs start from this process."""
    if PIECES:
        os.environ[VARIABLE] = json.dumps({"identity": identity(), "files": files()})
    else:
        os.environ.pop(VARIABLE, None)


def of_kind(kind: Kind) -> list[Piece]:
    """The pieces of a kind, in the order of registration."""
    return [piece for piece in PIECES.values() if piece.kind == kind]


def take_back(pieces: Iterable[Piece]) -> None:
    """Undo these pieces, the latest first."""
    for piece in reversed(list(pieces)):
        if PIECES.get((piece.kind, piece.name)) is piece:
            del PIECES[piece.kind, piece.name]
            piece.undo()
    announce()


def clear() -> None:
    """Remove everything that was registered in this process: rules, outcomes, parameters, interventions, actors."""
    FILES.clear()
    take_back(PIECES.values())


def missing(manifest: Mapping[str, Any]) -> list[str]:
    """A sentence for each file of extensions without which results cannot be read: their outcomes or parameters are
    not known here."""
    named = [str(one.get("name", "")) for one in manifest.get("extensions", ()) if isinstance(one, Mapping)]
    here = {f"{piece.kind} {piece.name}" for piece in PIECES.values()}
    lacking = [name for name in named if name.partition(" ")[0] in READ and name not in here]
    if not lacking:
        return []
    paths = [str(one.get("file", "")) for one in manifest.get("extension_files", ()) if isinstance(one, Mapping)]
    if not paths:
        return [
            sentence(
                "These results were made with extensions from a notebook or a script ({names}); register them first.",
                names=", ".join(lacking),
            )
        ]
    return [
        sentence(
            "These results were made with extensions ({names}); add {options}.",
            names=", ".join(lacking),
            options=" ".join(f"--extend {path}" for path in paths),
        )
    ]


def other_extensions(present: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """A sentence when a folder holds runs that were made with other extensions than those to be added."""
    if present.get("extensions") == new.get("extensions"):
        return []
    held = ", ".join(str(one.get("file", "")) for one in present.get("extension_files", ()))
    if present.get("extensions") and not new.get("extensions"):
        return [
            sentence(
                "the folder holds runs made with extensions ({files}): add them with --extend, or write another folder "
                "after --out.",
                files=held or "-",
            )
        ]
    return [
        sentence(
            "the folder holds runs made without these extensions, or with other versions of them: write another "
            "folder after --out."
        )
    ]


def hash_of(*texts: str) -> str:
    """16 hexadecimal digits of a sha256 over texts."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{len(text)}:".encode() + text.encode())
    return digest.hexdigest()[:16]
