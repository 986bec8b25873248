"""What people really type as a value: quotation marks, brackets, signs and colons that YAML takes for something else.

In: a value with the lines that may go on with it. Out: what was found, and the lines as they were meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.source.shown import quoted

if TYPE_CHECKING:
    from planctl.source.proof import Mended


LOOK_AHEAD_LINES = 1000
"""How far below its beginning the end of a quoted text or a list is looked for; keeps the work linear."""

_COLON = re.compile(r":(?=\s|$)")
_COMMENT = re.compile(r"(?<=\S)\s+#(?=\s|$).*")
_ANY_COMMENT = re.compile(r"(?<=\S)\s+#.*")
_REST_IS_COMMENT = re.compile(r"\s+#.*|\s*")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?:\s+#.*|\s*)$")
_PROPERTY = re.compile(r"[&*!][!\w.:/<>-]*(?:\s+|$)", re.ASCII)
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"'(?:[^']|'')*'", re.DOTALL)}
_NO_ESCAPE = re.compile(
    r"\\(?:x(?![0-9A-Fa-f]{2})|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8})|[^0abt\tnvfre \"/\\N_LPxuU\n])"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FLOW_TOKEN = re.compile(
    r"""(?<=[\s\[{,:])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')|(?<=\s)\#.*|[\[\]{}]""",
)
_SIGN_CODES = {"&": "yaml-anchor", "*": "yaml-alias", "!": "yaml-tag"}
_SIGN_VALUES = {"&": "anchor", "*": "alias", "!": "tag"}
_NAMED = re.compile(r"\s*(?:-\s+)*[A-Za-z_][\w-]*:(?:\s|$)")


@dataclass(slots=True)
class Value:
    """A value that begins in one line and may go on in the next ones; `parent` is the column it must stay right of."""

    line: int
    column: int
    text: str
    parent: int
    has_key: bool


class Values:
    """Looks at the values of a file; `is_empty` tells whether the last one was nothing but a sign of YAML's own."""

    def __init__(self, mended: Mended) -> None:
        self._mended = mended
        self.is_empty = False

    def look(self, value: Value) -> int:
        """Look at a value; return the line after its last one."""
        self.is_empty = False
        return self._look(value)

    def _look(self, value: Value) -> int:
        match value.text[0]:
            case "|" | ">":
                look = self._block
            case '"' | "'":
                look = self._quotation
            case "[" | "{":
                look = self._flow
            case "&" | "*" | "!":
                look = self._sign
            case "%" | "@" | "`" | "," | "]" | "}":
                look = self._reserved
            case "?":
                look = self._question
            case "-":
                look = self._dash
            case _:
                look = self._plain
        return look(value)

    def _reserved(self, value: Value) -> int:
        return self._requote(value, "reserved-sign-at-start", value.line, value.column, sign=value.text[0])

    def _question(self, value: Value) -> int:
        return self._reserved(value) if value.has_key and not value.text[1:2].strip() else self._plain(value)

    def _dash(self, value: Value) -> int:
        if value.has_key and not value.text[1:2].strip():
            return self._requote(value, "dash-as-value", value.line, value.column)
        return self._plain(value)

    def _block(self, value: Value) -> int:
        if _BLOCK_HEADER.match(value.text) is None:
            sign = value.text[0]
            return self._requote(value, "block-sign-at-start", value.line, value.column, sign=sign)
        line = value.line + 1
        while line < len(self._mended.lines) and self._in_block(line, value.parent):
            line += 1
        return line

    def _in_block(self, line: int, parent: int) -> bool:
        """Return whether the line is text of the block; tabs before it count as indentation and become spaces."""
        text = self._mended.lines[line]
        blanks = len(text) - len(text.lstrip())
        if blanks == len(text):
            return True
        if "\t" in text[: min(blanks, parent + 1)]:
            self._mended.note("tab-indentation", line, text.index("\t"))
            self._mended.lines[line] = text[:blanks].replace("\t", " " * (parent + 1)) + text[blanks:]
        return len(self._mended.lines[line]) - len(self._mended.lines[line].lstrip(" ")) > parent

    def _sign(self, value: Value) -> int:
        sign = value.text[0]
        if not value.has_key and _COLON.search(value.text):
            return value.line + 1
        if _looks_like_text(value.text):
            word = value.text.split(maxsplit=1)[0]
            return self._requote(value, _SIGN_CODES[sign], value.line, value.column, **{_SIGN_VALUES[sign]: word})
        found = _PROPERTY.match(value.text)
        end = found.end() if found else 1
        value.text, value.column = value.text[end:], value.column + end
        if not value.text or value.text.startswith("#"):
            self.is_empty = True
            return value.line + 1
        return value.line + 1 if value.text[0] in "&*!" else self._look(value)

    def _quotation(self, value: Value) -> int:
        mark = value.text[0]
        last = self._closing_line(value)
        if last is None:
            return self._close_quote(value)
        whole = "\n".join((value.text, *self._mended.lines[value.line + 1 : last + 1]))
        closed = _CLOSED[mark].match(whole)
        inside = closed.group() if closed else whole
        rest = whole[len(inside) :]
        if _REST_IS_COMMENT.fullmatch(rest) is None:
            return self._text_after_quote(value, whole, rest, last)
        escape = _meaningless_escape(inside) if mark == '"' else None
        if escape is not None and last == value.line:
            meant = "'" + _ESCAPE.sub(_unescaped, inside[1:-1]).replace("'", "''") + "'"
            self._replace(value, len(inside), meant)
            column = value.column + escape.start()
            self._mended.correct("backslash-in-quotes", value.line, column, value.line, sequence=escape.group())
        return last + 1

    def _closing_line(self, value: Value) -> int | None:
        """Return the line with the closing mark, or None when another key comes first."""
        closed = _CLOSED[value.text[0]]
        if closed.match(value.text):
            return value.line
        text = value.text
        for line in self._below(value):
            following = self._mended.lines[line]
            if self._is_sibling(following, value.parent):
                return None
            text += "\n" + following
            if value.text[0] in following and closed.match(text):
                return line
        return None

    def _below(self, value: Value) -> range:
        return range(value.line + 1, min(value.line + LOOK_AHEAD_LINES, len(self._mended.lines)))

    def _is_sibling(self, text: str, parent: int) -> bool:
        """Return whether the line has a key or a dash and stands no deeper than the value's own."""
        begins = _NAMED.match(text) is not None or text.lstrip(" ").startswith("- ")
        return begins and len(text) - len(text.lstrip(" ")) <= parent

    def _close_quote(self, value: Value) -> int:
        """Close the mark at the end of its line."""
        text = value.text.rstrip()
        meant = text + value.text[0] if _CLOSED[value.text[0]].fullmatch(text + value.text[0]) else quoted(text)
        self._replace(value, len(value.text), meant)
        self._mended.correct("unclosed-quote", value.line, value.column, value.line)
        return value.line + 1

    def _text_after_quote(self, value: Value, whole: str, rest: str, last: int) -> int:
        before = whole[: len(whole) - len(rest)]
        line = value.line + before.count("\n")
        column = value.column + len(before) if line == value.line else len(before) - before.rindex("\n") - 1
        column += len(rest) - len(rest.lstrip())
        if last == value.line and _wraps(value.text):
            text = value.text.rstrip()
            self._replace(value, len(value.text), quoted(text[1:-1]))
            self._mended.correct("text-after-quote", line, column, value.line)
            return last + 1
        return self._requote(value, "text-after-quote", line, column)

    def _flow(self, value: Value) -> int:
        """Look for the closing bracket, in this line or in following ones that are no keys."""
        in_this_line = value.text.count("'") % 2 == value.text.count('"') % 2 == 0
        end = _flow_end(value.text) if in_this_line else None
        if end is not None:
            return self._after_flow(value, end)
        siblings = (line for line in self._below(value) if self._is_sibling(self._mended.lines[line], value.parent))
        last = next(siblings, self._below(value).stop)
        end = _flow_end("\n".join((value.text, *self._mended.lines[value.line + 1 : last])))
        if end is None:
            return self._close_flow(value)
        return self._after_flow(value, end) if end <= len(value.text) else last

    def _after_flow(self, value: Value, end: int) -> int:
        rest = value.text[end:]
        if _REST_IS_COMMENT.fullmatch(rest) or (rest.lstrip().startswith(":") and not value.has_key):
            return value.line + 1
        column = value.column + end + len(rest) - len(rest.lstrip())
        return self._requote(value, "text-after-bracket", value.line, column)

    def _close_flow(self, value: Value) -> int:
        text = _ANY_COMMENT.sub("", value.text).rstrip()
        opened = [token.group() for token in _FLOW_TOKEN.finditer(text) if token.group() in "[{"]
        closed = sum(token.group() in {"]", "}"} for token in _FLOW_TOKEN.finditer(text))
        meant = text + "".join("]" if mark == "[" else "}" for mark in reversed(opened[: len(opened) - closed]))
        self._replace(value, len(value.text), meant)
        self._mended.correct("unclosed-bracket", value.line, value.column, value.line)
        return value.line + 1

    def _plain(self, value: Value) -> int:
        last = self._last_plain_line(value)
        for line in range(value.line, last + 1):
            start = value.column if line == value.line else 0
            colon = _COLON.search(_ANY_COMMENT.sub("", self._mended.lines[line]), start)
            if colon is not None:
                return self._requote(value, "colon-in-text", line, colon.start())
        return last + 1

    def _last_plain_line(self, value: Value) -> int:
        last = value.line
        if _ANY_COMMENT.search(value.text):
            return last
        for line in range(value.line + 1, len(self._mended.lines)):
            text = self._mended.lines[line]
            if not text.strip():
                continue
            if not self._continues(text, value):
                break
            last = line
            if _ANY_COMMENT.search(text):
                break
        return last

    def _continues(self, text: str, value: Value) -> bool:
        """Return whether the line goes on with a plain text: deeper than its key, and no key or comment itself."""
        depth = len(text) - len(text.lstrip())
        return depth > value.parent and not text.lstrip().startswith("#") and _NAMED.match(text) is None

    def _requote(self, value: Value, code: str, line: int, column: int, **values: str) -> int:
        """Put the whole value, with the lines that go on with it, in quotation marks."""
        last = self._last_plain_line(value)
        text = _COMMENT.sub("", value.text).rstrip()
        if last == value.line:
            self._replace(value, len(text), quoted(text))
        else:
            self._quote_lines(value, last)
        self._mended.correct(code, line, column, value.line, **values)
        return last + 1

    def _quote_lines(self, value: Value, last: int) -> None:
        lines = self._mended.lines
        lines[last] = _COMMENT.sub("", lines[last])
        for line in range(value.line + 1, last + 1):
            lines[line] = lines[line].replace("'", "''")
        lines[value.line] = lines[value.line][: value.column] + "'" + value.text.replace("'", "''")
        lines[last] = lines[last].rstrip() + "'"

    def _replace(self, value: Value, length: int, meant: str) -> None:
        self._mended.replace(value.line, value.column, length, meant)


def _looks_like_text(value: str) -> bool:
    """Return whether a value that begins with & * or ! was meant as text, not as YAML's own sign."""
    sign = _PROPERTY.match(value)
    if sign is None or sign.group().strip() in {"&", "*", "!"}:
        return True
    return value[0] in "&*" and len(value) > sign.end() and value[sign.end()].isalpha()


def _flow_end(text: str) -> int | None:
    """Return the offset behind the bracket that closes the first one, or None."""
    depth = 0
    for token in _FLOW_TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        if depth == 0:
            return token.end()
    return None


def _meaningless_escape(text: str) -> re.Match[str] | None:
    """Return the first backslash sequence that YAML does not know; two backslashes are one sequence."""
    escapes = (_NO_ESCAPE.match(text, escape.start()) for escape in _ESCAPE.finditer(text))
    return next((escape for escape in escapes if escape is not None), None)


def _unescaped(escape: re.Match[str]) -> str:
    return escape[1] if escape[1] in '"\\/' else escape.group()


def _wraps(text: str) -> bool:
    """Return whether the outer marks were meant to hold the whole value: "Баялаг "шинэ" хөтөлбөр", 'it's'."""
    value = text.rstrip()
    mark = value[0]
    second = value.find(mark, 1)
    if not value.endswith(mark) or second in {-1, len(value) - 1}:
        return False
    return value[second - 1].isspace() or value[second + 1].isalnum()
