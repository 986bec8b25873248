"""YAML files in the house's own hand. In: a text that its reader takes as it stands. Out: the same, in canonical form.

Keys stand in the order of the models, those that no model knows after them; everything is two columns deeper than
what holds it, texts of several lines stand in blocks, and quotation marks only where a text would be read otherwise. A
row in brackets stays one while it is short; authors' free lines stay, but never two of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.authoring import lines
from planctl.authoring.parts import Collection, File, Remark, Scalar, remarks_in, taken_apart
from planctl.authoring.written import entry_of, part_of
from planctl.source.document import SourceText
from planctl.source.reader import events, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.authoring.parts import Node, Part
    from planctl.forms.shape import Shape
    from planctl.source.document import Document
    from planctl.source.reader import Events


def formatted(text: str, shape: Shape, parse: Callable[[str], Events] = events) -> str:
    """Return the text in canonical form; `shape` gives the order of the keys."""
    return written(taken_apart(text, parse), shape)


def written(file: File, shape: Shape) -> str:
    """Return the text of a file's parts in canonical form; the parts come into order by it."""
    _put_in_order(file.top, shape)
    _put_remarks_outside(file.top)
    _put_in_sections(file)
    return "\n".join(lines.of_file(file)) + "\n"


def written_out(data: Mapping[str, Any], shape: Shape) -> str:
    """Return plain data as a file in canonical form."""
    parts = [part_of(entry_of(value, key)) for key, value in data.items()]
    top = Collection(is_mapping=True, is_in_row=False, parts=parts)
    _put_in_order(top, shape)
    return "\n".join(lines.of_file(File([], has_gap_below_head=False, top=top))) + "\n"


def says_the_same(document: Document, text: str) -> bool:
    """Tell whether a text is read as what the document says, without an error, and has all its remarks."""
    again, findings = read(SourceText(document.path, text))
    if again is None or again.data != document.data or any(found.is_error for found in findings):
        return False
    return remarks_in(taken_apart(text, events)) == remarks_in(taken_apart(document.text, events))


# Order


def _put_in_order(node: Node, shape: Shape) -> None:
    if isinstance(node, Scalar):
        return
    if node.is_mapping and shape.keys:
        ranks = {key: at for at, key in enumerate(shape.keys)}
        node.parts.sort(key=lambda part: ranks.get(_key(part), len(ranks)))
    for at, part in enumerate(node.parts):
        _put_in_order(part.node, shape.below(_key(part) if node.is_mapping else at))


def _key(part: Part) -> str:
    return (part.key.text or "") if part.key else ""


def _put_remarks_outside(node: Node) -> None:
    """Bring remarks out of where they cannot be written: from behind a dash, and out of empty brackets."""
    if isinstance(node, Scalar):
        return
    for part in node.parts:
        below = part.node
        _put_remarks_outside(below)
        if isinstance(below, Scalar):
            continue
        if not below.parts:
            part.before += below.tail
            below.tail = []
        elif part.key is None and lines.in_row(below) is None:
            first = below.parts[0]
            part.before += [Remark(part.behind, 0)] if part.behind else []
            part.before += first.before
            part.behind, first.before = "", []


def _put_in_sections(file: File) -> None:
    """Leave a line free before every list and mapping at the top, where the author did so before any key."""
    others = file.top.parts[1:]
    if not any(map(_has_gap, others)):
        return
    for part in others:
        if isinstance(part.node, Collection) and lines.in_row(part.node) is None:
            if part.before:
                part.before[0].is_after_gap = True
            else:
                part.is_after_gap = True


def _has_gap(part: Part) -> bool:
    return part.before[0].is_after_gap if part.before else part.is_after_gap
