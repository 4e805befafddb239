"""New folders of districts: a copy of a shipped one with its comments, or a small blank one to be filled in."""

from pathlib import Path

from pingan_abm.district.folder import DATA
from pingan_abm.district.keys import ABOUT, FILES
from pingan_abm.files.atomic import write_bytes
from pingan_abm.founding.writing import check_new

BLANK = {
    ABOUT: """\
# What holds for the district as a whole. Lines that begin with # are examples of what may be written too.

en = "My district"
zh = "示例区"
residents = 120_000
# start = 2024-01-01            # the day on which a run begins unless another is asked for
# posts = 84                    # of all units; those without staff of their own share them by their duties
# persons_per_grid = 774        # residents of a grid with one officer
# time_zone = "+08:00"
# currency = { en = "yuan", zh = "元" }

[calendar]
# weekday_arrivals = 1.19       # problems on a working day, relative to the mean; weekend_arrivals on the other days
# weekend_arrivals = 0.525
# holidays = ["01-01", "2024-02-10/2024-02-17", "10-01/10-07"]   # of every year, or of one
# working_days = ["2024-02-18"]                                  # weekend days that are worked
# seasons = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]                 # how busy each month is, relative to the others

[parameters]
# What the district has of everything that is counted for the district as a whole. Per head it is as in the shipped
# district; write what you know, and where it is from.
{capacities}
""",
    "units.toml": """\
# The units that a case may be sent to. kind: "line" (led from above the district) or "block" (led by it).
# subdistrict = true: the office of a subdistrict. staff: staff-days a calendar day; without it, a share of `posts`.

[units.city_management]
en = "City Management"
zh = "城管局"
tier = 1
kind = "block"
source = "assumed"

[units.office_1]
en = "First Subdistrict Office"
zh = "第一街道办事处"
subdistrict = true
source = "assumed"
""",
    "issues.toml": """\
# The types of problems. rate: per 1,000 persons and year. work_median: staff-days. target_days: deadline.
# shares: who may own it under the written duties, adding up to 1; "subdistrict" is the one where the problem lies.
# mechanism: mediation, security, joint_treatment, linked_work, safe_district or services.

[issues.street_order]
en = "Street order"
zh = "市容秩序"
mechanism = "joint_treatment"
rate = 200.0
work_median = 1.0
target_days = 5
shares = { city_management = 0.7, subdistrict = 0.3 }
source = "assumed"

[issues.neighbours]
en = "Dispute between neighbours"
zh = "邻里纠纷"
mechanism = "mediation"
rate = 100.0
work_median = 0.8
target_days = 15
shares = { subdistrict = 1.0 }
source = "assumed"
""",
    "communities.toml": """\
# Subdistricts, each with its office among the units, and communities. population: proportions count.

[subdistricts.first]
en = "First Subdistrict"
zh = "第一街道"
unit = "office_1"

[communities.first_1]
en = "First community"
zh = "第一社区"
subdistrict = "first"
population = 5000

[communities.first_2]
en = "Second community"
zh = "第二社区"
subdistrict = "first"
population = 7000
""",
}


def new_folder(folder: Path, blank: bool, residents: int = 120_000) -> list[Path]:
    """Write a new district into a folder, and return its files. Raises InputErrors when something stands there."""
    check_new(folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    if blank:
        from pingan_abm.founding.capacities import capacity_lines

        texts = {name: text.replace("{capacities}", capacity_lines(residents)) for name, text in BLANK.items()}
    else:
        names = [ABOUT, *(f"{file}.toml" for file in FILES)]
        texts = {name: (DATA / name).read_text("utf-8") for name in names}
    for name, text in texts.items():
        write_bytes(folder / name, text.encode())
        made.append(folder / name)
    return made
