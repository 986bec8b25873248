"""What makes Word offer to repair a .docx, looked for by hand: Word itself is not at hand where the tests run."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
BOOKMARK_NAME = re.compile(r"[^\W\d]\w{0,39}|_\w{1,39}")
NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
ORDERS = {
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
}
PARENTS = {
    "t": {"r"},
    "br": {"r"},
    "r": {"p", "hyperlink", "ins", "del", "smartTag", "sdtContent", "fldSimple"},
    "p": {"body", "tc", "hdr", "ftr", "sdtContent", "txbxContent", "footnote", "endnote"},
    "tbl": {"body", "tc", "hdr", "ftr", "sdtContent", "txbxContent"},
    "tr": {"tbl", "sdtContent"},
    "tc": {"tr", "sdtContent"},
}
Tree = Any


def faults_of_docx(content: bytes) -> list[str]:
    """Return what is wrong with the file, one sentence each; an empty list for one that opens cleanly."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as fault:
        return [f"not a zip: {fault}"]
    names = package.namelist()
    faults = [f"member twice: {name}" for name, times in Counter(names).items() if times > 1]
    if names[:1] != ["[Content_Types].xml"]:
        faults.append("[Content_Types].xml is not the first member")
    trees: dict[str, Tree] = {}
    for name in names:
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(package.read(name), etree.XMLParser(huge_tree=True))
            except etree.XMLSyntaxError as fault:
                faults.append(f"{name} is not XML: {fault}")
    faults += chain(_content_types(names, trees), _relations(names, trees))
    texts = {name: tree for name, tree in trees.items() if tree.tag.startswith(W)}
    for check in CHECKS:
        faults += check(texts)
    return faults


def _content_types(names: list[str], trees: dict[str, Tree]) -> Iterator[str]:
    types = trees.get("[Content_Types].xml")
    if types is None:
        yield "no content types"
        return
    defaults = {entry.get("Extension").lower() for entry in types if entry.tag.endswith("Default")}
    overrides = [entry.get("PartName") for entry in types if entry.tag.endswith("Override")]
    for part in overrides:
        if part.lstrip("/") not in names:
            yield f"content type of a part that is not there: {part}"
    for name in names:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"no content type: {name}"


def _relations(names: list[str], trees: dict[str, Tree]) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        owner = folder + file.removesuffix(".rels")
        if owner and owner not in names:
            yield f"relations of a part that is not there: {owner}"
        ids[owner] = {relation.get("Id") for relation in tree}
        if len(ids[owner]) != len(tree):
            yield f"relation ids repeat in {name}"
        for target in _targets(folder, tree):
            if target not in names:
                yield f"relation to a part that is not there: {name} to {target}"
    for name, tree in trees.items():
        used = {value for node in tree.iter() for key, value in node.attrib.items() if key.startswith(R)}
        yield from (f"{name} names a relation that is not there: {id_}" for id_ in used - ids.get(name, set()))


def _targets(folder: str, relations: Tree) -> Iterator[str]:
    for relation in relations:
        if relation.get("TargetMode") != "External":
            yield posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")


def _bookmarks(texts: dict[str, Tree]) -> Iterator[str]:
    starts = [mark for tree in texts.values() for mark in tree.iter(f"{W}bookmarkStart")]
    ends = [mark for tree in texts.values() for mark in tree.iter(f"{W}bookmarkEnd")]
    for what, key, marks in (
        ("bookmark id", "id", starts),
        ("bookmark end", "id", ends),
        ("bookmark name", "name", starts),
    ):
        for value, times in Counter(mark.get(f"{W}{key}") for mark in marks).items():
            if times > 1:
                yield f"{what} twice: {value}"
    for lone in {mark.get(f"{W}id") for mark in starts} ^ {mark.get(f"{W}id") for mark in ends}:
        yield f"bookmark without its other end: {lone}"
    for mark in starts:
        if not BOOKMARK_NAME.fullmatch(mark.get(f"{W}name")):
            yield f"no name for a bookmark: {mark.get(f'{W}name')}"


def _drawings(texts: dict[str, Tree]) -> Iterator[str]:
    ids = Counter(drawing.get("id") for tree in texts.values() for drawing in tree.iter(DRAWING_ID))
    return (f"drawing id twice: {id_}" for id_, times in ids.items() if times > 1)


def _tables(texts: dict[str, Tree]) -> Iterator[str]:
    for name, tree in texts.items():
        for number, table in enumerate(tree.iter(f"{W}tbl"), start=1):
            for fault in _table(table):
                yield f"{name}, table {number}: {fault}"


