"""How the cells of a workbook look: the format of their numbers, bold letters, and where the text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.importer.excel_formats import BUILT_IN
from planctl.importer.excel_xml import MAIN, TRUE
from planctl.importer.limits import count_in
from planctl.importer.package import Package, damaged

if TYPE_CHECKING:
    from planctl.importer.office_file import Alignment
    from planctl.render.wordml.xml import Element

_MOST_STYLES = 100_000
_LONGEST_CODE = 255
_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right", "centerContinuous": "center"}


class Look(NamedTuple):
    """What a cell's style says of it."""

    code: str = ""
    is_bold: bool = False
    alignment: Alignment = ""


PLAIN = Look()


def looks_of(package: Package, part: str) -> tuple[Look, ...]:
    """Return what each style of cells says."""
    if not part:
        return ()
    styles = package.tree(part)
    codes = dict(BUILT_IN)
    for own in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
        if (number := count_in(own.get("numFmtId"))) is not None:
            codes[number] = own.get("formatCode", "")[:_LONGEST_CODE]
    bold = [_is_bold(font) for font in styles.iterfind(f"{MAIN}fonts/{MAIN}font")]
    looks = []
    for style in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        code = codes.get(count_in(style.get("numFmtId")) or 0, "")
        font = count_in(style.get("fontId")) or 0
        alignment = style.find(f"{MAIN}alignment")
        looks.append(
            Look(
                "" if code.lower() == "general" else code,
                font < len(bold) and bold[font],
                "" if alignment is None else _ALIGNMENTS.get(alignment.get("horizontal", ""), ""),
            )
        )
        if len(looks) > _MOST_STYLES:
            raise damaged(package.name, part)
    return tuple(looks)


def _is_bold(font: Element) -> bool:
    bold = font.find(f"{MAIN}b")
    return bold is not None and bold.get("val", "1") in TRUE
