"""Office files written by hand, part by part: for what no library would write, and offices have all the same."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from planctl.importer.office_file import Cell, OfficeFile, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WORD_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    f'xmlns:r="{_OFFICE}"'
)
_EXCEL_NAMES = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def types(main: str, kind: str) -> str:
    """Return the list of content types of a package with one main part."""
    override = f'<Override PartName="/{main}" ContentType="{kind}"/>'
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_DECLARATION}<Types xmlns="{_TYPES}">{default}{override}</Types>'


def relations(*targets: tuple[str, str] | tuple[str, str, str]) -> str:
    """Return relations by kind and target; a third word is the mode."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{one[0]}" Target="{one[1]}"'
        f"{f' TargetMode={chr(34)}{one[2]}{chr(34)}' if len(one) > 2 else ''}/>"
        for number, one in enumerate(targets, start=1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def word_file(body: str, parts: Mapping[str, str | bytes] | None = None, **related: str) -> bytes:
    """Return a .docx with this body; `related` are the insides of other parts of the document by kind."""
    kinds = {kind.rstrip("0123456789"): kind for kind in related}
    inside = {f"word/{kind}.xml": _word_part(kind.rstrip("0123456789"), xml) for kind, xml in related.items()}
    return zipped(
        {
            "[Content_Types].xml": types("word/document.xml", WORD),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"{_DECLARATION}<w:document {_WORD_NAMES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*((kind, f"{name}.xml") for kind, name in kinds.items())),
            **inside,
            **(parts or {}),
        }
    )


def _word_part(kind: str, xml: str) -> str:
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    return f"{_DECLARATION}<w:{root} {_WORD_NAMES}>{xml}</w:{root}>"


def excel_file(
    rows: str, parts: Mapping[str, str | bytes] | None = None, *, after: str = "", before: str = ""
) -> bytes:
    """Return an .xlsx with one worksheet of these rows."""
    listed = '<sheets><sheet name="Биелэлт" sheetId="1" r:id="rId1"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": types("xl/workbook.xml", EXCEL),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"{_DECLARATION}<workbook {_EXCEL_NAMES}>{listed}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": (
                f"{_DECLARATION}<worksheet {_EXCEL_NAMES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
            ),
            **(parts or {}),
        }
    )


def p(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """Return a cell of a table; plain text becomes a paragraph."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def texts(table: Table) -> list[list[str]]:
    """Return the texts of a table's cells, those that are merged once."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def shown(office_file: OfficeFile) -> list[str | list[list[str]]]:
    """Return the texts of a file's blocks in order."""
    return [block.text if isinstance(block, Paragraph) else texts(block) for block in office_file.blocks]


def only_cell(office_file: OfficeFile) -> Cell:
    """Return the one cell of a file's one table."""
    (table,) = office_file.tables
    (cell,) = table.cells()
    return cell


def said(office_file: OfficeFile) -> list[tuple[str, str]]:
    """Return the codes and places of what was remarked."""
    return [(one.code, str(one.span.within)) for one in office_file.remarks]
