"""One parameter, actor, department, issue type, scenario and outcome added to a copy of the package, and where each is
then seen.

Used by `test_adding.py`: `add_all` writes into the copy what a person would write; run as a script inside the copy,
with the project's scripts on Python's path, this module prints, as JSON, what the program shows of it.
"""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

PARAMETER = """    notice_boards: int = lever(
        3, low=0, high=9, unit="groups", source="assumed", group="society", en="Notice boards", zh="宣传栏数量",
        meaning_en="Boards with the phone numbers of all offices.", meaning_zh="公布各单位电话的宣传栏数量。")
"""
ACTOR = '''

class Ombudsman(Actor):
    """Somebody who listens every day, and changes nothing."""

    names = ("Ombudsman", "民情监督员")
    shown = {"days_heard": ("Days of listening", "倾听天数")}

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(model)
        self.days_heard = 0

    def hear(self, day: int) -> None:
        """Once a day."""
        self.days_heard += 1
'''
MADE_IN_THE_BEGINNING = (
    (
        "self.workshop, self.appraisal_group",
        "self.ombudsman = Ombudsman(self)\n        self.workshop, self.appraisal_group",
    ),
    ("    LinkageUnits,\n", "    LinkageUnits,\n    Ombudsman,\n"),
)
PLACE_IN_THE_DAY = (("        w.check_overflow()\n", "        self.ombudsman.hear(day)\n        w.check_overflow()\n"),)
DEPARTMENT = """
[units.low_altitude]
en = "Low-Altitude Office"
zh = "低空办"
tier = 2
kind = "block"
subdistrict = false
staff = 4.0
design_files_per_day = 2.0
design_work_mean = 1.0
design_work_cv2 = 1.0
source = "assumed"
"""
ISSUE_TYPE = """
[issues.drone_noise]
en = "Drone noise"
zh = "无人机扰民"
mechanism = "joint_treatment"
rate = 4000.0
enforcement = 0.5
solvability = 0.2
work_median = 0.5
work_log_sd = 0.5
target_days = 5.0
recur = 0.3
severity = 0.4
joint = 0.0
affected_mean = 6.0
hotline_110_factor = 1.0
shares = { low_altitude = 1.0 }
source = "assumed"
"""
SCENARIO = """
source = "assumed"
title = { en = "Boards everywhere", zh = "处处有宣传栏" }
story = { en = "Nine boards instead of three.", zh = "宣传栏由三块增至九块。" }
[parameters]
notice_boards = 9
"""
FUNCTION = '''

def boards_per_problem(c: Cohorts) -> float | None:
    """Notice boards over problems; None without problems."""
    return share(c.model.parameters.notice_boards, len(c.problems))
'''
ENTRY = '    (of.boards_per_problem, "ratio", "up", "run", "Boards a problem", "每个问题宣传栏数"),\n)\nOUTCOMES'


def add_all(package: Path) -> None:
    """Write the additions into a copy of the package: each as the table of the architecture says, and nothing
    besides."""
    appended = {
        "parameters/levers.py": PARAMETER,
        "agents.py": ACTOR,
        "outcomes/figures.py": FUNCTION,
        "data/units.toml": DEPARTMENT,
        "data/issues.toml": ISSUE_TYPE,
        "data/scenarios/boards.toml": SCENARIO,
    }
    for name, text in appended.items():
        path = package / name
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
    replaced = {
        "beginning.py": MADE_IN_THE_BEGINNING,
        "model.py": PLACE_IN_THE_DAY,
        "outcomes/catalogue.py": ((")\nOUTCOMES", ENTRY),),
    }
    for name, pairs in replaced.items():
        text = (package / name).read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (package / name).write_text(text, "utf-8")


def said(*words: str) -> dict[str, Any]:
    """Exit code, output and errors of a command."""
    from pingan_abm.cli import run_command

    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        code = run_command(words)
    return {"code": code, "out": output.getvalue(), "err": errors.getvalue()}


def refused(read: Any, *arguments: Any) -> list[str]:
    """What a reader finds wrong."""
    from pingan_abm.texts.errors import InputErrors

    try:
        read(*arguments)
    except InputErrors as wrong:
        return list(wrong.problems)
    return []


