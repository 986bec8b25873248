"""Characters that have no business in a plan: from a file's text to findings, and to the text that can be parsed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, Span, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planctl.source.document import Page

SHOWN_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class _Kind:
    """Characters that one finding code is about, and what a parser sees instead of those that it refuses."""

    code: str
    characters: str
    describe: Callable[[str, int], dict[str, str] | None]
    seen_as: str | None = None


def check_characters(page: Page, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text with harmless characters for what no parser may see, and a finding for each suspicious character.

    The text keeps its length and its line breaks, so that every place in it stays what it was. `data` is it in UTF-8.
    """
    text, findings = page.text, list[Diagnostic]()
    for kind in _KINDS if _may_hold_controls(data) else _KINDS[1:]:
        present = "".join(character for character in kind.characters if character in text)
        if present:
            findings += _occurrences(kind, present, page)
            if kind.seen_as is not None:
                text = re.sub(f"[{re.escape(present)}]", kind.seen_as, text)
    return text, tuple(findings)


def _may_hold_controls(data: bytes) -> bool:
    """Tell whether a control character may be in the text: in one pass over its bytes in UTF-8.

    Asking for each of them takes longer than all else here: their values are also bytes of Cyrillic letters in memory.
    """
    if len(data.translate(None, _C0)) != len(data):
        return True
    return any(lead in data and pattern.search(data) for lead, pattern in _BEYOND_C0)


def limited(findings: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Return the first findings of one code, and a last one that counts the rest."""
    every = list(findings)
    yield from every[:SHOWN_OF_A_KIND]
    hidden = every[SHOWN_OF_A_KIND:]
    if hidden:
        yield finding("more-of-the-same", hidden[0].span, count=len(hidden), kind=hidden[0].code)


def _occurrences(kind: _Kind, present: str, page: Page) -> Iterable[Diagnostic]:
    found = re.finditer(f"[{re.escape(present)}]", page.text)
    return limited(
        finding(kind.code, span, **values)
        for match, span in _with_spans(found, page)
        if (values := kind.describe(page.text, match.start())) is not None
    )


def _with_spans(found: Iterable[re.Match[str]], page: Page) -> Iterable[tuple[re.Match[str], Span]]:
    """Yield each match with its place, counting lines only once."""
    line = line_start = seen = 0
    for match in found:
        start = match.start()
        line += page.text.count("\n", seen, start)
        line_start = max(line_start, page.text.rfind("\n", seen, start) + 1)
        seen = start
        yield match, Span(page.path, line + 1, start - line_start + 1)


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _named(text: str, offset: int) -> dict[str, str]:
    character = text[offset]
    return {"character": _code_point(character), "name": unicodedata.name(character, "no name").lower()}


def _numbered(text: str, offset: int) -> dict[str, str]:
    return {"character": _code_point(text[offset])}


def _nameless(_text: str, _offset: int) -> dict[str, str]:
    return {}


def _composed(text: str, offset: int) -> dict[str, str] | None:
    """Return the one letter that the two make, or None where they make no letter."""
    pair = text[max(0, offset - 1) : offset + 1]
    letter = unicodedata.normalize("NFC", pair)
    if len(pair) == len(letter):
        return None
    return {"composed": letter, "characters": " ".join(map(_code_point, pair))}


def _between(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_CONTROLS = (
    _between(0x00, 0x08)
    + "\x0b\x0c"
    + _between(0x0E, 0x1F)
    + _between(0x7F, 0x84)
    + _between(0x86, 0x9F)
    + _between(0xFDD0, 0xFDD4)
    + "\ufffe\uffff"
)

_C0 = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_BEYOND_C0 = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")),
    (b"\xef", re.compile(rb"\xef(?:\xb7[\x90-\x94]|\xbf[\xbe\xbf])")),
)

_KINDS = (
    _Kind("control-character", _CONTROLS, _numbered, seen_as=" "),
    _Kind("line-separator", "\x85\u2028\u2029", _named, seen_as=" "),
    _Kind("invisible-character", "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064", _named),
    _Kind("invisible-character", "\ufeff", _named, seen_as="\u2060"),
    _Kind("bidi-control", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", _named),
    _Kind("damaged-letter", "\ufffd", _nameless),
    _Kind("decomposed-letter", "\u0306\u0308", _composed),
)


_MARKER = re.compile(r"^(?:<{7} .*|={7}|>{7} .*|\|{7}(?: .*)?)$", re.MULTILINE)
_OTHER_VERSION = re.compile(r"^(?:={7}|\|{7}(?: .*)?)$[\s\S]*?^>{7} .*$", re.MULTILINE)


def check_conflicts(page: Page, text: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text with blank lines for the markers and for the second version, and a finding for each marker.

    `data` are its bytes, in which one sign alone is found or missed at once: most files have none.
    """
    if not (b"<" in data and "<<<<<<< " in text) and not (b">" in data and ">>>>>>> " in text):
        return text, ()
    findings = tuple(
        finding("conflict-marker", span, marker=match.group())
        for match, span in _with_spans(_MARKER.finditer(text), page)
    )
    first_version = _OTHER_VERSION.sub(lambda match: "\n" * match.group().count("\n"), text)
    return _MARKER.sub("", first_version), findings
