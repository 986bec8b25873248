"""From the text of a YAML file to a `Document`: one pass over a parser's events, every fault collected.

Scalars stay the author's text; a field decides later what is a number. What YAML can do and a plan must not (anchors,
aliases, tags, merge keys, several documents, complex keys) is a finding, and the rest of the file is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

try:
    from _ruamel_yaml import CParser
except ImportError:
    CParser = None

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.source.comments import check_comments
from planctl.source.document import Document, Mark, Node, Page, Place, SourceText, key_offset
from planctl.source.hygiene import check_characters, check_conflicts, limited
from planctl.source.shown import shortened

if TYPE_CHECKING:
    from planctl.source.proof import Mistake

Events: TypeAlias = Callable[[], Any]
"""Gives a parser's next event at each call; typed loosely, as the two parsers have no type in common."""

Parse: TypeAlias = Callable[[bytes], Events]
"""Gives the events of a text, from its bytes in UTF-8; they are made once, as looking through them is quick."""

Reading: TypeAlias = tuple[Document | None, tuple[Diagnostic, ...]]

DEEPEST = 64
MOST_ROUNDS = 50
"""How often a file is mended and parsed again; nearly always one round mends all."""
ROOM_FOR_QUOTES = 1000
"""Characters that mending may add to a short text; what grows further is no mistake that we understand."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_SIGN = re.compile(r"(?:^|[\s\[{,:?-])[&*!]")


def parser_in_use() -> Literal["libyaml", "ruamel.yaml"]:
    """Return which parser reads the plans: libyaml where it is installed, otherwise the slower pure one."""
    return "ruamel.yaml" if CParser is None else "libyaml"


def read(source: SourceText) -> Reading:
    """Return the file's tree and all that is wrong with its text; never raises on what a user wrote.

    There is no document when nothing can be kept: an empty file, a syntax error that is not understood, a top that
    is not a mapping.
    """
    return read_with(events, source)


def events(text: str | bytes) -> Events:
    """Return the events of the text, or of its bytes in UTF-8, from the parser in use."""
    return pure_events(text) if CParser is None else libyaml_events(text)


def libyaml_events(text: str | bytes) -> Events:
    """Return libyaml's events of the text."""
    get: Events = CParser(_encoded(text)).get_event
    return get


def pure_events(text: str | bytes) -> Events:
    """Return the same events from the parser written in Python."""
    _constructor, parser = YAML(typ="safe", pure=True).get_constructor_parser(_encoded(text).decode())
    get: Events = parser.get_event
    return get


def _encoded(text: str | bytes) -> bytes:
    return text.encode(errors="replace") if isinstance(text, str) else text


def read_with(parse: Parse, source: SourceText) -> Reading:
    """Do what `read` says, with the given parser."""
    text = _lines_of(source.text)
    page, data = Page(source.path, text), _encoded(text)
    readable, characters = check_characters(page, data)
    readable, conflicts = check_conflicts(page, readable, data)
    if readable is not text:
        data = _encoded(readable)
    parsed, mistakes = _parsed(parse, Page(source.path, readable), data)
    document, rest = _document(source.path, text, parsed)
    return document, (*characters, *conflicts, *mistakes, *rest)


def _lines_of(text: str) -> str:
    """Return the text without a byte order mark, all lines ending alike; lines and columns stay what they are."""
    whole = text.removeprefix("\ufeff")
    return whole.replace("\r\n", "\n").replace("\r", "\n") if "\r" in whole else whole


@dataclass(slots=True)
class _Parsed:
    """What one pass over the events gave; `stopped_at` is the place where the parser gave up."""

    page: Page
    data: Node = None
    places: Place | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    stopped_at: tuple[int, int] | None = None
    has_signs: bool = False


