"""A file as a tree with places, and faults that do not hide one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planctl.diagnostics import Span, finding, in_order
from planctl.source.document import Document, SourceText
from planctl.source.hygiene import SHOWN_OF_A_KIND
from planctl.source.reader import Events, libyaml_events, pure_events, read_with

both_parsers = pytest.mark.parametrize("parse", [libyaml_events, pure_events])
Parse = Callable[[bytes], Events]


def document_of(text: str, parse: Parse = libyaml_events) -> Document:
    document, findings = read_with(parse, SourceText("plans/a.yaml", text))
    assert findings == ()
    assert document is not None
    return document


def codes_in(text: str) -> list[tuple[int, str]]:
    _document, findings = read_with(libyaml_events, SourceText("a.yaml", text))
    return [(found.span.line, found.code) for found in in_order(findings)]


@both_parsers
def test_scalars_stay_the_authors_text(parse: Parse) -> None:
    text = "a: 012\nb: 1.10\nc: true\nd: 100\ne: 2023-12-01\nf: 1_000\ng: no\nh: '~'\ni: 'null'\nj: ''\n"

    assert document_of(text, parse).data == {
        "a": "012", "b": "1.10", "c": "true", "d": "100", "e": "2023-12-01", "f": "1_000", "g": "no",
        "h": "~", "i": "null", "j": "",
    }  # fmt: skip


@both_parsers
def test_what_is_left_empty_is_none(parse: Parse) -> None:
    assert document_of("a:\nb: ~\nc: null\nd: [null, '']\n", parse).data == {
        "a": None,
        "b": None,
        "c": None,
        "d": [None, ""],
    }


@both_parsers
def test_a_place_is_that_of_the_value_and_unknown_steps_are_skipped(parse: Parse) -> None:
    document = document_of("a:\n  - b: 1\n    c: [2, {d: 3}]\n", parse)

    spans = [document.span_of(loc) for loc in [(), ("a",), ("a", 0), ("a", 0, "union", "c", 1, "d"), ("a", 0, "gone")]]
    assert [(span.line, span.column) for span in spans] == [(1, 1), (2, 3), (2, 5), (3, 16), (2, 5)]


@both_parsers
def test_the_place_of_a_key_is_found_behind_comments_and_in_brackets(parse: Parse) -> None:
    document = document_of("a: # a: нэг\n  'b': {c: 1, d: 2}\nc: |\n  a: x\n", parse)

    spans = [document.key_span_of(loc) for loc in [("a",), ("a", "b"), ("a", "b", "d"), ("c",)]]
    assert [(span.line, span.column) for span in spans] == [(1, 1), (2, 3), (2, 15), (3, 1)]


@both_parsers
def test_a_byte_order_mark_and_windows_line_ends_move_no_place(parse: Parse) -> None:
    document = document_of("\ufeffa: |\r\n  б\r\n  в\r\nc: 1\r\n", parse)

    assert document.data == {"a": "б\nв\n", "c": "1"}
    assert document.span_of(("c",)) == Span("plans/a.yaml", 4, 4)


def test_a_hidden_line_break_moves_no_later_place() -> None:
    document, findings = read_with(libyaml_events, SourceText("a.yaml", "a: |\n  б\u2028в\x85г\nc: 1\n"))

    assert document is not None
    assert document.data == {"a": "б в г\n", "c": "1"}
    assert document.span_of(("c",)) == Span("a.yaml", 3, 4)
    assert [(found.span.line, found.span.column) for found in findings] == [(2, 4), (2, 6)]


def test_places_on_a_mended_line_are_those_of_the_authors_file() -> None:
    text = "a:\n\t\tb:1\n\t\tc: [x, y\n\t\td: 2\n"
    document, _findings = read_with(libyaml_events, SourceText("a.yaml", text))

    assert document is not None
    assert document.data == {"a": {"b": "1", "c": ["x", "y"], "d": "2"}}
    spans = [document.span_of(loc) for loc in [("a", "b"), ("a", "c", 1), ("a", "d")]]
    assert [(span.line, span.column) for span in spans] == [(2, 5), (3, 10), (4, 6)]


def test_one_fault_never_hides_the_others() -> None:
    text = (
        "form: resolutions\n"
        "title: Ажил: 1-р шат\n"
        "title: хоёр\n"
        'owner: "Баялаг" хөтөлбөр\n'
        "target: >= 3\n"
        'note: |\n  Ажил: "үргэлжилнэ" #1\n'
        "base: *суурь утга\n"
        "road: Зам #5\n"
        "old: бои\u0306\n"
        'path: "C:\\Баримт\n'
        "self:100\n"
    )

    assert codes_in(text) == [
        (2, "colon-in-text"),
        (3, "duplicate-key"),
        (4, "text-after-quote"),
        (5, "block-sign-at-start"),
        (8, "yaml-alias"),
        (9, "text-cut-by-hash"),
        (10, "decomposed-letter"),
        (11, "unclosed-quote"),
        (11, "backslash-in-quotes"),
        (12, "missing-space-after-colon"),
    ]


def test_a_text_of_several_lines_with_a_colon_is_mended_as_a_whole() -> None:
    document, findings = read_with(libyaml_events, SourceText("a.yaml", "a: Зам\n  гүүр: 'шинэ'\nb: 1\n"))

    assert [(found.code, str(found.span)) for found in findings] == [("colon-in-text", "a.yaml:2:7")]
    assert document is not None
    assert document.data == {"a": "Зам гүүр: 'шинэ'", "b": "1"}


def test_of_one_kind_only_the_first_findings_are_shown() -> None:
    _document, findings = read_with(libyaml_events, SourceText("a.yaml", "a: " + "\u200b" * 25))

    assert [found.code for found in findings] == ["invisible-character"] * SHOWN_OF_A_KIND + ["more-of-the-same"]
    hidden = Span("a.yaml", 1, 4 + SHOWN_OF_A_KIND)
    assert findings[-1] == finding("more-of-the-same", hidden, count=5, kind="invisible-character")


def test_the_first_version_of_a_merge_conflict_is_read() -> None:
    text = "a: 1\n<<<<<<< HEAD\nb: 2\n||||||| base\nb: 0\n=======\nb: 3\n>>>>>>> other\nc: 4\n"
    document, findings = read_with(libyaml_events, SourceText("a.yaml", text))

    assert document is not None
    assert document.data == {"a": "1", "b": "2", "c": "4"}
    assert [found.span.line for found in findings] == [2, 4, 6, 8]


@pytest.mark.parametrize("text", ["a: " + "[" * 50_000, "[" * 1_000_000, "- " * 50_000, "{a: " * 50_000])
@both_parsers
def test_bottomless_nesting_is_a_finding(text: str, parse: Parse) -> None:
    document, findings = read_with(parse, SourceText("a.yaml", text))

    assert document is None
    assert [found.code for found in findings] == ["nested-too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + ": " * 20_000,
        "a: зам" + " #1" * 20_000,
        "a: 'b' c\nd" + " " * 50_000 + "e",
        "&a " * 20_000,
        "a: " + "и\u0306" * 50_000,
    ],
    ids=["colons", "hashes", "blanks", "anchors", "decomposed"],
)
def test_a_huge_line_of_one_sign_is_read_in_one_go(text: str) -> None:
    _document, findings = read_with(libyaml_events, SourceText("a.yaml", text))

    assert findings


@both_parsers
def test_a_remark_in_a_file_without_any_text_is_a_remark(parse: Parse) -> None:
    assert document_of("items: {id: ~}  # дүнг оруулах хэрэгтэй\n", parse).data == {"items": {"id": None}}
