"""A brief as slides: the answer, a chart a slide, the table, and what it stands on."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pingan_abm.report.brief import Brief, Chart
from pingan_abm.report.office_charts import chart_data, with_error_bars
from pingan_abm.texts.i18n import translator

TEXT_LAYOUT, TITLE_LAYOUT = 1, 5  # of python-pptx's own template, and of most others
TITLE_SIZE, TEXT_SIZE, TABLE_SIZE = 26.0, 16.0, 11.0  # points
CHINESE_FONT = "Microsoft YaHei"
LEFT, TOP, WIDTH, HEIGHT = 0.5, 1.5, 9.0, 5.2  # inches, of a slide of 10 by 7.5


def pptx_of(brief: Brief, template: Path | None = None) -> bytes:
    """The file's bytes. template: a file whose layouts are used."""
    from pptx import Presentation

    slides = Presentation() if template is None else Presentation(str(template))
    say = translator(brief.language)
    sections = brief.sections()
    _text(slides, brief.title, [brief.asked, *sections[1][1]], brief.language)
    for chart in brief.charts:
        _chart(slides, chart, brief.language)
    _table(slides, say("In figures"), brief)
    rest = [*sections[2][1], *sections[3][1], brief.command]
    _text(slides, say("How sure it is, and what it stands on"), rest, brief.language)
    contents = io.BytesIO()
    slides.save(contents)
    return contents.getvalue()


def _slide(slides: Any, layout: int, title: str, language: str) -> Any:
    layouts = slides.slide_layouts
    slide = slides.slides.add_slide(layouts[min(layout, len(layouts) - 1)])
    if slide.shapes.title is not None:
        slide.shapes.title.text_frame.text = title
        _letters(slide.shapes.title.text_frame, TITLE_SIZE, language)
    return slide


def _letters(frame: Any, size: float, language: str) -> None:
    from pptx.util import Pt

    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
            if language == "zh":
                run.font.name = CHINESE_FONT


def _text(slides: Any, title: str, lines: Sequence[str], language: str) -> None:
    slide = _slide(slides, TEXT_LAYOUT, title, language)
    bodies = [one for one in slide.placeholders if one.placeholder_format.idx == 1]
    frame = bodies[0].text_frame if bodies else _box(slide)
    frame.word_wrap = True
    frame.text = lines[0]
    for line in lines[1:]:
        frame.add_paragraph().text = line
    _letters(frame, TEXT_SIZE, language)


def _box(slide: Any) -> Any:
    from pptx.util import Inches

    return slide.shapes.add_textbox(Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(HEIGHT)).text_frame


def _chart(slides: Any, chart: Chart, language: str) -> None:
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches, Pt

    slide = _slide(slides, TITLE_LAYOUT, chart.title, language)
    place = (Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(HEIGHT))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, chart_data(chart)).chart
    drawn.has_legend, drawn.has_title = False, False
    drawn.font.size = Pt(TABLE_SIZE + 1.0)
    with_error_bars(drawn._chartSpace, chart)


def _table(slides: Any, title: str, brief: Brief) -> None:
    from pptx.util import Inches

    slide = _slide(slides, TITLE_LAYOUT, title, brief.language)
    size = (len(brief.rows) + 1, len(brief.heads))
    table = slide.shapes.add_table(*size, Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(0.3)).table
    for number, line in enumerate([brief.heads, *(list(map(str, row)) for row in brief.rows)]):
        for place, text in enumerate(line):
            frame = table.cell(number, place).text_frame
            frame.text = text
            _letters(frame, TABLE_SIZE, brief.language)
