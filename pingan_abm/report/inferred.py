"""What an inference found, in words, tables and pictures, from the files in its folder."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.files.toml import unreadable
from pingan_abm.report.charts import shortened
from pingan_abm.report.numbers import Labels
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.summary import shown_number
from pingan_abm.report.svg import COLOURS, GRID, SOFT, Canvas, Scale, svg_file, ticks
from pingan_abm.study.infer.posterior import SAMPLE
from pingan_abm.study.plan.measures import metric_label, metric_unit
from pingan_abm.texts.errors import InputErrors
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_per_cent

RESULT = "inference.json"
MARGINALS, PAIRS = "marginals.svg", "pairs.svg"
BINS = 20
MOST_PAIRED = 8  # numbers that are shown in pairs
SHOWN = 300  # draws in a picture of pairs
COLUMNS = 3  # of panels with marginals
AGREE = 1.1  # ratio of the spread of chains to that within them, above which they do not agree

CAPTION_MARGINALS = (
    "How plausible each value is, given the evidence. Dashed line: as thought possible before. An upright line marks "
    "the truth behind synthetic evidence."
)
CAPTION_PAIRS = "Values that go together: a slanted cloud means that the evidence tells only a combination of the two."

type Kept = Mapping[str, Any]  # what inference.json holds
type Table = tuple[tuple[str, ...], list[tuple[str, ...]]]  # head and rows


def json_text(kept: Kept) -> str:
    """What is kept of an inference."""
    return json.dumps(kept, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def coefficient_rows(kept: Kept, language: str) -> Table:
    """Head and rows of the table of what was inferred."""
    say, labels = translator(language), Labels(language)
    true = any(one["truth"] is not None for one in kept["coefficients"])
    head = (
        say("parameter"),
        say("thought possible (90 %)"),
        say("plausible (90 %)"),
        say("median"),
        say("narrower by"),
    )
    rows: list[tuple[str, ...]] = []
    for one in kept["coefficients"]:
        before, after = _ends(one["before_low"], one["before_high"]), _ends(one["low"], one["high"])
        row: tuple[str, ...] = (
            labels(one["name"]),
            before,
            after,
            f"{one['median']:.3g}",
            with_per_cent(f"{100 * one['narrower']:.0f}", language),
        )
        rows.append((*row, _number(one["truth"])) if true else row)
    return ((*head, say("truth")) if true else head), rows


def evidence_rows(kept: Kept, language: str) -> Table:
    """Head and rows of the table of evidence."""
    say = translator(language)
    head = (say("evidence"), say("observed"), say("model at plausible values (90 %)"), say("used"), say("fits"))
    rows: list[tuple[str, ...]] = []
    for one in kept["evidence"]:
        unit = metric_unit(one["metric"])
        low, high = (shown_number(one[end], unit, language) for end in ("low", "high"))
        between = "–" if one["low"] is None else f"{low} … {high}"
        fits = "–" if one["fits"] is None else say("yes") if one["fits"] else say("no")
        observed = shown_number(one["observed"], unit, language)
        used = say("yes") if one["used"] else say("kept back")
        rows.append((metric_label(one["metric"], language), observed, between, used, fits))
    return head, rows


def sentences(kept: Kept, language: str) -> list[str]:
    """What the evidence says of each number, and what it does not; one sentence each."""
    say, labels = translator(language), Labels(language)
    last = kept["waves"][-1]
    if not kept["fits"]:
        return [
            say(
                "Nothing fits: no values leave every piece of evidence within {limit} standard deviations; the nearest "
                "are {reached} away. Say how far the model may miss it (discrepancy), or widen the ranges."
            ).format(limit="3", reached=f"{last['limit']:.1f}")
        ]
    lines = [
        say("The evidence leaves {share} of what was thought possible.").format(share=_share(last["left"], language)),
    ]
    told = say("{name}: the evidence puts it between {low} and {high} (90 %), an interval narrower by {percent} %.")
    silent = say("{name}: the evidence cannot tell; {low} to {high} stay plausible.")
    leaning = {
        "lower": say(
            "{name}: the evidence leans to lower values but does not place it; {low} to {high} stay plausible."
        ),
        "higher": say(
            "{name}: the evidence leans to higher values but does not place it; {low} to {high} stay plausible."
        ),
    }
    for one in kept["coefficients"]:
        low, high = _number(one["low"]), _number(one["high"])
        text = (told if one["told"] else leaning.get(one["leans"], silent)).format(
            name=labels(one["name"]), low=low, high=high, percent=f"{100 * one['narrower']:.0f}"
        )
        if one["chains"] > AGREE:
            text += say(" The chains do not agree on it; give the inference more runs.")
        lines.append(text)
    for one in kept["evidence"]:
        if one["fits"] is False:
            text = say("{metric}: observed {value}, which the model does not give at plausible values.")
            value = shown_number(one["observed"], metric_unit(one["metric"]), language)
            lines.append(text.format(metric=metric_label(one["metric"], language), value=value))
    return lines


def pictures(folder: Path, language: str) -> dict[str, str]:
    """Pictures of an inference, as files by name; none when nothing fits."""
    kept, drawn = read_inference(folder)
    if not drawn:
        return {}
    say = translator(language)
    return {
        MARGINALS: svg_file(marginals(kept, drawn, language), language, say(CAPTION_MARGINALS)),
        PAIRS: svg_file(pairs(kept, drawn, language), language, say(CAPTION_PAIRS)),
    }


def inference_page(folder: Path, language: str, question: str = "") -> str:
    """The report of an inference's folder, as an HTML page."""
    kept, drawn = read_inference(folder)
    say = translator(language)
    page = Page(say("What the evidence says of unknown numbers"), language)
    page.heading(question or page.title, 1)
    page.box(say("In short"), sentences(kept, language))
    if drawn:
        page.figure(marginals(kept, drawn, language), say(CAPTION_MARGINALS))
        page.figure(pairs(kept, drawn, language), say(CAPTION_PAIRS))
    for caption, (head, rows) in (
        (say("Numbers that were inferred"), coefficient_rows(kept, language)),
        (say("Evidence, used and kept back"), evidence_rows(kept, language)),
    ):
        if rows:
            cells = [[Cell(text, "words" if place == 0 else "") for place, text in enumerate(row)] for row in rows]
            page.table(caption, [Cell(text, "words" if place == 0 else "") for place, text in enumerate(head)], cells)
    runs = say(", ").join(str(one["runs"]) for one in kept["waves"])
    text = say("Waves of {runs} runs; what the last one left is {share} of what was thought possible.")
    page.paragraph(text.format(runs=runs, share=_share(kept["waves"][-1]["left"], page.language)), "note")
    return page.html()


