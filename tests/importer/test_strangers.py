"""Files that are damaged, locked, dressed up or meant to do harm: one clear line each, and little memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from packages import EXCEL, WORD, excel_file, p, relations, shown, tbl, tc, tr, types, word_file, zipped

from papers import placed_signs
from planctl.errors import PlanctlError
from planctl.importer import package as package_of
from planctl.importer import read, read_file
from planctl.render.package import unpacked

if TYPE_CHECKING:
    from pathlib import Path

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")


def compound(stream: str) -> bytes:
    return COMPOUND + f"{stream}\0".encode("utf-16-le")


def refusal(content: bytes, name: str = "a.docx") -> str:
    with pytest.raises(PlanctlError) as caught:
        read(content, name)
    return str(caught.value)


def with_part(content: bytes, part: str, inside: str | bytes) -> bytes:
    return zipped({**unpacked(content), part: inside})


def locked_zip() -> bytes:
    """Return a package whose parts say that they are locked, as those of old programs do."""
    content = bytearray(word_file(p("Тайлан")))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(signature, start + 1)
    return bytes(content)


DAMAGED = "a.docx is damaged (its part "
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "a.docx is empty"),
        (b"\x00" * 5000, "a.docx is empty"),
        (compound("EncryptedPackage"), "a.docx is locked with a password; open it"),
        (compound("WordDocument"), "a.docx is an old Word file (.doc); open it in Word and save"),
        (compound("Workbook"), "a.docx is an old Excel file (.xls); open it in Excel and save"),
        (COMPOUND + b"?" * 100, "a.docx is neither a Word, Excel or LibreOffice file nor a CSV file"),
        (b"%PDF-1.7 ...", "a.docx is a PDF"),
        (b"{\\rtf1 ...}", "a.docx is an RTF file; open it in Word"),
        (b"\x89PNG\r\n\x1a\n....", "a.docx is a picture"),
        (b"Rar!\x1a\x07....", "a.docx is an archive; unpack it"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.docx is a web page, whatever its name says"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "a.docx is an XML file"),
        (b"MZ\x90\x00\x03 program", "a.docx is neither"),
        (zipped({"тайлан.docx": word_file(p("1"))}), "a.docx is an archive; unpack it, and name the files in it"),
        (zipped({TYPES: types("a.xml", "x.presentationml.y")}), "a.docx is a presentation"),
        (zipped({TYPES: types("a.bin", "ms-excel.sheet.binary.x")}), "a.docx is a binary"),
        (zipped({"word/document.xml": "<a/>"}), "a.docx is damaged (its part [Content_Types].xml)"),
        (b"PK\x03\x04 and no more", "a.docx is damaged and cannot be read"),
        (word_file(p("1"))[:-40], "a.docx is damaged and cannot be read"),
        (locked_zip(), "a.docx is locked with a password"),
        (zipped({TYPES: types("word/document.xml", WORD)}), f"{DAMAGED}word/document.xml)"),
        (zipped({TYPES: types("xl/workbook.xml", EXCEL)}), f"{DAMAGED}xl/workbook.xml)"),
        (with_part(word_file(""), "word/document.xml", "<w:document"), f"{DAMAGED}word/document.xml)"),
        (with_part(word_file(""), "word/document.xml", "<a/>"), f"{DAMAGED}word/document.xml)"),
        (with_part(excel_file(""), SHEET, "<worksheet><sheet"), DAMAGED),
        (with_part(excel_file(""), SHEET, b""), f"{DAMAGED}{SHEET})"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_so_in_one_line(content: bytes, line: str) -> None:
    told = refusal(content)

    assert told.startswith(line)
    assert "\n" not in told


def test_a_file_is_read_as_what_it_is_whatever_its_ending() -> None:
    found = read(word_file(p("Тайлан")), "тайлан.xlsx")

    assert (found.kind, shown(found)) == ("docx", ["Тайлан"])
    assert [(one.code, dict(one.values)) for one in found.remarks] == [
        ("other-than-its-ending", {"ending": ".xlsx", "kind": "docx"})
    ]


BOMB = '<!DOCTYPE a [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("content", "part", "root"),
    [
        (word_file(p("1")), "word/document.xml", "<document>&b;</document>"),
        (word_file(p("1")), "_rels/.rels", "<a>&b;</a>"),
        (excel_file(""), "xl/worksheets/sheet1.xml", "<worksheet>&b;</worksheet>"),
    ],
)
def test_a_doctype_is_refused_in_every_part(content: bytes, part: str, root: str, encoding: str) -> None:
    dressed = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}{root}'.encode(encoding)

    assert refusal(with_part(content, part, dressed)).startswith(f"a.docx has a DOCTYPE in its part {part}")


def test_an_outer_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("нууц", encoding="utf-8")
    dressed = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'

    assert "DOCTYPE" in refusal(with_part(word_file(""), "word/document.xml", dressed))


def bomb(part: str, content: bytes, *, piece: bytes, megabytes: int) -> bytes:
    """Return the package with a part that unpacks to so many megabytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, inside in unpacked(content).items():
            if name != part:
                package.writestr(name, inside)
        with package.open(part, "w") as file:
            file.write(b"<a>")
            for _ in range(megabytes):
                file.write(piece * (1024 * 1024 // len(piece)))
            file.write(b"</a>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("part", "content", "piece"),
    [
        ("word/document.xml", word_file(p("1")), b"<b/>"),
        ("word/document.xml", word_file(p("1")), b" "),
        ("xl/worksheets/sheet1.xml", excel_file(""), b"<b/>"),
        ("xl/worksheets/sheet1.xml", excel_file(""), b"<row/>"),
    ],
)
def test_a_part_that_swells_is_given_up_while_it_is_unpacked(part: str, content: bytes, piece: bytes) -> None:
    swollen = bomb(part, content, piece=piece * 1024, megabytes=60)
    tracemalloc.start()

    told = refusal(swollen)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told.startswith("a.docx takes up far more room when it is unpacked than planctl reads")
    assert most < 64 * 1024 * 1024


def test_declared_sizes_are_not_believed() -> None:
    swollen = bomb("word/document.xml", word_file(p("1")), piece=b" " * 1024, megabytes=40)
    true_size = (40 * 1024 * 1024 + 7).to_bytes(4, "little")

    told = refusal(swollen.replace(true_size, (10).to_bytes(4, "little")))

    assert told.startswith(f"{DAMAGED}word/document.xml)")


def test_many_parts_that_swell_a_little_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_of, "MOST_UNPACKED", 20_000)
    parts = {f"word/_rels/part{number}.xml.rels": relations() + " " * 3000 for number in range(20)}

    assert "takes up far more room" in refusal(word_file(p("1"), parts))


def test_a_package_of_too_many_parts_is_refused() -> None:
    parts = {f"word/media/{number}": b"" for number in range(10_001)}

    assert refusal(word_file(p("1"), parts)).startswith("a.docx is a package of 10005 parts, which no office program")


def test_elements_nested_without_end_are_refused() -> None:
    assert refusal(word_file("<w:sdt><w:sdtContent>" * 5000)).startswith(f"{DAMAGED}word/document.xml)")


def test_tables_inside_tables_inside_tables_are_read() -> None:
    inner = p("гүн")
    for _ in range(20):
        inner = tbl(tr(tc(f"{inner}{p('')}")))

    assert shown(read(word_file(inner), "a.docx"))[-1] == [["гүн"]]


def test_a_row_of_endlessly_wide_cells_is_refused() -> None:
    wide = tbl(tr(tc("1", '<w:gridSpan w:val="99999999"/>')))

    assert refusal(word_file(wide)) == "a.docx has a table of more columns than planctl reads"


def test_areas_merged_over_each_other_are_not_followed_without_end() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 3001))
    merged = "".join(f'<mergeCell ref="A{number}:C1048576"/>' for number in range(1, 3001))

    assert "a.docx is damaged" in refusal(excel_file(rows, after=f"<mergeCells>{merged}</mergeCells>"))


