"""What people really type where YAML expects something else: recognised, explained, and mended in memory.

In: the text of a file that a YAML parser refuses. Out: a `Proof`: what was found, and the text as the author meant
it, line by line, so that reading can go on. It looks at the lines alone, as a person does; only what no parser would
accept counts as a mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from planctl.source.shown import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.source.document import Move

TAB_WIDTH = 2
LOOK_AHEAD_LINES = 1000
"""How far below its beginning the end of a quoted text or a list is looked for; keeps the work linear."""

_ENTRY = re.compile(
    r"""
    (?P<indent>\ *)
    (?P<dashes>(?:-(?:\ +|$))*)
    (?P<content>
      (?:(?P<key>"(?:[^"\\]|\\.)*"\ *|'(?:[^']|'')*'\ *|(?:[^\s"'\[\]{}|>&*!%@`,\#?-]|[?-](?=\S))(?:(?!\ \#).)*?)
         :(?=\s|$)(?P<gap>\s*))?
      (?P<value>.*)
    )
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"\s*(?:-\s+)*")
_NAMED = re.compile(r"\s*(?:-\s+)*[A-Za-z_][\w-]*:(?:\s|$)")
_GLUED = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?!//)[^\s:]")
_GLUED_DASH = re.compile(r" *-(?=[^\s\d-])")
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


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding to be: its code, its place in the given text (from 0), and what fills its sentences."""

    code: str
    line: int
    column: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """The text with all mistakes mended, the mistakes, and which lines were moved to the right by it."""

    text: str
    mistakes: tuple[Mistake, ...]
    moved: dict[int, tuple[Move, ...]]


def proofread(text: str) -> Proof:
    """Return every mistake of the file with the text as it was meant."""
    reader = _Proofreader(text.split("\n"))
    reader.run()
    return Proof("\n".join(reader.lines), tuple(reader.mistakes), reader.moved)


def looks_like_text(value: str) -> bool:
    """Return whether a value that begins with & * or ! was meant as text, not as YAML's own sign."""
    sign = _PROPERTY.match(value)
    if sign is None or sign.group().strip() in {"&", "*", "!"}:
        return True
    return value[0] in "&*" and len(value) > sign.end() and value[sign.end()].isalpha()


@dataclass(slots=True)
class _Value:
    """A value that begins in one line and may go on in the next ones; `parent` is the column it must stay right of."""

    line: int
    column: int
    text: str
    parent: int
    has_key: bool


