"""Draw the Word templates that planctl brings along, so that what is in the binary files can be read and reviewed.

Run `python tools/draw_templates.py` after a change; a test holds the committed files equal in content to what is drawn.
"""
# ruff: noqa: D401, SLF001 -- a drawing: what is drawn reads better than what is said of it

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from planctl.forms.resolutions import COLUMNS
from planctl.render.package import repacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TEMPLATES = Path(__file__).parent.parent / "src" / "planctl" / "templates"
FONT, LANGUAGE = "Arial", "mn-MN"
PAGE_WIDTH, PAGE_HEIGHT = 297, 210
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LEVELS = (1, 2, 3)
INDENT = 4.5
BULLETS = {1: "–", 2: "•", 3: "◦"}


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(millimetres / 25.4 * 1440)


# Styles


def style(name: str, id_: str, paragraph: str = "", run: str = "", *, based_on: str = "Normal") -> str:
    """A paragraph style; the names are what a clerk sees in Word's list of styles."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def spacing(*, before: float = 0, after: float = 0) -> str:
    """Room above and below in points; lines are single-spaced throughout."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'


def size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


KEPT = "<w:keepNext/>"
ON_A_NEW_PAGE = "<w:pageBreakBefore/>"
BOLD = "<w:b/><w:bCs/>"
CAPITALS = "<w:caps/>"
CENTRED = '<w:jc w:val="center"/>'
JUSTIFIED = '<w:jc w:val="both"/>'
AT_THE_RIGHT = '<w:jc w:val="right"/>'


def list_styles() -> Iterable[str]:
    for number, (name, id_) in enumerate((("цэгтэй", "Bullet"), ("дугаартай", "Number")), start=1):
        for level in LEVELS:
            numbers = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
            yield style(f"Тайлан: {name} {level}", f"{id_}{level}", numbers, based_on="Cell")


def styles() -> str:
    date_and_place = f'<w:tabs><w:tab w:val="right" w:pos="{twips(TEXT_WIDTH)}"/></w:tabs>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    small, cells, counts, title = size(9), size(10), size(11), BOLD + CAPITALS
    own = (
        style("Тайлан: үндэслэл", "Reference", spacing(after=6) + AT_THE_RIGHT, cells),
        style("Тайлан: гарчиг", "Heading", KEPT + CENTRED, title),
        style("Тайлан: гарчгийн тайлбар", "Note", KEPT + CENTRED),
        style("Тайлан: огноо, газар", "DateAndPlace", KEPT + date_and_place + spacing(before=10, after=6)),
        style("Тайлан: төслийн тэмдэг", "Draft", AT_THE_RIGHT, BOLD + '<w:spacing w:val="60"/>' + size(16)),
        style("Тайлан: хуудасны дугаар", "PageNumber", CENTRED, small),
        style("Тайлан: хүснэгтийн толгой", "ColumnHeading", KEPT + CENTRED, BOLD + small),
        style("Тайлан: баганын дугаар", "ColumnNumber", KEPT + CENTRED, small),
        style("Тайлан: хэсгийн нэр", "Section", KEPT + spacing(before=2, after=2), BOLD + cells),
        style("Тайлан: голлосон хэсгийн нэр", "CentredSection", CENTRED, based_on="Section"),
        style("Тайлан: нүд", "Cell", run=cells),
        style("Тайлан: голлосон нүд", "CentredCell", CENTRED, cells),
        style("Тайлан: товчооны нүд", "SummaryCell", KEPT + spacing(before=2, after=2), counts),
        style("Тайлан: товчооны голлосон нүд", "SummaryCentred", CENTRED, based_on="SummaryCell"),
        style("Тайлан: товчооны гарчиг", "SummaryTitle", run=title, based_on="SummaryCentred"),
        style("Тайлан: товчооны дүн", "SummaryClosing", run=BOLD, based_on="SummaryCentred"),
        style("Тайлан: команд", "Tag", run='<w:color w:val="808080"/>' + size(8)),
        style("Тайлан: зай", "Gap", KEPT, size(6)),
        style("Тайлан: тэмдэглэл", "Remark", KEPT + spacing(after=3), cells),
        style("Тайлан: гарын үсгийн үүрэг", "Caption", KEPT + spacing(before=14), title),
        style("Тайлан: гарын үсэг", "Signature", KEPT, CAPITALS),
        style("Тайлан: гарын үсгийн нэр", "SignatureName", AT_THE_RIGHT, based_on="Signature"),
        style("Тайлан: төгсгөл", "EndMark", spacing(before=14) + CENTRED),
        style("Тайлан: хүснэгтийн гарчиг", "TableTitle", KEPT + spacing(before=16, after=6) + CENTRED, title),
        style("Тайлан: бичвэрийн гарчиг", "PassageTitle", KEPT + spacing(before=8, after=3), BOLD + counts),
        style("Тайлан: бичвэр", "Passage", spacing(after=3) + JUSTIFIED, counts),
        style("Тайлан: хавсралтын гарчиг", "AnnexTitle", KEPT + ON_A_NEW_PAGE + spacing(after=6) + CENTRED, title),
        *list_styles(),
    )
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(12)}"
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="x-none" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f'<w:uiPriority w:val="99"/><w:semiHidden/></w:style>{"".join(own)}</w:styles>'
    )