def test_text_without_end_in_one_cell_is_refused() -> None:
    long = f"<row><c t='str'><v>{'а' * 6_000_000}</v></c></row>"

    assert refusal(excel_file(long)).startswith("a.docx is damaged")


DIGITS = "9" * 5000


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (
            excel_file(f'<row r="{DIGITS}"><c r="A1" s="{DIGITS}"><v>{DIGITS}</v></c><c s="-1"><v>1</v></c></row>'),
            "a.xlsx",
        ),
        (excel_file('<row><c t="str"><v>_xD800_ _x0000_ _xFFFF_ Ажил</v></c></row>'), "a.xlsx"),
        (word_file(f'<w:p><w:r><w:sym w:char="{DIGITS}"/><w:t>Ажил</w:t></w:r></w:p>'), "a.docx"),
    ],
)
def test_numbers_beyond_all_use_are_passed_over(content: bytes, name: str) -> None:
    found = read(content, name)

    assert found.signs == placed_signs(found)
    for table in found.tables:
        assert all(one.text.encode() for one in table.cells())


@pytest.mark.parametrize("name", ["хоосон.docx", "хавтас"])
def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "хавтас").mkdir()

    with pytest.raises(PlanctlError, match=f"^(there is no file .*{name}|.*{name} is a folder)$"):
        read_file(tmp_path / name)


def test_a_file_larger_than_planctl_reads_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.docx").open("wb") as file:
        file.truncate(50_000_001)

    with pytest.raises(PlanctlError, match=r"^a\.docx is larger than 50 MB, the most that planctl reads"):
        read_file(tmp_path / "a.docx", "a.docx")
