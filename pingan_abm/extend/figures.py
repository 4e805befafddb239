"""Adding an outcome of a run, or an indicator of its days."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

from pingan_abm.extend.sources import digest_of, origin_of
from pingan_abm.files.extensions import Again, Kind, Piece, check_free, enter
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown

if TYPE_CHECKING:
    import numpy as np

    from pingan_abm.model import PinganModel
    from pingan_abm.outcomes.cohorts import Cohorts
    from pingan_abm.outcomes.register import Register

type OutcomeFunction = Callable[["Cohorts"], float | None]
type IndicatorFunction = Callable[["PinganModel"], "np.ndarray"]
Figure = TypeVar("Figure", bound=Callable[..., Any])

BETTER = ("up", "down", "none")


def outcome(*, unit: str, better: str, en: str, zh: str) -> Callable[[Figure], Figure]:
    """Decorator: add an outcome. The function takes the run's `Cohorts` (its `model` is the finished model) and returns
    a number, or None where the denominator is empty; its name is the outcome's, its docstring the definition.

    unit: as in `outcomes/catalogue.py`, "share" for what is shown in per cent; better: "up", "down" or "none"; en, zh:
    labels. Raises InputErrors.
    """
    return partial(_add, "outcome", {"unit": unit, "better": better, "en": en, "zh": zh})


def indicator(*, unit: str, better: str, en: str, zh: str) -> Callable[[Figure], Figure]:
    """Decorator: add an indicator of days. The function takes the model and returns one float64 value for each day so
    far. The rest is as for `outcome`."""
    return partial(_add, "indicator", {"unit": unit, "better": better, "en": en, "zh": zh})


def _add(kind: Kind, words: dict[str, str], function: Figure) -> Figure:
    add_figure(kind, function, words)
    return function


def add_figure(kind: Kind, function: Callable[..., Any], words: dict[str, str], digest: str = "") -> None:
    """Add an outcome or an indicator to its catalogue. digest: of its sources, if it was taken in another process."""
    from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES, Indicator, Outcome
    from pingan_abm.parameters.declared import Parameters

    name, origin = function.__name__, origin_of(function)
    check_free(kind, name, origin)
    problems = word_problems(kind, name, words)
    if name in OUTCOMES or name in INDICATORS or name in Parameters.model_fields or name in TAKEN:
        problems.append(sentence('{kind} "{name}": the name is taken; choose another one.', kind=kind, name=name))
    raise_if_any(problems)
    catalogue: Register[Any] = OUTCOMES if kind == "outcome" else INDICATORS
    made = (Outcome if kind == "outcome" else Indicator)(name=name, function=checked(kind, function), **words)
    again: Again = (add_figure, (kind, function, words), {})
    digest = digest or digest_of(function, sorted(words.items()))
    enter(Piece(kind, name, digest, origin, again, partial(catalogue.leave, name)))
    catalogue.enter(name, made)


#: Columns of tables of runs and of their days, which no figure may be called.
TAKEN = ("run_id", "scenario", "seed", "replication", "status", "error", "seconds", "day", "residents", "days", "start")


def word_problems(kind: str, name: str, words: dict[str, str]) -> list[str]:
    """What is wrong with the words of an outcome or indicator."""
    problems: list[str] = [
        sentence('{kind} "{name}": {word} is missing; write a few words.', kind=kind, name=name, word=word)
        for word in ("unit", "en", "zh")
        if not str(words[word]).strip()
    ]
    if words["better"] not in BETTER:
        problems.append(
            sentence(
                '{kind} "{name}": better = {value} is not usable: write one of {names}.',
                kind=kind,
                name=name,
                value=shown(words["better"]),
                names=", ".join(BETTER),
            )
        )
    return problems


def checked(kind: Kind, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with a look at what it returns."""
    return update_wrapper(partial(_one_number if kind == "outcome" else _one_a_day, function), function)


def _one_number(function: Callable[..., Any], cohorts: "Cohorts") -> float | None:
    value = function(cohorts)
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise InputErrors(
            [
                sentence(
                    'outcome "{name}" returned {value}; it has to return a number or None.',
                    name=function.__name__,
                    value=shown(value),
                )
            ]
        ) from None
    return None if number - number != 0.0 else number


def _one_a_day(function: Callable[..., Any], model: "PinganModel") -> "np.ndarray":
    import numpy as np

    values = np.asarray(function(model), dtype=np.float64)
    if values.shape != (model.day,):
        raise InputErrors(
            [
                sentence(
                    'indicator "{name}" returned an array of shape {shape}; it has to return one value for each of the '
                    "{days} days so far.",
                    name=function.__name__,
                    shape=values.shape,
                    days=model.day,
                )
            ]
        )
    return values
