"""Which row of a paper is which item: by the address that it carries, else by its number and its words.

In: the lines of a paper and those of the plan's own sheet. Out: pairs; of a row that may be one of two nothing is
guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from planctl.forms.paper import Line, Paper, bare, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.forms.paper import Written

SUBJECTS = ("clause", "measure", "objective", "indicator", "decision")
"""The columns that say what an item is about; the first that a line has is its own."""
NUMBERS = ("clause_number", "number")
ORDINALS = (*NUMBERS, "decision_number")
LIKE = 0.6
"""How alike the texts of one item are that somebody has worded otherwise."""
_SCORES = frozenset({"self", "superior", "achievement"})


@dataclass(frozen=True, slots=True)
class Pairs:
    """The lines of a paper, by their number, and the lines of the plan's sheet that they are.

    `unclear` are those that may be several, with the addresses of these; `unknown` those with an address that the sheet
    does not have; `new` all other lines, `gone` the addresses that no line has.
    """

    same: Mapping[int, int]
    unclear: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """A cell that both the paper and the plan changed since the paper was built: which one holds nobody guesses."""

    line: int
    key: str
    ours: str
    theirs: Written


def lines_of(paper: Paper) -> tuple[Line, ...]:
    """Return the lines that stand for items, table by table."""
    return tuple(line for table in paper.tables for line in table.lines if isinstance(line, Line))


def paired(new: Sequence[Line], base: Sequence[Line]) -> Pairs:
    """Return which line is which: by address, by number and words, by words, by number and similar words."""
    making = _Making(new, base)
    making.by_address()
    for mark in (_whole, _numbered, _words):
        making.by_mark(mark)
    making.by_likeness()
    return making.pairs()


def settled(
    new: Sequence[Line],
    base: Sequence[Line],
    pairs: Pairs,
    built: Mapping[str, Mapping[str, str]],
    columns: frozenset[str],
) -> tuple[tuple[Line, ...], tuple[Both, ...]]:
    """Return the lines with what only the plan has changed since the paper was built, and the cells that both changed.

    `built` has, by address and column, the digest of each cell as it was built; `columns` are those that the paper has.
    A cell that both changed alike is no conflict; of any other the plan's text stays.
    """
    lines, disputed = list(new), list[Both]()
    for at, other in pairs.same.items():
        if (digests := built.get(base[other].address)) is not None:
            shown = {key: sign for key, sign in digests.items() if key in columns}
            lines[at] = _settled(at, new[at], base[other], shown, disputed)
    return tuple(lines), tuple(disputed)


def _settled(at: int, new: Line, base: Line, digests: Mapping[str, str], disputed: list[Both]) -> Line:
    cells = dict(new.cells)
    for key, sign in digests.items():
        theirs, ours = new.cells.get(key), base.cells.get(key)
        their_sign, our_sign = (digest(one.text) if one else "" for one in (theirs, ours))
        if our_sign in {sign, their_sign}:
            continue
        if their_sign != sign:
            disputed.append(Both(at, key, ours.text if ours else "", theirs or replace_text("", new)))
        if ours is None:
            cells.pop(key, None)
        else:
            cells[key] = replace(ours, place=theirs.place if theirs else new.place)
    return replace(new, cells=cells)


def regrouped(new: Sequence[Line], base: Sequence[Line], pairs: Pairs, grouped: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines with the cells that they share, where the paper has lost them with the row they stood in.

    Lines in a row that share cells in the plan's sheet share them still; a new one shares those it shares on the paper.
    """
    lines: list[Line] = []
    group = 0
    for at, line in enumerate(new):
        other = pairs.same.get(at)
        if at == 0 or not _share(at, new, base, pairs):
            group += 1
        cells = dict(line.cells)
        if other is not None:
            for key in grouped & base[other].cells.keys() - cells.keys():
                cells[key] = replace(base[other].cells[key], place=line.place)
        lines.append(replace(line, cells=cells, group=group))
    return tuple(lines)


def _share(at: int, new: Sequence[Line], base: Sequence[Line], pairs: Pairs) -> bool:
    one, other = pairs.same.get(at - 1), pairs.same.get(at)
    if one is None or other is None:
        return new[at - 1].group == new[at].group
    return base[one].group == base[other].group


