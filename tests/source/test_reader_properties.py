"""What holds for every text: the two parsers agree, and nothing makes the reader raise."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from examples import examples
from planctl.source.document import Document, Node, SourceText
from planctl.source.encoding import decoded
from planctl.source.mistakes import proofread
from planctl.source.reader import libyaml_events, pure_events, read, read_with

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = "абвгдеөү АБ1230 .,;:-–«»\"'#[]{}!&*|>%@`\\/?=+~\n"
texts = st.text(LETTERS, max_size=40)
keys = st.from_regex(r"[a-z][a-z0-9_-]{0,8}|[а-я]{1,5}( [а-я]{1,5})?", fullmatch=True)
trees = st.dictionaries(
    keys,
    st.recursive(
        st.one_of(st.none(), texts),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=12,
    ),
    max_size=5,
)

QUIET = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dumped(tree: dict[str, Any], *, flow: bool, width: int) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = flow
    yaml.width = width
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def texts_in(tree: Any) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case list():
            for value in tree:
                yield from texts_in(value)
        case dict():
            yield from texts_in(list(tree.values()))


def composed(text: str) -> Any:
    return YAML(typ="rt", pure=True).compose(text)


def value_of(node: Any) -> Node:
    match node:
        case MappingNode():
            return {key.value: value_of(value) for key, value in node.value}
        case SequenceNode():
            return [value_of(value) for value in node.value]
        case _:
            is_plain = node.style is None or node.style == ""
            return None if is_plain and node.value in {"", "~", "null", "Null", "NULL"} else str(node.value)


def places_of(node: Any, loc: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], tuple[int, int]]:
    places = {loc: (node.start_mark.line + 1, node.start_mark.column + 1)}
    match node:
        case MappingNode():
            for key, value in node.value:
                places |= places_of(value, (*loc, key.value))
        case SequenceNode():
            for index, value in enumerate(node.value):
                places |= places_of(value, (*loc, index))
    return places


def places_in(document: Document, locs: Any) -> dict[tuple[str | int, ...], tuple[int, int]]:
    spans = {loc: document.span_of(loc) for loc in locs}
    return {loc: (span.line, span.column) for loc, span in spans.items()}


@QUIET
@given(tree=trees.filter(bool), flow=st.booleans(), width=st.sampled_from([20, 80, 10_000]))
@pytest.mark.parametrize("parse", [libyaml_events, pure_events])
def test_values_and_places_are_those_of_the_pure_parser(
    parse: Any, tree: dict[str, Any], *, flow: bool, width: int
) -> None:
    assume(not flow or not set(":?") & set("".join(texts_in(tree))))  # libyaml before 0.2 refuses {a: :0}
    text = dumped(tree, flow=flow, width=width)
    node = composed(text)

    document, findings = read_with(parse, SourceText("a.yaml", text))

    assert document is not None, (text, findings)
    assert document.data == value_of(node)
    expected = places_of(node)
    assert places_in(document, expected) == expected


@QUIET
@given(tree=trees.filter(bool), flow=st.booleans(), width=st.sampled_from([20, 80, 10_000]))
def test_a_text_that_parses_has_no_mistake(tree: dict[str, Any], *, flow: bool, width: int) -> None:
    text = dumped(tree, flow=flow, width=width)

    assert proofread(text).mistakes == ()
    assert proofread(text).text == text


@QUIET
@given(st.text(max_size=200))
@pytest.mark.parametrize("parse", [libyaml_events, pure_events])
def test_no_text_makes_the_reader_raise(parse: Any, text: str) -> None:
    read_with(parse, SourceText("a.yaml", text))


@QUIET
@given(
    st.lists(
        st.sampled_from(
            [*"ab:-#?&*!|>'\"%@`[]{},\\<=~\t\n ", "\n", "\n  ", ": ", "- ", " #", "---", "...", "<<", "a: "]
        )
    )
)
@pytest.mark.parametrize("parse", [libyaml_events, pure_events])
def test_no_mixture_of_signs_makes_the_reader_raise(parse: Any, pieces: list[str]) -> None:
    document, findings = read_with(parse, SourceText("a.yaml", "".join(pieces)))

    assert document is not None or findings


@QUIET
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    text, _findings = decoded(data, "a.yaml")

    read(SourceText("a.yaml", text))


MISTAKES = {
    "colon-in-text": "title: Ажил: нэг",
    "text-after-quote": 'title: "Баялаг" хөтөлбөр',
    "text-after-bracket": "title: [Төсөл] батлах",
    "dash-as-value": "title: -",
    "block-sign-at-start": "title: >= 3",
    "reserved-sign-at-start": "title: %5",
    "unclosed-quote": 'title: "Баялаг',
    "yaml-alias": "title: *ажил бол",
    "missing-space-after-colon": "title:нэг",
    "backslash-in-quotes": 'title: "C:\\Баримт"',
    "text-cut-by-hash": "title: Зам #5",
}


@QUIET
@given(st.lists(st.sampled_from(sorted(MISTAKES)), min_size=1, max_size=40), st.integers())
def test_every_mistake_of_a_file_comes_out_in_one_run(codes: list[str], seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # a repeatable choice, no secret
    lines, expected = ["items:"], []
    for number, code in enumerate(codes):
        lines += [f"  - id: i{number}", *["    note: |", "      Ажил: үргэлжилнэ: - [ \" '"] * rng.randint(0, 1)]
        lines += [f"    {MISTAKES[code]}", "    self: 100"]
        expected.append((len(lines) - 1, code))

    document, findings = read(SourceText("a.yaml", "\n".join(lines)))

    assert sorted((found.span.line, found.code) for found in findings) == expected
    assert document is not None
    items = document.data["items"]
    assert isinstance(items, list)
    assert [item["self"] for item in items if isinstance(item, dict)] == ["100"] * len(codes)
    last = document.span_of(("items", len(codes) - 1, "self"))
    assert (last.line, last.column) == (len(lines), 11)
