"""How wide text runs in Arial and where it wraps, for formats that must set a row's height themselves.

In: a text, a width and a type size, in points. Out: the lines the text takes, from which it can be put together again.

Half the time of a long sheet would go into measuring, so words are measured once and the word that a line ends with is
looked up in their running sum; no letter and no word is gone through one by one but those broken within themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from math import floor

# Thousandths of the type size. Rounded up within a class: a row a little too high is better than a cut line.
_CLASSES = {
    230: "'ijl|‘’",
    290: " !,./:;I[\\]ft\u00a0",
    370: '()-`r"“”„{}•г',
    460: "*°кзт^",
    510: "Jcksvxyzсухэ",
    560: "#$0123456789?L_abdeghnopqu±≤≥«»–§авеийноряёпчьГ",
    620: "+<=>~×FTZбцдлКЗөүТ",
    670: "&ABEKPSVXYАБВЕЁЛРУХЧЬъжҮ",
    725: "CDHNRUwДИЙНПСЭЯмы",
    785: "GOQОӨФЦю",
    855: "MmМЪшфщ₮",
    945: "%WЖШЩЫ",
    1075: "@—…№Ю",
}
_UNKNOWN = 1000
_WIDEST = max(_CLASSES)
_BOLD = 1.1
# Screens round every letter to whole pixels, printers do not: a line may be this much wider than its letters.
_SLACK = 1.05


_MOST_WORDS = 1 << 16


class _SignWidths(dict[str, int]):
    """The width of every sign."""

    def __missing__(self, sign: str) -> int:
        return _UNKNOWN


class _WordWidths(dict[str, int]):
    """The width of every word with the space behind it; those met lately are kept."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = width = sum(map(_SIGNS.__getitem__, word)) + _SPACE
        return width


_SIGNS = _SignWidths({sign: width for width, signs in _CLASSES.items() for sign in signs})
_SPACE = _SIGNS[" "]
_WORDS = _WordWidths()
_NARROWEST = min(_CLASSES)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it wraps: the places in it where each line begins and ends.

    Between the end of a line and the next one's begin stands a line end, a space, or nothing within a word.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, first: int, last: int) -> str:
        """Return the text of the lines from `first` to before `last`, as far as there are any."""
        last = min(last, len(self.ends))
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


_NO_LINES = Lines("", (), ())


def wrapped(text: str, *, width: float, size: float, bold: bool = False) -> Lines:
    """Return the lines that a text takes at a width and type size in points; an empty text takes none."""
    # Widths are whole numbers, so nothing is lost with the fraction of what a line holds.
    limit = max(floor(width * 1000 / (size * _SLACK * (_BOLD if bold else 1))), 0)
    if len(text) * _WIDEST <= limit and "\n" not in text:
        return Lines(text, (0,), (len(text),)) if text else _NO_LINES
    starts: list[int] = []
    ends: list[int] = []
    begin = 0
    for paragraph in text.split("\n"):
        if len(paragraph) * _WIDEST > limit:
            _wrap(paragraph, begin, limit, (starts, ends))
        else:
            starts.append(begin)
            ends.append(begin + len(paragraph))
        begin += len(paragraph) + 1
    return Lines(text, tuple(starts), tuple(ends))


def lines_taken(text: str, *, width: float, size: float, most: int) -> int:
    """Return how many lines `wrapped` gives a text, without making them; counting ends at `most`."""
    limit = max(floor(width * 1000 / (size * _SLACK)), 0)
    lines = 0
    for paragraph in text.split("\n") if text else ():
        lines += 1 if len(paragraph) * _WIDEST <= limit else _lines_of(paragraph, limit, most - lines)
        if lines >= most:
            return most
    return lines


def _lines_of(paragraph: str, limit: int, most: int) -> int:
    """Return how many lines a paragraph takes, or `most` where it takes more."""
    line = limit + _SPACE
    if limit > _WIDEST and len(paragraph) * _NARROWEST > (most - 1) * line:
        return most
    reached = list(accumulate(map(_WORDS.__getitem__, paragraph.split(" ")), initial=0))
    lines, first, behind = 0, 0, len(reached) - 1
    while first < behind and lines < most:
        last = bisect_right(reached, reached[first] + line, first) - 1
        if last == first:
            places: tuple[list[int], list[int]] = [], []
            _wrap(paragraph, 0, limit, places)
            return min(len(places[0]), most)
        lines, first = lines + 1, last
    return lines


def needed(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width in points at which no word of a text is broken."""
    widest = max((_WORDS[word] - _SPACE for word in text.split()), default=0)
    return widest * size * _SLACK * (_BOLD if bold else 1) / 1000


def _wrap(text: str, begin: int, limit: int, places: tuple[list[int], list[int]]) -> None:
    """Add where each line of a paragraph, which begins at `begin`, begins and ends."""
    starts, ends = places
    words = text.split(" ")
    reached = list(accumulate(map(_WORDS.__getitem__, words), initial=0))
    letters = list(accumulate(map(len, words), initial=begin))
    first, behind = 0, len(words)
    while first < behind:
        # The line's last word needs no space behind it.
        last = bisect_right(reached, reached[first] + limit + _SPACE, first) - 1
        starts.append(letters[first] + first)
        if last == first:
            last += 1
            _break(words[first], limit, places)
        ends.append(letters[last] + last - 1)
        first = last


def _break(word: str, limit: int, places: tuple[list[int], list[int]]) -> None:
    """Break a word longer than a line, as spreadsheets do: at any letter; it begins with the line begun last."""
    starts, ends = places
    reached = 0
    for at, width in enumerate(map(_SIGNS.__getitem__, word), start=starts[-1]):
        reached += width
        if reached > limit and at > starts[-1]:
            ends.append(at)
            starts.append(at)
            reached = width
