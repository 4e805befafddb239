"""Replacing a rule: the checks, and the swap in every module that names it."""

import inspect
import sys
from collections.abc import Callable
from functools import partial
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

from pingan_abm.extend.sources import digest_of, origin_of, plain_function
from pingan_abm.files.extensions import MAIN, Piece, check_free, enter, hash_of, of_kind
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, sentence, suggestion

Function = TypeVar("Function", bound=Callable[..., Any])

PROGRAM = "pingan_abm"


def rule(name: str) -> Callable[[Function], Function]:
    """Decorator: this function stands in the place of a rule of `pingan_abm.rules`, everywhere in the program.

    It takes the same arguments by the same names and returns the same type; the first, `c`, is the record of the run's
    settings, where parameters and coefficients stand under their own names. It is compiled by numba, so it works on
    plain numbers with `math`; what it calls is a rule of the program or a function decorated with `numba.njit`. It may
    call the rule that it replaces, imported from `pingan_abm.rules` above it. Raises InputErrors.

    >>> import numpy as np
    >>> from pingan_abm import extend
    >>> @extend.rule("hold_back_probability")
    ... def never(c: np.record, pressure: float, severity: float) -> float:
    ...     return 0.0
    >>> extend.clear()
    """

    def decorate(function: Function) -> Function:
        replace_rule(name, function)
        return function

    return decorate


def replace_rule(name: str, function: Callable[..., Any], digest: str = "") -> None:
    """Put a function in the place of a rule. digest: of its sources, if it was taken in another process."""
    plain = plain_function(function)
    original = rule_of_name(name)
    origin = origin_of(plain)
    check_free("rule", name, origin)
    digest = digest or digest_of(plain)
    new = checked(name, in_this_module(plain, digest), plain_function(original))
    enter(Piece("rule", name, digest, origin, (replace_rule, (name, plain), {}), partial(put, name)))
    put(name, new)


#: Rules that are replaced: what stood there, and what stands there now.
_STANDING: dict[str, tuple[Any, Any]] = {}


def rule_of_name(name: str) -> Any:
    """The program's own rule of a name. Raises InputErrors for names of which there is none."""
    from pingan_abm import rules

    if name in _STANDING:
        return _STANDING[name][0]
    found = getattr(rules, name, None) if name in rules.__all__ else None
    if callable(found):
        return found
    raise InputErrors([sentence('there is no rule "{name}".{near}', name=name, near=suggestion(name, rules.__all__))])


def checked(name: str, function: Callable[..., Any], original: Callable[..., Any]) -> Any:
    """The function as the program will call it. Raises InputErrors when it does not fit in the rule's place."""
    wanted, given = inspect.signature(original), inspect.signature(function)
    problems = signature_problems(name, wanted, given)
    raise_if_any(problems)
    import numba

    if numba.config.DISABLE_JIT:
        return function
    from pingan_abm.engine.compiled import uncached
    from pingan_abm.world.tables import SETTINGS

    kinds: dict[Any, Any] = {float: numba.types.float64, int: numba.types.int64, bool: numba.types.boolean}
    kinds[np.record] = numba.from_dtype(SETTINGS)
    new = uncached(function)
    try:
        new.compile(tuple(kinds[one.annotation] for one in wanted.parameters.values()))
    except Exception as wrong:  # numba raises errors of many kinds, Python's own among them
        raise InputErrors(
            [
                sentence(
                    'rule "{name}": numba cannot compile {function}: {why}',
                    name=name,
                    function=function.__name__,
                    why=reason(wrong),
                )
            ]
        ) from wrong
    returned = numba.types.unliteral(new.nopython_signatures[0].return_type)
    if returned != kinds[wanted.return_annotation]:
        expected = wanted.return_annotation.__name__
        problems.append(
            sentence(
                'rule "{name}": {function} returns {given}, but the rule returns {wanted}{hint}.',
                name=name,
                function=function.__name__,
                given={kind: plain.__name__ for plain, kind in kinds.items()}.get(returned, returned),
                wanted=expected,
                hint=sentence(" (write 0.0 for 0)") if expected == "float" else "",
            )
        )
    raise_if_any(problems)
    return new


def in_this_module(function: Callable[..., Any], digest: str) -> Callable[..., Any]:
    """The function, as if it were written here, and named after its version too. numba writes the name of a function's
    module into its cache and imports it when it reads the cache; a worker calls a script's module by another name than
    the script itself. By the function's name compiled code is found."""
    for one, other in (MAIN, reversed(MAIN)):
        if other in sys.modules:
            sys.modules.setdefault(one, sys.modules[other])
    same = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    same.__module__, same.__qualname__, same.__doc__ = __name__, f"{function.__name__}_{digest}", function.__doc__
    return same


def signature_problems(name: str, wanted: inspect.Signature, given: inspect.Signature) -> list[str]:
    """What sets a function's arguments apart from the rule's."""
    listed, written = list(wanted.parameters), list(given.parameters)
    plain = all(one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty for one in given.parameters.values())
    if listed == written and plain:
        return []
    if listed == written:
        what: Sentence = sentence("its arguments have defaults or stars")
    elif len(listed) != len(written):
        what = sentence("it takes {count} arguments", count=len(written))
    else:
        what = sentence("it takes ({given})", given=", ".join(written))
    return [
        sentence(
            'rule "{name}": the function does not fit: {what}; the rule takes {count}: ({wanted}).',
            name=name,
            what=what,
            count=len(listed),
            wanted=", ".join(listed),
        )
    ]


def reason(wrong: Exception) -> str:
    """What numba says is wrong, on one line: it writes the steps that failed around it."""
    lines = [line.strip() for line in str(wrong).splitlines() if line.strip()]
    reasons = [line for line in lines if not line.startswith(("Failed in", "During:", "-", "- ", "^"))]
    why = reasons[0] if reasons else type(wrong).__name__
    place = next((line for line in lines if line.startswith("File ")), "")
    return f"{why} ({place.rstrip(':')})" if place else why


def put(name: str, new: Any = None) -> None:
    """Have every module of the program name a new function where it named the rule; the rule itself again without."""
    original = rule_of_name(name)
    present = _STANDING.pop(name, (original, original))[1]
    if new is not None:
        _STANDING[name] = (original, new)
    swap(present, original if new is None else new)
    from pingan_abm.engine.compiled import use_replacements

    pieces = sorted(of_kind("rule"), key=_name)
    mark = hash_of(*(f"{one.name} {one.digest}" for one in pieces)) if pieces else ""
    in_files = all(
        one.origin.file is not None for one in pieces
    )  # only then does every helper's name contain its version
    use_replacements([now for _, now in _STANDING.values()], mark, kept=in_files)


def _name(piece: Piece) -> str:
    return piece.name


def swap(old: Any, new: Any) -> None:
    """Replace an object by another wherever a module of the program names it. Modules that are imported later take the
    name from one of these."""
    for module_name, module in list(sys.modules.items()):
        if module is None or not (module_name == PROGRAM or module_name.startswith(f"{PROGRAM}.")):
            continue
        if module_name.startswith(f"{PROGRAM}.extend"):
            continue
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
