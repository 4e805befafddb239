"""Compilation of the rules and kernels, with a cache that an edit always invalidates.

numba's own cache notices a change in the file of a cached function but not in the files it calls into. An edited rule
would silently keep running its old form. So the cache lives in a folder named after a hash of every compiled source:
change any of them and the folder, and with it the cache, is a new one.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numba.core.sigutils
from numba.core.registry import CPUDispatcher

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE = Path(__file__).parents[1]
#: Folders whose files hold compiled code, or constants that compiled code has frozen into it. A function decorated with
#: `compiled` stands in one of them; a test looks.
COMPILED_FOLDERS = ("engine", "rules", "world", "behaviour")


def source_files() -> list[Path]:
    """Every file of those folders."""
    return [path for folder in COMPILED_FOLDERS for path in sorted((PACKAGE / folder).glob("*.py"))]


def source_hash() -> str:
    """Hash of all compiled sources and of the compiler's version, 16 hexadecimal digits."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in source_files():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept: PINGAN_CACHE if set, else the user's cache folder, else the temporary folder."""
    chosen = os.environ.get("PINGAN_CACHE")
    base = Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pingan_abm"
    if not chosen and not _writable(base):
        base = Path(tempfile.gettempdir()) / "pingan_abm"
    return base / source_hash()


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


# Fixed once, before the first decorated function: all of the program must use the same folder.
CACHE_FOLDER = cache_folder()


def cache_is_cold() -> bool:
    """True when the next model has to be compiled first (about half a minute, once per version)."""
    return not numba.config.DISABLE_JIT and not (CACHE_FOLDER / "warm").exists()


def mark_cache_warm() -> None:
    """Note that every kernel of a whole day has been compiled and stored."""
    if not numba.config.DISABLE_JIT and not (CACHE_FOLDER / "warm").exists():
        CACHE_FOLDER.mkdir(parents=True, exist_ok=True)
        (CACHE_FOLDER / "warm").touch()


def widened(kind: numba.types.Type) -> numba.types.Type:
    """The type for which a function is compiled: every integer, constant and member of an enumeration as one 64-bit
    integer."""
    plain = numba.types.unliteral(kind)
    if isinstance(plain, numba.types.IntEnumMember):
        plain = plain.dtype
    if isinstance(plain, numba.types.Integer) and plain.bitwidth <= 64 and plain != numba.types.uint64:
        return numba.types.int64
    return plain


class Compiler(CPUDispatcher):
    """numba's, but one version of a function for all widths of integers: 253 versions of 125 functions would take a
    minute."""

    def compile(self, sig: Any) -> Any:
        """Compile for a signature, unless that is done."""
        arguments, _ = numba.core.sigutils.normalize_signature(sig)
        return super().compile(tuple(widened(kind) for kind in arguments))


def compiled(function: Function) -> Function:
    """Compile with the package's own cache folder, and keep the signature for the type checker.

    Bounds are not checked unless NUMBA_BOUNDSCHECK=1; fastmath stays off because results would differ by machine.
    """
    if numba.config.DISABLE_JIT:
        return function
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE_FOLDER)
    try:
        compiler = Compiler(function, targetoptions={"nopython": True, "boundscheck": None})
        compiler.enable_caching()
        return cast(Function, compiler)
    finally:
        numba.config.CACHE_DIR = before