@dataclass(slots=True)
class _Proofreader:
    lines: list[str]
    mistakes: list[Mistake] = field(default_factory=list)
    moved: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    open: list[tuple[int, bool]] = field(default_factory=list)
    """Column of each block that is open, and whether it is a list."""
    pending: bool = True
    """Whether the line before has no value, so that deeper lines may follow."""
    parts: re.Match[str] | None = None
    """The parts of the line that was looked at last."""

    def run(self) -> None:
        line = 0
        while line < len(self.lines):
            line = max(line + 1, self._line(line))

    def _line(self, line: int) -> int:
        """Look at one line outside of any text; return the next such line."""
        text = self.lines[line].strip()
        if not text or text.startswith("#"):
            return line + 1
        if self.lines[line].startswith(("---", "...", "%")):
            self.open.clear()
            self.pending = True
            return line + 1
        self._untab(line)
        self._untab_value(line)
        self._space_after_dash(line)
        self._indent(line)
        self._space_after_colon(line)
        return self._entry(line)

    def _parts(self, line: int) -> re.Match[str]:
        """Return the parts of a line; those of the line in hand are found once, as several looks are taken at it."""
        if self.parts is None or self.parts.string is not self.lines[line]:
            self.parts = _match(self.lines[line])
        return self.parts

    def _note(self, code: str, line: int, column: int, **values: str) -> None:
        self.mistakes.append(Mistake(code, line, column, values))

    def _move(self, line: int, start: int, columns: int) -> None:
        self.moved[line] = (*self.moved.get(line, ()), (start, columns))

    def _untab(self, line: int) -> None:
        """Turn the tabs before a key or an item into spaces."""
        text = self.lines[line]
        before = _BEFORE.match(text) if "\t" in text else None
        prefix = before.group() if before else ""
        if "\t" in prefix:
            self._note("tab-indentation", line, prefix.index("\t"))
            spaces = prefix.replace("\t", " " * TAB_WIDTH)
            self.lines[line] = spaces + text[len(prefix) :]
            self._move(line, len(spaces), len(spaces) - len(prefix))

    def _indent(self, line: int) -> None:
        """Close the blocks that end before this line, and bring a line that fits nowhere to its neighbours."""
        self._unindent_first(line)
        entry = self._parts(line)
        column, is_list = len(entry["indent"]), bool(entry["dashes"])
        closed = self._close(column, is_list=is_list)
        if self._fits(column, is_list=is_list):
            return
        if entry["key"] is None and not is_list:
            return
        columns = [at for at, listed in (*self.open, *closed) if listed == is_list]
        if columns:
            self._reindent(line, column, min(columns, key=lambda at: (abs(at - column), -at)))
            self.open += [block for block in closed if block not in self.open]
            self._close(len(self._parts(line)["indent"]), is_list=is_list)

    def _unindent_first(self, line: int) -> None:
        """Bring a first key that stands deeper than the second back to it."""
        column = len(self._parts(line)["indent"])
        below = self._next_column(line) if column and not self.open else None
        if below is not None and below < column and self._parts(line)["value"]:
            self._reindent(line, column, below)

    def _close(self, column: int, *, is_list: bool) -> list[tuple[int, bool]]:
        """Drop the blocks that a line at this column ends, and return them, the outer ones first."""
        kept = list(
            takewhile(lambda block: block[0] < column or (block[0] == column and (is_list or not block[1])), self.open)
        )
        closed = self.open[len(kept) :]
        self.open[:] = kept
        return closed

    def _fits(self, column: int, *, is_list: bool) -> bool:
        if not self.open or self.pending:
            return True
        at, listed = self.open[-1]
        return at == column and (listed == is_list)

    def _reindent(self, line: int, column: int, expected: int) -> None:
        self._note("bad-indentation", line, column, found=str(column + 1), expected=str(expected + 1))
        self.lines[line] = " " * expected + self.lines[line][column:]
        self._move(line, expected, expected - column)

    def _untab_value(self, line: int) -> None:
        """Turn tabs between a key and its value into as many spaces; ruamel.yaml 0.19 refuses them."""
        entry = self._parts(line)
        if entry["key"] is not None and "\t" in (gap := entry["gap"]):
            self._replace_at(line, entry.start("gap"), len(gap), " " * len(gap))

    def _space_after_dash(self, line: int) -> None:
        text = self.lines[line]
        glued = _GLUED_DASH.match(text)
        if glued is not None and (dash := glued.end() - 1, True) in self.open:
            self.lines[line] = f"{text[: dash + 1]} {text[dash + 1 :]}"
            self._move(line, dash + 2, 1)
            self._corrected("missing-space-after-dash", line, dash, line)

    def _space_after_colon(self, line: int) -> None:
        entry = self._parts(line)
        glued = _GLUED.match(entry["content"])
        if entry["key"] is not None or glued is None:
            return
        column = entry.start("content")
        if (column, False) in self.open or self._next_column(line) == column:
            colon = column + glued.end("key") + 1
            text = self.lines[line]
            self.lines[line] = f"{text[:colon]} {text[colon:]}"
            self._move(line, colon + 1, 1)
            self._corrected("missing-space-after-colon", line, colon - 1, line, key=glued["key"])

    def _next_column(self, line: int) -> int | None:
        """Return where the key of the next line begins, if that is a line with a key and without a dash."""
        following = next((text for text in islice(self.lines, line + 1, line + LOOK_AHEAD_LINES) if text.strip()), "")
        entry = _match(following.replace("\t", " " * TAB_WIDTH))
        return len(entry["indent"]) if entry["key"] is not None and not entry["dashes"] else None

    def _entry(self, line: int) -> int:
        entry = self._parts(line)
        self._open_blocks(entry)
        value, key = entry["value"], entry["key"]
        if key is None and not entry["dashes"] and (len(entry["indent"]), False) in self.open:
            return self._line_without_key(line)
        parent = entry.start("content") if key is not None else self._item_column(entry)
        self.pending = not value or value.startswith("#")
        if self.pending:
            return line + 1
        return self._value(_Value(line, entry.start("value"), value, parent, key is not None))

    def _open_blocks(self, entry: re.Match[str]) -> None:
        start = entry.start("dashes")
        lists = [(start + at, True) for at, sign in enumerate(entry["dashes"]) if sign == "-"]
        mapping = [] if entry["key"] is None else [(entry.start("content"), False)]
        self.open += [block for block in (*lists, *mapping) if block not in self.open]

    def _item_column(self, entry: re.Match[str]) -> int:
        """Return the column of the innermost dash; of the block outside when the line has neither key nor dash."""
        if entry["dashes"]:
            return entry.start("dashes") + entry["dashes"].rindex("-")
        return max((at for at, _ in self.open if at < len(entry["indent"])), default=-1)

    def _line_without_key(self, line: int) -> int:
        text = self.lines[line]
        if text.lstrip()[0] in "\"'[]{}|>&*!%@`,?":
            return line + 1
        self._note("line-without-key", line, len(text) - len(text.lstrip()), text=shortened(text))
        self.lines[line] = ""
        return line + 1

    def _value(self, value: _Value) -> int:
        """Look at a value; return the line after its last one."""
        return _BY_FIRST_SIGN.get(value.text[0], _Proofreader.plain)(self, value)

    def reserved(self, value: _Value) -> int:
        return self._requote(value, "reserved-sign-at-start", value.line, value.column, sign=value.text[0])

    def question(self, value: _Value) -> int:
        return self.reserved(value) if value.has_key and not value.text[1:2].strip() else self.plain(value)

    def dash(self, value: _Value) -> int:
        if value.has_key and not value.text[1:2].strip():
            return self._requote(value, "dash-as-value", value.line, value.column)
        return self.plain(value)

    def block(self, value: _Value) -> int:
        if _BLOCK_HEADER.match(value.text) is None:
            sign = value.text[0]
            return self._requote(value, "block-sign-at-start", value.line, value.column, sign=sign)
        line = value.line + 1
        while line < len(self.lines) and self._in_block(line, value.parent):
            line += 1
        return line

    def _in_block(self, line: int, parent: int) -> bool:
        """Return whether the line is text of the block; tabs before it count as indentation and become spaces."""
        text = self.lines[line]
        blanks = len(text) - len(text.lstrip())
        if blanks == len(text):
            return True
        if "\t" in text[: min(blanks, parent + 1)]:
            self._note("tab-indentation", line, text.index("\t"))
            self.lines[line] = text[:blanks].replace("\t", " " * (parent + 1)) + text[blanks:]
        return len(self.lines[line]) - len(self.lines[line].lstrip(" ")) > parent

    def sign(self, value: _Value) -> int:
        sign = value.text[0]
        if not value.has_key and _COLON.search(value.text):
            return value.line + 1
        if looks_like_text(value.text):
            word = value.text.split(maxsplit=1)[0]
            return self._requote(value, _SIGN_CODES[sign], value.line, value.column, **{_SIGN_VALUES[sign]: word})
        found = _PROPERTY.match(value.text)
        end = found.end() if found else 1
        value.text, value.column = value.text[end:], value.column + end
        if not value.text or value.text.startswith("#"):
            self.pending = True
            return value.line + 1
        return value.line + 1 if value.text[0] in "&*!" else self._value(value)

    def quotation(self, value: _Value) -> int:
        mark = value.text[0]
        last = self._closing_line(value)
        if last is None:
            return self._close_quote(value)
        whole = "\n".join((value.text, *self.lines[value.line + 1 : last + 1]))
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
            self._corrected("backslash-in-quotes", value.line, column, value.line, sequence=escape.group())
        return last + 1

    def _closing_line(self, value: _Value) -> int | None:
        """Return the line with the closing mark, or None when another key comes first."""
        closed = _CLOSED[value.text[0]]
        if closed.match(value.text):
            return value.line
        text = value.text
        for line in self._below(value):
            following = self.lines[line]
            if self._is_sibling(following, value.parent):
                return None
            text += "\n" + following
            if value.text[0] in following and closed.match(text):
                return line
        return None

    def _below(self, value: _Value) -> range:
        return range(value.line + 1, min(value.line + LOOK_AHEAD_LINES, len(self.lines)))

    def _is_sibling(self, text: str, parent: int) -> bool:
        """Return whether the line has a key or a dash and stands no deeper than the value's own."""
        begins = _NAMED.match(text) is not None or text.lstrip(" ").startswith("- ")
        return begins and len(text) - len(text.lstrip(" ")) <= parent

    def _close_quote(self, value: _Value) -> int:
        """Close the mark at the end of its line."""
        text = value.text.rstrip()
        meant = text + value.text[0] if _CLOSED[value.text[0]].fullmatch(text + value.text[0]) else quoted(text)
        self._replace(value, len(value.text), meant)
        self._corrected("unclosed-quote", value.line, value.column, value.line)
        return value.line + 1

    def _text_after_quote(self, value: _Value, whole: str, rest: str, last: int) -> int:
        before = whole[: len(whole) - len(rest)]
        line = value.line + before.count("\n")
        column = value.column + len(before) if line == value.line else len(before) - before.rindex("\n") - 1
        column += len(rest) - len(rest.lstrip())
        if last == value.line and _wraps(value.text):
            text = value.text.rstrip()
            self._replace(value, len(value.text), quoted(text[1:-1]))
            self._corrected("text-after-quote", line, column, value.line)
            return last + 1
        return self._requote(value, "text-after-quote", line, column)

    def flow(self, value: _Value) -> int:
        """Look for the closing bracket, in this line or in following ones that are no keys."""
        in_this_line = value.text.count("'") % 2 == value.text.count('"') % 2 == 0
        end = _flow_end(value.text) if in_this_line else None
        if end is not None:
            return self._after_flow(value, end)
        siblings = (line for line in self._below(value) if self._is_sibling(self.lines[line], value.parent))
        last = next(siblings, self._below(value).stop)
        end = _flow_end("\n".join((value.text, *self.lines[value.line + 1 : last])))
        if end is None:
            return self._close_flow(value)
        return self._after_flow(value, end) if end <= len(value.text) else last

    def _after_flow(self, value: _Value, end: int) -> int:
        rest = value.text[end:]
        if _REST_IS_COMMENT.fullmatch(rest) or (rest.lstrip().startswith(":") and not value.has_key):
            return value.line + 1
        column = value.column + end + len(rest) - len(rest.lstrip())
        return self._requote(value, "text-after-bracket", value.line, column)

    def _close_flow(self, value: _Value) -> int:
        text = _ANY_COMMENT.sub("", value.text).rstrip()
        opened = [token.group() for token in _FLOW_TOKEN.finditer(text) if token.group() in "[{"]
        closed = sum(token.group() in {"]", "}"} for token in _FLOW_TOKEN.finditer(text))
        meant = text + "".join("]" if mark == "[" else "}" for mark in reversed(opened[: len(opened) - closed]))
        self._replace(value, len(value.text), meant)
        self._corrected("unclosed-bracket", value.line, value.column, value.line)
        return value.line + 1

    def plain(self, value: _Value) -> int:
        last = self._last_plain_line(value)
        for line in range(value.line, last + 1):
            start = value.column if line == value.line else 0
            colon = _COLON.search(_ANY_COMMENT.sub("", self.lines[line]), start)
            if colon is not None:
                return self._requote(value, "colon-in-text", line, colon.start())
        return last + 1

    def _last_plain_line(self, value: _Value) -> int:
        last = value.line
        if _ANY_COMMENT.search(value.text):
            return last
        for line in range(value.line + 1, len(self.lines)):
            text = self.lines[line]
            if not text.strip():
                continue
            if not self._continues(text, value):
                break
            last = line
            if _ANY_COMMENT.search(text):
                break
        return last

    def _continues(self, text: str, value: _Value) -> bool:
        """Return whether the line goes on with a plain text: deeper than its key, and no key or comment itself."""
        depth = len(text) - len(text.lstrip())
        return depth > value.parent and not text.lstrip().startswith("#") and _NAMED.match(text) is None

    def _requote(self, value: _Value, code: str, line: int, column: int, **values: str) -> int:
        """Put the whole value, with the lines that go on with it, in quotation marks."""
        last = self._last_plain_line(value)
        text = _COMMENT.sub("", value.text).rstrip()
        if last == value.line:
            self._replace(value, len(text), quoted(text))
        else:
            self._quote_lines(value, last)
        self._corrected(code, line, column, value.line, **values)
        return last + 1

    def _quote_lines(self, value: _Value, last: int) -> None:
        lines = self.lines
        lines[last] = _COMMENT.sub("", lines[last])
        for line in range(value.line + 1, last + 1):
            lines[line] = lines[line].replace("'", "''")
        lines[value.line] = lines[value.line][: value.column] + "'" + value.text.replace("'", "''")
        lines[last] = lines[last].rstrip() + "'"

    def _replace(self, value: _Value, length: int, meant: str) -> None:
        self._replace_at(value.line, value.column, length, meant)

    def _replace_at(self, line: int, column: int, length: int, meant: str) -> None:
        text = self.lines[line]
        self.lines[line] = text[:column] + meant + text[column + length :]

    def _corrected(self, code: str, line: int, column: int, shown: int, **values: str) -> None:
        """Note the mistake together with its mended line."""
        self._note(code, line, column, corrected=shortened(self.lines[shown]), **values)


_BY_FIRST_SIGN: dict[str, Callable[[_Proofreader, _Value], int]] = {
    **dict.fromkeys("|>", _Proofreader.block),
    **dict.fromkeys("\"'", _Proofreader.quotation),
    **dict.fromkeys("[{", _Proofreader.flow),
    **dict.fromkeys("&*!", _Proofreader.sign),
    **dict.fromkeys("%@`,]}", _Proofreader.reserved),
    "?": _Proofreader.question,
    "-": _Proofreader.dash,
}


def _match(text: str) -> re.Match[str]:
    entry = _ENTRY.match(text)
    if entry is None:  # every part of the pattern may be empty
        raise AssertionError(text)
    return entry


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
