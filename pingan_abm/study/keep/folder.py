"""The folder of a store: made, opened, and checked before anything is written into it."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pingan_abm.district.folder import USUAL, open_folder
from pingan_abm.district.here import identity
from pingan_abm.files import toml as entries
from pingan_abm.files.atomic import TEMPORARY, named, write_bytes
from pingan_abm.files.extensions import missing, other_extensions
from pingan_abm.study.keep import shards
from pingan_abm.study.keep.claims import locked
from pingan_abm.study.keep.store import Store
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, refusal, sentence, shown

MANIFEST = entries.MANIFEST
FORMAT = 1
KEPT = {
    "outcomes": list,
    "kind": str,
    "planned": int,
    "seed": int,
    "residents": int,
    "days": int,
    "start": str,
    "warmup": int,
    "history": str,
    "match_load": float,
    "model_version": str,
    "scenario": str,
    "parameters": dict,
    "study": dict,
    "inference": dict,
    "arms": list,
    "chosen": list,
    "rank": dict,
    "scenario_contents": dict,
    "extensions": list,
    "extension_files": list,
    "district": dict,
}  # in a manifest, and what they are
HELD = {
    "run": sentence("single runs"),
    "comparison": sentence("a comparison"),
    "sweep": sentence("a sweep"),
    "calibration": sentence("a calibration"),
    "beliefs": sentence("runs over beliefs"),
    "inference": sentence("an inference"),
    "search": sentence("a search for portfolios"),
}  # by a manifest's kind
EXTENDABLE = (
    "name",
    "question",
    "replications",
    "design.samples",
)  # what a study may change and still continue in its folder


def open_known_store(folder: Path) -> Store:
    """The store in a folder, for reading what its runs gave. Raises InputErrors when there is none, or when extensions
    that its outcomes and parameters come from are not registered."""
    store = open_store(folder)
    raise_if_any([*missing(store.manifest), *other_district(store.manifest)])
    return store


def other_district(manifest: Mapping[str, Any]) -> list[Sentence]:
    """A sentence when results are of another district than the one that is meant, whose names they would be given."""
    kept = manifest.get("district") or manifest.get("study", {}).get("district") or {}
    found = identity() or {}
    if kept.get("hash") == found.get("hash"):
        return []
    name = str(kept.get("folder", USUAL))
    if open_if_there(name) == kept.get("hash", open_folder(USUAL).digest):
        return [sentence("These results are of another district; add --district {name}.", name=name)]
    return [
        sentence(
            "These results are of the district {name} as it was then (hash {hash}); it is gone or has changed since.",
            name=name,
            hash=kept.get("hash", ""),
        )
    ]


def open_if_there(name: str) -> str | None:
    """The hash of a district's folder; None if there is none."""
    try:
        return open_folder(name).digest
    except InputErrors:
        return None