def read_inference(folder: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What a folder keeps of an inference: its figures, and its draws by number, empty when nothing fits."""
    kept = json.loads((folder / RESULT).read_bytes())
    if not kept["fits"]:
        return kept, {}
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(folder / SAMPLE)
    except (OSError, ValueError, NotImplementedError) as wrong:  # the last two are what pyarrow raises for other files
        raise InputErrors([unreadable(folder / SAMPLE, wrong)]) from None
    names = [one["name"] for one in kept["coefficients"]]
    return kept, {name: _numbers(table.column(name).to_pylist()) for name in names}


def _numbers(values: Sequence[Any]) -> np.ndarray:
    from pingan_abm.study.infer.posterior import plain

    return np.array([plain(value) for value in values])


def marginals(kept: Kept, drawn: Mapping[str, np.ndarray], language: str) -> str:
    """A panel for each number: how often its draws fall into each part of what was thought possible."""
    labels, wide, high = Labels(language), 240.0, 150.0
    rows = -(-len(drawn) // COLUMNS)
    canvas = Canvas(wide * COLUMNS, high * rows)
    for place, one in enumerate(kept["coefficients"]):
        left, top = wide * (place % COLUMNS), high * (place // COLUMNS)
        _marginal(canvas, one, drawn[one["name"]], (left, top), labels(one["name"]))
    return canvas.svg(translator(language)("How plausible each value is"))


def _marginal(canvas: Canvas, one: Kept, values: np.ndarray, corner: tuple[float, float], name: str) -> None:
    (left, top), low, high = corner, one["first"], one["last"]
    across, base = Scale(low, high, left + 16, left + 224), top + 120
    counts, edges = np.histogram(values, BINS, (low, high))
    tallest = max(float(counts.max()), 1.0)
    for count, begin, end in zip(counts, edges[:-1], edges[1:], strict=True):
        tall = 84 * float(count) / tallest
        canvas.rectangle(across(begin), base - tall, across(end) - across(begin), tall, COLOURS[1], opacity=0.7)
    even = base - 84 * len(values) / BINS / tallest
    canvas.line(across(low), even, across(high), even, SOFT, dash="4 3")
    canvas.line(across(low), base, across(high), base, GRID)
    if one["truth"] is not None:
        canvas.line(across(one["truth"]), base, across(one["truth"]), top + 26, COLOURS[2], 2.0)
    for tick in ticks(low, high, 4):
        canvas.text(across(tick), base + 16, f"{tick:g}", anchor="middle", colour=SOFT, size=11)
    canvas.text(left + 16, top + 18, shortened(name, 208), size=12, bold=True)


def pairs(kept: Kept, drawn: Mapping[str, np.ndarray], language: str) -> str:
    """Draws of every two numbers against each other."""
    labels, side = Labels(language), 96.0
    shown = sorted(kept["coefficients"], key=_narrowest)[:MOST_PAIRED]
    count = len(shown)
    canvas = Canvas(side * count + 8, side * count + 8)
    step = max(1, len(next(iter(drawn.values()))) // SHOWN)
    for row, below in enumerate(shown):
        for column, across in enumerate(shown[: row + 1]):
            left, top = 4 + side * column, 4 + side * row
            canvas.rectangle(left + 2, top + 2, side - 4, side - 4, "#fff", outline=GRID)
            if row == column:
                for number, words in enumerate(_two_lines(labels(below["name"]))):
                    canvas.text(left + side / 2, top + side / 2 + 14 * number, words, anchor="middle", size=10)
                continue
            x = Scale(across["first"], across["last"], left + 4, left + side - 4)
            y = Scale(below["first"], below["last"], top + side - 4, top + 4)
            for one, other in zip(drawn[across["name"]][::step], drawn[below["name"]][::step], strict=True):
                canvas.rectangle(x(one) - 1, y(other) - 1, 2, 2, COLOURS[1], opacity=0.5)
    return canvas.svg(translator(language)("Values that go together"))


def _narrowest(one: Kept) -> float:
    return -float(one["narrower"])


def _two_lines(words: str) -> list[str]:
    half = len(words) // 2
    cut = min((place for place, letter in enumerate(words) if letter == " "), key=lambda at: abs(at - half), default=0)
    if not words.isascii():  # Chinese breaks anywhere
        lines = [words[: half + 1], words[half + 1 :]] if len(words) > 7 else [words]
    else:
        lines = [words[:cut], words[cut + 1 :]] if cut and len(words) > 12 else [words]
    return [shortened(one, 112) for one in lines]


def _ends(low: float, high: float) -> str:
    return f"{_number(low)} … {_number(high)}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"


def _share(value: float, language: str) -> str:
    return with_per_cent(f"{100 * value:.1f}" if value >= 0.001 else f"{100 * value:.2g}", language)
