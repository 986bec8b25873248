"""Words of authors in Markdown of the GitHub flavour: shown as they are, whatever they hold.

`literal` is for files, of which Markdown is all that is made. `inert` is for comments on a forge, which looks for
names, numbers and addresses in the finished page once more, where no escape is left: a joiner of no width parts them
there. `inert_html` is the same inside an HTML element, where nothing is read as Markdown.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BREAK = "<br>"

_SIGNS = re.compile(r"[\\`*_<>\[\]#|~$]|&(?=#?\w)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LIST_SIGN = re.compile(r"^(?:(?=[-+=])|([0-9]{1,9})(?=[.)](?: |$)))")
"""What would make a list or a heading of a paragraph that begins with it."""

_LINE_END = re.compile("\r\n|\r|\n")

_PARTED = re.compile(
    r"""
      (?<=@)(?=\S)                      # @name, name@office.mn
    | (?<=[\#!%&~$^])(?=\w)             # issues, merge requests, labels and other references: #12, !12, ~name
    | (?<=GH)(?=-\d)                    # GH-12
    | (?<=:)(?=//|[\w+-]+:)             # https://, :smile:
    | (?<=www)(?=\.)                    # www.
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMIT = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])([0-9a-f]{4})([0-9a-f]{3,36})\b")
"""What may be the beginning of a commit's id: letters and digits, as numbers of seven digits are money here."""

_NO_WIDTH = "\u2060"
_NO_WIDTH_WRITTEN = "&#8288;"
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the order of letters round, so that a reader sees another text than the one that is there."""


def literal(text: str) -> str:
    """Return a text that is shown as it is, in one line of Markdown with a break for each of its own."""
    return BREAK.join(map(_escaped, _LINE_END.split(text.strip())))


def paragraph(text: str) -> str:
    """Return a text as one paragraph, whatever it begins with."""
    return at_start(literal(text))


def at_start(markdown: str) -> str:
    """Return the beginning of a paragraph that is taken for no list."""
    return _LIST_SIGN.sub(r"\1\\", markdown)


def inert(text: str) -> str:
    """Return a text in one line that is shown as it is, and of which a forge makes no link, mention or reference."""
    return _escaped(_parted(text)).replace(_NO_WIDTH, _NO_WIDTH_WRITTEN)


def inert_html(text: str) -> str:
    """Return the same as HTML."""
    return escape(_parted(text)).replace(_NO_WIDTH, _NO_WIDTH_WRITTEN)


def table_of(lines: Iterable[Sequence[str]], centred: Sequence[bool]) -> str:
    """Return a table, of which the first line is the headings; all cells are Markdown already."""
    headings, *rows = lines
    rule = [":-:" if one else "---" for one in centred]
    return "\n".join(map(row_of, (headings, rule, *rows)))


def row_of(cells: Sequence[str]) -> str:
    """Return a line of a table."""
    return f"| {' | '.join(cells)} |"


def _escaped(line: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", line)


def _parted(text: str) -> str:
    """Return a text in one line, its signs parted from what would make a reference of them."""
    shown = _TURNING.sub(lambda found: f"(U+{ord(found[0]):04X})", text)
    line = " ".join(_LINE_END.split(shown.strip()))
    return _COMMIT.sub(rf"\1{_NO_WIDTH}\2", _PARTED.sub(_NO_WIDTH, line))
