"""Interventions and actors that extensions add to the day of a district."""

import datetime
import hashlib
import inspect
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from pingan_abm.extend.sources import digest_of, origin_of
from pingan_abm.files.extensions import PIECES, Again, Piece, check_free, enter, identity, of_kind
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

if TYPE_CHECKING:
    import numpy as np

    from pingan_abm.actors.base import Actor, DistrictModel

#: Places in the day after which an actor may act, in their order: `PinganModel.live` names each.
PLACES = ("morning", "problems", "residents", "groups", "officers", "centre", "units", "inspectors", "evening")

type Act = Callable[["DistrictModel"], object]
type Condition = Callable[["DistrictModel"], bool]
ActFunction = TypeVar("ActFunction", bound=Callable[..., Any])
ActorClass = TypeVar("ActorClass", bound=type)


class ExtensionFailed(RuntimeError):
    """An extension's own code raised an error while a district lived."""


@dataclass(frozen=True)
class Intervention:
    """What is done on a date, or on the first day (every day, without `once`) on which a condition holds."""

    name: str
    act: Act
    on: datetime.date | None
    when: Condition | None
    once: bool

    def is_due(self, model: "DistrictModel", day: int) -> bool:
        """Whether it acts this morning."""
        if self.when is None:
            return self.on is not None and model.timeline.day_of(self.on) == day
        return bool(self.when(model))


@dataclass(frozen=True)
class AddedActor:
    """A class of actors that joins every district: how many, and when in the day they act."""

    kind: type["Actor"]
    after: str
    number: int


# What is registered, by name: kept apart from the registry, which knows nothing of models.
INTERVENTIONS: dict[str, Intervention] = {}
ACTORS: dict[str, AddedActor] = {}


def intervention(
    *, on: str | datetime.date | None = None, when: Condition | None = None, once: bool = True
) -> Callable[[ActFunction], ActFunction]:
    """Decorator: the function, given the model, acts in the morning of a date (`on="2014-05-01"`), or of the first day
    on which a condition holds (`when=lambda model: …`; with `once=False`, of every such day).

    It may change parameters (`extend.change`), the state (`model.world`) and actors. A date outside the run never
    comes. Raises InputErrors.
    """

    def decorate(function: ActFunction) -> ActFunction:
        add_intervention(function, on, when, once)
        return function

    return decorate


def add_intervention(
    act: Act, on: str | datetime.date | None, when: Condition | None, once: bool, digest: str = ""
) -> None:
    """Note an intervention for every district that is built from now on. digest: of its sources, if it was taken in
    another process."""
    name, origin = str(getattr(act, "__name__", "")), origin_of(act)
    check_free("intervention", name, origin)
    problems: list[str] = []
    day = on if isinstance(on, datetime.date) else None
    if (on is None) == (when is None):
        problems.append(sentence('intervention "{name}": write either on or when.', name=name))
    if on is not None and day is None:
        try:
            day = datetime.date.fromisoformat(str(on))
        except ValueError:
            problems.append(
                sentence(
                    'intervention "{name}": on = {value} is no date; write a date such as 2014-05-01.',
                    name=name,
                    value=shown(on),
                )
            )
    for function, what in ((act, sentence("the function")), (when, "when")):
        if function is not None and not takes(function, 1):
            problems.append(
                sentence('intervention "{name}": {what} has to take one argument, the model.', name=name, what=what)
            )
    raise_if_any(problems)
    digest = digest or digest_of(act, day, once) if when is None else digest or digest_of(act, once, digest_of(when))
    again: Again = (add_intervention, (act, on, when, once), {})
    enter(Piece("intervention", name, digest, origin, again, partial(_remove, INTERVENTIONS, name)))
    INTERVENTIONS[name] = Intervention(name, act, day, when, once)


def actor(*, after: str, number: int = 1) -> Callable[[ActorClass], ActorClass]:
    """Decorator: `number` actors of this class join every district, and act once a day after a place in it.

    The class derives from `pingan_abm.agents.Actor`, is built as `Kind(model)` and has a method `act(self, day)`.
    after: one of `extend.PLACES`. Raises InputErrors.
    """

    def decorate(kind: ActorClass) -> ActorClass:
        add_actor(kind, after, number)
        return kind

    return decorate