def numbering() -> str:
    """Two lists of three levels, tied to their styles: bullets, and numbers from 1."""

    def levels(style_name: str, form: str, text: Callable[[int], str]) -> str:
        return "".join(
            f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:pStyle w:val="{style_name}{level}"/><w:lvlText w:val="{text(level)}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{twips(INDENT * level)}" w:hanging="{twips(INDENT)}"/></w:pPr></w:lvl>'
            for level in LEVELS
        )

    definitions = (
        levels("Bullet", "bullet", BULLETS.__getitem__),
        levels("Number", "decimal", lambda level: f"%{level}."),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        for at, body in enumerate(definitions, start=1)
    )
    numbers = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in (1, 2))
    return f"<w:numbering {nsdecls('w')}>{abstract}{numbers}</w:numbering>"


SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


# Paragraphs, cells, rows


def paragraph(style_id: str, *texts: str) -> str:
    """A paragraph of one run for each text; a tab in a text is Word's tab."""
    runs = (
        f'<w:r><w:t xml:space="preserve">{escape(text).replace(TAB, "</w:t><w:tab/><w:t>")}</w:t></w:r>'
        for text in texts
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{"".join(runs)}</w:p>'


TAB = "\t"


def tag(text: str) -> str:
    """A paragraph that holds nothing but a loop or a condition, and vanishes from the built document."""
    return paragraph("Tag", text)


def cell(width: float, *paragraphs: str, span: int = 1, vertical: str = "top") -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spans}<w:vAlign w:val="{vertical}"/></w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )


def row(*cells: str, heading: bool = False, whole: bool = False, height: float = 0) -> str:
    """A row; a `heading` repeats on every page, a `whole` one is never parted by the end of a page."""
    properties = (
        ("<w:cantSplit/>" if whole or heading else "")
        + (f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if heading else "")
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tag_row(text: str, columns: int) -> str:
    return row(cell(TEXT_WIDTH, tag(text), span=columns))


def table(widths: Iterable[float], *rows: str, ruled: bool = True, padding: float = 1.2) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if ruled else 'w:val="nil"'
    borders = "".join(f"<w:{side} {line}/>" for side in sides)
    above, beside = twips(0.4), twips(padding)
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    )
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(TEXT_WIDTH)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# The parts of a sheet


def above() -> str:
    """Reference, title, note, date and place."""
    return "".join(
        (
            tag("{%p if sheet.heading.reference %}"),
            paragraph("Reference", "{{ sheet.heading.reference }}"),
            tag("{%p endif %}"),
            tag("{%p for line in sheet.heading.title %}"),
            paragraph("Heading", "{{ line }}"),
            tag("{%p endfor %}"),
            tag("{%p if sheet.heading.note %}"),
            paragraph("Note", "{{ sheet.heading.note }}"),
            tag("{%p endif %}"),
            paragraph("DateAndPlace", "{{ sheet.heading.date }}\t{{ sheet.heading.place }}"),
        )
    )


