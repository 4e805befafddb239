"""Compilation of the rules and kernels, with a cache that an edit always invalidates.

numba's own cache notices a change in the file of a cached function but not in the files it calls into. An edited rule
would silently keep running its old form. So the cache lives in a folder named after a hash of every compiled source:
change any of them and the folder, and with it the cache, is a new one.

A rule may be replaced while the program runs (`pingan_abm.extend`). Whatever calls it, directly or not, is then
compiled anew, and kept in another folder: see `use_replacements`.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, TypeVar, cast

import numba
import numba.core.sigutils
from numba.core.caching import FunctionCache, NullCache
from numba.core.registry import CPUDispatcher
from numba.core.runtime import rtsys

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE = Path(__file__).parents[1]
#: Folders whose files hold compiled code, or constants that compiled code has frozen into it. A function decorated with
#: `compiled` stands in one of them; a test looks.
COMPILED_FOLDERS = ("engine", "rules", "world", "behaviour")
#: Whose files decide how the record of settings is laid out, which compiled code has frozen into it too.
LAYOUT_FOLDERS = ("parameters/coefficients",)


def source_files() -> list[Path]:
    """Every file of those folders."""
    folders = (*COMPILED_FOLDERS, *LAYOUT_FOLDERS)
    return [path for folder in folders for path in sorted((PACKAGE / folder).glob("*.py"))]


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


def folder_in_use() -> Path:
    """The folder of what is compiled with the rules as they stand: another one while rules are replaced."""
    return CACHE_FOLDER.with_name(f"{CACHE_FOLDER.name}-{_replaced.mark}") if _replaced.mark else CACHE_FOLDER


def cache_is_cold() -> bool:
    """True when the next model has to be compiled first (about half a minute, once per version)."""
    return not numba.config.DISABLE_JIT and not (folder_in_use() / "warm").exists()


def mark_cache_warm() -> None:
    """Note that every kernel of a whole day has been compiled and stored."""
    folder = folder_in_use()
    if not numba.config.DISABLE_JIT and not (folder / "warm").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "warm").touch()


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
    minute. own_name: the function's, whatever it is compiled as."""

    own_name: str

    def compile(self, sig: Any) -> Any:
        """Compile for a signature, unless that is done."""
        if _replaced.undecided:
            decide()
        arguments, _ = numba.core.sigutils.normalize_signature(sig)
        return super().compile(tuple(widened(kind) for kind in arguments))


#: Every function that was compiled for this program, in the order of definition.
COMPILED: list[Compiler] = []


def compiled(function: Function) -> Function:
    """Compile with the package's own cache folder, and keep the signature for the type checker.

    Bounds are not checked unless NUMBA_BOUNDSCHECK=1; fastmath stays off because results would differ by machine.
    """
    if numba.config.DISABLE_JIT:
        return function
    compiler = uncached(function)
    compiler._cache = cache_in(CACHE_FOLDER, function)
    COMPILED.append(compiler)
    if _replaced.functions:
        _replaced.undecided.append(compiler)
    return cast(Function, compiler)


def uncached(function: Callable[..., Any]) -> Compiler:
    """Compile a function as `compiled` does, but keep it in this process only."""
    compiler = Compiler(function, targetoptions={"nopython": True, "boundscheck": None})
    compiler.own_name = function.__qualname__
    return compiler


class ReadyCode(FunctionCache):
    """numba's cache of one function. numba prepares itself to compile before it reads compiled code, which takes longer
    than reading all of ours. It does so again before it compiles, so for reading only its memory runtime is needed."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled function of a signature; None if it is not there."""
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


def cache_in(folder: Path, function: Callable[..., Any]) -> Any:
    """The cache of one function, in a folder."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        return ReadyCode(function)
    finally:
        numba.config.CACHE_DIR = before


class _Replaced:
    """The functions that replace rules, and the functions that call them, which are kept in a folder of their own.

    undecided: functions that were defined while rules were replaced, in modules imported since. Whether they are
    callers is seen when the first of them is compiled, for then all that they name is there.
    """

    def __init__(self) -> None:
        self.mark, self.kept = "", True
        self.functions: list[object] = []
        self.callers: list[Compiler] = []
        self.undecided: list[Compiler] = []


_replaced = _Replaced()


def use_replacements(functions: Iterable[object], mark: str, *, kept: bool = True) -> None:
    """Compile every function anew that calls one of these functions, and keep it in a folder with this mark.

    functions: those that now replace rules, wherever the program names them. mark: a hash of their sources; without
    functions it is empty, and everything is read from the first folder again. kept: whether it is kept on disk at all.
    numba freezes what a function calls when it compiles it, in memory and in its cache. So the callers, and only they,
    are compiled in another folder.
    """
    new = list(functions)
    callers = calling(set(map(id, new)))
    stale = (*_replaced.callers, *callers, *(one for one in new if isinstance(one, Compiler)))
    for one in {id(one): one for one in stale}.values():
        one._make_finalizer()()
        one._reset_overloads()
    _replaced.mark, _replaced.functions = mark, new
    _replaced.undecided.clear()
    _replaced.kept = kept
    for one in _replaced.callers:
        place(one, "")
    for one in callers:
        place(one, mark)
    _replaced.callers = callers


def place(one: Compiler, mark: str) -> None:
    """Have a function compiled and kept under a mark, as part of its name and of its folder's; without one, as itself.

    The name matters: compiled code is found by it, and two forms of a function that were compiled in two processes and
    read from the cache by a third would otherwise be taken for each other.
    """
    one.py_func.__qualname__ = f"{one.own_name}_{mark}" if mark else one.own_name
    folder = folder_in_use() if mark else CACHE_FOLDER
    one._cache = NullCache() if mark and not _replaced.kept else cache_in(folder, one.py_func)


def decide() -> None:
    """Give every function that was defined since rules were replaced the folder in which it belongs."""
    undecided, _replaced.undecided = set(map(id, _replaced.undecided)), []
    for one in calling(set(map(id, _replaced.functions))):
        if id(one) in undecided:
            place(one, _replaced.mark)
            _replaced.callers.append(one)


def calling(functions: set[int]) -> list[Compiler]:
    """Every compiled function that calls one of some functions (by their Python ids), directly or through others."""
    called = {id(one): set(map(id, named_in(one.py_func.__code__, one.py_func.__globals__))) for one in COMPILED}
    reached = set(functions)
    while more := {one for one, names in called.items() if one not in reached and names & reached}:
        reached |= more
    return [one for one in COMPILED if id(one) in reached - functions]


def named_in(code: CodeType, names: dict[str, Any]) -> Iterator[object]:
    """Every object that code may read by name: globals, members of modules among them, and what tuples hold."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from named_in(constant, names)
    for name in code.co_names:
        value = names.get(name)
        yield value
        if isinstance(value, tuple):
            yield from value
        if isinstance(value, ModuleType):
            yield from (getattr(value, member, None) for member in code.co_names)
