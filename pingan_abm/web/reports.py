"""A comparison as one HTML page that opens without internet: what was compared, the differences, how it was made."""

from html import escape

from pingan_abm.i18n import translator
from pingan_abm.outcomes import OUTCOMES
from pingan_abm.parameters import written
from pingan_abm.provenance import model_version
from pingan_abm.summary import HEADLINES, shown_number
from pingan_abm.web.comparison import Found
from pingan_abm.web.static_figures import COLOURS, usable

STYLE = """body{font:16px/1.5 "Noto Sans","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;
max-width:60em;margin:2em auto;padding:0 1em;color:#1f2a37}table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:3px 8px;border-bottom:1px solid #dde3ea}th{background:#eef2f7}
svg text{font-size:13px}"""


def report_page(found: Found, language: str) -> str:
    """The page as text."""
    say = translator(language)
    labels = [arm.label for arm in found.arms]
    spec = found.arms[0].spec
    title = say("Comparison of {names}").format(names=" · ".join(labels))
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(made_with(found, language))}</p>", "<ul>"]
    for arm in found.arms:
        settings = ", ".join(f"{name} = {written(value)}" for name, value in arm.spec.settings.items())
        story = arm.spec.scenario.story.get(language, "")
        parts.append(f"<li><b>{escape(arm.label)}</b>: {escape(story)} {escape(settings)}</li>")
    parts += [
        "</ul>",
        f"<h2>{escape(say('Differences in per cent of the baseline, with 95 % intervals'))}</h2>",
        forest_svg(found, language),
    ]
    parts += [f"<h2>{escape(say('All outcomes, with 95 % intervals'))}</h2>", table(found, language)]
    parts.append(f"<p>{escape(say('Model version {version}, seed {seed}.').format(version=model_version(), seed=spec.seed))}</p>")
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


def made_with(found: Found, language: str) -> str:
    """How it was made, in a sentence."""
    spec = found.arms[0].spec
    text = translator(language)("{residents} residents, {days} days from {start}, {count} paired replications.")
    return text.format(residents=f"{spec.residents:,}", days=spec.days, start=spec.start, count=found.replications)


def table(found: Found, language: str) -> str:
    """Every outcome of every scenario."""
    say = translator(language)
    head = (say("Scenario"), say("Outcome"), say("Baseline"), say("Scenario's mean"), say("Difference"), say("from"), say("to"))
    rows = ["<tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>"]
    for one in found.comparisons:
        outcome = OUTCOMES[one.outcome]
        numbers = [
            shown_number(value, outcome.unit)
            for value in (one.baseline_mean, one.scenario_mean, one.difference, one.low, one.high)
        ]
        rows.append(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in (one.scenario, outcome.label(language), *numbers)) + "</tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def forest_svg(found: Found, language: str) -> str:
    """The forest plot as inline SVG."""
    labels = [arm.label for arm in found.arms[1:]]
    rows = [one for one in found.comparisons if one.outcome in HEADLINES and usable(one)]
    names = [name for name in HEADLINES if any(one.outcome == name for one in rows)]
    ends = [100.0 * abs(value or 0.0) / abs(one.baseline_mean or 1.0) for one in rows for value in (one.low, one.high)]
    reach = min(200.0, max(ends, default=1.0)) or 1.0
    height, left, width = 26 * len(names) + 50, 300.0, 860.0
    parts = [f'<svg viewBox="0 0 {width:.0f} {height}" role="img">']
    for number, label in enumerate(labels):
        parts.append(
            f'<text x="{left + 180 * number:.0f}" y="14" fill="{COLOURS[number + 1]}" font-weight="bold">● {escape(label[:28])}</text>'
        )
    zero = left + (width - left) / 2
    parts.append(f'<line x1="{zero}" x2="{zero}" y1="24" y2="{height - 22}" stroke="#1f2a37"/>')
    for place, name in enumerate(names):
        y = 40 + 26 * place
        parts.append(f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{escape(OUTCOMES[name].label(language))}</text>')
        for number, label in enumerate(labels):
            for one in rows:
                if one.outcome == name and one.scenario == label:
                    by = abs(one.baseline_mean or 1.0) / 100.0
                    low, middle, high = (
                        zero + max(-1.0, min(1.0, (value or 0.0) / by / reach)) * (width - left) / 2.1
                        for value in (one.low, one.difference, one.high)
                    )
                    at = y + 5 * (number - (len(labels) - 1) / 2)
                    parts.append(
                        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{at}" y2="{at}" stroke="{COLOURS[number + 1]}" stroke-width="2"/>'
                        f'<circle cx="{middle:.1f}" cy="{at}" r="4" fill="{COLOURS[number + 1]}"/>'
                    )
    parts += [
        f'<text x="{left}" y="{height - 6}">−{reach:.0f} %</text>',
        f'<text x="{width}" y="{height - 6}" text-anchor="end">+{reach:.0f} %</text></svg>',
    ]
    return "".join(parts)
