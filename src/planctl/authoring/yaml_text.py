"""YAML that planctl writes: a tree as text in the house's own hand, and entries put into a file that stays as it is.

In: plain trees, as `source/reader.py` gives them, with remarks. Out: text. Every scalar is text to planctl, so nothing
is put in quotes for looking like a number or a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.form import Loc
    from planctl.source.document import Document

Tree: TypeAlias = "str | Sequence[Tree] | Mapping[str, Tree] | Block | Row | None"

STEP = 2
"""Columns from a list's key to its dashes, and from a dash to the keys behind it."""

LONGEST_ROW = 80
"""Characters of a list of words that still stands in one row, `[legal, records]`."""

NEVER_FOLDED = 1_000_000_000

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for no value at all where it stands without quotes."""

_OTHER_BREAKS = re.compile("[\t\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ufeff]")
_SAFE_IN_ROW = re.compile(r"\w[\w#./-]*(?: [\w(][\w./)-]*)*")
"""What every parser reads the same in a row without quotes; libyaml takes `0?` for a key there."""

_EMPTY_ROW = re.compile(r"\[[ \t]*\]")


@dataclass(frozen=True, slots=True)
class Block:
    """An entry of a list that stands by itself: with a line left free before it, and its remarks above it."""

    value: Mapping[str, Tree]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A small mapping in one row: `{from: a#b, times: 1}`."""

    value: Mapping[str, str]


def plain(tree: Any) -> Any:
    """Return the tree as reading it back must give it."""
    match tree:
        case Block() | Row():
            return plain(tree.value)
        case dict():
            return {key: plain(value) for key, value in tree.items()}
        case list():
            return [plain(value) for value in tree]
        case _:
            return tree


def document(tree: Mapping[str, Any], *, remarks: Sequence[str]) -> str:
    """Return a whole file with its remarks at the top; a line stands free before each list of blocks."""
    top = _mapping(tree, 0)
    for key, value in tree.items():
        if isinstance(value, list) and any(isinstance(one, Block) for one in value):
            top.yaml_set_comment_before_after_key(key, before="\n")
    top.yaml_set_start_comment("\n".join(remarks))
    return _dumped(top)


def inserted(text: str, file: Document, additions: Mapping[Loc, Sequence[Block]]) -> str:
    """Return the text of a file with blocks at the end of its lists; every other line stays as it is.

    `additions` names the lists by their places. PlanctlError where a list stands in brackets, into which no lines can
    be put.
    """
    lines = text.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    # From the last line upwards, so that the places of the lists above stay what they are.
    for loc in sorted(additions, key=lambda loc: _gap(lines, file, loc), reverse=True):
        at, column = _gap(lines, file, loc)
        new = [f"{line}{ending}" for line in _entries(additions[loc], column)]
        if _is_new(file, loc):
            new[:1] = [ending, f"{loc[-1]}:{ending}"]
        elif not _is_block(lines, file, loc):
            new = new[1:]
            lines[at - 1] = _without_brackets(lines[at - 1], file, loc)
        if at == len(lines):
            lines[-1] += ending
            new = [*new, ""]
        lines[at:at] = new
    return "\n".join(lines)


def _entries(blocks: Sequence[Block], column: int) -> Iterator[str]:
    """Yield the lines of blocks whose dashes stand in a column, each block with a free line before it."""
    listed = _dumped(_listed(list(blocks), STEP)).rstrip("\n")
    yield ""
    for line in listed.split("\n"):
        yield f"{' ' * column}{line[STEP:]}" if line.strip() else ""


def _gap(lines: Sequence[str], file: Document, loc: Loc) -> tuple[int, int]:
    """Return before which line (from 0) a list's new entries stand, and the column of their dashes."""
    if _is_new(file, loc):
        return _last(lines) + 1, STEP
    span = file.span_of(loc)
    start, column = span.line - 1, span.column - 1
    if _is_block(lines, file, loc):
        return _end(lines, start, column), column
    return start + 1, file.key_span_of(loc).column - 1 + STEP


def _is_new(file: Document, loc: Loc) -> bool:
    """Tell whether the list stands at the top of a file that does not have it yet."""
    return len(loc) == 1 and loc[0] not in file.data


