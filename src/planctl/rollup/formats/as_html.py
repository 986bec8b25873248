"""The roll-up as one page of HTML that prints well, made as every sheet is.

In: a roll-up. Out: UTF-8 text that loads nothing from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.output.template_store import GENERAL, shipped_content
from planctl.render import Template
from planctl.render.html import render
from planctl.report.sheet import Heading, Sheet
from planctl.rollup.pages import heading_of, headline, pages

if TYPE_CHECKING:
    from planctl.rollup.account import Rollup

_TEMPLATE = GENERAL[".html"]
_TOGETHER = b"""\
@media print {
  h2 { break-after: avoid; }
  table:not(:has(tbody tr:nth-child(16))) { break-inside: avoid; }
}
"""
"""Many tables share the pages: none is parted from its title, and short ones are not parted at all."""


def write(rollup: Rollup) -> bytes:
    """Return the page."""
    every = pages(rollup)
    *first, documents = (table for page in every for table in (page.table, page.legend) if table)
    sheet = Sheet(
        stem="rollup",
        name="rollup",
        template="rollup",
        organisation="",
        heading=Heading(title=heading_of(rollup), date="", place="", note=headline(rollup)),
        tables=tuple(first),
        remarks=tuple(remark for page in every for remark in page.remarks),
        annexes=(documents,),
    )
    template = shipped_content(_TEMPLATE).replace(b"</style>", _TOGETHER + b"</style>", 1)
    rendered = render(sheet, Template(f"planctl:templates/{_TEMPLATE}", template))
    assert rendered.content is not None, rendered.findings  # noqa: S101  # the shipped template shows every sheet
    return rendered.content