def commands(folder: Path) -> dict[str, Any]:
    """What the command line says."""
    small = ("--residents", "540", "--days", "3", "--workers", "1", "--lang", "en")
    out, page = str(folder / "out"), folder / "page.html"
    told = {
        "table": {language: said("parameters", "--lang", language)["out"] for language in ("en", "zh")},
        "run": said("run", *small, "--set", "notice_boards=5", "--set", "units.low_altitude.staff=6", "--json"),
        "too_many": said("run", *small, "--set", "notice_boards=99"),
        "scenarios": {language: said("scenarios", "--lang", language)["out"] for language in ("en", "zh")},
        "story": said("scenarios", "boards", "--lang", "en")["out"],
        "compare": said("compare", "pingan365", "boards", *small, "--replications", "2", "--out", out, "--json"),
        "csv": said("results", out)["out"],
        "analyse": said("analyse", out, "--method", "features", "--outcome", "boards_per_proble")["err"],
        "seek": said("seek", *small, "--outcome", "boards_per_proble", "--above", "0", "--lever", "notice_boar")["err"],
        "report": said("report", out, "--out", str(page), "--lang", "zh"),
    }
    return told | {"page": page.read_text("utf-8")}


def files(folder: Path) -> dict[str, Any]:
    """What scenario and study files may say."""
    from pingan_abm.scenarios.files import parse_scenario
    from pingan_abm.study.plan.design import make_plan
    from pingan_abm.study.plan.files import parse_study

    case = '[[problems]]\ndate = 2014-01-02\ncommunity = "hubin_01"\nissue_type = "drone_noise"\n'
    study = "residents = 540\ndays = 3\n[parameters]\nnotice_boards = { low = 0, high = %d }\n"
    study += "[design]\nmethod = 'lhs'\nsamples = 40\n"
    good = parse_study(study % 9 + "[targets]\nboards_per_problem = 2.0\n", "s", "s", folder)
    return {
        "scenario": refused(parse_scenario, "[parameters]\nnotice_boards = 99\n", "x", "x.toml"),
        "misspelt": refused(parse_scenario, "[parameters]\nnotice_board = 9\n", "x", "x.toml"),
        "case": refused(parse_scenario, case, "x", "x.toml"),
        "study": refused(parse_study, study % 99, "s", "s.toml", folder),
        "sampled": sorted({task.spec.settings["notice_boards"] for task in make_plan(good).tasks()}),
        "target": good.targets[0].outcome,
    }


def district() -> dict[str, Any]:
    """Forty days of a district with the new actor, department and type."""
    import numpy as np

    from pingan_abm.model import PinganModel
    from pingan_abm.trace.event_log import log_of_model
    from pingan_abm.trace.log_files import write_csv
    from pingan_abm.web.shown.inspector import inspect
    from pingan_abm.web.shown.institution_map import network_layout, network_state
    from pingan_abm.web.shown.monthly import Monthly

    model = PinganModel(residents=540, days=40, events=True, warmup=0)
    for _ in range(40):
        model.step()
    unit, issue = model.district.unit_index("low_altitude"), model.district.issue_index("drone_noise")
    problems, rows = model.world.used("problems"), model.world.used("assignments")
    layout, months = network_layout(model), Monthly()
    months.note(model)
    placed = [node["id"] for node in layout["nodes"]]
    state = np.frombuffer(network_state(model, layout), np.float32)
    log = io.BytesIO()
    write_csv([log_of_model(model)], log)
    return {
        "actors": {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()},
        "node": dict(model.institutions.nodes["ombudsman_1"]),
        "unit_node": dict(model.institutions.nodes["low_altitude"]),
        "heard": model.ombudsman.days_heard,
        "placed": placed,
        "state": len(state),
        "ties": len(layout["ties"]),
        "sheets": {
            language: [inspect(model, months, name, language) for name in ("ombudsman_1", "low_altitude")]
            for language in ("en", "zh")
        },
        "problems": int((problems["issue"] == issue).sum()),
        "dispatched": int((rows["unit"] == unit).sum()),
        "worked": float(model.world.units[unit].spent),
        "grades": model.units[unit].grades,
        "log": log.getvalue().decode("utf-8-sig"),
    }


def app() -> dict[str, Any]:
    """What the app offers."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.scenarios.presets import load_scenario, scenario_names
    from pingan_abm.web.shown.lever_panel import panel
    from pingan_abm.web.visitor.links import read_link

    items = {
        language: {one["name"]: one for group in panel(language, False)["groups"] for one in group["items"]}
        for language in ("en", "zh")
    }
    return {
        "sliders": {language: found["notice_boards"] for language, found in items.items()},
        "campaigns": dict(items["zh"]["campaign_issue"]["choices"]),
        "scenarios": {name: load_scenario(name).title for name in scenario_names()},
        "link": read_link("scenario=boards&notice_boards=4").recipe.scenario.name,
        "outcomes": {name: [one.label("en"), one.label("zh")] for name, one in OUTCOMES.items()},
    }


if __name__ == "__main__":
    from write_odd import PAGE, with_table

    where = Path(sys.argv[1])
    seen = {
        "commands": commands(where),
        "files": files(where),
        "district": district(),
        "app": app(),
        "odd": with_table(PAGE.read_text("utf-8")),
    }
    sys.stdout.write(json.dumps(seen, ensure_ascii=False, default=str))
