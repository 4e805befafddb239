"""One case described step by step: who did what on which day, and why."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.texts.signs import with_per_cent
from pingan_abm.trace.follow import Followed
from pingan_abm.trace.words import BY_DETAIL, KNOWN, MISTAKEN, NOT_SETTLED, SETTLED, WORDS, Words
from pingan_abm.world.cases import LEVEL_1_STEP, SPECIAL_STEP
from pingan_abm.world.events import Activity, ActorKind
from pingan_abm.world.tables import CHANNEL_NAMES

WHO: dict[ActorKind, tuple[str, str]] = {
    ActorKind.NOBODY: ("–", "–"), ActorKind.RESIDENT: ("Resident {number}", "居民{number}"),
    ActorKind.GRID_OFFICER: ("Grid officer {number}", "网格员{number}"), ActorKind.COMMUNITY: ("Community", "社区"),
    ActorKind.GROUP: ("Grassroots group", "草根组织"), ActorKind.CENTRE: ("Command centre", "联动指挥中心"),
    ActorKind.INSPECTORS: ("Inspectors", "督察员"), ActorKind.COMMISSION: ("Discipline commission", "区纪委"),
    ActorKind.ORGANISATION: ("Social organisation {number}", "社会组织{number}"),
    ActorKind.PLACE: ("The place concerned", "当事场所"),
}  # fmt: skip
CHANNEL = ("Channel that received it", "受理渠道")  # files and dispatches by itself where there is no centre
MEETINGS: dict[int, tuple[str, str]] = {
    SPECIAL_STEP: ("Conduct office", "区作风办"), LEVEL_1_STEP: ("Joint meeting, level 1", "一级督办联席会议"),
}  # fmt: skip
LEVEL_2 = ("Joint meeting, level 2", "二级督办联席会议")


class StoryLine(NamedTuple):
    """One step. day: after the injection; why: empty when nothing was left to chance."""

    day: float
    date: date
    who: str
    what: str
    why: str


def story(one: Followed, start: date, language: str) -> Iterator[StoryLine]:
    """The steps of a followed case, in the order of time. language: "en" or "zh"."""
    for row in one.rows:
        words = words_of(row)
        facts = facts_of(one, row, language)
        day = float(row["time"])
        decided = not math.isnan(row["chance"]) and not (
            row["chance"] == 1.0 and row["draw"] == 0.0
        )  # an injected report is fixed, not drawn
        why = reason_of(one, row, words).why(language) if decided else ""
        yield StoryLine(
            day - one.began,
            start + timedelta(days=math.floor(day)),
            who_did(one, row, language),
            words.what(language).format(**facts),
            why.format(**facts),
        )


def words_of(row: np.record) -> Words:
    """The words for an event."""
    activity, detail = Activity(int(row["activity"])), int(row["detail"])
    if activity is Activity.TRY:
        return SETTLED if row["draw"] < row["chance"] else NOT_SETTLED
    return BY_DETAIL.get((activity, detail)) or WORDS[activity]


def reason_of(one: Followed, row: np.record, words: Words) -> Words:
    """The words that hold the reason: for a dispatch it depends on whether the unit really must act."""
    if row["activity"] == Activity.DISPATCH:
        return KNOWN if int(row["actor"]) in one.true_units else MISTAKEN
    return words


def facts_of(one: Followed, row: np.record, language: str) -> dict[str, object]:
    """What the words may name."""
    place, detail = 1 if language == "zh" else 0, int(row["detail"])
    district = plain_district()
    unit = one.units[int(row["actor"])][place] if 0 <= int(row["actor"]) < len(one.units) else ""
    issue = district.issues[district.issue_index(one.issue)]
    community = district.communities[district.community_index(one.community)]
    channels = {channel.id: getattr(channel, language) for channel in district.channels}
    return {
        "unit": unit,
        "number": detail,
        "chance": per_cent(float(row["chance"]), language),
        "draw": per_cent(float(row["draw"]), language),
        "issue": getattr(issue, language),
        "place": located(one.place, getattr(community, language), language),
        "channel": channels[CHANNEL_NAMES[detail]] if 0 <= detail < len(CHANNEL_NAMES) else "",
    }


def located(place: str, community: str, language: str) -> str:
    """A place with its community, or the community alone where nobody names the place."""
    if not place:
        return community
    return f"{community}{place}" if language == "zh" else f"{place}, {community}"


def plain_district() -> District:
    """The district that is meant, for names."""
    return load_district()


def per_cent(share: float, language: str) -> str:
    """A share in per cent with one decimal; a dash when there is none."""
    return "–" if math.isnan(share) else with_per_cent(f"{100 * share:.1f}", language)


def who_did(one: Followed, row: np.record, language: str) -> str:
    """The actor of an event, in a language. A dispatch's actor number is the unit that it goes to, so the centre
    is named alone."""
    place, kind, number = 1 if language == "zh" else 0, ActorKind(int(row["kind"])), int(row["actor"])
    if kind is ActorKind.UNIT:
        return one.units[number][place]
    if kind is ActorKind.MEETING:
        return MEETINGS.get(number, LEVEL_2)[place]
    if kind is ActorKind.CENTRE and not one.centre:
        return CHANNEL[place]
    if kind is ActorKind.PLACE and one.place:
        return one.place
    return WHO[kind][place].format(number=number)
