"""Words of authors in a comment: shown as they are, and nothing for a forge to make a link of."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planctl.render.markdown_text import at_start, inert, inert_html, table_of

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
REFERENCE = re.compile(r"@\w|[#!~$]\w|://|www\.|GH-\d|:\w+:", re.IGNORECASE)
"""What forges make links, mentions and pictures of in the finished page."""

HOSTILE = (
    *("@name", "#12", "GH-12", "!12", "www.", "http://", "https://a.mn", "x@y.mn", "mailto:a@b.mn", "owner/repo#3"),
    *("`", "``", "~~", "|", "\\", "<b>", "<!--", "-->", "</details>", "&amp;", "&#35;", "<http://a.b>", "[a](b)"),
    *("![i](j)", "[x]: http://a", "[^1]", "- [ ] ", "*", "**", "_", "- ", "1. ", "+ ", "> ", "---", "===", "# ", "#"),
    *("$a$", ":smile:", "1f3a9c0", "5%", "\r", "\n", " ", "Ажил", "100", "w", "GH", "javascript:alert(1)", "]"),
)
words = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), max_size=8).map("".join)


def shown(html: str) -> str:
    """Return the text of an element that holds nothing but text, as it is read."""
    assert "<" not in html
    text = unescape(html)
    assert not REFERENCE.search(text)
    return " ".join(text.replace("\u2060", "").split())


def read(text: str) -> str:
    """Return a text as it ought to be read."""
    turned = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda one: f"(U+{ord(one[0]):04X})", text)
    return " ".join(turned.replace("\u2060", "").replace("\0", "\ufffd").split())


def within(pattern: str, html: str) -> str:
    found = re.search(pattern, html, re.DOTALL)
    assert found, html
    return found[1]


@settings(max_examples=300, deadline=None)
@given(words)
def test_whatever_a_plan_says_is_read_as_it_stands_in_lists_tables_and_summaries(text: str) -> None:
    bullet = READER.render(f"- {at_start(inert(text))}\n")
    cell = READER.render(table_of([["a", "b"], [inert(text), "z"]], (False, False)))
    summary = READER.render(f"<details>\n<summary>{inert_html(text)}</summary>\n\n- b\n\n</details>\n")

    assert shown(within(r"^<ul>\n<li>(.*)</li>\n</ul>\n$", bullet)) == read(text)
    assert shown(within(r"<tbody>\s*<tr>\s*<td>(.*?)</td>\s*<td>z</td>", cell)) == read(text)
    assert shown(within(r"^<details>\n<summary>(.*)</summary>\n<ul>\n<li>b</li>", summary)) == read(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@darga", "@&#8288;darga"),
        ("office@zalaa.mn", "office@&#8288;zalaa.mn"),
        ("#12, GH-12", r"\#&#8288;12, GH&#8288;-12"),
        ("https://www.zalaa.mn", "https:&#8288;//www&#8288;.zalaa.mn"),
        ("1f3a9c0", "1f3a&#8288;9c0"),
        ("1250000 төгрөг, 50%", "1250000 төгрөг, 50%"),
        ("Хийв.\n\nДуусав.", "Хийв.  Дуусав."),
        ("a\u202eb", "a(U+202E)b"),
    ],
)
def test_what_a_forge_would_link_is_parted_and_nothing_else(text: str, written: str) -> None:
    assert inert(text) == written
