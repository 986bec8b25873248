"""How a text is written in YAML so that it is read back as the same text: plain, in quotes, or in lines of its own.

Every scalar of a plan is text to its reader, so nothing is put in quotes for looking like a number or a date.
"""

from __future__ import annotations

import re

from planctl.authoring.parts import NOTHING, Scalar

STEP = 2
"""Columns by which everything stands deeper than what holds it."""

_UNPRINTED = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML cannot hold as it is, or takes for the end of a line; tabs, as they look like spaces."""

_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=\w))(?:[^:#\n]|:(?! |$)|(?<! )#)*")
_IN_ROW = re.compile(r"[^,\[\]{}:?\"']*")
_MARGIN = re.compile(r"\n* ")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def in_line(scalar: Scalar, *, in_row: bool = False, keeps_quotes: bool = False) -> str:
    """Return a scalar as it stands in one line; in a row between brackets more must be quoted."""
    text = scalar.text
    if scalar.escaped:
        return scalar.escaped
    if text is None:
        return "null" if in_row else ""
    is_plain = _is_plain(text) and (not in_row or _IN_ROW.fullmatch(text) is not None)
    return text if is_plain and not (keeps_quotes and scalar.is_quoted) else quoted(text)


def is_plain_in_row(scalar: Scalar) -> bool:
    """Tell whether a scalar needs no quotes between brackets."""
    text = scalar.text
    return text is not None and not scalar.escaped and _is_plain(text) and _IN_ROW.fullmatch(text) is not None


def quoted(text: str) -> str:
    """Return the text in double quotes, or in single ones where those change less in it."""
    if ('"' in text or "\\" in text) and "\n" not in text and not _UNPRINTED.search(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return '"' + _UNPRINTED.sub(_code, escaped) + '"'


def block(scalar: Scalar) -> list[str] | None:
    """Return the header and the lines of a text of several lines, or None where it cannot stand so."""
    text = scalar.text
    if text is None or "\n" not in text or not text.strip() or scalar.escaped or _UNPRINTED.search(text):
        return None
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    margin = str(STEP) if _MARGIN.match(text) else ""
    lines = text.split("\n") if ends == 0 else text.split("\n")[:-1]
    return [f"|{margin}{('-', '', '+')[min(ends, 2)]}", *lines]


def _is_plain(text: str) -> bool:
    return (
        text not in NOTHING
        and text == text.strip()
        and not text.startswith("...")
        and _PLAIN.fullmatch(text) is not None
        and not _UNPRINTED.search(text)
    )


def _code(match: re.Match[str]) -> str:
    number = ord(match.group())
    if number <= 0xFF:  # noqa: PLR2004  # the last that two digits hold
        return f"\\x{number:02X}"
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004  # and four
