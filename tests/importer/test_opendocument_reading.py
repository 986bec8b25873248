"""LibreOffice's own files: saved by itself where it can be started, and written by hand for what it seldom writes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from packages import said, shown, texts, zipped

from papers import placed_signs
from planctl.errors import PlanctlError
from planctl.importer import read, read_file
from planctl.importer.office_file import Note, OfficeFile, Typed

if TYPE_CHECKING:
    from pathlib import Path

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{prefix}="{_URN}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "draw": "drawing",
    }.items()
)
_TYPE = "application/vnd.oasis.opendocument."


def od_file(kind: str, body: str, *, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped({"mimetype": f"{_TYPE}{kind}", "content.xml": content, "META-INF/manifest.xml": manifest})


def sheet_file(rows: str, *, styles: str = "") -> OfficeFile:
    table = f'<table:table table:name="Биелэлт">{rows}</table:table>'
    found = read(od_file("spreadsheet", table, styles=styles), "a.ods")
    assert found.signs == placed_signs(found)
    return found


def text_file(body: str, *, styles: str = "") -> OfficeFile:
    found = read(od_file("text", body, styles=styles), "a.odt")
    assert found.signs == placed_signs(found)
    return found


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


# Spreadsheets


def test_rows_and_columns_repeated_a_million_times_are_not_made() -> None:
    found = sheet_file(
        row(cell("№"), cell(attributes='table:number-columns-repeated="16000"'), cell("Явц"))
        + row(
            cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1000000"'
        )
        + row(cell("1"))
    )

    assert [str(one.place) for one in found.tables[0].cells()] == ["Биелэлт!A1", "Биелэлт!WQL1", "Биелэлт!A1000002"]


def test_rows_that_are_the_same_are_made_as_often_as_they_stand_there() -> None:
    found = sheet_file(row(cell("х", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="3"'))

    assert texts(found.tables[0]) == [["х", "х"]] * 3
    with pytest.raises(PlanctlError, match="more than 20,000 rows with content"):
        sheet_file(row(cell("х"), attributes='table:number-rows-repeated="1000000"'))


def test_values_stand_behind_what_cells_show() -> None:
    styles = (
        '<number:date-style style:name="D"><number:day/><number:text>/</number:text><number:month/></number:date-style>'
        '<style:style style:name="c" style:family="table-cell" style:data-style-name="D"/>'
    )
    found = sheet_file(
        row(
            cell("90%", 'office:value-type="percentage" office:value="0.9"'),
            cell("18", 'office:value-type="float" office:value="17.6" table:formula="of:=SUM([.A1])"'),
            cell("3/2", 'office:value-type="date" office:date-value="2023-02-03" table:style-name="c"'),
            cell("ҮНЭН", 'office:value-type="boolean" office:boolean-value="true"'),
            cell("Ажил", 'office:value-type="string"'),
        ),
        styles=styles,
    )

    assert [(one.text, one.value) for one in found.tables[0].cells()] == [
        ("90%", Typed("percent", Decimal("0.9"), "0%")),
        ("18", Typed("number", Decimal("17.6"), "", "SUM([.A1])")),
        ("2023-02-03", Typed("date", date(2023, 2, 3), "d/m")),
        ("ҮНЭН", Typed("boolean", value=True)),
        ("Ажил", None),
    ]


def test_a_formula_without_a_value_is_said() -> None:
    found = sheet_file(row(cell("1"), cell(attributes='table:formula="of:=[.A1]*2"')))

    assert [(one.code, str(one.span), one.values) for one in found.remarks] == [
        ("formula-without-value", "a.ods: Биелэлт!B1", (("formula", "[.A1]*2"),))
    ]


def test_lines_of_a_cell_keep_their_indents() -> None:
    found = sheet_file(
        row("<table:table-cell><text:p> • нэг</text:p><text:p>  – <text:s/>дотор\n  үг</text:p></table:table-cell>")
    )

    assert shown(found) == [[["• нэг\n  –  дотор үг"]]]


def test_text_in_boxes_over_the_cells_is_read() -> None:
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    shapes = f"<table:shapes>{box.format('Баталсан')}</table:shapes>"
    anchored = f"<table:table-cell><text:p>Ажил</text:p>{box.format('Хянасан')}</table:table-cell>"
    found = sheet_file(shapes + row(anchored))

    assert [(one.text, str(one.place)) for one in found.paragraphs] == [
        ("Баталсан", "Биелэлт, text box"),
        ("Хянасан", "Биелэлт, text box"),
    ]
    assert shown(found)[0] == [["Ажил"]]


def test_a_locked_file_and_another_kind_are_one_clear_line() -> None:
    locked = od_file("spreadsheet", "", manifest="<manifest:encryption-data/>")

    with pytest.raises(PlanctlError, match=r"^a\.ods is locked with a password"):
        read(locked, "a.ods")
    with pytest.raises(PlanctlError, match=r"^a\.odp is a presentation"):
        read(od_file("presentation", ""), "a.odp")


# Texts


def test_lists_number_and_nest_as_libreoffice_shows_them() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" '
        'style:num-suffix="."/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>'
    )
    found = text_file(
        '<text:list text:style-name="L"><text:list-item><text:p>нэг</text:p><text:list><text:list-item>'
        "<text:p>дотор</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>хоёр</text:p></text:list-item></text:list>",
        styles=styles,
    )

    assert shown(found) == ["I. нэг", "  - дотор", "II. хоёр"]


def test_notes_tracked_changes_and_spaces_of_a_text() -> None:
    found = text_file(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>хуучин</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Тайлан</text:h>'
        '<text:p>Ажил<text:s text:c="2"/>хийв<text:line-break/>мөр<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Эх</text:p></text:note-body></text:note></text:p>"
    )

    assert [(one.text, one.level, one.notes) for one in found.paragraphs] == [
        ("Тайлан", 2, ()),
        ("Ажил  хийв\nмөр", 0, (Note("footnote", "Эх", "", 2),)),
    ]
    assert said(found) == [("tracked-changes-accepted", "")]


# Saved by LibreOffice


def word_source() -> bytes:
    document = docx.Document()
    document.add_heading("Тайлан", 1)
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "№"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Түвшин"
    table.cell(1, 1).text, table.cell(1, 2).text, table.cell(2, 0).text = "Суурь", "Хүрсэн", "1"
    table.cell(2, 1).text = "Ажил:"
    table.cell(2, 1).add_paragraph("нэг", style="List Bullet")
    table.cell(2, 1).add_paragraph("дотор", style="List Bullet 2")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def excel_source() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Биелэлт 1"
    sheet["A1"], sheet["B2"], sheet["C2"] = "Үнэлгээ", 0.9, date(2023, 2, 3)
    sheet["B2"].number_format, sheet["C2"].number_format = "0%", "d-mmm"
    sheet["A2"].value = "=1+1"
    sheet["D4"] = "Явц"
    sheet["D4"].comment = Comment("Тодруулах", "Хянагч")
    sheet.merge_cells("A1:D1")
    sheet.row_dimensions[2].hidden = True
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a.docx and b.xlsx, and what LibreOffice makes of them in its own formats."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(word_source())
    (folder / "b.xlsx").write_bytes(excel_source())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for name, form in (("a.docx", "odt"), ("b.xlsx", "ods")):
        command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(folder / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder


@pytest.mark.office
@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_text_reads_the_same_in_every_format(resaved: Path, name: str) -> None:
    found = read_file(resaved / name)
    (table,) = found.tables

    assert (found.paragraphs[0].text, found.paragraphs[0].level) == ("Тайлан", 1)
    assert texts(table) == [["№", "Түвшин"], ["Суурь", "Хүрсэн"], ["1", "Ажил:\n- нэг\n  - дотор", ""]]
    assert [(one.row_span, one.column_span) for one in table.rows[0].cells] == [(2, 1), (1, 2)]
    assert found.signs == placed_signs(found)


@pytest.mark.office
def test_a_spreadsheet_of_libreoffice_reads_as_the_workbook_does(resaved: Path) -> None:
    found = read_file(resaved / "b.ods", "b.ods")

    assert [(str(one.place), one.text, one.column_span, one.value) for one in found.tables[0].cells()] == [
        ("'Биелэлт 1'!A1", "Үнэлгээ", 4, None),
        ("'Биелэлт 1'!A2", "2", 1, Typed("number", Decimal(2), "", "1+1")),
        ("'Биелэлт 1'!B2", "90%", 1, Typed("percent", Decimal("0.9"), "0%")),
        ("'Биелэлт 1'!C2", "2023-02-03", 1, Typed("date", date(2023, 2, 3), "d-mmm")),
        ("'Биелэлт 1'!D4", "Явц", 1, None),
    ]
    assert [note.text for one in found.tables[0].cells() for note in one.notes] == ["Тодруулах"]
    assert said(found) == [("hidden-rows-read", "'Биелэлт 1'")]
