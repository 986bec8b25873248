"""Of a file of actuals one item is read without the rest, and it says the same as in the whole."""

from __future__ import annotations

from textwrap import dedent

import pytest

from planctl.history.state import Page, Pages
from planctl.plain.blocks import blocks
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.reader import read
from test_readme import ROOT

REPORTS = [source for source in Folder(ROOT).sources()[0] if source.text.startswith("actuals:")]


def page(text: str, item: str) -> Page | None:
    return Pages({"x": text.encode()}.__getitem__).of("plans/a.yaml", "x", item)


def whole(source: SourceText) -> dict[str, dict[str, str]]:
    """Return the values of every item, the file being read in one go."""
    document, _findings = read(source)
    assert document is not None
    return {block.item: dict(block.values) for block in blocks(document) if block.item}


@pytest.mark.parametrize("source", REPORTS, ids=lambda source: source.path)
def test_every_item_of_a_report_is_read_alone_as_in_the_whole(source: SourceText) -> None:
    for item, values in whole(source).items():
        alone = page(source.text, item)
        assert alone is not None
        assert dict(alone.items[item].values) == values
        assert list(alone.items) == [item]


HANDS = {
    "remarks at the margin": """\
        actuals: a
        # of the year
        period: 2024
        items:
          # above

          x:
            self: 70
        # between
            superior: 90

          y: {self: 100}
        date: 2024-12-25
        """,
    "a text that looks like a key": """\
        period: 2024
        items:
          y:
            progress: |
              one
              x: {self: 0}
               x: y
          x: {self: 70}
        actuals: a
        """,
    "a text with lines left of it": """\
        actuals: a
        period: 2024
        items:
          y: {self: 100}
          x:
            progress: "one
          two
          y: three"
            self: 70
        """,
    "a row in brackets": "actuals: a\nperiod: 2024\nitems: {x: {self: 70}, y: {self: 1}}\n",
    "quotation marks": "actuals: a\nperiod: 2024\nitems:\n  'y': {self: 1}\n  \"x\": {self: 70}\n",
    "an escape": 'actuals: a\nperiod: 2024\nitems:\n  y: {self: 1}\n  "\\x78": {self: 70}\n',
    "nothing said": "actuals: a\nperiod: 2024\nitems:\n  y: {self: 1}\n  x:",
    "not there": "actuals: a\nperiod: 2024\nitems:\n  y: {self: 1}\n",
    "line ends of Windows": "actuals: a\r\nperiod: 2024\r\nitems:\r\n  x:\r\n    self: 70\r\n\r\n    superior: 9",
    "an item without a margin": "actuals: a\nperiod: 2024\nitems:\nx: {self: 70}\n",
    "a key twice": "actuals: a\nperiod: 2024\nitems:\n  x: {self: 70}\n  x: {self: 90}\n",
}


@pytest.mark.parametrize("hand", HANDS)
def test_however_it_is_written_an_item_is_read_alone_as_in_the_whole(hand: str) -> None:
    text = dedent(HANDS[hand])
    expected = whole(SourceText("plans/a.yaml", text)).get("x")

    alone = page(text, "x")

    assert alone is not None
    assert (dict(alone.items["x"].values) if "x" in alone.items else None) == expected