def _table(table: Tree) -> Iterator[str]:
    grid = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = table.findall(f".//{W}tr") if table.find(f"{W}sdt") is not None else table.findall(f"{W}tr")
    if not rows:
        yield "no rows"
    above: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        at, merged = _number(row.find(f"{W}trPr/{W}gridBefore"), 0), {}
        if row.find(f"{W}tc") is None:
            yield f"row {number} has no cells"
        for cell in row.iterfind(f"{W}tc"):
            span = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                merged[at] = span
                if merge.get(f"{W}val", "continue") == "continue" and above.get(at) != span:
                    yield f"row {number} goes on with a merge that nothing began"
            if not len(cell) or cell[-1].tag != f"{W}p":
                yield f"row {number} has a cell that does not end in a paragraph"
            at += span
        if at + _number(row.find(f"{W}trPr/{W}gridAfter"), 0) != grid:
            yield f"row {number} is {at} wide in a grid of {grid}"
        above = merged


def _number(element: Tree, otherwise: int) -> int:
    return otherwise if element is None else int(element.get(f"{W}val"))


def _lists(texts: dict[str, Tree]) -> Iterator[str]:
    numbering = texts.get("word/numbering.xml")
    numbers: list[Tree] = [] if numbering is None else numbering.findall(f"{W}num")
    definitions = [] if numbering is None else numbering.findall(f"{W}abstractNum")
    ids = Counter(number.get(f"{W}numId") for number in numbers)
    yield from (f"list twice: {id_}" for id_, times in ids.items() if times > 1)
    known = {definition.get(f"{W}abstractNumId") for definition in definitions}
    for number in numbers:
        if number.find(f"{W}abstractNumId").get(f"{W}val") not in known:
            yield f"list {number.get(f'{W}numId')} without a definition"
        if any(later.tag == f"{W}abstractNum" for later in number.itersiblings()):
            yield f"list {number.get(f'{W}numId')} in front of a definition"
    for name, tree in texts.items():
        used = {element.get(f"{W}val") for element in tree.iter(f"{W}numId") if element.getparent().tag == f"{W}numPr"}
        yield from (f"{name} counts by a list that is not there: {id_}" for id_ in sorted(used - set(ids) - {"0"}))


def _styles(texts: dict[str, Tree]) -> Iterator[str]:
    styles = texts.get("word/styles.xml")
    known = set() if styles is None else {style.get(f"{W}styleId") for style in styles.iterfind(f"{W}style")}
    for name, tree in texts.items():
        used = {
            element.get(f"{W}val") for element in tree.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn")
        }
        yield from (f"{name} uses a style that is not there: {id_}" for id_ in sorted(used - known))


def _order(texts: dict[str, Tree]) -> Iterator[str]:
    for name, tree in texts.items():
        for holder, order in ORDERS.items():
            ranks = {f"{W}{child}": rank for rank, child in enumerate(order.split())}
            for element in tree.iter(f"{W}{holder}"):
                places = [ranks.get(child.tag, -1) for child in element]
                if -1 in places or places != sorted(set(places)):
                    yield f"{name}: {holder} out of order: {[child.tag.removeprefix(W) for child in element]}"


def _nesting(texts: dict[str, Tree]) -> Iterator[str]:
    for name, tree in texts.items():
        for child, parents in PARENTS.items():
            for element in tree.iter(f"{W}{child}"):
                parent = element.getparent()
                if parent is not None and parent.tag not in {f"{W}{allowed}" for allowed in parents}:
                    yield f"{name}: {child} inside {etree.QName(parent).localname}"


def _fields(texts: dict[str, Tree]) -> Iterator[str]:
    for name, tree in texts.items():
        kinds = Counter(mark.get(f"{W}fldCharType") for mark in tree.iter(f"{W}fldChar"))
        if kinds["begin"] != kinds["end"]:
            yield f"{name}: a field without its end"


def _characters(texts: dict[str, Tree]) -> Iterator[str]:
    for name, tree in texts.items():
        if NONCHARACTERS.search("".join(tree.itertext())):
            yield f"{name}: a noncharacter in the text"


def _ends(texts: dict[str, Tree]) -> Iterable[str]:
    body = texts["word/document.xml"].find(f"{W}body") if "word/document.xml" in texts else None
    if body is None:
        yield "no body"
        return
    content = [child for child in body if child.tag != f"{W}sectPr"]
    if content and content[-1].tag == f"{W}tbl":
        yield "the body ends in a table"
    for one, two in pairwise(content):
        if one.tag == two.tag == f"{W}tbl":
            yield "two tables run into one another"


CHECKS: tuple[Callable[[dict[str, Tree]], Iterable[str]], ...] = (
    _bookmarks,
    _drawings,
    _tables,
    _lists,
    _styles,
    _order,
    _nesting,
    _fields,
    _characters,
    _ends,
)
