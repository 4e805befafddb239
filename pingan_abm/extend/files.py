"""Extensions from a file: run it once, and say in a sentence when it cannot be."""

import hashlib
import importlib.util
import sys
import traceback
from pathlib import Path

from pingan_abm.files.extensions import FILES, PIECES, Piece, announce, take_back
from pingan_abm.texts.errors import InputErrors, refusal, sentence, shown

#: Under this name, with the hash of its contents behind it, Python knows the module of a file of extensions. numba
#: writes the name into its cache, so it must be the same wherever the same file lies.
PREFIX = "pingan_extension_"


def load(file: str | Path) -> None:
    """Register what a Python file of extensions holds. The same file again changes nothing; an edited file replaces its
    earlier version. Raises InputErrors that name file and line; then nothing of the file is registered."""
    path = Path(file).resolve()
    digest = digest_of_file(path)
    if FILES.get(path) == digest:
        return
    forget(path)
    before = dict(PIECES)
    try:
        run(path, module_name(digest))
    except BaseException:
        take_back([piece for key, piece in PIECES.items() if before.get(key) is not piece])
        raise
    FILES[path] = digest
    announce()


def forget(file: str | Path) -> None:
    """Take back what a file registered."""
    path = Path(file).resolve()
    take_back(pieces_of(path))
    if digest := FILES.pop(path, None):
        sys.modules.pop(module_name(digest), None)


def pieces_of(path: Path) -> list[Piece]:
    """The pieces that were written in a file."""
    return [piece for piece in PIECES.values() if piece.origin.file == path]


def module_name(digest: str) -> str:
    """Python's name for a file of extensions, from the hash of its contents."""
    return f"{PREFIX}{digest}"


def digest_of_file(path: Path) -> str:
    """Hash of a file's contents. Raises InputErrors when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as wrong:
        raise InputErrors(
            [sentence("the file of extensions {path} cannot be read: {why}.", path=path, why=refusal(wrong))]
        ) from None


def run(path: Path, name: str) -> None:
    """Run a file as a module of this name; what it imports from its folder is found. Raises InputErrors."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputErrors([sentence("the file of extensions {path} is no Python file (.py).", path=path)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    except InputErrors as wrong:
        place = line_in(path, wrong)
        raise InputErrors(
            [sentence("{path}, line {line}: {message}", path=path, line=place, message=one) for one in wrong.problems]
        ) from None
    except (Exception, SystemExit) as wrong:
        raise InputErrors(
            [
                sentence(
                    "{path}, line {line}: {why}",
                    path=path,
                    line=line_in(path, wrong),
                    why=f"{type(wrong).__name__}: {shown(wrong, 200)}",
                )
            ]
        ) from wrong
    finally:
        sys.path.remove(str(path.parent))


def line_in(path: Path, wrong: BaseException) -> int:
    """The line of a file at which an error arose."""
    if isinstance(wrong, SyntaxError) and wrong.lineno is not None and wrong.filename == str(path):
        return wrong.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(wrong.__traceback__) if frame.filename == str(path)]
    return lines[-1] or 1 if lines else 1