def _last(lines: Sequence[str]) -> int:
    return max((at for at, line in enumerate(lines) if line.strip()), default=0)


def _is_block(lines: Sequence[str], file: Document, loc: Loc) -> bool:
    span = file.span_of(loc)
    return _is_dash(lines[span.line - 1][span.column - 1 :])


def _is_dash(text: str) -> bool:
    return text.startswith(("- ", "-\t")) or text.rstrip() == "-"


def _end(lines: Sequence[str], start: int, column: int) -> int:
    """Return the line behind the last one of a list of dashes; remarks behind it may belong to what follows."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        told = lines[at].strip()
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        if indent > column or (indent == column and _is_dash(lines[at][column:])):
            end = at + 1 if told else end
        elif told and not told.startswith("#"):
            break
    return end


def _without_brackets(line: str, file: Document, loc: Loc) -> str:
    """Return `measures:` for `measures: []`."""
    span = file.span_of(loc)
    before, behind = line[: span.column - 1], line[span.column - 1 :]
    if not (match := _EMPTY_ROW.match(behind)):
        raise PlanctlError(
            _("{path}:{line}: this list stands in brackets; write it with dashes, an entry below the other"),
            path=file.path,
            line=span.line,
        )
    rest = behind[match.end() :]
    return before.rstrip(" ") + rest if not rest.strip() else before.rstrip(" ") + f" {rest.lstrip(' ')}"


# One tree


class _TextResolver(VersionedResolver):
    """Takes every scalar for text, as the reader of plans does."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


class _TextRepresenter(RoundTripRepresenter):
    """Writes a value that was left out as nothing, `key:`."""

    def represent_none(self, _data: Any) -> ScalarNode:
        node: ScalarNode = self.represent_scalar(_TextResolver.DEFAULT_SCALAR_TAG, "")
        return node


_TextRepresenter.add_representer(type(None), _TextRepresenter.represent_none)


def _dumped(node: CommentedMap | CommentedSeq) -> str:
    yaml = YAML()
    yaml.Resolver = _TextResolver
    yaml.Representer = _TextRepresenter
    yaml.width = NEVER_FOLDED
    yaml.indent(mapping=STEP, sequence=2 * STEP, offset=STEP)
    out = StringIO()
    yaml.dump(node, out)
    return out.getvalue()


def _node(tree: Any, column: int) -> Any:
    """Return what ruamel.yaml writes a tree from; `column` is that of its keys, or of the key that holds it."""
    match tree:
        case Row():
            return _in_row(CommentedMap({key: _scalar_in_row(value) for key, value in tree.value.items()}))
        case dict():
            return _mapping(tree, column)
        case list() if all(isinstance(one, str) for one in tree) and sum(map(len, tree)) <= LONGEST_ROW:
            return _in_row(CommentedSeq(map(_scalar_in_row, tree)))
        case list():
            return _listed(tree, column + STEP)
        case str():
            return _scalar(tree)
        case _:
            return tree


def _in_row(node: CommentedMap | CommentedSeq) -> CommentedMap | CommentedSeq:
    node.fa.set_flow_style()
    return node


def _scalar_in_row(text: str) -> str:
    return text if _SAFE_IN_ROW.fullmatch(text) and text not in _NOTHING else DoubleQuotedScalarString(text)


def _mapping(tree: Mapping[str, Any], column: int) -> CommentedMap:
    node = CommentedMap()
    for key, value in tree.items():
        node[key] = _node(value, column)
    return node


def _listed(trees: Sequence[Any], column: int) -> CommentedSeq:
    """Return a list; `column` is that of its dashes."""
    node = CommentedSeq()
    for at, tree in enumerate(trees):
        block = tree if isinstance(tree, Block) else None
        node.append(_node(block.value if block else tree, column + STEP))
        if block and (at or block.remarks):
            free = ("",) if at else ()
            node.yaml_set_comment_before_after_key(at, before="\n".join((*free, *block.remarks)) or "\n", indent=column)
    return node


def _scalar(text: str) -> str:
    """Return the text in the way of writing that keeps it: several lines as a literal block, else plain or quoted."""
    if text in _NOTHING or _OTHER_BREAKS.search(text):
        quoted: str = DoubleQuotedScalarString(text)
        return quoted
    return LiteralScalarString(text) if "\n" in text else text
