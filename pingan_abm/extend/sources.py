"""Hashes of what a person wrote: a function with everything of hers that it uses.

A function's own text is not enough: a constant beside it, or a function that it calls, decides as much. So what it
reads by name is followed, as far as it is not part of this program, of Python or of an installed library.
"""

import hashlib
import inspect
import sys
import sysconfig
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np

from pingan_abm.files.extensions import MAIN, Origin, hash_of

PACKAGE = Path(__file__).parents[1]


def plain_function(thing: Any) -> Any:
    """The Python function behind one that numba has compiled; anything else as it is."""
    return getattr(thing, "py_func", thing)


def origin_of(thing: Any) -> Origin:
    """Where a function or class was written."""
    function = plain_function(thing)
    module = getattr(function, "__module__", None) or ""
    return _origin(module, getattr(sys.modules.get(module), "__file__", None), function.__qualname__)


def origin_of_caller(frame: FrameType | None, name: str) -> Origin:
    """Where the call that registers something without a function stands."""
    names: Mapping[str, Any] = {} if frame is None else frame.f_globals
    return _origin(str(names.get("__name__", "")), names.get("__file__"), name)


def _origin(module: str, file: str | None, name: str) -> Origin:
    if module in MAIN or not file:
        return Origin(None, f"__main__.{name}")
    return Origin(Path(file).resolve(), name)


def digest_of(thing: Any, *more: object) -> str:
    """Hash of a function or class with all of the person's own that it reaches, and of further plain values."""
    file = origin_of(thing).file
    whole = hashlib.sha256(file.read_bytes()).hexdigest() if file is not None and file.is_file() else ""
    return hash_of(whole, *parts(thing, set()), *(repr(one) for one in more))


def parts(value: Any, seen: set[int]) -> Iterator[str]:
    """Texts that together say what a value is."""
    value = plain_function(value)
    if id(value) in seen:
        return
    if isinstance(value, FunctionType | type | ModuleType) and installed(value):
        yield f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', value.__name__)}"
        return
    if isinstance(value, FunctionType | type | ModuleType | Mapping | list | tuple | set | frozenset):
        seen.add(id(value))
    yield from _parts(value, seen)


def _parts(value: Any, seen: set[int]) -> Iterator[str]:
    if isinstance(value, FunctionType):
        yield from _of_function(value, seen)
    elif isinstance(value, type):
        yield source_of(value)
        for name, one in sorted(vars(value).items()):
            if callable(one) or isinstance(one, property | staticmethod | classmethod):
                yield name
                yield from parts(_accessor(one), seen)
    elif isinstance(value, ModuleType):
        file = getattr(value, "__file__", None)
        yield Path(file).read_text("utf-8", "replace") if file and Path(file).is_file() else value.__name__
    elif isinstance(value, partial):
        yield from parts((value.func, value.args, value.keywords), seen)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield repr(key)
            yield from parts(one, seen)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from parts(one, seen)
    elif isinstance(value, set | frozenset):
        yield repr(sorted(map(repr, value)))
    elif isinstance(value, np.ndarray):
        yield f"{value.dtype} {value.shape} {hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()}"
    else:
        text = repr(value)
        yield f"{type(value).__qualname__} {'' if ' at 0x' in text else text}"


def _accessor(one: Any) -> Any:
    """The function behind a property, a static or a class method."""
    return getattr(one, "fget", None) or getattr(one, "__func__", None) or one


def _of_function(function: FunctionType, seen: set[int]) -> Iterator[str]:
    yield source_of(function)
    yield from parts(function.__defaults__ or (), seen)
    yield from parts(function.__kwdefaults__ or {}, seen)
    for cell in function.__closure__ or ():
        try:
            yield from parts(cell.cell_contents, seen)
        except ValueError:  # not filled yet
            continue
    for name in names_in(function.__code__):
        if name in function.__globals__:
            yield name
            yield from parts(function.__globals__[name], seen)


def names_in(code: CodeType) -> list[str]:
    """Names that a function's code reads, those of functions within it included, sorted."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= set(names_in(constant))
    return sorted(found)


def source_of(thing: Callable[..., Any] | type) -> str:
    """A function's or class's text; where there is none, as at a prompt, its instructions."""
    try:
        return textwrap.dedent(inspect.getsource(thing))
    except (OSError, TypeError):
        code = getattr(thing, "__code__", None)
        return thing.__qualname__ if code is None else _instructions(code)


def _instructions(code: CodeType) -> str:
    constants = [_instructions(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return f"{code.co_code.hex()} {constants} {code.co_names} {code.co_varnames}"


def installed(thing: Any) -> bool:
    """Whether something belongs to this program, to Python or to an installed library."""
    module = thing if isinstance(thing, ModuleType) else sys.modules.get(getattr(thing, "__module__", "") or "")
    if module is None or module.__name__ in MAIN:
        return False
    file = getattr(module, "__file__", None)
    return file is None or any(Path(file).is_relative_to(folder) for folder in library_folders())


@cache
def library_folders() -> tuple[Path, ...]:
    """Folders of this program, of Python's own modules and of installed libraries."""
    paths = sysconfig.get_paths()
    return (PACKAGE, *(Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib")))
