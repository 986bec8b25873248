"""Markdown sheets: every value is shown, and what an author wrote is never taken for Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sheets import (
    breakdown,
    bullet,
    draft,
    draft_summary,
    group,
    long_narrative,
    nine_clauses,
    number,
    paragraph,
    plain,
    prose,
    row,
    summary,
    table_sheet,
)

from planctl.forms.form import Column
from planctl.render.markdown import render
from planctl.render.presence import folded, losses
from planctl.report.sheet import Cell, Group, Heading, Row, Section, Signature, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

    from planctl.report.sheet import Sheet

SAMPLES = (nine_clauses, draft, long_narrative, summary, draft_summary)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def text_of(sheet: Sheet) -> str:
    built = render(sheet)
    assert built.findings == ()
    assert built.content is not None
    return built.content.decode()


@dataclass
class Page:
    """What a reader of the Markdown sees: headings, paragraphs, and tables with the headings as their first row."""

    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        cells = (cell for table in self.tables for line in table for cell in line)
        for text in (*self.headings, *self.paragraphs, *cells):
            # The signs of bullets and numbers are no words of the author's.
            for line in text.split("\n"):
                yield folded(line)
                yield folded(re.sub(r"^\s*(?:[•–]|[0-9]+\.) ", "", line))


def page(sheet: Sheet) -> Page:
    return read(text_of(sheet))


def read(text: str) -> Page:
    shown, container = Page(), ""
    for token in READER.parse(text):
        match token.type:
            case "heading_open" | "paragraph_open" | "th_open" | "td_open":
                container = token.type
            case "table_open":
                shown.tables.append([])
            case "tr_open":
                shown.tables[-1].append([])
            case "inline":
                place = {"heading_open": shown.headings, "paragraph_open": shown.paragraphs}
                place.get(container, shown.tables[-1][-1] if shown.tables else []).append(words(token, shown))
            case other:
                assert other.endswith("_close") or other in {"thead_open", "tbody_open"}, f"{other} in the Markdown"
    return shown


def words(token: Token, shown: Page) -> str:
    """Return the words of a paragraph or cell, with LF for each break; nothing but ours may be more than words."""
    said = ""
    for child in token.children or ():
        match child.type, child.content:
            case "text", content:
                said += content
            case "html_inline", "<br>":
                said += "\n"
            case "html_inline", content if found := re.fullmatch(r'<a id="(\w+)">', content):
                shown.ids.append(found[1])
            case "html_inline", "</a>":
                pass
            case "strong_open", _:
                shown.strong.append(token.content)
            case "strong_close", _:
                pass
            case other:
                pytest.fail(f"{other} in the Markdown")
    return said


# The page


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_shows_every_value_and_is_the_same_each_time(sample: Callable[[], Sheet]) -> None:
    text = text_of(sample())

    assert losses(sample(), read(text).lines(), "", shown_as=folded) == ()
    assert text == text_of(sample())
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


SMALL = """\
**ТӨСӨЛ**

Засаг даргын 2023 оны А/45 дугаар<br>захирамжийн 2 дугаар хавсралт

# Тогтоолын хэрэгжилт<br>2023 он

(Жилийн эцэс)

2023 оны 12 дугаар сарын 25 · Өлзийт

| Шийдвэр Д/д | Заалт Д/д | Шийдвэрийн нэр, огноо, дугаар | Холбогдох заалтын агуулга | Хэрэгжилтийн явц \
| Өөрийн үнэлгээ | Дээд шатны байгууллагын үнэлгээ |
| :-: | :-: | --- | --- | --- | :-: | :-: |
| 1 | 2 | 3 | 4 | 5 | 6 | 7 |
|  |  | **Аймгийн ИТХ-ын тогтоол** |  |  |  |  |
| <a id="itkh_1"></a>1 | 1 | Хог хаягдал<br>2021-12-14 | Ажлыг зохион байгуулах | Хийв.<br>• 25 тонн | 100% | 90% |
| <a id="itkh_2"></a> | 2 |  | Тайлагнах |  | 70% |  |

Тайлагнаагүй заалт: 1.

Хянасан<br>Тамгын газрын дарга \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ Б.Болд

