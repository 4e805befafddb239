"""A brief as a workbook: the words, the table with numbers to compute with, and the charts."""

import io
from typing import Any

from pingan_abm.report.brief import Brief, Chart
from pingan_abm.report.rows import write_cells
from pingan_abm.texts.i18n import translator

WORDS_WIDE, FIRST_WIDE, WIDE = 110, 34, 16  # letters
ROWS_A_CHART = 18


def xlsx_of(brief: Brief) -> bytes:
    """The file's bytes."""
    import xlsxwriter

    say, contents = translator(brief.language), io.BytesIO()
    with xlsxwriter.Workbook(contents, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(say("Brief"))
        page.set_column(0, 0, WORDS_WIDE)
        lines: list[tuple[str, Any]] = [(brief.title, bold)]
        for heading, texts in brief.sections():
            lines += [("", wrapped), (heading, bold), *((text, wrapped) for text in texts)]
        lines += [("", wrapped), (say("Run it again"), bold), (brief.command, wrapped)]
        for number, (text, form) in enumerate(lines):
            page.write_string(number, 0, text, form)
        _table(book, brief, bold)
        charts, data = book.add_worksheet(say("Charts")), book.add_worksheet(say("Numbers of the charts"))
        line = 0
        for number, chart in enumerate(brief.charts):
            _chart(book, charts, data, chart, number, line)
            line += len(chart.names) + 2
    return contents.getvalue()


def _table(book: Any, brief: Brief, bold: Any) -> None:
    page = book.add_worksheet(translator(brief.language)("Table"))
    percent, plain = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "#,##0.###"})
    write_cells(page, 0, brief.heads, brief.rows, (bold, percent, plain))
    page.write_string(len(brief.rows) + 2, 0, brief.notice)
    page.set_column(0, 1, FIRST_WIDE)
    page.set_column(2, len(brief.heads), WIDE)


def _chart(book: Any, page: Any, data: Any, chart: Chart, number: int, line: int) -> None:
    """A chart of bars with error bars, and its numbers in a sheet from a line on."""
    drawn = book.add_chart({"type": "bar"})
    for name, bars in chart.series.items():
        data.write_string(line, 0, chart.title)
        data.write_string(line, 1, name)
        for place, (label, (value, _)) in enumerate(zip(chart.names, bars, strict=True), start=line + 1):
            data.write_string(place, 0, label)
            if value is not None:
                data.write_number(place, 1, value)
        halves = [0.0 if half is None else half for _, half in bars]
        last = line + len(bars)
        drawn.add_series(
            {
                "name": name,
                "categories": [data.get_name(), line + 1, 0, last, 0],
                "values": [data.get_name(), line + 1, 1, last, 1],
                "y_error_bars": {"type": "custom", "plus_values": halves, "minus_values": halves},
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 11}})
    drawn.set_legend({"none": True})
    drawn.set_y_axis({"reverse": True})
    page.insert_chart(number * ROWS_A_CHART, 0, drawn, {"x_scale": 1.5, "y_scale": 1.1})
