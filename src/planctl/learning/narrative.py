"""A text of several paragraphs as a template has it: a pattern for each kind and level of paragraph, in a loop.

In: paragraphs that an office wrote in the text's place, and which of them stand in lists. Out: new paragraphs.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from planctl.learning.wording import command, indented, is_blank, like, text_of, without_list
from planctl.render.wordml.xml import PPR, VAL, W

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.importer.lines import Label
    from planctl.render.wordml.xml import Element

_LEVELS = (1, 2, 3)
_INDENT = 284
"""Twips, half a centimetre."""
_BULLET = re.compile(r"\s*-\s+\S")
_NUMBER = re.compile(r"\s*\d{1,3}\.\s+\S")


def plain_of(donors: Sequence[Element], labels: Mapping[Element, Label]) -> Element | None:
    """Return the paragraph that plain text is to look like: the first with words that is in no list."""
    filled = [one for one in donors if not is_blank(one)]
    unlisted = [one for one in filled if one not in labels]
    if found := [*(one for one in unlisted if not _typed(one)), *unlisted]:
        return found[0]
    for one in (*filled, *donors):
        return without_list(deepcopy(one)) if one in labels else one
    return None


def narrative(
    blocks: str, donors: Sequence[Element], labels: Mapping[Element, Label], before: tuple[str, ...] = ()
) -> list[Element]:
    """Return the paragraphs that show `blocks`, each behind the words `before`."""
    plain = plain_of(donors, labels)
    branches: list[Element] = []
    for kind in ("bullet", "number"):
        for level in _LEVELS:
            condition = f"block.level {'<=' if level == 1 else '>=' if level == _LEVELS[-1] else '=='} {level}"
            word = "elif" if branches else "if"
            branches.append(command(f'{{%p {word} block.kind == "{kind}" and {condition} %}}'))
            branches.append(_listed(kind, level, donors, labels, before))
    return [
        command(f"{{%p for block in {blocks} %}}"),
        *branches,
        command("{%p else %}"),
        like(plain, *before, "{{ block.text }}"),
        command("{%p endif %}"),
        command("{%p else %}"),
        like(plain, *before, ""),
        command("{%p endfor %}"),
    ]


def _listed(
    kind: str, level: int, donors: Sequence[Element], labels: Mapping[Element, Label], before: tuple[str, ...]
) -> Element:
    """Return the paragraph of a list's item: as the office's own are, or typed behind a dash or number."""
    inside = "{{ block.text }}"
    own = [
        (label, one)
        for one in donors
        if (label := labels.get(one)) is not None and label.is_bullet == (kind == "bullet")
    ]
    if own:
        depths = sorted({(label.left, label.depth) for label, _one in own})
        nearest = depths[min(level, len(depths)) - 1]
        one = next(one for label, one in own if (label.left, label.depth) == nearest)
        return _deeper(like(one, *before, inside), level - min(level, len(depths)))
    sign = "-" if kind == "bullet" else "{{ block.ordinal }}."
    typed = next((one for one in donors if _typed(one) == kind), None)
    new = like(plain_of(donors, labels) if typed is None else typed, *before, f"{sign} {inside}")
    if typed is not None and level == 1:
        return new
    return indented(new, _INDENT * level, hanging=_INDENT if typed is None else 0)


def _typed(paragraph: Element) -> str:
    """Return what kind of list a paragraph's own first sign makes it an item of; "" for none."""
    text = text_of(paragraph)
    if _BULLET.match(text):
        return "bullet"
    return "number" if _NUMBER.match(text) else ""


def _deeper(paragraph: Element, levels: int) -> Element:
    """Put a paragraph of a list so many levels deeper in it, where the paragraph itself says its level."""
    number = paragraph.find(f"{PPR}/{W}numPr")
    if number is None or not levels:
        return paragraph
    depth = number.find(f"{W}ilvl")
    if depth is None:
        depth = etree.Element(f"{W}ilvl", {VAL: "0"})
        number.insert(0, depth)
    depth.set(VAL, str(int(depth.get(VAL, "0")) + levels))
    properties = paragraph.find(PPR)
    for found in properties.findall(f"{W}ind"):
        properties.remove(found)
    return paragraph
