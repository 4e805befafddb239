"""What a district has as a whole (inspectors, money, meetings): per head as in the shipped district, until its own is
known."""

from pingan_abm.district.files import base_district
from pingan_abm.district.folder import DATA, open_folder
from pingan_abm.parameters.declared import declared
from pingan_abm.parameters.fields import plain

#: Parameters that count something of the whole district, so that another district has others.
OF_THE_WHOLE = (
    "inspectors",
    "social_funding",
    "organisations_at_start",
    "entries_a_month",
    "group_members",
    "talk_problems",
    "centre_items_a_day",
    "community_posts",
    "supervisions_a_month",
    "special_meetings_a_month",
    "level_2_meetings_a_month",
    "level_1_meetings_a_month",
)


def capacities(residents: int) -> dict[str, float | int]:
    """The parameters of the whole district for so many residents, as many a head as in the shipped district, within
    their bounds."""
    share = residents / base_district(open_folder(DATA)).about.residents
    found: dict[str, float | int] = {}
    for name in OF_THE_WHOLE:
        one = declared(name)
        assert one.low is not None and one.high is not None  # all are numbers
        value = min(one.high, max(one.low, float(str(one.default)) * share))
        found[name] = round(value) if one.type == "integer" else float(f"{value:.3g}")
    return found


def capacity_lines(residents: int) -> str:
    """These parameters as lines of a district.toml."""
    return "\n".join(
        f'{name} = {{ value = {plain(value)}, source = "assumed" }}' for name, value in capacities(residents).items()
    )
