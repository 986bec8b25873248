from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sheets
from documents import grid_of, merges, part, tables, text
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from office_open import MAIN, W, faults_of_docx

from planctl.codes import CODES, rendering
from planctl.diagnostics import Span
from planctl.render import Rendered, Template
from planctl.render.package import content_digest, packed, repacked, unpacked
from planctl.render.presence import lost
from planctl.render.word import render
from planctl.render.wordml.anchors import ANCHORS
from planctl.report.sheet import Cell, Heading, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.diagnostics import Diagnostic

HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent / "src" / "planctl" / "templates"
DRAW = HERE.parent.parent / "tools" / "draw_templates.py"
SAMPLES: dict[str, Callable[[], Sheet]] = {
    "nine": sheets.nine_clauses,
    "draft": sheets.draft,
    "long": sheets.long_narrative,
    "summary": sheets.summary,
    "draft summary": sheets.draft_summary,
}
SMALL = Sheet("small", "Жижиг", "small", "Тамгын газар", Heading(("Гарчиг",), "2023-12-25", "Өлзийт"))
SMALL_TAGS = "{{ sheet.heading.title[0] }} {{ sheet.heading.date }} {{ sheet.heading.place }}"


def default(sheet: Sheet, *, old: str = "", new: str = "", member: str = "word/document.xml") -> Template:
    """The template that planctl brings along for the sheet, with one text in it replaced."""
    members = unpacked((TEMPLATES / f"{sheet.template}.docx").read_bytes())
    assert old in members[member].decode()
    members[member] = members[member].decode().replace(old, new).encode()
    return Template(f"templates/{sheet.template}.docx", packed(members))


