"""A warm district: everything that a district carries on the evening before day 0, as arrays and plain values.

A model of its own simulates the warm-up. Its last state is packed here, kept on disk if wanted, and unpacked into the
model of the run. Both ways go through the same form, so a run gives the same bytes whether its warm district was just
simulated or read from disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from mesa.agent import Agent

from pingan_abm.actors.base import DistrictModel
from pingan_abm.actors.organisations import SocialOrganisation
from pingan_abm.snapshots.codec import decoded, encoded
from pingan_abm.snapshots.memory import IDENTITY, whole
from pingan_abm.world.clock import begin_counts, move_origin
from pingan_abm.world.organisations import sound_roster
from pingan_abm.world.retire import entries_of, fill_calendar, not_over, retire
from pingan_abm.world.world import GROWING, REGISTERS, World, grown

#: Arrays that the run makes itself, as the warm-up did: who knows whom does not change, and a log begins on day 0.
MADE_ANEW = ("contacts", "events", "heads", "nodes")
#: Arrays that grow with the organisations that enter.
BY_ORGANISATION = ("relations", "stands_for", "requests", "helps", "organisations", "serves", "roster")
CARRIED = ("month", "month_began", "ideas")
#: What `unpack` may raise for a state of another shape; RecursionError for one that is nested without end.
MISFIT = (LookupError, ValueError, TypeError, AttributeError, OverflowError, RecursionError)
CALENDAR_COLUMNS = 6  # of what `entries_of` gives


@dataclass(frozen=True)
class Warm:
    """arrays, records as their bytes, padding included: those of the world by name, the calendar's entries and times,
    and those that belong to actors; state: the actors' values, encoded."""

    arrays: dict[str, np.ndarray]
    state: Any


def pack(model: DistrictModel) -> Warm:
    """The last state of a warm-up, with times counted from its end. The model cannot be continued afterwards."""
    w, days = model.world, model.day
    numbers = retire(w, not_over(w, float(days)))
    end_warm_up(model, numbers)
    entries = entries_of(w)
    times = w.nodes["time"][entries[:, 5]] - days
    move_origin(w, days)
    begin_counts(w)
    entries[:, 1] -= days
    arrays = {"calendar": entries, "calendar_times": times}
    for one in fields(World):
        if one.name not in MADE_ANEW:
            rows = w.used(one.name) if one.name in REGISTERS else getattr(w, one.name)
            arrays[one.name] = whole(rows).view(np.uint8) if rows.dtype.names else whole(rows)
    held: dict[str, np.ndarray] = {}
    state = {
        "carried": {name: getattr(model, name) for name in CARRIED},
        "actors": [state_of(actor) for actor in lasting_actors(model)],
        "organisations": [state_of(one) for one in model.organisations],
        "purse": None if model.purse is None else state_of(model.purse),
    }
    packed = encoded(state, held)
    return Warm(arrays | held, packed)


def end_warm_up(model: DistrictModel, numbers: np.ndarray) -> None:
    """Actors count from day 0 too. numbers: the new number of each problem."""
    days, book, leadership = model.day, model.world.tally[0], model.leadership
    for group in model.groups:
        group.picks = [(day - days, int(numbers[number])) for day, number in group.picks]
    for idea in model.ideas:
        idea.day -= days
    leadership.alarm_until -= days
    leadership.crises_seen = 0
    if leadership.crisis_campaign_at is not None:
        day, kind = leadership.crisis_campaign_at
        leadership.crisis_campaign_at = (day - days, kind)
    for campaign in (*leadership.ended, *((leadership.campaign,) if leadership.campaign else ())):
        campaign.start -= days
        campaign.end -= days
    model.world.settings["campaign_ends"] -= days
    sent, wrong = model.appraisal_group.before
    model.appraisal_group.before = (sent - float(book.dispatches), wrong - float(book.misdirected))
    model.month_began -= days
    model.forums.held = 0
    if model.purse is not None:
        model.purse.spent = model.month_began / 365.0 * model.purse.running


