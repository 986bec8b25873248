"""Where a text wraps: the same lines, letter for letter, as the plainest way of finding them gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from examples import examples
from planctl.render.measure import needed, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = st.text(alphabet=" \n\u00a0aWijlЩгөҮ…№.,1😀", max_size=80)
SIZE = 1000


def points(text: str) -> float:
    return sum(needed(sign.strip() or ",", size=SIZE) for sign in text)


def plain(text: str, width: float) -> Iterator[str]:
    """Yield the lines of a text, filled word by word, and where a word is longer than a line, letter by letter."""
    for paragraph in text.split("\n") if text else ():
        line, *words = paragraph.split(" ")
        for word in words:
            if points(f"{line} {word}") <= width:
                line = f"{line} {word}"
            else:
                yield from broken(line, width)
                line = word
        yield from broken(line, width)


def broken(line: str, width: float) -> Iterator[str]:
    start = 0
    for at in range(1, len(line)):
        if " " not in line and points(line[start : at + 1]) > width:
            yield line[start:at]
            start = at
    yield line[start:]


@settings(max_examples=examples(200), deadline=None)
@given(text=TEXTS, fives=st.integers(0, 600))
@example(text="", fives=300)
@example(text="  Щ\n\nWWWWWW a  ", fives=100)
@example(text=f"{'Щ' * 4} {'i' * 40} a", fives=400)
def test_lines_are_those_that_filling_word_by_word_gives(text: str, fives: int) -> None:
    width = 5 * fives * points("Щ") / 945 + 0.5
    lines = wrapped(text, width=width, size=SIZE)
    assert [lines.part(at, at + 1) for at in range(len(lines))] == list(plain(text, width))
    assert lines.part(0, len(lines) + 1) == text


def test_any_lines_of_a_text_are_a_piece_of_it() -> None:
    lines = wrapped("нэг\nхоёр\nгурав", width=100, size=9)
    assert [lines.part(1, 3), lines.part(0, 1), lines.part(2, 9), lines.part(3, 9)] == [
        "хоёр\nгурав",
        "нэг",
        "гурав",
        "",
    ]


def test_a_cell_narrower_than_a_letter_has_a_letter_on_each_line() -> None:
    lines = wrapped("аб в", width=-5, size=9)
    assert [lines.part(at, at + 1) for at in range(len(lines))] == ["а", "б", "в"]
