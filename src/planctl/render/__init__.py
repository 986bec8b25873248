"""The register of output formats: one file here for each; to add one, write it and add its line to FORMATS.

A format takes a `Sheet` and, if it works from the office's own template, that template's bytes, and gives the bytes of
a file. It reads nothing else: no files, no clock, no environment; the same sheet and template give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.report.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Template:
    """An office's template as it lies on disk: `path` for findings (from the project, "/"), and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a file, or None where the findings hold an error."""

    content: bytes | None
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a template shows, whether all of its sheet is there or not, and every fault of its tags that can be told.

    A value whose tag is at fault is left away. `lines` is what a reader would see, None where a fault hides the rest;
    lines `besides` stand for no value.
    """

    findings: tuple[Diagnostic, ...]
    lines: tuple[str, ...] | None = None
    besides: tuple[str, ...] = ()


class Render(Protocol):
    """The contract of a format: `template` is None for a format that needs none."""

    def __call__(self, sheet: Sheet, template: Template | None) -> Rendered:
        """Return the file's bytes, or what is wrong with the template."""
        ...


class Try(Protocol):
    """The contract of a format that starts from a template."""

    def __call__(self, sheet: Sheet, template: Template) -> Trial:
        """Return what the template shows of a sheet."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: its ending, whether it starts from a template, and the module that holds its `render`.

    `libraries` are those whose version can change its bytes; one that `is_packed` rests on zlib too.
    """

    suffix: str
    needs_template: bool
    module: str
    libraries: tuple[str, ...] = ()
    is_packed: bool = False

    def load(self) -> Render:
        """Return the format's function; its libraries are imported now and not before."""
        render: Render = import_module(self.module).render
        return render

    def load_trial(self) -> Try:
        """Return the function that tries a template; only formats that start from one have it."""
        trial: Try = import_module(self.module).trial
        return trial


FORMATS = {
    "docx": Format(
        ".docx",
        needs_template=True,
        module="planctl.render.word",
        libraries=("docxtpl", "Jinja2", "lxml", "python-docx"),
        is_packed=True,
    ),
    "xlsx": Format(
        ".xlsx", needs_template=False, module="planctl.render.excel", libraries=("XlsxWriter",), is_packed=True
    ),
    "html": Format(".html", needs_template=True, module="planctl.render.html", libraries=("Jinja2",)),
    "md": Format(".md", needs_template=False, module="planctl.render.markdown"),
}