def lasting_actors(model: DistrictModel) -> tuple[Any, ...]:
    """Actors with a state of their own that are there from the start to the end, in a fixed order."""
    return (
        model.centre,
        model.appraisal_group,
        model.leadership,
        model.forums,
        *model.units,
        *model.communities,
        *model.groups,
    )


def state_of(actor: Any) -> dict[str, Any]:
    """An actor's attributes, but for what identifies it."""
    return {name: value for name, value in vars(actor).items() if name not in IDENTITY}


def unpack(model: DistrictModel, warm: Warm) -> None:
    """Put a model that was built with the warm-up's settings, and has not lived a day, into the state of the warm
    district, whose arrays are used up by it. Raises one of MISFIT for a state that does not fit."""
    w, arrays = model.world, warm.arrays
    fresh, state = fitting(w, arrays), decoded(warm.state, arrays)  # before anything is taken over
    carried = {name: state["carried"][name] for name in CARRIED}
    actors = list(zip(lasting_actors(model), state["actors"], strict=True))
    key, weekday = w.settings["key"].copy(), int(w.settings[0].weekday)
    for name in list(fresh):
        rows = fresh.pop(name)
        setattr(w, name, grown(rows, len(rows) + len(getattr(w, name))) if name in REGISTERS else whole(rows))
        del arrays[name], rows  # or two districts would be in memory at once
    w.settings["key"], w.settings["weekday"] = key, weekday
    fill_calendar(w, arrays["calendar"], arrays["calendar_times"], w.heads.shape[1])
    for name, value in carried.items():
        setattr(model, name, value)
    for actor, values in actors:
        actor.__dict__.update(values)
    for number, values in enumerate(state["organisations"]):
        if number == len(model.organisations):  # it was founded during the warm-up
            founded = SocialOrganisation.__new__(SocialOrganisation)
            Agent.__init__(founded, model)
            model.organisations.append(founded)
        model.organisations[number].__dict__.update(values)
    if model.purse is not None:
        model.purse.__dict__.update(state["purse"])


def fitting(w: World, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays of a warm district by name, each as long as the district that is to take them over needs it: compiled
    code does not look where it reads. Raises KeyError or ValueError for any that is missing or of another size."""
    fresh: dict[str, np.ndarray] = {}
    for one in fields(World):
        if one.name not in MADE_ANEW:
            fresh[one.name] = arrays[one.name].view(getattr(w, one.name).dtype)
    fixed = [name for name in fresh if name not in (*GROWING, *BY_ORGANISATION)]
    require(all(fresh[name].shape == getattr(w, name).shape for name in fixed))
    count = len(fresh["organisations"])
    actors = int(w.settings[0].organisation_actor) + count
    require(all(fresh[name].shape == (actors, actors) for name in ("relations", "requests", "helps")))
    require(fresh["stands_for"].shape == (actors,) and fresh["serves"].shape == (count, len(w.communities)))
    require(bool(((fresh["stands_for"] >= 0) & (fresh["stands_for"] < actors)).all()))
    require(sound_roster(fresh["roster"], fresh["roster_starts"], count))
    book, units = fresh["tally"], fresh["units"]
    require(all(fresh[name].shape == (int(book[name][0]),) for name in REGISTERS if name in fresh))
    require(all(fresh[name].shape[:-1] == getattr(w, name).shape[:-1] for name in ("latent", "queues", "agendas")))
    require(len(fresh["latent"]) >= int(book["latent_rows"][0]))
    require(fresh["queues"].shape[1] >= int(units["queued"].max()))
    require(fresh["agendas"].shape[1] >= int(book["on_agenda"].max()))
    entries, times = arrays["calendar"], arrays["calendar_times"]
    require(entries.ndim == 2 and entries.shape[1] == CALENDAR_COLUMNS and times.shape == entries.shape[:1])
    require(bool(((entries[:, 0] >= 0) & (entries[:, 0] < len(w.heads)) & (entries[:, 1] >= 0)).all()))
    return fresh


def require(holds: bool) -> None:
    """Raise ValueError unless something holds of a warm district."""
    if not holds:
        raise ValueError("another size than the district has")
