"""Other words in the paragraphs and cells of a Word part; how they look stays.

In: elements of a part. Out: the same elements changed in place, or new ones that look like them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.xml import (
    BR,
    CR,
    NO_BREAK_HYPHEN,
    PPR,
    RPR,
    SPACE,
    TAB,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    P,
    R,
    T,
    W,
    place_after,
    properties_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.render.wordml.xml import Element

_PICTURES = tuple(f"{W}{name}" for name in ("drawing", "pict", "object"))
_SIGNS = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}
_BEFORE_NUMBERS = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_BEFORE_CAPITALS = ("rStyle", "rFonts", "b", "bCs", "i", "iCs")
_BEFORE_ALIGNMENT = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap",
)  # fmt: skip


# What stands there


def paragraphs_of(element: Element) -> list[Element]:
    """Return the paragraphs of a cell, or the paragraph itself."""
    return [element] if element.tag == P else [child for child in element if child.tag == P]


def text_of(paragraph: Element) -> str:
    """Return what a paragraph says, a sign for each tab and break."""
    return "".join(sign for _node, sign in _signs(paragraph))


def is_blank(element: Element) -> bool:
    """Tell whether an element shows neither text nor a picture, and begins no page or section."""
    shows = any((text.text or "").strip() for text in element.iter(T))
    return not shows and next(element.iter(*_PICTURES, TBL, f"{W}sectPr"), None) is None


def _signs(paragraph: Element) -> list[tuple[Element, str]]:
    """Return the texts, tabs and breaks of a paragraph, those of text boxes on it left out."""
    return [
        (node, (node.text or "") if node.tag == T else _SIGNS[node.tag])
        for node in paragraph.iter(T, *_SIGNS)
        if node.getparent().tag == R and next(node.iterancestors(P)) is paragraph
    ]


def look_of(paragraph: Element) -> Element | None:
    """Return a copy of how the first letters of a paragraph look; of an empty one, how letters in it would."""
    for node, sign in _signs(paragraph):
        if sign.strip():
            found = node.getparent().find(RPR)
            return None if found is None else deepcopy(found)
    found = paragraph.find(f"{PPR}/{RPR}")
    return None if found is None else deepcopy(found)


# Other words


def set_words(paragraph: Element, *words: str, capitals: bool = False) -> None:
    """Let a paragraph say these words, a run for each, as its first letters look; its pictures stay."""
    look = look_of(paragraph)
    for child in list(paragraph):
        if child.tag != PPR and next(child.iter(*_PICTURES), None) is None:
            paragraph.remove(child)
    paragraph.extend(_run(text, look, capitals=capitals) for text in words)


def add_words(paragraph: Element, words: str) -> None:
    """Put words behind those of a paragraph, as its first letters look."""
    paragraph.append(_run(words, look_of(paragraph), capitals=False))


def _run(text: str, look: Element | None, *, capitals: bool) -> Element:
    run = etree.Element(R)
    if look is not None:
        run.append(deepcopy(look))
    if capitals:
        properties = properties_of(run, RPR)
        if properties.find(f"{W}caps") is None:
            place_after(properties, _BEFORE_CAPITALS, etree.Element(f"{W}caps"))
    written = etree.SubElement(run, T)
    written.text = text
    written.set(SPACE, "preserve")
    return run


def put(paragraph: Element, spans: Iterable[tuple[int, int, str]]) -> None:
    """Put words in the place of parts of a paragraph's text (from, up to, words), as their first letters look."""
    for start, end, words in sorted(spans, reverse=True):
        at, is_put = 0, False
        for node, sign in _signs(paragraph):
            begins, ends = at, at + len(sign)
            at = ends
            if ends <= start or begins >= end:
                continue
            if node.tag != T:
                node.getparent().remove(node)
                continue
            before, after = sign[: max(start - begins, 0)], sign[max(end - begins, 0) :]
            node.text = f"{before}{'' if is_put else words}{after}"
            node.set(SPACE, "preserve")
            is_put = True


def set_capitals(paragraph: Element, words: str) -> None:
    """Show the run with these words in capitals."""
    for run in paragraph.iter(R):
        if any(words in (text.text or "") for text in run.iter(T)):
            properties = properties_of(run, RPR)
            if properties.find(f"{W}caps") is None:
                place_after(properties, _BEFORE_CAPITALS, etree.Element(f"{W}caps"))


