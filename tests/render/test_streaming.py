"""The quick way of writing Word sheets, held against the plain one: the same bytes, or it gives up and says why."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sheets
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import planctl
from planctl.facts import RunFacts
from planctl.pipeline import load
from planctl.render import Template, word
from planctl.render.measure import lines_taken, wrapped
from planctl.render.package import packed, unpacked
from planctl.render.presence import Balance, losses
from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.streaming import streamed
from planctl.report import PERIOD_REPORTS, PLAN_REPORTS
from planctl.report.sheet import Block, Cell, Group, Heading, Section, Sheet
from planctl.subjects import of_period, of_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = Path(planctl.__file__).parent / "templates"
BODY = "word/document.xml"
SAMPLES: dict[str, Callable[[], Sheet]] = {
    "nine": sheets.nine_clauses,
    "draft": sheets.draft,
    "long": sheets.long_narrative,
    "summary": sheets.summary,
    "draft summary": sheets.draft_summary,
    "plan": sheets.plan_of_measures,
    "two": sheets.two_tables,
    "eleven": sheets.eleven_columns,
    "many": lambda: sheets.many(60),
}


def shipped(name: str, *, old: str = "", new: str = "", member: str = BODY) -> Template:
    """A template that planctl brings along, with one text in it replaced wherever it stands."""
    members = unpacked((TEMPLATES / name).read_bytes())
    text = members[member].decode()
    assert old in text
    return Template(f"templates/{name}", packed({**members, member: text.replace(old, new).encode()}))


GENERAL, DECISIONS = shipped("sheet.docx"), shipped("resolutions/table.docx")


def assert_same(sheet: Sheet, template: Template) -> None:
    """Both ways give the same parts and the same file."""
    plain = word.plain(sheet, template)
    content, _names = streamed(sheet, template.content)
    assert plain.content is not None
    assert unpacked(content) == unpacked(plain.content)
    assert content == plain.content
    assert word.render(sheet, template) == plain


def reason(sheet: Sheet, template: Template) -> str:
    """Why a sheet goes the plain way, which then is what `render` returns."""
    with pytest.raises(NotStreamableError) as caught:
        streamed(sheet, template.content)
    assert word.render(sheet, template) == word.plain(sheet, template)
    return str(caught.value)


# The same bytes


@pytest.mark.parametrize("name", SAMPLES)
def test_the_general_template_gives_the_same_bytes_on_both_ways(name: str) -> None:
    assert_same(SAMPLES[name](), GENERAL)


@pytest.mark.parametrize("name", ["nine", "draft", "long", "many"])
def test_the_template_of_decisions_gives_the_same_bytes_on_both_ways(name: str) -> None:
    assert_same(SAMPLES[name](), DECISIONS)


def real_sheets() -> Iterator[Sheet]:
    project = load(ROOT)
    everything = {*PERIOD_REPORTS, *PLAN_REPORTS}
    subjects = [
        *(of_period(card) for card in project.scorecards),
        *(of_plan(plan) for plan in project.portfolio.plans.values()),
    ]
    for subject in subjects:
        yield from subject.compose(project.portfolio, RunFacts(), everything)


def test_the_plans_of_this_repository_give_the_same_bytes_on_both_ways() -> None:
    names = []
    for sheet in real_sheets():
        own = TEMPLATES / f"{sheet.template}.docx"
        assert_same(sheet, shipped(f"{sheet.template}.docx") if own.exists() else GENERAL)
        names.append(sheet.name)

    assert len(names) > 10


CHANGES: dict[str, tuple[str, str]] = {
    "size": ("{{ widths(table) }}", "{{ widths(table) }}{{ size(7.5) }}"),
    "no widths": ("{{ widths(table) }}", ""),
    "no short rows": ("{{ short_rows_whole }}", ""),
    "whole rows": ("{{ cell(band, row, column) }}", "{{ whole }}{{ cell(band, row, column) }}"),
    "words around": ("{{ cell(band, row, column) }}", "№ {{ cell(band, row, column) }}."),
    "colours": ("{{ cell(band, row, column) }}", '{% cellbg "FFEEDD" %}{{ cell(band, row, column) }}'),
    "spaces": ("{{ cell(band, row, column) }}", " {{ cell(band, row, column) }} "),
    "bookmark once": ('anchor(row) if not column.grouped else ""', "anchor(row)"),
    "no bookmarks": ('{{r anchor(row) if not column.grouped else "" }}', ""),
    "own ids of paragraphs": ("<w:p>", '<w:p w:rsidR="00AB12CD">'),
    "paragraph without text": ("<w:sectPr", '<w:p w:rsidR="00AB12CD"/><w:sectPr'),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("sheet", [sheets.two_tables(), sheets.plan_of_measures(), sheets.draft()])
def test_an_offices_own_changes_give_the_same_bytes_on_both_ways(name: str, sheet: Sheet) -> None:
    old, new = CHANGES[name]
    template = shipped("sheet.docx", old=old, new=new)

    if name == "bookmark once":
        assert word.render(sheet, template) == word.plain(sheet, template)
    else:
        assert_same(sheet, template)


LETTERS = st.text("аб<&>\"'] \n\t7ӨҮ\u00a0\u2028№{%}", max_size=12)
BLOCKS = st.builds(
    Block,
    st.sampled_from(["paragraph", "bullet", "number"]),
    LETTERS,
    st.integers(0, 3),
    st.integers(1, 2),
)
CELLS = st.one_of(st.builds(Cell, LETTERS), st.builds(Cell, LETTERS, st.lists(BLOCKS, max_size=4).map(tuple)))


@st.composite
def filled_sheets(draw: st.DrawFn) -> Sheet:
    columns = draw(st.sampled_from([sheets.two_tables().tables[0], sheets.nine_clauses().tables[0]])).columns
    sheet = sheets.two_tables()
    bands: list[Section | Group] = []
    number = 0
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            bands.append(Section(draw(LETTERS), draw(st.integers(1, 2))))
            continue
        rows = []
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            row = sheets.row(number, "", Cell(), (None, None))
            rows.append(replace(row, cells={one.key: draw(CELLS) for one in columns if not one.grouped}))
        bands.append(Group({one.key: draw(CELLS) for one in columns if one.grouped}, tuple(rows)))
    table = replace(sheet.tables[0], columns=columns, bands=tuple(bands))
    return replace(sheet, tables=(table,), passages=())


@settings(max_examples=40, deadline=None)
@given(filled_sheets())
def test_sheets_of_any_texts_give_the_same_bytes_on_both_ways(sheet: Sheet) -> None:
    assert word.render(sheet, GENERAL) == word.plain(sheet, GENERAL)


# The plain way


def own(*rows: str, before: str = "", behind: str = "") -> Template:
    """A template of one table with two columns; rows and what stands around the table are given as XML."""
    document = Document()
    document.add_paragraph("{{ sheet.heading.title[0] }} {{ sheet.heading.date }} {{ sheet.heading.place }}")
    document.add_table(1, 2)
    target = BytesIO()
    document.save(target)
    members = unpacked(target.getvalue())
    body = members[BODY].decode()
    start, end = body.index("<w:tr>"), body.index("</w:tbl>")
    table = body.rindex("<w:tbl>", 0, start)
    text = body[:table] + before + body[table:start] + "".join(rows) + "</w:tbl>" + behind + body[end + 8 :]
    return Template("templates/own.docx", packed({**members, BODY: text.encode()}))


def row(*cells: str) -> str:
    filled = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
    return f"<w:tr>{filled}</w:tr>"


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


PLAIN = row(p("а"), p("б"))
SMALL = Sheet("small", "Жижиг", "small", "Тамгын газар", Heading(("Гарчиг",), "2023-12-25", "Өлзийт"))
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="{}"/></w:r></w:p>'
ODD: dict[str, tuple[Template, str]] = {
    "table in a cell": (
        own(row("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + row(p("в")) + "</w:tbl><w:p/>", p("б"))),
        "a row holds more than cells of paragraphs",
    ),
    "content control": (
        own(PLAIN, f"<w:sdt><w:sdtContent>{PLAIN}</w:sdtContent></w:sdt>"),
        "something stands between the rows of a table",
    ),
    "bookmark of the office's": (
        own(row('<w:p><w:bookmarkStart w:id="7" w:name="own"/><w:bookmarkEnd w:id="7"/></w:p>', p("б"))),
        "a paragraph in a table holds more than text",
    ),
    "bookmark over a table": (
        own(
            PLAIN,
            before='<w:p><w:bookmarkStart w:id="7" w:name="own"/></w:p>',
            behind='<w:p><w:bookmarkEnd w:id="7"/></w:p>',
        ),
        "a bookmark goes on over a table",
    ),
    "field over a table": (
        own(PLAIN, before=FIELD.format("begin"), behind=FIELD.format("end")),
        "a field goes on over a table",
    ),
    "wider row": (own(*[PLAIN] * 9, row(p("а"), p("б"), p("в"))), "a row is wider than the first ones of its table"),
    "late wish": (
        own(*[PLAIN] * 9, row(p("{{ size(8) }}"), p("б"))),
        "a row asks for more than the first ones of its table",
    ),
    "markup in a value": (own(row(p("{{ '&lt;w:tab/&gt;'|safe }}б"), p("б"))), "a text holds more than letters"),
    "no such field": (own(row(p("{{ sheet.nothing }}"), p("б"))), "a tag cannot be carried out"),
    "unfinished tag": (own(row(p("{{ sheet.name"), p("б"))), "the template has faults, or parts that are not its own"),
    "no Word file": (Template("templates/own.docx", b"text"), "the template is no plain Word file"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_out_of_the_way_goes_the_plain_way_for_a_reason(name: str) -> None:
    template, why = ODD[name]

    assert reason(SMALL, template) == why


def test_a_table_of_the_offices_own_gives_the_same_bytes_on_both_ways() -> None:
    template = own(
        row("<w:p/>", p(" {{ sheet.name }} ")),
        row('<w:p w:rsidR="00AB12CD"/>' + p("{{ above }}"), p("&lt;{{ sheet.stem }}&gt;")),
        before='<w:p><w:bookmarkStart w:id="7" w:name="own"/><w:bookmarkEnd w:id="7"/></w:p>',
    )

    assert_same(SMALL, template)


def test_a_lost_value_is_told_by_the_plain_way() -> None:
    template = shipped("sheet.docx", old="{{ sheet.heading.note }}")

    assert reason(sheets.draft(), template) == "a value is lost"
    assert word.render(sheets.draft(), template).content is None


def test_bookmarks_that_some_rows_lack_are_told_by_the_plain_way() -> None:
    template = shipped("sheet.docx", old="anchor(row)", new='anchor(row) if row is none else ""')

    assert reason(sheets.plan_of_measures(), template) == "some rows have no bookmark"


# What it takes


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(sheet: Sheet) -> int:
        streamed(sheet, DECISIONS.content)
        tracemalloc.start()
        content, _names = streamed(sheet, DECISIONS.content)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - 2 * len(content)

    few, more = peak(sheets.many(300)), peak(sheets.many(1200))

    assert more - few < 900 * 700


# The parts of it


@given(st.text("абЖ i1.\nщ😀өүӨҮ—’|l№₮?", max_size=120), st.sampled_from([5, 20, 60, 250]), st.integers(1, 12))
def test_lines_are_counted_as_they_are_wrapped(text: str, width: float, most: int) -> None:
    assert lines_taken(text, width=width, size=10, most=most) == min(len(wrapped(text, width=width, size=10)), most)


REMARKS = st.lists(st.sampled_from(["а", "б", "аб", "1", "12", "абв", "", "б а"]), max_size=6)


@given(REMARKS, REMARKS, REMARKS)
def test_a_balance_is_whole_where_nothing_is_lost(remarks: list[str], shown: list[str], more: list[str]) -> None:
    sheet = replace(SMALL, remarks=tuple(remarks))
    head = ["Гарчиг", "2023-12-25", "Өлзийт"]
    balance = Balance(sheet)

    balance.show(shown)
    balance.show(head)
    balance.show(more, besides=more[:1])

    assert balance.is_whole() == (losses(sheet, [*shown, *head, *more], "", besides=more[:1]) == ())


def test_an_item_in_two_tables_is_in_the_files_table_of_items_once() -> None:
    sheet = sheets.nine_clauses()
    twice = replace(sheet, annexes=(replace(sheet.tables[0], title="Хавсралт"),))

    content, names = streamed(twice, GENERAL.content)

    (item,) = [part.decode() for name, part in unpacked(content).items() if name.startswith("customXml/item1")]
    assert item.count("<item ") == len(names) == 9
    assert_same(twice, GENERAL)
