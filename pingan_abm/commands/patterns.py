"""`pingan patterns`: does the model show what it should, with which interval, and what remains of it with the mechanism
off?"""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of, reach_load
from pingan_abm.commands.keeping import GOES_ON, NOTHING, reported_when_broken_off
from pingan_abm.commands.ladder import climbed, ladder_json, print_ladder
from pingan_abm.commands.terminal import Announcement, out, print_json, progress_bar
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.errors import sentence, suggestion
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.patterns.experiment import Results
    from pingan_abm.patterns.pattern import Pattern
    from pingan_abm.patterns.verdicts import Finding, PatternResult

REPLICATIONS, SMALL = "20", "tenth"  # of the district


def patterns(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PATTERN]...", help="P1 to P22; all if none is named.")
    ] = None,
    replications: options.Replications = REPLICATIONS,
    residents: options.Residents = SMALL,
    seed: options.Seed = "0",
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    workers: options.WorkersOption = "",
    rivals: Annotated[
        bool, typer.Option("--rivals", help="Try each pattern in the rival forms and the null model too.")
    ] = False,
    ladder: Annotated[
        bool, typer.Option("--ladder", help="Try each pattern on every rung of the ladder of models, at equal load.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder that keeps finished runs; the same command goes on there."),
    ] = None,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Test the patterns that the model should show: statistic, interval and verdict, and the same with the mechanism
    switched off.

    Example: pingan patterns P1 P4 --replications 40
    """
    from pingan_abm.patterns import PATTERNS

    problems = options.Problems()
    language = problems.language(lang)
    chosen = [name.upper() for name in names or PATTERNS]
    for name in chosen:
        if name not in PATTERNS:
            problems.add(sentence("there is no pattern {name}.{near}", name=name, near=suggestion(name, PATTERNS)))
    count, processes = problems.replications(replications, 2), problems.workers(workers)
    asked = run_options.Asked(residents=residents, seed=seed, warmup=warmup, history=history, match_load=match_load)
    spec = run_options.read_spec(problems, BASELINE, asked)
    from pingan_abm.patterns.experiment import Beginning, Results
    from pingan_abm.patterns.kept_runs import KeptRuns
    from pingan_abm.patterns.verdicts import conditions_of, evaluate

    wanted = [PATTERNS[name] for name in dict.fromkeys(chosen) if name in PATTERNS]
    conditions = [] if ladder else conditions_of(wanted, rivals)
    begun = Beginning(spec.warmup, spec.history, None if ladder else spec.match_load)
    unkept = Results(spec.residents, spec.seed, beginning=begun)
    if not problems.found:  # a load out of reach is found before anything is written
        reach_load([unkept.run_of(one, 0).spec() for one in conditions], language)
    kept = None if folder is None or problems.found else problems.attempt(KeptRuns, folder)
    problems.raise_any()
    results = Results(spec.residents, spec.seed, kept, begun)
    about = {"replications": count, "residents": spec.residents, "seed": spec.seed, **beginning_of(spec)}
    if ladder:
        climb(wanted, results, spec.match_load, count, processes, about if as_json else None, language)
        return
    announce_warm_up([spec], language)
    bars = progress_bar(len(results.missing(conditions, count)), translator(language)("runs"))
    with reported_when_broken_off(language, NOTHING if kept is None else GOES_ON), bars as bar:
        results.fill(conditions, count, processes, Announcement(language), bar.at)
    found = [evaluate(one, results, count, rivals) for one in wanted]
    if as_json:
        print_json({**about, "patterns": [json_of(one, language) for one in found]})
    else:
        print_found(found, count, language)
        from pingan_abm.report.beginning import print_beginning

        print_beginning(out(), [spec, spec], language)


def climb(
    wanted: "Sequence[Pattern]",
    results: "Results",
    load: float | None,
    count: int,
    processes: int,
    about: dict[str, Any] | None,
    language: str,
) -> None:
    """Try patterns on every rung of the ladder, and print what came out. about: what a JSON document says of the runs;
    None for tables."""
    from pingan_abm.patterns.ladder import LOAD

    equal = load or LOAD
    rungs = climbed(wanted, results, count, processes, equal, language)
    if about is None:
        print_ladder(rungs, count, equal, language)
    else:
        print_json({**about, "load": equal, "ladder": ladder_json(rungs, language)})


def json_of(result: "PatternResult", language: str) -> dict[str, Any]:
    """A pattern's verdicts and findings as plain data."""
    pattern = result.pattern
    return {
        "id": pattern.id,
        "pattern": pattern.text(language),
        "words": pattern.words,
        "evidence": pattern.evidence,
        "rules": list(pattern.rules),
        "nature": pattern.nature,
        "refuted_by": pattern.refuted,
        "verdict": result.verdict,
        "parts": _parts(result.findings, language),
        "claims": _claims(result.findings, language),
        "off": {
            "what": Bilingual(pattern.off_en, pattern.off_zh).text(language),
            "verdict": result.off_verdict,
            "parts": _parts(result.off, language),
            "claims": _claims(result.off, language),
        },
        "rivals": {
            name: {"verdict": verdict, "parts": _parts(findings, language), "claims": _claims(findings, language)}
            for name, (verdict, findings) in result.rivals.items()
        },
    }


