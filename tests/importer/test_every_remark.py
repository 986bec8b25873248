"""Every code of a remark has a file that it is made on, and sentences that its values fill."""

from __future__ import annotations

import pytest
from packages import excel_file, p, relations, run, tbl, tc, tr, word_file

from planctl.codes import CODES, importing
from planctl.importer import read

INNER = tbl(tr(tc("а")), tr(tc("б")))
CASES: dict[str, tuple[bytes, str]] = {
    "tracked-changes-accepted": (word_file(f"<w:p><w:ins>{run('шинэ')}</w:ins></w:p>"), "a.docx"),
    "hidden-text-read": (word_file(f"<w:p>{run('далд', '<w:vanish/>')}</w:p>"), "a.docx"),
    "hidden-rows-read": (excel_file('<row hidden="1"><c><v>1</v></c></row>'), "a.xlsx"),
    "hidden-columns-read": (
        excel_file("<row><c><v>1</v></c></row>", before='<cols><col min="1" max="3" hidden="1"/></cols>'),
        "a.xlsx",
    ),
    "hidden-sheet-read": (
        excel_file(
            "<row><c><v>1</v></c></row>",
            {
                "xl/workbook.xml": (
                    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                    '<sheets><sheet name="Х" state="veryHidden" r:id="rId1"/></sheets></workbook>'
                )
            },
        ),
        "a.xlsx",
    ),
    "formula-without-value": (excel_file("<row><c><f>1+1</f></c></row>"), "a.xlsx"),
    "error-in-cell": (excel_file('<row><c t="e"><v>#DIV/0!</v></c></row>'), "a.xlsx"),
    "external-link-not-followed": (
        word_file(p("1"), {"word/_rels/settings.xml.rels": relations(("frame", "http://far.example", "External"))}),
        "a.docx",
    ),
    "macros-not-read": (word_file(p("1"), {"word/vbaProject.bin": b""}), "a.docm"),
    "embedded-not-read": (word_file(p("1"), {"word/embeddings/oleObject1.bin": b""}), "a.docx"),
    "other-than-its-ending": (word_file(p("1")), "a.xlsx"),
    "encoding-guessed": ("№;Ажил\n1;Зам засав".encode("cp1251"), "a.csv"),
    "letters-lost-in-file": ("Х?дээ;Т?сөв;З?йл".encode(), "a.csv"),
    "nested-table-as-text": (word_file(tbl(*(tr(tc(one)) for one in "абв"), tr(tc(f"{INNER}{p('')}")))), "a.docx"),
}


MADE_LATER = "date-for-number"
"""Only who knows what a column holds can tell that a date is none; see the layouts of tables."""


@pytest.mark.parametrize("code", CASES)
def test_a_remark_is_made_and_its_sentences_filled(code: str) -> None:
    content, name = CASES[code]

    (remark,) = read(content, name).remarks

    values = dict(remark.values)
    assert (remark.code, remark.span.path, remark.is_error) == (code, name, False)
    assert CODES[code].message.format_map(values)
    assert CODES[code].hints[0].format_map(values)


def test_every_code_has_a_case() -> None:
    assert {*CASES, MADE_LATER} == {code.name for code in importing.CODES}


def test_a_plain_file_is_read_without_a_remark() -> None:
    for content, name in ((word_file(p("1")), "a.docx"), (excel_file("<row><c><v>1</v></c></row>"), "a.xlsx")):
        assert read(content, name).remarks == ()