\\_\\_\\_\\_\\_ оОо \\_\\_\\_\\_\\_
"""


def small() -> Sheet:
    done = prose(paragraph("Хийв."), bullet("25 тонн"))
    clauses = (
        row(1, "Ажлыг зохион байгуулах", done, (100, 90)),
        row(2, "Тайлагнах", plain(""), (70, None)),
    )
    return table_sheet(
        (Section("Аймгийн ИТХ-ын тогтоол"), group(1, "Хог хаягдал\n2021-12-14", *clauses)),
        heading=Heading(
            ("Тогтоолын хэрэгжилт", "2023 он"),
            "2023 оны 12 дугаар сарын 25",
            "Өлзийт",
            note="(Жилийн эцэс)",
            reference="Засаг даргын 2023 оны А/45 дугаар\nзахирамжийн 2 дугаар хавсралт",
            draft="ТӨСӨЛ",
        ),
        remarks=("Тайлагнаагүй заалт: 1.",),
        signatures=(Signature("Хянасан", "Тамгын газрын дарга", "Б.Болд"),),
    )


def test_a_sheet_is_head_table_remarks_signatures_and_end_in_this_order() -> None:
    assert text_of(small()) == SMALL


def test_the_tally_is_a_table_with_its_closing_sentence_below() -> None:
    tally = draft_summary().tally
    assert tally is not None

    text = text_of(draft_summary())

    assert (
        f"""\
| {tally.title} |  |  |
| --- | :-: | :-: |
| **Хэрэгжилт гаргах нийт арга хэмжээний тоо** |  | **9** |
| **Үүнээс** |  |  |
| Үр дүнтэй | 100% | 4 |
| Тодорхой үр дүнд хүрсэн | 90% | 1 |
|  | 70% | 1 |
| Эрчимжүүлэх шаардлагатай | 50% | - |
|  | 30% | - |
| Үр дүнгүй | 0% | 1 |
| Хугацаа болоогүй |  | 1 |
| Тайлагнаагүй |  | 1 |

