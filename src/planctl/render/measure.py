"""How wide text runs in Arial and where it wraps, for formats that must set a row's height themselves.

In: a text, a width and a type size, in points. Out: the lines the text takes, from which it can be put together again.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_WIDTHS = {ord(sign): width for width, signs in _CLASSES.items() for sign in signs}
_UNKNOWN = 1000
_WIDEST = max(_CLASSES)
_BOLD = 1.1


class _OfSign(dict[str, int]):
    """The widths by sign, for those that are not in the table too."""

    def __missing__(self, sign: str) -> int:
        return _UNKNOWN


_OF_SIGN = _OfSign((chr(sign), width) for sign, width in _WIDTHS.items())
_OTHERS = min(width for sign, width in _OF_SIGN.items() if sign.encode("cp1251", "replace") == b"?")
_NARROWER = {
    least: bytes(
        sign
        for sign in range(256)
        if min(_OF_SIGN[bytes((sign,)).decode("cp1251", "replace")], _OTHERS if sign == ord("?") else _UNKNOWN) < least
    )
    for least in (230, 460, 560)
}
"""The signs of Windows' Cyrillic letters that are narrower than a width; all other letters count as question marks."""
# Screens round every letter to whole pixels, printers do not: a line may be this much wider than its letters.
_SLACK = 1.05


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it wraps. `end` is what stood between it and the next: a line end, a space, or nothing in a word."""

    text: str
    end: str


def wrapped(text: str, *, width: float, size: float, bold: bool = False) -> tuple[Line, ...]:
    """Return the lines that a text takes at a width and type size in points; an empty text takes none."""
    if not text:
        return ()
    limit = width * 1000 / (size * _SLACK * (_BOLD if bold else 1))
    return tuple(line for paragraph in text.split("\n") for line in _paragraph(paragraph, limit))


def lines_taken(text: str, *, width: float, size: float, most: int) -> int:
    """Return how many lines `wrapped` gives a text, without making them; counting ends at `most`."""
    limit = width * 1000 / (size * _SLACK)
    if not text:
        return 0
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1 if len(paragraph) * _WIDEST <= limit else _lines_of(paragraph, limit, most - lines)
        if lines >= most:
            return most
    return lines


def _lines_of(paragraph: str, limit: float, most: int) -> int:
    """Return how many lines `_paragraph` gives, up to `most`: it is enough to look where each line ends."""
    if limit > _WIDEST and _least_width(paragraph) > (most - 1) * (limit + _OF_SIGN[" "]):
        return most
    ends = list(accumulate(map(_spaced_width, paragraph.split(" "))))
    lines, begun, room = 0, 0, limit + _OF_SIGN[" "]
    while begun < len(ends) and lines < most:
        end = bisect_right(ends, room + (ends[begun - 1] if begun else 0), begun)
        if end == begun:
            return sum(1 for _ in islice(_paragraph(paragraph, limit), most))
        lines, begun = lines + 1, end
    return lines


def _least_width(text: str) -> int:
    """Return a width that the text has at least: a sum by a few classes, far quicker than one by letters."""
    signs = text.encode("cp1251", "replace")
    least, before = 0, 0
    for width, narrower in _NARROWER.items():
        least += (width - before) * len(signs.translate(None, narrower))
        before = width
    return least


def needed(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width in points at which no word of a text is broken."""
    widest = max((_word_width(word) for word in text.split()), default=0)
    return widest * size * _SLACK * (_BOLD if bold else 1) / 1000


def joined(lines: Sequence[Line]) -> str:
    """Return the text of lines; the last one's end is left out."""
    return "".join(f"{line.text}{line.end}" for line in lines[:-1]) + (lines[-1].text if lines else "")


def _paragraph(text: str, limit: float) -> Iterator[Line]:
    words = text.split(" ")
    start, used = 0, 0
    for at, word in enumerate(words):
        needed = _word_width(word)
        if at > start and used + _WIDTHS[ord(" ")] + needed > limit:
            yield from _broken(" ".join(words[start:at]), used, limit, end=" ")
            start, used = at, needed
        else:
            used += needed + (_WIDTHS[ord(" ")] if at > start else 0)
    yield from _broken(" ".join(words[start:]), used, limit, end="\n")


def _broken(text: str, used: int, limit: float, *, end: str) -> Iterator[Line]:
    """Break a line whose only word is longer than the line, as spreadsheets do: at any letter."""
    if used > limit:
        start, before = 0, 0
        for at, reached in enumerate(accumulate(_sign_widths(text))):
            if reached - before > limit and at > start:
                yield Line(text[start:at], "")
                start, before = at, reached - _WIDTHS.get(ord(text[at]), _UNKNOWN)
        text = text[start:]
    yield Line(text, end)


def _sign_widths(text: str) -> Iterable[int]:
    return (_WIDTHS.get(ord(sign), _UNKNOWN) for sign in text)


@lru_cache(maxsize=1 << 13)
def _spaced_width(word: str) -> int:
    return sum(map(_OF_SIGN.__getitem__, word), _OF_SIGN[" "])


@lru_cache(maxsize=1 << 16)
def _word_width(word: str) -> int:
    return sum(_sign_widths(word))
