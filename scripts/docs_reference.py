"""Pages of reference, written from the program itself at the time of building; nothing of them is kept.

Names, ranges, units and help stand where they are declared. So these pages cannot be older than the program.
"""

import inspect
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docs_pages import ROOT

from pingan_abm.cli import make_command
from pingan_abm.district import keys as district_keys
from pingan_abm.files import toml
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.parameters.declared import coefficient_tables, parameter_table
from pingan_abm.report.results_table import NOTES, unit_in_chinese
from pingan_abm.scenarios import files as scenario_files
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.decide import beliefs
from pingan_abm.study.keep import shards
from pingan_abm.study.plan import evidence
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator
from pingan_abm.trace import log_files
from pingan_abm.world.events import EVENT

DIRECTIONS = {
    "up": Bilingual("more is better", "越高越好"),
    "down": Bilingual("less is better", "越低越好"),
    "none": Bilingual("not judged", "不作评判"),
}
#: Columns of runs/ that `pingan results` leaves out.
KEPT_ONLY = {
    "traceback": Bilingual("where in the program it failed", "失败时程序所在位置"),
    "seconds": Bilingual("computing time; never the same twice", "计算用时；每次不同"),
}
LOG = {
    "case:concept:name": Bilingual("the case file", "案卷"),
    "concept:name": Bilingual("the step", "环节"),
    "time:timestamp": Bilingual("when", "时间"),
    "org:resource": Bilingual("who did it", "由谁办理"),
    "issue_type": Bilingual("issue type", "问题类型"),
    "community": Bilingual("community", "社区"),
    "truly_solved": Bilingual("whether the problem was really solved then", "当时问题是否实际解决"),
    "place": Bilingual("place, where records name places", "场所（记录写明场所时）"),
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def commands(language: str) -> str:
    """Every command with its help and options."""
    say = Bilingual("Command line", "命令行").text(language)
    parts = [f"# {say}\n"]
    lead = Bilingual(
        "What `pingan COMMAND --help` prints. Exit codes: 0 done; 1 something failed or nothing was found; 2 wrong "
        "input; 130 Ctrl-C; 143 SIGTERM; 129 SIGHUP. An interrupted command keeps what is finished.",
        "即 `pingan 命令 --help` 显示的内容。退出码：0为完成；1为运行失败或未找到；2为输入有误；130为按Ctrl-C中断；"
        "143为SIGTERM；129为SIGHUP。中断时已完成的部分都会保留。",
    )
    parts.append(lead.text(language) + "\n")
    root = make_command(language)
    for name, command in root.commands.items():
        parts += command_parts(f"pingan {name}", command, language, 2)
    return "\n".join(parts)


def command_parts(name: str, command: Any, language: str, level: int) -> Iterator[str]:
    """One command, then those that stand within it."""
    yield f"{'#' * level} {name}\n"
    text, _, example = (command.help or "").partition("\n\n")
    yield text + "\n"
    if example:
        label, _, typed = example.partition(" ")
        yield f"{label}\n\n```text\n{typed.strip()}\n```\n"
    rows = list(option_rows(command))
    heads = ("选项", "默认值", "含义") if language == "zh" else ("option", "default", "meaning")
    if rows and not hasattr(command, "commands"):
        yield table(heads, rows)
    for below, inner in getattr(command, "commands", {}).items():
        yield from command_parts(f"{name} {below}", inner, language, level + 1)


def option_rows(command: Any) -> Iterator[tuple[str, str, str]]:
    """Arguments and options of a command: as they are typed, default, help."""
    for one in command.params:
        metavar = "" if getattr(one, "is_flag", False) else one.metavar or one.name.upper()
        typed = " ".join(filter(None, (", ".join(one.opts) if one.param_type_name == "option" else "", metavar)))
        known = isinstance(one.default, str | int | float) and not isinstance(one.default, bool)
        yield f"`{typed}`", f"`{one.default}`" if known and one.default != "" else "", getattr(one, "help", "") or ""


def outcomes(language: str) -> str:
    """Outcomes and indicators: what they are called, in what unit, over whom, and how they are counted."""
    chinese = language == "zh"
    parts = ["# 结果指标\n" if chinese else "# Outcomes\n"]
    heads = (
        ("标识", "名称", "单位", "方向", "统计范围", "算法")
        if chinese
        else ("identifier", "name", "unit", "direction", "counted over", "definition")
    )
    say = translator(language)
    parts.append(
        table(
            heads,
            (
                (
                    f"`{one.name}`",
                    one.label(language),
                    unit_in_chinese(one.unit) if chinese else one.unit,
                    DIRECTIONS[one.better].text(language),
                    one.counted_over(language),
                    say(one.definition),
                )
                for one in OUTCOMES.values()
            ),
        )
    )
    parts.append("## 每日指标\n" if chinese else "## Indicators of days\n")
    rows = (
        (f"`{one.name}`", one.label(language), unit_in_chinese(one.unit) if chinese else one.unit)
        for one in INDICATORS.values()
    )
    parts.append(table(heads[:3], rows))
    return "\n".join(parts)


def parameters(language: str) -> str:
    """All parameters and coefficients, with what they mean and where the value comes from."""
    chinese = language == "zh"
    title = "# 参数和系数\n" if chinese else "# Parameters and coefficients\n"
    lead = (
        "来源写“假定”的数值没有依据文献或记录，可在所列范围内改动。\n"
        if chinese
        else "A value whose source is `assumed` rests on no record. Vary it within its range before you rely on it.\n"
    )
    main, rest = ("## 主要参数\n", "## 各规则的系数\n") if chinese else ("## Main parameters\n", "## Coefficients\n")
    return "\n".join([title, lead, main, parameter_table(language), rest, coefficient_tables(language, level=3)])


def columns(language: str) -> str:
    """The data dictionary: tables of a results folder and their columns."""
    chinese = language == "zh"
    heads = ("列", "类型", "含义") if chinese else ("column", "type", "meaning")
    kinds = {**shards.IDENTITY, **shards.NOTES}
    words = {name: Bilingual(*both) for name, both in NOTES.items()} | KEPT_ONLY
    lead = Bilingual(
        "A results folder holds Parquet tables under `runs/`, `series/`, `events/` and `places/`. "
        "`pingan results DIR --out FILE.csv` writes the runs as one table, with a data dictionary beside.",
        "结果文件夹中，`runs/`、`series/`、`events/`、`places/` 各存Parquet表；"
        "`pingan results 文件夹 --out 文件.csv` 把各次运行导出为一张表，并附数据字典。",
    )
    said = {
        "runs": Bilingual("One row a run.", "每次运行一行。"),
        "rest": Bilingual(
            "Then one column for each parameter, each coefficient or entry of the district that a run sets, and each "
            "outcome, under its identifier. An outcome without anything to count is empty.",
            "其后为各参数、所设定的系数或城区条目、各结果指标，列名即标识。无可统计时为空。",
        ),
        "series": Bilingual(
            "One row a run and day: `run_id`, `day` (from 0), and one column for each indicator of days.",
            "每次运行每天一行：`run_id`、`day`（从0起），其后为各每日指标。",
        ),
        "events": Bilingual("One row an event, `run_id` first.", "每个事件一行，首列为 `run_id`。"),
        "places": Bilingual(
            "One row a problem whose place a record names: `run_id`, `problem`, `place`.",
            "记录写明场所的问题各一行：`run_id`、`problem`、`place`。",
        ),
        "log": Bilingual("What `pingan export --format csv` writes.", "`pingan export --format csv` 写出的内容。"),
    }
    text = {name: one.text(language) for name, one in said.items()}
    rows = [(f"`{name}`", str(kind), words[name].text(language)) for name, kind in kinds.items()]
    return "\n".join(
        [
            "# 结果数据的列\n" if chinese else "# Columns of results\n",
            lead.text(language) + "\n",
            f"## runs\n\n{text['runs']}\n",
            table(heads, rows),
            text["rest"] + "\n",
            f"## series\n\n{text['series']}\n",
            f"## events\n\n{text['events']}\n",
            table(heads[:2], ((f"`{name}`", str(EVENT[name])) for name in EVENT.names or ())),
            f"## places\n\n{text['places']}\n",
            ("## 事件日志\n" if chinese else "## Event log\n") + f"\n{text['log']}\n",
            table((heads[0], heads[2]), ((f"`{one}`", LOG[one].text(language)) for one in log_columns())),
        ]
    )


def log_columns() -> tuple[str, ...]:
    """Columns of an event log."""
    return (*log_files.COLUMNS, log_files.PLACE)


def files(language: str) -> str:
    """What may stand in each kind of file that the program reads."""
    chinese = language == "zh"
    kinds: tuple[tuple[Bilingual, str, tuple[str, ...]], ...] = (
        (Bilingual("Scenario", "情景文件"), "what-if", scenario_files.KEYS),
        (Bilingual("Study", "研究文件"), "studies", ("parameters", *toml.STUDY_KEYS)),
        (Bilingual("Range in a study or belief file", "研究或判断文件中的取值范围"), "studies", toml.RANGE_KEYS),
        (Bilingual("Beliefs", "判断文件"), "workshop", beliefs.KEYS),
        (Bilingual("Evidence", "证据文件"), "inference", evidence.KEYS),
        (Bilingual("Records (columns)", "记录文件（列）"), "records", scenario_files.COLUMNS),
        (
            Bilingual("District (tables)", "城区文件夹（表）"),
            "district",
            tuple(name for tables in district_keys.FILES.values() for name in tables),
        ),
    )
    parts = ["# 文件\n" if chinese else "# Files\n"]
    for title, page, keys in kinds:
        link = f"说明见 [{page}](../{page}.md)。" if chinese else f"How to write one: [{page}](../{page}.md)."
        listed = ("、" if chinese else ", ").join(f"`{key}`" for key in keys)
        parts.append(f"## {title.text(language)}\n\n{listed}\n\n{link}\n")
    parts.append("## 自带情景\n" if chinese else "## Scenarios that ship\n")
    heads = ("名称", "标题") if chinese else ("name", "title")
    rows = ((f"`{name}`", load_scenario(name).title.get(language, "")) for name in scenario_names())
    parts.append(table(heads, rows))
    return "\n".join(parts)


def python(language: str) -> str:
    """The public names of Python with their signatures and docstrings."""
    import pingan_abm
    from pingan_abm import agents, extend

    chinese = language == "zh"
    parts = ["# Python接口\n" if chinese else "# Python\n"]
    if chinese:
        parts.append("> 以下说明取自程序源码，只有英文。\n")
    for module in (pingan_abm, extend, agents):
        parts.append(f"## {module.__name__}\n")
        for name in sorted(module.__all__):
            parts += described(f"{module.__name__}.{name}", getattr(module, name))
    return "\n".join(parts)


def described(name: str, thing: object) -> Iterator[str]:
    """A class or function: signature, docstring, and a class's public methods."""
    if not callable(thing):
        return
    yield f"### {name}\n"
    yield signature_of(name.rpartition(".")[2], thing)
    yield prose(inspect.getdoc(thing) or "")
    if not inspect.isclass(thing):
        return
    rows = []
    for key, member in vars(thing).items():
        wanted = inspect.isfunction(member) or isinstance(member, property)
        text = " ".join((inspect.getdoc(member) or "").split())
        if wanted and not key.startswith("_") and text:
            rows.append((f"`{key}`", text))
    if rows:
        yield table(("member", "what it does"), rows)


def signature_of(name: str, thing: Any) -> str:
    """How it is called, as code; nothing where Python does not know."""
    try:
        found = str(inspect.signature(thing))
    except (TypeError, ValueError):
        return ""
    return f"```python\n{textwrap.fill(f'{name}{found}', 100, subsequent_indent='    ')}\n```\n"


def prose(text: str) -> str:
    """A docstring as Markdown: an example in a block of its own, everything else as it stands."""
    words, mark, example = text.partition("\n>>> ")
    block = f"\n```python\n>>> {example.strip()}\n```\n" if mark else ""
    return f"{escaped(words)}\n{block}"


def escaped(text: str) -> str:
    """A text of which Markdown reads nothing as mark-up but code."""
    parts = text.split("`")
    for place in range(0, len(parts), 2):
        for letter in "*_<[":
            parts[place] = parts[place].replace(letter, f"\\{letter}")
    return "`".join(parts)


def cite(language: str) -> str:
    """How to cite, from CITATION.cff."""
    chinese = language == "zh"
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    title = "# 引用\n" if chinese else "# Cite\n"
    lead = (
        "引用本程序请用 `CITATION.cff` 中的信息，并写明版本和运行所记的清单（manifest）；所依据的论文请另行引用。\n"
        if chinese
        else "Cite the program with what `CITATION.cff` says, and give the version and the manifest of your runs. Cite "
        "the paper it follows as well.\n"
    )
    return f"{title}\n{lead}\n```yaml\n{text}```\n"


REFERENCE = {
    "commands": commands,
    "outcomes": outcomes,
    "parameters": parameters,
    "columns": columns,
    "files": files,
    "python": python,
}


def reference_pages(language: str) -> Iterator[tuple[str, str]]:
    """Every page of reference with its name on the site."""
    for name, write in REFERENCE.items():
        yield f"reference/{name}", write(language)
    yield "cite", cite(language)