def _parsed(parse: Parse, page: Page, data: bytes) -> tuple[_Parsed, list[Diagnostic]]:
    """Return the last of several passes, between which what is understood was mended, and the mended mistakes."""
    mistakes: list[Diagnostic] = []
    longest = 2 * len(page.text) + ROOM_FOR_QUOTES
    for _round in range(MOST_ROUNDS):
        parsed = _pass(parse, page, data)
        if parsed.stopped_at is None and not parsed.has_signs:
            break
        from planctl.source.mistakes import proofread  # noqa: PLC0415  # few files need it

        proof = proofread(page.text)
        if proof.text == page.text or len(proof.text) > longest:
            break
        mistakes += _as_findings(proof.mistakes, page)
        moved = {line: (*page.moved.get(line, ()), *moves) for line, moves in proof.moved.items()}
        page, data = Page(page.path, proof.text, {**page.moved, **moved}), _encoded(proof.text)
    return parsed, mistakes


def _as_findings(mistakes: tuple[Mistake, ...], page: Page) -> list[Diagnostic]:
    findings = [
        finding(mistake.code, page.span(mistake.line, mistake.column), **mistake.values) for mistake in mistakes
    ]
    tabs = [found for found in findings if found.code == "tab-indentation"]
    return [*limited(tabs), *(found for found in findings if found.code != "tab-indentation")]


def _pass(parse: Parse, page: Page, data: bytes) -> _Parsed:
    """Parse the whole text once; a syntax error leaves its place and what was found before it."""
    parsed = _Parsed(page)
    try:
        get = parse(data)
        _build_document(_watched(get, parsed) if _may_hold_signs(page.text) else get, parsed)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        parsed.stopped_at = (mark.line, mark.column)
    except (YAMLError, ValueError, OverflowError):  # what the parser cannot read, without a place
        parsed.stopped_at = (0, 0)
    except _TooDeepError as error:
        parsed.findings.append(_at(page, error.mark, "nested-too-deep", deepest=DEEPEST))
    return parsed


def _document(path: str, text: str, parsed: _Parsed) -> Reading:
    """Return the document if the pass gave one, with the findings that only the finished tree shows."""
    page, findings = parsed.page, parsed.findings
    if parsed.stopped_at is not None:
        return None, (*findings, _syntax_error(page, *parsed.stopped_at))
    if isinstance(parsed.data, dict) and parsed.places is not None:
        comments = check_comments(page, parsed.data, parsed.places)
        return Document(path, text, parsed.data, page, parsed.places), (*findings, *comments)
    if parsed.places is not None or not findings:
        findings.append(_no_mapping(page, parsed.data))
    return None, tuple(findings)


def _syntax_error(page: Page, line: int, column: int) -> Diagnostic:
    """Return the finding; a place after the last line is moved to the last line with text."""
    lines = page.text.split("\n")
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line]) if line < len(lines) else 0
    return finding("yaml-syntax", page.span(line, column), text=shortened(lines[line]))


def _no_mapping(page: Page, data: Node) -> Diagnostic:
    if data is None:
        return finding("file-empty", Span(page.path))
    return finding("top-not-mapping", Span(page.path), found="list" if isinstance(data, list) else "text")


class _TooDeepError(Exception):
    """Nested deeper than any plan; libyaml's own work grows with the square of the depth, so reading ends here."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


def _at(page: Page, mark: Mark, code: str, **values: object) -> Diagnostic:
    return finding(code, page.span(mark.line, mark.column), **values)


def _may_hold_signs(text: str) -> bool:
    """Return whether the text may hold an anchor, an alias or a tag; most files don't, and need no closer look."""
    return ("&" in text or "*" in text or "!" in text) and _SIGN.search(text) is not None


def _watched(get: Events, parsed: _Parsed) -> Events:
    """Return the same events, noting each anchor, alias and tag."""
    page = parsed.page

    def next_event() -> Any:
        event = get()
        if getattr(event, "anchor", None) is not None or getattr(event, "ctag", None) is not None:
            parsed.has_signs = True
            parsed.findings += _signs(event, page)
        return event

    return next_event


