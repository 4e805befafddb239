"""A brief as a Word file of one page. An office may give a template of its own: its styles are used, and the brief
stands where the template says {{brief}}, else at its end."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pingan_abm.report.brief import Brief, Chart
from pingan_abm.report.office_charts import chart_workbook, chart_xml
from pingan_abm.texts.i18n import translator

PLACE = "{{brief}}"
CHINESE_FONT, FONT = "Microsoft YaHei", "Calibri"
SIZE, TABLE_SIZE, CODE_SIZE, TITLE_SIZE, HEAD_SIZE = 9.5, 8.0, 7.5, 16.0, 11.0  # points
MARGIN = 1.8  # cm
CHARTS = 2  # side by side
CHART_WIDTH, CHART_HEIGHT = 8.5, 5.2  # cm
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{RELATIONS}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="Chart {number}" descr=""/>'
    '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def docx_of(brief: Brief, template: Path | None = None) -> bytes:
    """The file's bytes."""
    from docx import Document

    document = Document() if template is None else Document(str(template))
    if template is None:
        _lay_out(document)
    before = list(document.element.body)
    _write(document, brief)
    _move(document, before)
    contents = io.BytesIO()
    document.save(contents)
    return contents.getvalue()


def _lay_out(document: Any) -> None:
    """A4, narrow margins, small letters and fonts that have Chinese."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    for name, size in (("Normal", SIZE), ("List Bullet", SIZE), ("Heading 1", HEAD_SIZE), ("Title", TITLE_SIZE)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE_FONT)
        style.paragraph_format.space_before = Pt(6.0 if name == "Heading 1" else 0.0)
        style.paragraph_format.space_after = Pt(2.0)
        if name in ("Heading 1", "Title"):
            style.font.color.rgb = RGBColor(0x0B, 0x57, 0xD0)


def _write(document: Any, brief: Brief) -> None:
    """The brief at the document's end."""
    from docx.shared import Pt

    say = translator(brief.language)
    _paragraph(document, brief.title, "Title")
    for heading, lines in brief.sections():
        _paragraph(document, heading, "Heading 1")
        for line in lines:
            _paragraph(document, line, "List Bullet" if len(lines) > 1 else "Normal")
    _charts(document, brief.charts[:CHARTS])
    _table(document, brief)
    if brief.notice:
        _small(document.add_paragraph(), brief.notice, TABLE_SIZE)
    _paragraph(document, say("Run it again"), "Heading 1")
    _small(document.add_paragraph(), brief.command, CODE_SIZE)
    for paragraph in document.paragraphs[-1:]:
        paragraph.paragraph_format.space_after = Pt(0.0)


def _paragraph(document: Any, text: str, style: str) -> None:
    known = {one.name for one in document.styles}
    document.add_paragraph(text, style=style if style in known else None)


def _small(paragraph: Any, text: str, size: float) -> None:
    from docx.shared import Pt

    paragraph.add_run(text).font.size = Pt(size)


def _table(document: Any, brief: Brief) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = document.add_table(rows=1, cols=len(brief.heads))
    known = {one.name for one in document.styles}
    if "Table Grid" in known:
        table.style = "Table Grid"
    lines: list[Sequence[str]] = [brief.heads, *(list(map(str, row)) for row in brief.rows)]
    for number, line in enumerate(lines):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for place, text in enumerate(line):
            paragraph = cells[place].paragraphs[0]
            _small(paragraph, text, TABLE_SIZE)
            paragraph.runs[0].bold = number == 0
            if number and not isinstance(brief.rows[number - 1][place], str):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _charts(document: Any, charts: Sequence[Chart]) -> None:
    """Charts in one line, each with a workbook of its numbers."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.shared import Cm

    if not charts:
        return
    line = document.add_paragraph()
    package = document.part.package
    taken = sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts())
    for number, chart in enumerate(charts, start=taken + 1):
        sheet = Part(PackURI(f"/word/embeddings/brief{number}.xlsx"), SHEET_TYPE, chart_workbook(chart), package)
        drawn = Part(PackURI(f"/word/charts/brief{number}.xml"), CHART_TYPE, b"", package)
        drawn._blob = chart_xml(chart, drawn.relate_to(sheet, f"{RELATIONS}/package"))  # the library has no other way
        relation = document.part.relate_to(drawn, f"{RELATIONS}/chart")
        wide, high = Cm(CHART_WIDTH), Cm(CHART_HEIGHT)
        line.add_run()._r.append(
            parse_xml(DRAWING.format(wide=wide, high=high, number=100 + number, relation=relation))
        )


def _move(document: Any, before: Sequence[Any]) -> None:
    """Move what is new to the paragraph of the template that says where, and take that paragraph away."""
    place = next((one for one in document.paragraphs if one.text.strip() == PLACE), None)
    if place is None:
        return
    known = set(map(id, before))
    for element in [one for one in document.element.body if id(one) not in known]:
        place._p.addprevious(element)
    place._p.getparent().remove(place._p)