def add_actor(kind: type, after: str, number: int, digest: str = "") -> None:
    """Note a class of actors for every district that is built from now on. digest: of its sources, if it was taken in
    another process."""
    from pingan_abm.actors.base import Actor

    name, origin = kind.__name__, origin_of(kind)
    check_free("actor", name, origin)
    problems: list[str] = []
    if not (isinstance(kind, type) and issubclass(kind, Actor)):
        problems.append(sentence('actor "{name}": derive the class from pingan_abm.agents.Actor.', name=name))
    if not takes(getattr(kind, "act", None), 2):
        problems.append(sentence('actor "{name}": write a method act(self, day), which it calls every day.', name=name))
    if after not in PLACES:
        problems.append(
            sentence(
                'actor "{name}": there is no place {place} in the day.{near}',
                name=name,
                place=shown(after),
                near=suggestion(after, PLACES),
            )
        )
    if type(number) is not int or not 1 <= number <= 100_000:
        problems.append(
            sentence('actor "{name}": number = {value}; write 1 to 100000.', name=name, value=shown(number))
        )
    raise_if_any(problems)
    digest = digest or digest_of(kind, after, number)
    again: Again = (add_actor, (kind, after, number), {})
    enter(Piece("actor", name, digest, origin, again, partial(_remove, ACTORS, name)))
    ACTORS[name] = AddedActor(kind, after, number)


def _remove(registered: dict[str, Any], name: str) -> None:
    registered.pop(name, None)


def takes(function: Any, count: int) -> bool:
    """Whether something can be called with so many arguments."""
    try:
        inspect.signature(function).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


class Additions:
    """What extensions add to one district: its actors by place, and which of its interventions have acted."""

    def __init__(self, model: "DistrictModel", active: bool = True) -> None:
        """active: whether they act; in a warm-up they do not, as they begin on day 0."""
        self.model, self.identity = model, identity()
        self.interventions = [INTERVENTIONS[piece.name] for piece in of_kind("intervention")] if active else []
        self.acted: frozenset[str] = frozenset()
        self.actors: dict[str, list[Any]] = {}
        self._last_day: dict[str, int] = {}
        for piece in of_kind("actor") if active else ():
            added = ACTORS[piece.name]
            with reported("actor", piece.name):
                self.actors.setdefault(added.after, []).extend(added.kind(model) for _ in range(added.number))

    @property
    def everyone(self) -> list[Any]:
        """Every actor that an extension added."""
        return [one for actors in self.actors.values() for one in actors]

    def intervene(self, day: int) -> None:
        """The morning's interventions. Raises RuntimeError when extensions came or went since the district was built:
        the run would mix two models."""
        if (self.identity is not None or PIECES) and identity() != self.identity:
            raise RuntimeError("the extensions have changed since this model was built; build a new one")
        self._last_day["interventions"] = day
        for one in self.interventions:
            with reported("intervention", one.name):
                if one.name in self.acted and (one.once or one.on is not None):
                    continue
                if one.is_due(self.model, day):
                    one.act(self.model)
                    self.acted |= {one.name}

    def act(self, place: str, day: int) -> None:
        """The day of the actors whose place this is."""
        self._last_day[place] = day
        for one in self.actors.get(place, ()):
            with reported("actor", type(one).__name__):
                one.act(day)

    def check_place_of_all(self, day: int) -> None:
        """Raise RuntimeError when an added actor's place, or the morning's interventions, were left out of the day, as
        in a subclass whose `live` or `open` does not call the model's own."""
        wanted = {*self.actors, *(["interventions"] if self.interventions else [])}
        if missed := sorted(place for place in wanted if self._last_day.get(place) != day):
            raise RuntimeError(
                f"{type(self.model).__name__} left out of the day what extensions added: nobody acted after "
                f"{', '.join(missed)}; call self.additions.act(place, day) and self.additions.intervene(day) as "
                "PinganModel.live and PinganModel.open do"
            )


@contextmanager
def reported(kind: str, name: str) -> Iterator[None]:
    """Say which extension failed, and where in its file."""
    try:
        yield
    except (KeyboardInterrupt, InputErrors):
        raise
    except Exception as wrong:
        last = traceback.extract_tb(wrong.__traceback__)[-1]
        raise ExtensionFailed(
            f'{kind} "{name}" failed: {type(wrong).__name__}: {wrong} ({last.filename}, line {last.lineno})'
        ) from wrong


def generator(model: "DistrictModel", name: str, day: int) -> "np.random.Generator":
    """A generator of random numbers of its own for a purpose and a day: the same in every run of the same seed and
    replication, independent of all other draws. Mesa's `model.random` is the same in all replications."""
    import numpy as np

    word = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    return np.random.default_rng([int(model.key), word, day])