def _signs(event: Any, page: Page) -> list[Diagnostic]:
    """Return the findings about an event that has an anchor or a tag, or is an alias."""
    anchor, tag = getattr(event, "anchor", None), getattr(event, "ctag", None)
    if isinstance(event, AliasEvent):
        return [_at(page, event.start_mark, "yaml-alias", alias=f"*{anchor}")]
    found = []
    if anchor is not None:
        found.append(_at(page, event.start_mark, "yaml-anchor", anchor=f"&{anchor}"))
    if tag is not None:
        found.append(_at(page, event.start_mark, "yaml-tag", tag=str(tag)))
    return found


def _build_document(get: Events, parsed: _Parsed) -> None:
    """Fill in the first document's values and places; a second document is a finding."""
    get()
    if isinstance(get(), StreamEndEvent):
        return
    parsed.data, parsed.places = _Builder(get, parsed).node(get(), 1)
    get()
    following = get()
    if not isinstance(following, StreamEndEvent):
        parsed.findings.append(_at(parsed.page, following.start_mark, "several-documents"))


class _Builder:
    """Builds a node's values, and beside them the places in the same shape.

    The innermost loop of planctl, so scalars are handled where they are met. Methods, because functions that call one
    another from within a function are a cycle, which would keep every event until the collector runs.
    """

    __slots__ = ("_get", "_parsed")

    def __init__(self, get: Events, parsed: _Parsed) -> None:
        self._get = get
        self._parsed = parsed

    def node(self, event: Any, depth: int) -> tuple[Node, Place]:
        """Return the value that begins with this event; an alias has none."""
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            return (None if value in _NOTHING and event.implicit[0] else value), event.start_mark
        if kind is AliasEvent:
            return None, event.start_mark
        if depth > DEEPEST:
            raise _TooDeepError(event.start_mark)
        return self._mapping(event, depth) if kind is MappingStartEvent else self._sequence(event, depth)

    def _mapping(self, start: Any, depth: int) -> tuple[Node, Place]:
        get, scalar = self._get, ScalarEvent
        values: dict[str, Node] = {}
        places: dict[str, Place] = {}
        place = (start.start_mark, places)
        key_event = get()
        while (kind := key_event.__class__) is not MappingEndEvent:
            if kind is not scalar or (key := key_event.value) in values or key == "<<":
                self._refuse(key_event, place, depth)
            elif (event := get()).__class__ is scalar:
                value = event.value
                values[key] = None if value in _NOTHING and event.implicit[0] else value
                places[key] = event.start_mark
            else:
                values[key], places[key] = self.node(event, depth + 1)
            key_event = get()
        return values, place

    def _sequence(self, start: Any, depth: int) -> tuple[Node, Place]:
        get = self._get
        values: list[Node] = []
        places: list[Place] = []
        while (event := get()).__class__ is not SequenceEndEvent:
            value, place = self.node(event, depth + 1)
            values.append(value)
            places.append(place)
        return values, (start.start_mark, places)

    def _refuse(self, key_event: Any, place: tuple[Mark, dict[str, Place]], depth: int) -> None:
        """Note what is wrong with the key, and read it and its value only to pass over them."""
        self._parsed.findings.append(_refused(key_event, place, self._parsed.page))
        self.node(key_event, depth + 1)
        self.node(self._get(), depth + 1)


def _refused(key_event: Any, place: tuple[Mark, dict[str, Place]], page: Page) -> Diagnostic:
    """Return the finding about a key that is no plain word, merges, or stands a second time."""
    mark = key_event.start_mark
    if key_event.__class__ is not ScalarEvent:
        return _at(page, mark, "complex-key")
    key = key_event.value
    if key == "<<":
        return _at(page, mark, "yaml-merge-key")
    return _at(page, mark, "duplicate-key", key=shortened(key), first=_line_of(key, place, page))


def _line_of(key: str, place: tuple[Mark, dict[str, Place]], page: Page) -> int:
    """Return the line (from 1) in which the mapping's key stands."""
    start, children = place
    child = children[key]
    value = child[0] if isinstance(child, tuple) else child
    offset = key_offset(page.text, key, start=start.index, end=value.index)
    return value.line + 1 - (0 if offset is None else page.text.count("\n", offset, value.index))
