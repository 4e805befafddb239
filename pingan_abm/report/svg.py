"""Drawing as SVG: a canvas that collects marks, scales from values to places, round ticks. No library, no font and no
file is needed."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

CHINESE = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC","Source Han Sans SC"'
# Chinese letters first in Chinese, or quotation marks would be narrow; last in English, or they would be wide
FONTS = {
    "en": f'"Noto Sans","Segoe UI",Arial,"Liberation Sans","DejaVu Sans",{CHINESE},sans-serif',
    "zh": f"{CHINESE},sans-serif",
}
INK, SOFT, GRID = "#1f2a37", "#5b6470", "#dde3ea"
COLOURS = (
    "#5b6470",
    "#0b57d0",
    "#d95f02",
    "#1b7837",
    "#7b3294",
    "#a6761d",
    "#c51b7d",
    "#01665e",
)  # the colour-blind can distinguish them
ORDERED = (
    "#00204d",
    "#31446b",
    "#666970",
    "#958f78",
    "#cab969",
    "#e8d04a",
)  # cividis: levels of one setting, low to high
SIZE = 13.0  # of letters
CAPTION_EDGE, CAPTION_LINE = 8.0, 18.0  # of a caption under a picture: its margin, the height of its lines


@dataclass
class Canvas:
    """What is drawn, as SVG elements. Places count in pixels from the upper left."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = INK, width: float = 1.0, dash: str = ""
    ) -> None:
        """A straight line."""
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width}"{more}/>'
        )

    def path(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float = 2.0, dash: str = "") -> None:
        """A line through points; those without a value break it."""
        run: list[str] = []
        for x, y in [*zip(xs, ys, strict=True), (math.nan, math.nan)]:
            if math.isfinite(x) and math.isfinite(y):
                run.append(f"{x:.1f},{y:.1f}")
                continue
            if len(run) > 1:
                more = f' stroke-dasharray="{dash}"' if dash else ""
                self.parts.append(
                    f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" stroke-width="{width}"{more}/>'
                )
            run = []

    def area(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], colour: str) -> None:
        """A pale band between two lines, where both have a value."""
        known = [one for one in zip(xs, lows, highs, strict=True) if all(math.isfinite(value) for value in one)]
        if len(known) > 1:
            edge = [(x, low) for x, low, _ in known] + [(x, high) for x, _, high in reversed(known)]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
            self.parts.append(f'<polygon points="{points}" fill="{colour}" fill-opacity="0.16"/>')

    def rectangle(
        self, x: float, y: float, width: float, height: float, colour: str, *, outline: str = "", opacity: float = 1.0
    ) -> None:
        """A filled rectangle; outline: the colour of its edge."""
        edge = f' stroke="{outline}" stroke-width="1.5"' if outline else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" height="{height:.1f}" fill="{colour}" '
            f'fill-opacity="{opacity}"{edge}/>'
        )

    def mark(self, x: float, y: float, number: int, colour: str, tip: str = "", size: float = 4.5) -> None:
        """A mark whose form goes by a number, so that nothing is distinguished by colour alone; tip: shown when pointed
        at."""
        title = f"<title>{escape(tip)}</title>" if tip else ""
        forms = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}"',
            f'<rect x="{x - size * 0.9:.1f}" y="{y - size * 0.9:.1f}" width="{size * 1.8:.1f}" '
            f'height="{size * 1.8:.1f}"',
            f'<path d="M{x:.1f} {y - size * 1.3:.1f}l{size * 1.2:.1f} {size * 2.2:.1f}h{-size * 2.4:.1f}z"',
            f'<path d="M{x:.1f} {y - size * 1.4:.1f}l{size * 1.4:.1f} {size * 1.4:.1f}l{-size * 1.4:.1f} '
            f'{size * 1.4:.1f}l{-size * 1.4:.1f} {-size * 1.4:.1f}z"',
        )
        self.parts.append(
            f'{forms[number % len(forms)]} fill="{colour}" stroke="#fff" '
            f'stroke-width="0.8">{title}{_end(forms, number)}'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        colour: str = INK,
        size: float = SIZE,
        bold: bool = False,
    ) -> None:
        """Words; anchor: start, middle or end."""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
            f'font-size="{size}"{weight}>{escape(words)}</text>'
        )

    def upright(self, x: float, y: float, words: str, colour: str = SOFT) -> None:
        """Words that run upwards, centred."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}" font-size="{SIZE}" '
            f'transform="rotate(-90 {x:.1f} {y:.1f})">{escape(words)}</text>'
        )

    def svg(self, description: str) -> str:
        """The picture; description: what it shows, for those who cannot see it."""
        return (
            f'<svg viewBox="0 0 {self.width:.0f} {self.height:.0f}" width="{self.width:.0f}" '
            f'height="{self.height:.0f}" role="img" aria-label="{escape(description)}">'
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(self.parts)}</svg>'
        )


def _end(forms: Sequence[str], number: int) -> str:
    return f"</{forms[number % len(forms)].split()[0][1:]}>"


def svg_file(picture: str, language: str, caption: str = "") -> str:
    """A picture as a file of its own, with its caption under it: a picture inside a page needs no name of its format,
    and takes the page's font."""
    size = re.search(r'viewBox="0 0 (\d+) (\d+)" width="\d+" height="\d+"', picture)
    assert size is not None  # a canvas says both
    wide, high = int(size[1]), int(size[2])
    lines = wrapped(caption, wide - 2 * CAPTION_EDGE)
    below = Canvas(wide, high + CAPTION_LINE * len(lines) + (CAPTION_EDGE if lines else 0.0))
    for number, line in enumerate(lines, start=1):
        below.text(CAPTION_EDGE, high + CAPTION_LINE * number - 4.0, line, colour=SOFT)
    whole = f'viewBox="0 0 {wide} {below.height:.0f}" width="{wide}" height="{below.height:.0f}"'
    named = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{escape(FONTS[language])}" {whole}'
    return named + picture[size.end() :].removesuffix("</svg>") + "".join(below.parts) + "</svg>\n"


