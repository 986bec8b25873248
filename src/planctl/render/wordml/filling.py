"""Fill the office's template with the values of a sheet, and lead every fault of a tag back to its paragraph.

In: the template's bytes and the context. Out: a python-docx document whose XML still carries the marks for the tidying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from docx.exceptions import PythonDocxError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from lxml import etree

from planctl.render import sandbox
from planctl.render.wordml.opening import UnreadableError
from planctl.render.wordml.text import lines
from planctl.render.wordml.xml import P, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from jinja2 import Environment

    from planctl.render.wordml.xml import Element

_RAW = r"\{%-?\s*raw\b.*?endraw\s*-?%\}"
_TAG = re.compile(_RAW + r"|(?P<open>\{[{%][-+]?)(?P<inside>.*?)[-+]?[%}]\}", re.DOTALL)
_NOTES = ("footnotes+xml", "endnotes+xml")
_TEXTS = ("document.main+xml", "header+xml", "footer+xml", *_NOTES)
_UNDEFINED_FIELD = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(.*)'$")
_UNDEFINED_NAME = re.compile(r"'(.*)' is undefined$")
_STRAIGHT_QUOTES = str.maketrans("“”‘’", "\"\"''")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BODY = re.compile(r"<w:body[^>]*/>|<w:body[^>]*>\s*</w:body>")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of the template: its number from 1 within its part, and its text."""

    number: int
    text: str


class TagFault(Exception):  # noqa: N818 -- not an error of ours: a finding about the template on its way up
    """A tag of the template cannot be read or carried out: the code of the finding, the problem, and where."""

    def __init__(self, code: str, problem: str, place: Place) -> None:
        super().__init__(problem)
        self.code = code
        self.problem = problem
        self.place = place


def filled(content: bytes, context: Mapping[str, object]) -> Any:
    """Return the filled document; raise `TagFault`, or `UnreadableError` for a package python-docx cannot walk."""
    filling = _Filling(BytesIO(content))
    try:
        filling.init_docx()
    except (PythonDocxError, KeyError, ValueError, TypeError, AttributeError, IndexError) as fault:
        raise UnreadableError("parts of it are missing") from fault
    filling.refuse_open_tags()
    filling.render(dict(context), sandbox.environment())
    return filling.docx


class _Filling(DocxTemplate):  # type: ignore[misc]  # docxtpl brings no types
    """DocxTemplate that never repairs or swallows XML, tells the place of a fault, and leaves the rest to the tidying.

    docxtpl 0.20 parses what it filled in with `recover=True`, which silently drops text around a broken tag; renders
    properties escaped for XML a second time; and renders footnotes once for every section.
    """

    def init_docx(self, reload: bool = True) -> None:  # noqa: FBT001, FBT002 -- docxtpl's signature
        super().init_docx(reload)
        texts = (part for part in self.docx.part.package.iter_parts() if part.content_type.endswith(_TEXTS))
        self._places = {part: tuple(_places(part.blob)) for part in texts}

    def refuse_open_tags(self) -> None:
        """Raise the fault of a tag that is not closed in its own paragraph: docxtpl swallows all up to the next end."""
        for place in chain.from_iterable(self._places.values()):
            if re.search(r"\{[{%#]|[}%#]\}", _COMMENT.sub("", _TAG.sub("", place.text))):
                raise TagFault("template-broken-tag", "a tag is not opened and closed in one paragraph", place)

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment) -> str:
        xml = _carried_out(_one_tag_a_line(src_xml), context, jinja_env, self._places.get(part, ()))
        if part is not self.docx.part:
            self._parsed(xml, part)
        return xml

    def fix_tables(self, xml: str) -> str:
        """Leave the grids to the tidying, and the parsing to `map_tree`."""
        return xml

    def map_tree(self, body: str) -> None:
        """Put the filled body into the document by parsing both as one.

        lxml 6.1 takes time quadratic in the size of a tree that moves from one document to another.
        """
        root = self.docx.element
        root.body[:] = []
        shell = etree.tostring(root, encoding="unicode")
        self.docx._element = self.docx.part._element = self._parsed(_BODY.sub(lambda _: body, shell), self.docx.part)  # noqa: SLF001

    def _parsed(self, xml: str, part: Any) -> Element:
        try:
            return parsed(xml.encode())
        except etree.XMLSyntaxError as fault:
            place = _first_tag(self._places.get(part, ()))
            raise TagFault("template-broken-tag", "tags cut across cells or paragraphs", place) from fault

    def fix_docpr_ids(self, tree: Element) -> None:
        """Leave the ids to the tidying, which sees all parts."""

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Leave the properties to the caller."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Environment) -> None:
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith(_NOTES):
                source = self.patch_xml(self.xml_to_string(parsed(part.blob)))
                part._blob = self.render_xml_part(source, part, context, jinja_env).encode()  # noqa: SLF001 -- as docxtpl