def office(*paragraphs: str) -> Template:
    """A plain template of those paragraphs, as python-docx writes it."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return Template("templates/own.docx", saved(document))


def saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def built(sheet: Sheet, template: Template | None = None) -> bytes:
    rendered = render(sheet, template or default(sheet))
    assert rendered.findings == ()
    assert rendered.content is not None
    return rendered.content


def only(rendered: Rendered) -> Diagnostic:
    """The one finding of a sheet that was not built; its sentence can be worded."""
    assert rendered.content is None
    (found,) = rendered.findings
    values = dict(found.values)
    CODES[found.code].message.format(**values)
    return found


# What stands in a built document


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sheet_is_built_so_that_word_opens_it_without_repairing(name: str) -> None:
    assert faults_of_docx(built(SAMPLES[name]())) == []


@pytest.mark.parametrize("name", ["summary.docx", "resolutions/table.docx"])
def test_a_template_itself_opens_in_word(name: str) -> None:
    assert faults_of_docx((TEMPLATES / name).read_bytes()) == []


def test_the_committed_templates_are_those_that_the_script_draws() -> None:
    spec = importlib.util.spec_from_file_location("draw_templates", DRAW)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    drawn = {name: content_digest(content) for name, content in module.drawn_templates().items()}

    assert drawn == {name: content_digest((TEMPLATES / name).read_bytes()) for name in drawn}


def test_a_decision_spans_its_clauses_and_says_its_text_once() -> None:
    table = tables(built(sheets.nine_clauses()))[0]

    spanned = ["restart", "continue", "continue"]
    assert merges(table, 0) == [None] * 3 + spanned + [None] * 7
    assert merges(table, 2) == [None] * 2 + spanned + [None] * 6
    rows = grid_of(table)
    assert [rows[at][0] for at in (3, 4, 5, 6)] == ["1", "", "", "2"]
    assert [rows[at][2].split("\n")[-1] for at in (3, 4, 5)] == ["Дугаар 2021_131", "", ""]
    assert [row[1] for row in rows if len(row) == 7][2:] == [str(number) for number in range(1, 10)]


def test_a_merged_cell_that_word_saved_in_several_runs_says_its_text_once() -> None:
    sheet = sheets.nine_clauses()
    runs = '{% vm %}</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{{ band.decision }}'

    rows = grid_of(tables(built(sheet, default(sheet, old="{% vm %}{{ band.decision }}", new=runs)))[0])

    assert [rows[at][2].split("\n")[-1] for at in (3, 4, 5)] == ["Дугаар 2021_131", "", ""]


def test_headings_and_column_numbers_repeat_and_sections_span_the_table() -> None:
    table = tables(built(sheets.nine_clauses()))[0]

    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:4]] == [True, True, False, False]
    assert grid_of(table)[1] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [row[0] for row in grid_of(table) if len(row) == 1] == [
        "Аймгийн ИТХ-ын тогтоол",
        "Аймгийн ИТХ-ын Тэргүүлэгчдийн тогтоол",
    ]


def test_only_short_rows_are_kept_on_one_page() -> None:
    table = tables(built(sheets.long_narrative()))[0]

    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iterfind(f"{W}tr")]

    assert whole == [True, True, True, True, False, True]


def test_the_kinds_and_levels_of_a_narrative_are_styles() -> None:
    cell = tables(built(sheets.nine_clauses()))[0].findall(f"{W}tr")[3].findall(f"{W}tc")[4]

    styles = [style.get(f"{W}val") for style in cell.iter(f"{W}pStyle")]

    assert styles == [
        *("Cell", "Bullet1", "Bullet1", "Bullet2", "Bullet2", "Bullet3", "Cell"),
        *("Number1", "Number1", "Number2", "Number2", "Number1"),
    ]
    assert text(cell).split("\n")[0].startswith("Хог хаягдлын менежментийн хөтөлбөрийн хүрээнд")


def test_each_numbered_list_begins_again_and_goes_on_around_an_inner_one() -> None:
    content = built(sheets.nine_clauses())
    cell = tables(content)[0].findall(f"{W}tr")[3].findall(f"{W}tc")[4]
    used = [
        (numbers.find(f"{W}ilvl").get(f"{W}val"), numbers.find(f"{W}numId").get(f"{W}val"))
        for numbers in cell.iter(f"{W}numPr")
    ]

    (outer, inner) = used[0][1], used[2][1]
    assert used == [("0", outer), ("0", outer), ("1", inner), ("1", inner), ("0", outer)]
    starts = {
        number.get(f"{W}numId"): number.find(f"{W}lvlOverride").get(f"{W}ilvl")
        for number in part(content, "word/numbering.xml").iterfind(f"{W}num")
        if number.find(f"{W}lvlOverride/{W}startOverride[@{W}val='1']", {"w": MAIN}) is not None
    }
    assert starts == {outer: "0", inner: "1"}


def test_lists_of_one_narrative_and_of_two_never_count_on() -> None:
    def numbers(*ordinals: int) -> Cell:
        return sheets.prose(*(sheets.number(ordinal, f"ажил {ordinal}") for ordinal in ordinals))

    rows = (sheets.row(1, "а", numbers(1, 2, 1, 2), (100, 100)), sheets.row(2, "б", numbers(2, 3), (100, 100)))

    table = tables(built(sheets.table_sheet((sheets.group(1, "Шийдвэр", *rows),))))[0]

    used = [
        [number.get(f"{W}val") for number in row.findall(f"{W}tc")[4].iter(f"{W}numId")]
        for row in table.findall(f"{W}tr")[2:]
    ]
    assert used == [["3", "3", "4", "4"], ["5", "5"]]


def test_text_that_looks_like_tags_xml_or_formulas_is_printed_literally() -> None:
    table = tables(built(sheets.draft()))[0]

    assert grid_of(table)[3][4] == (
        'A & B < C > D, "ишлэл", {{ sheet.stem }} {% if %} =1+1 <b>тод</b> [улаан] \\d ﬁ 𝔘 {_{ ]]> &amp;'
    )


def test_line_breaks_and_tabs_of_a_value_become_those_of_word() -> None:
    sheet = replace(SMALL, remarks=("нэг\nхоёр\tгурав",))

    content = built(sheet, office(SMALL_TAGS, "{{ sheet.remarks[0] }}"))

    assert text(part(content)).split("\n")[-2:] == ["нэг", "хоёр\tгурав"]


def test_marks_of_a_draft_stand_in_a_draft_only() -> None:
    assert "ТӨСӨЛ" in text(part(built(sheets.draft()), "word/header1.xml"))
    assert "Засаг даргын 2023 оны А/45 дугаар" in text(part(built(sheets.draft())))
    finished = built(sheets.nine_clauses())
    assert text(part(finished, "word/header1.xml")) == ""
    assert text(part(finished)).startswith("Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн\nтогтоолын хэрэгжилт\n")


def test_without_signatures_end_mark_and_annexes_nothing_is_left_of_their_places() -> None:
    content = built(replace(sheets.nine_clauses(), signatures=(), end_mark=""))

    assert len(tables(content)) == 1
    assert "pageBreakBefore" not in unpacked(content)["word/document.xml"].decode()
    assert "AnnexTitle" not in unpacked(content)["word/document.xml"].decode()
    assert faults_of_docx(content) == []


def test_an_annex_has_the_columns_the_widths_and_the_merged_cells_of_its_table() -> None:
    table = tables(built(sheets.draft()))[-1]

    assert grid_of(table) == [
        ["Хариуцсан нэгж", "Үнэлгээний түвшин", "Заалтын тоо", "Дундаж"],
        ["Тамгын газрын нэгжүүд"],
        ["Хууль, эрх зүйн хэлтэс", "Үр дүнтэй", "5", "100%"],
        ["", "Үр дүнгүй", "1", "0%"],
        ["Нийгмийн бодлогын хэлтэс", "Тодорхой үр дүнд хүрсэн", "3", "76,7%"],
    ]
    assert merges(table, 0) == [None, None, "restart", "continue", None]
    widths = [int(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert [round(width / sum(widths) * 170) for width in widths] == [70, 60, 20, 20]
    assert round(sum(widths) / 1440 * 25.4) == 252


def test_the_summary_is_the_official_counting_table() -> None:
    table = tables(built(sheets.summary()))[0]

    assert grid_of(table) == [
        ["Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилтийн товчоо"],
        ["Хэрэгжилт гаргах нийт арга хэмжээний тоо", "9"],
        ["Үүнээс", "Үр дүнтэй", "100%", "6"],
        ["", "Тодорхой үр дүнд хүрсэн", "90%", "-"],
        ["", "", "70%", "2"],
        ["", "Эрчимжүүлэх шаардлагатай", "50%", "-"],
        ["", "", "30%", "-"],
        ["", "Үр дүнгүй", "0%", "1"],
        ["Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилтийн товчоо 82,2 хувьтай байна."],
    ]
    assert merges(table, 0)[2:8] == ["restart", *["continue"] * 5]
    assert merges(table, 1) == [None, None, "restart", "continue", "restart", "continue", None]


def test_items_outside_the_rubric_follow_the_levels() -> None:
    table = tables(built(sheets.draft_summary()))[0]

    assert grid_of(table)[8:10] == [["Хугацаа болоогүй", "1"], ["Тайлагнаагүй", "1"]]


def test_each_clause_has_a_bookmark_and_the_file_knows_its_address() -> None:
    content = built(sheets.nine_clauses())
    names = [mark.get(f"{W}name") for mark in part(content).iter(f"{W}bookmarkStart")]
    item = next(name for name in unpacked(content) if re.fullmatch(r"customXml/item\d+\.xml", name))

    addresses = {entry.get("bookmark"): entry.get("address") for entry in part(content, item)}

    assert names == [f"itkh_{at}" for at in range(1, 10)]
    assert addresses == {f"itkh_{at}": f"itkh#{at}" for at in range(1, 10)}
    assert part(content, item).tag == f"{{{ANCHORS}}}anchors"


def test_the_properties_come_from_the_sheet_and_not_from_the_template_or_the_clock() -> None:
    properties = Document(BytesIO(built(sheets.nine_clauses()))).core_properties

    assert properties.title == "Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилт"
    assert (properties.author, properties.last_modified_by) == (sheets.ORGANISATION, sheets.ORGANISATION)
    assert (str(properties.created)[:10], str(properties.modified)[:10]) == ("2000-01-01", "2000-01-01")
    assert properties.language == "mn-MN"


def test_a_title_longer_than_a_property_may_be_is_cut_there_and_whole_on_the_page() -> None:
    title = "Маш урт гарчиг " * 30
    sheet = replace(SMALL, heading=replace(SMALL.heading, title=(title,)))

    content = built(sheet, office(SMALL_TAGS))

    assert title.strip() in text(part(content))


def test_rows_of_an_office_that_prints_numbers_itself_carry_no_marks_of_ours() -> None:
    sheet = sheets.nine_clauses()
    own = default(sheet, old='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>', member="word/styles.xml")

    assert faults_of_docx(built(sheet, own)) == []


def test_prose_without_blocks_is_shown_line_by_line() -> None:
    sheet = sheets.table_sheet((sheets.group(1, "Шийдвэр", sheets.row(1, "Заалт", Cell("нэг\nхоёр"), (100, 90))),))

    row = tables(built(sheet))[0].findall(f"{W}tr")[2]

    assert len(row.findall(f"{W}tc")[4].findall(f"{W}p")) == 2


def test_bookmarks_of_the_office_stay_and_those_repeated_by_a_loop_are_left_out() -> None:
    document = Document(
        BytesIO(office(SMALL_TAGS, "{%p for n in range(3) %}", "мөр", "{%p endfor %}", "төгсгөл").content)
    )
    for paragraph, name in ((document.paragraphs[2], "looped"), (document.paragraphs[4], "kept")):
        for kind in ("Start", "End"):
            mark = etree.SubElement(paragraph._p, f"{W}bookmark{kind}", {f"{W}id": "0"})
            if kind == "Start":
                mark.set(f"{W}name", name)

    content = built(SMALL, Template("templates/own.docx", saved(document)))

    assert [mark.get(f"{W}name") for mark in part(content).iter(f"{W}bookmarkStart")] == ["looped", "kept"]
    assert faults_of_docx(content) == []


def test_an_anchor_without_its_r_is_lifted_out_of_the_text() -> None:
    sheet = sheets.nine_clauses()

    content = built(sheet, default(sheet, old="{{r anchor(row) }}", new="№ {{ anchor(row) }}"))

    assert grid_of(tables(content)[0])[3][1] == "№ 1"
    assert faults_of_docx(content) == []


def test_tags_in_footnotes_are_filled_once() -> None:
    document = Document(BytesIO(office(SMALL_TAGS).content))
    document.add_section()
    notes = f'<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2"><w:p><w:r><w:t>{{{{ sheet.stem }}}}</w:t></w:r></w:p>'
    document.part.relate_to(
        Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            f"{notes}</w:footnote></w:footnotes>".encode(),
            document.part.package,
        ),
        RELATIONSHIP_TYPE.FOOTNOTES,
    )

    content = built(replace(SMALL, stem="{{ sheet.name }}"), Template("templates/own.docx", saved(document)))

    assert text(part(content, "word/footnotes.xml")) == "{{ sheet.name }}"
    assert faults_of_docx(content) == []


def test_tags_in_a_footer_and_a_document_that_ends_in_a_table_are_fine() -> None:
    document = Document(BytesIO(office(SMALL_TAGS).content))
    document.sections[0].footer.paragraphs[0].text = "{{ sheet.organisation }} & {{ sheet.name }}"
    document.add_table(1, 2).rows[0].cells[0].text = "{{ sheet.stem }}"

    content = built(SMALL, Template("templates/own.docx", saved(document)))

    footer = next(name for name in unpacked(content) if name.startswith("word/footer"))
    assert text(part(content, footer)) == "Тамгын газар & Жижиг"
    assert faults_of_docx(content) == []


# Same bytes


def test_the_same_sheet_gives_the_same_bytes_whatever_the_zone_and_the_hash_seed() -> None:
    program = (
        "import hashlib, sheets, sys; from planctl.render import Template; from planctl.render.word import render;"
        "template = Template('t.docx', open(sys.argv[1], 'rb').read());"
        "print(hashlib.sha256(render(sheets.draft(), template).content).hexdigest())"
    )
    path = TEMPLATES / "resolutions" / "table.docx"
    digests = set()
    for seed, zone in (("1", "Asia/Ulaanbaatar"), ("77", "America/New_York")):
        places = os.pathsep.join([str(HERE), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": places}
        command = [sys.executable, "-c", program, str(path)]
        digests.add(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip())

    assert digests == {hashlib.sha256(built(sheets.draft())).hexdigest()}


def test_a_package_is_the_same_whenever_and_in_whatever_order_it_was_zipped() -> None:
    def zipped(*names: str, year: int) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            for name in names:
                package.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), f"in {name}")
        return target.getvalue()

    one, two = zipped("A.xml", "[Content_Types].xml", year=2001), zipped("[Content_Types].xml", "A.xml", year=2020)

    assert one != two
    assert repacked(one) == repacked(two)
    assert list(unpacked(repacked(one))) == ["[Content_Types].xml", "A.xml"]


def test_the_digest_of_a_package_is_that_of_its_members() -> None:
    members = {"[Content_Types].xml": b"types", "word/document.xml": b"text"}
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as package:
        for name, content in reversed(members.items()):
            package.writestr(name, content)

    assert content_digest(packed(members)) == content_digest(stored.getvalue())
    assert content_digest(packed(members)) != content_digest(packed({**members, "word/document.xml": b"Text"}))
    moved = {"[Content_Types].xml": b"type", "sword/document.xml": b"text"}
    assert content_digest(packed(members)) != content_digest(packed(moved))


def test_the_digest_of_a_text_does_not_see_the_ends_of_its_lines() -> None:
    assert content_digest(b"one\r\ntwo\r\n") == content_digest(b"one\ntwo\n")
    assert content_digest(b"one\ntwo\n") != content_digest(b"one\ntwo")


# Values that a template leaves out


def test_a_template_that_leaves_out_a_column_is_refused_with_the_first_values_lost() -> None:
    sheet = sheets.nine_clauses()

    rendered = render(sheet, default(sheet, old="{{ row.superior }}"))

    assert rendered.content is None
    assert {found.code for found in rendered.findings} == {"template-loses-value"}
    named = sorted(dict(found.values)["value"] for found in rendered.findings)
    assert named == ["0%"] + ["100%"] * 6 + ["70%"] * 2


def test_numbers_of_columns_do_not_stand_for_numbers_of_clauses() -> None:
    sheet = sheets.draft()

    rendered = render(sheet, default(sheet, old="{{ row.clause_number }}"))

    assert {dict(found.values)["value"] for found in rendered.findings} == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("sheet", "tag", "member", "value"),
    [
        (sheets.draft(), "{{ sheet.heading.draft }}", "word/header1.xml", "ТӨСӨЛ"),
        (sheets.draft(), "{{ sheet.heading.note }}", "word/document.xml", "(2023 оны жилийн эцэс)"),
        (sheets.draft(), "{{ remark }}", "word/document.xml", "Тайлагнаагүй заалт: 1."),
        (sheets.draft(), "{{ cell(band, row, column) }}", "word/document.xml", "Хууль, эрх зүйн хэлтэс"),
        (sheets.draft(), "{{ signature.name }}", "word/document.xml", "Ө.Үүрийнсолонго"),
        (sheets.draft(), "{% vm %}{{ band.decision }}", "word/document.xml", "Аялал жуулчлалыг хөгжүүлэх тухай"),
        (sheets.summary(), "{{ sheet.tally.closing }}", "word/document.xml", "82,2"),
        (sheets.summary(), "{{ share.printed }}", "word/document.xml", "6"),
        (sheets.summary(), "{{ sheet.end_mark }}", "word/document.xml", "оОо"),
    ],
)
def test_any_value_that_a_template_leaves_out_is_named(sheet: Sheet, tag: str, member: str, value: str) -> None:
    rendered = render(sheet, default(sheet, old=tag, member=member))

    assert rendered.content is None
    assert {found.code for found in rendered.findings} == {"template-loses-value"}
    assert value in dict(rendered.findings[0].values)["value"]


def test_not_more_than_twenty_lost_values_are_told() -> None:
    sheet = sheets.many(60)

    rendered = render(sheet, default(sheet, old="{{ row.clause }}"))

    assert len(rendered.findings) == 20


def test_values_may_stand_inside_longer_lines_and_in_another_order() -> None:
    values = [(f"{number}", f"a#{number}") for number in range(50)] + [
        (f"нэр {number};", f"a#{number}") for number in range(50)
    ]
    by_item = sorted(values, key=lambda value: value[1])
    shown = [f"(нэр {number};) №{number}." for number in range(50)]

    assert lost(by_item, shown, limit=20) == ()
    assert lost(by_item, shown[:-1], limit=20) == (("49", "a#49"), ("нэр 49;", "a#49"))


def test_looking_for_values_takes_time_in_proportion_to_them() -> None:
    def seconds(count: int) -> float:
        values = [(f"{number} дүгээр утга", f"a#{number}") for number in range(count)]
        shown = [f"№{number} дүгээр утга." for number in range(count)]
        start = time.process_time()
        assert lost(values, shown, limit=20) == ()
        return time.process_time() - start

    assert seconds(40_000) < 20 * max(seconds(4_000), 0.01)


def test_a_row_without_its_bookmark_is_a_warning() -> None:
    sheet = sheets.nine_clauses()

    rendered = render(sheet, default(sheet, old="{{r anchor(row) }}"))

    assert rendered.content is not None
    (found,) = rendered.findings
    assert (found.code, found.is_error) == ("template-no-anchor", False)
    assert dict(found.values) == {"count": "9", "tag": "{{r anchor(row) }}"}
    assert not any(name.startswith("customXml") for name in unpacked(rendered.content))


# Faults of a template


FAULTS: list[tuple[tuple[str, ...], str, int, dict[str, str]]] = [
    (("нэг", "{{ sheet.tabels }}"), "template-unknown-field", 2, {"name": "tabels"}),
    (("нэг", "хоёр", "{{ sheeet.stem }}"), "template-unknown-field", 3, {"name": "sheeet"}),
    (("{{ sheet.stem }}", "{{ sheet.stem }", "{{ sheet.stem }}"), "template-unfinished-tag", 2, {}),
    (("{# тэмдэглэл #}", "{ % if a %}"), "template-unfinished-tag", 2, {}),
    (("{{ sheet.stem }}", "{%p fro a in sheet.tables %}"), "template-unknown-word", 2, {"word": "fro"}),
    (("{% endif %}",), "template-unknown-word", 1, {"word": "endif"}),
    (("a", "{%p for a in sheet.heading.title %}", "{{ a }}"), "template-unclosed-tag", 2, {"end": "endfor"}),
    (("{% if a %}" * 30,), "template-unclosed-tag", 1, {"end": "endif"}),
    (("{{ sheet.stem|uper }}",), "template-unknown-word", 1, {"word": "uper"}),
    (("{{ sheet.stem }}", "{{ sheet.stem + 1 }}"), "template-broken-tag", 2, {}),
    (("{{ sheet.stem }}", "{{ 1 // 0 }}"), "template-broken-tag", 2, {}),
    (("{{ range(999999999) }}",), "template-broken-tag", 1, {}),
    (("{{ sheet.stem }}", "{{ widths }}"), "template-broken-tag", 2, {}),
    (("{{ [anchor, cell] ~ '' }}",), "template-broken-tag", 1, {}),
    (("{% include 'x' %}",), "template-forbidden-tag", 1, {}),
    (("нэг", "{{ sheet.__class__ }}"), "template-forbidden-tag", 2, {}),
    (("{{ sheet.stem.__class__.__mro__ }}",), "template-forbidden-tag", 1, {}),
    (("{% for a in range(1) %}" * 30 + "{% endfor %}" * 30,), "template-nested-too-deep", 1, {}),
]


@pytest.mark.parametrize(("paragraphs", "code", "line", "values"), FAULTS)
def test_a_fault_of_a_tag_names_the_paragraph(
    paragraphs: tuple[str, ...], code: str, line: int, values: dict[str, str]
) -> None:
    found = only(render(SMALL, office(*paragraphs)))

    assert (found.code, found.span) == (code, Span("templates/own.docx", line))
    assert dict(found.values) == {"paragraph": paragraphs[line - 1], **values}


def test_a_repeated_tag_is_found_where_it_is_wrong() -> None:
    sheet = replace(SMALL, remarks=("a", "b"))
    found = only(
        render(
            sheet,
            office(
                "{%p for line in sheet.remarks %}",
                "{{ line }}",
                "{%p endfor %}",
                "{%p for line in sheet.signatures %}",
                "{%p endfor %}",
                "{{ line }}",
            ),
        )
    )

    assert (found.code, found.span.line) == ("template-unknown-field", 6)


def test_a_fault_in_a_table_row_is_found() -> None:
    sheet = sheets.nine_clauses()
    found = only(render(sheet, default(sheet, old="{{ row.self }}", new="{{ row.sefl }}")))

    assert found.code == "template-unknown-field"
    assert dict(found.values) == {"name": "sefl", "paragraph": "{{ row.sefl }}"}


def test_tags_that_cut_across_paragraphs_and_cells_are_refused_and_nothing_is_repaired() -> None:
    document = Document(BytesIO(office(SMALL_TAGS, "{% if sheet.tally %}нэг").content))
    document.add_table(1, 2).rows[0].cells[1].text = "{% endif %}"

    found = only(render(SMALL, Template("templates/own.docx", saved(document))))

    assert found.code == "template-crossing-tags"


def _members(**changes: bytes | None) -> bytes:
    members = unpacked(office(SMALL_TAGS).content)
    names = {
        "types": "[Content_Types].xml",
        "document": "word/document.xml",
        "relations": "_rels/.rels",
        "styles": "word/styles.xml",
    }
    for key, content in changes.items():
        name = names.get(key, key)
        if content is None:
            del members[name]
        else:
            members[name] = content
    return packed(members)


def _types(old: str, new: str) -> bytes:
    types = unpacked(office("a").content)["[Content_Types].xml"].decode()
    assert old in types
    return types.replace(old, new).encode()


def _locked(content: bytes) -> bytes:
    """Return a package with the sign of a password on each member, where zip tools write it."""
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content = content[: at + flags] + b"\x01" + content[at + flags + 1 :]
            at = content.find(mark, at + 1)
    return content


DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
UNREADABLE: dict[str, tuple[bytes, str, dict[str, str]]] = {
    "empty": (b"", "template-unreadable", {}),
    "text": (b"<html>", "template-unreadable", {}),
    "old .doc": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "template-not-docx", {"kind": ".doc"}),
    "locked": (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "template-locked",
        {},
    ),
    "locked zip": (_locked(office("a").content), "template-locked", {}),
    "cut off": (office("a").content[:500], "template-unreadable", {}),
    "bytes changed": (office("a").content[:3000] + bytes(50) + office("a").content[3050:], "template-unreadable", {}),
    "no parts": (packed({"a.txt": b"a"}), "template-unreadable", {}),
    "workbook": (_members(types=_types(DOCUMENT_TYPE, "application/x-workbook")), "template-unreadable", {}),
    "macros by type": (
        _members(types=_types(DOCUMENT_TYPE, "application/vnd.ms-word.document.macroEnabled.main+xml")),
        "template-not-docx",
        {"kind": ".docm"},
    ),
    "macros inside": (_members(**{"word/vbaProject.bin": b"vba"}), "template-not-docx", {"kind": ".docm"}),
    ".dotx": (
        _members(types=_types(DOCUMENT_TYPE, DOCUMENT_TYPE.replace("document.main", "template.main"))),
        "template-not-docx",
        {"kind": ".dotx"},
    ),
    ".dotm": (
        _members(types=_types(DOCUMENT_TYPE, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml")),
        "template-not-docx",
        {"kind": ".dotm"},
    ),
    "DOCTYPE": (
        _members(document=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "template-unreadable",
        {"part": "word/document.xml"},
    ),
    "DOCTYPE in UTF-16": (
        _members(styles='<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")),
        "template-unreadable",
        {"part": "word/styles.xml"},
    ),
    "no XML": (_members(styles=b"<w:styles"), "template-unreadable", {"part": "word/styles.xml"}),
    "no relations": (_members(relations=None), "template-unreadable", {}),
    "no document": (_members(document=None), "template-unreadable", {}),
    "too large": (
        _members(**{"word/media/image1.bin": bytes(100 * 1024 * 1024)}),
        "template-too-large",
        {"most": "100"},
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_plain_word_file_is_refused_with_the_reason(name: str) -> None:
    content, code, values = UNREADABLE[name]

    found = only(render(SMALL, Template("templates/own.docx", content)))

    assert (found.code, found.span) == (code, Span("templates/own.docx"))
    assert dict(found.values) == values


def test_every_code_of_a_template_has_a_case() -> None:
    shown_elsewhere = {"template-crossing-tags", "template-loses-value", "template-no-anchor"}
    shown_elsewhere |= {code.name for code in rendering.CODES if code.name.startswith("template-hides-")}
    shown = {code for _, code, _, _ in FAULTS} | {code for _, code, _ in UNREADABLE.values()}

    assert shown | shown_elsewhere == {code.name for code in rendering.CODES}


# The looker for faults itself


def _planted(old: str, new: str, *, member: str = "word/document.xml") -> bytes:
    members = unpacked(built(sheets.nine_clauses()))
    content = members[member].decode()
    assert old in content
    return packed({**members, member: content.replace(old, new, 1).encode()})


def _without(name: str) -> bytes:
    members = unpacked(built(sheets.nine_clauses()))
    del members[name]
    return packed(members)


def _first(pattern: str, new: str, *, member: str = "word/document.xml") -> bytes:
    content = unpacked(built(sheets.nine_clauses()))[member].decode()
    found = re.search(pattern, content, re.DOTALL)
    assert found
    return _planted(found[0], new, member=member)


PLANTED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bookmark id": (lambda: _planted('<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"'), "bookmark id twice: 1"),
    "bookmark name": (lambda: _planted('w:name="itkh_2"', 'w:name="itkh_1"'), "bookmark name twice: itkh_1"),
    "bookmark form": (lambda: _planted('w:name="itkh_2"', 'w:name="itkh#2"'), "no name for a bookmark"),
    "bookmark end": (lambda: _planted('<w:bookmarkEnd w:id="2"/>', ""), "bookmark without its other end: 2"),
    "drawing": (
        lambda: _planted(
            "<w:sectPr",
            '<w:p><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1"/>'
            '<wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1"/></w:p>'
            "<w:sectPr",
        ),
        "drawing id twice",
    ),
    "span": (lambda: _planted('<w:gridSpan w:val="7"/>', '<w:gridSpan w:val="6"/>'), "is 6 wide in a grid of 7"),
    "merge": (lambda: _planted('<w:vMerge w:val="restart"/>', ""), "a merge that nothing began"),
    "cell": (lambda: _first(r"<w:p><w:pPr><w:pStyle w:val=\"Section\"/>.*?</w:p>", ""), "does not end in a paragraph"),
    "rows": (lambda: _first(r"<w:tr>.*</w:tr>", ""), "no rows"),
    "list": (lambda: _first(r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>'), "counts by a list that is not there"),
    "definition": (
        lambda: _planted('<w:abstractNumId w:val="2"/>', '<w:abstractNumId w:val="9"/>', member="word/numbering.xml"),
        "without a definition",
    ),
    "style": (lambda: _planted('w:val="Heading"', 'w:val="Nothing"'), "uses a style that is not there"),
    "order": (lambda: _planted("<w:caps/>", "<w:caps/><w:b/>", member="word/styles.xml"), "out of order"),
    "nesting": (lambda: _planted("<w:sectPr", "<w:r><w:t>a</w:t></w:r><w:sectPr"), "r inside body"),
    "field": (
        lambda: _planted('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", member="word/footer1.xml"),
        "a field without its end",
    ),
    "noncharacter": (lambda: _planted("<w:sectPr", "<w:p><w:r><w:t>\ufdd0</w:t></w:r></w:p><w:sectPr"), "noncharacter"),
    "control": (lambda: _planted("<w:sectPr", "<w:p><w:r><w:t>\x01</w:t></w:r></w:p><w:sectPr"), "is not XML"),
    "neighbours": (lambda: _first(r"<w:p><w:pPr><w:pStyle w:val=.Gap./>.*?</w:p>", ""), "two tables run"),
    "missing part": (lambda: _without("word/numbering.xml"), "relation to a part that is not there"),
    "missing types": (lambda: _without("[Content_Types].xml"), "no content types"),
    "missing relations": (lambda: _without("word/_rels/document.xml.rels"), "names a relation that is not there"),
    "no zip": (lambda: b"PK", "not a zip"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    plant, sentence = PLANTED[name]

    assert any(sentence in fault for fault in faults_of_docx(plant()))


# Size


def test_a_register_of_two_thousand_clauses_is_built_whole() -> None:
    content = built(sheets.many(2000))

    assert len(grid_of(tables(content)[0])) == 2000 + 3
    assert faults_of_docx(content) == []


# LibreOffice


@pytest.fixture(scope="module")
def printed(converted: Callable[[Mapping[str, bytes], str], dict[str, Path]]) -> dict[str, list[str]]:
    """The pages of each sample, as text, that LibreOffice prints."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    paths = converted({f"{name}.docx": built(sample()) for name, sample in SAMPLES.items()}, "pdf")
    read = {
        name: subprocess.run([reader, "-layout", path, "-"], check=True, capture_output=True, timeout=60).stdout
        for name, path in paths.items()
    }
    return {name.removesuffix(".docx"): text.decode().removesuffix("\f").split("\f") for name, text in read.items()}


