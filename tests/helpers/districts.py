"""A district written by hand: 4 subdistricts, 20 communities, 22 units, 30 types, 120,000 residents."""

from pathlib import Path

ABOUT = """en = "Riverside"
zh = "滨江示例区"
residents = 120_000
start = 2024-01-01
posts = 84
persons_per_grid = 600

[calendar]
holidays = ["01-01", "2024-02-10/2024-02-17", "10-01/10-07"]
working_days = ["2024-02-18", "2024-10-12"]

[parameters]
inspectors = { value = 5, source = "official" }
"""


def write_district(folder: Path) -> Path:
    """Write the district into a new folder, and return it."""
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(ABOUT, "utf-8")
    units = [f'[units.dept_{i:02d}]\nen = "Department {i}"\nzh = "部门{i}"\n' for i in range(18)]
    units += [f'[units.office_{i}]\nen = "Office {i}"\nzh = "街道{i}"\nsubdistrict = true\n' for i in range(4)]
    (folder / "units.toml").write_text("\n".join(units), "utf-8")
    rows = ["id,en,zh,mechanism,rate,work_median,target_days,shares"]
    for i in range(30):
        shares = f"dept_{i % 18:02d}: 0.6; dept_{(i * 7 + 1) % 18:02d}: 0.2; subdistrict: 0.2"
        kind = ("mediation", "services", "linked_work")[i % 3]
        rows.append(
            f"type_{i:02d},Type {i},类型{i},{kind},{300 / (i + 1):.1f},{0.5 + i % 4 / 4},{5 + i % 3 * 5},{shares}"
        )
    (folder / "issues.csv").write_text("\n".join(rows), "utf-8")
    places = [f'[subdistricts.s{i}]\nen = "Subdistrict {i}"\nzh = "街道{i}"\nunit = "office_{i}"\n' for i in range(4)]
    places += [
        f'[communities.c{i:02d}]\nen = "Community {i}"\nzh = "社区{i}"\nsubdistrict = "s{i % 4}"\n'
        f"population = {4000 + 200 * i}\n"
        for i in range(20)
    ]
    (folder / "communities.toml").write_text("\n".join(places), "utf-8")
    return folder