**{tally.closing}**
"""
        in text
    )


def test_a_tally_without_levels_and_states_is_its_total() -> None:
    tally = summary().tally
    assert tally is not None

    shown = page(replace(summary(), tally=replace(tally, levels=(), states=())))

    assert shown.tables == [[[tally.title, "", ""], [tally.total_label, "", "9"]]]


def test_a_decision_stands_in_the_first_of_its_rows_only() -> None:
    (table,) = page(nine_clauses()).tables

    assert [line[0] for line in table[3:6]] == ["1", "", ""]
    assert [bool(line[2]) for line in table[3:6]] == [True, False, False]
    assert [line[1] for line in table[3:6]] == ["1", "2", "3"]


def test_rows_have_the_names_of_their_items() -> None:
    assert page(nine_clauses()).ids == [f"itkh_{at}" for at in range(1, 10)]


def test_a_section_stands_in_bold_in_the_first_column_of_words() -> None:
    shown = page(nine_clauses())

    sections = [line for line in shown.tables[0] if line[0] == line[1] == line[3] == ""]
    assert [line[2] for line in sections] == [line.strip("*") for line in shown.strong]
    assert len(sections) == 2


def test_lists_are_drawn_with_their_depth() -> None:
    progress = prose(
        paragraph("Эхлэл"), bullet("а"), bullet("б", 2), bullet("в", 3), number(1, "нэг"), number(2, "хоёр", 2)
    )

    (table,) = page(table_sheet([group(1, "Тогтоол", row(1, "Заалт", progress, (100, 100)))])).tables

    em = "\N{EM SPACE}"
    assert table[2][4] == f"Эхлэл\n• а\n{em}– б\n{em}{em}– в\n1. нэг\n{em}2. хоёр"


def test_a_heading_over_columns_stands_before_each_of_theirs() -> None:
    columns = (
        Column("measure", "Арга хэмжээ", 50, "prose"),
        Column("first", "I", 10, "percent", over="Улирал"),
        Column("second", "II", 10, "percent", over="Улирал"),
    )
    cells = {"measure": Cell("Тохижуулах"), "first": Cell("20"), "second": Cell("45")}
    table = Table("main", columns, (Group({}, (Row(cells),)),), numbered=False)

    text = text_of(replace(nine_clauses(), tables=(table,)))

    assert "| Арга хэмжээ | Улирал: I | Улирал: II |\n| --- | :-: | :-: |\n| Тохижуулах | 20 | 45 |\n" in text


def test_annexes_stand_last_under_their_titles() -> None:
    sheet = replace(draft(), annexes=(breakdown(), replace(breakdown(), title="Бүлгээр")))

    text = text_of(sheet)

    assert text.index("оОо") < text.index("## Хариуцсан нэгжээр") < text.index("## Бүлгээр")
    assert page(sheet).tables[1][0] == ["Хариуцсан нэгж", "Үнэлгээний түвшин", "Заалтын тоо", "Дундаж"]


def test_a_narrative_of_several_pages_stays_whole() -> None:
    sheet = long_narrative()
    (_section, band) = sheet.tables[0].bands
    assert isinstance(band, Group)
    written = band.rows[1]["progress"]

    shown = page(sheet).tables[0][4][4].split("\n")

    assert len(shown) == len(written.blocks)
    assert shown[-1] == "Ажлын тайлан энд дуусав: төгсгөлийнүг"


# What an author wrote


PIECES = (
    *"\\`*_<>[]()#|~$&:;!+-=.{}1x\n ",
    *("http://", "HTTPS://a.mn/b_c", "www.", "&amp;", "&#42;", "<br>", "</a>", "<!--", "1. ", "2) ", "- ", "```", "**"),
    *("\n\n", "    ", "|---|", "[a](b)", "![a](b)", "[^1]:", "# ", "===", "---", "\\|", "~~", "\N{NO-BREAK SPACE}"),
)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), LETTERS), max_size=12).map("".join)


def shown_as(text: str) -> str:
    return "\n".join(map(folded, text.strip().split("\n")))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_is_shown_as_it_was_written_in_a_table(section: str, decision: str, one: str, two: str) -> None:
    progress = prose(paragraph(one), bullet(two), number(7, one, 2))
    bands = (Section(section), group(1, decision, row(1, one, progress, (100, None))))
    columns = tuple(replace(column, heading=two, over=one) for column in nine_clauses().tables[0].columns)
    sheet = table_sheet(bands)
    sheet = replace(sheet, tables=(replace(sheet.tables[0], columns=columns),))

    (table,) = page(sheet).tables

    heading = shown_as(f"{one}: {two}" if one else two)
    drawn = f"{shown_as(one)}\n• {shown_as(two)}\n\N{EM SPACE}7. {shown_as(one)}"
    assert [[shown_as(cell) for cell in line] for line in table] == [
        [heading] * 7,
        [str(at) for at in range(1, 8)],
        ["", "", shown_as(section), "", "", "", ""],
        ["1", "1", shown_as(decision), shown_as(one), shown_as(drawn), "100%", ""],
    ]


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_shown_as_it_was_written_outside_of_tables(one: str, two: str, three: str) -> None:
    sheet = replace(
        summary(),
        heading=Heading((one, two), three, "", note=two, reference=one, draft=three),
        tally=None,
        remarks=(one, two),
        signatures=(Signature(one, two, three),),
        end_mark=three,
    )

    shown = page(sheet)

    assert [shown_as(text) for text in shown.headings] == [shown_as(f"{shown_as(one)}\n{shown_as(two)}")]
    signed = f"{shown_as(one)}\n{shown_as(two)} {'_' * 12} {shown_as(three)}"
    texts = (three, one, two, three, one, two, signed, three)
    assert [shown_as(text) for text in shown.paragraphs] == [shown_as(text) for text in texts if text.strip()]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end_is_a_break(end: str) -> None:
    sheet = replace(summary(), remarks=(f"а{end}б{end}{end}в",))

    assert "\nа<br>б<br><br>в\n" in text_of(sheet)


def test_addresses_on_the_web_are_no_links_which_would_show_the_escapes() -> None:
    sheet = replace(summary(), remarks=("https://a.mn/b_c www.a.mn/b_c",))

    assert "\nhttps\\://a.mn/b\\_c www\\.a.mn/b\\_c\n" in text_of(sheet)


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("1. Нэг", "1\\. Нэг"),
        ("12) Арван хоёр", "12\\) Арван хоёр"),
        ("- зураас", "\\- зураас"),
        ("+5", "\\+5"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("> эшлэл", "\\> эшлэл"),
        ("# гарчиг", "\\# гарчиг"),
        ("~~үгүй~~", "\\~\\~үгүй\\~\\~"),
        ("[а](б)", "\\[а\\](б)"),
        ("<b>тод</b>", "\\<b\\>тод\\</b\\>"),
        ("HTTPS://a.mn", "HTTPS\\://a.mn"),
        ("WWW.a.mn", "WWW\\.a.mn"),
        ("5-р хэсэг", "5-р хэсэг"),
        ("2023.12.25", "2023.12.25"),
        ("7.", "7\\."),
        ("A & B, R&D, &amp;", "A & B, R\\&D, \\&amp;"),
        ("$1 ба $2", "\\$1 ба \\$2"),
    ],
)
def test_only_what_would_be_taken_for_markdown_is_escaped(written: str, escaped: str) -> None:
    text = text_of(replace(summary(), remarks=(written,)))

    assert f"\n\n{escaped}\n\n" in text
    assert written in page(replace(summary(), remarks=(written,))).paragraphs