def without_same_numbers(
    new: Sequence[Line], base: Sequence[Line], pairs: Pairs
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return both without the numbers in which they agree: it does not matter then how the rows are counted."""
    lines, others = list(new), list(base)
    for at, other in pairs.same.items():
        keys = {key for key in ORDINALS if bare(_text(new[at], key)) == bare(_text(base[other], key))}
        for which, place in ((lines, at), (others, other)):
            cells = {key: cell for key, cell in which[place].cells.items() if key not in keys}
            which[place] = replace(which[place], cells=cells)
    return tuple(lines), tuple(others)


def replace_text(text: str, line: Line) -> Written:
    """Return a text that stands at no place of its own in a line."""
    first = next(iter(line.cells.values()))
    return replace(first, text=text, also=())


def with_lines(paper: Paper, lines: Sequence[Line]) -> Paper:
    """Return a paper with other lines in the place of its own, one for one."""
    rest = iter(lines)
    tables = tuple(
        replace(table, lines=tuple(next(rest) if isinstance(line, Line) else line for line in table.lines))
        for table in paper.tables
    )
    return replace(paper, tables=tables)


def changed_cells(new: Line, base: Line, columns: frozenset[str]) -> frozenset[str]:
    """Return the keys of the columns of a paper in which two lines say something else."""
    return frozenset(key for key in columns if not _says_same(key, _text(new, key), _text(base, key)))


def _says_same(key: str, one: str, other: str) -> bool:
    if key in _SCORES:
        one, other = (text.replace("%", "").replace(",", ".") for text in (one, other))
    return bare(one) == bare(other)


def _text(line: Line, key: str) -> str:
    return line.cells[key].text if key in line.cells else ""


# Marks by which lines are told apart


def subject(line: Line) -> str:
    """Return what a line is about."""
    return next((line.cells[key].text for key in SUBJECTS if key in line.cells), "")


def number(line: Line) -> str:
    """Return the number of a line in its list."""
    return next((line.cells[key].text.strip().rstrip(".)") for key in NUMBERS if key in line.cells), "")


def _whole(line: Line) -> str:
    texts = (line.cells[key].text for key in SUBJECTS if key in line.cells)
    return "\n".join((number(line), *map(bare, texts)))


def _numbered(line: Line) -> str:
    return f"{number(line)}\n{bare(subject(line))}"


def _words(line: Line) -> str:
    return bare(subject(line))


class _Making:
    """Pairs in the making."""

    def __init__(self, new: Sequence[Line], base: Sequence[Line]) -> None:
        self._new, self._base = new, base
        self._same: dict[int, int] = {}
        self._unclear: dict[int, tuple[str, ...]] = {}
        self._unknown: list[int] = []
        self._open = dict.fromkeys(range(len(base)))

    def pairs(self) -> Pairs:
        """Return what was found."""
        done = {*self._same, *self._unclear, *self._unknown}
        maybe = {address for addresses in self._unclear.values() for address in addresses}
        return Pairs(
            dict(sorted(self._same.items())),
            self._unclear,
            tuple(self._unknown),
            tuple(at for at in range(len(self._new)) if at not in done),
            tuple(at for at in self._open if self._base[at].address not in maybe),
        )

    def by_address(self) -> None:
        """Pair the lines that say themselves what they are; of a row that was copied none is certain."""
        places = {line.address: at for at, line in enumerate(self._base)}
        counts = Counter(line.address for line in self._new)
        for at, line in enumerate(self._new):
            if line.address and counts[line.address] > 1:
                self._copied(at, line, places)
            elif line.address in places:
                self._pair(at, places[line.address])
            elif line.address:
                self._unknown.append(at)

    def _copied(self, at: int, line: Line, places: Mapping[str, int]) -> None:
        """Take a row that stands twice for the item whose words it has; the other one is a new row."""
        other = places.get(line.address)
        if other is not None and other in self._open and _words(line) == _words(self._base[other]):
            self._pair(at, other)

    def _pair(self, new: int, base: int) -> None:
        self._same[new] = base
        del self._open[base]

    def _left(self) -> Iterator[int]:
        return (at for at in range(len(self._new)) if at not in self._same and at not in self._unknown)

    def by_mark(self, mark: Callable[[Line], str]) -> None:
        """Pair the lines whose mark nobody else has, and those of twins that are as many on both sides, in order."""
        new, base = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for at in self._left():
            new[mark(self._new[at])].append(at)
        for at in self._open:
            base[mark(self._base[at])].append(at)
        for sign, places in new.items():
            others = base.get(sign, [])
            if sign.strip() and len(places) == len(others):
                for one, other in zip(places, others, strict=True):
                    self._pair(one, other)

    def by_likeness(self) -> None:
        """Pair lines of one number whose words are alike; where there are two of them, none is taken."""
        candidates = {at: tuple(self._alike(at)) for at in self._left()}
        wanted = Counter(other for others in candidates.values() for other in others)
        for at, others in candidates.items():
            if len(others) == 1 and wanted[others[0]] == 1:
                self._pair(at, others[0])
            elif others:
                self._unclear[at] = tuple(self._base[other].address for other in others)

    def _alike(self, at: int) -> Iterator[int]:
        line = self._new[at]
        words = _words(line)
        for other in self._open:
            one = self._base[other]
            theirs = _words(one)
            if words == theirs:
                yield other
            elif number(one) == number(line) and words and theirs:
                matcher = SequenceMatcher(None, words, theirs, autojunk=False)
                if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE:
                    yield other