def open_store(folder: Path) -> Store:
    """The store in a folder, for reading. Raises InputErrors when there is none."""
    path = folder / MANIFEST
    if folder.is_file():
        raise InputErrors([entries.no_folder_of_results(folder)])
    if not folder.is_dir():
        raise InputErrors(
            [
                sentence(
                    "There is no folder {folder}. Write the folder that a run, comparison or sweep was given with "
                    "--out.",
                    folder=folder,
                )
            ]
        )
    if not path.is_file():
        raise InputErrors(
            [sentence("{folder} holds no {file}, so it is not a folder of results.", folder=folder, file=MANIFEST)]
        )
    return Store(folder, _read_manifest(path))


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn errors about missing or malformed contents of a folder of results into one message: such folders are passed
    on, so anybody may have written their files. Raises InputErrors."""
    try:
        yield
    except InputErrors:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as wrong:
        reason = f"{type(wrong).__name__}: {shown(str(wrong))[1:-1]}"
        raise InputErrors(
            [
                sentence(
                    "{path} does not say what is needed of it ({why}). Put the file back, or run the same command into "
                    "another folder.",
                    path=path,
                    why=reason,
                )
            ]
        ) from wrong


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_bytes())
        if manifest["store"] != FORMAT:
            raise ValueError(f"format {manifest['store']}")
        wrong = [name for name, kind in KEPT.items() if not isinstance(manifest.get(name, kind()), kind)]
        if wrong or not all(isinstance(name, str) for name in manifest["outcomes"]):
            raise ValueError(f"{', '.join(wrong) or 'outcomes'} not as they were written")
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise InputErrors(
            [
                sentence(
                    "{path} cannot be read ({why}). Use another folder, or put the file back.",
                    path=path,
                    why=shown(str(wrong)),
                )
            ]
        ) from wrong
    return dict(manifest)


def create_store(
    folder: Path, manifest: Mapping[str, Any], check: Callable[[Mapping[str, Any]], list[str]] | None = None
) -> Store:
    """The store in a folder, made if there is none, for adding runs of the model version that the manifest names.

    check: given the manifest of a store that is there already, the problems that speak against going on in it. Raises
    InputErrors when the folder is used for something else or holds runs of another model version; OSError, with the
    folder's name, when the disk does not take it.
    """
    whole = {"store": FORMAT, **manifest}
    check_folder(folder)
    with named(folder):
        _make_store(folder, whole, check)
    return Store(folder, whole)


def _make_store(folder: Path, whole: Mapping[str, Any], check: Callable[[Mapping[str, Any]], list[str]] | None) -> None:
    for kind in shards.KINDS:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    with locked(folder):
        path = folder / MANIFEST
        if path.is_file():
            present = _read_manifest(path)
            problems = _version_problems(folder, present, whole) + other_extensions(present, whole)
            problems += check(present) if check else []
            if problems:
                raise InputErrors(problems)
        write_bytes(path, (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def check_folder(folder: Path) -> None:
    """Raise InputErrors when a folder cannot be one for results: it, or one above it, is a file or may not be written,
    or it is used for something else."""
    try:
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists() or place.is_symlink())
    except OSError as wrong:
        raise InputErrors(
            [
                sentence(
                    "{folder} cannot be used ({why}); write another folder after --out.",
                    folder=folder,
                    why=refusal(wrong),
                )
            ]
        ) from None
    if not there.is_dir():
        raise InputErrors(
            [
                sentence(
                    "{folder} is a file; write a folder after --out."
                    if there.exists()
                    else "{folder} is a link that leads nowhere; write a folder after --out.",
                    folder=there,
                )
            ]
        )
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputErrors([sentence("{folder} may not be written; write another folder after --out.", folder=there)])
    if there == folder and not (folder / MANIFEST).is_file() and _holds_anything_else(folder):
        raise InputErrors(
            [sentence("{folder} is not empty and holds no results; write a new folder after --out.", folder=folder)]
        )


def held(manifest: Mapping[str, Any]) -> Sentence:
    """The kind of results in a folder, in words."""
    kind = str(manifest.get("kind"))
    return HELD.get(kind if kind != "sweep" or "study" in manifest else "", sentence("other results"))


def other_results(present: Mapping[str, Any], new: Mapping[str, Any]) -> Sentence:
    """The sentence for a folder that holds another kind of results than the new ones."""
    return sentence(
        "the folder holds {held}, not {wanted}. Write another folder after --out.", held=held(present), wanted=held(new)
    )


def same_runs(new: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], list[str]]:
    """A check that a store holds runs of the same command and contents, so that more replications may be added."""

    def check(present: Mapping[str, Any]) -> list[str]:
        if present.get("kind") != new.get("kind"):
            return [other_results(present, new)]
        passing = {"replications", "planned", "commit", "libraries", "platform", "python", "store"}
        passing |= {"chosen", "extensions", "extension_files"}  # the function that makes the folder checks them
        different = sorted(key for key in {*present, *new} - passing if present.get(key) != new.get(key))
        if not different:
            return []
        return [
            sentence(
                "the folder holds other runs ({names} differ). Write another folder after --out.",
                names=", ".join(different),
            )
        ]

    return check


def _version_problems(folder: Path, present: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    if present.get("model_version") == new["model_version"]:
        return []
    held, now = present.get("model_version"), new["model_version"]
    return [
        sentence(
            "{folder} holds runs of model version {held}, this is {now}; their results do not mix. Write another "
            "folder after --out.",
            folder=folder,
            held=held,
            now=now,
        )
    ]


def _holds_anything_else(folder: Path) -> bool:
    """True unless a folder is empty but for what an interrupted creation leaves."""
    return any(
        path.name not in (*shards.KINDS, ".lock", ".claims") and not path.name.endswith(TEMPORARY)
        for path in folder.iterdir()
    )
