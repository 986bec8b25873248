"""An altered tree of values as text: what did not change is copied from the author's text, sign by sign.

In: the text and its `Value`s, some of them changed. Out: pieces of the new text, in order. A piece is either a stretch
of the old text, by its offsets, or something new.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from planctl.authoring import lines
from planctl.authoring.parts import Collection, File, Part, Remark, Scalar
from planctl.authoring.scalars import STEP, in_line
from planctl.authoring.written import keyed, node_of, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.authoring.written import Entry, Tree, Value

Piece: TypeAlias = "tuple[int, int] | str"

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_BLOCKS = frozenset("|>")
_FREE_LINE = re.compile(r"\n[ \t]*\n")
_IN_APOSTROPHES = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")


def rewritten(text: str, top: Value) -> list[Piece]:
    """Return the pieces of the whole new text."""
    writer = _Writer(text)
    if top.is_new:
        break_ = "" if not text or text.endswith("\n") else "\n"
        return [(0, len(text)), break_, *writer.added(top), "\n"]
    inner: Iterable[Piece] = writer.value(top)
    if _is_emptied(top):
        inner = ["{}"]
    elif _is_filled(top, text):
        inner = writer.added(top)
    return [(0, top.start), *inner, (top.end, len(text))]


def document(tree: Mapping[str, Tree], *, remarks: Sequence[str]) -> str:
    """Return a whole new file with its remarks at the top; a line stands free before each list of blocks."""
    head = [Remark(f"# {remark}".rstrip(), 0) for remark in remarks]
    parts = [part_of(keyed(key, value)) for key, value in tree.items()]
    top = Collection(is_mapping=True, is_in_row=False, parts=parts)
    return "\n".join(lines.of_file(File(head, has_gap_below_head=False, top=top))) + "\n"


class _Writer:
    """Holds the text that is copied from."""

    def __init__(self, text: str) -> None:
        self._text = text

    # Lists and mappings that stay

    def value(self, value: Value) -> Iterator[Piece]:
        """Yield a list or mapping that stands in the text and keeps an entry, or a scalar."""
        if not value.is_changed:
            yield value.start, value.end
        elif value.is_in_row:
            yield from self._row(value)
        else:
            yield from self._below(value)

    def _below(self, value: Value) -> Iterator[Piece]:
        """Yield entries that stand one below the other."""
        gaps = _Gaps(self._text, value)
        previous: Entry | None = None
        for entry in value.standing():
            yield from gaps.between(previous, entry)
            if entry.is_new:
                yield from self._new(entry, value.column)
            else:
                yield from self._old(entry, value.column)
            previous = entry
        yield from gaps.rest()

    def _new(self, entry: Entry, column: int) -> Iterator[Piece]:
        yield "\n".join(lines.of_entry(_without_gap(part_of(entry)), column))[column:]

    def added(self, value: Value) -> Iterator[Piece]:
        """Yield the entries of a whole new file."""
        for at, entry in enumerate(value.standing()):
            yield "\n" if at else ""
            yield from self._new(entry, 0)

    def _old(self, entry: Entry, column: int) -> Iterator[Piece]:
        """Yield an entry that stands in the text, with what changed in it."""
        yield entry.first, entry.start
        yield from self._key(entry)
        value = entry.value
        if entry.was is None and not _is_emptied(value) and not _is_filled(value, self._text):
            yield entry.head_end, value.start
            yield from self.value(value)
            yield value.end, entry.end
        else:
            yield from self._replaced(entry, entry.was or value, column)

    def _key(self, entry: Entry, *, in_row: bool = False) -> Iterator[Piece]:
        if entry.new_key is None:
            yield entry.start, entry.head_end
            return
        yield self._scalar_in_line(entry.new_key, self._text[entry.start], in_row=in_row)
        yield entry.key_end, entry.head_end

    # A value in the place of another

    def _replaced(self, entry: Entry, was: Value, column: int) -> Iterator[Piece]:
        """Yield what stands behind an entry's key or dash; remarks stay behind it or below."""
        inline, below = self._forms(entry, was, column)
        is_in_line = was.is_in_row or (was.kind == "scalar" and was.style not in _BLOCKS and was.end > was.start)
        if is_in_line and inline and not below:
            yield from ((entry.head_end, was.start), inline, (was.end, entry.end))
            return
        behind, others, rest = self._remarks(entry, was, column)
        if below and entry.value.kind == "scalar":
            # Remarks as deep as the lines of a text would be taken for more of it.
            rest = "".join(f"\n{' ' * column}{line.strip()}".rstrip(" ") for line in (*others, *rest.split("\n")[1:]))
            others = []
        yield f" {inline}" if inline else ""
        yield behind
        yield "".join(f"\n{line}" for line in (*others, *below))
        yield rest

    def _forms(self, entry: Entry, was: Value, column: int) -> tuple[str, list[str]]:
        """Return what stands on the line of the key or dash, and the lines below."""
        value = entry.value
        if value.kind == "scalar" and value.text is not None and "\n" not in value.text:
            return self._scalar_in_line(value.text, was.style), []
        node = node_of(value)
        if isinstance(node, Collection) and not value.is_new:
            node.is_in_row = False
        inline, below = lines.of_value(Part(None if entry.key is None else Scalar("key"), node), column)
        if was.style in _BLOCKS and value.kind == "scalar":
            below = self._as_deep_as(was, below, column + STEP)
        return inline, below

    def _as_deep_as(self, was: Value, below: Sequence[str], column: int) -> list[str]:
        """Return the lines of a text, which stand in a column, as deep as those of the text that it replaces."""
        header, *old = self._text[was.start : was.end].split("\n")
        first = next((line for line in old if line.strip()), "")
        is_counted = header[1:3].strip("+-").isdigit() or any(line[column : column + 1] == " " for line in below[:1])
        depth = column if is_counted or not first else len(first) - len(first.lstrip(" "))
        return [" " * depth + line[column:] if line else "" for line in below]

    def _scalar_in_line(self, text: str, style: str, *, in_row: bool = False) -> str:
        """Return a text of one line in the quotation marks that stood there, where it can stand in them."""
        if style == "'" and _IN_APOSTROPHES.fullmatch(text):
            return "'" + text.replace("'", "''") + "'"
        return in_line(Scalar(text, is_quoted=style == '"'), in_row=in_row, keeps_quotes=style == '"')

    def _remarks(self, entry: Entry, was: Value, column: int) -> tuple[str, list[str], str]:
        """Return the remark on the line of the head with its margin, those on lines of their own, and what follows."""
        text = self._text
        head, *above = text[entry.head_end : was.start].split("\n")
        tail, mark, rest = text[was.end : entry.end].partition("\n")
        header = ""
        if was.style in _BLOCKS:
            header = _BLOCK_HEADER.sub("", text[was.start : was.end].split("\n", 1)[0], count=1)
        behind = [one for one in (head, header, tail) if "#" in one]
        others = [line for line in above if "#" in line]
        if was is entry.value:
            gaps = (text[one.end : other.first] for one, other in pairwise(was.entries))
            others += [line for gap in gaps for line in gap.split("\n") if "#" in line]
        others += [" " * (column + STEP) + one.strip() for one in behind[1:]]
        return (behind or [""])[0], others, mark + rest

    # Rows in brackets

    def _row(self, value: Value) -> Iterator[Piece]:
        """Yield a row; its brackets, and what stands between entries that stay neighbours, remain."""
        old = value.entries
        standing = list(value.standing())
        if not old or not standing:
            inside = value.end - 1 if not old else value.start + 1
            yield from ((value.start, inside), ", ".join(map(_in_row_entry, standing)), (value.end - 1, value.end))
            return
        at = {id(entry): number for number, entry in enumerate(old)}
        yield value.start, old[0].first
        for number, entry in enumerate(standing):
            if number:
                before, here = at.get(id(standing[number - 1])), at.get(id(entry))
                is_kept = before is not None and here is not None and here == before + 1
                between = (old[before].end, old[here].first) if is_kept else ", "  # type: ignore[index]
                yield between
            if entry.is_new:
                yield _in_row_entry(entry)
            else:
                yield from self._old_in_row(entry)
        yield old[-1].end, value.end

    def _old_in_row(self, entry: Entry) -> Iterator[Piece]:
        if entry.name is not None:
            yield from self._key(entry, in_row=True)
        value = entry.value
        if entry.was is None:
            yield (entry.head_end, value.start)
            yield from self.value(value)
            return
        was = entry.was
        between = self._text[entry.head_end : was.start]
        if entry.key is not None and entry.head_end == entry.key_end:
            between = ": "
        is_text = value.kind == "scalar" and value.text is not None
        word = self._scalar_in_line(value.text or "", was.style, in_row=True) if is_text else _word(value)
        yield (between or (" " if entry.key is not None else "")) + word


