"""HTML sheets: one file by itself, from the office's own template.

In: a sheet and the template's bytes. Out: UTF-8 text that shows every value of the sheet, or findings about the
template.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from planctl.diagnostics import Span, finding
from planctl.render import Rendered
from planctl.render.presence import folded, losses
from planctl.render.sandbox import environment

if TYPE_CHECKING:
    from types import TracebackType

    from planctl.diagnostics import Diagnostic
    from planctl.render import Template
    from planctl.report.sheet import Sheet

_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "mark", "q", "s", "small", "span"})
_INLINE_TOO = frozenset({"strong", "sub", "sup", "time", "u", "var", "wbr"})
_HIDDEN = frozenset({"script", "style", "template", "title"})


def render(sheet: Sheet, template: Template | None) -> Rendered:
    """Return the sheet as HTML; a finding names the template and the line of the tag.

    Errors: template-unreadable, template-broken-tag, template-unknown-field, template-forbidden-tag and
    template-loses-value.
    """
    if template is None:
        raise TypeError("an HTML sheet starts from a template")
    try:
        source = template.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        problem = f"it is not UTF-8 text: byte {fault.start} cannot be read"
        return Rendered(None, (finding("template-unreadable", Span(template.path), problem=problem),))
    written = _filled(source, sheet, template.path)
    if not isinstance(written, str):
        return Rendered(None, (written,))
    missing = losses(sheet, shown_lines(written), template.path, shown_as=folded)
    return Rendered(None, missing) if missing else Rendered(written.encode())


def shown_lines(page: str) -> list[str]:
    """Return the lines of text that a reader of the page sees, with one space for any run of them."""
    reader = _Shown()
    reader.feed(page)
    reader.close()
    return reader.lines()


def _filled(source: str, sheet: Sheet, path: str) -> str | Diagnostic:
    """Return the filled template, or a finding about the tag that cannot be carried out."""
    sandbox = environment()
    try:
        return sandbox.from_string(source).render(sheet=sheet).strip("\n") + "\n"
    except TemplateSyntaxError as fault:
        return _tag_finding("template-broken-tag", fault.message or "", fault.lineno, source, path)
    except (SyntaxError, RecursionError):
        return _tag_finding("template-broken-tag", "loops or brackets too deep in each other", 1, source, path)
    except Exception as fault:
        # Whatever a tag can raise (a sum of a text and a number, say), as long as it was raised within the template.
        line = _template_line(fault.__traceback__)
        if line is None:
            raise
        return _tag_finding(_code(fault), str(fault) or type(fault).__name__, line, source, path)


def _code(fault: Exception) -> str:
    if isinstance(fault, SecurityError):
        return "template-forbidden-tag"
    return "template-unknown-field" if isinstance(fault, UndefinedError) else "template-broken-tag"


def _tag_finding(code: str, problem: str, line: int, source: str, path: str) -> Diagnostic:
    lines = source.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1].strip()
    return finding(code, Span(path, line), problem=problem.rstrip("."), paragraph=text)


def _template_line(traceback: TracebackType | None) -> int | None:
    """Return the line of the template that an exception was raised on; Jinja writes it into the traceback."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


class _Shown(HTMLParser):
    """Collects the text between tags; every tag that is not one of running text begins a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's
        if tag in _HIDDEN:
            self._hidden.append(tag)
        self._line_end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        self._line_end(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._pieces.append(data)

    def lines(self) -> list[str]:
        return [line for line in map(folded, "".join(self._pieces).split("\n")) if line]

    def _line_end(self, tag: str) -> None:
        if tag not in _INLINE and tag not in _INLINE_TOO:
            self._pieces.append("\n")
