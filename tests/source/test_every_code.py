"""Each code of the reader: a text that earns it, its place and hint, and a neighbour that is fine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES, reading
from planctl.diagnostics import Diagnostic, Span
from planctl.source.document import SourceText
from planctl.source.reader import Events, libyaml_events, pure_events, read_with

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_CODES = {
    "file-unreadable",
    "file-too-large",
    "link-leaves-project",
    "link-leads-nowhere",
    "folder-named-yaml",
    "not-utf8",
    "submodule-not-read",
}
"""Found before there is a text; their cases stand in test_discover.py and test_git.py."""


@dataclass(frozen=True)
class Case:
    code: str
    text: str
    place: str
    hint: str
    data: object
    """What is kept of the document; None when nothing is."""
    fine: str
    """A neighbour without a finding."""


CASES = (
    Case("file-empty", "# зөвхөн тайлбар\n", "1:1", "write the document, or delete the file", None, "a: 1\n"),
    Case(
        "top-not-mapping", "- a\n", "1:1", "begin the file with a line such as “form: resolutions”", None, "a:\n- a\n"
    ),
    Case(
        "control-character",
        "a: 1\nb: зам\x0bгүүр\n",
        "2:7",
        "delete it; it comes along when text is copied from another program",
        {"a": "1", "b": "зам гүүр"},
        "a: 1\nb:\tзам\n",
    ),
    Case(
        "line-separator",
        "a: зам\u2028гүүр\nb: 1\n",
        "1:7",
        "delete it and press Enter instead, or type a space",
        {"a": "зам гүүр", "b": "1"},
        "a: зам\n  гүүр\nb: 1\n",
    ),
    Case(
        "decomposed-letter",
        "a: бои\u0306\n",
        "1:7",
        "type “й” again; only then will a search for the word find it",
        {"a": "бои\u0306"},
        "a: бой ё Й Ё\n",
    ),
    Case("invisible-character", "a: зам\u200bын\n", "1:7", "delete it", {"a": "зам\u200bын"}, "a: зам\u00a0ын\n"),
    Case("bidi-control", "a: \u202eмаз\n", "1:4", "delete it", {"a": "\u202eмаз"}, "a: «маз»\n"),
    Case("damaged-letter", "a: х\ufffdн\n", "1:5", "type the word again", {"a": "х\ufffdн"}, "a: х?н\n"),
    Case(
        "conflict-marker",
        "a: |\n  =======\n<<<<<<< HEAD\nb: 1\n",
        "3:1",
        "keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>",
        {"a": "=======\n", "b": "1"},
        "a: |\n  <<<<<<< HEAD\nb: =======\n",
    ),
    Case(
        "yaml-syntax",
        "a: 1\n- b\n",
        "2:1",
        "look here and at the line above for a missing quotation mark, bracket, colon or indentation",
        None,
        "a:\n- b\n",
    ),
    Case(
        "duplicate-key",
        "a: 1\nb:\n  c: 2\n# b: \nb: 3\n",
        "5:1",
        "delete one of the two, or rename it",
        {"a": "1", "b": {"c": "2"}},
        "a: 1\nb:\n  a: 3\n",
    ),
    Case(
        "yaml-anchor",
        "a: &b\n  c: 1\n",
        "1:4",
        "remove it, and write the value out wherever it is needed",
        {"a": {"c": "1"}},
        "a: b&c, б & в\n",
    ),
    Case("yaml-alias", "a: *b\nc: 1\n", "1:4", "write the value itself here", {"a": None, "c": "1"}, "a: 2*b\n"),
    Case(
        "yaml-tag",
        "a: !!int 5\n",
        "1:4",
        "remove it; the field decides what kind of value it holds",
        {"a": "5"},
        "a: б!\n",
    ),
    Case("yaml-merge-key", "a: 1\n<<: {b: 2}\n", "2:1", "write the keys and values out here", {"a": "1"}, "a: <<\n"),
    Case(
        "several-documents",
        "a: 1\n---\nb: 2\n",
        "2:1",
        "delete the line ---, or move what follows it into a file of its own",
        {"a": "1"},
        "---\na: 1\n",
    ),
    Case(
        "complex-key",
        "a: 1\n[б]: 2\nc: 3\n",
        "2:1",
        "write a plain word before the colon, or put text that begins with a bracket in quotation marks",
        {"a": "1", "c": "3"},
        "a: 1\n'[б]': 2\n",
    ),
    Case(
        "nested-too-deep",
        "a: " + "[" * 64 + "]" * 64 + "\n",
        "1:67",
        "look for brackets that were opened and never closed",
        None,
        "a: " + "[" * 63 + "]" * 63 + "\n",
    ),
    Case(
        "colon-in-text",
        "title: Ажил: 1-р шат\nb: 1\n",
        "1:12",
        'put the whole value in quotation marks: title: "Ажил: 1-р шат"',
        {"title": "Ажил: 1-р шат", "b": "1"},
        "title: Ажил 12:30\n",
    ),
    Case(
        "text-after-quote",
        'title: "Баялаг" хөтөлбөр\nb: 1\n',
        "1:17",
        "put the whole value in quotation marks: title: '\"Баялаг\" хөтөлбөр'",
        {"title": '"Баялаг" хөтөлбөр', "b": "1"},
        'title: Монгол "Баялаг" хөтөлбөр\nb: "в" # г\n',
    ),
    Case(
        "text-after-bracket",
        "title: [Төсөл] батлах\nb: 1\n",
        "1:16",
        'put the whole value in quotation marks: title: "[Төсөл] батлах"',
        {"title": "[Төсөл] батлах", "b": "1"},
        "title: [Төсөл] # батлах\n",
    ),
    Case(
        "dash-as-value",
        "baseline: -\nb: 1\n",
        "1:11",
        'leave the value out if there is none, or put it in quotation marks: baseline: "-"',
        {"baseline": "-", "b": "1"},
        "baseline: -5\n",
    ),
    Case(
        "block-sign-at-start",
        "target: >=3\nb: 1\n",
        "1:9",
        'put the whole value in quotation marks: target: ">=3"',
        {"target": ">=3", "b": "1"},
        "target: >-\n  3\nb: |2 # в\n   г\n",
    ),
    Case(
        "reserved-sign-at-start",
        "a: %5\nb: 1\n",
        "1:4",
        'put the whole value in quotation marks: a: "%5"',
        {"a": "%5", "b": "1"},
        "a: 5%\n",
    ),
    Case(
        "missing-space-after-colon",
        "a: 1\nself:100\nb: 2\n",
        "2:5",
        "write self: 100",
        {"a": "1", "self": "100", "b": "2"},
        "a:\n  http://example.mn\nb: c:d\n",
    ),
    Case(
        "missing-space-after-dash",
        "a:\n  - б\n  -в\n",
        "3:3",
        "write - в",
        {"a": ["б", "в"]},
        "a:\n  - -5\n  - б-в\n",
    ),
    Case(
        "line-without-key",
        "a: 1\nхоёр дахь мөр\nb: 2\n",
        "2:1",
        "if it continues the text above, begin that text with “|” and indent its lines below it",
        {"a": "1", "b": "2"},
        "a: 1\n  хоёр дахь мөр\nb: 2\n",
    ),
    Case(
        "unclosed-quote",
        'a: "зам\nb: 1\n',
        "1:4",
        'close it at the end of the value: a: "зам"',
        {"a": "зам", "b": "1"},
        'a: "зам\n  гүүр"\nb: 1\n',
    ),
    Case(
        "unclosed-bracket",
        "a: [б, в\nb: 1\n",
        "1:4",
        "close it: a: [б, в]; if it is text, put the whole value in quotation marks",
        {"a": ["б", "в"], "b": "1"},
        "a: [б,\n  в]\nb: 1\n",
    ),
    Case(
        "backslash-in-quotes",
        'a: "C:\\Баримт"\nb: 1\n',
        "1:7",
        "use single quotation marks, between which a backslash is just a backslash: a: 'C:\\Баримт'",
        {"a": "C:\\Баримт", "b": "1"},
        "a: C:\\Баримт\nb: 'C:\\Баримт'\n",
    ),
    Case(
        "tab-indentation",
        "a:\n\tb: 1\n",
        "2:1",
        "use spaces; most editors can turn all tabs into spaces at once",
        {"a": {"b": "1"}},
        "a:\n  b:\t1\n",
    ),
    Case(
        "bad-indentation",
        "a:\n  b: 1\n c: 2\n",
        "3:2",
        "begin it in column 3",
        {"a": {"b": "1", "c": "2"}},
        "a:\n  b: 1\nc: 2\n",
    ),
    Case(
        "text-cut-by-hash",
        "title: Зам #5 засах\n",
        "1:12",
        'put the whole value in quotation marks: title: "Зам #5 засах"',
        {"title": "Зам"},
        "title: Зам#5 засах\nid: waste-1 #5\nx: |\n  Зам #5\n",
    ),
    Case(
        "comment-after-text",
        "title: Зам засах # хэзээ\n",
        "1:18",
        'if it belongs to the text: title: "Зам засах # хэзээ"; if not, move it to a line of its own',
        {"title": "Зам засах"},
        "self: 100  # шалгасан\ndate: 2023-12-01 # ok\nx: >\n  Зам засах # хэзээ\n# б в\ny: 'а б' # в\n",
    ),
)

BOTH_PARSERS = pytest.mark.parametrize("parse", [libyaml_events, pure_events])


def hint_of(found: Diagnostic) -> str:
    values = dict(found.values)
    for hint in CODES[found.code].hints:
        try:
            return hint.format_map(values)
        except KeyError:
            continue
    return ""


@BOTH_PARSERS
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_text_earns_its_code_alone_with_place_and_hint_and_the_rest_is_kept(
    case: Case, parse: Callable[[bytes], Events]
) -> None:
    document, findings = read_with(parse, SourceText("a.yaml", case.text))

    line, column = map(int, case.place.split(":"))
    assert [(found.code, found.span, hint_of(found)) for found in findings] == [
        (case.code, Span("a.yaml", line, column), case.hint)
    ]
    assert (document and document.data) == case.data


@BOTH_PARSERS
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_similar_text_without_the_fault_has_no_finding(case: Case, parse: Callable[[bytes], Events]) -> None:
    document, findings = read_with(parse, SourceText("a.yaml", case.fine))

    assert findings == ()
    assert document is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_blank_of_the_message_is_filled(case: Case) -> None:
    _document, findings = read_with(pure_events, SourceText("a.yaml", case.text))

    assert all(CODES[found.code].message.format_map(dict(found.values)) for found in findings)


def test_every_code_of_the_reader_has_a_case() -> None:
    shown_elsewhere = FILE_CODES | {"more-of-the-same"}

    assert {case.code for case in CASES} | shown_elsewhere == {code.name for code in reading.CODES}
