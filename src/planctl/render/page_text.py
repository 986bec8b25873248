"""The lines of text that a reader of a web page sees.

In: a page. Out: its lines, with one space for any run of them. Python's parser goes from tag to tag and takes longer
than the page took to be made; so a page of tags and text alone, which nearly every one is, has its tags taken out at
once, and a test compares the two. Comments, scripts, unusual attributes and all that is in doubt are the parser's.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from planctl.render.presence import folded

_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "mark", "q", "s", "small", "span"}) | {
    *("strong", "sub", "sup", "time", "u", "var", "wbr")
}
_HIDDEN = frozenset({"script", "style", "svg", "template", "title"})
"""What shows no value of the sheet: a chart repeats those of its table, and stands for none of them."""

_ATTRIBUTES = r"""(?: [^<>"'/]*(?:"[^"<>]*"[^<>"'/]*)*)?"""
"""Those without a value, without quotes, or in double ones."""

_DOCTYPE = re.compile(r"\A\s*<!doctype html>", re.IGNORECASE)
_TAG = re.compile(f"</?[a-z][a-z0-9]*{_ATTRIBUTES}/?>")
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE))})(?![a-z0-9]){_ATTRIBUTES}/?>")
_HIDDEN_TEXT = re.compile(rf"<style{_ATTRIBUTES}>[^\0]*?</style>|<title{_ATTRIBUTES}>[^<\0]*</title>")
"""What opens a style within a title is a tag to some parsers and text to others, so such a title is left."""

_CHART = re.compile(rf"<svg{_ATTRIBUTES}>[^\0]*?</svg>")
_RAW = re.compile("<(?:script|template|textarea|xmp|iframe|noembed|noframes|noscript|plaintext)", re.IGNORECASE)
_UNCLOSED = re.compile("<(?:style|title)")
_MARK = "\0"
_BETWEEN_DIGITS = re.compile(rf"{_MARK}(?<=\w{_MARK}){_MARK}*(?=\w)")


def shown_lines(page: str) -> list[str]:
    """Return the lines of text that a reader of the page sees, with one space for any run of them."""
    text = _text(page)
    if text is None:
        return parsed_lines(page)
    return [line for line in map(folded, filter(None, text.split("\n"))) if line]


def _text(page: str) -> str | None:
    """Return what stands between the tags of a page of the plainest kind, None for another."""
    if _MARK in page or _RAW.search(page):
        return None
    text = _HIDDEN_TEXT.sub("\n", _DOCTYPE.sub("", page))
    if _UNCLOSED.search(text):
        return None
    text = _CHART.sub("\n", text)
    if "<svg" in text:
        return None
    text = _TAG.sub("\n", _INLINE_TAG.sub(_MARK, text))
    return None if "<" in text else _BETWEEN_DIGITS.sub(_between, unescape(text)).replace(_MARK, "")


def _between(marks: re.Match[str]) -> str:
    return " " if marks.string[marks.start() - 1].isdigit() and marks.string[marks.end()].isdigit() else ""


def parsed_lines(page: str) -> list[str]:
    """Return the same lines of any page."""
    reader = _Shown()
    reader.feed(page)
    reader.close()
    return reader.lines()


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
        if tag not in _INLINE:
            self._pieces.append("\n")
