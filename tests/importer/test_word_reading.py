"""Word files as the readers of offices meet them: what is seen with all changes accepted, in the order of the text."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from packages import only_cell, p, relations, run, said, shown, tbl, tc, texts, tr, word_file, zipped

from papers import placed_signs
from planctl.importer import read
from planctl.importer.office_file import Note, OfficeFile
from planctl.importer.word_styles import written
from planctl.place import Place
from planctl.render.package import unpacked


def read_word(body: str, **related: str) -> OfficeFile:
    found = read(word_file(body, None, **related), "a.docx")
    assert found.signs == placed_signs(found)
    return found


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    shapes = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{shapes}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def test_paragraphs_and_tables_come_in_the_order_of_the_text() -> None:
    found = read_word(p("Тайлан") + tbl(tr(tc("№"), tc("Ажил")), tr(tc("1"), tc("Хийв"))) + p("Хянасан"))

    assert shown(found) == ["Тайлан", [["№", "Ажил"], ["1", "Хийв"]], "Хянасан"]


def test_a_place_is_told_by_table_row_and_column() -> None:
    found = read_word(tbl(tr(tc("а"))) + tbl(tr(tc("б")), tr(tc("в"), tc("г"))))

    assert [str(cell.place) for table in found.tables for cell in table.cells()] == [
        "table 1, row 1, column 1",
        "table 2, row 1, column 1",
        "table 2, row 2, column 1",
        "table 2, row 2, column 2",
    ]


def test_merged_cells_stand_once_and_are_seen_in_every_row() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = read_word(
        tbl(
            tr(tc("№", down), tc("Түвшин", '<w:gridSpan w:val="2"/>')),
            tr(tc("<w:p/>", on), tc("Суурь"), tc("Хүрсэн")),
        )
    )
    (table,) = found.tables

    assert texts(table) == [["№", "Түвшин"], ["Суурь", "Хүрсэн"]]
    assert [(cell.column, cell.row_span, cell.column_span) for cell in table.rows[0].cells] == [(1, 2, 1), (2, 1, 2)]
    assert [cell.text for cell in table.rows[1].standing] == ["№", "Суурь", "Хүрсэн"]


def test_text_left_in_a_cell_that_is_merged_away_is_kept() -> None:
    found = read_word(tbl(tr(tc("дээр", '<w:vMerge w:val="restart"/>')), tr(tc("доор", "<w:vMerge/>"))))

    assert only_cell(found).text == "дээр\n\nдоор"


def test_columns_left_free_before_a_row_count() -> None:
    found = read_word(tbl(tr(tc("а"), tc("б")), tr(tc("в"), properties='<w:gridBefore w:val="1"/>')))

    assert found.tables[0].rows[1].cells[0].column == 2


def test_content_controls_do_not_hide_what_is_in_them() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    found = read_word(
        control(p("блок")) + tbl(control(tr(control(tc(control(p("нүд")))), tc(f"<w:p>{control(run('мөр'))}</w:p>"))))
    )

    assert shown(found) == ["блок", [["нүд", "мөр"]]]


def test_a_placeholder_of_a_content_control_is_no_text() -> None:
    found = read_word(
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Энд дарж бичнэ үү')}</w:sdtContent></w:sdt></w:p>"
    )

    assert (found.blocks, found.signs) == ((), 0)


def test_tracked_changes_are_accepted_and_said() -> None:
    found = read_word(
        p("Эхлэл") + f"<w:p>{run('Ажлыг ')}<w:ins>{run('бүрэн ')}</w:ins>"
        f"<w:del><w:r><w:delText>хагас </w:delText></w:r></w:del><w:moveFrom>{run('хуучин ')}</w:moveFrom>"
        f"{run('хийв')}</w:p>"
        + tbl(
            tr(tc("үлдсэн")),
            tr(tc("хассан"), properties="<w:del/>"),
            tr(tc("нэмсэн"), tc("хассан", "<w:cellDel/>"), properties="<w:ins/>"),
        )
    )

    assert shown(found) == ["Эхлэл", "Ажлыг бүрэн хийв", [["үлдсэн"], ["нэмсэн"]]]
    assert [(one.code, str(one.span), one.values) for one in found.remarks] == [
        ("tracked-changes-accepted", "a.docx: paragraph 2", (("added", "2"), ("removed", "4")))
    ]


def test_paragraphs_whose_parting_was_deleted_are_one() -> None:
    found = read_word(p("Нэг ", "<w:rPr><w:del/></w:rPr>") + p("хоёр") + p("гурав"))

    assert shown(found) == ["Нэг хоёр", "гурав"]


def test_breaks_tabs_hyphens_and_signs_read_as_they_look() -> None:
    found = read_word(
        "<w:p><w:r><w:t>а</w:t><w:br/><w:t>б</w:t><w:tab/><w:t>в</w:t><w:noBreakHyphen/><w:t>г</w:t><w:softHyphen/>"
        '<w:t>д\u00ad\u200bе</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:br w:type="page"/>'
        "<w:t>ё</w:t></w:r></w:p>"
    )

    assert shown(found) == ["а\nб\tв\N{NON-BREAKING HYPHEN}где✓ ё"]


def test_fields_show_their_result_and_links_their_words() -> None:
    found = read_word(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2023 он")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:hyperlink r:id="rId9">{run(" тушаал")}</w:hyperlink><w:fldSimple w:instr="X">{run(" гурав")}'
        "</w:fldSimple></w:p>"
    )

    assert shown(found) == ["2023 он тушаал гурав"]


def test_lists_are_numbered_as_word_numbers_them() -> None:
    found = read_word(
        numbered("нэг")
        + numbered("дотор", level=1)
        + numbered("дотор", level=1)
        + numbered("хоёр")
        + numbered("шинэ дотор", level=1),
        numbering=numbering(("upperRoman", "%1."), ("russianLower", "%2)")),
    )

    assert shown(found) == ["I. нэг", "  а) дотор", "  б) дотор", "II. хоёр", "  а) шинэ дотор"]


def test_numbers_of_several_levels_are_put_together() -> None:
    found = read_word(
        numbered("Зорилт") + numbered("Арга хэмжээ", level=1) + numbered("Арга хэмжээ", level=1),
        numbering=numbering(("upperRoman", "Зорилт %1."), ("decimal", "%1.%2.")).replace(
            '<w:lvlText w:val="%1.%2."/>', '<w:isLgl/><w:lvlText w:val="%1.%2."/>'
        ),
    )

    assert [one.label for one in found.paragraphs] == ["Зорилт I.", "1.1.", "1.2."]


def test_a_list_that_is_told_to_begins_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    found = read_word(
        numbered("а") + numbered("б", 2) + numbered("в", 2) + numbered("г"),
        numbering=numbering(("decimal", "%1."), more=more),
    )

    assert [one.label for one in found.paragraphs] == ["1.", "5.", "6.", "7."]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (29, "russianLower", "я"),
        (30, "russianUpper", "АА"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (0, "lowerRoman", "0"),
        (5, "thaiNumbers", "5"),
        (3, "none", ""),
    ],
)
def test_numbers_are_written_in_words_own_forms(number: int, form: str, expected: str) -> None:
    assert written(number, form) == expected


def test_a_cell_that_holds_an_automatic_number_alone_shows_it() -> None:
    row = tr(tc(numbered("").replace('<w:r><w:t xml:space="preserve"></w:t></w:r>', "")), tc("Ажил"))
    found = read_word(tbl(row, row), numbering=numbering(("decimal", "%1.")))

    assert texts(found.tables[0]) == [["1.", "Ажил"], ["2.", "Ажил"]]


def test_a_cell_keeps_paragraphs_bullets_and_bullets_inside_bullets() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Дараах ажлыг хийв."
    cell.add_paragraph("Цэвэрлэгээ", style="List Bullet")
    cell.add_paragraph("Хаврын", style="List Bullet 2")
    cell.add_paragraph("Сургалт", style="List Bullet")
    cell.add_paragraph("Үр дүн гарсан.")
    cell.add_paragraph("Төсөв батлав.")
    target = BytesIO()
    document.save(target)

    text = only_cell(read(target.getvalue(), "a.docx")).text

    assert text == ("Дараах ажлыг хийв.\n- Цэвэрлэгээ\n  - Хаврын\n- Сургалт\n\nҮр дүн гарсан.\n\nТөсөв батлав.")


def test_headings_bold_letters_and_alignment_are_told() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Үндсэн"/><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="a"/></w:style>'
    )
    found = read_word(
        p("нэг", '<w:pStyle w:val="b"/>')
        + f"<w:p>{run('хоёр', '<w:b/>')}{run('гурав')}</w:p>"
        + p("дөрөв", '<w:pStyle w:val="a"/><w:jc w:val="right"/><w:outlineLvl w:val="0"/>'),
        styles=styles,
    )

    assert [(one.style, one.level, one.alignment, one.is_bold) for one in found.paragraphs] == [
        ("heading 2", 2, "center", True),
        ("", 0, "", False),
        ("Үндсэн", 1, "right", True),
    ]


def test_rows_that_every_page_repeats_are_told() -> None:
    found = read_word(tbl(tr(tc("№"), properties="<w:tblHeader/>"), tr(tc("1"))))

    assert [row.is_heading for row in found.tables[0].rows] == [True, False]


def test_notes_stand_beside_the_text() -> None:
    found = read_word(
        tbl(
            tr(
                tc(
                    f'<w:p>{run("Ажил")}<w:r><w:footnoteReference w:id="2"/></w:r>'
                    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
                )
            )
        ),
        footnotes=(
            f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote>'
            f'<w:footnote w:id="2">{p("Эх сурвалж")}</w:footnote>'
        ),
        comments=f'<w:comment w:id="0" w:author="Хянагч">{p("Тодруулах")}</w:comment>',
    )

    assert only_cell(found).notes == (
        Note("footnote", "Эх сурвалж", "", 9),
        Note("comment", "Тодруулах", "Хянагч", 9),
    )


def test_text_boxes_and_page_headers_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Хавсралт')}</w:txbxContent>"
    found = read_word(
        f"<w:p>{run('Тайлан')}<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
        header1=p("Толгой"),
        footer1=p("Хөл"),
    )

    assert [(one.text, str(one.place)) for one in found.paragraphs] == [
        ("Тайлан", "paragraph 1"),
        ("Хавсралт", "text box, paragraph 1"),
        ("Толгой", "page header, paragraph 1"),
        ("Хөл", "page footer, paragraph 1"),
    ]


def test_page_numbers_are_no_text() -> None:
    found = read_word(p("Тайлан"), footer1=f"{p('- 1 -')}{p('Хуудас 1')}")

    assert [one.text for one in found.paragraphs] == ["Тайлан", "Хуудас 1"]


def test_a_table_inside_a_cell_becomes_lines_of_its_text() -> None:
    inner = tbl(tr(tc("а"), tc("1")), tr(tc("б"), tc("2")))
    found = read_word(tbl(*(tr(tc(text)) for text in "вгд"), tr(tc(f"{p('Дүн:')}{inner}{p('')}"))))

    assert texts(found.tables[0])[3] == ["Дүн:\n\nа | 1\n\nб | 2"]
    assert said(found) == [("nested-table-as-text", "table 1, row 4, column 1")]


def test_a_table_that_only_places_another_one_gives_way_to_it() -> None:
    inner = tbl(*(tr(tc(text), tc("1")) for text in "абвг"))
    found = read_word(tbl(tr(tc(f"{inner}{p('')}"))))

    assert shown(found) == [[["а", "1"], ["б", "1"], ["в", "1"], ["г", "1"]]]


def test_the_bookmarks_of_planctl_lead_to_their_items() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="council_waste_1"/><w:bookmarkEnd w:id="1"/>'
    body = tbl(tr(tc(f"<w:p>{mark}{run('1')}</w:p>"), tc("Ажил")))
    anchors = (
        '<anchors xmlns="urn:planctl:anchors"><item bookmark="council_waste_1" address="council#waste-1"/></anchors>'
    )
    found = read(word_file(body, {"customXml/item1.xml": anchors}), "a.docx")

    assert found.tables[0].rows[0].bookmarks == ("council_waste_1",)
    assert found.anchors == {"council_waste_1": "council#waste-1"}


def test_bookmarks_between_cells_and_rows_belong_to_what_follows() -> None:
    first, second = (f'<w:bookmarkStart w:id="{name}" w:name="{name}"/>' for name in "ab")
    found = read_word(tbl(tr(tc("1")), first, tr(second, tc("2"))))

    assert [row.bookmarks for row in found.tables[0].rows] == [(), ("a", "b")]


def test_hidden_text_and_rows_are_read_and_said() -> None:
    found = read_word(
        f"<w:p>{run('ил ')}{run('далд', '<w:vanish/>')}</w:p>" + tbl(tr(tc("1")), tr(tc("2"), properties="<w:hidden/>"))
    )

    assert shown(found) == ["ил далд", [["1"], ["2"]]]
    assert said(found) == [("hidden-text-read", "paragraph 1"), ("hidden-rows-read", "table 1")]


def test_a_document_of_the_strict_kind_reads_the_same() -> None:
    body = tbl(tr(tc("Ажил")))
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    parts = {name: part.replace(usual, strict) for name, part in unpacked(word_file(body)).items()}

    assert only_cell(read(zipped(parts), "a.docx")).text == "Ажил"


def test_embedded_files_macros_and_far_addresses_are_left_alone_and_said() -> None:
    parts: dict[str, str | bytes] = {
        "word/embeddings/Book1.xlsx": b"PK",
        "word/vbaProject.bin": b"",
        "word/_rels/document.xml.rels": relations(
            ("hyperlink", "https://legalinfo.mn", "External"),
            ("attachedTemplate", "Normal.dotm", "External"),
            ("attachedTemplate", "https://far.example/t.dotm", "External"),
            ("oleObject", "file:///C:/data.xlsx", "External"),
        ),
    }

    found = read(word_file(p("Тайлан"), parts), "a.docx")

    assert [(one.code, dict(one.values)) for one in found.remarks] == [
        ("macros-not-read", {}),
        ("embedded-not-read", {"part": "word/embeddings/Book1.xlsx"}),
        ("external-link-not-followed", {"target": "https://far.example/t.dotm"}),
        ("external-link-not-followed", {"target": "file:///C:/data.xlsx"}),
    ]


def test_the_cells_of_a_row_are_found_by_their_column() -> None:
    found = read_word(tbl(tr(tc("а", '<w:gridSpan w:val="2"/>'), tc("б"))))
    (row,) = found.tables[0].rows

    assert [cell and cell.text for cell in map(row.at, range(5))] == [None, "а", "а", "б", None]
    assert row.cells[1].place == Place(table=1, row=1, column=3)