@dataclass(frozen=True)
class Scale:
    """Values from low to high laid out from one place to another."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value; not-a-number stays so."""
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values, 1, 2 or 5 times a power of ten apart, that lie from low to high."""
    span = high - low
    if not span > 0.0 or not math.isfinite(span):
        return [low]
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [round(number * step, 12) for number in range(first, math.floor(high / step + 1e-9) + 1)]


def room(values: Sequence[float], *, zero: bool = False, margin: float = 0.06) -> tuple[float, float]:
    """Ends of an axis that shows all values with some margin; zero: it shows zero too."""
    known = [value for value in values if math.isfinite(value)] + ([0.0] if zero else [])
    low, high = min(known, default=0.0), max(known, default=1.0)
    if low == high:
        return low - (abs(low) or 1.0), high + (abs(high) or 1.0)
    air = (high - low) * margin
    return low - (0.0 if zero and low == 0.0 else air), high + (0.0 if zero and high == 0.0 else air)


def width_of(words: str, size: float = SIZE) -> float:
    """About how wide words are, in pixels: Chinese letters are square, others a little over half of that."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in words)


def wrapped(words: str, wide: float, size: float = SIZE) -> list[str]:
    """Words in lines no wider than this many pixels, broken at blanks, or between Chinese letters."""
    pieces: list[str] = []
    for word in words.split(" "):
        chinese = any(unicodedata.east_asian_width(letter) in "WF" for letter in word)
        pieces += ([*word] if chinese else [word]) + [" "]
    lines = [""]
    for piece in pieces[:-1]:
        if width_of(lines[-1] + piece, size) > wide and lines[-1].strip():
            lines.append("")
        lines[-1] += piece if lines[-1] or piece != " " else ""
    return [line.strip() for line in lines if line.strip()]
