"""Charts in a Word file: real ones, drawn by the program that opens it, sharp at any size on paper.

XlsxWriter knows how a chart is written (ECMA-376, part 1, 21.2): it writes them into a workbook in memory, from
which they are taken. So one costs a millisecond; a picture fine enough for print took a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from motbuoc.interfaces.papers.timeline_picture import TODAY

WIDTH, HEIGHT = Cm(15), Cm(6)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
FONT = {"name": "Times New Roman", "size": 11}  # of print, as of official papers
LINE = {"color": "#BFBFBF", "width": 0.5}
GRAPHIC = (
    f"<wp:inline {nsdecls('wp', 'a', 'r')} distT='0' distB='0' distL='0' distR='0'>"
    "<wp:extent cx='{width}' cy='{height}'/><wp:docPr id='{number}' name='Biểu đồ {number}'/>"
    "<wp:cNvGraphicFramePr/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'>"
    "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='{key}'/>"
    "</a:graphicData></a:graphic></wp:inline>"
)
SAID_WHOLE = {
    b'<c:lang val="en-US"/>': b'<c:lang val="vi-VN"/>',
    b'<c:plotVisOnly val="1"/>': b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>',
    b'<c:showVal val="1"/>': b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>',
}
"""What Excel takes for granted and others do not: nothing reported is no zero; a column bears its figure alone."""
FIRST = 1_000  # of the numbers of drawings, which are unique in a file


def drawn(charts: Sequence[dict[str, Any]]) -> Iterator[bytes]:
    """Each chart (`labels`, `values`; None: nothing was reported) as a part of a Word file."""
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    sheet = book.add_worksheet("S")
    for place, chart in enumerate(charts):
        last, columns = len(chart["labels"]) - 1, (2 * place, 2 * place + 1)
        for row, (label, value) in enumerate(zip(chart["labels"], chart["values"], strict=True)):
            sheet.write_string(row, columns[0], label)
            if value is not None:
                sheet.write_number(row, columns[1], value)
        sheet.insert_chart(0, 0, _chart(book, last, columns))
    book.close()
    with ZipFile(saved) as package:
        for place in range(1, len(charts) + 1):
            written = package.read(f"xl/charts/chart{place}.xml")
            for short, whole in SAID_WHOLE.items():
                written = written.replace(short, whole)
            yield written


def _chart(book: Any, last: int, columns: tuple[int, int]) -> Any:
    made = book.add_chart({"type": "column"})
    names, values = (["S", 0, column, last, column] for column in columns)
    look = {"fill": {"color": TODAY}, "gap": 80, "data_labels": {"value": True, "font": FONT}}
    made.add_series({"categories": names, "values": values, **look})
    made.set_legend({"none": True})
    made.set_title({"none": True})
    made.set_x_axis({"num_font": FONT, "line": LINE})
    made.set_y_axis({"num_font": FONT, "line": {"none": True}, "major_gridlines": {"visible": True, "line": LINE}})
    made.set_chartarea({"border": {"none": True}})
    return made


def put_chart(paragraph: Paragraph, chart: bytes, number: int, words: str) -> None:
    """Put a drawn chart into a paragraph; `words` say what it shows to who does not see it."""
    document = paragraph.part
    uri = PackURI(f"/word/charts/chart{number}.xml")
    key = document.relate_to(Part(uri, CONTENT_TYPE, chart, document.package), RELATIONSHIP_TYPE.CHART)
    told = GRAPHIC.format(width=WIDTH, height=HEIGHT, number=FIRST + number, key=key)
    inline: Any = parse_xml(told)
    inline.docPr.set("descr", words)
    paragraph.add_run()._r.add_drawing(inline)