def _is_emptied(value: Value) -> bool:
    return value.is_changed and not value.is_new and bool(value.entries) and not any(True for _one in value.standing())


def _is_filled(value: Value, text: str) -> bool:
    """Tell whether entries came into empty brackets, which they need not stand in."""
    is_empty = value.is_in_row and not value.entries
    return value.is_changed and not value.is_new and is_empty and "#" not in text[value.start : value.end]


def _without_gap(part: Part) -> Part:
    part.is_after_gap = False
    for remark in part.before[:1]:
        remark.is_after_gap = False
    return part


def _in_row_entry(entry: Entry) -> str:
    word = _word(entry.value)
    return word if entry.name is None else f"{in_line(Scalar(entry.name), in_row=True)}: {word}"


def _word(value: Value) -> str:
    """Return a value as it stands between brackets."""
    if value.kind == "scalar":
        return in_line(Scalar(value.text), in_row=True)
    inner = ", ".join(_in_row_entry(entry) for entry in value.standing())
    return f"{{{inner}}}" if value.kind == "mapping" else f"[{inner}]"


class _Gaps:
    """What stands between the entries of a list or mapping: line ends, free lines, remarks that are nobody's.

    Each gap stays before the entry that it stood before; where entries change places it stays where it is.
    """

    def __init__(self, text: str, value: Value) -> None:
        self._text = text
        self._margin = " " * value.column
        self._old = value.entries
        self._at = {id(entry): number for number, entry in enumerate(value.entries)}
        kept = [self._at[id(entry)] for entry in value.standing() if not entry.is_new]
        if kept != sorted(kept):
            self._at = {id(self._old[old]): place for place, old in enumerate(kept)}
            self._at[id(self._old[kept[-1]])] = len(self._old) - 1
        self._next = 0
        """The first gap that was not given out."""

    def between(self, previous: Entry | None, entry: Entry) -> Iterator[Piece]:
        """Yield what stands before an entry; nothing before the first, but for the remarks of gaps that went."""
        upto = self._at.get(id(entry.leads if entry.leads and entry.is_new else entry), self._next)
        gaps = [(self._old[at].end, self._old[at + 1].first) for at in range(self._next, upto)]
        self._next = max(upto, self._next)
        if previous is None:
            yield self._joined(gaps).lstrip()
        elif not gaps:
            yield self._free(previous, entry)
        elif len(gaps) == 1:
            yield gaps[0]
        else:
            yield self._joined(gaps) or max((self._text[start:end] for start, end in gaps), key=len)

    def rest(self) -> Iterator[Piece]:
        """Yield the remarks that stood behind the last entry that stays."""
        yield self._joined(
            [(self._old[at].end, self._old[at + 1].first) for at in range(self._next, len(self._old) - 1)]
        ).rstrip()

    def _joined(self, gaps: Sequence[tuple[int, int]]) -> str:
        """Return the gaps that hold remarks, as one."""
        told = [self._text[start:end] for start, end in gaps if "#" in self._text[start:end]]
        return "".join([*(one.rstrip(" ") for one in told[:1]), *(one.rstrip(" ")[1:] for one in told[1:])]) + (
            self._margin if told else ""
        )

    def _free(self, previous: Entry, entry: Entry) -> str:
        """Return a new gap, with a free line in it where the others have one."""
        is_open = not previous.is_new and self._text[previous.end - 1] == "\n"
        is_apart = (entry.is_apart or self._is_airy) and not is_open
        return ("\n\n" if is_apart else "\n") + self._margin

    @cached_property
    def _is_airy(self) -> bool:
        gaps = [self._text[one.end : other.first] for one, other in pairwise(self._old)]
        return sum(_FREE_LINE.match(gap) is not None for gap in gaps) > len(gaps) / 2
