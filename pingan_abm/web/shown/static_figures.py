"""Figures of finished results: forest plot, bands over time, heat map, response curve, bars."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.report.numbers import in_per_cent
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.web.shown.figures import FONT, configured
from pingan_abm.web.shown.widgets import Figure

COLOURS = (
    "#5b6470",
    "#a020a0",
    "#00a087",
    "#6b3e00",
)  # of arms, the baseline first: blue and orange mean truth and record
SYMBOLS = ("circle", "circle", "diamond", "square")


def plain(traces: list[Any], name: str, height: int, **layout: Any) -> Figure:
    """A figure with the look that all share."""
    shared: dict[str, Any] = {
        "height": height,
        "template": "plotly_white",
        "font": FONT,
        "margin": {"l": 60, "r": 16, "t": 40, "b": 44},
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "showlegend": True,
    }
    return configured(Figure(traces, shared | layout), name)


def forest(
    comparisons: Sequence[Comparison],
    outcomes: Sequence[str],
    labels: Sequence[str],
    language: str,
    unit: str,
    points: bool,
) -> Figure:
    """Differences to the baseline with 95 % intervals: of shares in percentage points (points), of all other outcomes
    in per cent of the baseline. unit: the title of the axis."""
    drawn = [one for one in comparisons if one.outcome in outcomes and drawable(one, points)]
    names = [name for name in outcomes if any(one.outcome == name for one in drawn)]
    ends = {(one.scenario, one.outcome): ends_of(one, points) for one in drawn}
    edge, _ = axis_end(drawn, points)
    traces = []
    for number, label in enumerate(labels):
        chosen = [name for name in names if (label, name) in ends]
        height = [len(names) - names.index(name) + 0.22 * (number - (len(labels) - 1) / 2) for name in chosen]
        spans = np.array([ends[label, name] for name in chosen]).reshape(-1, 3)
        texts = [OUTCOMES[name].label(language) for name in chosen]
        traces.append(intervals(spans, height, texts, label, number + 1, edge))
    return plain(
        traces,
        "forest",
        90 + 30 * len(names),
        yaxis={
            "tickvals": [len(names) - i for i in range(len(names))],
            "ticktext": [OUTCOMES[name].label(language) for name in names],
            "automargin": True,
        },
        xaxis={
            "title": {"text": unit},
            "range": [-1.02 * edge, 1.02 * edge],
            "automargin": True,
            "zeroline": True,
            "zerolinewidth": 2,
            "zerolinecolor": "#1f2a37",
        },
    )


def ends_of(one: Comparison, points: bool) -> tuple[float, float, float]:
    """Low end, difference and high end of a comparison that can be drawn, in the unit of its figure."""
    return point_ends(one) if points else per_cent_ends(one)


def axis_end(drawn: Sequence[Comparison], points: bool) -> tuple[float, bool]:
    """How far the axis goes to either side, and whether it cuts anything."""
    ends = [ends_of(one, points) for one in drawn]
    return reach([max(abs(low), abs(high)) for low, _, high in ends])


def is_share(one: Comparison) -> bool:
    """Whether differences of the outcome are percentage points."""
    return OUTCOMES[one.outcome].unit == "share"


def drawable(one: Comparison, points: bool) -> bool:
    """Whether a comparison has a place in the figure of shares (points) or in that of all other outcomes."""
    return is_share(one) == points and (one.difference is not None if points else usable(one))


def point_ends(one: Comparison) -> tuple[float, float, float]:
    """Low end, difference and high end of a difference of shares in percentage points; without an interval, the
    difference three times."""
    middle = 100 * (one.difference or 0.0)
    low, high = (middle if end is None else 100 * end for end in (one.low, one.high))
    return low, middle, high


def intervals(points: np.ndarray, height: list[float], names: list[str], label: str, number: int, edge: float) -> Any:
    """A scenario's differences and their intervals; what lies beyond the edge is drawn at it. points: [outcomes, low,
    middle, high]."""
    import plotly.graph_objects as go

    low, middle, high = np.clip(points, -edge, edge).T
    return go.Scatter(
        x=middle,
        y=height,
        mode="markers",
        name=label,
        text=names,
        customdata=points,
        hovertemplate="%{text}: %{customdata[1]:+.1f} [%{customdata[0]:+.1f}, %{customdata[2]:+.1f}]<extra>"
        + label.replace("{", "(")
        + "</extra>",
        marker={"color": COLOURS[number], "size": 9, "symbol": SYMBOLS[number]},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - middle,
            "arrayminus": middle - low,
            "thickness": 2,
        },
    )


def per_cent_ends(one: Comparison) -> tuple[float, float, float]:
    """Low end, difference and high end of a comparison that can be drawn, in per cent of its baseline."""
    low, middle, high = in_per_cent(one)
    known = middle or 0.0
    return known if low is None else low, known, known if high is None else high


def reach(extents: Sequence[float]) -> tuple[float, bool]:
    """How far the axis goes to either side, in per cent, and whether it cuts anything: rare events have intervals of
    several hundred per cent, beside which all others would shrink to a dot at zero."""
    if not extents:
        return 10.0, False
    widest, usual = max(extents), max(10.0, 4.0 * float(np.quantile(extents, 0.8)))
    return max(1e-6, min(widest, usual)), widest > usual


def usable(one: Comparison) -> bool:
    """Whether a comparison can be drawn in per cent of its baseline."""
    return None not in (one.difference, one.baseline_mean) and abs(one.baseline_mean or 0.0) > 1e-9


def bands(series: dict[str, dict[str, np.ndarray]], indicator: str, language: str, words: dict[str, str]) -> Figure:
    """An indicator over time for each scenario: mean of the replications, in a band from the least to the largest."""
    import plotly.graph_objects as go

    traces = []
    for number, (label, (middle, low, high)) in enumerate(ranges(series, indicator).items()):
        colour = COLOURS[number % len(COLOURS)]
        traces.append(
            go.Scatter(
                **outline(low, high),
                fill="toself",
                fillcolor=colour,
                opacity=0.18,
                line={"width": 0},
                hoverinfo="skip",
                showlegend=False,
            )
        )
        dash = ("solid", "solid", "dash", "dot")[number % 4]
        traces.append(
            go.Scatter(
                x=np.arange(len(middle)), y=middle, name=label, line={"color": colour, "width": 2.5, "dash": dash}
            )
        )
    one = INDICATORS[indicator]
    numbers = {"tickformat": ".0%"} if one.unit == "share" else {}
    return plain(
        traces,
        "bands",
        320,
        xaxis={"title": {"text": words["day"]}},
        yaxis={"title": {"text": one.label(language)}} | numbers,
    )


def outline(low: np.ndarray, high: np.ndarray) -> dict[str, np.ndarray]:
    """The line around a band: a closed loop, up along the high end and back along the low one, for every stretch of
    days that have both; a gap lies between loops, so that none is joined to the next."""
    known = np.isfinite(low) & np.isfinite(high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    x, y = [np.zeros(0)], [np.zeros(0)]
    for begin, end in edges.reshape(-1, 2):
        days = np.arange(begin, end, dtype=float)
        x += [days, days[::-1], days[:1], np.full(1, np.nan)]
        y += [high[begin:end], low[begin:end][::-1], high[begin : begin + 1], np.full(1, np.nan)]
    return {"x": np.concatenate(x)[:-1], "y": np.concatenate(y)[:-1]}


def ranges(
    series: dict[str, dict[str, np.ndarray]], indicator: str
) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """{label: mean, least and largest} of an indicator over the replications, in means of seven days; float64 [days]
    each."""
    smoothed = {label: smooth(tables[indicator]) for label, tables in series.items()}
    return {
        label: (known_mean(values), np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0))
        for label, values in smoothed.items()
    }


def known_mean(values: np.ndarray) -> np.ndarray:
    """Mean over the replications that have a value; float64 [days]."""
    known = np.isfinite(values)
    return np.where(
        known.any(axis=0), np.where(known, values, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0)), np.nan
    )


def smooth(values: np.ndarray) -> np.ndarray:
    """Means of seven days by replication, values known before that carried on; float64 [replications, days]."""
    from pingan_abm.web.shown.figures import week_mean

    return np.stack([week_mean(row) for row in values])


def heat_map(x: Sequence[Any], y: Sequence[Any], z: np.ndarray, names: tuple[str, str], title: str) -> Figure:
    """An outcome over two settings; float64 [y, x]."""
    import plotly.graph_objects as go

    cells = [
        [float(value) if np.isfinite(value) else None for value in row] for row in z
    ]  # a page cannot read "not a number"
    trace = go.Heatmap(x=list(x), y=list(y), z=cells, colorscale="Cividis", colorbar={"title": {"text": ""}})
    return plain(
        [trace],
        "heat_map",
        380,
        title={"text": title, "font": {"size": 14}},
        xaxis={"title": {"text": names[0]}, "type": "category"},
        yaxis={"title": {"text": names[1]}, "type": "category", "automargin": True},
    )


def response(x: np.ndarray, means: np.ndarray, low: np.ndarray, high: np.ndarray, names: tuple[str, str]) -> Figure:
    """An outcome over one setting with the range of its points."""
    import plotly.graph_objects as go

    bars = {"type": "data", "symmetric": False, "array": high - means, "arrayminus": means - low}
    trace = go.Scatter(x=x, y=means, mode="markers+lines", line={"color": COLOURS[1]}, error_y=bars)
    return plain(
        [trace],
        "response",
        340,
        showlegend=False,
        xaxis={"title": {"text": names[0]}},
        yaxis={"title": {"text": names[1]}},
    )


def bars(names: Sequence[str], values: Sequence[float], half: Sequence[float], title: str) -> Figure:
    """Indices of sensitivity with their intervals, the largest first."""
    import plotly.graph_objects as go

    order = np.argsort(values)
    trace = go.Bar(
        y=[names[i] for i in order],
        x=[values[i] for i in order],
        orientation="h",
        marker={"color": COLOURS[1]},
        error_x={"type": "data", "array": [half[i] for i in order]},
    )
    return plain(
        [trace],
        "sensitivity",
        showlegend=False,
        height=90 + 26 * len(names),
        xaxis={"title": {"text": title}},
        yaxis={"automargin": True, "dtick": 1},
    )
