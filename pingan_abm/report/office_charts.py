"""Charts that an office program draws itself, so that they can be pasted, edited and read in any font: bars with error
bars, as the parts of a file."""

from typing import Any

from pingan_abm.report.brief import Chart

NUMBERS = "0.0"  # how values are written
COLOUR = "0B57D0"
ERROR_BARS = (
    '<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>{plus}{minus}</c:errBars>'
)
SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def chart_data(chart: Chart) -> Any:
    """The chart's numbers as python-pptx takes them, the first bar on top."""
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format=NUMBERS)
    data.categories = list(reversed(chart.names))
    for name, bars in chart.series.items():
        data.add_series(name, [value for value, _ in reversed(bars)])
    return data


def with_error_bars(space: Any, chart: Chart) -> None:
    """Add half of each bar's interval to a chart's XML, and its title."""
    from lxml import etree

    for series, bars in zip(space.iter(f"{SPACE}ser"), chart.series.values(), strict=True):
        halves = [0.0 if half is None else half for _, half in reversed(bars)]
        points = "".join(f'<c:pt idx="{place}"><c:v>{half!r}</c:v></c:pt>' for place, half in enumerate(halves))
        literal = f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(halves)}"/>{points}</c:numLit>'
        text = ERROR_BARS.format(plus=f"<c:plus>{literal}</c:plus>", minus=f"<c:minus>{literal}</c:minus>")
        series.find(f"{SPACE}cat").addprevious(etree.fromstring(text))


def chart_xml(chart: Chart, workbook_id: str) -> bytes:
    """The XML of a chart part whose numbers lie in a workbook of that relation."""
    from lxml import etree
    from pptx.enum.chart import XL_CHART_TYPE

    space = etree.fromstring(chart_data(chart).xml_bytes(XL_CHART_TYPE.BAR_CLUSTERED))
    with_error_bars(space, chart)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = etree.SubElement(space, f"{SPACE}externalData", {f"{{{relation}}}id": workbook_id}, nsmap={"r": relation})
    etree.SubElement(data, f"{SPACE}autoUpdate", {"val": "0"})
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def chart_workbook(chart: Chart) -> bytes:
    """The workbook with a chart's numbers."""
    from pptx.chart.xlsx import CategoryWorkbookWriter

    return bytes(CategoryWorkbookWriter(chart_data(chart)).xlsx_blob)