def below() -> str:
    """Remarks, signatures kept together on one page with the end mark, and the annexes each on a page of its own."""
    post, room, name = 112, 70, 70
    signatures = table(
        (post, room, name),
        tag_row("{%tr for signature in sheet.signatures %}", 3),
        row(cell(TEXT_WIDTH, paragraph("Caption", "{{ signature.caption }}"), span=3), whole=True),
        row(
            cell(post, paragraph("Signature", "{{ signature.post }}"), vertical="bottom"),
            cell(room, paragraph("Signature"), vertical="bottom"),
            cell(name, paragraph("SignatureName", "{{ signature.name }}"), vertical="bottom"),
            whole=True,
            height=12,
        ),
        tag_row("{%tr endfor %}", 3),
        tag_row("{%tr if sheet.end_mark %}", 3),
        row(cell(TEXT_WIDTH, paragraph("EndMark", "{{ sheet.end_mark }}"), span=3), whole=True),
        tag_row("{%tr endif %}", 3),
        ruled=False,
        padding=0,
    )
    return "".join(
        (
            paragraph("Gap"),
            tag("{%p for remark in sheet.remarks %}"),
            paragraph("Remark", "{{ remark }}"),
            tag("{%p endfor %}"),
            signatures,
            annexes(),
        )
    )


def annexes() -> str:
    """Further tables."""
    return "".join(
        (
            tag("{%p for table in sheet.annexes %}"),
            paragraph("AnnexTitle", "{{ table.title }}"),
            any_table(),
            tag("{%p endfor %}"),
        )
    )


def narrative(blocks: str, *before: str, plain: str = "Cell") -> tuple[str, ...]:
    """Paragraphs of a narrative, one for each kind and level, each of its own style; `before` is set before a text.

    A `plain` paragraph has this style.
    """
    levels = (("block.level <= 1", 1), ("block.level == 2", 2), ("block.level >= 3", 3))
    cases = [
        (f'block.kind == "{kind}" and {condition}', f"{id_}{level}")
        for kind, id_ in (("bullet", "Bullet"), ("number", "Number"))
        for condition, level in levels
    ]
    branches: list[str] = []
    for at, (condition, style_id) in enumerate(cases):
        branches += [
            tag(f"{{%p {'elif' if at else 'if'} {condition} %}}"),
            paragraph(style_id, *before, "{{ block.text }}"),
        ]
    return (
        tag(f"{{%p for block in {blocks} %}}"),
        *branches,
        tag("{%p else %}"),
        paragraph(plain, *before, "{{ block.text }}"),
        tag("{%p endif %}"),
        tag("{%p endfor %}"),
    )


# What a table asks for in one of its headings; up to seven columns the letters are those of the styles.
ASKED = (
    "{{ widths(table) }}{{ short_rows_whole }}"
    "{% if table.columns|length > 9 %}{{ size(8) }}{% elif table.columns|length > 7 %}{{ size(9) }}{% endif %}"
)


# Loops and conditions stand in the narrow cells, what they show in the others; the built table has columns of its own.
NARROW, PROSE, SHORT = 14, 94, 30
ANY_WIDTHS = (NARROW, NARROW, PROSE, NARROW, SHORT, NARROW, SHORT + NARROW, NARROW, NARROW)


def any_table() -> str:
    """A table whose columns are known only to the sheet: `table` of the loop around it."""

    def section(style_id: str) -> str:
        title = paragraph(style_id, "{% colspan table.columns|length %}{{ band.title }}")
        return row(cell(TEXT_WIDTH, title, span=len(ANY_WIDTHS)), whole=True)

    return table(
        ANY_WIDTHS,
        *any_headings(),
        any_tag("{%tr for band in table.bands %}"),
        any_tag("{%tr if band.rows is defined %}"),
        any_tag("{%tr for row in band.rows %}"),
        row(*any_cells()),
        any_tag("{%tr endfor %}"),
        any_tag("{%tr elif band.level <= 1 %}"),
        section("CentredSection"),
        any_tag("{%tr else %}"),
        section("Section"),
        any_tag("{%tr endif %}"),
        any_tag("{%tr endfor %}"),
    )


def any_tag(text: str) -> str:
    return tag_row(text, len(ANY_WIDTHS))


