"""HTML sheets: one file by itself, from the office's own template.

In: a sheet and the template's bytes. Out: UTF-8 text that shows every value of the sheet, or findings about the
template.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.render import Rendered, Trial
from planctl.render.headings import column_widths, heading_rows
from planctl.render.presence import folded, losses
from planctl.render.sandbox import carried_out_as_far
from planctl.render.svg import drawn

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.render import Template
    from planctl.report.sheet import Sheet

_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "mark", "q", "s", "small", "span"})
_INLINE_TOO = frozenset({"strong", "sub", "sup", "time", "u", "var", "wbr"})
_HIDDEN = frozenset({"script", "style", "svg", "template", "title"})
"""What shows no value of the sheet: a chart repeats those of its table, and stands for none of them."""


def render(sheet: Sheet, template: Template | None) -> Rendered:
    """Return the sheet as HTML; a finding names the template and the line of the tag.

    Errors: not-utf8, template-loses-value and those of a tag (see `sandbox`).
    """
    if template is None:
        raise TypeError("an HTML sheet starts from a template")
    written, faults = _filled(sheet, template)
    if written is None or faults:
        return Rendered(None, faults)
    missing = losses(sheet, shown_lines(written), template.path, shown_as=folded)
    return Rendered(None, missing) if missing else Rendered(written.encode())


def trial(sheet: Sheet, template: Template) -> Trial:
    """Return what the template shows of the sheet, and the faults of the file and its tags."""
    written, faults = _filled(sheet, template)
    return Trial(faults) if written is None else Trial(faults, tuple(shown_lines(written)))


def _filled(sheet: Sheet, template: Template) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the page, None where a fault hides it, and the findings of file and tags."""
    try:
        source = template.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        span = Span(template.path, fault.object.count(b"\n", 0, fault.start) + 1)
        return None, (finding("not-utf8", span, byte=f"0x{fault.object[fault.start]:02X}"),)
    context = {"sheet": sheet, "heading_rows": heading_rows, "column_widths": column_widths, "drawn": drawn}
    written, faults = carried_out_as_far(source, context)
    found = (
        finding(fault.code, Span(template.path, fault.line), paragraph=_line(source, fault.line), **fault.values)
        for fault in faults
    )
    return None if written is None else written.strip("\n") + "\n", tuple(found)


def shown_lines(page: str) -> list[str]:
    """Return the lines of text that a reader of the page sees, with one space for any run of them."""
    reader = _Shown()
    reader.feed(page)
    reader.close()
    return reader.lines()


def _line(source: str, number: int) -> str:
    lines = re.split("\r\n|\r|\n", source)
    return lines[min(number, len(lines)) - 1].strip()


class _Shown(HTMLParser):
    """Collects the text between tags; every tag that is not one of running text begins a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's
        if tag in _HIDDEN:
            self._hidden.append(tag)
        self._line_end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        self._line_end(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._pieces and self._pieces[-1][-1:].isdigit() and data[:1].isdigit():
            # `<span>25</span><span>1</span>`: two values, of which the presence test would see neither in "251".
            self._pieces.append(" ")
        self._pieces.append(data)

    def lines(self) -> list[str]:
        return [line for line in map(folded, "".join(self._pieces).split("\n")) if line]

    def _line_end(self, tag: str) -> None:
        if tag not in _INLINE and tag not in _INLINE_TOO:
            self._pieces.append("\n")