def _places(blob: bytes) -> Iterator[Place]:
    root = parsed(blob)
    for number, paragraph in enumerate(root.iter(P), start=1):
        yield Place(number, " ".join(lines(paragraph)).strip())


def _one_tag_a_line(source: str) -> str:
    """Return the source with each tag on a line of its own, so that a line number of Jinja's names a tag.

    The break stands inside the tag, where it means nothing; Word itself takes a line break in a text for a space.
    """
    return _TAG.sub(
        lambda tag: f"{tag['open']}\n{tag[0][len(tag['open']) :]}" if tag["open"] else tag[0], source.replace("\n", " ")
    )


def _carried_out(source: str, context: dict[str, Any], jinja_env: Environment, places: tuple[Place, ...]) -> str:
    try:
        return jinja_env.from_string(source).render(context)
    except TemplateSyntaxError as fault:
        place = _unclosed(source, places) if "Unexpected end of template" in str(fault) else None
        place = place or _place_of_line(fault.lineno, source, places)
        raise TagFault("template-broken-tag", _syntax_problem(fault), place) from fault
    except (SyntaxError, RecursionError) as fault:
        raise TagFault("template-broken-tag", "loops or brackets too deep in each other", _first_tag(places)) from fault
    except Exception as fault:
        # Whatever a tag can raise (a sum of a text and a number, say), as long as it was raised within the template.
        line = _template_line(fault.__traceback__)
        if line is None:
            raise
        code, problem = _runtime_problem(fault)
        raise TagFault(code, problem, _place_of_line(line, source, places)) from fault


def _template_line(traceback: TracebackType | None) -> int | None:
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _syntax_problem(fault: TemplateSyntaxError) -> str:
    message = (fault.message or "").rstrip(".")
    if message.startswith("Unexpected end of template"):
        return "a loop or a condition is opened but never closed"
    if found := re.match(r"Encountered unknown tag '(\w+)'", message):
        return f"“{found[1]}” is no tag, or closes what was never opened"
    if found := re.match(r"No (filter|test) named '(\w+)'", message):
        return f"there is no {found[1]} “{found[2]}”"
    return message


def _runtime_problem(fault: Exception) -> tuple[str, str]:
    if isinstance(fault, SecurityError):
        return "template-forbidden-tag", str(fault).rstrip(".")
    if not isinstance(fault, UndefinedError):
        return "template-broken-tag", str(fault) or type(fault).__name__
    message = fault.message or ""
    if found := _UNDEFINED_FIELD.match(message):
        return "template-unknown-field", f"{found[1]} has no “{found[2]}”"
    if found := _UNDEFINED_NAME.match(message):
        return "template-unknown-field", f"“{found[1]}”"
    return "template-unknown-field", message


def _tags(text: str) -> list[str]:
    """Return the insides of a text's tags as they can be compared before and after docxtpl's rewriting."""
    insides = (tag["inside"] for tag in _TAG.finditer(text) if tag["open"])
    return [
        re.sub(r"\s+", " ", re.sub(r"^\s*((tr|tc|p|r|colspan|cellbg)\s)?", "", inside))
        .strip()
        .translate(_STRAIGHT_QUOTES)
        for inside in insides
    ]


def _place_of_line(line: int, source: str, places: tuple[Place, ...]) -> Place:
    """Return the paragraph of the tag that stands on a line of `_one_tag_a_line`: the same tag, as often before it."""
    tags = _tags(_unescaped(source))
    return _place_of_tag(min(max(line - 2, 0), len(tags) - 1), tags, places)


def _place_of_tag(at: int, tags: list[str], places: tuple[Place, ...]) -> Place:
    wanted, before = tags[at], tags[:at].count(tags[at])
    holders = [place for place in places for tag in _tags(place.text) if tag == wanted]
    return holders[min(before, len(holders) - 1)] if holders else Place(1, wanted)


def _unclosed(source: str, places: tuple[Place, ...]) -> Place | None:
    tags = _tags(_unescaped(source))
    opened: list[int] = []
    for at, tag in enumerate(tags):
        word = tag.split(" ", 1)[0]
        if word in {"for", "if"}:
            opened.append(at)
        elif word in {"endfor", "endif"} and opened:
            opened.pop()
    return _place_of_tag(opened[-1], tags, places) if opened else None


def _unescaped(source: str) -> str:
    return source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _first_tag(places: tuple[Place, ...]) -> Place:
    return next((place for place in places if _tags(place.text)), Place(1, ""))