def any_headings() -> Iterable[str]:
    """The headings' one or two rows, and the row of column numbers."""

    def each(loop: str, shown: str, *, vertical: str) -> str:
        return row(
            cell(sum(ANY_WIDTHS[:2]), tag(f"{{%tc for {loop} %}}"), span=2),
            cell(ANY_WIDTHS[2], shown, vertical=vertical),
            cell(sum(ANY_WIDTHS[3:]), tag("{%tc endfor %}"), span=len(ANY_WIDTHS[3:])),
            heading=True,
        )

    heading = paragraph("ColumnHeading", "{% colspan head.columns %}", ASKED, "{{ head.text }}")
    return (
        any_tag("{%tr for heads in headings(table) %}"),
        each("head in heads", heading, vertical="center"),
        any_tag("{%tr endfor %}"),
        any_tag("{%tr if table.numbered %}"),
        each("column in table.columns", paragraph("ColumnNumber", "{{ loop.index }}"), vertical="top"),
        any_tag("{%tr endif %}"),
    )


def any_cells() -> Iterable[str]:
    """The cells of a row, each as its column is: prose, a number or a word in the middle, or a short text."""
    centred = 'column.kind in ("ordinal", "score", "percent", "count")'
    anchor = '{{r anchor(row) if not column.grouped else "" }}'
    value = (anchor, "{{ cell(band, row, column) }}")
    shown = (
        (tag("{%tc for column in table.columns %}"),),
        (tag('{%tc if column.kind == "prose" %}'),),
        narrative("blocks(band, row, column)", anchor),
        (tag(f"{{%tc elif {centred} %}}"),),
        (paragraph("CentredCell", *value),),
        (tag("{%tc else %}"),),
        (paragraph("Cell", *value),),
        (tag("{%tc endif %}"),),
        (tag("{%tc endfor %}"),),
    )
    return (cell(width, *paragraphs) for width, paragraphs in zip(ANY_WIDTHS, shown, strict=True))


def resolutions() -> str:
    """The register of decisions: seven columns, decisions merged over their clauses."""
    widths = {column.key: column.width * TEXT_WIDTH / sum(other.width for other in COLUMNS) for column in COLUMNS}
    body = {
        "decision_number": (paragraph("CentredCell", "{% vm %}{{ band.decision_number }}"),),
        "clause_number": (paragraph("CentredCell", "{{r anchor(row) }}", "{{ row.clause_number }}"),),
        "decision": (paragraph("Cell", "{% vm %}{{ band.decision }}"),),
        "clause": (paragraph("Cell", "{{ row.clause }}"),),
        "progress": narrative("row.progress.blocks"),
        "self": (paragraph("CentredCell", "{{ row.self }}"),),
        "superior": (paragraph("CentredCell", "{{ row.superior }}"),),
    }
    headings = (
        cell(
            widths[column.key],
            paragraph("ColumnHeading", *([] if at else ["{{ short_rows_whole }}"]), column.heading),
            vertical="center",
        )
        for at, column in enumerate(COLUMNS)
    )
    numbers = (
        cell(widths[column.key], paragraph("ColumnNumber", str(at))) for at, column in enumerate(COLUMNS, start=1)
    )
    clauses = table(
        widths.values(),
        row(*headings, heading=True),
        row(*numbers, heading=True),
        tag_row("{%tr for band in sheet.tables[0].bands %}", 7),
        tag_row("{%tr if band.rows is defined %}", 7),
        tag_row("{%tr for row in band.rows %}", 7),
        row(*(cell(widths[column.key], *body[column.key]) for column in COLUMNS)),
        tag_row("{%tr endfor %}", 7),
        tag_row("{%tr else %}", 7),
        row(cell(TEXT_WIDTH, paragraph("Section", "{{ band.title }}"), span=7), whole=True),
        tag_row("{%tr endif %}", 7),
        tag_row("{%tr endfor %}", 7),
    )
    return above() + clauses + below()


