"""What `planctl template check` works on: the templates that were asked for, and the sample sheet of one of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from planctl.cli import console
from planctl.errors import PlanctlError, problem_of
from planctl.output import pdf
from planctl.output.files import replace_file
from planctl.output.template_store import fetch
from planctl.pipeline import load
from planctl.portfolio.link import link
from planctl.portfolio.rubric import shipped
from planctl.rehearsal.check import format_of, names_of, sheets_for
from planctl.render import Template
from planctl.source.document import SourceText
from planctl.source.reader import read
from planctl.source.root import find_root
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.portfolio.portfolio import Portfolio
    from planctl.render import Format
    from planctl.report.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where templates are looked for: the project's folder and portfolio, and the samples that they are tried on."""

    root: Path
    portfolio: Portfolio
    samples: tuple[Sheet, ...]

    @property
    def own(self) -> Mapping[str, str]:
        """The office's own templates: name and path."""
        return self.portfolio.settings.templates


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template that was asked for, its file where it is one, and the samples of the sheets that are made from it."""

    template: Template
    kind: Format
    sheets: tuple[Sheet, ...]
    file: Path | None = None


def project() -> tuple[Path, Portfolio]:
    """Return the project's folder and portfolio; outside of one the current folder and the scales planctl brings."""
    try:
        root = find_root(Path())
    except PlanctlError:
        documents = (read(SourceText(path, text))[0] for path, text in shipped())
        return Path(), link((), shipped=[document for document in documents if document])[0]
    return root, load(root).portfolio


def chosen(what: str, as_: str, around: Surroundings) -> Chosen:
    """Return a template by its name or its path; PlanctlError where there is none, or no sample for it.

    The office's own names come before files, and files before the names of what planctl brings along.
    """
    known = names_of(around.samples)
    is_name = what in around.own or (what in known and not Path(what).is_file())
    path = None if is_name else Path(what)
    if path is not None and not path.is_file():
        raise PlanctlError(
            _("there is no template and no file “{name}”; `planctl template list` shows the templates"), name=what
        )
    name = what if path is None else _name_of(path, as_, around, known)
    sheets, kind = sheets_for(name, around.samples, own=around.own), format_of(name)
    if kind is None or not sheets:
        raise PlanctlError(_("no sheet is made from a template of the name “{name}”"), name=name)
    if path is not None:
        return Chosen(_read(path, around.root), kind, sheets, path)
    own = around.own.get(name)
    template = fetch(around.root, around.own, name.removesuffix(kind.suffix), kind.suffix)
    return Chosen(template, kind, sheets, around.root / own if own else None)


def _name_of(path: Path, as_: str, around: Surroundings, known: Iterable[str]) -> str:
    """Return the name that a file goes by: the one told, that of planctl.yaml, or the one that its path ends in."""
    if as_:
        return as_ if format_of(as_) else f"{as_}{path.suffix}"
    for name, own in around.own.items():
        if (around.root / own).resolve() == path.resolve():
            return name
    whole = f"/{path.resolve().as_posix()}"
    if ends := [name for name in known if whole.endswith(f"/{name}")]:
        return max(ends, key=len)
    raise PlanctlError(
        _("say with --as which template {path} is to stand for, such as --as summary.docx"), path=path.as_posix()
    )


def _read(path: Path, root: Path) -> Template:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanctlError(
            _("the template {path} cannot be read: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error
    try:
        shown = Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive of Windows
        shown = path.resolve().as_posix()
    return Template(shown, content)


# The sample sheet


def write_sample(one: Chosen, *, to: Path | None, as_pdf: Path | None) -> None:
    """Write the first sample sheet of a template as a file and as PDF, each where it was asked for."""
    content = one.kind.load()(one.sheets[0], one.template).content
    if content is None:
        console.say(_("no sample sheet was made, because of its template"))
        return
    for target in (to, as_pdf):
        if target and one.file and target.resolve() == one.file.resolve():
            raise PlanctlError(_("{path} is the template itself; name another file"), path=target.as_posix())
    if to:
        replace_file(to, content)
        console.say(_("wrote {path}"), path=to.as_posix())
    if as_pdf:
        replace_file(as_pdf, _printed(content))
        console.say(_("wrote {path}"), path=as_pdf.as_posix())


def _printed(content: bytes) -> bytes:
    with TemporaryDirectory(prefix="planctl-") as folder:
        file = Path(folder) / f"sample.{pdf.FROM}"
        file.write_bytes(content)
        (made,) = pdf.converted([file])
    if isinstance(made, PlanctlError):
        raise made
    return made
