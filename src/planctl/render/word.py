"""Word sheets: the office's own .docx template, filled in.

In: a sheet and the template's bytes. Out: a .docx whose text holds every value of the sheet, or findings about the
template.

There are two ways. `plain` fills the whole document, makes one tree of it and tidies that: it takes any template, tells
every fault, and its time and memory grow with the tree. `streamed` (`wordml/streaming.py`) tidies each paragraph of
the template once and writes the rows as they are filled in; it gives the same bytes, or gives up.
"""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from planctl.diagnostics import Span, finding
from planctl.render import Rendered, Trial
from planctl.render.package import repacked
from planctl.render.presence import losses
from planctl.render.wordml.anchors import add_anchors, anchors_in_pieces, rows
from planctl.render.wordml.context import seen
from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.describing import describe
from planctl.render.wordml.filling import filled
from planctl.render.wordml.lists import Counting, Numbering, restart
from planctl.render.wordml.opening import UnreadableError, opened
from planctl.render.wordml.streaming import streamed
from planctl.render.wordml.text import column_numbers, lines
from planctl.render.wordml.tidying import Ids, tidy
from planctl.render.wordml.xml import TEXT_PARTS, parsed

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.render import Template
    from planctl.render.wordml.xml import Element
    from planctl.report.sheet import Sheet

_ANCHOR_TAG = "{{r anchor(row) }}"


def render(sheet: Sheet, template: Template | None) -> Rendered:
    """Return the sheet as a .docx; findings name the template and the number of a paragraph in it.

    Errors: those of a file (see `wordml.opening`) and of a tag (see `sandbox` and `wordml.filling`), and
    template-loses-value; template-no-anchor is a warning.
    """
    if template is None:
        raise TypeError("a Word sheet starts from a template")
    try:
        content, names = streamed(sheet, template.content)
    except NotStreamableError:
        return plain(sheet, template)
    return Rendered(content, _rows_without_anchor(sheet, names, template.path))


def plain(sheet: Sheet, template: Template) -> Rendered:
    """Return what `render` returns, by way of one tree of the whole document."""
    document, faults = _filled(sheet, template)
    if faults:
        return Rendered(None, faults)
    trees = _trees(document)
    anchors = _tidy(document, trees)
    findings = (*_losses(sheet, trees, template.path), *_rows_without_anchor(sheet, anchors, template.path))
    if any(found.is_error for found in findings):
        return Rendered(None, findings)
    describe(sheet, document.core_properties)
    _keep_anchors(sheet, document, anchors)
    return Rendered(_saved(document), findings)


def trial(sheet: Sheet, template: Template) -> Trial:
    """Return what the template shows of the sheet, and the faults of the file and its tags."""
    document, faults = _filled(sheet, template)
    if document is None:
        return Trial(faults)
    trees = _trees(document)
    anchors = _tidy(document, trees)
    findings = (*faults, *_rows_without_anchor(sheet, anchors, template.path))
    return Trial(findings, tuple(_shown(trees)), tuple(_column_numbers(trees)))


def _filled(sheet: Sheet, template: Template) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Return the filled document, None where a fault hides it, and the findings of file and tags."""
    try:
        opened(template.content)
        done = filled(template.content, seen(sheet))
    except UnreadableError as fault:
        return None, (finding(fault.code, Span(template.path), **fault.values),)
    faults = (finding(fault.code, Span(template.path, fault.line), **fault.values) for fault in done.faults)
    return done.document, tuple(faults)


# What is made of the filled template


def _trees(document: Any) -> tuple[tuple[Any, Element], ...]:
    """Return the parts that hold text, each with its tree, the body first; python-docx keeps footnotes as bytes."""
    others = (part for part in document.part.package.iter_parts() if part.content_type.endswith(TEXT_PARTS))
    return tuple(
        (part, part.element if hasattr(part, "element") else parsed(part.blob)) for part in (document.part, *others)
    )


def _tidy(document: Any, trees: tuple[tuple[Any, Element], ...]) -> frozenset[str]:
    """Tidy the trees in place, keep them in the document, and return the names of the bookmarks in them."""
    numbering = _numbering(document)
    ids = Ids()
    for _, root in trees:
        if numbering is not None:
            restart(root, numbering, Counting(numbering.begin))
        tidy(root)
    for part, root in trees:
        ids.number(root)
        if not hasattr(part, "element"):
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 -- no setter
    return frozenset(ids.names)


def _numbering(document: Any) -> Numbering | None:
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    return Numbering(document.styles.element, numbering.element)


def _keep_anchors(sheet: Sheet, document: Any, names: frozenset[str]) -> None:
    """Put the table of bookmarks and addresses into the file as a part of its own, which Word keeps when it saves."""
    if not any(row.anchor in names for _group, row in rows(sheet)):
        return
    add_anchors(document, "".join(anchors_in_pieces(sheet, names)).encode())


def _saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return repacked(target.getvalue())


# Whether all is there


def _losses(sheet: Sheet, trees: tuple[tuple[Any, Element], ...], path: str) -> tuple[Diagnostic, ...]:
    return losses(sheet, _shown(trees), path, besides=_column_numbers(trees))


def _shown(trees: tuple[tuple[Any, Element], ...]) -> Iterator[str]:
    return chain.from_iterable(lines(root) for _, root in trees)


def _column_numbers(trees: tuple[tuple[Any, Element], ...]) -> Iterator[str]:
    return chain.from_iterable(column_numbers(root) for _, root in trees)


def _rows_without_anchor(sheet: Sheet, anchors: Container[str], path: str) -> tuple[Diagnostic, ...]:
    lacking = sum(1 for _group, row in rows(sheet) if row.anchor and row.anchor not in anchors)
    return (finding("template-no-anchor", Span(path), count=lacking, tag=_ANCHOR_TAG),) if lacking else ()
