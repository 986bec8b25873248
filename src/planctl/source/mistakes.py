"""What people really type where YAML expects something else: recognised, explained, and mended in memory.

In: the text of a file that a YAML parser refuses. Out: a `Proof`: what was found, and the text as the author meant
it, line by line, so that reading can go on. It looks at the lines alone, as a person does; only what no parser would
accept counts as a mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile

from planctl.source.mistaken_values import LOOK_AHEAD_LINES, Value, Values
from planctl.source.proof import Mended, Proof
from planctl.source.shown import shortened

TAB_WIDTH = 2

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
_GLUED = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?!//)[^\s:]")
_GLUED_DASH = re.compile(r" *-(?=[^\s\d-])")


def proofread(text: str) -> Proof:
    """Return every mistake of the file with the text as it was meant."""
    mended = Mended(text.split("\n"))
    _Proofreader(mended, Values(mended)).run()
    return Proof("\n".join(mended.lines), tuple(mended.mistakes), mended.moved)


@dataclass(slots=True)
class _Proofreader:
    _mended: Mended
    _values: Values
    open: list[tuple[int, bool]] = field(default_factory=list)
    """Column of each block that is open, and whether it is a list."""
    pending: bool = True
    """Whether the line before has no value, so that deeper lines may follow."""
    parts: re.Match[str] | None = None
    """The parts of the line that was looked at last."""

    def run(self) -> None:
        line = 0
        while line < len(self._mended.lines):
            line = max(line + 1, self._line(line))

    def _line(self, line: int) -> int:
        """Look at one line outside of any text; return the next such line."""
        text = self._mended.lines[line].strip()
        if not text or text.startswith("#"):
            return line + 1
        if self._mended.lines[line].startswith(("---", "...", "%")):
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
        if self.parts is None or self.parts.string is not self._mended.lines[line]:
            self.parts = _match(self._mended.lines[line])
        return self.parts

    def _untab(self, line: int) -> None:
        """Turn the tabs before a key or an item into spaces."""
        text = self._mended.lines[line]
        before = _BEFORE.match(text) if "\t" in text else None
        prefix = before.group() if before else ""
        if "\t" in prefix:
            self._mended.note("tab-indentation", line, prefix.index("\t"))
            spaces = prefix.replace("\t", " " * TAB_WIDTH)
            self._mended.lines[line] = spaces + text[len(prefix) :]
            self._mended.move(line, len(spaces), len(spaces) - len(prefix))

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
        self._mended.note("bad-indentation", line, column, found=str(column + 1), expected=str(expected + 1))
        self._mended.lines[line] = " " * expected + self._mended.lines[line][column:]
        self._mended.move(line, expected, expected - column)

    def _untab_value(self, line: int) -> None:
        """Turn tabs between a key and its value into as many spaces; ruamel.yaml 0.19 refuses them."""
        entry = self._parts(line)
        if entry["key"] is not None and "\t" in (gap := entry["gap"]):
            self._mended.replace(line, entry.start("gap"), len(gap), " " * len(gap))

    def _space_after_dash(self, line: int) -> None:
        text = self._mended.lines[line]
        glued = _GLUED_DASH.match(text)
        if glued is not None and (dash := glued.end() - 1, True) in self.open:
            self._mended.lines[line] = f"{text[: dash + 1]} {text[dash + 1 :]}"
            self._mended.move(line, dash + 2, 1)
            self._mended.correct("missing-space-after-dash", line, dash, line)

    def _space_after_colon(self, line: int) -> None:
        entry = self._parts(line)
        glued = _GLUED.match(entry["content"])
        if entry["key"] is not None or glued is None:
            return
        column = entry.start("content")
        if (column, False) in self.open or self._next_column(line) == column:
            colon = column + glued.end("key") + 1
            text = self._mended.lines[line]
            self._mended.lines[line] = f"{text[:colon]} {text[colon:]}"
            self._mended.move(line, colon + 1, 1)
            self._mended.correct("missing-space-after-colon", line, colon - 1, line, key=glued["key"])

    def _next_column(self, line: int) -> int | None:
        """Return where the key of the next line begins, if that is a line with a key and without a dash."""
        following = next(
            (text for text in islice(self._mended.lines, line + 1, line + LOOK_AHEAD_LINES) if text.strip()), ""
        )
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
        following = self._values.look(Value(line, entry.start("value"), value, parent, key is not None))
        self.pending = self._values.is_empty
        return following

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
        text = self._mended.lines[line]
        if text.lstrip()[0] in "\"'[]{}|>&*!%@`,?":
            return line + 1
        self._mended.note("line-without-key", line, len(text) - len(text.lstrip()), text=shortened(text))
        self._mended.lines[line] = ""
        return line + 1


def _match(text: str) -> re.Match[str]:
    entry = _ENTRY.match(text)
    if entry is None:  # every part of the pattern may be empty
        raise AssertionError(text)
    return entry
