"""From a file's bytes to its text: UTF-8, or a finding that names what the file is written in instead."""

from __future__ import annotations

import codecs
import re

from planctl.diagnostics import Diagnostic, Span, finding

OLD_CODE_PAGES = ("cp1251", "cp866", "koi8-r")
"""The 8-bit encodings of Cyrillic that old programs still write, the likeliest first."""

_UTF_16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WORD = "[А-ЯЁӨҮ]?[а-яёөү]+|[А-ЯЁӨҮ]+"
"""Compiled where it is wanted: nearly all files are UTF-8."""


def decoded(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text without a byte order mark.

    A file in another encoding is a finding; its text is read as what it seems to be, so that its other faults show.
    """
    for mark, encoding in _UTF_16_MARKS.items():
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return text, (finding("not-utf8", Span(path), encoding="UTF-16"),)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _decoded_otherwise(data, path, error.start)


def _decoded_otherwise(data: bytes, path: str, bad: int) -> tuple[str, tuple[Diagnostic, ...]]:
    read = data[:bad].decode("utf-8-sig", errors="replace")
    lines = re.split("\r\n|\r|\n", read)
    span = Span(path, len(lines), len(lines[-1]) + 1)
    if not read.isascii():
        text = data.decode("utf-8-sig", errors="replace")
        return text, (finding("not-utf8", span, byte=f"0x{data[bad]:02X}"),)
    encoding = likely_code_page(data)
    return data.decode(encoding, errors="replace"), (finding("not-utf8", span, encoding=encoding),)


def likely_code_page(data: bytes) -> str:
    """Return the old encoding in which most of the letters form words as people write them."""
    sample = data[:100_000]

    def letters_in_words(encoding: str) -> int:
        words = re.findall(_WORD, sample.decode(encoding, errors="replace"))
        return sum(len(word) ** 2 for word in words)

    return max(OLD_CODE_PAGES, key=letters_in_words)
