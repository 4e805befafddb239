"""The frame of a report: one HTML page with everything in it, nothing from outside, laid out for the screen and for A4
paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from pingan_abm.report.svg import FONTS

STYLE = """
:root{color-scheme:light}
body{font-size:16px;line-height:1.6;max-width:900px;margin:2em auto;padding:0 1.2em;color:#1f2a37;background:#fff}
h1{font-size:1.75em;line-height:1.3;margin:.1em 0 .3em}
h2{font-size:1.25em;margin:2em 0 .5em;padding-top:.6em;border-top:2px solid #0b57d0}
h3{font-size:1.05em;margin:1.4em 0 .3em}p{margin:.5em 0}li{margin:.25em 0}
.kicker,.note,footer{color:#5b6470;font-size:.88em}
.short{background:#eef4fd;border-left:5px solid #0b57d0;padding:.6em 1.1em;margin:1.2em 0}
.short h2{border:0;margin:0;padding:0}
.card{border:1px solid #dde3ea;border-radius:6px;padding:.5em 1.1em;margin:.8em 0;break-inside:avoid}
.card h3{margin:.2em 0}
.figures{display:flex;flex-wrap:wrap;gap:.8em;margin:1em 0}
.figures div{flex:1 1 150px;border:1px solid #dde3ea;border-radius:6px;padding:.5em .9em}
.figures b{display:block;font-size:1.6em;line-height:1.25;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85em;font-variant-numeric:tabular-nums}
caption{text-align:left;color:#5b6470;padding:.3em 0}
th,td{text-align:right;padding:.28em .55em;border-bottom:1px solid #dde3ea;vertical-align:top}
td{white-space:nowrap}td:first-child,td.words{white-space:normal}th{background:#eef2f7}
th:first-child,td:first-child,td.words,th.words{text-align:left}
td:first-child{min-width:15em}td.interval{color:#5b6470}td.better{color:#12642f;font-weight:bold}td.worse{color:#a33a00;font-weight:bold}
figure{margin:1em 0;break-inside:avoid}figure svg{width:100%;height:auto}
figcaption{color:#5b6470;font-size:.88em}
pre{background:#f6f8fb;border:1px solid #dde3ea;border-radius:6px;padding:.7em;white-space:pre-wrap;
word-break:break-word;font:13px/1.5 ui-monospace,Consolas,"Noto Sans Mono","Noto Sans Mono CJK SC",monospace}
@page{size:A4;margin:14mm 14mm}
@media print{
body{font-size:9.5pt;line-height:1.4;max-width:none;margin:0;padding:0}h2{margin-top:1.2em}
figure svg{max-height:80mm}pre{font-size:8pt}.card{margin:.4em 0;padding:.3em .8em}
h2,h3,caption{break-after:avoid}tr,pre,.short{break-inside:avoid}
thead{display:table-header-group}.wide{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


@dataclass(frozen=True)
class Cell:
    """A cell of a table. kind: "" a figure, "words", "interval", "better" or "worse"."""

    text: str
    kind: str = ""


@dataclass
class Page:
    """A report under construction: parts of its body, already HTML."""

    title: str
    language: str
    parts: list[str] = field(default_factory=list)

    def heading(self, words: str, level: int = 2) -> None:
        """A section's heading."""
        self.parts.append(f"<h{level}>{escape(words)}</h{level}>")

    def paragraph(self, words: str, kind: str = "") -> None:
        """A paragraph; kind: "note" or "kicker" for small print."""
        self.parts.append(f"<p{_kind(kind)}>{escape(words)}</p>")

    def items(self, lines: Sequence[str]) -> None:
        """A list."""
        self.parts.append(listed(lines))

    def box(self, heading: str, lines: Sequence[str]) -> None:
        """What matters most, in a box."""
        self.parts.append(f'<div class="short"><h2>{escape(heading)}</h2>{listed(lines)}</div>')

    def card(self, heading: str, story: str, lines: Sequence[str]) -> None:
        """A scenario: its title, its story, what it is made of."""
        paragraph = f"<p>{escape(story)}</p>" if story else ""
        self.parts.append(
            f'<div class="card"><h3>{escape(heading)}</h3>{paragraph}{listed(lines) if lines else ""}</div>'
        )

    def figures(self, shown: Sequence[tuple[str, str, str]]) -> None:
        """Large figures side by side: (label, figure, small print)."""
        cells = "".join(
            f"<div>{escape(label)}<b>{escape(figure)}</b><span class='note'>{escape(more)}</span></div>"
            for label, figure, more in shown
        )
        self.parts.append(f'<div class="figures">{cells}</div>')

    def figure(self, svg: str, caption: str) -> None:
        """A chart with its caption."""
        self.parts.append(f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>")

    def table(self, caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; what is long repeats its head on every printed page."""
        heads = "".join(f'<th{_kind(cell.kind)} scope="col">{escape(cell.text)}</th>' for cell in head)
        body = "".join(
            "<tr>" + "".join(f"<td{_kind(cell.kind)}>{escape(cell.text)}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        self.parts.append(
            f'<div class="wide"><table>{title}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def code(self, text: str) -> None:
        """A command or a file, as it is typed."""
        self.parts.append(f"<pre>{escape(text)}</pre>")

    def html(self) -> str:
        """The whole page."""
        tag = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!doctype html>\n<html lang="{tag}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{STYLE}body{{font-family:{FONTS[self.language]}}}</style></head>\n"
            f"<body>{'\n'.join(self.parts)}</body></html>\n"
        )


def listed(lines: Sequence[str]) -> str:
    """A list as HTML."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