@pytest.mark.office
def test_on_paper_headings_and_numbers_repeat_and_a_long_narrative_is_whole(
    printed: dict[str, list[str]],
) -> None:
    pages = printed["long"]

    body = [page for page in pages if "ХЯНАСАН" not in page]
    assert len(body) > 4
    for page in body:
        assert "Шийдвэр" in page
        assert re.search(r"байгууллагын", page)
        assert re.search(r"^ *1 +2 +3 +4 +5 +6 +7$", page, re.MULTILINE)
    assert "төгсгөлийнүг" in "".join(pages)


@pytest.mark.office
@pytest.mark.parametrize("name", ["nine", "draft", "long", "draft summary"])
def test_on_paper_the_signatures_and_the_end_mark_stand_on_one_page(name: str, printed: dict[str, list[str]]) -> None:
    signed = [page for page in printed[name] if "ХЯНАСАН" in page]

    assert len(signed) == 1
    for words in ("Ө.ҮҮРИЙНСОЛОНГО", "БИЕЛЭЛТ ГАРГАСАН", "Г.МӨНГӨНШАГАЙ", "_____ оОо _____"):
        assert words in signed[0]


@pytest.mark.office
@pytest.mark.parametrize("name", ["summary", "draft summary"])
def test_on_paper_a_summary_is_one_page(name: str, printed: dict[str, list[str]]) -> None:
    assert len(printed[name]) == 1


def test_a_short_last_row_stays_with_the_signatures() -> None:
    rows = tables(built(sheets.nine_clauses()))[0].findall(f"{W}tr")
    kept = [[paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in row.iter(f"{W}p")] for row in rows]
    assert all(kept[-1])
    assert not any(kept[-2])