def counts() -> str:
    """The official counting table of one evaluation."""
    widths = (42, 110, 50, 50)
    first, level, percent, count = widths
    of_which = (
        "{% if share == sheet.tally.levels[0].shares[0] %}{{ sheet.tally.of_which }}{% else %}{{ above }}{% endif %}"
    )

    def line(*cells: str) -> str:
        return row(*cells, whole=True, height=7)

    def middle(width: float, style_id: str, text: str, *, span: int = 1) -> str:
        return cell(width, paragraph(style_id, text), span=span, vertical="center")

    return table(
        widths,
        line(middle(TEXT_WIDTH, "SummaryTitle", "{{ sheet.tally.title }}", span=4)),
        line(
            middle(TEXT_WIDTH - count, "SummaryCell", "{{ sheet.tally.total_label }}", span=3),
            middle(count, "SummaryCentred", "{{ sheet.tally.total }}"),
        ),
        tag_row("{%tr for level in sheet.tally.levels %}", 4),
        tag_row("{%tr for share in level.shares %}", 4),
        line(
            middle(first, "SummaryCell", of_which),
            middle(level, "SummaryCell", "{% vm %}{{ level.name }}"),
            middle(percent, "SummaryCentred", "{{ share.percent }}"),
            middle(count, "SummaryCentred", "{{ share.printed }}"),
        ),
        tag_row("{%tr endfor %}", 4),
        tag_row("{%tr endfor %}", 4),
        tag_row("{%tr for state in sheet.tally.states %}", 4),
        line(
            middle(TEXT_WIDTH - count, "SummaryCell", "{{ state.label }}", span=3),
            middle(count, "SummaryCentred", "{{ state.printed }}"),
        ),
        tag_row("{%tr endfor %}", 4),
        line(middle(TEXT_WIDTH, "SummaryClosing", "{{ sheet.tally.closing }}", span=4)),
    )


def summary() -> str:
    """The counting table of one evaluation by itself."""
    return above() + counts() + below()


def general() -> str:
    """Any sheet: its tables one after another, and the counting table."""
    return "".join(
        (
            above(),
            tag("{%p for passage in sheet.passages %}"),
            paragraph("PassageTitle", "{{ passage.title }}"),
            *narrative("passage.blocks", plain="Passage"),
            tag("{%p endfor %}"),
            tag("{%p for table in sheet.tables %}"),
            tag("{%p if table.title %}"),
            paragraph("TableTitle", "{{ table.title }}"),
            tag("{%p elif not loop.first %}"),
            paragraph("Gap"),
            tag("{%p endif %}"),
            any_table(),
            tag("{%p endfor %}"),
            tag("{%p if sheet.tally %}"),
            paragraph("Gap"),
            counts(),
            tag("{%p endif %}"),
            below(),
        )
    )


# Files


def document(body: str) -> bytes:
    """A .docx of A4 across, with the draft mark in the header and the page number in the footer."""
    drawn = Document()
    section = drawn.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    replace_content(section.header._element, paragraph("Draft", "{{ sheet.heading.draft }}"))
    replace_content(section.footer._element, PAGE_NUMBER)
    for part, tree in ((drawn.styles, styles()), (drawn.part.numbering_part, numbering()), (drawn.settings, SETTINGS)):
        replace_content(part.element, tree, inner=True)
    for content in reversed(list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))):
        drawn.element.body.insert(0, content)
    drop_unused_parts(drawn)
    for name in ("author", "comments", "keywords", "last_modified_by", "subject", "title"):
        setattr(drawn.core_properties, name, "")
    drawn.core_properties.author = drawn.core_properties.last_modified_by = "planctl"
    target = BytesIO()
    drawn.save(target)
    return repacked(target.getvalue())


PAGE_NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
    '<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def replace_content(element: Any, xml: str, *, inner: bool = False) -> None:
    """Put other children into an element; `inner` takes those of the given root."""
    root = parse_xml(xml if inner else f"<w:body {nsdecls('w')}>{xml}</w:body>")
    element[:] = list(root)


def drop_unused_parts(drawn: Any) -> None:
    """Leave out what python-docx's own template brings along: a preview, a bibliography, fonts of another design."""
    unused = ("customXml", "stylesWithEffects", "webSettings", "fontTable", "thumbnail")
    for holder in (drawn.part.rels, drawn.part.package.rels):
        for id_ in [id_ for id_, relation in holder.items() if relation.reltype.endswith(unused)]:
            del holder[id_]


def drawn_templates() -> dict[str, bytes]:
    """Return each template by its name below `templates/`."""
    return {
        "resolutions/table.docx": document(resolutions()),
        "sheet.docx": document(general()),
        "summary.docx": document(summary()),
    }


if __name__ == "__main__":
    for name, content in drawn_templates().items():
        path = TEMPLATES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
