"""The signatures below a sheet as those of a template: the first one as a pattern, repeated for each who signs.

In: what was read of a sheet, and its XML. Out: the same XML, changed in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.importer.signing import in_order_of_signing, is_end_mark
from planctl.importer.uses import Use
from planctl.learning.wording import (
    add_words,
    around,
    command,
    command_row,
    is_blank,
    like,
    paragraphs_of,
    put,
    remove,
    set_capitals,
    set_words,
    siblings,
    text_of,
)
from planctl.render.wordml.tables import cells_of, rows_of, span_of
from planctl.render.wordml.xml import TBL, TR, P
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.forms.paper import Paper, SignatoryLine
    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.place import Place
    from planctl.render.wordml.xml import Element

_BELOW = {Use.SIGNATURE, Use.PASSAGE, Use.PAGE}
PARTS = ("caption", "post", "name")
ALL = "sheet.signatures"
_FOR, _END = "{%p for signature in sheet.signatures %}", "{%p endfor %}"
_RULE = r"[\s._…\-–—:/\\,]"


@dataclass(slots=True)
class _Line:
    """A paragraph of a signature, and what of its text is the caption, the post and the name."""

    paragraph: Element
    signature: int
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    place: Place | None = None
    further: tuple[str, ...] = ()


def learn_signatures(  # noqa: PLR0913  # what a sheet is made of
    paper: Paper, standing: Standing, used: Mapping[Place, Used], table: Element, account: Account, *, has_end: bool
) -> None:
    """Put tags into the signatures below `table`; `has_end` is whether the sheet has an end mark of its own."""
    below = [one for one in used.values() if one.use in _BELOW and not one.place.part]
    units = [
        (one.place, paragraph)
        for one in in_order_of_signing(below)
        if (element := standing.at(one.place)) is not None
        for paragraph in paragraphs_of(element)
        if text_of(paragraph).strip()
    ]
    marks = [(place, paragraph) for place, paragraph in units if is_end_mark(text_of(paragraph))]
    signed = {place for place, one in used.items() if one.use is Use.SIGNATURE}
    lines = _lines([one for one in units if one not in marks and one[0] in signed], paper.signatories)
    if lines:
        _learn_lines(lines, account)
    else:
        _add(table, marks, account)
    if has_end:
        _learn_end(table, marks, account)


# Which words are whose


def _lines(units: Sequence[tuple[Place, Element]], signatories: Sequence[SignatoryLine]) -> list[_Line]:
    """Return the paragraphs of the signatures, each with its parts found again in its text."""
    lines: list[_Line] = []
    at = 0
    has_caption = has_post = False
    for place, paragraph in units:
        if at >= len(signatories):
            break
        text = text_of(paragraph)
        if at + 1 < len(signatories) and signatories[at].name is None and _caption(text, signatories[at + 1]):
            at, has_caption, has_post = at + 1, False, False
        one = signatories[at]
        line = _Line(paragraph, at, place=place)
        start, end = 0, len(text)
        if not has_caption and (found := _caption(text, one)):
            line.spans.append((*found, "caption"))
            has_caption, start = True, found[1]
        name = _name(text[start:], one)
        if name:
            line.spans.append((start + name[0], start + name[1], "name"))
            end = start + name[0]
        if one.post and (found := _post(text[start:end], one.post.text)):
            line.spans.append((start + found[0], start + found[1], "" if has_post else "post"))
            has_post = True
        lines.append(line)
        if name:
            at, has_caption, has_post = at + 1, False, False
    return lines


def _caption(text: str, one: SignatoryLine) -> tuple[int, int] | None:
    if one.caption is None:
        return None
    match = re.search(r"\s+".join(map(re.escape, one.caption.text.split())), text, re.IGNORECASE)
    return match.span() if match else None


def _name(text: str, one: SignatoryLine) -> tuple[int, int] | None:
    if one.name is None:
        return None
    match = re.search(r"\s*\.\s*".join(map(re.escape, one.name.text.split("."))), text)
    return match.span() if match else None


def _post(text: str, post: str) -> tuple[int, int] | None:
    """Return where a part of the post stands in a text, without the rule that is signed on."""
    left = len(text) - len(re.sub(rf"^{_RULE}+", "", text))
    right = len(re.sub(rf"{_RULE}+$", "", text))
    words = " ".join(text[left:right].split())
    return (left, right) if words and words in " ".join(post.split()) else None


# The tags


def _learn_lines(lines: list[_Line], account: Account) -> None:
    groups: dict[int, list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.signature, []).append(line)
    ordered = [groups[at] for at in sorted(groups)]
    place = lines[0].place
    _complete(ordered)
    if _are_siblings(lines):
        _loop_paragraphs(ordered)
    elif (rows := _rows_apart(ordered)) is not None:
        _loop_rows(ordered, rows)
    else:
        _number(ordered)
        account.tell(
            _("{place}: signatures side by side ({n}) → {tag}; further ones follow below"),
            place=place,
            n=len(ordered),
            tag="{{ sheet.signatures[0].name }}",
        )
        return
    account.tell(
        _("{place}: the signatures → {tag}, repeated for each who signs"),
        place=place,
        tag="{{ signature.caption }}, {{ signature.post }}, {{ signature.name }}",
    )


def _complete(groups: list[list[_Line]]) -> None:
    """Have every part of a signature shown: one that is left out stands behind the others, if there is one."""
    for group in groups:
        shown = {part for line in group for _start, _end, part in line.spans}
        group[-1].further = tuple(part for part in PARTS if part not in shown)


def _put(line: _Line, holder: str, condition: str = "") -> None:
    guard = f' if {condition} else ""' if condition else ""
    text = text_of(line.paragraph)
    spans = []
    for start, end, part in line.spans:
        tag = f"{{{{ {holder}.{part}{guard} }}}}" if part else ""
        spans.append((start, end, tag))
    put(line.paragraph, spans)
    for part in line.further:
        value = f"{holder}.{part}"
        wanted = " and ".join(filter(None, (condition, f'{value} != "-"')))
        add_words(line.paragraph, f'{{{{ " " ~ {value} if {wanted} else "" }}}}')
    for start, end, part in line.spans:
        if part and part != "name" and text[start:end].isupper():
            set_capitals(line.paragraph, f"{{{{ {holder}.{part}{guard} }}}}")


def _are_siblings(lines: Sequence[_Line]) -> bool:
    """Tell whether the lines are paragraphs of the text, one below the other."""
    parent = lines[0].paragraph.getparent()
    if any(line.paragraph.getparent() is not parent for line in lines):
        return False
    return all(one.tag == P for one in siblings(lines[0].paragraph, lines[-1].paragraph))


def _loop_paragraphs(groups: list[list[_Line]]) -> None:
    first, last = groups[0][0].paragraph, groups[0][-1].paragraph
    ends = last
    if len(groups) > 1:
        others = list(siblings(groups[1][0].paragraph, groups[-1][-1].paragraph))
        while (after := ends.getnext()) is not None and after is not others[0] and is_blank(after):
            ends = after
        for element in others:
            remove(element)
    for line in groups[0]:
        _put(line, "signature")
    around(first, _FOR, ends, _END)
    if ends is not last:
        around(last.getnext(), "{%p if not loop.last %}", ends, "{%p endif %}")


def _row_of(line: _Line) -> Element | None:
    return next(line.paragraph.iterancestors(TR), None)


def _rows_apart(groups: list[list[_Line]]) -> list[tuple[Element, Element]] | None:
    """Return the first and last row of each signature, where each has rows of its own in one table."""
    found: list[tuple[Element, Element]] = []
    table = next(groups[0][0].paragraph.iterancestors(TBL), None)
    if table is None:
        return None
    kept = list(rows_of(table))
    order = {id(row): at for at, row in enumerate(kept)}
    last = -1
    for group in groups:
        places = [order.get(id(_row_of(line)), -1) for line in group]
        if min(places) <= last:
            return None
        found.append((kept[min(places)], kept[max(places)]))
        last = max(places)
    return found


def _loop_rows(groups: list[list[_Line]], rows: list[tuple[Element, Element]]) -> None:
    first, last = rows[0]
    ends = last
    width = sum(map(span_of, cells_of(first)))
    if len(rows) > 1:
        begins = rows[1][0]
        while (after := ends.getnext()) is not None and after is not begins:
            ends = after
        for element in list(siblings(begins, rows[-1][1])):
            element.getparent().remove(element)
    for line in groups[0]:
        _put(line, "signature")
    first.addprevious(command_row("{%tr for signature in sheet.signatures %}", width))
    ends.addnext(command_row("{%tr endfor %}", width))
    if ends is not last:
        last.addnext(command_row("{%tr if not loop.last %}", width))
        ends.addnext(command_row("{%tr endif %}", width))


def _number(groups: list[list[_Line]]) -> None:
    """Give each signature its own place, and put those for whom there is none below."""
    for at, group in enumerate(groups):
        for line in group:
            _put(line, f"{ALL}[{at}]", f"{ALL}|length > {at}")
    last = groups[-1][-1].paragraph
    outer = [last, *last.iterancestors(TBL)][-1]
    pattern = groups[0][-1].paragraph
    further = like(pattern, "{{ signature.caption }} {{ signature.post }} {{ signature.name }}")
    outer.addnext(further)
    around(further, f"{{%p for signature in {ALL}[{len(groups)}:] %}}", further, _END)


def _add(table: Element, marks: Sequence[tuple[Place, Element]], account: Account) -> None:
    """Put signatures below a sheet that has none."""
    before = next((paragraph for _place, paragraph in marks if paragraph.getparent() is table.getparent()), None)
    lines = [like(None, "{{ signature.caption }}"), like(None, "{{ signature.post }}\t{{ signature.name }}")]
    new = [command(_FOR), *lines, command(_END)]
    if before is not None:
        for element in new:
            before.addprevious(element)
    else:
        for element in reversed(new):
            table.addnext(element)
    account.tell(_("the sheet has no signatures; {tag} stand below the table"), tag="{{ signature.name }}")


def _learn_end(table: Element, marks: Sequence[tuple[Place, Element]], account: Account) -> None:
    tag = "{{ sheet.end_mark }}"
    if marks:
        place, paragraph = marks[-1]
        set_words(paragraph, tag)
        account.tell(_("{place}: the end mark → {tag}"), place=place, tag=tag)
        return
    body = table.getparent()
    new = like(None, tag)
    last = [child for child in body if not child.tag.endswith("sectPr")][-1]
    last.addnext(new)
