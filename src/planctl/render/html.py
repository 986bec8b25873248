"""HTML sheets: one file by itself, from the office's own template.

In: a sheet and the template's bytes. Out: UTF-8 text that shows every value of the sheet, or findings about the
template.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.render import Rendered, Trial
from planctl.render.headings import column_widths, heading_rows
from planctl.render.page_text import shown_lines
from planctl.render.presence import Balance, folded, losses
from planctl.render.sandbox import carried_out_as_far
from planctl.render.svg import drawn

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.render import Template
    from planctl.report.sheet import Sheet


def render(sheet: Sheet, template: Template | None) -> Rendered:
    """Return the sheet as HTML; a finding names the template and the line of the tag.

    Errors: not-utf8, template-loses-value and those of a tag (see `sandbox`).
    """
    if template is None:
        raise TypeError("an HTML sheet starts from a template")
    written, faults = _filled(sheet, template)
    if written is None or faults:
        return Rendered(None, faults)
    lines = shown_lines(written)
    balance = Balance(sheet, shown_as=folded)
    balance.show(lines)
    if balance.is_whole():
        return Rendered(written.encode())
    return Rendered(None, losses(sheet, lines, template.path, shown_as=folded))


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


def _line(source: str, number: int) -> str:
    lines = re.split("\r\n|\r|\n", source)
    return lines[min(number, len(lines)) - 1].strip()
