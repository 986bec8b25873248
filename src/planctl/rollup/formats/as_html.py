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


def write(rollup: Rollup) -> bytes:
    """Return the page."""
    every = pages(rollup)
    *first, documents = (page.table for page in every)
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
    rendered = render(sheet, Template(f"planctl:templates/{_TEMPLATE}", shipped_content(_TEMPLATE)))
    assert rendered.content is not None, rendered.findings  # noqa: S101  # the shipped template shows every sheet
    return rendered.content