def _parts(findings: "Sequence[Finding]", language: str) -> list[dict[str, Any]]:
    from pingan_abm.patterns.verdicts import by_part

    return [{"part": part.text(language), "verdict": verdict} for part, verdict in by_part(findings).items()]


def _claims(findings: "Sequence[Finding]", language: str) -> list[dict[str, Any]]:
    return [
        {
            "claim": one.claim.text(language),
            "part": None if one.claim.part is None else one.claim.part.text(language),
            "direction": one.claim.direction,
            "bound": one.claim.bound,
            "upper": one.claim.upper if one.claim.direction == "within" else None,
            "required": one.claim.required,
            "replications": len(one.values),
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "verdict": one.verdict,
            "values": list(one.values),
        }
        for one in findings
    ]


def print_found(found: "Sequence[PatternResult]", replications: int, language: str) -> None:
    """A table of verdicts, then every claim with its figures."""
    from rich.table import Table

    from pingan_abm.patterns.verdicts import by_part

    chinese, console = language == "zh", out()
    natures = {"assumption": "假定使然", "emergent": "涌现", "input": "输入数据"}
    for result in found:
        pattern = result.pattern
        console.print(
            f"\n{pattern.id} · {result.verdict.label(language)} · {pattern.text(language)}",
            markup=False,
            soft_wrap=True,
        )
        for part, verdict in by_part(result.findings).items():
            console.print(f"  {part.text(language)}: {verdict.label(language)}", markup=False, soft_wrap=True)
        off = pattern.off_zh if chinese else pattern.off_en
        nature = natures[pattern.nature] if chinese else pattern.nature
        console.print(
            (
                f"  机制关闭（{off}）：{result.off_verdict.label(language)}。性质：{nature}。"
                if chinese
                else f"  Mechanism off ({off}): {result.off_verdict.label(language)}. Nature: {nature}."
            ),
            markup=False,
            soft_wrap=True,
        )
        for name, (verdict, _) in result.rivals.items():
            console.print(f"  {name}: {verdict.label(language)}", markup=False, soft_wrap=True)
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in (
            ("", "论断", "应为", "数值（95 %）", "判定", "机制关闭时")
            if chinese
            else ("", "claim", "should be", "value (95 %)", "verdict", "with the mechanism off")
        ):
            table.add_column(heading, overflow="fold")
        for one, without in zip(result.findings, result.off, strict=True):
            table.add_row(
                "" if one.claim.required else "·",
                one.claim.text(language),
                should_be(one),
                figures(one),
                one.verdict.label(language) if one.claim.required else ("只报告" if chinese else "reported only"),
                figures(without),
            )
        console.print(table)
    note = (
        f"\n{replications} 次配对重复。“·”：只报告，不计入判定。"
        if chinese
        else f"\n{replications} paired replications. ·: reported only, does not count for the verdict."
    )
    console.print(note, markup=False, soft_wrap=True)


def should_be(one: "Finding") -> str:
    """The claimed side, as short as it can be said."""
    claim = one.claim
    if claim.direction == "within" and isfinite(claim.upper):
        return f"{claim.bound:g} – {claim.upper:g}"
    return f"{'<' if claim.direction == 'below' else '>'} {claim.bound:g}"


def figures(one: "Finding") -> str:
    """Value and interval, to three significant figures."""
    if one.value is None:
        return "–"
    if one.low is None or one.high is None:
        return f"{one.value:.3g}"
    return f"{one.value:.3g} [{one.low:.3g}, {one.high:.3g}]"