def set_cell(cell: Element, paragraphs: Iterable[Element]) -> None:
    """Let a cell hold these paragraphs and nothing else."""
    for child in list(cell):
        if child.tag != TCPR:
            cell.remove(child)
    cell.extend(paragraphs)


def emptied(cell: Element) -> None:
    """Leave one empty paragraph in a cell."""
    first = next(iter(paragraphs_of(cell)), None)
    paragraph = etree.Element(P) if first is None else first
    set_words(paragraph)
    set_cell(cell, [paragraph])


# New ones


def like(paragraph: Element | None, *words: str, capitals: bool = False) -> Element:
    """Return a new paragraph with these words that looks like another."""
    new: Element = etree.Element(P)
    if paragraph is not None and (properties := paragraph.find(PPR)) is not None:
        new.append(deepcopy(properties))
        for one in list(new.iter(f"{W}sectPr", f"{W}pageBreakBefore")):
            one.getparent().remove(one)
    look = None if paragraph is None else look_of(paragraph)
    new.extend(_run(text, look, capitals=capitals) for text in words)
    return new


def without_list(paragraph: Element) -> Element:
    """Take a paragraph out of the list that counts it."""
    properties = properties_of(paragraph, PPR)
    for name in ("numPr", "ind"):
        for found in properties.findall(f"{W}{name}"):
            properties.remove(found)
    none = etree.Element(f"{W}numPr")
    etree.SubElement(none, f"{W}ilvl", {VAL: "0"})
    etree.SubElement(none, f"{W}numId", {VAL: "0"})
    place_after(properties, _BEFORE_NUMBERS, none)
    return paragraph


def indented(paragraph: Element, twips: int, *, hanging: int) -> Element:
    """Move a paragraph to the right, its first line less."""
    properties = properties_of(paragraph, PPR)
    for found in properties.findall(f"{W}ind"):
        properties.remove(found)
    indent = etree.Element(f"{W}ind", {f"{W}left": str(twips), f"{W}hanging": str(hanging)})
    place_after(properties, _BEFORE_ALIGNMENT[:-4], indent)
    return paragraph


def aligned(paragraph: Element, side: str) -> Element:
    """Align a paragraph: `right`, `center`."""
    properties = properties_of(paragraph, PPR)
    for found in properties.findall(f"{W}jc"):
        properties.remove(found)
    place_after(properties, _BEFORE_ALIGNMENT, etree.Element(f"{W}jc", {VAL: side}))
    return paragraph


def command(text: str) -> Element:
    """Return a paragraph that holds nothing but a loop or a condition, small and grey; no built document has it."""
    paragraph = etree.Element(P)
    run = etree.SubElement(paragraph, R)
    look = etree.SubElement(run, RPR)
    etree.SubElement(look, f"{W}color", {VAL: "808080"})
    etree.SubElement(look, f"{W}sz", {VAL: "14"})
    etree.SubElement(run, T).text = text
    return paragraph


def command_row(text: str, columns: int) -> Element:
    """Return a row of one cell that holds nothing but a loop or a condition."""
    row = etree.Element(TR)
    cell = etree.SubElement(row, TC)
    properties = etree.SubElement(cell, TCPR)
    etree.SubElement(properties, f"{W}tcW", {f"{W}w": "0", f"{W}type": "auto"})
    if columns > 1:
        etree.SubElement(properties, f"{W}gridSpan", {VAL: str(columns)})
    cell.append(command(text))
    return row


def around(first: Element, opening: str, last: Element, closing: str) -> None:
    """Put a loop or a condition around siblings."""
    first.addprevious(command(opening))
    last.addnext(command(closing))


def remove(element: Element) -> None:
    """Take an element out; the cell that it leaves empty gets an empty paragraph."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == TC and not any(child.tag == P for child in parent):
        etree.SubElement(parent, P)


def siblings(first: Element, last: Element) -> Iterator[Element]:
    """Yield the elements from one to another of the same parent, both included."""
    element = first
    while element is not None:
        yield element
        if element is last:
            return
        element = element.getnext()


def unmerged(cell: Element) -> None:
    """Take a cell out of a vertical merge."""
    for properties in cell.findall(TCPR):
        for found in properties.findall(f"{W}vMerge"):
            properties.remove(found)


def may_break(row: Element) -> None:
    """Make a row none that Word repeats as a heading."""
    for found in row.findall(f"{TRPR}/{W}tblHeader"):
        found.getparent().remove(found)
